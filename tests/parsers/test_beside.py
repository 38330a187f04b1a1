"""Questions and answers that stand beside each other, in columns or over rows."""

import io
from dataclasses import replace

import pytest
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.edition import Edition
from data.model import Answer, AnswerState, Box, Cell, Document, Line, Span
from parsers import text
from parsers._answered import _form


def _laid_out(edition: Edition, *rows: tuple[str, float, float]) -> dict[str, Answer]:
    """Answers of a page with these rows (text, left, top), and from 400 on the questions of part B, blank."""
    return _of_heights(edition, *((*row, 10.0) for row in rows))


def _of_heights(edition: Edition, *rows: tuple[str, float, float, float]) -> dict[str, Answer]:
    """The same, each row with its height."""
    asked = [q.wording for q in edition.questions.values() if q.id.startswith("b.")]
    below = [(wording, 50.0, 400.0 + 20 * at, 10.0) for at, wording in enumerate(asked)]
    lines = [
        Line((Span(said),), 1, Box(x, top, x + 5.0 * len(said), top + high))
        for said, x, top, high in sorted((*rows, *below), key=lambda row: row[2])
    ]
    page = replace(text.from_text(""), lines=tuple(lines))
    return dict(_form.read(page, "form.pdf", edition).answers)


@pytest.mark.parametrize(("rise", "state"), [(12, AnswerState.ANSWERED), (17, AnswerState.BLANK)])
def test_what_is_written_large_behind_a_label_hangs_into_its_row(
    rise: int, state: AnswerState, edition: Edition
) -> None:
    """« Adresse :   Rue Haute 3 », whose letters begin over a row higher, and end beside the label."""
    answers = _of_heights(
        edition, ("Forme juridique", 50, 20, 10), ("Rue Haute 3", 150, 60 - rise, 15), ("Adresse", 50, 60, 10)
    )

    assert answers["a1.address"].state is state


def test_values_under_labels_side_by_side_are_each_ones_own(edition: Edition) -> None:
    """Two fields a row, without rules: label above, value below."""
    answers = _laid_out(
        edition,
        *(("Forme juridique", 50, 20), ("Adresse", 300, 20), ("ASBL", 50, 32), ("rue Haute 3", 300, 32)),
        *(("Date de création", 50, 60), ("Numéro d’entreprise", 300, 60), ("0999.513.635", 300, 72)),
    )

    assert (answers["a1.legal_form"].value, answers["a1.address"].value) == ("ASBL", "rue Haute 3")
    assert answers["a1.created_on"].state is AnswerState.BLANK
    assert answers["a1.enterprise_number"].value == "0999.513.635"


def test_a_value_that_begins_left_of_its_label_is_the_first_ones(edition: Edition) -> None:
    """A speck was read before the number of the left of two cards."""
    answers = _laid_out(
        edition,
        *(("Numéro d’entreprise", 55, 20), ("Forme juridique", 306, 20), (". 0202.239.951", 48, 32)),
    )

    assert "0202.239.951" in (answers["a1.enterprise_number"].value or "")
    assert answers["a1.legal_form"].state is AnswerState.BLANK


def test_an_answer_beside_a_question_of_two_rows_is_not_lost_in_it(edition: Edition) -> None:
    """Labels set to the right, without rules: what is written behind the first row stands amid it."""
    answers = _laid_out(
        edition,
        ("Comment avez-vous pris connaissance de nos  Par une amie", 50, 20),
        ("programmes d’accompagnement ?", 120, 32),
        ("Avez-vous déjà participé à une activité COOPCITY", 50, 60),
        ("(événement, atelier, webinaire, etc) ?", 120, 72),
    )

    assert answers["a3.heard_from"].value == "Par une amie"
    assert answers["a3.took_part"].state is AnswerState.BLANK


def test_a_misread_word_at_the_end_of_a_row_is_still_the_questions(edition: Edition) -> None:
    """« PAR UNE AUTRE » in heavy capitals: what begins no answer of its own is no answer."""
    answers = _laid_out(
        edition,
        ("ETES-VOUS (OU AVEZ-VOUS ÉTÉ) ACCOMPAGNÉS PAR UNE AU1KE", 50, 20),
        ("STRUCTURE (TYPE SMART, JOBYOURSELF, VILLAGE PARTENAIRE, START LAB,", 50, 32),
        ("FONDATION ROI BAUDOUIN, ETC.) ?", 50, 44),
        ("Non", 50, 60),
    )

    assert answers["a1.supported_elsewhere"].value == "Non"


