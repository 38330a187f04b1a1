"""One file of several documents is cut where they begin."""

import io
from collections.abc import Callable
from random import Random

import pytest
from docx import Document as new_document
from openpyxl import Workbook
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.edition import Edition
from data.model import AnnexState, Document, Submission
from parsers._annexed import _annexes, _cuts
from parsers._annexed._sheets import sheets
from parsers._annexed._titles import by_titles
from parsers._dossier import _sorting
from tests.corpus.make import bundles
from tests.parsers.conftest import CV, REPORT, STATUTES, a_pdf, a_word_file, accounts, an_attachment
from tests.parsers.layouts import LAYOUTS, fill
from tests.parsers.printed import PRINTED

ARTICLES = tuple(
    f"Article {n}. Les membres effectifs se réunissent en assemblée générale." for n in range(6, 14)
)


def _parts(*pages: tuple[str, ...], edition: Edition) -> list[tuple[str, int, int]]:
    document = parsers.read(a_pdf(*pages))
    assert isinstance(document, Document)
    return [(part.kind, part.first, part.last) for part in _cuts.cut(document, edition)]


@pytest.mark.parametrize("seed", range(1, 13, 2))
def test_a_file_of_everything_is_cut_exactly(seed: int, edition: Edition) -> None:
    """Statutes, report, accounts of two years and CV in any order, with separators or blank pages between."""
    _, content, truth = bundles.combined(seed)
    document = parsers.read(content)
    assert isinstance(document, Document)
    found = {(each.kind.id, *each.pages) for each in _sorting.annexes_in(document, edition)}

    assert found == {part for part in truth.ranges if part[0] != "other"}


def test_pages_without_a_word_of_their_own_go_with_what_they_follow(edition: Edition) -> None:
    """A photo's caption, a page of thanks, a page of signatures belong to the document before."""
    parts = _parts(STATUTES, ARTICLES, ("Signatures des fondateurs",), CV, edition=edition)

    assert parts == [("statutes", 1, 3), ("cv", 4, 4)]


def test_separators_and_blank_pages_belong_to_nothing(edition: Edition) -> None:
    """« Annexe 2 : CV » alone on its page announces the CV, and is no page of it."""
    parts = _parts(STATUTES, ("",), ("Annexe 2 : CV",), CV, edition=edition)

    assert parts == [("statutes", 1, 1), ("cv", 4, 4)]


def test_two_years_back_to_back_are_two_documents(edition: Edition) -> None:
    """The same model twice, of two years."""
    assert _parts(accounts(2025), accounts(2024), edition=edition) == [("accounts", 1, 1), ("accounts", 2, 2)]


def test_accounts_of_the_bank_begin_where_their_period_stands(edition: Edition) -> None:
    """Below the Bank's own rows no title is at the head of the page: the period tells a second deposit."""
    first, second = (
        (
            *("20", "NAT.", "Date du dépôt", "N°", "P.", "D.", "Dénomination : Le Pré Vert", "Rue Haute 1"),
            "COMPTES ANNUELS EN EUROS",
            f"et relatifs à l'exercice couvrant la période du 01/01/{year} au 31/12/{year}",
        )
        for year in (2025, 2024)
    )
    figures = ("BILAN APRÈS RÉPARTITION", "ACTIF 20/58", "PASSIF 10/49")

    assert _parts(first, figures, second, figures, edition=edition) == [
        ("accounts", 1, 2),
        ("accounts", 3, 4),
    ]


def test_a_page_that_is_hardly_of_what_comes_before_begins_another(edition: Edition) -> None:
    """A CV without a title behind accounts: not a word of money, and years of work."""
    life = (
        "Zoé Vandamme",
        "2015 – 2019 Natagora",
        "2010 – 2015 Ecores",
        "2008 – 2010 Ixelles",
        "depuis 2020 ici",
    )

    assert _parts(accounts(2025), life, edition=edition) == [("accounts", 1, 1), ("cv", 2, 2)]


