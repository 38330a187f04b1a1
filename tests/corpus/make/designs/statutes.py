"""Statutes: coordinated, before a notary, as published, private, Dutch."""

from random import Random

from tests.corpus.make.designs.people import FIRST, LAST, Block, Paper, Structure, written

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
