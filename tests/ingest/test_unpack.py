"""`ingest.unpack`: what is packed comes out, under limits, and what does not come out is told."""

import io
import struct
import zipfile
from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Attachment, UnreadReason
from ingest import unpack as unpacking
from ingest import zipped
from ingest.envelope import read
from ingest.unpack import open_mail, unpack
from tests.builders import a_mail
from tests.ingest.conftest import an_envelope


def a_zip(files: Mapping[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name), content, compress_type=method)
    return packed.getvalue()


def holding(content: bytes, name: str = "annexes.zip", kind: str = "application/zip") -> Attachment:
    return Attachment(name, kind, content, "sha")


def locked(content: bytes) -> bytes:
    """The same zip with every entry marked as encrypted (APPNOTE 4.4.4, bit 0)."""
    raw = bytearray(content)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        place = raw.find(mark)
        while place >= 0:
            flags = struct.unpack_from("<H", raw, place + offset)[0]
            struct.pack_into("<H", raw, place + offset, flags | 1)
            place = raw.find(mark, place + 4)
    return bytes(raw)


def test_a_zip_becomes_its_files() -> None:
    """Each file keeps its folders in its name, and says which archive it came from."""
    content = a_zip({"2024/comptes.pdf": b"%PDF 24", "2025/comptes.pdf": b"%PDF 25", "vide/": b""})

    found = unpack(an_envelope(files=[holding(content)])).attachments

    assert [(each.name, each.content, each.contained_in) for each in found] == [
        ("2024/comptes.pdf", b"%PDF 24", "annexes.zip"),
        ("2025/comptes.pdf", b"%PDF 25", "annexes.zip"),
    ]


def test_a_zip_is_told_by_its_bytes() -> None:
    """Its name and claimed type do not matter."""
    packed = holding(a_zip({"a.pdf": b"%PDF"}), "dossier.pdf", "application/pdf")

    assert [each.name for each in unpack(an_envelope(files=[packed])).attachments] == ["a.pdf"]


@pytest.mark.parametrize("inside", ["[Content_Types].xml", "mimetype", "Index/Document.iwa"])
def test_a_document_that_is_a_zip_stays_whole(inside: str) -> None:
    """Word, OpenDocument and Pages files are documents, also when cut."""
    whole = holding(a_zip({inside: b"x", "word/document.xml": b"y" * 300}), "form.docx")
    cut = replace(whole, content=whole.content[:-40])

    assert unpack(an_envelope(files=[whole])).attachments == (whole,)
    assert unpack(an_envelope(files=[cut])).attachments == (cut,)


def test_the_litter_of_operating_systems_is_left_out() -> None:
    """What macOS and Windows add to archives is nobody's annex."""
    files = {"__MACOSX/._a.pdf": b"x", ".DS_Store": b"x", "d/Thumbs.db": b"x", "._b.pdf": b"x", "a.pdf": b"y"}

    assert [each.name for each in unpack(an_envelope(files=[holding(a_zip(files))])).attachments] == ["a.pdf"]


@pytest.mark.parametrize("coded", ["cp437", "cp850", "utf-8"])
def test_names_in_old_code_pages_are_read(coded: str) -> None:
    """Windows' console pages and macOS' unmarked UTF-8 give the same name."""
    raw = "rapport d'activité.pdf".encode(coded)
    content = a_zip({"x" * len(raw): b"%PDF"}).replace(b"x" * len(raw), raw)

    assert [each.name for each in unpack(an_envelope(files=[holding(content)])).attachments] == [
        "rapport d'activité.pdf"
    ]


def test_no_path_leads_out() -> None:
    """Names that climb are only names."""
    found = unpack(
        an_envelope(files=[holding(a_zip({"../../etc/passwd": b"x", "/a/b.pdf": b"y"}))])
    ).attachments

    assert [each.name for each in found] == ["etc/passwd", "a/b.pdf"]


def test_a_locked_zip_is_told_as_locked() -> None:
    """What a password protects is refused by name, never silently absent."""
    envelope = unpack(an_envelope(files=[holding(locked(a_zip({"statuts.pdf": b"%PDF"})))]))

    assert [(each.name, each.reason) for each in envelope.refused] == [
        ("statuts.pdf", UnreadReason.ENCRYPTED)
    ]
    assert envelope.attachments == ()


def test_a_damaged_zip_is_told_as_damaged() -> None:
    """A cut archive is refused; one bad file in it costs that file only."""
    content = a_zip({"a.pdf": b"A" * 500, "b.pdf": b"B" * 500}, zipfile.ZIP_STORED)
    cut = unpack(an_envelope(files=[holding(content[:700])]))
    spoilt = unpack(an_envelope(files=[holding(content.replace(b"A" * 10, b"C" * 10, 1))]))

    assert [each.reason for each in cut.refused] == [UnreadReason.CORRUPT]
    assert [each.name for each in spoilt.refused] == ["a.pdf"]
    assert [each.name for each in spoilt.attachments] == ["b.pdf"]


