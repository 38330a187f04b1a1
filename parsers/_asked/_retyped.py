"""Questions made anew in other words: found by what little they share, where a question is still expected.

Between two questions that were found, some of the form's are missing, and some lines look like labels
nobody has claimed: numbered, bold, or ending in « : » or « ? ». Those that share telling words with a
missing question are taken for it, in the form's order, so that the whole fits best.
"""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from parsers._asked._anchors import Anchor, Form, parts
from parsers._stream import Piece, Stream
from parsers._wording import ANSWERS, stem, telling, words

LONGEST_LABEL = 110
"""Characters; what is longer is an answer."""
LEAST_SHARE = 0.22
"""Of the weight of a wording's telling words, how much the label must hold."""
LEAST_NUMBERED = 0.1
"""The same where the label bears the question's own number."""
LEAST_RENUMBERED = 0.3
"""The same where it bears another: people count anew in each part."""
LEAST_AMONG_LABELS = 0.1
"""The same where it stands in a column of labels or before a colon, with no word that the wording has not."""
COLUMN_GAP = 12
"""Points from a label to its value in the next column, at least."""
FEWEST_SMALL, SAME_HEIGHT, MOST_ALIKE = 8, 0.6, 0.6
"""So many labels of one height, within so many points, tell it; and what part of the labels has it, and of
the other lines is larger."""
MOST_ADDED = 3
"""So many telling words at most has a label that holds a known one: « Déjà accompagnés ailleurs ? »."""
LEAST_TELLING = 0.4
"""Of the label's own telling words, how much the wording must hold."""

_ENUMERATED = re.compile(
    r"^\W*(?:(?:[Qq](?:uestions?)?\s*|[A-H]\s?(?:\d?[.-])?\s?)?(?P<number>\d{1,2})\s*[.)/°:–-]"
    r"|[A-Ha-m]\s*[.)/]|[A-H]\.?\d{1,2}[.)]?)\s*"
)


@dataclass(frozen=True, slots=True)
class Unclaimed:
    """A line that looks like a label."""

    piece: int
    end: int
    """Where its answer may start."""
    words: frozenset[str]
    number: str | None
    is_field: bool = False
    """It asks for a short value, before a colon of its own."""
    among_labels: bool = False
    """It stands in a column of labels, or is set as they are."""
    is_counted: bool = False
    """It bears a number, and stands out as the questions do that were found or counts on from them."""

    @property
    def stems(self) -> frozenset[str]:
        return frozenset(map(stem, self.words))


@dataclass(frozen=True, slots=True)
class Retyped:
    """A missing question, and the label taken for it."""

    anchor: Anchor
    label: Unclaimed


def find(stream: Stream, form: Form, found: Sequence[tuple[Anchor, int, int]]) -> list[Retyped]:
    """Give the missing questions their labels.

    Args:
        found: what was recognised, in the order of its place: anchor, first piece, last piece.
    """
    taken = {piece for _, first, last in found for piece in range(first, last + 1)}
    labels_at = [last for anchor, _, last in found if anchor.question]
    labelled = [stream.pieces[last] for last in labels_at]
    alike = _small_as_labels(stream, labels_at) | _set_as_labels(stream, labels_at, taken)
    numbered = [label for at in labels_at if (label := label_at(stream.pieces[at], at)) and label.number]
    stand_out = sum(is_styled(stream.pieces[label.piece]) for label in numbered) > MOST_ALIKE * len(numbered)
    retyped: list[Retyped] = []
    placed = [(anchor.order, first, last) for anchor, first, last in found]
    for (before, _, first), (after, last, _) in pairwise([*placed, _end(stream, form)]):
        missing = [a for a in form.anchors[before + 1 : after] if a.question]
        if missing and before < after:
            inside = [i for i in range(first + 1, last) if i not in taken]
            labels = [label for i in inside if (label := _label(stream, i, labelled, alike)) is not None]
            if every := _each_in_its_place(missing, labels, alike):
                retyped += every
                continue
            if stand_out:
                labels = [_counted_as_they_are(label, stream) for label in labels]
            elif (number := _counted_to(stream, found, first)) is not None:
                labels = _counted_on(number, labels, missing, stream, inside)
            retyped += _assigned(missing, labels, form)
    return retyped


def _label(stream: Stream, index: int, labelled: Sequence[Piece], alike: Collection[int]) -> Unclaimed | None:
    """A line as a label: by its own look, where it is set as labels are, or stands in line with one."""
    piece = stream.pieces[index]
    if len(piece.text) <= LONGEST_LABEL and (
        index in alike or any(_is_among_labels(stream, index, each) for each in labelled)
    ):
        start, number = counter(piece)
        text = piece.text[start:]
        said = telling(text)
        return Unclaimed(index, len(piece.text), said, number, among_labels=True) if said else None
    return label_at(piece, index)


