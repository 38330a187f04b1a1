"""Who signed: pictures, ink and digital seals at the places where people sign.

A name typed there is no signature. Where evidence stands at the block but at nobody's place for
certain, both are `unclear`: never « missing » for a signature that may be there.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from rapidfuzz import fuzz

from data.edition import Edition
from data.model import (
    Answer,
    Box,
    Look,
    Origin,
    Picture,
    PictureForm,
    Place,
    Signature,
    SignatureHow,
    SignatureState,
)
from parsers._signed import _by_hand
from parsers._signed._block import Block, Label, LabelKind, ahead, find
from parsers._signed._declared import dated, with_declared
from parsers._signed._particulars import (
    answers_of,
    bare,
    label_of,
    names_of,
    said_name,
    serves_all,
    with_functions_behind_names,
)
from parsers._signed._people import (
    as_named,
    closing,
    is_named,
    with_people,
    with_wrapped_name,
)
from parsers._signed._pictures import in_block, may_be_signature
from parsers._signed._places import by_role, free_pieces, headed_columns, value, value_columns, value_rows
from parsers._signed._proof import (
    DOUBTS,
    WHOLE_PT,
    Proof,
    is_a_loop,
    is_a_row_of_words,
    is_a_stamps,
    is_whole,
    pale,
    proof,
)
from parsers._signed._sealing import with_seals
from parsers._signed._whose import side_by_side, stands_in_another_column, whose
from parsers._stream import Piece, Stream
from parsers._wording import fold

__all__ = ["Block", "Signing", "ahead", "find", "read"]

_SURELY_READ = 0.7
_HEAD_PT = 100.0
"""How far down a page its running head goes, at most."""
_BOTH_PT = 270.0
"""A wider picture in a line with two places is perhaps for both."""
_NO_NAME = re.compile(
    r"lu et approuv|signature|pr[ée]c[ée]d|mention|cachet|date|^x+$|\b(?:asbl|vzw|srl|scrl|sprl|sc|sa)\b"
    r"|^\W*$|[àa] venir|suivra|ci-joint|annexe",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Signing:
    """What the block says."""

    answers: Mapping[str, Answer] = field(default_factory=dict)
    signatures: Mapping[str, Signature] = field(default_factory=dict)


def read(
    text: Stream, block: Block | None, edition: Edition, answers: Mapping[str, Answer] | None = None
) -> Signing:
    """Answers and signatures of the block; of a form without one, that it is not there."""
    known = list(names_of(answers or {}, answers or {}, edition).values())
    contact, others = (known[0], known[1] if len(known) > 1 else []) if known else ([], [])
    block = with_declared(text, block, contact, edition) if block else closing(text, contact, edition)
    block = dated(text, with_people(text, block, contact, edition, others)) if block else None
    said = answers_of(text, block, edition)
    if block and (ordered := as_named(block, said, contact, edition)) is not block:
        block, said = ordered, answers_of(text, ordered, edition)
    said = with_wrapped_name(said, contact, edition)
    said = with_functions_behind_names(text, block, said, edition) if block else said
    names = names_of(said, answers or {}, edition)
    signed = _by_pictures(text, block, edition) if block else _without_block(text, edition)
    signed = {role: _spelled(text, signature, names) for role, signature in signed.items()}
    signed = {role: _typed(text, block, edition, signature, names) for role, signature in signed.items()}
    signed = with_seals(text, signed, names, edition)
    signed = {role: _by_hand.perhaps_signed(each, said, edition) for role, each in signed.items()}
    shown = {role: replace(s, name=s.name or said_name(said, role, edition)) for role, s in signed.items()}
    return Signing(said, shown)


# ---------------------------------------------------------------- pictures


def _by_pictures(text: Stream, block: Block, edition: Edition) -> dict[str, Signature]:
    labels = _places_to_sign(text, block, edition)
    found: dict[str, list[Picture]] = {role: [] for role in edition.signatories}
    stray: list[Picture] = []
    ink = [picture for picture in in_block(text, block) if picture.look not in {Look.EMPTY, Look.TRACE}]
    signing = [each for each in ink if not _by_hand.is_answer(text, block, each, edition)]
    pictures = [
        _by_hand.as_words(text, block, picture) for picture in signing
        if not stands_in_another_column(text, block, picture, labels)
    ]  # fmt: skip
    if any(_by_hand.is_higher_than_type(each) for each in ink if each not in signing):
        pictures = _by_hand.in_a_form_by_hand(text, block, pictures)
    places = {role: _place(text, labels.get(role)) for role in edition.signatories}
    places |= _in_columns(text, block, labels, edition) | _in_rows(text, block, labels, edition)
    abreast = side_by_side(text, [p for p in pictures if is_whole(p)], labels, edition)
    for picture in pictures:
        role = abreast.get(id(picture)) or whose(text, block, picture, labels, edition)
        found[role].append(picture) if role else stray.append(picture)
    stray = [picture for picture in stray if proof(picture) is not Proof.NONE]
    stray += _elsewhere_on_its_pages(text, block, labels)
    stray += [p for each in found.values() for p in each if _spans_both(text, p, labels, places)]
    if not all(any(proof(p) is Proof.SIGNED for p in each) for each in found.values()):
        stray += [second for each in found.values() if (second := _second(each))]
    signed = {role: _at_place(text, role, found[role], stray, places[role]) for role in edition.signatories}
    faint = {whose(text, block, picture, labels, edition) for picture in pale(text, block)}
    return {role: _in_pieces(each) if role in faint else each for role, each in signed.items()}


def _in_pieces(signature: Signature) -> Signature:
    """No signature where the pale pieces of one may stand: for a person to look at."""
    if signature.state is not SignatureState.MISSING:
        return signature
    reason = "des traits pâles se trouvent à la place de la signature"
    return replace(signature, state=SignatureState.UNCLEAR, reason=reason, confidence=0.6)


def _second_below(pictures: Sequence[Picture]) -> Picture | None:
    """A whole signature under another one, at one place: of two on a line that was too short for both."""
    hands = [p for p in pictures if p.look is Look.HAND]
    for high in hands:
        pieces = [low for low in hands if _stands_under(low, high)]  # a pen lifts, and goes on
        if min(_length([high]), _length(pieces)) >= WHOLE_PT:
            return pieces[0]
    return None


def _length(pieces: Sequence[Picture]) -> float:
    return sum(piece.stroke_pt or 0.0 for piece in pieces)


def _stands_under(low: Picture, high: Picture) -> bool:
    over, under = high.box, low.box
    if over is None or under is None or high.page != low.page:
        return False
    return under.top > over.bottom and under.x0 < over.x1 and over.x0 < under.x1


def _second(pictures: Sequence[Picture]) -> Picture | None:
    """Of several signatures at one place the one that is perhaps the other's."""
    return _second_below(pictures) or _second_pasted(pictures)


