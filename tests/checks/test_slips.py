"""Tests of `checks/slips.py`."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from checks import slips
from data.model import Address, Severity
from tests.checks.dossiers import a_dossier, a_mail_fact, blossom, verger

P = blossom()
SENDER = "aline.peeters@laremise.example"


def proposals(written: str, sender: str = SENDER) -> list[str]:
    mails = [a_mail_fact(sender=Address("Aline", sender))]
    findings = list(slips.look(a_dossier(answers={"a2.email": written}, mails=mails), P))

    assert all(each.officer_only and each.severity is Severity.REVIEW for each in findings)
    return [each.facts["proposal"] for each in findings]


@pytest.mark.parametrize(
    ("written", "proposed"),
    [
        ("aline@gmial.com", "aline@gmail.com"),
        ("aline@gmail.con", "aline@gmail.com"),
        ("aline@gmai.com", "aline@gmail.com"),
        ("aline@hotmial.com", "aline@hotmail.com"),
        ("aline@hotmal.be", "aline@hotmail.be"),
        ("aline@outlok.be", "aline@outlook.be"),
        ("aline@grnail.corn", "aline@gmail.com"),
        ("aline@skynet.eb", "aline@skynet.be"),
        ("Aline Peeters <Aline@YAHO.FR>", "aline@yahoo.fr"),
        ("aline.peters@laremise.example", SENDER),
        ("aline.peeters@laremsie.example", SENDER),
    ],
)
def test_a_slip_is_shown_with_what_it_may_have_been_meant_to_be(written: str, proposed: str) -> None:
    """A provider's name with a letter too few, too many or swapped; the sender's own address, nearly."""
    assert proposals(written) == [proposed]


@pytest.mark.parametrize(
    "written",
    [
        SENDER,
        "info@laremise.example",
        "aline@gmail.com",
        "aline@hotmail.de",
        "aline@hotmail.nl",
        "aline@olive.be",
        "aline@email.com",
        "aline@mail.com",
        "aline@foo.be",
        "aline@outlook.example",
        "aline",
        "@",
    ],
)
def test_an_address_that_is_another_one_is_left_alone(written: str) -> None:
    """Another country's house of the same name, a short name, a real house that merely resembles one."""
    assert proposals(written) == []


def test_a_senders_own_address_is_looked_at_too() -> None:
    """A mail program set up with a slip answers nobody."""
    assert proposals("", sender="aline@gmial.com") == ["aline@gmail.com"]


def test_an_edition_without_providers_proposes_none() -> None:
    """The list is the edition's."""
    mails = [a_mail_fact(sender=Address("Aline", "aline@gmial.com"))]

    assert list(slips.look(a_dossier(verger(), mails=mails), verger())) == []


@given(st.emails(), st.emails())
@example("/0@A.A00000000.A00000.A.AC", "/0@A.A00000000.A00000.A.AC")
def test_whatever_is_written_a_proposal_is_another_address(written: str, sender: str) -> None:
    """Total, and never what stands there already."""
    assert written.lower() not in proposals(written, sender)
