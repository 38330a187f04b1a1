"""Which annexes came, of which years, and whose."""

import io
from collections.abc import Callable
from dataclasses import replace

import pytest
from openpyxl import Workbook

import parsers
from data.edition import Edition
from data.model import Annex, AnnexState, Document, PageSource, Submission, Unread
from tests.parsers.conftest import CV, REPORT, STATUTES, a_pdf, a_word_file, accounts, an_attachment
from tests.parsers.layouts import LAYOUTS, Filled, fill

Mail = Callable[..., Submission]
BEFORE = (
    "COMPTES ANNUELS",
    "Exercice clôturé le 31/12/2025",
    "Exercice",
    "Exercice précédent",
    "ACTIF",
    "PASSIF",
)
ARTICLES = tuple(f"Article {n}. Les membres effectifs décident." for n in range(6, 14))
STRANGER = (
    "Zoé Vandamme",
    "Curriculum vitae",
    "Expérience professionnelle",
    "2015 – 2025 : menuisière",
    "Langues",
)


def _judged(edition: Edition, a_mail: Mail, *files: tuple[str, bytes], **answers: str) -> dict[str, Annex]:
    filled = fill(edition, 3)
    said = {**filled.answers, "a2.last_name": "Lambert", "a2.first_name": "Aïcha", **answers}
    form = LAYOUTS["tables"](Filled(said, filled.signed), edition)
    attached = [an_attachment(*file) for file in (("form.docx", form), *files)]
    return dict(parsers.assemble([a_mail(*attached)], edition, parsers.read).annexes)


def test_the_contacts_own_cv_is_present(edition: Edition, a_mail: Mail) -> None:
    """The name of A.2 stands in it, with or without accents, and whoever else's comes beside it."""
    files = [("cv.docx", a_word_file(*CV)), ("cv2.docx", a_word_file(*STRANGER))]

    assert _judged(edition, a_mail, *files)["cv"].state is AnnexState.PRESENT


def test_another_persons_cv_is_for_a_person_to_look_at(edition: Edition, a_mail: Mail) -> None:
    """A CV with another name at its head is never called missing, nor complete; the name is told."""
    cv = _judged(edition, a_mail, ("cv.docx", a_word_file(*STRANGER)))["cv"]

    assert cv.state is AnnexState.UNCLEAR
    assert "Zoé Vandamme" in cv.reason


@pytest.mark.parametrize("last", ["Lambert-Dubois", "Dubois Lambert", "LAMBERT", "Lambért"])
def test_names_may_be_doubled_and_spelt_otherwise(last: str, edition: Edition, a_mail: Mail) -> None:
    """Half of a double name is enough; accents and capitals do not matter."""
    found = _judged(edition, a_mail, ("cv.docx", a_word_file(*CV)), **{"a2.last_name": last})

    assert found["cv"].state is AnnexState.PRESENT


@pytest.mark.parametrize(
    ("told", "written"), [("Yıldız", "YILDIZ"), ("Łaski", "Laski"), ("Sørensen", "Sorensen")]
)
def test_letters_that_others_write_without_are_no_other_name(
    told: str, written: str, edition: Edition, a_mail: Mail
) -> None:
    """A dotless i, a crossed l: on the CV they are often plain letters."""
    cv = (f"Mehmet {written}", *CV[1:])
    answers = {"a2.last_name": told, "a2.first_name": "Ömer"}

    assert (
        _judged(edition, a_mail, ("cv.docx", a_word_file(*cv)), **answers)["cv"].state is AnnexState.PRESENT
    )


def test_one_document_with_the_year_before_is_to_be_confirmed(edition: Edition, a_mail: Mail) -> None:
    """Two years can be read, in one document: no reproach, and not complete."""
    found = _judged(edition, a_mail, ("bilan.pdf", a_pdf(BEFORE)))["accounts"]

    assert (found.state, found.years) == (AnnexState.UNCLEAR, (2025,))
    assert "à confirmer" in found.reason


def test_two_years_in_one_file_that_was_not_cut_are_to_be_confirmed(edition: Edition, a_mail: Mail) -> None:
    """Balances of two years one below the other on a page: both closing days stand there."""
    rows = (*accounts(2025), *accounts(2024)[1:])
    found = _judged(edition, a_mail, ("bilans.pdf", a_pdf(rows)))["accounts"]

    assert found.state is AnnexState.UNCLEAR


