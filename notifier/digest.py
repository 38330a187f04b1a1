"""The officer's mail of the morning: what to do today first, then what changed, then the whole table.

A day on which nothing happened and nothing waits is one line. Nothing personal stands in it beyond the
structure's name and, for a call of today, the number to dial: other eyes read a shared inbox.
"""

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from data.edition import Edition
from data.model import (
    Address,
    Application,
    Call,
    DayBook,
    Enclosure,
    Event,
    EventKind,
    Letter,
    LetterFact,
    LetterKind,
    LetterState,
    Matter,
    Severity,
    VerdictState,
)
from notifier import _inventory, _templates, rulings, workbook
from notifier._french import (
    count,
    countdown,
    day,
    hour,
    join,
    lateness,
    moment,
    shown,
    span,
    zone_name,
)
from notifier.calls import KEPT, OPEN, shown_number, without_slot
from notifier.charts import Chart, charts

STATES = {
    VerdictState.COMPLETE: "complet",
    VerdictState.INCOMPLETE: "à compléter",
    VerdictState.TO_REVIEW: "à vérifier",
}
WITHDRAWN = "retiré"
UNREAD_AFTER = timedelta(hours=1)
"""An inbox not read for so long is told."""
NOT_WELL = frozenset({EventKind.NOT_ANSWERED, EventKind.LETTER_FAILED, EventKind.BOUNCED, EventKind.MISCOUNT})
"""Events told under « Ce qui ne s'est pas bien passé », not among the changes."""
ANSWER = (
    "Pour répondre : blossom decide RÉFÉRENCE counts (cela compte) ou does-not-count (cela ne compte pas) ; "
    "après avoir regardé un dossier : in-order (en ordre) ou not-in-order (pas en ordre). Aucune lettre ne "
    "part d'elle-même."
)
OR_STAYS = (
    "Un retrait se confirme par blossom withdraw RÉFÉRENCE ; si la candidature est maintenue : "
    "blossom decide RÉFÉRENCE stays."
)
NOTE_THE_CALLS = (
    "Notez chaque appel (blossom calls done RÉFÉRENCE, ou no-answer) : un appel dont rien n'est noté le soir "
    "passe au prochain moment libre."
)
TO_APPLICANTS = frozenset(LetterKind) - {LetterKind.DIGEST, LetterKind.CLOSING, LetterKind.ALERT}
ORDER = (
    EventKind.RECEIVED,
    EventKind.CHANGED,
    EventKind.COMPLETED,
    EventKind.AFTER_DEADLINE,
    EventKind.RULED,
    EventKind.WITHDRAWAL,
    EventKind.WITHDRAWN,
    EventKind.STAYED,
    EventKind.QUESTION,
    EventKind.SHELVED,
)


@dataclass(frozen=True, slots=True)
class Row:
    """Of a table: who, smaller lines under it, and how it stands."""

    name: str
    details: tuple[str, ...]
    told: str


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a list; a number is dialled when touched."""

    what: str
    told: str = ""
    number: str = ""
    dial: str = ""


def compose(book: DayBook, edition: Edition, *, to: Address, now: datetime) -> Letter:
    """Write the digest of the book's day."""
    todo = tuple(to_do(book, edition))
    changes = tuple(_changes(book, edition))
    trouble = tuple(not_well(book, edition))
    silent = not (todo or changes or trouble)
    subject = _subject(book, edition, len(todo), silent)
    counted = tuple(each for each in book.applications if not (each.withdrawn_at or each.rehearsal))
    pictures = () if silent else charts(counted, edition, book.day)
    values: dict[str, object] = {
        "subject": subject,
        "todo": todo,
        "to_note": tuple(_to_note(book, edition)),
        "changes": changes,
        "trouble": trouble,
        "silent": silent,
        "since": moment(edition.local(book.since)),
        "summary": summary_of(book.applications),
        "pictures": pictures,
        "table": f"candidatures-{book.day.isoformat()}.xlsx",
        "rows": tuple(row_of(each, edition) for each in sorted(book.applications, key=_by_arrival)),
        "countdown": _deadline(edition, now),
        "milestones": tuple(_milestones(edition, now)),
        "programme": edition.programme,
        "day": book.day,
    }
    cause = f"digest/{book.day.isoformat()}"
    return Letter(
        id=hashlib.sha256(cause.encode()).hexdigest()[:32],
        kind=LetterKind.DIGEST,
        cause=cause,
        recipient=to,
        subject=subject,
        text=_templates.as_text("digest", values),
        html=_templates.as_html("digest", values),
        composed_at=now,
        not_before=now,
        enclosures=() if silent else tuple(_enclosures(book, pictures, edition, now)),
    )


