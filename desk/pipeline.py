"""The whole story of a mail, in order. Read this first.

Pure: a mail, what is known, the edition and the tools in; an `Outcome` out. `jobs.take` keeps the mail
before and the outcome after; nothing here touches store, mailbox or clock.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import parsers
from checks import judge
from data.edition import Edition
from data.model import (
    Application,
    Document,
    Dossier,
    Envelope,
    Event,
    EventKind,
    MailKind,
    Outcome,
    RawMail,
    Recognition,
    Submission,
    Unread,
)
from desk.applications import brings_something, update, what_happened
from ingest.link import Ambiguous, link
from ingest.recognise import may_answer, recognise
from notifier import reply


@dataclass(frozen=True, slots=True)
class Tools:
    """What reads foreign bytes: in the service each call runs in a process of its own."""

    open_mail: Callable[[bytes], Envelope]
    read: Callable[[bytes], Document | Unread]


@dataclass(frozen=True, slots=True)
class Known:
    """What the desk knows before this mail."""

    applications: Sequence[Application]
    mails_of: Callable[[Application], Sequence[RawMail]]
    letters_to: Callable[[str], int]
    """How many letters an address was sent in the last day."""


@dataclass(frozen=True, slots=True)
class Manners:
    """How this house answers."""

    domain: str
    """Right-hand side of our Message-IDs."""
    quiet_minutes: int = 20
    per_address_per_day: int = 5


def handle(
    mail: RawMail, known: Known, edition: Edition, tools: Tools, manners: Manners, now: datetime
) -> Outcome:
    """Say what a mail is, which application it belongs to, what is missing, and what to answer."""
    submission = open_submission(mail, tools)
    alone = parsers.assemble((submission,), edition, tools.read)
    recognition = recognise(submission.envelope, edition, known.applications, alone)
    if recognition.kind not in (MailKind.APPLICATION, MailKind.SUPPLEMENT):
        return for_a_person(submission, recognition, known, edition)

    before = belongs_to(submission, recognition, alone, known, edition)
    if isinstance(before, Ambiguous):
        return for_a_person(submission, recognition, known, edition)
    earlier = [open_submission(each, tools) for each in known.mails_of(before)] if before else []
    submissions = sorted([*earlier, submission], key=lambda each: (each.received_at, each.mail))

    dossier = parsers.assemble(submissions, edition, tools.read) if earlier else alone
    verdict = judge(dossier, edition)
    application = update(before, submission, dossier, verdict, edition)

    silent = why_silent(submission, before, application, known, edition, manners)
    events = tuple(what_happened(submission, before, application, silent))
    outcome = Outcome(
        mail.identity,
        recognition,
        application,
        suppressed=silent,
        events=events,
        changes=brings_something(before, application),
    )
    return outcome if silent else with_reply(outcome, application, submission, edition, manners, now)


def open_submission(mail: RawMail, tools: Tools) -> Submission:
    """The mail, opened."""
    return Submission(mail.identity, mail.received_at, tools.open_mail(mail.content))


def belongs_to(
    submission: Submission, recognition: Recognition, alone: Dossier, known: Known, edition: Edition
) -> Application | Ambiguous | None:
    """The application that this mail adds to; None where it opens a new one."""
    field = edition.fields.enterprise_number
    answer = alone.answers.get(field) if field else None
    number = str(answer.value) if answer and answer.value else None
    return link(submission.envelope, recognition, known.applications, edition, enterprise_number=number)


def why_silent(
    submission: Submission,
    before: Application | None,
    after: Application,
    known: Known,
    edition: Edition,
    manners: Manners,
) -> str | None:
    """Why no reply leaves, in French, for the digest; None where one does.

    Staying silent never costs the applicant the dossier: it is kept and judged all the same.
    """
    if submission.received_at < edition.dates.go_live:
        return "reçu avant la mise en service"
    if not brings_something(before, after):
        return "rien de nouveau dans ce message"
    if reason := may_answer(submission.envelope, edition):
        return reason
    sender = submission.envelope.reply_to or submission.envelope.sender
    if sender and known.letters_to(sender.email.lower()) >= manners.per_address_per_day:
        return f"déjà {manners.per_address_per_day} messages envoyés à cette adresse en un jour"
    return None


def with_reply(
    outcome: Outcome,
    application: Application,
    submission: Submission,
    edition: Edition,
    manners: Manners,
    now: datetime,
) -> Outcome:
    """The outcome with the letter to the applicant, and the application knowing the letter's thread."""
    quiet_s = manners.quiet_minutes * 60
    letter = reply.compose(application, edition, mail=submission, now=now, quiet_s=quiet_s)
    ours = f"{letter.id}@{manners.domain}"
    threaded = replace(application, message_ids=(*application.message_ids, ours))
    return replace(outcome, application=threaded, letters=(letter,))


FOR_THE_OFFICER = {
    MailKind.APPLICATION: (EventKind.QUESTION, "peut appartenir à plusieurs dossiers : à classer."),
    MailKind.SUPPLEMENT: (EventKind.QUESTION, "peut appartenir à plusieurs dossiers : à classer."),
    MailKind.DOUBTFUL: (EventKind.QUESTION, "est peut-être une candidature : à lire dans la boîte."),
    MailKind.WITHDRAWAL: (EventKind.WITHDRAWAL, "semble retirer sa candidature."),
    MailKind.BOUNCE: (EventKind.BOUNCED, "n'a pas reçu notre message : il nous est revenu."),
}


def for_a_person(submission: Submission, recognition: Recognition, known: Known, edition: Edition) -> Outcome:
    """A mail that changes no application: silent, or a line for the officer."""
    if recognition.kind not in FOR_THE_OFFICER:
        return Outcome(submission.mail, recognition, None)
    linked = link(submission.envelope, recognition, known.applications, edition)
    application = linked if isinstance(linked, Application) else None
    kind, sentence = FOR_THE_OFFICER[recognition.kind]
    who = (application and application.organisation) or recognition.organisation or "Un message"
    event = Event(
        at=submission.received_at,
        kind=kind,
        application=application.reference if application else None,
        detail=f"{who} {sentence}",
    )
    return Outcome(submission.mail, recognition, None, events=(event,))
