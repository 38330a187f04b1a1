"""What stands where one signs."""

import io
from dataclasses import replace

import pdfplumber
import pytest
from reportlab.pdfgen.canvas import Canvas

from data.edition import Edition
from data.model import (
    Box,
    Cell,
    Document,
    FileKind,
    Line,
    Look,
    Origin,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Place,
    Signature,
    SignatureHow,
    SignatureState,
    Span,
)
from parsers._answered import _form
from parsers._printed import _drawn
from parsers._signed import _signatures
from parsers._stream import stream
from tests.parsers.signing import (
    COLUMNS,
    MISSING,
    NEXT,
    ROWS,
    SIGNED,
    SIGNING,
    UNCLEAR,
    a_block,
    a_hand,
    a_page,
    a_picture,
    a_scan,
    a_table,
    states_of,
)


def test_a_typed_name_is_no_signature(edition: Edition) -> None:
    """A name typed where one signs is missing, and told as such."""
    document = a_block(edition, *ROWS, "Signature : Aïcha Lambert\tSignature :")
    found = _form.read(document, "f.docx", edition).signatures

    assert found["contact"].state is MISSING
    assert found["contact"].typed_name
    assert not found["administrator"].typed_name


def test_the_name_of_the_house_is_nobodys_signature(edition: Edition) -> None:
    """« pour l'ASBL La Remise » where one signs is no person's name."""
    document = a_block(edition, *ROWS, "Signature : Pour l'ASBL La Remise\tSignature :")
    found = _form.read(document, "f.docx", edition).signatures

    assert (found["contact"].state, found["contact"].typed_name) == (MISSING, False)


@pytest.mark.parametrize("written", ["lu et approuvé", "X", "à venir"])
def test_words_in_the_place_are_no_signature(written: str, edition: Edition) -> None:
    """« lu et approuvé », an X or « à venir » sign nothing."""
    document = a_block(edition, *ROWS, f"Signature : {written}\tSignature :")
    found = _form.read(document, "f.docx", edition).signatures["contact"]

    assert found.state is MISSING
    assert not found.typed_name


def test_a_logo_is_no_signature(edition: Edition) -> None:
    """A picture outside the block signs nothing."""
    document = a_block(edition, *ROWS, "Signature\tSignature", logo=True)
    found = _form.read(document, "f.docx", edition).signatures

    assert {s.state for s in found.values()} == {MISSING}


def test_a_pen_over_a_stamp_is_no_logo(edition: Edition) -> None:
    """A picture that stands twice on one page is a pen and a stamp; a logo stands on several pages."""
    pen = a_picture(80, 155, 200, 200, PictureForm.RASTER, Look.HAND)
    stamp = a_picture(80, 155, 205, 220, PictureForm.RASTER, Look.STAMP)

    found = _form.read(a_page(*COLUMNS, pictures=(stamp, pen)), "f.pdf", edition).signatures

    assert (found["contact"].state, found["administrator"].state) == (SIGNED, MISSING)


@pytest.mark.parametrize(
    ("x1", "stroke", "of_stamp", "state"),
    [
        (190, 40.0, 320.0, UNCLEAR),
        (190, 400.0, 150.0, SIGNED),
        (196, 400.0, 150.0, UNCLEAR),
        (196, 400.0, 250.0, SIGNED),
    ],
    ids=["a few lines", "a whole signature", "a side of the frame, with words", "as wide as a worn frame"],
)
def test_the_rest_of_a_stamp_is_no_signature(
    x1: float, stroke: float, of_stamp: float, state: SignatureState, edition: Edition
) -> None:
    """A stamp whose words were read falls into pieces: one, right above it, may look like a hand's."""
    stamp = replace(a_picture(80, 170, 200, 215, PictureForm.INK, Look.STAMP), stroke_pt=of_stamp)
    rest = replace(a_picture(85, 155, x1, 168, PictureForm.INK, Look.HAND), stroke_pt=stroke)
    found = _form.read(a_page(*COLUMNS, pictures=(stamp, rest)), "f.pdf", edition).signatures

    assert found["contact"].state is state


@pytest.mark.parametrize(
    ("said", "flourish", "state"),
    [("", 80.0, SIGNED), ("", 30.0, UNCLEAR), ("Maes", 80.0, UNCLEAR)],
    ids=["a loop and a stroke", "a ring and a dash", "around a word"],
)
def test_a_loop_with_a_stroke_below_it_signs(
    said: str, flourish: float, state: SignatureState, edition: Edition
) -> None:
    """A ring alone may be a sign for whoever has to sign."""
    ring = replace(a_picture(80, 165, 140, 182, PictureForm.INK, Look.RING), stroke_pt=100.0)
    below = replace(a_picture(90, 188, 150, 196, PictureForm.INK, Look.MARK), stroke_pt=flourish)
    words = [(said, 98.0, 168.0)] if said else []
    found = _form.read(a_page(*COLUMNS, *words, pictures=(ring, below)), "f.pdf", edition).signatures

    assert found["contact"].state is state


