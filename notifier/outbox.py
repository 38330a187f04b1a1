"""When a letter is tried again: one rule, so that nothing is lost and nothing is sent twice blindly.

Refused for good (5xx): a person telephones. Uncertain (cut after the final dot): a person, or a look
into the Sent folder, settles it; never sent again blindly (RFC 5321, 6.1; RFC 1047). All else is tried
again after 1, 5, 15 and 60 minutes, then every 4 hours: a mail server that is down over a weekend
costs no letter.
"""

from datetime import datetime, timedelta

from data.errors import PostError, PostRefused, PostUncertain
from data.model import LetterState

PAUSES_MIN = (1, 5, 15, 60, 240)
TRIES_AT_MOST = 24
"""Four hours apart at the end: about three and a half days."""


def after(error: PostError | None, attempts: int, now: datetime) -> tuple[LetterState, datetime | None]:
    """The state of a letter after its latest attempt, and when the next one is due.

    Args:
        error: what the attempt ended with; None where the server took the letter.
        attempts: how many there were, this one included.
    """
    if error is None:
        return LetterState.SENT, None
    if isinstance(error, PostUncertain):
        return LetterState.UNKNOWN, None
    if isinstance(error, PostRefused) or attempts >= TRIES_AT_MOST:
        return LetterState.FAILED, None
    pause_min = PAUSES_MIN[min(max(attempts, 1), len(PAUSES_MIN)) - 1]
    return LetterState.QUEUED, now + timedelta(minutes=pause_min)
