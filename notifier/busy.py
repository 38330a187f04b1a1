"""When the officer is taken: the appointments of a calendar within the window of the calls."""

from collections.abc import Collection, Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

from data.edition import Edition

FREE = frozenset({"TRANSPARENT"})
OFF = frozenset({"CANCELLED"})


def slots(
    content: bytes, edition: Edition, *, ours: Collection[str] = ()
) -> Iterator[tuple[datetime, datetime]]:
    """Each appointment's beginning and end, repeated ones each time, in UTC.

    What is marked as free (RFC 5545, 3.8.2.7) or cancelled takes no time; nor do our own calls, which the
    officer may have put into the same calendar.

    Raises:
        ValueError: it is no calendar.
    """
    import icalendar
    import recurring_ical_events

    zone = edition.programme.tz
    first = datetime.combine(edition.calls.first, datetime.min.time(), zone)
    last = datetime.combine(edition.calls.last + timedelta(days=1), datetime.min.time(), zone)
    calendar = icalendar.Calendar.from_ical(content)
    for event in recurring_ical_events.of(calendar).between(first, last):
        said = {str(event.get("TRANSP", "")).upper(), str(event.get("STATUS", "")).upper()}
        if not said & (FREE | OFF) and str(event.get("UID", "")) not in ours:
            start, end = (_moment(event.get(name), edition) for name in ("DTSTART", "DTEND"))
            if start is not None and (end is None or end > start):
                yield start, end or start


def _moment(value: Any, edition: Edition) -> datetime | None:
    """A time without zone, or a whole day, is on the clocks of the programme's town."""
    at: date | None = value.dt if value is not None else None
    if at is None:
        return None
    moment = at if isinstance(at, datetime) else datetime.combine(at, datetime.min.time())
    return (moment if moment.tzinfo else moment.replace(tzinfo=edition.programme.tz)).astimezone(UTC)
