"""The sandbox holds: every attack of research/reliability.md 4.4 fails, and the next file is read."""

import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import parsers
from data.errors import DeskError
from data.model import (
    Address,
    Attachment,
    Box,
    Cell,
    Document,
    Envelope,
    FileKind,
    Line,
    Origin,
    Page,
    PageSource,
    Refused,
    Span,
    Unread,
    UnreadReason,
)
from desk.sandbox import Limits, Sandbox, SandboxFailure, Unconfined, _adapter
from desk.sandbox._host import in_json
from tests.desk import attacks

PRELOAD = ("tests.desk.attacks",)
TIGHT = Limits(cpu_s=1, wall_s=3, result_bytes=32 << 20)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start(TIGHT, PRELOAD) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def impatient() -> Iterator[Sandbox]:
    """One that waits half a second."""
    with Sandbox.start(Limits(wall_s=0.5), PRELOAD) as sandbox:
        yield sandbox


def has(sandbox: Sandbox, layer: str) -> None:
    """Skip where this kernel lacks a layer, as `blossom doctor` would say."""
    missing = next(each.missing for each in sandbox.protections if layer in each.name)
    if missing:
        pytest.skip(f"{layer}: {missing}")


# ---------------------------------------------------------------- what crosses


def test_an_answer_comes_back_as_the_value_it_was(sandbox: Sandbox) -> None:
    """A dataclass leaves the child as data and is the same value here, of the right member of the union."""
    answer = sandbox.call(attacks.refusal, b"illisible", Document | Unread)

    assert answer == Unread(FileKind.PDF, UnreadReason.CORRUPT, "illisible")


def test_a_large_mail_crosses(sandbox: Sandbox) -> None:
    """Ten megabytes of attachment come back byte for byte."""
    content = os.urandom(10 << 20)

    answer = sandbox.call(attacks.envelope, content, Envelope)

    assert answer.attachments[0].content == content


def test_half_a_character_loses_no_mail(sandbox: Sandbox) -> None:
    """Text that no encoding can hold (a lone surrogate) arrives with a question mark in it."""
    answer = sandbox.call(attacks.half_character, b"", Document | Unread)

    assert answer == Unread(FileKind.PDF, UnreadReason.CORRUPT, "a?b")


def test_an_empty_file_is_a_file(sandbox: Sandbox) -> None:
    """No bytes at all are handed over as such."""
    assert sandbox.call(attacks.length, b"", int) == 0


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
addresses = st.builds(Address, texts, texts)
envelopes = st.builds(
    Envelope,
    message_id=st.none() | texts,
    in_reply_to=st.none() | texts,
    references=st.lists(texts, max_size=2).map(tuple),
    sender=st.none() | addresses,
    reply_to=st.none() | addresses,
    recipients=st.lists(addresses, max_size=2).map(tuple),
    subject=texts,
    claimed_at=st.none() | st.datetimes(timezones=st.just(UTC)),
    text=texts,
    attachments=st.lists(
        st.builds(Attachment, texts, texts, st.binary(max_size=50), texts, st.none() | texts), max_size=2
    ).map(tuple),
    refused=st.lists(st.builds(Refused, texts, st.sampled_from(UnreadReason), texts), max_size=2).map(tuple),
)
numbers = st.floats(allow_nan=False, allow_infinity=False)
lines = st.builds(
    Line,
    spans=st.lists(st.builds(Span, text=texts, tick=st.none() | st.booleans()), max_size=2).map(tuple),
    page=st.integers(1, 99),
    box=st.none() | st.builds(Box, numbers, numbers, numbers, numbers),
    cell=st.none() | st.builds(Cell, st.integers(0, 9), st.integers(0, 9), st.integers(0, 9)),
    origin=st.sampled_from(Origin),
)
documents = st.builds(
    Document,
    kind=st.sampled_from(FileKind),
    pages=st.lists(st.builds(Page, st.integers(1, 9), st.sampled_from(PageSource)), max_size=2).map(tuple),
    lines=st.lists(lines, max_size=3).map(tuple),
)
unread = st.builds(Unread, st.sampled_from(FileKind), st.sampled_from(UnreadReason), texts)