@pytest.mark.parametrize(
    ("high", "stroke", "state"), [(10, 92.0, UNCLEAR), (18, 92.0, SIGNED), (10, 160.0, SIGNED)],
    ids=["a row", "initials", "a low signature"],
)  # fmt: skip
def test_rows_of_a_stamp_without_a_frame_sign_for_nobody(
    high: float, stroke: float, state: SignatureState, edition: Edition
) -> None:
    """Three coloured rows, each seen by itself: the middle one looks like a hand's."""
    first = replace(a_picture(70, 160, 176, 176, PictureForm.INK, Look.WRITING), stroke_pt=172.0)
    middle = replace(a_picture(93, 180, 150, 180 + high, PictureForm.INK, Look.HAND), stroke_pt=stroke)
    found = _form.read(a_page(*COLUMNS, pictures=(first, middle)), "f.pdf", edition).signatures

    assert found["contact"].state is state


def test_a_signature_over_a_stamp_in_two_halves_signs(edition: Edition) -> None:
    """A worn frame falls into an upper and a lower half: neither lacks the side that the other has."""
    halves = [
        replace(a_picture(80, top, 200, top + 36, PictureForm.INK, Look.STAMP), stroke_pt=165.0)
        for top in (206.0, 244.0)
    ]
    pen = replace(a_picture(85, 155, 198, 200, PictureForm.INK, Look.HAND), stroke_pt=340.0)

    alone = _form.read(a_page(*COLUMNS, pictures=(pen, halves[0])), "f.pdf", edition).signatures
    found = _form.read(a_page(*COLUMNS, pictures=(pen, *halves)), "f.pdf", edition).signatures

    assert alone["contact"].state is UNCLEAR
    assert found["contact"].state is SIGNED


def test_a_pasted_signature_that_went_astray_leaves_a_doubt(edition: Edition) -> None:
    """In columns, what was pasted behind the last label may stand on top of the next column."""
    pen = a_picture(400, 20, 500, 50, PictureForm.RASTER, Look.HAND)

    found = _form.read(a_page(*COLUMNS, pictures=(pen,)), "f.pdf", edition).signatures

    assert {signature.state for signature in found.values()} == {UNCLEAR}


@pytest.mark.parametrize(("height", "state"), [(20.0, SignatureState.UNCLEAR), (46.0, SignatureState.SIGNED)])
def test_ink_that_reads_as_the_name_may_be_typed(height: float, state: SignatureState) -> None:
    """Letters like a hand's are ink, and are read as the name; a pen over a typed name goes beyond it."""
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    name = Line((Span("Jeanne Dupont"),), 1, Box(60, 700, 160, 720), confidence=0.9)
    text = stream(Document(FileKind.PDF, (page,), (name,)), "scan.pdf")
    ink = Place("scan.pdf", 1, Box(58, 720 - height, 162, 720))
    signed = Signature("contact", SignatureState.SIGNED, SignatureHow.INK, None, ink, 0.97)

    assert _signatures._spelled(text, signed, {"contact": ["Dupont, Jeanne"]}).state is state
    assert _signatures._spelled(text, signed, {"contact": ["Karim Kabongo"]}) == signed
    blue = Picture(PictureForm.INK, 1, 0, ink.box, look=Look.HAND, penned=True)
    penned = stream(replace(text.document, pictures=(blue,)), "scan.pdf")
    assert _signatures._spelled(penned, signed, {"contact": ["Dupont, Jeanne"]}) == signed


def test_two_signatures_at_one_place_leave_the_other_in_doubt(edition: Edition) -> None:
    """A line too short for two pictures puts the second one under the first: nobody is said to have none."""
    lines = (*((words, 1, x0, 400 + top) for words, x0, top in COLUMNS[:-1]), (NEXT, 1, 60.0, 800.0))
    one, two = a_hand(70, 560), a_hand(70, 620)

    assert states_of(a_scan(*lines, pictures=[one]), edition) == (SIGNED, MISSING)
    assert states_of(a_scan(*lines, pictures=[one, two]), edition) == (SIGNED, UNCLEAR)
    in_pieces = [replace(a_hand(x0, 620, width=50), stroke_pt=stroke) for x0, stroke in ((70, 90), (125, 70))]
    assert states_of(a_scan(*lines, pictures=[one, *in_pieces]), edition) == (SIGNED, UNCLEAR)
    assert states_of(a_scan(*lines, pictures=[one, in_pieces[0]]), edition) == (SIGNED, MISSING)