def test_an_article_about_accounts_is_no_set_of_accounts(edition: Edition) -> None:
    """« Article 9. – Exercice social et comptes annuels » in a Word file is a heading of the statutes."""
    rows = (*STATUTES, *ARTICLES[:3], "Article 9. – Exercice social et comptes annuels", *ARTICLES[4:])
    document = parsers.read(a_word_file(*rows))
    assert isinstance(document, Document)

    assert _sorting.annexes_in(document, edition) == []
    assert by_titles(document, edition) is document


def test_what_a_separator_announces_counts_as_a_name(edition: Edition) -> None:
    """A report without a word of its own, behind « Annexe 2 : Rapport d'activité », is no lost page."""
    plain = ("Le Pré Vert", "Nous avons ouvert une salle en mars.", "Le projet s'est terminé en novembre.")
    document = parsers.read(a_pdf(STATUTES, ("Annexe 2 : Rapport d'activité",), plain, CV))
    assert isinstance(document, Document)

    assert ("activity_report", 3, 3) in {
        (each.kind.id, *each.pages) for each in _sorting.annexes_in(document, edition)
    }


def test_one_set_of_accounts_is_not_cut_at_its_own_headings(edition: Edition) -> None:
    """Balance sheet, result and rules of one year are one document."""
    pages = (accounts(2025)[:4], ("COMPTE DE RÉSULTATS", "Charges 100.000"), ("RÈGLES D'ÉVALUATION", "Néant"))

    assert _parts(*pages, edition=edition) == [("accounts", 1, 3)]


def test_a_report_that_tells_of_its_finances_stays_whole(edition: Edition) -> None:
    """A page of figures within a report is a page of the report."""
    figures = ("Nos finances", "Recettes 120.000", "Dépenses 118.000", "Merci à nos bénévoles et partenaires")

    assert _parts(REPORT, REPORT[2:], figures, edition=edition) == [("activity_report", 1, 3)]


FINANCES = (
    "Bilan 2025",
    "Actif immobilisé 64.000",
    "Créances 9.000",
    "Total actif 73.000",
    "Passif",
    "Dettes 1",
)
AHEAD = ("Un second lieu ouvrira ses portes au printemps, avec les habitants.",)


def test_a_chapter_of_a_report_is_not_cut_off_where_its_numbers_go_on(edition: Edition) -> None:
    """« 3. Résultats financiers » behind « 2. Membres » is the report's own, and so is what follows."""
    pages = (
        (*REPORT, "1. Éditorial"),
        ("2. Membres", *REPORT[2:]),
        ("3. Résultats financiers", *FINANCES),
        ("4. Demain", *AHEAD),
    )

    assert _parts(*pages, edition=edition) == [("activity_report", 1, 4)]


def test_two_balances_back_to_back_are_two_years(edition: Edition) -> None:
    """An accountant's programme calls them by the same title, and tells the year above it."""
    pages = [
        (
            f"Octopus – Le Pré Vert – {year}",
            "Balance définitive",
            "101000 Apports 20,00",
            "240000 Mobilier 8,00",
        )
        for year in (2025, 2024)
    ]

    assert _parts(*pages, edition=edition) == [("accounts", 1, 1), ("accounts", 2, 2)]


def test_sheets_called_by_years_are_accounts_of_each(edition: Edition) -> None:
    """« 2024 » and « 2025 » on the tabs of a workbook, and figures alone in its sheets."""
    book, held = Workbook(), io.BytesIO()
    book.remove(book.active)
    for year in ("2024", "2025"):
        sheet = book.create_sheet(year)
        for row in (("ACTIF", "PASSIF"), ("Stocks", "Dettes"), ("Recettes", 900), ("Dépenses", 800)):
            sheet.append(row)
    book.save(held)
    document = parsers.read(held.getvalue())
    assert isinstance(document, Document)

    assert [(part.kind, part.first) for part in _cuts.cut(document, edition)] == [
        ("accounts", 1),
        ("accounts", 2),
    ]


