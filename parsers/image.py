"""Pictures of pages: photos and scans. They hold no text; without OCR they are told as scans."""

from data.errors import Unreadable
from data.model import Document, FileKind, UnreadReason
from parsers._reader import reader


@reader(FileKind.JPEG, FileKind.PNG, FileKind.TIFF, FileKind.HEIC, FileKind.WEBP, FileKind.GIF)
def read(content: bytes) -> Document:
    """Refuse, with the reason."""
    raise Unreadable(UnreadReason.SCAN, "image sans texte")
