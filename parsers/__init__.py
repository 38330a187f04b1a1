"""Documents: what stands in a file, and what that says for the programme.

A reader turns bytes into a `Document` (text with its places) and knows no programme; `assemble` and
the modules with an underscore turn documents and an edition into a `Dossier` and know no format.
Heavy libraries are imported where a reader uses them.

Modules without an underscore are the readers. Behind them stand, for what is read, `_printed` (a page of
type), `_scanned` (the image of a page), `_sealed` (digital signatures); and for what that says, `_asked`
(where each question stands), `_answered`, `_signed`, `_annexed`, and `_dossier`, which puts all files
together.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING

from data.model import Document, Dossier, Submission, Unread, View

if TYPE_CHECKING:
    from data.edition import Edition  # pydantic takes longer to import than a whole reading

READER_VERSION = "2026.12.157"
"""Changes with every change of what a reader sees: part of the key under which readings are kept."""


def read(content: bytes) -> Document | Unread:
    """Read a file, told by its bytes. Total: any bytes give a document or the reason why not."""
    from parsers import _reader

    return _reader.read(content)


def ocr_missing() -> str | None:
    """Why no image can be read on this machine, in French; None where it can."""
    from parsers import _ocr

    return _ocr.missing()


def ocr_languages() -> tuple[str, ...]:
    """What Tesseract has data for on this machine: « fra », « nld », « osd » (which way up)."""
    from parsers import _ocr

    return _ocr.languages()


def pages_to_recognise(document: Document) -> list[int]:
    """Numbers of the pages that are images and wait for `recognise`, up to a limit for each file."""
    from parsers import _images

    return _images.pages_to_recognise(document)


def recognise(content: bytes, page: int) -> Document | Unread:
    """Read one page of a file by what its image shows: a document of that page alone. Total."""
    from parsers import _reader

    return _reader.recognise(content, page)


def joined(document: Document, recognised: Mapping[int, Document | Unread]) -> Document | Unread:
    """The document with the pages that were recognised; a page that was not says why."""
    from parsers import _images

    return _images.joined(document, recognised)


def view(content: bytes, page: int) -> View | None:
    """A page's picture, on which the boxes of a reading can be drawn; None of formats without pages."""
    from parsers import _view

    return _view.view(content, page)


def load() -> None:
    """Import what `assemble` needs: a third of a second, best spent while something else is waited for."""
    from parsers._dossier import _assemble  # noqa: F401


def assemble(
    submissions: Sequence[Submission], edition: Edition, read: Callable[[bytes], Document | Unread]
) -> Dossier:
    """Everything that one applicant has sent, as one dossier."""
    from parsers._dossier import _assemble

    return _assemble.assemble(submissions, edition, read)


def holds_form(document: Document, edition: Edition) -> bool:
    """Whether this document is the edition's form, filled or blank."""
    from parsers._answered import _form

    return _form.holds_form(document, edition)
