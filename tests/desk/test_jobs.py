"""The jobs, one by one: stopped at any line, refused by a disk, overtaken, they lose and double nothing."""

import errno
from collections.abc import Callable
from contextlib import suppress
from copy import deepcopy
from dataclasses import dataclass, replace
from datetime import timedelta
from itertools import count
from pathlib import Path
from shutil import copytree
from typing import Any

import pytest

from data import _files
from data.errors import StillReading, StoreError
from data.model import EventKind, LetterFact, LetterKind, LetterState
from data.store import Store
from data.tables import MailState
from desk import jobs, pipeline
from desk.service import staff
from desk.wiring import Desk
from ingest.envelope import identity
from tests.builders import a_mail
from tests.desk.desks import (
    Fuse,
    Notebook,
    Place,
    Stopped,
    an_application,
    come_to_work,
    notebook,
    read,
    read_and_judge,
    send_all,
)
from tests.servers import Dovecot, SmtpSink

MAIL = identity(an_application())
HANDED_OVER = {("after", "hand_over"), ("before", "settle")}
"""Stops after which nobody can know whether the mail server has the letter."""


@pytest.fixture
def place(tmp_path: Path, dovecot: Dovecot, smtp: SmtpSink) -> Place:
    """Two empty inboxes, and an empty folder."""
    return Place(tmp_path, dovecot, (dovecot.account(), dovecot.account()), smtp)


def replies(store: Store) -> list[LetterFact]:
    return [each for each in store.letters.facts() if each.kind is LetterKind.REPLY]


def told(desk: Desk) -> list[EventKind]:
    """What digests say, in order."""
    from_the_start = desk.store.events(desk.edition.dates.go_live, desk.now() + timedelta(days=365))
    return [event.kind for event in from_the_start]


# ---------------------------------------------------------------- stopped


@pytest.mark.parametrize("moment", ["before", "after"])
def test_stopped_at_any_write_the_next_start_does_the_rest(place: Place, moment: str) -> None:
    """Before and after each write of a mail's way: in the end one application, one call, one letter."""
    place.append(an_application())
    stops = []
    for number in count(1):
        fuse = Fuse(number, moment)
        here = replace(place, folder=place.folder / str(number), notebook=Notebook())
        place.smtp.mails.clear()
        work_until_stopped(here, fuse)
        finish(here)
        check_the_end(here, doubtful=(moment, fuse.burnt_at) in HANDED_OVER)
        if fuse.burnt_at is None:
            break
        stops.append(fuse.burnt_at)

    assert {"keep_mail", "advance", "enqueue", "note_poll", "keep_reading", "keep_outcome"} <= set(stops)
    assert {"keep_calls", "take", "hand_over", "settle"} <= set(stops)


def work_until_stopped(place: Place, fuse: Fuse) -> None:
    """A mail's whole way, or as far as the fuse lets it come."""
    with suppress(Stopped), place.desk(fuse.through) as desk:
        come_to_work(desk)
        read_and_judge(desk)
        send_all(desk)


def finish(place: Place) -> None:
    """Start again, and do all that is left; the second time there is nothing."""
    with place.desk() as desk:
        for _ in range(2):
            come_to_work(desk)
            read_and_judge(desk)
            send_all(desk)


def check_the_end(place: Place, *, doubtful: bool) -> None:
    """One of each; a letter in doubt is shown as such and not sent again."""
    with place.desk() as desk:
        store = desk.store
        (letter,) = replies(store)
        assert store.mail_state(MAIL) is MailState.HANDLED
        assert len(store.copies(MAIL)) == 2
        assert len(store.applications()) == 1
        assert len(store.calls()) == 1
        assert letter.state is (LetterState.UNKNOWN if doubtful else LetterState.SENT)
        assert told(desk).count(EventKind.RECEIVED) == 1
        assert told(desk).count(EventKind.LETTER_FAILED) == doubtful
    assert len(place.smtp.mails) <= 1
    assert doubtful or len(place.smtp.mails) == 1


