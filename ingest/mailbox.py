"""Door to IMAP: looks at an inbox and fetches from it; never changes it.

imap-tools speaks, on a connection that knows a deadline (`patience`). The fetching is done here, on the
same connection, because imap-tools' pairs responses two by two: one mail flagged by a colleague meanwhile,
and each mail bears its neighbour's number. Folders are opened with EXAMINE and bodies read with PEEK, so
nothing is marked as read; nothing is ever flagged, moved or deleted. All foreign errors become
`MailboxError` or `MailboxRefused` here.
"""

import imaplib
import re
import ssl
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Literal, NamedTuple

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from data.errors import MailboxError, MailboxRefused
from data.model import Heading, MailKey
from ingest.access import Access, Password
from ingest.envelope import unnamed
from ingest.headers import MAX_HEADER, file_name, moment, parameters, split_block, words
from ingest.patience import Deadline, Plain, Secure

CHUNK = 100
"""Mails asked for in one command."""

_HEADER = f"BODY.PEEK[HEADER]<0.{MAX_HEADER}>"
_FACTS = "UID INTERNALDATE RFC822.SIZE"
_STRUCTURE = "BODYSTRUCTURE"

_MONTHS = {
    name: number
    for number, name in enumerate(
        ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"), 1
    )
}
_NAMES = {number: name.capitalize() for name, number in _MONTHS.items()}
_NOT_RECEIVED = frozenset({
    *("\\noselect", "\\nonexistent", "\\sent", "\\drafts"),
    *("\\all", "\\flagged", "\\important"),  # Gmail's: the same mails once more
})  # fmt: skip
_SOMEBODY_ELSES = re.compile(
    r"(?:user|other users|shared|shared folders|public|#\w+)(?:[./\\]|$)", re.IGNORECASE
)
"""How servers name the places where other people's folders appear."""
_DATE = re.compile(rb"\s*(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})")
_TOKEN = re.compile(rb'([()])|"((?:[^"\\]|\\.)*)"|([^\s()"]+)|"', re.DOTALL)

_PASSING = re.compile(
    r"unavailable|inuse|in use|limit|too many|serverbug|internal error|temporar|try again|later|not connected"
    r"|timed? ?out|overload|busy",
    re.IGNORECASE,
)
"""What servers say when they refuse for the moment, as Exchange: « authenticated but not connected »."""


# ---------------------------------------------------------------- the account


@dataclass(frozen=True, slots=True)
class Account:
    """How to reach one inbox."""

    name: str
    host: str
    port: int
    user: str
    password: str = field(default="", repr=False)
    folder: str = "INBOX"
    subfolders: bool = False
    """Look also into the other folders."""
    tls: Literal["implicit", "starttls", "none"] = "implicit"
    ca_file: Path | None = None
    """Certificates to trust instead of the system's."""
    timeout_s: float = 60
    """Of each read from the connection; imap-tools waits for ever unless told."""
    limit_s: float = 900
    """Of all that is read in one visit: a server that drips is never silent for long."""
    access: Access | None = field(default=None, repr=False)
    """How to log in where it is not by the password."""

    def __str__(self) -> str:
        return f"{self.name} ({self.user} at {self.host}:{self.port})"


@contextmanager
def open_mailbox(account: Account) -> "Iterator[Mailbox]":
    """An inbox, connected, logged in and opened for looking.

    Raises:
        MailboxRefused: wrong password, unknown folder, a certificate that cannot be trusted.
        MailboxError: unreachable, or broken off; the next poll may fare better.
    """
    mailbox = Mailbox(account)
    try:
        yield mailbox
    finally:
        mailbox.close()


# ---------------------------------------------------------------- errors


