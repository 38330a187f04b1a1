"""`ingest.envelope` and `ingest.headers`: any bytes become an envelope, and nothing sent is dropped."""

import hashlib
import random
import unicodedata
from base64 import b64encode
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Heading, Machine, MailKey
from ingest.envelope import MAX_PARTS, glance, identity, read
from ingest.headers import addresses, file_name, message_ids, normalised, parameters, words
from tests.builders import ON_TIME, a_mail
from tests.corpus import CORPUS

PDF = b"%PDF-1.4 invented"


def mail(*lines: str | bytes) -> bytes:
    """A mail from its lines, as bytes on the wire."""
    return b"\r\n".join(line if isinstance(line, bytes) else line.encode() for line in lines)


def parts(*children: bytes, kind: str = "mixed", closed: bool = True) -> bytes:
    """A mail of several parts."""
    body = b"".join(b"--b\r\n" + child + b"\r\n" for child in children)
    return mail("From: a@x.example", f"Content-Type: multipart/{kind}; boundary=b", "", body) + (
        b"--b--\r\n" if closed else b""
    )


# ---------------------------------------------------------------- headers


@pytest.mark.parametrize(
    ("raw", "subject"),
    [
        (b"Subject: =?utf-8?B?w4k=?= =?utf-8?Q?t=C3=A9?=", "Été"),
        (b"Subject: =?utf-8?Q?caf=C3?= =?utf-8?Q?=A9?=", "café"),
        (b"Subject: =?utf-8?B?Y2Fmw?=\r\n =?utf-8?B?6k=?=", "café"),
        (b"Subject: =?utf-8*fr?Q?caf=C3=A9?=", "café"),
        (b"Subject: =?iso-8859-1?Q?co=FBt_10_=80?=", "coût 10 €"),
        (b"Subject: =?x-unknown?Q?caf=C3=A9?=", "café"),
        (b"Subject: =?utf-8?B?!!!!?= x", "x"),
        ("Subject: Dossier – Léon".encode("cp1252"), "Dossier – Léon"),
        ("Subject: Dossier – Léon".encode(), "Dossier – Léon"),
        (b"Subject: a\r\n\tb\r\n c", "a b c"),
        (b"Subject: =?utf-8?Q?a=0D=0ABcc:_x?=", "a Bcc: x"),
        ("Subject: a\u202egpj.exe".encode(), "agpj.exe"),
        ("Subject: e\u0301te\u0301".encode(), "été"),
        (b"subject : spaced\r\nSubject: second", "spaced"),
    ],
)
def test_a_subject_is_read_as_it_was_meant(raw: bytes, subject: str) -> None:
    """Encoded words, broken or mislabelled, raw letters and tricks of direction."""
    assert read(raw + b"\r\n\r\nbody").subject == subject


@pytest.mark.parametrize(
    ("value", "found"),
    [
        ("Jean <j@d.example>", [("Jean", "j@d.example")]),
        ("Dupont, Jean <j@d.example>", [("Dupont, Jean", "j@d.example")]),
        ('"Dupont, Jean" <j@d.example>, b@c.example', [("Dupont, Jean", "j@d.example"), ("", "b@c.example")]),
        ('"j@d.example" <j@d.example>', [("j@d.example", "j@d.example")]),
        ("j@d.example (Jean Dupont)", [("Jean Dupont", "j@d.example")]),
        ("=?utf-8?Q?Ren=C3=A9e?= <r@d.example>", [("Renée", "r@d.example")]),
        ("=?utf-8?Q?Ren=C3=A9e_<r@d.example>?=", [("Renée", "r@d.example")]),
        ("undisclosed-recipients:;", []),
        ("Équipe: a@b.example, c@d.example;", [("", "a@b.example"), ("", "c@d.example")]),
        ("(" * 5000, []),
        ("<>", []),
    ],
)
def test_addresses_are_found_however_they_are_written(value: str, found: list[tuple[str, str]]) -> None:
    """Commas without quotes, comments, groups, encoded whole, and nonsense."""
    assert [(each.name, each.email) for each in addresses(value)] == found


