"""A mail or file inside its signature: CMS signed data (RFC 5652), as S/MIME « opaque » and .p7m files are.

Only the content is taken out. Whether the signature is good is not asked here. Both ways of writing a
length are read: Outlook and OpenSSL write content of unknown length in pieces (X.690, 8.1.3.6).
"""

from collections.abc import Iterator
from typing import NamedTuple

from data.errors import Unreadable
from data.model import UnreadReason

MAX_DEPTH = 12
MAX_PIECES = 500_000
"""Values beside each other; content of 100 MB is written in a tenth of that."""

_SIGNED = bytes.fromhex("06092a864886f70d010702")
_ENVELOPED = bytes.fromhex("06092a864886f70d010703")
_AUTHENTICATED = bytes.fromhex("060b2a864886f70d0109100117")
_COMPRESSED = bytes.fromhex("060b2a864886f70d0109100109")
_PGP = b"-----BEGIN PGP MESSAGE-----"

_OCTETS, _SEQUENCE, _TAGGED = 0x04, 0x30, 0xA0


class _Element(NamedTuple):
    """One value: its tag, where its content lies, and where the next value begins."""

    tag: int
    start: int
    end: int
    after: int


def is_sealed(content: bytes) -> bool:
    """Whether a file is CMS signed, encrypted or compressed data, or an encrypted PGP message."""
    kinds = (_SIGNED, _ENVELOPED, _AUTHENTICATED, _COMPRESSED)
    cms = content[:1] == b"\x30" and any(each in content[:24] for each in kinds)
    return cms or content[:200].lstrip().startswith(_PGP)


def unsealed(content: bytes) -> bytes | None:
    """What was signed; None where the signature stands alone, its content elsewhere.

    Raises:
        Unreadable: it is encrypted, or damaged.
    """
    head = content[:24]
    if _PGP in content[:200] or _ENVELOPED in head or _AUTHENTICATED in head:
        raise Unreadable(UnreadReason.ENCRYPTED, "le message est chiffré")
    if _COMPRESSED in head:
        raise Unreadable(UnreadReason.UNSUPPORTED, "le message est compressé d'une manière inconnue")
    try:
        return _signed(content)
    except (IndexError, ValueError) as error:
        raise Unreadable(UnreadReason.CORRUPT, "le message signé est endommagé") from error


def _signed(content: bytes) -> bytes | None:
    """ContentInfo → SignedData → EncapsulatedContentInfo → its octets (RFC 5652, 3, 5.1, 5.2)."""
    place = 0
    for tags in ((_SEQUENCE,), (_TAGGED,), (_SEQUENCE,), (_SEQUENCE,)):
        place = _first(content, place, tags).start
    held = [each for each in _children(content, place, len(content), 0) if each.tag == _TAGGED]
    if not held:
        return None
    return b"".join(_octets(content, held[0].start, held[0].end, 0))


def _first(content: bytes, place: int, tags: tuple[int, ...]) -> _Element:
    """The first value with one of the tags, from a place on."""
    while (element := _element(content, place, 0)).tag not in tags:
        place = element.after
    return element


def _children(content: bytes, place: int, end: int, depth: int) -> Iterator[_Element]:
    """The values from a place on, up to the end of what holds them."""
    pieces = 0
    while place < end and content[place : place + 2] != b"\0\0":
        if (pieces := pieces + 1) > MAX_PIECES or depth > MAX_DEPTH:
            raise ValueError("nested or divided beyond reason")
        element = _element(content, place, depth)
        yield element
        place = element.after


def _octets(content: bytes, place: int, end: int, depth: int) -> Iterator[bytes]:
    """The bytes of an octet string, whole or in pieces."""
    for element in _children(content, place, end, depth):
        if element.tag == _OCTETS:
            yield content[element.start : element.end]
        else:
            yield from _octets(content, element.start, element.end, depth + 1)


def _element(content: bytes, place: int, depth: int) -> _Element:
    """The value at a place. Cut content is damage: the rest of a file must not pass for the whole.

    Raises:
        ValueError: it is longer than the content, or nested or divided beyond reason.
        IndexError: there is none.
    """
    tag, first = content[place], content[place + 1]
    start = place + 2
    if first == 0x80:
        return _of_unknown_length(content, tag, start, depth)
    length = first
    if first > 0x80:
        size = first & 0x7F
        length = int.from_bytes(content[start : start + size], "big")
        start += size
    if start + length > len(content):
        raise ValueError("cut")
    return _Element(tag, start, start + length, start + length)


def _of_unknown_length(content: bytes, tag: int, start: int, depth: int) -> _Element:
    end = start
    for each in _children(content, start, len(content), depth + 1):
        end = each.after
    if content[end : end + 2] != b"\0\0":
        raise ValueError("cut")
    return _Element(tag, start, end, end + 2)
