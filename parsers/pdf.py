"""PDF, at two depths: every page is skimmed (pdfium, 1 ms), a form's are read closely (pdfplumber, 100 ms).

Of an annex only the words matter; of a form also cells, fields, ink and places. Which pages may be a
form is told by what any form has: questions, labels with a colon, form fields, a place for signatures.
"""

import hashlib
import html
import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import pairwise
from typing import Any

from data.errors import Unreadable
from data.model import (
    Box,
    Document,
    FileKind,
    Line,
    Look,
    Origin,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Seal,
    Span,
    UnreadReason,
)
from parsers._printed._layout import Corners, Markup, PageReading, read_page
from parsers._printed._order import Item
from parsers._printed._pages import put_together
from parsers._reader import guarded, reader
from parsers._scanned import _pasted
from parsers._sealed import _certificates, _seals
from parsers._symbols import shown

MAX_PAGES = 2000
MAX_CLOSE_PAGES = 60
MAX_PAGE_OBJECTS = 60_000

_INVISIBLE = 3  # text render mode of a scanner's hidden layer (ISO 32000-1, 9.3.6)
_XFA = (2, 3)  # FORMTYPE_XFA_FULL, FORMTYPE_XFA_FOREGROUND of pdfium
_PATIENCE = re.compile(
    r"please wait|veuillez patienter|een ogenblik geduld|contents of the document|contenu du document",
    re.IGNORECASE,
)
"""All that an XFA form shows to readers that do not know XFA."""
_LOST = re.compile(r"(?<=[^\W\d_])[\x01-\x08\x0e-\x1f\ufffd\ue000-\uf8ff](?=[^\W\d_])")
_FEWEST_LOST, _MOST_LOST = 8, 0.003
"""Characters within words that a font gives no letter for, on a page, and of all."""
_TYPE, _LINES, _MOST_LINES = re.compile(rb"\bT[jJ]\b"), re.compile(rb"\d\s+[lc]\s"), 24
"""Of what a stamp shows: where type is set, where a line goes on, and how many lines a frame has at most."""
_TORN = re.compile(r"(?:^|[\r\n])(?:\S[\r\n]+){6}")
"""A line that the skim tore into letters, one a row."""
_FONT = re.compile(r"/(\S+)\s+[\d.]+\s+Tf")
_TICKS = "ZapfDingbats"
_TICK_FONTS = frozenset({"ZaDb", "ZapfDingbats", "ZapfDingbatsITC"})
"""How PDF readers name the font in which they set ticks: their « 4 » is a « ✔ »."""
_STRIKING = frozenset({"StrikeOut", "Line"})
_MARKUP = frozenset({"Highlight", "Underline", "Squiggly", "Circle", "Square"}) | _STRIKING
"""Annotations that mark what is printed below them."""
_QUESTIONS = 4
_LABELS = 10
_HEADINGS, _ON_A_PAGE, _LONGEST = 15, 5, 80
"""So many rows of so many characters, each above a longer one that begins anew, and so many on each page
that counts: labels in bold, perhaps."""
_SCATTERED = 10
_FIRST_PAGES = 2
_FILLED_IN = (
    r"\S@\S+\.\w+\s*$",
    r"(?:\bBE|\b)\s?[01]\d{3}[ .]?\d{3}[ .]?\d{3}\s*$",
    r"\d{1,2}\W\d{1,2}\W(?:19|20)?\d\d\s*$|\b(?:19|20)\d\d\s*$",
)
"""At the ends of rows: an address of e-mail, an enterprise number, a date."""


@dataclass(slots=True)
class _Skim:
    """What pdfium tells of a page at a glance."""

    number: int
    width: float
    height: float
    text: str
    source: PageSource
    widgets: int
    objects: int
    image: str | None = None
    """SHA-256 of what a scanned page shows."""


