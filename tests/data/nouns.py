"""Nouns for the store's tests: some written out, and any at all for hypothesis."""

import dataclasses
import types
import typing
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from hashlib import sha256

from hypothesis import strategies as st

from data.model import (
    Address,
    Application,
    Dossier,
    Event,
    EventKind,
    Letter,
    LetterKind,
    MailKey,
    MailKind,
    Outcome,
    RawMail,
    Recognition,
    Verdict,
    VerdictState,
)
from data.store import Store

NOW = datetime(2026, 9, 7, 6, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
REFERENCE = "BL26-K7Q3M"


def an_identity(name: str = "first") -> str:
    return sha256(name.encode()).hexdigest()


def a_raw_mail(name: str = "first", *, received_at: datetime = NOW, content: bytes | None = None) -> RawMail:
    return RawMail(an_identity(name), received_at, content or f"Subject: {name}\r\n\r\n".encode())


def a_key(uid: int = 1, account: str = "info", uidvalidity: int = 1) -> MailKey:
    return MailKey(account, "INBOX", uidvalidity, uid)


def keep(store: Store, name: str = "first", *, received_at: datetime = NOW, uid: int = 1) -> str:
    """Keep a mail and give back its identity."""
    store.keep_mail(a_raw_mail(name, received_at=received_at), a_key(uid), to_answer=True, now=NOW)
    return an_identity(name)


def an_application(
    reference: str = REFERENCE,
    *,
    organisation: str = "La Remise",
    received_at: datetime = NOW,
    mails: tuple[str, ...] = (),
    version: int = 1,
    state: VerdictState = VerdictState.INCOMPLETE,
) -> Application:
    return Application(
        reference=reference,
        edition="blossom-2026",
        organisation=organisation,
        first_received_at=received_at,
        received_at=received_at,
        mails=mails,
        message_ids=("<1@laremise.example>",),
        senders=("aline@laremise.example",),
        enterprise_number=None,
        dossier=Dossier("blossom-2026", organisation, received_at, (), ()),
        verdict=Verdict(state, True, ()),
        version=version,
    )


def a_letter(
    id: str = "a" * 32,
    *,
    kind: LetterKind = LetterKind.REPLY,
    cause: str = "reply/BL26-K7Q3M/1",
    application: str | None = None,
    recipient: str = "Aline@laremise.example",
    composed_at: datetime = NOW,
    not_before: datetime = NOW,
) -> Letter:
    return Letter(
        id=id,
        kind=kind,
        cause=cause,
        recipient=Address("Aline Peeters", recipient),
        subject="Votre dossier",
        text="Bonjour",
        html="<p>Bonjour</p>",
        composed_at=composed_at,
        not_before=not_before,
        application=application,
    )


def an_outcome(mail: str, application: Application | None = None, *letters: Letter) -> Outcome:
    return Outcome(mail, Recognition(MailKind.APPLICATION, ()), application, letters)


def keep_outcome(
    store: Store, outcome: Outcome, *, events: tuple[Event, ...] = (), held: bool = False, now: datetime = NOW
) -> bool:
    """Keep an outcome judged by what is in the store."""
    return store.keep_outcome(
        outcome,
        {letter.id: letter.id.encode() for letter in outcome.letters},
        generation=store.generation(),
        events=events,
        held=held,
        now=now,
    )


def an_event(detail: str = "La Remise", *, at: datetime = NOW, application: str | None = None) -> Event:
    return Event(at, EventKind.RECEIVED, application, detail)


_PLAIN: Mapping[object, st.SearchStrategy[object]] = {
    str: st.text(max_size=8),
    int: st.integers(),
    float: st.floats(allow_nan=False),
    bool: st.booleans(),
    bytes: st.binary(max_size=8),
    date: st.dates(),
    datetime: st.datetimes(timezones=st.just(UTC)),
    types.NoneType: st.none(),
}


def any_noun(kind: object) -> st.SearchStrategy[typing.Any]:
    """Every value that a noun's annotations allow."""
    if kind in _PLAIN:
        return _PLAIN[kind]
    if isinstance(kind, type) and issubclass(kind, Enum):
        return st.sampled_from(kind)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        hints = typing.get_type_hints(kind)
        return st.builds(kind, **{f.name: any_noun(hints[f.name]) for f in dataclasses.fields(kind)})
    parts = typing.get_args(kind)
    match typing.get_origin(kind):
        case types.UnionType | typing.Union:
            return st.one_of([any_noun(part) for part in parts])
        case origin if origin is tuple and Ellipsis not in parts:
            return st.tuples(*[any_noun(part) for part in parts])
        case origin if origin is tuple:
            return st.lists(any_noun(parts[0]), max_size=2).map(tuple)
        case origin if origin is Mapping:
            return st.dictionaries(any_noun(parts[0]), any_noun(parts[1]), max_size=2)
        case _:
            raise TypeError(kind)
