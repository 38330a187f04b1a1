"""What a picture at a place to sign proves: a signature, a doubt, or nothing."""

import math
from collections.abc import Sequence
from enum import IntEnum

from data.model import Box, Line, Look, Picture, PictureForm
from parsers._signed._block import Block
from parsers._stream import Stream

WHOLE_PT = 150.0
"""Length of the strokes of a signature; what is shorter may be a part of one."""
_REST_PT = 10.0
"""How far from a stamp its rest stands."""
_OPEN = 0.6
"""Of its outline, how long the strokes are of a frame that lacks a long side; a worn one has more."""
_FLOURISH = 0.4
"""Of a ring's own line, how long the others are that make it a signature's loop."""
_NAME_PT = 200.0
"""Length of a name's strokes, at least: measured 245 and more; of « à venir » less."""
_BIT_PT, _THIN_PT, _BITS_PT = 32.0, 2.0, 72.0
"""Of what a pale pen leaves: how long a piece is at most, how narrow none is, how far the next one stands."""
_FEWEST_BITS, _LEAST_BITS_PT = 3, 60.0
"""So many, so long in all, are no dirt."""
_ROW_PT = 12.0
"""No row of a stamp's letters is higher; initials are."""
_ROWS_PT = 34.0
"""As high as this are two rows."""


class Proof(IntEnum):
    """What a picture at a place to sign proves."""

    NONE = 0
    DOUBT = 1
    SIGNED = 2


DOUBTS = {
    Look.STAMP: "un cachet se trouve à la place de la signature",
    Look.PRINT: "une image imprimée (logo ou photo) se trouve à la place de la signature",
    Look.MARK: "une croix ou un trait se trouve à la place de la signature",
    Look.RING: "un cercle se trouve à la place de la signature",
    Look.LOST: "une image qui n'a pas pu être ouverte se trouve à la place de la signature",
    Look.WRITING: "quelques mots écrits à la main se trouvent à la place de la signature",
}
LEAST_MARK_PT = 28.0
"""A shorter stroke of a pen is a slip."""


def proof(picture: Picture) -> Proof:
    """A hand's lines sign; so does what nobody could look at, and a name that somebody wrote and pasted."""
    match picture.look:
        case None | Look.HAND:
            return Proof.SIGNED
        case Look.WRITING if picture.form is PictureForm.RASTER or _is_penned_name(picture):
            return Proof.SIGNED
        case Look.EMPTY:
            return Proof.NONE
        case Look.MARK if (picture.stroke_pt or 0.0) < LEAST_MARK_PT:
            return Proof.NONE
        case _:
            return Proof.DOUBT


def _is_penned_name(picture: Picture) -> bool:
    """A row of words, as long as a name, that a pen wrote: cursive type is printed in black, and level."""
    box = picture.box
    is_row = box is not None and box.bottom - box.top < _ROWS_PT
    return picture.penned and is_row and (picture.stroke_pt or 0.0) >= _NAME_PT


def is_whole(picture: Picture) -> bool:
    """A signature, and no part of one: pasted, or with strokes enough."""
    if picture.form is PictureForm.RASTER:
        return proof(picture) is Proof.SIGNED
    return picture.look is Look.HAND and (picture.stroke_pt or 0.0) >= WHOLE_PT


def is_a_stamps(picture: Picture, others: Sequence[Picture]) -> bool:
    """A few lines right above or below a stamp, no wider: where its words were read it falls into pieces.

    Many lines, where they are as wide as a frame that lacks a side: they are that side, and words hang at it.
    """
    box = picture.box
    if picture.form is not PictureForm.INK or box is None:
        return False
    whole = is_whole(picture)
    least = _REST_PT if whole else math.inf
    stamps = [o for o in others if o.look is Look.STAMP and o.page == picture.page]
    return any(
        -_REST_PT < box.x0 - at.x0 < least and -_REST_PT < at.x1 - box.x1 < least and _are_close(box, at)
        for stamp in stamps if (at := stamp.box) and (not whole or _is_open(at, stamps))
    )  # fmt: skip


def is_a_loop(picture: Picture, others: Sequence[Picture], read: Sequence[Line]) -> bool:
    """A ring around nothing, with other lines of a pen beside it: a signature of a loop and a stroke.

    Args:
        others: what stands at the same place, `read`: what surely is words.
    """
    box = picture.box
    if picture.look is not Look.RING or box is None:
        return False
    if any(line.page == picture.page and line.box and _holds(box, line.box) for line in read):
        return False
    strokes = sum(
        other.stroke_pt or 0.0 for other in others
        if other.look is Look.MARK and other.page == picture.page
        and (at := other.box) and not _holds(box, at)
    )  # fmt: skip
    return strokes > _FLOURISH * (picture.stroke_pt or math.inf)


def is_a_row_of_words(picture: Picture, others: Sequence[Picture]) -> bool:
    """A short low row right above or below words, no wider: of a stamp without a frame each row is ink."""
    box = picture.box
    if (
        picture.form is not PictureForm.INK
        or picture.look is not Look.HAND
        or box is None
        or is_whole(picture)
    ):
        return False
    return box.bottom - box.top <= _ROW_PT and any(
        other.look is Look.WRITING and other.page == picture.page and (at := other.box)
        and at.x0 - _REST_PT < box.x0 and box.x1 < at.x1 + _REST_PT and _are_close(box, at)
        for other in others
    )  # fmt: skip


def _holds(ring: Box, other: Box) -> bool:
    """Whether the middle of something lies within a ring."""
    x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
    return ring.x0 < x < ring.x1 and ring.top < y < ring.bottom


def _are_close(one: Box, other: Box) -> bool:
    """Whether one stands right above or below the other, or they share a row."""
    return other.top - _REST_PT < one.bottom and one.top < other.bottom + _REST_PT


def _is_open(box: Box, stamps: Sequence[Picture]) -> bool:
    """Whether a frame lacks a long side, and no other piece of it stands there."""
    pieces = [(s, at) for s in stamps if (at := s.box) and at.x0 < box.x1 and box.x0 < at.x1]
    pieces = [(stamp, at) for stamp, at in pieces if _are_close(at, box)]
    wide = max(at.x1 for _, at in pieces) - min(at.x0 for _, at in pieces)
    high = max(at.bottom for _, at in pieces) - min(at.top for _, at in pieces)
    outline = 2 * (wide + high)
    return sum(stamp.stroke_pt or outline for stamp, _ in pieces) < _OPEN * outline


def pale(text: Stream, block: Block) -> list[Picture]:
    """Of pen strokes too short for a mark, the first of each place where several stand close together."""
    bits = [
        (picture, box) for picture in text.document.pictures
        if picture.form is PictureForm.INK and (box := picture.box)
        and picture.look in {Look.MARK, Look.TRACE}
        and (picture.stroke_pt or 0.0) < _BIT_PT and min(box.x1 - box.x0, box.bottom - box.top) > _THIN_PT
        and text.pieces[block.first].at <= picture.after <= text.pieces[block.last - 1].at
    ]  # fmt: skip
    found = []
    for first, box in bits:
        near = [
            other for other, at in bits
            if other.page == first.page
            and abs(at.x0 - box.x0) < _BITS_PT and 0 <= at.top - box.top < _ROWS_PT
        ]  # fmt: skip
        if len(near) >= _FEWEST_BITS and sum(bit.stroke_pt or 0.0 for bit in near) >= _LEAST_BITS_PT:
            found.append(first)
    return found
