"""A form that somebody typed anew in own words: its labels, whatever they say, against the form's questions.

Hardly any of the form's wordings stand there, and nobody knows what people put in their place. But their
labels are set alike, follow the form's order, and are answered with what is asked: a date, an address, a yes.
So all questions are aligned with all labels at once, as two sequences are in biology (Needleman and Wunsch,
1970). A pair is worth what the label's words share with what the question asks or is about, what its value
shows, and its number; and more where the pair before it is the one before in both. So a label in words that
nobody knows stands for the question that is due between two that are known.
"""

import functools
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from data.edition import Edition, Question, QuestionKind
from parsers._asked._aligned import aligned
from parsers._asked._anchors import Anchor, Form, signature_questions
from parsers._asked._found import Match
from parsers._asked._outline import Label, outline, row_of, with_values
from parsers._asked._unworded import rated_at_once
from parsers._stream import Stream
from parsers._wording import STOP, fold, has_content, stem, words

FEWEST_LABELS, MOST_LABELS = 15, 500
"""A document with fewer or more is no form, whatever they say."""
FEWEST_TOLD, FEWEST_SECTIONS, LEAST_TOLD = 14, 3, 0.4
"""So many labels must tell in words, of so many sections, and so large a part of those taken must tell."""
TOLD = 0.8
"""From this evidence on a label tells by itself."""
LEAST_OF_A_SETTING = 0.4
"""Of the labels that are set alike so many must tell by themselves, next to the share that most of all do."""

_WORDED = ("worded",)
"""How a wording of the form is set that is set as no label."""
MOST_ARE_TITLES, FEWEST_BELOW_A_TITLE = 0.6, 3
"""Of what is set as titles are, so large a part is; and so many questions stand below each, at least."""
SURELY_WORDED, WORDED = 0.85, 3.0
"""From this likeness on a wording of the form's own tells what is asked, and what that is worth."""
SHARED, ENOUGH_SHARED = 3.0, 2.5
"""What a label is worth of which all words are known; and the weight of words from which on that is sure."""
SHOWN = 1.5
"""What a value is worth that shows its kind: an e-mail address, an enterprise number."""
COUNTED, MISCOUNTED, ONLY_MISCOUNTED = 1.0, 0.4, 2.0
"""What the question's number is worth; what another costs; and where there are no words."""
FOLLOWS = 0.7
"""What a pair is worth that follows the one before it in both, questions and labels."""
LEFT_OUT, PASSED, UNANSWERED = 0.5, 0.6, 0.1
"""What it costs to find no label for a question; to pass a label with a value; and one without: a title."""

_SHOWS: Mapping[QuestionKind, re.Pattern[str]] = {
    QuestionKind.EMAIL: re.compile(r"\S+@\S+\.\w+"),
    QuestionKind.PHONE: re.compile(r"(?=.{0,12}(?:\+|\b0[1-9]))\D{0,12}(?:\d[\s./()-]{0,3}){8,13}\D{0,20}"),
    QuestionKind.ENTERPRISE_NUMBER: re.compile(
        r"\W*(?:BE|TVA|BCE|RPM)*\W*[01]\s?\d{3}(?:[\s.-]?\d{3}){2}\b.{0,30}", re.IGNORECASE
    ),
    QuestionKind.SCALE: re.compile(r"\W*(?:10|[1-9])(?:\s*(?:/|sur)\s*10)?\W*"),
    QuestionKind.DATE: re.compile(r"(?=.*\b(?:19|20)\d\d\b|\d{1,2}\W\d{1,2}\W\d{2}\b).{4,40}"),
    QuestionKind.NUMBER: re.compile(r"\D{0,12}\d{1,3}(?:[.,]\d{1,2})?\b(?!\s?[/.]\s?\d).{0,40}"),
    QuestionKind.YES_NO: re.compile(r"\W*(?:oui|non|pas encore|jamais)\b.*", re.IGNORECASE | re.DOTALL),
}
_STRICT = (QuestionKind.EMAIL, QuestionKind.PHONE, QuestionKind.ENTERPRISE_NUMBER, QuestionKind.SCALE)
"""Nothing else looks like these."""


