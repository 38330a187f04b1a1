"""A Word file while it is written: runs, tables, and the things that python-docx has no call for."""

import io
import re
from collections.abc import Sequence
from random import Random
from typing import Any
from xml.sax.saxutils import escape

from docx import Document as new_document
from docx.oxml import parse_xml
from docx.shared import Mm, Pt, RGBColor

from data.edition import QuestionKind
from desk.demo.script import Asked
from tests.corpus.make.applications import Application

NAMESPACES = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
    "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}
_DECLARED = " ".join(f'xmlns:{prefix}="{uri}"' for prefix, uri in NAMESPACES.items())
BLUE = RGBColor(0x1F, 0x3C, 0x9E)
RED = RGBColor(0xC0, 0x10, 0x10)


class Sheet:
    """The document, whose application it is, and chance."""

    def __init__(self, application: Application) -> None:
        self.application = application
        self.document: Any = new_document()
        self.lot: Random = application.lot
        self._ids = 0

    def said(self, asked: Asked) -> str:
        """What was typed under a question; empty where nothing was."""
        answer = self.application.answers[asked.question.id]
        return "" if answer is None else str(answer)

    def of(self, question: str) -> str:
        """The same, by the question's id."""
        answer = self.application.answers[question]
        return "" if answer is None else str(answer)

    def line(self, text: str = "", *, style: str | None = None, **look: Any) -> Any:
        """A paragraph of one run."""
        paragraph = self.document.add_paragraph(style=style)
        if text:
            run(paragraph, text, **look)
        return paragraph

    def table(self, rows: int, columns: int, *, ruled: bool = True) -> Any:
        table = self.document.add_table(rows, columns)
        if ruled:
            table.style = "Table Grid"
        return table

    def next_id(self) -> int:
        """For drawings, whose ids must differ."""
        self._ids += 1
        return self._ids


def label(asked: Asked) -> str:
    """The printed question without bullet; without « oui/non » and the other options."""
    return asked.label.removeprefix("· ").removesuffix("oui/non").rstrip()


def bare(asked: Asked) -> str:
    """The same without the colon."""
    return label(asked).rstrip(" :")


def options(asked: Asked) -> tuple[str, ...]:
    """What one may choose from, as printed; empty where one writes."""
    if asked.question.choices:
        return asked.question.choices
    return ("oui", "non") if asked.question.kind is QuestionKind.YES_NO else ()


def chosen(asked: Asked, answer: str) -> str | None:
    """The option that an answer is, if it is no more than that."""
    return next((option for option in options(asked) if option.lower() == answer.lower()), None)


# ---------------------------------------------------------------- runs


def run(place: Any, text: str, **look: Any) -> Any:
    """A run with a look: bold, italic, underline, strike, colour, highlight, size, framed."""
    added = place.add_run(text)
    for name in ("bold", "italic", "underline"):
        setattr(added, name, look.get(name))
    added.font.strike = look.get("strike")
    added.font.highlight_color = look.get("highlight")
    if colour := look.get("colour"):
        added.font.color.rgb = colour
    if size := look.get("size"):
        added.font.size = Pt(size)
    if look.get("framed"):
        added._r.get_or_add_rPr().append(xml('<w:bdr w:val="single" w:sz="8" w:space="0" w:color="auto"/>'))
    return added


def xml(text: str) -> Any:
    """An element with every prefix declared."""
    name = re.match(r"<[\w:]+", text)
    assert name, text
    return parse_xml(f"{name[0]} {_DECLARED}{text[name.end() :]}")


def into_cell(cell: Any, text: str, **look: Any) -> None:
    """The text in a cell, a paragraph for each of its lines."""
    for number, row in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if not number else cell.add_paragraph()
        run(paragraph, row, **look)


def shade(cell: Any, fill: str = "D9D9D9") -> None:
    cell._tc.get_or_add_tcPr().append(xml(f'<w:shd w:val="clear" w:color="auto" w:fill="{fill}"/>'))


def rows_of(text: str) -> Sequence[str]:
    """An answer's lines; none where there is no answer."""
    return text.split("\n") if text else ()


# ---------------------------------------------------------------- fields


def text_control(text: str, hint: str = "Cliquez ici pour taper du texte.") -> str:
    """An inline content control; empty, it shows its hint."""
    hinted = "" if text else "<w:showingPlcHdr/>"
    rows = "<w:br/>".join(
        f'<w:t xml:space="preserve">{escape(row)}</w:t>' for row in (text or hint).split("\n")
    )
    return (
        f"<w:sdt><w:sdtPr>{hinted}<w:text w:multiLine='1'/></w:sdtPr>"
        f"<w:sdtContent><w:r>{rows}</w:r></w:sdtContent></w:sdt>"
    )


