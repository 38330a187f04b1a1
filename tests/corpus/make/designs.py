"""What invented structures write: statutes, reports, accounts, CVs, and the papers that are none of these.

Each design is a function ``(Structure, Random) -> Paper``; nobody here exists. The designs follow what such
papers look like in Belgium (`docs/figures.md` says how they are used), not what the reader looks for.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from random import Random

MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)
MAANDEN = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
FIRST = (
    *("Aïcha", "Benoît", "Chloé", "Driss", "Élise", "Fatima", "Gaëlle", "Hugo", "Inès", "Jeroen"),
    *("Karim", "Léa", "Maïté", "Nadia", "Olivier", "Pieter", "Rachida", "Sofie", "Thomas", "Zoé"),
)
LAST = (
    *("Lambert", "Van den Broeck", "El Amrani", "Dupont", "Peeters", "N'Guessan", "Janssens", "Lefèvre"),
    *("Claes", "Ouedraogo", "De Smet", "Marchal", "Öztürk", "Wouters", "Delvaux", "Benali", "Hermans"),
)
NAMES = (
    *("Les Ateliers du Canal", "La Remise", "Pain Perdu", "Repair Marolles", "Le Fil Vert", "Cyclo'Quartier"),
    *("De Groene Draad", "Terre Commune", "La Cuisine des Voisins", "Bois & Co", "Les Semeuses", "Solid'Air"),
    *("Tournevis", "Le Comptoir des Ressources", "Boomerang", "Houtatelier Zenne"),
)
STREETS = (
    *(
        "rue de la Senne 12",
        "chaussée de Mons 145",
        "avenue du Port 86",
        "rue Haute 201",
        "quai du Hainaut 33",
    ),
    *("rue des Tanneurs 60A", "place du Jeu de Balle 4", "boulevard Barthélémy 9"),
)
TOWNS = (
    "1000 Bruxelles",
    "1070 Anderlecht",
    "1080 Molenbeek-Saint-Jean",
    "1060 Saint-Gilles",
    "1030 Schaerbeek",
)
ASSOCIATIONS, COMPANIES = ("ASBL", "AISBL", "VZW"), ("SC agréée", "SRL", "SCRL-FS", "SPRL")

Block = tuple[str, object]
"""How it is set (`h` heading, `p` paragraph, `t` table, `big` cover, `break`) and what."""


@dataclass(frozen=True, slots=True)
class Structure:
    """Who writes."""

    name: str
    form: str
    street: str
    town: str
    number: str
    created: date
    contact: tuple[str, str]
    administrator: tuple[str, str]

    @property
    def is_association(self) -> bool:
        return self.form in ASSOCIATIONS

    @property
    def seat(self) -> str:
        return f"{self.street}, {self.town}"


@dataclass(frozen=True, slots=True)
class Paper:
    """A document before it has a format, with the truth about it."""

    kind: str
    title: str
    blocks: tuple[Block, ...]
    names: tuple[str, ...]
    """What people call such a file."""
    closed: tuple[date, ...] = ()
    """Closing dates of the financial years that it is the accounts of."""
    truth: Mapping[str, str] = field(default_factory=dict)
    landscape: bool = False


Design = Callable[[Structure, Random], Paper]


def structure(seed: int) -> Structure:
    """Somebody, by number."""
    lot = Random(f"structure {seed}")
    eight = f"0{lot.randrange(400, 999)}{lot.randrange(10_000):04d}"
    number = eight + f"{97 - int(eight) % 97:02d}"
    return Structure(
        name=lot.choice(NAMES),
        form=lot.choice((*ASSOCIATIONS[:1] * 5, *ASSOCIATIONS, *COMPANIES)),
        street=lot.choice(STREETS),
        town=lot.choice(TOWNS),
        number=f"{number[:4]}.{number[4:7]}.{number[7:]}",
        created=date(lot.randrange(1994, 2023), lot.randrange(1, 13), lot.randrange(1, 28)),
        contact=(lot.choice(FIRST), lot.choice(LAST)),
        administrator=(lot.choice(FIRST[::-1]), lot.choice(LAST[::-1])),
    )


def written(day: date, months: tuple[str, ...] = MONTHS) -> str:
    """« 31 décembre 2025 »."""
    first = "1er" if day.day == 1 and months is MONTHS else str(day.day)
    return f"{first} {months[day.month - 1]} {day.year}"


def money(lot: Random, most: int = 180_000) -> str:
    """An amount, in one of the ways that people print them."""
    amount = lot.randrange(120, most) + lot.randrange(100) / 100
    return lot.choice(
        (f"{amount:,.2f}".replace(",", " ").replace(".", ","), f"{amount:,.0f}".replace(",", "."))
    )


def _closing(lot: Random, last: int = 2025) -> date:
    return date(last, 6, 30) if lot.random() < 0.12 else date(last, 12, 31)


# ---------------------------------------------------------------- statutes

_TOPICS = (
    (
        "Dénomination",
        "L'association est dénommée « {name} ». Tous les actes, factures, annonces et "
        "autres documents "
        "mentionnent la dénomination, précédée ou suivie immédiatement des mots « {form} ».",
    ),
    (
        "Siège",
        "Son siège est établi à {street}, {town}, en Région de Bruxelles-Capitale. "
        "L'organe d'administration "
        "peut le transférer dans la même région linguistique.",
    ),
    (
        "But",
        "L'association a pour but désintéressé de favoriser l'insertion, la formation et "
        "la cohésion sociale "
        "dans les quartiers populaires.",
    ),
    (
        "Objet",
        "Pour réaliser son but, elle peut organiser des ateliers, vendre des biens et "
        "services de façon "
        "accessoire, et collaborer avec toute structure poursuivant un but similaire.",
    ),
    ("Durée", "L'association est constituée pour une durée indéterminée."),
    (
        "Membres",
        "L'association est composée de membres effectifs et de membres adhérents. Le "
        "nombre des membres "
        "effectifs ne peut être inférieur à trois.",
    ),
    (
        "Démission, exclusion",
        "Tout membre est libre de se retirer à tout moment. L'exclusion est prononcée par "
        "l'assemblée générale à la majorité des deux tiers.",
    ),
    ("Cotisations", "Les membres paient une cotisation annuelle qui ne peut dépasser 100 euros."),
    (
        "Assemblée générale",
        "L'assemblée générale se réunit au moins une fois l'an. Elle est convoquée "
        "quinze jours "
        "à l'avance. Sont réservées à sa compétence : la modification des statuts, la "
        "nomination des administrateurs, "
        "l'approbation des comptes annuels et des budgets.",
    ),
    (
        "Organe d'administration",
        "L'association est gérée par un organe d'administration de trois personnes au "
        "moins, "
        "nommées pour un terme de quatre ans.",
    ),
    (
        "Représentation",
        "L'association est valablement engagée par la signature conjointe de deux administrateurs.",
    ),
    (
        "Gestion journalière",
        "L'organe d'administration peut déléguer la gestion journalière à une ou plusieurs "
        "personnes, administrateurs ou non.",
    ),
    ("Exercice social", "L'exercice social commence le 1er janvier pour se terminer le 31 décembre."),
    (
        "Règlement d'ordre intérieur",
        "Un règlement d'ordre intérieur peut être établi par l'organe d'administration.",
    ),
    (
        "Dissolution",
        "En cas de dissolution, l'actif net est affecté à une œuvre de but désintéressé similaire.",
    ),
    (
        "Droit commun",
        "Pour tout ce qui n'est pas prévu aux présents statuts, il est renvoyé au Code "
        "des sociétés et "
        "des associations.",
    ),
)


def _articles(who: Structure, lot: Random, style: str) -> list[Block]:
    blocks: list[Block] = []
    chapters = {
        0: "Dénomination, siège, but",
        5: "Membres",
        8: "Assemblée générale",
        9: "Administration",
        12: "Divers",
    }
    many = lot.choice((1, 1, 2))
    for number, (title, text) in enumerate(_TOPICS, 1):
        if number - 1 in chapters and style == "titles":
            numeral = ("I", "II", "III", "IV", "V")[list(chapters).index(number - 1)]
            blocks.append(("h", f"TITRE {numeral} – {chapters[number - 1]}"))
        heads = {
            "titles": f"Art. {number}. {title}",
            "articles": f"Article {number} – {title}",
            "short": f"§{number}. {title}",
            "first": f"ARTICLE {'PREMIER' if number == 1 else number} : {title.upper()}",
        }
        blocks.append(("h", heads[style]))
        said = text.format(name=who.name, form=who.form, street=who.street, town=who.town)
        blocks += [("p", said)] * (many if number > 2 else 1)
    return blocks


def coordinated(who: Structure, lot: Random) -> Paper:
    """Coordinated statutes, as an association keeps them."""
    head = lot.choice(
        (
            "Statuts coordonnés",
            "STATUTS",
            f"Statuts de l'{who.form} {who.name}",
            "Texte coordonné des statuts",
        )
    )
    blocks = [
        ("p", f"{who.name} {who.form} – {who.seat} – Numéro d'entreprise : {who.number}"),
        (
            "p",
            f"Constituée le {written(who.created)}. Coordination après l'assemblée générale du 12 mars 2024.",
        ),
        *_articles(who, lot, lot.choice(("titles", "articles", "first", "short"))),
        ("p", f"Pour coordination conforme, {' '.join(who.administrator)}, administrateur."),
    ]
    return Paper(
        "statutes", head, tuple(blocks), ("Statuts {n}", "statuts coordonnés", "document1", "Scan_0012")
    )


def notarial(who: Structure, lot: Random) -> Paper:
    """A deed before a notary."""
    blocks = [
        (
            "p",
            f"L'an {lot.choice(('deux mille dix-neuf', 'deux mille vingt et un'))}, le "
            f"{written(who.created)}.",
        ),
        (
            "p",
            "Devant nous, Maître Bernadette HOUTART, notaire à la résidence de Bruxelles, "
            "détenteur de la minute,",
        ),
        ("h", "ONT COMPARU"),
        (
            "p",
            f"1. Monsieur {' '.join(who.administrator).upper()}, domicilié à 1190 Forest, avenue Molière 3.",
        ),
        ("p", f"2. Madame {' '.join(who.contact).upper()}, domiciliée à 1050 Ixelles, rue du Trône 14."),
        (
            "p",
            f"Lesquels comparants nous ont requis d'acter authentiquement qu'ils constituent "
            f"entre eux une {who.form} "
            f"sous la dénomination « {who.name} », dont le siège est établi à {who.seat}.",
        ),
        ("h", "A. CONSTITUTION"),
        (
            "p",
            "Les comparants déclarent souscrire les actions au prix de cent euros chacune. "
            "Plan financier remis au "
            "notaire. Les apports en numéraire ont été versés.",
        ),
        ("h", "B. STATUTS"),
        *_articles(who, lot, lot.choice(("titles", "articles"))),
        ("h", "C. DISPOSITIONS TRANSITOIRES"),
        (
            "p",
            "Le premier exercice social débute ce jour. Est appelé aux fonctions "
            "d'administrateur : "
            f"{' '.join(who.administrator)}, qui accepte.",
        ),
        (
            "p",
            "DONT ACTE. Fait et passé à Bruxelles, en l'étude. Lecture intégrale faite, les "
            "parties ont signé avec "
            "nous, notaire.",
        ),
    ]
    title = lot.choice(
        (
            "CONSTITUTION",
            f"« {who.name} » – Acte constitutif",
            "ACTE DE CONSTITUTION D'UNE SOCIÉTÉ COOPÉRATIVE",
        )
    )
    return Paper(
        "statutes", title, tuple(blocks), ("Acte notarié", "acte constitutif", "2019-341 ACTE", "statuts")
    )


def _volet_b(who: Structure, subject: str) -> list[Block]:
    return [
        ("p", "Copie à publier aux annexes du Moniteur belge après dépôt de l'acte au greffe"),
        ("p", "Réservé au Moniteur belge"),
        ("p", f"N° d'entreprise : {who.number.replace('.', ' ')}"),
        ("p", "Nom"),
        ("p", f"(en entier) : {who.name}"),
        ("p", f"Forme légale : {who.form}"),
        ("p", f"Adresse complète du siège : {who.seat}"),
        ("p", f"Objet de l'acte : {subject}"),
    ]


_FOOT = (
    "small",
    "Mentionner sur la dernière page du Volet B : Au recto : Nom et qualité du "
    "notaire instrumentant "
    "ou de la personne ayant pouvoir de représenter la personne morale à l'égard des "
    "tiers. Au verso : Nom et "
    "signature. Bijlagen bij het Belgisch Staatsblad – Annexes du Moniteur belge",
)


def moniteur(who: Structure, lot: Random) -> Paper:
    """Statutes as published: « Volet B », sometimes with a space between all letters."""
    subject = lot.choice(
        ("Constitution", "CONSTITUTION", "Modification des statuts – coordination", "STATUTS")
    )
    opening = (
        "Les fondateurs soussignés réunis en assemblée ont convenu de constituer une "
        "association et d'en arrêter les statuts comme suit :"
    )
    blocks = [*_volet_b(who, subject), ("p", opening), *_articles(who, lot, "titles"), _FOOT]
    if lot.random() < 0.4:
        blocks = [(how, spaced(str(what))) for how, what in blocks]
    return Paper(
        "statutes", "Volet B", tuple(blocks), ("Moniteur belge", "19302011", "publication MB", "statuts MB")
    )


def spaced(text: str) -> str:
    """« S t a t u t s »: as the text layer of older publications has it."""
    return "  ".join(" ".join(word) for word in text.split())


def founders(who: Structure, lot: Random) -> Paper:
    """A private deed, plainly typed."""
    blocks = [
        (
            "p",
            f"Entre les soussignés : {' '.join(who.contact)}, {' '.join(who.administrator)} "
            f"et {lot.choice(FIRST)} {lot.choice(LAST)},",
        ),
        (
            "p",
            "il a été convenu de constituer une association sans but lucratif conformément à "
            "la loi du 27 juin 1921, "
            "dont les statuts ont été arrêtés comme suit.",
        ),
        *_articles(who, lot, "articles"),
        ("p", f"Fait à Bruxelles, le {written(who.created)}, en deux exemplaires."),
    ]
    return Paper("statutes", who.name, tuple(blocks), ("asbl", "Doc 3", "statuts signés"))


def statuten(who: Structure, lot: Random) -> Paper:
    """The same in Dutch."""
    articles = (
        ("Benaming", f"De vereniging draagt de naam « {who.name} »."),
        ("Zetel", f"De zetel is gevestigd te {who.seat}, in het Brussels Hoofdstedelijk Gewest."),
        (
            "Belangeloos doel en voorwerp",
            "De vereniging heeft tot belangeloos doel de sociale inschakeling van kwetsbare mensen.",
        ),
        ("Duur", "De vereniging is opgericht voor onbepaalde duur."),
        ("Leden", "De vereniging telt werkende leden en toegetreden leden."),
        ("Algemene vergadering", "De algemene vergadering komt minstens eenmaal per jaar samen."),
        (
            "Bestuursorgaan",
            "De vereniging wordt bestuurd door een bestuursorgaan van ten minste drie bestuurders.",
        ),
        ("Boekjaar", "Het boekjaar loopt van 1 januari tot 31 december."),
        ("Ontbinding", "In geval van ontbinding en vereffening wordt het netto-actief overgedragen."),
    )
    head = lot.choice(("Statuten", "GECOÖRDINEERDE STATUTEN", "Oprichtingsakte van een vzw"))
    blocks: list[Block] = [("p", f"{who.name} vzw – ondernemingsnummer {who.number}")]
    for number, (title, text) in enumerate(articles, 1):
        blocks += [("h", f"Artikel {number}. {title}"), ("p", text)]
    return Paper("statutes", head, tuple(blocks), ("statuten", "statuten vzw", "bijlage 1"))


# ---------------------------------------------------------------- activity reports

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


# ---------------------------------------------------------------- accounts

_ASSETS = (
    ("FRAIS D'ÉTABLISSEMENT", "20"),
    ("ACTIFS IMMOBILISÉS", "21/28"),
    ("Immobilisations incorporelles", "21"),
    ("Immobilisations corporelles", "22/27"),
    ("Terrains et constructions", "22"),
    ("Mobilier et matériel roulant", "24"),
    ("Immobilisations financières", "28"),
    ("ACTIFS CIRCULANTS", "29/58"),
    ("Stocks et commandes en cours d'exécution", "3"),
    ("Créances à un an au plus", "40/41"),
    ("Créances commerciales", "40"),
    ("Placements de trésorerie", "50/53"),
    ("Valeurs disponibles", "54/58"),
    ("Comptes de régularisation", "490/1"),
    ("TOTAL DE L'ACTIF", "20/58"),
)
_LIABILITIES = (
    ("CAPITAUX PROPRES", "10/15"),
    ("Fonds de l'association", "10"),
    ("Fonds affectés", "13"),
    ("Bénéfice (Perte) reporté(e)", "14"),
    ("Subsides en capital", "15"),
    ("PROVISIONS ET IMPÔTS DIFFÉRÉS", "16"),
    ("DETTES", "17/49"),
    ("Dettes à plus d'un an", "17"),
    ("Dettes à un an au plus", "42/48"),
    ("Dettes financières", "43"),
    ("Dettes fiscales, salariales et sociales", "45"),
    ("Comptes de régularisation", "492/3"),
    ("TOTAL DU PASSIF", "10/49"),
)
_RESULT = (
    ("Marge brute d'exploitation", "9900"),
    ("Chiffre d'affaires", "70"),
    ("Approvisionnements, marchandises, services et biens divers", "60/61"),
    ("Rémunérations, charges sociales et pensions", "62"),
    ("Amortissements et réductions de valeur", "630"),
    ("Autres charges d'exploitation", "640/8"),
    ("Bénéfice (Perte) d'exploitation", "9901"),
    ("Produits financiers", "75/76B"),
    ("Charges financières", "65/66B"),
    ("Bénéfice (Perte) de l'exercice avant impôts", "9903"),
    ("Bénéfice (Perte) de l'exercice", "9904"),
)


def _before(day: date) -> date:
    return replace_year(day, day.year - 1)


def replace_year(day: date, year: int) -> date:
    """The same day of another year."""
    return date(year, day.month, day.day)


def _opening(day: date) -> date:
    return date(day.year - 1, 7, 1) if day.month == 6 else date(day.year, 1, 1)


def national_bank(who: Structure, lot: Random, day: date | None = None) -> Paper:
    """A model of the National Bank: full, abridged or micro."""
    day = day or _closing(lot)
    model = lot.choice(("MIC", "ABR", "FULL", "M-asbl", "A-asbl", "VOL-asbl")) + (
        "" if who.is_association else "-cap"
    )

    def side(rows: tuple[tuple[str, str], ...]) -> Block:
        head = ("", "Ann.", "Codes", "Exercice", "Exercice précédent")
        return ("t", [head, *((name, "", code, money(lot), money(lot)) for name, code in rows)])

    blocks: list[Block] = [
        ("small", f"{lot.randrange(20, 60)}  NAT.  Date du dépôt  N° {who.number}  P.  U.  D.  {model} 1"),
        ("p", "DONNÉES D'IDENTIFICATION (à la date du dépôt)"),
        ("p", f"DÉNOMINATION : {who.name}"),
        ("p", f"Forme juridique : {who.form}"),
        ("p", f"Adresse : {who.street}"),
        ("p", f"Code postal et commune : {who.town}"),
        ("p", "Pays : Belgique"),
        ("p", f"Numéro d'entreprise : {who.number}"),
        ("p", f"DATE {written(_after(day))} de dépôt du document le plus récent"),
        ("p", f"Comptes annuels approuvés par l'assemblée générale du {written(_after(day))} et portant sur"),
        ("p", f"l'exercice couvrant la période du {_opening(day):%d-%m-%Y} au {day:%d-%m-%Y}"),
        ("p", f"Exercice précédent du {_opening(_before(day)):%d-%m-%Y} au {_before(day):%d-%m-%Y}"),
        ("p", "Les montants de l'exercice précédent sont identiques à ceux publiés antérieurement."),
        ("break", ""),
        ("h", "LISTE DES ADMINISTRATEURS, GÉRANTS ET COMMISSAIRES"),
        ("p", f"{' '.join(who.administrator)}, {who.seat}, Fonction : administrateur"),
        ("break", ""),
        ("h", "COMPTES ANNUELS – BILAN APRÈS RÉPARTITION"),
        ("p", "ACTIF"),
        side(_ASSETS),
        ("break", ""),
        ("p", "PASSIF"),
        side(_LIABILITIES),
        ("break", ""),
        ("h", "COMPTE DE RÉSULTATS"),
        side(_RESULT),
    ]
    if lot.random() < 0.6:
        blocks += [
            ("break", ""),
            ("h", "RÈGLES D'ÉVALUATION"),
            (
                "p",
                "Les immobilisations corporelles sont évaluées à leur valeur d'acquisition. "
                "L'amortissement est linéaire. Aucune dérogation n'est apportée.",
            ),
        ]
    if lot.random() < 0.3:
        blocks += [
            ("break", ""),
            ("h", "BILAN SOCIAL"),
            ("p", "Numéros des commissions paritaires dont dépend l'entreprise : 329"),
            (
                "t",
                [
                    ("Nombre moyen de travailleurs", "100", "3,2"),
                    ("Entrées", "205", "1"),
                    ("Sorties", "305", "0"),
                ],
            ),
        ]
    title = lot.choice(
        (
            "COMPTES ANNUELS ET/OU AUTRES DOCUMENTS À DÉPOSER EN VERTU DU CODE DES SOCIÉTÉS "
            "ET DES ASSOCIATIONS",
            "COMPTES ANNUELS EN EUROS",
        )
    )
    return Paper(
        "accounts",
        title,
        tuple(blocks),
        ("Comptes annuels {y}", "BNB {y}", "2026-00123456", "bilan {y}"),
        (day,),
        {"previous": "yes"},
    )


def _after(day: date) -> date:
    return date(day.year + 1, 5, 24) if day.month == 12 else date(day.year, 12, 12)


def accountant(who: Structure, lot: Random, day: date | None = None) -> Paper:
    """What an accountant prints: internal balance sheet and profit and loss by account number."""
    day, draft = day or _closing(lot), lot.random() < 0.2
    two = lot.random() < 0.4
    accounts = (
        ("220000 Terrains", "24"),
        ("240000 Mobilier", ""),
        ("240009 Amortissements sur mobilier", ""),
        ("400000 Clients", ""),
        ("411000 TVA à récupérer", ""),
        ("550000 Banque Triodos", ""),
        ("570000 Caisse", ""),
    )
    sources = (
        ("140000 Résultat reporté", ""),
        ("151000 Subsides en capital", ""),
        ("440000 Fournisseurs", ""),
        ("453000 Précompte retenu", ""),
    )
    costs = (
        ("610000 Loyers", ""),
        ("612000 Fournitures", ""),
        ("613200 Honoraires", ""),
        ("620000 Rémunérations", ""),
        ("700000 Ventes", ""),
        ("737000 Subsides d'exploitation", ""),
    )

    def side(rows: tuple[tuple[str, str], ...]) -> Block:
        head = ("Compte", f"{day:%d/%m/%Y}", *((f"{_before(day):%d/%m/%Y}",) if two else ()))
        return ("t", [head, *((name, *(money(lot) for _ in head[1:])) for name, _ in rows)])

    word = "PROVISOIRE " if draft else ""
    blocks: list[Block] = [
        ("p", f"{who.name} – {who.number}"),
        ("p", f"Période : {_opening(day):%d/%m/%Y} - {day:%d/%m/%Y}  Édité le 14/04/2026"),
        ("h", "ACTIF"),
        side(accounts),
        ("p", f"Total actif {money(lot)}"),
        ("h", "PASSIF"),
        side(sources),
        ("p", f"Total passif {money(lot)}"),
        ("break", ""),
        ("h", f"{word}COMPTE DE RÉSULTATS"),
        side(costs),
        ("p", f"Résultat de l'exercice {money(lot, 9000)}"),
    ]
    title = lot.choice(
        (
            f"BILAN {word}AU {day:%d/%m/%Y}",
            f"{word}Bilan interne",
            f"Situation comptable {word}au {written(day)}",
        )
    )
    return Paper(
        "accounts",
        title,
        tuple(blocks),
        ("Bilan {y}", "BILAN INTERNE {y}", "compta", "Comptes {y} définitifs"),
        (day,),
        {"draft": "yes"} if draft else {},
    )


def trial_balance(who: Structure, lot: Random, day: date | None = None) -> Paper:
    """A balance of all accounts."""
    day = day or _closing(lot)
    rows = [("Compte", "Libellé", "Débit", "Crédit", "Solde débiteur", "Solde créditeur")]
    for number, label in (
        ("100000", "Fonds de l'association"),
        ("140000", "Report"),
        ("240000", "Mobilier"),
        ("400000", "Clients"),
        ("440000", "Fournisseurs"),
        ("550000", "Banque"),
        ("610000", "Loyer"),
        ("620000", "Appointements"),
        ("700000", "Ventes"),
        ("737000", "Subsides"),
    ):
        rows.append((number, label, money(lot), money(lot), money(lot), money(lot)))
    title = lot.choice(("BALANCE GÉNÉRALE DES COMPTES", "Balance des comptes généraux"))
    blocks: list[Block] = [
        ("p", who.name),
        ("p", f"Du {_opening(day):%d/%m/%Y} au {day:%d/%m/%Y}"),
        ("t", rows),
        ("p", f"Totaux {money(lot)} {money(lot)}"),
    ]
    return Paper("accounts", title, tuple(blocks), ("balance {y}", "export compta"), (day,))


def receipts(who: Structure, lot: Random, day: date | None = None) -> Paper:
    """A very small association's accounts."""
    day = day or _closing(lot)
    gains = [("Cotisations",), ("Dons et legs",), ("Subsides",), ("Autres recettes",)]
    costs = [
        ("Marchandises et services",),
        ("Rémunérations",),
        ("Services et biens divers",),
        ("Autres dépenses",),
    ]
    blocks: list[Block] = [
        ("p", f"{who.name} {who.form}, {who.seat}, {who.number}"),
        (
            "p",
            lot.choice(
                (
                    f"Exercice {day.year}",
                    f"Exercice clôturé le {written(day)}",
                    f"Comptes de l'année {day.year}",
                )
            )
            if day.month == 12
            else f"Exercice du {_opening(day):%d/%m/%Y} au {day:%d/%m/%Y}",
        ),
        ("h", "Recettes"),
        ("t", [(*row, money(lot)) for row in gains] + [("Total des recettes", money(lot))]),
        ("h", "Dépenses"),
        ("t", [(*row, money(lot)) for row in costs] + [("Total des dépenses", money(lot))]),
        ("h", "État du patrimoine"),
        (
            "t",
            [
                ("Avoirs", money(lot)),
                ("Liquidités", money(lot)),
                ("Créances", money(lot)),
                ("Dettes", money(lot)),
            ],
        ),
    ]
    title = lot.choice(
        (
            "État des recettes et des dépenses",
            "Compte simplifié – recettes et dépenses",
            "Comptes de l'association",
            "RECETTES - DÉPENSES",
        )
    )
    return Paper(
        "accounts",
        title,
        tuple(blocks),
        ("Comptes {y}", "recettes dépenses {y}", "compta {y}", "annexe 3"),
        (day,),
    )


