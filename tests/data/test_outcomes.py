"""What follows from one mail is kept at once, or not at all."""

import json
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings

from data import _rows
from data.errors import Overtaken, StoreError
from data.model import (
    Document,
    EventKind,
    FileKind,
    Finding,
    LetterKind,
    LetterState,
    Matter,
    Page,
    PageSource,
    Ruling,
    Severity,
    Unread,
    UnreadReason,
    VerdictState,
)
from data.store import Store
from data.tables import MailState
from tests.data.nouns import (
    MINUTE,
    NOW,
    REFERENCE,
    a_letter,
    an_application,
    an_event,
    an_outcome,
    any_noun,
    keep,
    keep_outcome,
)

FIRST, SECOND = "1" * 32, "2" * 32


def states(store: Store) -> dict[str, LetterState]:
    return {fact.id: fact.state for fact in store.letters.facts()}


def test_all_of_it(store: Store) -> None:
    """Application, letter, event and the mail's state are there together."""
    mail = keep(store)
    application = an_application(mails=(mail,))
    event = an_event(application=REFERENCE)

    kept = keep_outcome(
        store, an_outcome(mail, application, a_letter(FIRST, application=REFERENCE)), events=(event,)
    )

    assert kept
    assert store.application(REFERENCE) == application
    assert store.applications() == (application,)
    assert store.letters.get(FIRST).letter == a_letter(FIRST, application=REFERENCE)
    assert store.letters.get(FIRST).mime == FIRST.encode()
    assert store.events(NOW, NOW + MINUTE) == (event,)
    assert store.mail_state(mail) is MailState.HANDLED
    assert store.unhandled() == ()
    assert store.generation() == 1


def test_nothing_of_it(store: Store) -> None:
    """Where one part cannot be kept, none is: the mail is still to be handled."""
    mail = keep(store)
    wrong = a_letter(SECOND, application="BL26-00000")

    with pytest.raises(StoreError):
        keep_outcome(store, an_outcome(mail, an_application(), a_letter(FIRST), wrong), events=(an_event(),))

    assert store.applications() == ()
    assert store.letters.facts() == ()
    assert store.events(NOW, NOW + MINUTE) == ()
    assert store.unhandled() == (mail,)
    assert store.generation() == 0


def test_handled_twice(store: Store) -> None:
    """Handling a mail again after a crash changes nothing."""
    mail = keep(store)
    outcome = an_outcome(mail, an_application(), a_letter(FIRST, application=REFERENCE))
    keep_outcome(store, outcome, events=(an_event(),))

    assert not keep_outcome(store, outcome, events=(an_event(),))
    assert not store.keep_outcome(outcome, {}, generation=0, events=(), held=False, now=NOW)
    assert store.generation() == 1
    assert len(store.letters.facts()) == 1
    assert len(store.events(NOW, NOW + MINUTE)) == 1


def test_overtaken(store: Store) -> None:
    """An outcome judged by applications that have changed since is not kept."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    before = store.generation()
    keep_outcome(store, an_outcome(first, an_application()))

    for outcome in (an_outcome(second), an_outcome(second, an_application("BL26-22222"))):
        with pytest.raises(Overtaken):
            store.keep_outcome(outcome, {}, generation=before, events=(), held=False, now=NOW)

    assert store.unhandled() == (second,)
    assert [application.reference for application in store.applications()] == [REFERENCE]


def test_other_mail(store: Store) -> None:
    """A mail that changes no application does not make others be judged again."""
    mail = keep(store)

    assert keep_outcome(store, an_outcome(mail))
    assert store.generation() == 0
    assert store.mail_state(mail) is MailState.FORGOTTEN


def test_unknown_mail(store: Store) -> None:
    """An outcome of a mail that was never kept is refused."""
    with pytest.raises(StoreError, match="no mail"):
        keep_outcome(store, an_outcome("f" * 64, an_application()))

    assert store.applications() == ()


def test_replaced(store: Store) -> None:
    """The next mail replaces the application; another store sees it at once."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application()))
    assert store.applications() == (an_application(),)

    changed = an_application(organisation="La Remise ASBL", version=2, state=VerdictState.COMPLETE)
    keep_outcome(store, an_outcome(second, changed))

    assert store.applications() == (changed,)
    assert store.application(REFERENCE) == changed
    assert store.counts().applications == {VerdictState.COMPLETE: 1}


