"""A page as it should lie: the sheet cut out of a photo, evenly lit, the right way up, its lines level.

Tried and left: Hough lines (5 to 28 seconds on noise), division by the background for every page (harms
clean scans below 200 dpi), a median filter (harms below 300 dpi).
"""

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from parsers import _ocr
from parsers._raster import A4_LONG_INCHES, Raster, coarser, components, darkest, lightest, size_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_STEEPEST = 12.0
"""Degrees: a sheet that lies more askew is not straightened."""
_LEVEL = 0.08
"""Degrees: less is a tenth of a letter's height over a page."""
_LETTERS = 40
"""Fewer letters say nothing of how a page lies."""


_DARKER = 12
"""Of 255: how much darker than a sheet the ground is close by."""
_TILT = 1.35
"""How much longer one side of a sheet may look than the side across from it."""
COLOUR_DPI = 150.0
"""Fine enough for colours and for ink, and a quarter of the pixels."""


@dataclass(frozen=True, slots=True)
class Upright:
    """A page put right."""

    raster: Raster
    """In colour, at `COLOUR_DPI` at most."""
    grey: "Pixels"
    """For words: evenly lit, as fine as the page was given."""
    dpi: float
    """Of `grey`."""
    shadowed: bool
    """Whether shadows were taken out for that."""
    turned: int
    """Degrees clockwise by which it was turned."""


def upright(raster: Raster) -> Upright:
    """Put a page right, by what can be seen without reading it. It may still stand on its head."""
    corners = _sheet(raster)
    if corners is not None:
        raster = _cut_out(raster, corners)
    colour = _coarse(raster)
    lit, small, dpi, turn = _grey(raster), _grey(colour), raster.dpi, 0
    light = _shadow(small, colour.dpi)
    if light is not None:
        lit, small = _evenly(lit, light), _evenly(small, light)
    letters = _letters(small, colour.dpi)
    if len(letters) >= _LETTERS and (turn := _turn(lit, dpi, letters)):
        colour, lit = turned(colour, turn), _rotated(lit, turn)
        letters = _letters(_rotated(small, turn), colour.dpi)
    askew = _askew(letters) if len(letters) >= _LETTERS else 0.0
    if abs(askew) >= _LEVEL:
        colour, lit = replace(colour, rgb=_levelled(colour.rgb, askew)), _levelled(lit, askew)
    return Upright(colour, lit, dpi, light is not None, turn)


def _coarse(raster: Raster) -> Raster:
    """The copy of which everything is measured that needs no letters: how a page lies, its light, its ink."""
    if raster.dpi <= COLOUR_DPI:
        return raster
    return Raster(_resized(raster.rgb, COLOUR_DPI / raster.dpi), COLOUR_DPI)


def _grey(raster: Raster) -> "Pixels":
    import cv2

    return cv2.cvtColor(raster.rgb, cv2.COLOR_RGB2GRAY)  # type: ignore[return-value]


def _turn(grey: "Pixels", dpi: float, letters: Any) -> int:
    """By how much a page must be turned that seems to lie on its side, or that is wider than high.

    Narrow columns of short words may seem to lie so, too; and may hide that the page does.
    """
    on_its_side = _is_on_its_side(letters)
    if not on_its_side and grey.shape[1] <= grey.shape[0]:
        return 0
    turn = _ocr.turned(_for_orientation(grey, dpi))
    return turn if turn is not None else 90 if on_its_side else 0


def on_its_head(page: Upright) -> Upright:
    """The same page, turned by half."""
    turn = (page.turned + 180) % 360
    return replace(page, raster=turned(page.raster, 180), grey=_rotated(page.grey, 180), turned=turn)


def stands_on_its_head(page: Upright) -> bool:
    """Whether the shapes of its letters say so: half a second, asked where little could be read."""
    return _ocr.turned(_for_orientation(page.grey, page.dpi)) == 180


def turned(raster: Raster, degrees: int) -> Raster:
    """Turned clockwise by 90, 180 or 270 degrees."""
    return replace(raster, rgb=_rotated(raster.rgb, degrees))


