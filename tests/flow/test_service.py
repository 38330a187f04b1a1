"""The service at work: real inboxes, a real mail server, and the commands as a person gives them."""

import os
import re
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from pathlib import Path

import pytest
from sqlmodel import col, select

from data.model import EventKind, LetterFact, LetterKind, LetterState, RawMail
from data.tables import MailState, SightingRow
from desk import engine, jobs, pipeline
from desk.demo.story import Sent, fortnight
from desk.service import at_work
from desk.settings import load
from desk.wiring import Desk, open_desk
from ingest.envelope import identity
from tests.desk.command import blossom
from tests.flow.houses import House, a_house, environment
from tests.servers import Dovecot, Fault, SmtpSink, Sunk, free_port

MAILS = {sent.key: sent for sent in fortnight()}
COMPLETE, INCOMPLETE, PRIVATE = MAILS["la-remise"], MAILS["le-fil-retrouve"], MAILS["private"]
OFFICER = "matthias@coopcity.be"
PATIENCE_S = 30


@pytest.fixture
def house(tmp_path: Path, dovecot: Dovecot, smtp: SmtpSink) -> House:
    """A house whose letters leave by themselves."""
    return a_house(tmp_path, dovecot, smtp)


def arrive(house: House, *mails: Sent) -> None:
    """Put mails into both inboxes, received when the story says."""
    for mail in mails:
        house.append(mail.raw(), mail.at)


def to_applicants(smtp: SmtpSink) -> list[Sunk]:
    """What left, without what the officer got (a service started in the morning writes a digest)."""
    return [mail for mail in smtp.mails if mail.recipients != (OFFICER,)]


def replies(desk: Desk) -> list[LetterFact]:
    return [each for each in desk.store.letters.facts() if each.kind is LetterKind.REPLY]


# ---------------------------------------------------------------- the service in a process of its own


@dataclass(frozen=True)
class Service:
    """`blossom run`, and what it has said so far."""

    process: "subprocess.Popen[bytes]"
    log: Path

    def said(self) -> str:
        return self.log.read_text("utf-8")

    def until(self, done: Callable[[], object]) -> None:
        """Wait for something to come true while the service lives."""
        end = time.monotonic() + PATIENCE_S
        while not done():
            assert self.process.poll() is None, self.said()
            assert time.monotonic() < end, self.said()
            time.sleep(0.02)

    def ends(self) -> int:
        """Its exit code after SIGTERM, within half a minute."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(30)


@contextmanager
def serving(house: House) -> Iterator[Service]:
    """The service, running; whatever happens, it does not outlive the test."""
    log = house.folder / "service.log"
    log.unlink(missing_ok=True)
    service = Service(house.start(log), log)
    try:
        yield service
    finally:
        service.process.kill()
        service.process.wait(10)


def test_two_copies_are_one_application_and_one_letter(house: House) -> None:
    """A mail in both inboxes, found by `poll --once`, answered by the service; the inboxes stay as they were.

    Started once more, the service does nothing more.
    """
    arrive(house, COMPLETE, PRIVATE)
    before = [inbox_of(house, user) for user in house.inboxes]
    polled = house.blossom("poll", "--once")
    with serving(house) as service:
        service.until(lambda: to_applicants(house.smtp))
        first = service.ends()
    with serving(house) as service:
        service.until(lambda: service.said().count('"poll"') >= 4)
        second = service.ends()

    assert [polled.returncode, first, second] == [0, 0, 0]
    assert "La Remise" in polled.stdout
    assert [mail.recipients for mail in to_applicants(house.smtp)] == [(COMPLETE.envelope_sender,)]
    assert [inbox_of(house, user) for user in house.inboxes] == before
    with house.store() as store:
        (application,) = store.applications()
        (letter,) = store.letters.facts(application=application.reference)
        assert letter.state is LetterState.SENT
        assert len(store.copies(identity(COMPLETE.raw()))) == 2
    check_privacy(house)


def inbox_of(house: House, user: str) -> tuple[list[int], list[str]]:
    """Numbers and flags of all that lies there."""
    return house.dovecot.uids(user), house.dovecot.flags(user)


def check_privacy(house: House) -> None:
    """Of the private mail only key, time and reason are kept, and its content was never asked for."""
    with house.store() as store, store._database.reading() as session:
        rows = session.exec(select(SightingRow).where(col(SightingRow.mail).is_(None))).all()
    files = [file for file in (house.folder / "var").rglob("*") if file.is_file()]
    words = (b"Katrien", b"Samedi", b"mariage")

    assert [(row.reason, row.sha256, row.received_at) for row in rows] == [("other", None, PRIVATE.at)] * 2
    assert [file.name for file in files if any(word in file.read_bytes() for word in words)] == []
    assert [house.dovecot.bodies_fetched(user) for user in house.inboxes] == [1, 1]


def test_held_letter_waits_for_a_person(tmp_path: Path, dovecot: Dovecot, smtp: SmtpSink) -> None:
    """The service says what it will do and when, takes the mail that arrives, and holds its letter.

    It leaves once a person has read and released it; SIGTERM ends the service.
    """
    house = a_house(tmp_path, dovecot, smtp, send="hold")
    with serving(house) as service:
        service.until(lambda: service.said().count('"poll"') >= 2)
        announced = service.said()
        arrive(house, INCOMPLETE)
        service.until(lambda: "retenue" in blossom("letters", "list", *house.words).out)
        waiting = service.said().count('"poll"')
        service.until(lambda: service.said().count('"poll"') >= waiting + 2)
        left_unasked = to_applicants(smtp)
        shown = blossom("letters", "show", "all", *house.words)
        released = blossom("letters", "release", "all", *house.words)
        service.until(lambda: to_applicants(smtp))
        code = service.ends()
        said = service.said()

    assert "letters to applicants are held for a person" in announced
    for thing in ("the inbox matthias", "the inbox info", "send the letters", "the officer's digest"):
        assert re.search(rf"(?m)^  \w{{3}} \d\d \w{{3}} \d\d:\d\d:\d\d  .*{thing}", announced), announced
    assert left_unasked == []
    assert f"À : {INCOMPLETE.envelope_sender}" in shown.out
    assert "rapport d'activité" in shown.out
    assert "1 lettre libérée" in released.out
    assert len(to_applicants(smtp)) == 1
    assert (code, said.splitlines()[-1]) == (0, "stopped")


def test_silent_server_does_not_keep_the_service_from_ending(house: House) -> None:
    """A mail server that takes the connection and says nothing is left after a few seconds."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        replace_in(house, f"port = {house.dovecot.imaps}", f"port = {silent.getsockname()[1]}")
        with serving(house) as service:
            service.until(lambda: "read the inbox" in service.said())
            with silent.accept()[0]:
                code = service.ends()

    assert code == 0


