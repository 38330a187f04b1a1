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
    PictureForm,
    UnreadReason,
)
from parsers import _ocr, _reader
from parsers._language import foreign
from parsers._ocr import Word
from parsers._printed._layout import PageReading, read_page
from parsers._scanned import (
    _bars,
    _blots,
    _covered,
    _equal_cells,
    _ink,
    _number_rows,
    _page_pictures,
    _penned,
    _prompts,
    _raster,
    _ringed,
    _second_look,
    _struck,
    _upright,
    _weight,
)
from parsers._scanned._check_boxes import CheckBox
from parsers._scanned._fills import Fill, fills
from parsers._scanned._lone_signs import lone_signs
from parsers._scanned._number_rows import NumberRow
from parsers._scanned._raster import Raster
from parsers._scanned._recognised import RecognisedPage, tables, with_rows
from parsers._scanned._rulings import Rulings, Stroke, rulings
from parsers._scanned._upright import Upright

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

SURE = 0.5
"""A word less sure than this may be handwriting: it is kept, and its ink is, too."""
PRINTED = 0.7
"""A run as sure as this is print as a whole: names and numbers make single words unsure."""
_WAVES, _AS_PRINT = 3, 0.8
"""So many words in a row, of so many letters at most, are no print unless they are as sure as this."""
_LARGE, _INITIALS = 1.6, 4
"""How many times higher than the words of its page a large one is; and letters of a paraph at most."""
LEGIBLE = 0.45
"""A run of words less sure than this, taken together, is no text."""
NOISE = 0.6
"""Signs without letter or digit, less sure than this, are specks and ends of strokes."""
_SPRAWLING = 1.8
"""In heights of the page's words: so high few lone letters are, but strokes of a pen."""
_SAID, SAID = frozenset("-–—/"), 0.3
"""What people answer with instead of words, and how sure it must be."""
_DRAWN = "<>|\\^~*{}"
"""Signs that nobody prints alone: « >< » is a cross."""
_MARK_PT = 30.0
"""A mark is no larger than this, however high the cell is beside a long statement."""
_BAR_PT = 2.5
"""So wide is a printed bar in the margin at most, its edges on a scan included; and four times as high."""
_DARK = 0.6
"""Of white: darker areas are bars and boxes with light letters."""
_LIGHT = (0.299, 0.587, 0.114)
"""How much red, green and blue have a part in grey."""
_DARKEST, _LIGHTEST = 0.35, 0.75
"""How light a fill is that print is lost on; a lighter one does no harm."""
_BARELY, _LIGHT_LETTERS = 1.15, 0.06
"""Times its own light, and the share of its middle that is lighter where letters are white."""
_BAR = (0.15, 0.15, 0.15)
"""About the colour of a bar with white letters."""
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
    page, coloured = seen.page, seen.coloured
    bare = _without_pen(seen)
    words, drawn, clean, black, held = bare.words, bare.drawn, bare.clean, bare.black, bare.held
    bullets = _bullets(words)
    asking = _prompts.prompts(words, black, held, page.dpi / 72)
    kept = _legible(_prompts.without([word for word in words if word not in bullets], asking))
    ruled = tables(drawn, page.dpi)
    cells = [cell for table in ruled for cell in table.cells]
    found, in_cells = _number_rows_of(page, clean, kept, ruled, drawn.boxes)
    rows = [row for row in found if not row.of_boxes]
    drawn = replace(drawn, boxes=tuple(box for box in drawn.boxes if not _is_of_a_row(box, rows, page)))
    kept = _number_rows.as_printed(found, kept, page.dpi / 72)
    kept = _number_rows.parted(in_cells, kept, page.dpi / 72)
    printed_scale = _equal_cells.scale(cells, kept, page.dpi / 72)
    again = _second_look.look_again(cells, kept, clean, black, page.dpi)
    kept += _equal_cells.short(printed_scale, again.words, page.dpi / 72)
    others = [cell for cell in cells if printed_scale is None or cell not in printed_scale.cells]
    kept = _second_look.read_alone(others, kept, clean, page.dpi)
    kept += [sign for sign in lone_signs(kept, black, held, page.dpi / 72) if not _is_known(sign, kept)]
    signs = [_spot(spot, page) for spot in asking]
    known = [*(_in_points(word, page) for word in (*kept, *bullets)), *signs]
    white = replace(page.raster, rgb=_bleached(page.raster.rgb, coloured))
    flat = _ringed.flat_rings(drawn, words)
    straight = tuple(stroke for stroke in drawn.level if not any(stroke in pair for pair in flat))
    drawn = replace(drawn, level=(*straight, *bare.through))
    printed = _printed(page, kept)
    ink = _ink.find(white, [*printed, *signs], _ruled(page, drawn, coloured), number, known)
    dark = [Box(*_area(fill, page)) for fill in coloured if _is_dark(fill)]
    squares = [_in_points(box, page) for box in drawn.boxes]
    ink += _blots.blots(dark, printed, number)
    for picture, passed in list(_second_look.passed_over(ink, kept, clean, page.dpi, squares)):
        ink.remove(picture)
        kept = _read_anew(kept, passed)
    words_by_hand = list(_second_look.spelled(ink, printed, kept, clean, page.dpi))
    ink = [replace(each, look=Look.WRITING) if each in words_by_hand else each for each in ink]
    ink = [each for each in ink if not _is_revision_bar(each, printed)]
    ink += [_mark(cell, number) for cell in again.unread if not any(_is_in(each, cell) for each in ink)]
    kept += _second_look.look_within(_rings(ink), kept, clean, black, page.dpi)
    if scale := _equal_cells.scale(cells, kept, page.dpi / 72):
        lain = _upright.dark(_without(page.grey, drawn))  # as it lay there: lines through numbers, too
        weighed = _weighed(scale, seen, lain, kept)
        kept = _equal_cells.as_printed(scale, kept, weighed, page.dpi / 72)
        ink = _with_marks(ink, scale, weighed, number)
    ink = _with_numbers_marked(ink, rows, number)
    ruled = with_rows(ruled, [row.cells for row in rows])
    faced = _weight.faces(kept, clean, page.raster.rgb, page.dpi / page.raster.dpi)
    around = [_ringed.around(*pair, page.dpi) for pair in flat]
    chosen = [*_rings(ink), *bare.rings, *around, *bare.chosen]
    shown = RecognisedPage(page, faced, drawn, coloured, ruled, chosen)
    reading = read_page(shown, number, (), 0, ink)
    told = Page(number, PageSource.OCR, shown.width, shown.height, page.turned, round(_mean(kept), 3))
    return told, reading


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
    if _mean(seen.words) < _UNREADABLE and _upright.stands_on_its_head(page):
        return _recognised(_upright.on_its_head(page))
    return seen


