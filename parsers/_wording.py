"""Words for comparing: folded, without elisions, short forms written out. And what is no answer."""

import re
import unicodedata
from dataclasses import dataclass
from itertools import filterfalse

from rapidfuzz import fuzz

_WORD = re.compile(r"[eE]\s?[-‐–]\s?[mM]ails?\b|[nN][°º]|[^\W_]+")
_ELISIONS = {"l", "d", "s", "n", "c", "j", "m", "t", "qu"}
_APOSTROPHES = "'’ʼ‘`´"

_SAME = {
    **dict.fromkeys(("e mail", "mail", "mails", "courriel", "e mails", "emails"), "email"),
    **dict.fromkeys(("tel", "gsm", "portable"), "telephone"),
    **dict.fromkeys(("n°", "nº", "no", "num", "nr", "numeros"), "numero"),
    **dict.fromkeys(("bce", "kbo", "tva"), "entreprise"),
    **dict.fromkeys(("web", "siteweb"), "internet"),
    **dict.fromkeys(("structure", "organisation", "societe", "asbl"), "entreprise"),
    "etp": "equivalents",
    "prenoms": "prenom",
    "noms": "nom",
    "denomination": "nom",
}
"""Short forms and synonyms that people write in place of a label's own words."""

ANSWERS = frozenset({"oui", "non", "neant", "aucun", "aucune", "ja", "nee", "neen", "yes", "no"})
"""Words of which each answers alone: the last one of a label's line was not asked."""
STOP = frozenset(
    re.findall(
        r"\w+",
        "a ai au aux avec ce ces cet cette dans de des du e elle en est et etes eu fait il ils je la le les "
        "leur leurs lors mais meme mes mon ne nos notre nous on ou par pas plus pour que quel quelle quelles "
        "quels qui quoi s sa se ses si son sont sur ta te un une vos votre vous y",
    )
)
"""Words that say nothing about what a question asks."""

LEADERS = re.compile(
    r"(?:[.·․]\s?){4,}|_{2,}|…{2,}|(?:\.\s){3,}|(?:-\s?){5,}|[─━]{2,}|(?<!\S)(?:\.{2,3}|…)(?!\S)"
)
"""Dots and lines to write on."""

_HINTS = re.compile(
    r"cliquez (?:ou appuyez )?(?:ici|sur)\b[^.\n]{0,60}\.?"
    r"|(?:click (?:or tap|here)|klik (?:of tik|hier))\b[^.\n]{0,60}\.?"
    r"|cliquez ou appuyez\s*$|choisissez un\s[ée]l[ée]ment\.?"
    r"|(?:choisissez|s[ée]lectionnez) une?\b[^.\n]{0,40}\.?"
    r"|(?:choose an|kies een) item\.?|(?:voer|typ) hier\b[^.\n]{0,40}\.?"
    r"|(?:type|enter) your answer\b[^.\n]{0,20}\.?"
    r"|entrez (?:une date|du texte)[^.\n]{0,40}\.?"
    r"|(?:tapez|[ée]crivez|ins[ée]rez|saisissez|indiquez|notez|r[ée]digez|r[ée]pondez|compl[ée]tez)\b[^.\n]{0,40}?\bici\b\.?"
    r"|(?:votre|your|uw) (?:r[ée]ponse|texte|answer|text|antwoord) (?:ici|here|hier)\b\.?"
    r"|\b(?:jj|dd)\s?[/.-]\s?mm\s?[/.-]\s?(?:aa|yy|jj){1,2}\b"
    r"|(?:\(\s*)?(?:max(?:imum)?\.?\s*)?\d+ lignes? max(?:imum)?\.?(?: par r[ée]ponse)?(?:\s*\))?"
    r"|\((?:max(?:imum)?\.?\s*)?\d+ lignes?[^)]*\)"
    r"|\(\s*(?:biffe|raye|barre|entoure|coche|souligne|encercle)[rz]\b[^()\n]{0,60}\)"
    r"|(?:biffe|raye|barre)[rz]\s(?:la|les)\s(?:mentions?|r[ée]ponses?)\sinutiles?\.?"
    r"|\(?\b(?:schrappen|doorhalen) wat niet (?:past|van toepassing is)\b\.?\)?"
    r"|^(?:votre\s+)?r[ée]ponses?\s*:?\s*$|^(?:votre\s+)?(?:r[ée]ponses?|r[ée]p\.?|r\.?)\s*:\s*|\A(?:r\.?|a\s?:)\s*\Z",
    re.IGNORECASE | re.MULTILINE,
)
"""What forms print to invite an answer."""

