"""What the tests of `ingest` share: the edition, and builders of envelopes and applications."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from data import edition as editions
from data.edition import Edition
from data.model import (
    Address,
    Application,
    Attachment,
    Dossier,
    Envelope,
    Machine,
    Piece,
    Verdict,
    VerdictState,
)

AT = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


@pytest.fixture(scope="session")
def blossom() -> Edition:
    """The shipped edition."""
    return editions.load(editions.shipped()["blossom-2026"])


def a_file(name: str, content: bytes | None = None, kind: str = "application/pdf") -> Attachment:
    """An attachment whose hash is its name unless content is given."""
    return Attachment(name, kind, content or name.encode() * 3000, f"sha of {name}")


def an_envelope(
    subject: str = "Dossier de candidature – COOPCITY 2026 – La Remise",
    *,
    sender: str | None = "aline@laremise.example",
    reply_to: str | None = None,
    to: Sequence[str] = ("matthias@coopcity.be",),
    text: str = "",
    files: Sequence[str | Attachment] = (),
    in_reply_to: str | None = None,
    references: Sequence[str] = (),
    automatic: str | None = None,
    machine: Machine | None = None,
) -> Envelope:
    """An envelope as `envelope.read` would make it."""
    return Envelope(
        message_id="1@laremise.example",
        in_reply_to=in_reply_to,
        references=tuple(references),
        sender=Address("", sender) if sender else None,
        reply_to=Address("", reply_to) if reply_to else None,
        recipients=tuple(Address("", each) for each in to),
        subject=subject,
        claimed_at=AT,
        text=text,
        attachments=tuple(a_file(each) if isinstance(each, str) else each for each in files),
        automatic=automatic,
        machine=machine,
    )


def an_application(
    organisation: str | None = "La Remise",
    *,
    reference: str = "BL26-K7Q3M",
    senders: Sequence[str] = ("aline@laremise.example",),
    message_ids: Sequence[str] = ("1@laremise.example", "ours-1@coopcity.be"),
    number: str | None = None,
    files: Sequence[str] = (),
) -> Application:
    """A known application."""
    pieces = tuple(Piece(name, f"sha of {name}", 9, "other", "m1", AT) for name in files)
    return Application(
        reference=reference,
        edition="blossom-2026",
        organisation=organisation,
        first_received_at=AT,
        received_at=AT,
        mails=("m1",),
        message_ids=tuple(message_ids),
        senders=tuple(senders),
        enterprise_number=number,
        dossier=Dossier("blossom-2026", organisation, AT, (), pieces),
        verdict=Verdict(VerdictState.INCOMPLETE, True, ()),
    )
