"""Ink on the image of a page that is no print: signatures, paraphs, crosses, stamps, words by hand.

Of all that is ink (`_inked`), what is printed is left out: dots and dirt by size, words by the boxes of
those that were read. What is left is grouped by nearness and measured in millimetres: length of strokes
(half the outline of their components), the largest component, the spread, the regularity of the heights.
A signature is long, has one large component and spreads; a stamp is many small ones alike, in a frame or
in rows; words by hand are small ones in a row; a cross is short. The first rule is the research's: strokes
of 18 mm or more, a component of 6.5 mm or more, a spread of 9 × 3 mm. The numbers below were set on the
pages of `tests/corpus/make/signing.py` (`make accuracy-ink`).
"""

import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from data.model import Box, Look, Picture, PictureForm
from parsers._scanned import _inked, _lettering, _shapes, _stamps, _tint, _two_inks
from parsers._scanned._inked import DPI, MM
from parsers._scanned._raster import Raster, components
from parsers._scanned._shapes import RIM_MM

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Grey = NDArray[np.uint8]

CUTOUT_PX = 480
"""Longest side of a cut-out."""

_SPECK_MM = 1.0
_NEAR_MM = (3.6, 2.6)
"""Across and down: what is nearer belongs together."""
_STROKE_MM, _LARGEST_MM, _WIDE_MM, _HIGH_MM = 18.0, 6.5, 9.0, 3.0
_TALL_MM, _TALL = 4.5, 1.7
"""Of a paraph that is higher than wide: its width, and its strokes, of its diagonal: a tick's are 1.3."""
_WOUND_MM, _WOUND = 24.0, 2.2
"""Of a small signature, its strokes at least: in all, and of its diagonal."""
_PARAPH_MM = 4.5
"""Of a pasted paraph, corner to corner, at least: what is smaller is a letter or a speck."""
_LEAST_STROKE_MM, _LEAST_TRACE_MM = 6.0, 2.2
_ARC_MM = 9.0
"""Of a piece of a stamp's rim, the length."""
_SAME_MIDDLE_MM = 5.0
"""How far apart the middles are, at most, that pieces of one rim go around."""
_FLAT_MM, _RUNS_ON_MM = 5.6, 25.0
"""What is lower than this is a signature only where one line runs on: it may be a word that was not read."""
_LETTER_MM, _LETTERING_MM = 5.5, 50.0
_ROW_MM, _SCRIPT_MM = 12.0, 11.0
"""Higher than this no row of letters is, of type or of joined cursive type."""
_ROW_OF_WORDS = 3
"""Words on one row, at least, that are print however high it is."""
_FEWEST_LETTERS = 6
"""Pieces of letters on a line."""
_BELOW = 0.2
"""Of a stamp's letters, how many stand below others: measured 0.28 and more; of a name in one row, 0.13 at
most."""
_PITCHES, _DENSE, _LONG, _FEWEST_PIECES = (0.3, 0.4), 2.5, 3.0, 3
"""Widths of a step of the pen, of the height: less than the one letters have, more than the other a
hand's lines. And of letters, how long their strokes are of the width, how long the row is of the height,
and in how many pieces it stands.
"""
_BROAD, _BROAD_MM, _SWEEP = 2.2, 8.0, 0.7
"""How wide a piece is, of its height, that no letter is; and how much of all strokes are such pieces'."""
_SOLID_MM = 2.2
_BROAD_LINE, _FILLED = 0.1, 0.2
"""Of the size of a picture: lines on the average, and the broadest place, that no pen draws."""
_STAMP_MM = 7.0
"""Lower than this no stamp is."""
_WORD_MM = 7.0
_READ = 0.7
"""Share of a component within the boxes of words at which it is one of their letters."""
_WORDY = 1.3
"""Of letters run together, how long their strokes are of the width; an underline's are 1."""
_MOST_GROUPS = 60


