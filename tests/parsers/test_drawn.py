"""What is drawn on a page of a PDF: cells, boxes, ticks, rings, crosses and strokes."""

import io
import re
from pathlib import Path

import matplotlib
import pdfplumber
import pytest
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from data.model import (
    PictureForm,
)
from parsers._printed import _drawn
from tests.parsers.conftest import read
from tests.parsers.pages import a_canvas, asking
from tests.parsers.scans import drawn


def test_a_cross_stands_with_the_option_that_it_is_near() -> None:
    """« oui X   non »: a file's spaces are not in its text, the white between its words is."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.drawString(60, 500, "oui X")
    canvas.drawString(103, 500, "non")
    canvas.save()

    assert [line.text for line in read(out.getvalue()).lines][-1] == "oui X  non"


@pytest.mark.parametrize("asked", [False, True])
def test_boxes_below_each_other_are_read_with_the_labels_beside_them(asked: bool) -> None:
    """They share their lines as a table's cells do; boxes that ask for themselves stand beside a text."""
    canvas, buffer = a_canvas()
    asking(canvas)
    for at, (label, value) in enumerate((("Nom", "Peeters"), ("Prénom", "Aïcha"), ("Genre", "F"))):
        canvas.drawString(60, 600 - 24 * at, label)
        canvas.rect(250, 592 - 24 * at, 240, 24)
        canvas.drawString(256, 600 - 24 * at, f"{value} ?" if asked else value)
    canvas.save()
    said = [line.text for line in read(buffer.getvalue()).lines][-6:]

    if asked:
        assert said == ["Nom", "Prénom", "Genre", "Peeters ?", "Aïcha ?", "F ?"]
    else:
        assert said == ["Nom", "Peeters", "Prénom", "Aïcha", "Genre", "F"]


def test_ruled_cells_are_cells() -> None:
    """Rulings make cells, with row and column; a shaded empty cell is kept as a line."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.setFillColorRGB(1, 1, 0)
    canvas.rect(160, 480, 100, 20, fill=1)
    canvas.setFillColorRGB(0, 0, 0)
    canvas.grid([60, 160, 260], [480, 500, 520])
    canvas.drawString(65, 505, "Nom")
    canvas.drawString(165, 505, "Zoé")
    canvas.save()
    cells = {(line.cell.row, line.cell.column): line for line in read(out.getvalue()).lines if line.cell}

    assert cells[0, 0].text == "Nom"
    assert cells[0, 1].text == "Zoé"
    assert cells[1, 1].cell
    assert cells[1, 1].cell.shaded


@pytest.mark.parametrize("shaded", [False, True])
def test_a_row_without_its_last_rule_is_a_row(shaded: bool) -> None:
    """A browser rules nothing where a row goes on overleaf: the columns tell how far it goes.

    Where it cuts the label's colour there, too, that edge is none of the row's.
    """
    canvas, out = a_canvas()
    asking(canvas)
    for x in (60, 160, 300):
        canvas.line(x, 520, x, 440)
    for y in (520, 490):
        canvas.line(60, y, 300, y)
    canvas.setFillGray(0.9)
    canvas.rect(60, 440, 100, 50, stroke=0, fill=int(shaded))
    canvas.setFillGray(0)
    for x, y, said in ((65, 505, "Nom"), (165, 505, "Zoé"), (65, 475, "Capital"), (165, 475, "120 parts")):
        canvas.drawString(x, y, said)
    canvas.save()

    cells = [line.cell for line in read(out.getvalue()).lines if line.text in {"Capital", "120 parts"}]

    assert [(cell.row, cell.column) for cell in cells if cell] == [(1, 0), (1, 1)]


def test_a_table_within_a_cell_has_cells_of_its_own() -> None:
    """A label that wraps in a table within a frame is not mixed with its value; the order is the page's."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.grid([55, 300], [400, 460, 540, 560])
    canvas.grid([60, 160, 300], [460, 500, 520])
    for x, y, text in (
        *((60, 545, "Votre entreprise"), (60, 525, "En bref"), (65, 505, "Nom"), (165, 505, "Zoé")),
        *(
            (65, 485, "Capital (le cas"),
            (65, 470, "échéant)"),
            (165, 485, "120 parts de"),
            (165, 470, "250 €"),
        ),
        (60, 440, "Merci"),
    ):
        canvas.drawString(x, y, text)
    canvas.save()
    found = [line.text for line in read(out.getvalue()).lines if line.cell]

    assert found == [
        *("Votre entreprise", "En bref", "Nom", "Zoé"),
        *("Capital (le cas", "échéant)", "120 parts de", "250 €", "Merci"),
    ]


