"""A rating told in a line: a number, « 7/10 », « ★★★ », or the scale with one of its numbers set apart."""

import math
import re
import unicodedata
from collections.abc import Sequence

from data.model import AnswerState
from parsers._answered._choices import EMPTIES, TICKS, Choice
from parsers._fields import small_number
from parsers._stream import Part
from parsers._wording import without_hints, without_leaders

MARKS = re.compile(rf"^\W*(?:[xXvV+*×]|[{TICKS}]|[•●])\W*$")
_OUT_OF = re.compile(r"(?<![\d,.])(\d{1,2})\s*(?:/|sur|op|out of)\s*(\d{1,2})(?!\d)", re.IGNORECASE)
_OUT_OF_IN_WORDS = re.compile(r"\s(?:/|sur|op|out of)\s*(?:dix|tien|ten)\W*$", re.IGNORECASE)
_NUMBER = re.compile(r"(?<![\d,.])\d{1,2}(?:[.,]\d+)?(?!\d)")
_COUNTS = re.compile(
    r"(?<![\d,.])\d{1,2}\s*(?:%|€|(?:ans?|années?|mois|semaines?|jours?|heures?|h|fois|personnes?|membres?|ETP"
    r"|jaar|maand(?:en)?|years?|months?)\b)|\b(?:voir|cf\.?|points?|questions?|annexes?|[A-E]\.)\s*\d{1,2}\b",
    re.IGNORECASE,
)
"""A number of something else, in a remark beside the rating: « 3, en progrès depuis 2 ans »."""
_TYPED_BOX = re.compile(r"[\[(]\s{0,3}[xX✓✔]?\s{0,3}[\])]")
_STARS = re.compile(r"(★+|●{3,})\s*(☆*|○*)(?![★●☆○])")
"""As many as are meant, of ten."""
_CIRCLED = re.compile("[①-⑩❶-❿➀-➉➊-➓⓵-⓾]")
_CIRCLED_WHITE = re.compile("[❶-❿➊-➓]")
_LABEL = re.compile(
    r"^\s*(?:[^\W\d][^\d:\n]{1,40}:|(?:note|score|cote|cotation)\b)\s*", re.IGNORECASE | re.MULTILINE
)
"""« Note : », « Votre appréciation : »: the form's words beside the number."""
_SET_APART = re.compile(
    r"[(\[{<«“*]\s*(\d{1,2})\s*[)\]}>»”*]|(?:[→➔➜➤►▶⇒👉]|[-=]{1,2}>|>>)\s*(\d{1,2})(?!\d)"
    r"|(?<!\w)(\d{1,2})[xX](?=\s|$)"
)
"""« (7) », « «7» », « → 7 » and « 7X » among numbers."""
_CROSS = re.compile(
    r"(?:(?<!\d)(?P<left>\d{1,2})(?P<before>[^\S\n]+)|(?<!\w))[xX](?P<behind>[^\S\n]*)(?P<right>\d{1,2})(?!\d)"
)
"""« X7 », « 6  X 7 » and « 6 X  7 »: the number's that is nearer."""
FEWEST_BESIDE = 4
"""Boxes with their numbers behind them, of a row in which some are lacking."""
_SURELY_READ = 0.9
"""How surely « 7/10 » is read where it may be a printed « / 10 »: measured 0.5 to 0.8 where it is one."""
UNTOLD = Choice(AnswerState.UNCLEAR, None, "une case est marquée, mais laquelle n'est pas certain")


