"""Where each anchor of the form stands in a document: all anchors against all places, in order, at once.

Greedy searching fails on forms: « Nom » stands in a dozen places, and answers quote questions. So every
place where a wording might start is scored, and dynamic programming picks the chain, in the form's own
order, that explains most.
"""

import bisect
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from data.model import Cell
from parsers._asked import _retyped
from parsers._asked._anchors import Anchor, Form, Variant
from parsers._stream import Piece, Stream
from parsers._wording import LEADERS, STOP, fold, stem

ENOUGH = 0.62
"""Below this likeness a wording is not recognised."""

LONGEST_LABEL = 3
"""In words: a wording that is no sentence, and ends with its own colon."""

FEWEST_BEGUN = 5
"""In words: a wording of which only the beginning was kept."""

IN_ORDER = 75
"""Words so much alike with a stretch of a wording are a part of it."""

OPENING, _ALIKE = 4, 92
"""So many words a question begins with, wherever its end was found; and how like its own they are, of 100."""

FEWEST_TOLD = 6
"""A wording of so many words is unmistakable, though few of them say what it asks."""

LEAST_OF_A_PART = 3
"""So many questions of a part must be there before another of it is looked for out of its order."""

MOST_WORDS_MOVED = 60
"""Behind the last question of a part at the document's end, a label moved there is not farther."""

PART_OF_A_SENTENCE = 0.3
"""What a part of a wording loses where words follow it as in a sentence."""

SURE_WITHIN = 0.95
"""Within a line a wording of several words is a label where it stands whole, and before a colon."""

SPACE = 6
"""Points between two words."""

LEAST_FOR_NUMBERS = 7
"""So many wordings must be there before bare numbers are taken for questions."""

FEWEST_LISTED = 4
"""So many statements at least, for a list of that length, each with its number of the scale, to be theirs."""

MOST_WRAPPED = 3
"""Into so many lines less one the end of a shortened question wraps."""

FEWEST_RATED = 3
"""So many numbers in the form's order, each with one of the scale behind it, are ratings."""

_SENTENCE = re.compile(r"(?<=[?.;|!:])\s+(?:/\s*)?((?:\W*(\d{1,2})\s?[.)/]\s*)?)(?=[A-ZÀ-Ý])")
"""Behind it another question may begin: « … répond-elle ? 3. Qui sont … », « … : SC ; Structure de … »."""

_COUNTER = re.compile(r"\s*(?:[•·▪◦‣➢*–—-]|(?:[A-H]\s?[.)]?\s?)?\d{1,2}\s?[.)°:])\s*")

_RATED = re.compile(
    r"\W*(?:[^\W\d_]{1,12}\s*(?:n[°ºo]\s*)?)?(?:[A-H]\s?[.\-]?\s?)?(\d{1,2})\s*"
    r"(?:(?:[.):°=→–—-]\W*|\s)(10|[1-9])(?:\s*/\s*10)?|[.):°=→–—-][\s._…]*(?:/\s*10)?)\W*"
)
"""« E4 : 8 », and « E5 : » that was left out among them."""
_RATED_LINE = re.compile(
    r"\W*(?:(?P<number>\d{1,2})\s*[.):°–-]\s*)?(?=[^\W\d_])[^\n]{3,90}?\s*"
    r"(?:[:=→>–—\s]\s*(?P<rating>(?:10|[1-9])(?P<of>\s*(?:/|sur)\s*10)?)|[:=→][\s._…]*(?:/\s*10)?)\W*"
)
_PREFIX = re.compile(
    r"^\W*(?:(?:[Qq]uestions?|[Qq])\s*(?:n[°ºo]\s*)?(?:[:.–-]\s*)?)?(?:[A-Ha-h]\s*[.)\-–]\s*|[A-H](?=\d))?"
    r"(?:\d{1,2}(?:\s*[.)]\s*\d{1,2})*\s*[.):°\-–/]*|[ivx]{1,4}[.)])?\W*"
)
_GOES_ON = re.compile(r"\s*\w(?![^?:.]{0,40}[?:])")
_LABEL_END = re.compile(r"[:?]")
_AFTER_WORDING = re.compile(r"^(?:\s*\([^)]{0,80}\)(?=\s*[:?]|\s*$))?[\s\u00a0?:.,;…*)=→]*")
_COUNTED = re.compile(
    r"\s*(?:(?:\d{1,2}|[A-Za-z])\s?[.)/]|(?:affirmation|question|[ée]nonc[ée])\s\d{1,2}\s?[:.)])\s*(?=[^\W\d_])",
    re.I,
)
_INNER_LABEL = re.compile(r"(?:(?<=\s)|(?<=[,;|(/]))[^\W\d_][^:;|?\n,]{1,48}?(?=\s?:)")


@dataclass(frozen=True, slots=True)
class Match:
    """An anchor at its place."""

    anchor: Anchor
    score: float
    whole: bool
    """The full wording stands there, not a part."""
    first: int
    last: int
    """Tokens from ``first`` to before ``last``."""
    start: tuple[int, int]
    """(piece, character) where it starts, numbering included."""
    end: tuple[int, int]
    """Where what follows it starts."""

    @property
    def value(self) -> float:
        """What it adds to a chain."""
        weight = 0.8 + min(2.2, self.anchor.weight / 10)
        share = 1.0 if self.anchor.question else 0.75 if self.anchor.is_title else 0.5
        return share * weight * (self.score - 0.5)


