"""What our door to IMAP costs, beside raw imaplib and beside mbsync, on one Dovecot with the same mails.

    python -m tests.bench.bench_mail [--mails 1000x50,100x10000] [--rounds 3]

Each way runs in a process of its own, so that its peak memory is its own; the ways take turns, and the best
of the rounds counts. « headings » is what we read of a private inbox before deciding: no body at all.
mbsync writes to disk what the others throw away. On a machine with other work, believe the processor's time
(the way's and Dovecot's together) rather than the clock.
"""

import argparse
import imaplib
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from random import Random

from ingest.mailbox import Account, Lacking, open_mailbox
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
        chunks = mailbox.chunks(mailbox.uids())
        mails = (mail for chunk in chunks for mail in mailbox.contents(chunk))
        return sum(0 if isinstance(mail, Lacking) else len(mail) for mail in mails)


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
    began, used, before = time.perf_counter(), _used_s(), _resident("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")  # the peak so far is that of the imports
    size = WAYS[way](port, user)
    took_s, used_s = time.perf_counter() - began, _used_s() - used
    peak = _PEAKS.pop() if _PEAKS else _resident("VmHWM") - before
    print(json.dumps({"bytes": size, "took_s": took_s, "used_s": used_s, "peak_mb": peak}))


def _used_s() -> float:
    """Seconds of processor time of this process and the programs it ran."""
    told = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in told)


def served_s(master: int) -> float:
    """Seconds of processor time of a server, its processes and those that have ended."""
    total, left = 0.0, [master]
    while left:
        process = left.pop()
        try:
            told = Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()
            left += map(int, Path(f"/proc/{process}/task/{process}/children").read_text().split())
        except OSError:
            continue
        total += sum(map(int, told[11:15])) / os.sysconf("SC_CLK_TCK")
    return total


_PEAKS: list[float] = []
"""Of a program that was run, in MB."""


def _resident(what: str, process: int | str = "self") -> float:
    told = Path(f"/proc/{process}/status").read_text()
    return next((int(line.split()[1]) / 1024 for line in told.splitlines() if line.startswith(what)), 0.0)


def measure(way: str, dovecot: Dovecot, user: str) -> dict[str, float]:
    """Run one way in a process of its own."""
    served = served_s(dovecot.pid)
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.bench_mail", "--alone", way, str(dovecot.imap), user],
        capture_output=True,
        text=True,
        check=True,
    )
    found: dict[str, float] = json.loads(done.stdout)
    found["used_s"] += served_s(dovecot.pid) - served
    return found


def fill(dovecot: Dovecot, user: str, number: int, size_kb: int) -> None:
    """So many mails of that size, as an applicant's are: text, and one file in base64."""
    file = Random(1).randbytes(size_kb * 1024 * 3 // 4)
    before, _, after = a_mail(message_id="<number@x>", files={"annexe.pdf": file}).partition(b"<number@x>")
    client = imaplib.IMAP4(HOST, dovecot.imap)
    client.login(user, PASSWORD)
    for each in range(number):
        client.append("INBOX", "", "", before + b"<%d@x>" % each + after)
    client.logout()


def compare(dovecot: Dovecot, number: int, size_kb: int, rounds: int) -> Iterator[str]:
    """The table for one inbox."""
    user = dovecot.account()
    fill(dovecot, user, number, size_kb)
    ways = [way for way in WAYS if way != "mbsync" or shutil.which("mbsync")]
    for way in ("imaplib", "headings"):
        measure(way, dovecot, user)  # what Dovecot makes up at a first look is nobody's cost
    runs = [{way: measure(way, dovecot, user) for way in ways} for _ in range(rounds)]
    took = {way: min(run[way]["took_s"] for run in runs) for way in ways}
    used = {way: min(run[way]["used_s"] for run in runs) for way in ways}
    yield f"{number} mails of {size_kb} KB"
    yield f"  {'':10}{'mails/s':>10}{'MB/s':>10}{'÷ imaplib: time':>18}{'CPU':>8}{'peak ÷ one mail':>18}"
    for way in ways:
        found = runs[0][way]
        peak = max(run[way]["peak_mb"] for run in runs) * 1024 / size_kb
        yield (
            f"  {way:10}{number / took[way]:10.0f}{found['bytes'] / took[way] / 1e6:10.1f}"
            f"{took[way] / took['imaplib']:18.2f}{used[way] / used['imaplib']:8.2f}{peak:18.1f}"
        )
    saved = runs[0]["ours"]["bytes"] / max(1, runs[0]["headings"]["bytes"])
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
