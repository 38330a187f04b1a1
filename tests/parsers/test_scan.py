"""Pages that are images: put right, recognised, laid out as print is, joined to their file."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import cv2
import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.edition import Edition, Question, QuestionKind
from data.model import (
    Answer,
    AnswerState,
    Box,
    Cell,
    Document,
    FileKind,
    Line,
    Look,
    Page,
    PageSource,
    Picture,
    PictureForm,
    SignatureState,
    Span,
    Unread,
    UnreadReason,
)
from parsers import _form, _grid, _legibility, _ocr, _rulings, _scan, _second_look, _upright
from parsers._layout import PageReading
from parsers._ocr import Word
from parsers._pages import put_together
from parsers._raster import Raster
from tests.corpus.make import pens, scans
from tests.parsers.layouts import Filled
from tests.parsers.printed import PRINTED
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
        _upright._sheet(Raster(scans.handled(sheet, each, Random(seed)), 50.0))
        for each in (manner, replace(manner, shadow=0.0))
    )

    assert np.abs(shaded - lit).max() < 12


def test_a_shadow_across_a_scan_is_no_edge_of_a_sheet() -> None:
    """Where the page itself fills the picture there is nothing to cut, however dark one half of it is."""
    width = 1240
    light = 1 - 0.55 / (1 + np.exp(-np.linspace(-4, 4, width)))
    page = np.full((1754, width, 3), 240, np.float32) * light[None, :, None]

    assert _upright._sheet(Raster(page.astype(np.uint8), 150.0)) is None


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
    told = {
        text: _scan._surer(_unsure(text)).confidence for text in ("d'accompagnement?", "l'écbjv'k", "d'4x")
    }

    assert told == {"d'accompagnement?": _scan.ELIDED, "l'écbjv'k": 0.1, "d'4x": 0.1}


def test_a_dash_or_slash_for_an_answer_is_kept() -> None:
    """They are read with little confidence, as specks are; but specks are read as other signs."""
    signs = [
        replace(_unsure(text), confidence=0.5, x0=at * 400, x1=at * 400 + 9) for at, text in enumerate("/-.*")
    ]

    assert [word.text for word in _scan._legible(signs)] == ["/", "-"]


@pytest.mark.parametrize(
    ("text", "confidence", "is_print"),
    [("DR", 0.96, False), ("ROUSEL", 0.55, False), ("CANDIDATURE", 0.96, True)],
)
def test_large_letters_may_be_drawn(text: str, confidence: float, is_print: bool) -> None:
    """Twice as high as the page's words, a paraph is read as two capitals, and a signature as some guess."""
    page = _upright.Upright(
        Raster(np.zeros((9, 9, 3), np.uint8), 150), np.zeros((9, 9), np.uint8), 72, False, 0
    )
    row = [Word("mot", 40.0 * at, 0, 40.0 * at + 30, 10, 0.96, 8, 12) for at in range(5)]
    large = Word(text, 0, 100, 60, 122, confidence, 120, 24)

    printed = _scan._printed(page, [*row, large])

    assert (Box(0, 100, 60, 122) in printed) is is_print


def _unsure(text: str) -> Word:
    return Word(text, 0, 0, 90, 20, 0.1, 16, 20)


def _bulleted(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 11)
    for y, text in ((350, "Nom : Dupont"), (320, "secondaire inférieur")):
        canvas.circle(38, y + 4, 1.7, fill=1)
        canvas.drawString(52, y, text)
    canvas.line(52, 318.6, 52 + canvas.stringWidth("secondaire inférieur", "Helvetica", 11), 318.6)


@NEEDS_FRENCH
def test_bullets_and_underlines_take_no_letter() -> None:
    """A bullet is no word of its row, and a line under words is taken out without their feet."""
    reading = _read(as_pdf([askew(pixels(drawn(_bulleted))[0], 0.9)]))

    assert [line.text for line in reading.lines] == ["Nom : Dupont", "secondaire inférieur"]


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

    found = list(_second_look.passed_over([lost, written, stamped, stamp], grey.astype(np.uint8), 200.0))

    assert [(lost, ["Signature"])] == [(ink, [word.text for word in words]) for ink, words in found]


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

    assert [spelling] == list(_second_look.spelled([spelling, scrawl], [], grey, 200.0))
    assert list(_second_look.spelled([spelling], [Box(30, 10, 260, 60)], grey, 200.0)) == []