@dataclass(frozen=True, slots=True)
class _Bare:
    """A page's print without the marks of a pen on it, and what those say."""

    words: list[Word]
    drawn: Rulings
    """With the boxes that a mark covers."""
    clean: "NDArray[np.uint8]"
    black: "NDArray[np.uint8]"
    held: _upright.Parts
    rings: list[Box]
    chosen: list[Box]
    """Around words that are ticked or crossed."""
    through: list[Stroke]
    """Lines and crosses over words."""


def _without_pen(seen: _Seen) -> _Bare:
    """One kind of mark after the other taken off the page, and what it lay on read again."""
    dpi = seen.page.dpi
    words, inked = _weight.parted(seen.words, seen.clean), _inked(seen.clean)
    written = _upright.dark(seen.page.grey)
    covered = _covered.told_by_fellows(words, seen.drawn.boxes, inked.black, inked.held, written)
    drawn = replace(seen.drawn, boxes=(*seen.drawn.boxes, *covered.boxes))
    ringed = _ringed.without_rings(covered.words, inked.clean, inked.held, drawn.mask, dpi)
    inked = _inked(ringed.clean, inked)
    penned = _penned.without_marks(ringed.words, inked.clean, inked.black, inked.held, dpi)
    inked = _inked(penned.clean, inked)
    lined = _struck.without_lines(penned.words, inked.clean, inked.black, dpi)
    inked = _inked(lined.clean, inked)
    through = [*lined.strokes, *penned.crossed]
    return _Bare(
        lined.words, drawn, inked.clean, inked.black, inked.held, ringed.rings, penned.chosen, through
    )


