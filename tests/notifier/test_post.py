"""The door to SMTP, against a real server that fails as told."""

import re
import ssl
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import MailboxRefused, NobodyThere, PostError, PostRefused, PostUncertain
from data.model import Address, Enclosure, Letter, LetterKind
from notifier import post
from notifier.post import Server
from tests.servers import Certificate, Fault, SmtpSink, certificate

SENDER = Address("COOPCITY – réponse automatique", "blossom@coopcity.example")
REPLY_TO = Address("Matthias Meirlaen", "matthias@coopcity.example")
OUTLOOK_ID = f"<{'AM0PR0502MB1234A1B2C3D4E5F6' * 3}@AM0PR0502MB1234.eurprd05.prod.outlook.example>"
LETTER = Letter(
    id="0123456789abcdef0123456789abcdef",
    kind=LetterKind.REPLY,
    cause="reply/BL26-K7Q3M/1",
    recipient=Address("Aline Peeters", "aline@laremise.example"),
    subject="À compléter – Dossier de candidature – COOPCITY 2026 – L'Échelle à Coulisse",
    text="Bonjour,\n\n.un point au début\nà l'été\n",
    html="<!DOCTYPE html><html lang='fr'><body><p>Bonjour,</p></body></html>\n",
    composed_at=datetime(2026, 9, 10, 14, 44, tzinfo=UTC),
    not_before=datetime(2026, 9, 10, 15, 2, 7, tzinfo=UTC),
    in_reply_to=OUTLOOK_ID,
    references=("<first@laremise.example>", OUTLOOK_ID),
)


def mime(letter: Letter = LETTER) -> bytes:
    return post.to_mime(letter, sender=SENDER, reply_to=REPLY_TO, domain="coopcity.example")


def parsed(letter: Letter = LETTER) -> EmailMessage:
    message = message_from_bytes(mime(letter), policy=policy.default)
    assert isinstance(message, EmailMessage)
    return message


def server_of(sink: SmtpSink, **more: object) -> Server:
    return replace(Server(sink.host, sink.port, tls="none", timeout_s=5), **more)  # type: ignore[arg-type]


def hand(sink: SmtpSink, **more: object) -> str:
    return post.send(server_of(sink, **more), mime(), SENDER.email, LETTER.recipient.email)


# ---------------------------------------------------------------- a letter as bytes


def test_the_same_letter_always_gives_the_same_bytes() -> None:
    """A retry sends what was sent before, byte for byte."""
    enclosure = Enclosure("appels.ics", "text/calendar", b"BEGIN:VCALENDAR\r\n")
    letter = replace(LETTER, enclosures=(enclosure,))

    assert mime(letter) == mime(letter)


def test_a_reply_says_that_a_machine_wrote_it_and_stays_in_its_thread() -> None:
    """RFC 3834's marks are there, and a long Message-ID is neither folded nor encoded."""
    message = parsed()

    assert message["Auto-Submitted"] == "auto-replied"
    assert message["X-Auto-Response-Suppress"] == "All"
    assert message["Message-ID"] == f"<{LETTER.id}@coopcity.example>"
    assert message["In-Reply-To"].strip() == OUTLOOK_ID
    assert message["References"].split() == list(LETTER.references)
    assert message["Date"].datetime == LETTER.composed_at
    assert OUTLOOK_ID.encode() in mime()


def test_a_digest_is_marked_as_made_by_a_machine_on_its_own() -> None:
    """What answers nobody is « auto-generated »."""
    assert parsed(replace(LETTER, kind=LetterKind.DIGEST))["Auto-Submitted"] == "auto-generated"


def test_both_parts_and_every_enclosure_survive_the_way() -> None:
    """Text, HTML and files come out as they went in, over lines of ASCII of at most 998 signs."""
    enclosure = Enclosure("fiche d'été.ics", "text/calendar", "é\r\n".encode())
    message = parsed(replace(LETTER, enclosures=(enclosure,)))
    text, html = message.get_body(("plain",)), message.get_body(("html",))
    (file,) = message.iter_attachments()

    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == LETTER.text
    assert html.get_content().replace("\r\n", "\n") == LETTER.html
    assert (file.get_filename(), file.get_payload(decode=True)) == (enclosure.name, enclosure.content)
    assert all(len(line) <= 998 and line.isascii() for line in mime().split(b"\r\n"))


anything = st.text(max_size=80)


def test_a_picture_within_the_letter_is_found_by_its_address_and_a_table_lies_beside() -> None:
    """`multipart/mixed` of the two parts and the file; the picture belongs to the HTML part alone."""
    picture = Enclosure("a.png", "image/png", b"\x89PNG", content_id="arrivees")
    table = Enclosure("t.xlsx", "application/zip", b"PK")
    message = parsed(replace(LETTER, enclosures=(table, picture)))
    (related,) = [part for part in message.walk() if part.get_content_type() == "multipart/related"]
    html, image = related.iter_parts()

    assert message.get_content_type() == "multipart/mixed"
    assert [part.get_filename() for part in message.iter_attachments()] == ["t.xlsx"]
    assert (html.get_content_type(), image["Content-ID"]) == ("text/html", "<arrivees>")
    assert image.get_content_disposition() == "inline"
    assert message.get_body(("plain",)) is not None


