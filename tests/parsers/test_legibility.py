"""What could not be read of a recognised form is in doubt; what is seen empty is blank."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

import parsers
from data.edition import Edition, Question, QuestionKind
from data.model import (
    Answer,
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
    SignatureState,
    Span,
)
from parsers._answered import _form, _gaps, _legibility
from tests.parsers.layouts import Filled
from tests.parsers.printed import PRINTED


def _blank_form(edition: Edition, sure: float) -> Document:
    """A form that nobody filled in or signed, as if its pages had been recognised as surely as this."""
    blank = Filled(dict.fromkeys(edition.questions), dict.fromkeys(edition.signatories, False))
    printed = parsers.read(PRINTED["lines, ink"](blank, edition))
    assert isinstance(printed, Document)
    pages = tuple(replace(page, source=PageSource.OCR, confidence=sure) for page in printed.pages)
    return replace(printed, pages=pages)


@pytest.mark.parametrize(("sure", "doubt"), [(0.95, False), (0.7, True)])
def test_nothing_is_missing_on_a_page_that_was_read_badly(sure: float, doubt: bool, edition: Edition) -> None:
    """Of a clear page a blank is a blank; of a poor one a person looks, at answers and signatures alike."""
    reading = _form.read(_blank_form(edition, sure), "scan.pdf", edition)

    answers = {answer.state for answer in reading.answers.values()}
    signatures = {signature.state for signature in reading.signatures.values()}
    assert (AnswerState.BLANK in answers) is not doubt
    assert signatures == {SignatureState.UNCLEAR if doubt else SignatureState.MISSING}


def _written_on_page_1(answers: Mapping[str, Answer], edition: Edition) -> list[Answer]:
    """Those to questions that print no options, which are never blank."""
    written = [answer for question, answer in answers.items() if not edition.questions[question].choices]
    return [answer for answer in written if answer.place and answer.place.page == 1]


def test_an_answer_may_stand_on_the_page_that_was_lost(edition: Edition) -> None:
    """The last question before a page that nobody could read is in doubt; the ones before it are not."""
    whole = _blank_form(edition, 0.95)
    lost = replace(whole.pages[1], source=PageSource.NONE, confidence=None)
    cut = replace(
        whole,
        pages=(whole.pages[0], lost, *whole.pages[2:]),
        lines=tuple(line for line in whole.lines if line.page != 2),
        pictures=(),
    )
    answers = _form.read(cut, "scan.pdf", edition).answers
    first = _written_on_page_1(answers, edition)

    assert {answer.state for answer in first[:-1]} == {AnswerState.BLANK}
    assert first[-1].state is AnswerState.UNCLEAR


def test_questions_between_two_of_the_same_page_were_asked(edition: Edition) -> None:
    """However many are not seen between two that are: their words were lost, not their page."""
    whole = _blank_form(edition, 0.95)
    flat = replace(whole, pages=whole.pages[:1], lines=tuple(replace(x, page=1) for x in whole.lines))
    asked = [at for at, line in enumerate(flat.lines) if line.text.strip()]
    lost = set(asked[10:26])
    worn = replace(flat, lines=tuple(x for at, x in enumerate(flat.lines) if at not in lost), pictures=())
    answers = _form.read(worn, "scan.pdf", edition).answers

    assert [q for q, answer in answers.items() if answer.state is AnswerState.NOT_FOUND] == []
    assert len([q for q, answer in answers.items() if answer.reason == _legibility.UNSEEN]) >= 4


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


def _rated_form(
    edition: Edition, rate: Callable[[int, Question, float], Sequence[Line | Picture]]
) -> Document:
    """A recognised form of one page whose statements have each what `rate` gives for its place and height."""
    held: list[Line | Picture] = []
    for section in edition.section:
        held.append(Line((Span(section.title),), 1))
        for number, question in enumerate(section.question):
            if question.kind is QuestionKind.SCALE:
                held += rate(number, question, 100.0 + 40 * number)
            else:
                held.append(Line((Span(question.wording),), 1))
    lines = tuple(each for each in held if isinstance(each, Line))
    pictures = tuple(each for each in held if isinstance(each, Picture))
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    return Document(FileKind.PDF, (page,), lines, pictures)


def _inked(box: Box, row: int, stroke: float, look: Look) -> Picture:
    wide, high = box.x1 - box.x0, box.bottom - box.top
    return Picture(PictureForm.INK, 1, -1, box, Cell(0, row, 0), wide, high, stroke_pt=stroke, look=look)


@pytest.mark.parametrize(("read", "state"), [("6", AnswerState.BLANK), ("9", AnswerState.UNCLEAR)])
def test_ink_in_the_column_that_counts_the_statements_is_no_rating(
    read: str, state: AnswerState, edition: Edition
) -> None:
    """Of « N° » the sixth number was read, the others are ink: they count, too, unless it is another one."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        at = Box(62, top, 68, top + 9)
        count = (
            Line((Span(read),), 1, at, cell=Cell(0, number, 0))
            if number == 5
            else _inked(at, number, 20.0, Look.MARK)
        )
        said = Span(question.wording)
        return [count, Line((said,), 1, Box(100, top, 380, top + 10), cell=Cell(0, number, 1))]

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers
    unread = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    unread.remove("e.6")

    assert {answers[q].state for q in unread} == {state}


