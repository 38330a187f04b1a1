"""Questions that somebody made anew in other words."""

from collections.abc import Mapping
from dataclasses import replace

import pytest

from data.edition import Edition
from data.model import Answer, AnswerState, Box, Cell, Line, Span
from parsers import text
from parsers._answered import _form


def _read(edition: Edition, *changed: tuple[str, str]) -> _form.FormReading:
    """The blank form with some of its lines replaced."""
    printed = "\n".join(edition.form_lines)
    for wording, by in changed:
        line = next(line for line in edition.form_lines if wording in line)
        printed = printed.replace(line, by)
    return _form.read(text.from_text(printed), "form.txt", edition)


def _printed(edition: Edition) -> dict[str, str]:
    """The wordings of the questions that bear a number."""
    return {q.id: q.wording for q in edition.questions.values() if q.id[:2] in {"b.", "d1", "d2"}}


def _in_two_columns(edition: Edition, asked: Mapping[str, str]) -> Mapping[str, Answer]:
    """What is read of a table of numbered labels, each with « dit de b.1 » beside it."""
    rows = [
        Line((Span(said),), 1, None, Cell(0, row, column))
        for row, (question, label) in enumerate(asked.items())
        for column, said in enumerate(
            (f"{edition.questions[question].number}. {label}", f"dit de {question}")
        )
    ]
    return _form.read(replace(text.from_text(""), lines=tuple(rows)), "form.docx", edition).answers


def test_a_question_in_other_words_is_found_by_what_it_shares(edition: Edition) -> None:
    """« Création d'emploi : perspectives » with its number is the question on creating jobs."""
    retyped = "13/ Création d'emploi : perspectives à 1 an et 3 ans\nDeux postes, puis cinq."
    answers = _read(edition, ("perspectives de création d’emploi", retyped)).answers

    assert (answers["b.13"].state, answers["b.13"].value) == (AnswerState.ANSWERED, "Deux postes, puis cinq.")
    assert answers["b.12"].state is AnswerState.BLANK


def test_a_line_of_an_answer_is_no_question(edition: Edition) -> None:
    """Where nothing is missing nothing is looked for; a list in an answer stays in it."""
    listed = (
        "12. Quelles actions avez-vous déjà mises en place à cet égard?\n1. Étude :\n2. Création d'emploi ?"
    )
    answers = _read(edition, ("Quelles actions avez-vous", listed)).answers

    assert answers["b.12"].value == "1. Étude :\n2. Création d'emploi ?"
    assert answers["b.13"].state is AnswerState.BLANK


def test_a_deleted_question_takes_no_other_line(edition: Edition) -> None:
    """A question that is nowhere is not found, whatever looks like a label near its place."""
    answers = _read(edition, ("perspectives de création d’emploi", "Remarque : rien à ajouter.")).answers

    assert answers["b.13"].state is AnswerState.NOT_FOUND


def test_the_rest_of_a_shortened_label_is_no_answer(edition: Edition) -> None:
    """« Temps consacré au développement en dehors des formations » asks to its end."""
    retyped = "1. Temps consacré au développement en dehors des formations\n4 heures"
    answers = _read(edition, ("Combien de temps envisagez-vous", retyped)).answers

    assert answers["d2.1"].value == "4 heures"


@pytest.mark.parametrize("said", ["Non", "Oui", "Néant"])
def test_a_yes_or_no_behind_a_label_is_no_word_of_it(said: str, edition: Edition) -> None:
    """« 4. Évaluation de l'impact Non »: as long as « … de l'impact social », and answered."""
    answers = _read(edition, ("processus d’évaluation", f"4. Évaluation de l'impact {said}")).answers

    assert answers["b.4"].value == said


@pytest.mark.parametrize("said", ["6 ETP", "6 équivalents temps plein"])
def test_a_number_before_the_labels_own_words_is_an_answer(said: str, edition: Edition) -> None:
    """An answer may say its unit, which is what the label asks for."""
    answers = _read(edition, ("Nombre d’équivalents temps plein", f"Nombre d'ETP : {said}")).answers

    assert answers["a1.fte"].value == said


