"""What stands at the places to sign: names, functions, a place and a day, wherever their labels are."""

from collections.abc import Callable, Mapping
from dataclasses import replace

import pytest
from reportlab.lib.pagesizes import A4
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
    Page,
    PageSource,
    PictureForm,
    Span,
)
from parsers import text
from parsers._answered import _form
from tests.parsers.conftest import a_pdf
from tests.parsers.scans import drawn
from tests.parsers.signing import (
    COLUMNS,
    MISSING,
    ROWS,
    SIGNED,
    SIGNING,
    a_block,
    a_hand,
    a_page,
    a_picture,
    a_scan,
    a_table,
    states_of,
)


@pytest.mark.parametrize(
    ("rows", "place", "day"),
    [
        (("Fait à Bruxelles, le 10/09/2026",), "Bruxelles", "10/09/2026"),
        (("Fait à : Saint-Gilles", "Le : 8 septembre 2026"), "Saint-Gilles", "8 septembre 2026"),
        (("Fait à ............, le ............",), None, None),
        (("Fait à Ixelles, le le 31/08/2026",), "Ixelles", "31/08/2026"),
        (("Faità : Ixelles", "Le 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à", "Le ler septembre 2026"), None, "ler septembre 2026"),
        (("Fait à Ixelles", "Le le 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à Ixelles", "Le\tle 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à : Ixelles   Date : 9/9/2026",), "Ixelles", "9/9/2026"),
        (("Opgemaakt te Elsene, op 4 september 2026",), "Elsene", "4 september 2026"),
        (("a) Fait à Ixelles", "b) Le 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à – Ixelles", "Le – 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à Ixelles", "Le 31/08/2026 :"), "Ixelles", "31/08/2026"),
        (("Fait à / Gedaan te : Ixelles   Le / Op : 31/08/2026",), "Ixelles", "31/08/2026"),
        (("Fait à / Gedaan te : Ixelles", "Le / Op : 31/08/2026"), "Ixelles", "31/08/2026"),
        (("Fait à ……………", "Le …… / …… / 2026"), None, None),
        (("Fait à Ixelles", "Le Cliquez ou appuyez ici pour entrer une date."), "Ixelles", None),
    ],
)
def test_place_and_date_are_read(
    rows: tuple[str, ...], place: str | None, day: str | None, edition: Edition
) -> None:
    """« Fait à » and « Le » are read on one line or two, and dots are blank."""
    answers = _form.read(a_block(edition, *rows, ROWS[1], "Signature\tSignature"), "f.docx", edition).answers

    assert (answers["s.place"].value, answers["s.date"].value) == (place, day)
    assert all(answers[q].state is not AnswerState.NOT_FOUND for q in ("s.place", "s.date"))


@pytest.mark.parametrize(
    ("under", "day"),
    [("Lambert, Aïcha", None), ("signé électroniquement", None), ("3 septembre", "3 septembre")],
)
def test_what_is_no_day_is_no_date(under: str, day: str | None, edition: Edition) -> None:
    """Under an empty « Le » a name may follow, over the line to sign on."""
    document = a_block(edition, "Fait à", "Le", under, "Signature\tSignature", ROWS[1])

    answers = _form.read(document, "f.docx", edition).answers

    assert answers["s.date"].value == day


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


def _answers_drawn(draw: Callable[[Canvas], None], edition: Edition) -> Mapping[str, Answer]:
    """What is read on a page to sign, of what is drawn below its heading and « Fait à »."""

    def whole(canvas: Canvas) -> None:
        canvas.drawRightString(485, 800, "ETAPE 3 – SIGNER LE DOSSIER")
        canvas.drawString(62, 760, "Fait à Ixelles")
        draw(canvas)

    document = parsers.read(drawn(whole, A4))
    assert isinstance(document, Document)
    return _form.read(document, "f.pdf", edition).answers


def test_a_value_that_wraps_in_a_column_without_rules_stays_its_own(edition: Edition) -> None:
    """The row had room for the word at its end: it goes on in the column where it stands."""

    def draw(canvas: Canvas) -> None:
        canvas.setFont("Helvetica", 11)
        rows = (
            ("Nom, prénom : Renard, Aïcha", "Nom, prénom : Diallo, Bilal"),
            ("Fonction : Directrice administrative et", "Fonction : Administrateur"),
            ("Signature", "Signature"),
        )
        for number, (left, right) in enumerate(rows):
            canvas.drawString(62, 720 - 40 * number, left)
            canvas.drawString(298, 720 - 40 * number, right)
        canvas.drawString(62, 680 - 14, "financière")

    answers = _answers_drawn(draw, edition)

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
    answers = _form.read(a_page(*long, pictures=()), "f.pdf", edition).answers

    assert answers["s.contact_function"].value == "Co-fondatrice et responsable des finances"
    assert answers["s.administrator_function"].value == "Administrateur (secrétaire du CA)"


