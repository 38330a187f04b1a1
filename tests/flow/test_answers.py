"""What is answered: in the mail's own language, once for a sending, and never to who has left."""

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

import parsers
from data.edition import Edition, load, shipped
from data.model import Application, Matter, Outcome, RawMail, Ruling
from desk.applications import as_ruled
from desk.demo import forms
from desk.demo.people import applicants
from desk.pipeline import Known, Manners, Tools, handle
from ingest.envelope import identity
from ingest.unpack import open_mail
from notifier.rulings import evidence
from tests.builders import a_mail

TOOLS = Tools(open_mail=open_mail, read=cache(parsers.read))
THURSDAY = datetime(2026, 9, 10, 14, 42, tzinfo=UTC)
SUBJECT = "Dossier de candidature – COOPCITY 2026 – La Remise"
DUTCH = "Beste,\n\nIn bijlage vindt u ons dossier.\n\nMet vriendelijke groeten,\nAn"
FRENCH = "Bonjour,\n\nVoici notre dossier.\n\nBien à vous,\nAline"
OFFICER = "matthias@coopcity.be"


@cache
def edition() -> Edition:
    return load(shipped()["blossom-2026"])


@cache
def a_form() -> bytes:
    """A filled form, without signatures."""
    return forms.word(edition(), forms.Filled(applicants(edition())["la-remise"].answers, {}), "plain")


@dataclass
class Desk:
    """The pure pipeline, and what it knows so far."""

    manners: Manners = field(default_factory=lambda: Manners("coopcity.be"))
    applications: dict[str, Application] = field(default_factory=dict)
    mails: dict[str, RawMail] = field(default_factory=dict)
    blocked: dict[str, str] = field(default_factory=dict)

    def take(
        self, text: str, after: timedelta = timedelta(), *, sender: str = "an@laremise.example", file: bytes
    ) -> Outcome:
        """Handle a mail of this sender, received so long after Thursday's."""
        number = len(self.mails) + 1
        content = a_mail(
            text,
            subject=SUBJECT if number == 1 else f"Re: {SUBJECT}",
            sender=sender,
            message_id=f"<{number}@laremise.example>",
            files={"Dossier.docx": file} if file else {},
        )
        mail = RawMail(identity(content), THURSDAY + after, content)
        self.mails[mail.identity] = mail
        known = Known(
            applications=tuple(self.applications.values()),
            mails_of=lambda application: [self.mails[each] for each in application.mails],
            letters_to=lambda _address: 0,
            blocked=self.blocked.get,
        )
        outcome = handle(mail, known, edition(), TOOLS, self.manners, THURSDAY + after)
        if outcome.application:
            self.applications[outcome.application.reference] = outcome.application
        return outcome


@pytest.mark.parametrize(
    ("text", "code", "begins"),
    [(FRENCH, "fr", "À compléter"), (DUTCH, "nl", "Aan te vullen"), ("", "fr", "À compléter")],
)
def test_the_answer_is_in_the_language_of_the_mail(text: str, code: str, begins: str) -> None:
    """Dutch to who writes Dutch; French to who writes nothing beside a French form."""
    (letter,) = Desk().take(text, file=a_form()).letters

    assert letter.language == code
    assert letter.subject.startswith(begins)


