"""Pictures of the block: of the size of a signature, where people sign, and no logo of the page's."""

from collections.abc import Sequence

from data.model import Box, Look, Origin, Picture, PictureForm
from parsers._signed._block import Block
from parsers._stream import Piece, Stream

_LEAST_WIDTH, _LEAST_HEIGHT = 18.0, 7.0


def may_be_signature(text: Stream, picture: Picture) -> bool:
    """Of the size of a signature, not in a margin, and not printed elsewhere too, as logos are."""
    if picture.origin is Origin.MARGIN or picture.look is Look.TRACE:
        return False
    width, height = _size(text, picture)
    if (
        width is not None
        and height is not None
        and (width < _LEAST_WIDTH or height < _LEAST_HEIGHT or height > 400)
    ):
        return False
    box = picture.box
    if box is None or box.bottom <= box.top:
        return True
    pages = {  # on one page, a pen over a stamp stands in the same place too
        p.page for p in text.document.pictures
        if p.box and p.box.bottom > p.box.top and _frame(p.box) == _frame(box)
    }  # fmt: skip
    return len(pages) < 2


def _size(text: Stream, picture: Picture) -> tuple[float | None, float | None]:
    """Width and height of a picture; of a line that was drawn into a text, of all that hang there with it.

    An office program makes a shape of each stroke of a signature.
    """
    own = picture.box
    if picture.form is PictureForm.RASTER or own is None or own.bottom > own.top:
        return picture.width_pt, picture.height_pt
    strokes = [
        (other.box, other.height_pt or 0.0) for other in text.document.pictures
        if other.box and (other.form, other.after, other.cell) == (picture.form, picture.after, picture.cell)
    ]  # fmt: skip
    wide = max(box.x1 for box, _ in strokes) - min(box.x0 for box, _ in strokes)
    return wide, max(height for _, height in strokes)


def _frame(box: Box) -> tuple[int, ...]:
    """Where something stands and how large it is, but for a few points."""
    return tuple(round(side / 4) for side in (box.x0, box.top, box.x1, box.bottom))


def in_block(text: Stream, block: Block) -> list[Picture]:
    """The pictures that stand where people sign; none of the scale above it, none of the page's head."""
    first, last = text.pieces[block.first], text.pieces[block.last - 1]
    outside = {
        p.sha256 for p in text.document.pictures
        if p.sha256 and (p.after < first.at - 1 or p.origin is Origin.MARGIN)
    }  # fmt: skip
    following = text.pieces[block.last] if block.last < len(text.pieces) else None
    above = _tables(text.pieces[: block.first]) - _tables(text.pieces[block.first : block.last])
    found = []
    for picture in text.document.pictures:
        if picture.sha256 in outside or not may_be_signature(text, picture):
            continue
        if (picture.cell and picture.cell.table in above) or _is_above_what_asks(text, block, picture):
            continue
        if picture.box is not None and picture.box.bottom > picture.box.top and first.box is not None:
            begins = (first.line.page, first.box.top - 15)
            middle = (picture.page, (picture.box.top + picture.box.bottom) / 2)
            ends = (following.line.page, following.box.top) if following and following.box else (10**6, 0.0)
            begun = (picture.page, picture.box.top) if picture.look is Look.HAND else middle
            inside = begins <= middle and begun <= ends and picture.page <= last.line.page + 1
            inside = first.at <= picture.after <= last.at or (inside and not _is_left_of(picture, first))
        else:
            inside = first.at - 1 <= picture.after <= last.at + (0 if following else 3)
        if inside:
            found.append(picture)
    return found


def _is_above_what_asks(text: Stream, block: Block, picture: Picture) -> bool:
    """Whether ink that is no hand's lies on the form's own sentence that asks for signatures, or above it.

    On a scan it is a word that was not read, or a shadow. A signature may begin anywhere.
    """
    labels = min((label.piece for label in block.labels), default=block.last)
    asking = [
        piece.box.bottom for index in block.printed
        if index < labels and (piece := text.pieces[index]).box and piece.line.page == picture.page
    ]  # fmt: skip
    box, told = picture.box, picture.form is PictureForm.INK and picture.look is not Look.HAND
    told = told and labels < block.last and picture.after < text.pieces[labels].at  # else in the next column
    return bool(asking and told and box and (box.top + box.bottom) / 2 < max(asking))


def _tables(pieces: Sequence[Piece]) -> set[int]:
    """The tables in which some pieces stand."""
    return {piece.cell.table for piece in pieces if piece.cell}


def _is_left_of(picture: Picture, first: Piece) -> bool:
    """Whether a picture stands in the column before the one in which the block begins."""
    return bool(picture.after < first.at and picture.box and first.box and first.box.x0 > picture.box.x1)
