"""The call sheet: a printed page for each call still to make, with room for the answers.

As HTML, to dial from and to print; and as PDF, for who wants paper at once. Both say the same.
"""

import io
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

from data.edition import Edition
from data.model import Application, Call, CallState
from notifier import _templates
from notifier._french import count, day, hour, moment
from notifier.calls import shown_number

CHOICES = ("Joint, tout est réglé", "Joint, on attend quelque chose", "Pas de réponse")


@dataclass(frozen=True, slots=True)
class Page:
    """What stands on the page of a call."""

    call: Call
    day: datetime
    ends: datetime
    minutes: int
    number: str | None
    received: datetime | None
    questions: str
    lines: int
    tried: tuple[str, ...]


def as_html(calls: Sequence[Call], applications: Sequence[Application], edition: Edition) -> str:
    """The sheet to open in a browser: the number dials when touched."""
    pages = tuple(_pages(calls, applications, edition))
    return _templates.as_html("sheet", {"pages": pages, "programme": edition.programme, "choices": CHOICES})


def _pages(calls: Sequence[Call], applications: Sequence[Application], edition: Edition) -> Iterator[Page]:
    known = {application.reference: application for application in applications}
    for call in sorted(calls, key=lambda each: (each.starts_at, each.uid)):
        if call.state not in (CallState.TO_CALL, CallState.NO_ANSWER):
            continue
        application = known.get(call.application)
        yield Page(
            call=call,
            day=edition.local(call.starts_at),
            ends=edition.local(call.ends_at),
            minutes=int((call.ends_at - call.starts_at).total_seconds() // 60),
            number=shown_number(call.phone, edition) if call.phone else None,
            received=edition.local(application.first_received_at) if application else None,
            questions=count(len(call.questions), "question"),
            lines=lines_for(call.questions),
            tried=tuple(
                f"Pas de réponse le {moment(edition.local(each.at))}"
                for each in call.attempts
                if not each.answered
            ),
        )


def lines_for(questions: Sequence[str]) -> int:
    """Ruled lines under each question, so that a call fits on its page; in printed pixels."""
    room, row, gap, line, signs_a_row = 700, 19, 8, 25, 85
    words = sum(row * (1 + len(question) // signs_a_row) + gap for question in questions)
    return min(max((room - words) // (line * max(len(questions), 1)), 0), 4)


# ---------------------------------------------------------------- on paper


def as_pdf(calls: Sequence[Call], applications: Sequence[Application], edition: Edition) -> bytes:
    """The sheet to print: A4, one page a call; the same calls give the same bytes."""
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.units import mm
    from reportlab.platypus import KeepInFrame, PageBreak, Paragraph, SimpleDocTemplate

    styles = _styles()
    pages = list(_pages(calls, applications, edition))
    flow: list[Any] = []
    width, height = A4[0] - 36 * mm, A4[1] - 34 * mm
    for number, page in enumerate(pages, 1):
        told = f"{edition.programme.name} {edition.programme.years} – appel {number} sur {len(pages)}"
        # Shrinks what would not fit: a page a call, whatever stands on it.
        flow += [
            KeepInFrame(width, height, list(_page(page, told, styles, width)), mode="shrink"),
            PageBreak(),
        ]
    if not pages:
        flow = [Paragraph("Aucun appel prévu", styles["name"])]
    held = io.BytesIO()
    margins = {"leftMargin": 18 * mm, "rightMargin": 18 * mm, "topMargin": 16 * mm, "bottomMargin": 14 * mm}
    title = f"Appels – {edition.programme.name} {edition.programme.years}"
    SimpleDocTemplate(held, pagesize=A4, title=title, lang="fr", invariant=1, **margins).build(flow)
    return held.getvalue()


def _page(page: Page, told: str, styles: dict[str, Any], width: float) -> Iterator[Any]:
    from reportlab.platypus import HRFlowable, Paragraph, Spacer

    call = page.call
    when = f"{day(page.day)}, {hour(page.day)} à {hour(page.ends)}"
    yield Paragraph(f"{escape(told)} – <b>{when}</b>", styles["pale"])
    yield Paragraph(escape(call.organisation), styles["name"])
    dial = re.sub(r"[^+0-9]", "", call.phone or "")
    number = f'<a href="tel:{dial}">{escape(page.number)}</a>' if page.number else "Trouver un numéro"
    person = escape(call.person or "Personne référente : nom à demander")
    yield Paragraph(f"{person} – <b>{number}</b>", styles["who"])
    received = f" – premier message reçu le {moment(page.received)}" if page.received else ""
    yield Paragraph(
        f"{call.application}{received} – {page.questions}, {page.minutes} minutes", styles["pale"]
    )
    for words in (*page.tried, *call.notes):
        yield Paragraph(escape(words), styles["pale"])
    yield HRFlowable(width="100%", thickness=2, color="#2e8b57", spaceBefore=6, spaceAfter=10)
    for number_, question in enumerate(call.questions, 1):
        yield Paragraph(f"{number_}. {escape(question)}", styles["question"])
        yield from _ruled(page.lines)
    yield Spacer(0, 8)
    yield Paragraph("   ".join(f"☐ {each}" for each in CHOICES), styles["text"])
    yield Paragraph("☐ À rappeler le ……………………… à ……………", styles["text"])
    yield Paragraph("Convenu :", styles["text"])
    yield from _ruled(5)


def _ruled(lines: int) -> Iterator[Any]:
    from reportlab.platypus import HRFlowable

    for _ in range(lines):
        yield HRFlowable(width="100%", thickness=0.6, color="#b9c3bd", spaceBefore=19, spaceAfter=0)


@cache
def _styles() -> dict[str, Any]:
    """Paragraphs in a typeface that has every sign a name may hold; it comes with matplotlib."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    found = find_spec("matplotlib")
    folder = Path(found.origin if found and found.origin else ".").parent / "mpl-data" / "fonts" / "ttf"
    for name, file in (("Sheet", "DejaVuSans.ttf"), ("Sheet-Bold", "DejaVuSans-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, str(folder / file)))
    pdfmetrics.registerFontFamily(
        "Sheet", normal="Sheet", bold="Sheet-Bold", italic="Sheet", boldItalic="Sheet"
    )
    plain = ParagraphStyle("text", fontName="Sheet", fontSize=9.5, leading=15, textColor="#1d2622")
    return {
        "text": plain,
        "pale": ParagraphStyle("pale", plain, fontSize=8.5, leading=12, textColor="#55625b"),
        "name": ParagraphStyle("name", plain, fontName="Sheet-Bold", fontSize=17, leading=23),
        "who": ParagraphStyle("who", plain, fontSize=12, leading=18),
        "question": ParagraphStyle(
            "question", plain, leading=13.5, spaceBefore=9, leftIndent=14, firstLineIndent=-14
        ),
    }
