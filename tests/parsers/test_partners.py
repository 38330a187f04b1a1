"""« oui » and « non », of which a pen went over one: told by the other, and by the shape of the mark."""

from dataclasses import replace

import cv2
import numpy as np
import pytest
from numpy.typing import NDArray

from parsers._ocr import Word
from parsers._scanned._partners import Partnered, told_by_partner
from parsers._scanned._rulings import Stroke
from parsers._scanned._upright import parts

Pixels = NDArray[np.uint8]
SIZE, FOOT = 40.0, 200
FONT = cv2.FONT_HERSHEY_SIMPLEX


def _word(text: str, x0: float, x1: float, sure: float = 0.9) -> Word:
    high = 28 if "i" in text else 21
    return Word(text, x0, FOOT - high, x1, FOOT, sure, FOOT, SIZE)


def _read(black: Pixels, *read: Word, lines: tuple[Stroke, ...] = ()) -> Partnered:
    held = parts(black)
    return told_by_partner(read, lines, held, lambda: held, 200)


def _drawn(mark: str) -> Pixels:
    """« oui » with a mark, and « non »."""
    black = np.zeros((400, 700), np.uint8)
    cv2.putText(black, "oui", (270, FOOT), FONT, 1.0, 255, 2)
    cv2.putText(black, "non", (420, FOOT), FONT, 1.0, 255, 2)
    if mark == "ring":
        cv2.ellipse(black, (296, FOOT - 12), (52, 38), 0, 0, 350, 255, 5)
        cv2.line(black, (230, FOOT - 26), (250, FOOT - 12), 255, 5)  # joined to what stands before it
    elif mark == "line":
        cv2.line(black, (252, FOOT - 8), (340, FOOT - 14), 255, 6)
    elif mark == "cross":
        cv2.line(black, (262, FOOT + 12), (336, FOOT - 40), 255, 5)
        cv2.line(black, (262, FOOT - 40), (336, FOOT + 12), 255, 5)
    return black


@pytest.mark.parametrize(("mark", "rings", "through"), [("ring", 1, 0), ("line", 0, 1)])
def test_what_hides_an_option_is_told_by_its_shape(mark: str, rings: int, through: int) -> None:
    """A ring chooses, a line strikes out; between question and option stands what was read of both."""
    question, garbled, other = _word("etc)", 100, 160), _word("Toui)", 240, 350, 0.5), _word("non", 420, 474)
    told = _read(_drawn(mark), question, garbled, other)

    assert [word.text for word in told.words] == ["etc)", "oui", "non"]
    assert (len(told.rings), len(told.through)) == (rings, through)
    assert [word.text for word in _read(_drawn(mark), question, other).words] == ["etc)", "oui", "non"]


@pytest.mark.parametrize("mark", ["cross", "none"])
def test_what_is_neither_ring_nor_line_is_left_to_a_person(mark: str) -> None:
    """A cross may choose or strike out; without any mark, what stands beside « non » is something else."""
    read = _word("etc)", 100, 160), _word("Toui)", 240, 350, 0.5), _word("non", 420, 474)

    assert _read(_drawn(mark), *read) == Partnered(list(read), [], [])


def test_what_is_known_to_be_struck_out_is_the_other_option() -> None:
    """However it was read; but a sentence beside « oui » is no option."""
    line = Stroke(410, FOOT - 12, 490, FOOT - 12)
    read = _word("oui", 270, 325), _word("Jocn", 420, 474, 0.6)
    said = _word("oui", 270, 325), _word("certainement", 420, 600, 0.6)
    black = np.zeros((400, 700), np.uint8)

    assert [word.text for word in _read(black, *read, lines=(line,)).words] == ["oui", "non"]
    assert [word.text for word in _read(black, *said, lines=(line,)).words] == ["oui", "certainement"]


def test_options_that_were_both_read_keep_their_words() -> None:
    """What is drawn around one of them is told elsewhere."""
    read = _word("oui", 270, 325, 0.6), _word("non", 420, 474)

    assert _read(_drawn("ring"), *read) == Partnered(list(read), [], [])


def test_a_line_that_was_taken_for_a_ruled_one_is_found_on_the_page_as_it_lay() -> None:
    """Without what is ruled, only « oui » is left of it."""
    bare, whole = parts(np.zeros((400, 700), np.uint8)), parts(_drawn("line"))
    other = _word("non", 420, 474)

    assert len(told_by_partner([other], (), bare, lambda: whole, 200).through) == 1


def test_an_option_is_as_high_as_its_letters() -> None:
    """A ring made its row look twice as high, and would not be higher than that."""
    high = replace(_word("non", 420, 474), size=2.6 * SIZE, baseline=FOOT + 12)

    assert len(_read(_drawn("ring"), high).rings) == 1


def test_an_empty_circle_beside_an_option_is_no_ring() -> None:
    """« ◉ oui   ○ » and « non » on the next row: forms print it to be filled."""
    black = np.zeros((400, 700), np.uint8)
    cv2.putText(black, "oui", (270, FOOT), FONT, 1.0, 255, 2)
    cv2.circle(black, (390, FOOT - 13), 21, 255, 3)
    read = _word("oui", 270, 325)

    assert _read(black, read) == Partnered([read], [], [])
