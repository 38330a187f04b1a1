"""Word files: python-docx opens the package, our own walk reads the tree.

python-docx's paragraphs and tables show 8 of 33 constructs in which answers stand; content controls,
text boxes, tracked changes, legacy fields are not among them. And nothing but the tree tells a control
that still shows its placeholder from one that was filled in.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
    Span,
    Unread,
    UnreadReason,
)
from parsers import _package, _reader, _sniff
from parsers._columns import EMU_PER_PT, Columns, twips, usual_letters
from parsers._numbering import Numbering, W, numbering
from parsers._ooxml import WP, A, Look, R, Styles, formatted, is_filled, is_on, tree, value_of
from parsers._reader import reader
from parsers._scanned import _page_pictures, _pasted
from parsers._sealed import _xml_seals
from parsers._symbols import BOXES, shown, with_box

MAX_XML_BYTES = 80 * 1024 * 1024
MAX_UNPACKED_BYTES = 400 * 1024 * 1024
MAX_LINES = 60_000
MAX_DEPTH = 60
_SIZE, _LARGER = 24, 1.25
"""Half points of letters of which nothing is said; letters so much larger stand out as bold ones do."""

PICTURE_MARK = "\ufffc"
"""Stands in a line's text where a picture stands in the line (Unicode's object replacement character)."""

_M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_O = "{urn:schemas-microsoft-com:office:office}"
_DGM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}"
_V = "{urn:schemas-microsoft-com:vml}"
_PIC = "{http://schemas.openxmlformats.org/drawingml/2006/picture}"
_WPG = "{http://schemas.microsoft.com/office/word/2010/wordprocessingGroup}"
_W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_THROUGH = {
    f"{W}{name}"
    for name in ("ins", "moveTo", "smartTag", "customXml", "hyperlink", "fldSimple", "dir", "bdo")
}
_GONE = {
    f"{W}{name}" for name in ("del", "moveFrom", "instrText", "delText", "pPr", "rPr", "sdtPr", "sdtEndPr")
}


@reader(FileKind.DOCX)
def read(content: bytes) -> Document:
    """Read a .docx or .docm."""
    if _sniff.is_encrypted_office(content) and not content.startswith(b"PK"):
        raise Unreadable(UnreadReason.ENCRYPTED, "document Office protégé par un mot de passe")
    names = check_size(content)
    walk = _Walk(_package.opened(content).main_document_part)
    walk.document()
    last = max(walk.page, 1)
    pages = [Page(number, PageSource.TEXT) for number in range(1, last + 1)]
    pages += _page_pictures.waiting(walk.pictures, last, lambda picture: walk.blobs.get(picture.sha256 or ""))
    return Document(
        kind=FileKind.DOCX,
        pages=tuple(pages),
        lines=tuple(walk.lines),
        pictures=tuple(walk.pictures),
        seals=tuple(_xml_seals.of_office(content)),
        active_content=any(name.lower().endswith("vbaproject.bin") for name in names),
    )


def _of_web_archive(content: bytes) -> bytes:
    """The page of a web archive (MHT), which is written as a mail is; anything else as it is."""
    if not re.match(rb"\s*(?:MIME-Version|From|Content-Type):", content, re.IGNORECASE):
        return content
    from email import message_from_bytes

    parts = message_from_bytes(content).walk()
    pages = (part.get_payload(decode=True) for part in parts if part.get_content_type() == "text/html")
    return next((page for page in pages if isinstance(page, bytes)), content)


def check_size(content: bytes) -> list[str]:
    """Refuse bombs before anything is unpacked."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        members = archive.infolist()
    if any(member.flag_bits & 1 for member in members):
        raise Unreadable(UnreadReason.ENCRYPTED, "document protégé par un mot de passe")
    xml = max((m.file_size for m in members if m.filename.endswith((".xml", ".rels"))), default=0)
    if xml > MAX_XML_BYTES or sum(m.file_size for m in members) > MAX_UNPACKED_BYTES or len(members) > 10_000:
        raise Unreadable(UnreadReason.TOO_LARGE, "document Word démesuré une fois décompressé")
    return [member.filename for member in members]


