"""Raw mails are kept before anything else, once, and never lost."""

import errno
import os
from datetime import timedelta
from pathlib import Path

import pytest

from data.errors import StoreError
from data.model import Shelved
from data.store import TRACE_LENGTH, TRIES, Store
from data.tables import MailState
from tests.data.nouns import (
    MINUTE,
    NOW,
    a_key,
    a_raw_mail,
    an_application,
    an_identity,
    an_outcome,
    keep,
    keep_outcome,
)


def eml_files(folder: Path) -> list[Path]:
    return [path for path in (folder / "mail").rglob("*") if path.is_file()]


def test_kept(store: Store, tmp_path: Path) -> None:
    """A mail comes back byte for byte, and waits to be handled."""
    raw = a_raw_mail(content=bytes(range(256)))

    assert store.keep_mail(raw, a_key(), to_answer=True, now=NOW)
    assert store.mail(raw.identity) == raw
    assert store.mail_state(raw.identity) is MailState.KEPT
    assert store.unhandled() == (raw.identity,)
    assert len(eml_files(tmp_path)) == 1


def test_kept_twice(store: Store, tmp_path: Path) -> None:
    """The same copy, fetched again after a crash, changes nothing."""
    store.keep_mail(a_raw_mail(), a_key(), to_answer=True, now=NOW)

    assert not store.keep_mail(a_raw_mail(), a_key(), to_answer=True, now=NOW + MINUTE)
    assert store.copies(an_identity()) == (a_key(),)
    assert len(eml_files(tmp_path)) == 1


def test_two_copies(store: Store) -> None:
    """Of a mail in both inboxes the earliest reception counts, whichever was read first."""
    late = a_raw_mail(received_at=NOW + 2 * MINUTE)
    early = a_raw_mail(received_at=NOW)

    assert store.keep_mail(late, a_key(5, "info"), to_answer=True, now=NOW)
    assert not store.keep_mail(early, a_key(9, "matthias"), to_answer=True, now=NOW)
    assert store.mail(early.identity).received_at == NOW
    assert store.copies(early.identity) == (a_key(9, "matthias"), a_key(5, "info"))


def test_two_mails_of_one_message_id(store: Store, tmp_path: Path) -> None:
    """Of two mails that bear one Message-ID both are on disk; the first is the mail."""
    store.keep_mail(a_raw_mail(content=b"one"), a_key(1), to_answer=True, now=NOW)
    store.keep_mail(a_raw_mail(content=b"two"), a_key(2), to_answer=True, now=NOW)

    assert store.mail(an_identity()).content == b"one"
    assert {path.read_bytes() for path in eml_files(tmp_path)} == {b"one", b"two"}


def test_to_answer(store: Store) -> None:
    """A mail of which one copy came before the go-live is never answered."""
    store.keep_mail(a_raw_mail(), a_key(1), to_answer=True, now=NOW)
    assert store.to_answer(an_identity())

    store.keep_mail(a_raw_mail(), a_key(2), to_answer=False, now=NOW)
    store.keep_mail(a_raw_mail(), a_key(3), to_answer=True, now=NOW)

    assert not store.to_answer(an_identity())


def test_passed(store: Store, tmp_path: Path) -> None:
    """Of a mail that is not ours there is where, when and why, and no file."""
    store.keep_passed(a_key(7), NOW, "other programme", NOW)
    store.keep_passed(a_key(7), NOW, "other programme", NOW)

    assert store.seen("info", "INBOX", 1) == 1
    assert store.counts().passed == 1
    assert store.unhandled() == ()
    assert eml_files(tmp_path) == []


def test_passed_and_kept(store: Store) -> None:
    """What was passed can still be kept, and what was kept is not forgotten by being passed."""
    store.keep_passed(a_key(1), NOW, "?", NOW)
    identity = keep(store, uid=1)
    store.keep_passed(a_key(1), NOW, "?", NOW)

    assert store.copies(identity) == (a_key(1),)
    assert store.counts().passed == 0


def test_seen(store: Store) -> None:
    """Mails are counted by account, folder and UIDVALIDITY."""
    keep(store, "first", uid=1)
    store.keep_passed(a_key(2), NOW, "", NOW)
    store.keep_passed(a_key(2, "matthias"), NOW, "", NOW)
    store.keep_passed(a_key(2, uidvalidity=2), NOW, "", NOW)

    assert store.seen("info", "INBOX", 1) == 2
    assert store.seen("info", "Archive", 1) == 0


