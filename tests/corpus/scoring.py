"""How near a dossier is to its truth, item by item."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from data.model import AnswerState, Dossier, Piece, SignatureState
from tests.corpus.make.cases import Case
from tests.corpus.make.truth import AnnexTruth, ItemTruth, SignatureTruth, Truth

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
    def is_annex(self) -> bool:
        return self.subject.startswith("annex ")

    @property
    def is_item(self) -> bool:
        """Of the form's own questions."""
        return not self.is_signature and not self.is_annex

    @property
    def state_right(self) -> bool:
        """Whether the state is, whatever the text."""
        return self.outcome in {"right", "wrong value"}


@dataclass(frozen=True, slots=True)
class PaperOutcome:
    """One document of a set with annexes, judged."""

    subject: str
    kind_expected: str
    kind_found: str
    is_range: bool
    range_right: bool
    years_right: bool | None
    """None where no years are asked of it."""


@dataclass(frozen=True, slots=True)
class Measured:
    """One case, read."""

    case: Case
    truth: Truth
    outcomes: tuple[Outcome, ...]
    papers: tuple[PaperOutcome, ...]
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


def score_papers(truth: Truth, dossier: Dossier) -> Iterator[PaperOutcome]:
    """Every document that the truth names: what it was taken for, on which pages, of which years."""
    for document in truth.documents:
        is_range = document.first_page is not None
        pieces = [piece for piece in dossier.pieces if piece.file == document.file]
        pages = range(document.first_page or 1, (document.last_page or 1) + 1)
        own = [piece for piece in pieces if not is_range or _covers(piece, pages)]
        exact = [p for p in own if (p.first_page, p.last_page) == (document.first_page, document.last_page)]
        best = (exact or own or [None])[0]
        found = {year for piece in own for year in _years(piece)}
        is_free = document.kind == "other" and not own  # pages that belong to no document are something else
        yield PaperOutcome(
            f"{document.file} {document.first_page or ''}-{document.last_page or ''}".rstrip(" -"),
            document.kind,
            str(best.kind) if best else "other" if is_free else "none",
            is_range,
            is_free or bool(exact) if is_range else True,
            set(document.years) <= found if document.years else None,
        )


def _covers(piece: Piece, pages: range) -> bool:
    """Whether a piece holds most of these pages."""
    first, last = piece.first_page or 1, piece.last_page or piece.pages or 1
    common = min(last, pages[-1]) - max(first, pages[0]) + 1
    return common * 2 > len(pages)


def _years(piece: Piece) -> set[int]:
    closed = {day.year for day in piece.closing_dates}
    return closed | ({piece.year} if piece.year else set())


def score_annexes(truth: Truth, dossier: Dossier) -> Iterator[Outcome]:
    """Every annex that the edition asks for."""
    for kind, annex in truth.annexes.items():
        found = dossier.annexes.get(kind)
        state = str(found.state) if found else "missing"
        outcome = _annex_outcome(annex, state)
        years = f" {sorted(found.years)}" if found and found.years else ""
        yield Outcome(
            f"annex {kind}", outcome, f"{annex.state} {list(annex.years) or ''}", state + years, 1.0
        )


def _annex_outcome(annex: AnnexTruth, state: str) -> str:
    if state == annex.state or state in annex.also:
        return "right"
    if state == "unclear":
        return "unclear"
    return (
        "false missing" if state in {"missing", "partial"} and annex.state != "missing" else "false present"
    )


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
    plain = re.sub(r"^\s*[•*–-]\s+", "", text.lower(), flags=re.MULTILINE)
    plain = plain.replace("’", "'").replace("–", "-").replace("\xa0", " ")
    return " ".join(plain.split()).strip(" .")
