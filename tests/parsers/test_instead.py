"""Words that a pen wrote in place of a signature are told from one, however unsurely they are read."""

from dataclasses import replace

import numpy as np
import pytest

from data.model import Box, Look, Picture, PictureForm
from parsers import _ocr
from parsers._ocr import Word
from parsers._scanned import _instead

PAGE = np.full((400, 600), 255, np.uint8)


def _ink(x0: float, x1: float, bottom: float = 60.0) -> Picture:
    box = Box(x0, 40.0, x1, bottom)
    return Picture(PictureForm.INK, 1, -1, box, None, x1 - x0, bottom - 40.0, stroke_pt=150.0, look=Look.HAND)


def _word(text: str, x0: float, x1: float) -> Word:
    return Word(text, x0, 43.0, x1, 58.0, 0.3, 56.0, 15.0)


LABEL = replace(_word("Signature", 20.0, 60.0), top=10.0, bottom=20.0)


@pytest.fixture(autouse=True)
def _reads_nothing_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(_ocr, "words_of_block", lambda *_: [])
    monkeypatch.setattr(_ocr, "words_enlarged", lambda *_: [])


@pytest.mark.parametrize(("text", "told"), [("apprauve", True), ("12/09", True), ("Lopez", False)])
def test_a_word_or_a_day_is_told_however_unsurely_it_is_read(text: str, told: bool) -> None:
    """What it says is known: nobody signs so."""
    pen = _ink(100.0, 160.0)

    assert list(_instead.instead([pen], [], [LABEL, _word(text, 110.0, 155.0)], PAGE, 72.0)) == [pen] * told


def test_what_stands_beside_such_a_word_is_of_it_but_no_higher_ink() -> None:
    """« Lu et » before « approuvé », and behind both a signature."""
    before, word, signature = _ink(60.0, 92.0), _ink(100.0, 160.0), _ink(170.0, 250.0, bottom=90.0)
    said = [_word("approuvé", 105.0, 155.0)]

    assert list(_instead.instead([before, word, signature], [], [LABEL, *said], PAGE, 72.0)) == [before, word]


def test_beside_a_day_people_sign() -> None:
    """However low the signature is."""
    day, signature = _ink(100.0, 160.0), _ink(170.0, 250.0)

    assert list(
        _instead.instead([day, signature], [], [LABEL, _word("10/09/26", 105.0, 155.0)], PAGE, 72.0)
    ) == [day]


def test_a_printed_word_that_a_pen_crosses_says_nothing() -> None:
    """« Signature précédée de lu et approuvé » is the form's own."""
    word = _word("approuvé", 105.0, 155.0)
    printed = [Box(word.x0, word.top, word.x1, word.bottom)]

    assert not list(_instead.instead([_ink(100.0, 160.0)], printed, [LABEL, word], PAGE, 72.0))


@pytest.mark.parametrize("readable", [0.6, 1.6, 2.5])
def test_a_piece_is_read_by_itself_too(readable: float, monkeypatch: pytest.MonkeyPatch) -> None:
    """On its page nothing was read there, and alone only at one size."""

    def read(*said: object) -> list[Word]:
        return [_word("venir", 120.0, 155.0)] if said[-1] == readable else []

    monkeypatch.setattr(_ocr, "words_enlarged", read)
    pen = _ink(100.0, 160.0)

    assert list(_instead.instead([pen], [], [LABEL], PAGE, 72.0)) == [pen]


def test_only_pages_to_sign_are_looked_at() -> None:
    """Elsewhere an answer by hand may say that a document follows."""
    assert not list(_instead.instead([_ink(100.0, 160.0)], [], [_word("suivra", 105.0, 155.0)], PAGE, 72.0))
