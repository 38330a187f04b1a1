"""Single answers in their surroundings: what counts as said, and what confuses."""

import io
from dataclasses import replace

import pytest
from docx import Document as new_document
from docx.oxml import parse_xml
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.edition import Edition, QuestionKind
from data.model import (
    Answer,
    AnswerState,
    Box,
    Cell,
    Document,
    FileKind,
    Line,
    Page,
    PageSource,
    Picture,
    PictureForm,
    Span,
)
from parsers import text
from parsers._answered import _form, _written
from parsers._answered._choices import choose
from parsers._stream import Part, Piece
from tests.parsers.conftest import a_pdf
from tests.parsers.layouts import LAYOUTS, Filled, W


def _read(edition: Edition, said: dict[str, str], dropped: tuple[str, ...] = ()) -> dict[str, Answer]:
    """Answers of a plain form in which only these questions are answered."""
    rows: list[str] = []
    for section in edition.section:
        rows.append(section.title)
        for question in section.question:
            if section.id == "s" or question.id in dropped:
                continue
            wording = question.wording.removesuffix(": oui/non").rstrip(" :")
            answer = said.get(question.id, "")
            if section.id in {"a1", "a2"}:
                rows.append(f"- {wording} : {answer}")
            else:
                rows += [f"{question.number or ''}. {wording}", *answer.split("\n")]
    return dict(_form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers)


@pytest.mark.parametrize("said", ["Non", "0", "néant", "N/A", "Sans objet"])
def test_short_refusals_are_answers(said: str, edition: Edition) -> None:
    """« Non », « 0 », « néant » and « N/A » are answers, with their own words as value."""
    answers = _read(edition, {"b.4": said, "a1.capital": said})

    assert [answers[q].state for q in ("b.4", "a1.capital")] == [AnswerState.ANSWERED] * 2
    assert answers["b.4"].value == said


@pytest.mark.parametrize("said", ["à compléter", "xxx", "[...]", "todo", "À venir", "à définir avec le CA"])
def test_placeholders_are_unclear(said: str, edition: Edition) -> None:
    """Text that only holds a place is for a person to look at, with the reason."""
    answer = _read(edition, {"b.2": said})["b.2"]

    assert answer.state is AnswerState.UNCLEAR
    assert answer.reason


@pytest.mark.parametrize(
    "said",
    [
        "..............", "______", "…………", "(10 lignes max. par réponse)", "jj/mm/aaaa",
        "Votre réponse ici (max. 10 lignes)", "Indiquez votre réponse ici",
    ],
)  # fmt: skip
def test_lines_to_write_on_are_no_answer(said: str, edition: Edition) -> None:
    """Dots, rules and the form's own hints leave a question blank."""
    assert _read(edition, {"b.2": said})["b.2"].state is AnswerState.BLANK


@pytest.mark.parametrize("said", ["-", "/"])
def test_a_dash_is_never_blank(said: str, edition: Edition) -> None:
    """« - » and « / » answer a short question, and are unclear where a text is expected."""
    answers = _read(edition, {"b.2": said, "a1.website": said})

    assert answers["a1.website"].state is AnswerState.ANSWERED
    assert answers["b.2"].state is AnswerState.UNCLEAR


def test_an_answer_may_quote_questions(edition: Edition) -> None:
    """An answer that quotes its own or another question stays whole, and moves no other answer."""
    said = {
        "b.1": "En quoi consiste notre entreprise ? Nous réparons des vélos.",
        "b.2": "Voir la question 3 : Qui sont ses bénéficiaires ? Les jeunes.\nNotre modèle économique suit.",
        "b.3": "Les jeunes",
        "b.5": "Nom : Dupont, fonction : directrice",
        "b.9": "1. En mars\n2. En juin",
    }
    answers = _read(edition, said)

    assert {question: answers[question].value for question in said} == said
    assert sum(answer.state is AnswerState.ANSWERED for answer in answers.values()) == len(said)


def test_words_of_labels_are_answers_too(edition: Edition) -> None:
    """A person called « Adresse » in the « rue du Nom » is read as written."""
    said = {"a1.address": "Rue du Nom 5", "a2.last_name": "Adresse", "a2.first_name": "Genre"}
    answers = _read(edition, said)

    assert {question: answers[question].value for question in said} == said


def test_a_deleted_question_is_not_found(edition: Edition) -> None:
    """Only a question whose wording is nowhere is `not_found`."""
    answers = _read(edition, {"d1.2": "À Bruxelles"}, dropped=("d1.3",))

    assert answers["d1.3"].state is AnswerState.NOT_FOUND
    assert answers["d1.1"].state is AnswerState.BLANK
    assert answers["d1.2"].value == "À Bruxelles"


def test_dates_of_the_past_become_iso(edition: Edition) -> None:
    """A date in French becomes ISO where it is certain, and stays as written where it is not."""
    answers = _read(edition, {"a1.created_on": "le 1er mars 2019", "a2.birth_date": "printemps 1980"})

    assert answers["a1.created_on"].value == "2019-03-01"
    assert answers["a2.birth_date"].value == "printemps 1980"


def test_ten_is_an_answer_when_others_are_rated(edition: Edition) -> None:
    """A « 10 » alone after the first statement may be the form's own; beside other ratings it is a rating."""
    alone = _read(edition, {"e.1": "10"})
    among = _read(edition, {"e.1": "10", "e.2": "4"})

    assert alone["e.1"].state is AnswerState.BLANK
    assert (among["e.1"].value, among["e.2"].value) == (10, 4)


def _docx_form(edition: Edition, question: str, xml: str) -> Answer:
    """A Word form in which a paragraph of raw XML follows one question."""
    document = new_document()
    for section in edition.section:
        document.add_heading(section.title, 2)
        for asked in section.question:
            document.add_paragraph(asked.wording)
            if asked.id == question:
                document.element.body.insert(-1, parse_xml(xml))
    out = io.BytesIO()
    document.save(out)
    reading = parsers.read(out.getvalue())
    assert isinstance(reading, Document)
    return _form.read(reading, "form.docx", edition).answers[question]


def test_an_answer_in_a_text_box_is_read(edition: Edition) -> None:
    """A text box beside a question holds its answer."""
    vml = 'xmlns:v="urn:schemas-microsoft-com:vml"'
    said = "<w:p><w:r><w:t>Le logement</w:t></w:r></w:p>"
    shape = f"<v:shape><v:textbox><w:txbxContent>{said}</w:txbxContent></v:textbox></v:shape>"
    box = f"<w:p {W} {vml}><w:r><w:pict>{shape}</w:pict></w:r></w:p>"

    assert _docx_form(edition, "b.2", box).value == "Le logement"


