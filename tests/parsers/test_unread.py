"""What stands on a recognised page and was not read leaves no question beside it blank."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest

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
    Span,
)
from parsers import text
from parsers._answered import _form
from tests.parsers.doubted import answered_below, blank_form, rated_form, traced


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

    answers = _form.read(rated_form(edition, rate), "scan.pdf", edition).answers
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

    form = rated_form(edition, rate)
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

    form = rated_form(edition, rate)
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

    answers = _form.read(rated_form(edition, rate), "scan.pdf", edition).answers

    assert answers["e.5"].state is AnswerState.UNCLEAR
    assert answers["e.4"].state is AnswerState.BLANK


@pytest.mark.parametrize("look", [Look.TRACE, Look.RING, Look.MARK, Look.WRITING, Look.PRINT])
def test_where_anything_unread_stands_nothing_is_blank(look: Look, edition: Edition) -> None:
    """A stroke too short to be told is enough: only a place that was seen empty is blank."""
    whole = blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Adresse"))
    answers = _form.read(traced(whole, at, look, 9.0), "scan.pdf", edition).answers

    assert answers["a1.address"].state is AnswerState.UNCLEAR
    assert answers["a1.created_on"].state is AnswerState.BLANK


def test_a_mark_on_the_row_of_a_question_and_its_options_is_none_of_its_letters(edition: Edition) -> None:
    """« Bénéficiez-vous de … ?  Oui – Non », of which one is underlined: it was not left blank."""
    whole = blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Bénéficiez"))
    box = whole.lines[at].box
    assert box
    wide = replace(whole.lines[at], box=replace(box, x1=560.0))
    form = replace(whole, lines=(*whole.lines[:at], wide, *whole.lines[at + 1 :]))
    answer = _form.read(traced(form, at, Look.MARK, 25.0), "scan.pdf", edition).answers

    assert answer["a1.social_agreement"].state is AnswerState.UNCLEAR


def test_writing_that_hangs_into_the_next_row_leaves_neither_blank(edition: Edition) -> None:
    """Letters of one answer touch those of the one below: seen as one, they begin beside the upper label."""
    whole = blank_form(edition, 0.95)
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


@pytest.mark.parametrize(
    ("reach", "state"), [(0.6, AnswerState.UNCLEAR), (0.2, AnswerState.BLANK)], ids=["a row", "descenders"]
)
def test_writing_over_the_line_is_in_the_row_that_it_reaches_into(
    reach: float, state: AnswerState, edition: Edition
) -> None:
    """People write a little over the line: of two rows seen as one, the lower ends in its label's middle."""
    whole = blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Adresse"))
    upper, lower = whole.lines[at].box, whole.lines[at + 1].box
    assert upper
    assert lower
    box = Box(lower.x1 + 5, upper.top - 14, lower.x1 + 90, lower.top + reach * (lower.bottom - lower.top))
    ink = Picture(PictureForm.INK, whole.lines[at].page, at, box, stroke_pt=250, look=Look.HAND)
    answers = _form.read(replace(whole, pictures=(ink,)), "scan.pdf", edition).answers

    assert answers["a1.address"].state is AnswerState.UNCLEAR
    assert answers["a1.created_on"].state is state


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
    rest = blank_form(edition, 0.95).lines
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
    whole = blank_form(edition, 0.95)
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


@pytest.mark.parametrize(("right", "state"), [(190, AnswerState.UNCLEAR), (90, AnswerState.BLANK)])
def test_letters_of_two_rows_that_look_like_a_mark_are_an_answer(
    right: float, state: AnswerState, edition: Edition
) -> None:
    """« 9 » above and « 2 » behind a label touch what stands before them; a label's own letters are in it."""
    asked = [question.wording for question in edition.questions.values()][:12]
    rows = [(said, 20.0 + 30 * at) for at, said in enumerate(asked)]
    at = next(i for i, question in enumerate(edition.questions) if question == "a1.created_on")
    box = Box(48, 4.0 + 30 * at, right, 28.0 + 30 * at)
    answers = _inked_form(rows, box, at - 1, edition, Look.MARK)

    assert answers["a1.created_on"].state is state


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