def in_a_line(parts: Sequence[Part], lowest: int, highest: int) -> Choice:
    """What is said in words, of which the scale may be a part: « 1 2 (3) 4 … », « 7/10 », « ★★★ »."""
    span = highest - lowest + 1
    written = without_hints("\n".join(_said(part) for part in parts))
    if len(_CIRCLED.findall(written)) >= span:  # « ① ② ❸ … »: the one whose circle is filled
        return decided({unicodedata.digit(m, 10) for m in _CIRCLED_WHITE.findall(written)})
    written = _CIRCLED.sub(lambda m: f"({unicodedata.digit(m[0], 10)})", written)
    text = _TYPED_BOX.sub(lambda m: "☒" if m[0].strip("[]() ") else "☐", written)
    stars = _STARS.search(text)
    if stars and len(stars[1] + stars[2]) == span:
        return Choice(AnswerState.ANSWERED, str(lowest + len(stars[1]) - 1))
    if stars and len(stars[1]) > 1 and not re.search(r"\d", text):
        return UNTOLD
    boxes = [c for c in text if c in TICKS + EMPTIES]
    if len(boxes) >= span * 0.6:
        return _by_box(text, lowest, highest)
    replaced = _put_in_its_place(text, lowest, highest)
    if replaced is not None:
        return Choice(AnswerState.ANSWERED, str(replaced))
    numbers = [int(n) for n in _NUMBER.findall(text) if n.isdigit()]
    if len(numbers) >= span * 0.6 and set(range(lowest, highest + 1)) <= set(numbers):
        return _by_look(parts, text, lowest, highest)
    sure = min((part.piece.line.confidence for part in parts if part.text.strip()), default=1.0)
    return _typed(text, lowest, highest, sure)


def _said(part: Part) -> str:
    """A part without what a content control shows as long as nothing was chosen."""
    return "".join(span.text for span in part.spans if not span.hint or span.tick is not None)


def _put_in_its_place(text: str, lowest: int, highest: int) -> int | None:
    """« 1 2 3 X 5 6 7 8 9 10 »: the number that a mark was typed in the place of."""
    said = re.findall(r"\d+|[^\W\d_]+|[^\w\s|/.,;:()\[\]–—-]+", text)
    scale = range(lowest, highest + 1)
    if len(said) != len(scale):
        return None
    other = [(number, word) for number, word in zip(scale, said, strict=True) if word != str(number)]
    return other[0][0] if len(other) == 1 and MARKS.match(other[0][1]) else None


def _by_box(text: str, lowest: int, highest: int) -> Choice:
    """« ☐ 1 ☐ 2 ☒ 3 »: the number beside the ticked box, or below it in a row of numbers; else its place.

    Where all boxes and numbers are there, each is its own number's: a cross may reach over it, « 4☒ ☐ 5 ».
    Where boxes were not seen, its place is told by those that have their numbers behind them, or by nothing.
    """
    boxes = [(m.start(), m[0] in TICKS) for m in re.finditer(rf"[{TICKS}{EMPTIES}]", text)]
    numbers = [(m.start(), int(m[0])) for m in re.finditer(r"(?<!\d)\d{1,2}(?!\w)", text)]
    chosen: set[int] = set()
    first = _first_of(boxes, numbers, lowest, highest)
    in_rows = numbers and (boxes[-1][0] < numbers[0][0] or numbers[-1][0] < boxes[0][0])
    whole = len(boxes) == highest - lowest + 1 and numbers == sorted(numbers, key=lambda told: told[1])
    counted = len(boxes) == len(numbers) and [n for _, n in numbers] == list(range(lowest, highest + 1))
    for index, (at, ticked) in enumerate(boxes):
        if not ticked:
            continue
        if counted or (in_rows and len(numbers) == len(boxes)):
            chosen.add(numbers[index][1])
        elif whole:
            chosen.add(lowest + index)
        elif in_rows:  # over or under a row of numbers, of which one lacks its box: any of them may
            return UNTOLD
        elif len(numbers) >= len(boxes):
            leading = boxes[0][0] < numbers[0][0]
            beside = [n for place, n in numbers if (place > at if leading else place < at)]
            chosen.add((beside[0] if leading else beside[-1]) if beside else lowest + index)
        elif first is None:
            return UNTOLD
        else:
            chosen.add(first + index)
    return decided({n for n in chosen if lowest <= n <= highest})


