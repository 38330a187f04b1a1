"""How lines of print lie on a page: on their side, askew, or bent where the paper is.

Feet of letters stand on lines: seen along these they make a comb, and the sum of squares of its counts is
largest where the angle is right. On paper that curls, each stripe of a page has an angle of its own; a smooth
field through these says where each point belongs.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_TRIES = ((12.0, 0.5), (0.5, 0.1), (0.1, 0.02))
"""Degrees: a sheet that lies more askew is not straightened."""
_LEVEL = 0.08
"""Degrees: less is a tenth of a letter's height over a page."""
_BENT = 0.8
"""Degrees by which a third of a bent page lies otherwise than another; of flat ones 0.5 was measured."""
_THIRDS, _STRIPES, _HALVES = 3, 7, 2
_FEWEST, _FEW = 100, 40
"""Letters that tell the angle of a third, and of a stripe."""
_REACHES = (((8.0, 0.5), (0.5, 0.1)), ((2.0, 0.25), (0.25, 0.05)), ((1.0, 0.1), (0.1, 0.02)))
"""Degrees around what is known of a stripe's angle, closer each time."""
_SHARPER = 1.15
"""How much sharper the comb of a bent page is once it is laid flat."""
_ROW, _ROWS = 0.4, 12
"""Of a letter's height, the room between rows of feet; and fewer rows tell no margin."""
_LEANS = ((3.0, 0.25), (0.25, 0.05))
_LEANING, _MORE = 0.3, 1.6
"""Degrees that matter; and how much sharper a margin is that leans: 1.4 was measured of ragged ones that
stand upright, and 1.6 to 3.9 of pages of which an application left their corners a little off."""
_SOFT = 0.02
"""How much a bend resists, as stripes count: few of them say nothing of the edges."""
_COARSE = 8
"""Each so manieth pixel's place is worked out, those between are between."""


@dataclass(frozen=True, slots=True)
class Lie:
    """By how many degrees lines rise to the right, and columns go to the right, down the page."""

    rise: float
    lean: float = 0.0
    bend: Any = None
    """Of paper that is bent, how the rise, as a tangent, depends on the place: of across to the power 0, 1
    and 2, a row each, times down to the power 0 and 1; both from -1 to 1."""


def is_on_its_side(letters: Any) -> bool:
    """Whether feet of letters stand in columns, and not on lines.

    Args:
        letters: x, y, width and height, one a row.
    """
    import numpy as np

    x, y, width, height = letters.T
    size = float(np.median(np.maximum(width, height)))
    level = _sharpness(x + width / 2, y + height, size)[0]
    down = _sharpness(y + height / 2, x + width, size)[0]
    up = _sharpness(y + height / 2, x, size)[0]
    return max(down, up) > 1.3 * level


def lie(letters: Any, shape: tuple[int, int]) -> Lie | None:
    """How the lines of a page of that height and width lie; None where they are level."""
    import numpy as np

    x, y, width, height = letters.T
    along, feet, size = x + width / 2, y + height, float(np.median(height))
    sharp, rise = _sharpness(along, feet, size)
    bend = _bend(along, feet, size, shape, sharp, rise) if _is_bent(along, feet, size, rise) else None
    if bend is not None:
        return Lie(rise, _lean(x, _laid(along, feet, shape, bend), size), bend)
    turned = np.tan(np.radians(rise))
    lean = _lean(x - y * turned, feet + along * turned, size)
    return Lie(rise, lean) if lean or abs(rise) >= _LEVEL else None


def _lean(left: Any, level: Any, size: float) -> float:
    """By how many degrees margins lean: where most rows of a page begin. A camera held askew leaves that."""
    import numpy as np

    order = np.argsort(level)
    level, left = level[order], left[order]
    row = np.concatenate([[0], np.cumsum(np.diff(level) > _ROW * size)])
    begins, down = np.full(row[-1] + 1, np.inf), np.bincount(row, level) / np.bincount(row)
    np.minimum.at(begins, row, left)
    if len(begins) < _ROWS:
        return 0.0
    sharp, lean = _sharpness(-down, begins, 2 * size, tries=_LEANS)
    is_told = abs(lean) >= _LEANING and sharp > _MORE * _comb(begins, 2 * size)
    return lean if is_told else 0.0


def _is_bent(along: Any, feet: Any, size: float, rise: float) -> bool:
    """Whether one third of a page lies otherwise than another, or than all of it."""
    import numpy as np

    edges = np.linspace(along.min(), along.max() + 1, _THIRDS + 1)
    angles = [0.0]
    for left, right in pairwise(edges):
        own = (along >= left) & (along < right)
        if own.sum() >= _FEWEST:
            angles.append(_sharpness(along[own], feet[own], size, rise, _REACHES[0])[1] - rise)
    return max(angles) - min(angles) > _BENT