@dataclass(slots=True)
class _Paragraph:
    """A paragraph while it is read: its spans, and what is anchored in it."""

    spans: list[Span]
    pictures: list[Picture]
    boxes: list[Any]
    """Contents of text boxes, read after the paragraph."""
    notes: list[Any]
    """Comments and footnotes, read after the paragraph."""
    page: int
    field: list[str]
    """Open complex fields: « code », then « result »; « done » hides a result replaced by its control."""
    usual: int
    """Size of most of its letters, in half points."""

    def say(self, text: str, look: Look, *, hint: bool = False, tick: bool | None = None) -> None:
        if not text or look.hidden or (self.field and self.field[-1] != "result"):
            return
        bold = look.bold or look.size >= _LARGER * self.usual
        span = Span(text, bold, look.italic, look.underline, look.strike, look.highlight, hint, tick)
        last = self.spans[-1] if self.spans else None
        if (
            last is not None
            and tick is None
            and last.tick is None
            and replace(last, text="") == replace(span, text="")
        ):
            self.spans[-1] = replace(last, text=last.text + text)
        else:
            self.spans.append(span)

    @property
    def text(self) -> str:
        return "".join(span.text for span in self.spans)


class _Walk:
    """Walks the body once, in reading order."""

    def __init__(self, part: Any) -> None:
        self.part = part
        self.root = tree(part)
        self.lines: list[Line] = []
        self.pictures: list[Picture] = []
        self.blobs: dict[str, bytes] = {}
        """The pictures' bytes, by their fingerprints."""
        self.page = 1
        related = {rel.reltype.rsplit("/", 1)[-1]: rel for rel in part.rels.values() if not rel.is_external}
        theme = related["theme"].target_part.blob if "theme" in related else b""
        self._styles = Styles(self._related(related, "styles"), theme)
        self._columns = Columns(self.root, self._styles)
        self._numbering: Numbering = numbering(self._related(related, "numbering"))
        self._comments = self._by_id(self._related(related, "comments"))
        self._footnotes = self._by_id(self._related(related, "footnotes"))
        self._tables = 0
        self._remembered = next(self.root.iter(f"{W}lastRenderedPageBreak"), None) is not None
        """Whether Word left its own page breaks; else only the written ones are known."""

    def document(self) -> None:
        body = self.root.find(f"{W}body")
        if body is None:
            raise Unreadable(UnreadReason.CORRUPT, "le document Word n'a pas de contenu")
        self._blocks(body, None, Origin.BODY, None, 0)
        self._margins()

    def _related(self, related: dict[str, Any], name: str) -> Any:
        return tree(related[name].target_part) if name in related else None

    @staticmethod
    def _by_id(root: Any) -> dict[str, Any]:
        return {} if root is None else {node.get(f"{W}id"): node for node in root}

    def _margins(self) -> None:
        """Running headers and footers, at the end of the lines: they belong to no place in the text."""
        page = self.page
        for name in ("header", "footer"):
            for rel in self.part.rels.values():
                if rel.reltype.endswith(f"/{name}") and not rel.is_external:
                    main, self.part = self.part, rel.target_part
                    self._blocks(tree(self.part), None, Origin.MARGIN, None, 0)
                    self.part = main
        self.page = page

    # ------------------------------------------------------------ blocks

    def _blocks(self, parent: Any, cell: Cell | None, origin: Origin, label: str | None, depth: int) -> None:
        if depth > MAX_DEPTH or len(self.lines) > MAX_LINES:
            raise Unreadable(UnreadReason.TOO_LARGE, "document Word démesuré")
        for node in parent:
            if node.tag == f"{W}p":
                self._paragraph(node, cell, origin, label, depth)
            elif node.tag == f"{W}tbl":
                self._table(node, origin, label, depth + 1)
            elif node.tag == f"{W}sdt":
                self._control_block(node, cell, origin, depth + 1)
            elif node.tag == f"{_MC}AlternateContent":
                self._blocks(_chosen(node), cell, origin, label, depth + 1)
            elif node.tag == f"{W}altChunk":
                self._chunk(node.get(f"{R}id"), cell, origin)
            elif node.tag in _THROUGH:
                self._blocks(node, cell, origin, label, depth + 1)

    def _chunk(self, target: str | None, cell: Cell | None, origin: Origin) -> None:
        """A whole document within this one, as programs leave it that make Word files of web pages."""
        if target is None or target not in self.part.rels or self.part.rels[target].is_external:
            return
        inner = _reader.read(_of_web_archive(self.part.rels[target].target_part.blob))
        if isinstance(inner, Unread):
            raise Unreadable(inner.reason, inner.detail)
        start, tables = len(self.lines), self._tables
        for line in inner.lines:
            own = line.cell and replace(line.cell, table=line.cell.table + tables)
            self.lines.append(replace(line, page=self.page, cell=own or cell, origin=origin))
            self._tables = max(self._tables, own.table + 1 if own else 0)
        self.pictures += [replace(p, page=self.page, after=p.after + start) for p in inner.pictures]

    def _control_block(self, node: Any, cell: Cell | None, origin: Origin, depth: int) -> None:
        content = node.find(f"{W}sdtContent")
        if content is None:
            return
        properties = node.find(f"{W}sdtPr")
        label = value_of(properties, "alias") or value_of(properties, "tag")
        start = len(self.lines)
        self._blocks(content, cell, Origin.FIELD if label else origin, label, depth)
        if properties is not None and is_on(properties, "showingPlcHdr", False):
            self.lines[start:] = [
                replace(line, spans=tuple(replace(span, hint=True) for span in line.spans))
                for line in self.lines[start:]
            ]
        tick = _ticked(properties)
        if tick is not None and len(self.lines) > start:
            mark = Span("☒" if tick else "☐", tick=tick)
            self.lines[start] = replace(self.lines[start], spans=(mark,))

    def _table(self, table: Any, origin: Origin, label: str | None, depth: int) -> None:
        number = self._tables
        self._tables += 1
        grid = [twips(column.get(f"{W}w")) for column in table.iterfind(f"{W}tblGrid/{W}gridCol")]
        for row_number, row in enumerate(_children(table, "tr")):
            properties = row.find(f"{W}trPr")
            if properties is not None and properties.find(f"{W}del") is not None:
                continue
            column = int(value_of(properties, "gridBefore", "0") or 0)
            for entry, control in _cells(row):
                cell_properties = entry.find(f"{W}tcPr")
                span = int(value_of(cell_properties, "gridSpan", "1") or 1)
                merge = None if cell_properties is None else cell_properties.find(f"{W}vMerge")
                if merge is None or merge.get(f"{W}val") == "restart":
                    cell = Cell(number, row_number, column, is_filled(cell_properties))
                    self._columns.add(cell, cell_properties, grid[column : column + span])
                    self._cell(entry, control, cell, origin, label, depth)
                column += span

    def _cell(
        self, entry: Any, control: Any, cell: Cell, origin: Origin, label: str | None, depth: int
    ) -> None:
        start = len(self.lines)
        self._blocks(entry, cell, origin, label, depth)
        if control is not None and is_on(control, "showingPlcHdr", False):
            self.lines[start:] = [
                replace(line, spans=tuple(replace(span, hint=True) for span in line.spans))
                for line in self.lines[start:]
            ]
        tick = _ticked(control)
        if tick is not None:
            self.lines[start:] = [Line((Span("☒" if tick else "☐", tick=tick),), self.page, cell=cell)]
        if cell.shaded and len(self.lines) == start:
            self.lines.append(Line((), self.page, cell=cell, origin=origin))

    # ------------------------------------------------------------ paragraphs

    def _paragraph(self, node: Any, cell: Cell | None, origin: Origin, label: str | None, depth: int) -> None:
        properties = node.find(f"{W}pPr")
        if properties is not None and not self._remembered and is_on(properties, "pageBreakBefore", False):
            self.page += 1
        style = value_of(properties, "pStyle")
        look = self._styles.look(style, Look())
        paragraph = _Paragraph([], [], [], [], self.page, [], usual_letters(node, "", look.size or _SIZE)[1])
        self._inline(node, look, paragraph, False, depth)
        if paragraph.text.strip(f" \t\n\xa0{PICTURE_MARK}") or _tells_sides(paragraph):
            number = self._number(properties, style)
            spans = with_box(number, paragraph.spans)
            measure = self._columns.measure(node, style, cell)
            self.lines.append(Line(spans, paragraph.page, None, cell, origin, label, number, measure=measure))
        for picture in paragraph.pictures:
            self.pictures.append(
                replace(picture, after=len(self.lines) - 1, page=paragraph.page, cell=cell, origin=origin)
            )
        box_origin = origin if origin is Origin.MARGIN else Origin.TEXT_BOX
        for box in paragraph.boxes:
            self._blocks(box, None, box_origin, None, depth + 1)
        for note in paragraph.notes:
            self._blocks(note, cell, Origin.COMMENT, None, depth + 1)
        if properties is not None and properties.find(f"{W}sectPr") is not None:
            self._columns.end_section()
            if not self._remembered:
                kind = value_of(properties.find(f"{W}sectPr"), "type", "nextPage")
                self.page += kind not in {"continuous", "nextColumn"}

    def _number(self, properties: Any, style: str | None) -> str | None:
        listing = None if properties is None else properties.find(f"{W}numPr")
        inherited = self._styles.list_of(style)
        num_id = value_of(listing, "numId") or value_of(inherited, "numId")
        level = value_of(listing, "ilvl") or value_of(inherited, "ilvl") or "0"
        if num_id is None or num_id == "0" or not level.isdigit():
            return None
        return self._numbering.next(num_id, int(level))

    def _inline(self, parent: Any, look: Look, paragraph: _Paragraph, hint: bool, depth: int) -> None:
        if depth > MAX_DEPTH:
            raise Unreadable(UnreadReason.TOO_LARGE, "document Word démesuré")
        for node in parent:
            if node.tag in _GONE:
                continue
            if node.tag == f"{W}r":
                self._run(node, look, paragraph, hint, depth + 1)
            elif node.tag == f"{W}sdt":
                self._control(node, look, paragraph, depth + 1)
            elif node.tag == f"{_MC}AlternateContent":
                self._inline(_chosen(node), look, paragraph, hint, depth + 1)
            elif node.tag in _THROUGH:
                self._inline(node, look, paragraph, hint, depth + 1)
            elif node.tag in {f"{_M}oMath", f"{_M}oMathPara"}:
                paragraph.say("".join(text.text or "" for text in node.iter(f"{_M}t")), look, hint=hint)

    def _control(self, node: Any, look: Look, paragraph: _Paragraph, depth: int) -> None:
        content = node.find(f"{W}sdtContent")
        if content is None:
            return
        properties = node.find(f"{W}sdtPr")
        tick = _ticked(properties)
        if tick is not None:
            paragraph.say("☒" if tick else "☐", look, tick=tick)
            return
        showing = properties is not None and is_on(properties, "showingPlcHdr", False)
        if properties is not None and properties.find(f"{W}picture") is not None and showing:
            return
        self._inline(content, look, paragraph, showing, depth)

    def _run(self, run: Any, look: Look, paragraph: _Paragraph, hint: bool, depth: int) -> None:
        properties = run.find(f"{W}rPr")
        style = value_of(properties, "rStyle")
        inside = formatted(properties, self._styles.look(style, look))
        fonts = None if properties is None else properties.find(f"{W}rFonts")
        font = None if fonts is None else fonts.get(f"{W}ascii")
        hint = hint or style == "PlaceholderText"
        for node in run:
            if node.tag == f"{W}t":
                paragraph.say(shown(node.text or "", font), inside, hint=hint)
            elif node.tag in {f"{W}tab", f"{W}ptab"}:
                paragraph.say("\t", inside, hint=hint)
            elif node.tag in {f"{W}br", f"{W}cr"}:
                self._break(node, inside, paragraph, hint)
            elif node.tag == f"{W}noBreakHyphen":
                paragraph.say("-", inside, hint=hint)
            elif node.tag == f"{W}lastRenderedPageBreak":
                self._turn(paragraph)
            elif node.tag == f"{W}sym":
                self._symbol(node, inside, paragraph)
            elif node.tag == f"{W}fldChar":
                _field(node, inside, paragraph)
            elif node.tag in {f"{W}commentReference", f"{W}footnoteReference"}:
                notes = self._comments if node.tag == f"{W}commentReference" else self._footnotes
                note = notes.get(node.get(f"{W}id"))
                if note is not None and note not in paragraph.notes:
                    paragraph.notes.append(note)
            elif node.tag not in _GONE:
                self._drawn(node, inside, paragraph, hint, depth)

    def _break(self, node: Any, look: Look, paragraph: _Paragraph, hint: bool) -> None:
        if node.get(f"{W}type") != "page":
            paragraph.say("\n", look, hint=hint)
        elif not self._remembered:
            self._turn(paragraph)

    def _turn(self, paragraph: _Paragraph) -> None:
        self.page += 1
        if not paragraph.text.strip():
            paragraph.page = self.page

    @staticmethod
    def _symbol(node: Any, look: Look, paragraph: _Paragraph) -> None:
        """A character of a symbol font: a box, a tick, an arrow, else a bullet."""
        code = node.get(f"{W}char") or ""
        font = node.get(f"{W}font") or ""
        if "dings" not in font.lower():
            paragraph.say("•", look)
        elif re.fullmatch("[0-9A-Fa-f]{2,4}", code):
            sign = shown(chr(int(code, 16)), font)
            paragraph.say(sign, look, tick=BOXES.get(sign))

    # ------------------------------------------------------------ drawings

    def _drawn(self, node: Any, look: Look, paragraph: _Paragraph, hint: bool, depth: int) -> None:
        if node.tag == f"{_MC}AlternateContent":
            for choice in (*node.iterchildren(f"{_MC}Choice"), *node.iterchildren(f"{_MC}Fallback")):
                before = len(paragraph.pictures) + len(paragraph.boxes) + len(paragraph.spans)
                for child in choice:
                    self._drawn(child, look, paragraph, hint, depth + 1)
                if len(paragraph.pictures) + len(paragraph.boxes) + len(paragraph.spans) > before:
                    return
        elif node.tag in {f"{W}drawing", f"{W}pict", f"{W}object"}:
            boxes = [box for box in node.iter(f"{W}txbxContent") if not _shown_twice(box, node)]
            paragraph.boxes.extend(box for box in boxes if not _nested(box, node))
            paragraph.boxes.extend(self._diagrams(node))
            for picture in self._pictures_in(node):
                paragraph.pictures.append(picture)
                if picture.box is None:
                    paragraph.say(PICTURE_MARK, look)

    def _diagrams(self, node: Any) -> Iterator[Any]:
        """What the shapes of a SmartArt diagram say, as of a text box: an organisation is often drawn so."""
        from docx.oxml import OxmlElement

        for ids in node.iter(f"{_DGM}relIds"):
            target = self.part.rels.get(ids.get(f"{R}dm", ""))
            if target is None or target.is_external:
                continue
            box = OxmlElement("w:txbxContent")
            for shape in tree(target.target_part).iter(f"{_DGM}pt"):
                if said := "".join(text.text or "" for text in shape.iter(f"{A}t")):
                    row = OxmlElement("w:p")
                    row.add_r().add_t(said)
                    box.append(row)
            yield box

    def _pictures_in(self, node: Any) -> Iterator[Picture]:
        """Pictures, ink and freehand shapes of one drawing, outside of its text boxes."""
        if next(node.iter(f"{_O}signatureline"), None) is not None:
            return  # Word's printed line for a signature: an image, and nobody's ink
        ink = next((child for child in node.iter() if str(child.tag).endswith("}contentPart")), None)
        if ink is not None:
            yield self._picture(node, PictureForm.INK, None)
            return
        for blip in (*node.iter(f"{A}blip"), *node.iter(f"{_V}imagedata")):
            if not _boxed(blip, node):
                target = blip.get(f"{R}embed") or blip.get(f"{R}id") or blip.get(f"{R}link")
                yield _within_group(self._picture(node, PictureForm.RASTER, target), blip)
        for shape in (*node.iter(f"{A}custGeom"), *_freehand(node)):
            if not _boxed(shape, node):
                yield self._picture(node, PictureForm.VECTOR, None)
        for shape in node.iter(f"{A}prstGeom"):
            if shape.get("prst") in {"ellipse", "donut"} and not _boxed(shape, node) and not _has_blip(shape):
                yield self._picture(node, PictureForm.VECTOR, None)

    def _picture(self, node: Any, form: PictureForm, target: str | None) -> Picture:
        extent = next(node.iter(f"{WP}extent"), None)
        width = height = None
        if extent is not None:
            width = int(extent.get("cx", "0")) / EMU_PER_PT
            height = int(extent.get("cy", "0")) / EMU_PER_PT
        else:
            style = next((n.get("style") for n in node.iter() if n.get("style") and n.tag.startswith(_V)), "")
            width, height = _points(style, "width"), _points(style, "height")
        box = self._floating(node, width or 0.0)
        picture = Picture(form, 1, -1, box, None, width, height)
        if target is None or target not in self.part.rels or self.part.rels[target].is_external:
            return picture
        blob = self.part.rels[target].target_part.blob
        if blob:
            picture = replace(picture, sha256=hashlib.sha256(blob).hexdigest())
            self.blobs[picture.sha256 or ""] = blob
        if len(self.pictures) >= _pasted.MOST_PICTURES or not _pasted.may_sign(picture):
            return picture
        return _pasted.looked_at(picture, blob)

    def _floating(self, node: Any, width: float) -> Box | None:
        """Of a floating picture the place across the page is known, not how far down: its box has no height.

        But for one that is placed by the page itself.
        """
        position = next(node.iter(f"{WP}positionH"), None)
        if position is None:
            return None
        offset = position.find(f"{WP}posOffset")
        left, right = self._columns.sides()
        if offset is None or not (offset.text or "").strip("- ").isdigit():
            align = position.findtext(f"{WP}align") or "left"
            x0 = {"right": right - width, "center": (left + right - width) / 2}.get(align, left)
        else:
            x0 = int(offset.text) / EMU_PER_PT
            if position.get("relativeFrom") not in {"page", "leftMargin"}:
                x0 += left
        top = _down_the_page(node)
        return Box(x0, top, x0 + width, top)


