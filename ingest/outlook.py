"""What Outlook wraps its mails in: winmail.dat (MS-OXTNEF) and .msg files (MS-OXMSG), as an `Envelope`.

Both hold the same numbered properties (MS-OXPROPS); only the box differs. TNEF is read here, since it is a
flat list; a .msg is a file system within a file, which `olefile` reads.
"""

import hashlib
import io
import struct
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.errors import Unreadable
from data.model import Address, Attachment, Envelope, Refused, UnreadReason
from ingest import prose
from ingest.headers import addresses, decode, file_name, label, message_ids, printable, split_block

if TYPE_CHECKING:
    from olefile import OleFileIO

MAX_ATTACHMENTS = 200
MAX_BYTES = 100 * 1024 * 1024
"""Of all attachments of one .msg: its directory may name the same sectors many times over."""
MAX_MESSAGES = 20
"""Messages within messages within one .msg."""
MAX_RTF = 1024 * 1024

RTF_BODY = "texte-du-message.rtf"
"""What a body is called that was written in RTF alone."""

_TNEF = b"\x78\x9f\x3e\x22"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_SUBJECT, _HEADERS, _BODY, _RTF, _HTML = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
_MESSAGE_ID, _SENDER_NAME, _SENDER_EMAIL, _SENDER_SMTP = 0x1035, 0x0C1A, 0x0C1F, 0x5D01
_DATA, _SHORT_NAME, _LONG_NAME, _PATH, _TYPE, _SHOWN_NAME = 0x3701, 0x3704, 0x3707, 0x370D, 0x370E, 0x3001
_CODE_PAGES = (0x3FFD, 0x3FDE)
"""Of the 8-bit strings: PidTagMessageCodepage, PidTagInternetCodepage."""

_EIGHT_BIT, _UNICODE, _BINARY, _OBJECT, _MANY = 0x001E, 0x001F, 0x0102, 0x000D, 0x1000
_SIZES = {0x02: 4, 0x03: 4, 0x04: 4, 0x05: 8, 0x06: 8, 0x07: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}
"""Of the values of fixed size in TNEF, padding included (MS-OXTNEF 2.1.3.4)."""

_DAMAGE = (OSError, ValueError, TypeError, IndexError, KeyError, AttributeError, struct.error, RecursionError)
"""What `olefile` raises on damaged files, besides the errors it names."""

_MESSAGE_OBJECT = bytes.fromhex("0703020000000000c000000000000046")
"""IID_IMessage: the object is a mail, wrapped the same way."""


def is_tnef(content: bytes) -> bool:
    """Whether a file is a winmail.dat, whatever it is called."""
    return content.startswith(_TNEF)


def is_msg(content: bytes) -> bool:
    """Whether a file is an Outlook message, and not an Office file that holds one."""
    if not content.startswith(_OLE) or "__properties_version1.0".encode("utf-16-le") not in content:
        return False
    try:
        with closing(_opened(content)) as ole:
            return bool(ole.exists("__properties_version1.0"))
    except Unreadable:
        return True


@dataclass
class _Properties:
    """The properties of one message or attachment, by number: text is decoded, the rest is bytes."""

    texts: dict[int, str] = field(default_factory=dict)
    blobs: dict[int, bytes] = field(default_factory=dict)
    numbers: dict[int, int] = field(default_factory=dict)

    def put(self, number: int, kind: int, raw: bytes, charset: str) -> None:
        match kind:
            case 0x001F:
                self.texts[number] = raw.decode("utf-16-le", "replace").rstrip("\0")
            case 0x001E:
                self.texts.setdefault(number, decode(raw.rstrip(b"\0"), charset))
            case 0x0003:
                self.numbers[number] = int.from_bytes(raw[:4], "little")
            case _:
                self.blobs[number] = raw

    @property
    def charset(self) -> str:
        return next((f"cp{self.numbers[each]}" for each in _CODE_PAGES if self.numbers.get(each)), "")

    @property
    def name(self) -> str:
        named = (self.texts.get(each) for each in (_LONG_NAME, _SHORT_NAME, _SHOWN_NAME))
        return file_name(next(filter(None, named), ""))


