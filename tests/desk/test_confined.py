"""Files read in the sandbox: scanned pages each in a process of its own, kept by their image's hash."""

import threading
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import numpy as np
import pytest
from reportlab.pdfgen.canvas import Canvas

from data.errors import StoreError
from data.model import Document, FileKind, PageSource, Unread, UnreadReason
from desk import confined
from desk.pipeline import Tools
from desk.sandbox import Sandbox
from ingest.unpack import open_mail
from tests.parsers.scans import NEEDS_FRENCH, as_pdf, drawn, need_language, pixels


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as sandbox:
        yield sandbox


def _scan(*texts: str) -> bytes:
    pages = [pixels(drawn(lambda canvas, text=text: canvas.drawString(30, 380, text)))[0] for text in texts]
    return as_pdf(pages)


@NEEDS_FRENCH
def test_a_scan_is_read_where_it_can_do_no_harm(sandbox: Sandbox) -> None:
    """Tesseract, its language data and the picture libraries work behind all bonds, page by page."""
    reading = confined.read(sandbox, _scan("Bonjour tout le monde", "Au revoir"))

    assert isinstance(reading, Document), reading
    assert [(line.page, line.text) for line in reading.lines] == [
        (1, "Bonjour tout le monde"),
        (2, "Au revoir"),
    ]
    assert confined.is_whole(reading)


@NEEDS_FRENCH
def test_a_telephones_photo_is_read_there_too(sandbox: Sandbox) -> None:
    """HEIC, whose decoder starts threads of its own. The picture is an invented page, encoded by libheif."""
    reading = confined.read(sandbox, (Path(__file__).parent / "photo.heic").read_bytes())

    assert isinstance(reading, Document), reading
    assert reading.lines[1].text == "Nom de la structure : La Remise"


DUTCH = "Zij keurt de begroting goed vóór het einde van"


def _rows(canvas: Canvas, row: str = "Nous réparons des vélos avec des jeunes") -> None:
    canvas.setFont("Helvetica", 9)
    for number in range(8):
        canvas.drawString(30, 380 - 22 * number, row)


@NEEDS_FRENCH
def test_a_dutch_page_is_read_with_dutch_data_there_too(sandbox: Sandbox) -> None:
    """Other data is loaded behind the bonds, when a page turns out to need it."""
    need_language("nld")
    reading = confined.read(sandbox, as_pdf([pixels(drawn(lambda canvas: _rows(canvas, DUTCH)))[0]]))

    assert isinstance(reading, Document), reading
    assert {line.text for line in reading.lines} == {DUTCH}


@NEEDS_FRENCH
def test_pages_on_their_side_and_empty_ones_are_read_there_too(sandbox: Sandbox) -> None:
    """What the engine complains of, a page with few letters or none, does not cost the page."""
    level = pixels(drawn(_rows))[0]
    sideways = np.ascontiguousarray(np.rot90(level))
    reading = confined.read(sandbox, as_pdf([sideways, np.full_like(level, 255)]))

    assert isinstance(reading, Document), reading
    assert len([line for line in reading.lines if "vélos" in line.text]) == 8
    assert [(page.source, page.reason) for page in reading.pages] == [(PageSource.OCR, "")] * 2


@NEEDS_FRENCH
def test_a_page_that_was_read_is_known_in_another_file(sandbox: Sandbox) -> None:
    """The same scanned page in a second file is not recognised again."""
    kept: dict[str, Document | Unread] = {}
    made = []

    def recall(sha256: str, make: confined.Make) -> Document | Unread:
        if sha256 not in kept:
            made.append(sha256)
            kept[sha256] = make()
        return kept[sha256]

    confined.read(sandbox, _scan("Bonjour tout le monde"), recall)
    again = confined.read(sandbox, _scan("Bonjour tout le monde", "Au revoir"), recall)

    assert isinstance(again, Document)
    assert [line.text for line in again.lines] == ["Bonjour tout le monde", "Au revoir"]
    assert len(made) == 2


def test_a_page_that_was_cut_off_is_read_another_day(sandbox: Sandbox) -> None:
    """What failed is not kept as the last word on a file; the pages beside it are."""

    def recall(_: str, make: confined.Make) -> Document | Unread:
        return Unread(FileKind.PDF, UnreadReason.TIMED_OUT, "trop long")

    reading = confined.read(sandbox, _scan("Bonjour"), recall)

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.TIMED_OUT
    assert not confined.is_whole(reading)


# ---------------------------------------------------------------- before they are asked for


def _mail(*files: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = "Fatiha Ouali <fatiha@lefil.example>"
    for number, file in enumerate(files):
        mail.add_attachment(file, maintype="application", subtype="octet-stream", filename=f"{number}.bin")
    return mail.as_bytes()


def _refused(content: bytes) -> Unread:
    return Unread(FileKind.OTHER, UnreadReason.UNSUPPORTED, content.decode())


def test_the_files_of_a_mail_are_read_side_by_side() -> None:
    """Each waits for the other, which could never come if it were begun when the first is done."""
    meeting = threading.Barrier(2, timeout=10)

    def read(content: bytes) -> Unread:
        meeting.wait()
        return _refused(content)

    with confined.reading_ahead(Tools(open_mail, read)) as tools:
        tools.open_mail(_mail(b"un", b"deux"))
        assert [tools.read(each) for each in (b"un", b"deux")] == [_refused(b"un"), _refused(b"deux")]


def test_a_file_that_was_read_ahead_is_not_read_again() -> None:
    """What was begun is what the asker gets; a file of no mail is read when it is asked for."""
    read: list[bytes] = []

    def note(content: bytes) -> Unread:
        read.append(content)
        return _refused(content)

    with confined.reading_ahead(Tools(open_mail, note)) as tools:
        tools.open_mail(_mail(b"un", b"un"))
        assert (tools.read(b"un"), tools.read(b"trois")) == (_refused(b"un"), _refused(b"trois"))
    assert sorted(read) == [b"trois", b"un"]


def test_trouble_while_reading_ahead_is_told_to_who_asks() -> None:
    """A full disk is nobody's file: the mail is tried again, and not judged without it."""

    def read(_: bytes) -> Unread:
        raise StoreError("the disk is full")

    with confined.reading_ahead(Tools(open_mail, read)) as tools:
        tools.open_mail(_mail(b"un"))
        with pytest.raises(StoreError):
            tools.read(b"un")
