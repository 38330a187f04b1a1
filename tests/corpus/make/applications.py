"""An application before it has a layout: what was typed under each question, what stands where one signs.

By seed. Some applicants answer everything, most leave something out, some stop half-way; some write « à
compléter », quote the question, or answer in Dutch.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from random import Random

from data.edition import Edition, Question, QuestionKind
from desk.demo.people import Applicant, Person, day
from tests.corpus.make.people import invent, prose, words
from tests.corpus.make.truth import ItemTruth, SignatureTruth

Typed = str | int | None


@dataclass(frozen=True, slots=True)
class Application:
    """One invented application; a layout turns it into a file."""

    seed: int
    edition: Edition
    applicant: Applicant
    answers: Mapping[str, Typed]
    """As typed, by question; None: left out."""
    truth: Mapping[str, ItemTruth]
    made: Mapping[str, str]
    """What stands where one signs, by signatory: a key of `SIGNED`."""
    notes: Mapping[str, str] = field(default_factory=dict)
    """What is typed there, if anything."""

    @property
    def lot(self) -> Random:
        """Chance for layouts: the same at each call."""
        return Random(f"layout {self.seed}")


SIGNED: Mapping[str, SignatureTruth] = {
    "pen": SignatureTruth("signed", "ink", "pen"),
    "initials": SignatureTruth("signed", "ink", "initials", ("unclear",)),
    "pen and stamp": SignatureTruth("signed", "ink", "pen and stamp"),
    "pen over name": SignatureTruth("signed", "ink", "pen over name"),
    "nothing": SignatureTruth("missing", None, "nothing"),
    "typed": SignatureTruth("missing", None, "typed"),
    "stamp": SignatureTruth("missing", None, "stamp", ("unclear",)),
    "cross": SignatureTruth("missing", None, "cross", ("unclear",)),
    "later": SignatureTruth("missing", None, "later", ("unclear",)),
    "electronic": SignatureTruth("missing", None, "electronic", ("unclear",)),
}
"""Everything that may stand where one signs, with what is true of it."""

_CHANCES = {
    "pen": 52, "initials": 5, "pen and stamp": 6, "pen over name": 4, "nothing": 15,
    "typed": 7, "stamp": 3, "cross": 2, "later": 3, "electronic": 3,
}  # fmt: skip
_LATER = ("à venir", "(à signer)", "signature à venir", "suivra par courrier")
_ELECTRONIC = (
    "signé électroniquement",
    "Signé électroniquement le 10/09/2026",
    "[signature]",
    "Lu et approuvé",
)


def invent_application(seed: int, edition: Edition) -> Application:
    """The application of this seed."""
    lot, applicant = Random(f"application {seed}"), invent(seed)
    manner = lot.choice(_MANNERS)
    answers: dict[str, Typed] = {}
    truth: dict[str, ItemTruth] = {}
    for number, question in enumerate(edition.questions.values()):
        said = manner(lot, number) and _said(lot, question, applicant)
        answers[question.id], truth[question.id] = said or (None, ItemTruth("blank"))
    made = {who.id: lot.choices(list(_CHANCES), list(_CHANCES.values()))[0] for who in edition.signatory}
    notes = {
        role: note for role, what in made.items() if (note := _note(lot, what, _person(applicant, role)))
    }
    return Application(seed, edition, applicant, answers, truth, made, notes)


def _person(applicant: Applicant, role: str) -> Person:
    return applicant.contact if role == "contact" else applicant.administrator


def _note(lot: Random, made: str, person: Person) -> str:
    """What is typed where the signature goes."""
    match made:
        case "typed" | "pen over name":
            return lot.choice((person.name, person.name.upper(), person.form_name))
        case "cross":
            return lot.choice(("X", "x", "XX"))
        case "later":
            return lot.choice(_LATER)
        case "electronic":
            return lot.choice(_ELECTRONIC)
        case _:
            return ""


# ---------------------------------------------------------------- how much is answered

_MANNERS: tuple[Callable[[Random, int], bool], ...] = (
    lambda lot, number: True,
    lambda lot, number: lot.random() > 0.02,
    lambda lot, number: lot.random() > 0.05,
    lambda lot, number: lot.random() > 0.12,
    lambda lot, number: lot.random() > 0.45,
    lambda lot, number: number < 27 or number > 44,
    lambda lot, number: not 36 < number < 46,
)
"""All, nearly all, most, half of them at random, up to the middle, all but the grid."""


# ---------------------------------------------------------------- what is said

Said = tuple[Typed, ItemTruth]


def _said(lot: Random, question: Question, applicant: Applicant) -> Said:
    plain = _general(lot, applicant).get(question.id)
    if question.kind is QuestionKind.SCALE:
        mark = lot.randint(1, 10)
        return mark, ItemTruth("answered", mark)
    if question.kind is QuestionKind.CHOICE:
        choice = lot.choice(question.choices)
        return choice, ItemTruth("answered", choice)
    if plain is not None:
        return plain, ItemTruth("answered", _iso(question, plain, applicant))
    return _open(lot, question)


def _iso(question: Question, typed: str, applicant: Applicant) -> str:
    """Days of the past as a reader should give them."""
    if question.id == "a1.created_on":
        return applicant.created_on.isoformat()
    return _BORN.get(typed, typed) if question.id == "a2.birth_date" else typed


_BORN = {
    "14/07/1985": "1985-07-14", "2 février 1990": "1990-02-02", "03.11.1978": "1978-11-03",
    "1er mai 1969": "1969-05-01", "9-12-1994": "1994-12-09", "21 août 1981": "1981-08-21",
}  # fmt: skip


def _general(lot: Random, who: Applicant) -> dict[str, str]:
    of, born = words(), lot.choice(sorted(_BORN))
    created = lot.choice(
        (
            f"{who.created_on:%d/%m/%Y}",
            day(who.created_on),
            f"{who.created_on:%d.%m.%Y}",
            f"{who.created_on:%d-%m-%y}",
        )
    )
    number = lot.choice(
        (who.number, f"BE {who.number}", f"BE{who.number.replace('.', '')}", who.number.replace(".", " "))
    )
    house = who.email.partition("@")[2]
    sites = (f"www.{house}", f"https://{house}/fr/", "/", "En construction", "Non")
    return {
        "a1.name": who.name,
        "a1.legal_form": who.legal_form,
        "a1.address": f"{who.street}, {who.town}",
        "a1.created_on": created,
        "a1.enterprise_number": number,
        "a1.capital": lot.choice(of["capital"]),
        "a1.fte": lot.choice(of["fte"]),
        "a1.social_agreement": lot.choice((*of["yes"], *of["no"])),
        "a1.website": lot.choice(sites),
        "a1.supported_elsewhere": lot.choice(of["supported"]),
        "a2.last_name": lot.choice((who.contact.last, who.contact.last.upper())),
        "a2.first_name": who.contact.first,
        "a2.gender": lot.choice(of["genders"]),
        "a2.birth_date": born,
        "a2.phone": who.phone,
        "a2.email": who.email,
        "a3.heard_from": lot.choice(of["heard"]),
        "a3.took_part": lot.choice(of["took_part"]),
        "s.place": who.place,
        "s.date": lot.choice((day(who.signed_on), f"{who.signed_on:%d/%m/%Y}", f"{who.signed_on:%d.%m.%y}")),
        "s.contact_name": lot.choice((who.contact.form_name, who.contact.name)),
        "s.contact_function": who.contact.function,
        "s.administrator_name": lot.choice((who.administrator.form_name, who.administrator.name)),
        "s.administrator_function": who.administrator.function,
    }  # fmt: skip


def _open(lot: Random, question: Question) -> Said:
    """An answer in sentences; now and then something else."""
    chance = lot.random()
    if chance < 0.03:
        text = lot.choice(words()["placeholders"])
        return text, ItemTruth("unclear", text, ("blank",) if text == "…" else ())
    if chance < 0.05:
        text = lot.choice(words()["dashes"])
        return text, ItemTruth("answered", text, ("unclear",))
    if chance < 0.13:
        text = lot.choice(words()["short"])
    elif chance < 0.23:
        text = lot.choice(words()["traps"]["quotes"])
    elif chance < 0.28:
        text = " ".join(lot.sample(words()["traps"][lot.choice(("nl", "en"))], 2))
    elif chance < 0.34:
        text = "\n".join(prose(lot, question.id, 5) for _ in range(lot.randint(3, 6)))
    else:
        text = "\n".join(prose(lot, question.id, 4) for _ in range(lot.choice((1, 1, 1, 2))))
    return text, ItemTruth("answered", text)
