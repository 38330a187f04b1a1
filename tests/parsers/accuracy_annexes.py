"""How well annexes are told apart: ``python -m tests.parsers.accuracy_annexes [--show] [--many N]``.

Kinds, closing dates and page ranges of made files (`tests/corpus/make`), on the half that rules are not
tuned on (`--half measured`, the default); real documents of other people where their folder is given.
"""

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from random import Random

import parsers
from data.edition import Edition, load, shipped
from data.model import Document, Line, PageSource, Span
from parsers._annexed import _annexes, _closing
from parsers._dossier import _sorting
from tests.corpus.make import bundles, designs, scans

HALVES = {"tuning": 0, "measured": 1}
PAPER = ("scan 200", "photo", "fax", "poor scan", "sideways", "shadow")
"""How the pages became pictures, one manner after the other."""
LOOKS = {
    "rn": "m",
    "m": "rn",
    "l": "1",
    "i": "l",
    "o": "0",
    "e": "c",
    "é": "e",
    "è": "e",
    "à": "a",
    "u": "ii",
    "S": "5",
    "B": "8",
    "O": "0",
    "'": "’",
}
"""What a recogniser takes for what."""


def noisy(document: Document, lot: Random, rate: float) -> Document:
    """The document as a recogniser might have read its picture."""
    pages = tuple(replace(page, source=PageSource.OCR) for page in document.pages)
    return replace(document, pages=pages, lines=tuple(_smudged(line, lot, rate) for line in document.lines))


def _smudged(line: Line, lot: Random, rate: float) -> Line:
    text = "".join(_misread(c, lot) if lot.random() < rate else c for c in line.text)
    return replace(line, spans=(Span(text),), confidence=0.85)


def _misread(character: str, lot: Random) -> str:
    if character.isdigit() or character in "/-. \n":
        return character
    return LOOKS.get(character) or lot.choice(("", ".", "i", character * 2, "t"))


def cases(kind: str, many: int, half: int) -> Iterator[tuple[str, Document, bundles.Truth]]:
    """Made files of a kind, as read."""
    for seed in range(half, 2 * many, 2):
        name, content, truth = bundles.make(kind, seed)
        reading = parsers.read(content)
        if isinstance(reading, Document):
            yield name, reading, truth


def kinds(edition: Edition, many: int, half: int, rate: float, shown: list[str]) -> Counter[str]:
    """How many kinds are right, uncertain, wrong."""
    outcome: Counter[str] = Counter()
    for kind in bundles.KINDS:
        for name, document, truth in cases(kind, many, half):
            seen = noisy(document, Random(f"{name} {rate}"), rate) if rate else document
            found = _annexes.classify(seen, name, edition)
            told = _told(found, kind)
            outcome[told] += 1
            if told != "right":
                shown.append(
                    f"{told:10} {kind:16} {truth.design or '-':16} {name:32} {found.id} {_grounds(found)}"
                )
    return outcome


def scans_of(kind: str, many: int, half: int) -> Iterator[tuple[str, Document, designs.Paper]]:
    """Whole annexes as scanners and telephones send them, as recognised; their names say nothing."""
    for number in range(many):
        seed = 2 * number + half
        paper_as = PAPER[number % len(PAPER)]
        manner = scans.MANNERS[paper_as]
        _, paper = designs.paper(kind, seed)
        lot = Random(f"scanned {kind} {seed}")
        pages = [
            scans.handled(page, manner, lot) for page in scans.render(bundles.pdf(paper, lot), manner.dpi)
        ]
        content = scans.pdf_of(pages, manner)
        reading = parsers.read(content)
        if isinstance(reading, Document):
            seen = {page: parsers.recognise(content, page) for page in parsers.pages_to_recognise(reading)}
            reading = parsers.joined(reading, seen)
        if isinstance(reading, Document):
            yield f"{paper_as} {seed}", reading, paper


def scanned(edition: Edition, many: int, half: int, shown: list[str]) -> tuple[Counter[str], Counter[str]]:
    """How many kinds, and of accounts closing dates, are right on scans."""
    outcome: Counter[str] = Counter()
    dates: Counter[str] = Counter()
    for kind in bundles.KINDS:
        for name, document, paper in scans_of(kind, many, half):
            found = _annexes.classify(document, "scan.pdf", edition)
            told = _told(found, kind)
            outcome[told] += 1
            if told != "right":
                shown.append(f"{told:10} {kind:16} {name:16} {found.id} {_grounds(found)}")
            if paper.closed:
                closed = _closing.closing_dates(document)[:1]
                dates["right" if closed == paper.closed else "wrong"] += 1
                if closed != paper.closed:
                    shown.append(f"year {name} {closed} for {paper.closed}")
    return outcome, dates


