"""Who signed, by what stands at each place."""

import io
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pdfplumber
import pytest
from docx import Document as new_document
from docx.shared import Mm
from reportlab.pdfgen.canvas import Canvas

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
    Origin,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Place,
    Seal,
    Signature,
    SignatureHow,
    SignatureState,
    Span,
)
from parsers import text
from parsers._answered import _form
from parsers._printed import _drawn
from parsers._printed._layout import PageReading
from parsers._printed._pages import put_together
from parsers._signed import _signatures
from parsers._stream import stream
from tests.parsers.conftest import a_pdf
from tests.parsers.layouts import LAYOUTS, Filled, fill, signature_png

SIGNED, MISSING, UNCLEAR = SignatureState.SIGNED, SignatureState.MISSING, SignatureState.UNCLEAR


def _form_of(edition: Edition, layout: str, contact: bool, administrator: bool) -> Document:
    answers = dict(fill(edition, 0, blanks=0).answers)
    answers["s.contact_name"], answers["s.administrator_name"] = "Lambert, Aïcha", "Peeters, Marc"
    filled = Filled(answers, {"contact": contact, "administrator": administrator})
    reading = parsers.read(LAYOUTS[layout](filled, edition))
    assert isinstance(reading, Document)
    return reading


@pytest.mark.parametrize("layout", ["lines", "tables", "boxes", "borderless", "headed"])
@pytest.mark.parametrize("signed", [(True, True), (True, False), (False, True), (False, False)])
def test_pictures_are_given_to_their_signatory(
    layout: str, signed: tuple[bool, bool], edition: Edition
) -> None:
    """In columns, tables or one under the other: a picture signs for the person at whose place it stands."""
    found = _form.read(_form_of(edition, layout, *signed), "f.docx", edition).signatures

    assert tuple(found[role].state is SIGNED for role in ("contact", "administrator")) == signed
    assert all(s.how is SignatureHow.IMAGE for s in found.values() if s.state is SIGNED)
    assert found["administrator"].name == "Peeters, Marc"


def _sealed(edition: Edition, *signers: str | None) -> list[SignatureState]:
    document = _form_of(edition, "lines", False, False)
    seals = tuple(Seal(signer, datetime(2026, 9, 9, tzinfo=UTC)) for signer in signers)
    found = _form.read(replace(document, seals=seals), "f.pdf", edition).signatures
    return [found[role].state for role in ("contact", "administrator")]


@pytest.mark.parametrize(
    ("signers", "states"),
    [
        (("Aïcha Lambert", "Marc Peeters"), [SIGNED, SIGNED]),
        (("Marc Peeters",), [MISSING, SIGNED]),
        (("Somebody Else", None), [SIGNED, SIGNED]),
        (("Somebody Else",), [UNCLEAR, UNCLEAR]),
    ],
)
def test_seals_are_given_by_name(
    signers: tuple[str | None, ...], states: list[SignatureState], edition: Edition
) -> None:
    """A digital signature belongs to the signatory of its name; one of nobody known leaves both in doubt."""
    if signers == ("Marc Peeters",):
        assert _sealed(edition, *signers)[1] is SIGNED
    else:
        assert _sealed(edition, *signers) == states


def _block(edition: Edition, *rows: str, logo: bool = False) -> Document:
    """A form that ends with these rows, and bears a logo at its head where asked."""
    document = new_document()
    if logo:
        document.add_paragraph().add_run().add_picture(io.BytesIO(signature_png()), width=Mm(40))
    for section in edition.section:
        document.add_heading(section.title, 2)
        for question in section.question:
            if section.id != "s":
                document.add_paragraph(question.wording)
    for row in rows:
        document.add_paragraph(row)
    out = io.BytesIO()
    document.save(out)
    reading = parsers.read(out.getvalue())
    assert isinstance(reading, Document)
    return reading


ROWS = ("Fait à Bruxelles, le 10/09/2026", "Nom, prénom : Lambert Aïcha\tNom, prénom : Peeters Marc")


def test_a_typed_name_is_no_signature(edition: Edition) -> None:
    """A name typed where one signs is missing, and told as such."""
    document = _block(edition, *ROWS, "Signature : Aïcha Lambert\tSignature :")
    found = _form.read(document, "f.docx", edition).signatures

    assert found["contact"].state is MISSING
    assert found["contact"].typed_name
    assert not found["administrator"].typed_name


def test_the_name_of_the_house_is_nobodys_signature(edition: Edition) -> None:
    """« pour l'ASBL La Remise » where one signs is no person's name."""
    document = _block(edition, *ROWS, "Signature : Pour l'ASBL La Remise\tSignature :")
    found = _form.read(document, "f.docx", edition).signatures

    assert (found["contact"].state, found["contact"].typed_name) == (MISSING, False)


@pytest.mark.parametrize("written", ["lu et approuvé", "X", "à venir"])
def test_words_in_the_place_are_no_signature(written: str, edition: Edition) -> None:
    """« lu et approuvé », an X or « à venir » sign nothing."""
    document = _block(edition, *ROWS, f"Signature : {written}\tSignature :")
    found = _form.read(document, "f.docx", edition).signatures["contact"]

    assert found.state is MISSING
    assert not found.typed_name


def test_a_logo_is_no_signature(edition: Edition) -> None:
    """A picture outside the block signs nothing."""
    document = _block(edition, *ROWS, "Signature\tSignature", logo=True)
    found = _form.read(document, "f.docx", edition).signatures

    assert {s.state for s in found.values()} == {MISSING}


@pytest.mark.parametrize(
    ("rows", "place", "day"),
    [
        (("Fait à Bruxelles, le 10/09/2026",), "Bruxelles", "10/09/2026"),
        (("Fait à : Saint-Gilles", "Le : 8 septembre 2026"), "Saint-Gilles", "8 septembre 2026"),
        (("Fait à ............, le ............",), None, None),
        (("Fait à Ixelles, le le 31/08/2026",), "Ixelles", "31/08/2026"),
        (("Fait à", "Le ler septembre 2026"), None, "ler septembre 2026"),
        (("Fait à Ixelles", "Le le 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à Ixelles", "Le\tle 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à : Ixelles   Date : 9/9/2026",), "Ixelles", "9/9/2026"),
        (("Opgemaakt te Elsene, op 4 september 2026",), "Elsene", "4 september 2026"),
        (("a) Fait à Ixelles", "b) Le 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à – Ixelles", "Le – 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à / Gedaan te : Ixelles", "Le / Op : 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à ……………", "Le …… / …… / 2026"), None, None),
        (("Fait à Ixelles", "Le Cliquez ou appuyez ici pour entrer une date."), "Ixelles", None),
    ],
)
def test_place_and_date_are_read(
    rows: tuple[str, ...], place: str | None, day: str | None, edition: Edition
) -> None:
    """« Fait à » and « Le » are read on one line or two, and dots are blank."""
    answers = _form.read(_block(edition, *rows, ROWS[1], "Signature\tSignature"), "f.docx", edition).answers

    assert (answers["s.place"].value, answers["s.date"].value) == (place, day)
    assert all(answers[q].state is not AnswerState.NOT_FOUND for q in ("s.place", "s.date"))


