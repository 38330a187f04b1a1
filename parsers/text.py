"""Plain text and HTML: a form pasted into a mail, a page saved from a browser."""

import re
from collections.abc import Mapping, Sequence

from data.model import (
    Cell,
    Document,
    FileKind,
    Line,
    Look,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Span,
)
from parsers._reader import reader

MAX_LINES = 50_000
MAX_PICTURES = 40
_QUOTED = 0.9
"""Of the rows that say something: all but the greeting of who passes the mail on."""
_QUOTE = re.compile(r"^\s*(?:>\s?)+")
_OUTLOOK_BULLET, _FEWEST_BULLETS = re.compile(r"^(\s*)o(\s+)(?=\S)"), 3
"""A list's second level in plain text; no word of French, Dutch or English is an « o »."""
_FEWEST_NUMBERS, _LONGEST_MARK = 5, 2
"""Of a scale whose cells stand below each other; and how many letters a mark has at most."""
_PT = 0.75
"""Points in a pixel of the web."""

_CELL_TAGS = {"td", "th"}
_BLOCK_TAGS = {
    *(
        "p",
        "div",
        "li",
        "tr",
        "table",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "blockquote",
        "section",
        "article",
    ),
    *("ul", "ol", "dl", "dt", "dd", "pre", "body", "html", "tbody", "thead", "hr", "fieldset", "form"),
}
_SILENT_TAGS = {"script", "style", "head", "title", "template", "noscript"}
_BOLD_TAGS = {"b", "strong", "th", "h1", "h2", "h3", "h4"}
_STRIKE_TAGS = {"s", "strike", "del"}
_HEAVY = re.compile(r"bold|[6-9]00")
_UNSEEN = re.compile(
    r"$|#fff(?:fff)?\b|white|transparent|none|inherit|initial|unset|url|rgba?\((?:\s*255\s*,){2}\s*255\b"
    r"|rgba\(.*,\s*0(?:\.0*)?\s*\)"
)
"""Backgrounds that show nothing."""


@reader(FileKind.TEXT, FileKind.CSV)
def read_text(content: bytes) -> Document:
    """One line of text is one line."""
    return from_text(decode(content))


@reader(FileKind.HTML)
def read_html(content: bytes) -> Document:
    """Blocks and table cells are lines."""
    from lxml import html

    parser = html.HTMLParser(encoding="utf-8", huge_tree=False)
    root = html.fromstring(decode(content).encode("utf-8"), parser=parser)
    walk = _HtmlWalk()
    walk.element(root, _Look())
    walk.end_line()
    lines = tuple(walk.lines[:MAX_LINES])
    return Document(FileKind.HTML, (Page(1, PageSource.TEXT),), lines, tuple(walk.pictures[:MAX_PICTURES]))


def from_text(text: str) -> Document:
    """A document of plain text: also a mail's own body."""
    rows = _without_mail_signs([row.rstrip() for row in re.split(r"\r\n|\r|\n", text)][:MAX_LINES])
    places = _places(rows)
    lines = tuple(
        Line((Span(row),), 1, cell=places.get(at))
        for at, row in enumerate(rows)
        if row.strip("> \t\xa0")  # « > » quotes an empty row
    )
    return Document(FileKind.TEXT, (Page(1, PageSource.TEXT),), lines)


def _places(rows: Sequence[str]) -> dict[int, Cell]:
    """The cells of scales that lost their table: numbers below each other, then as many rows of marks.

    A mail program without tables gives each cell a row, and the empty ones an empty row.
    """
    said = [row.strip("> \t\xa0") for row in rows]
    places: dict[int, Cell] = {}
    for start in (at for at, row in enumerate(said) if row == "1"):
        count = 1
        while said[start + count : start + count + 1] == [str(count + 1)]:
            count += 1
        marks = start + count
        last = min(marks + count + 1, len(said))
        end = next((at for at in range(marks, last) if len(said[at]) > _LONGEST_MARK), last)
        if count < _FEWEST_NUMBERS or not any(said[marks:end]):
            continue
        if end - marks == count or (end == len(said) and end - marks < count):
            table = len(places)
            places |= {at: Cell(table, int(at >= marks), (at - start) % count) for at in range(start, end)}
    return places


def _without_mail_signs(rows: list[str]) -> list[str]:
    """Rows without the « > » of a mail that quotes them all, and « • » for the « o » of Outlook."""
    said = [row for row in rows if row.strip()]
    if sum(row.lstrip().startswith(">") for row in said) >= _QUOTED * len(said):
        rows = [_QUOTE.sub("", row) for row in rows]
    if sum(_OUTLOOK_BULLET.match(row) is not None for row in rows) >= _FEWEST_BULLETS:
        rows = [_OUTLOOK_BULLET.sub(r"\1•\2", row) for row in rows]
    return rows


