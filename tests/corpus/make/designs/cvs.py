"""CVs: headings one under the other, two pages, columns, Europass, Dutch and English."""

from random import Random

from tests.corpus.make.designs.people import Block, Paper, Structure


def classic_cv(who: Structure, lot: Random) -> Paper:
    """Headings one under the other."""
    first, last = who.contact
    blocks: list[Block] = [
        (
            "p",
            lot.choice((f"{first} {last}", f"{last.upper()} {first}", f"Nom : {last}    Prénom : {first}")),
        ),
        ("p", f"{who.street}, {who.town} – {first.lower()}@example.org – 0460 00 12 34"),
        ("p", lot.choice(("Née le 12/04/1984 – Belge", "Permis B", "42 ans"))),
        (
            "h",
            lot.choice(
                ("Expérience professionnelle", "EXPÉRIENCES", "Parcours professionnel", "Mon parcours")
            ),
        ),
        ("p", f"2019 – aujourd'hui : coordinatrice, {who.name}"),
        ("p", "2014 – 2019 : chargée de projets, Maison de quartier des Étangs"),
        ("p", "2010 – 2014 : animatrice, Jeunesse et Ville"),
        ("h", lot.choice(("Formation", "Études", "FORMATIONS ET DIPLÔMES"))),
        ("p", "2010 : Master en sciences sociales, Université libre de Bruxelles"),
        ("p", "2007 : Bachelier assistant social, Haute École"),
        ("h", lot.choice(("Langues", "Connaissances linguistiques"))),
        ("p", "Français : langue maternelle – Néerlandais : B2 – Anglais : C1"),
        ("h", lot.choice(("Compétences", "Savoir-faire", "Informatique"))),
        ("p", "Gestion d'équipe, budgets, Word, Excel, animation de réunions"),
    ]
    if lot.random() < 0.5:
        blocks += [
            ("h", lot.choice(("Centres d'intérêt", "Loisirs", "Divers"))),
            ("p", "Cyclotourisme, chorale, jardin partagé"),
        ]
    title = lot.choice(("Curriculum vitae", "CURRICULUM VITAE", "CV", ""))
    return Paper("cv", title, tuple(blocks), ("CV {last}", "cv", "CV-{first}", "{last}_2026", "document"))


def long_cv(who: Structure, lot: Random) -> Paper:
    """Two pages, without the word."""
    first, last = who.contact
    jobs = (
        ("Directrice adjointe", "Solidarités Nord", "janvier 2018 - présent"),
        ("Responsable financière", "Coop du Midi", "2012 - 2018"),
        ("Comptable", "Fiduciaire Arnould", "2008 - 2012"),
    )
    blocks: list[Block] = [
        ("p", lot.choice(("Directrice de structure d'économie sociale", "Gestionnaire de projets"))),
        ("h", "Profil"),
        (
            "p",
            "Quinze ans d'expérience dans l'économie sociale bruxelloise, du bilan comptable "
            "à la gestion des subsides.",
        ),
    ]
    blocks.append(("h", "Expériences"))
    for job, house, years in jobs:
        blocks += [
            ("p", f"{job} | {house} | {years}"),
            (
                "p",
                "Encadrement d'une équipe de cinq personnes, établissement des comptes annuels, "
                "rapport d'activités, relations avec l'assemblée générale et l'organe "
                "d'administration.",
            ),
        ]
    blocks += [
        ("break", ""),
        ("h", "Diplômes"),
        ("p", "Licence en gestion, UCLouvain, 2008"),
        ("h", "Langues"),
        ("p", "FR (maternelle), NL (courant), EN (bon)"),
        ("h", "Références"),
        ("p", "Sur demande."),
    ]
    return Paper("cv", f"{first} {last}", tuple(blocks), ("CV {first} {last}", "{last}", "resume"))


def columns_cv(who: Structure, lot: Random) -> Paper:
    """A sidebar beside the career."""
    first, last = who.contact
    side = (
        f"CONTACT\n0460 00 12 34\n{first.lower()}@example.org\n\nLANGUES\nFrançais "
        f"●●●●●\nAnglais ●●●○○\n\nCOMPÉTENCES\nGestion de "
        f"projet\nAnimation\nBudget\n\nLOISIRS\nCéramique"
    )
    main = (
        f"{first} {last}\nCoordinatrice\n\nEXPÉRIENCE\n2020 – 2026 Coordinatrice, "
        f"{who.name}\n2015 – 2020 Animatrice, La Ruche\n\nFORMATION\n2015 Bachelier en "
        f"éducation, Haute École\n2012 CESS"
    )
    rows = [(side, main)] if lot.random() < 0.5 else [(main, side)]
    return Paper("cv", "", (("t", rows),), ("cv_{last}", "CV design", "CV {first}"))


