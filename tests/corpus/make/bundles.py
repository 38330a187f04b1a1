"""Annexes as files: PDF in several styles, Word, Excel, text; one PDF of everything, with its truth.

`make(kind, seed)` gives a file's name, its bytes, and what is true of it; `combined(seed)` a PDF that holds
several documents, with the pages of each.
"""

import io
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from random import Random
from typing import Any

from reportlab.lib import colors
from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, PageBreak, Paragraph, SimpleDocTemplate, Spacer, Table, TableStyle

from desk.demo.forms import packed_at, word_bytes
from tests.corpus.make import designs
from tests.corpus.make.designs import Paper, Structure

KINDS = tuple(designs.DESIGNS)


@dataclass(frozen=True, slots=True)
class Truth:
    """What is true of a made file."""

    kind: str
    closed: tuple[date, ...] = ()
    ranges: tuple[tuple[str, int, int], ...] = ()
    """(kind, first page, last page) of each document in a file of several."""
    who: Structure | None = None
    design: str = ""
    facts: tuple[tuple[str, str], ...] = ()


def make(kind: str, seed: int) -> tuple[str, bytes, Truth]:
    """A file of a kind, by number."""
    lot = Random(f"file {kind} {seed}")
    who, paper = designs.paper(kind, seed)
    ending, printer = lot.choice(_printers(kind))
    design = tuple(designs.NAMED[kind])[seed % len(designs.NAMED[kind])]
    truth = Truth(kind, paper.closed, (), who, design, tuple(paper.truth.items()))
    return name_of(paper, who, lot, ending), printer(paper, lot), truth


def name_of(paper: Paper, who: Structure, lot: Random, ending: str) -> str:
    """What somebody would call it; now and then a name that says nothing."""
    year = str(paper.closed[0].year) if paper.closed else "2025"
    said = lot.choice((*paper.names, "scan", "Document sans titre"))
    plain = said.replace("{y}", year).replace("{n}", who.name)
    first, last = who.contact
    return plain.replace("{first}", first).replace("{last}", last) + ending


Printer = Callable[[Paper, Random], bytes]


def _printers(kind: str) -> Sequence[tuple[str, Printer]]:
    usual: list[tuple[str, Printer]] = [(".pdf", pdf)] * 4 + [(".docx", word)] * 2
    return [*usual, (".xlsx", sheet), (".xlsx", sheet)] if kind == "accounts" else usual


# ---------------------------------------------------------------- PDF


@dataclass(frozen=True, slots=True)
class Look:
    """How a document is set."""

    face: str
    size: float
    centred: bool
    ruled: bool
    folio: str
    margin: float
    tint: Any = field(default=colors.black)


def look(lot: Random) -> Look:
    """One of many."""
    return Look(
        face=lot.choice(("Helvetica", "Times-Roman", "Courier", "Helvetica")),
        size=lot.choice((9, 10, 11, 12)),
        centred=lot.random() < 0.4,
        ruled=lot.random() < 0.5,
        folio=lot.choice(("", "", "{page}", "Page {page}", "{page}/{of}", "- {page} -")),
        margin=lot.choice((40, 56, 72)),
        tint=lot.choice((colors.black, colors.black, colors.darkblue, colors.darkgreen)),
    )


def pdf(paper: Paper, lot: Random) -> bytes:
    """The document as a PDF of its own style."""
    first = _pdf(paper, style := look(lot), 1)
    return _pdf(paper, style, pages_of(first)) if "{of}" in style.folio else first


def _pdf(paper: Paper, style: Look, pages: int) -> bytes:
    out = io.BytesIO()
    size = landscape(A4) if paper.landscape else A4
    side = style.margin
    sheet = SimpleDocTemplate(
        out,
        pagesize=size,
        leftMargin=side,
        rightMargin=side,
        topMargin=side,
        bottomMargin=side,
        invariant=1,
    )

    def folio(canvas: Canvas, _: object) -> None:
        canvas.setFont("Helvetica", 8)
        text = style.folio.format(page=canvas.getPageNumber(), of=pages)
        canvas.drawCentredString(size[0] / 2, 22, text)

    sheet.build(_flow(paper, style), onFirstPage=folio, onLaterPages=folio)
    return out.getvalue()


def _flow(paper: Paper, style: Look) -> list[Flowable]:
    bold = {"Times-Roman": "Times-Bold"}.get(style.face, f"{style.face}-Bold")
    body = ParagraphStyle(
        "p", fontName=style.face, fontSize=style.size, leading=style.size * 1.35, spaceAfter=4
    )
    head = ParagraphStyle(
        "h", body, fontName=bold, fontSize=style.size + 1.5, spaceBefore=8, textColor=style.tint
    )
    title = ParagraphStyle(
        "T", head, fontSize=style.size + 6, leading=style.size + 10, alignment=int(style.centred)
    )
    big = ParagraphStyle("big", title, fontSize=34, leading=44, spaceBefore=60)
    small = ParagraphStyle("small", body, fontSize=7, leading=9)
    styles = {"p": body, "h": head, "big": big, "small": small}
    flow: list[Flowable] = [Paragraph(escaped(paper.title), title)] if paper.title else []
    for how, what in paper.blocks:
        if how == "break":
            flow.append(PageBreak())
        elif how == "t":
            flow += [_table(what, style), Spacer(1, 6)]
        else:
            flow.append(Paragraph(escaped(str(what)), styles[how]))
    return flow or [Spacer(1, 1)]