@pytest.mark.parametrize(
    ("under", "day"),
    [("Lambert, Aïcha", None), ("signé électroniquement", None), ("3 septembre", "3 septembre")],
)
def test_what_is_no_day_is_no_date(under: str, day: str | None, edition: Edition) -> None:
    """Under an empty « Le » a name may follow, over the line to sign on."""
    document = _block(edition, "Fait à", "Le", under, "Signature\tSignature", ROWS[1])

    answers = _form.read(document, "f.docx", edition).answers

    assert answers["s.date"].value == day


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
    page = _laid(*(line for line in lines if line[0]), pictures=(_hand(60.0, 150.0), _hand(330.0, 150.0)))
    bare = _laid(*(line for line in lines if line[0] not in around), pictures=())

    assert _form.read(page, "f.pdf", edition).has_block
    assert _states(page, edition) == (SIGNED, SIGNED)
    assert not _form.read(bare, "f.pdf", edition).has_block


def test_one_heading_behind_other_labels_is_the_second_ones(edition: Edition) -> None:
    """Ink hid « La personne de contact »: the first to sign is the contact all the same."""
    lines = (
        SIGNING,
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 540.0),
        ("Fonction : Directrice", 1, 60.0, 552.0),
        ("Signature", 1, 60.0, 564.0),
        ("L’administratrice", 1, 60.0, 640.0),
        ("Nom, prénom : Quinet, Thérèse", 1, 60.0, 660.0),
        ("Fonction : Administratrice", 1, 60.0, 672.0),
        ("Signature", 1, 60.0, 684.0),
    )
    page = _laid(*lines, pictures=(_hand(80.0, 570.0),))

    assert _states(page, edition) == (SIGNED, MISSING)
    assert _form.read(page, "f.pdf", edition).signatures["contact"].name == "Maes, Sophie"


def test_headings_below_each_other_head_no_columns(edition: Edition) -> None:
    """Who is to sign is told in two rows, and both places follow, side by side: each is one person's."""
    lines = (
        SIGNING,
        ("La personne de contact", 1, 60.0, 520.0),
        ("L’administrateur", 1, 60.0, 534.0),
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 548.0),
        ("Nom, prénom : Quinet, Thérèse", 1, 320.0, 548.0),
        ("Signature", 1, 60.0, 560.0),
        ("Signature", 1, 320.0, 560.0),
    )

    assert _states(_laid(*lines, pictures=(_hand(70.0, 580.0),)), edition) == (SIGNED, MISSING)
    assert _states(_laid(*lines, pictures=(_hand(330.0, 580.0),)), edition) == (MISSING, SIGNED)


def _answered(question: str, value: str, reading: _form.FormReading) -> Answer:
    return replace(reading.answers[question], state=AnswerState.ANSWERED, value=value)


@pytest.mark.parametrize(
    ("rows", "functions"),
    [
        (
            ("Fonction Responsable du développement Fonction Vice-président de l’organe", "d’administration"),
            ("Responsable du développement", "Vice-président de l’organe d’administration"),
        ),
        (("Fonction : Directrice Fonction : Présidente",), ("Directrice", "Présidente")),
        (("Fonction : Chef de la fonction publique",), ("Chef de la fonction publique", None)),
    ],
)
def test_two_labels_that_a_long_value_pushed_together_are_two(
    rows: tuple[str, ...], functions: tuple[str | None, ...], edition: Edition
) -> None:
    """On one row of a PDF, without a gap between the columns, each function is its own signatory's."""
    page = (
        "ETAPE 3 – SIGNER LE DOSSIER",
        "Fait à Ixelles",
        "Le 10/09/2026",
        "Nom, prénom Renard, Anaïs",
        *rows,
    )
    document = parsers.read(a_pdf((*page, "Signature", "Signature")))
    assert isinstance(document, Document)
    answers = _form.read(document, "f.pdf", edition).answers
    found = answers["s.contact_function"].value, answers["s.administrator_function"].value

    assert found == functions


def test_a_value_that_wraps_in_a_column_without_rules_stays_its_own(edition: Edition) -> None:
    """The row had room for the word at its end: it goes on in the column where it stands."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica", 11)
    canvas.drawRightString(485, 800, "ETAPE 3 – SIGNER LE DOSSIER")
    rows = (
        ("Fait à Ixelles", ""),
        ("Nom, prénom : Renard, Aïcha", "Nom, prénom : Diallo, Bilal"),
        ("Fonction : Directrice administrative et", "Fonction : Administrateur"),
        ("Signature", "Signature"),
    )
    for number, (left, right) in enumerate(rows):
        canvas.drawString(62, 760 - 40 * number, left)
        canvas.drawString(298, 760 - 40 * number, right)
    canvas.drawString(62, 760 - 80 - 14, "financière")
    canvas.save()
    document = parsers.read(out.getvalue())
    assert isinstance(document, Document)
    answers = _form.read(document, "f.pdf", edition).answers

    assert answers["s.contact_function"].value == "Directrice administrative et financière"
    assert answers["s.administrator_function"].value == "Administrateur"


def test_values_that_wrap_side_by_side_stay_each_in_its_column(edition: Edition) -> None:
    """Where the right value goes on right below itself, the left one's next line is the left one's."""
    long = (
        (
            "Fait à Ixelles, ce matin, où nous avons tout relu, et dont nous sommes contents aujourd'hui",
            60,
            60,
        ),
        ("Nom, prénom : Renard, Aïcha", 60, 100),
        ("Nom, prénom : Diallo, Bilal", 300, 100),
        ("Fonction : Co-fondatrice et responsable des", 60, 120),
        ("Fonction : Administrateur (secrétaire du", 300, 120),
        ("finances", 60, 132),
        ("CA)", 300, 132),
        ("Signature", 60, 160),
        ("Signature", 300, 160),
    )
    answers = _form.read(_page(*long, pictures=()), "f.pdf", edition).answers

    assert answers["s.contact_function"].value == "Co-fondatrice et responsable des finances"
    assert answers["s.administrator_function"].value == "Administrateur (secrétaire du CA)"


def _page(*lines: tuple[str, float, float], pictures: tuple[Picture, ...]) -> Document:
    """A page of a PDF with these words and pictures at their places."""
    laid = tuple(
        Line((Span(words),), 1, Box(x0, top, x0 + 5 * len(words), top + 11)) for words, x0, top in lines
    )
    return Document(FileKind.PDF, (Page(1, PageSource.TEXT, 595, 842),), laid, pictures)


def _picture(x0: float, top: float, x1: float, bottom: float, form: PictureForm, look: Look) -> Picture:
    return Picture(form, 1, 99, Box(x0, top, x1, bottom), None, x1 - x0, bottom - top, look=look)


COLUMNS = (
    ("Fait à Bruxelles", 60, 60),
    ("Le", 60, 80),
    ("Nom, prénom", 60, 100),
    ("Nom, prénom", 330, 100),
    ("Fonction", 60, 120),
    ("Fonction", 330, 120),
    ("Signature", 60, 140),
    ("Signature", 330, 140),
    ("ETAPE 4 – VÉRIFIER QUE VOUS N’AVEZ RIEN OUBLIÉ", 60, 400),
)


def test_a_pen_over_a_stamp_is_no_logo(edition: Edition) -> None:
    """A picture that stands twice on one page is a pen and a stamp; a logo stands on several pages."""
    pen = _picture(80, 155, 200, 200, PictureForm.RASTER, Look.HAND)
    stamp = _picture(80, 155, 205, 220, PictureForm.RASTER, Look.STAMP)

    found = _form.read(_page(*COLUMNS, pictures=(stamp, pen)), "f.pdf", edition).signatures

    assert (found["contact"].state, found["administrator"].state) == (SIGNED, MISSING)


@pytest.mark.parametrize(
    ("stroke", "state"), [(40.0, UNCLEAR), (400.0, SIGNED)], ids=["a few lines", "a whole signature"]
)
def test_the_rest_of_a_stamp_is_no_signature(stroke: float, state: SignatureState, edition: Edition) -> None:
    """A stamp whose words were read falls into pieces: one, right above it, may look like a hand's."""
    stamp = _picture(80, 170, 200, 215, PictureForm.INK, Look.STAMP)
    rest = replace(_picture(85, 155, 190, 168, PictureForm.INK, Look.HAND), stroke_pt=stroke)
    found = _form.read(_page(*COLUMNS, pictures=(stamp, rest)), "f.pdf", edition).signatures

    assert found["contact"].state is state


