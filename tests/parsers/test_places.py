"""Where one signs: what tells a place, and how far it reaches."""

import io
from dataclasses import replace

import pytest
from docx import Document as new_document
from docx.shared import Mm

import parsers
from data.edition import Edition
from data.model import (
    Answer,
    AnswerState,
    Box,
    Cell,
    Document,
    FileKind,
    Line,
    Look,
    Page,
    PageSource,
    Picture,
    PictureForm,
    SignatureState,
    Span,
)
from parsers._answered import _form
from tests.parsers.layouts import signature_png
from tests.parsers.signing import (
    ASKING,
    COLUMNS,
    MISSING,
    NEXT,
    ROWS,
    SIGNED,
    SIGNING,
    UNCLEAR,
    a_hand,
    a_page,
    a_picture,
    a_scan,
    a_whole_form,
    each_signing,
    headed_rows,
    states_of,
)


def test_a_signature_page_sent_apart_is_one(edition: Edition) -> None:
    """A page with the block alone is no form, but its names and signatures are read."""
    document = new_document()
    for row in ("ETAPE 3 – SIGNER LE DOSSIER", *ROWS, "Fonction : Directrice\tFonction : Présidente"):
        document.add_paragraph(row)
    document.add_paragraph("Signature\tSignature")
    paragraph = document.add_paragraph()
    paragraph.add_run().add_picture(io.BytesIO(signature_png()), width=Mm(40))
    out = io.BytesIO()
    document.save(out)
    page = parsers.read(out.getvalue())
    assert isinstance(page, Document)
    reading = _form.read(page, "signatures.docx", edition)

    assert not reading.is_form
    assert reading.has_block
    assert reading.signatures["contact"].state is SIGNED
    assert reading.answers["s.administrator_function"] == _answered(
        "s.administrator_function", "Présidente", reading
    )


def test_labels_that_name_their_signatories_are_enough(edition: Edition) -> None:
    """Names and functions stand without labels over « Signature de … »: it is a page to sign all the same."""
    asking = "Le dossier de candidature doit être signé par la personne de contact pour COOPCITY"
    labels = "Signature de la personne de contact\tSignature de l’administratrice"
    rows = (
        "ETAPE 3 – SIGNER LE DOSSIER",
        f"{asking} et un administrateur ou une administratrice.",
        "Aïcha Lambert\tMarc Peeters",
        labels,
    )
    lines = tuple(Line((Span(row),), 1) for row in rows)
    signed = Picture(PictureForm.RASTER, 1, 1, None, None, 120.0, 40.0, look=Look.HAND)
    document = Document(
        FileKind.DOCX, (Page(1, PageSource.TEXT),), lines, (signed, replace(signed, sha256="2"))
    )
    reading = _form.read(document, "f.docx", edition)

    assert reading.has_block
    assert {found.state for found in reading.signatures.values()} <= {SIGNED, UNCLEAR}


@pytest.mark.parametrize(
    "around", [("ETAPE 3 – SIGNER LE DOSSIER", ""), ("", "ETAPE 4 – VÉRIFIER QUE VOUS N’AVEZ RIEN OUBLIÉ")]
)
def test_a_page_whose_labels_are_under_ink_is_a_signature_page(
    around: tuple[str, str], edition: Edition
) -> None:
    """Where two people signed over « Signature », the form's own words beside tell what page it is."""
    before, after = around
    lines = ((before, 1, 60.0, 40.0), *((w, 1, x, top) for w, x, top in COLUMNS[:6]), (after, 1, 60.0, 400.0))
    page = a_scan(*(line for line in lines if line[0]), pictures=(a_hand(60.0, 150.0), a_hand(330.0, 150.0)))
    bare = a_scan(*(line for line in lines if line[0] not in around), pictures=())

    assert _form.read(page, "f.pdf", edition).has_block
    assert states_of(page, edition) == (SIGNED, SIGNED)
    assert not _form.read(bare, "f.pdf", edition).has_block


def _answered(question: str, value: str, reading: _form.FormReading) -> Answer:
    return replace(reading.answers[question], state=AnswerState.ANSWERED, value=value)


def test_a_column_reaches_to_the_next_one(edition: Edition) -> None:
    """Where all labels begin their columns, a signature between the two is the left one's."""
    pen = a_picture(130, 155, 320, 200, PictureForm.RASTER, Look.HAND)

    found = _form.read(a_page(*COLUMNS, pictures=(pen,)), "f.pdf", edition).signatures

    assert (found["contact"].state, found["administrator"].state) == (SIGNED, MISSING)


