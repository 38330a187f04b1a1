"""At whose place a picture stands: the contact's, the administrator's, or nobody's for certain.

By the cell it lies in, by the place on the page, or by the line that it stands in: what a reader knows of it.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from data.edition import Edition
from data.model import Box, Picture, PictureForm
from parsers._signed._block import Block, Label, LabelKind
from parsers._signed._places import (
    box_of,
    by_role,
    column_of,
    headed_columns,
    roles,
    side_of,
    value_columns,
    value_rows,
)
from parsers._stream import Stream

_PUSHED_PT = 16.0
"""How near a picture stands behind the words that come before it in its line."""
_SIGNING_PT = 72.0
"""How far below its label words stand that push a picture on, at most."""
_BEHIND_PT = 40.0
"""How near one stands behind its label, in its line."""
_APART_PT = 60.0
"""Further apart, two pieces of ink on one row are two people's."""
_FAR_PT = 220.0
_LEVEL_PT = 25.0
"""How far apart the tops of labels are that stand on one row, at most."""


def whose(
    text: Stream, block: Block, picture: Picture, labels: Mapping[str, Label], edition: Edition
) -> str | None:
    """The signatory at whose place a picture stands; None where that is not certain."""
    if not labels:
        return None
    laid_out = picture.box is not None and picture.box.bottom > picture.box.top
    if len(labels) == 1 and (rows := value_rows(text, block, next(iter(labels.values())), edition)):
        return _by_row(text, picture, next(iter(labels.values())), rows)
    if len(labels) == 1 and picture.box and laid_out:
        heads = headed_columns(text, block, next(iter(labels.values())))
        heads = heads or _columns_on_page(text, block, picture, next(iter(labels.values())), edition)
        if heads:
            return column_of((picture.box.x0 + picture.box.x1) / 2, heads)
    if picture.cell is not None:
        found = _by_cell(text, block, picture, labels, edition)
        tables = {c.table for label in labels.values() if (c := text.pieces[label.piece].cell)}
        if found or not laid_out or picture.cell.table in tables:
            return found  # else the row was cut by the end of the page, and its rest is a table by itself
    if laid_out:
        return _by_place(text, block, picture, labels, edition)
    return _by_line(text, block, picture, labels, edition)


def _columns_on_page(
    text: Stream, block: Block, picture: Picture, label: Label, edition: Edition
) -> dict[str, Box]:
    """Of a table with one label for both, out of which a picture hangs: what begins each one's column."""
    head = text.pieces[label.piece]
    if picture.cell is not None or head.cell is None or head.line.page != picture.page:
        return {}
    if picture.box is None or head.box is None or picture.box.bottom < head.box.top:
        return {}
    found: dict[str, Box] = {}
    for role, column in value_columns(text, block, label, edition).items():
        for piece in text.pieces[block.first : block.last]:
            cell, page = piece.cell, piece.line.page
            if (
                cell
                and piece.box
                and (cell.table, cell.column, page) == (head.cell.table, column, picture.page)
            ):
                found.setdefault(role, piece.box)
    return found if len(found) == len(edition.signatory) else {}


def side_by_side(
    text: Stream, pasted: Sequence[Picture], labels: Mapping[str, Label], edition: Edition
) -> dict[int, str]:
    """As many signatures side by side as there are places side by side: by their order, by identity.

    However far they stand from the labels: a row of spaces, or the next page, moved them away. So too for
    those one below the other.
    """
    pieces = [text.pieces[label.piece] for label in labels.values()]
    at = {role: box for role, label in labels.items() if (box := box_of(text, label))}
    places = [] if any(piece.cell for piece in pieces) else list(at.values())
    boxes = [p.box for p in pasted if p.box and p.box.bottom > p.box.top]
    if not len(pasted) == len(boxes) == len(places) == len(edition.signatory) > 1:
        return {}
    if len({p.page for p in pasted}) > 1 or len({piece.line.page for piece in pieces}) > 1:
        return {}
    if below := _one_below_the_other(pasted, at):
        return below
    ordered = sorted(boxes, key=lambda box: box.x0)
    level = max(b.top for b in boxes) < min(b.bottom for b in boxes)
    gap = 0.0 if all(p.form is PictureForm.RASTER for p in pasted) else _APART_PT  # a pen lifts, and goes on
    apart = all(left.x1 + gap <= right.x0 for left, right in pairwise(ordered))
    on_one_row = max(b.top for b in places) - min(b.top for b in places) < _LEVEL_PT
    if not (level and apart and on_one_row):
        return {}
    by_place = sorted(at, key=lambda role: at[role].x0)
    across = sorted(pasted, key=lambda p: p.box.x0 if p.box else 0.0)
    return {id(picture): role for picture, role in zip(across, by_place, strict=True)}


