"""HTML mail as the plain text a person would read, with the addresses of its links."""

from html.parser import HTMLParser

from ingest.headers import printable

MAX_HTML = 512 * 1024
"""Characters of HTML that are read; the parser is not linear on all that can be sent."""

_BREAKING = frozenset({
    *("address", "article", "blockquote", "br", "div", "dl", "dt", "dd", "fieldset", "figure", "footer"),
    *("form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "li", "main", "nav", "ol", "p", "pre"),
    *("section", "table", "tr", "ul"),
})  # fmt: skip
_UNSHOWN = frozenset({"script", "style", "title", "template"})


def from_html(html: str) -> tuple[str, tuple[str, ...]]:
    """The text of an HTML body, and the web addresses that it links to.

    Quoted mail is marked with « > », as plain text marks it.
    """
    reader = _Reader()
    # Behind the last « > » nothing can be a tag; the parser would search it again at every « < ».
    tags, end, rest = html[:MAX_HTML].rpartition(">")
    reader.feed(tags + end)
    reader.close()
    reader.handle_data(rest)
    return reader.text(), tuple(dict.fromkeys(reader.addresses))


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.addresses: list[str] = []
        self._lines: list[list[str]] = [[]]
        self._depths = [0]
        self._quotes = 0
        self._unshown = 0
        self._link: tuple[str, int] | None = None

    def parse_html_declaration(self, i: int) -> int:
        """« <![endi> », which this parser refuses, is a comment to browsers (HTML Standard, 13.2.5.42)."""
        try:
            return super().parse_html_declaration(i)
        except AssertionError:
            return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _UNSHOWN:
            self._unshown += 1
        if tag == "body":
            self._unshown = 0
        if tag == "blockquote":
            self._quotes += 1
        if tag in _BREAKING:
            self._break()
        if tag in {"td", "th"}:
            self._say(" ")
        if tag == "li":
            self._say("- ")
        if tag == "a":
            self._open_link(next((value or "" for name, value in attrs if name == "href"), ""))

    def handle_endtag(self, tag: str) -> None:
        if tag in _UNSHOWN:
            self._unshown = max(0, self._unshown - 1)
        if tag == "a":
            self._close_link()
        if tag in _BREAKING:
            self._break()
        if tag == "blockquote":
            self._quotes = max(0, self._quotes - 1)
            self._depths[-1] = self._quotes

    def handle_data(self, data: str) -> None:
        if not self._unshown:
            self._say(data)

    def _say(self, words: str) -> None:
        self._lines[-1].append(words)

    def _break(self) -> None:
        if any(words.strip() for words in self._lines[-1]):
            self._lines.append([])
            self._depths.append(self._quotes)
        else:
            self._depths[-1] = self._quotes

    def _open_link(self, address: str) -> None:
        if address.lower().startswith(("http://", "https://", "ftp://")):
            self.addresses.append(address)
            self._link = (address, len(self._lines[-1]))

    def _close_link(self) -> None:
        if self._link is None:
            return
        address, since = self._link
        self._link = None
        if address not in "".join(self._lines[-1][since:]):
            self._say(f" ({address})")

    def text(self) -> str:
        lines = ["".join(words) for words in self._lines]
        said = [
            ("> " * min(depth, 3)) + " ".join(printable(line).split())
            for line, depth in zip(lines, self._depths, strict=True)
            if line.strip()
        ]
        return "\n".join(said)
