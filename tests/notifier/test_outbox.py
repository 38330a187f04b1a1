"""When a letter is tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import PostError, PostRefused, PostUncertain
from data.model import LetterState
from notifier import outbox

NOW = datetime(2026, 9, 10, 14, 44, tzinfo=UTC)


def test_a_letter_that_was_taken_is_sent() -> None:
    """Nothing more is due."""
    assert outbox.after(None, 1, NOW) == (LetterState.SENT, None)


@pytest.mark.parametrize(("attempts", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 240), (6, 240)])
def test_later_means_later_and_later(attempts: int, minutes: int) -> None:
    """The pauses grow to four hours and stay there."""
    expected = (LetterState.QUEUED, NOW + timedelta(minutes=minutes))

    assert outbox.after(PostError("451"), attempts, NOW) == expected


def test_a_server_that_is_down_all_weekend_costs_no_letter() -> None:
    """From Friday evening to Monday morning it is still being tried."""
    moment, attempts = NOW, 0
    while moment < NOW + timedelta(hours=64):
        attempts += 1
        state, due = outbox.after(PostError("unreachable"), attempts, moment)
        assert state is LetterState.QUEUED
        assert due is not None
        moment = due


@given(st.integers(1, 1000))
def test_never_and_perhaps_are_not_tried_again(attempts: int) -> None:
    """Refused is for the telephone, uncertain for a person: neither is sent again blindly."""
    assert outbox.after(PostRefused("550"), attempts, NOW) == (LetterState.FAILED, None)
    assert outbox.after(PostUncertain("cut"), attempts, NOW) == (LetterState.UNKNOWN, None)


@given(st.integers(0, 1000))
def test_trying_ends(attempts: int) -> None:
    """After enough tries a person is told; until then the next try is always in the future."""
    state, due = outbox.after(PostError("451"), attempts, NOW)

    assert (state is LetterState.FAILED) == (attempts >= outbox.TRIES_AT_MOST)
    assert due is None or due > NOW
