"""What is written by hand in the block and is no signature: a place, a day, a name, a function.

It stands on a row or in a column of a label that asks for it. Where the pen ran through the label itself,
nothing was read there but ink, and nobody is told that the question was left out.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from data.edition import Edition
from data.model import (
    Answer,
    AnswerState,
    Box,
    Line,
    Look,
    Picture,
    PictureForm,
    Place,
    Signature,
    SignatureState,
)
from parsers._signed._block import Block, Label, LabelKind
from parsers._signed._places import by_role, free_pieces, value
from parsers._stream import Stream
from parsers._wording import is_short_day, says_instead

ROW_PT = 24.0
"""Higher ink is no word in a row of its own."""
_SURELY_READ = 0.7
_LEFT_PT = 12.0
"""How far from its column's edge a row begins, at most."""
_BEHIND_PT = 60.0
"""How far behind its label what is typed begins, at most."""
_TYPE_PT = 12.0
"""A row of what the form is typed in is no higher."""
_OWN = 2.5
"""Heights of a row: no higher is what belongs to it, with the line under it and a letter of the next."""
_REASON = "quelque chose est écrit à la main à cet endroit"
_ASKED = {LabelKind.NAME, LabelKind.FUNCTION}


def is_answer(text: Stream, block: Block, picture: Picture, edition: Edition) -> bool:
    """Ink where another label than « Signature » asks for something."""
    box = picture.box
    if picture.form is not PictureForm.INK or box is None:
        return False
    if _is_in_a_column_of_answers(text, block, picture, box) or _is_over_rows(text, block, picture, box):
        return True
    if _is_over_place_and_day(text, block, picture):
        return True
    return _is_row(box) and (
        _is_on_a_row(text, block, picture, box)
        or _is_below_a_label(text, block, picture, box, edition)
        or _hides_place(text, block, picture)
    )


def as_words(text: Stream, block: Block, picture: Picture) -> Picture:
    """Ink; as words, where what was read there says why nobody signs, or is a date: « signera le 12/09 ».

    So are the words of a title, « La personne de contact » under its line, where they were read unsurely.
    """
    box = picture.box
    if picture.form is not PictureForm.INK or box is None or picture.look not in {Look.HAND, Look.WRITING}:
        return picture
    read = [
        (piece.text, b) for index in free_pieces(text, block)
        if (piece := text.pieces[index]).line.page == picture.page and (b := piece.box)
    ]  # fmt: skip
    said = any(
        min(b.x1, box.x1) - max(b.x0, box.x0) > (box.x1 - box.x0) / 3
        and min(b.bottom, box.bottom) - max(b.top, box.top) > (box.bottom - box.top) / 2
        and any(says_instead(word) or is_short_day(word) for word in written.split())
        for written, b in read
    )
    is_title = any(
        head.line.page == picture.page and (b := head.box) and _is_print_of(box, b)
        for _, index in block.titles for head in [text.pieces[index]]
    )  # fmt: skip
    return replace(picture, look=Look.WRITING, penned=False) if said or is_title else picture


def _is_print_of(ink: Box, row: Box) -> bool:
    """Whether ink lies on a row of words, and hardly reaches beyond it."""
    return (
        row.x0 - 3 < ink.x0 and ink.x1 < row.x1 + 3
        and ink.top < _middle(row) < ink.bottom
        and ink.bottom - ink.top < _OWN * (row.bottom - row.top)
    )  # fmt: skip


def is_higher_than_type(picture: Picture) -> bool:
    """Whether it is words of a pen: of small print on a photo, some is not read and is left as ink, too."""
    box = picture.box
    return box is not None and box.bottom - box.top > _TYPE_PT and picture.look in {Look.HAND, Look.WRITING}


def in_a_form_by_hand(text: Stream, block: Block, pictures: Sequence[Picture]) -> list[Picture]:
    """Ink from a name down into what follows, as words: where others were written by hand, these are answers.

    They touch each other, and no row of their own tells them from a signature over a typed name.
    """
    return [
        replace(p, look=Look.WRITING, penned=False)
        if p.form is PictureForm.INK and p.look is Look.HAND and _is_over_two(text, block, p)
        else p
        for p in pictures
    ]  # fmt: skip


