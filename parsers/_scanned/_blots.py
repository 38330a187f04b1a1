"""Ink, coffee or a marker's bar over words: nobody can read them, yet their place is not empty.

A dark area on which nothing was read is either drawn, or it covers something. Bars nearly
as wide as the text are drawn; of the others a person must see what lies under them.
"""

from collections.abc import Iterator, Sequence

from data.model import Box, Look, Picture, PictureForm

_WIDE_PT, _HIGH_PT = (17.0, 330.0), (6.0, 60.0)
"""From a short word to less than a row, and from a low letter to a few rows."""


def blots(dark: Sequence[Box], words: Sequence[Box], page: int) -> Iterator[Picture]:
    """Each place that is covered.

    Args:
        dark: areas darker than letters can be read on, in points.
        words: what was surely read on the page, in points.
    """
    for area in dark:
        wide, high = area.x1 - area.x0, area.bottom - area.top
        sized = _WIDE_PT[0] <= wide <= _WIDE_PT[1] and _HIGH_PT[0] <= high <= _HIGH_PT[1]
        if sized and not any(_is_on(word, area) for word in words):
            yield Picture(PictureForm.INK, page, -1, area, None, wide, high, stroke_pt=wide, look=Look.PRINT)


def _is_on(word: Box, area: Box) -> bool:
    """Whether a word stands amid an area: what covers a row may reach into its neighbours."""
    x, y, quarter = (word.x0 + word.x1) / 2, (word.top + word.bottom) / 2, (area.bottom - area.top) / 4
    return area.x0 <= x <= area.x1 and area.top + quarter <= y <= area.bottom - quarter