def _first_of(
    boxes: Sequence[tuple[int, bool]], numbers: Sequence[tuple[int, int]], lowest: int, highest: int
) -> int | None:
    """What the first box stands for: the lowest number, if no box is lacking."""
    if len(boxes) == highest - lowest + 1:
        return lowest
    ends = [at for at, _ in boxes[1:]] + [math.inf]
    shifts = [
        number - index
        for index, ((at, _), end) in enumerate(zip(boxes, ends, strict=True))
        for place, number in numbers if at < place < end
    ]  # fmt: skip
    return shifts[0] if len(shifts) >= FEWEST_BESIDE and len(set(shifts)) == 1 else None


def _by_look(parts: Sequence[Part], text: str, lowest: int, highest: int) -> Choice:
    """« 1 2 3 … 10 » in a line: the number in brackets or crossed, else the one that looks otherwise."""
    chosen = {int(next(filter(None, found))) for found in _SET_APART.findall(text)}
    chosen |= {int(number) for cross in _CROSS.finditer(text) if (number := _nearer(cross))}
    if len(chosen) in {1, 2}:
        return decided(chosen)
    for sign in ("highlight", "strike", "underline", "bold"):
        looks: list[tuple[int, bool]] = []
        for part in parts:
            for piece in part.spans:
                looks += [(int(n), bool(getattr(piece, sign))) for n in re.findall(r"\d{1,2}", piece.text)]
        marked = odd_one(looks, sign)
        if marked:
            return decided(marked)
    listed = [int(n) for n in re.findall(r"(?<!\d)\d{1,2}(?!\d)", text)]
    twice = {n for n in listed if listed.count(n) == 2}
    if len(twice) != 1 and (_lone_marks(text) or re.search(rf"[{TICKS}●]|(?<!\w)[xX](?!\w)", text)):
        return UNTOLD
    return decided(twice if len(twice) == 1 else set())


def _nearer(cross: re.Match[str]) -> str | None:
    """The number beside which a cross stands; none where it is as far from both."""
    before, behind = cross["before"], len(cross["behind"])
    if before is None or behind < len(before):
        return cross["right"]
    return cross["left"] if behind > len(before) else None


def _lone_marks(text: str) -> str:
    """What stands beside the numbers, where it is no word of the form's: a « V » that lost its cell."""
    beside = re.sub(r"[\d\s|/.,;:_()\[\]–—-]", "", text)
    return beside if len(beside) <= 3 else ""


def odd_one(looks: Sequence[tuple[int, bool]], sign: str = "") -> set[int]:
    """The numbers that look otherwise than most, or the one alone that was not struck out."""
    told = {number for number, has_sign in looks if has_sign}
    left = {number for number, _ in looks} - told
    if sign == "strike" and len(left) == 1 and len(told) > 2:
        return left
    return told if 0 < len(told) <= 2 < len(looks) else set()


def decided(marked: set[int]) -> Choice:
    """The one number that is marked, if it is one."""
    if len(marked) == 1:
        return Choice(AnswerState.ANSWERED, str(marked.pop()))
    if marked:
        told = " et ".join(str(v) for v in sorted(marked))
        return Choice(AnswerState.UNCLEAR, None, f"deux cases sont marquées : {told}")
    return Choice(AnswerState.BLANK)


