"""A page that is a picture, read: put right, cleaned on a copy, recognised, laid out as print is."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.errors import Unreadable
from data.model import (
    Box,
    Document,
    FileKind,
    Look,
    Page,
    PageSource,
    Picture,
    UnreadReason,
)
from parsers import _ocr, _reader
from parsers._language import foreign
from parsers._ocr import Word
from parsers._printed._layout import PageReading, read_page
from parsers._scanned import (
    _bare,
    _bars,
    _blots,
    _equal_cells,
    _grounds,
    _ink,
    _instead,
    _marks,
    _namesakes,
    _number_rows,
    _page_pictures,
    _print,
    _prompts,
    _raster,
    _ringed,
    _scale_ends,
    _second_look,
    _upright,
    _weight,
)
from parsers._scanned._bare import Bare
from parsers._scanned._check_boxes import CheckBox
from parsers._scanned._fills import Fill, fills
from parsers._scanned._ground import Cell, Ground
from parsers._scanned._lone_signs import lone_signs
from parsers._scanned._number_rows import NumberRow
from parsers._scanned._penned import OPTIONS
from parsers._scanned._raster import Raster
from parsers._scanned._recognised import RecognisedPage, tables, with_rows, with_statements
from parsers._scanned._rulings import Rulings, Stroke, rulings
from parsers._scanned._upright import Upright

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_BAR_PT = 2.5
"""So wide is a printed bar in the margin at most, its edges on a scan included; and four times as high."""
_UNREADABLE = 0.6
"""A page whose words are less sure may stand on its head."""


def read(content: bytes, kind: FileKind, number: int) -> Document:
    """One page of a file, by its image.

    Raises:
        Unreadable: no language data, no picture in these bytes, or it took too long.
    """
    if reason := _ocr.missing():
        raise Unreadable(UnreadReason.SCAN, f"page numérisée : {reason}")
    raster = _reader.guarded(_raster_of)(content, kind, number)
    try:
        page, reading = recognise(raster, number)
    except _ocr.OcrTimeout as error:
        told = f"la reconnaissance de la page {number} a pris trop de temps"
        raise Unreadable(UnreadReason.TIMED_OUT, told) from error
    lines, pictures = tuple(reading.lines), tuple(reading.pictures)
    return Document(kind, (page,), lines, pictures, tables=tuple(reading.tables))


def _raster_of(content: bytes, kind: FileKind, number: int) -> Raster:
    if kind is FileKind.PDF:
        return _raster.of_pdf(content, number)
    if kind in {FileKind.DOCX, FileKind.ODT}:
        read = _reader.read(content)
        pages = read.pages if isinstance(read, Document) else ()
        return _page_pictures.drawn(content, next((p.sha256 for p in pages if p.number == number), None))
    return _raster.of_picture(content, number)


def recognise(raster: Raster, number: int) -> tuple[Page, PageReading]:
    """What stands on one image.

    Raises:
        OcrTimeout: it took too long.
    """
    seen = _right_way_up(raster)
    page = seen.page
    bare = _bare.without_pen(page, seen.words, seen.drawn, seen.clean)
    found = _places(seen, bare)
    found = _look_again(found, seen, bare)
    found, ink = _beside_print(found, seen, bare, number)
    found, ink = _with_scale(found, ink, seen, number)
    ink = _marks.with_numbers_marked(ink, found.rows, number)
    words = _number_rows.as_printed(found.rows, found.words, page.dpi / 72)  # looks may add some
    rgb = page.raster.rgb if page.is_coloured else None
    faced = _weight.faces(words, bare.clean, rgb, page.dpi / page.raster.dpi)
    around = [_ringed.around(*pair, page.dpi) for pair in found.flat]
    chosen = [
        box for box in (*_rings(ink), *bare.rings, *around, *bare.chosen)
        if not any(_number_rows.holds(row, box.x0, box.top, box.x1, box.bottom) for row in found.rows)
    ]  # fmt: skip
    ruled = with_statements(found.ruled, words, page.dpi)
    ruled = with_rows(ruled, [row.cells for row in found.rows], words, page.dpi)
    shown = RecognisedPage(page, faced, found.drawn, seen.coloured, ruled, chosen)
    reading = read_page(shown, number, (), 0, ink)
    sure = round(_print.mean(found.words), 3)
    return Page(number, PageSource.OCR, shown.width, shown.height, page.turned, sure), reading


@dataclass(frozen=True, slots=True)
class _Seen:
    """A page put right, as it was recognised."""

    page: Upright
    coloured: list[Fill]
    drawn: Rulings
    clean: "NDArray[np.uint8]"
    """The page in grey without what is drawn."""
    words: list[Word]


def _right_way_up(raster: Raster) -> _Seen:
    """A page recognised; turned by half and once more, if little was read and it stands on its head."""
    page = _upright.upright(raster)
    seen = _recognised(page)
    if _print.mean(seen.words) < _UNREADABLE and _upright.stands_on_its_head(page):
        return _recognised(_upright.on_its_head(page))
    return seen


@dataclass(frozen=True, slots=True)
class _Found:
    """What is printed on a page, and the places on it."""

    words: list[Word]
    bullets: set[Word]
    prompts: list[_prompts.Spot]
    drawn: Rulings
    """Without the boxes of rows of numbers, with the lines of a pen through words."""
    flat: list[tuple[Stroke, Stroke]]
    """Rings drawn as two level lines."""
    ruled: list[Any]
    """Tables."""
    rows: list[NumberRow]
    """Of numbers to be marked that have no cells."""
    unread: list[Cell]
    """Cells in which something stands that is no word."""

    @property
    def cells(self) -> list[Cell]:
        return [cell for table in self.ruled for cell in table.cells]


def _places(seen: _Seen, bare: Bare) -> _Found:
    """The words that are print, and the tables, rows of numbers and signs before answers."""
    page, point = seen.page, seen.page.dpi / 72
    bullets = _print.bullets(bare.words)
    asking = _prompts.prompts(bare.words, bare.black, bare.held, point)
    others = [word for word in bare.words if word not in bullets]
    words = _print.legible(_print.without_shade(_prompts.without(others, asking), page.grey.shape))
    ruled = tables(bare.drawn, page.dpi)
    found, in_cells = _number_rows_of(page, bare.clean, words, ruled, bare.drawn.boxes)
    rows = [row for row in found if not row.of_boxes]
    boxes = tuple(box for box in bare.drawn.boxes if not _is_of_a_row(box, rows, page))
    drawn = replace(bare.drawn, boxes=boxes)
    words = _number_rows.parted(in_cells, _number_rows.as_printed(found, words, point), point)
    flat = _ringed.flat_rings(drawn, bare.words)
    level = tuple(stroke for stroke in drawn.level if not any(stroke in pair for pair in flat))
    drawn = replace(drawn, level=(*level, *bare.through))
    return _Found(words, bullets, asking, drawn, flat, ruled, rows, [])


def _look_again(found: _Found, seen: _Seen, bare: Bare) -> _Found:
    """With what is read in cells, and of signs alone on their rows, when each is looked at alone."""
    dpi, point, cells, words = seen.page.dpi, seen.page.dpi / 72, found.cells, found.words
    scale = _equal_cells.scale(cells, words, point)
    again = _second_look.look_again(cells, words, bare.clean, bare.black, dpi)
    words = words + _equal_cells.short(scale, again.words, point)
    others = [cell for cell in cells if scale is None or cell not in scale.cells]
    words = _second_look.read_alone(others, words, bare.clean, dpi)
    signs = lone_signs(words, bare.black, bare.held, point)
    words = words + [sign for sign in signs if not _is_known(sign, words)]
    return replace(found, words=words, unread=again.unread)


def _beside_print(found: _Found, seen: _Seen, bare: Bare, number: int) -> tuple[_Found, list[Picture]]:
    """The ink: what stands on the page and is neither print nor drawn; and words that were taken for it."""
    page, words = seen.page, found.words
    white = replace(page.raster, rgb=_grounds.bleached(page.raster.rgb, seen.coloured))
    signs = [_spot(spot, page) for spot in found.prompts]
    known = [*(_in_points(word, page) for word in (*words, *found.bullets)), *signs]
    drawn_names = _namesakes.in_other_letters(words, bare.clean, page.raster.rgb)
    written = [_in_points(word, page) for word in drawn_names]
    marks = [*bare.rings, *(_in_points(stroke, page) for stroke in bare.through)]
    options = [_in_points(word, page) for word in words if OPTIONS.search(word.text)]
    written += [option for option in options if any(_meet(option, mark) for mark in marks)]
    printed = [_in_points(word, page) for word in _print.printed(words) if word not in drawn_names]
    ink = _ink.find(white, [*printed, *signs], _ruled(page, found.drawn, seen.coloured), number, known)
    dark = [Box(*_area(fill, page)) for fill in seen.coloured if _grounds.is_dark(fill)]
    ink += _blots.blots(dark, printed, number)
    squares = [_in_points(box, page) for box in found.drawn.boxes]
    unread = [each for each in ink if not any(each.box and _meet(each.box, name) for name in written)]
    for picture, passed in list(_second_look.passed_over(unread, words, bare.clean, page.dpi, squares)):
        ink.remove(picture)
        words = _read_anew(words, passed)
    by_hand = list(_second_look.spelled(ink, printed, words, bare.clean, page.dpi))
    ink = [replace(each, look=Look.WRITING) if each in by_hand else each for each in ink]
    said = list(_instead.instead(ink, printed, words, bare.clean, page.dpi))
    ink = [replace(each, look=Look.WRITING, penned=False) if each in said else each for each in ink]
    ink = [each for each in ink if not _is_revision_bar(each, printed)]
    lone = [
        cell for cell in found.unread
        if not any(_marks.is_in(each, cell) for each in ink)
        and not any(_second_look.holds(cell, word, page.dpi) for word in words)
    ]  # fmt: skip
    ink += [_marks.mark(cell, number) for cell in lone]
    lines = [*(each.box for each in ink), *(_in_points(stroke, page) for stroke in found.drawn.level)]
    under = _marks.underlines(lines, words, page.dpi)
    ink = [each for at, each in enumerate(ink) if at not in under]
    drawn = replace(found.drawn, level=(*found.drawn.level, *under.values()))
    words = words + _second_look.look_within(_rings(ink), words, bare.clean, bare.black, page.dpi)
    return replace(found, words=words, drawn=drawn), ink


def _with_scale(found: _Found, ink: list[Picture], seen: _Seen, number: int) -> tuple[_Found, list[Picture]]:
    """The words and the ink, with what is marked in a scale's cells: by ink, ground, shades and lines."""
    page, point = seen.page, seen.page.dpi / 72
    scale = _equal_cells.scale(found.cells, found.words, point)
    if scale is None:
        return found, ink
    lain = _upright.dark(_without(page.grey, found.drawn))  # as it lay there: lines through numbers, too
    ground = Ground(page.raster.rgb, page.raster.dpi / 72)
    shades = [_area(fill, page) for fill in seen.coloured]
    crossed = list(_equal_cells.crosses(scale, found.words, point))
    weighed = _equal_cells.weighed(scale, lain, ground, point, shades, crossed)
    words = _equal_cells.as_printed(scale, found.words, weighed, point)
    words = _scale_ends.without_ends(scale, words, point)
    return replace(found, words=words), _marks.with_marks(ink, scale, weighed, number)


