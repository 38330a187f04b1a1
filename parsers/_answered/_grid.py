"""Statements judged on a scale: a number typed, « 7/10 », or one of ten cells marked, shaded or ticked."""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.model import AnswerState, Box, Cell, Document, Look, Picture, PictureForm
from parsers._answered import _ends
from parsers._answered._choices import EMPTIES, TICKS, Choice
from parsers._fields import small_number
from parsers._stream import Part
from parsers._wording import fold, without_hints, without_leaders

_MARKS = re.compile(rf"^\W*(?:[xXvV+*×]|[{TICKS}]|[•●])\W*$")
_SIGN = re.compile(r"[^\d\s.,;:?!'’–—-]")
_OUT_OF = re.compile(r"(?<![\d,.])(\d{1,2})\s*(?:/|sur|op|out of)\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_OUT_OF_IN_WORDS = re.compile(r"\s(?:/|sur|op|out of)\s*(?:dix|tien|ten)\W*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d,.])\d{1,2}(?:[.,]\d+)?(?!\d)")
_COUNTS = re.compile(
    r"(?<![\d,.])\d{1,2}\s*(?:%|€|(?:ans?|années?|mois|semaines?|jours?|heures?|h|fois|personnes?|membres?|ETP"
    r"|jaar|maand(?:en)?|years?|months?)\b)|\b(?:voir|cf\.?|points?|questions?|annexes?|[A-E]\.)\s*\d{1,2}\b",
    re.IGNORECASE,
)
"""A number of something else, in a remark beside the rating: « 3, en progrès depuis 2 ans »."""
_BETWEEN = re.compile(r"\d{1,2}\s?(?:[.,]\s?\d|(?:[-–/]|à|ou|et)\s?\d{1,2})")
"""A rating between two numbers."""
_TYPED_BOX = re.compile(r"[\[(]\s{0,3}[xX✓✔]?\s{0,3}[\])]")
_STARS = re.compile(r"(★+|●{3,})\s*(☆*|○*)(?![★●☆○])")
"""As many as are meant, of ten."""
_CIRCLED = re.compile("[①-⑩❶-❿➀-➉➊-➓⓵-⓾]")
_CIRCLED_WHITE = re.compile("[❶-❿➊-➓]")
_LABEL = re.compile(
    r"^\s*(?:[^\W\d][^\d:\n]{1,40}:|(?:note|score|cote|cotation)\b)\s*", re.IGNORECASE | re.MULTILINE
)
"""« Note : », « Votre appréciation : »: the form's words beside the number."""
_SET_APART = re.compile(
    r"[(\[{<«“*]\s*(\d{1,2})\s*[)\]}>»”*]|(?:[→➔➜➤►▶⇒👉]|[-=]{1,2}>|>>)\s*(\d{1,2})(?!\d)"
    r"|(?<!\w)(\d{1,2})[xX](?=\s|$)"
)
"""« (7) », « «7» », « → 7 » and « 7X » among numbers."""
_CROSS = re.compile(
    r"(?:(?<!\d)(?P<left>\d{1,2})(?P<before>[^\S\n]+)|(?<!\w))[xX](?P<behind>[^\S\n]*)(?P<right>\d{1,2})(?!\d)"
)
"""« X7 », « 6  X 7 » and « 6 X  7 »: the number's that is nearer."""
_FEWEST_BESIDE = 4
"""Boxes with their numbers behind them, of a row in which some are lacking."""
_TEMPLATE_REST = re.compile(r"^\s+10\s*$")


_SAME_SIDE_PT = 3.0
"""How far apart the same side of a column stands in two tables."""
_SURELY_READ = 0.9
"""How surely « 7/10 » is read where it may be a printed « / 10 »: measured 0.5 to 0.8 where it is one."""

UNTOLD = Choice(AnswerState.UNCLEAR, None, "une case est marquée, mais laquelle n'est pas certain")


@dataclass(frozen=True, slots=True)
class Columns:
    """Which number each column of a table stands for."""

    values: Mapping[tuple[int, int], int]
    """(table, column) → number."""
    narrow: frozenset[int] = frozenset()
    """Tables with fewer columns than a scale has numbers: of their cells, none stands for a number."""
    ends_are_printed: bool = False
    """The form's own scale shows its ends alone: « 1 » and « 10 » in its outer cells (`_ends`)."""
    widths: Mapping[int, int] = field(default_factory=dict)
    """How many columns hold anything, by table."""