@pytest.mark.parametrize(("lost", "state"), [(2, AnswerState.BLANK), (0, AnswerState.UNCLEAR)])
def test_ink_in_a_statement_that_lacks_words_is_those_words(
    lost: int, state: AnswerState, edition: Edition
) -> None:
    """« Note » has a column of its own; ink in the statement's cell was print, if not all of it was read."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        words = question.wording.split()
        said = Span(" ".join(words[: len(words) - lost]))
        ink = _inked(Box(60, top + 14, 110, top + 24), number, 60.0, Look.WRITING)
        return [Line((said,), 1, Box(60, top, 380, top + 10), cell=Cell(0, number, 0)), ink]

    form = _rated_form(edition, rate)
    heading = Line((Span("Note /10"),), 1, Box(400, 80, 440, 90), cell=Cell(0, 0, 1))
    answers = _form.read(replace(form, lines=(*form.lines, heading)), "scan.pdf", edition).answers
    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE][1:]

    assert {answers[q].state for q in rated} == {state}


@pytest.mark.parametrize(
    ("read", "look", "state"),
    [
        (-1, Look.TRACE, AnswerState.BLANK),
        (-1, Look.MARK, AnswerState.UNCLEAR),
        (None, Look.TRACE, AnswerState.UNCLEAR),
    ],
)
def test_a_trace_in_a_statement_that_lacks_its_full_stop_is_that(
    read: int | None, look: Look, state: AnswerState, edition: Edition
) -> None:
    """A mark may be the applicant's all the same; and so may a trace, where nothing is lacking."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        said = Line((Span(question.wording[:read]),), 1, Box(60, top, 380, top + 10), cell=Cell(0, number, 0))
        return [said, _inked(Box(382, top + 6, 384, top + 9), number, 9.0, look)]

    form = _rated_form(edition, rate)
    heading = Line((Span("Note /10"),), 1, Box(400, 80, 440, 90), cell=Cell(0, 0, 1))
    answers = _form.read(replace(form, lines=(*form.lines, heading)), "scan.pdf", edition).answers
    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE][1:]

    assert {answers[q].state for q in rated} == {state}


def test_ink_beside_a_statement_is_not_of_the_one_before(edition: Edition) -> None:
    """The number of a statement is read before it: its row is no longer that of the statement above."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        count, said = Span(str(number + 1)), Span(question.wording)
        row: list[Line | Picture] = [
            Line((count,), 1, Box(62, top, 68, top + 9), cell=Cell(0, number, 0)),
            Line((said,), 1, Box(100, top, 380, top + 10), cell=Cell(0, number, 1)),
        ]
        ink = Picture(
            PictureForm.INK, 1, -1, Box(400, top, 420, top + 9), Cell(0, number, 2), 20, 9,
            stroke_pt=12.0, look=Look.TRACE,
        )  # fmt: skip
        return [*row, ink] if question.id == "e.5" else row

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers

    assert answers["e.5"].state is AnswerState.UNCLEAR
    assert answers["e.4"].state is AnswerState.BLANK


def test_a_number_that_counts_a_statement_may_be_read_as_a_letter(edition: Edition) -> None:
    """« 1 2 3 4 D 6 7 » to the left of the statements: the letter is the five that the form prints there."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        count, said = Span("D" if number == 4 else str(number + 1)), Span(question.wording)
        return [
            Line((count,), 1, Box(62, top, 68, top + 9), cell=Cell(0, number, 0)),
            Line((said,), 1, Box(100, top, 380, top + 10), cell=Cell(0, number, 1)),
        ]

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers

    assert answers["e.5"].state is AnswerState.BLANK


