"""The place where people sign: its labels, and what stands beside or under each.

« Fait à », « Le », then twice « Nom, prénom », « Fonction », « Signature »: in two columns made of tabs,
in a table, in boxes, or one person under the other. The k-th label of a kind is the k-th signatory's,
unless titles or the labels themselves say otherwise.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from data.edition import Edition
from data.model import Origin
from parsers._anchors import signature_questions
from parsers._match import Match
from parsers._stream import Part, Piece, Stream
from parsers._wording import LEADERS, fold


class LabelKind(StrEnum):
    PLACE = "place"
    DATE = "date"
    NAME = "name"
    FUNCTION = "function"
    SIGNATURE = "signature"


_DAY = r"\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|1er|_|\.{3}|…"
_KINDS = (
    (
        LabelKind.PLACE,
        re.compile(r"fait\s+(?:en\s+\w+\s+exemplaires?\s+)?[àa](?!\w)|lieu(?!\w)|gedaan te", re.I),
    ),
    (LabelKind.SIGNATURE, re.compile(r"signatures?(?!\w)|handtekening(?!\w)", re.I)),
    (LabelKind.FUNCTION, re.compile(r"fonctions?(?!\w)|qualité(?!\w)|functie(?!\w)", re.I)),
    (
        LabelKind.NAME,
        re.compile(
            r"(?:nom|naam)\s*(?:,|et|/|-|&|\+|en)?\s*(?:pr[ée]noms?|voornaam)(?!\w)|pr[ée]noms?\s*(?:,|et|/|-|&)?\s*nom(?!\w)"
            r"|nom(?:s|\s+complet)?(?!\w)",
            re.I,
        ),
    ),
    (LabelKind.DATE, re.compile(rf"date(?!\w)|le(?=\s*(?::|$|{_DAY}))", re.I)),
)
_INNER = re.compile(
    rf"(?:,|;|\s|[_.…]{{2,}})\s*(?P<date>le\s*:?\s*(?={_DAY}|$)|date\s*:)"
    r"|\s(?P<label>(?:nom\s*,?\s*(?:et\s+)?pr[ée]nom|nom|fonction|signature)\s*:)",
    re.I,
)
_HEAD = re.compile(r"^[\s•·▪\-–—*]*")
_COLON = re.compile(r"^(?P<qualifier>[^:_…]{0,70}?)\s*:\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the block, and the stretch of its piece that may hold its value."""

    kind: LabelKind
    piece: int
    start: int
    end: int
    until: int
    role: str | None = None
    """The signatory named by the label itself."""


@dataclass(frozen=True, slots=True)
class Block:
    """The pieces between « Fait à » and what follows the signatures."""

    first: int
    last: int
    """Pieces from ``first`` to before ``last``."""
    start: tuple[int, int]
    labels: tuple[Label, ...]
    titles: tuple[tuple[str, int], ...]
    """(role, piece) of headings that name a signatory."""
    printed: frozenset[int] = field(default_factory=frozenset)
    """Pieces that are the form's own sentences."""
    pages: tuple[int, int] = (1, 1)

    @property
    def kinds(self) -> set[LabelKind]:
        return {label.kind for label in self.labels}

    @property
    def is_certain(self) -> bool:
        """Whether, without the rest of the form, this is its place for signatures and no other's."""
        signing = [label for label in self.labels if label.kind is LabelKind.SIGNATURE]
        people = {LabelKind.NAME, LabelKind.FUNCTION} <= self.kinds
        return bool(signing) and people and (len(signing) > 1 or len(self.titles) > 0 or bool(self.printed))


def find(text: Stream, chain: Sequence[Match], edition: Edition) -> Block | None:
    """Find the block after the last question, or anywhere where there is none."""
    signing = signature_questions(edition)
    wordings = {fold(edition.questions[q].wording) for q in signing}
    titles = {fold(s.title) for s in edition.section if any(q.id in signing for q in s.question)}
    own = [
        m for m in chain
        if m.anchor.question is None and any(v.text in wordings | _bare(titles) for v in m.anchor.variants)
    ]  # fmt: skip
    asked = [m for m in chain if m.anchor.question]
    begin = min(own, key=lambda m: m.start).start if own else max((m.end for m in asked), default=(0, 0))
    order = max((m.anchor.order for m in own), default=-1)
    after = [m for m in chain if m.start > begin and own and m.anchor.order > order and m not in own]
    stop = min((m.start[0] for m in after if m.anchor.question is None), default=len(text.pieces))
    printed = frozenset(
        index
        for m in chain
        if m.start >= begin and not _is_label_wording(m, wordings)
        for index in range(m.start[0], m.end[0] + 1)
        if index < stop
    )
    labels = list(_labels(text, begin[0], stop, edition, printed))
    if not labels or not any(
        label.kind in {LabelKind.SIGNATURE, LabelKind.PLACE, LabelKind.NAME} for label in labels
    ):
        return None
    if not own:
        begin = (_real_start(labels), 0)
        labels = [label for label in labels if label.piece >= begin[0]]
    if asked and not own and not {LabelKind.SIGNATURE, LabelKind.PLACE} & {label.kind for label in labels}:
        return None
    first = begin[0]
    headings = tuple(_titles(text, first, stop, labels, edition, printed))
    pages = (text.pieces[first].line.page, text.pieces[max(stop - 1, first)].line.page)
    return Block(first, stop, begin, tuple(labels), headings, printed, pages)


