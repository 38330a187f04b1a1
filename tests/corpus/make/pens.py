"""Pens: what hands draw on a page, computed. Strokes in millimetres, with the width that pressure gives.

Nobody ever wrote any of it. The same seed draws the same.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

OVERSAMPLED = 3


@dataclass(frozen=True, slots=True)
class Stroke:
    """One movement of the pen, without lifting it."""

    points: tuple[tuple[float, float], ...]
    """Millimetres, y down."""
    widths: tuple[float, ...]
    """Of the line at each point, relative to the pen's."""


Drawing = tuple[Stroke, ...]


@dataclass(frozen=True, slots=True)
class Pen:
    """Its colour and the width of its line in millimetres."""

    colour: tuple[int, int, int]
    width_mm: float


PENS = {
    "blue ballpoint": Pen((38, 52, 138), 0.42),
    "black ballpoint": Pen((42, 42, 46), 0.42),
    "black gel": Pen((14, 14, 18), 0.6),
    "blue felt": Pen((24, 44, 120), 0.9),
    "fine": Pen((52, 60, 120), 0.28),
    "pale blue": Pen((96, 112, 182), 0.42),
    "pencil": Pen((116, 116, 120), 0.45),
    "green": Pen((30, 96, 58), 0.45),
    "red": Pen((170, 34, 40), 0.45),
}


# ---------------------------------------------------------------- what hands draw


def signature(rng: Random, width_mm: float = 42.0) -> Drawing:
    """A signature in one of seven manners."""
    manner = rng.choice((_loops, _zigzag, _knot, _wave, _two_words, _capital, _arcs))
    height = width_mm * rng.uniform(0.22, 0.48)
    drawing = manner(rng, width_mm, height)
    if rng.random() < 0.4:
        drawing = (*drawing, _underline(rng, width_mm, height))
    lean = rng.uniform(-0.16, 0.04)
    return _turned(drawing, lean)


def initials(rng: Random, height_mm: float = 11.0) -> Drawing:
    """Two or three large letters, or one and a flourish: a paraph."""
    strokes: list[Stroke] = []
    at = 0.0
    for _ in range(rng.randint(2, 3)):
        width = height_mm * rng.uniform(0.6, 1.0)
        strokes.append(_smooth(rng, [(at + x * width, y * height_mm) for x, y in _letter(rng)]))
        at += width * rng.uniform(0.75, 1.05)
    return tuple(strokes)


def cross(rng: Random, size_mm: float = 6.0) -> Drawing:
    """An X."""

    def wobble() -> float:
        return rng.uniform(-0.12, 0.12) * size_mm

    s = size_mm
    return (
        _smooth(rng, [(wobble(), wobble()), (s / 2 + wobble() / 2, s / 2), (s + wobble(), s + wobble())]),
        _smooth(rng, [(s + wobble(), wobble()), (s / 2, s / 2 + wobble() / 2), (wobble(), s + wobble())]),
    )


def tick(rng: Random, size_mm: float = 6.0) -> Drawing:
    """A check mark."""
    s = size_mm
    turn = rng.uniform(0.6, 0.8)
    return (_smooth(rng, [(0, s * turn), (s * 0.35, s), (s * rng.uniform(1.0, 1.3), 0)]),)


def circle(rng: Random, width_mm: float, height_mm: float) -> Drawing:
    """A ring drawn around something, closed badly."""
    turns = rng.uniform(1.02, 1.25)
    start = rng.uniform(0, 2 * math.pi)
    points = [
        (
            width_mm / 2 * (1 + math.cos(start + a) * rng.uniform(0.94, 1.04)),
            height_mm / 2 * (1 + math.sin(start + a) * rng.uniform(0.94, 1.04)),
        )
        for a in (turns * 2 * math.pi * k / 16 for k in range(17))
    ]
    return (_smooth(rng, points),)


def handwriting(rng: Random, text: str, height_mm: float = 4.0) -> Drawing:
    """Letters, digits and signs in single strokes: a date, a name, a short answer. Accents are dropped."""
    strokes: list[Stroke] = []
    at, slant = 0.0, rng.uniform(-0.02, 0.22)
    for sign in _plain(text):
        for line in _GLYPHS.get(sign, _GLYPHS.get(sign.upper(), ())):
            tall = height_mm if sign.isupper() or sign.isdigit() else height_mm * 0.78
            drop = height_mm - tall
            points = [
                (
                    at + (x + slant * (1 - y)) * tall * 0.62 + rng.uniform(-0.06, 0.06) * height_mm,
                    drop + y * tall + rng.uniform(-0.05, 0.05) * height_mm,
                )
                for x, y in line
            ]
            strokes.append(_smooth(rng, points))
        at += height_mm * (0.42 if sign in " .,'-" else 0.66) * rng.uniform(0.9, 1.15)
    return tuple(strokes)


