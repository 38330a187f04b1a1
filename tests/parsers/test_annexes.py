"""What kind of document a file is, and of which year."""

from datetime import date

import pytest

from data.edition import Edition
from data.model import Document
from parsers import _annexes, text
from tests.parsers.conftest import CV, REPORT, STATUTES, accounts


def _document(*rows: str) -> Document:
    return text.from_text("\n".join(rows))


DUTCH_ACCOUNTS = (
    "JAARREKENING",
    "Boekjaar afgesloten op 31/12/2025",
    "Vaste activa",
    "Eigen vermogen",
    "Schulden",
)
SMALL_ACCOUNTS = (
    "État des recettes et des dépenses 2025",
    "Recettes 20.000",
    "Dépenses 19.000",
    "État du patrimoine",
)


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (STATUTES, "statutes"),
        (REPORT, "activity_report"),
        (accounts(2025), "accounts"),
        (DUTCH_ACCOUNTS, "accounts"),
        (SMALL_ACCOUNTS, "accounts"),
        (CV, "cv"),
        (("GECOÖRDINEERDE STATUTEN", "Artikel 1. Benaming", "Artikel 2. Belangeloos doel"), "statutes"),
    ],
)
def test_each_kind_is_known_by_its_words(rows: tuple[str, ...], kind: str, edition: Edition) -> None:
    """Words and title tell the kind for certain, in French and Dutch, whatever the file's name."""
    found = _annexes.classify(_document(*rows), "document1.pdf", edition)

    assert (found.id, found.certain) == (kind, True)
    assert found.grounds[0].what == kind


@pytest.mark.parametrize(
    "rows",
    [
        (
            "Procès-verbal de l'assemblée générale",
            "Présents : 12 membres",
            "Ordre du jour : rapport d'activités, comptes",
        ),
        (
            "RÈGLEMENT D'ORDRE INTÉRIEUR",
            "Article 1. Les membres effectifs",
            "Article 2. L'assemblée générale",
        ),
        (
            "CONVOCATION à l'assemblée générale",
            "Vous êtes invités à approuver les comptes annuels et le rapport annuel",
        ),
        ("FACTURE 2026-12", "TVA 21 % : 42 EUR", "Total TTC"),
        ("Extrait du Moniteur belge", "Objet de l'acte : Nominations et démissions d'administrateurs"),
        ("Bonjour", "Merci de votre accueil"),
    ],
)
def test_look_alikes_are_none_of_them(rows: tuple[str, ...], edition: Edition) -> None:
    """Minutes, house rules, summons, invoices and nominations are not taken for annexes."""
    assert not _annexes.classify(_document(*rows), "document.pdf", edition).certain


def test_a_name_alone_is_weak_evidence(edition: Edition) -> None:
    """A file called « statuts » that says nothing of statutes is not certainly that."""
    found = _annexes.classify(_document("Bonjour", "Voici le document demandé"), "statuts.pdf", edition)

    assert not found.certain


@pytest.mark.parametrize(
    ("row", "day"),
    [
        ("Exercice clôturé le 31/12/2025", date(2025, 12, 31)),
        ("Exercice couvrant la période du 01-07-2024 au 30-06-2025", date(2025, 6, 30)),
        ("Bilan au 31 décembre 2024", date(2024, 12, 31)),
        ("Comptes annuels 2023", date(2023, 12, 31)),
        ("Boekjaar afgesloten op 31 december 2025", date(2025, 12, 31)),
    ],
)
def test_the_closing_date_is_read(row: str, day: date) -> None:
    """Closing dates are read in their usual forms, also of years that do not end in December."""
    assert _annexes.closing_dates(_document(row))[0] == day


def test_letter_spaced_words_are_closed_up(edition: Edition) -> None:
    """Old extracts of the Moniteur write with a space between every letter."""
    rows = ("S t a t u t s   c o o r d o n n e s".replace("   ", " "), *STATUTES[1:])

    assert _annexes.classify(_document(*rows), "x.pdf", edition).id == "statutes"