@dataclass(frozen=True, slots=True)
class _Part:
    """One component: its number, its box and area in pixels, the length of its strokes in millimetres."""

    label: int
    x: int
    y: int
    w: int
    h: int
    area: int
    stroke: float = 0.0
    frame: bool = False
    crossed: float = 0.0
    """How much of it lies on the diagonals of its box."""
    ring: bool = False
    """Whether it goes around its middle."""
    around: tuple[float, float] | None = None
    """The middle, in millimetres, of the circle that all of it lies on: as a stamp's rim does, or a piece."""
    corner: bool = False
    """Whether it is one straight line, or two that meet: a piece of a frame."""

    @property
    def size(self) -> float:
        return max(self.w, self.h) / MM


def find(
    raster: Raster,
    printed: Sequence[Box],
    rules: Sequence[Box],
    page: int,
    known: Sequence[Box] = (),
    tallest: float = _WORD_MM,
) -> list[Picture]:
    """What a hand or a stamp left on a page.

    Args:
        printed: words that were read with confidence, in points.
        rules: ruled lines and check boxes, in points, where they are known; other lines are found here.
        known: all that was read, less surely too: what lies there leaves no trace.
        tallest: in millimetres, of what may be print: a paraph may have been read as two capitals. A whole
            row of words may be higher, where it lies askew on a photo.
    """
    small = _inked.at_scale(raster)
    inked = _inked.inked_on_page(small)
    mask = _inked.without_rules(inked, rules)
    parts, labels = _parts(mask)
    rows = Counter((box.top, box.bottom) for box in printed)
    words = [
        box for box in printed
        if box.bottom - box.top <= tallest * 72 / 25.4 or rows[box.top, box.bottom] >= _ROW_OF_WORDS
    ]  # fmt: skip
    parts = _without_print(mask, parts, labels, (*words, *filter(_is_check_box, rules)))
    found = []
    for group in _groups(labels, parts):
        look, leans = _look(group, labels, inked), _leans(group, labels)
        if look is Look.HAND and _is_in_two_inks(small, group, labels):
            look = Look.STAMP
        picture = _picture(small, group, look, page, known, leans=leans)
        if picture is not None:
            found.append(picture)
    most = sorted(found, key=lambda p: -(p.stroke_pt or 0.0))[:_MOST_GROUPS]
    return sorted(most, key=lambda p: (p.box.top, p.box.x0) if p.box else (0.0, 0.0))


def _is_check_box(rule: Box) -> bool:
    return 2 * MM < min(rule.x1 - rule.x0, rule.bottom - rule.top) * DPI / 72 < _WORD_MM * MM


def look_at(rgb: "NDArray[np.uint8]", width_pt: float | None) -> tuple[Look, float]:
    """What a picture in a file looks like, shown so wide, and the length of its strokes in points."""
    if min(rgb.shape[:2]) < 4:
        return Look.EMPTY, 0.0
    wide = min(max(width_pt or rgb.shape[1] * 72 / 150, 8.0), 595.0)
    small = _inked.at_scale(Raster(rgb, rgb.shape[1] * 72 / wide))
    inked = _inked.inked(_inked.framed(small))
    mask = _inked.without_rules(inked, ())
    parts, labels = _parts(mask, edges=False)
    parts = _without_print(mask, parts, labels, ())
    if not parts:
        return (Look.PRINT, 0.0) if float(mask.mean()) > 100 else (Look.EMPTY, 0.0)
    measured = _Group(tuple(parts))
    is_row = measured.spread[0] >= _LONG * measured.spread[1]
    is_type = is_row and not _tint.is_coloured(small) and _lettering.is_type(_drawn(measured, labels))
    if mask.mean() > 64 or _is_solid(measured, labels) or is_type:
        return Look.PRINT, measured.stroke * 72 / 25.4
    if measured.thick > _SOLID_MM:  # a small signature, shown large: its lines grew with it
        return look_at(rgb, wide / 2)
    look = _look(measured, labels, inked) or Look.MARK
    if look is Look.HAND and _is_in_two_inks(_inked.framed(small), measured, labels):
        look = Look.STAMP
    if look is Look.MARK and measured.is_paraph:  # shown small, as initials are
        look = Look.HAND
    return look, measured.stroke * 72 / 25.4