def _enclosures(
    book: DayBook, pictures: Sequence[Chart], edition: Edition, now: datetime
) -> Iterator[Enclosure]:
    """The pictures that the letter shows, and the table to sort and filter."""
    for chart in pictures:
        yield Enclosure(f"{chart.name}.png", "image/png", chart.png, chart.name)
    if book.applications:
        table = workbook.compose(book.applications, book.calls, edition, now=now)
        yield Enclosure(f"candidatures-{book.day.isoformat()}.xlsx", workbook.TYPE, table)


def _subject(book: DayBook, edition: Edition, todo: int, silent: bool) -> str:
    what = (
        f"À faire aujourd'hui ({todo})" if todo else "Rien de neuf" if silent else "Rien à faire aujourd'hui"
    )
    return f"{what} – {edition.programme.name} – {day(book.day, year=False)}"


def summary_of(applications: Sequence[Application]) -> str:
    """« 12 candidatures : 5 complètes, 4 à compléter, 3 à vérifier »."""
    if not applications:
        return "Aucune candidature jusqu'ici"
    states = [each.verdict.state for each in applications if not each.withdrawn_at]
    complete = states.count(VerdictState.COMPLETE)
    parts = [
        count(complete, "complète") if complete else "",
        f"{n} à compléter" if (n := states.count(VerdictState.INCOMPLETE)) else "",
        f"{n} à vérifier" if (n := states.count(VerdictState.TO_REVIEW)) else "",
    ]
    late = sum(not each.verdict.on_time for each in applications)
    left = len(applications) - len(states)
    apart = [count(late, "tardive") if late else "", count(left, "retirée") if left else ""]
    told = f" (dont {join(each for each in apart if each)})" if late or left else ""
    stand = ", ".join(part for part in parts if part)
    return f"{count(len(applications), 'candidature')}{told}" + (f" : {stand}" if stand else "")


def _by_arrival(application: Application) -> tuple[datetime, str]:
    return application.first_received_at, application.reference


def name_of(application: Application) -> str:
    """« La Remise (BL26-K7Q3M) »."""
    return f"{shown_name(application)} ({application.reference})"


def shown_name(application: Application) -> str:
    """« La Remise »."""
    return shown(application.organisation or "") or "Structure sans nom"


# ---------------------------------------------------------------- to do


def to_do(book: DayBook, edition: Edition) -> Iterator[Line]:
    """What waits for the officer, each beginning with a verb; decisions before looks."""
    known = {each.reference: each for each in book.applications}
    yield from _calls_today(book, edition)
    yield from _decide(book, edition)
    yield from _from_events(book, known)
    yield from _from_letters(book, known)
    yield from _misspelt(book)
    if book.shelf:
        mails = count(len(book.shelf), "message")
        yield Line(f"Regarder {mails} sur l'étagère", "ce que la machine n'a pas su lire attend une personne")
    yield from _to_review(book, edition)


def _calls_today(book: DayBook, edition: Edition) -> Iterator[Line]:
    calls = sorted((c for c in book.calls if c.state in OPEN), key=lambda c: (c.starts_at, c.uid))
    for call in calls:
        local = edition.local(call.starts_at)
        if local.date() > book.day:
            continue
        today = local.date() == book.day
        when = hour(local) if today else f"le {moment(local)}"
        who = f"{call.organisation} ({call.application})"
        told = f"{who}, {count(len(call.questions), 'question')}"
        if call.phone:
            verb = f"Appeler à {when}" if today else f"Appeler ou noter l'appel prévu {when}"
            yield Line(verb, told, shown_number(call.phone, edition), call.phone)
        else:
            at = f"à {when}" if today else when
            yield Line("Trouver un numéro", f"{who}, appel prévu {at}")
    if calls:
        yield from _without_slot(book.calls, book, edition)


