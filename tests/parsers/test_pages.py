"""Pages put together: a table that goes on overleaf, and what begins there anew."""

from dataclasses import replace

import pytest

from data.model import Box, Cell, Line, Origin, Span, Table
from parsers._printed._layout import PageReading
from parsers._printed._pages import put_together


def _row(page: int, row: int, top: float, *texts: str) -> list[Line]:
    return [
        Line((Span(text),), page, Box(60.0 + 240 * at, top, 260.0 + 240 * at, top + 11), Cell(page, row, at))
        for at, text in enumerate(texts)
    ]


def test_a_row_with_a_label_of_its_own_is_another_row() -> None:
    """An address begins with a small letter: beside a label of its own it goes on with nothing."""
    tables = [Table(page, (50.0, 290.0, 540.0), 2) for page in (1, 2)]
    first = _row(1, 0, 700, "Genre", "F") + _row(1, 1, 740, "Téléphone", "0460 00 10 08")
    second = _row(2, 0, 72, "E-mail", "bonjour@remise.example") + _row(2, 1, 92, "Site", "remise.example")

    lines, _ = put_together([
        PageReading(1, 842, first, [], tables[:1]),
        PageReading(2, 842, second, [], tables[1:]),
    ])  # fmt: skip

    assert [line.text for line in lines if line.cell and line.cell.row == 1] == ["Téléphone", "0460 00 10 08"]
    assert [line.text for line in lines if line.cell and line.cell.row == 2] == [
        "E-mail",
        "bonjour@remise.example",
    ]


def test_a_row_that_was_cut_goes_on() -> None:
    """A sentence that goes on overleaf stays in its cell, where nothing stands beside it."""
    tables = [Table(page, (50.0, 290.0, 540.0), 2) for page in (1, 2)]
    first = _row(1, 0, 700, "1. Une question ?", "Dit.") + _row(1, 1, 740, "2. Une autre ?", "Une phrase qui")
    second = [
        Line((Span("continue ici."),), 2, Box(300, 72, 500, 83), Cell(2, 0, 1)),
        *_row(2, 1, 92, "3. La dernière ?", "Oui."),
    ]

    lines, _ = put_together([
        PageReading(1, 842, first, [], tables[:1]),
        PageReading(2, 842, second, [], tables[1:]),
    ])  # fmt: skip

    assert [line.text for line in lines if line.cell and line.cell == Cell(1, 1, 1)] == [
        "Une phrase qui",
        "continue ici.",
    ]


def test_a_paragraph_beside_the_rest_of_a_shaded_label_goes_on_in_its_row() -> None:
    """The colour of the label's cell goes on overleaf, and nothing is written in it."""
    tables = [Table(page, (50.0, 290.0, 540.0), 2) for page in (1, 2)]
    first = _row(1, 0, 700, "1. Une question ?", "Dit.") + _row(1, 1, 740, "2. Une autre ?", "Une phrase.")
    second = [
        Line((), 2, Box(50, 60, 290, 90), Cell(2, 0, 0, shaded=True)),
        Line((Span("Un autre paragraphe."),), 2, Box(300, 72, 500, 83), Cell(2, 0, 1)),
        *_row(2, 1, 92, "3. La dernière ?", "Oui."),
    ]

    lines, _ = put_together([
        PageReading(1, 842, first, [], tables[:1]),
        PageReading(2, 842, second, [], tables[1:]),
    ])  # fmt: skip

    assert [line.text for line in lines if line.cell and line.cell == Cell(1, 1, 1)] == [
        "Une phrase.",
        "Un autre paragraphe.",
    ]


def test_a_row_that_was_cut_stays_whole_when_its_pages_are_taken_apart() -> None:
    """Pages are put together once more when scans are added: a cross stays behind its whole statement."""
    statement = [
        Line((Span(text),), page, None, Cell(1, 2, 0)) for page, text in ((1, "Nous dis"), (2, "posons"))
    ]
    cross = Line((Span("✗"),), 1, None, Cell(1, 2, 10))

    lines, _ = put_together([
        PageReading(1, 842, [statement[0], cross]),
        PageReading(2, 842, [statement[1]]),
    ])  # fmt: skip

    assert [line.text for line in lines] == ["Nous dis", "posons", "✗"]


