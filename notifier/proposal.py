"""Nobody answered the telephone twice: a letter that proposes two moments, each as a calendar file too.

An application gets one, however often nobody answers.
"""

import hashlib
from datetime import datetime

from data.edition import Edition
from data.model import Address, Application, Call, Enclosure, Letter, LetterKind
from notifier import _templates, calendar
from notifier._french import zone_name
from notifier.calls import shown_number
from notifier.digest import shown_name


def compose(application: Application, call: Call, edition: Edition, *, to: Address, now: datetime) -> Letter:
    """Write it; the moments are those kept free in the call."""
    programme, officer = edition.programme, edition.officer
    name = shown_name(application)
    form = edition.mail.subject.split(edition.mail.placeholder, maxsplit=1)[0].rstrip(" –-")
    subject = f"Un moment pour vous appeler – {form} – {name} [{application.reference}]"
    values: dict[str, object] = {
        "subject": subject,
        "tried": [edition.local(each.at) for each in call.attempts if not each.answered],
        "moments": [edition.local(start) for start, _ in call.proposed],
        "minutes": int((call.ends_at - call.starts_at).total_seconds() // 60),
        "zone": zone_name(programme.tz),
        "number": shown_number(call.phone, edition) if call.phone else "",
        "reference": application.reference,
        "organisation": programme.organisation,
        "officer": officer,
    }
    cause = f"proposal/{application.reference}"
    return Letter(
        id=hashlib.sha256(cause.encode()).hexdigest()[:32],
        kind=LetterKind.PROPOSAL,
        cause=cause,
        recipient=to,
        subject=subject,
        text=_templates.as_text("proposal", values),
        html=_templates.as_html("proposal", values),
        composed_at=now,
        not_before=now,
        application=application.reference,
        enclosures=tuple(
            Enclosure(
                f"proposition-{number}.ics",
                "text/calendar",
                calendar.proposed(call, slot, number, edition, now=now),
            )
            for number, slot in enumerate(call.proposed, 1)
        ),
    )
