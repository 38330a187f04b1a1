"""`ingest.access`: tokens from a server on loopback, taken to a real Dovecot."""

import imaplib
import json
import os
import stat
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from data.errors import MailboxError, MailboxRefused
from ingest.access import OAuth, Password, TokenSource, google, microsoft_app, microsoft_user
from ingest.mailbox import Account, open_mailbox
from tests.builders import a_mail
from tests.ingest.issuer import Issuer
from tests.servers import Absent, Dovecot, skip_without


@pytest.fixture
def issuer() -> Iterator[Issuer]:
    """A token server of this test's own."""
    server = Issuer().start()
    try:
        yield server
    finally:
        server.stop()


@pytest.fixture(scope="module")
def guarded() -> Iterator[tuple[Dovecot, Issuer]]:
    """A Dovecot that takes tokens, and the server that says whose they are."""
    issuer = Issuer().start()
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
def inbox(guarded: tuple[Dovecot, Issuer]) -> tuple[Dovecot, Issuer, str]:
    """An empty inbox that tokens open, with every token of earlier tests revoked."""
    server, issuer = guarded
    user = server.account()
    issuer.user = user
    issuer.active.clear()
    issuer.asked.clear()
    return server, issuer, user


def app_only(issuer: Issuer) -> TokenSource:
    """The house's own key, as for Microsoft."""
    return replace(microsoft_app("coopcity", "client", issuer.secret), url=issuer.url)


def consented(issuer: Issuer, kept_in: Path | None) -> TokenSource:
    """A person's refresh token."""
    return TokenSource(issuer.url, "client", "scope", issuer.secret, "refresh-0", kept_in)


def account(server: Dovecot, user: str, access: OAuth) -> Account:
    return Account("info", server.host, server.imaps, user, ca_file=server.cert, timeout_s=20, access=access)


class Clock:
    """A clock that is set by hand."""

    def __init__(self, now: float = 0) -> None:
        self.now = now

    def __call__(self) -> float:
        return self.now


def at(clock: Clock, now: float, access: OAuth) -> str:
    """The token at a time."""
    clock.now = now
    return access.token()


# ---------------------------------------------------------------- with a real server


def test_a_token_opens_the_inbox(inbox: tuple[Dovecot, Issuer, str]) -> None:
    """XOAUTH2 against Dovecot: mail is read, and the token is asked for once in many polls."""
    server, issuer, user = inbox
    server.append(user, a_mail())
    access = OAuth(app_only(issuer))
    for _ in range(3):
        with open_mailbox(account(server, user, access)) as mailbox:
            assert mailbox.count() == 1

    assert len(issuer.asked) == 1
    assert issuer.asked[0] == {
        "grant_type": "client_credentials",
        "client_id": "client",
        "client_secret": "s3cret",
        "scope": "https://outlook.office365.com/.default",
    }


def test_a_token_revoked_before_its_end_is_replaced_once(inbox: tuple[Dovecot, Issuer, str]) -> None:
    """The server no longer takes the remembered token: a fresh one opens the inbox in the same visit."""
    server, issuer, user = inbox
    access = OAuth(app_only(issuer))
    with open_mailbox(account(server, user, access)):
        issuer.active.clear()
    with open_mailbox(account(server, user, access)) as mailbox:
        assert mailbox.count() == 0

    assert len(issuer.asked) == 2


def test_another_users_inbox_stays_closed(inbox: tuple[Dovecot, Issuer, str]) -> None:
    """A good token of somebody else is refused for good, after one try with a fresh one."""
    server, issuer, user = inbox
    issuer.user = server.account()
    access = OAuth(app_only(issuer))
    for _ in range(2):
        with pytest.raises(MailboxRefused, match="logging in"):
            open_mailbox(account(server, user, access)).__enter__()

    assert len(issuer.asked) <= 2


def test_a_server_without_xoauth2_is_told(dovecot: Dovecot, issuer: Issuer) -> None:
    """No token is asked for, and the advice says what to do."""
    with pytest.raises(MailboxRefused, match="does not offer XOAUTH2") as refusal:
        open_mailbox(account(dovecot, dovecot.account(), OAuth(app_only(issuer)))).__enter__()

    assert "password" in refusal.value.advice
    assert issuer.asked == []


def test_a_password_still_opens_that_server(inbox: tuple[Dovecot, Issuer, str]) -> None:
    """Both ways stand behind one interface; an account without access logs in by its password."""
    server, _, user = inbox
    by_access = Account(
        "info",
        server.host,
        server.imaps,
        user,
        ca_file=server.cert,
        access=Password(server.users[user]),
    )
    by_field = replace(by_access, access=None, password=server.users[user])

    for each in (by_access, by_field):
        with open_mailbox(each) as mailbox:
            assert mailbox.count() == 0