def _whole(year: int) -> tuple[str, ...]:
    return (
        f"État des recettes et des dépenses – exercice {year}",
        *(f"{what} 1.{year - 1900},00" for what in ("Ventes", "Subsides", "Rémunérations", "Loyer")),
        f"État du patrimoine au 31/12/{year}",
        *(f"{what} 2.{year - 1900},00" for what in ("Matériel", "Liquidités", "Fournisseurs")),
    )


def test_two_years_that_stand_in_turn_are_both(edition: Edition, a_mail: Mail) -> None:
    """On one page, each whole and drawn up like the other, under its own year."""
    found = _judged(edition, a_mail, ("comptes.pdf", a_pdf((*_whole(2024), *_whole(2025)))))["accounts"]

    assert (found.state, found.years) == (AnnexState.PRESENT, (2025, 2024))


def test_another_year_that_is_only_spoken_of_is_no_year_of_accounts(edition: Edition, a_mail: Mail) -> None:
    """« Résultat de l'exercice 2024 » and notes below a year's accounts are not drawn up like them."""
    notes = ("Résultat de l'exercice 2024", *(f"Note {n} : 3.100,00" for n in range(1, 9)))
    found = _judged(edition, a_mail, ("comptes.pdf", a_pdf((*_whole(2025), *notes))))["accounts"]

    assert (found.state is AnnexState.PRESENT, found.years) == (False, (2025,))


def test_a_young_structure_is_not_asked_for_years_it_cannot_have(edition: Edition, a_mail: Mail) -> None:
    """Founded in 2025, it has closed one year at most."""
    young = _judged(edition, a_mail, ("b.pdf", a_pdf(accounts(2025))), **{"a1.created_on": "03/03/2025"})
    new = _judged(edition, a_mail, **{"a1.created_on": "03/03/2026"})

    assert young["accounts"].state is new["accounts"].state is AnnexState.UNCLEAR
    assert "jeune" in young["accounts"].reason


def test_a_budget_is_no_closed_year(edition: Edition, a_mail: Mail) -> None:
    """A year that ends after the deadline is not closed."""
    files = [("a.pdf", a_pdf(accounts(2025))), ("b.pdf", a_pdf(accounts(2026)))]

    assert _judged(edition, a_mail, *files)["accounts"].years == (2025,)


def test_accounts_printed_within_the_report_are_not_called_missing(edition: Edition, a_mail: Mail) -> None:
    """A report whose pages hold the accounts leaves them in doubt, and says where to look."""
    pages = (REPORT, REPORT[2:], REPORT[2:], REPORT[2:], ("Nos finances", *accounts(2025)))
    found = _judged(edition, a_mail, ("rapport.pdf", a_pdf(*pages)))["accounts"]

    assert found.state is not AnnexState.MISSING
    assert found.places[0].file == "rapport.pdf"


def test_a_report_without_accounts_leaves_them_missing(edition: Edition, a_mail: Mail) -> None:
    """A word about money is no set of accounts."""
    rows = (*REPORT, "Nos recettes ont progressé de 12 %.")

    assert _judged(edition, a_mail, ("rapport.pdf", a_pdf(rows)))["accounts"].state is AnnexState.MISSING


CAREER = (
    "Aïcha Lambert",
    "Après un bachelier d'assistante sociale, j'ai travaillé comme animatrice ; depuis 2019, je suis "
    "coordinatrice.",
    "aicha@mail.example",
)
NOTHING_KNOWN = (
    "Notre année",
    *(f"Le {day} mai, nous avons planté un arbre de plus." for day in range(1, 22)),
)


SKILLS = (
    "LAMBERT Aïcha – 38 ans",
    "Ce que je sais faire",
    "- tenir un budget, chercher des fonds",
    "Où ?",
    "Bonnevie",
)


@pytest.mark.parametrize(
    ("rows", "kind"), [(CAREER, "cv"), (SKILLS, "cv"), (NOTHING_KNOWN, "activity_report")]
)
def test_a_paper_that_nobody_knows_may_be_what_is_missing(
    rows: tuple[str, ...], kind: str, edition: Edition, a_mail: Mail
) -> None:
    """A CV in prose, a report without a title: no reproach, and a person looks at that file."""
    found = _judged(edition, a_mail, ("doc.docx", a_word_file(*rows)))

    assert found[kind].state is AnnexState.UNCLEAR
    assert "doc.docx" in found[kind].reason
    assert found["statutes"].state is AnnexState.MISSING


