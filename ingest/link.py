"""Which application a mail belongs to: told by evidence, from the surest down, and never guessed.

In this order: our thread or our reference, the same files again, the enterprise number, the sender, the
structure's name. Where two applications have equal claims, or the surest sign contradicts another, the
officer is asked.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz

from data.edition import Edition
from data.model import Address, Application, Envelope, MailKind, Recognition
from ingest.headers import fold, normalised
from ingest.wording import reference_in

_LEGAL_FORMS = frozenset({
    *("asbl", "aisbl", "vzw", "ivzw", "scrl", "scrlfs", "fs", "sc", "scs", "snc", "srl", "sprl", "sa", "nv"),
    *("bv", "bvba", "cv", "cvba", "cvso", "sces", "fondation", "stichting", "fp", "fup"),
})  # fmt: skip
_EVERYBODYS = frozenset({
    *("gmail.com", "googlemail.com", "outlook.com", "outlook.be", "hotmail.com", "hotmail.be", "live.be"),
    *("live.com", "msn.com", "yahoo.com", "yahoo.fr", "icloud.com", "me.com", "proton.me", "protonmail.com"),
    *("gmx.com", "skynet.be", "proximus.be", "telenet.be", "scarlet.be", "voo.be", "orange.fr"),
    *("belgacom.net", "brutele.be"),
})  # fmt: skip
"""Houses of mail that anybody may live in: an address there makes nobody a colleague."""
_SAME_NAME = 92
"""Likeness of two folded names, out of 100, from which a difference is a slip of the pen."""


@dataclass(frozen=True, slots=True)
class Ambiguous:
    """Applications that a mail may belong to: a person decides."""

    candidates: tuple[Application, ...]


def link(
    envelope: Envelope,
    recognition: Recognition,
    known: Sequence[Application],
    edition: Edition,
    *,
    enterprise_number: str | None = None,
) -> Application | Ambiguous | None:
    """The application a mail belongs to; None where it opens a new one, or belongs to none."""
    ours = [each for each in known if each.edition == edition.id]
    fits = _Claims(recognition, digits(enterprise_number))
    if named := explicitly(envelope, ours, edition):
        return named[0] if len(named) == 1 and not fits.contradict(named[0]) else Ambiguous(tuple(named))
    if again := twin(envelope, ours):
        return again
    if numbered := [each for each in ours if fits.number and digits(each.enterprise_number) == fits.number]:
        return _only(numbered)
    if sent := by_sender(envelope, ours, edition):
        return _among_senders(sent, fits)
    by_name = [each for each in ours if fits.same_name(each)]
    return _only(by_name or mentioned(envelope.subject, ours), fits)


def explicitly(envelope: Envelope, known: Iterable[Application], edition: Edition) -> list[Application]:
    """The applications that a mail names itself: what it answers, or our reference in its subject."""
    known = list(known)
    direct = _holding(known, [envelope.in_reply_to] if envelope.in_reply_to else [])
    thread = direct or _holding(known, envelope.references)
    reference = reference_in(envelope.subject, edition)
    named = [each for each in known if each.reference == reference]
    return [*thread, *(each for each in named if each not in thread)]


def _holding(known: Iterable[Application], message_ids: Iterable[str]) -> list[Application]:
    ids = set(map(normalised, message_ids))
    return [each for each in known if ids.intersection(map(normalised, each.message_ids))]


def twin(envelope: Envelope, known: Iterable[Application]) -> Application | None:
    """The one application that already has all files of this mail: its copy, with its ids rewritten.

    One file alone from another sender proves nothing: two applicants may send back the same blank form.
    """
    files = {each.sha256 for each in envelope.attachments}
    sender = envelope.sender.email.lower() if envelope.sender else ""
    holders = [
        each
        for each in known
        if files
        and files <= {piece.sha256 for piece in each.dossier.pieces}
        and (sender in each.senders or len(files) > 1)
    ]
    return holders[0] if len(holders) == 1 else None


def by_sender(envelope: Envelope, known: Iterable[Application], edition: Edition) -> list[Application]:
    """The applications that somebody at this address has written for; our own addresses write for nobody.

    Of a mail that a colleague passes on, its writer counts.
    """
    writers = (writer_of(envelope, edition), envelope.reply_to)
    addresses = {each.email.lower() for each in writers if each and not is_ours(each, edition)}
    return [each for each in known if addresses.intersection(sender.lower() for sender in each.senders)]


def own_addresses(edition: Edition) -> frozenset[str]:
    """The inboxes that applicants write to, and the officer's address."""
    return frozenset(each.lower() for each in (*edition.mail.addresses, edition.officer.email))