def _loops(rng: Random, width: float, height: float) -> Drawing:
    """Loops that shrink to a flat end."""
    loops = rng.randint(3, 8)
    fade, lean = rng.uniform(0.05, 0.4), rng.uniform(-0.2, 0.5)
    points = []
    for step in range(loops * 12):
        turn = step / 12
        tall = math.exp(-fade * turn) * (1 + 0.35 * math.sin(turn * 3.1 + fade))
        angle = 2 * math.pi * turn
        up = math.sin(angle) * tall * height / 2
        points.append(
            (width * turn / loops + math.cos(angle) * tall * height * 0.22 + lean * up, height / 2 - up)
        )
    return (_smooth(rng, points),)


def _zigzag(rng: Random, width: float, height: float) -> Drawing:
    """Points up and down, as of m, n, u written fast."""
    count = rng.randint(7, 16)
    points = []
    for k in range(count):
        tall = rng.uniform(0.25, 1.0) if rng.random() < 0.6 else rng.uniform(0.1, 0.4)
        points.append((width * k / (count - 1), height / 2 + (tall if k % 2 else -tall) * height / 2))
    return (_smooth(rng, points),)


def _knot(rng: Random, width: float, height: float) -> Drawing:
    """A line that crosses itself again and again."""
    points = [(rng.uniform(0, width), rng.uniform(0, height)) for _ in range(rng.randint(8, 16))]
    points.sort(key=lambda p: p[0] + rng.uniform(-0.4, 0.4) * width)
    return (_smooth(rng, points),)


def _wave(rng: Random, width: float, height: float) -> Drawing:
    """One capital, then a nearly flat wave."""
    capital = [(x * height * 0.8, y * height) for x, y in _letter(rng)]
    start = capital[-1]
    bumps = rng.randint(4, 10)
    flat = height * rng.uniform(0.08, 0.2)
    tail = [
        (start[0] + (width - start[0]) * k / (2 * bumps), height * 0.72 + (flat if k % 2 else -flat))
        for k in range(1, 2 * bumps + 1)
    ]
    return (_smooth(rng, [*capital, *tail]),)


def _two_words(rng: Random, width: float, height: float) -> Drawing:
    """First name and last name, apart."""
    first = width * rng.uniform(0.3, 0.5)
    one = _zigzag(rng, first, height * rng.uniform(0.6, 1))
    other = rng.choice((_loops, _zigzag, _wave))(rng, width - first - 3, height * rng.uniform(0.6, 1))
    return (*one, *_moved(other, first + 3, rng.uniform(-1, 1)))


def _capital(rng: Random, width: float, height: float) -> Drawing:
    """Two large letters over each other, and a stroke away from them."""
    letters = [
        _smooth(rng, [(k * width * 0.3 + x * width * 0.4, y * height) for x, y in _letter(rng)])
        for k in (0, 1)
    ]
    y = height * rng.uniform(0.4, 0.8)
    away = _smooth(
        rng, [(width * 0.4, y), (width * 0.7, y - height * 0.2), (width, y + height * rng.uniform(-0.3, 0.2))]
    )
    return (*letters, away)


def _arcs(rng: Random, width: float, height: float) -> Drawing:
    """A few bold arcs."""
    strokes = []
    for _ in range(rng.randint(3, 5)):
        x, w = rng.uniform(0, width * 0.5), rng.uniform(0.4, 0.6) * width
        y, bow = rng.uniform(0.2, 0.8) * height, rng.uniform(-1, 1) * height
        strokes.append(
            _smooth(
                rng, [(x, y), (x + w * 0.3, y + bow * 0.6), (x + w * 0.7, y + bow * 0.5), (x + w, y * 0.8)]
            )
        )
    return tuple(strokes)


def _underline(rng: Random, width: float, height: float) -> Stroke:
    y = height * rng.uniform(0.95, 1.2)
    ends = [(width * 0.9, y), (width * 0.4, y + height * 0.12), (width * 0.05, y)]
    if rng.random() < 0.5:
        ends += [(width * 0.5, y + height * 0.22), (width, y + height * 0.05)]
    return _smooth(rng, ends)