def test_a_signature_on_top_of_the_next_column_belongs_to_the_last_place(edition: Edition) -> None:
    """In a page of two columns, the room to sign may be cut by the column's end."""
    lines = (
        ("Nous savons à quels besoins notre structure répond.", 1, 60.0, 60.0),
        SIGNING,
        ("La personne de contact", 1, 60.0, 560.0),
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 580.0),
        ("Fonction : Directrice", 1, 60.0, 592.0),
        ("Signature", 1, 60.0, 604.0),
        ("L’administratrice", 1, 60.0, 700.0),
        ("Nom, prénom : Quinet, Thérèse", 1, 60.0, 720.0),
        ("Signature", 1, 60.0, 740.0),
        (NEXT, 1, 340.0, 130.0),
    )

    assert states_of(a_scan(*lines, pictures=[a_hand(350, 70)]), edition) == (MISSING, SIGNED)


def test_who_signs_overleaf_above_the_next_ones_part_signs_the_place_before(edition: Edition) -> None:
    """The contact's room to sign fell overleaf, above the heading under which the administrator's begins."""
    lines = (
        SIGNING,
        ("La personne de contact", 1, 60.0, 680.0),
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 710.0),
        ("Signature :", 1, 60.0, 730.0),
        ("L’administrateur ou l’administratrice", 2, 60.0, 200.0),
        ("Nom, prénom : Quinet, Thérèse", 2, 60.0, 220.0),
        ("Signature :", 2, 60.0, 240.0),
        (NEXT, 2, 60.0, 340.0),
    )
    over, between, below = (a_hand(70, top, page=2) for top in (135, 185, 262))

    assert states_of(a_scan(*lines, pictures=[over]), edition) == (SIGNED, MISSING)
    assert states_of(a_scan(*lines, pictures=[over, below]), edition) == (SIGNED, SIGNED)
    assert states_of(a_scan(*lines, pictures=[between]), edition) == (MISSING, SIGNED)


def test_what_stands_in_the_next_column_is_not_above_the_sentence_that_asks(edition: Edition) -> None:
    """The sentence ends a column, the places to sign head the next: a stamp there leaves nobody missing."""
    lines = (
        SIGNING,
        (ASKING, 1, 60.0, 680.0),
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 720.0),
        ("Signature :", 1, 340.0, 60.0),
        ("Nom, prénom : Quinet, Thérèse", 1, 340.0, 200.0),
        ("Signature :", 1, 340.0, 220.0),
    )
    stamp = a_picture(350, 80, 430, 120, PictureForm.INK, Look.STAMP)

    assert states_of(a_scan(*lines, pictures=[stamp]), edition) == (UNCLEAR, MISSING)


def test_a_signature_over_the_label_of_a_column_is_not_of_the_one_before(edition: Edition) -> None:
    """A name in high letters, typed to sign on the left, ends right before the signature on the right."""
    typed = ("Signature : Aïcha Van Lambert-Dumonceau ......", 60, 144)  # ends at 295
    lines = tuple((typed if line[:2] == ("Signature", 60) else line) for line in COLUMNS)
    pen = a_picture(320, 105, 440, 160, PictureForm.RASTER, Look.HAND)

    assert states_of(a_page(*lines, pictures=(pen,)), edition)[1] is SignatureState.SIGNED
    assert states_of(a_page(*lines, pictures=(pen,)), edition)[0] is not SignatureState.SIGNED


@pytest.mark.parametrize(("left", "state"), [(80.0, (SIGNED, MISSING)), (260.0, (MISSING, SIGNED))])
def test_two_labels_in_one_line_have_each_their_place(
    left: float, state: tuple[SignatureState, SignatureState], edition: Edition
) -> None:
    """Dots behind « Signature » run on to the next column, and both are read as one line."""
    dots = "Signature : " + 30 * "."
    labels = [line for line in COLUMNS if line[0] != "Signature"]
    lines = (*labels[:-1], (f"{dots} {dots}", 60, 140), labels[-1])
    pen = a_picture(left, 120, left + 90, 150, PictureForm.RASTER, Look.HAND)

    assert states_of(a_page(*lines, pictures=(pen,)), edition) == state


