"""Mails and their files as one dossier: what each file is, which form counts, what was not read.

A later complete form replaces an earlier one; annexes add up. A form that came after the deadline replaces
none that came in time: it only adds what is not there (docs/decisions/0011). What a file that could not be
read may hold is in doubt, and is never called missing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from rapidfuzz import fuzz

from data.edition import Edition
from data.model import (
    Answer,
    AnswerState,
    Document,
    DocumentKind,
    Dossier,
    MailFacts,
    PageSource,
    Piece,
    Signature,
    SignatureState,
    Submission,
    Unread,
)
from parsers._annexed import _annexes, _closing
from parsers._answered import _form
from parsers._asked._anchors import signature_questions
from parsers._dossier import _attached, _mentions, _replied
from parsers._dossier._mail_text import MAIL_BODY
from parsers._dossier._sent import SentFile
from parsers._dossier._series import told_by_file
from parsers._dossier._sorting import FoundAnnex, SortedFiles, has_unread_pages, links_in, may_matter, sort
from parsers._language import language
from parsers._scanned import _page_pictures
from parsers._wording import fold

_ONE_OF_SEVERAL = re.compile(r"[\s(\[–—,-]*\b\d{1,2}\s*(?:/|sur|van|of)\s*\d{1,2}[)\]\s]*$")
"""« (2/2) » at the end of a subject belongs to no name."""
_NAMED_SIGNED = re.compile(r"sign|handtekening|scan|page|dossier|candidature|formulaire|kandidatuur")


def assemble(
    submissions: Sequence[Submission], edition: Edition, read: Callable[[bytes], Document | Unread]
) -> Dossier:
    """Everything that one applicant has sent."""
    mails = sorted(submissions, key=lambda s: (s.received_at, s.mail))
    found = sort(mails, edition, read)
    forms = _current(found.forms, edition)
    answers = _merged_answers(forms, found.signature_pages, edition)
    found.signature_pages[:] = [_by_name(page, answers, edition) for page in found.signature_pages]
    answers = _merged_answers(forms, found.signature_pages, edition)
    if any(map(has_unread_pages, (file for file, _ in forms))) or (
        not forms and any(map(may_matter, found.unread))
    ):
        answers = {question: _in_doubt(answer) for question, answer in answers.items()}
    if forms:
        since = min(file.mail.received_at for file, _ in forms)
        bodies = {file.mail.mail for file, _ in found.forms if file.name == MAIL_BODY}
        beside = [mail for mail in mails if mail.received_at >= since and mail.mail not in bodies]
        answers = _replied.with_doubts(answers, beside, edition)
    _attached.settle_cvs(found, answers, edition)
    signatures = _merged_signatures(forms, found.signature_pages, edition)
    unseen = {AnswerState.BLANK, AnswerState.NOT_FOUND}
    dossier = Dossier(
        edition=edition.id,
        organisation=_organisation(answers, mails, edition),
        received_at=_received_at(forms, edition) or mails[0].received_at,
        mails=tuple(_facts(mail) for mail in mails),
        pieces=tuple(_pieces(found, {id(reading) for _, reading in forms}, edition)),
        answers=answers,
        signatures=_signatures_in_doubt(signatures, found, bool(forms)),
        annexes=_attached.judge(found, answers, edition),
        has_form=bool(forms),
        template_blank=bool(forms) and all(answer.state in unseen for answer in answers.values()),
        in_own_words=any(reading.in_own_words for _, reading in forms),
        mentions=_mentions.gather(found.annexes, _attached.contact(answers, edition)),
        decorations=tuple(
            replace(_piece(file, DocumentKind.OTHER), unread=None, detail="") for file in found.decorations
        ),
    )
    return told_by_file(dossier, found.series)


# ---------------------------------------------------------------- which form counts


def _by_name(
    page: tuple[SentFile, _form.FormReading], answers: Mapping[str, Answer], edition: Edition
) -> tuple[SentFile, _form.FormReading]:
    """A page of signatures, read again now that it is known whose names the form has."""
    file, reading = page
    if not isinstance(file.reading, Document):
        return page
    _, pasted = _page_pictures.apart(file.reading)
    again = _form.signed_page(pasted or file.reading, file.name, edition, answers)
    return (file, again) if again and again.pages == reading.pages else page


def _current(
    forms: Sequence[tuple[SentFile, _form.FormReading]], edition: Edition
) -> list[tuple[SentFile, _form.FormReading]]:
    """The forms that count: those that came in time before the others, of each the latest first."""
    said = [(file, reading) for file, reading in forms if reading.answered]
    in_time = [(file, reading) for file, reading in said if edition.is_on_time(file.mail.received_at)]
    after = [pair for pair in said if pair not in in_time]
    if in_time and after:
        return [*_latest(in_time, edition), *_latest(after, edition)]
    return _latest(forms, edition)


def _received_at(forms: Sequence[tuple[SentFile, _form.FormReading]], edition: Edition) -> datetime | None:
    """When the dossier was there: with the last form that came in time, if any did."""
    times = [file.mail.received_at for file, _ in forms]
    return max(filter(edition.is_on_time, times), default=max(times, default=None))


def _latest(
    forms: Sequence[tuple[SentFile, _form.FormReading]], edition: Edition
) -> list[tuple[SentFile, _form.FormReading]]:
    """The latest whole form and what came after it. A blank or half-empty later copy replaces nothing."""
    most = max((reading.answered for _, reading in forms), default=0)
    whole = [
        file.mail.received_at
        for file, reading in forms
        if reading.found >= 0.6 * len(edition.questions) and reading.answered >= max(1, 0.6 * most)
    ]
    since = max(whole, default=None)
    kept = [
        (f, r)
        for f, r in forms
        if (since is None or f.mail.received_at >= since) and (r.answered or not most)
    ]
    kept.sort(key=lambda pair: (-pair[1].answered, pair[0].name))
    kept.sort(key=lambda pair: pair[0].mail.received_at, reverse=True)
    return kept


def _merged_answers(
    forms: Sequence[tuple[SentFile, _form.FormReading]],
    signature_pages: Sequence[tuple[SentFile, _form.FormReading]],
    edition: Edition,
) -> dict[str, Answer]:
    """The latest form's answers; what does not stand there, or is blank there, from the other parts."""
    signing = signature_questions(edition)
    answers: dict[str, Answer] = {}
    for question in edition.questions:
        sources = [*forms, *(signature_pages if question in signing else ())]
        said = [reading.answers[question] for _, reading in sources if question in reading.answers]
        answers[question] = min(
            said, key=_rank, default=Answer(question, AnswerState.NOT_FOUND, confidence=0.9)
        )
    return answers