@contextmanager
def _door(account: Account, doing: str) -> Iterator[None]:
    """Translate what imaplib, ssl, socket and imap-tools raise."""
    try:
        yield
    except ssl.SSLCertVerificationError as error:
        raise MailboxRefused(
            f"{account}: {doing}: the server's certificate is not trusted: {error.verify_message}",
            "Check the host name, or name the issuer's certificate as ca_file of this inbox.",
        ) from error
    # `abort` is a subclass of `error`: a broken connection is passing, a refusal is not.
    except (imaplib.IMAP4.abort, OSError) as error:
        raise MailboxError(f"{account}: {doing}: {_said(error)}") from error
    except (ImapToolsError, imaplib.IMAP4.error) as error:
        kind = MailboxError if _PASSING.search(str(error)) else MailboxRefused
        raise kind(f"{account}: {doing}: {_said(error)}") from error
    except UnicodeError as error:
        raise MailboxRefused(f"{account}: {doing}: the server cannot be told these letters") from error
    except ValueError as error:
        raise MailboxRefused(f"{account}: {doing}: {error}") from error


def _said(error: Exception) -> str:
    """What the server said, without the libraries' wrapping."""
    result = getattr(error, "command_result", None)
    if result:
        parts = (each.decode("utf-8", "replace") for each in result[1] if isinstance(each, bytes))
        return " ".join(parts) or str(error)
    return str(error) or type(error).__name__


def _context(account: Account) -> ssl.SSLContext:
    """Without a context of our own imaplib verifies nothing."""
    try:
        return ssl.create_default_context(cafile=account.ca_file)
    except OSError as error:
        raise MailboxRefused(f"{account}: the certificates in {account.ca_file} cannot be read") from error


class _Box(BaseMailBox):
    """imap-tools' mailbox on a connection that knows a deadline."""

    def __init__(self, client: imaplib.IMAP4) -> None:
        self._made = client
        super().__init__()

    def _get_mailbox_client(self) -> imaplib.IMAP4:
        return self._made


def _connect(account: Account, deadline: Deadline) -> BaseMailBox:
    where = (account.host, account.port, account.timeout_s, deadline)
    match account.tls:
        case "implicit":
            return _Box(Secure(*where, _context(account)))
        case "starttls":
            return _Box(_made_secure(Plain(*where), account))
        case "none":
            return _Box(Plain(*where))


def _made_secure(client: Plain, account: Account) -> Plain:
    """Ask for TLS; a server that does not offer it is not talked to in clear."""
    try:
        context = _context(account) if "STARTTLS" in client.capabilities else None
        if context:
            client.starttls(context)
            return client
    except BaseException:
        _hang_up(client)
        raise
    _hang_up(client)
    raise imaplib.IMAP4.error("the server does not offer STARTTLS")


def _hang_up(client: imaplib.IMAP4) -> None:
    with suppress(OSError):
        client.shutdown()


# ---------------------------------------------------------------- the mailbox