def test_no_token_no_poll(inbox: tuple[Dovecot, Issuer, str]) -> None:
    """A revoked consent is told with its advice, as the trouble of the inbox."""
    server, issuer, user = inbox
    access = OAuth(replace(consented(issuer, None), refresh_token="revoked"))

    with pytest.raises(MailboxRefused, match="invalid_grant") as refusal:
        open_mailbox(account(server, user, access)).__enter__()

    assert "consent again" in refusal.value.advice


# ---------------------------------------------------------------- tokens


def test_a_token_is_renewed_only_near_its_end(issuer: Issuer) -> None:
    """Asked for at 0, good until 3600: renewed from 3300 on."""
    clock = Clock()
    access = OAuth(app_only(issuer), clock)

    assert [at(clock, now, access) for now in (0, 3299, 3300, 3400)] == [
        "access-1",
        "access-1",
        "access-2",
        "access-2",
    ]


def test_a_short_lived_token_lives_half_its_time(issuer: Issuer) -> None:
    """One of a hundred seconds is not asked for at every poll."""
    issuer.lives_s = 100
    clock = Clock()
    access = OAuth(app_only(issuer), clock)

    assert [at(clock, now, access) for now in (0, 49, 50)] == ["access-1", "access-1", "access-2"]


def test_a_rotated_refresh_token_is_kept(issuer: Issuer, tmp_path: Path) -> None:
    """Each renewal is by the newest, also after a restart; nobody else may read the file."""
    kept = tmp_path / "info.json"
    OAuth(consented(issuer, kept), Clock(0)).token()
    OAuth(consented(issuer, kept), Clock(4000)).token()
    OAuth(consented(issuer, kept), Clock(8000)).token()

    assert [each["refresh_token"] for each in issuer.asked] == ["refresh-0", "refresh-1", "refresh-2"]
    assert json.loads(kept.read_text())["refresh"] == "refresh-3"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert sorted(each.name for each in tmp_path.iterdir()) == ["info.json", "info.json.lock"]


def test_a_restart_needs_no_new_token(issuer: Issuer, tmp_path: Path) -> None:
    """The one in the file is still good."""
    kept = tmp_path / "info.json"

    assert OAuth(consented(issuer, kept), Clock(0)).token() == "access-1"
    assert OAuth(consented(issuer, kept), Clock(60)).token() == "access-1"
    assert len(issuer.asked) == 1


def test_a_refresh_token_that_does_not_rotate_is_used_again(issuer: Issuer, tmp_path: Path) -> None:
    """Google gives none back: the first stays good."""
    issuer.rotates = False
    kept = tmp_path / "google.json"
    OAuth(consented(issuer, kept), Clock(0)).token()
    OAuth(consented(issuer, kept), Clock(4000)).token()

    assert [each["refresh_token"] for each in issuer.asked] == ["refresh-0", "refresh-0"]


def test_a_new_consent_in_the_settings_replaces_what_was_kept(issuer: Issuer, tmp_path: Path) -> None:
    """After a revoked consent, nobody has to know of the file."""
    kept = tmp_path / "info.json"
    OAuth(consented(issuer, kept), Clock(0)).token()
    issuer.refresh_token = "consented anew"
    renewed = OAuth(replace(consented(issuer, kept), refresh_token="consented anew"), Clock(10))

    assert renewed.token() == "access-2"
    assert issuer.asked[-1]["refresh_token"] == "consented anew"


def test_a_token_that_another_process_renewed_is_taken(issuer: Issuer, tmp_path: Path) -> None:
    """`blossom doctor` beside the service: the refresh token that was used up is not used again."""
    kept = tmp_path / "info.json"
    clock = Clock()
    service, doctor = (OAuth(consented(issuer, kept), clock) for _ in range(2))
    service.token()
    doctor.token()
    clock.now = 4000

    assert service.token() == doctor.token() == "access-2"
    assert [each["refresh_token"] for each in issuer.asked] == ["refresh-0", "refresh-1"]