def test_the_sender_is_looked_for_elsewhere_when_from_is_no_address() -> None:
    """A From without an address falls back on Sender, Return-Path, Reply-To."""
    assert read(b"From: Jean\r\nReply-To: j@d.example\r\n\r\n").sender == addresses("j@d.example")[0]
    assert read(b"From: \r\nReturn-Path: <j@d.example>\r\n\r\n").sender == addresses("j@d.example")[0]
    assert read(b"Subject: x\r\n\r\n").sender is None


@pytest.mark.parametrize(
    ("value", "name"),
    [
        ('attachment; filename="Rapport d\'activité.pdf"', "Rapport d'activité.pdf"),
        ("attachment; filename=Bilan 2024.pdf", "Bilan 2024.pdf"),
        ("attachment; filename*=utf-8''Rapport%20d%E2%80%99activit%C3%A9.pdf", "Rapport d’activité.pdf"),
        ("attachment; filename*0*=iso-8859-1'fr'activit%E9; filename*1=\" 2025.pdf\"", "activité 2025.pdf"),
        ("attachment; filename*1=b.pdf; filename*0=a", "ab.pdf"),
        ('attachment; filename="=?utf-8?Q?activit=C3=A9=2Epdf?="', "activité.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=utf-8''y.pdf", "y.pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\\\Users\\\\jean\\\\statuts.pdf"', "statuts.pdf"),
        ('attachment; filename="comptes 2024/2025.pdf"', "comptes 2024-2025.pdf"),
        ('attachment; filename="a\u202efdp.exe"', "afdp.exe"),
        ('attachment; filename="unclosed.pdf', "unclosed.pdf"),
    ],
)
def test_a_file_name_survives_every_encoding(value: str, name: str) -> None:
    """RFC 2231, RFC 2047 where it is forbidden, raw, unquoted; never a path, never a trick."""
    assert file_name(parameters(value)[1].get("filename")) == name


def test_raw_8_bit_file_names_are_read() -> None:
    """A name in raw latin-1 keeps its letters."""
    part = mail('Content-Type: application/pdf; name="activité.pdf"'.encode("latin-1"), "", PDF)

    assert [each.name for each in read(parts(part)).attachments] == ["activité.pdf"]


@given(st.text(max_size=60))
def test_a_file_name_is_never_a_path(claimed: str) -> None:
    """Whatever is claimed, the name has no folder, no control character, and can be shown."""
    name = file_name(claimed)

    assert "/" not in name
    assert "\\" not in name
    assert not name.startswith(".")
    assert not {unicodedata.category(each) for each in name} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("value", "ids"),
    [
        ("<A@B.Example>", ("A@b.example",)),
        (" <a@b>\t<c@d>", ("a@b", "c@d")),
        ("a@b", ("a@b",)),
        ("Your message <a@b> of yesterday", ("a@b",)),
        (None, ()),
    ],
)
def test_message_ids_are_normalised(value: str | None, ids: tuple[str, ...]) -> None:
    """Brackets and folding go, the right-hand side is in lower case, the left keeps its case."""
    assert message_ids(value) == ids


@given(st.text(max_size=50))
def test_normalising_twice_changes_nothing(value: str) -> None:
    """A normalised id is its own normal form."""
    assert normalised(normalised(value)) == normalised(value)


@pytest.mark.parametrize(
    "value", ["", "hier", "Mon, 99 Foo 2026", "Thu, 1 Jan 99999 00:00:00 +0000", "+" * 50]
)
def test_a_date_that_is_none_is_none(value: str) -> None:
    """What cannot be read as a date is no date, and no error."""
    assert read(f"Date: {value}\r\n\r\n".encode()).claimed_at is None


