"""Which pixels of a page are ink, at one scale and without its ruled lines: from a picture to a mask.

The page is flattened (darkest channel over its own background, so that blue and red ink and the shaded
side of a photo count as well as black on white), thresholded, and rid of ruled lines by an opening with
long thin elements (Serra, *Image Analysis and Mathematical Morphology*, 1982); strokes that cross a rule
are kept by closing the gap upright. In a mask, ink is 255.
"""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from data.model import Box
from parsers._scanned._raster import Raster, boxes_around, coarser, components, darkest, size_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

DPI = 150.0
"""At which everything is measured: a pen's line is two to four pixels wide."""
MM = DPI / 25.4
_FAINT, _STRONG = 26, 52
"""Darkness, of 255, at which a pixel may be ink; and that the heart of every stroke reaches."""
_RULE_MM = 16.0
_RULE_THICK_MM = 1.1
_SHADE_MM, _SOLID_MM, _EDGE_MM, _SPECKS_MM = 16.0, 1.7, 1.0, 1.2
"""Of the shade at a page's edges: how far it reaches in, how thick it is somewhere, how close to the edge
that begins, and how far apart the specks lie in which it ends."""
_ACROSS, _FOLD_MM, _BESIDE_MM = 0.5, 1.6, 20.0
"""Of the width of a page, how far the shade of a fold goes at least; how thick it is; and how far beside a
place it is as dark."""
_STREAK_MM, _STEP_MM, _SLANT = 60.0, 4.0, 0.04
"""Of a line down the page: how long, in steps of what length, and how far it leans, at most."""
_BROKEN_MM, _MOST_OF_PAGE = 14.0, 0.6
"""Of one in pieces: how far apart they are, and how much of the page it crosses at least."""


def at_scale(raster: Raster) -> "Grey":
    """The picture in colour, at `DPI`."""
    import cv2
    import numpy as np

    if raster.dpi == DPI:
        return raster.rgb
    scale = DPI / raster.dpi
    size = (max(1, round(raster.rgb.shape[1] * scale)), max(1, round(raster.rgb.shape[0] * scale)))
    method = cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR
    return np.asarray(cv2.resize(raster.rgb, size, interpolation=method), np.uint8)


def framed(rgb: "Grey") -> "Grey":
    """With white around: a picture that was cut close touches its own edges."""
    import cv2
    import numpy as np

    return np.asarray(cv2.copyMakeBorder(rgb, 12, 12, 12, 12, cv2.BORDER_REPLICATE), np.uint8)


def inked(rgb: "Grey") -> "Grey":
    """Pixels clearly darker, in some channel, than the paper around them; 255 where they are."""
    return _dark(_in_even_light(rgb))


def inked_on_page(rgb: "Grey") -> "Grey":
    """The same of a whole page, without the shade of folds and at its edges."""
    return _without_shade(_dark(_without_folds(_without_folds(_in_even_light(rgb)).T).T))


def _in_even_light(rgb: "Grey") -> "Grey":
    """The darkest channel over its own background."""
    import cv2
    import numpy as np

    dark = darkest(rgb)
    tiny = coarser(dark, size_at(dark, 0.25))
    paper = cv2.medianBlur(cv2.dilate(tiny, np.ones((9, 9), np.uint8)), 21)
    paper = cv2.resize(paper, dark.shape[::-1], interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(dark, np.maximum(paper, 1), scale=255), np.uint8)


def _dark(light: "Grey") -> "Grey":
    """What is strongly darker than most, with what is faintly so around it."""
    import cv2
    import numpy as np

    depth = np.asarray(cv2.bitwise_not(light), np.uint8)
    usual, noise = _spread(depth[::3, ::3])
    faint = usual + max(_FAINT, 4.5 * 1.48 * noise)
    strong = max(_STRONG, faint + 12)
    may = np.asarray(cv2.threshold(depth, math.floor(faint), 1, cv2.THRESH_BINARY)[1], np.uint8)
    _, labels = cv2.connectedComponents(may, connectivity=8)
    at, ink = np.flatnonzero(may.view(bool)), np.zeros_like(depth)
    own = labels.ravel()[at]  # a tenth of the page
    kept = np.zeros(int(own.max(initial=0)) + 1, np.uint8)
    kept[own[depth.ravel()[at] > math.floor(strong)]] = 255
    ink.ravel()[at] = kept[own]
    return ink


def _without_folds(light: "Grey") -> "Grey":
    """A page in even light without the shade of a fold across it, in which most of a row lies.

    A rule is thinner, and strokes that cross one are mended elsewhere.
    """
    import cv2
    import numpy as np

    dark = np.count_nonzero(light < 255 - _FAINT, axis=1) > _ACROSS * light.shape[1]
    high = round(_FOLD_MM * MM)
    thick = cv2.morphologyEx(dark.astype(np.uint8)[:, None], cv2.MORPH_OPEN, np.ones((high, 1), np.uint8))
    if not np.any(thick):
        return light
    rows = np.flatnonzero(cv2.dilate(thick, np.ones((2 * high + 1, 1), np.uint8))[:, 0])
    band = light[rows]
    edges = np.linspace(0, band.shape[1], 2 + round(band.shape[1] / (_BESIDE_MM * MM))).astype(int)
    shade = np.stack([np.median(band[:, x0:x1], axis=1) for x0, x1 in pairwise(edges)], axis=1)
    shade = cv2.resize(shade.astype(np.float32), band.shape[::-1], interpolation=cv2.INTER_LINEAR)
    flat = np.ascontiguousarray(light)
    flat = flat.copy() if flat is light else flat
    flat[rows] = np.clip(255.0 * band / np.maximum(shade, 1), 0, 255).astype(np.uint8)
    return flat


