"""What stands at a question and was not read: ink on recognised pages, drawings on others."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.edition import Edition, Question, QuestionKind
from data.model import (
    Answer,
    AnswerState,
    Box,
    Cell,
    Document,
    Look,
    Origin,
    PageSource,
    Picture,
    PictureForm,
    Place,
)
from parsers._answered._half_read import FEWEST_NUMBERS, numbers
from parsers._answered._regions import Region
from parsers._signed._doubts import UNREAD
from parsers._stream import Piece, Stream
from parsers._wording import fold

_BEHIND_PT = 150.0
"""How far behind its label an answer begins."""
_LINE_ABOVE = 2.2
"""How high the line over a label is, in heights of it: people write larger than small print."""
_LEAST_STROKE_PT = 5.0
_ROWS, _REACHES = 1.8, 0.4
"""In heights of a label: what is higher may be two rows of a hand, of which the lower reaches so far into its
own: people write over the line, and letters hang less far (0.2 where rows are narrow)."""


PICTURED = "une image se trouve à cet endroit, dans laquelle nous n'avons rien pu lire"
_WIDE_PT, _HIGH_PT = 110.0, 50.0
"""A picture of 4 by 2 cm may be a chart or a table; icons and most logos are smaller."""


def with_drawings(
    answers: Mapping[str, Answer],
    text: Stream,
    regions: Sequence[Region],
    edition: Edition,
    signing_at: int,
) -> dict[str, Answer]:
    """The answers, in doubt where nothing is typed and something is drawn: a stylus on a PDF, ink in Word.

    A chart pasted as a picture may answer in place of sentences.

    Args:
        signing_at: the line where the place for signatures starts; what is drawn there signs.
    """
    printed = {page.number for page in text.document.pages if page.source is PageSource.TEXT}
    drawn = [
        picture for picture in text.document.pictures
        if picture.form is not PictureForm.RASTER
        and picture.origin is Origin.BODY and picture.page in printed
    ]  # fmt: skip
    pasted = _pasted(text.document)
    if not (drawn or pasted):
        return dict(answers)
    judged = dict(answers)
    for region in regions:
        answer = answers.get(region.match.anchor.question or "")
        if answer is None or answer.state is not AnswerState.BLANK:
            continue
        is_text = edition.questions[answer.question].kind is QuestionKind.TEXT
        seen = [*drawn, *(pasted if is_text else ())]
        mine = [p for p in seen if _is_under(p, text, region, regions) and p.after < signing_at]
        if mine:
            place = Place(text.file, mine[0].page, mine[0].box)
            why = PICTURED if mine[0].form is PictureForm.RASTER else UNREAD
            judged[answer.question] = replace(
                answer, state=AnswerState.UNCLEAR, reason=why, place=place, confidence=0.5
            )
    return judged


def _pasted(document: Document) -> list[Picture]:
    """Pictures large enough to say something, each there once: a logo comes back on other pages."""
    printed = {page.number for page in document.pages if page.source is PageSource.TEXT}
    times = Counter(map(_told_by, document.pictures))
    return [
        picture for picture in document.pictures
        if picture.form is PictureForm.RASTER and picture.origin is Origin.BODY
        and picture.page in printed and picture.look is not Look.EMPTY
        and (picture.width_pt or 0.0) >= _WIDE_PT and (picture.height_pt or 0.0) >= _HIGH_PT
        and times[_told_by(picture)] == 1
    ]  # fmt: skip


def _told_by(picture: Picture) -> object:
    """What a picture is known by where it comes back: its bytes, or its place on the page."""
    box = picture.box
    if picture.sha256 or box is None:
        return picture.sha256 or picture
    return tuple(round(side) for side in (box.x0, box.top, box.x1, box.bottom))


def ink(document: Document) -> list[Picture]:
    """What stands on recognised pages and was not read."""
    return [
        picture for picture in document.pictures
        if picture.form is PictureForm.INK and picture.look is not Look.EMPTY
        and (picture.stroke_pt or 0.0) >= _LEAST_STROKE_PT
    ]  # fmt: skip


def ink_under(text: Stream, region: Region, regions: Sequence[Region], question: Question) -> list[Picture]:
    """What stands between a question and the next one and was not read, beside the question's own words.

    A mark among these is none of their letters where options may stand on the same row.
    """
    chosen = {Look.MARK, Look.RING} if question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE} else {}
    asked = range(region.match.start[0], region.match.end[0] + 1)
    boxes = [text.pieces[index].box for index in asked if index < len(text.pieces)]
    return [
        picture for picture in ink(text.document)
        if _is_under(picture, text, region, regions)
        and (picture.look in chosen or not any(_is_within(picture, box) for box in boxes if box))
    ] or [
        picture for picture in ink(text.document) if _goes_over(picture, text.pieces[region.match.end[0]])
    ]  # fmt: skip


def beside_its_statement(
    ink: Sequence[Picture], text: Stream, region: Region, question: Question
) -> list[Picture]:
    """What is not in the statement's own cell, where there are others to be marked or written in.

    It is print that was not read, if each number has a cell, or if the statement lacks letters; a trace is,
    if it lacks as much as a full stop.
    """
    own = text.pieces[region.match.start[0]].cell
    if own is None:
        return list(ink)
    numbered = len({part.cell for part in numbers(region.parts) if part.cell}) >= FEWEST_NUMBERS
    letters, signs = _lost(own, text, question)
    return [
        picture for picture in ink
        if picture.cell is None or (picture.cell.table, picture.cell.column) != (own.table, own.column)
        or not (numbered or letters > 1 or (signs and picture.look is Look.TRACE))
    ]  # fmt: skip


def _lost(own: Cell, text: Stream, question: Question) -> tuple[int, int]:
    """Letters, and all signs, that were not read of a statement that has a cell, and others to its right."""
    cells = [line.cell for line in text.document.lines if line.cell and line.cell.table == own.table]
    if not any(cell.column > own.column for cell in cells):
        return 0, 0
    said = "".join(line.text for line in text.document.lines if line.cell == own)
    asked, told = (
        ["".join(fold(each).split()), "".join(char for char in fold(each) if char.isalnum())]
        for each in (question.wording, said)
    )
    return len(asked[1]) - len(told[1]), max(0, len(asked[0]) - len(told[0]))


def _is_within(picture: Picture, words: Box) -> bool:
    """Whether a picture is a part of words that were read, unsurely."""
    box = picture.box
    if box is None:
        return False
    beside = words.x0 - 3 <= box.x0 and box.x1 <= words.x1 + 3
    return beside and words.top - 3 <= box.top and box.bottom <= words.bottom + 3


def _goes_over(picture: Picture, label: Piece) -> bool:
    """Whether what is written in several rows, and is told as one of them, goes over a label's, too.

    Behind the label, or around it, or in the cells beside it: what is written there was not read, and may be
    its answer. Letters that only hang from the row above reach less far into this one. A few of them look
    like a mark: so do letters of the label, beyond which it must reach.
    """
    box, own = picture.box, label.box
    if box is None or own is None or picture.page != label.line.page:
        return False
    height = own.bottom - own.top
    if picture.cell and label.cell:
        beside = picture.cell.table == label.cell.table and picture.cell.column > label.cell.column
    else:
        beside = not (picture.cell or label.cell) and box.x0 < own.x1 + _BEHIND_PT and own.x0 < box.x1
    begins, ends = box.top < own.top + 0.5 * height, box.bottom > own.top + _REACHES * height
    rows = box.bottom - box.top > _ROWS * height and begins and ends
    if picture.look is Look.MARK:
        rows = rows and picture.cell is None and box.x1 > own.x1 + 0.5 * height
    return beside and rows and picture.look in {Look.HAND, Look.WRITING, Look.STAMP, Look.PRINT, Look.MARK}


def _is_above(picture: Picture, label: Piece) -> bool:
    """Whether a picture stands on the line over a label."""
    box, own = picture.box, label.box
    if box is None or own is None or picture.page != label.line.page:
        return False
    height = own.bottom - own.top
    beside = box.x0 < own.x1 + _BEHIND_PT and own.x0 - height < box.x1
    return beside and own.top - _LINE_ABOVE * height < (box.top + box.bottom) / 2 < own.top


def _raised_behind(picture: Picture, text: Stream, regions: Sequence[Region]) -> Region | None:
    """The question behind whose label it stands, though its middle is over the label's row: a raised hand.

    Where words or ink stand at its height before the label ends, it goes on a row of its own.
    """
    box, height = picture.box, 0.0
    found, most = None, 0.0
    if box is None or picture.cell is not None:
        return None
    for region in regions:
        label = text.pieces[region.match.end[0]]
        own = label.box
        if own is None or label.cell or label.line.page != picture.page or region.is_caption:
            continue
        shared = min(box.bottom, own.bottom) - max(box.top, own.top)
        if shared > most and own.x1 - 2 < box.x0 < own.x1 + _BEHIND_PT:
            found, most, height = own, shared, own.bottom - own.top
            behind = region
    if found is None or box.bottom - box.top > 2 * height or (box.top + box.bottom) / 2 > found.top:
        return None
    lines = [line.box for line in text.document.lines if line.page == picture.page]
    others = [each.box for each in ink(text.document) if each.page == picture.page]
    level = [
        other for other in (*lines, *others)
        if other is not None and other != found and other.x0 < found.x1 - 2
        and other.top < (box.top + box.bottom) / 2 < other.bottom
    ]  # fmt: skip
    return None if level else behind


def _is_under(picture: Picture, text: Stream, region: Region, regions: Sequence[Region]) -> bool:
    """Whether a picture stands between a question and the next one, or in the question's rows."""
    first = text.pieces[region.match.start[0]]
    if region.is_caption:
        return _is_above(picture, first)
    if (raised := _raised_behind(picture, text, regions)) is not None:
        return raised is region
    starts = [text.pieces[r.match.start[0]].at for r in regions]
    end = min((at for at in starts if at > first.at), default=len(text.document.lines))
    cell, own = picture.cell, first.cell
    if cell and cell != own and any(text.pieces[r.match.start[0]].cell == cell for r in regions):
        return False  # another question stands in that cell, and its answer, too
    if cell and own and cell.table == own.table:
        after = text.document.lines[end].cell if end < len(text.document.lines) else None
        if after and after.table == own.table:  # rows in which nothing was read have no line to tell them by
            return own.row <= cell.row <= max(own.row, after.row - 1)
        return own.row <= cell.row
    return first.at <= picture.after < end
