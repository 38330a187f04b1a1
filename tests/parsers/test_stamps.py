"""A stamp is told from a signature, also where a pen goes over it."""

from collections.abc import Callable
from random import Random

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from data.model import Box, Look
from parsers._scanned import _ink, _inked, _stamps
from parsers._scanned._raster import Raster
from tests.corpus.make import pens

Page = NDArray[np.uint8]
NAME = "ATELIER DES DEUX RIVES ASBL BCE 0456.789.123 BRUXELLES "


def _round(worn: float) -> Page:
    """Two circles, a ring of letters between them, two words in the middle."""
    stamp = Image.new("L", (300, 300), 0)
    pen, face = ImageDraw.Draw(stamp), ImageFont.load_default(17)
    for inset in (50, 82):
        pen.ellipse((inset, inset, 300 - inset, 300 - inset), outline=255, width=3)
    for number, letter in enumerate(NAME):
        turn = 2 * np.pi * number / len(NAME)
        x, y = 150 + 84 * np.cos(turn), 150 + 84 * np.sin(turn)
        drawn = Image.new("L", (34, 34), 0)
        ImageDraw.Draw(drawn).text((17, 17), letter, 255, face, anchor="mm")
        stamp.paste(255, (round(x) - 17, round(y) - 17), drawn.rotate(-np.degrees(turn) - 90))
    for row, word in enumerate(("ASBL", "BRUXELLES")):
        pen.text((150, 138 + 24 * row), word, 255, ImageFont.load_default(20), anchor="mm")
    return _worn(stamp, worn)


def _oval(worn: float) -> Page:
    """Wider than high, and askew."""
    flat = cv2.resize(_round(worn), None, fx=1.3, fy=0.75, interpolation=cv2.INTER_AREA)
    middle = (flat.shape[1] / 2, flat.shape[0] / 2)
    turn = cv2.getRotationMatrix2D(middle, 7, 1.0)
    page = cv2.warpAffine(flat, turn, flat.shape[1::-1], borderValue=(255, 255, 255))
    return np.asarray(page, np.uint8)


def _square(worn: float) -> Page:
    """A frame with a date in it, askew."""
    stamp = Image.new("L", (300, 300), 0)
    pen, face = ImageDraw.Draw(stamp), ImageFont.load_default(26)
    pen.rectangle((40, 100, 260, 200), outline=255, width=3)
    for row, word in enumerate(("POUR RÉCEPTION", "03.09.2026")):
        pen.text((150, 130 + 40 * row), word, 255, face, anchor="mm")
    return _worn(stamp.rotate(9), worn)


def _worn(stamp: Image.Image, worn: float) -> Page:
    """With what the ink left out, in flakes."""
    flakes = np.random.default_rng(3).random((60, 60)).astype(np.float32)
    left = cv2.resize(flakes, stamp.size, interpolation=cv2.INTER_CUBIC) > worn
    white = 255 - np.asarray(stamp, np.float32) * left * 0.7
    page = cv2.copyMakeBorder(white.astype(np.uint8), 40, 40, 60, 60, cv2.BORDER_CONSTANT, value=255)
    return np.repeat(page[..., None], 3, axis=2)


def _looks(page: Page) -> set[Look | None]:
    return {picture.look for picture in _ink.find(Raster(page, 150.0), (), (), 1)}


def _signed(page: Page, x: float, y: float, seed: int = 5) -> Page:
    signature = pens.at_origin(pens.signature(Random(seed), 40.0))
    pens.draw(page, signature, pens.PENS["blue ballpoint"], x, y, 150, Random(1))
    return page


@pytest.mark.parametrize("stamp", [_round, _oval, _square])
@pytest.mark.parametrize("worn", [0.0, 0.2, 0.3])
def test_a_framed_stamp_is_no_signature(stamp: Callable[[float], Page], worn: float) -> None:
    """However long its lines are, and however much of them is gone."""
    assert Look.HAND not in _looks(stamp(worn))
    assert Look.STAMP in _looks(stamp(worn))


@pytest.mark.parametrize("stamp", [_round, _oval, _square])
@pytest.mark.parametrize("seed", [5, 6, 7])
def test_a_pen_over_a_stamp_signs(stamp: Callable[[float], Page], seed: int) -> None:
    """A line that leaves the frame was drawn by a hand."""
    assert Look.HAND in _looks(_signed(stamp(0.2), 4, 22, seed))


