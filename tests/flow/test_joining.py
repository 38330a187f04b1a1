"""One application from many mails, and letters that do not leave by themselves: the pure pipeline."""

import random
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache

import pytest

from data.edition import Edition, load, shipped
from data.model import (
    Application,
    EventKind,
    Letter,
    MailKind,
    Outcome,
    RawMail,
    Severity,
    Undelivered,
    VerdictState,
)
from desk.demo.people import applicants
from desk.demo.story import Dossier
from desk.pipeline import Known, Manners, handle
from ingest import unpack
from ingest.envelope import identity
from tests.builders import a_mail
from tests.flow.story import MANNERS, TOOLS, written
from tests.ingest.test_unpack import a_zip

EDITION = load(shipped()["blossom-2026"])
AT = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
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
        """Handle one mail, so many minutes after the last."""
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


def named(key: str) -> str:
    return dossier(key).applicant.name


def form(key: str = "la-remise") -> dict[str, bytes]:
    """The form as a structure fills it in, under its name."""
    file = dossier(key).form("plain")
    return {file.name: file.content}


def cv() -> dict[str, bytes]:
    file = dossier().cv()
    return {file.name: file.content}


def statutes() -> dict[str, bytes]:
    file = dossier().statutes()
    return {file.name: file.content}


def asked(key: str = "la-remise") -> str:
    return f"Dossier de candidature – COOPCITY 2026 – {named(key)}"


def the_mail(key: str = "la-remise", **told: object) -> bytes:
    """The form alone, under the subject that was asked for."""
    words = {"subject": asked(key), "sender": dossier(key).applicant.email, "files": form(key)} | told
    return a_mail(**words)  # type: ignore[arg-type]


def kinds(outcome: Outcome) -> list[EventKind]:
    return [event.kind for event in outcome.events]


def joins(desk: Desk, outcome: Outcome) -> bool:
    """Whether a mail became part of the only application there is."""
    return outcome.application is not None and len(desk.applications) == 1


# ---------------------------------------------------------------- archives beyond the limits


ANNEXES = set(EDITION.annexes)


def nested(levels: int) -> bytes:
    content = b"%PDF-1.4 au fond"
    for level in range(levels):
        content = a_zip({f"{level}.{'zip' if level else 'pdf'}": content})
    return content


