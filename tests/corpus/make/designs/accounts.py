"""Accounts: the National Bank's models, an accountant's print, a balance, small ones, Dutch."""

from datetime import date
from random import Random

from tests.corpus.make.designs.people import Block, Paper, Structure, closing, money, written

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
    day = day or closing(lot)
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
    day, draft = day or closing(lot), lot.random() < 0.2
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
    day = day or closing(lot)
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
    day = day or closing(lot)
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
    day = day or closing(lot)
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
    day = day or closing(lot)
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


def bookkeeper(who: Structure, lot: Random, day: date | None = None) -> Paper:
    """As a program prints it: one column of balances, by account number."""
    day = day or closing(lot)
    first = _opening(day)
    rows = (
        *("100000 Fonds associatif", "140000 Bénéfice reporté", "174000 Emprunt", "230000 Machines"),
        *("230900 Amort. machines", "400000 Clients", "440000 Fournisseurs", "454000 ONSS", "550001 Banque"),
        *("610000 Loyers", "620200 Salaires employés", "700000 Ventes atelier", "740000 Subsides"),
    )
    blocks: list[Block] = [
        ("small", f"Page 1    Imprimé le 17/03/{day.year + 1}"),
        ("p", who.name.upper()),
        ("p", f"Exercice : {day.year}    Période : {first:%d/%m/%y} - {day:%d/%m/%y}"),
        ("t", [("Compte", "Solde EUR"), *((row, lot.choice(("", "-")) + money(lot)) for row in rows)]),
    ]
    title = lot.choice(("Bilan interne", "Balance des comptes généraux", "Bilan et compte de résultats"))
    return Paper("accounts", title, tuple(blocks), ("export {y}", "print", "BI {y}"), (day,))


def cash_books(who: Structure, lot: Random, day: date | None = None) -> Paper:
    """A journal for each month, and the year on the last sheet."""
    day = day or closing(lot)
    blocks: list[Block] = []
    for month in ("Janvier", "Février", "Mars"):
        rows = [(f"0{n}/01/{day.year}", "Vente" if n % 2 else "Achat", money(lot, 900)) for n in range(1, 8)]
        blocks += [("p", month), ("t", [("Date", "Libellé", "Montant"), *rows]), ("break", "")]
    gains, costs = (
        ("Cotisations", "Dons", "Subsides", "Ventes"),
        ("Loyer", "Matériel", "Assurances", "Divers"),
    )
    blocks += [
        ("p", f"{who.name} – du {_opening(day):%d/%m/%Y} au {day:%d/%m/%Y}"),
        ("h", "RECETTES"),
        ("t", [*((row, money(lot)) for row in gains), ("Total recettes", money(lot))]),
        ("h", "DÉPENSES"),
        ("t", [*((row, money(lot)) for row in costs), ("Total dépenses", money(lot))]),
        ("t", [("Résultat", money(lot, 9000)), ("Solde en banque", money(lot)), ("Caisse", money(lot, 500))]),
    ]
    return Paper("accounts", "", tuple(blocks), ("Classeur1", "caisse {y}", "compta {y}"), (day,))


def of_eighteen_months(who: Structure, lot: Random, day: date | None = None) -> Paper:
    """A first financial year that is a long one."""
    day = day or date(2025, 12, 31)
    first = date(day.year - 1, 7, 1) if day.month == 12 else date(day.year - 1, 1, 1)
    words = {"ACTIF": ("Actifs immobilisés", "Stocks", "Valeurs disponibles", "Total de l'actif")}
    words |= {"PASSIF": ("Capitaux propres", "Dettes", "Total du passif")}
    words |= {"COMPTE DE RÉSULTATS": ("Chiffre d'affaires", "Charges", "Bénéfice de l'exercice")}
    blocks: list[Block] = [
        ("p", f"{who.name} {who.form}"),
        ("p", f"Exercice de 18 mois : du {written(first)} au {written(day)}"),
    ]
    for head, rows in words.items():
        blocks += [("h", head), ("t", [(row, money(lot)) for row in rows])]
    return Paper(
        "accounts", "Comptes annuels – premier exercice", tuple(blocks), ("comptes", "premier bilan"), (day,)
    )
