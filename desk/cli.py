"""The commands, put together: each reads its arguments, calls one function of the desk, shows the result.

Heavy libraries are imported inside the commands, so that `blossom --help` answers at once.
"""

import sys
from typing import NoReturn

import typer

from data.errors import DeskError, StoreError
from desk.commands import applicants, calls, files, letters, results, service, shelf
from desk.commands._arguments import complain

EXIT_CODES = """
Exit codes: 0 done, or complete · 1 incomplete, or a line of `doctor` failed · 2 wrong usage, settings or
edition · 3 to review · 4 no application · 5 an inbox · 6 sending · 7 database or disk.
"""

app = typer.Typer(
    name="blossom",
    help="Reads application dossiers from shared inboxes, checks that they are complete, answers, and "
    "prepares the officer's day. Start with `blossom demo`.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    pretty_exceptions_show_locals=False,
    rich_markup_mode=None,
    add_completion=False,
)

for command in (
    files.check,
    files.replay,
    files.demo,
    files.init,
    service.run,
    service.poll,
    service.doctor,
    service.status,
    service.digest,
    applicants.withdraw,
    applicants.decide,
):
    app.command()(command)
editions = typer.Typer(help="The programme as data.", no_args_is_help=True)
editions.command("check")(files.edition_check)
app.add_typer(calls.app, name="calls")
app.add_typer(shelf.app, name="shelf")
app.add_typer(letters.app, name="letters")
app.add_typer(applicants.reminders, name="reminders")
app.add_typer(editions, name="edition")
app.add_typer(results.app, name="results")


def main() -> NoReturn:
    """Run a command; an error of ours is one line of what happened and one of what to do."""
    try:
        app()
    except DeskError as error:
        complain(error)
        sys.exit(error.exit_code)
    except OSError as error:
        if error.filename is None:
            raise
        complain(StoreError(f"{error.filename}: {error.strerror}", "Look at the path and its rights."))
        sys.exit(StoreError.exit_code)
    sys.exit(0)