@given(subject=anything, name=anything, id=anything, email=anything)
def test_nothing_a_stranger_wrote_becomes_a_header_of_ours(
    subject: str, name: str, id: str, email: str
) -> None:
    """Whatever stands in subject, name, id or address: the headers are ours, each once."""
    wild = replace(LETTER, subject=subject, recipient=Address(name, email), in_reply_to=id, references=(id,))
    names = [key.lower() for key in message_from_bytes(mime(wild))]

    assert set(names) <= {key.lower() for key in message_from_bytes(mime())}
    assert len(names) == len(set(names))


@pytest.mark.parametrize(
    "evil", ["x\r\nBcc: y@example.org", "x\nBcc: y@example.org", "x\u2028Bcc: y", "x\0y"]
)
def test_a_subject_with_a_line_end_stays_one_line(evil: str) -> None:
    """A header cannot be smuggled in by an organisation's name."""
    message = parsed(replace(LETTER, subject=evil, recipient=Address(evil, "a@example.org")))

    assert message["Bcc"] is None
    assert message["Subject"].startswith("x")
    assert message["To"].addresses[0].addr_spec == "a@example.org"


@given(name=st.text(st.characters(categories=("L", "N", "P")), min_size=1, max_size=60))
def test_a_name_reads_as_it_was_written(name: str) -> None:
    """Names with accents, commas and full stops arrive whole."""
    name = f"N{name}"
    raw = message_from_bytes(mime(replace(LETTER, recipient=Address(name, "a@example.org"), subject=name)))
    # not by `policy.default`, which puts a space between encoded words of one name
    subject, to = (str(make_header(decode_header(raw[header]))) for header in ("Subject", "To"))
    written = name.replace('"', "'").replace("\\", "")

    assert subject == name
    assert " ".join(to.replace('"', "").split()) == f"{written} <a@example.org>"


# ---------------------------------------------------------------- over the wire


def test_a_letter_arrives_as_it_was_written(smtp: SmtpSink) -> None:
    """The server holds our bytes, dots and accents included, and its answer is given back."""
    answer = hand(smtp)
    (mail,) = smtp.mails

    assert answer.startswith("250 ")
    assert mail.content.replace(b"\r\n", b"\n").rstrip() == mime().replace(b"\r\n", b"\n").rstrip()
    assert mail.recipients == (LETTER.recipient.email,)


@pytest.mark.parametrize(
    ("fault", "kind", "owned"),
    [
        (Fault.BUSY_AT_MAIL, PostError, 0),
        (Fault.GREYLISTED_AT_RCPT, PostError, 0),
        (Fault.REFUSED_AT_RCPT, NobodyThere, 0),
        (Fault.FULL_AT_RCPT, PostError, 0),
        (Fault.OVER_QUOTA_AT_RCPT, PostRefused, 0),
        (Fault.UNWANTED_AT_RCPT, PostRefused, 0),
        (Fault.BUSY_AFTER_DATA, PostError, 0),
        (Fault.REFUSED_AFTER_DATA, PostRefused, 0),
        (Fault.DROPPED_AT_RCPT, PostError, 0),
        (Fault.DROPPED_AFTER_DATA, PostUncertain, 0),
        (Fault.LOST_250, PostUncertain, 1),
        (Fault.LATE_250, PostUncertain, 1),
    ],
)
def test_every_ending_has_its_own_error(
    smtp: SmtpSink, fault: Fault, kind: type[PostError], owned: int
) -> None:
    """Later, never and perhaps are three things; perhaps only once the final dot is sent."""
    smtp.fail(fault)

    with pytest.raises(PostError) as caught:
        hand(smtp, timeout_s=0.5)
    assert type(caught.value) is kind
    assert len(smtp.mails) == owned


def test_a_server_that_is_not_there_means_later() -> None:
    """A refused connection is tried again, and the message names host and port."""
    sink = SmtpSink().start()
    sink.stop()

    with pytest.raises(PostError, match=f"{sink.host}:{sink.port}") as caught:
        hand(sink)
    assert type(caught.value) is PostError


def test_an_address_that_is_none_is_refused_without_asking(smtp: SmtpSink) -> None:
    """No command is ever made of a stranger's line end."""
    with pytest.raises(PostRefused):
        post.send(server_of(smtp), mime(), SENDER.email, "a@example.org>\r\nDATA")
    assert not smtp.mails


def test_the_dot_is_sent_only_when_the_outbox_agrees(smtp: SmtpSink) -> None:
    """If « in flight » cannot be kept, nothing was handed over, and the letter may be tried again."""

    def full_disk() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        post.send(server_of(smtp), mime(), SENDER.email, LETTER.recipient.email, before_dot=full_disk)
    hand(smtp)
    assert len(smtp.mails) == 1