def test_letters_lost_of_a_question_beside_its_options_are_no_answer(edition: Edition) -> None:
    """A mark parts « SMart, Jobyourself, Village » from its row, and letters of it are read as others."""
    answers = _laid_out(
        edition,
        ("Etes-vous (ou avez-vous été) accompagnés par une autre structure", 50, 20),
        ("rt, Jobvourself, Village", 390, 20),
        ("Partenaire, Start Lab, Fondation Roi Baudouin, etc.) ?", 50, 32),
    )

    assert answers["a1.supported_elsewhere"].state is AnswerState.BLANK


def test_a_misread_question_takes_no_answer_from_the_row_before(edition: Edition) -> None:
    """A tick over « Bénéficiez-vous »: its words do not begin with the « 5 » of « 3,5 »."""
    answers = _laid_out(
        edition,
        ("Nombre d’équivalents temps plein", 50, 20),
        ("3,5", 50, 32),
        ("Aus de l’agrément d’entreprise sociale de la Région de Bruxelles-Capitale ?", 60, 50),
        ("Site internet (si existant)", 50, 80),
    )

    assert answers["a1.fte"].value == "3,5"


@pytest.mark.parametrize(("numbers", "rated"), [((7, 2, 9), [7, 2, 9]), ((1, 2, 3), [None, None, None])])
def test_numbers_left_of_statements_rate_them_unless_they_count(
    numbers: tuple[int, ...], rated: list[int | None], edition: Edition
) -> None:
    """« 7 », « 2 », « 9 » to the left of three statements are ratings; « 1 », « 2 », « 3 » are not."""
    rows = [
        row
        for at, number in enumerate(numbers)
        for row in (
            (str(number), 50, 700 + 30 * at),
            (edition.questions[f"e.{at + 1}"].wording, 90, 700 + 30 * at),
        )
    ]

    answers = _laid_out(edition, *rows)

    assert [answers[f"e.{at}"].value for at in (1, 2, 3)] == rated


def test_the_title_of_a_section_beside_its_questions_is_no_answer(edition: Edition) -> None:
    """A cell that spans the rows of a section says what they are about."""
    plain = text.from_text("\n".join(q.wording for q in edition.questions.values()))
    asked = [edition.questions[q].wording for q in ("d2.1", "d2.2")]
    at = next(i for i, line in enumerate(plain.lines) if line.text == asked[0])
    table = [
        *(Line((Span(said),), 1, None, Cell(0, 0, 0)) for said in ("D. Votre", "disponibilité")),
        *(Line((Span(said),), 1, None, Cell(0, row, 1)) for row, said in enumerate(asked)),
    ]
    lines = (*plain.lines[:at], *table, *plain.lines[at + 2 :])

    answers = _form.read(replace(plain, lines=lines), "form.pdf", edition).answers

    assert [answers[q].state for q in ("d2.1", "d2.2")] == [AnswerState.BLANK] * 2


@pytest.mark.parametrize("code", ["3", "A1.3", "a)", "Q 3."])
def test_what_counts_the_questions_in_a_column_of_its_own_is_no_answer(code: str, edition: Edition) -> None:
    """A table « N° – Question – Réponse »: the cell to the left of a question holds its number."""
    asked = [edition.questions[q] for q in edition.questions if q[:2] in {"a1", "b."}]
    lines = [
        Line((Span(said),), 1, None, Cell(0, row, column))
        for row, question in enumerate(asked)
        for column, said in enumerate((code, question.wording, "dit" if question.id == "b.7" else ""))
    ]

    answers = _form.read(replace(text.from_text(""), lines=tuple(lines)), "form.docx", edition).answers

    assert answers["b.7"].value == "dit"
    assert {answers[q.id].state for q in asked if q.id != "b.7"} == {AnswerState.BLANK}


def test_what_a_box_behind_a_label_says_is_the_labels_though_it_stands_higher(edition: Edition) -> None:
    """A text box stands on the line of its label and rises above it; its words are read first."""
    answers = _laid_out(
        edition,
        *(("1. Votre entreprise", 50, 4), ("Fil Bleu", 200, 20), ("Nom l’entreprise:", 50, 28)),
        *(("asbl", 200, 50), ("Forme juridique:", 50, 58)),
        *(("rue Haute 3", 200, 80), ("1000 Bruxelles", 200, 92), ("Adresse:", 50, 100)),
        ("Date de création:", 50, 130),
    )

    assert (answers["a1.name"].value, answers["a1.legal_form"].value) == ("Fil Bleu", "asbl")
    assert answers["a1.address"].value == "rue Haute 3 1000 Bruxelles"
    assert answers["a1.created_on"].state is AnswerState.BLANK