@dataclass(frozen=True, slots=True)
class _Inked:
    """A page without what is drawn, where something is written on it, and the parts of that."""

    clean: "NDArray[np.uint8]"
    black: "NDArray[np.uint8]"
    held: _upright.Parts


def _inked(clean: "NDArray[np.uint8]", before: _Inked | None = None) -> _Inked:
    """Looked at once: most pages have nothing that is taken off them later."""
    if before is not None and before.clean is clean:
        return before
    black = _upright.dark(clean)
    return _Inked(clean, black, _upright.parts(black))


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

    black = _upright.dark(page.grey)
    found = _number_rows.number_rows(black, clean, light, words, boxes, page.dpi / 72)
    own = [cell for table in ruled for cell in table.cells]
    in_cells = [row for row in found if _are_cells(row, own)]
    return [row for row in found if row not in in_cells], in_cells


def _are_cells(row: NumberRow, cells: Sequence[_equal_cells.Cell]) -> bool:
    """Whether each number, or nearly, stands in a ruled cell of its own."""
    middles = [((box[0] + box[2]) / 2, (box[1] + box[3]) / 2) for box in row.boxes]
    around = {
        cell for x, y in middles for cell in cells if cell[0] < x < cell[2] and cell[1] < y < cell[3]
    }  # fmt: skip
    return len(around) >= _equal_cells.FEWEST


def _is_of_a_row(shape: CheckBox, rows: Sequence[NumberRow], page: Upright) -> bool:
    box = _in_points(shape, page)
    return any(_number_rows.holds(row, box.x0, box.top, box.x1, box.bottom) for row in rows)


def _with_numbers_marked(ink: Sequence[Picture], rows: Sequence[NumberRow], page: int) -> list[Picture]:
    """The ink, with the marks of rows of numbers in the place of what was found there."""
    boxes = [(picture, picture.box) for picture in ink]
    kept = [
        picture for picture, box in boxes
        if not box or not any(_number_rows.holds(row, box.x0, box.top, box.x1, box.bottom) for row in rows)
    ]  # fmt: skip
    for row in rows:
        told, look = (row.marked, Look.MARK) if row.marked else (row.perhaps, Look.TRACE)
        kept += [replace(_mark(row.cells[at], page), look=look) for at in sorted(told)]
    return kept


def _weighed(
    scale: _equal_cells.Scale, seen: _Seen, written: "NDArray[np.uint8]", words: Sequence[Word]
) -> _equal_cells.Weighed:
    """What is marked in a scale's cells: by ink, ground, shades and lines through their numbers."""
    page, point = seen.page, seen.page.dpi / 72
    ground = _equal_cells.Ground(page.raster.rgb, page.raster.dpi / 72)
    shades = [_area(fill, page) for fill in seen.coloured]
    crossed = list(_equal_cells.crosses(scale, words, point))
    return _equal_cells.weighed(scale, written, ground, point, shades, crossed)


def _with_marks(
    ink: Sequence[Picture], scale: _equal_cells.Scale, seen: _equal_cells.Weighed, page: int
) -> list[Picture]:
    """The ink, with the marks of a scale's rows in the place of what was found in its cells.

    In the other rows what was found is print that was not read, where as much stands in the same place of
    other rows; else a trace.
    """
    marked = [row for row in scale.rows if any(cell in seen.marked for cell in row.values())]
    settled = {*seen.plain, *(cell for row in marked for cell in row.values())}
    kept = []
    for picture in ink:
        cell = next((cell for cell in scale.cells if _is_in(picture, cell)), None)
        if cell is None:
            kept.append(picture)
        elif cell not in settled:
            kept.append(replace(picture, look=Look.TRACE))
    doubted = [replace(_mark(cell, page), look=Look.TRACE) for cell in seen.perhaps if cell not in settled]
    return kept + doubted + [_mark(cell, page) for cell in seen.marked]


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