@dataclass(frozen=True, slots=True)
class _Start:
    """A place where a wording may start."""

    token: int
    piece: int
    char: int
    inner: bool
    """Within a line, before a colon."""
    sentence: bool
    """Within a line, where a sentence ends or a number counts another one."""
    quoted: bool
    number: str | None
    bold: bool


def printed_lines(stream: Stream, form: Form) -> list[Match]:
    """Titles and other printed lines alone, for a page on which no question is expected."""
    return _best_chain([match for match in _candidates(stream, form) if match.anchor.question is None])


def matches(stream: Stream, form: Form) -> list[Match]:
    """The best chain, in order of place; then what stands out of order and is unmistakable."""
    found = _without_quotes(stream, [*_candidates(stream, form), *_in_narrow_cells(stream, form)])
    chain = _best_chain(found)
    placed = {match.anchor.order for match in chain}
    for match in sorted(found, key=lambda m: -m.score):
        free = match.anchor.order not in placed and match.anchor.question is not None
        telling = not match.anchor.is_short or len(match.anchor.variants[0].words) >= FEWEST_TOLD
        if free and match.score >= 0.9 and telling and not _overlaps(match, chain):
            chain.append(match)
            placed.add(match.anchor.order)
    chain += _moved_within_their_part(form, found, chain)
    if sum(match.anchor.question is not None for match in chain) >= LEAST_FOR_NUMBERS:
        chain = _below_its_title(stream, form, found, chain)
        chain += _by_number(stream, form, sorted(chain, key=lambda m: m.first))
        chain += _rated_by_number(stream, form, sorted(chain, key=lambda m: m.first))
        chain = _rated_in_a_list(stream, form, sorted(chain, key=lambda m: m.first))
        chain += _rated_among_others(stream, form, sorted(chain, key=lambda m: m.first))
        chain += _by_few_words(stream, form, sorted(chain, key=lambda m: m.start))
    chain = [_to_its_last_row(match, stream) for match in chain]
    chain = _below_titles(found, sorted(chain, key=lambda match: match.start))
    own = sorted((_from_its_own_row(match, stream) for match in chain), key=lambda match: match.start)
    return own[:1] + [_from_its_first_row(match, stream, before.last) for before, match in pairwise(own)]


def _from_its_first_row(match: Match, stream: Stream, after: int) -> Match:
    """A question of which only the end was found, from where it begins: overleaf, beside its answer."""
    opening = match.anchor.variants[0].words[:OPENING]
    if match.anchor.question is None or len(opening) < OPENING or match.first == match.last:
        return match
    if _opens(stream, match.first, opening):
        return match
    for token in range(after, match.first):
        own = stream.tokens[token]
        begins = not re.search(r"[^\W\d_]", stream.pieces[own.piece].text[: own.start])
        if begins and stream.pieces[own.piece].box and _opens(stream, token, opening):
            return replace(match, first=token, start=(own.piece, 0))
    return match


def _opens(stream: Stream, token: int, opening: Sequence[str]) -> bool:
    said = [each.text for each in stream.tokens[token : token + OPENING]]
    return fuzz.ratio(" ".join(said), " ".join(opening)) >= _ALIKE


def _without_quotes(stream: Stream, found: list[Match]) -> list[Match]:
    """Without questions that are quoted beside the column of a table in which they are asked themselves."""
    asked: dict[tuple[int, int], set[int]] = {}
    for match in found:
        cell = stream.pieces[match.start[0]].cell
        if match.anchor.question and cell:
            asked.setdefault((cell.table, cell.column), set()).add(match.anchor.order)
    labels = {
        table: max((len(orders), -column) for (other, column), orders in asked.items() if other == table)[1]
        for table, _ in asked
    }

    def is_quote(match: Match) -> bool:
        cell = stream.pieces[match.start[0]].cell
        if cell is None or match.anchor.question is None or match.score >= SURE_WITHIN:
            return False
        column = -labels[cell.table]
        return cell.column > column and match.anchor.order in asked[cell.table, column]

    return [match for match in found if not is_quote(match)]


def _below_titles(found: list[Match], chain: list[Match]) -> list[Match]:
    """Of two lines that may be the first question of a part, the one right below its title: answers quote."""
    kept = chain[:1]
    for before, match in pairwise(chain):
        line = (before.end[0] + 1, 0)
        first = [
            m for m in found if m.start == line and m.anchor is match.anchor and m.first > before.last - 1
        ]  # fmt: skip
        other = not match.whole and before.anchor.question is None and match.start > line and first
        kept.append(max(first, key=lambda m: m.score) if other else match)
    return kept


