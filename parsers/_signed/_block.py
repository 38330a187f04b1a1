"""The place where people sign: its labels, and what stands beside or under each.

« Fait à », « Le », then twice « Nom, prénom », « Fonction », « Signature »: in two columns made of tabs,
in a table, in boxes, or one person under the other. The k-th label of a kind is the k-th signatory's,
unless titles or the labels themselves say otherwise.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from data.edition import Edition
from data.model import Origin
from parsers._asked._anchors import signature_questions
from parsers._asked._found import Match
from parsers._fields import is_day
from parsers._stream import Part, Piece, Stream
from parsers._wording import LEADERS, fold, without_hints


class LabelKind(StrEnum):
    PLACE = "place"
    DATE = "date"
    NAME = "name"
    FUNCTION = "function"
    SIGNATURE = "signature"


_DAY = r"\d|lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|[1l]er|_|\.{3}|…"
_PARTED = r"[:=→]|$|[–—-]\s|/\s*[^\W\d_]{1,10}\s*:|\[|\(date|cliquez|s[ée]lectionnez|entrez"
"""What stands behind « Le »: something that parts it from its day, another language, or what invites one."""
_TOLD = (
    r"\s+(?:(?:[ée]lectroniq|num[ée]riq|digita)\w*\s+\w|[àa]\s+venir|suivra|suit\b|en\s+attente|volgt\b)"
    r"[^:]*$"
)
"""Behind « Signature », what is said in place of one, « électronique via itsme », « à venir »: no label."""
_KINDS = (
    (
        LabelKind.PLACE,
        re.compile(
            r"(?:fait|sign[ée]e?s?)\s*(?:en\s+\w+\s+exemplaires?\s+)?[àa](?!\w)"
            r"|lieu(?:\s+et\s+date)?(?:\s+de\s+(?:la\s+)?signature)?(?!\w)"
            r"|(?:gedaan|opgemaakt) te|(?:done|signed|made) (?:at|in)(?!\w)|place(?=\s*:)",
            re.I,
        ),
    ),
    (LabelKind.SIGNATURE, re.compile(rf"(?:signatur(?:es?)?|paraphe|handtekening)(?!\w)(?!{_TOLD})", re.I)),
    (
        LabelKind.FUNCTION,
        re.compile(
            r"fonctions?(?!\w)|(?:en\s+)?qualité(?:\s+de)?(?!\w)|rôle(?!\w)|functie(?!\w)|function(?!\w)"
            r"|position(?=\s*:)",
            re.I,
        ),
    ),
    (
        LabelKind.NAME,
        re.compile(
            r"(?:(?:nom|naam)\s*(?:,|et|/|-|&|\+|en)?\s*(?:pr[ée]noms?|voornaam)(?!\w)|pr[ée]noms?\s*(?:,|et|/|-|&)?\s*nom(?!\w)"
            r"|nom(?:s|\s+complet)?(?!\w)|identité(?!\w)|naam(?=\s*(?::|$|en\s+functie))"
            r"|(?:last |sur|full )?name(?:,? first name)?(?!\w))"
            r"(?:\s*(?:,|et|en|and|/|&)\s*(?:fonctions?|qualité|functie|function)(?!\w))?",
            re.I,
        ),
    ),
    (
        LabelKind.DATE,
        re.compile(
            rf"(?:en\s+)?dat(?:e|um)(?:\s+du|\s+de\s+(?:la\s+)?signature)?(?!\w)|o[pn](?=\s*(?::|$|\d|le\s))|le(?:\s*:?\s*le)?(?=\s*(?:{_PARTED}|{_DAY}))",
            re.I,
        ),
    ),
)
_INNER = re.compile(
    rf"(?:,|;|\s|[_.…]{{2,}})\s*(?P<date>(?:en\s+date\s+du|le)\s*(?:/\s*[^\W\d_]{{1,10}}\s*)?[:—–-]?\s*(?:le\s+)?(?={_DAY}|$)|o[pn]\s+(?=\d)|dat(?:e|um)\s*:)"
    r"|\s(?P<label>(?:nom\s*,?\s*(?:et\s+)?pr[ée]nom|nom|fonction|signature?)\s*:)",
    re.I,
)
_OF_PEOPLE = {LabelKind.NAME, LabelKind.FUNCTION, LabelKind.SIGNATURE}
_CUT_LABEL = re.compile(r"\s*nom\s*(?:[,/&]|et)\s*", re.I)
_REST_OF_LABEL = re.compile(r"\s*pr[ée]noms?(?!\w)\s*:?\s*", re.I)
_SENTENCE = 8
"""So many words in a row, as the form prints them, stand in no other paper; its headings may."""
_HEAD = re.compile(r"^[\s>•·▪→\-–—*\ufffc]*(?:(?:[Qq]\s?)?\d{1,2}\s?[.)/]\s*|[A-Za-z]\s?[.)]\s*)?")
_WHOSE = re.compile(r"[^\W\d_][^:;_…\n]{2,60}?\s[–—-]\s+")
"""« Contact – nom : », « Second signataire – qualité »: whose name, and whose function."""
_ENDS = re.compile(r"\s*[a-zà-ÿ].*\.\s*")
"""The last row of a sentence, which heads nothing: « administrateur ou une administratrice. »"""
_COLON = re.compile(r"^(?P<qualifier>[^:_…]{0,70}?)\s*:\s*")


@dataclass(frozen=True, slots=True)
class Label:
    """A label of the block, and the stretch of its piece that may hold its value."""

    kind: LabelKind
    piece: int
    start: int
    end: int
    until: int
    role: str | None = None
    """The signatory named by the label itself."""


@dataclass(frozen=True, slots=True)
class Block:
    """The pieces between « Fait à » and what follows the signatures."""

    first: int
    last: int
    """Pieces from ``first`` to before ``last``."""
    start: tuple[int, int]
    labels: tuple[Label, ...]
    titles: tuple[tuple[str, int], ...]
    """(role, piece) of headings that name a signatory."""
    printed: frozenset[int] = field(default_factory=frozenset)
    """Pieces that are the form's own sentences."""
    pages: tuple[int, int] = (1, 1)
    in_form: bool = False
    """Whether the form's own sentences stand here, above the block or below it."""
    order: tuple[str, ...] = ()
    """The signatories as their places stand, where nothing printed says whose they are but the names do."""

    @property
    def kinds(self) -> set[LabelKind]:
        return {label.kind for label in self.labels}

    @property
    def is_certain(self) -> bool:
        """Whether, without the rest of the form, this is its place for signatures and no other's.

        Ink hides labels: where the form's own words stand around, two kinds of them are enough; and so is one
        kind, where a label itself, or a heading, says whose signature it asks for. « Fait à » stands nowhere
        else in the form: below it people may sign over their names, with no label at all.
        """
        signing = [label for label in self.labels if label.kind is LabelKind.SIGNATURE]
        people = {LabelKind.NAME, LabelKind.FUNCTION}
        if self.in_form and len(signing) > 1 and (self.titles or any(label.role for label in signing)):
            return True
        if self.in_form and LabelKind.PLACE in self.kinds:
            return True
        if self.in_form:
            return len(self.kinds & {*people, LabelKind.SIGNATURE}) > 1
        return bool(signing) and people <= self.kinds and (len(signing) > 1 or len(self.titles) > 0)


