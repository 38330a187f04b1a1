"""Tests of `checks/same_foundation.py`."""

from dataclasses import replace

import pytest

from checks import same_foundation
from data.model import Fact, Finding, Mention, Place
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def _look(told: str, *days: str) -> list[Finding]:
    found = tuple(
        Mention(Fact.CREATED_ON, day, f"constituée le {day}", Place("s.pdf"), "statutes") for day in days
    )
    return list(same_foundation.look(replace(a_dossier(answers={"a1.created_on": told}), mentions=found), P))


def test_another_year_is_a_question() -> None:
    """Form and statutes differ by more than deed, deposit and publication do."""
    (finding,) = _look("2015-03-02", "2012-03-02")

    assert finding.facts["said"] == "02/03/2015"
    assert finding.officer_only


@pytest.mark.parametrize("told", ["2015-03-02", "2015-05-20", "mars 2015"])
def test_dates_near_each_other_say_nothing(told: str) -> None:
    """Nor does a date in the applicant's own words."""
    assert _look(told, "2015-03-02") == []