def _one_below_the_other(pasted: Sequence[Picture], at: Mapping[str, Box]) -> dict[int, str]:
    """Signatures and places in one column: the next label is no one's place while another signs below it."""
    down = sorted(at, key=lambda role: at[role].top)
    signed = sorted(pasted, key=lambda p: p.box.top if p.box else 0.0)
    boxes = [p.box for p in signed if p.box]
    apart = all(at[lower].top - at[upper].top > _LEVEL_PT for upper, lower in pairwise(down))
    middles = [(box.top + box.bottom) / 2 for box in boxes]
    free = all(upper < lower.top for upper, lower in zip(middles, boxes[1:], strict=False))
    free = free and all(upper.bottom < lower for upper, lower in zip(boxes, middles[1:], strict=False))
    begun = all(middle > at[role].top for middle, role in zip(middles, down, strict=True))
    ended = all(middle < at[role].bottom for middle, role in zip(middles, down[1:], strict=False))
    in_order = apart and free and begun and ended
    return {id(picture): role for picture, role in zip(signed, down, strict=True)} if in_order else {}


def stands_in_another_column(
    text: Stream, block: Block, picture: Picture, labels: Mapping[str, Label]
) -> bool:
    """Whether a picture stands at a third place to sign, in a column that no heading gives to a signatory."""
    box = picture.box
    heads = {text.pieces[index].box for _, index in block.titles}
    if box is None or box.bottom <= box.top or len(heads) < 2 or picture.cell is not None:
        return False
    level = {
        label.piece: at for label in block.labels
        if label.kind is LabelKind.SIGNATURE and text.pieces[label.piece].line.page == picture.page
        and (at := text.pieces[label.piece].box) and abs(at.top - box.top) < 4 * _LEVEL_PT
    }  # fmt: skip
    own = {label.piece for label in labels.values()}
    if not own <= level.keys() or len(level) <= len(own) or len(own) < 2:
        return False
    middle = (box.x0 + box.x1) / 2
    nearest = min(level, key=lambda piece: abs(middle - (level[piece].x0 + level[piece].x1) / 2))
    alone = all(abs(at.x0 - level[nearest].x0) > _APART_PT for piece, at in level.items() if piece != nearest)
    headed = any(head and abs(head.x0 - level[nearest].x0) < _APART_PT / 4 for head in heads)
    return nearest not in own and alone and not headed


def _by_cell(
    text: Stream, block: Block, picture: Picture, labels: Mapping[str, Label], edition: Edition
) -> str | None:
    cell = picture.cell
    cells = {role: text.pieces[label.piece].cell for role, label in labels.items()}
    same = [role for role, own in cells.items() if own == cell]
    if len(same) == 1:
        return same[0]
    if same:  # one cell for both: the last label before the picture
        before = [role for role in same if text.pieces[labels[role].piece].at <= picture.after]
        return max(before or same, key=lambda role: labels[role].piece)
    single = next(iter(labels.values()))
    columns = value_columns(text, block, single, edition) if len(labels) == 1 else {}
    for role, column in columns.items():
        if cell and column == cell.column:
            return role
    above = {
        role: own.row for role, own in cells.items()
        if own and cell and own.table == cell.table and own.column == cell.column and own.row < cell.row
    }  # fmt: skip
    beside = {
        role: own.column for role, own in cells.items()
        if own and cell and (own.table, own.row) == (cell.table, cell.row) and own.column < cell.column
    }  # fmt: skip
    if beside:
        if len(labels) == 1 and len(edition.signatory) > 1 and cell:
            order = roles(block, edition)
            at = cell.column - next(iter(beside.values())) - 1
            return order[at] if at < len(order) else None
        return max(beside, key=lambda role: beside[role])
    if above:
        return max(above, key=lambda role: above[role])
    return _by_column_of_others(text, block, picture, edition)


