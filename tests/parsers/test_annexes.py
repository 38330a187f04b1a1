"""What kind of document a file is, and of which year."""

import io
from collections.abc import Mapping

import pytest
from docx import Document as new_document

import parsers
from data.edition import Edition
from data.model import Document
from parsers import text
from parsers._annexed import _annexes
from parsers._annexed._evidence import CLUES, LOOK_ALIKES, Clue
from parsers._annexed._sheets import repaired, sheets
from tests.corpus.make import bundles, designs
from tests.parsers.conftest import CV, REPORT, STATUTES, a_pdf, accounts


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


DEED_IN_WORDS = (
    "L'an deux mil onze, le 30 juin,",
    "Par devant nous Maître Houbart, notaire, sont comparus :",
    "CHAPITRE UN. DÉNOMINATION",
    *(f"ARTICLE {number}. - Elle." for number in ("UN", "DEUX", "TROIS", "QUATRE", "CINQ", "SIX", "SEPT")),
    "Elle est dénommée « Le Pré Vert ».",
)
EXPORT = (
    "Compte;Libellé;Débit;Crédit",
    "100000;Capital;;18600,00",
    "550000;Banque;22000,00;",
    "604000;Achats;12000,00;",
    "700000;Chiffre d'affaires;;31200,00",
    "Exercice 01/01/2025 - 31/12/2025;;;",
)
YEAR_IN_A_TITLE = (
    "2025, une année de liens",
    "Habitat Partagé",
    "54 ateliers, 146 permanences",
    "38 familles",
    "Et demain ?",
)
YEAR_TOLD = (
    "2025 chez CoudMain",
    "1 240 personnes accueillies",
    "31 bénévoles",
    "Les temps forts",
    "Et demain ?",
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
        (DEED_IN_WORDS, "statutes"),
        (EXPORT, "accounts"),
        (YEAR_TOLD, "activity_report"),
        (YEAR_IN_A_TITLE, "activity_report"),
        (
            ("Rapport final du projet", "Leçons apprises", "Ce qu'on a appris", "Perspectives"),
            "activity_report",
        ),
        (("Zoé Vandamme", "Profiel", "Loopbaan", "Studies", "Talenkennis", "2012 – 2017 Bioplanet"), "cv"),
        (("GECOÖRDINEERDE STATUTEN", "Artikel 1. Benaming", "Artikel 2. Belangeloos doel"), "statutes"),
    ],
)
def test_each_kind_is_known_by_its_words(rows: tuple[str, ...], kind: str, edition: Edition) -> None:
    """Words and title tell the kind for certain, in French and Dutch, whatever the file's name."""
    found = _annexes.classify(_document(*rows), "document1.pdf", edition)

    assert (found.id, found.certain) == (kind, True)
    assert found.grounds[0].weight >= 2


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


def test_a_mention_of_deposit_is_no_set_of_accounts(edition: Edition) -> None:
    """The National Bank's receipt names accounts, and holds none."""
    rows = (
        "Banque nationale de Belgique – Centrale des bilans",
        "Mention du dépôt des comptes annuels",
        "Exercice clôturé le 31/12/2024",
    )

    assert _annexes.classify(_document(*rows), "document.pdf", edition).id is None


@pytest.mark.parametrize("table", [CLUES, LOOK_ALIKES])
def test_every_clue_is_looked_for_in_letter_spaced_text_too(table: Mapping[str, tuple[Clue, ...]]) -> None:
    """Without its blanks each pattern is still a pattern: some could not look behind themselves any more."""
    assert all(_annexes.tight(clue.pattern) for clues in table.values() for clue in clues)


def test_a_sentence_that_goes_on_is_no_title(edition: Edition) -> None:
    """A row that begins with « convention », in the middle of a sentence, makes no contract of a report."""
    rows = (
        "Nos actions",
        "Une deuxième salle est ouverte depuis mars, et une",
        "convention a été conclue avec la commune.",
        "Temps forts",
        "12 ateliers, 900 heures, 31 bénévoles",
    )

    assert _annexes.classify(_document(*rows), "document.pdf", edition).look_alike is None