@pytest.mark.parametrize("source", [PageSource.OCR, PageSource.TEXT])
def test_a_likeness_seen_on_an_image_is_no_knowledge(
    source: PageSource, edition: Edition, a_mail: Mail
) -> None:
    """A report whose title recognition has lost looks like minutes, by its second row."""
    rows = ("Ropqcrt mcral", "Assemblée générale du 14 juin 2026", *NOTHING_KNOWN[1:])

    def read(content: bytes) -> Document | Unread:
        document = parsers.read(content)
        assert isinstance(document, Document)
        return replace(document, pages=tuple(replace(page, source=source) for page in document.pages))

    mail = a_mail(an_attachment("doc.pdf", a_pdf(rows)))
    found = parsers.assemble([mail], edition, read).annexes["activity_report"]

    assert (found.state is AnnexState.MISSING) == (source is PageSource.TEXT)


def test_a_page_that_was_cut_off_and_is_not_known_leaves_the_report_in_doubt(
    edition: Edition, a_mail: Mail
) -> None:
    """Behind a separator in a file of everything, a report without a title is not lost."""
    pages = (STATUTES, ("Annexe 2",), NOTHING_KNOWN, ("Annexe 3",), accounts(2025))
    found = _judged(edition, a_mail, ("annexes.pdf", a_pdf(*pages)))

    assert found["activity_report"].state is AnnexState.UNCLEAR


def test_a_page_of_another_kind_among_statutes_is_not_called_missing(edition: Edition, a_mail: Mail) -> None:
    """A page that speaks for a CV, and hardly for statutes, may be the CV that was joined to them."""
    cv = ("Parcours", "2012 – 2018 : menuisière", "2018 – 2024 : formatrice")
    found = _judged(edition, a_mail, ("statuts.pdf", a_pdf(STATUTES, ARTICLES, cv, ARTICLES)))

    assert found["statutes"].state is AnnexState.PRESENT
    assert found["cv"].state is AnnexState.UNCLEAR


def test_a_page_that_says_nothing_among_statutes_may_be_the_report(edition: Edition, a_mail: Mail) -> None:
    """Prose that is of no kind was joined to what stands before it: the report is not called missing."""
    found = _judged(edition, a_mail, ("statuts.pdf", a_pdf(STATUTES, ARTICLES, NOTHING_KNOWN[1:])))

    assert found["statutes"].state is AnnexState.PRESENT
    assert found["activity_report"].state is AnnexState.UNCLEAR


def test_what_stands_above_the_title_on_a_page_is_no_page_of_its_own(edition: Edition, a_mail: Mail) -> None:
    """The Moniteur prints its own head above « Objet de l'acte : constitution – statuts »."""
    head = (
        "Volet B – Copie qui sera publiée aux annexes du Moniteur belge après dépôt de l'acte au greffe",
        "Réservé au Moniteur belge, déposé le 14-05-2019 au greffe du tribunal de l'entreprise",
        "N° d'entreprise : 0712.345.670",
        "Nom (en entier) : Le Pré Vert",
        "Forme légale : ASBL",
        "Adresse complète du siège : rue Verte 1 : 1030 Schaerbeek",
        "Objet de l'acte : CONSTITUTION – STATUTS",
    )
    found = _judged(edition, a_mail, ("m.pdf", a_pdf((*head, *STATUTES))))

    assert found["statutes"].state is AnnexState.PRESENT
    assert found["activity_report"].state is AnnexState.MISSING


def test_what_announces_a_day_to_come_is_no_report(edition: Edition, a_mail: Mail) -> None:
    """A flyer says when to come, from which hour, and who is answerable for it, as the law asks."""
    flyer = (
        "LE PRÉ VERT",
        "Samedi 3 octobre 2026 de 11h à 18h",
        "Venez découvrir nos ateliers, notre jardin et nos produits ! Musique, bar et soupe offerte à tous.",
        "rue Verte 1, 1030 Schaerbeek",
        "Éd. resp. : Aïcha Lambert",
    )
    found = _judged(edition, a_mail, ("doc.docx", a_word_file(*flyer)))

    assert found["activity_report"].state is AnnexState.MISSING


