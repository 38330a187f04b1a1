"""Throw-away real servers on loopback: Dovecot, PostgreSQL, an SMTP sink that fails on demand.

Each keeps all its state in one temporary folder, runs as an ordinary user (also when the tests run as
root), dies with the tests (`setpriv --pdeathsig`), and is stopped by its own process id.
"""

import asyncio
import base64
import imaplib
import itertools
import os
import pwd
import re
import shutil
import signal
import smtplib
import socket
import ssl
import subprocess
import tempfile
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import Enum
from pathlib import Path
from typing import Any, NoReturn, Self

import psycopg
import pytest
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HOST = "127.0.0.1"
PASSWORD = "correct horse"
SPARE_ACCOUNTS = 500
"""Made beforehand: Dovecot looks for new users once a second, which a test would have to wait for."""
ORDINARY = "nobody"
"""Who runs the servers when the tests run as root: neither Dovecot's workers nor PostgreSQL may."""


class Absent(Exception):
    """A Debian package that a test needs is not installed."""


def skip_without(absent: Absent) -> NoReturn:
    """A test of a real part is skipped where the part is absent; CI has them all, so there it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"{absent}; `make debian` installs it")
    pytest.skip(f"{absent}; `make debian` installs it")


def free_port() -> int:
    """A port that nobody listens on now."""
    with socket.create_server((HOST, 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@dataclass(frozen=True, slots=True)
class Certificate:
    """A self-signed certificate for localhost and 127.0.0.1; `cert` serves as the client's `ca_file`."""

    cert: Path
    key: Path

    def context(self) -> ssl.SSLContext:
        """For a server that shows this certificate."""
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert, self.key)
        return context


def certificate(folder: Path) -> Certificate:
    """Make a certificate that also the strict checks of Python 3.13 accept."""
    made = Certificate(folder / "cert.pem", folder / "key.pem")
    command = (
        "openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 2 -subj /CN=localhost"
    )
    extensions = (
        "subjectAltName=DNS:localhost,IP:127.0.0.1",
        "keyUsage=critical,digitalSignature,keyCertSign",
        "extendedKeyUsage=serverAuth",
    )
    added = [word for extension in extensions for word in ("-addext", extension)]
    subprocess.run(
        [*command.split(), *added, "-keyout", str(made.key), "-out", str(made.cert)],
        check=True,
        capture_output=True,
    )
    return made


# ---------------------------------------------------------------- processes of our own


def _as_ordinary_user(*command: str) -> list[str]:
    """The command, run as an ordinary user and killed with the tests, as far as this system can."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig", "KILL", *command] if setpriv else list(command)
    if not setpriv:
        raise Absent("setpriv (Debian: util-linux) is needed when the tests run as root")
    entry = pwd.getpwnam(ORDINARY)
    ids = ["--reuid", str(entry.pw_uid), "--regid", str(entry.pw_gid), "--clear-groups"]
    return [setpriv, *ids, "--pdeathsig", "KILL", *command]


def _give(folder: Path) -> None:
    """Hand a folder and what is in it to the ordinary user."""
    if os.geteuid() != 0:
        return
    entry = pwd.getpwnam(ORDINARY)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, entry.pw_uid, entry.pw_gid)


def _until(
    answers: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, limit_s: float = 20
) -> None:
    """Wait until a server answers.

    Raises:
        RuntimeError: it ended, or did not answer in time; its log is in the message.
    """
    end = time.monotonic() + limit_s
    while not answers():
        if process.poll() is not None or time.monotonic() > end:
            said = log.read_text(errors="replace") if log.exists() else "(no log)"
            raise RuntimeError(f"{process.args!r} does not answer (exit {process.poll()}):\n{said}")
        time.sleep(0.01)


def _end(process: subprocess.Popen[bytes] | None, how: signal.Signals) -> None:
    if process is None or process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)


# ---------------------------------------------------------------- Dovecot

# Why each odd line stands there: anvil-auth-penalty off, else one wrong password delays every later
# login; mail_max_userip_connections, else many sessions get [LIMIT]; chroot empty and all users our own,
# else Dovecot asks for root.
_DOVECOT = """\
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = {name}
log_path = {folder}/dovecot.log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_failure_delay = 0 secs
auth_cache_size = 0
auth_username_format = %u
mail_location = maildir:{folder}/mail/%u:LAYOUT=fs
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
mailbox_list_index = yes
maildir_stat_dirs = yes
mail_max_userip_connections = 200
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login none
  args = scheme=plain username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service auth {{
  unix_listener auth-userdb {{
    mode = 0600
    user = {user}
  }}
}}
"""


_OAUTH2_PASSDB = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""
_OAUTH2 = """\
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