def test_numbers_of_annexes_are_no_chapters(edition: Edition) -> None:
    """« 2. Comptes annuels » behind « 1. Rapport d'activités » is another document."""
    pages = (("1. Rapport d'activités 2025", *REPORT), ("2. Comptes annuels 2025", *accounts(2025)))

    assert _parts(*pages, edition=edition) == [("activity_report", 1, 1), ("accounts", 2, 2)]


def test_a_name_before_a_long_title_hides_no_second_year(edition: Edition) -> None:
    """« Le Pont des Arts de Bruxelles-Capitale – Bilan au trente et un … » begins a set of accounts."""
    title = "Le Pont des Arts asbl – Bilan au trente et un décembre deux mille vingt-cinq, après répartition"

    assert _parts(accounts(2024), (title, *FINANCES[1:]), edition=edition) == [
        ("accounts", 1, 1),
        ("accounts", 2, 2),
    ]


def test_chapters_of_a_report_tell_of_years(edition: Edition) -> None:
    """« Temps forts de 2025 » behind a page of plans for 2026 begins no second report."""
    plans = ("Au programme", "Chiffres clés", "Perspectives", "2026")

    assert _parts(plans, ("Temps forts de 2025", *REPORT[2:]), edition=edition) == [("activity_report", 1, 2)]


@pytest.mark.parametrize("form_first", [True, False])
def test_a_form_among_its_annexes_is_found(form_first: bool, edition: Edition) -> None:
    """Before or behind the annexes, the form's pages are the form's."""
    form = next(iter(PRINTED.values()))(fill(edition, 3), edition)
    whole = bundles.joined([form, a_pdf(STATUTES, CV)] if form_first else [a_pdf(STATUTES, CV), form])
    document = parsers.read(whole)
    assert isinstance(document, Document)
    kinds = [part.kind for part in _cuts.cut(document, edition)]

    assert kinds == (["dossier", "statutes", "cv"] if form_first else ["statutes", "cv", "dossier"])


def test_what_was_cut_out_is_gone_from_the_rest(edition: Edition) -> None:
    """The form is read without the annexes' pages, its pictures still behind their lines."""
    document = parsers.read(a_pdf(REPORT, STATUTES, CV))
    assert isinstance(document, Document)
    rest = _sorting.without(document, [n for n, line in enumerate(document.lines) if line.page == 2])

    assert {line.page for line in rest.lines} == {1, 3}
    assert [page.number for page in rest.pages] == [1, 3]
    assert _sorting.without(document, []) is document


def test_a_word_file_without_page_breaks_is_cut_at_its_titles(edition: Edition) -> None:
    """Everything one below the other: each is known, and none is missing."""
    document = parsers.read(a_word_file(*STATUTES, *REPORT, *accounts(2025), *accounts(2024), *CV[1:]))
    assert isinstance(document, Document)
    found = _sorting.annexes_in(document, edition)

    assert [each.kind.id for each in found] == ["statutes", "activity_report", "accounts", "accounts", "cv"]
    assert all(each.pages == (1, 1) for each in found)
    held = [index for each in found for index in each.lines]
    assert held == list(range(len(document.lines)))


def test_what_is_not_surely_cut_may_hold_each_annex(
    edition: Edition, a_mail: Callable[..., Submission]
) -> None:
    """A Word file of one sure annex and traces of another leaves the other in doubt."""
    traces = ("Rapport d'activités 2025", "Nos activités", "300 participants, 40 ateliers", "Perspectives")
    content = a_word_file(*accounts(2025), *traces)
    dossier = parsers.assemble([a_mail(an_attachment("tout.docx", content))], edition, parsers.read)

    assert dossier.annexes["activity_report"].state is not AnnexState.MISSING
    assert dossier.annexes["cv"].state is AnnexState.MISSING


