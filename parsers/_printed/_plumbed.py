"""pdfplumber's pages, at a good half of their cost: of a letter only what the layout asks of one is noted.

pdfplumber asks every attribute of every letter whether it is a reference to something elsewhere in the
file, and tags each with its structure. Shapes and pictures, of which there are few, it handles itself.
"""

from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfminer.pdftypes import resolve1
from pdfplumber.page import Page, fix_fontname_bytes
from pdfplumber.utils.exceptions import PdfminerException

LEVEL_PT = 2.0
"""How far the ends of a ruled line lie from one height, or one side."""


class SwiftPage(Page):
    """A page that is only laid out: no markup, no table of attributes."""

    @classmethod
    def of(cls, page: Page) -> "SwiftPage":
        """The same page."""
        return cls(page.pdf, page.page_obj, page.page_number, page.initial_doctop)

    @property
    def layout(self) -> LTPage:
        """What pdfminer finds on the page, drawn by nobody and tagged with nothing."""
        if not hasattr(self, "_layout"):
            device = PDFPageAggregator(self.pdf.rsrcmgr, pageno=self.page_number, laparams=self.pdf.laparams)
            try:
                PDFPageInterpreter(self.pdf.rsrcmgr, device).process_page(self.page_obj)
            except Exception as error:
                raise PdfminerException(error) from error
            self._layout = device.get_result()
        return self._layout

    @property
    def annots(self) -> list[dict[str, Any]]:
        """Fields and notes with their places; their data as they stand there, each reference yet to follow.

        pdfplumber follows all of them at once, and those of a file that was signed several times lead in
        circles. What has no rectangle is nowhere on the page.
        """
        held = [resolve1(each) for each in resolve1(self.page_obj.annots) or ()]
        placed = [(each, corners) for each in held if (corners := _corners(each)) is not None]
        kept, self.page_obj.annots = self.page_obj.annots, [{"Rect": corners} for _, corners in placed]
        try:
            places = super().annots
        finally:
            self.page_obj.annots = kept
        return [place | {"data": data} for place, (data, _) in zip(places, placed, strict=True)]

    @property
    def edges(self) -> list[dict[str, Any]]:
        """What may part cells: no slanted line, which pdfplumber takes for an upright one. Crosses slant."""
        return [edge for edge in super().edges if min(edge["width"], edge["height"]) <= LEVEL_PT]

    def process_object(self, obj: Any) -> dict[str, Any]:
        """A letter, or as pdfplumber has it."""
        if not isinstance(obj, LTChar):
            return super().process_object(obj)
        left, above = self.mediabox[:2]
        colour = obj.graphicstate.ncolor
        name = obj.fontname
        return {
            "object_type": "char",
            "text": obj.get_text(),
            "fontname": fix_fontname_bytes(name) if isinstance(name, bytes) else name,
            "size": obj.size,
            "upright": obj.upright,
            "non_stroking_color": colour if isinstance(colour, tuple) else (colour,),
            "x0": obj.x0 + left,
            "x1": obj.x1 + left,
            "top": (top := self.height - obj.y1 + above),
            "bottom": self.height - obj.y0 + above,
            "doctop": self.initial_doctop + top,
            "width": obj.width,
            "height": obj.height,
        }


def _corners(annotation: Any) -> list[float] | None:
    found = resolve1(annotation.get("Rect")) if isinstance(annotation, dict) else None
    corners = [resolve1(each) for each in found] if isinstance(found, list) else []
    whole = len(corners) == 4 and all(isinstance(each, (int, float)) for each in corners)
    return corners if whole else None
