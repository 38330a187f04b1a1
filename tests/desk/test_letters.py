"""Which letters leave by themselves, which wait, which never leave; reminders and withdrawals."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest

from data.errors import UsageError
from data.model import (
    CallState,
    EventKind,
    LetterFact,
    LetterKind,
    LetterState,
    MailKey,
    MailKind,
    Outcome,
    RawMail,
    Recognition,
)
from desk import deciding, jobs, schedule, show
from desk.demo import annexes
from desk.demo.people import applicants
from desk.settings import Sending
from desk.wiring import Desk
from tests.builders import a_mail
from tests.desk.desks import (
    EDITION,
    Clock,
    Place,
    an_application,
    come_to_work,
    notebook,
    read_and_judge,
    send_all,
)
from tests.desk.test_schedule import Enqueued, a_desk, filled
from tests.flow.test_joining import bounce
from tests.servers import Dovecot, Fault, SmtpSink

WEDNESDAY = datetime(2026, 9, 9, 5, 50, tzinfo=UTC)
THURSDAY_NINE = datetime(2026, 9, 10, 7, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path, dovecot: Dovecot, smtp: SmtpSink) -> Place:
    """Two inboxes with one incomplete application, received on Monday; it is Tuesday morning."""
    place = Place(tmp_path, dovecot, (dovecot.account(), dovecot.account()), smtp, Clock(WEDNESDAY))
    put(place, an_application(), datetime(2026, 9, 7, 9, 0, tzinfo=UTC))
    place.clock.go(days=-1)
    return place


def put(place: Place, mail: bytes, when: datetime) -> None:
    for inbox in place.inboxes:
        place.dovecot.append(inbox, mail, when)


def sending(place: Place, **more: object) -> Place:
    """The same house with other settings of sending."""
    changed = Sending.model_validate({"send": "auto", "quiet_minutes": 0} | more)

    class Changed(Place):
        def settings(self) -> object:  # type: ignore[override]
            return super().settings().model_copy(update={"sending": changed})

    fields = (place.folder, place.dovecot, place.inboxes, place.smtp, place.clock, place.notebook)
    return Changed(*fields)


def letters(desk: Desk, kind: LetterKind = LetterKind.REPLY) -> list[LetterFact]:
    return [each for each in desk.store.letters.facts() if each.kind is kind]


def states(desk: Desk, kind: LetterKind = LetterKind.REPLY) -> list[LetterState]:
    return [each.state for each in letters(desk, kind)]


def subjects(smtp: SmtpSink) -> list[str]:
    return [str(message_from_bytes(mail.content, policy=policy.default)["Subject"]) for mail in smtp.mails]


# ---------------------------------------------------------------- which leave by themselves


def test_held_letters_leave_one_by_one_or_all(place: Place) -> None:
    """Held, nothing leaves; released, each leaves once."""
    place = sending(place, send="hold")
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        send_all(desk)
        before = len(place.smtp.mails)
        released = desk.store.letters.release(desk.now(), [letters(desk)[0].id])
        send_all(desk)
        send_all(desk)

        assert (before, released, len(place.smtp.mails)) == (0, 1, 1)


def test_in_rehearsal_no_applicant_gets_a_letter(place: Place) -> None:
    """Neither a new one, nor one that was queued before, nor one that somebody releases."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        queued = states(desk)
    with sending(place, send="rehearsal").desk() as desk:
        come_to_work(desk)
        send_all(desk)
        kept = states(desk)
        desk.store.letters.release(desk.now())
        send_all(desk)

        assert (queued, kept, states(desk)) == ([LetterState.QUEUED], [LetterState.HELD], [LetterState.HELD])
        assert place.smtp.mails == []
    with place.desk() as desk:  # the rehearsal is over, and a person lets it go
        come_to_work(desk)
        desk.store.letters.release(desk.now())
        send_all(desk)

        assert len(place.smtp.mails) == 1