def test_the_rest_of_a_wrapped_sentence_is_no_title(edition: Edition) -> None:
    """An invitation that speaks of « notre / rapport d'activités 2025 » in a narrow column is no report."""
    rows = (
        "Invitation à la fête du quartier",
        "Nous serons heureux de vous présenter notre",
        "rapport d'activités 2025",
        "autour d'un verre.",
    )
    document = parsers.read(a_pdf(rows))
    assert isinstance(document, Document)

    assert _annexes.classify(document, "x.pdf", edition).id is None


def test_a_name_may_stand_before_a_title(edition: Edition) -> None:
    """« Le Petit Théâtre des Possibles : recettes et dépenses 2025 » is a title all the same."""
    rows = ("Le Petit Théâtre des Possibles : recettes et dépenses 2025", "Recettes 9.000", "Dépenses 8.000")

    assert _annexes.classify(_document(*rows), "document.pdf", edition).id == "accounts"


GOOD = (
    "coordonnees monsieur couvrant apport decharge information present diplome activite sociale financiers"
    " compte charge societe"
)


@pytest.mark.parametrize("word", GOOD.split())
def test_a_good_word_is_not_repaired_into_another(word: str) -> None:
    """« Coordonnées » on a scanned CV is no coordinated text, nor « monsieur » the Moniteur."""
    assert repaired(word) == word


@pytest.mark.parametrize("kind", bundles.KINDS)
def test_made_files_are_told_apart(kind: str, edition: Edition) -> None:
    """Of every design one, in its own words and layout: the kind is right, whatever the file is called."""
    for seed in range(1, 2 * len(designs.DESIGNS[kind]), 2 if kind != "other" else 5):
        _, content, truth = bundles.make(kind, seed)
        document = parsers.read(content)
        if isinstance(document, Document):
            found = _annexes.classify(document, "document", edition)
            assert (found.id, found.certain) == (None if kind == "other" else kind, kind != "other"), (
                truth.design
            )


def test_a_cv_that_speaks_of_accounts_is_a_cv(edition: Edition) -> None:
    """What a sentence speaks of is not what the document is."""
    rows = (
        "Léa Marchal",
        "Expérience",
        "2012 – 2018 : établissement des comptes annuels, rapport d'activités",
    )
    found = _annexes.classify(
        _document(*rows, "Formation", "Licence en gestion", "Langues"), "x.pdf", edition
    )

    assert found.id == "cv"


def test_what_it_is_instead_is_told(edition: Edition) -> None:
    """A paper that is no annex is named, with what spoke for it."""
    found = _annexes.classify(
        _document("Procès-verbal de l'assemblée générale", "Présents : 12"), "x.pdf", edition
    )

    assert found.look_alike == "procès-verbal"
    assert found.grounds[0].what == "procès-verbal"


def test_damaged_letters_do_not_hide_what_it_is(edition: Edition) -> None:
    """A scanner's own text layer, with the mistakes that such layers have."""
    rows = (
        "STATUT5 COORDONNÉS",
        "Artic1e 1. L'assoc|ation est dénornmée",
        "Artic1e 2. Le s|ège soc1al est établi",
    )
    damaged = _document(
        *rows, *(f"Artic1e {n}. L'assernblée généra1e et les rnembres effect|fs" for n in range(3, 9))
    )

    assert _annexes.classify(damaged, "x.pdf", edition).id == "statutes"


def test_letter_spaced_words_are_closed_up(edition: Edition) -> None:
    """Old extracts of the Moniteur write with a space between every letter."""
    rows = ("S t a t u t s   c o o r d o n n e s".replace("   ", " "), *STATUTES[1:])

    assert _annexes.classify(_document(*rows), "x.pdf", edition).id == "statutes"


def test_minutes_are_minutes_under_whatever_letterhead(edition: Edition) -> None:
    """A title that begins a row is one, though the name of the structure stands above it."""
    rows = ("La Remise asbl", "PV de l'AG du 28 mai 2026", "1. Présentation du rapport d'activités 2025")
    found = _annexes.classify(_document(*rows, "2. Approbation des comptes 2025"), "x.pdf", edition)

    assert (found.id, found.look_alike) == (None, "procès-verbal")


