"""Options and numbers of which a mark left only a part are for a person."""

import re
from collections.abc import Sequence
from dataclasses import replace

import pytest

from data.edition import Edition, Question, QuestionKind
from data.model import (
    AnswerState,
    Box,
    Cell,
    Document,
    FileKind,
    Line,
    Look,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Span,
)
from parsers._answered import _form, _legibility
from tests.parsers.doubted import answered_below, blank_form, rated_form, traced


@pytest.mark.parametrize(("fifth", "state"), [("5", AnswerState.BLANK), ("(6)", AnswerState.UNCLEAR)])
def test_a_number_that_was_drawn_around_is_for_a_person(
    fifth: str, state: AnswerState, edition: Edition
) -> None:
    """A circle over a printed number is read as brackets, the number as another: not blank, not six."""
    rows: list[Line] = []
    for section in edition.section:
        rows.append(Line((Span(section.title),), 1))
        for number, question in enumerate(section.question):
            if question.kind is not QuestionKind.SCALE:
                rows.append(Line((Span(question.wording),), 1))
                continue
            scale = ["1", "2", "3", "4", fifth, "6", "7", "8", "9", "10"]
            rows += [
                Line((Span(text),), 1, Box(60 + 24 * at, 100, 80 + 24 * at, 110), cell=Cell(0, number, at))
                for at, text in enumerate([question.wording, *scale])
            ]
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    answers = _form.read(Document(FileKind.PDF, (page,), tuple(rows)), "scan.pdf", edition).answers

    scales = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {answers[q].state for q in scales} == {state}


@pytest.mark.parametrize(
    "said", [("oui", "non"), ("oui – non",), ("Oui    Non",)], ids=["below", "dashed", "apart"]
)
def test_options_without_boxes_are_never_blank(said: tuple[str, ...], edition: Edition) -> None:
    """« oui / non » as words: on a scan nobody sees whether one of them is bold, or in colour."""
    whole = blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Bénéficiez"))
    box = whole.lines[at].box
    assert box
    rows = tuple(
        Line((Span(text),), whole.lines[at].page, replace(box, top=box.bottom + y, bottom=box.bottom + y + 9))
        for text, y in zip(said, (1, 11), strict=False)
    )
    offered = replace(whole, lines=(*whole.lines[: at + 1], *rows, *whole.lines[at + 1 :]), pictures=())
    answer = _form.read(offered, "scan.pdf", edition).answers["a1.social_agreement"]

    assert (answer.state, answer.reason) == (AnswerState.UNCLEAR, _legibility.UNTOLD)


@pytest.mark.parametrize(
    ("second", "state"), [("☐", AnswerState.BLANK), ("", AnswerState.UNCLEAR)], ids=["both", "one"]
)
def test_options_are_blank_where_each_has_an_empty_box(
    second: str, state: AnswerState, edition: Edition
) -> None:
    """A pen may have made the other option's box one that is no box: it is not seen to be empty."""
    whole = blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Bénéficiez"))
    page, box = whole.lines[at].page, whole.lines[at].box
    assert box
    rows = tuple(
        Line((Span(mark, tick=False if mark else None), Span(f" {text}")), page, replace(box, top=y))
        for mark, text, y in (("☐", "oui", box.top + 11), (second, "non", box.top + 22))
    )
    offered = replace(whole, lines=(*whole.lines[: at + 1], *rows, *whole.lines[at + 1 :]), pictures=())

    assert _form.read(offered, "scan.pdf", edition).answers["a1.social_agreement"].state is state


def test_a_scale_whose_cells_were_not_seen_is_never_blank(edition: Edition) -> None:
    """« 1 2 3 … 10 » as words: without cells no pixels were compared, and a tick is read as a number."""
    rows = [
        Line((Span(text),), 1)
        for section in edition.section
        for question in section.question
        for text in (question.wording, *([_SCALE] if question.kind is QuestionKind.SCALE else []))
    ]
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    answers = _form.read(Document(FileKind.PDF, (page,), tuple(rows)), "scan.pdf", edition).answers

    scales = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {(answers[q].state, answers[q].reason) for q in scales} == {
        (AnswerState.UNCLEAR, _legibility.UNTOLD)
    }


