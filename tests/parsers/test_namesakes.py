"""A name that stands twice on a page, once in other letters than its type."""

from random import Random

import cv2
import numpy as np
import pytest
from PIL import Image, ImageDraw, ImageFont
from reportlab.pdfgen.canvas import Canvas

from data.model import Document, Look
from parsers._ocr import Word
from parsers._scanned import _namesakes
from tests.corpus.make import pens
from tests.parsers.scans import NEEDS_FRENCH, as_picture, drawn, pixels, recognised

SANS = "/usr/share/fonts/truetype/liberation2/LiberationSans-Regular.ttf"
NAME = ("Nadia", "Verelst")


class _Page:
    """A page with words in type and by hand, as they would be recognised."""

    def __init__(self) -> None:
        self.rgb = np.full((500, 1200, 3), 255, np.uint8)
        self.words: list[Word] = []

    def typed(self, text: str, x: int, foot: int, size: int, ink: tuple[int, int, int] = (0, 0, 0)) -> None:
        image, face = Image.fromarray(self.rgb), ImageFont.truetype(SANS, size)
        for word in text.split():
            left, top, right, bottom = ImageDraw.Draw(image).textbbox((x, foot), word, face, anchor="ls")
            ImageDraw.Draw(image).text((x, foot), word, ink, face, anchor="ls")
            self.words.append(Word(word, left, top, right, bottom, 0.95, foot, size))
            x = round(right) + size // 3
        self.rgb = np.array(image)

    def written(self, text: str, x: float, foot: int, high_mm: float) -> None:
        for number, word in enumerate(text.split()):
            drawing = pens.at_origin(pens.handwriting(Random(number), word, high_mm))
            _, _, wide, high = (side * 200 / 25.4 for side in pens.extent(drawing))
            at = (x * 25.4 / 200, (foot - high) * 25.4 / 200)
            pens.draw(self.rgb, drawing, pens.PENS["black gel"], *at, 200, Random(1))
            self.words.append(Word(word, x, foot - high, x + wide, foot, 0.9, foot, high))
            x += wide + 20

    @property
    def told(self) -> list[str]:
        grey = np.asarray(cv2.cvtColor(self.rgb, cv2.COLOR_RGB2GRAY), np.uint8)
        return [word.text for word in _namesakes.in_other_letters(self.words, grey, self.rgb)]


@pytest.mark.parametrize("size", [28, 40, 56])
def test_a_name_typed_again_is_type_however_large(size: int) -> None:
    """Of one font each word is one picture."""
    page = _Page()
    page.typed("Nom, prénom : Nadia Verelst", 60, 100, 28)
    page.typed("Nadia Verelst", 90, 300, size)

    assert page.told == []


def test_a_name_by_hand_below_the_typed_one_is_no_type() -> None:
    """It is larger, and another picture; its first name may stand behind, and the label is nobody's name."""
    page = _Page()
    page.typed("Nom, prénom : Verelst Nadia", 60, 100, 28)
    page.written("Nadia Verelst", 90, 300, 6)

    assert page.told == list(NAME)


@pytest.mark.parametrize(("answer", "told"), [((0, 0, 0), list(NAME)), ((20, 40, 150), [])])
def test_of_two_names_alike_a_pen_has_coloured_one(answer: tuple[int, int, int], told: list[str]) -> None:
    """Where answers are typed in blue, both are."""
    page = _Page()
    page.typed("Nom, prénom :", 60, 100, 28)
    page.typed("Nadia Verelst", 270, 100, 28, answer)
    page.typed("Nadia Verelst", 90, 300, 28, (20, 40, 150))

    assert page.told == told


@pytest.mark.parametrize("text", ["Signature", "Programme Blossom", "Nadia verelst habite ici à Bruxelles"])
def test_what_is_no_name_that_the_page_says_twice_is_left(text: str) -> None:
    """A heading over its label, a name without a namesake, a sentence."""
    page = _Page()
    page.typed("Nom, prénom : Nadia Verelst, signature", 60, 100, 28)
    page.written(text, 90, 300, 6)

    assert page.told == []


def _signed_in_blue(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 10)
    canvas.drawString(60, 330, "Le dossier est signé par la personne de contact")
    canvas.drawString(60, 300, "Nom, prénom : Nadia Verelst")
    canvas.drawString(60, 280, "Signature :")
    canvas.setFillColorRGB(0.1, 0.2, 0.6)
    canvas.setFont("Times-BoldItalic", 19)
    canvas.drawString(75, 250, "Nadia Verelst")


@NEEDS_FRENCH
def test_a_legible_name_in_a_pens_colour_is_ink_and_no_print() -> None:
    """However surely it is read: what was typed twice has one font."""
    document = recognised(as_picture(pixels(drawn(_signed_in_blue)), "PNG"))

    assert isinstance(document, Document)
    assert {(picture.look, picture.penned) for picture in document.pictures} == {(Look.WRITING, True)}
