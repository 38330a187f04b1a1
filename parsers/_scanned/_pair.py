"""Two sheets that touch, in a photo: together they have the shape of one, twice as large, and an edge amid.

A fold or a shaded column has such an edge, too. So the lines of print must run across it, and near it nothing
may be written: two margins meet there.
"""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]
    Light = NDArray[np.float32]

_WIDE, _HIGH = 826, 584
"""Pixels: two sheets of A4 at 50 dots an inch."""
_AMID, _LEAN = 66, 0.07
"""Pixels from the middle in which they may meet; and how far that edge leans."""
_NEAR, _FAR = 2, 5
"""Pixels from an edge between which light is compared."""
_FAINTEST, _CAP = 0.02, 0.15
"""Mean step of light along an edge; a larger step than the cap says no more."""
_MARGIN, _SHADE = 16, 4
"""Pixels from the edge in which nothing is written, but for its own shade."""
_DARK, _MOST = 0.12, 3.0
"""How much darker than the paper close by is what is written; and how often a margin darkens, from top to
bottom, at most."""
_STRIP = 24
"""Pixels: three lines of print."""


def halves(rgb: "Pixels", corners: Any) -> tuple[Any, Any] | None:
    """The corners of each, roughly, in the picture, where what lies within four corners is two sheets.

    Args:
        corners: clockwise.
    """
    import cv2
    import numpy as np

    sides = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    around = corners if sides[0] + sides[2] > sides[1] + sides[3] else np.roll(corners, -1, axis=0)
    flat = np.array([[0, 0], [_WIDE, 0], [_WIDE, _HIGH], [0, _HIGH]], np.float32)
    view = cv2.getPerspectiveTransform(around.astype(np.float32), flat)
    small = cv2.warpPerspective(rgb, view, (_WIDE, _HIGH), flags=cv2.INTER_AREA)
    light = np.log(cv2.cvtColor(small, cv2.COLOR_RGB2GRAY).astype(np.float32) + 8)
    edges = _edges(light) if _lines_run_along(light) else []
    edge = next((edge for edge in edges if _is_bare_beside(light, *edge)), None)
    if edge is None:
        return None
    ends = np.array([[[edge[0], 0], [edge[1], _HIGH]]], np.float32)
    top, bottom = cv2.perspectiveTransform(ends, np.linalg.inv(view))[0]
    return np.array([around[0], top, bottom, around[3]]), np.array([top, around[1], around[2], bottom])


def _lines_run_along(light: "Light") -> bool:
    """Whether print makes rows, and not columns, on either side of the middle."""
    import cv2

    fine = light - cv2.blur(light, (_STRIP, _STRIP))
    seen = [
        fine[_AMID:-_AMID, _AMID : _WIDE // 2 - _AMID], fine[_AMID:-_AMID, _WIDE // 2 + _AMID : -_AMID]
    ]  # fmt: skip
    rows, columns = (sum(_stripes(each.T if turned else each) for each in seen) for turned in (False, True))
    return rows > columns


def _stripes(fine: Any) -> float:
    """How much rows differ from each other, in strips so narrow that lines askew stay apart."""
    import numpy as np

    strips = np.array_split(fine, max(1, fine.shape[1] // _STRIP), axis=1)
    return float(np.mean([np.var(strip.mean(axis=1)) for strip in strips]))


def _edges(light: "Light") -> list[tuple[float, float]]:
    """Where one sheet may end and another begin: across, at the top and at the bottom; the clearest first."""
    import cv2
    import numpy as np

    mean = np.asarray(cv2.blur(light, (_FAR - _NEAR, 3)))
    beside = (_NEAR + _FAR) // 2 + 1
    step = np.clip(np.roll(mean, -beside, 1) - np.roll(mean, beside, 1), -_CAP, _CAP)
    rows = np.arange(round(0.1 * _HIGH), round(0.9 * _HIGH), 2)
    found = []
    for lean in np.arange(-_LEAN, _LEAN, 0.01):
        shift = np.rint(lean * (rows - _HIGH / 2)).astype(int)
        for x in range(_WIDE // 2 - _AMID, _WIDE // 2 + _AMID):
            sure = abs(float(step[rows, x + shift].mean()))
            if sure > _FAINTEST:
                found.append((sure, x - lean * _HIGH / 2, x + lean * _HIGH / 2))
    return [(top, bottom) for _, top, bottom in sorted(found, reverse=True)]


def _is_bare_beside(light: "Light", top: float, bottom: float) -> bool:
    """Whether nothing is written on both sides of an edge, as far as a margin is wide at least.

    A gap between two sheets that lean away from each other is one long dark run, lines of print are many.
    """
    import numpy as np

    rows = np.arange(_HIGH)
    at = np.rint(top + (bottom - top) * rows / _HIGH).astype(int)
    for away in (-1, 1):
        seen = light[rows[:, None], at[:, None] + away * np.arange(_SHADE, _MARGIN)]
        dark = seen < np.median(seen, axis=0) - _DARK
        if np.mean((dark[1:] & ~dark[:-1]).sum(axis=0)) > _MOST:
            return False
    return True
