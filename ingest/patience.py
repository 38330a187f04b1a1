"""How long the door waits: a limit on a whole connection, and a pause after each failure.

A timeout on each read does not bound a server that sends one byte a minute: every byte begins the wait
anew. So one deadline holds for everything that is read from one connection, and is looked at between reads.
"""

import imaplib
import io
import socket
import ssl
import time
from collections.abc import Callable
from typing import Protocol

FIRST_S = 15.0
LONGEST_S = 15 * 60.0

_BUFFER = 64 * 1024
_LONGEST_LINE = 20 * 1024 * 1024
"""Of an answer, literals aside: a search may find two million mails."""


def pause_after(failures: int, chance: float) -> float:
    """Seconds to wait after so many failures in a row: doubled each time, up to a quarter of an hour.

    Args:
        chance: from 0 to 1, drawn by the caller. Half of the pause depends on it, so that inboxes that
            failed together do not come back together.
    """
    if failures <= 0:
        return 0.0
    pause = min(LONGEST_S, FIRST_S * 2.0 ** min(failures - 1, 30))
    return pause * (0.5 + 0.5 * min(1.0, max(0.0, chance)))


class Deadline:
    """The moment at which patience ends; the same for all connections of one visit."""

    def __init__(self, limit_s: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit_s = limit_s
        self._clock = clock
        self._end = clock() + limit_s

    def left_s(self) -> float:
        """Seconds that are left.

        Raises:
            TimeoutError: none are.
        """
        left = self._end - self._clock()
        if left <= 0:
            raise TimeoutError(f"not done within {self._limit_s:g} s: the server is too slow")
        return left


class Connection(Protocol):
    """What is read by a deadline."""

    def recv_into(self, buffer: memoryview, /) -> int: ...
    def settimeout(self, value: float | None, /) -> None: ...


class TimedReads(io.RawIOBase):
    """The bytes of a connection, no read of which waits longer than its timeout or what is left."""

    def __init__(self, connection: Connection, deadline: Deadline, timeout_s: float) -> None:
        self._connection = connection
        self._deadline = deadline
        self._timeout_s = timeout_s
        self._lost = False

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]  # what io hands over
        if self._lost:  # the rest of what timed out would pass for the answer to the next question
            raise OSError("a read timed out before")
        try:
            self._connection.settimeout(min(self._timeout_s, self._deadline.left_s()))
            return self._connection.recv_into(buffer)
        except TimeoutError:
            self._lost = True
            self._deadline.left_s()
            raise


# ---------------------------------------------------------------- imaplib, with a deadline


class _ByDeadline:
    """`read` and `readline` are the two ways in which imaplib reads."""

    sock: socket.socket
    _deadline: Deadline
    _timeout_s: float
    _read_from: socket.socket | None = None

    def read(self, size: int) -> bytes:
        return self._reader().read(size)

    def readline(self) -> bytes:
        line = self._reader().readline(_LONGEST_LINE + 1)
        if len(line) > _LONGEST_LINE:
            raise imaplib.IMAP4.error(f"a line of more than {_LONGEST_LINE >> 20} MB")
        return line

    def _reader(self) -> "io.BufferedReader[TimedReads]":
        """Made anew when STARTTLS has changed the connection: what came in clear before is not read on."""
        if self._read_from is not self.sock:
            self._read_from = self.sock
            self._reads = io.BufferedReader(TimedReads(self.sock, self._deadline, self._timeout_s), _BUFFER)
        return self._reads


class Plain(_ByDeadline, imaplib.IMAP4):
    """A connection in clear; STARTTLS makes it a secure one."""

    def __init__(self, host: str, port: int, timeout_s: float, deadline: Deadline) -> None:
        self._deadline, self._timeout_s = deadline, timeout_s
        super().__init__(host, port, timeout=min(timeout_s, deadline.left_s()))


class Secure(_ByDeadline, imaplib.IMAP4_SSL):
    """A connection that begins with TLS."""

    def __init__(
        self, host: str, port: int, timeout_s: float, deadline: Deadline, context: ssl.SSLContext
    ) -> None:
        self._deadline, self._timeout_s = deadline, timeout_s
        super().__init__(host, port, ssl_context=context, timeout=min(timeout_s, deadline.left_s()))