@pytest.mark.parametrize("seed", [5, 6, 7])
def test_a_signature_that_fills_its_cell_is_no_stamp(seed: int) -> None:
    """The form's own box around it is no stamp's frame."""
    page = np.full((200, 330, 3), 255, np.uint8)
    cv2.rectangle(page, (20, 20), (310, 170), (20, 20, 20), 2)

    assert Look.HAND in _looks(_signed(page, 8, 6, seed))


def test_two_stamps_side_by_side_are_no_signature() -> None:
    """What lies outside of one frame is another."""
    both = np.hstack([_round(0.1)[:, :320], _square(0.1)[:, 92:]])

    assert Look.HAND not in _looks(both)
    assert Look.STAMP in _looks(both)


def _over_a_label(top: int) -> Page:
    """A stamp whose rim runs through a label: of that, letters are left that nobody can read."""
    drawn = Image.fromarray(_round(0.2))
    face = ImageFont.load_default(18)
    ImageDraw.Draw(drawn).text((150, top), "nistrateur-rice", (0, 0, 0), face, stroke_width=1)
    return np.asarray(drawn).copy()


@pytest.mark.parametrize("top", [66, 72, 76, 80])
def test_a_stamp_over_a_label_is_no_signature(top: int) -> None:
    """What leaves its frame is print: a row as high as letters, and as black."""
    assert _looks(_over_a_label(top)) == {Look.STAMP}


@pytest.mark.parametrize("degrees", [-2.0, 2.0])
def test_the_frame_of_a_stamp_whose_words_were_read_is_no_signature(degrees: float) -> None:
    """Its words are print, its sides nearly rules; what is left hangs together with a label."""
    drawn = Image.new("L", (460, 260), 255)
    pen, face = ImageDraw.Draw(drawn), ImageFont.load_default(20)
    words = [(70, 58, "Signature :"), (130, 92, "ATELIER DU CANAL"), (130, 120, "1000 Bruxelles")]
    printed = []
    for left, top, word in words:
        pen.text((left, top), word, 0, face)
        box = (side * 72 / 150 for side in pen.textbbox((left, top), word, face))
        printed.append(Box(*box))
    frame = Image.new("L", drawn.size, 255)
    ImageDraw.Draw(frame).rectangle((115, 72, 335, 165), outline=0, width=4)
    page = np.minimum(np.asarray(drawn), np.asarray(frame.rotate(degrees, fillcolor=255)))
    found = _ink.find(Raster(np.repeat(page[..., None], 3, axis=2), 150.0), printed, (), 1)

    assert Look.HAND not in {picture.look for picture in found}
    assert Look.STAMP in {picture.look for picture in found}


@pytest.mark.parametrize("label", [(10, 34), (250, 34), (10, 124)])
def test_a_row_that_runs_into_a_frame_is_no_part_of_its_side(label: tuple[int, int]) -> None:
    """A label that a stamp lies over goes beyond the corner."""
    drawn = Image.new("L", (350, 180), 0)
    ImageDraw.Draw(drawn).rectangle((80, 44, 290, 136), outline=255, width=3)
    ImageDraw.Draw(drawn).text(label, "Signature", 255, ImageFont.load_default(20))
    ink = np.asarray(drawn)

    assert _stamps.is_stamp(ink, ink, _inked.MM)


def _high_label(pen: ImageDraw.ImageDraw) -> None:
    pen.text((6, 8), "Signa ture", (0, 0, 0), ImageFont.load_default(23), stroke_width=2)


def _side_of_a_box(pen: ImageDraw.ImageDraw) -> None:
    pen.line((30, 30, 30, 130), (0, 0, 0), 3)


def _pen_stroke(pen: ImageDraw.ImageDraw) -> None:
    pen.line((10, 10, 60, 40, 20, 60, 50, 90), (0, 0, 0), 3)


def _two_typed_rows(pen: ImageDraw.ImageDraw) -> None:
    for top, word in ((100, "Mum"), (145, "ranm")):
        pen.text((26, top), word, (0, 0, 0), ImageFont.load_default(22), stroke_width=2)