def _rank(answer: Answer) -> int:
    order = (AnswerState.ANSWERED, AnswerState.UNCLEAR, AnswerState.BLANK, AnswerState.NOT_FOUND)
    return order.index(answer.state)


def _merged_signatures(
    forms: Sequence[tuple[SentFile, _form.FormReading]],
    signature_pages: Sequence[tuple[SentFile, _form.FormReading]],
    edition: Edition,
) -> dict[str, Signature]:
    order = (SignatureState.SIGNED, SignatureState.UNCLEAR, SignatureState.MISSING)
    merged: dict[str, Signature] = {}
    for role in edition.signatories:
        said = [
            reading.signatures[role]
            for _, reading in (*forms, *signature_pages)
            if role in reading.signatures
        ]
        best = min(said, key=lambda s: (order.index(s.state), not s.typed_name), default=None)
        merged[role] = best or Signature(role, SignatureState.MISSING, confidence=0.9)
        if best and best.name is None:
            merged[role] = replace(best, name=next((s.name for s in said if s.name), None))
    return merged


# ---------------------------------------------------------------- doubt


def _in_doubt(answer: Answer) -> Answer:
    if answer.state is not AnswerState.NOT_FOUND:
        return answer
    return replace(answer, state=AnswerState.UNCLEAR, confidence=0.5, reason="un fichier n'a pas pu être lu")


def _signatures_in_doubt(
    signatures: dict[str, Signature], found: SortedFiles, has_form: bool
) -> dict[str, Signature]:
    """A page that was not read may be the signed one, unless its name says that it is an annex."""
    suspects = [file for file, _ in (*found.forms, *found.signature_pages) if has_unread_pages(file)]
    suspects += [file for file in found.unread if may_matter(file) and (not has_form or _may_be_signed(file))]
    if not suspects:
        return signatures
    reason = f"« {suspects[0].name} » n'a pas pu être lu entièrement et pourrait porter la signature"
    return {
        role: replace(s, state=SignatureState.UNCLEAR, confidence=0.5, reason=reason)
        if s.state is SignatureState.MISSING
        else s
        for role, s in signatures.items()
    }


def _may_be_signed(file: SentFile) -> bool:
    plain = re.sub(r"[_\-.]+", " ", fold(file.name))
    return bool(_NAMED_SIGNED.search(plain)) or not _annexes.names_an_annex(plain)


# ---------------------------------------------------------------- pieces and mails


