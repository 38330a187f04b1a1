"""A page of a PDF as a reader's eye takes it: rows, cells, boxes, columns, in the order they are read.

pdfplumber gives words, ruled lines, rectangles and curves; here they become lines in reading order.
Lengths are points from the top left.
"""

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import median
from typing import Any

from data.model import Box, Cell, Line, Origin, Picture, PictureForm, Span, Table
from parsers._printed._drawn import box_of, is_frame, scribbles
from parsers._printed._order import Item, by_rows, distinct, in_reading_order
from parsers._printed._round import drawn, is_rounded_frame
from parsers._printed._spaced import closed_up
from parsers._symbols import shown

MAX_STROKES = 4000
"""More lines than that on a page are a drawing, and mark no words."""

WIDE_GAP = 1.7
"""In font sizes: a gap that no word space reaches, also not in justified text."""

APART = 0.75
"""In font sizes: more than one space, as between one option with its cross and the next."""

_TIGHT_PT = 3.5
"""No cell of a table is so narrow around its words; a space less, a highlight is."""

_LEVEL_PT = 1.0
"""What is drawn by one rule lies no farther from one height, half its line included; by hand, frames do."""

_NOTE = 0.75
"""Of the letters before it: a number that calls a footnote is no larger."""

_LARGER = 1.25
"""Letters so much larger than those beside them stand out as bold ones do."""

_OVERLAP = 0.3
"""Of the narrower of two words, how much lies over the other one."""

CROSS_PT = 6.0
"""How far a typed cross reaches to each side, whatever the frame it was typed in."""

THROUGH = (0.35, 0.77)
"""Of a word's height, from its top: a line there strikes it, and one below underlines it.

In ten faces, LibreOffice (whose files tell of no descent) struck at 0.71 to 0.74, Chromium at 0.37 to 0.51;
Chromium underlined from 0.80, LibreOffice from 1.08.
"""

_LOWEST_PT, _FEWEST_BOXES, _LABELLED = 8.0, 2, 0.7
"""Of boxes below each other with labels beside them: how high the lowest is, what is lower being the space
between two; how many there are; and what part of them has a label."""

INDENT = 72.0
"""Points: rows that begin so far from the edge of the page begin in a column of values."""

_TYPED_CROSSES = frozenset("xX×+vV✓✔✗✘")
_CROSSES = _TYPED_CROSSES | frozenset("☒☐☑")
_STRIKING = frozenset("xX×+✗✘")
"""Over one of two words they may choose it or strike it out."""
_NO_UNICODE = re.compile(r"\(cid:\d+\)")
"""How pdfminer writes a glyph that the font gives no character for: in practice, bullets."""
_LEADER = re.compile(r"[._…\u2024\u2025-]{3,}")
_BOLD = re.compile(r"bold|black|heavy|semib|demi|-bd|,bd", re.IGNORECASE)
_ITALIC = re.compile(r"ital|obli", re.IGNORECASE)


@dataclass(slots=True)
class PageReading:
    """What one page gave."""

    number: int
    height: float
    lines: list[Line] = field(default_factory=list)
    pictures: list[Picture] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)


Corners = tuple[float, float, float, float]
"""Left, top, right, bottom."""


@dataclass(frozen=True, slots=True)
class Markup:
    """A mark laid over printed words: around or behind them, or through them."""

    place: Corners
    strikes: bool