class Mailbox:
    """One open inbox. Not for several threads; made anew at each poll."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._deadline = Deadline(account.limit_s)
        self.folder = account.folder
        self._box = self._opened()
        self.uidvalidity = self._read_uidvalidity()

    def _opened(self) -> BaseMailBox:
        account = self._account
        with _door(account, "connecting"):
            box = _connect(account, self._deadline)
        try:
            with _door(account, "logging in"):
                (account.access or Password(account.password)).log_in(box, account.user)
            with _door(account, f"opening the folder « {self.folder} »"):
                box.folder.set(self.folder, readonly=True)
        except MailboxError:
            _leave(box)
            raise
        return box

    def _read_uidvalidity(self) -> int:
        """RFC 9051, 2.3.1.1: without it a UID means nothing."""
        data = self._box.client.response("UIDVALIDITY")[1]
        told = data[-1] if data else None
        if not isinstance(told, bytes) or not told.isdigit():
            raise MailboxRefused(f"{self._account}: the folder « {self.folder} » has no UIDVALIDITY")
        return int(told)

    def close(self) -> None:
        _leave(self._box)

    @property
    def capabilities(self) -> tuple[str, ...]:
        """As told after the login; imaplib remembers those from before it."""
        with _door(self._account, "asking for capabilities"):
            data = self._box.client.capability()[1]
        return tuple(sorted(data[-1].decode("ascii", "replace").upper().split())) if data and data[-1] else ()

    def folders(self) -> tuple[str, ...]:
        """The names of all folders."""
        with _door(self._account, "listing the folders"):
            return tuple(each.name for each in self._box.folder.list())

    def other_folders(self) -> tuple[str, ...]:
        """Where a colleague may have put a mail before we saw it: the folders that receive, but for ours."""
        with _door(self._account, "listing the folders"):
            found = self._box.folder.list()
        return tuple(
            each.name
            for each in found
            if each.name != self._account.folder
            and not _NOT_RECEIVED.intersection(flag.lower() for flag in each.flags)
            and not _SOMEBODY_ELSES.match(each.name)
        )

    def newest(self, folder: str) -> tuple[int, int]:
        """UIDVALIDITY of a folder, and the highest UID that it may hold, without opening it."""
        with _door(self._account, f"looking at the folder « {folder} »"):
            told = self._box.folder.status(folder, ["UIDVALIDITY", "UIDNEXT"])
        return told.get("UIDVALIDITY", 0), told.get("UIDNEXT", 1) - 1

    def enter(self, folder: str) -> None:
        """Go on with another folder."""
        with _door(self._account, f"opening the folder « {folder} »"):
            self._box.folder.set(folder, readonly=True)
        self.folder = folder
        self.uidvalidity = self._read_uidvalidity()

    def count(self) -> int:
        """How many mails the folder holds now."""
        with _door(self._account, "counting"):
            return self._box.folder.status(self.folder, ["MESSAGES"])["MESSAGES"]

    def uids(self, after_uid: int = 0, since: date | None = None) -> list[int]:
        """The numbers of the mails above a UID, in order.

        Args:
            since: the day from which on they were received; it narrows, and never to less than that.
        """
        # Whatever zone the server counts its days in, the day before holds all of this one.
        day = since and since - timedelta(days=1)
        asked = f"{after_uid + 1}:*"
        criteria = (
            ("UID", asked, "SINCE", f"{day.day}-{_NAMES[day.month]}-{day.year}") if day else ("UID", asked)
        )
        return self._uids(after_uid, criteria)

    def headings(self, after_uid: int, since: date | None = None) -> Iterator[Heading]:
        """The mails above a UID, in its order: header block, names of files, nothing of the body.

        A mail whose structure the server cannot tell is read without it, one whose header it cannot give
        comes with an empty header: neither stops the mails behind it.
        """
        yield from self.headings_of(self.uids(after_uid, since))

    def headings_of(self, uids: Sequence[int]) -> Iterator[Heading]:
        """The headings of certain mails."""
        for start in range(0, len(uids), CHUNK):
            yield from self._headings(uids[start : start + CHUNK])

    def content(self, uid: int) -> bytes | None:
        """One mail, byte for byte; None if it is gone."""
        with _door(self._account, f"reading mail {uid}"):
            found = self._fetch([uid], "UID BODY.PEEK[]")
        return found[uid].literal if uid in found else None

    # ------------------------------------------------------------ fetching

    def _uids(self, after_uid: int, criteria: Sequence[str]) -> list[int]:
        """`n:*` always holds the last mail, even below n (RFC 9051, 9 seq-range): asked for, then sifted."""
        with _door(self._account, "looking for new mail"):
            self._box.client.noop()  # some servers answer the first SEARCH from before the last delivery
            status, data = self._box.client.uid("SEARCH", *criteria)
            if status != "OK":
                raise imaplib.IMAP4.error(f"SEARCH {status} {data!r}")
        found = {int(uid) for line in data if isinstance(line, bytes) for uid in line.split()}
        return sorted(uid for uid in found if uid > after_uid)

    def _headings(self, uids: Sequence[int]) -> Iterator[Heading]:
        try:
            found = self._fetch(uids, f"{_FACTS} {_STRUCTURE} {_HEADER}")
        except (imaplib.IMAP4.error, OSError):
            found = {}
            for uid in uids:
                found.update(self._one_heading(uid))
        for uid in uids:
            if uid in found:
                yield self._heading(uid, found[uid])

    def _one_heading(self, uid: int) -> "dict[int, Response]":
        """One mail's heading, with less and less asked for; the connection may have been cut by the last."""
        for items in (f"{_FACTS} {_STRUCTURE} {_HEADER}", f"{_FACTS} {_HEADER}"):
            self._alive()
            with suppress(imaplib.IMAP4.error, OSError):
                return self._fetch([uid], items)
        self._alive()
        with _door(self._account, f"reading the facts of mail {uid}"):
            return self._fetch([uid], _FACTS)

    def _alive(self) -> None:
        """Connect anew where the connection is lost.

        Raises:
            MailboxError: it cannot be, or the folder was made anew meanwhile.
        """
        with suppress(imaplib.IMAP4.error, OSError):
            self._box.client.noop()
            return
        _leave(self._box)
        self._box = self._opened()
        if self._read_uidvalidity() != self.uidvalidity:
            raise MailboxError(f"{self._account}: the folder was made anew while it was read")

    def _fetch(self, uids: Iterable[int], items: str) -> "dict[int, Response]":
        """FETCH by UID; each response is known by the UID it bears, and others' are ignored."""
        wanted = set(uids)
        numbers = ",".join(map(str, sorted(wanted)))
        status, data = self._box.client.uid("FETCH", numbers, f"({items})")
        if status != "OK":
            raise imaplib.IMAP4.error(f"FETCH {status} {data!r:.200}")
        found: dict[int, Response] = {}
        for response in responses(data):
            # A colleague's flag gives a second response for the same mail, with nothing of what was asked.
            if response.uid in wanted and (response.uid not in found or response.literal is not None):
                found[response.uid] = response
        return found

    def _heading(self, uid: int, response: "Response") -> Heading:
        header = response.literal or b""
        return Heading(
            key=MailKey(self._account.name, self.folder, self.uidvalidity, uid),
            received_at=response.received_at or _first_hop(header),
            size_bytes=response.size,
            header=header,
            file_names=tuple(names_in(response.structure)),
        )