def test_a_date_is_utc() -> None:
    """The sender's clock, whatever its zone, is shown in UTC."""
    assert read(b"Date: Thu, 10 Sep 2026 11:22:33 +0200\r\n\r\n").claimed_at == datetime(
        2026, 9, 10, 9, 22, 33, tzinfo=UTC
    )


# ---------------------------------------------------------------- identity


def test_both_copies_of_a_mail_have_one_identity() -> None:
    """The copies in two inboxes differ by their Received lines, not by their identity."""
    one = a_mail()
    other = b"Received: from mx.example; Thu, 10 Sep 2026 09:00:00 +0000\r\n" + one.replace(
        b"<1@laremise.example>", b" \r\n <1@LAREMISE.example>"
    )

    assert identity(one) == identity(other)


def test_one_message_id_at_two_dates_is_two_mails() -> None:
    """A scanner that repeats its Message-ID does not make a second dossier vanish behind the first."""
    one, other = a_mail(), a_mail(date=ON_TIME + timedelta(minutes=3))

    assert identity(one) != identity(other)


def test_without_a_message_id_the_bytes_are_the_identity() -> None:
    """Mails without a Message-ID are told apart by all their bytes."""
    one, other = a_mail(message_id=None), a_mail("Autre texte", message_id=None)

    assert identity(one) == hashlib.sha256(one).hexdigest()
    assert identity(one) != identity(other)


# ---------------------------------------------------------------- parts


@pytest.mark.parametrize(
    "header",
    [
        "Content-Type: application/pdf; name=a.pdf\r\nContent-Disposition: inline; filename=a.pdf",
        "Content-Type: application/pdf; name=a.pdf",
        "Content-Type: application/octet-stream\r\nContent-Disposition: attachment; filename=a.pdf",
        "Content-Type: image/jpeg; name=a.pdf\r\nContent-ID: <1>",
        "Content-Type: text/plain; name=a.pdf",
        "Content-Type: text/html\r\nContent-Disposition: attachment; filename=a.pdf",
        "Content-Type: rubbish; name=a.pdf",
    ],
)
def test_every_part_that_carries_a_file_is_kept(header: str) -> None:
    """Inline, without a disposition, typed as anything: a part with a name is a file."""
    envelope = read(parts(b"Content-Type: text/plain\r\n\r\nBonjour", header.encode() + b"\r\n\r\n" + PDF))

    assert [(each.name, each.content) for each in envelope.attachments] == [("a.pdf", PDF)]
    assert envelope.text == "Bonjour"


def test_parts_without_a_name_are_kept() -> None:
    """A PDF that nobody named is called by its type; two of them are told apart."""
    header = b"Content-Type: application/pdf\r\n\r\n"

    envelope = read(parts(header + PDF, header + PDF + b"2"))

    assert [each.name for each in envelope.attachments] == ["piece-sans-nom-1.pdf", "piece-sans-nom-2.pdf"]


def test_a_mail_that_is_only_a_file_is_kept() -> None:
    """A scanner sends a PDF as the whole mail."""
    raw = mail(
        "Content-Type: application/pdf; name=scan.pdf",
        "Content-Transfer-Encoding: base64",
        "",
        b64encode(PDF),
    )

    assert [(each.name, each.content) for each in read(raw).attachments] == [("scan.pdf", PDF)]


def test_an_attached_mail_is_kept_whole() -> None:
    """Byte for byte, so that its hash and signatures hold; it is named by its subject."""
    inner = a_mail(subject="Notre dossier")

    envelope = read(parts(b"Content-Type: message/rfc822\r\n\r\n" + inner.rstrip(b"\r\n")))

    assert envelope.attachments[0].content == inner.rstrip(b"\r\n")
    assert envelope.attachments[0].name == "Notre dossier.eml"


def test_two_base64_blocks_joined_are_both_read() -> None:
    """The padding in the middle does not end the file."""
    raw = parts(
        b"Content-Type: application/pdf; name=a.pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + b64encode(b"%PDF")
        + b"\r\n"
        + b64encode(b"-1.4")
    )

    assert read(raw).attachments[0].content == b"%PDF-1.4"