def test_questions_that_are_counted_anew_are_found(edition: Edition) -> None:
    """« Q3. Pistes » is the form's tenth question; a title is none where its own question follows."""
    answers = _read(
        edition,
        ("Décrivez en quelques lignes", "Q1. Le modèle économique en quelques lignes\nDes ventes."),
        ("Quelles sont les pistes", "Q3. Pistes de développement en vue de la consolidation\nUn lieu."),
    ).answers

    assert (answers["b.8"].value, answers["b.10"].value) == ("Des ventes.", "Un lieu.")


@pytest.mark.parametrize("by_word", [False, True], ids=["typed", "counted by Word"])
@pytest.mark.parametrize(("number", "found"), [("4", True), ("5", False)])
def test_a_shortened_question_may_be_counted_anew_in_its_part(
    number: str, found: bool, by_word: bool, edition: Edition
) -> None:
    """The fourth of « Modèle économique » is the form's eleventh; a fifth that is no more like it is none."""
    asked = "Quels moyens mettez-vous au service du projet ?"
    printed = "\n".join(edition.form_lines)
    line = next(line for line in edition.form_lines if line.startswith("11."))
    shortened = printed.replace(line, f"{'' if by_word else number + '. '}{asked}\nUn mi-temps.")
    form = text.from_text(shortened)
    counted = tuple(replace(each, number=f"{number}.") if each.text == asked else each for each in form.lines)
    answers = _form.read(replace(form, lines=counted), "form.txt", edition).answers

    assert (answers["b.11"].value == "Un mi-temps.") is found


def test_the_beginning_of_a_question_is_the_question(edition: Edition) -> None:
    """« COOPCITY propose des programmes d’accompagnement … » asks what the whole sentence asks."""
    begun = "D1.3 COOPCITY propose des programmes d’accompagnement collectifs et …\nUn carnet d’adresses."
    answers = _read(edition, ("COOPCITY propose des programmes", begun)).answers

    assert answers["d1.3"].value == "Un carnet d’adresses."


def test_a_line_set_as_a_question_is_perhaps_the_one_that_is_missing(edition: Edition) -> None:
    """A question in words that nobody knows is for a person, and so is what stands before it."""
    asked = "Qui s’occupe de quoi, au juste ?\nNous sommes sept."
    answers = _read(edition, ("Combien êtes-vous", asked)).answers

    assert answers["b.5"].state is AnswerState.UNCLEAR
    assert answers["b.4"].state is AnswerState.BLANK
    answers = _read(edition, ("Comment fonctionnez-vous", asked)).answers
    assert {answers[q].state for q in ("b.5", "b.6")} == {AnswerState.UNCLEAR}


def test_a_short_label_among_labels_is_one(edition: Edition) -> None:
    """« ETP » in the column of labels asks as « Nombre d’équivalents temps plein » does."""
    labels = {
        "a1.name": "Nom",
        "a1.capital": "Détention du capital",
        "a1.fte": "ETP",
        "a1.social_agreement": "Agrément",
        "a1.website": "Site internet",
    }
    rows = [
        Line((Span(said),), 1, None, Cell(0, row, column))
        for row, (question, label) in enumerate(labels.items())
        for column, said in enumerate((label, f"dit de {question}"))
    ]
    below = [Line((Span(q.wording),), 1) for q in edition.questions.values() if q.id.startswith("b.")]
    document = replace(text.from_text(""), lines=(*rows, *below))

    answers = _form.read(document, "form.docx", edition).answers

    assert [answers[q].value for q in labels] == [f"dit de {question}" for question in labels]


def test_a_label_below_the_title_of_its_part_is_among_labels(edition: Edition) -> None:
    """In a table with a column of numbers the title spans them; the labels above it tell their column."""
    labels = {
        "d1.2": "Où vous projetez-vous à l’issue du programme ?",
        "d2.1": "Temps consacré au développement hors formation",
    }
    rows = [
        Line((Span(said),), 1, None, Cell(0, row, column))
        for row, cells in enumerate(
            (
                ("D2", labels["d1.2"], "Plus loin."),
                ("Votre disponibilité",),
                ("D1", labels["d2.1"], "Un jour."),
            )
        )
        for column, said in enumerate(cells)
    ]
    above = [Line((Span(q.wording),), 1) for q in edition.questions.values() if q.id.startswith("b.")]
    document = replace(text.from_text(""), lines=(*above, *rows))

    answers = _form.read(document, "form.docx", edition).answers

    assert [answers[q].value for q in labels] == ["Plus loin.", "Un jour."]


