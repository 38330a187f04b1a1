"""`ingest.patience`: a whole visit has a limit, and failures are followed by growing pauses."""

import io
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import MailboxError, MailboxRefused
from ingest.mailbox import Account, open_mailbox
from ingest.patience import FIRST_S, LONGEST_S, Deadline, TimedReads, pause_after


class Drip:
    """A connection that gives one byte in ten seconds; a clock that stands still between."""

    def __init__(self, content: bytes) -> None:
        self._left = bytearray(content)
        self.now = 0.0
        self.timeouts: list[float] = []

    def settimeout(self, value: float | None, /) -> None:
        self.timeouts.append(value or 0.0)

    def recv_into(self, buffer: memoryview, /) -> int:
        if self.timeouts[-1] < 10:
            self.now += self.timeouts[-1]
            raise TimeoutError("timed out")
        self.now += 10
        if not self._left:
            return 0
        buffer[0] = self._left.pop(0)
        return 1


def reading(drip: Drip, limit_s: float, timeout_s: float = 60) -> "io.BufferedReader[TimedReads]":
    return io.BufferedReader(TimedReads(drip, Deadline(limit_s, lambda: drip.now), timeout_s))


def test_a_drip_ends_at_the_limit() -> None:
    """Every byte comes in time, and the whole does not: at a hundred seconds patience ends."""
    drip = Drip(b"x" * 10_000)
    with pytest.raises(TimeoutError):
        reading(drip, 95).read(5000)

    assert drip.now == 95
    assert drip.timeouts[0] == 60
    assert drip.timeouts[-1] == 5


def test_what_comes_in_time_is_read_whole() -> None:
    """The limit takes nothing from a connection that keeps it."""
    assert reading(Drip(b"abcde"), 95).read() == b"abcde"


def test_a_connection_that_timed_out_is_not_read_on() -> None:
    """Its rest would pass for the answer to another question."""
    source = TimedReads(Drip(b"abc"), Deadline(1000, lambda: 0.0), 5)
    buffer = memoryview(bytearray(10))
    with pytest.raises(TimeoutError):
        source.readinto(buffer)

    with pytest.raises(OSError, match="timed out before"):
        source.readinto(buffer)


@contextmanager
def chattering(greets: bool) -> Iterator[Account]:
    """A server that is never silent and never done."""
    server = socket.create_server(("127.0.0.1", 0))
    done = threading.Event()

    def serve() -> None:
        while not done.is_set():
            try:
                link, _ = server.accept()
            except OSError:
                return
            with link:
                try:
                    if greets:
                        link.sendall(b"* OK ready\r\n")
                    while not done.wait(0.005):
                        link.sendall(b"* OK still here\r\n" if greets else b"* OK ")
                except OSError:
                    continue

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    try:
        port = server.getsockname()[1]
        yield Account("info", "127.0.0.1", port, "u", "p", tls="none", timeout_s=30, limit_s=0.3)
    finally:
        done.set()
        server.shutdown(socket.SHUT_RDWR)
        server.close()
        thread.join(10)


@pytest.mark.parametrize("greets", [True, False])
def test_a_server_that_never_ends_is_left(greets: bool) -> None:
    """From the greeting on, whatever it says: the visit ends, and the next poll tries again."""
    with chattering(greets) as account, pytest.raises(MailboxError, match="too slow") as error:
        open_mailbox(account).__enter__()

    assert not isinstance(error.value, MailboxRefused)


def test_the_limit_holds_across_reconnections(deadline_of: Callable[[Account], Account]) -> None:
    """Connecting anew begins no new patience."""
    with (
        chattering(True) as account,
        pytest.raises(MailboxError, match="too slow"),
        open_mailbox(deadline_of(account)),
    ):
        pass


@pytest.fixture
def deadline_of(monkeypatch: pytest.MonkeyPatch) -> Callable[[Account], Account]:
    """An account whose visit is over before it begins."""

    def over(account: Account) -> Account:
        monkeypatch.setattr(
            "ingest.mailbox.Deadline", lambda _limit_s: Deadline(0.3, iter([0.0, 9.0]).__next__)
        )
        return account

    return over


# ---------------------------------------------------------------- pauses


def test_pauses_double_up_to_the_longest() -> None:
    """Without chance's part: 15 s, 30 s, 1 min, … a quarter of an hour."""
    assert [pause_after(failures, 1) for failures in range(5)] == [0, 15, 30, 60, 120]
    assert pause_after(40, 1) == pause_after(10**9, 1) == LONGEST_S


@given(st.integers(-5, 10**6), st.floats(0, 1), st.floats(0, 1))
def test_a_pause_is_between_half_and_whole(failures: int, chance: float, other: float) -> None:
    """More chance is never a shorter pause, more failures neither; none is beyond the longest."""
    pause = pause_after(failures, chance)

    assert 0 <= pause <= LONGEST_S
    assert failures < 1 or pause >= FIRST_S / 2
    assert pause_after(failures + 1, chance) >= pause
    assert (pause_after(failures, other) >= pause) or other < chance


@given(st.floats(allow_nan=False))
def test_any_chance_is_taken(chance: float) -> None:
    """Beyond its bounds it counts as the bound."""
    assert FIRST_S / 2 <= pause_after(1, chance) <= FIRST_S