def columns(document: Document, lowest: int, highest: int) -> Columns:
    """Read header rows: a row of cells with most of the numbers, in order."""
    rows: dict[tuple[int, int], dict[int, int]] = {}
    digits: dict[Cell, str] = {}
    widths: dict[int, int] = {}
    for line in document.lines:
        if line.cell is None:
            continue
        said = line.text.strip()
        if said.isdigit():  # in a column that is too narrow « 10 » stands in two rows
            said = digits[line.cell] = digits.get(line.cell, "") + said
        number = small_number(re.sub(rf"[{TICKS}{EMPTIES}]", "", said))
        if number is not None and lowest <= number <= highest:
            rows.setdefault((line.cell.table, line.cell.row), {})[line.cell.column] = number
        widths[line.cell.table] = max(widths.get(line.cell.table, 0), line.cell.column + 1)
    values: dict[tuple[int, int], int] = {}
    for (table, _), cells in sorted(rows.items()):
        ordered = [cells[column] for column in sorted(cells)]
        if len(cells) >= (highest - lowest + 1) * 0.6 and ordered == sorted(set(ordered)):
            for column, number in _evenly(cells, lowest, highest).items():
                values.setdefault((table, column), number)
    ended, printed = _ends.of_their_ends(rows, lowest, highest)
    values = {**ended, **values}
    narrow = (table.number for table in document.tables if len(table.columns) <= highest - lowest + 1)
    return Columns({**_of_its_like(document, values), **values}, frozenset(narrow), printed, widths)


def _of_its_like(document: Document, values: Mapping[tuple[int, int], int]) -> Mapping[tuple[int, int], int]:
    """What columns of tables stand for whose numbers were not read: what they do in a table as wide.

    Each statement may have a table of its own; the same is printed in all of them.
    """
    known = {table for table, _ in values}
    wide = {table.number: tuple(map(round, table.columns)) for table in document.tables}
    return {
        (number, column): value
        for (table, column), value in values.items()
        for number, sides in wide.items()
        if number not in known and len(sides) == len(wide.get(table, ()))
        and all(abs(one - other) <= _SAME_SIDE_PT for one, other in zip(sides, wide[table], strict=True))
    }  # fmt: skip


def _evenly(cells: Mapping[int, int], lowest: int, highest: int) -> Mapping[int, int]:
    """A number that a cross has taken the place of is told by its neighbours."""
    shifts = {number - column for column, number in cells.items()}
    if len(shifts) != 1:
        return cells
    shift = shifts.pop()
    return {number - shift: number for number in range(lowest, highest + 1) if number >= shift}


def rate(
    parts: Sequence[Part],
    pictures: Sequence[Picture],
    header: Columns,
    lowest: int,
    highest: int,
    statement: Cell | None,
) -> Choice:
    """The number given to one statement."""
    span = highest - lowest + 1
    in_cells = [part for part in parts if part.cell is not None]
    if whole := _in_one_cell(in_cells, span):
        drawn = any(p.cell == whole[0].cell and p.look is not Look.TRACE for p in pictures)
        choice = _in_a_line(whole, lowest, highest)
        return UNTOLD if drawn and choice.state is AnswerState.BLANK else choice
    if in_cells or any(p.cell for p in pictures):
        decided = _in_table(in_cells, pictures, header, lowest, highest, statement)
        beside = [part for part in parts if part.cell is None]
        if decided is not None and decided.state is AnswerState.BLANK and beside:
            typed = rate(beside, (), header, lowest, highest, statement)  # a number typed beside the scale
            decided = decided if _is_of_the_scale(typed.value, in_cells) else typed
        if decided is not None:
            return decided
    return _in_a_line(parts, lowest, highest)


def _is_of_the_scale(number: str | None, parts: Sequence[Part]) -> bool:
    """Whether a number beside a printed scale is one that the scale lacks: its own, in a cell not seen."""
    printed = {part.text.strip() for part in parts if part.text.strip().isdigit()}
    return number is not None and len(printed) >= _FEWEST_BESIDE and number not in printed


def _in_one_cell(parts: Sequence[Part], span: int) -> list[Part]:
    """What stands in the cell that holds a whole scale, « 1 ☐ 2 ☐ 3 ☐ … », each row from left to right."""
    for cell in {part.cell: None for part in parts}:
        inside = [part for part in parts if part.cell == cell]
        said = "".join(part.text for part in inside)
        boxes = sum(char in TICKS + EMPTIES for char in said)
        if max(boxes, len(re.findall(r"\d{1,2}", said))) >= 0.6 * span:
            return _by_rows(inside)
    return []