@pytest.mark.parametrize("left", [0, 8], ids=["all", "the last ones"])
def test_a_statement_that_lost_its_numbers_is_never_blank(left: int, edition: Edition) -> None:
    """Where the others have theirs, its row of cells was not seen: neither is whether one is marked."""
    scales = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    rows: list[Line] = []
    for row, question in enumerate(edition.questions.values()):
        if question.id not in scales:
            rows.append(Line((Span(question.wording),), 1))
            continue
        told = [question.wording, *map(str, range(1, 11 if question.id != scales[2] else left + 1))]
        rows += [Line((Span(text),), 1, cell=Cell(1, row, at)) for at, text in enumerate(told)]
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    answers = _form.read(Document(FileKind.PDF, (page,), tuple(rows)), "scan.pdf", edition).answers

    assert [answers[q].state for q in scales[:4]] == [
        *[AnswerState.BLANK] * 2,
        AnswerState.UNCLEAR,
        AnswerState.BLANK,
    ]


_SCALE = " ".join(map(str, range(1, 11)))


@pytest.mark.parametrize(
    ("option", "inked", "state"),
    [
        ("oui", False, AnswerState.ANSWERED),
        ("oui", True, AnswerState.UNCLEAR),
        ("oui, depuis mars 2021", True, AnswerState.ANSWERED),
    ],
)
def test_the_only_option_read_was_perhaps_not_the_one_chosen(
    option: str, inked: bool, state: AnswerState, edition: Edition
) -> None:
    """A pen hides the option that it marks: what is left to read is the other one, and no more."""
    form, at = answered_below("Bénéficiez", Span(option), edition)
    form = traced(form, at, Look.MARK, 40.0) if inked else form

    assert _form.read(form, "scan.pdf", edition).answers["a1.social_agreement"].state is state


@pytest.mark.parametrize(("strike", "state"), [(True, AnswerState.UNCLEAR), (False, AnswerState.ANSWERED)])
def test_where_words_are_struck_out_a_short_answer_may_be_with_them(
    strike: bool, state: AnswerState, edition: Edition
) -> None:
    """Printed revisions: « Votre réponse » with a line through it, that goes on under a nought."""
    form, _ = answered_below("Avez-vous déjà participé", Span("Votre réponse0", strike=strike), edition)

    assert _form.read(form, "scan.pdf", edition).answers["a3.took_part"].state is state


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("deu)}NON", AnswerState.UNCLEAR),
        ("Oui, un atelier en 2024, sinon rien", AnswerState.ANSWERED),
        ("oui/non NON", AnswerState.ANSWERED),  # typed behind what the form offers
        ("oui/non", AnswerState.UNCLEAR),
    ],
)
def test_what_a_mark_has_left_of_two_options_is_no_answer(
    said: str, state: AnswerState, edition: Edition
) -> None:
    """A ring around « oui » of « oui/NON » makes other letters of it."""
    form, _ = answered_below("Avez-vous déjà participé", Span(said), edition)

    assert _form.read(form, "scan.pdf", edition).answers["a3.took_part"].state is state


@pytest.mark.parametrize(("fourth", "state"), [("4", AnswerState.BLANK), ("", AnswerState.UNCLEAR)])
def test_a_number_that_is_hidden_in_its_cell_is_for_a_person(
    fourth: str, state: AnswerState, edition: Edition
) -> None:
    """A blot over the « 4 » of ten cells, of which all others were read."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        said = ["1", "2", "3", fourth, *map(str, range(5, 11))]
        statement = Line((Span(question.wording),), 1, Box(60, top, 380, top + 10), cell=Cell(number, 0, 0))
        shown = [(text, Cell(number, 1, at)) for at, text in enumerate(said) if text]
        return [statement, *(Line((Span(text),), 1, None, cell=cell) for text, cell in shown)]

    answers = _form.read(rated_form(edition, rate), "scan.pdf", edition).answers

    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {answers[q].state for q in rated} == {state}


def test_a_mark_over_the_number_of_its_cell_chooses_it(edition: Edition) -> None:
    """Of a ring around « 4 » the number was not read; the other nine tell which it is."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        statement = Line((Span(question.wording),), 1, Box(60, top, 380, top + 10), cell=Cell(number, 0, 0))
        cells = {at: Cell(number, 1, at - 1) for at in range(1, 11)}
        said = [Line((Span(str(at)),), 1, None, cell=cell) for at, cell in cells.items() if at != 4]
        box = Box(120, top + 14, 134, top + 28)
        ring = Picture(PictureForm.INK, 1, -1, box, cells[4], 14, 14, stroke_pt=44, look=Look.MARK)
        return [statement, *said, ring]

    answers = _form.read(rated_form(edition, rate), "scan.pdf", edition).answers

    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {(answers[q].state, answers[q].value) for q in rated} == {(AnswerState.ANSWERED, 4)}


