"""Pages that were pasted as pictures into a Word or OpenDocument file: a signed page, a whole form on photos.

They are told from illustrations by their size, their shape and their paper, and wait to be recognised as
the pages of a scan do.
"""

import hashlib
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import replace

from data.errors import Unreadable
from data.model import Document, Origin, Page, PageSource, Picture, PictureForm, UnreadReason
from parsers._scanned import _raster
from parsers._scanned._raster import Raster

MOST = 40
_LONG_PT, _SHORT_PT = 380.0, 270.0
"""Smaller than half a sheet, nobody reads a page."""
_SHAPES = (1.2, 1.65)
"""Long by short side of a sheet, also where its edges were cut off."""
_LEAST_PIXELS = 700
_LIGHT, _GREY, _PAPER = 130, 60, 0.6
"""How light and how grey paper is, even in the shade, and how much of a page it is at least."""


def waiting(pictures: Iterable[Picture], after: int, blob: Callable[[Picture], bytes | None]) -> list[Page]:
    """A page for each picture of one, numbered behind the last page of text."""
    told: dict[str, Page] = {}
    for picture in filter(_has_its_size, pictures):
        if picture.sha256 is None or picture.sha256 in told:
            continue
        content = blob(picture)
        if content is not None and _is_paper(content):
            number = after + len(told) + 1
            told[picture.sha256] = Page(number, PageSource.NONE, sha256=picture.sha256)
    return list(told.values())[:MOST]


def apart(document: Document) -> tuple[Document, Document | None]:
    """What was typed in a file, and what was read on the pages that were pasted into it as pictures."""
    typed = {p.number for p in document.pages if p.source is PageSource.TEXT and p.width_pt is None}
    read = tuple(page for page in document.pages if page.source is PageSource.OCR)
    if not typed or not read:
        return document, None
    numbers = {page.number for page in read}
    first = next((i for i, line in enumerate(document.lines) if line.page in numbers), len(document.lines))
    pasted = replace(
        document,
        pages=read,
        lines=document.lines[first:],
        pictures=tuple(
            replace(picture, after=picture.after - first)
            for picture in document.pictures if picture.page in numbers
        ),
    )  # fmt: skip
    own = replace(
        document,
        pages=tuple(page for page in document.pages if page not in read),
        lines=document.lines[:first],
        pictures=tuple(picture for picture in document.pictures if picture.page not in numbers),
    )
    return own, pasted


def drawn(content: bytes, sha256: str | None) -> Raster:
    """The picture of this fingerprint in an office file, as a page.

    Raises:
        Unreadable: it is not there.
    """
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for member in archive.infolist():
            if "media/" in member.filename or "Pictures/" in member.filename:
                found = archive.read(member)
                if hashlib.sha256(found).hexdigest() == sha256:
                    return _raster.of_picture(found, 1)
    raise Unreadable(UnreadReason.CORRUPT, "une image du document n'a pas pu être lue")


def _has_its_size(picture: Picture) -> bool:
    if picture.form is not PictureForm.RASTER or picture.origin is Origin.MARGIN:
        return False
    short, long = sorted((picture.width_pt or 0.0, picture.height_pt or 0.0))
    return long >= _LONG_PT and short >= _SHORT_PT and _SHAPES[0] <= long / short <= _SHAPES[1]


def _is_paper(content: bytes) -> bool:
    """Whether most of a picture is light and without colour."""
    import numpy as np
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content)) as image:
            if min(image.size) < _LEAST_PIXELS or image.width * image.height > _raster.MAX_PIXELS:
                return False
            image.draft("RGB", (400, 400))
            small = np.asarray(image.convert("RGB").resize((200, 200)), np.int16)
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        return False
    light, grey = small.min(axis=2) > _LIGHT, np.ptp(small, axis=2) < _GREY
    return float((light & grey).mean()) >= _PAPER
