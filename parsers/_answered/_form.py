"""The form in a document: which questions stand there, and what stands under each.

First every wording is placed (`_match`), then an answer is what stands between a question and the next
thing that the form itself printed (`_regions`), without the form's own hints (`_written`).
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from data.edition import Edition, QuestionKind
from data.model import Answer, AnswerState, Document, Signature, SignatureState
from parsers._answered import _answers, _captions, _coded, _legibility, _regions, _statements, _unread
from parsers._asked import _own_words, _twice, _unclaimed
from parsers._asked._anchors import Form, form, signature_questions, translations
from parsers._asked._found import Match
from parsers._asked._match import matches, printed_lines
from parsers._signed import _doubts, _signatures
from parsers._stream import Stream, stream

FEWEST_QUESTIONS = 7
"""A document with fewer of the questions is no form, but may quote one."""

MOST_OF_A_FORM = 0.6
"""Where so many questions are found, they are in the words of this form."""

VERY_WORDS = 0.98
"""A question so like its wording is that question."""

MORE_IN_OWN_WORDS = 2
"""So many questions more, at least, must stand there in somebody's own words."""


@dataclass(frozen=True, slots=True)
class FormReading:
    """What one document says as the edition's form."""

    file: str
    found: int
    """How many of the questions stand there."""
    answered: int
    answers: Mapping[str, Answer] = field(default_factory=dict)
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    has_block: bool = False
    """The place for signatures stands there."""
    pages: tuple[int, int] | None = None
    """First and last page of what was recognised."""
    in_own_words: bool = False
    """Hardly any of the form's wordings stand there: it was known by the order of its labels."""

    @property
    def is_form(self) -> bool:
        return self.found >= FEWEST_QUESTIONS


def holds_form(document: Document, edition: Edition) -> bool:
    """Whether this document is the edition's form, filled or blank."""
    return bool(_placed(stream(document), edition).chain)


def read(document: Document, file: str, edition: Edition) -> FormReading:
    """Answers and signatures of one document; where the form stands twice, the fuller, and what it lacks."""
    parts = _twice.parted(document, edition, form(edition))
    readings = [_read(part, file, edition) for part in parts]
    best = max(reversed(readings), key=lambda reading: reading.answered)
    for other in readings:
        if other is not best and other.is_form and _says_something(other):
            best = _completed(best, other)
    return best


def signed_page(
    document: Document, file: str, edition: Edition, answers: Mapping[str, Answer]
) -> FormReading | None:
    """A page of signatures sent apart: the names that the form's answers tell say whose place is whose.

    None where no place to sign stands there.
    """
    return _signed_page(stream(document, file), edition, answers)


def _signed_page(text: Stream, edition: Edition, answers: Mapping[str, Answer]) -> FormReading | None:
    block = _signatures.find(text, printed_lines(text, form(edition)), edition)
    if block is None or not block.is_certain:
        return None
    signing = _signatures.read(text, block, edition, answers)
    signed = _doubts.with_doubts(signing.signatures, text, has_block=True)
    return FormReading(text.file, 0, 0, signing.answers, signed, True, block.pages)


def _says_something(reading: FormReading) -> bool:
    """Whether a form was answered in words: behind the questions of a table of contents stand pages."""
    said = [str(a.value) for a in reading.answers.values() if a.state is AnswerState.ANSWERED]
    return 2 * sum(bool(re.search(r"[^\W\d_]", value)) for value in said) > len(said)


def _completed(reading: FormReading, other: FormReading) -> FormReading:
    """The form with the answers and signatures that only stand where it is printed once more."""
    lacking = {AnswerState.BLANK, AnswerState.NOT_FOUND}
    answers = {
        question: other.answers.get(question, answer) if answer.state in lacking else answer
        for question, answer in reading.answers.items()
    }
    signatures = {
        role: other.signatures.get(role, own) if own.state is SignatureState.MISSING else own
        for role, own in reading.signatures.items()
    }
    return replace(reading, answers=answers, signatures=signatures)


