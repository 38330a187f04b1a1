"""Zip files, read entry by entry under limits; names in whatever letters the packing program wrote them.

A .docx is a zip too, and so are OpenDocument and Pages files: those are documents, and stay whole.
"""

import io
import re
import struct
import zipfile
import zlib
from contextlib import suppress
from lzma import LZMAError

from data.errors import Unreadable
from data.model import UnreadReason
from ingest.envelope import unnamed
from ingest.headers import file_name

MAX_RATIO = 100
SMALL = 1024 * 1024
"""A file of this size may be packed as tightly as it will: a blank sheet packs a thousandfold."""

DAMAGE = (
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

_PACKAGE = re.compile(
    r"\[Content_Types\]\.xml|mimetype|META-INF/manifest\.xml|Index/.*\.iwa|Index\.zip|index\.apxl|.*\.iwa"
)
"""Entries that make a zip one document: Office, OpenDocument, Pages."""

_UNICODE_PATH = 0x7075
"""Extra field with the name in UTF-8 (APPNOTE 4.6.9): Info-ZIP, 7-Zip and WinRAR write it."""


def content_of(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    """The bytes of one entry, if it is not locked, damaged or packed beyond reason.

    Raises:
        Unreadable: it is; the reason says which.
    """
    if entry.flag_bits & 1:
        raise Unreadable(UnreadReason.ENCRYPTED, "l'archive est protégée par un mot de passe")
    if entry.file_size > SMALL and entry.file_size > MAX_RATIO * max(1, entry.compress_size):
        raise Unreadable(UnreadReason.TOO_LARGE, "le fichier est compressé plus que de raison")
    try:
        with archive.open(entry) as packed:
            return packed.read(entry.file_size + 1)
    except NotImplementedError as error:
        raise Unreadable(UnreadReason.UNSUPPORTED, "méthode de compression inconnue") from error
    except RuntimeError as error:
        raise Unreadable(UnreadReason.ENCRYPTED, "l'archive est protégée par un mot de passe") from error
    except DAMAGE as error:
        raise Unreadable(UnreadReason.CORRUPT, "le fichier est endommagé dans l'archive") from error


def is_archive(content: bytes) -> bool:
    """Whether a file is a zip of files, and not a document that is packed as one."""
    if not content.startswith((b"PK\x03\x04", b"PK\x05\x06", b"PK00PK")):
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return not any(_PACKAGE.fullmatch(name) for name in archive.namelist())
    except DAMAGE:
        # A cut archive has lost its directory; its first entry still says what it is.
        return _PACKAGE.match(content[30:80].decode("latin-1")) is None and b"word/" not in content[:65536]


def entry_name(entry: zipfile.ZipInfo) -> str:
    """The name of an entry, in letters.

    Only names marked so are Unicode; some programs write the Unicode name beside the other. macOS writes
    UTF-8 without the mark, Windows its console's code page 850, which for French letters is the 437 of the
    standard and its capitals besides.
    """
    if entry.flag_bits & 0x800:
        return entry.filename
    try:
        raw = entry.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return entry.filename
    beside = _unicode_path(entry.extra, raw)
    if beside is not None:
        return beside
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return raw.decode("cp850")


def _unicode_path(extra: bytes, raw: bytes) -> str | None:
    """The name in an entry's extra field, if it was written for this very name and not an earlier one."""
    while len(extra) >= 4:
        kind, length = struct.unpack_from("<HH", extra)
        value, extra = extra[4 : 4 + length], extra[4 + length :]
        if kind == _UNICODE_PATH and value[1:5] == zlib.crc32(raw).to_bytes(4, "little"):
            with suppress(UnicodeDecodeError):
                return value[5:].decode("utf-8")
    return None


def shown(path: str) -> str:
    """The path inside an archive as a name: its folders may tell two « comptes.pdf » apart."""
    steps = (file_name(step) for step in re.split(r"[\\/]", path))
    return "/".join([step for step in steps if step][-3:]) or unnamed("application/octet-stream")
