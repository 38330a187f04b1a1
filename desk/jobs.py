"""What the desk does: each job takes the desk as argument, and may be repeated without harm.

The order is law: keep the raw mail, think, keep the outcome in one transaction; sending is another job.
`take` is one of the two places with a broad `except` (style guide 37): whatever a mail provokes, it costs
that mail three tries and a place on the shelf, never the next mail.
"""

import contextlib
import random
import traceback
from collections.abc import Iterator, Sequence
from datetime import date, datetime, timedelta

from data.errors import (
    Damaged,
    DeskError,
    MailboxError,
    NobodyThere,
    Overtaken,
    PostError,
    StillReading,
    StoreError,
    UsageError,
)
from data.letters import StoredLetter
from data.model import (
    Address,
    Application,
    Call,
    DayBook,
    Event,
    EventKind,
    Heading,
    InboxState,
    Letter,
    LetterKind,
    LetterState,
    MailKind,
    RawMail,
)
from data.store import TRIES
from data.tables import MailState
from desk import agenda, pipeline
from desk.confined import reading_ahead
from desk.journal import task
from desk.wiring import Desk, Fresh, Rest
from ingest.envelope import glance, identity
from ingest.mailbox import Account, Lacking, Mailbox, open_mailbox
from ingest.patience import LONGEST_S, pause_after
from ingest.recognise import may_be_ours
from notifier import alert, busy, calls, closing, digest, outbox, post, reminders

SETTLED = timedelta(minutes=1)
"""A digest tells what was noted until a minute before it: no transaction of that time is still open."""
BEFORE_GO_LIVE = timedelta(days=120)
"""How much older than the go-live a mail may be and still be looked at."""
FETCHED = frozenset({MailKind.APPLICATION, MailKind.SUPPLEMENT, MailKind.WITHDRAWAL, MailKind.BOUNCE})


# ---------------------------------------------------------------- polling: fetch and keep


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


# ---------------------------------------------------------------- whether the inboxes are read at all


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


def withheld(desk: Desk, heading: Heading) -> Event:
    """What the digest says of a mail that may be ours and that the server does not give out."""
    received = desk.edition.local(heading.received_at)
    told = (
        f"Boîte « {heading.key.account} », dossier « {heading.key.folder} » : le serveur ne donne pas un "
        f"message reçu le {received:%d/%m/%Y à %H:%M}, peut-être une candidature : à lire dans la boîte. "
        "Il est redemandé chaque nuit."
    )
    return Event(at=desk.now(), kind=EventKind.MISCOUNT, application=None, detail=told)


# ---------------------------------------------------------------- thinking: one mail, one outcome


def take(desk: Desk, mail: str) -> None:
    """Judge one kept mail and keep what follows from it.

    Raises:
        DeskError: disk, database or sandbox are in trouble; not the mail's fault, so no try is counted.
    """
    with task("take", mail=mail[:12]) as facts:
        try:
            facts.update(judge(desk, mail))
        except Damaged:
            facts["shelved"] = True
            shelve(desk, mail, traceback.format_exc())
        except DeskError:
            raise
        except Exception:
            attempts = desk.store.fail(mail, traceback.format_exc(), desk.now())
            facts["attempts"] = attempts
            if attempts < TRIES:
                raise
            tell_of_shelf(desk)
    desk.engine.enqueue("calls", f"calls/{mail}")


def judge(desk: Desk, mail: str) -> dict[str, object]:
    """Think until nobody else changed the applications meanwhile; then keep the outcome.

    Of a mail that is not ours nothing is kept: neither its bytes nor what its files say.
    """
    fresh = Fresh()
    while (state := desk.store.mail_state(mail)) is MailState.KEPT:
        generation = desk.store.generation()
        with reading_ahead(desk.tools(fresh)) as tools:
            outcome = pipeline.handle(
                desk.store.mail(mail), desk.known(), desk.edition, tools, desk.manners, desk.now()
            )
        application = outcome.application
        if application:
            desk.keep(fresh, application)
        mime = {each.id: written(desk, each) for each in outcome.letters}
        held = any(waits(desk, each, desk.store.mail(mail).received_at) for each in outcome.letters)
        try:
            desk.store.keep_outcome(
                outcome, mime, generation=generation, events=outcome.events, held=held, now=desk.now()
            )
        except Overtaken:
            continue
        desk.store.forget()
        return {
            "kind": outcome.recognition.kind.value,
            "application": application and application.reference,
            "verdict": application and application.verdict.state.value,
            "letters": len(outcome.letters),
        }
    return {"state": state.value}


# ---------------------------------------------------------------- which letters leave by themselves