@pytest.mark.parametrize(("second", "state"), [("☐", AnswerState.ANSWERED), ("", AnswerState.UNCLEAR)])
def test_a_mark_where_the_other_box_should_be_may_choose_it_too(
    second: str, state: AnswerState, edition: Edition
) -> None:
    """« ☒ oui  ✗ non »: the second box was not seen under what a pen drew there."""
    form, at = answered_below("Avez-vous déjà participé", Span("x"), edition)
    spans = [Span("☒", tick=True), Span(" oui  "), *([Span("☐", tick=False)] if second else []), Span(" non")]
    line = replace(form.lines[at], spans=tuple(spans))
    box = Box(300, line.box.top, 312, line.box.bottom) if line.box else None
    ink = Picture(PictureForm.INK, line.page, at, box, None, 12, 10, stroke_pt=40, look=Look.MARK)
    read = replace(form, lines=(*form.lines[:at], line, *form.lines[at + 1 :]), pictures=(ink,))

    assert _form.read(read, "scan.pdf", edition).answers["a3.took_part"].state is state


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

    answers = _form.read(rated_form(edition, rate), "scan.pdf", edition).answers

    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {answers[q].state for q in rated} == {AnswerState.UNCLEAR}


def _inked_form(
    rows: Sequence[tuple[str, float]], box: Box, after: int, edition: Edition, look: Look = Look.WRITING
) -> Mapping[str, Answer]:
    """Answers of a recognised page with these rows (text, top), and ink on it."""
    lines = tuple(
        Line((Span(said),), 1, Box(50, top, 50 + 4.0 * len(said), top + 10), confidence=0.95)
        for said, top in rows
    )
    ink = Picture(PictureForm.INK, 1, after, box, None, 50, 11, stroke_pt=90, look=look)
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    return _form.read(Document(FileKind.PDF, (page,), lines, (ink,)), "scan.pdf", edition).answers


@pytest.mark.parametrize(
    ("top", "doubted"), [(73.0, "a1.address"), (66.0, "a1.legal_form"), (53.0, "a1.legal_form")]
)
def test_ink_that_hangs_into_a_labels_row_is_its_answer(top: float, doubted: str, edition: Edition) -> None:
    """By hand people write above the line: behind a label, and a little into its row."""
    asked = [question.wording for question in edition.questions.values()][:12]
    rows = [(said, 20.0 + 30 * at) for at, said in enumerate(asked)]
    after = max(at for at, (_, y) in enumerate(rows) if y <= top + 5)
    answers = _inked_form(rows, Box(140, top, 190, top + 11), after, edition)

    assert [
        q for q in ("a1.legal_form", "a1.address", "a1.created_on") if answers[q].state is AnswerState.UNCLEAR
    ] == [doubted]


@pytest.mark.parametrize(
    ("column", "first", "scrawl", "value"),
    [
        (1, "Oui", "", "Oui"),
        (3, "Oui", "", "Non"),
        (1, "UUI", "", None),
        (1, "Oui", "VA", "Oui"),
        (1, "UUI", "VA", None),
        (1, "Oui", "SMart", None),
    ],
    ids=["behind the first", "behind the last", "the first not read", "as letters", "both", "a word"],
)
def test_a_mark_alone_in_an_options_own_cell_ticks_it(
    column: int, first: str, scrawl: str, value: str | None, edition: Edition
) -> None:
    """« Oui |  | Non |  »: a cross is read as nothing, or two letters; of one option it may be either's."""
    asked = [question.wording for question in edition.questions.values()]
    asked = asked[: list(edition.questions).index("a3.took_part") + 1]
    lines = (
        *(
            Line((Span(said),), 1, Box(50, 1.0 * at, 400, 1.0 * at + 1), confidence=0.95)
            for at, said in enumerate(asked)
        ),
        Line((Span(first),), 1, Box(50, 40, 70, 50), Cell(0, 0, 0), confidence=0.95),
        *([Line((Span(scrawl),), 1, Box(80, 40, 92, 50), Cell(0, 0, 1), confidence=0.7)] if scrawl else []),
        Line((Span("Non"),), 1, Box(110, 40, 130, 50), Cell(0, 0, 2), confidence=0.95),
    )
    box = Box(50 + 30.0 * column, 38, 62 + 30.0 * column, 50)
    ink = Picture(
        PictureForm.INK,
        1,
        len(asked) + column // 2,
        box,
        Cell(0, 0, column),
        12,
        12,
        stroke_pt=30,
        look=Look.MARK,
    )
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    read = _form.read(Document(FileKind.PDF, (page,), lines, (ink,)), "scan.pdf", edition)
    answer = read.answers["a3.took_part"]

    assert (answer.state is AnswerState.ANSWERED) is (value is not None)
    assert value in {None, answer.value}


