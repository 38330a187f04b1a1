"""Pages as a person may look at them."""

import io

import cv2
import numpy as np
from PIL import Image

import parsers
from tests.parsers.conftest import a_pdf, a_word_file


def test_a_page_of_a_pdf_is_drawn() -> None:
    """As large as the page says, with its words on it; the second page is another picture."""
    content = a_pdf(("Statuts",), ("Autre page",))
    first, second = (parsers.view(content, number) for number in (1, 2))

    assert first
    assert second
    assert round(first.width_pt) == 595
    assert first.content != second.content
    drawn = cv2.imdecode(np.frombuffer(first.content, np.uint8), cv2.IMREAD_GRAYSCALE)
    assert drawn is not None
    assert drawn.min() < 128 < drawn.max()


def test_a_picture_is_its_own_page() -> None:
    """A photo is shown as it is to be read, small."""
    out = io.BytesIO()
    Image.new("RGB", (2000, 2800), "white").save(out, "JPEG")
    shown = parsers.view(out.getvalue(), 1)

    assert shown
    assert len(shown.content) < 100_000


def test_a_word_file_has_no_pages_to_show() -> None:
    """Its places are told in words."""
    assert parsers.view(a_word_file("Bonjour"), 1) is None