def test_names_under_signatures_were_asked_where_the_place_and_date_were(edition: Edition) -> None:
    """Of the block to sign at the end, some labels are seen or none: it stands on one page."""
    whole = _blank_form(edition, 0.95)
    kept = tuple(
        line for line in whole.lines if not line.text.startswith(("Nom", "Fonction")) or line.page < 3
    )
    answers = _form.read(replace(whole, lines=kept, pictures=()), "scan.pdf", edition).answers
    signing = [answers[question.id].state for question in edition.section[-1].question]

    assert AnswerState.BLANK in signing
    assert AnswerState.NOT_FOUND not in signing
    assert AnswerState.UNCLEAR in signing


def _traced(document: Document, at: int, look: Look, stroke_pt: float) -> Document:
    """The document with something unread behind one of its lines."""
    line = document.lines[at]
    assert line.box
    box = Box(300, line.box.top, 312, line.box.bottom)
    ink = Picture(PictureForm.INK, line.page, at, box, None, 12, 10, stroke_pt=stroke_pt, look=look)
    return replace(document, pictures=(ink,))


@pytest.mark.parametrize("look", [Look.TRACE, Look.RING, Look.MARK, Look.WRITING, Look.PRINT])
def test_where_anything_unread_stands_nothing_is_blank(look: Look, edition: Edition) -> None:
    """A stroke too short to be told is enough: only a place that was seen empty is blank."""
    whole = _blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Adresse"))
    answers = _form.read(_traced(whole, at, look, 9.0), "scan.pdf", edition).answers

    assert answers["a1.address"].state is AnswerState.UNCLEAR
    assert answers["a1.created_on"].state is AnswerState.BLANK


def _without_page(document: Document, number: int) -> Document:
    """One page was left in the scanner."""
    kept = tuple(line for line in document.lines if line.page != number)
    pages = tuple(page for page in document.pages if page.number != number)
    return replace(document, lines=kept, pages=pages, pictures=())


def test_questions_of_a_page_that_was_lost_may_stand_in_what_was_not_read(edition: Edition) -> None:
    """Where a page is not there its questions are not found; where unread lines are, they may be these."""
    lost = _without_page(_blank_form(edition, 0.95), 2)
    last = max(i for i, line in enumerate(lost.lines) if line.page == 1)
    plain = _form.read(lost, "scan.pdf", edition).answers
    unread = _form.read(_traced(lost, last, Look.WRITING, 200.0), "scan.pdf", edition).answers
    missing = {q for q, answer in plain.items() if answer.state is AnswerState.NOT_FOUND}

    assert len(missing) >= _gaps.PAGE_LOST
    assert {unread[q].state for q in missing} == {AnswerState.UNCLEAR}


def test_the_answer_to_the_last_question_may_have_gone_with_the_page(edition: Edition) -> None:
    """Of a page that did not come the questions are not found, and the last one before it is in doubt."""
    answers = _form.read(_without_page(_blank_form(edition, 0.95), 2), "scan.pdf", edition).answers
    first = _written_on_page_1(answers, edition)

    assert [answer for answer in answers.values() if answer.state is AnswerState.NOT_FOUND]
    assert {answer.state for answer in first[:-1]} == {AnswerState.BLANK}
    assert first[-1].state is AnswerState.UNCLEAR


@pytest.mark.parametrize(
    "said", [("oui", "non"), ("oui – non",), ("Oui    Non",)], ids=["below", "dashed", "apart"]
)
def test_options_without_boxes_are_never_blank(said: tuple[str, ...], edition: Edition) -> None:
    """« oui / non » as words: on a scan nobody sees whether one of them is bold, or in colour."""
    whole = _blank_form(edition, 0.95)
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
    whole = _blank_form(edition, 0.95)
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


def _answered_below(question: str, said: Span, edition: Edition) -> tuple[Document, int]:
    """A recognised form with words below the question that begins so, and which line they are."""
    whole = _blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith(question))
    box = whole.lines[at].box
    assert box
    below = Line((said,), whole.lines[at].page, replace(box, top=box.bottom + 1, bottom=box.bottom + 11))
    lines = (*whole.lines[: at + 1], below, *whole.lines[at + 1 :])
    return replace(whole, lines=lines, pictures=()), at + 1


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
    form, at = _answered_below("Bénéficiez", Span(option), edition)
    form = _traced(form, at, Look.MARK, 40.0) if inked else form

    assert _form.read(form, "scan.pdf", edition).answers["a1.social_agreement"].state is state