@given(envelopes | documents | unread)
def test_what_is_written_is_what_is_read(value: Envelope | Document | Unread) -> None:
    """Nothing changes on the way through JSON, whatever the bytes and letters."""
    expected = Document | Unread if isinstance(value, Document | Unread) else Envelope

    assert _adapter(expected).validate_json(in_json(value)) == (value,)


def test_only_functions_of_a_module_can_be_called(sandbox: Sandbox) -> None:
    """A lambda has no name that another process could look up."""
    with pytest.raises(ValueError, match="only what a module holds"):
        sandbox.call(lambda content: len(content), b"", int)


# ---------------------------------------------------------------- what ends a child


@pytest.mark.parametrize(
    ("attack", "reason", "detail"),
    [
        (attacks.exhaust_memory, UnreadReason.TOO_LARGE, "mémoire"),
        (attacks.compute_for_ever, UnreadReason.TIMED_OUT, "après 1 s"),
        (attacks.crash, UnreadReason.CRASHED, "signal 11"),
        (attacks.raise_with_text, UnreadReason.CRASHED, "ValueError"),
        (attacks.leave, UnreadReason.CRASHED, "SystemExit"),
        (attacks.end_quietly, UnreadReason.CRASHED, "réponse incompréhensible"),
        (attacks.lie, UnreadReason.CRASHED, "réponse incompréhensible"),
    ],
)
def test_what_goes_wrong_costs_one_file(
    sandbox: Sandbox, attack: Callable[[bytes], int], reason: UnreadReason, detail: str
) -> None:
    """A failure has a reason, quotes nothing of the file, and the next file is read."""
    with pytest.raises(SandboxFailure) as caught:
        sandbox.call(attack, b"un texte confidentiel", int)

    assert caught.value.reason is reason
    assert detail in caught.value.detail
    assert "confidentiel" not in str(caught.value)
    assert sandbox.call(attacks.length, b"suivant", int) == 7


def test_memory_is_what_a_file_may_fill_and_not_what_libraries_take() -> None:
    """Their code alone takes up more room than a file may: an ordinary scan would find no place beside it."""
    with Sandbox.start(Limits(memory_bytes=256 << 20), PRELOAD) as sandbox:
        with pytest.raises(SandboxFailure) as caught:
            sandbox.call(attacks.fill_memory, bytes([75]), int)

        assert caught.value.reason is UnreadReason.TOO_LARGE
        assert sandbox.call(attacks.fill_memory, bytes([25]), int) == 100 << 20


def test_an_answer_has_a_limit(sandbox: Sandbox) -> None:
    """A reader that says more than it may is cut off, not listened to."""
    with pytest.raises(SandboxFailure) as caught:
        sandbox.call(attacks.answer_at_length, bytes(16 << 20), bytes)

    assert caught.value.reason is UnreadReason.TOO_LARGE


def test_a_file_that_waits_is_given_up(impatient: Sandbox) -> None:
    """The wall clock counts too, and the child is killed."""
    with pytest.raises(SandboxFailure) as caught:
        impatient.call(attacks.sleep_for_ever, b"", int)

    assert caught.value.reason is UnreadReason.TIMED_OUT
    assert impatient.call(attacks.length, b"suivant", int) == 7


# ---------------------------------------------------------------- what a child may not


@pytest.mark.parametrize(
    ("attack", "content"),
    [
        (attacks.fork_often, b""),
        (attacks.execute, b"/bin/id"),
        (attacks.run_program, b"/bin/id"),
        (attacks.kill_host, b""),
        (attacks.raise_limits, b""),
        (attacks.write_file, b"/tmp/written-by-a-reader"),
        (attacks.fill_memory_file, b""),
    ],
)
def test_a_child_may_only_read_and_answer(
    sandbox: Sandbox, attack: Callable[[bytes], str], content: bytes
) -> None:
    """Each attempt is refused by the kernel, and the next file is read."""
    has(sandbox, "seccomp")

    assert sandbox.call(attack, content, str).startswith(attacks.REFUSED)
    assert sandbox.call(attacks.length, b"suivant", int) == 7


def test_a_child_may_compute_side_by_side(sandbox: Sandbox) -> None:
    """Threads are not processes: the kernel tells them apart, and they end with the child."""
    has(sandbox, "seccomp")

    assert sandbox.call(attacks.start_threads, b"", str) == "done"


