"""Who signs where no label says it: « Nom, prénom » and « Fonction » were replaced by the answers.

The contact person is known by the name in the form's own questions. What stands level with it in the other
column is the other person's name, and below each name stands what that person does.
"""

import re
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import replace

from rapidfuzz import fuzz

from data.edition import Edition
from data.model import Answer
from parsers._signed._block import Block, Label, LabelKind
from parsers._signed._places import free_pieces
from parsers._stream import Piece, Stream
from parsers._wording import fold

_ASIDE_PT = 8.0
"""Points between the edges, or the middles, of lines in one column."""
_LONGEST = 70
"""Characters of a name with what the person does."""
_CLOSING, _ABOVE = 20, 4
"""How many lines end a letter, and how many stand above the first name on its page."""
BESIDE = re.compile(r"\s*(?:,|\s[-–—/|]\s|\()\s*")
_CAPITAL = r"(?:[dl][’'])?[A-ZÀ-Ý][\w’'.-]+"
_PARTICLES = r"(?:(?:van|von|ve|de[nrls]?|du|te[nr]?|la|le|el|al|y|d[aio]s?|ben|bin|het)\s+)*"
NAME = re.compile(rf"{_CAPITAL}(?:\s+{_PARTICLES}{_CAPITAL}){{1,3}}")
_OTHER = re.compile(
    r"lu et approuv|pr[ée]c[ée]d|cachet|fait [àa]|\d|^\W*$|:\s*$",
    re.IGNORECASE,
)
"""What is neither a name nor a function."""


def with_people(
    text: Stream, block: Block, contact: Sequence[str], edition: Edition, others: Sequence[str] = ()
) -> Block:
    """The block with a label for each name and function that stands there without one.

    Args:
        contact: the contact person's name, in each way that the form says it.
        others: the other signatory's, where it is known.
    """
    if LabelKind.NAME in block.kinds or len(edition.signatory) != 2:
        return block
    headings = {index for _, index in block.titles}  # « Administratrice » below a name is what she does
    said = _said(text, {*free_pieces(text, block), *headings})
    own = next((i for i in said if is_named(text.pieces[i].text, contact)), None)
    if own is None:
        return block
    own = _printed_below(text, said, own)
    written = text.pieces[own].text
    in_order = "," in written and _is_called(written, contact)  # no Lambert who is an Aïcha
    headings = {i for i in headings if not _names_with_function(text.pieces[i].text)}
    said = [i for i in said if i >= own or i not in headings]
    named = (i for i in said if i != own and is_named(text.pieces[i].text, others))
    other = next(named, None) or _other_name(text, said, own, headings, in_order=in_order)
    other = _printed_below(text, said, other) if other is not None else None
    asks_function = LabelKind.FUNCTION not in block.kinds
    roles = [signatory.id for signatory in edition.signatory]
    labels = list(block.labels)
    for role, index in zip(roles, (own, other), strict=True):
        if index is not None:
            labels += _labels(text, said, index, role, functions=asks_function, in_order=in_order)
    labels.sort(key=lambda label: (label.piece, label.start))
    taken = {label.piece for label in labels}
    titles = tuple(title for title in block.titles if title[1] not in taken)
    return replace(block, labels=tuple(labels), titles=titles)


def closing(text: Stream, contact: Sequence[str], edition: Edition) -> Block | None:
    """The end of a form that says nothing of signing, where both people are named, as a letter ends.

    Only where the contact's name stands by itself among the last lines, and another name beside or below.
    """
    last = len(text.pieces)
    ends = range(max(0, last - _CLOSING), last)
    own = next((i for i in ends if is_named(text.pieces[i].text, contact)), None)
    if own is None:
        return None
    page = text.pieces[own].line.page
    first = next(i for i in ends if i >= own - _ABOVE and text.pieces[i].line.page == page)
    bare = Block(first, last, (first, 0), (), (), pages=(page, text.pieces[last - 1].line.page))
    block = with_people(text, bare, contact, edition)
    named = [label for label in block.labels if label.kind is LabelKind.NAME]
    are_people = all(NAME.match(text.pieces[label.piece].text.strip()) for label in named)
    return block if len(named) == len(edition.signatory) and are_people else None


