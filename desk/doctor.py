"""`blossom doctor`: one line for each thing the service depends on, and what to do where one fails."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

import parsers
from data.edition import Edition
from data.errors import DeskError
from data.store import Store
from desk import office
from desk.sandbox import Sandbox
from desk.settings import Inbox, Settings
from desk.wiring import account, post_server, system_clock
from ingest.mailbox import open_mailbox
from notifier import compile_templates, post


@dataclass(frozen=True, slots=True)
class Line:
    """One thing, and how it is."""

    thing: str
    good: bool
    told: str
    advice: str = ""


def examine(settings: Settings, edition: Edition) -> Iterator[Line]:
    """Look at everything once; each line is told as soon as it is known."""
    yield look("edition", lambda: about(edition))
    for inbox in settings.inbox:
        yield look(f"inbox {inbox.name}", partial(log_in_to, settings, inbox))
    yield look("smtp", lambda: post.greet(post_server(settings)))
    yield look("database", lambda: database(settings))
    yield look("sandbox", sandbox)
    yield look("templates", lambda: f"{compile_templates()} templates compile")
    yield look("clock", lambda: clock(edition))
    yield ocr()
    yield old_formats()


def look(thing: str, examined: Callable[[], str]) -> Line:
    """The line for one thing: what it says of itself, or what happened and what to do."""
    try:
        return Line(thing, True, examined())
    except DeskError as error:
        return Line(thing, False, str(error), error.advice)


def about(edition: Edition) -> str:
    """The edition in a line."""
    deadline = edition.local(edition.dates.deadline)
    required = sum(question.required for question in edition.questions.values())
    return (
        f"{edition.id}: {len(edition.questions)} questions ({required} required), "
        f"{len(edition.annex)} annexes, {len(edition.signatory)} signatures, "
        f"deadline {deadline:%a %d %b %Y %H:%M} {edition.programme.zone}"
    )


def log_in_to(settings: Settings, inbox: Inbox) -> str:
    """Logs in, names folders and capabilities, counts."""
    with open_mailbox(account(settings, inbox)) as mailbox:
        folders = ", ".join(mailbox.folders()[:8])
        can = " ".join(
            each for each in mailbox.capabilities if each in {"IDLE", "MOVE", "CONDSTORE", "UIDPLUS"}
        )
        return f"{mailbox.count()} mails in {inbox.folder}; folders: {folders}; {can}"


def database(settings: Settings) -> str:
    """Opens, migrates and writes."""
    store = Store.open(settings.database_url, settings.folder)
    try:
        store.migrate()
        return store.check()
    finally:
        store.close()


def sandbox() -> str:
    """Which protections this kernel allows."""
    with Sandbox.start() as box:
        held = [layer.name for layer in box.protections if layer.missing is None]
        lacking = [f"without {layer.name}: {layer.missing}" for layer in box.protections if layer.missing]
        return "; ".join([*held, *lacking])


def clock(edition: Edition) -> str:
    """The time here and in the programme's town, and how long until the deadline."""
    now = system_clock()
    left = edition.dates.deadline - now
    told = f"{left.days} days until the deadline" if left > timedelta(0) else "the deadline has passed"
    return f"{edition.local(now):%a %d %b %Y %H:%M:%S} {edition.programme.zone}; {told}"


def ocr() -> Line:
    """Scans need Tesseract's language data; the engine itself comes with the Python packages."""
    known = parsers.ocr_languages()
    if parsers.ocr_missing() is None:
        return Line("ocr", True, f"languages: {', '.join(known)}")
    return Line(
        "ocr",
        True,
        "no French language data: scans are kept and shown as not read, never as missing",
        "apt-get install tesseract-ocr-fra tesseract-ocr-nld tesseract-ocr-eng tesseract-ocr-osd",
    )


def old_formats() -> Line:
    """LibreOffice makes of old Word and Excel files what the readers know."""
    program = office.program()
    if program is not None:
        return Line("libreoffice", True, str(program))
    return Line(
        "libreoffice",
        True,
        "not found: .doc, .rtf and .xls are kept and not read; the sender is asked for a .docx or a PDF",
        "apt-get install libreoffice-writer-nogui libreoffice-calc-nogui",
    )
