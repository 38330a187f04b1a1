"""Who signs, where and when, as people say it who type the form anew: in a sentence, or as letters end."""

import pytest

from data.edition import Edition
from data.model import Answer, AnswerState, Document, FileKind, Line, Page, PageSource, Span
from parsers._answered import _form

SENTENCES = {
    "by": "Signé à Ixelles le 8/9/2026 par Aïcha Lambert (Directrice), personne de contact, et par "
    "Marc Peeters (Président) pour le conseil d'administration.",
    "the other first": "Fait à Ixelles, le 8/9/2026. Signatures : Marc Peeters (Président) pour le conseil "
    "d'administration ; Aïcha Lambert (Directrice) pour l'équipe.",
}
LETTERS = {
    "headings": (
        "Ixelles, le 8 septembre 2026", "Pour le suivi du programme :", "Aïcha Lambert", "Directrice",
        "Pour le conseil d'administration :", "Marc Peeters", "Président",
    ),
    "columns": (
        "Ixelles, 08-09-2026", "LE CONTACT\tL'ADMINISTRATION", "Aïcha LAMBERT\tMarc PEETERS",
        "Directrice\tPrésident",
    ),
    "behind colons": (
        "Signé à : Ixelles", "En date du : 8 septembre 2026",
        "Qui suivra le programme : Aïcha Lambert, Directrice", "Membre du CA : Marc Peeters, Président",
    ),
    "place and day at once": (
        "Lieu et date de signature", "Ixelles, le 8 septembre 2026", "Contact – nom : Aïcha Lambert",
        "Contact – fonction : Directrice", "Contact – signature :", "Administration – nom : Marc Peeters",
        "Administration – fonction : Président", "Administration – signature :",
    ),
    "a day with « en date du »": (
        "Fait à Ixelles en date du 8 septembre 2026", "Signe pour les contacts: Aïcha Lambert",
        "En qualité de: Directrice", "Signe comme administrateur: Marc Peeters", "En qualité de: Président",
    ),
    "other labels": (
        "Fait à Ixelles le 8 septembre 2026", "Personne de contact", "Identité : Aïcha Lambert",
        "En qualité de : Directrice", "Paraphe :", "Conseil d'administration", "Identité : Marc Peeters",
        "Rôle : Président", "Paraphe :",
    ),
}  # fmt: skip


def _said(edition: Edition, *ends: str) -> list[str]:
    """Place, day, and both people with what they are, of a form whose contact is Aïcha Lambert."""
    asked = [q for q in edition.questions.values() if q.id[:2] in {"a2", "b."}]
    own = {"a2.last_name": "Lambert", "a2.first_name": "Aïcha"}
    rows = (*(f"{q.wording} : {own.get(q.id, 'dit')}" for q in asked), *ends)
    lines = tuple(Line((Span(row),), 1) for row in rows)
    read = _form.read(Document(FileKind.DOCX, (Page(1, PageSource.TEXT),), lines), "f.docx", edition).answers
    wanted = (
        "place",
        "date",
        "contact_name",
        "contact_function",
        "administrator_name",
        "administrator_function",
    )
    return [_plain(read[f"s.{each}"]) for each in wanted]


def _plain(answer: Answer) -> str:
    return str(answer.value).title()


@pytest.mark.parametrize("ends", LETTERS.values(), ids=LETTERS)
def test_a_letter_ends_with_place_day_and_people(ends: tuple[str, ...], edition: Edition) -> None:
    """« Ixelles, le 8 septembre 2026 » needs no « Fait à », and « En qualité de » asks for a function."""
    place, day, *people = _said(edition, *ends)

    assert (place, day) in {
        ("Ixelles", "8 Septembre 2026"),
        ("Ixelles", "08-09-2026"),
        ("Ixelles", "2026-09-08"),
    }
    assert people == ["Aïcha Lambert", "Directrice", "Marc Peeters", "Président"]


@pytest.mark.parametrize("sentence", SENTENCES.values(), ids=SENTENCES)
def test_one_sentence_says_who_signs_where_and_when(sentence: str, edition: Edition) -> None:
    """Each name has its function in brackets, and stands for whom the words behind it say."""
    place, day, *people = _said(edition, sentence)

    assert (place, day.startswith("8/9/2026")) == ("Ixelles", True)
    assert people == ["Aïcha Lambert", "Directrice", "Marc Peeters", "Président"]


def test_people_who_end_a_letter_and_whom_nobody_knows_are_in_doubt(edition: Edition) -> None:
    """Where section A tells no name, « Lies Peeters, directrice » at the end may be anybody: not missing."""
    asked = [q for q in edition.questions.values() if q.id.startswith("b.")]
    rows = (*(f"{q.wording} : dit" for q in asked), "Lies Peeters, directrice", "Marc Claes, président")
    lines = tuple(Line((Span(row),), 1) for row in rows)
    read = _form.read(Document(FileKind.DOCX, (Page(1, PageSource.TEXT),), lines), "f.docx", edition).answers

    assert {read[q].state for q in ("s.contact_name", "s.administrator_function")} == {AnswerState.UNCLEAR}
