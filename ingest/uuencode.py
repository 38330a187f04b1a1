"""Files written into the text of a mail between « begin 644 name » and « end », as programs did before MIME.

Outlook still does in mails that it sends as plain text.
"""

import binascii
import re
from contextlib import suppress
from typing import NamedTuple

from ingest.headers import decode, file_name

_BEGIN = re.compile(rb"begin [0-7]{3,4} (\S.*)")


class Written(NamedTuple):
    """A file that stood in the text."""

    name: str
    content: bytes
    whole: bool


def taken_out(body: bytes) -> tuple[bytes, list[Written]]:
    """The text without the files in it, and the files."""
    if b"begin " not in body:
        return body, []
    lines = body.splitlines(keepends=True)
    kept: list[bytes] = []
    files: list[Written] = []
    place = 0
    while place < len(lines):
        begun = _BEGIN.fullmatch(lines[place].rstrip())
        if begun and place + 1 < len(lines) and _is_coded(lines[place + 1]):
            end = _end(lines, place + 1)
            content, whole = decoded(b"".join(lines[place + 1 : end]))
            closed = end < len(lines) and lines[end].rstrip() == b"end"
            files.append(Written(file_name(decode(begun[1], None)), content, whole and closed))
            place = end + closed
        else:
            kept.append(lines[place])
            place += 1
    return b"".join(kept), files


def decoded(raw: bytes) -> tuple[bytes, bool]:
    """Uuencoded lines as bytes, and whether each could be read."""
    read: list[bytes] = []
    lines = [line for line in raw.splitlines() if line and not line.startswith((b"begin ", b"end"))]
    for line in lines:
        # Some programs pad a line beyond what its first letter says.
        for taken in (line, line[: _letters(line) + 1]):
            with suppress(binascii.Error):
                read.append(binascii.a2b_uu(taken))
                break
    return b"".join(read), len(read) == len(lines)


def _end(lines: list[bytes], place: int) -> int:
    """The first line that is none of the file's."""
    while place < len(lines) and lines[place].rstrip() != b"end" and _is_coded(lines[place]):
        place += 1
    return place


def _is_coded(line: bytes) -> bool:
    """Whether a line is as long as its first letter says, give or take a checksum or stripped blanks."""
    line = line.rstrip(b"\r\n")
    if not line or not 32 <= line[0] <= 96 or any(not 32 <= each <= 96 for each in line):
        return False
    letters = _letters(line)
    return letters - 4 <= len(line) - 1 <= letters + 2 if letters else len(line) <= 2


def _letters(line: bytes) -> int:
    """How many letters the first one announces."""
    return (((line[0] - 32) & 63) + 2) // 3 * 4