def _to_its_last_row(match: Match, stream: Stream) -> Match:
    """A shortened question to the end of its narrow cell, where its last words wrap and answers stand beside.

    Of its own words all are in bold, or the line below begins with a small letter.
    """
    at, char = match.end
    piece, cell = stream.pieces[at], stream.pieces[at].cell
    if match.whole or match.anchor.question is None or cell is None or piece.text[char:].strip():
        return match
    columns = {p.cell.column for p in stream.pieces if p.cell and p.cell.table == cell.table}
    below = [
        index for index in range(at + 1, min(at + MOST_WRAPPED, len(stream.pieces)))
        if stream.pieces[index].cell == cell
    ]  # fmt: skip
    if max(columns) == cell.column or not below or below != [*range(at + 1, below[-1] + 1)]:
        return match
    rest = [stream.pieces[index] for index in below]
    goes_on = all(map(_retyped.is_styled, [piece, *rest])) or rest[0].text[:1].islower()
    wraps = piece.box is not None and sum(len(p.text) for p in rest) < len(piece.text) * len(rest)
    return replace(match, end=(below[-1], len(rest[-1].text))) if goes_on and wraps else match


def _from_its_own_row(match: Match, stream: Stream) -> Match:
    """A wording of which the first words were misread, without the row before: « 3,5 » answers that one."""
    tokens = stream.tokens[match.first : match.last]
    opening = match.start[0]
    if not tokens or tokens[0].piece != opening or tokens[-1].piece == opening:
        return match
    if any(match.anchor.has(token.text) for token in tokens if token.piece == opening):
        return match
    first = next(at for at, token in enumerate(tokens, match.first) if token.piece != opening)
    cell = stream.pieces[opening].cell
    if cell is not None and cell == stream.pieces[stream.tokens[first].piece].cell:
        return match  # in a narrow one words are cut
    return replace(match, first=first, start=(stream.tokens[first].piece, 0))


def _moved_within_their_part(form: Form, found: list[Match], chain: list[Match]) -> list[Match]:
    """« Prénom » above « Nom »: short labels in another order than the form's, among others of their part."""
    moved: list[Match] = []
    placed = {match.anchor.order for match in chain}
    for anchors in _parts(form):
        own = [match for match in chain if match.anchor.order in anchors]
        missing = {order for order in anchors if order not in placed and form.anchors[order].is_short}
        if len(own) < LEAST_OF_A_PART or not missing:
            continue
        first, last = min(match.first for match in own), max(match.last for match in own)
        before = max((m.last for m in chain if m.last <= first and m.anchor.order not in anchors), default=0)
        after = min((m.first for m in chain if m.first >= last), default=last + MOST_WORDS_MOVED)
        for match in sorted(found, key=lambda m: (-m.score, m.first)):
            inside = before <= match.first and match.last <= after and match.anchor.order in missing
            if inside and match.whole and match.score >= 0.9 and not _overlaps(match, [*chain, *moved]):
                moved.append(match)
                missing.discard(match.anchor.order)
    return moved


def _parts(form: Form) -> Iterator[set[int]]:
    """The questions between two titles of the form, by their orders."""
    part: set[int] = set()
    for anchor in form.anchors:
        if anchor.is_title:
            yield part
            part = set()
        elif anchor.question:
            part.add(anchor.order)
    yield part


def _below_its_title(stream: Stream, form: Form, found: list[Match], chain: list[Match]) -> list[Match]:
    """« MODÈLE ÉCONOMIQUE » is a short label, or the title above a question in other words that follows."""
    titles = {m.start: m for m in found if m.anchor.is_title and m.whole and m.score >= 0.98}
    for match in chain:
        if match.anchor.question is None or match.whole or match.start not in titles:
            continue
        other = [titles[m.start] if m is match else m for m in chain]
        again = _by_few_words(stream, form, sorted(other, key=lambda m: m.start))
        if any(each.anchor is match.anchor for each in again):
            return _below_its_title(stream, form, found, other)
    return chain


def _overlaps(match: Match, chain: list[Match]) -> bool:
    return any(match.first < other.last and other.first < match.last for other in chain)


def _best_chain(found: list[Match]) -> list[Match]:
    """The chain of greatest value whose places and anchors both ascend (O(n log n))."""
    by_first = sorted(range(len(found)), key=lambda i: (found[i].first, found[i].last))
    by_last = sorted(range(len(found)), key=lambda i: found[i].last)
    total = [0.0] * len(found)
    before: list[int | None] = [None] * len(found)
    orders: list[int] = []  # a staircase: ascending orders with ascending totals
    best: list[int] = []
    done = 0
    for index in by_first:
        while done < len(by_last) and found[by_last[done]].last <= found[index].first:
            _climb(orders, best, total, found, by_last[done])
            done += 1
        at = bisect.bisect_left(orders, found[index].anchor.order) - 1
        if at >= 0:
            before[index] = best[at]
            total[index] = total[best[at]]
        total[index] += found[index].value
    chain: list[Match] = []
    at_end = max(range(len(found)), key=lambda i: total[i], default=None)
    while at_end is not None:
        chain.append(found[at_end])
        at_end = before[at_end]
    return chain[::-1]


def _climb(orders: list[int], best: list[int], total: list[float], found: list[Match], index: int) -> None:
    """Add a finished match to the staircase, and drop the steps that it dominates."""
    order = found[index].anchor.order
    at = bisect.bisect_right(orders, order)
    if at and total[best[at - 1]] >= total[index]:
        return
    if at and orders[at - 1] == order:
        at -= 1
        del orders[at], best[at]
    while at < len(orders) and total[best[at]] <= total[index]:
        del orders[at], best[at]
    orders.insert(at, order)
    best.insert(at, index)


# ---------------------------------------------------------------- candidates


