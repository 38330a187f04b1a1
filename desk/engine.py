"""Durable work: what is enqueued is done, whatever stops in between. The one module that knows DBOS.

A job is a function of ids; each run of it is one DBOS workflow with one step, retried with growing waits.
The id of a run is its cause (a tick, a mail): the same id twice is one run. A run that a dead process had
in hand is done again from its beginning, so jobs must bear repeating; one that has killed its process
four times is parked. Work is found again by its executor when that starts anew, and by any other worker
once the executor's lease is over (`_Lease`), which DBOS leaves to a paid service.

DBOS keeps one instance a process, reads pickles, stores what exceptions say, and uses names, versions and
executors by default that two machines would share; all of that is settled here. It asks the database
through a client, so that enqueueing works from anywhere, also within a job and without being launched.
"""

import contextlib
import fcntl
import logging
import socket
import sqlite3
import threading
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import NullPool, Pool, TextClause, create_engine, event, make_url, text
from sqlalchemy.exc import SQLAlchemyError

from data._database import Database, translated
from data.errors import SettingsError, StoreError

if TYPE_CHECKING:
    from dbos import DBOSClient, WorkflowStatus

APPLICATION = "blossom"
QUEUE = "work"
POLL_S = 0.1
"""How often an idle worker looks for work; each look costs some 2 ms."""
LEASE_S = 30.0
"""After so long without a sign of life a worker counts as dead, and another takes over its work."""
DEATHS = 3
"""A run may cost its process so many recoveries; with the first attempt, four deaths."""
BACKOFF_S = 1.0
LOCK_WAIT_S = 5.0
"""How long PostgreSQL may take to notice that the process before has gone."""
UNFINISHED = ["ENQUEUED", "PENDING", "DELAYED"]
FAILED = ["ERROR", "MAX_RECOVERY_ATTEMPTS_EXCEEDED"]
OVER = ["SUCCESS", "CANCELLED"]
PAGE = 500

_launched = threading.Lock()
"""DBOS is one to a process: a second would silently be the first."""


@dataclass(frozen=True, slots=True)
class Failed:
    """A run that is not tried again unless somebody asks for it."""

    id: str
    job: str
    args: tuple[str, ...]
    detail: str
    """Where the last exception came from; never its text, which may quote a mail."""
    parked: bool
    """It took its process down with it, each time: look before asking again."""


class JobFailed(Exception):
    """All that DBOS is told of a job's exception."""


@dataclass(frozen=True, slots=True)
class _Job:
    function: Callable[..., object]
    attempts: int