def test_a_whole_question_that_was_passed_over_is_read_once_more(monkeypatch: pytest.MonkeyPatch) -> None:
    """A row of print looks like a stamp's; of its words the engine may tell one as a guess, but not most."""
    row = Picture(PictureForm.INK, 1, -1, Box(61, 91, 298, 103), None, look=Look.STAMP)
    grey = np.full((600, 900), 255, np.uint8)

    def read(sureness: tuple[float, ...]) -> list[str]:
        said = zip(("5/", "Combien", "êtes-vous", "et", "qui", "fait", "quoi", "?"), sureness, strict=True)
        words = [Word(text, 0, 0, 9, 9, sure, 9, 12) for text, sure in said]
        monkeypatch.setattr(_ocr, "words_of_block", lambda *_: words)
        return [word.text for _, told in _second_look.passed_over([row], grey, 200.0) for word in told]

    assert len(read((0.93, 0.0, 0.96, 0.96, 0.96, 0.96, 0.93, 0.93))) == 8
    assert read((0.93, 0.0, 0.5, 0.96, 0.96, 0.96, 0.93, 0.93)) == []


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


# ---------------------------------------------------------------- what was not seen for certain


def _blank_form(edition: Edition, sure: float) -> Document:
    """A form that nobody filled in or signed, as if its pages had been recognised as surely as this."""
    blank = Filled(dict.fromkeys(edition.questions), dict.fromkeys(edition.signatories, False))
    printed = parsers.read(PRINTED["lines, ink"](blank, edition))
    assert isinstance(printed, Document)
    pages = tuple(replace(page, source=PageSource.OCR, confidence=sure) for page in printed.pages)
    return replace(printed, pages=pages)


@pytest.mark.parametrize(("sure", "doubt"), [(0.95, False), (0.7, True)])
def test_nothing_is_missing_on_a_page_that_was_read_badly(sure: float, doubt: bool, edition: Edition) -> None:
    """Of a clear page a blank is a blank; of a poor one a person looks, at answers and signatures alike."""
    reading = _form.read(_blank_form(edition, sure), "scan.pdf", edition)

    answers = {answer.state for answer in reading.answers.values()}
    signatures = {signature.state for signature in reading.signatures.values()}
    assert (AnswerState.BLANK in answers) is not doubt
    assert signatures == {SignatureState.UNCLEAR if doubt else SignatureState.MISSING}


def _written_on_page_1(answers: Mapping[str, Answer], edition: Edition) -> list[Answer]:
    """Those to questions that print no options, which are never blank."""
    written = [answer for question, answer in answers.items() if not edition.questions[question].choices]
    return [answer for answer in written if answer.place and answer.place.page == 1]


def test_an_answer_may_stand_on_the_page_that_was_lost(edition: Edition) -> None:
    """The last question before a page that nobody could read is in doubt; the ones before it are not."""
    whole = _blank_form(edition, 0.95)
    lost = replace(whole.pages[1], source=PageSource.NONE, confidence=None)
    cut = replace(
        whole,
        pages=(whole.pages[0], lost, *whole.pages[2:]),
        lines=tuple(line for line in whole.lines if line.page != 2),
        pictures=(),
    )
    answers = _form.read(cut, "scan.pdf", edition).answers
    first = _written_on_page_1(answers, edition)

    assert {answer.state for answer in first[:-1]} == {AnswerState.BLANK}
    assert first[-1].state is AnswerState.UNCLEAR


def test_questions_between_two_of_the_same_page_were_asked(edition: Edition) -> None:
    """However many are not seen between two that are: their words were lost, not their page."""
    whole = _blank_form(edition, 0.95)
    flat = replace(whole, pages=whole.pages[:1], lines=tuple(replace(x, page=1) for x in whole.lines))
    asked = [at for at, line in enumerate(flat.lines) if line.text.strip()]
    lost = set(asked[10:26])
    worn = replace(flat, lines=tuple(x for at, x in enumerate(flat.lines) if at not in lost), pictures=())
    answers = _form.read(worn, "scan.pdf", edition).answers

    assert [q for q, answer in answers.items() if answer.state is AnswerState.NOT_FOUND] == []
    assert len([q for q, answer in answers.items() if answer.reason == _legibility.UNSEEN]) >= 4


