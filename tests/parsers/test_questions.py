"""How questions are found: reworded, renumbered, moved, deleted, quoted, asked in two languages."""

import io
from dataclasses import replace

import pytest
from docx import Document as new_document

import parsers
from data.edition import Edition
from data.model import Answer, AnswerState, Document, Line, Span
from parsers import text
from parsers._answered import _form
from tests.parsers.conftest import a_pdf, a_plain_form


def test_an_answer_may_quote_questions(edition: Edition) -> None:
    """An answer that quotes its own or another question stays whole, and moves no other answer."""
    said = {
        "b.1": "En quoi consiste notre entreprise ? Nous réparons des vélos.",
        "b.2": "Voir la question 3 : Qui sont ses bénéficiaires ? Les jeunes.\nNotre modèle économique suit.",
        "b.3": "Les jeunes",
        "b.5": "Nom : Dupont, fonction : directrice",
        "b.9": "1. En mars\n2. En juin",
    }
    answers = a_plain_form(edition, said)

    assert {question: answers[question].value for question in said} == said
    assert sum(answer.state is AnswerState.ANSWERED for answer in answers.values()) == len(said)


def test_words_of_labels_are_answers_too(edition: Edition) -> None:
    """A person called « Adresse » in the « rue du Nom » is read as written."""
    said = {"a1.address": "Rue du Nom 5", "a2.last_name": "Adresse", "a2.first_name": "Genre"}
    answers = a_plain_form(edition, said)

    assert {question: answers[question].value for question in said} == said


def test_a_deleted_question_is_not_found(edition: Edition) -> None:
    """Only a question whose wording is nowhere is `not_found`."""
    answers = a_plain_form(edition, {"d1.2": "À Bruxelles"}, dropped=("d1.3",))

    assert answers["d1.3"].state is AnswerState.NOT_FOUND
    assert answers["d1.1"].state is AnswerState.BLANK
    assert answers["d1.2"].value == "À Bruxelles"


def test_of_a_short_label_the_answer_is_no_part(edition: Edition) -> None:
    """« Site : Non » is alike « Site internet », and its « Non » is an answer."""
    rows = ["a) Nom : La Remise", "h) Agrément d'entreprise sociale ? : oui", "i) Site : Non"]
    rows += [f"{q.number}. {q.wording}\nUne réponse." for q in edition.questions.values() if q.id[:2] == "b."]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert (answers["a1.website"].value, answers["a1.social_agreement"].value) == ("Non", "oui")


def test_the_rest_of_a_shortened_question_is_no_answer(edition: Edition) -> None:
    """« Temps consacré au développement en dehors des formations » goes on to the end of its line."""
    answers = a_plain_form(edition, {}, ("d2.1", "d2.2"))
    assert answers["d2.1"].state is AnswerState.NOT_FOUND
    rows = [f"{q.number}. {q.wording}\nUne réponse." for q in edition.questions.values() if q.id[:2] == "b."]
    rows += ["D. Votre disponibilité", "1/ Temps consacré au développement en dehors des formations"]
    rows += [
        "2/ Organisation pour participer aux journées de formation et d'intervision",
        "E. Autodiagnostic",
    ]

    answers = dict(_form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers)

    assert [answers[q].state for q in ("d2.1", "d2.2")] == [AnswerState.BLANK] * 2


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


