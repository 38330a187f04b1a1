"""A wording of the form, found in a document."""

from dataclasses import dataclass

from parsers._asked._anchors import Anchor


@dataclass(frozen=True, slots=True)
class Match:
    """An anchor at its place."""

    anchor: Anchor
    score: float
    whole: bool
    """The full wording stands there, not a part."""
    first: int
    last: int
    """Tokens from ``first`` to before ``last``."""
    start: tuple[int, int]
    """(piece, character) where it starts, numbering included."""
    end: tuple[int, int]
    """Where what follows it starts."""

    @property
    def value(self) -> float:
        """What it adds to a chain."""
        weight = 0.8 + min(2.2, self.anchor.weight / 10)
        share = 1.0 if self.anchor.question else 0.75 if self.anchor.is_title else 0.5
        return share * weight * (self.score - 0.5)