@pytest.mark.parametrize(("fifth", "state"), [("5", AnswerState.BLANK), ("(6)", AnswerState.UNCLEAR)])
def test_a_number_that_was_drawn_around_is_for_a_person(
    fifth: str, state: AnswerState, edition: Edition
) -> None:
    """A circle over a printed number is read as brackets, the number as another: not blank, not six."""
    rows: list[Line] = []
    for section in edition.section:
        rows.append(Line((Span(section.title),), 1))
        for number, question in enumerate(section.question):
            if question.kind is not QuestionKind.SCALE:
                rows.append(Line((Span(question.wording),), 1))
                continue
            scale = ["1", "2", "3", "4", fifth, "6", "7", "8", "9", "10"]
            rows += [
                Line((Span(text),), 1, Box(60 + 24 * at, 100, 80 + 24 * at, 110), cell=Cell(0, number, at))
                for at, text in enumerate([question.wording, *scale])
            ]
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    answers = _form.read(Document(FileKind.PDF, (page,), tuple(rows)), "scan.pdf", edition).answers

    scales = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {answers[q].state for q in scales} == {state}


def _rated_form(
    edition: Edition, rate: Callable[[int, Question, float], Sequence[Line | Picture]]
) -> Document:
    """A recognised form of one page whose statements have each what `rate` gives for its place and height."""
    held: list[Line | Picture] = []
    for section in edition.section:
        held.append(Line((Span(section.title),), 1))
        for number, question in enumerate(section.question):
            if question.kind is QuestionKind.SCALE:
                held += rate(number, question, 100.0 + 40 * number)
            else:
                held.append(Line((Span(question.wording),), 1))
    lines = tuple(each for each in held if isinstance(each, Line))
    pictures = tuple(each for each in held if isinstance(each, Picture))
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    return Document(FileKind.PDF, (page,), lines, pictures)


def _inked(box: Box, row: int, stroke: float, look: Look) -> Picture:
    wide, high = box.x1 - box.x0, box.bottom - box.top
    return Picture(PictureForm.INK, 1, -1, box, Cell(0, row, 0), wide, high, stroke_pt=stroke, look=look)


@pytest.mark.parametrize(("read", "state"), [("6", AnswerState.BLANK), ("9", AnswerState.UNCLEAR)])
def test_ink_in_the_column_that_counts_the_statements_is_no_rating(
    read: str, state: AnswerState, edition: Edition
) -> None:
    """Of « N° » the sixth number was read, the others are ink: they count, too, unless it is another one."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        at = Box(62, top, 68, top + 9)
        count = (
            Line((Span(read),), 1, at, cell=Cell(0, number, 0))
            if number == 5
            else _inked(at, number, 20.0, Look.MARK)
        )
        said = Span(question.wording)
        return [count, Line((said,), 1, Box(100, top, 380, top + 10), cell=Cell(0, number, 1))]

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers
    unread = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    unread.remove("e.6")

    assert {answers[q].state for q in unread} == {state}


@pytest.mark.parametrize(("lost", "state"), [(2, AnswerState.BLANK), (0, AnswerState.UNCLEAR)])
def test_ink_in_a_statement_that_lacks_words_is_those_words(
    lost: int, state: AnswerState, edition: Edition
) -> None:
    """« Note » has a column of its own; ink in the statement's cell was print, if not all of it was read."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        words = question.wording.split()
        said = Span(" ".join(words[: len(words) - lost]))
        ink = _inked(Box(60, top + 14, 110, top + 24), number, 60.0, Look.WRITING)
        return [Line((said,), 1, Box(60, top, 380, top + 10), cell=Cell(0, number, 0)), ink]

    form = _rated_form(edition, rate)
    heading = Line((Span("Note /10"),), 1, Box(400, 80, 440, 90), cell=Cell(0, 0, 1))
    answers = _form.read(replace(form, lines=(*form.lines, heading)), "scan.pdf", edition).answers
    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE][1:]

    assert {answers[q].state for q in rated} == {state}