def test_tracked_changes_count_as_accepted(edition: Edition) -> None:
    """What was deleted under revision is gone, what was inserted stands there."""
    changed = (
        f"<w:p {W}><w:del><w:r><w:delText>L’emploi</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>Le logement</w:t></w:r></w:ins></w:p>"
    )

    assert _docx_form(edition, "b.2", changed).value == "Le logement"


def test_struck_text_is_no_answer(edition: Edition) -> None:
    """Text that the applicant struck out is not what the applicant says."""
    struck = f"<w:p {W}><w:r><w:rPr><w:strike/></w:rPr><w:t>L’emploi</w:t></w:r></w:p>"

    assert _docx_form(edition, "b.2", struck).state is AnswerState.BLANK


@pytest.mark.parametrize(
    ("written", "text", "cut"),
    [
        ("un temps plein et un mi-", "temps logistique", True),
        ("voyez https://la-remise", ".example/statuts", True),
        ("deux personnes -", "et une troisième", False),
        ("la période 2024-", "2025", False),
        ("née le 1963-12-", "17", True),
    ],
)
def test_a_word_may_go_on_in_the_next_line(written: str, text: str, cut: bool) -> None:
    """A compound word or an address broken at the margin is one word again."""
    assert _written._is_cut(written, text) is cut


def test_the_numbers_of_pasted_statements_are_no_marks(edition: Edition) -> None:
    """« 2 », « 3 », « 4 » between statements count them; the last one has nothing after it."""
    scales = [question.id for question in edition.questions.values() if question.id.startswith("e.")]
    counted = {question: str(number) for number, question in enumerate(scales[:-1], 2)}
    rated = {**counted, scales[-1]: "8"}

    assert {_read(edition, counted)[q].state for q in scales} == {AnswerState.BLANK}
    assert [_read(edition, rated)[q].value for q in scales] == [*range(2, len(scales) + 1), 8]


def test_what_is_drawn_under_a_question_is_for_a_person(edition: Edition) -> None:
    """Where nothing is typed and something is drawn, nothing is called missing; what signs is no answer."""
    blank = Filled(dict.fromkeys(edition.questions), dict.fromkeys(edition.signatories, False))
    document = parsers.read(LAYOUTS["lines"](blank, edition))
    assert isinstance(document, Document)
    asked = next(at for at, line in enumerate(document.lines) if "Qui sont ses bénéficiaires" in line.text)
    signing = next(at for at, line in enumerate(document.lines) if line.text.startswith("Signature"))
    ink = tuple(Picture(PictureForm.INK, 1, at, None, None, 120.0, 30.0) for at in (asked, signing))
    reading = _form.read(replace(document, pictures=ink), "form.docx", edition)

    unclear = {q for q, answer in reading.answers.items() if answer.state is AnswerState.UNCLEAR}
    assert unclear == {"b.3"}


def test_a_choice_that_wraps_is_told_in_one_line() -> None:
    """An option in a narrow column is the option's own words, without its line break."""
    lines = [Line((Span(text),), 1) for text in ("supérieur de type", "long et universitaire")]
    parts = [Part(Piece(line.text, line, at, 0, 0, 0), 0, len(line.text)) for at, line in enumerate(lines)]
    levels = ("supérieur de type court", "supérieur de type long et universitaire")

    assert choose(parts, levels, "").value == "supérieur de type long et universitaire"


def test_a_bullet_alone_on_its_line_is_no_part_of_the_answer(edition: Edition) -> None:
    """A PDF may set the bullet on a line of its own above the words."""
    canvas_rows = ["3. Qui sont ses bénéficiaires ?", "•", "des familles du quartier"]
    rows = [f"{q.number}. {q.wording}" for q in edition.questions.values() if q.id.startswith("b.")]
    at = next(i for i, row in enumerate(rows) if "bénéficiaires" in row)
    document = parsers.read(a_pdf(tuple(rows[:at] + canvas_rows + rows[at + 1 :])))
    assert isinstance(document, Document)

    assert _form.read(document, "f.pdf", edition).answers["b.3"].value == "des familles du quartier"


@pytest.mark.parametrize(
    ("said", "state"),
    [(said, AnswerState.UNCLEAR) for said in ("?", "??", "– ???")] + [("", AnswerState.BLANK)],
)
def test_a_question_mark_is_for_a_person(said: str, state: AnswerState, edition: Edition) -> None:
    """« ? » under a question says that somebody was there, and not what they mean."""
    assert _read(edition, {"b.10": said})["b.10"].state is state


def test_a_question_mark_behind_the_questions_own_is_for_a_person(edition: Edition) -> None:
    """« … de sa consolidation ? ? » was asked once, and answered with a doubt."""
    wordings = [q.wording for q in edition.questions.values() if q.id[:2] in {"b.", "d1"}]
    rows = [f"{wording} ?" if wording.endswith("?") else wording for wording in wordings]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert answers["b.10"].state is AnswerState.UNCLEAR


def test_of_a_short_label_the_answer_is_no_part(edition: Edition) -> None:
    """« Site : Non » is alike « Site internet », and its « Non » is an answer."""
    rows = ["a) Nom : La Remise", "h) Agrément d'entreprise sociale ? : oui", "i) Site : Non"]
    rows += [f"{q.number}. {q.wording}\nUne réponse." for q in edition.questions.values() if q.id[:2] == "b."]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert (answers["a1.website"].value, answers["a1.social_agreement"].value) == ("Non", "oui")


def test_the_rest_of_a_shortened_question_is_no_answer(edition: Edition) -> None:
    """« Temps consacré au développement en dehors des formations » goes on to the end of its line."""
    answers = _read(edition, {}, ("d2.1", "d2.2"))
    assert answers["d2.1"].state is AnswerState.NOT_FOUND
    rows = [f"{q.number}. {q.wording}\nUne réponse." for q in edition.questions.values() if q.id[:2] == "b."]
    rows += ["D. Votre disponibilité", "1/ Temps consacré au développement en dehors des formations"]
    rows += [
        "2/ Organisation pour participer aux journées de formation et d'intervision",
        "E. Autodiagnostic",
    ]

    answers = dict(_form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers)

    assert [answers[q].state for q in ("d2.1", "d2.2")] == [AnswerState.BLANK] * 2