def _number_rows_of(
    page: Upright,
    clean: "NDArray[np.uint8]",
    words: Sequence[Word],
    ruled: Sequence[Any],
    boxes: Sequence[CheckBox],
) -> tuple[list[NumberRow], list[NumberRow]]:
    """Rows of numbers, if they can be told from others like them; and those of which each has a cell."""
    import cv2
    import numpy as np

    height, width = page.grey.shape

    def light() -> "NDArray[np.uint8]":
        return np.asarray(cv2.resize(_raster.darkest(page.raster.rgb), (width, height)), np.uint8)

    found = _number_rows.number_rows(page.held, clean, light, words, boxes, page.dpi / 72)
    own = [cell for table in ruled for cell in table.cells]
    in_cells = [row for row in found if _are_cells(row, own)]
    return [row for row in found if row not in in_cells], in_cells


def _are_cells(row: NumberRow, cells: Sequence[Cell]) -> bool:
    """Whether each number, or nearly, stands in a ruled cell of its own."""
    middles = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in row.boxes]
    around = {
        cell for x, y in middles for cell in cells if cell[0] < x < cell[2] and cell[1] < y < cell[3]
    }  # fmt: skip
    return len(around) >= _equal_cells.FEWEST


def _is_of_a_row(shape: CheckBox, rows: Sequence[NumberRow], page: Upright) -> bool:
    box = _in_points(shape, page)
    return any(_number_rows.holds(row, box.x0, box.top, box.x1, box.bottom) for row in rows)


