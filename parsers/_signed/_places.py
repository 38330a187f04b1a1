"""Whose a label of the signature block is, and what stands where its value goes.

Beside it or under it: in cells, on a laid-out page, or in lines with tab stops.
"""

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from data.edition import Edition
from data.model import Box, Origin
from parsers._signed._block import Block, Label, LabelKind
from parsers._stream import Part, Piece, Stream
from parsers._wording import LEADERS

COLUMN, PUSHED_DOWN = 60.0, 40.0
"""Points from one column to the next at least; and by how much a value of three rows pushes a label down."""
_ASKS = re.compile(r"\s*\((?:nom|pr[ée]nom|fonction|qualit[ée]|signature)\b[^)]*\)\s*", re.IGNORECASE)
"""Under a line to write on, « (Nom, prénom) » says what goes there."""
_PEOPLE = {LabelKind.NAME, LabelKind.FUNCTION, LabelKind.SIGNATURE}
FEWEST_ROWS = 4
"""So many rows of the block that begin at one left edge are a column; the longest tells how wide."""
SPACE = 5
"""Points between two words: a word that goes on in the next row had less room than that and itself."""


def roles(block: Block, edition: Edition) -> list[str]:
    """The signatories in the order of their places: by headings, else by labels, names, or as in the form.

    One heading alone, behind labels of somebody else's, is the second one's: ink may hide the first.
    """
    if block.order and not block.titles:
        return list(block.order)
    printed = list(dict.fromkeys(role for role, _ in block.titles))
    signing = [each.role for each in block.labels if each.kind is LabelKind.SIGNATURE and each.role]
    if not printed and len(signing) == len(edition.signatory) == len(set(signing)):
        return signing
    others = [signatory.id for signatory in edition.signatory if signatory.id not in printed]
    people = (label.piece for label in block.labels if label.kind in {LabelKind.NAME, LabelKind.SIGNATURE})
    if len(printed) == 1 and min(people, default=block.last) < block.titles[0][1]:
        return others + printed
    return printed + others


def by_role(text: Stream, block: Block, kind: LabelKind, edition: Edition) -> dict[str, Label]:
    """The label of a kind for each signatory."""
    order = roles(block, edition)
    labels = _of_one_column(text, block, [label for label in block.labels if label.kind is kind], edition)
    found = _under_headings(text, block, labels)
    if len(found) == len(edition.signatory):
        return found
    found = {}
    for label in labels:
        if label.role and label.role not in found:
            found[label.role] = label
    rest = [label for label in labels if label not in found.values()]
    open_roles = [role for role in order if role not in found]
    for role, label in zip(open_roles, _from_left_to_right(text, rest), strict=False):
        found[role] = label
    return found


def _of_one_column(text: Stream, block: Block, labels: Sequence[Label], edition: Edition) -> Sequence[Label]:
    """Of « Qualité » and « Fonction » over two columns of a table with a row for each person, the latter.

    The other is the one that says whose row it is.
    """
    cells = [cell for label in labels if (cell := text.pieces[label.piece].cell)]
    in_one_row = len(cells) == len(labels) > 1 and len({(cell.table, cell.row) for cell in cells}) == 1
    if not in_one_row or not value_rows(text, block, labels[0], edition):
        return labels
    titled = [cell for _, index in block.titles if (cell := text.pieces[index].cell)]
    telling = [sum((c.table, c.column) == (own.table, own.column) for c in titled) for own in cells]
    return [labels[telling.index(min(telling))]]


def _under_headings(text: Stream, block: Block, labels: Sequence[Label]) -> dict[str, Label]:
    """Of columns side by side, each headed by whose it is: the labels in them, and none of a third column."""
    heads = {role: text.pieces[index] for role, index in reversed(block.titles)}
    if len(heads) < 2 or not _are_apart(list(heads.values())):
        return {}
    found: dict[str, Label] = {}
    for role, head in heads.items():
        own = [label for label in labels if _in_one_column(head, text.pieces[label.piece])]
        if own and own[0].role in (None, role):
            found[role] = own[0]
    return found


def _are_apart(heads: Sequence[Piece]) -> bool:
    """Whether headings stand in columns of their own."""
    cells, boxes = [head.cell for head in heads], [head.box for head in heads]
    if all(cells):
        return len({(cell.table, cell.column) for cell in cells if cell}) == len(heads)
    lefts = sorted(box.x0 for box in boxes if box)
    return len(lefts) == len(heads) and all(right - left > COLUMN for left, right in pairwise(lefts))