@pytest.mark.parametrize(
    ("said", "state"), [("☐ oui  ☐ non", AnswerState.BLANK), ("☐ oui.)  ☐ non", AnswerState.UNCLEAR)]
)
def test_a_bracket_that_closes_nothing_is_what_was_seen_of_a_ring(
    said: str, state: AnswerState, edition: Edition
) -> None:
    """Both boxes are empty; around one of the words a pale pencil went."""
    form, at = answered_below("Avez-vous déjà participé", Span(said), edition)
    marked = [Span(piece, tick=False if piece == "☐" else None) for piece in re.split("(☐)", said) if piece]
    line = replace(form.lines[at], spans=tuple(marked))
    read = replace(form, lines=(*form.lines[:at], line, *form.lines[at + 1 :]))

    assert _form.read(read, "scan.pdf", edition).answers["a3.took_part"].state is state


@pytest.mark.parametrize(
    ("said", "sure", "state"),
    [
        ("© 2 © © © ©", 0.9, AnswerState.UNCLEAR),
        ("(1 2 3456789 10 totalement", 0.9, AnswerState.UNCLEAR),
        ("ETAPE 3 TER LE vuostER", 0.75, AnswerState.UNCLEAR),
        ("Note : 3", 0.75, AnswerState.ANSWERED),
    ],
)
def test_a_number_that_is_left_of_print_rates_nothing(
    said: str, sure: float, state: AnswerState, edition: Edition
) -> None:
    """One of ten circles, of a row that ran together, of a title: it was not typed there."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        asked = Line((Span(question.wording),), 1, Box(60, top, 380, top + 10), confidence=0.95)
        return [asked, Line((Span(said),), 1, Box(60, top + 14, 380, top + 24), confidence=sure)]

    answers = _form.read(rated_form(edition, rate), "scan.pdf", edition).answers

    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {answers[q].state for q in rated} == {state}


@pytest.mark.parametrize(("said", "state"), [("o1", AnswerState.UNCLEAR), ("12", AnswerState.ANSWERED)])
def test_a_letter_with_a_digit_is_no_word(said: str, state: AnswerState, edition: Edition) -> None:
    """« Si oui » at the end of a question, of which the last word was read as « o1 »."""
    form, at = answered_below("Nombre d", Span(said), edition)
    line = replace(form.lines[at], confidence=0.95)
    read = replace(form, lines=(*form.lines[:at], line, *form.lines[at + 1 :]))

    assert _form.read(read, "scan.pdf", edition).answers["a1.fte"].state is state


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("(x) oui  () non", AnswerState.ANSWERED),
        ("(x) oui  (x) non", AnswerState.UNCLEAR),
        ("(x) oui  non", AnswerState.UNCLEAR),
    ],
)
def test_a_pair_of_brackets_for_each_option_tells_which_is_chosen(
    said: str, state: AnswerState, edition: Edition
) -> None:
    """Where the second pair was not seen, it may have been marked, too."""
    form, _ = answered_below("Bénéficiez", Span(said), edition)

    assert _form.read(form, "scan.pdf", edition).answers["a1.social_agreement"].state is state


@pytest.mark.parametrize(
    ("look", "state"), [(True, AnswerState.ANSWERED), (False, AnswerState.UNCLEAR)], ids=["a ring", "dirt"]
)
def test_the_only_level_that_a_ring_hides_is_chosen(look: bool, state: AnswerState, edition: Edition) -> None:
    """All others stand clear of it; its end took the dash before it. Without a mark nothing is told."""
    levels = edition.questions["a2.education"].choices
    said = {q: (Span(question.wording),) for q, question in edition.questions.items()}
    said["a2.education"] = (
        Span(f"Niveau d’études : {' – '.join(levels[:4])} "),
        Span("<<t "),
        Span("iperieur ", highlight=look),
        Span("de "),
        Span("type ", highlight=look),
        Span("ong et "),
        Span("universitaire", highlight=look),
    )
    lines = tuple(Line(spans, 1, confidence=0.9) for spans in said.values())
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    answers = _form.read(Document(FileKind.PDF, (page,), lines), "scan.pdf", edition).answers
    answer = answers["a2.education"]

    assert answer.state is state
    assert not look or answer.value == levels[4]
