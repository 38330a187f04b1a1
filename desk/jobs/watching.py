"""Whether the inboxes are read at all: the heartbeat, and the alarm when it stops."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from data.errors import StoreError
from data.model import Address, InboxState
from desk.jobs.sending import written
from desk.wiring import Desk
from notifier import alert


def beat(desk: Desk) -> None:
    """The heartbeat file: its time is that of the last moment at which every inbox had been read lately."""
    now = desk.now()
    if any(unread_since(desk, now)):
        return
    read = (
        f"{each.account} {each.read_at:%Y-%m-%dT%H:%M:%SZ}" for each in desk.store.inboxes() if each.read_at
    )
    beside = desk.settings.folder / "heartbeat.new"
    try:
        beside.write_text("\n".join([*read, ""]), "utf-8")
        beside.replace(desk.settings.folder / "heartbeat")
    except OSError as error:
        raise StoreError(f"{beside}: cannot be written: {error.strerror}") from error


def unread_since(desk: Desk, now: datetime) -> Iterator[InboxState]:
    """The inboxes that were not read for as long as the settings allow."""
    limit = timedelta(minutes=desk.settings.alert.after_minutes)
    states = {each.account: each for each in desk.store.inboxes()}
    for account in desk.accounts:
        state = states.get(account.name)
        if state and (state.read_at is None or now - state.read_at > limit):
            yield state


def watch(desk: Desk) -> None:
    """Write to the second address about each inbox that is not read any more: once for each silence."""
    to = desk.settings.alert.to
    if to is None:
        return
    for state in unread_since(desk, desk.now()):
        letter = alert.compose(state, desk.edition, to=Address("", to), now=desk.now())
        desk.store.letters.keep(letter, written(desk, letter), held=False, now=desk.now())