def test_in_rehearsal_testers_get_marked_letters(place: Place) -> None:
    """What a tester sends is answered with [TEST], and once the rehearsal is over it counts for nothing."""
    mail = an_application("lire-ensemble")
    tester = mail.replace(b"contact@lireensemble.example", b"essai@ami.example")
    put(place, tester, datetime(2026, 9, 8, 5, 0, tzinfo=UTC))
    sender = next(line for line in mail.splitlines() if line.startswith(b"From:")).decode()
    email = sender.rpartition("<")[2].strip("> ") if "<" in sender else sender[6:]
    rehearsal = sending(place, send="rehearsal", testers=[email if tester == mail else "essai@ami.example"])
    with rehearsal.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        send_all(desk)
        during = len(jobs.counted(desk))
    with place.desk() as desk:
        after = jobs.day_book(desk, desk.now().date()).applications

        assert [subject.partition(" – ")[0] for subject in subjects(place.smtp)] == ["[TEST] À compléter"]
        assert during == 2
        assert [each.organisation for each in after] == ["La Remise"]


def test_a_start_that_finds_old_mail_answers_none_of_it_by_itself(place: Place) -> None:
    """A lost database: all mails are new to it; their letters wait for a person, none leaves."""
    place.clock.go(days=5)
    place = sending(place, held_after_hours=48)
    for number in range(4):
        put(place, numbered(number), datetime(2026, 9, 8, 9, number, tzinfo=UTC))
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        send_all(desk)
        waiting = set(states(desk))
        put(place, numbered(9), desk.now() - timedelta(minutes=3))
        read_and_judge(desk)
        send_all(desk)

        assert waiting == {LetterState.HELD}
        assert len(place.smtp.mails) == 1


def test_mail_from_before_the_go_live_is_never_answered(place: Place) -> None:
    """Kept and judged, and told to the officer; no letter is even written."""
    for number in range(4):
        put(place, numbered(number), datetime(2026, 8, 31, 21, number, tzinfo=UTC))
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        send_all(desk)

        assert len(desk.store.applications()) == 5
        assert len(place.smtp.mails) == len(letters(desk)) == 1


def numbered(number: int) -> bytes:
    """An application of a structure like no other, without a form."""
    names = ("Ruche Bleue", "Atelier Sirop", "Vélo Sûr", "Pain Levé", "", "", "", "", "", "Jardin Commun")
    return a_mail(
        "Bonjour, voici nos statuts.",
        subject=f"Dossier de candidature – COOPCITY 2026 – {names[number]}",
        sender=f"contact@structure-{number}.example",
        message_id=f"<{number}@structure.example>",
        files={"statuts.pdf": b"%PDF-1.4 nothing"},
    )


# ---------------------------------------------------------------- what the server says


@pytest.mark.parametrize(
    ("fault", "state", "arrived"),
    [
        (Fault.GREYLISTED_AT_RCPT, LetterState.QUEUED, 0),
        (Fault.BUSY_AFTER_DATA, LetterState.QUEUED, 0),
        (Fault.DROPPED_AT_RCPT, LetterState.QUEUED, 0),
        (Fault.FULL_AT_RCPT, LetterState.QUEUED, 0),
        (Fault.OVER_QUOTA_AT_RCPT, LetterState.FAILED, 0),
        (Fault.REFUSED_AT_RCPT, LetterState.FAILED, 0),
        (Fault.REFUSED_AFTER_DATA, LetterState.FAILED, 0),
        (Fault.DROPPED_AFTER_DATA, LetterState.UNKNOWN, 0),
        (Fault.LOST_250, LetterState.UNKNOWN, 1),
    ],
)
def test_each_ending_is_lived_with(place: Place, fault: Fault, state: LetterState, arrived: int) -> None:
    """Later is tried again and leaves once; never and perhaps are a person's, and are not sent again."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        place.smtp.fail(fault)
        send_all(desk)
        first = states(desk)
        at_once = len(place.smtp.mails)
        for _ in range(3):
            place.clock.go(minutes=10)
            send_all(desk)
        told = [event.kind for event in desk.store.events(desk.edition.dates.go_live, desk.now())]

        assert (first, at_once) == ([state], arrived)
        assert states(desk) == [LetterState.SENT if state is LetterState.QUEUED else state]
        assert len(place.smtp.mails) == (1 if state is LetterState.QUEUED else arrived)
        assert told.count(EventKind.LETTER_FAILED) == (state is not LetterState.QUEUED)


def test_an_unknown_recipient_gets_no_second_letter(place: Place) -> None:
    """What the server says of the address stands; a later mail from it is the telephone's."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        place.smtp.fail(Fault.REFUSED_AT_RCPT)
        send_all(desk)
        (application,) = desk.store.applications()

        assert "no such user" in str(desk.store.letters.blocked(application.senders[0]))


