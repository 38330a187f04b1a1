"""The dossier was received by the deadline."""

from collections.abc import Iterator
from datetime import datetime

from checks._check import Tell, check
from data.edition import Edition
from data.model import Dossier, Finding, Severity

SUBJECT = "mail"

LATE = Tell(
    "mail.late",
    Severity.REVIEW,
    "Votre dossier est arrivé le {received}, le dépôt se clôturait le {deadline} ; "
    "il est conservé et transmis à la personne chargée du programme, qui vous répondra.",
)
LATE_SUPPLEMENT = Tell(
    "mail.late_supplement",
    Severity.NOTICE,
    "Un complément est arrivé le {received}, après la clôture du dépôt le {deadline}.",
    officer_only=True,
)


@check(LATE, LATE_SUPPLEMENT, asks="The dossier was received by the deadline.")
def look(dossier: Dossier, edition: Edition) -> Iterator[Finding]:
    """Late at the second after; the officer decides what that means, no machine refuses anybody."""
    deadline = _written(edition.dates.deadline, edition)
    if not edition.is_on_time(dossier.received_at):
        yield LATE.about(SUBJECT, received=_written(dossier.received_at, edition), deadline=deadline)
        return
    last = max((mail.received_at for mail in dossier.mails), default=dossier.received_at)
    if not edition.is_on_time(last):
        yield LATE_SUPPLEMENT.about(SUBJECT, received=_written(last, edition), deadline=deadline)


def _written(moment: datetime, edition: Edition) -> str:
    """To the second, on the programme's own clocks: at the deadline a second counts."""
    return edition.local(moment).strftime("%d/%m/%Y à %H:%M:%S")