@reader(FileKind.PDF)
def read(content: bytes) -> Document:
    """Read a PDF."""
    content = content[content.index(b"%PDF-") :]
    skims, seals, scripts = _skimmed(content)
    close = _worth_close_reading(skims)
    lines = [line for skim in skims for line in _plain(skim)]
    pictures: list[Picture] = []
    if close:
        try:
            lines, pictures = _read_closely(content, skims, close)
            pictures = _pasted.on_pages(content, lines, pictures)
        except Unreadable:
            if any(skim.widgets for skim in skims):
                raise  # answers stand in fields that only the close reading sees
    pages = tuple(Page(s.number, s.source, s.width, s.height, sha256=s.image) for s in skims)
    return Document(FileKind.PDF, pages, tuple(lines), tuple(pictures), tuple(seals), scripts)


# ---------------------------------------------------------------- the skim


def _skimmed(content: bytes) -> tuple[list[_Skim], list[Seal], bool]:
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        pdf = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        if "password" in str(error).lower() or "security" in str(error).lower():
            raise Unreadable(UnreadReason.ENCRYPTED, "PDF protégé par un mot de passe") from error
        raise Unreadable(UnreadReason.CORRUPT, "le PDF est endommagé") from error
    try:
        count = len(pdf)
        if count == 0:
            raise Unreadable(UnreadReason.CORRUPT, "le PDF n'a pas de page")
        if count > MAX_PAGES:
            raise Unreadable(UnreadReason.TOO_LARGE, f"PDF de {count} pages")
        skims = [_skim(pdf, index) for index in range(count)]
        if raw.FPDF_GetFormType(pdf.raw) in _XFA and any(_PATIENCE.search(s.text) for s in skims[:1]):
            detail = "formulaire XFA, que seul Adobe Reader affiche : une impression en PDF est nécessaire"
            raise Unreadable(UnreadReason.UNSUPPORTED, detail)
        scripts = raw.FPDFDoc_GetJavaScriptActionCount(pdf.raw) > 0 or _has_script(content)
        return skims, _all_seals(content, pdf), scripts
    finally:
        pdf.close()


def _skim(pdf: Any, index: int) -> _Skim:
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    try:
        page = pdf[index]
    except pdfium.PdfiumError:
        return _Skim(index + 1, 595.0, 842.0, "", PageSource.TEXT, 0, 0)
    width, height = page.get_size()
    objects = raw.FPDFPage_CountObjects(page.raw)
    textpage = page.get_textpage()
    text = textpage.get_text_range() if textpage.count_chars() else ""
    source = PageSource.TEXT
    over = _without_words(page, text, width * height) if objects <= MAX_PAGE_OBJECTS else None
    if over is not None:
        source, text = PageSource.NONE, over
    widgets = _widgets(page)
    image = _fingerprint(page) if source is PageSource.NONE and not widgets else None
    return _Skim(index + 1, width, height, text, source, widgets, objects, image)


def is_scanned(content: bytes, number: int) -> bool:
    """Whether a page's words are in its picture."""
    import pypdfium2 as pdfium

    pdf = pdfium.PdfDocument(content)
    try:
        return _skim(pdf, number - 1).source is PageSource.NONE
    finally:
        pdf.close()


def _fingerprint(page: Any) -> str | None:
    """Of a page that is one picture and nothing else: by it the same page is known in another file."""
    import pypdfium2 as pdfium
    import pypdfium2.raw as raw

    pictures = [thing for thing in page.get_objects(max_depth=3) if thing.type == raw.FPDF_PAGEOBJ_IMAGE]
    if len(pictures) != 1:
        return None
    try:
        seen = pictures[0].get_data(decode_simple=False)
    except pdfium.PdfiumError:
        return None
    place = f"{page.get_size()} {page.get_rotation()} {pictures[0].get_bounds()}"
    return hashlib.sha256(bytes(seen) + place.encode()).hexdigest()


def _without_words(page: Any, text: str, area: float) -> str | None:
    """What a page prints over its picture, where the words are in the picture; None where it is no scan.

    No text, a hidden layer only, or a few words: a copier's stamp, the title over a photograph.
    """
    covered, shown, hidden = _covered(page, area)
    letters = len(re.sub(r"\s", "", text))
    if letters and (_unmapped(text) > 0.3 or _lacks_letters(text)):
        return ""
    if covered >= 0.5 and (letters < 60 or (hidden > 0 and shown <= hidden / 10)):
        return "" if hidden else text
    return None


