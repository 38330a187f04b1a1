"""The sign that a form prints before each of its answers: « → », « ▸ », « > », the R of « R : ».

Tesseract reads it as a dash, as a plus or not at all; alone on its row it would pass for an answer, or for
something that nobody could read. It is told by what makes it print: the same shape, at the same left edge,
before the words of other rows. Of a letter only those are told that stand alone: it may begin a sentence.
"""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from parsers._ocr import Word
from parsers._scanned._upright import Parts

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Pixels = NDArray[np.uint8]

Spot = tuple[int, int, int, int]
"""Left, top, width, height; in pixels."""

_WIDE_PT, _HIGH_PT = (3.0, 14.0), (1.7, 10.0)
"""How large a sign is."""
_LOW_PT, _FULL = 2.4, 0.7
"""A dash is as low, and fills its box: people list and answer with it. An arrow in small print does not."""
_BEFORE_PT, _BEHIND_PT, _WORD_PT = 14.0, 1.4, 22.0
"""Nothing stands so far before it or so near behind it; and how near words follow."""
_ALIGNED_PT, _SAME_SIZE, _ALIKE = 2.0, 0.18, 0.6
_LEAST, _LEAST_FOLLOWED = 3, 2
"""How many are alike, and before how many of them words follow."""


def prompts(words: Sequence[Word], black: "Pixels", held: Parts, point: float) -> list[Spot]:
    """Where such signs stand on a page.

    Args:
        words: what was read, the signs too.
        black: 255 where something is written, ruled lines taken out.
        held: its parts.
        point: pixels to the point.
    """
    groups: list[list[Spot]] = []
    shapes: list[Any] = []
    for spot in _standing_first(black, held, point):
        shape = _shape(black, spot)
        near = (at for at, group in enumerate(groups) if _are_alike(group[0], spot, shapes[at], shape, point))
        at = next(near, None)
        if at is None:
            groups.append([spot])
            shapes.append(shape)
        else:
            groups[at].append(spot)
    return [spot for group in groups for spot in _told(group, words, point)]


def _told(group: Sequence[Spot], words: Sequence[Word], point: float) -> list[Spot]:
    followed = [spot for spot in group if _is_followed(spot, words, point)]
    if len(group) < _LEAST or len(followed) < _LEAST_FOLLOWED:
        return []
    letters = [word for word in words if any(char.isalnum() for char in word.text)]
    said = {word.text[0] for spot in followed for word in letters if _is_at(word, spot)}
    if len(said) > 1:
        return []  # a C and an O at the edge are alike, and a nought that answers is like them
    return [spot for spot in group if spot not in followed] if said else list(group)


def without(words: Sequence[Word], spots: Sequence[Spot]) -> list[Word]:
    """The words that are not what such a sign was read as."""
    return [word for word in words if not any(_is_at(word, spot) for spot in spots)]


def _standing_first(black: "Pixels", held: Parts, point: float) -> Iterator[Spot]:
    """What has the size of a sign and stands before all else of its row, apart from it."""
    import cv2

    x, y, w, h, area = held.stats[1:, :5].T
    wide, high = w / point, h / point
    sized = (wide >= _WIDE_PT[0]) & (wide <= _WIDE_PT[1]) & (high >= _HIGH_PT[0]) & (high <= _HIGH_PT[1])
    sized &= (high >= _LOW_PT) | (area < _FULL * w * h)
    x, y, w, h = x[sized], y[sized], w[sized], h[sized]
    before, behind, gap = (round(pt * point) for pt in (_BEFORE_PT, _BEHIND_PT, 0.4))
    written = cv2.integral(black)
    right_edge = black.shape[1]
    left = _sum(written, (x - before).clip(0), (x - gap).clip(0), y, y + h)
    right = _sum(written, (x + w + gap).clip(max=right_edge), (x + w + behind).clip(max=right_edge), y, y + h)
    first = (left == 0) & (right == 0)
    yield from zip(x[first].tolist(), y[first].tolist(), w[first].tolist(), h[first].tolist(), strict=True)


def _sum(integral: Any, x0: Any, x1: Any, top: Any, bottom: Any) -> Any:
    """What is written within boxes, by the integral image of the page."""
    return integral[bottom, x1] - integral[top, x1] - integral[bottom, x0] + integral[top, x0]


def _shape(black: "Pixels", spot: Spot) -> Any:
    import cv2
    import numpy as np

    x, y, w, h = spot
    small = cv2.resize(black[y : y + h, x : x + w], (16, 16), interpolation=cv2.INTER_AREA)
    return small.astype(np.float32).ravel()


def _are_alike(one: Spot, other: Spot, shape: Any, other_shape: Any, point: float) -> bool:
    import numpy as np

    sizes = zip(one[2:], other[2:], strict=True)
    same_size = all(abs(a - b) <= max(_SAME_SIZE * a, 0.5 * point) for a, b in sizes)
    if not same_size or abs(one[0] - other[0]) > _ALIGNED_PT * point:
        return False
    return bool(np.corrcoef(shape, other_shape)[0, 1] >= _ALIKE)


def _is_followed(spot: Spot, words: Sequence[Word], point: float) -> bool:
    """Whether a word of its row stands behind it."""
    x, y, w, h = spot
    return any(
        -point <= word.x0 - x - w <= _WORD_PT * point and word.top - point <= y + h / 2 <= word.bottom + point
        for word in words if any(char.isalnum() for char in word.text)
    )  # fmt: skip


def _is_at(word: Word, spot: Spot) -> bool:
    """Whether a word is no more than what stands there."""
    x, y, w, h = spot
    level = word.top - h <= y + h / 2 <= word.bottom + h
    return level and x - w / 2 <= (word.x0 + word.x1) / 2 <= x + 1.5 * w and word.x1 - word.x0 <= 2 * w
