"""The grammar of Word's XML: parts as trees, properties, styles (ECMA-376)."""

import re
from dataclasses import dataclass
from typing import Any

from parsers._measure import SIZE
from parsers._numbering import W

A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
WP = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"
_WORDS_OWN = "Calibri"
_MINOR_FONT = re.compile(rb"minorFont>\s*<\w+:latin typeface=\"([^\"]+)\"")
"""Of a theme, which is no more than drawn with: searched, so that a damaged one costs nothing."""
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/main", A[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing", WP[1:-1].encode()),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", R[1:-1].encode()),
)


def tree(part: Any) -> Any:
    """A part's XML, without entities, network or unlimited depth; strict OOXML is read as the usual one."""
    from lxml import etree

    blob = part.blob
    for strict, usual in _STRICT:
        blob = blob.replace(strict, usual)
    return etree.fromstring(blob, trusting_nobody())


def trusting_nobody() -> Any:
    """A parser that expands no entity, fetches nothing, and bounds depth and text."""
    from lxml import etree

    return etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=False, remove_comments=True)


@dataclass(frozen=True, slots=True)
class Look:
    """Formatting that a run inherits, and where it stands."""

    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    highlight: bool = False
    hidden: bool = False
    size: int = 0
    """In half points; 0 where no run or style says it."""


class Styles:
    """What a style says of bold, strike, letters and numbering, with what it is based on."""

    def __init__(self, root: Any, theme: bytes = b"") -> None:
        styles = [] if root is None else list(root.iterchildren(f"{W}style"))
        self._nodes = {node.get(f"{W}styleId"): node for node in styles}
        self._defaults = [] if root is None else list(root.iterfind(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._usual = next((n.get(f"{W}styleId") for n in styles if _is_usual(n)), None)
        own = _MINOR_FONT.search(theme)
        self._font = own[1].decode("utf-8", "replace") if own else _WORDS_OWN

    def chain(self, style: str | None) -> list[Any]:
        """The style and its ancestors, the oldest first."""
        found: list[Any] = []
        while style in self._nodes and len(found) < 20:
            node = self._nodes[style]
            found.insert(0, node)
            style = value_of(node, "basedOn")
        return found

    def look(self, style: str | None, look: Look) -> Look:
        for node in self.chain(style):
            look = formatted(node.find(f"{W}rPr"), look)
        return look

    def letters(self, style: str | None) -> tuple[str, int]:
        """Font, and size in half points, of a paragraph whose runs say nothing of them."""
        font, size = self._font, 2 * SIZE
        chain = self.chain(style or self._usual)
        for properties in (*self._defaults, *(node.find(f"{W}rPr") for node in chain)):
            if properties is not None:
                font, size = font_of(properties, font), size_of(properties, size)
        return font, size

    def list_of(self, style: str | None) -> Any:
        """The numPr that a paragraph style brings."""
        for node in reversed(self.chain(style)):
            found = node.find(f"{W}pPr/{W}numPr")
            if found is not None:
                return found
        return None


def _is_usual(style: Any) -> bool:
    return style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}


def value_of(node: Any, name: str, default: str | None = None) -> str | None:
    child = None if node is None else node.find(f"{W}{name}")
    return default if child is None else child.get(f"{W}val", default)


def is_on(node: Any, name: str, inherited: bool) -> bool:
    child = node.find(f"{W}{name}")
    return inherited if child is None else child.get(f"{W}val", "1") not in {"0", "false", "none", "off"}


def is_filled(node: Any) -> bool:
    """Whether a w:shd paints anything but white."""
    shading = None if node is None else node.find(f"{W}shd")
    return shading is not None and (shading.get(f"{W}fill") or "auto").lower() not in {
        "auto",
        "ffffff",
        "none",
    }


def _is_coloured(properties: Any, inherited: bool) -> bool:
    """Whether letters have a colour of their own: who marks a choice in red marks it as a pen would."""
    colour = properties.find(f"{W}color")
    if colour is None:
        return inherited
    return is_colour(colour.get(f"{W}val") or "auto")


def is_colour(shown: str) -> bool:
    """Whether « C00000 » is a colour, and neither black, grey nor white."""
    if not re.fullmatch("[0-9a-fA-F]{6}", shown):
        return False
    parts = [int(shown[at : at + 2], 16) for at in (0, 2, 4)]
    return max(parts) - min(parts) > 60


def formatted(properties: Any, look: Look) -> Look:
    if properties is None:
        return look
    highlight = value_of(properties, "highlight")
    return Look(
        bold=is_on(properties, "b", look.bold),
        italic=is_on(properties, "i", look.italic),
        underline=is_on(properties, "u", look.underline),
        strike=is_on(properties, "strike", is_on(properties, "dstrike", look.strike)),
        highlight=highlight not in {None, "none", "white"}
        or is_filled(properties)
        or value_of(properties, "bdr") not in {None, "none", "nil"}
        or _is_coloured(properties, look.highlight),
        hidden=is_on(properties, "vanish", look.hidden),
        size=size_of(properties, look.size),
    )


def font_of(properties: Any, inherited: str) -> str:
    fonts = properties.find(f"{W}rFonts")
    return inherited if fonts is None else fonts.get(f"{W}ascii", inherited)


def size_of(properties: Any, inherited: int) -> int:
    said = value_of(properties, "sz") or ""
    return int(said) if said.isdigit() else inherited
