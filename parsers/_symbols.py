"""Letters of the symbol fonts as what a person sees: of Wingdings, its boxes, ticks and arrows.

A « þ » set in Wingdings is a ticked box. Files keep it as that letter with its font, or as U+F0FE.
"""

import re
from collections.abc import Mapping, Sequence

from data.model import Span

_WINGDINGS = {
    0xFE: "☒", 0xFD: "☒", 0xFC: "☒", 0xFB: "☒", 0x78: "☒",
    0xA8: "☐", 0x6F: "☐", 0x71: "☐", 0xA1: "☐",
    0x6C: "●", 0xA4: "●", 0xB7: "•", 0xA7: "•", 0xD8: "•", 0x76: "•",
    0xE0: "→", 0xE8: "→", 0xF0: "→",
}  # fmt: skip
_WINGDINGS_2 = {
    **dict.fromkeys((0x4F, 0x50, 0x51, 0x52, 0x53, 0x54), "☒"),
    **dict.fromkeys((0x2A, 0x30, 0x35, 0xA3), "☐"),
}
_WEBDINGS = {0x61: "☒", 0x72: "☒", 0x63: "☐", 0x3D: "•"}
_DINGBATS = {
    **dict.fromkeys((0x33, 0x34), "✔"),
    **dict.fromkeys(range(0x35, 0x39), "✘"),
    **dict.fromkeys(range(0x6F, 0x73), "☐"),
    0x6C: "●",
}
_FONTS = {
    "wingdings": _WINGDINGS,
    "wingdings2": _WINGDINGS_2,
    "webdings": _WEBDINGS,
    "zapfdingbats": _DINGBATS,
}
_PRIVATE = 0xF000
"""Where files put the letters of such fonts in Unicode."""
_ANYWHERE = {
    _PRIVATE + code: sign
    for code, sign in (_WINGDINGS | {c: s for c, s in _WINGDINGS_2.items() if c > 0x4F and c < 0xA0}).items()
}
BOXES = {"☒": True, "☐": False}
"""Whether a box is ticked."""


BOX_BULLETS = {
    **dict.fromkeys(("☐", "□", "❏", "\uf0a8", "\uf06f", "\uf071"), "☐"),
    **dict.fromkeys(("☒", "☑", "\uf0fe", "\uf0fd"), "☒"),
}
"""Bullets that are boxes: who ticks by changing the bullet. A « ✓ » bullet is an ornament."""


def shown(text: str, font: str | None = None) -> str:
    """A text as it looks in its font; what such a font draws otherwise says nothing, and is left out."""
    signs = _FONTS.get(re.sub(r"^.*\+|[^a-z0-9]|regular$", "", (font or "").lower()))
    if signs is None:
        return text.translate(_ANYWHERE)
    return "".join(_sign(char, signs) for char in text)


def with_box(number: str | None, spans: Sequence[Span]) -> tuple[Span, ...]:
    """The runs of a paragraph behind the box that is its bullet, if it is one."""
    ticked = BOXES.get(number or "")
    return tuple(spans) if ticked is None else (Span(number or "", tick=ticked), Span(" "), *spans)


def _sign(char: str, signs: Mapping[int, str]) -> str:
    code = ord(char) - _PRIVATE if ord(char) >= _PRIVATE else ord(char)
    return char if char.isspace() or code > 0xFF else signs.get(code, "")