def _in_one_column(head: Piece, other: Piece) -> bool:
    """Whether something begins where a heading does: in its column of a table, or as far from the left."""
    if head.cell or other.cell:
        return bool(
            head.cell and other.cell
            and (head.cell.table, head.cell.column) == (other.cell.table, other.cell.column)
        )  # fmt: skip
    return bool(head.box and other.box and abs(head.box.x0 - other.box.x0) < COLUMN / 4)


def _from_left_to_right(text: Stream, labels: Sequence[Label]) -> Sequence[Label]:
    """In the order of their columns, where a long value pushed one of them down by a row or two."""
    pieces = [text.pieces[label.piece] for label in labels]
    boxes = [piece.box for piece in pieces if piece.box and piece.cell is None]
    if len(boxes) < max(2, len(labels)) or len({piece.line.page for piece in pieces}) > 1:
        return labels
    tops, lefts = [box.top for box in boxes], sorted(box.x0 for box in boxes)
    apart = all(right - left > COLUMN for left, right in pairwise(lefts))
    if not apart or max(tops) - min(tops) > PUSHED_DOWN:
        return labels
    return [label for _, label in sorted(zip(boxes, labels, strict=True), key=lambda pair: pair[0].x0)]


def box_of(text: Stream, label: Label) -> Box | None:
    """Where a label with its value stands; of several in one line, about where its own stretch does.

    Dots behind « Signature » may run on to the next column: the line of both is read as one.
    """
    piece = text.pieces[label.piece]
    alone = not piece.text[: label.start].strip(" •-") and not piece.text[label.until :].strip()
    if piece.box is None or alone:
        return piece.box
    letter = (piece.box.x1 - piece.box.x0) / len(piece.text)
    left = piece.box.x0 + letter * label.start
    return replace(piece.box, x0=left, x1=piece.box.x0 + letter * label.until)


def value(text: Stream, block: Block, label: Label, role: str | None, edition: Edition) -> list[Part]:
    """What stands where the value of a label goes."""
    piece = text.pieces[label.piece]
    inline = Part(piece, label.end, label.until)
    free = free_pieces(text, block)
    if role and (heads := headed_columns(text, block, label)):
        return _under_its_heading(text, block, label, heads, role, free)
    if _says(inline.text):
        return [inline, *_wrapped(text, block, label, free)]
    if piece.cell is not None:
        return _in_cells(text, block, label, role, edition, free)
    if piece.box is not None:
        return _on_page(text, block, label, free)
    return _in_lines(text, block, label, free)


def _wrapped(text: Stream, block: Block, label: Label, free: Sequence[int]) -> list[Part]:
    """The next laid-out lines of a value that began behind its label, where it had no room to go on."""
    piece, found = text.pieces[label.piece], list[Part]()
    if piece.box is None or label.until < len(piece.text):
        return found
    row = sorted(
        (b for p in text.pieces[block.first : block.last] if (b := p.box) and _level(p, piece)),
        key=lambda b: b.x0,
    )
    edge, own_edge = _edge(text, piece), _edge_of_column(text, block, piece)
    following = next((b.x0 for b in row if b.x0 > piece.box.x0), None)
    room = (following if following is not None else edge) - piece.box.x1
    in_columns = piece.cell is not None or any(
        text.pieces[i].line.page == piece.line.page and _wraps_below(row[-1], text.pieces[i]) for i in free
    )
    starts = piece.box.x0 - 4 if following is not None or in_columns else row[0].x0 - 4
    end_of_row = edge - row[-1].x1
    inset = 14 if following is not None else SPACE  # a column ends before the next one begins
    bottom, height, last = piece.box.bottom, piece.box.bottom - piece.box.top, piece.box.x1
    for index in free:
        box = text.pieces[index].box
        if box is None or text.pieces[index].cell != piece.cell:
            continue
        if text.pieces[index].line.page != piece.line.page:
            if piece.cell is not None and index > label.piece:
                found.append(_whole(text, index))  # the rest of a row that was cut by the end of the page
            continue
        word = _first_word(text.pieces[index])
        if following is not None and not in_columns and end_of_row < word + SPACE:
            continue  # columns made of tabs wrap at the end of their row, back to the left
        lowest = 0.5 * height if piece.cell else 2  # of rows that lie askew, their boxes overlap
        below = -lowest <= box.top - bottom < 0.5 * height
        if below and abs(box.x0 - piece.box.x0) < 4 and own_edge - last < word + SPACE:
            found.append(_whole(text, index))  # as far as the rows of its own column go
            bottom, last = box.bottom, box.x1
            continue
        fits = below and starts <= box.x0 < piece.box.x1
        if fits and (
            piece.cell is not None or room < word + inset or _is_before_function(text, block, label, box)
        ):
            found.append(_whole(text, index))
            bottom, room = box.bottom, (following if following is not None else edge) - box.x1
    return found