def test_a_cut_mail_says_so() -> None:
    """Without its closing line a mail was cut: what came is kept, the defect is told."""
    raw = parts(b"Content-Type: application/pdf; name=a.pdf\r\n\r\n%PDF", closed=False)
    envelope = read(raw)

    assert envelope.attachments[0].content.startswith(b"%PDF")
    assert "message coupé avant sa fin" in envelope.defects


def test_parts_behind_a_closing_line_are_kept() -> None:
    """A program gave the inner parts the boundary of the whole: the file behind them is not lost."""
    inner = b"Content-Type: multipart/alternative; boundary=b\r\n\r\n--b\r\n\r\nBonjour\r\n--b--\r\n"

    envelope = read(parts(inner, b"Content-Type: application/pdf; name=a.pdf\r\n\r\n" + PDF))

    assert [each.name for each in envelope.attachments] == ["a.pdf"]
    assert envelope.text.startswith("Bonjour")


def test_a_boundary_announced_wrongly_is_found() -> None:
    """The parts are found although the header names another boundary."""
    raw = parts(b"Content-Type: application/pdf; name=a.pdf\r\n\r\n" + PDF).replace(
        b"boundary=b", b"boundary=c"
    )
    raw = raw.replace(b"--b", b"--frontier")

    assert [each.name for each in read(raw).attachments] == ["a.pdf"]


def test_the_plain_form_is_read_and_keeps_the_links_of_the_other() -> None:
    """Of two forms of a text the plain one counts; a link only in the HTML is not lost."""
    raw = parts(
        b"Content-Type: text/plain\r\n\r\nVoici nos fichiers",
        b'Content-Type: text/html\r\n\r\n<p>Voici <a href="https://we.tl/t-1">nos fichiers</a></p>',
        kind="alternative",
    )

    assert read(raw).text == "Voici nos fichiers\n\nhttps://we.tl/t-1"


@pytest.mark.parametrize("odd", ["<![endi>", "<![ 3]>", "<!DOCTYPE [<!x>", "<![CDATA[x]]>", "<!>"])
def test_html_that_browsers_forgive_is_read(odd: str) -> None:
    """A declaration that was cut or made up is passed over, and costs nothing of what is written."""
    raw = mail("Content-Type: text/html; charset=utf-8", "", f"<p>Bonjour</p>{odd}<p>Merci</p>")
    assert read(raw).text.split() == ["Bonjour", "Merci"]


def test_html_alone_becomes_text() -> None:
    """Blocks are lines, styles are gone, quoted mail is marked, links are shown."""
    html = (
        "<html><head><style>p{}</style></head><body><p>Bonjour&nbsp;Aline,</p><ul><li>un<li>deux</ul>"
        "<a href='https://we.tl/t-1'>ici</a><blockquote>avant</blockquote></body></html>"
    )
    raw = mail("Content-Type: text/html; charset=utf-8", "", html)

    assert read(raw).text == "Bonjour Aline,\n- un\n- deux\nici (https://we.tl/t-1)\n> avant"


@pytest.mark.parametrize("charset", ["latin-1", "cp1252", "utf-8"])
@pytest.mark.parametrize("claimed", ["utf-8", "iso-8859-1", "us-ascii", "x-none", "idna", "\0", "hex", ""])
def test_a_text_keeps_its_letters_whatever_charset_it_claims(charset: str, claimed: str) -> None:
    """The declared charset is believed only where it fits the bytes."""
    raw = mail(f"Content-Type: text/plain; charset={claimed}", "", "Hôtel café à Liège".encode(charset))

    assert read(raw).text == "Hôtel café à Liège"


def test_a_text_has_nothing_a_database_refuses() -> None:
    """NUL and halves of letters never leave the envelope."""
    raw = mail("Content-Type: text/plain; charset=utf-7", "", b"a\0b +2AA- c")

    assert "\0" not in read(raw).text
    assert read(raw).text.encode()


