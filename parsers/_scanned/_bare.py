"""A page's print without the marks of a pen on it, and what those say."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from data.model import Box
from parsers._ocr import Word
from parsers._scanned import _covered, _in_colour, _partners, _penned, _ringed, _struck, _upright, _weight
from parsers._scanned._rulings import Rulings, Stroke
from parsers._scanned._upright import Upright

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Bare:
    """A page of which every mark was taken off."""

    words: list[Word]
    drawn: Rulings
    """With the boxes that a mark covers."""
    clean: "Pixels"
    black: "Pixels"
    held: _upright.Parts
    rings: list[Box]
    chosen: list[Box]
    """Around words that are ticked or crossed."""
    through: list[Stroke]
    """Lines and crosses over words."""


def without_pen(page: Upright, words: Sequence[Word], drawn: Rulings, clean: "Pixels") -> Bare:
    """One kind of mark after the other taken off the page, and what it lay on read again."""
    dpi = page.dpi
    parted, inked = _weight.parted(words, clean), _inked(clean)
    covered = _covered.told_by_fellows(parted, drawn.boxes, inked.black, inked.held, page.black)
    drawn = replace(drawn, boxes=(*drawn.boxes, *covered.boxes))
    plain = _in_colour.without_colour(covered.words, page, inked.clean)
    inked = _inked(plain.clean, inked)
    ringed = _ringed.without_rings(plain.words, inked.clean, inked.held, drawn.mask, dpi)
    inked = _inked(ringed.clean, inked)
    penned = _penned.without_marks(ringed.words, inked.clean, inked.black, inked.held, dpi)
    inked = _inked(penned.clean, inked)
    lined = _struck.without_lines(penned.words, inked.clean, inked.black, dpi)
    inked = _inked(lined.clean, inked)
    told = _partners.told_by_partner(lined.words, lined.strokes, inked.held, lambda: page.held, dpi)
    rings = [*plain.rings, *ringed.rings, *told.rings]
    through = [*plain.strokes, *lined.strokes, *penned.crossed, *told.through]
    return Bare(told.words, drawn, inked.clean, inked.black, inked.held, rings, penned.chosen, through)


@dataclass(frozen=True, slots=True)
class _Inked:
    """A page without what is drawn, where something is written on it, and the parts of that."""

    clean: "Pixels"
    black: "Pixels"
    held: _upright.Parts


def _inked(clean: "Pixels", before: _Inked | None = None) -> _Inked:
    """Looked at once: most pages have nothing that is taken off them later."""
    if before is not None and before.clean is clean:
        return before
    black = _upright.dark(clean)
    return _Inked(clean, black, _upright.parts(black))