def _candidates(stream: Stream, form: Form) -> Iterator[Match]:
    far, near = _reach(stream)
    for start in _starts(stream):
        limit = far[start.piece]
        window = {stem(token.text) for token in stream.tokens[start.token : min(start.token + 14, limit)]}
        seen: dict[int, float] = {}
        for s in window:
            for order in form.by_stem.get(s, ()):
                seen[order] = seen.get(order, 0.0) + form.rarity[s]
        for order, weight in seen.items():
            anchor = form.anchors[order]
            if weight >= 0.25 * min(anchor.weight, 14.0):
                match = _scored(stream, form, anchor, start, limit, near[start.piece])
                if match is not None:
                    yield match


def _in_narrow_cells(stream: Stream, form: Form) -> Iterator[Match]:
    """Columns so narrow that words are cut: the letters of a whole cell against those of a wording."""
    cells: dict[Cell, list[int]] = {}
    for index, piece in enumerate(stream.pieces):
        if piece.cell is not None and piece.text.strip():
            cells.setdefault(piece.cell, []).append(index)
    asked = [anchor for anchor in form.anchors if anchor.question and not anchor.is_short]
    for inside in cells.values():
        if len(inside) < 5 or sum(len(stream.pieces[i].text) for i in inside) > 9 * len(inside):
            continue
        first, last = stream.first_token[inside[0]], stream.first_token[inside[-1]]
        end = next(
            (t for t in range(last, len(stream.tokens)) if stream.tokens[t].piece != inside[-1]),
            len(stream.tokens),
        )
        letters = "".join(fold(stream.pieces[i].text) for i in inside)
        letters = re.sub(r"^\d{1,2}\W+|\W", "", letters)
        for anchor in asked:
            wording = re.sub(r"\W", "", fold(anchor.variants[0].printed))
            score = fuzz.ratio(letters, wording, score_cutoff=82) / 100
            if score:
                place = (inside[-1], len(stream.pieces[inside[-1]].text))
                yield Match(anchor, score, True, first, end, (inside[0], 0), place)


def _reach(stream: Stream) -> tuple[list[int], list[int]]:
    """By piece, the token up to which a wording that starts there may run.

    It stays within its cell; one that asks once (the second list) also ends with the line that asks.
    """
    ends = [0] * len(stream.pieces)
    nearer = [0] * len(stream.pieces)
    following = [*stream.first_token[1:], len(stream.tokens)]
    for index in range(len(stream.pieces) - 1, -1, -1):
        piece = stream.pieces[index]
        last = index + 1 == len(stream.pieces) or not _goes_on(piece, stream.pieces[index + 1])
        ends[index] = following[index] if last else ends[index + 1]
        asks = re.search(r"[?:]\s*$", piece.text) or (":" in piece.text and piece.box is None)
        nearer[index] = following[index] if last or asks else nearer[index + 1]
    return ends, nearer


def _goes_on(piece: Piece, following: Piece) -> bool:
    """Whether a wording may run from one piece to the next: in its cell, or overleaf in its column."""
    if _COUNTED.match(following.text):
        return False  # « h) Agrément ? : oui » and « i) Site : » below it are two
    if piece.cell == following.cell:
        return True
    overleaf = (
        following.line.page == piece.line.page + 1 and piece.box is not None and following.box is not None
    )
    return overleaf and abs(piece.box.x0 - following.box.x0) < 8  # type: ignore[union-attr]


def _starts(stream: Stream) -> Iterator[_Start]:
    following = [*stream.first_token[1:], len(stream.tokens)]
    for index, piece in enumerate(stream.pieces):
        first, last = stream.first_token[index], following[index]
        if first == last:
            continue
        bold = any(span.bold and span.text.strip() for span in piece.spans(0, 20))
        prefix = _PREFIX.match(piece.text)
        cut = prefix.end() if prefix else 0
        quoted = bool(re.match(r"\s*[«\"“]", piece.text))
        number = re.search(r"\d{1,2}(?=\D*$)", piece.text[:cut]) or re.search(
            r"\d{1,2}", piece.line.number or ""
        )
        begins = {0}
        for char in (0, cut):
            token = next((t for t in range(first, last) if stream.tokens[t].start >= char), None)
            if token is not None and token not in begins - {0}:
                begins.add(token)
                yield _Start(token, index, 0, False, False, quoted, number[0] if number else None, bold)
        for token in _wrapped_labels(stream, index):
            yield _Start(token, index, stream.tokens[token].start, True, False, False, None, bold)
        for sentence in _SENTENCE.finditer(piece.text):
            token = next((t for t in range(first, last) if stream.tokens[t].start >= sentence.end()), None)
            if token is not None and token - first > 1:
                yield _Start(token, index, sentence.start(1), True, True, False, sentence[2], bold)
        for inner in _INNER_LABEL.finditer(piece.text):
            token = next((t for t in range(first, last) if stream.tokens[t].start >= inner.start()), None)
            while token is not None and token < last and stream.tokens[token].start < inner.end():
                if token > first:
                    begins_at = stream.tokens[token].start
                    own_label = re.fullmatch(
                        r"[^:?]{1,40}[(/]\s*", piece.text[:begins_at]
                    )  # « Créée le (date de création) », « GSM / téléphone »
                    char = 0 if own_label else begins_at
                    yield _Start(token, index, char, True, False, False, None, bold)
                token += 1


