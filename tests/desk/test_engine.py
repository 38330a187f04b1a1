"""The engine keeps its word: what is enqueued is done once, whatever is killed in between."""

import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.errors import SettingsError, StoreError
from desk import engine as engines
from desk.engine import Engine
from tests.servers import Postgres

DATABASES = ("sqlite", "postgres")


@pytest.fixture
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty database: SQLite, or PostgreSQL where a test is marked for both."""
    if getattr(request, "param", "sqlite") == "postgres":
        server: Postgres = request.getfixturevalue("postgres")
        return server.fresh()
    return f"sqlite:///{tmp_path}/blossom.db"


on_both = pytest.mark.parametrize("url", DATABASES, indirect=True)


@pytest.fixture
def work(url: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Engine]]:
    """Launch an engine with these jobs, and stop it after the test."""
    monkeypatch.setattr(engines, "BACKOFF_S", 0.01)
    started: list[Engine] = []

    def launch(**jobs: Callable[..., object]) -> Engine:
        engine = Engine(url, "1", "test-1", poll_s=0.02)
        for name, function in jobs.items():
            engine.register(name, function)
        engine.launch()
        started.append(engine)
        return engine

    yield launch
    for engine in started:
        engine.stop(10)


class Worker:
    """A worker in another process, and what it says."""

    def __init__(self, url: str, executor: str, mood: str = "finish", lease_s: float = 30) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-W", "error", "-m", "tests.desk.worker", url, executor, str(lease_s), mood],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def tell(self, command: str) -> None:
        assert self.process.stdin
        print(command, file=self.process.stdin, flush=True)

    def hear(self) -> str:
        """The next line; empty where the process has ended."""
        assert self.process.stdout
        return self.process.stdout.readline().strip()

    def kill(self) -> None:
        self.process.kill()
        self.process.communicate()

    def end(self) -> str:
        """All that it says until it has stopped by itself."""
        return self.process.communicate()[0]


@pytest.fixture
def worker(url: str) -> Iterator[Callable[..., Worker]]:
    """Start workers on the test's database; what is left of them is killed."""
    workers: list[Worker] = []

    def start(executor: str, **how: object) -> Worker:
        workers.append(Worker(url, executor, **how))  # type: ignore[arg-type] # passed on as they are
        return workers[-1]

    yield start
    for each in workers:
        each.kill()


# ---------------------------------------------------------------- one id, one run


@on_both
def test_one_id_is_one_run(work: Callable[..., Engine]) -> None:
    """A tick that comes twice, or a mail that lies in both inboxes, is worked once."""
    runs: list[str] = []
    engine = work(take=runs.append)

    first, second = engine.enqueue("take", "take/a", "a"), engine.enqueue("take", "take/a", "a")

    assert (first, second) == (True, False)
    assert engine.idle(30)
    assert not engine.enqueue("take", "take/a", "a")
    assert runs == ["a"]


def test_a_job_may_enqueue_another(work: Callable[..., Engine]) -> None:
    """Taking a mail leads to planning the calls; that run belongs to nobody else's run."""
    runs: list[str] = []

    def take(mail: str) -> None:
        engine.enqueue("calls", f"calls/{mail}")

    engine = work(take=take, calls=lambda: runs.append("calls"))
    engine.enqueue("take", "take/a", "a")

    assert engine.idle(30)
    assert runs == ["calls"]


def test_runs_are_side_by_side(work: Callable[..., Engine]) -> None:
    """Two workers: one waits for the other, which could never come if they took turns."""
    meeting = threading.Barrier(2, timeout=10)
    engine = work(meet=lambda: meeting.wait())
    engine.enqueue("meet", "meet/1")
    engine.enqueue("meet", "meet/2")

    assert engine.idle(30)
    assert engine.failed() == ()


def test_waiting_has_an_end(work: Callable[..., Engine]) -> None:
    """Who waits for the engine to be idle is told when it is not."""
    release = threading.Event()
    engine = work(wait=lambda: release.wait(10))
    engine.enqueue("wait", "wait/1")

    assert not engine.idle(0.05)
    release.set()
    assert engine.idle(30)