def test_minutes_are_not_cut_at_what_they_approve(edition: Edition) -> None:
    """Chapters on the report, the accounts and the statutes are the minutes' own."""
    opening = (
        "Procès-verbal de l'assemblée générale",
        "Présents : 12 membres",
        "Excusés : 3",
        "La séance est ouverte.",
    )
    votes = ("Pour : 12, contre : 0.", "Adopté à l'unanimité.")
    chapters = (*REPORT[:1], *REPORT[2:], *votes, *accounts(2025), *votes, "Modification des statuts", *votes)
    document = parsers.read(a_word_file(*opening, *chapters))
    assert isinstance(document, Document)

    assert _sorting.annexes_in(document, edition) == []


def test_accounts_on_a_page_of_their_own_behind_minutes_are_known(edition: Edition) -> None:
    """Whoever broke the page before them in Word has parted them from what the meeting said."""
    word = new_document()
    for row in (
        "Procès-verbal de l'assemblée générale",
        "Présents : 12 membres",
        "Les comptes sont approuvés.",
    ):
        word.add_paragraph(row)
    word.add_page_break()  # type: ignore[no-untyped-call]
    for row in (*accounts(2025), "Comptes de résultats", "Recettes", "Dépenses", "Amortissements 1.200,00"):
        word.add_paragraph(row)
    out = io.BytesIO()
    word.save(out)
    document = parsers.read(out.getvalue())
    assert isinstance(document, Document)

    (found,) = _sorting.annexes_in(document, edition)
    assert (found.kind.id, found.kind.certain, found.pages) == ("accounts", True, (2, 2))


@pytest.mark.parametrize(
    ("closing", "head", "known"),
    [
        ("La séance est levée à 20h45.", REPORT[0], True),
        ("Décharge est donnée.", f"Annexe : {REPORT[0].lower()}", True),
        ("Décharge est donnée.", REPORT[0], False),
    ],
)
def test_a_report_annexed_to_minutes_is_known(closing: str, head: str, known: bool, edition: Edition) -> None:
    """Behind the end of the meeting, or where « Annexe » says so; within them it is what they approve."""
    minutes = (
        "Procès-verbal de l'assemblée générale",
        "Présents : 12 membres, 3 procurations",
        "Ordre du jour : rapport d'activités, comptes, décharge.",
        "Les comptes sont approuvés à l'unanimité.",
        closing,
    )
    chapters = ("Les bénéficiaires", "Les partenaires", "Perspectives 2026")
    document = parsers.read(a_pdf(minutes, (head, *REPORT[1:], *chapters)))
    assert isinstance(document, Document)

    found = [(each.kind.id, each.pages) for each in _sorting.annexes_in(document, edition)]
    assert found == ([("activity_report", (2, 2))] if known else [])


def test_a_sentence_in_a_narrow_column_is_no_title(edition: Edition) -> None:
    """« … en tire / un bilan positif » is wrapped as short as a title, and parts nothing."""
    rows = (
        *REPORT,
        "Nos partenaires nous suivent toujours, et l'équipe en tire",
        "un bilan positif",
        "pour tous.",
    )
    document = parsers.read(a_pdf(rows))
    assert isinstance(document, Document)

    assert by_titles(document, edition) is document
    (page,) = sheets(document)
    assert [row.plain for row in page.rows if row.goes_on] == ["un bilan positif"]


def test_long_statutes_hold_no_page_of_the_form(edition: Edition) -> None:
    """« Le conseil d'administration », « au moins un membre » stand in the form, too."""
    shared = (
        "Le conseil d'administration a tous pouvoirs, et le conseil d'administration délègue.",
        "Au sein du comité siège au moins un membre du personnel ; aux personnes qui partent, il dit merci.",
    )
    lot, words = (
        Random(4),
        ("mandat", "cotisation", "titulaire", "part", "plume", "terme", "registre", "local"),
    )
    own = [" ".join(lot.sample(words, 8)).capitalize() + "." for _ in range(46)]
    rows = (*shared, *own)

    assert _parts(STATUTES, rows, edition=edition) == [("statutes", 1, 2)]


