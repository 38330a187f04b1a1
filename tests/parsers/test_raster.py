"""The image of a page: at which resolution it is looked at, and that no picture is too small to be one."""

import io
from typing import TYPE_CHECKING

import cv2
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.model import Document, FileKind, UnreadReason
from parsers._scanned import _photo, _raster, _scan
from tests.parsers.scans import NEEDS_FRENCH

if TYPE_CHECKING:
    from numpy.typing import NDArray

SIDES = st.sampled_from((1, 2, 3, 5, 9, 16, 33, 64, 100, 150, 300, 700))


def _png(width: int, height: int, dark: tuple[int, int, int, int]) -> bytes:
    pixels = np.full((height, width, 3), 255, np.uint8)
    x0, x1 = sorted(dark[:2])
    top, bottom = sorted(dark[2:])
    pixels[top * height // 9 : bottom * height // 9, x0 * width // 9 : x1 * width // 9] = 40
    kept = io.BytesIO()
    Image.fromarray(pixels).save(kept, "PNG")
    return kept.getvalue()


@NEEDS_FRENCH
@settings(deadline=None, max_examples=40)
@given(width=SIDES, height=SIDES, dark=st.tuples(*[st.integers(0, 9)] * 4))
def test_a_logo_a_line_and_a_dot_are_read(width: int, height: int, dark: tuple[int, int, int, int]) -> None:
    """Mails are full of them: none is a damaged file, and none a page on which something failed."""
    reading = parsers.recognise(_png(width, height, dark), 1)

    assert isinstance(reading, Document), reading


@NEEDS_FRENCH
def test_what_fails_once_there_is_a_picture_is_no_damage(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody is told that a file is damaged because we stumbled over it; it is read again another day."""

    def stumble(*_: object) -> None:
        raise IndexError("index 7 is out of bounds")

    monkeypatch.setattr(_scan, "recognise", stumble)

    found = parsers.recognise(_png(300, 300, (0, 0, 0, 0)), 1)
    cut = parsers.recognise(_png(300, 300, (0, 0, 0, 0))[:60], 1)

    assert not isinstance(found, Document)
    assert not isinstance(cut, Document)
    assert (found.reason, found.detail) == (UnreadReason.CRASHED, "la lecture a échoué (IndexError)")
    assert (cut.kind, cut.reason) == (FileKind.PNG, UnreadReason.CORRUPT)


@settings(deadline=None)
@given(
    arrays(np.uint8, st.tuples(*[st.integers(1, 12)] * 2), elements=st.sampled_from((0, 255))),
)
def test_parts_are_measured_as_opencv_measures_them(black: "NDArray[np.uint8]") -> None:
    """OpenCV's own measures, which take twice as long: a part reaches its edges, or holds another."""
    labels, stats = _raster.components(black)

    count, known, measured, _ = cv2.connectedComponentsWithStats(black, connectivity=8)
    assert len(stats) == count
    whose = {int(known[at]): int(labels[at]) for at in np.ndindex(black.shape)}
    assert all(labels[at] == whose[int(known[at])] for at in np.ndindex(black.shape))
    for own, theirs in whose.items():
        if own:
            assert stats[theirs].tolist() == measured[own].tolist()


@pytest.mark.parametrize(("render_mode", "dpi"), [(0, _raster.FINE_DPI), (3, 150)])
def test_letters_are_drawn_as_fine_as_they_are(render_mode: int, dpi: float) -> None:
    """Beside a coarse picture they are drawn finely; unseen under a scan of 100 they count for nothing."""
    kept = io.BytesIO()
    canvas = Canvas(kept, (595, 842))
    canvas.drawImage(ImageReader(Image.new("L", (826, 1169), 255)), 0, 0, 595, 842)
    text = canvas.beginText(60, 700)
    text.setTextRenderMode(render_mode)
    text.textLine("Nom de la structure")
    canvas.drawText(text)
    canvas.save()

    assert _raster.of_pdf(kept.getvalue(), 1).dpi == pytest.approx(dpi, abs=1)


@pytest.mark.parametrize(
    ("ink", "across", "dpi"),
    [
        ((413, 584), 1.0, _raster.FINE_DPI),
        ((1240, 877), 0.5, _raster.FINE_DPI),
        ((310, 44), 0.1, 112),
    ],
    ids=["through a mask", "a finer part", "a logo"],
)
def test_ink_over_a_coarse_picture_of_the_paper_is_drawn_finely(
    ink: tuple[int, int], across: float, dpi: float
) -> None:
    """A copier's small file: paper at 75 dots an inch, what is printed on it in layers of their own."""
    kept = io.BytesIO()
    canvas = Canvas(kept, (595, 842))
    canvas.drawImage(ImageReader(Image.new("L", (620, 877), 255)), 0, 0, 595, 842)
    canvas.drawImage(ImageReader(Image.new("L", ink, 0)), 0, 0, 595 * across, 842 * across * across)
    canvas.save()

    assert _raster.of_pdf(kept.getvalue(), 1).dpi == pytest.approx(dpi, abs=1)


@pytest.mark.parametrize(
    ("size", "held", "dpi"),
    [((4000, 3000), 1, 283), ((3000, 4000), 1, 200), ((3000, 4000), 6, 283), ((2000, 1500), 1, 200)],
)
def test_a_wide_photo_is_kept_fine_enough_for_two_pages(size: tuple[int, int], held: int, dpi: float) -> None:
    """A page is half of it then; where it shows one, that is looked at as any other is."""
    kept, exif = io.BytesIO(), Image.Exif()
    exif[0x0112] = held
    Image.new("RGB", size, "white").save(kept, "JPEG", exif=exif)
    raster = _raster.of_picture(kept.getvalue(), 1)

    assert raster.dpi == pytest.approx(dpi, abs=1)
    assert _photo.sheets(raster)[0].raster.dpi <= _raster.FINE_DPI
