"""Leaders on the image of a page: dotted lines to write on, even and close."""

from typing import Any

from parsers._scanned._raster import components

_FEWEST_DOTS, _MOST_DOTS = 8, 2000
"""Of a leader; and of a page that is looked at for them by its dots' places first."""
_FEW_DOTS, _CLOSE_PT, _EVEN = 5, 4.5, 0.2
"""Of a short leader, « ..... 7 ..... »; an ellipsis has three. How near they are, and how evenly apart."""
_LEANS, _OFF_PT = 0.05, 1.0
"""How much of its length a leader rises or sags on a page that does not lie flat; and how far from it a full
stop stands."""


def leaders(black: Any, point: float) -> tuple[Any, list[tuple[int, int, int, int]]]:
    """Their dots, as a mask, and left, top, width and height of each: many dots, level and close."""
    import cv2
    import numpy as np

    labels, stats = components(black)
    largest, reach = max(2.4 * point, 3), round(8 * point)
    small = (stats[:, 2] <= largest) & (stats[:, 3] <= largest)
    small[0] = False
    long, short = (_FEWEST_DOTS, reach + largest, 4 * point), (_FEW_DOTS, _CLOSE_PT * point, point)
    if not any(_has_rows_of_dots(stats[small, :2], *those) for those in (long, short)):
        return np.zeros_like(black), []
    dots = (small.astype(np.uint8) * 255)[labels]
    joined = cv2.morphologyEx(dots, cv2.MORPH_CLOSE, np.ones((1, reach), np.uint8))
    joined = cv2.dilate(joined, np.ones((3, 1), np.uint8))
    found, regions, areas, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    kept = np.zeros_like(black)
    found_at = []
    for index in range(1, found):
        x, y, width, height, _ = (int(value) for value in areas[index])
        if width < _FEW_DOTS * point or height > 4 * point + _LEANS * width:
            continue
        window = slice(y, y + height), slice(x, x + width)
        row = cv2.bitwise_and(dots[window], np.where(regions[window] == index, 255, 0).astype(np.uint8))
        across = np.flatnonzero(row.max(axis=0))
        apart = np.diff(across[np.flatnonzero(np.diff(across, prepend=-9) > 1)])
        if len(apart) + 1 < _FEW_DOTS:
            continue
        uneven = np.std(apart) / np.mean(apart)
        is_long = len(apart) + 1 >= _FEWEST_DOTS and width >= 30 * point
        if uneven < (0.6 if is_long else _EVEN if np.mean(apart) < _CLOSE_PT * point else 0.0):
            kept[window] = cv2.bitwise_or(kept[window], _without_stops(row, point))
            found_at.append((x, y, width, height))
    return kept, found_at


def _without_stops(dots: Any, point: float) -> Any:
    """The dots of a leader, which a page that is not flat bends, without full stops of what is over it."""
    import cv2
    import numpy as np

    count, labels, _, middles = cv2.connectedComponentsWithStats(dots, connectivity=8)
    if count <= _FEWEST_DOTS:
        return dots
    x, y = middles[1:].T
    near = np.ones(len(x), bool)
    off = np.zeros(len(x))
    for _ in range(2):
        bend = np.polynomial.Polynomial.fit(x[near], y[near], 2)
        off = np.abs(y - bend(x))
        near = off <= max(_OFF_PT * point, float(np.median(off)))
    return np.where(np.concatenate([[False], near])[labels], dots, 0).astype(np.uint8)


def _has_rows_of_dots(dots: Any, fewest: int, wide: float, high: float) -> bool:
    """Whether as many stand close together on a level as make a leader; full stops and dots of i do not."""
    import numpy as np

    if len(dots) > _MOST_DOTS:
        return True
    x, y = dots.T
    across, down = x - x[:, None], y - y[:, None]
    near = (across >= 0) & (across <= fewest * wide) & (np.abs(down) <= high)
    return bool((near.sum(axis=1) >= fewest).any())
