"""Automatic numbering of Word paragraphs: what would be printed before the text (ECMA-376, 17.9)."""

import re
from dataclasses import dataclass, field
from typing import Any

from parsers._symbols import BOX_BULLETS

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"

_ROMAN = (
    *((1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc")),
    *((50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i")),
)


@dataclass(frozen=True, slots=True)
class Level:
    """How one level of a list is written."""

    start: int
    form: str
    text: str


@dataclass(slots=True)
class Numbering:
    """Counts paragraphs as they pass. Lists that share a definition share their counters, as in Word."""

    levels: dict[str, dict[int, Level]]
    """By numId, then level."""
    families: dict[str, str]
    """numId → the definition whose counters it uses."""
    counters: dict[str, dict[int, int]] = field(default_factory=dict)

    def next(self, num_id: str, level: int) -> str | None:
        """The number of the next paragraph of this list: « 3. », « • », of boxes « ☐ » or « ☒ »."""
        levels = self.levels.get(num_id)
        if levels is None or level not in levels:
            return None
        counts = self.counters.setdefault(self.families[num_id], {})
        counts[level] = counts.get(level, levels[level].start - 1) + 1
        for deeper in [other for other in counts if other > level]:
            del counts[deeper]
        if levels[level].form == "bullet":
            return BOX_BULLETS.get(levels[level].text, "•")
        if levels[level].form == "none":
            return None
        return (
            re.sub(r"%(\d)", lambda m: self._shown(levels, counts, int(m[1]) - 1), levels[level].text) or None
        )

    @staticmethod
    def _shown(levels: dict[int, Level], counts: dict[int, int], level: int) -> str:
        if level not in levels:
            return ""
        return _written(counts.get(level, levels[level].start), levels[level].form)


def numbering(root: Any) -> Numbering:
    """Read numbering.xml; None gives no numbers."""
    result = Numbering({}, {})
    if root is None:
        return result
    definitions = {
        node.get(f"{W}abstractNumId"): {
            int(level.get(f"{W}ilvl", "0")): _level(level) for level in node.iterchildren(f"{W}lvl")
        }
        for node in root.iterchildren(f"{W}abstractNum")
    }
    for node in root.iterchildren(f"{W}num"):
        num_id = node.get(f"{W}numId")
        reference = node.find(f"{W}abstractNumId")
        if num_id is None or reference is None:
            continue
        levels = dict(definitions.get(reference.get(f"{W}val"), {}))
        family = str(reference.get(f"{W}val"))
        for override in node.iterchildren(f"{W}lvlOverride"):
            at = int(override.get(f"{W}ilvl", "0"))
            start = override.find(f"{W}startOverride")
            if start is not None and at in levels:
                levels[at] = Level(int(start.get(f"{W}val", "1")), levels[at].form, levels[at].text)
                family = f"num {num_id}"
        result.levels[num_id] = levels
        result.families[num_id] = family
    return result


def _level(node: Any) -> Level:
    def value(name: str, default: str) -> str:
        child = node.find(f"{W}{name}")
        return default if child is None else str(child.get(f"{W}val", default))

    start = value("start", "1")
    return Level(int(start) if start.isdigit() else 1, value("numFmt", "decimal"), value("lvlText", "%1."))


def _written(count: int, form: str) -> str:
    if form in {"lowerLetter", "upperLetter"} and count > 0:
        letters = chr(ord("a") + (count - 1) % 26) * ((count - 1) // 26 + 1)
        return letters.upper() if form == "upperLetter" else letters
    if form in {"lowerRoman", "upperRoman"} and 0 < count < 4000:
        roman = ""
        for size, sign in _ROMAN:
            roman += sign * (count // size)
            count %= size
        return roman.upper() if form == "upperRoman" else roman
    return str(count)
