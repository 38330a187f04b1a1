"""The timetable: what happens when, on the clocks of the programme's own town."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from apscheduler.schedulers.background import BackgroundScheduler

from data.edition import load, shipped
from data.store import Store
from desk import schedule
from desk.engine import Engine
from desk.jobs import telling
from desk.sandbox import Sandbox
from desk.settings import Inbox, Settings, Smtp
from desk.wiring import Desk

BRUSSELS = ZoneInfo("Europe/Brussels")


class Enqueued:
    """An engine that only remembers what it was asked for."""

    def __init__(self) -> None:
        self.ids: list[str] = []

    def enqueue(self, _name: str, id: str, *_args: str) -> None:
        self.ids.append(id)


def a_desk(now: datetime, engine: Enqueued) -> Desk:
    """A desk whose only open door is the engine: the timetable needs no other."""
    inboxes = tuple(Inbox(name=name, host="localhost", port=1) for name in ("matthias", "info"))
    settings = Settings(
        inbox=inboxes, smtp=Smtp(host="localhost", port=1, sender="info@coopcity.be"), folder=Path("unused")
    )
    edition = load(shipped()["blossom-2026"])
    return Desk(settings, edition, cast(Store, None), cast(Sandbox, None), cast(Engine, engine), lambda: now)


def filled(now: datetime) -> dict[str, str]:
    """When each job runs next, in local time."""
    scheduler = BackgroundScheduler(timezone=BRUSSELS)
    schedule.fill(scheduler, a_desk(now, Enqueued()))
    scheduler.start(paused=True)
    try:
        jobs = scheduler.get_jobs()
        assert all(job.misfire_grace_time is None and job.coalesce and job.max_instances == 1 for job in jobs)
        return {job.id: f"{job.next_run_time.astimezone(BRUSSELS):%Y-%m-%d %H:%M}" for job in jobs}
    finally:
        scheduler.shutdown()


def test_each_inbox_is_a_job_of_its_own() -> None:
    """Both inboxes are polled by jobs that do not wait for each other, every two minutes."""
    now = datetime(2026, 9, 3, 9, 0, tzinfo=UTC)
    times = filled(now)

    assert {"poll-matthias", "poll-info"} <= set(times)
    assert times["poll-info"] <= "2026-09-03 11:02"


def test_closing_and_calls_follow_the_deadline() -> None:
    """The closing statement is made at 10:05 and the call queue opens at 10:10 on the day of the deadline."""
    times = filled(datetime(2026, 9, 3, 9, 0, tzinfo=UTC))

    assert times["closing"] == "2026-09-14 10:05"
    assert times["calls"] == "2026-09-14 10:10"


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        (datetime(2026, 9, 4, 5, 59, tzinfo=UTC), "2026-09-04 08:00"),
        (datetime(2026, 9, 4, 6, 1, tzinfo=UTC), "2026-09-07 08:00"),
        (datetime(2026, 10, 24, 12, 0, tzinfo=UTC), "2026-10-26 08:00"),
    ],
)
def test_digest_is_at_eight_on_working_days(now: datetime, expected: str) -> None:
    """Friday after eight, the next digest is Monday's; after the change of clocks it is still at eight."""
    assert filled(now)["digest"] == expected


def test_what_has_passed_is_not_scheduled() -> None:
    """After the deadline no closing statement lies ahead."""
    assert "closing" not in filled(datetime(2026, 9, 15, 9, 0, tzinfo=UTC))


def test_what_a_stop_missed_is_made_good_under_the_same_ids(monkeypatch: pytest.MonkeyPatch) -> None:
    """Started on the deadline's afternoon, the desk reads the inboxes and makes good all three."""
    engine = Enqueued()
    polled: list[str] = []
    monkeypatch.setattr(telling, "poll", lambda _desk, account: polled.append(account.name))
    made_good = list(schedule.missed(a_desk(datetime(2026, 9, 14, 12, 0, tzinfo=UTC), engine)))

    assert made_good == ["digest", "closing", "calls"]
    assert polled == ["matthias", "info"]
    assert engine.ids == ["digest/2026-09-14", "closing/blossom-2026", "calls/blossom-2026"]


def test_nothing_is_made_good_before_its_time() -> None:
    """Started at night before the deadline, the desk has nothing to make good."""
    engine = Enqueued()
    early = datetime(2026, 9, 14, 8, 0, tzinfo=UTC) - timedelta(hours=5)

    assert list(schedule.missed(a_desk(early, engine))) == []