def test_a_report_may_call_itself_an_account_of_the_year(edition: Edition) -> None:
    """« Compte rendu » is said of meetings, and of a year's activities."""
    rows = ("Compte rendu de nos activités 2025", "Chiffres clés", "412 personnes, 36 ateliers")

    assert _annexes.classify(_document(*rows), "x.pdf", edition).id == "activity_report"


def test_a_workbook_is_what_its_plainest_sheet_is(edition: Edition) -> None:
    """Twelve journals of the months do not hide the sheet of the year."""
    from openpyxl import Workbook

    book, held = Workbook(), io.BytesIO()
    for month in range(1, 13):
        for day in range(1, 9):
            book.active.append(
                [f"0{day}/{month:02d}/2025", "Achat de petit matériel pour l'atelier", 12 * day]
            )
        book.create_sheet()
        book.active = month
    for row in (
        ("Recettes", ""),
        ("Cotisations", 840),
        ("Dons", 2310),
        ("Total recettes", 3150),
        ("Dépenses", ""),
    ):
        book.active.append(row)
    for row in (("Loyer", 1800), ("Total dépenses", 1800), ("Résultat", 1350), ("Solde au 31/12/2025", 7012)):
        book.active.append(row)
    book.save(held)
    document = parsers.read(held.getvalue())
    assert isinstance(document, Document)

    assert _annexes.classify(document, "Classeur1.xlsx", edition).id == "accounts"


def test_a_row_of_an_agenda_is_no_title(edition: Edition) -> None:
    """Word keeps the bullets of a list apart from its text; they are read all the same."""
    held, file = io.BytesIO(), new_document()
    for row in ("Madame, Monsieur,", "L'ordre du jour de l'assemblée sera le suivant :"):
        file.add_paragraph(row)
    for row in ("Rapport d'activités 2025", "Comptes annuels 2025"):
        file.add_paragraph(row, style="List Bullet")
    file.save(held)
    document = parsers.read(held.getvalue())
    assert isinstance(document, Document)

    assert _annexes.classify(document, "x.docx", edition).id is None


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (
            ("Grand livre - du 01/01/2024 au 31/12/2024", "Date Journal Compte"),
            "accounts",
        ),
        (("Rapport spécial du conseil d'administration", "Café ouvert 290 jours"), "activity_report"),
        (("Claire Aubry – biographie", "Diplômée en biologie, elle a dirigé une ferme."), "cv"),
    ],
)
def test_what_may_be_an_annex_in_another_dress_is_never_missing(
    rows: tuple[str, ...], kind: str, edition: Edition
) -> None:
    """A ledger, a cooperative's special report, a biography are taken for what they stand in for."""
    found = _annexes.classify(_document(*rows), "document1.pdf", edition)

    assert found.id == kind


@pytest.mark.parametrize(
    "rows",
    [
        ("De : fiduciaire@example.be", "Objet : vos comptes annuels 2025", "Le bilan suivra après l'AG."),
        ("Banque-Carrefour des Entreprises", "Statut: Actif", "Adresse du siège : Bruxelles"),
        ("Accusé de réception", "Nous confirmons le dépôt des comptes annuels", "Exercice 2025"),
    ],
)
def test_what_only_speaks_of_an_annex_is_none(rows: tuple[str, ...], edition: Edition) -> None:
    """A printed mail, an extract of the register, a receipt name statutes and accounts, and are neither."""
    assert _annexes.classify(_document(*rows), "document1.pdf", edition).id is None


def test_an_amount_in_somebody_s_work_is_no_budget(edition: Edition) -> None:
    """« Budget annuel de 600 000 € » is what its author was in charge of."""
    rows = ("LEÏLA HADDAD", "Gestion", "budget annuel de 600 000 €", "Master en droit, ULB, 2009")

    assert _annexes.classify(_document(*rows), "document1.pdf", edition).look_alike is None


def test_minutes_that_adopt_statutes_hold_them(edition: Edition) -> None:
    """The whole text, of many articles, is not hidden by the meeting that took it; a few articles are."""
    opened = (
        "Procès-verbal de l'assemblée générale extraordinaire",
        "Présents : 14 membres sur 18. La séance est ouverte à 18 h.",
        "L'assemblée décide à l'unanimité d'adopter le texte suivant :",
    )
    rows = STATUTES[1:], tuple(f"Article {n}. Les membres effectifs décident." for n in range(6, 14))

    assert _annexes.classify(_document(*opened, *rows[0], *rows[1]), "x.pdf", edition).id == "statutes"
    assert (
        _annexes.classify(_document(*opened, *rows[0][:3]), "x.pdf", edition).look_alike == _annexes.MINUTES
    )


