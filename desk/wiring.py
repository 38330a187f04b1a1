"""The desk, put together: settings in, every door opened once, and closed again in reverse order."""

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cached_property

import parsers
from data import edition as editions
from data.edition import Edition
from data.errors import SettingsError
from data.model import Address, Application, Document, Envelope, RawMail, Unread
from data.store import Store
from desk import confined, office
from desk.engine import POLL_S, Engine
from desk.pipeline import Known, Manners, Tools
from desk.sandbox import LIMITS, PRELOAD, Sandbox, SandboxFailure
from desk.settings import Inbox, OAuth, Server, Settings, Smtp
from ingest import access
from ingest.mailbox import Account
from notifier.post import Server as PostServer

VERSION = "1"
"""Of the durable jobs: work begun by another version is not continued blindly."""


@dataclass(frozen=True, slots=True)
class Fresh:
    """What one mail brought to light, by SHA-256; kept only if the mail is ours."""

    files: dict[str, bytes] = field(default_factory=dict)
    readings: dict[str, Document | Unread] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Rest:
    """An inbox that is left alone for a while."""

    failures: int
    until: datetime


@dataclass(frozen=True)
class Desk:
    """Everything a job may touch."""

    settings: Settings
    edition: Edition
    store: Store
    sandbox: Sandbox
    engine: Engine
    now: Callable[[], datetime]
    rests: dict[str, Rest] = field(default_factory=dict)
    """Inboxes that failed, by name: how often in a row, and until when they are left alone."""

    @cached_property
    def accounts(self) -> tuple[Account, ...]:
        """Made once: an inbox with OAuth remembers its token between polls."""
        return tuple(account(self.settings, inbox) for inbox in self.settings.inbox)

    @cached_property
    def server(self) -> PostServer:
        """Made once, for the same reason."""
        return post_server(self.settings)

    @property
    def sender(self) -> Address:
        return Address(self.settings.smtp.sender_name, self.settings.smtp.sender)

    @property
    def reply_to(self) -> Address:
        officer = self.edition.officer
        return Address(officer.name, self.settings.smtp.reply_to or officer.email)

    @property
    def reader_of_digest(self) -> Address:
        """Who reads the digest."""
        officer = self.edition.officer
        return Address(officer.name, self.settings.digest.to or officer.email)

    @property
    def manners(self) -> Manners:
        sending = self.settings.sending
        return Manners(
            self.sender.email.rpartition("@")[2],
            sending.quiet_minutes,
            sending.per_address_per_day,
            sending.per_day,
            self.settings.polling.authserv_id,
            self.testers,
        )

    @property
    def testers(self) -> frozenset[str]:
        """In rehearsal, who alone gets letters: the officer, our inboxes, and whom the settings name."""
        sending = self.settings.sending
        if sending.send != "rehearsal":
            return frozenset()
        ours = (self.edition.officer.email, *self.edition.mail.addresses, *sending.testers)
        return frozenset(each.lower() for each in ours)

    def tools(self, fresh: Fresh) -> Tools:
        """What reads for one mail; what comes out of it on the way is collected in `fresh`."""
        return Tools(
            open_mail=lambda content: self.open_mail(content, fresh),
            read=lambda content: self.read(content, fresh),
        )

    def open_mail(self, content: bytes, fresh: Fresh) -> Envelope:
        """Open a mail in the sandbox, and remember its files."""
        envelope = confined.open_mail(self.sandbox, content)
        fresh.files.update((each.sha256, each.content) for each in envelope.attachments)
        return envelope

    def read(self, content: bytes, fresh: Fresh) -> Document | Unread:
        """Read a document, once for each version of the readers.

        What the sandbox cut off (too slow, too large) is not kept, nor what holds a page that was: a loaded
        machine does that to good files too, and the next mail of the applicant may find it idle.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        if known := fresh.readings.get(sha256) or self.store.reading(sha256, parsers.READER_VERSION):
            return known
        try:
            reading = confined.read(self.sandbox, content, lambda page, make: self.recall(page, make, fresh))
        except SandboxFailure as failure:
            return confined.cut_off(failure)
        if confined.is_whole(reading):
            fresh.readings[sha256] = reading
        return reading

    def recall(self, sha256: str, make: Callable[[], Document | Unread], fresh: Fresh) -> Document | Unread:
        """A page's reading, by its image's hash: the same scan comes again in the applicant's next file."""
        if known := fresh.readings.get(sha256) or self.store.reading(sha256, parsers.READER_VERSION):
            return known
        reading = make()
        if confined.is_whole(reading):
            fresh.readings[sha256] = reading
        return reading

    def keep(self, fresh: Fresh, application: Application) -> None:
        """Keep an application's files, before the row that names them, and what was read of them."""
        for sha256 in {piece.sha256 for piece in application.dossier.pieces} & fresh.files.keys():
            self.store.keep_attachment(fresh.files[sha256])
        for sha256, reading in fresh.readings.items():
            self.store.keep_reading(sha256, parsers.READER_VERSION, reading, self.now())

    def known(self) -> Known:
        """What the desk knows at this moment."""
        return Known(
            applications=self.store.applications(),
            mails_of=self.mails_of,
            letters_to=lambda address: self.store.letters.sent_to(address, self.now() - timedelta(days=1)),
            letters_in_all=lambda: self.store.letters.sent_to(None, self.now() - timedelta(days=1)),
            blocked=self.store.letters.blocked,
        )

    def mails_of(self, application: Application) -> list[RawMail]:
        """Every mail of an application, in order of reception."""
        return [self.store.mail(identity) for identity in application.mails]


