"""Who signs where the labels were replaced by what they asked for."""

from dataclasses import replace

import pytest

from data.edition import Edition
from data.model import (
    Answer,
    AnswerState,
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
from tests.parsers.signing import a_picture, a_whole_form, states_of

NAMES, FUNCTIONS = ("Aïcha Lambert", "Marc Peeters"), ("Directrice", "Administrateur")
HEAD = ("ETAPE 3 – SIGNER LE DOSSIER", "Fait à Ixelles", "Le 8 septembre 2026")


def _read(edition: Edition, *lines: Line, pictures: tuple[Picture, ...] = ()) -> _form.FormReading:
    """A form in which Aïcha Lambert is the contact person, and these lines end it."""
    asked = [q for q in edition.questions.values() if q.id[:2] in {"a2", "b."}]
    said = {"a2.last_name": "Lambert", "a2.first_name": "Aïcha"}
    form = [Line((Span(f"{q.wording} : {said.get(q.id, 'dit')}"),), 1) for q in asked]
    told = (*form, *(Line((Span(words),), 1) for words in HEAD), *lines)
    drawn = tuple(replace(picture, after=len(told) + picture.after) for picture in pictures)
    document = Document(FileKind.DOCX, (Page(1, PageSource.TEXT),), told, drawn)
    return _form.read(document, "f.docx", edition)


def _people(answers: dict[str, Answer]) -> list[object]:
    return [
        answers[f"s.{role}_{what}"].value
        for role in ("contact", "administrator")
        for what in ("name", "function")
    ]


TABS = [Line((Span("\t".join(row)),), 1) for row in (NAMES, FUNCTIONS, ("Signature", "Signature"))]
CELLS = [
    Line((Span(words),), 1, None, Cell(0, row, column))
    for row, said in enumerate((NAMES, FUNCTIONS)) for column, words in enumerate(said)
]  # fmt: skip
ONE_CELL_EACH = [
    Line((Span(words),), 1, None, Cell(0, 0, column))
    for column in (0, 1) for words in (NAMES[column], FUNCTIONS[column])
]  # fmt: skip
BELOW = [Line((Span(words),), 1) for pair in zip(NAMES, FUNCTIONS, strict=True) for words in pair]
UNDER = [
    Line((Span(words),), 1, None, Cell(0, row, column))
    for row, said in enumerate((NAMES, ("(Nom, prénom)",) * 2, FUNCTIONS, ("(Fonction)",) * 2))
    for column, words in enumerate(said)
]
IN_A_LINE = [Line((Span(", ".join(pair)),), 1) for pair in zip(NAMES, FUNCTIONS, strict=True)]


@pytest.mark.parametrize("lines", [TABS, CELLS, ONE_CELL_EACH, BELOW, IN_A_LINE, UNDER])
def test_names_and_functions_are_known_by_the_contact_persons_name(
    lines: list[Line], edition: Edition
) -> None:
    """Side by side, in cells or below each other: the contact is who the form says, the other follows."""
    answers = dict(_read(edition, *lines).answers)

    assert _people(answers) == [NAMES[0], FUNCTIONS[0], NAMES[1], FUNCTIONS[1]]


@pytest.mark.parametrize("typed", [[], [("Lambert, Aïcha", "")]], ids=["", "typed as a signature"])
def test_a_comma_may_part_a_name_from_its_first_name(typed: list[tuple[str, str]], edition: Edition) -> None:
    """« Lambert, Aïcha » is one name where the contact is called so; typed to sign, too, it stands twice."""
    rows = [*typed, ("Lambert, Aïcha", "Peeters, Marc"), FUNCTIONS]
    cells = [
        Line((Span(words),), 1, None, Cell(0, row, column))
        for row, said in enumerate(rows) for column, words in enumerate(said) if words
    ]  # fmt: skip

    assert _people(dict(_read(edition, *cells).answers)) == [
        "Lambert, Aïcha", FUNCTIONS[0], "Peeters, Marc", FUNCTIONS[1]
    ]  # fmt: skip


def test_the_other_way_round_the_contact_is_still_the_contact(edition: Edition) -> None:
    """The administrator's name may stand on the left."""
    turned = [Line((Span("\t".join(reversed(row))),), 1) for row in (NAMES, FUNCTIONS)]

    assert _people(dict(_read(edition, *turned).answers))[::2] == list(NAMES)


def test_a_picture_below_a_name_signs_for_that_person(edition: Edition) -> None:
    """Without any « Signature », the cell of the name is the place to sign."""
    pen = Picture(PictureForm.RASTER, 1, -1, None, Cell(0, 0, 1), 100, 40, look=Look.HAND)

    signed = _read(edition, *ONE_CELL_EACH, pictures=(pen,)).signatures

    assert signed["contact"].state is SignatureState.MISSING
    assert signed["administrator"].state is SignatureState.SIGNED


HEADED = (
    "Personne de contact", "Aïcha Lambert", "Directrice",
    "Administratrice ou administrateur", "Griet Van den Eynde", "Bestuurder",
)  # fmt: skip


@pytest.mark.parametrize(("after", "role"), [(-6, "contact"), (-3, "administrator")])
def test_under_a_heading_one_signs_above_ones_name(after: int, role: str, edition: Edition) -> None:
    """The heading begins the place of the person named below it, and is nobody's name."""
    lines = [Line((Span(words),), 1) for words in HEADED]
    pen = Picture(PictureForm.RASTER, 1, after, None, None, 100, 40, look=Look.HAND)
    reading = _read(edition, *lines, pictures=(pen,))

    assert _people(dict(reading.answers)) == [
        "Aïcha Lambert",
        "Directrice",
        "Griet Van den Eynde",
        "Bestuurder",
    ]
    assert {s.role for s in reading.signatures.values() if s.state is SignatureState.SIGNED} == {role}
    assert {s.state for s in reading.signatures.values()} == {SignatureState.SIGNED, SignatureState.MISSING}


def test_a_name_that_is_nobodys_for_certain_is_for_a_person(edition: Edition) -> None:
    """Two names that the form does not know may be the two who sign: nobody is told that they are missing."""
    answers = _read(edition, Line((Span("Zoé Maes\tPol Wouters"),), 1)).answers

    assert {answers[f"s.{role}_name"].state for role in ("contact", "administrator")} == {AnswerState.UNCLEAR}


def test_the_end_of_the_contacts_name_is_no_part_of_the_others(edition: Edition) -> None:
    """A long name that wraps in the left of two columns stands where the right one's would go on."""
    rows = [
        ("Nom, prénom : Aïcha\tNom, prénom : Marc Peeters Lambert"),
        ("Fonction : Directrice\tFonction : Membre"),
    ]

    answers = dict(_read(edition, *(Line((Span(row),), 1) for row in rows)).answers)

    assert _people(answers)[::2] == list(NAMES)


FOR = ("Pour la personne de contact,", "Aïcha Lambert, directrice",
       "Pour le conseil d’administration,", "Marc Peeters, trésorier")  # fmt: skip


@pytest.mark.parametrize(("after", "role"), [(-4, "contact"), (-2, "administrator")])
def test_a_name_with_its_function_is_a_name_and_on_whose_behalf_is_a_heading(
    after: int, role: str, edition: Edition
) -> None:
    """« Pour le conseil d’administration, » is nobody's name; below it one signs over one's own."""
    lines = [Line((Span(words),), 1) for words in FOR]
    pen = Picture(PictureForm.RASTER, 1, after, None, None, 100, 40, look=Look.HAND)
    reading = _read(edition, *lines, pictures=(pen,))

    assert _people(dict(reading.answers)) == ["Aïcha Lambert", "directrice", "Marc Peeters", "trésorier"]
    assert [s.role for s in reading.signatures.values() if s.state is SignatureState.SIGNED] == [role]
    assert {s.state for s in reading.signatures.values()} == {SignatureState.SIGNED, SignatureState.MISSING}


def test_in_whose_name_one_signs_is_no_name(edition: Edition) -> None:
    """« Pour notre association, » stands before the name that has its function beside it."""
    lines = [Line((Span(words),), 1) for words in (FOR[1], "Pour notre association,", FOR[3])]

    assert _people(dict(_read(edition, *lines).answers))[2:] == ["Marc Peeters", "trésorier"]


def test_a_picture_that_ends_up_before_a_label_hides_it_not(edition: Edition) -> None:
    """LibreOffice makes one paragraph of a signature and of the first words of the next cell."""
    rows = ("Nom, prénom : Aïcha Lambert", "Signature :", "\ufffcNom, prénom : Marc Peeters", "Signature :")
    answers = _read(edition, *(Line((Span(row),), 1) for row in rows)).answers

    assert answers["s.contact_name"].value == "Aïcha Lambert"
    assert answers["s.administrator_name"].value == "Marc Peeters"


@pytest.mark.parametrize(
    "rows",
    [
        (
            "Signature de la personne de contact (Aïcha Lambert, Directrice) :",
            "Signature d’un administrateur ou d’une administratrice (Marc Peeters, Administrateur) :",
        ),
        (
            "Personne de contact : Lambert Aïcha, Directrice",
            "Signature :",
            "Administrateur ou administratrice : Peeters Marc, Administrateur",
            "Signature :",
        ),
    ],
    ids=["in brackets", "behind headings"],
)
def test_headings_may_name_who_signs(rows: tuple[str, ...], edition: Edition) -> None:
    """« Personne de contact : Aïcha Lambert, directrice »: a name and a function that no label asks for."""
    read = _read(edition, *(Line((Span(words),), 1) for words in rows))

    assert [set(str(said).split()) for said in _people(read.answers)] == [
        {"Aïcha", "Lambert"}, {"Directrice"}, {"Marc", "Peeters"}, {"Administrateur"},
    ]  # fmt: skip


def test_a_heading_of_two_rows_is_no_name(edition: Edition) -> None:
    """« Pour la structure, » and, below it, « l'administratrice » stand over the name in the same cell."""
    heads = (("Pour la structure, la personne", "de contact"), ("Pour la structure,", "l’administratrice"))
    lines = [
        Line((Span(words),), 1, None, Cell(0, 0, column))
        for column in (0, 1) for words in (*heads[column], NAMES[column], FUNCTIONS[column], "Signature")
    ]  # fmt: skip

    assert _people(_read(edition, *lines).answers) == [*NAMES[:1], FUNCTIONS[0], NAMES[1], FUNCTIONS[1]]


def test_a_name_by_hand_above_the_printed_one_is_no_label(edition: Edition) -> None:
    """It begins where there was room, in nobody's column; below it stands who signed."""
    rows = [
        ("Pour la structure,", 60, 60), ("Pour le conseil d’administration,", 330, 60),
        ("Sophie Maes", 95, 100), ("Sophie Maes", 60, 140), ("Marc Peeters", 330, 140),
        ("Directrice", 60, 156), ("Trésorier", 330, 156),
    ]  # fmt: skip
    written = a_picture(94, 96, 190, 116, PictureForm.INK, Look.WRITING)
    form = a_whole_form(edition, *rows, pictures=[replace(written, page=2, stroke_pt=250.0)])

    assert states_of(form, edition) == (SignatureState.UNCLEAR, SignatureState.MISSING)
    assert _people(dict(_form.read(form, "f.pdf", edition).answers)) == [
        "Sophie Maes", "Directrice", "Marc Peeters", "Trésorier",
    ]  # fmt: skip
