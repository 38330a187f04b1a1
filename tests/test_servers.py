"""The throw-away servers do what the tests of the rooms rely on."""

import imaplib
import smtplib
import ssl
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest

from tests.builders import a_mail
from tests.servers import PASSWORD, Dovecot, Fault, Postgres, SmtpSink, certificate


def test_dovecot_delivers_and_appends(dovecot: Dovecot) -> None:
    """What is delivered by LMTP or appended lies in the inbox, with the date given, over verified TLS."""
    user, when = dovecot.account(), datetime(2026, 9, 14, 7, 59, 59, tzinfo=UTC)

    dovecot.deliver(user, a_mail())
    uid = dovecot.append(user, a_mail(), when, r"\Seen")
    context = ssl.create_default_context(cafile=str(dovecot.cert))
    with imaplib.IMAP4_SSL("127.0.0.1", dovecot.imaps, ssl_context=context, timeout=10) as client:
        client.login(user, PASSWORD)
        client.select("INBOX", readonly=True)
        data = client.fetch("2", "(UID INTERNALDATE)")[1]

    assert uid == 2
    assert "14-Sep-2026 07:59:59 +0000" in str(data[0])
    assert dovecot.flags(user) == ["", r"\Seen"]


def test_dovecot_starts_again_with_its_mails(dovecot: Dovecot) -> None:
    """A server that was stopped comes back on its ports with what it had."""
    user = dovecot.account()
    dovecot.append(user, a_mail())
    dovecot.stop()
    with pytest.raises(OSError, match="refused"):
        imaplib.IMAP4("127.0.0.1", dovecot.imap, timeout=5)
    dovecot.start()
    before = dovecot.flags(user)
    dovecot.clear(user)

    assert len(before) == 1
    assert dovecot.flags(user) == []


def test_postgres_gives_empty_databases(postgres: Postgres) -> None:
    """Two fresh databases know nothing of each other."""
    first, second = (url.replace("+psycopg", "") for url in (postgres.fresh(), postgres.fresh()))

    with psycopg.connect(first) as link:
        link.execute("create table only_here (x int)")
    with psycopg.connect(second) as link:
        found = link.execute("select to_regclass('only_here')").fetchone()

    assert first != second
    assert found == (None,)


@pytest.mark.parametrize(
    ("fault", "raised", "kept"),
    [
        (Fault.BUSY_AT_MAIL, smtplib.SMTPSenderRefused, 0),
        (Fault.GREYLISTED_AT_RCPT, smtplib.SMTPRecipientsRefused, 0),
        (Fault.REFUSED_AT_RCPT, smtplib.SMTPRecipientsRefused, 0),
        (Fault.DROPPED_AT_RCPT, smtplib.SMTPServerDisconnected, 0),
        (Fault.BUSY_AFTER_DATA, smtplib.SMTPDataError, 0),
        (Fault.REFUSED_AFTER_DATA, smtplib.SMTPDataError, 0),
        (Fault.DROPPED_AFTER_DATA, smtplib.SMTPServerDisconnected, 0),
        (Fault.LOST_250, smtplib.SMTPServerDisconnected, 1),
        (Fault.LATE_250, smtplib.SMTPServerDisconnected, 1),
    ],
    ids=lambda value: value.name if isinstance(value, Fault) else "",
)
def test_smtp_fails_once_as_told(smtp: SmtpSink, fault: Fault, raised: type[Exception], kept: int) -> None:
    """Each fault is met by one mail, raises what was measured, and the next mail passes."""
    smtp.fail(fault)

    with (
        pytest.raises(raised),
        smtplib.SMTP("127.0.0.1", smtp.port, timeout=0.5) as link,
    ):
        link.sendmail("a@example.org", ["b@example.org"], a_mail())
    held = len(smtp.mails)
    with smtplib.SMTP("127.0.0.1", smtp.port, timeout=5) as link:
        link.sendmail("a@example.org", ["b@example.org"], a_mail())

    assert held == kept
    assert smtp.mails[-1].recipients == ("b@example.org",)
    assert smtp.mails[-1].content == a_mail()


def test_smtp_lets_only_its_users_send_over_tls(tmp_path: Path) -> None:
    """With users and a certificate, a mail is taken after STARTTLS and a login only."""
    sink = SmtpSink(cert=certificate(tmp_path), users={"desk": PASSWORD}).start()
    try:
        with smtplib.SMTP("127.0.0.1", sink.port, timeout=5) as link:
            with pytest.raises(smtplib.SMTPSenderRefused):
                link.sendmail("a@example.org", ["b@example.org"], a_mail())
            link.starttls(context=ssl.create_default_context(cafile=str(tmp_path / "cert.pem")))
            link.login("desk", PASSWORD)
            link.sendmail("a@example.org", ["b@example.org"], a_mail())
    finally:
        sink.stop()

    assert len(sink.mails) == 1
