"""One application from many mails, and the letters that do not leave by themselves: whole mails, pure pipeline."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

from data.edition import Edition, load, shipped
from data.model import Application, EventKind, Letter, MailKind, Outcome, RawMail
from desk.demo.people import applicants
from desk.demo.story import COMPLETE, Dossier, Sent
from desk.pipeline import Known, Manners, handle
from ingest.envelope import identity
from tests.builders import a_mail
from tests.flow.story import MANNERS, TOOLS, written

EDITION = load(shipped()["blossom-2026"])
AT = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
ALINE = "aline.peeters@laremise.example"
COLLEAGUE = "paul@coopcity.be"


@dataclass
class Desk:
    """What is known, mail after mail."""

    manners: Manners = MANNERS
    edition: Edition = EDITION
    now: datetime = AT
    applications: dict[str, Application] = field(default_factory=dict)
    mails: dict[str, RawMail] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)
    blocked: dict[str, str] = field(default_factory=dict)

    def take(self, content: bytes, *, minutes: int = 1) -> Outcome:
        """Handle one mail, so many minutes after the last; a copy of a mail changes nothing (the store knows)."""
        self.now += timedelta(minutes=minutes)
        mail = RawMail(identity(content), self.now, content)
        self.mails[mail.identity] = mail
        known = Known(
            applications=tuple(self.applications.values()),
            mails_of=lambda application: [self.mails[each] for each in application.mails],
            letters_to=lambda address: sum(each.recipient.email.lower() == address for each in self.letters),
            letters_in_all=lambda: len(self.letters),
            blocked=self.blocked.get,
        )
        outcome = handle(mail, known, self.edition, TOOLS, self.manners, self.now)
        self.letters.extend(outcome.letters)
        if outcome.application:
            self.applications[outcome.application.reference] = outcome.application
        return outcome


@cache
def dossier(key: str = "la-remise") -> Dossier:
    return Dossier(applicants(EDITION)[key], EDITION)


def form(key: str = "la-remise") -> bytes:
    """The form as a structure fills it in."""
    return dossier(key).form("plain").content


def files_of(key: str = "la-remise", **changed: bytes) -> dict[str, bytes]:
    """The form under its name, and others by name (« cv_pdf »)."""
    return {f"{key}.docx": form(key)} | {name.replace("_", "."): content for name, content in changed.items()}


def answer_of(letter: Letter, **told: object) -> bytes:
    """A mail that answers one of our letters."""
    return a_mail(in_reply_to=f"<{letter.id}@coopcity.be>", subject=f"Re: {letter.subject}", **told)  # type: ignore[arg-type]


def kinds(outcome: Outcome) -> list[EventKind]:
    return [event.kind for event in outcome.events]
