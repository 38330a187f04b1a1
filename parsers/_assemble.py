"""Mails and their files as one dossier: what each file is, which form counts, what was not read.

A later complete form replaces an earlier one; annexes add up. What a file that could not be read may
hold is in doubt, and is never called missing.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from rapidfuzz import fuzz

from data.edition import AnnexRule, Edition
from data.model import (
    Annex,
    AnnexState,
    Answer,
    AnswerState,
    Document,
    DocumentKind,
    Dossier,
    MailFacts,
    PageSource,
    Piece,
    Place,
    Signature,
    SignatureState,
    Submission,
    Unread,
    UnreadReason,
)
from parsers import _annexes, _closing, _form
from parsers._anchors import signature_questions
from parsers._sorting import FoundAnnex, SentFile, SortedFiles, has_unread_pages, links_in, sort
from parsers._wording import fold

_STOP_WORDS = {
    "fr": r"le|la|les|des|du|une|un|et|est|que|qui|dans|pour|nous|vous|votre|nos|sur|avec|pas|sont|au",
    "nl": r"de|het|een|en|van|is|dat|die|in|voor|wij|u|uw|onze|op|met|niet|zijn|aan|te",
    "en": r"the|of|and|is|that|in|for|we|you|your|our|on|with|not|are|to|a|it|as|by",
}
_NAMED_FORM = re.compile(r"dossier|candidature|formulaire|kandidatuur|application|blossom|coopcity")
_NAMED_SIGNED = re.compile(r"sign|handtekening|scan|page|dossier|candidature|formulaire|kandidatuur")
_UNSURE_KIND = "le contenu ne permet pas d'être certain du type de document"
_NAMED_OTHER = re.compile(r"logo|facture|flyer|photo|banner|plan d.acces")


def assemble(
    submissions: Sequence[Submission], edition: Edition, read: Callable[[bytes], Document | Unread]
) -> Dossier:
    """Everything that one applicant has sent."""
    mails = sorted(submissions, key=lambda s: (s.received_at, s.mail))
    found = sort(mails, edition, read)
    forms = _current(found.forms, edition)
    answers = _merged_answers(forms, found.signature_pages, edition)
    if any(map(has_unread_pages, (file for file, _ in forms))) or (
        not forms and any(map(_may_matter, found.unread))
    ):
        answers = {question: _in_doubt(answer) for question, answer in answers.items()}
    signatures = _merged_signatures(forms, found.signature_pages, edition)
    unseen = {AnswerState.BLANK, AnswerState.NOT_FOUND}
    return Dossier(
        edition=edition.id,
        organisation=_organisation(answers, mails, edition),
        received_at=max((file.mail.received_at for file, _ in forms), default=mails[0].received_at),
        mails=tuple(_facts(mail) for mail in mails),
        pieces=tuple(_pieces(found, {id(reading) for _, reading in forms}, edition)),
        answers=answers,
        signatures=_signatures_in_doubt(signatures, found, bool(forms)),
        annexes=_judge_annexes(found, edition),
        has_form=bool(forms),
        template_blank=bool(forms) and all(answer.state in unseen for answer in answers.values()),
    )


# ---------------------------------------------------------------- which form counts


def _current(
    forms: Sequence[tuple[SentFile, _form.FormReading]], edition: Edition
) -> list[tuple[SentFile, _form.FormReading]]:
    """The forms that count, the latest first. A blank or half-empty later copy replaces nothing."""
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


def _may_matter(file: SentFile) -> bool:
    """Whether a file that was not read may hold something asked for."""
    empty = isinstance(file.reading, Unread) and file.reading.reason is UnreadReason.EMPTY
    return not empty and not _NAMED_OTHER.search(fold(file.name))


def _in_doubt(answer: Answer) -> Answer:
    if answer.state is not AnswerState.NOT_FOUND:
        return answer
    return replace(answer, state=AnswerState.UNCLEAR, confidence=0.5, reason="un fichier n'a pas pu être lu")


def _signatures_in_doubt(
    signatures: dict[str, Signature], found: SortedFiles, has_form: bool
) -> dict[str, Signature]:
    """A page that was not read may be the signed one, unless its name says that it is an annex."""
    suspects = [file for file, _ in (*found.forms, *found.signature_pages) if has_unread_pages(file)]
    suspects += [
        file for file in found.unread if _may_matter(file) and (not has_form or _may_be_signed(file))
    ]
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


# ---------------------------------------------------------------- annexes


def _judge_annexes(found: SortedFiles, edition: Edition) -> dict[str, Annex]:
    named: dict[str, list[SentFile]] = {annex.id: [] for annex in edition.annex}
    nameless: list[SentFile] = []
    for file in (*found.unread, *found.half_read):
        kinds = _annexes.by_name(file.name, edition)
        for kind in kinds:
            named[kind].append(file)
        if not kinds and _may_matter(file) and not _is_only_form(file, found):
            nameless.append(file)
    judged = {}
    for annex in edition.annex:
        mine = [one for one in found.annexes if one.kind.id == annex.id]
        absent = _absent(annex.id, [*named[annex.id], *nameless], found.links)
        judged[annex.id] = (
            _judge_years(annex, mine, absent, edition) if annex.closed_years else _judge(annex, mine, absent)
        )
    return judged


def _is_only_form(file: SentFile, found: SortedFiles) -> bool:
    """A scan that its name calls the form is taken for the form, where no other file is it."""
    named = _NAMED_FORM.search(fold(file.name)) and not re.search(
        r"annex|complet|bijlage|tout", fold(file.name)
    )
    return bool(named) and isinstance(file.reading, Unread) and not found.forms


def _absent(annex: str, suspects: Sequence[SentFile], links: Sequence[str]) -> Annex:
    """An annex that was not found: missing, unless something was sent that could not be read."""
    if suspects:
        names = ", ".join(f"« {file.name} »" for file in suspects[:3])
        places = tuple(Place(file.name) for file in suspects)
        return Annex(annex, AnnexState.UNCLEAR, places, (), f"{names} n'a pas pu être lu")
    if links:
        return Annex(
            annex, AnnexState.UNCLEAR, (), (), "un lien de téléchargement remplace peut-être ce document"
        )
    return Annex(annex, AnnexState.MISSING)


def _judge(rule: AnnexRule, mine: Sequence[FoundAnnex], absent: Annex) -> Annex:
    places = tuple(one.place for one in mine)
    if any(one.kind.certain for one in mine):
        return Annex(rule.id, AnnexState.PRESENT, places)
    if mine:
        return Annex(rule.id, AnnexState.UNCLEAR, places, (), _UNSURE_KIND)
    return absent


def _judge_years(rule: AnnexRule, mine: Sequence[FoundAnnex], absent: Annex, edition: Edition) -> Annex:
    """Accounts: so many different closed years are needed, and recent ones."""
    if not mine:
        return absent
    places = tuple(one.place for one in mine)
    by_file = [closing(one.document, one.file.name) for one in mine]
    told = tuple(sorted({days[0].year for days in by_file if days}, reverse=True))
    oldest = edition.dates.deadline.year - rule.closed_years
    recent = [year for year in told if year >= oldest]
    undated = sum(not days for days in by_file)
    if len(recent) >= rule.closed_years:
        sure = all(one.kind.certain for one in mine)
        state, reason = (AnnexState.PRESENT, "") if sure else (AnnexState.UNCLEAR, _UNSURE_KIND)
        return Annex(rule.id, state, places, told, reason)
    if absent.state is AnnexState.UNCLEAR:
        return replace(absent, places=(*places, *absent.places), years=told)
    if (told and not recent) or len(told) >= rule.closed_years:
        return Annex(
            rule.id, AnnexState.UNCLEAR, places, told, "les exercices trouvés ne sont pas les derniers"
        )
    if undated and len(recent) + undated >= rule.closed_years:
        return Annex(rule.id, AnnexState.UNCLEAR, places, told, "l'année d'un document n'a pas pu être lue")
    if not recent or not any(one.kind.certain for one in mine):
        return Annex(
            rule.id,
            AnnexState.UNCLEAR,
            places,
            told,
            _UNSURE_KIND if recent else "l'année n'a pas pu être lue",
        )
    if any(_closing.has_two_columns(one.document) for one in mine):
        return Annex(
            rule.id,
            AnnexState.UNCLEAR,
            places,
            told,
            "un seul document, avec la colonne de l'exercice précédent",
        )
    return Annex(rule.id, AnnexState.PARTIAL, places, told)


def closing(document: Document, file: str) -> tuple[date, ...]:
    """Closing dates of accounts, as written in them; the year in the file's name where they tell none."""
    found = _closing.closing_dates(document)
    if found:
        return found
    named = set(re.findall(r"(?<!\d)(20[0-4]\d)(?!\d)", file))
    return (date(int(named.pop()), 12, 31),) if len(named) == 1 else ()