@pytest.mark.parametrize(
    ("read", "look", "state"),
    [
        (-1, Look.TRACE, AnswerState.BLANK),
        (-1, Look.MARK, AnswerState.UNCLEAR),
        (None, Look.TRACE, AnswerState.UNCLEAR),
    ],
)
def test_a_trace_in_a_statement_that_lacks_its_full_stop_is_that(
    read: int | None, look: Look, state: AnswerState, edition: Edition
) -> None:
    """A mark may be the applicant's all the same; and so may a trace, where nothing is lacking."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        said = Line((Span(question.wording[:read]),), 1, Box(60, top, 380, top + 10), cell=Cell(0, number, 0))
        return [said, _inked(Box(382, top + 6, 384, top + 9), number, 9.0, look)]

    form = _rated_form(edition, rate)
    heading = Line((Span("Note /10"),), 1, Box(400, 80, 440, 90), cell=Cell(0, 0, 1))
    answers = _form.read(replace(form, lines=(*form.lines, heading)), "scan.pdf", edition).answers
    rated = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE][1:]

    assert {answers[q].state for q in rated} == {state}


def test_ink_beside_a_statement_is_not_of_the_one_before(edition: Edition) -> None:
    """The number of a statement is read before it: its row is no longer that of the statement above."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        count, said = Span(str(number + 1)), Span(question.wording)
        row: list[Line | Picture] = [
            Line((count,), 1, Box(62, top, 68, top + 9), cell=Cell(0, number, 0)),
            Line((said,), 1, Box(100, top, 380, top + 10), cell=Cell(0, number, 1)),
        ]
        ink = Picture(
            PictureForm.INK, 1, -1, Box(400, top, 420, top + 9), Cell(0, number, 2), 20, 9,
            stroke_pt=12.0, look=Look.TRACE,
        )  # fmt: skip
        return [*row, ink] if question.id == "e.5" else row

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers

    assert answers["e.5"].state is AnswerState.UNCLEAR
    assert answers["e.4"].state is AnswerState.BLANK


def test_a_number_that_counts_a_statement_may_be_read_as_a_letter(edition: Edition) -> None:
    """« 1 2 3 4 D 6 7 » to the left of the statements: the letter is the five that the form prints there."""

    def rate(number: int, question: Question, top: float) -> Sequence[Line | Picture]:
        count, said = Span("D" if number == 4 else str(number + 1)), Span(question.wording)
        return [
            Line((count,), 1, Box(62, top, 68, top + 9), cell=Cell(0, number, 0)),
            Line((said,), 1, Box(100, top, 380, top + 10), cell=Cell(0, number, 1)),
        ]

    answers = _form.read(_rated_form(edition, rate), "scan.pdf", edition).answers

    assert answers["e.5"].state is AnswerState.BLANK


def test_names_under_signatures_were_asked_where_the_place_and_date_were(edition: Edition) -> None:
    """Of the block to sign at the end, some labels are seen or none: it stands on one page."""
    whole = _blank_form(edition, 0.95)
    kept = tuple(
        line for line in whole.lines if not line.text.startswith(("Nom", "Fonction")) or line.page < 3
    )
    answers = _form.read(replace(whole, lines=kept, pictures=()), "scan.pdf", edition).answers
    signing = [answers[question.id].state for question in edition.section[-1].question]

    assert AnswerState.BLANK in signing
    assert AnswerState.NOT_FOUND not in signing
    assert AnswerState.UNCLEAR in signing


def _traced(document: Document, at: int, look: Look, stroke_pt: float) -> Document:
    """The document with something unread behind one of its lines."""
    line = document.lines[at]
    assert line.box
    box = Box(300, line.box.top, 312, line.box.bottom)
    ink = Picture(PictureForm.INK, line.page, at, box, None, 12, 10, stroke_pt=stroke_pt, look=look)
    return replace(document, pictures=(ink,))


@pytest.mark.parametrize("look", [Look.TRACE, Look.RING, Look.MARK, Look.WRITING, Look.PRINT])
def test_where_anything_unread_stands_nothing_is_blank(look: Look, edition: Edition) -> None:
    """A stroke too short to be told is enough: only a place that was seen empty is blank."""
    whole = _blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Adresse"))
    answers = _form.read(_traced(whole, at, look, 9.0), "scan.pdf", edition).answers

    assert answers["a1.address"].state is AnswerState.UNCLEAR
    assert answers["a1.created_on"].state is AnswerState.BLANK


