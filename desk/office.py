"""DOOR to LibreOffice: old Word and Excel files and RTF become formats that our own readers know.

A reader's process may start no program (`sandbox`), so the conversion stands between two readings::

    bytes ─sandbox▶ Unread(doc, unsupported) ─LibreOffice, bound─▶ .docx ─sandbox▶ Document

LibreOffice gets a folder of its own with the file, its profile and nothing else; what binds it stands in
`sandbox/_foreign.py`. What it writes is as hostile as what it read.
"""

import fcntl
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from data.model import FileKind, UnreadReason
from desk.sandbox import SandboxFailure
from desk.sandbox._foreign import LAUNCH, LIMITS, give_away, is_ours, orders, socket_of

CONVERSIONS = {
    FileKind.DOC: ("doc", "docx:MS Word 2007 XML"),
    FileKind.RTF: ("rtf", "docx:MS Word 2007 XML"),
    FileKind.XLS: ("xls", "xlsx:Calc MS Excel 2007 XML"),
}
"""Kind → ending of the file, and what it becomes."""

FOLDERS = "blossom-converts-"
"""How the folder of a conversion begins. Whoever works in one holds a lock on it, which dies with them."""

RESTART = 81
"""How LibreOffice ends that wants to be started again."""

_SLOTS = threading.BoundedSemaphore(2)
"""A conversion holds some 200 MB."""

_PROFILE = (
    """<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">"""
    + "".join(
        f'<item oor:path="/org.openoffice.Office.{path}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for path, name, value in (
            ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
            ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
            ("Common/Security/Scripting", "DisableActiveContent", "true"),
            ("Writer/Content/Update", "Link", "0"),
            ("Calc/Content/Update", "Link", "2"),
        )
    )
    + "</oor:items>"
)
"""No macros, no active content, no links updated: there is no network either, but it need not try."""


def program() -> Path | None:
    """Where LibreOffice is: its own binary, since a script around it would outlive what is killed."""
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if found is None:
        return None
    script = Path(found).resolve()
    binary = script.with_name("soffice.bin")
    return binary if binary.is_file() else script


def convert(content: bytes, kind: FileKind) -> bytes | None:
    """The file in a format that we read; None where LibreOffice is not installed.

    Raises:
        SandboxFailure: it took too long, crashed, or could not open the file.
    """
    soffice = program()
    if soffice is None:
        return None
    ending, target = CONVERSIONS[kind]
    with _SLOTS, _folder() as (folder, held):
        (folder / f"file.{ending}").write_bytes(content)
        _set_up(folder / "profile" / "user", soffice)
        give_away(folder)
        _run(soffice, folder, ending, target, held)
        return _written(folder / f"file.{target.partition(':')[0]}")


def sweep() -> int:
    """Remove what conversions left that were killed: an applicant's file, and LibreOffice's socket."""
    swept = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*"):
        try:
            swept += _swept(folder)
        except OSError:  # someone else's, or swept by another process meanwhile
            continue
    return swept


def _swept(folder: Path) -> bool:
    """Whether it was left by a process that is gone. One that is empty may be about to be locked."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC)
    try:
        if not is_ours(os.fstat(fd).st_uid) or not os.listdir(fd):
            return False
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        shutil.rmtree(folder)
        socket_of(_profile(folder)).unlink(missing_ok=True)
        return True
    finally:
        os.close(fd)


@contextmanager
def _folder() -> Iterator[tuple[Path, int]]:
    """A folder of its own for a conversion, and what holds it: locked before a file lies in it."""
    with tempfile.TemporaryDirectory(prefix=FOLDERS, ignore_cleanup_errors=True) as name:
        held = os.open(name, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        try:
            fcntl.flock(held, fcntl.LOCK_EX)
            yield Path(name), held
        finally:
            os.close(held)


def _profile(folder: Path) -> str:
    return f"file://{folder}/profile"


def _set_up(profile: Path, soffice: Path) -> None:
    """A profile that seems used: LibreOffice would spend its first start on looking for extensions."""
    for name in ("bundled", "shared"):
        (profile / "extensions" / name).mkdir(parents=True)
        (profile / "extensions" / name / "lastsynchronized").write_text("1", "ascii")
    (profile / "registrymodifications.xcu").write_text(_PROFILE, "utf-8")
    about = soffice.with_name("versionrc")
    told = re.search(r"^buildid=(.+)$", about.read_text("utf-8"), re.MULTILINE) if about.is_file() else None
    if told:
        (profile / "extensions" / "buildid").write_text(told[1].strip(), "utf-8")


def _run(soffice: Path, folder: Path, ending: str, target: str, held: int) -> None:
    """Start it, and once more where it only set up its profile.

    Raises:
        SandboxFailure: both together took too long.
    """
    profile = _profile(folder)
    command = [
        str(soffice), f"-env:UserInstallation={profile}", "--headless", "--norestore", "--nologo",
        "--convert-to", target, "--outdir", str(folder), str(folder / f"file.{ending}"),
    ]  # fmt: skip
    until = time.monotonic() + LIMITS.wall_s
    ended = RESTART
    while ended == RESTART:
        try:
            ended = _started(folder, command, until, held)
        finally:
            socket_of(profile).unlink(missing_ok=True)


def _started(folder: Path, command: list[str], until: float, held: int) -> int:
    process = subprocess.Popen(
        [sys.executable, "-I", "-X", "utf8", "-c", LAUNCH, orders(folder, command)],
        env={"PATH": "/usr/bin:/bin", "HOME": str(folder), "TMPDIR": str(folder), "LANG": "C.UTF-8"},
        cwd=folder,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        pass_fds=(held,),  # where this process is killed, the folder is held as long as LibreOffice lives
    )
    try:
        return process.wait(max(until - time.monotonic(), 0.1))
    except subprocess.TimeoutExpired:
        detail = f"la conversion a été arrêtée après {LIMITS.wall_s:g} s"
        raise SandboxFailure(UnreadReason.TIMED_OUT, detail) from None
    finally:
        _end(process)


def _end(process: subprocess.Popen[bytes]) -> None:
    """Whatever it has started ends with it."""
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def _written(path: Path) -> bytes:
    """What it wrote, if that is a file of its own and not a way to one of ours.

    Raises:
        SandboxFailure: it wrote nothing, or too much.
    """
    try:
        fd = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC)
    except OSError:
        raise SandboxFailure(UnreadReason.CORRUPT, "le fichier est endommagé") from None
    with os.fdopen(fd, "rb") as file:
        told = os.fstat(fd)
        if told.st_nlink != 1 or told.st_size > LIMITS.result_bytes:
            raise SandboxFailure(UnreadReason.TOO_LARGE, "le fichier est démesuré une fois converti")
        return file.read()