def test_the_first_label_of_a_table_is_told_by_those_below_it(edition: Edition) -> None:
    """« Découverte de COOPCITY » heads its table: what stands in its column below is labels, too."""
    labels = {
        "a3.heard_from": "Découverte de COOPCITY",
        "a3.took_part": "Participation à une activité COOPCITY",
    }
    rows = [
        Line((Span(said),), 1, None, Cell(0, row, column))
        for row, cells in enumerate(zip(labels.values(), ("Par une amie", "Non, jamais"), strict=True))
        for column, said in enumerate(cells)
    ]
    asked = [q for q in edition.questions.values() if q.id not in labels]
    around = {part: [Line((Span(f"{q.wording} :"),), 1) for q in asked if q.id[0] == part] for part in "ab"}
    document = replace(text.from_text(""), lines=(*around["a"], *rows, *around["b"]))

    answers = _form.read(document, "form.docx", edition).answers

    assert [answers[q].value for q in labels] == ["Par une amie", "Non, jamais"]


@pytest.mark.parametrize("label", ["5. Équipe : Trois personnes.", "5. Équipe :\nTrois personnes."])
def test_a_label_that_counts_on_is_the_next_question(label: str, edition: Edition) -> None:
    """« Équipe » is none of the fifth question's words: its number is, between the fourth and the sixth."""
    answers = _read(edition, ("Combien êtes-vous", label)).answers

    assert answers["b.5"].value == "Trois personnes."


@pytest.mark.parametrize(
    ("asked", "said", "question"),
    [
        ("Combien êtes-vous", "5. Équipe :", "b.5"),
        ("Combien êtes-vous", "5. Équipe :\nTrois.\n5. Local :\nUn.", "b.5"),
        ("Quelles sont vos motivations", "1. Local :\nUn.", "d1.1"),
    ],
)
def test_not_every_number_counts_on(asked: str, said: str, question: str, edition: Edition) -> None:
    """What nothing answers, what comes twice, what begins anew: the question is not there."""
    answers = _read(edition, (asked, said)).answers

    assert answers[question].state is AnswerState.NOT_FOUND


def test_a_label_ends_at_its_colon(edition: Edition) -> None:
    """« Agrément entreprise sociale (RBC) : Non, … »: the answer's words are none of the label's."""
    label = "Agrément entreprise sociale (RBC) : Non, demande en cours"
    printed = "\n".join(edition.form_lines)
    line = next(line for line in edition.form_lines if "Bénéficiez-vous" in line)
    form = text.from_text(printed.replace(line, label))
    laid = tuple(
        replace(each, box=Box(60, 20.0 * at, 400, 20.0 * at + 11)) for at, each in enumerate(form.lines)
    )

    answers = _form.read(replace(form, lines=laid), "form.pdf", edition).answers

    assert answers["a1.social_agreement"].value == "Non, demande en cours"


@pytest.mark.parametrize("high", [8, 11], ids=["smaller than the answers", "as large as they are"])
def test_a_label_is_told_by_the_size_of_labels(high: float, edition: Edition) -> None:
    """A web form prints its labels smaller than what was typed, each above its value."""
    asked = {q.id: q.wording for q in edition.questions.values() if q.id[:2] in {"a1", "a2", "b."}}
    asked["a1.social_agreement"] = "Agrément d’entreprise"
    rows = [(words, at) for q in asked for at, words in enumerate((asked[q], "dit"))]
    lines = [
        Line((Span(words),), 1, Box(60, 15.0 * row, 300, 15.0 * row + (11 if at else high)))
        for row, (words, at) in enumerate(rows)
    ]

    answers = _form.read(replace(text.from_text(""), lines=tuple(lines)), "form.pdf", edition).answers

    assert (answers["a1.social_agreement"].value == "dit") is (high == 8)