class Engine:
    """Enqueues, and once launched also works. Safe to be used by many threads."""

    def __init__(
        self,
        url: str,
        version: str = "1",
        executor: str | None = None,
        workers: int = 2,
        *,
        poll_s: float = POLL_S,
        lease_s: float = LEASE_S,
        deaths: int = DEATHS,
    ) -> None:
        """Open nothing yet.

        Args:
            version: of the jobs; a run that another version had in hand is not continued.
            executor: this worker's name: the same after a restart, and nobody else's.
            workers: runs at the same time; the worker started last decides for all on this database.
            deaths: how often a run that was in hand when its process died is taken up again.
        """
        _help_old_sqlite()
        self._url = url
        self._version = version
        self.executor = executor or f"{socket.gethostname()}-1"
        self._workers = workers
        self._poll_s = poll_s
        self._lease_s = lease_s
        self._deaths = deaths
        self._jobs: dict[str, _Job] = {}
        self._ended = threading.Event()
        """Set whenever a run ends here: who waits for idleness looks again."""
        self._doors: contextlib.ExitStack | None = None

    # ------------------------------------------------------------ asking for work

    def register(self, name: str, function: Callable[..., object], *, attempts: int = 3) -> None:
        """Say what a job's name means, before `launch`. Its arguments are ids, as text.

        Args:
            attempts: how often an exception is answered by another try, after 1, 2, 4 … seconds.
        """
        self._jobs[name] = _Job(function, attempts)

    def enqueue(self, name: str, id: str, *args: str) -> bool:
        """Ask for a run under this id; False where that id has been used, whatever came of it.

        Raises:
            StoreError: the database is in trouble; nothing was enqueued.
        """
        from dbos._error import DBOSWorkflowIDInUseError

        with _in_our_words():
            try:
                self._client.enqueue(
                    {
                        "workflow_name": name,
                        "queue_name": QUEUE,
                        "workflow_id": id,
                        "workflow_id_reuse_policy": "reject",
                    },
                    *args,
                )
            except DBOSWorkflowIDInUseError:
                return False
        return True

    def resume(self, id: str) -> bool:
        """Run again what has ended, well or not; False where it is unknown, or not over yet."""
        with _in_our_words():
            known = self._client.list_workflows(workflow_ids=[id], load_input=False, load_output=False)
            if not known or known[0].status in UNFINISHED:
                return False
            self._client.rewind_workflow(id, application_version=self._version, queue_name=QUEUE)
        return True

    def failed(self) -> tuple[Failed, ...]:
        """The runs that were given up."""
        with _in_our_words():
            return tuple(_failed(each) for each in self._client.list_workflows(status=FAILED))

    def idle(self, timeout_s: float) -> bool:
        """Wait until nothing is enqueued or running; False if that takes longer."""
        until = time.monotonic() + timeout_s
        pause_s = 2 * self._poll_s
        while self._busy():
            if time.monotonic() > until:
                return False
            if self._ended.wait(pause_s):
                self._ended.clear()
                pause_s = self._poll_s / 5  # DBOS notes it a moment later
                time.sleep(pause_s)
            else:
                pause_s = min(2 * pause_s, 2 * self._poll_s)
        return True

    def _busy(self) -> bool:
        """Asked of DBOS's table itself: DBOS's own way costs more than many a job."""
        with self._database.reading() as session:
            return session.connection().scalar(self._unfinished) is not None

    @cached_property
    def _database(self) -> Database:
        return Database(self._url)

    @cached_property
    def _unfinished(self) -> TextClause:
        schema = "dbos." if make_url(self._url).get_backend_name() == "postgresql" else ""
        states = ", ".join(f"'{state}'" for state in UNFINISHED)
        return text(
            f"SELECT 1 FROM {schema}workflow_status WHERE status IN ({states}) LIMIT 1"  # noqa: S608 - ours
        )

    def sweep(self, before: datetime) -> int:
        """Forget runs that ended well before then, and say how many. Their ids may be used again."""
        swept = 0
        with _in_our_words():
            while ids := [each.workflow_id for each in self._over(before)]:
                self._client.delete_workflows(ids)
                swept += len(ids)
        return swept

    def _over(self, before: datetime) -> "list[WorkflowStatus]":
        return self._client.list_workflows(
            status=OVER, completed_before=before.isoformat(), limit=PAGE, load_input=False, load_output=False
        )

    @cached_property
    def _client(self) -> "DBOSClient":
        """Does not wait for a database that is away: who asks gets an error, and asks again later."""
        from dbos import DBOSClient, DBOSPortableJSONSerializer

        _quieten()
        return DBOSClient(
            system_database_url=self._url,
            serializer=DBOSPortableJSONSerializer(),
            application_name=APPLICATION,
            lazy=True,
            retry_connection_errors=False,
        )

    # ------------------------------------------------------------ working

    def launch(self, first: Callable[[], None] = lambda: None) -> None:
        """Begin to work: with what this executor had in hand when it stopped.

        Args:
            first: done when nobody else bears this executor's name, and none of its work has begun.

        Raises:
            SettingsError: another process works under this executor's name.
            StoreError: the database is in trouble.
        """
        if not _launched.acquire(blocking=False):
            raise RuntimeError("one engine to a process")
        with contextlib.ExitStack() as doors, _in_our_words():
            doors.callback(_launched.release)
            doors.enter_context(_sole(self._url, self.executor))
            lease = doors.enter_context(contextlib.closing(_Lease(self._url, self.executor, self._lease_s)))
            lease.beat()  # before any work is in hand, or another worker would take it for a dead one's
            first()
            doors.enter_context(self._at_work())
            doors.enter_context(lease.beating(self._take_over))
            self._doors = doors.pop_all()

    @contextlib.contextmanager
    def _at_work(self) -> Iterator[None]:
        from dbos import DBOS

        _quieten()
        # The queue must be known when DBOS looks for queues: as it is launched, then once a second.
        DBOS.migrate(self._url)
        self._client.register_queue(
            QUEUE, worker_concurrency=self._workers, polling_interval_sec=self._poll_s
        )
        DBOS(config=self._config())
        try:
            for name, job in self._jobs.items():
                _teach(name, job, self._deaths, self._ended.set)
            DBOS.launch()
            DBOS.set_latest_application_version(self._version)  # only the latest is given work
            yield
        finally:
            DBOS.destroy(destroy_registry=True)

    def _config(self) -> Any:
        from dbos import DBOSPortableJSONSerializer

        return {
            "name": APPLICATION,
            "system_database_url": self._url,
            "application_version": self._version,
            "executor_id": self.executor,
            "serializer": DBOSPortableJSONSerializer(),
            "log_level": "ERROR",
            "enable_otlp": False,
            "use_listen_notify": False,
            "notification_listener_polling_interval_sec": self._poll_s,
            "sys_db_pool_size": self._workers + 4,
        }

    def stop(self, grace_s: float) -> bool:
        """Begin nothing more, and wait for what is in hand; False if that takes longer than the grace.

        What is not done then is done at the next start. Its threads run on, and Python waits for them at
        its end: a process that must go now leaves with `os._exit`.
        """
        drained = True
        if self._doors is not None:
            drained = _drain(time.monotonic() + grace_s)
            self._doors.close()
            self._doors = None
        self.close()
        return drained

    def close(self) -> None:
        """Let go of the database, where the engine was only asked and never launched."""
        if "_client" in self.__dict__:
            self._client.destroy()
            del self._client
        if "_database" in self.__dict__:
            self._database.close()
            del self._database

    def _take_over(self, living: frozenset[str]) -> None:
        """Put back what dead executors had in hand: public `resume` would forget how often it killed them."""
        from dbos import DBOS

        running = self._client.list_workflows(status="PENDING", load_input=False, load_output=False)
        dead = {each.executor_id for each in running if each.executor_id} - living - {self.executor}
        if dead:
            DBOS._recover_pending_workflows(sorted(dead))


