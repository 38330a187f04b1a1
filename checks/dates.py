"""A date that can only lie in the past does not lie in the future."""

from collections.abc import Iterator
from datetime import date

from checks._check import check
from checks._invalid import INVALID, answered, invalid
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding


@check(INVALID, asks="A date that can only lie in the past does not lie in the future.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Remark a creation or a birth after the day of reception: there is no other clock here."""
    received_on = edition.local(dossier.received_at).date()
    for question, answer in answered(dossier, edition, QuestionKind.DATE):
        if question.past and _day(answer.value) > received_on:
            yield invalid(question, answer, "la date se situe dans le futur")


def _day(value: str | int | None) -> date:
    """The day; the first of all days where the applicant wrote words (« au printemps 2015 »)."""
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return date.min
