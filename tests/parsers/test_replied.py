"""What a mail's own text says beside the form: answers the form lacks, and a leave that answers nothing."""

from collections.abc import Callable

import pytest

import parsers
from data.edition import Edition
from data.model import AnswerState, Submission
from parsers._dossier import _replied
from tests.parsers.conftest import a_word_file, an_attachment

Mail = Callable[..., Submission]

LETTER = (
    "Bonjour,\n\nIl manque encore :\n- B.9 le dernier exercice de réflexion stratégique\n"
    "- l'adresse\n\nL'équipe de COOPCITY"
)
QUOTED = "\n".join(f"> {row}".rstrip() for row in LETTER.splitlines())
OUTLOOK = "De : COOPCITY <info@coopcity.be>\nEnvoyé : vendredi 11 septembre 2026\nObjet : Votre dossier\n\n"


def _rows(edition: Edition, sections: str, empty: tuple[str, ...]) -> list[str]:
    """The form's parts, each question answered but these."""
    return [
        row
        for section in edition.section if section.id[0] in sections
        for question in section.question
        for row in (question.wording, "7" if question.id not in empty else "") if row
    ]  # fmt: skip


def _a_form(edition: Edition, sections: str = "abde", empty: tuple[str, ...] = ("b.9",)) -> bytes:
    return a_word_file("Notre dossier", "Toute l'équipe", *_rows(edition, sections, empty))


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour,\n\nUn oubli, voici :\n- B.9 : en janvier 2024, avec un consultant.\n\nBien à vous,\nAïcha",
        "La question B9\n\nen janvier 2024, avec un consultant.",
        "9. A quand remonte votre dernier exercice de réflexion stratégique\nau sein de votre entreprise ?\n"
        "en janvier 2024, avec un consultant.\nCordialement",
        "Le dernier exercice de réflexion stratégique : en janvier 2024, avec un consultant.",
        "> - B.9 le dernier exercice de réflexion stratégique\n\nen janvier 2024, avec un consultant.\n> Bye",
        "Voir ci-dessous.\n\n" + OUTLOOK
        + LETTER.replace("égique\n", "égique\nen janvier 2024, avec un consultant.\n\n"),
    ],
    ids=["code", "code above", "wording", "label", "below what is quoted", "within an unmarked mail"],
)  # fmt: skip
def test_what_a_mail_answers_is_not_missing(text: str, edition: Edition, a_mail: Mail) -> None:
    """In the same mail as the form or a later one: a person looks, and sees what was written."""
    form = an_attachment("dossier.docx", _a_form(edition))
    together, later = [a_mail(form, text=text)], [a_mail(form), a_mail(text=text, day=11)]

    for mails in (together, later):
        answer = parsers.assemble(mails, edition, parsers.read).answers["b.9"]
        assert (answer.state, answer.reason) == (AnswerState.UNCLEAR, _replied.REASON)
        assert answer.value == "en janvier 2024, avec un consultant."


@pytest.mark.parametrize(
    "text",
    [
        "Bonjour,\n\nB.9 : faut-il donner une date précise ?\n\nBien à vous",
        f"Bien reçu, la suite arrive.\n\nLe 11 sept. 2026, COOPCITY a écrit :\n{QUOTED}",
        f"Bien reçu, la suite arrive.\n\n{OUTLOOK}{LETTER}",
        "Nous avons 9 annexes. Les B.9 et autres points suivront.",
    ],
    ids=["a question", "our letter, marked", "our letter, unmarked", "a sentence"],
)
def test_who_only_names_a_question_answers_nothing(text: str, edition: Edition, a_mail: Mail) -> None:
    """To ask about it, or because our letter stands beneath."""
    mails = [a_mail(an_attachment("dossier.docx", _a_form(edition))), a_mail(text=text, day=11)]

    assert parsers.assemble(mails, edition, parsers.read).answers["b.9"].state is AnswerState.BLANK


def test_what_was_written_before_the_form_came_answers_nothing(edition: Edition, a_mail: Mail) -> None:
    """The form that came later was to say it."""
    mails = [
        a_mail(text="B.9 : en janvier 2024.", day=9),
        a_mail(an_attachment("dossier.docx", _a_form(edition))),
    ]

    assert parsers.assemble(mails, edition, parsers.read).answers["b.9"].state is AnswerState.BLANK


@pytest.mark.parametrize("said", ["", "Oui, à un atelier"])
def test_a_leave_and_a_title_answer_no_last_question(said: str, edition: Edition, a_mail: Mail) -> None:
    """Part A in the mail, with « Bien à vous » beneath; the rest in a file that has a title of its own."""
    part = [*_rows(edition, "a", ("a3.took_part",)), said]
    text = "\n".join(["Bonjour, voici la partie A.", *part, "", "Bien à vous,", "Aïcha", "Rue du Lac 3"])
    form = an_attachment("suite.docx", _a_form(edition, "bde", ()))

    answers = parsers.assemble([a_mail(form, text=text)], edition, parsers.read).answers

    answer = answers["a3.took_part"]
    assert (answer.state, answer.value or "") == (AnswerState.ANSWERED if said else AnswerState.BLANK, said)
    assert answers["b.1"].state is AnswerState.ANSWERED


def test_the_form_in_a_mail_is_read_as_the_form_alone(edition: Edition, a_mail: Mail) -> None:
    """The title behind a question left empty is no answer that somebody wrote beside the form."""
    rows = _rows(edition, "abde", ("d1.3",))
    at = rows.index(edition.questions["d1.3"].wording) + 1
    text = "\n".join([*rows[:at], "D. Votre disponibilité", *rows[at:]])

    answers = parsers.assemble([a_mail(text=text)], edition, parsers.read).answers

    assert answers["d1.3"].state is AnswerState.BLANK