def test_two_signatures_on_top_of_the_next_column_stand_as_their_labels_do(edition: Edition) -> None:
    """Where two labels stand side by side at a column's end, the room for both goes to the next one."""
    lines = (
        SIGNING,
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 720.0),
        ("Nom, prénom : Quinet, Thérèse", 1, 200.0, 720.0),
        ("Fonction : Directrice", 1, 60.0, 740.0),
        ("Fonction : Trésorière", 1, 200.0, 740.0),
        ("Signature", 1, 60.0, 760.0),
        ("Signature", 1, 200.0, 760.0),
        (NEXT, 1, 360.0, 130.0),
    )

    assert states_of(a_scan(*lines, pictures=[a_hand(362, 70)]), edition) == (SIGNED, MISSING)
    assert states_of(a_scan(*lines, pictures=[a_hand(500, 70)]), edition) == (MISSING, SIGNED)


def test_ink_in_the_column_before_is_no_signature(edition: Edition) -> None:
    """What was drawn beside the block, in the left of two columns, was read before it."""
    lines = (
        ("Nous savons à quels besoins notre structure répond.", 1, 60.0, 480.0),
        ("ETAPE 3 – SIGNER LE DOSSIER", 1, 340.0, 500.0),
        *((f"{label} : x", 1, 340.0, top) for label, top in (("Nom, prénom", 520.0), ("Fonction", 540.0))),
        ("Signature", 1, 340.0, 560.0),
        *((f"{label} : y", 1, 340.0, top) for label, top in (("Nom, prénom", 650.0), ("Fonction", 670.0))),
        ("Signature", 1, 340.0, 690.0),
    )

    assert states_of(a_scan(*lines, pictures=[a_hand(80, 600)]), edition) == (MISSING, MISSING)


def test_a_place_that_a_long_function_pushed_down_stays_the_first(edition: Edition) -> None:
    """Of two columns the left one is the contact's, though its « Signature » stands lower."""
    lines = (
        SIGNING,
        ("Nom, prénom Maes, Sophie", 1, 60.0, 540.0),
        ("Nom, prénom Quinet, Thérèse", 1, 300.0, 540.0),
        ("Fonction Trésorier", 1, 300.0, 555.0),
        ("Signature", 1, 300.0, 570.0),
        ("Fonction Directrice administrative", 1, 60.0, 555.0),
        ("et financière", 1, 60.0, 567.0),
        ("Signature", 1, 60.0, 584.0),
    )

    assert states_of(a_scan(*lines, pictures=[a_hand(60, 600)]), edition) == (SIGNED, MISSING)


def test_labels_that_stand_overleaf_have_their_places_before(edition: Edition) -> None:
    """« Signature » printed under the line: the end of the page may fall between the two."""
    lines = (
        SIGNING,
        ("Fait à Ixelles", 1, 60.0, 520.0),
        ("Signature", 2, 60.0, 70.0),
        ("Signature", 2, 300.0, 70.0),
        ("Nom, prénom Maes, Sophie", 2, 60.0, 90.0),
        ("Nom, prénom Quinet, Thérèse", 2, 300.0, 90.0),
        ("Fonction Directrice", 2, 60.0, 110.0),
        ("Fonction Trésorière", 2, 300.0, 110.0),
    )

    assert states_of(a_scan(*lines, pictures=[a_hand(310, 740)]), edition) == (MISSING, SIGNED)


def test_the_rest_of_a_row_overleaf_belongs_to_its_columns(edition: Edition) -> None:
    """A row of cells was cut by the end of the page, and lies a little askew on the next one."""
    lines = (
        SIGNING,
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 700.0),
        ("Fonction : Directrice", 1, 60.0, 712.0),
        ("Signature", 1, 60.0, 724.0),
        ("Nom, prénom : Quinet, Thérèse", 1, 300.0, 700.0),
        ("Fonction : Trésorière", 1, 300.0, 712.0),
        ("Signature", 1, 300.0, 724.0),
    )
    document = a_scan(*lines, pictures=[replace(a_hand(310, 70, page=2), cell=Cell(1, 0, 1))])
    cells = [None, *[Cell(0, 0, 0)] * 3, *[Cell(0, 0, 1)] * 3]
    told = tuple(replace(line, cell=cell) for line, cell in zip(document.lines, cells, strict=True))

    assert states_of(replace(document, lines=told), edition) == (MISSING, SIGNED)