def _rotated(pixels: "Pixels", degrees: int) -> "Pixels":
    import cv2

    turns = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}
    return cv2.rotate(pixels, turns[degrees]) if degrees in turns else pixels  # type: ignore[return-value]


def _for_orientation(grey: "Pixels", dpi: float) -> "Pixels":
    """Coarser, since it costs by the pixel and 200 dpi are enough."""
    return _resized(grey, 200 / dpi) if dpi > 220 else grey


def _resized(pixels: "Pixels", factor: float) -> "Pixels":
    return coarser(pixels, size_at(pixels, factor))


def dark(grey: "Pixels") -> "Pixels":
    """Where something is written: 255; paper: 0."""
    import cv2

    limit, black = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY_INV | cv2.THRESH_OTSU)
    if limit > 225:  # an empty page: what is left of it is the paper's own grain
        _, black = cv2.threshold(grey, 200, 255, cv2.THRESH_BINARY_INV)
    return black  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Parts:
    """What holds together on a page: each pixel's part, and of each part OpenCV's box and area."""

    labels: Any
    stats: Any


def parts(black: "Pixels") -> Parts:
    """The parts of what is written; the first one is the paper."""
    return Parts(*components(black))


def sized(held: Parts, size: float, wide: tuple[float, float], high: tuple[float, float]) -> list[int]:
    """The numbers of the parts that are so wide and high, in sizes of the type."""
    import numpy as np

    _, _, w, h, _ = held.stats.T
    may = (w > wide[0] * size) & (w < wide[1] * size) & (h > high[0] * size) & (h < high[1] * size)
    may[0] = False
    return [int(label) for label in np.flatnonzero(may)]


# ---------------------------------------------------------------- light


def _shadow(grey: "Pixels", dpi: float) -> Any:
    """How light falls on the paper, coarsely; None where it is even: a scanner's light is left alone."""
    import cv2
    import numpy as np

    tiny = _resized(grey, 40 / dpi)
    ground = cv2.medianBlur(cv2.dilate(tiny, np.ones((9, 9), np.uint8)), 9)
    low, high = np.percentile(_margins(ground), (4, 96))
    return None if high - low < 0.12 * high else np.maximum(cv2.GaussianBlur(ground, (0, 0), 3), 30)


def _evenly(grey: "Pixels", light: Any) -> "Pixels":
    """The page as if the light had been even."""
    import cv2

    return cv2.divide(grey, cv2.resize(light, (grey.shape[1], grey.shape[0])), scale=245)  # type: ignore[return-value]