def _covered(page: Any, area: float) -> tuple[float, int, int]:
    """How much of a page its largest picture covers, and how many texts are shown and hidden."""
    import pypdfium2.raw as raw

    covered, shown, hidden = 0.0, 0, 0
    for thing in page.get_objects(max_depth=3):
        if thing.type == raw.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = thing.get_bounds()
            covered = max(covered, abs(right - left) * abs(top - bottom) / max(area, 1))
        elif thing.type == raw.FPDF_PAGEOBJ_TEXT:
            if raw.FPDFTextObj_GetTextRenderMode(thing.raw) == _INVISIBLE:
                hidden += 1
            else:
                shown += 1
                if shown > 30 and covered == 0:
                    break
    return covered, shown, hidden


def _unmapped(text: str) -> float:
    """Share of characters that a font without a mapping leaves behind."""
    bad = sum(
        char == "\ufffd" or "\ue000" <= char <= "\uf8ff" or (char < " " and char not in "\r\n\t")
        for char in text
    )
    return bad / max(len(text), 1)


def _lacks_letters(text: str) -> bool:
    """Whether a font maps plain letters only: « derni\x06res ann\x01es »."""
    lost = len(_LOST.findall(text))
    return lost >= _FEWEST_LOST and lost > _MOST_LOST * len(text)


def _widgets(page: Any) -> int:
    import pypdfium2.raw as raw

    count = 0
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), 500)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        kind = raw.FPDFAnnot_GetSubtype(annotation)
        count += kind in {
            raw.FPDF_ANNOT_WIDGET,
            raw.FPDF_ANNOT_FREETEXT,
            raw.FPDF_ANNOT_INK,
            raw.FPDF_ANNOT_STAMP,
            raw.FPDF_ANNOT_HIGHLIGHT,
            raw.FPDF_ANNOT_STRIKEOUT,
            raw.FPDF_ANNOT_CIRCLE,
            raw.FPDF_ANNOT_SQUARE,
            raw.FPDF_ANNOT_LINE,
            raw.FPDF_ANNOT_UNDERLINE,
        }
        raw.FPDFPage_CloseAnnot(annotation)
    return count


def _all_seals(content: bytes, pdf: Any) -> list[Seal]:
    """Signatures, also invisible ones; of a file that is damaged for pyHanko, what pdfium knows of them."""
    if b"/ByteRange" not in content:
        return []
    try:
        return _seals.of_pdf(content)
    except Unreadable:
        return list(_named_seals(pdf))


def _named_seals(pdf: Any) -> Iterator[Seal]:
    """One for each signature field that holds a value."""
    import ctypes

    import pypdfium2.raw as raw

    for index in range(max(raw.FPDF_GetSignatureCount(pdf.raw), 0)):
        signature = raw.FPDF_GetSignatureObject(pdf.raw, index)
        size = raw.FPDFSignatureObj_GetContents(signature, None, 0)
        if size == 0:
            continue
        buffer = ctypes.create_string_buffer(size)
        raw.FPDFSignatureObj_GetContents(signature, buffer, size)
        length = raw.FPDFSignatureObj_GetTime(signature, None, 0)
        time = ctypes.create_string_buffer(max(length, 1))
        raw.FPDFSignatureObj_GetTime(signature, time, length)
        name = _certificates.signer(_certificates.of_cms(buffer.raw))
        yield Seal(name, pdf_moment(time.value.decode("latin-1")))


def pdf_moment(text: str) -> datetime | None:
    """« D:20260910143000+02'00' » as a time."""
    found = re.match(r"D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-]\d\d)'?(\d\d))?", text)
    if found is None:
        return None
    year, month, day, hour, minute, second = (int(part) for part in found.groups()[:6])
    zone = f"{found[7]}:{found[8]}" if found[7] else "+00:00"
    try:
        written = f"{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}{zone}"
        return datetime.fromisoformat(written).astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _has_script(content: bytes) -> bool:
    return re.search(rb"/(?:JavaScript|JS)\b\s*[(<\d/]", content) is not None


def _plain(skim: _Skim) -> Iterator[Line]:
    for row in re.split(r"[\r\n]+", skim.text):
        if row.strip():
            yield Line((Span(row.replace("\ufffe", "-").strip()),), skim.number)


