"""Door to Tesseract: the words on a grey image, each with its box and how sure the engine is of it.

The engine comes with the Python package; what it knows of a language is data of the system's
(Debian: tesseract-ocr-fra, -nld, -eng, -osd). Without it nothing is recognised, and `missing` says so.
"""

import functools
import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

LANGUAGE = "fra"
OTHERS = {"nl": "nld", "en": "eng"}
"""Data for pages that are surely not French, where it is installed."""
PAGE_S = 50
"""On the clock. A dense page takes two seconds of a core, of which a loaded machine gives little."""
FOLDERS = (
    "/usr/share/tesseract-ocr/5/tessdata",
    "/usr/share/tesseract-ocr/4.00/tessdata",
    "/usr/share/tessdata",
    "/usr/local/share/tessdata",
)
ORIENTATION = "osd"
_SURE_TURN = 2.0
"""Measured: 13 to 18 on good scans, 5 to 9 on poor ones."""

ELIDED = 0.85
"""How sure « d'accompagnement » is at least: the engine's list of words has none that an apostrophe joins."""
_ELISION = re.compile(
    r"[(«]?(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)['’][a-zà-öø-ÿœ]{3,}[.,;:!?)»]*", re.IGNORECASE
)
_LEGAL_FORM = re.compile(r"(?:asbl|aisbl|vzw|ivzw|scrl|scrlfs|srl|sprl|cvba|bvba)[.,;:!?)»]*", re.IGNORECASE)
"""No list of words has these, either. Those of two letters are left out: a pen's strokes are read as such."""


@dataclass(frozen=True, slots=True)
class Word:
    """A recognised word. Lengths are pixels from the top left."""

    text: str
    x0: float
    top: float
    x1: float
    bottom: float
    confidence: float
    """0 to 1."""
    baseline: float
    size: float
    """From the top of a capital to the bottom of a descender, of its whole row."""


class OcrTimeout(Exception):
    """A page took too long."""


def folder() -> Path | None:
    """Where the language data lies: TESSDATA_PREFIX, else where systems put it."""
    named = os.environ.get("TESSDATA_PREFIX")
    for path in (named, *FOLDERS) if named else FOLDERS:
        if path and (Path(path) / f"{LANGUAGE}.traineddata").is_file():
            return Path(path)
    return None


def languages() -> tuple[str, ...]:
    """What can be read here: « fra », « nld », « eng », « osd » (which way up)."""
    place = folder()
    return tuple(sorted(path.stem for path in place.glob("*.traineddata"))) if place else ()


def missing() -> str | None:
    """Why nothing can be recognised on this machine, in French; None where it can."""
    return None if folder() else "les données de langue de Tesseract ne sont pas installées"


def warm_up() -> None:
    """Load what is known, so that every process that is forked from this one has it.

    The engine opens the file for its complaints with the first of them. Behind the sandbox's bonds it cannot,
    and then it falls; so it complains once before, of an empty page.
    """
    import numpy as np

    if folder():
        empty = np.full((64, 64), 255, np.uint8)
        words(empty, 0)
        turned(empty)


def words(grey: "NDArray[np.uint8]", dpi: float, language: str = LANGUAGE) -> list[Word]:
    """The words of a page that stands upright.

    Raises:
        OcrTimeout: it took longer than `PAGE_S`.
    """
    engine = _engine(language)
    height, width = grey.shape
    engine.SetImageBytes(grey.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(round(dpi))
    try:
        if not engine.Recognize(PAGE_S * 1000):
            raise OcrTimeout
        return list(_words(engine))
    finally:
        engine.Clear()


def words_of_block(grey: "NDArray[np.uint8]", dpi: float, left: float, top: float) -> list[Word]:
    """The words of a piece of a page, at their places on the page.

    Raises:
        OcrTimeout: it took longer than `PAGE_S`.
    """
    import numpy as np
    import tesserocr

    margin = round(dpi / 9)  # letters at the edge of an image are passed over
    framed = np.pad(grey, margin, constant_values=int(np.median(grey)))
    engine = _engine(LANGUAGE)
    engine.SetPageSegMode(tesserocr.PSM.SINGLE_BLOCK)
    try:
        found = words(framed, dpi)
    finally:
        engine.SetPageSegMode(tesserocr.PSM.AUTO)
    x, y = left - margin, top - margin
    return [
        replace(
            word, x0=word.x0 + x, x1=word.x1 + x, top=word.top + y, bottom=word.bottom + y,
            baseline=word.baseline + y,
        )
        for word in found
    ]  # fmt: skip


def words_enlarged(
    piece: "NDArray[np.uint8]", dpi: float, left: float, top: float, scale: float
) -> list[Word]:
    """The same from a picture so many times as large: what is read badly at one size may be read at another.

    Raises:
        OcrTimeout: it took longer than `PAGE_S`.
    """
    import cv2
    import numpy as np

    large = cv2.resize(piece, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    return [
        replace(
            word, x0=left + word.x0 / scale, x1=left + word.x1 / scale, top=top + word.top / scale,
            bottom=top + word.bottom / scale, baseline=top + word.baseline / scale, size=word.size / scale,
        )
        for word in words_of_block(np.asarray(large, np.uint8), scale * dpi, 0, 0)
    ]  # fmt: skip


def surer(word: Word) -> Word:
    """A French word behind an elided one and « ASBL » are read well, and told with hardly any confidence."""
    known = _ELISION.fullmatch(word.text) or _LEGAL_FORM.fullmatch(word.text)
    return replace(word, confidence=max(word.confidence, ELIDED)) if known else word


def turned(grey: "NDArray[np.uint8]") -> int | None:
    """By how many degrees clockwise a page must be turned to stand upright; None where that is not sure."""
    if ORIENTATION not in languages():
        return None
    engine = _engine(ORIENTATION)
    height, width = grey.shape
    engine.SetImageBytes(grey.tobytes(), width, height, 1, width)
    found = engine.DetectOrientationScript()
    engine.Clear()
    if not found or found["orient_conf"] < _SURE_TURN:
        return None
    return (360 - int(found["orient_deg"])) % 360


@functools.cache
def _engine(language: str) -> Any:
    """One engine for each language, kept: to load it takes longer than a short page."""
    import tesserocr

    mode = tesserocr.PSM.OSD_ONLY if language == ORIENTATION else tesserocr.PSM.AUTO
    engine = tesserocr.PyTessBaseAPI(path=str(folder()), lang=language, psm=mode)
    engine.SetVariable("debug_file", os.devnull)
    return engine


def _words(engine: Any) -> Iterator[Word]:
    import tesserocr

    level = tesserocr.RIL.WORD
    results = engine.GetIterator()
    for item in tesserocr.iterate_level(results, level) if results else ():
        text = item.GetUTF8Text(level) if not item.Empty(level) else ""
        box = item.BoundingBox(level)
        if not text.strip() or box is None:
            continue
        row = item.RowAttributes()
        line = item.Baseline(level)
        baseline = (line[0][1] + line[1][1]) / 2 if line else box[3]
        confidence = item.Confidence(level) / 100
        x0, top, x1, bottom = map(float, box)
        yield Word(text.strip(), x0, top, x1, bottom, confidence, baseline, row["row_height"])
