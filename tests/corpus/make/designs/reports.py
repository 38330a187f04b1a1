"""Activity reports: with chapters, with a cover, of one page, Dutch, English."""

from random import Random

from tests.corpus.make.designs.people import Block, Paper, Structure, money

_DEEDS = (
    "Notre atelier de réparation a accueilli 412 habitantes et habitants du "
    "quartier, pour 1 030 objets remis en état.",
    "Quatorze stagiaires ont suivi la formation de base, dont neuf ont trouvé un emploi dans les six mois.",
    "Le potager collectif a produit 640 kilos de légumes, partagés entre les "
    "familles et la cuisine de quartier.",
    "Nous avons animé 36 ateliers dans les écoles, avec le soutien de la commune et de deux fondations.",
    "Une nouvelle équipe de bénévoles a rejoint la permanence du mercredi ; 22 personnes s'y relaient.",
    "Le partenariat avec la maison de quartier s'est renforcé : trois projets communs ont vu le jour.",
    "La vente en boutique a progressé de 12 %, ce qui nous rend un peu moins dépendants des subsides.",
)


def _chapters(lot: Random, titles: tuple[str, ...]) -> list[Block]:
    blocks: list[Block] = []
    for title in titles:
        blocks.append(("h", title))
        blocks += [("p", deed) for deed in lot.sample(_DEEDS, lot.randrange(2, 5))]
    return blocks


def report(who: Structure, lot: Random) -> Paper:
    """A report with chapters."""
    year = lot.choice((2025, 2025, 2025, 2024))
    title = lot.choice(
        (
            f"RAPPORT D'ACTIVITÉS {year}",
            f"Rapport d'activité – année {year}",
            f"Rapport annuel {year}",
            f"Rapport moral et d'activités {year}",
        )
    )
    blocks: list[Block] = [
        ("p", f"{who.name} {who.form}"),
        ("p", "Approuvé par l'assemblée générale du 21 mai"),
        *_chapters(
            lot,
            (
                "Le mot de la présidente",
                "Nos missions",
                f"Les activités de l'année {year}",
                "Nos publics",
                "Partenaires et réseau",
                "Perspectives",
            ),
        ),
    ]
    if lot.random() < 0.5:
        rows = [
            ("Recettes", money(lot)),
            ("Subsides", money(lot)),
            ("Dépenses", money(lot)),
            ("Résultat", money(lot, 9000)),
        ]
        blocks += [
            ("h", "Situation financière"),
            ("p", "Les comptes complets sont joints à part."),
            ("t", rows),
        ]
    return Paper(
        "activity_report",
        title,
        tuple(blocks),
        ("Rapport d'activités {y}", "RA{y}", "rapport", "doc final v3"),
        truth={"year": str(year)},
    )


def brochure(who: Structure, lot: Random) -> Paper:
    """A report with a cover, in large letters."""
    year = 2025
    cover = lot.choice((("Rapport d'activités",), ("Rapport annuel",), ("Jaarverslag", "Rapport annuel")))
    blocks: list[Block] = [
        *(("big", words) for words in (*cover, str(year), who.name)),
        ("break", ""),
        ("h", "Sommaire"),
        *(
            ("p", f"{title} .......... {page}")
            for title, page in (("Édito", 3), ("Temps forts", 4), ("Chiffres clés", 6), ("Merci", 8))
        ),
        ("break", ""),
        ("h", "Édito"),
        *(("p", deed) for deed in _DEEDS[:3]),
        ("break", ""),
        ("h", "Temps forts"),
        *(("p", deed) for deed in _DEEDS[2:]),
        ("h", "Chiffres clés"),
        (
            "t",
            [
                ("personnes accompagnées", "412"),
                ("heures de bénévolat", "3 200"),
                ("ateliers", "36"),
                ("partenaires", "18"),
            ],
        ),
        ("break", ""),
        ("h", "Merci"),
        ("p", "À nos bénévoles, nos partenaires et nos donateurs."),
    ]
    return Paper(
        "activity_report",
        "",
        tuple(blocks),
        ("Brochure {y}", "RA {y} web", "rapport annuel"),
        truth={"year": str(year)},
        landscape=lot.random() < 0.3,
    )