def test_too_many_parts_are_told_not_hidden() -> None:
    """Beyond the limit the rest is refused, with a reason, so that nothing looks absent."""
    raw = parts(
        *[b"Content-Type: application/pdf\r\n\r\n%PDF" + bytes([65 + n % 26]) for n in range(MAX_PARTS + 50)]
    )
    envelope = read(raw)

    assert len(envelope.attachments) < MAX_PARTS
    assert envelope.refused


def test_fifteen_hundred_levels_cost_nothing() -> None:
    """A mail built to recurse is cut at the limit, with a reason."""
    raw = b"".join(
        f"Content-Type: multipart/mixed; boundary=b{n}\r\n\r\n--b{n}\r\n".encode() for n in range(1500)
    )

    assert read(raw).refused


def test_a_giant_header_is_cut() -> None:
    """A hundred thousand recipients are not all read; the body behind them is."""
    raw = b"To: " + b"a@b.example,\r\n " * 100_000 + b"x@y.example\r\nSubject: late\r\n\r\nbody"
    envelope = read(raw)

    assert envelope.text == "body"
    assert envelope.defects == ("en-tête plus long que la limite",)


def test_a_glance_agrees_with_the_whole() -> None:
    """What the header alone says is what the whole mail says of its header."""
    raw = a_mail(files={"a.pdf": PDF}, headers={"Auto-Submitted": "auto-replied"})
    heading = Heading(
        MailKey("a", "INBOX", 1, 1), datetime(2026, 9, 1, tzinfo=UTC), 1, raw.partition(b"\r\n\r\n")[0], ()
    )
    seen, whole = glance(heading), read(raw)

    assert (seen.subject, seen.sender, seen.message_id) == (whole.subject, whole.sender, whole.message_id)
    assert seen.machine is whole.machine is Machine.RESPONDER
    assert (seen.text, seen.attachments) == ("", ())


# ---------------------------------------------------------------- machines


@pytest.mark.parametrize(
    ("header", "machine"),
    [
        ("Auto-Submitted: auto-replied", Machine.RESPONDER),
        ("Auto-Submitted: auto-generated", Machine.ROBOT),
        ("Auto-Submitted: no", None),
        ("Content-Type: multipart/report; report-type=delivery-status; boundary=x", Machine.BOUNCE),
        (
            "Content-Type: multipart/report; report-type=disposition-notification; boundary=x",
            Machine.RESPONDER,
        ),
        ("Return-Path: <>", Machine.ROBOT),
        ("Return-Path: <a@b.example>", None),
        ("X-Failed-Recipients: a@b.example", Machine.BOUNCE),
        ("From: Mail Delivery System <MAILER-DAEMON@mx.example>", Machine.BOUNCE),
        ("From: postmaster@mx.example", Machine.BOUNCE),
        ("From: No Reply <no-reply@x.example>", Machine.ROBOT),
        ("From: newsletter@x.example", Machine.LIST),
        ("From: Norbert Reply <norbert@x.example>", None),
        ("Subject: Réponse automatique : Dossier de candidature", Machine.RESPONDER),
        ("Subject: Automatisch antwoord: Dossier", Machine.RESPONDER),
        ("Subject: RE: Réponse automatique : Dossier de candidature", None),
        ("Subject: Undeliverable: Bien reçu", Machine.BOUNCE),
        ("Subject: Non remis : Bien reçu", Machine.BOUNCE),
        ("X-Auto-Response-Suppress: DR, OOF, AutoReply", Machine.ROBOT),
        ("X-Auto-Response-Suppress: DR, RN", None),
        ("List-Id: <x.example>", Machine.LIST),
        ("List-Unsubscribe: <mailto:x@y.example>", Machine.LIST),
        ("Precedence: bulk", Machine.LIST),
        ("Precedence: auto_reply", Machine.RESPONDER),
        ("X-Loop: y", Machine.ROBOT),
        ("Subject: Dossier de candidature", None),
    ],
)
def test_each_sign_of_a_machine_is_seen(header: str, machine: Machine | None) -> None:
    """One header is enough, and its words are kept as the reason."""
    envelope = read(f"{header}\r\n\r\n".encode())

    assert envelope.machine is machine
    assert bool(envelope.automatic) is (machine is not None)