def test_stopped_again_while_starting_no_letter_in_doubt_is_sent_again(place: Place) -> None:
    """Cut after the final dot, then at every write of the next start: the letter stays in doubt, once."""
    place.append(an_application())
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
    for number in count(1):
        here = replace(
            place,
            folder=Path(copytree(place.folder, place.folder.with_name(f"again-{number}"))),
            notebook=deepcopy(place.notebook),
        )
        place.smtp.mails.clear()
        cut_off_after_the_dot(here)
        fuse = Fuse(number, "after")
        work_until_stopped(here, fuse)
        finish(here)

        with here.desk() as desk:
            assert [each.state for each in replies(desk.store)] == [LetterState.UNKNOWN]
        assert len(place.smtp.mails) == 1
        if fuse.burnt_at is None:
            break
    assert number > 3


def cut_off_after_the_dot(place: Place) -> None:
    """Send what is due; the server has it when this desk stops, and nobody knows."""
    fuse = Fuse(4, "before")
    with suppress(Stopped), place.desk(fuse.through) as desk:
        staff(desk)
        send_all(desk)
    assert fuse.burnt_at == "settle"


def test_a_letter_that_was_being_written_to_the_server_leaves_at_the_next_start(place: Place) -> None:
    """Taken and not handed over: it cannot have left, so it is sent."""
    place.append(an_application())
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        (letter,) = desk.store.letters.due(desk.now())
        desk.store.letters.take(letter, desk.now(), by=desk.engine.executor)
    finish(place)

    assert len(place.smtp.mails) == 1


def test_a_kept_mail_is_taken_up_though_the_engine_has_forgotten_it(place: Place) -> None:
    """The engine's records are gone, and the inbox was read to its end: the store knows what is not done."""
    place.append(an_application())
    with place.desk() as desk:
        come_to_work(desk)
        read(desk)
    finish(replace(place, notebook=Notebook()))

    assert len(place.smtp.mails) == 1


# ---------------------------------------------------------------- what cannot be handled


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> Callable[[], None]:
    """A mail « <poison@…> » cannot be handled, until this is called."""
    handle = pipeline.handle

    def refuse(mail: Any, *known: Any) -> Any:
        if b"<poison@" in mail.content:
            raise ValueError("Madame Dupont")
        return handle(mail, *known)

    monkeypatch.setattr(pipeline, "handle", refuse)
    return lambda: monkeypatch.setattr(pipeline, "handle", handle)


def poisoned() -> bytes:
    """An application that the desk cannot handle, of somebody who wrote first."""
    return an_application("lire-ensemble").replace(b"Message-ID: <", b"Message-ID: <poison@")


def test_third_failure_shelves_a_mail_and_the_next_goes_on(place: Place, poison: Callable[[], None]) -> None:
    """The bad mail waits for a person, the digest says so once, and the good one is answered."""
    place.append(poisoned(), an_application())
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        send_all(desk)
        (shelved,) = desk.store.shelf()

        assert (shelved.mail, shelved.attempts) == (identity(poisoned()), 3)
        assert told(desk).count(EventKind.SHELVED) == 1
        assert desk.store.mail_state(MAIL) is MailState.HANDLED
        assert len(place.smtp.mails) == 1


def test_a_mail_taken_from_the_shelf_is_handled(place: Place, poison: Callable[[], None]) -> None:
    """Once the fault is repaired, the mail gets its application and its letter."""
    place.append(poisoned())
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        poison()
        jobs.bring_back(desk, identity(poisoned()))
        notebook(desk).work()

        assert desk.store.shelf() == ()
        assert desk.store.mail_state(identity(poisoned())) is MailState.HANDLED
        assert len(replies(desk.store)) == 1


