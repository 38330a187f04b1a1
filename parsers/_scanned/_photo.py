"""The sheet of paper in a photo: found by its edges, cut out, seen from straight above."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Any

from parsers._scanned import _pair, _sides
from parsers._scanned._raster import A4_LONG_INCHES, FINE_DPI, Raster, coarser, darkest, lightest, size_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

SHEET_DPI = (150.0, 170.0)
"""At which a sheet is laid out, at least and most: as fine as it was seen, for each pixel costs. Of the items
of forms photographed at 200 dots an inch 96.7 % are right at 200, 97.3 at 170, 96.8 at 165, 95.9 at 150 and
94.7 at 135; of those photographed at 150 94.4 % at 170 and 94.1 at 150.
"""
_LOOK_DPI = 50.0
"""At which a sheet is looked for: no letter is seen, and an edge is."""
_DARKER = 12
"""Of 255: how much darker than a sheet the ground is close by."""
_MOST = 40
"""Shapes between straight sides that are looked at."""
_ROOM, _AS_LIGHT = 0.75, 0.7
"""Of a sheet, how large the room beside it is where another lies, and how light, at least."""
_WRITTEN, _FEWEST_INK, _MOST_INK = 0.7, 0.005, 0.3
"""Of the light of paper, what is ink on it; and how much of a written sheet that is: bare ground has none."""
_RIM, _AROUND, _SOME = 1.01, 1.1, 8
"""Of a sheet's size, with the shade at its rim, and with some ground; of that one pixel in so many tells."""
_TILT = 1.35
"""How much longer one side of a sheet may look than the side across from it."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of a picture is one page."""

    raster: Raster
    middle: tuple[float, float]
    """Where it lay in the picture: pixels from the left, and from the top."""


def sheets(raster: Raster) -> list[Sheet]:
    """The sheet alone, where a photo shows what lies around it; two, where two lie there; else all of it.

    The second one is looked for once the first is painted over in the tone of the ground. Where it has no
    edges that are found, nothing is cut out: better two pages askew than one lost.
    """
    height, width = raster.rgb.shape[:2]
    whole = [Sheet(_no_finer(raster), (width / 2, height / 2))]
    corners = sheet(raster)
    if corners is None:
        return whole
    if pair := _pair.halves(raster.rgb, corners):
        alone = [sheet(_painted_over(raster, other)) for other in reversed(pair)]
        found = [half if own is None else own for own, half in zip(alone, pair, strict=True)]
        return [_laid_out(raster, _clockwise(each)) for each in found]
    if not _lies_beside_another(raster, corners):
        coarse = _no_finer(raster)
        return [_laid_out(coarse, corners * coarse.dpi / raster.dpi)]
    other = sheet(_painted_over(raster, corners))
    return whole if other is None else [_laid_out(raster, each) for each in (corners, other)]


def sheet(raster: Raster) -> Any:
    """The four corners of a bright sheet on a darker ground, clockwise from the top left; None without.

    Looked for between straight sides first, which a shadow or light ground hides only in part; then by what
    is brighter than a limit, of which a part may lie beyond the picture. A shadow makes a part of the sheet
    as dark as the ground: where what is bright has not a sheet's shape, darker limits are tried, and the
    darkest channel, in which wood is darker than paper in the shade. What has such a shape and ends in a
    shadow on one side is taken only where nothing ends at an edge on all four.
    """
    import cv2
    import numpy as np

    factor = _LOOK_DPI / raster.dpi
    pixels = coarser(raster.rgb, size_at(raster.rgb, factor))
    small = np.asarray(cv2.GaussianBlur(pixels, (5, 5), 0), np.uint8)
    light, found, cut, whole = lightest(small), [], [], []
    bare = np.asarray(cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8)))  # without letters
    if (corners := _between_sides(bare)) is not None:
        whole.append((float(np.mean(_steps(bare, corners) > _DARKER)), corners))
    for grey in (light, darkest(small)):
        for corners, steps in _shapes(grey):
            edges = int((np.median(steps, axis=1) > _DARKER).sum())
            if edges < 3:
                continue
            if not _is_like_a_sheet(corners, grey.shape):
                found.append(corners)
            elif edges == 4:
                whole.append((float(np.mean(steps > _DARKER)), corners))
            else:
                cut.append(corners)
    if whole:  # a shadow bites off a corner, lit ground adds one: that shape ends less often at an edge
        return _sides.sharpened(bare, max(whole, key=lambda each: each[0])[1]) / factor
    if cut:
        return cut[0] / factor
    largest = max(found, key=lambda each: cv2.contourArea(each.astype("float32")), default=None)
    return None if largest is None else largest / factor


