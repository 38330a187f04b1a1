"""A letter leaves once, or a person knows that it may not have."""

from datetime import date

import pytest

from data.errors import Overtaken, StoreError
from data.model import LetterFact, LetterKind, LetterState
from data.store import Store
from tests.data.nouns import MINUTE, NOW, REFERENCE, a_letter, an_application, an_outcome, keep, keep_outcome

ONE, TWO, THREE = "1" * 32, "2" * 32, "3" * 32


def keep_letter(store: Store, id: str = ONE, *, held: bool = False, **changes: object) -> None:
    letter = a_letter(id, **changes)  # type: ignore[arg-type]  # the builder checks them
    store.letters.keep(letter, b"MIME", held=held, now=NOW)


def test_kept(store: Store) -> None:
    """A letter is kept with the bytes that will leave; the same id is kept once."""
    assert store.letters.keep(a_letter(ONE), b"MIME", held=False, now=NOW)
    assert not store.letters.keep(a_letter(ONE), b"OTHER", held=True, now=NOW)

    kept = store.letters.get(ONE)
    assert (kept.letter, kept.mime, kept.state) == (a_letter(ONE), b"MIME", LetterState.QUEUED)
    assert (kept.attempts, kept.next_at, kept.sent_at, kept.last_reply) == (0, NOW, None, "")


def test_unknown(store: Store) -> None:
    """A letter that is not there is told by its id."""
    with pytest.raises(StoreError, match=ONE):
        store.letters.get(ONE)
    with pytest.raises(StoreError, match=ONE):
        store.letters.take(ONE, NOW)
    with pytest.raises(StoreError, match=ONE):
        store.letters.settle(ONE, LetterState.SENT, reply="", now=NOW)


def test_due(store: Store) -> None:
    """Letters are due once their quiet period is over, the longest waiting first; held ones never."""
    keep_letter(store, ONE, not_before=NOW + MINUTE)
    keep_letter(store, TWO, not_before=NOW)
    keep_letter(store, THREE, held=True)

    assert store.letters.due(NOW - MINUTE) == ()
    assert store.letters.due(NOW) == (TWO,)
    assert store.letters.due(NOW + MINUTE) == (TWO, ONE)


def test_taken_once(store: Store) -> None:
    """Of two that would send a letter, one may."""
    keep_letter(store)

    assert store.letters.take(ONE, NOW, by="a")
    assert not store.letters.take(ONE, NOW, by="b")
    kept = store.letters.get(ONE)
    assert (kept.state, kept.attempts, kept.taken_by) == (LetterState.SENDING, 1, "a")
    assert store.letters.due(NOW) == ()


def test_held_is_not_taken(store: Store) -> None:
    """A held letter is not sent before it is released."""
    keep_letter(store, held=True)
    assert not store.letters.take(ONE, NOW)

    assert store.letters.release(NOW, [ONE]) == 1
    assert store.letters.take(ONE, NOW)


def test_release(store: Store) -> None:
    """Held letters are released by id, or all; others are left alone."""
    for id in (ONE, TWO, THREE):
        keep_letter(store, id, held=id != THREE)

    assert store.letters.release(NOW, [ONE, THREE]) == 1
    assert store.letters.release(NOW) == 1
    assert store.letters.release(NOW) == 0
    assert store.letters.due(NOW) == (ONE, TWO, THREE)


def test_sent(store: Store) -> None:
    """A letter that was sent says when, and what the server answered."""
    keep_letter(store)
    store.letters.take(ONE, NOW)

    assert store.letters.settle(ONE, LetterState.SENT, reply="250 2.0.0 ok", now=NOW) is LetterState.SENT
    kept = store.letters.get(ONE)
    assert (kept.sent_at, kept.last_reply) == (NOW, "250 2.0.0 ok")
    assert store.letters.due(NOW + MINUTE) == ()


