"""The closing statement: a dated list of what had arrived when the door closed. It decides nothing.

« Received » is what COOPCITY's own server says; a sender's Date header is shown where it claims an earlier
hour, because the applicant will mention it.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime

from data.edition import Edition
from data.model import Address, Application, DayBook, Letter, LetterKind, MailFacts
from notifier import _templates
from notifier._french import count, offset, zone_name
from notifier.digest import STATES, WITHDRAWN, Row, shown_name, summary_of


def compose(book: DayBook, edition: Edition, *, to: Address, now: datetime) -> Letter:
    """Write the statement."""
    ordered = sorted(book.applications, key=lambda each: (each.received_at, each.reference))
    in_time = [each for each in ordered if each.verdict.on_time]
    late = [each for each in ordered if not each.verdict.on_time]
    deadline = edition.local(edition.dates.deadline)
    subject = f"Clôture du dépôt : {_counted(len(in_time), len(late))} – {edition.programme.name}"
    values: dict[str, object] = {
        "subject": subject,
        "in_time": tuple(_row(each, edition) for each in in_time),
        "late": tuple(_row(each, edition) for each in late),
        "claimed": tuple(_claimed(ordered, edition)),
        "summary": summary_of(book.applications),
        "deadline": deadline,
        "made_at": edition.local(now),
        "zone": f"{zone_name(edition.programme.tz)}, {offset(deadline)}",
    }
    cause = f"closing/{edition.local(edition.dates.deadline).date().isoformat()}"
    return Letter(
        id=hashlib.sha256(cause.encode()).hexdigest()[:32],
        kind=LetterKind.CLOSING,
        cause=cause,
        recipient=to,
        subject=subject,
        text=_templates.as_text("closing", values),
        html=_templates.as_html("closing", values),
        composed_at=now,
        not_before=now,
    )


def _counted(in_time: int, late: int) -> str:
    if not in_time + late:
        return "aucune candidature"
    return f"{count(in_time, 'candidature')} à temps, {late or 'aucune'} après l'heure"


def _row(application: Application, edition: Edition) -> Row:
    first, form = (edition.local(each) for each in (application.first_received_at, application.received_at))
    times = (_exact(form),) if form == first else (_exact(form), f"premier message {_exact(first)}")
    then = application.at_deadline or application.verdict.state
    return Row(
        shown_name(application),
        (application.reference, *times),
        WITHDRAWN if application.withdrawn_at else STATES[then],
    )


def _exact(when: datetime) -> str:
    return f"{when:%d/%m à %H:%M:%S}"


def _claimed(applications: list[Application], edition: Edition) -> Iterator[Row]:
    """Mails received after the deadline whose sender's clock says before."""
    for application in applications:
        for facts in application.dossier.mails:
            if _claims_earlier(facts, edition) and facts.claimed_at is not None:
                claimed, received = edition.local(facts.claimed_at), edition.local(facts.received_at)
                yield Row(shown_name(application), (application.reference, _exact(claimed)), _exact(received))


def _claims_earlier(facts: MailFacts, edition: Edition) -> bool:
    late = not edition.is_on_time(facts.received_at)
    return late and facts.claimed_at is not None and edition.is_on_time(facts.claimed_at)