def _lies_beside_another(raster: Raster, corners: Any) -> bool:
    """Whether the room on one side of a sheet is nearly as large, as light, and written on."""
    import numpy as np

    (left, top), (right, bottom) = corners.min(axis=0), corners.max(axis=0)
    height, width = raster.rgb.shape[:2]
    across, down = _ROOM * (right - left), _ROOM * (bottom - top)
    rooms = [
        (x0, y0, x1, y1)
        for x0, y0, x1, y1, is_large in (
            (0, top, left, bottom, left > across), (right, top, width, bottom, width - right > across),
            (left, 0, right, top, top > down), (left, bottom, right, height, height - bottom > down),
        )
        if is_large
    ]  # fmt: skip
    for room in rooms:
        own, other = _middle_of(raster, left, top, right, bottom), _middle_of(raster, *room)
        light = np.median(other)
        written = np.mean(other < _WRITTEN * light)
        if light > _AS_LIGHT * np.median(own) and _FEWEST_INK < written < _MOST_INK:
            return True
    return False


def _painted_over(raster: Raster, corners: Any) -> Raster:
    """A picture in which ground lies where a sheet lay."""
    import cv2
    import numpy as np

    middle = corners.mean(axis=0)
    over, around = (
        np.rint(middle + wider * (corners - middle)).astype(np.int32) for wider in (_RIM, _AROUND)
    )
    near = np.zeros(raster.rgb.shape[:2], np.uint8)
    cv2.fillPoly(near, [around], 255)
    cv2.fillPoly(near, [over], 0)
    ground = np.median(raster.rgb[::_SOME, ::_SOME][near[::_SOME, ::_SOME] > 0], axis=0)
    painted = raster.rgb.copy()
    cv2.fillPoly(painted, [over], ground.tolist())
    return replace(raster, rgb=painted)


def _middle_of(raster: Raster, x0: float, y0: float, x1: float, y1: float) -> Any:
    """The light of the middle of a part of a picture, every second pixel."""
    import numpy as np

    aside, over = (x1 - x0) / 6, (y1 - y0) / 6
    rows = slice(max(0, round(y0 + over)), round(y1 - over), 2)
    columns = slice(max(0, round(x0 + aside)), round(x1 - aside), 2)
    return lightest(np.ascontiguousarray(raster.rgb[rows, columns]))


def _between_sides(grey: Any) -> Any:
    """The corners of what has a sheet's shape between straight sides, and lies on ground; None without."""
    import numpy as np

    for corners in islice(_sides.quads(grey), _MOST):
        ends = bool((np.median(_steps(grey, corners), axis=1) > _DARKER).all())
        if ends and _is_like_a_sheet(corners, grey.shape) and _sides.lies_on_ground(grey, corners):
            return corners
    return None


def _shapes(grey: Any) -> Iterator[tuple[Any, Any]]:
    """What is bright and has four corners, with how the picture darkens beyond them; the brightest first."""
    import cv2

    limit, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
    if _is_light_around(grey, limit):
        return
    for share in (1.0, 0.85, 0.7):
        corners = _corners(grey, share * limit)
        if corners is not None:
            yield corners, _steps(grey, corners)


def _is_light_around(grey: Any, limit: float) -> bool:
    """Whether hardly anything at the rim is darker than the sheet: a scan has no ground."""
    import numpy as np

    rim = np.concatenate([grey[:3].ravel(), grey[-3:].ravel(), grey[:, :3].ravel(), grey[:, -3:].ravel()])
    return bool(np.mean(rim < limit) < 0.3)


