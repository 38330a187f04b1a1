"""What a file is, told by its bytes."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import FileKind
from parsers._sniff import sniff
from tests.parsers.conftest import a_pdf, a_word_file


def _zip(**members: bytes) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FileKind.EMPTY),
        (b" \r\n\0", FileKind.EMPTY),
        (b"junk before the head\n%PDF-1.7\n", FileKind.PDF),
        (b"\xff\xd8\xff\xe0", FileKind.JPEG),
        (b"\x89PNG\r\n\x1a\n", FileKind.PNG),
        (b"MM\0*\0\0\0\x08", FileKind.TIFF),
        (b"\0\0\0\x18ftypheic", FileKind.HEIC),
        (b"{\\rtf1\\ansi", FileKind.RTF),
        (b"\x78\x9f\x3e\x22\x00", FileKind.TNEF),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "WordDocument".encode("utf-16-le"), FileKind.DOC),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), FileKind.DOCX),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_0037".encode("utf-16-le"), FileKind.MSG),
        (b"From: a@example.org\r\nSubject: Bonjour\r\n\r\nBonjour", FileKind.EML),
        (b"<html><body>Bonjour</body></html>", FileKind.HTML),
        ("Nom : Zoé\n".encode(), FileKind.TEXT),
        (b"[InternetShortcut]\r\nURL=https://example.org/dossier\r\n", FileKind.LINK),
        (b"\x4c\0\0\0\x01\x14\x02\0\0\0\0\0\xc0\0\0\0\0\0\0\x46", FileKind.LINK),
        (
            b'{"url": "https://docs.google.com/open?id=1", "doc_id": "1", "email": "a@example.org"}',
            FileKind.LINK,
        ),
        (
            b'<?xml version="1.0"?><plist><dict><key>URL</key><string>https://a</string></dict></plist>',
            FileKind.LINK,
        ),
        (b"\0\1\2\3\4\5", FileKind.OTHER),
    ],
)
def test_bytes_tell_the_kind(content: bytes, kind: FileKind) -> None:
    """Magic bytes, not names, say what a file is."""
    assert sniff(content) is kind


def test_packages_are_told_apart_inside_the_zip() -> None:
    """Word, LibreOffice and Pages files are all zips; what is in them tells."""
    assert sniff(a_word_file("Bonjour")) is FileKind.DOCX
    assert sniff(a_word_file("Bonjour")[:-30]) is FileKind.DOCX
    assert sniff(a_pdf(("Bonjour",))) is FileKind.PDF
    assert sniff(_zip(mimetype=b"application/vnd.oasis.opendocument.text")) is FileKind.ODT
    assert sniff(_zip(**{"Index/Document.iwa": b"x"})) is FileKind.PAGES
    assert sniff(_zip(**{"statuts.pdf": b"x"})) is FileKind.ZIP


@given(st.binary(max_size=400))
def test_sniffing_is_total(content: bytes) -> None:
    """Any bytes have a kind."""
    assert isinstance(sniff(content), FileKind)