def _to_note(book: DayBook, edition: Edition) -> Iterator[str]:
    """How to tell the desk what was done or decided."""
    if any(True for each in book.applications for _ in rulings.asked(each, edition)):
        yield ANSWER
    if book.withdrawals:
        yield OR_STAYS
    if _calls_go_on(book, edition):
        yield NOTE_THE_CALLS


def _calls_go_on(book: DayBook, edition: Edition) -> bool:
    """Whether a call is due while there are days left to make it."""
    due = any(call.state in OPEN and edition.local(call.starts_at).date() <= book.day for call in book.calls)
    return due and book.day < edition.calls.last


def _without_slot(calls: Sequence[Call], book: DayBook, edition: Edition) -> Iterator[Line]:
    if left := without_slot(book.applications, calls, edition):
        names = join(name_of(each) for each in left)
        yield Line(
            "Trouver un moment pour appeler", f"{names} : aucun créneau libre dans la fenêtre d'appels"
        )


def _decide(book: DayBook, edition: Edition) -> Iterator[Line]:
    """Whether what came after the deadline counts: asked every day until it is said."""
    for application in book.applications:
        if Matter.LATE not in rulings.asked(application, edition):
            continue
        told = question_of(application, Matter.LATE, edition)
        if application.verdict.on_time:
            yield Line("Décider si cela compte", f"{name_of(application)}, {told}")
        else:
            yield Line(f"Décider pour {name_of(application)}", told)


def question_of(application: Application, matter: Matter, edition: Edition) -> str:
    """What the officer is to decide about, in a line."""
    if matter is Matter.LATE:
        on_time = application.verdict.on_time
        return _came_after(application) if on_time else _came_late(application, edition)
    points = _points(application)
    return points_of(application, edition) or count(points, "point à vérifier", "points à vérifier")


def _came_late(application: Application, edition: Edition) -> str:
    received = edition.local(application.received_at)
    by = lateness(application.received_at.replace(microsecond=0) - edition.dates.deadline)
    return f"reçu le {moment(received)}, {by} après l'heure limite"


def _came_after(application: Application) -> str:
    then, now = application.at_deadline or application.verdict.state, application.verdict.state
    told = f"complément reçu après l'échéance ; le dossier était alors {STATES[then]}"
    return told if then is now else f"{told}, il est maintenant {STATES[now]}"


VERBS = {
    EventKind.WITHDRAWAL: "Confirmer un retrait",
    EventKind.QUESTION: "Classer un message",
    EventKind.BOUNCED: "Téléphoner",
}


def _from_events(book: DayBook, known: dict[str, Application]) -> Iterator[Line]:
    once = (e for e in book.events if not (e.kind is EventKind.WITHDRAWAL and e.application))
    for event in sorted((*once, *book.withdrawals), key=lambda each: each.at):
        if event.kind in VERBS:
            yield Line(VERBS[event.kind], _told(event, known))


def _told(event: Event, known: dict[str, Application]) -> str:
    """With the reference, which every command asks for."""
    detail = shown(event.detail).rstrip(".")
    application = known.get(event.application or "")
    if application is None:
        return detail
    name = shown(application.organisation or "")
    if name and name in detail:
        return detail.replace(name, name_of(application), 1)
    return f"{name_of(application)}, {detail[:1].lower()}{detail[1:]}" if detail else name_of(application)


def _from_letters(book: DayBook, known: dict[str, Application]) -> Iterator[Line]:
    held = [letter for letter in book.letters if letter.state is LetterState.HELD]
    if held:
        wait = "elle attend" if len(held) == 1 else "elles attendent"
        yield Line(f"Relire et libérer {count(len(held), 'lettre')}", f"{wait} votre accord pour partir")
    verbs = {
        LetterState.FAILED: ("Téléphoner", "notre lettre n'a pas pu être remise"),
        LetterState.UNKNOWN: ("Vérifier un envoi", "on ne sait pas si notre lettre est arrivée"),
    }
    told_today = {event.application for event in book.events if event.kind is EventKind.BOUNCED}
    spoken_to = {call.application for call in book.calls if call.state in KEPT}
    for letter in sorted(book.letters, key=lambda each: (each.composed_at, each.id)):
        application = known.get(letter.application or "")
        failed = letter.state is LetterState.FAILED
        settled = letter.application in told_today | spoken_to or _have_written_since(application, letter)
        if failed and settled:
            continue
        if letter.state in verbs and letter.kind in TO_APPLICANTS:
            verb, told = verbs[letter.state]
            yield Line(verb, f"{name_of(application)}, {told}" if application else told)


