"""Every required question of the form has an answer."""

from collections.abc import Iterator

from checks._check import Tell, check
from checks._standing import answer_to, form_is_filled
from data.edition import Edition, Question, Section
from data.model import AnswerState, Dossier, Finding, Severity

BLANK = Tell(
    "answer.blank",
    Severity.BLOCKING,
    "Nous n'avons pas trouvé de réponse à ce point du formulaire : {label} ({section}).",
)
NOT_FOUND = Tell(
    "answer.not_found",
    Severity.BLOCKING,
    "Nous n'avons pas retrouvé ce point du formulaire dans votre dossier : {label} ({section}).",
)
UNCLEAR = Tell(
    "answer.unclear",
    Severity.REVIEW,
    "Nous n'avons pas pu vérifier la réponse à ce point du formulaire : {label} ({section}) ; {reason}.",
)
TELLS = {
    AnswerState.BLANK: BLANK,
    AnswerState.NOT_FOUND: NOT_FOUND,
    AnswerState.UNCLEAR: UNCLEAR,
}


@check(BLANK, NOT_FOUND, UNCLEAR, asks="Every required question has an answer.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Name each required question without one, and each answer that a person must read.

    Without a filled form `checks/dossier.py` says so once, instead of a reproach for each question.
    """
    if not form_is_filled(dossier):
        return
    for section in edition.section:
        for question in section.question:
            answer = answer_to(dossier, question.id)
            if answer.state is AnswerState.ANSWERED or _may_stay_open(question, answer.state):
                continue
            reason = answer.reason or "une personne la relira"
            yield TELLS[answer.state].about(
                question.id,
                answer.place,
                label=question.label,
                section=_where(section, question),
                reason=reason,
            )


def _may_stay_open(question: Question, state: AnswerState) -> bool:
    return not question.required and state is not AnswerState.UNCLEAR


def _where(section: Section, question: Question) -> str:
    return f"{section.letter_title}, question {question.number}" if question.number else section.letter_title
