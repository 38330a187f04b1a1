"""Lines that look like questions and that nobody recognised: one of them may be a question that is missing.

A form made anew asks in its own words. Where a question was not found between its neighbours, and a line
there is set as questions are, it was perhaps asked and answered: that is for a person, and not missing.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from data.edition import Edition, QuestionKind
from data.model import Answer, AnswerState
from parsers._asked._found import Match
from parsers._asked._retyped import is_styled, label_at
from parsers._asked._unworded import FEWEST_RATED, RATING_ALONE
from parsers._stream import Piece, Stream
from parsers._wording import STOP, stem, telling

FEWEST_SHARED = 2
"""So many telling words in common: the question was moved, and asked in other words."""

FEWEST_AHEAD, FEWEST_SHOWN, SENTENCES = 3, 2, 150
"""So many questions at the form's head are nowhere, and so many kinds of fields stand in the text ahead.

Or one, in a text of so many characters."""
_FIELDS = (
    r"\S@\S+\.\w",
    r"\b[01]\d{3}[ .]?\d{3}[ .]?\d{3}\b",
    r"(?:\+\d\d|\b0)[ ./()\d-]{7,14}\d\b",
    r"\b(?:19|20)\d\d\b",
)
"""An address of e-mail, an enterprise number, a telephone number, a year."""

RENAMED = "une question est formulée autrement que dans le formulaire à cet endroit"


def with_doubts(
    answers: Mapping[str, Answer], text: Stream, chain: Sequence[Match], edition: Edition, signing_at: int
) -> dict[str, Answer]:
    """The answers, in doubt where a question was not found and perhaps stands there in other words.

    Args:
        signing_at: the piece where the place for signatures starts.
    """
    judged = _with_doubts_ahead(answers, text, chain, edition)
    claimed = {piece for match in chain for piece in range(match.start[0], match.end[0] + 1)}
    unclaimed = [i for i in range(len(text.pieces)) if i not in claimed and _asks(text.pieces, i)]
    for before, missing, after in _gaps(answers, chain, edition, signing_at):
        asks = _asks if edition.questions[before[0]].number else _asks_in_its_line
        inside = [i for i in range(before[1] + 1, after) if i not in claimed]
        asking = [i for i in inside if asks(text.pieces, i)] or _rating(missing, inside, text, edition)
        if not asking:
            moved = [q for q in missing if any(_speaks_of(q, i, text, edition) for i in unclaimed)]
            judged |= {question: _doubted(answers[question]) for question in moved}
            continue
        judged |= {question: _doubted(answers[question]) for question in missing}
        answer = answers.get(before[0])
        if answer and _may_be_another(answer) and asking[0] == before[1] + 1:
            judged[before[0]] = _doubted(answer)
    return judged


def _with_doubts_ahead(
    answers: Mapping[str, Answer], text: Stream, chain: Sequence[Match], edition: Edition
) -> dict[str, Answer]:
    """The answers, in doubt where the first questions are nowhere and the text ahead says what they ask.

    « Notre structure s'appelle …, c'est une ASBL … » answers them all, in sentences.
    """
    found = {match.anchor.question: match.start[0] for match in chain if match.anchor.question}
    asked = [question for question in edition.questions if question in answers]
    ahead = list(takewhile(lambda question: question not in found, asked))
    said = "\n".join(piece.text for piece in text.pieces[: min(found.values(), default=0)])
    shown = sum(bool(re.search(field, said)) for field in _FIELDS)
    if len(ahead) < FEWEST_AHEAD or not shown or (shown < FEWEST_SHOWN and len(said) < SENTENCES):
        return dict(answers)
    lost = [question for question in ahead if answers[question].state is AnswerState.NOT_FOUND]
    return {**answers, **{question: _doubted(answers[question]) for question in lost}}


def _doubted(answer: Answer) -> Answer:
    return replace(answer, state=AnswerState.UNCLEAR, reason=RENAMED, confidence=0.5)


def _speaks_of(question: str, index: int, text: Stream, edition: Edition) -> bool:
    """Whether a line that asks, elsewhere in the form, has words that tell what this question asks."""
    asked = {stem(word) for word in telling(edition.questions[question].wording)} - STOP
    said = {stem(word) for word in telling(text.pieces[index].text)} - STOP
    return len(said & asked) >= FEWEST_SHARED


def _may_be_another(answer: Answer) -> bool:
    """Whether an answer may be the next question with its own: a number on a scale is neither."""
    return answer.state is AnswerState.ANSWERED and not isinstance(answer.value, int)


def _gaps(
    answers: Mapping[str, Answer], chain: Sequence[Match], edition: Edition, end: int
) -> Iterator[tuple[tuple[str, int], list[str], int]]:
    """(question before and its last piece, questions that were not found, first piece of the next one)."""
    found = {match.anchor.question: match for match in chain if match.anchor.question}
    asked = [question for question in edition.questions if question in answers]
    at = [index for index, question in enumerate(asked) if question in found]
    for one, other in pairwise([*at, len(asked)]):
        missing = [q for q in asked[one + 1 : other] if answers[q].state is AnswerState.NOT_FOUND]
        following = found[asked[other]].start[0] if other < len(asked) else end
        if missing:
            yield (asked[one], found[asked[one]].end[0]), missing, following


def _asks(pieces: Sequence[Piece], index: int) -> bool:
    """Whether a line is set as a question is: it asks to its end, or stands out from the line below it."""
    piece = pieces[index]
    if label_at(piece, index) is None:
        return False
    below = pieces[index + 1] if index + 1 < len(pieces) else None
    stands_out = is_styled(piece) and not (below and is_styled(below))
    return stands_out or re.search(r"\?\s*$", piece.text) is not None


def _rating(missing: Sequence[str], inside: Sequence[int], text: Stream, edition: Edition) -> list[int]:
    """The lines that hold a rating alone, where statements are due: too many to be numbers of pages."""
    if not any(edition.questions[question].kind is QuestionKind.SCALE for question in missing):
        return []
    rated = [i for i in inside if RATING_ALONE.fullmatch(text.pieces[i].text)]
    return rated if len(rated) >= FEWEST_RATED else []


def _asks_in_its_line(pieces: Sequence[Piece], index: int) -> bool:
    """The same among fields, which are answered in a line: « Statut : ASBL » below another's is the next."""
    label = label_at(pieces[index], index)
    asked = label and pieces[index].text[: label.end].rstrip().endswith((":", "?"))
    return bool(asked) or _asks(pieces, index)
