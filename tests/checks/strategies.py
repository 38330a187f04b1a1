"""Any dossier at all, for hypothesis: likely ones, odd ones, impossible ones."""

from datetime import UTC, date, datetime

from hypothesis import strategies as st

from data.edition import Edition
from data.model import (
    Address,
    Annex,
    AnnexState,
    Answer,
    AnswerState,
    DocumentKind,
    Dossier,
    Fact,
    MailFacts,
    Mention,
    Piece,
    Place,
    Signature,
    SignatureHow,
    SignatureState,
    UnreadReason,
)

TEXTS = st.one_of(
    st.text(max_size=20),
    st.sampled_from(["", "néant", "{label}", "2015-03-02", "9999-12-31", "0419.618.535", "a@example.org"]),
)
MOMENTS = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001 # hypothesis wants them naive
YEARS = st.lists(st.integers(1900, 2100), max_size=4).map(tuple)
MENTIONS = st.builds(
    Mention,
    fact=st.sampled_from(Fact),
    value=TEXTS,
    quote=TEXTS,
    place=st.builds(Place, TEXTS, st.none() | st.integers(1, 99)),
    kind=st.sampled_from(["statutes", "accounts"]),
)
PLACES = st.none() | st.builds(Place, TEXTS, st.none() | st.integers(1, 99))


def answers(question: str) -> st.SearchStrategy[Answer]:
    """Any answer to a question, its value fitting or not."""
    return st.builds(
        Answer,
        question=st.just(question),
        state=st.sampled_from(AnswerState),
        value=st.none() | TEXTS | st.integers(),
        place=PLACES,
        confidence=st.floats(0, 1),
        reason=TEXTS,
        lines=st.integers(0, 99),
    )


def signatures(role: str) -> st.SearchStrategy[Signature]:
    """Any signature of a signatory."""
    return st.builds(
        Signature,
        role=st.just(role),
        state=st.sampled_from(SignatureState),
        how=st.none() | st.sampled_from(SignatureHow),
        name=st.none() | TEXTS,
        place=PLACES,
        typed_name=st.booleans(),
        intact=st.none() | st.booleans(),
        reason=TEXTS,
    )


def annexes(annex: str) -> st.SearchStrategy[Annex]:
    """Any state of an annex, of any years."""
    places = st.lists(st.builds(Place, TEXTS), max_size=2).map(tuple)
    return st.builds(Annex, st.just(annex), st.sampled_from(AnnexState), places, YEARS, TEXTS)


PIECES = st.builds(
    Piece,
    file=TEXTS,
    sha256=st.sampled_from(["a" * 64, "b" * 64]),
    size_bytes=st.integers(0),
    kind=st.sampled_from([*DocumentKind, "terreinplan"]),
    mail=st.sampled_from(["1", "2"]),
    received_at=MOMENTS,
    closing_dates=st.lists(st.dates(date(1990, 1, 1)), max_size=2).map(tuple),
    unread=st.none() | st.sampled_from(UnreadReason),
    active_content=st.booleans(),
    superseded=st.booleans(),
)

MAILS = st.builds(
    MailFacts,
    mail=st.sampled_from(["1", "2"]),
    received_at=MOMENTS,
    claimed_at=st.none() | MOMENTS,
    sender=st.none() | st.builds(Address, TEXTS, TEXTS),
    subject=TEXTS,
    recipients=st.lists(TEXTS, max_size=3).map(tuple),
    links=st.lists(st.sampled_from(["we.tl", "drive.example"]), max_size=2).map(tuple),
    sender_verified=st.none() | st.booleans(),
)


@st.composite
def dossiers(draw: st.DrawFn, edition: Edition) -> Dossier:
    """A dossier of the edition; some of its questions, signatures and annexes may not be mentioned."""
    questions = draw(st.lists(st.sampled_from([*edition.questions, "no.such"]), max_size=6, unique=True))
    return Dossier(
        edition=edition.id,
        organisation=draw(st.none() | TEXTS),
        received_at=draw(MOMENTS),
        mails=tuple(draw(st.lists(MAILS, max_size=2))),
        pieces=tuple(draw(st.lists(PIECES, max_size=4))),
        answers={question: draw(answers(question)) for question in questions},
        signatures={role: draw(signatures(role)) for role in edition.signatories if draw(st.booleans())},
        annexes={annex: draw(annexes(annex)) for annex in edition.annexes if draw(st.booleans())},
        has_form=draw(st.booleans()),
        template_blank=draw(st.booleans()),
        mentions=tuple(draw(st.lists(MENTIONS, max_size=3))),
    )
