"""Archives, Outlook's wrappings, sealed and attached mails become the files that they hold, under limits.

What a file is stands in its bytes: a .docx is a zip too, and is left whole. Whatever cannot be unpacked is
a `Refused` with its reason, so that nothing an applicant sent is taken for absent. The limits on depth,
number and size hold for the mail as a whole, whatever is packed in what.
"""

import hashlib
import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field, replace

from data.errors import Unreadable
from data.model import Address, Attachment, Envelope, Machine, Refused, UnreadReason
from ingest.envelope import read
from ingest.forwarded import outsider
from ingest.headers import split_block
from ingest.outlook import RTF_BODY, is_msg, is_tnef, read_msg, read_tnef
from ingest.sealed import is_sealed, unsealed
from ingest.zipped import DAMAGE, content_of, entry_name, is_archive, shown

MAX_DEPTH = 5
"""A colleague forwards (1) a mail that is signed (2, 3) and brings a zip (4) with a mail in it (5)."""
MAX_FILES = 100
MAX_BYTES = 100 * 1024 * 1024

MAIL_MARK = "-------- Message joint : "
"""Begins the text of an attached mail within the text of the mail that brought it."""

_LITTER = re.compile(r"(?:^|/)(?:__MACOSX/.*|\.DS_Store|Thumbs\.db|desktop\.ini|\._[^/]*)$", re.IGNORECASE)

_UNOPENED = (
    (b"7z\xbc\xaf\x27\x1c", 0, "7z"),
    (b"Rar!\x1a\x07", 0, "RAR"),
    (b"\x1f\x8b\x08", 0, "gzip"),
    (b"BZh", 0, "bzip2"),
    (b"\xfd7zXZ\0", 0, "xz"),
    (b"MSCF\0\0\0\0", 0, "CAB"),
    (b"ustar", 257, "tar"),
    (b"-lh", 2, "LHA"),
    (b"**ACE**", 7, "ACE"),
)
"""How archives begin that are not opened, where those bytes stand, and what people call them."""

_FIELD = re.compile(
    rb"(?:Return-Path|Received|Delivered-To|From|To|Subject|Date|Message-ID|MIME-Version|Reply-To|Cc"
    rb"|DKIM-Signature|Content-Type|X-[\w-]+)[ \t]*:[^\r\n]*(?:\r?\n[ \t][^\r\n]*)*\r?\n",
    re.IGNORECASE,
)
_UNREADABLE_AS_MAIL = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0")


def open_mail(content: bytes) -> Envelope:
    """Read a mail and unpack what it brings. Total on any bytes."""
    return unpack(read(content))


def unpack(envelope: Envelope) -> Envelope:
    """The envelope with archives and attached mails replaced by the files they hold.

    The text of an attached mail follows the text of the mail that brought it, and its ids join the
    references: a bounce or a forwarded reply is known by the mail that it holds.
    """
    crate = _Crate(silent=not envelope.text)
    for attachment in envelope.attachments:
        crate.open(attachment, depth=0)
    writer = envelope.forwarded_from or outsider(crate.writers, envelope.sender)
    returned = envelope.machine in (Machine.BOUNCE, Machine.RESPONDER)  # a mail comes back in them, not along
    return replace(
        envelope,
        text="\n\n".join([*filter(None, [envelope.text]), *crate.texts]),
        references=tuple(dict.fromkeys((*envelope.references, *crate.references))),
        attachments=tuple(crate.leaves),
        refused=(*envelope.refused, *crate.refused),
        defects=tuple(dict.fromkeys((*envelope.defects, *crate.defects))),
        forwarded_from=None if returned else writer,
    )


