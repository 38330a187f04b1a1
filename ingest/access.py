"""How to prove to a mail server who we are: a password, or an OAuth token (XOAUTH2); tokens serve SMTP too.

Microsoft 365 takes no passwords any more, Google Workspace none but app passwords. Three ways lead to a
token: the house's own key (Microsoft, app-only), or a refresh token that a person once consented to
(Microsoft, Google). Microsoft hands out a new refresh token with every access token, and lets the old one
die after 90 days: unless each is kept, the inbox falls silent one morning. A token is asked for only near
the end of the last, since providers revoke who asks at every poll.
"""

import contextlib
import fcntl
import hashlib
import imaplib
import json
import os
import ssl
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field, replace
from http.client import HTTPException, HTTPResponse
from pathlib import Path
from typing import IO, NoReturn, Protocol
from urllib.parse import urlencode, urlsplit

from imap_tools import BaseMailBox

from data.errors import MailboxError, MailboxRefused
from ingest.patience import Deadline

NEAR_END_S = 300
"""Before its end by so much a token is renewed; one that lives less than twice as long, at half its time."""
MAX_ANSWER = 64 * 1024
LIMIT_S = 60.0
"""Of one request, whatever its server drips."""

MICROSOFT_APP_SCOPE = "https://outlook.office365.com/.default"
MAY_READ = "IMAP.AccessAsUser.All"
MAY_SEND = "SMTP.Send"
"""The rights that a person consents to, at Microsoft."""

_FOR_GOOD = {
    "invalid_grant": "The consent was withdrawn, ran out, or belongs to a changed password: consent again, "
    "and put the new refresh token into the settings.",
    "invalid_client": "Correct the client id or secret; Microsoft's secrets run out after at most two years.",
    "unauthorized_client": "Allow this way of asking for tokens in the registration of the application.",
    "invalid_scope": "Correct the scope; docs/operations.md names the one for each provider.",
    "access_denied": "An administrator must allow the application to read this inbox.",
    "consent_required": "An administrator must consent to the application's permissions.",
    "interaction_required": "A person must log in and consent again; unattended, use the app-only way.",
    "invalid_request": "Correct tenant, client id and scope of this inbox.",
    "unsupported_grant_type": "The token URL belongs to another way of asking for tokens.",
}
"""What a token server refuses for good (RFC 6749, 5.2), and what to do."""


class Access(Protocol):
    """A way to log in."""

    def log_in(self, box: BaseMailBox, user: str) -> None:
        """Log in to a server that has greeted.

        Raises:
            imaplib.IMAP4.error: the server refuses.
            MailboxError: there is nothing to log in with.
        """


@dataclass(frozen=True, slots=True)
class Password:
    """The oldest way."""

    password: str = field(repr=False)

    def log_in(self, box: BaseMailBox, user: str) -> None:
        """LOGIN carries ASCII alone; other letters go by AUTHENTICATE PLAIN."""
        if user.isascii() and self.password.isascii():
            box.login(user, self.password, initial_folder=None)
        else:
            box.login_utf8(user, self.password, initial_folder=None)


# ---------------------------------------------------------------- where tokens come from


@dataclass(frozen=True, slots=True)
class TokenSource:
    """Whom to ask for tokens, and with what. Secrets are never shown."""

    url: str
    client_id: str
    scope: str = ""
    """Empty: what was consented to."""
    client_secret: str = field(default="", repr=False)
    refresh_token: str = field(default="", repr=False)
    """The one a person consented to; empty for the app-only way."""
    kept_in: Path | None = None
    """The file in which the newest tokens are kept; needed where the provider rotates refresh tokens."""
    ca_file: Path | None = None
    timeout_s: float = 30

    @property
    def form(self) -> dict[str, str]:
        """What is asked, the refresh token aside."""
        grant = "refresh_token" if self.refresh_token else "client_credentials"
        told = {"grant_type": grant, "client_id": self.client_id}
        told |= {"client_secret": self.client_secret, "scope": self.scope}
        return {key: value for key, value in told.items() if value}

    @property
    def seed(self) -> str:
        """Changes when the settings do: tokens kept under another seed are the old consent's."""
        told = f"{self.url}\n{self.client_id}\n{self.scope}\n{self.refresh_token}"
        return hashlib.sha256(told.encode()).hexdigest()


def microsoft_app(tenant: str, client_id: str, client_secret: str) -> TokenSource:
    """Microsoft 365, unattended: the application itself comes in (IMAP.AccessAsApp, SMTP.SendAsApp)."""
    return TokenSource(_microsoft(tenant), client_id, MICROSOFT_APP_SCOPE, client_secret)


def microsoft_user(
    tenant: str,
    client_id: str,
    refresh_token: str,
    kept_in: Path,
    *,
    client_secret: str = "",
    right: str = MAY_READ,
) -> TokenSource:
    """Microsoft 365, in a person's name; each new refresh token is kept."""
    scope = f"https://outlook.office365.com/{right} offline_access"
    return TokenSource(_microsoft(tenant), client_id, scope, client_secret, refresh_token, kept_in)