# ---------------------------------------------------------------- what fails


def test_trouble_that_passes_is_not_noticed(work: Callable[..., Engine]) -> None:
    """Two exceptions and a success are a success."""
    tries = iter([StoreError("disk full"), StoreError("disk full"), None])

    def take() -> None:
        if error := next(tries):
            raise error

    engine = work(take=take)
    engine.enqueue("take", "take/a")

    assert engine.idle(30)
    assert engine.failed() == ()


def test_trouble_that_stays_is_told_without_its_words(work: Callable[..., Engine]) -> None:
    """After three tries a run is given up; where it failed is kept, what the exception quoted is not."""

    def take(mail: str) -> None:
        raise StoreError("Madame Dupont, 0496 24 65 66")

    engine = work(take=take)
    engine.enqueue("take", "take/a", "a")

    assert engine.idle(30)
    (failed,) = engine.failed()
    assert (failed.id, failed.job, failed.args, failed.parked) == ("take/a", "take", ("a",), False)
    assert failed.detail.startswith("StoreError in take (test_engine.py:")
    assert "Dupont" not in failed.detail


def test_what_was_given_up_can_be_asked_for_again(work: Callable[..., Engine]) -> None:
    """The shelf's retry: under the same id, from the beginning, and also after a success."""
    runs: list[str] = []
    broken = True

    def take(mail: str) -> None:
        runs.append(mail)
        if broken:
            raise ValueError

    engine = work(take=take)
    engine.enqueue("take", "take/a", "a")
    engine.idle(30)
    broken = False

    assert engine.resume("take/a")
    assert engine.idle(30)
    assert engine.failed() == ()
    assert runs == ["a"] * 4
    assert engine.resume("take/a")
    assert engine.idle(30)
    assert runs == ["a"] * 5
    assert not engine.resume("take/b")


def test_a_run_in_hand_is_not_begun_a_second_time(work: Callable[..., Engine]) -> None:
    """A retry pressed too early changes nothing."""
    release, runs = threading.Event(), list[str]()

    def wait() -> None:
        runs.append("run")
        release.wait(10)

    engine = work(wait=wait)
    engine.enqueue("wait", "wait/1")

    assert not engine.resume("wait/1")
    release.set()
    assert engine.idle(30)
    assert runs == ["run"]


def test_what_is_done_can_be_forgotten(work: Callable[..., Engine]) -> None:
    """Sweeping leaves what failed and what is recent, and frees the ids of the rest."""

    def take(mail: str) -> None:
        if mail == "bad":
            raise ValueError

    engine = work(take=take)
    engine.enqueue("take", "take/good", "good")
    engine.enqueue("take", "take/bad", "bad")
    engine.idle(30)
    now = datetime.now(UTC)

    assert engine.sweep(now - timedelta(days=1)) == 0
    assert engine.sweep(now + timedelta(days=1)) == 1
    assert engine.enqueue("take", "take/good", "good")
    assert [each.id for each in engine.failed()] == ["take/bad"]


# ---------------------------------------------------------------- stopping and starting


@on_both
def test_stopping_finishes_what_is_in_hand(work: Callable[..., Engine]) -> None:
    """Within the grace a run ends; what was not begun waits for the next start."""
    begun, release, runs = threading.Event(), threading.Event(), list[str]()

    def wait(name: str) -> None:
        begun.set()
        release.wait(10)
        runs.append(name)

    engine = work(wait=wait)
    engine.enqueue("wait", "wait/1", "1")
    begun.wait(10)
    releaser = threading.Timer(0.1, release.set)
    releaser.start()
    drained = engine.stop(10)
    releaser.join()

    assert drained
    assert runs == ["1"]
    engine.enqueue("wait", "wait/2", "2")
    again = work(wait=wait)
    assert again.idle(30)
    assert runs == ["1", "2"]


