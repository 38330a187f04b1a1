"""The edition's form as a sequence of anchors: its questions, titles and other printed lines, in order.

The blank form's own text gives the order; a question that is not printed there follows the one before it.
"""

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache

from rapidfuzz import fuzz

from data.edition import Edition, Question, QuestionKind
from parsers._wording import STOP, fold, stem, telling, words

_TRAILING_CHOICE = re.compile(r"\s*[:(]?\s*\boui\s*/\s*non\b\s*\)?\s*$", re.IGNORECASE)
ALIKE, SHORT = 65, 3
"""Likeness of a word, as it was recognised, to one of the question's; shorter ones are the same or not."""
_NUMBER = re.compile(r"^\W*(?:[A-Z]\s*[.)]\s*)?\d{0,2}\s*[.):]?\s*")


@dataclass(frozen=True, slots=True)
class Variant:
    """One way of printing an anchor's text."""

    words: tuple[str, ...]
    text: str
    """The words, joined."""
    printed: str
    trust: float
    """1 for the full wording; less for a part of it."""
    whole: bool
    asks_twice: bool
    """It goes on after a question mark or a full stop."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A text of the form that tells where we are."""

    order: int
    question: str | None
    variants: tuple[Variant, ...]
    weight: float
    """How much it tells: a rare long wording more than « Nom »."""
    stems: frozenset[str]
    number: str | None = None
    """Printed before it."""
    place: str | None = None
    """Of a question without a number: which of its section it is."""
    is_title: bool = False
    opening: frozenset[str] = frozenset()
    """Stems of all words of its variants: one of them begins it, unless it was cut or misread."""
    also: frozenset[frozenset[str]] = frozenset()
    """The telling words of each label that people put in its place."""

    @property
    def is_short(self) -> bool:
        """Too common a wording to be recognised within a sentence."""
        return len(self.stems) <= 2

    def has(self, word: str) -> bool:
        """Whether a word, however it was read, is one of its own."""
        own = stem(word)
        return own in self.opening or any(
            fuzz.ratio(own, each) >= ALIKE for each in self.opening if min(len(own), len(each)) > SHORT
        )


@dataclass(frozen=True)
class Form:
    """All anchors, and what is needed to weigh their words."""

    anchors: tuple[Anchor, ...]
    rarity: dict[str, float]
    template: frozenset[str]
    """Folded lines of the blank form: no answer is made of them."""
    signature_questions: frozenset[str]
    by_stem: dict[str, tuple[int, ...]] = field(default_factory=dict)

    @cached_property
    def without_questions(self) -> "Form":
        """What the form prints beside its questions, alone."""
        printed = {
            s: tuple(order for order in orders if self.anchors[order].question is None)
            for s, orders in self.by_stem.items()
        }
        return replace(self, by_stem=printed)


def translations(edition: Edition) -> tuple[Edition, ...]:
    """The edition as worded in each language that has wordings."""
    return _translations(_Key(edition))


@lru_cache(maxsize=16)
def _translations(key: "_Key") -> tuple[Edition, ...]:
    return tuple(key.edition.translated(each) for each in key.edition.language if each.wordings)


def form(edition: Edition) -> Form:
    """The anchors of an edition. Editions are few and frozen: computed once for each."""
    return _form(_Key(edition))


class _Key:
    """An edition as a key: the same object, the same form."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition

    def __hash__(self) -> int:
        return hash((self.edition.id, len(self.edition.form_lines)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and (
            self.edition is other.edition
            or (self.edition == other.edition and self.edition.form_lines == other.edition.form_lines)
        )


@lru_cache(maxsize=16)
def _form(key: _Key) -> Form:
    edition = key.edition
    signing = signature_questions(edition)
    entries = list(_entries(edition, signing))
    counts = Counter(s for question, text, _ in entries for s in set(_stems(text)))
    total = len(entries)
    rarity = {s: math.log(1 + total / count) for s, count in counts.items()}
    places = _places(edition)
    anchors = tuple(
        _anchor(order, edition.questions.get(question or ""), text, is_title, rarity, places)
        for order, (question, text, is_title) in enumerate(entries)
    )
    by_stem: dict[str, list[int]] = {}
    for anchor in anchors:
        for s in anchor.stems.union(*(map(stem, known) for known in anchor.also if len(known) > 1)):
            by_stem.setdefault(s, []).append(anchor.order)
    return Form(
        anchors,
        rarity,
        frozenset(_template(edition)),
        signing,
        {s: tuple(orders) for s, orders in by_stem.items()},
    )


def signature_questions(edition: Edition) -> frozenset[str]:
    """Questions of the sections in which people sign: found by the block's layout, not by order."""
    named = {q for s in edition.signatory for q in (s.name_question, s.function_question)}
    return frozenset(
        question.id
        for section in edition.section
        if any(question.id in named for question in section.question)
        for question in section.question
    )