def test_a_summary_is_no_cv(edition: Edition) -> None:
    """« Résumé » heads the presentation of a project more often than a life."""
    rows = ("Prix de l'innovation", "Résumé", "Depuis 2019, nous cuisons ; nous proposons une conserverie.")

    assert _annexes.classify(_document(*rows), "x.pdf", edition).id is None


def test_who_was_hired_is_no_vacancy(edition: Edition) -> None:
    """« Nous avons engagé une coordinatrice » tells of the year; « engage une … » looks for her."""
    told, sought = ("Nous avons engagé une coordinatrice.",), ("Le Pré Vert engage une coordinatrice",)
    found = [_annexes.classify(_document(*rows), "x.pdf", edition).look_alike for rows in (told, sought)]

    assert found == [None, "offre d'emploi ou profil de fonction"]


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (
            ("Le Pré Vert – Activités réalisées en 2025", "Permanences : 311 personnes", "11 ateliers"),
            "activity_report",
        ),
        (
            (
                "Le Pré Vert",
                *("Titre I. L'assemblée générale", "Elle nomme et révoque qui la sert."),
                *("Titre II. L'organe d'administration", "Trois administrateurs, rééligibles."),
                *("Titre III. Les membres", "Ils se réunissent sous le nom du Pré Vert."),
            ),
            "statutes",
        ),
        (
            ("Née à Namur en 1984, licenciée (ULB, 2007), elle débute sa carrière comme journaliste.",
             "Puis elle rejoint la commune. Depuis 2018, elle coordonne une ASBL. Elle parle l'anglais."),
            "cv",
        ),
    ],
)  # fmt: skip
def test_kinds_are_known_in_words_of_their_own(rows: tuple[str, ...], kind: str, edition: Edition) -> None:
    """A table of what was done, slides, articles under plain headings, a life told in a paragraph."""
    assert _annexes.classify(_document(*rows), "x.pdf", edition).id == kind


def test_what_is_said_of_a_year_names_a_report(edition: Edition) -> None:
    """« Temps forts de 2025 » on a slide is as good as a title."""
    rows = ("Temps forts de 2025", "Mars : le four", "Chiffres clés", "412 membres", "Perspectives")

    assert _annexes.classify(_document(*rows), "x.pdf", edition).certain


@pytest.mark.parametrize(
    "rows",
    [
        ("À qui de droit,", "Je soussigné recommande chaleureusement Zoé, animatrice depuis 2012."),
        ("Listing annuel des clients assujettis 2025", "Chiffre d'affaires 1.240,00 TVA 260,40"),
        ("Conditions particulières – Police RC n° 45.880", "Article 1 – Objet de la garantie"),
    ],
)
def test_more_papers_that_are_none_are_named(rows: tuple[str, ...], edition: Edition) -> None:
    """A letter of recommendation, a list for the tax office, an insurance policy."""
    assert _annexes.classify(_document(*rows), "x.pdf", edition).look_alike


def test_a_certificate_among_diplomas_makes_no_certificate_of_a_cv(edition: Edition) -> None:
    """« Certificat d'aptitude, 2009 » is a line of a life; « Certificat » above its text is one."""
    life = ("Zoé Vandamme", "Expérience", "2012 – 2018 : Natagora", "Diplômes", "Certificat d'aptitude, 2009")
    found = _annexes.classify(_document(*life, "Langues"), "x.pdf", edition)

    assert (found.id, found.look_alike) == ("cv", None)
    assert _annexes.classify(
        _document("Certificat", "Zoé a suivi la formation."), "x.pdf", edition
    ).look_alike


def test_a_cooperatives_management_report_is_its_report(edition: Edition) -> None:
    """It tells how business went and what becomes of the result, and is of the year."""
    rows = (
        "Rapport de gestion 2025",
        "Évolution des affaires",
        "Affectation du résultat",
        "Report à nouveau.",
    )
    found = _annexes.classify(_document(*rows), "x.pdf", edition)

    assert (found.id, found.certain) == ("activity_report", True)


