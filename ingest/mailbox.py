"""Door to IMAP: looks at an inbox and fetches from it; never changes it.

imap-tools speaks, on a connection that knows a deadline (`patience`). The fetching is done here, on the
same connection, because imap-tools' pairs responses two by two: one mail flagged by a colleague meanwhile,
and each mail bears its neighbour's number; and because imaplib hands nothing over before all has come.
Folders are opened with EXAMINE and bodies read with PEEK, so nothing is marked as read; nothing is ever
flagged, moved or deleted. All foreign errors become `MailboxError` or `MailboxRefused` here.
"""

import imaplib
import itertools
import re
import ssl
from collections.abc import Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum
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
"""Headings asked for in one command."""

GROUP = 4 * 2**20
"""Bytes of whole mails asked for in one command; a larger one is asked for alone."""

_HEADER = f"BODY.PEEK[HEADER]<0.{MAX_HEADER}>"
_FACTS = "UID INTERNALDATE RFC822.SIZE"
_STRUCTURE = "BODYSTRUCTURE"
_WHOLE = "UID BODY.PEEK[]"

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
_LITERAL = re.compile(rb"\{(\d+)\+?\}\s*$")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_TOKEN = re.compile(rb'([()])|"((?:[^"\\]|\\.)*)"|([^\s()"]+)|"', re.DOTALL)

_BUSY = re.compile(
    r"unavailable|inuse|in use|limit|too many|temporar|try again|later|not connected|timed? ?out|overload"
    r"|busy",
    re.IGNORECASE,
)
"""What servers say when they refuse for the moment, as Exchange: « authenticated but not connected »."""
_FAILING = re.compile(r"serverbug|internal error", re.IGNORECASE)
"""What they say of trouble of their own: it passes, unless one mail alone brings it about."""


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
        passes = _BUSY.search(str(error)) or _FAILING.search(str(error))
        kind = MailboxError if passes else MailboxRefused
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


class Lacking(Enum):
    """Why a mail that was asked for did not come."""

    GONE = "gone"
    """Deleted or moved since its heading was read."""
    WITHHELD = "withheld"
    """It lies there, and the server does not give it out."""


