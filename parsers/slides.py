"""PowerPoint slides, each a page of its own: reports of activities are often sent as they were shown.

Of a slide the words are read, its title first, then what stands higher and further left (ECMA-376, 19.3);
of its pictures and charts nothing is.
"""

import io
import posixpath
import zipfile
from collections.abc import Iterator
from itertools import count
from typing import Any

from data.errors import Unreadable
from data.model import Cell, Document, FileKind, Line, Page, PageSource, Span, UnreadReason
from parsers._ooxml import A, R, trusting_nobody
from parsers._reader import reader
from parsers.word import check_size

P = "{http://schemas.openxmlformats.org/presentationml/2006/main}"
_PACKAGED = "{http://schemas.openxmlformats.org/package/2006/relationships}"
_SHOW = "ppt/presentation.xml"
_TITLES = {"title", "ctrTitle"}
MAX_SLIDES = 400


@reader(FileKind.PPTX)
def read(content: bytes) -> Document:
    """Read a .pptx or .ppsx: each slide is a page, each paragraph a line, each table a table."""
    names = check_size(content)
    lines: list[Line] = []
    tables = count()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        slides = _slides(archive)[:MAX_SLIDES]
        if not slides:
            raise Unreadable(UnreadReason.CORRUPT, "la présentation n'a pas de page")
        for number, slide in enumerate(slides, start=1):
            lines += _lines(archive, slide, number, tables)
    pages = tuple(Page(number, PageSource.TEXT) for number in range(1, len(slides) + 1))
    macros = any(name.lower().endswith("vbaproject.bin") for name in names)
    return Document(FileKind.PPTX, pages, tuple(lines), active_content=macros)


def _tree(archive: zipfile.ZipFile, name: str) -> Any:
    from lxml import etree

    return etree.fromstring(archive.read(name), trusting_nobody())


def _slides(archive: zipfile.ZipFile) -> list[str]:
    """Names of the slides, in the order in which they are shown."""
    targets = {key: target for key, _, target in _related(archive, _SHOW)}
    shown = _tree(archive, _SHOW).iterfind(f"{P}sldIdLst/{P}sldId")
    names = [targets.get(each.get(f"{R}id"), "") for each in shown]
    return [name for name in names if name in archive.namelist()]


def _related(archive: zipfile.ZipFile, name: str) -> Iterator[tuple[str, str, str]]:
    """What a part refers to within the file: key, type and name."""
    folder, file = posixpath.split(name)
    listed = f"{folder}/_rels/{file}.rels"
    if listed not in archive.namelist():
        return
    for one in _tree(archive, listed).iterfind(f"{_PACKAGED}Relationship"):
        if one.get("TargetMode") != "External":
            target = posixpath.normpath(posixpath.join(folder, one.get("Target", "")))
            yield one.get("Id", ""), one.get("Type", ""), target.lstrip("/")


def _lines(archive: zipfile.ZipFile, slide: str, number: int, tables: Iterator[int]) -> Iterator[Line]:
    shapes = _tree(archive, slide).iterfind(f"{P}cSld/{P}spTree/*")
    for shape in sorted(shapes, key=_place):
        if shape.find(f".//{A}tbl") is None:
            yield from _paragraphs(shape, number)
        else:
            yield from _cells(shape, number, next(tables))
    for _, kind, target in _related(archive, slide):
        if kind.endswith("/diagramData") and target in archive.namelist():
            yield from _paragraphs(_tree(archive, target), number)


def _place(shape: Any) -> tuple[bool, int, int]:
    """Titles first, then from the top down; where a shape stands as its layout has it, as it comes."""
    kind = shape.find(f"{P}nvSpPr/{P}nvPr/{P}ph")
    is_title = kind is not None and kind.get("type") in _TITLES
    at = shape.find(f".//{A}off")
    if at is None:
        at = shape.find(f".//{P}xfrm/{A}off")
    return not is_title, _whole(at, "y"), _whole(at, "x")


def _whole(at: Any, name: str) -> int:
    told = "" if at is None else at.get(name, "")
    return int(told) if told.lstrip("-").isdigit() else 0


def _paragraphs(shape: Any, number: int) -> Iterator[Line]:
    for paragraph in shape.iter(f"{A}p"):
        if text := _text(paragraph):
            yield Line((Span(text),), number)


def _cells(shape: Any, number: int, table: int) -> Iterator[Line]:
    for row, cells in enumerate(shape.iter(f"{A}tr")):
        for column, cell in enumerate(cells.iterfind(f"{A}tc")):
            if text := "\n".join(filter(None, map(_text, cell.iter(f"{A}p")))):
                yield Line((Span(text),), number, cell=Cell(table, row, column))


def _text(paragraph: Any) -> str:
    """The words of a paragraph; a break within it is a blank."""
    parts = [" " if node.tag == f"{A}br" else node.text or "" for node in paragraph.iter(f"{A}t", f"{A}br")]
    return "".join(parts).strip()
