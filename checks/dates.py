"""A date that can only lie in the past does not lie in the future."""

import re
from collections.abc import Iterator
from datetime import date

from checks._check import check
from checks._invalid import INVALID, answered, invalid, lookalike
from checks._lookalikes import digits, proposal
from checks._voice import plain
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding

MONTHS = (
    "janvier",
    "fevrier",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "aout",
    "septembre",
    "octobre",
    "novembre",
    "decembre",
)
DAY = re.compile(rf"(?<!\w)(\d{{1,2}})(?:er)? (\d{{1,2}}|{'|'.join(MONTHS)}) ([12]\d{{3}})(?!\w)")
"""In plain words, where slashes and full stops are blanks."""


@check(INVALID, asks="A date that can only lie in the past does not lie in the future.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Remark a creation or a birth after the day of reception: there is no other clock here.

    Words that are no date are left to a person, with a proposal where look-alikes make one of them.
    """
    received_on = edition.local(dossier.received_at).date()
    for question, answer in answered(dossier, edition, QuestionKind.DATE):
        if question.past and _day(answer.value) > received_on:
            yield invalid(question, answer, "la date se situe dans le futur")
        elif meant := proposal(str(answer.value), digits(str(answer.value)), _date):
            yield lookalike(question, answer, meant)


def _day(value: str | int | None) -> date:
    """The day; the first of all days where the applicant wrote words (« au printemps 2015 »)."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return date.min


def _date(text: str) -> str | None:
    """The one date of a text, as people write it."""
    found = {_written(*match.groups()) for match in DAY.finditer(plain(text))}
    return found.pop() if len(found) == 1 else None


def _written(day: str, month: str, year: str) -> str | None:
    number = MONTHS.index(month) + 1 if month in MONTHS else int(month)
    try:
        return f"{date(int(year), number, int(day)):%d/%m/%Y}"
    except ValueError:
        return None
