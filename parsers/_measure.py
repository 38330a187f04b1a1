"""The measure of a column: how many letters a row of it holds, of a file whose rows are not written down.

A word processor breaks its rows anew each time that it shows a file. How many letters of French prose fit is
told by the column's width and by the letters' size and face, whose mean widths were measured on such prose.
"""

SIZE = 11
"""Of letters, where a file does not say it: points."""
BESIDE = 10.8
"""Beside the text in a cell or a text box, both sides together, in points, where nobody changed it."""
_RAGGED = 3
"""Letters by which a row is shorter than its column, in the mean: half a word of French."""
_NARROWEST = 20.0
"""Columns of fewer points are a mistake, or adapt themselves to what is in them."""
_MEAN = 0.42
_MEANS = {
    "calibri": 0.407, "carlito": 0.407, "aptos": 0.44, "arial": 0.447, "helvetica": 0.447,
    "liberation sans": 0.447, "times new roman": 0.397, "liberation serif": 0.397, "cambria": 0.405,
    "garamond": 0.37, "georgia": 0.45, "verdana": 0.51, "dejavu sans": 0.51, "tahoma": 0.46,
    "trebuchet ms": 0.45, "century gothic": 0.48, "courier new": 0.6, "liberation mono": 0.6,
}  # fmt: skip
"""Mean width of a letter, spaces among them, in sizes (em). Calibri's and Cambria's are those of Carlito and
Caladea, which are made as wide; those of Aptos, Garamond, Georgia, Tahoma, Trebuchet and Century Gothic are
estimates: those faces are not to be had."""


def letters(width: float, size: float, font: str) -> int | None:
    """How many letters a row holds, in the mean; None where no width is told, or one that must be a mistake.

    Args:
        width: of the column, in points.
        size: of the letters, in points.
        font: its name, whatever its case.
    """
    if width < _NARROWEST:
        return None
    return max(1, int(width / (_MEANS.get(font.lower(), _MEAN) * max(size, 1.0))) - _RAGGED)
