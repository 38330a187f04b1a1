"""Tests of `checks/annexes.py`."""

import pytest

from checks import annexes
from data.model import Annex, AnnexState, Finding, Place, Severity
from tests.checks.dossiers import a_dossier, blossom, verger

P = blossom()


def _accounts(state: AnnexState, *years: int) -> list[Finding]:
    annex = Annex("accounts", state, (Place("bilans.pdf"),), years)
    return list(annexes.look(a_dossier(annexes={"accounts": annex}), P))


def test_nothing_is_said_where_all_are_there() -> None:
    """Four annexes, no finding."""
    assert list(annexes.look(a_dossier(), P)) == []


@pytest.mark.parametrize("annex", ["statutes", "activity_report", "accounts", "cv"])
def test_a_missing_annex_is_named_in_the_editions_words(annex: str) -> None:
    """Missing blocks, and exactly this annex is named."""
    (finding,) = annexes.look(a_dossier(annexes={annex: AnnexState.MISSING}), P)

    assert (finding.code, finding.subject, finding.severity) == ("annex.missing", annex, Severity.BLOCKING)
    assert finding.facts["label"] == P.annexes[annex].label


def test_an_unclear_annex_is_for_a_person() -> None:
    """What could not be verified is never called missing."""
    unclear = Annex("statutes", AnnexState.UNCLEAR, reason="le fichier est protégé par un mot de passe")
    (finding,) = annexes.look(a_dossier(annexes={"statutes": unclear}), P)

    assert (finding.code, finding.severity) == ("annex.unclear", Severity.REVIEW)
    assert finding.facts["reason"] == "le fichier est protégé par un mot de passe"


@pytest.mark.parametrize(("found", "lacking"), [(2025, "l'exercice 2024"), (2024, "l'exercice 2025")])
def test_of_two_years_the_one_that_lacks_is_named(found: int, lacking: str) -> None:
    """One year of accounts is partial, blocks, and both years are told."""
    (finding,) = _accounts(AnnexState.PARTIAL, found)

    assert (finding.code, finding.severity) == ("annex.partial", Severity.BLOCKING)
    assert (finding.facts["found"], finding.facts["lacking"]) == (f"l'exercice {found}", lacking)


@pytest.mark.parametrize("years", [(), (2026,), (2025, 2026)])
def test_where_the_years_leave_doubt_the_lacking_one_is_not_named(years: tuple[int, ...]) -> None:
    """A financial year that is not the calendar's, or none that could be read."""
    (finding,) = _accounts(AnnexState.PARTIAL, *years)

    assert finding.facts["lacking"] == "le reste"


@pytest.mark.parametrize("state", list(AnnexState))
def test_old_accounts_are_told_whatever_they_were_taken_for(state: AnnexState) -> None:
    """Accounts that are all too old give `annex.old`, for review."""
    old = [finding for finding in _accounts(state, 2019, 2020) if finding.code == "annex.old"]

    assert [finding.severity for finding in old] == [Severity.REVIEW]
    assert old[0].facts["found"] == "les exercices 2019 et 2020"
    assert old[0].facts["wanted"] == "les exercices 2024 et 2025"


@pytest.mark.parametrize("years", [(2024, 2025), (2022, 2023, 2024, 2025), (2025, 2026), ()])
def test_older_years_beside_the_recent_ones_are_welcome(years: tuple[int, ...]) -> None:
    """Two recent years are enough, whatever comes with them."""
    assert _accounts(AnnexState.PRESENT, *years) == []


def test_an_annex_without_years_is_never_too_old() -> None:
    """Statutes of 1987 are statutes."""
    statutes = Annex("statutes", AnnexState.PRESENT, years=(1987,))

    assert list(annexes.look(a_dossier(annexes={"statutes": statutes}), P)) == []


def test_the_number_of_years_is_the_editions() -> None:
    """Another programme asks for three years before another deadline."""
    two = Annex("jaarrekening", AnnexState.PARTIAL, years=(2028, 2030))
    (finding,) = annexes.look(a_dossier(verger(), annexes={"jaarrekening": two}), verger())

    assert finding.facts["lacking"] == "l'exercice 2029"