def _wrapped_labels(stream: Stream, index: int) -> Iterator[int]:
    """The last words of a laid-out line, where the next one begins with the rest of a label and its colon."""
    piece = stream.pieces[index]
    below = stream.pieces[index + 1] if index + 1 < len(stream.pieces) else None
    if piece.box is None or below is None or below.cell != piece.cell or below.line.page != piece.line.page:
        return
    first, last = stream.first_token[index], stream.first_token[index + 1]
    if re.match(r"[^\W\d_]+(?:[\s’'][^\W\d_]+){0,3}\s?:", below.text) and not re.search(
        r"[:?]\s*$", piece.text
    ):
        yield from range(max(first + 1, last - LONGEST_LABEL), last)


def _scored(stream: Stream, form: Form, anchor: Anchor, start: _Start, far: int, near: int) -> Match | None:
    best, end, whole = 0.0, start.token, True
    for variant in anchor.variants:
        counted = start.number is not None and anchor.number == start.number
        least = LONGEST_LABEL if counted else FEWEST_BEGUN
        if start.sentence and (len(variant.words) < least or not variant.whole):
            continue
        if start.inner and not start.sentence and len(variant.words) > 6:
            continue
        reach = far if variant.asks_twice else min(near, _asked_reach(stream, start))
        is_label = len(variant.words) <= LONGEST_LABEL
        if is_label and not _is_whole_before_a_colon(stream, variant, start):
            # of « Site : Non » the answer is no part of the label
            reach = min(reach, _label_reach(stream, start))
        score, at = _likeness(stream, variant, start.token, reach)
        if score > best:
            best, end, whole = score, _last_of(stream, variant, start.token, at), variant.whole
            while end - start.token > 1 and _is_foreign_number(stream.tokens[end - 1].text, variant):
                end -= 1
    if start.sentence and (best < SURE_WITHIN or anchor.question is None or _is_quoted(stream, start, end)):
        return None
    if best < 0.86 and (anchor.question or anchor.is_title):
        score, at = _shortened(stream, form, anchor, start)
        torn = not whole and end < at and _GOES_ON.match(_rest(stream, end))
        if score > (best - PART_OF_A_SENTENCE if torn else best):
            best, end, whole = score, at, False
    if best < ENOUGH:
        return None
    rest = _rest(stream, end)
    if anchor.is_short:
        best -= _unlike_label(stream, start, end, rest)
        if best < 0.86 and start.inner and _goes_on_from(stream, start):
            return None  # of « Statut juridique : » half a wording is no label
    elif start.sentence:
        best -= 0.1  # an answer may quote the question that follows
    elif start.inner and not (best >= SURE_WITHIN and whole and re.match(r"\s*\)?\s*:", rest)):
        best -= 0.4
    elif not whole and not anchor.is_title and _GOES_ON.match(rest):
        best -= PART_OF_A_SENTENCE
    if start.number and anchor.number == start.number:
        best += 0.05
    if stem(stream.tokens[start.token].text) not in anchor.opening:
        best -= 0.07  # « 3. Partager » and the question below it are not one question
    best += 0.02 * start.bold - 0.12 * start.quoted
    if best < (ENOUGH if anchor.question else 0.78):
        return None
    skipped = _label_rest(rest, whole)
    ends = (stream.tokens[end - 1].piece, stream.tokens[end - 1].end + skipped)
    return Match(anchor, best, whole, start.token, end, _with_its_counter(stream, start), ends)


def _rest(stream: Stream, end: int) -> str:
    """What stands behind the last word of a wording in its piece."""
    last = stream.tokens[end - 1]
    return stream.pieces[last.piece].text[last.end :]


def _likeness(stream: Stream, variant: Variant, first: int, limit: int) -> tuple[float, int]:
    """The best likeness of a wording with the words from ``first``, and where they end."""
    size = len(variant.words)
    if first + size // 2 >= limit + 1:
        return 0.0, first
    slack = 1 if size <= 3 else 3 if size <= 12 else 5
    tokens = [token.text for token in stream.tokens[first : min(first + size + slack, limit)]]
    rough = fuzz.ratio(variant.text, " ".join(tokens[:size]), score_cutoff=52)
    if rough == 0:
        return 0.0, first
    best, end = 0.0, first
    for count in range(max(1, size - slack), len(tokens) + 1):
        score = fuzz.ratio(variant.text, " ".join(tokens[:count]))
        if score > best + 0.01:
            best, end = score, first + count
    return best / 100 * variant.trust, end


def _is_quoted(stream: Stream, start: _Start, end: int) -> bool:
    """Whether a wording within a line is an answer's: not asked after another, not counted, no label."""
    last = stream.tokens[end - 1]
    before = stream.pieces[start.piece].text[: start.char].rstrip(" /")[-1:]
    is_label = re.match(r"(?:\s*\([^)]*\))?[\s?.)]*:", stream.pieces[last.piece].text[last.end :]) is not None
    return before != "?" and start.number is None and not is_label


