"""Bars with white letters on a scan, as forms have them for their titles and labels: turned dark on light.

Tesseract reads few of them, and what is looked for as ruled lines cuts them in pieces: the page around a
white letter is as dark as a line is.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from parsers._scanned._raster import boxes_around

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Bar = tuple[int, int, int, int]

_LOOK = 2.0
"""Pixels to the point in which bars are looked for."""
_DARK, _AROUND_PT, _MOSTLY = 0.55, (12, 6), 0.5
"""Of white, what is dark; and of so wide and high a piece of a bar the least share that is so."""
_LEAST_PT, _HIGHEST_PT = (14.0, 8.0), 200.0
"""Wide and high; a picture is higher."""
_GROUND, _LIGHTER, _RIM_PT = 30, 0.25, 2.0
"""The per cent of its pixels that are darker than its ground; by how much, of white, letters are lighter;
and how far within its edges it is looked at."""
_EDGE_PT = 1.0
"""How far within the edges of a bar no letter stands."""
_EVEN_EDGE = 0.85
"""The share of its edge that is its ground: around heavy letters of a title there is paper."""
_LEAST_PRINTED, _MOST_PRINTED = 0.015, 0.5
"""The share of a bar that letters cover."""
_LETTER_PT = 4.5
"""The height of a capital, small, and blurred at its ends."""


def turned_dark(grey: "Pixels", point: float) -> tuple["Pixels", list[Bar]]:
    """The page with the letters of each bar dark on light, and the bars: left, top, right, bottom.

    Args:
        grey: the page.
        point: its pixels to the point.
    """
    import numpy as np

    plain = grey
    turned_bars = []
    for x0, top, x1, bottom in _bars(grey, point):
        area = grey[top:bottom, x0:x1]
        rim = round(_RIM_PT * point)
        inside = area[rim:-rim, rim:-rim]
        ground = float(np.percentile(inside, _GROUND))
        lighter, darker = (float(np.mean(sign * (inside - ground) > _LIGHTER * 255)) for sign in (1, -1))
        edge = np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]])
        is_bar = float(np.mean(edge < ground + _LIGHTER * 255)) >= _EVEN_EDGE
        is_dark = is_bar and ground < _DARK * 255 and darker < lighter
        if is_dark and _LEAST_PRINTED < lighter < _MOST_PRINTED and _has_letters(inside, ground, point):
            turned = 255 - (area.astype(np.float32) - ground) * (255 / (255 - ground))
            plain = grey.copy() if plain is grey else plain
            edge_px = max(1, round(_EDGE_PT * point))
            plain[top:bottom, x0:x1] = 255  # paper at its edges would be turned to a dark line
            within = slice(edge_px, -edge_px), slice(edge_px, -edge_px)
            plain[top:bottom, x0:x1][within] = turned[within].clip(0, 255).astype(np.uint8)
            turned_bars.append((x0, top, x1, bottom))
    return plain, turned_bars


def _has_letters(inside: "Pixels", ground: float, point: float) -> bool:
    """Whether something light is as high as a letter: in what a pen has hatched only gaps are left."""
    import numpy as np

    light = np.where(inside - ground > _LIGHTER * 255, np.uint8(255), np.uint8(0))
    return any(high >= _LETTER_PT * point for _, _, _, high in boxes_around(light))


def _bars(grey: "Pixels", point: float) -> Iterator[Bar]:
    """Left, top, right and bottom of what is mostly dark, in pixels."""
    import cv2
    import numpy as np

    scale = _LOOK / point
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)
    _, dark = cv2.threshold(small, _DARK * 255, 255, cv2.THRESH_BINARY_INV)
    share = cv2.blur(dark, (round(_AROUND_PT[0] * _LOOK), round(_AROUND_PT[1] * _LOOK)))
    _, held = cv2.threshold(share, _MOSTLY * 255, 255, cv2.THRESH_BINARY)
    for x, y, wide, high in boxes_around(np.asarray(held, np.uint8)):
        if not _is_sized(wide, high):
            continue
        x0, top, x1, bottom = _to_its_edges(dark, x, y, x + wide, y + high)
        if _is_sized(x1 - x0, bottom - top):  # of a dark corner, torn or folded, no rectangle is left
            yield round(x0 / scale), round(top / scale), round(x1 / scale), round(bottom / scale)


def _is_sized(wide: int, high: int) -> bool:
    return wide >= _LEAST_PT[0] * _LOOK and _LEAST_PT[1] * _LOOK <= high <= _HIGHEST_PT * _LOOK


def _to_its_edges(dark: Any, x0: int, top: int, x1: int, bottom: int) -> Bar:
    """Where the bar ends that was found about there: of a small one a dark frame would be left, or paper."""
    across, down = (round(side * _LOOK / 2) for side in _AROUND_PT)
    columns = (dark[top:bottom] > 0).mean(axis=0) > _MOSTLY
    rows = (dark[:, x0:x1] > 0).mean(axis=1) > _MOSTLY
    return (
        _edge(columns, x0, across, -1), _edge(rows, top, down, -1),
        _edge(columns, x1, across, 1), _edge(rows, bottom, down, 1),
    )  # fmt: skip


def _edge(dark: Any, side: int, reach: int, step: int) -> int:
    """The side where the dark ends, from a little within outwards, with the blurred pixel that follows."""
    inside = side - step * reach
    if not (0 <= inside < len(dark) and dark[inside]):
        return side
    while 0 <= inside + step < len(dark) and dark[inside + step] and abs(inside - side) <= reach:
        inside += step
    return max(0, inside - 1) if step < 0 else min(len(dark), inside + 2)