def test_a_drawn_signature_is_a_vector_picture() -> None:
    """A cluster of curves is a picture; a ruled line is none."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.line(60, 300, 260, 300)
    path = canvas.beginPath()
    path.moveTo(80, 320)
    for step in range(10):
        path.curveTo(82 + 9 * step, 340, 85 + 9 * step, 305, 89 + 9 * step, 322)
    canvas.drawPath(path)
    canvas.save()
    pictures = read(out.getvalue()).pictures

    assert [picture.form for picture in pictures] == [PictureForm.VECTOR]


def test_half_a_word_may_be_struck_out() -> None:
    """Of « oui/non » the half that a line goes through is struck, and no space comes in between."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.drawString(60, 500, "Agrément : oui/non")
    left = 60 + canvas.stringWidth("Agrément : oui/")
    canvas.line(left, 503, left + canvas.stringWidth("non"), 503)
    canvas.save()
    [line] = [line for line in read(out.getvalue()).lines if "Agrément" in line.text]

    assert line.text == "Agrément : oui/non"
    assert [span.text for span in line.spans if span.strike] == ["non"]


def test_underlining_is_told_from_rules() -> None:
    """A line as long as some words underlines them; a longer one is a rule of the form."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.drawString(60, 500, "secondaire supérieur")
    canvas.line(60, 498, 60 + canvas.stringWidth("secondaire supérieur"), 498)
    canvas.drawString(60, 450, "primaire")
    canvas.line(60, 448, 400, 448)
    canvas.save()
    lines = {line.text: line for line in read(out.getvalue()).lines}

    assert all(span.underline for span in lines["secondaire supérieur"].spans)
    assert not any(span.underline for span in lines["primaire"].spans)


def test_drawn_boxes_are_ticked_and_frames_set_off() -> None:
    """A lone drawn square is a check box, ticked by strokes or a letter; a frame sets its words off."""
    canvas, out = a_canvas()
    asking(canvas)
    for left in (60, 160, 260):
        canvas.rect(left, 498, 11, 11)
    canvas.line(160, 498, 171, 509)
    canvas.drawString(262, 500, "X")
    for left, word in ((76, "peut-être"), (176, "oui"), (276, "non")):
        canvas.drawString(left, 500, word)
    canvas.drawString(60, 450, "primaire")
    canvas.rect(57, 446, 52, 15)
    canvas.save()
    lines = read(out.getvalue()).lines

    assert [span.tick for line in lines for span in line.spans if span.tick is not None] == [
        False,
        True,
        True,
    ]
    assert [span.text for line in lines for span in line.spans if span.highlight] == ["primaire"]


def test_drawn_buttons_are_ticked_and_the_bullets_of_a_list_are_not() -> None:
    """Two circles, one within the other, are the button that was chosen; those down a list choose nothing."""
    canvas, out = a_canvas()
    asking(canvas)
    for left, word in ((60, "jamais"), (160, "parfois"), (260, "toujours")):
        canvas.circle(left, 503, 4)
        canvas.drawString(left + 9, 500, word)
    canvas.circle(160, 503, 2.2, fill=1)
    for number in range(3):
        canvas.circle(60, 453 - 20 * number, 2.5)
        canvas.drawString(70, 450 - 20 * number, f"au point {number}")
    canvas.save()
    document = read(out.getvalue())

    spans = [span for line in document.lines for span in line.spans if span.tick is not None]
    assert [(span.text.strip(), span.tick) for span in spans] == [("☐", False), ("☒", True), ("☐", False)]
    assert not [p for p in document.pictures if p.box and 330 < p.box.top < 345]


def test_what_is_drawn_around_a_number_or_behind_it_sets_it_off() -> None:
    """A ring around one number of a row marks it; where all stand in discs, the darker disc does."""
    canvas, out = a_canvas()
    asking(canvas)
    for value in range(1, 11):
        canvas.drawCentredString(40 * value, 500, str(value))
        canvas.setFillGray(0.3 if value == 4 else 0.8)
        canvas.circle(40 * value, 443, 9, stroke=0, fill=1)
        canvas.setFillGray(0)
        canvas.drawCentredString(40 * value, 440, str(value))
    canvas.ellipse(270, 494, 290, 514)
    canvas.save()
    document = read(out.getvalue())

    marked = [span.text for line in document.lines for span in line.spans if span.highlight]
    assert [text.strip() for text in marked] == ["7", "4"]
    assert not document.pictures


def test_a_cross_typed_over_a_number_of_a_row_sets_it_off() -> None:
    """An annotation « X » lies over « 4 »: the number is marked, and nothing is written beside the row."""

    def draw(canvas: Canvas) -> None:
        for number in range(1, 11):
            canvas.drawString(40 + 22 * number, 300, str(number))
        canvas.freeTextAnnotation("X", "/Helv 10 Tf", (40 + 88 - 4, 296, 40 + 88 + 30, 312))

    lines = read(drawn(draw)).lines

    assert [span.text.strip() for line in lines for span in line.spans if span.highlight] == ["4"]
    assert "X" not in "".join(line.text for line in lines)


def test_a_number_larger_than_those_beside_it_stands_out() -> None:
    """« 5 6 7 8 » with a large 7: it is set off as bold letters are."""

    canvas, out = a_canvas()
    asking(canvas)
    for number in range(1, 11):
        canvas.setFont("Helvetica", 16 if number == 7 else 10)
        canvas.drawString(22 * number, 300, str(number))
    canvas.save()

    spans = [span for line in read(out.getvalue()).lines for span in line.spans]

    assert [span.text.strip() for span in spans if span.bold] == ["7"]


def test_rows_that_are_highlighted_one_below_the_other_are_no_table() -> None:
    """Colours behind words that touch each other rule no cells."""
    canvas, out = a_canvas()
    asking(canvas)
    for at, (x, said) in enumerate(((110, "Fatou"), (103, "Femme"))):
        canvas.setFillColorRGB(1, 1, 0)
        canvas.rect(x, 397 - 13 * at, canvas.stringWidth(said), 13, stroke=0, fill=1)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(60, 400 - 13 * at, ("Prénom:", "Genre:")[at])
        canvas.drawString(x, 400 - 13 * at, said)
    canvas.save()

    lines = [line for line in read(out.getvalue()).lines if line.box and line.box.top > 400]

    assert [line.text for line in lines] == ["Prénom: Fatou", "Genre: Femme"]
    assert all(line.cell is None for line in lines)


def test_of_numbers_in_frames_the_filled_one_stands_out() -> None:
    """Buttons of a web form, printed: a frame around each number of a row chooses none of them."""
    canvas, out = a_canvas()
    asking(canvas)
    for value in range(1, 11):
        canvas.setFillColorRGB(*((0, 0.66, 0.33) if value == 7 else (1, 1, 1)))
        canvas.rect(25 * value, 495, 19, 15, fill=value == 7)
        canvas.setFillColorRGB(*((1, 1, 1) if value == 7 else (0, 0, 0)))
        canvas.drawCentredString(25 * value + 9.5, 499, str(value))
    canvas.save()

    marked = [span.text for line in read(out.getvalue()).lines for span in line.spans if span.highlight]
    assert [each.strip() for each in marked] == ["7"]


def test_a_cross_drawn_over_one_of_ten_framed_numbers_sets_it_off() -> None:
    """Its lines slant, and rule no cells; what it is drawn over is the one that is meant."""
    canvas, out = a_canvas()
    asking(canvas)
    for value in range(1, 11):
        canvas.rect(40 * value, 495, 30, 16)
        canvas.drawCentredString(40 * value + 15, 499, str(value))
    canvas.lines([(324, 496, 346, 510), (324, 510, 346, 496)])
    canvas.save()
    lines = read(out.getvalue()).lines

    marked = [span.text for line in lines for span in line.spans if span.highlight]
    assert [each.strip() for each in marked] == ["8"]
    assert not any(line.cell for line in lines)


@pytest.mark.parametrize("sign", ["X", "✕"])
def test_a_box_drawn_in_a_cell_stands_before_its_option(sign: str) -> None:
    """In a ruled table, as a browser prints it: each box is read in its cell, on its row."""
    canvas, out = a_canvas()
    pdfmetrics.registerFont(
        TTFont("DejaVuSans", str(Path(matplotlib.get_data_path(), "fonts", "ttf", "DejaVuSans.ttf")))
    )
    asking(canvas)
    for x in (60, 250, 500):
        canvas.line(x, 460, x, 520)
    for y in (460, 490, 520):
        canvas.line(60, y, 500, y)
    for row, word in ((500, "Agrément"), (470, "Site")):
        canvas.drawString(64, row, word)
    for left in (254, 290):
        canvas.rect(left, 499, 9, 9)
    canvas.setFont("DejaVuSans", 9)
    canvas.drawString(291, 500, sign)
    canvas.setFont("Helvetica", 11)
    canvas.drawString(266, 500, "Oui")
    canvas.drawString(302, 500, "Non")
    canvas.save()

    told = [(line.text, line.cell and line.cell.column) for line in read(out.getvalue()).lines][5:]
    assert told == [("Agrément", 0), ("☐ Oui ☒ Non", 1), ("Site", 0)]


def test_a_line_above_the_foot_of_letters_strikes_them() -> None:
    """Some files tell too little of how deep their letters reach: a line through them seems to lie lower."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.drawString(60, 500, "oui")
    y = 500 + (0.265 - 0.207) * canvas._fontsize
    canvas.line(60, y, 60 + canvas.stringWidth("oui"), y)
    canvas.save()
    [line] = [line for line in read(out.getvalue()).lines if line.text == "oui"]

    assert (line.spans[0].strike, line.spans[0].underline) == (True, False)


