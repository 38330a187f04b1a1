"""`ingest.received`: which clock says when a mail in a file was received."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from ingest.received import received_at
from tests.builders import ON_TIME, a_mail

LAST = b"Received: from a by coopcity.example; Mon, 14 Sep 2026 10:00:01 +0200\r\n"
EARLIER = b"Received: from b by relay.example; Mon, 14 Sep 2026 09:58:00 +0200\r\n"


def test_topmost_hop_counts() -> None:
    """Of several hops, the one on top is our own server's, whatever the sender's Date claims."""
    assert received_at(LAST + EARLIER + a_mail()) == datetime(2026, 9, 14, 8, 0, 1, tzinfo=UTC)


def test_without_hops_the_date_is_taken() -> None:
    """A mail that was saved before it travelled has only its Date."""
    assert received_at(a_mail()) == ON_TIME


def test_without_anything_nothing_is_claimed() -> None:
    """Neither hop nor Date: the time is unknown, not invented."""
    assert received_at(a_mail(date=None)) is None


@given(st.binary(max_size=400))
def test_any_bytes_have_a_time_or_none(content: bytes) -> None:
    """Damaged headers never raise."""
    moment = received_at(content)

    assert moment is None or moment.tzinfo is UTC
