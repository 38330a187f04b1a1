"""What is laid over the page of a PDF: fields, notes, stamps, ticks and marks of its readers."""

import io
import re

import pytest
from reportlab.pdfgen.canvas import Canvas

from data.model import (
    Look,
    Origin,
)
from tests.parsers.conftest import read
from tests.parsers.scans import drawn


def _stamped(shown: bytes) -> bytes:
    """A page with a stamp annotation that shows this."""
    from pyhanko.pdf_utils import generic as made
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    def name(text: str) -> made.NameObject:
        return made.pdf_name(text)

    page = IncrementalPdfFileWriter(
        io.BytesIO(drawn(lambda canvas: canvas.drawString(40, 380, "Signature :")))
    )
    sides = [made.NumberObject(side) for side in (60, 300, 180, 360)]
    box = made.ArrayObject([made.NumberObject(side) for side in (0, 0, 120, 60)])
    letters = {
        name("/Type"): name("/Font"),
        name("/Subtype"): name("/Type1"),
        name("/BaseFont"): name("/Helvetica"),
    }
    fonts = made.DictionaryObject({name("/F1"): made.DictionaryObject(letters)})
    form = {name("/Subtype"): name("/Form"), name("/BBox"): box,
            name("/Resources"): made.DictionaryObject({name("/Font"): fonts})}  # fmt: skip
    appearance = page.add_object(made.StreamObject(form, stream_data=shown))
    stamp = made.DictionaryObject({
        name("/Type"): name("/Annot"), name("/Subtype"): name("/Stamp"), name("/F"): made.NumberObject(4),
        name("/Rect"): made.ArrayObject(sides),
        name("/AP"): made.DictionaryObject({name("/N"): appearance}),
    })  # fmt: skip
    sheet = page.root["/Pages"]["/Kids"][0]
    sheet["/Annots"] = made.ArrayObject([page.add_object(stamp)])
    page.update_container(sheet)
    out = io.BytesIO()
    page.write(out)
    return out.getvalue()


APPROVED = b"2 w 2 2 116 56 re S BT /F1 20 Tf 8 22 Td (APPROUVE) Tj ET"


SCRAWL = (
    b"1.2 w 5 20 m " + b" ".join(b"%d %d l" % (8 + 6 * at, 8 + 40 * (at % 2)) for at in range(18)) + b" S"
)


@pytest.mark.parametrize(("shown", "look"), [(APPROVED, Look.STAMP), (SCRAWL, Look.HAND)])
def test_a_stamp_with_type_is_a_stamp_and_one_with_a_pens_lines_a_signature(shown: bytes, look: Look) -> None:
    """« APPROUVÉ » in a frame signs nothing; people also keep their signature as a stamp."""
    assert [picture.look for picture in read(_stamped(shown)).pictures] == [look]


def _annotated(annotations: str, *rows: str) -> bytes:
    """A page with rows of type and annotations as raw PDF."""

    def draw(canvas: Canvas) -> None:
        for at, row in enumerate(rows):
            canvas.drawString(40, 300 - 30 * at, row)
        canvas.freeTextAnnotation("MARK", "/Helv 10 Tf", (40, 20, 60, 32))

    content = drawn(draw)
    objects = re.search(rb"/Annots \[ (\d+) 0 R \]", content)
    assert objects
    old = re.search(rb"(?<=\n)" + objects[1] + rb" 0 obj\n<<.*?>>\nendobj", content, re.DOTALL)
    assert old
    return content.replace(old[0], objects[1] + b" 0 obj\n" + annotations.encode("latin-1") + b"\nendobj")


def _free_text(box: str, said: str, font: str = "Helv") -> str:
    return f"<< /Type /Annot /Subtype /FreeText /Rect [{box}] /DA (0 g /{font} 10 Tf) {said} >>"