def _each_in_its_place(
    missing: Sequence[Anchor], labels: Sequence[Unclaimed], alike: Collection[int]
) -> list[Retyped]:
    """As many lines set as labels as questions are missing, each with a word of the one that is due."""
    own = [label for label in labels if label.piece in alike]
    if len(own) != len(missing):
        return []
    pairs = [Retyped(anchor, label) for anchor, label in zip(missing, own, strict=True)]
    return pairs if all(pair.label.stems & pair.anchor.opening for pair in pairs) else []


def _counted_as_they_are(label: Unclaimed, stream: Stream) -> Unclaimed:
    """A label where those that were found are set in bold behind their numbers, as it is."""
    return replace(label, is_counted=label.number is not None and is_styled(stream.pieces[label.piece]))


def _counted_to(stream: Stream, found: Sequence[tuple[Anchor, int, int]], at: int) -> str | None:
    """The number of the last question up to a piece, where it bears the one that the form prints."""
    asked = [(anchor, last) for anchor, _, last in found if anchor.question and last <= at]
    if not asked:
        return None
    anchor, last = asked[-1]
    label = label_at(stream.pieces[last], last)
    return anchor.number if label and label.number == anchor.number else None


def _counted_on(
    number: str,
    labels: Sequence[Unclaimed],
    missing: Sequence[Anchor],
    stream: Stream,
    inside: Collection[int],
) -> list[Unclaimed]:
    """Labels that count on from the question before: between « 4. … » and « 6. … » « 5. Équipe : » asks, too.

    Each is answered, on its line or below it, and bears the next missing question's number, which no other
    line here bears: those of a list in an answer begin anew.
    """
    told = [label.number for label in labels if label.number]
    counted: list[Unclaimed] = []
    due = list(missing)
    for label in labels:
        is_next = due and label.number == due[0].number == str(int(number) + 1)
        if is_next and told.count(due[0].number or "") == 1 and _is_answered(label, due[0], stream, inside):
            number = due.pop(0).number or number
            label = replace(label, is_counted=True)
        counted.append(label)
    return counted


def _is_answered(label: Unclaimed, anchor: Anchor, stream: Stream, inside: Collection[int]) -> bool:
    """Whether something stands below a label, or behind it in words that are not the question's."""
    behind = words(stream.pieces[label.piece].text[label.end :])
    below = label.piece + 1
    return any(stem(word.text) not in anchor.opening for word in behind) or (
        below in inside and _ENUMERATED.match(stream.pieces[below].text) is None
    )


def _small_as_labels(stream: Stream, labels_at: Sequence[int]) -> set[int]:
    """Lines as high as the labels of a form whose answers are larger: programs print theirs so."""
    labelled = [stream.pieces[at] for at in labels_at]
    high = [_height(piece) for piece in labelled if piece.box and piece.line.confidence == 1.0]
    if len(high) < FEWEST_SMALL:
        return set()
    usual = median(high)
    rest = [i for i, piece in enumerate(stream.pieces) if piece.box and i not in labels_at]
    alike = {i for i in rest if abs(_height(stream.pieces[i]) - usual) < SAME_HEIGHT}
    larger = sum(_height(stream.pieces[i]) > usual + SAME_HEIGHT for i in rest)
    kept = sum(abs(each - usual) < SAME_HEIGHT for each in high)
    return alike if kept > MOST_ALIKE * len(high) and larger > MOST_ALIKE * len(rest) else set()


def _set_as_labels(stream: Stream, labels_at: Sequence[int], taken: Collection[int]) -> set[int]:
    """Lines that look as the labels do, where the answers are set otherwise: behind a dot, in a colour."""
    looks = Counter(_look(stream.pieces[at]) for at in labels_at)
    usual, kept = looks.most_common(1)[0] if looks else (None, 0)
    rest = [
        at
        for at in range(min(labels_at, default=0), len(stream.pieces))
        if at not in taken and stream.pieces[at].text.strip()
    ]
    alike = {at for at in rest if _look(stream.pieces[at]) == usual}
    told = kept >= FEWEST_SMALL and kept > MOST_ALIKE * len(labels_at)
    return alike if told and len(alike) < (1 - MOST_ALIKE) * len(rest) else set()


def _look(piece: Piece) -> tuple[bool, ...]:
    """Whether a line stands behind a dot or a dash, and of its styles those that all its letters have."""
    shown = [span for span in piece.spans() if re.search(r"\w", span.text)]
    styles = ("bold", "italic", "underline", "highlight")
    marked = re.match(r"\s*(?:[•·▪◦‣➢→>*–—-]|[Rr]éponse\s?:)", piece.text) is not None
    return (marked, *(bool(shown) and all(getattr(span, style) for span in shown) for style in styles))


def _height(piece: Piece) -> float:
    return piece.box.bottom - piece.box.top if piece.box else 0.0


def _is_among_labels(stream: Stream, index: int, other: Piece) -> bool:
    """Whether a line begins a cell of a label's column, or stands in line with one, something beside it."""
    piece = stream.pieces[index]
    if piece.cell or other.cell:
        own, labelled = piece.cell, other.cell
        begins = index == 0 or stream.pieces[index - 1].cell != own
        return bool(
            begins and own and labelled and own.row != labelled.row
            and (own.table, own.column) == (labelled.table, labelled.column)
        )  # fmt: skip
    beside = stream.pieces[index + 1].box if index + 1 < len(stream.pieces) else None
    if piece.box is None or other.box is None or beside is None or piece.line.page != other.line.page:
        return False
    level = abs(beside.top - piece.box.top) < 0.5 * (piece.box.bottom - piece.box.top)
    return level and beside.x0 > piece.box.x1 + COLUMN_GAP and abs(piece.box.x0 - other.box.x0) < 4


