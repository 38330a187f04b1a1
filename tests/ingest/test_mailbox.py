"""`ingest.mailbox` against a real Dovecot: it looks, it fetches, it changes nothing."""

import socket
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal

import pytest

from data.errors import MailboxError, MailboxRefused
from data.model import Heading, MailKey
from ingest.envelope import glance
from ingest.mailbox import Account, Lacking, Mailbox, open_mailbox
from tests.builders import a_mail
from tests.servers import Dovecot

WHEN = datetime(2026, 9, 14, 8, 0, 0, tzinfo=UTC)
PDF = b"%PDF-1.4 invented"
A_HEADING = Heading(MailKey("x", "INBOX", 7, 1), WHEN, 9, b"", ())


@pytest.fixture
def user(dovecot: Dovecot) -> str:
    """An empty inbox of this test's own."""
    return dovecot.account()


def account(
    dovecot: Dovecot,
    user: str,
    *,
    tls: Literal["implicit", "starttls", "none"] = "implicit",
    ca_file: Path | None = None,
    trusted: bool = True,
    folder: str = "INBOX",
    password: str | None = None,
    timeout_s: float = 20,
) -> Account:
    """How to reach an inbox of the test server."""
    return Account(
        name="matthias",
        host=dovecot.host,
        port=dovecot.imaps if tls == "implicit" else dovecot.imap,
        user=user,
        password=dovecot.users[user] if password is None else password,
        folder=folder,
        tls=tls,
        ca_file=dovecot.cert if trusted else ca_file,
        timeout_s=timeout_s,
    )


def contents(mailbox: Mailbox, *uids: int) -> list[bytes | Lacking]:
    return list(mailbox.contents(list(mailbox.headings_of(uids))))


def headings(dovecot: Dovecot, user: str, after: int = 0) -> list[Heading]:
    with open_mailbox(account(dovecot, user)) as mailbox:
        return list(mailbox.headings(after))


# ---------------------------------------------------------------- looking


def test_a_heading_says_what_the_server_knows(dovecot: Dovecot, user: str) -> None:
    """Place, time of reception, size, header and names of files, without the body."""
    raw = a_mail(
        "Corps secret",
        subject="Dossier – La Remise",
        files={"Rapport d’activité.pdf": PDF, "transfert.eml": ("application/octet-stream", a_mail())},
    )
    uid = dovecot.append(user, raw, WHEN)

    with open_mailbox(account(dovecot, user)) as mailbox:
        (heading,) = mailbox.headings(0)

        assert heading.key.uid == uid
        assert (heading.key.account, heading.key.folder) == ("matthias", "INBOX")
        assert heading.key.uidvalidity == mailbox.uidvalidity > 0
    assert heading.received_at == WHEN
    assert heading.size_bytes == len(raw)
    assert heading.file_names == ("Rapport d’activité.pdf", "transfert.eml")
    assert glance(heading).subject == "Dossier – La Remise"
    assert b"secret" not in heading.header


def test_reading_changes_nothing(dovecot: Dovecot, user: str) -> None:
    """Flags, numbers and order are as before; nothing is marked as read."""
    dovecot.append(user, a_mail(subject="un"))
    dovecot.append(user, a_mail(subject="deux"), flags="\\Flagged")
    dovecot.append(user, a_mail(subject="trois"), flags="\\Seen \\Deleted")
    before = dovecot.flags(user)

    with open_mailbox(account(dovecot, user)) as mailbox:
        seen = list(mailbox.contents(list(mailbox.headings(0))))
    again = headings(dovecot, user)

    assert len(seen) == 3
    assert all(seen)
    assert dovecot.flags(user) == before == ["", "\\Flagged", "\\Deleted \\Seen"] or set(
        before[2].split()
    ) == {
        "\\Seen",
        "\\Deleted",
    }
    assert [each.key.uid for each in again] == [1, 2, 3]


def test_the_bytes_are_the_mails_own(dovecot: Dovecot, user: str) -> None:
    """What is fetched is what was delivered, byte for byte."""
    raw = a_mail(files={"a.pdf": bytes(range(256)) * 400})
    uid = dovecot.append(user, raw)

    with open_mailbox(account(dovecot, user)) as mailbox:
        content = contents(mailbox, uid)

    assert content == [raw]


def test_only_new_mail_is_looked_at(dovecot: Dovecot, user: str) -> None:
    """Above the last UID there is nothing, although « n:* » always holds the last mail."""
    last = [dovecot.append(user, a_mail(subject=str(n))) for n in range(3)][-1]

    assert [each.key.uid for each in headings(dovecot, user, last - 1)] == [last]
    assert headings(dovecot, user, last) == []
    assert headings(dovecot, user, last + 100) == []


def test_a_mail_that_comes_while_the_inbox_is_open_is_seen(dovecot: Dovecot, user: str) -> None:
    """The second look shows what was delivered after the first."""
    with open_mailbox(account(dovecot, user)) as mailbox:
        first = list(mailbox.headings(0))
        dovecot.deliver(user, a_mail())
        second = list(mailbox.headings(0))

        assert (first, len(second), mailbox.count()) == ([], 1, 1)