def _table(rows: Any, style: Look) -> Table:
    cell = ParagraphStyle("c", fontName=style.face, fontSize=style.size - 1, leading=style.size * 1.2)
    lines = [[Paragraph(escaped(str(text)), cell) for text in row] for row in rows]
    widths = [200, *[(480 - 200) / (len(rows[0]) - 1)] * (len(rows[0]) - 1)] if len(rows[0]) > 1 else None
    grid = [("GRID", (0, 0), (-1, -1), 0.4, colors.grey)] if style.ruled else []
    return Table(lines, colWidths=widths, style=TableStyle([*grid, ("VALIGN", (0, 0), (-1, -1), "TOP")]))


def escaped(text: str) -> str:
    """As reportlab's paragraphs want it; several blanks stay several."""
    plain = text.replace("&", "&amp;").replace("<", "&lt;").replace("●", "*").replace("○", "o")
    return plain.replace("\n", "<br/>").replace("  ", "\u00a0 ")


def pages_of(content: bytes) -> int:
    """How many pages a PDF has."""
    import pypdfium2

    document = pypdfium2.PdfDocument(content)
    count = len(document)
    document.close()
    return count


# ---------------------------------------------------------------- Word, Excel


def word(paper: Paper, lot: Random) -> bytes:
    """The document as .docx."""
    from docx import Document

    document = Document()
    if paper.title:
        document.add_heading(paper.title, 0) if lot.random() < 0.5 else document.add_paragraph(paper.title)
    for how, what in paper.blocks:
        if how == "break":
            document.add_page_break()
        elif how == "t":
            rows: Any = what
            table = document.add_table(len(rows), len(rows[0]))
            for row, texts in zip(table.rows, rows, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = str(text)
        elif how == "h":
            document.add_heading(str(what), 2)
        else:
            document.add_paragraph(str(what))
    return word_bytes(document)


def sheet(paper: Paper, lot: Random) -> bytes:
    """The document as .xlsx: tables in cells, words in the first column."""
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = lot.choice(("Feuil1", "Bilan", "Comptes"))
    if paper.title:
        page.append([paper.title])
    for how, what in paper.blocks:
        if how == "break":
            page = book.create_sheet(lot.choice(("Feuil", "Résultat", "Page")))
        elif how == "t":
            rows: Any = what
            for row in rows:
                page.append([_number(str(text)) for text in row])
        else:
            page.append([str(what)])
    out = io.BytesIO()
    book.save(out)
    return packed_at(out.getvalue())


def _number(text: str) -> str | float:
    plain = text.replace(" ", "").replace(".", "").replace(",", ".")
    return float(plain) if plain.replace(".", "").isdigit() and len(plain) > 4 else text


USUAL: Mapping[str, Printer] = {".pdf": pdf, ".docx": word}
PRINTERS: Mapping[str, Mapping[str, Printer]] = {
    "accounts": {**USUAL, ".xlsx": sheet},
    "other": {".pdf": pdf},
}
"""The formats that papers of a kind come in, where not the usual ones."""


# ---------------------------------------------------------------- several in one


def combined(seed: int, form: bytes | None = None) -> tuple[str, bytes, Truth]:
    """One PDF of several documents in any order, with separators and blank pages; the form where given."""
    lot, who = Random(f"combined {seed}"), designs.structure(seed)
    parts: list[tuple[str, bytes]] = []
    for kind in ("statutes", "activity_report", "cv"):
        if lot.random() < 0.9:
            design = lot.choice(designs.DESIGNS[kind])
            parts.append((kind, pdf(design(who, lot), lot)))
    lot.shuffle(parts)
    years = [date(2025, 12, 31), date(2024, 12, 31)][: lot.choice((1, 2, 2, 2))]
    books = [("accounts", pdf(designs.accounts_of(who, seed, day), lot)) for day in years]
    at = lot.randrange(len(parts) + 1)
    parts[at:at] = books
    if lot.random() < 0.25:
        parts.insert(
            lot.randrange(len(parts) + 1), ("other", pdf(lot.choice(designs.DESIGNS["other"])(who, lot), lot))
        )
    if form is not None:
        parts.insert(0 if lot.random() < 0.75 else len(parts), ("dossier", form))
    between = lot.choice(("", "", "separator", "blank"))
    content, ranges = _joined(parts, between)
    closed = tuple(years)
    return (
        lot.choice(("Dossier complet.pdf", "annexes.pdf", "Scan.pdf")),
        content,
        Truth("several", closed, ranges, who),
    )


def _joined(
    parts: Sequence[tuple[str, bytes]], between: str
) -> tuple[bytes, tuple[tuple[str, int, int], ...]]:
    import pypdfium2

    whole = pypdfium2.PdfDocument.new()
    ranges: list[tuple[str, int, int]] = []
    for number, (kind, content) in enumerate(parts, 1):
        if between == "separator" and kind not in ("other", "dossier"):
            _append(whole, _separator(number, kind))
        first = len(whole) + 1
        _append(whole, content)
        ranges.append((kind, first, len(whole)))
        if between == "blank":
            whole.new_page(*A4)
    out = io.BytesIO()
    whole.save(out)
    whole.close()
    return out.getvalue(), tuple(ranges)


def joined(files: Sequence[bytes]) -> bytes:
    """PDFs one behind the other, as one."""
    return _joined([("", content) for content in files], "")[0]


def _append(whole: Any, content: bytes) -> None:
    import pypdfium2

    part = pypdfium2.PdfDocument(content)
    whole.import_pages(part)
    part.close()


def _separator(number: int, kind: str) -> bytes:
    words = {
        "statutes": "Statuts",
        "activity_report": "Rapport d'activités",
        "accounts": "Bilan comptable",
        "cv": "CV",
    }
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=A4)
    canvas.setFont("Helvetica-Bold", 26)
    canvas.drawCentredString(A4[0] / 2, A4[1] / 2, f"Annexe {number} : {words[kind]}")
    canvas.showPage()
    canvas.save()
    return out.getvalue()
