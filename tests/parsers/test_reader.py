"""Any bytes give a document or a reason."""

import io
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import parsers
from data.model import Document, Unread, UnreadReason
from parsers import _reader
from tests import corpus
from tests.parsers.conftest import a_pdf, a_word_file

CORPUS: Path = getattr(corpus, "CORPUS", Path(__file__).parents[3] / "shared" / "corpus")
WORD = a_word_file("Nom : Zoé", "Fonction : directrice")
PDF = a_pdf(("Nom : Zoé", "Fonction : directrice"))


@given(
    st.binary(max_size=300), st.sampled_from([b"", b"PK\x03\x04", b"%PDF-1.4\n", b"<html>", b"\xff\xd8\xff"])
)
@settings(max_examples=60, deadline=None)
def test_any_bytes_give_a_document_or_a_reason(content: bytes, head: bytes) -> None:
    """Reading is total."""
    assert isinstance(parsers.read(head + content), Document | Unread)


@given(st.sampled_from([WORD, PDF]), st.data())
@settings(max_examples=50, deadline=None)
def test_damaged_files_give_a_document_or_a_reason(whole: bytes, data: st.DataObject) -> None:
    """A file cut off or altered anywhere is read, or refused with a reason."""
    at = data.draw(st.integers(0, len(whole) - 1))
    damaged = whole[:at] + data.draw(st.binary(max_size=4)) + whole[at + data.draw(st.integers(0, 40)) :]

    assert isinstance(parsers.read(damaged), Document | Unread)


def test_an_empty_file_says_so() -> None:
    """Zero bytes are no damaged file."""
    reading = parsers.read(b"")

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.EMPTY


def test_a_zip_bomb_is_refused_unopened() -> None:
    """A Word file that would unpack to hundreds of megabytes is too large."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr("word/document.xml", b" " * (90 * 1024 * 1024))
    reading = parsers.read(out.getvalue())

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.TOO_LARGE


def test_an_image_waits_to_be_recognised() -> None:
    """A picture is a document whose page waits; one that cannot be opened is damaged."""
    waiting = parsers.read(b"\x89PNG\r\n\x1a\n" + b"\0" * 100)
    damaged = parsers.read(b"\xff\xd8\xff\xe0" + b"\0" * 100)

    assert isinstance(waiting, Document)
    assert parsers.pages_to_recognise(waiting) == [1]
    assert isinstance(damaged, Unread)
    assert damaged.reason is UnreadReason.CORRUPT


@pytest.mark.skipif(not CORPUS.is_dir(), reason="the shared corpus is not on this machine")
@pytest.mark.parametrize("folder", ["office", "office_sheet", "pdf", "pdf_signed", "nasty"])
def test_real_files_are_read_or_refused(folder: str) -> None:
    """A sample of real documents is read or refused with a reason; `make robustness` reads them all."""
    files = sorted(path for path in (CORPUS / folder).rglob("*") if path.is_file())
    for path in [path for path in files if path.stat().st_size < 400_000][::11]:
        reading = parsers.read(path.read_bytes())

        assert isinstance(reading, Document | Unread), path.name
        assert isinstance(reading, Document) or reading.detail, path.name


@pytest.mark.parametrize(
    ("content", "way_out"),
    [
        (b"[InternetShortcut]\r\nURL=https://example.org/dossier\r\n", "le document lui-même"),
        (b"{\\rtf1 Bonjour}", "PDF"),
        (b"\0\1\2\3", "inconnu"),
    ],
)
def test_a_refusal_says_what_to_send_instead(content: bytes, way_out: str) -> None:
    """Who sent a link or an old format learns what would be read."""
    reading = parsers.read(content)

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.UNSUPPORTED
    assert way_out in reading.detail


def test_a_picture_that_needs_too_much_memory_is_not_damaged() -> None:
    """OpenCV has an error of its own for it, which says nothing of the file."""

    def read() -> None:
        raise RuntimeError("(-4:Insufficient memory) Failed to allocate 90000000 bytes")

    with pytest.raises(MemoryError):
        _reader.guarded(read)()
