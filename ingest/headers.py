"""The header block of a mail, read as mail programs write it rather than as RFC 5322 wishes.

Nothing here raises on any bytes, and nothing is slower than linear: every value is cut at a limit before
it is taken apart. The standard library's own readers are not used for words and addresses because they
raise on some 30 real mails of the corpus, drop raw 8-bit letters (« Léon » → « Lon »), split « Dupont,
Jean <j@d.be> » in two, and recurse through « From: (((((… ».
"""

import binascii
import codecs
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote_to_bytes

from data.model import Address

MAX_HEADER = 64 * 1024
"""Bytes of a header block that are read. A hundred thousand recipients cost a naive reader seconds."""

MAX_VALUE = 16 * 1024
"""Characters of one structured value (addresses, parameters) that are taken apart."""

_LINE_END = re.compile(rb"\r\n|\n|\r")
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:[ \t]*(.*)", re.DOTALL)

_WORD = re.compile(r"=\?([^?\s]{1,80})\?([bBqQ])\?([^?]*)\?=")
_TOKEN = re.compile(r'"((?:[^"\\]|\\.?)*)(?:"|\Z)|<([^<>]*)(?:>|\Z)|([,;])|([^",;<>]+|.)', re.DOTALL)
_PARAMETER = re.compile(r';\s*([^=;\s"]+)\s*=\s*(?:"((?:[^"\\]|\\.?)*)(?:"|\Z)|([^;]*))', re.DOTALL)
_EMAIL = re.compile(r"[^\s<>()\[\],;:\"'@]{1,100}@[^\s<>()\[\],;:\"'@]{1,255}")
_ID = re.compile(r"<\s*([^<>\s]+)\s*>")

_LONGEST_NAME = 40
"""Tokens of a name that are kept while looking for its address."""

_UNSEEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u00ad\u061c\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")

_WIDER = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "ks_c_5601-1987": "cp949",
    "utf-8-sig": "utf-8",
}
"""Charsets that mail programs name when they mean the wider one."""

_NOT_CHARSETS = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "mbcs", "oem"}
)
"""Python's text codecs that no mail means; two are slow and one always raises."""


# ---------------------------------------------------------------- the block


@dataclass(frozen=True, slots=True)
class Headers:
    """The fields of one header block, in their order, names in lower case, values unfolded but undecoded."""

    fields: tuple[tuple[str, str], ...]
    cut: bool = False
    """The block was longer than the limit."""

    def all(self, name: str) -> tuple[str, ...]:
        return tuple(value for each, value in self.fields if each == name)

    def first(self, name: str) -> str | None:
        """The first field of that name: what a mail program shows where there are two."""
        return next((value for each, value in self.fields if each == name), None)


def split_block(content: bytes, start: int = 0, end: int | None = None) -> tuple[Headers, int]:
    """Read the header block at `start`, and say where the body begins.

    The block ends at the first empty line, or before the first line that is no field: many mails of the
    corpus lack the empty line.
    """
    end = len(content) if end is None else end
    fields: list[bytes] = []
    place = start
    while place < end and place - start <= MAX_HEADER:
        text, after = _line(content, place, end)
        if not text:
            return Headers(tuple(_fields(fields))), after
        if text[:1] in b" \t":
            _continue(fields, text)
        elif _FIELD.match(text):
            fields.append(text)
        elif fields or not text.startswith((b"From ", b">From ")):
            return Headers(tuple(_fields(fields))), place
        place = after
    body = place if place >= end else _after_empty_line(content, place, end)
    return Headers(tuple(_fields(fields)), cut=place < end), body


def _line(content: bytes, place: int, end: int) -> tuple[bytes, int]:
    """The line at `place` without its end, and where the next begins."""
    limit = min(end, place + MAX_HEADER + 1)
    ends = _LINE_END.search(content, place, limit)
    return (content[place : ends.start()], ends.end()) if ends else (content[place:limit], limit)


def _continue(fields: list[bytes], text: bytes) -> None:
    if fields:
        fields[-1] += b" " + text.strip(b" \t")


def _after_empty_line(content: bytes, place: int, end: int) -> int:
    places = [
        found + len(gap)
        for gap in (b"\r\n\r\n", b"\n\n", b"\r\r")
        if (found := content.find(gap, place, end)) >= 0
    ]
    return min(places, default=end)