def cut_out(rgb: "NDArray[np.uint8]") -> bytes:
    """A small PNG of a piece of a page."""
    import cv2

    longest = max(rgb.shape[:2])
    if longest > CUTOUT_PX:
        scale = CUTOUT_PX / longest
        size = (max(1, round(rgb.shape[1] * scale)), max(1, round(rgb.shape[0] * scale)))
        rgb = cv2.resize(rgb, size, interpolation=cv2.INTER_AREA)  # type: ignore[assignment] # cv2's wide types
    good, packed = cv2.imencode(".png", rgb[..., ::-1] | 0x0F, [cv2.IMWRITE_PNG_COMPRESSION, 5])
    return packed.tobytes() if good else b""


# ---------------------------------------------------------------- components


def _parts(mask: "Grey", edges: bool = True) -> tuple[list[_Part], Any]:
    """Components that are neither dirt, dots, nor the dark edge of a scan."""
    import numpy as np

    labels, stats = components(mask)
    x, y, wide, high, _ = stats.T
    kept = np.maximum(wide, high) >= _SPECK_MM * MM
    kept &= (high >= 1.2 * MM) | (wide <= 8 * high)  # else dots or dashes run together
    if edges:
        kept &= ~_are_edges(x, y, wide, high, mask.shape)
    kept[0] = False
    return [_Part(label, *stats[label].tolist()) for label in np.flatnonzero(kept).tolist()], labels


def _are_edges(x: Any, y: Any, w: Any, h: Any, shape: tuple[int, ...]) -> Any:
    import numpy as np

    near = round(1.5 * MM)
    touches = (x <= near) | (y <= near) | (x + w >= shape[1] - near) | (y + h >= shape[0] - near)
    return touches & ((w > 0.3 * shape[1]) | (h > 0.3 * shape[0]) | (np.minimum(w, h) < 2 * MM))


def _without_print(mask: "Grey", parts: Sequence[_Part], labels: Any, printed: Sequence[Box]) -> list[_Part]:
    """Components that are no letters of a word that was read; of those that cross one, what is outside."""
    import cv2
    import numpy as np

    words = np.zeros_like(mask)
    sides = np.array([(b.top - 1, b.bottom + 1, b.x0 - 1, b.x1 + 1) for b in printed]).reshape(-1, 4)
    for top, bottom, x0, x1 in np.maximum(np.rint(sides * DPI / 72), 0).astype(int).tolist():
        words[top:bottom, x0:x1] = 255
    read = np.bincount(labels[words > 0], minlength=int(labels.max()) + 1)
    kept = []
    for part in parts:
        if read[part.label] > _READ * part.area:
            continue
        window = (slice(part.y, part.y + part.h), slice(part.x, part.x + part.w))
        shape = np.where(labels[window] == part.label, np.uint8(255), np.uint8(0))
        outline, _ = cv2.findContours(shape & ~words[window], cv2.RETR_CCOMP, cv2.CHAIN_APPROX_NONE)
        stroke = sum(cv2.arcLength(line, True) for line in outline) / 2 / MM
        if _shapes.is_straight(shape):
            continue  # a fold, or a rule that was broken
        frame, crossed = _shapes.frame_and_cross(shape)
        corner = part.size >= _LARGEST_MM and _shapes.is_corner(shape)
        middle = _shapes.middle_of_arc(shape) if part.size >= _ARC_MM else None
        around = (part.x / MM + middle[0], part.y / MM + middle[1]) if middle else None
        told = replace(part, stroke=stroke, frame=frame, crossed=crossed, around=around, corner=corner)
        kept.append(replace(told, ring=_shapes.goes_around(shape)))
    return kept


