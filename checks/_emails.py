"""The addresses that an answer holds."""

import re
from collections.abc import Iterator

AROUND_AT = re.compile(r"\s*@\s*")
BETWEEN = re.compile(r"[\s,;/|<>()\[\]]+|mailto:", re.IGNORECASE)


def words_of(answer: str) -> Iterator[str]:
    """Its words, without what stands around an address; spaces around the @ are forgiven."""
    yield from (word.strip(".:'\"«»") for word in BETWEEN.split(AROUND_AT.sub("@", answer)))
