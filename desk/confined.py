"""Reading foreign bytes in the sandbox: what the pipeline's tools are made of."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import parsers
from data.model import Document, Envelope, FileKind, Unread, UnreadReason
from desk import office
from desk.pipeline import Tools
from desk.sandbox import Sandbox, SandboxFailure
from ingest import unpack


def open_mail(sandbox: Sandbox, content: bytes) -> Envelope:
    """Open a mail in a process of its own.

    Raises:
        SandboxFailure: the process was cut off.
    """
    return sandbox.call(unpack.open_mail, content, Envelope)


def read(sandbox: Sandbox, content: bytes) -> Document | Unread:
    """Read a document in a process of its own; an old format by way of LibreOffice.

    Raises:
        SandboxFailure: the process was cut off, or the conversion was.
    """
    reading = sandbox.call(parsers.read, content, Document | Unread)
    if isinstance(reading, Document) or reading.reason is not UnreadReason.UNSUPPORTED:
        return reading
    if reading.kind not in office.CONVERSIONS:
        return reading
    converted = office.convert(content, reading.kind)
    if converted is None:
        return reading
    again = sandbox.call(parsers.read, converted, Document | Unread)
    if isinstance(again, Unread):
        return replace(again, kind=reading.kind)
    return replace(again, kind=reading.kind, active_content=again.active_content or holds_macros(content))


def holds_macros(content: bytes) -> bool:
    """Whether an old Office file has a macro project: the conversion drops it."""
    return "_VBA_PROJECT".encode("utf-16-le") in content


def cut_off(failure: SandboxFailure) -> Unread:
    """What the sandbox did to a file, as a reason that a person understands."""
    return Unread(FileKind.OTHER, failure.reason, failure.detail)


@contextmanager
def tools() -> Iterator[Tools]:
    """Tools without a store, for files on this machine: hostile all the same."""
    with Sandbox.start() as sandbox:

        def read_or_reason(content: bytes) -> Document | Unread:
            try:
                return read(sandbox, content)
            except SandboxFailure as failure:
                return cut_off(failure)

        yield Tools(open_mail=lambda content: open_mail(sandbox, content), read=read_or_reason)