def test_few_words_on_slides_may_be_the_report(edition: Edition, a_mail: Mail) -> None:
    """Slides of thirty words are no report for certain, and none is called missing beside them."""
    slides = (("Chantiers", "une fête au parc"), *(("Un mot", "et puis des images de nous tous"),) * 4)

    assert _judged(edition, a_mail, ("a.pdf", a_pdf(*slides)))["activity_report"].state is AnnexState.UNCLEAR


def test_half_a_year_is_no_closed_year(edition: Edition, a_mail: Mail) -> None:
    """« Situation intermédiaire au 30/06/2026 » beside 2025 leaves 2024 to be sent."""
    half = ("Situation intermédiaire au 30/06/2026", "ACTIF", "Immobilisations 1.000", "PASSIF", "Dettes 900")
    files = [("a.pdf", a_pdf(accounts(2025))), ("b.pdf", a_pdf(half))]
    found = _judged(edition, a_mail, *files)["accounts"]

    assert (found.state, found.years) == (AnnexState.PARTIAL, (2025,))


def test_half_a_year_alone_is_for_a_person_to_look_at(edition: Edition, a_mail: Mail) -> None:
    """It is no year of the two, and its applicant is not told that the accounts of 2026 were found."""
    half = ("Situation intermédiaire au 30/06/2026", "ACTIF", "Immobilisations 1.000", "PASSIF", "Dettes 900")
    found = _judged(edition, a_mail, ("a.pdf", a_pdf(half)))["accounts"]

    assert (found.state, found.years) == (AnnexState.UNCLEAR, ())


LIFE = (
    "janv. 2020 – auj. Le Pré Vert, direction",
    "2015 – 2019 Natagora, animatrice",
    "2010 – 2015 Ecores, chargée de projet",
    "2006 – 2010 Master en sciences, ULB",
)


@pytest.mark.parametrize("head", [("AÏCHA LAMBERT",), ("Aïcha", "Lambert"), ("A ï c h a La mbert",)])
def test_a_life_under_the_contacts_name_is_their_cv(
    head: tuple[str, ...], edition: Edition, a_mail: Mail
) -> None:
    """Years of work below the name of A.2, alone at the head, in letters however spaced."""
    assert _judged(edition, a_mail, ("d.pdf", a_pdf((*head, *LIFE))))["cv"].state is AnnexState.PRESENT


def test_a_life_below_other_words_is_not_surely_a_cv(edition: Edition, a_mail: Mail) -> None:
    """On a page about the team the contact's name does not stand alone."""
    rows = ("L'équipe, de gauche à droite", "Aïcha Lambert, coordinatrice, qui aime les vélos", *LIFE)

    assert _judged(edition, a_mail, ("d.pdf", a_pdf(rows)))["cv"].state is AnnexState.UNCLEAR


def test_a_life_that_is_called_something_else_is_not_missing(edition: Edition, a_mail: Mail) -> None:
    """A letter under the contact's name that tells of years of work leaves the CV in doubt."""
    letter = a_word_file("Aïcha Lambert", "Lettre de motivation", *LIFE)
    found = _judged(edition, a_mail, ("x.docx", letter))["cv"]

    assert found.state is AnnexState.UNCLEAR


def test_a_title_that_promises_two_years_is_believed(edition: Edition, a_mail: Mail) -> None:
    """« Comptes 2024 et 2025 » above two columns is both years; a column for comparison is not."""
    rows = (
        "Comptes 2024 et 2025",
        "2024 2025",
        "Actif 1.000 1.200",
        "Passif 1.000 1.200",
        "Recettes",
        "Charges",
    )
    found = _judged(edition, a_mail, ("comptes.pdf", a_pdf(rows)))["accounts"]

    assert (found.state, found.years) == (AnnexState.PRESENT, (2025, 2024))


def test_two_years_that_were_not_cut_apart_are_never_partial(edition: Edition, a_mail: Mail) -> None:
    """The older stands first and is dated; the younger, a page behind, tells its year alone: not missing."""
    pages = (accounts(2024), ("Exercice 2025", "Caisse 900", "Dettes 800"))
    found = _judged(edition, a_mail, ("comptes.pdf", a_pdf(*pages)))["accounts"]

    assert found.state is AnnexState.UNCLEAR


