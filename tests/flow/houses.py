"""A house to run the service in: two Dovecot inboxes, an SMTP server, a folder, a settings file."""

import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from data.store import Store
from tests.servers import PASSWORD, Dovecot, SmtpSink

BLOSSOM = Path(sys.executable).parent / "blossom"
IN_TIME = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class House:
    """Where everything is."""

    folder: Path
    inboxes: tuple[str, str]
    """Addresses of the two Dovecot accounts."""
    dovecot: Dovecot
    smtp: SmtpSink

    @property
    def settings(self) -> Path:
        return self.folder / "blossom.toml"

    @property
    def words(self) -> tuple[str, str]:
        """What a command needs to find this house."""
        return "--settings", str(self.settings)

    @property
    def database(self) -> str:
        return f"sqlite:///{self.folder / 'var' / 'blossom.db'}"

    def append(self, raw: bytes, when: datetime = IN_TIME, *, both: bool = True) -> None:
        """Put a mail into both inboxes, or only into the second."""
        for inbox in self.inboxes if both else self.inboxes[1:]:
            self.dovecot.append(inbox, raw, when)

    def blossom(self, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run a command to its end."""
        return subprocess.run(
            [BLOSSOM, *words, *self.words],
            capture_output=True,
            text=True,
            timeout=120,
            env=os.environ | environment() | more,
            check=False,
        )

    def start(self, log: Path) -> "subprocess.Popen[bytes]":
        """Start the service; its output goes to a file."""
        with log.open("ab") as out:
            return subprocess.Popen(
                [BLOSSOM, "run", "--settings", str(self.settings)],
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env=os.environ | environment(),
            )

    @contextmanager
    def store(self) -> Iterator[Store]:
        """The service's own store, looked at from outside."""
        store = Store.open(self.database, self.folder / "var")
        try:
            yield store
        finally:
            store.close()


def environment() -> dict[str, str]:
    """The secrets, and a terminal wide enough for tables."""
    return {"BLOSSOM_PASSWORDS__MATTHIAS": PASSWORD, "BLOSSOM_PASSWORDS__INFO": PASSWORD, "COLUMNS": "200"}


def a_house(folder: Path, dovecot: Dovecot, smtp: SmtpSink, *, send: str = "auto") -> House:
    """Write the settings for two empty inboxes; polls and sending every second."""
    inboxes = (dovecot.account(), dovecot.account())
    blocks = "".join(
        f'[[inbox]]\nname = "{name}"\nhost = "127.0.0.1"\nport = {dovecot.imaps}\nuser = "{user}"\n'
        f'ca_file = "{dovecot.cert}"\n'
        for name, user in zip(("matthias", "info"), inboxes, strict=True)
    )
    text = (
        f'folder = "{folder / "var"}"\n{blocks}'
        f'[smtp]\nhost = "127.0.0.1"\nport = {smtp.port}\ntls = "none"\nsender = "info@coopcity.be"\n'
        f'[sending]\nsend = "{send}"\nquiet_minutes = 0\nevery_seconds = 1\n[polling]\nevery_seconds = 1\n'
    )
    house = House(folder, inboxes, dovecot, smtp)
    house.settings.write_text(text, "utf-8")
    return house