def test_a_question_mark_that_had_no_room_is_the_questions(edition: Edition) -> None:
    """A narrow column breaks before « ? »: the dash that follows was put on purpose."""
    rows = [("Nom l’entreprise:", 50.0, 8.0), ("Comment avez-vous pris connaissance", 50.0, 30.0)]
    rows += [("de nos programmes d’accompagnement", 50.0, 42.0), ("?", 50.0, 54.0), ("-", 50.0, 66.0)]

    found = _laid_out(edition, *rows)["a3.heard_from"]

    assert (found.state, found.value) == (AnswerState.UNCLEAR, "-")


def test_a_label_that_wraps_behind_another_answer_is_one(edition: Edition) -> None:
    """« Date de naissance : 9 avril 1985 Téléphone » and « professionnel : 02 … » on the line below it."""
    answers = _laid_out(
        edition,
        *(("2. Personne référente", 50, 4), ("Prénom: Annelies Nom: Peeters", 50, 20)),
        *(("Genre: X", 50, 32), ("Date de naissance: 9 avril 1985 Téléphone", 50, 44)),
        ("professionnel: 02 245 67 80", 50, 56),
    )

    assert answers["a2.phone"].value == "02 245 67 80"
    assert answers["a2.birth_date"].value == "1985-04-09"


def test_a_question_mark_that_wrapped_is_the_questions_own(edition: Edition) -> None:
    """Of « … programme ? Quels sont vos besoins / ? » the second mark had no more room: nothing is said."""
    lines: list[Line] = []
    for at, question in enumerate(edition.questions.values()):
        asks = question.id == "d1.1"
        rows = [question.wording.rstrip(" ?"), "?"] if asks else [question.wording]
        lines += [
            Line((Span(row),), 1, Box(50, 30 * at + 12 * n, 60 + 4 * len(row), 30 * at + 12 * n + 10))
            for n, row in enumerate(rows)
        ]
    document = replace(text.from_text(""), lines=tuple(lines))

    assert _form.read(document, "form.pdf", edition).answers["d1.1"].state is AnswerState.BLANK


@pytest.mark.parametrize(
    ("first", "rest"),
    [
        (
            ("4. Existe-t-il actuellement un", "processus d’évaluation relatif à"),
            ("l’impact social de votre entreprise ?", "Si oui, décrivez brièvement."),
        ),
        (
            ("4. Existe-t-il actuellement un",),
            (
                "processus d’évaluation relatif à l’impact social",
                "de votre entreprise ? Si oui, décrivez brièvement.",
            ),
        ),
    ],
)
def test_a_question_that_goes_on_overleaf_keeps_the_answer_beside_its_first_rows(
    first: tuple[str, ...], rest: tuple[str, ...], edition: Edition
) -> None:
    """The rest of the question stands on the next page: it is answered where it begins."""
    answer = (
        "Pas encore, mais nous y travaillons,", "avec une chercheuse de l’ULB et deux",
        "bénévoles, depuis le mois de janvier,", "et le premier rapport viendra en mai.",
    )  # fmt: skip
    asked = [q for q in edition.questions.values() if q.id.startswith("b.")]
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("Helvetica", 10)
    for n, question in enumerate(asked):
        if question.id == "b.4":
            for left, rows in ((60, first), (300, answer)):
                for row, said in enumerate(rows):
                    canvas.drawString(left, 200 - 12 * row, said)
            canvas.showPage()
            canvas.setFont("Helvetica", 10)
            for row, said in enumerate(rest):
                canvas.drawString(60, 790 - 12 * row, said)
        else:
            top = 760 - 45 * n if n < 3 else 740 - 40 * (n - 3)
            canvas.drawString(60, top, f"{question.number}. {question.wording}"[:90])
            canvas.drawString(60, top - 14, "Réponse donnée ici.")
    canvas.save()
    document = parsers.read(out.getvalue())
    assert isinstance(document, Document)

    answers = _form.read(document, "f.pdf", edition).answers
    assert "Pas encore" in str(answers["b.4"].value)
    assert answers["b.3"].value == "Réponse donnée ici."


def test_ten_signs_beside_a_statement_of_two_rows_rate_it(edition: Edition) -> None:
    """A browser sets « ○ ○ ◉ … » level with the middle of the statement: between its rows."""
    first, second = (
        "Nos discussions, débats et prises de décisions font l'objet",
        edition.questions["e.1"].wording,
    )
    rest = second.split("font l'objet ")[1]
    signs = " ".join("◉" if n == 7 else "○" for n in range(1, 11))
    answers = _laid_out(edition, (first, 50, 700), (signs, 400, 706), (rest, 50, 712))

    assert answers["e.1"].value == 7