def find(text: Stream, chain: Sequence[Match], edition: Edition) -> Block | None:
    """Find the block after the last question, or anywhere where there is none."""
    signing = signature_questions(edition)
    wordings = {fold(edition.questions[q].wording) for q in signing}
    titles = {fold(s.title) for s in edition.section if any(q.id in signing for q in s.question)}
    own = [
        m for m in chain
        if m.anchor.question is None and any(v.text in wordings | _bare(titles) for v in m.anchor.variants)
    ]  # fmt: skip
    asked = [m for m in chain if m.anchor.question]
    begin = min(own, key=lambda m: m.start).start if own else max((m.end for m in asked), default=(0, 0))
    order = max((m.anchor.order for m in own), default=-1)
    after = [m for m in chain if m.start > begin and own and m.anchor.order > order and m not in own]
    said = _first_said(text, chain, begin)
    label = next(
        (each.piece for each in _labels(text, begin[0], len(text.pieces), edition, frozenset())), said
    )
    stop = min(
        (m.start[0] for m in after if m.anchor.question is None and m.start[0] > label),
        default=len(text.pieces),
    )
    printed = frozenset(
        index
        for m in chain
        if m.start >= begin and not _is_label_wording(m, wordings)
        for index in range(m.start[0], m.end[0] + 1)
        if index < stop
    )
    labels = list(_labels(text, begin[0], stop, edition, printed))
    told = {label.kind for label in labels} & {LabelKind.SIGNATURE, LabelKind.PLACE, LabelKind.NAME}
    if not told and not (own and after):  # between the form's own headings people sign, whatever it says
        return None
    if not own:
        begin = (_real_start(labels), 0)
        labels = [label for label in labels if label.piece >= begin[0]]
    if asked and not own and not {LabelKind.SIGNATURE, LabelKind.PLACE} & {label.kind for label in labels}:
        return None
    first = begin[0]
    headings = tuple(_titles(text, first, stop, labels, edition, printed))
    headings = _with_the_other(text, headings, labels, edition, stop)
    pages = (text.pieces[first].line.page, text.pieces[max(stop - 1, first)].line.page)
    above = any(m.start < begin and len(m.anchor.variants[0].words) >= _SENTENCE for m in chain)
    in_form = bool(printed or after) or above
    return Block(first, stop, begin, tuple(labels), headings, printed, pages, in_form)


