"""Columns of a Word file, of its pages, cells and text boxes: how wide they are, what a row of them holds."""

from collections import Counter
from collections.abc import Sequence
from typing import Any

from data.model import Cell
from parsers._measure import BESIDE, letters
from parsers._numbering import W
from parsers._ooxml import WP, Styles, font_of, size_of

EMU_PER_PT = 12_700
_PAGE, _MARGIN = 595.0, 72.0
"""Of a page that does not say it, in points: A4, with Word's own margins."""


class Columns:
    """Filled while the file is walked, in its order: sections end, and tables tell their cells."""

    def __init__(self, root: Any, styles: Styles) -> None:
        self._styles = styles
        self._sections = list(root.iter(f"{W}sectPr"))
        self._cells: dict[Cell, float] = {}

    def end_section(self) -> None:
        """What follows stands in the next section, as wide as that one is."""
        self._sections = self._sections[1:] or self._sections

    def add(self, cell: Cell, properties: Any, grid: Sequence[float]) -> None:
        """A cell of so many columns of its table's grid, in points, unless its own properties say a width."""
        self._cells[cell] = (self._said(properties) or sum(grid)) - BESIDE

    def measure(self, node: Any, style: str | None, cell: Cell | None) -> int | None:
        """How many letters a row of a paragraph holds; None where nothing tells it."""
        font, size = usual_letters(node, *self._styles.letters(style))
        frame = next(node.iterancestors(f"{WP}anchor", f"{WP}inline"), None)
        extent = None if frame is None else frame.find(f"{WP}extent")
        if cell is not None:
            width = self._cells.get(cell, 0.0)
        elif extent is not None:
            width = int(extent.get("cx", "0")) / EMU_PER_PT - BESIDE
        else:
            width = self._of_page()
        indents = node.find(f"{W}pPr/{W}ind")
        for side in () if indents is None else ("left", "start", "right", "end"):
            width -= twips(indents.get(f"{W}{side}"))
        return letters(width, size / 2, font)

    def sides(self) -> tuple[float, float]:
        """Left and right edge of the text on the page, in points."""
        section = self._sections[0] if self._sections else None
        size = None if section is None else section.find(f"{W}pgSz")
        margin = None if section is None else section.find(f"{W}pgMar")
        width = _PAGE if size is None else twips(size.get(f"{W}w"), _PAGE)
        left, right = (
            _MARGIN if margin is None else twips(margin.get(f"{W}{side}"), _MARGIN)
            for side in ("left", "right")
        )
        return left, width - right

    def _of_page(self) -> float:
        left, right = self.sides()
        columns = self._sections[0].find(f"{W}cols") if self._sections else None
        said = "1" if columns is None else columns.get(f"{W}num") or "1"
        many = max(1, int(said)) if said.isdigit() else 1
        between = 0.0 if columns is None or many == 1 else twips(columns.get(f"{W}space"))
        return (right - left - between * (many - 1)) / many

    def _said(self, properties: Any) -> float:
        """Width by a cell's own properties, in points, or 0."""
        width = None if properties is None else properties.find(f"{W}tcW")
        kind, said = (None, "") if width is None else (width.get(f"{W}type"), width.get(f"{W}w") or "")
        if kind == "dxa":
            return twips(said)
        share = said.removesuffix("%")
        if kind != "pct" or not share.isdigit():
            return 0.0
        left, right = self.sides()
        return (right - left) * int(share) / (100 if said.endswith("%") else 5000)


def usual_letters(paragraph: Any, font: str, size: int) -> tuple[str, int]:
    """Font, and size in half points, of most letters of a paragraph; as given where its runs say none."""
    found: Counter[tuple[str, int]] = Counter()
    for run in paragraph.iter(f"{W}r"):
        properties = run.find(f"{W}rPr")
        own = (font, size) if properties is None else (font_of(properties, font), size_of(properties, size))
        found[own] += sum(len(text.text or "") for text in run.iterchildren(f"{W}t"))
    return found.most_common(1)[0][0] if found else (font, size)


def twips(said: str | None, otherwise: float = 0.0) -> float:
    """A length in points, which is written in twentieths of them."""
    return int(said) / 20 if said and said.isdigit() else otherwise
