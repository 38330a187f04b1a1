"""`ingest.mailbox` against servers that misbehave: late, out of order, cut, refusing, busy."""

import imaplib
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import IO

import pytest

from data.errors import MailboxError, MailboxRefused
from data.model import Heading, MailKey
from ingest.envelope import glance
from ingest.mailbox import Account, Lacking, Mailbox, open_mailbox

WHEN = datetime(2026, 9, 14, 8, 0, 0, tzinfo=UTC)
PDF = b"%PDF-1.4 invented"
A_HEADING = Heading(MailKey("x", "INBOX", 7, 1), WHEN, 9, b"", ())


def contents(mailbox: Mailbox, *uids: int) -> list[bytes | Lacking]:
    return list(mailbox.contents(list(mailbox.headings_of(uids))))


Answer = Callable[[str, str], bytes | Iterator[bytes | None] | None]
"""What is said to a tag and a command; nothing: what every server says; None: the line is cut."""


class Scripted:
    """An IMAP server of ten lines, for what Dovecot never does: each command is answered by `answer`."""

    def __init__(self, answer: Answer) -> None:
        self._answer = answer
        self._server = socket.create_server(("127.0.0.1", 0))
        self.port = self._server.getsockname()[1]
        self.said: list[str] = []
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            try:
                link, _ = self._server.accept()
            except OSError:
                return
            with link, link.makefile("rwb") as stream:
                stream.write(b"* OK ready\r\n")
                stream.flush()
                for line in stream:
                    tag, _, command = line.decode().strip().partition(" ")
                    self.said.append(command)
                    if not self._say(stream, tag, command):
                        break

    def _say(self, stream: IO[bytes], tag: str, command: str) -> bool:
        own = self._answer(tag, command)
        for piece in [own] if own is None or isinstance(own, bytes) else own:
            if piece is None:
                return False
            stream.write(piece or self._usual(tag, command))
            stream.flush()
        return True

    def _usual(self, tag: str, command: str) -> bytes:
        if command.startswith("CAPABILITY"):
            return f"* CAPABILITY IMAP4rev1\r\n{tag} OK x\r\n".encode()
        if command.startswith("EXAMINE"):
            return f"* 2 EXISTS\r\n* OK [UIDVALIDITY 7] x\r\n{tag} OK [READ-ONLY] x\r\n".encode()
        if command.startswith("UID SEARCH"):
            return f"* SEARCH 1 2\r\n{tag} OK x\r\n".encode()
        return f"{tag} OK x\r\n".encode()

    def close(self) -> None:
        self._server.shutdown(socket.SHUT_RDWR)
        self._server.close()
        self._thread.join(10)


@contextmanager
def scripted(answer: Answer) -> Iterator[tuple[Scripted, Account]]:
    server = Scripted(answer)
    try:
        yield server, Account("x", "127.0.0.1", server.port, "u", "p", tls="none", timeout_s=0.5)
    finally:
        server.close()


def fetched(uid: int, extra: str = "") -> bytes:
    """A FETCH response with a header, its UID last, as Exchange writes it."""
    header = f"Subject: mail {uid}\r\n\r\n"
    return (
        f'* {uid} FETCH (INTERNALDATE "14-Sep-2026 10:00:00 +0200" RFC822.SIZE 9 {extra}'
        f"BODY[HEADER]<0> {{{len(header)}}}\r\n{header} UID {uid})\r\n"
    ).encode()


def test_responses_are_told_apart_by_their_own_number() -> None:
    """Out of order, with a colleague's flags between them, and the UID behind the literal."""

    def answer(tag: str, command: str) -> bytes:
        if not command.startswith("UID FETCH"):
            return b""
        flags = b"* 2 FETCH (FLAGS (\\Seen))\r\n* 1 FETCH (UID 1 FLAGS ())\r\n* 9 EXISTS\r\n"
        return fetched(2) + flags + fetched(1) + flags + f"{tag} OK x\r\n".encode()

    with scripted(answer) as (_, account_), open_mailbox(account_) as mailbox:
        found = list(mailbox.headings(0))

    assert [(each.key.uid, glance(each).subject) for each in found] == [(1, "mail 1"), (2, "mail 2")]
    assert found[0].received_at == WHEN


