"""What a mark left of the options and numbers that it lies on: then a look has told too little."""

import re
from collections.abc import Sequence

from rapidfuzz import fuzz

from data.edition import Edition, Question, QuestionKind
from data.model import Answer, AnswerState, Span
from parsers._answered._choices import beside, is_marked_in_brackets, offered, under_the_pen
from parsers._answered._regions import Region
from parsers._signed._doubts import CLEAR
from parsers._stream import Part
from parsers._wording import fold, has_content, words

BY_LOOK = 0.85
"""How sure a choice is at most that bold, a line or a ring told on a scan: so many of them are right."""
FEWEST_NUMBERS = 4
"""So many numbers in the row of a statement are a printed scale."""
_YES_NO = ("oui", "non")
_RINGS = re.compile(r"[©®@○◯]|(?<!\w)[OoQ0](?!\w)")
"""What printed circles are read as."""
_SCALE = "12345678910"
_MIXED, _WORDY = re.compile(r"(?=.*\d)(?=.*[^\W\d_])\w{2,3}"), 10
"""What is neither a word nor a number; and letters beside a number that rates nothing, if badly read."""
_ODD_CASE = re.compile(r"\W*(?:[^\W\d_]{0,4}[a-zà-ÿ][A-ZÀ-Ý][^\W\d_]{0,4})\W*")
"""« GuhoD »: a word in which a capital follows a small letter is « oui/non » with rings around both."""
_NEARLY = 58.0
"""Likeness of what was read to an option over which a mark lies."""
_YES_OR_NO = re.compile(r"\W*(?:oui|non)\s*(?:[,:(.]|\W*$)")
_BOTH = re.compile(r"\W*oui\W*(?:\bou\b)?\W*non\W*")
_BOTH_AND_ONE = re.compile(rf"{_BOTH.pattern}(?<!\w)(?:oui|non)(?!\w)")
"""« oui/non Non »: what the form offers, and what was typed behind it."""
_NEITHER = re.compile(rf"{_BOTH.pattern}|\W*[^\W\d]?\W*")
"""Both, or a single letter."""
_ANNOUNCED = re.compile(r"^\w{1,10}\s?[:)]\s*(?=\w)")
_ONE_AND_A_REST = re.compile(r"\W*(?:oui[\s/–—-]+(?:ou\s+)?\w{1,3}|\w{1,3}[\s/–—-]+(?:ou\s+)?non)\W*")
_LEFT_OVER, _SCRAP = re.compile(r"(?!oui|non).{1,60}(?:oui|non)\W*", re.DOTALL), 4
"""« deu)}NON »: what a mark has left of « oui/non », or of the other options."""


def is_circled(answer: Answer, parts: Sequence[Part]) -> bool:
    """Whether a number of a printed scale was drawn around: « 5 » is then read as « (6) » or « © »."""
    if answer.state not in {AnswerState.BLANK, AnswerState.ANSWERED}:
        return False
    said = [part for part in parts if part.text.strip()]
    if len(_RINGS.findall(" ".join(part.text for part in said))) >= FEWEST_NUMBERS - 1:
        return True
    unmarked = answer.state is AnswerState.ANSWERED and not is_marked(parts)
    if unmarked and any(map(_runs_together, said)):
        return True
    if sum(part.text.strip().isdigit() for part in said) < FEWEST_NUMBERS:
        return False
    if answer.state is AnswerState.BLANK:
        odd = any(not part.text.strip().isdigit() and len(part.text.strip()) <= 3 for part in said)
        return odd or _lacks_one(said)
    return any(re.search(r"\(?\d+\)|\(\d+|[©®]", part.text) for part in said)


def _runs_together(part: Part) -> bool:
    """« 3456789 »: some of a printed scale, of which no single number was typed."""
    return any(run in _SCALE for run in re.findall(r"\d{3,}", part.text))


def _lacks_one(said: Sequence[Part]) -> bool:
    """Whether of a row of cells that count on, a single one says no number: something hides it."""
    rows: dict[tuple[int, int], dict[int, int]] = {}
    for part in said:
        if part.cell and part.text.strip().isdigit():
            rows.setdefault((part.cell.table, part.cell.row), {})[part.cell.column] = int(part.text)
    return any(
        len({number - column for column, number in row.items()}) == 1
        and len(row) >= FEWEST_NUMBERS and max(row) - min(row) == len(row)
        for row in rows.values()
    )  # fmt: skip


def surest(answer: Answer, parts: Sequence[Part], question: Question) -> float:
    """How sure an answer can be: among options that all stand there, a look has told which is chosen."""
    if not is_choice(answer, question) or any(s.tick is not None for part in parts for s in part.spans):
        return 1.0
    return BY_LOOK if len(offered(parts, question.choices)) > 1 else 1.0


def is_choice(answer: Answer, question: Question) -> bool:
    """Whether an option seems chosen: where a pen hid the one that it marked, the others alone were read."""
    kinds = {QuestionKind.YES_NO, QuestionKind.CHOICE}
    return answer.state is AnswerState.ANSWERED and question.kind in kinds


def offers(parts: Sequence[Part], question: Question) -> bool:
    """Whether options stand there that were not all seen to be left: then one may be the answer.

    Those without boxes: a scan does not show which is bold or coloured; and of those with boxes the pen may
    have made one no box.
    """
    if question.kind is QuestionKind.SCALE:
        return _offers_numbers(parts)
    if question.kind not in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        return False
    boxes = _empty_boxes(parts)
    if boxes and any(map(_has_a_stray_bracket, parts)):
        return True
    return bool(boxes or offered(parts, question.choices)) and boxes < len(question.choices or ("oui", "non"))


