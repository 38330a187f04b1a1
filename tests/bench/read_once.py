"""One reader over some files, in a process of its own: `python read_once.py READER ROUNDS FILE…`.

Prints the processor time of the fastest round in seconds and the most memory held, in MB. Each reader imports
its own library: the script also runs in the environment of a reader that is not ours.
"""

import gc
import json
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path


def ours() -> Callable[[Path], object]:
    """Reader, recognition and answers: all that `blossom` does to a form."""
    import cv2

    import parsers
    from data.edition import load, shipped
    from data.model import Document
    from parsers._answered import _form

    cv2.setNumThreads(0)  # as in the sandbox
    edition = load(shipped()["blossom-2026"])

    def read(path: Path) -> object:
        content = path.read_bytes()
        document = parsers.read(content)
        if isinstance(document, Document) and (numbers := parsers.pages_to_recognise(document)):
            document = parsers.joined(document, {n: parsers.recognise(content, n) for n in numbers})
        return _form.read(document, path.name, edition) if isinstance(document, Document) else document

    return read


def pdfplumber_text() -> Callable[[Path], object]:
    """Its text alone, without tables."""
    import pdfplumber

    def read(path: Path) -> object:
        with pdfplumber.open(path) as pdf:
            return [page.extract_text() for page in pdf.pages]

    return read


def pdfplumber_tables() -> Callable[[Path], object]:
    """Its words and tables: what an answer's place needs."""
    import pdfplumber

    def read(path: Path) -> object:
        with pdfplumber.open(path) as pdf:
            return [(page.extract_words(), page.extract_tables()) for page in pdf.pages]

    return read


def pypdfium2_text() -> Callable[[Path], object]:
    """Its text, page by page."""
    import pypdfium2

    def read(path: Path) -> object:
        pdf = pypdfium2.PdfDocument(path)
        try:
            return [page.get_textpage().get_text_range() for page in pdf]
        finally:
            pdf.close()

    return read


def python_docx_text() -> Callable[[Path], object]:
    """Paragraphs and tables."""
    import docx

    def read(path: Path) -> object:
        document = docx.Document(str(path))
        cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
        return [p.text for p in document.paragraphs], cells

    return read


def markitdown_text() -> Callable[[Path], object]:
    """Markdown of anything."""
    from markitdown import MarkItDown  # type: ignore[import-not-found,unused-ignore]  # in a venv of its own

    return MarkItDown(enable_plugins=False).convert


def tesseract_text() -> Callable[[Path], object]:
    """The words of a picture as it is, by the engine and the language that we use, too."""
    import tesserocr

    from parsers import _ocr

    engine = tesserocr.PyTessBaseAPI(path=str(_ocr.folder()), lang=_ocr.LANGUAGE, psm=tesserocr.PSM.AUTO)

    def read(path: Path) -> object:
        engine.SetImageFile(str(path))
        return engine.GetUTF8Text()

    return read


READERS = {
    "blossom": ours,
    "pdfplumber": pdfplumber_text,
    "pdfplumber with tables": pdfplumber_tables,
    "pypdfium2": pypdfium2_text,
    "python-docx": python_docx_text,
    "Tesseract": tesseract_text,
    "markitdown": markitdown_text,
}


def main(name: str, rounds: int, paths: list[Path]) -> None:
    read = READERS[name]()
    read(paths[0])  # lazy imports
    gc.collect()
    gc.freeze()  # as in the sandbox, for everybody
    best = float("inf")
    for _ in range(rounds):
        began = time.process_time()
        for path in paths:
            read(path)
        best = min(best, time.process_time() - began)
    sys.stdout.write(json.dumps({"cpu_s": best, "peak_mb": _peak_mb()}))


def _peak_mb() -> float:
    """Of this program alone: getrusage would count what the process held before it became this program."""
    told = re.search(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return int(told[1]) / 1024 if told else 0.0


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), [Path(each) for each in sys.argv[3:]])
