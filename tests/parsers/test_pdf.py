"""Text PDFs: rows, cells, fields, columns; scans; locked files."""

import io
import re
from dataclasses import replace
from pathlib import Path

import pdfplumber
import pypdfium2
import pytest
from reportlab.lib.pagesizes import A4
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.model import (
    Document,
    FileKind,
    Line,
    Origin,
    Page,
    PageSource,
    Span,
    Unread,
    UnreadReason,
)
from parsers._printed._plumbed import SwiftPage
from parsers.pdf import _lacks_letters, _Skim, _worth_close_reading
from tests.parsers.conftest import a_pdf, read
from tests.parsers.layouts import signature_png
from tests.parsers.pages import ASKING, a_canvas, asking


def test_a_form_has_boxes_and_an_annex_is_skimmed() -> None:
    """Pages that ask are laid out with boxes; a long annex gives its words only."""
    form = read(a_pdf(ASKING))
    annex = read(a_pdf(*[("Rapport annuel", f"Page {n} du texte") for n in range(40)]))

    assert all(line.box for line in form.lines)
    assert not any(line.box for line in annex.lines)
    assert len(annex.pages) == 40


def test_a_wide_gap_keeps_columns_apart() -> None:
    """Words of one row that stand far apart are two lines, on the same level."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.drawString(60, 500, "Nom, prénom")
    canvas.drawString(320, 500, "Nom, prénom")
    canvas.save()
    found = [line for line in read(out.getvalue()).lines if line.text == "Nom, prénom"]

    assert len(found) == 2
    assert found[0].box
    assert found[1].box
    assert found[0].box.top == pytest.approx(found[1].box.top)


def test_a_value_close_behind_a_label_that_fills_its_column_stands_alone() -> None:
    """Other values, each on a row of its own, tell where their column begins."""
    canvas, out = a_canvas()
    asking(canvas)
    for top in (500, 460, 420):
        canvas.drawString(60, top, "Une affirmation qui va")
        canvas.drawString(60, top - 16, "jusqu’à sa fin.")
        canvas.drawString(186, top - 8, "7/10")
    canvas.drawString(60, 380, "Une autre affirmation")
    canvas.drawRightString(180, 364, "qui va loin, elle")
    canvas.drawString(186, 364, "3/10")
    canvas.save()

    assert [line.text for line in read(out.getvalue()).lines][-1] == "3/10"


def test_form_fields_stand_in_their_place() -> None:
    """A field's value is a line behind its label; a ticked box is ☒."""
    canvas, out = a_canvas()
    canvas.drawString(60, 700, "Nom")
    canvas.acroForm.textfield(name="nom", value="Zoé", x=120, y=696, width=200, height=16)
    canvas.drawString(80, 660, "oui")
    canvas.acroForm.checkbox(name="oui", x=60, y=658, size=12, checked=True)
    canvas.save()
    lines = read(out.getvalue()).lines

    assert [line.text for line in lines] == ["Nom", "Zoé", "☒", "oui"]
    assert [line.origin for line in lines] == [Origin.BODY, Origin.FIELD, Origin.FIELD, Origin.BODY]
    assert lines[2].spans[0].tick is True


def _scan_page(canvas: Canvas, hidden: bool = False) -> None:
    if hidden:
        text = canvas.beginText(60, 700)
        text.setTextRenderMode(3)
        text.textLine("Texte caché du scanner, sans rapport avec ce qui se voit sur la page elle-même, hélas")
        canvas.drawText(text)
    canvas.drawImage(ImageReader(io.BytesIO(signature_png())), 0, 0, *A4)
    canvas.showPage()


@pytest.mark.parametrize("hidden", [False, True])
def test_a_scan_is_told_also_with_a_hidden_layer(hidden: bool) -> None:
    """A picture of a page waits to be recognised; a scanner's invisible text does not make it text."""
    canvas, out = a_canvas()
    _scan_page(canvas, hidden)
    canvas.save()
    reading = read(out.getvalue())

    assert [page.source for page in reading.pages] == [PageSource.NONE]
    assert parsers.pages_to_recognise(reading) == [1]
    assert not reading.lines


def test_a_title_over_a_photograph_is_kept_where_nothing_is_recognised() -> None:
    """On a cover it is all that is said; a page under a copier's stamp says more."""
    canvas, out = a_canvas()
    canvas.drawImage(ImageReader(io.BytesIO(signature_png())), 0, 0, *A4)
    canvas.drawString(60, 700, "Rapport 2025")
    canvas.showPage()
    canvas.save()
    reading = read(out.getvalue())
    assert parsers.pages_to_recognise(reading) == [1]

    photograph = Document(FileKind.PDF, (Page(1, PageSource.OCR),), ())
    page = Document(FileKind.PDF, (Page(1, PageSource.OCR),), (Line((Span("Statuts de l'association"),), 1),))
    covers = (parsers.joined(reading, {1: photograph}), parsers.joined(reading, {1: page}))
    told = [[line.text for line in cover.lines] for cover in covers if isinstance(cover, Document)]

    assert told == [["Rapport 2025"], ["Statuts de l'association"]]


