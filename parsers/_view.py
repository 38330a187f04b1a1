"""A page as a person may look at it: the picture that the boxes of a reading belong on, small."""

from typing import TYPE_CHECKING, Any

from data.errors import Unreadable
from data.model import FileKind, UnreadReason, View
from parsers import _sniff
from parsers._scanned import _raster, _upright
from parsers._scanned._raster import Raster

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

WIDTH_PX = 900
QUALITY = 62
IMAGES = {
    FileKind.JPEG,
    FileKind.PNG,
    FileKind.TIFF,
    FileKind.HEIC,
    FileKind.WEBP,
    FileKind.GIF,
}


def view(content: bytes, number: int) -> View | None:
    """A page of a PDF or of a picture file, put right as it was to be read; None of other formats."""
    kind = _sniff.sniff(content)
    if kind in IMAGES:
        return _as_read(_raster.of_picture(content, number))
    if kind is not FileKind.PDF:
        return None
    from parsers import pdf

    content = content[content.index(b"%PDF-") :]
    if pdf.is_scanned(content, number):
        return _as_read(_raster.of_pdf(content, number))
    return _drawn(content, number)


def _as_read(raster: Raster) -> View:
    """Turned and straightened: the same steps as before it was read."""
    page = _upright.upright(raster)
    if _upright.stands_on_its_head(page):
        page = _upright.on_its_head(page)
    height, width = page.raster.rgb.shape[:2]
    scale = 72 / page.raster.dpi
    return View(_packed(page.raster.rgb), width * scale, height * scale)


def _drawn(content: bytes, number: int) -> View:
    import numpy as np
    import pypdfium2 as pdfium

    document = pdfium.PdfDocument(content)
    try:
        document.init_forms()
        page = document[number - 1]
        width, height = page.get_size()
        if max(width, height) > 20 * min(width, height):
            raise Unreadable(UnreadReason.TOO_LARGE, "page de forme inhabituelle")
        drawn = page.render(scale=WIDTH_PX / width, rev_byteorder=True).to_numpy()
        return View(_packed(np.ascontiguousarray(drawn[..., :3])), width, height)
    finally:
        document.close()


def _packed(rgb: "NDArray[np.uint8]") -> bytes:
    import cv2

    small: Any = rgb
    if rgb.shape[1] > WIDTH_PX:
        size = (WIDTH_PX, max(1, round(rgb.shape[0] * WIDTH_PX / rgb.shape[1])))
        small = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)
    good, packed = cv2.imencode(".jpg", small[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, QUALITY])
    return packed.tobytes() if good else b""
