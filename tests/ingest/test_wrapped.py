"""Wrappings: winmail.dat, .msg, signed and encrypted mail, uuencode, archives that stay closed."""

import binascii
import struct
import subprocess
import zipfile
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Attachment, UnreadReason
from ingest import outlook
from ingest import unpack as unpacking
from ingest.envelope import read
from ingest.headers import split_block
from ingest.unpack import open_mail, unpack
from tests.builders import a_mail
from tests.corpus import CORPUS
from tests.ingest.conftest import an_envelope
from tests.ingest.test_unpack import a_zip, holding
from tests.ingest.wrappings import (
    ENVELOPED,
    a_msg,
    a_tnef,
    a_tnef_in_tnef,
    compound,
    der,
    message,
    signed,
    streamed,
)

PDF = b"%PDF-1.4 invented " * 500


def bringing(content: bytes, name: str = "winmail.dat", kind: str = "application/octet-stream") -> bytes:
    """A mail with one file."""
    return a_mail(files={name: (kind, content)})


def files_of(content: bytes) -> list[tuple[str, bytes]]:
    return [(each.name, each.content) for each in open_mail(content).attachments]


# ---------------------------------------------------------------- winmail.dat


@pytest.mark.parametrize("claimed", ["application/ms-tnef", "application/octet-stream", "text/csv"])
def test_winmail_gives_its_files_under_their_long_names(claimed: str) -> None:
    """Whatever type it claims; the short names of old file systems are not shown."""
    wrapped = a_tnef({"Rapport d’activité.pdf": PDF, "comptes.pdf": b"%PDF 25"}, text="Bonjour", subject="x")
    envelope = open_mail(bringing(wrapped, kind=claimed))

    assert [(each.name, each.content, each.contained_in) for each in envelope.attachments] == [
        ("Rapport d’activité.pdf", PDF, "winmail.dat"),
        ("comptes.pdf", b"%PDF 25", "winmail.dat"),
    ]
    assert envelope.refused == ()


def test_winmail_speaks_only_where_the_mail_is_silent() -> None:
    """Its text mostly stands in the mail already; where it does not, it is the mail's."""
    wrapped = a_tnef({}, text="Voici nos documents à compléter.")
    beside = open_mail(bringing(wrapped))
    alone = open_mail(a_mail(text="", files={"winmail.dat": ("application/ms-tnef", wrapped)}))

    assert "Voici nos documents" not in beside.text
    assert alone.text == "Voici nos documents à compléter."


def test_a_mail_attached_in_winmail_is_opened() -> None:
    """An attached mail is wrapped in the same way, one level down."""
    wrapped = a_tnef_in_tnef(a_tnef({"statuts.pdf": PDF}), "Transfert.msg")

    assert files_of(bringing(wrapped)) == [("statuts.pdf", PDF)]


def test_winmail_cut_short_says_so() -> None:
    """What stands before the cut comes out; that something is lost is told."""
    wrapped = a_tnef({"a.pdf": b"%PDF a", "b.pdf": PDF})
    envelope = open_mail(bringing(wrapped[:-4000]))

    assert envelope.attachments[0].content == b"%PDF a"
    assert [each.reason for each in envelope.refused] == [UnreadReason.CORRUPT]