@pytest.mark.parametrize("mark", ["●", "V", "*", "ok"])
def test_a_mark_that_lost_its_cell_is_for_a_person(mark: str, edition: Edition) -> None:
    """A grid pasted as text: ten numbers, one under the other, and somewhere after them a mark."""
    numbers = "\n".join(str(n) for n in range(1, 11))

    answers = _read(edition, {"e.1": f"{numbers}\n{mark}", "e.2": numbers})

    assert (answers["e.1"].state, answers["e.2"].state) == (AnswerState.UNCLEAR, AnswerState.BLANK)


def test_an_answer_in_words_of_its_question_is_one(edition: Edition) -> None:
    """« Si oui, décrivez brièvement. Oui », and under a shortened question what it asks for."""
    rows = [f"{q.number}. {q.wording}" for q in edition.questions.values() if q.id.startswith("b.")]
    rows = [f"{row} Oui" if row.endswith("brièvement.") else row for row in rows]
    rows[-1] = "13. Création d'emploi : perspectives à 1 an et 3 ans"
    rows += ["Deux emplois à court terme et cinq à moyen terme.", "C. Complément d’information"]

    document = parsers.read(a_pdf(tuple(rows)))
    assert isinstance(document, Document)
    answers = _form.read(document, "f.pdf", edition).answers

    assert answers["b.4"].value == "Oui"
    assert answers["b.13"].value == "Deux emplois à court terme et cinq à moyen terme."


def _laid_out(edition: Edition, *rows: tuple[str, float, float]) -> dict[str, Answer]:
    """Answers of a page with these rows (text, left, top), and from 400 on the questions of part B, blank."""
    asked = [q.wording for q in edition.questions.values() if q.id.startswith("b.")]
    below = [(wording, 50.0, 400.0 + 20 * at) for at, wording in enumerate(asked)]
    lines = [
        Line((Span(said),), 1, Box(x, top, x + 5.0 * len(said), top + 10))
        for said, x, top in sorted((*rows, *below), key=lambda row: row[2])
    ]
    page = replace(text.from_text(""), lines=tuple(lines))
    return dict(_form.read(page, "form.pdf", edition).answers)


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


@pytest.mark.parametrize(
    ("row", "rated"),
    [("1 2 3 4X 5 6 7 8 9 10", 4), ("1 2 3 4 X5 6 7 8 9 10", 5), ("1 2 3 [4] 5 6 7 8 9 10", 4)],
)
def test_a_cross_right_beside_a_number_marks_it(row: str, rated: int, edition: Edition) -> None:
    """« 4X » is four; so is « [4] », and « X5 » is five."""
    assert _read(edition, {"e.2": row})["e.2"].value == rated


@pytest.mark.parametrize(
    ("typed", "rated"),
    [
        (("(7) ", "(2) ", "(9) "), [7, 2, 9]),
        (("7/10 – ", "2/10 – ", "9/10 – "), [7, 2, 9]),
        (("7 – ", "2 – ", "9 – "), [7, 2, 9]),
        (("(1) ", "(2) ", "(3) "), [None, None, None]),
        (("1 – ", "1 – ", "2 – "), [None, None, None]),
        (("1. ", "1. ", "5. "), [None, None, None]),
    ],
)
def test_numbers_typed_before_statements_rate_them_unless_they_count(
    typed: tuple[str, ...], rated: list[int | None], edition: Edition
) -> None:
    """« (7) Notre structure est … » says seven; « 1. » before a statement is its own number."""
    rows = [q.wording for q in edition.questions.values() if q.id.startswith("b.")]
    rows += [number + edition.questions[f"e.{at}"].wording for at, number in enumerate(typed, 1)]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

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


