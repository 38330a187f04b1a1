"""What the officer has said of an application, and what is still to be said.

Two matters are asked: whether what came after the deadline counts, and whether what a person had to look at
is in order. What was said stands as long as it was said of all that is there; something new, and the officer
is asked again (docs/decisions/0013).
"""

import hashlib
from collections.abc import Iterator

from data.edition import Edition
from data.model import Application, Finding, Matter, Piece, Ruling, Severity, VerdictState

LATE = "mail.late"
"""The finding that the matter of the hour settles; all other findings for a look are doubts."""


def ruling_on(application: Application, matter: Matter) -> Ruling | None:
    """What the officer says of a matter, if that still stands."""
    return next((each for each in application.rulings if each.matter is matter and not each.lapsed), None)


def asked(application: Application, edition: Edition) -> Iterator[Matter]:
    """What the officer is to be asked now."""
    for matter in Matter:
        if _is_open(application, matter, edition) and ruling_on(application, matter) is None:
            yield matter


def _is_open(application: Application, matter: Matter, edition: Edition) -> bool:
    if application.withdrawn_at:
        return False
    match matter:
        case Matter.LATE:
            return not application.verdict.on_time or _hangs_on_what_came_after(application, edition)
        case Matter.DOUBTS:
            to_review = application.verdict.state is VerdictState.TO_REVIEW
            return to_review and any(doubts(application)) and not is_out(application)


def _hangs_on_what_came_after(application: Application, edition: Edition) -> bool:
    """Something came after a dossier that came in time, and what it comes to may depend on it."""
    then, now = application.at_deadline, application.verdict.state
    if then is None or then is now is VerdictState.COMPLETE:
        return False
    return then is not now or any(_late_files(application, edition))


def doubts(application: Application) -> Iterator[Finding]:
    """What a person must look at; being late is a matter of its own."""
    for finding in application.verdict.findings:
        if finding.severity is Severity.REVIEW and finding.code != LATE:
            yield finding


def is_out(application: Application) -> bool:
    """The whole dossier came late, and the officer does not count it."""
    ruling = ruling_on(application, Matter.LATE)
    return not application.verdict.on_time and ruling is not None and not ruling.accepted


def is_let_in(application: Application) -> bool:
    """The whole dossier came late, and the officer counts it."""
    ruling = ruling_on(application, Matter.LATE)
    return not application.verdict.on_time and ruling is not None and ruling.accepted


# ---------------------------------------------------------------- what a ruling is said of


def evidence(application: Application, matter: Matter, edition: Edition) -> tuple[str, ...]:
    """What the officer has before their eyes: the late files, or the doubts with the files they stand in."""
    pieces = application.dossier.pieces
    match matter:
        case Matter.LATE if application.verdict.on_time:
            seen = set(_late_files(application, edition)) or set(_late_mails(application, edition))
        case Matter.LATE:
            seen = {piece.sha256 for piece in pieces if piece.kind == "dossier" and not piece.superseded}
        case Matter.DOUBTS:
            seen = {fingerprint(finding, application) for finding in doubts(application)}
    return tuple(sorted(seen))


def _late_files(application: Application, edition: Edition) -> Iterator[str]:
    for piece in application.dossier.pieces:
        if not edition.is_on_time(piece.received_at):
            yield piece.sha256


def _late_mails(application: Application, edition: Edition) -> Iterator[str]:
    """For what came in a mail's own text, or behind its link."""
    for mail in application.dossier.mails:
        if not edition.is_on_time(mail.received_at):
            yield mail.mail


def fingerprint(finding: Finding, application: Application) -> str:
    """The same for the same doubt about the same file, whatever the readers' words for it are."""
    files = sorted({piece.sha256 for piece in _pieces_of(finding, application)})
    return hashlib.sha256("\0".join((finding.code, finding.subject, *files)).encode()).hexdigest()[:24]


def _pieces_of(finding: Finding, application: Application) -> Iterator[Piece]:
    """The files that a doubt rests on; all of them where it has no place."""
    annex = application.dossier.annexes.get(finding.subject)
    places = (*((finding.place,) if finding.place else ()), *(annex.places if annex else ()))
    names = {place.file for place in places}
    for piece in application.dossier.pieces:
        if not names or piece.file in names:
            yield piece


# ---------------------------------------------------------------- as people read it

SAID = {
    (Matter.LATE, True): "pris en compte malgré l'heure",
    (Matter.LATE, False): "non pris en compte",
    (Matter.DOUBTS, True): "vu et en ordre",
    (Matter.DOUBTS, False): "vu et pas en ordre",
}
OF_A_SUPPLEMENT = {True: "complément tardif pris en compte", False: "complément tardif non pris en compte"}


def said(application: Application, ruling: Ruling) -> str:
    """« pris en compte malgré l'heure »."""
    if ruling.matter is Matter.LATE and application.verdict.on_time:
        return OF_A_SUPPLEMENT[ruling.accepted]
    return SAID[ruling.matter, ruling.accepted]


def all_said(application: Application) -> tuple[str, ...]:
    """What the officer says of an application, as it stands."""
    return tuple(said(application, each) for each in application.rulings if not each.lapsed)