class Mailbox:
    """One open inbox. Not for several threads; made anew at each poll."""

    def __init__(self, account: Account) -> None:
        self._account = account
        self._deadline = Deadline(account.limit_s)
        self._commands = itertools.count(1)
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
        for chunk in self.chunks(uids):
            yield from chunk

    def chunks(self, uids: Sequence[int]) -> Iterator[list[Heading]]:
        """The headings of certain mails, as many at a time as one command asks for."""
        for start in range(0, len(uids), CHUNK):
            yield self._headings(uids[start : start + CHUNK])

    def contents(self, headings: Sequence[Heading]) -> Generator[bytes | Lacking, None, None]:
        """The mails themselves, byte for byte, in the order of their headings, each as soon as it has come.

        Nothing else may be asked of the mailbox before the last has come.
        """
        for group in _groups(headings):
            left = [each.key.uid for each in group]
            with closing(self._in_order(left)) as mails:
                for mail in mails:
                    del left[0]
                    yield mail
            for uid in left:
                yield self._alone(uid)

    # ------------------------------------------------------------ fetching

    def _uids(self, after_uid: int, criteria: Sequence[str]) -> list[int]:
        """`n:*` always holds the last mail, even below n (RFC 9051, 9 seq-range): asked for, then sifted."""
        with _door(self._account, "looking for new mail"):
            self._box.client.noop()  # some servers answer the first SEARCH from before the last delivery
            return sorted(uid for uid in self._search(*criteria) if uid > after_uid)

    def _search(self, *criteria: str) -> set[int]:
        status, data = self._box.client.uid("SEARCH", *criteria)
        if status != "OK":
            raise imaplib.IMAP4.error(f"SEARCH {status} {data!r}")
        return {int(uid) for line in data if isinstance(line, bytes) for uid in line.split()}

    def _headings(self, uids: Sequence[int]) -> list[Heading]:
        try:
            found = self._looks(uids, f"{_FACTS} {_STRUCTURE} {_HEADER}")
        except (imaplib.IMAP4.error, OSError):
            found = {}
            for uid in uids:
                found.update(self._look(uid))
        return [found[uid] for uid in uids if uid in found]

    def _look(self, uid: int) -> dict[int, Heading]:
        """One mail's heading, with less and less asked for; the connection may have been cut by the last."""
        for items in (f"{_FACTS} {_STRUCTURE} {_HEADER}", f"{_FACTS} {_HEADER}"):
            self._alive()
            with suppress(imaplib.IMAP4.error, OSError):
                return self._looks([uid], items)
        self._alive()
        with _door(self._account, f"reading the facts of mail {uid}"):
            return self._looks([uid], _FACTS)

    def _looks(self, uids: Sequence[int], items: str) -> dict[int, Heading]:
        found: dict[int, Heading] = {}
        returned: dict[int, str] = {}
        for response in self._fetch(uids, items):
            # A colleague's flag gives a second response for the same mail, with nothing of what was asked.
            if response.uid not in found or response.literal is not None:
                found[response.uid] = self._heading(response)
                returned[response.uid] = returned_header(response.structure)
        for uid, part in ((uid, part) for uid, part in returned.items() if part):
            for response in self._fetch([uid], f"UID BODY.PEEK[{part}]<0.{MAX_HEADER}>"):
                subject = split_block(response.literal or b"")[0].first("subject")
                names = (*found[uid].file_names, _named_by(subject or ""))
                found[uid] = replace(found[uid], file_names=tuple(filter(None, names)))
        return found

    def _in_order(self, uids: Sequence[int]) -> Generator[bytes, None, None]:
        """The mails of a group as they come, up to the first that does not; out of turn, none counts."""
        due = iter(tuple(uids))
        uid = next(due, None)
        with suppress(imaplib.IMAP4.error, OSError):
            for response in self._fetch(uids, _WHOLE):
                if response.uid == uid and response.literal is not None:
                    yield response.literal
                    uid = next(due, None)

    def _alone(self, uid: int) -> bytes | Lacking:
        """A mail that did not come with its group: asked for twice, if need be on a new line."""
        said: Exception | None = None
        for _ in range(2):
            self._alive()
            try:
                for response in self._fetch([uid], _WHOLE):
                    if response.literal is not None:
                        return response.literal
            except (imaplib.IMAP4.error, OSError) as error:
                said = error
        self._alive()
        with _door(self._account, f"reading mail {uid}"):
            if said and _BUSY.search(str(said)):
                raise said
            return Lacking.WITHHELD if self._search("UID", str(uid)) else Lacking.GONE

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

    def _fetch(self, uids: Sequence[int], items: str) -> "Iterator[Response]":
        """FETCH by UID; each response is known by the UID it bears, and others' are ignored."""
        numbers = ",".join(map(str, sorted(uids)))
        command = f"F{next(self._commands)} UID FETCH {numbers} ({items})"
        with closing(answer(self._box.client, command)) as pieces:
            yield from (each for each in responses(pieces) if each.uid in uids)

    def _heading(self, response: "Response") -> Heading:
        header = response.literal or b""
        return Heading(
            key=MailKey(self._account.name, self.folder, self.uidvalidity, response.uid),
            received_at=response.received_at or _first_hop(header),
            size_bytes=response.size,
            header=header,
            file_names=tuple(names_in(response.structure)),
        )


def _groups(headings: Sequence[Heading]) -> Iterator[list[Heading]]:
    """Mails that together are small enough to be asked for at once."""
    group: list[Heading] = []
    for heading in headings:
        if group and sum(each.size_bytes for each in group) + heading.size_bytes > GROUP:
            yield group
            group = []
        group.append(heading)
    if group:
        yield group


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

Piece = bytes | tuple[bytes, bytes]
"""The end of a response, or a part of it with the literal that follows; so imaplib lists them."""
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


def answer(client: imaplib.IMAP4, command: str) -> Generator[Piece, None, None]:
    """What a server answers to a command, as it comes.

    A response ends once the line behind it is read: who has all that he asked for may stop there. Whoever
    stops earlier loses the connection, because the rest would pass for the answer to his next question.

    Raises:
        imaplib.IMAP4.error: it refuses.
        imaplib.IMAP4.abort: the line is lost.
    """
    tag = command.partition(" ")[0].encode() + b" "
    line = b""
    try:
        client.send(f"{command}\r\n".encode())
        line = _line(client)
        while not line.startswith(tag):
            while literal := _LITERAL.search(line):
                yield line, client.read(int(literal[1]))
                line = _line(client)
            last, line = line, _line(client)
            yield last
    except BaseException:
        if not line.startswith(tag):
            _hang_up(client)
        raise
    if line.split()[1:2] != [b"OK"]:
        raise imaplib.IMAP4.error(line.decode("utf-8", "replace")[:200])


