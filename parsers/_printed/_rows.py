"""Rows of words: what is level, cut where a wide gap or a column parts it, as runs of one look."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, replace
from itertools import pairwise
from operator import attrgetter
from statistics import median
from typing import Any

from data.model import Span
from parsers._printed._looks import Marks
from parsers._printed._words import CROSSES, TYPED_CROSSES

_WIDE_GAP = 1.7
"""In font sizes: a gap that no word space reaches, also not in justified text."""

_APART = 0.75
"""In font sizes: more than one space, as between one option with its cross and the next."""

_LEVEL = 0.2
"""Of the height of a word: how much lower than the word before it one stands that follows it."""

_INDENT = 72.0
"""Points: rows that begin so far from the edge of the page begin in a column of values."""

_LARGER = 1.25
"""Letters so much larger than those beside them stand out as bold ones do."""

_LOOK = attrgetter(*(field.name for field in fields(Span) if field.name != "text"))

_OVERLAP = 0.3
"""Of the narrower of two words, how much lies over the other one."""


def rows_of(words: Iterable[Any]) -> list[list[Any]]:
    """Words by baseline, each row from left to right."""
    rows: list[list[Any]] = []
    for word in sorted(words, key=lambda w: ((w["top"] + w["bottom"]) / 2, w["x0"])):
        middle = (word["top"] + word["bottom"]) / 2
        height = word["bottom"] - word["top"]
        if rows:
            last = rows[-1][0]
            heights = height, last["bottom"] - last["top"]
            # A letter by hand, on the dots above the row's foot, is told lower than the label before it.
            usual = sum(heights) / 2 if "confidence" in word else min(heights)
            if abs((last["top"] + last["bottom"]) / 2 - middle) <= 0.45 * max(usual, 4):
                rows[-1].append(word)
                continue
        rows.append([word])
    rows = _with_stragglers([sorted(row, key=lambda w: w["x0"]) for row in rows])
    rows = _with_raised(rows)
    return [layer for row in rows for layer in _layers(row)]


def _with_stragglers(rows: Sequence[list[Any]]) -> list[list[Any]]:
    """Words right behind one of the row above, and as low as it, are of that row.

    Beside a column of text between whose rows it lies, a label's row is told by the other's height, and its
    last sign may stand a hair too low for that.
    """
    kept: list[list[Any]] = []
    for row in rows:
        if not kept or row[0]["top"] > max(word["bottom"] for word in kept[-1]):
            kept.append(row)
            continue
        stay = []
        for word in row:
            before = next((w for w in kept[-1] if _is_right_before(w, word)), None)
            if before is None:
                stay.append(word)
            else:
                kept[-1].insert(kept[-1].index(before) + 1, word)
        if stay:
            kept.append(stay)
    return kept


def _is_right_before(before: Any, word: Any) -> bool:
    middles = [(each["top"] + each["bottom"]) / 2 for each in (before, word)]
    level = abs(middles[0] - middles[1]) <= _LEVEL * (word["bottom"] - word["top"])
    return level and bool(-0.1 < (word["x0"] - before["x1"]) / max(word["size"], 6) < _APART)


def _with_raised(rows: Sequence[list[Any]]) -> list[list[Any]]:
    """What was recognised right behind the end of the next row, and hangs into it, is of that row.

    By hand people write larger than print, and over the line: « Nom : Dupont », half a row too high.
    """
    joined: list[list[Any]] = []
    for row in rows:
        if joined and _hangs_into(joined[-1], row):
            row = [*row, *joined.pop()]
        joined.append(row)
    return joined


def _hangs_into(raised: Sequence[Any], row: Sequence[Any]) -> bool:
    first, last = raised[0], row[-1]
    behind = "confidence" in first and first["x0"] > last["x1"] - 2 and not is_wide(last, first, _WIDE_GAP)
    head = min(word["top"] for word in row[-3:])  # « à » is lower than « Fait », and sheets lie askew
    return bool(behind and first["bottom"] > head)


def _layers(row: list[Any]) -> list[list[Any]]:
    """Words printed over others, in another face or lower, are a row of their own: typed over the form's.

    But not a cross, which marks what it is typed over.
    """
    over = any(
        other["x0"] < word["x1"] - _OVERLAP * min(word["x1"] - word["x0"], other["x1"] - other["x0"])
        and _face(word) != _face(other)
        and not {word["text"], other["text"]} & CROSSES
        for word, other in pairwise(row)
    )
    faces = dict.fromkeys(map(_face, row)) if over else {}
    return [[word for word in row if _face(word) == face] for face in faces] or [row]


def _face(word: Any) -> tuple[str, float, int]:
    return word["fontname"], round(word["size"], 1), round(word["top"] / 2)


def segments_of(words: Iterable[Any], page: Iterable[Any]) -> Iterator[list[Any]]:
    """Rows cut where a gap is wider than any space between words, and where a column of values starts.

    A label that fills its column leaves no wide gap before its value; the values of its neighbours
    tell where the column is.
    """
    rows, all_rows = rows_of(words), rows_of(page)
    starts = Counter(
        round(word["x0"])
        for row in all_rows
        for before, word in pairwise(row)
        if is_wide(before, word, _WIDE_GAP)
    )
    edge = min((row[0]["x0"] for row in all_rows), default=0.0)
    starts.update(round(row[0]["x0"]) for row in all_rows if row[0]["x0"] > edge + _INDENT)
    columns = {x for x, count in starts.items() if count >= 3}
    if any("confidence" in word for row in all_rows for word in row):  # sheets are never quite straight
        columns = {x for x in starts if sum(starts[x + aside] for aside in (-1, 0, 1)) >= 3}
    for row in rows:
        segment: list[Any] = []
        for word in row:
            aligned = round(word["x0"]) in columns
            if segment and is_wide(segment[-1], word, 0.36 if aligned else _WIDE_GAP):
                yield segment
                segment = []
            segment.append(word)
        if segment:
            yield segment


def is_wide(before: Any, word: Any, sizes: float) -> bool:
    size = max(word["size"], before["size"]) if "confidence" in word else word["size"]
    return bool(word["x0"] - before["x1"] > sizes * max(size, 6))


def spans_of(words: Sequence[Any], marks: Marks) -> tuple[Span, ...]:
    """Words of one row as runs of one look; a wide gap becomes a tab."""
    runs: list[tuple[Span, list[str]]] = []
    previous = None
    usual = median(word["size"] for word in words) if words else 0.0
    for word in words:
        gap = "" if previous is None else _gap(previous, word)
        look = marks.look(word)
        if "confidence" not in word:  # of what is recognised, sizes are guesses
            look = replace(look, bold=look.bold or word["size"] >= _LARGER * usual)
        if runs:
            runs[-1][1].append(gap)
        if not runs or _LOOK(look) != _LOOK(runs[-1][0]) or look.tick is not None:
            runs.append((look, []))
        runs[-1][1].append(word["text"])
        previous = word
    return tuple(replace(look, text="".join(said)) for look, said in runs)


def _gap(before: Any, word: Any) -> str:
    """What stands between two words of a row: nothing where only the look changes within a word."""
    if is_wide(before, word, _WIDE_GAP):
        return "\t"
    if {before["text"], word["text"]} & TYPED_CROSSES and is_wide(before, word, _APART):
        return "  "  # a cross is of the option that it stands nearer to
    counts = re.fullmatch(r"\W?\d{1,2}[.)]", before["text"])  # a list's own number may touch its text
    return " " if counts or word["x0"] - before["x1"] > 0.1 * max(word["size"], 6) else ""


def confidence_of(words: Sequence[Any]) -> float:
    """Of a row of recognised words, the longer ones counting more; a printed file's own text is sure."""
    letters = sum(len(word["text"]) for word in words)
    sure = sum(float(word.get("confidence", 1.0)) * len(word["text"]) for word in words)
    return round(sure / letters, 3) if letters else 1.0
