"""Mails as bytes that are the same each time they are built."""

from email.message import EmailMessage

_TYPES = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "eml": "message/rfc822",
    "ics": "text/calendar",
    "jpg": "image/jpeg",
    "pdf": "application/pdf",
    "png": "image/png",
    "zip": "application/zip",
}


def type_of(name: str) -> str:
    """The type that a mail program would claim for a file of this name."""
    return _TYPES.get(name.rpartition(".")[2].lower(), "application/octet-stream")


def as_bytes(mail: EmailMessage) -> bytes:
    """The bytes of a mail, with boundaries counted instead of drawn by lot."""
    for number, part in enumerate(part for part in mail.walk() if part.is_multipart()):
        if part.get_content_maintype() == "multipart":
            part.set_boundary(f"=_part_{number}_=")
    return mail.as_bytes()