@pytest.mark.parametrize("fault", [Fault.OVER_QUOTA_AT_RCPT, Fault.UNWANTED_AT_RCPT])
def test_a_recipient_who_takes_no_letter_today_is_telephoned_and_not_given_up(
    place: Place, fault: Fault
) -> None:
    """A full mailbox, or a refusal by policy: the address stands, and the next letter is tried."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        place.smtp.fail(fault)
        send_all(desk)
        (application,) = desk.store.applications()
        put(place, a_supplement(), place.clock.now())
        read_and_judge(desk)
        send_all(desk)

        assert desk.store.letters.blocked(application.senders[0]) is None
        assert sorted(states(desk)) == [LetterState.FAILED, LetterState.SENT]


def a_supplement() -> bytes:
    """The missing annex, in a mail that says so."""
    applicant = applicants(EDITION)["la-remise"]
    return a_mail(
        "Voici le CV.",
        subject="CV",
        message_id="<cv@laremise.example>",
        sender=applicant.email,
        files={"CV.pdf": annexes.as_pdf(annexes.cv(applicant))},
    )


def test_a_letter_that_comes_back_becomes_a_call_and_its_address_gets_no_more(place: Place) -> None:
    """From the letter that left to the bounce in the inbox: blocked, told in the digest, telephoned."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        send_all(desk)
        (application,) = desk.store.applications()
        (fact,) = letters(desk)
        stored = desk.store.letters.get(fact.id)
        put(place, bounce(stored.letter, "failed", "5.1.1"), place.clock.now())
        read_and_judge(desk)
        put(place, a_supplement(), place.clock.now())
        read_and_judge(desk)
        send_all(desk)
        place.clock.moment = datetime(2026, 9, 14, 8, 20, tzinfo=UTC)
        jobs.plan_calls(desk)
        jobs.write_digest(desk, "2026-09-14")
        (digest,) = letters(desk, LetterKind.DIGEST)
        told = " ".join(desk.store.letters.get(digest.id).letter.text.split())
        (call,) = desk.store.calls()

        assert "5.1.1" in str(desk.store.letters.blocked(stored.letter.recipient.email))
        assert len(place.smtp.mails) == 1
        assert call.application == application.reference
        assert "Appeler à" in told
        assert "est revenue" in told


def test_a_person_settles_what_is_uncertain(place: Place) -> None:
    """« Again » sends it once more, the same mail; what is not uncertain cannot be settled."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        place.smtp.fail(Fault.LOST_250)
        send_all(desk)
        (uncertain,) = letters(desk)
        desk.store.letters.settle(
            uncertain.id, LetterState.QUEUED, reply="", now=desk.now(), next_at=desk.now()
        )
        send_all(desk)

        assert states(desk) == [LetterState.SENT]
        assert (
            desk.store.letters.settle(uncertain.id, LetterState.QUEUED, reply="", now=desk.now())
            is LetterState.SENT
        )
        first, second = (mail.content for mail in place.smtp.mails)
        assert first == second


# ---------------------------------------------------------------- reminders


@pytest.fixture
def reminded(place: Place) -> Place:
    """Wednesday before the digest: the application was answered, and its reminder is written."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        send_all(desk)
        place.clock.moment = WEDNESDAY
        jobs.write_reminders(desk)
        jobs.write_reminders(desk)
    return place


