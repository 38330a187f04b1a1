"""An enterprise number has check digits that fit.

Ten digits, `0xxx.xxx.xxx` or `1xxx.xxx.xxx`; the last two are 97 less the first eight modulo 97.
Measured on invented numbers: that finds every single wrong digit and every pair of neighbours swapped,
so a number that fails is almost surely a slip of the hand or of the OCR.
"""

import re
from collections.abc import Iterator

from stdnum.be import vat

from checks._check import check
from checks._invalid import INVALID, answered, invalid, lookalike
from checks._lookalikes import DIGITS, digits, proposal
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding

NUMBER = re.compile(
    r"""(?<![0-9A-Za-z]) (?:BE|TVA|BTW)? [\s.:(]*   # «BE», « TVA BE », « (0) »
        ( (?:[0-9][\s.()/–-]{0,3}){9,10} )
        (?![0-9A-Za-z])""",
    re.VERBOSE,
)


@check(INVALID, asks="An enterprise number has check digits that fit.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Remark a number that cannot be one, with a proposal where a look-alike explains it.

    « En cours », « néant »: words without a digit are an answer, and no number to be checked.
    """
    for question, answer in answered(dossier, edition, QuestionKind.ENTERPRISE_NUMBER):
        read = str(answer.value)
        if _number(read) is not None or not re.search(r"\d", read):
            continue
        if meant := proposal(read, digits(read), _number):
            yield lookalike(question, answer, meant)
        else:
            yield invalid(question, answer, _why(read.translate(DIGITS)))


def _numbers(text: str) -> list[str]:
    return [re.sub(r"[\s.()/–-]", "", found) for found in NUMBER.findall(text)]


def _number(text: str) -> str | None:
    """The first number that can be one, as it is usually written."""
    compact = (vat.compact(number) for number in _numbers(text) if vat.is_valid(number))
    return next((f"{number[:4]}.{number[4:7]}.{number[7:]}" for number in compact), None)


def _why(text: str) -> str:
    numbers = _numbers(text)
    if any(len(number) == 10 and number[0] in "2345678" for number in numbers):
        return "cela ressemble à un numéro d'unité d'établissement"
    if numbers:
        return "les chiffres de contrôle ne correspondent pas"
    return "un numéro d'entreprise compte dix chiffres"
