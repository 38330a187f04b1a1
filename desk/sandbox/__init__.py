"""Hostile files never meet the service: each is read in a process of its own that can do little else.

    service ──request, three descriptors──▶ host ──fork──▶ child: bound, reads one file, answers, ends
       ▲                                     │ how it ended          │ answer: JSON in memory of the service's
       └─────────────────────────────────────┴───────────────────────┘

The host (`_host.py`) is a Python that has imported the readers and does nothing but fork: some 10 ms a
file instead of 150 for a fresh interpreter, and nothing that one applicant's file could leave for the
next. It gets an empty environment and starts before any secret is read. What binds the child stands in
`_bonds.py`. Its answer is data, checked against the type expected, never pickle.
"""

import fcntl
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from functools import cache
from types import TracebackType
from typing import Any, BinaryIO, Concatenate, Self, TypeVar, cast

from pydantic import ConfigDict, TypeAdapter, ValidationError

from data.errors import DeskError
from data.model import UnreadReason
from desk.sandbox._bonds import Limits, Protection
from desk.sandbox._host import LONG_ANSWER, OUT_OF_MEMORY, RAISED, write

__all__ = ["FOR_TEXT", "LIMITS", "PRELOAD", "Limits", "Protection", "Sandbox", "SandboxFailure", "Unconfined"]

T = TypeVar("T")

LIMITS = Limits()
FOR_TEXT = (
    "pdfplumber", "pypdfium2", "docx", "openpyxl", "lxml.html", "PIL.Image", "desk.sandbox._host:warm_up",
)  # fmt: skip
FOR_IMAGES = ("cv2", "pi_heif", "parsers._scanned._scan", "parsers._ocr:warm_up")
PRELOAD = (*FOR_TEXT, *FOR_IMAGES)
"""What the host does before the first file: imports each module, calls each « module:function »."""
BEFORE = {"parsers:recognise": FOR_IMAGES, "parsers:view": FOR_IMAGES}
"""What it does before the first call of a function, if not yet done: text need not wait for it."""
HOST = (
    "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from desk.sandbox import _host; _host.serve()"
)
HOST_START_S = 60
HOST_TRIES = 2
"""A host that dies (no memory left, an administrator) says nothing of the file: it is read once more."""
KEPT = ("PATH", "LD_LIBRARY_PATH", "TESSDATA_PREFIX")
"""All that the host learns of the service's environment."""
FIXED = {
    "TZ": "UTC", "OMP_NUM_THREADS": "1", "OMP_THREAD_LIMIT": "1", "OPENBLAS_NUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
}  # fmt: skip
"""Numerical libraries start threads on import, and a process with threads must not fork. Two pages that
are recognised side by side would otherwise fight for the cores."""


