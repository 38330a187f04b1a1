"""The language that a mail's writer uses: French, Dutch or English, or nobody can say.

By small words that only one of the three has. It decides nothing but the language of our answer, so it
leans to French, the form's own: a mail that also holds French is French, as is one with too few words.
"""

import re

ENOUGH = 3
"""So many small words make a language."""
_WORDS = {
    "fr": "bonjour bonsoir madame monsieur cher chère nous vous notre nos votre vos le les des du une est et"
    " sont avec pour dans sur que qui voici voilà ci-joint joint joints merci cordialement bien être avons"
    " souhaitons avez veuillez trouverez bonne journée salutations je mon ma mes pas",
    "nl": "beste geachte dag goeiedag goedemorgen hallo wij ons onze uw jullie het een van voor met niet naar"
    " ook zijn hebben heeft wordt bijlage bijgevoegd hierbij vindt vriendelijke groeten groet dank alvast"
    " bedankt graag kandidatuur aanvraag ik mijn dit deze zoals nog maar bij om",
    "en": "dear hello hi we our your you the this that is are of and with have has please find attached"
    " enclosed hereby regards kind best sincerely thank thanks would will from my i application",
}
SMALL_WORDS = {code: frozenset(words.split()) for code, words in _WORDS.items()}
QUOTED = re.compile(
    r"^\s*(?:>|-{2,}\s*(?:original|message|oorspronkelijk|forwarded)|-- ?$|_{5,}"
    r"|(?:le|on|op) .{5,120}(?:a écrit|wrote|schreef)\b|(?:from|van|de) ?: .*@)",
    re.IGNORECASE,
)
"""Where a mail's own words end: an older mail, or the signature."""


def language_of(text: str) -> str | None:
    """« fr », « nl » or « en »; None where too little is said."""
    words = re.findall(r"[^\W\d_]+(?:-[^\W\d_]+)*", own_words(text).lower())
    counts = {code: sum(word in small for word in words) for code, small in SMALL_WORDS.items()}
    if counts["fr"] >= ENOUGH:
        return "fr"
    first, second = sorted(counts, key=lambda code: -counts[code])[:2]
    clear = counts[first] >= ENOUGH and counts[first] >= 2 * counts[second]
    return first if clear else None


def own_words(text: str) -> str:
    """What the writer says, without the mail that is answered and without the signature."""
    lines = []
    for line in text.splitlines():
        if QUOTED.match(line):
            break
        lines.append(line)
    return "\n".join(lines)
