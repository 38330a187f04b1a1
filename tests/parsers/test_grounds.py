"""Rows of shaded cells: as light as paper, so that lines and pen are seen in them."""

import numpy as np
import pytest

from parsers._scanned import _grounds
from parsers._scanned._raster import Raster
from parsers._scanned._recognised import tables
from parsers._scanned._rulings import rulings
from parsers._scanned._upright import Upright

DPI = 150.0


def _page(tone: int, rows: int = 7) -> Upright:
    """Rows of ten cells of one grey, ruled, of which much covers a page."""
    grey = np.full((1200, 1000), 250, np.uint8)
    for row in range(rows):
        top = 80 + 150 * row
        grey[top : top + 42, 100:640] = tone
        grey[top : top + 42, np.add.outer(np.arange(100, 641, 54), np.arange(2)).ravel()] = 30
        for y in (top, top + 40):
            grey[y : y + 2, 100:642] = 30
        grey[top + 15 : top + 27, 120 + 54 * row : 124 + 54 * row] = 30
    return Upright(Raster(np.stack([grey] * 3, axis=2), DPI), grey, DPI, shadowed=False, turned=0)


@pytest.mark.parametrize("tone", [130, 150])
def test_shaded_cells_become_as_light_as_paper(tone: int) -> None:
    """All ten cells of each row are found, and where the shades are; what is printed in them stays dark."""
    page = _page(tone)
    light, shades = _grounds.without_shades(page)
    found = tables(rulings(light.grey, light.black, DPI), DPI)

    assert np.median(light.grey[90:115, 105:150]) > 240
    assert light.grey[100, 122] < 60
    assert len(shades) == 7
    assert [len(each.cells) for each in found] == [10] * 7


def test_a_page_without_shades_is_the_same_page() -> None:
    """Cells as light as paper, and one that somebody filled, are left as they are."""
    page = _page(250)
    page.grey[82:120, 210:260] = 90

    assert _grounds.without_shades(page) == (page, [])
