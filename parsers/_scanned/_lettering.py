"""Rows of letters: type, and words that a pen wrote, told apart by how they stand on their line.

The feet of a row are the lowest ink of each of its columns: those of type lie on one straight line, which is
level as all that is printed on the page is. A hand's line climbs, falls and bends. Masks are true, or above
nought, where the ink is, and hold one row.
"""

from typing import Any

_LEVEL, _ROUND_MM = 0.26, 0.6
"""Of letters on a line: how much of heads and feet lies within what height."""
_FOOT, _TYPED_FEET, _UNDERLINE = 0.06, 0.42, 0.13
"""Of the height of a row, what is level; of its width, how much of type is; and runs of an underline."""
_STEEPEST, _STEP, _STRAIGHT = 12.0, 0.5, 1.5
"""Degrees that a line of writing climbs or falls at most, are tried, and by which a page may be askew."""
_STEM, _STEMS, _MOST_SLANTED, _SLANT_STEP = 0.5, 0.18, 32, 2
"""Of the height of a row, how long a stem is; how much of the ink of type is stems; and degrees that these
lean, all alike, at most and in steps.
"""
_SCALED = 120
"""Pixels of height at which a row's stems are looked for."""
_LEANING, _BETTER = 3.0, 1.2
"""Degrees from which a row is not level, and how many times more feet stand on it than on a level line."""


def is_level(ink: Any, mm: float) -> bool:
    """Whether letters have their feet on one line and their heads on another, as cursive type has.

    Measured on 650 signatures of the corpus: of those as low and in as many pieces none has.
    """
    ink = ink[:, ink.any(axis=0)]
    return all(_are_level(side.argmax(axis=0), mm) for side in (ink, ink[::-1]))


def _are_level(heights: Any, mm: float) -> bool:
    """Whether a good part of them is the same, but for the roundness of letters."""
    return _on_one_line(heights, round(_ROUND_MM * mm)) > _LEVEL


def _on_one_line(heights: Any, reach: int) -> float:
    """How many of them, as a share, lie within a few pixels."""
    import numpy as np

    return float(np.convolve(np.bincount(heights), np.ones(reach)).max() / len(heights))


def is_type(ink: Any) -> bool:
    """Whether a row of letters is set in a font for reading: on one straight line, and on stems."""
    return _stands_level(ink) and _stands_on_stems(ink)


def _stands_on_stems(ink: Any) -> bool:
    """Whether much of a row is straight strokes, half as high as it and leaning alike.

    The small letters of type are more than half as high as the row; in a font like a hand's they are lower,
    and bend. Measured on 30 pictures each of names: of ten fonts for reading, upright, oblique and bold, 93
    of 100 have more of their ink in stems, of six cursive ones 3, of eight upright ones like a hand's 42. At
    0.15 it is 95, 13 and 49, at 0.21 91, 1 and 36, at 0.27 86, 0 and 29.
    """
    import cv2
    import numpy as np

    down, across = (np.flatnonzero(ink.any(axis=side)) for side in (1, 0))
    inner = np.pad(ink[down[0] : down[-1] + 1, across[0] : across[-1] + 1], 1).astype(np.uint8)
    scale = _SCALED / len(inner)
    row = cv2.resize(inner, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)
    long = round(_STEM * _SCALED)
    most = 0
    for degrees in range(-_MOST_SLANTED, _MOST_SLANTED + 1, _SLANT_STEP):
        lean = round(long * np.tan(np.radians(abs(degrees))))
        stem = np.zeros((long, lean + 1), np.uint8)
        cv2.line(stem, (0, 0), (lean, long - 1), 1)
        stem = stem if degrees < 0 else np.ascontiguousarray(stem[:, ::-1])
        most = max(most, cv2.countNonZero(cv2.morphologyEx(row, cv2.MORPH_OPEN, stem)))
    return most > _STEMS * max(1, cv2.countNonZero(row))


def _stands_level(ink: Any) -> bool:
    """Whether a row of letters has its feet on one straight line: a name set in a font, of whatever kind.

    Measured as pictures on 111 rows that hands drew in 18 ways and on 272 names in 16 fonts: hands have at
    most 0.42 of their feet level, or more in the long runs of an underline (one in a hundred has not); nine
    of ten names in type have more, a run for each letter. On the average a foot of type stands in a run of
    0.10 of the width at most; of an underline, where lines cross it, of 0.16 at least.
    """
    import numpy as np

    feet = ink[::-1, ink.any(axis=0)].argmax(axis=0)
    reach = max(2, round(_FOOT * len(ink)))
    line = int(np.convolve(np.bincount(feet), np.ones(reach)).argmax())
    level = (feet <= line) & (feet > line - reach)
    ends = np.flatnonzero(np.diff(np.concatenate([[False], level, [False]]).astype(np.int8)))
    runs = ends[1::2] - ends[::2]
    usual = float((runs**2).sum() / runs.sum())
    return bool(level.mean() > _TYPED_FEET and usual < _UNDERLINE * len(feet))


def pitch(ink: Any) -> float:
    """How wide a step of the pen is in the row that its lines cross most often, of the height of all."""
    import numpy as np

    crossings = np.count_nonzero(ink & ~np.pad(ink, ((0, 0), (1, 0)))[:, :-1], axis=1)
    return float(ink.shape[1] / max(1, crossings.max()) / ink.shape[0])


def leans(ink: Any, mm: float) -> bool:
    """Whether the feet of a row stand on a line that climbs or falls, as no type does.

    Measured on 150 names in five cursive fonts, up to a degree askew: none does; of 240
    names by hand, drawn from -2 to 9 degrees, half do at 1.2 times, two in five at 1.35.
    """
    import numpy as np

    columns = np.flatnonzero(ink.any(axis=0))
    feet = ink.shape[0] - ink[::-1, columns].argmax(axis=0)
    shares: dict[float, float] = {}
    for degrees in np.arange(-_STEEPEST, _STEEPEST + _STEP / 2, _STEP):
        levelled = np.rint(feet + columns * np.tan(np.radians(degrees))).astype(int)
        shares[float(degrees)] = _on_one_line(levelled - levelled.min(), round(_ROUND_MM * mm))
    best = max(shares, key=lambda degrees: shares[degrees])
    straight = max(share for degrees, share in shares.items() if abs(degrees) <= _STRAIGHT)
    return abs(best) >= _LEANING and shares[best] > _BETTER * straight