def test_check_boxes_with_rounded_corners_are_ticked_by_what_is_drawn_in_them() -> None:
    """A browser prints an empty box as a white shape with a line around, a ticked one as a blue shape."""
    canvas, out = a_canvas()
    asking(canvas)
    for left, ticked in ((60, True), (120, False)):
        canvas.setFillColorRGB(*((0, 0.46, 1) if ticked else (1, 1, 1)))
        canvas.setStrokeColorRGB(0.46, 0.46, 0.46)
        canvas.roundRect(left, 498, 9.6, 9.6, 1.2, stroke=0, fill=1)
        if ticked:
            canvas.setStrokeColorRGB(1, 1, 1)
            path = canvas.beginPath()
            path.moveTo(left + 2, 503)
            path.lineTo(left + 4, 500.5)
            path.lineTo(left + 7.8, 505.5)
            canvas.drawPath(path)
        else:
            canvas.roundRect(left + 0.3, 498.3, 9, 9, 0.5)
        canvas.setFillColorRGB(0, 0, 0)
        canvas.drawString(left + 15, 499, "oui" if ticked else "non")
    canvas.save()
    said = [line.text for line in read(out.getvalue()).lines if re.search("oui|non", line.text)]

    assert " ".join(said) == "☒ oui ☐ non"