def _without_page(document: Document, number: int) -> Document:
    """One page was left in the scanner."""
    kept = tuple(line for line in document.lines if line.page != number)
    pages = tuple(page for page in document.pages if page.number != number)
    return replace(document, lines=kept, pages=pages, pictures=())


def test_questions_of_a_page_that_was_lost_may_stand_in_what_was_not_read(edition: Edition) -> None:
    """Where a page is not there its questions are not found; where unread lines are, they may be these."""
    lost = _without_page(_blank_form(edition, 0.95), 2)
    last = max(i for i, line in enumerate(lost.lines) if line.page == 1)
    plain = _form.read(lost, "scan.pdf", edition).answers
    unread = _form.read(_traced(lost, last, Look.WRITING, 200.0), "scan.pdf", edition).answers
    missing = {q for q, answer in plain.items() if answer.state is AnswerState.NOT_FOUND}

    assert len(missing) >= _legibility.PAGE_LOST
    assert {unread[q].state for q in missing} == {AnswerState.UNCLEAR}


def test_the_answer_to_the_last_question_may_have_gone_with_the_page(edition: Edition) -> None:
    """Of a page that did not come the questions are not found, and the last one before it is in doubt."""
    answers = _form.read(_without_page(_blank_form(edition, 0.95), 2), "scan.pdf", edition).answers
    first = _written_on_page_1(answers, edition)

    assert [answer for answer in answers.values() if answer.state is AnswerState.NOT_FOUND]
    assert {answer.state for answer in first[:-1]} == {AnswerState.BLANK}
    assert first[-1].state is AnswerState.UNCLEAR


@pytest.mark.parametrize(
    "said", [("oui", "non"), ("oui – non",), ("Oui    Non",)], ids=["below", "dashed", "apart"]
)
def test_options_without_boxes_are_never_blank(said: tuple[str, ...], edition: Edition) -> None:
    """« oui / non » as words: on a scan nobody sees whether one of them is bold, or in colour."""
    whole = _blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Bénéficiez"))
    box = whole.lines[at].box
    assert box
    rows = tuple(
        Line((Span(text),), whole.lines[at].page, replace(box, top=box.bottom + y, bottom=box.bottom + y + 9))
        for text, y in zip(said, (1, 11), strict=False)
    )
    offered = replace(whole, lines=(*whole.lines[: at + 1], *rows, *whole.lines[at + 1 :]), pictures=())
    answer = _form.read(offered, "scan.pdf", edition).answers["a1.social_agreement"]

    assert (answer.state, answer.reason) == (AnswerState.UNCLEAR, _legibility.UNTOLD)


@pytest.mark.parametrize(
    ("second", "state"), [("☐", AnswerState.BLANK), ("", AnswerState.UNCLEAR)], ids=["both", "one"]
)
def test_options_are_blank_where_each_has_an_empty_box(
    second: str, state: AnswerState, edition: Edition
) -> None:
    """A pen may have made the other option's box one that is no box: it is not seen to be empty."""
    whole = _blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith("Bénéficiez"))
    page, box = whole.lines[at].page, whole.lines[at].box
    assert box
    rows = tuple(
        Line((Span(mark, tick=False if mark else None), Span(f" {text}")), page, replace(box, top=y))
        for mark, text, y in (("☐", "oui", box.top + 11), (second, "non", box.top + 22))
    )
    offered = replace(whole, lines=(*whole.lines[: at + 1], *rows, *whole.lines[at + 1 :]), pictures=())

    assert _form.read(offered, "scan.pdf", edition).answers["a1.social_agreement"].state is state


def test_a_scale_whose_cells_were_not_seen_is_never_blank(edition: Edition) -> None:
    """« 1 2 3 … 10 » as words: without cells no pixels were compared, and a tick is read as a number."""
    rows = [
        Line((Span(text),), 1)
        for section in edition.section
        for question in section.question
        for text in (question.wording, *([_SCALE] if question.kind is QuestionKind.SCALE else []))
    ]
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    answers = _form.read(Document(FileKind.PDF, (page,), tuple(rows)), "scan.pdf", edition).answers

    scales = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    assert {(answers[q].state, answers[q].reason) for q in scales} == {
        (AnswerState.UNCLEAR, _legibility.UNTOLD)
    }