def _envelope(
    own: _Properties, attachments: list[Attachment], refused: tuple[Refused, ...], more: list[str]
) -> Envelope:
    """A message of Outlook's, as far as a mail within a mail is read: who, about what, and the files."""
    headers = split_block(own.texts.get(_HEADERS, "").encode("utf-8", "replace"))[0]
    sender = addresses(headers.first("from") or "")
    named = addresses(own.texts.get(_SENDER_SMTP) or own.texts.get(_SENDER_EMAIL) or "")
    if not sender and named and "/" not in named[0].email:  # else the address of Exchange's own directory
        sender = (Address(label(own.texts.get(_SENDER_NAME, "")), named[0].email),)
    ids = message_ids(own.texts.get(_MESSAGE_ID) or headers.first("message-id"))
    text = _text(own)
    if not text and (rtf := _unpacked_rtf(own.blobs.get(_RTF, b""))):
        attachments = [*attachments, _attachment(RTF_BODY, "application/rtf", rtf)]
    return Envelope(
        message_id=next(iter(ids), None),
        in_reply_to=next(iter(message_ids(headers.first("in-reply-to"))), None),
        references=message_ids(headers.first("references")),
        sender=sender[0] if sender else None,
        reply_to=None,
        recipients=(),
        subject=label(own.texts.get(_SUBJECT, "")),
        claimed_at=None,
        text="\n\n".join(filter(None, [text, *more])),
        attachments=tuple(attachments),
        refused=refused,
    )


def _text(own: _Properties) -> str:
    if plain := own.texts.get(_BODY, "").strip():
        return "\n".join(printable(line).rstrip() for line in plain.splitlines())
    html = own.texts.get(_HTML) or decode(own.blobs.get(_HTML, b""), own.charset)
    return prose.from_html(html)[0]


def _attachment(name: str, claimed_type: str, content: bytes) -> Attachment:
    return Attachment(name, claimed_type, content, hashlib.sha256(content).hexdigest())


# ---------------------------------------------------------------- winmail.dat


def read_tnef(content: bytes) -> Envelope:
    """Read a winmail.dat. One cut short gives what stands before the cut, and says so.

    Raises:
        Unreadable: nothing of it can be read.
    """
    message = _Properties()
    pieces: list[_Properties] = []
    whole, count = True, 0
    try:
        for number, value in _attributes(content):
            count += 1
            _take(number, value, message, pieces)
    except (struct.error, IndexError, ValueError):
        whole = False
    files = [_piece(each, number) for number, each in enumerate(pieces[:MAX_ATTACHMENTS], 1)]
    if count == 0:
        raise Unreadable(UnreadReason.CORRUPT, "le fichier winmail.dat est endommagé")
    refused = []
    if not whole:
        refused.append(Refused("winmail.dat", UnreadReason.CORRUPT, "le fichier est coupé ou endommagé"))
    if len(pieces) > MAX_ATTACHMENTS:
        refused.append(_too_many("winmail.dat"))
    return _envelope(message, files, tuple(refused), [])


def _too_many(name: str) -> Refused:
    return Refused(name, UnreadReason.TOO_LARGE, f"plus de {MAX_ATTACHMENTS} pièces")


def _attributes(content: bytes) -> Iterator[tuple[int, bytes]]:
    """The attributes of the list: level, number, length, value, checksum (MS-OXTNEF 2.1.2)."""
    place = 6
    while place + 9 <= len(content) and content[place] in (1, 2):
        number, length = struct.unpack_from("<II", content, place + 1)
        value = content[place + 9 : place + 9 + length]
        yield number & 0xFFFF, value
        if len(value) < length:
            raise ValueError("cut")
        place += 11 + length
    if content[place:].strip(b"\0"):
        raise ValueError("more than attributes")


def _take(number: int, value: bytes, message: _Properties, pieces: list[_Properties]) -> None:
    """One attribute, into the message or the attachment that was last begun."""
    if number == 0x9002 or (number in (0x8010, 0x800F, 0x9005) and not pieces):
        pieces.append(_Properties())
    piece = pieces[-1] if pieces else message
    match number:
        case 0x9007:
            message.numbers[_CODE_PAGES[0]] = int.from_bytes(value[:4], "little")
        case 0x8004:
            message.put(_SUBJECT, _EIGHT_BIT, value, message.charset)
        case 0x800C:
            message.put(_BODY, _EIGHT_BIT, value, message.charset)
        case 0x9003:
            _mapi(value, message, message.charset)
        case 0x8010:
            piece.put(_SHORT_NAME, _EIGHT_BIT, value, message.charset)
        case 0x800F:
            piece.put(_DATA, _BINARY, value, "")
        case 0x9005:
            _mapi(value, piece, message.charset)


def _piece(properties: _Properties, number: int) -> Attachment:
    content = properties.blobs.get(_DATA, b"")
    name = properties.name or f"piece-sans-nom-{number}"
    return _attachment(name, properties.texts.get(_TYPE, "application/octet-stream").lower()[:100], content)


