"""The statements of section E: which number is whose, and what rates each of them.

A number beside a statement may rate it, count it, or be the blank form's own « 10 ».
"""

import math
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from data.edition import Edition, Question, QuestionKind
from data.model import Answer, AnswerState, Origin, Picture, PictureForm
from parsers._answered import _grid, _headed, _own_cells, _standing
from parsers._answered._choices import Choice
from parsers._answered._regions import Region, speaks
from parsers._answered._written import is_hint
from parsers._stream import Part, Piece, Stream
from parsers._wording import words


@dataclass(frozen=True, slots=True)
class Scales:
    """Where the numbers of the scale stand, in each way that forms print them."""

    header: _grid.Columns
    standing: _standing.Standing
    heads: Sequence[_headed.Heads]
    own: _own_cells.OwnCells
    tops: Sequence[tuple[int, float]]
    """Page and height of all that is asked."""


FEWEST_COUNTED = 3
"""So many statements with the number of their place: one that was read as something else is a number, too."""

NEAR = 8
"""Lines: so near the statements stands a line that rates them all."""

TOGETHER = "des notes sont données ensemble, sans qu'on sache à quelle affirmation va chacune"

_FEWEST_BESIDE = 4
"""Cells of a row that belong to a statement, and then all of the row does."""
_NUMBERING = re.compile(r"\W*(?:[A-Z]\W?)?(?:\d{1,2}\W)?(\d{1,2})\W*")
_NUMBERING_OR_LETTER = re.compile(rf"{_NUMBERING.pattern}|\W*[A-Za-z]\s?[.)]\W*")
"""« 3 », « E.3 » and « A1.3 » in a cell of their own; a letter, « c) », counts as well, but rates nothing."""

_ALONE_BEHIND = re.compile(r"[\s:=→–—-]*\d{1,2}(?:\s*/\s*10)?[\s.]*")
"""A number right behind a statement, on its own line."""

_RATED_BEFORE = re.compile(
    r"\W*(?:[(\[]\s*\d{1,2}\s*[)\]]|\d{1,2}\s*/\s*10\b|\d{1,2}\s*[-–—:=→>]+(?=\s)|\d{1,2}(?=\s+[^\W\d]))\W*"
)
"""« (7) », « 7/10 », « 7 – » or « 7 » before a statement, but not « 7. » or « 7) », which count."""


def give_numbers(text: Stream, regions: Sequence[Region], edition: Edition) -> None:
    """Give each statement the number that stands before it, and take away those that only count."""
    _give_rows_their_numbers(text, regions, edition)
    _give_statements_their_numbers(text, regions, edition)
    _drop_numbering(text, regions, edition)


def _give_rows_their_numbers(text: Stream, regions: Sequence[Region], edition: Edition) -> None:
    """On a page without rules, a number to the left of a statement rates it, unless it only counts it.

    It answers no question before it; nor does the number of a question.
    """
    rating: list[tuple[Region, Part]] = []
    for before, region in pairwise(regions):
        asked = edition.questions.get(region.match.anchor.question or "")
        if before.parts and _stands_left(before.parts[-1], text.pieces[region.match.start[0]]):
            number = before.parts.pop()
            if asked is not None and asked.kind is QuestionKind.SCALE:
                rating.append((region, number))
    numbers = [int(re.sub(r"\D", "", part.text)) for _, part in rating]
    for region, part in rating if numbers != sorted(set(numbers)) else ():
        region.parts.insert(0, part)