@pytest.mark.parametrize("files", [{}, {".DS_Store": b"x"}])
def test_an_empty_zip_is_told_as_empty(files: Mapping[str, bytes]) -> None:
    """An archive with nothing in it, or only litter, is refused with that reason."""
    envelope = unpack(an_envelope(files=[holding(a_zip(files))]))

    assert [(each.name, each.reason) for each in envelope.refused] == [("annexes.zip", UnreadReason.EMPTY)]


def test_a_zip_in_a_zip_is_opened_down_to_the_limit() -> None:
    """As many levels as the limit says are opened, the next is told."""
    content = a_zip({"a.pdf": b"%PDF"})
    for level in range(unpacking.MAX_DEPTH - 1):
        content = a_zip({f"{level}.zip": content})

    assert [each.name for each in unpack(an_envelope(files=[holding(content)])).attachments] == ["a.pdf"]
    assert (
        unpack(an_envelope(files=[holding(a_zip({"x.zip": content}))])).refused[0].reason
        is UnreadReason.TOO_LARGE
    )


def test_a_bomb_does_not_go_off(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ratio, total and count each have a limit, with a reason; what fits comes out."""
    monkeypatch.setattr(zipped, "SMALL", 1000)
    monkeypatch.setattr(unpacking, "MAX_BYTES", 50_000)
    monkeypatch.setattr(unpacking, "MAX_FILES", 5)
    ratio = unpack(an_envelope(files=[holding(a_zip({"bomb": b"\0" * 1_000_000, "a.pdf": b"%PDF"}))]))
    total = unpack(
        an_envelope(files=[holding(a_zip({f"{n}": bytes([n]) * 900 * n for n in range(1, 5)}, 0))] * 9)
    )
    many = unpack(an_envelope(files=[holding(a_zip({f"{n}.pdf": b"%PDF" for n in range(9)}))]))

    assert [(each.name, each.reason) for each in ratio.refused] == [("bomb", UnreadReason.TOO_LARGE)]
    assert [each.name for each in ratio.attachments] == ["a.pdf"]
    assert sum(len(each.content) for each in total.attachments) <= 50_000
    assert [each.name for each in many.refused] == ["annexes.zip"]
    assert len(many.attachments) == 5


def test_an_attached_mail_gives_its_files_text_and_thread() -> None:
    """Forwarded as an attachment: its files become leaves, its words follow, its ids join the thread."""
    inner = a_mail(
        "Voir https://we.tl/t-1", files={"statuts.pdf": b"%PDF"}, in_reply_to="<ours-1@coopcity.be>"
    )
    outer = a_mail(
        "TR", message_id="<2@x.example>", files={"transfert.eml": ("application/octet-stream", inner)}
    )

    envelope = open_mail(outer)

    assert [(each.name, each.contained_in) for each in envelope.attachments] == [
        ("statuts.pdf", "transfert.eml")
    ]
    assert "https://we.tl/t-1" in envelope.text
    assert {"1@laremise.example", "ours-1@coopcity.be"} <= set(envelope.references)


def test_a_returned_header_joins_the_thread() -> None:
    """A bounce that returns only our header still names our letter."""
    bounce = b"\r\n".join([
        b"Content-Type: multipart/report; report-type=delivery-status; boundary=b",
        b"",
        b"--b",
        b"Content-Type: text/rfc822-headers",
        b"",
        b"Message-ID: <ours-1@coopcity.be>",
        b"Subject: x",
        b"--b--",
    ])  # fmt: skip

    assert "ours-1@coopcity.be" in open_mail(bounce).references


def test_nothing_packed_nothing_changed() -> None:
    """A mail without archives is left as it is."""
    envelope = read(a_mail(files={"a.pdf": b"%PDF", "b.txt": b"From here: on"}))

    assert unpack(envelope) == envelope


@given(st.binary(max_size=300))
def test_any_bytes_are_a_file_or_refused(content: bytes) -> None:
    """Nothing that is attached can vanish: it stays, comes apart, or is refused."""
    for head in (b"", b"PK\x03\x04", b"PK\x05\x06"):
        envelope = unpack(an_envelope(files=[holding(head + content)]))

        assert envelope.attachments or envelope.refused


@given(st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_a_mutated_zip_does_no_harm(place: int, spoilt: bytes) -> None:
    """A zip with bytes changed anywhere gives files or reasons, never an exception."""
    content = bytearray(a_zip({"a.pdf": b"%PDF" * 20, "d/b.pdf": b"x" * 50}))
    content[place : place + len(spoilt)] = spoilt

    unpack(an_envelope(files=[holding(bytes(content))]))
