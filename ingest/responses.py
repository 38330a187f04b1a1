"""What an IMAP server answers: as it comes over the line, and as values (RFC 9051, 9).

imaplib hands nothing over before all has come, and lists a response in pieces; so the line is read here.
"""

import imaplib
import re
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime, timedelta, timezone
from typing import NamedTuple

Piece = bytes | tuple[bytes, bytes]
"""The end of a response, or a part of it with the literal that follows; so imaplib lists them."""
Node = bytes | list["Node"]
"""A value in an IMAP response: a word, or a list in parentheses."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
"""As IMAP spells them (RFC 9051, « date-month »); in any case."""
_DATE = re.compile(rb"\s*(\d{1,2})-([A-Za-z]{3})-(\d{4}) (\d{2}):(\d{2}):(\d{2}) ([+-])(\d{2})(\d{2})")
_LITERAL = re.compile(rb"\{(\d+)\+?\}\s*$")
_ESCAPED = re.compile(rb"\\(.)", re.DOTALL)
_TOKEN = re.compile(rb'([()])|"((?:[^"\\]|\\.)*)"|([^\s()"]+)|"', re.DOTALL)


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
            hang_up(client)
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
        uid=number(named.get(b"UID")),
        size=number(named.get(b"RFC822.SIZE")),
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


def number(value: Node | None) -> int:
    """A value as a number; 0 where it is none."""
    return int(value) if isinstance(value, bytes) and value.isdigit() else 0


def _internal_date(value: Node | None) -> datetime | None:
    found = _DATE.match(value) if isinstance(value, bytes) else None
    month = found[2].decode().capitalize() if found else ""
    if found is None or month not in MONTHS:
        return None
    day, year, hour, minute, second = (int(found[group]) for group in (1, 3, 4, 5, 6))
    offset = timedelta(hours=int(found[8]), minutes=int(found[9])) * (-1 if found[7] == b"-" else 1)
    with suppress(ValueError):
        zone = timezone(offset)
        local = datetime(year, MONTHS.index(month) + 1, day, hour, minute, second, tzinfo=zone)
        return local.astimezone(UTC)
    return None


def hang_up(client: imaplib.IMAP4) -> None:
    """Cut the line: what else would come on it is no answer to the next question."""
    with suppress(OSError):
        client.shutdown()