def test_a_column_reaches_to_the_next_one(edition: Edition) -> None:
    """Where all labels begin their columns, a signature between the two is the left one's."""
    pen = _picture(130, 155, 320, 200, PictureForm.RASTER, Look.HAND)

    found = _form.read(_page(*COLUMNS, pictures=(pen,)), "f.pdf", edition).signatures

    assert (found["contact"].state, found["administrator"].state) == (SIGNED, MISSING)


def test_names_by_hand_on_a_pdf_are_for_a_person(edition: Edition) -> None:
    """A stylus wrote behind « Le » and « Nom, prénom »: nobody is told that these are blank."""
    day = _picture(75, 91, 130, 99, PictureForm.VECTOR, Look.WRITING)
    name = _picture(400, 99, 470, 112, PictureForm.INK, Look.WRITING)

    answers = _form.read(_page(*COLUMNS, pictures=(day, name)), "f.pdf", edition).answers

    unclear = {q for q, answer in answers.items() if answer.state is AnswerState.UNCLEAR}
    assert unclear == {"s.date", "s.administrator_name"}
    assert answers["s.contact_name"].state is AnswerState.BLANK


def test_a_pasted_signature_that_went_astray_leaves_a_doubt(edition: Edition) -> None:
    """In columns, what was pasted behind the last label may stand on top of the next column."""
    pen = _picture(400, 20, 500, 50, PictureForm.RASTER, Look.HAND)

    found = _form.read(_page(*COLUMNS, pictures=(pen,)), "f.pdf", edition).signatures

    assert {signature.state for signature in found.values()} == {UNCLEAR}


def test_another_columns_value_is_no_answer(edition: Edition) -> None:
    """A name that wraps in the right column may stand beside « Fonction » of the left one."""
    wrapped = [*COLUMNS[:5], ("Raphaëlle", 330, 118), ("Fonction Trésorier", 330, 134), *COLUMNS[6:]]
    wrapped[3] = ("Nom, prénom Saint-Rémy,", 330, 104)

    answers = _form.read(_page(*wrapped, pictures=()), "f.pdf", edition).answers

    assert answers["s.contact_function"].state is AnswerState.BLANK


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
    blue = Picture(PictureForm.INK, 1, 0, ink.box, look=Look.HAND, coloured=True)
    penned = stream(replace(text.document, pictures=(blue,)), "scan.pdf")
    assert _signatures._spelled(penned, signed, {"contact": ["Dupont, Jeanne"]}) == signed


def _laid(*lines: tuple[str, int, float, float], pictures: Sequence[Picture]) -> Document:
    """Pages of a scan with these words (text, page, left, top) in the order in which they are read."""
    told = [
        Line((Span(words),), page, Box(x0, top, x0 + 5 * len(words), top + 11))
        for words, page, x0, top in lines
    ]
    readings = [
        PageReading(
            number, 842.0, [line for line in told if line.page == number],
            [picture for picture in pictures if picture.page == number],
        )
        for number in (1, 2)
    ]  # fmt: skip
    placed, drawn = put_together(readings)
    pages = tuple(Page(number, PageSource.OCR, 595, 842, confidence=0.95) for number in (1, 2))
    return Document(FileKind.PDF, pages, tuple(placed), tuple(drawn))


def _hand(x0: float, top: float, page: int = 1, width: float = 100.0) -> Picture:
    ink = _picture(x0, top, x0 + width, top + 40, PictureForm.INK, Look.HAND)
    return replace(ink, page=page, stroke_pt=300.0)


def _states(document: Document, edition: Edition) -> tuple[SignatureState, SignatureState]:
    found = _form.read(document, "f.pdf", edition).signatures
    return found["contact"].state, found["administrator"].state


SIGNING = ("ETAPE 3 – SIGNER LE DOSSIER", 1, 60.0, 500.0)
NEXT = "ETAPE 4 – VÉRIFIER QUE VOUS N’AVEZ RIEN OUBLIÉ"


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

    assert _states(_laid(*lines, pictures=[_hand(350, 70)]), edition) == (MISSING, SIGNED)


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

    assert _states(_laid(*lines, pictures=[_hand(362, 70)]), edition) == (SIGNED, MISSING)
    assert _states(_laid(*lines, pictures=[_hand(500, 70)]), edition) == (MISSING, SIGNED)


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

    assert _states(_laid(*lines, pictures=[_hand(80, 600)]), edition) == (MISSING, MISSING)


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

    assert _states(_laid(*lines, pictures=[_hand(60, 600)]), edition) == (SIGNED, MISSING)


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

    assert _states(_laid(*lines, pictures=[_hand(310, 740)]), edition) == (MISSING, SIGNED)


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
    document = _laid(*lines, pictures=[replace(_hand(310, 70, page=2), cell=Cell(1, 0, 1))])
    cells = [None, *[Cell(0, 0, 0)] * 3, *[Cell(0, 0, 1)] * 3]
    told = tuple(replace(line, cell=cell) for line, cell in zip(document.lines, cells, strict=True))

    assert _states(replace(document, lines=told), edition) == (MISSING, SIGNED)