def test_words_that_a_label_has_more_than_the_forms_are_no_answer(edition: Edition) -> None:
    """« Nom de la personne référente », and what stands before « Réponse : » on the question's own line."""
    rows = [
        "Nom de la personne référente",
        "Prénom",
        "Zoé",
        "Niveau d’études le plus élevé",
        "Réponse : aucun",
    ]
    rows += [q.wording for q in edition.questions.values() if q.id.startswith("b.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert answers["a2.last_name"].state is AnswerState.BLANK
    assert (answers["a2.first_name"].value, answers["a2.education"].value) == ("Zoé", "aucun")


RETYPED = """A. Informations
1. Votre entreprise
- Nom de l'entreprise : La Remise
- Accompagné par une autre structure : non
2. Personne référente
- Nom : Peeters
B. Description du projet
1. Votre entreprise, ses activités, produits, services
Une remise.
2. Problème ou besoin social
Le gaspillage.
3. Bénéficiaires
Tout le monde.
4. Évaluation de l'impact social
Oui.
5. Combien de personnes, qui fait quoi
2
6. Fonctionnement en équipe
À deux.
7. Partenaires et ressources clés
Le quartier.
8. Modèle économique
Des ventes.
D. Vos besoins
2. Où vous projetez-vous après le programme (9 mois)

3. Que pouvez-vous apporter aux autres participant.e.s
Des graines, des contacts.
E. Autodiagnostic
1. Transparence et diffusion de l'information : 7
2. Document formalisé missions, visions, valeurs, stratégie : 4
3. Besoins auxquels nous répondons et leur évolution : 8
4. Territoire et marché : 6
5. Offre de services pertinente : 9"""


def test_a_form_retyped_in_a_hurry_is_read(edition: Edition) -> None:
    """Short labels with the form's numbers: each answer is whole, and no label is an answer."""
    answers = _form.read(text.from_text(RETYPED), "mail", edition).answers

    said = ("a1.supported_elsewhere", "b.5", "d1.2", "d1.3")
    assert [answers[q].value for q in said] == ["non", "2", None, "Des graines, des contacts."]
    assert [answers[f"e.{n}"].value for n in range(1, 6)] == [7, 4, 8, 6, 9]


def test_a_page_without_a_word_is_no_form(edition: Edition) -> None:
    """A blank page, or one that only holds a picture, is read like any other."""
    document = parsers.read(a_pdf(()))
    assert isinstance(document, Document)

    assert not _form.read(document, "blank.pdf", edition).is_form


def test_a_dash_after_a_bare_number_is_an_answer(edition: Edition) -> None:
    """« B.6 // » and « 7 / » say something, where the questions themselves were deleted."""
    rows = [f"- {q.wording} : dit" for q in edition.questions.values() if q.id[:2] in {"a1", "a2"}]
    rows += ["B. Description du projet", *(f"{n}. dit" for n in range(1, 6)), "B.6 //", "7 /", "8) -"]
    rows += [*(f"{n}. dit" for n in range(9, 14)), "D. Vos besoins", *(f"{n}. dit" for n in range(1, 4))]
    rows += ["E. Autodiagnostic", *(f"{q.wording} 5" for q in edition.questions.values() if q.id[:2] == "e.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[f"b.{n}"].state for n in (6, 7, 8)] == [AnswerState.UNCLEAR] * 3
    assert [answers[f"b.{n}"].value for n in (5, 9)] == ["dit", "dit"]


def test_of_bare_numbers_one_may_be_lost(edition: Edition) -> None:
    """Where section B kept only its numbers, those of D are believed, too, though the second was not read."""
    rows = [f"- {q.wording} : dit" for q in edition.questions.values() if q.id[:2] in {"a1", "a2"}]
    rows += ["B. Description du projet", *(f"{n}. dit" for n in range(1, 14))]
    rows += ["D. Vos besoins", "D.1 premier", "D.3 dernier", "D. Votre disponibilité", "1. dit", "2. dit"]
    rows += ["E. Autodiagnostic", *(f"{q.wording} 5" for q in edition.questions.values() if q.id[:2] == "e.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[f"d1.{n}"].value for n in (1, 3)] == ["premier", "dernier"]


@pytest.mark.parametrize("other", ["« Prénom » first", "level of study last"])
def test_fields_may_stand_in_another_order_within_their_part(other: str, edition: Edition) -> None:
    """A form made anew puts « Prénom » above « Nom », or the level of study behind the e-mail address."""
    asked = [q for q in edition.questions.values() if q.id.startswith("a2.")]
    moved = [asked[1], asked[0], *asked[2:]] if "first" in other else [*asked[:4], *asked[5:], asked[4]]
    rows = ["2. Personne référente", *(f"{q.wording} : {q.label}" for q in moved)]
    rows += [q.wording for q in edition.questions.values() if q.id.startswith("b.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[q.id].value for q in asked] == [q.label for q in asked]


def test_an_answer_before_the_hint_of_its_question_is_told_without_it(edition: Edition) -> None:
    """« Site internet : www.fil.example (si existant) » names a site; « (si existant) » alone is blank."""
    rows = [q.wording for q in edition.questions.values() if q.id.startswith("b.")]
    rows.insert(0, "Structure de détention du capital : (le cas échéant)")
    rows.insert(1, "Site internet : fil.example (si existant)")

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert (answers["a1.capital"].value, answers["a1.website"].value) == (None, "fil.example")


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


@pytest.mark.parametrize("label", ["Nom et prénom :", "– Prénom, nom =", "Nom / prénom :"])
def test_one_label_may_ask_two_questions(label: str, edition: Edition) -> None:
    """« Nom et prénom : Lambert Aïcha » answers both; a second label of its own would be read by itself."""
    rows = ["2. Personne référente", f"{label} Lambert Aïcha", "Genre = F", "Date de naissance : 1/2/1980"]
    rows += [q.wording for q in edition.questions.values() if q.id.startswith("b.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {answers[q].value for q in ("a2.last_name", "a2.first_name")} == {"Lambert Aïcha"}
    assert answers["a2.gender"].value == "F"


def test_a_question_of_common_words_is_found_out_of_its_order(edition: Edition) -> None:
    """« Combien êtes-vous dans votre entreprise et qui fait quoi? » is told by all its words."""
    asked = [q for q in edition.questions.values() if q.id.startswith("b.")]
    moved = [*asked[7:], *asked[:7]]
    rows = [row for q in moved for row in (q.wording, f"dit de {q.id}")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[q.id].value for q in asked] == [f"dit de {q.id}" for q in asked]


def test_what_stands_in_the_brackets_of_a_field_is_the_answer(edition: Edition) -> None:
    """« Adresse : [ rue Haute 3 ] » is answered, « [    ] » blank, and « [ votre nom ] » holds a place."""
    said = {"a1.address": "[ rue Haute 3 ]", "a1.enterprise_number": "[ TVA BE 0742 518 633 ]"}
    said |= {"a1.website": "[          ]", "a1.name": "[ nom de l’entreprise ]", "a2.first_name": "[prénom]"}

    answers = _read(edition, said)

    assert answers["a1.address"].value == "rue Haute 3"
    assert answers["a1.enterprise_number"].value == "TVA BE 0742 518 633"
    assert answers["a1.website"].state is AnswerState.BLANK
    assert {answers[q].state for q in ("a1.name", "a2.first_name")} == {AnswerState.UNCLEAR}


def test_words_before_the_colon_are_an_answer_where_the_form_keeps_its_words(edition: Edition) -> None:
    """« Genre Femme : » answers the form as it was handed out; « Adresse complète : » may be a label."""
    short = ["2. Personne référente", "Genre Femme :", "Date de naissance / Geboortedatum :"]
    asked = [q for q in edition.questions.values() if q.id.startswith("b.")]
    own = [q.wording for q in asked]
    anew = [q.label for q in asked]

    kept, made = (
        _form.read(text.from_text("\n".join([*short, *rows])), "form.txt", edition).answers
        for rows in (own, anew)
    )

    assert kept["a2.gender"].value == "Femme"
    assert kept["a2.birth_date"].state is made["a2.gender"].state is AnswerState.BLANK


def test_a_line_under_all_questions_is_the_forms(edition: Edition) -> None:
    """« Réponse en français ou en néerlandais. » under each question answers none of them."""
    invites = "Réponse en français ou en néerlandais."
    asked = [q.id for q in edition.questions.values() if q.id.startswith(("b.", "d"))]
    said = {q: invites if q == "b.3" else f"{invites}\ndit de {q}" for q in asked}

    answers = _read(edition, said)

    assert answers["b.3"].state is AnswerState.BLANK
    assert answers["b.4"].value == "dit de b.4"


def test_a_question_mark_that_had_no_room_is_the_questions(edition: Edition) -> None:
    """A narrow column breaks before « ? »: the dash that follows was put on purpose."""
    rows = [("Nom l’entreprise:", 50.0, 8.0), ("Comment avez-vous pris connaissance", 50.0, 30.0)]
    rows += [("de nos programmes d’accompagnement", 50.0, 42.0), ("?", 50.0, 54.0), ("-", 50.0, 66.0)]

    found = _laid_out(edition, *rows)["a3.heard_from"]

    assert (found.state, found.value) == (AnswerState.UNCLEAR, "-")


@pytest.mark.parametrize(
    ("below", "rated"),
    [
        ("1 (pas du tout) – 10 (totalement)\n7", 7),
        ("1 = pas du tout, 10 = totalement : 8", 8),
        ("1 (pas du tout) – 10 (totalement)", None),
        ("quatre sur dix", 4),
    ],
)
def test_the_ends_of_the_scale_rate_nothing(below: str, rated: int | None, edition: Edition) -> None:
    """What 1 and 10 mean may stand beside each statement; « quatre sur dix » is said in words."""
    assert _read(edition, {"e.2": below})["e.2"].value == rated


@pytest.mark.parametrize("said", ["R.", "A:", "Cliquez ou appuyez", "Choisissez un\nélément."])
def test_what_is_left_of_an_invitation_is_blank(said: str, edition: Edition) -> None:
    """« R. » before nothing, and invitations that the end of a line has cut."""
    assert _read(edition, {"b.6": said})["b.6"].state is AnswerState.BLANK


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


def test_a_page_saved_from_a_browser_says_what_was_chosen(edition: Edition) -> None:
    """Of a list that drops down only what is shown, and the button before its words, not the one behind."""
    levels = edition.questions["a2.education"].choices
    buttons = "".join(
        f"<label><input type=radio {'checked' if level == levels[2] else ''}> {level}</label>"
        for level in levels
    )
    options = "".join(f"<option{' selected' if n == 6 else ''}>{n}</option>" for n in range(1, 11))
    rows = [f"<p>{q.wording}</p>" for q in edition.questions.values() if q.id.startswith("b.")]
    rated = f"<p>{edition.questions['e.1'].wording}</p><select>{options}</select>"
    page = f"<html><body><p>Niveau d’études :</p>{buttons}{''.join(rows)}{rated}</body></html>"

    reading = parsers.read(page.encode())
    assert isinstance(reading, Document)
    answers = _form.read(reading, "page.html", edition).answers

    assert (answers["a2.education"].value, answers["e.1"].value) == (levels[2], 6)


def test_a_statement_is_rated_in_a_comment(edition: Edition) -> None:
    """Who answers in comments also rates in them; a comment without a number rates nothing."""
    form = new_document()
    for section in edition.section:
        form.add_paragraph(section.title)
        for question in section.question:
            paragraph = form.add_paragraph(question.wording)
            if question.id in ("e.1", "e.2"):
                form.add_comment(
                    paragraph.runs, text="7" if question.id == "e.1" else "", author="A. Lambert"
                )
    out = io.BytesIO()
    form.save(out)
    document = parsers.read(out.getvalue())
    assert isinstance(document, Document)

    answers = _form.read(document, "form.docx", edition).answers

    assert (answers["e.1"].value, answers["e.2"].state) == (7, AnswerState.BLANK)


@pytest.mark.parametrize("row", ["{n}. {rated}", "Affirmation {n} : {rated}/10"])
def test_statements_whose_wordings_were_deleted_are_rated_by_their_numbers(
    row: str, edition: Edition
) -> None:
    """« 1. 7 », « 2. 4 » … for all of them; where one lacks, nobody knows what was counted."""
    asked = [q for q in edition.questions.values() if not q.id.startswith(("e.", "s."))]
    scales = [q for q in edition.questions if q.startswith("e.")]
    given = dict(zip(scales, (7, 4, 9, 6, 8, 5, 10), strict=True))

    def rated(left_out: str | None) -> dict[str, Answer]:
        rows = [question.wording for question in asked]
        rows.append(next(section.title for section in edition.section if section.id == "e"))
        numbers = enumerate(given.items(), 1)
        rows += [row.format(n=n, rated=value) for n, (q, value) in numbers if q != left_out]
        return dict(_form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers)

    assert {q: rated(None)[q].value for q in scales} == given
    assert {rated("e.4")[q].value for q in scales} == {None}


def test_questions_asked_at_once_are_answered_behind_the_last(edition: Edition) -> None:
    """Two questions in one line and a text below: whether it answers the first a person says."""
    asked = edition.questions
    both = f"2. {asked['b.2'].wording} 3. {asked['b.3'].wording}"

    def read(said: str) -> dict[str, Answer]:
        rows = [both if q.id == "b.2" else q.wording for q in asked.values() if q.id not in ("b.3",)]
        rows.insert(rows.index(both) + 1, said)
        return dict(_form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers)

    states = [[read(said)[q].state for q in ("b.2", "b.3")] for said in ("Le gaspillage. Les jeunes.", "")]

    assert states == [[AnswerState.UNCLEAR, AnswerState.ANSWERED], [AnswerState.BLANK, AnswerState.BLANK]]


def test_long_labels_follow_each_other_in_one_line(edition: Edition) -> None:
    """« … : SC ; Structure de détention du capital (le cas échéant) : néant ; Nombre … : 2 »."""
    said = {q.id: f"dit de {q.id}" for q in edition.questions.values() if q.id.startswith("a1.")}
    line = " ; ".join(f"{edition.questions[q].wording.rstrip(' :')} : {value}" for q, value in said.items())
    rows = [line, *(q.wording for q in edition.questions.values() if q.id.startswith("b."))]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {q: str(answers[q].value).rstrip(" ;") for q in said} == said


@pytest.mark.parametrize("looks", [True, False])
def test_questions_asked_again_in_another_language_are_no_answers(looks: bool, edition: Edition) -> None:
    """Below each question it stands once more; set in italics also where it does not end in a « ? »."""
    again = {
        "b.1": "Waaruit bestaat uw onderneming?", "b.2": "Op welk probleem geeft ze een antwoord?",
        "b.3": "Wie zijn de begunstigden?", "b.4": "Hoe meet u de impact?", "b.5": "Met hoeveel bent u?",
        "b.6": "Hoe werkt u als team?", "b.7": "Wie zijn uw partners?", "b.9": "Wanneer dacht u na?",
        "b.10": "Welke pistes ziet u?", "b.11": "Welke middelen zet u in?", "b.12": "Wat deed u al?",
        "b.8": "Beschrijf kort het model.",
    }  # fmt: skip
    said = {"b.1": "Een atelier.", "b.2": "Pourquoi pas ?\nLe gaspillage.", "b.8": "80 % verkoop."}
    lines: list[Line] = []
    for question in edition.questions.values():
        lines.append(Line((Span(question.wording),), 1))
        if question.id in again:
            lines.append(Line((Span(again[question.id], italic=looks),), 1))
        lines += [Line((Span(row),), 1) for row in said.get(question.id, "").split("\n") if row]
    document = replace(text.from_text(""), lines=tuple(lines))

    answers = _form.read(document, "form.docx", edition).answers

    told = {q: answers[q].value for q in again if q != "b.8"}
    assert told == {q: said.get(q) for q in again if q != "b.8"}
    assert answers["b.8"].value == ("80 % verkoop." if looks else "Beschrijf kort het model.\n80 % verkoop.")


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


def test_a_counter_before_a_tab_belongs_to_what_it_counts(edition: Edition) -> None:
    """« 2.⇥Statement⇥7 »: the « 2. » says nothing of the statement above it."""
    scales = [q for q in edition.questions if q.startswith("e.")]
    rows = [q.wording for q in edition.questions.values() if not q.id.startswith("e.")]
    rows += [f"{n}.\t{edition.questions[q].wording}\t{n + 2}" for n, q in enumerate(scales, 1)]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[q].value for q in scales] == [n + 2 for n, _ in enumerate(scales, 1)]


def test_the_number_behind_half_a_statement_is_its_rating(edition: Edition) -> None:
    """« Nos discussions et prises de décisions 7 »: of a wording cut short the number is no part."""
    rows = [q.wording for q in edition.questions.values() if not q.id.startswith("e.")]
    rows += [
        "Nos discussions et prises de décisions 7",
        *(f"{edition.questions[f'e.{n}'].wording} {n}" for n in range(2, 8)),
    ]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[f"e.{n}"].value for n in range(1, 8)] == [7, 2, 3, 4, 5, 6, 7]


def test_the_title_of_a_part_is_no_answer(edition: Edition) -> None:
    """« Partie D – besoins » below the last answer of part B, where the form's titles were retyped."""
    answers = _read(edition, {"b.13": "1 ETP\nPartie D – besoins", "b.12": "Partie B du plan, dès 2027."})

    assert (answers["b.13"].value, answers["b.12"].value) == ("1 ETP", "Partie B du plan, dès 2027.")


def test_a_question_that_was_moved_and_reworded_is_in_doubt(edition: Edition) -> None:
    """« Participé à une activité COOPCITY ? » behind the last part: it was asked, and is not missing."""
    rows = [q.wording for q in edition.questions.values() if q.id != "a3.took_part"]

    def states(*more: str) -> AnswerState:
        document = text.from_text("\n".join([*rows, *more]))
        return _form.read(document, "form.txt", edition).answers["a3.took_part"].state

    assert states("Participé à une activité COOPCITY ?", "Oui") is AnswerState.UNCLEAR
    assert states("Et alors ?", "Oui") is AnswerState.NOT_FOUND


def test_an_answer_that_quotes_a_question_whose_wording_was_deleted_stays_whole(edition: Edition) -> None:
    """Of part B the numbers were kept alone; « A quel problème … répond-elle ? » is said within an answer."""
    said = {f"b.{n}": f"Réponse à {n} de la liste" for n in range(1, 14)}
    quoted = edition.questions["b.2"].wording
    said["b.2"] = f"On jette trop, ici comme ailleurs, et depuis toujours ; {quoted} Au gaspillage."
    rows: list[str] = []
    for question in edition.questions.values():
        rows.append(f"{question.number}. {said[question.id]}" if question.id in said else question.wording)

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {q: answers[q].value for q in said} == said


def test_a_dash_that_parts_labels_from_answers_is_none(edition: Edition) -> None:
    """« Téléphone professionnel – » after « Genre – femme »; where nothing else is parted so it is said."""
    fields = [q for q in edition.questions.values() if q.id.startswith("a2.")]
    others = [q.wording for q in edition.questions.values() if q.id.startswith("b.")]

    def phone(filled: int) -> Answer:
        rows = [f"{q.wording} – {'dit ainsi' if n < filled else ''}" for n, q in enumerate(fields)]
        return _form.read(text.from_text("\n".join([*rows, *others])), "f", edition).answers["a2.phone"]

    assert phone(5).state is AnswerState.BLANK
    assert phone(0).value == "–"


def test_questions_asked_first_in_another_language_take_no_answer_with_them(edition: Edition) -> None:
    """« 2. Op welk probleem …? », then the form's own wording: it ends the answer above, short as that is."""
    lines: list[Line] = []
    said: dict[str, str] = {}
    for question in edition.questions.values():
        if question.id.startswith(("b.", "d")):
            lines.append(Line((Span("Kunt u hier iets over vertellen?", bold=True),), 1))
            said[question.id] = f"dit de {question.id}"
        lines.append(Line((Span(question.wording, italic=True),), 1))
        if question.id in said:
            lines.append(Line((Span(said[question.id]),), 1))
    document = replace(text.from_text(""), lines=tuple(lines))

    answers = _form.read(document, "form.docx", edition).answers

    assert {question: answers[question].value for question in said} == said


def _rated_rows(edition: Edition, rows: list[str]) -> dict[str, Answer]:
    """A form in its own words, with these rows in place of its statements, and the title of the next step."""
    asked = [q for q in edition.questions.values() if not q.id.startswith(("e.", "s."))]
    title = next(section.title for section in edition.section if section.id == "e")
    said = [*(question.wording for question in asked), title, *rows, "ETAPE 3 – SIGNER LE DOSSIER"]
    return dict(_form.read(text.from_text("\n".join(said)), "form.txt", edition).answers)


SHORTENED = ("Transparence", "Vision écrite", "Besoins", "Territoire", "Offre", "Innovation", "Participation")


@pytest.mark.parametrize("row", ["{n}. {told} : {rated}/10", "{told} – {rated}/10", "{n}) {told} {rated}"])
def test_a_list_of_rated_words_is_the_statements_in_their_order(row: str, edition: Edition) -> None:
    """Seven lines, each with a number of the scale, are the seven statements, whatever they became."""
    given = (7, 4, 9, 6, 8, 5, 10)
    rows = [
        row.format(n=n, told=told, rated=rated)
        for n, (told, rated) in enumerate(zip(SHORTENED, given, strict=True), 1)
    ]
    answers = _rated_rows(edition, rows)

    assert tuple(answers[f"e.{n}"].value for n in range(1, 8)) == given
    assert _rated_rows(edition, rows[:-1])["e.7"].state is not AnswerState.ANSWERED


def test_ratings_told_in_one_line_are_for_a_person(edition: Edition) -> None:
    """« Nos notes : 7 – 4 – 9 … » under statements that nothing rates is no blank; a printed scale is one."""
    statements = [q.wording for q in edition.questions.values() if q.id.startswith("e.")]
    told = _rated_rows(edition, [*statements, "Nos notes : 7 – 4 – 9 – 6 – 8 – 5 – 10"])
    printed = _rated_rows(edition, [*statements, "1 2 3 4 5 6 7 8 9 10"])
    rest = ["ETAPE 3 – SIGNER LE DOSSIER"] * 12
    said = (*statements, "Nos notes : 7 – 4 – 9 – 6 – 8 – 5 – 10", *rest)
    alone = [Line((Span(row),), 1) for row in said]
    page = _form.read(Document(FileKind.PDF, (Page(1, PageSource.TEXT),), tuple(alone)), "f", edition)

    assert page.answers["e.1"].state is AnswerState.UNCLEAR
    assert {told[f"e.{n}"].state for n in range(1, 8)} == {AnswerState.UNCLEAR}
    assert printed["e.1"].state is AnswerState.BLANK


def test_the_number_behind_a_statement_is_not_that_of_the_next_step(edition: Edition) -> None:
    """« … 10 » and below it « ETAPE 4 »: the ten rates; « (10/10) » is no printed scale."""
    statements = [q.wording for q in edition.questions.values() if q.id.startswith("e.")]
    answers = _rated_rows(
        edition, [*(f"{said} (10/10)" for said in statements[:-1]), f"{statements[-1]} 9", "ÉTAPE 4"]
    )

    assert [answers[f"e.{n}"].value for n in range(1, 8)] == [*[10] * 6, 9]


def test_an_answer_that_ends_in_its_label_begins_no_statement(edition: Edition) -> None:
    """« Réponse : 6 » above « Affirmation 3 : … » is of the statement before."""
    statements = [q.wording for q in edition.questions.values() if q.id.startswith("e.")]
    rows = [
        row
        for n, said in enumerate(statements, 1)
        for row in (f"Affirmation {n} : {said}", f"Réponse : {n + 2}")
    ]

    assert [_rated_rows(edition, rows)[f"e.{n}"].value for n in range(1, 8)] == [*range(3, 10)]


def test_questions_without_a_number_are_found_by_their_place_among_numbers(edition: Edition) -> None:
    """In a form cut down to its numbers « 1. » and « 2. » stand for what it does not number itself."""
    rows: list[str] = []
    for section in edition.section:
        if section.id in {"a1", "a2"}:
            rows += [section.title, *(f"{q.wording} : ainsi" for q in section.question)]
        elif section.id not in {"e", "s"}:
            rows += [section.title, *(f"{n}. réponse {q.id}" for n, q in enumerate(section.question, 1))]
    shown = [row for row in rows if "réponse b." not in row]
    numbered = [q for q in edition.questions.values() if q.id.startswith("b.")]
    at = next(index for index, row in enumerate(shown) if "d1.1" in row)
    shown[at - 1 : at - 1] = [f"{q.number}. réponse {q.id}" for q in numbered]
    answers = _form.read(text.from_text("\n".join(shown)), "form.txt", edition).answers

    assert [answers[q].value for q in ("a3.heard_from", "a3.took_part")] == [
        "réponse a3.heard_from",
        "réponse a3.took_part",
    ]


def test_the_first_word_of_a_question_may_stand_for_it_before_a_colon(edition: Edition) -> None:
    """« Bénéficiez-vous : en cours », where that question is still expected."""
    rows = [
        "Bénéficiez-vous : en cours de demande" if q.id == "a1.social_agreement" else f"{q.wording} : ainsi"
        for q in edition.questions.values()
        if q.id.startswith("a")
    ]
    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert answers["a1.social_agreement"].value == "en cours de demande"


@pytest.mark.parametrize("answers_are_bold", [False, True])
def test_a_title_in_other_words_is_no_answer_unless_answers_look_so(
    answers_are_bold: bool, edition: Edition
) -> None:
    """Bold as the titles that were found, right before a question; not where answers are bold, too."""
    document = new_document()
    for section in edition.section:
        document.add_paragraph().add_run(
            "NOTRE ORGANISATION ACTUELLE" if section.id == "bb" else section.title
        ).bold = True
        for question in section.question:
            document.add_paragraph(f"{question.number or ''}. {question.wording}")
            if question.id.startswith("b.") and question.id != "b.4":
                document.add_paragraph().add_run("NOUS SOMMES DIX").bold = answers_are_bold
    out = io.BytesIO()
    document.save(out)
    reading = parsers.read(out.getvalue())
    assert isinstance(reading, Document)
    state = _form.read(reading, "form.docx", edition).answers["b.4"].state

    assert state is (AnswerState.ANSWERED if answers_are_bold else AnswerState.BLANK)


def test_of_two_dashes_behind_a_question_the_second_is_said(edition: Edition) -> None:
    """« … ? – – » where a dash parts every question from its answer: not blank."""
    rows = [
        f"{q.number}. {q.wording} – {'–' if q.id == 'b.3' else '' if q.id == 'b.4' else 'dit ainsi'}"
        for q in edition.questions.values()
        if q.id.startswith("b.")
    ]
    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert answers["b.3"].state is AnswerState.UNCLEAR
    assert answers["b.4"].state is AnswerState.BLANK


def test_a_statement_cut_short_is_rated_among_the_others(edition: Edition) -> None:
    """« Nos discussions… : 4 » where that statement is still expected; other words there are none."""
    wordings = [q.wording for q in edition.questions.values() if q.id.startswith("e.")]
    others = [f"{said} : {n}" for n, said in enumerate(wordings[1:], 3)]

    assert _rated_rows(edition, [f"{wordings[0][:15]}… : 4", *others])["e.1"].value == 4
    assert _rated_rows(edition, ["Équipe au complet : 4", *others])["e.1"].state is AnswerState.NOT_FOUND


def test_a_label_set_off_behind_its_number_is_no_answer(edition: Edition) -> None:
    """« 5. Qui fait quoi : » in bold with nothing behind it is blank."""
    document = new_document()
    for section in edition.section:
        document.add_paragraph(section.title)
        for question in section.question:
            row = document.add_paragraph()
            if question.number is None:
                row.add_run(question.wording)
                continue
            row.add_run(f"{question.number}. Au juste :").bold = True
            row.add_run(" ainsi" if question.id != "b.5" else " ")
    out = io.BytesIO()
    document.save(out)
    reading = parsers.read(out.getvalue())
    assert isinstance(reading, Document)
    answers = _form.read(reading, "form.docx", edition).answers

    assert (answers["b.4"].value, answers["b.5"].state) == ("ainsi", AnswerState.BLANK)


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


@pytest.mark.parametrize("row", ["E{n} : {rated}", "{n}. {told} : {rated}", "{told} : {rated}/10"])
def test_a_rating_left_out_of_a_list_is_blank_and_the_others_stand(row: str, edition: Edition) -> None:
    """« E5 : » among « E4 : 8 » and « E6 : 5 » keeps the count, and nothing else is missing for it."""
    given = (7, 4, 9, 6, "", 5, 10)
    rows = [
        row.format(n=n, told=told, rated=rated)
        for n, (told, rated) in enumerate(zip(SHORTENED, given, strict=True), 1)
    ]
    answers = _rated_rows(edition, rows)

    assert tuple(answers[f"e.{n}"].value or "" for n in range(1, 8)) == given
    assert answers["e.5"].state is AnswerState.BLANK


def test_an_answer_in_the_line_of_its_question_may_end_as_the_question_does(edition: Edition) -> None:
    """The mark that ends a shortened question ends it, though its last words follow in the answer."""
    rows = [
        *(q.wording for q in edition.questions.values() if q.id < "d2.1"),
        "D. Votre disponibilité",
        "D2.1) Combien de temps y consacrerez-vous ? 1 jour/semaine, en dehors des journées de formation",
        *(q.wording for q in edition.questions.values() if q.id > "d2.1" and not q.id.startswith("s.")),
    ]
    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert answers["d2.1"].value == "1 jour/semaine, en dehors des journées de formation"


def test_a_question_may_be_announced_as_one(edition: Edition) -> None:
    """« Q : » before a question is none of the answer before it."""
    asked = [q for q in edition.questions.values() if not q.id.startswith("s.")]
    rows = [row for n, q in enumerate(asked) for row in (f"Q : {n}. {q.wording}", "R : ")]
    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {answers[q.id].state for q in asked if q.id.startswith("b.")} == {AnswerState.BLANK}


def test_an_empty_row_of_a_quoted_form_says_nothing(edition: Edition) -> None:
    """Mail programs quote empty rows, too: « > » alone is no answer to what stands above it."""
    rows = [
        row for section in edition.section if section.id != "s"
        for row in (section.title, *(q.wording for q in section.question), "")
    ]  # fmt: skip
    quoted = "\n".join(f"> {row}".rstrip() for row in rows)
    answers = _form.read(text.from_text(quoted), "form.txt", edition).answers

    assert answers["a3.took_part"].state is AnswerState.BLANK


@pytest.mark.parametrize(("rows", "state"), [(10, AnswerState.ANSWERED), (12, AnswerState.UNCLEAR)])
def test_a_scale_that_lost_its_table_has_a_row_for_each_cell(
    rows: int, state: AnswerState, edition: Edition
) -> None:
    """Of a form that was copied into a mail, the mark's row tells its column, if no row was added or lost."""
    scales = [q for q in edition.questions.values() if q.kind is QuestionKind.SCALE]
    said = "\n".join(q.wording for q in edition.questions.values() if q.kind is not QuestionKind.SCALE)
    for number, question in enumerate(scales, 3):
        cells = ["●" if at == number else "" for at in range(1, rows + 1)]
        said += "\n" + "\n".join([question.wording, *map(str, range(1, 11)), *cells])
    answers = _form.read(text.from_text(said + "\nFait à Ixelles"), "mail.txt", edition).answers

    assert {answers[q.id].state for q in scales} == {state}
    if state is AnswerState.ANSWERED:
        assert [answers[q.id].value for q in scales] == [3, 4, 5, 6, 7, 8, 9]


def test_bullets_that_a_mail_program_wrote_as_letters_belong_to_no_label(edition: Edition) -> None:
    """« o Forme juridique : » is how Outlook sends the second level of a list as plain text."""
    fields = [q for q in edition.questions.values() if q.id.startswith(("a1.", "a2."))]
    rows = [row for q in fields for row in (f"o {q.wording.split(' : ')[0]} :", f"dit de {q.id}")]
    rows += [q.wording for q in edition.questions.values() if q.id.startswith("b.")]
    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {answers[q.id].value for q in fields} == {f"dit de {q.id}" for q in fields}


def test_a_dash_in_a_mail_that_quotes_everything_is_said(edition: Edition) -> None:
    """« > / » is the « / » of the form that was passed on."""
    rows = [row for q in edition.questions.values() if q.id[0] in "bd" for row in (q.wording, "/")]
    quoted = "\n".join(f"> {row}" for row in rows)
    answers = _form.read(text.from_text(quoted), "form.txt", edition).answers

    assert {answers[f"b.{n}"].value for n in range(1, 14)} == {"/"}


def test_bare_numbers_may_follow_the_number_of_their_part(edition: Edition) -> None:
    """« D2.1. » is the first question of the second part D, as « B7. » is the seventh of B."""
    rows: list[str] = []
    for section in edition.section:
        if section.id in {"a1", "a2"}:
            rows += [section.title, *(f"{q.wording} : ainsi" for q in section.question)]
        elif section.id == "e":
            rows += [section.title, *(q.wording for q in section.question)]
        elif section.id not in {"a3", "s"}:
            rows.append(section.title)
            part = section.id.upper() + "." if section.id[0] == "d" else "B"
            rows += [f"{part}{q.number}. réponse {q.id}" for q in section.question]
    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    wanted = [q for q in edition.questions if q.startswith(("b.", "d"))]
    assert [answers[q].value for q in wanted] == [f"réponse {q}" for q in wanted]


def test_options_above_an_announced_answer_are_printed(edition: Edition) -> None:
    """Levels of study in bold, in two rows, choose nothing where « Réponse : » says which one is meant."""
    levels = " – ".join(edition.questions["a2.education"].choices)
    half = levels.index("inférieur")
    said = {"a1": "", "a2": ""}
    lines: list[Line] = []
    for section in edition.section:
        for question in section.question:
            bold = (question.wording,)
            if question.id == "a2.education":
                bold = ("Niveau d’études : " + levels[:half].rstrip(), levels[half:])
            lines += [Line((Span(row, bold=True),), 1) for row in bold]
            told = "secondaire supérieur" if question.id == "a2.education" else said.get(section.id, "")
            lines.append(Line((Span(f"Réponse : {told}", italic=True),), 1))
    placed = [
        replace(line, box=Box(50, 20.0 + 13 * n, 50 + 5.0 * len(line.text), 31.0 + 13 * n))
        for n, line in enumerate(lines)
    ]
    page = replace(text.from_text(""), lines=tuple(placed))
    answer = _form.read(page, "form.pdf", edition).answers["a2.education"]

    assert (answer.state, answer.value) == (AnswerState.ANSWERED, "secondaire supérieur")