def _leave(box: BaseMailBox) -> None:
    """Say goodbye; a server that is gone need not hear it, and must not hide why we leave."""
    try:
        box.logout()
    except (imaplib.IMAP4.error, ImapToolsError, OSError):
        _hang_up(box.client)


def _first_hop(header: bytes) -> datetime:
    """When a server without INTERNALDATE says it received a mail; failing all, now, when we saw it."""
    headers = split_block(header)[0]
    hop = (headers.first("received") or "").rpartition(";")[2]
    return moment(hop) or moment(headers.first("date")) or datetime.now(UTC)


# ---------------------------------------------------------------- responses

Node = bytes | list["Node"]
"""A value in an IMAP response: a word, or a list in parentheses."""


class Response(NamedTuple):
    """One FETCH response."""

    uid: int
    size: int
    received_at: datetime | None
    literal: bytes | None
    """The header block or the mail, as was asked for."""
    structure: Node


def responses(data: Iterable[object]) -> Iterator[Response]:
    """Group imaplib's list by response: an item after a tuple goes on with the same one."""
    pieces: list[bytes | tuple[bytes, bytes]] = []
    for item in data:
        if isinstance(item, tuple):
            pieces.append((item[0], item[1]))
        elif isinstance(item, bytes):
            yield _response([*pieces, item])
            pieces = []
    if pieces:
        yield _response(pieces)


def _response(pieces: list[bytes | tuple[bytes, bytes]]) -> Response:
    values = next((each for each in _parsed(pieces) if isinstance(each, list)), [])
    named = {
        key.upper(): value
        for key, value in zip(values[::2], values[1::2], strict=False)
        if isinstance(key, bytes)
    }
    literal = next((value for key, value in named.items() if key.startswith(b"BODY[")), None)
    return Response(
        uid=_number(named.get(b"UID")),
        size=_number(named.get(b"RFC822.SIZE")),
        received_at=_internal_date(named.get(b"INTERNALDATE")),
        literal=literal if isinstance(literal, bytes) and literal != b"NIL" else None,
        structure=named.get(b"BODYSTRUCTURE", []),
    )


def _parsed(pieces: list[bytes | tuple[bytes, bytes]]) -> list[Node]:
    """The nested lists of a response. Without recursion: a mail may nest 300 deep."""
    top: list[Node] = []
    stack = [top]
    for piece in pieces:
        text, literal = piece if isinstance(piece, tuple) else (piece, None)
        if literal is not None:
            text = re.sub(rb"\{\d+\+?\}\s*$", b"", text)
        for bracket, quoted, word in _TOKEN.findall(text):
            if bracket == b"(":
                inner: list[Node] = []
                stack[-1].append(inner)
                stack.append(inner)
            elif bracket == b")":
                if len(stack) > 1:
                    stack.pop()
            else:
                stack[-1].append(word or re.sub(rb"\\(.)", rb"\1", quoted))
        if literal is not None:
            stack[-1].append(literal)
    return top