def plain_accounts(who: Structure, lot: Random, day: date | None = None) -> Paper:
    """Balance sheet and result side by side, typed."""
    day = day or _closing(lot)
    with_before = lot.random() < 0.5
    head = ("", str(day.year), *((str(day.year - 1),) if with_before else ()))
    rows = (
        "Immobilisations",
        "Stocks",
        "Créances",
        "Valeurs disponibles",
        "Total actif",
        "Fonds propres",
        "Provisions",
        "Dettes à court terme",
        "Total passif",
    )
    result = ("Ventes", "Subsides", "Achats", "Salaires", "Amortissements", "Résultat net")
    blocks: list[Block] = [
        ("p", f"{who.name}"),
        ("p", f"Bilan au {written(day)}"),
        ("t", [head, *((row, *(money(lot) for _ in head[1:])) for row in rows)]),
        ("h", "Compte de résultats"),
        ("t", [head, *((row, *(money(lot) for _ in head[1:])) for row in result)]),
    ]
    title = lot.choice(
        (
            f"Bilan et compte de résultats {day.year}",
            f"Comptes annuels {day.year}",
            f"Bilan comptable {day.year}",
        )
    )
    return Paper(
        "accounts",
        title,
        tuple(blocks),
        ("Bilan {y}", "bilans", "CR {y}"),
        (day,),
        {"previous": "yes"} if with_before else {},
    )