# ---------------------------------------------------------------- what DBOS is taught


def _teach(name: str, job: _Job, deaths: int, ended: Callable[[], None]) -> None:
    """Make a job a workflow of one step: a crash repeats it whole, an exception only the step."""
    from dbos import DBOS
    from dbos._core import StepOptions
    from dbos._error import DBOSMaxStepRetriesExceeded

    options = StepOptions(
        name=name, retries_allowed=job.attempts > 1, max_attempts=job.attempts, interval_seconds=BACKOFF_S
    )

    def attempt(*args: str) -> None:
        try:
            job.function(*args)
        except Exception as error:  # noqa: BLE001 - passed on, without its words
            raise JobFailed(_origin(error)) from None

    def run(*args: str) -> None:
        try:
            DBOS.run_step(options, attempt, *args)
        except DBOSMaxStepRetriesExceeded as given_up:
            raise given_up.errors[-1] from None
        finally:
            ended()

    DBOS.workflow(name=name, max_recovery_attempts=deaths)(run)


def _origin(error: Exception) -> str:
    """Kind and place of an exception: enough to find it, and nobody's words."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {frame.name} ({Path(frame.filename).name}:{frame.lineno})"


def _failed(run: "WorkflowStatus") -> Failed:
    args = tuple(map(str, run.input["args"])) if run.input else ()
    parked = run.status != "ERROR"
    detail = "ended its process each time it was begun" if parked else str(run.error)
    return Failed(run.workflow_id, run.name, args, detail, parked)


def _wait_for(thread: threading.Thread, until: float) -> None:
    """Until it has ended. One that is only being started is listed already, and cannot be joined yet."""
    while not thread.is_alive() and thread in threading.enumerate() and time.monotonic() < until:
        time.sleep(0.01)
    if thread.is_alive():
        thread.join(max(0.0, until - time.monotonic()))


def _drain(until: float) -> bool:
    """Stop looking for work, then wait for what is running. DBOS's own way looks once a second."""
    from dbos._dbos import _get_dbos_instance

    dbos = _get_dbos_instance()
    for stop in dbos.background_thread_stop_events:
        stop.set()
    for thread in threading.enumerate():
        if thread.name.startswith("queue-worker-"):
            _wait_for(thread, until)
    while dbos._active_workflows_set.activeList():
        if time.monotonic() > until:
            return False
        time.sleep(0.01)
    return True


def _help_old_sqlite() -> None:
    """From Python 3.12 on, DBOS asks SQLite for milliseconds as only 3.42 knows them; Debian 12 has 3.40."""
    if sqlite3.sqlite_version_info < (3, 42) and not event.contains(Pool, "connect", _give_milliseconds):
        event.listen(Pool, "connect", _give_milliseconds)


