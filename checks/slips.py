"""No e-mail address is a slip of the pen for another one.

Nothing is corrected: somebody may well live at « gmial.com ». The officer sees what it may have been meant
to be, before a letter goes nowhere.
"""

from collections.abc import Iterator

from rapidfuzz.distance import OSA

from checks._check import Tell, check
from checks._emails import words_of
from checks._invalid import answered
from checks._lookalikes import blurred
from checks._standing import real_mails
from data.edition import Edition, QuestionKind
from data.model import Dossier, Finding, Severity

SLIP = Tell(
    "email.slip",
    Severity.REVIEW,
    "L'adresse « {address} » est peut-être à lire « {proposal} ».",
    officer_only=True,
)
LETTERS_AT_MOST = 2
"""Letters added, lost, changed or swapped, so many of them."""
LONG_FROM = 7
"""Signs of a provider's name from which two letters may differ; within a shorter one, one."""
SHORTEST = 5
"""Below that everything resembles everything: « live », « voo »."""


@check(SLIP, asks="No e-mail address is a slip of the pen for another one.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Propose a provider's name, else the sender's own address where the form's is nearly the same."""
    senders = {
        word.lower()  # split as what is written is, or one address would be a slip for itself
        for mail in real_mails(dossier)
        if mail.sender
        for word in words_of(mail.sender.email)
        if "@" in word.strip("@")
    }
    written = {
        word.lower()
        for _, answer in answered(dossier, edition, QuestionKind.EMAIL)
        for word in words_of(str(answer.value))
        if "@" in word.strip("@")
    }
    for address in sorted(written | senders):
        proposal = at_a_provider(address, edition.mail.providers)
        if proposal is None and address in written - senders:
            proposal = next((each for each in sorted(senders) if _is_near(address, each)), None)
        if proposal:
            yield SLIP.about(address, address=address, proposal=proposal)


def at_a_provider(address: str, providers: tuple[str, ...]) -> str | None:
    """The address at the provider that its domain resembles; None where it is one, or resembles none."""
    local, _, domain = address.rpartition("@")
    if domain in providers:
        return None
    near = [
        (OSA.distance(domain, each), each)
        for each in providers
        if blurred(domain) == blurred(each) or _resembles(domain, each)
    ]
    return f"{local}@{min(near)[1]}" if near else None


def _resembles(domain: str, provider: str) -> bool:
    """« gmial.com », « outlok.be », « skynet.eb »: name and ending each nearly, not both another word."""
    name, _, ending = domain.rpartition(".")
    known, _, its_ending = provider.rpartition(".")
    if len(known) < SHORTEST:
        return False
    in_name, in_ending = OSA.distance(name, known), OSA.distance(ending, its_ending)
    return in_name <= (2 if len(known) >= LONG_FROM else 1) and in_ending <= (1 if not in_name else 0)


def _is_near(one: str, other: str) -> bool:
    return 0 < OSA.distance(one, other) <= LETTERS_AT_MOST
