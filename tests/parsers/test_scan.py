"""Pages that are images: put right, recognised, laid out as print is, joined to their file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.model import (
    Box,
    Document,
    FileKind,
    Line,
    Look,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Span,
    Unread,
    UnreadReason,
)
from parsers import _ocr
from parsers._answered import _grid
from parsers._ocr import Word
from parsers._printed._layout import PageReading
from parsers._printed._pages import put_together
from parsers._scanned import _fills, _grounds, _marks, _photo, _print, _scan, _second_look
from parsers._scanned._raster import A4_LONG_INCHES, Raster
from tests.corpus.make import pens, scans
from tests.parsers.scans import (
    NEEDS_FRENCH,
    Pixels,
    as_pdf,
    as_picture,
    askew,
    drawn,
    need_language,
    photo,
    pixels,
    recognised,
)

ROWS = (
    "Quelle est la mission de votre entreprise ?",
    "Nous réparons des vélos avec des jeunes du quartier,",
    "chaque semaine, dans un atelier ouvert à toutes et tous.",
    "Depuis quand votre association existe-t-elle ?",
    "Elle a été créée en septembre 2019 à Molenbeek.",
)


def _rows(canvas: Canvas, rows: Sequence[str] = ROWS) -> None:
    canvas.setFont("Helvetica", 9)
    for number, row in enumerate(rows):
        canvas.drawString(30, 380 - 22 * number, row)


def _page() -> Pixels:
    return pixels(drawn(_rows))[0]


def _read(content: bytes) -> Document:
    reading = recognised(content)
    assert isinstance(reading, Document), reading
    return reading


@NEEDS_FRENCH
def test_a_scan_gives_lines_with_boxes() -> None:
    """Each row of a page that lay askew is a line at its place, and the page says that it was recognised."""
    reading = _read(as_pdf([askew(_page(), 1.3)]))

    assert [line.text for line in reading.lines] == list(ROWS)
    assert all(line.confidence > 0.8 for line in reading.lines)
    first = reading.lines[0].box
    assert first
    assert first.x0 == pytest.approx(30, abs=8)
    assert first.top == pytest.approx(420 - 387, abs=8)
    assert reading.pages[0].source is PageSource.OCR
    assert reading.pages[0].confidence
    assert reading.pages[0].confidence > 0.85


DUTCH = (
    "De raad van bestuur is op 1 maart bijeengekomen.",
    "Zij keurt de begroting goed vóór het einde van",
    "het jaar, en legt uit wat dat met de leden te maken",
    "heeft: één op vijf is jonger dan dertig.",
)
ENGLISH = (
    "The board met on the first of March and it",
    "approved the budget. We employ four people,",
    "and the others are with us for one day a week.",
    "It is our aim to keep the workshop open to all.",
)


@NEEDS_FRENCH
@pytest.mark.parametrize(("rows", "data"), [(DUTCH, "nld"), (ENGLISH, "eng")])
def test_a_page_in_another_language_is_read_with_its_own_data(
    rows: Sequence[str], data: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """French data makes « v66r » of « vóór », and is less sure of all; where it is alone, it must do."""
    need_language(data)

    def write(canvas: Canvas) -> None:
        _rows(canvas, rows)

    scan = as_pdf([askew(pixels(drawn(write))[0], 0.6)])
    own = _read(scan)
    assert [line.text for line in own.lines] == list(rows)

    monkeypatch.setattr(_ocr, "languages", lambda: ("fra", "osd"))
    french = _read(scan)
    assert own.pages[0].confidence
    assert french.pages[0].confidence
    assert own.pages[0].confidence > french.pages[0].confidence


@NEEDS_FRENCH
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_is_turned_until_it_can_be_read(quarters: int) -> None:
    """Sideways or on its head, a page is read all the same, and says by how much it was turned."""
    lying = np.ascontiguousarray(np.rot90(_page(), quarters))
    reading = _read(as_picture([lying], "PNG"))

    assert [line.text for line in reading.lines] == list(ROWS)
    assert reading.pages[0].turned == 90 * quarters


@NEEDS_FRENCH
def test_a_photo_is_flattened() -> None:
    """The sheet is cut out of the table it lies on, and its shadow does not matter."""
    reading = _read(as_picture([photo(_page())], "JPEG"))

    assert [line.text for line in reading.lines] == list(ROWS)


@pytest.mark.parametrize(
    ("seen", "laid_out"), [(300.0, 170.0), (200.0, 170.0), (175.0, 158.0), (100.0, 150.0)]
)
def test_a_sheet_is_laid_out_as_fine_as_it_was_seen(seen: float, laid_out: float) -> None:
    """The table around it takes a part of the dots, and what was enlarged to be looked at shows no more."""
    ground = np.full((2500, 1800, 3), 90, np.uint8)
    ground[200:2312, 150:1643] = 240  # some 180 dots an inch of A4
    flat = _photo.cut_out(Raster(ground, 200.0, seen))

    assert abs(flat.dpi - laid_out) < 3
    assert max(flat.rgb.shape) == round(A4_LONG_INCHES * flat.dpi)


def _in_the_shade(page: Pixels) -> Pixels:
    """Photographed so that a corner of the sheet is darker than the lit part of the table."""
    seen = photo(page).astype(np.float32)
    height, width = seen.shape[:2]
    near = np.hypot(np.linspace(0, 1, width)[None] - 1, np.linspace(0, 1, height)[:, None])
    return np.asarray(seen * np.clip(0.35 + 0.75 * near, 0.35, 1.0)[..., None], np.uint8)


@NEEDS_FRENCH
def test_a_shadow_on_a_corner_of_the_sheet_cuts_nothing_off() -> None:
    """A hand's shadow makes paper as dark as wood: the sheet is known by its shape."""
    reading = _read(as_picture([_in_the_shade(_page())], "JPEG"))

    assert [line.text for line in reading.lines] == list(ROWS)


