"""The letter to whoever keeps the service running: an inbox is not being read any more."""

import hashlib
from datetime import datetime
from html import escape

from data.edition import Edition
from data.model import Address, InboxState, Letter, LetterKind
from notifier._french import moment, shown


def compose(state: InboxState, edition: Edition, *, to: Address, now: datetime) -> Letter:
    """Write the alert about one inbox; the same silence gives the same letter."""
    read = (
        f"depuis le {moment(edition.local(state.read_at))}" if state.read_at else "depuis la mise en service"
    )
    lines = (
        f"La boîte « {shown(state.account)} » n'a pas pu être lue {read}.",
        f"Dernier message du serveur : {shown(state.trouble)}" if state.trouble else "",
        "Les candidatures qui y arrivent ne sont ni lues ni confirmées. Rien n'est perdu : elles restent "
        "dans la boîte et seront lues dès qu'elle répond à nouveau.",
        "À faire : « blossom doctor » dit ce qui ne va pas, et docs/operations.md ce qu'il faut corriger.",
    )
    told = [line for line in lines if line]
    cause = f"alert/{state.account}/{state.read_at.isoformat() if state.read_at else 'never'}"
    return Letter(
        id=hashlib.sha256(cause.encode()).hexdigest()[:32],
        kind=LetterKind.ALERT,
        cause=cause,
        recipient=to,
        subject=f"Alerte – la boîte « {shown(state.account)} » n'est plus lue – {edition.programme.name}",
        text="\n\n".join(told) + "\n",
        html="".join(f"<p>{escape(line)}</p>" for line in told),
        composed_at=now,
        not_before=now,
    )
