"""A telephone number is one that can be dialled.

Belgian numbers in any spelling, foreign ones with their prefix; of two numbers in one answer, one good
one is enough.
"""

from collections.abc import Iterator

from phonenumbers import PhoneNumberFormat, PhoneNumberMatcher, format_number, region_code_for_number

from checks._check import check
from checks._invalid import INVALID, answered, invalid, lookalike
from checks._lookalikes import digits, proposal
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding

REGION = "BE"
"""Where a number without an international prefix is dialled."""


@check(INVALID, asks="A telephone number is one that can be dialled.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Remark an answer in which no number can be dialled."""
    for question, answer in answered(dossier, edition, QuestionKind.PHONE):
        read = str(answer.value)
        if _number(read) is not None:
            continue
        if meant := proposal(read, digits(read), _number):
            yield lookalike(question, answer, meant)
        else:
            yield invalid(question, answer, "nous n'y lisons pas de numéro de téléphone complet")


def _number(text: str) -> str | None:
    """The first number that can be dialled, as people at home write it."""
    for match in PhoneNumberMatcher(text, REGION):
        home = region_code_for_number(match.number) == REGION
        form = PhoneNumberFormat.NATIONAL if home else PhoneNumberFormat.INTERNATIONAL
        return format_number(match.number, form)
    return None
