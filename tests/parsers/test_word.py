"""What a Word file says beyond its paragraphs."""

import io
import zipfile

import pytest
from docx import Document as new_document
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.shared import Mm

import parsers
from data.model import Document, Look, Origin, PictureForm, Unread, UnreadReason
from parsers._signed._proof import DOUBTS, Proof, proof
from tests.parsers.layouts import W14, W, checkbox, control, signature_png


def _read(*bodies: str) -> Document:
    """A Word file whose body is raw XML."""
    document = new_document()
    for body in bodies:
        document.element.body.insert(-1, parse_xml(body))
    return _saved(document)


def _saved(document: object) -> Document:
    out = io.BytesIO()
    document.save(out)  # type: ignore[attr-defined]
    reading = parsers.read(out.getvalue())
    assert isinstance(reading, Document)
    return reading


def _paragraph(inside: str) -> str:
    return f"<w:p {W} {W14}>{inside}</w:p>"


def test_a_placeholder_is_told_from_an_answer() -> None:
    """A content control that still shows its placeholder gives a hint, a filled one text."""
    lines = _read(_paragraph(control(None)), _paragraph(control("Bruxelles"))).lines

    assert [span.hint for line in lines for span in line.spans] == [True, False]
    assert lines[1].text == "Bruxelles"


def test_check_boxes_of_every_age_are_read() -> None:
    """Content controls, legacy fields and Wingdings characters all give ☒ or ☐."""
    legacy = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:checkBox><w:checked/></w:checkBox></w:ffData>'
        "</w:fldChar></w:r><w:r><w:instrText>FORMCHECKBOX</w:instrText></w:r>"
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0A8"/></w:r>'
    lines = _read(_paragraph(checkbox(True)), _paragraph(legacy), _paragraph(symbol)).lines

    assert [(line.text, line.spans[0].tick) for line in lines] == [("☒", True), ("☒", True), ("☐", False)]


def test_a_legacy_list_gives_its_selected_entry() -> None:
    """A drop-down field says what was selected, not what could be."""
    field = (
        '<w:r><w:fldChar w:fldCharType="begin"><w:ffData><w:ddList><w:result w:val="1"/>'
        '<w:listEntry w:val="oui"/><w:listEntry w:val="non"/></w:ddList></w:ffData></w:fldChar></w:r>'
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )

    assert _read(_paragraph(field)).lines[0].text == "non"


def test_automatic_numbers_are_counted() -> None:
    """Numbers that Word prints by itself stand beside the text."""
    document = new_document()
    for text in ("En quoi consiste votre entreprise ?", "A quel besoin répond-elle ?"):
        document.add_paragraph(text, style="List Number")

    assert [line.number for line in _saved(document).lines] == ["1.", "2."]


def test_merged_and_nested_cells_keep_their_place() -> None:
    """A merged cell has the place of its first, and a table in a cell is a table of its own."""
    document = new_document()
    table = document.add_table(2, 3)
    table.rows[0].cells[0].merge(table.rows[0].cells[1]).text = "large"
    table.rows[0].cells[2].text = "right"
    table.rows[1].cells[0].add_table(1, 1).rows[0].cells[0].text = "inner"
    cells = {line.text: line.cell for line in _saved(document).lines}

    assert [(c.table, c.row, c.column) for c in cells.values() if c] == [(0, 0, 0), (0, 0, 2), (1, 0, 0)]


def test_comments_and_headers_are_told_by_their_origin() -> None:
    """A comment follows the paragraph it was made on; a running head is a margin."""
    document = new_document()
    run = document.add_paragraph("Genre :").runs[0]
    document.add_comment(run, text="Femme", author="A. Lambert")
    document.sections[0].header.paragraphs[0].text = "COOPCITY"
    lines = _saved(document).lines

    assert [(line.text, line.origin) for line in lines] == [
        ("Genre :", Origin.BODY),
        ("Femme", Origin.COMMENT),
        ("COOPCITY", Origin.MARGIN),
    ]


def test_formatting_and_line_breaks_are_kept() -> None:
    """Struck and highlighted runs are told apart; a soft line break stays one."""
    run = "<w:r><w:rPr>{}</w:rPr><w:t>{}</w:t></w:r>"
    body = (
        run.format("<w:strike/>", "oui")
        + "<w:r><w:br/></w:r>"
        + run.format('<w:highlight w:val="yellow"/>', "non")
    )
    line = _read(_paragraph(body)).lines[0]

    assert line.text == "oui\nnon"
    assert (line.spans[0].strike, line.spans[-1].highlight) == (True, True)


def test_pictures_have_size_cell_and_side() -> None:
    """A picture tells its cell; beside a tab, its line shows on which side it stands."""
    document = new_document()
    cell = document.add_table(1, 2).rows[0].cells[1]
    cell.paragraphs[0].add_run().add_picture(io.BytesIO(signature_png()), width=Mm(40))
    paragraph = document.add_paragraph("\t")
    paragraph.add_run().add_picture(io.BytesIO(signature_png()), width=Mm(40))
    reading = _saved(document)
    first, second = reading.pictures

    assert first.form is PictureForm.RASTER
    assert first.cell
    assert first.cell.column == 1
    assert 110 < (second.width_pt or 0) < 117
    assert reading.lines[second.after].text == "\t\ufffc"


