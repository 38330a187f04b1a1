"""What is ink on the image of a page, and what is none."""

import io
from collections.abc import Callable
from dataclasses import replace
from random import Random

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from data.model import Box, Line, Look, Picture, PictureForm, Span
from parsers._scanned import _ink, _lettering, _pasted
from parsers._scanned._raster import Raster
from tests.corpus.make import pens, signing
from tests.parsers import test_stamps as stamps
from tests.parsers.scans import drawn, pixels

INKED = {
    "signed": {Look.HAND},
    "unsigned": {Look.WRITING, Look.MARK},
    "doubtful": {Look.STAMP, Look.MARK, Look.WRITING},
}


def _found(scene: signing.Scene) -> list[tuple[signing.Place, set[Look]]]:
    """What is seen at each place, where every word in type was read."""
    raster = Raster(scene.rgb, scene.dpi)
    printed = [Box(*(side * 72 / 25.4 for side in word)) for word in scene.printed]
    pictures = _ink.find(raster, printed, (), 1)
    found = []
    for place in scene.places:
        x0, top, x1, bottom = (side * 72 / 25.4 for side in place.area)
        at = [
            p
            for p in pictures
            if p.box
            and x0 - 6 <= (p.box.x0 + p.box.x1) / 2 <= x1 + 6
            and top - 2 <= (p.box.top + p.box.bottom) / 2 <= bottom + 6
        ]
        found.append((place, {p.look for p in at if p.look}))
    return found


@pytest.mark.parametrize("seed", range(12))
def test_ink_is_told_from_what_is_none(seed: int) -> None:
    """On any scan, a signature is seen as a hand's, and nothing else is."""
    for place, looks in _found(signing.scene(seed, signing.SCANS[seed % 6])):
        assert (Look.HAND in looks) == (place.truth == "signed"), place


def test_the_shade_at_a_pages_edges_is_no_ink() -> None:
    """A dark rim that was made black and white ends in specks: it signs for nobody, and hides no pen."""
    page = np.full((1754, 1240, 3), 255, np.uint8)
    inside = np.pad(np.ones((1752, 1238), np.uint8), 1)
    inwards = cv2.distanceTransform(inside, cv2.DIST_L2, 3) / (15 * 150 / 25.4)
    specks = cv2.resize(np.random.default_rng(4).random((877, 620)), (1240, 1754)) < 0.62 - inwards
    page[specks] = 0
    pens.draw(
        page, pens.at_origin(pens.signature(Random(3))), pens.PENS["blue ballpoint"], 100, 140, 150, Random(1)
    )
    hands = [p.box for p in _ink.find(Raster(page, 150), (), (), 1) if p.look is Look.HAND]

    assert hands
    assert all(box and box.x0 > 250 for box in hands)


def test_a_fold_across_a_page_is_no_ink_and_hides_none() -> None:
    """Its shade is as dark as a pen, sharp on one side, from edge to edge; a signature lies across it."""
    page = np.full((1754, 1240, 3), 235, np.uint8)
    fades = np.clip(1 - np.arange(40) / 40, 0, 1)[:, None, None]
    page[900:940] = (page[900:940] * (1 - 0.45 * fades)).astype(np.uint8)
    pens.draw(
        page, pens.at_origin(pens.signature(Random(4))), pens.PENS["blue ballpoint"], 60, 148, 150, Random(1)
    )
    (box,) = [p.box for p in _ink.find(Raster(page, 150), (), (), 1) if p.look is Look.HAND]

    assert box
    assert 150 < box.x0 < box.x1 < 320
    assert box.bottom - box.top > 30
    assert not [p for p in _ink.find(Raster(page, 150), (), (), 1) if p.box and p.box.x1 > 330]


def _page(*drawings: tuple[pens.Drawing, float, float]) -> Raster:
    page = np.full((1000, 1200, 3), 255, np.uint8)
    for drawing, x, y in drawings:
        pens.draw(page, pens.at_origin(drawing), pens.PENS["blue ballpoint"], x, y, 150, Random(1))
    return Raster(page, 150)


