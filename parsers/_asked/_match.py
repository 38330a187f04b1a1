"""Where each anchor of the form stands in a document: all anchors against all places, in order, at once.

Greedy searching fails on forms: « Nom » stands in a dozen places, and answers quote questions. So every
place where a wording might start is scored, and dynamic programming picks the chain, in the form's own
order, that explains most.
"""

import bisect
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise, takewhile

from rapidfuzz import fuzz

from parsers._asked import _retyped, _unworded
from parsers._asked._anchors import Form, parts
from parsers._asked._candidates import ALIKE, SURE_WITHIN, candidates, in_narrow_cells
from parsers._asked._found import Match
from parsers._stream import Stream

OPENING = 4
"""So many words a question begins with, wherever its end was found."""
FEWEST_TOLD = 6
"""A wording of so many words is unmistakable, though few of them say what it asks."""
LEAST_OF_A_PART = 3
"""So many questions of a part must be there before another of it is looked for out of its order."""
MOST_WORDS_MOVED = 60
"""Behind the last question of a part at the document's end, a label moved there is not farther."""
LEAST_FOR_NUMBERS = 7
"""So many wordings must be there before bare numbers are taken for questions."""
MOST_WRAPPED = 3
"""Into so many lines less one the end of a shortened question wraps."""


def printed_lines(stream: Stream, form: Form) -> list[Match]:
    """Titles and other printed lines alone, for a page on which no question is expected."""
    return _best_chain([*candidates(stream, form.without_questions)])


def matches(stream: Stream, form: Form) -> list[Match]:
    """The best chain, in order of place; then what stands out of order and is unmistakable."""
    found = _without_quotes(stream, [*candidates(stream, form), *in_narrow_cells(stream, form)])
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
        chain += _unworded.by_number(stream, form, sorted(chain, key=lambda m: m.first))
        chain += _unworded.rated_by_number(stream, form, sorted(chain, key=lambda m: m.first))
        chain = _unworded.rated_in_a_list(stream, form, sorted(chain, key=lambda m: m.first))
        chain += _unworded.rated_among_others(stream, form, sorted(chain, key=lambda m: m.first))
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
        answered = not any(map(match.anchor.has, _said(stream, own.piece)))  # « q », a nine of the row above
        if begins and not answered and stream.pieces[own.piece].box and _opens(stream, token, opening):
            return replace(match, first=token, start=(own.piece, 0))
    return match


def _said(stream: Stream, piece: int) -> list[str]:
    first = stream.first_token[piece]
    return [token.text for token in takewhile(lambda each: each.piece == piece, stream.tokens[first:])]


def _opens(stream: Stream, token: int, opening: Sequence[str]) -> bool:
    said = [each.text for each in stream.tokens[token : token + OPENING]]
    return fuzz.ratio(" ".join(said), " ".join(opening)) >= ALIKE


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
    for anchors in parts(form):
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


def _by_few_words(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
    """Questions that were made anew in other words."""
    found = [(match.anchor, match.start[0], match.end[0]) for match in chain]
    matched = []
    for each in _retyped.find(stream, form, found):
        token, piece = stream.first_token[each.label.piece], each.label.piece
        ends = (piece, each.label.end)
        matched.append(Match(each.anchor, 0.68, False, token, token, (piece, 0), ends))
    return matched
