"""Forms that somebody typed anew in words of their own: labels told by their order, setting and answers."""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.edition import Edition
from data.model import AnswerState, Box, Cell, Document, FileKind, Line, Page, PageSource, Span
from parsers import text
from parsers._answered import _form
from parsers._asked._aligned import aligned
from parsers._asked._anchors import form
from parsers._asked._match import matches
from parsers._asked._outline import outline
from parsers._stream import stream
from tests.parsers.own_words import LABELS

SAID = {question: said for part in LABELS.values() for question, (_, said) in part.items()}


def _bold(label: str, said: str) -> Iterator[Line]:
    yield Line((Span(label, bold=True),), 1)
    if said:
        yield Line((Span(said),), 1)


def _begun_in_bold(label: str, said: str) -> Iterator[Line]:
    yield Line((Span(label, bold=True), Span(f" {said}")), 1)


def _named(label: str, said: str) -> Iterator[Line]:
    yield Line((Span(f"{label} : {said}"),), 1)


def _tabbed(label: str, said: str) -> Iterator[Line]:
    yield Line((Span(f"{label}\t{said}"),), 1)


SETTINGS = [_bold, _begun_in_bold, _named, _tabbed]


def _document(lines: list[Line]) -> Document:
    return replace(text.from_text(""), lines=tuple(lines))


def _values(edition: Edition, lines: list[Line]) -> Mapping[str, object]:
    answers = _form.read(_document(lines), "form.docx", edition).answers
    return {question: answers[question].value for question in SAID}


def _expected(**changed: object) -> dict[str, object]:
    """What the answers say, as the kinds of their questions have it."""
    read: dict[str, object] = {
        "a1.created_on": "2019-03-12",
        "a2.birth_date": "1984-05-03",
        "a3.took_part": "Non, mais une collègue oui",
        **{f"e.{n}": int(SAID[f"e.{n}"]) for n in range(1, 8)},
    }
    return {**SAID, **read, **changed}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.__name__.strip("_"))
def test_a_form_in_own_words_is_read(setting, edition: Edition) -> None:  # type: ignore[no-untyped-def]
    """However its labels are set, each is told by what it asks, what answers it, and its place."""
    lines = [line for part in LABELS.values() for each in part.values() for line in setting(*each)]

    wrong = {q: v for q, v in _values(edition, lines).items() if v != _expected()[q]}
    assert wrong == {}


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.__name__.strip("_"))
def test_a_number_up_to_ten_behind_a_label_is_a_field_as_others(setting, edition: Edition) -> None:  # type: ignore[no-untyped-def]
    """« Effectif : 4 » is set as the labels around it are, and no statement with its rating."""
    fields = LABELS | {"a1": LABELS["a1"] | {"a1.fte": ("Effectif", "4")}}
    lines = [line for part in fields.values() for each in part.values() for line in setting(*each)]

    assert _values(edition, lines) == _expected(**{"a1.fte": "4"})


def test_a_title_among_labels_ends_the_answer_above_it(edition: Edition) -> None:
    """« Notre argent » between two answered labels is no line of the answer before."""
    lines = [
        line
        for part, labels in LABELS.items()
        for line in (
            Line((Span(f"PARTIE {part.upper()}, à notre façon", bold=True, underline=True),), 1),
            *(line for each in labels.values() for line in _bold(*each)),
        )
    ]

    assert _values(edition, lines) == _expected()


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda setting: setting.__name__.strip("_"))
def test_what_is_left_out_takes_no_answer_of_another(setting, edition: Edition) -> None:  # type: ignore[no-untyped-def]
    """Four labels are gone: the answers of those around them stay theirs, and theirs are nowhere."""
    gone = {"a1.capital", "b.3", "b.9", "d1.2"}
    lines = [
        line
        for part in LABELS.values()
        for question, each in part.items()
        if question not in gone
        for line in setting(*each)
    ]

    assert _values(edition, lines) == _expected(**dict.fromkeys(gone))