def _have_written_since(application: Application | None, letter: LetterFact) -> bool:
    """Whether another mail of theirs came after a letter: that one is answered, wherever from."""
    mails = application.dossier.mails if application else ()
    return any(mail.received_at > letter.composed_at for mail in mails)


def _misspelt(book: DayBook) -> Iterator[Line]:
    """Addresses that came since the last digest and may be a slip: the domain alone is shown."""
    wrote = {event.application for event in book.events}
    for application in book.applications:
        slips = [each for each in application.verdict.findings if each.code == "email.slip"]
        if slips and application.reference in wrote:
            domains = (f"« …@{shown(each.facts['proposal']).rpartition('@')[2]} »" for each in slips)
            told = f"{name_of(application)}, peut-être {join(dict.fromkeys(domains), 'et')}"
            yield Line("Vérifier une adresse e-mail", told)


def _to_review(book: DayBook, edition: Edition) -> Iterator[Line]:
    for application in sorted(book.applications, key=_by_arrival):
        if Matter.DOUBTS in rulings.asked(application, edition):
            told = question_of(application, Matter.DOUBTS, edition)
            yield Line(f"Regarder {name_of(application)}", told)


def _points(application: Application) -> int:
    """How many findings ask for a look."""
    return sum(1 for _ in rulings.doubts(application))


TOLD_SHORT = {
    "eligibility.too_young": "moins de deux ans d'activité ?",
    "eligibility.outside_brussels": "adresse hors de la région ?",
    "signature.same_person": "une seule personne a signé deux fois ?",
    "signature.invalid": "signature numérique à vérifier",
    "sender.unverified": "expéditeur non vérifié",
    "email.slip": "adresse e-mail mal écrite ?",
    "document.active_content": "fichier avec macros",
    "dossier.unclear": "formulaire à retrouver",
    "annex.old": "comptes d'années plus anciennes",
}


def points_of(application: Application, edition: Edition) -> str:
    """What to look at, in a line: no applicant's answer, and personal questions only counted."""
    findings = [f for f in application.verdict.findings if f.severity is Severity.REVIEW]
    answers = [f.subject for f in findings if f.code == "answer.unclear"]
    parts = [f"{item.what} : {item.told}" for item in _inventory.by_section(answers, edition, private=False)]
    for finding in findings:
        if finding.code in TOLD_SHORT:
            parts.append(TOLD_SHORT[finding.code])
        elif finding.code.startswith("document."):
            parts.append(f"« {shown(finding.subject)} »")
        elif finding.code == "signature.unclear" and finding.subject in edition.signatories:
            parts.append(f"signature, {edition.signatories[finding.subject].label}")
        elif finding.code == "annex.unclear" and finding.subject in edition.annexes:
            parts.append(edition.annexes[finding.subject].label)
    return join(dict.fromkeys(parts))


# ---------------------------------------------------------------- changes, table, trouble


def _changes(book: DayBook, edition: Edition) -> Iterator[Line]:
    """By application, in order of its first event; what belongs to none comes last."""
    known = {each.reference: each for each in book.applications}
    events = sorted(
        (e for e in book.events if e.kind not in NOT_WELL), key=lambda e: (e.at, ORDER.index(e.kind))
    )
    for reference in dict.fromkeys(event.application for event in events if event.application):
        application = known.get(reference)
        own = sorted((e for e in events if e.application == reference), key=_is_not_new)
        told = [f"{_without_name(event, application)} ({_when(event.at, book, edition)})" for event in own]
        yield Line(name_of(application) if application else str(reference), " ; ".join(told))
    for event in events:
        if not event.application:
            yield Line(f"{shown(event.detail).rstrip('.')} ({_when(event.at, book, edition)})")


def _is_not_new(event: Event) -> bool:
    """That it is new is told first: of two mails, the later may be judged before the other."""
    return event.kind is not EventKind.RECEIVED