def test_one_mail_whose_structure_cuts_the_line_stops_no_other() -> None:
    """Some servers hang up on the structure of a deeply nested mail: it is read without, the others with."""

    def answer(tag: str, command: str) -> bytes | None:
        if "BODYSTRUCTURE" in command and "2" in command.split()[2]:
            return None
        uids = (
            [int(each) for each in command.split()[2].split(",")] if command.startswith("UID FETCH") else []
        )
        part = 'BODYSTRUCTURE ("application" "pdf" ("name" "a.pdf") NIL NIL "base64" 9) '
        structure = part if "BODYSTRUCTURE" in command else ""
        return b"".join(fetched(uid, structure) for uid in uids) + (
            f"{tag} OK x\r\n".encode() if uids else b""
        )

    with scripted(answer) as (_, account_), open_mailbox(account_) as mailbox:
        found = [(each.key.uid, each.file_names) for each in mailbox.headings(0)]

    assert found == [(1, ("a.pdf",)), (2, ())]


def test_a_mail_the_server_cannot_read_stops_no_other() -> None:
    """It comes with an empty header, so that a person hears of it."""

    def answer(tag: str, command: str) -> bytes:
        if not command.startswith("UID FETCH"):
            return b""
        if "2" in command.split()[2] and "HEADER" in command:
            return f"{tag} NO [SERVERBUG] cannot read mail\r\n".encode()
        uids = [int(each) for each in command.split()[2].split(",")]
        whole = b"".join(
            fetched(uid) if "HEADER" in command else f"* 2 FETCH (UID {uid})\r\n".encode() for uid in uids
        )
        return whole + f"{tag} OK x\r\n".encode()

    with scripted(answer) as (_, account_), open_mailbox(account_) as mailbox:
        found = [(each.key.uid, bool(each.header)) for each in mailbox.headings(0)]

    assert found == [(1, True), (2, False)]


# ---------------------------------------------------------------- whole mails


WHOLE = {uid: f"Subject: mail {uid}\r\n\r\n{'x' * uid}".encode() for uid in range(1, 5)}


def whole(uid: int, length: int | None = None) -> bytes:
    """A FETCH response with a mail, or with only the first of its bytes."""
    content = WHOLE[uid]
    head = b"* %d FETCH (UID %d BODY[] {%d}\r\n" % (uid, uid, len(content))
    return head + (content[:length] if length is not None else content + b")\r\n")


def asked(command: str) -> list[int]:
    """The UIDs of a FETCH of whole mails."""
    return [int(each) for each in command.split()[2].split(",")] if "BODY.PEEK[]" in command else []


def looked(sizes: dict[int, int]) -> list[Heading]:
    return [replace(A_HEADING, key=MailKey("x", "INBOX", 7, uid), size_bytes=sizes[uid]) for uid in sizes]


def test_each_mail_is_handed_over_before_the_next_has_come() -> None:
    """One command for several mails, and none waits for those behind it, nor lies in memory with them."""
    go_on = threading.Event()

    def answer(tag: str, command: str) -> Iterator[bytes]:
        for uid in asked(command):
            yield whole(uid) + b"* 9 FETCH (FLAGS ())\r\n"
            assert go_on.wait(10)
        yield f"{tag} OK x\r\n".encode() if asked(command) else b""

    with scripted(answer) as (server, account_), open_mailbox(account_) as mailbox:
        arriving = mailbox.contents(looked({1: 9, 2: 9, 3: 9}))
        first = next(arriving)
        go_on.set()
        rest = list(arriving)

    assert [first, *rest] == [WHOLE[1], WHOLE[2], WHOLE[3]]
    assert [each for each in map(asked, server.said) if each] == [[1, 2, 3]]


def test_who_has_his_last_mail_goes_on_with_the_same_line() -> None:
    """Nobody need ask once more after the last: the next command finds the line free."""
    with (
        scripted(
            lambda tag, c: b"".join(map(whole, asked(c))) + (tag.encode() + b" OK x\r\n") * bool(asked(c))
        ) as (server, account_),
        open_mailbox(account_) as mailbox,
    ):
        arriving = mailbox.contents(looked({1: 9, 2: 9}))
        found = [next(arriving), next(arriving)]
        arriving.close()
        mailbox.uids()

    assert found == [WHOLE[1], WHOLE[2]]
    assert sum(command.startswith("EXAMINE") for command in server.said) == 1