_QUOTA = """
mail_plugins = quota
protocol imap {{
  mail_plugins = quota imap_quota
}}
plugin {{
  quota = maildir:User quota
  quota_rule = *:storage={quota_kb}K
  quota_grace = 0
}}
"""


class Dovecot:
    """Debian's Dovecot 2.3 with the two inboxes of the programme and as many others as are asked for.

    Ports: `imap` (plain, STARTTLS), `imaps` (TLS), `lmtp`. `cert` is the `ca_file` of both kinds of TLS.
    With `introspection_url`, OAuth tokens are taken too, after asking there whose they are. With `quota_kb`,
    no user may have more than so much mail: set it and start again, and who has more is over the limit.
    """

    host = HOST
    matthias = "matthias@coopcity.be"
    info = "info@coopcity.be"

    def __init__(self, introspection_url: str | None = None, quota_kb: int | None = None) -> None:
        self._introspection_url = introspection_url
        self.quota_kb = quota_kb
        self._binary = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if not self._binary or not shutil.which("doveadm"):
            raise Absent("Dovecot is not installed (Debian: dovecot-imapd dovecot-lmtpd)")
        self._spare = [f"inbox-{number}@coopcity.be" for number in range(1, SPARE_ACCOUNTS)]
        self.users: dict[str, str] = dict.fromkeys([self.matthias, self.info, *self._spare], PASSWORD)
        self.imap, self.imaps, self.lmtp = free_port(), free_port(), free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self._folder.chmod(0o755)
        self._config = self._folder / "dovecot.conf"
        self._process: subprocess.Popen[bytes] | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        for name in ("run", "state", "mail", "home"):
            (self._folder / name).mkdir()
        self.cert = certificate(self._folder).cert
        (self._folder / "oauth2.conf").write_text(_OAUTH2.format(url=self._introspection_url))
        self._write_config()
        self._write_users()

    def _write_config(self) -> None:
        me = pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam(ORDINARY)
        words: dict[str, object] = {"folder": self._folder, "name": self._folder.name, "user": me.pw_name}
        words |= {"group": _group(me.pw_gid), "imap": self.imap, "imaps": self.imaps, "lmtp": self.lmtp}
        words["mechanisms"] = "plain login xoauth2 oauthbearer" if self._introspection_url else "plain login"
        words["quota_kb"] = self.quota_kb
        config = _DOVECOT + (_OAUTH2_PASSDB if self._introspection_url else "")
        config += _QUOTA if self.quota_kb else ""
        self._config.write_text(config.format(**words))

    def _write_users(self) -> None:
        lines = (f"{user}:{{PLAIN}}{password}\n" for user, password in self.users.items())
        (self._folder / "users").write_text("".join(lines))
        _give(self._folder)

    def start(self) -> Self:
        """Start, or start again after `stop`, on the same ports with the same mails."""
        self._write_config()
        command = _as_ordinary_user(str(self._binary), "-F", "-c", str(self._config))
        with (self._folder / "stderr").open("wb") as said:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        log = self._folder / "dovecot.log"
        _until(self._greets, self._process, log if log.exists() else self._folder / "stderr")
        return self

    @property
    def pid(self) -> int:
        """The process number of the master, while it runs."""
        return self._process.pid if self._process else 0

    def _greets(self) -> bool:
        try:
            with socket.create_connection((HOST, self.imap), 2) as link:
                return link.recv(100).startswith(b"* OK")
        except OSError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop the master by its own process id; its children follow."""
        _end(self._process, how)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def account(self) -> str:
        """The address of an empty inbox that no other test uses."""
        return self._spare.pop()

    def deliver(self, user: str, raw: bytes, sender: str = "sender@example.org") -> None:
        """Deliver over LMTP, as a mail server would; Dovecot's clock gives the time."""
        with smtplib.LMTP(HOST, self.lmtp, timeout=20) as link:
            link.sendmail(sender, [user], raw)

    def append(
        self, user: str, raw: bytes, when: datetime | None = None, flags: str = "", folder: str = "INBOX"
    ) -> int:
        """Put a mail into a folder with an INTERNALDATE of our own, and return its UID."""
        date = imaplib.Time2Internaldate(when) if when else ""
        with self._login(user) as client:
            kind, data = client.append(folder, f"({flags})" if flags else "", date, raw)
        if kind != "OK":
            raise RuntimeError(f"APPEND to {user}: {data!r}")
        return int(data[0].split(b"]")[0].split()[-1])

    def clear(self, *users: str) -> None:
        """Empty the inboxes named, or all."""
        for user in users or tuple(self.users):
            self.doveadm("expunge", "-u", user, "mailbox", "INBOX", "all")

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        """Each mail's flags but \\Recent, read without changing any: what the desk looks like."""
        with self._login(user) as client:
            if client.select(folder, readonly=True)[1] == [b"0"]:
                return []
            data = client.fetch("1:*", "(FLAGS)")[1]
        told = [imaplib.ParseFlags(item) for item in data if isinstance(item, bytes)]
        return [" ".join(flag.decode() for flag in flags if flag != rb"\Recent") for flags in told]

    def uids(self, user: str, folder: str = "INBOX") -> list[int]:
        """Each mail's number."""
        with self._login(user) as client:
            client.select(folder, readonly=True)
            return [int(number) for number in client.uid("SEARCH", "ALL")[1][0].split()]

    def bodies_fetched(self, user: str) -> int:
        """How many mails' contents were given out in all sessions of a user that are over."""
        log = (self._folder / "dovecot.log").read_text(errors="replace")
        counts = re.findall(rf"imap\({re.escape(user)}\).* body_count=(\d+)", log)
        return sum(map(int, counts))

    def folder_of(self, user: str, folder: str) -> Path:
        """Where the files of a folder lie."""
        return self._folder / "mail" / user / folder

    def bytes_fetched(self, user: str) -> tuple[int, int]:
        """Bytes of headers and of contents given out in all sessions of a user that are over."""
        log = (self._folder / "dovecot.log").read_text(errors="replace")
        told = re.findall(rf"imap\({re.escape(user)}\).* hdr_bytes=(\d+) .*body_bytes=(\d+)", log)
        return sum(int(header) for header, _ in told), sum(int(body) for _, body in told)

    def recent(self, user: str, folder: str = "INBOX") -> int:
        """How many mails no session has been told of as new: looking read-only leaves that as it is."""
        with self._login(user) as client:
            client.select(folder, readonly=True)
            return int(client.response("RECENT")[1][-1] or 0)

    def _login(self, user: str) -> imaplib.IMAP4:
        client = imaplib.IMAP4(HOST, self.imap, timeout=20)
        client.login(user, self.users[user])
        return client

    def doveadm(self, *words: str) -> str:
        """Run `doveadm` on this instance and return what it prints."""
        command = _as_ordinary_user("doveadm", "-c", str(self._config), *words)
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"doveadm {' '.join(words)}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode()