def test_winmail_with_too_many_files_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind the limit nothing is lost in silence."""
    monkeypatch.setattr(outlook, "MAX_ATTACHMENTS", 2)
    envelope = open_mail(bringing(a_tnef({f"{n}.pdf": b"%PDF" for n in range(4)})))

    assert len(envelope.attachments) == 2
    assert [each.reason for each in envelope.refused] == [UnreadReason.TOO_LARGE]


def test_a_number_of_values_beyond_the_data_costs_nothing() -> None:
    """Four billion values of eight bytes, in a list of twenty bytes."""
    liar = struct.pack("<IHHI", 1, 0x1014, 0x1234, 0xFFFFFFFF)
    wrapped = a_tnef({"a.pdf": b"%PDF"}, more=b"\x02" + struct.pack("<II", 0x00069005, len(liar)) + liar)

    assert files_of(bringing(wrapped)) == [("a.pdf", b"%PDF")]


def test_a_body_in_rtf_alone_is_kept_as_a_file() -> None:
    """Where Outlook wrote the text as compressed RTF only, a reader of documents gets it."""
    rtf = b"{\\rtf1 Bonjour}"
    stored = struct.pack("<II4sI", len(rtf) + 12, len(rtf), b"MELA", 0) + rtf
    tree = {**message({}, top=True), "__substg1.0_10090102": stored}

    assert files_of(bringing(compound(tree), "a.msg")) == [("texte-du-message.rtf", rtf)]


def test_compressed_rtf_is_unpacked() -> None:
    """The example of the specification (MS-OXRTFCP 3.1.1)."""
    packed = bytes.fromhex(
        "2d0000002b0000004c5a4675f1c5c7a703000a007263706731323542320af32068656c090020627705b06c647d0a800fa0"
    )

    assert outlook._unpacked_rtf(packed) == b"{\\rtf1\\ansi\\ansicpg1252\\pard hello world}\r\n"


# ---------------------------------------------------------------- .msg


def test_an_outlook_message_gives_its_files_text_and_thread() -> None:
    """A mail saved by Outlook and attached is a mail within the mail."""
    header = "From: Aline Peeters <aline@laremise.example>\r\nMessage-ID: <9@laremise.example>\r\n"
    saved = a_msg({"statuts.pdf": PDF, "cv.pdf": b"%PDF cv"}, text="Voir https://we.tl/t-1", header=header)
    envelope = open_mail(bringing(saved, "dossier.msg", "application/vnd.ms-outlook"))

    assert [(each.name, each.content, each.contained_in) for each in envelope.attachments] == [
        ("statuts.pdf", PDF, "dossier.msg"),
        ("cv.pdf", b"%PDF cv", "dossier.msg"),
    ]
    assert "https://we.tl/t-1" in envelope.text
    assert "9@laremise.example" in envelope.references
    assert envelope.forwarded_from is not None
    assert envelope.forwarded_from.email == "aline@laremise.example"


def test_a_message_within_an_outlook_message_is_opened() -> None:
    """Its files and its text come out too."""
    inner = message({"comptes.pdf": PDF}, subject="Comptes", text="Voici les comptes 2025")
    envelope = open_mail(bringing(a_msg({"Comptes": inner, "a.pdf": b"%PDF"}), "dossier.msg"))

    assert {(each.name, each.contained_in) for each in envelope.attachments} == {
        ("comptes.pdf", "Comptes"),
        ("a.pdf", "dossier.msg"),
    }
    assert "Voici les comptes 2025" in envelope.text


def test_a_zip_in_an_outlook_message_is_opened() -> None:
    """What comes out of a wrapping is looked at in turn."""
    assert files_of(bringing(a_msg({"a.zip": a_zip({"a.pdf": PDF})}), "x.dat")) == [("a.pdf", PDF)]


def test_an_object_of_another_program_is_told() -> None:
    """A sheet embedded as an object cannot be taken out: refused by name, never absent."""
    held = compound({
        **message({}, top=True),
        "__attach_version1.0_#00000000": {
            "__substg1.0_3707001F": "Feuille".encode("utf-16-le"),
            "__substg1.0_3701000D": {"Workbook": b"x"},
        },
    })  # fmt: skip
    envelope = open_mail(bringing(held, "a.msg"))

    assert [(each.name, each.reason) for each in envelope.refused] == [("Feuille", UnreadReason.UNSUPPORTED)]


def test_an_office_file_is_no_message() -> None:
    """A .doc is a compound file too, also when a message is embedded in it."""
    word = compound({"WordDocument": PDF, "ObjectPool": {"_1": message({}, text="x")}})

    assert files_of(bringing(word, "form.doc")) == [("form.doc", word)]


def test_sectors_that_many_streams_share_count_each_time(monkeypatch: pytest.MonkeyPatch) -> None:
    """The total of a message's files has a limit."""
    monkeypatch.setattr(outlook, "MAX_BYTES", 3 * len(PDF))
    envelope = open_mail(bringing(a_msg({f"{n}.pdf": PDF for n in range(5)}), "a.msg"))

    assert 1 <= len(envelope.attachments) <= 3
    assert {each.reason for each in envelope.refused} >= {UnreadReason.TOO_LARGE}


def test_messages_within_messages_have_a_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """The innermost is refused with a reason."""
    monkeypatch.setattr(outlook, "MAX_MESSAGES", 2)
    inner = message({"y": message({"a.pdf": PDF})})

    assert [each.reason for each in open_mail(bringing(a_msg({"x": inner}), "a.msg")).refused] == [
        UnreadReason.TOO_LARGE
    ]