def test_a_scanned_page_among_text_is_marked() -> None:
    """In a mixed file each page says whether its words were read."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.showPage()
    _scan_page(canvas)
    canvas.save()

    assert [page.source for page in read(out.getvalue()).pages] == [PageSource.TEXT, PageSource.NONE]


def test_a_password_is_told() -> None:
    """A file locked for reading is encrypted; one locked for changing only is read."""
    outcomes = []
    for user, owner in (("secret", "secret"), ("", "secret")):
        out = io.BytesIO()
        from reportlab.lib.pdfencrypt import StandardEncryption

        canvas = Canvas(out, encrypt=StandardEncryption(user, owner, canModify=0))
        canvas.drawString(60, 700, "Statuts coordonnés")
        canvas.save()
        outcomes.append(parsers.read(out.getvalue()))
    locked, opened = outcomes

    assert isinstance(locked, Unread)
    assert locked.reason is UnreadReason.ENCRYPTED
    assert isinstance(opened, Document)


def test_page_numbers_are_margin_and_ratings_are_not() -> None:
    """What counts with the pages at their edge is a folio; a lone « 7/10 » there is an answer."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    for page in (1, 2, 3):
        asking(canvas)
        canvas.drawString(290, 25, str(page))
        if page == 2:
            canvas.drawString(60, 810, "7/10")
        canvas.showPage()
    canvas.save()
    margins = [line.text for line in read(out.getvalue()).lines if line.origin is Origin.MARGIN]

    assert margins == ["1", "2", "3"]


SIGNED = Path(__file__).parents[3] / "shared" / "corpus" / "pdf_signed"


@pytest.mark.skipif(not SIGNED.is_dir(), reason="the shared corpus is not on this machine")
def test_digital_signatures_are_found() -> None:
    """Of the signed documents of the corpus, more than ten seals are found, most with the signer's name."""
    seals = []
    for path in sorted(SIGNED.rglob("*.pdf"))[::3]:
        reading = parsers.read(path.read_bytes())
        seals += reading.seals if isinstance(reading, Document) else ()

    assert len(seals) > 10
    assert sum(seal.signer is not None for seal in seals) >= 0.6 * len(seals)


def test_a_page_whose_accents_are_lost_is_read_by_the_eye() -> None:
    """A font that maps plain letters only loses « é » and « è » in every word: the page is recognised."""
    assert _lacks_letters("derni\x06res ann\x01es, r\x01f\x01rente, b\x01n\x01ficiaires, soci\x01t\x01 " * 2)
    assert not _lacks_letters("\uf0b7 dernières années\r\n" * 40)


