"""Bars with white letters on a scan, as forms have them for their titles and labels: turned dark on light.

Tesseract reads few of them, and what is looked for as ruled lines cuts them in pieces: the page around a
white letter is as dark as a line is.
"""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from parsers._scanned._raster import boxes_around

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_LOOK = 2.0
"""Pixels to the point in which bars are looked for."""
_DARK, _AROUND_PT, _MOSTLY = 0.55, (12, 6), 0.5
"""Of white, what is dark; and of so wide and high a piece of a bar the least share that is so."""
_LEAST_PT, _HIGHEST_PT = (14.0, 8.0), 200.0
"""Wide and high; a picture is higher."""
_GROUND, _LIGHTER, _RIM_PT = 30, 0.25, 2.0
"""The per cent of its pixels that are darker than its ground; by how much, of white, letters are lighter;
and how far within its edges it is looked at."""
_EVEN_EDGE = 0.85
"""The share of its edge that is its ground: around heavy letters of a title there is paper."""
_LEAST_PRINTED, _MOST_PRINTED = 0.015, 0.5
"""The share of a bar that letters cover."""


def turned_dark(grey: "Pixels", point: float) -> "Pixels":
    """The page with the letters of each bar dark on light.

    Args:
        grey: the page.
        point: its pixels to the point.
    """
    import numpy as np

    plain = grey
    for x0, top, x1, bottom in _bars(grey, point):
        area = grey[top:bottom, x0:x1]
        rim = round(_RIM_PT * point)
        inside = area[rim:-rim, rim:-rim]
        ground = float(np.percentile(inside, _GROUND))
        lighter, darker = (float(np.mean(sign * (inside - ground) > _LIGHTER * 255)) for sign in (1, -1))
        edge = np.concatenate([inside[0], inside[-1], inside[:, 0], inside[:, -1]])
        is_bar = float(np.mean(edge < ground + _LIGHTER * 255)) >= _EVEN_EDGE
        is_dark = is_bar and ground < _DARK * 255 and darker < lighter
        if is_dark and _LEAST_PRINTED < lighter < _MOST_PRINTED:
            turned = 255 - (area.astype(np.float32) - ground) * (255 / (255 - ground))
            plain = grey.copy() if plain is grey else plain
            plain[top:bottom, x0:x1] = turned.clip(0, 255).astype(np.uint8)
    return plain


def _bars(grey: "Pixels", point: float) -> Iterator[tuple[int, int, int, int]]:
    """Left, top, right and bottom of what is mostly dark, in pixels."""
    import cv2
    import numpy as np

    scale = _LOOK / point
    small = cv2.resize(grey, None, fx=scale, fy=scale, interpolation=cv2.INTER_NEAREST)
    _, dark = cv2.threshold(small, _DARK * 255, 255, cv2.THRESH_BINARY_INV)
    share = cv2.blur(dark, (round(_AROUND_PT[0] * _LOOK), round(_AROUND_PT[1] * _LOOK)))
    _, held = cv2.threshold(share, _MOSTLY * 255, 255, cv2.THRESH_BINARY)
    for x, y, wide, high in boxes_around(np.asarray(held, np.uint8)):
        if wide >= _LEAST_PT[0] * _LOOK and _LEAST_PT[1] * _LOOK <= high <= _HIGHEST_PT * _LOOK:
            yield round(x / scale), round(y / scale), round((x + wide) / scale), round((y + high) / scale)
