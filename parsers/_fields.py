"""Short answers: dates in French forms, numbers. What was written is never corrected, only understood."""

import re
from datetime import date

from parsers._wording import fold

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan januari january",
            "fevrier fevr fev februari february feb",
            "mars maart march mar mrt",
            "avril avr april apr",
            "mai mei may",
            "juin juni june jun",
            "juillet juil juli july jul",
            "aout augustus august aug",
            "septembre sept sep september",
            "octobre oct oktober october okt",
            "novembre nov november",
            "decembre dec december",
        ),
        1,
    )
    for name in names.split()
}
_NUMERIC = re.compile(r"(?<!\d)(\d{1,2})\s*[/.\-–\s]\s*(\d{1,2})\s*[/.\-–\s]\s*(\d{4}|\d{2})(?!\d)")
_ISO = re.compile(r"(?<!\d)(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_WRITTEN = re.compile(r"(?<!\d)(\d{1,2})\s*(?:er|e|ste|de|st|nd|rd|th)?\s+([a-z]{3,10})\.?,?\s+(\d{4})(?!\d)")
_FIRST = re.compile(r"(?<!\w)[li|](?=er\s+[a-z])")
"""« ler mai »: of the two ways to read it only one is a day."""
_WORDS = {
    "zero": 0, "un": 1, "une": 1, "deux": 2, "trois": 3, "quatre": 4, "cinq": 5,
    "six": 6, "sept": 7, "huit": 8, "neuf": 9, "dix": 10,
}  # fmt: skip


_WORTH = {
    **_WORDS, "premier": 1, "onze": 11, "douze": 12, "treize": 13, "quatorze": 14, "quinze": 15, "seize": 16,
    "vingt": 20, "trente": 30, "quarante": 40, "cinquante": 50, "soixante": 60, "septante": 70, "octante": 80,
    "nonante": 90,
}  # fmt: skip
_FRENCH_MONTHS = tuple(m for m in _MONTHS if len(m) > 2)
_NUMERALS = rf"(?:(?:{'|'.join(sorted(_WORTH, key=len, reverse=True))}|vingts|et)(?![a-z])[\s-]*)+"
_IN_WORDS = re.compile(
    rf"(?<![a-z])({_NUMERALS}|\d{{1,2}}(?:er)?\s+)({'|'.join(sorted(_MONTHS, key=len, reverse=True))})\s+"
    rf"(\d{{4}}|(?:deux[\s-]mille?|mille neuf cents?|dix[\s-]neuf cents?)[\s-]*(?:{_NUMERALS})?)"
)


def dates(text: str) -> list[date]:
    """Every full date in a text, in order of appearance; day before month, as in Belgium."""
    plain = in_digits(_FIRST.sub("1", fold(text)))
    found: list[tuple[int, date]] = []
    for pattern, order in ((_ISO, (3, 2, 1)), (_NUMERIC, (1, 2, 3))):
        for match in pattern.finditer(plain):
            day = _date(match[order[2]], match[order[1]], match[order[0]])
            if day is not None:
                found.append((match.start(), day))
    for match in _WRITTEN.finditer(plain):
        month = _MONTHS.get(match[2])
        day = _date(match[3], str(month), match[1]) if month else None
        if day is not None:
            found.append((match.start(), day))
    return [day for _, day in sorted(found)]


def in_digits(plain: str) -> str:
    """« douze mars deux mille dix-neuf » as « 12 mars 2019 »."""
    if not any(month in plain for month in _FRENCH_MONTHS):
        return plain
    return _IN_WORDS.sub(lambda said: f"{_told(said[1])} {said[2]} {_year(said[3])}", plain)


def _year(text: str) -> str:
    century = re.match(r"deux[\s-]mille?|(?:mille|dix[\s-]) ?neuf cents?", text)
    if century is None:
        return text
    return str((2000 if century[0].startswith("deux") else 1900) + _told(text[century.end() :]))


def _told(text: str) -> int:
    """« quatre-vingt-cinq » as 85, « septante et un » as 71: what is said adds up, but for the eighties."""
    words = re.findall(r"[a-z]+|\d+", re.sub(r"quatre[\s-]vingts?", "octante", text))
    return sum(int(word) if word.isdigit() else _WORTH.get(word, 0) for word in words)


def iso_date(text: str) -> str | None:
    """The one date that a text holds, as ISO; None where there is none, or more than one."""
    found = set(dates(text))
    return found.pop().isoformat() if len(found) == 1 else None


def names_day(text: str) -> bool:
    """Whether a day may be named here: by a digit, or by a month that is written out."""
    months = (word for word in re.findall(r"[a-z]+", fold(text)) if word in _MONTHS)
    return bool(re.search(r"\d", text)) or any(len(month) > 3 for month in months)


def is_day(text: str) -> bool:
    """Whether a text is a date and names nothing else: « , le 11 sept. 2026 »."""
    others = set(re.findall(r"[a-z]+", fold(text))) - _MONTHS.keys() - {"le", "er"}
    return iso_date(text) is not None and not others


def small_number(text: str) -> int | None:
    """A whole number, written in digits or, up to ten, as a French word."""
    plain = fold(text).strip(" .:=")
    if re.fullmatch(r"\d{1,3}", plain):
        return int(plain)
    return _WORDS.get(plain)


def _date(year: str, month: str, day: str) -> date | None:
    full = int(year)
    if full < 100:
        full += 2000 if full <= 40 else 1900
    try:
        return date(full, int(month), int(day))
    except ValueError:
        return None
