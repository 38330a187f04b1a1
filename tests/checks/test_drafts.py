"""Tests of `checks/drafts.py`."""

from dataclasses import replace

from checks import drafts
from data.model import Severity
from tests.checks.dossiers import a_dossier, blossom

P = blossom()


def test_drafts_are_told_to_the_officer_alone() -> None:
    """« Provisoire » is accepted: a notice with the file's name, never a reproach."""
    dossier = a_dossier()
    piece = replace(dossier.pieces[0], kind="accounts", file="bilan.pdf", is_draft=True)
    (finding,) = drafts.look(replace(dossier, pieces=(piece,)), P)

    assert (finding.code, finding.severity, finding.officer_only) == ("annex.draft", Severity.NOTICE, True)
    assert finding.facts["file"] == "bilan.pdf"


def test_a_draft_beside_the_final_accounts_of_its_year_says_nothing() -> None:
    """Who sends both has sent the final ones; a draft of another year is still one."""
    dossier = a_dossier()
    draft = replace(dossier.pieces[0], kind="accounts", file="projet.pdf", year=2025, is_draft=True)
    final = replace(draft, file="bilan.pdf", is_draft=False)
    other = replace(draft, file="projet 2024.pdf", year=2024)

    assert not list(drafts.look(replace(dossier, pieces=(draft, final)), P))
    (finding,) = drafts.look(replace(dossier, pieces=(draft, final, other)), P)
    assert finding.facts["file"] == "projet 2024.pdf"


def test_final_accounts_say_nothing() -> None:
    """No draft, no finding."""
    assert list(drafts.look(a_dossier(), P)) == []
