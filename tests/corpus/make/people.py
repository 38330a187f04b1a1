"""Who applies: an invented structure and its people, by seed.

They are the demo's `Applicant`, so that whatever writes annexes for one writes them for the other. Nobody
here exists: addresses end in `.example`, telephone numbers lie where nobody is called, enterprise numbers
have right check digits.
"""

import tomllib
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from desk.demo.people import Applicant, Person, enterprise_number

HERE = Path(__file__).parent


@cache
def words() -> dict[str, Any]:
    """Names and sentences, from `words.toml`."""
    return tomllib.loads((HERE / "words.toml").read_text("utf-8"))


@cache
def invent(seed: int) -> Applicant:
    """The structure of this seed: the same for its form and for each of its annexes."""
    lot, of = Random(f"people {seed}"), words()
    name = _name(lot)
    contact = Person(lot.choice(of["first"]), lot.choice(of["last"]), lot.choice(of["contact_functions"]))
    administrator = Person(
        lot.choice([first for first in of["first"] if first != contact.first]),
        lot.choice([last for last in of["last"] if last != contact.last]),
        lot.choice(of["administrator_functions"]),
    )
    house = "".join(letter for letter in name.lower() if letter.isascii() and letter.isalpha())
    return Applicant(
        key=f"{house}-{seed}",
        name=name,
        legal_form=lot.choice(of["forms"]),
        street=f"{lot.choice(of['streets'])} {lot.randint(1, 340)}{lot.choice(['', ' bte 3', 'A', '/2'])}",
        town=lot.choice(of["towns"]),
        created_on=date(2009, 1, 5) + timedelta(days=lot.randrange(5200)),
        number=enterprise_number(f"{lot.choice(['0999', '1999'])}{lot.randrange(10**4):04d}"),
        contact=contact,
        email=f"{lot.choice(['info', 'contact', 'bonjour'])}@{house[:18]}.example",
        phone=lot.choice(["0460 00", "0460/00", "+32 460 00"])
        + f" {lot.randrange(100):02d} {lot.randrange(100):02d}",
        administrator=administrator,
        signed_on=date(2026, 9, 1) + timedelta(days=lot.randrange(13)),
        place=lot.choice(of["places"]),
        answers={"a1.fte": lot.choice(["2", "4,5", "11"]), **{q: prose(lot, q) for q in ("b.3", "b.10")}},
        purpose=f"L’association a pour but de soutenir les habitants et habitantes. {prose(lot, 'b.1')}",
        deeds=tuple(prose(lot, question) for question in ("b.1", "b.2", "b.7", "b.12")),
        career=_career(lot, name, contact),
        turnover=lot.randrange(40, 900) * 1000,
        small=lot.random() < 0.4,
    )


def prose(lot: Random, question: str, most: int = 3) -> str:
    """Some sentences on a question."""
    own, any_ = words()["said"].get(question, []), words()["said"]["any"]
    return " ".join([*lot.sample(own, min(1, len(own))), *lot.sample(any_, lot.randrange(most))]) or any_[0]


def _name(lot: Random) -> str:
    of = words()
    name = f"{lot.choice(of['nouns'])} {lot.choice(of['links'])} {lot.choice(of['names'])}"
    return lot.choice(["", "", "Les Amis de la ", "L’ASBL "]) + name


def _career(lot: Random, name: str, contact: Person) -> tuple[str, ...]:
    year = lot.randrange(2016, 2023)
    return (
        f"{year} – aujourd’hui : {contact.function.lower()}, {name}.",
        f"{year - 6} – {year} : chargé·e de mission, Maison de quartier Bonnevie.",
        f"{year - 8} : master en gestion culturelle, Université libre de Bruxelles.",
    )