@pytest.mark.parametrize(("strike", "state"), [(True, AnswerState.UNCLEAR), (False, AnswerState.ANSWERED)])
def test_where_words_are_struck_out_a_short_answer_may_be_with_them(
    strike: bool, state: AnswerState, edition: Edition
) -> None:
    """Printed revisions: « Votre réponse » with a line through it, that goes on under a nought."""
    form, _ = _answered_below("Avez-vous déjà participé", Span("Votre réponse0", strike=strike), edition)

    assert _form.read(form, "scan.pdf", edition).answers["a3.took_part"].state is state


@pytest.mark.parametrize(
    ("head", "state"), [("3", AnswerState.ANSWERED), ("8", AnswerState.UNCLEAR)], ids=["same", "other"]
)
def test_a_number_under_the_same_number_is_read_twice(
    head: str, state: AnswerState, edition: Edition
) -> None:
    """A pale « 3 » in a coloured cell is hard to read; at the head of its column « 3 » stands clearly."""

    def stands(text: str, row: int, column: int, sure: float) -> Line:
        box = Box(60.0 + 40 * column, 80.0 + 40 * row, 90.0 + 40 * column, 90.0 + 40 * row)
        return Line((Span(text),), 1, box, Cell(0, row, column), confidence=sure)

    def marked(number: int, question: Question, _: float) -> Sequence[Line]:
        heads = [stands(head, 0, 3, 0.95)] if number == 0 else []
        return [*heads, stands(question.wording, number + 1, 0, 0.95), stands("3", number + 1, 3, 0.4)]

    rated = _form.read(_rated_form(edition, marked), "scan.pdf", edition).answers
    scales = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]

    assert {rated[q].state for q in scales} == {state}


def test_a_mark_on_the_row_of_a_question_and_its_options_is_none_of_its_letters(edition: Edition) -> None:
    """« Bénéficiez-vous de … ?  Oui – Non », of which one is underlined: it was not left blank."""
    whole = _blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Bénéficiez"))
    box = whole.lines[at].box
    assert box
    wide = replace(whole.lines[at], box=replace(box, x1=560.0))
    form = replace(whole, lines=(*whole.lines[:at], wide, *whole.lines[at + 1 :]))
    answer = _form.read(_traced(form, at, Look.MARK, 25.0), "scan.pdf", edition).answers

    assert answer["a1.social_agreement"].state is AnswerState.UNCLEAR


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
    form, _ = _answered_below("Avez-vous déjà participé", Span(said), edition)

    assert _form.read(form, "scan.pdf", edition).answers["a3.took_part"].state is state


def test_writing_that_hangs_into_the_next_row_leaves_neither_blank(edition: Edition) -> None:
    """Letters of one answer touch those of the one below: seen as one, they begin beside the upper label."""
    whole = _blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Adresse"))
    upper, lower = whole.lines[at].box, whole.lines[at + 1].box
    assert upper
    assert lower
    box = Box(max(upper.x1, lower.x1) + 5, upper.top, max(upper.x1, lower.x1) + 90, lower.bottom + 1)
    ink = Picture(PictureForm.INK, whole.lines[at].page, at, box, stroke_pt=250, look=Look.STAMP)
    answers = _form.read(replace(whole, pictures=(ink,)), "scan.pdf", edition).answers

    assert answers["a1.address"].state is AnswerState.UNCLEAR
    assert answers["a1.created_on"].state is AnswerState.UNCLEAR
    assert answers["a1.enterprise_number"].state is AnswerState.BLANK