def _group(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name


# ---------------------------------------------------------------- PostgreSQL


class Postgres:
    """A cluster of its own, reachable by a Unix socket in its folder; nothing is synced to disk."""

    def __init__(self) -> None:
        self._binaries = _postgres_binaries()
        self._folder = Path(tempfile.mkdtemp(prefix="pg-"))
        self._folder.chmod(0o755)
        self._process: subprocess.Popen[bytes] | None = None
        self._numbers = itertools.count(1)
        _give(self._folder)
        locale = ["--no-sync", "--auth=trust", "--username=postgres", "--encoding=UTF8", "--locale=C.UTF-8"]
        self._run("initdb", *locale, "-D", str(self._folder / "cluster"))

    def _run(self, binary: str, *words: str) -> None:
        command = _as_ordinary_user(str(self._binaries / binary), *words)
        done = subprocess.run(command, capture_output=True, check=False, cwd=self._folder)
        if done.returncode:
            raise RuntimeError(f"{binary}: {done.stderr.decode(errors='replace')}")

    def start(self) -> Self:
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self._folder),
            "max_connections": "100",
            "shared_buffers": "16MB",
            "fsync": "off",
            "full_page_writes": "off",
            "synchronous_commit": "off",
        }
        words = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        postgres = str(self._binaries / "postgres")
        command = _as_ordinary_user(postgres, "-D", str(self._folder / "cluster"), *words)
        log = self._folder / "log"
        with log.open("wb") as said:
            self._process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd=self._folder
            )
        _until(self._answers, self._process, log)
        return self

    def _answers(self) -> bool:
        try:
            self._connect().close()
        except psycopg.OperationalError:
            return False
        return True

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(host=str(self._folder), user="postgres", dbname="postgres")

    def stop(self, how: signal.Signals = signal.SIGINT) -> None:
        """Stop at once (SIGINT is PostgreSQL's fast shutdown), cutting the sessions that are open."""
        _end(self._process, how)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def url(self) -> str:
        """Of the database that every cluster has."""
        return self._url("postgres")

    def fresh(self) -> str:
        """Make an empty database and return its URL."""
        name = f"blossom_{next(self._numbers)}"
        with self._connect() as link:
            link.autocommit = True
            link.execute(f"create database {name}".encode())
        return self._url(name)

    def _url(self, database: str) -> str:
        return f"postgresql+psycopg://postgres@/{database}?host={self._folder}"


