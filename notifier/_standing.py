"""How each item of a dossier stands, in three words: for the digest's picture and its table.

An item is what the form asks for: a section's answers, a signature, an annex. The letters say it in
sentences (`_inventory`); here it is only counted.
"""

from collections.abc import Collection, Iterable, Mapping
from enum import StrEnum

from data.edition import Edition, Question
from data.model import AnnexState, AnswerState, Application, Dossier, SignatureState
from notifier import _inventory
from notifier._french import sentence

Words = Mapping[str, "Standing"]


class Standing(StrEnum):
    FOUND = "trouvé"
    DOUBTFUL = "à vérifier"
    MISSING = "non trouvé"


ANSWERS = {
    AnswerState.ANSWERED: Standing.FOUND,
    AnswerState.UNCLEAR: Standing.DOUBTFUL,
    AnswerState.BLANK: Standing.MISSING,
    AnswerState.NOT_FOUND: Standing.MISSING,
}
SIGNATURES = {
    SignatureState.SIGNED: Standing.FOUND,
    SignatureState.UNCLEAR: Standing.DOUBTFUL,
    SignatureState.MISSING: Standing.MISSING,
}
ANNEXES = {
    AnnexState.PRESENT: Standing.FOUND,
    AnnexState.UNCLEAR: Standing.DOUBTFUL,
    AnnexState.PARTIAL: Standing.MISSING,
    AnnexState.MISSING: Standing.MISSING,
}
WORST = (Standing.MISSING, Standing.DOUBTFUL, Standing.FOUND)


def standings(application: Application, edition: Edition) -> dict[str, Standing]:
    """By the item's name, in the form's order.

    What the officer has found in order is found. Where no form could be read but some file could not be
    opened, the form may be in it: nothing of it is missing for certain.
    """
    dossier = application.dossier
    unread = any(piece.unread for piece in dossier.pieces)
    unknown = Standing.DOUBTFUL if unread and not dossier.has_form else Standing.MISSING
    settled = _inventory.settled_items(application.verdict)
    stand: dict[str, Standing] = {}
    for group in _inventory.by_title(edition):
        stand[group.title] = _worst(_answers(dossier, group.questions, unknown, settled))
    for signatory in edition.signatory:
        signature = dossier.signatures.get(signatory.id)
        found = SIGNATURES[signature.state] if signature else unknown
        found = unknown if not dossier.has_form else found
        stand[f"Signature : {signatory.label}"] = Standing.FOUND if signatory.id in settled else found
    for rule in edition.annex:
        annex = dossier.annexes.get(rule.id)
        found = ANNEXES[annex.state] if annex else Standing.MISSING
        stand[sentence(rule.label)] = Standing.FOUND if rule.id in settled else found
    return stand


def _answers(
    dossier: Dossier, questions: Iterable[Question], unknown: Standing, settled: Collection[str]
) -> Iterable[Standing]:
    for question in questions:
        answer = dossier.answers.get(question.id)
        if question.id in settled:
            yield Standing.FOUND
        elif question.required:
            yield ANSWERS[answer.state] if answer and dossier.has_form else unknown


def _worst(stand: Iterable[Standing]) -> Standing:
    return min(stand, key=WORST.index, default=Standing.FOUND)
