"""What a hostile file might make a reader do. Each function says what came of it, if it lives to say."""

import ctypes
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from hashlib import sha256

from data.model import Address, Attachment, Envelope, FileKind, Unread, UnreadReason

REFUSED = "refused"


def _attempt(deed: Callable[[], object]) -> str:
    try:
        return f"done: {deed()}"
    except OSError as error:
        return f"{REFUSED}: {error.strerror}"


def length(content: bytes) -> int:
    """Nothing hostile."""
    return len(content)


def is_loaded(content: bytes) -> bool:
    """Whether a module of this name was imported before."""
    return content.decode() in sys.modules


def envelope(content: bytes) -> Envelope:
    """Stands for the reader of mails."""
    file = Attachment("a.pdf", "application/pdf", content, sha256(content).hexdigest())
    return Envelope(None, None, (), Address("", "a@example.org"), None, (), "", None, "", (file,))


def refusal(content: bytes) -> Unread:
    return Unread(FileKind.PDF, UnreadReason.CORRUPT, content.decode())


def half_character(content: bytes) -> Unread:
    return Unread(FileKind.PDF, UnreadReason.CORRUPT, "a\ud800b")


def exhaust_memory(content: bytes) -> int:
    return len(bytearray(4 << 30))


def fill_memory(content: bytes) -> int:
    """So many times 4 MB."""
    return len(bytearray(content[0] << 22))


def compute_for_ever(content: bytes) -> int:
    while True:
        content = content[::-1]


def sleep_for_ever(content: bytes) -> int:
    while True:
        time.sleep(60)


def crash(content: bytes) -> str:
    return ctypes.string_at(0).decode()


def raise_with_text(content: bytes) -> int:
    raise ValueError(content.decode())


def leave(content: bytes) -> int:
    raise SystemExit(0)


def end_quietly(content: bytes) -> int:
    os._exit(0)


def lie(content: bytes) -> int:
    return content.decode()  # type: ignore[return-value] # that is the lie


def answer_at_length(content: bytes) -> bytes:
    return content * 3


def fill_memory_file(content: bytes) -> str:
    """Memory that no limit on the process counts: a file in memory."""
    fd = os.memfd_create("x")
    return _attempt(lambda: [os.write(fd, b"x" * (1 << 20)) for _ in range(64)])


def fork_often(content: bytes) -> str:
    """As often as ten times; nobody needs a real bomb to see that one would be stopped."""

    def bomb() -> int:
        for _ in range(10):
            if os.fork() == 0:
                os._exit(0)
        return 10

    return _attempt(bomb)


def start_threads(content: bytes) -> str:
    """As decoders of pictures do."""
    threads = [threading.Thread(target=int) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return "done"


def write_file(content: bytes) -> str:
    return _attempt(lambda: open(content.decode(), "wb").write(b"x"))


def read_file(content: bytes) -> str:
    return _attempt(lambda: open(content.decode(), "rb").read())


def connect(content: bytes) -> str:
    return _attempt(lambda: socket.create_connection(("127.0.0.1", int(content)), 5))


def execute(content: bytes) -> str:
    return _attempt(lambda: os.execv(content, [content]))  # noqa: S606 - it is refused


def run_program(content: bytes) -> str:
    return _attempt(lambda: subprocess.run([content.decode()], capture_output=True, check=True).stdout)


def kill_host(content: bytes) -> str:
    return _attempt(lambda: os.kill(os.getppid(), signal.SIGKILL))


def read_memory_of_host(content: bytes) -> str:
    return _attempt(lambda: open(f"/proc/{os.getppid()}/environ", "rb").read())


def raise_limits(content: bytes) -> str:
    try:
        resource.setrlimit(resource.RLIMIT_CPU, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
    except ValueError:  # which is how Python reports EPERM here
        return REFUSED
    return "done"


def environment(content: bytes) -> list[str]:
    return sorted(os.environ)


def descriptors(content: bytes) -> int:
    """How many are open beside the three standard ones, looked for one by one."""

    def is_open(fd: int) -> bool:
        try:
            os.fstat(fd)
        except OSError:
            return False
        return True

    return sum(is_open(fd) for fd in range(3, 1024))