@pytest.mark.parametrize("beside", [False, True], ids=["below the label", "in the other column"])
def test_an_amount_in_the_words_of_its_label_is_the_answer(beside: bool, edition: Edition) -> None:
    """Under « Nombre d'ETP » people write « 3,8 équivalents temps plein »."""
    asked = {q.id: q.wording for q in edition.questions.values() if q.id[:2] in {"a1", "a2", "b."}}
    asked["a1.fte"] = "Nombre d'ETP"
    said = dict.fromkeys(asked, "dit") | {"a1.fte": "3,8 équivalents temps plein"}
    rows = [(words, row, 0) for row, q in enumerate(asked) for words in (asked[q], said[q])]
    if beside:  # two labels on a row, their values on the next
        rows = [
            (words, row, column)
            for row, pair in enumerate(zip(list(asked)[::2], list(asked)[1::2], strict=False))
            for values in (asked, said)
            for column, q in enumerate(pair)
            for words in (values[q],)
        ]
    lines: list[Line] = []
    for at, (words, _, column) in enumerate(rows):
        top = 15.0 * (at // 2 if beside else at)
        lines.append(Line((Span(words),), 1, Box(60 + 250 * column, top, 200 + 250 * column, top + 11)))

    answers = _form.read(replace(text.from_text(""), lines=tuple(lines)), "form.pdf", edition).answers

    assert answers["a1.fte"].value == "3,8 équivalents temps plein"


def test_labels_that_people_put_in_a_fields_place_are_known(edition: Edition) -> None:
    """« Siège social », « Né(e) le »: the edition lists them, and the answer before them ends there."""
    labels = {
        "a1.name": "Raison sociale",
        "a1.legal_form": "Statut juridique",
        "a1.address": "Siège social",
        "a1.created_on": "Fondée le",
        "a2.last_name": "Nom",
        "a2.gender": "Sexe",
        "a2.birth_date": "Né(e) le",
        "a2.education": "Diplôme",
        "a2.phone": "GSM",
    }
    rows = ["1. Votre entreprise", *(f"· {label} : dit de {question}" for question, label in labels.items())]
    rows.insert(5, "2. Personne référente dans votre équipe pour les échanges avec COOPCITY")
    rows += [q.wording for q in edition.questions.values() if q.id.startswith("b.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert [answers[q].value for q in labels] == [f"dit de {question}" for question in labels]


def test_several_labels_in_one_line_are_several(edition: Edition) -> None:
    """« … temps plein: 5 Site internet (si existant): fil.example » answers two questions."""
    said = "Nombre d’équivalents temps plein: 5 Site internet (si existant): fil.example"
    answers = _read(edition, ("équivalents temps plein", said), ("Site internet", "")).answers

    assert (answers["a1.fte"].value, answers["a1.website"].value) == ("5", "fil.example")


def test_a_letter_and_a_number_count_as_the_number_does(edition: Edition) -> None:
    """« D.3) » is the third question of its part, in few of its words, with the answer behind it."""
    retyped = "D.3) Que pouvez-vous apporter aux autres ? De l’écoute."
    answers = _read(edition, ("COOPCITY propose des programmes", retyped)).answers

    assert answers["d1.3"].value == "De l’écoute."
    assert answers["d1.2"].state is AnswerState.BLANK


def test_an_answer_may_quote_a_question_beside_its_label(edition: Edition) -> None:
    """What is asked in the left column of a table is not asked in the right one, however well it is said."""
    labels = {
        "b.1": "Activités, produits et services",
        "b.2": "Problème ou besoin social",
        "b.3": "Bénéficiaires",
        "b.4": "Évaluation de l’impact social",
    }
    said = {question: f"dit de {question}" for question in labels}
    said["b.1"] = (
        "En quoi consiste notre entreprise ? Un atelier. Ses activités, produits et services : cinq."
    )
    said["b.2"] = "La solitude. Qui sont les bénéficiaires ? Voir plus loin."
    rows = [
        Line((Span(words),), 1, None, Cell(0, row, column))
        for row, (question, label) in enumerate(labels.items())
        for column, words in enumerate((label, said[question]))
    ]
    others = [q for q in edition.questions.values() if q.id > "b.4" and q.id not in labels]
    above = [Line((Span(f"{q.wording} :"),), 1) for q in edition.questions.values() if q.id.startswith("a")]
    document = replace(
        text.from_text(""), lines=(*above, *rows, *(Line((Span(q.wording),), 1) for q in others))
    )

    answers = _form.read(document, "form.docx", edition).answers

    assert {question: answers[question].value for question in labels} == said


def test_the_last_words_of_a_label_wrap_in_its_cell(edition: Edition) -> None:
    """« Où vous projetez-vous dans 9 » « mois » in bold is one label, and nothing stands beside it."""
    labels = {
        "d1.1": ("Motivations et besoins",),
        "d1.2": ("Où vous projetez-vous dans 9", "mois"),
        "d1.3": ("Ce que vous pouvez apporter", "aux autres"),
    }
    tops = [(row, 100.0 + 30 * row + 13 * at, words)
            for row, label in enumerate(labels.values()) for at, words in enumerate(label)]  # fmt: skip
    rows = [
        Line((Span(words, bold=True),), 1, Box(50, top, 190, top + 11), Cell(0, row, 0))
        for row, top, words in tops
    ]
    rows.insert(1, Line((Span("Apprendre."),), 1, Box(200, 100, 300, 111), Cell(0, 0, 1)))
    above = [Line((Span(q.wording),), 1) for q in edition.questions.values() if q.id.startswith("b.")]
    document = replace(
        text.from_text(""), lines=(*above, Line((Span("D. Vos besoins", bold=True),), 1), *rows)
    )

    answers = _form.read(document, "form.pdf", edition).answers

    assert answers["d1.1"].value == "Apprendre."
    assert {answers["d1.2"].state, answers["d1.3"].state} == {AnswerState.BLANK}


def test_the_line_below_a_title_asks_and_an_answer_may_repeat_it(edition: Edition) -> None:
    """« Motivations et besoins » is the label, and « Nos besoins en accompagnement : » is said."""
    said = "Nos motivations : souffler.\n1. Stratégie\nNos besoins en accompagnement : la mesure."
    answers = _read(
        edition, ("Quelles sont vos motivations", f"Motivations et besoins en accompagnement\n{said}")
    ).answers

    assert answers["d1.1"].value == said


def test_a_label_goes_on_behind_its_colon_in_the_questions_own_words(edition: Edition) -> None:
    """« 5. Équipe : combien et qui fait quoi » asks to its end, where the answer stands below."""
    retyped = "5. Équipe : combien et qui fait quoi\nNous sommes sept."
    below = _read(edition, ("Combien êtes-vous", retyped)).answers
    behind = _read(edition, ("Combien êtes-vous", "5. Équipe : combien et qui fait quoi")).answers

    assert below["b.5"].value == "Nous sommes sept."
    assert behind["b.5"].state is AnswerState.NOT_FOUND


def test_numbered_lines_set_as_the_questions_are_ask_in_any_words(edition: Edition) -> None:
    """« 5. Rôles de chacun » in bold, among questions in bold behind their numbers, is the fifth."""
    printed = "\n".join(edition.form_lines)
    line = next(line for line in edition.form_lines if "Combien êtes-vous" in line)
    form = text.from_text(printed.replace(line, "5. Rôles de chacun\nNous sommes sept."))

    def answers(number: str) -> str | int | None:
        lines = tuple(
            replace(
                each,
                spans=(replace(each.spans[0], text=each.text.replace("5. R", f"{number}. R"), bold=True),),
            )
            if each.text[:1].isdigit()
            else each
            for each in form.lines
        )
        return _form.read(replace(form, lines=lines), "form.txt", edition).answers["b.5"].value

    assert answers("5") == "Nous sommes sept."
    assert answers("9") is None


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("b.13", "Un emploi à court terme (1 an), trois à moyen terme (3 ans)."),
        ("b.8", "Notre modèle économique est hybride : des ventes (180 000 €) et des subventions."),
        ("b.10", "Trois pistes de développement : a) des entreprises b) un abonnement"),
    ],
)
def test_an_answer_in_the_words_of_a_deleted_question_is_said_whole(
    question: str, said: str, edition: Edition
) -> None:
    """Only the numbers were kept: « 8. Notre modèle économique est hybride : … » asks nothing."""
    answered = {f"b.{n}": "Voici ce que nous disons." for n in range(1, 14)} | {question: said}
    rows = [f"- {q.wording} : dit" for q in edition.questions.values() if q.id[:2] in {"a1", "a2"}]
    rows += ["B. Description du projet", *(f"{q[2:]}. {said}" for q, said in answered.items())]
    rows += ["D. Vos besoins", *(f"{n}. dit" for n in range(1, 4))]
    rows += ["E. Autodiagnostic", *(f"{q.wording} 5" for q in edition.questions.values() if q.id[:2] == "e.")]

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {q: answers[q].value for q in answered} == answered


def test_a_title_in_the_first_person_is_still_a_question(edition: Edition) -> None:
    """« Nos motivations et nos besoins en accompagnement » says nothing that the question has not."""
    retyped = "Nos motivations et nos besoins en accompagnement\nApprendre à compter."

    answers = _read(edition, ("Quelles sont vos motivations", retyped)).answers

    assert answers["d1.1"].value == "Apprendre à compter."


@pytest.mark.parametrize("asked", ["Agréée entreprise sociale (RBC) ?", "Agrément ES (Bruxelles) :"])
def test_a_known_label_is_known_whatever_it_adds_in_brackets(asked: str, edition: Edition) -> None:
    """Who makes a form anew shortens its questions, and says the rest in brackets."""
    answers = _read(edition, ("Bénéficiez-vous de l’agrément", f"{asked} Oui")).answers

    assert answers["a1.social_agreement"].value == "Oui"
    assert answers["a1.fte"].state is AnswerState.BLANK


def test_a_label_counted_by_word_asks_in_few_words(edition: Edition) -> None:
    """« Ce que nous pouvons apporter », third of an automatic list, shares one word with its question."""
    counted = {"À l'issue du programme": "2.", "Ce que nous pouvons apporter": "3."}
    answered = ["Une équipe soudée.", "Notre réseau."]
    printed = ("Où vous projetez-vous", "COOPCITY propose des programmes")
    form = text.from_text("\n".join(edition.form_lines))
    lines: list[Line] = []
    for line in form.lines:
        at = next((at for at, wording in enumerate(printed) if line.text.startswith(wording, 3)), None)
        label = line.text if at is None else [*counted][at]
        lines.append(replace(line, spans=(Span(label),), number=counted.get(label)))
        lines += [] if at is None else [Line((Span(answered[at]),), 1)]
    answers = _form.read(replace(form, lines=tuple(lines)), "form.docx", edition).answers

    assert [answers[q].value for q in ("d1.2", "d1.3")] == answered


def test_a_label_in_a_column_of_labels_bears_its_number(edition: Edition) -> None:
    """« 5. L'équipe : combien, qui fait quoi » stands beside its answer, below « 4. … » in their column."""
    asked = _printed(edition) | {
        "b.5": "L'équipe : combien, qui fait quoi",
        "d1.3": "Ce que nous pouvons apporter",
    }
    answers = _in_two_columns(edition, asked)

    assert [answers[q].value for q in asked] == [f"dit de {question}" for question in asked]


def test_a_question_goes_on_to_its_mark_in_its_own_words(edition: Edition) -> None:
    """« Suivi par une autre structure » is known; « d'accompagnement ? » behind it is no answer."""
    retyped = "Suivi par une autre structure d'accompagnement ? Oui, Village Partenaire en 2019"
    answers = _read(edition, ("Etes-vous (ou avez-vous été) accompagnés", retyped)).answers

    assert answers["a1.supported_elsewhere"].value == "Oui, Village Partenaire en 2019"


@pytest.mark.parametrize("before", ["•", "Réponse :"])
def test_a_legal_form_below_its_label_is_no_label(before: str, edition: Edition) -> None:
    """« ASBL » may be in the label of a name; at the end of its line it answers « Statut juridique »."""
    answers = _read(
        edition,
        ("Nom l’entreprise", f"Dénomination :\n{before} Logis Partagé"),
        ("Forme juridique", f"Statut juridique :\n{before} ASBL"),
    ).answers

    assert (answers["a1.name"].value, answers["a1.legal_form"].value) == ("Logis Partagé", "ASBL")


@pytest.mark.parametrize(
    "mark", ["• ", "Réponse : ", ""], ids=["behind a dot", "said to be one", "as the labels"]
)
@pytest.mark.parametrize("blue", [True, False], ids=["in colour", "in black"])
def test_a_label_is_told_by_answers_that_are_set_otherwise(
    *, mark: str, blue: bool, edition: Edition
) -> None:
    """Where all that is said stands behind a dot or in colour, the line that does not asks."""
    asked = _printed(edition) | {"d1.2": "À l'issue du programme", "d1.3": "Ce que nous pouvons apporter"}
    lines = [
        Line((Span(said, highlight=at > 0 and blue),), 1)
        for question, label in asked.items()
        for at, said in enumerate((label, f"{mark}Voici pour {question}", f"{mark}et la suite"))
    ]
    form = replace(text.from_text(""), lines=tuple(lines))

    answers = _form.read(form, "form.docx", edition).answers

    told = answers["d1.3"].state is AnswerState.ANSWERED
    assert told is bool(mark or blue)
    assert not told or "Voici pour d1.3" in (answers["d1.3"].value or "")
    assert "apporter" not in (answers["d1.2"].value or "") or not told


def test_a_line_set_as_labels_takes_no_place_of_a_question_it_has_no_word_of(edition: Edition) -> None:
    """A line in black among answers in blue may be anything: of two missing questions neither is it."""
    asked = _printed(edition) | {"d1.3": "Merci de votre attention"}
    lines = [
        Line((Span(said, highlight=at > 0),), 1)
        for question, label in asked.items()
        for at, said in enumerate((label, f"Voici pour {question}", "et la suite"))
    ]
    form = replace(text.from_text(""), lines=tuple(lines))

    answers = _form.read(form, "form.docx", edition).answers

    assert answers["d1.3"].state is not AnswerState.ANSWERED


def test_a_known_label_of_two_words_is_as_good_as_the_wording(edition: Edition) -> None:
    """« Type de structure » has a word of « Nom de la structure »; « Raison sociale » above it asks that."""
    answers = _read(
        edition,
        ("Nom l’entreprise", "Raison sociale : Logis Partagé"),
        ("Forme juridique", "Type de structure : SRL agréée"),
    ).answers

    assert (answers["a1.name"].value, answers["a1.legal_form"].value) == ("Logis Partagé", "SRL agréée")


@pytest.mark.parametrize("between", ["\t", "\n", " "], ids=["tab", "line", "blank"])
def test_a_known_label_of_two_words_needs_no_colon(between: str, edition: Edition) -> None:
    """« Type de structure ASBL » is told by its words alone, whatever parts them from the answer."""
    answers = _read(edition, ("Forme juridique", f"Type de structure{between}ASBL")).answers

    assert (answers["a1.name"].state, answers["a1.legal_form"].value) == (AnswerState.BLANK, "ASBL")


@pytest.mark.parametrize("divider", [" |", " -", ";", ",", " •"])
def test_what_parts_two_labels_of_a_line_is_no_answer(divider: str, edition: Edition) -> None:
    """« Raison sociale : Logis | Type de structure : SRL » says « Logis »."""
    said = f"Raison sociale : Logis Partagé{divider} Type de structure : SRL"
    answers = _read(edition, ("Nom l’entreprise", said), ("Forme juridique", "")).answers

    assert (answers["a1.name"].value, answers["a1.legal_form"].value) == ("Logis Partagé", "SRL")


def test_an_answer_with_a_number_is_no_end_of_its_question(edition: Edition) -> None:
    """It has the question's words, « en dehors des journées de formation », and says how many hours."""
    said = "Environ 6 heures par semaine en dehors des journées de formation."
    retyped = f"1. Temps disponible pour le développement\n{said}"
    answers = _read(edition, ("Combien de temps envisagez-vous", retyped)).answers

    assert answers["d2.1"].value == said


@pytest.mark.parametrize(
    ("question", "wording", "asked", "said"),
    [
        ("d2.1", "Combien de temps", "1. Temps disponible", "Environ 6 heures par semaine, en soirée"),
        ("b.12", "Quelles actions", "12. Actions déjà mises en place", "Nous avons ouvert un atelier."),
        ("b.13", "perspectives de création", "13. Création d'emploi", "Deux postes, puis cinq."),
        ("a1.fte", "Nombre d’équivalents", "Nombre d'ETP", "6,5"),
        ("a1.social_agreement", "agrément d’entreprise", "Agrément entreprise sociale", "Oui, depuis 2021"),
    ],
)  # fmt: skip
def test_a_capital_alone_parts_an_answer_from_its_label(
    question: str, wording: str, asked: str, said: str, edition: Edition
) -> None:
    """« Temps disponible pour le développement Environ 6 heures par semaine » is answered."""
    answers = _read(edition, (wording, f"{asked} {said}")).answers

    assert answers[question].value == said


def test_a_capital_within_a_label_is_no_answer(edition: Edition) -> None:
    """« Aide de la Région bruxelloise » names one; nor is a label in capitals for each word one."""
    answers = _read(
        edition,
        ("Quels sont vos partenaires", "7. Partenaires et ressources en Région bruxelloise"),
        ("Quelles actions avez-vous", "12. Actions Déjà Mises En Place Chez Nous Et Ailleurs Cette Année"),
    ).answers

    assert [answers[q].state for q in ("b.7", "b.12")] == [AnswerState.BLANK, AnswerState.BLANK]


def test_a_number_in_a_column_of_labels_tells_a_question_in_other_words(edition: Edition) -> None:
    """« 2. Organisation pratique » has no word of its question, and stands where the second is due."""
    asked = _printed(edition) | {"d2.2": "Le côté pratique"}
    answers = _in_two_columns(edition, asked)

    assert answers["d2.2"].value == "dit de d2.2"


def test_as_many_lines_set_as_labels_as_questions_that_are_due_ask_them(edition: Edition) -> None:
    """« Taille de l'équipe » and « Organisation de l'équipe » share one word with what is asked, in order."""
    asked = _printed(edition) | {"b.5": "Taille de l'équipe", "b.6": "Organisation de l'équipe"}
    lines = [
        Line((Span(said),), 1)
        for question, label in asked.items()
        for said in (label, f"→ Voici pour {question}", "→ et la suite")
    ]
    answers = _form.read(replace(text.from_text(""), lines=tuple(lines)), "form.docx", edition).answers

    assert ["b.5" in str(answers["b.5"].value), "b.6" in str(answers["b.6"].value)] == [True, True]


@pytest.mark.parametrize("asked", ["Déjà accompagnés ailleurs ?", "Accompagnement en cours ou passé :"])
def test_a_label_may_add_words_to_a_known_one(asked: str, edition: Edition) -> None:
    """« Accompagnement » is known, with whatever ending, and where one or two words stand beside it."""
    answers = _read(
        edition, ("Etes-vous (ou avez-vous été) accompagnés", f"{asked} oui, Jobyourself")
    ).answers

    assert answers["a1.supported_elsewhere"].value == "oui, Jobyourself"


@pytest.mark.parametrize("asked", ["Régime :", "Sous quel régime ?"])
def test_a_field_in_words_that_nobody_knows_is_not_missing(asked: str, edition: Edition) -> None:
    """Fields are answered in a line: one that asks and answers, where one is due, is for a person to see."""
    answers = _read(
        edition,
        ("Nom l’entreprise", "Nom de l'entreprise : Logis Partagé"),
        ("Forme juridique", f"{asked} association"),
    ).answers

    assert answers["a1.legal_form"].state is AnswerState.UNCLEAR
    assert answers["a1.name"].state is AnswerState.UNCLEAR
