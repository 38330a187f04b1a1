"""Tests of `checks/same_seat.py`."""

from dataclasses import replace

from checks import same_seat
from data.model import Fact, Finding, Mention, Place
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def _look(address: str, *postcodes: str) -> list[Finding]:
    seats = tuple(
        Mention(Fact.SEAT, code, f"Siège : {code}", Place("s.pdf"), "statutes") for code in postcodes
    )
    return list(same_seat.look(replace(a_dossier(answers={"a1.address": address}), mentions=seats), P))


def test_another_commune_is_a_question() -> None:
    """The seat has moved, or the address is that of a place of work."""
    (finding,) = _look("rue Haute 3, 1000 Bruxelles", "1070")

    assert (finding.code, finding.officer_only) == ("voice.seat", True)


def test_one_annex_that_agrees_is_enough() -> None:
    """And where no postcode is given there is nothing to compare."""
    assert _look("rue Haute 3, 1000 Bruxelles", "1070", "1000") == []
    assert _look("rue Haute 3, Bruxelles", "1070") == []
    assert _look("rue Haute 3, 1000 Bruxelles") == []
