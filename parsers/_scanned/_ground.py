"""The paper behind the cells of a scale: darker where a highlighter was, or a shadow, which tells nothing."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Cell = tuple[float, float, float, float]
"""Left, top, right, bottom; in points."""
RIM_PT = 1.6
"""How far from a cell's side its own lines reach."""
_STROKE_PT, _COLOURED_PT = 2.6, 30.0
"""No stroke of a number is wider; nothing that a highlighter leaves on one is, and a cell's shade may be."""
_FADED = 0.6
"""Of a shade, how much there is beside it where it goes on."""


class Ground:
    """The paper behind what is written: where it is darker than close around, as a highlighter leaves it."""

    def __init__(self, rgb: "Pixels", point: float) -> None:
        """Take the page's darkest channel; strokes are closed, and from it what is as large as a word.

        Args:
            rgb: the page in colour.
            point: pixels to the point.
        """
        import cv2

        light = rgb.min(axis=2)
        without_strokes = cv2.medianBlur(_closed(light, _STROKE_PT * point), 3)
        self._point = point
        self._depth: Any = cv2.subtract(_closed(light, _COLOURED_PT * point), without_strokes)

    def darker(self, row: Mapping[int, Cell], depth: int) -> Mapping[int, float]:
        """Square points of each cell that are darker by so much; none where a shadow passes over it."""
        return {
            at: 0.0
            if self._goes_on(cell, depth)
            else float((self._inside(cell) >= depth).sum()) / self._point**2
            for at, cell in row.items()
        }

    def _goes_on(self, cell: Cell, depth: int) -> bool:
        """Whether most of what is darker along a cell's sides is so beyond them, too: a fill ends there."""
        import numpy as np

        near = round(2 * RIM_PT * self._point)
        x0, top, x1, bottom = (round(side * self._point) for side in cell)
        high, wide = self._depth.shape
        pairs = [
            (self._depth[own, x0:x1], self._depth[other, x0:x1])
            for own, other in ((top + near, top - near), (bottom - near, bottom + near))
            if 0 <= other < high
        ] + [
            (self._depth[top:bottom, own], self._depth[top:bottom, other])
            for own, other in ((x0 + near, x0 - near), (x1 - near, x1 + near))
            if 0 <= other < wide
        ]
        within, beyond = (np.concatenate(sides) for sides in zip(*pairs, strict=True))
        dark = within >= depth
        return int((dark & (beyond >= _FADED * depth)).sum()) > 0.5 * int(dark.sum())

    def _inside(self, cell: Cell) -> Any:
        rim = 2 * RIM_PT
        x0, top = (round((side + rim) * self._point) for side in cell[:2])
        x1, bottom = (round((side - rim) * self._point) for side in cell[2:])
        return self._depth[top:bottom, x0:x1]


def _closed(light: Any, size: float) -> Any:
    import cv2
    import numpy as np

    side = round(size) | 1
    return cv2.morphologyEx(light, cv2.MORPH_CLOSE, np.ones((side, side), np.uint8))
