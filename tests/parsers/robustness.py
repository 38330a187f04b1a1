"""Every file of a folder is read, or refused with a reason, in the sandbox: `make robustness CORPUS=FOLDER`.

Prints how files ended, the slowest, and what was cut off (nothing should be); ends with 1 where one was.
"""

import sys
import time
from collections import Counter
from pathlib import Path

from data.model import Document
from desk import confined
from desk.sandbox import Limits, Sandbox, SandboxFailure

LIMITS = Limits(memory_bytes=512 << 20, wall_s=60)


def main(folder: Path) -> int:
    """Read them all."""
    ends: Counter[str] = Counter()
    times: list[tuple[float, str]] = []
    cut_off: list[str] = []
    with Sandbox.start(LIMITS) as sandbox:
        for path in sorted(each for each in folder.rglob("*") if each.is_file()):
            began = time.monotonic()
            try:
                reading = confined.read(sandbox, path.read_bytes())
            except SandboxFailure as failure:
                ends[f"cut off: {failure.reason}"] += 1
                cut_off.append(f"{path.relative_to(folder)}: {failure}")
            else:
                told = "read" if isinstance(reading, Document) else reading.reason
                ends[f"{reading.kind}: {told}"] += 1
                if not isinstance(reading, Document) and not reading.detail:
                    cut_off.append(f"{path.relative_to(folder)}: refused without a reason")
            times.append((time.monotonic() - began, str(path.relative_to(folder))))
    out = sys.stdout.write
    for end, count in sorted(ends.items()):
        out(f"{count:6}  {end}\n")
    for seconds, name in sorted(times, reverse=True)[:10]:
        out(f"{seconds:6.1f} s  {name}\n")
    for name in cut_off:
        out(f"CUT OFF  {name}\n")
    return 1 if cut_off else 0


if __name__ == "__main__":
    raise SystemExit(main(Path(sys.argv[1])))