def europass(who: Structure, lot: Random) -> Paper:
    """The European model."""
    first, last = who.contact
    blocks: list[Block] = [
        ("p", f"INFORMATIONS PERSONNELLES  {first} {last}"),
        ("p", f"{who.seat}"),
        ("p", "Sexe F | Date de naissance 12/04/1984 | Nationalité belge"),
        ("p", "EXPÉRIENCE PROFESSIONNELLE"),
        ("p", f"01/09/2019–présent  Coordinatrice générale, {who.name}"),
        ("p", "2014–2019  Éducatrice"),
        ("p", "ÉDUCATION ET FORMATION"),
        ("p", "2010 Bachelier assistante sociale"),
        ("p", "COMPÉTENCES PERSONNELLES"),
        ("p", "Langue(s) maternelle(s) français"),
        ("p", "Autre(s) langue(s) COMPRENDRE PARLER ÉCRIRE – anglais B2 B2 B1"),
        ("p", "Permis de conduire B"),
    ]
    return Paper(
        "cv",
        lot.choice(("Curriculum Vitae", "europass")),
        tuple(blocks),
        ("Europass-CV-{last}", "CV_europass"),
    )


def foreign_cv(who: Structure, lot: Random) -> Paper:
    """In Dutch or English."""
    first, last = who.contact
    if lot.random() < 0.5:
        rows = (
            "Persoonlijke gegevens",
            "Geboren op 12 april 1984 te Gent – rijbewijs B",
            "Werkervaring",
            "2019 – heden: coördinator, De Groene Draad vzw",
            "2014 – 2019: projectmedewerker",
            "Opleiding",
            "2010: Master sociologie, Vrije Universiteit Brussel",
            "Talen",
            "Nederlands moedertaal, Frans vlot",
            "Vaardigheden",
            "Teamwerk, begroting",
        )
    else:
        rows = (
            "Work experience",
            "2019 – present: General coordinator, Brussels",
            "2014 – 2019: Project officer",
            "Education",
            "2010: MA in Sociology, Brussels",
            "Languages",
            "English (native), French (fluent)",
            "Skills",
            "Fundraising, budgets, facilitation",
            "Interests",
            "Hiking",
        )
    return Paper(
        "cv",
        lot.choice((f"{first} {last}", f"Curriculum vitae {first} {last}", f"Resume – {first} {last}")),
        tuple(("p", row) for row in rows),
        ("CV {last}", "resume {first}"),
    )


def exported_cv(who: Structure, lot: Random) -> Paper:
    """As a network of professionals prints a profile."""
    first, last = who.contact
    side = (
        f"Coordonnées\n0460001234 "
        f"(Mobile)\n{first.lower()}@example.org\nwww.linkedin.com/in/{first.lower()}-0b1 "
        "(LinkedIn)\n\nPrincipales compétences\nAnimation de groupes\nRecherche de fonds\n\nLanguages\n"
        "Français (Native or Bilingual)\nNéerlandais (Limited Working)"
    )
    main = (
        f"{first} {last}\nCoordinatrice chez {who.name} | Réemploi\nBruxelles, "
        f"Belgique\n\nRésumé\nPassionnée par "
        f"l'économie circulaire.\n\nExpérience\n{who.name}\nCoordinatrice\nmars 2019 - Present (7 ans 7 "
        f"mois)\n"
        "Maison de quartier\nAnimatrice\nseptembre 2014 - février 2019 (4 ans 6 mois)\n\nFormation\n"
        "Université libre de Bruxelles\nMaster's degree, Sociologie · (2009 - 2014)"
    )
    return Paper(
        "cv", "", (("t", [(side, main)]), ("small", "Page 1 of 1")), ("Profile", "Profile (1)", "linkedin")
    )


def tabled_cv(who: Structure, lot: Random) -> Paper:
    """All in a table, under an administration's words; names turned round, without accents."""
    first, last = who.contact
    plain = str.maketrans("éèêëàâïîôöùüçÉÖ", "eeeeaaiioouucEO")
    rows = [
        ("Nom et prénom", f"{last.upper()} {first}".translate(plain)),
        ("Né(e) à / le", "Namur, 4 mars 1988"),
        ("Fonction actuelle", f"Coordinatrice, {who.name} (depuis 2019)"),
        ("Fonctions antérieures", "2014-2019 : animatrice\n2011-2014 : éducatrice, maison de jeunes"),
        ("Titres obtenus", "2011 Bachelière éducatrice spécialisée"),
        ("Formations continues", "Gestion d'asbl (Bruxelles, 2020)"),
        ("Maîtrise des langues", "FR – NL (moyen) – AR"),
        ("Divers", "Permis B, brevet de secourisme"),
    ]
    return Paper("cv", "", (("t", rows),), ("{last}", "fiche {first}", "CV {last}"))