def _spread(depth: "Grey") -> tuple[float, float]:
    """The median, and that of how far from it the rest is."""
    import numpy as np

    counts = np.bincount(depth.ravel(), minlength=256)
    usual = int(_median(counts))
    off = np.bincount(np.abs(np.arange(256) - usual), counts, minlength=256)
    return float(usual), _median(off)


def _median(counts: Any) -> float:
    """Of so many of each number, as NumPy's of all of them would be, which takes longer."""
    import numpy as np

    upto = np.cumsum(counts)
    return float(np.mean(np.searchsorted(upto, [(upto[-1] - 1) // 2, upto[-1] // 2], side="right")))


def _without_shade(mask: "Grey") -> "Grey":
    """Ink without the shade at the edges of a page: what is solid there, and the specks in which it ends.

    A scanner's lid that stood open, a hand's shadow that was made black and white: no pen fills so much.
    """
    import cv2
    import numpy as np

    rim = np.zeros_like(mask)
    near = round(_SHADE_MM * MM)
    rim[:near] = rim[-near:] = rim[:, :near] = rim[:, -near:] = 255
    side, edge = round(_SOLID_MM * MM), round(_EDGE_MM * MM)
    solid = np.asarray(cv2.morphologyEx(mask & rim, cv2.MORPH_OPEN, np.ones((side, side), np.uint8)))
    ends = [
        np.flatnonzero(each) for each in (solid[edge], solid[-edge - 1], solid[:, edge], solid[:, -edge - 1])
    ]
    if not any(map(len, ends)):
        return mask
    reach = np.ones((round(_SPECKS_MM * MM), round(_SPECKS_MM * MM)), np.uint8)
    joined = np.asarray(cv2.dilate(mask & rim, reach), np.uint8) & rim
    _, labels = cv2.connectedComponents(joined, connectivity=8)
    top, bottom, left, right = ends
    own = {*labels[edge, top], *labels[-edge - 1, bottom], *labels[left, edge], *labels[right, -edge - 1]}
    return np.where(np.isin(labels, list(own)), np.uint8(0), mask)


def without_rules(mask: "Grey", rules: Sequence[Box]) -> "Grey":
    """Ruled lines taken out, and strokes that cross them mended."""
    import cv2
    import numpy as np

    ruled = np.zeros_like(mask)
    for shape in ((1, round(_RULE_MM * MM)), (round(_RULE_MM * MM), 1)):
        lines = cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(shape, np.uint8))
        if not cv2.countNonZero(lines):
            continue
        outlines, _ = cv2.findContours(lines, cv2.RETR_LIST, cv2.CHAIN_APPROX_SIMPLE)
        across = shape[0] == 1
        if all(cv2.boundingRect(line)[3 if across else 2] <= _RULE_THICK_MM * MM + 1 for line in outlines):
            ruled |= np.asarray(lines, np.uint8)
            continue
        _, labels, stats, _ = cv2.connectedComponentsWithStats(lines, connectivity=8)
        thin = stats[:, cv2.CC_STAT_HEIGHT if across else cv2.CC_STAT_WIDTH] <= _RULE_THICK_MM * MM + 1
        thin[0] = False
        ruled |= np.where(thin, np.uint8(255), np.uint8(0))[labels]
    for box in rules:
        x0, top, x1, bottom = (round(v * DPI / 72) for v in (box.x0, box.top, box.x1, box.bottom))
        if min(x1 - x0, bottom - top) <= 2 * MM:
            ruled[max(top - 1, 0) : bottom + 2, max(x0 - 1, 0) : x1 + 2] = 255
    ruled |= _streaks(mask)
    ruled = np.asarray(cv2.dilate(ruled, np.ones((3, 3), np.uint8)), np.uint8) & mask
    rest = mask & ~ruled
    mended = np.asarray(cv2.morphologyEx(rest, cv2.MORPH_CLOSE, np.ones((9, 1), np.uint8)), np.uint8) & ruled
    return np.asarray(rest | mended, np.uint8)


def _streaks(mask: "Grey") -> "Grey":
    """Lines down or across the page that are not quite straight: of a dirty scanner, or of a fold.

    Where it crosses rows of dots or of words, a streak is broken: then it goes down most of the page.
    """
    import cv2
    import numpy as np

    found = np.zeros_like(mask)
    for side in (0, 1):
        shape, near, far = ([1, 1], [3, 3], [3, 3])
        shape[1 - side], far[1 - side] = round(_STEP_MM * MM), round(_BROKEN_MM * MM)
        steps = np.asarray(cv2.morphologyEx(mask, cv2.MORPH_OPEN, np.ones(shape, np.uint8)), np.uint8)
        most = max(_STREAK_MM * MM, _MOST_OF_PAGE * mask.shape[1 - side])
        for reach, shortest in ((near, _STREAK_MM * MM), (far, most)):
            joined = np.asarray(cv2.dilate(steps, np.ones(reach, np.uint8)), np.uint8)
            found |= _long_and_thin(joined, shortest) & steps
    return found


def _long_and_thin(joined: "Grey", shortest: float) -> "Grey":
    """Where the parts that may be a streak are: looked for each in its own box, for they are few."""
    import numpy as np

    found = np.zeros_like(joined)
    for x, y, w, h in boxes_around(joined):
        along, aside = max(w, h), min(w, h)
        if along <= shortest or aside >= _RULE_THICK_MM * MM + _SLANT * along:
            continue
        window = slice(y, y + h), slice(x, x + w)
        labels, stats = components(joined[window])
        own = int(np.flatnonzero((stats[1:, 2] == w) & (stats[1:, 3] == h))[0]) + 1
        if stats[own, 4] < (_RULE_THICK_MM * MM + 3) * along:
            found[window][labels == own] = 255
    return found