def _give_statements_their_numbers(text: Stream, regions: Sequence[Region], edition: Edition) -> None:
    """« (7) Notre structure est … »: a number typed before a statement rates it, unless it only counts it."""
    before: list[tuple[Region, Part]] = []
    for region in regions:
        asked = edition.questions.get(region.match.anchor.question or "")
        piece = text.pieces[region.match.start[0]]
        typed = _RATED_BEFORE.match(piece.text[region.match.start[1] :])
        if asked is not None and asked.kind is QuestionKind.SCALE and typed and not speaks(region.parts):
            start = region.match.start[1]
            before.append((region, Part(piece, start, start + typed.end())))
    numbers = [int(re.findall(r"\d+", part.text)[0]) for _, part in before]
    again = all(number in (1, last + 1) for last, number in pairwise([0, *numbers]))
    for region, part in before if numbers != sorted(set(numbers)) and not again else ():
        region.parts.insert(0, part)


def _stands_left(part: Part, opening: Piece) -> bool:
    """Whether a bare number stands on the row of a question, to its left, outside of any table."""
    box, own = part.piece.box, opening.box
    if box is None or own is None or part.cell or opening.cell or part.piece.line.page != opening.line.page:
        return False
    level = abs(box.top - own.top) < 0.5 * (own.bottom - own.top)
    return level and box.x1 < own.x0 and re.fullmatch(r"\W*\d{1,2}\W*", part.text) is not None


def _drop_numbering(text: Stream, regions: Sequence[Region], edition: Edition) -> None:
    """A column of numbers to the left of what is asked counts it, and answers nothing."""
    scales = [q for q, question in edition.questions.items() if question.kind is QuestionKind.SCALE]
    rated: list[tuple[Region, Part]] = []
    for region in regions:
        asked = region.match.anchor.question
        for part in _left_in_its_row(text, region) if asked else ():
            if asked in scales:
                rated.append((region, part))
            elif _NUMBERING_OR_LETTER.fullmatch(part.text):
                region.parts.remove(part)
    numbers = [(scales.index(r.match.anchor.question or ""), _NUMBERING.fullmatch(p.text)) for r, p in rated]
    counted = [(place + 1, int(number[1])) for place, number in numbers if number]
    said = [number for _, number in counted]
    as_placed = sum(place == number for place, number in counted)
    if as_placed >= FEWEST_COUNTED and 2 * as_placed > len(rated):
        dropped = [(region, part) for region, part in rated if len(part.text.strip()) < 3]
    else:
        dropped = [each for each, (_, number) in zip(rated, numbers, strict=True) if number]
        dropped = dropped if said == sorted(set(said)) else []
    for region, part in dropped:
        region.parts.remove(part)


def _left_in_its_row(text: Stream, region: Region) -> list[Part]:
    own = text.pieces[region.match.start[0]].cell
    return [
        part for part in region.parts
        if own and part.cell and (part.cell.table, part.cell.row) == (own.table, own.row)
        and part.cell.column < own.column
    ]  # fmt: skip


def without_counters(text: Stream, regions: Sequence[Region], edition: Edition) -> Stream:
    """Without ink to the left of statements, where the numbers read in that column count them.

    What stands there and was not read is a number of the form's, too.
    """
    rated = [question.id for question in edition.questions.values() if question.kind is QuestionKind.SCALE]
    counts: dict[tuple[int, int], list[bool]] = {}
    for region in regions:
        cell = text.pieces[region.match.start[0]].cell
        if cell is None or region.match.anchor.question not in rated:
            continue
        ordinal = 1 + rated.index(region.match.anchor.question)
        for part in region.parts:
            number = re.fullmatch(r"\W*(\d{1,2})\W*", part.text)
            left = part.cell and (part.cell.table, part.cell.row) == (cell.table, cell.row)
            if number and left and part.cell and part.cell.column < cell.column:
                column = part.cell.table, part.cell.column
                counts.setdefault(column, []).append(int(number[1]) == ordinal)
    counting = {column for column, ordinals in counts.items() if all(ordinals)}
    pictures = tuple(
        picture for picture in text.document.pictures
        if not picture.cell or (picture.cell.table, picture.cell.column) not in counting
        or picture.form is not PictureForm.INK
    )  # fmt: skip
    return replace(text, document=replace(text.document, pictures=pictures)) if counting else text


