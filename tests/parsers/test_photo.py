"""A sheet of paper on a photo: cut out of what it lies on, whatever light falls on it."""

from dataclasses import replace
from random import Random

import cv2
import numpy as np
import pytest

from parsers._scanned import _photo
from parsers._scanned._raster import A4_LONG_INCHES, Raster
from tests.corpus.make import scans
from tests.parsers.scans import (
    NEEDS_FRENCH,
    ROWS,
    Pixels,
    a_page,
    as_picture,
    draw_rows,
    drawn,
    photo,
    pixels,
    read,
)


@NEEDS_FRENCH
def test_a_photo_is_flattened() -> None:
    """The sheet is cut out of the table it lies on, and its shadow does not matter."""
    reading = read(as_picture([photo(a_page())], "JPEG"))

    assert [line.text for line in reading.lines] == list(ROWS)


@pytest.mark.parametrize(
    ("seen", "laid_out"), [(300.0, 170.0), (200.0, 170.0), (175.0, 158.0), (100.0, 150.0)]
)
def test_a_sheet_is_laid_out_as_fine_as_it_was_seen(seen: float, laid_out: float) -> None:
    """The table around it takes a part of the dots, and what was enlarged to be looked at shows no more."""
    ground = np.full((2500, 1800, 3), 90, np.uint8)
    ground[200:2312, 150:1643] = 240  # some 180 dots an inch of A4
    (sheet,) = _photo.sheets(Raster(ground, 200.0, seen))
    flat = sheet.raster

    assert abs(flat.dpi - laid_out) < 3
    assert max(flat.rgb.shape) == round(A4_LONG_INCHES * flat.dpi)


FIRST, SECOND = ROWS[:3], ROWS[3:]
"""What two sheets say."""


def _two_sheets(lean: float = 2.0, apart: int = 1200) -> Pixels:
    """Side by side on a table, each leaning its own way, and casting a shadow."""
    picture = np.full((1560, 2400, 3), 70, np.uint8)
    for rows, left, turn in ((FIRST, 60, lean), (SECOND, 60 + apart, -lean / 2)):
        page = pixels(drawn(lambda canvas, said=rows: draw_rows(canvas, said)))[0]
        height, width = page.shape[:2]
        view = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1300 / height)
        view[:, 2] += (left + 480 - width / 2, 780 - height / 2)
        shade = cv2.warpAffine(np.full((height, width), 0.35, np.float32), view, (2400, 1560))
        picture = (picture * (1 - cv2.GaussianBlur(shade, (0, 0), 9))[..., None]).astype(np.uint8)
        cv2.warpAffine(page, view, (2400, 1560), dst=picture, borderMode=cv2.BORDER_TRANSPARENT)
    return picture


@NEEDS_FRENCH
@pytest.mark.parametrize(
    ("apart", "lean"), [(1200, 2.0), (900, 1.0), (880, -1.0)], ids=["a gap", "one on the other", "a wedge"]
)
@pytest.mark.parametrize("quarters", [0, 1, 2, 3])
def test_two_sheets_in_one_picture_are_read_one_after_the_other(
    quarters: int, apart: int, lean: float
) -> None:
    """Whoever photographs two pages at once is told of both, whichever way the telephone was held."""
    picture = np.ascontiguousarray(np.rot90(_two_sheets(lean, apart), quarters))
    reading = read(as_picture([picture], "PNG"))

    assert [line.text for line in reading.lines] == [*FIRST, *SECOND]


@pytest.mark.parametrize("other", ["ground", "a blank light ground"])
@pytest.mark.parametrize("quarters", [0, 1], ids=["side by side", "one over the other"])
def test_beside_a_sheet_that_lies_alone_the_table_is_cut_off(quarters: int, other: str) -> None:
    """What is as large and as light as a sheet, and not written on, is a table."""
    picture = _two_sheets(lean=0.0)
    picture[:, :1220] = 70
    if other != "ground":
        picture[130:1430, 60:1140] = 235
    (found,) = _photo.sheets(Raster(np.ascontiguousarray(np.rot90(picture, quarters)), 180.0))

    assert abs(max(found.raster.rgb.shape) - A4_LONG_INCHES * found.raster.dpi) < 2


@pytest.mark.parametrize("turned", [0, 1], ids=["a wide page", "a high one on its side"])
@pytest.mark.parametrize("across", [True, False], ids=["rows over it", "rows along it"])
def test_a_folded_sheet_is_one(turned: int, across: bool) -> None:
    """Paper is lighter on one side of a fold, as where one sheet lies on another; but it has no margins."""
    page = np.full((1000, 1414, 3), 245, np.uint8)
    for at in range(80, 900, 24):
        page[
            (slice(at, at + 9), slice(80, 1330, None)) if across else (slice(80, 920), slice(at, at + 9))
        ] = 60
    page[:, 707:] = (page[:, 707:] * 0.88).astype(np.uint8)
    picture = np.full((1200, 1640, 3), 70, np.uint8)
    picture[100:1100, 113:1527] = page
    found = _photo.sheets(Raster(np.ascontiguousarray(np.rot90(picture, turned)), 150.0))

    assert len(found) == 1