def test_inboxes_polled_together_renew_once(issuer: Issuer, tmp_path: Path) -> None:
    """Eight threads, one token."""
    access = OAuth(consented(issuer, tmp_path / "info.json"), Clock(0))
    threads = [threading.Thread(target=access.token) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(20)

    assert len(issuer.asked) == 1


def test_a_file_that_stops_half_way_leaves_the_old_one(
    issuer: Issuer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A full disk: the old file stays whole, the newer tokens stay in mind, and the trouble is told."""
    kept = tmp_path / "info.json"
    clock = Clock()
    access = OAuth(consented(issuer, kept), clock)
    access.token()
    before = kept.read_bytes()
    clock.now = 4000

    def full(_file: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(MailboxRefused, match="No space left"):
            access.token()

    assert kept.read_bytes() == before
    assert sorted(each.name for each in tmp_path.iterdir()) == ["info.json", "info.json.lock"]
    assert access.token() == "access-2"


@pytest.mark.parametrize("content", ["", "{", "[]", '{"seed": 1}'])
def test_a_damaged_file_is_told(issuer: Issuer, tmp_path: Path, content: str) -> None:
    """It is never overwritten unseen: the refresh token in it may be the only one."""
    kept = tmp_path / "info.json"
    kept.write_text(content)

    if content == '{"seed": 1}':
        assert OAuth(consented(issuer, kept)).token() == "access-1"
    else:
        with pytest.raises(MailboxRefused, match="cannot be read"):
            OAuth(consented(issuer, kept)).token()


# ---------------------------------------------------------------- trouble


@pytest.mark.parametrize(
    ("status", "body", "for_good", "advice"),
    [
        (400, b'{"error": "invalid_grant"}', True, "consent again"),
        (401, b'{"error": "invalid_client"}', True, "secret"),
        (400, b'{"error": "invalid_scope"}', True, "scope"),
        (400, b'{"error": "unauthorized_client"}', True, "registration"),
        (404, b"<html>not found</html>", True, "token URL"),
        (302, b"", True, "token URL"),
        (429, b'{"error": "slow_down"}', False, "next poll"),
        (503, b"busy", False, "next poll"),
        (500, b'{"error": "invalid_grant"}', False, "next poll"),
        (400, b'{"error": "temporarily_unavailable"}', False, "next poll"),
        (200, b"{}", False, "next poll"),
        (200, b'{"access_token": "a\\u0001b"}', False, "next poll"),
        (200, b"[" * 10_000, False, "next poll"),
    ],
)
def test_what_the_token_server_says_is_for_good_or_for_the_moment(
    issuer: Issuer, status: int, body: bytes, for_good: bool, advice: str
) -> None:
    """Each with advice; no message shows a secret."""
    issuer.answers.append((status, body))
    with pytest.raises(MailboxError) as error:
        OAuth(consented(issuer, None)).token()

    assert isinstance(error.value, MailboxRefused) is for_good
    assert advice in error.value.advice
    assert "s3cret" not in str(error.value)
    assert "refresh-0" not in str(error.value)


def test_a_token_server_that_is_away_may_come_back(issuer: Issuer) -> None:
    """Nobody listens: the next poll tries again."""
    issuer.stop()

    with pytest.raises(MailboxError) as error:
        OAuth(app_only(issuer)).token()

    assert not isinstance(error.value, MailboxRefused)


def test_secrets_are_not_sent_in_clear() -> None:
    """A token URL without TLS is refused, unless it is this machine."""
    source = TokenSource("http://login.example/token", "client", "scope", "s3cret")

    with pytest.raises(MailboxRefused, match="TLS"):
        OAuth(source).token()


def test_a_certificate_nobody_vouches_for_is_refused(dovecot: Dovecot) -> None:
    """A TLS server with a certificate of its own making is told nothing."""
    source = TokenSource(f"https://127.0.0.1:{dovecot.imaps}/token", "client", "scope", "s3cret")

    with pytest.raises(MailboxRefused, match="certificate"):
        OAuth(source).token()


def test_secrets_are_never_shown(tmp_path: Path) -> None:
    """Neither of the source, nor of the access, nor of the account that holds it."""
    source = microsoft_user("t", "c", "r3fresh", tmp_path / "x", client_secret="s3cret")
    access = OAuth(source)
    shown = f"{source!r} {access!r} {Account('i', 'h', 993, 'u', access=access)!r} {Password('s3cret')!r}"

    assert "s3cret" not in shown
    assert "r3fresh" not in shown


def test_each_provider_has_its_own_address() -> None:
    """Over TLS, with what it wants to be asked."""
    app, person = microsoft_app("t", "c", "s"), microsoft_user("t", "c", "r", Path("x"))
    of_google = google("c", "s", "r")

    assert app.url == person.url == "https://login.microsoftonline.com/t/oauth2/v2.0/token"
    assert (app.form["grant_type"], person.form["grant_type"]) == ("client_credentials", "refresh_token")
    assert "offline_access" in person.form["scope"]
    assert of_google.url == "https://oauth2.googleapis.com/token"
    assert "scope" not in of_google.form


def test_a_line_lost_while_logging_in_forgets_the_token(issuer: Issuer) -> None:
    """The server hung up on it: the next poll comes with a new one."""

    class Client:
        capabilities = ("AUTH=XOAUTH2",)
        host = "h"

        def authenticate(self, _mechanism: str, _answer: object) -> None:
            raise imaplib.IMAP4.abort("gone")

    class Box:
        client = Client()

    access = OAuth(app_only(issuer))
    access.token()
    with pytest.raises(imaplib.IMAP4.abort):
        access.log_in(Box(), "u")  # type: ignore[arg-type]  # the little that logging in touches

    assert access.remembered() is None
