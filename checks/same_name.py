"""Form, statutes, accounts and report call the structure alike."""

from collections.abc import Iterator

from rapidfuzz import fuzz

from checks._check import check
from checks._voice import differs, mentions, plain, quoting, said
from data.edition import Edition
from data.model import Dossier, Fact, Finding

OTHER = differs("voice.name", "Nom de la structure")
ALIKE = 70
"""Per cent by which two names are one; forms and commas of a legal form do not count."""

SHORT = {"cie": "compagnie", "st": "saint", "ste": "sainte", "bxl": "bruxelles"}


@check(OTHER, asks="Form, statutes, accounts and report call the structure alike.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Ask where no document has the form's name: an old name, an acronym, another structure's papers."""
    question = edition.fields.organisation
    told, found = said(dossier, question), list(mentions(dossier, Fact.NAME))
    if told and found and not any(_are_one(told, each.value) for each in found):
        yield OTHER.about(question, found[0].place, **quoting(found[0], told))


def _are_one(one: str, other: str) -> bool:
    first, second = _spelt_out(one), _spelt_out(other)
    if not first or not second:
        return True
    tight = (first.replace(" ", ""), second.replace(" ", ""))
    initials = ("".join(word[0] for word in first.split()), "".join(word[0] for word in second.split()))
    acronym = initials[0] in second.split() or initials[1] in first.split() or tight[0] == initials[1]
    return (
        acronym
        or tight[0] in tight[1]
        or tight[1] in tight[0]
        or fuzz.token_set_ratio(first, second) >= ALIKE
    )


def _spelt_out(name: str) -> str:
    """« Vrac & Cie » as « vrac et compagnie », and « Ste-Marie » as « sainte marie »."""
    return " ".join(SHORT.get(word, word) for word in plain(name.replace("&", " et ")).split())