def _by_rows(parts: Sequence[Part]) -> list[Part]:
    """The parts, those that share a row from left to right: boxes are taller than numbers, and told first."""
    rows: list[list[Part]] = []
    for part in parts:
        if rows and _share_a_row(rows[-1][0].piece.box, part.piece.box):
            rows[-1].append(part)
        else:
            rows.append([part])
    return [
        part for row in rows for part in sorted(row, key=lambda p: p.piece.box.x0 if p.piece.box else 0.0)
    ]


def _share_a_row(one: Box | None, other: Box | None) -> bool:
    if one is None or other is None:
        return False
    return min(one.bottom, other.bottom) - max(one.top, other.top) > 0.4 * (other.bottom - other.top)


def _in_a_line(parts: Sequence[Part], lowest: int, highest: int) -> Choice:
    """What is said in words, of which the scale may be a part: « 1 2 (3) 4 … », « 7/10 », « ★★★ »."""
    span = highest - lowest + 1
    written = without_hints("\n".join(_said(part) for part in parts))
    if len(_CIRCLED.findall(written)) >= span:  # « ① ② ❸ … »: the one whose circle is filled
        return decided({unicodedata.digit(m, 10) for m in _CIRCLED_WHITE.findall(written)})
    written = _CIRCLED.sub(lambda m: f"({unicodedata.digit(m[0], 10)})", written)
    text = _TYPED_BOX.sub(lambda m: "☒" if m[0].strip("[]() ") else "☐", written)
    stars = _STARS.search(text)
    if stars and len(stars[1] + stars[2]) == span:
        return Choice(AnswerState.ANSWERED, str(lowest + len(stars[1]) - 1))
    if stars and len(stars[1]) > 1 and not re.search(r"\d", text):
        return UNTOLD
    boxes = [c for c in text if c in TICKS + EMPTIES]
    if len(boxes) >= span * 0.6:
        return _by_box(text, lowest, highest)
    replaced = _put_in_its_place(text, lowest, highest)
    if replaced is not None:
        return Choice(AnswerState.ANSWERED, str(replaced))
    numbers = [int(n) for n in _NUMBER.findall(text) if n.isdigit()]
    if len(numbers) >= span * 0.6 and set(range(lowest, highest + 1)) <= set(numbers):
        return _by_look(parts, text, lowest, highest)
    sure = min((part.piece.line.confidence for part in parts if part.text.strip()), default=1.0)
    return _typed(text, lowest, highest, sure)


def _put_in_its_place(text: str, lowest: int, highest: int) -> int | None:
    """« 1 2 3 X 5 6 7 8 9 10 »: the number that a mark was typed in the place of."""
    said = re.findall(r"\d+|[^\W\d_]+|[^\w\s|/.,;:()\[\]–—-]+", text)
    scale = range(lowest, highest + 1)
    if len(said) != len(scale):
        return None
    other = [(number, word) for number, word in zip(scale, said, strict=True) if word != str(number)]
    return other[0][0] if len(other) == 1 and _MARKS.match(other[0][1]) else None


def _said(part: Part) -> str:
    """A part without what a content control shows as long as nothing was chosen."""
    return "".join(span.text for span in part.spans if not span.hint or span.tick is not None)


