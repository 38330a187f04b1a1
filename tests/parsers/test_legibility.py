"""What was read unsurely on a recognised form is in doubt; what is seen empty is blank."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from data.edition import Edition, Question, QuestionKind
from data.model import (
    AnswerState,
    Box,
    Cell,
    Document,
    Line,
    Picture,
    SignatureState,
    Span,
)
from parsers._answered import _form
from tests.parsers.doubted import answered_below, blank_form, rated_form


@pytest.mark.parametrize(("sure", "doubt"), [(0.95, False), (0.7, True)])
def test_nothing_is_missing_on_a_page_that_was_read_badly(sure: float, doubt: bool, edition: Edition) -> None:
    """Of a clear page a blank is a blank; of a poor one a person looks, at answers and signatures alike."""
    reading = _form.read(blank_form(edition, sure), "scan.pdf", edition)

    answers = {answer.state for answer in reading.answers.values()}
    signatures = {signature.state for signature in reading.signatures.values()}
    assert (AnswerState.BLANK in answers) is not doubt
    assert signatures == {SignatureState.UNCLEAR if doubt else SignatureState.MISSING}


def test_a_number_that_counts_a_statement_may_be_read_as_a_letter(edition: Edition) -> None:
    """« 1 2 3 4 D 6 7 » to the left of the statements: the letter is the five that the form prints there."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        count, said = Span("D" if number == 4 else str(number + 1)), Span(question.wording)
        return [
            Line((count,), 1, Box(62, top, 68, top + 9), cell=Cell(0, number, 0)),
            Line((said,), 1, Box(100, top, 380, top + 10), cell=Cell(0, number, 1)),
        ]

    answers = _form.read(rated_form(edition, rate), "scan.pdf", edition).answers

    assert answers["e.5"].state is AnswerState.BLANK


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

    rated = _form.read(rated_form(edition, marked), "scan.pdf", edition).answers
    scales = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]

    assert {rated[q].state for q in scales} == {state}


@pytest.mark.parametrize(("said", "state"), [("+", AnswerState.UNCLEAR), (". . .", AnswerState.BLANK)])
def test_a_sign_that_nobody_prints_alone_is_a_letter_by_hand(
    said: str, state: AnswerState, edition: Edition
) -> None:
    """« F » by hand is read as « + »; leaders and specks are nobody's answer."""
    form, at = answered_below("Genre", Span(said), edition)
    line = replace(form.lines[at], confidence=0.75)
    read = replace(form, lines=(*form.lines[:at], line, *form.lines[at + 1 :]))

    assert _form.read(read, "scan.pdf", edition).answers["a2.gender"].state is state


@pytest.mark.parametrize(
    ("said", "state"), [("0202.239.951", AnswerState.ANSWERED), ("0202.239.957", AnswerState.UNCLEAR)]
)
def test_an_enterprise_number_proves_itself(said: str, state: AnswerState, edition: Edition) -> None:
    """Read with little confidence, its last two digits tell whether the others were read well."""
    form, at = answered_below("Numéro d", Span(said), edition)
    line = replace(form.lines[at], confidence=0.35)
    read = replace(form, lines=(*form.lines[:at], line, *form.lines[at + 1 :]))

    assert _form.read(read, "scan.pdf", edition).answers["a1.enterprise_number"].state is state


def _retold(question: str, told: Sequence[str], edition: Edition) -> Document:
    """A recognised blank form of which the line that begins so was read as other lines, of one cell."""
    form, at = answered_below(question, Span(told[-1]), edition)
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


@pytest.mark.parametrize(("said", "column", "state"), [
    ("?", 1, AnswerState.UNCLEAR), ("?", None, AnswerState.BLANK),
    ("+  110", None, AnswerState.UNCLEAR), ("/ 10", None, AnswerState.BLANK),
    ("©", None, AnswerState.UNCLEAR),
])  # fmt: skip
def test_a_sign_where_a_number_is_asked_for_is_a_digit_by_hand(
    said: str, column: int | None, state: AnswerState, edition: Edition
) -> None:
    """« 8 » is read as « ? » in the column for notes; at the end of a line without cells it may be print.

    « 7 / 10 », of which the number is by hand, is read as « + 110 », and a bold « 9 » as « © ».
    """

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        cells = [None if column is None else Cell(0, number, at) for at in range(2)]
        return [
            Line((Span(question.wording),), 1, Box(60, top, 380, top + 10), cells[0], confidence=0.95),
            Line((Span(said),), 1, Box(400, top, 406, top + 10), cells[1], confidence=0.75),
        ]

    answers = _form.read(rated_form(edition, rate), "scan.pdf", edition).answers

    assert {answers[q].state for q in answers if q.startswith("e.")} == {state}
