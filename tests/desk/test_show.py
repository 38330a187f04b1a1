"""What the terminal shows: nothing that somebody wrote is taken for a command."""

from dataclasses import replace
from io import StringIO

from rich.console import Console

from data.model import LetterFact, LetterKind, LetterState
from desk.show import applications_table, letters_table
from tests.data.nouns import NOW, an_application
from tests.desk.desks import EDITION

WORDS = "[/] [bold]A\x1b[2J\x07 [nom de votre structure]"
SHOWN = "[/] [bold]A [2J  [nom de votre structure]"


def printed(table: object) -> str:
    out = StringIO()
    Console(file=out, width=300).print(table)
    return out.getvalue()


def test_name_of_a_structure_is_shown_as_it_is_written() -> None:
    """Square brackets are letters like others, and what would move the cursor is a blank."""
    told = printed(applications_table([replace(an_application(), organisation=WORDS)], [], [], EDITION))

    assert SHOWN in told
    assert "\x1b" not in told


def test_subject_and_server_reply_are_shown_as_they_are() -> None:
    """Whoever left the placeholder in the subject, or named a server in colour, breaks no table."""
    letter = LetterFact("a" * 32, LetterKind.REPLY, None, WORDS, LetterState.FAILED, NOW, None, WORDS)
    told = printed(letters_table([letter], EDITION))

    assert told.count(SHOWN) == 2
    assert "\x1b" not in told