def _in_the_shade(page: Pixels) -> Pixels:
    """Photographed so that a corner of the sheet is darker than the lit part of the table."""
    seen = photo(page).astype(np.float32)
    height, width = seen.shape[:2]
    near = np.hypot(np.linspace(0, 1, width)[None] - 1, np.linspace(0, 1, height)[:, None])
    return np.asarray(seen * np.clip(0.35 + 0.75 * near, 0.35, 1.0)[..., None], np.uint8)


@NEEDS_FRENCH
def test_a_shadow_on_a_corner_of_the_sheet_cuts_nothing_off() -> None:
    """A hand's shadow makes paper as dark as wood: the sheet is known by its shape."""
    reading = read(as_picture([_in_the_shade(a_page())], "JPEG"))

    assert [line.text for line in reading.lines] == list(ROWS)


@pytest.mark.parametrize("seed", [3, 17, 58, 114, 145])
def test_a_sheet_does_not_end_where_a_shadow_falls(seed: int) -> None:
    """The corners of a sheet in the shade are those that it has in the light."""
    manner = replace(scans.MANNERS["photo"], dpi=50, blur=0)
    sheet = np.full((585, 413, 3), 255, np.uint8)
    shaded, lit = (
        _photo.sheet(Raster(scans.handled(sheet, each, Random(seed)), 50.0))
        for each in (manner, replace(manner, shadow=0.0))
    )

    assert np.abs(shaded - lit).max() < 12


@pytest.mark.parametrize("seed", [22, 52, 54, 146, 200])
def test_a_shadow_bites_no_corner_off_a_sheet(seed: int) -> None:
    """Of the shapes that a sheet has in more or less light, the one counts that ends at edges all along."""
    manner = replace(scans.MANNERS["photo"], dpi=50, blur=0, shadow=0.5)
    paper = np.full((585, 413, 3), 255, np.uint8)
    shaded, lit = (
        _photo.sheet(Raster(scans.handled(paper, each, Random(seed)), 50.0))
        for each in (manner, replace(manner, shadow=0.0))
    )

    assert np.abs(shaded - lit).max() < 6


def _on_a_desk(corners: Pixels, ground: int, tilt: float, apart: int = 14, bold: int = 1) -> Pixels:
    """White paper, with rows of text and two shaded ones, on a desk; the light falls off to one side."""
    seen = np.full((600, 440, 3), ground, np.uint8)
    sheet = np.full((585, 413, 3), 235, np.uint8)
    for row in range(60, 540, apart):
        sheet[row : row + bold, 25:390] = 60
    sheet[150:166, 30:385] = sheet[400:416, 30:385] = 195
    edges = np.array([[0, 0], [413, 0], [413, 585], [0, 585]], np.float32)
    view = cv2.getPerspectiveTransform(edges, corners.astype(np.float32))
    cv2.warpPerspective(sheet, view, (440, 600), dst=seen, borderMode=cv2.BORDER_TRANSPARENT)
    light = 1 - tilt * np.linspace(0, 1, 440)[None] - 0.2 * np.linspace(0, 1, 600)[:, None]
    return np.asarray(seen * light[..., None], np.uint8)


@pytest.mark.parametrize("tilt", [0.0, 0.2, 0.4, 0.6])
@pytest.mark.parametrize("ground", [60, 130, 180, 200])
def test_a_sheet_on_a_light_desk_is_known_by_its_sides(ground: int, tilt: float) -> None:
    """Ground that is brighter in the light than paper in the shade has the same edge all around."""
    corners = np.array([[32, 24], [405, 38], [414, 560], [22, 571]])
    found = _photo.sheet(Raster(_on_a_desk(corners, ground, tilt), 50.0))

    assert found is not None
    assert np.abs(found - corners).max() < 3


@pytest.mark.parametrize(("apart", "bold"), [(14, 1), (14, 5), (8, 4), (6, 3)])
def test_a_sheet_does_not_end_at_a_shaded_row(apart: int, bold: int) -> None:
    """Beyond a shaded row is paper again: of a sheet that goes on below the picture, nothing is lost."""
    corners = np.array([[32, 44], [405, 58], [414, 660], [22, 671]])
    found = _photo.sheet(Raster(_on_a_desk(corners, 60, 0.2, apart, bold), 50.0))

    assert found is None or found[:, 1].max() > 570


def test_lit_ground_beside_a_corner_is_no_part_of_a_sheet() -> None:
    """Where a green cloth is as light as paper in the shade, its darkest channel is not."""
    down, across = np.mgrid[-1:1:585j, -1:1:438j]
    light = 1 + 0.22 * (across - down) - 0.08 * (across**2 + down**2)
    cloth = np.full((585, 438, 3), (70, 128, 75), np.float32)
    corners = np.array([(37, 60), (398, 45), (401, 525), (35, 544)])
    cv2.fillPoly(cloth, [corners], (235, 232, 228))
    seen = np.clip(cloth * light[..., None], 0, 255).astype(np.uint8)

    assert np.abs(_photo.sheet(Raster(seen, 50.0)) - corners).max() < 5


def test_a_shadow_across_a_scan_is_no_edge_of_a_sheet() -> None:
    """Where the page itself fills the picture there is nothing to cut, however dark one half of it is."""
    width = 1240
    light = 1 - 0.55 / (1 + np.exp(-np.linspace(-4, 4, width)))
    page = np.full((1754, width, 3), 240, np.float32) * light[None, :, None]

    assert _photo.sheet(Raster(page.astype(np.uint8), 150.0)) is None
