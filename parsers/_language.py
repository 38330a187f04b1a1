"""Which language a text is in, by the commonest words of French, Dutch and English."""

import re

SMALL_WORDS = {
    "fr": r"le|la|les|des|du|une|un|et|est|que|qui|dans|pour|nous|vous|votre|nos|sur|avec|pas|sont|au",
    "nl": r"de|het|een|en|van|is|dat|die|in|voor|wij|u|uw|onze|op|met|niet|zijn|aan|te",
    "en": r"the|of|and|is|that|in|for|we|you|your|our|on|with|not|are|to|a|it|as|by",
}
ENOUGH = 3
"""So many small words make a language."""
SURELY, TIMES = 12, 4
"""So many, and so many times those of French, make a page that is not French at all."""


def language(text: str) -> str | None:
    """« fr », « nl » or « en »; None where too little is written."""
    counts = _counts(text)
    best = max(counts, key=lambda code: counts[code])
    return best if counts[best] >= ENOUGH else None


def foreign(text: str) -> str | None:
    """« nl » or « en » of a page that is surely that and hardly French; else None."""
    counts = _counts(text)
    best = max(counts, key=lambda code: counts[code])
    return best if best != "fr" and counts[best] >= max(SURELY, TIMES * counts["fr"]) else None


def _counts(text: str) -> dict[str, int]:
    lower = text.lower()
    return {code: len(re.findall(rf"\b(?:{small})\b", lower)) for code, small in SMALL_WORDS.items()}