def test_an_empty_cell_of_a_table_with_one_label_is_seen(edition: Edition) -> None:
    """One « Signature » heads the row: the second person's place is their column's, and was read, too."""
    rows = (
        (SIGNING, None),
        (("Contact", 1, 220.0, 600.0), Cell(0, 0, 1)),
        (("Administratrice", 1, 380.0, 600.0), Cell(0, 0, 2)),
        (("Nom, prénom", 1, 60.0, 620.0), Cell(0, 1, 0)),
        (("Maes, Sophie", 1, 220.0, 620.0), Cell(0, 1, 1)),
        (("Quinet, Thérèse", 1, 380.0, 620.0), Cell(0, 1, 2)),
        (("Fonction", 1, 60.0, 640.0), Cell(0, 2, 0)),
        (("Signature", 1, 60.0, 660.0), Cell(0, 3, 0)),
    )
    document = a_scan(*(words for words, _ in rows), pictures=[replace(a_hand(225, 662), cell=Cell(0, 3, 1))])
    told = tuple(replace(line, cell=cell) for line, (_, cell) in zip(document.lines, rows, strict=True))
    page = replace(document, lines=told)
    trace = replace(a_hand(400, 670), look=Look.TRACE, stroke_pt=20.0)
    tiny = replace(trace, box=Box(400, 670, 413, 685), width_pt=13.0, look=Look.MARK, stroke_pt=35.0)

    assert states_of(page, edition) == (SIGNED, MISSING)
    for other in (trace, tiny):
        assert states_of(replace(page, pictures=(*page.pictures, other)), edition) == (SIGNED, UNCLEAR)


def test_a_picture_in_the_line_of_its_label_is_that_labels(edition: Edition) -> None:
    """A picture set behind « Signature : » pushes it down, below the other column's."""
    lines = (
        SIGNING,
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 540.0),
        ("Nom, prénom : Quinet, Thérèse", 1, 300.0, 540.0),
        ("Signature : ............", 1, 300.0, 560.0),
        ("Signature :", 1, 60.0, 589.0),
    )

    assert states_of(a_scan(*lines, pictures=[a_hand(120, 560)]), edition) == (SIGNED, MISSING)


def test_as_many_signatures_abreast_as_places_are_given_in_their_order(edition: Edition) -> None:
    """Spaces between two « Signature » leave the pictures far from both; two in a row are one each."""
    lines = (
        SIGNING,
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 540.0),
        ("Nom, prénom : Quinet, Thérèse", 1, 220.0, 540.0),
        ("Fonction : Directrice", 1, 60.0, 560.0),
        ("Fonction : Trésorière", 1, 180.0, 560.0),
        ("Signature", 1, 60.0, 580.0),
        ("Signature", 1, 140.0, 580.0),
        (NEXT, 1, 60.0, 760.0),
    )
    pasted = [replace(a_hand(x0, 600), form=PictureForm.RASTER) for x0 in (90, 350)]

    assert states_of(a_scan(*lines, pictures=pasted), edition) == (SIGNED, SIGNED)
    assert states_of(a_scan(*lines, pictures=[a_hand(90, 600), a_hand(350, 600)]), edition) == (
        SIGNED,
        SIGNED,
    )
    assert states_of(a_scan(*lines, pictures=pasted[1:]), edition) == (UNCLEAR, UNCLEAR)


def test_two_labels_in_one_line_are_two_places(edition: Edition) -> None:
    """« Signature          Signature »: who had no tabulator used the space bar."""
    people = ("Nom, prénom : Maes    Nom, prénom : Quinet", "Fonction : Gérante    Fonction : Trésorière")
    said = ("Fait à Ixelles", *people, "Signature          Signature")
    lines = tuple(Line((Span(words),), 1) for words in ("ETAPE 3 – SIGNER LE DOSSIER", *said))
    drawn = tuple(
        Picture(PictureForm.RASTER, 1, 4, Box(x0, 0, x0 + 100, 0), None, 100, 40, look=Look.HAND)
        for x0 in (0.0, 330.0)
    )

    document = Document(FileKind.ODT, (Page(1, PageSource.TEXT),), lines, drawn)

    assert states_of(document, edition) == (SIGNED, SIGNED)


