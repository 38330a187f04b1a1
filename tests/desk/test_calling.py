"""What the officer says of a call is kept, and leads to what it should."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from data.errors import UsageError
from data.model import CallState, Event, EventKind, LetterKind, LetterState
from desk import calling, jobs
from desk.wiring import Desk
from tests.desk.desks import Clock
from tests.desk.quiet import a_quiet_desk
from tests.notifier.letters import a_few

MEETING = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//FR
BEGIN:VEVENT
UID:m
DTSTAMP:20260901T080000Z
DTSTART;TZID=Europe/Brussels:20260914T100000
DTEND;TZID=Europe/Brussels:20260914T120000
END:VEVENT
END:VCALENDAR
"""


def shown(desk: Desk, moment: datetime) -> str:
    return f"{desk.edition.local(moment):%d %H:%M}"


def test_calls_stay_clear_of_the_officers_calendar(tmp_path: Path) -> None:
    """A folder of .ics files; a damaged one is a line of the digest, and stops nothing."""
    agenda = tmp_path / "agenda"
    agenda.mkdir()
    (agenda / "a.ics").write_text(MEETING, "utf-8")
    (agenda / "b.ics").write_text("Bonjour", "utf-8")
    with a_quiet_desk(tmp_path, Clock(), a_few(), calendar=agenda) as desk:
        jobs.plan_calls(desk)
        told = [event.detail for event in desk.store.events(desk.now(), desk.now() + timedelta(days=1))]

        assert next(shown(desk, call.starts_at) for call in desk.store.calls()) == "14 14:00"
        assert len(told) == 1
        assert "b.ics" in told[0]


def test_nobody_there_twice_leads_to_one_letter(tmp_path: Path) -> None:
    """At two half-days; a third time leads to no second letter."""
    clock = Clock()
    with a_quiet_desk(tmp_path, clock, a_few()) as desk:
        jobs.plan_calls(desk)
        _, first = calling.no_answer(desk, "établi")
        clock.go(hours=5)
        call, second = calling.no_answer(desk, "BL26-BBBBB", "Répondeur plein.")
        jobs.plan_calls(desk)
        clock.go(days=1)
        _, third = calling.no_answer(desk, "BL26-BBBBB")
        letters = [each for each in desk.store.letters.facts() if each.kind is LetterKind.PROPOSAL]

        assert (first, second, third) == (False, True, False)
        assert [(each.application, each.state) for each in letters] == [("BL26-BBBBB", LetterState.QUEUED)]
        assert call.notes == ("Répondeur plein.",)


def test_what_was_said_is_not_undone_by_a_plan_made_meanwhile(tmp_path: Path) -> None:
    """A plan read before the officer spoke is older than what was said."""
    with a_quiet_desk(tmp_path, Clock(), a_few()) as desk:
        jobs.plan_calls(desk)
        before = desk.store.calls()
        done = calling.spoken(desk, "BL26-BBBBB", settled=True, words="Arrive demain.")
        desk.store.keep_calls(before)

        assert done in desk.store.calls()
        assert done.state is CallState.DONE
        assert calling.next_call(desk) not in (None, done)


def test_a_letter_that_came_back_is_a_call(tmp_path: Path) -> None:
    """Even where the dossier is complete; and no letter is written to that address again."""
    with a_quiet_desk(tmp_path, Clock(), a_few()) as desk:
        at = datetime(2026, 9, 12, 7, 0, tzinfo=UTC)
        desk.store.note_event(Event(at, EventKind.BOUNCED, "BL26-AAAAA", "est revenu."), at)
        jobs.plan_calls(desk)
        call = calling.find(desk, "BL26-AAAAA")

        assert call.questions[0].startswith("Notre lettre n'est pas arrivée")


@pytest.mark.parametrize("who", ["nobody", "BL26"])
def test_a_call_is_named_without_doubt(tmp_path: Path, who: str) -> None:
    """Whom nobody is called, or several, is said with their names."""
    with a_quiet_desk(tmp_path, Clock(), a_few()) as desk:
        jobs.plan_calls(desk)
        with pytest.raises(UsageError):
            calling.spoken(desk, who, settled=True)
