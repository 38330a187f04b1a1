"""A worker in a process of its own, for the tests that kill one: says what it does, line by line.

`python -m tests.desk.worker URL EXECUTOR LEASE_S hold|finish`; commands come on standard input.
"""

import os
import signal
import sys
import threading

from desk.engine import Engine


def say(*words: object) -> None:
    print(*words, flush=True)


def main(url: str, executor: str, lease_s: str, mood: str) -> None:
    def work(name: str) -> None:
        say("begun", name)
        if mood == "hold":
            threading.Event().wait()
        say("done", name)

    def poison(name: str) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    engine = Engine(url, "1", executor, poll_s=0.02, lease_s=float(lease_s))
    engine.register("work", work)
    engine.register("poison", poison)
    engine.launch()
    say("ready")
    for line in sys.stdin:
        match line.split():
            case ["enqueue", job, id]:
                engine.enqueue(job, id, id)
            case ["idle"]:
                say("idle", engine.idle(30))
            case ["failed"]:
                say("failed", *(f"{each.id} {each.parked}" for each in engine.failed()))
    engine.stop(5)
    say("stopped")


if __name__ == "__main__":
    main(*sys.argv[1:])