# ---------------------------------------------------------------- which pages to read closely


def _worth_close_reading(skims: list[_Skim]) -> set[int]:
    """Pages that may be a form, with their neighbours."""
    asking = {s.number: _form_signs(s) for s in skims}
    questions = sum(q for q, _, _ in asking.values())
    labels = sum(lb for _, lb, _ in asking.values())
    widgets = sum(s.widgets for s in skims)
    asks = questions >= _QUESTIONS or labels >= _LABELS or _is_filled_in(skims)
    asks = asks or sum(n for n in map(_headings, skims) if n >= _ON_A_PAGE) >= _HEADINGS
    is_form = asks or widgets > 0 or any(map(_is_scattered, skims))
    marked = {
        s.number
        for s in skims
        if s.widgets or asking[s.number][2] or (is_form and asking[s.number][0] + asking[s.number][1] >= 2)
    }
    if is_form and len(skims) <= 20:
        marked = {s.number for s in skims}
    marked |= {s.number for s in skims if _TORN.search(s.text)}
    around = {n + d for n in marked for d in (-1, 0, 1)} if is_form else marked
    chosen = sorted(s.number for s in skims if s.number in around and s.objects <= MAX_PAGE_OBJECTS)
    return set(chosen[:MAX_CLOSE_PAGES])


def _is_filled_in(skims: Sequence[_Skim]) -> bool:
    """Whether rows end in what forms ask for, whatever asks for it."""
    text = "\n".join(skim.text for skim in skims[:_FIRST_PAGES])
    return all(re.search(field, text, re.MULTILINE) for field in _FILLED_IN)


def _form_signs(skim: _Skim) -> tuple[int, int, bool]:
    """Questions, labels before a colon, and whether a place for signatures stands here."""
    rows = [row.strip() for row in re.split(r"[\r\n]+", skim.text) if row.strip()]
    questions = sum("?" in row and len(row) > 12 for row in rows)
    labels = sum(bool(re.match(r"[^:]{2,60}\s?:\s*(?:$|[^/\d])", row)) for row in rows)
    text = skim.text.lower()
    signs = "signature" in text and (
        "fait à" in text or "fait a" in text or "fonction" in text or text.count("nom") > 1
    )
    return questions, labels, signs


def _headings(skim: _Skim) -> int:
    """How many short rows stand above longer ones, and neither goes on; none that ends in an amount."""
    rows = [row.strip() for row in re.split(r"[\r\n]+", skim.text) if row.strip()]
    return sum(
        len(row) <= _LONGEST and row[0].isupper() and row[-1] not in ",;0123456789"
        and len(below) > len(row) and (below[0].isupper() or below[0].isdigit())
        for row, below in pairwise(rows)
    )  # fmt: skip


def _is_scattered(skim: _Skim) -> bool:
    """Whether words were drawn one by one, in no order: then no row of it tells anything."""
    return len(re.findall(r"^(?:de|la|le|les|des|et|en|à|du|un|une)\s*$", skim.text, re.M)) >= _SCATTERED


@guarded
def _read_closely(content: bytes, skims: list[_Skim], close: set[int]) -> tuple[list[Line], list[Picture]]:
    """Lines and pictures, with the chosen pages laid out."""
    import pdfplumber

    from parsers._printed._plumbed import SwiftPage

    readings: list[PageReading] = []
    with pdfplumber.open(io.BytesIO(content), raise_unicode_errors=False) as pdf:
        tables = 0
        for skim in skims:
            if skim.number in close and skim.source is PageSource.TEXT and skim.number <= len(pdf.pages):
                page = SwiftPage.of(pdf.pages[skim.number - 1])
                extras, inked, marked = _extras(page, skim.number)
                reading = read_page(page, skim.number, extras, tables, inked, marked)
                tables += len(reading.tables)
                page.close()
            else:
                reading = PageReading(skim.number, skim.height, list(_plain(skim)))
            readings.append(reading)
    return put_together(readings)


# ---------------------------------------------------------------- fields and annotations