def test_unhandled_in_order(store: Store) -> None:
    """Mails are handled in the order in which they were received."""
    second = keep(store, "second", received_at=NOW + MINUTE, uid=1)
    first = keep(store, "first", received_at=NOW, uid=2)

    assert store.unhandled() == (first, second)


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_full_disk(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    """On a full disk there is neither row nor file; with room again the same mail is new."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with monkeypatch.context() as patch:
        patch.setattr(os, call, refuse)
        with pytest.raises(StoreError, match="No space left"):
            keep(store)

    assert store.unhandled() == ()
    assert store.seen("info", "INBOX", 1) == 0
    assert eml_files(tmp_path) == []
    assert store.keep_mail(a_raw_mail(), a_key(), to_answer=True, now=NOW)


def test_killed_between_file_and_row(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill after the file and before the row leaves a file, which the next poll makes use of."""

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("data.store.add_new", killed)
        with pytest.raises(KeyboardInterrupt):
            keep(store)

    assert len(eml_files(tmp_path)) == 1
    assert store.unhandled() == ()
    assert store.keep_mail(a_raw_mail(), a_key(), to_answer=True, now=NOW)
    assert len(eml_files(tmp_path)) == 1


def test_killed_between_rows(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """A kill between the mail's row and its copy's leaves neither."""

    def killed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr("data.store.put", killed)
        with pytest.raises(KeyboardInterrupt):
            keep(store)

    assert store.unhandled() == ()


def test_unknown_mail(store: Store) -> None:
    """A mail that is not there is told by its identity."""
    for ask in (store.mail, store.mail_state, store.to_answer):
        with pytest.raises(StoreError, match=an_identity("nobody")):
            ask(an_identity("nobody"))

    with pytest.raises(StoreError):
        store.fail(an_identity("nobody"), "", NOW)


def test_lost_file(store: Store, tmp_path: Path) -> None:
    """A mail whose file is gone is told, not taken for an empty one."""
    identity = keep(store)
    eml_files(tmp_path)[0].unlink()

    with pytest.raises(StoreError, match="not read"):
        store.mail(identity)


def test_shelf(store: Store) -> None:
    """The third failure puts a mail on the shelf, with its last trace; the others go on."""
    bad, good = keep(store, "bad", uid=1), keep(store, "good", uid=2)

    assert [store.fail(bad, f"trace {n}", NOW) for n in range(1, TRIES + 1)] == [1, 2, 3]
    assert store.shelf() == (Shelved(bad, NOW, 3, "trace 3"),)
    assert store.unhandled() == (good,)
    assert store.mail_state(bad) is MailState.SHELVED


def test_two_failures_are_no_shelf(store: Store) -> None:
    """After two failures a mail is still tried."""
    identity = keep(store)
    store.fail(identity, "", NOW)
    store.fail(identity, "", NOW)

    assert store.unhandled() == (identity,)
    assert store.shelf() == ()


def test_fail_after_the_end(store: Store) -> None:
    """A failure told late changes nothing of a mail that was handled, nor of one on the shelf."""
    done, shelved = keep(store, "done", uid=1), keep(store, "shelved", uid=2)
    keep_outcome(store, an_outcome(done))
    for _ in range(TRIES):
        store.fail(shelved, "", NOW)

    assert store.fail(done, "late", NOW) == 0
    assert store.fail(shelved, "late", NOW) == TRIES
    assert store.mail_state(done) is MailState.FORGOTTEN


def test_long_trace(store: Store) -> None:
    """Of a long traceback the end is kept, where the cause stands."""
    identity = keep(store)
    for _ in range(TRIES):
        store.fail(identity, "x" * TRACE_LENGTH + "the cause", NOW)

    (shelved,) = store.shelf()
    assert len(shelved.trace) == TRACE_LENGTH
    assert shelved.trace.endswith("the cause")


def test_retry(store: Store) -> None:
    """From the shelf a mail comes back with all its tries; from elsewhere it does not come."""
    identity = keep(store)
    assert not store.retry(identity, NOW)
    for _ in range(TRIES):
        store.fail(identity, "", NOW)

    assert store.retry(identity, NOW)
    assert store.unhandled() == (identity,)
    assert store.fail(identity, "", NOW) == 1


def test_handled_from_the_shelf(store: Store) -> None:
    """A mail on the shelf can be handled all the same."""
    identity = keep(store)
    for _ in range(TRIES):
        store.fail(identity, "", NOW)

    assert keep_outcome(store, an_outcome(identity, an_application(mails=(identity,))))
    assert store.shelf() == ()


def test_position(store: Store) -> None:
    """A folder's position goes forward only, and begins anew with another UIDVALIDITY."""
    assert store.position("info", "INBOX") is None

    store.advance("info", "INBOX", 4_294_967_295, 10)
    store.advance("info", "INBOX", 4_294_967_295, 7)
    assert store.position("info", "INBOX") == (4_294_967_295, 10)

    store.advance("info", "INBOX", 2, 3)
    assert store.position("info", "INBOX") == (2, 3)
    assert store.position("matthias", "INBOX") is None


def test_inboxes(store: Store) -> None:
    """An inbox tells when it was last read well, and the trouble since."""
    store.note_poll("matthias", NOW, None)
    store.note_poll("info", NOW, None)
    store.note_poll("info", NOW + MINUTE, "wrong password")
    store.advance("info", "INBOX", 1, 2)
    for uid in (1, 2):
        store.keep_passed(a_key(uid), NOW, "", NOW)
    store.keep_passed(a_key(1, uidvalidity=9), NOW - timedelta(days=1), "", NOW)

    info, matthias = store.inboxes()
    assert (info.account, info.read_at, info.trouble, info.seen) == ("info", NOW, "wrong password", 2)
    assert (matthias.account, matthias.read_at, matthias.trouble, matthias.seen) == ("matthias", NOW, None, 0)


def test_inbox_recovers(store: Store) -> None:
    """A good poll ends the trouble."""
    store.note_poll("info", NOW, "unreachable")
    (before,) = store.inboxes()
    store.note_poll("info", NOW + MINUTE, None)
    (after,) = store.inboxes()

    assert (before.read_at, before.trouble) == (None, "unreachable")
    assert (after.read_at, after.trouble) == (NOW + MINUTE, None)


def test_attachment(store: Store) -> None:
    """A file that came with a mail is kept beside the mails, and found by its hash."""
    sha256 = store.keep_attachment(b"statutes")

    assert store.attachment(sha256) == b"statutes"
