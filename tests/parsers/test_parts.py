"""A form that came in parts is one form; the parts are told by the files that they stand in."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest

import parsers
from data.edition import Edition
from data.model import AnswerState, Document, Dossier, Page, PageSource, Submission
from parsers import text
from tests.parsers.conftest import an_attachment

Mail = Callable[..., Submission]


def _pages(*pages: list[str]) -> Document:
    """A text of several pages."""
    lines = [
        replace(line, page=number)
        for number, rows in enumerate(pages, 1)
        for line in text.from_text("\n".join(rows)).lines
    ]
    told = tuple(Page(number, PageSource.TEXT) for number in range(1, len(pages) + 1))
    return replace(text.from_text(""), pages=told, lines=tuple(lines))


def _rows(edition: Edition, first: str, last: str) -> list[str]:
    """The form from one question to another, each answered but the last."""
    ids = [id for id in edition.questions if not id.startswith(("a1", "a2", "s."))]
    asked = [edition.questions[id] for id in ids[ids.index(first) : ids.index(last) + 1]]
    return [row for q in asked for row in (q.wording, f"7 fois {q.id}")][:-1]


def _sent(a_mail: Mail, files: Mapping[str, Document], edition: Edition) -> Dossier:
    read = {name.encode(): document for name, document in files.items()}
    attached = [an_attachment(name, name.encode()) for name in files]
    return parsers.assemble([a_mail(*attached)], edition, lambda content: read[content])


@pytest.mark.parametrize("names", [("partie 1.pdf", "partie 2.pdf"), ("fin.pdf", "suite.pdf")])
def test_an_answer_may_stand_on_the_first_page_of_the_next_part(
    names: tuple[str, str], edition: Edition, a_mail: Mail
) -> None:
    """What stands before the first question of a part answers the last of the part before it."""
    head = _pages(["B. Description du projet", *_rows(edition, "b.1", "b.6")], _rows(edition, "b.7", "b.13"))
    tail = _pages(["Un emploi, puis trois.", *_rows(edition, "d1.1", "e.7"), "8"], ["Fait à Forest"])

    dossier = _sent(a_mail, dict(zip(names, (head, tail), strict=True)), edition)

    answer = dossier.answers["b.13"]
    assert (answer.state, answer.value) == (AnswerState.ANSWERED, "Un emploi, puis trois.")
    told = {id: (a.place.file, a.place.page) for id, a in dossier.answers.items() if a.place}
    assert (told["b.2"], told["b.8"], told["d1.2"]) == ((names[0], 1), (names[0], 2), (names[1], 1))
    assert {(piece.file, piece.kind, piece.pages) for piece in dossier.pieces} == {
        (names[0], "dossier", 2),
        (names[1], "dossier", 2),
    }


def test_a_draft_is_no_part_of_the_form_beside_it(edition: Edition, a_mail: Mail) -> None:
    """What asks the same as another form goes on nowhere."""
    whole = _pages([*_rows(edition, "b.1", "e.7"), "8"])
    draft = _pages(_rows(edition, "b.9", "d1.3"))

    dossier = _sent(a_mail, {"a.pdf": draft, "b.pdf": whole}, edition)

    assert {dossier.answers[id].place.file for id in ("b.9", "b.12", "d1.1")} == {"b.pdf"}  # type: ignore[union-attr]
