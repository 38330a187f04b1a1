"""French as our letters write it."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from notifier import _french

BRUSSELS = ZoneInfo("Europe/Brussels")


def test_a_moment_has_its_weekday_and_an_hour_as_people_say_it() -> None:
    """A full hour has no minutes, and the first of a month is « 1er »."""
    assert _french.moment(datetime(2026, 9, 14, 10, tzinfo=BRUSSELS)) == "lundi 14 septembre 2026 à 10h"
    assert _french.moment(datetime(2026, 9, 1, 16, 5, tzinfo=BRUSSELS)) == "mardi 1er septembre 2026 à 16h05"


def test_a_zone_is_named_by_its_town() -> None:
    """With « d' » before a vowel, and the French name where there is one."""
    assert _french.zone_name(BRUSSELS) == "heure de Bruxelles"
    assert _french.zone_name(ZoneInfo("Europe/Amsterdam")) == "heure d'Amsterdam"


@pytest.mark.parametrize(("month", "told"), [(7, "UTC+2"), (1, "UTC+1")])
def test_the_offset_follows_summer_time(month: int, told: str) -> None:
    """A proof of deposit holds on both sides of a clock change."""
    assert _french.offset(datetime(2026, month, 1, tzinfo=BRUSSELS)) == told


@pytest.mark.parametrize(
    ("size_bytes", "told"),
    [
        (0, "0 octet"),
        (1, "1 octet"),
        (999, "999 octets"),
        (48_000, "48 ko"),
        (1_214_000, "1,2 Mo"),
        (15_000_000, "15 Mo"),
    ],
)
def test_sizes_read_as_people_write_them(size_bytes: int, told: str) -> None:
    """With a decimal comma, and only as exact as is useful."""
    assert _french.size(size_bytes) == told


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([], ""),
        ([8], "page 8"),
        ([8, 8], "page 8"),
        ([3, 4], "pages 3 et 4"),
        (range(14, 23), "pages 14 à 22"),
        ([3, 5, 7, 8, 9], "pages 3, 5 et 7 à 9"),
    ],
)
def test_pages_are_told_as_a_person_would(numbers: list[int], told: str) -> None:
    """Neighbours are joined, and one page is no range."""
    assert _french.pages(numbers) == told


@pytest.mark.parametrize(
    ("label", "told"),
    [
        ("la personne de contact", "de la personne de contact"),
        (
            "l'administrateur ou l'administratrice",
            "de l'administrateur ou de l'administratrice",
        ),
        ("le trésorier ou la trésorière", "du trésorier ou de la trésorière"),
        ("les statuts", "des statuts"),
    ],
)
def test_of_contracts_and_doubles(label: str, told: str) -> None:
    """Full doublets keep their preposition twice."""
    assert _french.of(label) == told


@pytest.mark.parametrize(
    ("parts", "told"), [([], ""), (["a"], "a"), (["a", "b"], "a et b"), (["a", "b", "c"], "a, b et c")]
)
def test_lists_end_with_et(parts: list[str], told: str) -> None:
    """Commas, then « et »."""
    assert _french.join(parts) == told


def test_a_window_names_its_month_once() -> None:
    """Unless it runs over a month's end."""
    assert _french.span(date(2026, 9, 14), date(2026, 9, 18)) == (
        "entre le lundi 14 et le vendredi 18 septembre 2026"
    )
    assert _french.span(date(2026, 9, 28), date(2026, 10, 2)) == (
        "entre le lundi 28 septembre et le vendredi 2 octobre 2026"
    )


@pytest.mark.parametrize(
    ("seconds", "told"), [(1, "1 seconde"), (192, "3 minutes"), (7300, "2 heures"), (90_000, "1 jour")]
)
def test_lateness_is_told_in_its_largest_unit(seconds: int, told: str) -> None:
    """Cut down, never up: nobody is made later than they are."""
    assert _french.lateness(timedelta(seconds=seconds)) == told


@given(st.text())
def test_what_a_stranger_wrote_is_one_plain_line(name: str) -> None:
    """No control sign, no line end, no mark that turns the direction; shown twice is shown once."""
    shown = _french.shown(name)

    assert not set(shown) & set("\r\n\t\0\u2028\u2029\u202e\u2066\u200f\x85\u00a0")
    assert _french.shown(shown) == shown


@given(st.text(st.characters(categories=("L", "N")), max_size=40))
def test_accents_are_never_lost(name: str) -> None:
    """A plain name is shown as it is."""
    assert _french.shown(name) == name


def test_every_day_of_a_year_is_told() -> None:
    """No day and no month is without its name."""
    days = {_french.day(date(2026, 1, 1) + timedelta(days=n)) for n in range(365)}

    assert len(days) == 365


@pytest.mark.parametrize("number", ["0496 24 65 66", "02 555 01 17", "+32 496 24 65 66"])
def test_a_number_to_dial_stays_on_its_line(number: str) -> None:
    """Behind the area code, too."""
    assert " " not in _french.unbroken(number).replace("+32 ", "")