def _in_table(
    parts: Sequence[Part],
    pictures: Sequence[Picture],
    header: Columns,
    lowest: int,
    highest: int,
    statement: Cell | None,
) -> Choice | None:
    """Ten cells in a row, one of them marked. None where the row is something else."""
    cells: dict[Cell, list[Part]] = {}
    for part in parts:
        if part.cell is not None:
            cells.setdefault(part.cell, []).append(part)
    drawn = [p.cell for p in pictures if p.cell is not None]
    carried = {cell: _carried(cell, inside, lowest, highest) for cell, inside in cells.items()}
    numbered = _completed({c: n for c, n in carried.items() if n is not None}, cells, lowest, highest)
    marked = [c for c, inside in cells.items() if any(_MARKS.match(p.text) for p in inside)]
    marked = (marked or _lone_sign(cells, statement)) + drawn
    below_numbers = any(cell not in numbered for cell in marked)
    if len(numbered) >= (highest - lowest + 1) * 0.6 and not below_numbers:
        if again := _told_again(numbered):
            return again
        choice = _among_numbered(cells, numbered, drawn, lowest)
        if choice.state is not AnswerState.BLANK:
            return choice
        return _instead_of_its_number(cells) or _shaded_between(cells, numbered, (lowest, highest))
    value_cells = [
        c for c, inside in cells.items() if c != statement and not any(len(fold(p.text)) > 12 for p in inside)
    ]
    shaded = [c for c in value_cells if c.shaded]
    if not marked and len(shaded) == 1 and _value(shaded[0], header, statement, lowest, highest) is not None:
        marked = shaded
    values = {v for cell in marked if (v := _value(cell, header, statement, lowest, highest)) is not None}
    if len(values) == 1:
        return Choice(AnswerState.ANSWERED, str(values.pop()))
    if len(values) > 1:
        told = " et ".join(str(v) for v in sorted(values))
        return Choice(AnswerState.UNCLEAR, None, f"deux cases sont marquées : {told}")
    said = {c: text for c, inside in cells.items() if (text := " ".join(p.text for p in inside).strip())}
    if not marked and header.ends_are_printed and _ends.stand_alone(said, lowest, highest):
        return Choice(AnswerState.BLANK)
    return UNTOLD if marked else None


def _lone_sign(cells: Mapping[Cell, Sequence[Part]], statement: Cell | None) -> list[Cell]:
    """The one cell of a row with a sign typed in it, whichever: « O », « # ».

    A form's own signs stand in every cell, and what recognition takes for a letter is often a rule.
    """
    said = {c: "".join(part.text for part in inside).strip() for c, inside in cells.items() if c != statement}
    signs = [c for c, text in said.items() if text and not text.isdigit() and text not in EMPTIES]
    typed = all(part.piece.line.confidence == 1.0 for c in signs for part in cells[c])
    return signs if len(signs) == 1 and typed and _SIGN.fullmatch(said[signs[0]]) else []


def _completed(
    numbered: Mapping[Cell, int], cells: Mapping[Cell, Sequence[Part]], lowest: int, highest: int
) -> Mapping[Cell, int]:
    """The numbers of a row, with those that shading has hidden from the eye that read the others."""
    shifts = {(cell.table, cell.row): cell.column - number for cell, number in numbered.items()}
    even = all(cell.column - number == shifts[cell.table, cell.row] for cell, number in numbered.items())
    if not even or len(numbered) < (highest - lowest + 1) * 0.6:
        return numbered
    hidden = {
        cell: number for cell, inside in cells.items()
        if cell.shaded and cell not in numbered and (cell.table, cell.row) in shifts
        and lowest <= (number := cell.column - shifts[cell.table, cell.row]) <= highest
        and not any(part.text.strip() for part in inside)
    }  # fmt: skip
    return {**numbered, **hidden}


def _carried(cell: Cell, inside: Sequence[Part], lowest: int, highest: int) -> int | None:
    """The number printed in a cell, beside any mark."""
    text = re.sub(rf"[{TICKS}{EMPTIES}\[\]()xX\s]", "", " ".join(p.text for p in inside))
    number = int(text) if re.fullmatch(r"\d{1,2}", text) else None
    return number if number is not None and lowest <= number <= highest else None


def _among_numbered(
    cells: Mapping[Cell, Sequence[Part]], numbered: Mapping[Cell, int], drawn: Sequence[Cell], lowest: int
) -> Choice:
    """Cells that carry their number: the one that differs from the others is meant."""
    marked = {
        number
        for cell, number in numbered.items()
        if cell in drawn or any(re.search(rf"[{TICKS}]|(?<![a-z])[xX](?![a-z])", p.text) for p in cells[cell])
    }
    if not marked:
        marked = _odd_one([(number, cell.shaded) for cell, number in numbered.items()])
    for sign in ("highlight", "bold", "underline", "strike"):
        if marked:
            break
        looks = [
            (number, any(getattr(s, sign) for p in cells[cell] for s in p.spans if s.text.strip()))
            for cell, number in numbered.items()
        ]
        marked = _odd_one(looks, sign)
    return decided(marked)


