"""`blossom run`: the desk at work until it is told to stop."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread
from types import FrameType

from apscheduler.schedulers.background import BackgroundScheduler
from rich.console import Console

from data.errors import MailboxError
from desk import jobs, schedule
from desk.wiring import Desk

GRACE_S = 20
"""How long work in hand may take after SIGTERM; what is not done by then is taken up at the next start."""
MODES = {
    "auto": "leave by themselves",
    "hold": "are held for a person",
    "rehearsal": "leave for testers only, marked [TEST]",
}
POLL_GRACE_S = 5
"""And how long a poll: reading the same mails again is harmless."""


def staff(desk: Desk) -> None:
    """Teach the engine its jobs; each takes ids only, so that its tables hold nobody's data."""
    desk.engine.register("take", lambda mail: jobs.take(desk, mail))
    desk.engine.register("send", lambda letter: jobs.send(desk, letter))
    desk.engine.register("digest", lambda day: jobs.write_digest(desk, day))
    desk.engine.register("reminders", lambda: jobs.write_reminders(desk))
    desk.engine.register("closing", lambda: jobs.write_closing(desk), attempts=8)
    desk.engine.register("calls", lambda: jobs.plan_calls(desk))


@contextmanager
def at_work(desk: Desk) -> Iterator[None]:
    """The engine, running, with everything taken up that a stop interrupted.

    Raises:
        SettingsError: a secret is missing: told now, and not with a letter in hand.
    """
    _ = desk.accounts, desk.server
    staff(desk)
    desk.engine.launch(lambda: jobs.settle_interrupted(desk))
    try:
        jobs.take_up(desk)
        yield
    finally:
        if not desk.engine.stop(GRACE_S):
            os._exit(0)  # Python would wait for the job in hand; the next start takes it up


def run(desk: Desk, console: Console) -> None:
    """Work until SIGTERM or SIGINT; then finish what is in hand and end."""
    told_to_stop = Event()

    def stop(_signal: int, _frame: FrameType | None) -> None:
        told_to_stop.set()

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    with at_work(desk):
        scheduler = BackgroundScheduler(timezone=desk.edition.programme.tz)
        schedule.fill(scheduler, desk)
        scheduler.start()
        announce(desk, scheduler, console)
        for name in schedule.missed(desk):
            console.print(f"made good: {name}")
        told_to_stop.wait()
        console.print("stopping: finishing what is in hand")
        ending = Thread(target=scheduler.shutdown, daemon=True)
        ending.start()
        ending.join(POLL_GRACE_S)
    console.print("stopped")
    if ending.is_alive():
        os._exit(0)  # Python would wait for a server that does not answer


def announce(desk: Desk, scheduler: BackgroundScheduler, console: Console) -> None:
    """Say what will be done, and when next."""
    mode = MODES[desk.settings.sending.send]
    console.print(
        f"{desk.edition.programme.name} {desk.edition.programme.years}: letters to applicants {mode}."
    )
    for job in sorted(scheduler.get_jobs(), key=lambda each: each.next_run_time):
        when = desk.edition.local(job.next_run_time)
        console.print(f"  {when:%a %d %b %H:%M:%S}  {job.name}")


def poll_once(desk: Desk) -> tuple[MailboxError, ...]:
    """Read each inbox once, and judge what came before ending; give back the inboxes' troubles."""
    with at_work(desk):
        troubles = [jobs.poll(desk, account) for account in desk.accounts]
        desk.engine.idle(timeout_s=600)
    return tuple(trouble for trouble in troubles if trouble)
