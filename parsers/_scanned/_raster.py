"""The image of a page: what everything that looks at pixels works on. Always a copy, never the original."""

import io
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from data.errors import Unreadable
from data.model import Box, UnreadReason

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray
    from PIL import Image

A4_LONG_INCHES = 297 / 25.4
FINE_DPI = 200
"""Finer pictures of a page are made coarser. Measured on type of 7 to 11 points, clean and noisy: of a scan
of 300 dpi as many words are read at 200 as at 240 (within 0.2 %), for a tenth less time; as it is, for a
quarter more than at 200."""
PAIR_DPI = FINE_DPI * 2**0.5
"""As fine are two pages of A4 side by side in a picture whose longer side is told as one's."""
COARSE_DPI = 180
"""Coarser ones are enlarged: what small letters lose first is their accents."""
LEAST_DPI = 60
"""A picture that makes no A4 page of so many dots per inch is no page: a logo, a thumbnail, a dot that counts
who reads. Letters of 11 points are nine dots high there, and less than that nobody reads."""
LEAST_INCHES = 2
"""On a side: what is smaller lies on white paper of that size, so that whoever looks for rules and shadows
finds a page around it."""
_ORIENTATION, _ON_ITS_SIDE = 0x0112, {5, 6, 7, 8}
"""The EXIF tag that says how the camera was held, and what it says of a picture that lies on its side."""
_LITTLE = 1.2
"""Times as many dots: so much coarser, each is of two neighbours, whichever way it is made."""
MAX_PIXELS = 120_000_000
MAX_FRAMES = 500
_LAYER = 0.05
"""Of a page: how much a picture on it covers that may be what is printed there."""
_PAPER = (5.0, 14.5)
"""Inches: between a small booklet and A3, a resolution that a file claims is believed."""


@dataclass(frozen=True, slots=True)
class Raster:
    """A page's image, upright and straightened."""

    rgb: "NDArray[np.uint8]"
    """Height × width × 3."""
    dpi: float
    """Pixels per inch; of a photo, as if the page were A4."""
    seen_dpi: float = math.inf
    """How many a scanner or a camera saw, where that is known: what is finer was made so."""

    def box(self, x0: float, top: float, x1: float, bottom: float) -> Box:
        """Pixels as a box in points."""
        scale = 72 / self.dpi
        return Box(x0 * scale, top * scale, x1 * scale, bottom * scale)