def _number(value: Node | None) -> int:
    return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def _internal_date(value: Node | None) -> datetime | None:
    found = _DATE.match(value) if isinstance(value, bytes) else None
    if found is None or found[2].decode().lower() not in _MONTHS:
        return None
    day, year, hour, minute, second = (int(found[group]) for group in (1, 3, 4, 5, 6))
    offset = timedelta(hours=int(found[8]), minutes=int(found[9])) * (-1 if found[7] == b"-" else 1)
    with suppress(ValueError):
        zone = timezone(offset)
        local = datetime(year, _MONTHS[found[2].decode().lower()], day, hour, minute, second, tzinfo=zone)
        return local.astimezone(UTC)
    return None


# ---------------------------------------------------------------- names of files


def names_in(structure: Node) -> Iterator[str]:
    """The names of the parts that carry files, from a BODYSTRUCTURE (RFC 9051, 7.5.2).

    Servers differ in where they put the disposition, so any pair « name, value » counts, wherever it stands.
    An attached mail is named by its subject; a part without a name by its claimed type.
    """
    number = 0
    todo: list[Node] = [structure]
    while todo:
        node = todo.pop()
        if isinstance(node, bytes):
            continue
        todo.extend(reversed(node))
        name = _part_name(node)
        if name is None and (kind := _nameless(node)):
            number += 1
            name = unnamed(kind, number)
        if name:
            yield name


def _part_name(node: list[Node]) -> str | None:
    """The name of a part, from its own parameters or those of its disposition; None if it has none."""
    kind = _kind(node)
    if not kind:
        return None
    claimed = "".join(_claimed(each, "filename") for each in node[2:] if isinstance(each, list))
    claimed = claimed or "".join(_unparsed(each) for each in node[7:]) or _claimed(node[2], "name")
    if not claimed and kind == "message/rfc822" and len(node) > 7 and isinstance(node[7], list):
        envelope = node[7]
        subject = envelope[1] if len(envelope) > 1 and isinstance(envelope[1], bytes) else b""
        claimed = (
            ""
            if subject.upper() in {b"", b"NIL"}
            else f"{words(subject.decode('utf-8', 'replace'))[:150]}.eml"
        )
    return file_name(claimed) or None


def _claimed(node: Node, key: str) -> str:
    """The parameter « name » or « filename » in a list, or in a list within it, put together by RFC 2231."""
    if isinstance(node, bytes):
        return ""
    told = [each.decode("utf-8", "replace") for each in node if isinstance(each, bytes)]
    pairs = zip(told[::2], told[1::2], strict=False)
    named = parameters("x" + "".join(f"; {name}={_quoted(value)}" for name, value in pairs))[1]
    within = (name for each in node if isinstance(each, list) and (name := _claimed(_words_of(each), key)))
    return named.get(key) or next(within, "")


def _unparsed(node: Node) -> str:
    """The file name in a disposition that the server passes on as it stands in the mail (pymap does)."""
    return (
        parameters(node.decode("utf-8", "replace"))[1].get("filename", "") if isinstance(node, bytes) else ""
    )


def _words_of(node: list[Node]) -> Node:
    return [each for each in node if isinstance(each, bytes)]


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _kind(node: list[Node]) -> str:
    """« application/pdf » if the list is a part that is no container; else nothing.

    The seventh value is the size, which tells a part from the envelope of an attached mail.
    """
    if len(node) < 7 or not (isinstance(node[0], bytes) and isinstance(node[1], bytes) and _number(node[6])):
        return ""
    return f"{node[0].decode('ascii', 'replace')}/{node[1].decode('ascii', 'replace')}".lower()


def _nameless(node: list[Node]) -> str:
    """The type of a part that carries a file although nobody named it; text without a name is the body."""
    kind = _kind(node)
    carries = kind and not kind.startswith(("text/", "multipart/")) and "signature" not in kind
    return kind if carries else ""
