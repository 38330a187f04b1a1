"""Many places to sign on paper, cheaply: forms as text, of which only the pages to sign were scanned.

A form on paper costs a minute to read and has two places; so an error of one in a hundred would not be seen.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from data.edition import Edition
from tests.browser import a_browser
from tests.corpus.make import by_hand, scans, web, word
from tests.corpus.make.applications import invent_application
from tests.corpus.make.cases import Case, converted, folder_of, keep, truth_of
from tests.corpus.make.paper import PAPER
from tests.corpus.make.scans import Manner

PREFIX = "page "
NAME = "dossier.pdf"
MANNERS = (
    "scan 300", "poor scan", "photos", "scan 200", "fax", "sideways", "scan 150", "shadow", "bad layer",
)  # fmt: skip
LAYOUTS = (*word.LAYOUTS, *by_hand.HANDS, *web.LAYOUTS)
MANNERS_EACH = 3
"""In how many manners each layout comes, for each seed."""


def cases(each: int = 1) -> Iterator[Case]:
    """Every layout in some of the manners; `each` seeds a half for each."""
    for number, layout in enumerate(LAYOUTS):
        for turn in range(MANNERS_EACH):
            manner = MANNERS[(number + 3 * turn + number // 3) % len(MANNERS)]
            first = 20_000 + 100 * number + 10 * turn
            for seed in range(first, first + 2 * each):
                yield Case(seed, layout, PREFIX + manner)


def make(wanted: Sequence[Case], edition: Edition, under: Path) -> None:
    """Make what is not there yet."""
    missing = [case for case in wanted if not (folder_of(case, under) / "truth.toml").exists()]
    with TemporaryDirectory() as bench:
        for case, pdf in _forms(missing, edition, Path(bench)):
            application, manner = invent_application(case.seed, edition), case.format.removeprefix(PREFIX)
            truth = replace(truth_of(case, application, NAME), answers={}, documents=())
            content = on_paper(pdf, PAPER[manner][1], Random(f"paper {case.key}"), manner == "bad layer")
            keep(folder_of(case, under), truth, {NAME: content})


def _forms(wanted: Sequence[Case], edition: Edition, bench: Path) -> Iterator[tuple[Case, bytes]]:
    """The forms as text PDFs: of Word, drawn, or of a browser."""
    yield from (
        (case, path.read_bytes())
        for case, _, path in converted([c for c in wanted if c.layout in word.LAYOUTS], edition, bench, "pdf")
    )
    for case in (case for case in wanted if case.layout in by_hand.HANDS):
        yield case, by_hand.build(invent_application(case.seed, edition), by_hand.HANDS[case.layout])
    with a_browser() as browser:
        for case in (case for case in wanted if case.layout in web.LAYOUTS):
            application = invent_application(case.seed, edition)
            yield case, web.printed(browser, web.html(application, case.layout))


def on_paper(pdf: bytes, manner: Manner, lot: Random, hidden: bool) -> bytes:
    """The file with its pages to sign as pictures; `hidden`: over what a bad reader made of them."""
    texts = list(scans.texts_of(pdf))
    ends = len(texts) - 1
    first = max((n for n, text in enumerate(texts) if "Fait à" in text), default=ends)
    last = max((n for n, text in enumerate(texts) if "ignature" in text), default=ends)
    if "avez répondu" not in texts[last]:  # what follows the signatures: they may go on overleaf
        last = min(last + 1, ends)
    signed = range(min(first, last), last + 1)
    alone = _of([(pdf, signed)])
    pages = [scans.handled(page, manner, lot) for page in scans.render(alone, manner.dpi)]
    left = [scans.garbled(texts[number], lot) for number in signed] if hidden else ()
    scan = scans.pdf_of(pages, manner, left)
    after = range(last + 1, len(texts))
    return _of([(pdf, range(signed[0])), (scan, range(len(pages))), (pdf, after)])


def _of(parts: Sequence[tuple[bytes, Sequence[int]]]) -> bytes:
    """One PDF of some pages of others."""
    import pypdfium2

    made, held = pypdfium2.PdfDocument.new(), io.BytesIO()
    for content, numbers in parts:
        if numbers:
            made.import_pages(pypdfium2.PdfDocument(content), list(numbers))
    made.save(held)
    return held.getvalue()