def _fields(lines: list[bytes]) -> Iterator[tuple[str, str]]:
    for line in lines:
        if found := _FIELD.match(line):
            yield found[1].decode("ascii").lower(), guess(found[2])


# ---------------------------------------------------------------- letters


def guess(raw: bytes) -> str:
    """Bytes of no declared charset: UTF-8 where they are, else what Windows writes in western Europe."""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        text = raw.decode("utf-8", "replace")
        bad = text.count("\ufffd")
        good = sum(not letter.isascii() for letter in text) - bad
        return text if good > bad else raw.decode("cp1252", "replace")


def decode(raw: bytes, charset: str | None) -> str:
    """Bytes of a declared charset, which is believed only where it fits."""
    name = (charset or "").strip(" \"'").lower().partition("*")[0]
    name = _WIDER.get(name, name)
    try:
        codec = codecs.lookup(name).name if name else ""
        if not codec or codec in _NOT_CHARSETS or name in _NOT_CHARSETS:
            return guess(raw)
        if codec == "cp1252":
            return guess(raw) if _is_utf8(raw) else raw.decode("cp1252", "replace")
        return raw.decode(codec)
    except (LookupError, UnicodeError, ValueError):
        return guess(raw)


def _is_utf8(raw: bytes) -> bool:
    """Whether bytes that claim one letter each are many-byte letters: « Ã© » is never meant."""
    try:
        return bool(raw.decode("utf-8")) and not raw.isascii()
    except UnicodeDecodeError:
        return False


def printable(text: str) -> str:
    """Text without what deceives the eye or a database: controls, direction marks, halves of letters."""
    text = _SURROGATE.sub("\ufffd", _UNSEEN.sub("", text))
    return unicodedata.normalize("NFC", text)


def label(text: str) -> str:
    """A name or subject on one line."""
    return " ".join(printable(text.replace("\0", " ")).split())


