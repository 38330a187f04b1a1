"""When a mail that lies in a file was received: what the last server wrote on it.

Every server puts its own Received line on top (RFC 5321, 4.4); the topmost is that of the house that
keeps the mail. The sender's Date is a claim, and is taken only where nothing better stands.
"""

from datetime import datetime

from ingest.headers import moment, split_block


def received_at(content: bytes) -> datetime | None:
    """The topmost Received line's time, else the Date header's; None where neither can be read."""
    headers = split_block(content)[0]
    stamped = (headers.first("received") or "").rpartition(";")[2]
    return moment(stamped) or moment(headers.first("date"))
