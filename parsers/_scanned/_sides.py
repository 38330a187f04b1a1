"""The sides of a sheet in a photo: straight lines along which it darkens outwards, wherever light falls.

Light falls off over a whole sheet, ground begins within a few points: a step is measured in shares of the
light close by, over a few points, so that a shadow's soft rim is none. A printed line darkens on both of its
sides and is none either; nor is the edge of a block of words, which is darker inwards.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Light = NDArray[np.float32]

_NEAR, _FAR = 2, 5
"""Pixels from a side between which light is compared, at 50 dpi: paper has a soft edge."""
_MOST, _APART = 5, 7
"""Lines that may be a side, of each; and pixels by which they lie apart at one end at least."""
_STEEPEST, _STEEP = 0.21, 0.015
"""How far a side leans at most, and how finely it is tried: three degrees askew, and seen from beside."""
_REACH = 9
"""Pixels by which a side that was found roughly may lie off, at 50 dpi."""
_BEYOND = 60
"""Pixels beyond a side in which ground stays ground, at 50 dpi: more than a shaded row is high."""
_FAINTEST, _CAP = 0.02, 0.15
"""Mean step along a line that may be a side; a larger step than the cap says no more, one against it less."""


@dataclass(frozen=True, slots=True)
class _Line:
    start: Any
    end: Any
    step: float


def quads(grey: Any) -> Iterator[Any]:
    """Corners of what four such lines enclose, those with the clearest sides first."""
    import numpy as np

    light = np.log(grey.astype(np.float32) + 8)
    sides = [list(_upright_lines(light, quarters)) for quarters in range(4)]
    enclosed = sorted(product(*sides), key=lambda four: -sum(line.step for line in four))
    for left, top, right, bottom in enclosed:
        corners = [
            _crossing(one, other)
            for one, other in ((left, top), (top, right), (right, bottom), (bottom, left))
        ]
        yield np.array(corners)


def _upright_lines(light: "Light", quarters: int) -> Iterator[_Line]:
    """Lines in the left part of a picture turned by quarters, beyond which it is darker on the left."""
    import cv2
    import numpy as np

    seen = np.ascontiguousarray(np.rot90(light, quarters))
    high, wide = seen.shape
    rows, at = np.arange(int(0.2 * high), int(0.8 * high), 2), np.arange(_FAR, int(0.45 * wide))
    leans = np.arange(-_STEEPEST, _STEEPEST + _STEEP / 2, _STEEP)
    beside = (_NEAR + _FAR) // 2 + 1
    mean = cv2.blur(seen, (_FAR - _NEAR, 3))
    step = np.clip(np.roll(mean, -beside, 1) - np.roll(mean, beside, 1), -_CAP, _CAP)
    step[:, :_FAR] = step[:, -_FAR:] = 0
    rim = round(_STEEPEST * high)
    padded = np.asarray(cv2.copyMakeBorder(step, 0, 0, rim, rim, cv2.BORDER_REPLICATE))
    strips = np.lib.stride_tricks.sliding_window_view(padded, len(at), axis=1)
    shifts = np.rint(leans[:, None] * (rows - high / 2)).astype(int)
    found = np.array([strips[rows, rim + at[0] + shift].mean(0) for shift in shifts])
    ends = [at + leans[:, None] * (end * high) for end in (-0.3, 0.3)]
    for _ in range(_MOST):
        best = np.unravel_index(found.argmax(), found.shape)
        if found[best] < _FAINTEST:
            return
        middle, lean = at[best[1]], leans[best[0]]
        points = [
            _turned_back(middle + lean * (y - high / 2), y, light.shape, quarters) for y in (0.0, float(high))
        ]
        yield _Line(points[0], points[1], float(found[best]))
        found[np.logical_and(*(np.abs(end - end[best]) < _APART for end in ends))] = -1


def _turned_back(x: float, y: float, shape: tuple[int, ...], quarters: int) -> Any:
    """Where a point of a picture turned by quarters lies in the picture."""
    import numpy as np

    for before in range(quarters - 1, -1, -1):
        wide = shape[1] if before % 2 == 0 else shape[0]
        x, y = wide - 1 - y, x
    return np.array([x, y])


def lies_on_ground(grey: Any, corners: Any) -> bool:
    """Whether it stays darker beyond each side, far out: beyond a shaded row or a bold one is paper again."""
    import numpy as np

    high, wide = grey.shape
    reach = np.array([-_FAR, *range(_FAR, _BEYOND, 3)])
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        x, y = _beside(start, end, np.linspace(0.1, 0.9, 24), reach)
        in_sight = (x >= 0) & (x < wide) & (y >= 0) & (y < high)
        seen = grey[np.clip(y, 0, high - 1), np.clip(x, 0, wide - 1)]
        paper = float(np.median(seen[:, 0]))
        beyond = [
            np.median(seen[own, at]) for at, own in enumerate(in_sight.T) if at and own.sum() > len(own) / 2
        ]
        if any(each > paper * (1 - _FAINTEST) for each in beyond):
            return False
    return True


def _beside(start: Any, end: Any, shares: Any, reach: Any) -> Any:
    """Points along a side, clockwise, and so many pixels beyond it: across and down."""
    import numpy as np

    along = start + shares[:, None] * (end - start)
    return np.rint(along[:, None] + reach[None, :, None] * _away(start, end)).astype(int).transpose(2, 0, 1)


def _away(start: Any, end: Any) -> Any:
    """A pixel outwards from a side that runs clockwise."""
    import numpy as np

    along = end - start
    return np.array([along[1], -along[0]]) / max(np.linalg.norm(along), 1)


def sharpened(grey: Any, corners: Any) -> Any:
    """The same corners, each side laid where the picture darkens most close by.

    Least squares, four times, each time without the points that lie farther off than others do.
    """
    import numpy as np

    light = np.log(grey.astype(np.float32) + 8)
    reach, shares = np.arange(-_REACH, _REACH + 1), np.linspace(0.06, 0.94, 60)
    sides = [
        _sharpened(light, start, end, shares, reach)
        for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True)
    ]
    return np.array([_crossing(sides[at - 1], sides[at]) for at in range(4)])


def _sharpened(light: "Light", start: Any, end: Any, shares: Any, reach: Any) -> _Line:
    import numpy as np

    high, wide = light.shape
    x, y = _beside(start, end, shares, reach)
    seen = light[np.clip(y, 0, high - 1), np.clip(x, 0, wide - 1)]
    fall = seen[:, :-4] + seen[:, 1:-3] - seen[:, 3:-1] - seen[:, 4:]
    told = reach[2:-2][fall.argmax(1)].astype(np.float64)
    kept = fall.max(1) > 4 * _FAINTEST
    lean, off = 0.0, 0.0
    for _ in range(4):
        if kept.sum() < len(shares) / 3:
            break
        lean, off = np.polyfit(shares[kept], told[kept], 1)
        left = np.abs(told - lean * shares - off)
        kept &= left <= max(1.0, 1.5 * float(np.median(left[kept])))
    away = _away(start, end)
    return _Line(start + off * away, end + (lean + off) * away, 0.0)


def _crossing(one: _Line, other: _Line) -> Any:
    """Where two lines meet; neither is parallel to the other, by how far they lean at most."""
    import numpy as np

    along, across = one.end - one.start, other.end - other.start
    share = np.linalg.solve(np.stack([along, -across], 1), other.start - one.start)[0]
    return one.start + share * along
