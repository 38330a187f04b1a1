"""Which option was chosen: by tick, deletion, strike-through, bold, underline, highlight, or in words."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from rapidfuzz import fuzz

from data.model import AnswerState, Cell, Span
from parsers._answered._options import LISTED, Look, Option, named, names_of, options_in
from parsers._stream import Part
from parsers._wording import fold, without_hints

TICKS = "☒☑✓✔√✗✘✕✖❌❎✅🗹🗷⊠■●◉⬛🔘"
EMPTIES = "☐□◯○⬜▢❏❑◻◽⚪🔲"

_TYPED_TICK = re.compile(r"[\[(]\s*[xX✓✔✗]\s*[\])]|(?<![^\s/|,;])[xX](?![^\s/|,;.])")
_TYPED_EMPTY = re.compile(r"[\[(][\s_]{0,4}[\])]")
_POINTING = re.compile(r"(?:[→➔➜➤►▶⇒👉]|[-=]{1,2}>|>>)\s*$")
_OPENING = re.compile(r"(?:[(\[{<«]|\*{1,2}|>{1,2}|={1,2}>|->)\s?$")
_CLOSING = re.compile(r"\s?(?:[)\]}>»]|\*{1,2}|<{1,2}|<={1,2}|<-)")
_SEPARATORS = re.compile(r"[\s/|,;:.\-–—()·•*“”«»\"]+|\bo[uù]\b|\bof\b|\bor\b", re.IGNORECASE)
_LIKE = 50.0
"""Likeness to an option of what a pen has left of it, where it is told by all others that stand clear."""
_SCRAWL = 3
"""Signs at most that a mark in a cell of its own is read as."""
_SCRAP = 4
"""Letters: less is what is left of an option, no words of the applicant's."""
_HIDDEN = 6
"""Letters at most that are read of an option of two with a mark over it."""
_CAPITALS = 0.9
"""How sure what was read is at least, where capitals tell: those of « OUI » look like small letters."""
_CROSSED = "une marque couvre une option : choisie ou barrée, on ne le voit pas"


@dataclass(frozen=True, slots=True)
class Choice:
    """What was decided, with what a person must look at where it is unclear."""

    state: AnswerState
    value: str | None = None
    reason: str = ""


@dataclass(frozen=True, slots=True)
class _Mark:
    start: int
    end: int
    ticked: bool
    cell: Cell | None


def choose(parts: Sequence[Part], choices: Sequence[str], text: str, asked: Cell | None = None) -> Choice:
    """Decide between options.

    Args:
        text: the answer as words, without the form's own hints.
        asked: the cell of the question.
    """
    names = names_of(choices)
    look = Look(parts, asked)
    options = options_in(look, names)
    marks = _marks(look)
    if any(mark.ticked for mark in marks) and options:
        return _by_mark(look, options, marks, names)
    if options and any(not mark.ticked for mark in marks):
        rest = _rest(look, options, marks)
        return Choice(AnswerState.ANSWERED, rest) if _says(rest) else Choice(AnswerState.BLANK)
    on_paper = any(part.piece.line.confidence < 1.0 for part in parts)
    if on_paper and (told := _under_the_pen(look, options, names)):
        return Choice(AnswerState.ANSWERED, told)
    present = {option.name for option in options}
    if len(present) == len(names) or (choices and len(present) >= 2):
        return _by_look(look, options, marks, len(names))
    rest = _rest(look, options, marks)
    if on_paper and len(present) == 1 and (hidden := _hidden_by_a_mark(look, options, names)):
        return hidden
    if len(present) == 1 and (not _says(rest) or (options[0].look.highlight and _is_scrap(rest))):
        return _one_left(options, names)
    if not text.strip():
        return Choice(AnswerState.BLANK)
    return Choice(AnswerState.ANSWERED, text)


def with_ticks(parts: Sequence[Part], choices: Sequence[str]) -> list[Part]:
    """The parts, with a tick for what was read on paper in an option's own cell, no word: « VA », « X ».

    Only where all options stand in cells, and were read: else it may be what a pen left of one.
    """
    names = names_of(choices)
    cells = {part.cell for part in parts if part.cell and offered([part], choices)}
    if not cells or offered(parts, choices) != set(names):
        return list(parts)
    return [_tick(part) if _is_a_scrawl(part, cells) else part for part in parts]


