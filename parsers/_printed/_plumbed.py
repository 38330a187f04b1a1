"""pdfplumber's pages, at a good half of their cost: of a letter only what the layout asks of one is noted.

pdfplumber asks every attribute of every letter whether it is a reference to something elsewhere in the
file, and tags each with its structure. Shapes and pictures, of which there are few, it handles itself.
"""

from typing import Any

from pdfminer.converter import PDFPageAggregator
from pdfminer.layout import LTChar, LTPage
from pdfminer.pdfinterp import PDFPageInterpreter
from pdfplumber.page import Page, fix_fontname_bytes
from pdfplumber.utils.exceptions import PdfminerException


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
