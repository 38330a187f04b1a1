"""What one component of ink is by its outline: a straight line, a corner, a frame, an arc, a ring, a cross.

Its pixels are 255 where it is, in its own box.
"""

from typing import TYPE_CHECKING

from parsers._scanned._inked import MM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_OFF_MM, RIM_MM = 0.8, 16.0
"""Of a stamp's rim: how far a piece strays from its circle, and the least width of the whole."""
_SQUARE = 0.35
"""Cosine of the angle of two lines that meet: from 70 to 110 degrees."""
_RING_MM = ((4.0, 45.0), (3.5, 14.0))
"""Least and most, across and down."""


def is_straight(pixels: "Grey") -> bool:
    """Whether all of it lies along one line."""
    import numpy as np

    if max(pixels.shape) < 20 * MM:
        return False
    points = np.argwhere(pixels).astype(np.float32)
    away = np.linalg.eigvalsh(np.cov(points.T))[0]
    return bool(away < (0.4 * MM) ** 2)


def is_corner(pixels: "Grey") -> bool:
    """Whether all of it lies along one line, or two that meet squarely, as a worn stamp's frame does."""
    import numpy as np

    points = np.argwhere(pixels)[:, ::-1].astype(np.float64) / MM
    one = points[np.argmax(np.linalg.norm(points - points.mean(axis=0), axis=1))]
    other = points[np.argmax(np.linalg.norm(points - one, axis=1))]
    along = (other - one) / max(float(np.linalg.norm(other - one)), 1e-6)
    away = np.abs((points - one) @ np.array([-along[1], along[0]]))
    if float(np.sqrt(np.mean(away**2))) < _OFF_MM / 2:
        return True
    bend = points[np.argmax(away)]
    legs = [end - bend for end in (one, other)]
    long = [max(float(np.linalg.norm(leg)), 1e-6) for leg in legs]
    if min(long) < 2.0 or abs(float(legs[0] @ legs[1])) > _SQUARE * long[0] * long[1]:
        return False
    off = [
        np.abs((points - bend) @ np.array([-leg[1], leg[0]])) / size
        for leg, size in zip(legs, long, strict=True)
    ]
    return float(np.sqrt(np.mean(np.minimum(*off) ** 2))) < _OFF_MM / 2


def frame_and_cross(pixels: "Grey") -> tuple[bool, float]:
    """Whether a component is a frame, round or square; and how much of it lies on its diagonals."""
    import cv2
    import numpy as np

    points = cv2.findNonZero(pixels)
    if points is None or max(pixels.shape) < 3 * MM:
        return False, 0.0
    down, across = (points[:, 0, axis].astype(np.float32) for axis in (1, 0))
    y, x = (2 * v / max(float(v.max()), 1) - 1 for v in (down, across))
    crossed = float(np.mean(np.abs(np.abs(x) - np.abs(y)) < 0.3)) if min(pixels.shape) > 2.5 * MM else 0.0
    (cx, cy), (w, h), angle = cv2.minAreaRect(points)
    turn = np.deg2rad(angle)
    u = ((across - cx) * np.cos(turn) + (down - cy) * np.sin(turn)) * 2 / max(w, 1)
    v = ((down - cy) * np.cos(turn) - (across - cx) * np.sin(turn)) * 2 / max(h, 1)
    outer = max(
        float(np.mean(np.maximum(np.abs(u), np.abs(v)) > 0.85)), float(np.mean(np.hypot(x, y) > 0.85))
    )
    return outer > 0.65 and min(w, h) > 8 * MM, crossed


def middle_of_arc(pixels: "Grey") -> tuple[float, float] | None:
    """The middle of the circle that a component lies on, if on one (by least squares: Kåsa, 1976)."""
    import numpy as np

    y, x = (axis[:: max(1, len(axis) // 400)].astype(np.float64) / MM for axis in np.nonzero(pixels))
    known = np.column_stack([2 * x, 2 * y, np.ones_like(x)])
    (cx, cy, rest), *_ = np.linalg.lstsq(known, x**2 + y**2, rcond=None)
    radius = float(np.sqrt(max(rest + cx**2 + cy**2, 0.0)))
    off = float(np.sqrt(np.mean((np.hypot(x - cx, y - cy) - radius) ** 2)))
    bends = max(float(np.ptp(x)), float(np.ptp(y))) > 0.5 * radius
    lies_on_it = off < _OFF_MM and RIM_MM / 2 < radius < 30 and bends
    return (float(cx), float(cy)) if lies_on_it else None


def goes_around(pixels: "Grey") -> bool:
    """Whether a component is a closed line, or nearly: all of it away from its middle, on every side."""
    import numpy as np

    height, width = pixels.shape
    (narrow, wide), (low, high) = _RING_MM
    if not (narrow * MM <= width <= wide * MM and low * MM <= height <= high * MM):
        return False
    down, across = np.nonzero(pixels)
    y, x = 2 * down / (height - 1) - 1, 2 * across / (width - 1) - 1
    sides = np.histogram(np.arctan2(y, x), bins=8, range=(-np.pi, np.pi))[0]
    return bool(np.mean(np.hypot(x, y) > 0.65) > 0.85 and np.count_nonzero(sides > 0.03 * len(x)) >= 7)