def _second_pasted(pictures: Sequence[Picture]) -> Picture | None:
    """A second signature that was pasted at one place: perhaps the other's."""
    pasted = [p for p in pictures if p.form is PictureForm.RASTER and p.look is Look.HAND]
    others = [p for p in pasted if p.sha256 != pasted[0].sha256 or p.sha256 is None]
    return others[-1] if others and len(pasted) > 1 else None


def _elsewhere_on_its_pages(text: Stream, block: Block, labels: Mapping[str, Label]) -> list[Picture]:
    """Pasted signatures outside of the block, on the pages where it stands: the layout led them astray."""
    pages = {text.pieces[label.piece].line.page for label in labels.values() if text.pieces[label.piece].box}
    inside = in_block(text, block)
    return [
        picture for picture in text.document.pictures
        if picture.form is PictureForm.RASTER and picture.look is Look.HAND and (
            _hangs_from_a_head(picture)
            or (picture.page in pages and picture not in inside and may_be_signature(text, picture))
        )
    ]  # fmt: skip


def _hangs_from_a_head(picture: Picture) -> bool:
    """Anchored in a running head, and shown far below it, as one that stands over the text."""
    place, height = picture.box, picture.height_pt or 0.0
    return picture.origin is Origin.MARGIN and place is not None and place.top > _HEAD_PT > height