def darkest(rgb: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """Of each pixel the darkest channel, in which coloured ink is as dark as black.

    NumPy's own smallest of three takes twenty times as long.
    """
    import cv2

    red, green, blue = cv2.split(rgb)
    return cv2.min(cv2.min(red, green), blue)  # type: ignore[return-value] # cv2's wide types


def lightest(rgb: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """Of each pixel the lightest channel."""
    import cv2

    red, green, blue = cv2.split(rgb)
    return cv2.max(cv2.max(red, green), blue)  # type: ignore[return-value] # cv2's wide types


def coarser(
    pixels: "NDArray[np.uint8]", size: tuple[int, int], *, between: bool = False
) -> "NDArray[np.uint8]":
    """Smaller, so many pixels wide and high: halved as often as may be, the rest by the mean over areas.

    Args:
        between: where the rest is less than a fifth, between neighbours instead, in a fifth of the time.
            Enough for what is looked at for lines and colours; of letters on poor scans one item in a hundred
            more is lost, and of lines on scans of 200 dots an inch, a quarter coarser, one in five hundred.
    """
    import cv2
    import numpy as np

    while pixels.shape[1] >= 2 * size[0] and pixels.shape[0] >= 2 * size[1]:
        half = cv2.resize(pixels, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
        pixels = np.asarray(half, np.uint8)
    if pixels.shape[1::-1] == size:
        return pixels
    is_little = pixels.shape[1] < _LITTLE * size[0]
    method = cv2.INTER_LINEAR if between and is_little else cv2.INTER_AREA
    return np.asarray(cv2.resize(pixels, size, interpolation=method), np.uint8)


def size_at(pixels: "NDArray[np.uint8]", factor: float) -> tuple[int, int]:
    """Width and height of a picture made so many times as large."""
    height, width = pixels.shape[:2]
    return max(1, round(width * factor)), max(1, round(height * factor))


def components(black: "NDArray[np.uint8]") -> tuple[Any, Any]:
    """Each pixel's part; and of each, left, top, width, height and area, a row each, the first of the paper.

    OpenCV measures pixel by pixel, which takes twice as long as to part them; here it is done run by run.

    Args:
        black: 255 where something is, 0 elsewhere.
    """
    import cv2
    import numpy as np

    count, labels = cv2.connectedComponentsWithAlgorithm(black, 8, cv2.CV_32S, cv2.CCL_BBDT)
    height, width = black.shape
    rows = np.asarray(cv2.copyMakeBorder(black, 0, 0, 1, 1, cv2.BORDER_CONSTANT)).ravel()
    ends = np.flatnonzero(rows[1:] != rows[:-1])
    begun, long = ends[::2], ends[1::2] - ends[::2]
    y = begun // (width + 2)
    x = begun - y * (width + 2)
    own = np.asarray(labels)[y, x]
    left, top, right, bottom = np.full(count, width), np.full(count, height), *np.zeros((2, count), np.int64)
    for sides, side in ((left, x), (top, y)):
        np.minimum.at(sides, own, side)
    for sides, side in ((right, x + long), (bottom, y + 1)):
        np.maximum.at(sides, own, side)
    area = np.bincount(own, long, count)
    left[0], top[0], right[0], bottom[0], area[0] = 0, 0, width, height, black.size - area.sum()
    return labels, np.stack([left, top, right - left, bottom - top, area], axis=1).astype(np.int32)


def boxes_around(black: "NDArray[np.uint8]") -> list[tuple[int, int, int, int]]:
    """Left, top, width and height of what holds together: the way that is short where little is black."""
    import cv2

    outlines, above = cv2.findContours(black, cv2.RETR_CCOMP, cv2.CHAIN_APPROX_SIMPLE)
    whole = [outlines[at] for at in range(len(outlines)) if above[0, at, 3] < 0]  # the others are of holes
    found = [tuple(map(int, cv2.boundingRect(outline))) for outline in whole]
    return sorted(((x, y, w, h) for x, y, w, h in found), key=lambda box: (box[1], box[0]))


# ---------------------------------------------------------------- a page of a PDF


def of_pdf(content: bytes, number: int) -> Raster:
    """A page of a PDF, drawn as fine as the picture that fills it."""
    import numpy as np
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(content)
    try:
        page = pdf[number - 1]
        width, height = page.get_size()
        if not 0.05 < width / max(height, 1.0) < 20:
            raise Unreadable(UnreadReason.TOO_LARGE, "page de forme inhabituelle")
        inches = _believed(max(width, height) / 72)
        native = _native_dpi(page) * max(width, height) / 72 / inches
        dpi = _chosen(native)
        scale = dpi * inches / max(width, height)
        drawn = page.render(scale=scale, rev_byteorder=True).to_numpy()
        rgb = np.ascontiguousarray(drawn[:, :, :3]) if drawn.ndim == 3 else _in_colour(drawn)
        return _on_paper(rgb, dpi, native)
    finally:
        pdf.close()


def _native_dpi(page: Any) -> float:
    """Of the pictures on a page; letters that are drawn have no end of dots.

    A copier that makes small files lays ink over a coarse picture of the paper: finer pictures of it, or one
    as large as the page, through a mask whose dots nobody tells.
    """
    import pypdfium2.raw as raw

    width, height = page.get_size()
    seen = []
    for thing in page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=3):
        left, bottom, right, top = thing.get_bounds()
        across, down = thing.get_px_size()
        area = max((right - left) * (top - bottom), 1.0)
        seen.append((area / (width * height), math.sqrt(across * down / area) * 72))
    layers = [share for share, _ in seen if share > 0.5]
    if not seen or len(layers) > 1 or _draws_letters(page):
        return FINE_DPI
    return max(dpi for share, dpi in seen if share >= min(_LAYER, max(seen)[0]))


def _draws_letters(page: Any) -> bool:
    """Whether letters are to be seen on a page: those that a scanner's program lays under it are not."""
    import pypdfium2.raw as raw

    return any(
        raw.FPDFTextObj_GetTextRenderMode(text.raw) != raw.FPDF_TEXTRENDERMODE_INVISIBLE
        for text in page.get_objects(filter=[raw.FPDF_PAGEOBJ_TEXT], max_depth=3)
    )


def _chosen(native: float) -> float:
    """At which resolution a picture of so many dots per inch is read."""
    if native > FINE_DPI:
        return FINE_DPI
    return native if native >= COARSE_DPI else min(max(native, LEAST_DPI) * 1.5, FINE_DPI)


def _chosen_of_wide(native: float) -> float:
    """The same of a picture in which two pages may lie side by side, each then half as wide."""
    return max(_chosen(native), min(native, PAIR_DPI))


# ---------------------------------------------------------------- a picture


def frames(content: bytes) -> int:
    """How many pages a picture file holds.

    Raises:
        Unreadable: more than anybody scans, or so large that it would not be decoded.
    """
    with _opened(content) as picture:
        count = int(getattr(picture, "n_frames", 1))
        if count > MAX_FRAMES:
            raise Unreadable(UnreadReason.TOO_LARGE, f"image de {count} pages")
        if picture.width * picture.height > MAX_PIXELS:
            raise Unreadable(UnreadReason.TOO_LARGE, "image de très grande taille")
        return count


def of_picture(content: bytes, number: int) -> Raster:
    """A page of a picture file, turned as the camera says."""
    import numpy as np
    from PIL import ImageOps

    with _opened(content) as picture:
        if number > 1:
            picture.seek(number - 1)
        if picture.width * picture.height > MAX_PIXELS:
            raise Unreadable(UnreadReason.TOO_LARGE, "image de très grande taille")
        native = _claimed_dpi(picture)
        dpi = _chosen_of_wide(native) if _is_wide(picture) else _chosen(native)
        size = _size(picture, dpi / native)
        if picture.format == "JPEG":
            picture.draft("RGB", size)
        upright = _on_white(picture)
        ImageOps.exif_transpose(upright, in_place=True)
        pixels = np.asarray(upright, dtype=np.uint8)
    return _on_paper(_in_colour(_sized(pixels, max(size) / max(pixels.shape[:2]))), dpi, native)


def _on_paper(rgb: "NDArray[np.uint8]", dpi: float, seen: float) -> Raster:
    """A page's image; of what is no larger than a stamp, with white to its right and below."""
    import numpy as np

    lacking = [max(0, round(LEAST_INCHES * dpi) - side) for side in rgb.shape[:2]]
    if any(lacking):
        rgb = np.pad(rgb, ((0, lacking[0]), (0, lacking[1]), (0, 0)), constant_values=255)
    return Raster(rgb, dpi, seen)


def _sized(pixels: "NDArray[np.uint8]", factor: float) -> "NDArray[np.uint8]":
    """Coarser or finer; as many words are read as with Pillow's filter, which takes four times as long."""
    import cv2
    import numpy as np

    size = size_at(pixels, factor)
    if factor <= 1:
        return coarser(pixels, size)
    return np.asarray(cv2.resize(pixels, size, interpolation=cv2.INTER_CUBIC), dtype=np.uint8)


def _in_colour(pixels: "NDArray[np.uint8]") -> "NDArray[np.uint8]":
    """A grey picture in three equal channels: made last, since each costs as much as the first."""
    import cv2

    return pixels if pixels.ndim == 3 else cv2.cvtColor(pixels, cv2.COLOR_GRAY2RGB)  # type: ignore[return-value]


def _opened(content: bytes) -> "Image.Image":
    from pi_heif import register_heif_opener
    from PIL import Image

    register_heif_opener()
    Image.MAX_IMAGE_PIXELS = None  # the limit is ours, and gives a reason
    return Image.open(io.BytesIO(content))


def _claimed_dpi(picture: "Image.Image") -> float:
    """As the file says, where that makes a sheet of paper; else as if the longer side were A4's."""
    claimed = picture.info.get("dpi", (0, 0))[0]
    longest = max(picture.size)
    native = longest / _believed(longest / float(claimed)) if claimed else longest / A4_LONG_INCHES
    return max(native, LEAST_DPI)


def _believed(inches: float) -> float:
    """The longer side of a page as a file claims it, where that makes a sheet of paper; else A4's.

    Telephones write pages of four metres.
    """
    return inches if _PAPER[0] <= inches <= _PAPER[1] else A4_LONG_INCHES


def _is_wide(picture: "Image.Image") -> bool:
    """Whether it is wider than high, once it is turned as the camera says."""
    lies = picture.getexif().get(_ORIENTATION, 1) in _ON_ITS_SIDE
    return (picture.height > picture.width) if lies else (picture.width > picture.height)


def _size(picture: "Image.Image", factor: float) -> tuple[int, int]:
    return max(1, round(picture.width * factor)), max(1, round(picture.height * factor))


def _on_white(picture: "Image.Image") -> "Image.Image":
    """Without transparency, in three colours or in grey."""
    from PIL import Image

    if picture.mode in {"RGBA", "LA", "PA"} or "transparency" in picture.info:
        layered = picture.convert("RGBA")
        white = Image.new("RGBA", layered.size, "white")
        white.alpha_composite(layered)
        plain = white.convert("RGB")
    elif picture.mode in {"I;16", "I", "F"}:
        plain = picture.convert("F").point(lambda value: value / 257).convert("L")
    elif picture.mode == "1":
        plain = picture.convert("L")
    elif picture.mode in {"RGB", "L"}:
        return picture
    else:
        plain = picture.convert("RGB")
    plain.info["exif"] = picture.info.get("exif", b"")
    return plain
