"""The administrator who signs is one of those whom the accounts list."""

from collections.abc import Iterator

from checks._check import check
from checks._voice import differs, mentions, plain, quoting, said
from data.edition import Edition
from data.model import Dossier, Fact, Finding

OTHER = differs("voice.administrator", "Administrateur ou administratrice qui signe")
ADMINISTRATOR = "administrator"


@check(OTHER, asks="The administrator who signs is one of those whom the accounts list.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Ask where a list of administrators has nobody of the name given in the form: mandates change."""
    signatory = edition.signatories.get(ADMINISTRATOR)
    question = signatory.name_question if signatory else None
    told, found = said(dossier, question), list(mentions(dossier, Fact.ADMINISTRATOR))
    if question and told and found and not any(_shares_a_name(told, each.value) for each in found):
        yield OTHER.about(question, found[0].place, **quoting(found[0], told))


def _shares_a_name(one: str, other: str) -> bool:
    return bool(
        {w for w in plain(one).split() if len(w) > 2} & {w for w in plain(other).split() if len(w) > 2}
    )
