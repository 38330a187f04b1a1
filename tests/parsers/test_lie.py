"""How lines of print lie: paper that bends is laid flat, and paper that does not is left as it is."""

from random import Random

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from parsers._scanned import _lie
from tests.parsers.scans import NEEDS_FRENCH, Pixels, as_pdf, drawn, pixels, read

SAID = "Nous réparons des vélos avec des jeunes du quartier, chaque semaine, dans un atelier."
HIGH, WIDE = 1754, 1240
"""Pixels of A4 at 150 dots an inch."""


def _written(canvas: Canvas) -> None:
    canvas.setFont("Helvetica", 10)
    for row in range(40):
        canvas.drawString(60, 780 - 18 * row, SAID)


def _curled(page: Pixels, by: float, *, more_below: bool = False) -> Pixels:
    """Lines sag to the right, or rise: the more, the farther right, by so many pixels at the edge."""
    high, wide = page.shape[:2]
    across = np.broadcast_to(np.linspace(0, 1, wide, dtype=np.float32), (high, wide))
    down = np.broadcast_to(np.arange(high, dtype=np.float32)[:, None], (high, wide))
    strong = by * (0.4 + 0.6 * down / high) if more_below else by
    columns = np.ascontiguousarray(np.broadcast_to(np.arange(wide, dtype=np.float32), (high, wide)))
    rows = (down - strong * across**2).astype(np.float32)
    return np.asarray(cv2.remap(page, columns, rows, cv2.INTER_LINEAR, borderValue=(255, 255, 255)), np.uint8)


@NEEDS_FRENCH
@pytest.mark.parametrize(("by", "more_below"), [(60, False), (-60, False), (90, True)])
def test_a_page_that_curls_is_read(by: float, more_below: bool) -> None:
    """Each of its lines is one, whole: bent ones would fall into pieces of other lines."""
    page = pixels(drawn(_written, A4), 150)[0]
    reading = read(as_pdf([_curled(page, by, more_below=more_below)], 150))

    assert [line.text for line in reading.lines] == [SAID] * 40


def _letters(bend: float, seed: int) -> NDArray[np.float64]:
    """Boxes of letters on lines that end at the right edge so many pixels lower than straight ones."""
    lot = Random(seed)
    found = []
    for row in range(100, HIGH - 100, 34):
        x = 120.0
        while x < WIDE - 120 - lot.random() * 300:
            high = lot.choice((12, 12, 12, 16, 17))
            hangs = 4 if high == 17 else 0
            sag = bend * ((x - 120) / (WIDE - 240)) ** 2
            found.append((x, row + sag - high + hangs + lot.uniform(-0.5, 0.5), lot.choice((6, 9, 12)), high))
            x += lot.choice((11, 13, 20))
    return np.array(found, np.float64)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("bend", [-70.0, -35.0, 35.0, 70.0])
def test_a_bend_is_found(bend: float, seed: int) -> None:
    """Laid flat, a line is level to two pixels, as far as the shortest of them goes."""
    letters = _letters(bend, seed)
    found = _lie.lie(letters, (HIGH, WIDE))
    assert found is not None
    assert found.bend is not None

    page = np.full((HIGH, WIDE), 255, np.uint8)
    for x in range(140, WIDE - 140, 4):
        sag = bend * ((x - 120) / (WIDE - 240)) ** 2
        page[round(900 + sag), x : x + 4] = 0
    flat = _lie.levelled(page, found)
    rows = [int(np.argmin(flat[:, x])) for x in range(150, WIDE - 350, 40)]

    assert max(rows) - min(rows) <= 4


@pytest.mark.parametrize("seed", range(12))
def test_flat_paper_is_left_flat(seed: int) -> None:
    """However ragged its lines."""
    found = _lie.lie(_letters(0.0, seed), (HIGH, WIDE))

    assert found is None or (found.bend is None and not found.lean)


@pytest.mark.parametrize("rise", [0.0, 1.5, -1.5])
@pytest.mark.parametrize("lean", [-1.5, -0.6, 0.6, 1.5])
def test_margins_that_lean_are_set_upright(lean: float, rise: float) -> None:
    """Columns that go to the right down the page fall into each other: labels would lose their values."""
    letters = _letters(0.0, 1)
    letters[:, 0] += (letters[:, 1] - HIGH / 2) * np.tan(np.radians(lean))
    turn = cv2.getRotationMatrix2D((WIDE / 2, HIGH / 2), rise, 1.0)
    letters[:, :2] = letters[:, :2] @ turn[:, :2].T + turn[:, 2]
    found = _lie.lie(letters, (HIGH, WIDE))
    assert found is not None

    page = np.full((HIGH, WIDE), 255, np.uint8)
    ends = [(300 + (y - HIGH / 2) * np.tan(np.radians(lean)), y) for y in (200, HIGH - 200)]
    start, end = (np.rint(turn @ [*point, 1]).astype(int).tolist() for point in ends)
    cv2.line(page, start, end, 0, 3)
    upright = _lie.levelled(page, found)
    columns = [int(np.argmin(upright[y])) for y in range(300, HIGH - 300, 50)]

    assert max(columns) - min(columns) <= 5
