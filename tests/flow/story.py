"""The demo's fortnight through the pure pipeline, in this process: what each mail brings about."""

from dataclasses import dataclass, field
from functools import cache

import parsers
from data.edition import Edition, load, shipped
from data.model import Address, Application, Document, Letter, Outcome, RawMail, Unread
from desk.demo.story import Sent, fortnight
from desk.pipeline import Known, Manners, Tools, handle
from ingest.envelope import identity
from ingest.unpack import open_mail
from notifier.post import to_mime


@cache
def read(content: bytes) -> Document | Unread:
    """A document with its scanned pages recognised, here in this process."""
    reading = parsers.read(content)
    if isinstance(reading, Unread):
        return reading
    numbers = parsers.pages_to_recognise(reading)
    recognised = {number: parsers.recognise(content, number) for number in numbers}
    return parsers.joined(reading, recognised) if numbers else reading


TOOLS = Tools(open_mail=open_mail, read=read)
MANNERS = Manners(domain="coopcity.be")
HOUSE = Address("COOPCITY", "info@coopcity.be")


@dataclass
class Told:
    """What has happened so far."""

    edition: Edition
    outcomes: dict[str, Outcome] = field(default_factory=dict)
    """By key of the mail."""
    applications: dict[str, Application] = field(default_factory=dict)
    mails: dict[str, RawMail] = field(default_factory=dict)
    letters: list[Letter] = field(default_factory=list)

    def take(self, sent: Sent) -> None:
        """Handle one mail, answering our latest letter where it answers one."""
        answered = [each for each in self.letters if each.recipient.email == sent.answers]
        content = sent.raw(written(answered[-1]) if answered else None)
        mail = RawMail(identity(content), sent.at, content)
        self.mails[mail.identity] = mail
        known = Known(
            applications=tuple(self.applications.values()),
            mails_of=lambda application: [self.mails[each] for each in application.mails],
            letters_to=lambda _address: 0,
        )
        outcome = handle(mail, known, self.edition, TOOLS, MANNERS, sent.at)
        self.outcomes[sent.key] = outcome
        self.letters.extend(outcome.letters)
        if outcome.application:
            self.applications[outcome.application.reference] = outcome.application


def written(letter: Letter) -> bytes:
    """A letter's bytes, as its recipient has them."""
    return to_mime(letter, sender=HOUSE, reply_to=HOUSE, domain=MANNERS.domain)


@cache
def told() -> Told:
    """The whole fortnight, handled once a test process."""
    story = Told(load(shipped()["blossom-2026"]))
    for sent in fortnight():
        story.take(sent)
    return story