def _without_name(event: Event, application: Application | None) -> str:
    """What happened, where the structure's name stands before it already."""
    name = shown(application.organisation or "") if application else ""
    return shown(event.detail).removeprefix(f"{name} ").rstrip(".")


def _when(at: datetime, book: DayBook, edition: Edition) -> str:
    local = edition.local(at)
    return hour(local) if local.date() == book.day else f"{day(local, year=False)} à {hour(local)}"


def row_of(application: Application, edition: Edition) -> Row:
    """A row of the whole table: who, when, how it stands."""
    received = edition.local(application.first_received_at)
    when = f"{received:%d/%m} à {hour(received)}"
    if application.withdrawn_at:
        return Row(shown_name(application), (application.reference, when), WITHDRAWN)
    stock = _inventory.take(application.dossier, application.verdict, edition)
    state = STATES[application.verdict.state]
    if not application.verdict.on_time:
        state += ", tardif"
    if beside := " ; ".join(_beside(application)):
        state += f" ({beside})"
    rest = stock.remains if application.verdict.state is VerdictState.INCOMPLETE else ""
    points = _points(application)
    looks = count(points, "point à vérifier", "points à vérifier") if points else ""
    details = " ; ".join(part for part in (rest, looks) if part)
    return Row(
        shown_name(application), (application.reference, when), f"{state} : {details}" if details else state
    )


def _beside(application: Application) -> Iterator[str]:
    """How it stood at the deadline, where that differs; and what the officer has said of it."""
    then = application.at_deadline
    if application.verdict.on_time and then not in (None, application.verdict.state):
        yield f"à l'échéance : {STATES[then]}"
    yield from rulings.all_said(application)


def not_well(book: DayBook, edition: Edition) -> Iterator[Line]:
    """What did not go well: inboxes, the shelf, letters that were not written, refused or came back."""
    known = {each.reference: each for each in book.applications}
    for inbox in book.inboxes:
        read = (
            f"lue pour la dernière fois le {moment(edition.local(inbox.read_at))}"
            if inbox.read_at
            else "jamais lue"
        )
        if inbox.trouble:
            yield Line(f"La boîte « {shown(inbox.account)} »", f"{read} ; {shown(inbox.trouble)}")
        elif inbox.read_at is None or book.until - inbox.read_at > UNREAD_AFTER:
            yield Line(f"La boîte « {shown(inbox.account)} »", read)
    for shelved in book.shelf:
        at = moment(edition.local(shelved.received_at))
        yield Line("Un message est sur l'étagère", f"reçu le {at}, essayé {shelved.attempts} fois")
    for event in sorted(book.events, key=lambda each: each.at):
        if event.kind in NOT_WELL:
            yield Line(_told(event, known))
    waiting = [letter for letter in book.letters if letter.state is LetterState.QUEUED and letter.last_reply]
    if waiting:
        yield Line(
            count(len(waiting), "lettre") + " en attente d'un nouvel essai", shown(waiting[0].last_reply)
        )


# ---------------------------------------------------------------- what comes


def _deadline(edition: Edition, now: datetime) -> str:
    deadline = edition.local(edition.dates.deadline)
    days = (deadline.date() - edition.local(now).date()).days
    when = f"{moment(deadline)} ({zone_name(edition.programme.tz)})"
    if edition.is_on_time(now):
        return f"Le dépôt se clôt {countdown(days)}, le {when}."
    return f"Le dépôt est clôturé depuis le {when}."


def _milestones(edition: Edition, now: datetime) -> Iterator[Line]:
    """The dates still to come; the deadline itself is told above them."""
    today = edition.local(now).date()
    calls, decision = edition.calls, edition.dates.decision
    if edition.dates.reminder and now < edition.dates.reminder:
        at = edition.local(edition.dates.reminder)
        left = countdown((at.date() - today).days)
        yield Line("Rappel aux dossiers incomplets", f"{moment(at)} ({left})")
    if today <= calls.last:
        days = (calls.first - today).days
        open_ = countdown(days) if days > 0 else f"dernier jour {countdown((calls.last - today).days)}"
        yield Line("Appels", f"{span(calls.first, calls.last)} ({open_})")
    if today <= decision:
        yield Line(
            "Résultat de la sélection",
            f"au plus tard le {day(decision)} ({countdown((decision - today).days)})",
        )
