"""The calls as a calendar file: one event each, in the programme's own zone, by name and with its rules.

A zone given only as an offset, or by abbreviation, shifts by an hour in some calendars; hence TZID and
VTIMEZONE (RFC 5545, 3.6.5). The UID stays and SEQUENCE rises, so that a changed call moves and a dropped
one is struck out in calendars that already have it.
"""

from collections.abc import Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.edition import Edition
from data.model import Call, CallState
from notifier.calls import shown_number

if TYPE_CHECKING:
    import icalendar

STATUS = {
    CallState.TO_CALL: "CONFIRMED",
    CallState.REACHED: "CONFIRMED",
    CallState.NO_ANSWER: "CONFIRMED",
    CallState.DONE: "CONFIRMED",
    CallState.DROPPED: "CANCELLED",
}


def compose(calls: Sequence[Call], edition: Edition, *, now: datetime) -> bytes:
    """The calendar file of all calls; the same calls at the same time give the same bytes."""
    import icalendar

    calendar = _empty(edition)
    for call in sorted(calls, key=lambda each: (each.starts_at, each.uid)):
        event = icalendar.Event()
        event.add("uid", call.uid)
        event.add("sequence", call.sequence)
        event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
        event.add("dtstart", edition.local(call.starts_at))
        event.add("dtend", edition.local(call.ends_at))
        event.add("status", STATUS[call.state])
        event.add("summary", f"Appeler {call.organisation} ({call.application})")
        event.add("description", _told(call, edition))
        calendar.add_component(event)
    return bytes(calendar.to_ical())


def _told(call: Call, edition: Edition) -> str:
    number = shown_number(call.phone, edition) if call.phone else "Trouver un numéro"
    who = f"{call.person} – {number}" if call.person else number
    return "\n".join([who, "", *(f"{index}. {asked}" for index, asked in enumerate(call.questions, 1))])


def proposed(
    call: Call, slot: tuple[datetime, datetime], number: int, edition: Edition, *, now: datetime
) -> bytes:
    """One of the moments proposed to an applicant, for their own calendar: tentative."""
    import icalendar

    officer, programme = edition.officer, edition.programme
    calendar = _empty(edition)
    event = icalendar.Event()
    event.add("uid", f"proposition-{number}-{call.uid}")
    event.add("sequence", call.sequence)
    event.add("dtstamp", now.astimezone(UTC).replace(microsecond=0))
    event.add("dtstart", edition.local(slot[0]))
    event.add("dtend", edition.local(slot[1]))
    event.add("status", "TENTATIVE")
    event.add("summary", f"Appel de {programme.organisation} ({programme.name}), proposition {number}")
    event.add("description", f"{officer.name}, {officer.phone} – {call.application}")
    calendar.add_component(event)
    return bytes(calendar.to_ical())


def _empty(edition: Edition) -> "icalendar.Calendar":
    """A calendar of ours with the rules of the programme's zone."""
    import icalendar

    programme = edition.programme
    calendar = icalendar.Calendar()
    calendar.add("prodid", f"-//{programme.organisation}//{programme.name} appels//FR")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", f"Appels {programme.name} {programme.years}")
    first = datetime(edition.calls.first.year, 1, 1, tzinfo=UTC).date()
    last = datetime(edition.calls.last.year + 1, 1, 1, tzinfo=UTC).date()
    zone = icalendar.Timezone.from_tzid(programme.zone, first_date=first, last_date=last)
    calendar.add_component(zone)
    return calendar
