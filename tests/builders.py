"""Builders of what several rooms' tests need. A room's own builders stand in its own folder."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime

from desk.demo.mime import as_bytes, type_of

ON_TIME = datetime(2026, 9, 10, 9, 22, 33, tzinfo=UTC)
SUBJECT = "Dossier de candidature – COOPCITY 2026 – La Remise"


def a_mail(
    text: str = "Bonjour, voici notre dossier. Bien à vous, Aline Peeters",
    *,
    subject: str | None = SUBJECT,
    sender: str | None = "Aline Peeters <aline@laremise.example>",
    to: Sequence[str] = ("matthias@coopcity.be", "info@coopcity.be"),
    cc: Sequence[str] = (),
    files: Mapping[str, bytes | tuple[str, bytes]] | None = None,
    html: str | None = None,
    date: datetime | None = ON_TIME,
    message_id: str | None = "<1@laremise.example>",
    in_reply_to: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> bytes:
    """A mail as its bytes on the wire; None leaves a header out.

    Args:
        files: name → content, or name → (type, content); the type is guessed from the name otherwise.
        headers: further headers, set last, so that they may replace others.
    """
    mail = EmailMessage(policy=SMTP)
    named = {"From": sender, "Subject": subject, "Message-ID": message_id, "In-Reply-To": in_reply_to}
    named |= {"References": in_reply_to, "To": ", ".join(to) or None, "Cc": ", ".join(cc) or None}
    named["Date"] = format_datetime(date) if date else None
    for name, value in (named | dict(headers or {})).items():
        if value is not None:
            mail[name] = value
    mail.set_content(text)
    if html is not None:
        mail.add_alternative(html, subtype="html")
    for name, file in (files or {}).items():
        claimed, content = file if isinstance(file, tuple) else (type_of(name), file)
        main, sub = claimed.split("/")
        mail.add_attachment(content, maintype=main, subtype=sub, filename=name)
    return as_bytes(mail)
