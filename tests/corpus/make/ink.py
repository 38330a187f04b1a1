"""What lies at a place to sign: text that was typed there, pictures of ink and stamps."""

from dataclasses import dataclass
from random import Random

from tests.corpus.make import pens
from tests.corpus.make.applications import Application
from tests.corpus.make.stamps import stamp

DPI = 200


@dataclass(frozen=True, slots=True)
class Laid:
    """Everything at one place."""

    text: str
    pictures: tuple[tuple[bytes, float], ...]
    """PNG and width in millimetres."""


def laid(application: Application, role: str) -> Laid:
    """What this signatory put at their place, as the application tells."""
    made = application.made[role]
    text = application.notes.get(role, "")
    pictures = []
    if made.startswith("pen") or made == "initials":
        pictures.append(_ink(application, role))
    if made.endswith("stamp"):
        who = application.applicant
        pictures.append((stamp(who.name, (who.street, who.town)), 42.0))
    return Laid(text, tuple(pictures))


def drawn(application: Application, role: str) -> tuple[pens.Drawing, pens.Pen]:
    """The strokes of a signatory, and the pen."""
    lot = Random(f"{application.applicant.key} {role}")
    write = pens.initials if application.made[role] == "initials" else pens.signature
    return write(lot), pens.PENS[lot.choice(sorted(pens.PENS))]


def _ink(application: Application, role: str) -> tuple[bytes, float]:
    """On paper or cut out, as people paste it."""
    drawing, pen = drawn(application, role)
    left, _, right, _ = pens.extent(drawing)
    return pens.clear_picture(drawing, pen, DPI), max(12.0, right - left)