def _down_the_page(node: Any) -> float:
    """How far below the head of the page, in points; 0 where the text decides."""
    position = next(node.iter(f"{WP}positionV"), None)
    offset = None if position is None else position.findtext(f"{WP}posOffset")
    if position is None or position.get("relativeFrom") != "page" or not (offset or "").strip().isdigit():
        return 0.0
    return int(offset or 0) / EMU_PER_PT


def _freehand(node: Any) -> Iterator[Any]:
    """Shapes of the older drawing language (VML) that say their own line, and hold no picture."""
    for shape in node.iter(f"{_V}shape", f"{_V}polyline", f"{_V}curve"):
        holds = next(shape.iter(f"{_V}imagedata", f"{_V}textpath"), None) is not None
        if not holds and (shape.get("path") or shape.tag != f"{_V}shape"):
            yield shape


def _within_group(picture: Picture, blip: Any) -> Picture:
    """A picture of a floating group where it stands across the page, and as wide as it is, in the group."""
    group = next(blip.iterancestors(f"{_WPG}wgp"), None)
    own = next(blip.iterancestors(f"{_PIC}pic"), None)
    if group is None or own is None or picture.box is None or not picture.width_pt:
        return picture
    whole, wide = group.find(f"{_WPG}grpSpPr/{A}xfrm/{A}chOff"), group.find(f"{_WPG}grpSpPr/{A}xfrm/{A}chExt")
    at, size = own.find(f".//{A}xfrm/{A}off"), own.find(f".//{A}xfrm/{A}ext")
    if any(node is None for node in (whole, wide, at, size)) or not int(wide.get("cx", "0")):
        return picture
    scale = picture.width_pt / int(wide.get("cx"))
    x0 = picture.box.x0 + (int(at.get("x", "0")) - int(whole.get("x", "0"))) * scale
    width = int(size.get("cx", "0")) * scale
    return replace(picture, box=replace(picture.box, x0=x0, x1=x0 + width), width_pt=width)


