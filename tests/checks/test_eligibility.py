"""Tests of `checks/eligibility.py`."""

import pytest

from checks import eligibility, judge
from data.model import AnswerState, Finding, Severity, VerdictState
from tests.checks.dossiers import a_dossier, blossom, verger

P = blossom()


def _findings(**answers: str | AnswerState) -> list[Finding]:
    said = {question.replace("_", ".", 1): answer for question, answer in answers.items()}
    return list(eligibility.look(a_dossier(answers=said), P))


@pytest.mark.parametrize("created", ["1987-02-28", "2024-09-14", "en 2025", AnswerState.UNCLEAR])
def test_two_years_to_the_day_are_enough(created: str | AnswerState) -> None:
    """Created on the same day two years before the deadline is old enough; words are not computed."""
    assert _findings(a1_created_on=created) == []


@pytest.mark.parametrize("created", ["2024-09-15", "2026-01-01"])
def test_a_young_structure_is_a_hint_to_the_officer(created: str) -> None:
    """Its activity may be older than the legal person: a person asks."""
    (finding,) = _findings(a1_created_on=created)

    assert (finding.code, finding.subject) == ("eligibility.too_young", "a1.created_on")
    assert finding.severity is Severity.REVIEW
    assert finding.officer_only


@pytest.mark.parametrize(
    "address",
    [
        "Rue du Moulin 12, 1080 Molenbeek",
        "Chaussée de Mons 1424, B-1070 Bruxelles",
        "Place Flagey, Ixelles",
        "1000BRUXELLES",
        AnswerState.BLANK,
    ],
)
def test_an_address_in_the_region_or_without_a_postcode_gives_no_hint(address: str | AnswerState) -> None:
    """One postcode of the region is enough, house numbers of four digits notwithstanding."""
    assert _findings(a1_address=address) == []


def test_an_address_elsewhere_is_a_hint_to_the_officer() -> None:
    """Outside is not ineligible: an impact on Brussels counts."""
    (finding,) = _findings(a1_address="Rue de Fer 5, 5000 Namur")

    assert (finding.code, finding.subject) == ("eligibility.outside_brussels", "a1.address")
    assert finding.severity is Severity.REVIEW
    assert finding.officer_only


def test_hints_leave_a_complete_dossier_complete() -> None:
    """A hint decides nothing."""
    dossier = a_dossier(answers={"a1.created_on": "2026-01-01", "a1.address": "5000 Namur"})

    assert judge(dossier, P).state is VerdictState.COMPLETE


def test_the_hints_are_the_editions() -> None:
    """Another programme wants five years and other postcodes."""
    said: dict[str, str] = {"i.geopend": "2026-04-01", "i.gemeente": "1080 Molenbeek"}
    findings = eligibility.look(a_dossier(verger(), answers=said), verger())

    assert [finding.subject for finding in findings] == ["i.geopend", "i.gemeente"]


def test_an_edition_without_hints_has_none() -> None:
    """No years, no postcodes, no findings."""
    edition = P.model_copy(update={"eligibility": type(P.eligibility)()})

    assert list(eligibility.look(a_dossier(answers={"a1.created_on": "2026-01-01"}), edition)) == []


@pytest.mark.parametrize("answer", ["Oui, SPF Économie (2021)", "oui : agrément CNC", "Agrément fédéral"])
def test_another_agreement_is_a_hint_for_the_officer(answer: str) -> None:
    """The federal agreement of cooperatives is not the region's."""
    (finding,) = eligibility.look(a_dossier(P, answers={"a1.social_agreement": answer}), P)

    assert (finding.code, finding.officer_only) == ("eligibility.other_agreement", True)


@pytest.mark.parametrize(
    "answer", ["Oui", "Non", "Oui, depuis 2022 (Région de Bruxelles-Capitale)", "en cours"]
)
def test_the_regions_own_agreement_or_none_says_nothing(answer: str) -> None:
    """Both answers are answers."""
    assert list(eligibility.look(a_dossier(P, answers={"a1.social_agreement": answer}), P)) == []
