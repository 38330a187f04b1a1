"""How many letters a row holds, of a file that does not write its rows down."""

import io
import shutil

import pytest
from docx import Document as new_document
from docx.oxml.ns import qn
from docx.shared import Cm, Pt
from hypothesis import given
from hypothesis import strategies as st

from parsers._measure import letters
from tests.parsers.accuracy import convert
from tests.parsers.conftest import read
from tests.parsers.test_odt import an_odt

PROSE = (
    "Notre coopérative accompagne depuis plusieurs années des habitants du quartier dans la création "
    "d'activités économiques locales et durables, avec un réseau de partenaires publics et privés qui "
    "partagent les mêmes valeurs de solidarité. "
) * 4


def a_word_file(columns: int = 1) -> bytes:
    """The same prose on the page and, of one column, with an indent, in a narrow cell, in large letters."""
    document = new_document()
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Cm(21), Cm(2), Cm(3)
    if columns > 1:
        section._sectPr.find(qn("w:cols")).set(qn("w:num"), str(columns))
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Liberation Sans", Pt(10)
    document.add_paragraph(PROSE)
    if columns == 1:
        document.add_paragraph(PROSE).paragraph_format.left_indent = Cm(6)
        table = document.add_table(1, 2)
        for cell, width in zip(table.rows[0].cells, (Cm(12), Cm(4)), strict=True):
            cell.width = width
        for column, width in zip(table.columns, (Cm(12), Cm(4)), strict=True):
            column.width = width
        table.cell(0, 1).text = PROSE
        document.add_paragraph().add_run(PROSE).font.size = Pt(16)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _measures(content: bytes) -> list[int]:
    """Of each paragraph of prose."""
    said = [line for line in read(content).lines if line.text.startswith(PROSE[:10])]
    return [line.measure for line in said if line.measure]


def _rows(content: bytes) -> int:
    """That the prose takes, by the measures of its columns."""
    return sum(-(-len(PROSE) // measure) for measure in _measures(content))


@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("columns", [1, 2])
def test_rows_are_counted_as_libreoffice_sets_them(columns: int) -> None:
    """Within a tenth, of a Word file and of the same as an OpenDocument file."""
    content = a_word_file(columns)
    printed = len(read(convert(content, "pdf")).lines)

    assert _rows(content) == pytest.approx(printed, rel=0.1)
    assert _rows(convert(content, "odt")) == pytest.approx(printed, rel=0.1)


def test_the_column_tells_the_measure() -> None:
    """Fewer letters with an indent, in a column of two, in a narrow cell; and fewer large ones."""
    page, indented, cell, large = _measures(a_word_file())
    [half] = _measures(a_word_file(columns=2))

    assert page > indented > half > cell
    assert page / large == pytest.approx(1.6, rel=0.1)


def test_an_opendocument_file_without_pages_is_of_the_usual_size() -> None:
    """A4, and letters of eleven points; in a frame, the frame's width."""
    box = "<draw:text-box><text:p>dans un cadre</text:p></draw:text-box>"
    frame = f'<draw:frame svg:width="5cm">{box}</draw:frame>'
    free, framed = read(an_odt(f"<text:p>libre</text:p><text:p>{frame}</text:p>")).lines

    assert (free.measure, framed.measure) == (101, 27)


@given(st.floats(20, 2000), st.floats(1, 40), st.sampled_from(["Arial", "calibri", "Comic Sans MS", ""]))
def test_a_wider_column_never_holds_less(width: float, size: float, font: str) -> None:
    """At least one letter; no fewer where the column is wider, no more where the letters are larger."""
    here = letters(width, size, font)
    wider, larger = letters(width + 10, size, font), letters(width, size + 1, font)

    assert 1 <= (larger or 0) <= (here or 0) <= (wider or 0)


def test_a_column_of_no_width_says_nothing() -> None:
    """What adapts itself to its text is written with a width of nothing."""
    assert letters(0, 11, "Arial") is None


@pytest.mark.parametrize(("width", "kind"), [("1250", "pct"), ("25%", "pct"), ("2268", "dxa")])
def test_a_cell_may_say_its_width_as_a_share_of_the_text(width: str, kind: str) -> None:
    """In fiftieths of a per cent, in per cent, in twentieths of a point: a quarter, four centimetres."""
    document = new_document()
    section = document.sections[0]
    section.page_width, section.left_margin, section.right_margin = Cm(21), Cm(2.5), Cm(2.5)
    cell = document.add_table(1, 2).cell(0, 0)
    cell.text = PROSE
    said = cell._tc.get_or_add_tcPr().get_or_add_tcW()
    said.set(qn("w:w"), width)
    said.set(qn("w:type"), kind)
    out = io.BytesIO()
    document.save(out)

    assert _measures(out.getvalue()) == [20]
