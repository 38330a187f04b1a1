"""Every typed layout in every manner of paper that a figure is asked for: where print and paper meet.

In the corpus itself each layout comes on one paper, so that a scale or a choice that only one of them prints
is seen at one resolution. These are many pages; `make accuracy-paper` takes a quarter of an hour.
"""

from collections.abc import Iterator

from tests.corpus.make import word
from tests.corpus.make.cases import Case, make

__all__ = ["cases", "make"]

MANNERS = ("scan 300", "scan 200", "photos")


def cases(each: int = 1) -> Iterator[Case]:
    """`each` seeds a half for each layout in each manner."""
    for number, layout in enumerate(word.LAYOUTS):
        for place, manner in enumerate(MANNERS):
            first = 30_000 + 100 * number + 20 * place
            for seed in range(first, first + 2 * each):
                yield Case(seed, layout, manner)
