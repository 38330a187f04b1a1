"""The seven statements rated 1 to 10: by number, by place, by mark, and what only looks like a rating."""

import io

import pytest
from docx import Document as new_document

import parsers
from data.edition import Edition, QuestionKind
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
    Table,
)
from parsers import text
from parsers._answered import _form
from tests.parsers.conftest import a_plain_form


def test_ten_is_an_answer_when_others_are_rated(edition: Edition) -> None:
    """A « 10 » alone after the first statement may be the form's own; beside other ratings it is a rating."""
    alone = a_plain_form(edition, {"e.1": "10"})
    among = a_plain_form(edition, {"e.1": "10", "e.2": "4"})

    assert alone["e.1"].state is AnswerState.BLANK
    assert (among["e.1"].value, among["e.2"].value) == (10, 4)


def test_the_numbers_of_pasted_statements_are_no_marks(edition: Edition) -> None:
    """« 2 », « 3 », « 4 » between statements count them; the last one has nothing after it."""
    scales = [question.id for question in edition.questions.values() if question.id.startswith("e.")]
    counted = {question: str(number) for number, question in enumerate(scales[:-1], 2)}
    rated = {**counted, scales[-1]: "8"}

    assert {a_plain_form(edition, counted)[q].state for q in scales} == {AnswerState.BLANK}
    assert [a_plain_form(edition, rated)[q].value for q in scales] == [*range(2, len(scales) + 1), 8]


@pytest.mark.parametrize("mark", ["●", "V", "*", "ok"])
def test_a_mark_that_lost_its_cell_is_for_a_person(mark: str, edition: Edition) -> None:
    """A grid pasted as text: ten numbers, one under the other, and somewhere after them a mark."""
    numbers = "\n".join(str(n) for n in range(1, 11))

    answers = a_plain_form(edition, {"e.1": f"{numbers}\n{mark}", "e.2": numbers})

    assert (answers["e.1"].state, answers["e.2"].state) == (AnswerState.UNCLEAR, AnswerState.BLANK)


@pytest.mark.parametrize(
    ("row", "rated"),
    [("1 2 3 4X 5 6 7 8 9 10", 4), ("1 2 3 4 X5 6 7 8 9 10", 5), ("1 2 3 [4] 5 6 7 8 9 10", 4)],
)
def test_a_cross_right_beside_a_number_marks_it(row: str, rated: int, edition: Edition) -> None:
    """« 4X » is four; so is « [4] », and « X5 » is five."""
    assert a_plain_form(edition, {"e.2": row})["e.2"].value == rated


@pytest.mark.parametrize(
    ("typed", "rated"),
    [
        (("(7) ", "(2) ", "(9) "), [7, 2, 9]),
        (("7/10 – ", "2/10 – ", "9/10 – "), [7, 2, 9]),
        (("7 – ", "2 – ", "9 – "), [7, 2, 9]),
        (("(1) ", "(2) ", "(3) "), [None, None, None]),
        (("1 – ", "1 – ", "2 – "), [None, None, None]),
        (("1. ", "1. ", "5. "), [None, None, None]),
    ],
)
def test_numbers_typed_before_statements_rate_them_unless_they_count(
    typed: tuple[str, ...], rated: list[int | None], edition: Edition
) -> None:
    """« (7) Notre structure est … » says seven; « 1. » before a statement is its own number."""
    rows = [q.wording for q in edition.questions.values() if q.id.startswith("b.")]
    rows += [number + edition.questions[f"e.{at}"].wording for at, number in enumerate(typed, 1)]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[f"e.{at}"].value for at in (1, 2, 3)] == rated


@pytest.mark.parametrize(
    ("below", "rated"),
    [
        ("1 (pas du tout) – 10 (totalement)\n7", 7),
        ("1 = pas du tout, 10 = totalement : 8", 8),
        ("1 (pas du tout) – 10 (totalement)", None),
        ("quatre sur dix", 4),
    ],
)
def test_the_ends_of_the_scale_rate_nothing(below: str, rated: int | None, edition: Edition) -> None:
    """What 1 and 10 mean may stand beside each statement; « quatre sur dix » is said in words."""
    assert a_plain_form(edition, {"e.2": below})["e.2"].value == rated


@pytest.mark.parametrize(
    "label", ["Note de 1 à 10 :", "Votre note entre 1 et 10 :", "1 à 10 :", "Score van 1 tot 10:"]
)
def test_between_which_numbers_one_may_choose_rates_nothing(label: str, edition: Edition) -> None:
    """« Note de 1 à 10 : » before each place to write is the form's, filled or not."""
    answers = a_plain_form(edition, {"e.1": f"{label} __4__", "e.2": label, "e.3": f"{label} 10"})

    assert [answers[f"e.{at}"].value for at in (1, 3)] == [4, 10]
    assert answers["e.2"].state is AnswerState.BLANK