def test_two_signatures_at_one_place_leave_the_other_in_doubt(edition: Edition) -> None:
    """A line too short for two pictures puts the second one under the first: nobody is said to have none."""
    lines = (*((words, 1, x0, 400 + top) for words, x0, top in COLUMNS[:-1]), (NEXT, 1, 60.0, 800.0))
    one, two = _hand(70, 560), _hand(70, 620)

    assert _states(_laid(*lines, pictures=[one]), edition) == (SIGNED, MISSING)
    assert _states(_laid(*lines, pictures=[one, two]), edition) == (SIGNED, UNCLEAR)


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
    document = _laid(*(words for words, _ in rows), pictures=[replace(_hand(225, 662), cell=Cell(0, 3, 1))])
    told = tuple(replace(line, cell=cell) for line, (_, cell) in zip(document.lines, rows, strict=True))
    page = replace(document, lines=told)
    trace = replace(_hand(400, 670), look=Look.TRACE, stroke_pt=20.0)

    assert _states(page, edition) == (SIGNED, MISSING)
    assert _states(replace(page, pictures=(*page.pictures, trace)), edition) == (SIGNED, UNCLEAR)


def test_a_picture_behind_a_name_is_of_the_column_in_which_the_name_begins(edition: Edition) -> None:
    """Typed and signed on one line, the picture may reach into the next column, whose name comes after."""
    names = (("VÉRONIQUE MBAREK NGUYEN", 60, 175), ("Raphaëlle Hermans", 360, 175))
    pen = _picture(184, 150, 340, 190, PictureForm.RASTER, Look.HAND)

    found = _form.read(
        _page(*COLUMNS[:-1], *names, COLUMNS[-1], pictures=(pen,)), "f.pdf", edition
    ).signatures

    assert (found["contact"].state, found["administrator"].state) == (SIGNED, MISSING)


def test_a_picture_in_the_line_of_its_label_is_that_labels(edition: Edition) -> None:
    """A picture set behind « Signature : » pushes it down, below the other column's."""
    lines = (
        SIGNING,
        ("Nom, prénom : Maes, Sophie", 1, 60.0, 540.0),
        ("Nom, prénom : Quinet, Thérèse", 1, 300.0, 540.0),
        ("Signature : ............", 1, 300.0, 560.0),
        ("Signature :", 1, 60.0, 589.0),
    )

    assert _states(_laid(*lines, pictures=[_hand(120, 560)]), edition) == (SIGNED, MISSING)


def test_a_day_below_an_empty_place_is_no_place(edition: Edition) -> None:
    """Of « Le » on the next row nothing was read: its day does not say where it was signed."""
    lines = (SIGNING, ("Fait à", 1, 60.0, 530.0), (", 11 sept. 2026.", 1, 97.0, 555.0))
    lines += (("Nom, prénom : Maes", 1, 60.0, 580.0), ("Signature :", 1, 60.0, 600.0))
    empty = _form.read(_laid(*lines, pictures=[]), "f.pdf", edition).answers["s.place"]
    named = (*lines[:2], ("1070 Anderlecht, 11 sept. 2026", 1, 97.0, 555.0), *lines[3:])
    told = _form.read(_laid(*named, pictures=[]), "f.pdf", edition).answers["s.place"]

    assert (empty.state, told.state) == (AnswerState.BLANK, AnswerState.ANSWERED)


def test_labels_quoted_in_a_mail_are_labels(edition: Edition) -> None:
    """« > Fait à », answered on the line below it, in the reply to a mail in which the form stood."""
    rows = [q.wording for q in edition.questions.values() if not q.id.startswith("s.")]
    signing = ("Fait à", "Le", "Nom, prénom", "Fonction", "Signature")
    said = {"Fait à": "Forest", "Le": "9 septembre 2026", "Nom, prénom": "Joris De Smedt"}
    quoted = [f"> {row}" for row in (*rows, "ETAPE 3 – SIGNER LE DOSSIER")]
    told = [row for label in signing for row in (f"> {label}", said.get(label, ""))]

    answers = _form.read(text.from_text("\n".join([*quoted, *told])), "mail.txt", edition).answers

    assert [answers[f"s.{q}"].value for q in ("place", "contact_name")] == ["Forest", "Joris De Smedt"]


def test_a_label_with_an_invitation_behind_it_is_one(edition: Edition) -> None:
    """A name that nobody typed, in a control that says so at length, is blank; its label stands there."""
    name = "Nom, prénom Cliquez ou appuyez ici pour entrer du texte."
    rows = ("Fait à Bruxelles", name, "Fonction", "Signature")

    found = _form.read(_block(edition, *rows), "f.docx", edition).answers["s.contact_name"]

    assert found.state is AnswerState.BLANK


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
    pasted = [replace(_hand(x0, 600), form=PictureForm.RASTER) for x0 in (90, 350)]

    assert _states(_laid(*lines, pictures=pasted), edition) == (SIGNED, SIGNED)
    assert _states(_laid(*lines, pictures=[_hand(90, 600), _hand(350, 600)]), edition) == (SIGNED, SIGNED)
    assert _states(_laid(*lines, pictures=pasted[1:]), edition) == (UNCLEAR, UNCLEAR)


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

    assert _states(document, edition) == (SIGNED, SIGNED)


def test_a_signature_at_the_corner_where_a_logo_stood_is_one(edition: Edition) -> None:
    """What stands in one place on several pages is a running logo, if it is as large there."""
    lines = (*((words, 2, x0, 400 + top) for words, x0, top in COLUMNS[:-1]), (NEXT, 2, 60.0, 800.0))
    pen = _hand(70, 560, page=2)
    logo = replace(_hand(70, 560, width=140), form=PictureForm.RASTER, look=Look.PRINT)

    document = _laid(("COOPCITY", 1, 60.0, 60.0), *lines, pictures=[logo, pen])

    assert _states(document, edition) == (SIGNED, MISSING)


