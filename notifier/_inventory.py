"""What an application has, lacks and leaves open, in the form's own order and words.

The one place that decides what an applicant is told. « Nous n'avons pas trouvé » needs two witnesses: a
blocking finding, and a reading that says absent. Where they differ it is a doubt, and a person looks.
What only concerns the officer (eligibility, one address, same person…) is in none of these lists.
"""

import re
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from data.edition import AnnexRule, Edition, Question, Signatory
from data.model import (
    Annex,
    AnnexState,
    Answer,
    AnswerState,
    Dossier,
    Finding,
    Piece,
    Place,
    Severity,
    Signature,
    SignatureState,
    UnreadReason,
    Verdict,
)
from notifier import _french
from notifier._french import sentence, shown
from notifier._tongue import Tongue

ABSENT_ANSWERS = frozenset({"answer.blank", "answer.not_found"})
ABSENT_SIGNATURES = frozenset({"signature.missing", "signature.typed_name"})
ABSENT_ANNEXES = frozenset({"annex.missing", "annex.partial"})
NO_FORM = "dossier.missing"
EMPTY_FORM = "dossier.template_blank"
UNSURE_FORM = "dossier.unclear"
LINK_ONLY = "document.link_only"
DOUBTFUL_DOCUMENTS = frozenset({"document.unreadable", "document.encrypted", "document.too_large", LINK_ONLY})
DOUBTFUL_ITEMS = frozenset({"answer.unclear", "signature.unclear", "annex.unclear", "annex.old"})
KNOWN_BLOCKING = (
    ABSENT_ANSWERS | ABSENT_SIGNATURES | ABSENT_ANNEXES | DOUBTFUL_DOCUMENTS | DOUBTFUL_ITEMS
) | {NO_FORM, EMPTY_FORM, UNSURE_FORM}

OWN_LINE_AT_MOST = 2
"""So many doubtful answers of a section are told one by one; more are told together."""
NAMED_AT_MOST = 2
"""So few missing things are named in the letter's first line; more are counted."""
LABELS_AT_MOST = 3
"""So many questions are named by label; more by number alone."""
LOST_AT_LEAST = 4
"""So many questions in a row that are nowhere in a form of several pages: one was perhaps lost with them."""


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a letter: what it is about, what there is to say, and the way out."""

    what: str
    told: str = ""
    way_out: str = ""
    sendable: bool = False
    """Whether the applicant can settle it by sending a file."""
    short: str = ""
    """What it is about, without the form's own words beside ours."""

    @property
    def name(self) -> str:
        return self.short or self.what


@dataclass(frozen=True, slots=True)
class Inventory:
    """The lines of a checklist."""

    form: Item | None
    sections: tuple[Item, ...]
    signatures: tuple[Item, ...]
    annexes: tuple[Item, ...]
    absent_answers: tuple[Item, ...]
    absent_signatures: tuple[Item, ...]
    absent_annexes: tuple[Item, ...]
    doubts: tuple[Item, ...]
    other: tuple[str, ...]
    """Sentences of blocking findings that a check of its own added."""
    answers_count: int
    """How many answers are absent, not how many lines they take."""
    tongue: Tongue
    unsigned: tuple[str, ...] = ()
    """Whose signature is absent, as letters name them."""
    no_form: bool = False
    empty_form: bool = False

    @property
    def found(self) -> tuple[Item, ...]:
        form = (self.form,) if self.form else ()
        return (*form, *self.sections, *self.signatures, *self.annexes)

    @property
    def formless(self) -> bool:
        return self.no_form or self.empty_form

    @property
    def absent(self) -> tuple[Item, ...]:
        return (*self.absent_answers, *self.absent_signatures, *self.absent_annexes)

    @property
    def remains(self) -> str:
        """« 5 réponses, une signature et une annexe », or by name where they are few; empty for nothing."""
        few = (*self.absent_signatures, *self.absent_annexes)
        if not (self.answers_count or self.other or self.formless) and 0 < len(few) <= NAMED_AT_MOST:
            return self.tongue.join(item.name for item in few)
        counts = {
            "form": int(self.formless),
            "answer": self.answers_count,
            "signature": len(self.absent_signatures),
            "annex": len(self.absent_annexes),
            "detail": len(self.other),
        }
        return self.tongue.join(
            self.tongue.counted(thing, number) for thing, number in counts.items() if number
        )


