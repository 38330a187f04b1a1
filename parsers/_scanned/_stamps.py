"""Stamps: a frame, round, oval or square, with lettering in it and no line of a pen that leaves it.

A round frame is the circle that most of its circumference lies on, tried through three points at a time
(RANSAC: Fischler and Bolles, 1981), with nothing just outside. An oval one is the ellipse that fits the
hull of all the ink (Fitzgibbon, Pilu and Fisher, 1999), with lettering in it: a hand draws ovals, too. A
square one is two parallel straight lines whose ends two others join, at the angle at which rows of ink are
longest. A worn frame has gaps. What is left without it is lettering while it is low, or stands within a
round frame's own ring of letters.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

_RADIUS_MM = (7.0, 27.0)
_SIDE_MM = (7.0, 14.0)
"""Of a square stamp, the least height and width."""
_STEEPEST, _LEVEL = 24.0, 1.2
"""Degrees by which a stamp is askew, at most; and less than which a ruled line of the form may be."""
_RIM_MM, _STRAYS, _AROUND_MM = 0.7, 0.05, (1.1, 2.4)
"""How far a worn rim strays from its line at most, and of its radius: two initials, underlined, stray as far
around a small circle. And where nothing stands around it.
"""
_ROUND, _CLEAR = 0.62, 0.7
"""Shares of a circumference that are drawn, and that have nothing just outside."""
_SMALL_MM, _SMALL_ROUND = 10.0, 0.8
"""Radius up to which a hand's lines and the words that they cross lie on a circle by chance; and how much of
one must be drawn.
"""
_LONG, _SHORT = 0.55, 0.35
"""Shares of the longer and of the shorter sides that are drawn."""
_TRIES, _POINTS = 400, 500
_ANGLES = 90
_LETTERING_MM, _RING = 9.0, 0.5
"""How high lettering is at most; and where the ring of letters begins, as a share of the radius."""
_PEN_MM, _LINE_MM, _WIDTH_MM = 10.0, 4.0, 0.4
"""Of a pen outside of the frame: all its strokes and the longest one at least, and how wide they are."""
_PEN_INSIDE_MM = 18.0
_ROW_MM, _RULE_MM, _FULL, _HALF_FULL = 4.6, 0.8, 0.36, 0.45
"""How high a row of print is, of 12 points with its descenders; how thin the rest of a ruled line; and how
full what is left of its letters is, where they run together: in several pieces, and in one."""
_CORE, _ACROSS, _BENDS_MM = 0.6, 0.85, 1.5
"""Of a closed line, how much of its width and height is its middle, and of that what a line crosses; how far
one climbs that is not ruled.
"""
_OVAL_MM, _FLAT = (10.0, 70.0), (0.3, 0.87)
"""Of an oval frame, the least height and most width, and the one as a share of the other."""
_LOW_MM, _CROSSING = 6.0, 0.6
"""Lower than this there is room for one row in a frame; and how much of it goes on across, of a hand's."""
_LETTER_MM, _FEWEST_LETTERS, _LETTERED = (1.0, 5.5), 8, 0.6
"""How high a letter is; how many stand in an oval; and how much of the ink in it is theirs."""


def is_stamp(ink: "Grey", drawn: "Grey", mm: float, *, again: bool = True) -> bool:
    """Whether some ink is a framed stamp and nothing else.

    Args:
        ink: 255 where the ink is, `drawn`: the same with what was taken for ruled lines.
        mm: pixels in a millimetre.
        again: what lies outside may be a second stamp.
    """
    return any(
        not _has_pen(inside, mm)
        and (not _leaves(outside, mm) or (again and is_stamp(outside, outside, mm, again=False)))
        for inside, outside in _frames(ink, drawn, mm)
    )


def is_crossed(drawn: "Grey", rim: Any, mm: float) -> bool:
    """Whether a line goes through the middle of a closed one, from side to side: neither ruled nor type.

    Args:
        drawn: all ink within the box of the closed line, `rim`: where that is.
    """
    import cv2
    import numpy as np

    _, touching = cv2.connectedComponents(drawn, connectivity=8)
    whole = np.isin(touching, np.setdiff1d(touching[rim], 0))
    (high, wide), (y, x) = drawn.shape, np.indices(drawn.shape)
    core = np.hypot(2 * x / wide - 1, 2 * y / high - 1) < _CORE
    _, _, stats, _ = cv2.connectedComponentsWithStats((whole & core).view(np.uint8), connectivity=8)
    return any(
        h > _BENDS_MM * mm and area < _FULL * w * h and np.hypot(w / wide, h / high) > _ACROSS * _CORE
        for _, _, w, h, area in stats[1:].tolist()
    )


