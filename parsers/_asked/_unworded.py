"""Questions whose wordings were deleted, told by their numbers, and statements, told by their ratings."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from parsers._asked._anchors import Anchor, Form, parts
from parsers._asked._found import Match
from parsers._asked._retyped import is_styled
from parsers._stream import Piece, Stream
from parsers._wording import stem

FEWEST_LISTED = 4
"""So many statements at least, for a list of that length, each with its number of the scale, to be theirs."""
FEWEST_NUMBERS = 6
"""So many numbers in the first row of a table are a scale."""
FEWEST_RATED = 3
"""So many numbers in the form's order, each with one of the scale behind it, are ratings."""
_RATED = re.compile(
    r"\W*(?:[^\W\d_]{1,12}\s*(?:n[°ºo]\s*)?)?(?:[A-H]\s?[.\-]?\s?)?(\d{1,2})\s*"
    r"(?:(?:[.):°=→–—-]\W*|\s)(10|[1-9])(?:\s*/\s*10)?|[.):°=→–—-][\s._…]*(?:/\s*10)?)\W*"
)
"""« E4 : 8 », and « E5 : » that was left out among them."""
_RATING = re.compile(r"\s*(?:10|[1-9])(?:\s*(?:/|sur)\s*10)?\s*")
RATING_ALONE = re.compile(rf"\W*{_RATING.pattern}\W*|(?:\W*\b(?:10|[1-9])\b(?:\W*[xX](?=\W))?){{6,10}}\W*")
"""« 7/10 », and « ☐1 ☐2 … ☒7 … »."""
_RATED_LINE = re.compile(
    r"\W*(?:(?P<number>\d{1,2})\s*[.):°–-]\s*)?(?=[^\W\d_])[^\n]{3,90}?\s*"
    r"(?:[:=→>–—\s]\s*(?P<rating>(?:10|[1-9])(?P<of>\s*(?:/|sur)\s*10)?)|[:=→][\s._…]*(?:/\s*10)?)\W*"
)


