"""Tests of `checks/phone.py`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import phone
from data.model import Finding, Severity
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def _findings(value: str) -> list[Finding]:
    return list(phone.look(a_dossier(answers={"a2.phone": value}), P))


@pytest.mark.parametrize(
    "value",
    [
        "0496 24 65 66",
        "0496/24.65.66",
        "+32 496 24 65 66",
        "0032496246566",
        "+32 (0)2 513 12 34",
        "(02) 513.12.34",
        "02-513 12 34",
        "tél. : 0496246566 (le matin)",
        "0496/24.65.66 ou 02/513.12.34",
        "0470123456/0475123456",
        "02 513 12 34 poste 12",
        "+33 6 12 34 56 78",
    ],
)
def test_a_number_that_can_be_dialled_is_good_in_any_spelling(value: str) -> None:
    """Slashes, dots, prefixes, words around it, two numbers in one answer: all accepted."""
    assert _findings(value) == []


@pytest.mark.parametrize("value", ["0496 24 65", "12", "néant", "aline@laremise.example", "à compléter"])
def test_what_cannot_be_dialled_is_a_notice(value: str) -> None:
    """A number too short, or none at all, is remarked."""
    (finding,) = _findings(value)

    assert (finding.code, finding.subject) == ("answer.invalid", "a2.phone")
    assert finding.severity is Severity.NOTICE


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    """No answer makes the check fail."""
    assert len(_findings(text)) <= 1
