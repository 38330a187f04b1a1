"""Files of before 2007 and RTF: looked over here, and read once LibreOffice has converted them."""

import io
import struct
from typing import Any

from data.errors import Unreadable
from data.model import Document, FileKind, UnreadReason
from parsers import _sniff
from parsers._reader import reader

WAY_OUT = {
    FileKind.DOC: "ancien document Word : un enregistrement en .docx ou en PDF est nécessaire",
    FileKind.RTF: "document RTF : un enregistrement en .docx ou en PDF est nécessaire",
    FileKind.XLS: "ancien classeur Excel : un enregistrement en .xlsx ou en PDF est nécessaire",
}
LOCKED = "document Office protégé par un mot de passe"

_FIB_ENCRYPTED = 0x0100  # MS-DOC 2.5.2, bit I of the flags at offset 10
_FILEPASS = 0x002F  # MS-XLS 2.4.117, among the first records of a locked workbook


@reader(FileKind.DOC, FileKind.RTF, FileKind.XLS)
def read(content: bytes) -> Document:
    """Refuse: locked, or with the way out that is told where LibreOffice is not installed."""
    kind = _sniff.sniff(content)
    if kind is not FileKind.RTF and _is_locked(content):
        raise Unreadable(UnreadReason.ENCRYPTED, LOCKED)
    raise Unreadable(UnreadReason.UNSUPPORTED, WAY_OUT[kind])


def _is_locked(content: bytes) -> bool:
    import olefile

    if not olefile.isOleFile(content):
        raise Unreadable(UnreadReason.CORRUPT, "le fichier est endommagé")
    with olefile.OleFileIO(io.BytesIO(content)) as ole:
        if ole.exists("EncryptedPackage"):
            return True
        if ole.exists("WordDocument"):
            head = ole.openstream("WordDocument").read(12)
            return len(head) == 12 and bool(struct.unpack_from("<H", head, 10)[0] & _FIB_ENCRYPTED)
        book = next((name for name in ("Workbook", "Book") if ole.exists(name)), None)
        return book is not None and _has_filepass(ole.openstream(book))


def _has_filepass(stream: Any) -> bool:
    for _ in range(40):
        head = stream.read(4)
        if len(head) < 4:
            return False
        kind, size = struct.unpack("<HH", head)
        if kind == _FILEPASS:
            return True
        stream.read(size)
    return False