@pytest.mark.parametrize(
    ("row", "states"), [(1, (SIGNED, MISSING)), (2, (MISSING, SIGNED)), (None, (SIGNED, UNCLEAR))]
)
def test_labels_may_head_the_columns_of_a_table(
    row: int | None, states: tuple[SignatureState, SignatureState], edition: Edition
) -> None:
    """Each person has a row, with their name, their function, their signature; one across two is in doubt."""
    rows = headed_rows(("Maes, Sophie", "Directrice"), ("Quinet, Thérèse", "Administratrice"))
    ink = a_hand(405, 515.0 + 50 * (row or 1), width=90.0)
    if row is None and ink.box:
        ink = replace(ink, box=replace(ink.box, bottom=640.0))
    document = a_scan(*(words for words, _ in rows), pictures=[replace(ink, cell=Cell(0, row or 1, 2))])
    lines = tuple(replace(line, cell=cell) for line, (_, cell) in zip(document.lines, rows, strict=True))
    page = replace(document, lines=lines)
    answers = _form.read(page, "f.pdf", edition).answers

    assert states == states_of(page, edition)
    assert answers["s.contact_name"].value == "Maes, Sophie"
    assert answers["s.administrator_name"].value == "Quinet, Thérèse"
    assert answers["s.administrator_function"].value == "Administratrice"


def test_names_at_the_right_edge_stand_above_their_functions(edition: Edition) -> None:
    """One person above the other, at the right: « Pour accord, » is no name; each signs above theirs."""
    told = ("Pour accord,", "Sophie Maes", "Directrice", "Pour accord,", "Thérèse Quinet", "Présidente")
    tops = (80.0, 140.0, 152.0, 180.0, 240.0, 252.0)
    rows = [(words, 550.0 - 5 * len(words), top) for words, top in zip(told, tops, strict=True)]
    rows.insert(0, ("Fait à Ixelles", 60.0, 60.0))
    answers = _form.read(a_whole_form(edition, *rows), "f.pdf", edition).answers
    first, second = (a_hand(430, top, 2, 90.0) for top in (95, 195))

    assert answers["s.administrator_name"].value == "Thérèse Quinet"
    assert answers["s.contact_function"].value == "Directrice"
    assert states_of(a_whole_form(edition, *rows, pictures=[first]), edition) == (SIGNED, MISSING)
    assert states_of(a_whole_form(edition, *rows, pictures=[second]), edition) == (MISSING, SIGNED)


def test_people_sign_between_the_forms_headings_without_any_label(edition: Edition) -> None:
    """Neither « Fait à » nor « Signature »: names alone, and the contact's is known."""
    rows = (
        ("Ixelles, 9 septembre", 400.0, 60.0),
        ("Pour l’équipe,", 60.0, 90.0),
        ("Pour l’association,", 300.0, 90.0),
        ("Sophie Maes", 60.0, 180.0),
        ("Thérèse Quinet", 300.0, 180.0),
    )

    assert states_of(a_whole_form(edition, *rows, pictures=[a_hand(320, 120, 2)]), edition) == (
        MISSING,
        SIGNED,
    )


def test_headings_alone_are_places_to_sign(edition: Edition) -> None:
    """Nothing asks for a signature: under « Administratrice – T. Quinet » one signs all the same."""
    rows = (
        ("Le dossier de candidature doit être signé par la personne de contact pour COOPCITY", 60.0, 52.0),
        ("et un administrateur ou une administratrice.", 60.0, 64.0),
        ("Ixelles, 9 septembre", 330.0, 76.0),
        ("Personne de contact – S. Maes", 330.0, 90.0),
        ("Administratrice – T. Quinet", 330.0, 200.0),
    )

    assert each_signing(edition, rows, a_hand(340, 110, 2), a_hand(340, 220, 2)) == [
        (SIGNED, MISSING),
        (MISSING, SIGNED),
    ]


@pytest.mark.parametrize(
    ("other", "states"), [("Griet Van den Eynde", (MISSING, SIGNED)), ("Merci", (UNCLEAR,) * 2)]
)
def test_a_form_may_end_as_a_letter(other: str, states: tuple[SignatureState, ...], edition: Edition) -> None:
    """Without heading, place or label: the contact's name stands by itself, another beside it, ink above."""
    rows = (
        ("Les soussignés déclarent que tout est exact.", 60.0, 60.0),
        ("Ixelles, 9 septembre", 60.0, 80.0),
    )
    rows += (("Sophie Maes", 60.0, 180.0), (other, 330.0, 180.0))
    whole = a_whole_form(edition, *rows, pictures=[a_hand(340, 120, 2, 90.0)])
    lines = tuple(line for line in whole.lines if "ETAPE" not in line.text)
    pictures = tuple(replace(picture, after=len(lines) - 3) for picture in whole.pictures)

    assert states_of(replace(whole, lines=lines, pictures=pictures), edition) == states