@pytest.mark.parametrize("seed", [3, 17, 58, 114, 145])
def test_a_sheet_does_not_end_where_a_shadow_falls(seed: int) -> None:
    """The corners of a sheet in the shade are those that it has in the light."""
    manner = replace(scans.MANNERS["photo"], dpi=50, blur=0)
    sheet = np.full((585, 413, 3), 255, np.uint8)
    shaded, lit = (
        _photo.sheet(Raster(scans.handled(sheet, each, Random(seed)), 50.0))
        for each in (manner, replace(manner, shadow=0.0))
    )

    assert np.abs(shaded - lit).max() < 12


@pytest.mark.parametrize("seed", [22, 52, 54, 146, 200])
def test_a_shadow_bites_no_corner_off_a_sheet(seed: int) -> None:
    """Of the shapes that a sheet has in more or less light, the one counts that ends at edges all along."""
    manner = replace(scans.MANNERS["photo"], dpi=50, blur=0, shadow=0.5)
    paper = np.full((585, 413, 3), 255, np.uint8)
    shaded, lit = (
        _photo.sheet(Raster(scans.handled(paper, each, Random(seed)), 50.0))
        for each in (manner, replace(manner, shadow=0.0))
    )

    assert np.abs(shaded - lit).max() < 6


def _on_a_desk(corners: Pixels, ground: int, tilt: float, apart: int = 14, bold: int = 1) -> Pixels:
    """White paper, with rows of text and two shaded ones, on a desk; the light falls off to one side."""
    seen = np.full((600, 440, 3), ground, np.uint8)
    sheet = np.full((585, 413, 3), 235, np.uint8)
    for row in range(60, 540, apart):
        sheet[row : row + bold, 25:390] = 60
    sheet[150:166, 30:385] = sheet[400:416, 30:385] = 195
    edges = np.array([[0, 0], [413, 0], [413, 585], [0, 585]], np.float32)
    view = cv2.getPerspectiveTransform(edges, corners.astype(np.float32))
    cv2.warpPerspective(sheet, view, (440, 600), dst=seen, borderMode=cv2.BORDER_TRANSPARENT)
    light = 1 - tilt * np.linspace(0, 1, 440)[None] - 0.2 * np.linspace(0, 1, 600)[:, None]
    return np.asarray(seen * light[..., None], np.uint8)