@pytest.mark.parametrize(
    ("row", "states"),
    [
        ("\ufffc\ufffc\t", (SIGNED, MISSING)),
        ("Sophie Maes\t\ufffc\ufffc", (MISSING, SIGNED)),
        ("\ufffc\t\ufffc", (SIGNED, SIGNED)),
        ("\ufffc          \ufffc", (SIGNED, SIGNED)),
    ],
)
def test_of_two_pictures_in_a_line_the_tabs_tell_whose_they_are(
    row: str, states: tuple[SignatureState, SignatureState], edition: Edition
) -> None:
    """A pen and a stamp side by side are one person's; only without tabs each is another's."""
    people = ("Nom, prénom : Maes\tNom, prénom : Quinet", "Fonction : Gérante\tFonction : Trésorière")
    said = ("ETAPE 3 – SIGNER LE DOSSIER", "Fait à Ixelles", *people, "Signature\tSignature", row)
    lines = tuple(Line((Span(words),), 1) for words in said)
    looks = (Look.HAND, Look.STAMP if "\ufffc\ufffc" in row else Look.HAND)
    drawn = tuple(Picture(PictureForm.RASTER, 1, 5, None, None, 100, 40, look=look) for look in looks)

    assert _states(Document(FileKind.DOCX, (Page(1, PageSource.TEXT),), lines, drawn), edition) == states


def _heads(*people: tuple[str, str]) -> list[tuple[tuple[str, int, float, float], Cell | None]]:
    """A table whose labels head its columns, with a row for each person."""
    heads = (("Nom", 60.0), ("Fonction", 200.0), ("Signature", 400.0))
    rows: list[tuple[tuple[str, int, float, float], Cell | None]] = [(SIGNING, None)]
    rows += [((head, 1, x0, 540.0), Cell(0, 0, column)) for column, (head, x0) in enumerate(heads)]
    for row, (name, function) in enumerate(people, 1):
        top = 520.0 + 50 * row
        rows += [((name, 1, 60.0, top), Cell(0, row, 0)), ((function, 1, 200.0, top), Cell(0, row, 1))]
    return rows


@pytest.mark.parametrize(
    ("row", "states"), [(1, (SIGNED, MISSING)), (2, (MISSING, SIGNED)), (None, (SIGNED, UNCLEAR))]
)
def test_labels_may_head_the_columns_of_a_table(
    row: int | None, states: tuple[SignatureState, SignatureState], edition: Edition
) -> None:
    """Each person has a row, with their name, their function, their signature; one across two is in doubt."""
    rows = _heads(("Maes, Sophie", "Directrice"), ("Quinet, Thérèse", "Administratrice"))
    ink = _hand(405, 515.0 + 50 * (row or 1), width=90.0)
    if row is None and ink.box:
        ink = replace(ink, box=replace(ink.box, bottom=640.0))
    document = _laid(*(words for words, _ in rows), pictures=[replace(ink, cell=Cell(0, row or 1, 2))])
    lines = tuple(replace(line, cell=cell) for line, (_, cell) in zip(document.lines, rows, strict=True))
    page = replace(document, lines=lines)
    answers = _form.read(page, "f.pdf", edition).answers

    assert states == _states(page, edition)
    assert answers["s.contact_name"].value == "Maes, Sophie"
    assert answers["s.administrator_name"].value == "Quinet, Thérèse"
    assert answers["s.administrator_function"].value == "Administratrice"


def _whole(edition: Edition, *rows: tuple[str, float, float], pictures: Sequence[Picture] = ()) -> Document:
    """A form whose contact is Sophie Maes, with these rows (text, left, top) on its second page."""
    asked = [q for q in edition.questions.values() if not q.id.startswith("s.")]
    known = {edition.fields.contact_last_name: "Maes", edition.fields.contact_first_name: "Sophie"}
    said = [f"{q.wording} : {known[q.id]}" if q.id in known else q.wording for q in asked]
    front = [(words, 1, 60.0, 20.0 + 14 * number) for number, words in enumerate(said)]
    ends = [("ETAPE 3 – SIGNER LE DOSSIER", 2, 60.0, 40.0), (NEXT, 2, 60.0, 400.0)]
    signing = [(words, 2, x0, top) for words, x0, top in rows]
    return _laid(*front, ends[0], *signing, ends[1], pictures=pictures)


def test_a_third_signature_is_nobodys_that_was_asked_for(edition: Edition) -> None:
    """Under a heading of its own, a witness's hand signs for neither of the two people."""
    rows = (
        ("Personne de", 60.0, 80.0),
        ("Administrateur", 230.0, 80.0),
        ("Témoin", 400.0, 80.0),
        ("contact", 60.0, 92.0),
        ("Signature", 230.0, 106.0),
        ("Signature", 400.0, 106.0),
        ("Signature", 60.0, 120.0),
    )
    contact, administrator, witness = (_hand(x0, 140, 2, 90.0) for x0 in (65, 235, 405))

    def states(*pictures: Picture) -> tuple[SignatureState, SignatureState]:
        return _states(_whole(edition, *rows, pictures=pictures), edition)

    assert states(contact, witness) == (SIGNED, MISSING)
    assert states(administrator, witness) == (MISSING, SIGNED)
    assert states(contact, administrator, witness) == (SIGNED, SIGNED)


def test_names_at_the_right_edge_stand_above_their_functions(edition: Edition) -> None:
    """One person above the other, at the right: « Pour accord, » is no name; each signs above theirs."""
    told = ("Pour accord,", "Sophie Maes", "Directrice", "Pour accord,", "Thérèse Quinet", "Présidente")
    tops = (80.0, 140.0, 152.0, 180.0, 240.0, 252.0)
    rows = [(words, 550.0 - 5 * len(words), top) for words, top in zip(told, tops, strict=True)]
    rows.insert(0, ("Fait à Ixelles", 60.0, 60.0))
    answers = _form.read(_whole(edition, *rows), "f.pdf", edition).answers
    first, second = (_hand(430, top, 2, 90.0) for top in (95, 195))

    assert answers["s.administrator_name"].value == "Thérèse Quinet"
    assert answers["s.contact_function"].value == "Directrice"
    assert _states(_whole(edition, *rows, pictures=[first]), edition) == (SIGNED, MISSING)
    assert _states(_whole(edition, *rows, pictures=[second]), edition) == (MISSING, SIGNED)


def test_people_sign_between_the_forms_headings_without_any_label(edition: Edition) -> None:
    """Neither « Fait à » nor « Signature »: names alone, and the contact's is known."""
    rows = (
        ("Ixelles, 9 septembre", 400.0, 60.0),
        ("Pour l’équipe,", 60.0, 90.0),
        ("Pour l’association,", 300.0, 90.0),
        ("Sophie Maes", 60.0, 180.0),
        ("Thérèse Quinet", 300.0, 180.0),
    )

    assert _states(_whole(edition, *rows, pictures=[_hand(320, 120, 2)]), edition) == (MISSING, SIGNED)


