"""Tests of `checks/same_number.py`."""

from dataclasses import replace

import pytest

from checks import same_number
from data.model import Fact, Mention, Place, Severity
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def _mention(value: str) -> Mention:
    return Mention(Fact.ENTERPRISE_NUMBER, value, f"N° {value}", Place("statuts.pdf", 3), "statutes")


def test_another_valid_number_is_a_question_with_both_quotes() -> None:
    """For the officer alone: what the form says, what the statutes say, and where."""
    dossier = replace(a_dossier(), mentions=(_mention("0403019261"),))
    (finding,) = same_number.look(dossier, P)

    assert (finding.code, finding.severity, finding.officer_only) == (
        "voice.enterprise_number",
        Severity.REVIEW,
        True,
    )
    assert finding.facts["said"] == "0419.618.535"
    assert finding.facts["quote"] == "N° 0403019261"
    assert finding.place == Place("statuts.pdf", 3)


@pytest.mark.parametrize("answer", ["0419.618.535", "BE 0419 618 535", "419618535"])
def test_the_same_number_says_nothing(answer: str) -> None:
    """However it is written."""
    dossier = replace(a_dossier(answers={"a1.enterprise_number": answer}), mentions=(_mention("0419618535"),))

    assert list(same_number.look(dossier, P)) == []


def test_a_slip_in_the_form_is_another_checks_affair() -> None:
    """A number that fails its check digits is asked about once."""
    dossier = a_dossier(answers={"a1.enterprise_number": "0419.618.536"})

    assert list(same_number.look(replace(dossier, mentions=(_mention("0419618535"),)), P)) == []


def test_a_document_that_has_the_forms_number_too_says_nothing() -> None:
    """Founders and partners have numbers of their own."""
    both = (_mention("0403019261"), _mention("0419618535"))

    assert list(same_number.look(replace(a_dossier(), mentions=both), P)) == []
