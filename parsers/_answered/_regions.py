"""What belongs to a question: the lines after it, the cells of its row, the column or the box beside it."""

import re
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from data.model import AnswerState, Place
from parsers._asked._anchors import Form
from parsers._asked._found import Match
from parsers._signed import _signatures
from parsers._stream import Part, Piece, Stream
from parsers._wording import STOP, fold, has_content, stem, without_leaders, words

MOST_SHARED = 0.4
"""Of what an answer beside its question says, the share of the question's own words at most."""
NEARLY = 58.0
"""Likeness of a word of the question to what was read of it: more would lose « AU1KE »."""
LONGEST_TITLE = 6
"""In words: a title of a part, as people word it anew."""
MOST_ALIKE = 3
"""So many answers that look like titles, and none of them is told from a title by its look."""
FEWEST_INVITED = 12
"""Under so many questions the same first line stands on purpose; nobody answers so many alike."""
FEWEST_SAID = 5
"""So many words from a capital on are a sentence, not the end of a label: « … de la Région bruxelloise »."""

_TITLE = re.compile(r"(?:\W*(?:[A-H]|\d{1,2})\s?[.):–-])?\D*[^\W\d]{4}\D*")
"""No number but its own."""
_CAPITAL = re.compile(r"\b[a-zà-ÿœ][\w’'-]*[)»]?\s+(?=[A-ZÀ-Ý])")
"""It begins a word behind one in small letters."""
_DIVIDER = re.compile(r"\s*[|;,/•·–—-]\s*$")


@dataclass(slots=True)
class Region:
    """What belongs to one question."""

    match: Match
    parts: list[Part]
    is_caption: bool = False
    """Whether it stands under its answer."""

    def asked_at(self, text: Stream) -> Place:
        """Where the question itself stands."""
        piece = text.pieces[self.match.start[0]]
        return Place(text.file, piece.line.page, piece.box)

    def sureness(self, state: AnswerState) -> float:
        """How sure an answer in this state is, by the likeness of what is asked to the form's wording."""
        likeness = 0.98 if self.match.score >= 0.9 else 0.94 if self.match.score >= 0.75 else 0.85
        return round(likeness * (0.75 if state is AnswerState.UNCLEAR else 1.0), 2)


def divide(
    text: Stream, chain: Sequence[Match], block: _signatures.Block | None, known: Form
) -> list[Region]:
    """What stands between each question and the next thing that the form prints, and beside it."""
    end = (len(text.pieces), 0)
    stops = [match.start for match in chain]
    if block is not None:
        stops.append(block.start)
    regions = []
    for match in chain:
        following = min((stop for stop in stops if stop > match.start and stop >= match.end), default=end)
        below = _to_its_divider(text.between(match.end, following))
        regions.append(Region(match, [*_within(text, match), *below]))
    _give_rows_their_cells(text, regions, known)
    _give_columns_their_cells(text, regions)
    _give_columns_their_lines(text, regions)
    _give_labels_their_boxes(text, regions)
    _give_lines_their_ends(text, regions)
    _drop_what_invites(regions)
    _drop_retitled(text, regions, chain, known)
    return regions


def _to_its_divider(parts: list[Part]) -> list[Part]:
    """Without the mark that parts an answer from the next question in its line: « ASBL | », « ASBL ; »."""
    if not parts or parts[-1].end == len(parts[-1].piece.text):
        return parts
    said = _DIVIDER.sub("", parts[-1].text)
    own = replace(parts[-1], end=parts[-1].start + len(said))
    return [*parts[:-1], own] if has_content(said) else parts


def _drop_retitled(text: Stream, regions: Sequence[Region], chain: Sequence[Match], known: Form) -> None:
    """« BUSINESS MODEL » right before a question: where a title of the form was not found, one like it.

    It looks like the titles that were found, as answers elsewhere do not, and stands on a line of its own.
    """
    titles = {_look(text.pieces[match.start[0]]) for match in chain if match.anchor.is_title}
    last: list[tuple[Region, Part]] = []
    others: list[Part] = []
    for region, following in pairwise(regions):
        said = (
            [part for part in region.parts if has_content(part.text)] if region.match.anchor.question else []
        )
        between = known.anchors[region.match.anchor.order + 1 : following.match.anchor.order]
        if said and any(anchor.question is None for anchor in between) and _may_be_title(said[-1]):
            last.append((region, said.pop()))
        others += said
    answered = Counter(_look(part.piece) for part in others if part.start == 0)
    for region, part in last:
        look = _look(part.piece)
        if look in titles and any(look) and answered[look] < MOST_ALIKE:
            region.parts.remove(part)


