"""Pages in the order of the form: sheets that were swapped go back to their place."""

from dataclasses import replace

import parsers
from data.edition import Edition
from data.model import Document, PageSource
from parsers._answered import _form, _sequence
from tests.parsers.accuracy import compare
from tests.parsers.layouts import Filled, fill
from tests.parsers.printed import PRINTED


def _recognised(edition: Edition) -> tuple[Filled, Document]:
    """A form as if every page of it had been recognised without an error; with a level of study chosen.

    On paper nobody sees for certain that none is marked, so that it would be in doubt and not blank.
    """
    drawn = fill(edition, 5)
    levels = edition.questions["a2.education"].choices
    filled = replace(drawn, answers={**drawn.answers, "a2.education": levels[2]})
    printed = parsers.read(PRINTED["lines, ink"](filled, edition))
    assert isinstance(printed, Document)
    pages = tuple(replace(page, source=PageSource.OCR) for page in printed.pages)
    return filled, replace(printed, pages=pages)


def test_swapped_sheets_are_put_back(edition: Edition) -> None:
    """A form whose second and third page were scanned the wrong way round reads the same."""
    filled, document = _recognised(edition)
    swap = {2: 3, 3: 2}
    moved = [replace(line, page=swap.get(line.page, line.page)) for line in document.lines]
    moved.sort(key=lambda line: line.page)
    swapped = replace(document, lines=tuple(moved), pictures=())
    ordered = _sequence.in_form_order(swapped, edition)
    unsigned = Filled(filled.answers, dict.fromkeys(filled.signed, False))
    rows = compare(unsigned, _form.read(ordered, "scan.pdf", edition), edition)

    assert [line.page for line in ordered.lines] != sorted(line.page for line in ordered.lines)
    assert [row for row in rows if row[0] != "right"] == []


def test_pages_in_order_stay_as_they_are(edition: Edition) -> None:
    """Nothing is moved that stands where the form has it."""
    _, document = _recognised(edition)

    assert _sequence.in_form_order(document, edition) is document


def test_a_page_that_is_signed_comes_last(edition: Edition) -> None:
    """Laid on the scanner first, it asks for « Nom » and « Fonction » alone: it is known by its block."""
    _, document = _recognised(edition)
    at = next(i for i, line in enumerate(document.lines) if line.text.startswith("ETAPE 3"))
    moved = [replace(line, page=1) for line in document.lines[at:]]
    rest = [replace(line, page=line.page + 1) for line in document.lines[:at]]
    pages = [replace(document.pages[0], number=n) for n in range(1, rest[-1].page + 1)]
    turned = replace(document, pages=tuple(pages), lines=(*moved, *rest), pictures=())
    ordered = _sequence.in_form_order(turned, edition)

    assert [line.page for line in ordered.lines][-len(moved) :] == [1] * len(moved)