def rate(
    text: Stream,
    region: Region,
    question: Question,
    scales: Scales,
    edition: Edition,
) -> Answer:
    """What the numbers, marks and drawings of its row say of one statement."""
    pictures = _pictures_of(text, region)
    statement = text.pieces[region.match.start[0]].cell
    parts = [p for p in region.parts if p.piece.line.origin is not Origin.COMMENT]
    parts = [p for p in parts if not is_hint(p) and not _is_of_statement(p, statement, question)]
    parts = [p for p in parts if not scales.own.is_end(p.piece.line)]
    if len(parts) > 1:
        parts = [p for p in parts if not _grid.is_template_rest(p.piece.line.text)] or parts
    if parts and parts[0].start and _ALONE_BEHIND.fullmatch(parts[0].text):
        parts = parts[:1]  # what follows on other lines, « ETAPE 3 », rates nothing
    lowest, highest = edition.scale.lowest, edition.scale.highest
    header = scales.header
    choice = _standing.rate(scales.standing, statement, text.document) if statement else None
    choice = choice or _below_its_head(text, region, scales)
    choice = choice or _grid.rate(_row_of(parts, statement), pictures, header, lowest, highest, statement)
    if choice.state is AnswerState.BLANK:
        comments = [p for p in region.parts if p.piece.line.origin is Origin.COMMENT]
        parts = comments or parts
        choice = _grid.rate(comments, (), header, lowest, highest, statement)
    value = int(choice.value) if choice.value is not None else None
    place = text.place(parts) if choice.state is not AnswerState.BLANK and parts else region.asked_at(text)
    return Answer(question.id, choice.state, value, place, region.sureness(choice.state), choice.reason, 1)


def _below_its_head(text: Stream, region: Region, scales: Scales) -> Choice | None:
    """What stands beside a statement below one of ten numbers, where no lines part them."""
    last = max(region.match.end[0] + (region.match.end[1] > 0), region.match.start[0] + 1)
    rows = [piece.line for piece in text.pieces[region.match.start[0] : last]]
    own = rows[0].box
    tops = (top for page, top in scales.tops if own and page == rows[0].page and top > own.top)
    below = min(tops, default=math.inf)
    return _headed.rate(scales.heads, rows, below, text.document) or _own_cells.rate(
        scales.own, rows, below, text.document
    )


def scales_of(text: Stream, regions: Sequence[Region], edition: Edition) -> Scales:
    """The scales of a document, of which the statements stand where these regions begin."""
    lowest, highest = edition.scale.lowest, edition.scale.highest
    openings = [(text.pieces[region.match.start[0]], region.match.anchor.question) for region in regions]
    rated = {q for q, question in edition.questions.items() if question.kind is QuestionKind.SCALE}
    cells = [piece.cell for piece, asked in openings if piece.cell and asked in rated]
    return Scales(
        _grid.columns(text.document, lowest, highest),
        _standing.standing(text.document, cells, lowest, highest),
        _headed.heads(text.document, lowest, highest),
        _own_cells.own_cells(text.document, lowest, highest),
        [(piece.line.page, piece.box.top) for piece, asked in openings if piece.box and asked],
    )


def _is_of_statement(part: Part, statement: object, question: Question) -> bool:
    """Whether these are words of the statement in its own cell, that were read too badly to be matched."""
    said = [word.text for word in words(part.text)]
    asked = {word.text for word in words(question.wording)}
    at_home = part.cell is not None and part.cell == statement
    return at_home and bool(said) and all(len(word) > 2 and word in asked for word in said)


def _row_of(parts: Sequence[Part], statement: object) -> Sequence[Part]:
    """Of a statement in a table, the cells of its own row where they hold anything; else all."""
    row = getattr(statement, "row", None)
    table = getattr(statement, "table", None)
    own = [p for p in parts if p.cell and p.cell.table == table and p.cell.row == row]
    return (
        own
        if any(p.cell != statement and (p.text.strip() or (p.cell and p.cell.shaded)) for p in own)
        else parts
    )