@pytest.mark.parametrize(
    ("draw", "is_stamp"),
    [(_high_label, True), (_side_of_a_box, True), (_two_typed_rows, True), (_pen_stroke, False)],
)
def test_what_the_form_prints_around_a_stamp_is_no_pen(
    draw: Callable[[ImageDraw.ImageDraw], None], is_stamp: bool
) -> None:
    """A label of 12 points with its descenders; the side of a box; a name and a function, half covered."""
    page = Image.fromarray(_round(0.0))
    draw(ImageDraw.Draw(page))
    ink = np.where(np.asarray(page).min(axis=2) < 128, np.uint8(255), np.uint8(0))

    assert _stamps.is_stamp(ink, ink, _inked.MM) is is_stamp


@pytest.mark.parametrize("seed", range(5, 17))
def test_a_pen_over_a_stamp_and_a_label_signs(seed: int) -> None:
    """Its strokes are higher than a row, or emptier than letters."""
    assert Look.HAND in _looks(_signed(_over_a_label(76), 4, 22, seed))


@pytest.mark.parametrize("high", [60, 90])
def test_an_oval_drawn_around_initials_signs(high: int) -> None:
    """A hand draws ovals, too: what stands in them is no lettering."""
    page = np.full((240, 360, 3), 255, np.uint8)
    cv2.ellipse(page, (180, 120), (115, high), 4, 0, 352, (120, 60, 40), 3)
    zigzag = np.array([(110, 150), (130, 80), (150, 150), (170, 85), (195, 150), (230, 95)], np.int32)
    cv2.polylines(page, [zigzag], False, (120, 60, 40), 3)

    assert Look.HAND in _looks(page)


LOOPS = (
    (64, 40, 62, 63, 57, 73, 66, 60, 79, 50, 88, 53, 84, 68, 80, 74, 99, 50, 113, 48, 105, 74,
     106, 71, 119, 53, 131, 50, 134, 59, 132, 67, 138, 63, 151, 52, 156, 60, 154, 71, 160, 61, 173, 50,
     182, 53, 180, 64, 181, 66, 192, 58),
    (198, 56, 201, 58, 207, 61, 213, 63, 218, 66, 220, 68, 218, 71, 210, 73, 195, 76, 174, 79, 150, 82,
     126, 85, 104, 88, 86, 90, 73, 91, 61, 91, 52, 90, 45, 89, 41, 88, 40, 88, 45, 88, 54, 89,
     70, 90, 89, 92, 111, 93, 134, 95, 156, 97),
)  # fmt: skip
"""Seven loops, and a tail that goes back below them and forth again."""


def test_a_hand_that_runs_over_its_own_underline_is_no_stamp() -> None:
    """The peaks of its loops and the line below them are two long lines, joined by its tail: no frame."""
    page = np.full((147, 270, 3), 255, np.uint8)
    for line in LOOPS:
        points = np.array(line, np.int32).reshape(-1, 2)
        cv2.polylines(page, [points], isClosed=False, color=(90, 30, 20), thickness=3, lineType=cv2.LINE_AA)

    assert _ink.look_at(page, page.shape[1] * 72 / 150)[0] is Look.HAND


@pytest.mark.parametrize("degrees", [1.0, 2.0, -2.5])
def test_a_stamp_that_lies_nearly_level_is_one(degrees: float) -> None:
    """Its long sides are taken for rules, and no corner that is left of its frame for a pen's stroke."""
    stamp = Image.new("L", (420, 220), 0)
    pen = ImageDraw.Draw(stamp)
    pen.rectangle((50, 50, 360, 170), outline=255, width=4)
    for row, words in enumerate(("LES DEUX RIVES", "Rue du Quai 12", "1000 BRUXELLES", "0456.789.123")):
        pen.text((205, 70 + 27 * row), words, 255, ImageFont.load_default(20), anchor="mm")
    turned = 255 - np.asarray(stamp.rotate(degrees, resample=Image.Resampling.BICUBIC))

    assert _ink.look_at(np.repeat(turned[..., None], 3, axis=2), 420 * 72 / 150)[0] is Look.STAMP


