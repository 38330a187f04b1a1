"""The checklist that a person reads in a terminal: at most 80 columns, in the form's order.

What the officer may see stands here, findings included; of questions about the person (genre, date de
naissance, niveau d'études) only whether they are answered.
"""

import textwrap
import unicodedata
from collections.abc import Iterator

from data.edition import Edition, Question
from data.model import (
    AnnexState,
    Answer,
    AnswerState,
    DocumentKind,
    Dossier,
    PageSource,
    Place,
    Severity,
    SignatureState,
    Verdict,
    VerdictState,
)
from notifier import _inventory
from notifier._french import count, moment, of, sentence, shown, size, zone_name

WIDTH = 80
WHERE_WIDTH = 30
MOST_CLUES = 3
SEEN, GONE, UNSURE, NONE = "✓", "✗", "?", "·"

VERDICTS = {
    VerdictState.COMPLETE: "COMPLET",
    VerdictState.INCOMPLETE: "À COMPLÉTER",
    VerdictState.TO_REVIEW: "À VÉRIFIER PAR UNE PERSONNE",
}
SEVERITIES = {Severity.BLOCKING: "à compléter", Severity.REVIEW: "à vérifier", Severity.NOTICE: "remarque"}
KINDS = {
    "dossier": "formulaire",
    "signature_page": "page signée",
    "other": "autre document",
    "unreadable": "non lu",
}
READ_BY = {PageSource.TEXT: "", PageSource.OCR: "lu sur image", PageSource.NONE: "pas lu"}


def render(dossier: Dossier, verdict: Verdict, edition: Edition, *, received: bool = True) -> str:
    """The whole checklist.

    Args:
        received: whether anything says when it was received (loose files do not).
    """
    blocks = (
        _head(dossier, verdict, edition, received),
        _documents(dossier, edition),
        *(_section(group, dossier) for group in _inventory.by_title(edition)),
        _signatures(dossier, edition),
        _annexes(dossier, edition),
        _findings(verdict),
    )
    return "\n\n".join("\n".join(block) for block in map(list, blocks) if block) + "\n"


def _head(dossier: Dossier, verdict: Verdict, edition: Edition, received: bool) -> Iterator[str]:
    programme = edition.programme
    yield from _wrapped(f"{programme.organisation} – {programme.name} {programme.years}", "")
    yield from _wrapped(shown(dossier.organisation or "") or "Structure sans nom", "")
    if received:
        time = "à temps" if verdict.on_time else "APRÈS L'HEURE LIMITE"
        at = moment(edition.local(dossier.received_at))
        yield from _wrapped(f"Reçu le {at} ({zone_name(programme.tz)}), {time}", "")
    else:
        yield from _wrapped("Date de réception inconnue (l'indiquer avec --received)", "")
    yield ""
    yield f"Verdict : {VERDICTS[verdict.state]}"


def _documents(dossier: Dossier, edition: Edition) -> Iterator[str]:
    yield "Documents"
    if not dossier.pieces:
        yield f"  {NONE} aucun"
    for piece in dossier.pieces:
        rule = edition.annexes.get(piece.kind)
        kind = rule.label if rule else KINDS.get(piece.kind, piece.kind)
        if piece.kind == DocumentKind.OTHER and piece.detail:
            kind = f"{kind} ({shown(piece.detail)})"
        pages = f"p. {piece.first_page}-{piece.last_page}" if piece.first_page and piece.last_page else ""
        length = count(piece.pages, "page") if piece.pages and not pages else ""
        told = [
            sentence(kind),
            str(piece.year or ""),
            pages or length,
            size(piece.size_bytes),
            READ_BY[piece.read_by],
        ]
        if piece.superseded:
            told.append("version antérieure")
        mark = UNSURE if piece.unread else SEEN
        yield from _wrapped(shown(piece.file) or "fichier sans nom", f"  {mark} ")
        yield from _wrapped(", ".join(part for part in told if part), "      ")


def _section(group: _inventory.Titled, dossier: Dossier) -> Iterator[str]:
    yield from _wrapped(group.title, "")
    for question in group.questions:
        yield from _answer(question, dossier.answers.get(question.id))


def _answer(question: Question, answer: Answer | None) -> Iterator[str]:
    number = f"{question.number}. " if question.number else ""
    name = f"{number}{question.label}"
    match answer.state if answer else AnswerState.NOT_FOUND:
        case AnswerState.ANSWERED:
            yield from _line(SEEN, name, answer.place if answer else None)
        case AnswerState.UNCLEAR:
            yield from _line(UNSURE, name, answer.place if answer else None)
            if answer and answer.reason and not question.private:
                yield from _wrapped(shown(answer.reason), "      ")
        case AnswerState.BLANK:
            yield from _line(GONE if question.required else NONE, f"{name} : sans réponse", None)
        case AnswerState.NOT_FOUND:
            yield from _line(GONE if question.required else NONE, f"{name} : question non trouvée", None)