def test_large_mails_are_asked_for_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small ones together up to a limit of bytes: what fails then costs little to ask for again."""
    monkeypatch.setattr("ingest.mailbox.GROUP", 100)

    def answer(tag: str, command: str) -> bytes:
        return b"".join(map(whole, asked(command))) + (f"{tag} OK x\r\n".encode() if asked(command) else b"")

    with scripted(answer) as (server, account_), open_mailbox(account_) as mailbox:
        found = list(mailbox.contents(looked({1: 60, 2: 40, 3: 1000, 4: 1})))

    assert found == list(WHOLE.values())
    assert [each for each in map(asked, server.said) if each] == [[1, 2], [3], [4]]


@pytest.mark.parametrize("length", [0, 5, 20])
def test_a_line_cut_in_the_middle_of_a_mail_never_passes_for_the_whole(length: int) -> None:
    """Those that came before are handed over; the cut one and those behind it are asked for on a new line."""
    cut: list[str] = []

    def answer(tag: str, command: str) -> Iterator[bytes | None]:
        if not asked(command):
            yield b""
        elif cut:
            yield b"".join(map(whole, asked(command))) + f"{tag} OK x\r\n".encode()
        else:
            cut.append(command)
            yield whole(1) + whole(2, length)
            yield None

    with scripted(answer) as (server, account_), open_mailbox(account_) as mailbox:
        found = list(mailbox.contents(looked({1: 9, 2: 9, 3: 9})))

    assert found == [WHOLE[1], WHOLE[2], WHOLE[3]]
    assert [each for each in map(asked, server.said) if each] == [[1, 2, 3], [2], [3]]


def test_mails_out_of_turn_are_handed_over_in_turn() -> None:
    """RFC 9051 promises no order; the position in the folder needs one."""

    def answer(tag: str, command: str) -> bytes:
        mails = b"".join(map(whole, reversed(asked(command))))
        return mails + (f"{tag} OK x\r\n".encode() if mails else b"")

    with scripted(answer) as (_, account_), open_mailbox(account_) as mailbox:
        assert list(mailbox.contents(looked({1: 9, 2: 9, 3: 9}))) == [WHOLE[1], WHOLE[2], WHOLE[3]]


@pytest.mark.parametrize(
    "said", ["NO the message could not be converted", "NO [SERVERBUG] internal error", "BAD x", "cut", "NIL"]
)
def test_a_mail_that_the_server_does_not_give_out_stops_no_other(said: str) -> None:
    """It lies there, and cannot be had: the others come, and it is not taken for deleted."""

    def answer(tag: str, command: str) -> Iterator[bytes | None]:
        for uid in asked(command):
            if uid != 2:
                yield whole(uid)
            elif said == "NIL":
                yield b"* 2 FETCH (UID 2 BODY[] NIL)\r\n"
            else:
                yield None if said == "cut" else f"{tag} {said}\r\n".encode()
                return
        yield f"{tag} OK x\r\n".encode() if asked(command) else b""

    with scripted(answer) as (_, account_), open_mailbox(account_) as mailbox:
        found = list(mailbox.contents(looked({1: 9, 2: 9, 3: 9})))

    assert found == [WHOLE[1], Lacking.WITHHELD, WHOLE[3]]


def test_a_server_that_is_busy_is_asked_again_later() -> None:
    """« Try again later » says nothing of the mail: the poll ends there, and the next begins with it."""

    def answer(tag: str, command: str) -> bytes:
        return f"{tag} NO [UNAVAILABLE] try again later\r\n".encode() if asked(command) else b""

    with (
        scripted(answer) as (_, account_),
        open_mailbox(account_) as mailbox,
        pytest.raises(MailboxError, match="try again later") as error,
    ):
        list(mailbox.contents([A_HEADING]))

    assert not isinstance(error.value, MailboxRefused)


def test_a_folder_made_anew_meanwhile_is_not_read_on() -> None:
    """After a lost line the folder has another UIDVALIDITY: its numbers mean other mails."""
    opened: list[int] = []

    def answer(tag: str, command: str) -> bytes | None:
        if command.startswith("EXAMINE"):
            opened.append(7 + len(opened))
            return f"* OK [UIDVALIDITY {opened[-1]}] x\r\n{tag} OK x\r\n".encode()
        return None if command.startswith("UID FETCH") else b""

    with (
        scripted(answer) as (_, account_),
        open_mailbox(account_) as mailbox,
        pytest.raises(MailboxError, match="made anew"),
    ):
        list(mailbox.headings(0))


def test_a_frozen_server_is_left_after_the_timeout() -> None:
    """A server that does not answer costs the timeout, and is tried again at the next poll."""

    def answer(_tag: str, command: str) -> bytes:
        return b"* OK still thinking\r\n" if command.startswith("UID SEARCH") else b""

    with (
        scripted(answer) as (_, account_),
        open_mailbox(account_) as mailbox,
        pytest.raises(MailboxError) as error,
    ):
        list(mailbox.headings(0))

    assert not isinstance(error.value, MailboxRefused)


@pytest.mark.parametrize(
    ("said", "for_good"),
    [
        ("NO [AUTHENTICATIONFAILED] Authentication failed.", True),
        ("NO [UNAVAILABLE] Temporary authentication failure.", False),
        ("NO [LIMIT] Maximum number of connections exceeded", False),
        ("BAD User is authenticated but not connected.", False),
    ],
)
def test_a_refusal_for_the_moment_is_no_refusal(said: str, for_good: bool) -> None:
    """What servers refuse when they are busy is tried again; a wrong password is not."""
    with scripted(
        lambda tag, command: f"{tag} {said}\r\n".encode() if command.startswith("LOGIN") else b""
    ) as (
        _,
        account_,
    ):
        with pytest.raises(MailboxError) as error:
            open_mailbox(account_).__enter__()

        assert isinstance(error.value, MailboxRefused) is for_good


def test_a_server_without_starttls_is_not_talked_to_in_clear() -> None:
    """The password stays unsaid."""
    with scripted(lambda _tag, _command: b"") as (server, account_):
        with pytest.raises(MailboxRefused, match="STARTTLS"):
            open_mailbox(replace(account_, tls="starttls")).__enter__()

        assert not any(command.startswith(("LOGIN", "AUTHENTICATE")) for command in server.said)


def test_nothing_but_looking_is_ever_said() -> None:
    """Every command of a whole reading is one that cannot change a mailbox."""

    def answer(tag: str, command: str) -> bytes:
        if not command.startswith("UID FETCH"):
            return b""
        return fetched(1) + fetched(2) + f"{tag} OK x\r\n".encode()

    with scripted(answer) as (server, account_), open_mailbox(account_) as mailbox:
        list(mailbox.headings(0))
        contents(mailbox, 1)
    harmless = ("CAPABILITY", "LOGIN", "EXAMINE", "NOOP", "UID SEARCH", "UID FETCH", "LOGOUT")

    assert all(command.startswith(harmless) for command in server.said)
    assert all("PEEK" in command for command in server.said if "BODY[" in command or "HEADER" in command)


def test_every_foreign_error_is_translated() -> None:
    """What imaplib and the socket raise under `count` and `content` leaves as ours."""

    def answer(_tag: str, command: str) -> bytes | None:
        return None if command.startswith(("STATUS", "UID", "LIST")) else b""

    for doing in (
        Mailbox.count,
        Mailbox.folders,
        lambda box: list(box.contents([A_HEADING])),
        lambda box: list(box.headings(0)),
    ):
        with (
            scripted(answer) as (_, account_),
            open_mailbox(account_) as mailbox,
            pytest.raises(MailboxError),
        ):
            doing(mailbox)


def test_the_error_of_a_lost_line_is_the_passing_kind() -> None:
    """The trap that the door rests on: imaplib's `abort` is a subclass of its `error`."""
    assert issubclass(imaplib.IMAP4.abort, imaplib.IMAP4.error)
