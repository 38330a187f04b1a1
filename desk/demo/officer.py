"""What the officer does in the long form: the calls and the results, here by a fixed rule."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from data.model import EventKind, Matter, VerdictState
from desk import calling, deciding, results
from desk.demo.story import brussels
from desk.wiring import Desk
from notifier import calls, workbook

SELECTED = 12
"""So many places there are."""
GRACE = timedelta(minutes=1)
FIVE = 5
"""Every fifth call finds nobody."""


@dataclass(frozen=True, slots=True)
class Act:
    """Something done at an hour."""

    at: datetime
    do: Callable[[Desk], None]


def acts() -> list[Act]:
    """A withdrawal confirmed, what came late decided, calls from the 14th to the 18th, then the results."""
    days = [brussels("09-14 00:00:00") + timedelta(days=number) for number in range(5)]
    hours = (timedelta(hours=12, minutes=5), timedelta(hours=16, minutes=5))
    dialled = [Act(day + hour, make_calls) for day in days for hour in hours]
    return [
        Act(brussels("09-14 08:30:00"), confirm_withdrawals),
        Act(brussels("09-17 09:00:00"), decide_what_counts),
        *dialled,
        Act(brussels("09-30 15:00:00"), prepare_results),
        Act(brussels("10-02 09:30:00"), release_results),
    ]


def confirm_withdrawals(desk: Desk) -> None:
    """What the morning's digest asks for: those who seem to withdraw, do."""
    for event in desk.store.events(desk.edition.dates.go_live, desk.now()):
        if event.kind is EventKind.WITHDRAWAL and event.application:
            deciding.withdraw(desk, event.application)


def decide_what_counts(desk: Desk) -> None:
    """What completes a dossier counts, and so does a dossier late by less than a minute; no other."""
    for application, matter in list(deciding.waiting(desk)):
        if matter is Matter.LATE:
            late = application.received_at - desk.edition.dates.deadline
            word = "counts" if late < GRACE else "does-not-count"
            deciding.decide(desk, application.reference, word, by=desk.edition.officer.name)


def make_calls(desk: Desk) -> None:
    """Dial what was planned until now: some find nobody, some promise something, most settle it."""
    now = desk.now()
    due = [each for each in desk.store.calls() if each.state in calls.OPEN and each.starts_at <= now]
    for number, call in enumerate(due):
        application = desk.store.application(call.application)
        incomplete = application is not None and application.verdict.state is VerdictState.INCOMPLETE
        if number % FIVE == 0 and call.phone:
            calling.no_answer(desk, call.application)
        else:
            calling.spoken(desk, call.application, settled=not incomplete, words="Tout est convenu.")


def prepare_results(desk: Desk) -> None:
    """Fill in the column « Décision » of the table, as the jury decided, and prepare the letters."""
    from openpyxl import load_workbook

    file = Path(desk.settings.folder) / "decisions.xlsx"
    table = workbook.compose(results.candidates(desk), desk.store.calls(), desk.edition, now=desk.now())
    file.write_bytes(table)
    book = load_workbook(file)
    sheet = book.worksheets[0]
    for number, row in enumerate(sheet.iter_rows(min_row=2), 1):
        row[-1].value = workbook.DECISIONS[0 if number <= SELECTED else 1]
    book.save(file)
    results.prepare(desk, file)


def release_results(desk: Desk) -> None:
    """All at once."""
    results.release(desk)
