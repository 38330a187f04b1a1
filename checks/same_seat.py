"""Form, statutes and accounts place the seat in one commune."""

import re
from collections.abc import Iterator

from checks._check import check
from checks._voice import differs, mentions, quoting, said
from data.edition import Edition
from data.model import Dossier, Fact, Finding

OTHER = differs("voice.seat", "Siège")


@check(OTHER, asks="Form, statutes and accounts place the seat in one commune.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Ask where no annex has a postcode of the form's address: seats move, and places of work are many."""
    question = edition.eligibility.address_question
    told, found = said(dossier, question), list(mentions(dossier, Fact.SEAT))
    postcodes = set(re.findall(r"(?<!\d)\d{4}(?!\d)", told or ""))
    if question and told and postcodes and found and not any(each.value in postcodes for each in found):
        yield OTHER.about(question, found[0].place, **quoting(found[0], told))