def test_tried_again(store: Store) -> None:
    """A letter put back is due at the time given, and each try is counted."""
    keep_letter(store)
    store.letters.take(ONE, NOW)
    store.letters.settle(ONE, LetterState.QUEUED, reply="421 later", now=NOW, next_at=NOW + MINUTE)

    assert store.letters.due(NOW) == ()
    assert store.letters.due(NOW + MINUTE) == (ONE,)
    assert store.letters.take(ONE, NOW + MINUTE)
    assert store.letters.get(ONE).attempts == 2


def test_settled_once(store: Store) -> None:
    """What was settled stays so, however often it is told."""
    keep_letter(store)
    store.letters.take(ONE, NOW)
    store.letters.settle(ONE, LetterState.SENT, reply="250 ok", now=NOW)

    assert (
        store.letters.settle(ONE, LetterState.QUEUED, reply="421", now=NOW, next_at=NOW) is LetterState.SENT
    )
    assert store.letters.due(NOW) == ()


def test_overtaken_on_its_way(store: Store) -> None:
    """A letter that comes back after its application has changed is not queued again."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application(), a_letter(ONE, application=REFERENCE)))
    store.letters.take(ONE, NOW)
    keep_outcome(store, an_outcome(second, an_application(), a_letter(TWO, application=REFERENCE)))

    assert store.letters.get(ONE).state is LetterState.SENDING
    assert (
        store.letters.settle(ONE, LetterState.QUEUED, reply="421", now=NOW, next_at=NOW)
        is LetterState.SUPERSEDED
    )
    assert store.letters.due(NOW) == (TWO,)


def test_stopped_before_the_dot(store: Store) -> None:
    """A letter whose application changes while it is being sent is stopped before the final dot."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application(), a_letter(ONE, application=REFERENCE)))
    store.letters.take(ONE, NOW)
    keep_outcome(store, an_outcome(second, an_application(), a_letter(TWO, application=REFERENCE)))

    with pytest.raises(Overtaken):
        store.letters.hand_over(ONE, NOW)

    assert store.letters.get(ONE).state is LetterState.SUPERSEDED
    assert store.letters.get(ONE).handed_over_at is None
    assert store.letters.due(NOW) == (TWO,)


def test_handed_over(store: Store) -> None:
    """That a letter is handed over is known before the server can own it; a new try begins anew."""
    keep_letter(store)
    store.letters.take(ONE, NOW)
    store.letters.hand_over(ONE, NOW)
    assert store.letters.get(ONE).handed_over_at == NOW

    store.letters.settle(ONE, LetterState.QUEUED, reply="451 later", now=NOW, next_at=NOW)
    store.letters.take(ONE, NOW)

    assert store.letters.get(ONE).handed_over_at is None


def test_only_what_is_being_sent_is_handed_over(store: Store) -> None:
    """A letter that nobody took is not handed over."""
    keep_letter(store)

    with pytest.raises(StoreError, match="queued"):
        store.letters.hand_over(ONE, NOW)


def test_crash_before_the_dot(store: Store) -> None:
    """What a worker had not handed over when it crashed goes back to the queue."""
    keep_letter(store)
    store.letters.take(ONE, NOW, by="a")

    assert store.letters.strand(NOW, "a") == ()
    assert store.letters.due(NOW) == (ONE,)