@pytest.mark.parametrize("tilt", [0.0, 0.2, 0.4, 0.6])
@pytest.mark.parametrize("ground", [60, 130, 180, 200])
def test_a_sheet_on_a_light_desk_is_known_by_its_sides(ground: int, tilt: float) -> None:
    """Ground that is brighter in the light than paper in the shade has the same edge all around."""
    corners = np.array([[32, 24], [405, 38], [414, 560], [22, 571]])
    found = _photo.sheet(Raster(_on_a_desk(corners, ground, tilt), 50.0))

    assert found is not None
    assert np.abs(found - corners).max() < 3


@pytest.mark.parametrize(("apart", "bold"), [(14, 1), (14, 5), (8, 4), (6, 3)])
def test_a_sheet_does_not_end_at_a_shaded_row(apart: int, bold: int) -> None:
    """Beyond a shaded row is paper again: of a sheet that goes on below the picture, nothing is lost."""
    corners = np.array([[32, 44], [405, 58], [414, 660], [22, 671]])
    found = _photo.sheet(Raster(_on_a_desk(corners, 60, 0.2, apart, bold), 50.0))

    assert found is None or found[:, 1].max() > 570


def test_lit_ground_beside_a_corner_is_no_part_of_a_sheet() -> None:
    """Where a green cloth is as light as paper in the shade, its darkest channel is not."""
    down, across = np.mgrid[-1:1:585j, -1:1:438j]
    light = 1 + 0.22 * (across - down) - 0.08 * (across**2 + down**2)
    cloth = np.full((585, 438, 3), (70, 128, 75), np.float32)
    corners = np.array([(37, 60), (398, 45), (401, 525), (35, 544)])
    cv2.fillPoly(cloth, [corners], (235, 232, 228))
    seen = np.clip(cloth * light[..., None], 0, 255).astype(np.uint8)

    assert np.abs(_photo.sheet(Raster(seen, 50.0)) - corners).max() < 5


def test_a_shadow_across_a_scan_is_no_edge_of_a_sheet() -> None:
    """Where the page itself fills the picture there is nothing to cut, however dark one half of it is."""
    width = 1240
    light = 1 - 0.55 / (1 + np.exp(-np.linspace(-4, 4, width)))
    page = np.full((1754, width, 3), 240, np.float32) * light[None, :, None]

    assert _photo.sheet(Raster(page.astype(np.uint8), 150.0)) is None


@NEEDS_FRENCH
def test_every_page_of_a_picture_file_is_read() -> None:
    """A TIFF of two pages is a document of two pages."""
    reading = _read(as_picture([_page(), _page()], "TIFF"))

    assert [line.page for line in reading.lines] == [1] * len(ROWS) + [2] * len(ROWS)


def _table(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 9)
    canvas.setLineWidth(0.5)
    canvas.grid([30, 130, 270], [300, 320, 340])
    for x, y, text in ((36, 326, "Nom"), (136, 326, "Les Ateliers"), (36, 306, "Adresse")):
        canvas.drawString(x, y, text)
    canvas.line(150, 305, 190, 315)
    canvas.line(150, 315, 190, 304)
    for y, option in ((260, "oui, depuis deux ans"), (240, "non, pas encore")):
        canvas.rect(30, y, 9, 9)
        canvas.drawString(46, y + 1, option)
    canvas.line(32, 262, 37, 267)
    canvas.line(32, 267, 37, 262)