@pytest.mark.parametrize("question", ["a1.capital", "a2.email", "b.4", "b.13", "d2.2"])
def test_a_label_without_an_answer_is_blank(question: str, edition: Edition) -> None:
    """Nothing stands behind it but the next label, or the title of the next part."""
    lines = [
        line
        for part, labels in LABELS.items()
        for line in (
            Line((Span(f"Partie {part}", bold=True, underline=True),), 1),
            *(
                line
                for asked, (label, said) in labels.items()
                for line in _bold(label, said if asked != question else "")
            ),
        )
    ]
    answers = _form.read(_document(lines), "form.docx", edition).answers

    assert answers[question].state is AnswerState.BLANK


def test_headings_and_lists_in_an_answer_stay_in_it(edition: Edition) -> None:
    """« Recettes » in bold within the answer on the economic model asks nothing of the form."""
    within = [
        Line((Span("Recettes", bold=True),), 1),
        Line((Span("- ventes : 60 %"),), 1),
        Line((Span("- subsides : 40 %"),), 1),
        Line((Span("Dépenses", bold=True),), 1),
        Line((Span("Surtout des salaires."),), 1),
    ]
    lines: list[Line] = []
    for part in LABELS.values():
        for question, each in part.items():
            lines += [*_bold(*each), *(within if question == "b.8" else ())]

    value = "\n".join([SAID["b.8"], *(line.text for line in within)])
    assert _values(edition, lines) == _expected(**{"b.8": value})


def test_a_table_in_own_words_is_read(edition: Edition) -> None:
    """Number, label and answer in three columns, under titles that go through all of them."""
    lines: list[Line] = []
    row = 0
    for part, labels in LABELS.items():
        lines.append(Line((Span(f"Partie {part}"),), 1, None, Cell(0, row, 0)))
        for number, (label, said) in enumerate(labels.values(), 1):
            row += 1
            cells = enumerate((str(number), label, said))
            lines += [Line((Span(text),), 1, None, Cell(0, row, column)) for column, text in cells]
        row += 1

    assert _values(edition, lines) == _expected()


def test_labels_may_stand_out_by_the_room_above_them(edition: Edition) -> None:
    """On a scan no bold is seen, but each label stands nearer to its answer than to the answer above."""
    lines: list[Line] = []
    top, page = 40.0, 1
    for part in LABELS.values():
        for label, said in part.values():
            if top > 760:
                top, page = 40.0, page + 1
            lines.append(Line((Span(label),), page, Box(60, top, 60 + 5 * len(label), top + 11)))
            lines.append(Line((Span(said),), page, Box(60, top + 14, 60 + 5 * len(said), top + 25)))
            top += 34.0
    pages = tuple(Page(number, PageSource.TEXT, 595, 842) for number in range(1, page + 1))
    document = Document(FileKind.PDF, pages, tuple(lines))
    answers = _form.read(document, "form.pdf", edition).answers

    assert {question: answers[question].value for question in SAID} == _expected()


def test_two_labels_in_a_row_of_a_table_each_have_their_value(edition: Edition) -> None:
    """Label, value, label, value: the cell right of a label is what answers it."""
    fields = [*LABELS["a1"].values()]
    rows = zip(fields[::2], fields[1::2], strict=True)
    lines = [
        Line((Span(said),), 1, None, Cell(0, row, column))
        for row, (one, other) in enumerate(rows)
        for column, said in enumerate((*one, *other))
    ]
    lines += [line for part in [*LABELS][1:] for each in LABELS[part].values() for line in _bold(*each)]

    assert _values(edition, lines) == _expected()


def test_a_number_that_answers_counts_no_label_beside_it(edition: Edition) -> None:
    """« Effectif | 4 | Label ES de la Région | non »: the four answers the first label."""
    fields = {**LABELS["a1"], "a1.fte": ("Effectif", "4")}
    pairs = [*fields.values()]
    rows = zip([*pairs[2::2]], [*pairs[3::2]], strict=True)
    lines = [line for each in pairs[:2] for line in _named(*each)]
    lines += [
        Line((Span(said, bold=column % 2 == 0),), 1, None, Cell(0, row, column))
        for row, (one, other) in enumerate(rows)
        for column, said in enumerate((*one, *other))
    ]
    lines += [line for part in [*LABELS][1:] for each in LABELS[part].values() for line in _bold(*each)]

    assert _values(edition, lines)["a1.fte"] == "4"


