"""Applications as programs print them, without Word: the builders of `tests.parsers.printed`."""

from collections.abc import Mapping
from dataclasses import replace

from data.edition import QuestionKind
from tests.corpus.make.applications import SIGNED, Application, Typed
from tests.corpus.make.truth import ItemTruth
from tests.parsers.layouts import Filled
from tests.parsers.printed import PRINTED

LAYOUTS = tuple(PRINTED)
FORM_FIELDS = "form fields"
_LATIN = str.maketrans({"€": "EUR", "–": "-", "…": "...", "’": "'", "•": "-", "œ": "oe", "Ö": "O", "ü": "u"})


def build(application: Application, layout: str) -> bytes:
    """The PDF."""
    signed = {role: SIGNED[made].state == "signed" for role, made in application.made.items()}
    return PRINTED[layout](Filled(dict(application.answers), signed), application.edition)


def fitted(application: Application, layout: str) -> Application:
    """What goes into the layout: form fields take Latin letters, and boxes take a yes or a no."""
    if layout != FORM_FIELDS:
        return application
    answers = {question: _fitted(application, question) for question in application.answers}
    return replace(application, answers=answers, truth=_truth(application, answers))


def _fitted(application: Application, question: str) -> Typed:
    answer = application.answers[question]
    if not isinstance(answer, str):
        return answer
    in_boxes = application.edition.questions[question].kind is QuestionKind.YES_NO
    if in_boxes and question.startswith("a1."):
        return "oui" if answer[:1].lower() in "ojy" else "non"
    return answer.translate(_LATIN)


def _truth(application: Application, answers: Mapping[str, Typed]) -> dict[str, ItemTruth]:
    changed = {
        question: replace(item, value=answers[question])
        for question, item in application.truth.items()
        if item.value is not None and item.value == application.answers[question]
    }
    return {**application.truth, **changed}