def _end(stream: Stream, form: Form) -> tuple[int, int, int]:
    """Behind the last question, and behind the last piece."""
    return len(form.anchors), len(stream.pieces), len(stream.pieces)


def label_at(piece: Piece, index: int) -> Unclaimed | None:
    """A line as a label, if it looks like one: numbered, styled, or with « : » or « ? »."""
    start, number = counter(piece)
    marks = [m.end() for m in re.finditer(r"\s?[:?](?=\s|$)", piece.text) if start < m.end() <= LONGEST_LABEL]
    styled = is_styled(piece)
    if not marks and not (len(piece.text) <= LONGEST_LABEL and (start or number or styled)):
        return None
    end = _label_end(piece, marks, styled=styled)
    said = telling(piece.text[start:end])
    if not said or len(said) > 12:
        return None
    is_field = piece.text[start:end].rstrip().endswith(":")
    return Unclaimed(index, end, said, number, is_field)


def counter(piece: Piece) -> tuple[int, str | None]:
    """Where the words of a line begin behind what counts it, and its number: as typed, or as Word counts."""
    if numbered := _ENUMERATED.match(piece.text):
        return numbered.end(), numbered["number"]
    number = re.fullmatch(r"\W*(?:[A-H]\W?)?(\d{1,2})\W*", piece.line.number or "")
    return 0, number[1] if number and piece.offset == 0 else None


def is_styled(piece: Piece) -> bool:
    """Whether a line is in bold, italics or underlined as a whole."""
    shown = [span for span in piece.spans() if span.text.strip()]
    return any(all(getattr(span, style) for span in shown) for style in ("bold", "italic", "underline"))


def _label_end(piece: Piece, marks: Sequence[int], *, styled: bool) -> int:
    """A line in bold is a label to its end; else to its last « : » or « ? » with nothing said between two.

    Without one, to the yes or no behind it.
    """
    if styled and len(piece.text) <= LONGEST_LABEL:
        return len(piece.text)
    if not marks:
        said = words(piece.text)
        answered = [word.text in ANSWERS for word in said[-2:]] == [False, True]  # « oui/non » asks
        return said[-1].start if answered and said[-2].text != "ou" else len(piece.text)
    end = marks[0]
    for mark in marks[1:]:
        if not re.search(r"\w", piece.text[end:mark]):
            end = mark
    return end


def _assigned(missing: Sequence[Anchor], labels: Sequence[Unclaimed], form: Form) -> list[Retyped]:
    """The pairs of greatest likeness, both in order (as in a longest common subsequence)."""
    best: list[list[tuple[float, list[Retyped]]]] = [[(0.0, [])] * (len(labels) + 1)]
    for anchor in missing:
        row: list[tuple[float, list[Retyped]]] = [(0.0, [])]
        for at, label in enumerate(labels):
            likeness = _likeness(anchor, label, form)
            total, pairs = best[-1][at]
            with_this = (total + likeness, [*pairs, Retyped(anchor, label)]) if likeness else (0.0, [])
            row.append(max(best[-1][at + 1], row[-1], with_this, key=lambda entry: entry[0]))
        best.append(row)
    return best[-1][-1][1]


def _likeness(anchor: Anchor, label: Unclaimed, form: Form) -> float:
    if label.words in anchor.also:
        return 2.0
    if len(label.words) <= MOST_ADDED and any({*map(stem, known)} <= label.stems for known in anchor.also):
        return 1.0
    shared = sum(form.rarity.get(s, 1.0) for s in label.stems & anchor.stems)
    share = shared / max(anchor.weight, 0.1)
    own = shared / sum(form.rarity.get(s, 2.0) for s in label.stems)
    own_number = label.number is not None and label.number in _numbers(anchor, form)
    if own_number and (share >= LEAST_NUMBERED or label.is_counted or label.among_labels):
        return 1.0 + share + own
    renumbered = label.number is not None and anchor.number is not None
    if (label.among_labels or label.is_field) and own == 1.0 and share >= LEAST_AMONG_LABELS:
        return share + own
    enough = (
        share >= (LEAST_RENUMBERED if renumbered else LEAST_SHARE)
        and own >= LEAST_TELLING
        and (len(label.stems & anchor.stems) > 1 or share > 0.4 or (label.is_field and own == 1.0))
    )
    return share + own if enough else 0.0


def _numbers(anchor: Anchor, form: Form) -> set[str]:
    """What a question is counted by: as printed, or anew in its part."""
    part = next(sorted(part) for part in parts(form) if anchor.order in part)
    return {anchor.number or anchor.place or "", str(1 + part.index(anchor.order))}
