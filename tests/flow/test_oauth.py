"""An inbox with OAuth in the settings: `doctor`, the service's polls, and the tokens that are kept."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest
from pydantic import SecretStr

from data.errors import SettingsError
from desk import settings, wiring
from ingest.mailbox import open_mailbox
from notifier import post
from tests.builders import a_mail
from tests.desk.command import blossom
from tests.flow.houses import House, a_house
from tests.ingest.issuer import Issuer
from tests.servers import PASSWORD, Absent, Dovecot, SmtpSink, skip_without


@pytest.fixture(scope="module")
def guarded() -> Iterator[tuple[Dovecot, Issuer]]:
    """A Dovecot that asks a token server on loopback whose tokens are whose."""
    issuer = Issuer(secret=PASSWORD).start()
    try:
        server = Dovecot(issuer.introspection_url)
    except Absent as absent:
        issuer.stop()
        skip_without(absent)
    try:
        yield server.start(), issuer
    finally:
        server.close()
        issuer.stop()


@pytest.fixture
def house(guarded: tuple[Dovecot, Issuer], tmp_path: Path, smtp: SmtpSink) -> House:
    """Two inboxes; the second logs in by token."""
    server, issuer = guarded
    made = a_house(tmp_path, server, smtp)
    issuer.user, issuer.refresh_token = made.inboxes[1], "refresh-0"
    (tmp_path / "secret").write_text(issuer.secret)
    (tmp_path / "refresh").write_text("refresh-0\n")
    oauth = (
        f'password_file = "{tmp_path}/secret"\n[inbox.oauth]\nprovider = "other"\nurl = "{issuer.url}"\n'
        f'client_id = "client"\nscope = "mail"\nrefresh_token_file = "{tmp_path}/refresh"\n[smtp]'
    )
    text = made.settings.read_text("utf-8").replace("[smtp]", oauth)
    made.settings.write_text(text, "utf-8")
    return made


def test_doctor_logs_in_by_token_and_the_rotated_one_is_kept(
    house: House, guarded: tuple[Dovecot, Issuer]
) -> None:
    """The settings reach the server; the next process begins with the token that the first was given."""
    _, issuer = guarded
    before = issuer.given
    done = blossom("doctor", *house.words)
    kept = house.folder / "var" / "tokens" / "info.json"
    told = json.loads(kept.read_text())
    found = settings.load(house.settings)
    with open_mailbox(wiring.account(found, found.inbox[1])) as mailbox:
        count = mailbox.count()

    assert any(line.startswith("ok") and "inbox info" in line for line in done.out.splitlines()), done.out
    assert told["refresh"] == issuer.refresh_token != "refresh-0"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert (count, issuer.given) == (0, before + 1)


def test_a_poll_reads_by_token(house: House, guarded: tuple[Dovecot, Issuer]) -> None:
    """A mail that is none of ours is looked at, in the inbox that takes no password."""
    server, _ = guarded
    server.append(house.inboxes[1], a_mail(subject="Samedi", to=["info@coopcity.be"]))
    found = settings.load(house.settings)
    with open_mailbox(wiring.account(found, found.inbox[1])) as mailbox:
        assert [each.key.uid for each in mailbox.headings(0)] == [1]


@pytest.fixture
def bearing(guarded: tuple[Dovecot, Issuer]) -> Iterator[SmtpSink]:
    """A mail server that takes our letters by the issuer's tokens alone."""
    sink = SmtpSink(tokens=guarded[1].active).start()
    try:
        yield sink
    finally:
        sink.stop()


def test_letters_leave_by_token(guarded: tuple[Dovecot, Issuer], bearing: SmtpSink, tmp_path: Path) -> None:
    """`[smtp.oauth]`: `doctor` logs in, a letter leaves, and both by one token, kept for the next process."""
    server, issuer = guarded
    house = a_house(tmp_path, server, bearing)
    issuer.user, issuer.refresh_token = "info@coopcity.be", "refresh-smtp"
    (tmp_path / "secret").write_text(issuer.secret)
    (tmp_path / "refresh").write_text("refresh-smtp\n")
    oauth = (
        f'user = "info@coopcity.be"\npassword_file = "{tmp_path}/secret"\n[smtp.oauth]\nprovider = "other"\n'
        f'url = "{issuer.url}"\nclient_id = "c"\nrefresh_token_file = "{tmp_path}/refresh"\n[sending]'
    )
    house.settings.write_text(house.settings.read_text("utf-8").replace("[sending]", oauth), "utf-8")
    before = issuer.given
    done = blossom("doctor", *house.words)
    letter = b"Subject: x\r\n\r\nx\r\n"
    said = post.send(
        wiring.post_server(settings.load(house.settings)), letter, "info@coopcity.be", "a@x.example"
    )

    assert any(line.startswith("ok") and "logged in as info@" in line for line in done.out.splitlines()), (
        done.out
    )
    assert said.startswith("250")
    assert issuer.given == before + 1
    assert (
        json.loads((tmp_path / "var" / "tokens" / "smtp.json").read_text())["refresh"] == issuer.refresh_token
    )


