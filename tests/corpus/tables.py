"""What was measured, as the tables of docs/accuracy.md."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import date

from tests.corpus.scoring import Measured, Outcome

HEAD = (
    "", "items", "state right", "value right", "likeness", "false missing", "false answered", "unclear",
    "not found", "s a page",
)  # fmt: skip
SIGNATURES = ("", "places", "right", "false missing", "false signed", "unclear")
ANNEXES = (
    "", "annexes", "right", "false missing", "false present", "unclear", "documents of the right kind",
    "page ranges exact", "years right",
)  # fmt: skip
HALVES = (("Only measured (odd seeds)", True), ("To work with (even seeds)", False))


TITLE = """# Accuracy

How right the readers are on applications of `tests/corpus/`: invented, in layouts that the readers were not
made on. Even seeds may be looked into, odd seeds are only measured. A value is right from a likeness of 97 of
100 (90 where it was read off an image). Each chapter names the command that made it.
"""


def joined(document: str, chapter: str) -> str:
    """The document with this chapter in the place of the one that the same command made before."""
    command = chapter.partition("\n")[0]
    chapters = re.split(r"^(?=## `)", document, flags=re.MULTILINE)[1:]
    kept = [each.strip() for each in chapters if each.partition("\n")[0] != command]
    return "\n\n".join([TITLE.strip(), *kept, chapter.strip()]) + "\n"


def report(measured: Sequence[Measured], made_on: date, command: str) -> str:
    """A chapter: what one run measured."""
    parts = [
        f"## `{command}`",
        f"{made_on}, {len(measured)} applications.",
    ]
    for title, only_measured in HALVES:
        half = [each for each in measured if each.case.only_measured == only_measured]
        if half:
            parts += [f"### {title}", *_tables(half)]
    return "\n\n".join(parts) + "\n"


def _tables(half: Sequence[Measured]) -> list[str]:
    """Without those for which nothing was asked: annexes of forms alone, items of the pages to sign alone."""
    tables = [
        "#### Signatures, by format",
        _by(half, lambda each: each.case.format, SIGNATURES, _signatures),
        "#### Signatures, by what stands there",
        _signatures_by_kind(half),
    ]
    if any(each.truth.answers for each in half):
        tables = [
            "#### Items, by format",
            _by(half, lambda each: each.case.format, HEAD, _items),
            "#### Items, by layout",
            _by(half, lambda each: each.case.layout, HEAD, _items),
            *tables,
            "#### Confidence: of the answers given with it, how many are right",
            _calibration(half),
        ]
    if with_annexes := [each for each in half if each.papers]:
        tables += [
            "#### Annexes, by format",
            _by(with_annexes, lambda each: each.case.format, ANNEXES, _annexes),
            "#### Documents, by kind",
            _documents(half),
        ]
    return tables


def wrong(measured: Sequence[Measured]) -> str:
    """Every item that is not right: where, which, what it should be, what was read."""
    papers = [
        f"{each.case.key}\t{paper.subject}\tdocument\t{paper.kind_expected}\t{paper.kind_found}"
        f" range {paper.range_right} years {paper.years_right}"
        for each in measured
        for paper in each.papers
        if paper.kind_found != paper.kind_expected or not paper.range_right or paper.years_right is False
    ]
    items = [
        f"{each.case.key}\t{item.subject}\t{item.outcome}\t{item.expected}\t{item.got}"
        for each in measured
        for item in each.outcomes
        if item.outcome != "right"
    ]
    return "\n".join([*items, *papers])


def _by(
    half: Sequence[Measured],
    group: Callable[[Measured], str],
    head: Sequence[str],
    row: Callable[[Sequence[Measured]], list[str]],
) -> str:
    names = list(dict.fromkeys(group(each) for each in half))
    rows = [[name, *row([each for each in half if group(each) == name])] for name in names]
    return table(head, [*rows, ["all", *row(half)]])


def _items(cases: Sequence[Measured]) -> list[str]:
    items = [item for each in cases for item in each.outcomes if item.is_item]
    said = [item.likeness for item in items if item.likeness is not None]
    pages = sum(each.pages for each in cases)
    return [
        str(len(items)),
        _share(items, lambda item: item.state_right),
        _share(items, lambda item: item.outcome == "right"),
        f"{sum(said) / len(said):.1f}" if said else "–",
        *(_share(items, lambda item, o=o: item.outcome == o) for o in HEAD[5:9]),
        f"{sum(each.seconds for each in cases) / max(1, pages):.2f}",
    ]  # fmt: skip


def _signatures(cases: Sequence[Measured]) -> list[str]:
    return _signed([item for each in cases for item in each.outcomes if item.is_signature])


def _signed(places: Sequence[Outcome]) -> list[str]:
    return [str(len(places)), *(_share(places, lambda item, o=o: item.outcome == o) for o in SIGNATURES[2:])]


def _signatures_by_kind(half: Sequence[Measured]) -> str:
    places = [item for each in half for item in each.outcomes if item.is_signature]
    kinds = sorted({item.expected for item in places})
    return table(SIGNATURES, [[kind, *_signed([p for p in places if p.expected == kind])] for kind in kinds])


def _annexes(cases: Sequence[Measured]) -> list[str]:
    states = [item for each in cases for item in each.outcomes if item.is_annex]
    papers = [paper for each in cases for paper in each.papers]
    ranges = [paper.range_right for paper in papers if paper.is_range]
    years = [paper.years_right for paper in papers if paper.years_right is not None]
    return [
        str(len(states)),
        *(_share(states, lambda item, o=o: item.outcome == o) for o in ANNEXES[2:6]),
        _percent([paper.kind_found == paper.kind_expected for paper in papers]),
        _percent(ranges),
        _percent(years),
    ]  # fmt: skip


def _documents(half: Sequence[Measured]) -> str:
    papers = [paper for each in half for paper in each.papers]
    rows = []
    for kind in sorted({paper.kind_expected for paper in papers}):
        found = [paper.kind_found for paper in papers if paper.kind_expected == kind]
        others = ", ".join(f"{n} {name}" for name, n in Counter(found).most_common() if name != kind)
        rows.append([kind, str(len(found)), _percent([each == kind for each in found]), others or "–"])
    return table(("kind", "documents", "right", "taken for"), rows)


def _percent(rights: Sequence[bool]) -> str:
    return f"{100 * sum(rights) / len(rights):.1f} %" if rights else "–"


def _calibration(half: Sequence[Measured]) -> str:
    given = [
        item for each in half for item in each.outcomes
        if item.is_item and item.got.startswith("answered")
    ]  # fmt: skip
    bands = ((0.95, 1.01), (0.9, 0.95), (0.8, 0.9), (0.0, 0.8))
    rows = []
    for low, high in bands:
        inside = [item for item in given if low <= item.confidence < high]
        rows.append(
            [f"{low:.2f} and more", str(len(inside)), _share(inside, lambda item: item.outcome == "right")]
        )
    return table(("confidence", "answers", "right"), rows)


def _share(items: Sequence[Outcome], of: Callable[[Outcome], bool]) -> str:
    return f"{100 * sum(map(of, items)) / len(items):.1f} %" if items else "–"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """As Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)