def all_it_touches(
    own: Any, window: tuple[slice, slice], inked: "Grey", mm: float
) -> tuple["Grey", "Grey"] | None:
    """All the ink that some hangs together with, and all around it; None where that is no more, or too much.

    Of a stamp whose words were read, and whose sides lie nearly level, these were taken for print and those
    for ruled lines: a corner of the frame is left, that looks like a hand's.

    Args:
        own: where the ink is, in its window.
        inked: all of the page, its print and rules too.
    """
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(inked, connectivity=8)
    among = np.unique(labels[window][own])
    among = among[among > 0]
    if not len(among):
        return None
    left, top = stats[among, cv2.CC_STAT_LEFT], stats[among, cv2.CC_STAT_TOP]
    right, bottom = left + stats[among, cv2.CC_STAT_WIDTH], top + stats[among, cv2.CC_STAT_HEIGHT]
    wide, high = int(right.max() - left.min()), int(bottom.max() - top.min())
    if max(wide, high) > _OVAL_MM[1] * mm or wide * high <= own.size:
        return None
    room = round(_AROUND_MM[1] * mm) + 1
    down = slice(max(0, int(top.min()) - room), int(bottom.max()) + room)
    across = slice(max(0, int(left.min()) - room), int(right.max()) + room)
    return np.isin(labels[down, across], among).astype(np.uint8) * 255, inked[down, across]


def _frames(ink: "Grey", drawn: "Grey", mm: float) -> Iterator[tuple["Grey", "Grey"]]:
    """What stands inside of a frame, and what outside: of a round one, of an oval, then of a square one."""
    if circle := _circle(ink, mm):
        yield _round(ink, circle, mm)
    if oval := _oval(ink, mm):
        yield oval
    if square := _square(ink, drawn, mm):
        yield square