def test_people_may_sign_on_a_cover_page(edition: Edition) -> None:
    """The place to sign stands before the first question, and nothing behind the last."""
    people = (
        "Nom, prénom : Sophie Maes\tNom, prénom : Thérèse Quinet",
        "Fonction : Directrice\tFonction : Chef",
    )
    cover = ("Fait à Ixelles", *people, "Signature\tSignature", "\ufffc")
    asked = [q.wording for q in edition.questions.values() if not q.id.startswith("s.")]
    told = [row for wording in asked for row in (wording, "Une réponse à la question.")]
    lines = tuple(Line((Span(words),), 1) for words in (*cover, *told))
    pen = Picture(PictureForm.RASTER, 1, 4, None, None, 100.0, 40.0, look=Look.HAND)
    document = Document(FileKind.DOCX, (Page(1, PageSource.TEXT),), lines, (pen,))
    found = _form.read(document, "f.docx", edition)

    assert states_of(document, edition) == (SIGNED, MISSING)
    assert found.answers["s.administrator_name"].value == "Thérèse Quinet"
    assert found.answers["b.1"].value == "Une réponse à la question."


def test_an_annex_with_a_heading_of_the_form_is_no_page_to_sign(edition: Edition) -> None:
    """« Votre entreprise » stands in other papers too; a whole sentence of the form's does not."""
    rows = (("Votre entreprise", 1, 60.0, 40.0), ("Fait à Ixelles", 1, 60.0, 80.0))
    page = a_scan(*rows, ("Signature :", 1, 60.0, 130.0), pictures=[])

    assert not _form.read(page, "p.pdf", edition).has_block


def test_the_end_of_the_forms_sentence_is_no_heading(edition: Edition) -> None:
    """« administrateur ou une administratrice. », where a photo lost the row above it."""
    rows = (
        ("administrateur ou une administratrice.", 1, 60.0, 60.0),
        ("Fait à Bruxelles", 1, 60.0, 80.0),
        ("La personne de contact", 1, 60.0, 110.0),
        ("Signature :", 1, 60.0, 130.0),
        ("Un administrateur ou une administratrice", 1, 60.0, 230.0),
        ("Signature :", 1, 60.0, 250.0),
    )
    ends = (("ETAPE 3 – SIGNER LE DOSSIER", 1, 60.0, 40.0), (NEXT, 1, 60.0, 400.0))
    page = a_scan(ends[0], *rows, ends[1], pictures=[a_hand(100.0, 145.0)])

    assert states_of(page, edition) == (SIGNED, MISSING)


def test_two_signatures_asked_for_below_headings_are_places_to_sign(edition: Edition) -> None:
    """A page apart without « Fait à »: the form’s sentence, whose place each is, and « Signature »."""
    rows = (("L’équipe, personne de contact", 84.0, 150.0), ("Le conseil d’administration", 333.0, 150.0))
    names = (("Jean-Luc Ndiaye", 140.0, 165.0), ("Thibault De Smet", 374.0, 165.0))
    labels = (("Signature", 162.0, 200.0), ("Signature", 397.0, 200.0))
    head = ((SIGNING[0], 1, 60.0, 40.0), (ASKING, 1, 60.0, 60.0))
    told = [(words, 1, x0, top) for words, x0, top in (*rows, *names, *labels)]
    page = a_scan(*head, *told, pictures=[a_hand(360.0, 217.0)])

    assert _form.read(page, "p.pdf", edition).has_block
    assert states_of(page, edition) == (MISSING, SIGNED)


def test_a_cross_in_a_scale_right_above_the_heading_is_at_nobodys_place(edition: Edition) -> None:
    """However close to it the heading stands: a table that ends above the block holds none of its marks."""
    page = a_page(
        ("9", 290, 40), ("10", 315, 40), ("ETAPE 3 – SIGNER LE DOSSIER", 60, 50), *COLUMNS, pictures=()
    )
    lines = [replace(line, cell=Cell(0, 0, at)) if at < 2 else line for at, line in enumerate(page.lines)]
    cross = a_picture(340, 38, 360, 49, PictureForm.VECTOR, Look.MARK)
    crosses = [replace(cross, cell=cell, after=0, stroke_pt=66.0) for cell in (Cell(0, 0, 2), None)]
    told = [states_of(replace(page, lines=tuple(lines), pictures=(each,)), edition) for each in crosses]

    assert told[0] == (MISSING, MISSING)
    assert UNCLEAR in told[1]


