"""The formats that are pictures: each takes a form's text PDF and makes files of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.corpus.make import scans
from tests.corpus.make.scans import MANNERS, Manner, Page
from tests.corpus.make.truth import DocumentTruth, ItemTruth, Truth


@dataclass(frozen=True, slots=True)
class Sheets:
    """A form on paper, on its way to becoming files."""

    pdf: bytes
    truth: Truth
    stem: str
    """What its file is called, without the ending."""
    lot: Random

    def pages(self, manner: Manner) -> list[Page]:
        return [scans.handled(page, manner, self.lot) for page in scans.render(self.pdf, manner.dpi)]


Made = tuple[Truth, dict[str, bytes]]


def scanned(sheets: Sheets, manner: Manner) -> Made:
    """One PDF of pictures."""
    name = f"{sheets.stem}.pdf"
    return _one(sheets, name), {name: scans.pdf_of(sheets.pages(manner), manner)}


def tiff(sheets: Sheets, manner: Manner) -> Made:
    """One TIFF of all the pages."""
    name = f"{sheets.stem}.tif"
    return _one(sheets, name), {name: scans.tiff_of(sheets.pages(manner), manner)}


def pictures(sheets: Sheets, manner: Manner) -> Made:
    """A JPEG for each page."""
    named = sheets.lot.choice(("IMG_{:04d}.jpg", "page {}.jpg", "20260910_1012{:02d}.jpg"))
    files = {named.format(n): scans.jpeg(page, manner) for n, page in enumerate(sheets.pages(manner), 1)}
    documents = tuple(DocumentTruth(name, "dossier") for name in files)
    return replace(sheets.truth, documents=documents, pages=len(files)), files


def searchable(sheets: Sheets, manner: Manner) -> Made:
    """Pictures over the text that a bad reader left."""
    hidden = [scans.garbled(text, sheets.lot) for text in scans.texts_of(sheets.pdf)]
    name = f"{sheets.stem}.pdf"
    return _one(sheets, name), {name: scans.pdf_of(sheets.pages(manner), manner, hidden)}


def mixed(sheets: Sheets, manner: Manner) -> Made:
    """Text, but for the last two pages, which were printed, signed and scanned."""
    import io

    import pypdfium2

    whole, held = pypdfium2.PdfDocument(sheets.pdf), io.BytesIO()
    last = max(1, len(whole) - 2)
    scan = pypdfium2.PdfDocument(scans.pdf_of(sheets.pages(manner)[last:], manner))
    made = pypdfium2.PdfDocument.new()
    made.import_pages(whole, list(range(last)))
    made.import_pages(scan)
    made.save(held)
    name = f"{sheets.stem}.pdf"
    return _one(sheets, name), {name: held.getvalue()}


def shuffled(sheets: Sheets, manner: Manner) -> Made:
    """Two pages changed places on the way to the scanner."""
    pages = sheets.pages(manner)
    if len(pages) > 3:
        at = sheets.lot.randrange(1, len(pages) - 2)
        pages[at], pages[at + 1] = pages[at + 1], pages[at]
    name = f"{sheets.stem}.pdf"
    return _one(sheets, name), {name: scans.pdf_of(pages, manner)}


def without_page(sheets: Sheets, manner: Manner) -> Made:
    """One page was left in the scanner: what was asked only there is not found."""
    texts = list(scans.texts_of(sheets.pdf))
    pages = sheets.pages(manner)
    lost = sheets.lot.randrange(1, max(2, len(pages) - 1))
    lacking = asked_on(texts, lost, sheets.truth)
    gone = ItemTruth("not_found", None, ("blank", "unclear", "answered"))
    answers = {q: gone if q in lacking else item for q, item in sheets.truth.answers.items()}
    kept = [page for number, page in enumerate(pages) if number != lost]
    name = f"{sheets.stem}.pdf"
    truth = replace(_one(sheets, name), answers=answers)
    return truth, {name: scans.pdf_of(kept, manner)}


def asked_on(texts: Sequence[str], lost: int, truth: Truth) -> set[str]:
    """The items whose question, or any of whose answer, stood on the page."""
    from data.edition import load, shipped

    edition = load(shipped()[truth.edition])
    page, others = _bare(texts[lost]), [_bare(text) for n, text in enumerate(texts) if n != lost]
    lacking = set()
    for question in edition.questions.values():
        wording = _bare(question.wording)[:40]
        value = _bare(str(truth.answers[question.id].value or ""))
        ends = (value[:30], value[-30:]) if len(value) > 12 else ()
        answered_there = any(end in page and not any(end in text for text in others) for end in ends)
        if answered_there or (wording in page and not any(wording in text for text in others)):
            lacking.add(question.id)
    return lacking


def _bare(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _one(sheets: Sheets, name: str) -> Truth:
    return replace(sheets.truth, documents=(DocumentTruth(name, "dossier"),))


PAPER: Mapping[str, tuple[Callable[[Sheets, Manner], Made], Manner]] = {
    "scan 300": (scanned, MANNERS["scan 300"]),
    "scan 200": (scanned, MANNERS["scan 200"]),
    "scan 150": (scanned, MANNERS["scan 150"]),
    "poor scan": (scanned, MANNERS["poor scan"]),
    "fax": (tiff, MANNERS["fax"]),
    "photos": (pictures, MANNERS["photo"]),
    "upside down": (scanned, MANNERS["upside down"]),
    "sideways": (scanned, MANNERS["sideways"]),
    "shadow": (pictures, MANNERS["shadow"]),
    "bad layer": (searchable, MANNERS["scan 200"]),
    "mixed": (mixed, MANNERS["scan 300"]),
    "shuffled": (shuffled, MANNERS["scan 200"]),
    "page lost": (without_page, MANNERS["scan 200"]),
}
"""By name of the format, how the pages become files, and in which manner."""