def test_more_than_one_chunk_is_read_in_order(
    dovecot: Dovecot, user: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """However many commands it takes, each mail has its own header."""
    monkeypatch.setattr("ingest.mailbox.CHUNK", 3)
    for number in range(8):
        dovecot.append(user, a_mail(subject=f"mail {number}"))

    assert [glance(each).subject for each in headings(dovecot, user)] == [f"mail {n}" for n in range(8)]


def test_a_mail_that_is_gone_is_none(dovecot: Dovecot, user: str) -> None:
    """A colleague deleted it meanwhile: no error, no neighbour's mail in its place."""
    mails = [a_mail(subject=f"mail {n}") for n in range(4)]
    for mail in mails:
        dovecot.append(user, mail)

    with open_mailbox(account(dovecot, user)) as mailbox:
        looked = list(mailbox.headings(0))
        dovecot.doveadm("expunge", "-u", user, "mailbox", "INBOX", "uid", "2")
        found = list(mailbox.contents(looked))

    assert found == [mails[0], Lacking.GONE, *mails[2:]]


def test_a_colleague_at_work_mixes_nothing_up(dovecot: Dovecot, user: str) -> None:
    """While somebody flags mails in another program, each heading keeps its own number."""
    uids = [dovecot.append(user, a_mail(subject=f"mail {n}")) for n in range(1, 6)]
    with open_mailbox(account(dovecot, user)) as mailbox:
        for round_ in range(5):
            dovecot.doveadm(
                "flags", "add" if round_ % 2 else "remove", "-u", user, "\\Flagged", "mailbox", "INBOX", "all"
            )

            assert [glance(each).subject for each in mailbox.headings(0)] == [f"mail {uid}" for uid in uids]


def test_folders_and_capabilities_are_told(dovecot: Dovecot, user: str) -> None:
    """For `doctor`: what folders there are, and what the server can do after the login."""
    with open_mailbox(account(dovecot, user)) as mailbox:
        assert "INBOX" in mailbox.folders()
        assert {"IMAP4REV1", "IDLE"} <= set(mailbox.capabilities)


def test_a_header_without_end_is_cut(dovecot: Dovecot, user: str) -> None:
    """A giant header costs 64 KiB, not its whole length."""
    dovecot.append(user, b"Subject: x\r\n" + b"X-Long: y\r\n" * 20_000 + b"\r\nbody")

    (heading,) = headings(dovecot, user)

    assert len(heading.header) == 64 * 1024
    assert glance(heading).subject == "x"


@pytest.mark.parametrize("returned", ["text/rfc822-headers", "message/rfc822"])
def test_a_bounce_is_known_by_the_subject_that_it_returns(dovecot: Dovecot, user: str, returned: str) -> None:
    """Whole or the header alone: its name tells whose mail came back, and the report stays unread."""
    report = b"\r\n".join([
        b"Subject: Undelivered Mail Returned to Sender",
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        *(b"", b"--b", b"", b"We are sorry."),
        *(b"--b", b"Content-Type: message/delivery-status", b"", b"Action: failed"),
        *(b"--b", b"Content-Type: " + returned.encode(), b""),
        *(b"Message-ID: <ours-1@coopcity.be>", b"Subject: =?utf-8?Q?Re=C3=A7u?= [BL26-K7Q3M]", b"", b"--b--"),
    ])  # fmt: skip
    dovecot.append(user, report)
    dovecot.append(user, a_mail(files={"rfc822-headers.txt": b"report"}))

    bounce, other = headings(dovecot, user)

    assert bounce.file_names[-1] == "Reçu [BL26-K7Q3M].eml"
    assert b"sorry" not in bounce.header
    assert other.file_names == ("rfc822-headers.txt",)


# ---------------------------------------------------------------- trust and refusal


@pytest.mark.parametrize("tls", ["implicit", "starttls", "none"])
def test_each_way_of_connecting_works(
    dovecot: Dovecot, user: str, tls: Literal["implicit", "starttls", "none"]
) -> None:
    """TLS from the start, by STARTTLS, or none for a loopback server."""
    with open_mailbox(account(dovecot, user, tls=tls)) as mailbox:
        assert mailbox.count() == 0


@pytest.mark.parametrize("tls", ["implicit", "starttls"])
def test_a_certificate_nobody_vouches_for_is_refused(
    dovecot: Dovecot, user: str, tls: Literal["implicit", "starttls"]
) -> None:
    """A self-signed certificate is refused unless the settings name it."""
    with pytest.raises(MailboxRefused, match="certificate is not trusted") as refusal:
        open_mailbox(account(dovecot, user, tls=tls, trusted=False)).__enter__()

    assert "ca_file" in refusal.value.advice


def test_a_missing_file_of_certificates_is_named(dovecot: Dovecot, user: str, tmp_path: Path) -> None:
    """The settings name a file that is not there."""
    with pytest.raises(MailboxRefused, match=r"none\.pem"):
        open_mailbox(account(dovecot, user, trusted=False, ca_file=tmp_path / "none.pem")).__enter__()


@pytest.mark.parametrize("password", ["wrong", "fâux", 'quo"te\\', ""])
def test_a_wrong_password_is_refused(dovecot: Dovecot, user: str, password: str) -> None:
    """Whatever its letters, for good: trying again is no use."""
    with pytest.raises(MailboxRefused, match="logging in"):
        open_mailbox(account(dovecot, user, password=password)).__enter__()


@pytest.mark.parametrize("folder", ["Nulle part", "Été"])
def test_an_unknown_folder_is_refused(dovecot: Dovecot, user: str, folder: str) -> None:
    """The message names the folder."""
    with pytest.raises(MailboxRefused, match=folder):
        open_mailbox(account(dovecot, user, folder=folder)).__enter__()


def test_an_unreachable_server_may_come_back() -> None:
    """Nobody listens: the next poll tries again."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    away = Account("info", "127.0.0.1", port, "u", "p", tls="none", timeout_s=5)

    with pytest.raises(MailboxError) as error:
        open_mailbox(away).__enter__()

    assert not isinstance(error.value, MailboxRefused)


def test_the_password_is_never_shown() -> None:
    """Neither in the account's repr nor in its name."""
    secret = Account("info", "imap.example", 993, "u", "s3cret")

    assert "s3cret" not in f"{secret!r} {secret}"
