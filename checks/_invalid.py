"""What the checks of single fields share: which answers they look at, and how they say what is odd.

An odd value stays an answer; the remark is a notice, for a typing slip is put right on the telephone.
"""

from collections.abc import Iterator

from checks._check import Tell
from checks._standing import answer_to
from data.edition import Edition, Question, QuestionKind
from data.model import Answer, AnswerState, Dossier, Finding, Severity

INVALID = Tell(
    "answer.invalid", Severity.NOTICE, "Ce point du formulaire est peut-être à corriger : {label} ; {why}."
)


def answered(dossier: Dossier, edition: Edition, kind: QuestionKind) -> Iterator[tuple[Question, Answer]]:
    """The questions of a kind that have an answer, with it."""
    for question in edition.questions.values():
        answer = answer_to(dossier, question.id)
        if question.kind is kind and answer.state is AnswerState.ANSWERED:
            yield question, answer


def invalid(question: Question, answer: Answer, why: str) -> Finding:
    """The remark, without the value where that is private."""
    shown = {} if question.private else {"value": str(answer.value)}
    return INVALID.about(question.id, answer.place, label=question.label, why=why, **shown)
