"""The phone calls of the days after the deadline: whom, what to ask, how long, when.

A clear greedy rule, proven by property tests: calls already planned keep their place; the others are
taken in order (who must still send something first, then the shortest) and each gets the first free
slot within the edition's hours. No slot outside the window, none double, none over the officer's own
appointments, none in the past. A call moves when a new appointment of the officer covers it, or when its
day is over and nothing was noted of it. Where all do not fit, calls are planned shorter; who still has no
slot is told by `without_slot`, never forgotten.

What a person says of a call stands (`spoken`, `no_answer`): nobody there twice, at different half-days,
and two moments are kept free and proposed by mail.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from importlib.resources import files

from data.edition import Edition
from data.model import Application, Attempt, Call, CallState, Severity, VerdictState
from notifier._french import shown
from notifier._questions import questions_for
from notifier.rulings import is_out

STEP = timedelta(minutes=5)
SHORTEST_MIN = 10
NAME_AT_MOST = 60
"""Signs of a first or last name: whatever stands in that cell, the page holds the questions too."""
AVERAGE_QUESTIONS = 4
"""A call with so many questions takes the edition's `minutes`."""
OPEN = frozenset({CallState.TO_CALL, CallState.NO_ANSWER})
"""States in which somebody is still to be dialled."""
KEPT = frozenset({CallState.REACHED, CallState.DONE})
"""States that a person has set: never touched here."""
PROPOSED = 2
"""So many moments are proposed by mail, after as many half-days without an answer."""
WRONG_ADDRESS = (
    "Notre lettre n'est pas arrivée à l'adresse utilisée. À quelle adresse pouvons-nous vous écrire ?"
)

Slot = tuple[datetime, datetime]


def plan(
    applications: Sequence[Application],
    edition: Edition,
    *,
    now: datetime,
    held: Sequence[Call] = (),
    busy: Sequence[Slot] = (),
    unreached: Collection[str] = (),
) -> tuple[Call, ...]:
    """Every call of the window: those held, as they stand, moved or dropped, and the new ones.

    Args:
        held: calls planned before.
        busy: the officer's own appointments.
        unreached: references of applications that our last letter did not reach.
    """
    wanted = {
        each.reference: each
        for each in sorted(applications, key=_order)
        if each.reference in unreached or needs_call(each, edition)
        if not (each.withdrawn_at or each.rehearsal or is_out(each))
    }
    kept = {call.application: _kept(call, wanted.get(call.application), edition, unreached) for call in held}
    again = {ref for ref, call in kept.items() if ref in wanted and _to_be_placed(call, edition, now, busy)}
    new = [each for ref, each in wanted.items() if ref not in kept or ref in again]
    taken = [*busy, *(slot for ref, call in kept.items() if ref not in again for slot in slots_of(call))]
    placed = _place(new, edition, now, taken)
    for application in new:
        before = kept.get(application.reference)
        if slot := placed.get(application.reference):
            kept[application.reference] = _call(application, edition, slot, before, unreached)
    return tuple(sorted(kept.values(), key=lambda call: (call.starts_at, call.uid)))


def needs_call(application: Application, edition: Edition) -> bool:
    """Whether there is something to ask: not complete, or a finding for the officer.

    Never of who left, nor of who came late and is not counted.
    """
    if application.withdrawn_at or application.rehearsal or is_out(application):
        return False
    review = any(f.severity is Severity.REVIEW for f in application.verdict.findings)
    incomplete = application.verdict.state is not VerdictState.COMPLETE
    return (incomplete or review) and bool(questions_for(application, edition))


def slots_of(call: Call) -> tuple[Slot, ...]:
    """The time that a call takes, with the moments that were proposed for it."""
    if call.state is CallState.DROPPED:
        return ()
    return tuple(dict.fromkeys(((call.starts_at, call.ends_at), *call.proposed)))


def _to_be_placed(call: Call, edition: Edition, now: datetime, busy: Sequence[Slot]) -> bool:
    """Dropped and needed again; left over from a day that is over; or covered by an appointment."""
    if call.state is CallState.DROPPED or _is_left_over(call, edition, now):
        return True
    ahead = call.state is CallState.TO_CALL and call.starts_at >= now
    return ahead and any(start < call.ends_at and call.starts_at < end for start, end in busy)


def _is_left_over(call: Call, edition: Edition, now: datetime) -> bool:
    """Its day is over and nothing was noted of it. Within its day it stands: people run late."""
    waits = call.state is CallState.TO_CALL or (call.state is CallState.NO_ANSWER and not call.proposed)
    return waits and edition.local(call.starts_at).date() < edition.local(now).date()


