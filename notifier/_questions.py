"""What to ask by telephone, written from the findings in the form's own words.

Questions about the person (genre, date de naissance, niveau d'études) are never asked nor shown: the call
sheet lies open on a desk. They are only counted, and completed in writing.
"""

from collections.abc import Iterator

from data.edition import Edition, Question
from data.model import Application, Finding, Severity
from notifier import _inventory
from notifier._french import join, of, quoted, sentence, shown
from notifier._inventory import (
    ABSENT_ANNEXES,
    ABSENT_ANSWERS,
    ABSENT_SIGNATURES,
    DOUBTFUL_DOCUMENTS,
    EMPTY_FORM,
    NO_FORM,
    UNSURE_FORM,
)

ASKED_ONE_BY_ONE = 3
"""So many answers of a section are asked one by one; more are asked for in writing, together."""
QUESTIONS_AT_MOST = 10
"""A call with more of them is no call any more: then a section's answers are always asked together."""
VALUE_AT_MOST = 80
"""Signs of an applicant's answer that a question quotes."""


def questions_for(application: Application, edition: Edition) -> tuple[str, ...]:
    """What is to be cleared up, in the form's order; empty where there is nothing to ask."""
    asked = _asked(application, edition, ASKED_ONE_BY_ONE)
    return asked if len(asked) <= QUESTIONS_AT_MOST else _asked(application, edition, 1)


def _asked(application: Application, edition: Edition, one_by_one: int) -> tuple[str, ...]:
    findings = [
        finding
        for finding in application.verdict.findings
        if finding.severity is not Severity.NOTICE or "proposal" in finding.facts  # a look-alike
    ]
    codes = {finding.code for finding in findings}
    asked: list[str] = []
    if codes & {NO_FORM, EMPTY_FORM, UNSURE_FORM}:
        asked.append(
            "Nous n'avons pas pu lire de formulaire rempli. Quand pouvez-vous l'envoyer, complété et signé ?"
        )
    else:
        asked.extend(_answers(application, findings, edition, one_by_one))
        asked.extend(_signatures(findings, edition))
    asked.extend(_documents(findings))
    asked.extend(_annexes(application, findings, edition))
    asked.extend(_others(application, findings, edition))
    return tuple(dict.fromkeys(asked))


def _answers(
    application: Application, findings: list[Finding], edition: Edition, one_by_one: int
) -> Iterator[str]:
    missing = {f.subject for f in findings if f.code in ABSENT_ANSWERS}
    unclear = {f.subject for f in findings if f.code == "answer.unclear"}
    for title, questions in ((group.title, group.questions) for group in _inventory.by_title(edition)):
        absent = [question for question in questions if question.id in missing and not question.private]
        doubtful = [question for question in questions if question.id in unclear and not question.private]
        personal = sum(q.private and q.id in missing | unclear for q in questions)
        if len(absent) > one_by_one:
            rest = _counted(absent, edition)
            yield f"{title} : il reste {rest}. Quand pouvez-vous les compléter par écrit ?"
        else:
            yield from (f"{_wording(question, title)} que souhaitez-vous répondre ?" for question in absent)
        if len(doubtful) > one_by_one:
            yield f"{title} : {_counted(doubtful, edition)} à éclaircir. Que faut-il comprendre ?"
        else:
            yield from (_unclear(question, title, application) for question in doubtful)
        if personal:
            number = "une réponse personnelle" if personal == 1 else f"{personal} réponses personnelles"
            yield f"{title} : il reste {number}, à compléter par écrit (pas au téléphone)."


def _counted(questions: list[Question], edition: Edition) -> str:
    """« les 13 réponses », « 4 réponses (questions 1, 2, 3 et 5) »."""
    (line,) = _inventory.by_section([question.id for question in questions], edition, private=False)
    return line.told if line.told.startswith("les ") else f"{len(questions)} réponses ({line.told})"


def _wording(question: Question, title: str) -> str:
    number = f"{question.number}. " if question.number else ""
    return f"{title}, {quoted(f'{number}{question.wording.strip()}')} :"