def test_a_signature_at_the_corner_where_a_logo_stood_is_one(edition: Edition) -> None:
    """What stands in one place on several pages is a running logo, if it is as large there."""
    lines = (*((words, 2, x0, 400 + top) for words, x0, top in COLUMNS[:-1]), (NEXT, 2, 60.0, 800.0))
    pen = a_hand(70, 560, page=2)
    logo = replace(a_hand(70, 560, width=140), form=PictureForm.RASTER, look=Look.PRINT)

    document = a_scan(("COOPCITY", 1, 60.0, 60.0), *lines, pictures=[logo, pen])

    assert states_of(document, edition) == (SIGNED, MISSING)


def test_one_picture_across_both_places_leaves_the_other_in_doubt(edition: Edition) -> None:
    """A strip that holds both signatures is one picture: the second person's may be in it."""
    document = replace(a_block(edition, *ROWS, "Signature\tSignature"), pictures=())
    picture = Picture(PictureForm.RASTER, 1, len(document.lines) - 1, None, None, 430.0, 60.0, look=Look.HAND)
    narrow = replace(picture, width_pt=120.0)

    assert states_of(replace(document, pictures=(picture,)), edition) == (SIGNED, UNCLEAR)
    assert states_of(replace(document, pictures=(narrow,)), edition) == (SIGNED, MISSING)


@pytest.mark.parametrize(("x0", "first"), [(80.0, UNCLEAR), (310.0, MISSING)], ids=["tied", "one's own"])
def test_signatures_that_a_skewed_rule_ties_together_leave_nobody_missing(
    x0: float, first: SignatureState, edition: Edition
) -> None:
    """On a photo a table's rule runs through both: one piece of ink across both places, in one's cell."""
    cells = [Cell(0, row, column) for row in range(2) for column in range(2)]
    words = ("Nom, prénom : Maes, Sophie", "Nom, prénom : Quinet, Thérèse", "Signature :", "Signature :")
    said = [Line((Span(SIGNING[0]),), 1, Box(60, 500, 300, 511))]
    for cell, asked in zip(cells, words, strict=True):
        left, top = 60.0 + 240 * cell.column, 520.0 + 20 * cell.row
        said.append(Line((Span(asked),), 1, Box(left, top, left + 4 * len(asked), top + 11), cell=cell))
    ink = Picture(
        PictureForm.INK,
        1,
        4,
        Box(x0, 554, 420, 590),
        cells[3],
        420 - x0,
        36.0,
        stroke_pt=600.0,
        look=Look.HAND,
    )
    page = Page(1, PageSource.OCR, 595, 842, confidence=0.95)

    assert states_of(Document(FileKind.PDF, (page,), tuple(said), (ink,)), edition)[0] is first


@pytest.mark.parametrize(("top", "state"), [(20.0, MISSING), (560.0, UNCLEAR)])
def test_a_picture_that_hangs_from_a_running_head_may_sign(
    top: float, state: SignatureState, edition: Edition
) -> None:
    """Word anchors a picture in the head though it stands over the text; a logo stays at the top."""
    document = a_block(edition, *ROWS, "Signature\tSignature")
    at = Box(60.0, top, 160.0, top)
    picture = Picture(PictureForm.RASTER, 1, 99, at, None, 100.0, 40.0, "1", Origin.MARGIN, look=Look.HAND)
    found = _form.read(replace(document, pictures=(picture,)), "f.docx", edition).signatures

    assert found["contact"].state is state


def test_a_pasted_signature_without_a_place_is_for_a_person(edition: Edition) -> None:
    """Of a form in which no place to sign was found, a hand's lines in a picture may be a signature."""
    document = replace(a_block(edition), pictures=())
    pasted = Picture(PictureForm.RASTER, 1, 0, None, None, 100.0, 40.0, "1", look=Look.HAND)
    printed = replace(pasted, look=Look.PRINT)

    def states(picture: Picture) -> set[SignatureState]:
        found = _form.read(replace(document, pictures=(picture,)), "f.docx", edition).signatures
        return {signature.state for signature in found.values()}

    assert (states(pasted), states(printed)) == ({UNCLEAR}, {MISSING})


def test_ink_across_two_places_one_below_the_other_leaves_nobody_missing(edition: Edition) -> None:
    """The tail of the first signature runs into the second: one piece of ink, in which both may be."""
    lines = [(SIGNING[0], 1, 60.0, 500.0)]
    for name, top in (("Maes, Sophie", 540.0), ("Quinet, Thérèse", 600.0)):
        lines += [(f"Nom, prénom : {name}", 1, 60.0, top), ("Signature :", 1, 60.0, top + 14)]
    ink = a_hand(130.0, 545.0)
    tied = replace(ink, box=Box(130.0, 545.0, 250.0, 640.0))

    assert states_of(a_scan(*lines, pictures=(ink,)), edition) == (SIGNED, MISSING)
    assert set(states_of(a_scan(*lines, pictures=(tied,)), edition)) == {SIGNED, UNCLEAR}


