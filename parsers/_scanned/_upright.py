"""A page as it should lie: the sheet cut out of a photo, evenly lit, the right way up, its lines level.

Tried and left: Hough lines (5 to 28 seconds on noise), division by the background for every page (harms
clean scans below 200 dpi), a median filter (harms below 300 dpi).
"""

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, Any

from parsers import _ocr
from parsers._scanned import _lie, _photo
from parsers._scanned._raster import Raster, coarser, components, darkest, lightest, size_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_LETTERS = 40
"""Fewer letters say nothing of how a page lies."""
COLOUR_DPI = 150.0
"""Fine enough for colours and for ink, and a quarter of the pixels."""
_ODD, _CHROMA = 99.99, 24
"""Percentile of a page's pixels, and how far from grey it is where anything is coloured."""


@dataclass(frozen=True, slots=True)
class Parts:
    """What holds together on a page: each pixel's part, and of each part OpenCV's box and area."""

    black: "Pixels"
    """255 where something is written."""
    labels: Any
    stats: Any


@dataclass(frozen=True)
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

    @cached_property
    def black(self) -> "Pixels":
        """255 where something is written or drawn, a pen's marks too. Many look at it, none changes it."""
        return dark(self.grey)

    @cached_property
    def is_coloured(self) -> bool:
        """Whether anything on it has a colour, but for a few odd pixels."""
        import numpy as np

        seen = np.ascontiguousarray(self.raster.rgb[::3, ::3])
        return bool(np.percentile(lightest(seen) - darkest(seen), _ODD) > _CHROMA)

    @cached_property
    def held(self) -> Parts:
        """The parts of that."""
        return parts(self.black)


def upright(raster: Raster) -> Upright:
    """Put a page right, by what can be seen without reading it. It may still stand on its head.

    Two sheets in one photo are put right each by itself, and are one long page, in the order of reading.
    """
    sheets = _photo.sheets(raster)
    pages = [_alone(sheet.raster) for sheet in sheets]
    if len(pages) == 1:
        return pages[0]
    turn = pages[0].turned
    sheets_in_order = sorted(zip(sheets, pages, strict=True), key=lambda pair: _along(pair[0].middle, turn))
    return _one_below_the_other([page for _, page in sheets_in_order])


def _along(middle: tuple[float, float], turn: int) -> float:
    """How far right or down something lies once a picture is turned clockwise by so many degrees."""
    x, y = middle
    return {0: x + y, 90: x - y, 180: -x - y, 270: y - x}[turn]


def _one_below_the_other(pages: list[Upright]) -> Upright:
    finest = max(pages, key=lambda page: page.dpi)
    rasters = [page.raster for page in pages]
    dpi = max(raster.dpi for raster in rasters)
    return replace(
        finest,
        raster=Raster(_below([_resized(each.rgb, dpi / each.dpi) for each in rasters]), dpi),
        grey=_below([_resized(page.grey, finest.dpi / page.dpi) for page in pages]),
        shadowed=any(page.shadowed for page in pages),
    )


def _below(pictures: list["Pixels"]) -> "Pixels":
    """One picture of several, each as wide as the widest."""
    import cv2
    import numpy as np

    wide = max(each.shape[1] for each in pictures)
    padded = [
        cv2.copyMakeBorder(each, 0, 0, 0, wide - each.shape[1], cv2.BORDER_REPLICATE) for each in pictures
    ]
    return np.vstack(padded)


def _alone(raster: Raster) -> Upright:
    """One sheet, or a page that fills its picture."""
    colour = _coarse(raster)
    lit, small, dpi, turn = _grey(raster), _grey(colour), raster.dpi, 0
    light = _shadow(small, colour.dpi)
    if light is not None:
        lit, small = _evenly(lit, light), _evenly(small, light)
    letters = _letters(small, colour.dpi)
    if len(letters) >= _LETTERS and (turn := _turn(lit, dpi, letters)):
        colour, lit = turned(colour, turn), _rotated(lit, turn)
        letters = _letters(_rotated(small, turn), colour.dpi)
    if len(letters) >= _LETTERS and (lie := _lie.lie(letters, colour.rgb.shape[:2])) is not None:
        colour, lit = replace(colour, rgb=_lie.levelled(colour.rgb, lie)), _lie.levelled(lit, lie)
    return Upright(colour, lit, dpi, light is not None, turn)


def _coarse(raster: Raster) -> Raster:
    """The copy of which everything is measured that needs no letters: how a page lies, its light, its ink."""
    if raster.dpi <= COLOUR_DPI:
        return raster
    size = size_at(raster.rgb, COLOUR_DPI / raster.dpi)
    return Raster(coarser(raster.rgb, size, between=True), COLOUR_DPI)


def _grey(raster: Raster) -> "Pixels":
    import cv2

    return cv2.cvtColor(raster.rgb, cv2.COLOR_RGB2GRAY)  # type: ignore[return-value]


def _turn(grey: "Pixels", dpi: float, letters: Any) -> int:
    """By how much a page must be turned that seems to lie on its side, or that is wider than high.

    Narrow columns of short words may seem to lie so, too; and may hide that the page does.
    """
    on_its_side = _lie.is_on_its_side(letters)
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


def parts(black: "Pixels") -> Parts:
    """The parts of what is written; the first one is the paper."""
    return Parts(black, *components(black))


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


def _letters(grey: "Pixels", dpi: float) -> Any:
    """Boxes of what has the size of a letter: x, y, width, height, one a row."""
    import numpy as np

    _, boxes = components(dark(grey))
    width, height, size = boxes[:, 2], boxes[:, 3], np.maximum(boxes[:, 2], boxes[:, 3])
    points = dpi / 72
    letters = (size > 3 * points) & (size < 20 * points) & (np.minimum(width, height) > 0.6 * points)
    found = boxes[letters][:, :4].astype(np.float64)
    return found[:: max(1, len(found) // 2000)]