def replace_in(house: House, right: str, wrong: str) -> None:
    """Change the settings of a house."""
    text = house.settings.read_text("utf-8")
    assert right in text
    house.settings.write_text(text.replace(right, wrong), "utf-8")


# ---------------------------------------------------------------- inboxes and servers in trouble


def test_inbox_that_cannot_be_read_is_named_and_the_others_are_read(house: House) -> None:
    """A wrong password and a dead server: which inbox, what to do, exit code 5; the third is read.

    `blossom status` shows the trouble until the inbox is read again.
    """
    third = house.dovecot.account()
    for name, user, port in (("dead", "x", free_port()), ("third", third, house.dovecot.imaps)):
        replace_in(house, "[smtp]", an_inbox(house, name, user, port))
    house.dovecot.append(third, COMPLETE.raw(), COMPLETE.at)
    wrong = {"BLOSSOM_PASSWORDS__MATTHIAS": "wrong", "BLOSSOM_PASSWORDS__THIRD": "correct horse"}
    done = house.blossom("poll", "--once", **wrong)
    status = blossom("status", *house.words).out

    assert done.returncode == 5
    assert "La Remise" in done.stdout
    matthias, dead = done.stderr.splitlines()[-2:]
    assert matthias.startswith(f"blossom: matthias ({house.inboxes[0]} at ")
    assert "Correct user, password or folder" in matthias
    assert dead.startswith("blossom: dead (x at ")
    assert "The next poll tries again" in dead
    assert [line.partition(" : ")[0] for line in status.splitlines() if "en panne" in line] == [
        "boîte dead",
        "boîte matthias",
    ]


def an_inbox(house: House, name: str, user: str, port: int) -> str:
    """One more inbox in the settings."""
    where = f'host = "127.0.0.1"\nport = {port}\nuser = "{user}"\nca_file = "{house.dovecot.cert}"\n'
    return f'[[inbox]]\nname = "{name}"\n{where}[smtp]'