def _by_row(text: Stream, picture: Picture, label: Label, rows: Mapping[str, int]) -> str | None:
    """Of a table with a row for each person: by the row of its cell, else by the nearest on the page."""
    head, cell, box = text.pieces[label.piece], picture.cell, picture.box
    if head.cell is None:
        return None
    if cell is not None and cell.table == head.cell.table:
        return next((role for role, row in rows.items() if row == cell.row), None)
    if box is None or picture.page != head.line.page:
        return None
    middles = {
        role: (at.top + at.bottom) / 2
        for role, row in rows.items() for piece in text.pieces
        if (c := piece.cell) and (c.table, c.row) == (head.cell.table, row) and (at := piece.box)
    }  # fmt: skip
    middle = (box.top + box.bottom) / 2
    near = min(middles, key=lambda role: abs(middles[role] - middle), default=None)
    return near if near and abs(middles[near] - middle) < _LEVEL_PT else None


def _by_column_of_others(text: Stream, block: Block, picture: Picture, edition: Edition) -> str | None:
    """Above its label, or in a row of its own: the column's names tell whose it is."""
    if picture.cell is None:
        return None
    for kind in (LabelKind.SIGNATURE, LabelKind.NAME, LabelKind.FUNCTION):
        labels = by_role(text, block, kind, edition)
        in_column = [
            role for role, label in labels.items()
            if (c := text.pieces[label.piece].cell)
            and (c.table, c.column) == (picture.cell.table, picture.cell.column)
        ]  # fmt: skip
        if len(in_column) == 1 and len(labels) > 1:
            return in_column[0]
    return None


def _are_columns(text: Stream, block: Block, lefts: Sequence[float]) -> bool:
    """Whether names and functions begin where the places to sign do: each column reaches to the next."""
    others = [
        piece.box.x0 for label in block.labels
        if label.kind in {LabelKind.NAME, LabelKind.FUNCTION} and (piece := text.pieces[label.piece]).box
    ]  # fmt: skip
    return all(any(abs(x - left) < 3 for x in others) for left in lefts)


def _are_abreast(text: Stream, block: Block, labels: Sequence[Label]) -> bool:
    """Whether places to sign stand side by side: on one row, or each in a column that begins on one.

    A name or a function that takes two lines pushes one of the two labels down.
    """
    own = [box for label in labels if (box := box_of(text, label))]
    names = {name for label in labels if (name := _name_over(text, block, label))}
    return any(
        len(boxes) == len(labels) > 1 and max(b.top for b in boxes) - min(b.top for b in boxes) < _LEVEL_PT
        for boxes in (own, names)
    )


def _name_over(text: Stream, block: Block, label: Label) -> Box | None:
    """Where the name is asked for last over a place to sign, in its column."""
    piece = text.pieces[label.piece]
    over = [
        at for other in block.labels
        if other.kind is LabelKind.NAME and (name := text.pieces[other.piece]).line.page == piece.line.page
        and (at := name.box) and piece.box and abs(at.x0 - piece.box.x0) < 3 and at.top < piece.box.top
    ]  # fmt: skip
    return max(over, key=lambda at: at.top, default=None)