def _with_its_counter(stream: Stream, start: _Start) -> tuple[int, int]:
    """Where a wording starts: with the « 12. » or « • » that a tab parts from it."""
    piece, before = stream.pieces[start.piece], stream.pieces[max(start.piece - 1, 0)]
    same_row = (before.at, before.row, before.rank + 1) == (piece.at, piece.row, piece.rank)
    if start.char == 0 and same_row and _COUNTER.fullmatch(before.text):
        return start.piece - 1, 0
    return start.piece, start.char


def _is_foreign_number(word: str, variant: Variant) -> bool:
    """« … débats : 7 »: a number that the wording does not have is what was answered."""
    return word.isdigit() and word not in variant.words


def _last_of(stream: Stream, variant: Variant, first: int, end: int) -> int:
    """Where a wording ends: not with a line that has none of its words, which is the answer's first.

    Nor with a line that has some of them, where the question's own line had ended and they are in no order.
    """
    while end > first and stream.tokens[end - 1].piece != stream.tokens[first].piece:
        piece = stream.tokens[end - 1].piece
        begin = next(t for t in range(first, end) if stream.tokens[t].piece == piece)
        said = [token.text for token in stream.tokens[begin:end]]
        own = any(word in variant.words for word in said) or any(
            fuzz.ratio(word, own) >= 60 for word in said if word not in STOP for own in variant.words
        )
        least = IN_ORDER if len(said) > 2 else 100
        if own and (_wraps(stream, piece) or fuzz.partial_ratio(" ".join(said), variant.text) >= least):
            break
        end = begin
    return end


def _wraps(stream: Stream, index: int) -> bool:
    """Whether a laid-out line is there because the one before it was full."""
    before, piece = stream.pieces[index - 1], stream.pieces[index]
    if before.box is None or piece.box is None or piece.line.page != before.line.page:
        return False
    column = [p.box.x1 for p in stream.pieces if p.box and abs(p.box.x0 - piece.box.x0) < 4]
    word = (piece.box.x1 - piece.box.x0) * len(piece.text.split()[0]) / len(piece.text)
    return max(column) - before.box.x1 < word + SPACE


def _shortened(stream: Stream, form: Form, anchor: Anchor, start: _Start) -> tuple[float, int]:
    """How well a label that is short for the wording fits: nearly only its words, and telling ones."""
    end = _phrase_end(stream, start)
    said = [t.text for t in stream.tokens[start.token : end] if t.text not in STOP]
    if not said or end - start.token > 40:
        return 0.0, end
    begun = [token.text for token in stream.tokens[start.token : end]]
    if len(begun) >= FEWEST_BEGUN and any(_begins(variant, begun) for variant in anchor.variants):
        return 0.8, end
    stems = {stem(word) for word in said}
    common = stems & anchor.stems
    rare = form.rarity
    shared = sum(rare.get(s, 1.0) for s in common)
    precision = shared / sum(rare.get(s, 3.0) for s in stems)
    recall = shared / max(anchor.weight, 0.1)
    if anchor.is_short:
        if recall > 0.95 and precision >= (0.3 if anchor.question else 0.8):
            return 0.62 + 0.12 * precision, end
        return (0.66 if anchor.question and recall >= 0.4 and precision > 0.9 else 0.0), end
    asks = stream.pieces[stream.tokens[end - 1].piece].text[stream.tokens[end - 1].end :].lstrip()[:1]
    least = 0.12 if anchor.is_title and anchor.number == start.number else 0.25
    if precision < (0.6 if asks == "?" else 0.78) or recall < least or (len(common) < 2 and recall < 0.5):
        return 0.0, end
    if anchor.is_title and anchor.number == start.number and start.number and precision > 0.99:
        return 0.76, end  # « 2. Personne référente »
    certain = 0.45 * precision + 0.35 * min(1.0, recall * 1.25) + (0.1 if asks and asks in "?:" else 0.0)
    return min(certain, 0.86), end


def _begins(variant: Variant, said: list[str]) -> bool:
    """Whether a line is the beginning of a wording: « COOPCITY propose des programmes … »."""
    return fuzz.ratio(" ".join(said), " ".join(variant.words[: len(said)])) >= _ALIKE


def _phrase_end(stream: Stream, start: _Start, marks: re.Pattern[str] = _LABEL_END) -> int:
    """The token behind the last one before the first « ? » or « : », else the end of the piece."""
    piece = stream.pieces[start.piece]
    begin = stream.tokens[start.token].start
    mark = marks.search(piece.text, begin)
    limit = mark.start() if mark else len(piece.text)
    end = start.token
    while (
        end < len(stream.tokens)
        and stream.tokens[end].piece == start.piece
        and stream.tokens[end].start < limit
    ):
        end += 1
    return max(end, start.token + 1)


def _goes_on_from(stream: Stream, start: _Start) -> bool:
    """Whether a word stands right before a place within a line."""
    return re.search(r"\w\s*$", stream.pieces[start.piece].text[: start.char]) is not None


def _label_reach(stream: Stream, start: _Start) -> int:
    """The token up to which a short label may run: to its colon, unless the piece ends before that."""
    end = _phrase_end(stream, start)
    following = stream.tokens[end].piece if end < len(stream.tokens) else -1
    return end if following == start.piece else len(stream.tokens)


def _asked_reach(stream: Stream, start: _Start) -> int:
    """The token up to which a wording may run that asks once: to the mark within its line."""
    text, begin = stream.pieces[start.piece].text, stream.tokens[start.token].start
    mark = re.search(r"\?(?=\s+\w)", text[begin:])
    if mark is None:
        return len(stream.tokens)
    return _phrase_end(stream, start, re.compile(r"\?"))


