"""What a process for each file costs: `python -m tests.bench.bench_sandbox`.

Prints, for some kinds of work, the time in this process and in the sandbox, the difference and the ratio;
the smallest of interleaved rounds, since other load only ever adds.
"""

import os
import sys
from collections.abc import Callable
from functools import partial
from io import BytesIO
from time import perf_counter

import docx

import parsers
from data.model import Document, Envelope, Unread
from desk.sandbox import Sandbox
from tests.desk import attacks

ROUNDS = 20
PRELOAD = (
    "tests.desk.attacks",
    "pdfplumber",
    "pypdfium2",
    "docx",
    "lxml.html",
    "tests.bench.bench_sandbox:warm_up",
)


def word(paragraphs: int) -> bytes:
    document = docx.Document()
    for number in range(paragraphs):
        document.add_paragraph(f"Question {number} : une réponse de longueur moyenne, comme on en lit.")
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def warm_up() -> None:
    parsers.read(word(1))


WORK: dict[str, tuple[Callable[[bytes], object], bytes, object]] = {
    "nothing": (attacks.length, b"", int),
    "text, 200 lines": (parsers.read, b"Une ligne du dossier.\n" * 200, Document | Unread),
    "Word, 200 paragraphs": (parsers.read, word(200), Document | Unread),
    "mail with 10 MB": (attacks.envelope, os.urandom(10 << 20), Envelope),
}


def fastest(*calls: Callable[[], object]) -> list[float]:
    """The shortest time of each, in ms, taking turns."""
    best = [float("inf")] * len(calls)
    for _ in range(ROUNDS):
        for index, call in enumerate(calls):
            start = perf_counter()
            call()
            best[index] = min(best[index], (perf_counter() - start) * 1000)
    return best


def main() -> None:
    start = perf_counter()
    with Sandbox.start(preload=PRELOAD) as sandbox:
        layers = sum(each.missing is None for each in sandbox.protections)
        out = sys.stdout.write
        out(f"host ready after {(perf_counter() - start) * 1000:.0f} ms, {layers} layers of protection\n")
        out(f"{'':24}{'here':>8}{'sandbox':>9}{'more':>8}{'ratio':>8}\n")
        for name, (function, content, returns) in WORK.items():
            here, there = fastest(
                partial(function, content), partial(sandbox.call, function, content, returns)
            )
            out(f"{name:24}{here:8.1f}{there:9.1f}{there - here:8.1f}{there / here:8.1f}\n")


if __name__ == "__main__":
    main()
