"""`blossom demo`: the whole desk through a fortnight in September 2026, in about a minute.

Everything is the real thing but the clock and the people: real IMAP and SMTP on loopback, the service's own
timetable, store, engine, sandbox, readers, checks and letters. The scheduler is filled as `blossom run` fills
it and then stepped from one due time to the next, because a fortnight of waiting shows nothing.
"""

import re
import shutil
import smtplib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from apscheduler.job import Job
from apscheduler.schedulers.background import BackgroundScheduler
from pydantic import SecretStr
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from data import edition
from data.model import Letter, LetterKind, LetterState, UnreadReason
from desk import schedule
from desk.demo import crowd, officer
from desk.demo.ahead import made_ahead
from desk.demo.mailworld import MailWorld
from desk.demo.officer import Act
from desk.demo.story import EDITION, Sent, brussels, fortnight, study
from desk.journal import open_journal
from desk.service import at_work
from desk.settings import Inbox, Polling, Sending, Settings, Smtp
from desk.show import applications_table
from desk.wiring import Desk, open_desk
from notifier import calendar, sheet
from notifier.calls import OPEN

ACCOUNTS = {"matthias@coopcity.be": "demo-matthias", "info@coopcity.be": "demo-info"}
BEGINS = brussels("09-01 07:55:00")
ENDS = brussels("09-18 17:00:00")
LONG_ENDS = brussels("10-02 17:00:00")
EVERY_S = 3600
"""Polls are an hour apart instead of two minutes: 26,000 of them would show no more than 850."""
WORK_S = 60
"""How long the engine may take over what one tick enqueued."""


@dataclass
class Clock:
    """A clock that stands still until it is set."""

    moment: datetime

    def now(self) -> datetime:
        return self.moment.astimezone(UTC)


@dataclass(frozen=True, slots=True)
class Plan:
    """What is played: who writes, what the officer does, and how long."""

    mails: tuple[Sent, ...]
    ends: datetime
    acts: tuple[Act, ...] = ()

    @property
    def happenings(self) -> list[Sent | Act]:
        """All of it, in its order."""
        return sorted((*self.mails, *self.acts), key=lambda each: each.at)


def short_form() -> Plan:
    """A fortnight, until the week of the calls is over."""
    return Plan(fortnight(), ENDS)


def long_form(without: Collection[str] = ()) -> Plan:
    """Until the results have left, with forty applicants.

    Args:
        without: keys of applicants to leave out.
    """
    mails = [*study(), *crowd.mails(edition.load(edition.shipped()[EDITION]))]
    kept = tuple(mail for mail in mails if mail.about is None or mail.about not in without)
    return Plan(kept, LONG_ENDS, tuple(officer.acts()))


def run_demo(out: Path, console: Console, *, long: bool = False) -> None:
    """Play the fortnight, show what came of it, and leave letters, digests, sheet and calendar in `out`."""
    open_journal("CRITICAL")
    clock = Clock(BEGINS)
    until = "vendredi 2 octobre" if long else "vendredi 18 septembre"
    console.print(
        f"Du mardi 1er septembre au {until} 2026, à COOPCITY : deux boîtes, de vrais serveurs IMAP "
        "et SMTP sur cette machine, une horloge simulée."
    )
    plan = long_form() if long else short_form()
    with (
        made_ahead([each for each in plan.happenings if isinstance(each, Sent)]) as ready,
        TemporaryDirectory(prefix="blossom-demo-") as folder,
        MailWorld(ACCOUNTS, clock.now) as world,
        open_desk(the_settings(world, Path(folder)), clock.now, poll_s=0.05) as desk,
        at_work(desk),
    ):
        play_and_show(desk, world, clock, plan, console, ready)
        written = write_down(desk, out)
        tell(desk, world, written, plan, console)


def the_settings(world: MailWorld, folder: Path) -> Settings:
    """Settings of a house whose servers are the embedded ones."""
    inboxes = tuple(
        Inbox(name=user.partition("@")[0], host=world.host, port=world.imap_port, user=user, tls="none")
        for user in ACCOUNTS
    )
    smtp = Smtp(host=world.host, port=world.smtp_port, tls="none", sender="info@coopcity.be")
    return Settings(
        folder=folder,
        inbox=inboxes,
        smtp=smtp,
        sending=Sending(send="auto", every_seconds=EVERY_S),
        polling=Polling(every_seconds=EVERY_S),
        passwords={user.partition("@")[0]: SecretStr(password) for user, password in ACCOUNTS.items()},
    )


# ---------------------------------------------------------------- the fortnight


def play_and_show(
    desk: Desk, world: MailWorld, clock: Clock, plan: Plan, console: Console, ready: Callable[[Sent], Sent]
) -> None:
    """The same as `play`, with a bar that says how far it is."""
    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f} %"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        bar = progress.add_task("", total=(plan.ends - BEGINS).total_seconds())

        def show(moment: datetime) -> None:
            done = (moment - BEGINS).total_seconds()
            progress.update(bar, completed=done, description=f"{desk.edition.local(moment):%d/%m %H:%M}")

        play(desk, world, clock, plan, show, ready)


def play(
    desk: Desk,
    world: MailWorld,
    clock: Clock,
    plan: Plan,
    show: Callable[[datetime], None] = lambda _moment: None,
    ready: Callable[[Sent], Sent] = lambda mail: mail,
) -> None:
    """Deliver each mail at its hour, let the officer act, and run each job when it is due.

    Args:
        ready: gives a mail, asked in their order, with files that were made ahead.
    """
    scheduler = BackgroundScheduler(timezone=desk.edition.programme.tz)
    schedule.fill(scheduler, desk)
    scheduler.start(paused=True)
    happenings, read = plan.happenings, Counter[str]()
    for job in due_jobs(scheduler, clock, plan.ends):
        while happenings and happenings[0].at <= job.next_run_time:
            happening = happenings.pop(0)
            clock.moment = happening.at
            if isinstance(happening, Sent):
                deliver(ready(happening), world)
            else:
                happening.do(desk)
        clock.moment = job.next_run_time
        if has_nothing_to_do(job, desk, world, read):
            continue
        job.func()
        desk.engine.idle(WORK_S)
        show(clock.moment)
    scheduler.shutdown(wait=False)