def test_a_reminder_is_shown_the_day_before_and_leaves_at_nine(reminded: Place) -> None:
    """Written once, before the digest; it leaves on Thursday at 09:00, not a second earlier, and once."""
    with reminded.desk() as desk:
        come_to_work(desk)
        shown = jobs.day_book(desk, desk.now().date()).letters
        reminded.clock.moment = THURSDAY_NINE - timedelta(seconds=1)
        send_all(desk)
        early = len(reminded.smtp.mails)
        reminded.clock.moment = THURSDAY_NINE
        send_all(desk)
        send_all(desk)

        assert [each.kind for each in shown].count(LetterKind.REMINDER) == 1
        assert (early, len(reminded.smtp.mails)) == (1, 2)
        assert subjects(reminded.smtp)[1].startswith("Rappel : à compléter – ")


def test_reminders_are_on_the_timetable_before_the_digest() -> None:
    """Ten minutes before the digest of the working day before."""
    engine = Enqueued()
    late = a_desk(datetime(2026, 9, 9, 12, 0, tzinfo=UTC), engine)

    assert filled(datetime(2026, 9, 3, 9, 0, tzinfo=UTC))["reminders"] == "2026-09-09 07:50"
    assert "reminders" in list(schedule.missed(late))


@pytest.mark.parametrize("whom", ["all", "its own"])
def test_a_stopped_reminder_never_leaves(reminded: Place, whom: str) -> None:
    """Stopped by the officer, it is not written again either."""
    with reminded.desk() as desk:
        come_to_work(desk)
        (application,) = desk.store.applications()
        stopped = jobs.stop_reminders(desk, "all" if whom == "all" else application.reference)
        jobs.write_reminders(desk)
        told = list(show.reminder_lines(desk))
        reminded.clock.moment = THURSDAY_NINE
        send_all(desk)

        assert stopped == 1
        assert told[1].endswith(" : remplacée")
        assert len(reminded.smtp.mails) == 1


def test_stopping_what_is_not_written_is_said(place: Place) -> None:
    """Who stops too early is told so."""
    with place.desk() as desk, pytest.raises(UsageError, match="no reminder is written"):
        jobs.stop_reminders(desk, "all")


def test_who_writes_meanwhile_gets_a_reply_in_the_reminders_place(reminded: Place) -> None:
    """The supplement of Wednesday evening is answered; Thursday's reminder no longer says the truth."""
    supplement = a_mail(
        "Bonjour, voici le CV.",
        subject="Re: Dossier de candidature – COOPCITY 2026 – La Remise",
        sender="contact@laremise.example",
        in_reply_to="<la-remise@laremise.example>",
        message_id="<suite@laremise.example>",
        files={"CV.docx": b"PK"},
    )
    put(reminded, supplement, WEDNESDAY + timedelta(hours=12))
    reminded.clock.go(hours=13)
    with reminded.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        reminded.clock.moment = THURSDAY_NINE
        send_all(desk)

        assert states(desk, LetterKind.REMINDER) == [LetterState.SUPERSEDED]
        assert states(desk) == [LetterState.SENT, LetterState.SENT]


def test_whom_no_letter_reaches_is_not_reminded_and_that_is_told(place: Place) -> None:
    """No reminder to a blocked address; the digest says so once, however often reminders are written."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        (application,) = desk.store.applications()
        desk.store.letters.block(application.senders[0], "550 5.1.1", desk.now())
        place.clock.moment = WEDNESDAY
        jobs.write_reminders(desk)
        place.clock.go(minutes=5)
        jobs.write_reminders(desk)
        events = desk.store.events(desk.edition.dates.go_live, desk.now() + timedelta(days=1))
        told = [event.detail for event in events if event.kind is EventKind.NOT_ANSWERED]

        assert letters(desk, LetterKind.REMINDER) == []
        assert told == ["Pas de rappel : cette adresse ne reçoit pas nos messages (550 5.1.1) : à appeler."]


def test_reminders_written_too_late_to_be_shown_wait_for_a_person(place: Place) -> None:
    """Started on Thursday at noon: they are held; after the deadline there are none."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        place.clock.moment = desk.edition.dates.deadline
        jobs.write_reminders(desk)
        after = states(desk, LetterKind.REMINDER)
        place.clock.moment = THURSDAY_NINE + timedelta(hours=3)
        jobs.write_reminders(desk)

        assert (after, states(desk, LetterKind.REMINDER)) == ([], [LetterState.HELD])


