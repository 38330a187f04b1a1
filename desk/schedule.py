"""The clock: which job, when. DOOR to APScheduler.

A poll works in the scheduler's own thread: reading the same inbox again is harmless, and the next tick
makes good what the last one missed. Everything else is only enqueued here, under an id that is the tick,
and done by the engine: two schedulers, or a stop in between, still give one run
(docs/decisions/0003-polls-are-not-durable.md).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from apscheduler.schedulers.base import BaseScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.date import DateTrigger
from apscheduler.triggers.interval import IntervalTrigger

from data.errors import DeskError
from desk import jobs
from desk.journal import tell
from desk.wiring import Desk

WORKING_DAYS = "mon-fri"
WATCH_S = 300
TAKE_UP_S = 300
"""How often mails that got stuck are taken up; not more often than the inboxes are read."""


@dataclass(frozen=True, slots=True)
class Tick:
    """One line of the timetable."""

    id: str
    tells: str
    """What it does, for the person who starts the service."""
    trigger: BaseTrigger
    run: Callable[[], object]


def timetable(desk: Desk) -> Iterator[Tick]:
    """Everything that happens by the clock."""
    zone = desk.edition.programme.tz
    deadline = desk.edition.dates.deadline
    hour = desk.settings.digest.at
    every = partial(IntervalTrigger, start_date=desk.now(), timezone=zone)  # from now on, not from the epoch
    for account in desk.accounts:
        yield Tick(
            f"poll-{account.name}",
            f"read the inbox {account.name}",
            every(seconds=desk.settings.polling.every_seconds),
            partial(jobs.poll_if_rested, desk, account),
        )
        yield Tick(
            f"count-{account.name}",
            f"count what the inbox {account.name} holds",
            CronTrigger(hour=3, minute=30, timezone=zone),
            partial(jobs.count, desk, account),
        )
    yield Tick(
        "send",
        "send the letters that are due",
        every(seconds=desk.settings.sending.every_seconds),
        partial(jobs.enqueue_due, desk),
    )
    yield Tick(
        "watch",
        "see that every inbox is being read",
        every(seconds=WATCH_S),
        partial(jobs.watch, desk),
    )
    yield Tick(
        "take-up",
        "take up mails that got stuck",
        every(seconds=max(TAKE_UP_S, desk.settings.polling.every_seconds)),
        partial(jobs.take_up, desk),
    )
    yield Tick(
        "digest",
        "write the officer's digest",
        CronTrigger(day_of_week=WORKING_DAYS, hour=hour.hour, minute=hour.minute, timezone=zone),
        partial(enqueue_digest, desk),
    )
    yield Tick(
        "sweep",
        "forget the records of finished work",
        CronTrigger(hour=4, minute=30, timezone=zone),
        partial(jobs.sweep, desk),
    )
    if at := jobs.reminders_at(desk):
        yield Tick(
            "reminders",
            "write the reminders that leave the next working day",
            DateTrigger(at, timezone=zone),
            lambda: desk.engine.enqueue("reminders", f"reminders/{desk.edition.id}"),
        )
    yield Tick(
        "closing",
        "make the closing statement",
        DateTrigger(deadline + timedelta(minutes=5), timezone=zone),
        partial(jobs.close, desk),
    )
    yield Tick(
        "calls",
        "open the call queue",
        DateTrigger(jobs.calls_open_at(desk), timezone=zone),
        lambda: desk.engine.enqueue("calls", f"calls/{desk.edition.id}"),
    )


def enqueue_digest(desk: Desk) -> None:
    """Today's digest, on the clocks of the programme's town."""
    day = desk.edition.local(desk.now()).date().isoformat()
    desk.engine.enqueue("digest", f"digest/{day}", day)


def fill(scheduler: BaseScheduler, desk: Desk) -> None:
    """Put the timetable into a scheduler.

    `misfire_grace_time=None`: a late job runs, however late; the default of one second would silently skip
    the digest of a machine that was asleep at 08:00. `coalesce`: many missed polls are one.
    """
    now = desk.now()
    for tick in timetable(desk):
        first = tick.trigger.get_next_fire_time(None, now)
        if first is None or first < now:
            continue
        scheduler.add_job(
            partial(attempt, tick),
            tick.trigger,
            id=tick.id,
            name=tick.tells,
            next_run_time=first,
            max_instances=1,
            coalesce=True,
            misfire_grace_time=None,
        )


def attempt(tick: Tick) -> None:
    """Run a tick; the world's trouble is one line of the log, and the next tick tries again."""
    try:
        tick.run()
    except DeskError as error:
        tell("tick", tick=tick.id, trouble=str(error), advice=error.advice)


def missed(desk: Desk) -> Iterator[str]:
    """What the clock passed while nobody was at the desk: made good at start, under the ids of the ticks."""
    now = desk.now()
    local = desk.edition.local(now)
    leaves, written_at = desk.edition.dates.reminder, jobs.reminders_at(desk)
    if leaves and written_at and written_at <= now < leaves + timedelta(days=1):
        desk.engine.enqueue("reminders", f"reminders/{desk.edition.id}")
        yield "reminders"
    if local.weekday() < 5 and local.time() >= desk.settings.digest.at:
        enqueue_digest(desk)
        yield "digest"
    window_ends = datetime.combine(desk.edition.calls.last, datetime.max.time(), desk.edition.programme.tz)
    if desk.edition.dates.deadline + timedelta(minutes=5) <= now <= window_ends:
        jobs.close(desk)
        yield "closing"
    if jobs.calls_open_at(desk) <= now <= window_ends:
        desk.engine.enqueue("calls", f"calls/{desk.edition.id}")
        yield "calls"
