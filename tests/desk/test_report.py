"""Tests of `desk/report.py`: the JSON is the contract's."""

import json
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from checks import judge
from data.model import (
    Annex,
    AnnexState,
    Answer,
    AnswerState,
    Dossier,
    Ground,
    MailKind,
    PageSource,
    Place,
    Recognition,
    Signature,
    SignatureHow,
    SignatureState,
    UnreadReason,
    VerdictState,
)
from desk.report import NOT_AN_APPLICATION, as_json, exit_code, not_an_application
from tests.checks.dossiers import a_dossier, a_piece, blossom, in_time, verger

P = blossom()


def _told(dossier: Dossier) -> dict[str, Any]:
    """The report, as whoever reads the JSON has it."""
    told: dict[str, Any] = json.loads(json.dumps(as_json(dossier, judge(dossier, P), P)))
    return told


def _part(dossier: Dossier, *path: str) -> Any:
    part: Any = _told(dossier)
    for key in path:
        part = part[key]
    return part


def test_the_keys_are_the_contracts() -> None:
    """All of them, in its order, and no other."""
    assert list(_told(a_dossier())) == [
        "edition",
        "verdict",
        "organisation",
        "received_at",
        "on_time",
        "documents",
        "answers",
        "signatures",
        "annexes",
        "findings",
    ]


def test_every_item_of_the_edition_is_there() -> None:
    """Even those that the reading does not mention, and in the form's order."""
    told = _told(Dossier(P.id, None, in_time(P), (), ()))

    assert [*P.questions] == list(told["answers"])
    assert [*P.signatories] == list(told["signatures"])
    assert [*P.annexes] == list(told["annexes"])
    assert told["organisation"] is None


def test_the_reception_is_written_on_the_programmes_clocks() -> None:
    """Brussels in September is two hours ahead; seconds, no fractions."""
    received = P.dates.deadline - timedelta(days=4, microseconds=5)

    assert _part(a_dossier(received_at=received), "received_at") == "2026-09-10T09:59:59+02:00"


def test_an_unknown_reception_is_null() -> None:
    """Loose files do not say when they came: nothing is claimed."""
    dossier = a_dossier()
    told = as_json(dossier, judge(dossier, P), P, received=False)

    assert (told["received_at"], told["on_time"], told["verdict"]) == (None, True, "complete")


def test_late_is_told() -> None:
    """`on_time` is the verdict's."""
    dossier = a_dossier(received_at=P.dates.deadline + timedelta(seconds=1))

    assert (_part(dossier, "on_time"), _part(dossier, "verdict")) == (False, "to_review")


def test_a_document_is_told_with_all_its_keys() -> None:
    """What it is, how long, in which language, how it was read, what it was taken from."""
    piece = a_piece("bilan.pdf", "accounts", year=2025, contained_in="annexes.zip", read_by=PageSource.OCR)

    assert _part(a_dossier(pieces=[piece]), "documents") == [
        {
            "file": "bilan.pdf",
            "sha256": piece.sha256,
            "kind": "accounts",
            "pages": 3,
            "language": "fr",
            "year": 2025,
            "read_by": "ocr",
            "contained_in": "annexes.zip",
        }
    ]


def test_a_file_of_several_things_is_listed_for_each_with_its_pages() -> None:
    """Pages are a count for a whole file, and a range for a part of it."""
    form = a_piece("tout.pdf", "dossier", first_page=1, last_page=8)
    statutes = a_piece("tout.pdf", "statutes", first_page=9, last_page=14)
    told = _part(a_dossier(pieces=[form, statutes]), "documents")

    assert [(each["kind"], each["pages"]) for each in told] == [("dossier", "1-8"), ("statutes", "9-14")]


def test_a_logo_is_listed_as_what_it_is() -> None:
    """No letter speaks of it; whoever counts the files finds them all."""
    logo = a_piece("logo.png", "other")
    told = _part(replace(a_dossier(pieces=[]), decorations=(logo,)), "documents")

    assert [(each["file"], each["kind"]) for each in told] == [("logo.png", "other")]