def _may_be_title(part: Part) -> bool:
    """A line of a few words; « + 2,5 » and « 2 ETP » are in capitals too, and answer."""
    few = part.start == 0 and part.cell is None and 2 <= len(part.text.split()) <= LONGEST_TITLE
    return few and _TITLE.fullmatch(part.text) is not None


def _look(piece: Piece) -> tuple[bool, bool]:
    """Whether a line is in capitals, and whether it is in bold."""
    letters = [span for span in piece.spans() if re.search(r"[^\W\d_]", span.text)]
    return piece.text.upper() == piece.text, bool(letters) and all(span.bold for span in letters)


def _drop_what_invites(regions: Sequence[Region]) -> None:
    """A line that opens what follows many questions is the form's, where answers follow it."""
    opening: dict[str, list[tuple[Region, Part]]] = {}
    for region in regions:
        first = next((part for part in region.parts if has_content(part.text)), None)
        if first is not None and region.match.anchor.question and first.start == 0:
            opening.setdefault(fold(first.text), []).append((region, first))
    for line, alike in opening.items():
        followed = [speaks([p for p in region.parts if p is not first]) for region, first in alike]
        if len(line.split()) >= 3 and len(alike) >= FEWEST_INVITED and sum(followed) >= 0.5 * len(alike):
            for region, first in alike:
                region.parts = [part for part in region.parts if part is not first]


def _within(text: Stream, match: Match) -> list[Part]:
    """What stands beside a question of several lines, and was read between two of them."""
    opening = text.pieces[match.start[0]]
    beside = []
    for piece in text.pieces[match.start[0] + 1 : match.end[0]]:
        if piece.box is None or opening.box is None:
            continue
        if piece.box.x0 <= opening.box.x1 and piece.box.x1 >= opening.box.x0:
            continue
        said = [word.text for word in words(piece.text)]
        telling = {word for word in said if word not in STOP or len(said) == 1}
        own = sum(map(match.anchor.has, telling))
        signs = not said and without_leaders(piece.text).strip()  # « ○ ○ ◉ ○ »
        if signs or (telling and own <= MOST_SHARED * len(telling)):
            beside.append(Part(piece, 0, len(piece.text)))
    rows = text.pieces[match.start[0] : match.end[0]]
    unread = match.anchor.opening - {stem(word.text) for piece in rows for word in words(piece.text)}
    behind = [part for piece in rows if (part := _behind(piece, match)) is not None]
    return [part for part in behind if not _is_misread(part, unread)] + beside


def _is_misread(part: Part, unread: Collection[str]) -> bool:
    """Whether a single word is nearly one of the question's that stands nowhere in it: « PAR UNE AU1KE »."""
    said = [stem(word.text) for word in words(part.text)]
    return len(said) == 1 and any(fuzz.ratio(said[0], each) >= NEARLY for each in unread)


def _behind(piece: Piece, match: Match) -> Part | None:
    """What stands behind a question that goes on below, on one of its rows, and is none of its words.

    « Comment avez-vous connu nos   Par une amie / programmes d'accompagnement ? »
    """
    said = words(piece.text)
    own = [at for at, word in enumerate(said) if match.anchor.has(word.text)]
    if not own or piece.box is None or len(said) - own[-1] - 1 == 0:
        return None
    behind = piece.text[said[own[-1]].end :]
    start = len(piece.text) - len(behind.lstrip(" ,;:"))
    return Part(piece, start, len(piece.text)) if has_content(piece.text[start:]) else None


def _give_rows_their_cells(text: Stream, regions: list[Region], known: Form) -> None:
    """Cells to the left of a question, in its row, are that question's and not the one's before.

    Unless the title of the section stands there, beside all its questions.
    """
    for before, region in pairwise(regions):
        cell = text.pieces[region.match.start[0]].cell
        if cell is None:
            continue
        left = [
            part for part in before.parts
            if part.cell and (part.cell.table, part.cell.row) == (cell.table, cell.row)
            and part.cell.column < cell.column and part.cell != text.pieces[before.match.start[0]].cell
        ]  # fmt: skip
        own = text.pieces[before.match.start[0]].cell
        if own is not None and (own.table, own.row) == (cell.table, cell.row):
            continue
        before.parts = [part for part in before.parts if part not in left]
        title = fold(" ".join(part.text for part in left))
        if not any(fuzz.ratio(title, line, score_cutoff=93) for line in known.template):
            region.parts = left + region.parts