def test_a_form_is_not_cut_at_the_annexes_that_it_names(edition: Edition) -> None:
    """The form's own list of what to attach is no annex."""
    document = parsers.read(LAYOUTS["tables"](fill(edition, 3), edition))
    assert isinstance(document, Document)

    assert _sorting.annexes_in(document, edition) == []


def test_accounts_that_tell_their_year_late_are_two_documents(edition: Edition) -> None:
    """Page numbers begin again: the second has begun, though its year stands on its last page."""
    first = (*accounts(2025)[:1], *accounts(2025)[2:], "1"), (*accounts(2025)[1:], "2")
    second = ("Journal", "02/01/2024 Vente 120,00", "1"), (*accounts(2024)[1:], "2")
    document = parsers.read(a_numbered_pdf(*first, *second))
    assert isinstance(document, Document)
    parts = [(part.kind, part.first, part.last) for part in _cuts.cut(document, edition)]

    assert parts == [("accounts", 1, 2), ("accounts", 3, 4)]


def test_behind_the_last_of_counted_pages_another_document_begins(edition: Edition) -> None:
    """« 2/2 », and then pages without numbers: other accounts, though neither set has a title."""
    first = ("Journal", "02/01/2025 Vente 120,00", "1/2"), (*accounts(2025)[1:], "2/2")
    second = ("Journal", "02/01/2024 Vente 120,00", ""), (*accounts(2024)[1:], "")
    document = parsers.read(a_numbered_pdf(*first, *second))
    assert isinstance(document, Document)
    parts = [(part.kind, part.first, part.last) for part in _cuts.cut(document, edition)]

    assert parts == [("accounts", 1, 2), ("accounts", 3, 4)]


def test_a_page_that_says_nothing_does_not_hide_the_year_before_it(edition: Edition) -> None:
    """The accounts of 2024, a list of names behind them, then those of 2025: two documents."""
    names = ("Liste", "Saïda Van den Broeck, rue de l’Étuve 71", "Karim Renard, quai du Hainaut 4")

    found = _parts(accounts(2024), names, accounts(2025), edition=edition)

    assert found == [("accounts", 1, 2), ("accounts", 3, 3)]


def test_slides_do_not_begin_on_a_page_of_statutes(edition: Edition) -> None:
    """A cover that says nothing goes with the pages of its own size."""
    slides = (("2025", "Les Ateliers du Canal"), (*REPORT, *REPORT), ("Nos activités", "40 ateliers"))
    document = parsers.read(bundles.joined([a_pdf(STATUTES, ARTICLES), a_pdf(*slides, size=(720, 405))]))
    assert isinstance(document, Document)
    parts = [(part.kind, part.first, part.last) for part in _cuts.cut(document, edition)]

    assert parts == [("statutes", 1, 2), ("activity_report", 3, 5)]


def test_a_page_of_figures_without_a_title_stays_in_the_report(edition: Edition) -> None:
    """« Nos finances » in a table, without the word: no accounts begin there."""
    figures = ("Recettes 12.000,00", "Subsides 8.400,00", "Dépenses 11.100,00", "Résultat 900,00")

    assert _parts(REPORT, figures, edition=edition) == [("activity_report", 1, 2)]


BALANCE = (
    "Bilan au 31 décembre 2025",
    "Actif immobilisé 12.000,00",
    "Créances 8.000,00",
    "Valeurs disponibles 16.000,00",
    "Fonds propres 22.000,00",
    "Dettes 14.000,00",
    "Total du passif 36.000,00",
)


def test_a_chapter_on_finances_holds_its_balance_sheet(edition: Edition) -> None:
    """« Nos finances » heads a chapter of the report, though « Bilan au … » stands below its prose."""
    prose = ("Un partenariat avec la commune a permis d'aller plus loin.",) * 7
    figures = ("Nos finances", *prose, *BALANCE)
    team = ("L'équipe", "Les difficultés n'ont pas manqué.", "Cinq personnes y travaillent.")

    assert _parts(REPORT, REPORT[2:], figures, team, edition=edition) == [("activity_report", 1, 4)]