def _with_bars(coloured: Sequence[Fill], bars: Sequence[_bars.Bar], page: Upright) -> list[Fill]:
    """The fills, and the dark bars: in a photo grey may be a shadow; what has white letters is none."""
    told = list(coloured)
    for bar in bars:
        x0, top, x1, bottom = (side * page.raster.dpi / page.dpi for side in bar)
        x, y = (x0 + x1) / 2, (top + bottom) / 2
        if not any(fill.x0 < x < fill.x1 and fill.top < y < fill.bottom for fill in coloured):
            told.append(Fill(x0, top, x1, bottom, _BAR))
    return told


def _recognised(page: Upright) -> _Seen:
    """What is drawn, the page without it, and its words: lightened, a line beside a colour would be lost."""
    grey, bars = _bars.turned_dark(page.grey, page.dpi / 72)
    coloured = _with_bars(_fills(page), bars, page)
    drawn = rulings(grey, _upright.dark(grey), page.dpi)
    clean = _without(_lightened(grey, page, coloured), drawn)
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


def _mean(words: Sequence[Word]) -> float:
    """How sure the words are, the longer ones counting more; 1 where there is none."""
    letters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / letters if letters else 1.0


def _legible(words: Sequence[Word]) -> list[Word]:
    """Without runs of words that are mostly guesses: handwriting, crosses, signatures. Their ink stays."""
    usual = _median_height(words)
    told = [word for word in words if not (_is_noise(word) or _is_sprawling(word, usual))]
    return [word for run in _runs(told) if _mean(run) >= LEGIBLE for word in run]


def _bullets(words: Sequence[Word]) -> set[Word]:
    """Blots to the left of a row, above its foot: read as « e » or « ° », they would join the row."""
    import numpy as np

    long = [(word.x0, word.size, word.baseline) for word in words if len(word.text) > 2]
    x0, size, baseline = np.array(long, np.float64).reshape(-1, 3).T
    short = (word for word in words if len(word.text) <= 2 and not any(map(str.isdigit, word.text)))
    return {
        word
        for word in short
        if (
            (x0 - word.x1 > 0)
            & (x0 - word.x1 < 4 * size)
            & (max(word.x1 - word.x0, word.bottom - word.top) < 0.55 * size)
            & (baseline - 0.75 * size < word.top)
            & (word.bottom < baseline - 0.08 * size)
        ).any()
    }


def _runs(words: Sequence[Word]) -> list[list[Word]]:
    """Words that follow each other on a row."""
    runs: list[list[Word]] = []
    for word in words:
        if runs and _goes_on(runs[-1][-1], word):
            runs[-1].append(word)
        else:
            runs.append([word])
    return runs


def _goes_on(last: Word, word: Word) -> bool:
    level = abs(word.baseline - last.baseline) < 0.4 * last.size
    return level and word.x0 - last.x1 < 2 * last.size


def _is_noise(word: Word) -> bool:
    if any(char.isalnum() for char in word.text):
        return False
    if word.text in _SAID:
        return word.confidence < SAID
    return word.confidence < NOISE or any(char in _DRAWN for char in word.text)


def _is_sprawling(word: Word, usual: float) -> bool:
    """Whether an unsure letter or two are far larger than type: a pen's zigzag was read as « à »."""
    larger = word.bottom - word.top > _SPRAWLING * usual > 0
    return larger and word.confidence < PRINTED and len(word.text) <= _INITIALS and word.text.isalpha()


def _lightened(plain: "NDArray[np.uint8]", page: Upright, coloured: Sequence[Fill]) -> "NDArray[np.uint8]":
    """The grey page with its darker fills as light as paper: print on green is read as well."""
    import numpy as np

    grey, finer = plain, page.dpi / page.raster.dpi
    for fill in coloured:
        light = _lightness(fill)
        area = (
            slice(int(fill.top * finer), int(fill.bottom * finer) + 1),
            slice(int(fill.x0 * finer), int(fill.x1 * finer) + 1),
        )
        if _DARKEST < light < _LIGHTEST and not _has_light_letters(plain[area], 255 * light):
            grey = grey.copy() if grey is plain else grey
            grey[area] = np.minimum(grey[area] / light, 255).astype(np.uint8)
    return grey


