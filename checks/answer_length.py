"""An answer keeps to the number of lines that the form allows it."""

from collections.abc import Iterator

from checks._check import Tell, check
from checks._standing import answer_to
from data.edition import Edition
from data.model import AnswerState, Dossier, Finding, Severity

TOO_LONG = Tell(
    "answer.too_long",
    Severity.NOTICE,
    "La réponse à ce point compte environ {lines} lignes, pour {most} demandées : {label}.",
    officer_only=True,
)


@check(TOO_LONG, asks="An answer keeps to the number of lines that the form allows it.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """A remark, never a fault, and only where the edition sets a limit."""
    for question in edition.questions.values():
        answer = answer_to(dossier, question.id)
        if question.max_lines is None or answer.state is not AnswerState.ANSWERED:
            continue
        if answer.lines > question.max_lines:
            yield TOO_LONG.about(
                question.id, answer.place, label=question.label, lines=answer.lines, most=question.max_lines
            )