def _letter(rng: Random) -> list[tuple[float, float]]:
    """A capital as a chain of points in a unit square."""
    shapes: tuple[list[tuple[float, float]], ...] = (
        [(0, 1), (0.15, 0), (0.2, 1), (0.1, 0.1), (0.8, 0.15), (0.6, 0.5), (0.15, 0.55), (0.9, 1)],
        [(0.8, 0.1), (0.2, 0.05), (0, 0.6), (0.4, 1), (0.9, 0.8), (0.7, 0.5), (0.3, 0.6)],
        [(0, 1), (0.3, 0), (0.5, 0.9), (0.75, 0.05), (1, 1)],
        [(0, 0.2), (0.5, 0), (0.3, 0.9), (0, 0.8), (0.6, 0.5), (1, 0.9)],
        [(0.1, 0), (0.1, 1), (0.9, 0.95), (0.7, 0.7), (0.2, 0.5)],
        [(0, 1), (0.4, 0), (0.5, 0.1), (0.8, 1), (0.2, 0.65), (0.9, 0.55)],
    )
    return [(x + rng.uniform(-0.1, 0.1), y + rng.uniform(-0.1, 0.1)) for x, y in rng.choice(shapes)]


# ---------------------------------------------------------------- strokes


def _smooth(rng: Random, points: Sequence[tuple[float, float]]) -> Stroke:
    """A Catmull-Rom curve through the points, each piece a cubic Bezier; thinner where the hand is fast."""
    ends = [points[0], *points, points[-1]]
    track: list[tuple[float, float]] = []
    for a, b, c, d in zip(ends, ends[1:], ends[2:], ends[3:], strict=False):
        one = (b[0] + (c[0] - a[0]) / 6, b[1] + (c[1] - a[1]) / 6)
        two = (c[0] - (d[0] - b[0]) / 6, c[1] - (d[1] - b[1]) / 6)
        track += [_bezier(b, one, two, c, k / 12) for k in range(12)]
    track.append(points[-1])
    press = rng.uniform(0.85, 1.15)
    widths = []
    for k, (x, y) in enumerate(track):
        before = track[max(k - 1, 0)]
        speed = math.hypot(x - before[0], y - before[1])
        ending = min(1.0, 0.45 + 0.12 * min(k, len(track) - 1 - k))
        widths.append(max(0.4, press * (1.2 - 0.28 * speed)) * ending)
    return Stroke(tuple(track), tuple(widths))


def _bezier(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float], d: tuple[float, float], t: float
) -> tuple[float, float]:
    u = 1 - t
    weights = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
    return (
        sum(w * p[0] for w, p in zip(weights, (a, b, c, d), strict=True)),
        sum(w * p[1] for w, p in zip(weights, (a, b, c, d), strict=True)),
    )


def _changed(drawing: Drawing, change: Callable[[float, float], tuple[float, float]]) -> Drawing:
    return tuple(Stroke(tuple(change(x, y) for x, y in s.points), s.widths) for s in drawing)


def _moved(drawing: Drawing, dx: float, dy: float) -> Drawing:
    return _changed(drawing, lambda x, y: (x + dx, y + dy))


def _turned(drawing: Drawing, angle: float) -> Drawing:
    across, down = math.cos(angle), math.sin(angle)
    return _changed(drawing, lambda x, y: (x * across - y * down, x * down + y * across))


def extent(drawing: Drawing) -> tuple[float, float, float, float]:
    """Left, top, right and bottom, in millimetres."""
    points = [point for stroke in drawing for point in stroke.points]
    across, down = [x for x, _ in points], [y for _, y in points]
    return min(across), min(down), max(across), max(down)


def at_origin(drawing: Drawing) -> Drawing:
    """Moved so that its top left corner is at zero."""
    left, top, _, _ = extent(drawing)
    return _moved(drawing, -left, -top)


# ---------------------------------------------------------------- ink on paper


def draw(
    page: NDArray[np.uint8], drawing: Drawing, pen: Pen, x_mm: float, y_mm: float, dpi: float, rng: Random
) -> tuple[float, float, float, float]:
    """Draw on an RGB page with the drawing's top left corner at a place; its box in pixels."""
    scale = dpi / 25.4
    left, top, right, bottom = extent(drawing)
    room = pen.width_mm * 2
    shape = (
        math.ceil((bottom - top + 2 * room) * scale) + 2,
        math.ceil((right - left + 2 * room) * scale) + 2,
    )
    mask = _mask(_moved(drawing, room - left, room - top), pen, shape, scale)
    x0, y0 = round((x_mm - room) * scale), round((y_mm - room) * scale)
    _lay(page, mask, pen.colour, x0, y0, rng)
    return x_mm * scale, y_mm * scale, (x_mm + right - left) * scale, (y_mm + bottom - top) * scale