def test_doctor_finds_all_well(house: House) -> None:
    """A line for each thing, and exit code 0."""
    done = blossom("doctor", *house.words)
    things = [line[6:22].strip() for line in done.out.splitlines() if line.startswith("ok  ")]

    assert done.code == 0
    assert things == [
        "edition",
        "inbox matthias",
        "inbox info",
        "smtp",
        "database",
        "sandbox",
        "templates",
        "clock",
        "ocr",
        "libreoffice",
    ]
    assert "IDLE" in done.out
    assert "INBOX" in done.out


def test_doctor_says_what_to_do_for_each_thing_that_fails(house: House) -> None:
    """A wrong password and a dead mail server: a line and an advice each, exit code 1, the rest is tested."""
    house.smtp.stop()
    replace_in(house, f'user = "{house.inboxes[0]}"', 'user = "nobody@coopcity.be"')
    done = blossom("doctor", *house.words)
    lines = done.out.splitlines()
    failed = {
        line[6:22].strip(): lines[number + 1] for number, line in enumerate(lines) if line[:4] == "FAIL"
    }

    assert done.code == 1
    assert list(failed) == ["inbox matthias", "smtp"]
    assert [advice for advice in failed.values() if not re.match(r" +→ \w", advice)] == []
    assert "Correct user, password or folder" in failed["inbox matthias"]
    assert sum(line.startswith("ok  ") for line in lines) == 8


# ---------------------------------------------------------------- the desk in this process, on a clock


