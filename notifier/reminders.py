"""The reminder: once, a few days before the deadline, to those alone who must still send something.

Reminders are written a day ahead, so that the officer reads in the digest who will be reminded, can read
the letters themselves, and can stop them. Who writes meanwhile gets a reply, which takes the reminder's
place; the id comes from the application and the day, so that none is written twice.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from data.edition import Edition
from data.model import Address, Application, Letter, LetterKind, Severity, VerdictState
from notifier import _inventory, _templates
from notifier._tongue import speak
from notifier.reply import common_values, id_of, subject_of


def wanted(applications: Iterable[Application]) -> Iterator[Application]:
    """Who is to be reminded, as far as is known now: neither the complete, nor the doubtful, nor who left."""
    for each in applications:
        missing = any(finding.severity is Severity.BLOCKING for finding in each.verdict.findings)
        if each.verdict.state is VerdictState.INCOMPLETE and missing and each.withdrawn_at is None:
            yield each


def compose(application: Application, edition: Edition, *, to: Address, now: datetime) -> Letter:
    """Write the reminder of one application."""
    leaves = edition.dates.reminder
    if leaves is None:
        raise ValueError("an edition without a reminder: ask `wanted` first")
    tongue = speak(application.language)
    stock = _inventory.take(application.dossier, application.verdict, edition, tongue=tongue)
    subject = subject_of(application, edition, "reminder", tongue)
    values = common_values(application, edition, stock, now, tongue) | {"subject": subject}
    cause = f"reminder/{application.reference}/{edition.local(leaves).date().isoformat()}"
    return Letter(
        id=id_of(cause),
        kind=LetterKind.REMINDER,
        cause=cause,
        recipient=to,
        subject=subject,
        text=_templates.as_text("reminder", values, tongue.CODE),
        html=_templates.as_html("reminder", values, tongue.CODE),
        composed_at=now,
        not_before=max(now, leaves),
        application=application.reference,
        language=tongue.CODE,
    )