def short_report(who: Structure, lot: Random) -> Paper:
    """One page, without the usual title."""
    title = lot.choice(
        (
            "2025 en bref",
            "Bilan d'activités 2025",
            "Bilan moral 2025",
            "Une année avec nous : 2025",
            "Nos réalisations en 2025",
        )
    )
    blocks: list[Block] = [
        ("p", who.name),
        ("p", "En 2025, voici ce que nous avons fait ensemble."),
        *(("p", f"• {deed}") for deed in _DEEDS),
        ("h", "Perspectives 2026"),
        ("p", "Nous voulons consolider l'équipe et ouvrir un second lieu."),
    ]
    return Paper(
        "activity_report",
        title,
        tuple(blocks),
        ("2025 en bref", "activités 2025", "bilan activités"),
        truth={"year": "2025"},
    )


def jaarverslag(who: Structure, lot: Random) -> Paper:
    """A report in Dutch."""
    title = lot.choice(("JAARVERSLAG 2025", "Activiteitenverslag 2025", "Werkingsverslag 2025"))
    blocks: list[Block] = [
        ("p", f"{who.name} vzw"),
        ("h", "Voorwoord"),
        ("p", "In 2025 hebben we samen met vrijwilligers en partners veel gerealiseerd."),
        ("h", "Onze activiteiten"),
        ("p", "Het atelier ontving 412 deelnemers en herstelde 1.030 voorwerpen."),
        ("p", "Veertien cursisten volgden de opleiding; negen vonden werk."),
        ("h", "Kerncijfers"),
        ("t", [("deelnemers", "412"), ("vrijwilligers", "22"), ("workshops", "36")]),
        ("h", "Vooruitzichten"),
        ("p", "In 2026 willen we een tweede plek openen."),
    ]
    return Paper(
        "activity_report", title, tuple(blocks), ("jaarverslag 2025", "werking"), truth={"year": "2025"}
    )


def english_report(who: Structure, lot: Random) -> Paper:
    """A report in English, as an international association writes."""
    title = lot.choice(("Annual Report 2025", "Activity report 2025", "Impact report 2025"))
    blocks: list[Block] = [
        ("p", f"{who.name} – Brussels"),
        ("h", "A word from the chair"),
        ("p", "2025 was a year of patient work with our volunteers and partners."),
        ("h", "Our activities"),
        ("p", "The workshop welcomed 412 participants and repaired 1,030 objects."),
        ("h", "Key figures"),
        ("t", [("participants", "412"), ("volunteers", "22")]),
        ("h", "Looking ahead"),
        ("p", "A second place will open in 2026."),
    ]
    return Paper(
        "activity_report", title, tuple(blocks), ("annual report", "impact 2025"), truth={"year": "2025"}
    )


def slides(who: Structure, lot: Random) -> Paper:
    """A deck: few words on each of its pages, and the usual title nowhere."""
    pages = (
        ("2025", lot.choice(("Ce que nous avons semé", "Douze mois ensemble")), who.name),
        ("L'année en 6 chiffres", "412 personnes", "36 ateliers", "22 bénévoles", "3 écoles"),
        ("Nos temps forts", "Mars : ouverture du potager", "Juin : fête des récoltes, 300 visiteurs"),
        ("Nos partenaires", "La commune – le CPAS – une fondation"),
        ("Et en 2026 ?", "Un deuxième lieu, une serre, un emploi"),
        ("Merci !",),
    )
    blocks: list[Block] = []
    for title, *rows in pages:
        blocks += [("big", title), *(("h", row) for row in rows), ("break", "")]
    return Paper(
        "activity_report", "", tuple(blocks[:-1]), ("présentation AG", "slides", "2025"),
        truth={"year": "2025"}, landscape=True,
    )  # fmt: skip


def moral_report(who: Structure, lot: Random) -> Paper:
    """What the chair says to the members, as a letter."""
    title = lot.choice(
        ("Rapport moral de la présidente", "Rapport moral", "Compte rendu de nos activités (2025)")
    )
    blocks: list[Block] = [
        ("p", "Assemblée générale du 14 juin 2026"),
        ("p", "Chères amies, chers amis,"),
        ("p", "L'année 2025 restera celle du déménagement. Je pense d'abord aux bénévoles."),
        *(("p", deed) for deed in lot.sample(_DEEDS, 4)),
        ("p", "Pour 2026, nous voulons stabiliser l'équipe et trouver un lieu plus grand."),
        ("p", "Je vous remercie de votre confiance."),
        ("p", f"La présidente, {' '.join(who.administrator)}"),
    ]
    return Paper(
        "activity_report",
        title,
        tuple(blocks),
        ("rapport moral", "texte AG", "discours"),
        truth={"year": "2025"},
    )