def ends_with_people(text: Stream, edition: Edition) -> bool:
    """Whether of the last lines as many as people sign begin with a name, and go on with what each is."""
    last = text.pieces[-_CLOSING:]
    people = [
        piece for piece in last if (name := NAME.match(piece.text)) and piece.text[name.end() :][:1] == ","
    ]
    return len(people) >= len(edition.signatory)


def with_wrapped_name(
    said: Mapping[str, Answer], contact: Sequence[str], edition: Edition
) -> dict[str, Answer]:
    """The answers, the end of the contact's name given back where the other's seemed to go on with it.

    In two columns without rules a long name wraps below the other's as columns of tabs do.
    """
    answers = dict(said)
    if len(edition.signatory) != 2:
        return answers
    own, other = (answers.get(signatory.name_question) for signatory in edition.signatory)
    if not (own and other and isinstance(own.value, str) and isinstance(other.value, str)):
        return answers
    have, others = own.value.split(), other.value.split()
    for name in contact:
        whole = set(_words(name))
        lost = whole - set(_words(own.value))
        end = others[len(others) - len(lost) :]
        if set(_words(own.value)) < whole and len(lost) < len(others) and set(_words(" ".join(end))) == lost:
            answers[own.question] = replace(own, value=" ".join([*have, *end]))
            answers[other.question] = replace(other, value=" ".join(others[: len(others) - len(lost)]))
            break
    return answers


def as_named(block: Block, said: Mapping[str, Answer], contact: Sequence[str], edition: Edition) -> Block:
    """The block in the order of its people, where the contact signs at the second place.

    The form prints « Nom, prénom » twice alike: whose place each is, only the name says that stands there. A
    heading or a label that names a signatory is stronger (`checks/signatures.py` tells of the name).
    """
    names = [answer.value for s in edition.signatory if (answer := said.get(s.name_question))]
    told = block.titles or any(label.role for label in block.labels)
    if told or len(names) != 2 or not all(isinstance(name, str) for name in names):
        return block
    first, second = (_is_called(str(name), contact) for name in names)
    order = [signatory.id for signatory in edition.signatory]
    return replace(block, order=tuple(reversed(order))) if second and not first else block


def _is_called(name: str, names: Sequence[str]) -> bool:
    """Whether a name is one of these, in whatever order its parts stand."""
    own = " ".join(_words(name))
    return any(fuzz.token_sort_ratio(own, " ".join(_words(known))) >= 88 for known in names)


def _words(name: str) -> list[str]:
    return re.findall(r"[\w’'-]+", fold(name))


def are_perhaps_named(text: Stream, block: Block) -> bool:
    """Whether something like a name stands where no label asks for one."""
    said = _said(text, free_pieces(text, block)) if LabelKind.NAME not in block.kinds else []
    return any(NAME.fullmatch(text.pieces[i].text.strip()) for i in said)


def _said(text: Stream, indices: Iterable[int]) -> list[int]:
    """Short lines that may be a name or a function."""
    said = [(i, text.pieces[i].text) for i in sorted(indices)]
    return [i for i, words in said if len(words) <= _LONGEST and not _OTHER.search(words)]


def is_named(text: str, names: Sequence[str]) -> bool:
    """Whether a line is one of these names, with a function behind it or without."""
    long = [name for name in names if len(name) > 3]
    return _is_called(BESIDE.split(text)[0], long) or _is_called(text, long)


def _printed_below(text: Stream, said: Sequence[int], index: int) -> int:
    """Of a name that stands twice, one right below the other, the latter: the first was put there to sign.

    Written by hand, or typed in larger letters, it begins wherever there was room above the printed one.
    """
    own = text.pieces[index]
    below = [i for i in said if i > index and not _are_level(own, text.pieces[i])]
    row = [i for i in below if i == below[0] or _are_level(text.pieces[below[0]], text.pieces[i])]
    return next((i for i in row if _is_called(text.pieces[i].text, [own.text])), index)