@pytest.fixture(scope="module")
def cert(tmp_path_factory: pytest.TempPathFactory) -> Certificate:
    return certificate(tmp_path_factory.mktemp("cert"))


@pytest.fixture
def secured(cert: Certificate) -> Iterator[SmtpSink]:
    sink = SmtpSink(cert=cert, users={"desk": "secret"}).start()
    try:
        yield sink
    finally:
        sink.stop()


def test_a_trusted_server_gets_the_login_over_tls(secured: SmtpSink, cert: Certificate) -> None:
    """STARTTLS with a certificate that we trust, then the login, then the letter."""
    answer = hand(secured, tls="starttls", ca_file=str(cert.cert), user="desk", password="secret")

    assert answer.startswith("250 ")
    assert len(secured.mails) == 1


def test_a_certificate_that_nobody_vouches_for_is_not_believed(secured: SmtpSink) -> None:
    """No letter and no password goes to a server that cannot prove its name."""
    with pytest.raises(PostError, match="no safe connection") as caught:
        hand(secured, tls="starttls", user="desk", password="secret")
    assert isinstance(caught.value.__cause__, ssl.SSLError)
    assert not secured.mails


def test_a_wrong_password_gives_no_letter_up(secured: SmtpSink, cert: Certificate) -> None:
    """It is ours to correct: the letters wait; the password stands in no message."""
    with pytest.raises(PostError, match="login refused") as caught:
        hand(secured, tls="starttls", ca_file=str(cert.cert), user="desk", password="wrong-secret")
    assert type(caught.value) is PostError
    assert "wrong-secret" not in f"{caught.value} {server_of(secured, password='wrong-secret')!r}"


def test_a_certificate_file_that_is_not_there_is_named(tmp_path: Path, smtp: SmtpSink) -> None:
    """The message names the file to correct."""
    gone = str(tmp_path / "gone.pem")

    with pytest.raises(PostError, match=re.escape(gone)):
        hand(smtp, tls="starttls", ca_file=gone)


def test_greeting_logs_in_and_sends_nothing(secured: SmtpSink, cert: Certificate) -> None:
    """`doctor` learns that letters could leave."""
    server = server_of(secured, tls="starttls", ca_file=str(cert.cert), user="desk", password="secret")

    assert "logged in as desk" in post.greet(server)
    assert not secured.mails


# ---------------------------------------------------------------- login by token


class Purse:
    """Tokens as `ingest.access` hands them out: one at hand perhaps, then others."""

    def __init__(self, *tokens: str, at_hand: str | None = None) -> None:
        self.left, self.at_hand = list(tokens), at_hand

    def remembered(self) -> str | None:
        return self.at_hand

    def token(self) -> str:
        if not self.left:
            raise MailboxRefused("asking x for a token: 400 invalid_grant", "Consent again.")
        self.at_hand = self.left.pop(0)
        return self.at_hand

    def forget(self, token: str) -> None:
        self.at_hand = None if self.at_hand == token else self.at_hand


@pytest.fixture
def bearing(cert: Certificate) -> Iterator[SmtpSink]:
    """A server that offers XOAUTH2 and takes no password."""
    sink = SmtpSink(cert=cert, tokens={"good": "desk"}).start()
    try:
        yield sink
    finally:
        sink.stop()


@pytest.mark.parametrize("purse", [Purse("good"), Purse(at_hand="good"), Purse("good", at_hand="old")])
def test_a_token_opens_the_server(bearing: SmtpSink, cert: Certificate, purse: Purse) -> None:
    """A new one, the one at hand, and a new one for one that is no longer taken."""
    answer = hand(bearing, tls="starttls", ca_file=str(cert.cert), user="desk", tokens=purse)

    assert answer.startswith("250 ")
    assert len(bearing.mails) == 1
    assert purse.at_hand == "good"


@pytest.mark.parametrize(
    ("purse", "said", "advice"),
    [
        (Purse("another's"), "login refused: 535", "SMTP AUTH"),
        (Purse(), "invalid_grant", "Consent again"),
    ],
)
def test_where_no_token_opens_letters_wait(
    bearing: SmtpSink, cert: Certificate, purse: Purse, said: str, advice: str
) -> None:
    """The message says what to correct, no token stands in it, and no letter is given up."""
    with pytest.raises(PostError, match=said) as caught:
        hand(bearing, tls="starttls", ca_file=str(cert.cert), user="desk", tokens=purse)

    assert type(caught.value) is PostError
    assert advice in caught.value.advice
    assert "another's" not in str(caught.value)


def test_a_server_without_xoauth2_gets_no_token(secured: SmtpSink, cert: Certificate) -> None:
    """It is told so, and the token is not tried as a password."""
    with pytest.raises(PostError, match="does not offer XOAUTH2") as caught:
        hand(secured, tls="starttls", ca_file=str(cert.cert), user="desk", tokens=Purse("good"))

    assert type(caught.value) is PostError