def _give_milliseconds(link: object, _record: object) -> None:
    if isinstance(link, sqlite3.Connection):
        link.create_function("unixepoch", 1, lambda _subsec: time.time())


def _quieten() -> None:
    """DBOS's log goes where all logs go, errors only, instead of to a handler of its own."""
    log = logging.getLogger("dbos")
    if not log.handlers:
        log.addHandler(logging.NullHandler())
    # A job tells of its own failures (`desk/journal.py`), without anybody's words.
    log.setLevel(logging.ERROR)


@contextlib.contextmanager
def _in_our_words() -> Iterator[None]:
    from dbos._error import DBOSException

    try:
        with translated():
            yield
    except (SQLAlchemyError, DBOSException) as error:
        raise StoreError(f"the engine: {type(error).__name__}: {error}") from error


# ---------------------------------------------------------------- who works under which name


@contextlib.contextmanager
def _sole(url: str, executor: str) -> Iterator[None]:
    """Hold this executor's name: two live processes under one name would both do the same work."""
    hold = _hold_file if make_url(url).get_backend_name() == "sqlite" else _hold_in_postgres
    with hold(url, executor) as held:
        if not held:
            raise SettingsError(
                f"executor: another process works on this database as {executor!r}",
                "End it first; or give each worker its own `executor` in blossom.toml.",
            )
        yield


@contextlib.contextmanager
def _hold_file(url: str, executor: str) -> Iterator[bool]:
    """A locked file beside the database; the system unlocks it when the process ends, however it ends."""
    name = "".join(each if each.isalnum() else "-" for each in executor)
    with open(f"{make_url(url).database}.{name}.lock", "wb") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


@contextlib.contextmanager
def _hold_in_postgres(url: str, executor: str) -> Iterator[bool]:
    """A lock of a session kept for it, which the server lets go when the process ends."""
    engine = create_engine(url, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    lock = text("SELECT pg_try_advisory_lock(hashtext(:application), hashtext(:executor))")
    with engine.connect() as link:
        until = time.monotonic() + LOCK_WAIT_S
        named = {"application": APPLICATION, "executor": executor}
        while not (held := bool(link.scalar(lock, named))) and time.monotonic() < until:
            time.sleep(0.05)
        yield held


class _Lease:
    """Signs of life of every worker, in a table beside DBOS's; the database's clock counts."""

    def __init__(self, url: str, executor: str, lease_s: float) -> None:
        self._database = Database(url)
        self._executor = executor
        self._lease_s = lease_s
        self._stopped = threading.Event()
        postgres = make_url(url).get_backend_name() == "postgresql"
        now = (
            "extract(epoch from clock_timestamp())" if postgres else "(julianday('now') - 2440587.5) * 86400"
        )
        self._beat = text(
            f"INSERT INTO lease (executor, beat_at) VALUES (:executor, {now})"  # noqa: S608 - ours
            " ON CONFLICT (executor) DO UPDATE SET beat_at = excluded.beat_at"
        )
        self._living = text(f"SELECT executor FROM lease WHERE beat_at > {now} - :lease_s")  # noqa: S608
        with self._database.writing() as session:
            if postgres:  # which may fail to create, at the same time, what is not there
                session.connection().exec_driver_sql(
                    "SELECT pg_advisory_xact_lock(hashtext('blossom lease'))"
                )
            session.connection().exec_driver_sql(
                "CREATE TABLE IF NOT EXISTS lease"
                " (executor VARCHAR(200) PRIMARY KEY, beat_at DOUBLE PRECISION NOT NULL)"
            )

    def beat(self) -> None:
        with self._database.writing() as session:
            session.connection().execute(self._beat, {"executor": self._executor})

    def living(self) -> frozenset[str]:
        """Every executor that was heard of within a lease."""
        with self._database.reading() as session:
            return frozenset(session.connection().scalars(self._living, {"lease_s": self._lease_s}))

    @contextlib.contextmanager
    def beating(self, then: Callable[[frozenset[str]], None]) -> Iterator[None]:
        """Beat three times a lease, and each time look who has died."""

        def live() -> None:
            while True:
                try:
                    self.beat()
                    then(self.living())
                except (StoreError, SQLAlchemyError) as error:
                    logging.getLogger("desk.engine").warning("no sign of life given: %s", error)
                if self._stopped.wait(self._lease_s / 3):
                    return

        thread = threading.Thread(target=live, name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            self._stopped.set()
            thread.join()

    def close(self) -> None:
        self._database.close()
