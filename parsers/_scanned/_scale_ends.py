"""« 1 » before and « 10 » behind each row of a scale's cells: printed, they rate nothing.

What an applicant wrote beside the cells is not the same in most rows, at both their ends.
"""

from collections.abc import Mapping, Sequence

from parsers._ocr import Word
from parsers._scanned._equal_cells import Scale
from parsers._scanned._ground import Cell

_NEAR_PT = 16.0
"""How near to the cells they stand."""
_MOSTLY, _FEWEST = 0.6, 3
"""In which share of the rows, and in how many."""
_LOWEST, _HIGHEST = frozenset("1Il|i"), ("10", "1O", "1o")
"""Signs that a « 1 » is read as, and « 10 »."""


def without_ends(found: Scale, words: Sequence[Word], point: float) -> list[Word]:
    """The words without the numbers at both ends of the rows."""
    rows = [[word for word in words if _is_beside(word, row, point)] for row in found.rows]
    before = [[word for word in beside if set(word.text) <= _LOWEST] for beside in rows]
    behind = [[word for word in beside if word.text in _HIGHEST] for beside in rows]
    if min(sum(map(bool, ends)) for ends in (before, behind)) < max(_FEWEST, _MOSTLY * len(rows)):
        return list(words)
    ends = [word for beside in (*before, *behind) for word in beside]
    return [word for word in words if word not in ends]


def _is_beside(word: Word, row: Mapping[int, Cell], point: float) -> bool:
    first, last = min(row.values()), max(row.values())
    level = first[1] < (word.top + word.bottom) / 2 / point < first[3]
    x0, x1 = word.x0 / point, word.x1 / point
    before = first[0] - _NEAR_PT < x0 < first[0]
    return level and (before or last[2] < x0 < x1 < last[2] + _NEAR_PT + (x1 - x0))