def test_a_file_that_was_not_read_is_unreadable() -> None:
    """Kind, and no pages that nobody counted."""
    locked = a_piece(
        "x.pdf", unread=UnreadReason.ENCRYPTED, pages=None, read_by=PageSource.NONE, language=None
    )
    told = _part(a_dossier(pieces=[locked]), "documents")

    assert [(t["kind"], t["pages"], t["read_by"]) for t in told] == [("unreadable", None, "none")]


def test_an_answer_is_told_with_value_and_place() -> None:
    """The applicant's own words, with their accents; an integer for a scale."""
    words = Answer("b.6", AnswerState.ANSWERED, "À tour de rôle", Place("D.pdf", 4), 0.98765)
    dossier = a_dossier(answers={"b.6": words, "e.1": 7})

    assert _part(dossier, "answers", "b.6") == {
        "state": "answered",
        "value": "À tour de rôle",
        "file": "D.pdf",
        "page": 4,
        "confidence": 0.988,
    }
    assert _part(dossier, "answers", "e.1", "value") == 7


def test_a_signature_is_told_with_how_and_who() -> None:
    """And with nulls where there is none."""
    seal = Signature(
        "contact", SignatureState.SIGNED, SignatureHow.DIGITAL, "Aline Peeters", Place("D.pdf"), 0.9
    )
    dossier = a_dossier(
        signatures={"contact": seal, "administrator": Signature("administrator", SignatureState.MISSING)}
    )

    assert _part(dossier, "signatures") == {
        "contact": {
            "state": "signed",
            "how": "digital",
            "name": "Aline Peeters",
            "file": "D.pdf",
            "page": None,
            "confidence": 0.9,
        },
        "administrator": {
            "state": "missing",
            "how": None,
            "name": None,
            "file": None,
            "page": None,
            "confidence": 0.0,
        },
    }


def test_only_annexes_asked_for_by_year_have_years() -> None:
    """Each file once, years in order."""
    places = (Place("a.pdf", 1), Place("b.pdf"), Place("a.pdf", 5))
    annexes = {
        "accounts": Annex("accounts", AnnexState.PRESENT, places, (2025, 2024)),
        "statutes": Annex("statutes", AnnexState.PRESENT, places, (1987,)),
    }
    dossier = a_dossier(annexes=annexes)

    assert _part(dossier, "annexes", "accounts") == {
        "state": "present",
        "files": ["a.pdf", "b.pdf"],
        "years": [2024, 2025],
    }
    assert _part(dossier, "annexes", "statutes") == {"state": "present", "files": ["a.pdf", "b.pdf"]}


def test_a_finding_is_told_with_its_sentence() -> None:
    """Code, subject, severity, message, and nothing else."""
    assert _part(a_dossier(annexes={"cv": AnnexState.MISSING}), "findings") == [
        {
            "code": "annex.missing",
            "subject": "cv",
            "severity": "blocking",
            "message": "Nous n'avons pas trouvé le CV de la personne référente.",
        }
    ]


def test_the_report_is_the_editions() -> None:
    """Another programme has its own answers, signature and annexes."""
    dossier = a_dossier(verger())
    told: dict[str, Any] = as_json(dossier, judge(dossier, verger()), verger())

    assert told["edition"] == "verger-2031"
    assert list(told["signatures"]) == ["voorzitter"]
    assert str(told["received_at"]).endswith("-01:00")


@pytest.mark.parametrize(
    ("state", "code"),
    [(VerdictState.COMPLETE, 0), (VerdictState.INCOMPLETE, 1), (VerdictState.TO_REVIEW, 3)],
)
def test_each_verdict_has_its_exit_status(state: VerdictState, code: int) -> None:
    """Two is kept for wrong usage, four for a mail that is no application."""
    assert exit_code(replace(judge(a_dossier(), P), state=state)) == code
    assert NOT_AN_APPLICATION == 4


@pytest.mark.parametrize("kind", list(MailKind))
def test_a_mail_that_is_no_application_says_why(kind: MailKind) -> None:
    """With what was seen in it, so that a person can judge the judgement."""
    told = not_an_application(P, Recognition(kind, (Ground("newsletter", -5),)))

    assert list(told) == ["edition", "verdict", "not_an_application", "reason"]
    assert (told["edition"], told["verdict"], told["not_an_application"]) == ("blossom-2026", None, True)
    assert str(told["reason"]).endswith("(newsletter)")