def _extras(page: Any, number: int) -> tuple[list[Item], list[Picture], list[Markup]]:
    """Form fields, typed annotations, ink and marks: drawn over the page, and no part of its content."""
    items: list[Item] = []
    pictures: list[Picture] = []
    marked: list[Markup] = []
    for annotation in page.annots:
        data = annotation["data"]
        kind = _name(data.get("Subtype"))
        contents = _typed(data) if kind == "FreeText" else _text(_resolved(data.get("Contents")))
        box = Box(annotation["x0"], annotation["top"], annotation["x1"], annotation["bottom"])
        if kind == "Widget":
            items.extend(_widget(data, box, number))
        elif kind == "FreeText" and contents:
            typed = _item(contents, box, number, Origin.FIELD, None)
            items.append(_as_high_as_its_text(typed))
        elif kind in {"Text", *_MARKUP} and contents:
            items.append(_item(contents, box, number, Origin.COMMENT, None))
        elif kind in {"Ink", "PolyLine", "Stamp"}:
            form = PictureForm.RASTER if kind == "Stamp" else PictureForm.INK
            look = Look.STAMP if kind == "Stamp" and _is_lettered(data.get("AP")) else None
            wide, high = box.x1 - box.x0, box.bottom - box.top
            pictures.append(Picture(form, number, -1, box, None, wide, high, look=look))
        if kind in _MARKUP:
            marked += [Markup(place, kind in _STRIKING) for place in _rows_marked(data, box)]
    return items, pictures, marked


def _rows_marked(data: Any, box: Box) -> list[Corners]:
    """Where a mark lies, row by row: around several words it has a rectangle for each of their rows."""
    corners, rows = _resolved(data.get("Rect")), _resolved(data.get("QuadPoints"))
    if not isinstance(rows, list) or len(rows) % 8:
        return [(box.x0, box.top, box.x1, box.bottom)]
    left, above = box.x0 - float(_resolved(corners[0])), box.top + float(_resolved(corners[3]))
    quads = [[float(_resolved(value)) for value in rows[at : at + 8]] for at in range(0, len(rows), 8)]
    return [
        (min(q[::2]) + left, above - max(q[1::2]), max(q[::2]) + left, above - min(q[1::2])) for q in quads
    ]


def _as_high_as_its_text(typed: Item) -> Item:
    """A box drawn larger than what was typed into it would stand beside the rows below, too."""
    bottom = max(line.box.bottom for line in typed.lines if line.box)
    return replace(typed, bottom=min(bottom, typed.bottom), solid=typed.solid and len(typed.lines) > 1)


def _typed(data: Any) -> str:
    """What was typed over a page: plain, or with its looks alone; in the font of ticks, the tick."""
    plain = _text(_resolved(data.get("Contents")))
    if not plain.strip():
        rich = re.sub(r"<br\s*/?>|</p>\s*(?=<p)", "\n", _text(_resolved(data.get("RC"))))
        plain = html.unescape(re.sub(r"<[^>]*>", "", rich))
    font = _FONT.search(_text(_resolved(data.get("DA"))))
    return shown(plain, _TICKS if font and font[1] in _TICK_FONTS else None)


def _is_lettered(appearance: Any) -> bool:
    """Whether what a stamp shows is type, « APPROUVÉ » in a frame: no picture, and no lines of a pen."""
    shown = _resolved(appearance)
    shown = _resolved(shown.get("N")) if isinstance(shown, dict) else None
    drawn = [_shown(form) for form in _forms(shown)]
    lines = sum(len(_LINES.findall(each)) for each in drawn)
    return lines <= _MOST_LINES and any(_TYPE.search(each) for each in drawn)


def _shown(form: Any) -> bytes:
    """What a form draws; nothing where that cannot be decoded."""
    from pdfminer.psexceptions import PSException

    try:
        data: bytes = form.get_data()
    except (PSException, ValueError):
        return b""
    return data


def _forms(shown: Any, deep: int = 3) -> Iterator[Any]:
    """A form, and those within it; nothing at all where a picture is among them."""
    from pdfminer.pdftypes import PDFStream

    if not isinstance(shown, PDFStream):
        return
    resources = _resolved(shown.get("Resources"))
    within = _resolved(resources.get("XObject")) if isinstance(resources, dict) else None
    others = [_resolved(each) for each in within.values()] if isinstance(within, dict) and deep else []
    inside = [form for other in others for form in _forms(other, deep - 1)]
    if len(inside) >= len(others) and _name(shown.get("Subtype")) != "Image":
        yield from (shown, *inside)