def test_a_dashed_border_is_no_drawing() -> None:
    """A browser draws each dash as a small rectangle; a line of a pen that is as short slants."""
    out = io.BytesIO()
    canvas = Canvas(out)

    def fill(x: float, y: float, *steps: tuple[float, float]) -> None:
        path = canvas.beginPath()
        path.moveTo(x, y)
        for across, up in steps:
            path.lineTo(x + across, y + up)
        canvas.drawPath(path, stroke=0, fill=1)

    for x in range(100, 300, 4):
        fill(x, 500, (2, 0), (2, 0.8), (0, 0.8))
        fill(x, 600, (2, 0), (2, 0.8), (0, 0.8))
    for y in range(500, 600, 4):
        fill(100, y, (0.8, 0), (0.8, 2), (0, 2))
    for step in range(20):
        fill(320 + 2 * step, 500 + step, (2, 1), (2, 1.8), (0, 0.8))
    canvas.save()
    with pdfplumber.open(io.BytesIO(out.getvalue())) as pdf:
        (box,) = _drawn.scribbles(pdf.pages[0])

    assert box.x0 == pytest.approx(320)


def test_a_name_typed_under_a_heading_beside_one_label_for_both_is_seen(edition: Edition) -> None:
    """« Signature » stands once, at the head of its row; in the second person's column a name is typed."""
    said = (
        ("", "Personne de contact", "Administratrice"),
        ("Nom, prénom", "Maes Sophie", "Quinet Thérèse"),
        ("Fonction", "Directrice", "Présidente"),
        ("Signature", "", "Thérèse Quinet"),
    )
    document = a_table(*said)
    signatures = _form.read(document, "f.docx", edition).signatures

    assert (signatures["contact"].typed_name, signatures["administrator"].typed_name) == (False, True)


@pytest.mark.parametrize(
    ("coloured", "stroke", "height", "state"),
    [
        (True, 300.0, 22.0, SIGNED),
        (False, 300.0, 22.0, UNCLEAR),  # perhaps cursive type
        (True, 150.0, 22.0, UNCLEAR),  # « à venir »
        (True, 300.0, 40.0, UNCLEAR),  # two rows, as of a stamp
    ],
)
def test_a_name_written_in_the_colour_of_a_pen_signs(
    coloured: bool, stroke: float, height: float, state: SignatureState, edition: Edition
) -> None:
    """Many people sign legibly: a row of letters, as long as a name, that no printer printed."""
    ink = a_picture(80, 160, 190, 160 + height, PictureForm.INK, Look.WRITING)
    name = replace(ink, penned=coloured, stroke_pt=stroke)

    assert states_of(a_page(*COLUMNS, pictures=(name,)), edition) == (state, MISSING)


@pytest.mark.parametrize(("pieces", "state"), [(3, UNCLEAR), (2, MISSING)])
def test_a_pale_signature_in_pieces_is_not_called_missing(
    pieces: int, state: SignatureState, edition: Edition
) -> None:
    """Of thin pale lines a scan leaves a few short strokes, each too short for a mark."""
    bits = [
        replace(a_picture(x, top, x + 20, top + 6, PictureForm.INK, Look.MARK), stroke_pt=24.0, after=7)
        for x, top in ((88, 160), (62, 176), (98, 178))
    ]

    assert states_of(a_page(*COLUMNS, pictures=tuple(bits[:pieces])), edition) == (state, MISSING)


def test_a_name_typed_where_a_picture_would_sign_is_seen(edition: Edition) -> None:
    """« Signature … » heads the column, names and functions stand below it, and the room to sign last."""
    document = a_table(
        ("Signature de la personne de contact", "Signature d’un administrateur"),
        ("Nom, prénom : Maes Sophie", "Nom, prénom : Quinet Thérèse"),
        ("Fonction : Directrice", "Fonction : Présidente"),
        ("", "Thérèse Quinet"),
    )
    signatures = _form.read(document, "f.docx", edition).signatures

    assert (signatures["contact"].typed_name, signatures["administrator"].typed_name) == (False, True)


@pytest.mark.parametrize(("strokes", "state"), [(3, SIGNED), (1, MISSING)])
def test_each_stroke_of_a_signature_may_be_a_shape(
    strokes: int, state: SignatureState, edition: Edition
) -> None:
    """Word makes a small drawing of each; one alone is a slip."""
    document = replace(a_block(edition, *ROWS, "Signature\tSignature"), pictures=())
    drawn = [
        Picture(PictureForm.VECTOR, 1, len(document.lines) - 1, Box(x, 0, x + 12, 0), None, 12.0, 16.0)
        for x in (70.0, 86.0, 98.0)
    ]

    assert states_of(replace(document, pictures=tuple(drawn[:strokes])), edition)[0] is state
