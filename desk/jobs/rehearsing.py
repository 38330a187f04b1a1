"""While the service is rehearsed, letters leave for testers alone, and nothing of theirs counts."""

from data.model import Application, Letter, LetterKind
from desk.wiring import Desk

TO_US = frozenset({LetterKind.DIGEST, LetterKind.CLOSING, LetterKind.ALERT})
"""All other letters go to applicants, those of a kind that nobody has thought of yet among them."""


def must_stay(desk: Desk, letter: Letter) -> bool:
    """Whether this is a rehearsal, and the letter is neither ours nor a tester's."""
    rehearsal = desk.settings.sending.send == "rehearsal"
    return rehearsal and letter.kind not in TO_US and letter.recipient.email.lower() not in desk.testers


def counted(desk: Desk) -> tuple[Application, ...]:
    """The applications that count; those of a rehearsal only while it lasts."""
    return tuple(each for each in desk.store.applications() if desk.testers or not each.rehearsal)
