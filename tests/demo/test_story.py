"""The fortnight holds the cases that the desk must get right, and is the same each time."""

import email
import hashlib
import io
import smtplib
import subprocess
import sys
import zipfile
from datetime import UTC
from email import policy
from email.message import EmailMessage

import pdfplumber
import pytest
from docx import Document
from imap_tools import MailBoxUnencrypted
from pdfplumber.utils.exceptions import PdfminerException

import parsers
from desk.demo.mailworld import MailWorld
from desk.demo.story import BOTH, Sent, brussels, final, fortnight

BUILD = "import hashlib; from desk.demo.story import fortnight; \
print(hashlib.sha256(b''.join(m.raw() for m in fortnight())).hexdigest())"
LETTER = (
    b"Message-ID: <0f3a@coopcity.be>\r\nSubject: Votre dossier\r\nFrom: COOPCITY <info@coopcity.be>\r\n\r\nx"
)


def mail(key: str) -> Sent:
    return next(mail for mail in fortnight() if mail.key == key)


def read(raw: bytes) -> EmailMessage:
    parsed = email.message_from_bytes(raw, policy=policy.default)
    assert isinstance(parsed, EmailMessage)
    return parsed


def test_it_is_the_same_story_in_another_process() -> None:
    """Every byte of every mail is equal when built anew."""
    told = subprocess.run(
        [sys.executable, "-c", BUILD], capture_output=True, text=True, check=True
    ).stdout.strip()

    assert hashlib.sha256(b"".join(m.raw() for m in fortnight())).hexdigest() == told


def test_it_has_enough_of_everything() -> None:
    """At least sixteen applications and eight other mails, within the fortnight, each with its own key."""
    mails = fortnight()

    assert len(final()) >= 16
    assert sum(m.about is None for m in mails) >= 8
    assert len({m.key for m in mails}) == len(mails)
    assert len({read(m.raw())["Message-ID"] for m in mails}) == len(mails)
    assert all(brussels("09-01 00:00:00") <= m.at <= brussels("09-18 23:59:59") for m in mails)
    assert [m.at for m in mails] == sorted(m.at for m in mails)


@pytest.mark.parametrize(
    "code",
    [
        "annex.missing",
        "annex.partial",
        "answer.blank",
        "answer.invalid",
        "answer.unclear",
        "document.encrypted",
        "document.link_only",
        pytest.param(
            "document.unreadable",
            marks=pytest.mark.skipif(parsers.ocr_missing() is None, reason="here the scan is read"),
        ),
        "dossier.template_blank",
        "mail.late",
        "mail.one_address",
        "mail.wrong_subject",
        "signature.missing",
        "signature.typed_name",
    ],
)
def test_it_covers_the_case(code: str) -> None:
    """Some applicant makes this finding necessary."""
    assert any(code in m.expected.codes for m in fortnight() if m.expected)


def test_verdicts_follow_from_what_is_expected() -> None:
    """What blocks makes incomplete, what only needs a look to_review; late is what comes after 10:00:00."""
    for m in fortnight():
        if m.expected is None:
            continue
        incomplete = m.expected.blocking is None or bool(m.expected.blocking)

        assert (m.expected.verdict == "incomplete") == incomplete
        assert not m.expected.review or m.expected.verdict == "to_review"
        assert m.expected.on_time == (m.at <= brussels("09-14 10:00:00"))


def test_every_file_opens_in_its_program() -> None:
    """Each .docx opens in python-docx; each PDF has text, but for the scan and the locked one."""
    silent = set()
    for name, content in (pair for m in fortnight() for pair in unpacked(m)):
        if name.endswith(".docx"):
            assert Document(io.BytesIO(content)).element.body is not None
        else:
            silent |= {name} - {name if has_text(content) else ""}

    assert silent == {"scan_20260907_1832.pdf", "Comptes 2024.pdf"}


def unpacked(m: Sent) -> list[tuple[str, bytes]]:
    """Its files, with what lies in archives and forwarded mails."""
    found = []
    for file in m.files:
        if file.name.endswith(".zip"):
            with zipfile.ZipFile(io.BytesIO(file.content)) as archive:
                found += [(name, archive.read(name)) for name in archive.namelist()]
        elif file.name.endswith(".eml"):
            parts = read(file.content).iter_attachments()
            found += [(part.get_filename() or "", part.get_content()) for part in parts]
        else:
            found.append((file.name, file.content))
    return found


def has_text(content: bytes) -> bool:
    try:
        with pdfplumber.open(io.BytesIO(content)) as document:
            return any(page.extract_text() for page in document.pages)
    except PdfminerException:
        return False


def test_attachments_survive_the_mail() -> None:
    """A program that reads the mail gets each file's bytes and name back."""
    for m in fortnight():
        parts = [part for part in read(m.raw()).iter_attachments() if part.get_filename()]
        plain = [f for f in m.files if not f.name.endswith(".eml")]

        assert [part.get_filename() for part in parts] == [f.name for f in m.files]
        assert [part.get_content() for part in parts if part.get_content_maintype() != "message"] == [
            f.content for f in plain
        ]


def test_an_answer_joins_our_thread() -> None:
    """A supplement answers our letter by its Message-ID and subject; without a letter it stands alone."""
    supplement = mail("le-fil-retrouve/2")
    answered, alone = read(supplement.raw(LETTER)), read(supplement.raw())

    assert answered["In-Reply-To"] == "<0f3a@coopcity.be>"
    assert answered["Subject"] == "Re: Votre dossier"
    assert alone["In-Reply-To"] is None
    assert "COOPCITY 2026" in alone["Subject"]


def test_the_bounce_is_a_delivery_report_on_our_letter() -> None:
    """It comes from nobody, names the address and the reason, and returns our letter's header."""
    report = read(mail("bounce").raw(LETTER))
    kinds = [part.get_content_type() for part in report.iter_parts()]

    assert mail("bounce").envelope_sender == ""
    assert report.get_content_type() == "multipart/report"
    assert kinds == ["text/plain", "message/delivery-status", "text/rfc822-headers"]
    assert b"<0f3a@coopcity.be>" in report.as_bytes()


def test_the_fortnight_passes_through_the_mail_world() -> None:
    """Sent over SMTP, each copy lies in its inbox at its time."""
    mails = [m for m in fortnight() if m.about in ("la-remise", "cyclo-colis-canal", "repair-marolles")]
    now = [brussels("09-01 00:00:00")]
    with MailWorld(dict.fromkeys(BOTH, "x"), lambda: now[0].astimezone(UTC)) as world:
        with smtplib.SMTP(world.host, world.smtp_port, timeout=20) as link:
            for m in mails:
                now[0] = m.at
                link.sendmail(m.envelope_sender, m.recipients, m.raw())
        found: dict[str, list[str]] = {}
        for address in BOTH:
            with MailBoxUnencrypted(world.host, world.imap_port, timeout=20).login(address, "x") as box:
                found[address] = [read(m.obj.as_bytes())["Received"] for m in box.fetch(mark_seen=False)]

    assert [len(found[address]) for address in BOTH] == [2, 3]
    assert found[BOTH[0]][-1].endswith("Mon, 14 Sep 2026 08:03:00 +0000")
