"""What several commands take, and how they show what came of it."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from data.errors import DeskError, UsageError

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from rich.console import Console

    from desk.settings import Settings
    from desk.wiring import Desk

SettingsPath = Annotated[
    Path, typer.Option("--settings", help="The settings file.", envvar="BLOSSOM_SETTINGS")
]
SETTINGS = Path("blossom.toml")


def the_settings(path: Path) -> "Settings":
    """The settings file, read."""
    from desk.settings import load

    return load(path)


def the_desk(path: Path, *, reads: bool = False) -> "AbstractContextManager[Desk]":
    """The desk, opened as the settings say.

    Args:
        reads: whether files will be read; a command that reads none need not wait for the readers.
    """
    from desk.wiring import open_desk

    return open_desk(the_settings(path), reads=reads)


def a_moment(text: str) -> datetime | None:
    """An ISO time; a time without zone is on the clocks of this machine.

    Raises:
        UsageError: it is none.
    """
    if not text:
        return None
    try:
        return datetime.fromisoformat(text).astimezone()
    except ValueError as error:
        raise UsageError(f"{text}: not a time such as 2026-09-10T11:22:33+02:00") from error


def a_console() -> "Console":
    """The terminal."""
    from rich.console import Console

    return Console()


def complain(error: DeskError) -> None:
    """Say on standard error what happened and what to do: one line where one thing is wrong."""
    gap = "\n  " if "\n" in str(error) else " "
    print(f"blossom: {error}{gap}→ {error.advice}", file=sys.stderr)
