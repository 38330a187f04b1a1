"""The bytes of a mail as an `Envelope`: every header read once, every part that carries a file kept.

The tree of parts is walked here, over the bytes as they came, and not by the standard library's parser:
that one re-writes an attached mail (another hash), recurses through 1,500 nested parts, and takes the
first half of a cut attachment for whole without a word. Total: any bytes give an envelope.
"""

import binascii
import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import NamedTuple

from data.model import Attachment, Envelope, Heading, Refused, UnreadReason
from ingest import prose, uuencode
from ingest.automatic import machine
from ingest.forwarded import forwarded_from
from ingest.headers import (
    MAX_VALUE,
    Headers,
    addresses,
    decode,
    file_name,
    message_ids,
    moment,
    normalised,
    parameters,
    printable,
    split_block,
    unbase64,
    words,
)

MAX_PARTS = 200
MAX_DEPTH = 20
MAX_SUBJECT = 1000
MAX_RESULTS = 4000
"""Characters of Authentication-Results that are kept."""
MAX_TEXT = 1024 * 1024
"""Characters of body text that are kept."""

_BOUNDARY_LINE = re.compile(rb"(?:\A|[\r\n])--([^\s\"]{5,200}?)(?:--)?[ \t]*[\r\n]")

_ENDINGS = {
    "application/pdf": "pdf",
    "application/msword": "doc",
    "application/zip": "zip",
    "application/x-zip-compressed": "zip",
    "application/rtf": "rtf",
    "application/vnd.oasis.opendocument.text": "odt",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": "xlsx",
    "application/vnd.ms-excel": "xls",
    "application/ms-tnef": "dat",
    "image/jpeg": "jpg",
    "image/png": "png",
    "image/gif": "gif",
    "image/tiff": "tif",
    "image/heic": "heic",
    "message/rfc822": "eml",
    "text/calendar": "ics",
    "text/html": "html",
    "text/plain": "txt",
}
"""For naming parts that came without a name: a claim to show, never asked what the file is."""

_NO_TEXT = (b"%PDF-", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"{\\rtf")
"""How files begin that some programs send as text."""

_SEALS = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
"""The signature of the mail itself (RFC 1847): no file that anybody attached."""


# ---------------------------------------------------------------- the public three


def read(content: bytes) -> Envelope:
    """Read a whole mail. Total: what cannot be read is a defect, never an exception."""
    walk = _Walk(content)
    headers, body = split_block(content)
    said = walk.part(headers, body, len(content), depth=0, alone=True)
    envelope = _from_headers(headers)
    return _with_body(envelope, walk, "\n\n".join(each.plain for each in said))


def glance(heading: Heading) -> Envelope:
    """What the header block alone says; text and attachments are empty."""
    return _from_headers(split_block(heading.header)[0])


def identity(content: bytes) -> str:
    """The same for every copy of one mail: hash of Message-ID and Date as sent, else of the bytes.

    The Date stands beside the id because there are scanners that give all their mails one Message-ID:
    by the id alone, a second dossier would pass for a copy of the first, and be lost.
    """
    headers = split_block(content)[0]
    message_id = _message_id(headers)
    sent = (headers.first("date") or "")[:MAX_VALUE].strip()
    return hashlib.sha256(
        f"{message_id}\n{sent}".encode("utf-8", "backslashreplace") if message_id else content
    ).hexdigest()


def unnamed(claimed_type: str, number: int = 1) -> str:
    """What a file without a name is called."""
    return f"piece-sans-nom-{number}.{_ENDINGS.get(claimed_type, 'bin')}"


# ---------------------------------------------------------------- headers


def _message_id(headers: Headers) -> str | None:
    """The first Message-ID; one without brackets or without an @ is an id all the same."""
    value = headers.first("message-id")
    ids = message_ids(value)
    return ids[0] if ids else normalised((value or "")[:MAX_VALUE]) or None