def test_frames_with_labels_in_capitals_are_told_from_their_answers(edition: Edition) -> None:
    """Label and answer, each in a frame over the whole line: of one that was left out the next takes none."""
    lines: list[Line] = []
    for table, (question, (label, said)) in enumerate(
        (q, each) for part in LABELS.values() for q, each in part.items()
    ):
        if question != "b.5":
            lines.append(Line((Span(label.upper()),), 1, None, Cell(table, 0, 0)))
            lines.append(Line((Span(said),), 1, None, Cell(table, 1, 0)))

    assert _values(edition, lines) == _expected(**{"b.5": None})


def test_answers_that_are_styled_as_well_are_no_titles(edition: Edition) -> None:
    """Labels in bold, answers in italics: what stands right above the next label is the answer."""
    lines = [
        line
        for part in LABELS.values()
        for label, said in part.values()
        for line in (Line((Span(label, bold=True),), 1), Line((Span(said, italic=True),), 1))
    ]

    assert _values(edition, lines) == _expected()


def test_marks_of_plain_text_are_looks(edition: Edition) -> None:
    """« ### Le métier » is a heading, « **nom** : Peeters » has its label in bold."""
    rows = []
    for part, labels in LABELS.items():
        rows.append(f"## Partie {part}")
        fields = part in ("a1", "a2", "e")
        for label, said in labels.values():
            rows += [f"- **{label}** : {said}"] if fields else [f"### {label}", said]

    said = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers
    assert {question: said[question].value for question in SAID} == _expected()


@pytest.mark.parametrize(
    "ratings",
    ["E. 7, 6, 8, 5, 9, 4, 7", "Nos sept notes : 7 6 8 5 9 4 7", "7/10, 6/10, 8/10, 5/10, 9/10, 4/10, 7/10"],
)
def test_ratings_in_one_line_are_those_of_the_statements(ratings: str, edition: Edition) -> None:
    """Seven numbers of the scale in the place of seven statements are theirs, in order."""
    lines = [
        line
        for part, labels in LABELS.items()
        if part != "e"
        for each in labels.values()
        for line in _named(*each)
    ]

    assert _values(edition, [*lines, Line((Span(ratings),), 1)]) == _expected()


PROSE = (
    "Notre structure s'appelle Les Mains Vertes, c'est une ASBL fondée en 2019, numéro 0123.456.749, "
    "établie rue Verte 12 à 1030 Schaerbeek. Lies Peeters, née le 3 mai 1984, répond au 0470 12 34 56."
)


@pytest.mark.parametrize(
    ("ahead", "state"),
    [(PROSE, AnswerState.UNCLEAR), ("Voici notre dossier pour 2026.", AnswerState.NOT_FOUND)],
    ids=["told in sentences", "not told"],
)
def test_fields_that_sentences_tell_are_not_missing(ahead: str, state: AnswerState, edition: Edition) -> None:
    """Who tells in sentences who they are has answered: that is for a person to read."""
    lines = [Line((Span(ahead),), 1)]
    lines += [
        line for part in ("a3", "b", "d", "e") for each in LABELS[part].values() for line in _bold(*each)
    ]
    answers = _form.read(_document(lines), "form.docx", edition).answers

    assert {answers[question].state for part in ("a1", "a2") for question in LABELS[part]} == {state}


@pytest.mark.parametrize("coded", ["[OP-{}] {} : {}", "A.{}\t{}\t{}", "{}) {} — {}"])
def test_a_code_before_a_label_is_none_of_it(coded: str, edition: Edition) -> None:
    """« [OP-03] Implantation : rue Verte » asks for the address, whatever counts it."""
    lines = [
        Line((Span(coded.format(number, label, said)),), 1)
        for part in LABELS.values()
        for number, (label, said) in enumerate(part.values(), 1)
    ]

    assert _values(edition, lines) == _expected()


def test_labels_and_answers_may_follow_each_other_in_a_line(edition: Edition) -> None:
    """« structure — Logis ; forme — ASBL ; … » for all fields of a part at once."""
    lines = [
        Line((Span(" ; ".join(f"{label} — {said}" for label, said in LABELS[part].values())),), 1)
        for part in ("a1", "a2")
    ]
    rest = [line for part in ("a3", "b", "d", "e") for each in LABELS[part].values() for line in _bold(*each)]

    assert _values(edition, [*lines, *rest]) == _expected()