def _has_a_stray_bracket(part: Part) -> bool:
    """« oui ) »: it closes nothing, and is what was seen of a ring."""
    return any(part.text.count(one) != part.text.count(other) for one, other in ("()", "[]", "{}"))


def lacks_a_box(parts: Sequence[Part], question: Question) -> bool:
    """Whether boxes stand there, and fewer than options: what lies over the others may mark them, too."""
    boxes = sum(span.tick is not None for part in parts for span in part.spans)
    return 0 < boxes < len(offered(parts, question.choices))


def is_half_read(answer: Answer, parts: Sequence[Part], options: Sequence[str]) -> bool:
    """Whether options stand there of which one was read as something else: it is the one that was marked.

    « oui nef », « ouXnon », « -eur- ou non »; of study levels a piece that is nearly another one.
    """
    if answer.value and answer.value == under_the_pen(parts, options):
        return False
    if not options:
        value = fold(str(answer.value))
        said = (value, *_rows(parts))
        ticked = any(span.tick for part in parts for span in part.spans)
        if ticked or is_marked_in_brackets(parts, options) or (is_marked(parts) and value in _YES_NO):
            return False
        return bool(_NEITHER.fullmatch(value)) or any(map(_is_nearly_both, said))
    known = [fold(option) for option in options]
    unread = [fold(piece) for piece in beside(parts, options)]
    return any(fuzz.ratio(option, piece) >= _NEARLY for option in known for piece in unread)


def _rows(parts: Sequence[Part]) -> list[str]:
    """What stands on each row and is not struck out, however many gaps it has."""
    rows: list[list[Part]] = []
    for part in parts:
        last, box = rows[-1][-1].piece if rows else None, part.piece.box
        if last and last.box and box and last.line.page == part.piece.line.page and last.box.bottom > box.top:
            rows[-1].append(part)
        else:
            rows.append([part])
    return [_left_of([span for part in row for span in part.spans]) for row in rows]


def _left_of(spans: Sequence[Span]) -> str:
    """What is not struck out; of « oui ou non » neither the « ou »."""
    left = " ".join(span.text for span in spans if not span.strike).strip()
    struck = any(span.strike for span in spans)
    return re.sub(r"^ou\b|\bou$", "", left, flags=re.IGNORECASE) if struck else left


def _is_nearly_both(text: str) -> bool:
    """Whether what stands there is « oui / non », but for the letters of one."""
    said = _ANNOUNCED.sub("", fold(text).strip())
    if _BOTH.fullmatch(said) or _YES_OR_NO.match(said) or _BOTH_AND_ONE.match(said):
        return False
    letters = "".join(char for char in said if char.isalnum())
    return _ONE_AND_A_REST.fullmatch(said) is not None or fuzz.ratio(letters, "ouinon") >= _NEARLY


def _offers_numbers(parts: Sequence[Part]) -> bool:
    """Whether a printed scale has neither a cell nor a box to each number: then no pixels were compared."""
    told = numbers(parts)
    cells = {part.cell for part in told if part.cell}
    return len(told) >= FEWEST_NUMBERS and max(len(cells), _empty_boxes(parts)) < len(told)


def numberless(regions: Sequence[Region], edition: Edition) -> set[str]:
    """Statements of which numbers were not read where others have theirs: one not seen may be marked."""
    told = {
        question: len(numbers(region.parts))
        for region in regions
        if (question := region.match.anchor.question)
        and edition.questions[question].kind is QuestionKind.SCALE
    }
    whole = edition.scale.highest - edition.scale.lowest + 1
    printed = any(count >= FEWEST_NUMBERS for count in told.values())
    return {question for question, count in told.items() if printed and count < whole}


def numbers(parts: Sequence[Part]) -> list[Part]:
    """The parts in which numbers stand, as often as they do."""
    return [part for part in parts for _ in re.findall(r"(?<!\d)\d{1,2}(?!\d)", part.text)]


def _empty_boxes(parts: Sequence[Part]) -> int:
    return sum(span.tick is False for part in parts for span in part.spans)


def is_marked(parts: Sequence[Part]) -> bool:
    """Whether the mark itself was seen: a tick, or a line around an option or through one."""
    return any(span.tick or span.highlight or span.strike for part in parts for span in part.spans)


def is_struck_out(parts: Sequence[Part]) -> bool:
    """Whether words stand there that a line runs through: it may run on, under or into a short answer."""
    return any(span.strike and has_content(span.text) for part in parts for span in part.spans)


def is_typed(parts: Sequence[Part], options: Sequence[str]) -> bool:
    """Whether the only option that stands there goes on in words: it was typed, and none is offered."""
    added = [word for piece in beside(parts, options) for word in words(piece) if len(word.text) > 2]
    return len(added) > 1 and len(offered(parts, options)) == 1


def is_a_scrap(answer: Answer, parts: Sequence[Part], question: Question) -> bool:
    """Whether an answer is what was left of print: « o1 » of « oui », a number in a misread title."""
    if question.kind is QuestionKind.YES_NO and _ODD_CASE.fullmatch(str(answer.value)):
        return True
    if question.kind is not QuestionKind.SCALE:
        return _MIXED.fullmatch(str(answer.value)) is not None
    unsure = [part.text for part in parts if part.piece.line.confidence < CLEAR]
    return any(len(re.sub(r"[\W\d_]", "", said)) >= _WORDY and str(answer.value) in said for said in unsure)


def is_an_option(answer: Answer, question: Question) -> bool:
    """Whether a choice is one of those that the form gives: of a scan, other words are letters lost."""
    said, options = fold(str(answer.value)), question.choices
    if question.kind is QuestionKind.YES_NO and _LEFT_OVER.fullmatch(said):
        return False
    alike = any(fuzz.partial_ratio(fold(option), said) >= 92 for option in options)
    return not options or (alike and len(said) > _SCRAP)