def read_page(
    page: Any,
    number: int,
    extras: Sequence[Item],
    tables_before: int,
    inked: Sequence[Picture] = (),
    marked: Sequence[Markup] = (),
) -> PageReading:
    """Lines, pictures and tables of a pdfplumber page; tables are numbered from ``tables_before``.

    ``extras`` are form fields and annotations, ``inked`` and ``marked`` what was drawn over the page: no
    part of its own content.
    """
    words = [_cleaned(word) for word in _words(page)]
    calls = _calls(words)
    notes = _notes_from(words, calls, page.height)
    words = [word for word in words if word not in calls]
    words = _without_leaders_below(extras, words)
    tables, squares, frames = _tables(page, words)
    rounds = drawn(page, words)
    words = [*_cut_at_ends(words, page), *(_box_word(box, chosen) for box, chosen in rounds.buttons)]
    grids = [_Grid(table, tables_before + index, page) for index, table in enumerate(tables)]
    outside = {
        at: item for at, item in enumerate(extras)
        if not any(grid.cell_at((item.x0 + item.x1) / 2, item.middle) for grid in grids)
    }  # fmt: skip
    crossed = _crossed(outside, words)
    struck = [place for at, place in crossed.items() if extras[at].text.strip() in _STRIKING]
    struck += [mark.place for mark in marked if mark.strikes]
    rings = [(box.x0, box.top, box.x1, box.bottom) for box in rounds.rings]
    rings += [mark.place for mark in marked if not mark.strikes]
    marks = _Marks(page, words, [*frames, *rings, *crossed.values()], struck)
    loose: list[Any] = []
    for word in _without_crosses(words, squares):
        grid = next((grid for grid in grids if grid.take(word)), None)
        if grid is None:
            loose.append(word)
    loose += [_ticked(square, page, words) for square in squares if not _holds_word(square, words)]
    items = [_segment_item(segment, number, marks) for segment in _segments(loose, words)]
    rest: list[Item] = []
    for index, extra in enumerate(extras):
        if index not in crossed and not any(grid.take_extra(extra) for grid in grids):
            rest.append(extra)
    items += rest
    items += [item for grid in grids for item in grid.items(number, marks, loose)]
    items = [_as_margin(item) if item.top >= notes else item for item in items]
    ordered = in_reading_order([item for item in items if item.lines], page.width, page.height)
    lines = [replace(line, page=number) for item in ordered for line in item.lines]
    pictures = [*_pictures(page, number, grids, rounds.curves)]
    pictures += [_in_its_cell(picture, grids) for picture in inked]
    return PageReading(number, page.height, lines, pictures, [grid.outline for grid in grids])


def _without_leaders_below(extras: Sequence[Item], words: list[Any]) -> list[Any]:
    """Without the dots or the line on which somebody typed: they would part what was typed from its label."""
    return [
        word for word in words
        if not _LEADER.fullmatch(word["text"])
        or not any(
            extra.top - 2 <= (word["top"] + word["bottom"]) / 2 <= extra.bottom + 2
            and min(extra.x1, word["x1"]) > max(extra.x0, word["x0"])
            for extra in extras
        )
    ]  # fmt: skip


def _crossed(extras: Mapping[int, Item], words: Sequence[Any]) -> dict[int, tuple[float, ...]]:
    """Annotations that are a cross or a tick over a printed number or word, which is framed by them."""
    crosses = {at: extra for at, extra in extras.items() if extra.text.strip() in _CROSSES}
    crossed: dict[int, tuple[float, ...]] = {}
    for at, cross in crosses.items():
        x = min(cross.x0 + CROSS_PT, (cross.x0 + cross.x1) / 2)
        near = [
            word for word in words
            if _is_over(word, x) and cross.top - 2 < (word["top"] + word["bottom"]) / 2 < cross.bottom + 2
        ]  # fmt: skip
        if len(near) == 1:
            crossed[at] = tuple(near[0][side] for side in ("x0", "top", "x1", "bottom"))
    return crossed


def _is_over(word: Any, x: float) -> bool:
    """Whether what is typed there marks a number, to which it stands near enough, or a word, on it."""
    if re.fullmatch(r"\d{1,2}", word["text"]):
        return bool(abs((word["x0"] + word["x1"]) / 2 - x) < CROSS_PT)
    return bool(word["x0"] < x < word["x1"] and re.fullmatch(r"[^\W\d_]{2,}", word["text"]))


# ---------------------------------------------------------------- words


def _words(page: Any) -> list[Any]:
    found: list[Any] = page.extract_words(
        x_tolerance_ratio=0.18,
        y_tolerance=3,
        extra_attrs=["fontname", "size", "non_stroking_color"],
        use_text_flow=False,
        split_at_punctuation="/:?()",  # of « ?:oui/non » one part may be struck out
    )
    return closed_up(found)


def _cleaned(word: Any) -> Any:
    said = _NO_UNICODE.sub("•", word["text"])
    text = shown(said, word["fontname"]) or "•"
    text = unicodedata.normalize("NFC", text.replace("\xa0", " "))
    cut = text.endswith("\xad")
    return {**word, "text": text.replace("\xad", "") + "-" * cut}


