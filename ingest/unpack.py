"""Archives and mails inside a mail become the files that they hold, under limits.

What a file is stands in its bytes: a .docx is a zip too, and is left whole. Whatever cannot be unpacked is
a `Refused` with its reason, so that nothing an applicant sent is taken for absent.
"""

import hashlib
import io
import re
import struct
import zipfile
import zlib
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from lzma import LZMAError

from data.errors import Unreadable
from data.model import Attachment, Envelope, Refused, UnreadReason
from ingest.envelope import read, unnamed
from ingest.headers import file_name

MAX_DEPTH = 3
MAX_FILES = 100
MAX_BYTES = 100 * 1024 * 1024
MAX_RATIO = 100
SMALL = 1024 * 1024
"""A file of this size may be packed as tightly as it will: a blank sheet packs a thousandfold."""

MAIL_MARK = "-------- Message joint : "
"""Begins the text of an attached mail within the text of the mail that brought it."""

_DAMAGE = (
    zipfile.BadZipFile,
    NotImplementedError,
    zlib.error,
    LZMAError,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    IndexError,
    OverflowError,
    struct.error,
)
"""What `zipfile` raises on archives cut short or tampered with."""

_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$", re.IGNORECASE)
_PACKAGE = re.compile(
    r"\[Content_Types\]\.xml|mimetype|META-INF/manifest\.xml|Index/.*\.iwa|Index\.zip|index\.apxl|.*\.iwa"
)
"""Entries that make a zip one document: Office, OpenDocument, Pages."""

_FIELD = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|Reply-To|Cc"
    rb"|DKIM-Signature|Content-Type|X-[\w-]+)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n",
    re.IGNORECASE,
)


def open_mail(content: bytes) -> Envelope:
    """Read a mail and unpack what it brings. Total on any bytes."""
    return unpack(read(content))


def unpack(envelope: Envelope) -> Envelope:
    """The envelope with archives and attached mails replaced by the files they hold.

    The text of an attached mail follows the text of the mail that brought it, and its ids join the
    references: a bounce or a forwarded reply is known by the mail that it holds.
    """
    crate = _Crate()
    for attachment in envelope.attachments:
        crate.open(attachment, depth=0)
    return replace(
        envelope,
        text="\n\n".join([*filter(None, [envelope.text]), *crate.texts]),
        references=tuple(dict.fromkeys((*envelope.references, *crate.references))),
        attachments=tuple(crate.leaves),
        refused=(*envelope.refused, *crate.refused),
        defects=tuple(dict.fromkeys((*envelope.defects, *crate.defects))),
    )


@dataclass
class _Crate:
    """What has come out so far; the limits hold for the mail as a whole."""

    leaves: list[Attachment] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    unpacked_bytes: int = 0
    unpacked_files: int = 0

    def open(self, attachment: Attachment, *, depth: int) -> None:
        """Take a file apart if it holds files, else keep it."""
        if is_mail(attachment):
            self._into(attachment, depth, self._mail)
        elif is_archive(attachment.content):
            self._into(attachment, depth, self._zip)
        else:
            self.leaves.append(attachment)

    def _into(self, attachment: Attachment, depth: int, opener: Callable[[Attachment, int], None]) -> None:
        if depth >= MAX_DEPTH:
            self._refuse(attachment.name, UnreadReason.TOO_LARGE, f"plus de {MAX_DEPTH} niveaux d'archives")
            return
        opener(attachment, depth)

    def _refuse(self, name: str, reason: UnreadReason, detail: str) -> None:
        self.refused.append(Refused(name, reason, detail))

    # ------------------------------------------------------------ mails

    def _mail(self, attachment: Attachment, depth: int) -> None:
        inner = read(attachment.content)
        self.refused.extend(inner.refused)
        self.defects.extend(inner.defects)
        self.references.extend(filter(None, (inner.message_id, inner.in_reply_to, *inner.references)))
        if inner.text:
            self.texts.append(f"{MAIL_MARK}{inner.subject}\n{inner.text}")
        for each in inner.attachments:
            self.open(replace(each, contained_in=attachment.name), depth=depth + 1)

    # ------------------------------------------------------------ archives

    def _zip(self, attachment: Attachment, depth: int) -> None:
        before = len(self.leaves) + len(self.refused)
        try:
            with zipfile.ZipFile(io.BytesIO(attachment.content)) as archive:
                self._entries(attachment.name, archive, depth)
        except _DAMAGE:
            self._refuse(attachment.name, UnreadReason.CORRUPT, "l'archive est endommagée")
        if len(self.leaves) + len(self.refused) == before:
            self._refuse(attachment.name, UnreadReason.EMPTY, "l'archive est vide")

    def _entries(self, name: str, archive: zipfile.ZipFile, depth: int) -> None:
        for entry in archive.infolist():
            called = entry_name(entry)
            if entry.is_dir() or _LITTER.search(called):
                continue
            if self.unpacked_files >= MAX_FILES:
                self._refuse(name, UnreadReason.TOO_LARGE, f"plus de {MAX_FILES} fichiers")
                return
            self.unpacked_files += 1
            self._entry(archive, entry, shown(called), name, depth)

    def _entry(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, called: str, holder: str, depth: int
    ) -> None:
        try:
            content = content_of(archive, entry, room=MAX_BYTES - self.unpacked_bytes)
        except Unreadable as why:
            self._refuse(called, why.reason, why.detail)
            return
        self.unpacked_bytes += len(content)
        sha256 = hashlib.sha256(content).hexdigest()
        self.open(Attachment(called, "application/octet-stream", content, sha256, holder), depth=depth + 1)