@NEEDS_FRENCH
def test_what_is_drawn_is_what_print_would_have() -> None:
    """Ruled cells are cells, drawn boxes are ☒ and ☐, and a mark in a cell is ink there."""
    reading = _read(as_pdf([askew(pixels(drawn(_table))[0], 0.7)]))

    cells = {(line.cell.row, line.cell.column): line.text for line in reading.lines if line.cell}
    assert cells == {(0, 0): "Nom", (0, 1): "Les Ateliers", (1, 0): "Adresse"}
    loose = [(line.text, line.spans[0].tick) for line in reading.lines if line.cell is None]
    assert loose == [("☒ oui, depuis deux ans", True), ("☐ non, pas encore", False)]
    assert [(p.form, p.cell and (p.cell.row, p.cell.column)) for p in reading.pictures] == [
        (PictureForm.INK, (1, 1))
    ]


def _by_pen(canvas: Canvas) -> None:
    """Boxes, one ticked by a thin stroke that leaves it; words, one with a line around; a shaded label."""
    canvas.setFont("Helvetica", 10)
    canvas.setLineWidth(0.8)
    options = ("primaire", "secondaire inférieur", "secondaire supérieur")
    for y, option in zip((380, 362, 344), options, strict=True):
        canvas.rect(30, y, 10, 10)
        canvas.drawString(48, y + 1, option)
    canvas.lines([(28, 366, 32, 361), (32, 361, 45, 376)])
    for y, option in ((310, "oui"), (288, "non")):
        canvas.drawString(48, y, option)
    canvas.ellipse(40, 280, 75, 299)
    canvas.setFillGray(0.84)
    canvas.rect(30, 200, 110, 40, fill=1)
    canvas.setFillGray(0)
    canvas.drawString(36, 215, "Prénom")
    canvas.drawString(30, 170, "d'accompagnement ?")


@NEEDS_FRENCH
def test_what_a_pen_did_to_options_is_seen() -> None:
    """A tick that leaves its box is a tick; the word in a ring is set apart; a shaded cell holds no ink."""
    reading = _read(as_pdf([askew(pixels(drawn(_by_pen))[0], 0.4)]))

    told = {line.text: line.spans[0] for line in reading.lines}
    assert [text for text in told if "aire" in text] == [
        "☐ primaire", "☒ secondaire inférieur", "☐ secondaire supérieur",
    ]  # fmt: skip
    assert (told["oui"].highlight, told["non"].highlight) == (False, True)
    assert {picture.look for picture in reading.pictures} == {Look.RING}


def test_an_elided_word_is_as_sure_as_others() -> None:
    """Tesseract believes little of « d'accompagnement », though it reads it well."""
    told = {text: _ocr.surer(_unsure(text)).confidence for text in ("d'accompagnement?", "l'écbjv'k", "d'4x")}

    assert told == {"d'accompagnement?": _ocr.ELIDED, "l'écbjv'k": 0.1, "d'4x": 0.1}


def test_a_legal_form_is_as_sure_as_a_word() -> None:
    """« ASBL » stands in no list of words; « SC » is too short to be told from strokes of a pen."""
    told = {text: _ocr.surer(_unsure(text)).confidence for text in ("ASBL", "vzw.", "SC", "ASL")}

    assert told == {"ASBL": _ocr.ELIDED, "vzw.": _ocr.ELIDED, "SC": 0.1, "ASL": 0.1}


def test_a_dash_or_slash_for_an_answer_is_kept() -> None:
    """They are read with little confidence, as specks are; but specks are read as other signs."""
    signs = [
        replace(_unsure(text), confidence=0.5, x0=at * 400, x1=at * 400 + 9) for at, text in enumerate("/-.*")
    ]

    assert [word.text for word in _print.legible(signs)] == ["/", "-"]


@pytest.mark.parametrize(
    ("high", "number", "behind", "told"),
    [(32, "4.", "110", "4?"), (32, "8.10", "", "8? 10"), (14, "4.", "/10", "4."), (32, "4.", "rue", "4.")],
)
def test_a_digit_by_hand_before_a_printed_ten_is_in_doubt(
    high: int, number: str, behind: str, told: str
) -> None:
    """It is far higher than type; a typed one is as high, and a number elsewhere is read as it was."""
    texts = [text for text in ("Note", "de", "la", "page", ":", number, behind) if text]
    words = [
        Word(text, at * 60, 100 - (high if text == number else 14), at * 60 + 40, 100, 0.9, 100, 20)
        for at, text in enumerate(texts)
    ]  # fmt: skip

    assert _print.legible(words)[5].text == told