@pytest.mark.parametrize("said", ["Signature électronique via itsme", "Signature à venir"])
def test_what_is_said_in_place_of_a_signature_is_no_label(said: str, edition: Edition) -> None:
    """The names in the rows of a table are still found by the one label at its head."""
    table = headed_rows(("Sophie Maes", "Directrice"), ("Marc Peeters", "Trésorier"))
    table.append(((said, 1, 400.0, 620.0), Cell(0, 2, 2)))
    placed = [(words, page, x0, top) for (words, page, x0, top), _ in table]
    scan = a_scan(*placed, (NEXT, 1, 60.0, 700.0), pictures=[])
    cells = [*(cell for _, cell in table), None]
    lines = tuple(replace(line, cell=cell) for line, cell in zip(scan.lines, cells, strict=True))
    answers = _form.read(replace(scan, lines=lines), "f.pdf", edition).answers

    assert [answers[f"s.{role}_name"].value for role in ("contact", "administrator")] == [
        "Sophie Maes",
        "Marc Peeters",
    ]


@pytest.mark.parametrize(("look", "top", "state"), [
    (Look.MARK, 41, MISSING), (Look.PRINT, 2, MISSING), (Look.MARK, 205, UNCLEAR), (Look.HAND, 38, SIGNED),
])  # fmt: skip
def test_ink_on_the_sentence_that_asks_for_signatures_is_a_word(
    look: Look, top: float, state: SignatureState, edition: Edition
) -> None:
    """Which was not read, or a shadow above it; a signature may begin anywhere."""
    rows = [(ASKING, 60, 45), *((words, x0, 40 + y) for words, x0, y in COLUMNS[:-1])]
    ink = a_picture(340, top, 400, top + 30 if look is Look.HAND else top + 11, PictureForm.INK, look)
    form = a_whole_form(edition, *rows, pictures=[replace(ink, page=2, stroke_pt=200.0)])

    assert states_of(form, edition)[1] is state


@pytest.mark.parametrize(
    "next_chapter", ["ETAPE4 VÉRIFIER QUE VOUS N’AVEZ", "ETAPE4 VERFR QUE VQUS NAVFZ RJ3N"]
)
def test_a_row_of_the_next_chapter_pushes_no_signature(next_chapter: str, edition: Edition) -> None:
    """A pen that ends low hides the last words of the heading below, of which the rest begins at the left."""
    rows = (*COLUMNS[:-1], (next_chapter, 60, 242))
    pen = replace(a_hand(222.0, 225.0, width=130.0), stroke_pt=220.0)
    rows = tuple((words, 1, float(x0), float(top)) for words, x0, top in rows)

    assert states_of(
        a_scan((SIGNING[0], 1, 60.0, 20.0), (ASKING, 1, 60.0, 40.0), *rows, pictures=(pen,)), edition
    ) == (MISSING, SIGNED)


def test_a_signature_that_hangs_out_of_a_table_is_of_the_column_above(edition: Edition) -> None:
    """One « Signature » for both, at the left of a row that is too low to sign in."""
    words = ("", "Personne de contact", "Administrateur"), ("Nom, prénom", "Maes Sophie", "Peeters Marc")
    words += (("Fonction", "Directrice", "Président"), ("Signature", "", ""))
    cells = [
        ((text, 1, 60.0 + 150 * column, 540.0 + 16 * row), Cell(0, row, column))
        for row, texts in enumerate(words) for column, text in enumerate(texts) if text
    ]  # fmt: skip
    scan = a_scan(
        SIGNING, *(line for line, _ in cells), (NEXT, 1, 60.0, 640.0), pictures=[a_hand(365.0, 592.0)]
    )
    tables = [None, *(cell for _, cell in cells), None]
    lines = tuple(replace(line, cell=cell) for line, cell in zip(scan.lines, tables, strict=True))

    page = replace(scan, lines=lines)
    above = replace(scan.pictures[0], box=Box(365.0, 505.0, 440.0, 530.0))

    assert states_of(page, edition) == (MISSING, SIGNED)
    assert states_of(replace(page, pictures=(above,)), edition)[1] is not SIGNED
