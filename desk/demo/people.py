"""The invented applicants: one TOML file each in `applicants/`, and what a form asks of them.

Nobody here exists. Addresses end in `.example` (RFC 2606), telephone numbers lie in 02 555 01 xx and
0460 00 xx xx, enterprise numbers have right check digits and wrong owners.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from data.edition import Edition

HERE = Path(__file__).parent / "applicants"
MONTHS = (
    *("janvier", "février", "mars", "avril", "mai", "juin"),
    *("juillet", "août", "septembre", "octobre", "novembre", "décembre"),
)


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who signs."""

    first: str
    last: str
    function: str

    @property
    def name(self) -> str:
        return f"{self.first} {self.last}"

    @property
    def form_name(self) -> str:
        """As the form asks: « Nom, prénom »."""
        return f"{self.last}, {self.first}"


@dataclass(frozen=True, slots=True)
class Applicant:
    """A social enterprise of Brussels, its people, and what it would answer."""

    key: str
    name: str
    legal_form: str
    street: str
    town: str
    created_on: date
    number: str
    """Enterprise number, as Belgians write it: « 0999.101.234 »."""
    contact: Person
    email: str
    phone: str
    administrator: Person
    signed_on: date
    place: str
    answers: Mapping[str, str]
    """By id of question, everything that the form asks."""
    purpose: str
    """The object, as the statutes word it."""
    deeds: tuple[str, ...]
    """What the activity report tells of the year."""
    career: tuple[str, ...]
    """Of the contact person, newest first."""
    turnover: int
    """Of 2025, in euros."""
    small: bool
    """Keeps simplified accounts: receipts and expenses, no balance sheet."""


def day(moment: date) -> str:
    """« 8 septembre 2026 »."""
    return f"{'1er' if moment.day == 1 else moment.day} {MONTHS[moment.month - 1]} {moment.year}"


def enterprise_number(first_eight: str) -> str:
    """Add the check digits: 97 less the rest of a division by 97."""
    digits = f"{first_eight}{97 - int(first_eight) % 97:02d}"
    return f"{digits[:4]}.{digits[4:7]}.{digits[7:]}"


def applicants(edition: Edition) -> dict[str, Applicant]:
    """All of them, by key, in the order of their files' names."""
    return dict(_applicants(edition.questions["a2.education"].choices))


@cache
def _applicants(education: tuple[str, ...]) -> tuple[tuple[str, Applicant], ...]:
    paths = sorted(HERE.glob("*.toml"))
    return tuple(
        (path.stem, _made(path.stem, tomllib.loads(path.read_text("utf-8")), education)) for path in paths
    )


def read(key: str, raw: dict[str, Any], edition: Edition) -> Applicant:
    """One of them, from what a file says."""
    return _made(key, raw, edition.questions["a2.education"].choices)


def _made(key: str, raw: dict[str, Any], education: tuple[str, ...]) -> Applicant:
    contact, administrator = (
        Person(raw[role]["first"], raw[role]["last"], raw[role]["function"])
        for role in ("contact", "administrator")
    )
    number = enterprise_number(raw["number"])
    return Applicant(
        key=key,
        name=raw["name"],
        legal_form=raw["legal_form"],
        street=raw["street"],
        town=raw["town"],
        created_on=raw["created_on"],
        number=number,
        contact=contact,
        email=raw["contact"]["email"],
        phone=raw["contact"]["phone"],
        administrator=administrator,
        signed_on=raw["signed_on"],
        place=raw["place"],
        answers=_answers(raw, number, contact, administrator, education),
        purpose=raw["purpose"],
        deeds=tuple(raw["deeds"]),
        career=tuple(raw["career"]),
        turnover=raw["turnover"],
        small=raw.get("small", False),
    )


def _answers(
    raw: dict[str, Any], number: str, contact: Person, administrator: Person, education: tuple[str, ...]
) -> dict[str, str]:
    born: date = raw["contact"]["born"]
    general = {
        "a1.name": raw["name"],
        "a1.legal_form": raw["legal_form"],
        "a1.address": f"{raw['street']}, {raw['town']}",
        "a1.created_on": f"{raw['created_on']:%d/%m/%Y}",
        "a1.enterprise_number": number,
        **{
            f"a1.{key}": raw[key]
            for key in ("capital", "fte", "social_agreement", "website", "supported_elsewhere")
        },
        "a2.last_name": contact.last,
        "a2.first_name": contact.first,
        "a2.gender": raw["contact"]["gender"],
        "a2.birth_date": day(born),
        "a2.education": education[raw["contact"]["education"] - 1],
        "a2.phone": raw["contact"]["phone"],
        "a2.email": raw["contact"]["email"],
        "a3.heard_from": raw["heard_from"],
        "a3.took_part": raw["took_part"],
    }
    numbered = {
        f"{section}.{number}": str(text)
        for section in ("b", "d1", "d2", "e")
        for number, text in enumerate(raw[section], 1)
    }
    signing = {
        "s.place": raw["place"],
        "s.date": day(raw["signed_on"]),
        "s.contact_name": contact.form_name,
        "s.contact_function": contact.function,
        "s.administrator_name": administrator.form_name,
        "s.administrator_function": administrator.function,
    }
    return general | numbered | signing
