"""Form and statutes date the foundation alike."""

from collections.abc import Iterator
from datetime import date, timedelta

from checks._check import check
from checks._voice import differs, mentions, quoting, said
from data.edition import Edition
from data.model import Dossier, Fact, Finding

OTHER = differs("voice.created_on", "Date de création")
APART = timedelta(days=92)
"""Deed, deposit and publication lie some weeks apart, and each may be given."""


@check(OTHER, asks="Form and statutes date the foundation alike.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Ask where the statutes tell of no foundation near the form's date."""
    question = edition.eligibility.created_question
    told, found = said(dossier, question), list(mentions(dossier, Fact.CREATED_ON))
    day = _day(told)
    if question and told and day and found and not any(_near(day, each.value) for each in found):
        yield OTHER.about(question, found[0].place, **quoting(found[0], f"{day:%d/%m/%Y}"))


def _near(day: date, other: str) -> bool:
    there = _day(other)
    return there is None or abs(there - day) <= APART


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:  # in the applicant's own words
        return None