def _is_a_scrawl(part: Part, cells: Collection[Cell]) -> bool:
    said = part.text.strip()
    read = part.piece.line.confidence < 1.0 and all(span.tick is None for span in part.spans)
    beside = any(part.cell and part.cell.table == cell.table for cell in cells) and part.cell not in cells
    return read and beside and len(said) <= _SCRAWL and any(char.isalnum() for char in said)


def _tick(part: Part) -> Part:
    line = replace(part.piece.line, spans=(Span("☒", tick=True),))
    return Part(replace(part.piece, text="☒", line=line, offset=0), 0, 1)


def offered(parts: Sequence[Part], choices: Sequence[str]) -> set[str]:
    """The options that stand there, chosen or not."""
    return {option.name for option in options_in(Look(parts), names_of(choices))}


def is_marked_in_brackets(parts: Sequence[Part], choices: Sequence[str]) -> bool:
    """Whether all options have a pair of brackets each, of which one is marked: « (x) oui ( ) non »."""
    look, names = Look(parts), names_of(choices)
    ticked, empty = (len(pattern.findall(look.text)) for pattern in (_TYPED_TICK, _TYPED_EMPTY))
    return ticked == 1 and 1 + empty == len(names) == len({option.name for option in options_in(look, names)})


def under_the_pen(parts: Sequence[Part], choices: Sequence[str]) -> str | None:
    """The option that a pen left no letters of to be read by, where all others stand clear of it."""
    look, names = Look(parts), names_of(choices)
    return _under_the_pen(look, options_in(look, names), names)


def beside(parts: Sequence[Part], choices: Sequence[str]) -> list[str]:
    """What stands there beside the options, in pieces; none where no option stands there."""
    look = Look(parts)
    options = options_in(look, names_of(choices))
    pieces, at = [], 0
    for start, end in sorted([*((option.start, option.end) for option in options), *look.struck()]):
        pieces.append(look.text[at:start])
        at = max(at, end)
    pieces.append(look.text[at:])
    return [piece for text in pieces for piece in LISTED.split(text) if options and _says(piece)]


def _under_the_pen(look: Look, options: Sequence[Option], names: dict[str, tuple[str, ...]]) -> str | None:
    """The one of many options that a pen lies on, where all others stand clear of it and were read whole.

    Of many nobody strikes out one alone; of two, a ring around « oui » leaves « our on » of « oui/non ». Of
    many, a line that touches the letters leaves « nrimaire on sans dinlâme »: where no other option lacks a
    letter, that is no poor print.
    """
    marked = look.marked()
    clear = [
        o for o in options
        if o.read and not any(start < o.end and o.start < end for start, end in marked)
    ]  # fmt: skip
    if len(names) == 2:
        return None if options else _of_both(look, marked, names)
    lined = [*marked, *look.underlined()] if any(not o.look.underline for o in clear) else marked
    clear = [o for o in clear if not any(start < o.end and o.start < end for start, end in lined)]
    left = [name for name in names if name not in {o.name for o in clear}]
    rest = _without(look.text, [(o.start, o.end) for o in clear])
    if len(left) != 1 or len(clear) != len(names) - 1:
        return None
    touched = any(_says(rest[a:b]) for a, b in lined) or _is_spoilt(left[0], rest)
    return left[0] if touched and fuzz.ratio(_letters(rest), _letters(left[0])) >= _LIKE else None


def _is_spoilt(name: str, rest: str) -> bool:
    """Whether several words of an option, and most, were read as something else."""
    said = set(re.findall(r"\w+", fold(rest)))
    asked = re.findall(r"\w+", fold(name))
    wrong = [word for word in asked if word not in said]
    return len(wrong) > 1 and 2 * len(wrong) >= len(asked)


def _of_both(look: Look, marked: Sequence[tuple[int, int]], names: dict[str, tuple[str, ...]]) -> str | None:
    """« our on »: which of two short words, nearly « oui » and « non » in this order, a pen drew around."""
    said = [(found.start(), found.end()) for found in re.finditer(r"[^\W\d_]+", look.text)]
    if len(said) != 2 or fuzz.ratio(_letters(look.text), "".join(names)) < _LIKE:
        return None
    around = [any(start < b and a < end for start, end in marked) for a, b in said]
    told = next((each for each, is_marked in zip(said, around, strict=True) if is_marked), None)
    if sum(around) != 1 or told is None or look.look(*told).strike:
        return None
    return list(names)[said.index(told)]