def _has_light_letters(area: "NDArray[np.uint8]", light: float) -> bool:
    """Whether more than a little of an area's middle is lighter than its ground; its edges are paper."""
    import numpy as np

    height, width = area.shape
    middle = area[height // 4 : -(height // 4) or None, height // 4 : -(height // 4) or None]
    return width > height and bool(np.mean(middle > _BARELY * light) > _LIGHT_LETTERS)


def _lightness(fill: Fill) -> float:
    return sum(channel * part for channel, part in zip(fill.colour, _LIGHT, strict=True))


def _bleached(rgb: "NDArray[np.uint8]", coloured: Sequence[Fill]) -> "NDArray[np.uint8]":
    """The page with its coloured areas as light as paper: their edges are no ink."""
    import numpy as np

    white = rgb.copy() if coloured else rgb
    for fill in coloured:
        area = slice(int(fill.top), int(fill.bottom) + 1), slice(int(fill.x0), int(fill.x1) + 1)
        if _is_dark(fill):
            white[area] = 255  # a bar with white letters, on which no pen shows: of its grain nothing is left
            continue
        lighter = np.array([1 / max(channel, 0.1) for channel in fill.colour], np.float32)
        white[area] = np.minimum(white[area] * lighter, 255).astype(np.uint8)
    return white


def _is_dark(fill: Fill) -> bool:
    return _lightness(fill) < _DARK


def _printed(page: Upright, words: Sequence[Word]) -> list[Box]:
    """Where print stands: sure words, and unsure ones among them; no large letters that may be drawn."""
    usual = _median_height(words)
    printed = []
    for run in _runs(words):
        if _is_of_waves(run):
            continue
        together, drawn = _mean(run) >= PRINTED, _may_be_drawn(run)
        printed += [
            _in_points(word, page)
            for word in run
            if (together or word.confidence >= SURE)
            and not (drawn and word.bottom - word.top > _LARGE * usual)
        ]
    return printed


def _is_of_waves(run: Sequence[Word]) -> bool:
    """Whether a row of letters is what a pen’s waves were taken for: « / J A NON ON A », none surely."""
    return len(run) >= _WAVES >= max(len(word.text) for word in run) and _mean(run) < _AS_PRINT


def _may_be_drawn(run: Sequence[Word]) -> bool:
    """Whether large letters may be initials, or some of a signature: few of them, or unsure."""
    return sum(len(word.text) for word in run) <= _INITIALS or _mean(run) < PRINTED


def _median_height(words: Sequence[Word]) -> float:
    heights = sorted(word.bottom - word.top for word in words if word.confidence >= PRINTED)
    return heights[len(heights) // 2] if heights else 0.0


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


def _mark(cell: _second_look.Cell, page: int) -> Picture:
    """Something small in a cell that is no word: what, a person must see."""
    box = Box(*cell)
    side = min(box.x1 - box.x0, box.bottom - box.top, _MARK_PT)
    return Picture(PictureForm.INK, page, -1, box, None, side, side, stroke_pt=side, look=Look.MARK)


def _is_in(picture: Picture, cell: _second_look.Cell) -> bool:
    box = picture.box
    if box is None:
        return False
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3]


def _area(fill: Fill, page: Upright) -> _equal_cells.Cell:
    scale = 72 / page.raster.dpi
    return fill.x0 * scale, fill.top * scale, fill.x1 * scale, fill.bottom * scale


def _spot(spot: _prompts.Spot, page: Upright) -> Box:
    x, y, width, height = (side * 72 / page.dpi for side in spot)
    return Box(x, y, x + width, y + height)


def _in_points(shape: Word | Stroke | CheckBox, page: Upright) -> Box:
    scale = 72 / page.dpi
    return Box(shape.x0 * scale, shape.top * scale, shape.x1 * scale, shape.bottom * scale)