def _from_headers(headers: Headers) -> Envelope:
    by_machine = machine(headers)
    senders = (
        each for name in ("from", "sender", "return-path") for each in addresses(headers.first(name) or "")
    )
    reply_to = addresses(headers.first("reply-to") or "")
    return Envelope(
        message_id=_message_id(headers),
        in_reply_to=next(iter(message_ids(headers.first("in-reply-to"))), None),
        references=message_ids(headers.first("references")),
        sender=next(senders, reply_to[0] if reply_to else None),
        reply_to=reply_to[0] if reply_to else None,
        recipients=tuple(
            dict.fromkeys(
                each for name in ("to", "cc") for value in headers.all(name) for each in addresses(value)
            )
        ),
        subject=words(headers.first("subject") or "")[:MAX_SUBJECT],
        claimed_at=moment(headers.first("date")),
        text="",
        attachments=(),
        automatic=by_machine[1] if by_machine else None,
        machine=by_machine[0] if by_machine else None,
        defects=("en-tête plus long que la limite",) if headers.cut else (),
        authentication=(headers.first("authentication-results") or "")[:MAX_RESULTS],
    )


def _with_body(envelope: Envelope, walk: "_Walk", text: str) -> Envelope:
    return replace(
        envelope,
        text=text[:MAX_TEXT],
        html=walk.html[:MAX_TEXT],
        forwarded_from=forwarded_from(envelope.subject, text[:MAX_TEXT], envelope.sender),
        attachments=tuple(walk.attachments),
        refused=tuple(walk.refused),
        defects=tuple(dict.fromkeys((*envelope.defects, *walk.defects))),
    )


# ---------------------------------------------------------------- parts


class _Said(NamedTuple):
    """A piece of body text, and the links that its plain form may lack."""

    plain: str
    html: bool
    links: tuple[str, ...] = ()


class _Span(NamedTuple):
    """Where the bytes of a part lie."""

    start: int
    end: int


@dataclass
class _Walk:
    """One walk through the tree, and what it has gathered."""

    content: bytes
    attachments: list[Attachment] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    defects: list[str] = field(default_factory=list)
    html: str = ""
    """The longest part that says the body as HTML."""
    parts: int = 0

    def part(self, headers: Headers, start: int, end: int, *, depth: int, alone: bool = False) -> list[_Said]:
        """Walk one part whose body lies at [start, end); return what it says as text."""
        self.parts += 1
        kind, named = parameters(headers.first("content-type"))
        if headers.cut and depth:
            self.defects.append("en-tête d'une partie plus long que la limite")
        if kind.startswith("multipart/"):
            return self._multipart(kind, named.get("boundary", ""), start, end, depth)
        return self._leaf(headers, kind or "text/plain", named, _Span(start, end), alone=alone)

    def _multipart(self, kind: str, boundary: str, start: int, end: int, depth: int) -> list[_Said]:
        spans, closed = _split(self.content, boundary, start, end)
        if not spans and (guessed := self._guess_boundary(start, end)):
            self.defects.append("séparateur des parties mal annoncé")
            spans, closed = _split(self.content, guessed, start, end)
        if not spans:
            self.defects.append("parties introuvables")
            return _text("text/plain", decode(self.content[start:end][: 4 * MAX_TEXT], ""))
        if not closed:
            self.defects.append("message coupé avant sa fin")
        if depth >= MAX_DEPTH:
            self._refuse(f"plus de {MAX_DEPTH} niveaux de parties")
            return []
        children = []
        for span in spans:
            if self.parts >= MAX_PARTS:
                self._refuse(f"plus de {MAX_PARTS} parties")
                break
            headers, body = split_block(self.content, *span)
            children.append(self.part(headers, min(body, span.end), span.end, depth=depth + 1))
        return (
            _best(children)
            if kind == "multipart/alternative"
            else [each for child in children for each in child]
        )

    def _guess_boundary(self, start: int, end: int) -> str:
        found = _BOUNDARY_LINE.search(self.content, start, min(end, start + 64 * 1024))
        return found[1].decode("latin-1") if found else ""

    def _refuse(self, why: str) -> None:
        if why not in self.defects:
            self.defects.append(why)
            self.refused.append(Refused("message", UnreadReason.TOO_LARGE, why))

    def _leaf(
        self, headers: Headers, kind: str, named: dict[str, str], span: _Span, *, alone: bool
    ) -> list[_Said]:
        disposition, placed = parameters(headers.first("content-disposition"))
        name = file_name(placed.get("filename") or named.get("name"))
        body = self._decoded(headers, self.content[span.start : span.end])
        is_text = kind in {"text/plain", "text/html"} and disposition != "attachment"
        is_text = is_text and not body.startswith(_NO_TEXT)
        if is_text and (not name or alone):
            text = decode(self._without_files(body)[: 4 * MAX_TEXT], named.get("charset", ""))
            if kind == "text/html":
                self.html = max(self.html, text, key=len)
            return _text(kind, text)
        # An empty part that nobody named is where a program had nothing to say.
        if kind not in _SEALS and (body or name or disposition == "attachment"):
            self._keep(name, kind, body)
        return []

    def _without_files(self, body: bytes) -> bytes:
        """The text of a part; files that were written into it are kept as files."""
        text, files = uuencode.taken_out(body)
        for each in files:
            self._keep(each.name, "application/octet-stream", each.content)
            if not each.whole:
                self.defects.append("pièce encodée incomplète")
        return text

    def _keep(self, name: str, kind: str, body: bytes) -> None:
        if not name and kind == "message/rfc822":
            subject = words(split_block(body)[0].first("subject") or "")
            name = file_name(f"{subject[:150]}.eml" if subject else "")
        name = name or unnamed(
            kind, 1 + sum(each.name.startswith("piece-sans-nom-") for each in self.attachments)
        )
        sha256 = hashlib.sha256(body).hexdigest()
        if (name, sha256) not in {(each.name, each.sha256) for each in self.attachments}:
            self.attachments.append(Attachment(name, kind, body, sha256))

    def _decoded(self, headers: Headers, raw: bytes) -> bytes:
        encoding = words(headers.first("content-transfer-encoding") or "").lower()
        if encoding == "quoted-printable":
            return binascii.a2b_qp(raw)
        if encoding not in _DECODERS:
            return raw
        body, whole = _DECODERS[encoding](raw)
        if not whole:
            self.defects.append("pièce encodée incomplète")
        return body