def test_pages_that_count_their_tables_anew_are_not_mixed() -> None:
    """Of photographed pages each has a first table: what stands in one belongs in no row of another."""
    first = _row(1, 0, 100, "Nom", "La Remise") + _row(1, 1, 120, "Adresse", "Rue Neuve")
    second = [replace(line, cell=replace(line.cell, table=1)) for line in _row(2, 0, 100, "Capital", "Aucun")
              if line.cell]  # fmt: skip

    lines, _ = put_together([PageReading(1, 842, first), PageReading(2, 842, second)])

    assert [line.text for line in lines] == ["Nom", "La Remise", "Adresse", "Rue Neuve", "Capital", "Aucun"]


def test_alike_lines_at_two_heights_are_no_running_head() -> None:
    """« E.4 : 7 » at the foot of one page and « E.5 : 8 » on top of the next are answers."""
    foot = Line((Span("E.4 : 7"),), 1, Box(60, 800, 120, 811))
    top = Line((Span("E.5 : 8"),), 2, Box(60, 40, 120, 51))

    lines, _ = put_together([PageReading(1, 842, [foot]), PageReading(2, 842, [top])])

    assert {line.origin for line in lines} == {Origin.BODY}


def test_one_document_of_a_file_has_its_own_running_head() -> None:
    """In one PDF of everything, the form's head stands on its own pages only."""
    pages = range(1, 21)
    heads = [Line((Span("Dossier de candidature"),), page, Box(60, 30, 200, 41)) for page in range(3, 8)]
    alike = [Line((Span("Néant."),), page, Box(60, 30, 100, 41)) for page in (9, 12, 18)]
    told = [*heads, *alike]

    lines, _ = put_together([PageReading(n, 842, [line for line in told if line.page == n]) for n in pages])

    assert [line.origin for line in lines] == [Origin.MARGIN] * 5 + [Origin.BODY] * 3


def test_what_stands_alike_on_most_pages_is_no_answer_though_it_stands_lower() -> None:
    """The second row of a head, and a foot that a browser prints over a row that was cut, are the form's."""
    pages = range(1, 6)
    second = [Line((Span("2026"),), page, Box(317, 66, 345, 77)) for page in pages]
    feet = [Line((Span("BLOSSOM – Dossier"),), page, Box(34, 775, 184, 784)) for page in pages]
    feet[2] = replace(feet[2], cell=Cell(1, 3, 0))
    answers = [Line((Span(f"en {2020 + page}"),), page, Box(317, 80, 360, 91)) for page in pages]
    told = [*second, *answers, *feet]

    lines, _ = put_together([PageReading(n, 842, [line for line in told if line.page == n]) for n in pages])

    assert [line.text for line in lines if line.origin is Origin.BODY] == [line.text for line in answers]


def test_a_foot_that_was_recognised_differs_from_sheet_to_sheet() -> None:
    """What one line is read as varies, and its place by some points; what else stands there stays."""
    said = (
        "B OSSOM – Dossier 2026",
        "BLOSSOM - Dossier 2026",
        "BLOSSOM - Dossier 2O26",
        "BL0SSOM Dossier 2026",
    )
    feet = [
        Line((Span(text),), page, Box(34 + page, 772 + page, 184, 785), confidence=0.9)
        for page, text in enumerate(said, 1)
    ]
    answer = Line((Span("Une demi-journée."),), 2, Box(34, 770, 150, 781), confidence=0.9)

    told = [*feet, answer]
    lines, _ = put_together([PageReading(n, 842, [ln for ln in told if ln.page == n]) for n in range(1, 5)])

    assert [line.text for line in lines if line.origin is Origin.BODY] == ["Une demi-journée."]


def test_a_sheet_that_lay_aside_goes_on_with_its_table() -> None:
    """The same columns a little to the right are the same table; columns of other widths are not."""
    aside = [Table(1, (50.0, 290.0, 540.0), 1), Table(2, (59.0, 299.5, 548.5), 1)]
    other = [aside[0], Table(2, (59.0, 270.0, 548.5), 1)]
    first, second = _row(1, 0, 740, "1. Une question ?", "Dit."), _row(2, 0, 72, "2. Une autre ?", "Oui.")

    for tables, expected in ((aside, 1), (other, 2)):
        lines, _ = put_together([
            PageReading(1, 842, first, [], tables[:1]),
            PageReading(2, 842, second, [], tables[1:]),
        ])  # fmt: skip
        assert {line.cell.table for line in lines if line.page == 2 and line.cell} == {expected}


