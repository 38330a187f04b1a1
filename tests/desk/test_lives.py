"""The outbox under kill -9: at every write and every piece sent to the mail server, with every answer of it.

What must hold, wherever the sending process died (docs/decisions/0004): a letter is never lost, never sent
twice by the machine, and in doubt only where nobody can know; then the officer is told. Real processes, a
real SMTP server that outlives them, the store's own database.
"""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from itertools import count, takewhile
from pathlib import Path
from shutil import copytree, rmtree

import pytest

from data.letters import StoredLetter
from data.model import LetterState
from data.store import Store
from desk import jobs
from notifier import digest
from tests.desk.desks import Clock
from tests.desk.lives import HEARD, Life
from tests.desk.quiet import a_quiet_desk
from tests.notifier.letters import a_few, incomplete
from tests.servers import Fault, SmtpSink

BEGINS = Clock().moment
KILLS = int(os.environ.get("BLOSSOM_KILLS", "3"))
LETTER = replace(incomplete(), application="BL26-BBBBB")
DROPS = {Fault.DROPPED_AFTER_DATA, Fault.LOST_250}
REFUSALS = {Fault.REFUSED_AT_RCPT, Fault.REFUSED_AFTER_DATA}
FAULTS = (
    None,
    Fault.BUSY_AFTER_DATA,
    Fault.REFUSED_AT_RCPT,
    Fault.REFUSED_AFTER_DATA,
    Fault.DROPPED_AFTER_DATA,
    Fault.LOST_250,
)


@dataclass(frozen=True, slots=True)
class Lived:
    """How a life went."""

    trace: list[str]
    status: int

    @property
    def points(self) -> list[str]:
        return [each for each in self.trace if not each.startswith(HEARD)]

    @property
    def killed(self) -> bool:
        return self.status == -signal.SIGKILL


class Forge:
    """A warm process that lives are forked from."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def live(self, life: Life) -> Lived:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(asdict(life)) + "\n")
        self._process.stdin.flush()
        lived = Lived(**json.loads(self._process.stdout.readline()))
        assert lived.killed or lived.status == 0
        return lived


@pytest.fixture(scope="module")
def forge() -> Iterator[Forge]:
    """One for all tests of this file."""
    words = [sys.executable, "-m", "tests.desk.lives"]
    root = Path(__file__).parents[2]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root
    ) as process:
        yield Forge(process)
        assert process.stdin
        process.stdin.close()


@pytest.fixture
def house(tmp_path: Path) -> Path:
    """A house with four applications."""
    folder = tmp_path / "house"
    folder.mkdir()
    with a_quiet_desk(folder, Clock(), a_few()):
        return folder


@pytest.fixture
def queued(house: Path) -> Path:
    """The house with a letter that is due."""
    queue(house)
    return house


def queue(house: Path) -> None:
    """Write a letter that is due."""
    with a_quiet_desk(house, Clock()) as desk:
        desk.store.letters.keep(LETTER, jobs.written(desk, LETTER), held=False, now=LETTER.composed_at)


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: fault.name.lower() if fault else "none")
def test_killed_at_any_point_no_letter_is_lost_or_doubled(
    forge: Forge, queued: Path, smtp: SmtpSink, fault: Fault | None
) -> None:
    """Before and after each point: it left once, or a person is told; by the machine never twice."""
    calm, faulty = (spend(forge, queued, smtp, each, 0, "never") for each in (None, fault))
    for number in count(alike(calm, faulty) if fault else 1):
        lived = spend(forge, queued, smtp, fault, number, "after")
        if not lived.killed:
            break
        # Just before a write of the database is just after the point before it; before a word to the
        # server its answer to the last one has been read, too.
        if lived.points[-1].startswith("smtp"):
            spend(forge, queued, smtp, fault, number, "before")

    assert number > len(faulty.points)
    assert {"UPDATE letter SET", "commit", "smtp rcpt"} <= set(faulty.points)


def alike(one: Lived, other: Lived) -> int:
    """How many points two lives have in common before they differ, in what they heard or did."""
    same = takewhile(lambda two: two[0] == two[1], zip(one.trace, other.trace, strict=False))
    return sum(not mine.startswith(HEARD) for mine, _ in same)


@pytest.mark.kills
def test_killed_with_the_engine_at_work_no_letter_is_lost_or_doubled(
    forge: Forge, house: Path, smtp: SmtpSink
) -> None:
    """As in `blossom run`, also at the engine's own writes: at some of them; at all in `make kills`."""
    life = Life(str(house), smtp.port, BEGINS.isoformat(), engine=True)
    forge.live(life)  # the engine makes its tables
    queue(house)
    points = forge.live(replace(life, folder=copied(house, "whole"))).points
    for number in range(1, len(points) + 1, max(1, len(points) // KILLS)):
        spend(forge, house, smtp, None, number, "after", engine=True)

    assert {"UPDATE letter SET", "UPDATE main.workflow_status SET", "smtp ."} <= set(points)


def spend(
    forge: Forge,
    house: Path,
    smtp: SmtpSink,
    fault: Fault | None,
    ends_at: int,
    moment: str,
    *,
    engine: bool = False,
) -> Lived:
    """A life that is cut off, then one in peace; the end of it is checked."""
    folder = copied(house, f"{ends_at}-{moment}")
    smtp.mails.clear()
    smtp.faults.clear()
    smtp.fail(*([fault] if fault else []))
    life = Life(folder, smtp.port, BEGINS.isoformat(), ends_at, moment, engine)
    lived = forge.live(life)
    left_at = the_letter(folder)
    forge.live(replace(life, ends_at=0))
    check(Path(folder), left_at, smtp, fault)
    rmtree(folder)
    return lived


def copied(house: Path, name: str) -> str:
    """Another house just like it."""
    return str(copytree(house, house.with_name(name)))


def the_letter(folder: str) -> StoredLetter:
    """As it is kept now."""
    store = Store.open(f"sqlite:///{folder}/blossom.db", Path(folder))
    try:
        return store.letters.get(LETTER.id)
    finally:
        store.close()


def check(folder: Path, left_at: StoredLetter, smtp: SmtpSink, fault: Fault | None) -> None:
    """The letter arrived once, or a person is told of it; in doubt only where nobody can know.

    Args:
        left_at: as the stop left it.
    """
    nobody_knows = left_at.state is LetterState.SENDING and left_at.handed_over_at is not None
    with a_quiet_desk(folder, Clock(BEGINS + timedelta(days=1))) as desk:
        letter = desk.store.letters.get(LETTER.id)
        book = jobs.day_book(desk, desk.now().date())
        to_do = [line.what for line in digest.to_do(book, desk.edition)]
        trouble = [line.what for line in digest.not_well(book, desk.edition)]
    match letter.state:
        case LetterState.SENT:
            assert len(smtp.mails) == 1
        case LetterState.UNKNOWN:
            assert nobody_knows or fault in DROPS
            assert "Vérifier un envoi" in to_do
        case LetterState.FAILED:
            assert not smtp.mails
            assert fault in REFUSALS
            assert "Téléphoner" in to_do
        case lost:
            pytest.fail(f"it is {lost}")
    assert len(trouble) == (letter.state is not LetterState.SENT)
    assert len(smtp.mails) <= 1