def test_a_statement_that_lost_its_numbers_is_never_blank(edition: Edition) -> None:
    """Where the others have theirs, its row of cells was not seen: neither is whether one is marked."""
    scales = [q.id for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    rows: list[Line] = []
    for row, question in enumerate(edition.questions.values()):
        if question.id not in scales:
            rows.append(Line((Span(question.wording),), 1))
            continue
        told = [question.wording, *(map(str, range(1, 11)) if question.id != scales[2] else ())]
        rows += [Line((Span(text),), 1, cell=Cell(1, row, at)) for at, text in enumerate(told)]
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    answers = _form.read(Document(FileKind.PDF, (page,), tuple(rows)), "scan.pdf", edition).answers

    assert [answers[q].state for q in scales[:4]] == [
        *[AnswerState.BLANK] * 2,
        AnswerState.UNCLEAR,
        AnswerState.BLANK,
    ]


_SCALE = " ".join(map(str, range(1, 11)))


def _answered_below(question: str, said: Span, edition: Edition) -> tuple[Document, int]:
    """A recognised form with words below the question that begins so, and which line they are."""
    whole = _blank_form(edition, 0.95)
    at = next(i for i, line in enumerate(whole.lines) if line.text.startswith(question))
    box = whole.lines[at].box
    assert box
    below = Line((said,), whole.lines[at].page, replace(box, top=box.bottom + 1, bottom=box.bottom + 11))
    lines = (*whole.lines[: at + 1], below, *whole.lines[at + 1 :])
    return replace(whole, lines=lines, pictures=()), at + 1


@pytest.mark.parametrize(
    ("option", "inked", "state"),
    [
        ("oui", False, AnswerState.ANSWERED),
        ("oui", True, AnswerState.UNCLEAR),
        ("oui, depuis mars 2021", True, AnswerState.ANSWERED),
    ],
)
def test_the_only_option_read_was_perhaps_not_the_one_chosen(
    option: str, inked: bool, state: AnswerState, edition: Edition
) -> None:
    """A pen hides the option that it marks: what is left to read is the other one, and no more."""
    form, at = _answered_below("Bénéficiez", Span(option), edition)
    form = _traced(form, at, Look.MARK, 40.0) if inked else form

    assert _form.read(form, "scan.pdf", edition).answers["a1.social_agreement"].state is state


@pytest.mark.parametrize(("strike", "state"), [(True, AnswerState.UNCLEAR), (False, AnswerState.ANSWERED)])
def test_where_words_are_struck_out_a_short_answer_may_be_with_them(
    strike: bool, state: AnswerState, edition: Edition
) -> None:
    """Printed revisions: « Votre réponse » with a line through it, that goes on under a nought."""
    form, _ = _answered_below("Avez-vous déjà participé", Span("Votre réponse0", strike=strike), edition)

    assert _form.read(form, "scan.pdf", edition).answers["a3.took_part"].state is state


def test_a_highlighted_digit_is_a_fill() -> None:
    """A highlighter's stroke over one number of a scale is narrower than any shaded cell."""
    page = np.full((400, 600, 3), 252, np.uint8)
    page[100:124, 200:216] = (255, 250, 40)
    page[106:118, 205:207] = 20

    found = _rulings.fills(page, 150.0, even_light=True)

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
    marked = _scan._mark((144.0, 594.0, 187.0, 763.0), 1)

    assert _grid.scribbles([marked]) == [marked]


def test_of_a_dark_bar_with_white_letters_nothing_is_ink() -> None:
    """The title of a section in a coloured bar, with a scanner's grain: it is paper to who looks for pens."""
    grain = np.random.default_rng(3).normal(0, 9, (60, 300, 3))
    page = np.full((60, 300, 3), 250.0)
    page[10:30], page[35:55] = (38, 168, 120), (255, 240, 150)
    page[40:50, 100:110] = 10
    page = (page + grain).clip(0, 255).astype(np.uint8)
    dark = _rulings.Fill(0, 10, 299, 29, (38 / 255, 168 / 255, 120 / 255))
    light = _rulings.Fill(0, 35, 299, 54, (1.0, 240 / 255, 150 / 255))

    white = _scan._bleached(page, [dark, light])

    assert white[10:30].min() == 255
    assert white[41:49, 101:109].max() < 60
