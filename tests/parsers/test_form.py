"""Single answers in their surroundings: what counts as said, and what confuses."""

import io
from dataclasses import replace

import pytest
from docx import Document as new_document
from docx.oxml import parse_xml

import parsers
from data.edition import Edition
from data.model import Answer, AnswerState, Box, Document, Line, Picture, PictureForm, Span
from parsers import text
from parsers._answered import _form, _written
from parsers._answered._choices import choose
from parsers._stream import Part, Piece
from tests.parsers.conftest import a_pdf, a_plain_form
from tests.parsers.layouts import LAYOUTS, Filled, W


@pytest.mark.parametrize("said", ["Non", "0", "néant", "N/A", "Sans objet"])
def test_short_refusals_are_answers(said: str, edition: Edition) -> None:
    """« Non », « 0 », « néant » and « N/A » are answers, with their own words as value."""
    answers = a_plain_form(edition, {"b.4": said, "a1.capital": said})

    assert [answers[q].state for q in ("b.4", "a1.capital")] == [AnswerState.ANSWERED] * 2
    assert answers["b.4"].value == said


@pytest.mark.parametrize(
    "said", ["à compléter", "xxx", "[...]", "todo", "À venir", "à définir avec le CA", "@ remplir)"]
)
def test_placeholders_are_unclear(said: str, edition: Edition) -> None:
    """Text that only holds a place is for a person to look at, with the reason."""
    answer = a_plain_form(edition, {"b.2": said})["b.2"]

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
    assert a_plain_form(edition, {"b.2": said})["b.2"].state is AnswerState.BLANK


@pytest.mark.parametrize("said", ["-", "/"])
def test_a_dash_is_never_blank(said: str, edition: Edition) -> None:
    """« - » and « / » answer a short question, and are unclear where a text is expected."""
    answers = a_plain_form(edition, {"b.2": said, "a1.website": said})

    assert answers["a1.website"].state is AnswerState.ANSWERED
    assert answers["b.2"].state is AnswerState.UNCLEAR


def test_dates_of_the_past_become_iso(edition: Edition) -> None:
    """A date in French becomes ISO where it is certain, and stays as written where it is not."""
    answers = a_plain_form(edition, {"a1.created_on": "le 1er mars 2019", "a2.birth_date": "printemps 1980"})

    assert answers["a1.created_on"].value == "2019-03-01"
    assert answers["a2.birth_date"].value == "printemps 1980"


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
        ("www.la-remise.b", "e", True),
        ("www.la-remise.be", "et une page", False),
        ("deux personnes -", "et une troisième", False),
        ("la période 2024-", "2025", False),
        ("née le 1963-12-", "17", True),
    ],
)
def test_a_word_may_go_on_in_the_next_line(written: str, text: str, cut: bool) -> None:
    """A compound word or an address broken at the margin is one word again."""
    assert _written._is_cut(written, text) is cut


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
    assert a_plain_form(edition, {"b.10": said})["b.10"].state is state


def test_a_question_mark_behind_the_questions_own_is_for_a_person(edition: Edition) -> None:
    """« … de sa consolidation ? ? » was asked once, and answered with a doubt."""
    wordings = [q.wording for q in edition.questions.values() if q.id[:2] in {"b.", "d1"}]
    rows = [f"{wording} ?" if wording.endswith("?") else wording for wording in wordings]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert answers["b.10"].state is AnswerState.UNCLEAR