def due_jobs(scheduler: BackgroundScheduler, clock: Clock, ends: datetime) -> Iterator[Job]:
    """The scheduler's jobs in the order they fall due, until the story ends."""
    while jobs := [job for job in scheduler.get_jobs() if job.next_run_time <= ends]:
        job = min(jobs, key=lambda each: (each.next_run_time, each.id))
        yield job
        following = job.trigger.get_next_fire_time(job.next_run_time, clock.now())
        if following is None:
            job.remove()
        else:
            job.modify(next_run_time=following)


def has_nothing_to_do(job: Job, desk: Desk, world: MailWorld, read: Counter[str]) -> bool:
    """Whether a job that comes again and again would look and find nothing; then it is left out."""
    match job.id:
        case "watch":
            return desk.settings.alert.to is None
        case "send":
            return not desk.store.letters.due(desk.now())
        case "take-up":
            return not desk.store.unhandled()
        case _:
            account = next((each.user for each in desk.accounts if job.id == f"poll-{each.name}"), None)
            return account is not None and has_no_news(account, desk, world, read)


def has_no_news(account: str, desk: Desk, world: MailWorld, read: Counter[str]) -> bool:
    """Nobody has written to this inbox since it was read.

    Before a digest it is read all the same, as the digest says when that was.
    """
    now = desk.edition.local(desk.now())
    digest_at = datetime.combine(now, desk.settings.digest.at, now.tzinfo)
    news = world.delivered[account] > read[account]
    read[account] = world.delivered[account]
    return not news and not now <= digest_at <= now + timedelta(seconds=EVERY_S)


def deliver(mail: Sent, world: MailWorld) -> None:
    """Send a mail as its writer would: over SMTP, answering our letter where it is an answer."""
    letter = next((each.content for each in reversed(world.outgoing) if each.recipient == mail.answers), None)
    with smtplib.SMTP(world.host, world.smtp_port) as smtp:
        smtp.sendmail(mail.envelope_sender, mail.recipients, mail.raw(letter))


# ---------------------------------------------------------------- what came of it


@dataclass(frozen=True, slots=True)
class Written:
    """Where the results lie."""

    letters: Path
    digests: Path
    sheet: Path
    paper: Path
    calendar: Path


def write_down(desk: Desk, out: Path) -> Written:
    """Letters and digests as text and HTML, the call sheet, the calendar; what lay there before goes."""
    written = Written(
        out / "lettres", out / "recapitulatifs", out / "appels.html", out / "appels.pdf", out / "appels.ics"
    )
    for folder in (written.letters, written.digests):
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(parents=True)
    for fact in desk.store.letters.facts():
        if fact.state is LetterState.SUPERSEDED:
            continue
        letter = desk.store.letters.get(fact.id).letter
        to_officer = letter.kind in (LetterKind.DIGEST, LetterKind.CLOSING, LetterKind.ALERT)
        folder = written.digests if to_officer else written.letters
        name = f"{desk.edition.local(letter.composed_at):%m-%d %Hh%M} {file_name(letter)}"
        (folder / f"{name}.txt").write_text(f"Objet : {letter.subject}\n\n{letter.text}", "utf-8")
        (folder / f"{name}.html").write_text(letter.html, "utf-8")
    planned = desk.store.calls()
    written.sheet.write_text(sheet.as_html(planned, desk.store.applications(), desk.edition), "utf-8")
    written.paper.write_bytes(sheet.as_pdf(planned, desk.store.applications(), desk.edition))
    written.calendar.write_bytes(calendar.compose(planned, desk.edition, now=desk.now()))
    return written


def file_name(letter: Letter) -> str:
    """The subject, as a file may be called."""
    return re.sub(r"[^\w ,’'–-]+", " ", letter.subject).strip()[:90]


def tell(desk: Desk, world: MailWorld, written: Written, plan: Plan, console: Console) -> None:
    """The table, what was not read, and where to look."""
    store = desk.store
    applications = store.applications()
    console.print(applications_table(applications, store.letters.facts(), store.calls(), desk.edition))
    seen = sum(inbox.seen for inbox in store.inboxes())
    console.print(
        f"{len(plan.mails)} messages envoyés, {seen} lus dans deux boîtes "
        f"(aucun déplacé, marqué ni supprimé), {len(applications)} dossiers, "
        f"{len(world.outgoing)} lettres parties, {len(store.shelf())} message mis de côté."
    )
    scans = [
        piece.file
        for each in applications
        for piece in each.dossier.pieces
        if piece.unread is UnreadReason.SCAN
    ]
    if scans:
        console.print(
            f"Sans reconnaissance de caractères, {len(scans)} fichier numérisé n'a pas été lu "
            f"({', '.join(scans)}) : il est « à vérifier », jamais « manquant ».",
            highlight=False,
        )
    if any(call.state in OPEN for call in store.calls()):
        console.print(
            "Personne n'a noté les appels de la semaine : chaque soir, chacun est passé au prochain moment "
            "libre.",
            highlight=False,
        )
    for what, path in (
        ("lettres", written.letters),
        ("récapitulatifs", written.digests),
        ("fiches d'appel", written.sheet),
        ("à imprimer", written.paper),
        ("calendrier", written.calendar),
    ):
        console.print(f"{what:<15} {path}", highlight=False)
