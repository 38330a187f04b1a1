"""What our door to IMAP costs, beside raw imaplib and beside mbsync, on one Dovecot with the same mails.

    python -m tests.bench.bench_mail [--mails 1000x50,100x10000] [--rounds 3]

Each way runs in a process of its own, so that its peak memory is its own; the ways take turns, and the best
of the rounds counts. « headings » is what we read of a private inbox before deciding: no body at all.
"""

import argparse
import imaplib
import json
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from ingest.mailbox import Account, open_mailbox
from tests.builders import a_mail
from tests.servers import HOST, PASSWORD, Dovecot

MBSYNC = """\
IMAPAccount a
Host {host}
Port {port}
User {user}
Pass "{password}"
SSLType None
AuthMechs LOGIN

IMAPStore far
Account a

MaildirStore near
Path {folder}/
Inbox {folder}/INBOX
SubFolders Verbatim

Channel c
Far :far:
Near :near:
Patterns INBOX
Create Near
Sync Pull
SyncState *
"""


def raw(port: int, user: str) -> int:
    """imaplib and nothing else: one FETCH a mail, whole, thrown away."""
    with imaplib.IMAP4(HOST, port) as client:
        client.login(user, PASSWORD)
        client.select("INBOX", readonly=True)
        total = 0
        for uid in client.uid("SEARCH", "ALL")[1][0].split():
            data = client.uid("FETCH", uid.decode(), "(BODY.PEEK[])")[1]
            total += len(data[0][1])
        return total


def ours(port: int, user: str) -> int:
    """Headings first, as the desk does, then every body."""
    with open_mailbox(_account(port, user)) as mailbox:
        return sum(len(mailbox.content(each.key.uid) or b"") for each in mailbox.headings(0))


def headings(port: int, user: str) -> int:
    """Headings alone."""
    with open_mailbox(_account(port, user)) as mailbox:
        return sum(len(each.header) for each in mailbox.headings(0))


def mbsync(port: int, user: str) -> int:
    """Debian's isync, into an empty folder."""
    folder = Path(tempfile.mkdtemp(prefix="mbsync-"))
    try:
        config = folder / "mbsyncrc"
        config.write_text(MBSYNC.format(host=HOST, port=port, user=user, password=PASSWORD, folder=folder))
        _PEAKS.append(_watched(shutil.which("mbsync") or "mbsync", "-q", "-c", str(config), "c"))
        return sum(file.stat().st_size for file in (folder / "INBOX").rglob("*") if file.is_file())
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _watched(*command: str) -> float:
    """Run a program to its end, and give back its peak memory in MB."""
    peak = 0.0
    with subprocess.Popen(command) as process:
        while process.poll() is None:
            peak = max(peak, _resident("VmHWM", process.pid))
            time.sleep(0.005)
    if process.returncode:
        raise RuntimeError(f"{command[0]} ended with {process.returncode}")
    return peak


WAYS: dict[str, Callable[[int, str], int]] = {
    "imaplib": raw,
    "ours": ours,
    "headings": headings,
    "mbsync": mbsync,
}


def _account(port: int, user: str) -> Account:
    return Account("bench", HOST, port, user, PASSWORD, tls="none")


def alone(way: str, port: int, user: str) -> None:
    """In a process of its own: run one way, and print what it took."""
    began, before = time.perf_counter(), _resident("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far is that of the imports
    size = WAYS[way](port, user)
    took_s = time.perf_counter() - began
    peak = _PEAKS.pop() if _PEAKS else _resident("VmHWM") - before
    print(json.dumps({"bytes": size, "took_s": took_s, "peak_mb": peak}))


_PEAKS: list[float] = []
"""Of a program that was run, in MB."""


def _resident(what: str, process: int | str = "self") -> float:
    told = Path(f"/proc/{process}/status").read_text()
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith(what)), 0.0)


def measure(way: str, port: int, user: str) -> dict[str, float]:
    """Run one way in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_mail", "--alone", way, str(port), user],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    return found


def fill(dovecot: Dovecot, user: str, number: int, size_kb: int) -> None:
    """So many mails of that size, as an applicant's are: text, and one file in base64."""
    dice = Random(1)
    file = dice.randbytes(size_kb * 1024 * 3 // 4)
    client = imaplib.IMAP4(HOST, dovecot.imap)
    client.login(user, PASSWORD)
    for each in range(number):
        mail = a_mail(message_id=f"<{each}@x>", files={"annexe.pdf": file})
        client.append("INBOX", "", "", mail)
    client.logout()


def compare(dovecot: Dovecot, number: int, size_kb: int, rounds: int) -> Iterator[str]:
    """The table for one inbox."""
    user = dovecot.account()
    fill(dovecot, user, number, size_kb)
    ways = [way for way in WAYS if way != "mbsync" or shutil.which("mbsync")]
    for way in ways:
        measure(way, dovecot.imap, user)  # what Dovecot makes up at a first look is nobody's cost
    runs = [{way: measure(way, dovecot.imap, user) for way in ways} for _ in range(rounds)]
    best = {way: min((run[way] for run in runs), key=lambda each: each["took_s"]) for way in ways}
    yield f"{number} mails of {size_kb} KB"
    yield f"  {'':10}{'mails/s':>10}{'MB/s':>10}{'time ÷ imaplib':>17}{'peak ÷ one mail':>18}"
    for way, found in best.items():
        took = found["took_s"]
        per_mail = found["peak_mb"] * 1024 / size_kb
        yield (
            f"  {way:10}{number / took:10.0f}{found['bytes'] / took / 1e6:10.1f}"
            f"{took / best['imaplib']['took_s']:17.2f}{per_mail:18.1f}"
        )
    saved = best["ours"]["bytes"] / max(1, best["headings"]["bytes"])
    yield f"  headers first: 1 byte read instead of {saved:.0f} where no mail is ours"


def main() -> None:
    """Read the command line."""
    words = argparse.ArgumentParser(description=__doc__)
    words.add_argument("--mails", default="1000x50,100x10000", help="numbers and sizes in KB")
    words.add_argument("--rounds", type=int, default=3)
    words.add_argument("--alone", nargs=3, metavar=("WAY", "PORT", "USER"), help=argparse.SUPPRESS)
    told = words.parse_args()
    if told.alone:
        alone(told.alone[0], int(told.alone[1]), told.alone[2])
        return
    dovecot = Dovecot().start()
    try:
        for each in told.mails.split(","):
            number, size_kb = each.split("x")
            for line in compare(dovecot, int(number), int(size_kb), told.rounds):
                print(line, flush=True)
    finally:
        dovecot.close()


if __name__ == "__main__":
    main()