def test_a_statement_is_rated_in_a_comment(edition: Edition) -> None:
    """Who answers in comments also rates in them; a comment without a number rates nothing."""
    form = new_document()
    for section in edition.section:
        form.add_paragraph(section.title)
        for question in section.question:
            paragraph = form.add_paragraph(question.wording)
            if question.id in ("e.1", "e.2"):
                form.add_comment(
                    paragraph.runs, text="7" if question.id == "e.1" else "", author="A. Lambert"
                )
    out = io.BytesIO()
    form.save(out)
    document = parsers.read(out.getvalue())
    assert isinstance(document, Document)

    answers = _form.read(document, "form.docx", edition).answers

    assert (answers["e.1"].value, answers["e.2"].state) == (7, AnswerState.BLANK)


@pytest.mark.parametrize("row", ["{n}. {rated}", "Affirmation {n} : {rated}/10"])
def test_statements_whose_wordings_were_deleted_are_rated_by_their_numbers(
    row: str, edition: Edition
) -> None:
    """« 1. 7 », « 2. 4 » … for all of them; where one lacks, nobody knows what was counted."""
    asked = [q for q in edition.questions.values() if not q.id.startswith(("e.", "s."))]
    scales = [q for q in edition.questions if q.startswith("e.")]
    given = dict(zip(scales, (7, 4, 9, 6, 8, 5, 10), strict=True))

    def rated(left_out: str | None) -> dict[str, Answer]:
        rows = [question.wording for question in asked]
        rows.append(next(section.title for section in edition.section if section.id == "e"))
        numbers = enumerate(given.items(), 1)
        rows += [row.format(n=n, rated=value) for n, (q, value) in numbers if q != left_out]
        return dict(_form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers)

    assert {q: rated(None)[q].value for q in scales} == given
    assert {rated("e.4")[q].value for q in scales} == {None}


def test_the_number_behind_half_a_statement_is_its_rating(edition: Edition) -> None:
    """« Nos discussions et prises de décisions 7 »: of a wording cut short the number is no part."""
    rows = [q.wording for q in edition.questions.values() if not q.id.startswith("e.")]
    rows += [
        "Nos discussions et prises de décisions 7",
        *(f"{edition.questions[f'e.{n}'].wording} {n}" for n in range(2, 8)),
    ]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[f"e.{n}"].value for n in range(1, 8)] == [7, 2, 3, 4, 5, 6, 7]


def _rated_rows(edition: Edition, rows: list[str]) -> dict[str, Answer]:
    """A form in its own words, with these rows in place of its statements, and the title of the next step."""
    asked = [q for q in edition.questions.values() if not q.id.startswith(("e.", "s."))]
    title = next(section.title for section in edition.section if section.id == "e")
    said = [*(question.wording for question in asked), title, *rows, "ETAPE 3 – SIGNER LE DOSSIER"]
    return dict(_form.read(text.from_text("\n".join(said)), "form.txt", edition).answers)


SHORTENED = ("Transparence", "Vision écrite", "Besoins", "Territoire", "Offre", "Innovation", "Participation")


@pytest.mark.parametrize("row", ["{n}. {told} : {rated}/10", "{told} – {rated}/10", "{n}) {told} {rated}"])
def test_a_list_of_rated_words_is_the_statements_in_their_order(row: str, edition: Edition) -> None:
    """Seven lines, each with a number of the scale, are the seven statements, whatever they became."""
    given = (7, 4, 9, 6, 8, 5, 10)
    rows = [
        row.format(n=n, told=told, rated=rated)
        for n, (told, rated) in enumerate(zip(SHORTENED, given, strict=True), 1)
    ]
    answers = _rated_rows(edition, rows)

    assert tuple(answers[f"e.{n}"].value for n in range(1, 8)) == given
    assert _rated_rows(edition, rows[:-1])["e.7"].state is not AnswerState.ANSWERED


def test_ratings_told_in_one_line_are_for_a_person(edition: Edition) -> None:
    """« Nos notes : 7 – 4 – 9 … » under statements that nothing rates is no blank; a printed scale is one."""
    statements = [q.wording for q in edition.questions.values() if q.id.startswith("e.")]
    told = _rated_rows(edition, [*statements, "Nos notes : 7 – 4 – 9 – 6 – 8 – 5 – 10"])
    printed = _rated_rows(edition, [*statements, "1 2 3 4 5 6 7 8 9 10"])
    rest = ["ETAPE 3 – SIGNER LE DOSSIER"] * 12
    said = (*statements, "Nos notes : 7 – 4 – 9 – 6 – 8 – 5 – 10", *rest)
    alone = [Line((Span(row),), 1) for row in said]
    page = _form.read(Document(FileKind.PDF, (Page(1, PageSource.TEXT),), tuple(alone)), "f", edition)

    assert page.answers["e.1"].state is AnswerState.UNCLEAR
    assert {told[f"e.{n}"].state for n in range(1, 8)} == {AnswerState.UNCLEAR}
    assert printed["e.1"].state is AnswerState.BLANK


