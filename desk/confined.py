"""Reading foreign bytes in the sandbox: what the pipeline's tools are made of.

A page that is an image is recognised in a process of its own: it has its own time, its failure costs that
page, and the pages of a file are spread over the cores.
"""

import os
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace

import parsers
from data.model import Document, Envelope, FileKind, PageSource, Unread, UnreadReason, View
from desk import office
from desk.pipeline import Tools
from desk.sandbox import FOR_TEXT, Sandbox, SandboxFailure
from ingest import unpack

Make = Callable[[], Document | Unread]
Recall = Callable[[str, Make], Document | Unread]
"""Gives what is kept under a hash; else what the function gives, kept from then on."""


def anew(_: str, make: Make) -> Document | Unread:
    """Keeps nothing."""
    return make()


def open_mail(sandbox: Sandbox, content: bytes) -> Envelope:
    """Open a mail in a process of its own.

    Raises:
        SandboxFailure: the process was cut off.
    """
    return sandbox.call(unpack.open_mail, content, Envelope)


def read(sandbox: Sandbox, content: bytes, recall: Recall = anew) -> Document | Unread:
    """Read a document in a process of its own; an old format by way of LibreOffice, an image by OCR.

    Args:
        recall: where pages that were recognised are kept, by the hash of their image.

    Raises:
        SandboxFailure: the process was cut off, or the conversion was.
    """
    reading = sandbox.call(parsers.read, content, Document | Unread)
    if isinstance(reading, Document):
        return with_images_read(sandbox, content, reading, recall)
    if reading.reason is not UnreadReason.UNSUPPORTED:
        return reading
    if reading.kind not in office.CONVERSIONS:
        return reading
    try:
        converted = office.convert(content, reading.kind)
    except SandboxFailure as failure:
        if failure.reason is UnreadReason.CORRUPT:
            return Unread(reading.kind, failure.reason, failure.detail)
        raise
    if converted is None:
        return reading
    again = sandbox.call(parsers.read, converted, Document | Unread)
    if isinstance(again, Unread):
        return replace(again, kind=reading.kind)
    return replace(again, kind=reading.kind, active_content=again.active_content or holds_macros(content))


def with_images_read(
    sandbox: Sandbox, content: bytes, document: Document, recall: Recall
) -> Document | Unread:
    """The document with its scanned pages recognised, several at a time."""
    numbers = parsers.pages_to_recognise(document)
    if not numbers:
        return document
    hashes = {page.number: page.sha256 for page in document.pages}

    def recognise(number: int) -> Document | Unread:
        def make() -> Document | Unread:
            return sandbox.call(parsers.recognise, content, Document | Unread, number)

        known_by = hashes[number]
        try:
            return recall(known_by, make) if known_by else make()
        except SandboxFailure as failure:
            return cut_off(failure)

    with ThreadPoolExecutor(max_workers=os.cpu_count() or 1) as pool:
        return parsers.joined(document, dict(zip(numbers, pool.map(recognise, numbers), strict=True)))


def is_whole(reading: Document | Unread) -> bool:
    """Whether reading again would change nothing: no page failed that may be read another day."""
    if isinstance(reading, Document):
        return all(page.source is not PageSource.NONE for page in reading.pages)
    return reading.reason not in {UnreadReason.SCAN, UnreadReason.TIMED_OUT, UnreadReason.CRASHED}


def holds_macros(content: bytes) -> bool:
    """Whether an old Office file has a macro project: the conversion drops it."""
    return "_VBA_PROJECT".encode("utf-16-le") in content


def cut_off(failure: SandboxFailure) -> Unread:
    """What the sandbox did to a file, as a reason that a person understands."""
    return Unread(FileKind.OTHER, failure.reason, failure.detail)


@contextmanager
def tools() -> Iterator[Tools]:
    """Tools without a store, for files on this machine: hostile all the same."""
    with Sandbox.start(preload=FOR_TEXT) as sandbox:
        parsers.load()  # while the sandbox's host imports the readers

        def read_or_reason(content: bytes) -> Document | Unread:
            try:
                return read(sandbox, content)
            except SandboxFailure as failure:
                return cut_off(failure)

        plain = Tools(open_mail=lambda content: open_mail(sandbox, content), read=read_or_reason)
        with reading_ahead(plain) as ahead:
            yield ahead


@contextmanager
def reading_ahead(tools: Tools) -> Iterator[Tools]:
    """The same tools, which begin to read a mail's files once it is open: side by side, and while others
    are sorted. What nobody asks for in the end is left unread.
    """
    begun: dict[bytes, Future[Document | Unread]] = {}
    pool = ThreadPoolExecutor(os.cpu_count(), "reader")

    def open_mail(content: bytes) -> Envelope:
        envelope = tools.open_mail(content)
        for each in sorted(envelope.attachments, key=lambda each: each.name):  # as they will be asked for
            if each.content not in begun:
                begun[each.content] = pool.submit(tools.read, each.content)
        return envelope

    def read(content: bytes) -> Document | Unread:
        reading = begun.pop(content, None)
        return reading.result() if reading else tools.read(content)

    try:
        yield Tools(open_mail, read)
    finally:
        pool.shutdown(cancel_futures=True)


@contextmanager
def viewer() -> Iterator[Callable[[bytes, int], View | None]]:
    """What draws pages of files on this machine; a page that cannot be drawn is shown to nobody."""
    with Sandbox.start() as sandbox:

        def view(content: bytes, page: int) -> View | None:
            try:
                return sandbox.call(parsers.view, content, View | None, page)
            except SandboxFailure:
                return None

        yield view