def without_slot(
    applications: Sequence[Application], planned: Sequence[Call], edition: Edition
) -> tuple[Application, ...]:
    """Applications that need a call and found no free slot."""
    has = {call.application for call in planned if call.state is not CallState.DROPPED}
    return tuple(a for a in applications if a.reference not in has and needs_call(a, edition))


def minutes_for(questions: int, edition: Edition) -> int:
    """How long a call with so many questions takes, in steps of five minutes."""
    average = edition.calls.minutes
    guess = average * (1 + questions / AVERAGE_QUESTIONS) / 2
    return min(max(round(guess / 5) * 5, SHORTEST_MIN), 2 * average)


# ---------------------------------------------------------------- who


def _order(application: Application) -> tuple[bool, int, datetime, str]:
    """Urgent first: who must still send something needs the days; then the simplest, then the earliest."""
    return (
        application.verdict.state is not VerdictState.INCOMPLETE,
        len(application.verdict.findings),
        application.first_received_at,
        application.reference,
    )


def _kept(call: Call, application: Application | None, edition: Edition, unreached: Collection[str]) -> Call:
    """A call as it stands now: dropped where nothing is left to ask, else with today's questions."""
    if call.state in KEPT or call.state is CallState.DROPPED:
        return call
    if application is None:
        return replace(call, state=CallState.DROPPED, proposed=(), sequence=call.sequence + 1)
    fresh = _call(application, edition, (call.starts_at, call.ends_at), call, unreached)
    same = replace(fresh, sequence=call.sequence)
    return call if same == call else fresh


def _call(
    application: Application,
    edition: Edition,
    slot: Slot,
    before: Call | None,
    unreached: Collection[str] = (),
) -> Call:
    """The call; one planned before keeps its identity in calendars, with a higher sequence."""
    domain = edition.mail.addresses[0].rpartition("@")[2]
    asked = questions_for(application, edition)
    if application.reference in unreached:
        asked = (WRONG_ADDRESS, *asked)
    dropped = before is not None and before.state is CallState.DROPPED
    return Call(
        uid=before.uid if before else f"{application.reference}@{domain}",
        application=application.reference,
        organisation=shown(application.organisation or "")[: 2 * NAME_AT_MOST] or "Structure sans nom",
        person=person_of(application, edition),
        phone=phone_of(application, edition),
        questions=asked,
        starts_at=slot[0].astimezone(UTC),
        ends_at=slot[1].astimezone(UTC),
        state=before.state if before and not dropped else CallState.TO_CALL,
        sequence=before.sequence + 1 if before else 0,
        attempts=before.attempts if before else (),
        notes=before.notes if before else (),
        proposed=before.proposed if before else (),
    )


def person_of(application: Application, edition: Edition) -> str:
    """First and last name of the contact, as the form gives them."""
    names = (edition.fields.contact_first_name, edition.fields.contact_last_name)
    answers = (application.dossier.answers.get(id) for id in names if id)
    return " ".join(shown(str(answer.value))[:NAME_AT_MOST] for answer in answers if answer and answer.value)


def phone_of(application: Application, edition: Edition) -> str | None:
    """The first number that can be dialled; two in one cell happen."""
    import phonenumbers  # its tables take a tenth of a second to load

    field = edition.fields.contact_phone
    answer = application.dossier.answers.get(field) if field else None
    if answer is None or answer.value is None:
        return None
    for match in phonenumbers.PhoneNumberMatcher(str(answer.value), region_of(edition.programme.zone)):
        return phonenumbers.format_number(match.number, phonenumbers.PhoneNumberFormat.E164)
    return None


def shown_number(phone: str, edition: Edition) -> str:
    """« 0496 24 65 66 »: as people of the programme's own country write it."""
    import phonenumbers

    number = phonenumbers.parse(phone, None)
    home = phonenumbers.region_code_for_number(number) == region_of(edition.programme.zone)
    formats = phonenumbers.PhoneNumberFormat
    return phonenumbers.format_number(number, formats.NATIONAL if home else formats.INTERNATIONAL)


@cache
def region_of(zone: str) -> str | None:
    """The country whose clocks the zone names (« Europe/Brussels » → « BE »), from the zone tables."""
    table = files("tzdata").joinpath("zoneinfo", "zone.tab").read_text("utf-8")
    rows = (line.split("\t") for line in table.splitlines() if not line.startswith("#"))
    return next((row[0] for row in rows if row[2] == zone), None)


# ---------------------------------------------------------------- when


def _place(
    applications: Sequence[Application], edition: Edition, now: datetime, taken: Sequence[Slot]
) -> dict[str, Slot]:
    """The first free slot for each; shorter ones where all do not fit."""
    needed = {a.reference: minutes_for(len(questions_for(a, edition)), edition) for a in applications}
    placed: dict[str, Slot] = {}
    for longest in (2 * edition.calls.minutes, edition.calls.minutes, SHORTEST_MIN):
        placed = _fill({ref: min(minutes, longest) for ref, minutes in needed.items()}, edition, now, taken)
        if len(placed) == len(needed):
            break
    return placed


