"""Tests of `checks/sender.py`."""

import pytest

from checks import sender
from data.model import Severity
from tests.checks.dossiers import a_dossier, a_mail_fact, blossom

P = blossom()


@pytest.mark.parametrize("verified", [True, None])
def test_nothing_is_said_where_nothing_failed(verified: bool | None) -> None:
    """No word of the receiving server is no suspicion."""
    dossier = a_dossier(mails=[a_mail_fact(sender_verified=verified)])

    assert list(sender.look(dossier, P)) == []


def test_a_sender_who_failed_is_for_the_officer() -> None:
    """Each address once, however many mails it sent."""
    forged = a_mail_fact(sender_verified=False)
    (finding,) = sender.look(a_dossier(mails=[forged, forged, a_mail_fact()]), P)

    assert (finding.code, finding.severity) == ("sender.unverified", Severity.REVIEW)
    assert finding.subject == "aline@laremise.example"
    assert finding.officer_only


def test_a_mail_without_sender_gets_an_answer() -> None:
    """A mail may lack its From line."""
    dossier = a_dossier(mails=[a_mail_fact(sender=None, sender_verified=False)])

    assert [finding.subject for finding in sender.look(dossier, P)] == ["inconnue"]
