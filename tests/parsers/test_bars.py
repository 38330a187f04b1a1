"""Bars with white letters on a scan."""

import cv2
import numpy as np

from parsers._scanned import _bars

POINT = 200 / 72


def _printed(page: np.ndarray, text: str, at: tuple[int, int], ink: int) -> None:
    cv2.putText(page, text, at, cv2.FONT_HERSHEY_SIMPLEX, 0.9, ink, 2, cv2.LINE_AA)


def _page() -> np.ndarray:
    """Black print on paper and on a dim ground, and white print on a dark bar."""
    page = np.full((900, 1200), 245, np.uint8)
    for row in range(6):
        _printed(page, "Une question, et ce qui y fut dit", (80, 100 + 34 * row), 20)
    cv2.putText(page, "MWMMEM", (700, 350), cv2.FONT_HERSHEY_SIMPLEX, 2.4, 20, 18, cv2.LINE_AA)
    page[400:450, 60:900] = 120
    _printed(page, "Titre imprime sur un fond vert", (80, 435), 20)
    page[500:550, 60:900] = 50
    _printed(page, "Nom de l'entreprise", (80, 535), 250)
    return page


def test_white_letters_on_a_dark_bar_become_black_on_white() -> None:
    """The ground of the bar is as light as paper, its letters as dark as print; all else stays as it is."""
    page = _page()
    plain, ((x0, _, x1, _),) = _bars.turned_dark(page, POINT)
    bar = plain[505:545, 65:895]

    assert np.median(bar) > 240
    assert bar.min() < 30
    assert np.array_equal(plain[:480], page[:480])
    assert page[525, 880] == 50
    assert abs(x0 - 60) < 4
    assert abs(x1 - 900) < 4


def test_a_page_without_bars_is_the_same_page() -> None:
    """Nothing is copied for a page on which there is nothing to turn."""
    page = _page()[:380]

    assert _bars.turned_dark(page, POINT)[0] is page


def test_of_a_small_dark_box_no_frame_is_left() -> None:
    """A number that was chosen is white on dark, as large as its box: around it no line is left."""
    page = np.full((300, 600), 245, np.uint8)
    for left in (130, 272):
        cv2.rectangle(page, (left, 100), (left + 54, 141), 60, 2)
    page[100:142, 201:255] = 30
    _printed(page, "8", (220, 130), 250)
    plain, (bar,) = _bars.turned_dark(page, POINT)

    frame = plain[95:147, 196:260].copy()
    frame[8:-8, 8:-8] = 255
    assert frame.min() > 200
    assert max(abs(side - edge) for side, edge in zip(bar, (201, 100, 255, 142), strict=True)) < 4


def test_a_dark_corner_is_no_bar() -> None:
    """Of a page that is folded or torn there: it has no straight edges, and is left as it is."""
    page = _page()[:380]
    for reach in (40, 90, 150):
        cv2.fillPoly(page, [np.array([[0, 0], [reach, 0], [0, reach]])], 100)

        assert _bars.turned_dark(page, POINT)[0] is page


def test_what_a_pen_hatched_is_no_bar() -> None:
    """Of the gaps between its strokes none is as high as a letter: a cell that was filled stays dark."""
    page = np.full((300, 600), 245, np.uint8)
    page[100:140, 100:250] = 60
    for left in range(110, 245, 12):
        page[115:123, left : left + 4] = 220

    assert _bars.turned_dark(page, POINT)[0] is page
