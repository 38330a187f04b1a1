"""What the tests of signatures share: forms that end with a place to sign, hands, what was read."""

import io
from collections.abc import Sequence
from dataclasses import replace

from docx import Document as new_document
from docx.shared import Mm

import parsers
from data.edition import Edition
from data.model import (
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
)
from parsers._answered import _form
from parsers._printed._layout import PageReading
from parsers._printed._pages import put_together
from tests.parsers.layouts import signature_png

SIGNED, MISSING, UNCLEAR = SignatureState.SIGNED, SignatureState.MISSING, SignatureState.UNCLEAR


def a_block(edition: Edition, *rows: str, logo: bool = False) -> Document:
    """A form that ends with these rows, and bears a logo at its head where asked."""
    document = new_document()
    if logo:
        document.add_paragraph().add_run().add_picture(io.BytesIO(signature_png()), width=Mm(40))
    for section in edition.section:
        document.add_heading(section.title, 2)
        for question in section.question:
            if section.id != "s":
                document.add_paragraph(question.wording)
    for row in rows:
        document.add_paragraph(row)
    out = io.BytesIO()
    document.save(out)
    reading = parsers.read(out.getvalue())
    assert isinstance(reading, Document)
    return reading


ROWS = ("Fait à Bruxelles, le 10/09/2026", "Nom, prénom : Lambert Aïcha\tNom, prénom : Peeters Marc")


def a_page(*lines: tuple[str, float, float], pictures: tuple[Picture, ...]) -> Document:
    """A page of a PDF with these words and pictures at their places."""
    laid = tuple(
        Line((Span(words),), 1, Box(x0, top, x0 + 5 * len(words), top + 11)) for words, x0, top in lines
    )
    return Document(FileKind.PDF, (Page(1, PageSource.TEXT, 595, 842),), laid, pictures)


def a_picture(x0: float, top: float, x1: float, bottom: float, form: PictureForm, look: Look) -> Picture:
    """A picture of a page of a PDF, as large as its box."""
    return Picture(form, 1, 99, Box(x0, top, x1, bottom), None, x1 - x0, bottom - top, look=look)


COLUMNS = (
    ("Fait à Bruxelles", 60, 60),
    ("Le", 60, 80),
    ("Nom, prénom", 60, 100),
    ("Nom, prénom", 330, 100),
    ("Fonction", 60, 120),
    ("Fonction", 330, 120),
    ("Signature", 60, 140),
    ("Signature", 330, 140),
    ("ETAPE 4 – VÉRIFIER QUE VOUS N’AVEZ RIEN OUBLIÉ", 60, 400),
)


def a_scan(*lines: tuple[str, int, float, float], pictures: Sequence[Picture]) -> Document:
    """Pages of a scan with these words (text, page, left, top) in the order in which they are read."""
    told = [
        Line((Span(words),), page, Box(x0, top, x0 + 5 * len(words), top + 11))
        for words, page, x0, top in lines
    ]
    readings = [
        PageReading(
            number, 842.0, [line for line in told if line.page == number],
            [picture for picture in pictures if picture.page == number],
        )
        for number in (1, 2)
    ]  # fmt: skip
    placed, drawn = put_together(readings)
    pages = tuple(Page(number, PageSource.OCR, 595, 842, confidence=0.95) for number in (1, 2))
    return Document(FileKind.PDF, pages, tuple(placed), tuple(drawn))


def a_hand(x0: float, top: float, page: int = 1, width: float = 100.0) -> Picture:
    """Ink of a signature on a scan."""
    ink = a_picture(x0, top, x0 + width, top + 40, PictureForm.INK, Look.HAND)
    return replace(ink, page=page, stroke_pt=300.0)


def states_of(document: Document, edition: Edition) -> tuple[SignatureState, SignatureState]:
    """How the contact's and the administrator's place stand."""
    found = _form.read(document, "f.pdf", edition).signatures
    return found["contact"].state, found["administrator"].state


SIGNING = ("ETAPE 3 – SIGNER LE DOSSIER", 1, 60.0, 500.0)
NEXT = "ETAPE 4 – VÉRIFIER QUE VOUS N’AVEZ RIEN OUBLIÉ"


def headed_rows(*people: tuple[str, str]) -> list[tuple[tuple[str, int, float, float], Cell | None]]:
    """A table whose labels head its columns, with a row for each person."""
    heads = (("Nom", 60.0), ("Fonction", 200.0), ("Signature", 400.0))
    rows: list[tuple[tuple[str, int, float, float], Cell | None]] = [(SIGNING, None)]
    rows += [((head, 1, x0, 540.0), Cell(0, 0, column)) for column, (head, x0) in enumerate(heads)]
    for row, (name, function) in enumerate(people, 1):
        top = 520.0 + 50 * row
        rows += [((name, 1, 60.0, top), Cell(0, row, 0)), ((function, 1, 200.0, top), Cell(0, row, 1))]
    return rows


def a_whole_form(
    edition: Edition, *rows: tuple[str, float, float], pictures: Sequence[Picture] = ()
) -> Document:
    """A form whose contact is Sophie Maes, with these rows (text, left, top) on its second page."""
    asked = [q for q in edition.questions.values() if not q.id.startswith("s.")]
    known = {edition.fields.contact_last_name: "Maes", edition.fields.contact_first_name: "Sophie"}
    said = [f"{q.wording} : {known[q.id]}" if q.id in known else q.wording for q in asked]
    front = [(words, 1, 60.0, 20.0 + 14 * number) for number, words in enumerate(said)]
    ends = [("ETAPE 3 – SIGNER LE DOSSIER", 2, 60.0, 40.0), (NEXT, 2, 60.0, 400.0)]
    signing = [(words, 2, x0, top) for words, x0, top in rows]
    return a_scan(*front, ends[0], *signing, ends[1], pictures=pictures)


ASKING = (
    "Le dossier de candidature doit être signé par la personne de contact pour COOPCITY"
    " et un administrateur ou une administratrice."
)


def each_signing(
    edition: Edition, rows: Sequence[tuple[str, float, float]], *hands: Picture
) -> list[tuple[SignatureState, SignatureState]]:
    """The states of both places, with each hand alone on the last page."""
    return [states_of(a_whole_form(edition, *rows, pictures=[hand]), edition) for hand in hands]


def a_page_apart(names: Sequence[str], x0: float) -> Document:
    """A page of signatures by itself, names under the places to sign, a hand over one."""
    return a_scan(
        ("ETAPE 3 – SIGNER LE DOSSIER", 1, 60.0, 40.0),
        (ASKING, 1, 60.0, 60.0),
        ("Fait à Bruxelles", 1, 60.0, 80.0),
        *((name, 1, left, 200.0) for name, left in zip(names, (60.0, 330.0, 430.0), strict=False)),
        pictures=(a_hand(x0, 130.0),),
    )


def a_table(*rows: Sequence[str]) -> Document:
    """A Word file whose places to sign are a table."""
    lines = [Line((Span(words),), 1) for words in (SIGNING[0], "Fait à Ixelles")]
    for row, cells in enumerate(rows):
        lines += [Line((Span(words),), 1, cell=Cell(0, row, at)) for at, words in enumerate(cells) if words]
    return Document(FileKind.DOCX, (Page(1, PageSource.TEXT),), tuple(lines), ())
