"""Tests of `checks/same_administrators.py`."""

from dataclasses import replace

from checks import same_administrators
from data.model import Fact, Finding, Mention, Place
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def _look(told: str, *listed: str) -> list[Finding]:
    found = tuple(Mention(Fact.ADMINISTRATOR, name, name, Place("bnb.pdf", 2), "accounts") for name in listed)
    return list(
        same_administrators.look(
            replace(a_dossier(answers={"s.administrator_name": told}), mentions=found), P
        )
    )


def test_somebody_who_is_not_listed_is_a_question() -> None:
    """Mandates change: asked, never reproached."""
    (finding,) = _look("Dupont, Marc", "Claes Driss", "Lambert Aïcha")

    assert (finding.code, finding.officer_only) == ("voice.administrator", True)
    assert finding.place == Place("bnb.pdf", 2)


def test_somebody_who_is_listed_says_nothing() -> None:
    """In any order, with or without accents; nor do accounts without a list."""
    assert _look("Aicha LAMBERT", "Claes Driss", "Lambert Aïcha") == []
    assert _look("Dupont, Marc") == []
    assert _look("Mehmet Yıldız", "YILDIZ Mehmed", "Claes Driss") == []