def _signatures(dossier: Dossier, edition: Edition) -> Iterator[str]:
    if edition.signatory:
        yield "Signatures"
    marks = {SignatureState.SIGNED: SEEN, SignatureState.MISSING: GONE, SignatureState.UNCLEAR: UNSURE}
    for signatory in edition.signatory:
        signature = dossier.signatures.get(signatory.id)
        state = signature.state if signature else SignatureState.MISSING
        place = signature.place if signature and state is not SignatureState.MISSING else None
        yield from _line(marks[state], f"signature {of(signatory.label)}", place)
        if signature and (signature.reason or signature.typed_name):
            yield from _wrapped(shown(signature.reason) or "un nom est écrit, sans signature", "      ")


def _annexes(dossier: Dossier, edition: Edition) -> Iterator[str]:
    if edition.annex:
        yield "Annexes"
    marks = {
        AnnexState.PRESENT: SEEN,
        AnnexState.PARTIAL: GONE,
        AnnexState.MISSING: GONE,
        AnnexState.UNCLEAR: UNSURE,
    }
    for rule in edition.annex:
        annex = dossier.annexes.get(rule.id)
        state = annex.state if annex else AnnexState.MISSING
        years = f" ({', '.join(str(year) for year in annex.years)})" if annex and annex.years else ""
        part = " : en partie" if state is AnnexState.PARTIAL else ""
        place = annex.places[0] if annex and annex.places else None
        yield from _line(marks[state], f"{rule.label}{years}{part}", place)
        if annex and annex.reason:
            yield from _wrapped(shown(annex.reason), "      ")
        if clues := _clues(rule.id, dossier):
            yield from _wrapped(f"indices : {clues}", "      ")


def _clues(kind: str, dossier: Dossier) -> str:
    """What spoke most for the files that were taken for this kind."""
    told: dict[str, int] = {}
    for ground in (ground for piece in dossier.pieces if piece.kind == kind for ground in piece.grounds):
        told[ground.what] = max(told.get(ground.what, 0), ground.weight)
    heavy = sorted(told, key=lambda what: -told[what])[:MOST_CLUES]
    said = (what if "«" in what else f"« {what} »" for what in map(shown, heavy))
    return ", ".join(said).replace("« ", "«\N{NO-BREAK SPACE}").replace(" »", "\N{NO-BREAK SPACE}»")


def _findings(verdict: Verdict) -> Iterator[str]:
    if verdict.findings:
        yield "Points relevés"
    for severity in Severity:
        for finding in verdict.findings:
            if finding.severity is severity:
                told = shown(finding.message) or f"{finding.code} {shown(finding.subject)}"
                yield from _wrapped(f"{told} [{SEVERITIES[severity]}]", "  - ")


# ---------------------------------------------------------------- lines of at most 80 columns


def _line(mark: str, name: str, place: Place | None) -> Iterator[str]:
    """A mark and a name, and at the right where it stands."""
    where = _where(place) if place else ""
    room = WIDTH - 4 - (len_of(where) + 2 if where else 0)
    rows = _cut(shown(name), room)
    gap = WIDTH - 4 - len_of(rows[0]) - len_of(where)
    yield f"  {mark} {rows[0]}{' ' * gap}{where}".rstrip()
    yield from (f"      {row}" for row in rows[1:])


def _where(place: Place) -> str:
    page = f", p. {place.page}" if place.page else ""
    room = max(WHERE_WIDTH - len(page), 1)
    file = shown(place.file)
    while len_of(file) > room:
        file = file.removesuffix("…")[:-1] + "…"
    return file + page


def _wrapped(words: str, first: str) -> Iterator[str]:
    rows = _cut(words, WIDTH - len(first))
    yield first + rows[0]
    yield from (" " * len(first) + row for row in rows[1:])


def _cut(words: str, room: int) -> list[str]:
    """Lines that take at most so many columns; wide signs take two."""
    wide = len_of(words) != len(words)
    return textwrap.wrap(words, max((room - 2) // 2 if wide else room - 2, 8)) or [""]


def len_of(text: str) -> int:
    """Columns that a terminal gives the text."""
    return sum(
        0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1
        for sign in text
    )