def test_names_by_hand_on_a_pdf_are_for_a_person(edition: Edition) -> None:
    """A stylus wrote behind « Le » and « Nom, prénom »: nobody is told that these are blank."""
    day = a_picture(75, 91, 130, 99, PictureForm.VECTOR, Look.WRITING)
    name = a_picture(400, 99, 470, 112, PictureForm.INK, Look.WRITING)

    answers = _form.read(a_page(*COLUMNS, pictures=(day, name)), "f.pdf", edition).answers

    unclear = {q for q, answer in answers.items() if answer.state is AnswerState.UNCLEAR}
    assert unclear == {"s.date", "s.administrator_name"}
    assert answers["s.contact_name"].state is AnswerState.BLANK


@pytest.mark.parametrize(
    ("left", "on_paper", "state"),
    [(140, True, AnswerState.UNCLEAR), (140, False, AnswerState.BLANK), (300, True, AnswerState.BLANK)],
)
def test_what_a_stamp_may_hide_is_not_blank(
    left: float, on_paper: bool, state: AnswerState, edition: Edition
) -> None:
    """The words behind a label were not read, for ink lies over them; in a typed file all words are there."""
    lines = (SIGNING, ("Fait à Ixelles, le 12/09/2026", 1, 60.0, 530.0), ("Nom, prénom :", 1, 60.0, 580.0))
    lines += (("Fonction : Président", 1, 60.0, 602.0), ("Signature :", 1, 60.0, 624.0))
    stamp = replace(a_hand(left, 560.0), box=Box(left, 560, left + 90, 650), look=Look.STAMP)
    read = a_scan(*lines, pictures=[stamp])
    sure = 0.95 if on_paper else 1.0
    read = replace(read, lines=tuple(replace(line, confidence=sure) for line in read.lines))

    assert _form.read(read, "f.pdf", edition).answers["s.contact_name"].state is state


def test_another_columns_value_is_no_answer(edition: Edition) -> None:
    """A name that wraps in the right column may stand beside « Fonction » of the left one."""
    wrapped = [*COLUMNS[:5], ("Raphaëlle", 330, 118), ("Fonction Trésorier", 330, 134), *COLUMNS[6:]]
    wrapped[3] = ("Nom, prénom Saint-Rémy,", 330, 104)

    answers = _form.read(a_page(*wrapped, pictures=()), "f.pdf", edition).answers

    assert answers["s.contact_function"].state is AnswerState.BLANK


def test_a_day_below_an_empty_place_is_no_place(edition: Edition) -> None:
    """Of « Le » on the next row nothing was read: its day does not say where it was signed."""
    lines = (SIGNING, ("Fait à", 1, 60.0, 530.0), (", 11 sept. 2026.", 1, 97.0, 555.0))
    lines += (("Nom, prénom : Maes", 1, 60.0, 580.0), ("Signature :", 1, 60.0, 600.0))
    empty = _form.read(a_scan(*lines, pictures=[]), "f.pdf", edition).answers["s.place"]
    named = (*lines[:2], ("1070 Anderlecht, 11 sept. 2026", 1, 97.0, 555.0), *lines[3:])
    told = _form.read(a_scan(*named, pictures=[]), "f.pdf", edition).answers["s.place"]

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

    found = _form.read(a_block(edition, *rows), "f.docx", edition).answers["s.contact_name"]

    assert found.state is AnswerState.BLANK