def test_one_picture_across_both_places_leaves_the_other_in_doubt(edition: Edition) -> None:
    """A strip that holds both signatures is one picture: the second person's may be in it."""
    document = replace(_block(edition, *ROWS, "Signature\tSignature"), pictures=())
    picture = Picture(PictureForm.RASTER, 1, len(document.lines) - 1, None, None, 430.0, 60.0, look=Look.HAND)
    narrow = replace(picture, width_pt=120.0)

    assert _states(replace(document, pictures=(picture,)), edition) == (SIGNED, UNCLEAR)
    assert _states(replace(document, pictures=(narrow,)), edition) == (SIGNED, MISSING)


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

    assert _states(Document(FileKind.PDF, (page,), tuple(said), (ink,)), edition)[0] is first


@pytest.mark.parametrize(("top", "state"), [(20.0, MISSING), (560.0, UNCLEAR)])
def test_a_picture_that_hangs_from_a_running_head_may_sign(
    top: float, state: SignatureState, edition: Edition
) -> None:
    """Word anchors a picture in the head though it stands over the text; a logo stays at the top."""
    document = _block(edition, *ROWS, "Signature\tSignature")
    at = Box(60.0, top, 160.0, top)
    picture = Picture(PictureForm.RASTER, 1, 99, at, None, 100.0, 40.0, "1", Origin.MARGIN, look=Look.HAND)
    found = _form.read(replace(document, pictures=(picture,)), "f.docx", edition).signatures

    assert found["contact"].state is state


def test_a_pasted_signature_without_a_place_is_for_a_person(edition: Edition) -> None:
    """Of a form in which no place to sign was found, a hand's lines in a picture may be a signature."""
    document = replace(_block(edition), pictures=())
    pasted = Picture(PictureForm.RASTER, 1, 0, None, None, 100.0, 40.0, "1", look=Look.HAND)
    printed = replace(pasted, look=Look.PRINT)

    def states(picture: Picture) -> set[SignatureState]:
        found = _form.read(replace(document, pictures=(picture,)), "f.docx", edition).signatures
        return {signature.state for signature in found.values()}

    assert (states(pasted), states(printed)) == ({UNCLEAR}, {MISSING})


def test_signatur_is_a_label(edition: Edition) -> None:
    """A letter may be lost, or the label be another language's: it says no function."""
    found = _form.read(
        _block(edition, *ROWS, "Fonction : Directrice\tFonction :", "Signatur\tSignatur"), "f", edition
    )

    assert found.answers["s.administrator_function"].state is AnswerState.BLANK


def test_a_name_goes_on_in_the_row_before_the_function_of_its_column(edition: Edition) -> None:
    """The column was narrower than the page: « Damme » had no room, though the row ends early."""
    wide = (
        "Une ligne qui va d'un bord de la page à l'autre, et qui dit jusqu'où vont les autres lignes ici",
        60,
        380,
    )
    laid = [*COLUMNS[:2], ("Nom, prénom : Maes, Sophie", 60, 100), ("Nom, prénom : Hélène Van", 330, 100)]
    laid += [("Damme", 330, 113), ("Fonction : Gérante", 60, 126), ("Fonction : Trésorière", 330, 126)]

    answers = _form.read(_page(*laid, *COLUMNS[6:8], wide, COLUMNS[8], pictures=()), "f.pdf", edition).answers

    assert answers["s.administrator_name"].value == "Hélène Van Damme"
    assert answers["s.contact_name"].value == "Maes, Sophie"


@pytest.mark.parametrize("apart", [True, False])
def test_columns_so_narrow_that_values_wrap_keep_them(apart: bool, edition: Edition) -> None:
    """A value goes on where its column has no more room, though the page has; « fonction » may end one."""
    columns = (
        ("Nom, prénom : Renard", "Aïcha", "Fonction : Directrice", "administrative faisant", "fonction"),
        ("Nom, prénom : Diallo-", "Bah, Bilal", "Fonction : Président", "du conseil", ""),
    )
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawRightString(485, 800, "ETAPE 3 – SIGNER LE DOSSIER")
    canvas.drawString(62, 760, "Fait à Ixelles")
    for number, rows in enumerate(columns):
        for at, row in enumerate(rows):
            canvas.drawString(62 + 150 * number, 730 - 14 * at - 6 * number * apart, row)
        canvas.drawString(62 + 150 * number, 640, "Signature")
    canvas.save()
    document = parsers.read(out.getvalue())
    assert isinstance(document, Document)
    answers = _form.read(document, "f.pdf", edition).answers

    assert answers["s.contact_function"].value == "Directrice administrative faisant fonction"
    assert answers["s.administrator_function"].value == "Président du conseil"
    assert answers["s.administrator_name"].value == "Diallo- Bah, Bilal"


def test_a_label_cut_by_its_column_is_one(edition: Edition) -> None:
    """« Nom, » above « prénom » in the first column of a table asks for both people's names."""
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.drawRightString(485, 800, "ETAPE 3 – SIGNER LE DOSSIER")
    canvas.drawString(62, 760, "Fait à Ixelles")
    canvas.grid([60, 110, 250, 400], [700, 730, 750])
    for x, y, said in (
        (62, 718, "Nom,"), (62, 705, "prénom"), (115, 718, "Aïcha Renard"), (255, 718, "Bilal Diallo"),
        (62, 735, "Fonction"), (115, 735, "Directrice"), (255, 735, "Président"), (62, 680, "Signature"),
    ):  # fmt: skip
        canvas.drawString(x, y, said)
    canvas.save()
    document = parsers.read(out.getvalue())
    assert isinstance(document, Document)
    answers = _form.read(document, "f.pdf", edition).answers

    assert answers["s.contact_name"].value == "Aïcha Renard"
    assert answers["s.administrator_name"].value == "Bilal Diallo"


def test_headings_alone_are_places_to_sign(edition: Edition) -> None:
    """Nothing asks for a signature: under « Administratrice – T. Quinet » one signs all the same."""
    rows = (
        ("Le dossier de candidature doit être signé par la personne de contact pour COOPCITY", 60.0, 52.0),
        ("et un administrateur ou une administratrice.", 60.0, 64.0),
        ("Ixelles, 9 septembre", 330.0, 76.0),
        ("Personne de contact – S. Maes", 330.0, 90.0),
        ("Administratrice – T. Quinet", 330.0, 200.0),
    )

    assert _states(_whole(edition, *rows, pictures=[_hand(340, 110, 2)]), edition) == (SIGNED, MISSING)
    assert _states(_whole(edition, *rows, pictures=[_hand(340, 220, 2)]), edition) == (MISSING, SIGNED)


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
    whole = _whole(edition, *rows, pictures=[_hand(340, 120, 2, 90.0)])
    lines = tuple(line for line in whole.lines if "ETAPE" not in line.text)
    pictures = tuple(replace(picture, after=len(lines) - 3) for picture in whole.pictures)

    assert _states(replace(whole, lines=lines, pictures=pictures), edition) == states


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

    assert _states(document, edition) == (SIGNED, MISSING)
    assert found.answers["s.administrator_name"].value == "Thérèse Quinet"
    assert found.answers["b.1"].value == "Une réponse à la question."


