"""`blossom replay`: a folder of `.eml` through the whole pipeline, without mailbox, database or sending.

The clock is the mails' own reception, so the same folder gives the same verdicts and letters on any day.
"""

import json
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from data.edition import Edition
from data.errors import UsageError
from data.model import Address, Application, Letter, Outcome, RawMail
from desk.pipeline import Known, Manners, Tools, handle
from desk.report import as_json
from ingest.envelope import identity
from ingest.received import received_at
from notifier.post import to_mime


def replay(folder: Path, edition: Edition, tools: Tools, manners: Manners) -> Iterator[Outcome]:
    """What each mail would have brought about, in order of reception; copies of one mail count once.

    Raises:
        UsageError: the folder does not exist or holds no `.eml`.
    """
    mails = sorted(
        {mail.identity: mail for mail in mails_in(folder, edition)}.values(),
        key=lambda mail: (mail.received_at, mail.identity),
    )
    applications: dict[str, Application] = {}
    by_identity = {mail.identity: mail for mail in mails}
    sent: list[Letter] = []
    for mail in mails:
        outcome = handle(
            mail,
            known(applications, by_identity, sent, mail.received_at),
            edition,
            tools,
            manners,
            mail.received_at,
        )
        if outcome.application:
            applications[outcome.application.reference] = outcome.application
        sent.extend(outcome.letters)
        yield outcome


def mails_in(folder: Path, edition: Edition) -> Iterator[RawMail]:
    """Every `.eml` below a folder; the latest copy first, so that the earliest wins."""
    files = sorted(folder.rglob("*.eml")) if folder.is_dir() else []
    if not files:
        raise UsageError(f"{folder}: no such folder, or no .eml in it")
    mails = []
    for file in files:
        content = file.read_bytes()
        moment = received_at(content) or edition.dates.deadline
        mails.append(RawMail(identity(content), moment, content))
    yield from sorted(mails, key=lambda mail: mail.received_at, reverse=True)


def known(
    applications: dict[str, Application], mails: dict[str, RawMail], sent: Sequence[Letter], now: datetime
) -> Known:
    """What the desk would have known at this point."""
    return Known(
        applications=tuple(applications.values()),
        mails_of=lambda application: [mails[identity] for identity in application.mails],
        letters_to=lambda address: sum(
            letter.recipient.email.lower() == address and now - letter.composed_at < timedelta(days=1)
            for letter in sent
        ),
    )


def write(results: Sequence[Outcome], out: Path, edition: Edition, domain: str) -> None:
    """Keep verdicts and letters as files: `<reference>.json` and `<reference>-<n>.eml`."""
    out.mkdir(parents=True, exist_ok=True)
    sender = Address(edition.programme.organisation, edition.mail.addresses[-1])
    officer = Address(edition.officer.name, edition.officer.email)
    for outcome in results:
        if not outcome.application:
            continue
        application = outcome.application
        told = as_json(application.dossier, application.verdict, edition)
        name = f"{application.reference}-{application.version}"
        (out / f"{name}.json").write_text(json.dumps(told, ensure_ascii=False, indent=2), "utf-8")
        for letter in outcome.letters:
            mime = to_mime(letter, sender=sender, reply_to=officer, domain=domain)
            (out / f"{name}.eml").write_bytes(mime)