@pytest.mark.parametrize(
    ("text", "confidence", "is_print"),
    [("DR", 0.96, False), ("ROUSEL", 0.55, False), ("CANDIDATURE", 0.96, True)],
)
def test_large_letters_may_be_drawn(text: str, confidence: float, is_print: bool) -> None:
    """Twice as high as the page's words, a paraph is read as two capitals, and a signature as some guess."""
    row = [Word("mot", 40.0 * at, 0, 40.0 * at + 30, 10, 0.96, 8, 12) for at in range(5)]
    large = Word(text, 0, 100, 60, 122, confidence, 120, 24)

    printed = _print.printed([*row, large])

    assert (large in printed) is is_print


@pytest.mark.parametrize(
    ("texts", "confidence", "is_print"),
    [("/ J NON ON A", 0.65, False), ("/ J NON ON A", 0.9, True), ("chemin du Lac", 0.65, True)],
)
def test_a_pens_waves_are_no_words(texts: str, confidence: float, is_print: bool) -> None:
    """A row of nothing but short words, all of them unsure, is what a signature was read as."""
    sure = [Word("mot", 40.0 * at, 90, 40.0 * at + 30, 100, 0.96, 98, 12) for at in range(5)]
    row = [Word(w, 30.0 * at, 0, 30.0 * at + 25, 10, confidence, 8, 12) for at, w in enumerate(texts.split())]

    assert (len(_print.printed([*row, *sure])) > len(sure)) is is_print


def _unsure(text: str) -> Word:
    return Word(text, 0, 0, 90, 20, 0.1, 16, 20)