def _read(document: Document, file: str, edition: Edition) -> FormReading:
    text = stream(document, file)
    placed = _placed(text, edition)
    chain, worded = placed.chain, placed.edition
    known = form(worded)
    if not chain:
        return _signed_page(text, edition, {}) or FormReading(file, 0, 0)
    block = _signatures.find(text, chain, worded)
    regions = _regions.divide(text, chain, block, known)
    _captions.give_what_stands_above(text, regions, edition)
    signing_at = text.pieces[block.start[0]].at if block else len(document.lines)
    text = _statements.without_counters(text, regions, edition)
    answers = _answers.find(text, regions, known, edition)
    answers = _unread.with_drawings(answers, text, regions, edition, signing_at)
    signed_at = block or _signatures.ahead(text, chain, worded)
    signing = _signatures.read(text, signed_at, edition, answers)
    answers.update(signing.answers)
    found = sum(answer.state is not AnswerState.NOT_FOUND for answer in answers.values())
    answered = sum(answer.state in {AnswerState.ANSWERED, AnswerState.UNCLEAR} for answer in answers.values())
    answers = _legibility.with_doubts(answers, text, regions, edition, signing_at)
    ends = block.start[0] if block else len(text.pieces)
    answers = _unclaimed.with_doubts(answers, text, chain, edition, ends)
    signed = _doubts.with_doubts(signing.signatures, text, has_block=signed_at is not None)
    pages = sorted({text.pieces[m.start[0]].line.page for m in chain})
    spread = (pages[0], block.pages[1] if block else pages[-1])
    return FormReading(
        file, found, answered, answers, signed, signed_at is not None, spread, placed.in_own_words
    )


@dataclass(frozen=True, slots=True)
class _Placed:
    """Where the form's questions and other lines stand, and the edition as they are worded there."""

    chain: list[Match]
    edition: Edition
    in_own_words: bool = False


def _placed(text: Stream, edition: Edition) -> _Placed:
    """The form's questions and other lines in a document.

    Nothing where this is not the form: neither in its own words, nor translated, nor in the applicant's, nor
    by its numbers alone.
    """
    chain, best = matches(text, form(edition)), edition
    if _asked(chain) >= len(edition.questions) - len(signature_questions(edition)):
        return _Placed(chain, edition)
    if _asked(chain) < MOST_OF_A_FORM * len(edition.questions):
        for worded in translations(edition):
            if _begins_alike(text, form(worded)):
                other = matches(text, form(worded))
                chain, best = max((chain, best), (other, worded), key=lambda found: _asked(found[0]))
    own = _own_words.find(text, form(edition), edition, chain, _signed_at(text, chain, edition))
    if _gained(own, chain, edition) >= MORE_IN_OWN_WORDS and _keeps(own, chain):
        return _Placed(own, edition, in_own_words=not _is_sure(chain))
    if _asked(chain) >= MOST_OF_A_FORM * len(edition.questions) or _is_sure(chain):
        return _Placed(chain, best)
    return _Placed(_coded.find(text, form(edition), edition), edition)


def _gained(own: Sequence[Match], chain: Sequence[Match], edition: Edition) -> int:
    """How many questions more stand there; none where they are statements alone, which numbers tell."""
    more = {match.anchor.question for match in own} - {match.anchor.question for match in chain} - {None}
    told = any(edition.questions[each].kind is not QuestionKind.SCALE for each in more if each)
    return len(more) if told else 0


def _keeps(own: Sequence[Match], chain: Sequence[Match]) -> bool:
    """Whether every question in the form's very words still stands where it stood.

    Where a page is lost, words of other questions and answers are taken for those that it had.
    """
    found = {match.anchor.question: match for match in own}
    return all(
        match.anchor.question in found and found[match.anchor.question].start == match.start
        for match in chain
        if match.anchor.question and match.whole and match.score >= VERY_WORDS and not match.anchor.is_short
    )


def _signed_at(text: Stream, chain: Sequence[Match], edition: Edition) -> int | None:
    """The piece where people sign, in the second half of a document, whatever its questions are."""
    block = _signatures.find(text, [match for match in chain if match.anchor.question is None], edition)
    return block.start[0] if block and 2 * block.start[0] > len(text.pieces) else None


def _asked(chain: Sequence[Match]) -> int:
    return sum(match.anchor.question is not None for match in chain)


def _begins_alike(text: Stream, known: Form) -> bool:
    """Whether some lines begin as questions do: matching them all takes longer, and annexes are many."""
    asked = [anchor for anchor in known.anchors if anchor.question]
    heads = {variant.words[:2] for anchor in asked for variant in anchor.variants}
    ends = [*text.first_token, len(text.tokens)][1:]
    starts = zip(text.first_token, ends, strict=True)
    said = (tuple(token.text for token in text.tokens[first:last][:4]) for first, last in starts)
    return sum(any(line[at : at + 2] in heads for at in (0, 1, 2)) for line in said) >= FEWEST_QUESTIONS


def _is_sure(chain: Sequence[Match]) -> bool:
    """Enough questions, and enough of them by wordings that are not just « Nom » and « Adresse »."""
    asked = [match for match in chain if match.anchor.question]
    telling = [m for m in asked if m.last > m.first and len(m.anchor.stems) >= 3 and m.score >= 0.7]
    return len(asked) >= FEWEST_QUESTIONS and len(telling) >= 4
