"""Tests of `checks/subject.py`."""

import pytest

from checks import subject
from data.model import Finding, Severity
from tests.checks.dossiers import a_dossier, a_mail_fact, blossom, verger

P = blossom()


def _findings(*subjects: str) -> list[Finding]:
    return list(subject.look(a_dossier(mails=[a_mail_fact(subject=each) for each in subjects]), P))


@pytest.mark.parametrize(
    "written",
    [
        "Dossier de candidature – COOPCITY 2026 – La Remise",
        "Dossier de candidature - Coopcity 2026 - La Remise",
        "DOSSIER DE CANDIDATURE COOPCITY 2026 LA REMISE",
        "TR: Dossier de candidature — COOPCITY 2026 — La Remise (1/2)",
        "Re: À compléter – Dossier de candidature COOPCITY 2026 – La Remise",
        "« Dossier de candidature – COOPCITY 2026 – [La Remise] »",
    ],
)
def test_the_subject_asked_for_is_recognised(written: str) -> None:
    """Dashes, case, quotes and a prefix do not count."""
    assert _findings(written) == []


@pytest.mark.parametrize(
    "written",
    [
        "",
        "Candidature",
        "Dossier de candidature – COOPCITY 2025 – La Remise",
        "Dossier de candidature – COOPCITY 2026",
        "Dossier de candidature – COOPCITY 2026 – [nom de votre structure]",
    ],
)
def test_another_subject_is_a_notice_to_the_officer(written: str) -> None:
    """It is accepted; the applicant hears nothing of it."""
    (finding,) = _findings(written)

    assert (finding.code, finding.severity) == ("mail.wrong_subject", Severity.NOTICE)
    assert finding.officer_only


def test_one_good_subject_of_several_mails_is_enough() -> None:
    """A supplement may be called anything."""
    assert _findings("le CV", "Dossier de candidature – COOPCITY 2026 – La Remise") == []


def test_loose_files_have_no_subject() -> None:
    """What came by no mail cannot have a wrong one."""
    folder = a_mail_fact(subject="", sender=None, recipients=())

    assert list(subject.look(a_dossier(mails=[]), P)) == []
    assert list(subject.look(a_dossier(mails=[folder]), P)) == []


@pytest.mark.parametrize(
    ("written", "count"),
    [("Aanvraag De Appelaar Verger 2031", 0), ("Aanvraag De Appelaar", 1), ("Aanvraag Verger 2031", 1)],
)
def test_the_subject_is_the_editions(written: str, count: int) -> None:
    """Another programme has the name in the middle."""
    dossier = a_dossier(verger(), mails=[a_mail_fact(verger(), subject=written)])

    assert len(list(subject.look(dossier, verger()))) == count
