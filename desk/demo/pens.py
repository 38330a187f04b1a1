"""Signatures that nobody ever wrote: a pen's path computed from a name."""

import io
import math
from functools import cache
from itertools import pairwise
from random import Random

from PIL import Image, ImageDraw

WIDTH, HEIGHT = 560, 200
OVERSAMPLED = 2
INKS = ((24, 34, 92), (20, 20, 24), (12, 48, 128))


@cache
def signature(name: str) -> bytes:
    """A PNG of a signature: the same name always signs the same."""
    lot = Random(name)  # noqa: S311 - a drawing
    image = Image.new("RGB", (WIDTH * OVERSAMPLED, HEIGHT * OVERSAMPLED), "white")
    pen, ink = ImageDraw.Draw(image), lot.choice(INKS)
    for stroke in (_letters(name, lot), _flourish(lot)):
        _draw(pen, stroke, ink)
    small = image.resize((WIDTH, HEIGHT), Image.Resampling.LANCZOS)
    held = io.BytesIO()
    small.quantize(16).save(held, "PNG")
    return held.getvalue()


def _letters(name: str, lot: Random) -> list[tuple[float, float]]:
    """Loops that shrink from a large initial to a flat end, as a fast hand writes them."""
    loops = lot.randrange(3, 6) + len(name) // 6
    fade, open_wide, lean = lot.uniform(0.12, 0.6), lot.uniform(0.015, 0.075), lot.uniform(-0.1, 0.75)
    tall = [max(0.18, 1.6 * math.exp(-fade * i) + lot.uniform(-0.3, 0.5)) for i in range(loops + 1)]
    rising, phase, knot = lot.uniform(-0.05, 0.2), lot.uniform(0, 2 * math.pi), lot.uniform(0, 0.45)
    left, long = lot.uniform(0.08, 0.2), lot.uniform(0.45, 0.66)
    path, steps = [], 40 * loops
    for step in range(steps):
        turn = step / 40
        angle = 2 * math.pi * turn + phase
        size = tall[int(turn)] * (1 - turn % 1) + tall[int(turn) + 1] * (turn % 1)
        up = (math.sin(angle) + knot * math.sin(2.5 * angle)) * size * HEIGHT * 0.2
        along = left + long * step / steps + math.cos(angle) * open_wide * size
        path.append((along * WIDTH + lean * up, HEIGHT * (0.56 - rising * step / steps) - up))
    return path


def _flourish(lot: Random) -> list[tuple[float, float]]:
    """The line drawn under the name, or through its end."""
    if lot.random() < 0.35:
        y, fall = lot.uniform(0.35, 0.55), lot.uniform(-0.15, 0.25)
        return [(WIDTH * (0.55 + 0.4 * step / 40), HEIGHT * (y + fall * step / 40)) for step in range(41)]
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