def google(
    client_id: str, client_secret: str, refresh_token: str, *, kept_in: Path | None = None
) -> TokenSource:
    """Google Workspace; the application must be « in production », or its consent ends after seven days."""
    url = "https://oauth2.googleapis.com/token"
    return TokenSource(url, client_id, "", client_secret, refresh_token, kept_in)


def _microsoft(tenant: str) -> str:
    return f"https://login.microsoftonline.com/{tenant}/oauth2/v2.0/token"


# ---------------------------------------------------------------- the tokens


@dataclass(frozen=True, slots=True)
class _Tokens:
    """What was last given out."""

    access: str = field(repr=False)
    refresh: str = field(repr=False)
    given_at: float
    """Seconds since 1970, as is the next."""
    renew_at: float


class OAuth:
    """Access by token. Keep one for as long as the process lives: it remembers the token between polls."""

    def __init__(self, source: TokenSource, clock: Callable[[], float] = time.time) -> None:
        self._source = source
        self._clock = clock
        self._tokens: _Tokens | None = None
        self._lock = threading.Lock()

    def __repr__(self) -> str:
        return f"OAuth({self._source!r})"

    def log_in(self, box: BaseMailBox, user: str) -> None:
        """XOAUTH2; a remembered token that the server no longer takes is replaced once.

        Raises:
            imaplib.IMAP4.error: the server refuses a fresh token: it is another user's, or lacks a right.
            MailboxRefused: the server has no XOAUTH2, or no token is given out any more.
            MailboxError: no token for the moment.
        """
        if "AUTH=XOAUTH2" not in box.client.capabilities:
            raise MailboxRefused(
                f"{user} at {box.client.host}: the server does not offer XOAUTH2",
                "Use a password for this inbox, or have OAuth enabled for IMAP on the server.",
            )
        remembered = self.remembered()
        if remembered:
            try:
                _authenticate(box, user, remembered)
            except imaplib.IMAP4.abort:
                self.forget(remembered)
                raise
            except imaplib.IMAP4.error:
                self.forget(remembered)
            else:
                return
        _authenticate(box, user, self.token())

    def remembered(self) -> str | None:
        """The token at hand, if it is good for a while."""
        with self._lock:
            tokens = self._newest()
            return tokens.access if tokens and self._lasts(tokens) else None

    def token(self) -> str:
        """A token that is good for a while: the one at hand, else a new one.

        Raises:
            MailboxRefused: none is given out any more; the advice says why.
            MailboxError: none for the moment.
        """
        with self._lock, self._alone():
            self._tokens = self._newest()
            if self._tokens is None or not self._lasts(self._tokens):
                self._tokens = self._renewed(self._tokens)
                self._keep(self._tokens)
            return self._tokens.access

    def forget(self, token: str) -> None:
        """A server refused this token: the next is a new one. What it was renewed by is kept."""
        with self._lock, self._alone():
            tokens = self._newest()
            if tokens and tokens.access == token:
                self._tokens = replace(tokens, access="")
                self._keep(self._tokens)

    def _newest(self) -> _Tokens | None:
        """Ours or the file's: another process may have renewed them, or the disk refused to keep ours."""
        held = [each for each in (self._tokens, self._kept()) if each]
        return max(held, key=lambda each: each.given_at, default=None)

    def _lasts(self, tokens: _Tokens) -> bool:
        return bool(tokens.access) and self._clock() < tokens.renew_at

    def _renewed(self, last: _Tokens | None) -> _Tokens:
        refresh = (last and last.refresh) or self._source.refresh_token
        asked_at = self._clock()
        given = _ask(self._source, self._source.form | ({"refresh_token": refresh} if refresh else {}))
        access, rotated = given.get("access_token"), given.get("refresh_token")
        if not isinstance(access, str) or not (access and access.isascii() and access.isprintable()):
            raise MailboxError(f"{_named(self._source)}: the answer holds no token")
        lives_s = _seconds(given.get("expires_in"))
        renew_at = asked_at + max(lives_s - NEAR_END_S, lives_s / 2)
        return _Tokens(
            access, rotated if isinstance(rotated, str) and rotated else refresh, asked_at, renew_at
        )

    # ------------------------------------------------------------ the file

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        """No other process renews at the same time: a refresh token used twice is taken for stolen."""
        path = self._source.kept_in
        if path is None:
            yield
            return
        try:
            lock = os.open(path.with_name(f"{path.name}.lock"), os.O_CREAT | os.O_RDWR, 0o600)
        except OSError as error:
            self._unwritable(error)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    def _kept(self) -> _Tokens | None:
        """What the file holds; nothing where the settings have changed since."""
        path = self._source.kept_in
        if path is None or not path.exists():
            return None
        try:
            told = json.loads(path.read_bytes())
            if told["seed"] != self._source.seed:
                return None
            times = float(told["given_at"]), float(told["renew_at"])
            return _Tokens(str(told["access"]), str(told["refresh"]), *times)
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise MailboxRefused(
                f"{path}: the tokens cannot be read: {type(error).__name__}",
                "Make the file readable for this user; if it is damaged, delete it and consent again.",
            ) from error

    def _keep(self, tokens: _Tokens) -> None:
        """Whole or not at all, and for this user's eyes only."""
        path = self._source.kept_in
        if path is None:
            return
        told = json.dumps({"seed": self._source.seed, **asdict(tokens)})
        beside = path.with_name(f"{path.name}.{os.getpid()}.new")
        try:
            _write(beside, told.encode())
            beside.replace(path)
        except OSError as error:
            self._unwritable(error)
        finally:
            beside.unlink(missing_ok=True)

    def _unwritable(self, error: OSError) -> NoReturn:
        raise MailboxRefused(
            f"{self._source.kept_in}: the tokens cannot be kept: {error.strerror}",
            "Make the folder writable for this user, or the inbox falls silent when the last token ends.",
        ) from error