def _told_again(numbered: Mapping[Cell, int]) -> Choice | None:
    """« 5 » alone in the row under 1, 2, 3 …: it rates where it stands under its like."""
    (table, printed), _ = Counter((cell.table, cell.row) for cell in numbered).most_common(1)[0]
    heads = {
        cell.column: number for cell, number in numbered.items() if (cell.table, cell.row) == (table, printed)
    }
    below = {
        cell: number for cell, number in numbered.items()
        if cell.table == table and cell.row > printed and cell.column in heads
    }  # fmt: skip
    if not 0 < len(below) <= 2 or len(below) >= len(heads):
        return None
    if any(heads[cell.column] != number for cell, number in below.items()):
        return UNTOLD
    return decided(set(below.values()))


def _instead_of_its_number(cells: Mapping[Cell, Sequence[Part]]) -> Choice | None:
    """« 7,5 » or « 6-7 », typed over the number of a cell that nothing else marks."""
    said = [" ".join(part.text for part in inside).strip() for inside in cells.values()]
    told = [each for each in said if _BETWEEN.fullmatch(each)]
    if not told:
        return None
    return Choice(AnswerState.UNCLEAR, None, f"« {told[0]} » n'est pas un nombre entier")


def _shaded_between(
    cells: Mapping[Cell, Sequence[Part]], numbered: Mapping[Cell, int], ends: tuple[int, int]
) -> Choice:
    """A number that its own colour has hidden: it stands where 6 is before and 8 behind the shaded cells."""
    row = sorted(cells, key=lambda c: (c.table, c.row, c.column))
    said = [at for at, cell in enumerate(row) if cell in numbered]
    first, last = (end not in numbered.values() for end in ends)
    scale = range(max(0, said[0] - first), min(len(row), said[-1] + 1 + last))
    hidden = [at for at in scale if row[at].shaded and row[at] not in numbered]
    if not hidden or any(cell.shaded for cell in numbered):
        return Choice(AnswerState.BLANK)
    around = [row[at] for at in (hidden[0] - 1, hidden[-1] + 1) if 0 <= at < len(row)]
    values = [numbered[cell] for cell in around if cell in numbered]
    if hidden[-1] - hidden[0] + 1 == len(hidden) and len(values) == 2 and values[1] - values[0] == 2:
        return Choice(AnswerState.ANSWERED, str(values[0] + 1))
    return UNTOLD


def _odd_one(looks: Sequence[tuple[int, bool]], sign: str = "") -> set[int]:
    """The numbers that look otherwise than most, or the one alone that was not struck out."""
    told = {number for number, has_sign in looks if has_sign}
    left = {number for number, _ in looks} - told
    if sign == "strike" and len(left) == 1 and len(told) > 2:
        return left
    return told if 0 < len(told) <= 2 < len(looks) else set()


def decided(marked: set[int]) -> Choice:
    """The one number that is marked, if it is one."""
    if len(marked) == 1:
        return Choice(AnswerState.ANSWERED, str(marked.pop()))
    if marked:
        told = " et ".join(str(v) for v in sorted(marked))
        return Choice(AnswerState.UNCLEAR, None, f"deux cases sont marquées : {told}")
    return Choice(AnswerState.BLANK)


def _value(cell: Cell, header: Columns, statement: Cell | None, lowest: int, highest: int) -> int | None:
    """What a marked cell stands for: by the header, else by its place after the statement."""
    known = header.values.get((cell.table, cell.column))
    if known is not None:
        return known
    if (
        any(table == cell.table for table, _ in header.values)
        or statement is None
        or cell.table != statement.table
        or cell.table in header.narrow
        or header.widths.get(cell.table, 0) > statement.column + 2 + highest - lowest
    ):
        return None
    value = lowest + cell.column - statement.column - 1 if cell.row == statement.row else lowest + cell.column
    return value if lowest <= value <= highest else None


