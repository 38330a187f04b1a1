"""OpenDocument: text and sheets as they stand; what was deleted, hidden or never answered is told."""

import io
import shutil
import zipfile

import pytest

import parsers
from data.edition import Edition
from data.model import Document, FileKind, Look, Origin, PictureForm, Unread, UnreadReason
from parsers._answered import _form
from tests.parsers.accuracy import compare, convert
from tests.parsers.conftest import read
from tests.parsers.layouts import LAYOUTS, fill

NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("text", "text"),
        ("table", "table"),
        ("draw", "drawing"),
        ("style", "style"),
        ("form", "form"),
        ("fo", "xsl-fo-compatible"),
        ("svg", "svg-compatible"),
    )
)


def an_odt(body: str, styles: str = "", kind: str = "text", **members: bytes) -> bytes:
    """An OpenDocument file with this body and these automatic styles."""
    content = (
        f'<office:document-content {NAMESPACES} xmlns:xlink="http://www.w3.org/1999/xlink" '
        'xmlns:loext="urn:org:documentfoundation:names:experimental:office:xmlns:loext:1.0">'
        f"<office:automatic-styles>{styles}</office:automatic-styles>"
        f"<office:body><office:{kind}>{body}</office:{kind}></office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        archive.writestr("content.xml", content)
        for name, member in members.items():
            archive.writestr(name, member)
    return out.getvalue()


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("name", ["original", "boxes", "struck"])
def test_every_item_of_an_odt_form_is_read(name: str, edition: Edition) -> None:
    """A form saved by LibreOffice gives every answer, blank and signature."""
    filled = fill(edition, 1)
    document = read(convert(LAYOUTS[name](filled, edition), "odt"))

    assert document.kind is FileKind.ODT
    rows = compare(filled, _form.read(document, "form.odt", edition), edition)
    assert [row for row in rows if row[0] != "right"] == []


def test_looks_are_told() -> None:
    """Bold, strike-through and highlight come from styles, also from those a style is based on."""
    styles = (
        '<style:style style:name="S" style:family="text"><style:text-properties '
        'style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="T" style:family="text" style:parent-style-name="S">'
        '<style:text-properties fo:font-weight="bold" fo:background-color="#ffff00"/></style:style>'
    )
    [line] = read(an_odt('<text:p>oui <text:span text:style-name="T">non</text:span></text:p>', styles)).lines

    assert [span.text for span in line.spans] == ["oui ", "non"]
    assert (line.spans[1].bold, line.spans[1].strike, line.spans[1].highlight) == (True, True, True)
    assert not line.spans[0].strike


def test_deleted_text_is_gone_and_comments_are_told() -> None:
    """Tracked deletions are not read; a comment is a line of its own origin."""
    body = (
        '<text:tracked-changes><text:changed-region text:id="c"><text:deletion><text:p>jamais</text:p>'
        "</text:deletion></text:changed-region></text:tracked-changes>"
        '<text:p>Nom :<text:change text:change-id="c"/><office:annotation><text:p>Zoé</text:p>'
        "</office:annotation></text:p>"
    )
    lines = read(an_odt(body)).lines

    assert [(line.text, line.origin) for line in lines] == [("Nom :", Origin.BODY), ("Zoé", Origin.COMMENT)]


def test_placeholders_and_boxes_are_told() -> None:
    """A placeholder is a hint; check boxes, old and new, say whether they are ticked."""
    body = (
        '<office:forms><form:form><form:checkbox form:id="b" form:current-state="checked"/></form:form>'
        "</office:forms><text:p><text:placeholder>Votre nom</text:placeholder></text:p>"
        '<text:p><loext:content-control loext:checkbox="true" loext:checked="false">x</loext:content-control>'
        ' non <draw:control draw:control="b"/> oui</text:p>'
    )
    hint, boxes = read(an_odt(body)).lines

    assert hint.spans[0].hint
    assert [span.tick for span in boxes.spans] == [False, None, True, None]


def test_cells_pictures_and_numbers_have_their_place() -> None:
    """Cells count over merged ones, a picture says its cell, and lists print their numbers."""
    styles = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix="." text:start-value="4"/></text:list-style>'
    )
    body = (
        '<table:table><table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>a</text:p>'
        "</table:table-cell><table:covered-table-cell/><table:table-cell><text:p>b"
        '<draw:frame text:anchor-type="as-char" svg:width="4cm" svg:height="2cm"><draw:image '
        'xlink:href="Pictures/1.png"/></draw:frame></text:p></table:table-cell></table:table-row></table:table>'
        '<text:list text:style-name="L"><text:list-item><text:p>Qui ?</text:p></text:list-item></text:list>'
    )
    document = read(an_odt(body, styles, **{"Pictures/1.png": b"png"}))
    [picture] = document.pictures

    assert [line.cell.column for line in document.lines if line.cell] == [0, 2]
    assert document.lines[-1].number == "4."
    assert picture.form is PictureForm.RASTER
    assert picture.cell
    assert picture.cell.column == 2
    assert picture.width_pt == pytest.approx(113.4, abs=0.1)