def _margins(ground: Any) -> Any:
    """The rim of a page, where a shadow falls and no cell is shaded; its outermost edge is the scanner's."""
    import numpy as np

    height, width = ground.shape
    edge, rim = max(2, height // 60), max(6, height // 16)
    inner = ground[edge : height - edge, edge : width - edge]
    return np.concatenate(
        [inner[:rim].ravel(), inner[-rim:].ravel(), inner[:, :rim].ravel(), inner[:, -rim:].ravel()]
    )


# ---------------------------------------------------------------- how the lines lie


def _letters(grey: "Pixels", dpi: float) -> Any:
    """Boxes of what has the size of a letter: x, y, width, height, one a row."""
    import numpy as np

    _, boxes = components(dark(grey))
    width, height, size = boxes[:, 2], boxes[:, 3], np.maximum(boxes[:, 2], boxes[:, 3])
    points = dpi / 72
    letters = (size > 3 * points) & (size < 20 * points) & (np.minimum(width, height) > 0.6 * points)
    found = boxes[letters][:, :4].astype(np.float64)
    return found[:: max(1, len(found) // 2000)]


def _is_on_its_side(letters: Any) -> bool:
    """Whether feet of letters stand in columns, and not on lines."""
    import numpy as np

    x, y, width, height = letters.T
    size = float(np.median(np.maximum(width, height)))
    level = _sharpness(x + width / 2, y + height, size)[0]
    down = _sharpness(y + height / 2, x + width, size)[0]
    up = _sharpness(y + height / 2, x, size)[0]
    return max(down, up) > 1.3 * level


def _askew(letters: Any) -> float:
    """By how many degrees the lines rise to the right."""
    import numpy as np

    x, y, width, height = letters.T
    size = float(np.median(height))
    _, angle = _sharpness(x + width / 2, y + height, size)
    return angle


def _sharpness(along: Any, feet: Any, size: float) -> tuple[float, float]:
    """How sharply feet fall on lines, at the angle at which they do so best; and that angle.

    Lines of feet make a comb: the sum of squares of its counts is largest where it stands level.
    """
    import numpy as np

    best, at = 0.0, 0.0
    for reach, step in ((_STEEPEST, 0.5), (0.5, 0.1), (0.1, 0.02)):
        middle = at
        for angle in np.arange(middle - reach, middle + reach + step / 2, step):
            level = feet + along * np.tan(np.radians(angle))
            counts = np.bincount(((level - level.min()) / max(size / 6, 1)).astype(np.int64))
            sharp = float((counts.astype(np.float64) ** 2).sum()) / len(feet)
            if sharp > best:
                best, at = sharp, float(angle)
    return best, at


def _levelled(pixels: "Pixels", degrees: float) -> "Pixels":
    import cv2

    height, width = pixels.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return cv2.warpAffine(
        pixels, turn, (width, height), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )  # type: ignore[return-value]


# ---------------------------------------------------------------- the sheet in a photo


def _cut_out(raster: Raster, corners: Any) -> Raster:
    """The sheet of paper alone, seen from straight above, where a photo shows what lies around it."""
    import cv2
    import numpy as np

    first, second, third, fourth = corners
    across = max(np.linalg.norm(second - first), np.linalg.norm(third - fourth))
    down = max(np.linalg.norm(fourth - first), np.linalg.norm(third - second))
    dpi = raster.dpi
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
    return Raster(flat, dpi)  # type: ignore[arg-type]


def _sheet(raster: Raster) -> Any:
    """The four corners of a bright sheet on a darker ground, clockwise from the top left; None without.

    A shadow makes a part of the sheet as dark as the ground: where what is bright has not a sheet's shape,
    darker limits are tried, and the darkest channel, in which wood is darker than paper in the shade. What
    has such a shape and ends in a shadow on one side is taken only where nothing ends at an edge on all four.
    """
    import cv2
    import numpy as np

    factor = 50 / raster.dpi
    small = np.asarray(cv2.GaussianBlur(_resized(raster.rgb, factor), (5, 5), 0), np.uint8)
    found, cut = [], []
    for grey in (lightest(small), darkest(small)):
        limit, _ = cv2.threshold(grey, 0, 255, cv2.THRESH_BINARY | cv2.THRESH_OTSU)
        if _is_light_around(grey, limit):
            continue
        for share in (1.0, 0.85, 0.7):
            corners = _corners(grey, share * limit)
            edges = 0 if corners is None else _edges(grey, corners)
            if edges < 3:
                continue
            if not _is_like_a_sheet(corners, grey.shape):
                found.append(corners)
            elif edges == 4:
                return corners / factor
            else:
                cut.append(corners)
    if cut:
        return cut[0] / factor
    largest = max(found, key=lambda each: cv2.contourArea(each.astype("float32")), default=None)
    return None if largest is None else largest / factor


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


def _edges(grey: Any, corners: Any) -> int:
    """Beyond how many sides of a shape the picture darkens at once: where a shadow begins it does not."""
    import numpy as np

    height, width = grey.shape
    middle = corners.mean(axis=0)
    sharp = 0
    for start, end in zip(corners, np.roll(corners, -1, axis=0), strict=True):
        along = start + np.linspace(0.1, 0.9, 24)[:, None] * (end - start)
        away = np.array([end[1] - start[1], start[0] - end[0]]) / max(np.linalg.norm(end - start), 1)
        away = away if np.dot(away, (start + end) / 2 - middle) > 0 else -away
        inside, outside = (
            grey[np.clip(at[:, 1], 0, height - 1), np.clip(at[:, 0], 0, width - 1)].astype(np.int16)
            for at in ((along + step * away).round().astype(int) for step in (-4, 4))
        )
        sharp += bool(np.median(inside - outside) > _DARKER)
    return sharp


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
