"""Areas of colour on the image of a page: shaded cells, highlighted words, bars."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from parsers._scanned._raster import coarser, size_at

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

_VIVID = 70
"""Of 255: the colour of a highlighter, which may cover a single digit."""
_FULL = 0.75
"""Share of the box around it that an area of colour covers."""


@dataclass(frozen=True, slots=True)
class Fill:
    """An area of colour under or without words."""

    x0: float
    top: float
    x1: float
    bottom: float
    colour: tuple[float, float, float]
    """Red, green and blue, from 0 to 1."""


def fills(rgb: "Pixels", dpi: float, *, even_light: bool) -> list[Fill]:
    """Areas of another colour than the paper: shaded cells, highlighted words.

    Where the light is uneven, only what has a colour counts: a shadow is grey.
    """
    import cv2
    import numpy as np

    factor = 60 / dpi
    small = coarser(rgb, size_at(rgb, factor))
    ground = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((7, 7), np.uint8))
    near = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((3, 3), np.uint8))
    vivid = _chroma(near) > _VIVID
    other = _unlike_paper(ground, even_light=even_light) | vivid
    strict = _unlike_paper(near, even_light=even_light)
    found = []
    for own, (x, y, width, height) in _areas(other, strict):
        bright = bool(vivid[own].mean() > 0.5)
        if width < (4 if bright else 8) or height < 5:
            continue
        if own.sum() < _FULL * width * height or own.sum() > 0.4 * other.size:
            continue
        colour = np.median((near if bright else ground)[own], axis=0) / 255
        red, green, blue = (float(part) for part in colour)
        box = (x / factor, y / factor, (x + width) / factor, (y + height) / factor)
        found.append(Fill(*box, (red, green, blue)))
    return found


def _unlike_paper(rgb: Any, *, even_light: bool) -> Any:
    import numpy as np

    channels = [np.asarray(rgb[:, :, at]) for at in range(3)]
    paper = [int(np.median(channel[::2, ::2])) for channel in channels]
    other = _chroma(rgb) > 28 + max(paper) - min(paper)
    if even_light:
        for channel, light in zip(channels, paper, strict=True):
            other |= channel < light - 16
    return other


def _areas(other: Any, strict: Any) -> Iterator[tuple[Any, tuple[int, int, int, int]]]:
    """What holds together, as a mask and its box; two cells that touch at a corner are two.

    Args:
        other: with the letters on it closed; which joins what touches, too.
        strict: the same, hardly closed.
    """
    import cv2
    import numpy as np

    rim = np.ones((5, 5), np.uint8)
    for own, box in _parts(other):
        if own.sum() >= _FULL * box[2] * box[3]:
            yield own, box
            continue
        for core, _ in _parts(cv2.erode((own & strict).view(np.uint8), rim)):
            whole = cv2.dilate(core.view(np.uint8), rim)
            x, y, width, height = cv2.boundingRect(whole)
            yield whole > 0, (x, y, width, height)


def _parts(mask: Any) -> Iterator[tuple[Any, tuple[int, int, int, int]]]:
    import cv2
    import numpy as np

    count, labels, stats, _ = cv2.connectedComponentsWithStats(mask.view(np.uint8), connectivity=4)
    for index in range(1, count):
        x, y, width, height, _ = (int(value) for value in stats[index])
        yield labels == index, (x, y, width, height)


def _chroma(rgb: Any) -> Any:
    """How far each pixel is from grey."""
    import cv2
    import numpy as np

    r, g, b = cv2.split(rgb)
    return np.asarray(cv2.subtract(cv2.max(cv2.max(r, g), b), cv2.min(cv2.min(r, g), b)))