@pytest.mark.parametrize(
    ("limits", "archive", "named", "why", "may_hold"),
    [
        ({}, nested(7), "2.zip", "plus de 5 niveaux d'archives", ANNEXES),
        (
            {"MAX_FILES": 3},
            a_zip({f"{n}.pdf": b"%PDF" for n in range(9)}),
            "annexes.zip",
            "plus de 3 fichiers",
            ANNEXES,
        ),
        (
            {"MAX_BYTES": 2**20},
            a_zip({"bilans.pdf": random.Random(1).randbytes(2**20 + 1)}),
            "bilans.pdf",
            "plus de 1 Mo décompressés",
            {"accounts"},
        ),
        (
            {},
            a_zip({"bilans.pdf": bytes(3 * 2**20)}),
            "bilans.pdf",
            "compressé plus que de raison",
            {"accounts"},
        ),
    ],
    ids=["depth", "count", "total", "ratio"],
)
def test_an_archive_beyond_a_limit_is_told_and_nothing_in_it_called_missing(
    limits: dict[str, int],
    archive: bytes,
    named: str,
    why: str,
    may_hold: set[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The dossier enters; the file is « à vérifier », by name, in letter and finding; its reason is kept."""
    for name, limit in limits.items():
        monkeypatch.setattr(unpack, name, limit)
    outcome = Desk().take(the_mail(files=form() | {"annexes.zip": archive}))
    application = outcome.application

    assert application is not None
    (finding,) = (each for each in application.verdict.findings if each.code == "document.too_large")
    assert finding.message == (
        f"Nous n'avons pas pu ouvrir le fichier « {named} » : il est trop volumineux, ou fait de trop de "
        "fichiers l'un dans l'autre."
    )
    assert application.verdict.state is not VerdictState.COMPLETE
    assert any(why in each.detail for each in application.dossier.pieces if each.file == named)
    (letter,) = outcome.letters
    text = " ".join(letter.text.split())
    assert (
        f"« {named} » : le fichier est trop volumineux, ou fait de trop de fichiers l'un dans l'autre" in text
    )
    missing = {f.subject for f in application.verdict.findings if f.severity is Severity.BLOCKING}
    assert not missing & may_hold


# ---------------------------------------------------------------- copies, parts, supplements


def test_a_twin_with_its_ids_rewritten_changes_nothing() -> None:
    """The second inbox's copy, four minutes later, with another Message-ID and Date: one letter."""
    desk = Desk()
    desk.take(the_mail())
    twin = desk.take(
        the_mail(message_id="<rewritten@gateway.example>", date=AT + timedelta(hours=3)), minutes=4
    )

    assert joins(desk, twin)
    assert twin.letters == ()
    assert twin.suppressed == "rien de nouveau dans ce message"


@pytest.mark.parametrize(
    ("told", "joined"),
    [
        ({"subject": "Le CV manquant [{reference}]", "sender": "ami@ailleurs.example"}, True),
        ({"subject": "Le CV", "sender": "{sender}"}, True),
        ({"subject": "{name} – le CV", "sender": "ami@ailleurs.example"}, True),
        (
            {"subject": "Le CV", "sender": "ami@ailleurs.example", "in_reply_to": "<{letter}@coopcity.be>"},
            True,
        ),
        ({"subject": "Le CV", "sender": "ami@ailleurs.example"}, False),
    ],
)
def test_an_annex_that_comes_later_joins_by_every_sign(told: dict[str, str], joined: bool) -> None:
    """By our reference, sender, structure's name or thread; without any of them it opens nothing."""
    desk = Desk()
    first = desk.take(the_mail())
    assert first.application is not None
    words = {
        "reference": first.application.reference,
        "name": named("la-remise"),
        "sender": dossier().applicant.email,
        "letter": first.letters[0].id,
    }
    later = {key: value.format(**words) for key, value in told.items()}
    outcome = desk.take(a_mail("Le voici.", files=cv(), message_id="<2@x>", to=["info@coopcity.be"], **later))  # type: ignore[arg-type]

    assert (outcome.application is not None) is joined
    assert len(desk.applications) == 1
    if joined:
        assert "Le CV" not in outcome.letters[0].text.partition("pas trouvé")[2].partition("à faire")[0]


def test_an_annex_that_two_applications_may_claim_is_asked_about() -> None:
    """The same person writes for two structures, and names neither: a question, no letter, nothing joined."""
    desk = Desk()
    desk.take(the_mail())
    desk.take(the_mail("le-fil-retrouve", sender=dossier().applicant.email, message_id="<2@x>"))
    before = dict(desk.applications)
    outcome = desk.take(
        a_mail("Le CV", subject="Le CV", sender=dossier().applicant.email, files=cv(), message_id="<3@x>")
    )

    assert len(before) == 2
    assert desk.applications == before
    assert (outcome.application, outcome.letters, kinds(outcome)) == (None, (), [EventKind.QUESTION])


def test_two_colleagues_who_each_send_a_version_have_one_application() -> None:
    """Another sender, the same structure and number, one changed answer: the later form counts, both stay."""
    desk = Desk()
    first = desk.take(the_mail())
    changed = dossier().filled({"a1.fte": "12,5"})
    later = replace(dossier().form("tables", changed), name="Dossier version finale.docx")
    outcome = desk.take(
        the_mail(
            sender="leo@laremise-tresorerie.example", message_id="<2@x>", files={later.name: later.content}
        )
    )

    assert joins(desk, outcome)
    assert outcome.application is not None
    assert outcome.application.reference == first.application.reference  # type: ignore[union-attr]
    assert str(outcome.application.dossier.answers["a1.fte"].value) == "12,5"
    forms = [each for each in outcome.application.dossier.pieces if each.kind == "dossier"]
    assert sorted((each.file, each.superseded) for each in forms) == [
        ("Dossier de candidature La Remise.docx", True),
        ("Dossier version finale.docx", False),
    ]
    assert outcome.letters[0].recipient.email == "leo@laremise-tresorerie.example"


def test_a_mail_in_two_parts_gets_no_reproach_in_between() -> None:
    """« 1/2 » waits longer for « 2/2 » than a quiet period; once both are there, the usual one holds."""
    desk = Desk()
    first = desk.take(the_mail(subject=f"{asked()} (1/2)"))
    second = desk.take(
        the_mail(subject=f"{asked()} (2/2)", message_id="<2@x>", files=statutes() | cv()), minutes=45
    )
    waits = [outcome.letters[0].not_before - outcome.letters[0].composed_at for outcome in (first, second)]

    assert joins(desk, second)
    assert waits[0] > timedelta(minutes=45 + 20)
    assert waits[1] <= timedelta(minutes=20)
    assert second.changes  # the first letter, if it has not left, is superseded


def test_two_parts_join_in_whichever_order_they_are_judged() -> None:
    """The form of « 1/2 » takes longer to read: « 2/2 » is there first, and « (2/2) » is in nobody's name."""
    desk = Desk()
    second = desk.take(the_mail(subject=f"{asked()} (2/2)", message_id="<2@x>", files=statutes() | cv()))
    first = desk.take(the_mail(subject=f"{asked()} (1/2)"))

    assert second.application is not None
    assert second.application.organisation == named("la-remise")
    assert joins(desk, first)


# ---------------------------------------------------------------- after the deadline

AFTER = timedelta(days=6)
"""After the first mail: two days after the deadline."""


def filled_again(**changes: object) -> bytes:
    """Another mail with the form, filled in otherwise."""
    changed = replace(dossier().filled(), **changes)  # type: ignore[arg-type]
    file = dossier().form("plain", changed)
    return the_mail(message_id="<again@x>", files={f"encore {file.name}": file.content})


def everything() -> dict[str, bytes]:
    return {each.name: each.content for each in dossier().annexes()}


def test_a_form_signed_after_the_deadline_makes_nothing_late() -> None:
    """It adds the signature; how it stood at the deadline is kept, and the officer decides."""
    desk = Desk()
    unsigned = dossier().form("plain", replace(dossier().filled(), ink={}))
    first = desk.take(the_mail(files={unsigned.name: unsigned.content} | everything()))
    second = desk.take(filled_again(), minutes=AFTER // timedelta(minutes=1))
    application = second.application

    assert first.application is not None
    assert first.application.verdict.state is VerdictState.INCOMPLETE
    assert first.application.at_deadline is None
    assert application is not None
    assert (application.verdict.state, application.verdict.on_time) == (VerdictState.COMPLETE, True)
    assert application.at_deadline is VerdictState.INCOMPLETE
    assert application.received_at == first.application.received_at
    assert kinds(second) == [EventKind.COMPLETED, EventKind.AFTER_DEADLINE]
    assert "arrivé après la" in second.letters[0].text


def test_a_worse_form_after_the_deadline_takes_nothing_away() -> None:
    """Half empty and not signed: what came in time is as complete as it was."""
    desk = Desk()
    first = desk.take(the_mail(files=form() | everything()))
    answers = dict(list(dossier().filled().answers.items())[::2])
    second = desk.take(filled_again(ink={}, answers=answers), minutes=AFTER // timedelta(minutes=1))

    assert first.application is not None
    assert second.application is not None
    assert first.application.verdict.state is VerdictState.COMPLETE
    assert second.application.verdict.state is VerdictState.COMPLETE
    assert second.application.dossier.answers == first.application.dossier.answers


def test_without_a_form_in_time_the_form_is_late() -> None:
    """A blank one and annexes in time are no dossier."""
    desk = Desk()
    blank = dossier().form("plain", replace(dossier().filled(), ink={}, answers={}))
    desk.take(the_mail(files={blank.name: blank.content} | everything()))
    second = desk.take(filled_again(), minutes=AFTER // timedelta(minutes=1))

    assert second.application is not None
    assert not second.application.verdict.on_time
    assert second.application.at_deadline is None


# ---------------------------------------------------------------- passed on by a colleague

INLINE = """Pour toi !

De : Aline Peeters <{sender}>
Envoyé : jeudi 10 septembre 2026 10:12
À : paul@coopcity.be
Objet : Notre dossier

Bonjour, voici notre dossier.
"""


@pytest.mark.parametrize("way", ["inline", "attached"])
def test_what_a_colleague_passes_on_is_the_applicants(way: str) -> None:
    """Joined to whoever wrote it; the letter to that address waits for a person, and none goes to us."""
    sender = dossier().applicant.email
    if way == "inline":
        passed = a_mail(
            INLINE.format(sender=sender), subject="TR: Notre dossier", sender=COLLEAGUE, files=form()
        )
    else:
        passed = a_mail("Pour toi !", subject="TR: Notre dossier", sender=COLLEAGUE, message_id="<f@x>",
                        files={"Notre dossier.eml": ("application/octet-stream", the_mail())})  # fmt: skip
    desk = Desk()
    outcome = desk.take(passed)
    later = desk.take(a_mail("Le CV.", subject="Le CV", sender=sender, files=cv(), message_id="<2@x>"))

    assert outcome.application is not None
    assert outcome.application.senders == (sender.lower(),)
    assert [each.recipient.email for each in outcome.letters] == [sender]
    assert outcome.held is not None
    assert EventKind.NOT_ANSWERED in kinds(outcome)
    assert joins(desk, later)
    assert later.held is None


def test_what_a_stranger_says_he_passes_on_is_his_own() -> None:
    """Only our own house passes on: else anybody could have us write to anybody."""
    passed = a_mail(
        INLINE.format(sender="victime@ailleurs.example"), subject="TR: Notre dossier", files=form()
    )
    outcome = Desk().take(passed)

    assert [each.recipient.email for each in outcome.letters] == ["aline@laremise.example"]


def test_a_colleague_who_attaches_a_form_gets_no_letter() -> None:
    """Without a word of who wrote it, it is an application that a person answers."""
    outcome = Desk().take(a_mail("Reçu au bureau.", subject="Un dossier", sender=COLLEAGUE, files=form()))

    assert outcome.application is not None
    assert outcome.letters == ()
    assert outcome.suppressed is not None


# ---------------------------------------------------------------- letters that do not leave

FAILED = "mx.coopcity.be; dmarc=fail (p=reject) header.from=laremise.example"
PASSED = "mx.coopcity.be; dmarc=pass header.from=laremise.example"


@pytest.mark.parametrize(("said", "proven"), [(FAILED, False), (PASSED, True), (None, None)])
def test_a_forged_sender_gets_no_letter_and_a_finding(said: str | None, proven: bool | None) -> None:
    """By what our own server wrote on top; the dossier enters all the same."""
    headers = {"Authentication-Results": said} if said else {}
    desk = Desk(replace(MANNERS, authserv_id="mx.coopcity.be"))
    outcome = desk.take(the_mail(sender="aline@laremise.example", headers=headers))
    assert outcome.application is not None
    codes = {each.code for each in outcome.application.verdict.findings}

    assert bool(outcome.letters) is (proven is not False)
    assert ("sender.unverified" in codes) is (proven is False)
    assert outcome.application.dossier.mails[0].sender_verified is proven


def test_the_same_address_gets_no_sixth_letter_in_a_day() -> None:
    """Whoever goes round in circles with us is left; the dossier is kept up to date."""
    desk = Desk(replace(MANNERS, per_address_per_day=2))
    outcomes = [
        desk.take(the_mail(message_id=f"<{n}@x>", files=form() | {f"annexe {n}.txt": f"note {n}".encode()}))
        for n in range(4)
    ]

    assert [len(each.letters) for each in outcomes] == [1, 1, 0, 0]
    assert outcomes[3].application is not None
    assert outcomes[3].application.version == 4
    assert "déjà 2 messages envoyés à cette adresse" in str(outcomes[3].suppressed)


def test_beyond_the_days_total_letters_wait_for_a_person() -> None:
    """A storm is not answered by a storm, and nobody's letter is dropped: it is held."""
    desk = Desk(replace(MANNERS, per_day=1))
    first, second = desk.take(the_mail()), desk.take(the_mail("le-fil-retrouve", message_id="<2@x>"))

    assert (len(first.letters), first.held) == (1, None)
    assert len(second.letters) == 1
    assert second.held == "déjà 1 messages envoyés en un jour"
    assert EventKind.NOT_ANSWERED in kinds(second)


REPORT = """Reporting-MTA: dns; mx.laremise.example

Final-Recipient: rfc822; {recipient}
Action: {action}
Status: {status}
"""


def bounce(
    letter: Letter, action: str, status: str, subject: str = "Undelivered Mail Returned to Sender"
) -> bytes:
    """A report for machines on a letter of ours, with that letter's header."""
    report = REPORT.format(recipient=letter.recipient.email, action=action, status=status)
    header = written(letter).partition(b"\r\n\r\n")[0] + b"\r\n\r\n"
    parts = [
        b"Content-Type: text/plain\r\n\r\nSorry.",
        b"Content-Type: message/delivery-status\r\n\r\n" + report.replace("\n", "\r\n").encode(),
        b"Content-Type: text/rfc822-headers\r\n\r\n" + header,
    ]
    top = (
        f"From: MAILER-DAEMON@mx.laremise.example\r\nTo: info@coopcity.be\r\nSubject: {subject}\r\n"
        "Message-ID: <b@mx.laremise.example>\r\nReturn-Path: <>\r\n"
        'Content-Type: multipart/report; report-type=delivery-status; boundary="b"\r\n\r\n'
    )
    return top.encode() + b"".join(b"--b\r\n" + part + b"\r\n" for part in parts) + b"--b--\r\n"


def test_a_letter_that_comes_back_is_a_phone_call_and_its_address_blocked() -> None:
    """Which letter, whose address, for what reason; no letter answers the bounce."""
    desk = Desk()
    first = desk.take(the_mail())
    (letter,) = first.letters
    outcome = desk.take(bounce(letter, "failed", "5.1.1"))

    assert outcome.recognition.kind is MailKind.BOUNCE
    assert (outcome.application, outcome.letters) == (None, ())
    (event,) = outcome.events
    assert (event.kind, event.application) == (EventKind.BOUNCED, first.application.reference)  # type: ignore[union-attr]
    assert outcome.undelivered == (Undelivered(letter.id, letter.recipient.email.lower(), "5.1.1"),)

    desk.blocked[letter.recipient.email.lower()] = "notre lettre est revenue, 5.1.1"
    again = desk.take(the_mail(message_id="<2@x>", files=form() | cv()))
    assert again.letters == ()
    assert "notre lettre est revenue, 5.1.1" in str(again.suppressed)


def test_a_full_inbox_is_a_phone_call_and_nothing_blocked() -> None:
    """Tomorrow it may take a letter."""
    desk = Desk()
    (letter,) = desk.take(the_mail()).letters
    outcome = desk.take(bounce(letter, "failed", "5.2.2"))

    assert outcome.undelivered == (Undelivered(letter.id, None, "5.2.2"),)
    assert kinds(outcome) == [EventKind.BOUNCED]


@pytest.mark.parametrize(
    ("action", "status"), [("delayed", "4.4.7"), ("delivered", "2.0.0"), ("relayed", "2.1.5")]
)
def test_a_letter_that_is_only_late_troubles_nobody(action: str, status: str) -> None:
    """« Delayed » is no failure: the letter may still arrive."""
    desk = Desk()
    (letter,) = desk.take(the_mail()).letters
    outcome = desk.take(bounce(letter, action, status, subject="Delivery Status Notification"))

    assert (outcome.events, outcome.undelivered, outcome.letters) == ((), (), ())
