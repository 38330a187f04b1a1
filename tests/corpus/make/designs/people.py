"""Who writes, what a document is before it has a format, and how days and amounts are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
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


def closing(lot: Random, last: int = 2025) -> date:
    return date(last, 6, 30) if lot.random() < 0.12 else date(last, 12, 31)