@pytest.mark.parametrize(
    ("said", "state"),
    [
        ("Date de création : ?", AnswerState.UNCLEAR),
        ("Date de création 12/03/201?", AnswerState.ANSWERED),
        ("Date de création ?", AnswerState.BLANK),
    ],
)
def test_what_ends_in_a_question_mark_behind_a_label_is_no_blank(
    said: str, state: AnswerState, edition: Edition
) -> None:
    """A 7 or a 9 by hand is read so, behind the label's own colon or at the end of a date."""
    rows = [(q.wording, 20.0 + 30 * n) for n, q in enumerate(edition.questions.values())][:12]
    rows = [(said if row.startswith("Date de création") else row, top) for row, top in rows]
    answers = _inked_form(rows, Box(500, 5, 510, 9), 0, edition)

    assert answers["a1.created_on"].state is state


@pytest.mark.parametrize(("said", "reach"), [("?", 0.0), ("", 0.6)], ids=["a question mark", "two rows"])
def test_what_stands_in_the_cell_beside_a_label_is_no_blank(
    said: str, reach: float, edition: Edition
) -> None:
    """A 7 by hand, read as a mark of no question; or writing in two rows of cells that was seen as one."""
    asked = [question.wording for question in edition.questions.values()][:12]
    lines = [
        Line((Span(each),), 1, Box(50, 20.0 + 18 * at, 190, 30.0 + 18 * at), Cell(0, at, 0), confidence=0.95)
        for at, each in enumerate(asked)
    ]
    at = next(at for at, each in enumerate(asked) if each.startswith("Date de création"))
    own = lines[at].box
    assert own
    if said:
        box = Box(300, own.top, 306, own.bottom)
        lines.insert(at + 1, Line((Span(said),), 1, box, Cell(0, at, 1), confidence=0.95))
    over = Box(300, own.top - 20, 380, own.top + reach * 10)
    ink = Picture(PictureForm.INK, 1, at - 1, over, Cell(0, at - 1, 1), 80, 26, stroke_pt=250, look=Look.HAND)
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    form = Document(FileKind.PDF, (page,), tuple(lines), (ink,) if reach else ())
    answers = _form.read(form, "scan.pdf", edition).answers

    assert answers["a1.created_on"].state is AnswerState.UNCLEAR
    assert answers["a1.enterprise_number"].state is AnswerState.BLANK


def test_the_ink_of_the_mark_that_told_an_option_is_no_doubt(edition: Edition) -> None:
    """All other study levels were read to the letter: what a pen left of this one is what it marked."""
    options = edition.questions["a2.education"].choices
    spoilt = options[-1].replace("e", "c").replace("n", "r")
    at = next(n for n, question in enumerate(edition.questions.values()) if question.id == "a2.education")
    rows = [(q.wording, 20.0 + 30 * n) for n, q in enumerate(edition.questions.values())][: at + 4]
    rows.insert(at + 1, (" – ".join([*options[:-1], spoilt]), 33.0 + 30 * at))
    answers = _inked_form(rows, Box(400, 33.0 + 30 * at, 480, 45.0 + 30 * at), at + 1, edition)

    assert answers["a2.education"].state is AnswerState.ANSWERED
    assert answers["a2.education"].value == options[-1]


@pytest.mark.parametrize(
    ("wide", "high", "times", "state"),
    [
        (340.0, 160.0, 1, AnswerState.UNCLEAR),
        (40.0, 40.0, 1, AnswerState.BLANK),
        (340.0, 160.0, 2, AnswerState.BLANK),
    ],
)
@pytest.mark.parametrize("known", [True, False])
def test_a_chart_pasted_as_a_picture_may_be_the_answer(
    known: bool, wide: float, high: float, times: int, state: AnswerState, edition: Edition
) -> None:
    """Of « qui fait quoi ? » an organisation chart may be all that is answered; an icon or a logo is not."""
    asked = [q for q in edition.questions.values() if q.id[:2] in {"b.", "d1", "d2"}]
    rows = [row for q in asked for row in (q.wording, "" if q.id == "b.5" else "Dit.")]
    document = text.from_text("\n".join(rows))
    at = next(i for i, line in enumerate(document.lines) if line.text == edition.questions["b.5"].wording)
    chart = Picture(PictureForm.RASTER, 1, at, width_pt=wide, height_pt=high, sha256="a")
    told = chart if known else replace(chart, sha256=None, box=Box(60, 90, 60 + wide, 90 + high))
    pictures = tuple(replace(told, after=at + 6 * n) for n in range(times))
    answers = _form.read(replace(document, pictures=pictures), "form.docx", edition).answers

    assert answers["b.5"].state is state
    assert {answers[q.id].state for q in asked if q.id != "b.5"} == {AnswerState.ANSWERED}