def _bare(titles: set[str]) -> set[str]:
    """Titles as their anchors have them: words only."""
    from parsers._wording import words

    return {" ".join(word.text for word in words(title)) for title in titles} | titles


def _is_label_wording(match: Match, wordings: set[str]) -> bool:
    return match.anchor.question is None and any(v.text in wordings for v in match.anchor.variants)


def _real_start(labels: Sequence[Label]) -> int:
    """The first label of the last run: « Nom : » of an answer earlier on is none."""
    place = [label.piece for label in labels if label.kind is LabelKind.PLACE]
    if place:
        return place[-1]
    signing = [label.piece for label in labels if label.kind is LabelKind.SIGNATURE]
    if not signing:
        return labels[0].piece
    near = [label.piece for label in labels if label.piece >= signing[0] - 14]
    return min(near)


# ---------------------------------------------------------------- labels and titles


def _labels(
    text: Stream, first: int, last: int, edition: Edition, printed: frozenset[int]
) -> Iterator[Label]:
    for index in range(first, last):
        piece = text.pieces[index]
        if index in printed or piece.line.origin is Origin.COMMENT:
            continue
        head = _HEAD.match(piece.text)
        at = head.end() if head else 0
        opening = _opening(piece.text, at)
        if opening is None:
            continue
        found = [(opening[0], at, opening[1])]
        for inner in _INNER.finditer(piece.text, max(at, opening[1] - 1)):
            kind = LabelKind.DATE if inner["date"] else _kind(inner["label"])
            if kind is not None and kind is not found[-1][0]:
                found.append((kind, inner.start(), inner.end()))
        for number, (kind, start, end) in enumerate(found):
            until = found[number + 1][1] if number + 1 < len(found) else len(piece.text)
            yield Label(kind, index, start, min(end, until), until, _role_in(piece.text[start:end], edition))


def _kind(text: str) -> LabelKind | None:
    return next((kind for kind, pattern in _KINDS if pattern.match(text)), None)


def _opening(text: str, at: int) -> tuple[LabelKind, int] | None:
    """The label at the head of a piece and where it ends, qualifier and colon included."""
    for kind, pattern in _KINDS:
        match = pattern.match(text, at)
        if match is None:
            continue
        rest = text[match.end() :]
        colon = _COLON.match(rest)
        if (
            colon
            and len(colon["qualifier"].split()) <= 9
            and not (kind is LabelKind.PLACE and re.search(r"\d|,", colon["qualifier"]))
        ):
            return kind, match.end() + colon.end()
        if kind in {LabelKind.PLACE, LabelKind.DATE}:
            return kind, match.end()
        if not rest.strip() or LEADERS.match(rest.lstrip()) or rest.lstrip().startswith(("_", "…", "(", "*")):
            bracket = re.match(r"\s*\([^)]*\)", rest)
            return kind, match.end() + (bracket.end() if bracket else 0)
        if kind is LabelKind.SIGNATURE and re.match(r"\s+(?:d[eu]|pour|\W)", rest, re.I):
            return kind, len(text)
        if len(rest.split()) <= 6:
            return kind, match.end()
    return None


def _role_in(text: str, edition: Edition) -> str | None:
    plain = fold(text)
    for signatory in edition.signatory:
        if any(fold(word) in plain for word in (*signatory.words, signatory.label)):
            return signatory.id
    return None


def _titles(
    text: Stream, first: int, last: int, labels: Sequence[Label], edition: Edition, printed: frozenset[int]
) -> Iterator[tuple[str, int]]:
    """Headings that name a signatory: before the labels of their column, or after a place to sign."""
    labelled = {label.piece: label for label in labels}
    previous: LabelKind | None = None
    for index in range(first, last):
        if index in labelled:
            previous = labelled[index].kind
            continue
        piece = text.pieces[index]
        role = _role_in(piece.text, edition)
        if role is None or index in printed or len(piece.text) > 90:
            continue
        beside_function = any(
            label.kind in {LabelKind.FUNCTION, LabelKind.NAME} and index_beside(text, label.piece, index)
            for label in labels
        )
        if not beside_function and previous in {None, LabelKind.PLACE, LabelKind.DATE, LabelKind.SIGNATURE}:
            yield role, index


def index_beside(text: Stream, label: int, other: int) -> bool:
    """Whether a piece stands where the value of a label goes."""
    return any(part.piece is text.pieces[other] for part in _beside(text, text.pieces[label], other))


