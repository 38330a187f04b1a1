"""Documents: what stands in a file, and what that says for the programme.

A reader turns bytes into a `Document` (text with its places) and knows no programme; `assemble` and
the modules with an underscore turn documents and an edition into a `Dossier` and know no format.
Heavy libraries are imported where a reader uses them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from data.model import Document, Dossier, Submission, Unread

if TYPE_CHECKING:
    from data.edition import Edition  # pydantic takes longer to import than a whole reading

READER_VERSION = "2026.11.1"
"""Changes with every change of what a reader sees: part of the key under which readings are kept."""


def read(content: bytes) -> Document | Unread:
    """Read a file, told by its bytes. Total: any bytes give a document or the reason why not."""
    from parsers import _reader

    return _reader.read(content)


def assemble(
    submissions: Sequence[Submission], edition: Edition, read: Callable[[bytes], Document | Unread]
) -> Dossier:
    """Everything that one applicant has sent, as one dossier."""
    from parsers import _assemble

    return _assemble.assemble(submissions, edition, read)


def holds_form(document: Document, edition: Edition) -> bool:
    """Whether this document is the edition's form, filled or blank."""
    from parsers import _form

    return _form.holds_form(document, edition)