def _is_over_two(text: Stream, block: Block, picture: Picture) -> bool:
    """Whether it lies over the label of a name, or behind it, and over the row below, above « Signature »."""
    box, labels = picture.box, _labels_on(text, block, picture.page)
    if box is None:
        return False
    names = [b for kind, b in labels if kind is LabelKind.NAME and b.x0 - _LEFT_PT < box.x0]
    return any(box.top < _middle(b) < box.bottom for b in names) and _ends_above_signing(labels, box)


def _ends_above_signing(labels: Sequence[tuple[LabelKind, Box]], box: Box) -> bool:
    """Whether the next « Signature » below where some ink begins stands below all of it."""
    signing = (
        b.top for kind, b in labels if kind is LabelKind.SIGNATURE and box.top < b.top and b.x0 < box.x1
    )
    return box.bottom - ROW_PT / 4 <= min(signing, default=0.0)


def in_doubt(answer: Answer, text: Stream, block: Block, label: Label) -> Answer:
    """The answer, in doubt where nothing is typed behind a label, and something is drawn there or below.

    On paper what is higher than a row may hide what is typed: a stamp, or who signed below.
    """
    piece = text.pieces[label.piece]
    if answer.state is not AnswerState.BLANK or piece.box is None:
        return answer
    box, page = piece.box, piece.line.page
    labels = [b for _, b in _labels_on(text, block, page)]
    right = min(
        (b.x0 for b in labels if abs(b.top - box.top) < ROW_PT / 2 and b.x0 > box.x0 + 5), default=10**6
    )
    below = [b.top for b in labels if b.top > box.bottom - 2]
    floor = min([*below, box.bottom + 1.5 * ROW_PT])
    for picture in text.document.pictures:
        drawn = picture.box
        if picture.page != page or drawn is None:
            continue
        if not _is_row(drawn):
            if _hides(picture, piece.line, box) and drawn.x0 < right:
                return _doubt(answer.question, text, picture)
            continue
        is_level = box.top - ROW_PT / 6 < _middle(drawn) < max(box.bottom + ROW_PT / 3, floor)
        if is_level and box.x0 < drawn.x0 < right and picture.form is not PictureForm.RASTER:
            return _doubt(answer.question, text, picture)
    return answer


def _hides(picture: Picture, line: Line, row: Box) -> bool:
    """Whether ink on paper lies over what may be typed on a row behind its label."""
    drawn = picture.box
    return (
        picture.form is PictureForm.INK
        and line.confidence < 1.0
        and drawn is not None
        and drawn.top < row.top + 2 and drawn.bottom > row.bottom - 2
        and drawn.x0 < row.x1 + _BEHIND_PT and drawn.x1 > row.x1
    )  # fmt: skip


def perhaps_signed(signature: Signature, said: Mapping[str, Answer], edition: Edition) -> Signature:
    """One that is missing; in doubt, where all is typed but for a row of its own over which there is ink.

    A pen that signs over the last of the typed answers hides it.
    """
    own = edition.signatories[signature.role]
    rows = {own.name_question, own.function_question}
    unread = {question for question, answer in said.items() if answer.reason == _REASON}
    typed = {question for question in rows if said[question].state is AnswerState.ANSWERED}
    if signature.state is not SignatureState.MISSING or len(unread) != 1 or unread | typed != rows:
        return signature
    return replace(signature, state=SignatureState.UNCLEAR, confidence=0.5, reason=_REASON)


def over_its_label(
    question: str, text: Stream, block: Block, role: str | None, edition: Edition
) -> Answer | None:
    """A doubt, where a label was not read and ink stands on a row in its column that has none."""
    hides = [p for p in text.document.pictures if p.form is PictureForm.INK and p.box and _is_row(p.box)]
    if role is None:
        found = next((p for p in hides if _hides_place(text, block, p)), None)
    else:
        found = next((p for p in hides if _hides_label_of(text, block, p, role, edition)), None)
    return _doubt(question, text, found) if found else None


