"""Every place where a wording of the form may stand, with how much of it stands there."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from rapidfuzz import fuzz

from data.model import Cell
from parsers._asked._anchors import Anchor, Form, Variant
from parsers._asked._found import Match
from parsers._stream import Piece, Stream
from parsers._wording import ANSWERS, LEADERS, STOP, fold, stem, words

ALIKE = 92
"""How like a question's own words those are that begin it, of 100."""

ENOUGH = 0.62
"""Below this likeness a wording is not recognised."""
LONGEST_LABEL = 3
"""In words: a wording that is no sentence, and ends with its own colon."""
FEWEST_BEGUN = 5
"""In words: a wording of which only the beginning was kept."""
IN_ORDER = 75
"""Words so much alike with a stretch of a wording are a part of it."""
PART_OF_A_SENTENCE = 0.3
"""What a part of a wording loses where words follow it as in a sentence."""
RAREST = 4.0
"""The weight of a word that no wording has, and that people put in a question's place: « Raison sociale »."""
SURE_ALONE = 0.86
"""From this likeness on a wording is the form's, whatever the line says beside it."""
SURE_WITHIN = 0.95
"""Within a line a wording of several words is a label where it stands whole, and before a colon."""
SPACE = 6
"""Points between two words."""
_SENTENCE = re.compile(r"(?<=[?.;|!:])\s+(?:/\s*)?((?:\W*(\d{1,2})\s?[.)/]\s*)?)(?=[A-ZÀ-Ý])")
"""Behind it another question may begin: « … répond-elle ? 3. Qui sont … », « … : SC ; Structure de … »."""
_COUNTER = re.compile(r"\s*(?:[•·▪◦‣➢*–—-]|(?:[A-H]\s?[.)]?\s?)?\d{1,2}\s?[.)°:])\s*")
_PREFIX = re.compile(
    r"^\W*(?:(?:[Qq]uestions?|[Qq])\s*(?:n[°ºo]\s*)?(?:[:.–-]\s*)?)?(?:[A-Ha-h]\s*[.)\-–]\s*|[A-H](?=\d))?"
    r"(?:\d{1,2}(?:\s*[.)]\s*\d{1,2})*\s*[.):°\-–/]*|[ivx]{1,4}[.)])?\W*"
)
_TAKEN_UP = frozenset(
    {
        *("notre", "nos", "mon", "ma", "mes"),
        *("un", "une", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix"),
    }
)
"""A form says « votre »: who begins so, and goes on in words that the question has not, answers it."""
_LEGAL_FORM = re.compile(r"asbl[^\w:]*", re.IGNORECASE)
"""« ASBL : » asks for the name, « ASBL » at a line's end says the legal form."""
_AMOUNT = re.compile(r"\s*\d+(?:[.,]\d+)?\s+(?=[^\W\d])")
_GOES_ON = re.compile(r"\s*(?!(?:Oui|Non)\b)[^\W\d_](?![^?:.]{0,40}[?:])")
"""As a sentence does: « Nombre d'ETP 6,5 » and « Agrément Oui » are answered."""
_LABEL_END = re.compile(r"[:?]")
_AFTER_WORDING = re.compile(r"^(?:\s*\([^)]{0,80}\)(?=\s*[:?]|\s*$))?[\s\u00a0?:.,;…*)=→]*")
_COUNTED = re.compile(
    r"\s*(?:(?:\d{1,2}|[A-Za-z])\s?[.)/]|(?:affirmation|question|[ée]nonc[ée])\s\d{1,2}\s?[:.)])\s*(?=[^\W\d_])",
    re.I,
)
_INNER_LABEL = re.compile(r"(?:(?<=\s)|(?<=[,;|(/]))[^\W\d_][^:;|?\n,]{1,48}?(?=\s?:)")


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


def candidates(stream: Stream, form: Form) -> Iterator[Match]:
    """Each place where words of a wording stand where one may start, scored; most are none in the end."""
    far, near = _reach(stream)
    for start in _starts(stream):
        if _LEGAL_FORM.fullmatch(stream.pieces[start.piece].text, stream.tokens[start.token].start):
            continue
        limit = far[start.piece]
        window = {stem(token.text) for token in stream.tokens[start.token : min(start.token + 14, limit)]}
        seen: dict[int, float] = {}
        for s in window:
            for order in form.by_stem.get(s, ()):
                seen[order] = seen.get(order, 0.0) + form.rarity.get(s, RAREST)
        for order, weight in seen.items():
            anchor = form.anchors[order]
            if weight >= 0.25 * min(anchor.weight, 14.0):
                match = _scored(stream, form, anchor, start, limit, near[start.piece])
                if match is not None:
                    yield match


def in_narrow_cells(stream: Stream, form: Form) -> Iterator[Match]:
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
            while end - start.token > 1 and _is_answer(stream.tokens[end - 1].text, variant):
                end -= 1
            end = _to_its_colon(stream, variant, start.token, end)
    if start.sentence and (best < SURE_WITHIN or anchor.question is None or _is_quoted(stream, start, end)):
        return None
    if best < SURE_ALONE and (anchor.question or anchor.is_title):
        score, at = _shortened(stream, form, anchor, start)
        torn = not whole and end < at and _GOES_ON.match(_rest(stream, end))
        if score > (best - PART_OF_A_SENTENCE if torn else best):
            best, end, whole = score, at, False
    if best < ENOUGH or (best < SURE_ALONE and _is_taken_up(stream, anchor, start)):
        return None
    rest = _rest(stream, end)
    if anchor.is_short:
        best -= _unlike_label(stream, start, end, rest)
        if best < SURE_ALONE and start.inner and _goes_on_from(stream, start):
            return None  # of « Statut juridique : » half a wording is no label
    elif start.sentence:
        best -= 0.1  # an answer may quote the question that follows
    elif start.inner and not (best >= SURE_WITHIN and whole and re.match(r"\s*\)?\s*:", rest)):
        best -= 0.4
    elif not whole and not anchor.is_title and _GOES_ON.match(rest):
        best -= PART_OF_A_SENTENCE
    if start.number and anchor.number == start.number:
        best += 0.05
    elif start.number != anchor.place and _is_amount(stream, start):
        best -= 0.12  # « 3.8 équivalents temps plein » answers « Nombre d'ETP »
    if stem(stream.tokens[start.token].text) not in anchor.opening:
        best -= 0.07  # « 3. Partager » and the question below it are not one question
    best += 0.02 * start.bold - 0.12 * start.quoted
    if best < (ENOUGH if anchor.question else 0.78):
        return None
    skipped = _label_rest(rest, whole and not _asks_on(rest, anchor))
    ends = (stream.tokens[end - 1].piece, stream.tokens[end - 1].end + skipped)
    return Match(anchor, best, whole, start.token, end, _with_its_counter(stream, start), ends)


def _is_taken_up(stream: Stream, anchor: Anchor, start: _Start) -> bool:
    """« Notre modèle économique est hybride : … » answers so; « Nos partenaires » asks."""
    said = [token.text for token in stream.tokens[start.token : _phrase_end(stream, start)]]
    own = {word for variant in anchor.variants for word in variant.words}
    asks = _rest(stream, start.token + len(said)).lstrip().startswith("?")
    opening = next((word for word in said if not word.isdigit()), "")  # behind its own number
    if anchor.question is None or asks or opening not in _TAKEN_UP - own:
        return False
    return any(word not in STOP and stem(word) not in anchor.stems for word in said if not word.isdigit())


def _is_amount(stream: Stream, start: _Start) -> bool:
    """Whether a piece begins with a number that no point or bracket makes a counter."""
    amount = _AMOUNT.match(stream.pieces[start.piece].text)
    return amount is not None and stream.tokens[start.token].start <= amount.end()


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


def _is_answer(word: str, variant: Variant) -> bool:
    """« … débats : 7 », « Évaluation de l'impact Non »: what the wording does not have was answered."""
    return _is_foreign_number(word, variant) or word in ANSWERS.difference(variant.words)


def _is_foreign_number(word: str, variant: Variant) -> bool:
    """Whether it is a number that the wording does not have."""
    return word.isdigit() and word not in variant.words


def _last_of(stream: Stream, variant: Variant, first: int, end: int) -> int:
    """Where a wording ends: not with a line that has none of its words, which is the answer's first.

    Nor with a line that has some of them, where the question's own line had ended and they are in no order.
    """
    while end > first and stream.tokens[end - 1].piece != stream.tokens[first].piece:
        piece = stream.tokens[end - 1].piece
        begin = next(t for t in range(first, end) if stream.tokens[t].piece == piece)
        said = [token.text for token in stream.tokens[begin:end]]
        foreign = [word for word in said if word not in variant.words]  # « Environ 6 heures », « un emploi »
        amount = any(word.isdigit() for word in foreign) or (said[0] in _TAKEN_UP and said[0] in foreign)
        own = any(word in variant.words for word in said) or any(
            fuzz.ratio(word, own) >= 60 for word in said if word not in STOP for own in variant.words
        )
        least = IN_ORDER if len(said) > 2 else 100
        alike = own and not amount
        if alike and (wraps(stream, piece) or fuzz.partial_ratio(" ".join(said), variant.text) >= least):
            break
        end = begin
    return end


def _to_its_colon(stream: Stream, variant: Variant, first: int, end: int) -> int:
    """Where a label ends: at a colon behind which none of its words stands, « Agrément : en cours ».

    Or behind which a number stands that it does not have: « Nombre d'ETP : 6 équivalents temps plein ».
    """
    piece = stream.tokens[end - 1].piece
    text = stream.pieces[piece].text
    numbers = (
        at for at in range(first + 1, end)
        if stream.tokens[at].piece == piece and _is_foreign_number(stream.tokens[at].text, variant)
        and re.search(r":\s*$", text[: stream.tokens[at].start])
    )  # fmt: skip
    words = range(first, next(numbers, end))
    end = words.stop
    own = [at for at in words if stream.tokens[at].piece == piece and stream.tokens[at].text in variant.words]
    mark = re.search(r":(?=\s)", text[stream.tokens[own[-1]].end :]) if own else None
    if mark is None:
        return end
    limit = stream.tokens[own[-1]].end + mark.start()
    return own[-1] + 1 + sum(stream.tokens[at].start < limit for at in range(own[-1] + 1, end))


def wraps(stream: Stream, index: int) -> bool:
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
    while end - start.token > 2 and all(_is_answer(stream.tokens[end - 1].text, v) for v in anchor.variants):
        end -= 1
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
    return fuzz.ratio(" ".join(said), " ".join(variant.words[: len(said)])) >= ALIKE


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


def _asks_on(rest: str, anchor: Anchor) -> bool:
    """« … une autre structure d'accompagnement ? oui »: to its mark nothing but the question's own words."""
    asked = re.match(r"[^:?\n.]{1,40}(?=\?)", rest)
    said = [word.text for word in words(asked[0])] if asked else []
    return bool(said) and all(word in STOP or anchor.has(word) for word in said)


def _label_rest(rest: str, whole: bool) -> int:
    """How much after the last word of a wording still belongs to it: « (BCE) : », « professionnel : »."""
    asking = re.match(r"^[^:?\n.]{0,40}\?\s*$" if whole else r"^[^:?\n]{0,48}?\s?\?\s*", rest)
    if asking and len(asking[0].split()) <= 7 and not re.search(r"\d\d", asking[0]):  # « 12/03/201? »
        return asking.end()
    tail = re.match(r"^[^:=?\n.\d]{0,36}?\s?[:=]", rest)
    if tail and len(tail[0].split()) <= 5:
        if re.fullmatch(r"\s*\?\s*", rest[tail.end() :]):  # behind the colon it is the applicant's
            return tail.end()
        more = _AFTER_WORDING.match(rest[tail.end() :])
        return tail.end() + (more.end() if more else 0)
    twice = re.match(r"^\s*\?\s+(?=\?+\s*$)", rest)
    plain = twice or _AFTER_WORDING.match(rest)  # of « ? ? » the second is the applicant's
    return plain.end() if plain else 0