def _write(path: Path, content: bytes) -> None:
    """A new file, on the disk for certain."""
    path.unlink(missing_ok=True)
    with open(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _authenticate(box: BaseMailBox, user: str, token: str) -> None:
    """SASL XOAUTH2. A refusal comes as a challenge, which wants an empty answer before the server says no.

    imap-tools answers it with the token again, which some servers take for a second try.
    """
    answers = iter((f"user={user}\1auth=Bearer {token}\1\1".encode(),))
    box.client.authenticate("XOAUTH2", lambda _challenge: next(answers, b""))


# ---------------------------------------------------------------- asking


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    """A token server that sends us elsewhere would have our secret sent there."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: object, newurl: str
    ) -> None:
        return None


def _ask(source: TokenSource, form: Mapping[str, str]) -> dict[str, object]:
    """Ask for a token (RFC 6749, 4.4 and 6).

    Raises:
        MailboxRefused: the server says no for good, or must not be asked.
        MailboxError: it cannot be reached, or says to come back.
    """
    request = urllib.request.Request(  # noqa: S310 - the scheme is looked at in `_opener`
        source.url, urlencode(form).encode(), {"Accept": "application/json"}
    )
    deadline = Deadline(LIMIT_S)
    try:
        with _opener(source).open(request, timeout=source.timeout_s) as answer:
            return _json(_read(answer, deadline))
    except urllib.error.HTTPError as error:
        with error:
            _refuse(source, error.code, _json(_read(error.fp, deadline)), error)
    except ssl.SSLCertVerificationError as error:
        raise _untrusted(source, error) from error
    except urllib.error.URLError as error:
        if isinstance(error.reason, ssl.SSLCertVerificationError):
            raise _untrusted(source, error.reason) from error
        raise MailboxError(f"{_named(source)}: {error.reason}") from error
    except (OSError, HTTPException) as error:
        raise MailboxError(f"{_named(source)}: {error or type(error).__name__}") from error


def _opener(source: TokenSource) -> urllib.request.OpenerDirector:
    parts = urlsplit(source.url)
    if parts.scheme != "https" and parts.hostname not in ("127.0.0.1", "::1", "localhost"):
        raise MailboxRefused(f"{_named(source)}: not asked without TLS", "Correct the token URL: https://…")
    try:
        context = ssl.create_default_context(cafile=source.ca_file)
    except OSError as error:
        raise MailboxRefused(f"the certificates in {source.ca_file} cannot be read") from error
    return urllib.request.build_opener(urllib.request.HTTPSHandler(context=context), _NoRedirect)


def _read(answer: object, deadline: Deadline) -> bytes:
    """The body, up to a limit of size and time."""
    body = b""
    if isinstance(answer, HTTPResponse):
        while len(body) < MAX_ANSWER and (piece := answer.read1(MAX_ANSWER - len(body))):
            body += piece
            deadline.left_s()
    return body


def _json(body: bytes) -> dict[str, object]:
    try:
        told = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}


def _refuse(source: TokenSource, status: int, told: dict[str, object], error: Exception) -> NoReturn:
    """An error as the token server explains it; what it says for the moment is tried again."""
    code = str(told.get("error", ""))
    words = " ".join(str(told.get("error_description", "")).split())[:200]
    what = f"{_named(source)}: {status} {code} {words}".rstrip()
    if code in _FOR_GOOD and status < 500:
        raise MailboxRefused(what, _FOR_GOOD[code]) from error
    if status in (401, 403, 404) or 300 <= status < 400:
        raise MailboxRefused(
            what, "Correct the token URL, tenant, client id or secret of this inbox."
        ) from error
    raise MailboxError(what) from error


def _untrusted(source: TokenSource, error: ssl.SSLCertVerificationError) -> MailboxRefused:
    return MailboxRefused(
        f"{_named(source)}: the server's certificate is not trusted: {error.verify_message}",
        "Check the token URL, or name the issuer's certificate as ca_file.",
    )


def _seconds(told: object) -> float:
    """How long a token lives; an hour where that is not told."""
    number = str(told)
    return float(number) if number.isascii() and number.isdigit() and len(number) < 9 else 3600.0


def _named(source: TokenSource) -> str:
    """The token server, in a message: its path may name the tenant, never a secret."""
    parts = urlsplit(source.url)
    return f"asking {parts.hostname}{parts.path} for a token"
