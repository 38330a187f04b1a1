"""The officer's own calendar: what takes time, and what does not."""

from datetime import datetime

import pytest

from notifier import busy
from tests.notifier.builders import edition

HEAD = "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//x//FR\r\n"


def taken(*events: str, ours: tuple[str, ...] = ()) -> list[tuple[str, str]]:
    """Begin and end of each appointment, on the town's clocks."""
    body = "".join(f"BEGIN:VEVENT\r\nDTSTAMP:20260901T080000Z\r\n{each}END:VEVENT\r\n" for each in events)
    found = busy.slots(f"{HEAD}{body}END:VCALENDAR\r\n".encode(), edition(), ours=ours)
    return sorted((shown(start), shown(end)) for start, end in found)


def shown(moment: datetime) -> str:
    return f"{edition().local(moment):%d %H:%M}"


def event(uid: str, start: str, end: str, more: str = "") -> str:
    return f"UID:{uid}\r\nDTSTART{start}\r\nDTEND{end}\r\n{more}"


def test_a_weekly_meeting_is_there_each_time() -> None:
    """Repeated since spring, it keeps its hour in the week of the calls."""
    weekly = event("a", ";TZID=Europe/Brussels:20260302T140000", ";TZID=Europe/Brussels:20260302T150000")

    assert taken(f"{weekly}RRULE:FREQ=WEEKLY;BYDAY=MO,TH\r\n") == [
        ("14 14:00", "14 15:00"),
        ("17 14:00", "17 15:00"),
    ]


def test_utc_floating_and_whole_days_are_on_the_towns_clocks() -> None:
    """08:00Z is ten o'clock; a time without zone is local; a whole day is taken whole."""
    assert taken(
        event("a", ":20260914T080000Z", ":20260914T090000Z"),
        event("b", ":20260915T100000", ":20260915T110000"),
        event("c", ";VALUE=DATE:20260916", ";VALUE=DATE:20260917"),
    ) == [("14 10:00", "14 11:00"), ("15 10:00", "15 11:00"), ("16 00:00", "17 00:00")]


def test_free_cancelled_and_our_own_take_no_time() -> None:
    """A birthday marked as free, a meeting that is off, and the calls that we planned ourselves."""
    at = (":20260914T080000Z", ":20260914T090000Z")
    free, off = event("a", *at, "TRANSP:TRANSPARENT\r\n"), event("b", *at, "STATUS:CANCELLED\r\n")

    assert taken(free, off, event("BL26-AAAAA@coopcity.be", *at), ours=("BL26-AAAAA@coopcity.be",)) == []


def test_what_is_no_calendar_is_said_so() -> None:
    """The desk tells it, and plans without it."""
    with pytest.raises(ValueError):
        list(busy.slots(b"Bonjour", edition()))
