"""Selected or not: the letter of the decision. Composed for a person to read, held until released."""

import hashlib
from datetime import datetime

from data.edition import Edition
from data.model import Address, Application, Letter, LetterKind
from notifier import _templates
from notifier.digest import shown_name

SUBJECTS = {True: "Votre candidature est retenue", False: "Résultat de la sélection"}


def compose(
    application: Application, edition: Edition, *, selected: bool, to: Address, now: datetime
) -> Letter:
    """Write it. Another decision, or other words, are another letter; the same give the same."""
    programme, officer = edition.programme, edition.officer
    name = shown_name(application)
    subject = f"{SUBJECTS[selected]} – {programme.name} {programme.years} – {name} [{application.reference}]"
    values: dict[str, object] = {
        "subject": subject,
        "selected": selected,
        "name": name,
        "programme": programme,
        "reference": application.reference,
        "officer": officer,
    }
    text = _templates.as_text("result", values)
    words = hashlib.sha256(f"{subject}\n{text}".encode()).hexdigest()[:12]
    cause = f"result/{application.reference}/{'selected' if selected else 'not-selected'}/{words}"
    return Letter(
        id=hashlib.sha256(cause.encode()).hexdigest()[:32],
        kind=LetterKind.RESULT,
        cause=cause,
        recipient=to,
        subject=subject,
        text=text,
        html=_templates.as_html("result", values),
        composed_at=now,
        not_before=now,
        application=application.reference,
    )
