"""Scans for the tests: pages drawn, rendered, turned and blurred as scanners and telephones do it."""

import io
import os
from collections.abc import Callable, Sequence

import cv2
import numpy as np
import pypdfium2
import pytest
from numpy.typing import NDArray
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.model import Document, Unread
from parsers import _ocr
from parsers._ocr import Word
from tests.servers import Absent, skip_without

NEEDS_FRENCH = pytest.mark.skipif(
    _ocr.missing() is not None and os.environ.get("CI") != "true", reason=str(_ocr.missing())
)
"""CI has the data: without it these tests fail there, and do not pass unseen."""
A6 = (298.0, 420.0)
"""Points: a small page costs a quarter of a large one."""
ROWS = (
    "Quelle est la mission de votre entreprise ?",
    "Nous réparons des vélos avec des jeunes du quartier,",
    "chaque semaine, dans un atelier ouvert à toutes et tous.",
    "Depuis quand votre association existe-t-elle ?",
    "Elle a été créée en septembre 2019 à Molenbeek.",
)
"""What a page of prose says."""

Pixels = NDArray[np.uint8]


def need_language(data: str) -> None:
    """Skip where Tesseract's data for another language is absent; fail in CI."""
    if data not in _ocr.languages():
        skip_without(Absent(f"Tesseract has no data « {data} »"))


def drawn(draw: Callable[[Canvas], None], size: tuple[float, float] = A6) -> bytes:
    """A PDF with one page."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    draw(canvas)
    canvas.save()
    return out.getvalue()


def pixels(pdf: bytes, dpi: float = 200) -> list[Pixels]:
    """The pages of a PDF, as a scanner sees them."""
    document = pypdfium2.PdfDocument(pdf)
    pages = [np.asarray(page.render(scale=dpi / 72).to_pil().convert("RGB")) for page in document]
    document.close()
    return pages


def askew(page: Pixels, degrees: float) -> Pixels:
    """Laid askew on the glass, and a little blurred."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    lain = cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255))
    return np.asarray(cv2.GaussianBlur(lain, (0, 0), 0.6), dtype=np.uint8)


def photo(page: Pixels) -> Pixels:
    """On a dark table, from the side, with a shadow."""
    height, width = page.shape[:2]
    wide, tall = int(width * 1.25), int(height * 1.2)
    left, top = (wide - width) / 2, (tall - height) / 2
    corners = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    seen = corners + np.array([[left + 30, top], [left - 25, top + 12], [left + 10, top], [left, top + 15]])
    view = cv2.getPerspectiveTransform(corners, seen.astype(np.float32))
    table = np.full((tall, wide, 3), (70, 80, 95), np.uint8)
    sheet = cv2.warpPerspective(page, view, (wide, tall), dst=table, borderMode=cv2.BORDER_TRANSPARENT)
    light = np.linspace(1.0, 0.62, wide)[None, :, None]
    return np.asarray(sheet * light, dtype=np.uint8)


def as_pdf(pages: Sequence[Pixels], dpi: float = 200) -> bytes:
    """A PDF of pictures."""
    first, *others = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    first.save(out, "PDF", save_all=True, append_images=others, resolution=dpi, quality=85)
    return out.getvalue()


def as_picture(pages: Sequence[Pixels], form: str, dpi: float = 200) -> bytes:
    """A picture file; several pages where the format has them."""
    first, *others = [Image.fromarray(page) for page in pages]
    out = io.BytesIO()
    several = {"save_all": True, "append_images": others} if others else {}
    first.save(out, form, dpi=(dpi, dpi), **several)
    return out.getvalue()


def recognised(content: bytes) -> Document | Unread:
    """A file with its images read, in this process."""
    document = parsers.read(content)
    if isinstance(document, Unread):
        return document
    numbers = parsers.pages_to_recognise(document)
    return parsers.joined(document, {number: parsers.recognise(content, number) for number in numbers})


def draw_rows(canvas: Canvas, said: Sequence[str] = ROWS) -> None:
    """Draw rows of print on a small page."""
    canvas.setFont("Helvetica", 9)
    for number, row in enumerate(said):
        canvas.drawString(30, 380 - 22 * number, row)


def a_page() -> Pixels:
    """A small page of prose, as a scanner sees it."""
    return pixels(drawn(draw_rows))[0]


def read(content: bytes) -> Document:
    """A file that can be read, with its images."""
    reading = recognised(content)
    assert isinstance(reading, Document), reading
    return reading


def an_unsure_word(text: str) -> Word:
    """A word of which the engine believes little."""
    return Word(text, 0, 0, 90, 20, 0.1, 16, 20)
