"""Who wrote a mail that was passed on in the text of another: the header block that mail programs quote.

« De : Aline Peeters <aline@laremise.example> », « Envoyé : … », « Objet : … » – in French, Dutch, English
and German, with or without « > », by Outlook, Gmail, Apple Mail and Thunderbird. A reply quotes its mail in
the same way, so a block counts only where the mail says that it passes something on.
"""

import re
from collections.abc import Iterator, Sequence

from data.model import Address
from ingest.headers import addresses
from ingest.wording import is_forward

MAX_LINES = 400
"""Lines of text in which a block is looked for; what is passed on begins near the top."""
_BLOCK = 8
"""Lines among which the fields of one block stand."""

_MARK = re.compile(
    r"[-_ ]*(?:message transf[ée]r[ée]|(?:d[ée]but du )?message r[ée]exp[ée]di[ée]"
    r"|forwarded message|begin forwarded message|doorgestuurd bericht|begin doorgestuurd bericht"
    r"|weitergeleitete nachricht)[-_ :]*",
    re.IGNORECASE,
)
_FROM = re.compile(r"\*?(?:de|from|van|von|exp[ée]diteur)\*?\s?:\*?\s*(\S.*)", re.IGNORECASE)
_ABOUT = re.compile(r"\*?(?:objet|sujet|subject|onderwerp|betreff)\*?\s?:", re.IGNORECASE)
_WHEN_OR_TO = re.compile(
    r"\*?(?:envoy[ée]|date|sent|verzonden|gesendet|datum|[àa]|pour|to|aan|an)\*?\s?:", re.IGNORECASE
)


def forwarded_from(subject: str, text: str, sender: Address | None) -> Address | None:
    """The writer of the mail that this one passes on.

    Where colleagues passed it on to each other, the first from another house than the sender's.
    """
    lines = [line.lstrip("> \t").rstrip() for line in text.splitlines()[:MAX_LINES]]
    if not (is_forward(subject) or any(map(_MARK.fullmatch, lines))):
        return None
    return outsider(list(_writers(lines)), sender)


def outsider(writers: Sequence[Address], sender: Address | None) -> Address | None:
    """The first writer from another house than the sender's; failing that, the first."""
    house = _house(sender)
    return next((each for each in writers if _house(each) != house), next(iter(writers), None))


def _writers(lines: list[str]) -> Iterator[Address]:
    """The senders that stand in blocks which name a subject too, and a day or recipient."""
    for place, line in enumerate(lines):
        if not (told := _FROM.fullmatch(line)):
            continue
        block = lines[max(0, place - _BLOCK // 2) : place + _BLOCK]
        found = addresses(told[1].replace("[mailto:", "<").replace("*", "").replace("]", ">"))
        if found and any(map(_ABOUT.match, block)) and any(map(_WHEN_OR_TO.match, block)):
            yield found[0]


def _house(address: Address | None) -> str:
    return address.email.lower().rpartition("@")[2] if address else ""