def _calls(words: Sequence[Any]) -> list[Any]:
    """The small raised numbers that call a footnote: « brièvement.⁶ » does not end in a number."""
    numbers = [word for word in words if re.fullmatch(r"\d{1,2}", word["text"])]
    return [number for number in numbers if any(_is_called_by(word, number) for word in words)]


def _is_called_by(word: Any, note: Any) -> bool:
    """Whether a number is set right behind a word, small and raised; « m² » is no note."""
    small = note["size"] <= _NOTE * word["size"] and note["bottom"] < word["bottom"] - 1
    level = word["top"] - note["size"] < note["top"] < word["bottom"] - note["size"] / 2
    return bool(small and level and -1 < note["x0"] - word["x1"] < 3 and not word["text"].endswith("m"))


def _notes_from(words: Sequence[Any], calls: Sequence[Any], height: float) -> float:
    """From where down a page holds the footnotes that are called on it: a number begins the row of each."""
    lower = [word for word in words if word["top"] > height / 2 and word not in calls]
    opening = [
        max(
            (word["top"] for word in lower if word["text"] == number and _begins_a_row(word, words)),
            default=None,
        )
        for number in {call["text"] for call in calls}
    ]
    return min((top - 2 for top in opening if top is not None), default=math.inf)


def _begins_a_row(number: Any, words: Sequence[Any]) -> bool:
    """Whether letters follow a number at once, and nothing stands before it."""
    middle = (number["top"] + number["bottom"]) / 2
    row = [word for word in words if word["top"] < middle < word["bottom"] and word is not number]
    first = min(row, key=lambda word: word["x0"], default=None)
    if first is None or first["x0"] < number["x0"]:
        return False
    return bool(first["x0"] - number["x1"] < 8 and re.match(r"[^\W\d_]", first["text"]))


def _as_margin(item: Item) -> Item:
    item.lines = [replace(line, origin=Origin.MARGIN) for line in item.lines]
    return item


def _cut_at_ends(words: Sequence[Any], page: Any) -> list[Any]:
    """Words that a line or a colour covers in part: of « réponseVia » only « réponse » is struck."""
    ends = [
        (side, r["top"], r["bottom"])
        for r in (*page.rects, *page.lines) if r["width"] >= 4 and r["height"] < 30
        for side in (r["x0"], r["x1"])
    ][:MAX_STROKES]  # fmt: skip
    cut: list[Any] = []
    for word in words:
        left, right = word["x0"] + 3, word["x1"] - 3
        middle, reach = (word["top"] + word["bottom"]) / 2, 0.3 * (word["bottom"] - word["top"])
        within = (
            x for x, top, bottom in ends
            if left < x < right and top - reach <= middle <= bottom + reach
        )  # fmt: skip
        at = next(within, None)
        cut += [word] if at is None else _cut(word, at, page)
    return cut


def _cut(word: Any, x: float, page: Any) -> list[Any]:
    chars = [
        c for c in getattr(page, "chars", ())
        if _is_inside(c, (word["x0"], word["top"], word["x1"], word["bottom"])) and c["text"].strip()
    ]  # fmt: skip
    sides = [[c for c in chars if ((c["x0"] + c["x1"]) / 2 < x) is left] for left in (True, False)]
    if not all(sides) or "".join(c["text"] for side in sides for c in side) != word["text"]:
        return [word]
    return [
        {**word, "text": "".join(c["text"] for c in side), "x0": side[0]["x0"], "x1": side[-1]["x1"]}
        for side in sides
    ]