# ---------------------------------------------------------------- withdrawals


def test_a_withdrawal_ends_reminders_and_calls_with_one_letter(reminded: Place) -> None:
    """Confirmed by a person: a short letter, no reminder, the call is dropped, the digest says it."""
    with reminded.desk() as desk:
        come_to_work(desk)
        (application,) = desk.store.applications()
        letter = deciding.withdraw(desk, application.reference)
        reminded.clock.moment = THURSDAY_NINE
        send_all(desk)
        reminded.clock.moment = desk.edition.dates.deadline + timedelta(minutes=10)
        jobs.plan_calls(desk)

        assert letter is not None
        assert subjects(reminded.smtp)[1:] == [letter.subject]
        assert states(desk, LetterKind.REMINDER) == [LetterState.SUPERSEDED]
        assert desk.store.calls() == ()
        events = desk.store.events(desk.edition.dates.go_live, desk.now())
        assert EventKind.WITHDRAWN in [event.kind for event in events]
        with pytest.raises(UsageError, match="withdrawn already"):
            deciding.withdraw(desk, application.reference)


def test_a_withdrawal_cancels_a_planned_call(place: Place) -> None:
    """Its entry stays in calendars as cancelled, under the same identity."""
    place.clock.moment = datetime(2026, 9, 14, 8, 20, tzinfo=UTC)
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        (planned,) = desk.store.calls()
        deciding.withdraw(desk, planned.application)
        notebook(desk).work()
        (dropped,) = desk.store.calls()

        assert (dropped.uid, dropped.state) == (planned.uid, CallState.DROPPED)
        assert dropped.sequence > planned.sequence


def test_who_is_overtaken_withdraws_what_there_is_then(place: Place) -> None:
    """A mail judged at the same moment is in the application that is kept as withdrawn."""
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        (before,) = desk.store.applications()
        overtaken = Interrupted(desk.store, lambda: touch(desk, before.reference))
        desk_of_two = replace(desk, store=overtaken)  # type: ignore[arg-type] # stands for a store
        deciding.withdraw(desk_of_two, before.reference)
        (after,) = desk.store.applications()

        assert after.withdrawn_at is not None
        assert after.version == before.version + 1
        assert states(desk, LetterKind.WITHDRAWAL) == [LetterState.QUEUED]


class Interrupted:
    """A store before whose first change another worker changes the application."""

    def __init__(self, store: object, other: Callable[[], object], change: str = "withdraw") -> None:
        self.store, self.change = store, change
        self.other: Callable[[], object] | None = other

    def __getattr__(self, name: str) -> object:
        if name == self.change and self.other:
            other, self.other = self.other, None
            other()
        return getattr(self.store, name)


def touch(desk: Desk, reference: str) -> None:
    """Another mail of the applicant is judged."""
    application = desk.store.application(reference)
    assert application is not None
    key = MailKey("info", "INBOX", 1, 99)
    desk.store.keep_mail(RawMail("m" * 64, desk.now(), b"x"), key, to_answer=True, now=desk.now())
    grown = replace(application, version=application.version + 1)
    outcome = Outcome("m" * 64, Recognition(MailKind.SUPPLEMENT, ()), grown)
    desk.store.keep_outcome(
        outcome, {}, generation=desk.store.generation(), events=(), held=False, now=desk.now()
    )


def test_nobody_is_withdrawn_by_a_wrong_reference(place: Place) -> None:
    """A reference that does not exist is named."""
    with place.desk() as desk, pytest.raises(UsageError, match="BL26-XXXXX: no such application"):
        deciding.withdraw(desk, "BL26-XXXXX")
