"""A form that came in parts: « partie 1.pdf » and « partie 2.pdf » are read as one document.

Parts are forms of one mail of which each goes on where the one before it ends, by the order of the questions
that stand there. An answer may begin on the last page of one file, or its question be asked there, and stand
on the first page of the next.
"""

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from data.edition import Edition
from data.model import AnswerState, Document, Line, Page, Picture
from parsers._answered import _form
from parsers._asked._anchors import signature_questions
from parsers._dossier._sent import SentFile


def in_order(
    forms: Sequence[tuple[SentFile, _form.FormReading]], edition: Edition
) -> list[tuple[SentFile, _form.FormReading]]:
    """The parts of one form, first to last; none where one of the forms asks what another asks too."""
    parts = sorted(forms, key=lambda form: _asked(form[1], edition))
    spans = [_asked(reading, edition) for _, reading in parts]
    apart = all(one[1] < other[0] for one, other in pairwise(spans))
    together = len({file.mail.mail for file, _ in parts}) == 1
    return parts if len(parts) > 1 and apart and together else []


def _asked(reading: _form.FormReading, edition: Edition) -> tuple[int, int]:
    """Which questions stand there, as the first and the last of them in the form's order."""
    signing = signature_questions(edition)
    found = [
        order
        for order, question in enumerate(edition.questions)
        if question not in signing
        and question in reading.answers
        and reading.answers[question].state is not AnswerState.NOT_FOUND
    ]
    return min(found, default=len(edition.questions)), max(found, default=len(edition.questions))


def as_one(files: Sequence[SentFile], documents: Sequence[Document]) -> tuple[SentFile, Document]:
    """One file whose pages are those of the files, in order; ``documents`` is what of each is the form."""
    pages: list[Page] = []
    lines: list[Line] = []
    pictures: list[Picture] = []
    members: list[SentFile] = []
    tables = 0
    for file, document in zip(files, documents, strict=True):
        before = len(members)
        pictures += [
            replace(
                picture,
                page=picture.page + before,
                after=picture.after + len(lines),
                cell=picture.cell and replace(picture.cell, table=picture.cell.table + tables),
            )
            for picture in document.pictures
        ]
        moved = [
            replace(
                line,
                page=line.page + before,
                cell=line.cell and replace(line.cell, table=line.cell.table + tables),
            )
            for line in document.lines
        ]
        tables = 1 + max((line.cell.table for line in moved if line.cell), default=tables - 1)
        lines += moved
        pages += [replace(page, number=page.number + before) for page in document.pages]
        members += [file] * _count(file)
    first = documents[0]
    whole = replace(
        first,
        pages=tuple(pages),
        lines=tuple(lines),
        pictures=tuple(pictures),
        seals=tuple(seal for document in documents for seal in document.seals),
        active_content=any(document.active_content for document in documents),
    )
    name = f"{files[0].name} … {files[-1].name}"
    attachment = replace(files[0].attachment, name=name)
    return replace(files[0], attachment=attachment, reading=whole, members=tuple(members)), whole


def _count(file: SentFile) -> int:
    """How many pages a file has, of which the form may be some; a file that knows of no pages is one."""
    pages = file.reading.pages if isinstance(file.reading, Document) else ()
    return max((page.number for page in pages), default=1)
