"""Whether a mail comes from where it says, by what the server that received it wrote on top (RFC 8601).

Anybody can write an Authentication-Results header. Every server puts its own above what it was given, and
a border server takes away those that bear its own name (RFC 8601, 5): so the topmost header alone is read,
and only if it bears the name that the settings say our server signs with. Three values: proven, disproven,
unknown. Unknown is the rule, since most small houses publish neither DKIM nor DMARC.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from data.model import Envelope

NO_NAME = ""
"""The authserv-id of a server that writes none before its results, as Microsoft 365 does."""

_COMMENT = re.compile(r"\((?:[^()\\]|\\.)*\)")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"')
_RESULT = re.compile(r"\s*([\w-]+)(?:/\d+)?\s*=\s*([\w-]+)")
_PROPERTY = re.compile(r'(?<!\S)([\w-]+\.[\w-]+|action)\s*=\s*((?:"(?:[^"\\]|\\.)*"|[^\s;"]+)+)')
_NO_POLICY = re.compile(r"\b(?:p|policy|dis)\s*=\s*none\b", re.IGNORECASE)
_MAX = 4000


@dataclass(frozen=True, slots=True)
class Result:
    """What one method found."""

    method: str
    """« spf », « dkim », « dmarc »."""
    value: str
    """« pass », « fail », « none », « softfail », …"""
    properties: dict[str, str] = field(default_factory=dict)
    """« header.from » → « laremise.example », in lower case."""
    lenient: bool = False
    """For DMARC: the domain's own policy asks for nothing to be done."""


def sender_verified(envelope: Envelope, authserv_id: str | None) -> bool | None:
    """Whether the address in From was proven (True), disproven (False), or neither.

    Args:
        authserv_id: the name our own server signs its results with; None trusts nobody's.
    """
    if authserv_id is None or envelope.sender is None:
        return None
    found = tuple(results(envelope.authentication, authserv_id))
    domain = envelope.sender.email.lower().rpartition("@")[2]
    if any(_forbids(each, domain) for each in found):
        return False
    if any(_proves(each, domain) for each in found):
        return True
    signed = any((each.method, each.value) == ("dkim", "pass") for each in found)
    return False if not signed and any(_disowns(each, domain) for each in found) else None


def results(header: str, authserv_id: str) -> Iterator[Result]:
    """The results in a header, if it bears the name."""
    text = header[:_MAX]
    told, _, rest = text.partition(";")
    if authserv_id == NO_NAME:
        rest = text if _RESULT.match(_bare(told)) else ""
    elif _name(told) != authserv_id.lower():
        return
    for part in _parts(rest):
        if found := _RESULT.match(_bare(part)):
            named: dict[str, str] = {}
            for key, value in _PROPERTY.findall(_bare(part)):
                named.setdefault(key.lower(), value.lower())
            lenient = bool(_NO_POLICY.search(part)) or named.get("action") == "none"
            yield Result(found[1].lower(), found[2].lower(), named, lenient)


def _bare(text: str) -> str:
    """Without comments, in which a sender's own words may stand."""
    while (plain := _COMMENT.sub(" ", text)) != text:
        text = plain
    return text


def _name(told: str) -> str:
    """The authserv-id before the first semicolon; a version may follow it."""
    words = _QUOTED.sub(r"\1", _bare(told)).split()
    return words[0].lower() if words else ""


def _parts(text: str) -> Iterator[str]:
    """The results, each with its comments; a semicolon within a comment or quotes parts nothing."""
    depth, quoted, start = 0, False, 0
    for place, letter in enumerate(text):
        if letter == '"' and not depth and text[place - 1 : place] != "\\":
            quoted = not quoted
        elif not quoted and letter in "()":
            depth = max(0, depth + (1 if letter == "(" else -1))
        elif letter == ";" and not (depth or quoted):
            yield text[start:place]
            start = place + 1
    yield text[start:]


# ---------------------------------------------------------------- what a result says of the sender


def _proves(result: Result, domain: str) -> bool:
    if result.value != "pass":
        return False
    claimed = {
        "dmarc": ("header.from",),
        "dkim": ("header.d", "header.i"),
        "spf": ("smtp.mailfrom", "smtp.mail"),
    }.get(result.method, ())
    return any(_aligned(result.properties[each], domain) for each in claimed if each in result.properties)


def _forbids(result: Result, domain: str) -> bool:
    """Whether DMARC failed, and the sender's domain asks that such mail be refused.

    Under « p=none » it asks for nothing: a newsletter tool or a forgotten server fails every day.
    """
    failed = result.method == "dmarc" and result.value == "fail" and not result.lenient
    return failed and _aligned(result.properties.get("header.from", domain), domain)


def _disowns(result: Result, domain: str) -> bool:
    """Whether the sender's domain says by SPF that this server is none of its (« -all »)."""
    failed = result.method == "spf" and result.value in ("fail", "hardfail")
    return failed and _aligned(result.properties.get("smtp.mailfrom", ""), domain)


def _aligned(claimed: str, domain: str) -> bool:
    """Whether two domains are of one house: the same, or one below the other (RFC 7489, 3.1, relaxed)."""
    other = claimed.rpartition("@")[2].strip('."<>')
    shorter, longer = sorted((other, domain), key=len)
    return "." in shorter and (shorter == longer or longer.endswith(f".{shorter}"))
