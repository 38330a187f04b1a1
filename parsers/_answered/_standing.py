"""Statements side by side at the head of a table, with the numbers of the scale below each other at its left.

There a mark is rated by its row, not by its column.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from data.model import Cell, Document, Look
from parsers._answered._choices import TICKS, Choice
from parsers._answered._in_a_line import decided
from parsers._fields import small_number

FEWEST = 0.6
"""Share of the scale's numbers that were read in a column, in their order."""
_MARK = re.compile(rf"\W*(?:[xXvV+*]|[{TICKS}])\W*")


@dataclass(frozen=True, slots=True)
class Standing:
    """Which number each row of such a table stands for."""

    values: Mapping[tuple[int, int], int]
    """(table, row) → number."""
    first: Mapping[int, int]
    """The column of the numbers, by table."""


def standing(document: Document, statements: Sequence[Cell], lowest: int, highest: int) -> Standing:
    """The tables in which several statements share a row, and numbers a column below and left of them."""
    values: dict[tuple[int, int], int] = {}
    first: dict[int, int] = {}
    for table, row in {(cell.table, cell.row) for cell in statements}:
        heads = [cell.column for cell in statements if (cell.table, cell.row) == (table, row)]
        if len(heads) < 2:
            continue
        said = {
            line.cell.row: (number, line.cell.column) for line in document.lines
            if line.cell and line.cell.table == table and line.cell.row > row
            and line.cell.column < min(heads) and (number := small_number(line.text)) is not None
        }  # fmt: skip
        shifts = {number - at for at, (number, _) in said.items()}
        if len(shifts) == 1 and len(said) >= FEWEST * (highest - lowest + 1):
            shift = shifts.pop()
            values |= {(table, number - shift): number for number in range(lowest, highest + 1)}
            first[table] = max(column for _, column in said.values())
    return Standing(values, first)


def rate(found: Standing, statement: Cell, document: Document) -> Choice | None:
    """The number of the one row in which a statement's column is marked; None in any other table.

    A ring may be larger than its cell: whatever is drawn counts, and two make a doubt.
    """
    if statement.table not in found.first:
        return None
    marked = [line.cell for line in document.lines if line.cell and _MARK.fullmatch(line.text)]
    marked += [line.cell for line in document.lines if line.cell and line.cell.shaded]
    marked += [
        picture.cell for picture in document.pictures if picture.cell and picture.look is not Look.TRACE
    ]
    rows = {
        value for cell in marked
        if cell and (cell.table, cell.column) == (statement.table, statement.column)
        and (value := found.values.get((cell.table, cell.row))) is not None
    }  # fmt: skip
    return decided(rows)