def decode(content: bytes) -> str:
    """Bytes of an unknown charset as text: the marks of Unicode, else UTF-8, else what Windows writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")


def _points(pixels: str | None) -> float | None:
    told = re.match(r"\d{1,5}", pixels or "")
    return _PT * int(told[0]) if told else None


class _Look:
    """Inherited formatting and place."""

    __slots__ = ("bold", "cell", "highlight", "strike", "underline")

    def __init__(self, *marks: bool, cell: Cell | None = None) -> None:
        self.bold, self.strike, self.underline, self.highlight = marks or (False, False, False, False)
        self.cell = cell

    def within(self, tag: str, style: Mapping[str, str], cell: Cell | None) -> "_Look":
        """As tag and style say: Google Docs writes what is not bold as `<b style="font-weight:normal">`."""
        weight = style.get("font-weight", "")
        lines = style.get("text-decoration", style.get("text-decoration-line", ""))
        behind = "" if tag in _BLOCK_TAGS | _CELL_TAGS else _behind(style)
        return _Look(
            bool(_HEAVY.match(weight)) if weight else self.bold or tag in _BOLD_TAGS,
            self.strike or tag in _STRIKE_TAGS or "line-through" in lines,
            self.underline or tag == "u" or "underline" in lines,
            _is_seen(behind) if behind else self.highlight or tag == "mark",
            cell=cell or self.cell,
        )


def _style(node: object) -> dict[str, str]:
    """What an element's own style declares."""
    said = node.get("style") or ""  # type: ignore[attr-defined]  # lxml has no types here
    pairs = (part.partition(":") for part in said.lower().split(";"))
    return {name.strip(): value.strip() for name, _, value in pairs}


def _behind(style: Mapping[str, str]) -> str:
    return style.get("background-color") or style.get("background") or ""


def _is_seen(colour: str) -> bool:
    """Whether a background is seen on white."""
    return _UNSEEN.match(colour) is None


class _HtmlWalk:
    """Collects lines while the tree is walked."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pictures: list[Picture] = []
        self._spans: list[Span] = []
        self._look = _Look()
        self._tables = 0
        self._grid: list[list[int]] = []

    def element(self, node: object, look: _Look, depth: int = 0) -> None:
        tag = getattr(node, "tag", None)
        if not isinstance(tag, str) or tag in _SILENT_TAGS or depth > 200:
            return
        if tag == "option" and node.get("selected") is None:  # type: ignore[attr-defined]
            return  # of a list that drops down the others are hidden
        style = _style(node)
        inside = look.within(tag, style, self._enter(tag, _behind(style) or node.get("bgcolor") or ""))  # type: ignore[attr-defined]
        if tag in _BLOCK_TAGS or tag in _CELL_TAGS or tag == "br":
            self.end_line()
        before = len(self.lines)
        if tag == "input":
            self._input(node, inside)
        elif tag == "img":
            self._picture(node, inside)
        self._say(node.text, inside)  # type: ignore[attr-defined]  # lxml has no types here
        for child in node:  # type: ignore[attr-defined]
            self.element(child, inside, depth + 1)
            self._say(child.tail, inside)
        if tag in _BLOCK_TAGS or tag in _CELL_TAGS:
            self.end_line()
        if tag in _CELL_TAGS and inside.cell and inside.cell.shaded and len(self.lines) == before:
            self.lines.append(Line((), 1, cell=inside.cell))  # on a scale the shade is the answer
        if tag == "table" and self._grid:
            self._grid.pop()

    def end_line(self) -> None:
        if "".join(span.text for span in self._spans).strip():
            self.lines.append(Line(tuple(self._spans), 1, cell=self._look.cell))
        self._spans = []

    def _enter(self, tag: str, behind: str) -> Cell | None:
        """Count tables, rows and columns as they open."""
        if tag == "table":
            self._tables += 1
            self._grid.append([self._tables - 1, -1, -1])
        elif self._grid and tag == "tr":
            self._grid[-1][1:] = [self._grid[-1][1] + 1, -1]
        elif self._grid and tag in _CELL_TAGS:
            self._grid[-1][2] += 1
            table, row, column = self._grid[-1]
            return Cell(table, max(row, 0), column, _is_seen(behind.lower()))
        return None

    def _input(self, node: object, look: _Look) -> None:
        kind = (node.get("type") or "text").lower()  # type: ignore[attr-defined]
        if kind in {"checkbox", "radio"}:
            ticked = node.get("checked") is not None  # type: ignore[attr-defined]
            self._look = look
            self._spans += [Span(" "), Span("☒" if ticked else "☐", tick=ticked)]
        elif kind == "text":
            self._say(node.get("value"), look)  # type: ignore[attr-defined]

    def _picture(self, node: object, look: _Look) -> None:
        """A picture whose bytes lie elsewhere: that it stands here is known, and not what it shows."""
        self.end_line()
        width, height = (_points(node.get(side)) for side in ("width", "height"))  # type: ignore[attr-defined]
        at = len(self.lines) - 1
        self.pictures.append(
            Picture(PictureForm.RASTER, 1, at, None, look.cell, width, height, look=Look.PRINT)
        )

    def _say(self, text: str | None, look: _Look) -> None:
        if not text:
            return
        clean = re.sub(r"[ \t\r\n]+", " ", text)
        if not clean.strip() and not self._spans:
            return
        self._look = look
        self._spans.append(
            Span(
                clean,
                bold=look.bold,
                strike=look.strike,
                underline=look.underline,
                highlight=look.highlight,
            )
        )
