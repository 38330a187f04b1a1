"""Many choices on paper, cheaply: the form's first page alone, its options marked in type or by pen, scanned.

A form on paper has four choices, and in most layouts they are typed; so the ways in which people mark
options that all stay there would hardly be seen.
"""

import io
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any
from xml.sax.saxutils import escape

import numpy as np
from reportlab.lib.colors import black
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from data.edition import Edition, QuestionKind
from desk.demo.script import Asked, Questions, script
from tests.corpus.make import pens, scans
from tests.corpus.make.applications import invent_application
from tests.corpus.make.cases import Case, folder_of, keep, truth_of
from tests.corpus.make.paper import PAPER
from tests.corpus.make.scans import Page
from tests.corpus.make.sheet import label, options
from tests.corpus.make.truth import ItemTruth

PREFIX = "choice "
NAME = "dossier.pdf"
A4_WIDE_INCHES = 210 / 25.4
MANNERS = ("scan 300", "photos", "scan 200", "fax", "scan 150", "shadow", "poor scan")
MANNERS_EACH = 4
"""In how many manners each way comes, for each seed."""
_FONTS = {
    "Liberation Sans": ("LiberationSans-Regular", "LiberationSans-Bold"),
    "DejaVu Sans": ("DejaVuSans", "DejaVuSans-Bold"),
}
_SEPARATORS = ("/", "/", " / ", " – ", " - ", "     ", " ou ")

Mark = Callable[[str, bool], str]
"""An option as marked up, chosen or not, where one was chosen."""


def _sign(tag: str) -> Mark:
    opening, closing = f"<{tag}>", f"</{tag.split()[0]}>"
    return lambda option, meant: f"{opening}{option}{closing}" if meant else option


IN_TYPE: Mapping[str, Mark] = {
    "bold": _sign("b"),
    "underlined": _sign("u"),
    "yellow": _sign('font backColor="#ffff00"'),
    "green": _sign('font backColor="#00ff00"'),
    "red": _sign('font color="#c01010"'),
    "blue": _sign('font color="#1f3c9e"'),
    "bold and underlined": lambda option, meant: f"<b><u>{option}</u></b>" if meant else option,
    "others struck": lambda option, meant: option if meant else f"<strike>{option}</strike>",
}
"""By way, how an option is set."""
BY_PEN = ("ringed", "ticked", "crossed", "underlined by pen", "struck by pen", "highlighter")
LAYOUTS = (*IN_TYPE, *BY_PEN)


def cases(each: int = 1) -> Iterator[Case]:
    """Every way in some of the manners; `each` seeds a half for each."""
    for number, layout in enumerate(LAYOUTS):
        for turn in range(MANNERS_EACH):
            manner = MANNERS[(number + 2 * turn) % len(MANNERS)]
            first = 30_000 + 100 * number + 20 * turn
            for seed in range(first, first + 2 * each):
                yield Case(seed, layout, PREFIX + manner)


def make(wanted: Sequence[Case], edition: Edition, under: Path) -> None:
    """Make what is not there yet."""
    offered = _offered(edition)
    for case in wanted:
        if (folder_of(case, under) / "truth.toml").exists():
            continue
        manner, lot = PAPER[case.format.removeprefix(PREFIX)][1], Random(f"chosen {case.key}")
        chosen = {
            question: lot.choice(of) if lot.random() < 0.85 else None for question, of in offered.items()
        }
        pdf = _printed(case, edition, chosen, lot)
        pages = scans.render(pdf, manner.dpi)
        if case.layout in BY_PEN:
            marked = _marked(chosen, offered, others=case.layout == "struck by pen")
            _ink(pages, pdf, case.layout, marked, lot)
        content = scans.pdf_of([scans.handled(page, manner, lot) for page in pages], manner)
        plain = truth_of(case, invent_application(case.seed, edition), NAME)
        truth = replace(plain, answers=_truth(chosen), signatures={}, documents=())
        keep(folder_of(case, under), truth, {NAME: content})


