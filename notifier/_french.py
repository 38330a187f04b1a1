"""French as our letters write it: dates, sizes, lists, pages.

After *Écrire pour être lu* (Fédération Wallonie-Bruxelles): the day of the week with every date, hours
as « 16h42 », and the zone named by its town.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from data.edition import Language
from data.model import UnreadReason
from notifier._tongue import amount, listed, runs, stretch

CODE = "fr"
COLON = " : "

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
    rf"|(?<=\d) (?=(?:ko|Mo|Go|octets?|{'|'.join(MONTHS)})\b)|(?<=\d{{2}}) (?=\d\d\d?\b)"
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
    return "entre le {} et le {}".format(*stretch(first, last, day))


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
    return amount(size_bytes, UNITS)


def count(number: int, name: str, plural: str | None = None) -> str:
    """« 1 réponse », « 5 réponses »; in French, zero is singular."""
    return f"{number} {name if number < 2 else plural or name + 's'}"


def join(parts: Iterable[str], last: str = "et") -> str:
    """« a, b et c »."""
    return listed(parts, last)


def pages(numbers: Iterable[int]) -> str:
    """« page 8 », « pages 14 à 22 », « pages 3, 5 et 7 à 9 »; nothing for no page."""
    stretches = runs(numbers)
    if not stretches:
        return ""
    words = join(str(a) if a == b else f"{a} à {b}" if b > a + 1 else f"{a} et {b}" for a, b in stretches)
    if len(stretches) > 1:  # « 1 et 2 » inside a longer list would read as two joins
        words = join(str(a) if a == b else f"{a} à {b}" for a, b in stretches)
    return f"{'page' if stretches[0][0] == stretches[-1][1] else 'pages'} {words}"


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


# ---------------------------------------------------------------- how letters name things, and what they tell

UNREAD: Mapping[UnreadReason, tuple[str, str, bool]] = {
    UnreadReason.ENCRYPTED: (
        "le fichier est protégé par un mot de passe",
        "Vous pouvez nous l'envoyer sans mot de passe.",
        True,
    ),
    UnreadReason.CORRUPT: (
        "le fichier ne s'ouvre pas chez nous",
        "Vous pouvez nous l'envoyer une nouvelle fois, en PDF si possible.",
        True,
    ),
    UnreadReason.EMPTY: ("le fichier est arrivé vide", "Vous pouvez nous l'envoyer une nouvelle fois.", True),
    UnreadReason.TOO_LARGE: (
        "le fichier est trop volumineux, ou fait de trop de fichiers l'un dans l'autre, pour être ouvert ici",
        "Vous pouvez nous l'envoyer en plusieurs fichiers, sans archive.",
        True,
    ),
    UnreadReason.SCAN: (
        "c'est une image, qui n'a pas pu être lue automatiquement",
        "Une personne va la lire : vous n'avez rien à renvoyer.",
        False,
    ),
    UnreadReason.UNSUPPORTED: (
        "ce type de fichier ne s'ouvre pas chez nous",
        "Vous pouvez nous l'envoyer en PDF ou en Word.",
        True,
    ),
    UnreadReason.UNFAMILIAR: (
        "le fichier ne reprend pas les questions du formulaire",
        "Une personne va le lire : vous n'avez rien à renvoyer.",
        False,
    ),
    UnreadReason.TIMED_OUT: (
        "le fichier n'a pas pu être lu automatiquement",
        "Une personne va l'ouvrir : vous n'avez rien à renvoyer.",
        False,
    ),
    UnreadReason.CRASHED: (
        "le fichier n'a pas pu être lu automatiquement",
        "Une personne va l'ouvrir : vous n'avez rien à renvoyer.",
        False,
    ),
}
THINGS = {
    "form": "formulaire",
    "answer": "réponse",
    "signature": "signature",
    "annex": "annexe",
    "detail": "précision",
}
SUBJECTS: Mapping[str, str] = {
    "complete": "Bien reçu et complet",
    "incomplete": "À compléter",
    "doubtful": "Bien reçu, en cours de vérification",
    "reminder": "Rappel : à compléter",
    "withdrawn": "Retrait confirmé",
}
CAME = {
    "dossier": "votre dossier de candidature",
    "sequel": "la suite de votre dossier",
    "supplement": "votre complément",
    "message": "votre message",
    "again": "votre nouveau message",
}


def labelled(label: str, wording: str, own: str | None) -> str:
    return label


def title(words: str) -> str:
    return words


def question(label: str) -> str:
    return label


def signature(label: str) -> str:
    return f"la signature {of(label)}"


def role(officer: str, own: Language | None) -> str:
    return officer


def form() -> str:
    return "le formulaire"


def length(pages: int) -> str:
    return f"{pages} pages"


def in_files(files: Sequence[str]) -> str:
    return f"dans {join(files)}"


def in_many_files(number: int, first: str, last: str) -> str:
    return f"dans {number} fichiers, de {first} à {last}"


def answered(done: int, wanted: int) -> str:
    if done == wanted:
        return "toutes les réponses" if wanted > 1 else "la réponse"
    return f"{count(done, 'réponse')} sur {wanted}"


def all_answers(number: int) -> str:
    return f"les {number} réponses"


def questions(number: int, names: str) -> str:
    return f"{'question' if number == 1 else 'questions'} {names}"


def personal(number: int) -> str:
    return count(number, "réponse personnelle", "réponses personnelles")


def counted(thing: str, number: int) -> str:
    one = f"{'un' if thing == 'form' else 'une'} {THINGS[thing]}"
    return one if number == 1 else f"{number} {THINGS[thing]}s"


def page_lost() -> str:
    return "une page manque peut-être"


def typed_only() -> str:
    return "un nom est écrit, sans signature"


def partly(found: Sequence[int], lacking: Sequence[int], number: int) -> str:
    if not found:
        return "nous n'en avons qu'une partie"
    others = "l'autre année" if number == 1 else f"les {number} autres années"
    rest = join(str(year) for year in lacking) or others
    return f"nous avons {join(str(year) for year in found)}, mais pas {rest}"


def older(years: Sequence[int]) -> str:
    read = join(str(year) for year in years)
    which = "les exercices" if len(years) > 1 else "l'exercice"
    return f"nous avons lu {which} {read} ; une personne va regarder"


def a_person_looks() -> str:
    return "à regarder par une personne"


def reason(french: str) -> str:
    return french.rstrip(".")


def perhaps_inside(blank: bool) -> str:
    read = "celui que nous avons lu semble vide, un autre" if blank else "il"
    return f"{read} se trouve peut-être dans ce que nous n'avons pas pu ouvrir"


def link(hosts: str) -> tuple[str, str, str]:
    return (
        f"votre lien de téléchargement ({hosts})" if hosts else "votre lien de téléchargement",
        "nous n'ouvrons pas les liens automatiquement, et un lien peut expirer",
        "Nous vous conseillons d'envoyer les fichiers en pièces jointes, en plusieurs messages s'il le faut.",
    )


def filled_form(whole: bool, roles: Sequence[str]) -> str:
    signed = f", avec la signature {join(of(each) for each in roles)}" if roles else ""
    return f"le formulaire complété{', en entier' if whole else ''}{signed}"


def signed_page(roles: Sequence[str]) -> str:
    return (
        f"la page signée, avec la signature {join(of(each) for each in roles)} (un scan ou une photo suffit)"
    )


def received_file(size: str, print_: str) -> str:
    return f"{size}, empreinte {print_}"


def not_opened() -> str:
    return "reçu, pas ouvert automatiquement"


def unnamed() -> str:
    return "fichier sans nom"


def contained(name: str, archive: str) -> str:
    return f"{name} (dans {archive})"


def what_came(what: str, part: tuple[int, int] | None) -> str:
    return f"la partie {part[0]} sur {part[1]} de votre envoi" if part else CAME[what]