@given(st.integers(0, 8000), st.binary(min_size=1, max_size=8), st.booleans())
def test_a_mutated_wrapping_does_no_harm(place: int, spoilt: bytes, is_tnef: bool) -> None:
    """Bytes changed anywhere give files or reasons, never an exception."""
    content = bytearray(a_tnef({"a.pdf": PDF}, text="x") if is_tnef else a_msg({"a.pdf": PDF, "b": b"x"}))
    place %= len(content)
    content[place : place + len(spoilt)] = spoilt
    envelope = unpack(an_envelope(files=[holding(bytes(content))]))

    assert envelope.attachments or envelope.refused or envelope.text


@pytest.mark.skipif(
    not (CORPUS / "INDEX.tsv").exists(), reason="the measured corpus is not beside this checkout"
)
def test_as_many_files_come_out_as_are_known_to_be_in() -> None:
    """Every winmail.dat and .msg of the corpus whose number of attachments is known."""
    rows = [line.split("\t") for line in (CORPUS / "INDEX.tsv").read_text("utf-8").splitlines()]
    known = [(row[3], int(row[4][-1])) for row in rows if row[0] == "tnef_msg" and "attachments=" in row[4]]
    wrong = []
    for path, count in known:
        envelope = open_mail(bringing((CORPUS / path).read_bytes(), "x.bin"))
        pieces = [each for each in envelope.attachments if each.name != outlook.RTF_BODY]
        messages = len(envelope.text.split(unpacking.MAIL_MARK)[-1]) > 0
        if not (len(pieces) == count or (messages and len(pieces) == count - 1)):
            wrong.append((path, count, len(pieces)))

    assert len(known) >= 8
    assert wrong == []


# ---------------------------------------------------------------- signed and encrypted


INNER = a_mail("Corps signé", files={"statuts.pdf": PDF, "annexes.zip": a_zip({"cv.pdf": b"%PDF cv"})})


@pytest.mark.parametrize("in_pieces", [False, True])
def test_a_signed_mail_is_the_mail_itself(in_pieces: bool) -> None:
    """S/MIME « opaque »: its text and files come out, whether its length stood before it or not."""
    mail = a_mail(
        text="", files={"smime.p7m": ("application/pkcs7-mime", signed(INNER, in_pieces=in_pieces))}
    )
    envelope = open_mail(mail)

    assert [(each.name, each.content) for each in envelope.attachments] == [
        ("statuts.pdf", PDF),
        ("cv.pdf", b"%PDF cv"),
    ]
    assert envelope.text == "Corps signé"


def test_what_openssl_signs_is_read(tmp_path: Path) -> None:
    """Two real signatures, whole and streamed, over a mail as mail programs make it."""
    key, cert, plain = tmp_path / "key", tmp_path / "cert", tmp_path / "plain"
    plain.write_bytes(INNER)
    made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    made += ["-subj", "/CN=Aline", "-keyout", str(key), "-out", str(cert)]
    subprocess.run(made, check=True, capture_output=True)
    sign = ["openssl", "cms", "-sign", "-nodetach", "-binary", "-in", str(plain), "-signer", str(cert)]
    for way in ([], ["-stream"]):
        done = subprocess.run(
            [*sign, *way, "-inkey", str(key), "-outform", "SMIME"], check=True, capture_output=True
        )

        assert b"pkcs7-mime" in done.stdout
        assert [name for name, _ in files_of(b"Subject: x\r\n" + done.stdout)] == ["statuts.pdf", "cv.pdf"]


def test_a_signed_file_is_that_file() -> None:
    """A « contrat.pdf.p7m » is « contrat.pdf » in its signature."""
    assert files_of(bringing(signed(PDF), "contrat.pdf.p7m")) == [("contrat.pdf", PDF)]


def test_a_signature_alone_stays_a_file() -> None:
    """A signature beside its document is left as it came."""
    alone = signed(None)

    assert files_of(bringing(alone, "contrat.p7s")) == [("contrat.p7s", alone)]


