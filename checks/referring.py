"""An answer answers, where it could only say in which document the answer is."""

import re
from collections.abc import Iterator

from checks._check import Tell, check
from checks._standing import answer_to
from checks._voice import plain
from data.edition import Edition
from data.model import AnswerState, Dossier, Finding, Severity

ELSEWHERE = Tell(
    "answer.elsewhere",
    Severity.REVIEW,
    "La réponse à ce point renvoie à un document (« {said} ») : {label}.",
    officer_only=True,
)

MOST_WORDS = 12
"""An answer that says more, says something itself."""

_REFERS = re.compile(
    r"(?:voir|voyez|cfr?|confer|veuillez|se referer|repris|decrit|detaille|joint|zie|see)\b.*"
    r"\b(?:annexes?|jointe?s?|documents?|pieces?|fichiers?|plan|rapport|bijlagen?|attached)\b.*"
    r"|(?:(?:en|in|dans l) (?:annexes?|bijlage)|ci jointe?s?|document joint)\b.*"
)


@check(ELSEWHERE, asks="An answer says what is asked, and not only where it is said.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Answered all the same: whether the document is there, and says it, a person sees at a glance."""
    for question in edition.questions.values():
        answer = answer_to(dossier, question.id)
        if answer.state is not AnswerState.ANSWERED:
            continue
        words = plain(str(answer.value))
        if len(words.split()) <= MOST_WORDS and _REFERS.fullmatch(words):
            yield ELSEWHERE.about(question.id, answer.place, label=question.label, said=answer.value)
