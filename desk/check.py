"""`blossom check`: judge one application from files; no mailbox, no database, no mail sent.

The contract is the JSON of `desk/report.py`; the same functions run here as in the service.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from email.message import EmailMessage
from pathlib import Path

import parsers
from checks import judge
from data.edition import Edition
from data.errors import UsageError
from data.model import (
    Dossier,
    MailKind,
    Recognition,
    Submission,
    Verdict,
)
from desk.pipeline import Tools
from ingest.envelope import identity
from ingest.received import received_at
from ingest.recognise import recognise

MAIL_ENDINGS = frozenset({".eml"})
IGNORED = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})


@dataclass(frozen=True, slots=True)
class Checked:
    """One application, judged."""

    dossier: Dossier
    verdict: Verdict
    received: bool
    """Whether a reception time was known; without one nothing can be late."""
    submissions: tuple[Submission, ...] = ()
    """The mails, with the files as they came."""


def check(
    paths: Sequence[Path], edition: Edition, tools: Tools, received: datetime | None = None
) -> Checked | Recognition:
    """Judge the mails or files of one applicant; a `Recognition` where none of it is an application.

    Raises:
        UsageError: a path that does not exist, or a folder with nothing in it.
    """
    files = sorted({file for path in paths for file in files_of(path)})
    if not files:
        raise UsageError(f"{paths[0]}: nothing in it to check")
    mails = [file for file in files if file.suffix.lower() in MAIL_ENDINGS]
    loose = [file for file in files if file not in mails]

    submissions = [open_mail(file, edition, tools, received) for file in mails]
    if loose:
        submissions.append(open_loose(loose, tools, received or edition.dates.deadline))
    submissions.sort(key=lambda each: (each.received_at, each.mail))

    dossier = parsers.assemble(submissions, edition, tools.read)
    if mails and not loose and (refused := refusal(submissions, dossier, edition)):
        return refused
    if not mails:
        dossier = replace(dossier, mails=())
    known = received is not None or any(received_at(file.read_bytes()) for file in mails)
    return Checked(dossier, judge(dossier, edition), known, tuple(submissions))


def files_of(path: Path) -> Iterator[Path]:
    """The file, or every file in the folder and below.

    Raises:
        UsageError: it does not exist.
    """
    if path.is_file():
        yield path
    elif path.is_dir():
        yield from (
            file
            for file in path.rglob("*")
            if file.is_file() and file.name not in IGNORED and not file.name.startswith("~$")
        )
    else:
        raise UsageError(f"{path}: no such file or folder")


def open_mail(file: Path, edition: Edition, tools: Tools, received: datetime | None) -> Submission:
    """A mail that lies in a file."""
    content = file.read_bytes()
    moment = received_at(content) or received or edition.dates.deadline
    return Submission(identity(content), moment, tools.open_mail(content))


def open_loose(files: Sequence[Path], tools: Tools, received: datetime) -> Submission:
    """Files as if they had come with one mail that says nothing: archives open as they would there."""
    mail = EmailMessage()
    for file in files:
        mail.add_attachment(
            file.read_bytes(), maintype="application", subtype="octet-stream", filename=file.name
        )
    content = mail.as_bytes()
    return Submission(identity(content), received, tools.open_mail(content))


def refusal(submissions: Sequence[Submission], dossier: Dossier, edition: Edition) -> Recognition | None:
    """What the mails are instead, where none of them is an application."""
    seen = [recognise(each.envelope, edition, (), dossier) for each in submissions]
    ours = (MailKind.APPLICATION, MailKind.SUPPLEMENT)
    return None if any(each.kind in ours for each in seen) else seen[0]
