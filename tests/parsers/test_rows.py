"""Which words share a row, and where a row is cut."""

from typing import Any

import pytest

from parsers._printed._rows import segments_of


def _word(text: str, x0: float, baseline: float, size: float, **told: float) -> dict[str, Any]:
    """As pages have words: as high as their size says, of which a fifth is below the line."""
    sides = {"x0": x0, "x1": x0 + 0.5 * size * len(text)}
    height = {"top": baseline - 0.78 * size, "bottom": baseline + 0.22 * size}
    return {"text": text, "size": size, "fontname": "", **sides, **height, **told}


@pytest.mark.parametrize("rise", [0.0, 4.0], ids=["on the line", "above its dots"])
def test_a_letter_by_hand_behind_a_label_stands_in_its_row(rise: float) -> None:
    """Alone, it is told as lower and above the label: it is its answer, no row before it."""
    words = [
        _word("Genre", 58.0, 451.0, 9.5, confidence=0.9),
        _word("F", 95.0, 451.0 - rise, 6.2, confidence=0.9),
        _word("Prénom", 58.0, 430.0, 9.5, confidence=0.9),
    ]

    rows = [[word["text"] for word in row] for row in segments_of(words, words)]

    assert rows == [["Prénom"], ["Genre", "F"]]


def test_a_small_word_far_behind_a_printed_one_stands_apart() -> None:
    """What a file prints is as large as it says: a gap of twice its size parts words, and a higher row."""
    apart = [_word("Nom", 58.0, 451.0, 9.5), _word("1)", 85.0, 451.0, 6.2)]
    above = [_word("Nom", 58.0, 451.0, 9.5), _word("1)", 74.0, 447.0, 6.2)]

    for words in (apart, above):
        assert len(list(segments_of(words, words))) == 2


@pytest.mark.parametrize("sure", [{"confidence": 0.7}, {}], ids=["by hand", "printed"])
def test_what_hangs_into_the_row_it_begins_behind_is_of_that_row(sure: dict[str, float]) -> None:
    """« Fait à Bruxelles », half a row too high: by hand it is the place, no row before the label."""
    words = [
        _word("date", 58.0, 430.0, 9.5, **sure),
        _word("Bruxelles", 88.0, 444.0, 11.0, **sure),
        _word("Fait", 58.0, 451.0, 9.5, **sure),
        _word("a", 80.0, 451.0, 5.0, **sure),
    ]

    rows = [[word["text"] for word in row] for row in segments_of(words, words)]

    own = [["date"], ["Fait", "a", "Bruxelles"]] if sure else [["date"], ["Bruxelles"], ["Fait", "a"]]
    assert rows == own


def test_the_last_sign_of_a_label_stays_with_it() -> None:
    """Half a row above it stands another column, by which its row is told; the sign is a hair lower."""
    words = [
        _word("Réunions", 250.0, 406.0, 10.0, confidence=0.9),
        _word("consolidation", 60.0, 410.3, 10.0, confidence=0.9),
        _word("?", 128.0, 410.7, 10.0, confidence=0.9),
    ]

    rows = [[word["text"] for word in row] for row in segments_of(words, words)]

    assert sorted(rows) == [["Réunions"], ["consolidation", "?"]]