def _beside(text: Stream, label: Piece, other: int) -> list[Part]:
    piece = text.pieces[other]
    part = Part(piece, 0, len(piece.text))
    if label.cell and piece.cell:
        if label.cell == piece.cell and other > text.pieces.index(label):
            return [part]
        same_row = (label.cell.table, label.cell.row) == (piece.cell.table, piece.cell.row)
        return [part] if same_row and piece.cell.column == label.cell.column + 1 else []
    return [part] if label.at == piece.at and label.row == piece.row else []


# ---------------------------------------------------------------- whose label, and what belongs to it


def roles(block: Block, edition: Edition) -> list[str]:
    """The signatories in the order of their places: by headings where there are two, else as in the form."""
    printed = list(dict.fromkeys(role for role, _ in block.titles))
    usual = [signatory.id for signatory in edition.signatory]
    return printed + [role for role in usual if role not in printed] if printed else usual


def by_role(block: Block, kind: LabelKind, edition: Edition) -> dict[str, Label]:
    """The label of a kind for each signatory."""
    order = roles(block, edition)
    found: dict[str, Label] = {}
    for label in (label for label in block.labels if label.kind is kind):
        if label.role and label.role not in found:
            found[label.role] = label
    rest = [label for label in block.labels if label.kind is kind and label not in found.values()]
    for role, label in zip([role for role in order if role not in found], rest, strict=False):
        found[role] = label
    return found


def value(text: Stream, block: Block, label: Label, role: str | None, edition: Edition) -> list[Part]:
    """What stands where the value of a label goes."""
    piece = text.pieces[label.piece]
    inline = Part(piece, label.end, label.until)
    free = _free(text, block)
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
    edge = max(p.box.x1 for p in text.pieces if p.box and p.line.page == piece.line.page)
    following = next((b.x0 for b in row if b.x0 > piece.box.x0), None)
    room = (following if following is not None else edge) - piece.box.x1
    starts = piece.box.x0 - 4 if following is not None or piece.cell else row[0].x0 - 4
    end_of_row = edge - row[-1].x1
    bottom, height = piece.box.bottom, piece.box.bottom - piece.box.top
    for index in free:
        box = text.pieces[index].box
        if box is None or text.pieces[index].cell != piece.cell:
            continue
        if text.pieces[index].line.page != piece.line.page:
            if piece.cell is not None and index > label.piece:
                found.append(_whole(text, index))  # the rest of a row that was cut by the end of the page
            continue
        word = len(text.pieces[index].text.split()[0]) * 5.5
        if following is not None and piece.cell is None and end_of_row < word + 14:
            continue  # columns made of tabs wrap at the end of their row, back to the left
        fits = -2 <= box.top - bottom < 0.5 * height and starts <= box.x0 < piece.box.x1
        if fits and (piece.cell is not None or room < word + 14):
            found.append(_whole(text, index))
            bottom, room = box.bottom, (following if following is not None else edge) - box.x1
    return found


def _level(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand on one row of a page."""
    if one.box is None or other.box is None or one.line.page != other.line.page or one.cell != other.cell:
        return False
    return abs(one.box.top - other.box.top) < 0.6 * (other.box.bottom - other.box.top)


def _says(text: str) -> bool:
    return bool(re.search(r"\w", LEADERS.sub(" ", text).replace("_", " ")))


def _free(text: Stream, block: Block) -> list[int]:
    """Pieces that are no label, no heading and not the form's own."""
    taken = {label.piece for label in block.labels} | {index for _, index in block.titles} | block.printed
    return [
        index for index in range(block.first, block.last)
        if index not in taken and text.pieces[index].line.origin is not Origin.COMMENT
        and (_says(text.pieces[index].text) or "\ufffc" in text.pieces[index].text)
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
        for i in _free(text, block)
        if (c := text.pieces[i].cell) and c.table == own.table and c.column > own.column
    ]
    columns = sorted({c.column for c in table})
    if len(columns) < 2:
        return {}
    return dict(zip(roles(block, edition), columns, strict=False))


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
    left = max(
        (r.box.x1 for r in rivals if r.box and abs(r.box.top - box.top) < height and r.box.x0 < box.x0 - 5),
        default=-(10**6),
    )
    near = [i for i in free if text.pieces[i].line.page == piece.line.page and text.pieces[i].box]
    row = [
        i
        for i in near
        if (b := text.pieces[i].box)
        and abs((b.top + b.bottom) / 2 - (box.top + box.bottom) / 2) < 0.7 * height
        and box.x1 - 2 <= b.x0 < right - 2
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
    below = [
        i for i in near
        if (b := text.pieces[i].box) and box.bottom - 3 <= b.top and (b.top + b.bottom) / 2 < floor - 1
        and b.x0 < right - 2 and b.x1 > left + 2 and b.x0 > box.x0 - 60
    ]  # fmt: skip
    return [_whole(text, i) for i in below]


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