def test_words_typed_over_the_forms_own_are_a_line_of_their_own() -> None:
    """A text box laid over its label, a little lower, or in another face; a cross marks what is under it."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.drawString(60, 500, "Nombre de personnes :")
    canvas.drawString(75, 496, "3,2")
    canvas.drawString(60, 450, "secondaire")
    canvas.setFont("Courier", 12)
    canvas.drawString(80, 450, "X")
    canvas.save()

    said = [line.text for line in read(out.getvalue()).lines]
    assert {"Nombre de personnes :", "3,2"} <= set(said)
    assert not {"secondaire", "X"} <= set(said)


def test_a_form_that_only_adobe_shows_says_so() -> None:
    """An XFA form is « Please wait… » to everybody else: it is unreadable for a reason, and no blank form."""
    waiting = a_pdf(("Please wait...", "If this message is not eventually replaced, upgrade Adobe Reader."))
    form = waiting.replace(b"/Type /Catalog", b"/Type /Catalog /AcroForm << /Fields [] /XFA (x) >>")
    assert form != waiting

    reading = parsers.read(form)

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.UNSUPPORTED
    assert isinstance(parsers.read(waiting), Document)


@pytest.mark.parametrize("degrees", [0, 90])
def test_a_swift_page_has_the_words_and_shapes_of_pdfplumbers(degrees: int) -> None:
    """Also where the page begins elsewhere than at zero, or lies on its side."""
    canvas, out = a_canvas()
    canvas.drawString(80, 700, "Dénomination : Le Fil")
    canvas.setFillColorRGB(0.8, 0, 0)
    canvas.drawString(80, 680, "en rouge")
    canvas.rect(80, 600, 60, 30)
    canvas.save()
    pdf = pypdfium2.PdfDocument(out.getvalue())
    pdf[0].set_mediabox(40, 30, 560, 800)
    pdf[0].set_rotation(degrees)
    out = io.BytesIO()
    pdf.save(out)
    looks = ["fontname", "size", "non_stroking_color"]

    with pdfplumber.open(out) as plumbed:
        page = plumbed.pages[0]
        swift = SwiftPage.of(page)

        assert swift.extract_words(extra_attrs=looks) == page.extract_words(extra_attrs=looks) != []
        (frame,), (same,) = swift.rects, page.rects
        assert frame.items() <= same.items()


def test_the_number_that_calls_a_footnote_is_no_word() -> None:
    """« équipe ?⁶ »: small and raised, right behind a word; « 45 m² » stays, and « 12 » on its row."""

    canvas, out = a_canvas()
    asking(canvas)
    canvas.setFont("Helvetica", 10)
    for said, note, y in (("Votre équipe ?", "6", 300), ("Surface : 45 m", "2", 280)):
        canvas.drawString(40, y, said)
        canvas.setFont("Helvetica", 6)
        canvas.drawString(40 + canvas.stringWidth(said, "Helvetica", 10), y + 4, note)
        canvas.setFont("Helvetica", 10)
    canvas.drawString(200, 280, "12")
    canvas.save()

    rows = " ".join(line.text for line in read(out.getvalue()).lines if line.box and line.box.top > 500)

    assert sorted(re.findall(r"\d+", rows)) == ["12", "2", "45"]


def test_footnotes_answer_nothing() -> None:
    """What stands at the foot of a page behind a number that is called on it is a note; others are not."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.setFont("Helvetica", 6)
    canvas.drawString(60 + canvas.stringWidth("Une ASBL", "Helvetica", 10), 404, "1")
    for size, x, y, said in (
        (10, 60, 400, "Une ASBL"),
        (10, 60, 300, "2 jours"),
        (8, 60, 100, "1"),
        (8, 66, 100, "Moniteur"),
    ):
        canvas.setFont("Helvetica", size)
        canvas.drawString(x, y, said)
    canvas.save()

    lines = read(out.getvalue()).lines

    assert {line.text for line in lines if line.origin is Origin.MARGIN} == {"1 Moniteur"}


def test_a_line_that_the_skim_tears_into_letters_is_read_closely() -> None:
    """Some programmes set type so that pdfium gives a row for every letter; the year would be lost."""
    torn = _Skim(
        1, 595, 842, "Compte d'exploitatio\r\nn\r\nd\r\ne\r\n2\r\n0\r\n2\r\n4\r\n", PageSource.TEXT, 0, 9
    )
    whole = replace(torn, number=2, text="Compte d'exploitation de 2024\r\n")

    assert _worth_close_reading([torn, whole]) == {1}


@pytest.mark.parametrize(
    ("below", "close"), [("Nous cultivons {n} sortes de légumes en ville.", {1}), ("notre suite {n}", set())]
)
def test_short_rows_above_longer_ones_may_be_labels_in_bold(below: str, close: set[int]) -> None:
    """Nothing but their type tells them, and the skim sees no type: the page is read closely."""
    rows = "".join(f"Notre métier {n}.\r\n{below.format(n=n)}\r\n" for n in range(16))

    assert _worth_close_reading([_Skim(1, 595, 842, rows, PageSource.TEXT, 0, 40)]) == close


def test_letters_set_apart_are_words() -> None:
    """A title with room between its letters is read as words; numbers and crosses set apart stay so."""
    canvas, out = a_canvas()
    asking(canvas)
    title = canvas.beginText(60, 500)
    title.setCharSpace(4)
    title.textOut("SIGNER LE DOSSIER")
    title.setCharSpace(0)
    canvas.drawText(title)
    for number in range(1, 11):
        canvas.drawString(60 + 14 * number, 400, str(number))
    canvas.save()
    said = [line.text for line in read(out.getvalue()).lines]

    assert "SIGNER LE DOSSIER" in said
    assert "1 2 3 4 5 6 7 8 9 10" in " ".join(said)


def test_words_drawn_in_no_order_are_read_where_they_stand() -> None:
    """Some programmes draw word by word, in any order: the page is laid out all the same."""
    rows = ("le nom de la rue et de la place", "les gens de la ville et de la côte", "et la fin de la liste")
    places = [
        (60 + 40 * at, 700 - 20 * row, word)
        for row, said in enumerate(rows)
        for at, word in enumerate(said.split())
    ]
    canvas, out = a_canvas()
    for x, y, word in sorted(places, key=lambda place: place[0] * place[1] % 101):
        canvas.drawString(x, y, word)
    canvas.save()

    assert " ".join(line.text for line in read(out.getvalue()).lines) == " ".join(rows)