def _pictures_of(text: Stream, region: Region) -> list[Picture]:
    """Crosses and circles drawn in the cells of a statement's row, or of the numbers below it."""
    cell = text.pieces[region.match.start[0]].cell
    own = {part.cell for part in region.parts}
    worded = {part.cell for part in region.parts if re.search(r"[^\W\d_]{2}", part.text)}
    drawn = [
        p for p in _grid.scribbles(text.document.pictures)
        if p.cell and p.cell != cell and p.cell not in worded
    ]  # fmt: skip
    rows = Counter((each.table, each.row) for each in own if each)
    numbers = {row for row, count in rows.items() if count >= _FEWEST_BESIDE}  # one may be hidden by its mark
    if cell:
        numbers.add((cell.table, cell.row))
    else:  # its scale has a table of its own: what is marked may stand over or under the numbers
        numbers |= {(table, row + step) for table, row in rows for step in (-1, 1)}
    return [p for p in drawn if p.cell and (p.cell in own or (p.cell.table, p.cell.row) in numbers)]


def without_template_rest(
    answers: dict[str, Answer], scales: Sequence[str], regions: Mapping[str | None, Region]
) -> dict[str, Answer]:
    """A « 10 » after the first statement is the blank form's own, where no other statement was judged."""
    if not scales:
        return answers
    if _only_counted([answers[scale] for scale in scales]):
        return answers | {q: replace(answers[q], state=AnswerState.BLANK, value=None) for q in scales}
    first, others = answers[scales[0]], [answers[q] for q in scales[1:]]
    texts = [part.piece.line.text for part in regions[scales[0]].parts if part.text.strip()]
    alone = bool(others) and all(answer.state is AnswerState.BLANK for answer in others)
    printed = len(texts) == 1 and _grid.is_template_rest(texts[0])
    if first.state is AnswerState.ANSWERED and first.value == 10 and (alone or printed):
        answers[scales[0]] = replace(first, state=AnswerState.BLANK, value=None)
    return answers


def with_doubt_where_told_together(
    answers: dict[str, Answer],
    scales: Sequence[str],
    regions: Mapping[str | None, Region],
    text: Stream,
    edition: Edition,
) -> dict[str, Answer]:
    """« Nos notes, dans l’ordre : 6 – 7 – 3 – 8 – 9 – 10 – 2 »: one line may rate what nothing else rates."""
    blank = [q for q in scales if answers[q].state is AnswerState.BLANK]
    if len(scales) < FEWEST_COUNTED or len(blank) < len(scales) - 1:
        return answers
    first, last = (regions[scales[at]].match.start[0] for at in (0, -1))
    if not any(
        _rates_all(piece.text, len(scales), edition)
        for piece in text.pieces[max(0, first - NEAR) : last + NEAR]
    ):
        return answers
    doubts = {
        q: replace(answers[q], state=AnswerState.UNCLEAR, value=None, reason=TOGETHER, confidence=0.5)
        for q in scales
    }
    return answers | doubts


def _rates_all(said: str, count: int, edition: Edition) -> bool:
    """Whether a line has as many numbers of the scale as there are statements, and does not count them."""
    numbers = [int(n) for n in re.findall(r"(?<![\d,.])\d{1,2}(?![\d,.]*\d)", re.sub(r"/\s*10", "", said))]
    inside = all(edition.scale.lowest <= number <= edition.scale.highest for number in numbers)
    return inside and len(numbers) == count and numbers != [*range(1, count + 1)]


def _only_counted(rated: Sequence[Answer]) -> bool:
    """« 2 », « 3 », « 4 » … and nothing after the last: each is the number of the statement that follows."""
    counted = [answer.value for answer in rated]
    return len(rated) > 3 and counted == [*range(2, len(rated) + 1), None]
