"""Paper: pages printed, handled, scanned or photographed. A PDF in, pictures of its pages out.

Each `Manner` is one way of doing it; chance varies it from page to page. Pages are rows × columns × RGB.
"""

import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image

Page = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Manner:
    """How pages became pictures."""

    dpi: int
    skew: float = 0.5
    """Degrees, at most."""
    blur: float = 0.0
    """Of the lens, in pixels."""
    noise: float = 2.0
    specks: int = 0
    paper: int = 255
    """How light the sheet is."""
    shadow: float = 0.0
    """How much darker one side is, 0 to 1."""
    quality: int = 85
    """Of the JPEG."""
    colour: bool = True
    one_bit: bool = False
    photo: bool = False
    """In perspective, with the table around it."""
    turned: int = 0
    """Quarters of a turn that every page lies wrong; 4: each page otherwise."""


MANNERS: Mapping[str, Manner] = {
    "scan 300": Manner(300, colour=False),
    "scan 200": Manner(200, skew=0.9, noise=4, quality=75),
    "scan 150": Manner(150, skew=0.7, noise=3, quality=70, colour=False),
    "poor scan": Manner(200, skew=1.8, blur=0.7, noise=6, specks=250, paper=222, quality=55, colour=False),
    "fax": Manner(200, skew=0.6, noise=0, specks=40, one_bit=True),
    "photo": Manner(200, skew=2.5, blur=0.6, noise=4, paper=240, shadow=0.45, quality=80, photo=True),
    "upside down": Manner(200, noise=3, colour=False, turned=2),
    "sideways": Manner(200, noise=3, colour=False, turned=4),
    "shadow": Manner(250, skew=1.0, noise=3, paper=236, shadow=0.5, quality=70),
}