def test_a_mail_that_kills_its_process_is_shelved_and_comes_back_when_asked(place: Place) -> None:
    """The engine parks it, the next start shelves it; taken from there it is not shelved again unread."""
    place.append(an_application())
    with place.desk() as desk:
        come_to_work(desk)
        read(desk)
        notebook(desk).park(f"take/{MAIL}")
    with place.desk() as desk:
        come_to_work(desk)
        shelved = [each.mail for each in desk.store.shelf()]
        jobs.bring_back(desk, MAIL)
        jobs.take_up(desk)
        notebook(desk).work()

        assert shelved == [MAIL]
        assert told(desk).count(EventKind.SHELVED) == 1
        assert desk.store.mail_state(MAIL) is MailState.HANDLED


def test_the_files_of_an_application_lie_beside_the_database(place: Place) -> None:
    """Each piece can be opened by its fingerprint, as it came."""
    place.append(an_application())
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        (application,) = desk.store.applications()
        pieces = application.dossier.pieces

        assert len(pieces) == 1
        assert [len(desk.store.attachment(each.sha256)) for each in pieces] == [
            each.size_bytes for each in pieces
        ]


# ---------------------------------------------------------------- a full disk


def test_a_damaged_mail_waits_on_the_shelf_and_is_told_once(place: Place) -> None:
    """A kept file whose bytes have changed is a person's matter at once, not an error for ever."""
    place.append(an_application())
    with place.desk() as desk:
        come_to_work(desk)
        read(desk)
        (kept,) = (desk.settings.folder / "mail").rglob("*.eml")
        kept.write_bytes(b"other bytes")
        notebook(desk).work()
        jobs.take_up(desk)
        jobs.take_up(desk)

        assert [each.mail for each in desk.store.shelf()] == [MAIL]
        assert told(desk) == [EventKind.SHELVED]