def test_what_the_forms_wordings_tell_is_kept(edition: Edition) -> None:
    """Fields in own words, statements in the form's: both are read."""
    lines = [
        line
        for part in ("a1", "a2", "a3", "b", "d")
        for each in LABELS[part].values()
        for line in _named(*each)
    ]
    for question, (_, said) in LABELS["e"].items():
        lines += [Line((Span(edition.questions[question].wording),), 1), Line((Span(f"→ {said}"),), 1)]

    assert _values(edition, lines) == _expected()


def test_two_questions_in_own_words_among_those_of_the_form_are_read(edition: Edition) -> None:
    """« La troupe » and « Vie interne » have no word of theirs, and stand in bold where they are due."""
    own = {"b.5", "b.6"}
    lines: list[Line] = []
    for question, (label, said) in ((q, each) for part in LABELS.values() for q, each in part.items()):
        lines += _bold(label if question in own else edition.questions[question].wording, said)
    values = _values(edition, lines)

    assert {question: values[question] for question in own} == {q: SAID[q] for q in own}


@pytest.mark.parametrize("said", ["Concrètement, cela donne :", "Plus précisément :", "En bref : deux lieux"])
def test_what_goes_on_with_an_answer_is_no_label(said: str, edition: Edition) -> None:
    """A question was left out, and the answer before it has a line that is set as labels are."""
    lines: list[Line] = []
    for question, (label, value) in ((q, each) for part in LABELS.values() for q, each in part.items()):
        lines += _named(label, value) if question != "b.11" else _named(*said.split(" :"))
    values = _values(edition, lines)

    assert values["b.11"] is None
    assert str(values["b.10"]).startswith(SAID["b.10"])


def test_the_labels_of_a_list_are_set_otherwise_than_those_of_the_form(edition: Edition) -> None:
    """« - organisation : un comité » is one of an answer's own, where the form's labels bear no dash."""
    lines: list[Line] = []
    for question, (label, value) in ((q, each) for part in LABELS.values() for q, each in part.items()):
        lines += _named(label, value) if question != "b.12" else _named("- organisation", "un comité")
    values = _values(edition, lines)

    assert values["b.12"] is None
    assert str(values["b.11"]).endswith("- organisation : un comité")


def test_a_rating_may_stand_before_what_it_rates(edition: Edition) -> None:
    """« 7/10 pour la clarté des décisions », the number in bold."""
    lines = [line for part in [*LABELS][:-1] for each in LABELS[part].values() for line in _bold(*each)]
    for label, said in LABELS["e"].values():
        lines.append(Line((Span(f"{said}/10", bold=True), Span(f" pour {label.lower()}")), 1))

    assert _values(edition, lines) == _expected()


def _laid_out(rows: Iterator[tuple[str, float, float]]) -> Document:
    """Rows of text on pages: what they say, the room above them and where they end, in points."""
    lines: list[Line] = []
    top, page = 40.0, 1
    for said, above, right in rows:
        top += above
        if top > 780:
            top, page = 40.0, page + 1
        lines.append(Line((Span(said),), page, Box(60, top, right, top + 11)))
        top += 11
    pages = tuple(Page(number, PageSource.TEXT, 595, 842) for number in range(1, page + 1))
    return Document(FileKind.PDF, pages, tuple(lines))


def test_the_first_of_a_list_below_a_colon_is_no_label(edition: Edition) -> None:
    """It stands off from what introduces it, as labels do from the answers above them."""

    def rows() -> Iterator[tuple[str, float, float]]:
        for question, (label, said) in ((q, each) for part in LABELS.values() for q, each in part.items()):
            if question == "b.11":
                continue
            yield label, 9, 60 + 5 * len(label)
            yield said, 3, 60 + 5 * len(said)
            if question == "b.10":
                yield from (("Nous y pensons :", 9, 140), ("doubler l'atelier", 9, 140), ("vendre", 3, 100))

    answers = _form.read(_laid_out(rows()), "form.pdf", edition).answers

    assert answers["b.11"].state is AnswerState.NOT_FOUND
    assert "doubler l'atelier" in str(answers["b.10"].value)


