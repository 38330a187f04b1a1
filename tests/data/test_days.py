"""Calls, events and counts: what the officer's days are made of."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from data.errors import StoreError
from data.model import Call, CallState, EventKind, LetterState, VerdictState
from data.store import Store
from data.tables import MailState
from tests.data.nouns import (
    MINUTE,
    NOW,
    REFERENCE,
    a_key,
    a_letter,
    an_application,
    an_event,
    an_outcome,
    keep,
    keep_outcome,
)


def a_call(uid: str = "1@blossom", *, starts_at: object = NOW, **changes: object) -> Call:
    call = Call(
        uid, REFERENCE, "La Remise", "Aline Peeters", "+3225550000", ("statuts",), NOW, NOW + 20 * MINUTE
    )
    return replace(call, starts_at=starts_at, **changes)  # type: ignore[arg-type]  # the test knows


@pytest.fixture
def called(store: Store) -> Store:
    """A store with an application to call about."""
    keep_outcome(store, an_outcome(keep(store), an_application()))
    return store


def test_calls(called: Store) -> None:
    """Calls come back in the order they are to be made."""
    later, sooner = a_call("1", starts_at=NOW + MINUTE), a_call("2")
    called.keep_calls([later, sooner])

    assert called.calls() == (sooner, later)
    assert called.counts().calls == {CallState.TO_CALL: 2}


def test_call_moves(called: Store) -> None:
    """A call planned anew is the same call, at its new time."""
    called.keep_calls([a_call()])
    moved = a_call(starts_at=NOW + MINUTE, sequence=1)
    called.keep_calls([moved])

    assert called.calls() == (moved,)


def test_call_made_meanwhile(called: Store) -> None:
    """A plan made before somebody telephoned does not undo the call."""
    made = a_call(state=CallState.DONE, sequence=2)
    called.keep_calls([made])
    called.keep_calls([a_call(sequence=1)])

    assert called.calls() == (made,)


def test_call_of_nobody(store: Store) -> None:
    """A call about no application is refused, and with it the whole plan."""
    with pytest.raises(StoreError):
        store.keep_calls([a_call()])

    assert store.calls() == ()


def test_events(store: Store) -> None:
    """Events are told once each, by when they were noted, in the order they happened."""
    old = an_event("during the outage", at=NOW - timedelta(days=2))
    new = an_event("now")
    for event in (new, old, new):
        store.note_event(event, NOW)
    store.note_event(an_event("later"), NOW + MINUTE)

    assert store.events(NOW, NOW + MINUTE) == (old, new)
    assert store.events(NOW - MINUTE, NOW) == ()


def test_event_of_application(called: Store) -> None:
    """An event names its application."""
    event = replace(an_event(application=REFERENCE), kind=EventKind.COMPLETED)
    called.note_event(event, NOW)

    assert called.events(NOW, NOW + MINUTE) == (event,)


def test_counts(store: Store) -> None:
    """Everything is counted by its state."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application(), a_letter(application=REFERENCE)))
    store.keep_passed(a_key(3), NOW, "", NOW)

    counts = store.counts()
    assert counts.mails == {MailState.HANDLED: 1, MailState.KEPT: 1}
    assert counts.passed == 1
    assert counts.applications == {VerdictState.INCOMPLETE: 1}
    assert counts.letters == {LetterState.QUEUED: 1}
    assert store.unhandled() == (second,)


def test_check(store: Store, kind: str, tmp_path: Path) -> None:
    """The doctor gets one line: which database, which revision, how many mails, how much room."""
    keep(store)

    line = store.check()
    assert line.startswith({"sqlite": "SQLite 3.", "postgres": "PostgreSQL "}[kind])
    assert "revision 0001, 1 mails" in line
    assert str(tmp_path) in line


def test_check_without_tables(database_url: str, tmp_path: Path) -> None:
    """A database whose tables are not of this version is told."""
    store = Store.open(database_url, tmp_path)

    with pytest.raises(StoreError, match="revision None"):
        store.check()
    store.close()


def test_check_changes_nothing(store: Store) -> None:
    """The doctor's visit does not make mails be judged again."""
    store.check()

    assert store.generation() == 0