def test_of_bare_numbers_one_may_be_lost(edition: Edition) -> None:
    """Where section B kept only its numbers, those of D are believed, too, though the second was not read."""
    rows = [f"- {q.wording} : dit" for q in edition.questions.values() if q.id[:2] in {"a1", "a2"}]
    rows += ["B. Description du projet", *(f"{n}. dit" for n in range(1, 14))]
    rows += ["D. Vos besoins", "D.1 premier", "D.3 dernier", "D. Votre disponibilité", "1. dit", "2. dit"]
    rows += ["E. Autodiagnostic", *(f"{q.wording} 5" for q in edition.questions.values() if q.id[:2] == "e.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[f"d1.{n}"].value for n in (1, 3)] == ["premier", "dernier"]


def _by_their_numbers(edition: Edition, counter: str, first: str) -> dict[str, object]:
    """What is read of a form of which sections B and D kept only their numbers, and whose « b.1 » says so."""
    rows = [f"- {q.wording} : dit" for q in edition.questions.values() if q.id[:2] in {"a1", "a2"}]
    rows += ["B. Description du projet", counter.format(1) + first]
    rows += [counter.format(n) + f"dit de b.{n}" for n in range(2, 14)]
    rows += ["D. Vos besoins", *(counter.format(n) + f"dit de d1.{n}" for n in (1, 2, 3))]
    rows += ["D. Votre disponibilité", *(counter.format(n) + f"dit de d2.{n}" for n in (1, 2))]
    rows += ["E. Autodiagnostic", *(f"{q.wording} 5" for q in edition.questions.values() if q.id[:2] == "e.")]
    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers
    return {question: answers[question].value for question in ("b.1", "b.2", "b.3", "b.4", "b.13", "d1.1")}


@pytest.mark.parametrize("counter", ["{}. ", "Question {} : ", "Question n° {}\n", "B{}. "])
@pytest.mark.parametrize("listed", [1, 2, 3, 6])
def test_a_list_in_an_answer_takes_no_number_of_a_question(
    listed: int, counter: str, edition: Edition
) -> None:
    """Where only numbers are left of the questions, one that begins anew within an answer is a list's."""
    first = "\n".join(["Nous faisons ceci :", *(f"{n}. une chose" for n in range(1, listed + 1))])
    said = _by_their_numbers(edition, counter, first)

    asked = ("b.2", "b.3", "b.4", "b.13", "d1.1")
    assert said == {"b.1": first} | {question: f"dit de {question}" for question in asked}


@pytest.mark.parametrize("other", ["« Prénom » first", "level of study last"])
def test_fields_may_stand_in_another_order_within_their_part(other: str, edition: Edition) -> None:
    """A form made anew puts « Prénom » above « Nom », or the level of study behind the e-mail address."""
    asked = [q for q in edition.questions.values() if q.id.startswith("a2.")]
    moved = [asked[1], asked[0], *asked[2:]] if "first" in other else [*asked[:4], *asked[5:], asked[4]]
    rows = ["2. Personne référente", *(f"{q.wording} : {q.label}" for q in moved)]
    rows += [q.wording for q in edition.questions.values() if q.id.startswith("b.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[q.id].value for q in asked] == [q.label for q in asked]


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


def test_a_counter_before_a_tab_belongs_to_what_it_counts(edition: Edition) -> None:
    """« 2.⇥Statement⇥7 »: the « 2. » says nothing of the statement above it."""
    scales = [q for q in edition.questions if q.startswith("e.")]
    rows = [q.wording for q in edition.questions.values() if not q.id.startswith("e.")]
    rows += [f"{n}.\t{edition.questions[q].wording}\t{n + 2}" for n, q in enumerate(scales, 1)]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[q].value for q in scales] == [n + 2 for n, _ in enumerate(scales, 1)]


def test_the_title_of_a_part_is_no_answer(edition: Edition) -> None:
    """« Partie D – besoins » below the last answer of part B, where the form's titles were retyped."""
    answers = a_plain_form(
        edition, {"b.13": "1 ETP\nPartie D – besoins", "b.12": "Partie B du plan, dès 2027."}
    )

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


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("-> Une fois par an.", "Une fois par an."),
        ("> Une fois par an.", "Une fois par an."),
        ("=> Une fois par an.", "Une fois par an."),
        ("- Une fois par an.", "Une fois par an."),
        ("- un rapport\n- une enquête", "- un rapport\n- une enquête"),
    ],
)
def test_a_sign_before_an_answer_is_no_part_of_it(typed: str, value: str, edition: Edition) -> None:
    """An arrow or a dash leads to the answer; the dashes of a list are its own, the first as the others."""
    assert a_plain_form(edition, {"b.4": typed})["b.4"].value == value


@pytest.mark.parametrize("answer", ["+ 2,5", "2 ETP", "0,5 ETP (PAR AN)"])
def test_a_number_is_no_title(answer: str, edition: Edition) -> None:
    """Titles in capitals do not make one of what has no small letter because it counts."""
    answers = a_plain_form(edition, {"b.13": answer})  # behind it the form's next part lacks its title

    assert answers["b.13"].value == answer


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


def test_a_question_may_be_announced_as_one(edition: Edition) -> None:
    """« Q : » before a question is none of the answer before it."""
    asked = [q for q in edition.questions.values() if not q.id.startswith("s.")]
    rows = [row for n, q in enumerate(asked) for row in (f"Q : {n}. {q.wording}", "R : ")]
    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {answers[q.id].state for q in asked if q.id.startswith("b.")} == {AnswerState.BLANK}


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


def test_bold_lines_behind_the_numbers_ask_in_other_words(edition: Edition) -> None:
    """« 4. Mesure d'impact » is no answer where all the numbered lines are bold, and what follows is not."""
    fields = [f"- {q.wording} : dit" for q in edition.questions.values() if q.id[:2] in {"a1", "a2"}]
    asked = [row for n in range(1, 14) for row in (f"{n}. Intitulé {n * 'x'}", f"dit {n}")]
    asked.remove("dit 7")
    rest = ["D. Vos besoins", *(q.wording for q in edition.questions.values() if q.id[:2] == "d1")]
    form = text.from_text("\n".join([*fields, "B. Description du projet", *asked, *rest]))
    bold = tuple(
        replace(line, spans=tuple(replace(span, bold=True) for span in line.spans))
        if "Intitulé" in line.text
        else line
        for line in form.lines
    )
    answers = _form.read(replace(form, lines=bold), "form.txt", edition).answers

    assert [answers[f"b.{n}"].value for n in (1, 4, 13)] == ["dit 1", "dit 4", "dit 13"]
    assert answers["b.7"].state is AnswerState.BLANK
    assert _form.read(form, "form.txt", edition).answers["b.7"].value == "Intitulé xxxxxxx"
