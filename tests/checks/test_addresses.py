"""Tests of `checks/addresses.py`."""

import pytest

from checks import addresses
from data.model import Finding, Severity
from tests.checks.dossiers import a_dossier, a_mail_fact, blossom, verger

P = blossom()


def _findings(*recipients: str) -> list[Finding]:
    return list(addresses.look(a_dossier(mails=[a_mail_fact(recipients=recipients)]), P))


def test_both_addresses_are_as_asked() -> None:
    """Case does not count, nor who else is written to."""
    assert _findings("Matthias@coopcity.be", "info@COOPCITY.be", "collegue@laremise.example") == []


@pytest.mark.parametrize(
    ("written", "absent"),
    [("info@coopcity.be", "matthias@coopcity.be"), ("matthias@coopcity.be", "info@coopcity.be")],
)
def test_one_address_alone_is_a_notice_to_the_officer(written: str, absent: str) -> None:
    """It is accepted, without reproach."""
    (finding,) = _findings(written)

    assert (finding.code, finding.severity) == ("mail.one_address", Severity.NOTICE)
    assert finding.officer_only
    assert finding.facts["absent"] == absent


def test_a_blind_copy_says_nothing() -> None:
    """Where none of the addresses is named, it is not known who was written to."""
    assert _findings("collegue@laremise.example") == []
    assert list(addresses.look(a_dossier(mails=[]), P)) == []


def test_two_mails_may_share_the_addresses() -> None:
    """One mail to each address is both addresses."""
    mails = [a_mail_fact(recipients=(address,)) for address in P.mail.addresses]

    assert list(addresses.look(a_dossier(mails=mails), P)) == []


def test_an_edition_with_one_address_asks_for_one() -> None:
    """Another programme has a single inbox."""
    assert list(addresses.look(a_dossier(verger()), verger())) == []
