"""Where the options of a choice stand among what was written, and what each looks like there."""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from data.model import Cell, Span
from parsers._stream import Part
from parsers._wording import fold

_YES_NO = {"oui": ("oui", "ja", "yes"), "non": ("non", "nee", "neen", "no")}
_SHORT, _STRUCK = 8, 72.0
"""Letters of an option, and likeness, from which it is known through a line drawn over it."""
LISTED = re.compile(r"[–—|;\n]|\s-\s")
_INLINE = re.compile(r"[–—|;]|\s-\s")
"""What parts the options of a list, and of one in which a row's end parts none."""


@dataclass(frozen=True, slots=True)
class Option:
    """An option where it is printed or typed."""

    name: str
    start: int
    end: int
    look: Span
    cell: Cell | None
    read: bool = True
    """Else a pen runs through it, and its letters are those of the form."""


def names_of(choices: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Each option with the words that say it; without any, yes or no is asked."""
    return {name: (name,) for name in choices} or _YES_NO


class Look:
    """The parts as one text, with the look and cell of every character."""

    def __init__(self, parts: Sequence[Part], asked: Cell | None = None) -> None:
        self.text = ""
        self.asked = asked
        self.sure = min((part.piece.line.confidence for part in parts), default=1.0)
        self._spans: list[tuple[int, Span]] = []
        self._cells: list[tuple[int, Cell | None]] = []
        for part in parts:
            if self.text:
                self.text += "\n"
            self._cells.append((len(self.text), part.cell))
            for span in part.spans:
                if span.hint and span.tick is None:
                    continue
                self._spans.append((len(self.text), span))
                self.text += span.text

    def struck(self) -> list[tuple[int, int]]:
        """Where words are struck out: they are left to be seen, and said no more."""
        return [(at, at + len(span.text)) for at, span in self._spans if span.strike and span.tick is None]

    def marked(self) -> list[tuple[int, int]]:
        """Where words are set apart or struck out, each run of them that nothing parts."""
        return [
            (at + found.start(), at + found.end())
            for at, span in self._spans if (span.highlight or span.strike) and span.tick is None
            for found in re.finditer(r"\S+", span.text)
        ]  # fmt: skip

    def underlined(self) -> list[tuple[int, int]]:
        return [(at, at + len(span.text)) for at, span in self._spans if span.underline and span.text.strip()]

    def spans(self, start: int, end: int) -> list[Span]:
        return [span for at, span in self._spans if at < end and at + len(span.text) > start]

    def cell(self, at: int) -> Cell | None:
        return next((cell for start, cell in reversed(self._cells) if start <= at), None)

    def look(self, start: int, end: int) -> Span:
        spans = self.spans(start, end)
        return Span(
            self.text[start:end],
            bold=bool(spans) and all(s.bold for s in spans if s.text.strip()),
            underline=any(s.underline for s in spans),
            strike=any(s.strike for s in spans),
            highlight=any(s.highlight for s in spans),
        )


def options_in(look: Look, names: dict[str, tuple[str, ...]]) -> list[Option]:
    """Where each option stands; of overlapping ones the longest."""
    found: list[Option] = []
    plain = _without_accents(look.text)
    for name, words in names.items():
        for word in words:
            parts = re.findall(r"\w+", _without_accents(word))
            pattern = r"\W+".join(re.escape(part) for part in parts)
            for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", plain, re.IGNORECASE):
                found.append(_option(look, name, match.start(), match.end()))
    found.sort(key=lambda o: (o.start, -(o.end - o.start)))
    kept: list[Option] = []
    for option in found:
        if not kept or option.start >= kept[-1].end:
            kept.append(option)
    return sorted([*kept, *_under_marks(look, names, kept)], key=lambda o: o.start) or _retyped(look, names)


def _under_marks(look: Look, names: dict[str, tuple[str, ...]], known: Sequence[Option]) -> Iterator[Option]:
    """Options that are marked: on a scan what a pen runs through is hardly read to the letter."""
    free = {name: words for name, words in names.items() if name not in {option.name for option in known}}
    for start, end in [*_pieces_marked(look, known), *_runs_marked(look, known), *look.struck()]:
        text = _without_accents(look.text[start:end]).lower()
        while free:
            likely = [
                (found.score, found.dest_start, found.dest_end, name)
                for name, words in free.items() for word in words if len(word) > _SHORT
                if (found := fuzz.partial_ratio_alignment(_without_accents(word).lower(), text))
            ]  # fmt: skip
            score, first, last, name = max(likely, default=(0.0, 0, 0, ""))
            if score < _STRUCK:
                break
            yield replace(_option(look, name, start + first, start + last), read=False)
            text = text[:first] + " " * (last - first) + text[last:]
            del free[name]


def _pieces_marked(look: Look, known: Sequence[Option]) -> Iterator[tuple[int, int]]:
    """The pieces of a list with a mark in them and no option that could be read."""
    marked, at = look.marked(), 0
    parting = _INLINE if _INLINE.search(look.text) else LISTED
    for piece in [*parting.finditer(look.text), None]:
        start, at, end = at, piece.end() if piece else 0, piece.start() if piece else len(look.text)
        if any(start <= one and other <= end for one, other in marked) and _is_free(start, end, known):
            yield start, end


def _runs_marked(look: Look, known: Sequence[Option]) -> Iterator[tuple[int, int]]:
    """Marked words that follow each other, and no option that could be read: a ring hides a list's dashes."""
    runs: list[tuple[int, int]] = []
    for start, end in look.marked():
        if runs and not look.text[runs[-1][1] : start].strip():
            start, _ = runs.pop()
        runs.append((start, end))
    yield from ((start, end) for start, end in runs if end - start > _SHORT and _is_free(start, end, known))


def _is_free(start: int, end: int, known: Sequence[Option]) -> bool:
    return not any(option.start < end and option.end > start for option in known)


def _without_accents(text: str) -> str:
    """Each letter without its accent: capitals are typed without, and OCR takes « ou » for « où »."""
    return "".join(unicodedata.normalize("NFD", char)[0] for char in text)


def _retyped(look: Look, names: dict[str, tuple[str, ...]]) -> list[Option]:
    """Options typed with other endings or without accents, one to a line."""
    found = []
    for match in re.finditer(r"[^\n–;|]+", look.text):
        folded = fold(match[0]).strip(" -–.:☐☒☑xX[]()")
        for name, words in names.items():
            if len(folded) > 3 and any(fuzz.ratio(folded, fold(word)) >= 85 for word in words):
                found.append(_option(look, name, match.start(), match.end()))
    return found


def named(option: Option) -> str:
    """An option in one line, as it stands there: in a narrow column it wraps."""
    return " ".join(option.look.text.split()) if option.read else option.name


def _option(look: Look, name: str, start: int, end: int) -> Option:
    return Option(name, start, end, look.look(start, end), look.cell(start))
