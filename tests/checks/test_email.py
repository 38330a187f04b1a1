"""Tests of `checks/email.py`."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from checks import email
from data.model import Finding, Severity
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def _findings(value: str) -> list[Finding]:
    return list(email.look(a_dossier(answers={"a2.email": value}), P))


@pytest.mark.parametrize(
    "value",
    [
        "aline@example.org",
        "Aline.Peeters+blossom@example.be",
        "aline @ example.org",
        "aline@laremise.example",
        "Aline Peeters <aline@example.org>",
        "mailto:aline@example.org",
        "aline@example.org / info@example.org",
        "aline@example.org.",
        "prénom@example.org",
        "E-mail : aline@example.org (bureau)",
    ],
)
def test_a_well_spelt_address_is_good(value: str) -> None:
    """Spaces around the @, brackets, a second address, a final full stop: all forgiven."""
    assert _findings(value) == []


@pytest.mark.parametrize(
    "value", ["aline", "aline@example", "aline.example.org", "a@b@example.org", "/", "@"]
)
def test_what_cannot_be_an_address_is_a_notice(value: str) -> None:
    """It is remarked and stays an answer."""
    (finding,) = _findings(value)

    assert (finding.code, finding.subject) == ("answer.invalid", "a2.email")
    assert finding.severity is Severity.NOTICE


@given(st.text())
def test_any_text_gets_an_answer(text: str) -> None:
    """No answer makes the check fail."""
    assert len(_findings(text)) <= 1
