"""Signs that are taken for one another, by OCR and by eye: O for 0, l for 1, « © » for « @ ».

A proposal, never a correction: what was read stays as it was read, and a person asks. There is one only
where a value fails its check, and all the ways to put signs back lead to one value that passes it.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import combinations, pairwise

SWAPS_AT_MOST = 4
SPOTS_AT_MOST = 10
"""Beyond that it is a text, and no short answer with a slip in it: nothing is proposed."""

DIGITS = str.maketrans("OoQDlIi|!ZzSsGBgq", "00001111122556899")
_LETTER = r"[^\W\d_]"
_SIGN = r"[0-9OoQDlIi|!ZzSsGBgq]"
_RUN = re.compile(rf"(?<!{_LETTER}){_SIGN}(?:[\s.,:()+/–-]*{_SIGN})*(?!{_LETTER})")
"""Digits and their look-alikes up to the next word: « BE » and « Bureau » are not taken apart."""
_BLUR = str.maketrans("01i|!25896q", "ollllzsbggg")

Spot = tuple[int, int, str]
"""From here to there something else may be meant."""


def proposal(read: str, spots: Sequence[Spot], value_of: Callable[[str], str | None]) -> str | None:
    """The one value that is meant, if signs at some of the spots were mistaken; None if it may be another.

    Args:
        value_of: the good value that a text holds, or None where the text fails its check.
    """
    if len(spots) > SPOTS_AT_MOST or value_of(read) is not None:
        return None
    values = {value for text in _readings(read, spots) if (value := value_of(text)) is not None}
    return values.pop() if len(values) == 1 else None


def digits(read: str) -> tuple[Spot, ...]:
    """Where a digit may be meant: look-alikes in a row with digits, or one all alone."""
    return tuple(
        (place, place + 1, read[place].translate(DIGITS))
        for run in _RUN.finditer(read)
        if re.search("[0-9]", run[0]) or read.strip() == run[0][0]
        for place in range(*run.span())
        if read[place].translate(DIGITS) != read[place]
    )


def signs(read: str, meant: dict[str, str]) -> tuple[Spot, ...]:
    """Where another sign may be meant: patterns, and what would stand in their place."""
    return tuple(
        (*found.span(), sign)
        for pattern, sign in meant.items()
        for found in re.finditer(pattern, read)
        if found[0] != sign
    )


def blurred(word: str) -> str:
    """As a bad scan shows it: what differs only by look-alikes becomes the same."""
    return word.lower().replace("rn", "m").translate(_BLUR)


def _readings(read: str, spots: Sequence[Spot]) -> Iterator[str]:
    for count in range(1, SWAPS_AT_MOST + 1):
        for chosen in combinations(sorted(spots), count):
            if all(one[1] <= other[0] for one, other in pairwise(chosen)):
                yield _swapped(read, chosen)


def _swapped(read: str, chosen: Sequence[Spot]) -> str:
    for start, end, sign in reversed(chosen):
        read = f"{read[:start]}{sign}{read[end:]}"
    return read