def _mapi(raw: bytes, into: _Properties, charset: str) -> None:
    """A list of MAPI properties (MS-OXTNEF 2.1.3.4), each value padded to four bytes."""
    (count,) = struct.unpack_from("<I", raw)
    place = 4
    for _ in range(count):
        kind, number = struct.unpack_from("<HH", raw, place)
        place += 4
        if number >= 0x8000:
            place = _behind_name(raw, place)
        values = 1
        if kind & _MANY or kind in (_EIGHT_BIT, _UNICODE, _BINARY, _OBJECT):
            (values,) = struct.unpack_from("<I", raw, place)
            place += 4
        for _ in range(values):
            value, place = _value(raw, place, kind & ~_MANY)
            if not kind & _MANY and number < 0x8000:
                into.put(number, kind, _mail_in(value) if kind == _OBJECT else value, charset)


def _behind_name(raw: bytes, place: int) -> int:
    """Where a named property's value begins: behind its GUID and its number or name."""
    named, length = struct.unpack_from("<II", raw, place + 16)
    return place + 24 + (-(-length // 4) * 4 if named else 0)


def _value(raw: bytes, place: int, kind: int) -> tuple[bytes, int]:
    length = _SIZES.get(kind)
    if length is None:
        (length,) = struct.unpack_from("<I", raw, place)
        place += 4
    if place + length > len(raw):
        raise ValueError("cut")
    return raw[place : place + length], place + -(-length // 4) * 4


def _mail_in(value: bytes) -> bytes:
    """An object as a file: a mail is a TNEF of its own behind its mark; others are kept as they are."""
    return value.removeprefix(_MESSAGE_OBJECT)


# ---------------------------------------------------------------- .msg


def read_msg(content: bytes) -> Envelope:
    """Read an Outlook message with the messages that are attached to it, whose files come with its own.

    Raises:
        Unreadable: it is damaged.
    """
    try:
        with closing(_opened(content)) as ole:
            return _Message(ole).read()
    except _DAMAGE as error:
        raise Unreadable(UnreadReason.CORRUPT, "le message Outlook est endommagé") from error


def _opened(content: bytes) -> "OleFileIO":
    from olefile import OleFileIO

    try:
        return OleFileIO(io.BytesIO(content))
    except _DAMAGE as error:
        raise Unreadable(UnreadReason.CORRUPT, "le message Outlook est endommagé") from error


class _Message:
    """One reading of a .msg, with what all its messages together may still cost."""

    def __init__(self, ole: "OleFileIO") -> None:
        self._ole = ole
        self._streams = [tuple(path) for path in ole.listdir(streams=True, storages=False)]
        self._room = MAX_BYTES
        self._messages = 0
        self._refused: list[Refused] = []

    def read(self) -> Envelope:
        attachments, texts, own = self._message(())
        return _envelope(own, attachments, tuple(self._refused), texts)

    def _message(self, path: tuple[str, ...]) -> tuple[list[Attachment], list[str], _Properties]:
        """The files and texts of what is attached to one message, and its own properties."""
        self._messages += 1
        own = self._properties(path)
        attachments: list[Attachment] = []
        texts: list[str] = []
        depth = len(path)
        storages = {
            stream[depth]
            for stream in self._streams
            if stream[:depth] == path and stream[depth].startswith("__attach_version1.0_#")
        }
        if len(storages) > MAX_ATTACHMENTS:
            self._refused.append(_too_many("message Outlook"))
        for number, storage in enumerate(sorted(storages)[:MAX_ATTACHMENTS], 1):
            files, said = self._attached((*path, storage), number)
            attachments.extend(files)
            texts.extend(said)
        return attachments, texts, own

    def _attached(self, path: tuple[str, ...], number: int) -> tuple[list[Attachment], list[str]]:
        """What one attachment holds: a file, a message with its own files, or an address on the web."""
        properties = self._properties(path)
        name = properties.name or f"piece-sans-nom-{number}"
        if content := properties.blobs.get(_DATA):
            claimed = properties.texts.get(_TYPE, "application/octet-stream").lower()[:100]
            return [_attachment(name, claimed, content)], []
        inner = (*path, f"__substg1.0_{_DATA:04X}{_OBJECT:04X}")
        if any(stream[: len(inner)] == inner for stream in self._streams):
            return self._object(inner, name)
        address = properties.texts.get(_PATH, "")
        if address.startswith(("http://", "https://")):
            return [], [address]
        self._refuse(name, UnreadReason.EMPTY, "pièce sans contenu")
        return [], []

    def _object(self, path: tuple[str, ...], name: str) -> tuple[list[Attachment], list[str]]:
        if (*path, "__properties_version1.0") not in self._streams:
            self._refuse(name, UnreadReason.UNSUPPORTED, "objet incorporé que seul Outlook peut ouvrir")
            return [], []
        if self._messages >= MAX_MESSAGES:
            self._refuse(name, UnreadReason.TOO_LARGE, f"plus de {MAX_MESSAGES} messages l'un dans l'autre")
            return [], []
        attachments, texts, own = self._message(path)
        read = _envelope(own, attachments, (), texts)
        held = [
            Attachment(each.name, each.claimed_type, each.content, each.sha256, each.contained_in or name)
            for each in read.attachments
        ]
        return held, [f"{read.subject}\n{read.text}"] if read.text else []

    def _refuse(self, name: str, reason: UnreadReason, detail: str) -> None:
        self._refused.append(Refused(name, reason, detail))

    def _properties(self, path: tuple[str, ...]) -> _Properties:
        """The streams « __substg1.0_ », number and type, that stand in one storage (MS-OXMSG 2.4)."""
        found = _Properties()
        self._fixed(path, found)
        for stream in self._streams:
            if len(stream) == len(path) + 1 and stream[:-1] == path:
                number, kind = _tag(stream[-1])
                if number and kind in (_EIGHT_BIT, _UNICODE, _BINARY):
                    found.put(number, kind, self._content(stream), found.charset)
        return found

    def _fixed(self, path: tuple[str, ...], into: _Properties) -> None:
        """The whole numbers, which stand together in one stream of 16-byte rows behind a header."""
        stream = (*path, "__properties_version1.0")
        raw = self._content(stream) if stream in self._streams else b""
        for place in range(len(raw) % 16, len(raw) - 15, 16):
            kind, number = struct.unpack_from("<HH", raw, place)
            if kind == 0x0003:
                into.put(number, kind, raw[place + 8 : place + 12], "")

    def _content(self, stream: tuple[str, ...]) -> bytes:
        size = int(self._ole.get_size(list(stream)))
        if size > self._room:
            self._refuse("message Outlook", UnreadReason.TOO_LARGE, f"plus de {MAX_BYTES >> 20} Mo de pièces")
            return b""
        self._room -= size
        try:
            return bytes(self._ole.openstream(list(stream)).read())
        except _DAMAGE:
            # Sectors that are lost cost this stream only.
            self._refuse("message Outlook", UnreadReason.CORRUPT, "une pièce est endommagée")
            return b""


def _tag(name: str) -> tuple[int, int]:
    """The number and type in a stream's name; zeros where it is no property."""
    digits = name.removeprefix("__substg1.0_")
    try:
        return (int(digits[:4], 16), int(digits[4:], 16)) if len(digits) == 8 else (0, 0)
    except ValueError:
        return 0, 0


# ---------------------------------------------------------------- RTF

_BEGUN = (
    b"{\\rtf1\\ansi\\mac\\deff0\\deftab720{\\fonttbl;}{\\f0\\fnil \\froman \\fswiss \\fmodern \\fscript "
    b"\\fdecor MS Sans SerifSymbolArialTimes New RomanCourier{\\colortbl\\red0\\green0\\blue0\r\n\\par "
    b"\\pard\\plain\\f0\\fs20\\b\\i\\u\\tab\\tx"
)
"""What every compressed RTF may refer back to from its first byte on (MS-OXRTFCP 2.1.2.1)."""


def _unpacked_rtf(raw: bytes) -> bytes:
    """A body as RTF; empty where there is none, or it is damaged (MS-OXRTFCP 2.2)."""
    if len(raw) < 16:
        return b""
    size = int.from_bytes(raw[4:8], "little")
    if raw[8:12] == b"MELA":
        return raw[16 : 16 + size]
    if raw[8:12] != b"LZFu" or size > MAX_RTF:
        return b""
    window = bytearray(_BEGUN)
    place = 16
    while place < len(raw) and len(window) < len(_BEGUN) + size:
        flags, place = raw[place], place + 1
        for bit in range(8):
            if not flags >> bit & 1:
                window += raw[place : place + 1]
                place += 1
                continue
            token = int.from_bytes(raw[place : place + 2], "big")
            place += 2
            if not _repeat(window, token >> 4, (token & 15) + 2):
                place = len(raw)
                break
    return bytes(window[len(_BEGUN) : len(_BEGUN) + size])


def _repeat(window: bytearray, offset: int, length: int) -> bool:
    """Copy from the last 4096 bytes, byte by byte, since it may overlap; False at the end mark."""
    here = len(window) % 4096
    if offset == here:
        return False
    start = len(window) - (here - offset) % 4096
    for index in range(length):
        window.append(window[start + index] if 0 <= start + index < len(window) else 0x20)
    return True