def find(
    stream: Stream, form: Form, edition: Edition, worded: Sequence[Match], until: int | None = None
) -> list[Match]:
    """The questions by the labels that stand for them, and titles among these; nothing where this is no form.

    Args:
        worded: what was found by the form's wordings.
        until: the piece where people sign.
    """
    surely = [match for match in worded if match.score >= SURELY_WORDED and match.anchor.question]
    every = [each for each in _labels(stream, surely) if until is None or each.start[0] < until]
    if not FEWEST_LABELS <= len(every) <= MOST_LABELS:
        return []
    asking = _Asking(_questions(form, edition), _rarity(edition), _by_piece(surely))
    _, told = asking.aligned(every)
    known = _known_settings(every, told)
    labels = with_values(stream, [label for label in every if label.setting in known])
    pairs, told = asking.aligned(labels)
    in_words = sum(bool(labels[at].text) for at in told.values())
    sections = {asking.questions[question].section for question in told}
    if in_words < FEWEST_TOLD or len(sections) < FEWEST_SECTIONS or len(told) < LEAST_TOLD * len(pairs):
        return []
    first, last = _first(pairs, told, labels), max(told)
    found = [
        _match(stream, asking, asking.questions[question].anchor, labels[at], is_told=question in told)
        for question, at in pairs
        if question >= first
    ]
    told_to = [match for match in found if match.anchor.order <= asking.questions[last].anchor.order]
    behind = rated_at_once(stream, form, told_to) or _behind(told_to, worded)
    if behind:
        found = [match for match in found if match.anchor.order < behind[0].anchor.order] + behind
    else:  # what stands behind the last that tells may be where people sign
        found = told_to
    found += [match for match in worded if _fits(match, found)]
    return sorted([*found, *_titles(stream, form, every, found)], key=lambda match: match.start)


def _behind(found: Sequence[Match], worded: Sequence[Match]) -> list[Match]:
    """The first question behind all that were found, by the form's wording."""
    last = max(found, key=lambda match: match.start)
    later = [m for m in worded if m.anchor.question and m.score >= SURELY_WORDED and m.start >= last.end]
    return sorted((m for m in later if m.anchor.order > last.anchor.order), key=lambda m: m.start)[:1]


def _fits(match: Match, found: Sequence[Match]) -> bool:
    """Whether what was found by the form's wording is lacking, and stands where the form's order has it."""
    order = match.anchor.order
    return all(
        other.end <= match.start if other.anchor.order < order else match.end <= other.start
        for other in found if other.anchor.question
    ) and all(other.anchor.order != order for other in found)  # fmt: skip


def _first(pairs: Sequence[tuple[int, int]], told: Mapping[int, int], labels: Sequence[Label]) -> int:
    """The first question asked: what stands right before the first that tells, answered, asks as well."""
    first = min(told)
    setting = labels[told[first]].setting
    for question, at in reversed(pairs):
        if question == first - 1 and labels[at].value and labels[at].setting == setting:
            first = question
    return first


def _by_piece(worded: Sequence[Match]) -> dict[int, list[Match]]:
    found: dict[int, list[Match]] = {}
    for match in worded:
        found.setdefault(match.start[0], []).append(match)
    return found


def _labels(stream: Stream, worded: Sequence[Match]) -> list[Label]:
    """The outline, with the form's own wordings in it that are set as no label: most are long."""
    set_so = outline(stream)
    own = [
        match for match in worded
        if not any(label.start <= match.start <= label.end for label in set_so)
    ]  # fmt: skip
    kept = [label for label in set_so if not any(m.start <= label.start < m.end for m in own)]
    return with_values(
        stream, sorted([*kept, *(_worded(stream, match) for match in own)], key=attrgetter("start"))
    )


def _worded(stream: Stream, match: Match) -> Label:
    said = " ".join(part.text for part in stream.between(match.start, match.end))
    return Label(match.start, match.end, said, None, _WORDED)