def ahead(text: Stream, chain: Sequence[Match], edition: Edition) -> Block | None:
    """Find the block before the first question, as on a cover page: only one that is certain."""
    stop = min((m.start[0] for m in chain if m.anchor.question), default=0)
    labels = tuple(_labels(text, 0, stop, edition, frozenset()))
    if not any(label.kind is LabelKind.SIGNATURE for label in labels):
        return None
    first = min(_real_start(labels), *(label.piece for label in labels))
    headings = tuple(_titles(text, first, stop, labels, edition, frozenset()))
    pages = (text.pieces[first].line.page, text.pieces[stop - 1].line.page)
    block = Block(first, stop, (first, 0), labels, headings, frozenset(), pages)
    return block if block.is_certain else None


def _first_said(text: Stream, chain: Sequence[Match], begin: tuple[int, int]) -> int:
    """The first piece after the heading that is not of the form's own sentences."""
    own = {index for m in chain for index in range(m.start[0], m.end[0] + 1)}
    return next((index for index in range(begin[0], len(text.pieces)) if index not in own), len(text.pieces))


def _bare(titles: set[str]) -> set[str]:
    """Titles as their anchors have them: words only."""
    from parsers._wording import words

    return {" ".join(word.text for word in words(title)) for title in titles} | titles


def _is_label_wording(match: Match, wordings: set[str]) -> bool:
    return match.anchor.question is None and any(v.text in wordings for v in match.anchor.variants)


def _real_start(labels: Sequence[Label]) -> int:
    """The first label of the last run: « Nom : » of an answer earlier on is none."""
    place = [label.piece for label in labels if label.kind is LabelKind.PLACE]
    if place:
        return place[-1]
    signing = [label.piece for label in labels if label.kind is LabelKind.SIGNATURE]
    if not signing:
        return labels[0].piece
    near = [label.piece for label in labels if label.piece >= signing[0] - 14]
    return min(near)


# ---------------------------------------------------------------- labels and titles


