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
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Literal

from imap_tools import BaseMailBox
from imap_tools.errors import ImapToolsError

from data.errors import MailboxError, MailboxRefused
from data.model import Heading, MailKey
from ingest.access import Access, Password
from ingest.headers import MAX_HEADER, moment, split_block
from ingest.patience import Deadline, Plain, Secure
from ingest.responses import MONTHS, Response, answer, hang_up, responses
from ingest.structure import named_by, names_in, returned_header

CHUNK = 100
"""Headings asked for in one command."""

GROUP = 4 * 2**20
"""Bytes of whole mails asked for in one command; a larger one is asked for alone."""

_HEADER = f"BODY.PEEK[HEADER]<0.{MAX_HEADER}>"
_FACTS = "UID INTERNALDATE RFC822.SIZE"
_STRUCTURE = "BODYSTRUCTURE"
_WHOLE = "UID BODY.PEEK[]"

_NOT_RECEIVED = frozenset({
    *("\\noselect", "\\nonexistent", "\\sent", "\\drafts"),
    *("\\all", "\\flagged", "\\important"),  # Gmail's: the same mails once more
})  # fmt: skip
_SOMEBODY_ELSES = re.compile(
    r"(?:user|other users|shared|shared folders|public|#\w+)(?:[./\\]|$)", re.IGNORECASE
)
"""How servers name the places where other people's folders appear."""

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
        hang_up(client)
        raise
    hang_up(client)
    raise imaplib.IMAP4.error("the server does not offer STARTTLS")


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
        received = ("SINCE", f"{day.day}-{MONTHS[day.month - 1]}-{day.year}") if day else ()
        return self._uids(after_uid, ("UID", asked, *received))

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
                names = (*found[uid].file_names, named_by(subject or ""))
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

    def _fetch(self, uids: Sequence[int], items: str) -> Iterator[Response]:
        """FETCH by UID; each response is known by the UID it bears, and others' are ignored."""
        numbers = ",".join(map(str, sorted(uids)))
        command = f"F{next(self._commands)} UID FETCH {numbers} ({items})"
        with closing(answer(self._box.client, command)) as pieces:
            yield from (each for each in responses(pieces) if each.uid in uids)

    def _heading(self, response: Response) -> Heading:
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
        hang_up(box.client)


def _first_hop(header: bytes) -> datetime:
    """When a server without INTERNALDATE says it received a mail; failing all, now, when we saw it."""
    headers = split_block(header)[0]
    hop = (headers.first("received") or "").rpartition(";")[2]
    return moment(hop) or moment(headers.first("date")) or datetime.now(UTC)
