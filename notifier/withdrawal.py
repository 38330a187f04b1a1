"""The confirmation of a withdrawal: short and warm, and written only when a person has said so."""

from datetime import datetime

from data.edition import Edition
from data.model import Address, Application, Letter, LetterKind
from notifier import _inventory, _templates
from notifier._tongue import speak
from notifier.reply import common_values, id_of, subject_of


def compose(application: Application, edition: Edition, *, to: Address, now: datetime) -> Letter:
    """Write the confirmation; an application that came back and is withdrawn again gets another."""
    tongue = speak(application.language)
    stock = _inventory.take(application.dossier, application.verdict, edition, tongue=tongue)
    subject = subject_of(application, edition, "withdrawn", tongue)
    values = common_values(application, edition, stock, now, tongue) | {"subject": subject}
    cause = f"withdrawal/{application.reference}/{application.version}"
    return Letter(
        id=id_of(cause),
        kind=LetterKind.WITHDRAWAL,
        cause=cause,
        recipient=to,
        subject=subject,
        text=_templates.as_text("withdrawal", values, tongue.CODE),
        html=_templates.as_html("withdrawal", values, tongue.CODE),
        composed_at=now,
        not_before=now,
        application=application.reference,
        language=tongue.CODE,
    )
