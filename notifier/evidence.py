"""The evidence for one application: each signature and annex, and each doubt, with the place on its page.

For the officer, and for whoever asks why. Pure: pictures of pages come as arguments.
"""

import base64
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.edition import Edition
from data.model import (
    Annex,
    AnnexState,
    AnswerState,
    Dossier,
    Ground,
    Piece,
    Place,
    Severity,
    Signature,
    SignatureHow,
    SignatureState,
    Verdict,
    View,
)
from notifier import _templates
from notifier._french import count, moment, of, sentence, shown, size, zone_name
from notifier.checklist import KINDS, READ_BY, SEVERITIES, VERDICTS

MOST_DOUBTS = 12
"""Answers shown with their page; the others stand in the list only."""
MARGIN_PT = 3.0
STATES = {
    SignatureState.SIGNED: ("trouvée", "seen"),
    SignatureState.MISSING: ("non trouvée", "gone"),
    SignatureState.UNCLEAR: ("à vérifier", "unsure"),
    AnnexState.PRESENT: ("trouvée", "seen"),
    AnnexState.PARTIAL: ("en partie", "gone"),
    AnnexState.MISSING: ("non trouvée", "gone"),
    AnnexState.UNCLEAR: ("à vérifier", "unsure"),
    AnswerState.UNCLEAR: ("à vérifier", "unsure"),
    AnswerState.BLANK: ("sans réponse", "gone"),
    AnswerState.NOT_FOUND: ("question non trouvée", "gone"),
}
HOW = {
    SignatureHow.INK: "tracée à la main",
    SignatureHow.IMAGE: "image collée",
    SignatureHow.DIGITAL: "signature numérique",
}


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be shown."""

    file: str
    number: int


@dataclass(frozen=True, slots=True)
class Mark:
    """A box on a page's picture, in percent of its sides."""

    left: float
    top: float
    width: float
    height: float


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page's picture with the place marked."""

    data: str
    """As a `data:` address."""
    caption: str
    mark: Mark | None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that was looked for."""

    name: str
    told: str
    look: str
    """Class of its mark: `seen`, `gone`, `unsure`."""
    facts: tuple[str, ...]
    grounds: tuple[str, ...] = ()
    cutout: str = ""
    sheets: tuple[Sheet, ...] = ()


def pages_to_show(dossier: Dossier, edition: Edition) -> list[Page]:
    """Pages worth a picture, the weightiest first; each once."""
    places = [s.place for role in edition.signatories if (s := dossier.signatures.get(role))]
    places += [a.place for a in _doubts(dossier, edition)]
    for rule in edition.annex:
        annex = dossier.annexes.get(rule.id)
        places += annex.places if annex else ()
    pages = [Page(place.file, place.page or 1) for place in places if place and place.file]
    return list(dict.fromkeys(pages))


def compose(
    dossier: Dossier, verdict: Verdict, edition: Edition, views: Mapping[Page, View], *, received: bool = True
) -> str:
    """The page, as HTML.

    Args:
        received: whether anything says when it was received (loose files do not).
    """
    at = f"Reçu le {moment(edition.local(dossier.received_at))} ({zone_name(edition.programme.tz)})"
    values = {
        "programme": edition.programme,
        "organisation": shown(dossier.organisation or "") or "Structure sans nom",
        "verdict": VERDICTS[verdict.state],
        "look": {"complete": "seen", "incomplete": "gone", "to_review": "unsure"}[verdict.state],
        "received": at if received else "Date de réception inconnue",
        "signatures": [_signature(role, dossier, edition, views) for role in edition.signatories],
        "annexes": [_annex(rule.id, rule.label, dossier, views) for rule in edition.annex],
        "answers": list(_answers(dossier, edition, views)),
        "findings": [
            (SEVERITIES[severity], shown(finding.message) or finding.code)
            for severity in Severity
            for finding in verdict.findings
            if finding.severity is severity
        ],
        "documents": [_document(piece, edition) for piece in dossier.pieces],
    }
    return _templates.as_html("evidence", values)


# ---------------------------------------------------------------- signatures


def _signature(role: str, dossier: Dossier, edition: Edition, views: Mapping[Page, View]) -> Item:
    label = f"Signature {of(edition.signatories[role].label)}"
    signature = dossier.signatures.get(role) or Signature(role, SignatureState.MISSING)
    told, look = STATES[signature.state]
    facts = [
        HOW[signature.how] if signature.how and signature.state is SignatureState.SIGNED else "",
        f"nom : {shown(signature.name)}" if signature.name else "",
        "le document a été modifié après la signature" if signature.intact is False else "",
        shown(signature.reason) or ("un nom est écrit au clavier" if signature.typed_name else ""),
        _where(signature.place),
        f"certitude : {100 * signature.confidence:.0f} %" if signature.confidence else "",
    ]
    cutout = _data(signature.cutout, "png") if signature.cutout else ""
    return Item(label, told, look, _said(facts), (), cutout, _sheets(signature.place, views))


# ---------------------------------------------------------------- annexes


def _annex(kind: str, label: str, dossier: Dossier, views: Mapping[Page, View]) -> Item:
    annex = dossier.annexes.get(kind) or Annex(kind, AnnexState.MISSING)
    told, look = STATES[annex.state]
    years = ", ".join(str(year) for year in annex.years)
    facts = [f"exercices : {years}" if years else "", shown(annex.reason)]
    facts += [_where(place) for place in annex.places]
    sheets = tuple(sheet for place in annex.places[:3] for sheet in _sheets(place, views))
    return Item(sentence(label), told, look, _said(facts), tuple(_grounds(kind, dossier)), "", sheets)


def _grounds(kind: str, dossier: Dossier) -> Iterator[str]:
    """Why a file was taken for this kind, weightiest first."""
    for piece in dossier.pieces:
        if piece.kind == kind and piece.grounds:
            yield f"{shown(piece.file)} : {_weighed(piece.grounds)}"


def _weighed(grounds: tuple[Ground, ...]) -> str:
    heavy = sorted(grounds, key=lambda ground: -abs(ground.weight))[:6]
    return " ; ".join(f"{shown(ground.what)} ({ground.weight:+d})" for ground in heavy)


# ---------------------------------------------------------------- answers


@dataclass(frozen=True, slots=True)
class _Doubt:
    name: str
    state: AnswerState
    reason: str
    place: Place | None


def _doubts(dossier: Dossier, edition: Edition) -> list[_Doubt]:
    """Answers that are missing or unclear, the unclear ones first."""
    found = []
    for question in edition.questions.values():
        answer = dossier.answers.get(question.id)
        state = answer.state if answer else AnswerState.NOT_FOUND
        if state is AnswerState.ANSWERED or (state is not AnswerState.UNCLEAR and not question.required):
            continue
        number = f"{question.number}. " if question.number else ""
        reason = answer.reason if answer and not question.private else ""
        place = answer.place if answer and not question.private else None
        found.append(_Doubt(f"{number}{question.label}", state, reason, place))
    return sorted(found, key=lambda doubt: doubt.state is not AnswerState.UNCLEAR)


def _answers(dossier: Dossier, edition: Edition, views: Mapping[Page, View]) -> Iterator[Item]:
    for rank, doubt in enumerate(_doubts(dossier, edition)):
        told, look = STATES[doubt.state]
        place = doubt.place if doubt.state is not AnswerState.NOT_FOUND else None
        sheets = _sheets(place, views) if rank < MOST_DOUBTS else ()
        facts = _said([shown(doubt.reason), _where(place)])
        yield Item(sentence(doubt.name), told, look, facts, sheets=sheets)


# ---------------------------------------------------------------- documents and places


def _document(piece: Piece, edition: Edition) -> tuple[str, str]:
    rule = edition.annexes.get(piece.kind)
    kind = rule.label if rule else KINDS.get(piece.kind, piece.kind)
    pages = f"p. {piece.first_page}-{piece.last_page}" if piece.first_page and piece.last_page else ""
    told = [
        sentence(kind),
        pages or (count(piece.pages, "page") if piece.pages else ""),
        size(piece.size_bytes),
        READ_BY[piece.read_by],
        "version antérieure" if piece.superseded else "",
        shown(piece.detail) if piece.unread else "",
    ]
    return shown(piece.file) or "fichier sans nom", ", ".join(_said(told))


def _said(facts: list[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(fact for fact in facts if fact))


def _where(place: Place | None) -> str:
    if place is None or not place.file:
        return ""
    return f"{shown(place.file)}, page {place.page}" if place.page else shown(place.file)


def _sheets(place: Place | None, views: Mapping[Page, View]) -> tuple[Sheet, ...]:
    view = views.get(Page(place.file, place.page or 1)) if place else None
    if place is None or view is None:
        return ()
    return (Sheet(_data(view.content, "jpeg"), _where(place), _mark(place, view)),)


def _mark(place: Place, view: View) -> Mark | None:
    box = place.box
    if box is None or box.bottom <= box.top:
        return None
    left, top = max(box.x0 - MARGIN_PT, 0.0), max(box.top - MARGIN_PT, 0.0)
    right, bottom = min(box.x1 + MARGIN_PT, view.width_pt), min(box.bottom + MARGIN_PT, view.height_pt)
    across, down = 100 / view.width_pt, 100 / view.height_pt
    return Mark(
        *(round(v, 2) for v in (left * across, top * down, (right - left) * across, (bottom - top) * down))
    )


def _data(content: bytes, kind: str) -> str:
    return f"data:image/{kind};base64,{base64.b64encode(content).decode()}"
