"""Dutch as our letters write it, in Belgium: dates, sizes, lists, and what is told of a dossier."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from data.edition import Language
from data.model import UnreadReason
from notifier._tongue import amount, listed, runs, stretch

CODE = "nl"
COLON = ": "
DAYS = ("maandag", "dinsdag", "woensdag", "donderdag", "vrijdag", "zaterdag", "zondag")
MONTHS = (
    *("januari", "februari", "maart", "april", "mei", "juni"),
    *("juli", "augustus", "september", "oktober", "november", "december"),
)
TOWNS = {"Brussels": "Brusselse tijd", "Amsterdam": "Nederlandse tijd"}
UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))
NBSP = "\N{NO-BREAK SPACE}"
_NO_BREAK = re.compile(
    r"(?<=«) | (?=»)|(?<=\bpagina) (?=\d)|(?<=\bpagina's) (?=\d)"
    rf"|(?<=\d) (?=(?:kB|MB|GB|bytes|uur|{'|'.join(MONTHS)})\b)|(?<=\d{{2}}) (?=\d\d\b)"
)
UNREAD: Mapping[UnreadReason, tuple[str, str, bool]] = {
    UnreadReason.ENCRYPTED: (
        "het bestand is met een wachtwoord beveiligd",
        "U kunt het ons zonder wachtwoord bezorgen.",
        True,
    ),
    UnreadReason.CORRUPT: (
        "het bestand gaat bij ons niet open",
        "U kunt het ons opnieuw bezorgen, liefst als pdf.",
        True,
    ),
    UnreadReason.EMPTY: ("het bestand is leeg aangekomen", "U kunt het ons opnieuw bezorgen.", True),
    UnreadReason.TOO_LARGE: (
        "het bestand is te groot om hier gelezen te worden",
        "U kunt het ons in verschillende bestanden bezorgen.",
        True,
    ),
    UnreadReason.SCAN: (
        "het is een beeld dat niet automatisch gelezen kon worden",
        "Iemand van het team leest het: u hoeft niets opnieuw te sturen.",
        False,
    ),
    UnreadReason.UNSUPPORTED: (
        "dit soort bestand gaat bij ons niet open",
        "U kunt het ons als pdf of in Word bezorgen.",
        True,
    ),
    UnreadReason.UNFAMILIAR: (
        "het bestand neemt de vragen van het formulier niet over",
        "Iemand van het team leest het: u hoeft niets opnieuw te sturen.",
        False,
    ),
    UnreadReason.TIMED_OUT: (
        "het bestand kon niet automatisch gelezen worden",
        "Iemand van het team opent het: u hoeft niets opnieuw te sturen.",
        False,
    ),
    UnreadReason.CRASHED: (
        "het bestand kon niet automatisch gelezen worden",
        "Iemand van het team opent het: u hoeft niets opnieuw te sturen.",
        False,
    ),
}
THINGS = {
    "form": ("een formulier", "formulieren"),
    "answer": ("een antwoord", "antwoorden"),
    "signature": ("een handtekening", "handtekeningen"),
    "annex": ("een bijlage", "bijlagen"),
    "detail": ("een verduidelijking", "verduidelijkingen"),
}
SUBJECTS: Mapping[str, str] = {
    "complete": "Goed ontvangen en volledig",
    "incomplete": "Aan te vullen",
    "doubtful": "Goed ontvangen, wordt nagekeken",
    "reminder": "Herinnering: aan te vullen",
    "withdrawn": "Intrekking bevestigd",
}
CAME = {
    "dossier": "uw kandidatuurdossier",
    "sequel": "het vervolg van uw dossier",
    "supplement": "uw aanvulling",
    "message": "uw bericht",
    "again": "uw nieuwe bericht",
}


# ---------------------------------------------------------------- dates, sizes, lists


def day(when: date, *, year: bool = True) -> str:
    """« maandag 14 september 2026 »."""
    words = f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"
    return f"{words} {when.year}" if year else words


def moment(when: datetime) -> str:
    """« maandag 14 september 2026 om 10 uur »."""
    hour = f"{when.hour}.{when.minute:02}" if when.minute else str(when.hour)
    return f"{day(when)} om {hour} uur"


def moment_exact(when: datetime) -> str:
    """« donderdag 10 september 2026 om 11:22:33 »."""
    return f"{day(when)} om {when:%H:%M:%S}"


def zone_name(zone: ZoneInfo) -> str:
    """« Brusselse tijd »."""
    town = zone.key.rpartition("/")[2].replace("_", " ")
    return TOWNS.get(town, f"tijd van {town}")


def span(first: date, last: date) -> str:
    """« tussen maandag 14 en vrijdag 18 september 2026 »."""
    return "tussen {} en {}".format(*stretch(first, last, day))


def size(size_bytes: int) -> str:
    """« 812 bytes », « 48 kB », « 1,2 MB »."""
    if size_bytes < 1000:
        return f"{size_bytes} byte{'' if size_bytes == 1 else 's'}"
    return amount(size_bytes, UNITS)


def join(parts: Iterable[str], last: str = "en") -> str:
    """« a, b en c »."""
    return listed(parts, last)


def pages(numbers: Iterable[int]) -> str:
    """« pagina 8 », « pagina's 14 tot 22 »; nothing for no page."""
    stretches = runs(numbers)
    if not stretches:
        return ""
    words = join(str(a) if a == b else f"{a} tot {b}" for a, b in stretches)
    return f"{'pagina' if stretches[0][0] == stretches[-1][1] else 'pagina’s'} {words}".replace("’", "'")