@pytest.mark.parametrize(
    "content", [der(0x30, ENVELOPED, der(0xA0, b"x" * 200)), b"-----BEGIN PGP MESSAGE-----\n\nabc"]
)
def test_an_encrypted_mail_is_told_as_encrypted(content: bytes) -> None:
    """We have no key: a person asks for the dossier in clear."""
    envelope = open_mail(bringing(content, "smime.p7m", "application/pkcs7-mime"))

    assert [(each.name, each.reason) for each in envelope.refused] == [("smime.p7m", UnreadReason.ENCRYPTED)]


@pytest.mark.parametrize("in_pieces", [False, True])
def test_a_signed_mail_cut_short_is_told(in_pieces: bool) -> None:
    """Half a mail must not pass for the whole."""
    cut = signed(INNER, in_pieces=in_pieces)[:-2500]

    assert [each.reason for each in open_mail(bringing(cut, "smime.p7m")).refused] == [UnreadReason.CORRUPT]


def test_nesting_without_end_is_refused() -> None:
    """A hundred thousand values within each other."""
    deep = b"\x30\x80" + bytes.fromhex("06092a864886f70d010702") + b"\xa0\x80" + b"\x30\x80" * 100_000

    assert [each.reason for each in open_mail(bringing(deep, "x.p7m")).refused] == [UnreadReason.CORRUPT]


@given(st.binary(max_size=60), st.booleans())
def test_any_signed_bytes_are_read_or_refused(content: bytes, whole: bool) -> None:
    """Whatever stands behind the mark of signed data."""
    head = streamed(0x30, bytes.fromhex("06092a864886f70d010702"))[:13]
    envelope = unpack(an_envelope(files=[holding(signed(content) if whole else head + content, "a.p7m")]))

    assert envelope.attachments or envelope.refused or split_block(content)[0].fields


def test_a_mail_signed_in_the_open_is_read_whole() -> None:
    """multipart/signed: text and files as they are, byte for byte; the signature is nobody's annex."""
    head, _, body = INNER.partition(b"\r\n\r\n")
    kept = [
        line for line in head.split(b"\r\n") if line.lower().startswith((b"content-", b" boundary", b"mime"))
    ]
    inner = b"\r\n".join(kept) + b"\r\n\r\n" + body
    content_type = next(line for line in head.split(b"\r\n") if line.lower().startswith(b"content-type"))
    outer = (
        b"Subject: x\r\nContent-Type: multipart/signed; micalg=sha-256;"
        b' protocol="application/pkcs7-signature"; boundary=outer\r\n\r\n--outer\r\n'
        + inner
        + b"\r\n--outer\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\nMIAGCSqGSIb3DQEHAqCAMIACAQE=\r\n--outer--\r\n"
    )
    envelope = open_mail(outer)

    assert content_type in inner
    assert [(each.name, each.content) for each in envelope.attachments] == [
        ("statuts.pdf", PDF),
        ("cv.pdf", b"%PDF cv"),
    ]
    assert envelope.text == "Corps signé"
    assert envelope.defects == ()


# ---------------------------------------------------------------- uuencode


def uuencoded(content: bytes, name: str = "statuts.pdf") -> bytes:
    """A file as old programs write it into the text."""
    lines = b"".join(binascii.b2a_uu(content[at : at + 45]) for at in range(0, len(content), 45))
    return f"begin 644 {name}\n".encode() + lines + b"`\nend\n"


def test_a_file_in_the_text_is_taken_out_of_it() -> None:
    """The text keeps what people wrote before and behind."""
    body = b"Bonjour,\nvoici :\n" + uuencoded(PDF) + b"\nBien \xc3\xa0 vous\n"
    envelope = read(b"Subject: x\nContent-Type: text/plain; charset=utf-8\n\n" + body)

    assert [(each.name, each.content) for each in envelope.attachments] == [("statuts.pdf", PDF)]
    assert envelope.text == "Bonjour,\nvoici :\n\nBien à vous"
    assert envelope.defects == ()


def test_two_files_in_the_text_and_one_cut() -> None:
    """Each is found; the one without an end is marked."""
    body = uuencoded(PDF, "a.pdf") + uuencoded(PDF, "b.pdf")[:-300]
    envelope = read(b"Subject: x\n\n" + body)

    assert [each.name for each in envelope.attachments] == ["a.pdf", "b.pdf"]
    assert envelope.attachments[0].content == PDF
    assert envelope.defects == ("pièce encodée incomplète",)


