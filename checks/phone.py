"""A telephone number is one that can be dialled.

Belgian numbers in any spelling, foreign ones with their prefix; of two numbers in one answer, one good
one is enough.
"""

from collections.abc import Iterator

from phonenumbers import PhoneNumberMatcher

from checks._check import check
from checks._invalid import INVALID, answered, invalid
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding

REGION = "BE"
"""Where a number without an international prefix is dialled."""


@check(INVALID, asks="A telephone number is one that can be dialled.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Remark an answer in which no number can be dialled."""
    for question, answer in answered(dossier, edition, QuestionKind.PHONE):
        if not PhoneNumberMatcher(str(answer.value), REGION).has_next():
            yield invalid(question, answer, "nous n'y lisons pas de numéro de téléphone complet")
