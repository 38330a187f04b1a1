"""What a BODYSTRUCTURE (RFC 9051, 7.5.2) says of a mail: the names of its files, before any is fetched."""

from collections.abc import Iterator, Mapping

from ingest.envelope import unnamed
from ingest.headers import file_name, parameters, words
from ingest.responses import Node, number


def names_in(structure: Node) -> Iterator[str]:
    """The names of the parts that carry files, from a BODYSTRUCTURE (RFC 9051, 7.5.2).

    Servers differ in where they put the disposition, so any pair « name, value » counts, wherever it stands.
    An attached mail is named by its subject; a part without a name by its claimed type.
    """
    number = 0
    todo = [structure] if isinstance(structure, list) else []
    while todo:
        node = todo.pop()
        todo += [each for each in reversed(node) if isinstance(each, list)]
        kind = _kind(node)
        name = _part_name(node, kind) if kind else ""
        if not name and _carries_file(kind):
            number += 1
            name = unnamed(kind, number)
        if name:
            yield name


def _part_name(node: list[Node], kind: str) -> str:
    """The name of a part, from its own parameters or those of its disposition; nothing if it has none."""
    claimed = "".join(_claimed(each, "filename") for each in node[2:] if isinstance(each, list))
    claimed = claimed or "".join(_unparsed(each) for each in node[7:]) or _claimed(node[2], "name")
    if not claimed and kind == "message/rfc822" and len(node) > 7 and isinstance(node[7], list):
        envelope = node[7]
        subject = envelope[1] if len(envelope) > 1 and isinstance(envelope[1], bytes) else b""
        return named_by("" if subject.upper() == b"NIL" else subject.decode("utf-8", "replace"))
    return file_name(claimed)


def named_by(subject: str) -> str:
    """An attached mail's name: its subject."""
    return file_name(f"{words(subject)[:150]}.eml") if subject else ""


def returned_header(structure: Node) -> str:
    """The number of the part of a bounce (RFC 6522) that holds nothing but the returned mail's header.

    No server tells the subject in it, as it does of a mail that is returned whole. A bounce of ours is known
    by it, and nobody else's need be fetched.
    """
    if isinstance(structure, bytes) or b"report" not in [
        p.lower() for p in structure if isinstance(p, bytes)
    ]:
        return ""
    parts = enumerate((each for each in structure if isinstance(each, list)), 1)
    return next((str(number) for number, part in parts if _kind(part) == "text/rfc822-headers"), "")


def _claimed(node: Node, key: str) -> str:
    """The parameter « name » or « filename » in a list, or in a list within it, put together by RFC 2231."""
    if isinstance(node, bytes):
        return ""
    told = [each.decode("utf-8", "replace") for each in node if isinstance(each, bytes)]
    named: Mapping[str, str] = {}
    if any(each.lower().startswith(key) for each in told):
        pairs = zip(told[::2], told[1::2], strict=False)
        named = parameters("x" + "".join(f"; {name}={_quoted(value)}" for name, value in pairs))[1]
    within = (name for each in node if isinstance(each, list) and (name := _claimed(_words_of(each), key)))
    return named.get(key) or next(within, "")


def _unparsed(node: Node) -> str:
    """The file name in a disposition that the server passes on as it stands in the mail (pymap does)."""
    if not isinstance(node, bytes) or b"filename" not in node.lower():
        return ""
    return parameters(node.decode("utf-8", "replace"))[1].get("filename", "")


def _words_of(node: list[Node]) -> Node:
    return [each for each in node if isinstance(each, bytes)]


def _quoted(value: str) -> str:
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def _kind(node: list[Node]) -> str:
    """« application/pdf » if the list is a part that is no container; else nothing.

    The seventh value is the size, which tells a part from the envelope of an attached mail.
    """
    if len(node) < 7 or not (isinstance(node[0], bytes) and isinstance(node[1], bytes) and number(node[6])):
        return ""
    return f"{node[0].decode('ascii', 'replace')}/{node[1].decode('ascii', 'replace')}".lower()


def _carries_file(kind: str) -> bool:
    """Whether a part is a file although nobody named it; text without a name is the body."""
    return bool(kind) and not kind.startswith(("text/", "multipart/")) and "signature" not in kind
