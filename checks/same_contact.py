"""The CV is of the person whom the form names as its contact."""

from collections.abc import Iterator

from checks._check import check
from checks._voice import differs, mentions, quoting, said
from data.edition import Edition
from data.model import Dossier, Fact, Finding

OTHER = differs("voice.contact", "Personne référente et CV")


@check(OTHER, asks="The CV is of the person whom the form names as its contact.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Ask where every CV is another person's: the contact may have changed, or a colleague's CV came."""
    fields = edition.fields
    names = [said(dossier, question) for question in (fields.contact_first_name, fields.contact_last_name)]
    told, found = " ".join(filter(None, names)), list(mentions(dossier, Fact.CONTACT))
    if fields.contact_last_name and told and found:
        yield OTHER.about(fields.contact_last_name, found[0].place, **quoting(found[0], told))