def test_the_number_behind_a_statement_is_not_that_of_the_next_step(edition: Edition) -> None:
    """« … 10 » and below it « ETAPE 4 »: the ten rates; « (10/10) » is no printed scale."""
    statements = [q.wording for q in edition.questions.values() if q.id.startswith("e.")]
    answers = _rated_rows(
        edition, [*(f"{said} (10/10)" for said in statements[:-1]), f"{statements[-1]} 9", "ÉTAPE 4"]
    )

    assert [answers[f"e.{n}"].value for n in range(1, 8)] == [*[10] * 6, 9]


def test_an_answer_that_ends_in_its_label_begins_no_statement(edition: Edition) -> None:
    """« Réponse : 6 » above « Affirmation 3 : … » is of the statement before."""
    statements = [q.wording for q in edition.questions.values() if q.id.startswith("e.")]
    rows = [
        row
        for n, said in enumerate(statements, 1)
        for row in (f"Affirmation {n} : {said}", f"Réponse : {n + 2}")
    ]

    assert [_rated_rows(edition, rows)[f"e.{n}"].value for n in range(1, 8)] == [*range(3, 10)]


def test_a_statement_cut_short_is_rated_among_the_others(edition: Edition) -> None:
    """« Nos discussions… : 4 » where that statement is still expected; other words there are none."""
    wordings = [q.wording for q in edition.questions.values() if q.id.startswith("e.")]
    others = [f"{said} : {n}" for n, said in enumerate(wordings[1:], 3)]

    assert _rated_rows(edition, [f"{wordings[0][:15]}… : 4", *others])["e.1"].value == 4
    assert _rated_rows(edition, ["Équipe au complet : 4", *others])["e.1"].state is AnswerState.NOT_FOUND


@pytest.mark.parametrize("row", ["E{n} : {rated}", "{n}. {told} : {rated}", "{told} : {rated}/10"])
def test_a_rating_left_out_of_a_list_is_blank_and_the_others_stand(row: str, edition: Edition) -> None:
    """« E5 : » among « E4 : 8 » and « E6 : 5 » keeps the count, and nothing else is missing for it."""
    given = (7, 4, 9, 6, "", 5, 10)
    rows = [
        row.format(n=n, told=told, rated=rated)
        for n, (told, rated) in enumerate(zip(SHORTENED, given, strict=True), 1)
    ]
    answers = _rated_rows(edition, rows)

    assert tuple(answers[f"e.{n}"].value or "" for n in range(1, 8)) == given
    assert answers["e.5"].state is AnswerState.BLANK


def test_an_empty_row_of_a_quoted_form_says_nothing(edition: Edition) -> None:
    """Mail programs quote empty rows, too: « > » alone is no answer to what stands above it."""
    rows = [
        row for section in edition.section if section.id != "s"
        for row in (section.title, *(q.wording for q in section.question), "")
    ]  # fmt: skip
    quoted = "\n".join(f"> {row}".rstrip() for row in rows)
    answers = _form.read(text.from_text(quoted), "form.txt", edition).answers

    assert answers["a3.took_part"].state is AnswerState.BLANK


