"""The grammar of OpenDocument's XML: names, lengths, styles (ODF 1.3)."""

import re
from collections import Counter
from collections.abc import Iterable
from typing import Any

from parsers._measure import SIZE
from parsers._numbering import Level
from parsers._ooxml import Look, is_colour

_URN = "urn:oasis:names:tc:opendocument:xmlns:"
OFFICE, TEXT, TABLE, DRAW, STYLE, FORM = (
    f"{{{_URN}{name}:1.0}}" for name in ("office", "text", "table", "drawing", "style", "form")
)
FO, SVG = f"{{{_URN}xsl-fo-compatible:1.0}}", f"{{{_URN}svg-compatible:1.0}}"
LOEXT = "{urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0}"
_FAMILY = f"{SVG}font-family"
_A4, _MARGIN = 595.3, 56.7
"""Width of a page that does not say it, and its margins, in points."""
_MOST_COLUMNS = 200
_UNITS = {"cm": 28.3465, "mm": 2.83465, "in": 72.0, "pt": 1.0, "px": 0.75, "pc": 12.0}
_FORMATS = {"1": "decimal", "a": "lowerLetter", "A": "upperLetter", "i": "lowerRoman", "I": "upperRoman"}


class Styles:
    """Looks, letters, columns, shading and lists by name, each with what its style is based on."""

    def __init__(self, *roots: Any) -> None:
        self._nodes: dict[tuple[str, str], Any] = {}
        self._fonts: dict[str, str] = {}
        self._defaults: list[Any] = []
        self._page: Any = None
        self.lists: dict[str, dict[int, Level]] = {}
        for root in roots:
            for node in () if root is None else root.iter(f"{STYLE}font-face"):
                self._fonts[node.get(f"{STYLE}name") or ""] = (node.get(_FAMILY) or "").strip("'")
            if root is not None:
                self._defaults += root.iterfind(f".//{STYLE}default-style[@{STYLE}family='paragraph']")
            if root is not None and self._page is None:
                self._page = next(root.iterfind(f".//{STYLE}page-layout-properties[@{FO}page-width]"), None)
            for node in () if root is None else root.iter(f"{STYLE}style"):
                key = (node.get(f"{STYLE}family") or "", node.get(f"{STYLE}name") or "")
                self._nodes[key] = node
            for node in () if root is None else root.iter(f"{TEXT}list-style"):
                self.lists[node.get(f"{STYLE}name") or ""] = _levels(node)

    def chain(self, family: str, name: str | None) -> list[Any]:
        """The style and its ancestors, the oldest first."""
        found: list[Any] = []
        while name and (family, name) in self._nodes and len(found) < 20:
            node = self._nodes[family, name]
            found.insert(0, node)
            name = node.get(f"{STYLE}parent-style-name")
        return found

    def look(self, family: str, name: str | None, look: Look) -> Look:
        for node in self.chain(family, name):
            properties = node.find(f"{STYLE}text-properties")
            look = look if properties is None else _formatted(properties, look)
        return look

    def font(self, name: str | None) -> str:
        """The font of a run; nothing where its style does not say."""
        for node in reversed(self.chain("text", name)):
            properties = node.find(f"{STYLE}text-properties")
            font = None if properties is None else properties.get(f"{STYLE}font-name")
            if font is not None:
                return str(font).lower()
        return ""

    def letters(self, node: Any) -> tuple[str, float]:
        """Font, and size in points, of most letters of a paragraph."""
        style = node.get(f"{TEXT}style-name") or "Standard"
        own = _set((*self._defaults, *self.chain("paragraph", style)), ("", float(SIZE)))
        found = Counter({own: len(node.text or "")})
        for child in node:
            named = child.get(f"{TEXT}style-name") if child.tag == f"{TEXT}span" else None
            if isinstance(child.tag, str):  # no entity
                found[_set(self.chain("text", named), own)] += len("".join(child.itertext("{*}*")))
            found[own] += len(child.tail or "")
        font, size = found.most_common(1)[0][0]
        return self._fonts.get(font, font), size

    def text_width(self) -> float:
        """Of the text on a page, in points."""
        page = {} if self._page is None else self._page.attrib
        left, right = (points(page.get(f"{FO}margin-{side}")) or 0.0 for side in ("left", "right"))
        return (points(page.get(f"{FO}page-width")) or _A4) - (left or _MARGIN) - (right or _MARGIN)

    def columns_of(self, section: Any) -> int:
        """Of a section."""
        for node in reversed(self.chain("section", section.get(f"{TEXT}style-name"))):
            columns = node.find(f"{STYLE}section-properties/{STYLE}columns")
            told = "" if columns is None else columns.get(f"{FO}column-count") or ""
            if told.isdigit():
                return max(1, int(told))
        return 1

    def widths(self, table: Any) -> list[float]:
        """Of a table's columns, in points; 0 where they are not told."""
        found: list[float] = []
        for column in table.iter(f"{TABLE}table-column"):
            chain = reversed(self.chain("table-column", column.get(f"{TABLE}style-name")))
            said = [n.find(f"{STYLE}table-column-properties") for n in chain]
            widths = [points(n.get(f"{STYLE}column-width")) for n in said if n is not None]
            told = column.get(f"{TABLE}number-columns-repeated") or "1"
            times = min(int(told), _MOST_COLUMNS) if told.isdigit() else 1
            found += [next((width for width in widths if width), 0.0)] * times
        return found[:_MOST_COLUMNS]

    def indents(self, name: str | None) -> float:
        """Left and right of a paragraph together, in points."""
        indents = {"left": 0.0, "right": 0.0}
        for node in self.chain("paragraph", name):
            properties = node.find(f"{STYLE}paragraph-properties")
            for side in () if properties is None else indents:
                said = points(properties.get(f"{FO}margin-{side}"))
                indents[side] = indents[side] if said is None else said
        return sum(indents.values())

    def is_filled(self, name: str | None) -> bool:
        """Whether a cell's style paints anything but white."""
        for node in reversed(self.chain("table-cell", name)):
            properties = node.find(f"{STYLE}table-cell-properties")
            colour = None if properties is None else properties.get(f"{FO}background-color")
            if colour is not None:
                return _is_seen(colour)
        return False

    def breaks(self, name: str | None) -> bool:
        """Whether a paragraph starts a page."""
        for node in reversed(self.chain("paragraph", name)):
            properties = node.find(f"{STYLE}paragraph-properties")
            if node.get(f"{STYLE}master-page-name"):
                return True
            if properties is not None and properties.get(f"{FO}break-before"):
                return str(properties.get(f"{FO}break-before")) == "page"
        return False

    def list_of(self, name: str | None) -> str | None:
        return next(
            (n.get(f"{STYLE}list-style-name") for n in reversed(self.chain("paragraph", name))
             if n.get(f"{STYLE}list-style-name")), None,
        )  # fmt: skip