def _leaves(outside: "Grey", mm: float) -> bool:
    """Whether strokes stand outside of the frame: lettering never does."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(outside, connectivity=8)
    parts = [part for part in stats[1:].tolist() if max(part[2], part[3]) > mm and not _is_ruled(part, mm)]
    sizes = [
        (max(w, h), area) for row in _rows(parts) if not _is_a_row(row, mm) for _, _, w, h, area in row
    ]  # fmt: skip
    stroke = sum(area for _, area in sizes) / _WIDTH_MM / mm**2
    return stroke > _PEN_MM and any(size > _LINE_MM * mm for size, _ in sizes)


def _is_ruled(part: Sequence[int], mm: float) -> bool:
    """Whether a part (left, top, width, height, ink) is a straight piece of a ruled line or of a box."""
    low, long = sorted(part[2:4])
    return low <= _RULE_MM * mm and long > _LINE_MM * mm


def _rows(parts: Sequence[Sequence[int]]) -> list[list[Sequence[int]]]:
    """Parts (left, top, width, height, ink) that stand level with each other."""
    rows: list[list[Sequence[int]]] = []
    bottom = -1
    for part in sorted(parts, key=lambda part: part[1]):
        if not rows or part[1] >= bottom:
            rows.append([])
        rows[-1].append(part)
        bottom = max(bottom, part[1] + part[3])
    return rows


def _is_a_row(parts: Sequence[Sequence[int]], mm: float) -> bool:
    """Whether some parts (left, top, width, height, ink) are left of a row of print that a stamp lies over.

    They stand level, and where letters run together they are as high as letters and nearly half full: of a
    pen that leaves a frame, a long part is a third full at most, or flat. One part alone is half full.
    """
    top, bottom = min(y for _, y, *_ in parts), max(y + h for _, y, _, h, _ in parts)
    long = [(w, h, area) for _, _, w, h, area in parts if w > _LINE_MM * mm]
    if len(parts) < 2 and not long:
        return False
    full = _FULL if len(parts) > 1 else _HALF_FULL
    return bottom - top <= _ROW_MM * mm and all(
        h >= _LETTER_MM[0] * mm and area >= full * w * h for w, h, area in long
    )


def _has_pen(inside: "Grey", mm: float) -> bool:
    """Whether a component is too high for lettering, and long enough for a pen."""
    import cv2
    import numpy as np

    _, labels, stats, _ = cv2.connectedComponentsWithStats(inside, connectivity=8)
    for label, (x, y, w, h, area) in enumerate(stats.tolist()):
        if label == 0 or max(w, h) < _LETTERING_MM * mm or area < _PEN_INSIDE_MM * _WIDTH_MM * mm**2:
            continue
        points = cv2.findNonZero((labels[y : y + h, x : x + w] == label).view(np.uint8))
        if min(cv2.minAreaRect(points)[1]) > _LETTERING_MM * mm:
            return True
    return False


# ---------------------------------------------------------------- round


def _round(ink: "Grey", circle: tuple[float, float, float], mm: float) -> tuple["Grey", "Grey"]:
    """What stands inside of a round frame but for its ring of letters, and what outside."""
    import numpy as np

    x, y, radius = circle
    rows, columns = np.indices(ink.shape)
    away = np.hypot(columns - x, rows - y)
    within = np.where(away < radius - mm, ink, 0).astype(np.uint8)
    ring = _within_ring(within, away < _RING * radius)
    return within & ~ring, np.where(away > radius + mm, ink, 0).astype(np.uint8)


def _within_ring(ink: "Grey", core: Any) -> "Grey":
    """The components that do not reach into the middle, and the inner rim."""
    import cv2
    import numpy as np

    count, labels = cv2.connectedComponents(ink, connectivity=8)
    reach = np.bincount(labels[core], minlength=count) > 0
    reach[0] = True
    return np.where(reach[labels], 0, 255).astype(np.uint8)


def _circle(ink: "Grey", mm: float) -> tuple[float, float, float] | None:
    """The widest circle that most of its circumference lies on: middle and radius, in pixels."""
    import numpy as np

    least, most = (radius * mm for radius in _RADIUS_MM)
    down, across = np.nonzero(ink)
    if min(ink.shape) < 2 * least or not len(across):
        return None
    lot = np.random.default_rng(0)
    chosen = lot.integers(len(across), size=_POINTS)
    points = np.column_stack([across[chosen], down[chosen]]).astype(np.float64)
    circles = _through(points[lot.integers(_POINTS, size=(_TRIES, 3))])
    circles = circles[(circles[:, 2] > least) & (circles[:, 2] < most)]
    if not len(circles):
        return None
    near = np.hypot(points[:, 0] - circles[:, :1], points[:, 1] - circles[:, 1:2]) - circles[:, 2:]
    counts = (np.abs(near) < _RIM_MM * mm).sum(axis=1)
    best = circles[np.argsort(-counts, kind="stable")[:12]]
    good = [circle for circle in best if _is_drawn(ink, circle, mm)]
    return max(((x, y, r) for x, y, r in good), key=lambda circle: circle[2], default=None)


def _through(triples: Any) -> Any:
    """The circles through three points each; of three in a line, one of no size."""
    import numpy as np

    (ax, ay), (bx, by), (cx, cy) = (triples[:, n].T for n in range(3))
    twice = 2 * (ax * (by - cy) + bx * (cy - ay) + cx * (ay - by))
    safe = np.where(np.abs(twice) < 1e-6, np.inf, twice)
    a, b, c = ax**2 + ay**2, bx**2 + by**2, cx**2 + cy**2
    x = (a * (by - cy) + b * (cy - ay) + c * (ay - by)) / safe
    y = (a * (cx - bx) + b * (ax - cx) + c * (bx - ax)) / safe
    return np.column_stack([x, y, np.where(np.isinf(safe), 0, np.hypot(ax - x, ay - y))])


def _is_drawn(ink: "Grey", circle: Any, mm: float) -> bool:
    import numpy as np

    x, y, radius = circle
    turn = np.linspace(0, 2 * np.pi, _ANGLES, endpoint=False)

    def share(low: float, high: float) -> float:
        """Of the angles, how many meet ink so far from the rim."""
        reach = radius + np.arange(low * mm, high * mm + 0.5)[:, None]
        rows, columns = (np.rint(v).astype(int) for v in (y + reach * np.sin(turn), x + reach * np.cos(turn)))
        seen = (rows >= 0) & (rows < ink.shape[0]) & (columns >= 0) & (columns < ink.shape[1])
        return float((seen & (ink[rows * seen, columns * seen] > 0)).any(axis=0).mean())

    rim = min(_RIM_MM, _STRAYS * radius / mm)
    drawn = _ROUND if radius > _SMALL_MM * mm else _SMALL_ROUND
    return share(-rim, rim) > drawn and share(*_AROUND_MM) < 1 - _CLEAR


# ---------------------------------------------------------------- oval


def _oval(ink: "Grey", mm: float) -> tuple["Grey", "Grey"] | None:
    """What stands inside of an oval frame but for its ring of letters, and what outside."""
    import cv2
    import numpy as np

    points = cv2.findNonZero(ink)
    if points is None:
        return None
    (x, y), sides, degrees = cv2.fitEllipse(_along(cv2.convexHull(points)[:, 0, :], mm))
    low, wide = min(sides), max(sides)
    if not (low > _OVAL_MM[0] * mm and wide < _OVAL_MM[1] * mm and _FLAT[0] < low / wide < _FLAT[1]):
        return None
    turn = np.radians(degrees)
    rows, columns = np.indices(ink.shape)
    along = ((columns - x) * np.cos(turn) + (rows - y) * np.sin(turn)) / (sides[0] / 2)
    across = ((rows - y) * np.cos(turn) - (columns - x) * np.sin(turn)) / (sides[1] / 2)
    away = np.hypot(along, across)
    around = ((np.arctan2(across, along) / np.pi + 1) * _ANGLES / 2).astype(int) % _ANGLES
    beyond = (away - 1) * np.hypot(columns - x, rows - y) / np.maximum(away, 1e-6) / mm

    def share(least: float, most: float) -> float:
        """Of the angles, how many meet ink so far from the rim."""
        return len(np.unique(around[(ink > 0) & (beyond > least) & (beyond < most)])) / _ANGLES

    within = np.where(beyond < -_RIM_MM, ink, 0).astype(np.uint8)
    is_drawn = share(-_RIM_MM, _RIM_MM) > _ROUND and share(*_AROUND_MM) < 1 - _CLEAR
    if not (is_drawn and _is_lettered(within, mm)):
        return None
    inside = within & ~_within_ring(within, away < _RING)
    return inside, np.where(beyond > 1, ink, 0).astype(np.uint8)


def _along(corners: Any, mm: float) -> Any:
    """Points a millimetre apart along an outline: its corners crowd where it bends."""
    import numpy as np

    ends = np.roll(corners, -1, axis=0)
    return np.concatenate([
        np.linspace(start, end, max(1, round(float(np.linalg.norm(end - start)) / mm)), endpoint=False)
        for start, end in zip(corners, ends, strict=True)
    ]).astype(np.float32)  # fmt: skip


def _is_lettered(within: "Grey", mm: float) -> bool:
    """Whether most of what stands in a frame, but for a second rim, is as high as letters."""
    import cv2

    _, _, stats, _ = cv2.connectedComponentsWithStats(within, connectivity=8)
    sizes = [(h / mm, area) for _, _, _, h, area in stats[1:].tolist() if h < within.shape[0] / 2]
    letters = [area for high, area in sizes if _LETTER_MM[0] <= high <= _LETTER_MM[1]]
    return len(letters) >= _FEWEST_LETTERS and sum(letters) > _LETTERED * sum(area for _, area in sizes)


# ---------------------------------------------------------------- square


def _square(ink: "Grey", drawn: "Grey", mm: float) -> tuple["Grey", "Grey"] | None:
    """What stands inside of a square frame, and what outside."""
    import numpy as np

    if min(ink.shape) < _SIDE_MM[0] * mm or max(ink.shape) < _SIDE_MM[1] * mm:
        return None
    angle = 0.0
    for reach, step in ((_STEEPEST, 2.0), (1.5, 0.5)):
        angles = np.arange(angle - reach, angle + reach + step / 2, step)
        angle = max(angles.tolist(), key=lambda degrees: _longest(_turned(ink, degrees), mm))
    level = _turned(ink, angle)
    sides = _sides(_turned(drawn, angle) if abs(angle) > _LEVEL else level, mm)
    if sides is None:
        return None
    left, top, right, bottom = sides
    rim = round(1.5 * mm)
    inside = level[top + rim : bottom - rim + 1, left + rim : right - rim + 1]
    outside = level.copy()
    outside[max(0, top - rim) : bottom + rim + 1, max(0, left - rim) : right + rim + 1] = 0
    return None if _crosses(inside, mm) else (np.ascontiguousarray(inside), outside)


def _crosses(inside: "Grey", mm: float) -> bool:
    """Whether in a low frame nearly all goes on across its sides: a hand that ran over its own underline."""
    import cv2
    import numpy as np

    if inside.shape[0] > _LOW_MM * mm or not inside.any():
        return False
    count, labels = cv2.connectedComponents(np.ascontiguousarray(inside), connectivity=8)
    touching = np.isin(np.arange(count), labels[[0, -1]])
    ink = np.bincount(labels.ravel(), minlength=count)
    return bool(ink[1:][touching[1:]].sum() > _CROSSING * ink[1:].sum())


def _turned(ink: "Grey", degrees: float) -> "Grey":
    import cv2

    height, width = ink.shape
    room = round(0.22 * max(height, width))
    framed = cv2.copyMakeBorder(ink, room, room, room, room, cv2.BORDER_CONSTANT, value=0)
    middle = (width / 2 + room, height / 2 + room)
    turn = cv2.getRotationMatrix2D(middle, degrees, 1.0)
    return cv2.warpAffine(framed, turn, framed.shape[::-1], flags=cv2.INTER_NEAREST)  # type: ignore[return-value]


def _longest(level: "Grey", mm: float) -> float:
    """How much ink the two fullest rows hold that lie apart."""
    return sum(count for _, count in _two_rows(level, mm))


def _two_rows(level: "Grey", mm: float) -> list[tuple[int, float]]:
    """The two fullest rows of pixels that lie a stamp's height apart, from above, with their ink."""
    import numpy as np

    counts = np.convolve(np.count_nonzero(level, axis=1), np.ones(5), "same")
    first = int(np.argmax(counts))
    apart = round(_SIDE_MM[0] * mm)
    others = counts.copy()
    others[max(0, first - apart) : first + apart + 1] = 0
    second = int(np.argmax(others))
    return sorted([(first, float(counts[first])), (second, float(others[second]))])