@pytest.mark.parametrize(
    ("drawing", "look"),
    [
        (pens.signature(Random(4), 40), Look.HAND),
        (pens.initials(Random(2), 12), Look.HAND),
        (pens.cross(Random(1), 9), Look.MARK),
        (pens.tick(Random(1), 7), Look.MARK),
        (pens.handwriting(Random(1), "12/09/2026", 4), Look.WRITING),
    ],
)
def test_what_a_pen_drew_is_told(drawing: pens.Drawing, look: Look) -> None:
    """A signature, a paraph, a cross, a tick, a date."""
    (picture,) = _ink.find(_page((drawing, 30, 40)), (), (), 2)

    assert (picture.look, picture.page) == (look, 2)
    assert picture.box
    assert picture.box.x0 == pytest.approx(30 / 25.4 * 72, abs=8)
    assert picture.cutout.startswith(b"\x89PNG")
    assert len(picture.cutout) < 20_000


def test_two_hands_are_two() -> None:
    """Signatures that stand apart are apart, in the order they are read."""
    left, right = pens.signature(Random(4), 40), pens.signature(Random(5), 40)
    found = _ink.find(_page((left, 20, 40), (right, 120, 40)), (), (), 1)

    assert [picture.look for picture in found] == [Look.HAND, Look.HAND]


def test_a_rule_does_not_cut_a_signature() -> None:
    """A ruled line is no ink, and what crosses it stays whole."""
    raster = _page((pens.signature(Random(4), 40), 30, 40))
    ruled = raster.rgb.copy()
    ruled[268:270, 60:1100] = 30
    (plain,) = _ink.find(raster, (), (), 1)
    (crossed,) = _ink.find(Raster(ruled, 150), (), (), 1)

    assert crossed.look is Look.HAND
    assert crossed.stroke_pt == pytest.approx(plain.stroke_pt, rel=0.15)


@pytest.mark.parametrize("place", [200, 700], ids=["through a signature", "through a word"])
def test_a_streak_down_a_page_that_was_set_straight_is_no_ink(place: int) -> None:
    """A dirty scanner's line leans once the page is upright; what it runs through stays what it is."""
    raster = _page((pens.signature(Random(4), 40), 30, 40))
    streaked = raster.rgb.copy()
    cv2.line(streaked, (place, 0), (place + 25, raster.rgb.shape[0]), (60, 60, 60), 2)
    cv2.putText(streaked, "Signature", (640, 300), cv2.FONT_HERSHEY_SIMPLEX, 0.8, (20, 20, 20), 2)
    found = _ink.find(Raster(streaked, 150), [Box(305, 130, 380, 146)], (), 1)

    assert [picture.look for picture in found if picture.look is not Look.TRACE] == [Look.HAND]


def test_an_empty_page_bears_nothing() -> None:
    """Neither white paper nor a black square is anybody's hand."""
    white = np.full((800, 600, 3), 255, np.uint8)
    black = white.copy()
    black[300:420, 200:420] = 0

    assert _ink.find(Raster(white, 150), (), (), 1) == []
    assert [p.look for p in _ink.find(Raster(black, 150), (), (), 1)] == [Look.PRINT]


def test_a_pasted_picture_is_looked_at() -> None:
    """A picture of a signature is a hand's; white is empty; a filled logo is print."""
    drawn = pens.picture(pens.signature(Random(3), 40), pens.PENS["black gel"], 200, Random(1))
    white = np.full((120, 300, 3), 255, np.uint8)
    logo = white.copy()
    logo[20:100, 30:200] = (200, 30, 60)

    assert _ink.look_at(drawn, 120.0)[0] is Look.HAND
    assert _ink.look_at(white, 120.0)[0] is Look.EMPTY
    assert _ink.look_at(logo, 120.0)[0] is Look.PRINT