def _match(stream: Stream, asking: "_Asking", anchor: Anchor, label: Label, *, is_told: bool) -> Match:
    """The label, or what was found there by the form's wording, with what it adds: « Nom du contact »."""
    worded = asking.worded_at(label)
    if worded is not None and worded.anchor is anchor:
        return replace(worded, start=min(worded.start, label.start), end=max(worded.end, label.end))
    token = stream.first_token[label.start[0]]
    return Match(anchor, 0.7, False, token, token, label.start, asking.end(label) if is_told else label.end)


def _titles(stream: Stream, form: Form, every: Sequence[Label], found: Sequence[Match]) -> Iterator[Match]:
    """Labels without a value right above one that asks, set as hardly anything else is: titles end an answer.

    What is set so once, and would leave nothing of the answer, is the answer.
    """
    asking = {match.start: match for match in found}
    rows = {row_of(stream, match.start[0]) for match in found} - {None}
    run: list[Label] = []
    runs: list[tuple[bool, list[Label]]] = []
    asked = (0, 0)
    for label in every:
        if match := asking.get(label.start):
            said = stream.between(asked, run[0].start) if run else []
            runs.append((any(has_content(part.text) for part in said), run))
            asked, run = match.end, []
        elif label.value:
            run = []
        elif row_of(stream, label.start[0]) not in rows:
            run.append(label)
    others = Counter(label.setting for label in every if label.start not in asking)
    above = Counter(label.setting for _, run in runs for label in run)
    bare = Counter(run[0].setting for is_answered, run in runs if run and not is_answered)
    settings = {
        setting for setting, count in above.items()
        if count >= MOST_ARE_TITLES * others[setting]
        and count * FEWEST_BELOW_A_TITLE <= len(found)
        and 2 * bare[setting] < count + (count == 1)
    }  # fmt: skip
    title = next((anchor for anchor in form.anchors if anchor.is_title), None)
    for _, run in runs:
        for label in run:
            if label.setting in settings and title is not None:
                token = stream.first_token[label.start[0]]
                yield Match(title, 0.7, False, token, token, label.start, label.end)


@dataclass(frozen=True)
class _Question:
    """What may be asked by a label."""

    anchor: Anchor
    section: str
    kind: QuestionKind
    about: frozenset[str]
    """Stems of what it says and is about."""
    number: str | None


def _questions(form: Form, edition: Edition) -> list[_Question]:
    """The form's questions in their order, but for those of the place to sign."""
    signing = signature_questions(edition)
    anchors = {anchor.question: anchor for anchor in form.anchors if anchor.question}
    return [
        _Question(anchor, section.id, question.kind, _about(question), anchor.number or anchor.place)
        for section in edition.section
        for question in section.question
        if question.id not in signing and (anchor := anchors.get(question.id)) is not None
    ]


@functools.cache
def _about(question: Question) -> frozenset[str]:
    return frozenset(_stems(" ".join((question.wording, question.label, *question.also, *question.about))))


def _stems(text: str) -> list[str]:
    return [stem(word.text) for word in words(text) if word.text not in STOP]


def _rarity(edition: Edition) -> dict[str, float]:
    counts = Counter(s for question in edition.questions.values() for s in _about(question))
    return {s: math.log(1 + len(edition.questions) / count) for s, count in counts.items()}


def _known_settings(labels: Sequence[Label], told: Mapping[int, int]) -> set[tuple[str, ...]]:
    """The ways in which labels are set here: those of which many tell what they ask."""
    all_of = Counter(label.setting for label in labels)
    told_of = Counter(labels[at].setting for at in told.values())
    share = {each: told_of[each] / all_of[each] for each in told_of if told_of[each] > 1}
    most = max((share[each] for each in share if told_of[each] > 4), default=1.0)
    return {each for each in share if share[each] >= LEAST_OF_A_SETTING * most}