def by_number(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
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
    return _to_their_ends(stream, [match for run in (*found, *lacking) for match in run if deleted])


def rated_by_number(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
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


def rated_in_a_list(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
    """« 1. Transparence : 6/10 » … for each statement of a part, whatever they were shortened to.

    Or as many labels as there are statements, each with its number of the scale, or the whole scale, in
    the table's row beside it or in the line below it.
    """
    for part in parts(form):
        own = [match for match in chain if match.anchor.order in part]
        if len(part) < FEWEST_LISTED or any(m.whole for m in own):
            continue
        before = max((m.last for m in chain if m.anchor.order < min(part)), default=0)
        after = min((m.first for m in chain if m.anchor.order > max(part)), default=len(stream.tokens))
        anchors = [form.anchors[order] for order in sorted(part)]
        listed = (
            _list_of(stream, anchors, before, after)
            or _rows_of(stream, anchors, before, after)
            or _rated_below(stream, anchors, before, after)
        )
        if listed:
            chain = [match for match in chain if match not in own] + listed
    return chain


def rated_at_once(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
    """« E. 8, 7, 9, 5, 6, 7, 8 »: all ratings of a part of which nothing else was found, in one line."""
    found: list[Match] = []
    for part in parts(form):
        if len(part) < FEWEST_LISTED or any(match.anchor.order in part for match in chain):
            continue
        before = max(
            (m.end for m in chain if m.anchor.question and m.anchor.order < min(part)), default=(0, 0)
        )
        one = r"(?:[^\d,;]{0,40}?\b(?:10|[1-9])(?:\s*/\s*10)?\s*(?:[,;/–-]\s*|\s|\W*$))"
        listed = re.compile(rf"(?:^|[:,;]\s*|[A-H]\s?[.:]\s*)({one}{{{len(part)}}})\W*$")
        for index, piece in enumerate(stream.pieces):
            if index >= before[0] and (said := listed.search(piece.text)):
                ratings = re.finditer(r"\d+(?:\s*/\s*10)?", said[1])
                token, start = stream.first_token[index], 0  # what stands before the first introduces them
                for order, rating in zip(sorted(part), ratings, strict=True):
                    at = said.start(1) + rating.start()
                    found.append(
                        Match(form.anchors[order], 0.7, False, token, token, (index, start), (index, at))
                    )
                    start = said.start(1) + rating.end()
                break
    return found


def _list_of(stream: Stream, anchors: list[Anchor], first: int, last: int) -> list[Match]:
    rated = _rated_lines(stream, first, last)
    counted = [said["number"] for _, said in rated]
    in_order = counted in ([str(n) for n in range(1, len(anchors) + 1)], [None] * len(anchors))
    told = [said for _, said in rated if said["rating"]]
    if len(rated) != len(anchors) or not in_order or len(told) < FEWEST_LISTED:
        return []
    if not all(said["number"] or said["of"] for said in told):
        return []
    return [_listed(stream, anchor, *line) for anchor, line in zip(anchors, rated, strict=True)]


def _rows_of(stream: Stream, anchors: list[Anchor], first: int, last: int) -> list[Match]:
    """The statements by the rows of a table that has one for each: all rated, or under a head of numbers."""
    tables: dict[int, dict[int, list[Piece]]] = {}
    for piece, token in zip(stream.pieces, stream.first_token, strict=True):
        if piece.cell is not None and first <= token < last:
            tables.setdefault(piece.cell.table, {}).setdefault(piece.cell.row, []).append(piece)
    for head, *below in (list(rows.values()) for rows in tables.values()):
        body = [row for row in ([head, *below] if len(below) < len(anchors) else below) if _label_in(row)]
        numbers = [piece for piece in head if re.fullmatch(r"\s*\d{1,2}\s*", piece.text)]
        if len(body) == len(anchors) and (len(numbers) >= FEWEST_NUMBERS or _are_rated(body)):
            return [_in_its_row(stream, *each) for each in zip(anchors, body, strict=True)]
    return []


def _rated_below(stream: Stream, anchors: list[Anchor], first: int, last: int) -> list[Match]:
    """The statements by the ratings below them: as many of these as statements, a label above each."""
    inside = [at for at, token in enumerate(stream.first_token) if first <= token < last]
    rows = _rows_of_a_scale(stream, inside)
    groups = [(row, [*group]) for row, group in groupby(inside, rows.get)]
    rated = sum(row is not None for row, _ in groups)
    labels = [above for (row, above), (below, _) in pairwise(groups) if row is None and below is not None]
    if not len(labels) == len(anchors) == rated:
        return []
    labels[0] = labels[0][-1:]  # what stands above it introduces all of them
    pieces = stream.pieces
    if not all(re.search(r"[^\W\d_]{3}", pieces[label[-1]].text) for label in labels):
        return []
    tokens = [stream.first_token[label[0]] for label in labels]
    return [
        Match(anchor, 0.7, False, token, token, (label[0], 0), (label[-1], len(pieces[label[-1]].text)))
        for anchor, token, label in zip(anchors, tokens, labels, strict=True)
    ]


def _rows_of_a_scale(stream: Stream, inside: Sequence[int]) -> dict[int, tuple[int, int]]:
    """The lines that hold a number of the scale alone, or all of it; and of tables, the rows that do."""
    cells: dict[tuple[int, int], list[int]] = {}
    for at in inside:
        if (cell := stream.pieces[at].cell) is not None:
            cells.setdefault((cell.table, cell.row), []).append(at)
    rows = {at: (-1, at) for at in inside if RATING_ALONE.fullmatch(stream.pieces[at].text)}
    for row, pieces in cells.items():
        said = " ".join(stream.pieces[at].text for at in pieces)
        whole = re.search(r"\d", said) and not re.search(r"[^\W\d_]{2}", said)
        for at in pieces:
            rows.pop(at, None)
            rows |= {at: row} if whole else {}
    return rows


def _label_in(row: Sequence[Piece]) -> list[Piece]:
    """What stands in the first cell of a row that holds words."""
    cell = next((piece.cell for piece in row if re.search(r"[^\W\d_]{3}", piece.text)), None)
    return [piece for piece in row if piece.cell == cell]


def _are_rated(body: Sequence[Sequence[Piece]]) -> bool:
    """Whether beside each label stands a number of the scale or nothing, and beside most a number."""
    labels = [_label_in(row) for row in body]
    beside = [
        " ".join(p.text for p in row if p.cell and label[0].cell and p.cell.column > label[0].cell.column)
        for row, label in zip(body, labels, strict=True)
    ]
    told = [said for said in beside if _RATING.fullmatch(said)]
    return len(told) >= FEWEST_LISTED and all(said in told or not said.strip(" _.…") for said in beside)


def _in_its_row(stream: Stream, anchor: Anchor, row: Sequence[Piece]) -> Match:
    label = _label_in(row)
    first, last = stream.pieces.index(label[0]), stream.pieces.index(label[-1])
    token = stream.first_token[first]
    return Match(anchor, 0.7, False, token, token, (first, 0), (last, len(label[-1].text)))


def rated_among_others(stream: Stream, form: Form, chain: list[Match]) -> list[Match]:
    """« Nos discussions… : 4 » between two statements that were found, where one is still expected."""
    found: list[Match] = []
    long = [part for part in parts(form) if len(part) >= FEWEST_LISTED]
    for before, run, after in _runs(form, chain, lambda anchor: anchor.place):
        listed = any({anchor.order for anchor in run} <= part for part in long)
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


def _to_their_ends(stream: Stream, numbered: Sequence[Match]) -> list[Match]:
    """Numbered lines that are all in bold, and most of the lines below them not: they ask, in other words."""
    asked = {match.start[0] for match in numbered}
    below = [at + 1 for at in asked - {len(stream.pieces) - 1} if at + 1 not in asked]
    plain = [at for at in below if not is_styled(stream.pieces[at])]
    if not all(is_styled(stream.pieces[at]) for at in asked) or len(plain) <= len(asked) / 2:
        return [*numbered]
    return [replace(m, end=(m.start[0], len(stream.pieces[m.start[0]].text))) for m in numbered]


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
    """Piece, character behind the number, and token of the lines that bear the numbers, in turn."""
    counted: list[tuple[str, tuple[int, int, int]]] = []
    for index, (piece, token) in enumerate(zip(stream.pieces, stream.first_token, strict=True)):
        if first <= token <= last:
            borne = [(behind, n) for n in numbers if (behind := _behind_number(piece, n)) is not None]
            counted += [(n, (index, behind, token)) for behind, n in sorted(borne)[-1:]]  # « D2.1 » is 1
    turns = _beside_lists(numbers, [number for number, _ in counted])
    if len(turns) < len(numbers):
        turns = _first_of_each(numbers, [number for number, _ in counted])
    return [counted[at][1] for at in turns]


def _beside_lists(numbers: Sequence[str], counted: Sequence[str]) -> list[int]:
    """Which of the counted lines are the numbers' own, where lists within answers begin anew at one."""
    own: list[int] = []
    lists: list[int] = []  # what is due in each of those that are open, the innermost last
    for at, number in enumerate(map(int, counted)):
        if own and number == 1 and number not in lists:
            lists.append(2)
            continue
        while lists and lists[-1] != number:
            lists.pop()
        if lists:
            lists[-1] += 1
        elif len(own) < len(numbers) and number == int(numbers[len(own)]):
            own.append(at)
    return own


def _first_of_each(numbers: Sequence[str], counted: Sequence[str]) -> list[int]:
    turns: list[int] = []
    for at, number in enumerate(counted):
        if len(turns) < len(numbers) and number == numbers[len(turns)]:
            turns.append(at)
    return turns


def _behind_number(piece: Piece, number: str) -> int | None:
    """Where a line goes on behind a number, typed or counted by Word; None where it does not bear it."""
    wanted = re.escape(number)
    typed = re.match(
        rf"\W*(?:(?i:questions?|q)\s*(?:n[°ºo]\s*)?|[A-H]\s*(?:\d\s*\.\s*)?[.)]?\s*)?{wanted}"
        rf"(?:\s*[.)°:]+\s*|\s*[\-–/]+\s*(?=[^\s\-–/])|\s+(?=[\-–/]+\s*$))"
        rf"|\W*(?:[A-H]\s*[.)]?|(?i:questions?|q))\s*(?:n[°ºo]\s*)?{wanted}(?:\s+|$)"
        rf"|^\s*{wanted}\s*$",
        piece.text,
    )
    if typed:
        return typed.end()
    return 0 if re.fullmatch(rf"\W*(?:[A-H]\W?)?{wanted}\W*", piece.line.number or "") else None
