"""What binds a foreign program that reads one file: the layers of `_bonds.py`, as far as it can bear them.

It may start threads and write into its own folder. It reaches no network, no other process, no file but
programs, fonts and that folder. Each layer is tried before it is trusted, and left out where a machine
lacks it.
"""

import errno
import hashlib
import json
import os
import pwd
import resource
import socket
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

from desk.sandbox._bonds import Bond, Limits, _as_nobody, _bind_to_host

LIMITS = Limits(memory_bytes=3 << 30, cpu_s=45, wall_s=60, result_bytes=100 << 20)
"""Address space, of which LibreOffice maps 1 GB and holds 200 MB."""
LAUNCH = (
    "import json, sys; told = json.loads(sys.argv[1]); sys.path[:] = told['path'];"
    "from desk.sandbox import _foreign; _foreign.launch(told['folder'], told['command'])"
)
OPEN_FILES = 256
SOCKETS = "/tmp"  # noqa: S108 - where LibreOffice puts the socket that tells it is the only one; it insists

READABLE = (
    *(
        "/usr",
        "/lib",
        "/lib64",
        "/bin",
        "/opt",
        "/var/cache/fontconfig",
        "/var/lib/libreoffice",
        "/var/spool/libreoffice",
    ),
    *("/etc/fonts", "/etc/libreoffice", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d"),
    *("/etc/alternatives", "/etc/passwd", "/etc/nsswitch.conf", "/etc/localtime", "/etc/locale.alias"),
    *("/dev/null", "/dev/urandom", "/dev/zero", "/sys/devices/system/cpu"),
)
DENIED = """
    connect sendto sendmsg sendmmsg ptrace process_vm_readv process_vm_writev
    kill pidfd_open pidfd_send_signal pidfd_getfd mount umount2 move_mount fsopen open_tree pivot_root chroot
    unshare setns bpf perf_event_open keyctl add_key request_key io_uring_setup userfaultfd
    init_module finit_module delete_module kexec_load reboot swapon swapoff personality
"""


def orders(folder: Path, command: list[str]) -> str:
    """What the launcher is told."""
    path = [each or os.getcwd() for each in sys.path]
    return json.dumps({"folder": str(folder), "command": command, "path": path})


def give_away(folder: Path) -> None:
    """The folder and what is in it belong to whom the program will run as."""
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        for path in (folder, *folder.rglob("*")):
            os.chown(path, nobody.pw_uid, nobody.pw_gid)


def is_ours(user: int) -> bool:
    """Whether a folder of this user may be one that was given away, or was about to be."""
    return user == os.geteuid() or (os.geteuid() == 0 and user == pwd.getpwnam("nobody").pw_uid)


def socket_of(profile: str) -> Path:
    """The socket that it may make and not remove, named after its user and its profile's address."""
    user = pwd.getpwnam("nobody").pw_uid if os.geteuid() == 0 else os.geteuid()
    told = hashlib.md5(profile.encode("utf-16-le"), usedforsecurity=False).digest()
    return Path(SOCKETS, f"OSL_PIPE_{user}_SingleOfficeIPC_" + "".join(f"{byte:x}" for byte in told))


def launch(folder: str, command: list[str]) -> None:
    """Bind this process, layer by layer, and become the program. All are made before the first one binds."""
    layers: tuple[Callable[[], Bond], ...] = (
        lambda: _limit,
        _as_nobody,
        lambda: _bind_to_host,
        lambda: _landlock(folder),
        _seccomp,
    )
    for bond in [bond for make in layers if (bond := _possible(make))]:
        bond()
    os.execv(command[0], command)  # noqa: S606 - the program is ours to choose, the file is not


def _possible(make: Callable[[], Bond]) -> Bond | None:
    """The layer, where a child bound by it alone lives to tell."""
    try:
        bond = make()
    except Exception:  # noqa: BLE001 - a kernel or a library refuses, in whatever way; `blossom doctor` says so
        return None
    pid = os.fork()
    if pid == 0:
        ending = 1
        try:
            bond()
            ending = 0
        finally:
            os._exit(ending)
    return bond if os.waitpid(pid, 0)[1] == 0 else None


def _limit() -> None:
    for kind, most in (
        (resource.RLIMIT_AS, LIMITS.memory_bytes),
        (resource.RLIMIT_CPU, LIMITS.cpu_s),
        (resource.RLIMIT_FSIZE, LIMITS.result_bytes),
        (resource.RLIMIT_NOFILE, OPEN_FILES),
        (resource.RLIMIT_CORE, 0),
    ):
        resource.setrlimit(kind, (most, most))


def _landlock(folder: str) -> Bond:
    import ctypes

    import landlock

    rights = landlock.FSAccess
    rules = landlock.Ruleset()
    for each in (*READABLE, "/proc/self"):
        if Path(each).is_dir():
            rules.allow(each, rules=rights.READ_FILE | rights.READ_DIR | rights.EXECUTE)
        elif Path(each).exists():
            rules.allow(each, rules=rights.READ_FILE | rights.WRITE_FILE)
    rules.allow(folder)
    rules.allow(SOCKETS, rules=rights.MAKE_SOCK)

    def confine() -> None:
        ctypes.set_errno(0)  # which the package takes for the outcome of its own calls
        rules.apply()

    return confine


def _seccomp() -> Bond:
    import pyseccomp as s

    rules: Any = s.SyscallFilter(s.ALLOW)
    for call in DENIED.split():
        if s.resolve_syscall(s.system_arch(), call) >= 0:
            rules.add_rule(s.ERRNO(errno.EPERM), call)
    rules.add_rule(s.ERRNO(errno.EPERM), "socket", s.Arg(0, s.NE, socket.AF_UNIX))
    return cast("Bond", rules.load)  # the package has no types