def list_control(text: str, items: Sequence[str]) -> str:
    """A drop-down list with its choice."""
    hinted = "" if text else "<w:showingPlcHdr/>"
    listed = "".join(
        f'<w:listItem w:displayText="{escape(item)}" w:value="{n}"/>' for n, item in enumerate(items)
    )
    return (
        f"<w:sdt><w:sdtPr>{hinted}<w:dropDownList>{listed}</w:dropDownList></w:sdtPr><w:sdtContent><w:r>"
        f"<w:t>{escape(text or 'Choisissez un élément.')}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def box_control(ticked: bool) -> str:
    """A check box of Word 2010 and later."""
    return (
        f"<w:sdt><w:sdtPr><w14:checkbox><w14:checked w14:val='{int(ticked)}'/></w14:checkbox></w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{'☒' if ticked else '☐'}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def legacy_text(paragraph: Any, text: str) -> None:
    """A form field of Word 97: its result stands between two marks."""
    _field(paragraph, "FORMTEXT", "<w:textInput/>", text or "\u2002" * 5)


def legacy_box(paragraph: Any, ticked: bool) -> None:
    _field(
        paragraph,
        "FORMCHECKBOX",
        f'<w:checkBox><w:sizeAuto/><w:default w:val="{int(ticked)}"/></w:checkBox>',
        None,
    )


def _field(paragraph: Any, code: str, kind: str, text: str | None) -> None:
    data = f'<w:ffData><w:name w:val=""/><w:enabled/><w:calcOnExit w:val="0"/>{kind}</w:ffData>'
    parts = [f'<w:r><w:fldChar w:fldCharType="begin">{data}</w:fldChar></w:r>',
             f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>']  # fmt: skip
    if text is not None:
        shown = "<w:br/>".join(f'<w:t xml:space="preserve">{escape(row)}</w:t>' for row in text.split("\n"))
        parts += ['<w:r><w:fldChar w:fldCharType="separate"/></w:r>', f"<w:r>{shown}</w:r>"]
    parts.append('<w:r><w:fldChar w:fldCharType="end"/></w:r>')
    for part in parts:
        paragraph._p.append(xml(part))


def inserted(paragraph: Any, text: str) -> None:
    """Written with « track changes » on, over what was there and is struck out."""
    mark = 'w:id="{}" w:author="A" w:date="2026-09-01T08:00:00Z"'
    gone = f"<w:del {mark.format(901)}><w:r><w:delText>Votre réponse</w:delText></w:r></w:del>"
    come = f'<w:ins {mark.format(902)}><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r></w:ins>'
    paragraph._p.append(xml(gone))
    paragraph._p.append(xml(come))


def text_box(sheet: Sheet, text: str, width_mm: float = 160, height_mm: float = 25) -> None:
    """A frame drawn under the question, with the answer inside."""
    inside = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(row)}</w:t></w:r></w:p>' for row in text.split("\n")
    )
    wide, tall = (
        round(side * 36000) for side in (width_mm, height_mm + 5 * (len(text) // 95 + text.count("\n")))
    )
    drawing = (
        f'<w:drawing><wp:inline distT="0" distB="0" distL="0" distR="0"><wp:extent cx="{wide}" cy="{tall}"/>'
        f'<wp:docPr id="{sheet.next_id()}" name="Zone de texte"/><a:graphic>'
        '<a:graphicData uri="http://schemas.microsoft.com/office/word/2010/wordprocessingShape"><wps:wsp>'
        f'<wps:cNvSpPr txBox="1"/><wps:spPr><a:xfrm><a:off x="0" y="0"/>'
        f'<a:ext cx="{wide}" cy="{tall}"/></a:xfrm>'
        '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:ln w="6350"><a:solidFill><a:srgbClr val="000000"/>'
        f"</a:solidFill></a:ln></wps:spPr><wps:txbx><w:txbxContent>{inside}</w:txbxContent></wps:txbx>"
        "<wps:bodyPr/></wps:wsp></a:graphicData></a:graphic></wp:inline></w:drawing>"
    )
    sheet.document.add_paragraph()._p.append(xml(f"<w:r>{drawing}</w:r>"))


# ---------------------------------------------------------------- pictures


def picture(place: Any, content: bytes, width_mm: float) -> Any:
    """A picture in the line."""
    return place.add_run().add_picture(io.BytesIO(content), width=Mm(width_mm))


def floating_picture(place: Any, content: bytes, width_mm: float, x_mm: float, y_mm: float) -> None:
    """A picture over the text, so many millimetres from its paragraph's corner."""
    inline = picture(place, content, width_mm)._inline
    x, y = round(x_mm * 36000), round(y_mm * 36000)
    anchor = xml(
        '<wp:anchor distT="0" distB="0" distL="0" distR="0" simplePos="0" relativeHeight="9" behindDoc="0" '
        'locked="0" layoutInCell="1" allowOverlap="1"><wp:simplePos x="0" y="0"/>'
        f'<wp:positionH relativeFrom="column"><wp:posOffset>{x}</wp:posOffset></wp:positionH>'
        f'<wp:positionV relativeFrom="paragraph"><wp:posOffset>{y}</wp:posOffset></wp:positionV>'
        "</wp:anchor>"
    )
    extent, *rest = list(inline)
    anchor.append(extent)
    anchor.append(xml("<wp:wrapNone/>"))
    for element in rest:
        anchor.append(element)
    inline.getparent().replace(inline, anchor)
