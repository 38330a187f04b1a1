"""Pages that came as a picture each are one document, told by the file that each stands in."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

import pytest

import parsers
from data.edition import Edition
from data.model import (
    AnnexState,
    Box,
    Cell,
    Document,
    Dossier,
    FileKind,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Place,
    Submission,
    Table,
    Unread,
)
from parsers import text
from tests.parsers.conftest import CV, STATUTES, accounts, an_attachment

Mail = Callable[..., Submission]
ARTICLES = tuple(f"Article {n}. Les membres effectifs." for n in range(6, 12))


def _page(*rows: str) -> Document:
    """A page as recognised on its image."""
    document = text.from_text("\n".join(rows))
    return replace(document, kind=FileKind.JPEG, pages=(Page(1, PageSource.OCR, 595, 842),))


def _reader(pages: Mapping[bytes, Document]) -> Callable[[bytes], Document | Unread]:
    return lambda content: pages[content]


def _sent(a_mail: Mail, pages: Mapping[str, Document], edition: Edition) -> Dossier:
    contents = {name.encode() * 4000: page for name, page in pages.items()}
    attached = [an_attachment(name, name.encode() * 4000) for name in pages]
    return parsers.assemble([a_mail(*attached)], edition, _reader(contents))


@pytest.mark.parametrize(
    "names",
    [
        [f"img_{n}.jpg" for n in range(1, 15)],
        [f"WhatsApp Image 2026-09-10 at 10.12.33{(n and f' ({n})') or ''}.jpeg" for n in range(14)],
        ["statuts.jpg", *(f"statuts{n}.jpg" for n in range(2, 15))],
    ],
    ids=["counted", "of one second", "counted from two"],
)
def test_a_statute_in_fourteen_pictures_is_one_document(
    names: Sequence[str], edition: Edition, a_mail: Mail
) -> None:
    """Pages without a title of their own go with the first; each file is told, in the order of its number."""
    pages = dict(zip(names, [_page(*STATUTES), *(_page(*ARTICLES) for _ in range(13))], strict=True))
    dossier = _sent(a_mail, pages, edition)

    assert dossier.annexes["statutes"].state is AnnexState.PRESENT
    assert [place.file for place in dossier.annexes["statutes"].places] == list(names)
    assert {(piece.file, piece.kind, piece.pages) for piece in dossier.pieces} == {
        (name, "statutes", 1) for name in names
    }
    assert {piece.read_by for piece in dossier.pieces} == {PageSource.OCR}


def test_a_series_of_several_documents_is_cut(edition: Edition, a_mail: Mail) -> None:
    """Numbered by the camera: statutes, a CV, two years of accounts, each by its own files."""
    pages = {
        "IMG_0098.jpg": _page(*STATUTES),
        "IMG_0099.jpg": _page(*ARTICLES),
        "IMG_0100.jpg": _page(*CV),
        "IMG_0101.jpg": _page(*accounts(2025)),
        "IMG_0102.jpg": _page(*accounts(2024)),
    }
    dossier = _sent(a_mail, pages, edition)

    assert dossier.annexes["statutes"].places == (Place("IMG_0098.jpg"), Place("IMG_0099.jpg"))
    assert dossier.annexes["cv"].places == (Place("IMG_0100.jpg"),)
    assert dossier.annexes["accounts"].state is AnnexState.PRESENT
    assert dossier.annexes["accounts"].years == (2025, 2024)


def test_files_of_other_names_stay_apart(edition: Edition, a_mail: Mail) -> None:
    """« cv.jpg » and « statuts.jpg » are two documents."""
    dossier = _sent(a_mail, {"cv.jpg": _page(*CV), "statuts.jpg": _page(*STATUTES)}, edition)

    assert {(piece.file, piece.kind) for piece in dossier.pieces} == {
        ("cv.jpg", "cv"),
        ("statuts.jpg", "statutes"),
    }


def test_each_page_of_a_series_keeps_its_own_tables() -> None:
    """A cross on the second photo is in a cell of that photo's table, whatever its number was there."""
    cross = Picture(PictureForm.INK, 1, -1, Box(90, 20, 99, 29), Cell(0, 0, 5))
    recognised = replace(_page("Rien"), pictures=(cross,), tables=(Table(0, (10.0, 50.0, 90.0), 1),))
    waiting = Document(FileKind.JPEG, (Page(1, PageSource.NONE),), ())
    photo = parsers.joined(waiting, {1: recognised})
    whole = parsers.joined(
        replace(waiting, pages=(*waiting.pages, Page(2, PageSource.NONE))), {1: photo, 2: photo}
    )

    assert isinstance(whole, Document)
    assert [(each.page, each.cell and each.cell.table) for each in whole.pictures] == [(1, 0), (2, 1)]