def _groups(labels: Any, parts: Sequence[_Part]) -> Iterator["_Group"]:
    """Components that lie near each other."""
    import cv2
    import numpy as np

    if not parts:
        return
    chosen = np.zeros(int(labels.max()) + 1, np.uint8)
    chosen[[part.label for part in parts]] = 255
    reach = np.ones((round(_NEAR_MM[1] * MM), round(_NEAR_MM[0] * MM)), np.uint8)
    _, areas = cv2.connectedComponents(cv2.dilate(chosen.take(labels), reach), connectivity=8)
    groups: dict[int, list[_Part]] = {}
    for part in parts:
        row = labels[part.y, part.x : part.x + part.w]
        at = part.x + int(np.argmax(row == part.label))
        groups.setdefault(int(areas[part.y, at]), []).append(part)
    yield from (_Group(tuple(group)) for group in groups.values())


# ---------------------------------------------------------------- what it looks like


@dataclass(frozen=True, slots=True)
class _Group:
    """Components that belong together, and their measures in millimetres."""

    parts: Sequence[_Part]

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom, in pixels."""
        return (
            min(p.x for p in self.parts),
            min(p.y for p in self.parts),
            max(p.x + p.w for p in self.parts),
            max(p.y + p.h for p in self.parts),
        )

    @property
    def spread(self) -> tuple[float, float]:
        x0, top, x1, bottom = self.box
        return (x1 - x0) / MM, (bottom - top) / MM

    @property
    def stroke(self) -> float:
        return sum(part.stroke for part in self.parts)

    @property
    def thick(self) -> float:
        """Mean width of the lines."""
        return sum(part.area for part in self.parts) / MM**2 / max(self.stroke, 0.1)

    def look(self) -> Look | None:
        """What it looks like; None for a rest that is nothing."""
        wide, high = self.spread
        if self.stroke < _LEAST_STROKE_MM:
            return None
        if self.thick > _SOLID_MM:
            return Look.PRINT
        if self._is_ring():
            return Look.RING
        if self._is_stamp():
            return Look.STAMP
        if not (self.is_large or self._is_wound):
            return Look.WRITING if len(self._small) >= 4 else Look.MARK
        if self._is_cross() or self._is_ruled():
            return Look.MARK
        runs_on = wide >= _RUNS_ON_MM and max(part.size for part in self.parts) >= 0.6 * wide
        if self._is_writing() or (high < _FLAT_MM and not runs_on):
            return Look.WRITING
        return Look.HAND

    @property
    def is_large(self) -> bool:
        """Whether it is as long, and as wide, as a signature is at least."""
        wide, high = self.spread
        wide_enough = wide >= _WIDE_MM and high >= _HIGH_MM
        is_tall = high >= _WIDE_MM and wide >= _TALL_MM and self.stroke > _TALL * math.hypot(wide, high)
        return (
            (wide_enough or is_tall)
            and self.stroke >= _STROKE_MM
            and max(p.size for p in self.parts) >= _LARGEST_MM
        )

    @property
    def _is_wound(self) -> bool:
        """Whether it is a small signature, too narrow for a large one: its lines turn again and again.

        Measured: crosses have at most 1.8 times their diagonal, and words of small print are lower.
        """
        wide, high = self.spread
        long = self.stroke >= max(_WOUND_MM, _WOUND * math.hypot(wide, high))
        return long and wide >= _FLAT_MM and high >= _FLAT_MM

    @property
    def is_paraph(self) -> bool:
        """Whether its lines turn more often than a tick's or a dash's do, and are no cross: at whatever size.

        Measured as pictures shown 4 to 25 mm large: ticks and pluses have at most 1.5 times their diagonal,
        crosses up to 2; of 180 initials, drawn and shown in three sizes, nine in ten have 1.95 and more.
        """
        across = math.hypot(*self.spread)
        corners = any(part.corner for part in self.parts if part.size >= 0.5 * across)
        return across >= _PARAPH_MM and self.stroke > _TALL * across and not self._is_cross() and not corners

    @property
    def _small(self) -> list[_Part]:
        """Components as high as letters: of type, of a stamp, or written."""
        return [part for part in self.parts if 1.2 * MM <= part.h <= _LETTER_MM * MM]

    def _is_stamp(self) -> bool:
        """Rows of small letters, in a frame or not, and no line of a pen among them."""
        small = self._small
        if self._has_rim():
            return True
        frames = [
            part for part in self.parts if part.frame and _holds(part, small) >= max(3, 0.4 * len(small))
        ]
        if len(small) < (4 if frames else 8) or sum(p.stroke for p in small) < _LETTERING_MM:
            return False
        if not _are_in_rows(small):
            return False
        rest = (p for p in self.parts if p not in frames and p not in small and not p.corner)
        return sum(part.stroke for part in rest) < _STROKE_MM

    def _has_rim(self) -> bool:
        """Mostly the rim of a round stamp, whose letters were too pale to be seen."""
        if min(self.spread) < RIM_MM:
            return False
        rim = [part for part in self.parts if part.frame or self._is_on_the_rim(part)]
        rest = sum(p.stroke for p in self.parts if p not in rim and p.h > _LETTER_MM * MM)
        is_most = sum(part.stroke for part in rim) > 0.5 * self.stroke
        return is_most and rest < max(_STROKE_MM, 0.12 * self.stroke)

    def _is_on_the_rim(self, part: _Part) -> bool:
        """Whether it goes around the same middle as the longest arc: those of a hand have each their own."""
        arcs = [each for each in self.parts if each.around]
        longest = max(arcs, key=lambda each: each.stroke, default=None)
        if longest is None or part.around is None or longest.around is None:
            return False
        return math.dist(part.around, longest.around) < _SAME_MIDDLE_MM

    def _is_ring(self) -> bool:
        """One line around something, and hardly anything else; no signature with a line around it."""
        largest = max(self.parts, key=lambda part: part.stroke)
        rest = tuple(part for part in self.parts if part is not largest)
        is_most = largest.ring and largest.stroke > 0.6 * self.stroke
        return is_most and not (rest and _Group(rest).is_large)

    def trace(self, known: Sequence[Box]) -> float:
        """How long its strokes are that lie outside of all that was read, in millimetres."""
        scale = 72 / DPI
        middles = [
            (part, (part.x + part.w / 2) * scale, (part.y + part.h / 2) * scale) for part in self.parts
        ]
        return sum(
            part.stroke
            for part, x, y in middles
            if not any(b.x0 - 2 <= x <= b.x1 + 2 and b.top - 2 <= y <= b.bottom + 2 for b in known)
        )

    def _is_cross(self) -> bool:
        """One or two strokes that lie on the diagonals of their box."""
        largest = max(self.parts, key=lambda part: part.stroke)
        return largest.crossed > 0.85 and self.stroke < 2.6 * math.hypot(*self.spread)

    def _is_ruled(self) -> bool:
        """Straight lines, alone or meeting squarely, and less beside them than a signature has at least."""
        rest = (part for part in self.parts if not part.corner)
        return all(part.corner for part in self.parts if part.size >= _LARGEST_MM) and (
            sum(part.stroke for part in rest) < _STROKE_MM
        )

    def _is_writing(self) -> bool:
        """Small ones in a row, and hardly anything else."""
        small = self._small
        narrow = [part for part in small if part.w <= 9 * MM]
        return (
            len(narrow) >= 4 and sum(p.stroke for p in small) >= 0.75 * self.stroke and self.spread[1] <= 10
        )

    @property
    def is_rows(self) -> bool:
        """Words run together, no higher than letters, in rows: of a stamp, what was not read."""
        words = [part for part in self.parts if part.stroke > _WORDY * part.w / MM]
        if any(part.h > _LETTER_MM * MM for part in self.parts):
            return False
        tops = sorted(words, key=lambda part: part.y)
        return any(
            sum(p.stroke for p in tops[:cut]) > _WIDE_MM < sum(p.stroke for p in tops[cut:])
            and max(p.y + p.h / 2 for p in tops[:cut]) < min(p.y for p in tops[cut:])
            for cut in range(1, len(tops))
        )


def _are_in_rows(letters: Sequence[_Part]) -> bool:
    """Whether letters stand below each other: of a name on one line, set apart, only a few touch two rows."""
    narrow = [part for part in letters if part.w <= _LETTER_MM * 2 * MM]
    below = sum(any(_is_right_below(lower, upper) for upper in narrow) for lower in narrow)
    return below >= _BELOW * len(narrow) > 0


def _is_right_below(lower: _Part, upper: _Part) -> bool:
    shared = min(lower.x + lower.w, upper.x + upper.w) - max(lower.x, upper.x)
    gap = lower.y - (upper.y + upper.h)
    return shared > 0 and 0 <= gap < _LETTER_MM * MM


def _holds(frame: _Part, letters: Sequence[_Part]) -> int:
    """How many of the letters stand within a component's box."""
    return sum(
        frame.x < part.x < part.x + part.w < frame.x + frame.w
        and frame.y < part.y < part.y + part.h < frame.y + frame.h
        for part in letters
    )