def _spans_both(
    text: Stream, picture: Picture, labels: Mapping[str, Label], places: Mapping[str, Place]
) -> bool:
    """A hand's lines across two places: one picture of both signatures, or one of them alone."""
    pieces, box = [text.pieces[label.piece] for label in labels.values()], picture.box
    if picture.look is not Look.HAND:
        return False
    rows = [(b.top + b.bottom) / 2 for place in places.values() if (b := place.box) and len(pieces) == 1]
    if box and len(set(rows)) > 1:
        return all(box.top < row < box.bottom for row in rows)
    asked = [piece.box for piece in pieces if piece.box and piece.line.page == picture.page]
    lefts = [at.x0 for at in asked]
    if (
        box
        and picture.form is PictureForm.INK
        and len(asked) == 2
        and max(lefts) - min(lefts) < _by_hand.ROW_PT
    ):
        return all(box.top < (at.top + at.bottom) / 2 < box.bottom for at in asked)  # one below the other
    if box and picture.form is PictureForm.INK and len(asked) == 2:
        return all(box.x0 < at.x1 and at.x0 + _by_hand.ROW_PT < box.x1 for at in asked) and _are_apart(*asked)
    if picture.cell is not None or len(pieces) != 2 or (box and box.bottom > box.top):
        return False  # on a page, one that stands between two places is nobody's for certain
    abreast = (pieces[0].at, pieces[0].row) == (pieces[1].at, pieces[1].row)
    return abreast and (picture.width_pt or 0.0) > _BOTH_PT


def _are_apart(one: Box, other: Box) -> bool:
    """Whether two places stand side by side."""
    return abs(one.top - other.top) < _by_hand.ROW_PT and abs(one.x0 - other.x0) > 2 * _by_hand.ROW_PT


def _at_place(
    text: Stream, role: str, pictures: Sequence[Picture], stray: Sequence[Picture], asked: Place
) -> Signature:
    """What one signatory's place bears, and what stands near without being anybody's for certain."""
    pictures = [replace(p, look=Look.STAMP) if is_a_stamps(p, pictures) else p for p in pictures]
    rows = [p for p in pictures if is_a_row_of_words(p, pictures)]
    pictures = [replace(p, look=Look.WRITING, penned=False) if p in rows else p for p in pictures]
    read = [line for line in text.document.lines if line.confidence >= _SURELY_READ]
    pictures = [replace(p, look=Look.HAND) if is_a_loop(p, pictures, read) else p for p in pictures]
    best = max(pictures, key=lambda p: (proof(p), p.stroke_pt or 0.0), default=None)
    if best is not None and proof(best) is Proof.SIGNED:
        return _signed(role, best, text.file)
    doubt = Signature(role, SignatureState.UNCLEAR, place=asked, confidence=0.6)
    if stray and any(proof(picture) is Proof.SIGNED for picture in stray):
        reason = "une signature se trouve près d'ici, sans qu'on sache de qui"
        return replace(doubt, reason=reason, cutout=stray[0].cutout)
    if best is not None and proof(best) is Proof.DOUBT:
        place = Place(text.file, best.page, best.box) if best.box else doubt.place
        reason = DOUBTS[best.look] if best.look else ""
        return replace(doubt, place=place, reason=reason, cutout=best.cutout)
    if stray:
        reason = "une image se trouve près des signatures, sans qu'on sache de qui"
        return replace(doubt, reason=reason, cutout=stray[0].cutout)
    return Signature(role, SignatureState.MISSING, place=asked, confidence=0.93)