def _told(found: _annexes.Kind, kind: str) -> str:
    if found.id == kind or (kind == "other" and found.id is None):
        return "right" if found.certain or kind == "other" else "uncertain"
    if found.id is None:
        return "not seen"
    return "wrong" if found.certain else "uncertain"


def _grounds(found: _annexes.Kind) -> str:
    return ", ".join(f"{ground.what} {ground.weight}" for ground in found.grounds[:4])


def years(edition: Edition, many: int, half: int, shown: list[str]) -> Counter[str]:
    """How many closing dates are right."""
    outcome: Counter[str] = Counter()
    for name, document, truth in cases("accounts", many, half):
        found = _closing.closing_dates(document)[:1]
        outcome["right" if found == truth.closed else "wrong"] += 1
        if found != truth.closed:
            shown.append(f"year {truth.design} {name} {found} for {truth.closed}")
    return outcome


def cuts(edition: Edition, many: int, half: int, shown: list[str]) -> Counter[str]:
    """How many page ranges of files that hold several documents are exact."""
    outcome: Counter[str] = Counter()
    for seed in range(half, 2 * many, 2):
        name, content, truth = bundles.combined(seed)
        reading = parsers.read(content)
        if not isinstance(reading, Document):
            continue
        found = {(each.kind.id, *each.pages) for each in _sorting.annexes_in(reading, edition)}
        wanted = {each for each in truth.ranges if each[0] != "other"}
        outcome["exact"] += len(wanted & found)
        outcome["not exact"] += len(wanted - found)
        outcome["files"] += 1
        outcome["files exact"] += wanted == found
        if wanted != found:
            shown.append(
                f"cut {seed} {name} lacks {sorted(wanted - found)} has {sorted(map(str, found - wanted))}"
            )
    return outcome


def real(folder: Path, edition: Edition, shown: list[str]) -> Counter[str]:
    """What documents of other people are taken for."""
    outcome: Counter[str] = Counter()
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        reading = parsers.read(path.read_bytes())
        if not isinstance(reading, Document):
            outcome["unread"] += 1
            continue
        found = _annexes.classify(reading, path.name, edition)
        outcome[f"{found.id or 'other'}{'' if found.certain or not found.id else ' ?'}"] += 1
        if found.id:
            shown.append(f"real {found.id} {'sure' if found.certain else '?'} {path} {_grounds(found)}")
    return outcome


def main(arguments: Sequence[str] | None = None) -> None:
    """Print the tables."""
    asked = argparse.ArgumentParser()
    asked.add_argument("--many", type=int, default=40, help="files of each kind")
    asked.add_argument("--scans", type=int, default=6, help="scanned or photographed files of each kind")
    asked.add_argument("--half", choices=HALVES, default="measured")
    asked.add_argument("--real", type=Path, help="a folder of documents by others")
    asked.add_argument("--show", action="store_true", help="name what was not right")
    options = asked.parse_args(arguments)
    edition, half = load(shipped()["blossom-2026"]), HALVES[options.half]
    shown: list[str] = []
    for title, rate in (("kinds, text", 0.0), ("kinds, 2 % misread", 0.02), ("kinds, 5 % misread", 0.05)):
        _print(title, kinds(edition, options.many, half, rate, shown))
    _print("closing dates", years(edition, 2 * options.many, half, shown))
    _print("page ranges", cuts(edition, options.many, half, shown))
    if options.scans:
        told, dates = scanned(edition, options.scans, half, shown)
        _print("kinds, on paper", told)
        _print("closing dates, on paper", dates)
    if options.real:
        _print("real documents", real(options.real, edition, shown))
    for line in shown if options.show else ():
        print(line)


def _print(title: str, outcome: Counter[str]) -> None:
    told = ", ".join(f"{what} {count}" for what, count in sorted(outcome.items()))
    print(f"{title:24}{told}")


if __name__ == "__main__":
    main()