def _look(group: _Group, labels: Any, inked: "Grey") -> Look | None:
    """What some ink looks like, its steps counted; in a frame, however long its lines are, it is a stamp."""
    look = group.look()
    if look is Look.STAMP and _is_a_loop(group, labels, inked):
        look = Look.HAND
    if look is Look.HAND and group.spread[1] < _ROW_MM:
        is_level = len(group.parts) >= _FEWEST_LETTERS and _lettering.is_level(_drawn(group, labels), MM)
        is_row = is_level or _is_lettering(group, labels)
        look = Look.WRITING if is_row else look
    if look is Look.WRITING:
        longest = _Group((max(group.parts, key=lambda part: part.stroke),))
        alone = longest.spread[1] >= _FLAT_MM  # « Lu et approuvé » stands above it
        signed = (each for each in (group, longest)[: 1 + alone] if each.is_large and _sweeps(each, labels))
        return Look.HAND if any(signed) else look
    if look is not Look.HAND and not (look is Look.MARK and group.is_large):
        return look
    if any(_stamps.is_stamp(ink, drawn, MM) for ink, drawn in _frames(group, labels, inked)):
        return Look.STAMP
    return Look.WRITING if look is Look.HAND and group.is_rows else look


def _is_in_two_inks(rgb: "Grey", group: _Group, labels: Any) -> bool:
    """Whether it is of two colours, neither of them a hand's: a stamp, and type below it that was not read.

    Letters of a row that run together are as long as a signature, and lower.
    """
    x0, top, x1, bottom = group.box
    inks = _two_inks.parted(rgb[top:bottom, x0:x1], _drawn(group, labels))
    return bool(inks) and not any(map(_is_a_hands, inks))


