"""Statements judged on a scale: one of ten cells marked, shaded or ticked, else what a line tells."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from data.model import AnswerState, Box, Cell, Document, Look, Picture, PictureForm
from parsers._answered import _ends
from parsers._answered._choices import EMPTIES, TICKS, Choice
from parsers._answered._in_a_line import FEWEST_BESIDE, MARKS, UNTOLD, decided, in_a_line, odd_one
from parsers._fields import small_number
from parsers._stream import Part
from parsers._wording import fold

_SIGN = re.compile(r"[^\d\s.,;:?!'’–—-]")
_BETWEEN = re.compile(r"\d{1,2}\s?(?:[.,]\s?\d|(?:[-–/]|à|ou|et)\s?\d{1,2})")
"""A rating between two numbers."""
_TEMPLATE_REST = re.compile(r"^\s+10\s*$")
_SAME_SIDE_PT = 3.0
"""How far apart the same side of a column stands in two tables."""


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
        told = in_a_line(whole, lowest, highest)
        return UNTOLD if drawn and told.state is AnswerState.BLANK else told
    if in_cells or any(p.cell for p in pictures):
        choice = _in_table(in_cells, pictures, header, lowest, highest, statement)
        beside = [part for part in parts if part.cell is None]
        if choice is not None and choice.state is AnswerState.BLANK and beside:
            typed = rate(beside, (), header, lowest, highest, statement)  # a number typed beside the scale
            choice = choice if _is_of_the_scale(typed.value, in_cells) else typed
        if choice is not None:
            return choice
    return in_a_line(parts, lowest, highest)


def _is_of_the_scale(number: str | None, parts: Sequence[Part]) -> bool:
    """Whether a number beside a printed scale is one that the scale lacks: its own, in a cell not seen."""
    printed = {part.text.strip() for part in parts if part.text.strip().isdigit()}
    return number is not None and len(printed) >= FEWEST_BESIDE and number not in printed


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
    marked = [c for c, inside in cells.items() if any(MARKS.match(p.text) for p in inside)]
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
        marked = odd_one([(number, cell.shaded) for cell, number in numbered.items()])
    for sign in ("highlight", "bold", "underline", "strike"):
        if marked:
            break
        looks = [
            (number, any(getattr(s, sign) for p in cells[cell] for s in p.spans if s.text.strip()))
            for cell, number in numbered.items()
        ]
        marked = odd_one(looks, sign)
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
