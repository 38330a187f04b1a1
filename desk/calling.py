"""What the officer says of a call, and what follows from it."""

from collections.abc import Callable
from datetime import datetime

from data.errors import UsageError
from data.model import Address, Application, Call
from desk import jobs
from desk.wiring import Desk
from notifier import calls, proposal


def next_call(desk: Desk) -> Call | None:
    """The first call still to make."""
    return next((call for call in desk.store.calls() if call.state in calls.OPEN), None)


def find(desk: Desk, who: str) -> Call:
    """The call that a person means: by the beginning of its reference, or by part of the structure's name.

    Raises:
        UsageError: none, or several.
    """
    wanted = who.casefold().strip()
    found = [
        call
        for call in desk.store.calls()
        if call.application.casefold().startswith(wanted) or wanted in call.organisation.casefold()
    ]
    if len(found) != 1:
        names = ", ".join(f"{call.application} ({call.organisation})" for call in found) or "no call"
        raise UsageError(f"{who}: {names}", "`blossom calls` shows them; name one by its reference.")
    return found[0]


def spoken(desk: Desk, who: str, *, settled: bool, words: str = "") -> Call:
    """Somebody answered."""
    return _changed(desk, who, lambda call: calls.spoken(call, desk.now(), settled=settled), words)


def noted(desk: Desk, who: str, words: str) -> Call:
    """A note, and nothing else."""
    return _changed(desk, who, lambda call: call, words)


def no_answer(desk: Desk, who: str, words: str = "") -> tuple[Call, bool]:
    """Nobody answered: another half-day, or a letter that proposes two moments; whether one is written."""
    now, own = desk.now(), find(desk, who)
    others = [slot for each in desk.store.calls() if each.uid != own.uid for slot in calls.slots_of(each)]
    taken = [*others, *jobs.appointments(desk, [own])]
    call = _changed(desk, who, lambda each: calls.no_answer(each, desk.edition, now, taken), words)
    application = desk.store.application(call.application)
    to = _address(desk, application)
    if not call.proposed or application is None or to is None:
        return call, False
    letter = proposal.compose(application, call, desk.edition, to=to, now=now)
    held = desk.settings.sending.send == "hold" or jobs.must_stay(desk, letter)
    return call, desk.store.letters.keep(letter, jobs.written(desk, letter), held=held, now=now)


def _changed(desk: Desk, who: str, change: Callable[[Call], Call], words: str) -> Call:
    uid = find(desk, who).uid
    return desk.store.change_call(
        uid, lambda call: calls.noted(change(call), words) if words.strip() else change(call)
    )


def _address(desk: Desk, application: Application | None) -> Address | None:
    """Who wrote last; nobody where a letter to that address has come back, or is not wanted."""
    if application is None or application.reference in jobs.unreached(desk):
        return None
    senders = [mail.sender for mail in application.dossier.mails if mail.sender]
    return senders[-1] if senders and not desk.store.letters.blocked(senders[-1].email) else None


def told(call: Call, desk: Desk) -> str:
    """A call in a line: for the terminal."""
    moment: datetime = desk.edition.local(call.starts_at)
    return f"{moment:%d/%m %H:%M}  {call.organisation} ({call.application})"