# ---------------------------------------------------------------- total


@given(st.binary(max_size=2000))
def test_any_bytes_are_a_mail(content: bytes) -> None:
    """Reading never raises, and is the same twice."""
    assert read(content) == read(content)
    assert len(identity(content)) == 64


@given(
    st.lists(
        st.sampled_from(
            [
                b"Content-Type: multipart/mixed; boundary=b\r\n",
                b"Content-Type: message/rfc822\r\n",
                b"Content-Type: text/html; charset=\xff\r\n",
                b"Content-Transfer-Encoding: base64\r\n",
                b"Content-Transfer-Encoding: x-uuencode\r\n",
                b"Content-Disposition: attachment; filename*0*=x'y'%zz%\r\n",
                b'From: "\\\r\n',
                b"Subject: =?utf-8?B?a?==?=?Q?\r\n",
                b"Date: Thu, 1 Jan 10000 00:00:00 +9999\r\n",
                b"Message-ID: <\r\n",
                b"\r\n",
                b"\r",
                b"--b\r\n",
                b"--b--\r\n",
                b"begin 644 x\n#0V%T\n`\nend\n",
                b"<a href=http://x><!--<blockquote>",
                b"\xff\x00",
            ]
        ),
        max_size=30,
    )
)
def test_any_pieces_of_mails_are_a_mail(pieces: list[bytes]) -> None:
    """Pieces that mean something, in any order, never make the reader stumble."""
    envelope = read(b"".join(pieces))

    assert envelope.text.encode() is not None
    assert words(envelope.subject).encode() is not None


@given(st.integers(0, 2**32))
def test_a_mutated_mail_is_a_mail(seed: int) -> None:
    """A real mail with bytes changed, cut out or doubled is read all the same."""
    dice = random.Random(seed)
    raw = bytearray(a_mail(files={"a.pdf": PDF, "b.png": b"\x89PNG"}, html="<p>x</p>"))
    for _ in range(dice.randrange(1, 20)):
        place = dice.randrange(len(raw))
        raw[place : place + dice.randrange(4)] = dice.randbytes(dice.randrange(6))

    assert read(bytes(raw)).text.encode() is not None


# ---------------------------------------------------------------- the corpus


def corpus() -> list[tuple[str, str]]:
    """Every fifth mail of the corpus: its path and what is known of it."""
    index = CORPUS / "INDEX.tsv"
    rows = [line.split("\t") for line in index.read_text("utf-8").splitlines()] if index.exists() else []
    return [(row[3], row[4]) for row in rows if row[0] == "mail"][::5]


@pytest.mark.skipif(not CORPUS.exists(), reason="the measured corpus does not lie beside this checkout")
def test_real_mails_are_read() -> None:
    """Mails that broke other readers are read without an exception, and give what they hold."""
    empty = []
    for path, known in corpus():
        envelope = read((CORPUS / path).read_bytes())
        if not (envelope.text or envelope.attachments or envelope.subject or envelope.sender):
            empty.append(path)
        if "att" in known.split(";"):
            assert envelope.attachments, path

    assert len(empty) <= 2


def test_the_html_of_a_body_is_kept_beside_its_text() -> None:
    """Only there stand the cells of a table: a form may have been pasted into the mail."""
    raw = a_mail(html="<table><tr><td>Genre</td><td>F</td></tr></table>")

    assert "<td>F</td>" in read(raw).html
    assert read(mail("Content-Type: text/plain", "", "Bonjour")).html == ""