def _labels(
    text: Stream, first: int, last: int, edition: Edition, printed: frozenset[int]
) -> Iterator[Label]:
    capital: set[LabelKind] = set()
    for index in range(first, last):
        piece = text.pieces[index]
        if index in printed or piece.line.origin is Origin.COMMENT or _is_cut_label(text, index):
            continue
        head = _HEAD.match(piece.text)
        at = head.end() if head else 0
        again = _again(piece.text, at)
        opening = _opening(piece.text[:again], at)
        if opening is None and (whose := _WHOSE.match(piece.text, at)):
            opening = _of_people(piece.text[:again], whose.end())
        if _is_cut_label(text, index - 1):
            opening = (LabelKind.NAME, _REST_OF_LABEL.match(piece.text).end())  # type: ignore[union-attr]
        if opening is None or (opening[0] in capital and piece.text[at:][:1].islower()):
            continue  # « Directrice faisant » « fonction » is the end of a value
        capital |= {opening[0]} & _OF_PEOPLE if piece.text[at:][:1].isupper() else set()
        found = [(opening[0], at, opening[1])]
        if second := _opening(piece.text, again):
            found.append((second[0], again, second[1]))
        for inner in _INNER.finditer(piece.text, max(at, found[-1][2] - 1)):
            kind = LabelKind.DATE if inner["date"] else _kind(inner["label"])
            if kind is not None and kind is not found[-1][0]:
                found.append((kind, inner.start(), inner.end()))
        for number, (kind, start, end) in enumerate(found):
            until = found[number + 1][1] if number + 1 < len(found) else len(piece.text)
            yield Label(kind, index, start, min(end, until), until, role_in(piece.text[start:end], edition))


def _of_people(text: str, at: int) -> tuple[LabelKind, int] | None:
    """The label behind what says whose it is, where it asks for a name, a function or a signature."""
    opening = _opening(text, at)
    return opening if opening and opening[0] in _OF_PEOPLE else None


def _is_cut_label(text: Stream, index: int) -> bool:
    """« Nom, » above « prénom »: one label in a narrow column."""
    if not 0 <= index < len(text.pieces) - 1 or not _CUT_LABEL.fullmatch(text.pieces[index].text):
        return False
    piece, below = text.pieces[index], text.pieces[index + 1]
    return piece.cell == below.cell and _REST_OF_LABEL.match(below.text) is not None


def _again(text: str, at: int) -> int:
    """Where the label at the head stands once more: of two columns, a long value used up the gap between."""
    people = (pattern for kind, pattern in _KINDS if kind in _OF_PEOPLE)
    head = next((found[0] for pattern in people if (found := pattern.match(text, at))), "")
    again = re.compile(rf"(?<=\s){re.escape(head)}(?!\w)").search(text, at + len(head))
    return again.start() if again and head[:1].isupper() else len(text)


def _kind(text: str) -> LabelKind | None:
    return next((kind for kind, pattern in _KINDS if pattern.match(text)), None)


def _opening(text: str, at: int) -> tuple[LabelKind, int] | None:
    """The label at the head of a piece and where it ends, qualifier and colon included."""
    for kind, pattern in _KINDS:
        match = pattern.match(text, at)
        if match is None:
            continue
        rest = text[match.end() :]
        colon = _COLON.match(rest)
        if (
            colon
            and len(colon["qualifier"].split()) <= 9
            and not (kind is LabelKind.PLACE and re.search(r"\d|,", colon["qualifier"]))
            and not (kind is LabelKind.DATE and is_day(colon["qualifier"]))
        ):
            return kind, match.end() + colon.end()
        if kind in {LabelKind.PLACE, LabelKind.DATE}:
            return kind, match.end()
        if not rest.strip() or LEADERS.match(rest.lstrip()) or rest.lstrip().startswith(("_", "…", "(", "*")):
            bracket = re.match(r"\s*\([^)]*\)", rest)
            return kind, match.end() + (bracket.end() if bracket else 0)
        if kind is LabelKind.SIGNATURE and re.match(r"\s+(?:d[eu’']|pour|pr[ée]c[ée]d|\W)", rest, re.I):
            return kind, len(text)
        if len(without_hints(rest).split()) <= 6:
            return kind, match.end()
    return None


def role_in(text: str, edition: Edition) -> str | None:
    plain = fold(text)
    for signatory in edition.signatory:
        if any(fold(word) in plain for word in (*signatory.words, signatory.label)):
            return signatory.id
    return None