def _pieces(found: SortedFiles, current: set[int], edition: Edition) -> list[Piece]:
    pieces = []
    for file, reading in found.forms:
        piece = replace(_piece(file, DocumentKind.DOSSIER), superseded=id(reading) not in current)
        if reading.pages and any(one.file is file for one in (*found.annexes, *found.others)):
            piece = replace(piece, first_page=reading.pages[0], last_page=reading.pages[1])
        pieces.append(piece)
    pieces += [_piece(file, DocumentKind.SIGNATURE_PAGE) for file, _ in found.signature_pages]
    pieces += [_annex_piece(one, edition) for one in found.annexes]
    pieces += [_other_piece(one) for one in found.others]
    pieces += [_piece(file, DocumentKind.UNREADABLE) for file in found.unread]
    return sorted(pieces, key=lambda p: (p.received_at, p.mail, p.file, p.sha256, p.first_page or 0))


def _annex_piece(one: FoundAnnex, edition: Edition) -> Piece:
    piece = _found_piece(one)
    rule = edition.annexes.get(one.kind.id or "")
    if rule is not None and rule.closed_years:
        days = _attached.closing(one)
        draft = _closing.is_draft(one.document)
        return replace(piece, closing_dates=days, year=days[0].year if days else None, is_draft=draft)
    if one.kind.id == "activity_report":
        return replace(piece, year=_closing.report_year(one.document))
    return piece


def _other_piece(one: FoundAnnex) -> Piece:
    return replace(_found_piece(one), detail=one.kind.look_alike or "")


def _found_piece(one: FoundAnnex) -> Piece:
    piece = replace(_piece(one.file, one.kind.id or DocumentKind.OTHER), grounds=one.kind.grounds)
    return replace(piece, first_page=one.pages[0], last_page=one.pages[1]) if one.pages else piece


def _piece(file: SentFile, kind: str) -> Piece:
    reading = file.reading
    common = Piece(
        file=file.name,
        sha256=file.attachment.sha256,
        size_bytes=len(file.attachment.content),
        kind=kind,
        mail=file.mail.mail,
        received_at=file.mail.received_at,
        contained_in=file.attachment.contained_in,
    )
    if isinstance(reading, Unread):
        return replace(common, unread=reading.reason, detail=reading.detail)
    return replace(
        common,
        pages=len(reading.pages),
        language=language(" ".join(line.text for line in reading.lines[:400])),
        read_by=_read_by(reading),
        active_content=reading.active_content,
    )


def _read_by(document: Document) -> PageSource:
    """Recognised where any page was; a file that holds text and no pages is text."""
    sources = {page.source for page in document.pages}
    return next((each for each in (PageSource.OCR, PageSource.TEXT) if each in sources), PageSource.TEXT)


def _facts(mail: Submission) -> MailFacts:
    envelope = mail.envelope
    return MailFacts(
        mail=mail.mail,
        received_at=mail.received_at,
        claimed_at=envelope.claimed_at,
        sender=envelope.sender,
        subject=envelope.subject,
        recipients=tuple(sorted({address.email.lower() for address in envelope.recipients})),
        links=tuple(links_in([mail])),
        sender_verified=mail.verified,
    )


def _organisation(answers: Mapping[str, Answer], mails: Sequence[Submission], edition: Edition) -> str | None:
    """As answered, else as the subject has it behind the words that the programme asks for."""
    answer = answers.get(edition.fields.organisation)
    if answer is not None and answer.state is AnswerState.ANSWERED and isinstance(answer.value, str):
        return " ".join(answer.value.split())
    fixed = edition.mail.subject.replace(edition.mail.placeholder, "")
    known = {fold(word) for word in re.findall(r"\w+", fixed)}
    for mail in mails:
        subject = _ONE_OF_SEVERAL.sub("", mail.envelope.subject)
        parts = [part.strip() for part in re.split(r"\s+[-–—:|]+\s+|\s*[–—:]\s*", subject)]
        left = [p for p in parts if p and not _is_asked(p, known, edition)]
        if left:
            return " – ".join(left).strip('[]« »"')
    return None


def _is_asked(part: str, known: set[str], edition: Edition) -> bool:
    """Whether a part of a subject is the programme's own wording."""
    said = [fold(word) for word in re.findall(r"\w+", part)]
    placeholder = fuzz.ratio(fold(part), fold(edition.mail.placeholder)) > 85
    reply = {"re", "tr", "fw", "fwd", "rv", "de", "du", "la", "le", "pour", "programme"}
    own = known | reply | {fold(w) for w in (*edition.mail.keywords, *edition.mail.programme_words)}
    return placeholder or all(word in own or word.isdigit() for word in said)
