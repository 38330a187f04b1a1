"""What the desk does: each job takes the desk as argument, and may be repeated without harm.

The order is law: keep the raw mail (`inboxes`), think and keep the outcome in one transaction (`taking`);
sending is another job (`sending`). `watching` and `counting` see whether the inboxes are read, and wholly;
`stuck` takes up what a stop interrupted. The officer's side is `telling`, `planning` and `reminding`;
`rehearsing` keeps a rehearsal apart.
"""

from desk.jobs.counting import count
from desk.jobs.inboxes import poll, poll_if_rested
from desk.jobs.planning import appointments, calls_open_at, plan_calls, unreached
from desk.jobs.rehearsing import counted, must_stay
from desk.jobs.reminding import reminders_at, stop_reminders, write_reminders
from desk.jobs.sending import TROUBLE, enqueue_due, reader_of, send, written
from desk.jobs.stuck import bring_back, settle_interrupted, sweep, take_up
from desk.jobs.taking import take
from desk.jobs.telling import close, day_book, withdrawals_asked, write_closing, write_digest
from desk.jobs.watching import watch

__all__ = [
    "TROUBLE",
    "appointments",
    "bring_back",
    "calls_open_at",
    "close",
    "count",
    "counted",
    "day_book",
    "enqueue_due",
    "must_stay",
    "plan_calls",
    "poll",
    "poll_if_rested",
    "reader_of",
    "reminders_at",
    "send",
    "settle_interrupted",
    "stop_reminders",
    "sweep",
    "take",
    "take_up",
    "unreached",
    "watch",
    "withdrawals_asked",
    "write_closing",
    "write_digest",
    "write_reminders",
    "written",
]