def test_in_order(store: Store) -> None:
    """Applications stand in the order of their first mails, then of their references."""
    wanted = (
        an_application("BL26-ZZZZZ", received_at=NOW - MINUTE),
        an_application("BL26-AAAAA"),
        an_application("BL26-BBBBB"),
    )
    for uid, application in enumerate(reversed(wanted)):
        keep_outcome(store, an_outcome(keep(store, str(uid), uid=uid), application))

    assert store.applications() == wanted


def test_seen_by_another_worker(store: Store, ready_url: str, tmp_path: object) -> None:
    """What one worker keeps, another reads, also where it had read before."""
    other = Store.open(ready_url, store._folder)
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application()))
    assert other.applications() == (an_application(),)

    keep_outcome(store, an_outcome(second, an_application(version=2)))

    assert other.applications() == (an_application(version=2),)
    other.close()


def test_read_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """An application that has not changed is not read again."""
    keep_outcome(store, an_outcome(keep(store), an_application()))
    store.applications()

    monkeypatch.delattr("data._rows.to_application")

    assert store.applications() == (an_application(),)


def test_no_application(store: Store) -> None:
    """A reference that nobody has is None."""
    assert store.application(REFERENCE) is None


def test_newer_letter(store: Store) -> None:
    """A newer reply takes the place of an older one that has not left."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application(), a_letter(FIRST, application=REFERENCE)))
    keep_outcome(store, an_outcome(second, an_application(), a_letter(SECOND, application=REFERENCE)))

    assert states(store) == {FIRST: LetterState.SUPERSEDED, SECOND: LetterState.QUEUED}
    assert not store.letters.take(FIRST, NOW)


def test_held_letter_is_superseded(store: Store) -> None:
    """A held reply, too, gives way, and is not released afterwards."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(
        store, an_outcome(first, an_application(), a_letter(FIRST, application=REFERENCE)), held=True
    )
    keep_outcome(
        store, an_outcome(second, an_application(), a_letter(SECOND, application=REFERENCE)), held=True
    )

    assert store.letters.release(NOW) == 1
    assert states(store) == {FIRST: LetterState.SUPERSEDED, SECOND: LetterState.QUEUED}


def test_changed_without_a_letter(store: Store) -> None:
    """A reply that is no longer true does not leave, even where none takes its place."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application(), a_letter(FIRST, application=REFERENCE)))
    keep_outcome(store, an_outcome(second, an_application(version=2)))

    assert states(store) == {FIRST: LetterState.SUPERSEDED}


def test_nothing_new(store: Store) -> None:
    """A mail that changes nothing that was judged leaves the reply that waits: it still says the truth."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application(), a_letter(FIRST, application=REFERENCE)))
    keep_outcome(store, replace(an_outcome(second, an_application(version=2)), changes=False))

    assert states(store) == {FIRST: LetterState.QUEUED}
    assert store.application(REFERENCE) == an_application(version=2)


def test_sent_stays_sent(store: Store) -> None:
    """A reply that has left stays as it is."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application(), a_letter(FIRST, application=REFERENCE)))
    store.letters.take(FIRST, NOW)
    store.letters.settle(FIRST, LetterState.SENT, reply="250 ok", now=NOW)
    keep_outcome(store, an_outcome(second, an_application(), a_letter(SECOND, application=REFERENCE)))

    assert states(store) == {FIRST: LetterState.SENT, SECOND: LetterState.QUEUED}


def test_only_replies_to_it(store: Store) -> None:
    """Letters to others, and of other kinds, are left alone."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    keep_outcome(store, an_outcome(first, an_application(), a_letter(FIRST, application=REFERENCE)))
    store.letters.keep(
        a_letter("3" * 32, kind=LetterKind.REMINDER, application=REFERENCE), b"", held=False, now=NOW
    )
    other = an_application("BL26-22222")
    keep_outcome(store, an_outcome(second, other, a_letter(SECOND, application="BL26-22222")))

    assert set(states(store).values()) == {LetterState.QUEUED}