def _by_box(text: str, lowest: int, highest: int) -> Choice:
    """« ☐ 1 ☐ 2 ☒ 3 »: the number beside the ticked box, or below it in a row of numbers; else its place.

    Where all boxes and numbers are there, each is its own number's: a cross may reach over it, « 4☒ ☐ 5 ».
    Where boxes were not seen, its place is told by those that have their numbers behind them, or by nothing.
    """
    boxes = [(m.start(), m[0] in TICKS) for m in re.finditer(rf"[{TICKS}{EMPTIES}]", text)]
    numbers = [(m.start(), int(m[0])) for m in re.finditer(r"(?<!\d)\d{1,2}(?!\w)", text)]
    chosen: set[int] = set()
    first = _first_of(boxes, numbers, lowest, highest)
    in_rows = numbers and (boxes[-1][0] < numbers[0][0] or numbers[-1][0] < boxes[0][0])
    whole = len(boxes) == highest - lowest + 1 and numbers == sorted(numbers, key=lambda told: told[1])
    counted = len(boxes) == len(numbers) and [n for _, n in numbers] == list(range(lowest, highest + 1))
    for index, (at, ticked) in enumerate(boxes):
        if not ticked:
            continue
        if counted or (in_rows and len(numbers) == len(boxes)):
            chosen.add(numbers[index][1])
        elif whole:
            chosen.add(lowest + index)
        elif in_rows:  # over or under a row of numbers, of which one lacks its box: any of them may
            return UNTOLD
        elif len(numbers) >= len(boxes):
            leading = boxes[0][0] < numbers[0][0]
            beside = [n for place, n in numbers if (place > at if leading else place < at)]
            chosen.add((beside[0] if leading else beside[-1]) if beside else lowest + index)
        elif first is None:
            return UNTOLD
        else:
            chosen.add(first + index)
    return decided({n for n in chosen if lowest <= n <= highest})


def _first_of(
    boxes: Sequence[tuple[int, bool]], numbers: Sequence[tuple[int, int]], lowest: int, highest: int
) -> int | None:
    """What the first box stands for: the lowest number, if no box is lacking."""
    if len(boxes) == highest - lowest + 1:
        return lowest
    ends = [at for at, _ in boxes[1:]] + [math.inf]
    shifts = [
        number - index
        for index, ((at, _), end) in enumerate(zip(boxes, ends, strict=True))
        for place, number in numbers if at < place < end
    ]  # fmt: skip
    return shifts[0] if len(shifts) >= _FEWEST_BESIDE and len(set(shifts)) == 1 else None


def _by_look(parts: Sequence[Part], text: str, lowest: int, highest: int) -> Choice:
    """« 1 2 3 … 10 » in a line: the number in brackets or crossed, else the one that looks otherwise."""
    chosen = {int(next(filter(None, found))) for found in _SET_APART.findall(text)}
    chosen |= {int(number) for cross in _CROSS.finditer(text) if (number := _nearer(cross))}
    if len(chosen) in {1, 2}:
        return decided(chosen)
    for sign in ("highlight", "strike", "underline", "bold"):
        looks: list[tuple[int, bool]] = []
        for part in parts:
            for piece in part.spans:
                looks += [(int(n), bool(getattr(piece, sign))) for n in re.findall(r"\d{1,2}", piece.text)]
        marked = _odd_one(looks, sign)
        if marked:
            return decided(marked)
    listed = [int(n) for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)]
    twice = {n for n in listed if listed.count(n) == 2}
    if len(twice) != 1 and (_lone_marks(text) or re.search(rf"[{TICKS}●]|(?<!\w)[xX](?!\w)", text)):
        return UNTOLD
    return decided(twice if len(twice) == 1 else set())


def _nearer(cross: re.Match[str]) -> str | None:
    """The number beside which a cross stands; none where it is as far from both."""
    before, behind = cross["before"], len(cross["behind"])
    if before is None or behind < len(before):
        return cross["right"]
    return cross["left"] if behind > len(before) else None


def _lone_marks(text: str) -> str:
    """What stands beside the numbers, where it is no word of the form's: a « V » that lost its cell."""
    beside = re.sub(r"[\d\s|/.,;:_()\[\]–—-]", "", text)
    return beside if len(beside) <= 3 else ""


