"""A desk to drive job by job: real inboxes, store and letters; the engine is a notebook, nothing forks."""

import inspect
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, cast

from pydantic import SecretStr

from data.edition import load, shipped
from data.letters import Letters
from data.store import Store
from desk import jobs
from desk.demo.people import applicants
from desk.demo.story import COMPLETE, Dossier
from desk.engine import Engine, Failed
from desk.sandbox import Sandbox
from desk.service import staff
from desk.settings import Inbox, Sending, Settings, Smtp
from desk.wiring import Desk
from tests.servers import HOST, PASSWORD, Dovecot, SmtpSink

EDITION = load(shipped()["blossom-2026"])
NAMES = ("matthias", "info")


@dataclass
class Clock:
    """Stands still until it is moved; the calls are open."""

    moment: datetime = datetime(2026, 9, 14, 8, 20, tzinfo=UTC)

    def now(self) -> datetime:
        return self.moment

    def go(self, **on: float) -> None:
        self.moment += timedelta(**on)


@dataclass
class Notebook:
    """An engine that writes down what it is asked for, and does it when told; it outlives its desks."""

    executor: str = "desk-1"
    asked: dict[str, tuple[str, tuple[str, ...]]] = field(default_factory=dict)
    over: set[str] = field(default_factory=set)
    given_up: dict[str, Failed] = field(default_factory=dict)
    jobs: dict[str, tuple[Callable[..., object], int]] = field(default_factory=dict)

    def register(self, name: str, function: Callable[..., object], *, attempts: int = 3) -> None:
        self.jobs[name] = function, attempts

    def enqueue(self, name: str, id: str, *args: str) -> bool:
        new = id not in self.asked
        self.asked.setdefault(id, (name, args))
        return new

    def resume(self, id: str) -> bool:
        self.given_up.pop(id, None)
        known = id in self.over
        self.over.discard(id)
        return known

    def failed(self) -> tuple[Failed, ...]:
        return tuple(self.given_up.values())

    def work(self) -> None:
        """Do all that is asked for, also meanwhile; a run that is stopped will be repeated."""
        while waiting := [id for id in self.asked if id not in self.over]:
            name, args = self.asked[waiting[0]]
            self._run(waiting[0], name, args)
            self.over.add(waiting[0])

    def _run(self, id: str, name: str, args: tuple[str, ...]) -> None:
        function, attempts = self.jobs[name]
        for _ in range(attempts):
            try:
                function(*args)
            except Exception as error:  # noqa: BLE001 - as the engine does
                failed = Failed(id, name, args, type(error).__name__, parked=False)
            else:
                return
        self.given_up[id] = failed

    def park(self, id: str) -> None:
        """Say that a run ended its process each time."""
        name, args = self.asked[id]
        self.given_up[id] = Failed(id, name, args, "ended its process each time it was begun", parked=True)
        self.over.add(id)


@cache
def _called(function: Callable[[bytes], object], content: bytes) -> object:
    return function(content)


class InProcess:
    """A sandbox that is none; each file is read once for all tests."""

    def call(self, function: Callable[[bytes], object], content: bytes, _returns: object) -> object:
        return _called(function, content)


@dataclass(frozen=True)
class Place:
    """What outlives a desk: folder, servers, clock, notebook."""

    folder: Path
    dovecot: Dovecot
    inboxes: tuple[str, str]
    smtp: SmtpSink
    clock: Clock = field(default_factory=Clock)
    notebook: Notebook = field(default_factory=Notebook)

    @contextmanager
    def desk(self, through: Callable[[Any], Any] = lambda door: door) -> Iterator[Desk]:
        """A desk that has just come to work.

        Args:
            through: what stands before the store and the notebook.
        """
        store = Store.open(f"sqlite:///{self.folder}/blossom.db", self.folder)
        try:
            store.migrate()
            yield Desk(
                self.settings(),
                EDITION,
                through(store),
                cast(Sandbox, InProcess()),
                cast(Engine, through(self.notebook)),
                self.clock.now,
            )
        finally:
            store.close()

    def settings(self) -> Settings:
        inboxes = tuple(
            Inbox(name=name, host=HOST, port=self.dovecot.imap, user=user, tls="none")
            for name, user in zip(NAMES, self.inboxes, strict=True)
        )
        return Settings(
            folder=self.folder,
            inbox=inboxes,
            smtp=Smtp(host=HOST, port=self.smtp.port, tls="none", sender="info@coopcity.be"),
            sending=Sending(send="auto", quiet_minutes=0),
            passwords={name: SecretStr(PASSWORD) for name in NAMES},
        )

    def append(self, *mails: bytes) -> None:
        """Put mails into both inboxes, in time."""
        for inbox in self.inboxes:
            for mail in mails:
                self.dovecot.append(inbox, mail, datetime(2026, 9, 10, 9, 0, tzinfo=UTC))


def come_to_work(desk: Desk) -> None:
    """As `service.at_work` begins."""
    staff(desk)
    jobs.settle_interrupted(desk)
    jobs.take_up(desk)


def read(desk: Desk) -> None:
    """Poll both inboxes."""
    for account in desk.accounts:
        jobs.poll(desk, account)


def read_and_judge(desk: Desk) -> None:
    """Poll both inboxes, and do what follows."""
    read(desk)
    notebook(desk).work()


def send_all(desk: Desk) -> None:
    """Send what is due."""
    jobs.enqueue_due(desk)
    notebook(desk).work()


def notebook(desk: Desk) -> Notebook:
    return cast(Notebook, desk.engine)


@cache
def an_application(key: str = "la-remise") -> bytes:
    """A form without annexes, of a structure of the demo: one file to read, and a call to make."""
    dossier = Dossier(applicants(EDITION)[key], EDITION)
    return dossier.mail("09-10 11:00:00", [dossier.form("plain")], COMPLETE).raw()


# ---------------------------------------------------------------- stops


class Stopped(BaseException):
    """The process ends here, as far as a test can tell."""


@dataclass
class Fuse:
    """Stops the process at the n-th write, just before it is made or just after."""

    number: int
    moment: str
    writes: int = 0
    burnt_at: str | None = None

    def through(self, door: Any) -> Any:
        """The store or the engine, with this fuse before it."""
        return _Fused(door, self)

    def write(self, name: str, make: Callable[[], object]) -> object:
        self.writes += 1
        made = make() if self.moment == "after" or self.writes != self.number else None
        if self.writes == self.number:
            self.burnt_at = name
            raise Stopped
        return made


@dataclass(frozen=True)
class _Fused:
    door: Any
    fuse: Fuse

    def __getattr__(self, name: str) -> Any:
        found = getattr(self.door, name)
        if isinstance(found, Letters):
            return _Fused(found, self.fuse)
        if name not in WRITES:
            return found
        return lambda *args, **more: self.fuse.write(name, lambda: found(*args, **more))


def _writes() -> Iterator[str]:
    """Every method of the store that changes something, and what is asked of the engine."""
    for name, method in (*vars(Store).items(), *vars(Letters).items()):
        source = inspect.getsource(method) if inspect.isfunction(method) else ""
        if ".writing()" in source or ".keep(" in source:
            yield name
    yield from ("enqueue", "resume")


WRITES = frozenset(_writes())
