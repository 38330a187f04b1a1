"""Signatures on recognised pages: what could not be read there is doubt, and none is called missing."""

from collections.abc import Mapping
from dataclasses import replace

from data.model import Document, Look, PageSource, Place, Signature, SignatureState
from parsers._signed._proof import LEAST_MARK_PT
from parsers._stream import Stream

CLEAR = 0.85
"""How sure the words of a page are that was read well."""
_LEAST_PT = {Look.TRACE: 12.0, Look.MARK: LEAST_MARK_PT}
"""So much of a stroke may be what is left of a signature; a mark that was told as one may be a small one."""
_SIGNING_PT = (160.0, 60.0)
"""How far from its label, across and down, a stroke may be a part of somebody's signature."""
POOR = "la page numérisée est difficile à lire"
UNREAD = "quelque chose est écrit à cet endroit, que nous n'avons pas pu lire"
NO_PLACE = "la place de la signature n'a pas pu être lue sur la page numérisée"


def with_doubts(signatures: Mapping[str, Signature], text: Stream, has_block: bool) -> dict[str, Signature]:
    """The signatures, in doubt where the page was recognised badly, or the place to sign was not seen."""
    seen, badly = recognised(text.document), poor(text.document)
    judged = dict(signatures)
    for role, signature in signatures.items():
        if signature.state is not SignatureState.MISSING or not seen:
            continue
        page = signature.place.page if signature.place else None
        if page in badly or (page is None and (badly or has_block or _is_written_on(text.document, seen))):
            reason = POOR if page else NO_PLACE
        elif page in seen and signature.place and _has_strokes_at(signature.place, text.document):
            reason = UNREAD
        else:
            continue
        judged[role] = replace(signature, state=SignatureState.UNCLEAR, reason=reason, confidence=0.5)
    return judged


def _is_written_on(document: Document, pages: set[int]) -> bool:
    """Whether a hand wrote anything on these pages."""
    return any(p.page in pages and p.look in {Look.HAND, Look.WRITING, Look.STAMP} for p in document.pictures)


def _has_strokes_at(place: Place, document: Document) -> bool:
    """Whether something stands beside or under a label that is neither print nor large enough to be told."""
    at, (across, down) = place.box, _SIGNING_PT
    return at is not None and any(
        p.page == place.page and p.look in _LEAST_PT and (p.stroke_pt or 0.0) >= _LEAST_PT[p.look]
        and at.x0 - 10 < p.box.x0 < at.x1 + across and at.top - 10 < p.box.top < at.bottom + down
        for p in document.pictures if p.box
    )  # fmt: skip


def recognised(document: Document) -> set[int]:
    """Pages that were read off an image."""
    return {page.number for page in document.pages if page.source is PageSource.OCR}


def poor(document: Document) -> set[int]:
    """Recognised pages of which words were lost."""
    return {
        page.number
        for page in document.pages
        if page.source is PageSource.OCR and page.confidence is not None and page.confidence < CLEAR
    }
