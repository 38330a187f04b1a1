"""How near a dossier is to its truth, item by item."""

from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from data.model import AnswerState, Dossier, SignatureState
from tests.corpus.make.cases import Case
from tests.corpus.make.truth import ItemTruth, SignatureTruth, Truth

ALIKE = 97.0
"""Likeness from which a text counts as the applicant's, where it was text."""
ALIKE_ON_PAPER = 90.0
"""The same where it was read off an image."""
MISSING = frozenset({"blank", "not_found", "missing"})


@dataclass(frozen=True, slots=True)
class Outcome:
    """One item, judged."""

    subject: str
    outcome: str
    """`right`, `wrong value`, `false missing`, `false answered`, `unclear`, `not found`."""
    expected: str
    got: str
    confidence: float
    likeness: float | None = None

    @property
    def is_signature(self) -> bool:
        return self.subject.startswith("signature ")

    @property
    def state_right(self) -> bool:
        """Whether the state is, whatever the text."""
        return self.outcome in {"right", "wrong value"}


@dataclass(frozen=True, slots=True)
class Measured:
    """One case, read."""

    case: Case
    truth: Truth
    outcomes: tuple[Outcome, ...]
    seconds: float
    pages: int


def score(truth: Truth, dossier: Dossier, *, on_paper: bool) -> Iterator[Outcome]:
    """Every item of the form and both signatures."""
    alike = ALIKE_ON_PAPER if on_paper else ALIKE
    for question, item in truth.answers.items():
        answer = dossier.answers.get(question)
        state = answer.state if answer else AnswerState.NOT_FOUND
        value, sure = (answer.value, answer.confidence) if answer else (None, 0.0)
        yield _item(question, item, str(state), value, sure, alike)
    for role, place in truth.signatures.items():
        found = dossier.signatures.get(role)
        state_found = found.state if found else SignatureState.MISSING
        yield _signature(role, place, str(state_found), found.confidence if found else 0.0)


def _item(
    question: str, item: ItemTruth, state: str, value: str | int | None, sure: float, alike: float
) -> Outcome:
    likeness = _likeness(item.value, value) if item.value is not None and value is not None else None
    outcome = _state_outcome(item.state, item.also, state)
    if outcome == "right" and state == "answered" and (likeness or 0.0) < alike:
        outcome = "wrong value"
    return Outcome(question, outcome, f"{item.state} {item.value!r}", f"{state} {value!r}", sure, likeness)


def _state_outcome(expected: str, also: tuple[str, ...], state: str) -> str:
    if state == expected or state in also:
        return "right"
    if state == "unclear":
        return "unclear"
    if state in MISSING:
        return "false missing" if expected not in MISSING else "not found"
    return "false answered"


def _signature(role: str, place: SignatureTruth, state: str, sure: float) -> Outcome:
    outcome = _state_outcome(place.state, place.also, state)
    named = "false signed" if outcome == "false answered" else outcome
    return Outcome(f"signature {role}", named, f"{place.state} ({place.made})", state, sure)


def _likeness(expected: str | int, value: str | int) -> float:
    if isinstance(expected, int):
        return 100.0 if expected == value else 0.0
    return fuzz.ratio(_plain(expected), _plain(str(value)))


def _plain(text: str) -> str:
    """As people compare: without case, spacing, kinds of apostrophes and dashes, and list marks."""
    plain = text.lower().replace("’", "'").replace("–", "-").replace("\xa0", " ")
    return " ".join(plain.split()).strip(" .")