def _letters(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def _is_scrap(rest: str) -> bool:
    """Whether hardly more than letters of an option is left, beside one that is set apart: « (oui)/r on »."""
    return len(rest) <= _SCRAP and not any(char.isdigit() for char in rest)


def _hidden_by_a_mark(
    look: Look, options: Sequence[Option], names: dict[str, tuple[str, ...]]
) -> Choice | None:
    """The other of two options, where a mark lies over what stands beside this one and nobody can read it."""
    option = options[0]
    hidden = [
        (start, end) for start, end in look.marked()
        if end - start <= _HIDDEN and (end <= option.start or start >= option.end)
        and look.spans(start, end) != look.spans(option.start, option.end)
    ]  # fmt: skip
    if len(names) != 2 or len(options) != 1 or len(hidden) != 1:
        return None
    (start, end), other = hidden[0], next(name for name in names if name != option.name)
    between = look.text[end : option.start] if end <= option.start else look.text[option.end : start]
    if _says(between) or _says(_without(look.text, [(start, end), (option.start, option.end)])):
        return None
    mark = look.look(start, end)
    if option.look.highlight or option.look.strike or (mark.highlight and mark.strike):
        return Choice(AnswerState.UNCLEAR, None, _CROSSED)
    return Choice(AnswerState.ANSWERED, named(option) if mark.strike else other)


def _without(text: str, taken: Sequence[tuple[int, int]]) -> str:
    for start, end in taken:
        text = text[:start] + " " * (end - start) + text[end:]
    return text


def _one_left(options: Sequence[Option], names: dict[str, tuple[str, ...]]) -> Choice:
    if all(option.look.strike for option in options):
        others = [name for name in names if name != options[0].name]
        if len(others) == 1:
            return Choice(AnswerState.ANSWERED, others[0])
        return Choice(AnswerState.UNCLEAR, options[0].look.text, "la seule option visible est barrée")
    return Choice(AnswerState.ANSWERED, named(options[0]))


def _marks(look: Look) -> list[_Mark]:
    found = [
        _Mark(at, at + 1, char in TICKS, look.cell(at))
        for at, char in enumerate(look.text)
        if char in TICKS + EMPTIES
    ]
    for pattern, ticked in ((_TYPED_TICK, True), (_TYPED_EMPTY, False)):
        found += [
            _Mark(m.start(), m.end(), ticked, look.cell(m.start())) for m in pattern.finditer(look.text)
        ]
    return sorted(found, key=lambda mark: mark.start)


def _by_mark(
    look: Look, options: Sequence[Option], marks: Sequence[_Mark], names: dict[str, tuple[str, ...]]
) -> Choice:
    meant = [(mark, _meant(mark, options, marks, look)) for mark in marks]
    if look.sure < 1.0 and len(names) == 2 and len({option.name for option in options}) == 1:
        # in a cell of its own it may belong to the other one, which was not read: « UUI | X | Non »
        meant = [(mark, own if own and mark.cell == own.cell else None) for mark, own in meant]
    chosen = {option.name: option for mark, option in meant if mark.ticked and option}
    if not chosen and (other := _of_the_other_box(meant, names)):
        return Choice(AnswerState.ANSWERED, other)
    if len(chosen) > 1:
        both = " et ".join(f"« {name} »" for name in chosen)
        return Choice(AnswerState.UNCLEAR, " / ".join(chosen), f"plusieurs options sont cochées : {both}")
    if not chosen:
        return Choice(
            AnswerState.UNCLEAR, look.text.strip(), "une case est cochée, mais laquelle n'est pas certain"
        )
    option = next(iter(chosen.values()))
    rest = _rest(look, options, marks)
    value = named(option)
    return Choice(AnswerState.ANSWERED, f"{value} – {rest}" if _says(rest) and len(rest) > 3 else value)


def _of_the_other_box(
    meant: Sequence[tuple[_Mark, Option | None]], names: dict[str, tuple[str, ...]]
) -> str | None:
    """The other of two options: the one that was read has an empty box, and another box is ticked."""
    empty = {option.name for mark, option in meant if option and not mark.ticked}
    others = [name for name in names if name not in empty]
    return others[0] if len(names) == len(meant) == 2 and len(empty) == len(others) == 1 else None


def _in_order(options: Sequence[Option], marks: Sequence[_Mark]) -> bool:
    """Whether all marks stand before all options, or behind them: the n-th mark is the n-th option's."""
    if len(marks) != len(options) or len(marks) < 2:
        return False
    return marks[-1].end <= options[0].start or options[-1].end <= marks[0].start


def _marks_lead(look: Look, options: Sequence[Option], marks: Sequence[_Mark]) -> bool:
    """Whether marks stand before their options (« ☒ Oui ☐ Non ») and not behind (« Oui ☒ Non ☐ »)."""
    votes = 0
    for mark in marks:
        after = min((_apart(look, mark.end, o.start) for o in options if o.start >= mark.end), default=None)
        before = min((_apart(look, o.end, mark.start) for o in options if o.end <= mark.start), default=None)
        if after is None or before is None:
            votes += 2 if before is None else -2
        else:
            votes += (after < before) - (before < after)
    return votes >= 0


def _apart(look: Look, start: int, end: int) -> int:
    """How far apart two things stand; what separates options separates a mark from the next one's."""
    between = look.text[start:end]
    return len(between) + 100 * bool(re.search(r"[/|,;–\n]", between))


def _meant(mark: _Mark, options: Sequence[Option], marks: Sequence[_Mark], look: Look) -> Option | None:
    """The option of a mark: in the cell above it, else the one it stands beside."""
    if mark.cell is not None:
        above = [
            o for o in options
            if o.cell and o.cell != mark.cell
            and (o.cell.table, o.cell.column) == (mark.cell.table, mark.cell.column)
        ]  # fmt: skip
        rows = {o.cell.row for o in options if o.cell}
        if above and mark.cell.row not in rows:
            return above[-1]
    if _in_order(options, marks):
        return options[marks.index(mark)]
    if (level := _by_columns(mark, options, look.asked)) is not None:
        return level
    if _marks_lead(look, options, marks):
        after = [o for o in options if o.start >= mark.end]
        following = next((m.start for m in marks if m.start > mark.start), len(look.text) + 1)
        own = after[0] if after and after[0].start < following else None
        between = look.text[mark.end : own.start] if own else ""
    else:
        before = [o for o in options if o.end <= mark.start]
        last = max((m.end for m in marks if m.end <= mark.start), default=0)
        own = before[-1] if before and before[-1].start >= last else None
        between = look.text[own.end : mark.start] if own else ""
    unread = look.sure < 1.0 and re.search(r"[^\W_][^/|]*[/|]|[/|][^/|]*[^\W_]", between)
    return None if unread else own  # « ☒ i / non »: what stands between was an option, too


def _by_columns(mark: _Mark, options: Sequence[Option], asked: Cell | None) -> Option | None:
    """« Oui | X | Non | »: in a row of cells each option's own one is behind it, if none is before the first.

    Empty cells say nothing; their columns count.
    """
    cell = mark.cell
    level = {
        o.cell.column: o
        for o in options
        if cell and o.cell and (o.cell.table, o.cell.row) == (cell.table, cell.row)
    }
    if cell is None or cell.column in level:
        return None
    if len(level) == 1 < len(options):
        return next(iter(level.values()))  # the others stand in other rows: a list with a column to tick in
    if len(level) < len(options) or len(level) < 2:
        return None
    is_beside = asked is not None and (asked.table, asked.row) == (cell.table, cell.row)
    free = asked.column + 1 if asked and is_beside else 0
    steps = {other - one for one, other in pairwise(sorted(level))}
    if steps != {2} or min(level) - free not in {0, 1}:
        return None
    return level.get(cell.column - 1 if min(level) == free else cell.column + 1)


def _by_look(look: Look, options: Sequence[Option], marks: Sequence[_Mark], count: int) -> Choice:
    """All options still stand there: one is chosen by its look, or something else was written, or nothing."""
    template, extra = _template_and_extra(look, options, count)
    if extra:
        words = _rest(look, template, marks) or " ".join(o.look.text for o in extra)
        names = {option.name for option in extra}
        if len(names) == 1 and not _says(_rest(look, options, marks)):
            return Choice(AnswerState.ANSWERED, named(extra[0]))
        return Choice(AnswerState.ANSWERED, words)
    crossed = [o for o in template if o.look.strike and o.look.highlight]
    if crossed and not all(o.look.highlight for o in template):
        if count > 2 and len([o for o in template if o.look.highlight]) == 1:
            return _with_rest(look, crossed[0], template, marks)  # one of many: nobody strikes out one alone
        return Choice(AnswerState.UNCLEAR, None, _CROSSED)
    struck = [o for o in template if o.look.strike]
    standing = [o for o in template if not o.look.strike]
    if struck and len(standing) == 1:
        return _with_rest(look, standing[0], template, marks)
    for sign in ("highlight", "underline", "bold"):
        told = [o for o in template if getattr(o.look, sign)]
        if sign == "highlight" and len(told) == len(template) and look.sure < 1.0:
            break  # two marks: the edge of one looks like a line under its word, and ink makes it bold
        if told and len(told) < len(template):
            if len({o.name for o in told}) == 1:
                return _with_rest(look, told[0], template, marks)
            both = " / ".join(o.look.text for o in told)
            return Choice(AnswerState.UNCLEAR, both, "plusieurs options sont mises en évidence")
    if struck:
        text = " / ".join(o.look.text for o in standing)
        return Choice(AnswerState.UNCLEAR, text or None, "on ne voit pas quelle option reste choisie")
    told = _set_apart(look, template)
    if told and look.sure < _CAPITALS and all(o.look.text.isupper() for o in told):
        told = []
    if len(told) == 1:
        return _with_rest(look, told[0], template, marks)
    rest = _rest(look, template, marks)
    if _says(rest):
        return Choice(AnswerState.ANSWERED, rest)
    if len({o.name for o in template}) < count:
        return Choice(AnswerState.UNCLEAR, rest or None, "plusieurs options restent")
    return Choice(AnswerState.BLANK)


def _set_apart(look: Look, options: Sequence[Option]) -> list[Option]:
    """Options in brackets or between stars, « (oui) / non », behind an arrow, or alone in capitals."""
    bracketed = [
        o for o in options
        if _OPENING.search(look.text[: o.start]) and _CLOSING.match(look.text[o.end :])
    ]  # fmt: skip
    if 0 < len(bracketed) < len(options):
        return bracketed
    pointed = [o for o in options if _POINTING.search(look.text[: o.start])]
    if len(pointed) == 1 < len(options) and pointed != options[:1]:  # before the first, forms print one
        return pointed
    capital = [o for o in options if o.look.text.isupper()]
    return capital if all(o.look.text.islower() for o in options if o not in capital) else []


def _template_and_extra(
    look: Look, options: Sequence[Option], count: int
) -> tuple[list[Option], list[Option]]:
    """The printed list of options (each once, close together), and what was typed beside it."""
    first: dict[str, Option] = {}
    extra: list[Option] = []
    for option in options:
        if option.name in first:
            extra.append(option)
        else:
            first[option.name] = option
    template = list(first.values())
    if len(first) == count == 2 and not extra:
        one, other = template
        between = _SEPARATORS.sub("", look.text[one.end : other.start])
        marked = look.sure < 1.0 and any(each.look.strike or each.look.highlight for each in template)
        if between and not (marked and _is_scrap(between)):  # « Oui, mais non rémunéré » is no list
            return [], template
    return template, extra


def _with_rest(look: Look, option: Option, options: Sequence[Option], marks: Sequence[_Mark]) -> Choice:
    rest = _rest(look, options, marks)
    value = named(option)
    return Choice(AnswerState.ANSWERED, f"{value} – {rest}" if _says(rest) and len(rest) > 3 else value)


def _rest(look: Look, options: Sequence[Option], marks: Sequence[_Mark]) -> str:
    """What stands there beside options and marks."""
    taken = sorted([*((o.start, o.end) for o in options), *((m.start, m.end) for m in marks), *look.struck()])
    rest, at = "", 0
    for start, end in taken:
        rest += look.text[at:start] if start > at else ""
        at = max(at, end)
    rest += look.text[at:]
    rest = "".join(" " if c in TICKS + EMPTIES else c for c in rest)
    rest = re.sub(r"[(\[]\s*[)\]]", " ", " ".join(without_hints(rest).split()))
    return rest.strip(' /|,;:.-–—·•*"«»')


def _says(rest: str) -> bool:
    return any(c.isalnum() for c in _SEPARATORS.sub("", rest))
