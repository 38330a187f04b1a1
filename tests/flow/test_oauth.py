"""An inbox with OAuth in the settings: `doctor`, the service's polls, and the tokens that are kept."""

import json
import stat
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.errors import SettingsError
from desk import settings, wiring
from ingest.mailbox import open_mailbox
from tests.builders import a_mail
from tests.desk.command import blossom
from tests.flow.houses import House, a_house
from tests.ingest.issuer import Issuer
from tests.servers import PASSWORD, Absent, Dovecot, SmtpSink


@pytest.fixture(scope="module")
def guarded() -> Iterator[tuple[Dovecot, Issuer]]:
    """A Dovecot that asks a token server on loopback whose tokens are whose."""
    issuer = Issuer(secret=PASSWORD).start()
    try:
        server = Dovecot(issuer.introspection_url)
    except Absent as absent:
        issuer.stop()
        pytest.skip(str(absent))
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