# ---------------------------------------------------------------- pieces and mails


def _pieces(found: SortedFiles, current: set[int], edition: Edition) -> list[Piece]:
    pieces = []
    for file, reading in found.forms:
        piece = replace(_piece(file, DocumentKind.DOSSIER), superseded=id(reading) not in current)
        if reading.pages and any(one.file is file for one in found.annexes):
            piece = replace(piece, first_page=reading.pages[0], last_page=reading.pages[1])
        pieces.append(piece)
    pieces += [_piece(file, DocumentKind.SIGNATURE_PAGE) for file, _ in found.signature_pages]
    pieces += [_annex_piece(one, edition) for one in found.annexes]
    pieces += [_piece(file, DocumentKind.OTHER) for file in found.others]
    pieces += [_piece(file, DocumentKind.UNREADABLE) for file in found.unread]
    return sorted(pieces, key=lambda p: (p.received_at, p.mail, p.file, p.sha256, p.first_page or 0))


def _annex_piece(one: FoundAnnex, edition: Edition) -> Piece:
    piece = replace(_piece(one.file, one.kind.id or DocumentKind.OTHER), grounds=one.kind.grounds)
    if one.pages:
        piece = replace(piece, first_page=one.pages[0], last_page=one.pages[1])
    rule = edition.annexes.get(one.kind.id or "")
    if rule is not None and rule.closed_years:
        days = closing(one.document, one.file.name)
        return replace(piece, closing_dates=days, year=days[0].year if days else None)
    if one.kind.id == "activity_report":
        return replace(piece, year=_closing.report_year(one.document))
    return piece


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
        language=language(reading),
        read_by=PageSource.TEXT,
        active_content=reading.active_content,
    )


def language(document: Document) -> str | None:
    """French, Dutch or English, by the commonest words; None where too little is written."""
    text = " ".join(line.text for line in document.lines[:400]).lower()
    scores = {code: len(re.findall(rf"\b(?:{stop})\b", text)) for code, stop in _STOP_WORDS.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] >= 3 else None


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
    )


def _organisation(answers: Mapping[str, Answer], mails: Sequence[Submission], edition: Edition) -> str | None:
    """As answered, else as the subject has it behind the words that the programme asks for."""
    answer = answers.get(edition.fields.organisation)
    if answer is not None and answer.state is AnswerState.ANSWERED and isinstance(answer.value, str):
        return " ".join(answer.value.split())
    fixed = edition.mail.subject.replace(edition.mail.placeholder, "")
    known = {fold(word) for word in re.findall(r"\w+", fixed)}
    for mail in mails:
        parts = [part.strip() for part in re.split(r"\s+[-–—:|]+\s+|\s*[–—:]\s*", mail.envelope.subject)]
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