def account(settings: Settings, inbox: Inbox) -> Account:
    """The inbox with its secret."""
    return Account(
        name=inbox.name,
        host=inbox.host,
        port=inbox.port,
        user=inbox.user,
        password=settings.password(inbox.name, inbox),
        folder=inbox.folder,
        tls=inbox.tls,
        ca_file=inbox.ca_file,
        timeout_s=inbox.timeout_s,
        subfolders=inbox.subfolders,
        access=by_token(settings, inbox.name, inbox),
    )


def by_token(settings: Settings, name: str, server: Server) -> access.OAuth | None:
    """The way in by token to an inbox or « smtp », if the settings ask for it.

    Raises:
        SettingsError: a key that this provider needs is missing.
    """
    return access.OAuth(token_source(settings, name, server, server.oauth)) if server.oauth else None


def token_source(settings: Settings, name: str, server: Server, oauth: OAuth) -> access.TokenSource:
    """Whom to ask for tokens; the newest are kept beside the database.

    Raises:
        SettingsError: a key that this provider needs is missing.
    """
    secret = settings.password(name, server)
    refresh = settings.refresh_token(name, oauth)
    lacking = [key for key in NEEDED[oauth.provider] if not getattr(oauth, key, refresh)]
    if lacking:
        what = "smtp" if isinstance(server, Smtp) else f"inbox {name}"
        raise SettingsError(f"{what}: oauth: {oauth.provider} needs {', '.join(lacking)}")
    kept_in = settings.folder.resolve() / "tokens" / f"{name}.json"
    kept_in.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    match oauth.provider:
        case "microsoft-app":
            return access.microsoft_app(oauth.tenant, oauth.client_id, secret)
        case "microsoft-user":
            right = access.MAY_SEND if isinstance(server, Smtp) else access.MAY_READ
            return access.microsoft_user(
                oauth.tenant, oauth.client_id, refresh, kept_in, client_secret=secret, right=right
            )
        case "google":
            return access.google(oauth.client_id, secret, refresh, kept_in=kept_in)
        case "other":
            kept = kept_in if refresh else None
            return access.TokenSource(
                oauth.url, oauth.client_id, oauth.scope, secret, refresh, kept, server.ca_file
            )


NEEDED = {
    "microsoft-app": ("tenant",),
    "microsoft-user": ("tenant", "refresh_token"),
    "google": ("refresh_token",),
    "other": ("url",),
}
"""What each provider needs beside the client id."""


def post_server(settings: Settings) -> PostServer:
    """The mail server that takes our letters, with its secret."""
    smtp = settings.smtp
    return PostServer(
        host=smtp.host,
        port=smtp.port,
        user=smtp.user or None,
        password=settings.password("smtp", smtp),
        tokens=by_token(settings, "smtp", smtp),
        tls=smtp.tls,
        ca_file=str(smtp.ca_file) if smtp.ca_file else None,
        timeout_s=smtp.timeout_s,
    )


def system_clock() -> datetime:
    """The machine's own clock."""
    return datetime.now(UTC)


@contextmanager
def open_desk(
    settings: Settings,
    now: Callable[[], datetime] = system_clock,
    *,
    poll_s: float = POLL_S,
    reads: bool = True,
) -> Iterator[Desk]:
    """Open sandbox, store and engine, in this order: the sandbox's host must never see a secret.

    Args:
        poll_s: how often an idle worker looks for work.
        reads: whether files will be read: the sandbox's host starts now, and imports meanwhile.
    """
    edition = editions.find(settings.edition)
    office.sweep()
    with ExitStack() as doors:
        sandbox = doors.enter_context(Sandbox.start() if reads else Sandbox(LIMITS, PRELOAD))
        store = Store.open(settings.database_url, settings.folder)
        doors.callback(store.close)
        store.migrate()
        engine = Engine(
            settings.database_url, VERSION, settings.executor or None, settings.workers, poll_s=poll_s
        )
        doors.callback(engine.close)
        yield Desk(settings, edition, store, sandbox, engine, now)