def _without_block(text: Stream, edition: Edition) -> dict[str, Signature]:
    """No place to sign was found: pictures at the end may be signatures all the same."""
    last = max((piece.at for piece in text.pieces), default=0)
    pictures = [
        picture for picture in text.document.pictures
        if may_be_signature(text, picture) and (picture.after >= last - 3 or _is_pasted(picture))
    ]  # fmt: skip
    state = SignatureState.UNCLEAR if pictures else SignatureState.MISSING
    reason = "des images se trouvent à la fin, sans place prévue pour signer" if pictures else ""
    return {
        role: Signature(role, state, place=Place(text.file), confidence=0.6, reason=reason)
        for role in edition.signatories
    }


def _is_pasted(picture: Picture) -> bool:
    """A signature that is a picture of its own, wherever it stands."""
    return picture.form is not PictureForm.INK and picture.look is Look.HAND


def _places_to_sign(text: Stream, block: Block, edition: Edition) -> dict[str, Label]:
    """The labels at which people sign; where ink hides one « Signature » on a page, the row above.

    Where nothing asks for anything, the headings that say whose place it is, if each signatory has one.
    """
    kinds = (LabelKind.SIGNATURE, LabelKind.FUNCTION, LabelKind.NAME)
    found = [labels for kind in kinds if (labels := by_role(text, block, kind, edition))]
    if not found:
        headed = {role: _heading(text, role, index) for role, index in reversed(block.titles)}
        return headed if len(headed) == len(edition.signatory) else {}
    pieces = [text.pieces[label.piece] for label in found[0].values()]
    shared = serves_all(text, block, next(iter(found[0].values())), edition)
    if all(piece.box for piece in pieces) and not shared:
        return next((labels for labels in found if len(labels) == len(edition.signatory)), found[0])
    return found[0]


def _heading(text: Stream, role: str, index: int) -> Label:
    """A heading as a place to sign."""
    end = len(text.pieces[index].text)
    return Label(LabelKind.SIGNATURE, index, 0, end, end, role)


def _place(text: Stream, label: Label | None) -> Place:
    if label is None:
        return Place(text.file)
    piece = text.pieces[label.piece]
    return Place(text.file, piece.line.page, piece.box)


def _in_columns(
    text: Stream, block: Block, labels: Mapping[str, Label], edition: Edition
) -> dict[str, Place]:
    """Of a table with one « Signature » for all, each one's place: on its row, in their column."""
    if len(labels) != 1:
        return {}
    label = next(iter(labels.values()))
    asked = text.pieces[label.piece]
    if asked.box and (headed := headed_columns(text, block, label)):
        at = {role: replace(asked.box, x0=head.x0, x1=head.x1) for role, head in headed.items()}
        return {role: Place(text.file, asked.line.page, box) for role, box in at.items()}
    heads: dict[int, Box] = {}
    for piece in text.pieces[block.first : label.piece]:
        if piece.cell and asked.cell and piece.cell.table == asked.cell.table and piece.box:
            heads.setdefault(piece.cell.column, piece.box)
    columns = value_columns(text, block, label, edition)
    return {
        role: Place(text.file, asked.line.page, replace(asked.box, x0=heads[column].x0, x1=heads[column].x1))
        for role, column in columns.items()
        if asked.box and column in heads
    }


def _in_rows(text: Stream, block: Block, labels: Mapping[str, Label], edition: Edition) -> dict[str, Place]:
    """Of a table with one « Signature » at the head of its column, each one's place: in their row."""
    label = next(iter(labels.values()), None)
    if label is None or len(labels) != 1 or (head := text.pieces[label.piece].box) is None:
        return {}
    rows, places = value_rows(text, block, label, edition), dict[str, Place]()
    for piece in text.pieces[label.piece :]:
        for role, row in rows.items():
            cell, box = piece.cell, piece.box
            if cell and box and (cell.table, cell.row) == (_table_of(text, label), row):
                level = replace(head, top=box.top, bottom=box.bottom)
                places.setdefault(role, Place(text.file, piece.line.page, level))
    return places


