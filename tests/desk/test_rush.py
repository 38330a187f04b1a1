"""The last morning: forty applications within half an hour, each answered in time, and servers in trouble."""

import signal
import smtplib
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.errors import MailboxError
from data.model import LetterKind, LetterState
from desk import jobs
from desk.wiring import Desk
from ingest.envelope import identity
from tests.builders import a_mail
from tests.desk.desks import Place, an_application, come_to_work, notebook, read_and_judge, send_all
from tests.servers import Absent, Dovecot, SmtpSink, skip_without

IN_TIME = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)
QUIET_MIN = 20


@pytest.fixture
def place(tmp_path: Path, dovecot: Dovecot, smtp: SmtpSink) -> Place:
    """Two empty inboxes, and an empty folder."""
    return Place(tmp_path, dovecot, (dovecot.account(), dovecot.account()), smtp)


def applicant(number: int) -> bytes:
    """The asked mail of a structure of its own; small, since reading is not what is tested."""
    return a_mail(
        f"Bonjour, voici notre dossier. Jardin {number}",
        subject=f"Dossier de candidature – COOPCITY 2026 – Jardin Partagé {number}",
        sender=f"contact@jardin-{number}.example",
        message_id=f"<{number}@jardin.example>",
        files={f"Statuts {number}.txt": f"Statuts de l'asbl Jardin Partagé {number}".encode()},
    )


