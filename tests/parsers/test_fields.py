"""Dates and numbers as people write them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from parsers import _fields
from parsers._wording import fold, is_filler, words

DAYS = st.dates(date(1941, 1, 1), date(2039, 12, 31))


@pytest.mark.parametrize(
    "text",
    ["12/03/2018", "12.3.2018", "12-03-18", "le 12 mars 2018", "12 maart 2018", "2018-03-12", "12 MARS 2018"],
)
def test_french_and_dutch_dates_are_understood(text: str) -> None:
    """Day before month, in digits or in words."""
    assert _fields.iso_date(text) == "2018-03-12"


@pytest.mark.parametrize("text", ["2018", "mars 2018", "31/02/2018", "entre le 1/1/2018 et le 1/2/2018", ""])
def test_what_is_not_one_date_gives_none(text: str) -> None:
    """A year alone, an impossible day, or two days are not made into a date."""
    assert _fields.iso_date(text) is None


@given(DAYS)
def test_every_day_survives_its_spellings(day: date) -> None:
    """Any day written in digits, with slashes or points, is the same day."""
    assert _fields.iso_date(f"{day.day}/{day.month}/{day.year}") == day.isoformat()
    assert _fields.iso_date(f"né le {day:%d.%m.%Y} à Bruxelles") == day.isoformat()


@given(st.text(max_size=200))
def test_reading_text_is_total(text: str) -> None:
    """Any text can be folded, cut into words, searched for dates and compared with placeholders."""
    fold(text)
    is_filler(text)
    found = words(text)

    assert all(0 <= word.start < word.end <= len(text) for word in found)
    assert all(isinstance(day, date) for day in _fields.dates(text))


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("le douze mars 2019", "2019-03-12"),
        ("douze mars deux mille dix-neuf", "2019-03-12"),
        ("premier juin mille neuf cent quatre-vingt-cinq", "1985-06-01"),
        ("le vingt et un août dix-neuf cent nonante-neuf", "1999-08-21"),
        ("dix membres en mai et six en juin 2020", None),
    ],
)
def test_dates_written_out_are_understood(text: str, day: str | None) -> None:
    """Day and year may be words, of Belgium or of France; words that only stand near a month are none."""
    assert _fields.iso_date(text) == day