@pytest.mark.parametrize(("sure", "expected"), [(0.95, 1), (1.0, 2)], ids=["a photo", "a file"])
def test_a_sheet_seen_from_closer_by_goes_on_with_its_table(sure: float, expected: int) -> None:
    """Columns as many times wider are the same on a photo; in a file they are of another table."""
    tables = [Table(1, (60.0, 289.0, 520.0), 1), Table(2, (58.0, 293.5, 531.0), 1)]
    first, second = _row(1, 0, 740, "1. Une question ?", "Dit."), _row(2, 0, 72, "2. Une autre ?", "Oui.")
    told = [[replace(line, confidence=sure) for line in row] for row in (first, second)]
    lines, _ = put_together([PageReading(n, 842, told[n - 1], [], tables[n - 1 : n]) for n in (1, 2)])

    assert {line.cell.table for line in lines if line.page == 2 and line.cell} == {expected}


def test_a_finger_on_the_edge_of_a_photo_parts_no_table() -> None:
    """It is a shaded cell above what goes on, in which nothing is written."""
    finger = Line((Span(""),), 2, Box(100, 17, 166, 30), Cell(2, 0, 0, shaded=True), confidence=1.0)
    first, second = _row(1, 0, 740, "1. Une question ?", "Dit."), _row(3, 0, 72, "2. Une autre ?", "Oui.")
    second = [replace(line, page=2) for line in second]
    tables = [
        Table(1, (60.0, 289.0, 520.0), 1),
        Table(2, (100.0, 166.0), 1),
        Table(3, (60.0, 289.0, 520.0), 1),
    ]
    lines, _ = put_together([
        PageReading(1, 842, first, [], tables[:1]), PageReading(2, 842, [finger, *second], [], tables[1:])
    ])  # fmt: skip

    assert {line.cell.table for line in lines if line.page == 2 and line.cell and line.text} == {1}


def test_a_foot_of_laid_out_pages_is_one_among_many_that_were_skimmed() -> None:
    """Of slides only those that ask are laid out; their foot answers nothing on the others either."""
    foot = "Programme BLOSSOM – Logis Ensemble"
    laid = [[Line((Span(foot),), page, Box(526, 362, 685, 370))] for page in range(1, 5)]
    skimmed = [[Line((Span("Un titre"),), page), Line((Span(foot),), page)] for page in range(5, 12)]

    pages = [*laid, *skimmed]
    lines, _ = put_together([PageReading(n, 405, told) for n, told in enumerate(pages, 1)])

    assert {line.text for line in lines if line.origin is Origin.BODY} == {"Un titre"}


def test_what_stands_on_the_row_of_a_head_is_of_it() -> None:
    """A fax prints when it came and from where; a scan parts that row otherwise on one of the pages."""
    heads = [
        Line((Span(text),), page, Box(x, 6, x + 80, 15), confidence=0.9)
        for page in range(1, 5)
        for text, x in (
            (f"08/09/2026 14:0{page}", 30), (f"P.00{page}/004", 330),
            *([("+32 2534", 130)] if page == 3 else []),
        )
    ]  # fmt: skip
    answer = Line((Span("Une demi-journée."),), 3, Box(34, 40, 150, 51), confidence=0.9)

    told = [*heads, answer]
    lines, _ = put_together([PageReading(n, 842, [ln for ln in told if ln.page == n]) for n in range(1, 5)])

    assert [line.text for line in lines if line.origin is Origin.BODY] == ["Une demi-journée."]


def test_dots_to_write_on_at_the_edge_of_pages_are_no_head() -> None:
    """They stand at one height of several pages, and what was typed on them is an answer."""
    pages = range(1, 5)
    dots = [Line((Span("." * 60),), page, Box(50, 50, 522, 60)) for page in pages]
    answer = Line((Span("L’exclusion culturelle."),), 2, Box(54, 50, 180, 60))
    told = [*dots, answer]

    lines, _ = put_together([PageReading(n, 842, [ln for ln in told if ln.page == n]) for n in pages])

    assert [line.text for line in lines if line.origin is Origin.BODY] == [answer.text]


def test_years_alone_on_top_of_pages_are_answers() -> None:
    """« 2021 » and « 2023 » end answers that began on the page before; a head says the same year on each."""

    def tops(*said: str) -> set[Origin]:
        readings = [
            PageReading(page, 842, [Line((Span(text),), page, Box(58, 37, 83, 48))], [], [])
            for page, text in enumerate(said, 1)
        ]
        return {line.origin for line in put_together(readings)[0]}

    assert tops("2021", "2023") == {Origin.BODY}
    assert tops("2026", "2026") == {Origin.MARGIN}