@dataclass
class _Crate:
    """What has come out so far; the limits hold for the mail as a whole."""

    silent: bool
    """The mail itself has no text: what a wrapping holds is its text."""
    leaves: list[Attachment] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    references: list[str] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    writers: list[Address] = field(default_factory=list)
    """Who wrote the attached mails."""
    unpacked_bytes: int = 0
    unpacked_files: int = 0

    def open(self, attachment: Attachment, *, depth: int) -> None:
        """Take a file apart if it holds files, else keep it."""
        opener = self._opener(attachment)
        if opener is None:
            self._keep(attachment)
        elif depth >= MAX_DEPTH:
            self._refuse(attachment.name, UnreadReason.TOO_LARGE, f"plus de {MAX_DEPTH} niveaux d'archives")
        else:
            try:
                opener(attachment, depth)
            except Unreadable as why:
                self._refuse(attachment.name, why.reason, why.detail)

    def _opener(self, attachment: Attachment) -> Callable[[Attachment, int], None] | None:
        content = attachment.content
        if is_mail(attachment):
            return self._mail
        if is_archive(content):
            return self._zip
        if is_tnef(content):
            return self._wrapped
        if is_msg(content):
            return self._message
        return self._sealed if is_sealed(content) else None

    def _keep(self, attachment: Attachment) -> None:
        """A file as it is; of an archive of a kind that is not opened, only that it came."""
        kind = unopened(attachment.content)
        if kind:
            detail = f"archive {kind}, que nous ne savons pas ouvrir : un fichier zip ou PDF convient"
            self._refuse(attachment.name, UnreadReason.UNSUPPORTED, detail)
        else:
            self.leaves.append(attachment)

    def _refuse(self, name: str, reason: UnreadReason, detail: str) -> None:
        self.refused.append(Refused(name, reason, detail))

    def _inside(self, files: tuple[Attachment, ...], holder: Attachment, depth: int) -> None:
        """Open what came out of a mail or wrapping in turn, as long as there is room."""
        for each in files:
            if self._full(holder.name):
                return
            if len(each.content) > MAX_BYTES - self.unpacked_bytes:
                self._refuse(each.name, UnreadReason.TOO_LARGE, _too_much())
                continue
            self.unpacked_files += 1
            self.unpacked_bytes += len(each.content)
            self.open(replace(each, contained_in=each.contained_in or holder.name), depth=depth + 1)

    def _full(self, holder: str) -> bool:
        """Whether no more files may come out; told once for each thing that holds more."""
        if self.unpacked_files < MAX_FILES:
            return False
        self._refuse(holder, UnreadReason.TOO_LARGE, f"plus de {MAX_FILES} fichiers")
        return True

    # ------------------------------------------------------------ mails

    def _mail(self, attachment: Attachment, depth: int) -> None:
        self._attached(read(attachment.content), attachment, depth)

    def _message(self, attachment: Attachment, depth: int) -> None:
        """A mail that Outlook saved as a file."""
        self._attached(_not_empty(read_msg(attachment.content)), attachment, depth)

    def _attached(self, inner: Envelope, attachment: Attachment, depth: int) -> None:
        """A mail of somebody's own within the mail."""
        self.writers.extend(filter(None, (inner.sender, inner.forwarded_from)))
        if inner.text:
            self.texts.append(f"{MAIL_MARK}{inner.subject}\n{inner.text}")
        self._join(inner, attachment, depth)

    def _wrapped(self, attachment: Attachment, depth: int) -> None:
        """What Outlook wrapped: the rest of the same mail; its text mostly stands beside it already."""
        inner = read_tnef(attachment.content)
        if self.silent:
            self.texts.extend(filter(None, [inner.text]))
        else:
            files = tuple(each for each in inner.attachments if each.name != RTF_BODY)
            inner = replace(inner, attachments=files)
        self._join(inner, attachment, depth)

    def _sealed(self, attachment: Attachment, depth: int) -> None:
        """A signed mail is the mail itself; a signed file is that file; a lone signature is left."""
        content = unsealed(attachment.content)
        if content is None:
            self.leaves.append(attachment)
        elif split_block(content)[0].first("content-type") is not None:
            inner = read(content)
            self.texts.extend(filter(None, [inner.text]))
            self._join(inner, attachment, depth)
        else:
            name = re.sub(r"\.p7[ms]$", "", attachment.name, flags=re.IGNORECASE)
            sha256 = hashlib.sha256(content).hexdigest()
            file = Attachment(name, "application/octet-stream", content, sha256)
            self._inside((file,), attachment, depth)

    def _join(self, inner: Envelope, attachment: Attachment, depth: int) -> None:
        self.refused.extend(inner.refused)
        self.defects.extend(inner.defects)
        self.references.extend(filter(None, (inner.message_id, inner.in_reply_to, *inner.references)))
        self._inside(inner.attachments, attachment, depth)

    # ------------------------------------------------------------ archives

    def _zip(self, attachment: Attachment, depth: int) -> None:
        before = len(self.leaves) + len(self.refused)
        try:
            with zipfile.ZipFile(io.BytesIO(attachment.content)) as archive:
                self._entries(attachment.name, archive, depth)
        except DAMAGE as error:
            raise Unreadable(UnreadReason.CORRUPT, "l'archive est endommagée") from error
        if len(self.leaves) + len(self.refused) == before:
            raise Unreadable(UnreadReason.EMPTY, "l'archive est vide")

    def _entries(self, name: str, archive: zipfile.ZipFile, depth: int) -> None:
        for entry in archive.infolist():
            called = entry_name(entry)
            if entry.is_dir() or _LITTER.search(called):
                continue
            if self._full(name):
                return
            self.unpacked_files += 1
            self._entry(archive, entry, shown(called), name, depth)

    def _entry(
        self, archive: zipfile.ZipFile, entry: zipfile.ZipInfo, called: str, holder: str, depth: int
    ) -> None:
        if entry.file_size > MAX_BYTES - self.unpacked_bytes:
            self._refuse(called, UnreadReason.TOO_LARGE, _too_much())
            return
        try:
            content = content_of(archive, entry)
        except Unreadable as why:
            self._refuse(called, why.reason, why.detail)
            return
        self.unpacked_bytes += len(content)
        sha256 = hashlib.sha256(content).hexdigest()
        self.open(Attachment(called, "application/octet-stream", content, sha256, holder), depth=depth + 1)


def _not_empty(inner: Envelope) -> Envelope:
    """A message that holds nothing at all must not vanish."""
    if inner.attachments or inner.refused or inner.text or inner.subject:
        return inner
    raise Unreadable(UnreadReason.EMPTY, "le fichier ne contient rien")


def _too_much() -> str:
    return f"plus de {MAX_BYTES >> 20} Mo décompressés"


def unopened(content: bytes) -> str | None:
    """What kind of archive a file is, if it is one that we do not open."""
    return next((name for magic, at, name in _UNOPENED if content[at : at + len(magic)] == magic), None)


def is_mail(attachment: Attachment) -> bool:
    """Whether a file is a mail: sent as one, or beginning with the header of one."""
    if attachment.content.startswith(_UNREADABLE_AS_MAIL):
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