def _typed(text: str, lowest: int, highest: int, sure: float) -> Choice:
    """A number in words or digits, read so surely off an image, or written in the file."""
    bare = _LABEL.sub("", _told_range(lowest, highest).sub(" ", without_leaders(text)))
    bare = re.sub(rf"(?<![\d\s])\s*(?:/|sur)\s*{highest}(?!\d)|^\s*/\s*{highest}(?!\d)", " ", bare)
    bare = re.sub(r"\(\s*(?:1|de 1)(?!\d)\s*[^)]*10\s*[^)]*\)", " ", bare)
    bare = _told_ends(lowest, highest).sub(" ", bare)
    if sure < 1.0:
        bare = re.sub(rf"^(\s*\S{{1,3}})\s+{_slash_as_read(highest)}\W*$", r"\1", bare)
        bare = re.sub(rf"^(\s*[^\W\d]\S{{0,2}})\s+{highest}\W*$", r"\1", bare)  # « S. 10 », for « 5 / 10 »
        doubtful = re.fullmatch(rf"\W*{_slash_as_read(highest)}\W*", bare) and sure < _SURELY_READ
        if doubtful or re.search(r"\d\?|\d[^\W\d_]|[^\W\d_]\d", bare):  # « 1O »
            return Choice(
                AnswerState.UNCLEAR, None, f"« {' '.join(bare.split())} » n'est pas lu avec certitude"
            )
    out_of = {int(a) for a, b in _OUT_OF.findall(bare) if int(b) == highest}
    if len(out_of) == 1:
        return _inside(out_of.pop(), lowest, highest)
    rated = _COUNTS.sub(" ", bare)
    bare = rated if _NUMBER.search(rated) else bare
    numbers = _NUMBER.findall(bare)
    whole = {int(n) for n in numbers if n.isdigit()}
    if len(whole) == 3 and {lowest, highest} < whole:  # « 1 ———●——— 10 (6) »
        whole -= {lowest, highest}
    if any(not n.isdigit() for n in numbers) or re.search(r"\d\s*(?:-|–|à|ou|et)\s*\d", bare):
        return Choice(AnswerState.UNCLEAR, None, f"« {' '.join(bare.split())} » n'est pas un nombre entier")
    if sure < 1.0 and whole == {lowest, highest}:
        return UNTOLD  # the ends of a printed scale, as read off an image: what is between them was not
    if len(whole) == 2 and highest in whole:
        whole.discard(highest)  # the scale's own last number, printed beside
    if len(whole) == 1:
        return _inside(whole.pop(), lowest, highest)
    if len(whole) > 1:
        return Choice(AnswerState.UNCLEAR, None, "plusieurs nombres sont indiqués")
    word = small_number(_OUT_OF_IN_WORDS.sub("", bare.strip()))
    if word is not None:
        return _inside(word, lowest, highest)
    said = re.sub(rf"[{EMPTIES}]", " ", bare).strip()
    if any(c.isalnum() or c in TICKS for c in said):
        return Choice(
            AnswerState.UNCLEAR, None, f"« {' '.join(said.split())[:60]} » n'est pas un nombre de l'échelle"
        )
    return Choice(AnswerState.BLANK)


def _slash_as_read(highest: int) -> str:
    """The printed « / 10 » behind a place to write in, its stroke taken for a digit: « 7/10 », « 710 »."""
    return rf"(?:[71Il|]/?|/)\s?{highest}"


def _told_range(lowest: int, highest: int) -> re.Pattern[str]:
    """« Note de 1 à 10 : », « van 1 tot 10 »: between which numbers one may choose."""
    joined = rf"{lowest}\s*(?:à|et|tot|en|to|and|-|–)\s*{highest}(?!\d)"
    return re.compile(rf"\b(?:de|entre|van|tussen|from|between)\s+{joined}|(?<!\d){joined}(?=\s*:)", re.I)


def _told_ends(lowest: int, highest: int) -> re.Pattern[str]:
    """« 1 (pas du tout) – 10 (totalement) » or « 1 = pas du tout, 10 = totalement »: what the ends mean."""
    told = r"\s*(?:\([^)\d]{3,40}\)|[=:]\s*[^\W\d][^\d\n:]{2,40})"
    return re.compile(rf"(?<!\d){lowest}{told}\W{{0,6}}(?:à\s+)?{highest}{told}")


def _inside(number: int, lowest: int, highest: int) -> Choice:
    if lowest <= number <= highest:
        return Choice(AnswerState.ANSWERED, str(number))
    return Choice(AnswerState.UNCLEAR, None, f"{number} n'est pas entre {lowest} et {highest}")