def test_signatur_is_a_label(edition: Edition) -> None:
    """A letter may be lost, or the label be another language's: it says no function."""
    found = _form.read(
        a_block(edition, *ROWS, "Fonction : Directrice\tFonction :", "Signatur\tSignatur"), "f", edition
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

    answers = _form.read(
        a_page(*laid, *COLUMNS[6:8], wide, COLUMNS[8], pictures=()), "f.pdf", edition
    ).answers

    assert answers["s.administrator_name"].value == "Hélène Van Damme"
    assert answers["s.contact_name"].value == "Maes, Sophie"


@pytest.mark.parametrize("apart", [True, False])
def test_columns_so_narrow_that_values_wrap_keep_them(apart: bool, edition: Edition) -> None:
    """A value goes on where its column has no more room, though the page has; « fonction » may end one."""
    columns = (
        ("Nom, prénom : Renard", "Aïcha", "Fonction : Directrice", "administrative faisant", "fonction"),
        ("Nom, prénom : Diallo-", "Bah, Bilal", "Fonction : Président", "du conseil", ""),
    )

    def draw(canvas: Canvas) -> None:
        for number, rows in enumerate(columns):
            for at, row in enumerate(rows):
                canvas.drawString(62 + 150 * number, 730 - 14 * at - 6 * number * apart, row)
            canvas.drawString(62 + 150 * number, 640, "Signature")

    answers = _answers_drawn(draw, edition)

    assert answers["s.contact_function"].value == "Directrice administrative faisant fonction"
    assert answers["s.administrator_function"].value == "Président du conseil"
    assert answers["s.administrator_name"].value == "Diallo- Bah, Bilal"


def test_a_label_cut_by_its_column_is_one(edition: Edition) -> None:
    """« Nom, » above « prénom » in the first column of a table asks for both people's names."""

    def draw(canvas: Canvas) -> None:
        canvas.grid([60, 110, 250, 400], [700, 730, 750])
        for x, y, said in (
            (62, 718, "Nom,"), (62, 705, "prénom"), (115, 718, "Aïcha Renard"), (255, 718, "Bilal Diallo"),
            (62, 735, "Fonction"), (115, 735, "Directrice"), (255, 735, "Président"), (62, 680, "Signature"),
        ):  # fmt: skip
            canvas.drawString(x, y, said)

    answers = _answers_drawn(draw, edition)

    assert answers["s.contact_name"].value == "Aïcha Renard"
    assert answers["s.administrator_name"].value == "Bilal Diallo"


def test_of_a_column_for_roles_and_one_for_functions_the_latter_says_the_function(edition: Edition) -> None:
    """« Qualité » asks for a function where it stands alone; beside « Fonction » it says whose row it is."""
    said = (
        ("Nom, prénom", "Qualité", "Fonction", "Signature"),
        ("Maes Sophie", "Personne de contact", "Directrice", ""),
        ("Quinet Thérèse", "Administratrice", "Présidente", ""),
    )
    document = a_table(*said)
    answers = _form.read(document, "f.docx", edition).answers

    assert answers["s.contact_function"].value == "Directrice"
    assert answers["s.administrator_function"].value == "Présidente"


def test_a_dash_that_parts_two_labels_is_not_of_the_name(edition: Edition) -> None:
    """« Nom, prénom : Maes Sophie — Fonction : Directrice » in one row."""
    lines = (SIGNING[0], "Fait à Ixelles", "Nom, prénom : Maes Sophie — Fonction : Directrice", "Signature :")
    document = Document(
        FileKind.DOCX, (Page(1, PageSource.TEXT),), tuple(Line((Span(words),), 1) for words in lines), ()
    )

    assert _form.read(document, "f.docx", edition).answers["s.contact_name"].value == "Maes Sophie"


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
    answers = _form.read(a_page(*COLUMNS[:2], *rows, *COLUMNS[6:], pictures=()), "f.pdf", edition).answers

    assert answers["s.contact_name"].value == "Maes Sophie"


def test_one_label_left_of_two_headed_columns_serves_both(edition: Edition) -> None:
    """A table without rules: the labels in its first column, and in each other one what a person answers."""
    lines = (
        SIGNING,
        ("Contact", 1, 150.0, 540.0),
        ("Administratrice", 1, 330.0, 540.0),
        ("Nom, prénom  Maes Sophie", 1, 60.0, 555.0),
        ("Quinet Thérèse", 1, 330.0, 555.0),
        ("Fonction", 1, 60.0, 570.0),
        ("Responsable administrative", 1, 150.0, 570.0),
        ("Présidente", 1, 330.0, 570.0),
        ("et financière", 1, 150.0, 583.0),
        ("Signature", 1, 60.0, 600.0),
    )
    both = a_scan(*lines, pictures=(a_hand(160.0, 605.0), a_hand(350.0, 600.0)))
    one = a_scan(*lines, pictures=(a_hand(350.0, 600.0),))
    answers = _form.read(both, "f.pdf", edition).answers

    assert {q: a.value for q, a in answers.items() if "_" in q and q.startswith("s.")} == {
        "s.contact_name": "Maes Sophie",
        "s.contact_function": "Responsable administrative et financière",
        "s.administrator_name": "Quinet Thérèse",
        "s.administrator_function": "Présidente",
    }
    assert states_of(both, edition) == (SIGNED, SIGNED)
    assert states_of(one, edition) == (MISSING, SIGNED)
    place = _form.read(one, "f.pdf", edition).signatures["contact"].place
    assert place
    assert place.box == Box(150.0, 600.0, 185.0, 611.0)  # on the row of the label, in their column


def test_words_whose_boxes_overlap_are_behind_their_label(edition: Edition) -> None:
    """An underscore widens the box of « Le » into that of its day."""
    lines = (
        SIGNING,
        ("Fait à Ixelles", 1, 60.0, 530.0),
        ("Le", 1, 180.0, 530.0),
        (": 3/9/2026", 1, 186.0, 530.0),
    )
    document = a_scan(*lines, ("Nom, prénom :", 1, 60.0, 560.0), ("Signature", 1, 60.0, 580.0), pictures=())

    assert _form.read(document, "f.pdf", edition).answers["s.date"].value == "3/9/2026"


def test_rows_of_a_cell_that_lie_askew_are_one_name(edition: Edition) -> None:
    """The box of a row that is not level reaches into the next one's."""
    rows = (
        ("Nom, prénom : Aïcha", 60.0, 530.0),
        ("Renard", 60.0, 537.0),
        ("Nom, prénom : Diallo", 240.0, 530.0),
    )
    document = a_scan(
        SIGNING, *((w, 1, x, top) for w, x, top in rows), ("Signature", 1, 60.0, 580.0), pictures=()
    )
    cells = (None, Cell(0, 0, 0), Cell(0, 0, 0), Cell(0, 0, 1), Cell(0, 1, 0))
    lines = tuple(replace(line, cell=cell) for line, cell in zip(document.lines, cells, strict=True))
    answers = _form.read(replace(document, lines=lines), "f.pdf", edition).answers

    assert answers["s.contact_name"].value == "Aïcha Renard"


@pytest.mark.parametrize(("sure", "state"), [(0.9, AnswerState.UNCLEAR), (1.0, AnswerState.BLANK)])
def test_a_name_with_a_line_through_it_is_for_a_person_where_a_scan_shows_it(
    sure: float, state: AnswerState, edition: Edition
) -> None:
    """Of a page that is not quite flat the rule above a name may seem to run through it."""
    form = a_block(edition, "Fait à Bruxelles, le 10/09/2026", "Nom, prénom :", "Fonction :", "Signature :")
    at = max(i for i, line in enumerate(form.lines) if line.text.startswith("Fonction"))
    struck = replace(
        form.lines[at], spans=(Span("Fonction : "), Span("Gérante", strike=True)), confidence=sure
    )
    lines = (*form.lines[:at], struck, *form.lines[at + 1 :])
    answers = _form.read(replace(form, lines=lines), "f.pdf", edition).answers

    assert answers["s.contact_function"].state is state


def test_what_goes_before_a_signature_is_no_function(edition: Edition) -> None:
    """« Signature précédée de la mention « lu et approuvé » » below a function is where one signs."""
    hint = "Signature précédée de la mention « lu et approuvé »"
    lines = [
        (words, x0, 60 + 12 * row)
        for x0, name in ((60, "Maes Sophie"), (330, "Quinet Thérèse"))
        for row, words in enumerate((f"Nom, prénom : {name}", "Fonction :", "Directrice", hint))
    ]
    answers = _form.read(a_page(*lines, pictures=()), "f.pdf", edition).answers

    assert answers["s.contact_function"].value == "Directrice"


@pytest.mark.parametrize(
    ("said", "function"),
    [("Quinet Thérèse, trésorière", "trésorière"), ("Quinet Thérèse (trésorière)", "trésorière"), ("", None)],
)
def test_one_label_may_ask_for_name_and_function(said: str, function: str | None, edition: Edition) -> None:
    """« Nom et fonction »: nobody is told that the question of the function was left out."""
    document = a_table(
        ("Personne de contact", "Administratrice"),
        ("Nom et fonction : Maes Sophie, directrice", f"Nom et fonction : {said}"),
        ("Signature", "Signature"),
    )
    answers = _form.read(document, "f.docx", edition).answers

    assert (answers["s.contact_name"].value, answers["s.contact_function"].value) == (
        "Maes Sophie",
        "directrice",
    )
    assert answers["s.administrator_function"].value == function
    assert answers["s.administrator_function"].state is (
        AnswerState.ANSWERED if function else AnswerState.BLANK
    )


@pytest.mark.parametrize(("parted", "state"), [(", ", AnswerState.ANSWERED), (" ", AnswerState.UNCLEAR)])
def test_one_label_for_name_and_function_may_stand_in_a_cell(
    parted: str, state: AnswerState, edition: Edition
) -> None:
    """« Nom et fonction » beside both people's cells: without a comma nobody knows where the name ends."""
    document = a_table(
        ("", "Personne de contact", "Administratrice"),
        ("Nom et fonction", f"Maes Sophie{parted}directrice", f"Quinet Thérèse{parted}trésorière"),
        ("Signature", "", ""),
    )
    answers = _form.read(document, "f.docx", edition).answers

    assert str(answers["s.contact_name"].value).startswith("Maes Sophie")
    assert {answers[f"s.{role}_function"].state for role in ("contact", "administrator")} == {state}
