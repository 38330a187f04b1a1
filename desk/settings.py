"""What differs from house to house: servers, folders, hours. Read once, at start, and passed down.

One file, `blossom.toml`; any key can be overridden by the environment (`BLOSSOM_SENDING__SEND=auto`).
Passwords never stand in the file: they come from the environment (`BLOSSOM_PASSWORDS__MATTHIAS=…`) or
from the file that `password_file` names (as systemd's `LoadCredential=` makes them).
"""

from datetime import time
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, SecretStr, StringConstraints, ValidationError
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    TomlConfigSettingsSource,
)

from data.errors import SettingsError

Tls = Literal["implicit", "starttls", "none"]
Email = Annotated[str, StringConstraints(pattern=r"^[^@\s]+@[^@\s]+$")]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9_-]+$")]

EXPECTED = {
    "extra_forbidden": "no such key",
    "missing": "this key is missing",
    "int_parsing": "a whole number is expected",
    "bool_parsing": "true or false is expected",
    "time_parsing": "a time such as 08:00:00 is expected",
    "string_type": "text in quotes is expected",
    "path_type": "a path in quotes is expected",
}


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class OAuth(_Part):
    """Login by token. The secret of the inbox, or of « smtp », is then the client secret."""

    provider: Literal["microsoft-app", "microsoft-user", "google", "other"]
    client_id: str
    tenant: str = ""
    """For Microsoft."""
    refresh_token_file: Path | None = None
    """What a person once consented to; for all but microsoft-app."""
    url: str = ""
    """Of the token server, for other providers."""
    scope: str = ""


class Server(_Part):
    """A mail server and how to log in to it."""

    host: str
    port: int = Field(ge=1, le=65535)
    user: str = ""
    tls: Tls = "implicit"
    ca_file: Path | None = None
    password_file: Path | None = None
    timeout_s: float = Field(default=60, gt=0)
    oauth: OAuth | None = None
    """Microsoft 365 and Google; absent: the password."""


class Inbox(Server):
    """One of the inboxes that applicants write to."""

    name: Name
    folder: str = "INBOX"
    subfolders: bool = True
    """Look also into the other folders, where a colleague or a filter may have put a mail before us."""


class Smtp(Server):
    """Where our letters leave, and under whose name."""

    sender_name: str = "COOPCITY – candidatures"
    sender: Email
    reply_to: Email | None = None


class Sending(_Part):
    """When letters to applicants leave."""

    send: Literal["hold", "auto", "rehearsal"] = "hold"
    testers: tuple[Email, ...] = ()
    """In rehearsal: who else gets letters, beside the officer and the inboxes themselves."""
    every_seconds: int = Field(default=60, ge=1)
    quiet_minutes: int = Field(default=20, ge=0)
    per_address_per_day: int = Field(default=5, ge=1)
    per_day: int = Field(default=200, ge=1)
    """To all applicants together; beyond it letters wait for a person."""
    held_after_hours: int = Field(default=0, ge=0)
    """A mail that is older than this when it is judged is answered only by a person's leave; 0: never so."""


class Digest(_Part):
    """The officer's daily mail."""

    to: Email | None = None
    """A person or a list; absent: the officer of the edition."""
    at: time = time(8, 0)


class Calls(_Part):
    """What the calls are planned around."""

    calendar: Path | None = None
    """The officer's own: an .ics file, or a folder of them."""


class Polling(_Part):
    """How often each inbox is read."""

    every_seconds: int = Field(default=120, ge=1)
    authserv_id: str | None = None
    """The name our own server signs Authentication-Results with; empty: it writes none (Microsoft 365)."""


class Alert(_Part):
    """Who is told by mail when an inbox was not read for a while; the digest says so in any case."""

    to: Email | None = None
    after_minutes: int = Field(default=60, ge=1)


class Settings(BaseSettings):
    """The whole of `blossom.toml`."""

    model_config = SettingsConfigDict(
        frozen=True, extra="forbid", env_prefix="BLOSSOM_", env_nested_delimiter="__"
    )

    edition: str = ""
    """Id of an edition that is shipped, or the path of a file; empty: the latest that is shipped."""
    folder: Path = Path("var")
    """Database, raw mail and attachments."""
    database: str = ""
    """URL; empty: a SQLite file in `folder`."""
    workers: int = Field(default=2, ge=1, le=32)
    executor: str = ""
    """Name of this worker where several share a database; empty: the host's name."""
    inbox: tuple[Inbox, ...] = Field(min_length=1)
    smtp: Smtp
    sending: Sending = Sending()
    digest: Digest = Digest()
    calls: Calls = Calls()
    polling: Polling = Polling()
    alert: Alert = Alert()
    passwords: dict[str, SecretStr] = Field(default_factory=dict, repr=False)
    """By the name of the inbox, or « smtp »; from the environment only."""

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """The environment before the file; nothing else."""
        return env_settings, init_settings

    @property
    def database_url(self) -> str:
        return self.database or f"sqlite:///{self.folder.resolve() / 'blossom.db'}"

    def password(self, name: str, server: Server) -> str:
        """The secret for an inbox or « smtp »: environment, else file, else empty.

        Raises:
            SettingsError: the file named cannot be read.
        """
        return self._secret(name, "password_file", server.password_file)

    def refresh_token(self, name: str, oauth: OAuth) -> str:
        """What a person consented to, for an inbox: environment (« info_refresh »), else file, else empty.

        Raises:
            SettingsError: the file named cannot be read.
        """
        return self._secret(f"{name}_refresh", "refresh_token_file", oauth.refresh_token_file)

    def _secret(self, name: str, key: str, file: Path | None) -> str:
        if name in self.passwords:
            return self.passwords[name].get_secret_value()
        if file is None:
            return ""
        try:
            return file.read_text("utf-8").strip()
        except (OSError, UnicodeDecodeError) as error:
            raise SettingsError(
                f"{name}: {key}: {file} cannot be read",
                "Make the file readable for this user, or set "
                f"BLOSSOM_PASSWORDS__{name.upper()} in the environment.",
            ) from error


def load(path: Path) -> Settings:
    """Read `blossom.toml` and the environment.

    Raises:
        SettingsError: no such file, not TOML, or keys and values that are wrong; each is named.
    """
    if not path.is_file():
        raise SettingsError(f"{path}: no such file", "`blossom init` writes an annotated example.")
    try:
        table = TomlConfigSettingsSource(Settings, toml_file=path)()
    except (OSError, ValueError) as error:
        raise SettingsError(f"{path}: not valid TOML: {error}") from error
    if "passwords" in table:
        raise SettingsError(
            f"{path}: passwords: secrets do not belong in this file",
            "Set BLOSSOM_PASSWORDS__<NAME> in the environment, or name a password_file.",
        )
    try:
        return Settings(**table)
    except ValidationError as error:
        wrong = "\n".join(f"{path}: {_key(each['loc'])}: {_expected(each)}" for each in error.errors())
        raise SettingsError(wrong) from error


def _key(location: tuple[int | str, ...]) -> str:
    return ".".join(str(part + 1) if isinstance(part, int) else part for part in location)


def _expected(error: ErrorDetails) -> str:
    sentence = EXPECTED.get(error["type"], error["msg"])
    value = error.get("input")
    told = f" (found {value!r})" if isinstance(value, str | int | float | bool) else ""
    return f"{sentence}{told}"