def test_annotations_may_point_at_each_other_or_lie_nowhere() -> None:
    """Signing a file several times ties its fields in circles; no viewer minds, and nothing is damaged."""
    tied = _free_text("80 296 160 310", "/Contents (Bruxelles) /Lock << /Next 99 0 R >>")
    content = _annotated(tied + "\nendobj\n99 0 obj\n<< /Back << /Next 99 0 R >> >>", "Siège :")
    nowhere = _annotated("<< /Type /Annot /Subtype /Link >>", "Siège :")

    assert [line.text for line in read(content).lines[:2]] == ["Siège :", "Bruxelles"]
    assert [line.text for line in read(nowhere).lines] == ["Siège :"]


def test_what_is_typed_over_a_line_to_write_on_stands_behind_its_label() -> None:
    """The dots on which an annotation lies part nothing from its label; other dots stay."""
    typed = _free_text("80 296 160 310", "/Contents (Bruxelles)")
    lines = [
        line.text for line in read(_annotated(typed, "Siège : " + "." * 60, "Ville : " + "." * 60)).lines
    ]

    assert lines[:2] == ["Siège :", "Bruxelles"]
    assert lines[2].startswith("Ville : ....")


def test_an_annotation_that_keeps_only_its_rich_text_says_it() -> None:
    """Some programs write what was typed with its looks alone."""
    rich = "<body><p><span>L&amp;amp;Co</span></p><p>deux lignes</p></body>".replace("&amp;amp;", "&amp;")
    typed = _free_text("80 270 160 310", f"/RC ({rich})")

    said = [line.text for line in read(_annotated(typed, "Nom :")).lines if line.origin is Origin.FIELD]

    assert said == ["L&Co", "deux lignes"]


@pytest.mark.parametrize(("sign", "strikes"), [("4", False), ("8", True)])
def test_a_tick_of_a_pdf_reader_over_a_word_sets_it_off(sign: str, strikes: bool) -> None:
    """« Remplir et signer » sets a « ✔ » as the « 4 » of its font; a cross over one of two may strike it."""
    tick = _free_text("44 296 54 310", f"/Contents ({sign})", "ZaDb")
    spans = [span for line in read(_annotated(tick, "oui / non")).lines for span in line.spans]

    assert [(span.text.strip(), span.strike) for span in spans if span.highlight] == [("oui", strikes)]
    assert sign not in "".join(span.text for span in spans)


def test_a_list_says_what_it_shows_and_not_what_it_keeps() -> None:
    """A field may keep « k4 » for « supérieur de type court »."""
    field = (
        "<< /Type /Annot /Subtype /Widget /FT /Ch /T (niveau) /Rect [80 290 200 310] /V (k2)"
        " /Opt [[(k1) (primaire)] [(k2) (secondaire)]] >>"
    )

    said = [line.text for line in read(_annotated(field, "Niveau :")).lines if line.origin is Origin.FIELD]

    assert said == ["secondaire"]


@pytest.mark.parametrize(
    ("mark", "looks"),
    [
        ("/Subtype /Highlight /QuadPoints [64 310 82 310 64 296 82 296]", ("non", False)),
        ("/Subtype /Circle", ("non", False)),
        ("/Subtype /StrikeOut /QuadPoints [64 310 82 310 64 296 82 296]", ("non", True)),
        ("/Subtype /Line /L [64 303 82 303]", ("non", True)),
    ],
)
def test_marks_of_a_pdf_reader_set_off_or_strike_the_words_below(mark: str, looks: tuple[str, bool]) -> None:
    """Who highlights, rings or strikes out an option in a PDF reader writes no letter."""
    content = _annotated(f"<< /Type /Annot /Rect [64 296 82 310] {mark} >>", "oui / non")

    spans = [span for line in read(content).lines for span in line.spans]

    assert [(s.text.strip(), s.strike) for s in spans if s.highlight or s.strike] == [looks]


def test_a_box_larger_than_what_was_typed_into_it_stands_beside_one_label() -> None:
    """People draw the box of an annotation over two rows, and type one line into it."""
    typed = _free_text("90 262 200 314", "/Contents (Bruxelles)")

    lines = [line.text for line in read(_annotated(typed, "Siège :", "Ville :")).lines]

    assert lines == ["Siège :", "Bruxelles", "Ville :"]