def _bend(along: Any, feet: Any, size: float, shape: tuple[int, int], sharp: float, rise: float) -> Any:
    """The field of a bent page; None where it makes the comb of its lines hardly sharper."""
    import numpy as np

    high, wide = shape
    across, down = 2 * along / wide - 1, 2 * feet / high - 1
    bend = np.zeros((3, 2))
    bend[0, 0] = np.tan(np.radians(rise))
    for reach in _REACHES:
        bend = bend + _field(along, _laid(along, feet, shape, bend), size, shape, across, down, reach)
    return bend if _comb(_laid(along, feet, shape, bend), size) > _SHARPER * sharp else None


def _laid(along: Any, feet: Any, shape: tuple[int, int], bend: Any) -> Any:
    """How far down feet stand once a bent page is laid flat."""
    high, wide = shape
    return feet + wide / 2 * _risen(2 * along / wide - 1, 2 * feet / high - 1, bend)


def _field(
    along: Any,
    feet: Any,
    size: float,
    shape: tuple[int, int],
    across: Any,
    down: Any,
    reach: Sequence[tuple[float, float]],
) -> Any:
    """What is left of a bend: a plane of squares through the angles of stripes."""
    import numpy as np

    rows, rises = [], []
    for stripe in range(_STRIPES):
        for half in range(_HALVES):
            own = (np.floor((across + 1) / 2 * _STRIPES) == stripe) & (
                np.floor((down + 1) / 2 * _HALVES) == half
            )
            if own.sum() < _FEW:
                continue
            _, angle = _sharpness(along[own], feet[own], size, 0.0, reach)
            weight = own.sum() ** 0.5
            rows.append(weight * _powers(across[own].mean(), down[own].mean()))
            rises.append(weight * np.tan(np.radians(angle)))
    if not rows:
        return np.zeros((3, 2))
    known = np.array(rows)
    soft = _SOFT * len(along) * np.diag([0, 0, 0.1, 0.3, 0.3, 1.0])
    return np.linalg.solve(known.T @ known + soft + 1e-6 * np.eye(6), known.T @ np.array(rises)).reshape(3, 2)


def _powers(across: Any, down: Any) -> Any:
    import numpy as np

    return np.array([across**i * down**j for i in range(3) for j in range(2)])


def _risen(across: Any, down: Any, bend: Any) -> Any:
    """How far a line has risen from the middle to a place: the field summed up along it."""
    return sum(bend[i, j] * across ** (i + 1) / (i + 1) * down**j for i in range(3) for j in range(2))


def levelled(pixels: "Pixels", lie: Lie) -> "Pixels":
    """A picture of the page, of whatever resolution, with its lines level."""
    import cv2
    import numpy as np

    height, width = pixels.shape[:2]
    lean = np.tan(np.radians(lie.lean))
    if lie.bend is None:
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), -lie.rise, 1.0)
        turn[0] -= lean * (turn[1] - [0, 0, height / 2])
        return cv2.warpAffine(
            pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )  # type: ignore[return-value]
    x, y = np.meshgrid(np.linspace(-1, 1, width // _COARSE + 1), np.linspace(-1, 1, height // _COARSE + 1))
    up = width / height
    x = x + lean * y / up
    before = y - up * _risen(x, y, lie.bend)
    before = y - up * _risen(x, before, lie.bend)
    columns, rows = (
        cv2.resize(((at + 1) / 2 * side).astype(np.float32), (width, height))
        for at, side in ((x, width), (before, height))
    )
    return cv2.remap(pixels, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)  # type: ignore[return-value]


def _sharpness(
    along: Any, feet: Any, size: float, around: float = 0.0, tries: Sequence[tuple[float, float]] = _TRIES
) -> tuple[float, float]:
    """How sharply feet fall on lines, at the angle at which they do so best; and that angle.

    Args:
        tries: so far around the best one, in steps of so much, one after the other.
    """
    import numpy as np

    best, at = 0.0, around
    for reach, step in tries:
        middle = at
        for angle in np.arange(middle - reach, middle + reach + step / 2, step):
            sharp = _comb(feet + along * np.tan(np.radians(angle)), size)
            if sharp > best:
                best, at = sharp, float(angle)
    return best, at


def _comb(level: Any, size: float) -> float:
    """How sharp the comb of feet is."""
    import numpy as np

    counts = np.bincount(((level - level.min()) / max(size / 6, 1)).astype(np.int64))
    return float((counts.astype(np.float64) ** 2).sum()) / len(level)
