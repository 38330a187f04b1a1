"""Answers on recognised pages: what could not be read is doubt, never an answer left out.

Tesseract loses words and reads others wrong. A question that it did not see was probably asked; where ink
stands under a question, somebody answered; words that it is not sure of are for a person's eyes.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.edition import Edition, Question, QuestionKind
from data.model import Answer, AnswerState, Cell, Line, Look, Picture, Place, Span
from parsers._answered import _choices, _gaps, _half_read, _unread
from parsers._answered._regions import Region
from parsers._signed import _doubts
from parsers._signed._doubts import UNREAD
from parsers._stream import Part, Piece, Stream

SURE = 0.55
"""Below this, the recognised words of an answer are not told as its text."""
_SIGN = re.compile(r"\s*[+=<>#&€$£§†±×]{1,2}\s*")
"""What a short word by hand is read as, « + » of « F »: no leader, no dash, no bullet, no speck."""
_TICK_PT = 12.0
"""So much of a stroke beside an option may mark it."""
_ROUND = re.compile(r"\s*[©®]\s*")
"""What a bold « 9 » or « 6 » is read as; of choices, an empty button."""
_ASKING = re.compile(r"\s*[?!%@]{1,2}\s*")
"""What a digit by hand is read as, « ? » of « 8 », in a cell for a number: statements ask nothing."""
_OF_TEN = re.compile(r"\s*[/|Il1]?\s?10\s*$")
"""The printed « / 10 » behind it, and what its stroke is read as: « + 110 »."""
UNSEEN = "la question n'a pas pu être lue sur la page numérisée"
UNSURE = "l'écriture est difficile à lire"
UNTOLD = "on ne voit pas sur la page numérisée quelle option est choisie"
LOST = "la page qui suit n'est pas parmi celles que nous avons"


def with_doubts(
    answers: Mapping[str, Answer],
    text: Stream,
    regions: Sequence[Region],
    edition: Edition,
    signing_at: int,
) -> dict[str, Answer]:
    """The answers, in doubt where a page was recognised and not well enough.

    Args:
        signing_at: the line where the place for signatures starts.
    """
    seen, poor = _doubts.recognised(text.document), _doubts.poor(text.document)
    answers = _gaps.cut_off(answers, text, regions)
    if not seen:
        return dict(answers)
    clear = not poor
    asked_on = _gaps.asked_on(text, regions)
    lost = _gaps.PAGE_LOST if clear else len(edition.questions) + 1
    unseen = _gaps.unseen(answers, asked_on, edition, lost)
    unseen |= _gaps.hidden(answers, text, regions, signing_at)
    last = _gaps.last_before_a_gap(answers, edition, unseen)
    numberless = _half_read.numberless(regions, edition)
    judged = {}
    for question, answer in answers.items():
        region = next((r for r in regions if r.match.anchor.question == question), None)
        if answer.state is AnswerState.NOT_FOUND and question in unseen:
            answer = _in_doubt(answer, UNSEEN)
        elif region is not None and text.pieces[region.match.start[0]].line.page in seen:
            answer = _judged(answer, text, region, regions, edition.questions[question])
            if answer.state is AnswerState.BLANK and question in numberless:
                answer = _in_doubt(answer, UNTOLD)
        if question in last and (
            answer.state is AnswerState.BLANK
            or (region is not None and _gaps.starts_on_another_page(region, text))
        ):
            answer = _in_doubt(answer, LOST)
        if answer.state is AnswerState.BLANK and answer.place and answer.place.page in poor:
            answer = _in_doubt(answer, _doubts.POOR)
        judged[question] = answer
    return judged


def _judged(
    answer: Answer, text: Stream, region: Region, regions: Sequence[Region], question: Question
) -> Answer:
    parts = region.parts
    if question.kind is QuestionKind.SCALE and _half_read.is_circled(answer, parts):
        return _in_doubt(replace(answer, value=None), UNREAD)
    if ink := _ink_at(answer, text, region, regions, question):
        if option := _told_by_cell(ink, text, region, question):
            return replace(
                answer, state=AnswerState.ANSWERED, value=option, reason="", confidence=_half_read.BY_LOOK
            )
        return _in_doubt(replace(answer, place=Place(text.file, ink[0].page, ink[0].box)), UNREAD)
    if reason := _doubt(answer, parts, question):
        return _in_doubt(answer, reason)
    sure = _sureness(parts)
    if answer.state is not AnswerState.ANSWERED or sure == 1.0:
        return answer
    if sure < SURE and not (_is_headed(answer, text, parts) or _proves_itself(answer, question)):
        return _in_doubt(answer, UNSURE, round(sure, 2))
    told = answer.confidence * min(1.0, sure + 0.05)
    return replace(answer, confidence=round(min(told, _half_read.surest(answer, parts, question)), 2))


def _in_doubt(answer: Answer, reason: str, confidence: float = 0.5) -> Answer:
    return replace(answer, state=AnswerState.UNCLEAR, reason=reason, confidence=confidence)


def _ink_at(
    answer: Answer, text: Stream, region: Region, regions: Sequence[Region], question: Question
) -> list[Picture]:
    """What was not read where nothing seems answered, or beside an option that nothing marks."""
    is_choice = _half_read.is_choice(answer, question)
    if answer.state is not AnswerState.BLANK and not is_choice:
        return []
    if is_choice and _is_settled(answer, region.parts, question):
        return []
    ink = _unread.ink_under(text, region, regions, question)
    if question.kind is QuestionKind.SCALE:
        ink = _unread.beside_its_statement(ink, text, region, question)
    ticked = {part.cell for part in region.parts if part.cell and any(span.tick for span in part.spans)}
    ink = [each for each in ink if each.cell not in ticked]
    return [each for each in ink if not is_choice or (each.stroke_pt or 0.0) >= _TICK_PT]


def _told_by_cell(ink: Sequence[Picture], text: Stream, region: Region, question: Question) -> str | None:
    """The option whose own cell, where nothing is printed, holds the only mark: a tick that was not read."""
    cell, box = ink[0].cell, ink[0].box
    options = {part.cell for part in region.parts if part.cell}
    free = cell is not None and not any(
        line.cell == cell and line.text.strip() for line in text.document.lines
    )
    is_choice = question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}
    if len(ink) != 1 or ink[0].look is not Look.MARK or not (cell and is_choice and free and options):
        return None
    if cell.table not in {each.table for each in options}:
        return None
    tick = Piece("☒", Line((Span("☒", tick=True),), ink[0].page, box, cell), ink[0].after, 0, 0, 0)
    before = [part for part in region.parts if not part.cell or _order(part.cell) < _order(cell)]
    parts = [*before, Part(tick, 0, 1), *(part for part in region.parts if part not in before)]
    asked = text.pieces[region.match.end[0]].cell
    choice = _choices.choose(parts, question.choices, " ".join(part.text for part in parts), asked)
    return choice.value if choice.state is AnswerState.ANSWERED else None


def _order(cell: Cell) -> tuple[int, int, int]:
    return cell.table, cell.row, cell.column


def _is_settled(answer: Answer, parts: Sequence[Part], question: Question) -> bool:
    """Whether an option was seen to be marked, or was typed alone: no ink beside it says otherwise."""
    if question.choices and answer.value == _choices.under_the_pen(parts, question.choices):
        return True
    marked = _half_read.is_marked(parts) and not _half_read.lacks_a_box(parts, question)
    return marked or _half_read.is_typed(parts, question.choices)


def _doubt(answer: Answer, parts: Sequence[Part], question: Question) -> str | None:
    """Why the words that were read are not the answer, or not all of it."""
    if answer.state is AnswerState.BLANK:
        rated = question.kind is QuestionKind.SCALE
        said = [(part.cell, _OF_TEN.sub("", part.text) if rated else part.text) for part in parts]
        if _half_read.is_struck_out(parts) or any(_SIGN.fullmatch(each) for _, each in said):
            return UNREAD
        if rated and any(_ROUND.fullmatch(each) or (cell and _ASKING.fullmatch(each)) for cell, each in said):
            return UNREAD
        return UNTOLD if _half_read.offers(parts, question) else None
    if answer.state is not AnswerState.ANSWERED:
        return None
    if _half_read.is_choice(answer, question) and _half_read.is_half_read(answer, parts, question.choices):
        return UNTOLD
    is_whole = _half_read.is_an_option(answer, question) and not _half_read.is_a_scrap(
        answer, parts, question
    )
    return None if is_whole else UNSURE


def _sureness(parts: Sequence[Part]) -> float:
    """How sure the words of an answer are, the longer lines counting more."""
    letters = sum(len(part.text.strip()) for part in parts)
    sure = sum(part.piece.line.confidence * len(part.text.strip()) for part in parts)
    return sure / letters if letters else 1.0


def _proves_itself(answer: Answer, question: Question) -> bool:
    """Whether the two last digits of an enterprise number are those that the others ask for (modulo 97)."""
    from stdnum.be import vat

    return question.kind is QuestionKind.ENTERPRISE_NUMBER and bool(vat.is_valid(str(answer.value)))


def _is_headed(answer: Answer, text: Stream, parts: Sequence[Part]) -> bool:
    """Whether a number stands in the column that is headed by the same one: each of them tells the other."""
    said = str(answer.value)
    own = {part.cell for part in parts if part.cell and part.text.strip() == said}
    columns = {(cell.table, cell.column) for cell in own}
    return any(
        line.text.strip() == said and line.confidence >= SURE
        for line in text.document.lines
        if line.cell and line.cell not in own and (line.cell.table, line.cell.column) in columns
    )