def test_a_full_disk_leaves_the_mail_in_the_inbox_until_there_is_room(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Nothing is kept and the position stays; with room again, the same poll keeps and answers it."""
    place.append(an_application())

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with place.desk() as desk:
        come_to_work(desk)
        with monkeypatch.context() as broken:
            broken.setattr(_files, "_write", full)
            with pytest.raises(StoreError, match="No space left"):
                read(desk)
        kept, position = desk.store.unhandled(), desk.store.position("matthias", "INBOX")
        asked = dict(notebook(desk).asked)
        read_and_judge(desk)
        send_all(desk)

        assert (kept, position, asked) == ((), None, {})
        assert len(place.smtp.mails) == 1


@dataclass
class Refusing:
    """A store whose disk is full when it comes to keep an outcome, so often."""

    store: Any
    times: int

    def __getattr__(self, name: str) -> Any:
        if name == "keep_outcome" and self.times:
            self.times -= 1
            raise StoreError("the database: database or disk is full")
        return getattr(self.store, name)


def test_a_full_database_costs_the_mail_no_try(place: Place) -> None:
    """However often the disk refuses, the mail never goes to the shelf for it."""
    place.append(an_application())
    with place.desk(lambda door: Refusing(door, 4)) as desk:
        come_to_work(desk)
        read_and_judge(desk)
        given_up = [failed.job for failed in desk.engine.failed()]
        jobs.take_up(desk)
        notebook(desk).work()

        assert given_up == ["take"]
        assert desk.store.shelf() == ()
        assert desk.store.mail_state(MAIL) is MailState.HANDLED
        assert len(replies(desk.store)) == 1


# ---------------------------------------------------------------- two workers


@dataclass
class Overtaking:
    """A store, or its letters, that lets another worker through before its first answer to one question."""

    door: Any
    question: str
    other: Callable[[], object]
    asked: int = 0

    def __getattr__(self, name: str) -> Any:
        if name == self.question:
            self.asked += 1
            if self.asked == 1:
                self.other()
        return getattr(self.door, name)


def supplement() -> bytes:
    """A second mail of the same applicant."""
    return a_mail(
        "Voici le CV qui manquait.",
        subject="Re: Dossier de candidature – COOPCITY 2026 – La Remise",
        sender="contact@laremise.example",
        in_reply_to="<la-remise@laremise.example>",
        message_id="<suite@laremise.example>",
        files={"CV.docx": b"PK"},
    )


def test_who_is_overtaken_judges_again(place: Place) -> None:
    """Two mails of one applicant, judged at the same moment: one application with both, one letter waits."""
    place.append(an_application(), supplement())
    with place.desk() as desk:
        come_to_work(desk)
        read(desk)
        overtaking = Overtaking(desk.store, "keep_outcome", lambda: jobs.take(desk, MAIL))
        jobs.take(replace(desk, store=overtaking), identity(supplement()))  # type: ignore[arg-type] # stands for a store
        (application,) = desk.store.applications()
        waiting = [each for each in replies(desk.store) if each.state is LetterState.QUEUED]

        assert overtaking.asked == 2
        assert application.mails == (MAIL, identity(supplement()))
        assert len(waiting) == 1


def test_a_letter_that_is_no_longer_true_is_stopped_at_the_last_moment(
    place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A supplement judged while the letter is under way: that letter does not leave, the next one does."""
    place.append(an_application(), supplement())
    with place.desk() as desk:
        come_to_work(desk)
        read(desk)
        jobs.take(desk, MAIL)
        (first,) = desk.store.letters.due(desk.now())
        overtaking = Overtaking(
            desk.store.letters, "hand_over", lambda: jobs.take(desk, identity(supplement()))
        )
        monkeypatch.setattr(desk.store, "letters", overtaking)
        jobs.send(desk, first)
        left_at_first = list(place.smtp.mails)
        send_all(desk)

        assert left_at_first == []
        assert {each.state for each in replies(desk.store) if each.id == first} == {LetterState.SUPERSEDED}
        assert len(place.smtp.mails) == 1


# ---------------------------------------------------------------- the officer's day


def test_the_digest_of_a_day_is_composed_once(place: Place) -> None:
    """Asked again an hour later, it is the same letter, and the reader gets it once."""
    with place.desk() as desk:
        jobs.write_digest(desk, "2026-09-14")
        first = desk.store.letters.facts()
        place.clock.go(hours=1)
        jobs.write_digest(desk, "2026-09-14")
        come_to_work(desk)
        send_all(desk)

        assert len(first) == len(desk.store.letters.facts()) == 1
        assert [mail.recipients for mail in place.smtp.mails] == [("matthias@coopcity.be",)]


def test_the_next_digest_tells_what_came_after_the_one_before(place: Place) -> None:
    """What one digest told, the next does not tell again; what was noted after it is told."""
    with place.desk() as desk:
        come_to_work(desk)
        jobs.write_digest(desk, "2026-09-14")
        place.append(an_application())
        read_and_judge(desk)
        place.clock.go(hours=24)
        second = jobs.day_book(desk, place.clock.now().date())
        jobs.write_digest(desk, "2026-09-15")
        place.clock.go(hours=24)
        third = jobs.day_book(desk, place.clock.now().date())

        assert [event.kind for event in second.events] == [EventKind.RECEIVED]
        assert third.events == ()


def test_the_closing_statement_waits_until_all_is_judged(place: Place) -> None:
    """While a mail waits there is no statement; afterwards there is one, and it counts that mail."""
    place.append(an_application())
    with place.desk() as desk:
        come_to_work(desk)
        jobs.close(desk)
        with pytest.raises(StillReading):
            jobs.write_closing(desk)
        before = desk.store.letters.facts()
        notebook(desk).work()
        closings = [each for each in desk.store.letters.facts() if each.kind is LetterKind.CLOSING]

        assert before == ()
        assert len(closings) == 1
        assert "1 candidature" in closings[0].subject


def test_no_call_is_planned_before_the_window_opens(place: Place) -> None:
    """An incomplete dossier of the tenth can still be completed: it is nobody's call until the deadline."""
    place.append(an_application())
    place.clock.go(days=-3)
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
        early = desk.store.calls()
        place.clock.go(days=3)
        jobs.plan_calls(desk)

        assert early == ()
        assert len(desk.store.calls()) == 1
