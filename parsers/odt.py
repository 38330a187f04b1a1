"""OpenDocument text and sheets: one walk over content.xml (ODF 1.3), as `word.py` does for Word's tree.

LibreOffice would convert them to .docx, at two seconds a file and outside of the sandbox; the walk takes some
milliseconds, and sees what a conversion loses: placeholders, deleted text, the state of check boxes.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from data.errors import Unreadable
from data.model import (
    Box,
    Cell,
    Document,
    FileKind,
    Line,
    Origin,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Seal,
    Span,
    UnreadReason,
)
from parsers import _sniff
from parsers._measure import BESIDE, letters
from parsers._numbering import Numbering
from parsers._odf import DRAW, FORM, LOEXT, OFFICE, STYLE, SVG, TABLE, TEXT, Styles, points
from parsers._ooxml import Look, trusting_nobody
from parsers._reader import reader
from parsers._scanned import _page_pictures, _pasted
from parsers._sealed import _certificates
from parsers._symbols import shown, with_box
from parsers.word import MAX_DEPTH, MAX_LINES, MAX_UNPACKED_BYTES, MAX_XML_BYTES, PICTURE_MARK

MAX_REPEATED = 200
"""A sheet says « this row, a million times » in a few bytes."""

_FIELD = "{urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0}"
_HREF = "{http://www.w3.org/1999/xlink}href"
_SILENT = {f"{TEXT}tracked-changes", f"{TEXT}sequence-decls", f"{OFFICE}forms", f"{TEXT}variable-decls"}
_SHAPES = {f"{DRAW}{name}" for name in ("path", "polyline", "ellipse", "circle", "polygon", "line")}


@reader(FileKind.ODT, FileKind.ODS)
def read(content: bytes) -> Document:
    """Read an .odt or .ods."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        names = _check(archive)
        parts = [_part(archive, name) for name in ("content.xml", "styles.xml")]
        digests = {name: hashlib.sha256(archive.read(name)).hexdigest() for name in _pictures(names)}
        seals = tuple(_seals(archive, names))
    if parts[0] is None:
        raise Unreadable(UnreadReason.CORRUPT, "le document OpenDocument n'a pas de contenu")
    walk = _Walk(parts[0], parts[1], digests)
    walk.document()
    names_of = {digest: name for name, digest in digests.items()}
    pages = [Page(number, PageSource.TEXT) for number in range(1, walk.page + 1)]
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        pictures = tuple(_looked_at(walk.pictures, archive, digests))
        pages += _page_pictures.waiting(
            pictures, walk.page, lambda picture: archive.read(names_of[picture.sha256 or ""])
        )
    return Document(
        kind=_sniff.sniff(content),
        pages=tuple(pages),
        lines=tuple(walk.lines),
        pictures=pictures,
        seals=seals,
        active_content=any(re.match(r"(?:Basic|Scripts)/.*\.(?!xlc|xlb)\w+$", name) for name in names)
        or any(re.match(r"Basic/(?!script-l[bc])[^/]+/(?!script-lb)", name) for name in names),
    )


def _check(archive: zipfile.ZipFile) -> list[str]:
    """Refuse bombs and locked files before anything is unpacked."""
    members = archive.infolist()
    xml = max((m.file_size for m in members if m.filename.endswith(".xml")), default=0)
    if xml > MAX_XML_BYTES or sum(m.file_size for m in members) > MAX_UNPACKED_BYTES or len(members) > 10_000:
        raise Unreadable(UnreadReason.TOO_LARGE, "document OpenDocument démesuré une fois décompressé")
    names = [member.filename for member in members]
    locked = "META-INF/manifest.xml" in names and b"encryption-data" in archive.read("META-INF/manifest.xml")
    if locked or "encrypted-package" in names or any(member.flag_bits & 1 for member in members):
        raise Unreadable(UnreadReason.ENCRYPTED, "document protégé par un mot de passe")
    return names


