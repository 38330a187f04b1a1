"""Form, statutes and accounts give one enterprise number."""

import re
from collections.abc import Iterator

from stdnum.be import vat

from checks._check import check
from checks._voice import differs, mentions, quoting, said
from data.edition import Edition
from data.model import Dossier, Fact, Finding

OTHER = differs("voice.enterprise_number", "Numéro d'entreprise")


@check(OTHER, asks="Form, statutes and accounts give one enterprise number.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Ask about a valid number that is not the form's own; a slip in the form is another check's affair."""
    question = edition.fields.enterprise_number
    told = said(dossier, question)
    digits = re.sub(r"\D", "", told or "").rjust(10, "0")
    if question is None or told is None or not vat.is_valid(digits):
        return
    others = [each for each in mentions(dossier, Fact.ENTERPRISE_NUMBER) if each.value != digits]
    if others:
        yield OTHER.about(question, others[0].place, **quoting(others[0], told))