def _titles(
    text: Stream, first: int, last: int, labels: Sequence[Label], edition: Edition, printed: frozenset[int]
) -> Iterator[tuple[str, int]]:
    """Headings that name a signatory: before the labels of their column, or after a place to sign."""
    labelled = {label.piece: label for label in labels}
    previous: LabelKind | None = None
    for index in range(first, last):
        if index in labelled:
            previous = labelled[index].kind
            continue
        piece = text.pieces[index]
        role = role_in(piece.text, edition)
        if role is None or index in printed or len(piece.text) > 90 or _goes_on(text, index, labelled):
            continue
        if _ENDS.fullmatch(piece.text):
            continue
        beside_function = any(
            label.kind in {LabelKind.FUNCTION, LabelKind.NAME} and index_beside(text, label.piece, index)
            for label in labels
        )
        if not beside_function and previous in {None, LabelKind.PLACE, LabelKind.DATE, LabelKind.SIGNATURE}:
            yield role, index


def _goes_on(text: Stream, index: int, labels: Mapping[int, Label]) -> bool:
    """Whether a piece is no heading, but the next row of a function or of a label that had no room.

    « administrative et financière »; « Signature d'un administrateur ou d'une » « administratrice : ».
    """
    piece = text.pieces[index]
    asks = {LabelKind.FUNCTION, LabelKind.SIGNATURE}
    above = (text.pieces[at] for at, label in labels.items() if label.kind in asks and at < index)
    return piece.text.lstrip()[:1].islower() and any(
        (box := piece.box) and (own := other.box) and other.line.page == piece.line.page
        and abs(own.x0 - box.x0) < 4 and -2 <= box.top - own.bottom < 0.5 * (own.bottom - own.top)
        for other in above
    )  # fmt: skip


def _with_the_other(
    text: Stream, titles: tuple[tuple[str, int], ...], labels: Sequence[Label], edition: Edition, last: int
) -> tuple[tuple[str, int], ...]:
    """Of two headings side by side one names its signatory: the other is the other's, whatever it says."""
    named = {role for role, _ in titles}
    missing = [signatory.id for signatory in edition.signatory if signatory.id not in named]
    if len(missing) != 1 or not titles:
        return titles
    index = titles[0][1]
    labelled = {label.piece for label in labels}
    beside = [
        other
        for other in range(max(0, index - 12), min(last, index + 12))
        if other != index and other not in labelled and text.pieces[other].text.strip()
        and _level_with(text.pieces[index], text.pieces[other])
    ]  # fmt: skip
    if len(beside) != 1:
        return titles
    return tuple(sorted([*titles, (missing[0], beside[0])], key=lambda title: title[1]))


def _level_with(one: Piece, other: Piece) -> bool:
    """Side by side: two cells of a row, two stretches of a line, or two lines of a page."""
    if one.cell and other.cell:
        same_row = (one.cell.table, one.cell.row) == (other.cell.table, other.cell.row)
        return same_row and one.cell.column != other.cell.column
    if one.cell is other.cell and one.box and other.box:
        half = (one.box.bottom - one.box.top) / 2
        return one.line.page == other.line.page and abs(one.box.top - other.box.top) < half
    return one.cell is other.cell and (one.at, one.row) == (other.at, other.row)


def index_beside(text: Stream, label: int, other: int) -> bool:
    """Whether a piece stands where the value of a label goes."""
    return any(part.piece is text.pieces[other] for part in _beside(text, text.pieces[label], other))


def _beside(text: Stream, label: Piece, other: int) -> list[Part]:
    piece = text.pieces[other]
    part = Part(piece, 0, len(piece.text))
    if label.cell and piece.cell:
        if label.cell == piece.cell and other > text.pieces.index(label):
            return [part]
        same_row = (label.cell.table, label.cell.row) == (piece.cell.table, piece.cell.row)
        return [part] if same_row and piece.cell.column == label.cell.column + 1 else []
    return [part] if label.at == piece.at and label.row == piece.row else []