def _unclear(question: Question, title: str, application: Application) -> str:
    answer = application.dossier.answers.get(question.id)
    value = shown(str(answer.value)) if answer and answer.value is not None else ""
    cut = value if len(value) <= VALUE_AT_MOST else f"{value[:VALUE_AT_MOST]}…"
    read = f"nous lisons {quoted(cut)}" if cut else (answer.reason.rstrip(".") if answer else "")
    return (
        f"{_wording(question, title)} {read or 'la réponse est difficile à lire'}. Que faut-il comprendre ?"
    )


def _signatures(findings: list[Finding], edition: Edition) -> Iterator[str]:
    for signatory in edition.signatory:
        codes = {finding.code for finding in findings if finding.subject == signatory.id}
        name = f"La signature {of(signatory.label)}"
        if codes & ABSENT_SIGNATURES:
            yield f"{name} n'a pas été trouvée. Qui signe, et quand pouvez-vous envoyer la page signée ?"
        elif "signature.unclear" in codes:
            yield f"{name} est à vérifier. Qui a signé, et de quelle manière ?"


def _documents(findings: list[Finding]) -> Iterator[str]:
    for finding in findings:
        if finding.code == "document.link_only":
            yield "Vous avez envoyé un lien. Pouvez-vous envoyer les fichiers en pièces jointes ?"
        elif finding.code == "document.encrypted":
            yield f"{quoted(shown(finding.subject))} est protégé. Pouvez-vous l'envoyer sans mot de passe ?"
        elif finding.code in DOUBTFUL_DOCUMENTS:
            yield f"{quoted(shown(finding.subject))} ne s'ouvre pas ici. Pouvez-vous l'envoyer en PDF ?"


def _annexes(application: Application, findings: list[Finding], edition: Edition) -> Iterator[str]:
    unread = {finding.subject for finding in findings if finding.code in DOUBTFUL_DOCUMENTS}
    for rule in edition.annex:
        codes = {finding.code for finding in findings if finding.subject == rule.id}
        annex = application.dossier.annexes.get(rule.id)
        years = join(str(year) for year in annex.years) if annex else ""
        asked_by_file = annex is not None and bool(annex.places) and {p.file for p in annex.places} <= unread
        name = quoted(rule.wording)
        if "annex.missing" in codes:
            yield f"{name} : quand pouvez-vous nous envoyer ce document ?"
        elif "annex.partial" in codes:
            yield f"{name} : nous avons {years or 'une partie'}. Quand pouvez-vous envoyer l'autre année ?"
        elif "annex.old" in codes:
            yield f"{name} : nous avons lu {years or 'd’anciennes années'}. En existe-t-il de plus récents ?"
        elif "annex.unclear" in codes and not asked_by_file:
            yield f"{name} : dans quel fichier ce document se trouve-t-il ?"


_ASKED_ABOVE = (
    ABSENT_ANSWERS
    | ABSENT_SIGNATURES
    | ABSENT_ANNEXES
    | DOUBTFUL_DOCUMENTS
    | {NO_FORM, EMPTY_FORM, UNSURE_FORM, "answer.unclear", "signature.unclear", "annex.unclear", "annex.old"}
)


def _others(application: Application, findings: list[Finding], edition: Edition) -> Iterator[str]:
    """What other checks noted for the officer: their own sentence, and an open question."""
    for finding in findings:
        question = edition.questions.get(finding.subject)
        if finding.code in _ASKED_ABOVE or (question and question.private):
            continue
        if finding.code == "mail.late":
            yield "Le dossier est arrivé après l'heure limite. Y a-t-il eu un envoi plus tôt ?"
        elif finding.code == "signature.same_person":
            roles = join((signatory.label for signatory in edition.signatory), "et")
            yield f"La même personne semble avoir signé pour {roles}. Une seconde personne peut-elle signer ?"
        else:
            noted = shown(finding.message) or finding.code
            yield f"{sentence(noted).rstrip('.')}. Qu'en est-il ?"
