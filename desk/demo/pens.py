"""Signatures that nobody ever wrote: a pen's path computed from a name."""

import io
import math
from functools import cache
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw, ImageFilter

WIDTH, HEIGHT = 560, 200
OVERSAMPLED = 3
INKS = ((24, 34, 92), (20, 20, 24), (12, 48, 128))


@cache
def signature(name: str) -> bytes:
    """A PNG of a signature: the same name always signs the same."""
    lot = Random(name)  # noqa: S311 - a drawing
    image = Image.new("RGB", (WIDTH * OVERSAMPLED, HEIGHT * OVERSAMPLED), "white")
    pen, ink = ImageDraw.Draw(image), lot.choice(INKS)
    for stroke in (_letters(name, lot), _flourish(lot)):
        _draw(pen, stroke, ink)
    small = image.filter(ImageFilter.GaussianBlur(1)).resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    held = io.BytesIO()
    small.quantize(16).save(held, "PNG", optimize=True)
    return held.getvalue()


def _letters(name: str, lot: Random) -> list[tuple[float, float]]:
    """Loops that shrink from a large initial to a flat end, as a fast hand writes them."""
    loops = 4 + len(name) // 4
    tall = [max(0.25, 1.5 * math.exp(-0.35 * i) + lot.uniform(-0.15, 0.35)) for i in range(loops + 1)]
    lean, steps = lot.uniform(0.2, 0.6), 40 * loops
    path = []
    for step in range(steps):
        turn = step / 40
        size = tall[int(turn)] * (1 - turn % 1) + tall[int(turn) + 1] * (turn % 1)
        up = math.sin(2 * math.pi * turn) * size * HEIGHT * 0.24
        along = 0.1 + 0.62 * step / steps
        wide = math.cos(2 * math.pi * turn) * 0.03 * size
        path.append(((along + wide) * WIDTH + lean * up, HEIGHT * (0.55 - 0.06 * along) - up))
    return path


def _flourish(lot: Random) -> list[tuple[float, float]]:
    """The line drawn back under the name."""
    start, end, low = lot.uniform(0.66, 0.8), lot.uniform(0.08, 0.25), lot.uniform(0.74, 0.86)
    bow = lot.uniform(0.04, 0.14)
    return [
        (
            WIDTH * (start + (end - start) * step / 60 + (0.5 if step > 45 else 0) * (step - 45) / 60),
            HEIGHT * (low + bow * math.sin(step / 60 * math.pi)),
        )
        for step in range(61)
    ]


def _draw(pen: ImageDraw.ImageDraw, path: list[tuple[float, float]], ink: tuple[int, int, int]) -> None:
    """Thick where the hand is slow, thin where it is fast."""
    for (x0, y0), (x1, y1) in pairwise(path):
        width = max(1.6, 4.6 - math.hypot(x1 - x0, y1 - y0) * 0.22)
        ends = [v * OVERSAMPLED for v in (x0, y0, x1, y1)]
        pen.line(ends, fill=ink, width=round(width * OVERSAMPLED))
        r = width * OVERSAMPLED / 2
        pen.ellipse([ends[2] - r, ends[3] - r, ends[2] + r, ends[3] + r], fill=ink)
