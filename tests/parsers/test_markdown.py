"""What people mean by « ** » and « # » where they cannot set bold."""

from hypothesis import given
from hypothesis import strategies as st

from data.model import Line, Span
from parsers import _markdown

MARKED = ("# Notre dossier", "### Le métier ##", "- **nom** : Peeters", "**E-mail** : a@b.be")


def _lines(*texts: str) -> list[Line]:
    return [Line((Span(text),), 1) for text in texts]


def test_headings_and_bold_are_shown() -> None:
    """A heading is bold, of the first levels underlined too; of a line that is bold which is."""
    title, heading, field, other = _markdown.shown(_lines(*MARKED))

    assert [(s.text, s.bold, s.underline) for s in title.spans] == [("Notre dossier", True, True)]
    assert [(s.text, s.bold, s.underline) for s in heading.spans] == [("Le métier", True, False)]
    assert [(s.text, s.bold) for s in field.spans if s.text] == [
        ("- ", False),
        ("nom", True),
        (" : Peeters", False),
    ]
    assert [(s.text, s.bold) for s in other.spans if s.text] == [("E-mail", True), (" : a@b.be", False)]


def test_answers_on_printed_lines_are_text() -> None:
    """« Nom : __Peeters__ » was written over the line of a form."""
    lines = _lines("Nom : __Peeters__", "Prénom : __Lies__", "Rue : __Verte 12__", "____Ixelles____")

    assert _markdown.shown(lines) == lines


def test_single_marks_are_text() -> None:
    """One « # 3 » or « 2 ** 3 » in a dossier is what somebody wrote."""
    lines = _lines("# 3 de la liste", "Prix : **", "Rien d'autre.")

    assert _markdown.shown(lines) == lines


@given(st.lists(st.text(st.characters(exclude_characters="#*_"), max_size=40), max_size=8))
def test_text_without_marks_is_as_it_was(texts: list[str]) -> None:
    """Whatever else a line holds, it stays."""
    lines = _lines(*texts)

    assert _markdown.shown(lines) == lines