def fold(text: str) -> str:
    """Words to compare by: no case, no accents, no punctuation, one space between."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("œ", "oe").replace("æ", "ae"))
    letters = "".join(each if each.isalnum() else " " for each in plain if not unicodedata.combining(each))
    return " ".join(letters.split())


def words(value: str) -> str:
    """A value with its encoded words read (RFC 2047), also where one was broken in the middle of a letter."""
    return label("".join(_runs(value[: 4 * MAX_VALUE])))


def _runs(value: str) -> Iterator[str]:
    """Plain runs as they are; neighbouring words of one charset decoded together."""
    place, charset = 0, ""
    held: list[tuple[str, str]] = []
    for found in _WORD.finditer(value):
        between = value[place : found.start()]
        name = found[1].partition("*")[0].lower()
        if held and (between.strip() or name != charset):
            yield decode(_bytes_of(held), charset)
            held = []
        if between.strip() or place == 0:
            yield between
        charset = name
        held.append((found[2].lower(), found[3]))
        place = found.end()
    if held:
        yield decode(_bytes_of(held), charset)
    yield value[place:]


def _bytes_of(held: list[tuple[str, str]]) -> bytes:
    """The bytes of neighbouring words; base64 may have been cut between any two of its letters."""
    joined = "".join(text for _encoding, text in held)
    if (
        {encoding for encoding, _text in held} == {"b"}
        and "=" not in joined.rstrip("=")
        and len(joined) % 4 == 0
    ):
        return unbase64(joined.encode("utf-8", "replace"))[0]
    return b"".join(_word_bytes(encoding, text) for encoding, text in held)


def _word_bytes(encoding: str, text: str) -> bytes:
    raw = text.encode("utf-8", "replace")
    return unbase64(raw)[0] if encoding == "b" else binascii.a2b_qp(raw, header=True)


def unbase64(raw: bytes) -> tuple[bytes, bool]:
    """Base64 as it comes, and whether it was whole.

    Two blocks joined, each with its padding, are both read: the standard library stops silently at the first.
    """
    blocks = re.sub(rb"[^A-Za-z0-9+/=]+", b"", raw).split(b"=")
    whole = True
    decoded = []
    for block in filter(None, blocks):
        if len(block) % 4 == 1:
            block, whole = block[:-1], False
        decoded.append(binascii.a2b_base64(block + b"=" * (-len(block) % 4)))
    return b"".join(decoded), whole


# ---------------------------------------------------------------- values with a grammar


def addresses(value: str) -> tuple[Address, ...]:
    """The addresses of a field; a name may hold commas without quotes."""
    found = tuple(_addresses(value[:MAX_VALUE]))
    if "=?" in (found[0].name if found else value):  # the address itself was encoded, against RFC 2047
        found = tuple(_addresses(words(value)))
    return tuple(dict.fromkeys(found))


def _addresses(value: str) -> Iterator[Address]:
    said: list[str] = []
    for quoted, angle, stop, other in _TOKEN.findall(value):
        if angle and (email := _EMAIL.search(angle)):
            yield Address(words("".join(said)).strip(" ,;'\""), label(email[0].removeprefix("mailto:")))
            said = []
        elif stop and (email := _EMAIL.search("".join(said))):
            yield _bare(email, "".join(said))
            said = []
        else:
            said.append(re.sub(r"\\(.)", r"\1", quoted) or stop or other)
            del said[:-_LONGEST_NAME]
    if email := _EMAIL.search("".join(said)):
        yield _bare(email, "".join(said))


def _bare(email: re.Match[str], said: str) -> Address:
    name = re.search(r"\(([^()]*)\)", said)
    return Address(words(name[1]) if name else "", label(email[0]))


def message_ids(value: str | None) -> tuple[str, ...]:
    """The ids of a Message-ID, In-Reply-To or References field, normalised."""
    text = (value or "")[: 4 * MAX_VALUE]
    inside = _ID.findall(text) or [
        word for word in text.replace("<", " ").replace(">", " ").split() if "@" in word
    ]
    return tuple(dict.fromkeys(filter(None, map(normalised, inside))))


def normalised(message_id: str) -> str:
    """A Message-ID without brackets and folding, its right-hand side in lower case."""
    left, at, right = "".join(label(message_id).split()).strip("<>").rpartition("@")
    return f"{left}{at}{right.lower()}" if at else right


def moment(value: str | None) -> datetime | None:
    """A Date field as UTC; None where it is no date."""
    try:
        read = parsedate_to_datetime(words(value or "")[:200])
        return (read if read.tzinfo else read.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError, AttributeError):
        return None


def parameters(value: str | None) -> tuple[str, dict[str, str]]:
    """The main word of a Content-Type or Content-Disposition in lower case, and its parameters, decoded.

    Names continued and encoded by RFC 2231, encoded words (which RFC 2047 forbids here and everybody
    writes), raw letters and values without quotes are all read.
    """
    text = (value or "")[:MAX_VALUE]
    plain: dict[str, str] = {}
    sections: dict[str, list[tuple[int, bool, str]]] = {}
    for name, quoted, bare in _PARAMETER.findall(text):
        base, *numbered = name.lower().split("*")
        said = re.sub(r"\\([\"\\])", r"\1", quoted) if quoted else bare.strip()
        if not numbered:
            plain.setdefault(base, words(said))
            continue
        number = (
            int(numbered[0])
            if numbered[0].isascii() and numbered[0].isdigit() and len(numbered[0]) < 5
            else 0
        )
        sections.setdefault(base, []).append((number, numbered[-1] == "", said))
    plain.update((base, _joined(parts)) for base, parts in sections.items())
    return text.partition(";")[0].strip().lower(), plain


def _joined(sections: list[tuple[int, bool, str]]) -> str:
    """The sections of a RFC 2231 value, in their own order, in the charset of the first."""
    charset = ""
    raw = b""
    for number, encoded, said in sorted(sections):
        if encoded and number == 0 and said.count("'") >= 2:
            charset, _language, said = said.split("'", 2)
        raw += unquote_to_bytes(said) if encoded else said.encode("utf-8", "replace")
    return label(decode(raw, charset))


def file_name(claimed: str | None) -> str:
    """A file name fit to be shown: one line, no path, no trick of direction. Never a path on disk."""
    name = label(claimed or "")
    if re.match(r"[A-Za-z]:|[\\/~.]|\\\\", name) or "\\" in name or "../" in name:
        name = re.split(r"[\\/]", name)[-1]
    name = name.replace("/", "-").strip(" \"'").lstrip(".")
    stem, dot, ending = name.rpartition(".")
    return name if len(name) <= 200 else f"{(stem or ending)[:180]}{dot}{ending[:10]}"
