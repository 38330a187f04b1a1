"""Tests of `checks/deadline.py`."""

from datetime import UTC, datetime, timedelta

import pytest

from checks import deadline
from data.model import Severity
from tests.checks.dossiers import a_dossier, a_mail_fact, blossom, verger

P = blossom()
TEN = datetime(2026, 9, 14, 8, 0, 0, tzinfo=UTC)
"""Ten o'clock in Brussels."""


@pytest.mark.parametrize(
    ("received_at", "codes"),
    [
        (TEN - timedelta(seconds=1), []),
        (TEN, []),
        (TEN + timedelta(milliseconds=999), []),
        (TEN + timedelta(seconds=1), ["mail.late"]),
        (TEN + timedelta(minutes=3), ["mail.late"]),
    ],
)
def test_the_deadlines_last_second_still_counts(received_at: datetime, codes: list[str]) -> None:
    """10:00:00 is on time, 10:00:01 is late."""
    findings = deadline.look(a_dossier(received_at=received_at), P)

    assert [finding.code for finding in findings] == codes


def test_both_hours_are_told_on_the_programmes_clocks() -> None:
    """Late is for the officer to decide; the applicant hears when the mail came."""
    (finding,) = deadline.look(a_dossier(received_at=TEN + timedelta(seconds=1)), P)

    assert finding.severity is Severity.REVIEW
    assert finding.facts["received"] == "14/09/2026 à 10:00:01"
    assert finding.facts["deadline"] == "14/09/2026 à 10:00:00"


def test_a_supplement_after_the_deadline_is_noted() -> None:
    """The dossier came in time, a later mail did not: the officer is told, nothing changes."""
    late = a_mail_fact(mail="b" * 64, received_at=TEN + timedelta(hours=3))
    (finding,) = deadline.look(a_dossier(mails=[a_mail_fact(), late]), P)

    assert (finding.code, finding.severity) == ("mail.late_supplement", Severity.NOTICE)
    assert finding.officer_only


def test_the_deadline_is_the_editions() -> None:
    """Another programme closes at midnight of the Azores, a day after their clocks went forward."""
    last = datetime(2031, 3, 31, 23, 59, 59, tzinfo=UTC)
    (finding,) = deadline.look(a_dossier(verger(), received_at=last + timedelta(seconds=1)), verger())

    assert list(deadline.look(a_dossier(verger(), received_at=last), verger())) == []
    assert finding.facts["deadline"] == "31/03/2031 à 23:59:59"