def test_a_child_has_no_network(sandbox: Sandbox) -> None:
    """Not even to a listener on this machine."""
    has(sandbox, "seccomp")
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = str(listener.getsockname()[1]).encode()

        assert sandbox.call(attacks.connect, port, str).startswith(attacks.REFUSED)


@pytest.mark.parametrize(
    "path", [b"/etc/passwd", b"/proc/self/environ", bytes(Path(__file__).parents[2] / "README.md")]
)
def test_a_child_sees_no_files_but_pythons(sandbox: Sandbox, path: bytes) -> None:
    """The machine's users, the process's own past and the folder of the service are out of sight."""
    has(sandbox, "Landlock")

    assert sandbox.call(attacks.read_file, path, str).startswith(attacks.REFUSED)
    assert sandbox.call(attacks.read_memory_of_host, b"", str).startswith(attacks.REFUSED)


def test_a_child_inherits_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    """No secret of the environment, and no descriptor but the file's and the answer's."""
    monkeypatch.setenv("BLOSSOM_PASSWORDS__SMTP", "secret")
    with Sandbox.start(TIGHT, PRELOAD) as sandbox:
        names = sandbox.call(attacks.environment, b"", list[str])

        assert not [name for name in names if "BLOSSOM" in name]
        assert sandbox.call(attacks.descriptors, b"", int) == 2


def test_what_images_need_is_loaded_with_the_first_image() -> None:
    """Text is read without it; and what the host has loaded, every later child finds."""
    with Sandbox.start(preload=("tests.desk.attacks",)) as sandbox:
        before = sandbox.call(attacks.is_loaded, b"cv2", bool)
        sandbox.call(parsers.recognise, b"no image", Document | Unread, 1)

        assert (before, sandbox.call(attacks.is_loaded, b"cv2", bool)) == (False, True)


def test_every_layer_is_accounted_for(sandbox: Sandbox) -> None:
    """Five layers, each there or with the reason why not; limits are always there."""
    layers = sandbox.protections

    assert len(layers) == 5
    assert layers[0].missing is None
    assert all(each.missing is None or each.missing for each in layers)


# ---------------------------------------------------------------- several at once, and the host's own end


def test_files_are_read_side_by_side(impatient: Sandbox) -> None:
    """A file that hangs holds up nobody else."""
    with ThreadPoolExecutor(4) as pool:
        hanging = pool.submit(impatient.call, attacks.sleep_for_ever, b"", int)
        lengths = list(pool.map(lambda n: impatient.call(attacks.length, bytes(n), int), range(20)))

        assert lengths == list(range(20))
        assert isinstance(hanging.exception(), SandboxFailure)


def test_a_dead_host_is_replaced() -> None:
    """Whoever kills the host, even while it reads, the file is read by another."""
    with Sandbox.start(TIGHT, PRELOAD) as sandbox:
        first = sandbox._living_host()
        first.protections()
        os.kill(first.process.pid, signal.SIGKILL)

        assert sandbox.call(attacks.length, b"abc", int) == 3
        assert sandbox._living_host() is not first


def test_a_host_that_cannot_start_blames_no_file() -> None:
    """A missing library is the house's trouble, not the applicant's."""
    with (
        Sandbox.start(TIGHT, ("no_such_module",)) as sandbox,
        pytest.raises(DeskError, match="no_such_module"),
    ):
        sandbox.call(attacks.length, b"", int)


def test_the_host_does_not_outlive_the_service() -> None:
    """After a kill -9 of the service nothing is left behind."""
    script = (
        "import sys, time; from desk.sandbox import Sandbox; s = Sandbox.start(preload=());"
        "print(len(s.protections), s._host.process.pid, flush=True); time.sleep(600)"
    )
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as service:
        assert service.stdout
        host = os.pidfd_open(int(service.stdout.readline().split()[1]))
        service.kill()
        gone = select.select([host], [], [], 10)[0]
        os.close(host)

    assert gone


def test_without_linux_the_calls_are_the_same() -> None:
    """Who develops elsewhere gets the same answers and the same failures, and is told what is missing."""
    with Unconfined() as sandbox:
        assert sandbox.call(attacks.length, b"abc", int) == 3
        with pytest.raises(SandboxFailure):
            sandbox.call(attacks.raise_with_text, b"", int)

        assert sandbox.protections[0].missing
