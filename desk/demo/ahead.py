"""The files of the mails, made in a second process while the fortnight is played: always one mail ahead."""

import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection

from desk.demo.story import File, Sent


@contextmanager
def made_ahead(mails: Sequence[Sent]) -> Iterator[Callable[[Sent], Sent]]:
    """Gives each mail with its files made, if asked in this order.

    Begun before there are threads: on Linux the other process is a copy of this one, and imports nothing.
    """
    context = get_context("fork" if sys.platform == "linux" else None)
    ours, theirs = context.Pipe(duplex=False)
    maker = context.Process(target=_make, args=(mails, theirs), daemon=True)
    maker.start()
    theirs.close()

    def ready(mail: Sent) -> Sent:
        contents: list[bytes] = ours.recv()
        files = zip(mail.files, contents, strict=True)
        return replace(mail, files=tuple(File(file.name, partial(bytes, content)) for file, content in files))

    try:
        yield ready
    finally:
        maker.terminate()
        maker.join()
        ours.close()


def _make(mails: Sequence[Sent], line: "Connection[list[bytes], None]") -> None:
    """Each mail's files, until nobody takes them any more; who stops the demo stops that process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for mail in mails:
        line.send([file.content for file in mail.files])