def test_a_sheet_that_repeats_itself_is_bounded() -> None:
    """« This row, a million times » costs what one row costs."""
    row = (
        '<table:table-row table:number-rows-repeated="1048576"><table:table-cell '
        'table:number-columns-repeated="16384"><text:p>x</text:p></table:table-cell></table:table-row>'
    )
    reading = parsers.read(an_odt(f"<table:table>{row}</table:table>", kind="spreadsheet"))

    assert isinstance(reading, Document)
    assert len(reading.lines) <= 200 * 200


def test_a_locked_file_says_so() -> None:
    """A password is told from damage."""
    manifest = b"<manifest:manifest><manifest:encryption-data/></manifest:manifest>"
    reading = parsers.read(an_odt("<text:p>x</text:p>", **{"META-INF/manifest.xml": manifest}))

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.ENCRYPTED


def test_an_entity_bomb_is_not_expanded() -> None:
    """Entities of a hostile file stay unexpanded."""
    bomb = (
        '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
        f"<office:document-content {NAMESPACES}><office:body><office:text><text:p>&b;</text:p></office:text>"
        "</office:body></office:document-content>"
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", bomb)
    reading = parsers.read(out.getvalue())

    assert isinstance(reading, Document)
    assert reading.lines == ()


def test_what_word_left_in_an_odt_is_told() -> None:
    """Check boxes and lists of Word's old forms, and a frame around a choice, outlive LibreOffice."""
    styles = (
        '<style:style style:name="F" style:family="text"><style:text-properties '
        'loext:border="0.99pt solid #000000"/></style:style>'
    )
    field = 'xmlns:field="urn:openoffice:names:experimental:ooo-ms-interop:xmlns:field:1.0"'
    box = f'<field:fieldmark {field} field:type="vnd.oasis.opendocument.field.FORMCHECKBOX"'
    ticked = '<field:param field:name="Checkbox_Checked" field:value="true"/>'
    drop = (
        f'<field:fieldmark {field} field:type="vnd.oasis.opendocument.field.FORMDROPDOWN">'
        '<field:param field:name="Dropdown_Selected" field:value="1"/>'
        '<field:param field:name="Dropdown_ListEntry" field:value="primaire"/>'
        '<field:param field:name="Dropdown_ListEntry" field:value="supérieur"/></field:fieldmark>'
    )
    first, second = read(
        an_odt(
            f"<text:p>{box}>{ticked}</field:fieldmark> oui {box}/> non {drop}</text:p>"
            '<text:p>1 <text:span text:style-name="F">2</text:span> 3</text:p>',
            styles,
        )
    ).lines

    assert first.text == "☒ oui ☐ non supérieur"
    assert [span.tick for span in first.spans if span.text in "☒☐"] == [True, False]
    assert [span.text for span in second.spans if span.highlight] == ["2"]


def test_a_picture_in_an_odt_is_looked_at() -> None:
    """What stands in a picture is told: an empty one signs nothing."""
    from PIL import Image

    held = io.BytesIO()
    Image.new("RGB", (200, 80), "white").save(held, "PNG")
    frame = (
        '<text:p>Signature <draw:frame text:anchor-type="as-char" svg:width="4cm" svg:height="1.6cm">'
        '<draw:image xlink:href="Pictures/a.png"/></draw:frame></text:p>'
    )
    (picture,) = read(an_odt(frame, **{"Pictures/a.png": held.getvalue()})).pictures

    assert picture.look is Look.EMPTY


def test_letters_of_a_symbol_font_are_what_they_look_like() -> None:
    """LibreOffice keeps Word's Wingdings boxes as U+F0FE, others as a letter with its font."""
    style = (
        '<style:style style:name="T1" style:family="text">'
        '<style:text-properties style:font-name="Wingdings"/></style:style>'
    )
    body = '<text:p><text:span text:style-name="T1">o</text:span> oui \uf0fe non</text:p>'

    assert read(an_odt(body, style)).lines[0].text == "☐ oui ☒ non"


@pytest.mark.parametrize(
    ("kind", "drawn"), [("ooxml-non-primitive", 1), ("non-primitive", 1), ("rectangle", 0)]
)
def test_a_shape_that_is_its_own_line_is_a_drawing(kind: str, drawn: int) -> None:
    """What a hand drew in Word is a custom shape once LibreOffice has saved it; a frame is none."""
    shape = (
        '<draw:custom-shape text:anchor-type="as-char" svg:width="4cm" svg:height="2cm"><text:p/>'
        f'<draw:enhanced-geometry draw:type="{kind}" draw:enhanced-path="M 0 0 L 9 9"/></draw:custom-shape>'
    )

    assert drawn == len(read(an_odt(f"<text:p>Signature : {shape}</text:p>")).pictures)
