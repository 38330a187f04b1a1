"""A page that is a picture, read: put right, cleaned on a copy, recognised, laid out as print is."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from data.errors import Unreadable
from data.model import Box, Document, FileKind, Page, PageSource, UnreadReason
from parsers import _ink, _ocr, _raster, _upright
from parsers._layout import PageReading, read_page
from parsers._ocr import Word
from parsers._raster import Raster
from parsers._recognised import RecognisedPage
from parsers._rulings import CheckBox, Rulings, Stroke, fills, rulings
from parsers._upright import Upright

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SURE = 0.5
"""A word less sure than this may be handwriting: it is kept, and its ink is, too."""
LEGIBLE = 0.45
"""A run of words less sure than this, taken together, is no text."""
NOISE = 0.6
"""Signs without letter or digit, less sure than this, are specks and ends of strokes."""
_UNREADABLE = 0.6
"""A page whose words are less sure may stand on its head."""


def read(content: bytes, kind: FileKind, number: int) -> Document:
    """One page of a file, by its image.

    Raises:
        Unreadable: no language data, or it took too long.
    """
    if reason := _ocr.missing():
        raise Unreadable(UnreadReason.SCAN, f"page numérisée : {reason}")
    raster = _raster.of_pdf(content, number) if kind is FileKind.PDF else _raster.of_picture(content, number)
    try:
        page, reading = recognise(raster, number)
    except _ocr.OcrTimeout as error:
        told = f"la reconnaissance de la page {number} a pris trop de temps"
        raise Unreadable(UnreadReason.TIMED_OUT, told) from error
    lines, pictures = tuple(reading.lines), tuple(reading.pictures)
    return Document(kind, (page,), lines, pictures, tables=tuple(reading.tables))


def recognise(raster: Raster, number: int) -> tuple[Page, PageReading]:
    """What stands on one image.

    Raises:
        OcrTimeout: it took too long.
    """
    page = _upright.upright(raster)
    drawn, words = _recognised(page)
    if _mean(words) < _UNREADABLE and _upright.stands_on_its_head(page):
        page = _upright.on_its_head(page)
        drawn, words = _recognised(page)
    kept = _legible([word for word in words if not _is_noise(word)])
    coloured = fills(page.raster.rgb, page.raster.dpi, even_light=not page.shadowed)
    seen = RecognisedPage(page.raster, kept, drawn, coloured)
    ink = _ink.find(page.raster, _printed(page, kept), _ruled(page, drawn), number)
    reading = read_page(seen, number, (), 0, ink)
    told = Page(number, PageSource.OCR, seen.width, seen.height, page.turned, round(_mean(kept), 3))
    return told, reading


def _recognised(page: Upright) -> tuple[Rulings, list[Word]]:
    black = _upright.dark(page.grey)
    drawn = rulings(page.grey, black, page.raster.dpi)
    return drawn, _ocr.words(_without(page.grey, drawn), page.raster.dpi)


def _without(grey: "NDArray[np.uint8]", drawn: Rulings) -> "NDArray[np.uint8]":
    """The page without what is drawn: lines through and beside letters cost a third of the words."""
    import numpy as np

    clean = grey.copy()
    clean[drawn.mask > 0] = int(np.percentile(grey[::8, ::8], 70))
    return clean


def _mean(words: Sequence[Word]) -> float:
    """How sure the words are, the longer ones counting more; 1 where there is none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 1.0


def _legible(words: Sequence[Word]) -> list[Word]:
    """Without runs of words that are mostly guesses: handwriting, crosses, signatures. Their ink stays."""
    runs: list[list[Word]] = []
    for word in words:
        last = runs[-1][-1] if runs else None
        if (
            last
            and abs(word.baseline - last.baseline) < 0.4 * last.size
            and word.x0 - last.x1 < 2 * last.size
        ):
            runs[-1].append(word)
        else:
            runs.append([word])
    return [word for run in runs if _mean(run) >= LEGIBLE for word in run]


def _goes_on(last: Word, word: Word) -> bool:
    level = abs(word.baseline - last.baseline) < 0.4 * last.size
    return level and word.x0 - last.x1 < 2 * last.size


def _is_noise(word: Word) -> bool:
    return word.confidence < NOISE and not any(char.isalnum() for char in word.text)


def _printed(page: Upright, words: Sequence[Word]) -> list[Box]:
    sure = (word for word in words if word.confidence >= SURE)
    return [page.raster.box(word.x0, word.top, word.x1, word.bottom) for word in sure]


def _ruled(page: Upright, drawn: Rulings) -> list[Box]:
    shapes: tuple[Stroke | CheckBox, ...] = (*drawn.level, *drawn.upright, *drawn.leaders, *drawn.boxes)
    return [page.raster.box(each.x0, each.top, each.x1, each.bottom) for each in shapes]