def _is_whole_before_a_colon(stream: Stream, variant: Variant, start: _Start) -> bool:
    """« Numéro:d'entreprise: »: a speck was read as a colon within a label that goes on to its own."""
    said = stream.tokens[start.token : start.token + len(variant.words)]
    if [token.text for token in said] != list(variant.words) or said[-1].piece != start.piece:
        return False
    return re.match(r"\s?:", stream.pieces[start.piece].text[said[-1].end :]) is not None


def _unlike_label(stream: Stream, start: _Start, end: int, rest: str) -> float:
    """What a short wording loses when words follow it as in a sentence."""
    after = rest.strip(" .)\t\xa0")
    if not after or after[0] in ":?" or LEADERS.match(rest.lstrip()) or after[0] in "☐☒_…(":
        return 0.0
    if re.match(r"\([^)]*\)\s*:?", after):
        return 0.0
    if start.inner:
        return 0.3
    alone = stream.pieces[start.piece].line.spans
    if len(alone) > 1 and alone[0].bold and not alone[-1].bold:
        return 0.05
    return 0.04 if ":" in rest[:30] else 0.22


def _label_rest(rest: str, whole: bool) -> int:
    """How much after the last word of a wording still belongs to it: « (BCE) : », « professionnel : »."""
    asking = re.match(r"^[^:?\n.]{0,40}\?\s*$" if whole else r"^[^:?\n]{0,48}?\s?\?\s*", rest)
    if asking and len(asking[0].split()) <= 7:
        return asking.end()
    tail = re.match(r"^[^:=?\n.\d]{0,36}?\s?[:=]", rest)
    if tail and len(tail[0].split()) <= 5:
        more = _AFTER_WORDING.match(rest[tail.end() :])
        return tail.end() + (more.end() if more else 0)
    twice = re.match(r"^\s*\?\s+(?=\?+\s*$)", rest)
    plain = twice or _AFTER_WORDING.match(rest)  # of « ? ? » the second is the applicant's
    return plain.end() if plain else 0


# ---------------------------------------------------------------- other words, numbers alone


