"""Tests of `checks/documents.py`."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from checks import documents
from data.model import AnnexState, DocumentKind, Dossier, Finding, Severity, UnreadReason
from tests.checks.dossiers import a_dossier, a_mail_fact, a_piece, blossom

P = blossom()


def _findings(dossier: Dossier) -> list[Finding]:
    return list(documents.look(dossier, P))


@pytest.mark.parametrize("reason", list(UnreadReason))
def test_each_file_that_was_not_read_is_named_with_its_reason(reason: UnreadReason) -> None:
    """Every reason has its sentence, and none blocks: the file may hold what is asked for."""
    codes = {UnreadReason.ENCRYPTED: "document.encrypted", UnreadReason.TOO_LARGE: "document.too_large"}
    (finding,) = _findings(a_dossier(more_pieces=[a_piece("bonus.pdf", unread=reason)]))

    assert finding.code == codes.get(reason, "document.unreadable")
    assert finding.severity is Severity.REVIEW
    assert (finding.subject, finding.facts["file"]) == ("bonus.pdf", "bonus.pdf")


def test_a_file_is_named_once() -> None:
    """Two ranges of pages of one file are one file."""
    pages = [a_piece("tout.pdf", unread=UnreadReason.SCAN, first_page=n, last_page=n) for n in (1, 2)]

    assert len(_findings(a_dossier(more_pieces=pages))) == 1


@pytest.mark.parametrize("changes", [{"superseded": True}, {"kind": DocumentKind.OTHER}])
def test_a_file_that_does_not_matter_is_not_named(changes: dict[str, Any]) -> None:
    """An earlier version, a logo that no reader knows: nobody need act."""
    piece = replace(a_piece("logo.webp", unread=UnreadReason.UNSUPPORTED), **changes)

    assert _findings(a_dossier(more_pieces=[piece])) == []


def test_a_locked_file_sent_again_unlocked_is_settled() -> None:
    """Everything is there, in a later mail: nobody is troubled with the first try."""
    locked = a_piece("statuts.pdf", unread=UnreadReason.ENCRYPTED)
    unlocked = a_piece("statuts (2).pdf", "statutes", received_at=locked.received_at + timedelta(hours=1))

    assert _findings(a_dossier(more_pieces=[locked, unlocked])) == []
    still = a_dossier(more_pieces=[locked, unlocked], annexes={"statutes": AnnexState.UNCLEAR})
    assert [finding.code for finding in _findings(still)] == ["document.encrypted"]


def test_macros_are_a_notice_to_the_officer() -> None:
    """The file is read all the same."""
    (finding,) = _findings(a_dossier(more_pieces=[a_piece("Dossier.docm", active_content=True)]))

    assert (finding.code, finding.severity) == ("document.active_content", Severity.NOTICE)
    assert finding.officer_only


def test_a_link_where_an_annex_should_be_is_told() -> None:
    """The applicant hears that it is not opened, the officer that it waits."""
    mail = a_mail_fact(links=("we.tl", "we.tl"))
    (finding,) = _findings(a_dossier(mails=[mail], annexes={"cv": AnnexState.UNCLEAR}))

    assert (finding.code, finding.subject) == ("document.link_only", "we.tl")
    assert finding.severity is Severity.REVIEW


def test_a_link_where_the_form_should_be_is_told() -> None:
    """Annexes without a form, and a link."""
    dossier = a_dossier(mails=[a_mail_fact(links=("we.tl",))], has_form=False)

    assert [finding.code for finding in _findings(dossier)] == ["document.link_only"]


def test_a_link_beside_a_complete_set_of_files_is_an_ornament() -> None:
    """Many signatures of mails end in a link."""
    assert _findings(a_dossier(mails=[a_mail_fact(links=("we.tl",))])) == []