def _wraps_below(box: Box, piece: Piece) -> bool:
    """Whether a line goes on right below the last of a row: then each column wraps within itself."""
    own, height = piece.box, box.bottom - box.top
    return own is not None and abs(own.x0 - box.x0) < 4 and -2 <= own.top - box.bottom < 0.5 * height


def _is_before_function(text: Stream, block: Block, label: Label, box: Box) -> bool:
    """Whether a row stands between a name and the label of the function right below it, in their column."""
    page, asked = text.pieces[label.piece].line.page, text.pieces[label.piece].box
    if asked is None or abs(asked.x0 - box.x0) > 4:
        return False
    below = [
        own for other in block.labels
        if other.kind is LabelKind.FUNCTION and text.pieces[other.piece].line.page == page
        and (own := text.pieces[other.piece].box) and abs(own.x0 - box.x0) < 4
    ]  # fmt: skip
    height = box.bottom - box.top
    return label.kind is LabelKind.NAME and any(-2 <= own.top - box.bottom < 0.5 * height for own in below)


def _wraps_the_row(text: Stream, block: Block, label: Piece, below: Piece) -> bool:
    """Whether a line goes on with what ends the label's row: columns made of tabs wrap back to the left."""
    row = sorted(
        (b for p in text.pieces[block.first : block.last] if (b := p.box) and _level(p, label)),
        key=lambda b: b.x0,
    )
    if len(row) < 2 or label.box is None or below.box is None or row[-1].x0 <= label.box.x0:
        return False
    edge = _edge(text, label)
    close = below.box.top - label.box.bottom < 0.5 * (label.box.bottom - label.box.top)
    no_room = edge - row[-1].x1 < _first_word(below) + SPACE
    return close and no_room and abs(below.box.x0 - row[0].x0) < 4


def _edge(text: Stream, piece: Piece) -> float:
    """How far to the right lines go, here and on the pages beside: one page may have short lines alone."""
    return max(p.box.x1 for p in text.pieces if p.box and abs(p.line.page - piece.line.page) <= 1)


def _edge_of_column(text: Stream, block: Block, piece: Piece) -> float:
    """How far to the right rows go that begin where a label does, where enough do to be a column."""
    page = [p for p in text.pieces[block.first : block.last] if p.box and p.line.page == piece.line.page]
    own = [p.box for p in page if p.box and piece.box and abs(p.box.x0 - piece.box.x0) < 4]
    return max(box.x1 for box in own) if len(own) >= FEWEST_ROWS else math.inf


def _first_word(piece: Piece) -> float:
    """How wide the first word of a laid-out piece is: what must not have fitted, if it wrapped."""
    first = piece.text.split()[0]
    return (piece.box.x1 - piece.box.x0) * len(first) / len(piece.text) if piece.box else 0.0


