"""The sending service in processes that are killed: each line on standard input is a life, forked warm.

`python -m tests.desk.lives`; a line is a `Life` as JSON, and is answered by a line once it is over: the
points it passed, the last of which is where it was killed, and what it heard in between. A point is
anything that leaves the process: every statement and commit of every SQLAlchemy engine but those that only
read, every piece sent to the mail server. They are caught at the libraries' own doors, so that a write
nobody has thought of yet is one.
"""

import json
import os
import signal
import smtplib
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy.engine.default import DefaultDialect

from desk import jobs, service
from desk.engine import Engine
from desk.journal import open_journal
from desk.wiring import Desk
from tests.desk.desks import Clock, come_to_work, send_all
from tests.desk.quiet import a_quiet_desk

READS = ("SELECT", "PRAGMA", "BEGIN", "ROLLBACK", "SAVEPOINT", "RELEASE")
HEARD = "heard "
ROUNDS_MIN = (0, 2, 10, 30)
"""When what is due is sent, from the life's beginning on: what was put off is tried again."""


@dataclass(frozen=True, slots=True)
class Life:
    """What a process does: sends what is due, until it is killed at a point or has nothing left to do."""

    folder: str
    port: int
    begins_at: str
    ends_at: int = 0
    """At which point it is killed; never at 0."""
    moment: str = "before"
    """Just before the point, or just after."""
    engine: bool = False
    """Whether the durable engine works, as in `blossom run`; else the jobs are called one by one."""


class Fate:
    """Counts points, and kills this process at one of them."""

    def __init__(self, life: Life, told: int) -> None:
        self._life, self._told, self._passed = life, told, 0

    def catch(self, owner: type, method: str, name: Callable[..., str]) -> None:
        """Make every call of a method a point, but those without a name."""
        own = getattr(owner, method)

        def passing(*args: Any, **more: Any) -> Any:
            what = name(*args)
            return self._pass(what, partial(own, *args, **more)) if what else own(*args, **more)

        setattr(owner, method, passing)

    def overhear(self) -> None:
        """Tell what the mail server answers, too; hearing it changes nothing outside."""
        own = smtplib.SMTP.getreply

        def hearing(smtp: smtplib.SMTP) -> tuple[int, bytes]:
            code = 0
            try:
                code, said = own(smtp)
            finally:
                os.write(self._told, f"{HEARD}{code or 'nothing'}\n".encode())
            return code, said

        smtplib.SMTP.getreply = hearing  # type: ignore[method-assign]

    def _pass(self, name: str, do: Callable[[], Any]) -> Any:
        self._passed += 1
        here = self._passed == self._life.ends_at
        os.write(self._told, f"{name}\n".encode())
        if here and self._life.moment == "before":
            os.kill(os.getpid(), signal.SIGKILL)
        try:
            return do()
        finally:
            if here:
                os.kill(os.getpid(), signal.SIGKILL)


def lead(life: Life, told: int) -> None:
    """Live it: come to work, and send what is due."""
    clock = Clock(datetime.fromisoformat(life.begins_at))
    with a_quiet_desk(Path(life.folder), clock, smtp_port=life.port) as desk:
        fate = Fate(life, told)
        fate.catch(DefaultDialect, "do_commit", lambda *_: "commit")
        for method in ("do_execute", "do_executemany", "do_execute_no_params"):
            fate.catch(DefaultDialect, method, lambda _self, _cursor, statement, *_: written(statement))
        fate.catch(smtplib.SMTP, "send", lambda _self, said: f"smtp {first_word(said)}")
        fate.overhear()
        work = with_engine if life.engine else by_hand
        work(desk, clock)


def by_hand(desk: Desk, clock: Clock) -> None:
    """Job by job, in this thread."""
    come_to_work(desk)
    for minutes in ROUNDS_MIN:
        clock.go(minutes=minutes)
        send_all(desk)


def with_engine(desk: Desk, clock: Clock) -> None:
    """As `blossom run` works, but for the clock."""
    engine = Engine(desk.settings.database_url, "1", "desk-1", 1, poll_s=0.02)
    desk = replace(desk, engine=engine)
    with service.at_work(desk):
        for minutes in ROUNDS_MIN:
            clock.go(minutes=minutes)
            jobs.enqueue_due(desk)
            engine.idle(30)


def written(statement: str) -> str:
    """What a statement changes; empty where it only reads."""
    return "" if statement.lstrip().upper().startswith(READS) else " ".join(statement.split()[:3])


def first_word(said: str | bytes) -> str:
    """A command's name, or the beginning of a text."""
    text = said if isinstance(said, str) else said.decode("utf-8", "replace")
    return text.split()[0][:12] if text.split() else "nothing"


def main() -> None:
    """Fork a life for each line; nothing is open in this process, so that nothing is shared."""
    open_journal("CRITICAL")
    for line in sys.stdin:
        life = Life(**json.loads(line))
        read, told = os.pipe()
        child = os.fork()
        if child == 0:
            os.close(read)
            lead(life, told)
            os._exit(0)
        os.close(told)
        with os.fdopen(read, "rb") as passed:
            trace = passed.read().decode().splitlines()
        _, status = os.waitpid(child, 0)
        print(json.dumps({"trace": trace, "status": os.waitstatus_to_exitcode(status)}), flush=True)


if __name__ == "__main__":
    main()