def _children(parent: Any, name: str) -> Iterator[Any]:
    """Rows or cells, also within controls, insertions and custom XML."""
    for node in parent:
        if node.tag == f"{W}{name}":
            yield node
        elif node.tag == f"{W}sdt":
            content = node.find(f"{W}sdtContent")
            if content is not None:
                yield from _children(content, name)
        elif node.tag in _THROUGH:
            yield from _children(node, name)


def _cells(row: Any) -> Iterator[tuple[Any, Any]]:
    """Cells of a row, each with the properties of the control around it."""
    for node in row:
        if node.tag == f"{W}tc":
            yield node, None
        elif node.tag == f"{W}sdt":
            content = node.find(f"{W}sdtContent")
            for cell in () if content is None else _children(content, "tc"):
                yield cell, node.find(f"{W}sdtPr")
        elif node.tag in _THROUGH:
            yield from _cells(node)


def _chosen(node: Any) -> Any:
    """One branch of alternative content: both say the same thing."""
    choice = node.find(f"{_MC}Choice")
    if choice is not None and len(choice):
        return choice
    fallback = node.find(f"{_MC}Fallback")
    return () if fallback is None else fallback


def _ticked(properties: Any) -> bool | None:
    box = None if properties is None else properties.find(f"{_W14}checkbox")
    if box is None:
        return None
    checked = box.find(f"{_W14}checked")
    return checked is not None and checked.get(f"{_W14}val", "1") in {"1", "true", "on"}