_FILLER = re.compile(
    r"\W*(?:(?:reste )?[àâáäa@4] (?:compl[ée]ter|remplir|d[ée]finir|pr[ée]ciser|d[ée]terminer|venir|confirmer"
    r"|voir|faire|r[ée]diger|r[ée]pondre)"
    r"(?: (?:plus tard|ult[ée]rieurement|par .{0,30}|avec .{0,30}|d[èe]s que .{0,40}))?"
    r"|x{2,}|\?+|to\s?do|tbd|tbc|tba|[àa] c\.?|lorem ipsum.{0,400}|blabla.{0,40}|test|r[ée]ponse ici"
    r"|votre texte ici"
    r"|(?:sera|seront) (?:compl[ée]t|pr[ée]cis|confirm)[ée]e?s?(?: plus tard)?"
    r"|to be (?:completed|confirmed|defined|determined|done)|(?:nog|nader) te (?:bepalen|bevestigen)"
    r"|en cours de r[ée]daction|\[.{0,60}\]|<.{0,60}>|nog (?:in|aan) te vullen|aan te vullen)\W*",
    re.IGNORECASE | re.DOTALL,
)
"""What people write when they mean to come back; « à » also as it is read off paper."""

_INSTEAD = ("venir", "signer", "signe", "signera", "suivra", "suivre", "attente", "approuve", "approuver")
"""Words of « à venir », « sera signé », « lu et approuvé », folded."""
_ALIKE, _FEWEST = 80.0, 4
"""How like one of them a word is that was read unsurely; and how many letters it has."""
_DAY = re.compile(r"[0-3]?\d[/.-][01]?\d(?:[/.-](?:20)?\d\d)?")

DASH = re.compile(r"[\s/\\\-–—_.]*[/\\\-–—][\s/\\\-–—_.]*")
"""« - » or « / »: said on purpose, and saying little."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text, folded, and where it stands there."""

    text: str
    start: int
    end: int


_LETTERS = str.maketrans(
    {
        "œ": "oe",
        "Œ": "OE",
        "æ": "ae",
        "Æ": "AE",
        "ß": "ss",
        "ı": "i",
        "ł": "l",
        "Ł": "L",
        "ø": "o",
        "Ø": "O",
        "đ": "d",
    }
)
"""Letters that are no letter with an accent, and that others write without: « Yıldız », « Łukasz »."""


def fold(text: str) -> str:
    """Lower case, no accents, one kind of apostrophe and space."""
    if text.isascii():  # as most words are; this is asked of every word of every page
        return " ".join(text.replace("`", "'").lower().split())
    plain = "".join(filterfalse(unicodedata.combining, unicodedata.normalize("NFKD", text)))
    plain = plain.translate(_LETTERS)
    for apostrophe in _APOSTROPHES:
        plain = plain.replace(apostrophe, "'")
    return " ".join(plain.lower().split())


def words(text: str) -> list[Word]:
    """The words of a text, without elisions (« l' », « d' »)."""
    found = []
    for match in _WORD.finditer(text):
        folded = fold(match[0]).replace("-", " ").replace("  ", " ")
        after = text[match.end() : match.end() + 1]
        if folded in _ELISIONS and after and after in _APOSTROPHES:
            continue
        found.append(Word(_SAME.get(folded, folded), match.start(), match.end()))
    return found


def telling(text: str) -> frozenset[str]:
    """The words of a label that say what it asks; all of them where it has no other."""
    found = frozenset(word.text for word in words(text))
    return found - STOP or found


def stem(word: str) -> str:
    """What stays of a word when its ending changes."""
    return word[:5]


def without_leaders(text: str) -> str:
    """A text without the dots and lines it was written on."""
    return LEADERS.sub(" ", text)


def without_hints(text: str) -> str:
    """A text without the invitations to answer."""
    return _HINTS.sub(" ", text)


def is_filler(text: str) -> bool:
    """Whether this only holds a place."""
    return _FILLER.fullmatch(text) is not None


def says_instead(word: str) -> bool:
    """Whether a word is of what people write where they do not sign, or above their signature."""
    folded = fold(word).strip(".,;:!()")
    return len(folded) >= _FEWEST and any(fuzz.ratio(folded, each) >= _ALIKE for each in _INSTEAD)


def is_short_day(word: str) -> bool:
    """Whether a word is a day in figures, as people write beside their signature: « 12/09 », « 12.9.26 »."""
    return _DAY.fullmatch(word.strip(",;:()")) is not None


def is_dash(text: str) -> bool:
    """Whether this is a dash or a slash only."""
    return DASH.fullmatch(text.strip()) is not None


def has_content(text: str) -> bool:
    """Whether anything is said: a letter, a digit, a tick, a dash put on purpose."""
    return bool(re.search(r"[^\W_]|[☒☑✓✔✗✘❌✅]", text)) or is_dash(text)
