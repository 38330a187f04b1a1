"""When a mail that lies in a file was received: what the last server wrote on it.

Every server puts its own Received line on top (RFC 5321, 4.4); the topmost is that of the house that
keeps the mail. The sender's Date is a claim, and is taken only where nothing better stands.
"""

from datetime import UTC, datetime
from email.parser import BytesHeaderParser
from email.utils import parsedate_to_datetime

HEADER_LIMIT = 64 * 1024


def received_at(content: bytes) -> datetime | None:
    """The topmost Received line's time, else the Date header's; None where neither can be read."""
    try:
        headers = BytesHeaderParser().parsebytes(content[:HEADER_LIMIT])
        lines = [str(line).rpartition(";")[2] for line in headers.get_all("Received", [])[:1]]
        lines += [str(line) for line in headers.get_all("Date", [])[:1]]
    except (ValueError, IndexError, AttributeError, TypeError, RecursionError):
        return None  # the standard library's header parser raises all of these on damaged lines
    return next((moment for line in lines if (moment := _moment(line)) is not None), None)


def _moment(text: str) -> datetime | None:
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return moment.replace(tzinfo=moment.tzinfo or UTC).astimezone(UTC)
