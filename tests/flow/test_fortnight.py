"""From 1 September to 2 October with forty applicants, hour by hour: what left the house, and when.

The real timetable, store, jobs, letters, IMAP and SMTP; the engine works in this process and nothing
forks. `make fortnight` plays the same with the real engine and sandbox.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import cast

import pytest

from data.model import Application, Call, CallState, Letter, LetterFact, LetterKind, LetterState, VerdictState
from data.store import Store
from desk.demo import run
from desk.demo.mailworld import MailWorld, Outgoing
from desk.demo.story import brussels
from desk.engine import Engine
from desk.journal import open_journal
from desk.sandbox import Sandbox
from desk.service import staff
from desk.wiring import Desk
from notifier.calls import open_hours
from tests.desk.desks import EDITION, InProcess, Notebook

GOLDENS = Path(__file__).parent / "goldens"
SCAN = "le-levain-solidaire"
"""Left out here: to read it takes as long as to read all the others."""


class Inline(Notebook):
    """The engine of the tests, which works whenever somebody waits for it."""

    def idle(self, timeout_s: float) -> bool:
        self.work()
        return True

    def sweep(self, before: datetime) -> int:
        return 0


@dataclass(frozen=True)
class Played:
    """What is there at the end."""

    applications: tuple[Application, ...]
    letters: tuple[tuple[LetterFact, Letter], ...]
    calls: tuple[Call, ...]
    outgoing: tuple[Outgoing, ...]

    def of(self, kind: LetterKind) -> list[Letter]:
        """Those that have left, in order."""
        return [each for fact, each in self.letters if each.kind is kind and fact.state is LetterState.SENT]

    def named(self, name: str) -> Application:
        return next(each for each in self.applications if each.organisation == name)

    def on(self, kind: LetterKind, day: date) -> Letter:
        return next(each for each in self.of(kind) if EDITION.local(each.composed_at).date() == day)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    """The month, played once."""
    open_journal("CRITICAL")
    folder, clock = tmp_path_factory.mktemp("house"), run.Clock(run.BEGINS)
    plan = run.long_form(without={SCAN})
    with MailWorld(run.ACCOUNTS, clock.now) as world:
        store = Store.open(f"sqlite:///{folder}/blossom.db", folder)
        store.migrate()
        sandbox, engine = cast(Sandbox, InProcess()), cast(Engine, Inline())
        desk = Desk(run.the_settings(world, folder), EDITION, store, sandbox, engine, clock.now)
        staff(desk)
        run.play(desk, world, clock, plan)
        letters = tuple((fact, store.letters.get(fact.id).letter) for fact in store.letters.facts())
        yield Played(store.applications(), letters, store.calls(), tuple(world.outgoing))
        store.close()


def test_every_letter_stands_in_the_index(played: Played, golden: Callable[[Path, str], None]) -> None:
    """Who was written to, when, and what the subject says."""
    lines = [
        f"{EDITION.local(letter.composed_at):%d/%m %H:%M}  {letter.recipient.email}\n    {letter.subject}"
        for fact, letter in played.letters
        if fact.state is not LetterState.SUPERSEDED
    ]

    golden(GOLDENS / "fortnight_index.txt", "\n".join(lines) + "\n")


@pytest.mark.parametrize("day", ["09-07", "09-14", "09-15", "10-01"])
def test_the_mornings_mail_reads_as_its_golden(
    played: Played, golden: Callable[[Path, str], None], day: str
) -> None:
    """Monday after a weekend, the last morning, the first day of calls, the eve of the results."""
    letter = played.on(LetterKind.DIGEST, brussels(f"{day} 08:00:00").date())

    golden(GOLDENS / f"fortnight_digest_{day}.txt", f"Objet : {letter.subject}\n\n{letter.text}")


def test_the_closing_statement_reads_as_its_golden(
    played: Played, golden: Callable[[Path, str], None]
) -> None:
    """Made at 10:05, once everything that had arrived was judged."""
    (letter,) = played.of(LetterKind.CLOSING)

    assert EDITION.local(letter.composed_at) == brussels("09-14 10:05:00")
    golden(GOLDENS / "fortnight_closing.txt", f"Objet : {letter.subject}\n\n{letter.text}")


def test_ten_oclock_is_on_time_and_a_second_later_is_late(played: Played) -> None:
    """By the server's clock; Kaléido, in time, is not made late by the form signed anew two days after."""
    late = {each.organisation for each in played.applications if not each.verdict.on_time}

    assert played.named("Petite Enfance en Couleurs").verdict.on_time
    assert late == {"Le Marché des Saisons", "Repair Marolles"}
    assert played.named("Kaléido").at_deadline is VerdictState.INCOMPLETE


def test_each_applicant_hears_of_each_change_once(played: Played) -> None:
    """No two replies for one cause; two halves of a dossier are answered together."""
    replies = Counter(letter.application for letter in played.of(LetterKind.REPLY))
    halves = played.named("Vélo pour Toutes")

    assert set(replies) == {each.reference for each in played.applications}
    assert replies[halves.reference] == 1
    assert halves.verdict.state is VerdictState.COMPLETE
    assert replies[played.named("Atelier Bobine").reference] == 2


def test_no_other_address_was_written_to(played: Played) -> None:
    """Applicants and the officer; nobody who only asked, advertised or was away."""
    senders = {sender for each in played.applications for sender in each.senders}

    assert {each.recipient for each in played.outgoing} <= senders


def test_digests_come_on_working_days_at_eight(played: Played) -> None:
    """Every working day from the second to the end, none on a weekend."""
    times = [EDITION.local(letter.composed_at) for letter in played.of(LetterKind.DIGEST)]

    assert {(each.hour, each.minute) for each in times} == {(8, 0)}
    assert len(times) == 24
    assert not any(each.weekday() >= 5 for each in times)


def test_the_queue_of_calls_is_worked_off(played: Played) -> None:
    """Within the window and its hours; at its end nothing waits, and who was completed is dropped."""
    hours = list(open_hours(EDITION))

    assert len(played.calls) > 12
    for call in played.calls:
        assert any(start <= call.starts_at and call.ends_at <= end for start, end in hours)
    assert not any(call.state is CallState.TO_CALL for call in played.calls)
    dropped = {call.organisation for call in played.calls if call.state is CallState.DROPPED}
    assert "Sac à Dos" in dropped
    assert len(played.of(LetterKind.PROPOSAL)) == 1


def test_every_application_has_one_result_letter(played: Played) -> None:
    """Prepared on 30 September, they left on 2 October."""
    results = [each for fact, each in played.letters if each.kind is LetterKind.RESULT and fact.sent_at]
    sent = {
        EDITION.local(fact.sent_at).date()
        for fact, each in played.letters
        if each in results and fact.sent_at
    }
    awaited = [each.reference for each in played.applications if not (each.withdrawn_at or each.rehearsal)]

    assert sorted(str(each.application) for each in results) == sorted(awaited)
    assert sent == {date(2026, 10, 2)}


def test_forty_applied(played: Played) -> None:
    """All but the scan that is left out here, and each under one reference."""
    assert len(played.applications) == 39
