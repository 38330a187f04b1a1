"""What was passed over or read badly is looked at once more: print is read, ink stays ink."""

from dataclasses import replace
from random import Random

import cv2
import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from data.model import (
    Box,
    Look,
    Picture,
    PictureForm,
)
from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned import _scan, _second_look
from tests.corpus.make import pens
from tests.parsers.scans import (
    NEEDS_FRENCH,
    Pixels,
    an_unsure_word,
    drawn,
    pixels,
)


@NEEDS_FRENCH
def _two_labels(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.drawString(40, 380, "Signature")
    canvas.drawString(180, 380, "Signature")
    pens.on_canvas(canvas, pens.handwriting(Random(2), "Duval Odile", 3.6), pens.PENS["black gel"], 180, 350)


def test_a_printed_word_that_was_passed_over_is_read_once_more() -> None:
    """Of two labels on a row one may be lost: it is no ink; a hand's writing is, and a stamp's lines are."""
    grey = cv2.cvtColor(pixels(drawn(_two_labels))[0], cv2.COLOR_RGB2GRAY)
    lost, written, stamped = (
        Picture(PictureForm.INK, 1, -1, Box(*box), None, look=look)
        for box, look in (
            ((179, 30, 230, 44), Look.WRITING),
            ((178, 68, 270, 84), Look.WRITING),
            ((39, 30, 90, 44), Look.WRITING),
        )
    )
    stamp = Picture(PictureForm.INK, 1, -1, Box(30, 10, 100, 60), None, look=Look.STAMP)

    found = list(_second_look.passed_over([lost, written, stamped, stamp], [], grey.astype(np.uint8), 200.0))

    assert [(lost, ["Signature"])] == [(ink, [word.text for word in words]) for ink, words in found]


def test_a_row_that_is_read_badly_is_read_larger(monkeypatch: pytest.MonkeyPatch) -> None:
    """« Prénom :Sofie » had no confidence, and nine tenths when it was larger; it stands where it was."""

    def read(grey: Pixels, dpi: float, left: float, top: float) -> list[Word]:
        scale = dpi / 200.0
        sides = (left + 10 * scale, top + 5 * scale, left + 90 * scale, top + 25 * scale)
        return [Word("Prénom:Sofie", *sides, 0.9 if scale > 1 else 0.0, top + 22 * scale, 26 * scale)]

    monkeypatch.setattr(_ocr, "words_of_block", read)
    row = Picture(PictureForm.INK, 1, -1, Box(57, 411, 132, 420), None, look=Look.WRITING)
    page = np.full((2338, 1654), 255, np.uint8)
    ((_, (word,)),) = _second_look.passed_over([row], [], page, 200.0)

    assert (word.x0, word.top, word.x1, word.bottom, word.size) == pytest.approx((160, 1138, 240, 1158, 26))


def test_a_letter_alone_in_a_cell_is_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """« Z » beside a statement is a seven; sure ones, two in a cell and one in none are left as they are."""
    monkeypatch.setattr(
        _ocr,
        "words_of_block",
        lambda grey, dpi, left, top: [replace(an_unsure_word("7"), confidence=dpi / 500)],
    )
    cells = [(10.0, 10.0 + 20 * row, 60.0, 30.0 + 20 * row) for row in range(4)]
    point = 200 / 72
    read = (
        ("Z", 20, 14, 0.66),
        ("4", 20, 34, 0.97),
        ("L", 20, 54, 0.5),
        ("o", 40, 54, 0.5),
        ("2", 90, 14, 0.5),
    )
    known = [
        Word(text, x * point, y * point, (x + 4) * point, (y + 8) * point, sure, (y + 8) * point, 9 * point)
        for text, x, y, sure in read
    ]
    told = _second_look.read_alone(cells, known, np.full((400, 400), 255, np.uint8), 200.0)

    assert [word.text for word in told] == ["7", "4", "L", "o", "2"]
    assert told[0].confidence == pytest.approx(0.8)  # as it was read twice as large


def _three_rows(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.drawString(40, 380, "Avez-vous été accompagnés par")
    canvas.drawString(40, 369, "une autre structure, en Belgique ou")
    canvas.drawString(40, 358, "ailleurs, village partenaire ?")


@NEEDS_FRENCH
@pytest.mark.parametrize(("left", "is_print"), [(40, True), (70, False)], ids=["flush", "apart"])
def test_rows_that_were_passed_over_go_on_below_the_one_that_was_read(left: int, is_print: bool) -> None:
    """They begin where it begins; a stamp of as many rows stands anywhere, and stays one."""
    grey = cv2.cvtColor(pixels(drawn(_three_rows))[0], cv2.COLOR_RGB2GRAY).astype(np.uint8)
    rows = Picture(PictureForm.INK, 1, -1, Box(40, 43, 190, 65), None, look=Look.STAMP)
    point = 200 / 72
    above = Word("Avez-vous", left * point, 33 * point, (left + 42) * point, 42 * point, 0.9, 40 * point, 25)

    found = list(_second_look.passed_over([rows], [above], grey, 200.0))

    assert bool(found) is is_print


def _name_and_scrawl(canvas: Canvas) -> None:
    canvas.setFont("Times-Italic", 30)
    canvas.drawString(40, 380, "Sophie Lambert")
    canvas.setFont("Helvetica", 11)
    canvas.drawString(50, 290, "Sophie Lambert")
    pens.on_canvas(canvas, pens.signature(Random(2), 45.0), pens.PENS["black gel"], 40, 265)


@NEEDS_FRENCH
def test_ink_that_spells_a_name_is_no_signature() -> None:
    """A name in cursive type is read for sure; a signature is not, nor what it was drawn over."""
    grey = cv2.cvtColor(pixels(drawn(_name_and_scrawl))[0], cv2.COLOR_RGB2GRAY).astype(np.uint8)
    spelling, scrawl = (
        Picture(PictureForm.INK, 1, -1, Box(*box), None, look=Look.HAND)
        for box in ((39, 16, 240, 50), (36, 90, 180, 160))
    )

    assert [spelling] == list(_second_look.spelled([spelling, scrawl], [], [], grey, 200.0))
    assert list(_second_look.spelled([spelling], [Box(30, 10, 260, 60)], [], grey, 200.0)) == []


def test_ink_that_is_read_about_as_a_name_of_the_page_is_no_signature(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Of joined cursive type no letter is sure, but most are those of the name that was typed below it."""
    monkeypatch.setattr(_second_look, "_SPELLED", 1.1)
    grey = cv2.cvtColor(pixels(drawn(_name_and_scrawl))[0], cv2.COLOR_RGB2GRAY).astype(np.uint8)
    spelling, scrawl = (
        Picture(PictureForm.INK, 1, -1, Box(*box), None, look=Look.HAND)
        for box in ((39, 16, 240, 50), (36, 90, 180, 160))
    )

    def said(*words: str) -> list[Word]:
        return [Word(word, 0, 0, 0, 0, 0.9, 0, 0) for word in words]

    own, others = said("Nom", "Sophia", "Lamberts"), said("Nom", "Karim", "Kabongo")
    assert [spelling] == list(_second_look.spelled([spelling, scrawl], [], own, grey, 200.0))
    assert list(_second_look.spelled([spelling, scrawl], [], others, grey, 200.0)) == []


def test_a_whole_question_that_was_passed_over_is_read_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row of print looks like a stamp's; of its words the engine may tell one as a guess, but not most."""
    row = Picture(PictureForm.INK, 1, -1, Box(61, 91, 298, 103), None, look=Look.STAMP)
    grey = np.full((600, 900), 255, np.uint8)

    def read(sureness: tuple[float, ...], text: str = "5/ Combien êtes-vous et qui fait quoi ?") -> list[str]:
        said = zip(text.split(), sureness, strict=True)
        words = [Word(text, 0, 0, 9, 9, sure, 9, 12) for text, sure in said]
        monkeypatch.setattr(_ocr, "words_of_block", lambda *_: words)
        return [word.text for _, told in _second_look.passed_over([row], [], grey, 200.0) for word in told]

    assert len(read((0.93, 0.0, 0.96, 0.96, 0.96, 0.96, 0.93, 0.93))) == 8
    assert read((0.93, 0.0, 0.5, 0.96, 0.96, 0.96, 0.93, 0.93)) == []
    assert len(read((0.9, 0.02, 0.9, 0.9), "programmes d’accompagnement collectifs et")) == 4


def test_what_is_read_once_more_stands_there_once() -> None:
    """« Date de naissance : » of which the last word was a guess does not end in « naissance naissance »."""
    first = [Word("de", 0, 0, 20, 10, 0.9, 9, 10), Word("naissarce", 25, 0, 70, 10, 0.3, 9, 10)]
    again = [Word("naissance", 24, 1, 71, 11, 0.96, 9, 11)]

    assert [word.text for word in _scan._read_anew(first, again)] == ["de", "naissance"]


@pytest.mark.parametrize(
    ("readings", "told"),
    [
        (["7 0.9", "7 0.9"], "7"),
        (["Non 0.95", "Non 0.96"], "Non"),
        (["J 0.9", "7 0.9", "1 0.9", "t 0.9"], None),
        (["x 0.97"], None),
        (["www.la-remise.be 0.3", "www.la-remise.be 0.1", "www.la-remise.be 0.2"], "www.la-remise.be"),
        (["wumlarelb 0.3", "wumlarelb 0.1", "wumlarelb 0.2"], None),
    ],
    ids=["a number", "a word", "a stroke", "a cross", "an address", "a scrawl"],
)
def test_a_short_answer_that_was_passed_over_is_read_alone(
    readings: list[str], told: str | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What reads alike at several sizes is print: a short answer surely, an address however unsurely."""
    said = iter([*readings, *readings[-1:] * 4])

    def read(*_: object) -> list[Word]:
        text, sure = next(said).split()
        return [Word(text, 0, 0, 9, 9, float(sure), 9, 12)]

    monkeypatch.setattr(_ocr, "words_of_block", read)
    ink = Picture(PictureForm.INK, 1, -1, Box(60, 90, 76, 98), None, look=Look.TRACE)
    found = list(_second_look.passed_over([ink], [], np.full((600, 900), 255, np.uint8), 200.0))

    assert [word.text for _, words in found for word in words] == ([told] if told else [])


def test_a_number_among_others_is_not_read_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a printed scale, what was not read may be marked; in a dark box it is, and its box tells it."""
    monkeypatch.setattr(_ocr, "words_of_block", lambda *_: [Word("3", 0, 0, 9, 9, 0.97, 9, 12)])
    around = [
        Word(text, x * 200 / 72, 250, (x + 5) * 200 / 72, 272, 0.9, 272, 24)
        for text, x in (("2", 44), ("4", 88))
    ]
    page = np.full((600, 900), 255, np.uint8)
    ink = Picture(PictureForm.INK, 1, -1, Box(64, 90, 70, 98), None, look=Look.TRACE)
    boxed = replace(ink, look=Look.PRINT)
    boxes = [Box(x, 90, x + 8, 98) for x in (52, 74)]

    signed = Picture(PictureForm.INK, 1, -1, Box(90, 70, 180, 100), None, look=Look.HAND)

    assert list(_second_look.passed_over([ink, signed], [], page, 200.0)) == []
    assert list(_second_look.passed_over([ink], around, page, 200.0)) == []
    assert list(_second_look.passed_over([ink], [], page, 200.0, boxes)) == []
    assert len(list(_second_look.passed_over([boxed], around, page, 200.0))) == 1
