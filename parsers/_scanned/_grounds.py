"""Grounds darker than paper: print on them is read as on paper, and their edges are no ink."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from parsers._scanned._bars import Bar
from parsers._scanned._fills import Fill
from parsers._scanned._raster import boxes_around
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
_LOOK, _AREA_PT, _WIDE_PT, _FULL = 2.0, 10.0, 54.0, 0.85
"""Pixels to the point in which shades are looked for; how high and how wide one is, wider than one cell that
somebody coloured; and how much of its box it covers."""
_PAPER = 70
"""The per cent of a page's pixels that are darker than paper."""


def without_shades(page: Upright) -> tuple[Upright, list[Fill]]:
    """The page with its rows of shaded cells as light as paper, and where these are.

    Where a form has many of them, what is dark begins between their grey and paper: neither the lines
    between such cells nor what a pen left in them would be seen. In a photo, nothing else tells them from a
    shadow.
    """
    import numpy as np

    shades: list[Fill] = []
    grey, coarse = page.grey, page.raster.dpi / page.dpi
    paper = float(np.percentile(grey[::8, ::8], _PAPER))
    for x0, top, x1, bottom in _areas(page):
        area = slice(top, bottom), slice(x0, x1)
        ground = float(np.median(page.grey[area]))
        if ground < _DARKEST * paper or _has_light_letters(page.grey[area], ground):
            continue
        grey = grey.copy() if grey is page.grey else grey
        grey[area] = np.minimum(page.grey[area] * (paper / ground), 255).astype(np.uint8)
        box = x0 * coarse, top * coarse, x1 * coarse, bottom * coarse
        behind = page.raster.rgb[int(box[1]) : int(box[3]), int(box[0]) : int(box[2])].reshape(-1, 3)
        red, green, blue = (float(part) for part in np.median(behind, axis=0) / 255)
        shades.append(Fill(*box, (red, green, blue)))
    return (replace(page, grey=grey) if shades else page), shades


def _areas(page: Upright) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom of wide areas in which nothing is written, for all is dark; in pixels."""
    import cv2
    import numpy as np

    scale = _LOOK * 72 / page.dpi
    side = np.ones((round(_AREA_PT * _LOOK), round(_AREA_PT * _LOOK)), np.uint8)
    small = cv2.resize(page.black, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)
    held = cv2.morphologyEx(small, cv2.MORPH_OPEN, side)
    for x, y, wide, high in boxes_around(np.asarray(held, np.uint8)):
        if wide >= _WIDE_PT * _LOOK and float((held[y : y + high, x : x + wide] > 0).mean()) >= _FULL:
            yield round(x / scale), round(y / scale), round((x + wide) / scale), round((y + high) / scale)


def with_bars(coloured: Sequence[Fill], bars: Sequence[Bar], page: Upright) -> list[Fill]:
    """The fills, and the dark bars: in a photo grey may be a shadow; what has white letters is none."""
    scale = page.raster.dpi / page.dpi
    others = [Fill(x0 * scale, top * scale, x1 * scale, bottom * scale, _BAR) for x0, top, x1, bottom in bars]
    return with_others(coloured, others)


def with_others(coloured: Sequence[Fill], others: Sequence[Fill]) -> list[Fill]:
    """The fills, and of others those that are not among them."""
    told = list(coloured)
    for other in others:
        x, y = (other.x0 + other.x1) / 2, (other.top + other.bottom) / 2
        if not any(fill.x0 < x < fill.x1 and fill.top < y < fill.bottom for fill in coloured):
            told.append(other)
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
        is_light = bool(plain[area].size) and float(np.median(plain[area])) > _LIGHTEST * 255
        if not is_light and _DARKEST < light < _LIGHTEST and not _has_light_letters(plain[area], 255 * light):
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