def jaarrekening(who: Structure, lot: Random, day: date | None = None) -> Paper:
    """Accounts in Dutch."""
    day = day or _closing(lot)
    rows = (
        ("VASTE ACTIVA", "21/28"),
        ("Materiële vaste activa", "22/27"),
        ("VLOTTENDE ACTIVA", "29/58"),
        ("Vorderingen op ten hoogste één jaar", "40/41"),
        ("Liquide middelen", "54/58"),
        ("TOTAAL VAN DE ACTIVA", "20/58"),
        ("EIGEN VERMOGEN", "10/15"),
        ("SCHULDEN", "17/49"),
        ("TOTAAL VAN DE PASSIVA", "10/49"),
    )
    result = (
        ("Brutomarge", "9900"),
        ("Bezoldigingen", "62"),
        ("Bedrijfswinst (Bedrijfsverlies)", "9901"),
        ("Winst (Verlies) van het boekjaar", "9904"),
    )
    blocks: list[Block] = [
        ("p", f"NAAM: {who.name}"),
        ("p", "Rechtsvorm: VZW"),
        ("p", f"Ondernemingsnummer: {who.number}"),
        ("p", f"Boekjaar dat de periode dekt van {_opening(day):%d/%m/%Y} tot {day:%d/%m/%Y}"),
        ("p", f"Vorig boekjaar van {_opening(_before(day)):%d/%m/%Y} tot {_before(day):%d/%m/%Y}"),
        ("h", "BALANS NA WINSTVERDELING"),
        (
            "t",
            [("", "Codes", "Boekjaar", "Vorig boekjaar"), *((*row, money(lot), money(lot)) for row in rows)],
        ),
        ("break", ""),
        ("h", "RESULTATENREKENING"),
        (
            "t",
            [
                ("", "Codes", "Boekjaar", "Vorig boekjaar"),
                *((*row, money(lot), money(lot)) for row in result),
            ],
        ),
    ]
    return Paper(
        "accounts",
        lot.choice(("JAARREKENING IN EURO", "Jaarrekening")),
        tuple(blocks),
        ("jaarrekening {y}", "NBB {y}"),
        (day,),
        {"previous": "yes"},
    )