def _table_of(text: Stream, label: Label) -> int | None:
    cell = text.pieces[label.piece].cell
    return cell.table if cell else None


def _signed(role: str, picture: Picture, file: str) -> Signature:
    how = SignatureHow.IMAGE if picture.form is PictureForm.RASTER else SignatureHow.INK
    sure = 0.97 if picture.look is Look.HAND else 0.9
    place = Place(file, picture.page, picture.box)
    return Signature(role, SignatureState.SIGNED, how, None, place, sure, cutout=picture.cutout)


# ---------------------------------------------------------------- typed names


def _spelled(text: Stream, signature: Signature, names: Mapping[str, Sequence[str]]) -> Signature:
    """Ink that as a whole is the name of the person, surely read: perhaps typed in letters like a hand's."""
    at = signature.place.box if signature.place else None
    penned = any(picture.penned and picture.box == at for picture in text.document.pictures)
    if signature.how is not SignatureHow.INK or at is None or penned:
        return signature
    read = [
        line.text for line in text.document.lines
        if (box := line.box) and signature.place and line.page == signature.place.page
        and line.confidence >= _SURELY_READ and _covers(box, at)
    ]  # fmt: skip
    own = names.get(signature.role, ())
    if not any(fuzz.token_set_ratio(fold(name), fold(said)) >= 80 for name in own for said in read):
        return signature
    reason = "un nom lisible se trouve à la place de la signature : tapé, ou écrit à la main"
    return replace(signature, state=SignatureState.UNCLEAR, typed_name=True, reason=reason, confidence=0.6)


def _covers(words: Box, ink: Box) -> bool:
    """Whether words take up most of the room of some ink: a pen that went over a name goes beyond it."""
    across = min(words.x1, ink.x1) - max(words.x0, ink.x0)
    down = min(words.bottom, ink.bottom) - max(words.top, ink.top)
    return min(across, down) > 0 and across * down > 0.7 * (ink.x1 - ink.x0) * (ink.bottom - ink.top)


def _typed(
    text: Stream,
    block: Block | None,
    edition: Edition,
    signature: Signature,
    names: Mapping[str, Sequence[str]],
) -> Signature:
    if block is None or signature.state is SignatureState.SIGNED:
        return signature
    own = names.get(signature.role, ())
    label = label_of(text, block, LabelKind.SIGNATURE, signature.role, edition)
    parts = value(text, block, label, signature.role, edition)[:2] if label else []
    written = " ".join(bare(part) for part in parts).strip()
    is_own = any(fuzz.token_set_ratio(fold(name), fold(written)) >= 80 for name in own)
    looks = re.fullmatch(r"(?:[A-ZÀ-Ý][\w’'.-]*(?:\s+|$)){2,4}", written)
    is_name = written and not _NO_NAME.search(fold(written)) and (is_own or looks)
    if is_name or _is_named_at_place(text, block, edition, signature.role, own):
        return replace(signature, typed_name=True, reason="un nom est tapé à la place de la signature")
    return signature


def _is_named_at_place(text: Stream, block: Block, edition: Edition, role: str, names: Sequence[str]) -> bool:
    """Whether a signatory's name stands, for no other label, where a picture would be taken for theirs."""
    asked = [label for label in block.labels if label.kind is not LabelKind.SIGNATURE]
    taken = {
        id(part.piece) for label in asked for each in (None, *edition.signatories)
        for part in value(text, block, label, each, edition)
    }  # fmt: skip
    labels = _places_to_sign(text, block, edition)
    return any(
        is_named(piece.text, names) and id(piece) not in taken
        and whose(text, block, _as_drawn(piece), labels, edition) == role
        for piece in (text.pieces[index] for index in free_pieces(text, block))
    )  # fmt: skip


def _as_drawn(piece: Piece) -> Picture:
    """What is typed, as if it were drawn there."""
    return Picture(PictureForm.VECTOR, piece.line.page, piece.at, piece.box, piece.cell)