def test_a_list_that_goes_on_overleaf_begins_with_no_label() -> None:
    """At the head of a page nothing stands above that tells a heading; a dash tells a list."""
    lines = tuple(
        Line((Span(said),), page, Box(60, top, 300, top + 11))
        for said, page, top in (("vendre", 1, 760), ("- louer", 2, 40), ("- prêter", 2, 54), ("Suite", 2, 90))
    )
    pages = tuple(Page(number, PageSource.TEXT, 595, 842) for number in (1, 2))

    assert "- louer" not in {each.text for each in outline(stream(Document(FileKind.PDF, pages, lines)))}


def test_a_line_that_goes_on_from_a_full_one_is_no_label(edition: Edition) -> None:
    """« … des travailleurs / sociaux : la vente » is a sentence, where « Nos publics : » was left out."""

    def rows() -> Iterator[tuple[str, float, float]]:
        for question, (label, said) in ((q, each) for part in LABELS.values() for q, each in part.items()):
            if question == "b.2":
                yield f"{label} : Les légumes frais sont rares, comme le savent depuis des années les", 6, 535
                yield "travailleurs sociaux : ils le disent à chaque fois que nous les voyons.", 3, 480
            elif question != "b.3":
                yield f"{label} : {said}", 6, 60 + 5 * len(label + said)

    answers = _form.read(_laid_out(rows()), "form.pdf", edition).answers

    assert answers["b.3"].state is AnswerState.NOT_FOUND
    assert "sociaux : ils" in str(answers["b.2"].value)


def test_a_label_goes_on_as_long_as_one_of_its_styles(edition: Edition) -> None:
    """Read off paper, of an underlined label some words are in colour and some are not."""

    def runs(label: str, said: str) -> Iterator[Line]:
        first, *rest = label.split(" ")
        spans = [Span(first, underline=True, highlight=True)]
        spans += [Span(f" {word}", underline=True, highlight=at % 2 == 1) for at, word in enumerate(rest)]
        yield Line((*spans, Span(f" {said}")), 1)

    lines = [line for part in LABELS.values() for each in part.values() for line in runs(*each)]

    assert _values(edition, lines) == _expected()


def test_what_stands_behind_the_colon_of_a_line_in_bold_answers_it(edition: Edition) -> None:
    """« Lancement : 12/03/2019 » is in bold to its end, among labels whose answers stand below them."""
    whole = ("a1.created_on", "a2.email")
    lines: list[Line] = []
    for question, (label, said) in ((q, each) for part in LABELS.values() for q, each in part.items()):
        lines += _bold(f"{label} : {said}", "") if question in whole else _bold(label, said)

    assert _values(edition, lines) == _expected()


def test_what_a_label_adds_behind_its_colon_is_no_answer(edition: Edition) -> None:
    """« Les partenaires : l'économie » in bold asks so, and nothing answers it."""
    lines: list[Line] = []
    for question, (label, said) in ((q, each) for part in LABELS.values() for q, each in part.items()):
        lines += _bold("Les partenaires : l'économie", "") if question == "b.7" else _bold(label, said)

    assert _values(edition, lines) == _expected(**{"b.7": None})


def test_a_curriculum_vitae_is_no_form(edition: Edition) -> None:
    """It has a name, a date of birth, an address of e-mail, and headings of its own."""
    lines = [line for each in LABELS["a2"].values() for line in _named(*each)]
    headings = ("Expérience", "Formation", "Langues", "Compétences", "Bénévolat", "Loisirs", "Références")
    lines += [line for heading in headings for line in _bold(heading, "Depuis 2019, à Bruxelles.")]

    assert not _form.read(_document(lines), "cv.docx", edition).is_form


@given(
    st.integers(0, 6).flatmap(
        lambda columns: st.lists(
            st.lists(st.floats(-3, 3), min_size=columns, max_size=columns), min_size=1, max_size=6
        )
    ),
    st.floats(0, 2),
)
def test_pairs_ascend_in_both(worth: list[list[float]], passing: float) -> None:
    """Whatever pairs are worth: no row and no column twice, and none crosses another."""
    pairs = aligned(worth, [passing] * len(worth[0]), left_out=0.5, follows=0.7, light=0.1)

    assert all(a < c and b < d for (a, b), (c, d) in pairwise(pairs))


def test_the_pairs_of_greatest_worth_are_found() -> None:
    """A run is kept together over a better pair that would break it."""
    worth = [[1.0, 0.0, 0.0], [0.0, 0.2, 0.6], [0.0, 0.0, 1.0]]

    assert aligned(worth, [0.5] * 3, left_out=0.5, follows=0.7, light=0.1) == [(0, 0), (1, 1), (2, 2)]


