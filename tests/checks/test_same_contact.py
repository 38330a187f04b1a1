"""Tests of `checks/same_contact.py`."""

from dataclasses import replace

from checks import same_contact
from data.model import Fact, Finding, Mention, Place
from tests.checks.dossiers import a_dossier, blossom

P = blossom()
NAMED = {"a2.first_name": "Aïcha", "a2.last_name": "Lambert"}


def _look(*owners: str, **answers: str) -> list[Finding]:
    found = tuple(Mention(Fact.CONTACT, name, name, Place("cv.pdf", 1), "cv") for name in owners)
    return list(same_contact.look(replace(a_dossier(answers=NAMED | answers), mentions=found), P))


def test_another_persons_cv_is_a_question_with_both_names() -> None:
    """Asked of the officer alone, where the CV lies."""
    (finding,) = _look("Zoé Vandamme")

    assert (finding.code, finding.officer_only) == ("voice.contact", True)
    assert (finding.facts["said"], finding.facts["quote"]) == ("Aïcha Lambert", "Zoé Vandamme")
    assert finding.place == Place("cv.pdf", 1)


def test_a_cv_of_nobody_else_says_nothing() -> None:
    """The reader mentions strangers only."""
    assert _look() == []