def _by_place(
    text: Stream, block: Block, picture: Picture, labels: Mapping[str, Label], edition: Edition
) -> str | None:
    """On a page: the nearest place to sign; of two on one row the one on whose side it is.

    What stands over a place and is read after it begins the next column, as if it stood overleaf. So does
    what stands at the head of a page, over the heading or the name with which the next one's part begins.
    """
    box = picture.box
    boxes = _boxes(text, labels, (picture.page - 1, picture.page)) or _on_one_row(
        _boxes(text, labels, (picture.page + 1,))
    )
    if box is None or not boxes:
        return None

    def is_in_next_column(role: str) -> bool:
        piece = text.pieces[labels[role].piece]
        over = piece.line.page == picture.page and box.bottom < boxes[role].top
        return over and picture.after >= piece.at

    if role := _in_line_with(box, boxes):
        return role
    middle = (box.x0 + box.x1) / 2
    row = sorted((b.x0, role) for role, b in boxes.items())
    if _are_abreast(text, block, [labels[role] for role in boxes]):
        if any(map(is_in_next_column, boxes)):
            column = _column_after(text, picture)
            if column is None:
                return None
            middle -= column - row[0][0]  # as if the room to sign had stayed below its labels
            return min(boxes, key=lambda role: abs(middle - (boxes[role].x0 + boxes[role].x1) / 2))
        if role := _behind_words(text, block, picture, boxes):
            return role
        left, right = (boxes[role] for _, role in row[:2])
        within = left.x0 - 5 <= box.x0 and box.x1 < right.x0
        if within and _are_columns(text, block, [left.x0, right.x0]):
            return row[0][1]
        first, second = (abs(middle - (at.x0 + at.x1) / 2) for at in (left, right))
        if max(first, second) < 1.5 * min(first, second):
            return None
        return row[0][1] if first < second else row[1][1]

    if all(label.start == label.end for label in labels.values()):
        return _nearest_person(text, block, box, boxes, picture.page)

    begun = _begun_below(text, block, picture, labels, edition)
    if len(begun) < len(boxes):
        boxes = {role: own for role, own in boxes.items() if role not in begun}

    def distance(role: str) -> float:
        own = boxes[role]
        if text.pieces[labels[role].piece].line.page != picture.page or is_in_next_column(role):
            return box.top + (820 - own.bottom) / 8  # overleaf: the last place of the page before
        below = (box.top + box.bottom) / 2 - (own.top + own.bottom) / 2
        return below if below >= -10 else -below * 1.6

    nearest = min(boxes, key=distance)
    return nearest if distance(nearest) < _FAR_PT else None


def _begun_below(
    text: Stream, block: Block, picture: Picture, labels: Mapping[str, Label], edition: Edition
) -> set[str]:
    """Whose part of the block begins below a picture, where the page before ends with another's."""
    pieces = {role: text.pieces[label.piece] for role, label in labels.items()}
    signing = all(label.kind is LabelKind.SIGNATURE for label in labels.values())
    if not signing or all(piece.line.page == picture.page for piece in pieces.values()):
        return set()
    names = by_role(text, block, LabelKind.NAME, edition)
    first = {role: label.piece for role, label in names.items()} | dict(reversed(block.titles))
    begun = {role: text.pieces[index] for role, index in first.items() if role in labels}
    return {
        role for role, piece in begun.items()
        if piece.line.page == picture.page and piece.box and picture.box
        and picture.box.bottom < piece.box.bottom
    }  # fmt: skip


def _nearest_person(text: Stream, block: Block, box: Box, boxes: Mapping[str, Box], page: int) -> str | None:
    """Where no label asks for it, one signs above one's name or below one's function: the nearer.

    Between a heading and the name below it, under that heading.
    """
    headed = {
        head.box.top: role for role, index in block.titles
        if role in boxes and (head := text.pieces[index]).box and head.line.page == page
    }  # fmt: skip
    begun = [top for top in sorted(headed) if top < (box.top + box.bottom) / 2 < boxes[headed[top]].top]
    if len(set(headed.values())) == len(headed) == len(boxes) > 1 and begun:
        return headed[begun[-1]]
    gaps: dict[str, float] = {}
    for role, piece in ((label.role, text.pieces[label.piece]) for label in block.labels):
        if role in boxes and role and piece.box and piece.line.page == page:
            gap = max(piece.box.top - box.bottom, box.top - piece.box.bottom)
            gaps[role] = min(gap, gaps.get(role, gap))
    nearest = min(gaps, key=lambda role: gaps[role], default=None)
    return nearest if nearest and gaps[nearest] < _FAR_PT else None


def _in_line_with(box: Box, boxes: Mapping[str, Box]) -> str | None:
    """The place in whose own line a picture stands, right behind the label that it pushed down."""
    near = [
        role for role, own in boxes.items()
        if 0 <= box.x0 - own.x1 < _BEHIND_PT and box.top < (own.top + own.bottom) / 2 < box.bottom
        and not any(  # it lies over the label of the next column, of which its place begins
            own.x1 <= other.x0 < (box.x0 + box.x1) / 2 and abs(other.top - own.top) < _LEVEL_PT
            for other in boxes.values()
        )
    ]  # fmt: skip
    return near[0] if len(near) == 1 else None


def _column_after(text: Stream, picture: Picture) -> float | None:
    """Where the column begins on top of which a picture stands: as what is read after it does."""
    lines = text.document.lines[picture.after + 1 : picture.after + 2]
    return next((line.box.x0 for line in lines if line.box and line.page == picture.page), None)