class SandboxFailure(Exception):
    """A file was not read, and why. The detail (French) quotes nothing of what stands in it."""

    def __init__(self, reason: UnreadReason, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail


class Sandbox:
    """Calls functions of one file's bytes, each in its own process. Any number of threads may share it."""

    def __init__(self, limits: Limits, preload: Sequence[str]) -> None:
        self._limits = limits
        self._preload = tuple(preload)
        self._slots = threading.BoundedSemaphore(limits.parallel)
        self._lock = threading.Lock()
        self._host: _Host | None = None

    @classmethod
    def start(cls, limits: Limits = LIMITS, preload: Sequence[str] = PRELOAD) -> Self:
        """Start the host and come back at once: it imports while the service opens its other doors."""
        sandbox = cls(limits, preload)
        sandbox._living_host()
        return sandbox

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """End the host, and with it whatever is being read."""
        with self._lock:
            if self._host is not None:
                self._host.close()
            self._host = None

    @property
    def protections(self) -> tuple[Protection, ...]:
        """Every layer, with the reason where this machine does not have it.

        Raises:
            DeskError: the host does not start.
        """
        return self._living_host().protections()

    def call(
        self, function: Callable[Concatenate[bytes, ...], T], content: bytes, returns: object, *numbers: int
    ) -> T:
        """Apply a function that stands in a module to the bytes of one file.

        Args:
            returns: the type of the answer: a dataclass, a union of them, whatever pydantic validates.
            numbers: what else the function takes: the number of a page.

        Raises:
            SandboxFailure: it took too long or too much, crashed, or answered nonsense.
            DeskError: the host does not start; the file is not to blame.
        """
        name = f"{function.__module__}:{function.__qualname__}"
        if "<" in name:
            raise ValueError(f"{name}: only what a module holds can be called in another process")
        with self._slots:
            answer = self._ask(json.dumps([name, *numbers]), content)
        try:
            # `returns` is T, said at run time: a union is no `type[T]`.
            return cast("T", _adapter(returns).validate_json(answer)[0])
        except ValidationError:
            raise _crashed("réponse incompréhensible") from None

    def _ask(self, call: str, content: bytes) -> bytes:
        for _ in range(HOST_TRIES):
            host = self._living_host()
            try:
                return host.ask(call, content)
            except _HostLost:
                self._drop(host)
        raise _crashed(f"le lecteur est tombé {HOST_TRIES} fois")

    def _living_host(self) -> "_Host":
        with self._lock:
            if self._host is None:
                self._host = _Host(self._limits, self._preload)
            return self._host

    def _drop(self, host: "_Host") -> None:
        with self._lock:
            if self._host is host:
                host.close()
                self._host = None


class Unconfined:
    """The same calls in this very process: to develop where the system is not Linux, never for service."""

    protections = (Protection("a process of its own", "this system is not Linux"),)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Nothing to end."""

    def call(
        self, function: Callable[Concatenate[bytes, ...], T], content: bytes, returns: object, *numbers: int
    ) -> T:
        """Apply the function here.

        Raises:
            SandboxFailure: it raised.
        """
        try:
            return function(content, *numbers)
        except Exception as error:  # noqa: BLE001 - stands for the end of a child
            raise _crashed(type(error).__name__) from None


class _HostLost(Exception):
    """The host died before it told how the child ended."""


class _Host:
    """One host: its process, and the line on which requests go out."""

    def __init__(self, limits: Limits, preload: Sequence[str]) -> None:
        self._limits = limits
        self._lock = threading.Lock()
        self._protections: tuple[Protection, ...] | None = None
        self._line, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        path = json.dumps([each or os.getcwd() for each in sys.path])
        orders = json.dumps(
            {"line": theirs.fileno(), "limits": asdict(limits), "preload": preload, "before": BEFORE}
        )
        with theirs:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-X", "utf8", "-c", HOST, path, orders],
                pass_fds=[theirs.fileno()],
                env={key: os.environ[key] for key in KEPT if key in os.environ} | FIXED,
                cwd="/",
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                start_new_session=True,
            )

    def close(self) -> None:
        """It ends when the line does; if not, it is killed."""
        self._line.close()
        try:
            self.process.wait(2)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def protections(self) -> tuple[Protection, ...]:
        """What the host says of itself when it is ready; the first to ask waits for it."""
        with self._lock:
            if self._protections is None:
                self._protections = self._first_words()
            return self._protections

    def _first_words(self) -> tuple[Protection, ...]:
        self._line.settimeout(HOST_START_S)
        try:
            said = json.loads(self._line.recv(1 << 16) or b'{"failed": "it ended before it was ready"}')
        except OSError as error:
            said = {"failed": str(error)}
        if "failed" in said:
            raise DeskError(
                f"The process that reads files does not start: {said['failed']}",
                "Install the dependencies again (`make .venv`); `blossom doctor` tests it.",
            )
        self._line.settimeout(None)
        return tuple(Protection(**each) for each in said["protections"])

    def ask(self, call: str, content: bytes) -> bytes:
        """What the child answers.

        Raises:
            _HostLost: to be asked again, of another host.
            SandboxFailure: the child failed.
        """
        self.protections()
        with ExitStack() as stack:
            file = stack.enter_context(_memory("file"))
            answer = stack.enter_context(_memory("answer"))
            _fill(file.fileno(), content)
            ours, theirs = socket.socketpair()
            stack.enter_context(ours)
            with theirs:
                try:
                    fds = [file.fileno(), answer.fileno(), theirs.fileno()]
                    socket.send_fds(self._line, [call.encode()], fds)
                except OSError as error:
                    raise _HostLost from error
            self._judge(self._ending(ours), answer.fileno())
            return os.pread(answer.fileno(), self._limits.result_bytes, 0)

    def _ending(self, caller: socket.socket) -> int:
        """How the child ended. To hang up kills it; the kernel does the same if this process dies."""
        caller.settimeout(self._limits.wall_s)
        try:
            told = caller.recv(16)
        except TimeoutError:
            caller.shutdown(socket.SHUT_WR)
            caller.settimeout(None)
            caller.recv(16)
            raise _timed_out(self._limits.wall_s) from None
        if not told:
            raise _HostLost
        return int(told)

    def _judge(self, ending: int, answer: int) -> None:
        if ending == -signal.SIGXCPU:
            raise _timed_out(self._limits.cpu_s)
        if ending == OUT_OF_MEMORY:
            raise SandboxFailure(UnreadReason.TOO_LARGE, "le fichier demande trop de mémoire")
        if ending == LONG_ANSWER or os.fstat(answer).st_size > self._limits.result_bytes:
            raise SandboxFailure(UnreadReason.TOO_LARGE, "le fichier est démesuré")
        if ending == RAISED:
            # The name of a class and nothing else: an exception's text may quote the document.
            name = re.fullmatch(rb"[A-Za-z_]{1,60}", os.pread(answer, 61, 0))
            raise _crashed(name[0].decode() if name else "erreur inconnue")
        if ending:
            raise _crashed(f"signal {-ending}" if ending < 0 else f"code {ending}")


def _crashed(how: str) -> SandboxFailure:
    return SandboxFailure(UnreadReason.CRASHED, f"la lecture a échoué ({how})")


def _timed_out(after_s: float) -> SandboxFailure:
    return SandboxFailure(UnreadReason.TIMED_OUT, f"la lecture a été arrêtée après {after_s:g} s")


def _memory(label: str) -> BinaryIO:
    """Memory that can be handed to another process as if it were a file."""
    return os.fdopen(os.memfd_create(label, os.MFD_CLOEXEC | os.MFD_ALLOW_SEALING), "rb")


def _fill(memory: int, content: bytes) -> None:
    """Write it once and for all: nobody can change it afterwards."""
    write(memory, content)
    seals = fcntl.F_SEAL_WRITE | fcntl.F_SEAL_GROW | fcntl.F_SEAL_SHRINK | fcntl.F_SEAL_SEAL
    fcntl.fcntl(memory, fcntl.F_ADD_SEALS, seals)


@cache
def _adapter(returns: object) -> TypeAdapter[tuple[Any]]:
    """In a tuple, since pydantic takes no configuration for a dataclass itself."""
    shape: Any = tuple[returns]  # type: ignore[valid-type] # a type known at run time
    return TypeAdapter(shape, config=ConfigDict(strict=True, val_json_bytes="base64"))