def _by_few_words(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
    """Questions that were made anew in other words."""
    found = [(match.anchor, match.start[0], match.end[0]) for match in chain]
    matched = []
    for each in _retyped.find(stream, form, found):
        token, piece = stream.first_token[each.label.piece], each.label.piece
        ends = (piece, each.label.end)
        matched.append(Match(each.anchor, 0.68, False, token, token, (piece, 0), ends))
    return matched


def _by_number(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
    """Questions whose wording was deleted and whose number was kept, where a whole run of them is found.

    Where there is such a run, others may lack one, whose number was not read.
    """
    found: list[list[Match]] = []
    lacking: list[list[Match]] = []
    for before, run, after in _runs(form, chain, lambda anchor: anchor.number or anchor.place):
        first = before.last if before else 0
        last = after.first if after else len(stream.tokens)
        if matched := _numbered(stream, run, first, last):
            found.append(matched)
            continue
        without = ([*run[:at], *run[at + 1 :]] for at in range(len(run)) if len(run) > 2)
        lacking.append(next((m for rest in without if (m := _numbered(stream, rest, first, last))), []))
    deleted = any(
        len(run) >= 3 for run in found if all(match.anchor.number for match in run)
    )  # then one or two of them alone are no chance either
    return [match for run in (*found, *lacking) for match in run if deleted]


def _rated_by_number(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
    """Statements without their wordings: « 1. 7 », « Affirmation 2 : 4/10 », « 3. » …, for a whole part."""
    found: list[Match] = []
    for before, run, after in _runs(form, chain, lambda anchor: anchor.number or anchor.place):
        first = before.last if before else 0
        last = after.first if after else len(stream.tokens)
        rated = [
            (int(said[1]), index, said.start(2) if said[2] else said.end())
            for index, piece in enumerate(stream.pieces)
            if first <= stream.first_token[index] <= last
            and (said := _RATED.fullmatch(_counted(piece))) is not None
        ]  # fmt: skip
        places = [str(number) for number, _, _ in rated]
        told = sum(at < len(_counted(stream.pieces[index])) for _, index, at in rated)
        if told >= FEWEST_RATED and places == [anchor.place for anchor in run]:
            for anchor, (_, index, at) in zip(run, rated, strict=True):
                token, own = stream.first_token[index], len(stream.pieces[index].text)
                start = max(at - len(_counted(stream.pieces[index])) + own, 0)
                found.append(Match(anchor, 0.7, False, token, token, (index, 0), (index, start)))
    return found


def _rated_in_a_list(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
    """« 1. Transparence : 6/10 » … for each statement of a part, whatever they were shortened to."""
    for part in _parts(form):
        own = [match for match in chain if match.anchor.order in part]
        if len(part) < FEWEST_LISTED or any(m.whole for m in own):
            continue
        before = max((m.last for m in chain if m.anchor.order < min(part)), default=0)
        after = min((m.first for m in chain if m.anchor.order > max(part)), default=len(stream.tokens))
        rated = _rated_lines(stream, before, after)
        counted = [said["number"] for _, said in rated]
        in_order = counted in ([str(n) for n in range(1, len(part) + 1)], [None] * len(part))
        told = [said for _, said in rated if said["rating"]]
        if (
            len(rated) == len(part) and in_order
            and len(told) >= FEWEST_LISTED and all(said["number"] or said["of"] for said in told)
        ):  # fmt: skip
            anchors = [form.anchors[order] for order in sorted(part)]
            chain = [match for match in chain if match not in own] + [
                _listed(stream, anchor, index, said)
                for anchor, (index, said) in zip(anchors, rated, strict=True)
            ]
    return chain


def _rated_among_others(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
    """« Nos discussions… : 4 » between two statements that were found, where one is still expected."""
    found: list[Match] = []
    parts = [part for part in _parts(form) if len(part) >= FEWEST_LISTED]
    for before, run, after in _runs(form, chain, lambda anchor: anchor.place):
        listed = any({anchor.order for anchor in run} <= part for part in parts)
        if before is None or after is None or not listed or any(anchor.is_short for anchor in run):
            continue
        rated = _rated_lines(stream, before.last, after.first)
        begun = (stem(stream.tokens[stream.first_token[index]].text) for index, _ in rated)
        if len(rated) == len(run) and all(
            word in anchor.opening for word, anchor in zip(begun, run, strict=True)
        ):
            found += [_listed(stream, anchor, *line) for anchor, line in zip(run, rated, strict=True)]
    return found


def _rated_lines(stream: Stream, first: int, last: int) -> list[tuple[int, re.Match[str]]]:
    """The lines between two places that end in a number of the scale, or in a colon."""
    return [
        (index, said)
        for index, piece in enumerate(stream.pieces)
        if first <= stream.first_token[index] < last
        and (said := _RATED_LINE.fullmatch(_counted(piece))) is not None
    ]


def _listed(stream: Stream, anchor: Anchor, index: int, said: re.Match[str]) -> Match:
    token, piece = stream.first_token[index], stream.pieces[index]
    rated_at = said.start("rating") if said["rating"] else said.end()
    start = max(rated_at - len(_counted(piece)) + len(piece.text), 0)
    return Match(anchor, 0.7, False, token, token, (index, 0), (index, start))


def _counted(piece: Piece) -> str:
    """A piece with the number that Word counts it by."""
    return f"{piece.line.number} {piece.text}" if piece.line.number and piece.offset == 0 else piece.text


def _numbered(stream: Stream, run: list[Anchor], first: int, last: int) -> list[Match]:
    """All of a run by their numbers, in order; else nothing."""
    places = _numbered_places(stream, [anchor.number or anchor.place or "" for anchor in run], first, last)
    if len(places) < len(run):
        return []
    return [
        Match(
            anchor, 0.7, False, token, token, (piece, 0), (piece, _behind_label(stream.pieces[piece], char))
        )
        for anchor, (piece, char, token) in zip(run, places, strict=True)
    ]


def _behind_label(piece: Piece, char: int) -> int:
    """Behind « 5. Qui fait quoi : » where these words are set off, and what follows them is not."""
    label = re.match(r"[^:?\n]{3,60}[:?]", piece.text[char:])
    if label is None:
        return char
    own = [span for span in piece.spans(char, char + label.end() - 1) if span.text.strip()]
    rest = [span for span in piece.spans(char + label.end()) if re.search(r"\w", span.text)]
    for style in ("bold", "italic", "underline"):
        if all(getattr(span, style) for span in own) and not any(getattr(span, style) for span in rest):
            return char + label.end()
    return char


def _runs(
    form: Form, chain: list[Match], counts: Callable[[Anchor], str | None] = lambda anchor: anchor.number
) -> Iterator[tuple[Match | None, list[Anchor], Match | None]]:
    """Following numbered questions that were not found, between two anchors that were."""
    placed = {match.anchor.order: match for match in chain}
    run: list[Anchor] = []
    before: Match | None = None
    for anchor in form.anchors:
        match = placed.get(anchor.order)
        if match is None and anchor.question and counts(anchor):
            run.append(anchor)
        elif match is not None:
            if run:
                yield before, run, match
            run, before = [], match
    if run:
        yield before, run, None


def _numbered_places(stream: Stream, numbers: list[str], first: int, last: int) -> list[tuple[int, int, int]]:
    places: list[tuple[int, int, int]] = []
    for index, piece in enumerate(stream.pieces):
        if len(places) == len(numbers) or not first <= stream.first_token[index] <= last:
            continue
        wanted = re.escape(numbers[len(places)])
        typed = re.match(
            rf"\W*(?:[A-H]\s*(?:\d\s*\.\s*)?[.)]?\s*)?{wanted}(?:\s*[.)°:]+\s*|\s*[\-–/]+\s*(?=[^\s\-–/])|\s+(?=[\-–/]+\s*$))"
            rf"|\W*[A-H]\s*[.)]?\s*{wanted}(?:\s+|$)"
            rf"|^\s*{wanted}\s*$",
            piece.text,
        )
        if typed:
            places.append((index, typed.end(), stream.first_token[index]))
        elif re.fullmatch(rf"\W*(?:[A-H]\W?)?{wanted}\W*", piece.line.number or ""):
            places.append((index, 0, stream.first_token[index]))
    return places