def quoted(words: str) -> str:
    return f"« {words} »"


def unbroken(text: str) -> str:
    """The same with no-break spaces where no line should end."""
    return _NO_BREAK.sub(NBSP, text)


# ---------------------------------------------------------------- how letters name things, and what they tell


def labelled(label: str, wording: str, own: str | None) -> str:
    return (
        f"{own} ({quoted(wording)})"
        if own and own != wording and wording
        else own or quoted(wording or label)
    )


def title(words: str) -> str:
    return quoted(words) if words.endswith("?") else words


def question(label: str) -> str:
    return label if label.startswith("«") else quoted(label)


def signature(label: str) -> str:
    return f"de handtekening van {label}"


def role(officer: str, own: Language | None) -> str:
    return own.role if own else officer


def form() -> str:
    return "het formulier"


def length(pages: int) -> str:
    return f"{pages} pagina's"


def in_files(files: Sequence[str]) -> str:
    return f"in {join(files)}"


def in_many_files(number: int, first: str, last: str) -> str:
    return f"in {number} bestanden, van {first} tot {last}"


def answered(done: int, wanted: int) -> str:
    if done == wanted:
        return "alle antwoorden" if wanted > 1 else "het antwoord"
    return f"{done} van de {wanted} antwoorden"


def all_answers(number: int) -> str:
    return f"de {number} antwoorden"


def questions(number: int, names: str) -> str:
    return f"{'vraag' if number == 1 else 'vragen'} {names}"


def personal(number: int) -> str:
    return "1 persoonlijk antwoord" if number == 1 else f"{number} persoonlijke antwoorden"


def counted(thing: str, number: int) -> str:
    one, many = THINGS[thing]
    return one if number == 1 else f"{number} {many}"


def typed_only() -> str:
    return "er staat een naam, zonder handtekening"


def partly(found: Sequence[int], lacking: Sequence[int], number: int) -> str:
    if not found:
        return "wij hebben er maar een deel van"
    others = "het andere jaar" if number == 1 else f"de {number} andere jaren"
    rest = join(str(year) for year in lacking) or others
    return f"wij hebben {join(str(year) for year in found)}, maar {rest} nog niet"


def older(years: Sequence[int]) -> str:
    return f"wij hebben {join(str(year) for year in years)} gelezen; iemand van het team kijkt ernaar"


def a_person_looks() -> str:
    return "iemand van het team kijkt ernaar"


def reason(french: str) -> str:
    return a_person_looks()


def perhaps_inside(blank: bool) -> str:
    read = "het formulier dat wij gelezen hebben lijkt leeg, een ander" if blank else "het"
    return f"{read} zit misschien in wat wij niet konden openen"


def link(hosts: str) -> tuple[str, str, str]:
    return (
        f"uw downloadlink ({hosts})" if hosts else "uw downloadlink",
        "wij openen links niet automatisch, en een link kan vervallen",
        "Wij raden u aan de bestanden als bijlage te sturen, zo nodig in verschillende berichten.",
    )


def filled_form(whole: bool, roles: Sequence[str]) -> str:
    signed = f", met de handtekening van {join(roles, 'en van')}" if roles else ""
    return f"het {'volledig ' if whole else ''}ingevulde formulier{signed}"


def signed_page(roles: Sequence[str]) -> str:
    return (
        f"de ondertekende pagina, met de handtekening van {join(roles, 'en van')} (een scan of foto volstaat)"
    )


def received_file(size: str, print_: str) -> str:
    return f"{size}, vingerafdruk {print_}"


def not_opened() -> str:
    return "ontvangen, niet automatisch geopend"


def unnamed() -> str:
    return "bestand zonder naam"


def contained(name: str, archive: str) -> str:
    return f"{name} (in {archive})"


def what_came(what: str, part: tuple[int, int] | None) -> str:
    return f"deel {part[0]} van {part[1]} van uw zending" if part else CAME[what]