def take(
    dossier: Dossier,
    verdict: Verdict,
    edition: Edition,
    *,
    files: frozenset[str] | None = None,
    tongue: Tongue = _french,
) -> Inventory:
    """Take stock.

    Args:
        files: tell as found only what stands in these files; None for all.
        tongue: the language in which it is told.
    """
    look = _Look(dossier, verdict, edition, tongue)
    formless = look.no_form or look.empty_form or look.unsure_form
    absent = look.absent_answers()
    return Inventory(
        form=None if formless else look.form(files),
        sections=() if formless else tuple(look.sections(files)),
        signatures=() if formless else tuple(look.signed(files)),
        annexes=tuple(look.present(files)),
        absent_answers=()
        if formless
        else tuple(by_section(absent, edition, lost=look.perhaps_lost(), tongue=tongue)),
        absent_signatures=() if formless else tuple(look.unsigned()),
        unsigned=() if formless else tuple(look.unsigned_roles()),
        absent_annexes=tuple(look.missing()),
        doubts=tuple(look.doubts(formless)),
        other=tuple(
            f.message
            for f in verdict.findings
            if f.severity is Severity.BLOCKING
            and f.code not in KNOWN_BLOCKING
            and f.message
            and not f.officer_only
        ),
        answers_count=0 if formless else len(absent),
        tongue=tongue,
        no_form=look.no_form,
        empty_form=look.empty_form,
    )


def by_section(
    ids: Sequence[str],
    edition: Edition,
    *,
    private: bool = True,
    lost: Collection[str] = (),
    tongue: Tongue = _french,
) -> Iterator[Item]:
    """« B. Description du projet : questions 2, 3, 5 et 9 »: one line for each section as letters name it.

    Args:
        private: whether questions about the person may be named; else they are only counted.
        lost: those that perhaps stood on a lost page, which is said behind them.
    """
    for group in by_title(edition):
        wanted = [question for question in group.questions if question.id in ids]
        if wanted:
            required = [question for question in group.questions if question.required]
            whole = len(wanted) >= max(3, len(required))
            told = tongue.all_answers(len(wanted)) if whole else _named(wanted, tongue, private=private)
            perhaps = f" ({tongue.page_lost()})" if any(question.id in lost for question in wanted) else ""
            yield Item(tongue.title(group.title), told + perhaps)


def settled_items(verdict: Verdict) -> frozenset[str]:
    """Ids of the answers, signatures and annexes that a person has looked at and found in order."""
    return frozenset(finding.subject for finding in verdict.settled if finding.code in DOUBTFUL_ITEMS)


@dataclass(frozen=True, slots=True)
class Titled:
    """The questions that letters put under one title: B has three headings and one title."""

    title: str
    questions: tuple[Question, ...]


def by_title(edition: Edition) -> tuple[Titled, ...]:
    """The edition's questions as letters group them, in the form's order."""
    titled: dict[str, list[Question]] = {}
    for section in edition.section:
        titled.setdefault(section.letter_title, []).extend(section.question)
    return tuple(Titled(title, tuple(questions)) for title, questions in titled.items())


def _named(questions: Sequence[Question], tongue: Tongue, *, private: bool = True) -> str:
    numbers = [question.number for question in questions if question.number]
    long = len(questions) > LABELS_AT_MOST
    if len(numbers) == len(questions):
        names = numbers if long else [f"{q.number} ({tongue.question(q.label)})" for q in questions]
        return tongue.questions(len(questions), tongue.join(names))
    open_ones = [question for question in questions if private or not question.private]
    long = len(open_ones) > LABELS_AT_MOST
    names = [tongue.question(q.label.partition(" (")[0] if long else q.label) for q in open_ones]
    if hidden := len(questions) - len(open_ones):
        names.append(tongue.personal(hidden))
    return tongue.join(names)