TO_US = frozenset({LetterKind.DIGEST, LetterKind.CLOSING, LetterKind.ALERT})
"""All other letters go to applicants, those of a kind that nobody has thought of yet among them."""


def waits(desk: Desk, letter: Letter, since: datetime) -> bool:
    """Whether a person must release a letter to an applicant.

    A mail that is older than `held_after_hours` when it is judged is not answered by itself: whatever
    brings old mail back (a lost database, a moved inbox), no wave of second answers leaves.

    Args:
        since: when that came which it answers.
    """
    sending = desk.settings.sending
    age = desk.now() - since
    old = 0 < sending.held_after_hours < age / timedelta(hours=1)
    return sending.send == "hold" or old or must_stay(desk, letter)


def must_stay(desk: Desk, letter: Letter) -> bool:
    """Whether this is a rehearsal, and the letter is neither ours nor a tester's."""
    rehearsal = desk.settings.sending.send == "rehearsal"
    return rehearsal and letter.kind not in TO_US and letter.recipient.email.lower() not in desk.testers


def counted(desk: Desk) -> tuple[Application, ...]:
    """The applications that count; those of a rehearsal only while it lasts."""
    return tuple(each for each in desk.store.applications() if desk.testers or not each.rehearsal)


def reader_of(desk: Desk, reference: str) -> Address | None:
    """Who reads our letters to an application: as the last one was addressed, else who wrote last."""
    facts = desk.store.letters.facts(application=reference)
    if facts:
        return desk.store.letters.get(facts[-1].id).letter.recipient
    application = desk.store.application(reference)
    mails = application.dossier.mails if application else ()
    return next((mail.sender for mail in reversed(mails) if mail.sender), None)


# ---------------------------------------------------------------- sending


def enqueue_due(desk: Desk) -> None:
    """Put every letter whose time has come to work; the try is part of the id, so none goes twice."""
    for letter in desk.store.letters.due(desk.now()):
        tries = desk.store.letters.get(letter).attempts
        desk.engine.enqueue("send", f"send/{letter}/{tries}", letter)


def send(desk: Desk, letter: str) -> None:
    """Hand one letter to the mail server, and keep what it said (docs/decisions/0004)."""
    with task("send", letter=letter[:12]) as facts:
        if not desk.store.letters.take(letter, desk.now(), by=desk.engine.executor):
            facts["state"] = "taken"
            return
        stored = desk.store.letters.get(letter)
        if must_stay(desk, stored.letter):  # queued before the rehearsal began
            facts["state"] = desk.store.letters.settle(
                letter, LetterState.HELD, reply="", now=desk.now()
            ).value
            return
        try:
            error, said = attempt(desk, stored)
        except Overtaken:  # its application changed in this very moment: nothing was handed over
            facts["state"] = LetterState.SUPERSEDED.value
            return
        now = desk.now()
        state, next_at = outbox.after(error, stored.attempts, now)
        facts["state"] = desk.store.letters.settle(
            letter,
            state,
            reply=said,
            now=now,
            next_at=next_at,
            event=letter_trouble(stored.letter, state, now) if state in TROUBLE else None,
            nobody_there=isinstance(error, NobodyThere),
        ).value


def attempt(desk: Desk, stored: StoredLetter) -> tuple[PostError | None, str]:
    """One try, with what went wrong and what the server said."""
    letter = stored.letter
    try:
        said = post.send(
            desk.server,
            stored.mime,
            desk.sender.email,
            letter.recipient.email,
            before_dot=lambda: desk.store.letters.hand_over(letter.id, desk.now()),
        )
    except PostError as error:
        return error, str(error)
    return None, said


TROUBLE = {
    LetterState.FAILED: "Une lettre a été refusée par le serveur du destinataire : à appeler.",
    LetterState.UNKNOWN: "La connexion a été coupée pendant l'envoi d'une lettre : à vérifier.",
}


def letter_trouble(letter: Letter, state: LetterState, now: datetime) -> Event:
    """What the digest says of a letter that did not surely arrive."""
    return Event(at=now, kind=EventKind.LETTER_FAILED, application=letter.application, detail=TROUBLE[state])


# ---------------------------------------------------------------- the officer's day


def write_digest(desk: Desk, day: str) -> None:
    """Compose the digest of a day and queue it; the same day never gives two."""
    today = date.fromisoformat(day)
    plan_calls(desk)  # the officer's calendar may have changed overnight
    letter = digest.compose(day_book(desk, today), desk.edition, to=desk.reader_of_digest, now=desk.now())
    desk.store.letters.keep(letter, written(desk, letter), held=False, now=desk.now())


