"""Form, statutes, accounts and report give one enterprise number."""

import re
from collections.abc import Iterator

from stdnum.be import vat

from checks._check import check
from checks._voice import differs, mentions, quoting, said
from data.edition import Edition
from data.model import Dossier, Fact, Finding

OTHER = differs("voice.enterprise_number", "Numéro d'entreprise")


@check(OTHER, asks="Form, statutes, accounts and report give one enterprise number.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Ask about a document's valid number, where it never has the form's; slips are another check's."""
    question = edition.fields.enterprise_number
    told = said(dossier, question)
    digits = re.sub(r"\D", "", told or "").rjust(10, "0")
    if question is None or told is None or not vat.is_valid(digits):
        return
    found = list(mentions(dossier, Fact.ENTERPRISE_NUMBER))
    agreeing = {each.place.file for each in found if each.value == digits}
    others = [each for each in found if each.value != digits and each.place.file not in agreeing]
    if others:
        yield OTHER.about(question, others[0].place, **quoting(others[0], told))
