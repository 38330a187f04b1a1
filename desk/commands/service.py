"""The service, and where everything stands."""

from typing import Annotated

import typer

from data.errors import MailboxError, UsageError
from desk.commands._arguments import (
    SETTINGS,
    SettingsPath,
    a_console,
    a_moment,
    complain,
    the_desk,
    the_settings,
)


def run(settings: SettingsPath = SETTINGS) -> None:
    """Work: read the inboxes, judge, answer, write the digest, until told to stop (SIGTERM)."""
    from desk.journal import open_journal
    from desk.service import run as serve

    open_journal()
    with the_desk(settings, reads=True) as desk:
        serve(desk, a_console())


def poll(
    once: Annotated[
        bool, typer.Option("--once", help="Read each inbox once, judge what came, and end.")
    ] = False,
    settings: SettingsPath = SETTINGS,
) -> None:
    """Read the inboxes now."""
    if not once:
        raise UsageError("poll: say --once; `blossom run` reads them again and again")
    from desk.journal import open_journal
    from desk.service import poll_once
    from desk.show import status_table

    open_journal()
    with the_desk(settings, reads=True) as desk:
        troubles = poll_once(desk)
        a_console().print(status_table(desk))
    for trouble in troubles:
        complain(trouble)
    raise typer.Exit(MailboxError.exit_code if troubles else 0)


def doctor(settings: SettingsPath = SETTINGS) -> None:
    """Test everything the service depends on: a line each, and what to do where one fails."""
    from data.edition import find
    from desk.doctor import examine

    read = the_settings(settings)
    console = a_console()
    bad = 0
    for line in examine(read, find(read.edition)):
        bad += not line.good
        told = [f"{'ok  ' if line.good else 'FAIL'}  {line.thing:<16} {line.told}"]
        told += [f"      {'':<16} → {line.advice}"] if line.advice else []
        console.print("\n".join(told), highlight=False, markup=False, soft_wrap=True)
    raise typer.Exit(1 if bad else 0)


def status(settings: SettingsPath = SETTINGS) -> None:
    """Where each application stands."""
    from desk.show import inbox_lines, status_table

    with the_desk(settings) as desk:
        console = a_console()
        console.print(status_table(desk))
        for line in inbox_lines(desk):
            console.print(line, highlight=False, markup=False)


def digest(
    day: Annotated[str, typer.Option(help="The day, as 2026-09-07.")] = "",
    show: Annotated[bool, typer.Option("--show", help="Print it; nothing is kept or sent.")] = False,
    settings: SettingsPath = SETTINGS,
) -> None:
    """The officer's digest of a day."""
    from desk import jobs
    from notifier import digest as digests

    with the_desk(settings) as desk:
        today = a_moment(day).date() if day else desk.edition.local(desk.now()).date()  # type: ignore[union-attr]
        if show:
            book = jobs.day_book(desk, today)
            print(digests.compose(book, desk.edition, to=desk.reader_of_digest, now=desk.now()).text)
        else:
            jobs.write_digest(desk, today.isoformat())
            print(f"Le récapitulatif du {today:%d/%m/%Y} part avec le prochain envoi.")