def test_who_stops_waits_for_a_thread_that_is_being_started(
    work: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Python lists it from then on, and refuses to join it before it runs."""
    engine = work()
    late = threading.Thread(target=lambda: None, name="queue-worker-late", daemon=True)
    monkeypatch.setitem(threading._limbo, late, late)  # where Python holds those that it starts
    threading.Timer(0.1, late.start).start()

    assert engine.stop(10)
    assert late.ident is not None
    assert not late.is_alive()


def test_a_grace_that_is_too_short_is_told(work: Callable[..., Engine]) -> None:
    """What is still running is not counted as done, and is done again at the next start."""
    begun, release, runs = threading.Event(), threading.Event(), list[str]()

    def wait() -> None:
        runs.append("run")
        begun.set()
        release.wait(10)

    engine = work(wait=wait)
    engine.enqueue("wait", "wait/1")
    begun.wait(10)
    drained = engine.stop(0.05)
    release.set()

    assert not drained
    assert work(wait=wait).idle(30)
    assert runs == ["run", "run"]


def test_before_the_first_start_there_is_nothing_to_ask(url: str) -> None:
    """Without tables the engine says so, as trouble of the database."""
    engine = Engine(url)

    with pytest.raises(StoreError):
        engine.enqueue("take", "take/a", "a")
    engine.close()


@on_both
def test_a_name_is_worked_under_once(
    url: str, work: Callable[..., Engine], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A second worker under the same name would repeat what the first has in hand: it is refused."""
    monkeypatch.setattr(engines, "LOCK_WAIT_S", 0)
    engine = work()

    with pytest.raises(SettingsError, match="test-1"), engines._sole(url, "test-1"):
        pytest.fail("held twice")
    with engines._sole(url, "test-2"):
        pass
    engine.stop(10)
    with engines._sole(url, "test-1"):
        pass


def test_there_is_one_engine_to_a_process(url: str, work: Callable[..., Engine]) -> None:
    """DBOS would silently take the second for the first."""
    work()

    with pytest.raises(RuntimeError):
        Engine(url, executor="test-2").launch()


# ---------------------------------------------------------------- kill -9


@on_both
def test_a_killed_worker_finishes_when_it_starts_again(worker: Callable[..., Worker]) -> None:
    """The run that was in hand is done, and so is the one that waited behind it."""
    first = worker("a", mood="hold")
    assert first.hear() == "ready"
    first.tell("enqueue work one")
    assert first.hear() == "begun one"
    first.kill()

    second = worker("a")
    second.tell("idle")

    assert {second.hear() for _ in range(4)} == {"ready", "begun one", "done one", "idle True"}
    assert second.end() == "stopped\n"


@on_both
def test_a_dead_workers_work_is_taken_over(worker: Callable[..., Worker]) -> None:
    """Nobody restarts the dead one: another does its work, once its lease is over."""
    dead = worker("a", mood="hold", lease_s=1)
    assert dead.hear() == "ready"
    dead.tell("enqueue work one")
    assert dead.hear() == "begun one"
    other = worker("b", lease_s=1)
    assert other.hear() == "ready"
    dead.kill()

    assert [other.hear(), other.hear()] == ["begun one", "done one"]


def test_what_kills_its_process_is_parked(worker: Callable[..., Worker]) -> None:
    """Four deaths, then it is left alone, and the next run goes on."""
    first = worker("a")
    assert first.hear() == "ready"
    first.tell("enqueue poison bad")
    first.process.wait()
    deaths = 1
    while not lives(survivor := worker("a")):
        deaths += 1
    survivor.tell("enqueue work good")

    assert deaths == 4
    assert [survivor.hear(), survivor.hear()] == ["begun good", "done good"]
    survivor.tell("failed")
    assert survivor.hear() == "failed bad True"


def lives(worker: Worker) -> bool:
    """Whether it comes to the point where it has nothing to do."""
    worker.tell("idle")
    return any(line == "idle True" for line in iter(worker.hear, ""))