def _is_revision_bar(picture: Picture, printed: Sequence[Box]) -> bool:
    """Whether it is a bar in the margin, beside rows that were changed: word processors print it."""
    box = picture.box
    if box is None or not printed or box.x1 - box.x0 > _BAR_PT or box.bottom - box.top < 4 * _BAR_PT:
        return False
    return box.x1 < min(word.x0 for word in printed) or box.x0 > max(word.x1 for word in printed)


def _rings(ink: Sequence[Picture]) -> list[Box]:
    return [picture.box for picture in ink if picture.look is Look.RING and picture.box]


def _fills(page: Upright) -> list[Fill]:
    return fills(page.raster.rgb, page.raster.dpi, even_light=not page.shadowed)


def _recognised(page: Upright) -> _Seen:
    """What is drawn, the page without it, and its words: lightened, a line beside a colour would be lost."""
    page, shades = _grounds.without_shades(page)
    grey, bars = _bars.turned_dark(page.grey, page.dpi / 72)
    coloured = _grounds.with_bars(_grounds.with_others(_fills(page), shades), bars, page)
    black = page.black if grey is page.grey else _upright.dark(grey)
    drawn = rulings(grey, black, page.dpi)
    clean = _without(_grounds.lightened(grey, page, coloured), drawn)
    return _Seen(page, coloured, drawn, clean, [_ocr.surer(word) for word in _words(clean, page.dpi)])


