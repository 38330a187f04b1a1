"""PowerPoint: slides in the order in which they are shown, each a page."""

import io
import zipfile

import pytest

import parsers
from data.edition import Edition
from data.model import Document, FileKind, Unread, UnreadReason
from parsers._annexed import _annexes

_OPEN = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
)
_RELATIONSHIPS = "http://schemas.openxmlformats.org/package/2006/relationships"


def test_slides_are_pages_in_their_order_and_their_titles_come_first() -> None:
    """The file's own list orders the slides; on a slide a title stands before what is drawn above it."""
    first = _shape("Bruxelles", top=10) + _shape("Rapport d'activité 2025", top=90, title=True)
    second = _shape("en bas", top=80) + _shape("en haut", top=20)
    document = _read(second, first, shown=(2, 1))

    assert isinstance(document, Document)
    assert [(line.page, line.text) for line in document.lines] == [
        (1, "Rapport d'activité 2025"),
        (1, "Bruxelles"),
        (2, "en haut"),
        (2, "en bas"),
    ]


def test_a_table_on_a_slide_keeps_its_cells() -> None:
    """Rows and columns, as in a document of text."""
    cells = "".join(f"<a:tc><a:txBody>{_paragraph(text)}</a:txBody></a:tc>" for text in ("Produits", "338"))
    frame = f"<p:graphicFrame><a:tbl><a:tr>{cells}</a:tr></a:tbl></p:graphicFrame>"
    document = _read(frame)

    assert isinstance(document, Document)
    assert [(line.text, line.cell and line.cell.column) for line in document.lines] == [
        ("Produits", 0),
        ("338", 1),
    ]


def test_a_report_shown_as_slides_is_one(edition: Edition) -> None:
    """Few words, and a title on the first slide."""
    slides = (
        _shape("Les Ateliers du Canal", top=10) + _shape("Rapport d'activité 2025", top=40),
        _shape("Ateliers", top=10) + _shape("340 familles accompagnées", top=40),
        _shape("Merci !", top=10),
    )
    document = _read(*slides)

    assert isinstance(document, Document)
    kind = _annexes.classify(document, "présentation.pptx", edition)
    assert (kind.id, kind.certain) == ("activity_report", True)


@pytest.mark.parametrize("part", [b"", b"PK\x03\x04ppt/presentation.xml"])
def test_a_presentation_without_slides_is_damaged(part: bytes) -> None:
    """Nothing is read of it, and nothing breaks."""
    found = parsers.read(part) if part else _read()

    assert isinstance(found, Unread)
    assert (found.kind, found.reason) == (FileKind.PPTX, UnreadReason.CORRUPT)


def _read(*slides: str, shown: tuple[int, ...] = ()) -> Document | Unread:
    order = shown or tuple(range(1, len(slides) + 1))
    listed = "".join(f'<p:sldId id="{255 + n}" r:id="r{n}"/>' for n in order)
    related = "".join(
        f'<Relationship Id="r{n}" Type="slide" Target="slides/slide{n}.xml"/>' for n in sorted(order)
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        archive.writestr(
            "ppt/presentation.xml",
            f"<p:presentation {_OPEN}><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>",
        )
        archive.writestr(
            "ppt/_rels/presentation.xml.rels",
            f'<Relationships xmlns="{_RELATIONSHIPS}">{related}</Relationships>',
        )
        for number, shapes in enumerate(slides, start=1):
            tree = f"<p:cSld><p:spTree>{shapes}</p:spTree></p:cSld>"
            archive.writestr(f"ppt/slides/slide{number}.xml", f"<p:sld {_OPEN}>{tree}</p:sld>")
    return parsers.read(out.getvalue())


def _shape(text: str, top: int, title: bool = False) -> str:
    kind = '<p:nvSpPr><p:nvPr><p:ph type="title"/></p:nvPr></p:nvSpPr>' if title else ""
    at = f'<p:spPr><a:xfrm><a:off x="0" y="{top}"/></a:xfrm></p:spPr>'
    return f"<p:sp>{kind}{at}<p:txBody>{_paragraph(text)}</p:txBody></p:sp>"


def _paragraph(text: str) -> str:
    return f"<a:p><a:r><a:t>{text}</a:t></a:r></a:p>"
