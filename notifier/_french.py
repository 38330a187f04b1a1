"""French as our letters write it: dates, sizes, lists, pages.

After *Écrire pour être lu* (Fédération Wallonie-Bruxelles): the day of the week with every date, hours
as « 16h42 », and the zone named by its town.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

DAYS = ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche")
MONTHS = (
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
)
TOWNS = {
    "Brussels": "Bruxelles",
    "London": "Londres",
    "Lisbon": "Lisbonne",
    "Vienna": "Vienne",
    "Athens": "Athènes",
}
"""Towns of zones whose French name differs from the zone's own."""

UNITS = ((10**9, "Go"), (10**6, "Mo"), (10**3, "ko"))
NBSP = "\N{NO-BREAK SPACE}"
_NO_BREAK = re.compile(
    r" (?=[:;?!»])|(?<=«) |(?<=\bpage) (?=\d)|(?<=\bpages) (?=\d)"
    rf"|(?<=\d) (?=(?:ko|Mo|Go|octets?|{'|'.join(MONTHS)})\b)|(?<=\d{{2}}) (?=\d\d\b)"
)


def day(when: date, *, year: bool = True) -> str:
    """« lundi 14 septembre 2026 »."""
    number = "1er" if when.day == 1 else str(when.day)
    words = f"{DAYS[when.weekday()]} {number} {MONTHS[when.month - 1]}"
    return f"{words} {when.year}" if year else words


def hour(when: datetime) -> str:
    """« 10h », « 16h42 »."""
    return f"{when.hour}h{when.minute:02}" if when.minute else f"{when.hour}h"


def moment(when: datetime) -> str:
    """« lundi 14 septembre 2026 à 10h », on the clock that `when` carries."""
    return f"{day(when)} à {hour(when)}"


def moment_exact(when: datetime) -> str:
    """« jeudi 10 septembre 2026 à 11:22:33 », for what must be proven to the second."""
    return f"{day(when)} à {when:%H:%M:%S}"


def zone_name(zone: ZoneInfo) -> str:
    """« heure de Bruxelles »."""
    town = zone.key.rpartition("/")[2].replace("_", " ")
    return f"heure {of(TOWNS.get(town, town))}"


def offset(when: datetime) -> str:
    """« UTC+2 »."""
    minutes = int((when.utcoffset() or timedelta()).total_seconds()) // 60
    hours, rest = divmod(abs(minutes), 60)
    sign = "+" if minutes >= 0 else "−"
    return f"UTC{sign}{hours}:{rest:02}" if rest else f"UTC{sign}{hours}"


def span(first: date, last: date) -> str:
    """« entre le lundi 14 et le vendredi 18 septembre 2026 »."""
    same_month = (first.year, first.month) == (last.year, last.month)
    start = " ".join(day(first).split(" ")[:2]) if same_month else day(first, year=first.year != last.year)
    return f"entre le {start} et le {day(last)}"


def countdown(days: int) -> str:
    """« aujourd'hui », « demain », « dans 7 jours »."""
    if days < 0:
        return "hier" if days == -1 else f"il y a {-days} jours"
    return {0: "aujourd'hui", 1: "demain"}.get(days, f"dans {days} jours")


def lateness(late_by: timedelta) -> str:
    """« 1 seconde », « 3 minutes », « 2 heures », « 4 jours »: the largest unit that fits, cut down."""
    seconds = int(late_by.total_seconds())
    for size_s, name in ((86400, "jour"), (3600, "heure"), (60, "minute")):
        if seconds >= size_s:
            return count(seconds // size_s, name)
    return count(seconds, "seconde")


def size(size_bytes: int) -> str:
    """« 812 octets », « 48 ko », « 1,2 Mo »."""
    if size_bytes < 1000:
        return "0 octet" if not size_bytes else count(size_bytes, "octet")
    unit_bytes, unit = next(each for each in UNITS if size_bytes >= each[0])
    amount = size_bytes / unit_bytes
    number = f"{amount:.1f}".removesuffix(".0") if amount < 9.95 else f"{amount:.0f}"
    return f"{number.replace('.', ',')} {unit}"


def count(number: int, name: str, plural: str | None = None) -> str:
    """« 1 réponse », « 5 réponses »; in French, zero is singular."""
    return f"{number} {name if number < 2 else plural or name + 's'}"


def join(parts: Iterable[str], last: str = "et") -> str:
    """« a, b et c »."""
    words = list(parts)
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} {last} {words[-1]}"


def pages(numbers: Iterable[int]) -> str:
    """« page 8 », « pages 14 à 22 », « pages 3, 5 et 7 à 9 »; nothing for no page."""
    runs = list(_runs(sorted(set(numbers))))
    if not runs:
        return ""
    words = join(str(a) if a == b else f"{a} à {b}" if b > a + 1 else f"{a} et {b}" for a, b in runs)
    if len(runs) > 1:  # « 1 et 2 » inside a longer list would read as two joins
        words = join(str(a) if a == b else f"{a} à {b}" for a, b in runs)
    return f"{'page' if runs == [(runs[0][0], runs[0][0])] else 'pages'} {words}"


def _runs(numbers: Sequence[int]) -> Iterable[tuple[int, int]]:
    start = 0
    for end in range(1, len(numbers) + 1):
        if end == len(numbers) or numbers[end] != numbers[end - 1] + 1:
            yield numbers[start], numbers[end - 1]
            start = end


def of(label: str) -> str:
    """« de la personne », « du bilan », « de l'administrateur ou de l'administratrice »."""
    label = re.sub(r"\bou (?=l['’]|la |le |les )", "ou de ", label).replace("ou de le ", "ou du ")
    if label.startswith("le "):
        return "du " + label[3:]
    if label.startswith("les "):
        return "des " + label[4:]
    vowel = unicodedata.normalize("NFD", label[:1]).lower()[:1] in set("aeiouy")
    return f"d'{label}" if vowel else f"de {label}"


def quoted(words: str) -> str:
    """« words », as French quotes."""
    return f"« {words} »"


def sentence(words: str) -> str:
    """The same with a capital first letter."""
    return words[:1].upper() + words[1:]


def shown(name: str) -> str:
    """What a stranger wrote, fit for one line: no control or bidirectional sign, one kind of space."""
    kept = "".join(
        " " if unicodedata.category(sign) in ("Zs", "Zl", "Zp", "Cc") else sign
        for sign in name
        if unicodedata.category(sign) not in ("Cf", "Cs", "Co", "Cn")
    )
    return " ".join(kept.split())


def unbroken(text: str) -> str:
    """The same with no-break spaces where French typography wants no line to end."""
    return _NO_BREAK.sub(NBSP, text)
