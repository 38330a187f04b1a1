"""What annexes say of the structure and its people."""

from collections.abc import Callable

import parsers
from data.edition import Edition
from data.model import Fact, Mention, Submission
from tests.parsers.conftest import STATUTES, a_pdf, accounts, an_attachment

SAYING = (
    *STATUTES,
    "Numéro d'entreprise : 0419.618.535",
    "Le siège est établi à rue Haute 3, 1000 Bruxelles.",
    "Association constituée le 2 mars 2015.",
)
LISTING = (
    "LISTE DES ADMINISTRATEURS, GÉRANTS ET COMMISSAIRES",
    "Lambert Aïcha, rue Haute 3, 1000 Bruxelles, Fonction : administratrice",
)


def _mentions(
    edition: Edition, a_mail: Callable[..., Submission], *files: tuple[str, bytes]
) -> dict[Fact, Mention]:
    mail = a_mail(*(an_attachment(*file) for file in files))
    return {each.fact: each for each in parsers.assemble([mail], edition, parsers.read).mentions}


def test_statutes_say_who_they_are_of(edition: Edition, a_mail: Callable[..., Submission]) -> None:
    """Number, name, seat and foundation, each with its quote, file and page."""
    found = _mentions(edition, a_mail, ("statuts.pdf", a_pdf(SAYING)))

    assert {fact: each.value for fact, each in found.items()} == {
        Fact.ENTERPRISE_NUMBER: "0419618535",
        Fact.NAME: "Les Ateliers du Canal",
        Fact.SEAT: "1000",
        Fact.CREATED_ON: "2015-03-02",
    }
    assert (found[Fact.SEAT].place.file, found[Fact.SEAT].place.page) == ("statuts.pdf", 1)
    assert "rue Haute 3" in found[Fact.SEAT].quote


def test_accounts_list_administrators(edition: Edition, a_mail: Callable[..., Submission]) -> None:
    """Those under the heading that the National Bank's models have for them."""
    found = _mentions(edition, a_mail, ("bnb.pdf", a_pdf((*accounts(2025), *LISTING))))

    assert found[Fact.ADMINISTRATOR].value == "Lambert Aïcha"


def test_other_papers_say_nothing(edition: Edition, a_mail: Callable[..., Submission]) -> None:
    """An invoice has its sender's number, not the applicant's."""
    invoice = ("FACTURE 12", "Numéro d'entreprise : 0403.019.261", "Total TTC 12,00", "À payer")

    assert _mentions(edition, a_mail, ("f.pdf", a_pdf(invoice))) == {}
