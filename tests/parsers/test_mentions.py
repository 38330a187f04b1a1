"""What annexes say of the structure and its people."""

from collections.abc import Callable

import parsers
from data.edition import Edition
from data.model import Fact, Mention, Submission
from tests.parsers.conftest import CV, REPORT, STATUTES, a_pdf, a_word_file, accounts, an_attachment
from tests.parsers.layouts import LAYOUTS, Filled, fill

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


def test_a_report_says_its_number_and_name_alone(edition: Edition, a_mail: Callable[..., Submission]) -> None:
    """On its last page, too; the seats and foundations that it tells of may be other people's."""
    story = ("Notre partenaire, fondé le 3 mai 2011, a son siège rue du Port 3, 1080 Molenbeek.",)
    pages = ((*REPORT, *story), REPORT[2:], REPORT[2:], REPORT[2:], REPORT[2:])
    found = _mentions(edition, a_mail, ("ra.pdf", a_pdf(*pages, ("Numéro d'entreprise : 0419.618.535",))))

    assert {fact: each.value for fact, each in found.items()} == {Fact.ENTERPRISE_NUMBER: "0419618535"}


def test_a_cv_says_whose_it_is_where_it_is_another_persons(
    edition: Edition, a_mail: Callable[..., Submission]
) -> None:
    """Its head has another name than the form's, and nowhere the form's."""
    filled = fill(edition, 3)
    told = Filled({**filled.answers, "a2.first_name": "Aïcha", "a2.last_name": "Lambert"}, filled.signed)
    form = ("form.docx", LAYOUTS["tables"](told, edition))
    other = ("Zoé Vandamme", *CV[1:])

    found = _mentions(edition, a_mail, form, ("cv.docx", a_word_file(*other)))
    assert (found[Fact.CONTACT].value, found[Fact.CONTACT].place.file) == ("Zoé Vandamme", "cv.docx")
    own = ("own.docx", a_word_file(*CV))
    assert Fact.CONTACT not in _mentions(edition, a_mail, form, own, ("cv.docx", a_word_file(*other)))