@pytest.mark.parametrize(("steps", "look"), [(9, Look.HAND), (2, Look.RING)])
def test_a_signature_with_a_line_around_it_is_one(steps: int, look: Look) -> None:
    """Some people draw a loop around their name; around a choice there is hardly anything in a ring."""
    points = tuple((8 + 2.2 * step, 8.0 if step % 2 else 3.0) for step in range(steps))
    name = pens.Stroke(points, (1.0,) * len(points))
    drawing = (*pens.circle(Random(1), 36, 11), name)
    drawn = pens.picture(drawing, pens.PENS["black gel"], 200, Random(1))

    assert _ink.look_at(drawn, drawn.shape[1] * 72 / 200)[0] is look


def test_the_rim_of_a_pale_stamp_is_a_stamp() -> None:
    """Of a round stamp on a fax two broken circles are left: no hand draws them."""
    page = np.full((600, 600, 3), 255, np.uint8)
    for radius in (100, 88):
        for start in (5, 95, 185, 275):
            cv2.ellipse(page, (300, 300), (radius, radius), 0, start, start + 80, (30, 30, 90), 2)
    (picture,) = _ink.find(Raster(page, 150), (), (), 1)

    assert picture.look is Look.STAMP


def _over_dots(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    canvas.drawString(60, 700, "Signature : " + "_" * 40)
    canvas.setFont("Helvetica-Bold", 21)
    canvas.drawString(60, 600, "ETAPE 4 – VÉRIFIER QUE VOUS", charSpace=-1.6)  # letters that touch
    canvas.drawString(60, 577, "N’AVEZ RIEN OUBLIÉ", charSpace=-1.6)
    ink = pens.clear_picture(pens.signature(Random(10), 42.0), pens.PENS["black gel"], 200)
    canvas.drawImage(ImageReader(io.BytesIO(ink)), 130, 688, 120, 32, mask="auto")


def test_a_signature_over_dots_is_no_print_and_a_high_heading_is_no_ink() -> None:
    """In a file's own text it is known what is print: letters, however high, and not the line to sign on."""
    lines = [
        Line((Span(words),), 1, Box(60, top, right, bottom))
        for words, top, right, bottom in (
            ("Signature : " + "_" * 40, 132, 364, 143),
            ("ETAPE 4 – VÉRIFIER QUE VOUS", 225, 371, 247),
            ("N’AVEZ RIEN OUBLIÉ", 248, 270, 270),
        )
    ]
    pasted = Picture(PictureForm.RASTER, 1, 0, Box(130, 122, 250, 154), None, 120, 32)

    seen = _pasted.on_pages(drawn(_over_dots, A4), lines, [pasted])

    assert [picture.look for picture in seen] == [Look.HAND]


@pytest.mark.parametrize(
    ("corners", "look"),
    [
        (((20, 60), (14, 20), (130, 4)), Look.MARK),
        (((20, 60), (14, 20), (130, 4), (60, 50), (150, 52)), Look.HAND),
        (((10, 110), (50, 10), (90, 110)), Look.HAND),
    ],
)
def test_a_corner_of_a_worn_frame_is_no_signature(corners: tuple[tuple[int, int], ...], look: Look) -> None:
    """Of a pale stamp in a frame, two lines that meet squarely may be all that is seen."""
    page = np.full((400, 400, 3), 255, np.uint8)
    cv2.polylines(page, [np.array(corners, np.int32) + 100], False, (60, 60, 140), 2)

    assert [look] == [picture.look for picture in _ink.find(Raster(page, 150.0), (), (), 1)]


@pytest.mark.parametrize(("beside", "look"), [(0, Look.MARK), (6, Look.WRITING)])
def test_two_sides_of_a_worn_frame_are_no_signature(beside: int, look: Look) -> None:
    """They no longer meet; a straight underline has a word over it."""
    page = np.full((400, 400, 3), 255, np.uint8)
    cv2.line(page, (100, 206), (190, 200), (60, 60, 140), 2)
    cv2.line(page, (200, 140), (204, 196), (60, 60, 140), 2)
    for x in range(100, 100 + 20 * beside, 20):
        cv2.ellipse(page, (x + 8, 180), (6, 15), 20, 0, 300, (60, 60, 140), 2)

    assert [look] == [picture.look for picture in _ink.find(Raster(page, 150.0), (), (), 1)]


def _wave(left_mm: float, long_mm: float, high_mm: float, step_mm: float) -> pens.Drawing:
    """A line that goes up and down, once in every so many millimetres."""
    xs = np.arange(0.0, long_mm, 0.2)
    ys = high_mm * (1 + np.sin(2 * np.pi * xs / step_mm)) / 2
    points = tuple((left_mm + x, y) for x, y in zip(xs.tolist(), ys.tolist(), strict=True))
    return (pens.Stroke(points, (1.0,) * len(points)),)


@pytest.mark.parametrize(
    ("drawing", "look"),
    [
        ((*_wave(0, 15, 4.4, 8), *_wave(16, 15, 4, 8), *_wave(33, 12, 3.6, 8)), Look.HAND),
        (_wave(0, 16, 4.2, 9), Look.HAND),
        ((*_wave(0, 10, 4.4, 1.8), *_wave(11, 12, 4, 1.8)), Look.WRITING),
        ((*_wave(0, 9, 7, 2.2), *_wave(10, 9, 6, 2.2), *_wave(20, 14, 7.5, 2.2)), Look.WRITING),
        ((*(w for x in (0, 6, 12) for w in _wave(x, 5, 4, 1.5)), *_wave(20, 26, 6.5, 10)), Look.HAND),
        ((*_wave(0, 9, 7, 7), *_wave(10, 9, 6, 7), *_wave(20, 14, 7.5, 7)), Look.HAND),
    ],
)
def test_letters_step_more_often_than_a_signature(drawing: pens.Drawing, look: Look) -> None:
    """However low its lines are, they run on; a row of joined letters, written or of type, turns at each.

    « Lu et approuvé » beside it hides no signature.
    """
    (picture,) = _ink.find(_page((drawing, 30, 40)), (), (), 1)

    assert look is picture.look


def _large_name(canvas: Canvas) -> None:
    canvas.setFont("Times-Italic", 44)
    canvas.drawString(40, 300, "Nadia Verelst")


def test_a_name_set_in_large_letters_is_no_signature() -> None:
    """However high they are: several pieces, with heads and feet on a line each."""
    looks = {picture.look for picture in _ink.find(Raster(pixels(drawn(_large_name))[0], 200.0), (), (), 1)}

    assert Look.HAND not in looks
    assert Look.WRITING in looks


def _row(canvas: Canvas) -> None:
    canvas.setFont("Times-Italic", 30)
    canvas.drawString(40, 300, "Nadia Verelst")


def _logo(canvas: Canvas) -> None:
    canvas.circle(70, 300, 22, fill=1)
    canvas.setLineWidth(0.8)
    for step in range(12):
        canvas.line(100 + 8 * step, 280, 106 + 8 * step, 315 - step)


@pytest.mark.parametrize("draw", [_row, _logo])
def test_a_pasted_name_in_type_and_a_filled_logo_are_print(draw: Callable[[Canvas], None]) -> None:
    """Letters with their feet on one line, and a filled shape, however thin the lines beside it."""
    page = pixels(drawn(draw))[0]
    down, across = np.nonzero(page.min(axis=2) < 128)
    cut = page[down.min() - 8 : down.max() + 8, across.min() - 8 : across.max() + 8]

    assert _ink.look_at(cut, cut.shape[1] * 72 / 200)[0] is Look.PRINT


@pytest.mark.parametrize("first", range(0, 150, 25))
def test_a_pasted_signature_is_not_taken_for_type(first: int) -> None:
    """However long it is, and level where its last stroke runs out."""
    drawings = (pens.at_origin(pens.signature(Random(seed))) for seed in range(first, first + 25))
    shown = [
        _pasted._decoded(pens.clear_picture(each, pens.PENS["blue ballpoint"], 200)) for each in drawings
    ]

    assert {_ink.look_at(page, 120.0)[0] for page in shown if page is not None} == {Look.HAND}


@pytest.mark.parametrize(
    ("foot", "gap", "typed"), [(10, 10, True), (56, 19, False)], ids=["type", "underline"]
)
def test_an_underline_that_letters_cross_is_no_row_of_type(foot: int, gap: int, typed: bool) -> None:
    """Of letters, a short foot each stands on the line; of an underline, long pieces between two of them."""
    row = np.zeros((60, 300), bool)
    for x in range(300):
        row[10 : 50 if x % (foot + gap) < foot else 56, x] = True

    assert _lettering.is_type(row) is typed


def test_a_small_signature_shown_large_is_one() -> None:
    """A paraph that was pasted far too large has lines as broad as a logo's, for its size a pen's."""
    paraph = pens.picture(pens.initials(Random(2), 14), pens.PENS["black gel"], 200, Random(1))

    assert [_ink.look_at(paraph, 40.0 * times)[0] for times in (1, 9)] == [Look.HAND, Look.HAND]


@pytest.mark.parametrize("seed", range(6))
def test_initials_shown_small_are_a_hands(seed: int) -> None:
    """Their lines turn as a signature's do; a tick's and a cross's do not, at whatever size."""
    pen, rng = pens.PENS["blue ballpoint"], Random(seed)
    drawings = (pens.initials(rng, 5.5), pens.tick(rng, 5.5), pens.cross(rng, 5.5))
    shown = [pens.picture(drawing, pen, 300, Random(1)) for drawing in drawings]
    looks = [_ink.look_at(each, each.shape[1] * 72 / 300)[0] for each in shown]

    assert looks == [Look.HAND, Look.MARK, Look.MARK]


def test_a_pasted_stamp_is_a_stamp() -> None:
    """Worn in its frame, where its letters run together: told as it is told on paper."""
    shown = [stamp(worn) for stamp in (stamps._round, stamps._square) for worn in (0.15, 0.3)]
    looks = {_ink.look_at(page, page.shape[1] * 72 / 150)[0] for page in shown}

    assert looks == {Look.STAMP}


def test_a_paraph_may_be_higher_than_wide() -> None:
    """One tall letter is a paraph; a tall tick is none."""
    high = tuple(
        (x / 2.4, y) for x, y in ((0, 14), (2, 0), (9, 3), (3, 7), (11, 12), (1, 14), (4, 1), (7, 13))
    )
    tick = ((0.0, 9.0), (2.0, 13.0), (5.0, 0.0))
    looks = []
    for points in (high, tick):
        (picture,) = _ink.find(_page(((pens.Stroke(points, (1.0,) * len(points)),), 60, 40)), (), (), 1)
        looks.append(picture.look)

    assert looks == [Look.HAND, Look.MARK]


def test_words_in_two_rows_are_no_signature() -> None:
    """What is left of a stamp of four rows, two of which were read: low, run together, one over the other."""
    upper, lower = _wave(0, 15, 3.4, 2.4), _wave(4, 13, 3, 2.4)
    shifted = (replace(s, points=tuple((x, y + 6) for x, y in s.points)) for s in lower)
    rows = (*upper, *shifted)
    found = _ink.find(_page((rows, 30, 40)), (), (), 1)

    assert Look.HAND not in {picture.look for picture in found}


@pytest.mark.parametrize("paper", [255, 228, 205], ids=["white", "as a lamp makes it", "grey"])
def test_a_photo_of_a_signature_in_a_pdf_is_a_hands(paper: int) -> None:
    """It brings its own paper, darker than the page's: its edge is no ink and no frame."""
    ink = pens.picture(pens.signature(Random(3), 40), pens.PENS["black gel"], 200, Random(1))
    photo = Image.fromarray(np.minimum(ink, paper).astype(np.uint8))

    def paste(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(photo), 100, A4[1] - 300, 120, 50)

    box = Box(100, 250, 220, 300)
    pasted = Picture(PictureForm.RASTER, 1, 0, box, None, 120.0, 50.0)

    assert [p.look for p in _pasted.on_pages(drawn(paste, A4), (), [pasted])] == [Look.HAND]


@pytest.mark.parametrize("paper", [255, 228], ids=["white", "as a lamp makes it"])
def test_a_stamp_that_fills_its_picture_is_one(paper: int) -> None:
    """Its frame touches the picture's edges."""
    image = Image.new("L", (300, 130), 255)
    pen = ImageDraw.Draw(image)
    pen.rectangle((1, 1, 298, 128), outline=90, width=5)
    for row, words in enumerate(("LA BRAISE SC", "Rue de la Senne 41", "1000 Bruxelles", "BE 0504.702.442")):
        pen.text((150, 22 + 28 * row), words, 90, ImageFont.load_default(24), anchor="mm")
    turned = image.rotate(-7, expand=True, fillcolor=255, resample=Image.Resampling.BICUBIC)
    stamp = Image.fromarray(np.minimum(np.asarray(turned), paper).astype(np.uint8))
    high = 126 * stamp.height / stamp.width

    def paste(canvas: Canvas) -> None:
        canvas.drawImage(ImageReader(stamp), 100, A4[1] - 250 - high, 126, high)

    box = Box(100, 250, 226, 250 + high)
    pasted = Picture(PictureForm.RASTER, 1, 0, box, None, 126.0, high)

    assert [p.look for p in _pasted.on_pages(drawn(paste, A4), (), [pasted])] == [Look.STAMP]


@pytest.mark.parametrize(("degrees", "penned"), [(0, False), (1, False), (-1, False), (5, True), (-6, True)])
def test_a_row_of_letters_that_climbs_is_no_type(degrees: int, penned: bool) -> None:
    """What is printed stands level, on a page that lies a degree askew at most."""
    drawn = Image.new("L", (420, 220), 255)
    ImageDraw.Draw(drawn).text((60, 90), "J. Lambrechts", 0, ImageFont.load_default(44))
    turned = np.asarray(drawn.rotate(degrees, fillcolor=255, resample=Image.Resampling.BICUBIC))
    (picture,) = _ink.find(Raster(np.repeat(turned[..., None], 3, axis=2), 150), (), (), 1)

    assert picture.penned is penned


@pytest.mark.parametrize(("pen", "coloured"), [("blue ballpoint", True), ("black gel", False)])
@pytest.mark.parametrize("paper", [(255, 255, 255), (235, 215, 160)], ids=["white", "lit by a lamp"])
def test_the_colour_of_a_pen_is_told(pen: str, coloured: bool, paper: tuple[int, int, int]) -> None:
    """On paper of any tint, blurred and with the noise of a sensor."""
    page = np.full((500, 900, 3), paper, np.uint8)
    pens.draw(page, pens.at_origin(pens.signature(Random(4), 40)), pens.PENS[pen], 30, 30, 150, Random(1))
    noise = np.random.default_rng(1).normal(0, 4, page.shape)
    seen = np.clip(cv2.GaussianBlur(page, (0, 0), 1.2) + noise, 0, 255).astype(np.uint8)
    pictures = [p for p in _ink.find(Raster(seen, 150), (), (), 1) if p.look is Look.HAND]

    assert [picture.penned for picture in pictures] == [coloured]


@pytest.mark.parametrize(("colour", "look"), [((0.1, 0.2, 0.6), Look.WRITING), ((0, 0, 0), Look.PRINT)])
def test_a_pasted_name_in_a_pens_colour_is_no_type(colour: tuple[float, float, float], look: Look) -> None:
    """With its feet on one line, as type has them: but type is black."""

    def name(canvas: Canvas) -> None:
        canvas.setFillColorRGB(*colour)
        _row(canvas)

    page = pixels(drawn(name))[0]
    down, across = np.nonzero(page.min(axis=2) < 128)
    cut = page[down.min() - 8 : down.max() + 8, across.min() - 8 : across.max() + 8]

    assert _ink.look_at(cut, cut.shape[1] * 72 / 200)[0] is look


def test_a_streak_that_words_and_dots_have_broken_is_no_ink() -> None:
    """Down the whole page in pieces; a lone piece may be anybody's stroke."""
    page = np.full((1600, 1100, 3), 255, np.uint8)
    for top in range(100, 1500, 130):
        cv2.line(page, (500 + top // 60, top), (501 + top // 60, top + 70), (60, 60, 60), 2)
    lone = page.copy()
    lone[:600], lone[800:] = 255, 255

    assert _ink.find(Raster(page, 150), (), (), 1) == []
    assert len(_ink.find(Raster(lone, 150), (), (), 1)) == 2


@pytest.mark.parametrize(("stem", "typed"), [(34, True), (18, False)], ids=["type", "like a hand's"])
def test_a_row_on_one_line_is_type_where_it_stands_on_stems(stem: int, typed: bool) -> None:
    """The small letters of type are higher than half of the row; those of a font like a hand's are lower."""
    row = np.zeros((60, 320), bool)
    for number, x in enumerate(range(0, 300, 20)):
        row[10 if number == 0 else 50 - stem : 50, x : x + 10] = True
        row[53:57, x + 10 : x + 17] = True

    assert _lettering.is_type(row) is typed


def _apart(canvas: Canvas) -> None:
    """Letters set apart on one line that wavers, over a line that is none of the form's."""
    canvas.setFont("Times-Italic", 15)
    for number, letter in enumerate("NADIAVERELSTNADIA"):
        canvas.drawString(40 + 10 * number, 300 + 5 * np.sin(number), letter)
    canvas.bezier(40, 292, 110, 284, 150, 296, 205, 288)


def test_letters_apart_on_one_line_are_no_stamp() -> None:
    """However much they waver: of a stamp, letters stand below each other."""
    page = pixels(drawn(_apart))[0]
    looks = {picture.look for picture in _ink.find(Raster(page, 200.0), (), (), 1)}

    assert Look.STAMP not in looks
    assert looks


def _arcs(*middles: tuple[int, int]) -> NDArray[np.uint8]:
    """Pieces of circles as wide as a stamp, each around its own middle."""
    page = np.full((300, 400, 3), 255, np.uint8)
    for turn, middle in enumerate(middles):
        cv2.ellipse(page, middle, (75, 75), 0, 120 * turn, 120 * turn + 100, (20, 20, 20), 3)
    return page


@pytest.mark.parametrize(
    ("middles", "look"),
    [(((200, 150),) * 3, Look.STAMP), (((200, 120), (216, 156), (180, 150)), Look.HAND)],
    ids=["a rim", "a hand's arcs"],
)
def test_pieces_of_a_rim_go_around_one_middle(middles: tuple[tuple[int, int], ...], look: Look) -> None:
    """A hand's arcs have each their own."""
    assert _ink.look_at(_arcs(*middles), 400 * 72 / 150)[0] is look


def test_a_row_of_words_that_lies_askew_on_a_photo_is_print() -> None:
    """Its box is higher than a word of 14 points is; of a paraph read as two capitals it is, too."""
    page = np.full((400, 900, 3), 255, np.uint8)
    for x, word in ((60, "VERIFIER"), (280, "QUE"), (390, "VOUS")):
        cv2.putText(page, word, (x, 130), cv2.FONT_HERSHEY_DUPLEX, 1.2, (20, 20, 20), 3)
    row = [Box(x * 0.48, 42.0, end * 0.48, 64.0) for x, end in ((55, 270), (275, 370), (385, 510))]

    assert not _ink.find(Raster(page, 150), row, (), 1)
    assert _ink.find(Raster(page, 150), [Box(26.0, 42.0, 245.0, 64.0)], (), 1)


@pytest.mark.parametrize(("turns", "look"), [(5, Look.HAND), (1, Look.MARK)])
def test_a_small_signature_turns_again_and_again(turns: int, look: Look) -> None:
    """Seven millimetres wide: a cross or a tick of that size has few strokes."""
    page = np.full((200, 300, 3), 255, np.uint8)
    points = [(100 + 8 * step, 60 if step % 2 else 104) for step in range(turns + 1)]
    cv2.polylines(page, [np.array(points, np.int32)], False, (120, 60, 40), 2, cv2.LINE_AA)
    if turns == 1:
        cv2.polylines(page, [np.array([(100, 62), (140, 104)], np.int32)], False, (120, 60, 40), 2)

    assert {picture.look for picture in _ink.find(Raster(page, 150), (), (), 1)} == {look}