def _line(client: imaplib.IMAP4) -> bytes:
    line = client.readline()
    if not line.endswith(b"\n"):
        raise imaplib.IMAP4.abort("the connection was lost in the middle of an answer")
    return line.rstrip(b"\r\n")


def responses(data: Iterable[object]) -> Iterator[Response]:
    """Group imaplib's list by response: an item after a tuple goes on with the same one."""
    pieces: list[Piece] = []
    for item in data:
        if isinstance(item, tuple):
            pieces.append((item[0], item[1]))
        elif isinstance(item, bytes):
            yield _response([*pieces, item])
            pieces = []
    if pieces:
        yield _response(pieces)


def _response(pieces: list[Piece]) -> Response:
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


def _parsed(pieces: list[Piece]) -> list[Node]:
    """The nested lists of a response. Without recursion: a mail may nest 300 deep."""
    top: list[Node] = []
    stack = [top]
    for piece in pieces:
        text, literal = piece if isinstance(piece, tuple) else (piece, None)
        if literal is not None:
            text = _LITERAL.sub(b"", text)
        for bracket, quoted, word in _TOKEN.findall(text):
            if bracket == b"(":
                inner: list[Node] = []
                stack[-1].append(inner)
                stack.append(inner)
            elif bracket == b")":
                if len(stack) > 1:
                    stack.pop()
            else:
                stack[-1].append(word or (_ESCAPED.sub(rb"\1", quoted) if b"\\" in quoted else quoted))
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
    todo = [structure] if isinstance(structure, list) else []
    while todo:
        node = todo.pop()
        todo += [each for each in reversed(node) if isinstance(each, list)]
        kind = _kind(node)
        name = _part_name(node, kind) if kind else ""
        if not name and _carries_file(kind):
            number += 1
            name = unnamed(kind, number)
        if name:
            yield name


def _part_name(node: list[Node], kind: str) -> str:
    """The name of a part, from its own parameters or those of its disposition; nothing if it has none."""
    claimed = "".join(_claimed(each, "filename") for each in node[2:] if isinstance(each, list))
    claimed = claimed or "".join(_unparsed(each) for each in node[7:]) or _claimed(node[2], "name")
    if not claimed and kind == "message/rfc822" and len(node) > 7 and isinstance(node[7], list):
        envelope = node[7]
        subject = envelope[1] if len(envelope) > 1 and isinstance(envelope[1], bytes) else b""
        return _named_by("" if subject.upper() == b"NIL" else subject.decode("utf-8", "replace"))
    return file_name(claimed)


def _named_by(subject: str) -> str:
    """An attached mail's name: its subject."""
    return file_name(f"{words(subject)[:150]}.eml") if subject else ""


def returned_header(structure: Node) -> str:
    """The number of the part of a bounce (RFC 6522) that holds nothing but the returned mail's header.

    No server tells the subject in it, as it does of a mail that is returned whole. A bounce of ours is known
    by it, and nobody else's need be fetched.
    """
    if isinstance(structure, bytes) or b"report" not in [
        p.lower() for p in structure if isinstance(p, bytes)
    ]:
        return ""
    parts = enumerate((each for each in structure if isinstance(each, list)), 1)
    return next((str(number) for number, part in parts if _kind(part) == "text/rfc822-headers"), "")


def _claimed(node: Node, key: str) -> str:
    """The parameter « name » or « filename » in a list, or in a list within it, put together by RFC 2231."""
    if isinstance(node, bytes):
        return ""
    told = [each.decode("utf-8", "replace") for each in node if isinstance(each, bytes)]
    named: Mapping[str, str] = {}
    if any(each.lower().startswith(key) for each in told):
        pairs = zip(told[::2], told[1::2], strict=False)
        named = parameters("x" + "".join(f"; {name}={_quoted(value)}" for name, value in pairs))[1]
    within = (name for each in node if isinstance(each, list) and (name := _claimed(_words_of(each), key)))
    return named.get(key) or next(within, "")


def _unparsed(node: Node) -> str:
    """The file name in a disposition that the server passes on as it stands in the mail (pymap does)."""
    if not isinstance(node, bytes) or b"filename" not in node.lower():
        return ""
    return parameters(node.decode("utf-8", "replace"))[1].get("filename", "")


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


def _carries_file(kind: str) -> bool:
    """Whether a part is a file although nobody named it; text without a name is the body."""
    return bool(kind) and not kind.startswith(("text/", "multipart/")) and "signature" not in kind