def test_macros_are_noted_and_passwords_told() -> None:
    """A macro project is active content; an encrypted package says that it has a password."""
    document = new_document()
    document.add_paragraph("Bonjour")
    out = io.BytesIO()
    document.save(out)
    with zipfile.ZipFile(out, "a") as archive:
        archive.writestr("word/vbaProject.bin", b"x")
    with_macros = parsers.read(out.getvalue())
    locked = parsers.read(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"))

    assert isinstance(with_macros, Document)
    assert with_macros.active_content
    assert isinstance(locked, Unread)
    assert locked.reason is UnreadReason.ENCRYPTED


@pytest.mark.parametrize(
    "chunk",
    [
        b"<html><body><p>Nom : La Remise</p></body></html>",
        b"MIME-Version: 1.0\nContent-Type: text/html; charset=utf-8\n\n<html><p>Nom : La Remise</p></html>",
    ],
)
def test_a_document_within_the_document_is_read(chunk: bytes) -> None:
    """Programs that make Word files of web pages leave the page in the file, whole."""
    document = new_document()
    part = Part(PackURI("/word/afchunk.mht"), "message/rfc822", chunk, document.part.package)
    related = document.part.relate_to(
        part, "http://schemas.openxmlformats.org/officeDocument/2006/relationships/aFChunk"
    )
    relations = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    document.element.body.insert(-1, parse_xml(f'<w:altChunk {W} {relations} r:id="{related}"/>'))

    assert [line.text for line in _saved(document).lines] == ["Nom : La Remise"]


def test_letters_of_a_symbol_font_are_what_they_look_like() -> None:
    """« þ » set in Wingdings is a ticked box, by its letter or as U+F0FE; in other fonts it is a letter."""
    form = new_document()
    paragraph = form.add_paragraph()
    for letter, font in (
        ("þ", "Wingdings"),
        (" oui ", "Arial"),
        ("\uf0a8", "Wingdings"),
        (" non oþ", "Arial"),
    ):
        paragraph.add_run(letter).font.name = font

    assert _saved(form).lines[0].text == "☒ oui ☐ non oþ"


@pytest.mark.parametrize(
    ("sign", "shown"), [("\uf0fe", "☒ oui"), ("☐", "☐ oui"), ("\uf0fc", "oui"), ("•", "oui")]
)
def test_a_bullet_that_is_a_box_ticks(sign: str, shown: str) -> None:
    """Who ticks by changing the bullet; a « ✓ » in front of every line is an ornament."""
    form = new_document()
    numbers = form.part.numbering_part.element
    numbers.insert(0, parse_xml(
        f'<w:abstractNum {W} w:abstractNumId="77"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        f'<w:lvlText w:val="{sign}"/></w:lvl></w:abstractNum>'
    ))  # fmt: skip
    numbers.append(parse_xml(f'<w:num {W} w:numId="77"><w:abstractNumId w:val="77"/></w:num>'))
    paragraph = form.add_paragraph("oui")._p.get_or_add_pPr()
    paragraph.append(parse_xml(f'<w:numPr {W}><w:ilvl w:val="0"/><w:numId w:val="77"/></w:numPr>'))

    assert _saved(form).lines[0].text == shown


def test_letters_larger_than_those_beside_them_stand_out() -> None:
    """« 5 6 7 » with a large 7 sets it off as bold does; a paragraph in large letters is not bold."""
    run = '<w:r><w:rPr>{}</w:rPr><w:t xml:space="preserve">{}</w:t></w:r>'
    large = '<w:sz w:val="36"/>'
    numbers = _paragraph("".join(run.format(large if n == 7 else "", f"{n} ") for n in range(1, 11)))

    lines = _read(numbers, _paragraph(run.format(large, "Un titre"))).lines

    assert [[span.text.strip() for span in line.spans if span.bold] for line in lines] == [["7"], []]


@pytest.mark.parametrize(
    ("shape", "drawn"),
    [
        ('<v:shape style="width:120pt;height:40pt" path="m0,0l20,30,40,5e"/>', 1),
        ('<v:polyline points="0,0,20,30,40,5"/>', 1),
        ('<v:shape path="m0,0l9,9e"><v:textpath string="BROUILLON"/></v:shape>', 0),
        ('<v:rect style="width:120pt;height:40pt"/>', 0),
    ],
)
def test_a_line_drawn_in_the_older_language_is_a_drawing(shape: str, drawn: int) -> None:
    """Word's old shapes (VML) may be a hand's line; a frame or a watermark is none."""
    xml = f'<w:r><w:pict xmlns:v="urn:schemas-microsoft-com:vml">{shape}</w:pict></w:r>'

    assert drawn == len(_read(_paragraph(xml)).pictures)


def test_pictures_of_a_group_stand_apart() -> None:
    """Two pictures that were grouped and float over the text: each has its own place across the page."""
    names = " ".join(
        f'xmlns:{short}="http://schemas.{where}"'
        for short, where in (
            ("wp", "openxmlformats.org/drawingml/2006/wordprocessingDrawing"),
            ("a", "openxmlformats.org/drawingml/2006/main"),
            ("pic", "openxmlformats.org/drawingml/2006/picture"),
            ("wpg", "microsoft.com/office/word/2010/wordprocessingGroup"),
        )
    )
    held = "".join(
        f'<pic:pic><pic:blipFill><a:blip/></pic:blipFill><pic:spPr><a:xfrm><a:off x="{x}" y="0"/>'
        '<a:ext cx="100" cy="40"/></a:xfrm></pic:spPr></pic:pic>'
        for x in (50, 350)
    )
    group = (
        '<wpg:wgp><wpg:grpSpPr><a:xfrm><a:chOff x="50" y="0"/><a:chExt cx="400" cy="40"/></a:xfrm>'
        f"</wpg:grpSpPr>{held}</wpg:wgp>"
    )
    floating = (
        '<wp:anchor><wp:positionH relativeFrom="page"><wp:posOffset>1270000</wp:posOffset></wp:positionH>'
        f'<wp:extent cx="5080000" cy="508000"/><a:graphic>{group}</a:graphic></wp:anchor>'
    )
    pictures = _read(_paragraph(f"<w:r><w:drawing {names}>{floating}</w:drawing></w:r>")).pictures

    assert [(p.box.x0, p.box.x1) for p in pictures if p.box] == [(100.0, 200.0), (400.0, 500.0)]


def test_a_diagram_says_what_its_shapes_say() -> None:
    """An organisation drawn as SmartArt is read shape by shape, from the part that holds its words."""
    document = new_document()
    document.add_paragraph("Qui fait quoi ?")
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    dgm = "http://schemas.openxmlformats.org/drawingml/2006/diagram"
    main = "http://schemas.openxmlformats.org/drawingml/2006/main"
    shapes = "".join(
        f"<dgm:pt><dgm:t><a:p><a:r><a:t>{said}</a:t></a:r></a:p></dgm:t></dgm:pt>"
        for said in ("Direction", "Atelier")
    )
    points = f"<dgm:ptLst>{shapes}<dgm:pt/></dgm:ptLst>"
    blob = f'<dgm:dataModel xmlns:dgm="{dgm}" xmlns:a="{main}">{points}</dgm:dataModel>'
    part = Part(PackURI("/word/diagrams/data1.xml"), "application/xml", blob.encode(), document.part.package)
    relation = document.part.relate_to(part, f"{rel}/diagramData")
    document.add_paragraph()._p.append(
        parse_xml(
            f'<w:r {W} xmlns:r="{rel}"><w:drawing><dgm:relIds xmlns:dgm="{dgm}" r:dm="{relation}"/>'
            "</w:drawing></w:r>"
        )
    )

    assert [line.text for line in _saved(document).lines] == ["Qui fait quoi ?", "Direction", "Atelier"]


def _with_a_picture() -> bytes:
    """A Word file with a line of text and a picture."""
    document = new_document()
    document.add_paragraph("Fait à Bruxelles").add_run().add_picture(io.BytesIO(signature_png()), Mm(40))
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _repacked(content: bytes, name: str, change: bytes | None) -> bytes:
    """A package in which the part of this name is another, or none."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(out, "w") as package:
        for each in source.namelist():
            blob = change if each == name else source.read(each)
            if blob is not None:
                package.writestr(each, blob)
    return out.getvalue()


def test_a_lost_picture_leaves_its_place() -> None:
    """A package that lacks one of its pictures is read without it: that one stood there is still known."""
    reading = parsers.read(_repacked(_with_a_picture(), "word/media/image1.png", None))

    assert isinstance(reading, Document)
    assert reading.lines[0].text.startswith("Fait à Bruxelles")
    assert [(picture.look, picture.sha256) for picture in reading.pictures] == [(Look.LOST, None)]
    assert proof(reading.pictures[0]) is Proof.DOUBT
    assert Look.LOST in DOUBTS


@pytest.mark.parametrize("name", ["word/theme/theme1.xml", "word/styles.xml", "docProps/core.xml"])
def test_a_damaged_part_costs_no_more_than_itself(name: str) -> None:
    """One byte changed where nothing is said: the rest of the document can be read."""
    content = bytearray(_with_a_picture())
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        member = package.getinfo(name)
    content[member.header_offset + 30 + len(name) + member.compress_size // 2] ^= 0xFF
    reading = parsers.read(bytes(content))
    no_xml = parsers.read(_repacked(_with_a_picture(), name, b"<w:styles"))

    for each in (reading, no_xml):
        assert isinstance(each, Document)
        assert each.lines[0].text.startswith("Fait à Bruxelles")
        assert each.pictures[0].look is Look.HAND


def test_a_file_without_its_document_is_damaged() -> None:
    """Of a package that lacks the document itself nothing is left to be read."""
    reading = parsers.read(_repacked(_with_a_picture(), "word/document.xml", b"<w:document"))

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.CORRUPT
