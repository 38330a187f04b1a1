"""What the checks of single fields share: which answers they look at, and how they say what is odd.

An odd value stays an answer; the remark is a notice, for a typing slip is put right on the telephone.
"""

from collections.abc import Iterator
from dataclasses import replace

from checks._check import Tell
from checks._standing import answer_to
from data.edition import Edition, Question, QuestionKind
from data.model import Answer, AnswerState, Dossier, Finding, Severity

INVALID = Tell(
    "answer.invalid", Severity.NOTICE, "Ce point du formulaire est peut-être à corriger : {label} ; {why}."
)
READ_AT_MOST = 60
"""Signs of what was read, before what may be meant: that must not fall off the end."""


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


def lookalike(question: Question, answer: Answer, meant: str) -> Finding:
    """The remark with what may be meant: for the officer, as the confusion may be our own reading's."""
    if question.private:
        return replace(invalid(question, answer, "des signes ont peut-être été confondus"), officer_only=True)
    words = " ".join(str(answer.value).split())
    read = words if len(words) <= READ_AT_MOST else f"{words[:READ_AT_MOST].rstrip()}…"
    finding = invalid(question, answer, f"lu « {read} » ; peut-être {meant}")
    return replace(finding, facts={**finding.facts, "proposal": meant}, officer_only=True)