def content_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, room: int) -> bytes:
    """The bytes of one entry, if it is not locked, damaged or too large for the room that is left.

    Raises:
        Unreadable: it is; the reason says which.
    """
    if entry.flag_bits & 1:
        raise Unreadable(UnreadReason.ENCRYPTED, "l'archive est protégée par un mot de passe")
    if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise Unreadable(UnreadReason.TOO_LARGE, "le fichier est compressé plus que de raison")
    if entry.file_size > room:
        raise Unreadable(UnreadReason.TOO_LARGE, f"plus de {MAX_BYTES >> 20} Mo décompressés")
    try:
        with archive.open(entry) as packed:
            return packed.read(entry.file_size + 1)
    except NotImplementedError as error:
        raise Unreadable(UnreadReason.UNSUPPORTED, "méthode de compression inconnue") from error
    except RuntimeError as error:
        raise Unreadable(UnreadReason.ENCRYPTED, "l'archive est protégée par un mot de passe") from error
    except _DAMAGE as error:
        raise Unreadable(UnreadReason.CORRUPT, "le fichier est endommagé dans l'archive") from error


def is_mail(attachment: Attachment) -> bool:
    """Whether a file is a mail: sent as one, or beginning with the header of one."""
    if attachment.content.startswith((b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        return False
    if attachment.claimed_type in {"message/rfc822", "text/rfc822-headers", "message/global"}:
        return True
    return b":" in attachment.content[:80] and _header_fields(attachment.content[: 16 * 1024]) >= 3


def _header_fields(head: bytes) -> int:
    """How many well-known header fields stand at the very start."""
    count, place = 0, len(head) - len(head.lstrip())
    while count < 3 and (found := _FIELD.match(head, place)):
        count, place = count + 1, found.end()
    return count


def is_archive(content: bytes) -> bool:
    """Whether a file is a zip of files, and not a document that is packed as one."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not any(_PACKAGE.fullmatch(name) for name in archive.namelist())
    except _DAMAGE:
        # A cut archive has lost its directory; its first entry still says what it is.
        return _PACKAGE.match(content[30:80].decode("latin-1")) is None and b"word/" not in content[:65536]


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry, in letters.

    Only names marked so are Unicode; macOS writes UTF-8 without the mark, Windows its console's code page
    850, which for French letters is the 437 of the standard and its capitals besides.
    """
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")


def shown(path: str) -> str:
    """The path inside an archive as a name: its folders may tell two « comptes.pdf » apart."""
    steps = (file_name(step) for step in re.split(r"[\\/]", path))
    return "/".join([step for step in steps if step][-3:]) or unnamed("application/octet-stream")