def test_words_that_begin_like_a_file_stay_words() -> None:
    """« begin 644 … » in a sentence starts no file."""
    text = "begin 644 nouvelles vies\nEt la suite du texte.\nend"

    assert read(f"Subject: x\n\n{text}".encode()).text == text


# ---------------------------------------------------------------- archives


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"7z\xbc\xaf\x27\x1c\x00\x04", "7z"),
        (b"Rar!\x1a\x07\x01\x00", "RAR"),
        (b"\x1f\x8b\x08\x00", "gzip"),
        (b"BZh91AY", "bzip2"),
        (b"\xfd7zXZ\x00", "xz"),
        (bytes(257) + b"ustar\x0000", "tar"),
    ],
)
def test_an_archive_that_is_not_opened_is_refused_by_name(head: bytes, kind: str) -> None:
    """Whatever its name says; the officer reads what it is and what to ask for."""
    (refused,) = open_mail(bringing(head + bytes(300), "annexes.pdf")).refused

    assert (refused.name, refused.reason) == ("annexes.pdf", UnreadReason.UNSUPPORTED)
    assert kind in refused.detail


def test_the_unicode_name_beside_the_other_is_taken() -> None:
    """Field 0x7075, if it was written for this very name; else it belongs to an earlier one."""
    plain = b"rapport d_activit_.pdf"
    found = []
    for of in (plain, b"another"):
        entry = zipfile.ZipInfo(plain.decode())
        value = b"\x01" + zlib.crc32(of).to_bytes(4, "little") + "rapport d’activité.pdf".encode()
        entry.extra = struct.pack("<HHHH", 0x9999, 0, 0x7075, len(value)) + value
        packed = BytesIO()
        with zipfile.ZipFile(packed, "w") as archive:
            archive.writestr(entry, b"%PDF")
        found += [each.name for each in unpack(an_envelope(files=[holding(packed.getvalue())])).attachments]

    assert found == ["rapport d’activité.pdf", "rapport d_activit_.pdf"]


def test_a_mail_in_a_mail_in_a_zip_is_opened() -> None:
    """Three different wrappings deep."""
    inner = a_mail("Dedans", message_id="<in@x.example>", files={"statuts.pdf": PDF})
    outer = a_mail(
        "Dehors", message_id="<out@x.example>", files={"b.eml": ("application/octet-stream", inner)}
    )
    envelope = open_mail(bringing(a_zip({"a.eml": outer}), "tout.zip"))

    assert [(each.name, each.content) for each in envelope.attachments] == [("statuts.pdf", PDF)]
    assert {"in@x.example", "out@x.example"} <= set(envelope.references)
    assert "Dedans" in envelope.text


def test_the_limits_hold_across_wrappings(monkeypatch: pytest.MonkeyPatch) -> None:
    """Number and size count for the mail as a whole: files in mails in mails too."""
    monkeypatch.setattr(unpacking, "MAX_FILES", 5)
    many = a_mail(files={f"{n}.pdf": f"%PDF {n}".encode() for n in range(9)})
    by_number = open_mail(bringing(many, "a.eml"))
    monkeypatch.setattr(unpacking, "MAX_BYTES", 1000)
    by_size = open_mail(bringing(a_tnef({"gros.pdf": PDF, "petit.pdf": b"%PDF"})))

    assert len(by_number.attachments) == 5
    assert [(each.name, each.reason) for each in by_number.refused] == [("a.eml", UnreadReason.TOO_LARGE)]
    assert [(each.name, each.reason) for each in by_size.refused] == [("gros.pdf", UnreadReason.TOO_LARGE)]
    assert [each.name for each in by_size.attachments] == ["petit.pdf"]


def test_every_refusal_is_told_in_french_sentences() -> None:
    """What is refused reaches the officer with a reason to read."""
    mail = a_mail(
        files={"a.7z": b"7z\xbc\xaf\x27\x1c" + bytes(30), "b.zip": b"PK\x03\x04x", "c.p7m": signed(PDF)[:-9]}
    )
    refused = open_mail(mail).refused

    assert [each.name for each in refused] == ["a.7z", "b.zip", "c.p7m"]
    assert all(len(each.detail) > 10 for each in refused)


def test_an_attachment_stays_an_attachment() -> None:
    """What is no wrapping is left as it came, object for object."""
    plain = Attachment("a.pdf", "application/pdf", PDF, "sha")

    assert unpack(an_envelope(files=[plain])).attachments == (plain,)