# ---------------------------------------------------------------- CVs


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


# ---------------------------------------------------------------- none of these


def _other(title: str, rows: tuple[str, ...], *names: str) -> Design:
    def design(who: Structure, lot: Random) -> Paper:
        said = {"name": who.name, "form": who.form, "seat": who.seat, "number": who.number, "sum": money(lot)}
        said |= {"contact": " ".join(who.contact), "chair": " ".join(who.administrator)}
        blocks = tuple(("p", row.format(**said)) for row in rows)
        return Paper("other", title.format(**said), blocks, names)

    return design


OTHERS: Mapping[str, Design] = {
    "minutes": _other(
        "Procès-verbal de l'assemblée générale ordinaire",
        (
            "{name} {form} – réunion du 21 mai 2026",
            "Présents : 14 membres. Excusés : 3.",
            "Ordre du jour : 1. Approbation du PV précédent. "
            "2. Rapport d'activités 2025. 3. Comptes annuels 2025. 4. Décharge aux "
            "administrateurs. 5. Modification des statuts.",
            "1. Le PV est approuvé à l'unanimité.",
            "2. La coordinatrice présente le rapport d'activités ; l'assemblée l'approuve.",
            "3. Le trésorier présente le bilan et le compte de résultats. Total de l'actif : "
            "{sum}. Les comptes sont approuvés.",
            "4. Décharge est donnée.",
            "La séance est levée à 21 heures.",
        ),
        "PV AG 2026",
        "PV",
    ),
    "house rules": _other(
        "RÈGLEMENT D'ORDRE INTÉRIEUR",
        (
            "Article 1. Le présent règlement complète les statuts de {name}.",
            "Article 2. Les membres effectifs paient leur cotisation.",
            "Article 3. L'assemblée générale se tient au siège social.",
            "Article 4. Horaires des ateliers.",
            "Article 5. Sanctions.",
        ),
        "ROI",
    ),
    "summons": _other(
        "Convocation à l'assemblée générale",
        (
            "Chère membre, cher membre,",
            "Vous êtes invité à l'assemblée générale de {name} le 21 mai 2026 à 19 heures.",
            "À l'ordre du jour : rapport d'activités, comptes annuels, élection.",
            "Procuration : je soussigné donne procuration à",
        ),
        "convocation AG",
    ),
    "invoice": _other(
        "FACTURE n° 2026-118",
        (
            "{name} – TVA BE {number}",
            "Date : 12/03/2026 – Échéance : 12/04/2026",
            "Location de salle, 3 jours : {sum} EUR",
            "TVA 21 % : 42,00 EUR",
            "Total à payer : {sum} EUR",
            "À verser sur le compte BE68 5390 0754 7034",
        ),
        "facture 118",
        "2026-118",
    ),
    "quote": _other(
        "DEVIS 2026/44",
        (
            "Menuiserie intérieure",
            "Fourniture et pose : {sum}",
            "TVA 6 %",
            "Offre valable 30 jours. Bon pour accord.",
        ),
        "devis",
    ),
    "flyer": _other(
        "GRANDE FÊTE DE QUARTIER",
        (
            "Samedi 12 septembre dès 14 h",
            "Concert, ateliers, cuisine du monde",
            "Entrée gratuite – {seat}",
            "Une organisation de {name}",
        ),
        "flyer",
        "affiche",
    ),
    "letter": _other(
        "Lettre de motivation",
        (
            "Madame, Monsieur,",
            "Par la présente, {name} souhaite rejoindre le programme. Notre expérience et "
            "nos compétences nous y préparent.",
            "Vous trouverez en annexe nos statuts, notre rapport d'activités, nos comptes "
            "annuels et le CV de {contact}.",
            "Veuillez agréer l'expression de nos salutations distinguées.",
            "{contact}",
        ),
        "lettre",
        "courrier",
    ),
    "support": _other(
        "Lettre de soutien",
        (
            "À qui de droit,",
            "La commune soutient la candidature de {name}, partenaire de longue date de nos activités.",
            "Bien cordialement, l'échevine",
        ),
        "soutien commune",
    ),
    "budget": _other(
        "Budget prévisionnel 2027",
        (
            "{name}",
            "Recettes prévues : subsides {sum}, ventes {sum}",
            "Dépenses prévues : salaires {sum}, loyer {sum}",
            "Total des charges {sum}",
            "Total des produits {sum}",
        ),
        "Budget 2027",
        "prévisions",
    ),
    "plan": _other(
        "PLAN FINANCIER 2026-2028",
        (
            "{name}",
            "Hypothèses",
            "Compte de résultats prévisionnel 2026, 2027, 2028",
            "Chiffre d'affaires prévisionnel {sum}",
            "Plan de trésorerie",
            "Besoin en fonds de roulement {sum}",
        ),
        "plan financier",
    ),
    "identity": _other(
        "",
        (
            "BELGIQUE BELGIË BELGIEN BELGIUM",
            "CARTE D'IDENTITÉ IDENTITEITSKAART",
            "Nom / Name  {contact}",
            "N° registre national  84.04.12-123.45",
            "Valable du - au  12.03.2021 - 12.03.2031",
        ),
        "carte id",
        "eID recto",
    ),
    "insurance": _other(
        "ATTESTATION D'ASSURANCE",
        (
            "La compagnie certifie que {name} est assurée en responsabilité civile",
            "Police n° 45.112.009",
            "Période du 01/01/2026 au 31/12/2026",
            "Le présent document ne constitue pas un contrat.",
        ),
        "assurance RC",
    ),
    "nominations": _other(
        "Volet B",
        (
            "Copie à publier aux annexes du Moniteur belge après dépôt de l'acte au greffe",
            "N° d'entreprise : {number}",
            "Nom (en entier) : {name}",
            "Forme légale : {form}",
            "Adresse complète du siège : {seat}",
            "Objet de l'acte : Démissions et nominations d'administrateurs",
            "Extrait du procès-verbal de l'assemblée générale du 14 mai 2024.",
            "L'assemblée générale acte la démission de Monsieur Paul Arnould et nomme "
            "{chair} en qualité d'administrateur pour un terme de quatre ans.",
            "Mentionner sur la dernière page du Volet B : nom et qualité",
            "Annexes du Moniteur belge",
        ),
        "Moniteur 2024",
        "24071234",
        "nominations",
    ),
    "seat": _other(
        "Volet B",
        (
            "Réservé au Moniteur belge",
            "N° d'entreprise : {number}",
            "Dénomination : {name}",
            "Forme juridique : {form}",
            "Siège : {seat}",
            "Objet de l'acte : TRANSFERT DU SIÈGE SOCIAL",
            "L'organe d'administration décide de transférer le siège social à dater du 1er "
            "septembre 2023 à l'adresse suivante : {seat}.",
            "Bijlagen bij het Belgisch Staatsblad",
        ),
        "MB siège",
        "publication",
    ),
    "agreement": _other(
        "AGRÉMENT EN TANT QU'ENTREPRISE SOCIALE",
        (
            "Région de Bruxelles-Capitale – Bruxelles Économie et Emploi",
            "Arrêté portant agrément de {name} en tant qu'entreprise sociale et démocratique "
            "pour une durée de deux ans.",
            "Vu l'ordonnance du 23 juillet 2018 relative à l'agrément et au soutien des "
            "entreprises sociales,",
            "Article 1er. L'agrément est octroyé.",
            "Article 2. Le présent arrêté entre en vigueur ce jour.",
        ),
        "agrément",
        "arrêté",
    ),
    "bank": _other(
        "RELEVÉ D'IDENTITÉ BANCAIRE",
        ("Titulaire : {name}", "IBAN BE68 5390 0754 7034", "BIC TRIOBEBB"),
        "RIB",
    ),
    "subsidy": _other(
        "CONVENTION DE SUBVENTION",
        (
            "Entre la Région et {name}",
            "Article 1. Objet",
            "Article 2. Montant : {sum}",
            "Article 3. Pièces justificatives : rapport d'activités et comptes annuels",
            "Article 4. Durée du 1er janvier 2025 au 31 décembre 2025",
        ),
        "convention subside",
    ),
    "chart": _other(
        "Organigramme",
        (
            "{name}",
            "Assemblée générale",
            "Organe d'administration",
            "Coordination : {contact}",
            "Équipe ateliers – Équipe boutique – Bénévoles",
        ),
        "organigramme",
    ),
    "plan of business": _other(
        "Business plan",
        (
            "{name}",
            "1. Le projet",
            "2. Étude de marché",
            "3. Stratégie commerciale",
            "4. L'équipe",
            "5. Prévisions financières : chiffre d'affaires {sum}",
        ),
        "business plan",
    ),
    "press": _other(
        "À Molenbeek, un atelier qui répare tout",
        (
            "Le Journal du Canal, 3 février 2026",
            "Reportage. Ils sont vingt-deux bénévoles à se relayer le mercredi. « On apprend "
            "en faisant », dit {contact}.",
            "L'association fondée en 2012 accueille 400 personnes par an.",
        ),
        "article presse",
        "revue de presse",
    ),
    "diploma": _other(
        "DIPLÔME DE MASTER",
        (
            "Nous, membres du jury de l'Université, conférons à {contact} le grade "
            "académique de Master en sciences sociales avec distinction.",
            "Fait à Bruxelles, le 12 septembre 2010.",
        ),
        "diplome",
    ),
    "payroll": _other(
        "ATTESTATION ONSS",
        (
            "L'Office national de sécurité sociale certifie que {name}, {number}, a rempli ses obligations.",
            "Délivrée le 3 mars 2026.",
        ),
        "attestation ONSS",
    ),
    "presentation": _other(
        "{name} en quelques mots",
        (
            "Qui sommes-nous ?",
            "Une entreprise sociale bruxelloise de 6 personnes.",
            "Nos services : réparation, formation, boutique.",
            "Contact : {seat}",
        ),
        "présentation",
        "slides",
    ),
}

DESIGNS: Mapping[str, tuple[Design, ...]] = {
    "statutes": (coordinated, notarial, moniteur, founders, statuten),
    "activity_report": (report, brochure, short_report, jaarverslag, english_report),
    "accounts": (national_bank, accountant, trial_balance, receipts, plain_accounts, jaarrekening),
    "cv": (classic_cv, long_cv, columns_cv, europass, foreign_cv),
    "other": tuple(OTHERS.values()),
}


def paper(kind: str, seed: int) -> tuple[Structure, Paper]:
    """A document of a kind, by number; its designs take turns."""
    lot, who = Random(f"{kind} {seed}"), structure(seed)
    return who, DESIGNS[kind][seed % len(DESIGNS[kind])](who, lot)


def accounts_of(who: Structure, seed: int, day: date) -> Paper:
    """Accounts of one financial year, in the same design for the same number."""
    lot = Random(f"accounts {seed} {day.year}")
    designs = (national_bank, accountant, trial_balance, receipts, plain_accounts, jaarrekening)
    return designs[seed % len(designs)](who, lot, day)


def renamed(paper: Paper, title: str) -> Paper:
    """The same document under another title."""
    return replace(paper, title=title)