def _give_columns_their_cells(text: Stream, regions: list[Region]) -> None:
    """Labels side by side in one row of a table, answers under them."""
    for index, region in enumerate(regions):
        cell = text.pieces[region.match.start[0]].cell
        row = [region]
        for other in regions[index + 1 :]:
            at = text.pieces[other.match.start[0]].cell
            if cell and at and (at.table, at.row) == (cell.table, cell.row) and not speaks(row[-1].parts):
                row.append(other)
            else:
                break
        if len(row) < 2 or cell is None or any(speaks(r.parts) for r in row[:-1]):
            continue
        below = [p for p in row[-1].parts if p.cell and p.cell.table == cell.table and p.cell.row > cell.row]
        if not below or speaks(row[-1].parts[: row[-1].parts.index(below[0])]):
            continue
        columns = {text.pieces[r.match.start[0]].cell: r for r in row}
        by_column = {at.column: r for at, r in columns.items() if at}
        row[-1].parts = [
            p for p in row[-1].parts if p not in below or not p.cell or p.cell.column not in by_column
        ]
        for part in below:
            if part.cell and part.cell.column in by_column:
                by_column[part.cell.column].parts.append(part)


def _give_columns_their_lines(text: Stream, regions: list[Region]) -> None:
    """The same on a page without rules: what stands under the first of two labels is its."""
    row: list[Region] = []
    for region, following in pairwise([*regions, None]):
        if region is None:
            continue
        row.append(region)
        level = following is not None and not speaks(region.parts) and _are_level(text, region, following)
        if level:
            continue
        if len(row) > 1:
            parts, row[-1].parts = row[-1].parts, []
            lefts = [box.x0 for each in row if (box := text.pieces[each.match.start[0]].box)]
            for part in parts:
                box = part.piece.box
                below = box is not None and part.start == 0
                columns = [at for at, x in enumerate(lefts) if below and box and x < box.x0 + 4]
                row[columns[-1] if columns else 0 if below else -1].parts.append(part)
        row = []


def _give_labels_their_boxes(text: Stream, regions: list[Region]) -> None:
    """A box to write in, set behind its label, begins higher than it: what it says was read before."""
    for before, region in reversed([*pairwise(regions)]):
        label = text.pieces[region.match.end[0]]
        if label.box is None or label.cell or speaks(region.parts):
            continue
        top = label.box.top
        while before.parts and _is_raised(before.parts[-1], text, label, top):
            part = before.parts.pop()
            region.parts.insert(0, part)
            top = part.piece.box.top if part.piece.box else top


def _give_lines_their_ends(text: Stream, regions: Sequence[Region]) -> None:
    """« Temps disponible par semaine Environ 6 heures. »: a capital alone may part an answer from its label.

    Where nothing else answers, and a sentence begins there in words that are not the question's.
    """
    for region in regions:
        at, end = region.match.end
        piece = text.pieces[at]
        on_one_line = region.match.start[0] == at and end == len(piece.text)
        if region.match.whole or not region.match.anchor.question or not on_one_line or speaks(region.parts):
            continue
        for begun in _CAPITAL.finditer(piece.text, region.match.start[1]):
            said = [word.text for word in words(piece.text[begun.end() :])]
            is_sentence = said[0] in STOP or len(said) >= FEWEST_SAID or piece.text.rstrip().endswith(".")
            if is_sentence and stem(said[0]) not in region.match.anchor.opening:
                region.parts.insert(0, Part(piece, begun.end(), end))
                break


def _is_raised(part: Part, text: Stream, label: Piece, top: float) -> bool:
    """Whether a line stands behind a label, raised into the row above what stands at ``top``, alone there.

    By hand people write larger than print, and above the line: its feet tell, not its head.
    """
    box, own = part.piece.box, label.box
    if box is None or own is None or part.start or part.cell or part.piece.line.page != label.line.page:
        return False
    height = own.bottom - own.top
    near = 0.0 if top == own.top else 0.4 * height
    rows = [p.box.top for p in text.pieces if p.box and p.line.page == label.line.page and p.box.x0 < box.x0]
    alone = not any(abs(row - box.top) < 0.4 * height for row in rows)
    return box.top < top - 0.4 * height and top < box.bottom + near and box.x0 > own.x1 - 2 and alone


def _are_level(text: Stream, one: Region, other: Region) -> bool:
    """Whether two questions stand side by side, outside of any table."""
    first, second = (text.pieces[each.match.start[0]] for each in (one, other))
    if first.box is None or second.box is None or first.cell or second.cell:
        return False
    apart = second.box.x0 - first.box.x1 > 6 and first.line.page == second.line.page
    return apart and abs(first.box.top - second.box.top) < 0.5 * (first.box.bottom - first.box.top)


def speaks(parts: Sequence[Part]) -> bool:
    """Whether anything stands there besides leaders and hints."""
    return any(has_content(without_leaders(part.text)) for part in parts)
