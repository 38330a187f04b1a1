"""What a bounce says: which letter of ours came back, and whether its address exists at all.

Read from the report for machines (RFC 3464) where there is one. A report that the mail is delayed, relayed
or delivered returns nothing: the letter may still arrive.
"""

import re
from collections.abc import Iterator

from data.model import Envelope, Undelivered
from ingest.headers import addresses, fold, normalised

_ACTION = re.compile(rb"^Action[ \t]*:[ \t]*(\w+)", re.IGNORECASE | re.MULTILINE)
_STATUS = re.compile(rb"^Status[ \t]*:[ \t]*(\d\.\d{1,3}\.\d{1,3})", re.IGNORECASE | re.MULTILINE)
_RECIPIENT = re.compile(
    rb"^(?:Original|Final)-Recipient[ \t]*:[ \t]*rfc822[ \t]*;[ \t]*([^\r\n]{3,320})",
    re.IGNORECASE | re.MULTILINE,
)
_DELAYED = re.compile(r"\b(?:delay\w*|retard\w*|warning|vertraag\w*|vertraging)\b")
_NO_SUCH = ("5.1.1", "5.1.2", "5.1.3", "5.1.6", "5.1.10", "5.2.1", "5.4.1")
"""Statuses of addresses that will never take a letter; a full inbox (5.2.2) may, tomorrow."""


def undelivered(envelope: Envelope, domain: str) -> Iterator[Undelivered]:
    """The letters of ours that a bounce brings back for good.

    Args:
        domain: the right-hand side of our Message-IDs.
    """
    if is_passing(envelope):
        return
    report = _report(envelope)
    status = next((each.decode("ascii") for each in _STATUS.findall(report)), "")
    address = _address(envelope, report) if status in _NO_SUCH else None
    for letter in _ours(envelope, domain):
        yield Undelivered(letter, address, status or "failed")


def is_passing(envelope: Envelope) -> bool:
    """Whether a report says only that a mail is late, or has arrived."""
    actions = {each.lower() for each in _ACTION.findall(_report(envelope))}
    if actions:
        return b"failed" not in actions
    return _DELAYED.search(fold(envelope.subject)) is not None


def _report(envelope: Envelope) -> bytes:
    kinds = ("message/delivery-status", "message/global-delivery-status")
    return b"\n".join(each.content[:64_000] for each in envelope.attachments if each.claimed_type in kinds)


def _address(envelope: Envelope, report: bytes) -> str | None:
    told = [each.decode("ascii", "replace") for each in _RECIPIENT.findall(report)]
    found = [each for text in told for each in addresses(text)]
    return found[0].email.lower() if found else None


def _ours(envelope: Envelope, domain: str) -> Iterator[str]:
    ids = dict.fromkeys((*((envelope.in_reply_to,) if envelope.in_reply_to else ()), *envelope.references))
    for each in map(normalised, ids):
        letter, at, right = each.rpartition("@")
        if at and right == domain.lower():
            yield letter
