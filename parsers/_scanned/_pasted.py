"""Pictures in files, looked at: is it a hand's, a stamp, a logo, or nothing?"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from data.model import Box, Line, Look, Origin, Picture, PictureForm
from parsers._reader import guarded
from parsers._scanned import _ink, _inked
from parsers._scanned._raster import Raster

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

MOST_PICTURES = 40
"""Of one file: a report may hold hundreds, a form hardly any."""
MOST_PAGES = 6
HEADING_MM = 30.0
"""The letters of a file are print, however high."""
MAX_PIXELS = 40_000_000
_LEAST_PT = (18.0, 7.0)
_MOST_PT = (500.0, 400.0)


def may_sign(picture: Picture) -> bool:
    """Of the size of a signature, and not in a margin."""
    width, height = picture.width_pt, picture.height_pt
    if picture.origin is Origin.MARGIN:
        return False
    if width is None or height is None:
        return True
    return _LEAST_PT[0] <= width <= _MOST_PT[0] and _LEAST_PT[1] <= height <= _MOST_PT[1]


def looked_at(picture: Picture, content: bytes) -> Picture:
    """A picture with its own bytes at hand. What cannot be decoded (a metafile) is left as it is."""
    if not content:
        return replace(picture, look=Look.LOST)
    rgb = _decoded(content)
    if rgb is None:
        return picture
    look, stroke = _ink.look_at(rgb, picture.width_pt)
    return replace(picture, look=look, stroke_pt=stroke, cutout=_shown(look, rgb))


def _decoded(content: bytes) -> "NDArray[np.uint8] | None":
    """Pixels on white; None for what is no picture or too large a one."""
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as image:
            if image.width * image.height > MAX_PIXELS or image.format in {"WMF", "EMF"}:
                return None
            image.draft("RGB", (1600, 1600))
            clear = image.convert("RGBA")
            clear.thumbnail((1600, 1600))
            white = Image.new("RGBA", clear.size, "white")
            return np.asarray(Image.alpha_composite(white, clear).convert("RGB"), np.uint8)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return None


_LETTERS, _SWING_PT = 5, 8.0
"""Of a line that spells something, and how far beyond its ends a cursive letter swings."""


@guarded
def on_pages(content: bytes, lines: Sequence[Line], pictures: Sequence[Picture]) -> list[Picture]:
    """Pictures of a PDF, seen on its pages as they are drawn: rasters, curves, ink annotations alike.

    A hand's ink that is no picture of its own (drawn with the letters of a font) is added.
    """
    wanted = [p.page for p in pictures if may_sign(p)] + [
        line.page for line in lines if line.box and "signature" in line.text.lower()
    ]
    pages = sorted(set(wanted), reverse=True)[:MOST_PAGES]
    seen = list(pictures)
    for page, raster in _drawn(content, pages):
        printed = [_lettered(line) for line in lines if line.page == page and line.box]
        inked = _ink.find(raster, list(filter(None, printed)), (), page, tallest=HEADING_MM)
        for index, picture in enumerate(seen):
            if picture.page == page and picture.box and may_sign(picture) and picture.look is None:
                seen[index] = _told(picture, picture.box, inked, raster)
        known = [p.box for p in seen if p.page == page and p.box]
        words = [line.box for line in lines if line.page == page and line.box and _spells(line)]
        seen += [
            p for p in inked
            if p.look is Look.HAND and p.box and not any(_meet(p.box, box) for box in known)
            and not any(_is_type(p.box, box) for box in words)
        ]  # fmt: skip
    return seen


def _lettered(line: Line) -> Box | None:
    """A line without the dots or underscores behind it: one signs over them."""
    head = re.split(r"[_.…]{4,}", line.text)[0]
    if line.box is None or not line.text:
        return line.box
    return replace(line.box, x1=line.box.x0 + (line.box.x1 - line.box.x0) * len(head) / len(line.text))


def _spells(line: Line) -> bool:
    """Whether words stand in a line: a hand's ink that is a letter of a font is one or two of them."""
    return sum(map(str.isalpha, line.text)) >= _LETTERS


def _is_type(ink: Box, words: Box) -> bool:
    """Whether ink is the letters of these words: cursive type swings out of its line."""
    within = words.x0 - _SWING_PT < ink.x0 and ink.x1 < words.x1 + _SWING_PT
    level = ink.top < (words.top + words.bottom) / 2 < ink.bottom
    return within and level and ink.bottom - ink.top < 2.2 * (words.bottom - words.top)


def _told(picture: Picture, box: Box, inked: Sequence[Picture], raster: Raster) -> Picture:
    """What was seen at its place."""
    there = [p for p in inked if p.box and _meet(p.box, box)]
    looks = {p.look for p in there}
    order = (Look.HAND, Look.STAMP, Look.WRITING, Look.MARK, Look.PRINT)
    look = next((each for each in order if each in looks), None)
    piece = _piece(raster, box)
    stroke = sum(p.stroke_pt or 0.0 for p in there)
    if look is None:
        look = Look.PRINT if piece.size and piece.min() < 128 else Look.EMPTY
    if (picture.form is PictureForm.RASTER and look in _OF_ITS_OWN) or look is Look.MARK:
        look, stroke = _by_itself(piece, box, look, stroke)
    return replace(picture, look=look, stroke_pt=stroke, cutout=_shown(look, piece))


_OF_ITS_OWN = {Look.HAND, Look.WRITING, Look.PRINT, Look.STAMP}
_EDGE_PT = 1.5


def _by_itself(piece: Any, box: Box, look: Look, stroke: float) -> tuple[Look, float]:
    """What a picture shows apart from its page: on paper of its own (a photo of a signature) it looks filled,
    or as if in a stamp's frame; and initials are small on a page.

    Its edge, where its paper ends, is no part of it. A hand's stays one, but for a font's and a stamp's.
    """
    edge = round(_EDGE_PT * _inked.DPI / 72)
    inner = piece[edge:-edge, edge:-edge]
    if min(inner.shape[:2]) < 4 * edge:
        return look, stroke
    if look is Look.STAMP:  # whose own frame may stand at the very edge
        inner = piece
    own, length = _ink.look_at(inner, inner.shape[1] * 72 / _inked.DPI)
    if look in {Look.PRINT, Look.STAMP, Look.MARK}:
        return (own, length) if own in {Look.HAND, Look.STAMP} else (look, stroke)
    return (own, length) if own in {Look.PRINT, Look.STAMP} else (look, stroke)


def _shown(look: Look, rgb: Any) -> bytes:
    """A cut-out of what may be a hand's or a stamp: of a photo or a logo nobody needs one."""
    return _ink.cut_out(rgb) if look not in {Look.EMPTY, Look.PRINT} and rgb.size else b""


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def _piece(raster: Raster, box: Box) -> Any:
    scale = raster.dpi / 72
    top, bottom, x0, x1 = (max(0, round(v * scale)) for v in (box.top, box.bottom, box.x0, box.x1))
    return raster.rgb[top : bottom + 1, x0 : x1 + 1]


def _drawn(content: bytes, pages: Sequence[int]) -> Iterator[tuple[int, Raster]]:
    import numpy as np
    import pypdfium2 as pdfium

    if not pages:
        return
    pdf = pdfium.PdfDocument(content)
    try:
        pdf.init_forms()
        for number in pages:
            page = pdf[number - 1]
            width, height = page.get_size()
            if max(width, height) < 2000:
                image = page.render(scale=_inked.DPI / 72, rev_byteorder=True).to_numpy()
                yield number, Raster(np.ascontiguousarray(image[..., :3]), _inked.DPI)
    finally:
        pdf.close()
