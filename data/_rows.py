"""Nouns to rows and back. What is asked by is a column; the rest is JSON, checked when it is read."""

import hashlib
import json
import zlib
from datetime import UTC, datetime
from typing import Final, Generic, TypeVar

from pydantic import ConfigDict, TypeAdapter
from pydantic_core import PydanticSerializationError

from data.model import Application, Call, Document, Event, Letter, LetterFact, LetterState, Shelved, Unread
from data.tables import ApplicationRow, CallRow, EventRow, LetterRow, MailRow

Noun = TypeVar("Noun")


class _Json(Generic[Noun]):
    """A noun as JSON and back, unchanged: bytes as base64, infinities by name."""

    def __init__(self, nouns: type[list[Noun]]) -> None:
        # Pydantic takes no configuration beside a dataclass; around one, in a list, it does.
        config = ConfigDict(
            ser_json_bytes="base64", val_json_bytes="base64", ser_json_inf_nan="constants", defer_build=True
        )
        self._adapter = TypeAdapter(nouns, config=config)

    def write(self, noun: Noun) -> bytes:
        try:
            return self._adapter.dump_json([noun])
        except PydanticSerializationError:  # a lone surrogate, which UTF-8 has no bytes for
            plain = self._adapter.dump_python([noun], mode="json")
            return json.dumps(plain, ensure_ascii=False).encode("utf-8", "replace")

    def read(self, text: str | bytes) -> Noun:
        return self._adapter.validate_json(text)[0]


_APPLICATION: Final = _Json(list[Application])
_LETTER: Final = _Json(list[Letter])
_CALL: Final = _Json(list[Call])
_READING: Final = _Json(list[Document | Unread])


def from_application(application: Application, generation: int) -> ApplicationRow:
    return ApplicationRow(
        reference=application.reference,
        edition=application.edition,
        first_received_at=application.first_received_at,
        received_at=application.received_at,
        verdict=application.verdict.state,
        generation=generation,
        body=_APPLICATION.write(application).decode(),
    )


def to_application(row: ApplicationRow) -> Application:
    return _APPLICATION.read(row.body)


def from_letter(letter: Letter, mime: bytes, *, held: bool, now: datetime) -> LetterRow:
    return LetterRow(
        id=letter.id,
        kind=letter.kind,
        cause=letter.cause,
        application=letter.application,
        recipient=letter.recipient.email.lower(),
        subject=letter.subject,
        state=LetterState.HELD if held else LetterState.QUEUED,
        composed_at=letter.composed_at,
        next_at=letter.not_before,
        changed_at=now,
        body=_LETTER.write(letter).decode(),
        mime=mime,
    )


def to_letter(row: LetterRow) -> Letter:
    return _LETTER.read(row.body)


def to_letter_fact(row: LetterRow) -> LetterFact:
    return LetterFact(
        id=row.id,
        kind=row.kind,
        application=row.application,
        subject=row.subject,
        state=row.state,
        composed_at=row.composed_at,
        sent_at=row.sent_at,
        last_reply=row.last_reply,
    )


def from_call(call: Call) -> CallRow:
    return CallRow(
        uid=call.uid,
        application=call.application,
        state=call.state,
        starts_at=call.starts_at,
        sequence=call.sequence,
        body=_CALL.write(call).decode(),
    )


def to_call(row: CallRow) -> Call:
    return _CALL.read(row.body)


def from_event(event: Event, now: datetime) -> EventRow:
    content = "\0".join(
        (event.at.astimezone(UTC).isoformat(), event.kind, event.application or "", event.detail)
    )
    return EventRow(
        id=hashlib.sha256(content.encode("utf-8", "replace")).hexdigest(),
        noted_at=now,
        at=event.at,
        kind=event.kind,
        application=event.application,
        detail=event.detail,
    )


def to_event(row: EventRow) -> Event:
    return Event(at=row.at, kind=row.kind, application=row.application, detail=row.detail)


def to_shelved(row: MailRow) -> Shelved:
    return Shelved(mail=row.identity, received_at=row.received_at, attempts=row.attempts, trace=row.trace)


def from_reading(reading: Document | Unread) -> bytes:
    return zlib.compress(_READING.write(reading), level=1)


def to_reading(body: bytes) -> Document | Unread:
    return _READING.read(zlib.decompress(body))