def _doubt(question: str, text: Stream, picture: Picture) -> Answer:
    place = Place(text.file, picture.page, picture.box)
    return Answer(question, AnswerState.UNCLEAR, None, place, 0.5, _REASON)


def _is_row(box: Box) -> bool:
    return box.bottom - box.top <= ROW_PT


def _middle(box: Box) -> float:
    return (box.top + box.bottom) / 2


def _labels_on(text: Stream, block: Block, page: int) -> list[tuple[LabelKind, Box]]:
    """The labels of a page, with their places."""
    pieces = ((label.kind, text.pieces[label.piece]) for label in block.labels)
    return [(kind, piece.box) for kind, piece in pieces if piece.box and piece.line.page == page]


def _is_on_a_row(text: Stream, block: Block, picture: Picture, box: Box) -> bool:
    """Whether the nearest label of the row is another one than « Signature »; a name asks for nothing."""
    worded = [label for label in block.labels if label.end > label.start]
    rows = [
        (abs(_middle(b) - _middle(box)), kind)
        for kind, b in _labels_on(text, replace(block, labels=tuple(worded)), picture.page)
        if b.x0 < box.x1 and b.top - ROW_PT / 2 < _middle(box) < b.bottom + ROW_PT / 2
    ]  # fmt: skip
    return bool(rows) and min(rows)[1] is not LabelKind.SIGNATURE


def _is_below_a_label(text: Stream, block: Block, picture: Picture, box: Box, edition: Edition) -> bool:
    """Whether it stands between a printed label with nothing typed behind it and the next of its column."""
    labels = [
        (b, label) for label in block.labels
        if (asked := text.pieces[label.piece]).line.page == picture.page and (b := asked.box)
        and b.x0 - _LEFT_PT < box.x0
    ]  # fmt: skip
    edge = max((b.x0 for b, _ in labels), default=0.0)
    column = [(b, label) for b, label in labels if abs(b.x0 - edge) < _LEFT_PT]
    above = [(b.bottom, label) for b, label in column if b.bottom <= _middle(box)]
    below = [(b, label.kind) for b, label in column if b.top >= _middle(box)]
    if not above or not below:
        return False
    label, (at, following) = max(above, key=lambda pair: pair[0])[1], min(below, key=lambda pair: pair[0].top)
    if following is LabelKind.SIGNATURE and box.x0 > at.x1 and box.bottom > _middle(at):
        return False  # on the row of that, and higher than type
    follows = following in ({LabelKind.SIGNATURE, LabelKind.FUNCTION} - {label.kind})
    asks = label.kind in _ASKED and label.end > label.start and follows
    role = next((r for r, own in by_role(text, block, label.kind, edition).items() if own is label), None)
    return asks and not any(part.text.strip() for part in value(text, block, label, role, edition))


def _is_in_a_column_of_answers(text: Stream, block: Block, picture: Picture, box: Box) -> bool:
    """Whether it lies in a column that another label heads, all of it left of the head « Signature »."""
    cell = picture.cell
    heads = [
        (label.kind, p) for label in block.labels
        if (p := text.pieces[label.piece]).cell and p.box and p.line.page == picture.page
    ]  # fmt: skip  # overleaf the rest of a table is one by itself
    if cell is None:
        return False
    own = [
        p for kind, p in heads
        if kind in _ASKED and p.cell and (p.cell.table, p.cell.column) == (cell.table, cell.column)
        and p.cell.row < cell.row
    ]  # fmt: skip
    return any(
        kind is LabelKind.SIGNATURE and sign.box and sign.cell and box.x1 < sign.box.x0
        and any(p.cell and (p.cell.table, p.cell.row) == (sign.cell.table, sign.cell.row) for p in own)
        for kind, sign in heads
    )  # fmt: skip