def test_a_dash_after_a_bare_number_is_an_answer(edition: Edition) -> None:
    """« B.6 // » and « 7 / » say something, where the questions themselves were deleted."""
    rows = [f"- {q.wording} : dit" for q in edition.questions.values() if q.id[:2] in {"a1", "a2"}]
    rows += ["B. Description du projet", *(f"{n}. dit" for n in range(1, 6)), "B.6 //", "7 /", "8) -"]
    rows += [*(f"{n}. dit" for n in range(9, 14)), "D. Vos besoins", *(f"{n}. dit" for n in range(1, 4))]
    rows += ["E. Autodiagnostic", *(f"{q.wording} 5" for q in edition.questions.values() if q.id[:2] == "e.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[f"b.{n}"].state for n in (6, 7, 8)] == [AnswerState.UNCLEAR] * 3
    assert [answers[f"b.{n}"].value for n in (5, 9)] == ["dit", "dit"]


def test_an_answer_before_the_hint_of_its_question_is_told_without_it(edition: Edition) -> None:
    """« Site internet : www.fil.example (si existant) » names a site; « (si existant) » alone is blank."""
    rows = [q.wording for q in edition.questions.values() if q.id.startswith("b.")]
    rows.insert(0, "Structure de détention du capital : (le cas échéant)")
    rows.insert(1, "Site internet : fil.example (si existant)")

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert (answers["a1.capital"].value, answers["a1.website"].value) == (None, "fil.example")


def test_brackets_of_an_answer_are_its_own_though_the_question_has_the_same(edition: Edition) -> None:
    """« trois à moyen terme (3 ans) » under a question that ends with « moyen terme (3 ans) ? »."""
    said = "Un emploi à court terme (1 an), trois à moyen terme (3 ans)."

    assert a_plain_form(edition, {"b.13": said})["b.13"].value == said

    asked = [q.wording for q in edition.questions.values() if q.id.startswith(("a1.", "b."))]
    below = "\n".join([*asked[:-1], "13. Création d’emploi", said, "D. Vos besoins"])
    answers = _form.read(text.from_text(below), "form.txt", edition).answers
    assert answers["b.13"].value == said


def test_what_stands_in_the_brackets_of_a_field_is_the_answer(edition: Edition) -> None:
    """« Adresse : [ rue Haute 3 ] » is answered, « [    ] » blank, and « [ votre nom ] » holds a place."""
    said = {"a1.address": "[ rue Haute 3 ]", "a1.enterprise_number": "[ TVA BE 0742 518 633 ]"}
    said |= {"a1.website": "[          ]", "a1.name": "[ nom de l’entreprise ]", "a2.first_name": "[prénom]"}

    answers = a_plain_form(edition, said)

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

    answers = a_plain_form(edition, said)

    assert answers["b.3"].state is AnswerState.BLANK
    assert answers["b.4"].value == "dit de b.4"


@pytest.mark.parametrize("said", ["R.", "A:", "Cliquez ou appuyez", "Choisissez un\nélément."])
def test_what_is_left_of_an_invitation_is_blank(said: str, edition: Edition) -> None:
    """« R. » before nothing, and invitations that the end of a line has cut."""
    assert a_plain_form(edition, {"b.6": said})["b.6"].state is AnswerState.BLANK


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


@pytest.mark.parametrize(
    "marked",
    [
        '<span style="background-color: rgb(255, 255, 0)">{}</span>',
        "<mark>{}</mark>",
        '<span style="font-weight:700;background-color:transparent">{}</span>',
        '<span style="text-decoration:underline">{}</span>',
    ],
)
def test_styles_of_a_page_mark_a_choice_as_tags_do(marked: str, edition: Edition) -> None:
    """Mail programs write styles; Google Docs wraps all in a `<b>` that is not bold, on white or nothing."""
    levels = edition.questions["a2.education"].choices
    said = " – ".join(
        marked.format(level) if level == levels[2] else f'<span style="background:#fff">{level}</span>'
        for level in levels
    )
    rows = [f"<p>{q.wording}</p>" for q in edition.questions.values() if q.id.startswith("b.")]
    asked = f'<b style="font-weight:normal"><p>Niveau d’études : {said}</p></b>'

    reading = parsers.read(f"<html><body>{asked}{''.join(rows)}</body></html>".encode())
    assert isinstance(reading, Document)

    assert _form.read(reading, "mail.html", edition).answers["a2.education"].value == levels[2]


def test_what_a_style_strikes_out_was_not_chosen(edition: Edition) -> None:
    """A mail program writes `text-decoration: line-through` for what it was told to strike out."""
    levels = edition.questions["a2.education"].choices
    struck = '<span style="text-decoration: line-through">{}</span>'
    said = " – ".join(level if level == levels[1] else struck.format(level) for level in levels)
    rows = [f"<p>{q.wording}</p>" for q in edition.questions.values() if q.id.startswith("b.")]

    reading = parsers.read(
        f"<html><body><p>Niveau d’études : {said}</p>{''.join(rows)}</body></html>".encode()
    )
    assert isinstance(reading, Document)

    assert _form.read(reading, "mail.html", edition).answers["a2.education"].value == levels[1]


def test_an_empty_cell_shaded_on_a_page_is_the_number_chosen(edition: Edition) -> None:
    """A scale in the HTML of a mail, coloured as in a word processor."""
    shown = {7: "bgcolor=yellow"}
    cells = "".join(f"<td {shown.get(n, 'style=background:white')}></td>" for n in range(1, 11))
    header = "".join(f"<th>{n}</th>" for n in range(1, 11))
    rated = [q for q in edition.questions.values() if q.id.startswith("e.")]
    rows = "".join(f"<tr><td>{q.wording}</td>{cells}</tr>" for q in rated)

    reading = parsers.read(
        f"<html><body><table><tr><td></td>{header}</tr>{rows}</table></body></html>".encode()
    )
    assert isinstance(reading, Document)

    assert _form.read(reading, "mail.html", edition).answers["e.4"].value == 7


def test_a_dash_that_parts_labels_from_answers_is_none(edition: Edition) -> None:
    """« Téléphone professionnel – » after « Genre – femme »; where nothing else is parted so it is said."""
    fields = [q for q in edition.questions.values() if q.id.startswith("a2.")]
    others = [q.wording for q in edition.questions.values() if q.id.startswith("b.")]

    def phone(filled: int) -> Answer:
        rows = [f"{q.wording} – {'dit ainsi' if n < filled else ''}" for n, q in enumerate(fields)]
        return _form.read(text.from_text("\n".join([*rows, *others])), "f", edition).answers["a2.phone"]

    assert phone(5).state is AnswerState.BLANK
    assert phone(0).value == "–"


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


def test_the_rest_of_a_dotted_line_is_no_part_of_an_address(edition: Edition) -> None:
    """« arnaud@example.be… » was typed over the dots of its line; a sentence may end so."""
    said = {"a2.email": "arnaud@example.be…", "a1.fte": "6,8..", "b.7": "Des écoles, des voisins…"}
    answers = a_plain_form(edition, said)

    assert {id: answers[id].value for id in said} == {
        "a2.email": "arnaud@example.be",
        "a1.fte": "6,8",
        "b.7": "Des écoles, des voisins…",
    }