@dataclass(frozen=True)
class _Asking:
    """The questions, and what tells that a label asks one of them."""

    questions: Sequence[_Question]
    rarity: Mapping[str, float]
    worded: Mapping[int, Sequence[Match]]
    """By piece, what stands there in the form's own words."""

    def aligned(self, labels: Sequence[Label]) -> tuple[list[tuple[int, int]], dict[int, int]]:
        """Each question with its label, both in order; and those of which the label tells by itself."""
        said = [_Said(label, _words_of(label), _shown_by(label), self.worded_at(label)) for label in labels]
        evidence = [[self._evidence(question, each) for each in said] for question in self.questions]
        worth = [
            [told + _counted(question, label) for told, label in zip(row, labels, strict=True)]
            for question, row in zip(self.questions, evidence, strict=True)
        ]
        passing = [PASSED if label.value else UNANSWERED for label in labels]
        pairs = aligned(worth, passing, LEFT_OUT, FOLLOWS, UNANSWERED)
        return pairs, {question: label for question, label in pairs if evidence[question][label] >= TOLD}

    def worded_at(self, label: Label) -> Match | None:
        """What a label asks in the form's own words."""
        pieces = range(label.start[0], label.end[0] + 1)
        found = (match for piece in pieces for match in self.worded.get(piece, ()))
        return next((match for match in found if label.start <= match.start <= label.end), None)

    def end(self, label: Label) -> tuple[int, int]:
        """Where a label ends: behind its colon, if its line is set as a whole and nothing else answers.

        « Création : 12/03/2019 » may be in bold to its end; « Le projet : économie » asks to its end.
        """
        named = re.match(r"[^:]+?\s?:\s+(?=\S)", label.text) if label.setting[0] == "line" else None
        if named is None or label.value or self.rarity.keys() & _stems(label.text[named.end() :]):
            return label.end
        piece, end = label.end
        return piece, end - len(label.text) + named.end()

    def _evidence(self, question: _Question, said: "_Said") -> float:
        """How surely a label asks a question: by the form's words, by others, and by what is answered."""
        if said.worded is not None:
            return WORDED if said.worded.anchor is question.anchor else -WORDED
        if not said.label.text:
            return TOLD if said.label.number and said.label.number == question.number else 0.0
        return self._shared(question, said) + _shown(question, said)

    def _shared(self, question: _Question, said: "_Said") -> float:
        """What a label's words share with what a question is about: of their weight, and how much that is."""
        own = {word: _meant(word, question.about, is_short) for word, is_short in said.words.items()}
        weight = sum(self.rarity.get(known, 1.0) for known in own.values() if known)
        total = weight + sum(self.rarity.get(word, 2.0) for word, known in own.items() if not known)
        return SHARED * weight / total * min(1.0, weight / ENOUGH_SHARED) if weight else 0.0


@dataclass(frozen=True, slots=True)
class _Said:
    """What a label tells, whatever it is asked."""

    label: Label
    words: Mapping[str, bool]
    """The stems of its words, and whether a full stop makes each a short form."""
    shows: frozenset[QuestionKind]
    """The kinds that its value may be of."""
    worded: Match | None


def _words_of(label: Label) -> dict[str, bool]:
    text = fold(label.text)
    shortened = frozenset(stem(word) for word in re.findall(r"(\w{2,})\.", text)) if "." in text else ()
    return {word: word in shortened for word in _stems(label.text)}


def _meant(word: str, about: frozenset[str], is_short: bool) -> str | None:
    """The stem that a word has, or that it is short for: « Bénéf. », « Forme jur. »."""
    if word in about or not is_short:
        return word if word in about else None
    return next((each for each in about if each.startswith(word)), None)


def _shown_by(label: Label) -> frozenset[QuestionKind]:
    return frozenset(kind for kind, pattern in _SHOWS.items() if pattern.fullmatch(label.value))


def _shown(question: _Question, said: _Said) -> float:
    """What a value tells: nothing where there is none."""
    if not said.label.value:
        return 0.0
    if question.kind not in _SHOWS:
        return -SHOWN if said.shows.intersection(_STRICT) else 0.0
    if question.kind in said.shows:
        return SHOWN if question.kind in (*_STRICT, QuestionKind.DATE) else SHOWN / 2
    return -SHOWN / 2 if question.kind in _STRICT else -SHOWN / 4


def _counted(question: _Question, label: Label) -> float:
    if label.number is None or question.number is None:
        return 0.0
    if label.number == question.number:
        return COUNTED
    return -MISCOUNTED if label.text else -ONLY_MISCOUNTED