def test_a_page_that_tells_of_the_year_and_shows_its_balance_is_of_the_report(edition: Edition) -> None:
    """A page on the year with a balance sheet below begins no accounts: it is called nothing else."""
    told = ("Au cours de l'année 2025, 300 participants.", "Nous avons ouvert une salle.")
    prose = ("Les difficultés n'ont pas manqué cette fois.",) * 6
    figures = ("Un mot du trésorier", *told, *prose, *BALANCE)

    assert _parts(REPORT, figures, edition=edition) == [("activity_report", 1, 2)]


def test_a_chapter_called_finances_begins_no_accounts(edition: Edition) -> None:
    """« Finances » heads it, and « Recettes », « Dépenses » its table: no accountant heads a balance so."""
    heads = ("Finances", "Recettes Dépenses", "Subsides 84.000,00 Salaires 97.000,00", "Ventes 31.000,00")

    assert _parts(REPORT, REPORT[2:], ("",), heads, edition=edition) == [("activity_report", 1, 4)]


def test_slides_of_few_words_stay_with_what_they_follow(edition: Edition) -> None:
    """A photograph between them is no end of a document; « Produits », « Charges » on one are no accounts."""
    figures = ("Les chiffres", "Produits : 338 k€", "Charges : 259 k€", "Résultat : 79 k€")
    slides = (
        REPORT[:2],
        ("Accueil", "818 repas"),
        ("",),
        ("Suivi", "339 repas"),
        ("",),
        figures,
        ("Merci !",),
    )

    assert _parts(*slides, edition=edition) == [("activity_report", 1, 7)]


def test_slides_that_name_papers_are_of_the_report_that_they_show(edition: Edition) -> None:
    """What is shown to an assembly speaks of accounts and budget; upright pages behind it are papers."""
    shown = (
        ("AG 2026", "Rapport d'activité 2025"),
        ("Au programme", "Activités – Public – Comptes – Budget"),
        ("Comptes 2025", "Produits : 182.400 € – charges : 179.950 € – résultat : 2.450 €"),
        ("Budget 2026", "Produits : 190.000 € – charges : 190.000 €"),
    )
    document = parsers.read(bundles.joined([a_pdf(*shown, size=(720, 405)), a_pdf(accounts(2025))]))
    assert isinstance(document, Document)
    parts = [(part.kind, part.first, part.last) for part in _cuts.cut(document, edition)]

    assert parts == [("activity_report", 1, 4), ("accounts", 5, 5)]


def test_page_numbers_go_on_over_a_photograph(edition: Edition) -> None:
    """3, a photograph, 5: the same document, though the page looks like another."""
    report = ((*REPORT, "1"), (*REPORT[2:], "2"), ("",))
    figures = (("Les chiffres", *BALANCE, "4"), ("Merci !", "5"))
    document = parsers.read(a_numbered_pdf(*report, *figures))
    assert isinstance(document, Document)

    assert [(part.first, part.last) for part in _cuts.cut(document, edition)] == [(1, 5)]


def test_numbered_chapters_go_on_over_one_that_begins_with_a_year(edition: Edition) -> None:
    """« 3. 2025 en chiffres » is the third chapter, and « 4. Bilan financier » the fourth."""
    chapters = (
        ("1. Le mot de la présidente", *REPORT[2:]),
        ("2. Nos publics", "40 familles"),
        ("3. 2025 en chiffres", "12 ateliers"),
        ("4. Comptes annuels 2025", *accounts(2025)[2:]),
    )

    assert _parts(REPORT, *chapters, edition=edition) == [("activity_report", 1, 5)]