def test_the_row_that_names_the_contact_is_the_contacts(edition: Edition) -> None:
    """« (personne de contact) » below a function, under the labels, heads no second block."""
    rows = _heads(("Maes, Sophie", "Directrice"), ("Quinet, Thérèse", "Présidente"))
    rows.insert(6, (("(personne de contact)", 1, 200.0, 582.0), Cell(0, 1, 1)))
    pen = replace(_hand(405, 615.0, width=90.0), cell=Cell(0, 2, 2))
    document = _laid(*(words for words, _ in rows), pictures=[pen])
    lines = tuple(replace(line, cell=cell) for line, (_, cell) in zip(document.lines, rows, strict=True))

    assert _states(replace(document, lines=lines), edition) == (MISSING, SIGNED)


ASKING = (
    "Le dossier de candidature doit être signé par la personne de contact pour COOPCITY"
    " et un administrateur ou une administratrice."
)


def apart(names: Sequence[str], x0: float) -> Document:
    """A page of signatures by itself, names under the places to sign, a hand over one."""
    return _laid(
        ("ETAPE 3 – SIGNER LE DOSSIER", 1, 60.0, 40.0),
        (ASKING, 1, 60.0, 60.0),
        ("Fait à Bruxelles", 1, 60.0, 80.0),
        *((name, 1, left, 200.0) for name, left in zip(names, (60.0, 330.0, 430.0), strict=False)),
        pictures=(_hand(x0, 130.0),),
    )


@pytest.mark.parametrize("names", [("Aïcha Lambert", "Marc Peeters"), ("Marc Peeters", "Aïcha Lambert")])
def test_on_a_page_apart_names_tell_whose_place_is_whose(names: tuple[str, str], edition: Edition) -> None:
    """No label stands there: « Fait à » says what page it is, the form's own answers whose names they are."""
    said = {"s.contact_name": "Lambert Aïcha", "s.administrator_name": "Marc Peeters"}
    answers = {q: Answer(q, AnswerState.ANSWERED, name) for q, name in said.items()}
    page = apart(names, 330.0)
    read = _form.signed_page(page, "p.pdf", edition, answers)
    signed = "administrator" if names[1] == "Marc Peeters" else "contact"

    assert _form.read(page, "p.pdf", edition).has_block
    assert read
    assert [role for role, s in read.signatures.items() if s.state is SIGNED] == [signed]
    assert {s.state for s in read.signatures.values()} == {SIGNED, MISSING}


def test_a_witness_between_two_people_is_neither(edition: Edition) -> None:
    """Where the form says the administrator's name, another name on the same row is not taken for it."""
    said = {"s.contact_name": "Lambert Aïcha", "s.administrator_name": "Marc Peeters"}
    answers = {q: Answer(q, AnswerState.ANSWERED, name) for q, name in said.items()}
    page = apart(("Aïcha Lambert", "Zoé Martin", "Marc Peeters"), 430.0)
    read = _form.signed_page(page, "p.pdf", edition, answers)

    assert read
    assert read.answers["s.administrator_name"].value == "Marc Peeters"


def test_a_function_beside_an_administrators_is_the_contacts(edition: Edition) -> None:
    """Of two functions on one row one names the administrator: the other is the contact's."""
    functions = (("Directrice", 1, 60.0, 212.0), ("Administrateur", 1, 330.0, 212.0))
    labels = (("Signature", 1, 60.0, 224.0), ("Signature", 1, 330.0, 224.0))
    bare = apart(("Aïcha Lambert", "Marc Peeters"), 60.0)
    page = _laid(
        *((line.text, 1, line.box.x0, line.box.top) for line in bare.lines if line.box),
        *functions,
        *labels,
        pictures=(_hand(60.0, 130.0),),
    )

    assert _states(page, edition) == (SIGNED, MISSING)


def test_ink_across_two_places_one_below_the_other_leaves_nobody_missing(edition: Edition) -> None:
    """The tail of the first signature runs into the second: one piece of ink, in which both may be."""
    lines = [(SIGNING[0], 1, 60.0, 500.0)]
    for name, top in (("Maes, Sophie", 540.0), ("Quinet, Thérèse", 600.0)):
        lines += [(f"Nom, prénom : {name}", 1, 60.0, top), ("Signature :", 1, 60.0, top + 14)]
    ink = _hand(130.0, 545.0)
    tied = replace(ink, box=Box(130.0, 545.0, 250.0, 640.0))

    assert _states(_laid(*lines, pictures=(ink,)), edition) == (SIGNED, MISSING)
    assert set(_states(_laid(*lines, pictures=(tied,)), edition)) == {SIGNED, UNCLEAR}


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


def test_under_a_heading_of_ones_own_one_signs_over_ones_name_however_near_the_others_is(
    edition: Edition,
) -> None:
    """The hand stands nearer to the first one’s function than to the second’s name."""
    rows = (
        ("Pour accord, la personne de contact :", 60.0, 80.0),
        ("Sophie Maes", 60.0, 180.0),
        ("Directrice", 60.0, 192.0),
        ("Pour accord, l’administratrice :", 60.0, 204.0),
        ("Thérèse Quinet", 60.0, 300.0),
        ("Présidente", 60.0, 312.0),
    )

    assert _states(_whole(edition, *rows, pictures=[_hand(60, 218, 2)]), edition) == (MISSING, SIGNED)
    assert _states(_whole(edition, *rows, pictures=[_hand(60, 110, 2)]), edition) == (SIGNED, MISSING)


def _declaring(*people: tuple[str, str], pictures: Sequence[Picture] = ()) -> Document:
    """A page of one's own, below the form's sentence: each declares in prose, (who, as what), and signs."""
    rows = [(ASKING, 1, 60.0, 60.0), ("Fait à Forest, le 9 septembre 2026", 1, 60.0, 90.0)]
    for top, (who, what) in zip((110.0, 250.0), people, strict=True):
        rows.append((f"Je soussigné·e, {who}, {what}, déclare avoir pris connaissance du", 1, 60.0, top))
        rows.append(("dossier de candidature et en confirmer le contenu.", 1, 60.0, top + 14))
        rows.append(("Signature :", 1, 60.0, top + 30))
    return _laid(*rows, pictures=pictures)


