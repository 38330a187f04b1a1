"""All applications as a spreadsheet: filtered, frozen head, nothing that a program would take for a formula.

No answer of anybody stands in it, so neither birth date, gender, study level nor CV: what was found, and
how it stands. Once the deadline is over there is a column for the decision, which `blossom results
prepare` reads. The same input gives the same bytes.
"""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from data.edition import Edition
from data.model import Application, Call, CallState
from notifier._french import shown
from notifier._inventory import take
from notifier._standing import Standing, standings
from notifier.rulings import said

TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
REFERENCE = "Référence"
ORGANISATION = "Structure"
DECISION = "Décision"
DECISIONS = ("sélectionnée", "non sélectionnée")
"""What may stand in the column of that name."""
FACTS = (
    REFERENCE,
    ORGANISATION,
    "Premier envoi",
    "Formulaire reçu",
    "À temps",
    "État",
    "Vu et décidé",
    "Ce qui manque",
)
WIDTHS = (14, 34, 17, 17, 10, 14, 34, 60)
ITEM_WIDTH = 16
CALLS = {
    CallState.TO_CALL: "à appeler",
    CallState.REACHED: "joint",
    CallState.NO_ANSWER: "sans réponse",
    CallState.DONE: "fait",
    CallState.DROPPED: "sans objet",
}
STATES = {"complete": "complet", "incomplete": "à compléter", "to_review": "à vérifier"}
RISKY = ("=", "+", "-", "@", "\t", "\r")
"""How a text may begin that some program, sometime, takes for a formula."""

Value = str | datetime | None


def compose(
    applications: Sequence[Application], calls: Sequence[Call], edition: Edition, *, now: datetime
) -> bytes:
    """The spreadsheet, a row for each application, in the order of arrival."""
    from openpyxl import Workbook
    from openpyxl.utils import get_column_letter

    book = Workbook()
    sheet = book.active
    sheet.title = "Candidatures"
    heads = [*FACTS, *_items(edition), "Appel", *([] if edition.is_on_time(now) else [DECISION])]
    called = {call.application: call for call in calls}
    _put(sheet, 1, heads)
    ordered = sorted(applications, key=lambda each: (each.first_received_at, each.reference))
    for number, each in enumerate(ordered, 2):
        _put(sheet, number, list(_row(each, called.get(each.reference), edition)))
    last = get_column_letter(len(heads))
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{last}{max(len(ordered) + 1, 2)}"
    for column, width in enumerate([*WIDTHS, *[ITEM_WIDTH] * (len(heads) - len(WIDTHS))], 1):
        sheet.column_dimensions[get_column_letter(column)].width = width
    if heads[-1] == DECISION and ordered:
        _offer(sheet, f"{last}2:{last}{len(ordered) + 1}")
    _dress(sheet)
    return _still(book, now)


def _items(edition: Edition) -> list[str]:
    titles = dict.fromkeys(section.letter_title for section in edition.section)
    signatures = (f"Signature : {each.label}" for each in edition.signatory)
    return [*titles, *signatures, *(rule.label[:1].upper() + rule.label[1:] for rule in edition.annex)]


def _row(application: Application, call: Call | None, edition: Edition) -> Iterator[Value]:
    verdict = application.verdict
    yield application.reference
    yield shown(application.organisation or "") or "Structure sans nom"
    yield edition.local(application.first_received_at)
    yield edition.local(application.received_at)
    yield "oui" if verdict.on_time else "non"
    yield "retirée" if application.withdrawn_at else STATES[verdict.state.value]
    yield " ; ".join(_ruled(application, edition))
    yield take(application.dossier, verdict, edition).remains
    yield from (word.value for word in standings(application, edition).values())
    yield CALLS[call.state] if call else ""


def _ruled(application: Application, edition: Edition) -> Iterator[str]:
    """What the officer said, who it was, and when."""
    for ruling in application.rulings:
        if not ruling.lapsed:
            yield f"{said(application, ruling)} ({ruling.by}, {edition.local(ruling.at):%d/%m/%Y})"


def _put(sheet: Any, number: int, values: Sequence[Value]) -> None:
    """Texts are texts, whatever they begin with; an hour is one on the town's clocks."""
    for column, value in enumerate(values, 1):
        cell = sheet.cell(number, column)
        if isinstance(value, datetime):
            cell.value, cell.number_format = value.replace(tzinfo=None, microsecond=0), "dd/mm/yyyy hh:mm:ss"
        else:
            cell.value = shown(value or "")
            cell.data_type = "s"
            cell.quotePrefix = cell.value.startswith(RISKY)


def _offer(sheet: Any, where: str) -> None:
    """A list to choose the decision from."""
    from openpyxl.worksheet.datavalidation import DataValidation

    choice = DataValidation(type="list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True)
    choice.add(where)
    sheet.add_data_validation(choice)


def _dress(sheet: Any) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    colours = {Standing.DOUBTFUL.value: "FDF4DD", Standing.MISSING.value: "F6DDD6"}
    fills = {word: PatternFill("solid", fgColor=colour) for word, colour in colours.items()}
    wrapped = Alignment(wrap_text=True, vertical="top")
    bold, green = Font(bold=True), PatternFill("solid", fgColor="E8F5ED")
    for cell in sheet[1]:
        cell.font, cell.fill, cell.alignment = bold, green, wrapped
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            cell.alignment = wrapped
            if fill := fills.get(cell.value):
                cell.fill = fill
    sheet.page_setup.orientation, sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = (
        "landscape",
        1,
        0,
    )
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_title_rows = "1:1"


def _still(book: Any, now: datetime) -> bytes:
    """Save with every time in the file set to `now`: openpyxl writes its own."""
    written, still = io.BytesIO(), io.BytesIO()
    book.save(written)
    stamp = f"{now:%Y-%m-%dT%H:%M:%SZ}".encode()
    with zipfile.ZipFile(written) as source, zipfile.ZipFile(still, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "docProps/core.xml":
                content = re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", stamp, content)
            target.writestr(
                zipfile.ZipInfo(name, (now.year, now.month, now.day, 0, 0, 0)), content, zipfile.ZIP_DEFLATED
            )
    return still.getvalue()
