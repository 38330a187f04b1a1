"""The embedded mail world speaks real IMAP and SMTP, on the clock it is given."""

import gc
import imaplib
import smtplib
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
from imap_tools import AND, MailBoxUnencrypted

from desk.demo.mailworld import MailWorld
from tests.builders import a_mail

MATTHIAS, INFO = "matthias@coopcity.be", "info@coopcity.be"
NINE_59_59 = datetime(2026, 9, 14, 7, 59, 59, tzinfo=UTC)


class Clock:
    """A clock that stands still until it is set."""

    def __init__(self) -> None:
        self.now = NINE_59_59

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def world(clock: Clock) -> Iterator[MailWorld]:
    with MailWorld({MATTHIAS: "m", INFO: "i"}, clock) as running:
        yield running


def send(world: MailWorld, raw: bytes, *recipients: str) -> None:
    with smtplib.SMTP(world.host, world.smtp_port, timeout=10) as link:
        link.sendmail("aline@laremise.example", recipients, raw)


def inbox(world: MailWorld, user: str) -> MailBoxUnencrypted:
    box = MailBoxUnencrypted(world.host, world.imap_port, timeout=10)
    box.login(user, world.accounts[user])
    return box


def test_a_mail_to_both_inboxes_lies_in_both_and_nowhere_else(world: MailWorld) -> None:
    """Both copies carry the bytes that were sent, under the two headers of the last server."""
    raw = a_mail(files={"Dossier.pdf": b"%PDF-1.7"})

    send(world, raw, MATTHIAS, INFO)
    found = []
    for user in (MATTHIAS, INFO):
        with inbox(world, user) as box:
            found += [mail.obj.as_bytes().replace(b"\n", b"\r\n") for mail in box.fetch(mark_seen=False)]

    assert len(found) == 2
    assert all(copy.endswith(raw) for copy in found)
    assert [f"<{user}>".encode() in copy for user, copy in zip((MATTHIAS, INFO), found, strict=True)] == [
        True
    ] * 2
    assert world.outgoing == []


def test_the_time_of_delivery_is_the_clock_s(world: MailWorld, clock: Clock) -> None:
    """INTERNALDATE and Received tell the time given, to the second, not the machine's."""
    for seconds in (0, 1, 2):
        clock.now = NINE_59_59 + timedelta(seconds=seconds)
        send(world, a_mail(), INFO)
    with inbox(world, INFO) as box:
        data = box.client.uid("FETCH", "1:*", "(INTERNALDATE BODY.PEEK[HEADER.FIELDS (RECEIVED)])")[1]
    told = " ".join(str(part) for part in data)

    assert [second in told for second in ("07:59:59 +0000", "08:00:00 +0000", "08:00:01 +0000")] == [True] * 3
    assert "Mon, 14 Sep 2026 08:00:01 +0000" in told


def test_mail_to_the_world_outside_is_kept(world: MailWorld) -> None:
    """A letter to an applicant is accepted and kept with its time; a mail can go both ways at once."""
    send(world, a_mail(), "aline@laremise.example", INFO)

    assert [(o.at, o.recipient, o.content) for o in world.outgoing] == [
        (NINE_59_59, "aline@laremise.example", a_mail())
    ]
    with inbox(world, INFO) as box:
        assert len(box.uids()) == 1


def test_an_unknown_colleague_is_refused(world: MailWorld) -> None:
    """An address of our own domain without an account is refused, as a real server does."""
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        send(world, a_mail(), "nobody@coopcity.be")


def test_a_wrong_password_is_refused(world: MailWorld) -> None:
    """IMAP and SMTP let only the right password in."""
    with imaplib.IMAP4(world.host, world.imap_port, timeout=10) as client, pytest.raises(imaplib.IMAP4.error):
        client.login(INFO, "m")
    with smtplib.SMTP(world.host, world.smtp_port, timeout=10) as link:
        with pytest.raises(smtplib.SMTPAuthenticationError):
            link.login(INFO, "m")
        assert link.login(INFO, "i")[0] == 235


def test_searching_and_keywords_work(world: MailWorld) -> None:
    """A keyword that is stored stays, and is found."""
    world.deliver(MATTHIAS, a_mail(), flags=[r"\Seen"])
    with inbox(world, MATTHIAS) as box:
        uid = box.uids()[0]
        box.client.uid("STORE", uid, "+FLAGS", "(Vu)")

        assert box.uids(AND(keyword="Vu", seen=True)) == [uid]


def test_connections_live_through_garbage_collection(world: MailWorld) -> None:
    """An idle session answers after any number of collections."""
    with inbox(world, MATTHIAS) as box:
        for _ in range(5):
            gc.collect()

            assert box.client.noop()[0] == "OK"


def test_stopping_closes_the_ports(clock: Clock) -> None:
    """After `stop` nobody answers, even where a client was still connected."""
    world = MailWorld({INFO: "i"}, clock).start()
    left_open = imaplib.IMAP4(world.host, world.imap_port, timeout=10)
    world.stop()
    left_open.shutdown()

    with pytest.raises(OSError, match="refused"):
        imaplib.IMAP4(world.host, world.imap_port, timeout=2)
