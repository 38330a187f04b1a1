"""Whether all that the inboxes hold was looked at."""

from collections.abc import Iterator
from datetime import datetime

from data.errors import MailboxError
from data.model import Event, EventKind
from desk.jobs.inboxes import keep, looked_at_since
from desk.journal import task
from desk.wiring import Desk
from ingest.mailbox import Account, Mailbox, open_mailbox


def count(desk: Desk, account: Account) -> None:
    """Every night: does the inbox hold mails that were never looked at? They are now, and the digest says so.

    Positions can betray: a server that gives out numbers out of order, a backup brought back.
    """
    with task("count", inbox=account.name) as facts:
        try:
            with open_mailbox(account) as mailbox:
                facts["missed"] = sum(missed_in(desk, account, mailbox))
        except MailboxError as error:
            facts["trouble"] = type(error).__name__
            desk.store.note_poll(account.name, desk.now(), str(error))


def missed_in(desk: Desk, account: Account, mailbox: Mailbox) -> Iterator[int]:
    """For each folder that is read, how many of its mails had been missed."""
    folders = mailbox.other_folders() if account.subfolders else ()
    for folder in (account.folder, *folders):
        if folder != mailbox.folder:
            mailbox.enter(folder)
        position = desk.store.position(account.name, folder)
        if position is None or position[0] != mailbox.uidvalidity:
            continue  # not read yet: the next poll begins at its start
        held = [uid for uid in mailbox.uids(since=looked_at_since(desk)) if uid <= position[1]]
        seen = desk.store.sighted(account.name, folder, mailbox.uidvalidity)
        missed = [uid for uid in held if uid not in seen]
        for headings in mailbox.chunks(missed):
            for _ in keep(desk, mailbox, headings):
                pass
        found = desk.store.sighted(account.name, folder, mailbox.uidvalidity) & set(missed)
        if found:
            desk.store.note_event(miscount(account, folder, len(held), len(missed), desk.now()), desk.now())
        yield len(found)


def miscount(account: Account, folder: str, held: int, missed: int, now: datetime) -> Event:
    """What the digest says of mails that had been missed."""
    told = (
        f"Boîte « {account.name} », dossier « {folder} » : le serveur tient {held} messages, "
        f"{held - missed} avaient été vus ; les autres viennent d'être lus."
    )
    return Event(at=now, kind=EventKind.MISCOUNT, application=None, detail=told)
