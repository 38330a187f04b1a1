"""What reading a dossier costs beside other readers on the same files: `make bench-read`.

Each reader runs in a process of its own, one after the other in one run, so that the ratios hold on any
machine. The others give text; ours also gives answers with their places, and which are missing.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pypdfium2

import parsers
from data.edition import Edition, load, shipped
from tests.bench import read_once
from tests.corpus.make.scans import MANNERS, handled, jpeg, render
from tests.parsers.conftest import a_pdf
from tests.parsers.layouts import LAYOUTS, Filled, fill
from tests.parsers.printed import PRINTED

ROUNDS = 3
FORM_PAGES = 8
READS = {
    "Word forms": ("blossom", "python-docx", "markitdown"),
    "PDF forms": ("blossom", "pypdfium2", "pdfplumber", "pdfplumber with tables", "markitdown"),
    "PDF annex of 100 pages": ("blossom", "pypdfium2", "pdfplumber", "markitdown"),
    **{f"form as {manner}": ("blossom", "Tesseract") for manner in ("scan 200", "scan 300", "photo")},
}
SCANNED = slice(1, 4)
"""Pages of the form that are scanned: as full as any."""
ONE_CORE = {"OMP_THREAD_LIMIT": "1"}
"""As in the sandbox, for everybody: what a second thread waits for would count as its work."""


def files(edition: Edition, folder: Path) -> Iterator[tuple[str, list[Path], int]]:
    """(kind, files, pages in all); Word files have no pages, and are counted as the PDF of eight."""
    long = _of_eight_pages(edition)
    word = {f"{name}.docx": LAYOUTS[name](long, edition) for name in ("original", "tables", "controls")}
    forms = {f"{name}.pdf": build(long, edition) for name, build in PRINTED.items()}
    annex = a_pdf(*[tuple(f"Ligne {row} de la page {page}" for row in range(45)) for page in range(100)])
    for kind, contents in (
        ("Word forms", word),
        ("PDF forms", forms),
        ("PDF annex of 100 pages", {"annex.pdf": annex}),
    ):
        paths = []
        for name, content in contents.items():
            paths.append(folder / name)
            paths[-1].write_bytes(content)
        pages = sum(map(_pages, paths)) if kind != "Word forms" else FORM_PAGES * len(paths)
        yield kind, paths, pages
    if parsers.ocr_missing() is None:
        yield from _scans(forms["ruled tables.pdf"], folder)


def _scans(form: bytes, folder: Path) -> Iterator[tuple[str, list[Path], int]]:
    """Pages of the form, a JPEG each, as scanners and a telephone make them."""
    for kind in (kind for kind in READS if kind.startswith("form as ")):
        name = kind.removeprefix("form as ")
        manner, lot = MANNERS[name], Random(name)
        paths = []
        for number, page in enumerate(render(form, manner.dpi)[SCANNED]):
            paths.append(folder / f"{name} {number}.jpg")
            paths[-1].write_bytes(jpeg(handled(page, manner, lot), manner))
        yield kind, paths, len(paths)


def _of_eight_pages(edition: Edition) -> Filled:
    """Answers long enough for eight pages when printed with ruled tables."""
    filled = fill(edition, 0, blanks=0.0)
    prose = [q for q, a in filled.answers.items() if q.startswith(("b.", "d")) and isinstance(a, str)]
    for times in range(1, 40):
        longer = {q: "\n".join([str(filled.answers[q])] * times) for q in prose}
        grown = Filled({**filled.answers, **longer}, filled.signed)
        content = PRINTED["ruled tables"](grown, edition)
        if len(pypdfium2.PdfDocument(content)) >= FORM_PAGES:
            return grown
    return filled


def _pages(path: Path) -> int:
    return len(pypdfium2.PdfDocument(path))


def measured(python: str, reader: str, paths: list[Path]) -> dict[str, float]:
    """The reader's time and memory, in an interpreter of its own."""
    script = [python, "-W", "ignore", "-m", "tests.bench.read_once"]
    if python != sys.executable:
        script = [python, "-W", "ignore", str(Path(read_once.__file__))]
    command = [*script, reader, str(ROUNDS), *map(str, paths)]
    done = subprocess.run(
        command, check=True, capture_output=True, text=True, timeout=900, env=os.environ | ONE_CORE
    )
    told: dict[str, float] = json.loads(done.stdout)
    return told


def main(peers: str | None = None) -> None:
    """Args: the Python of the environment that markitdown lives in; without it, it is left out."""
    edition = load(shipped()["blossom-2026"])
    out = sys.stdout.write
    with tempfile.TemporaryDirectory() as folder:
        for kind, paths, pages in files(edition, Path(folder)):
            out(f"{kind}: {len(paths)} files, {pages} pages\n")
            out(f"  {'':24}{'ms a page':>10}{'s a file':>10}{'time':>8}{'MB':>7}{'memory':>8}\n")
            ours: dict[str, float] = {}
            for reader in READS[kind]:
                python = peers if reader == "markitdown" else sys.executable
                if python is None:
                    continue
                told = measured(python, reader, paths)
                ours = ours or told
                ratios = told["cpu_s"] / ours["cpu_s"], told["peak_mb"] / ours["peak_mb"]
                out(
                    f"  {reader:24}{1000 * told['cpu_s'] / pages:10.1f}{told['cpu_s'] / len(paths):10.2f}"
                    f"{ratios[0]:7.2f}×{told['peak_mb']:7.0f}{ratios[1]:7.2f}×\n"
                )


if __name__ == "__main__":
    main(*sys.argv[1:2])