PEOPLE = (
    ("Maes Sophie", "Coordinatrice générale, personne de contact pour COOPCITY"),
    ("Thérèse Van den Berg", "en qualité de trésorière, administratrice"),
)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_sentence_says_who_signs_below_it(swapped: bool, edition: Edition) -> None:
    """« Je soussigné·e, … » gives name, function and role; the form's sentence tells what page it is."""
    page = _declaring(*(PEOPLE[::-1] if swapped else PEOPLE), pictures=[_hand(100.0, 150.0)])
    found = _form.read(page, "p.pdf", edition)

    assert found.has_block
    assert _states(page, edition) == ((MISSING, SIGNED) if swapped else (SIGNED, MISSING))
    assert {q: a.value for q, a in found.answers.items() if "_" in q} == {
        "s.contact_name": "Maes Sophie",
        "s.contact_function": "Coordinatrice générale",
        "s.administrator_name": "Thérèse Van den Berg",
        "s.administrator_function": "trésorière",
    }


def test_an_annex_with_a_heading_of_the_form_is_no_page_to_sign(edition: Edition) -> None:
    """« Votre entreprise » stands in other papers too; a whole sentence of the form's does not."""
    rows = (("Votre entreprise", 1, 60.0, 40.0), ("Fait à Ixelles", 1, 60.0, 80.0))
    page = _laid(*rows, ("Signature :", 1, 60.0, 130.0), pictures=[])

    assert not _form.read(page, "p.pdf", edition).has_block


def _tabled(*rows: Sequence[str]) -> Document:
    """A Word file whose places to sign are a table."""
    lines = [Line((Span(words),), 1) for words in (SIGNING[0], "Fait à Ixelles")]
    for row, cells in enumerate(rows):
        lines += [Line((Span(words),), 1, cell=Cell(0, row, at)) for at, words in enumerate(cells) if words]
    return Document(FileKind.DOCX, (Page(1, PageSource.TEXT),), tuple(lines), ())


def test_of_a_column_for_roles_and_one_for_functions_the_latter_says_the_function(edition: Edition) -> None:
    """« Qualité » asks for a function where it stands alone; beside « Fonction » it says whose row it is."""
    said = (
        ("Nom, prénom", "Qualité", "Fonction", "Signature"),
        ("Maes Sophie", "Personne de contact", "Directrice", ""),
        ("Quinet Thérèse", "Administratrice", "Présidente", ""),
    )
    document = _tabled(*said)
    answers = _form.read(document, "f.docx", edition).answers

    assert answers["s.contact_function"].value == "Directrice"
    assert answers["s.administrator_function"].value == "Présidente"


def test_a_name_typed_under_a_heading_beside_one_label_for_both_is_seen(edition: Edition) -> None:
    """« Signature » stands once, at the head of its row; in the second person's column a name is typed."""
    said = (
        ("", "Personne de contact", "Administratrice"),
        ("Nom, prénom", "Maes Sophie", "Quinet Thérèse"),
        ("Fonction", "Directrice", "Présidente"),
        ("Signature", "", "Thérèse Quinet"),
    )
    document = _tabled(*said)
    signatures = _form.read(document, "f.docx", edition).signatures

    assert (signatures["contact"].typed_name, signatures["administrator"].typed_name) == (False, True)


def test_a_dash_that_parts_two_labels_is_not_of_the_name(edition: Edition) -> None:
    """« Nom, prénom : Maes Sophie — Fonction : Directrice » in one row."""
    lines = (SIGNING[0], "Fait à Ixelles", "Nom, prénom : Maes Sophie — Fonction : Directrice", "Signature :")
    document = Document(
        FileKind.DOCX, (Page(1, PageSource.TEXT),), tuple(Line((Span(words),), 1) for words in lines), ()
    )

    assert _form.read(document, "f.docx", edition).answers["s.contact_name"].value == "Maes Sophie"


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
    ink = _picture(80, 160, 190, 160 + height, PictureForm.INK, Look.WRITING)
    name = replace(ink, coloured=coloured, stroke_pt=stroke)

    assert _states(_page(*COLUMNS, pictures=(name,)), edition) == (state, MISSING)


@pytest.mark.parametrize(("pieces", "state"), [(3, UNCLEAR), (2, MISSING)])
def test_a_pale_signature_in_pieces_is_not_called_missing(
    pieces: int, state: SignatureState, edition: Edition
) -> None:
    """Of thin pale lines a scan leaves a few short strokes, each too short for a mark."""
    bits = [
        replace(_picture(x, top, x + 20, top + 6, PictureForm.INK, Look.MARK), stroke_pt=24.0, after=7)
        for x, top in ((88, 160), (62, 176), (98, 178))
    ]

    assert _states(_page(*COLUMNS, pictures=tuple(bits[:pieces])), edition) == (state, MISSING)


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
    page = _laid(ends[0], *rows, ends[1], pictures=[_hand(100.0, 145.0)])

    assert _states(page, edition) == (SIGNED, MISSING)


def test_a_heading_in_the_other_cell_is_nobodys_name(edition: Edition) -> None:
    """« Administrateur·rice (signature … »: level with the contact's name as cells of one row are."""
    cells = (
        ("Personne de contact (signature", "précédée de « Lu et approuvé »)", "Maes Sophie", "Directrice"),
        ("Administrateur·rice (signature", "précédée de « Lu et approuvé »)", "Thérèse Quinet", "Présidente"),
    )
    lines = [Line((Span(words),), 1) for words in (SIGNING[0], "Fait à Ixelles")]
    lines += [Line((Span(w),), 1, cell=Cell(0, 0, at)) for at, said in enumerate(cells) for w in said]
    page = Document(FileKind.DOCX, (Page(1, PageSource.TEXT),), tuple(lines), ())
    known = {
        q: Answer(q, AnswerState.ANSWERED, name)
        for q, name in (
            (edition.fields.contact_last_name, "Maes"), (edition.fields.contact_first_name, "Sophie")
        )
        if q
    }  # fmt: skip
    read = _form.signed_page(page, "f.docx", edition, known)

    assert read
    assert read.answers["s.administrator_name"].value == "Thérèse Quinet"


def test_what_a_line_asks_for_in_brackets_is_not_of_the_name_above(edition: Edition) -> None:
    """« (nom, prénom) » close below a name."""
    rows = (("Nom, prénom : Maes Sophie", 60.0, 100.0), ("(nom, prénom)", 60.0, 113.0))
    answers = _form.read(_page(*COLUMNS[:2], *rows, *COLUMNS[6:], pictures=()), "f.pdf", edition).answers

    assert answers["s.contact_name"].value == "Maes Sophie"
