"""Word's package of parts, opened also where one of them is lacking or damaged: the rest can be read.

A picture that is gone leaves an empty part, so that its place is known; any other part, the relationships
to it. The document itself is not to be done without.
"""

import io
import posixpath
import zipfile
import zlib
from typing import Any

from parsers._ooxml import trusting_nobody

_RELATIONSHIPS = ".rels"


def opened(content: bytes) -> Any:
    """python-docx's package, which refuses a file as a whole for any part: then it is mended first."""
    from docx.package import Package
    from lxml.etree import XMLSyntaxError

    try:
        return Package.open(io.BytesIO(content))
    except (KeyError, zipfile.BadZipFile, zlib.error, XMLSyntaxError):
        return Package.open(io.BytesIO(_mended(content)))


def _mended(content: bytes) -> bytes:
    """The same package with the parts that can be read, and no relationship to another."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = {name: blob for name in archive.namelist() if (blob := _part(archive, name)) is not None}
    for name in [name for name in parts if name.endswith(_RELATIONSHIPS)]:
        parts[name] = _related(name, parts)
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, blob in parts.items():
            archive.writestr(name, blob)
    return out.getvalue()


def _part(archive: zipfile.ZipFile, name: str) -> bytes | None:
    """What a part holds; None where its bytes are damaged, or are no XML though it is named so."""
    from lxml import etree

    try:
        blob = archive.read(name)
        if name.endswith((".xml", _RELATIONSHIPS)):
            etree.fromstring(blob, trusting_nobody())
    except (zipfile.BadZipFile, zlib.error, EOFError, etree.XMLSyntaxError):
        return None
    return blob


def _related(name: str, parts: dict[str, bytes]) -> bytes:
    """The relationships of a part that lead somewhere; those to pictures are given an empty one."""
    from lxml import etree

    folder = posixpath.dirname(posixpath.dirname(name))
    root = etree.fromstring(parts[name], trusting_nobody())
    for relationship in list(root):
        target = posixpath.normpath(posixpath.join("/", folder, relationship.get("Target", ""))).lstrip("/")
        if relationship.get("TargetMode") == "External" or target in parts:
            continue
        if relationship.get("Type", "").endswith("/image"):
            parts[target] = b""
        else:
            root.remove(relationship)
    return bytes(etree.tostring(root))