def test_a_language_that_the_edition_does_not_list_is_answered_in_french(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The edition says which languages there are."""
    monkeypatch.setattr(edition(), "languages", {})
    (letter,) = Desk().take(DUTCH, file=a_form()).letters

    assert letter.language == "fr"


def test_a_mail_without_words_is_answered_as_the_one_before() -> None:
    """The language stays until the applicant changes it."""
    desk = Desk()
    desk.take(DUTCH, file=a_form())
    (second,) = desk.take("", timedelta(hours=2), file=a_form() + b" ").letters

    assert second.language == "nl"


def test_files_sent_again_later_are_acknowledged_once_more() -> None:
    """Who asks themselves whether the first mail came through reads that it did, and what remains."""
    desk = Desk()
    first = desk.take(FRENCH, file=a_form())
    again = desk.take("Bonjour, au cas où.", timedelta(hours=3), file=a_form())
    (letter,) = again.letters

    assert "Nous avions déjà les fichiers" in letter.text
    assert "Nous avons trouvé" not in letter.text
    assert letter.id != first.letters[0].id
    assert again.changes


def test_the_twin_of_a_mail_is_answered_by_the_letter_that_waits() -> None:
    """Four minutes later, under another Message-ID: the same sending, one letter."""
    desk = Desk()
    desk.take(FRENCH, file=a_form())
    twin = desk.take(FRENCH, timedelta(minutes=4), file=a_form())

    assert twin.letters == ()
    assert twin.suppressed == "rien de nouveau dans ce message"
    assert not twin.changes


def test_words_alone_are_for_the_officer() -> None:
    """A mail in the thread without a file gets no automatic letter."""
    desk = Desk()
    desk.take(FRENCH, file=a_form())
    thanks = desk.take("Merci beaucoup !", timedelta(hours=3), file=b"")

    assert thanks.letters == ()


def test_thanks_after_a_withdrawal_open_nothing_again() -> None:
    """Only something new opens a withdrawn application; then it is answered as any other."""
    desk = Desk()
    desk.take(FRENCH, file=a_form())
    (reference,) = desk.applications
    desk.applications[reference] = replace(desk.applications[reference], withdrawn_at=THURSDAY)
    thanks = desk.take("Merci et à bientôt.", timedelta(hours=3), file=b"").application
    still = desk.take("Bonjour, pour vos archives.", timedelta(hours=4), file=a_form())
    back = desk.take("Bonjour, nous revenons.", timedelta(hours=9), file=a_form() + b" ")

    assert thanks is None or thanks.withdrawn_at == THURSDAY
    assert still.letters == ()
    assert desk.applications[reference].withdrawn_at is None
    assert len(back.letters) == 1


def test_an_address_that_gives_our_letters_back_gets_no_more_of_them() -> None:
    """The dossier counts all the same; the digest says whom to call."""
    desk = Desk(blocked={"an@laremise.example": "550 no such user"})
    outcome = desk.take(FRENCH, file=a_form())

    assert outcome.application is not None
    assert outcome.letters == ()
    assert "à appeler" in str(outcome.suppressed)


def test_in_rehearsal_a_tester_is_answered_with_a_mark() -> None:
    """Also from an address of our own; the application is never counted."""
    desk = Desk(Manners("coopcity.be", testers=frozenset({OFFICER})))
    outcome = desk.take(FRENCH, file=a_form(), sender=OFFICER)
    (letter,) = outcome.letters

    assert letter.subject.startswith("[TEST] À compléter – ")
    assert "Ceci est un essai" in letter.text
    assert outcome.application is not None
    assert outcome.application.rehearsal


def test_what_the_officer_decided_stands_when_the_applicant_writes_again() -> None:
    """The next mail's run reads the dossier anew, and leaves the officer's word as it was."""
    desk = Desk()
    desk.take(FRENCH, timedelta(days=5), file=a_form())
    (reference,) = desk.applications
    late = desk.applications[reference]
    seen = evidence(late, Matter.LATE, edition())
    ruling = Ruling(Matter.LATE, True, "Matthias", THURSDAY, seen)
    desk.applications[reference] = as_ruled(replace(late, rulings=(ruling,)), edition())
    desk.take("Bonjour, encore ceci.", timedelta(days=6), file=b"%PDF-1.4")
    after = desk.applications[reference]

    assert "mail.late" in [finding.code for finding in late.verdict.findings]
    assert after.version == late.version + 1
    assert after.rulings == (ruling,)
    assert "mail.late" not in [finding.code for finding in after.verdict.findings]
