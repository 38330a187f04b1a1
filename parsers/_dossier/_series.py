"""Pages that came as a picture each: « img_001.jpg » to « img_014.jpg » are read as one document.

Files of one mail that hold one page each, recognised on its image, and whose names differ in their numbers
alone, are joined in the order of these numbers; what is then found is told by the file it stands in. A number
at the end may lack: of pictures of one second a telephone calls the second one « … 10.12.33 (1).jpeg ».
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import PurePath

from data.model import Annex, Document, DocumentKind, Dossier, Page, PageSource, Piece, Place
from parsers._dossier._sent import SentFile
from parsers._images import joined


def in_series(files: Sequence[SentFile]) -> list[SentFile]:
    """The files, those that continue each other as one."""
    groups: dict[tuple[str, str, str], list[SentFile]] = {}
    for file in files:
        if _is_one_page(file):
            groups.setdefault((file.mail.mail, *_shape(file.name)), []).append(file)
    series = [sorted(group, key=_numbers) for group in groups.values() if len(group) > 1]
    joined = {id(member) for group in series for member in group}
    return [file for file in files if id(file) not in joined] + [_as_one(group) for group in series]


def _is_one_page(file: SentFile) -> bool:
    reading = file.reading
    if not isinstance(reading, Document) or len(reading.pages) != 1:
        return False
    return reading.pages[0].source is PageSource.OCR


def _shape(name: str) -> tuple[str, str]:
    """What a name and its ending say besides numbers, those at its end left out."""
    stem, ending = PurePath(name.lower()).stem, PurePath(name.lower()).suffix
    return re.sub(r"[\s_-]*\(?\d+\)?", "#", stem).rstrip("#"), ending


def _numbers(file: SentFile) -> list[int]:
    """What they are put in order by; of one name, as they were attached."""
    return [int(number) for number in re.findall(r"\d+", file.name)]


def _as_one(members: Sequence[SentFile]) -> SentFile:
    """One file whose pages are the files, in order."""
    waiting = tuple(Page(number, PageSource.NONE) for number in range(1, len(members) + 1))
    first = members[0]
    whole = joined(
        Document(first.reading.kind, waiting, ()),
        {number: member.reading for number, member in enumerate(members, 1)},
    )
    name = f"{first.name} … {members[-1].name}"
    attachment = replace(first.attachment, name=name)
    return replace(first, attachment=attachment, reading=whole, members=tuple(members))


# ---------------------------------------------------------------- back to the files that were sent


def told_by_file(dossier: Dossier, series: Sequence[SentFile]) -> Dossier:
    """The dossier with every place and piece of a series told by the file it is in."""
    if not series:
        return dossier
    members = {one.name: one.members for one in series}
    return replace(
        dossier,
        answers={id: replace(each, place=_at(each.place, members)) for id, each in dossier.answers.items()},
        signatures={
            role: replace(each, place=_at(each.place, members)) for role, each in dossier.signatures.items()
        },
        annexes={id: _annex(each, dossier, members) for id, each in dossier.annexes.items()},
        mentions=tuple(
            replace(each, place=_at(each.place, members) or each.place) for each in dossier.mentions
        ),
        pieces=tuple(
            sorted(_by_file(dossier.pieces, members), key=lambda p: (p.received_at, p.mail, p.file))
        ),
    )


def _at(place: Place | None, members: Mapping[str, Sequence[SentFile]]) -> Place | None:
    if place is None or place.file not in members:
        return place
    held = members[place.file]
    page = place.page or 1
    file = held[page - 1]
    return Place(file.name, page - held.index(file), place.box)


def _annex(annex: Annex, dossier: Dossier, members: Mapping[str, Sequence[SentFile]]) -> Annex:
    """An annex with every file that it goes through."""
    places: list[Place] = []
    for place in annex.places:
        if place.file not in members:
            places.append(place)
            continue
        pieces = [p for p in dossier.pieces if p.file == place.file and p.kind == annex.id]
        mine = [p for p in pieces if place.page in (None, p.first_page)]
        files = [file.name for piece in mine for file in _within(piece, members[place.file])]
        places += [Place(file) for file in files or [members[place.file][0].name]]
    return replace(annex, places=tuple(dict.fromkeys(places)))


def _by_file(pieces: Iterable[Piece], members: Mapping[str, Sequence[SentFile]]) -> Iterator[Piece]:
    """A piece for each file of a series; what its annexes take is no piece of the form."""
    pieces = list(pieces)
    for piece in pieces:
        if piece.file not in members:
            yield piece
            continue
        taken = {
            file.name
            for other in pieces
            if other.file == piece.file and other is not piece and other.kind != piece.kind
            for file in _within(other, members[piece.file])
            if piece.kind == DocumentKind.DOSSIER
        }
        held = _within(piece, members[piece.file])
        for file in {id(file): file for file in held}.values():
            if file.name not in taken:
                yield replace(
                    piece,
                    file=file.name,
                    sha256=file.attachment.sha256,
                    size_bytes=len(file.attachment.content),
                    pages=held.count(file),
                    first_page=None,
                    last_page=None,
                )


def _within(piece: Piece, members: Sequence[SentFile]) -> Sequence[SentFile]:
    first, last = piece.first_page or 1, piece.last_page or len(members)
    return members[first - 1 : last]