def _rows(words: Iterable[Any]) -> list[list[Any]]:
    """Words by baseline, each row from left to right."""
    rows: list[list[Any]] = []
    for word in sorted(words, key=lambda w: ((w["top"] + w["bottom"]) / 2, w["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        height = word["bottom"] - word["top"]
        if rows:
            last = rows[-1][0]
            if abs((last["top"] + last["bottom"]) / 2 - middle) <= 0.45 * max(
                min(height, last["bottom"] - last["top"]), 4
            ):
                rows[-1].append(word)
                continue
        rows.append([word])
    return [layer for row in rows for layer in _layers(sorted(row, key=lambda w: w["x0"]))]


def _layers(row: list[Any]) -> list[list[Any]]:
    """Words printed over others, in another face or lower, are a row of their own: typed over the form's.

    But not a cross, which marks what it is typed over.
    """
    over = any(
        other["x0"] < word["x1"] - _OVERLAP * min(word["x1"] - word["x0"], other["x1"] - other["x0"])
        and _face(word) != _face(other)
        and not {word["text"], other["text"]} & _CROSSES
        for word, other in pairwise(row)
    )
    faces = dict.fromkeys(map(_face, row)) if over else {}
    return [[word for word in row if _face(word) == face] for face in faces] or [row]


def _face(word: Any) -> tuple[str, float, int]:
    return word["fontname"], round(word["size"], 1), round(word["top"] / 2)


def _segments(words: Iterable[Any], page: Iterable[Any]) -> Iterator[list[Any]]:
    """Rows cut where a gap is wider than any space between words, and where a column of values starts.

    A label that fills its column leaves no wide gap before its value; the values of its neighbours
    tell where the column is.
    """
    rows, all_rows = _rows(words), _rows(page)
    starts = Counter(
        round(word["x0"])
        for row in all_rows
        for before, word in pairwise(row)
        if _is_wide(before, word, WIDE_GAP)
    )
    edge = min((row[0]["x0"] for row in all_rows), default=0.0)
    starts.update(round(row[0]["x0"]) for row in all_rows if row[0]["x0"] > edge + INDENT)
    columns = {x for x, count in starts.items() if count >= 3}
    if any("confidence" in word for row in all_rows for word in row):  # sheets are never quite straight
        columns = {x for x in starts if sum(starts[x + aside] for aside in (-1, 0, 1)) >= 3}
    for row in rows:
        segment: list[Any] = []
        for word in row:
            aligned = round(word["x0"]) in columns
            if segment and _is_wide(segment[-1], word, 0.36 if aligned else WIDE_GAP):
                yield segment
                segment = []
            segment.append(word)
        if segment:
            yield segment


def _is_wide(before: Any, word: Any, sizes: float) -> bool:
    return bool(word["x0"] - before["x1"] > sizes * max(word["size"], 6))


def _segment_item(words: list[Any], page: int, marks: "_Marks") -> Item:
    box = _around(words)
    line = Line(_spans(words, marks), page, box, confidence=_confidence(words))
    return Item(box.x0, box.top, box.x1, box.bottom, [line])


def _confidence(words: Sequence[Any]) -> float:
    """Of a row of recognised words, the longer ones counting more; a printed file's own text is sure."""
    letters = sum(len(word["text"]) for word in words)
    sure = sum(float(word.get("confidence", 1.0)) * len(word["text"]) for word in words)
    return round(sure / letters, 3) if letters else 1.0


def _around(words: Sequence[Any]) -> Box:
    return Box(
        min(w["x0"] for w in words),
        min(w["top"] for w in words),
        max(w["x1"] for w in words),
        max(w["bottom"] for w in words),
    )


def _spans(words: Sequence[Any], marks: "_Marks") -> tuple[Span, ...]:
    """Words of one row as runs of one look; a wide gap becomes a tab."""
    spans: list[Span] = []
    previous = None
    usual = median(word["size"] for word in words) if words else 0.0
    for word in words:
        gap = "" if previous is None else _gap(previous, word)
        look = marks.look(word)
        if "confidence" not in word:  # of what is recognised, sizes are guesses
            look = replace(look, bold=look.bold or word["size"] >= _LARGER * usual)
        if spans and replace(look, text="") == replace(spans[-1], text="") and look.tick is None:
            spans[-1] = replace(spans[-1], text=spans[-1].text + gap + word["text"])
        else:
            if spans and gap:
                spans[-1] = replace(spans[-1], text=spans[-1].text + gap)
            spans.append(look)
        previous = word
    return tuple(spans)


def _gap(before: Any, word: Any) -> str:
    """What stands between two words of a row: nothing where only the look changes within a word."""
    if _is_wide(before, word, WIDE_GAP):
        return "\t"
    if {before["text"], word["text"]} & _TYPED_CROSSES and _is_wide(before, word, APART):
        return "  "  # a cross is of the option that it stands nearer to
    counts = re.fullmatch(r"\W?\d{1,2}[.)]", before["text"])  # a list's own number may touch its text
    return " " if counts or word["x0"] - before["x1"] > 0.1 * max(word["size"], 6) else ""


class _Marks:
    """What is drawn over, through and under the words of a page."""

    def __init__(
        self, page: Any, words: Sequence[Any], frames: Sequence[Any], struck: Sequence[Any] = ()
    ) -> None:
        self._frames = frames
        self._struck = struck
        thin = [r for r in page.rects if r["height"] <= 2 and r["width"] >= 4]
        level = [ln for ln in page.lines if abs(ln["top"] - ln["bottom"]) <= 1 and ln["width"] >= 4]
        self._strokes = [
            (s["x0"], s["x1"], (s["top"] + s["bottom"]) / 2, _fits_words(s, words))
            for s in (*thin, *level)[:MAX_STROKES]
        ]
        shapes = (*page.rects, *_panels(page))
        self._fills = [shape for shape in shapes if shape["height"] > 4 and _is_colour(shape)]

    def look(self, word: Any) -> Span:
        font = word["fontname"]
        height = word["bottom"] - word["top"]
        width = max(word["x1"] - word["x0"], 1)
        strike, underline = any(_is_inside(word, place) for place in self._struck), False
        for x0, x1, y, fits in self._strokes:
            level = (y - word["top"]) / max(height, 1)
            if not THROUGH[0] <= level <= 1.2 or min(x1, word["x1"]) - max(x0, word["x0"]) < 0.6 * width:
                continue
            strike = strike or level <= THROUGH[1]
            underline = underline or (level > THROUGH[1] and fits)
        highlight = any(
            0.6 * height <= f["height"] <= 1.8 * height
            and f["x0"] - 1 <= (word["x0"] + word["x1"]) / 2 <= f["x1"] + 1
            and f["top"] - 1 <= word["top"] + height / 2 <= f["bottom"] + 1
            for f in self._fills
        )
        highlight = highlight or _is_tinted(word.get("non_stroking_color"))
        highlight = highlight or any(_is_inside(word, frame) for frame in self._frames)
        tick = word.get("tick")
        return Span(
            word["text"],
            bool(_BOLD.search(font)),
            bool(_ITALIC.search(font)),
            underline,
            strike,
            highlight,
            tick=tick,
        )


def _fits_words(stroke: Any, words: Sequence[Any]) -> bool:
    """Whether a line under a row begins with one of its words and ends with one, as no ruled line does."""
    y = (stroke["top"] + stroke["bottom"]) / 2
    row = [w for w in words if w["top"] < y <= w["bottom"] + 0.3 * (w["bottom"] - w["top"])]
    return any(abs(w["x0"] - stroke["x0"]) < 5 for w in row) and any(
        abs(w["x1"] - stroke["x1"]) < 5 for w in row
    )


def _is_colour(shape: Any) -> bool:
    """Whether a shape is filled with something that is seen on white paper."""
    if not shape.get("fill"):
        return False
    colour = shape.get("non_stroking_color")
    if colour is None:
        return False
    parts = [
        float(part) for part in (colour if isinstance(colour, (tuple, list)) else (colour,)) if _number(part)
    ]
    if not parts:
        return False
    return max(parts) > 0.03 if len(parts) == 4 else min(parts) < 0.97


def _is_tinted(colour: Any) -> bool:
    """Whether letters are neither black nor grey: a choice marked in red."""
    parts = [float(p) for p in (colour if isinstance(colour, (tuple, list)) else ()) if _number(p)]
    return len(parts) in {3, 4} and max(parts[:3]) - min(parts[:3]) > 0.25


def _number(value: Any) -> bool:
    return isinstance(value, (int, float))


# ---------------------------------------------------------------- tables, boxes, drawn check boxes


def _tables(page: Any, words: Sequence[Any]) -> tuple[list[Any], list[Any], list[Any]]:
    """Ruled tables; small lone squares, which are check boxes; and frames around words of one row."""
    settings = {"snap_tolerance": 3, "join_tolerance": 3, "edge_min_length": 5}
    finder = page.debug_tablefinder(settings | {"explicit_horizontal_lines": _open_ends(page)})
    tables = [
        t for t in finder.tables
        if t.bbox[2] - t.bbox[0] > 8 and t.bbox[3] - t.bbox[1] > 8
        and not (len(t.cells) > 1 and all(_is_tight(cell, words) for cell in t.cells))
    ]  # fmt: skip
    within = {cell for table in finder.tables for cell in table.cells}
    squares, frames = [], []
    for cell in finder.cells:
        width, height = cell[2] - cell[0], cell[3] - cell[1]
        inside = [w for w in words if _is_inside(w, cell)]
        if cell in within:
            continue
        if 4 < width < 17 and 4 < height < 17 and 0.6 < width / height < 1.6 and not _speaks(inside):
            squares.append(cell)
        elif inside and height < 2.2 * (inside[0]["bottom"] - inside[0]["top"]):
            frames.append(cell)
    if not any("confidence" in word for word in words):  # on paper each of these is drawn by a pen
        around = [*frames, *((p["x0"], p["top"], p["x1"], p["bottom"]) for p in _panels(page))]
        frames = [frame for frame in frames if not _is_one_of_a_row(frame, around)]
    return tables, squares, frames


def _panels(page: Any) -> list[Any]:
    """Frames and fills with rounded corners."""
    return [curve for curve in page.curves[:MAX_STROKES] if is_rounded_frame(curve)]


def _is_one_of_a_row(frame: Any, frames: Sequence[Any]) -> bool:
    """Whether the words beside a frame have frames as high at its height: a form's buttons, not a choice."""
    return any(
        abs(other[1] - frame[1]) < _LEVEL_PT and abs(other[3] - frame[3]) < _LEVEL_PT
        and (other[0] >= frame[2] - 1 or other[2] <= frame[0] + 1)
        for other in frames
    )  # fmt: skip


def _is_tight(cell: Any, words: Sequence[Any]) -> bool:
    """Whether a cell is a colour behind words of one row: who highlights rows rules no table."""
    inside = [word for word in words if _is_inside(word, cell)]
    if not inside or cell[3] - cell[1] > 1.8 * (inside[0]["bottom"] - inside[0]["top"]):
        return False
    around = _around(inside)
    return bool(abs(around.x0 - cell[0]) < _TIGHT_PT and abs(around.x1 - cell[2]) < _TIGHT_PT)


def _open_ends(page: Any) -> list[float]:
    """Where columns are cut: browsers rule nothing where a row goes on overleaf, and shade single cells."""
    level = [e for e in page.edges if e["orientation"] == "h" and e["width"] > 4]
    ends: dict[int, list[float]] = {}
    for edge in page.edges:
        if edge["orientation"] == "v" and edge["height"] > 4:
            for side in ("top", "bottom"):
                ends.setdefault(round(edge[side]), []).append(edge["x0"])
    return [
        y for y, columns in ends.items()
        if len(columns) >= 3 and not _is_ruled(columns, [e for e in level if abs(e["top"] - y) < 4])
    ]  # fmt: skip


def _is_ruled(columns: Sequence[float], level: Sequence[Any]) -> bool:
    """Whether a rule meets the first of the columns, and one the last."""
    return all(
        any(edge["x0"] - 3 <= x <= edge["x1"] + 3 for edge in level) for x in (min(columns), max(columns))
    )


def _is_inside(word: Any, cell: Any) -> bool:
    x, y = (word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2
    return bool(cell[0] <= x <= cell[2] and cell[1] <= y <= cell[3])


def _speaks(inside: Sequence[Any]) -> bool:
    """Whether what stands in a square is more than a cross."""
    return any(word["text"] not in _CROSSES for word in inside)


def _holds_word(square: Any, words: Sequence[Any]) -> bool:
    return any(
        square[0] - 1 <= (w["x0"] + w["x1"]) / 2 <= square[2] + 1
        and square[1] - 1 <= (w["top"] + w["bottom"]) / 2 <= square[3] + 1
        and w["text"] in "☐☒☑"
        for w in words
    )


def _without_crosses(words: Sequence[Any], squares: Sequence[Any]) -> list[Any]:
    """Without the letters that tick drawn boxes: the box tells."""
    return [
        word for word in words
        if word["text"] in "☐☒☑" or not any(_is_inside(word, square) for square in squares)
    ]  # fmt: skip


def _ticked(square: Any, page: Any, words: Sequence[Any]) -> Any:
    """A drawn check box as a word: ticked when something stands in it."""
    x0, top, x1, bottom = square
    inside = [
        shape
        for shape in (*page.lines, *page.curves)
        if x0 - 2 <= (shape["x0"] + shape["x1"]) / 2 <= x1 + 2
        and top - 2 <= (shape["top"] + shape["bottom"]) / 2 <= bottom + 2
        and shape["width"] > 2
        and shape["height"] > 2
        and not (shape["width"] > 0.95 * (x1 - x0) and is_frame(shape))
    ]
    filled = any(
        r["x0"] >= x0 - 1 and r["x1"] <= x1 + 1 and r["top"] >= top - 1 and r["bottom"] <= bottom + 1
        and r["width"] > 3 and _is_dark(r)
        for r in page.rects
    )  # fmt: skip
    crossed = any(_is_inside(word, square) for word in words)
    return _box_word(Box(*square), bool(inside) or filled or crossed)


def _box_word(box: Box, tick: bool) -> Any:
    """A drawn box or button as a word."""
    return {
        "text": "☒" if tick else "☐", "tick": tick, "x0": box.x0, "x1": box.x1, "top": box.top,
        "bottom": box.bottom, "size": box.bottom - box.top, "fontname": "",
    }  # fmt: skip


def _is_dark(shape: Any) -> bool:
    colour = shape.get("non_stroking_color")
    parts = [p for p in (colour if isinstance(colour, (tuple, list)) else (colour,)) if _number(p)]
    if not shape.get("fill") or not parts:
        return False
    return bool(max(parts) < 0.5 if len(parts) != 4 else parts[3] > 0.5 or sum(parts) > 1.2)


class _Grid:
    """A ruled table or box, filled with the words that stand in its cells."""

    def __init__(self, table: Any, number: int, page: Any) -> None:
        self.box = Box(*table.bbox)
        self.number = number
        self._lefts = distinct(sorted(cell[0] for cell in table.cells))
        self._tops = distinct(sorted(cell[1] for cell in table.cells))
        self.cells = sorted(table.cells, key=lambda cell: (round(cell[1]), cell[0]))
        self._words: list[list[Any]] = [[] for _ in self.cells]
        self._extras: list[list[Item]] = [[] for _ in self.cells]
        fills = [r for r in page.rects if _is_colour(r) and r["height"] > 4]
        self._shaded = [any(_covers(fill, cell) for fill in fills) for cell in self.cells]

    def _index(self, x: float, y: float) -> int | None:
        """The cell there: of a table within a cell, its own."""
        found = [
            index
            for index, (x0, top, x1, bottom) in enumerate(self.cells)
            if x0 - 0.5 <= x <= x1 + 0.5 and top - 0.5 <= y <= bottom + 0.5
        ]
        return next(
            (i for i in found if not any(_is_around(self.cells[i], self.cells[j]) for j in found)), None
        )

    def take(self, word: Any) -> bool:
        index = self._index((word["x0"] + word["x1"]) / 2, (word["top"] + word["bottom"]) / 2)
        if index is None:
            return False
        self._words[index].append(word)
        return True

    def take_extra(self, item: Item) -> bool:
        index = self._index((item.x0 + item.x1) / 2, item.middle)
        if index is None:
            return False
        self._extras[index].append(item)
        return True

    def cell_at(self, x: float, y: float) -> Cell | None:
        index = self._index(x, y)
        return None if index is None else self._cell(index)

    def _cell(self, index: int) -> Cell:
        x0, top, _, _ = self.cells[index]
        row = max(i for i, y in enumerate(self._tops) if y <= top + 3)
        column = max(i for i, x in enumerate(self._lefts) if x <= x0 + 3)
        return Cell(self.number, row, column, self._shaded[index])

    @property
    def outline(self) -> Table:
        return Table(self.number, (*self._lefts, self.box.x1), len(self._tops))

    def items(self, page: int, marks: _Marks, loose: Sequence[Any]) -> list[Item]:
        """The table at one go; boxes below each other, with labels beside them outside, one by one."""
        if self._are_boxes(loose):
            return [
                Item(x0, top, x1, bottom, self._lines_of(index, page, marks), solid=True)
                for index, (x0, top, x1, bottom) in enumerate(self.cells)
            ]
        return [self._item(page, marks)]

    def _are_boxes(self, loose: Sequence[Any]) -> bool:
        """Whether it is one column, with something to the left of nearly each box, which asks nothing."""
        high = [i for i, (_, top, _, bottom) in enumerate(self.cells) if bottom - top > _LOWEST_PT]
        if len(self._lefts) > 1 or len(high) < _FEWEST_BOXES:
            return False
        left = [(word["top"] + word["bottom"]) / 2 for word in loose if word["x1"] <= self.box.x0 + 1]
        labelled = sum(any(self.cells[i][1] <= y <= self.cells[i][3] for y in left) for i in high)
        asking = sum(bool(self._words[i]) and self._words[i][-1]["text"][-1:] in ":?" for i in high)
        return labelled >= _LABELLED * len(high) and asking < _FEWEST_BOXES

    def _lines_of(self, index: int, page: int, marks: _Marks) -> list[Line]:
        cell = self._cell(index)
        inside = [
            Item(*_corners(row), [self._line(row, page, marks, cell)]) for row in _rows(self._words[index])
        ]
        for extra in self._extras[index]:
            extra.lines = [replace(line, cell=cell) for line in extra.lines]
            inside.append(extra)
        found = [line for part in by_rows(inside) for line in part.lines]
        return [Line((), page, Box(*self.cells[index]), cell)] if not found and cell.shaded else found

    def _item(self, page: int, marks: _Marks) -> Item:
        """The table's lines, row by row, cell by cell."""
        parts: list[tuple[float, list[Line]]] = []
        for index, corners in enumerate(self.cells):
            found = self._lines_of(index, page, marks)
            if any(_is_around(corners, other) for other in self.cells):
                parts += [(line.box.top if line.box else corners[1], [line]) for line in found]
            else:
                parts.append((corners[1], found))
        lines = [line for _, part in sorted(parts, key=lambda part: round(part[0])) for line in part]
        return Item(self.box.x0, self.box.top, self.box.x1, self.box.bottom, lines, solid=True)

    def _line(self, row: Sequence[Any], page: int, marks: _Marks, cell: Cell) -> Line:
        return Line(_spans(row, marks), page, _around(row), cell, confidence=_confidence(row))


def _corners(words: Sequence[Any]) -> tuple[float, float, float, float]:
    box = _around(words)
    return box.x0, box.top, box.x1, box.bottom


def _is_around(outer: Any, inner: Any) -> bool:
    """Whether a cell holds another one, of a table within it."""
    return bool(
        outer != inner
        and outer[0] - 1 <= inner[0] and inner[2] <= outer[2] + 1
        and outer[1] - 1 <= inner[1] and inner[3] <= outer[3] + 1
    )  # fmt: skip


def _covers(fill: Any, cell: Any) -> bool:
    x0, top, x1, bottom = cell
    width = min(fill["x1"], x1) - max(fill["x0"], x0)
    height = min(fill["bottom"], bottom) - max(fill["top"], top)
    return bool(width > 0.7 * (x1 - x0) and height > 0.7 * (bottom - top))


# ---------------------------------------------------------------- pictures


def _pictures(page: Any, number: int, grids: Sequence[_Grid], known: frozenset[int]) -> Iterator[Picture]:
    for image in page.images:
        yield _picture(PictureForm.RASTER, box_of(image), number, grids)
    for box in scribbles(page, known):
        yield _picture(PictureForm.VECTOR, box, number, grids)


def _picture(form: PictureForm, box: Box, page: int, grids: Sequence[_Grid]) -> Picture:
    picture = Picture(form, page, -1, box, None, box.x1 - box.x0, box.bottom - box.top)
    return _in_its_cell(picture, grids)


def _in_its_cell(picture: Picture, grids: Sequence[_Grid]) -> Picture:
    if picture.box is None:
        return picture
    x, y = (picture.box.x0 + picture.box.x1) / 2, (picture.box.top + picture.box.bottom) / 2
    cell = next((cell for grid in grids if (cell := grid.cell_at(x, y)) is not None), None)
    return replace(picture, cell=cell)