def test_crash_with_an_outdated_letter(store: Store) -> None:
    """What was cut off and is no longer true does not go back to the queue."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application(), a_letter(ONE, application=REFERENCE)))
    store.letters.take(ONE, NOW)
    keep_outcome(store, an_outcome(second, an_application(version=2)))
    store.letters.strand(NOW)

    assert store.letters.get(ONE).state is LetterState.SUPERSEDED


def test_crash_after_the_dot(store: Store) -> None:
    """What a worker had handed over when it crashed is unknown; what another sends is left alone."""
    for id, worker in ((ONE, "a"), (TWO, "a"), (THREE, "b")):
        keep_letter(store, id)
        store.letters.take(id, NOW, by=worker)
        store.letters.hand_over(id, NOW)
    assert store.letters.sending("a") == (ONE, TWO)
    assert store.letters.sending() == (ONE, TWO, THREE)

    store.letters.settle(ONE, LetterState.SENT, reply="found in Sent", now=NOW)

    assert store.letters.strand(NOW, "a") == (TWO,)
    assert store.letters.get(ONE).state is LetterState.SENT
    assert store.letters.get(TWO).state is LetterState.UNKNOWN
    assert store.letters.get(THREE).state is LetterState.SENDING
    assert store.letters.due(NOW) == ()


def test_unknown_is_settled_by_a_person(store: Store) -> None:
    """An uncertain letter stays until somebody says what became of it."""
    keep_letter(store)
    store.letters.take(ONE, NOW)
    store.letters.hand_over(ONE, NOW)
    store.letters.strand(NOW)

    assert not store.letters.take(ONE, NOW)
    assert store.letters.settle(ONE, LetterState.QUEUED, reply="not in Sent", now=NOW) is LetterState.QUEUED
    assert store.letters.due(NOW) == (ONE,)


def test_facts(store: Store) -> None:
    """Facts hold what digest and terminal say of a letter, by the time of its last change."""
    keep_outcome(store, an_outcome(keep(store), an_application(), a_letter(ONE, application=REFERENCE)))
    keep_letter(store, TWO, kind=LetterKind.DIGEST, composed_at=NOW - MINUTE)
    store.letters.take(ONE, NOW)
    store.letters.settle(ONE, LetterState.SENT, reply="250 ok", now=NOW + 2 * MINUTE)
    reply = LetterFact(
        ONE, LetterKind.REPLY, REFERENCE, "Votre dossier", LetterState.SENT, NOW, NOW + 2 * MINUTE, "250 ok"
    )

    assert [fact.id for fact in store.letters.facts()] == [TWO, ONE]
    assert store.letters.facts(since=NOW + MINUTE) == (reply,)
    assert [fact.id for fact in store.letters.facts(until=NOW + MINUTE)] == [TWO]
    assert store.letters.facts(application=REFERENCE) == (reply,)
    assert store.letters.facts(states=[LetterState.SENT]) == (reply,)


def test_last_digest(store: Store) -> None:
    """The last digest's day is known from its cause, sent or not."""
    assert store.letters.last_digest() is None

    for id, day in ((ONE, "2026-09-08"), (TWO, "2026-09-07")):
        keep_letter(store, id, kind=LetterKind.DIGEST, cause=f"digest/{day}")
    keep_letter(store, THREE, kind=LetterKind.CLOSING, cause="closing/2026-09-14")

    assert store.letters.last_digest() == date(2026, 9, 8)


def test_sent_to(store: Store) -> None:
    """Answers to an address are counted, whatever its case; what never left, or came before, is not."""
    keep_letter(store, ONE, recipient="Aline@LaRemise.example")
    keep_letter(store, TWO, recipient="aline@laremise.example", held=True)
    keep_letter(store, THREE, composed_at=NOW - MINUTE)
    keep_letter(store, "4" * 32, kind=LetterKind.DIGEST)
    keep_letter(store, "5" * 32, recipient="other@laremise.example")
    assert store.letters.sent_to("ALINE@laremise.example", NOW) == 2
    assert store.letters.sent_to("aline@laremise.example", NOW - MINUTE) == 3

    store.letters.take(ONE, NOW)
    store.letters.settle(ONE, LetterState.FAILED, reply="550", now=NOW)

    assert store.letters.sent_to("aline@laremise.example", NOW) == 1


def test_blocked(store: Store) -> None:
    """A blocked address is known by its reason, whatever its case."""
    store.letters.block("Aline@LaRemise.example", "550 no such user", NOW)
    store.letters.block("aline@laremise.example", "552 full", NOW)

    assert store.letters.blocked("aline@LAREMISE.example") == "552 full"
    assert store.letters.blocked("other@laremise.example") is None
