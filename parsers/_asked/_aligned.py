"""Two sequences aligned: which of one stands for which of the other, both in order.

The dynamic programme of Needleman and Wunsch (1970), with a bonus for pairs that follow each other, which
keeps runs together as Gotoh's (1982) opening of a gap does.
"""

import math
from collections.abc import Iterator, Sequence


def aligned(
    worth: Sequence[Sequence[float]], passing: Sequence[float], left_out: float, follows: float, light: float
) -> list[tuple[int, int]]:
    """The pairs (row, column) of greatest worth, both ascending.

    Args:
        worth: of each row with each column.
        passing: what it costs to pass each column.
        left_out: what it costs to leave out a row.
        follows: what a pair gains that follows one of the row and the column before.
        light: columns that cost no more may stand between two pairs that follow each other.
    """
    rows, columns = len(worth), len(passing)
    best = [[-row * left_out] + [0.0] * columns for row in range(rows + 1)]
    paired = [[-math.inf] * (columns + 1) for _ in range(rows + 1)]
    after: dict[tuple[int, int], int] = {}  # of a pair that follows another, that one's column
    for row in range(rows + 1):
        for column in range(1, columns + 1):
            passed = best[row][column - 1] - passing[column - 1]
            if row == 0:
                best[row][column] = passed
                continue
            gain = best[row - 1][column - 1]
            for other, through in _before(column, passing, light, follows):
                if paired[row - 1][other] + follows - through > gain:
                    gain = paired[row - 1][other] + follows - through
                    after[row, column] = other
            paired[row][column] = gain + worth[row - 1][column - 1]
            best[row][column] = max(paired[row][column], best[row - 1][column] - left_out, passed)
    pairs: list[tuple[int, int]] = []
    row, column, followed = rows, columns, False
    while row and column:
        if followed or best[row][column] == paired[row][column]:
            pairs.append((row - 1, column - 1))
            followed = (row, column) in after
            row, column = row - 1, after.get((row, column), column - 1)
        elif best[row][column] == best[row - 1][column] - left_out:
            row -= 1
        else:
            column -= 1
    return pairs[::-1]


def _before(
    column: int, passing: Sequence[float], light: float, follows: float
) -> Iterator[tuple[int, float]]:
    """The columns that one may follow, and what passing those between costs, while that is worth it."""
    through = 0.0
    for other in range(column - 1, 0, -1):
        yield other, through
        through += passing[other - 1]
        if passing[other - 1] > light or through >= follows:
            return