def test_a_title_that_goes_on_over_rows_begins_a_report(edition: Edition) -> None:
    """« Rapport / d'activités / 2025 » in large letters on a cover, behind statutes."""
    cover = ("Rapport", "d'activités", "2025", "Les Ateliers du Canal")
    parts = _parts(STATUTES, ARTICLES, cover, REPORT[2:], edition=edition)

    assert parts == [("statutes", 1, 2), ("activity_report", 3, 4)]


def test_a_title_may_have_four_words_in_a_row(edition: Edition) -> None:
    """« Ce que nous avons / fait en 2025 », in letters too large for the column."""
    document = parsers.read(
        a_pdf(("Ce que nous avons", "fait en 2025", "Les Ateliers du Canal", *REPORT[2:]))
    )
    assert isinstance(document, Document)
    kind = _annexes.classify(document, "Annexe 2.pdf", edition)

    assert (kind.id, kind.certain) == ("activity_report", True)


def test_a_budget_behind_accounts_is_another_paper(edition: Edition) -> None:
    """Its figures are those of accounts; its title says what it is."""
    rubrics = ("Ventes", "Subsides", "Recettes", "Charges", "Amortissements", "Dettes", "Résultat reporté")
    figures = (f"{rubric} {n}1.000,00 {n}2.000,00" for n, rubric in enumerate(rubrics, 1))
    budget = ("Budget prévisionnel 2026-2027", "Les Ateliers du Canal", *figures)

    assert _parts(accounts(2025), budget, edition=edition) == [("accounts", 1, 1), ("other", 2, 2)]


def test_a_letterhead_that_comes_again_begins_the_next_year(edition: Edition) -> None:
    """The accountant's name stands on the first page of each set; the title is lost below the address."""
    head = ("Fiduciaire Comptalis SRL", "Rue de l'Aurore 9", "1000 Bruxelles", "BE 0471.888.104", "Dossier",
            "Textil'Unis", "Rue des Palais 44", "1030 Schaerbeek")  # fmt: skip
    sets = [
        page
        for year in (2024, 2025)
        for page in (
            (*head, "Bilan interne", f"Période : 01/{year} à 12/{year}", *accounts(year)[2:6]),
            ("COMPTE DE RÉSULTATS", f"31/12/{year}", "60 Achats 12.000,00", "70 Ventes 14.000,00"),
        )
    ]

    assert _parts(*sets, edition=edition) == [("accounts", 1, 2), ("accounts", 3, 4)]


def a_numbered_pdf(*pages: tuple[str, ...]) -> bytes:
    """The last row of each page is its number, at the foot."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for rows in pages:
        for number, row in enumerate(rows[:-1]):
            canvas.drawString(60, 800 - 16 * number, row)
        canvas.drawString(300, 22, rows[-1])
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def test_minutes_behind_everything_are_no_page_of_the_form(
    edition: Edition, a_mail: Callable[..., Submission]
) -> None:
    """The form ends before the annexes, though the last page of the file is none of these."""
    minutes = (
        "Procès-verbal de l'assemblée générale du 14 juin 2026",
        "Présents : 9 membres. Excusés : 3.",
        "1. Approbation du PV précédent : à l'unanimité.",
        "2. Décharge aux administrateurs. La séance est levée.",
    )
    asked = tuple(q.wording[:90] for q in edition.questions.values() if not q.id.startswith("s."))
    signing = ("Fait à Bruxelles", "Nom, prénom", "Fonction", "Signature")
    form = a_pdf(asked[:30], (*asked[30:], "ETAPE 3 – SIGNER LE DOSSIER", *signing))
    content = bundles.joined([form, a_pdf((*STATUTES, *ARTICLES), minutes)])
    dossier = parsers.assemble([a_mail(an_attachment("tout.pdf", content))], edition, parsers.read)

    pages = {piece.kind: (piece.first_page, piece.last_page) for piece in dossier.pieces}
    last = pages["statutes"][0]
    assert last is not None
    assert pages["dossier"] == (1, last - 1)