def _typed(text: str, lowest: int, highest: int, sure: float) -> Choice:
    """A number in words or digits, read so surely off an image, or written in the file."""
    bare = _LABEL.sub("", _told_range(lowest, highest).sub(" ", without_leaders(text)))
    bare = re.sub(rf"(?<![\d\s])\s*(?:/|sur)\s*{highest}(?!\d)|^\s*/\s*{highest}(?!\d)", " ", bare)
    bare = re.sub(r"\(\s*(?:1|de 1)(?!\d)\s*[^)]*10\s*[^)]*\)", " ", bare)
    bare = _told_ends(lowest, highest).sub(" ", bare)
    if sure < 1.0:
        bare = re.sub(rf"^(\s*\S{{1,3}})\s+{_slash_as_read(highest)}\W*$", r"\1", bare)
        bare = re.sub(rf"^(\s*[^\W\d]\S{{0,2}})\s+{highest}\W*$", r"\1", bare)  # « S. 10 », for « 5 / 10 »
        doubtful = re.fullmatch(rf"\W*{_slash_as_read(highest)}\W*", bare) and sure < _SURELY_READ
        if doubtful or re.search(r"\d\?|\d[^\W\d_]|[^\W\d_]\d", bare):  # « 1O »
            return Choice(
                AnswerState.UNCLEAR, None, f"« {' '.join(bare.split())} » n'est pas lu avec certitude"
            )
    out_of = {int(a) for a, b in _OUT_OF.findall(bare) if int(b) == highest}
    if len(out_of) == 1:
        return _inside(out_of.pop(), lowest, highest)
    rated = _COUNTS.sub(" ", bare)
    bare = rated if _NUMBER.search(rated) else bare
    numbers = _NUMBER.findall(bare)
    whole = {int(n) for n in numbers if n.isdigit()}
    if len(whole) == 3 and {lowest, highest} < whole:  # « 1 ———●——— 10 (6) »
        whole -= {lowest, highest}
    if any(not n.isdigit() for n in numbers) or re.search(r"\d\s*(?:-|–|à|ou|et)\s*\d", bare):
        return Choice(AnswerState.UNCLEAR, None, f"« {' '.join(bare.split())} » n'est pas un nombre entier")
    if sure < 1.0 and whole == {lowest, highest}:
        return UNTOLD  # the ends of a printed scale, as read off an image: what is between them was not
    if len(whole) == 2 and highest in whole:
        whole.discard(highest)  # the scale's own last number, printed beside
    if len(whole) == 1:
        return _inside(whole.pop(), lowest, highest)
    if len(whole) > 1:
        return Choice(AnswerState.UNCLEAR, None, "plusieurs nombres sont indiqués")
    word = small_number(_OUT_OF_IN_WORDS.sub("", bare.strip()))
    if word is not None:
        return _inside(word, lowest, highest)
    said = re.sub(rf"[{EMPTIES}]", " ", bare).strip()
    if any(c.isalnum() or c in TICKS for c in said):
        return Choice(
            AnswerState.UNCLEAR, None, f"« {' '.join(said.split())[:60]} » n'est pas un nombre de l'échelle"
        )
    return Choice(AnswerState.BLANK)


def _slash_as_read(highest: int) -> str:
    """The printed « / 10 » behind a place to write in, its stroke taken for a digit: « 7/10 », « 710 »."""
    return rf"(?:[71Il|]/?|/)\s?{highest}"


def _told_range(lowest: int, highest: int) -> re.Pattern[str]:
    """« Note de 1 à 10 : », « van 1 tot 10 »: between which numbers one may choose."""
    joined = rf"{lowest}\s*(?:à|et|tot|en|to|and|-|–)\s*{highest}(?!\d)"
    return re.compile(rf"\b(?:de|entre|van|tussen|from|between)\s+{joined}|(?<!\d){joined}(?=\s*:)", re.I)


def _told_ends(lowest: int, highest: int) -> re.Pattern[str]:
    """« 1 (pas du tout) – 10 (totalement) » or « 1 = pas du tout, 10 = totalement »: what the ends mean."""
    told = r"\s*(?:\([^)\d]{3,40}\)|[=:]\s*[^\W\d][^\d\n:]{2,40})"
    return re.compile(rf"(?<!\d){lowest}{told}\W{{0,6}}(?:à\s+)?{highest}{told}")


def _inside(number: int, lowest: int, highest: int) -> Choice:
    if lowest <= number <= highest:
        return Choice(AnswerState.ANSWERED, str(number))
    return Choice(AnswerState.UNCLEAR, None, f"{number} n'est pas entre {lowest} et {highest}")


def is_template_rest(text: str) -> bool:
    """The blank form's lone « 10 »: all that its grid leaves in plain text."""
    return _TEMPLATE_REST.match(text) is not None


def scribbles(pictures: Sequence[Picture]) -> list[Picture]:
    """Drawings small enough to be a cross or a circle."""
    return [
        p for p in pictures
        if p.form is not PictureForm.RASTER and p.look is not Look.TRACE
        and (p.width_pt or 0) < 60 and (p.height_pt or 0) < 40
    ]  # fmt: skip
