"""What binds the child that reads a file: each layer that this machine has, tried before it is trusted."""

import ctypes
import errno
import os
import pwd
import resource
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from parsers import _ocr

Bond = Callable[[], None]
"""Binds this process for the rest of its life."""

ROOMS = Path(__file__).parents[2]
OPEN_FILES = 64
MAPPED_BYTES = 512 << 20
"""Address space that holds no data: the libraries' own code, of which OpenCV's and its friends' is 400 MB."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one file may cost."""

    memory_bytes: int = 512 << 20
    """What it may hold in memory, the host's own 100 MB included, the libraries' code not."""
    cpu_s: int = 30
    wall_s: float = 60
    result_bytes: int = 256 << 20
    """A mail of 50 MB comes back with its attachments, which grow by a third in JSON."""
    parallel: int = 4
    """Files read at the same time; further callers wait."""


@dataclass(frozen=True, slots=True)
class Protection:
    """One layer around the readers, for `blossom doctor`."""

    name: str
    missing: str | None = None
    """Why this machine does not have it."""


def choose(limits: Limits) -> tuple[Bond, tuple[Protection, ...]]:
    """Every layer that works here, in the one order that works; and what to tell of each.

    A process that has become another user is no longer bound to its parent, and one behind seccomp can
    bind itself to nothing more.
    """
    layers: tuple[tuple[str, Callable[[], Bond]], ...] = (
        ("limits on memory, time and files", lambda: lambda: _limit(limits)),
        ("a user without rights", _as_nobody),
        ("no new privileges; ends with its host", lambda: _bind_to_host),
        ("sees no files but Python's (Landlock)", _landlock),
        ("no network, program, process or writing (seccomp)", _seccomp),
    )
    chosen: list[Bond] = []
    told: list[Protection] = []
    for name, make in layers:
        try:
            bond = make()
            missing = _trial((*chosen, bond))
        except Exception as error:  # noqa: BLE001 - a kernel or a library refuses, in whatever way
            missing = _told(error)
        if missing is None:
            chosen.append(bond)
        told.append(Protection(name, missing))
    if told[-1].missing:
        chosen.append(_alone)
    return lambda: _all(chosen), tuple(told)


def _all(bonds: Sequence[Bond]) -> None:
    for bond in bonds:
        bond()


def _trial(bonds: Sequence[Bond]) -> str | None:
    """Whether Python still works in a process so bound; if not, why."""
    told, telling = os.pipe()
    pid = os.fork()
    if pid == 0:
        said = b""
        try:
            _all(bonds)
            _read_late()
        except BaseException as error:  # noqa: BLE001 - the end of a process
            said = _told(error).encode()
        finally:
            os.write(telling, said)
            os._exit(0)
    os.close(telling)
    with open(told, "rb") as answer:
        said = answer.read()
    ending = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    return said.decode() or (f"ended with {ending}" if ending else None)


def _told(error: BaseException) -> str:
    return f"{type(error).__name__}: {error}"


def _read_late() -> None:
    """A reader may import late: of Python itself, of what is installed, of ours."""
    for module in ("os", "pydantic", "data.model"):
        Path(str(sys.modules[module].__file__)).read_bytes()


# ---------------------------------------------------------------- the layers


def _limit(limits: Limits) -> None:
    for kind, soft, hard in (
        (resource.RLIMIT_DATA, limits.memory_bytes, limits.memory_bytes),
        (resource.RLIMIT_AS, limits.memory_bytes + MAPPED_BYTES, limits.memory_bytes + MAPPED_BYTES),
        (resource.RLIMIT_CPU, limits.cpu_s, limits.cpu_s + 1),
        (resource.RLIMIT_FSIZE, limits.result_bytes, limits.result_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES, OPEN_FILES),
        (resource.RLIMIT_CORE, 0, 0),
    ):
        resource.setrlimit(kind, (soft, hard))


def _alone() -> None:
    """Where seccomp cannot tell a thread from a process, neither is made: HEIC photos stay unread there."""
    resource.setrlimit(resource.RLIMIT_NPROC, (0, 0))