def _field(node: Any, look: Look, paragraph: _Paragraph) -> None:
    """Complex fields: the code is hidden, the result shown; legacy boxes keep their state in the code."""
    kind = node.get(f"{W}fldCharType")
    if kind == "begin":
        state = "code"
        check = node.find(f"{W}ffData/{W}checkBox")
        choices = node.find(f"{W}ffData/{W}ddList")
        if check is not None:
            default = is_on(check, "default", False)
            ticked = is_on(check, "checked", default)
            paragraph.say("☒" if ticked else "☐", look, tick=ticked)
        elif choices is not None:
            paragraph.say(_selected(choices), look)
            state = "done"
        paragraph.field.append(state)
    elif kind == "separate" and paragraph.field and paragraph.field[-1] == "code":
        paragraph.field[-1] = "result"
    elif kind == "end" and paragraph.field:
        paragraph.field.pop()


def _selected(choices: Any) -> str:
    entries = [entry.get(f"{W}val") or "" for entry in choices.iterchildren(f"{W}listEntry")]
    index = value_of(choices, "result") or value_of(choices, "default") or "0"
    return entries[int(index)] if index.isdigit() and int(index) < len(entries) else ""


def _tells_sides(paragraph: _Paragraph) -> bool:
    """Pictures beside each other, apart by tabs: the line shows which stands where."""
    return PICTURE_MARK in paragraph.text and "\t" in paragraph.text