def _fill(needed: dict[str, int], edition: Edition, now: datetime, taken: Sequence[Slot]) -> dict[str, Slot]:
    free = list(_free(list(open_hours(edition)), taken, _round_up(now)))
    placed: dict[str, Slot] = {}
    for reference, minutes in needed.items():
        length = timedelta(minutes=minutes)
        for index, (start, end) in enumerate(free):
            if end - start >= length:
                placed[reference] = (start, start + length)
                free[index] = (start + length, end)
                break
    return placed


def open_hours(edition: Edition) -> Iterator[Slot]:
    """The stretches of the window in which the edition lets people be called, in UTC."""
    rule = edition.calls
    for number in range((rule.last - rule.first).days + 1):
        day = rule.first + timedelta(days=number)
        if day.weekday() >= 5:
            continue
        for hours in rule.hours:
            if not _avoided(day, hours.start, rule.avoid):
                zone = edition.programme.tz
                start = datetime.combine(day, hours.start, zone).astimezone(UTC)
                end = datetime.combine(day, hours.end, zone).astimezone(UTC)
                yield start, end


def _avoided(day: date, start: time, avoid: Sequence[str]) -> bool:
    names = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
    half = "morning" if start < time(12) else "afternoon"
    return f"{names[day.weekday()]} {half}" in {rule.lower() for rule in avoid}


def _free(hours: Iterable[Slot], taken: Sequence[Slot], from_: datetime) -> Iterator[Slot]:
    for start, end in hours:
        cursor = max(start, from_)
        for busy_start, busy_end in sorted((s.astimezone(UTC), e.astimezone(UTC)) for s, e in taken):
            if busy_end <= cursor or busy_start >= end or busy_end <= busy_start:
                continue
            if busy_start > cursor:
                yield cursor, busy_start
            cursor = max(cursor, _round_up(busy_end))
        if cursor < end:
            yield cursor, end


def _round_up(moment: datetime) -> datetime:
    moment = moment.astimezone(UTC)
    over = timedelta(minutes=moment.minute % 5, seconds=moment.second, microseconds=moment.microsecond)
    return moment + (STEP - over) if over else moment


# ---------------------------------------------------------------- what a person says of it


def spoken(call: Call, now: datetime, *, settled: bool) -> Call:
    """Somebody answered: all is settled, or something was promised and is awaited."""
    state = CallState.DONE if settled else CallState.REACHED
    attempts = (*call.attempts, Attempt(now, answered=True))
    return replace(call, state=state, attempts=attempts, proposed=(), sequence=call.sequence + 1)


def noted(call: Call, words: str) -> Call:
    """The same with a note of the officer's."""
    return replace(call, notes=(*call.notes, words.strip()), sequence=call.sequence + 1)


def no_answer(call: Call, edition: Edition, now: datetime, taken: Sequence[Slot]) -> Call:
    """Nobody answered: tried again at another half-day; after two of them, two moments are proposed, once.

    Args:
        taken: all that the officer has to do otherwise.
    """
    call = replace(
        call,
        state=CallState.NO_ANSWER,
        attempts=(*call.attempts, Attempt(now, answered=False)),
        sequence=call.sequence + 1,
    )
    tried = half_days_without_answer(call, edition)
    offered = tuple(slot for slot in call.proposed if slot[0] > now)
    found = offered or _at_other_half_days(call, edition, now, taken, tried)
    if not found:
        return call
    proposed = call.proposed or (found if len(tried) >= PROPOSED else ())
    return replace(call, starts_at=found[0][0], ends_at=found[0][1], proposed=proposed)


def half_day(moment: datetime, edition: Edition) -> tuple[date, bool]:
    """The day, and whether it is its morning."""
    local = edition.local(moment)
    return local.date(), local.hour < 12


def half_days_without_answer(call: Call, edition: Edition) -> frozenset[tuple[date, bool]]:
    """When somebody dialled in vain."""
    return frozenset(half_day(each.at, edition) for each in call.attempts if not each.answered)


def _at_other_half_days(
    call: Call, edition: Edition, now: datetime, taken: Sequence[Slot], tried: Collection[tuple[date, bool]]
) -> tuple[Slot, ...]:
    """The first free moments of as many half-days as are proposed, none of them tried before."""
    length = call.ends_at - call.starts_at
    found: dict[tuple[date, bool], Slot] = {}
    for start, end in _free(list(open_hours(edition)), taken, _round_up(now)):
        when = half_day(start, edition)
        if end - start >= length and when not in tried and when not in found:
            found[when] = (start, start + length)
    return tuple(found.values())[:PROPOSED]