def _mask(drawing: Drawing, pen: Pen, shape: tuple[int, int], scale: float) -> NDArray[np.uint8]:
    """How much ink lies on each pixel, 0 to 255."""
    large = np.zeros((shape[0] * OVERSAMPLED, shape[1] * OVERSAMPLED), np.uint8)
    fine = scale * OVERSAMPLED
    for stroke in drawing:
        points = [(round(x * fine), round(y * fine)) for x, y in stroke.points]
        for one, other, width in zip(points, points[1:], stroke.widths, strict=False):
            thick = max(1, round(width * pen.width_mm * fine))
            cv2.line(large, one, other, 255, thick, cv2.LINE_8)
    return np.asarray(cv2.resize(large, shape[::-1], interpolation=cv2.INTER_AREA), np.uint8)


def _lay(
    page: NDArray[np.uint8],
    mask: NDArray[np.uint8],
    colour: tuple[int, int, int],
    x0: int,
    y0: int,
    rng: Random,
) -> None:
    """Blend ink into a page, cut at its edges; the paper's grain shows a little."""
    height, width = page.shape[:2]
    top, left = max(y0, 0), max(x0, 0)
    bottom, right = min(y0 + mask.shape[0], height), min(x0 + mask.shape[1], width)
    if bottom <= top or right <= left:
        return
    part = mask[top - y0 : bottom - y0, left - x0 : right - x0].astype(np.float32) / 255
    grain = np.random.default_rng(rng.randrange(2**32)).uniform(0.82, 1.0, part.shape).astype(np.float32)
    weight = (part * grain)[..., None]
    paper = page[top:bottom, left:right].astype(np.float32)
    inked = paper * (1 - weight) + np.minimum(paper, np.array(colour, np.float32)) * weight
    page[top:bottom, left:right] = inked.astype(np.uint8)


def picture(drawing: Drawing, pen: Pen, dpi: float, rng: Random, margin_mm: float = 3.0) -> NDArray[np.uint8]:
    """The drawing alone on white paper, as people photograph or scan a signature to paste it."""
    left, top, right, bottom = extent(drawing)
    scale = dpi / 25.4
    size = (
        round((bottom - top + 2 * margin_mm) * scale),
        round((right - left + 2 * margin_mm) * scale),
    )
    page = np.full((*size, 3), 255, np.uint8)
    draw(page, drawing, pen, margin_mm, margin_mm, dpi, rng)
    return page


def clear_picture(drawing: Drawing, pen: Pen, dpi: float) -> bytes:
    """The ink alone as a PNG without paper, so that print shows through where it lies over it."""
    import io

    from PIL import Image

    left, top, right, bottom = extent(drawing)
    scale, room = dpi / 25.4, pen.width_mm * 2
    shape = (math.ceil((bottom - top + 2 * room) * scale), math.ceil((right - left + 2 * room) * scale))
    mask = _mask(_moved(drawing, room - left, room - top), pen, shape, scale)
    image = Image.new("RGBA", (shape[1], shape[0]), (*pen.colour, 0))
    image.putalpha(Image.fromarray(mask))
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def on_canvas(canvas: Any, drawing: Drawing, pen: Pen, x_pt: float, top_pt: float) -> None:
    """The strokes as lines of a PDF page (reportlab), with their top left corner at this point."""
    point = 72 / 25.4
    canvas.saveState()
    canvas.setStrokeColorRGB(*(part / 255 for part in pen.colour))
    canvas.setLineCap(1)
    for stroke in at_origin(drawing):
        path = canvas.beginPath()
        path.moveTo(x_pt + stroke.points[0][0] * point, top_pt - stroke.points[0][1] * point)
        for x, y in stroke.points[1:]:
            path.lineTo(x_pt + x * point, top_pt - y * point)
        canvas.setLineWidth(sum(stroke.widths) / len(stroke.widths) * pen.width_mm * point)
        canvas.drawPath(path)
    canvas.restoreState()


def _plain(text: str) -> str:
    import unicodedata

    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


