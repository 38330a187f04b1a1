"""Pages that are images: put right, recognised, laid out as print is, joined to their file."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

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
from parsers._scanned import _fills, _grounds, _marks, _print
from tests.parsers.scans import (
    NEEDS_FRENCH,
    ROWS,
    a_page,
    an_unsure_word,
    as_pdf,
    as_picture,
    askew,
    draw_rows,
    drawn,
    need_language,
    pixels,
    read,
    recognised,
)


@NEEDS_FRENCH
def test_a_scan_gives_lines_with_boxes() -> None:
    """Each row of a page that lay askew is a line at its place, and the page says that it was recognised."""
    reading = read(as_pdf([askew(a_page(), 1.3)]))

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
        draw_rows(canvas, rows)

    scan = as_pdf([askew(pixels(drawn(write))[0], 0.6)])
    own = read(scan)
    assert [line.text for line in own.lines] == list(rows)

    monkeypatch.setattr(_ocr, "languages", lambda: ("fra", "osd"))
    french = read(scan)
    assert own.pages[0].confidence
    assert french.pages[0].confidence
    assert own.pages[0].confidence > french.pages[0].confidence


@NEEDS_FRENCH
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_is_turned_until_it_can_be_read(quarters: int) -> None:
    """Sideways or on its head, a page is read all the same, and says by how much it was turned."""
    lying = np.ascontiguousarray(np.rot90(a_page(), quarters))
    reading = read(as_picture([lying], "PNG"))

    assert [line.text for line in reading.lines] == list(ROWS)
    assert reading.pages[0].turned == 90 * quarters


@NEEDS_FRENCH
def test_every_page_of_a_picture_file_is_read() -> None:
    """A TIFF of two pages is a document of two pages."""
    reading = read(as_picture([a_page(), a_page()], "TIFF"))

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
    reading = read(as_pdf([askew(pixels(drawn(_table))[0], 0.7)]))

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
    reading = read(as_pdf([askew(pixels(drawn(_by_pen))[0], 0.4)]))

    told = {line.text: line.spans[0] for line in reading.lines}
    assert [text for text in told if "aire" in text] == [
        "☐ primaire", "☒ secondaire inférieur", "☐ secondaire supérieur",
    ]  # fmt: skip
    assert (told["oui"].highlight, told["non"].highlight) == (False, True)
    assert {picture.look for picture in reading.pictures} == {Look.RING}


def test_an_elided_word_is_as_sure_as_others() -> None:
    """Tesseract believes little of « d'accompagnement », though it reads it well."""
    told = {
        text: _ocr.surer(an_unsure_word(text)).confidence
        for text in ("d'accompagnement?", "l'écbjv'k", "d'4x")
    }

    assert told == {"d'accompagnement?": _ocr.ELIDED, "l'écbjv'k": 0.1, "d'4x": 0.1}


def test_a_legal_form_is_as_sure_as_a_word() -> None:
    """« ASBL » stands in no list of words; « SC » is too short to be told from strokes of a pen."""
    told = {text: _ocr.surer(an_unsure_word(text)).confidence for text in ("ASBL", "vzw.", "SC", "ASL")}

    assert told == {"ASBL": _ocr.ELIDED, "vzw.": _ocr.ELIDED, "SC": 0.1, "ASL": 0.1}


def test_a_dash_or_slash_for_an_answer_is_kept() -> None:
    """They are read with little confidence, as specks are; but specks are read as other signs."""
    signs = [
        replace(an_unsure_word(text), confidence=0.5, x0=at * 400, x1=at * 400 + 9)
        for at, text in enumerate("/-.*")
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


def _bulleted(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    for y, text in ((350, "autres formations"), (320, "secondaire inférieur")):
        canvas.circle(38, y + 4, 1.7, fill=1)
        canvas.drawString(52, y, text)
    canvas.line(52, 318.6, 52 + canvas.stringWidth("secondaire inférieur", "Helvetica", 11), 318.6)


@NEEDS_FRENCH
def test_bullets_and_underlines_take_no_letter() -> None:
    """A bullet is no word of its row, and a line under words is taken out without their feet."""
    reading = read(as_pdf([askew(pixels(drawn(_bulleted))[0], 0.9)]))

    assert [line.text for line in reading.lines] == ["autres formations", "secondaire inférieur"]


@pytest.mark.parametrize(("first", "is_bullet"), [("Nom", False), ("", True)])
def test_a_dash_between_two_words_is_no_bullet(first: str, is_bullet: bool) -> None:
    """« Nom – Peeters »: it parts a label from its value; before the first word it may count a list."""
    said = [(text, x) for text, x in ((first, 100.0), ("–", 160.0), ("Peeters", 190.0)) if text]
    words = [
        Word(text, x, 112.0 if text == "–" else 104.0, x + 12 * len(text), 115.0 if text == "–" else 122.0,
             0.9, 120.0, 24.0)
        for text, x in said
    ]  # fmt: skip

    assert {word.text for word in _print.bullets(words)} == ({"–"} if is_bullet else set())


def test_text_and_scan_in_one_file() -> None:
    """In a file of both, each page says where its words come from, and all stand in order."""
    import io

    import pypdfium2

    both = pypdfium2.PdfDocument(drawn(draw_rows))
    both.import_pages(pypdfium2.PdfDocument(as_pdf([a_page()])))
    out = io.BytesIO()
    both.save(out)
    reading = read(out.getvalue())

    assert [page.source for page in reading.pages] == [PageSource.TEXT, PageSource.OCR]
    assert [line.text for line in reading.lines] == [*ROWS, *ROWS]


def test_without_language_data_a_scan_is_refused_with_the_reason(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Nothing is recognised where no French is installed; the reason says so, and no mail suffers."""
    monkeypatch.setattr(_ocr, "FOLDERS", (str(tmp_path),))
    monkeypatch.delenv("TESSDATA_PREFIX", raising=False)
    reading = recognised(as_pdf([a_page()]))

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.SCAN
    assert "langue" in reading.detail


def test_a_page_without_words_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    """A damaged picture is told as damaged, at whatever step that is seen."""
    png = as_picture([a_page()], "PNG")
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


@pytest.mark.parametrize(("x0", "text", "kept"), [(1, "4", False), (1, "Nom", True), (90, "4", True)])
def test_letters_that_touch_the_edge_of_a_page_are_shade(x0: float, text: str, kept: bool) -> None:
    """Nothing is printed there: a dark rim is read as a letter or two."""
    word = replace(an_unsure_word(text), x0=x0, x1=x0 + 20, top=300.0, bottom=320.0)

    assert bool(_print.without_shade([word], (2339, 1654))) is kept