@dataclass
class Clock:
    """Stands still until it is moved."""

    moment: datetime = datetime(2026, 9, 10, 15, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def go(self, **on: float) -> None:
        self.moment += timedelta(**on)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Secrets in the environment, short waits; a service that cannot end does not end the tests with it."""
    for name, value in environment().items():
        monkeypatch.setenv(name, value)
    monkeypatch.setattr(engine, "BACKOFF_S", 0.01)
    monkeypatch.setattr(os, "_exit", lambda _code: pytest.fail("work in hand did not end"))


@contextmanager
def a_desk(house: House, clock: Clock) -> Iterator[Desk]:
    """Store, engine and sandbox as in the service, not yet at work."""
    with open_desk(load(house.settings), clock.now, poll_s=0.02) as desk:
        yield desk


@pytest.fixture
def desk(house: House, clock: Clock, here: None) -> Iterator[Desk]:
    """The desk at work."""
    with a_desk(house, clock) as desk, at_work(desk):
        yield desk


def read_and_judge(desk: Desk) -> None:
    """Poll both inboxes, and let the engine do what follows."""
    for account in desk.accounts:
        assert jobs.poll(desk, account) is None
    assert desk.engine.idle(PATIENCE_S)


def send(desk: Desk) -> None:
    """Send what is due."""
    jobs.enqueue_due(desk)
    assert desk.engine.idle(PATIENCE_S)


def body_of(mail: Sunk) -> str:
    """The plain text of a letter."""
    part = message_from_bytes(mail.content, policy=policy.default).get_body(("plain",))
    assert part is not None
    return str(part.get_content()).replace("\r\n", "\n")


def not_found_in(text: str) -> list[str]:
    """What a letter lists as not found."""
    listed = re.search(r"Nous n'avons pas trouvé :(.*?)\n\n\w", text, re.DOTALL)
    return re.findall(r"(?m)^  - (.*)$", listed.group(1)) if listed else []


def test_letter_names_exactly_what_is_missing_and_the_supplement_completes(
    house: House, desk: Desk, clock: Clock
) -> None:
    """Thursday's letter names the annex and the signature; Friday's answer to it completes the dossier."""
    arrive(house, INCOMPLETE)
    read_and_judge(desk)
    send(desk)
    (letter,) = list(house.smtp.mails)
    answer = MAILS["le-fil-retrouve/2"]
    clock.go(days=1)
    house.append(answer.raw(letter.content), answer.at)
    read_and_judge(desk)
    send(desk)
    read_and_judge(desk)
    send(desk)
    (application,) = desk.store.applications()
    first, second = house.smtp.mails

    assert not_found_in(body_of(first)) == [
        "La signature de l'administrateur ou de l'administratrice",
        "Le dernier rapport d'activité",
    ]
    assert application.verdict.state == "complete"
    assert len(application.mails) == 2
    assert second.recipients == first.recipients == (INCOMPLETE.envelope_sender,)
    assert "complet" in str(message_from_bytes(second.content, policy=policy.default)["Subject"])
    assert not_found_in(body_of(second)) == []


def test_letter_waits_for_a_server_that_is_down_and_leaves_once(
    house: House, desk: Desk, clock: Clock
) -> None:
    """Tried, queued again with the reason; when the server is back it leaves, and only once."""
    house.smtp.stop()
    arrive(house, INCOMPLETE)
    read_and_judge(desk)
    send(desk)
    (waiting,) = replies(desk)
    send(desk)
    tries = desk.store.letters.get(waiting.id).attempts
    house.smtp.start()
    for _ in range(3):
        clock.go(minutes=5)
        send(desk)

    assert waiting.state is LetterState.QUEUED
    assert waiting.last_reply
    assert tries == 1
    assert [each.state for each in replies(desk)] == [LetterState.SENT]
    assert len(house.smtp.mails) == 1


@pytest.mark.parametrize(
    ("fault", "state", "at_server"),
    [
        (Fault.REFUSED_AT_RCPT, LetterState.FAILED, 0),
        (Fault.LOST_250, LetterState.UNKNOWN, 1),
        (Fault.DROPPED_AFTER_DATA, LetterState.UNKNOWN, 0),
    ],
)
def test_letter_that_did_not_surely_arrive_is_told_and_not_sent_again(
    house: House, desk: Desk, clock: Clock, fault: Fault, state: LetterState, at_server: int
) -> None:
    """Refused for good, or cut off after the final dot: a person is told; no machine tries again."""
    house.smtp.fail(fault)
    arrive(house, INCOMPLETE)
    read_and_judge(desk)
    for _ in range(3):
        send(desk)
        clock.go(hours=5)
    events = desk.store.events(desk.edition.dates.go_live, clock.now())

    assert [each.state for each in replies(desk)] == [state]
    assert len(house.smtp.mails) == at_server
    assert [event.kind for event in events].count(EventKind.LETTER_FAILED) == 1


def test_greylisted_letter_leaves_at_a_later_try_under_the_same_id(
    house: House, desk: Desk, clock: Clock
) -> None:
    """« Later » costs a minute, not a letter."""
    house.smtp.fail(Fault.GREYLISTED_AT_RCPT)
    arrive(house, INCOMPLETE)
    read_and_judge(desk)
    send(desk)
    clock.go(minutes=1)
    send(desk)
    (letter,) = replies(desk)

    assert letter.state is LetterState.SENT
    assert f"<{letter.id}@coopcity.be>" in house.smtp.mails[0].content.decode()


def test_shelf_is_shown_and_emptied_by_hand(
    house: House, clock: Clock, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`shelf list` says why a mail lies there; after `shelf retry` it is handled."""
    mail = identity(INCOMPLETE.raw())
    arrive(house, INCOMPLETE)
    with monkeypatch.context() as broken, a_desk(house, clock) as desk, at_work(desk):
        broken.setattr(pipeline, "handle", refuse)
        read_and_judge(desk)
    listed = blossom("shelf", "list", *house.words)
    wrong = blossom("shelf", "retry", "zzz", *house.words)
    back = blossom("shelf", "retry", mail[:12], *house.words)
    with a_desk(house, clock) as desk, at_work(desk):
        assert desk.engine.idle(PATIENCE_S)
        state = desk.store.mail_state(mail)

    assert listed.out.startswith(mail[:12])
    assert "ValueError: no such thing" in listed.out
    assert (wrong.code, "shelf list" in wrong.err) == (2, True)
    assert (back.code, "remis au travail" in back.out) == (0, True)
    assert state is MailState.HANDLED


def refuse(_mail: RawMail, *_known: object) -> None:
    """Handles nothing."""
    raise ValueError("no such thing")


def test_what_a_stop_interrupted_is_settled_before_work_begins(
    house: House, clock: Clock, here: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Else a letter that this process is sending would be taken for one that the process before left."""
    order: list[str] = []
    begun = threading.Event()

    def settle(_desk: Desk) -> None:
        begun.wait(0.3)
        order.append("settled")

    def send_it(_desk: Desk, letter: str) -> None:
        order.append(letter)
        begun.set()

    with a_desk(house, clock) as desk, at_work(desk):
        pass  # the engine's tables are made
    monkeypatch.setattr(jobs, "settle_interrupted", settle)
    monkeypatch.setattr(jobs, "send", send_it)
    with a_desk(house, clock) as desk:
        desk.engine.enqueue("send", "send/letter/0", "letter")
        with at_work(desk):
            assert desk.engine.idle(PATIENCE_S)

    assert order == ["settled", "letter"]