def _postgres_binaries() -> Path:
    """Debian keeps the servers out of PATH, by version: the newest."""
    versions = Path("/usr/lib/postgresql").glob("*/bin/initdb")
    newest = max(versions, key=lambda path: float(path.parts[-3]), default=None)
    found = newest or shutil.which("initdb")
    if found is None:
        raise Absent("PostgreSQL is not installed (Debian: postgresql)")
    return Path(found).parent


# ---------------------------------------------------------------- SMTP


class Fault(Enum):
    """What goes wrong with the next mail, and at which command."""

    BUSY_AT_MAIL = "421 4.3.2 service shutting down"
    GREYLISTED_AT_RCPT = "451 4.7.1 greylisted, try again later"
    REFUSED_AT_RCPT = "550 5.1.1 no such user"
    FULL_AT_RCPT = "452 4.2.2 mailbox full"
    OVER_QUOTA_AT_RCPT = "552 5.2.2 over quota"
    UNWANTED_AT_RCPT = "550 5.7.1 refused by policy"
    DROPPED_AT_RCPT = "connection lost at RCPT"
    BUSY_AFTER_DATA = "451 4.3.0 queue file write error"
    REFUSED_AFTER_DATA = "552 5.2.2 mailbox full"
    DROPPED_AFTER_DATA = "connection lost after the dot; the mail was not kept"
    LOST_250 = "connection lost after the dot; the mail was kept"
    LATE_250 = "the mail was kept; the answer comes after `late_s`"