def _is_a_hands(ink: "Grey") -> bool:
    """Whether some of it looks like a hand's lines, seen by itself."""
    parts, labels = _parts(ink, edges=False)
    parts = _without_print(ink, parts, labels, ())
    high = (group for group in _groups(labels, parts) if group.spread[1] >= _FLAT_MM)
    return any(_look(group, labels, ink) is Look.HAND for group in high)


def _is_a_loop(group: _Group, labels: Any, inked: "Grey") -> bool:
    """Whether it is no more than one closed line, and a pen's line goes through its middle."""
    import numpy as np

    rim = max(group.parts, key=lambda part: part.stroke)
    if not rim.frame or len(group.parts) > _FEWEST_PIECES:
        return False
    window = slice(rim.y, rim.y + rim.h), slice(rim.x, rim.x + rim.w)
    own = np.asarray(labels[window] == rim.label)
    return _stamps.is_crossed(np.ascontiguousarray(inked[window]), own, MM)


def _frames(group: _Group, labels: Any, inked: "Grey") -> Iterator[tuple["Grey", "Grey"]]:
    """Where a stamp may be: some ink, with all that was drawn around it; and all that it touches."""
    import numpy as np

    x0, top, x1, bottom = group.box
    room = round(_NEAR_MM[0] * MM)
    window = slice(max(0, top - room), bottom + room), slice(max(0, x0 - room), x1 + room)
    own = np.isin(labels[window], [part.label for part in group.parts])
    if min(group.spread) >= _STAMP_MM:
        yield own.astype(np.uint8) * 255, inked[window]
    if whole := _stamps.all_it_touches(own, window, inked, MM):
        yield whole


