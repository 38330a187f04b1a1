"""A mail's own text: where its writer takes leave, and where the mail begins that it answers."""

import re

MAIL_BODY = "message"
"""How the mail's own text is named as a file."""

_LONGEST_CLOSING = 60
"""In characters: what is longer says something."""

_CLOSING = re.compile(
    r"\W*(?:(?:bien )?(?:à|a) (?:vous|toi)\b|(?:bien |très )?cordialement\b"
    r"|(?:mes |nos )?(?:meilleures |sincères )?salutations\b"
    r"|(?:un grand )?merci (?:d.avance|beaucoup|pour|de votre)\b|(?:d.avance )?merci\W*$|d.avance,? merci"
    r"|(?:belle|bonne) (?:journée|soirée|réception|semaine)|à (?:bientôt|très bientôt)\W*$|-- ?$"
    r"|(?:met )?vriendelijke groet|mvg\b|(?:kind|best|warm) regards|sincerely)",
    re.IGNORECASE,
)
_EARLIER = re.compile(
    r"^(?:-{2,}\s?(?:original message|message d.origine|oorspronkelijk bericht).*"
    r"|(?:de|from|van)\s?:.*\n(?:.*\n){0,2}(?:envoyé|sent|date|verzonden|le|à|to|aan)\s?:)",
    re.IGNORECASE | re.MULTILINE,
)
"""How Outlook begins the mail that is answered, in which it marks no row."""
_BELOW = re.compile(
    r"\b(?:ci[ -]dessous|ci[ -]après|en (?:rouge|bleu|vert|couleur)|dans (?:le|votre) (?:texte|mail|message)"
    r"|hieronder|below)\b",
    re.IGNORECASE,
)
"""Who answers within the mail that is answered says so."""


def is_closing(row: str) -> bool:
    """Whether a writer takes leave here: « Bien à vous, »."""
    return len(row) <= _LONGEST_CLOSING and _CLOSING.match(row) is not None


def without_earlier(text: str) -> str:
    """A mail's text without the unmarked mail that it answers, unless answers stand there."""
    earlier = _EARLIER.search(text)
    if earlier is None or _BELOW.search(text[: earlier.start()]):
        return text
    return text[: earlier.start()]