def _set(chain: Iterable[Any], letters: tuple[str, float]) -> tuple[str, float]:
    """Font and size as styles set them, the oldest first."""
    font, size = letters
    for node in chain:
        properties = node.find(f"{STYLE}text-properties")
        if properties is None:
            continue
        font = properties.get(f"{STYLE}font-name") or properties.get(f"{FO}font-family") or font
        size = points(properties.get(f"{FO}font-size")) or size
    return font.strip("'"), size


def _formatted(properties: Any, look: Look) -> Look:
    weight = properties.get(f"{FO}font-weight")
    slant = properties.get(f"{FO}font-style")
    under = properties.get(f"{STYLE}text-underline-style")
    through = properties.get(f"{STYLE}text-line-through-style") or properties.get(
        f"{STYLE}text-line-through-type"
    )
    colour = properties.get(f"{FO}background-color")
    hidden = properties.get(f"{TEXT}display")
    return Look(
        bold=look.bold if weight is None else weight in {"bold", "600", "700", "800", "900"},
        italic=look.italic if slant is None else slant in {"italic", "oblique"},
        underline=look.underline if under is None else under != "none",
        strike=look.strike if through is None else through != "none",
        highlight=_is_set_off(colour, properties.get(f"{FO}color"), look.highlight)
        or any((properties.get(f"{prefix}border") or "none") != "none" for prefix in (FO, LOEXT)),
        hidden=look.hidden if hidden is None else hidden == "none",
    )


def _is_set_off(behind: str | None, letters: str | None, inherited: bool) -> bool:
    if behind is None and letters is None:
        return inherited
    return _is_seen(behind or "") or is_colour((letters or "").removeprefix("#"))


def _is_seen(colour: str) -> bool:
    return colour.lower() not in {"transparent", "#ffffff", ""}


def _levels(style: Any) -> dict[int, Level]:
    levels = {}
    for node in style:
        at = node.get(f"{TEXT}level")
        if not (at or "").isdigit():
            continue
        shown = int(node.get(f"{TEXT}display-levels") or 1)
        parts = ".".join(f"%{n}" for n in range(int(at) - shown + 1, int(at) + 1) if n > 0)
        prefix, suffix = (node.get(f"{STYLE}num-{end}") or "" for end in ("prefix", "suffix"))
        start = node.get(f"{TEXT}start-value") or "1"
        form = _FORMATS.get(node.get(f"{STYLE}num-format") or "", "none")
        if node.tag != f"{TEXT}list-level-style-number":
            form, parts = "bullet", node.get(f"{TEXT}bullet-char") or ""
            prefix = suffix = ""
        levels[int(at) - 1] = Level(int(start) if start.isdigit() else 1, form, f"{prefix}{parts}{suffix}")
    return levels


def points(length: str | None) -> float | None:
    found = re.fullmatch(r"(-?[\d.]+)(cm|mm|in|pt|px|pc)", length or "")
    return float(found[1]) * _UNITS[found[2]] if found else None
