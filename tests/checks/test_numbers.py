"""Tests of `checks/numbers.py`."""

import pytest

from checks import numbers
from data.model import Finding
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def _findings(value: str | int) -> list[Finding]:
    return list(numbers.look(a_dossier(answers={"a1.fte": value}), P))


@pytest.mark.parametrize(
    "value", ["0", "4,5", "4.5 ETP", "cinq", "2 (dont l bénévole)", "néant", "il", "S.O.", 3]
)
def test_numbers_and_words_are_answers(value: str | int) -> None:
    """What holds a number, or no sign that is one for certain, is left alone."""
    assert _findings(value) == []


@pytest.mark.parametrize(
    ("value", "meant"), [("O", "0"), ("l", "1"), ("1O", "10"), ("l,5", "1,5"), ("3,S ETP", "3,5")]
)
def test_a_letter_that_looks_like_a_digit_is_shown_with_it(value: str, meant: str) -> None:
    """« O » may be nought; the officer sees it, the applicant does not."""
    (finding,) = _findings(value)

    assert finding.facts["proposal"] == meant
    assert finding.officer_only