def _other_name(
    text: Stream, said: Sequence[int], own: int, headings: Set[int], *, in_order: bool
) -> int | None:
    """Level with the contact's name, else what is said first that is not below it in its column.

    A heading (« Administrateur ou administratrice ») says whose place it is, and is nobody's name.
    """
    piece = text.pieces[own]
    level = [i for i in said if i not in {own, *headings} and _are_level(piece, text.pieces[i])]
    if level:  # a whole cell may lie there, with its heading above the name
        return next((i for i in level if NAME.fullmatch(text.pieces[i].text.strip())), level[0])
    below = None if BESIDE.search(piece.text) and not in_order else _function(text, said, own)
    later = [i for i in said if i > own and i != below]
    named = [  # « Pour accord, » is none
        i for i in later
        if NAME.fullmatch(text.pieces[i].text.strip()) or _names_with_function(text.pieces[i].text)
    ]  # fmt: skip
    before = [i for i in said if i < own and _names_with_function(text.pieces[i].text)]
    return next(iter([*named, *reversed(before), *(i for i in later if i not in headings)]), None)


def _names_with_function(text: str) -> bool:
    """« Thérèse Quinet, administratrice »: a person, though a signatory's word stands in it."""
    name, *function = BESIDE.split(text.strip(), maxsplit=1)
    return bool(function and NAME.fullmatch(name))


def _are_level(one: Piece, other: Piece) -> bool:
    """Whether two pieces stand side by side: in cells of a row, on a row of a page, in a line with tabs."""
    if one.cell and other.cell:
        return (one.cell.table, one.cell.row) == (other.cell.table, other.cell.row) and one.cell != other.cell
    if one.box and other.box:
        height = one.box.bottom - one.box.top
        return one.line.page == other.line.page and abs(one.box.top - other.box.top) < 0.6 * height
    return (one.at, one.row) == (other.at, other.row)


def _labels(
    text: Stream, said: Sequence[int], index: int, role: str, *, functions: bool, in_order: bool
) -> list[Label]:
    """Labels without a word of their own: all of the piece is the value.

    Args:
        functions: whether what people do is still to be found.
        in_order: whether a name is written « Lambert, Aïcha »: what a comma parts is no function.
    """
    written = text.pieces[index].text
    beside = None if in_order else BESIDE.search(written)
    if beside and functions:
        name = Label(LabelKind.NAME, index, 0, 0, beside.start(), role)
        return [name, Label(LabelKind.FUNCTION, index, beside.end(), beside.end(), len(written), role)]
    labels = [Label(LabelKind.NAME, index, 0, 0, len(written), role)]
    below = _function(text, said, index) if functions else None
    if below is not None:
        labels.append(Label(LabelKind.FUNCTION, below, 0, 0, len(text.pieces[below].text), role))
    return labels


def _function(text: Stream, said: Sequence[int], name: int) -> int | None:
    """What is said next in the column of a name."""
    piece = text.pieces[name]
    return next((i for i in said if i > name and _in_column(piece, text.pieces[i])), None)


def _in_column(above: Piece, below: Piece) -> bool:
    if above.cell or below.cell:
        return bool(
            above.cell and below.cell and above.cell.table == below.cell.table
            and above.cell.column == below.cell.column
        )  # fmt: skip
    if above.box and below.box:
        one, other = above.box, below.box
        lefts, rights = abs(one.x0 - other.x0), abs(one.x1 - other.x1)
        aside = min(lefts, rights, abs(one.x0 + one.x1 - other.x0 - other.x1) / 2)  # centred, or at the right
        return above.line.page == below.line.page and aside < _ASIDE_PT
    return min(above.rank, 1) == min(below.rank, 1)
