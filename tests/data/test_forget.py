"""What is forgotten: the bytes of mails that turned out not to be ours, and nothing else."""

from pathlib import Path

import pytest

from data.errors import StoreError
from data.store import Store
from data.tables import MailState
from tests.data.nouns import an_application, an_event, an_outcome, keep, keep_outcome


def files(folder: Path) -> int:
    """How many raw mails lie on the disk."""
    return len(list((folder / "mail").rglob("*.eml")))


def test_a_mail_that_is_not_ours_leaves_no_bytes(store: Store, tmp_path: Path) -> None:
    """Key and time stay, its bytes go; forgetting again finds nothing."""
    mail = keep(store)
    keep_outcome(store, an_outcome(mail))

    assert store.mail_state(mail) is MailState.FORGOTTEN
    assert (store.forget(), store.forget(), files(tmp_path)) == (1, 0, 0)
    assert len(store.copies(mail)) == 1
    with pytest.raises(StoreError):
        store.mail(mail)


def test_an_application_stays(store: Store, tmp_path: Path) -> None:
    """The bytes of an application's mail are never forgotten."""
    mail = keep(store)
    keep_outcome(store, an_outcome(mail, an_application(mails=(mail,))))

    assert (store.forget(), files(tmp_path)) == (0, 1)
    assert store.mail_state(mail) is MailState.HANDLED


def test_a_mail_for_the_officer_stays(store: Store, tmp_path: Path) -> None:
    """A mail that a person must sort keeps its bytes until it is sorted."""
    mail = keep(store)
    keep_outcome(store, an_outcome(mail), events=(an_event(),))

    assert (store.forget(), files(tmp_path)) == (0, 1)