def _is_lettering(group: _Group, labels: Any) -> bool:
    """Whether it steps as letters do, written or of cursive type: often, in pieces, in a row.

    Measured on 390 signatures, by three ways of drawing them, none of which does; most cursive type does.
    """
    wide, high = group.spread
    is_row = len(group.parts) >= _FEWEST_PIECES and high < _SCRIPT_MM and wide > _LONG * high
    return is_row and group.stroke > _DENSE * wide and _lettering.pitch(_drawn(group, labels)) < _PITCHES[0]


def _is_solid(group: _Group, labels: Any) -> bool:
    """Whether something in it is filled: no pen's line is as broad as that, of all that it draws."""
    import cv2
    import numpy as np

    size = max(group.spread)
    if group.thick > max(_SOLID_MM, _BROAD_LINE * size):
        return True
    ink = np.pad(_drawn(group, labels), 1).astype(np.uint8)
    broadest = 2 * float(cv2.distanceTransform(ink, cv2.DIST_L2, 5).max()) / MM
    return broadest > max(2 * _SOLID_MM, _FILLED * size)


def _sweeps(group: _Group, labels: Any) -> bool:
    """Whether its lines run on, however low they are: in steps, and pieces, wider than letters have."""
    broad = (p.stroke for p in group.parts if p.w > max(_BROAD * p.h, _BROAD_MM * MM))
    return sum(broad) > _SWEEP * group.stroke and _lettering.pitch(_drawn(group, labels)) > _PITCHES[1]


def _leans(group: _Group, labels: Any) -> bool:
    """Whether it is a row of letters that does not stand level."""
    is_row = len(group.parts) >= _FEWEST_PIECES and group.spread[0] >= _LONG * group.spread[1]
    return is_row and _lettering.leans(_drawn(group, labels), MM)


def _drawn(group: _Group, labels: Any) -> Any:
    """Where its ink is, in its box."""
    import numpy as np

    x0, top, x1, bottom = group.box
    return np.isin(labels[top:bottom, x0:x1], [part.label for part in group.parts])


def _picture(
    rgb: "Grey", group: _Group, look: Look | None, page: int, known: Sequence[Box], *, leans: bool
) -> Picture | None:
    if look is None and group.trace(known) >= _LEAST_TRACE_MM:
        look = Look.TRACE
    if look is None:
        return None
    x0, top, x1, bottom = group.box
    scale = 72 / DPI
    box = Box(x0 * scale, top * scale, x1 * scale, bottom * scale)
    room = round(2 * MM)
    piece = rgb[max(top - room, 0) : bottom + room, max(x0 - room, 0) : x1 + room]
    return Picture(
        PictureForm.INK, page, -1, box, None, box.x1 - box.x0, box.bottom - box.top,
        stroke_pt=group.stroke * 72 / 25.4, look=look,
        cutout=b"" if look is Look.TRACE else cut_out(piece),
        penned=leans or _tint.is_coloured(piece),
    )  # fmt: skip