def test_a_workbook_in_somebodys_own_words_may_be_the_accounts(edition: Edition, a_mail: Mail) -> None:
    """Money in and out without a word of accountants, beside a sheet that is a budget."""
    book = Workbook()
    book.active.title = "2024"
    for row in (("Entrées", 4200, 3100), ("Sorties", 3900, 2800), ("Solde", 300, 300)):
        book.active.append(row)
    book.create_sheet("Budget").append(("Entrées", 5000))
    out = io.BytesIO()
    book.save(out)

    assert _judged(edition, a_mail, ("chiffres.xlsx", out.getvalue()))["accounts"].state is AnnexState.UNCLEAR


def test_an_invoice_stands_for_nothing(edition: Edition, a_mail: Mail) -> None:
    """A paper that is known to be something else leaves nothing in doubt."""
    rows = (
        "FACTURE n° 12",
        "Total à payer : 120,00 EUR",
        *(f"{n} chaises de bureau, TVA 21 %" for n in range(40)),
    )
    found = _judged(edition, a_mail, ("doc.docx", a_word_file(*rows)))

    assert {annex.state for annex in found.values()} == {AnnexState.MISSING}


def test_a_draft_is_a_persons_to_accept(edition: Edition, a_mail: Mail) -> None:
    """« Provisoire » is neither missing nor enough; the piece says so, and the final accounts settle it."""
    draft = ("BILAN PROVISOIRE", *accounts(2025)[1:])
    files = [an_attachment("a.pdf", a_pdf(draft)), an_attachment("b.pdf", a_pdf(accounts(2024)))]
    dossier = parsers.assemble([a_mail(*files)], edition, parsers.read)

    assert dossier.annexes["accounts"].state is AnnexState.UNCLEAR
    assert "provisoires" in dossier.annexes["accounts"].reason
    assert {piece.file: piece.is_draft for piece in dossier.pieces} == {"a.pdf": True, "b.pdf": False}

    settled = parsers.assemble(
        [a_mail(*files, an_attachment("c.pdf", a_pdf(accounts(2025))))], edition, parsers.read
    )
    assert settled.annexes["accounts"].state is AnnexState.PRESENT


LEDGER = (
    "GRAND LIVRE DES COMPTES GÉNÉRAUX – 01/01/2025 au 31/12/2025",
    "Compte 440000 Fournisseurs",
    "Date Pièce Libellé Débit Crédit",
    *(f"{day:02}/03/2025 ACH{day} Fournisseur divers {day}20,00" for day in range(10, 28)),
    "Compte 550000 Banque",
)


@pytest.mark.parametrize("beside", [(), accounts(2024)])
def test_a_ledger_is_no_year_of_accounts(beside: tuple[str, ...], edition: Edition, a_mail: Mail) -> None:
    """Alone or beside another year's accounts it leaves the year in doubt: neither missing nor complete."""
    files = [("comptes 2025.pdf", a_pdf(LEDGER)), *([("b.pdf", a_pdf(beside))] if beside else [])]
    found = _judged(edition, a_mail, *files)["accounts"]

    assert (found.state, "grand livre" in found.reason) == (AnnexState.UNCLEAR, True)


def test_a_doubtful_page_beside_a_years_accounts_leaves_them_certain(edition: Edition, a_mail: Mail) -> None:
    """An accountant's letter about the accounts of a year does not make the accounts doubtful."""
    letter = (
        "Concerne : comptes annuels 2024",
        "Exercice clos le 31/12/2024",
        "Montants : 1.200,00 et 900,00",
    )
    files = [("x.pdf", a_pdf(letter)), ("a.pdf", a_pdf(accounts(2024))), ("b.pdf", a_pdf(accounts(2025)))]
    found = _judged(edition, a_mail, *files)["accounts"]

    assert (found.state, found.years) == (AnnexState.PRESENT, (2025, 2024))


def test_a_heading_of_a_cv_is_nobodys_name(edition: Edition, a_mail: Mail) -> None:
    """« À PROPOS » below a name whose letters are set apart is no other person."""
    rows = ("A Ï C H A L A M B E R T", "À PROPOS", *(row for row in CV if "Lambert" not in row))

    assert _judged(edition, a_mail, ("cv.docx", a_word_file(*rows)))["cv"].state is AnnexState.PRESENT