_GLYPHS: dict[str, tuple[tuple[tuple[float, float], ...], ...]] = {
    "0": (((0.5, 0), (0.05, 0.5), (0.5, 1), (0.95, 0.5), (0.5, 0)),),
    "1": (((0.2, 0.25), (0.55, 0), (0.55, 1)),),
    "2": (((0.1, 0.25), (0.5, 0), (0.85, 0.3), (0.1, 1), (0.95, 0.95)),),
    "3": (((0.1, 0.1), (0.8, 0.15), (0.4, 0.45), (0.85, 0.75), (0.1, 0.95)),),
    "4": (((0.6, 0), (0.05, 0.65), (0.95, 0.6)), ((0.7, 0.35), (0.65, 1))),
    "5": (((0.85, 0), (0.2, 0.05), (0.15, 0.45), (0.85, 0.6), (0.5, 1), (0.1, 0.9)),),
    "6": (((0.7, 0), (0.1, 0.6), (0.5, 1), (0.85, 0.7), (0.2, 0.6)),),
    "7": (((0.1, 0.05), (0.9, 0), (0.4, 1)),),
    "8": (((0.8, 0.1), (0.2, 0.2), (0.8, 0.75), (0.4, 1), (0.15, 0.75), (0.85, 0.1)),),
    "9": (((0.8, 0.3), (0.4, 0), (0.15, 0.35), (0.8, 0.3), (0.6, 1)),),
    "/": (((0.9, -0.1), (0.1, 1.1)),),
    "-": (((0.1, 0.5), (0.9, 0.5)),),
    ".": (((0.4, 0.97), (0.5, 1.0)),),
    ",": (((0.5, 0.9), (0.35, 1.15)),),
    "'": (((0.5, 0), (0.4, 0.25)),),
    "A": (((0, 1), (0.5, 0), (1, 1)), ((0.2, 0.6), (0.8, 0.6))),
    "B": (((0.1, 0), (0.1, 1)), ((0.1, 0), (0.8, 0.2), (0.15, 0.48), (0.9, 0.75), (0.1, 1))),
    "C": (((0.9, 0.1), (0.3, 0.05), (0.05, 0.5), (0.3, 0.95), (0.9, 0.9)),),
    "D": (((0.1, 0), (0.1, 1), (0.7, 0.9), (0.95, 0.4), (0.1, 0)),),
    "E": (((0.9, 0), (0.1, 0), (0.1, 1), (0.9, 1)), ((0.1, 0.5), (0.7, 0.5))),
    "F": (((0.9, 0), (0.1, 0), (0.1, 1)), ((0.1, 0.5), (0.7, 0.5))),
    "G": (((0.9, 0.1), (0.2, 0.1), (0.1, 0.8), (0.8, 0.95), (0.85, 0.55), (0.5, 0.55)),),
    "H": (((0.1, 0), (0.1, 1)), ((0.9, 0), (0.9, 1)), ((0.1, 0.5), (0.9, 0.5))),
    "I": (((0.5, 0), (0.5, 1)),),
    "J": (((0.8, 0), (0.75, 0.8), (0.4, 1), (0.1, 0.8)),),
    "K": (((0.1, 0), (0.1, 1)), ((0.85, 0), (0.15, 0.55), (0.9, 1))),
    "L": (((0.1, 0), (0.1, 1), (0.9, 1)),),
    "M": (((0, 1), (0.15, 0), (0.5, 0.7), (0.85, 0), (1, 1)),),
    "N": (((0.05, 1), (0.1, 0), (0.9, 1), (0.95, 0)),),
    "O": (((0.5, 0), (0.02, 0.5), (0.5, 1), (0.98, 0.5), (0.5, 0)),),
    "P": (((0.1, 1), (0.1, 0), (0.85, 0.2), (0.1, 0.55)),),
    "Q": (((0.5, 0), (0.02, 0.5), (0.5, 1), (0.98, 0.5), (0.5, 0)), ((0.6, 0.7), (1, 1.1))),
    "R": (((0.1, 1), (0.1, 0), (0.85, 0.2), (0.15, 0.5), (0.9, 1)),),
    "S": (((0.85, 0.1), (0.3, 0), (0.2, 0.4), (0.8, 0.6), (0.6, 1), (0.1, 0.9)),),
    "T": (((0, 0), (1, 0)), ((0.5, 0), (0.5, 1))),
    "U": (((0.05, 0), (0.1, 0.85), (0.5, 1), (0.9, 0.8), (0.95, 0)),),
    "V": (((0, 0), (0.5, 1), (1, 0)),),
    "W": (((0, 0), (0.25, 1), (0.5, 0.3), (0.75, 1), (1, 0)),),
    "X": (((0, 0), (1, 1)), ((1, 0), (0, 1))),
    "Y": (((0, 0), (0.5, 0.5)), ((1, 0), (0.3, 1.1))),
    "Z": (((0.05, 0), (0.95, 0.05), (0.05, 0.95), (0.95, 1)),),
}
