"""What the servers share: ports, certificates, processes of our own that end with the tests."""

import os
import pwd
import shutil
import signal
import socket
import ssl
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import pytest

HOST = "127.0.0.1"
PASSWORD = "correct horse"
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


def as_ordinary_user(*command: str) -> list[str]:
    """The command, run as an ordinary user and killed with the tests, as far as this system can."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig", "KILL", *command] if setpriv else list(command)
    if not setpriv:
        raise Absent("setpriv (Debian: util-linux) is needed when the tests run as root")
    entry = pwd.getpwnam(ORDINARY)
    ids = ["--reuid", str(entry.pw_uid), "--regid", str(entry.pw_gid), "--clear-groups"]
    return [setpriv, *ids, "--pdeathsig", "KILL", *command]


def give(folder: Path) -> None:
    """Hand a folder and what is in it to the ordinary user."""
    if os.geteuid() != 0:
        return
    entry = pwd.getpwnam(ORDINARY)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, entry.pw_uid, entry.pw_gid)


def until(
    answers: Callable[[], bool], process: subprocess.Popen[bytes], log: Path, limit_s: float = 20
) -> None:
    """Wait until a server answers.

    Raises:
        RuntimeError: it ended, or did not answer in time; its log is in the message.
    """
    last = time.monotonic() + limit_s
    while not answers():
        if process.poll() is not None or time.monotonic() > last:
            said = log.read_text(errors="replace") if log.exists() else "(no log)"
            raise RuntimeError(f"{process.args!r} does not answer (exit {process.poll()}):\n{said}")
        time.sleep(0.01)


def end(process: subprocess.Popen[bytes] | None, how: signal.Signals) -> None:
    """Stop a server by its own id, in its own way; after ten seconds, at once."""
    if process is None or process.poll() is not None:
        return
    process.send_signal(how)
    try:
        process.wait(10)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait(10)
