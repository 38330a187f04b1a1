"""Tests of `checks/enterprise_number.py`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import enterprise_number
from data.model import AnswerState, Finding, Severity
from tests.checks.dossiers import a_dossier, blossom

P = blossom()
QUESTION = "a1.enterprise_number"


def _findings(value: str | int | AnswerState) -> list[Finding]:
    return list(enterprise_number.look(a_dossier(answers={QUESTION: value}), P))


@pytest.mark.parametrize(
    "value",
    [
        "0419.618.535",
        "0419618535",
        "419618535",
        "419.618.535",
        "BE 0419.618.535",
        "BE0419618535",
        "TVA BE 0419.618.535",
        "BTW BE 0419 618 535",
        "(0)419.618.535",
        "BE (0)419.618.535",
        "BCE : 0419-618-535 (RPM Bruxelles)",
        "n° 0403.019.261.",
        "0419/618/535",
        "2.123.456.789 (établissement) et 0419.618.535",
        "0419.618.535 12 équivalents temps plein",
        "1234567894",
        419618535,
    ],
)
def test_a_good_number_is_good_in_any_spelling(value: str | int) -> None:
    """Prefix, dots, spaces, brackets, nine digits of old, a second number beside it: all accepted."""
    assert _findings(value) == []


@pytest.mark.parametrize("value", ["néant", "N/A", "en cours", "/", "demande introduite"])
def test_words_without_a_digit_are_an_answer(value: str) -> None:
    """There is no number in them whose digits could fail."""
    assert _findings(value) == []


@pytest.mark.parametrize("value", ["0419.618.536", "BE 431150351", "0419.618.53", "12"])
def test_a_number_that_cannot_be_one_is_a_notice(value: str) -> None:
    """It is remarked and stays an answer."""
    (finding,) = _findings(value)

    assert (finding.code, finding.subject) == ("answer.invalid", QUESTION)
    assert finding.severity is Severity.NOTICE
    assert finding.facts["value"] == value


@pytest.mark.parametrize(
    "value", ["O419.618.535", "o419618535", "04l9.6l8.535", "0419.61B.535", "BE O4I9 6I8 535"]
)
def test_a_look_alike_is_proposed_never_taken(value: str) -> None:
    """O for 0, l or I for 1, B for 8: the number that fits is proposed."""
    (finding,) = _findings(value)

    assert "0419.618.535" in finding.facts["why"]


def test_a_number_of_an_establishment_is_told_from_that_of_an_enterprise() -> None:
    """Ten digits that start with 2 to 8 are the number of an establishment."""
    (finding,) = _findings("2.123.456.789")

    assert "établissement" in finding.facts["why"]


@pytest.mark.parametrize("state", [s for s in AnswerState if s is not AnswerState.ANSWERED])
def test_only_an_answer_is_looked_at(state: AnswerState) -> None:
    """What is blank or unclear is the business of another check."""
    assert _findings(state) == []


@given(st.integers(1_000_000, 19_999_999), st.integers(0, 9), st.integers(1, 9))
def test_every_single_wrong_digit_is_found(first_eight: int, position: int, shift: int) -> None:
    """Any one digit changed makes the number fail."""
    number = f"{first_eight:08d}{97 - first_eight % 97:02d}"
    slip = str((int(number[position]) + shift) % 10)
    wrong = number[:position] + slip + number[position + 1 :]

    assert _findings(number) == []
    assert len(_findings(wrong)) == 1


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    """No answer makes the check fail."""
    assert len(_findings(text)) <= 1