def close(desk: Desk) -> None:
    """Look once more for mails that were in transit when the door closed, then ask for the statement."""
    for account in desk.accounts:
        poll(desk, account)
    desk.engine.enqueue("closing", f"closing/{desk.edition.id}")


def write_closing(desk: Desk) -> None:
    """The dated statement of what had arrived when the door closed, once everything is judged.

    Raises:
        StillReading: mails wait to be judged; the engine asks again.
    """
    if waiting := len(desk.store.unhandled()):
        raise StillReading(f"closing statement: {waiting} mails wait to be judged")
    today = desk.edition.local(desk.now()).date()
    letter = closing.compose(day_book(desk, today), desk.edition, to=desk.reader_of_digest, now=desk.now())
    desk.store.letters.keep(letter, written(desk, letter), held=False, now=desk.now())


def plan_calls(desk: Desk) -> None:
    """Fill the window with calls, once it is open; calls already planned keep their place."""
    now = desk.now()
    if now < calls_open_at(desk):
        return
    held = desk.store.calls()
    planned = calls.plan(
        counted(desk),
        desk.edition,
        now=now,
        held=held,
        busy=tuple(appointments(desk, held)),
        unreached=unreached(desk),
    )
    desk.store.keep_calls(planned)


def appointments(desk: Desk, ours: Sequence[Call]) -> Iterator[calls.Slot]:
    """When the officer is taken by something else, as far as the calendar files can be read.

    One that cannot be read is a line of the digest: the calls are planned without it.
    """
    for file in agenda.files(desk.settings.calls.calendar):
        try:
            yield from busy.slots(file.read_bytes(), desk.edition, ours={call.uid for call in ours})
        except (OSError, ValueError):
            now = desk.now()
            told = f"Le calendrier « {file.name} » n'a pas pu être lu : ses rendez-vous ne sont pas évités."
            desk.store.note_event(Event(at=now, kind=EventKind.QUESTION, application=None, detail=told), now)


def unreached(desk: Desk) -> frozenset[str]:
    """Applications that our last letter did not reach, and that have not written since."""
    latest = {
        each.reference: max((mail.received_at for mail in each.dossier.mails), default=each.received_at)
        for each in desk.store.applications()
    }
    failed = [
        (letter.application, letter.composed_at)
        for letter in desk.store.letters.facts(states=[LetterState.FAILED])
    ]
    returned = [
        (event.application, event.at)
        for event in desk.store.events(desk.edition.dates.go_live, desk.now())
        if event.kind is EventKind.BOUNCED
    ]
    return frozenset(ref for ref, at in failed + returned if ref in latest and latest[ref] <= at)


def calls_open_at(desk: Desk) -> datetime:
    """Ten minutes after the deadline: the mails in transit are in by then."""
    return desk.edition.dates.deadline + timedelta(minutes=10)


def reminders_at(desk: Desk) -> datetime | None:
    """When the reminders are written: before the digest of the last working day before they leave."""
    leaves = desk.edition.dates.reminder
    if leaves is None:
        return None
    day = desk.edition.local(leaves).date() - timedelta(days=1)
    while day.weekday() > 4:
        day -= timedelta(days=1)
    hour = desk.settings.digest.at
    return datetime.combine(day, hour, desk.edition.programme.tz) - timedelta(minutes=10)


def write_reminders(desk: Desk) -> None:
    """Write a reminder to each applicant who must still send something: shown in the digest, then sent.

    Written too late to be shown (nobody was at the desk), they wait for a person; after the deadline none is.
    """
    leaves = desk.edition.dates.reminder
    if leaves is None or desk.now() >= desk.edition.dates.deadline:
        return
    for application in reminders.wanted(counted(desk)):
        write_reminder(desk, application.reference, leaves)


def write_reminder(desk: Desk, reference: str, leaves: datetime) -> None:
    """Write one reminder, if it is still true at the moment it is kept."""
    while True:
        generation = desk.store.generation()
        application = desk.store.application(reference)
        reader = reader_of(desk, reference)
        if not application or not reader or not any(reminders.wanted([application])):
            return
        if why := desk.store.letters.blocked(reader.email):
            tell_of_no_reminder(desk, reference, why)
            return
        letter = reminders.compose(application, desk.edition, to=reader, now=desk.now())
        held = desk.now() >= leaves or waits(desk, letter, desk.now())
        try:
            desk.store.letters.keep(
                letter, written(desk, letter), held=held, now=desk.now(), generation=generation
            )
        except Overtaken:
            continue
        return