_Chosen = Mapping[str, str | None]
"""By question, the option that is meant; None: nobody chose."""


def _offered(edition: Edition) -> dict[str, tuple[str, ...]]:
    """The options of each question that has some."""
    return {
        asked.question.id: options(asked)
        for item in script(edition) if isinstance(item, Questions)
        for asked in item.asked if options(asked)
    }  # fmt: skip


def _marked(chosen: _Chosen, offered: Mapping[str, Sequence[str]], *, others: bool) -> set[str]:
    """Which options a pen marks: what is meant, or all others; by question and number."""
    return {
        f"{question}|{number}"
        for question, of in offered.items() if (meant := chosen[question])
        for number, option in enumerate(of) if (option == meant) is not others
    }  # fmt: skip


def _truth(chosen: _Chosen) -> dict[str, ItemTruth]:
    """Where nobody chose, a person may look: on paper nobody sees for certain that no option is marked."""
    untouched = ItemTruth("blank", None, ("unclear",))
    return {
        question: ItemTruth("answered", meant) if meant else untouched for question, meant in chosen.items()
    }


# ---------------------------------------------------------------- print


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the page is set, whatever is chosen."""

    body: ParagraphStyle
    between: str
    """Options."""
    below: bool
    """Whether study levels stand below one another."""
    celled: bool
    """Whether answers stand in a column of a table."""
    bold_labels: bool
    bold_answers: bool


def _setting(lot: Random) -> _Setting:
    font, size = lot.choice(("Helvetica", "Times-Roman", *_FONTS)), lot.choice((9.5, 10, 11, 12))
    for family, files in _FONTS.items():
        _register(family, *files)
    body = ParagraphStyle("body", fontName=font, fontSize=size, leading=1.3 * size)
    return _Setting(
        body, lot.choice(_SEPARATORS), lot.random() < 0.3, lot.random() < 0.35, lot.random() < 0.35,
        lot.random() < 0.25,
    )  # fmt: skip


def _register(family: str, plain: str, bold: str) -> None:
    if family in pdfmetrics.getRegisteredFontNames():
        return
    pdfmetrics.registerFont(TTFont(family, f"{plain}.ttf"))
    pdfmetrics.registerFont(TTFont(f"{family} bold", f"{bold}.ttf"))
    pdfmetrics.registerFontFamily(family, family, f"{family} bold", family, f"{family} bold")


def _printed(case: Case, edition: Edition, chosen: _Chosen, lot: Random) -> bytes:
    """The page; behind each option lies a link, by which it is found for the pen."""
    setting, application = _setting(lot), invent_application(case.seed, edition)
    story: list[Any] = [Paragraph("<b>A. Informations générales</b>", setting.body), Spacer(1, 8)]
    for item in script(edition):
        for asked in item.asked if isinstance(item, Questions) else ():
            if not asked.question.id.startswith("a"):
                break
            said = application.answers[asked.question.id]
            answer = escape(str(said)[:60]) if said is not None else ""
            answer = f"<b>{answer}</b>" if setting.bold_answers else answer
            if asked.question.id in chosen:
                answer = _listed(case.layout, asked, chosen[asked.question.id], setting)
            story += _asked(asked, answer, setting)
    held = io.BytesIO()
    SimpleDocTemplate(held, pagesize=A4, leftMargin=22 * mm, rightMargin=22 * mm, invariant=1).build(story)
    return held.getvalue()


def _asked(asked: Asked, answer: str, setting: _Setting) -> list[Any]:
    said = escape(label(asked)).rstrip(": ")
    said = f"<b>{said} :</b>" if setting.bold_labels else f"{said} :"
    if not setting.celled:
        return [Paragraph(f"• {said} {answer}", setting.body), Spacer(1, 3)]
    cells = [[Paragraph(said, setting.body), Paragraph(answer, setting.body)]]
    return [Table(cells, colWidths=(85 * mm, 80 * mm), style=[("GRID", (0, 0), (-1, -1), 0.5, black)])]


def _listed(way: str, asked: Asked, chosen: str | None, setting: _Setting) -> str:
    """All the options; what is meant looks so."""
    mark = IN_TYPE.get(way, lambda option, meant: option)
    shown = [
        f'<link href="{asked.question.id}|{number}">'
        f"{mark(option, option == chosen) if chosen else option}</link>"
        for number, option in enumerate(options(asked))
    ]
    if asked.question.kind is QuestionKind.YES_NO:
        return setting.between.replace("     ", "&nbsp;" * 5).join(shown)
    return "".join(f"<br/>{each}" for each in shown) if setting.below else " – ".join(shown)


# ---------------------------------------------------------------- pen


def _ink(pages: Sequence[Page], pdf: bytes, way: str, marked: set[str], lot: Random) -> None:
    """What a pen did to the printed pages."""
    pen = pens.PENS[lot.choice(("blue ballpoint", "black ballpoint", "black gel", "fine", "red"))]
    for page, option, box in _places(pdf):
        if option in marked:
            _mark(pages[page], way, pen, box, lot)


_Box = tuple[float, float, float, float]


def _places(pdf: bytes) -> Iterator[tuple[int, str, _Box]]:
    """Each option, or each row of it: page, question and number, and its box in millimetres."""
    import pdfplumber

    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        for number, page in enumerate(opened.pages):
            for link in page.hyperlinks:
                x0, top, x1, bottom = (link[side] * 25.4 / 72 for side in ("x0", "top", "x1", "bottom"))
                yield number, link["uri"], (x0, top, x1, bottom)


def _mark(page: Page, way: str, pen: pens.Pen, box: _Box, lot: Random) -> None:
    dpi, (x0, top, x1, bottom) = page.shape[1] / A4_WIDE_INCHES, box
    wide, tall = x1 - x0, bottom - top
    if way == "ringed":
        drawing = pens.circle(lot, wide + 3.5, tall + 2)
        pens.draw(page, drawing, pen, x0 - 1.7, top - 1, dpi, lot)
    elif way in {"ticked", "crossed"}:
        draw = pens.tick if way == "ticked" else pens.cross
        size = lot.uniform(3, 4.5)
        at = x0 - size - 0.4 if lot.random() < 0.6 else x0 + wide / 2 - size / 2
        pens.draw(page, draw(lot, size), pen, at, top + tall / 2 - size / 2 - lot.uniform(0, 1.5), dpi, lot)
    elif way == "highlighter":
        _highlight(page, (x0 - 0.8, top, x1 + 0.8, bottom), dpi, lot)
    else:
        level = top + tall * (0.95 if way == "underlined by pen" else 0.55)
        pens.draw(page, _line(lot, wide + lot.uniform(0, 2)), pen, x0 - 0.5, level, dpi, lot)


def _line(lot: Random, length: float) -> pens.Drawing:
    """About level, and not quite straight."""
    ends = ((length * part, lot.uniform(-0.25, 0.25)) for part in (0, 0.35, 0.7, 1))
    return (pens.Stroke(tuple(ends), (1.0, 1.0, 1.0, 1.0)),)


def _highlight(page: Page, box: _Box, dpi: float, lot: Random) -> None:
    """A broad felt pen that print shows through."""
    x0, top, x1, bottom = (round(side * dpi / 25.4) for side in box)
    down = round(lot.uniform(-0.5, 0.5) * dpi / 25.4)
    colour = lot.choice(((255, 242, 90), (170, 245, 120), (255, 170, 200), (255, 200, 110)))
    area = page[top + down : bottom + down, x0:x1]
    page[top + down : bottom + down, x0:x1] = np.minimum(area, np.array(colour, np.uint8))
