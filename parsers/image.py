"""Pictures of pages: photos and scans. Here their pages are counted; `_scan` says what stands on them."""

import hashlib

from data.model import Document, FileKind, Page, PageSource
from parsers import _sniff
from parsers._reader import reader
from parsers._scanned import _raster


@reader(FileKind.JPEG, FileKind.PNG, FileKind.TIFF, FileKind.HEIC, FileKind.WEBP, FileKind.GIF)
def read(content: bytes) -> Document:
    """The pages of a picture, each waiting to be recognised."""
    kind = _sniff.sniff(content)
    frames = 1 if kind in {FileKind.GIF, FileKind.WEBP, FileKind.PNG} else _raster.frames(content)
    sha256 = hashlib.sha256(content).hexdigest()
    pages = tuple(
        Page(number, PageSource.NONE, sha256=f"{sha256}/{number}") for number in range(1, frames + 1)
    )
    return Document(kind, pages, ())