def _entries(edition: Edition, signing: frozenset[str]) -> Iterator[tuple[str | None, str, bool]]:
    """(question or None, text, whether it is a title), in the order of the form."""
    waiting = [question for question in edition.questions.values() if question.id not in signing]
    titles = {
        fold(title)
        for section in edition.section
        for title in (section.title, section.heading)
        if title and not fold(title).isdigit()
    }
    signed = {fold(edition.questions[q].wording) for q in signing}
    in_block = False
    placed = 0
    for line in edition.form_lines:
        text = fold(line)
        at = _question_at(line, waiting[placed : placed + 3])
        if at is not None:
            for question in waiting[placed : placed + at + 1]:
                yield question.id, question.wording, False
            placed += at + 1
            in_block = False
        elif text in titles:
            in_block = False
            yield None, line, True
        elif text in signed and not in_block:
            in_block = True
            yield None, line, False
        elif in_block and len(text) < 70 and not re.match(r"(?:etape|partie|section)\b", text):
            continue
        elif _tells(line):
            in_block = False
            yield None, line, False
    for question in waiting[placed:]:
        yield question.id, question.wording, False


def _question_at(line: str, questions: list[Question]) -> int | None:
    said = " ".join(w.text for w in words(_NUMBER.sub("", line)))
    for index, question in enumerate(questions):
        asked = " ".join(w.text for w in words(question.wording))
        whole = len(asked) > 12 and said.startswith(asked)
        if said and (fuzz.ratio(said, asked) >= 92 or whole or _begins(line, question)):
            return index
    return None


def _begins(line: str, question: Question) -> bool:
    """« Niveau d'études : primaire – secondaire … » prints the choices behind the wording."""
    return fold(re.sub(r"^\W+", "", line).split(":")[0]) == fold(question.wording)


def _tells(line: str) -> bool:
    """Whether a printed line is long enough to be recognised again."""
    return sum(len(word.text) >= 3 for word in words(line)) >= 2


def _places(edition: Edition) -> dict[str, str]:
    """By question without a number: its place in its section, as people number what the form does not."""
    return {
        question.id: str(place)
        for section in edition.section
        for place, question in enumerate(section.question, 1)
        if question.number is None
    }


def _anchor(
    order: int,
    question: Question | None,
    text: str,
    is_title: bool,
    rarity: dict[str, float],
    places: Mapping[str, str],
) -> Anchor:
    variants = tuple(_variants(question) if question else _line_variants(_NUMBER.sub("", text) or text))
    stems = frozenset(_stems(variants[0].text))
    weight = sum(rarity.get(s, 1.0) for s in stems)
    printed = re.match(r"\d{1,2}(?=\s*[.)])", text)
    number = question.number if question else printed[0] if printed and is_title else None
    place = places.get(question.id) if question else None
    also = frozenset(telling(label) for label in question.also) if question else frozenset()
    return Anchor(order, question.id if question else None, variants, weight, stems, number, place, is_title,
                  frozenset(stem(word) for variant in variants for word in variant.words), also)  # fmt: skip


def _line_variants(text: str) -> Iterator[Variant]:
    """A printed line, and its sentences: lines are cut and shortened when a form is retyped."""
    yield _variant(text, 1.0, True)
    sentences = [s for s in re.split(r"(?<=[?.!])\s+", text) if len(words(s)) >= 6]
    if len(sentences) > 1:
        for sentence in sentences:
            yield _variant(sentence, 0.95, False)


def _variants(question: Question) -> Iterator[Variant]:
    wording = _TRAILING_CHOICE.sub("", question.wording)
    yield _variant(wording, 1.0, True)
    bare = re.sub(r"\s*\([^)]*\)", "", wording)
    if bare != wording:
        yield _variant(bare, 0.98, True)
    sentences = [s for s in re.split(r"(?<=[?.!])\s+", bare) if len(words(s)) >= 4]
    if len(sentences) > 1:
        for sentence in sentences:
            yield _variant(sentence, 0.93, False)
    if question.kind is not QuestionKind.SCALE and fold(question.label) != fold(wording):
        yield _variant(question.label, 0.9, False)
    if question.kind is QuestionKind.EMAIL:
        yield _variant("Adresse e-mail", 0.9, False)
    yield from (_variant(label, 0.9, False) for label in question.also if len(telling(label)) > 1)


def _variant(text: str, trust: float, whole: bool) -> Variant:
    found = tuple(word.text for word in words(text))
    return Variant(found, " ".join(found), text, trust, whole, bool(re.search(r"[?:.!]\s+\w", text)))


def _stems(text: str) -> list[str]:
    found = [stem(word.text) for word in words(text)]
    telling = [s for s, word in zip(found, words(text), strict=True) if word.text not in STOP]
    return telling or found


def _template(edition: Edition) -> Iterator[str]:
    for line in edition.form_lines:
        folded = fold(line)
        if len(folded) >= 10:
            yield folded
    for section in edition.section:
        yield fold(section.title)
        if section.heading:
            yield fold(section.heading)
    for language in edition.language:  # a form in two languages prints both
        yield from (folded for said in language.wordings.values() if len(folded := fold(said)) >= 10)


def parts(form: Form) -> Iterator[set[int]]:
    """The questions between two titles of the form, by their orders."""
    part: set[int] = set()
    for anchor in form.anchors:
        if anchor.is_title:
            yield part
            part = set()
        elif anchor.question:
            part.add(anchor.order)
    yield part