def _bulleted(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    for y, text in ((350, "autres formations"), (320, "secondaire inférieur")):
        canvas.circle(38, y + 4, 1.7, fill=1)
        canvas.drawString(52, y, text)
    canvas.line(52, 318.6, 52 + canvas.stringWidth("secondaire inférieur", "Helvetica", 11), 318.6)


@NEEDS_FRENCH
def test_bullets_and_underlines_take_no_letter() -> None:
    """A bullet is no word of its row, and a line under words is taken out without their feet."""
    reading = _read(as_pdf([askew(pixels(drawn(_bulleted))[0], 0.9)]))

    assert [line.text for line in reading.lines] == ["autres formations", "secondaire inférieur"]


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
        _ocr, "words_of_block", lambda grey, dpi, left, top: [replace(_unsure("7"), confidence=dpi / 500)]
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


def test_text_and_scan_in_one_file() -> None:
    """In a file of both, each page says where its words come from, and all stand in order."""
    import io

    import pypdfium2

    both = pypdfium2.PdfDocument(drawn(_rows))
    both.import_pages(pypdfium2.PdfDocument(as_pdf([_page()])))
    out = io.BytesIO()
    both.save(out)
    reading = _read(out.getvalue())

    assert [page.source for page in reading.pages] == [PageSource.TEXT, PageSource.OCR]
    assert [line.text for line in reading.lines] == [*ROWS, *ROWS]


# ---------------------------------------------------------------- without language data, or with less luck


def test_without_language_data_a_scan_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is recognised where no French is installed; the reason says so, and no mail suffers."""
    monkeypatch.setattr(_ocr, "FOLDERS", (str(tmp_path),))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    reading = recognised(as_pdf([_page()]))

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.SCAN
    assert "langue" in reading.detail


def test_a_page_without_words_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged picture is told as damaged, at whatever step that is seen."""
    png = as_picture([_page()], "PNG")
    reading = recognised(png[: len(png) // 2])

    assert isinstance(reading, Unread)
    assert reading.reason in {UnreadReason.CORRUPT, UnreadReason.SCAN}


WAITING = Document(
    FileKind.PDF,
    (Page(1, PageSource.TEXT), Page(2, PageSource.NONE), Page(3, PageSource.NONE)),
    (Line((Span("Nom : Zoé"),), 1),),
)
SEEN = Document(
    FileKind.PDF,
    (Page(2, PageSource.OCR, 595.0, 842.0, confidence=0.9),),
    (Line((Span("Prénom : Ali"),), 2, Box(60, 100, 200, 112)),),
    (Picture(PictureForm.INK, 2, -1, Box(60, 300, 200, 340)),),
)


def test_a_page_that_fails_costs_that_page() -> None:
    """The rest of the file is joined; the page that was not read says why."""
    late = Unread(FileKind.PDF, UnreadReason.TIMED_OUT, "trop long")
    joined = parsers.joined(WAITING, {2: SEEN, 3: late})

    assert isinstance(joined, Document)
    assert [line.text for line in joined.lines] == ["Nom : Zoé", "Prénom : Ali"]
    assert [page.source for page in joined.pages] == [PageSource.TEXT, PageSource.OCR, PageSource.NONE]
    assert joined.pages[2].reason == "trop long"
    assert joined.pictures[0].after == 1


def test_of_a_long_scan_the_first_pages_are_read() -> None:
    """Beyond the limit pages are told as such: nobody reads a scanned book."""
    book = Document(FileKind.PDF, tuple(Page(n, PageSource.NONE) for n in range(1, 200)), ())
    numbers = parsers.pages_to_recognise(book)
    joined = parsers.joined(book, {numbers[0]: SEEN})

    assert numbers == list(range(1, 61))
    assert isinstance(joined, Document)
    assert "60 premières pages" in joined.pages[100].reason


def test_a_highlighted_digit_is_a_fill() -> None:
    """A highlighter's stroke over one number of a scale is narrower than any shaded cell."""
    page = np.full((400, 600, 3), 252, np.uint8)
    page[100:124, 200:216] = (255, 250, 40)
    page[106:118, 205:207] = 20

    found = _fills.fills(page, 150.0, even_light=True)

    assert [round((fill.x0 + fill.x1) / 2) for fill in found] == [pytest.approx(208, abs=3)]


def test_ink_in_the_left_of_two_columns_stands_there() -> None:
    """Of two columns the right one is read later, however high: ink on the left does not stand behind it."""
    rows = [("Site internet :", 60, 700), ("Genre :", 60, 730), ("Avez-vous participé ?", 310, 690)]
    lines = [Line((Span(text),), 1, Box(x, top, x + 100, top + 11)) for text, x, top in rows]
    ink = Picture(PictureForm.INK, 1, -1, Box(60, 714, 78, 724), None, 18, 10, stroke_pt=22.0, look=Look.MARK)
    _, (placed,) = put_together([PageReading(1, 842.0, lines, [ink])])

    assert placed.after == 0


def test_a_mark_in_a_cell_beside_a_long_statement_is_no_taller_than_a_mark() -> None:
    """Ten narrow columns make a tall row: what stands in one of its cells still ticks it."""
    marked = _marks.mark((144.0, 594.0, 187.0, 763.0), 1)

    assert _grid.scribbles([marked]) == [marked]


def test_of_a_dark_bar_with_white_letters_nothing_is_ink() -> None:
    """The title of a section in a coloured bar, with a scanner's grain: it is paper to who looks for pens."""
    grain = np.random.default_rng(3).normal(0, 9, (60, 300, 3))
    page = np.full((60, 300, 3), 250.0)
    page[10:30], page[35:55] = (38, 168, 120), (255, 240, 150)
    page[40:50, 100:110] = 10
    page = (page + grain).clip(0, 255).astype(np.uint8)
    dark = _fills.Fill(0, 10, 299, 29, (38 / 255, 168 / 255, 120 / 255))
    light = _fills.Fill(0, 35, 299, 54, (1.0, 240 / 255, 150 / 255))

    white = _grounds.bleached(page, [dark, light])

    assert white[10:30].min() == 255
    assert white[41:49, 101:109].max() < 60


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