def _level(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand on one row of a page."""
    if one.box is None or other.box is None or one.line.page != other.line.page or one.cell != other.cell:
        return False
    return abs(one.box.top - other.box.top) < 0.6 * (other.box.bottom - other.box.top)


def _says(text: str) -> bool:
    return bool(re.search(r"\w", LEADERS.sub(" ", text).replace("_", " ")))


def free_pieces(text: Stream, block: Block) -> list[int]:
    """Pieces that are no label, no heading and not the form's own."""
    taken = {label.piece for label in block.labels} | {index for _, index in block.titles} | block.printed
    return [
        index for index in range(block.first, block.last)
        if index not in taken and text.pieces[index].line.origin is not Origin.COMMENT
        and (_says(text.pieces[index].text) or "\ufffc" in text.pieces[index].text)
        and not _ASKS.fullmatch(text.pieces[index].text)
    ]  # fmt: skip


def _in_cells(
    text: Stream, block: Block, label: Label, role: str | None, edition: Edition, free: Sequence[int]
) -> list[Part]:
    own = text.pieces[label.piece].cell
    if own is None:
        return []
    others = [text.pieces[other.piece].cell for other in block.labels if other.piece != label.piece]
    inside = [i for i in free if text.pieces[i].cell == own and i > label.piece]
    next_label = min((o.piece for o in block.labels if o.piece > label.piece), default=len(text.pieces))
    inside = [i for i in inside if i < next_label]
    if inside:
        return [_whole(text, i) for i in inside]
    row = [
        i
        for i in free
        if (c := text.pieces[i].cell) and (c.table, c.row) == (own.table, own.row) and c.column > own.column
    ]
    barrier = min(
        (
            c.column
            for c in others
            if c and (c.table, c.row) == (own.table, own.row) and c.column > own.column
        ),
        default=10**6,
    )
    row = [i for i in row if (c := text.pieces[i].cell) and c.column < barrier]
    if (rows := value_rows(text, block, label, edition)) and role:
        there = (own.table, rows.get(role), own.column)
        return [
            _whole(text, i) for i in range(block.first, block.last)
            if (c := text.pieces[i].cell) and (c.table, c.row, c.column) == there
        ]  # fmt: skip
    columns = value_columns(text, block, label, edition)
    if columns and role in columns:
        row = [i for i in row if (c := text.pieces[i].cell) and c.column == columns[role]]
        return [_whole(text, i) for i in row]
    if row:
        return [_whole(text, i) for i in row]
    floor = min(
        (c.row for c in others if c and c.table == own.table and c.column == own.column and c.row > own.row),
        default=10**6,
    )
    below = [
        i for i in free
        if (c := text.pieces[i].cell)
        and (c.table, c.column) == (own.table, own.column) and own.row < c.row < floor
    ]  # fmt: skip
    return [_whole(text, i) for i in below]


def value_columns(text: Stream, block: Block, label: Label, edition: Edition) -> dict[str, int]:
    """Of a table with one label for both signatories: the column of each. Empty for other layouts."""
    own = text.pieces[label.piece].cell
    if (
        own is None
        or sum(other.kind is label.kind for other in block.labels) != 1
        or len(edition.signatory) < 2
    ):
        return {}
    headed = {
        role: c.column for role, i in block.titles if (c := text.pieces[i].cell) and c.table == own.table
    }
    if len(headed) > 1:
        return headed
    table = [
        c
        for i in free_pieces(text, block)
        if (c := text.pieces[i].cell) and c.table == own.table and c.column > own.column
    ]
    columns = sorted({c.column for c in table})
    if len(columns) < 2:
        return {}
    return dict(zip(roles(block, edition), columns, strict=False))


def value_rows(text: Stream, block: Block, label: Label, edition: Edition) -> dict[str, int]:
    """Of a table whose labels head its columns, the row of each signatory. Empty for other layouts."""
    own = text.pieces[label.piece].cell
    if own is None:
        return {}
    labels = [
        (other.kind, c) for other in block.labels
        if (c := text.pieces[other.piece].cell) and c.table == own.table and other.kind in _PEOPLE
    ]  # fmt: skip
    columns = {cell.column for _, cell in labels if cell.row == own.row}
    if len({kind for kind, _ in labels}) < 2 or len(columns) < len(labels):
        return {}
    said = [text.pieces[i].cell for i in free_pieces(text, block)]
    titled = [(role, text.pieces[i].cell) for role, i in block.titles]
    drawn = [picture.cell for picture in text.document.pictures]
    cells = [c for c in (*said, *(c for _, c in titled), *drawn) if c and c.table == own.table]
    rows = sorted({c.row for c in cells if c.row > own.row})
    is_of_names = any(kind is LabelKind.NAME and cell.column == 0 for kind, cell in labels)
    first = {
        c.row: role for role, c in reversed(titled)
        if c and c.table == own.table and c.row > own.row and not (is_of_names and c.column == 0)
    }  # fmt: skip
    if len(set(first.values())) < len(first) or not first.keys() <= set(rows):
        first = {}
    open_roles = (role for role in roles(block, edition) if role not in first.values())
    rest = dict(zip((row for row in rows if row not in first), open_roles, strict=False))
    return {role: row for row, role in (first | rest).items()}


def headed_columns(text: Stream, block: Block, label: Label) -> dict[str, Box]:
    """Of one label for both signatories, left of columns without rules: each one's heading over their column.

    Empty for other layouts.
    """
    piece, heads = text.pieces[label.piece], {r: text.pieces[i] for r, i in reversed(block.titles)}
    alone = sum(other.kind is label.kind for other in block.labels) == 1
    if not alone or piece.box is None or len(heads) < 2 or not _are_apart(list(heads.values())):
        return {}
    boxes = {
        role: head.box for role, head in heads.items()
        if head.box and piece.cell is head.cell is None and head.line.page == piece.line.page
        and head.box.bottom < piece.box.bottom and piece.box.x0 < head.box.x0 - COLUMN / 2
    }  # fmt: skip
    return boxes if len(boxes) == len(heads) else {}


def column_of(x: float, heads: Mapping[str, Box]) -> str:
    """Under whose heading something stands, that begins so far from the left."""
    begun = [role for role, head in heads.items() if head.x0 - COLUMN / 3 <= x]
    return max(begun or heads, key=lambda role: heads[role].x0 if begun else -heads[role].x0)


def _under_its_heading(
    text: Stream, block: Block, label: Label, heads: Mapping[str, Box], role: str, free: Sequence[int]
) -> list[Part]:
    """What stands in one signatory's column, from the row of the label to the next label's."""
    piece = text.pieces[label.piece]
    if piece.box is None:
        return []
    inline = Part(piece, label.end, label.until)
    below = [
        b.top for other in block.labels
        if (p := text.pieces[other.piece]).line.page == piece.line.page and (b := p.box)
        and b.top > piece.box.bottom - 2
    ]  # fmt: skip
    floor = min(below, default=math.inf)
    rows = [
        i for i in free
        if (b := text.pieces[i].box) and text.pieces[i].line.page == piece.line.page
        and piece.box.top < (b.top + b.bottom) / 2 < floor and column_of(b.x0, heads) == role
    ]  # fmt: skip
    is_first = role == min(heads, key=lambda other: heads[other].x0)
    return [*([inline] if is_first and _says(inline.text) else []), *(_whole(text, i) for i in rows)]


def _on_page(text: Stream, block: Block, label: Label, free: Sequence[int]) -> list[Part]:
    """On a laid-out page: to the right on the same row, else under the label as far as the next one."""
    piece = text.pieces[label.piece]
    box = piece.box
    if box is None:
        return []
    rivals = [
        text.pieces[o.piece]
        for o in block.labels
        if o.piece != label.piece and text.pieces[o.piece].line.page == piece.line.page
    ]
    height = max(box.bottom - box.top, 6)
    right = min(
        (r.box.x0 for r in rivals if r.box and abs(r.box.top - box.top) < height and r.box.x0 > box.x0 + 5),
        default=10**6,
    )
    right = min([right, *_columns_after(box.x0, [r.box.x0 for r in rivals if r.box])])
    left = max(
        (r.box.x1 for r in rivals if r.box and abs(r.box.top - box.top) < height and r.box.x0 < box.x0 - 5),
        default=-(10**6),
    )
    row_of_labels = [r.box.x0 for r in rivals if r.box and abs(r.box.top - box.top) < height]
    near = [i for i in free if text.pieces[i].line.page == piece.line.page and text.pieces[i].box]
    row = [
        i
        for i in near
        if (b := text.pieces[i].box)
        and abs((b.top + b.bottom) / 2 - (box.top + box.bottom) / 2) < 0.7 * height
        and box.x1 - height / 2 <= b.x0 < right - 2
    ]
    if row:
        return [_whole(text, i) for i in row]
    floor = min(
        (
            r.box.top
            for r in rivals
            if r.box and r.box.top > box.bottom - 2 and _columns_meet(r.box.x0, r.box.x1, box.x0, right)
        ),
        default=10**6,
    )
    in_column = [
        i for i in free
        if (b := text.pieces[i].box) and b.x0 < right - 2 and b.x1 > left + 2 and b.x0 > box.x0 - 60
        and not _wraps_the_row(text, block, piece, text.pieces[i])
        and all(abs(b.x0 - box.x0) <= abs(b.x0 - x) for x in row_of_labels)
    ]  # fmt: skip
    below = [
        i for i in in_column
        if i in near and (b := text.pieces[i].box)
        and box.bottom - 3 <= b.top and (b.top + b.bottom) / 2 < floor - 1
    ]  # fmt: skip
    if not below and floor == 10**6:
        below = _overleaf(text, block, piece, in_column)
    return [_whole(text, i) for i in _with_what_came_back(text, below, free)]


def _columns_after(x0: float, lefts: Sequence[float]) -> list[float]:
    """Where other columns of labels begin: what stands there is none of this label's."""
    return [x for x in lefts if x > x0 + 60 and sum(abs(x - other) < 3 for other in lefts) > 1]


def _overleaf(text: Stream, block: Block, label: Piece, in_column: Sequence[int]) -> list[int]:
    """The label is the last of its page: what stands above the first label of the next one."""
    page = label.line.page + 1
    labels = [text.pieces[o.piece] for o in block.labels]
    floor = min((p.box.top for p in labels if p.box and p.line.page == page), default=10**6)
    return [
        i for i in in_column
        if text.pieces[i].line.page == page and (b := text.pieces[i].box) and (b.top + b.bottom) / 2 < floor
    ]  # fmt: skip


def _with_what_came_back(text: Stream, found: Sequence[int], free: Sequence[int]) -> list[int]:
    """Without lines that go on with another column's value, and with those that go on with this one's."""
    owners = {index: _comes_back_from(text, index, free) for index in free}
    kept = [index for index, owner in owners.items() if (index if owner is None else owner) in found]
    return sorted(kept, key=lambda index: (owners[index] or index, owners[index] is not None))


def _comes_back_from(text: Stream, index: int, free: Sequence[int]) -> int | None:
    """Of values side by side, made with tabs, the last one wraps back to the left edge."""
    piece = text.pieces[index]
    level = [i for i in free if _level(text.pieces[i], piece)]
    if piece.box is None or len(level) > 1:
        return None
    above = [
        i for i in free
        if (b := text.pieces[i].box) and text.pieces[i].line.page == piece.line.page
        and -2 <= piece.box.top - b.bottom < 0.5 * (b.bottom - b.top)
    ]  # fmt: skip
    row = sorted(above, key=lambda i: text.pieces[i].box.x0)  # type: ignore[union-attr]  # all have boxes
    if len(row) < 2:
        return None
    first, last = text.pieces[row[0]].box, text.pieces[row[-1]].box
    edge = _edge(text, piece)
    if first is None or last is None or abs(first.x0 - piece.box.x0) > 4:
        return None
    return row[-1] if edge - last.x1 < _first_word(piece) + SPACE else None


def _columns_meet(x0: float, x1: float, left: float, right: float) -> bool:
    return x0 < right - 2 and x1 > left - 20


def _in_lines(text: Stream, block: Block, label: Label, free: Sequence[int]) -> list[Part]:
    """In a file without layout: behind the label in its line, else in the lines under it, by tab stops."""
    piece = text.pieces[label.piece]
    line = [o for o in block.labels if _same_line(text.pieces[o.piece], piece)]
    following = min((o.piece for o in line if o.piece > label.piece), default=len(text.pieces))
    beside = [i for i in free if _same_line(text.pieces[i], piece) and label.piece < i < following]
    if beside:
        return [_whole(text, i) for i in beside]
    next_label = min(
        (o.piece for o in block.labels if o.piece > label.piece and o not in line), default=block.last
    )
    below = [i for i in free if label.piece < i < next_label and not _same_line(text.pieces[i], piece)]
    if len(line) < 2:
        return [_whole(text, i) for i in below]
    return [_whole(text, i) for i in below if side_of(text, i, len(line)) == line.index(label)]


def side_of(text: Stream, index: int, sides: int) -> int:
    """In which column made of tabs a piece stands: by count where the row is full, else by its tab stops."""
    piece = text.pieces[index]
    row = [p for p in text.pieces[max(0, index - 6) : index + 7] if _same_line(p, piece)]
    if len(row) == sides:
        return row.index(piece)
    return min(sides - 1, 1 if piece.rank else 0)


def _same_line(one: Piece, other: Piece) -> bool:
    return one.at == other.at and one.row == other.row


def _whole(text: Stream, index: int) -> Part:
    return Part(text.pieces[index], 0, len(text.pieces[index].text))
