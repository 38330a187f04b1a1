"""Tests of `checks/dates.py`."""

from datetime import UTC, datetime

import pytest

from checks import dates
from data.model import Finding, Severity
from tests.checks.dossiers import a_dossier, blossom, verger

P = blossom()
RECEIVED = datetime(2026, 9, 10, 22, 30, tzinfo=UTC)
"""In Brussels it is the eleventh already."""


def _findings(question: str, value: str | int) -> list[Finding]:
    return list(dates.look(a_dossier(answers={question: value}, received_at=RECEIVED), P))


@pytest.mark.parametrize("value", ["1987-04-30", "2026-09-11", "au printemps 2015", "30/02/2015", "", 2015])
def test_a_day_up_to_the_reception_is_good(value: str | int) -> None:
    """The day of reception counts by the programme's own calendar; words are left to a person."""
    assert _findings("a1.created_on", value) == []


@pytest.mark.parametrize("value", ["2026-09-12", "2062-03-01"])
def test_a_creation_in_the_future_is_a_notice(value: str) -> None:
    """It is remarked and stays an answer."""
    (finding,) = _findings("a1.created_on", value)

    assert (finding.code, finding.subject) == ("answer.invalid", "a1.created_on")
    assert finding.severity is Severity.NOTICE


def test_a_private_date_is_not_repeated() -> None:
    """Findings stand in digests and call sheets, where no date of birth may."""
    (finding,) = _findings("a2.birth_date", "2087-04-30")

    assert "2087" not in "".join(finding.facts.values())


def test_only_dates_that_lie_in_the_past_are_looked_at() -> None:
    """The date of signature may be any."""
    assert _findings("s.date", "2026-12-24") == []


def test_the_questions_are_the_editions() -> None:
    """Another programme asks for another date."""
    dossier = a_dossier(verger(), answers={"i.geopend": "2044-01-01"})

    assert [finding.subject for finding in dates.look(dossier, verger())] == ["i.geopend"]
