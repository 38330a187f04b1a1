"""Tests of `checks/same_name.py`."""

from dataclasses import replace

import pytest

from checks import same_name
from data.model import Fact, Finding, Mention, Place
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def _look(told: str, *found: str) -> list[Finding]:
    mentions = tuple(
        Mention(Fact.NAME, name, f"Dénomination : {name}", Place("s.pdf", 1), "statutes") for name in found
    )
    return list(same_name.look(replace(a_dossier(answers={"a1.name": told}), mentions=mentions), P))


def test_an_old_name_is_a_question() -> None:
    """The statutes still have the name of before."""
    (finding,) = _look("La Remise", "Les Compagnons du Midi")

    assert (finding.code, finding.officer_only) == ("voice.name", True)
    assert "Les Compagnons du Midi" in finding.facts["quote"]


@pytest.mark.parametrize(
    ("told", "found"),
    [
        ("La Remise", "LA REMISE ASBL"),
        ("La Remise asbl", "La Remise"),
        ("Cyclo'Quartier", "Cyclo Quartier"),
        ("Vrac et Cie", "Vrac & Compagnie"),
        ("Ste-Marie", "Sainte Marie asbl"),
        ("RCM", "Réseau des Cuisines de Molenbeek RCM"),
        ("Réseau Cuisines Midi", "RCM"),
        ("Les Ateliers du Canal", "Ateliers du Canal (Les)"),
    ],
)
def test_one_name_written_otherwise_says_nothing(told: str, found: str) -> None:
    """Capitals, legal forms, hyphens, acronyms."""
    assert _look(told, found) == []


def test_one_document_that_agrees_is_enough() -> None:
    """Accounts with today's name explain statutes with the old one."""
    assert _look("La Remise", "Les Compagnons du Midi", "La Remise") == []
