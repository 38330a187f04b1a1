"""An enterprise number has check digits that fit.

Ten digits, `0xxx.xxx.xxx` or `1xxx.xxx.xxx`; the last two are 97 less the first eight modulo 97.
Measured on invented numbers: that finds every single wrong digit and every pair of neighbours swapped,
so a number that fails is almost surely a slip of the hand or of the OCR.
"""

import re
from collections.abc import Iterator

from stdnum.be import vat

from checks._check import check
from checks._invalid import INVALID, answered, invalid
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding

MISTAKEN = str.maketrans("OoQlI|B", "0001118")
"""Characters that stand for digits in bad scans and hasty typing. Proposed, never silently changed."""

NUMBER = re.compile(
    r"""(?<![0-9A-Za-z]) (?:BE|TVA|BTW)? [\s.:(]*   # «BE», « TVA BE », « (0) »
        ( (?:[0-9OoQlI|B][\s.()/–-]{0,3}){9,10} )
        (?![0-9A-Za-z])""",
    re.VERBOSE,
)


@check(INVALID, asks="An enterprise number has check digits that fit.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Remark a number that cannot be one, with a proposal where a look-alike explains it.

    « En cours », « néant »: words without a digit are an answer, and no number to be checked.
    """
    for question, answer in answered(dossier, edition, QuestionKind.ENTERPRISE_NUMBER):
        text = str(answer.value)
        numbers = [re.sub(r"[\s.()/–-]", "", found) for found in NUMBER.findall(text)]
        if any(vat.is_valid(number) for number in numbers) or not re.search(r"\d", text):
            continue
        yield invalid(question, answer, _why(numbers))


def _why(numbers: list[str]) -> str:
    for number in numbers:
        meant = number.translate(MISTAKEN)
        if vat.is_valid(meant):
            return f"nous lirions plutôt {_written(vat.compact(meant))}"
        if len(meant) == 10 and meant[0] in "2345678":
            return "cela ressemble à un numéro d'unité d'établissement"
    if numbers:
        return "les chiffres de contrôle ne correspondent pas"
    return "un numéro d'entreprise compte dix chiffres"


def _written(number: str) -> str:
    return f"{number[:4]}.{number[4:7]}.{number[7:]}"