def _text(kind: str, text: str) -> list[_Said]:
    if kind == "text/html":
        plain, links = prose.from_html(text)
        return [_Said(plain, html=True, links=links)] if plain or links else []
    plain = "\n".join(printable(line).rstrip() for line in text.splitlines()).strip("\n")
    return [_Said(plain, html=False)] if plain.strip() else []


def _best(alternatives: list[list[_Said]]) -> list[_Said]:
    """Of several forms of one text the plain one, with the links that only another form has."""
    spoken = [each for each in alternatives if each]
    if not spoken:
        return []
    best = next((each for each in spoken if not any(said.html for said in each)), spoken[-1])
    plain = "\n".join(said.plain for said in best)
    links = dict.fromkeys(link for each in spoken for said in each for link in said.links)
    lost = [link for link in links if link not in plain]
    return [*best, _Said("\n".join(lost), html=False)] if lost else best


def _split(content: bytes, boundary: str, start: int, end: int) -> tuple[list[_Span], bool]:
    """The spans between the lines of a boundary, and whether the closing line was there (RFC 2046, 5.1.1).

    Parts behind a closing line are read too: some programs give a part the boundary of the whole.
    """
    spans: list[_Span] = []
    begun: int | None = None
    closed = False
    for line, after, closing in _boundary_lines(content, boundary, start, end):
        if begun is not None:
            spans.append(_Span(begun, max(begun, _before_line_end(content, line, begun))))
        begun = None if closing else after
        closed = closing
        if len(spans) > MAX_PARTS:
            return spans, True
    if begun is not None and begun < end:
        spans.append(_Span(begun, end))
    return spans, closed


def _boundary_lines(content: bytes, boundary: str, start: int, end: int) -> Iterator[tuple[int, int, bool]]:
    """Start, end and whether it closes, of each boundary line."""
    # A header's raw letters were guessed from bytes; going back may fail for none but broken mail.
    mark = b"--" + boundary.encode("utf-8", "replace")
    place = content.find(mark, start, end) if boundary else -1
    while place >= 0:
        after = place + len(mark)
        closing = content[after : after + 2] == b"--"
        after += 2 * closing
        while after < end and content[after] in b" \t":
            after += 1
        begins_line = place == start or content[place - 1] in b"\r\n"
        if begins_line and (after >= end or content[after] in b"\r\n"):
            after = min(end, after + (2 if content[after : after + 2] == b"\r\n" else 1))
            yield place, after, closing
        place = content.find(mark, after, end)


def _before_line_end(content: bytes, place: int, start: int) -> int:
    """The line end before a boundary belongs to the boundary."""
    if place - 2 >= start and content[place - 2 : place] == b"\r\n":
        return place - 2
    return place - 1 if place - 1 >= start and content[place - 1] in b"\r\n" else place


_DECODERS = {
    "base64": unbase64,
    **dict.fromkeys(("x-uuencode", "uuencode", "x-uue", "uue"), uuencode.decoded),
}