def test_what_smtp_needs_is_asked_for_too(tmp_path: Path) -> None:
    """The table is named, not an inbox."""
    file = tmp_path / "blossom.toml"
    file.write_text(
        f'folder = "{tmp_path}"\n[[inbox]]\nname = "info"\nhost = "h"\nport = 993\nuser = "u"\n'
        '[smtp]\nhost = "h"\nport = 587\nuser = "u"\nsender = "info@coopcity.be"\n'
        '[smtp.oauth]\nprovider = "microsoft-app"\nclient_id = "c"\n',
        "utf-8",
    )

    with pytest.raises(SettingsError, match=r"smtp: oauth: microsoft-app needs tenant$"):
        wiring.post_server(settings.load(file))


def test_a_secret_that_smtp_lacks_is_told_at_the_start(
    guarded: tuple[Dovecot, Issuer], smtp: SmtpSink, tmp_path: Path
) -> None:
    """Nothing is begun: no letter is taken in hand that could then not be handed over."""
    house = a_house(tmp_path, guarded[0], smtp)
    missing = f'password_file = "{tmp_path}/none"\n[sending]'
    house.settings.write_text(house.settings.read_text("utf-8").replace("[sending]", missing), "utf-8")
    done = blossom("poll", "--once", *house.words)

    assert done.code == SettingsError.exit_code
    assert "smtp: password_file" in done.err


def test_a_person_consents_to_sending_apart_from_reading(tmp_path: Path) -> None:
    """Microsoft: each of the two tokens asks for its own right alone."""
    file = tmp_path / "blossom.toml"
    oauth = 'provider = "microsoft-user"\ntenant = "t"\nclient_id = "c"\n'
    file.write_text(
        f'folder = "{tmp_path}"\n[[inbox]]\nname = "info"\nhost = "h"\nport = 993\nuser = "u"\n'
        f'[inbox.oauth]\n{oauth}[smtp]\nhost = "h"\nport = 587\nuser = "u"\nsender = "info@coopcity.be"\n'
        f"[smtp.oauth]\n{oauth}",
        "utf-8",
    )
    found = settings.load(file)
    found.passwords.update(info_refresh=SecretStr("1"), smtp_refresh=SecretStr("2"))
    reads, sends = (
        wiring.token_source(found, name, server, server.oauth)
        for name, server in (("info", found.inbox[0]), ("smtp", found.smtp))
        if server.oauth
    )

    assert reads.scope.endswith("/IMAP.AccessAsUser.All offline_access")
    assert sends.scope.endswith("/SMTP.Send offline_access")
    assert reads.kept_in != sends.kept_in


@pytest.mark.parametrize(
    ("provider", "lacks"),
    [
        ("microsoft-app", "tenant"),
        ("microsoft-user", "tenant, refresh_token"),
        ("google", "refresh_token"),
        ("other", "url"),
    ],
)
def test_what_a_provider_needs_is_asked_for(provider: str, lacks: str, tmp_path: Path) -> None:
    """A key that is missing is named before any server is asked."""
    file = tmp_path / "blossom.toml"
    file.write_text(
        f'folder = "{tmp_path}"\n[[inbox]]\nname = "info"\nhost = "h"\nport = 993\nuser = "u"\n'
        f'[inbox.oauth]\nprovider = "{provider}"\nclient_id = "c"\n'
        '[smtp]\nhost = "h"\nport = 465\nsender = "info@coopcity.be"\n',
        "utf-8",
    )
    found = settings.load(file)

    with pytest.raises(SettingsError, match=f"oauth: {provider} needs {lacks}$"):
        wiring.account(found, found.inbox[0])