def tell_of_no_reminder(desk: Desk, reference: str, why: str) -> None:
    """A line for the digest, however often the reminders are written: nobody can be reminded by letter."""
    told = f"Pas de rappel : cette adresse ne reçoit pas nos messages ({why}) : à appeler."
    at = reminders_at(desk) or desk.now()
    desk.store.note_event(Event(at, EventKind.NOT_ANSWERED, reference, told), desk.now())


def stop_reminders(desk: Desk, reference: str) -> int:
    """Let the reminders of an application, or of « all », never leave; how many were waiting.

    Raises:
        UsageError: none is written, so that nothing can be stopped.
    """
    written = [
        fact.id
        for fact in desk.store.letters.facts()
        if fact.kind is LetterKind.REMINDER and reference in ("all", fact.application)
    ]
    if not written:
        raise UsageError(
            f"{reference}: no reminder is written", "`blossom reminders list` says when they are."
        )
    return desk.store.letters.drop(desk.now(), written)


def day_book(desk: Desk, day: date) -> DayBook:
    """All that happened since the digest before."""
    until = desk.now()
    since = digest_before(desk, day)
    return DayBook(
        day=day,
        since=since,
        until=until,
        applications=counted(desk),
        events=desk.store.events(since - SETTLED, until - SETTLED),
        letters=desk.store.letters.facts(),
        calls=desk.store.calls(),
        shelf=desk.store.shelf(),
        inboxes=desk.store.inboxes(),
        withdrawals=withdrawals_asked(desk),
    )


def withdrawals_asked(desk: Desk) -> tuple[Event, ...]:
    """The last message of each application that seems to withdraw it, until the officer says if it does."""
    asked: dict[str, Event] = {}
    for event in desk.store.events(desk.edition.dates.go_live, desk.now() + SETTLED):
        if event.application and event.kind is EventKind.WITHDRAWAL:
            asked[event.application] = event
        elif event.application and event.kind in (EventKind.WITHDRAWN, EventKind.STAYED):
            asked.pop(event.application, None)
    gone = {each.reference for each in desk.store.applications() if each.withdrawn_at}
    return tuple(event for reference, event in asked.items() if reference not in gone)


def digest_before(desk: Desk, day: date) -> datetime:
    """When the digest before this day's was composed; the go-live where there was none."""
    composed = (
        letter.composed_at
        for letter in desk.store.letters.facts()
        if letter.kind is LetterKind.DIGEST and desk.edition.local(letter.composed_at).date() < day
    )
    return max(composed, default=desk.edition.dates.go_live)


def written(desk: Desk, letter: Letter) -> bytes:
    """The letter as it goes over the wire: made once, kept, and sent as it is however often it is tried."""
    return post.to_mime(letter, sender=desk.sender, reply_to=desk.reply_to, domain=desk.manners.domain)


# ---------------------------------------------------------------- after a stop, and what got stuck


def settle_interrupted(desk: Desk) -> None:
    """Letters that this worker was sending when it stopped: back to the queue, or to the officer."""
    now = desk.now()
    desk.store.letters.strand(
        now, by=desk.engine.executor, tell=lambda letter: letter_trouble(letter, LetterState.UNKNOWN, now)
    )


def take_up(desk: Desk) -> None:
    """Put every kept mail to work that is not handled: new, interrupted, or back from the shelf.

    A mail that took its process down with it each time is not tried again: it goes to the shelf.
    """
    waiting = set(desk.store.unhandled())
    for stuck in desk.engine.failed():
        if not stuck.parked:
            desk.engine.resume(stuck.id)
        elif stuck.job == "take" and stuck.args[0] in waiting:
            shelve(desk, stuck.args[0], stuck.detail)
    for mail in desk.store.unhandled():
        desk.engine.enqueue("take", f"take/{mail}", mail) or desk.engine.resume(f"take/{mail}")


def shelve(desk: Desk, mail: str, why: str) -> None:
    """Put a mail on the shelf without another try."""
    while desk.store.fail(mail, why, desk.now()) < TRIES:
        pass
    tell_of_shelf(desk)


def tell_of_shelf(desk: Desk) -> None:
    """A line for the digest: a person must look."""
    now = desk.now()
    told = "Un message n'a pas pu être traité : il attend une personne sur l'étagère."
    desk.store.note_event(Event(at=now, kind=EventKind.SHELVED, application=None, detail=told), now)


def bring_back(desk: Desk, mail: str) -> None:
    """Put a mail from the shelf to work again, also one that the engine has given up."""
    desk.store.retry(mail, desk.now())
    desk.engine.resume(f"take/{mail}")


def sweep(desk: Desk) -> None:
    """Forget the engine's records of what ended a month ago, and what is left of mails not ours."""
    desk.store.forget()
    desk.engine.sweep(desk.now() - timedelta(days=30))
