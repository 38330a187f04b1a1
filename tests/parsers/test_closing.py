"""Of which financial years a set of accounts is."""

from datetime import date

import pytest

from data.model import Document
from parsers import text
from parsers._annexed import _closing


def _document(*rows: str) -> Document:
    return text.from_text("\n".join(rows))


@pytest.mark.parametrize(
    ("rows", "day"),
    [
        (("Exercice clos le 31/12/2025",), date(2025, 12, 31)),
        (("Exercice clôturé le 31.12.25",), date(2025, 12, 31)),
        (("l'exercice couvrant la période du 01-01-2025 au 31-12-2025",), date(2025, 12, 31)),
        (("Exercice couvrant la période du 01-07-2024 au 30-06-2025",), date(2025, 6, 30)),
        (("Bilan au 31 décembre 2024",), date(2024, 12, 31)),
        (("Comptes annuels 2023",), date(2023, 12, 31)),
        (("Boekjaar afgesloten op 31 december 2025",), date(2025, 12, 31)),
        (("Boekjaar dat de periode dekt van 01/01/2025 tot 31/12/2025",), date(2025, 12, 31)),
        (("BILAN INTERNE", "31/12/2025 31/12/2024", "Actif 1.000 900"), date(2025, 12, 31)),
        (("Recettes et dépenses", "2025", "2024", "Subsides 1.000"), date(2025, 12, 31)),
        (
            ("Comptes annuels approuvés par l'assemblée générale du 24 mai 2026", "Exercice 2025"),
            date(2025, 12, 31),
        ),
        (
            ("Exercice du 01/01/2025 au 31/12/2025", "Exercice précédent du 01/01/2024 au 31/12/2024"),
            date(2025, 12, 31),
        ),
        (("Premier exercice du 15/03/2024 au 31/12/2025",), date(2025, 12, 31)),
        (("2025", "2024", "Produits 90000 81000", "Résultat 2000 1000"), date(2025, 12, 31)),
        (("Bilan au 30 septembre 2025", "Édité le 14/01/2026"), date(2025, 9, 30)),
        (("BILAN AU TRENTE ET UN DÉCEMBRE DEUX MILLE VINGT-CINQ", "Dettes 9"), date(2025, 12, 31)),
        (("NetSolidaire – comptes", "2024", "2025", "Ventes 11000 15500"), date(2025, 12, 31)),
        (
            (
                "Comptes annuels 2024",
                "approuvés par l'assemblée générale du 30/06/2025 – imprimé le 31/08/2026",
            ),
            date(2024, 12, 31),
        ),
        (("Année 2025", "En banque au 31/12 10.250,00"), date(2025, 12, 31)),
        (("Poste", "janv.", "déc.", "Total 2024", "Subsides", "1210", "2044", "3254"), date(2024, 12, 31)),
    ],
)
def test_the_closing_date_is_read(rows: tuple[str, ...], day: date) -> None:
    """In words, as a period, over a column, as a year; approval and printing close nothing."""
    assert _closing.closing_dates(_document(*rows))[0] == day


@pytest.mark.parametrize(
    "rows",
    [
        ("", "Exercice", "Exercice précédent", "ACTIF 1 2"),
        ("Bilan 2025", "N N-1", "Actif 1 2"),
        ("Bilan au 31/12/2025", "31/12/2025", "31/12/2024"),
        ("JAARREKENING", "Boekjaar Vorig boekjaar"),
    ],
)
def test_the_year_before_beside_the_year_is_seen(rows: tuple[str, ...]) -> None:
    """Two columns of one set of accounts."""
    assert _closing.has_two_columns(_document(*rows))


@pytest.mark.parametrize(
    "row",
    [
        "BILAN PROVISOIRE AU 31/12/2025",
        "Projet de comptes annuels 2025",
        "DRAFT",
        "PROJET",
        "Comptes de résultats 2025 – version provisoire",
    ],
)
def test_drafts_are_told(row: str) -> None:
    """« Projet », « provisoire » in a heading."""
    assert _closing.is_draft(_document(row))


def test_final_accounts_are_no_draft() -> None:
    """Provisions are no « provisoire », taxes paid ahead are an entry, and a project is no draft."""
    rows = ("Comptes annuels 2025", "Provisions", "Subsides de projet", "Impôts provisoires 1.200,00")
    assert not _closing.is_draft(_document(*rows))


def test_the_books_of_a_year_are_no_accounts_of_it() -> None:
    """A general ledger shows entries; one that a balance sheet follows is part of accounts."""
    ledger = (
        "GRAND LIVRE DES COMPTES – 01/01/2025 au 31/12/2025",
        "440000 Fournisseurs",
        "12/03/2025 ACH12 90,00",
    )

    assert _closing.is_ledger(_document(*ledger))
    assert not _closing.is_ledger(_document(*ledger, "Bilan au 31/12/2025", "Total de l'actif 9.000"))
    assert not _closing.is_ledger(_document("Comptes annuels 2025", "extraits de notre grand livre"))


def test_a_report_is_of_the_year_in_its_title() -> None:
    """Not of the years that it tells of."""
    assert _closing.report_year(_document("Rapport d'activités 2025", "Depuis 2012, nous…")) == 2025
    assert _closing.report_year(_document("Rapport d'activités", "Nous travaillons.")) is None
    assert _closing.report_year(_document("Rapport moral", "AG du 14 juin 2026", "L'année 2025")) == 2025


def test_a_period_of_months_closes_with_the_last_day_of_its_last() -> None:
    """« 07/2024 à 06/2025 », as accountants' programmes print it, closes on the 30th of June."""
    printed = _document("Balance générale des comptes", "Période : 07/2024 à 06/2025 – imprimé le 17/03/2026")

    assert _closing.closing_dates(printed)[:1] == (date(2025, 6, 30),)


def test_periods_may_be_many() -> None:
    """« Périodes 01/2025 à 12/2025 »: the accountant counts the months."""
    printed = _document("BILAN INTERNE – Périodes 01/2025 à 12/2025", "Imprimé le 14/04/2026")

    assert _closing.closing_dates(printed) == (date(2025, 12, 31),)


def test_the_year_before_closes_nothing() -> None:
    """« Exercice précédent du … au … » is taken out whole, and is no second year of one set of accounts."""
    rows = ("du 01/01/2025 au 31/12/2025", "Exercice précédent du 01/01/2024 au 31/12/2024")

    assert _closing.closing_dates(_document(*rows)) == (date(2025, 12, 31),)