@pytest.mark.parametrize(("column", "state"), [(0, AnswerState.BLANK), (1, AnswerState.UNCLEAR)])
def test_ink_in_another_questions_cell_is_not_of_the_one_beside_it(
    column: int, state: AnswerState, edition: Edition
) -> None:
    """Two questions side by side, with the answers in their cells: what is written in one is its."""
    asked = edition.section[0].question[:4]
    rows: list[Line] = [Line((Span(edition.section[0].title),), 1)]
    for at, question in enumerate(asked):
        cell, x0, top = Cell(0, at // 2, at % 2), 60.0 + 240 * (at % 2), 100.0 + 40 * (at // 2)
        rows.append(Line((Span(question.wording),), 1, Box(x0, top, x0 + 160, top + 9), cell=cell))
        if at % 2 == 0:
            rows.append(Line((Span("Tour 12"),), 1, Box(x0, top + 12, x0 + 60, top + 21), cell=cell))
    rest = _blank_form(edition, 0.95).lines
    rows += [line for line in rest if all(question.wording not in line.text for question in asked)]
    x0 = 65.0 + 240 * column
    ink = Picture(
        PictureForm.INK,
        1,
        -1,
        Box(x0, 114, x0 + 50, 122),
        Cell(0, 0, column),
        stroke_pt=90,
        look=Look.WRITING,
    )
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    form = Document(FileKind.PDF, (page,), tuple(replace(line, page=1) for line in rows), (ink,))

    answers = _form.read(form, "scan.pdf", edition).answers

    assert answers[asked[1].id].state is state


def test_what_was_not_read_around_several_labels_leaves_none_of_them_blank(edition: Edition) -> None:
    """Answers in boxes, one letter each, are one thing to the eye that looks for ink, with a label in it."""
    whole = _blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Forme juridique"))
    first, last = whole.lines[at].box, whole.lines[at + 2].box
    assert first
    assert last
    box = Box(first.x0 - 10, first.top, 400, last.bottom + 1)
    ink = Picture(PictureForm.INK, whole.lines[at].page, at, box, stroke_pt=2000, look=Look.PRINT)
    answers = _form.read(replace(whole, pictures=(ink,)), "scan.pdf", edition).answers

    asked = ("a1.legal_form", "a1.address", "a1.created_on")
    assert {answers[q].state for q in asked} == {AnswerState.UNCLEAR}
    assert answers["a1.enterprise_number"].state is AnswerState.BLANK


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

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers

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

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers

    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {(answers[q].state, answers[q].value) for q in rated} == {(AnswerState.ANSWERED, 4)}


def test_writing_in_a_row_where_nothing_was_read_is_an_answer(edition: Edition) -> None:
    """One table, a question and its answer below each other: of the answers no word could be read."""
    asked = [q for q in edition.questions.values() if q.id.startswith("b.")]
    lines: list[Line] = [Line((Span("B. Description du projet"),), 1, Box(60, 40, 200, 50))]
    written = []
    for at, question in enumerate(asked):
        top = 60.0 + 50 * at
        cell = Cell(0, 2 * at, 0)
        lines.append(
            Line((Span(question.wording),), 1, Box(60, top, 500, top + 9), cell=cell, confidence=0.95)
        )
        if at % 2 == 0:
            box = Box(64, top + 20, 380, top + 34)
            written.append(
                Picture(PictureForm.INK, 1, -1, box, Cell(0, 2 * at + 1, 0), stroke_pt=900, look=Look.STAMP)
            )
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    form = Document(FileKind.PDF, (page,), tuple(lines), tuple(written))
    answers = _form.read(form, "scan.pdf", edition).answers

    told = [answers[question.id].state for question in asked]
    assert told == [AnswerState.UNCLEAR if at % 2 == 0 else AnswerState.BLANK for at in range(len(asked))]


@pytest.mark.parametrize(
    ("said", "state"), [("☐ oui  ☐ non", AnswerState.BLANK), ("☐ oui.)  ☐ non", AnswerState.UNCLEAR)]
)
def test_a_bracket_that_closes_nothing_is_what_was_seen_of_a_ring(
    said: str, state: AnswerState, edition: Edition
) -> None:
    """Both boxes are empty; around one of the words a pale pencil went."""
    form, at = _answered_below("Avez-vous déjà participé", Span(said), edition)
    marked = [Span(piece, tick=False if piece == "☐" else None) for piece in re.split("(☐)", said) if piece]
    line = replace(form.lines[at], spans=tuple(marked))
    read = replace(form, lines=(*form.lines[:at], line, *form.lines[at + 1 :]))

    assert _form.read(read, "scan.pdf", edition).answers["a3.took_part"].state is state


@pytest.mark.parametrize(("second", "state"), [("☐", AnswerState.ANSWERED), ("", AnswerState.UNCLEAR)])
def test_a_mark_where_the_other_box_should_be_may_choose_it_too(
    second: str, state: AnswerState, edition: Edition
) -> None:
    """« ☒ oui  ✗ non »: the second box was not seen under what a pen drew there."""
    form, at = _answered_below("Avez-vous déjà participé", Span("x"), edition)
    spans = [Span("☒", tick=True), Span(" oui  "), *([Span("☐", tick=False)] if second else []), Span(" non")]
    line = replace(form.lines[at], spans=tuple(spans))
    box = Box(300, line.box.top, 312, line.box.bottom) if line.box else None
    ink = Picture(PictureForm.INK, line.page, at, box, None, 12, 10, stroke_pt=40, look=Look.MARK)
    read = replace(form, lines=(*form.lines[:at], line, *form.lines[at + 1 :]), pictures=(ink,))

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

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers

    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {answers[q].state for q in rated} == {state}


@pytest.mark.parametrize(("said", "state"), [("+", AnswerState.UNCLEAR), (". . .", AnswerState.BLANK)])
def test_a_sign_that_nobody_prints_alone_is_a_letter_by_hand(
    said: str, state: AnswerState, edition: Edition
) -> None:
    """« F » by hand is read as « + »; leaders and specks are nobody's answer."""
    form, at = _answered_below("Genre", Span(said), edition)
    line = replace(form.lines[at], confidence=0.75)
    read = replace(form, lines=(*form.lines[:at], line, *form.lines[at + 1 :]))

    assert _form.read(read, "scan.pdf", edition).answers["a2.gender"].state is state


def test_what_was_read_beside_one_statement_begins_no_other(edition: Edition) -> None:
    """« q » is a nine by hand; the row below it, of which the first two words ran together, is another's."""
    said = {
        7: ("Ilexiste des modalités de participation et d'expression par les", "usagers-ères, client-es,")
    }

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        rows = said.get(number + 1, (question.wording,))
        asked = [
            Line((Span(text),), 1, Box(60, top + 12 * at, 380, top + 12 * at + 9), Cell(0, number, 0))
            for at, text in enumerate(rows)
        ]
        return [
            *asked,
            Line((Span("q"),), 1, Box(500, top, 506, top + 9), Cell(0, number, 1), confidence=0.93),
        ]

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers

    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {answers[q].state for q in rated} == {AnswerState.UNCLEAR}


@pytest.mark.parametrize(("said", "state"), [("o1", AnswerState.UNCLEAR), ("12", AnswerState.ANSWERED)])
def test_a_letter_with_a_digit_is_no_word(said: str, state: AnswerState, edition: Edition) -> None:
    """« Si oui » at the end of a question, of which the last word was read as « o1 »."""
    form, at = _answered_below("Nombre d", Span(said), edition)
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
    form, _ = _answered_below("Bénéficiez", Span(said), edition)

    assert _form.read(form, "scan.pdf", edition).answers["a1.social_agreement"].state is state


@pytest.mark.parametrize(
    ("said", "state"), [("0202.239.951", AnswerState.ANSWERED), ("0202.239.957", AnswerState.UNCLEAR)]
)
def test_an_enterprise_number_proves_itself(said: str, state: AnswerState, edition: Edition) -> None:
    """Read with little confidence, its last two digits tell whether the others were read well."""
    form, at = _answered_below("Numéro d", Span(said), edition)
    line = replace(form.lines[at], confidence=0.35)
    read = replace(form, lines=(*form.lines[:at], line, *form.lines[at + 1 :]))

    assert _form.read(read, "scan.pdf", edition).answers["a1.enterprise_number"].state is state


def _retold(question: str, told: Sequence[str], edition: Edition) -> Document:
    """A recognised blank form of which the line that begins so was read as other lines, of one cell."""
    form, at = _answered_below(question, Span(told[-1]), edition)
    cell = Cell(0, 0, 0) if len(told) > 1 else None
    first = replace(form.lines[at - 1], spans=(Span(told[0]),), cell=cell)
    below = [replace(form.lines[at], cell=cell)] if len(told) > 1 else []
    rest = [line for line in form.lines[at + 1 :] if line.text.strip() != ":"]
    return replace(form, lines=(*form.lines[: at - 1], first, *below, *rest))


@pytest.mark.parametrize(
    ("question", "told", "asked"),
    [
        ("Numéro d", ("Numéro:d'entreprise:",), "a1.enterprise_number"),
        (
            "Bénéficiez",
            ("Bénéficiez-vous de l’agrément d’entreprise sociale de la Région de Bruxelles-Capitale", "?"),
            "a1.social_agreement",
        ),
    ],
)
def test_the_end_of_a_question_is_no_answer(
    question: str, told: Sequence[str], asked: str, edition: Edition
) -> None:
    """A speck is read as a colon within a label; a narrow column leaves a question mark a row of its own."""
    answers = _form.read(_retold(question, told, edition), "scan.pdf", edition).answers

    assert answers[asked].state is AnswerState.BLANK