def test_same_letter(store: Store) -> None:
    """A letter whose id is there stays as it is: it may have left already."""
    first, second = keep(store, "first", uid=1), keep(store, "second", uid=2)
    letter = a_letter(FIRST, application=REFERENCE)
    keep_outcome(store, an_outcome(first, an_application(), letter))
    store.letters.take(FIRST, NOW)
    store.letters.settle(FIRST, LetterState.SENT, reply="250 ok", now=NOW)
    keep_outcome(store, an_outcome(second, an_application(), letter))

    assert states(store) == {FIRST: LetterState.SENT}


def test_reading(store: Store) -> None:
    """A reading is found by the file's hash and the readers' version, and replaced by a later one."""
    read = Document(FileKind.PDF, (Page(1, PageSource.TEXT),), ())
    unread = Unread(FileKind.PDF, UnreadReason.CORRUPT, "no xref")
    store.keep_reading("a" * 64, "1", unread, NOW)
    store.keep_reading("a" * 64, "1", read, NOW)
    store.keep_reading("b" * 64, "1", unread, NOW)

    assert store.reading("a" * 64, "1") == read
    assert store.reading("b" * 64, "1") == unread
    assert store.reading("a" * 64, "2") is None


@settings(
    max_examples=10,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(any_noun(Document | Unread))
def test_any_reading(store: Store, reading: Document | Unread) -> None:
    """Any reading comes back from the database as it was."""
    store.keep_reading("a" * 64, "1", reading, NOW)

    assert store.reading("a" * 64, "1") == reading


def test_reading_of_an_older_shape(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A reading this version does not understand is made again."""
    with monkeypatch.context() as patch:
        patch.setattr("data._rows.from_reading", lambda _: b"not zlib")
        store.keep_reading("a" * 64, "1", Unread(FileKind.PDF, UnreadReason.CORRUPT, ""), NOW)

    assert store.reading("a" * 64, "1") is None


def test_a_ruling_is_kept_with_its_event_by_whoever_is_not_overtaken(store: Store) -> None:
    """Whole, on both databases; letters that wait stay as they are, and who read too early looks again."""
    mail = keep(store)
    application = an_application(mails=(mail,))
    keep_outcome(store, an_outcome(mail, application, a_letter(FIRST, application=REFERENCE)))
    ruling = Ruling(Matter.LATE, False, "Zoé", NOW, ("a" * 64,), "Arrivé le 15.", lapsed=True)
    settled = replace(application.verdict, settled=(Finding("mail.late", "mail", Severity.REVIEW),))
    ruled = replace(application, rulings=(ruling,), verdict=settled)
    event = replace(an_event("Décidé.", application=REFERENCE), kind=EventKind.RULED)
    store.rule(ruled, generation=store.generation(), event=event, now=NOW)

    assert store.application(REFERENCE) == ruled
    assert store.events(NOW, NOW + MINUTE) == (event,)
    assert states(store) == {FIRST: LetterState.QUEUED}
    with pytest.raises(Overtaken):
        store.rule(application, generation=1, event=event, now=NOW)
    assert store.application(REFERENCE) == ruled


def test_an_application_kept_before_there_were_rulings_is_read() -> None:
    """Its row knows neither the rulings nor what they settle."""
    row = _rows.from_application(an_application(), 1)
    old = json.loads(row.body)
    del old[0]["rulings"], old[0]["verdict"]["settled"]
    row.body = json.dumps(old)

    assert _rows.to_application(row) == an_application()