def render(pdf: bytes, dpi: int) -> list[Page]:
    """The pages as a printer would put them on paper."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        return [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB")).copy() for page in document]
    finally:
        document.close()


def handled(page: Page, manner: Manner, lot: Random) -> Page:
    """One page as it came out of the scanner or the telephone."""
    page = page if manner.colour else cv2.cvtColor(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB)
    page = _aged(page, manner, lot)
    page = _photographed(page, manner, lot) if manner.photo else _skewed(page, manner, lot)
    if manner.shadow:
        page = _shaded(page, manner.shadow, lot)
    if manner.blur:
        page = cv2.GaussianBlur(page, (0, 0), manner.blur)
    page = _noisy(page, manner.noise, lot)
    if manner.one_bit:
        page = np.where(cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)[..., None] > 150, 255, 0).repeat(3, 2)
    quarters = lot.randrange(4) if manner.turned == 4 else manner.turned
    return np.ascontiguousarray(np.rot90(page, quarters)).astype(np.uint8)


def _aged(page: Page, manner: Manner, lot: Random) -> Page:
    """Grey paper, and dust on it."""
    page = (page.astype(np.float32) * (manner.paper / 255)).astype(np.uint8)
    height, width = page.shape[:2]
    for _ in range(manner.specks):
        at = (lot.randrange(width), lot.randrange(height))
        cv2.circle(page, at, lot.choice((0, 1, 1, 2)), (lot.randrange(30, 140),) * 3, -1)
    return page


def _skewed(page: Page, manner: Manner, lot: Random) -> Page:
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), lot.uniform(-manner.skew, manner.skew), 1)
    turn[:, 2] += [lot.uniform(-8, 8), lot.uniform(-8, 8)]
    edge = (manner.paper,) * 3
    return np.asarray(cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_LINEAR, borderValue=edge))


def _photographed(page: Page, manner: Manner, lot: Random) -> Page:
    """The sheet in perspective on a wooden table."""
    height, width = page.shape[:2]
    border = width // 9
    table = _table(height + 2 * border, width + 2 * border, lot)
    corners = [(0, 0), (width, 0), (width, height), (0, height)]
    reach = border * 0.55
    seen = [
        (x + border + lot.uniform(-reach, reach), y + border + lot.uniform(-reach, reach)) for x, y in corners
    ]
    view = cv2.getPerspectiveTransform(np.array(corners, np.float32), np.array(seen, np.float32))
    size = (table.shape[1], table.shape[0])
    sheet = cv2.warpPerspective(page, view, size, flags=cv2.INTER_LINEAR)
    covered = cv2.warpPerspective(np.full(page.shape[:2], 255, np.uint8), view, size)[..., None] > 127
    return np.where(covered, sheet, table)


def _table(height: int, width: int, lot: Random) -> Page:
    wood = np.array(lot.choice(((92, 64, 44), (120, 110, 100), (54, 60, 70), (150, 120, 86))), np.float32)
    grain = np.random.default_rng(lot.randrange(2**31)).normal(0, 9, (height, 1, 1)).astype(np.float32)
    grain = cv2.GaussianBlur(np.repeat(grain[..., 0], width, 1), (0, 0), 2)[..., None]
    return np.clip(wood + grain, 0, 255).astype(np.uint8)


def _shaded(page: Page, depth: float, lot: Random) -> Page:
    """Darker towards one side, as under a hand or a lamp."""
    height, width = page.shape[:2]
    across, down = np.linspace(-1, 1, width)[None], np.linspace(-1, 1, height)[:, None]
    angle = lot.uniform(0, 2 * np.pi)
    dark = 1 / (1 + np.exp(-3 * (across * np.cos(angle) + down * np.sin(angle) - lot.uniform(-0.2, 0.4))))
    light = (1 - depth * dark)[..., None].astype(np.float32)
    return (page * light).astype(np.uint8)


def _noisy(page: Page, noise: float, lot: Random) -> Page:
    if not noise:
        return page
    grain = np.empty(page.shape[:2], np.int16)
    cv2.setRNGSeed(lot.randrange(2**31))
    cv2.randn(grain, 0, noise)
    return np.clip(page + grain[..., None], 0, 255).astype(np.uint8)


# ---------------------------------------------------------------- as files


def jpeg(page: Page, manner: Manner) -> bytes:
    """One picture, as a telephone or a scanner keeps it."""
    held = io.BytesIO()
    image = Image.fromarray(page)
    (image if manner.colour else image.convert("L")).save(
        held, "JPEG", quality=manner.quality, dpi=(manner.dpi,) * 2
    )
    return held.getvalue()


def pdf_of(pages: Sequence[Page], manner: Manner, hidden: Sequence[str] = ()) -> bytes:
    """A PDF of pictures; with `hidden`, that text lies unseen under each page."""
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas

    held = io.BytesIO()
    canvas = Canvas(held, invariant=1)
    for number, page in enumerate(pages):
        size = (page.shape[1] * 72 / manner.dpi, page.shape[0] * 72 / manner.dpi)
        canvas.setPageSize(size)
        if number < len(hidden):
            _hide(canvas, hidden[number], size[1])
        canvas.drawImage(ImageReader(io.BytesIO(jpeg(page, manner))), 0, 0, *size)
        canvas.showPage()
    canvas.save()
    return held.getvalue()


def _hide(canvas: Any, text: str, height: float) -> None:
    """Text that is there and is not drawn, as scanners leave it."""
    written = canvas.beginText(40, height - 50)
    written.setTextRenderMode(3)
    written.setFont("Helvetica", 9)
    for row in text.split("\n")[:60]:
        written.textLine(row.encode("latin-1", "replace").decode("latin-1"))
    canvas.drawText(written)


def tiff_of(pages: Sequence[Page], manner: Manner) -> bytes:
    """A TIFF of several pages; a fax's are of one bit."""
    images = [Image.fromarray(page).convert("1" if manner.one_bit else "L") for page in pages]
    held = io.BytesIO()
    packed = "group4" if manner.one_bit else "tiff_lzw"
    images[0].save(
        held, "TIFF", save_all=True, append_images=images[1:], compression=packed, dpi=(manner.dpi,) * 2
    )
    return held.getvalue()


def garbled(text: str, lot: Random) -> str:
    """What a bad reader made of a page: letters taken for others, words run together."""
    swaps = {"e": "c", "é": "6", "l": "1", "o": "0", "r": "t", "n": "u", "s": "5", " ": ""}
    return "".join(swaps[c] if c in swaps and lot.random() < 0.3 else c for c in text)


def texts_of(pdf: bytes) -> Iterator[str]:
    """What stands on each page of a text PDF."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    try:
        for page in document:
            yield page.get_textpage().get_text_range()
    finally:
        document.close()