@pytest.mark.parametrize(("radius_mm", "stamp"), [(7.5, False), (15.0, True)])
def test_a_small_circle_strays_less_than_a_large_one(radius_mm: float, stamp: bool) -> None:
    """Two initials, underlined, lie about on a circle of 15 mm across: a stamp of that size is rounder."""
    mm = _inked.MM
    turn = np.linspace(0, 2 * np.pi, 200)
    away = (radius_mm + 1.0 * np.sin(5 * turn)) * mm
    line = np.column_stack([np.cos(turn), np.sin(turn)]) * away[:, None] + 20 * mm
    ink = np.zeros((round(40 * mm), round(40 * mm)), np.uint8)
    cv2.polylines(ink, [line.astype(np.int32)], isClosed=True, color=255, thickness=2)

    assert _stamps.is_stamp(ink, ink, mm) is stamp


@pytest.mark.parametrize(("radius_mm", "stamp"), [(8.0, False), (12.0, True)])
def test_of_a_small_circle_more_must_be_drawn(radius_mm: float, stamp: bool) -> None:
    """An initial and a row of type that it crosses make seven tenths of one."""
    mm = _inked.MM
    ink = np.zeros((round(40 * mm), round(40 * mm)), np.uint8)
    middle, radius = round(20 * mm), round(radius_mm * mm)
    cv2.ellipse(ink, (middle, middle), (radius, radius), 0, 0, 255, 255, 2)

    assert _stamps.is_stamp(ink, ink, mm) is stamp


@pytest.mark.parametrize(("line", "look"), [(True, Look.HAND), (False, Look.STAMP)])
@pytest.mark.parametrize("pasted", [True, False])
def test_a_loop_with_a_line_through_it_signs(line: bool, look: Look, pasted: bool) -> None:
    """Twice around, and from side to side; without the line, it is the rim of a stamp, or nothing."""
    page = np.full((200, 330, 3), 255, np.uint8)
    for axes in ((95, 62), (90, 66)):
        cv2.ellipse(page, (150, 100), axes, 4, 0, 360, (120, 60, 40), 2)
    tail = np.array([(46, 122), (76, 106), (104, 98), (120, 96), (230, 96), (262, 92), (290, 70)], np.int32)
    if line:
        cv2.polylines(page, [tail], False, (120, 60, 40), 2)
    seen = {_ink.look_at(page, 330 * 72 / 150)[0]} if pasted else _looks(page)

    assert look in seen
    assert seen <= {look, Look.MARK}


def _in_blue(page: Page) -> Page:
    blue = page.copy()
    blue[..., 2] = 255 - (255 - page[..., 2]) // 3
    return blue


def _typed_below(page: Page) -> Page:
    """Two rows whose letters run together, and were not read."""
    sheet = Image.new("RGB", page.shape[1::-1], "white")
    for top, words in ((110, "Vandermeulen Thibault"), (145, "Administrateur délégué")):
        ImageDraw.Draw(sheet).text((30, top), words, (20, 20, 20), ImageFont.load_default(22))
    run_together = np.asarray(cv2.erode(np.asarray(sheet), np.ones((1, 7))), np.uint8)
    return np.minimum(page, run_together)


def test_a_coloured_stamp_over_type_that_was_not_read_is_no_signature() -> None:
    """Neither ink by itself is a hand's; a pen in black over such a stamp is."""
    page = _typed_below(_in_blue(_round(0.0)))
    signed = _in_blue(_round(0.0))
    hand = pens.at_origin(pens.signature(Random(5), 40.0))
    pens.draw(signed, hand, pens.PENS["black gel"], 4, 22, 150, Random(1))

    assert Look.HAND not in _looks(page)
    assert _ink.look_at(page, page.shape[1] * 72 / 150)[0] is not Look.HAND
    assert Look.HAND in _looks(signed)


@pytest.mark.parametrize(("high", "hand"), [(20, False), (60, True)])
def test_of_two_inks_a_low_row_is_no_hands(high: int, hand: bool) -> None:
    """Letters that run together go on as long as a signature."""
    ink = np.zeros((140, 320), np.uint8)
    points = [(30 + 16 * step, 40 + high * (step % 2)) for step in range(16)]
    cv2.polylines(ink, [np.array(points, np.int32)], isClosed=False, color=255, thickness=2)

    assert _ink._is_a_hands(ink) is hand