def _boxed(node: Any, within: Any) -> bool:
    """Whether a node stands in a text box of this drawing, whose content is walked by itself."""
    while node is not None and node is not within:
        if node.tag == f"{W}txbxContent":
            return True
        node = node.getparent()
    return False


def _nested(box: Any, within: Any) -> bool:
    return _boxed(box.getparent(), within)


def _shown_twice(box: Any, within: Any) -> bool:
    """Whether a text box is the fallback of one already shown."""
    node = box
    while node is not None and node is not within:
        if node.tag == f"{_MC}Fallback":
            return True
        node = node.getparent()
    return False


def _has_blip(shape: Any) -> bool:
    parent = shape.getparent()
    while parent is not None and not str(parent.tag).endswith(("}pic", "}wsp", "}inline", "}anchor")):
        parent = parent.getparent()
    return parent is not None and next(parent.iter(f"{A}blip"), None) is not None


def _points(style: str | None, name: str) -> float | None:
    found = re.search(rf"(?:^|;)\s*{name}:\s*([\d.]+)(pt|in|cm|mm|px)?", style or "")
    if found is None:
        return None
    scale = {"pt": 1.0, "in": 72.0, "cm": 28.35, "mm": 2.835, "px": 0.75, None: 0.75}
    return float(found[1]) * scale[found[2]]