def _part(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    if name not in archive.namelist():
        return None
    return etree.fromstring(archive.read(name), trusting_nobody())


def _pictures(names: list[str]) -> list[str]:
    return [name for name in names if name.startswith(("Pictures/", "media/"))][:500]


def _looked_at(
    pictures: list[Picture], archive: zipfile.ZipFile, digests: dict[str, str]
) -> Iterator[Picture]:
    """The pictures, those looked at that may sign."""
    names = {digest: name for name, digest in digests.items()}
    for number, picture in enumerate(pictures):
        name = names.get(picture.sha256 or "")
        known = name is not None and number < _pasted.MOST_PICTURES and _pasted.may_sign(picture)
        yield _pasted.looked_at(picture, archive.read(name)) if known and name else picture


def _seals(archive: zipfile.ZipFile, names: list[str]) -> Iterator[Seal]:
    if "META-INF/documentsignatures.xml" in names:
        root = _part(archive, "META-INF/documentsignatures.xml")
        for signature in root.iter("{*}Signature"):
            ders = [_certificates.from_base64(n.text or "") for n in signature.iter("{*}X509Certificate")]
            yield Seal(_certificates.signer(ders))


# ---------------------------------------------------------------- the walk


@dataclass(frozen=True, slots=True)
class _Where:
    """Where a block stands."""

    cell: Cell | None = None
    origin: Origin = Origin.BODY
    depth: int = 0
    hint: bool = False
    width: float = 0.0
    """Of the column, in points; 0 where it is not known."""

    def deeper(self) -> "_Where":
        if self.depth > MAX_DEPTH:
            raise Unreadable(UnreadReason.TOO_LARGE, "document OpenDocument démesuré")
        return replace(self, depth=self.depth + 1)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read."""

    page: int
    hint: bool
    spans: list[Span] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    boxes: list[tuple[Any, Origin]] = field(default_factory=list)
    """Text boxes, comments and notes, read after the paragraph."""

    def say(self, text: str | None, look: Look, *, hint: bool = False, tick: bool | None = None) -> None:
        if not text or look.hidden:
            return
        hint, text = hint or self.hint, shown(text)
        span = Span(text, look.bold, look.italic, look.underline, look.strike, look.highlight, hint, tick)
        last = self.spans[-1] if self.spans else None
        if last and tick is None and replace(last, text="") == replace(span, text=""):
            self.spans[-1] = replace(last, text=last.text + text)
        else:
            self.spans.append(span)

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class _Walk:
    """Walks the body once, in reading order."""

    def __init__(self, root: Any, styles: Any, digests: dict[str, str]) -> None:
        self.root = root
        self.lines: list[Line] = []
        self.pictures: list[Picture] = []
        self.page = 1
        self._styles = Styles(styles, root)
        self._margins = [] if styles is None else list(styles.iter(f"{STYLE}header", f"{STYLE}footer"))
        self._digests = digests
        self._controls = {
            node.get(f"{FORM}id") or node.get("{http://www.w3.org/XML/1998/namespace}id"): node
            for forms in root.iter(f"{OFFICE}forms")
            for node in forms.iter()
            if isinstance(node.tag, str)
        }
        self._numbering = Numbering({}, {})
        self._lists = 0
        self._last_of: dict[str, str] = {}
        self._tables = 0
        self._remembered = next(root.iter(f"{TEXT}soft-page-break"), None) is not None

    def document(self) -> None:
        body = self.root.find(f"{OFFICE}body")
        if body is None or not len(body):
            raise Unreadable(UnreadReason.CORRUPT, "le document OpenDocument n'a pas de contenu")
        self._blocks(body[0], _Where(width=self._styles.text_width()))
        page = self.page
        for margin in self._margins:
            self._blocks(margin, _Where(origin=Origin.MARGIN))
        self.page = page

    def _blocks(self, parent: Any, where: _Where) -> None:
        where = where.deeper()
        for node in parent:
            if len(self.lines) > MAX_LINES:
                raise Unreadable(UnreadReason.TOO_LARGE, "document OpenDocument démesuré")
            if node.tag in _SILENT or not isinstance(node.tag, str):
                continue
            if node.tag in {f"{TEXT}p", f"{TEXT}h"}:
                self._paragraph(node, where)
            elif node.tag == f"{TEXT}list":
                self._list(node, where, 0, None)
            elif node.tag == f"{TABLE}table":
                self._table(node, where)
            elif node.tag == f"{TEXT}soft-page-break":
                self.page += 1
            elif node.tag == f"{DRAW}frame" or node.tag in _SHAPES or node.tag == f"{DRAW}custom-shape":
                paragraph = _Paragraph(self.page, where.hint)
                self._drawn(node, Look(), paragraph, where)
                self._finish(paragraph, where, None)
            elif node.tag == f"{TEXT}section":
                self._blocks(node, replace(where, width=where.width / self._styles.columns_of(node)))
            else:  # indexes, groups of shapes
                self._blocks(node, where)

    def _list(self, node: Any, where: _Where, level: int, run: str | None) -> None:
        """A list: its instance counts by itself, unless it says that it goes on from another."""
        where = where.deeper()
        style = node.get(f"{TEXT}style-name")
        if run is None:
            self._lists += 1
            run = f"list {self._lists}"
            before = self._last_of.get(style or "")
            goes_on = node.get(f"{TEXT}continue-numbering") == "true" or node.get(f"{TEXT}continue-list")
            self._numbering.levels[run] = self._styles.lists.get(style or "", {})
            self._numbering.families[run] = before if goes_on and before else run
            self._last_of[style or ""] = self._numbering.families[run]
        for item in node:
            if item.tag not in {f"{TEXT}list-item", f"{TEXT}list-header"}:
                continue
            first = item.tag == f"{TEXT}list-item"
            for block in item:
                if block.tag == f"{TEXT}list":
                    self._list(block, where, level + 1, run)
                elif block.tag in {f"{TEXT}p", f"{TEXT}h"}:
                    self._paragraph(block, where, (run, level) if first else None)
                    first = False
                else:
                    self._blocks([block], where)

    def _table(self, table: Any, where: _Where) -> None:
        where = where.deeper()
        number = self._tables
        self._tables += 1
        row_number, widths = 0, self._styles.widths(table)
        for row in _rows(table):
            for _ in range(_times(row, "rows", _is_empty(row))):
                self._row(row, number, row_number, where, widths)
                row_number += 1

    def _row(self, row: Any, table: int, number: int, where: _Where, widths: Sequence[float]) -> None:
        column = 0
        for entry in row:
            if entry.tag not in {f"{TABLE}table-cell", f"{TABLE}covered-table-cell"}:
                continue
            times = _times(entry, "columns", _is_empty(entry))
            if entry.tag == f"{TABLE}table-cell":
                for at in range(column, column + times):
                    shaded = self._styles.is_filled(entry.get(f"{TABLE}style-name"))
                    cell = Cell(table, number, at, shaded)
                    start = len(self.lines)
                    told = entry.get(f"{TABLE}number-columns-spanned") or "1"
                    width = sum(widths[at : at + int(told)]) if told.isdigit() else 0.0
                    self._blocks(entry, replace(where, cell=cell, width=width - BESIDE))
                    if shaded and len(self.lines) == start:
                        self.lines.append(Line((), self.page, cell=cell, origin=where.origin))
            column += times

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, node: Any, where: _Where, item: tuple[str, int] | None = None) -> None:
        style = node.get(f"{TEXT}style-name")
        if not self._remembered and self.lines and self._styles.breaks(style):
            self.page += 1
        paragraph = _Paragraph(self.page, where.hint)
        self._inline(node, self._styles.look("paragraph", style, Look()), paragraph, where)
        said = bool(paragraph.text.strip(f" \t\n\xa0{PICTURE_MARK}"))
        number = self._number(node, style, item) if said else None
        font, size = self._styles.letters(node)
        width = where.width - self._styles.indents(style)
        self._finish(paragraph, where, number, letters(width, size, font))

    def _number(self, node: Any, style: str | None, item: tuple[str, int] | None) -> str | None:
        if item is not None:
            run, level = item
            if not self._numbering.levels[run]:
                named = self._styles.list_of(style)
                self._numbering.levels[run] = self._styles.lists.get(named or "", {})
            return self._numbering.next(run, level)
        return None

    def _finish(
        self, paragraph: _Paragraph, where: _Where, number: str | None, measure: int | None = None
    ) -> None:
        sides = PICTURE_MARK in paragraph.text and "\t" in paragraph.text
        if paragraph.text.strip(f" \t\n\xa0{PICTURE_MARK}") or sides:
            spans = with_box(number, paragraph.spans)
            line = Line(spans, paragraph.page, None, where.cell, where.origin, None, number, measure=measure)
            self.lines.append(line)
        for picture in paragraph.pictures:
            self.pictures.append(
                replace(
                    picture,
                    page=paragraph.page,
                    after=len(self.lines) - 1,
                    cell=where.cell,
                    origin=where.origin,
                )
            )
        for box, origin in paragraph.boxes:
            kept = where.origin if where.origin is Origin.MARGIN else origin
            cell = where.cell if origin is Origin.COMMENT else None
            width = where.width if origin is Origin.COMMENT else _frame_width(box) or where.width
            self._blocks(box, replace(where, cell=cell, origin=kept, width=width))

    def _inline(
        self, node: Any, look: Look, paragraph: _Paragraph, where: _Where, *, hint: bool = False
    ) -> None:
        where = where.deeper()
        paragraph.say(_plain(node.text), look, hint=hint)
        for child in node:
            self._inside(child, look, paragraph, where, hint=hint)
            paragraph.say(_plain(child.tail), look, hint=hint)

    def _inside(self, node: Any, look: Look, paragraph: _Paragraph, where: _Where, *, hint: bool) -> None:
        tag = node.tag
        if not isinstance(tag, str):
            return
        if tag == f"{TEXT}s":
            count = node.get(f"{TEXT}c") or "1"
            paragraph.say(" " * min(int(count) if count.isdigit() else 1, 500), look, hint=hint)
        elif tag == f"{TEXT}tab":
            paragraph.say("\t", look, hint=hint)
        elif tag == f"{TEXT}line-break":
            paragraph.say("\n", look, hint=hint)
        elif tag == f"{TEXT}soft-page-break":
            self.page += 1
            if not paragraph.text.strip():
                paragraph.page = self.page
        elif tag == f"{TEXT}placeholder":
            paragraph.say("".join(node.itertext()), look, hint=True)
        elif tag == f"{TEXT}dropdown":
            chosen = [label.get(f"{TEXT}value") for label in node if label.get(f"{TEXT}current-selected")]
            paragraph.say("".join(node.itertext()).strip() or (chosen or [""])[0], look)
        elif tag == f"{LOEXT}content-control":
            self._control(node, look, paragraph, where)
        elif tag == f"{_FIELD}fieldmark":
            self._fieldmark(node, look, paragraph)
        elif tag == f"{OFFICE}annotation":
            paragraph.boxes.append((_without_author(node), Origin.COMMENT))
        elif tag == f"{TEXT}note":
            paragraph.boxes.extend((body, Origin.COMMENT) for body in node.iter(f"{TEXT}note-body"))
        elif tag == f"{TEXT}span":
            style = node.get(f"{TEXT}style-name")
            inside = self._styles.look("text", style, look)
            font = self._styles.font(style)
            if "dings" in font and not len(node):
                paragraph.say(shown(_plain(node.text), font), inside, hint=hint)
                return
            named = style == "Placeholder_20_Text"
            self._inline(node, inside, paragraph, where, hint=hint or named)
        elif tag.startswith(DRAW):
            self._drawn(node, look, paragraph, where)
        elif tag not in _SILENT and not tag.startswith(f"{TEXT}change"):
            self._inline(node, look, paragraph, where, hint=hint)  # links, fields, ruby, bookmarks

    def _control(self, node: Any, look: Look, paragraph: _Paragraph, where: _Where) -> None:
        if node.get(f"{LOEXT}checkbox") == "true":
            ticked = node.get(f"{LOEXT}checked") == "true"
            paragraph.say("☒" if ticked else "☐", look, tick=ticked)
            return
        showing = node.get(f"{LOEXT}showing-place-holder") == "true"
        self._inline(node, look, paragraph, where, hint=showing)

    @staticmethod
    def _fieldmark(node: Any, look: Look, paragraph: _Paragraph) -> None:
        """A field that came from Word's old forms: a check box, or a list with what was chosen."""
        told = [(param.get(f"{_FIELD}name") or "", param.get(f"{_FIELD}value") or "") for param in node]
        kind = (node.get(f"{_FIELD}type") or "").rpartition(".")[2]
        if kind == "FORMCHECKBOX":
            ticked = ("Checkbox_Checked", "true") in told
            paragraph.say("☒" if ticked else "☐", look, tick=ticked)
        elif kind == "FORMDROPDOWN":
            entries = [value for name, value in told if name == "Dropdown_ListEntry"]
            chosen = next((int(v) for name, v in told if name == "Dropdown_Selected" and v.isdigit()), None)
            paragraph.say(entries[chosen] if chosen is not None and chosen < len(entries) else None, look)

    # ------------------------------------------------------------ drawings and form controls

    def _drawn(self, node: Any, look: Look, paragraph: _Paragraph, where: _Where) -> None:
        if node.tag == f"{DRAW}control":
            self._field(self._controls.get(node.get(f"{DRAW}control")), look, paragraph)
        elif node.tag == f"{DRAW}g":
            for child in node:
                self._drawn(child, look, paragraph, where.deeper())
        elif node.tag == f"{DRAW}frame":
            self._frame(node, look, paragraph)
        elif node.tag in _SHAPES or node.tag == f"{DRAW}custom-shape":
            if "".join(node.itertext()).strip():
                paragraph.boxes.append((node, Origin.TEXT_BOX))
            elif node.tag != f"{DRAW}line" and _is_freehand(node):
                paragraph.pictures.append(self._picture(node, PictureForm.VECTOR, None))

    def _frame(self, node: Any, look: Look, paragraph: _Paragraph) -> None:
        for child in node:
            if child.tag == f"{DRAW}text-box":
                paragraph.boxes.append((child, Origin.TEXT_BOX))
                return
            if child.tag == f"{DRAW}image":
                name = child.get(_HREF) or ""
                paragraph.pictures.append(self._picture(node, PictureForm.RASTER, self._digests.get(name)))
                if node.get(f"{TEXT}anchor-type") == "as-char":
                    paragraph.say(PICTURE_MARK, look)
                return

    @staticmethod
    def _picture(node: Any, form: PictureForm, digest: str | None) -> Picture:
        width, height = points(node.get(f"{SVG}width")), points(node.get(f"{SVG}height"))
        across = points(node.get(f"{SVG}x"))
        floating = node.get(f"{TEXT}anchor-type") != "as-char" and across is not None
        box = Box(across or 0.0, 0.0, (across or 0.0) + (width or 0.0), 0.0) if floating else None
        return Picture(form, 1, -1, box, None, width, height, digest)

    @staticmethod
    def _field(control: Any, look: Look, paragraph: _Paragraph) -> None:
        if control is None:
            return
        name = control.tag.removeprefix(FORM)
        if name in {"checkbox", "radio"}:
            states = control.get(f"{FORM}current-state") or control.get(f"{FORM}state") or "unchecked"
            chosen = control.get(f"{FORM}current-selected") or control.get(f"{FORM}selected")
            ticked = states == "checked" or chosen == "true"
            paragraph.say("☒" if ticked else "☐", look, tick=ticked)
            label = control.get(f"{FORM}label")
            paragraph.say(f" {label} " if label else None, look)
        elif name in {"text", "textarea", "formatted-text", "date", "number", "combobox"}:
            value = control.get(f"{FORM}current-value") or control.get(f"{FORM}value")
            paragraph.say(value, look)
        elif name == "listbox":
            chosen = [
                option.get(f"{FORM}label") or ""
                for option in control
                if option.get(f"{FORM}current-selected") == "true" or option.get(f"{FORM}selected") == "true"
            ]
            paragraph.say(", ".join(chosen), look)


def _rows(table: Any) -> Iterator[Any]:
    for node in table:
        if node.tag == f"{TABLE}table-row":
            yield node
        elif node.tag in {f"{TABLE}table-{name}" for name in ("rows", "header-rows", "row-group")}:
            yield from _rows(node)


def _times(node: Any, what: str, empty: bool) -> int:
    """How often a row or cell stands there: what is empty counts places, and what is full is bounded."""
    told = node.get(f"{TABLE}number-{what}-repeated") or "1"
    times = int(told) if told.isdigit() and len(told) < 9 else 1
    return min(times, MAX_REPEATED if not empty else 1 if what == "rows" else MAX_REPEATED)


def _is_empty(node: Any) -> bool:
    return next((child for child in node.iter(f"{TEXT}p") if "".join(child.itertext()).strip()), None) is None


def _without_author(annotation: Any) -> list[Any]:
    return [child for child in annotation if child.tag in {f"{TEXT}p", f"{TEXT}h", f"{TEXT}list"}]


def _is_freehand(node: Any) -> bool:
    """Whether a shape may be ink or a circle around a choice: a custom shape says what it is."""
    if node.tag != f"{DRAW}custom-shape":
        return True
    geometry = node.find(f"{DRAW}enhanced-geometry")
    kind = "" if geometry is None else geometry.get(f"{DRAW}type") or ""
    drawn = {"non-primitive", "ooxml-non-primitive", "mso-spt0"}
    return kind in drawn or kind in {"donut", "ring"} or "ellipse" in kind


def _frame_width(box: Any) -> float | None:
    """Of a text box, in points, which its frame tells; of a shape, which tells its own."""
    return points((box.getparent() if box.tag == f"{DRAW}text-box" else box).get(f"{SVG}width"))


def _plain(text: str | None) -> str:
    """White space as ODF counts it (1.3, part 3, 6.1.2): line ends and runs of spaces are one space."""
    return re.sub(r"[ \t\r\n]+", " ", text or "")
