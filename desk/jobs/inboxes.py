"""Fetch what is new in the inboxes, and keep it. A mailbox is never changed."""

import contextlib
import random
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from data.errors import MailboxError
from data.model import Event, EventKind, Heading, MailKind, RawMail
from data.tables import MailState
from desk.jobs.watching import beat
from desk.journal import task
from desk.wiring import Desk, Rest
from ingest.envelope import glance, identity
from ingest.mailbox import Account, Lacking, Mailbox, open_mailbox
from ingest.patience import LONGEST_S, pause_after
from ingest.recognise import may_be_ours

BEFORE_GO_LIVE = timedelta(days=120)
"""How much older than the go-live a mail may be and still be looked at."""
FETCHED = frozenset({MailKind.APPLICATION, MailKind.SUPPLEMENT, MailKind.WITHDRAWAL, MailKind.BOUNCE})


def poll(desk: Desk, account: Account) -> MailboxError | None:
    """Look at what is new in one inbox, and keep what may be ours. The mailbox is never changed.

    Returns:
        The mailbox's trouble, if it has any: noted for the digest; the next tick reads it again.
    """
    now = desk.now()
    with task("poll", inbox=account.name) as facts:
        try:
            with open_mailbox(account) as mailbox:
                facts["kept"] = sum(keep_all_new(desk, account, mailbox))
        except MailboxError as error:
            facts["trouble"] = type(error).__name__
            desk.store.note_poll(account.name, now, str(error))
            rest(desk, account)
            return error
        desk.store.note_poll(account.name, now, None)
        desk.rests.pop(account.name, None)
        beat(desk)
        return None


def poll_if_rested(desk: Desk, account: Account) -> None:
    """What the clock asks for: an inbox that fails is left alone for longer each time (`patience`)."""
    now = desk.now()
    rests = desk.rests.get(account.name)
    # A clock that was put back must not make the rest longer than the longest there is.
    if rests and now < rests.until <= now + timedelta(seconds=LONGEST_S):
        return
    poll(desk, account)


def rest(desk: Desk, account: Account) -> None:
    """Leave an inbox alone that has failed once more."""
    before = desk.rests.get(account.name)
    failures = before.failures + 1 if before else 1
    pause = timedelta(seconds=pause_after(failures, random.random()))  # noqa: S311 - spreads, hides nothing
    desk.rests[account.name] = Rest(failures, desk.now() + pause)


def keep_all_new(desk: Desk, account: Account, mailbox: Mailbox) -> Iterator[bool]:
    """For each new mail of the inbox, then of the folders it may have been moved to, whether it was kept."""
    yield from keep_new(desk, account, mailbox)
    if not account.subfolders:
        return
    for folder in mailbox.other_folders():
        newest = mailbox.newest(folder)
        if desk.store.position(account.name, folder) != newest:
            mailbox.enter(folder)
            yield from keep_new(desk, account, mailbox)
            desk.store.advance(account.name, folder, *newest)  # what is older is not asked for again


def looked_at_since(desk: Desk) -> date:
    """Mail from before is another round's, and private: it is not even listed."""
    return (desk.edition.dates.go_live - BEFORE_GO_LIVE).date()


def keep_new(desk: Desk, account: Account, mailbox: Mailbox) -> Iterator[bool]:
    """For each new mail, in the order of the folder, whether it was kept.

    The position moves on behind each mail, so that a stop at any line reads that mail again. A folder that
    was made anew (another UIDVALIDITY; RFC 9051, 2.3.1.1) is read from its start: mails are known by their
    identity, not by their place.
    """
    folder = mailbox.folder
    position = desk.store.position(account.name, folder)
    after = position[1] if position and position[0] == mailbox.uidvalidity else 0
    for headings in mailbox.chunks(mailbox.uids(after, looked_at_since(desk))):
        for heading, kept in keep(desk, mailbox, headings):
            desk.store.advance(account.name, folder, mailbox.uidvalidity, heading.key.uid)
            yield kept


def keep(desk: Desk, mailbox: Mailbox, headings: Sequence[Heading]) -> Iterator[tuple[Heading, bool]]:
    """Keep each mail whole if it may be ours; else only its key, time and the reason.

    In their order, and each as soon as it has come: those behind it may still be lost, and are read again.
    """
    known = desk.store.applications()
    kinds = [may_be_ours(glance(each), each.file_names, desk.edition, known).kind for each in headings]
    wanted = [heading for heading, kind in zip(headings, kinds, strict=True) if kind in FETCHED]
    with contextlib.closing(mailbox.contents(wanted)) as contents:
        for heading, kind in zip(headings, kinds, strict=True):
            content = next(contents) if kind in FETCHED else Lacking.GONE
            yield heading, keep_one(desk, heading, kind, content)


def keep_one(desk: Desk, heading: Heading, kind: MailKind, content: bytes | Lacking) -> bool:
    """Keep one mail, if it came; one that the server withholds is asked for again by the nightly count."""
    if content is Lacking.WITHHELD:
        desk.store.note_event(withheld(desk, heading), desk.now())
        return False
    if content is Lacking.GONE:
        desk.store.keep_passed(heading.key, heading.received_at, kind.value, desk.now())
        return False
    mail = RawMail(identity(content), heading.received_at, content)
    in_service = heading.received_at >= desk.edition.dates.go_live
    new = desk.store.keep_mail(mail, heading.key, to_answer=in_service, now=desk.now())
    if not new and desk.store.mail_state(mail.identity) is MailState.FORGOTTEN:
        desk.store.forget()  # a copy of what was found to be nobody's business of ours
    desk.engine.enqueue("take", f"take/{mail.identity}", mail.identity)
    return True


def withheld(desk: Desk, heading: Heading) -> Event:
    """What the digest says of a mail that may be ours and that the server does not give out."""
    received = desk.edition.local(heading.received_at)
    told = (
        f"Boîte « {heading.key.account} », dossier « {heading.key.folder} » : le serveur ne donne pas un "
        f"message reçu le {received:%d/%m/%Y à %H:%M}, peut-être une candidature : à lire dans la boîte. "
        "Il est redemandé chaque nuit."
    )
    return Event(at=desk.now(), kind=EventKind.MISCOUNT, application=None, detail=told)
