"""The host of the sandbox: imports the readers once, then forks a child for every file.

It has no threads, no secrets, no connection but the line to the service, and looks at no file itself.
"""

import errno
import gc
import importlib
import json
import os
import pkgutil
import select
import signal
import socket
import sys
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import asdict
from io import BytesIO
from typing import Any, NoReturn

from pydantic_core import PydanticSerializationError, to_json, to_jsonable_python

from desk.sandbox._bonds import Bond, Limits, choose

VALUE, RAISED, OUT_OF_MEMORY, LONG_ANSWER = 0, 81, 82, 83
"""How a child ends that is not killed."""
WINDOWS_ONLY = ("mbcs", "oem")


def serve() -> None:
    """Import, say what protects the children, then fork until the service has gone."""
    orders = json.loads(sys.argv[2])
    limits = Limits(**orders["limits"])
    with socket.socket(fileno=orders["line"]) as line:
        try:
            _import_codecs()
            _prepare(orders["preload"])
        except Exception as error:  # noqa: BLE001 - whatever a library raises, the service must be told
            line.send(json.dumps({"failed": f"{type(error).__name__}: {error}"}).encode())
            return
        bond, protections = choose(limits)
        line.send(json.dumps({"protections": [asdict(each) for each in protections]}).encode())
        _Forge(line, bond, limits, orders["before"]).run()


def _import_codecs() -> None:
    """Every one that a mail or a file may name."""
    for codec in pkgutil.iter_modules(importlib.import_module("encodings").__path__):
        if codec.name not in WINDOWS_ONLY:
            importlib.import_module(f"encodings.{codec.name}")


def _prepare(steps: Iterable[str]) -> None:
    """Import what a child would otherwise look for itself, each time, and perhaps where it may not look."""
    for name in steps:
        if ":" in name:
            named(name)()
        else:
            importlib.import_module(name)
    gc.collect()
    gc.freeze()  # or the children's collector would copy every page it looks at


def warm_up() -> None:
    """Read a harmless file of each common kind, so that a child finds the readers and tables loaded."""
    import docx

    import parsers
    from ingest.unpack import open_mail

    word = BytesIO()
    docx.Document().save(word)
    for content in (b"Bonjour", b"%PDF-1.4\ntrailer<</Root 1 0 R>>\n1 0 obj<<>>endobj", word.getvalue()):
        parsers.read(content)
    open_mail(b"Subject: Bonjour\r\n\r\nBonjour\r\n")


def named(name: str) -> Any:
    """What « module:function » names."""
    module, _, path = name.partition(":")
    found: Any = importlib.import_module(module)
    for part in path.split("."):
        found = getattr(found, part)
    return found


class _Forge:
    """Forks, waits, tells how it ended; kills where the service hangs up."""

    def __init__(self, line: socket.socket, bond: Bond, limits: Limits, before: dict[str, list[str]]) -> None:
        self._line = line
        self._bond = bond
        self._limits = limits
        self._before = before
        self._children: dict[int, tuple[int, socket.socket]] = {}
        """By the descriptor of the child's process: its id, and the caller."""

    def run(self) -> None:
        while True:
            callers = {caller.fileno(): child for child, (_, caller) in self._children.items()}
            poll = select.poll()
            for fd in (self._line.fileno(), *self._children, *callers):
                poll.register(fd, select.POLLIN)
            for fd, _ in poll.poll():
                if fd == self._line.fileno():
                    if not self._begin():
                        return
                elif fd in self._children:
                    self._tell(fd)
                elif callers[fd] in self._children:
                    signal.pidfd_send_signal(callers[fd], signal.SIGKILL)
                    self._tell(callers[fd])

    def _begin(self) -> bool:
        """Fork for the next request; False where the service has gone."""
        request, fds, _, _ = socket.recv_fds(self._line, 4096, 3)
        if not request:
            return False
        file, answer, caller = fds
        with suppress(Exception):  # what cannot be imported here, the child will miss, and say so
            _prepare(self._before.pop(json.loads(request)[0], ()))
        host = os.getpid()
        pid = os.fork()
        if pid == 0:
            _child(host, request.decode(), file, answer, self._bond, self._limits)
        os.close(file)
        os.close(answer)
        self._children[os.pidfd_open(pid)] = pid, socket.socket(fileno=caller)
        return True

    def _tell(self, child: int) -> None:
        pid, caller = self._children.pop(child)
        ending = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        os.close(child)
        with caller:
            try:
                caller.send(str(ending).encode())
            except OSError as error:
                if error.errno not in (errno.EPIPE, errno.ECONNRESET):
                    raise


def _child(host: int, call: str, file: int, answer: int, bond: Bond, limits: Limits) -> NoReturn:
    """Read one file. Whatever happens, this process ends here."""
    ending = RAISED
    try:
        bond()
        if os.getppid() != host:  # it died before this process was bound to it
            os._exit(RAISED)
        _close_all_but(file, answer)
        name, *numbers = json.loads(call)
        value = named(name)(os.pread(file, os.fstat(file).st_size, 0), *numbers)
        ending = _say(in_json(value), answer, limits)
    except MemoryError:
        ending = OUT_OF_MEMORY
    except BaseException as error:  # noqa: BLE001 - SystemExit included: nothing leaves this process
        write(answer, type(error).__name__.encode())
    finally:
        os._exit(ending)


def in_json(value: object) -> bytes:
    """The answer as data. Half characters, which hostile headers and PDFs bring, become question marks."""
    try:
        return to_json((value,), bytes_mode="base64")
    except PydanticSerializationError:
        return to_json(_whole(to_jsonable_python((value,), bytes_mode="base64")))


def _whole(value: Any) -> Any:
    match value:
        case str():
            return value.encode("utf-8", "replace").decode()
        case dict():
            return {_whole(key): _whole(each) for key, each in value.items()}
        case list() | tuple():
            return [_whole(each) for each in value]
    return value


def _close_all_but(*kept: int) -> None:
    """Close what the host has open, the lines of other callers among it."""
    first = 3
    for fd in (*sorted(kept), 1 << 16):
        os.closerange(first, fd)
        first = fd + 1


def _say(said: bytes, answer: int, limits: Limits) -> int:
    if len(said) > limits.result_bytes:
        return LONG_ANSWER
    write(answer, said)
    return VALUE


def write(memory: int, content: bytes) -> None:
    """All of it, in as many pieces as the kernel takes."""
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(memory, rest) :]