@pytest.mark.parametrize("radius", [3, 8.4])
def test_of_two_buttons_with_rounded_corners_the_filled_one_stands_out(radius: float) -> None:
    """The one that was pressed is dark; the line around the other chooses nothing, and is no scribble."""
    canvas, out = a_canvas()
    asking(canvas)
    for left, said, pressed in ((60, "oui", True), (110, "non", False)):
        canvas.setFillGray(0.2 if pressed else 1)
        canvas.roundRect(left, 495, 16 + canvas.stringWidth(said), 17, radius if pressed else 1, fill=pressed)
        canvas.setFillGray(1 if pressed else 0)
        canvas.drawString(left + 8, 500, said)
    canvas.save()
    document = read(out.getvalue())

    marked = [span.text.strip() for line in document.lines for span in line.spans if span.highlight]
    assert marked == ["oui"]
    assert not document.pictures


def test_a_cross_in_a_box_whose_corner_holds_a_number_sets_it_off() -> None:
    """The number is too small to lie under the cross, and is alone with it in its box."""
    canvas, out = a_canvas()
    asking(canvas)
    canvas.setFont("Helvetica", 6)
    for value in range(1, 11):
        canvas.rect(40 * value, 495, 24, 16)
        canvas.drawString(40 * value + 1, 505, str(value))
    canvas.lines([(325, 496, 341, 508), (325, 508, 341, 496)])
    canvas.save()
    lines = read(out.getvalue()).lines

    marked = [span.text for line in lines for span in line.spans if span.highlight]
    assert [each.strip() for each in marked] == ["8"]


def test_an_answer_printed_over_the_dots_of_its_line_is_read_without_them() -> None:
    """Each of its letters stands between two dots of the form; dots behind an answer stay leaders."""
    canvas, out = a_canvas()
    asking(canvas)
    for at, said in enumerate(("Les Ateliers du Canal", "ASBL")):
        canvas.drawString(50, 500 - 20 * at, "Nom :")
        canvas.drawString(90, 498 - 20 * at, "." * 120)
        canvas.drawString(96, 500 - 20 * at, said)
    canvas.drawString(50, 440, "Adresse : rue Haute 1 " + "." * 60)
    canvas.save()
    said = [line.text.strip() for line in read(out.getvalue()).lines]

    assert "Nom : Les Ateliers du Canal" in said
    assert "Nom : ASBL" in said
    assert any(line.startswith("Adresse : rue Haute 1 ...") for line in said)


@pytest.mark.parametrize(("written", "told"), [(1, 1), (6, 7)])
def test_a_short_stroke_is_an_answer_on_a_page_that_is_filled_in_by_pen(written: int, told: int) -> None:
    """« / » and « 0 » are as small as bullets, of which others draw as many."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for at in range(written):
        path = canvas.beginPath()
        path.moveTo(100, 700 - 40 * at)
        path.curveTo(110, 712 - 40 * at, 120, 690 - 40 * at, 130, 705 - 40 * at)
        canvas.drawPath(path)
    canvas.line(300, 700, 303, 709)
    canvas.save()
    with pdfplumber.open(io.BytesIO(out.getvalue())) as pdf:
        assert len(list(_drawn.scribbles(pdf.pages[0]))) == told
