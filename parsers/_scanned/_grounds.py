"""Grounds darker than paper: print on them is read as on paper, and their edges are no ink."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from parsers._scanned._bars import Bar
from parsers._scanned._fills import Fill
from parsers._scanned._upright import Upright

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_DARK = 0.6
"""Of white: darker areas are bars and boxes with light letters."""
_LIGHT = (0.299, 0.587, 0.114)
"""How much red, green and blue have a part in grey."""
_DARKEST, _LIGHTEST = 0.35, 0.75
"""How light a fill is that print is lost on; a lighter one does no harm."""
_BARELY, _LIGHT_LETTERS = 1.15, 0.06
"""Times its own light, and the share of its middle that is lighter where letters are white."""
_BAR = (0.15, 0.15, 0.15)
"""About the colour of a bar with white letters."""


def with_bars(coloured: Sequence[Fill], bars: Sequence[Bar], page: Upright) -> list[Fill]:
    """The fills, and the dark bars: in a photo grey may be a shadow; what has white letters is none."""
    told = list(coloured)
    for bar in bars:
        x0, top, x1, bottom = (side * page.raster.dpi / page.dpi for side in bar)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if not any(fill.x0 < x < fill.x1 and fill.top < y < fill.bottom for fill in coloured):
            told.append(Fill(x0, top, x1, bottom, _BAR))
    return told


def lightened(plain: "Pixels", page: Upright, coloured: Sequence[Fill]) -> "Pixels":
    """The grey page with its darker fills as light as paper: print on green is read as well."""
    import numpy as np

    grey, finer = plain, page.dpi / page.raster.dpi
    for fill in coloured:
        light = _lightness(fill)
        area = (
            slice(int(fill.top * finer), int(fill.bottom * finer) + 1),
            slice(int(fill.x0 * finer), int(fill.x1 * finer) + 1),
        )
        if _DARKEST < light < _LIGHTEST and not _has_light_letters(plain[area], 255 * light):
            grey = grey.copy() if grey is plain else grey
            grey[area] = np.minimum(grey[area] / light, 255).astype(np.uint8)
    return grey


def _has_light_letters(area: "Pixels", light: float) -> bool:
    """Whether more than a little of an area's middle is lighter than its ground; its edges are paper."""
    import numpy as np

    height, width = area.shape
    middle = area[height // 4 : -(height // 4) or None, height // 4 : -(height // 4) or None]
    return width > height and bool(np.mean(middle > _BARELY * light) > _LIGHT_LETTERS)


def bleached(rgb: "Pixels", coloured: Sequence[Fill]) -> "Pixels":
    """The page with its coloured areas as light as paper: their edges are no ink."""
    import numpy as np

    white = rgb.copy() if coloured else rgb
    for fill in coloured:
        area = slice(int(fill.top), int(fill.bottom) + 1), slice(int(fill.x0), int(fill.x1) + 1)
        if is_dark(fill):
            white[area] = 255  # a bar with white letters, on which no pen shows: of its grain nothing is left
            continue
        lighter = np.array([1 / max(channel, 0.1) for channel in fill.colour], np.float32)
        white[area] = np.minimum(white[area] * lighter, 255).astype(np.uint8)
    return white


def is_dark(fill: Fill) -> bool:
    return _lightness(fill) < _DARK


def _lightness(fill: Fill) -> float:
    return sum(channel * part for channel, part in zip(fill.colour, _LIGHT, strict=True))