def _as_nobody() -> Bond:
    """Another user, where the service runs as root; where it does not, its own user must do.

    An interpreter in a folder of root's alone (pyenv) cannot be read afterwards: the trial says so.
    """
    if os.geteuid() != 0:
        raise PermissionError("the service is not root, so the readers are the service's own user")
    nobody = pwd.getpwnam("nobody")

    def become() -> None:
        os.setgroups([])
        os.setgid(nobody.pw_gid)
        os.setuid(nobody.pw_uid)

    return become


PR_SET_PDEATHSIG = 1
PR_SET_NO_NEW_PRIVS = 38


def _bind_to_host() -> None:
    _prctl(PR_SET_NO_NEW_PRIVS, 1)
    _prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def _prctl(option: int, value: int) -> None:
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0):
        raise OSError(ctypes.get_errno(), os.strerror(ctypes.get_errno()))


def _landlock() -> Bond:
    import landlock

    rules = landlock.Ruleset()
    for folder in set(_readable()):
        rules.allow(folder, rules=landlock.FSAccess.READ_FILE | landlock.FSAccess.READ_DIR)

    def confine() -> None:
        ctypes.set_errno(0)  # which the package takes for the outcome of its own calls
        rules.apply()

    return confine


def _readable() -> Iterator[str]:
    """The folders a reader may look into: Python, what is installed, shared libraries, our rooms, languages.

    The folder of the rooms itself is left out: settings and the store may stand there.
    """
    yield from (sys.prefix, sys.base_prefix)
    yield from (str(ROOMS / room) for room in ("data", "desk", "ingest", "parsers"))
    libraries = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/usr/share/zoneinfo")
    yield from (each for each in (*sys.path, *libraries) if Path(each).is_dir() and Path(each) != ROOMS)
    if tessdata := _ocr.folder():
        yield str(tessdata)


ALLOWED = """
    read readv pread64 preadv write writev pwrite64 lseek close close_range dup dup2 dup3 fcntl
    stat lstat fstat newfstatat statx statfs fstatfs access faccessat faccessat2 readlink readlinkat
    getdents64 getcwd poll ppoll select pselect6 pipe pipe2 memfd_create ftruncate
    mmap munmap mremap mprotect madvise brk msync mincore
    futex set_robust_list get_robust_list rseq set_tid_address membarrier sched_yield sched_getaffinity
    rt_sigaction rt_sigprocmask rt_sigreturn sigaltstack restart_syscall
    getpid gettid getppid getuid geteuid getgid getegid getgroups getpgrp
    getrandom clock_gettime clock_getres clock_nanosleep nanosleep gettimeofday time times
    getrusage getrlimit sysinfo uname exit exit_group
"""
"""What it takes to read, to compute and to answer."""
CLONE_THREAD = 0x10000
WRITING = os.O_ACCMODE | os.O_CREAT | os.O_TRUNC


def _seccomp() -> Bond:
    """Allow what is listed; refuse the rest with EPERM, so that a library that asks for more goes on."""
    import pyseccomp as s

    rules = s.SyscallFilter(s.ERRNO(errno.EPERM))
    for call in ALLOWED.split():
        _allow(rules, call)
    _allow(rules, "open", s.Arg(1, s.MASKED_EQ, WRITING, os.O_RDONLY))
    _allow(rules, "openat", s.Arg(2, s.MASKED_EQ, WRITING, os.O_RDONLY))
    _allow(rules, "prlimit64", s.Arg(2, s.EQ, 0))  # asks, and sets nothing
    _allow(rules, "clone", s.Arg(0, s.MASKED_EQ, CLONE_THREAD, CLONE_THREAD))  # a thread, never a process
    if (
        s.resolve_syscall(s.system_arch(), "clone3") >= 0
    ):  # its flags cannot be seen: glibc then takes `clone`
        rules.add_rule(s.ERRNO(errno.ENOSYS), "clone3")
    return cast("Bond", rules.load)  # the package has no types


def _allow(rules: Any, call: str, *arguments: Any) -> None:
    import pyseccomp as s

    if s.resolve_syscall(s.system_arch(), call) >= 0:  # newer processors lack the oldest calls
        rules.add_rule(s.ALLOW, call, *arguments)