def _words(clean: "NDArray[np.uint8]", dpi: float) -> list[Word]:
    """What French data reads; of a page that turns out to be Dutch or English, what theirs does.

    Measured on a page of each at 120 to 300 dpi: French data reads 99.3 to 99.9 % of the letters and is
    less sure of them, their own 99.9 to 100 %; both together cost a sixth more on every page.
    """
    words = _ocr.words(clean, dpi)
    other = _ocr.OTHERS.get(foreign(" ".join(word.text for word in words)) or "")
    return _ocr.words(clean, dpi, other) if other in _ocr.languages() else words


def _without(grey: "NDArray[np.uint8]", drawn: Rulings) -> "NDArray[np.uint8]":
    """The page without what is drawn: lines through and beside letters cost a third of the words."""
    import numpy as np

    clean = grey.copy()
    np.copyto(clean, int(np.percentile(grey[::8, ::8], 70)), where=drawn.mask > 0)
    return clean


def _ruled(page: Upright, drawn: Rulings, coloured: Sequence[Fill]) -> list[Box]:
    """All that is drawn, and the edges of what is coloured, as thin boxes."""
    lines = (*drawn.level, *drawn.upright, *drawn.leaders, *drawn.streaks)
    shapes: tuple[Stroke | CheckBox, ...] = (*lines, *drawn.boxes)
    edges = [
        edge
        for fill in coloured
        for x0, top, x1, bottom in [(fill.x0, fill.top, fill.x1, fill.bottom)]
        for edge in (
            (x0, top, x1, top),
            (x0, bottom, x1, bottom),
            (x0, top, x0, bottom),
            (x1, top, x1, bottom),
        )
    ]
    return [_in_points(each, page) for each in shapes] + [
        page.raster.box(x0 - 2, top - 2, x1 + 2, bottom + 2) for x0, top, x1, bottom in edges
    ]


def _is_known(sign: Word, words: Sequence[Word]) -> bool:
    x, y = (sign.x0 + sign.x1) / 2, (sign.top + sign.bottom) / 2
    return any(word.x0 <= x <= word.x1 and word.top <= y <= word.bottom for word in words)


def _read_anew(words: Sequence[Word], again: Sequence[Word]) -> list[Word]:
    """What was read a second time stands in the place of what was read there first, as a guess."""
    return [*(word for word in words if not _is_known(word, again)), *again]


def _area(fill: Fill, page: Upright) -> Cell:
    scale = 72 / page.raster.dpi
    return fill.x0 * scale, fill.top * scale, fill.x1 * scale, fill.bottom * scale


def _spot(spot: _prompts.Spot, page: Upright) -> Box:
    x, y, width, height = (side * 72 / page.dpi for side in spot)
    return Box(x, y, x + width, y + height)


def _meet(one: Box, other: Box) -> bool:
    return one.x0 < other.x1 and other.x0 < one.x1 and one.top < other.bottom and other.top < one.bottom


def _in_points(shape: Word | Stroke | CheckBox, page: Upright) -> Box:
    scale = 72 / page.dpi
    return Box(shape.x0 * scale, shape.top * scale, shape.x1 * scale, shape.bottom * scale)