def _corners(grey: Any, limit: float) -> Any:
    """Those of the largest area brighter than a limit, if it has four."""
    import cv2
    import numpy as np

    height, width = grey.shape
    _, bright = cv2.threshold(grey, limit, 255, cv2.THRESH_BINARY)
    bright = cv2.morphologyEx(bright, cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    bright = cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8))
    shapes, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    largest = max(shapes, key=cv2.contourArea, default=None)
    if largest is None or not 0.3 < cv2.contourArea(largest) / (width * height) < 0.97:
        return None
    hull = cv2.convexHull(largest)
    for share in (0.01, 0.02, 0.03, 0.05, 0.08):
        outline = cv2.approxPolyDP(hull, share * cv2.arcLength(hull, True), True)
        if len(outline) == 4 and cv2.contourArea(outline) > 0.9 * cv2.contourArea(hull):
            return _clockwise(outline.reshape(4, 2).astype(np.float64))
    return None


def _steps(grey: Any, corners: Any) -> Any:
    """How much darker it is close beyond each side of a shape, along it: where a shadow begins, hardly."""
    import numpy as np

    height, width = grey.shape
    middle = corners.mean(axis=0)
    found = []
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = start + np.linspace(0.1, 0.9, 24)[:, None] * (end - start)
        away = np.array([end[1] - start[1], start[0] - end[0]]) / max(np.linalg.norm(end - start), 1)
        away = away if np.dot(away, (start + end) / 2 - middle) > 0 else -away
        inside, outside = (
            grey[np.clip(at[:, 1], 0, height - 1), np.clip(at[:, 0], 0, width - 1)].astype(np.int16)
            for at in ((along + step * away).round().astype(int) for step in (-4, 4))
        )
        found.append(inside - outside)
    return np.array(found)


def _is_like_a_sheet(corners: Any, shape: tuple[int, int]) -> bool:
    """Whether four corners, seen a little from the side, are those of A4 or Letter, with ground around."""
    import numpy as np

    height, width = shape
    at_rim = [min(x, width - x) < 0.015 * width and min(y, height - y) < 0.015 * height for x, y in corners]
    if any(at_rim):  # the ground, where it is as light as the sheet
        return False
    top, right, bottom, left = np.linalg.norm(corners - np.roll(corners, -1, axis=0), axis=1)
    across, down = (top + bottom) / 2, (left + right) / 2
    even = max(top, bottom) < _TILT * min(top, bottom) and max(left, right) < _TILT * min(left, right)
    return bool(even and 1.2 < max(across, down) / min(across, down) < 1.7)


def _clockwise(corners: Any) -> Any:
    import numpy as np

    middle = corners.mean(axis=0)
    around = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(around)]
    return np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0)


def _no_finer(raster: Raster) -> Raster:
    """As fine as one page is looked at."""
    if raster.dpi <= FINE_DPI:
        return raster
    return replace(raster, rgb=coarser(raster.rgb, size_at(raster.rgb, FINE_DPI / raster.dpi)), dpi=FINE_DPI)


def _laid_out(raster: Raster, corners: Any) -> Sheet:
    """What lies within four corners, as large as A4, or as long."""
    import cv2
    import numpy as np

    first, second, third, fourth = corners
    across = max(np.linalg.norm(second - first), np.linalg.norm(third - fourth))
    down = max(np.linalg.norm(fourth - first), np.linalg.norm(third - second))
    seen = float(max(across, down)) / A4_LONG_INCHES * min(1.0, raster.seen_dpi / raster.dpi)
    dpi = min(raster.dpi, SHEET_DPI[1], max(SHEET_DPI[0], seen))
    long = A4_LONG_INCHES * dpi
    short = long / 2**0.5 if 1.2 < max(across, down) / min(across, down) < 1.6 else None
    factor = long / max(across, down)
    width = long if across > down else (short or across * factor)
    height = (short or down * factor) if across > down else long
    target = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    view = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    flat = cv2.warpPerspective(
        raster.rgb,
        view,
        (round(width), round(height)),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    x, y = corners.mean(axis=0)
    return Sheet(Raster(flat, dpi), (float(x), float(y)))  # type: ignore[arg-type]
