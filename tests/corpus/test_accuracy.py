"""Layouts of strangers that are read without a fault stay so; `make accuracy` measures all the others."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

import parsers
from data.edition import Edition, load, shipped
from data.model import Answer, AnswerState, Document, Dossier, Place, Signature, SignatureState
from parsers._answered import _form
from tests.corpus.make.applications import SIGNED, invent_application
from tests.corpus.make.truth import AnnexTruth, ItemTruth, SignatureTruth, Truth
from tests.corpus.make.word import LAYOUTS, build
from tests.corpus.scoring import Outcome, score, score_annexes
from tests.corpus.tables import joined

READ_WELL = ("handed out", "nested", "struck", "ledger", "capitals", "boxes", "marked", "bare")
ARRIVED_AT = datetime(2026, 9, 10, 8, tzinfo=UTC)


@pytest.fixture(scope="module")
def edition() -> Edition:
    """The edition that is open."""
    return load(shipped()["blossom-2026"])


def a_dossier(**parts: object) -> Dossier:
    return replace(Dossier("blossom-2026", None, ARRIVED_AT, (), ()), **parts)


@pytest.mark.parametrize("layout", READ_WELL)
def test_every_item_of_a_strangers_form_is_read(layout: str, edition: Edition) -> None:
    """State and value of all fifty items are right, and nothing that was sent is called missing."""
    application = invent_application(100 + 2 * READ_WELL.index(layout), edition)
    document = parsers.read(build(application, LAYOUTS[layout]))
    assert isinstance(document, Document)
    reading = _form.read(document, "form.docx", edition)
    truth = Truth("blossom-2026", application.seed, layout, "docx", application.truth)
    dossier = a_dossier(answers=reading.answers, signatures=reading.signatures)

    assert [item for item in score(truth, dossier, on_paper=False) if item.outcome != "right"] == []


def judged(item: ItemTruth, answer: Answer) -> Outcome:
    truth = Truth("x", 1, "", "", {"b.1": item})
    return next(score(truth, a_dossier(answers={"b.1": answer}), on_paper=False))


@pytest.mark.parametrize(
    ("state", "value", "outcome"),
    [
        (AnswerState.ANSWERED, "L'équipe compte cinq personnes", "right"),
        (AnswerState.ANSWERED, "Nom de l'entreprise", "wrong value"),
        (AnswerState.UNCLEAR, "L'équipe", "unclear"),
        (AnswerState.BLANK, None, "false missing"),
        (AnswerState.NOT_FOUND, None, "false missing"),
    ],
)
def test_an_answer_is_judged_by_state_and_likeness(
    state: AnswerState, value: str | None, outcome: str
) -> None:
    """Typography is no difference; an answer that is not found is the worst error."""
    item = ItemTruth("answered", "L’équipe compte  cinq personnes.")

    assert outcome == judged(item, Answer("b.1", state, value, Place("f"), 0.9)).outcome


def test_what_nobody_wrote_is_a_false_answer() -> None:
    """A blank that is called answered counts against the reader; handwriting may be in doubt."""
    said = Answer("b.1", AnswerState.ANSWERED, "R :", Place("f"), 0.9)
    doubt = Answer("b.1", AnswerState.UNCLEAR, None, Place("f"), 0.5)

    assert judged(ItemTruth("blank"), said).outcome == "false answered"
    assert judged(ItemTruth("answered", "x", ("unclear",)), doubt).outcome == "right"


def test_signatures_and_annexes_are_judged_too() -> None:
    """A stamp called a signature is false; an annex that is missing in truth is rightly called so."""
    signed = Signature("contact", SignatureState.SIGNED)
    truth = Truth("x", 1, "", "", {}, {"contact": SIGNED["stamp"]}, {"cv": AnnexTruth("missing")})
    dossier = a_dossier(signatures={"contact": signed})

    assert next(score(truth, dossier, on_paper=False)).outcome == "false signed"
    assert next(score_annexes(truth, dossier)).outcome == "right"


def test_a_place_to_sign_has_a_truth_for_all_that_may_stand_there() -> None:
    """Signed or missing, in the contract's words."""
    assert {place.state for place in SIGNED.values()} == {"signed", "missing"}
    assert all(isinstance(place, SignatureTruth) for place in SIGNED.values())


def test_a_chapter_takes_the_place_of_the_one_before() -> None:
    """The same command writes its chapter anew; other commands' chapters stay."""
    written = joined(joined("", "## `a`\n\nold"), "## `b`\n\nother")
    again = joined(written, "## `a`\n\nnew")

    assert "old" in written
    assert "old" not in again
    assert again.count("## `") == 2
    assert again == joined(again, "## `a`\n\nnew")
