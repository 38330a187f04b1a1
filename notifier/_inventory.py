"""What an application has, lacks and leaves open, in the form's own order and words.

The one place that decides what an applicant is told. « Nous n'avons pas trouvé » needs two witnesses: a
blocking finding, and a reading that says absent. Where they differ it is a doubt, and a person looks.
What only concerns the officer (eligibility, one address, same person…) is in none of these lists.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from data.edition import AnnexRule, Edition, Question
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
    SignatureState,
    UnreadReason,
    Verdict,
)
from notifier._french import count, join, of, pages, quoted, sentence, shown

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


@dataclass(frozen=True, slots=True)
class Item:
    """One line of a letter: what it is about, what there is to say, and the way out."""

    what: str
    told: str = ""
    way_out: str = ""
    sendable: bool = False
    """Whether the applicant can settle it by sending a file."""


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
            return join(item.what for item in few)
        counts = (
            (int(self.formless), "un formulaire"),
            (self.answers_count, "une réponse"),
            (len(self.absent_signatures), "une signature"),
            (len(self.absent_annexes), "une annexe"),
            (len(self.other), "une précision"),
        )
        return join(
            one if number == 1 else f"{number} {one.partition(' ')[2]}s" for number, one in counts if number
        )


def take(
    dossier: Dossier, verdict: Verdict, edition: Edition, *, files: frozenset[str] | None = None
) -> Inventory:
    """Take stock.

    Args:
        files: tell as found only what stands in these files; None for all.
    """
    look = _Look(dossier, verdict, edition)
    formless = look.no_form or look.empty_form or look.unsure_form
    absent = look.absent_answers()
    return Inventory(
        form=None if formless else look.form(files),
        sections=() if formless else tuple(look.sections(files)),
        signatures=() if formless else tuple(look.signed(files)),
        annexes=tuple(look.present(files)),
        absent_answers=() if formless else tuple(by_section(absent, edition)),
        absent_signatures=() if formless else tuple(look.unsigned()),
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
        no_form=look.no_form,
        empty_form=look.empty_form,
    )


def by_section(ids: Sequence[str], edition: Edition, *, private: bool = True) -> Iterator[Item]:
    """« B. Description du projet : questions 2, 3, 5 et 9 »: one line for each section as letters name it.

    Args:
        private: whether questions about the person may be named; else they are only counted.
    """
    for group in by_title(edition):
        wanted = [question for question in group.questions if question.id in ids]
        if wanted:
            required = [question for question in group.questions if question.required]
            yield Item(
                group.title, _named(wanted, whole=len(wanted) >= max(3, len(required)), private=private)
            )


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


def _named(questions: Sequence[Question], *, whole: bool, private: bool) -> str:
    if whole:
        return f"les {len(questions)} réponses"
    numbered = [question for question in questions if question.number]
    if numbered == list(questions):
        word = "question" if len(questions) == 1 else "questions"
        if len(questions) > LABELS_AT_MOST:
            return f"{word} {join(str(question.number) for question in questions)}"
        return f"{word} {join(f'{question.number} ({question.label})' for question in questions)}"
    hidden = [question for question in questions if question.private and not private]
    open_ones = [question for question in questions if question not in hidden]
    long = len(open_ones) > LABELS_AT_MOST
    names = [question.label.partition(" (")[0] if long else question.label for question in open_ones]
    if hidden:
        names.append(count(len(hidden), "réponse personnelle", "réponses personnelles"))
    return join(names)


@dataclass(frozen=True, slots=True)
class _Look:
    """The three things an inventory is taken from."""

    dossier: Dossier
    verdict: Verdict
    edition: Edition

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
        return not filled and not self.no_form and not self.empty_form

    def _blocks(self, code: str) -> bool:
        return any(f.code == code and f.severity is Severity.BLOCKING for f in self.verdict.findings)

    def _subjects(self, codes: frozenset[str], severity: Severity | None = None) -> dict[str, Finding]:
        return {
            finding.subject: finding
            for finding in self.verdict.findings
            if finding.code in codes and severity in (None, finding.severity)
        }

    # what was found

    def form(self, files: frozenset[str] | None) -> Item | None:
        pieces = [p for p in self._pieces("dossier") if files is None or p.file in files]
        return Item("Le formulaire", _in_files(_stretches(pieces))) if pieces else None

    def sections(self, files: frozenset[str] | None) -> Iterator[Item]:
        for group in by_title(self.edition):
            answers = [self.dossier.answers.get(question.id) for question in group.questions]
            answered = [a for a in answers if a and a.state is AnswerState.ANSWERED]
            places = [a.place for a in answered if a.place]
            if answered and (files is None or any(place.file in files for place in places)):
                yield Item(group.title, self._section(group.questions, answered, places))

    def _section(
        self, questions: Sequence[Question], answered: Sequence[Answer], places: Sequence[Place]
    ) -> str:
        required = {question.id for question in questions if question.required}
        done = len(required & {answer.question for answer in answered})
        told = f"{done} réponses sur {len(required)}" if done > 1 else f"{done} réponse sur {len(required)}"
        if done == len(required):
            told = "toutes les réponses" if len(required) > 1 else "la réponse"
        form_files = {piece.file for piece in self._pieces("dossier")}
        if any(place.file not in form_files for place in places):
            return f"{told}, {_in_files(_stretches_of(places))}"
        where = pages(place.page for place in places if place.page)
        return f"{told}, {where}" if where else told

    def signed(self, files: frozenset[str] | None) -> Iterator[Item]:
        for signatory in self.edition.signatory:
            signature = self.dossier.signatures.get(signatory.id)
            doubted = self._subjects(DOUBTFUL_ITEMS | ABSENT_SIGNATURES)
            if signature is None or signature.state is not SignatureState.SIGNED or signatory.id in doubted:
                continue
            place = signature.place
            if files is None or (place and place.file in files):
                where = _in_files(_stretches_of([place])) if place else ""
                yield Item(f"La signature {of(signatory.label)}", where)

    def present(self, files: frozenset[str] | None) -> Iterator[Item]:
        for rule in self.edition.annex:
            annex = self.dossier.annexes.get(rule.id)
            doubted = self._subjects(DOUBTFUL_ITEMS | ABSENT_ANNEXES)
            if annex is None or annex.state is not AnnexState.PRESENT or rule.id in doubted:
                continue
            if files is None or any(place.file in files for place in annex.places):
                yield Item(sentence(rule.label), self._annex_where(annex))

    def _annex_where(self, annex: Annex) -> str:
        files = {place.file for place in annex.places}
        pieces = [p for p in self._pieces(annex.id) if p.file in files or not files]
        return _in_files(_stretches(pieces) or _stretches_of(annex.places))

    def _pieces(self, kind: str) -> list[Piece]:
        return [p for p in self.dossier.pieces if p.kind == kind and not p.superseded and p.unread is None]

    # what is absent for certain

    def absent_answers(self) -> list[str]:
        blocking = self._subjects(ABSENT_ANSWERS, Severity.BLOCKING)
        return [id for id in self.edition.questions if id in blocking and self._is_absent(id)]

    def _is_absent(self, id: str) -> bool:
        answer = self.dossier.answers.get(id)
        return answer is not None and answer.state in (AnswerState.BLANK, AnswerState.NOT_FOUND)

    def unsigned(self) -> Iterator[Item]:
        blocking = self._subjects(ABSENT_SIGNATURES, Severity.BLOCKING)
        for signatory in self.edition.signatory:
            signature = self.dossier.signatures.get(signatory.id)
            if signatory.id in blocking and signature and signature.state is SignatureState.MISSING:
                typed = "un nom est écrit, sans signature" if signature.typed_name else ""
                yield Item(f"la signature {of(signatory.label)}", typed)

    def missing(self) -> Iterator[Item]:
        blocking = self._subjects(ABSENT_ANNEXES, Severity.BLOCKING)
        for rule in self.edition.annex:
            annex = self.dossier.annexes.get(rule.id)
            if rule.id not in blocking or annex is None:
                continue
            if annex.state is AnnexState.MISSING:
                yield Item(rule.label)
            elif annex.state is AnnexState.PARTIAL:
                yield Item(rule.label, _partly(rule, annex, blocking[rule.id]))

    # what could not be checked

    def doubts(self, formless: bool) -> Iterator[Item]:
        yield from self._documents()
        if self.unsure_form:
            read = "celui que nous avons lu semble vide, un autre" if self.dossier.template_blank else "il"
            yield Item("le formulaire", f"{read} se trouve peut-être dans ce que nous n'avons pas pu ouvrir")
        if not formless:
            yield from self._unclear_answers()
            yield from self._unclear_signatures()
        yield from self._unclear_annexes()

    def _documents(self) -> Iterator[Item]:
        findings = [f for f in self.verdict.findings if f.code in DOUBTFUL_DOCUMENTS]
        yield from dict.fromkeys(self._document(f) for f in findings if f.code != LINK_ONLY)
        if any(finding.code == LINK_ONLY for finding in findings):
            yield _link(self.dossier)

    def _document(self, finding: Finding) -> Item:
        file = finding.place.file if finding.place else finding.subject
        reasons = [piece.unread for piece in self.dossier.pieces if piece.file == file and piece.unread]
        by_code = {
            "document.encrypted": UnreadReason.ENCRYPTED,
            "document.too_large": UnreadReason.TOO_LARGE,
        }
        reason = by_code.get(finding.code) or (reasons[0] if reasons else UnreadReason.CRASHED)
        return Item(quoted(shown(file)), *UNREAD[reason])

    def _unclear_answers(self) -> Iterator[Item]:
        unclear = set(self._subjects(frozenset({"answer.unclear"})))
        unclear |= {i for i in self._subjects(ABSENT_ANSWERS, Severity.BLOCKING) if not self._is_absent(i)}
        for group in by_title(self.edition):
            doubtful = [question for question in group.questions if question.id in unclear]
            if len(doubtful) > OWN_LINE_AT_MOST:
                yield Item(
                    group.title, f"{_named(doubtful, whole=False, private=True)}, à relire par une personne"
                )
                continue
            for question in doubtful:
                answer = self.dossier.answers.get(question.id)
                reason = answer.reason if answer and answer.reason else "à relire par une personne"
                yield Item(
                    f"{group.title}, {_named([question], whole=False, private=True)}", reason.rstrip(".")
                )

    def _unclear_signatures(self) -> Iterator[Item]:
        unclear = self._subjects(frozenset({"signature.unclear"}))
        contradicted = self._subjects(ABSENT_SIGNATURES, Severity.BLOCKING)
        for signatory in self.edition.signatory:
            signature = self.dossier.signatures.get(signatory.id)
            missing = signature is not None and signature.state is SignatureState.MISSING
            if signatory.id in unclear or (signatory.id in contradicted and not missing):
                reason = signature.reason if signature and signature.reason else "à regarder par une personne"
                yield Item(f"la signature {of(signatory.label)}", reason.rstrip("."))

    def _unclear_annexes(self) -> Iterator[Item]:
        unclear = self._subjects(frozenset({"annex.unclear", "annex.old"}))
        contradicted = self._subjects(ABSENT_ANNEXES, Severity.BLOCKING)
        for rule in self.edition.annex:
            annex = self.dossier.annexes.get(rule.id)
            absent = annex is not None and annex.state in (AnnexState.MISSING, AnnexState.PARTIAL)
            if absent and rule.id in contradicted:
                continue
            if rule.id in unclear or rule.id in contradicted:
                yield Item(rule.label, _unclear(unclear.get(rule.id), annex))


UNREAD: dict[UnreadReason, tuple[str, str, bool]] = {
    UnreadReason.ENCRYPTED: (
        "le fichier est protégé par un mot de passe",
        "Vous pouvez nous l'envoyer sans mot de passe.",
        True,
    ),
    UnreadReason.CORRUPT: (
        "le fichier ne s'ouvre pas chez nous",
        "Vous pouvez nous l'envoyer une nouvelle fois, en PDF si possible.",
        True,
    ),
    UnreadReason.EMPTY: ("le fichier est arrivé vide", "Vous pouvez nous l'envoyer une nouvelle fois.", True),
    UnreadReason.TOO_LARGE: (
        "le fichier est trop volumineux pour être lu ici",
        "Vous pouvez nous l'envoyer en plusieurs fichiers.",
        True,
    ),
    UnreadReason.SCAN: (
        "c'est une image, qui n'a pas pu être lue automatiquement",
        "Une personne va la lire : vous n'avez rien à renvoyer.",
        False,
    ),
    UnreadReason.UNSUPPORTED: (
        "ce type de fichier ne s'ouvre pas chez nous",
        "Vous pouvez nous l'envoyer en PDF ou en Word.",
        True,
    ),
    UnreadReason.TIMED_OUT: (
        "le fichier n'a pas pu être lu automatiquement",
        "Une personne va l'ouvrir : vous n'avez rien à renvoyer.",
        False,
    ),
    UnreadReason.CRASHED: (
        "le fichier n'a pas pu être lu automatiquement",
        "Une personne va l'ouvrir : vous n'avez rien à renvoyer.",
        False,
    ),
}
"""For each reason why a file was not read: what is told, the way out, and whether sending helps."""


def _link(dossier: Dossier) -> Item:
    hosts = sorted({shown(host) for facts in dossier.mails for host in facts.links})
    what = f"votre lien de téléchargement ({join(hosts)})" if hosts else "votre lien de téléchargement"
    return Item(
        what,
        "nous n'ouvrons pas les liens automatiquement, et un lien peut expirer",
        "Nous vous conseillons d'envoyer les fichiers en pièces jointes, en plusieurs messages s'il le faut.",
        sendable=True,
    )


def _partly(rule: AnnexRule, annex: Annex, finding: Finding) -> str:
    if {"found", "lacking"} <= set(finding.facts):
        return f"nous avons {finding.facts['found']}, mais pas {finding.facts['lacking']}"
    if not annex.years:
        return "une partie seulement"
    years = join(str(year) for year in annex.years)
    missing = max(rule.closed_years - len(annex.years), 1)
    rest = "l'autre année" if missing == 1 else f"les {missing} autres années"
    return f"nous avons {years}, mais pas {rest}"


def _unclear(finding: Finding | None, annex: Annex | None) -> str:
    if finding and finding.code == "annex.old" and annex and annex.years:
        years = finding.facts.get("found") or join(str(year) for year in annex.years)
        return f"nous avons lu {years} ; une personne va regarder"
    if annex and annex.reason:
        return annex.reason.rstrip(".")
    return "à regarder par une personne"


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


def _stretches_of(places: Iterable[Place]) -> list[_Stretch]:
    stretches: dict[str, _Stretch] = {}
    for place in places:
        known = stretches.get(place.file, (place.file, (), None))
        within = (place.page,) if place.page else ()
        stretches[place.file] = (place.file, (*known[1], *within), None)
    return list(stretches.values())


def _in_files(stretches: Sequence[_Stretch]) -> str:
    """« dans « dossier.pdf », pages 14 à 22 »; many files are told by the first and the last."""
    if not stretches:
        return ""
    if len(stretches) > LABELS_AT_MOST:
        first, last = shown(stretches[0][0]), shown(stretches[-1][0])
        return f"dans {len(stretches)} fichiers, de {quoted(first)} à {quoted(last)}"
    return "dans " + join(_in_file(*stretch) for stretch in stretches)


def _in_file(file: str, within: tuple[int, ...], length: int | None) -> str:
    if within:
        return f"{quoted(shown(file))}, {pages(within)}"
    return f"{quoted(shown(file))} ({length} pages)" if length and length > 1 else quoted(shown(file))