@pytest.mark.parametrize(("rows", "state"), [(10, AnswerState.ANSWERED), (12, AnswerState.UNCLEAR)])
def test_a_scale_that_lost_its_table_has_a_row_for_each_cell(
    rows: int, state: AnswerState, edition: Edition
) -> None:
    """Of a form that was copied into a mail, the mark's row tells its column, if no row was added or lost."""
    scales = [q for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    said = "\n".join(q.wording for q in edition.questions.values() if q.kind is not QuestionKind.SCALE)
    for number, question in enumerate(scales, 3):
        cells = ["●" if at == number else "" for at in range(1, rows + 1)]
        said += "\n" + "\n".join([question.wording, *map(str, range(1, 11)), *cells])
    answers = _form.read(text.from_text(said + "\nFait à Ixelles"), "mail.txt", edition).answers

    assert {answers[q.id].state for q in scales} == {state}
    if state is AnswerState.ANSWERED:
        assert [answers[q.id].value for q in scales] == [3, 4, 5, 6, 7, 8, 9]


@pytest.mark.parametrize("scale", [False, True], ids=["a number beside", "one of ten cells"])
def test_a_table_with_a_row_for_each_statement_rates_them_in_their_order(
    scale: bool, edition: Edition
) -> None:
    """Whatever the statements were shortened to, below a head or none; a row left out is blank."""
    given = (7, 4, None, 6, 8, 5, 10)
    document = new_document()
    for question in edition.questions.values():
        if not question.id.startswith(("e.", "s.")):
            document.add_paragraph(question.wording)
    document.add_paragraph(next(section.title for section in edition.section if section.id == "e"))
    table = document.add_table(rows=8, cols=11 if scale else 2)
    heads = ["Affirmation", *(map(str, range(1, 11)) if scale else ["Note"])]
    for cell, head in zip(table.rows[0].cells, heads, strict=True):
        cell.text = head
    for row, told, rated in zip(table.rows[1:], SHORTENED, given, strict=True):
        row.cells[0].text = told
        if rated:
            row.cells[rated if scale else 1].text = "X" if scale else f"{rated}/10"
    document.add_paragraph("ETAPE 3 – SIGNER LE DOSSIER")
    out = io.BytesIO()
    document.save(out)
    reading = parsers.read(out.getvalue())
    assert isinstance(reading, Document)
    answers = _form.read(reading, "form.docx", edition).answers

    assert [answers[f"e.{n}"].value for n in range(1, 8)] == [*given]
    assert answers["e.3"].state is AnswerState.BLANK


@pytest.mark.parametrize("scale", [False, True], ids=["a number below", "the scale below"])
def test_as_many_ratings_as_statements_rate_the_labels_above_them(scale: bool, edition: Edition) -> None:
    """Whatever the statements were shortened to; with one rating less, none says whose it is."""
    given = (7, 4, 9, 6, 8, 5, 10)
    boxes = [" ".join(("☒" if n == rated else "☐") + str(n) for n in range(1, 11)) for rated in given]
    below = boxes if scale else [*map(str, given)]
    rows = [row for told, rated in zip(SHORTENED, below, strict=True) for row in (told, rated)]

    answers = _rated_rows(edition, ["Indiquez la case entre 1 et 10", *rows])

    assert tuple(answers[f"e.{n}"].value for n in range(1, 8)) == given
    fewer = _rated_rows(edition, rows[:3] + rows[4:])
    assert all(fewer[f"e.{n}"].value in (given[n - 1], None) for n in range(1, 8))


@pytest.mark.parametrize("row", [0, 2], ids=["over the numbers", "under them"])
@pytest.mark.parametrize("unread", [(), (4, 5, 6, 7, 8, 9, 10)], ids=["all read", "of one few"])
def test_a_mark_over_or_under_the_numbers_rates_a_statement_outside_their_table(
    row: int, unread: tuple[int, ...], edition: Edition
) -> None:
    """Each statement has a table of its own; numbers that were not read in one are those of the others."""
    scales = [q for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    said = [q.wording for q in edition.questions.values() if q.kind is not QuestionKind.SCALE]
    lines = [Line((Span(one),), 1, confidence=0.95) for one in said]
    drawn = []
    for table, question in enumerate(scales):
        lines.append(Line((Span(question.wording),), 1, confidence=0.95))
        cells = {n: Cell(table, 1, n - 1) for n in range(1, 11) if table != 3 or n not in unread}
        box = Box(60 + 40 * (3 + table), 20, 80 + 40 * (3 + table), 30)
        at = Cell(table, row, 3 + table)
        drawn.append(Picture(PictureForm.INK, 1, len(lines), box, at, 20, 10, 90, look=Look.MARK))
        lines += [Line((Span(str(n)),), 1, cell=cell, confidence=0.95) for n, cell in cells.items()]
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    sides = tuple(60.0 + 40 * n for n in range(11))
    tables = tuple(Table(number, sides, 3) for number in range(len(scales)))
    form = Document(FileKind.PDF, (page,), tuple(lines), tuple(drawn), tables=tables)
    answers = _form.read(form, "scan.pdf", edition).answers

    assert [answers[q.id].value for q in scales] == [4, 5, 6, 7, 8, 9, 10]


def test_ratings_of_statements_that_nobody_knows_are_not_missing(edition: Edition) -> None:
    """Seven labels in other words and six ratings: which is which nobody tells; none is called missing."""
    statements = [q for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    labels = ["Clarté", "Cap", "Attentes", "Quartier", "Gamme", "Nouveauté", "Voix"]
    printed = "\n".join(edition.form_lines)
    for at, statement in enumerate(statements):
        line = next(line for line in edition.form_lines if statement.wording[:40] in line)
        printed = printed.replace(line, labels[at] + ("" if at == 3 else f"\n{at + 3}"))

    answers = _form.read(text.from_text(printed), "form.txt", edition).answers

    assert {answers[q.id].state for q in statements} == {AnswerState.UNCLEAR}