def _is_over_rows(text: Stream, block: Block, picture: Picture, box: Box) -> bool:
    """Whether a pen ran from a name down into a function: all rows below it were read badly, as its words."""
    labels = _labels_on(text, block, picture.page)
    rows = [
        b
        for kind, b in labels
        if kind in _ASKED and b.x0 < box.x0 and b.top < box.bottom and b.bottom > box.top
    ]
    if (
        len(rows) < 2
        or not _ends_above_signing(labels, box)
        or box.top < min(b.top for b in rows) - ROW_PT / 4
    ):
        return False
    read = [
        line for line in text.document.lines
        if line.page == picture.page and (b := line.box) and b.top < box.bottom - 2 and b.bottom > box.top + 2
        and box.x0 < (b.x0 + b.x1) / 2 < box.x1
    ]  # fmt: skip
    return len(read) >= 2 and all(line.confidence < _SURELY_READ for line in read)


def _hides_place(text: Stream, block: Block, picture: Picture) -> bool:
    """Whether a row of ink lies where « Fait à » does, and was not read: over all others, at their edge."""
    unread = LabelKind.PLACE not in block.kinds and picture.box is not None and _is_row(picture.box)
    return unread and _is_above_people(text, block, picture)


def _is_over_place_and_day(text: Stream, block: Block, picture: Picture) -> bool:
    """Whether ink of two rows stands where « Fait à » and « Le » do, whose words touch each other.

    Where a place to sign stands overleaf, one signs at the head of the page.
    """
    box = picture.box
    return (
        box is not None
        and not _signs_overleaf(text, block, picture)
        and ROW_PT < box.bottom - box.top < 2 * ROW_PT
        and _is_above_people(text, block, picture)
    )


def _signs_overleaf(text: Stream, block: Block, picture: Picture) -> bool:
    """Whether a « Signature » stands on a page before."""
    signing = (label.piece for label in block.labels if label.kind is LabelKind.SIGNATURE)
    return any(text.pieces[piece].line.page < picture.page for piece in signing)


def _is_above_people(text: Stream, block: Block, picture: Picture) -> bool:
    """Whether ink ends above all labels and headings of people, and begins at their edge.

    Only where names are asked for above the places to sign: else one may sign there.
    """
    box, labels = picture.box, _labels_on(text, block, picture.page)
    people = [(kind, b) for kind, b in labels if kind not in {LabelKind.PLACE, LabelKind.DATE}]
    names = [
        b.top for label in block.labels
        if label.kind in _ASKED and label.end > label.start
        and (asked := text.pieces[label.piece]).line.page == picture.page and (b := asked.box)
    ]  # fmt: skip
    signing = [b.top for kind, b in people if kind is LabelKind.SIGNATURE]
    if box is None or not names or not signing:
        return False
    heads = [
        head.box for _, index in block.titles
        if (head := text.pieces[index]).box and head.line.page == picture.page
    ]  # fmt: skip
    first = text.pieces[block.first]
    ceiling = min(b.top for b in [*heads, *(b for _, b in people)] if b)
    edge = min(b.x0 for b in [*heads, *(b for _, b in labels)] if b)
    in_block = picture.after >= first.at and min(signing) > min(names) - ROW_PT / 2
    return in_block and box.bottom < ceiling + ROW_PT / 4 and abs(box.x0 - edge) < _LEFT_PT


def _hides_label_of(text: Stream, block: Block, picture: Picture, role: str, edition: Edition) -> bool:
    """Whether words of a pen begin where one signatory's labels do, on a row where none of them was read."""
    box = picture.box
    if box is None or picture.look not in {Look.WRITING, Look.STAMP}:
        return False
    own = [
        (kind, b) for kind in (*_ASKED, LabelKind.SIGNATURE)
        if (label := by_role(text, block, kind, edition).get(role))
        and (b := text.pieces[label.piece].box) and text.pieces[label.piece].line.page == picture.page
    ]  # fmt: skip
    begins = any(abs(b.x0 - box.x0) < _LEFT_PT for _, b in own)
    is_read = any(abs(_middle(b) - _middle(box)) < ROW_PT / 2 for _, b in own)
    above = all(_middle(box) < b.top for kind, b in own if kind is LabelKind.SIGNATURE)
    return begins and above and not is_read