AT_RCPT = tuple(fault for fault in Fault if fault.name.endswith("_AT_RCPT") and fault.value[0].isdigit())


@dataclass(frozen=True, slots=True)
class Sunk:
    """A mail that the sink owns."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@dataclass
class SmtpSink:
    """A real SMTP server that keeps what it is given in `mails` and fails as told in `faults`.

    One fault is used up by one mail. With `cert`, STARTTLS is offered (and needed for a login); with
    `users`, a login is needed; with `tokens`, one by XOAUTH2. A late answer is not waited for once the
    client has gone.
    """

    cert: Certificate | None = None
    users: dict[str, str] = field(default_factory=dict)
    tokens: Mapping[str, str] | None = None
    """Good tokens, and whose they are."""
    late_s: float = 30
    host: str = HOST
    port: int = 0
    mails: list[Sunk] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)

    def start(self) -> Self:
        ready: threading.Event = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="smtp-sink", daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError("the SMTP sink does not start")
        return self

    def stop(self) -> None:
        """Close the port and every session; `start` opens it again at the same port."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join(10)

    def fail(self, *faults: Fault) -> None:
        self.faults.extend(faults)

    def _serve(self, ready: threading.Event) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._listen(ready))

    async def _listen(self, ready: threading.Event) -> None:
        self._stopped = asyncio.Event()
        self._sessions: set[SMTP] = set()
        server = await self._loop.create_server(self._session, self.host, self.port)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stopped.wait()
        server.close()
        for session in self._sessions:
            _drop(session)
        await server.wait_closed()

    def _session(self) -> SMTP:
        session = SMTP(
            self,
            hostname="sink.example",
            enable_SMTPUTF8=True,
            authenticator=self._authenticate,
            auth_require_tls=self.cert is not None,
            auth_exclude_mechanism=["XOAUTH2"] if self.tokens is None else ["LOGIN", "PLAIN"],
            tls_context=self.cert.context() if self.cert else None,
            loop=self._loop,
        )
        self._sessions.add(session)
        return session

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, who: Any
    ) -> AuthResult:
        known = isinstance(who, LoginPassword) and self.users.get(who.login.decode()) == who.password.decode()
        return AuthResult(success=known, handled=False)

    async def auth_XOAUTH2(self, server: SMTP, words: list[str]) -> AuthResult:
        """As Microsoft and Google do: a refusal is a challenge first, and a no once that is answered."""
        told = base64.b64decode(words[1]).decode().split("\1")
        user, bearer = told[0].removeprefix("user="), told[1].removeprefix("auth=Bearer ")
        if self.tokens is not None and self.tokens.get(bearer) == user:
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401","schemes":"bearer"}')
        return AuthResult(success=False, handled=False)

    def _meets(self, *faults: Fault) -> Fault | None:
        return self.faults.popleft() if self.faults and self.faults[0] in faults else None

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: Sequence[str]
    ) -> str:
        if fault := self._meets(Fault.BUSY_AT_MAIL):
            return fault.value
        if (self.users or self.tokens is not None) and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Iterable[str]
    ) -> str:
        if fault := self._meets(*AT_RCPT):
            return fault.value
        if self._meets(Fault.DROPPED_AT_RCPT):
            return _drop(server)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if fault := self._meets(Fault.BUSY_AFTER_DATA, Fault.REFUSED_AFTER_DATA):
            return fault.value
        if self._meets(Fault.DROPPED_AFTER_DATA):
            return _drop(server)
        assert isinstance(envelope.content, bytes)
        self.mails.append(Sunk(envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.content))
        if self._meets(Fault.LOST_250):
            return _drop(server)
        if self._meets(Fault.LATE_250):
            await asyncio.sleep(self.late_s)
        return f"250 2.0.0 queued as {len(self.mails)}"


def _drop(server: SMTP) -> str:
    """Cut the connection; what is returned reaches nobody."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()
    return "250 never seen"