def _behind_words(text: Stream, block: Block, picture: Picture, boxes: Mapping[str, Box]) -> str | None:
    """Of columns, the one in which words begin that end right before a picture: it was pushed on by them."""
    box, labelled = picture.box, {label.piece for label in block.labels}
    ends = [
        at for index in range(block.first, block.last)
        if box and index not in labelled and (piece := text.pieces[index]).line.page == picture.page
        and (at := piece.box) and box.top - 2 < (at.top + at.bottom) / 2 < box.bottom + 2
        and -3 < box.x0 - at.x1 < _PUSHED_PT
    ]  # fmt: skip
    begun = [
        role for role, own in boxes.items() for at in ends
        if abs(at.x0 - own.x0) < 4 and at.top - own.top < _SIGNING_PT
    ]  # fmt: skip
    return begun[0] if len(begun) == 1 else None


def _boxes(text: Stream, labels: Mapping[str, Label], pages: Sequence[int]) -> dict[str, Box]:
    """Where the labels on these pages stand."""
    on_pages = (
        (role, box_of(text, label)) for role, label in labels.items()
        if text.pieces[label.piece].line.page in pages
    )  # fmt: skip
    return {role: box for role, box in on_pages if box}


def _on_one_row(boxes: Mapping[str, Box]) -> dict[str, Box]:
    """Labels printed under the places to sign, side by side, which the end of the page took overleaf."""
    tops = [box.top for box in boxes.values()]
    return dict(boxes) if len(tops) > 1 and max(tops) - min(tops) < _LEVEL_PT else {}


def _by_line(
    text: Stream, block: Block, picture: Picture, labels: Mapping[str, Label], edition: Edition
) -> str | None:
    """In a file without layout: by tab stops beside or under the labels, else by order."""
    ordered = sorted(labels, key=lambda role: labels[role].piece)
    pieces = [text.pieces[labels[role].piece] for role in ordered]
    side_by_side = len(pieces) > 1 and pieces[0].at == pieces[1].at and pieces[0].row == pieces[1].row
    if picture.box is not None and side_by_side:
        page = text.document.pages[0].width_pt if text.document.pages else None
        return ordered[0] if (picture.box.x0 + picture.box.x1) / 2 < (page or 595) / 2 else ordered[1]
    if side_by_side:
        return ordered[_side(text, picture, len(ordered), pieces[0].at)]
    begins = _beginnings(block, [(role, labels[role].piece) for role in ordered])
    before = [role for role, piece in begins.items() if text.pieces[piece].at <= picture.after]
    if len(labels) == 1 and len(edition.signatory) > 1:
        return ordered[0] if len(block.titles) <= 1 else None
    return before[-1] if before else None


def _beginnings(block: Block, places: Sequence[tuple[str, int]]) -> dict[str, int]:
    """Where each of the places one below the other begins: at its heading, if each has its own."""
    heads = dict(reversed(block.titles))
    headed = [(role, heads.get(role, piece), piece) for role, piece in places]
    own = all(head <= piece for _, head, piece in headed)
    apart = all(piece < head for (*_, piece), (_, head, _) in pairwise(headed))
    return {role: head if own and apart else piece for role, head, piece in headed}


def _side(text: Stream, picture: Picture, sides: int, labels_at: int) -> int:
    """Which of the columns made of tabs: the picture's mark in its line tells; without tabs, the order."""
    alike = [p for p in text.document.pictures if p.after == picture.after and p.box is None]
    order = next(i for i, p in enumerate(alike) if p is picture)
    marks = [
        i
        for i, piece in enumerate(text.pieces)
        if piece.at == picture.after
        for _ in range(piece.text.count("\ufffc"))
    ]
    if order < len(marks):
        piece = text.pieces[marks[order]]
        if piece.at == labels_at:  # in the labels' own line: behind the label it follows
            behind = [i for i in range(marks[order] + 1) if text.pieces[i].at == labels_at]
            signing = [i for i in behind if re.match(r"\W*signatur", text.pieces[i].text, re.IGNORECASE)]
            return max(0, min(sides, len(signing)) - 1)
        told = (
            len(marks) < sides or "\t" in piece.line.text
        )  # by tabs; where spaces part them, by their order
        return side_of(text, marks[order], sides) if told else min(order, sides - 1)
    return min(order, sides - 1)