def _item(
    text: str, box: Box, page: int, origin: Origin, label: str | None, tick: bool | None = None
) -> Item:
    rows = [row for row in re.split(r"\r\n|\r|\n", text) if row.strip()]
    height = min((box.bottom - box.top) / max(len(rows), 1), 14.0)
    lines = []
    for number, row in enumerate(rows):
        top = box.top + number * height
        place = Box(box.x0, top, box.x1, top + height)
        lines.append(Line((Span(row, tick=tick),), page, place, None, origin, label))
    tall = box.bottom - box.top > 24
    return Item(box.x0, box.top, box.x1, box.bottom, lines, solid=tall)


def _widget(data: Any, box: Box, page: int) -> Iterator[Item]:
    """A form field's value at its place: text, choice, or the state of a box."""
    kind = _name(_inherited(data, "FT"))
    label = _field_name(data)
    value = _inherited(data, "V")
    if kind == "Btn":
        flags = _inherited(data, "Ff") or 0
        if isinstance(flags, int) and flags & 1 << 16:
            return  # a push button
        state = _name(data.get("AS")) or _name(value)
        ticked = state not in {None, "", "Off"}
        if data.get("AS") is None and isinstance(_resolved(data.get("AP")), dict):
            states = _resolved(_resolved(data["AP"]).get("N"))
            ticked = ticked and isinstance(states, dict) and state in states
        yield _item("☒" if ticked else "☐", box, page, Origin.FIELD, _choice_label(data, label), ticked)
    elif kind in {"Tx", "Ch"}:
        values = _resolved(value)
        texts = [_text(_resolved(part)) for part in values] if isinstance(values, list) else [_text(values)]
        texts = [_as_shown(part, _inherited(data, "Opt")) for part in texts]
        text = "\n".join(part for part in texts if part.strip())
        if text:
            yield _item(text, box, page, Origin.FIELD, label)


def _as_shown(value: str, options: Any) -> str:
    """What a list shows for a value that it keeps under a name of its own: « k4 », « supérieur »."""
    pairs = [_resolved(each) for each in options] if isinstance(options, list) else []
    named = [[_text(_resolved(part)) for part in pair] for pair in pairs if isinstance(pair, list)]
    return next((pair[1] for pair in named if len(pair) == 2 and pair[0] == value), value)


def _choice_label(data: Any, label: str | None) -> str | None:
    """A box's name with its own value: « accompagnement = oui »."""
    appearance = _resolved(data.get("AP"))
    states = _resolved(appearance.get("N")) if isinstance(appearance, dict) else None
    names = [str(name) for name in states if str(name) != "Off"] if isinstance(states, dict) else []
    return f"{label or ''} = {names[0]}" if names else label


def _field_name(data: Any) -> str | None:
    names: list[str] = []
    node = data
    for _ in range(12):
        if not isinstance(node, dict):
            break
        name = _text(_resolved(node.get("T")))
        if name:
            names.insert(0, name)
        node = _resolved(node.get("Parent"))
    tooltip = _text(_resolved(_inherited(data, "TU")))
    return tooltip or ".".join(names) or None


def _inherited(data: Any, key: str) -> Any:
    node = data
    for _ in range(12):
        if not isinstance(node, dict):
            return None
        if key in node:
            return _resolved(node[key])
        node = _resolved(node.get("Parent"))
    return None


def _resolved(value: Any) -> Any:
    from pdfminer.pdftypes import resolve1

    return resolve1(value)


def _name(value: Any) -> str | None:
    value = _resolved(value)
    if value is None:
        return None
    name = getattr(value, "name", value)
    return name.decode("latin-1") if isinstance(name, bytes) else str(name)


def _text(value: Any) -> str:
    if isinstance(value, bytes):
        from pdfminer.utils import decode_text

        return decode_text(value)
    return "" if value is None else str(getattr(value, "name", value))