@dataclass(frozen=True, slots=True)
class _Look:
    """The three things an inventory is taken from, and the language it is told in."""

    dossier: Dossier
    verdict: Verdict
    edition: Edition
    tongue: Tongue

    def _annex(self, rule: AnnexRule) -> str:
        return self.tongue.labelled(rule.label, rule.wording, self._own(rule.id))

    def _role(self, signatory: Signatory) -> str:
        return self.tongue.labelled(signatory.label, "", self._own(signatory.id))

    def _own(self, id: str) -> str | None:
        language = self.edition.languages.get(self.tongue.CODE)
        return language.labels.get(id) if language else None

    def _in_files(self, stretches: "Sequence[_Stretch]") -> str:
        """« dans « dossier.pdf », pages 14 à 22 »; many files are told by the first and the last."""
        if not stretches:
            return ""
        if len(stretches) > LABELS_AT_MOST:
            first, last = (self.tongue.quoted(shown(each[0])) for each in (stretches[0], stretches[-1]))
            return self.tongue.in_many_files(len(stretches), first, last)
        return self.tongue.in_files([self._in_file(*stretch) for stretch in stretches])

    def _in_file(self, file: str, within: tuple[int, ...], length: int | None) -> str:
        name = self.tongue.quoted(shown(file))
        if within:
            return f"{name}, {self.tongue.pages(within)}"
        return f"{name} ({self.tongue.length(length)})" if length and length > 1 else name

    @property
    def no_form(self) -> bool:
        return not self.dossier.has_form and self._blocks(NO_FORM)

    @property
    def empty_form(self) -> bool:
        return self.dossier.template_blank and self._blocks(EMPTY_FORM)

    @property
    def unsure_form(self) -> bool:
        """No filled form was read, and one may be in something that could not be read."""
        filled = self.dossier.has_form and not self.dossier.template_blank
        looked = any(finding.code == UNSURE_FORM for finding in self.verdict.settled)
        return not (filled or looked or self.no_form or self.empty_form)

    def _blocks(self, code: str) -> bool:
        return any(f.code == code and f.severity is Severity.BLOCKING for f in self.verdict.findings)

    def _subjects(self, codes: frozenset[str], severity: Severity | None = None) -> dict[str, Finding]:
        return {
            finding.subject: finding
            for finding in self.verdict.findings
            if finding.code in codes and severity in (None, finding.severity)
        }

    def _is_answered(self, answer: Answer) -> bool:
        return answer.state is AnswerState.ANSWERED or answer.question in settled_items(self.verdict)

    # what was found

    def form(self, files: frozenset[str] | None) -> Item | None:
        pieces = [p for p in self._pieces("dossier") if files is None or p.file in files]
        return Item(sentence(self.tongue.form()), self._in_files(_stretches(pieces))) if pieces else None

    def sections(self, files: frozenset[str] | None) -> Iterator[Item]:
        for group in by_title(self.edition):
            answers = [self.dossier.answers.get(question.id) for question in group.questions]
            answered = [answer for answer in answers if answer and self._is_answered(answer)]
            places = [a.place for a in answered if a.place]
            if answered and (files is None or any(place.file in files for place in places)):
                yield Item(self.tongue.title(group.title), self._section(group.questions, answered, places))

    def _section(
        self, questions: Sequence[Question], answered: Sequence[Answer], places: Sequence[Place]
    ) -> str:
        required = {question.id for question in questions if question.required}
        done = len(required & {answer.question for answer in answered})
        told = self.tongue.answered(done, len(required))
        form_files = {piece.file for piece in self._pieces("dossier")}
        if any(place.file not in form_files for place in places):
            return f"{told}, {self._in_files(self._stretches_of(places))}"
        where = self.tongue.pages(
            place.page for place in places if self._has_pages(place.file) and place.page
        )
        return f"{told}, {where}" if where else told

    def signed(self, files: frozenset[str] | None) -> Iterator[Item]:
        for signatory in self.edition.signatory:
            signature = self.dossier.signatures.get(signatory.id)
            doubted = self._subjects(DOUBTFUL_ITEMS | ABSENT_SIGNATURES)
            settled = signatory.id in settled_items(self.verdict)
            if signature is None or signatory.id in doubted:
                continue
            if signature.state is not SignatureState.SIGNED and not settled:
                continue
            place = signature.place
            if files is None or (place and place.file in files):
                where = self._in_files(self._stretches_of([place])) if place else ""
                yield Item(sentence(self.tongue.signature(self._role(signatory))), where)

    def present(self, files: frozenset[str] | None) -> Iterator[Item]:
        for rule in self.edition.annex:
            annex = self.dossier.annexes.get(rule.id)
            doubted = self._subjects(DOUBTFUL_ITEMS | ABSENT_ANNEXES)
            if annex is None or rule.id in doubted:
                continue
            if annex.state is not AnnexState.PRESENT and rule.id not in settled_items(self.verdict):
                continue
            if files is None or any(place.file in files for place in annex.places):
                yield Item(sentence(self._annex(rule)), self._annex_where(annex))

    def _annex_where(self, annex: Annex) -> str:
        files = {place.file for place in annex.places}
        pieces = [p for p in self._pieces(annex.id) if p.file in files or not files]
        return self._in_files(_stretches(pieces) or self._stretches_of(annex.places))

    def _stretches_of(self, places: Iterable[Place]) -> "list[_Stretch]":
        stretches: dict[str, _Stretch] = {}
        for place in places:
            known = stretches.get(place.file, (place.file, (), None))
            within = (place.page,) if place.page and self._has_pages(place.file) else ()
            stretches[place.file] = (place.file, (*known[1], *within), None)
        return list(stretches.values())

    def _has_pages(self, file: str) -> bool:
        """Whether a page number says where to look: a Word file that was never paged is one page to us."""
        return any((piece.pages or 0) > 1 for piece in self.dossier.pieces if piece.file == file)

    def _pieces(self, kind: str) -> list[Piece]:
        return [p for p in self.dossier.pieces if p.kind == kind and not p.superseded and p.unread is None]

    # what is absent for certain

    def absent_answers(self) -> list[str]:
        blocking = self._subjects(ABSENT_ANSWERS, Severity.BLOCKING)
        return [id for id in self.edition.questions if id in blocking and self._is_absent(id)]

    def perhaps_lost(self) -> frozenset[str]:
        """Questions that are nowhere, so many in a row that a page was perhaps lost with them."""
        if not any((piece.pages or 0) > 1 for piece in self._pieces("dossier")):
            return frozenset()
        runs = groupby(self.edition.questions, key=self._is_nowhere)
        rows = (tuple(run) for nowhere, run in runs if nowhere)
        return frozenset(id for row in rows if len(row) >= LOST_AT_LEAST for id in row)

    def _is_nowhere(self, id: str) -> bool:
        answer = self.dossier.answers.get(id)
        return answer is not None and answer.state is AnswerState.NOT_FOUND

    def _is_absent(self, id: str) -> bool:
        answer = self.dossier.answers.get(id)
        return answer is not None and answer.state in (AnswerState.BLANK, AnswerState.NOT_FOUND)

    def unsigned(self) -> Iterator[Item]:
        for signatory, signature in self._unsigned():
            told = self.tongue.typed_only() if signature.typed_name else ""
            yield Item(self.tongue.signature(self._role(signatory)), told)

    def unsigned_roles(self) -> Iterator[str]:
        return (self._role(signatory) for signatory, _ in self._unsigned())

    def _unsigned(self) -> Iterator[tuple[Signatory, Signature]]:
        blocking = self._subjects(ABSENT_SIGNATURES, Severity.BLOCKING)
        for signatory in self.edition.signatory:
            signature = self.dossier.signatures.get(signatory.id)
            if signatory.id in blocking and signature and signature.state is SignatureState.MISSING:
                yield signatory, signature

    def missing(self) -> Iterator[Item]:
        blocking = self._subjects(ABSENT_ANNEXES, Severity.BLOCKING)
        for rule in self.edition.annex:
            annex = self.dossier.annexes.get(rule.id)
            if rule.id not in blocking or annex is None:
                continue
            if annex.state is AnnexState.MISSING:
                yield Item(self._annex(rule), short=self._own(rule.id) or "")
            elif annex.state is AnnexState.PARTIAL:
                told = self._partly(rule, annex, blocking[rule.id])
                yield Item(self._annex(rule), told, short=self._own(rule.id) or "")

    # what could not be checked

    def doubts(self, formless: bool) -> Iterator[Item]:
        yield from self._documents()
        if self.unsure_form:
            yield Item(self.tongue.form(), self.tongue.perhaps_inside(self.dossier.template_blank))
        if not formless:
            yield from self._unclear_answers()
            yield from self._unclear_signatures()
        yield from self._unclear_annexes()

    def _documents(self) -> Iterator[Item]:
        findings = [f for f in self.verdict.findings if f.code in DOUBTFUL_DOCUMENTS]
        yield from dict.fromkeys(self._document(f) for f in findings if f.code != LINK_ONLY)
        if any(finding.code == LINK_ONLY for finding in findings):
            hosts = sorted({shown(host) for facts in self.dossier.mails for host in facts.links})
            yield Item(*self.tongue.link(self.tongue.join(hosts)), sendable=True)

    def _document(self, finding: Finding) -> Item:
        file = finding.place.file if finding.place else finding.subject
        reasons = [piece.unread for piece in self.dossier.pieces if piece.file == file and piece.unread]
        by_code = {
            "document.encrypted": UnreadReason.ENCRYPTED,
            "document.too_large": UnreadReason.TOO_LARGE,
        }
        reason = by_code.get(finding.code) or (reasons[0] if reasons else UnreadReason.CRASHED)
        return Item(self.tongue.quoted(shown(file)), *self.tongue.UNREAD[reason])

    def _unclear_answers(self) -> Iterator[Item]:
        unclear = set(self._subjects(frozenset({"answer.unclear"})))
        unclear |= {i for i in self._subjects(ABSENT_ANSWERS, Severity.BLOCKING) if not self._is_absent(i)}
        for group in by_title(self.edition):
            doubtful = [question for question in group.questions if question.id in unclear]
            if len(doubtful) > OWN_LINE_AT_MOST:
                yield Item(group.title, f"{_named(doubtful, self.tongue)}, {self.tongue.a_person_looks()}")
                continue
            for question in doubtful:
                answer = self.dossier.answers.get(question.id)
                told = self._why(answer.reason if answer else "")
                title = self.tongue.title(group.title)
                yield Item(f"{title}, {_named([question], self.tongue)}", told)

    def _unclear_signatures(self) -> Iterator[Item]:
        unclear = self._subjects(frozenset({"signature.unclear"}))
        contradicted = self._subjects(ABSENT_SIGNATURES, Severity.BLOCKING)
        for signatory in self.edition.signatory:
            signature = self.dossier.signatures.get(signatory.id)
            missing = signature is not None and signature.state is SignatureState.MISSING
            if signatory.id in unclear or (signatory.id in contradicted and not missing):
                told = self._why(signature.reason if signature else "")
                yield Item(self.tongue.signature(self._role(signatory)), told)

    def _unclear_annexes(self) -> Iterator[Item]:
        unclear = self._subjects(frozenset({"annex.unclear", "annex.old"}))
        contradicted = self._subjects(ABSENT_ANNEXES, Severity.BLOCKING)
        for rule in self.edition.annex:
            annex = self.dossier.annexes.get(rule.id)
            absent = annex is not None and annex.state in (AnnexState.MISSING, AnnexState.PARTIAL)
            if absent and rule.id in contradicted:
                continue
            if rule.id in unclear or rule.id in contradicted:
                yield Item(self._annex(rule), self._unclear(unclear.get(rule.id), annex))

    def _why(self, reason: str) -> str:
        return self.tongue.reason(reason) if reason else self.tongue.a_person_looks()

    def _partly(self, rule: AnnexRule, annex: Annex, finding: Finding) -> str:
        lacking = _years(finding.facts.get("lacking", ""))
        return self.tongue.partly(annex.years, lacking, max(rule.closed_years - len(annex.years), 1))

    def _unclear(self, finding: Finding | None, annex: Annex | None) -> str:
        if finding and finding.code == "annex.old" and annex and annex.years:
            return self.tongue.older(annex.years)
        return self._why(annex.reason if annex else "")


def _years(told: str) -> list[int]:
    """The years that a finding's facts name; none where they name none for certain."""
    return [int(year) for year in re.findall(r"\b(?:19|20)\d\d\b", told)]


# ---------------------------------------------------------------- where it stands, as a person says it

_Stretch = tuple[str, tuple[int, ...], int | None]


def _stretches(pieces: Iterable[Piece]) -> list[_Stretch]:
    """File, the pages within it, and how many it has where it is meant whole; each file once."""
    stretches: dict[str, _Stretch] = {}
    for piece in pieces:
        first, last = piece.first_page, piece.last_page
        within = tuple(range(first, last + 1)) if first and last else ()
        known = stretches.get(piece.file, (piece.file, (), piece.pages))
        stretches[piece.file] = (piece.file, (*known[1], *within), known[2])
    return list(stretches.values())
