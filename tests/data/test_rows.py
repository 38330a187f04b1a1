"""Nouns become rows and come back the same."""

import zlib
from dataclasses import replace
from datetime import timedelta, timezone

import pytest
from hypothesis import HealthCheck, given, settings
from pydantic import ValidationError

from data import _rows
from data.model import (
    Address,
    Application,
    Call,
    Document,
    Enclosure,
    Event,
    FileKind,
    Letter,
    Unread,
    UnreadReason,
)
from tests.data.nouns import NOW, a_letter, an_event, any_noun

big = settings(
    max_examples=25,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


@big
@given(any_noun(Application))
def test_application(application: Application) -> None:
    """Any application comes back as it was, dossier and verdict with it."""
    row = _rows.from_application(application, 7)

    assert _rows.to_application(row) == application
    assert row.generation == 7


@big
@given(any_noun(Document | Unread))
def test_reading(reading: Document | Unread) -> None:
    """Any document, and any refusal of one, comes back as it was."""
    assert _rows.to_reading(_rows.from_reading(reading)) == reading


@big
@given(any_noun(Letter))
def test_letter(letter: Letter) -> None:
    """Any letter comes back as it was, the bytes of its enclosures included."""
    assert _rows.to_letter(_rows.from_letter(letter, b"", held=False, now=NOW)) == letter


@big
@given(any_noun(Call))
def test_call(call: Call) -> None:
    """Any call comes back as it was."""
    assert _rows.to_call(_rows.from_call(call)) == call


@given(any_noun(Event))
def test_event(event: Event) -> None:
    """Any event comes back as it was."""
    assert _rows.to_event(_rows.from_event(event, NOW)) == event


def test_event_id_does_not_depend_on_zone() -> None:
    """The same moment on another clock is the same event."""
    brussels = NOW.astimezone(timezone(timedelta(hours=2)))

    assert _rows.from_event(an_event(at=NOW), NOW).id == _rows.from_event(an_event(at=brussels), NOW).id
    assert _rows.from_event(an_event("a"), NOW).id != _rows.from_event(an_event("b"), NOW).id


def test_enclosure_of_any_bytes() -> None:
    """An enclosure whose bytes are no text comes back byte for byte."""
    enclosed = replace(a_letter(), enclosures=(Enclosure("a.ics", "text/calendar", b"\xff\x00"),))

    assert _rows.to_letter(_rows.from_letter(enclosed, b"", held=False, now=NOW)) == enclosed


def test_lone_surrogate() -> None:
    """A character that UTF-8 cannot write costs that character, not the letter."""
    letter = replace(a_letter(), recipient=Address("Ali\udce9ne", "aline@laremise.example"))

    kept = _rows.to_letter(_rows.from_letter(letter, b"", held=False, now=NOW))

    assert kept.recipient.name == "Ali?ne"


def test_reading_of_another_shape() -> None:
    """A reading that this version does not understand is refused, never half read."""
    with pytest.raises(ValidationError):
        _rows.to_reading(zlib.compress(b'[{"kind": "pdf"}]'))


def test_reading_is_small() -> None:
    """A reading is kept compressed."""
    reading = Unread(FileKind.PDF, UnreadReason.CORRUPT, "x" * 10_000)

    assert len(_rows.from_reading(reading)) < 500