def test_forty_applications_in_half_an_hour_are_each_answered_in_time(place: Place) -> None:
    """Each letter leaves within five minutes after its quiet period, by the ticks of the timetable."""
    arrived: dict[str, datetime] = {}
    start = place.clock.moment = datetime(2026, 9, 14, 7, 20, tzinfo=UTC)
    with place.desk() as desk:
        quiet = desk.settings.sending.model_copy(update={"quiet_minutes": QUIET_MIN})
        object.__setattr__(desk, "settings", desk.settings.model_copy(update={"sending": quiet}))
        come_to_work(desk)
        for minute in range(62):
            place.clock.moment = start + timedelta(minutes=minute)
            coming = range(minute * 4 // 3, (minute + 1) * 4 // 3) if minute < 30 else range(0)
            for number in coming:
                mail = applicant(number)
                place.dovecot.append(place.inboxes[number % 2], mail, place.clock.now())
                arrived[f"contact@jardin-{number}.example"] = place.clock.now()
            if minute % 2 == 0 and minute <= 32:
                read_and_judge(desk)
            send_all(desk)
        left = {
            desk.store.letters.get(each.id).letter.recipient.email: each.sent_at
            for each in desk.store.letters.facts(states=[LetterState.SENT])
        }

    assert len(arrived) == 40
    assert left.keys() == arrived.keys()
    waits = [left[address] - at for address, at in arrived.items()]  # type: ignore[operator]
    assert max(waits) <= timedelta(minutes=QUIET_MIN + 5)
    assert len(place.smtp.mails) == 40


# ---------------------------------------------------------------- a Dovecot of one's own, in trouble


@pytest.fixture
def sick(tmp_path: Path, smtp: SmtpSink) -> Iterator[Place]:
    """A place whose mail server this test may kill."""
    try:
        server = Dovecot()
    except Absent as absent:
        skip_without(absent)
    try:
        yield Place(tmp_path, server.start(), (server.account(), server.account()), smtp)
    finally:
        server.close()


def letters(desk: Desk) -> int:
    return len([each for each in desk.store.letters.facts() if each.kind is LetterKind.REPLY])


def test_a_server_killed_in_mid_fetch_costs_a_poll_and_no_mail(sick: Place) -> None:
    """SIGKILL while large mails are read: an error that passes; the next poll goes on from there."""
    inbox = sick.inboxes[0]
    for number in range(6):
        big = {f"Statuts {number}.pdf": b"%PDF-1.4" + bytes([65 + number]) * 3_000_000}
        letter = "ABCDEF"[number]
        subject = f"Dossier de candidature – COOPCITY 2026 – Jardin {letter}"
        mail = a_mail(subject=subject, sender=f"{letter}@x.example", message_id=f"<{letter}@x>", files=big)
        sick.dovecot.append(inbox, mail, IN_TIME)
    with sick.desk() as desk:
        killer = threading.Thread(target=lambda: (_until_kept(desk, 1), sick.dovecot.stop(signal.SIGKILL)))
        killer.start()
        error = jobs.poll(desk, desk.accounts[0])
        killer.join(30)
        after_kill = len(notebook(desk).asked)
        sick.dovecot.start()
        again = jobs.poll(desk, desk.accounts[0])

        assert error is None or isinstance(error, MailboxError)
        assert 1 <= after_kill <= 6
        assert again is None
        assert len(notebook(desk).asked) == 6


def _until_kept(desk: Desk, number: int) -> None:
    end = time.monotonic() + 20
    while len(notebook(desk).asked) < number and time.monotonic() < end:
        time.sleep(0.001)


def test_a_server_that_is_down_is_told_and_read_when_it_is_back(sick: Place) -> None:
    """The poll says what is wrong, keeps nothing, and sends nothing twice afterwards."""
    sick.append(an_application())
    with sick.desk() as desk:
        come_to_work(desk)
        sick.dovecot.stop()
        troubles = [jobs.poll(desk, account) for account in desk.accounts]
        told = [each.trouble for each in desk.store.inboxes()]
        sick.dovecot.start()
        read_and_judge(desk)
        read_and_judge(desk)
        send_all(desk)

        assert all(isinstance(each, MailboxError) for each in troubles)
        assert all(told)
        assert [each.trouble for each in desk.store.inboxes()] == [None, None]
        assert (letters(desk), len(sick.smtp.mails)) == (1, 1)


def test_a_read_only_folder_is_read_as_any_other(place: Place) -> None:
    """We never write to it: a folder that takes no more mail, and whose files nobody may change, is read."""
    place.append(an_application())
    inbox = place.inboxes[0]
    place.dovecot.doveadm("mailbox", "create", "-u", inbox, "Plein")
    place.dovecot.append(inbox, applicant(1), IN_TIME, folder="Plein")
    folder = place.dovecot.folder_of(inbox, "Plein")
    folder.chmod(0o555)
    try:
        with place.desk() as desk:
            come_to_work(desk)
            read_and_judge(desk)

            assert desk.store.mail(identity(applicant(1))).content == applicant(1)
            assert len(desk.store.applications()) == 2
    finally:
        folder.chmod(0o755)


def test_an_inbox_over_its_quota_is_read_as_any_other(tmp_path: Path, smtp: SmtpSink) -> None:
    """It holds more than it may and takes nothing more in, as senders are told; what lies there is read."""
    try:
        server = Dovecot(quota_kb=300)
    except Absent as absent:
        skip_without(absent)
    try:
        place = Place(tmp_path, server.start(), (server.account(), server.account()), smtp)
        inbox = place.inboxes[0]
        server.append(inbox, an_application(), IN_TIME)
        server.stop()
        server.quota_kb = len(an_application()) // 2048
        server.start()
        with pytest.raises(RuntimeError, match="OVERQUOTA"):
            server.append(inbox, applicant(1), IN_TIME)
        with pytest.raises(smtplib.SMTPDataError, match=r"5\.2\.2"):
            server.deliver(inbox, applicant(1))
        before = server.flags(inbox)
        with place.desk() as desk:
            come_to_work(desk)
            read_and_judge(desk)

            assert desk.store.mail(identity(an_application())).content == an_application()
            assert len(desk.store.applications()) == 1
            assert [each.trouble for each in desk.store.inboxes()] == [None, None]
        assert server.flags(inbox) == before == [""]
    finally:
        server.close()