def is_ours(address: Address, edition: Edition) -> bool:
    """Whether an address is of our own house: one of ours, or a colleague's."""
    email = address.email.lower()
    own = own_addresses(edition)
    houses = {each.rpartition("@")[2] for each in own} - _EVERYBODYS
    return email in own or email.rpartition("@")[2] in houses


def writer_of(envelope: Envelope, edition: Edition) -> Address | None:
    """Who wrote a mail: its sender, or, where a colleague passes it on, the one it was passed on from."""
    sender, passed_on = envelope.sender, envelope.forwarded_from
    by_colleague = sender is not None and is_ours(sender, edition)
    return passed_on if by_colleague and passed_on and not is_ours(passed_on, edition) else sender


def mentioned(text: str, known: Iterable[Application]) -> list[Application]:
    """The applications whose structure is named in a text, in whole words."""
    said = f" {fold(text)} "
    return [each for each in known if len(name := _core(each.organisation)) >= 6 and f" {name} " in said]


def digits(number: str | None) -> str:
    """An enterprise number as its ten digits; empty where it is none."""
    only = "".join(each for each in number or "" if each.isascii() and each.isdigit())
    only = only.zfill(10) if len(only) == 9 else only
    return only if len(only) == 10 else ""


def _core(name: str | None) -> str:
    """A structure's name without its legal form."""
    words = fold(name or "").split()
    return " ".join(word for word in words if word not in _LEGAL_FORMS) or " ".join(words)


@dataclass(frozen=True, slots=True)
class _Claims:
    """What a mail says of itself, held against an application."""

    recognition: Recognition
    number: str

    def same_name(self, application: Application) -> bool:
        mine, theirs = _core(self.recognition.organisation), _core(application.organisation)
        return min(len(mine), len(theirs)) >= 3 and (mine == theirs or _is_slip(mine, theirs))

    def other_number(self, application: Application) -> bool:
        theirs = digits(application.enterprise_number)
        return bool(self.number and theirs and self.number != theirs)

    def other_name(self, application: Application) -> bool:
        named = bool(_core(self.recognition.organisation) and _core(application.organisation))
        return named and not self.same_name(application)

    def contradict(self, application: Application) -> bool:
        """Whether a whole new form, for another structure with another number, came in an old thread."""
        is_form = self.recognition.kind is MailKind.APPLICATION
        return is_form and self.other_number(application) and self.other_name(application)


def _is_slip(mine: str, theirs: str) -> bool:
    """Whether two names differ by a slip of the pen. Another number is another house, never a slip."""
    numbers = [[word for word in name.split() if word.isdigit()] for name in (mine, theirs)]
    return numbers[0] == numbers[1] and fuzz.ratio(mine, theirs) >= _SAME_NAME


def _only(found: list[Application], fits: _Claims | None = None) -> Application | Ambiguous | None:
    if not found:
        return None
    alone = len(found) == 1 and not (fits and fits.other_number(found[0]))
    return found[0] if alone else Ambiguous(tuple(found))


def _among_senders(sent: list[Application], fits: _Claims) -> Application | Ambiguous | None:
    """One person may write for several structures: a form for another one opens a new application."""
    named = [each for each in sent if fits.same_name(each)]
    if len(named) == 1 and not fits.other_number(named[0]):
        return named[0]
    possible = [each for each in sent if not fits.other_name(each) and not fits.other_number(each)]
    if len(possible) == 1 and not named:
        return possible[0]
    if not possible and not named and fits.recognition.kind is MailKind.APPLICATION:
        return None
    return Ambiguous(tuple(named or possible or sent))
