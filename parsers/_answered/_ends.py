"""Scales of ten cells of which only the outer ones carry a number: « 1 » and « 10 », and nothing between."""

from collections.abc import Mapping

from data.model import Cell


def of_their_ends(
    rows: Mapping[tuple[int, int], Mapping[int, int]], lowest: int, highest: int
) -> tuple[dict[tuple[int, int], int], bool]:
    """What the columns of such scales stand for, and whether the form prints the ends.

    A cross that took the place of one end is told by the other, where both stand so in another row. A lone
    « 1 » beside « 10 » may be a rating; it is none where more rows have both than one of them.

    Args:
        rows: (table, row) → column → number, of cells that say nothing else.

    Returns:
        (table, column) → number.
    """
    span = highest - lowest
    both = {
        row: first for row, cells in rows.items()
        if cells[first := min(cells)] == lowest and cells.get(first + span) == highest
        and all(number - column == lowest - first for column, number in cells.items())
    }  # fmt: skip
    half = {
        row: first for row, cells in rows.items() for first in set(both.values())
        if row not in both and (cells.get(first) == lowest or cells.get(first + span) == highest)
    }  # fmt: skip
    alone = {row: first for row, first in half.items() if len(rows[row]) == 1}
    values = {
        (table, first + at): lowest + at
        for (table, _), first in {**alone, **both}.items() for at in range(span + 1)
    }  # fmt: skip
    return values, len(both) > max(1, len(half))


def stand_alone(said: Mapping[Cell, str], lowest: int, highest: int) -> bool:
    """Whether « 1 » and, nine cells behind it, « 10 » are all that a row says."""
    if sorted(said.values()) != sorted([str(lowest), str(highest)]):
        return False
    at = {text: cell for cell, text in said.items()}
    first, last = at[str(lowest)], at[str(highest)]
    return (first.table, first.row, first.column + highest - lowest) == (last.table, last.row, last.column)