def test_of_two_options_side_by_side_none_is_a_label() -> None:
    """« Oui      Non » is what one chooses from; « Lieu      Gand » is a label and its answer."""

    def line(text: str, x0: float, top: float) -> Line:
        return Line((Span(text),), 1, box=Box(x0, top, x0 + 6 * len(text), top + 10))

    lines = (
        line("Avez-vous déjà participé à une activité ?", 50, 100),
        line("Oui", 60, 114),
        line("Non", 160, 114),
        line("Lieu", 60, 140),
        line("Gand", 160, 140),
    )
    page = Page(1, PageSource.TEXT, 595, 842)
    labels = outline(stream(Document(FileKind.PDF, (page,), lines)))

    assert [label.text for label in labels if label.setting == ("beside",)] == ["Lieu"]


def test_a_value_tells_what_a_label_in_unknown_words_asks(edition: Edition) -> None:
    """Of seven fields five are asked, in words that say nothing: a number and an address tell which."""
    gone = {"a2.gender", "a2.education"}
    odd = {
        question: (f"Rubrique {name}", said)
        for name, (question, (_, said)) in zip("KLMNOPQ", LABELS["a2"].items(), strict=True)
        if question not in gone
    }
    asked = LABELS | {"a2": odd}
    lines = [line for part in asked.values() for each in part.values() for line in _named(*each)]
    values = _values(edition, lines)

    assert [values[q] for q in ("a2.birth_date", "a2.phone", "a2.email")] == [
        _expected()[q] for q in ("a2.birth_date", "a2.phone", "a2.email")
    ]


def test_numbers_tell_questions_in_unknown_words(edition: Edition) -> None:
    """« 4. Rubrique T » behind « 2. Rubrique R » is the fourth question: the third was left out."""
    gone = {"b.3", "b.9", "d1.2"}
    lines = [line for part in ("a1", "a2", "a3") for each in LABELS[part].values() for line in _bold(*each)]
    for letter, question in zip("ABCDEFGHIJKLMNOPQR", (*LABELS["b"], *LABELS["d"]), strict=True):
        if question not in gone:
            lines += _bold(f"{question.split('.')[1]}. Rubrique {letter}", SAID[question])
    lines += [line for each in LABELS["e"].values() for line in _bold(*each)]
    values = _values(edition, lines)

    asked = [*LABELS["b"], *LABELS["d"]]
    assert {q: values[q] for q in asked} == {q: None if q in gone else SAID[q] for q in asked}


def test_the_first_label_in_unknown_words_is_the_question_before_the_first_known(edition: Edition) -> None:
    """« Intitulé » above « Forme jur. » asks for the name, being answered and set alike."""
    fields = LABELS | {"a1": LABELS["a1"] | {"a1.name": ("Intitulé", "Les Mains Vertes")}}
    lines = [line for part in fields.values() for each in part.values() for line in _bold(*each)]

    assert _values(edition, lines) == _expected()


def test_a_question_in_the_forms_words_is_moved_by_none_in_own_words(
    edition: Edition, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where a page is lost, rows of the next question and answers were taken for the questions it had."""
    gone = {"b.9", "b.10", "b.11", "b.12", "b.13", "d1.1", "d1.2"}
    asked = [q for q in edition.questions.values() if q.id[:2] in {"b.", "d1", "d2"} and q.id not in gone]
    document = text.from_text("\n".join(row for q in asked for row in (q.wording, f"Dit {q.id}.")))
    known = form(edition)
    chain = matches(stream(document), known)
    anchors = {anchor.question: anchor for anchor in known.anchors if anchor.question}
    stands = next(match for match in chain if match.anchor.question == "d1.3")
    moved = [replace(stands, anchor=anchors[question], score=0.7) for question in sorted(gone)]
    own = [match for match in chain if match is not stands] + moved
    monkeypatch.setattr(_form._own_words, "find", lambda *args: own)
    answers = _form.read(document, "form.txt", edition).answers

    assert answers["d1.3"].value == "Dit d1.3."
    assert {answers[question].state for question in gone} == {AnswerState.NOT_FOUND}