@pytest.mark.parametrize(
    ("rows", "kind"),
    [
        (("Zoé Vandamme", "Budget annuel", "Expérience", "Formation", "2012 – 2018 : Natagora"), "cv"),
        (("Nos activités", "Budget 2026", "Temps forts", "Perspectives", "31 bénévoles"), "activity_report"),
        (("ACTIF 1.000", "Organigramme", "PASSIF 1.000", "Recettes", "Dépenses", "Total actif"), "accounts"),
    ],
)
def test_a_heading_of_an_unlike_paper_hides_no_annex(
    rows: tuple[str, ...], kind: str, edition: Edition
) -> None:
    """A budget speaks with the words of accounts, and its title decides; a life has words of its own."""
    assert _annexes.classify(_document(*rows), "x.pdf", edition).id == kind
    assert (
        _annexes.classify(_document("Budget 2026", "Recettes 9.000", "Dépenses 8.000"), "x", edition).id
        is None
    )


def test_the_mention_that_accounts_were_deposited_is_not_the_accounts(edition: Edition) -> None:
    """It holds the Bank's name, their title and their year, and not one amount."""
    rows = (
        "Banque nationale de Belgique – Centrale des bilans",
        "Mention du dépôt des comptes annuels",
        "Numéro d'entreprise : 0471.888.104",
        "Les comptes annuels relatifs à l'exercice clos le 31/12/2025 ont été déposés",
        "le 21/07/2026 sous le numéro 2026-31200457.",
        "La présente vaut accusé de réception.",
    )

    assert _annexes.classify(_document(*rows), "Comptes annuels 2025.pdf", edition).id is None


def test_a_sentence_about_accounts_is_no_title(edition: Edition) -> None:
    """« Les comptes 2025 ont été approuvés » at the head of a page names no accounts."""
    (page,) = sheets(
        _document("Les comptes 2025 ont été approuvés par l'assemblée", "Merci à toutes et tous")
    )

    assert _annexes.weigh(page, CLUES["accounts"]).title < 1


@pytest.mark.parametrize(
    "rows",
    [
        (
            "Les Ateliers : nos activités en 2025",
            "Mois",
            "Activité",
            "Participants",
            "Mars",
            "Repair café",
            "28",
            "Au total, 410 personnes en 12 ateliers.",
        ),
        (
            "Activiteitenverslag 2025",
            "We bereikten 310 mensen met 45 activiteiten.",
            "Een feest voor 200 bezoekers.",
        ),
    ],
)
def test_a_short_report_is_one_for_certain(rows: tuple[str, ...], edition: Edition) -> None:
    """A table of what was done with how many, or three sentences in Dutch."""
    found = _annexes.classify(_document(*rows), "scan0012.pdf", edition)

    assert (found.id, found.certain) == ("activity_report", True)


@pytest.mark.parametrize(
    ("rest", "certain"), [(("Merci à toute l'équipe",), True), (("Facture n° 12",), False)]
)
def test_a_title_alone_is_enough_where_nothing_else_is_said(
    rest: tuple[str, ...], certain: bool, edition: Edition
) -> None:
    """A book of photographs called « Notre année 2025 en images »; not where another paper's words stand."""
    rows = ("Notre année 2025 en images", "Les Ateliers du Canal", "340 ménages accompagnés")
    document = parsers.read(a_pdf(rows, rest))
    assert isinstance(document, Document)
    found = _annexes.classify(document, "scan0012.pdf", edition)

    assert (found.id == "activity_report" and found.certain) is certain


def test_what_an_association_says_it_did_is_a_report_though_it_lists_a_feast(edition: Edition) -> None:
    """The administrators' report is named by who makes it; « Fête de quartier » is one of its activities."""
    rows = (
        "Rapport de l’organe d’administration à l’assemblée générale",
        "Nos équipes ont accueilli 1.240 personnes.",
        "Activités réalisées",
        "Ateliers hebdomadaires",
        "Fête de quartier",
        "Projets pour l’année suivante",
    )
    found = _annexes.classify(_document(*rows), "document1.pdf", edition)

    assert (found.id, found.certain) == ("activity_report", True)