def _sides(drawn: "Grey", mm: float) -> tuple[int, int, int, int] | None:
    """Left, top, right and bottom of a frame whose four sides are drawn, with nothing just outside."""
    import numpy as np

    (top, _), (bottom, _) = _two_rows(drawn, mm)
    rim = round(_RIM_MM * mm)
    above, below = (np.flatnonzero(_band(drawn, row, rim)) for row in (top, bottom))
    if not len(above) or not len(below):
        return None
    ends = [(np.percentile(row, 1), np.percentile(row, 99)) for row in (above, below)]
    middle = tuple(round(sum(sides) / 2) for sides in zip(*ends, strict=True))
    within = round(max(left for left, _ in ends)), round(min(right for _, right in ends))
    found = (_framed(drawn, top, bottom, left, right, mm) for left, right in dict.fromkeys((middle, within)))
    return next(filter(None, found), None)


def _framed(
    drawn: "Grey", top: int, bottom: int, left: int, right: int, mm: float
) -> tuple[int, int, int, int] | None:
    """These sides, where they are drawn; a row of print that runs into one goes beyond its end."""
    rim = round(_RIM_MM * mm)
    if right - left < _SIDE_MM[1] * mm:
        return None
    level, upright = slice(left, right + 1), slice(top, bottom + 1)
    near, far = (round(away * mm) for away in _AROUND_MM)
    sides = (
        (drawn, top, -1, level, _LONG), (drawn, bottom, 1, level, _LONG),
        (drawn.T, left, -1, upright, _SHORT), (drawn.T, right, 1, upright, _SHORT),
    )  # fmt: skip
    for page, at, outwards, along, share in sides:
        beside = at + outwards * (near + far) // 2
        is_drawn = _band(page, at, rim if share == _LONG else 2 * rim)[along].mean() > share
        if not is_drawn or _band(page, beside, (far - near) // 2)[along].mean() > 1 - _CLEAR:
            return None
    return left, top, right, bottom


def _band(ink: "Grey", at: int, rim: int) -> Any:
    """Where a row with those beside it holds ink."""
    return (ink[max(0, at - rim) : max(0, at + rim + 1)] > 0).any(axis=0)
