"""Whose a place to sign is: by heading, name, column, cell, row and order."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime

import pytest

import parsers
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
    Seal,
    SignatureHow,
    SignatureState,
    Span,
)
from parsers._answered import _form
from tests.parsers.layouts import LAYOUTS, Filled, fill
from tests.parsers.signing import (
    ASKING,
    COLUMNS,
    MISSING,
    NEXT,
    SIGNED,
    SIGNING,
    UNCLEAR,
    a_hand,
    a_page,
    a_page_apart,
    a_picture,
    a_scan,
    a_table,
    a_whole_form,
    each_signing,
    headed_rows,
    states_of,
)


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


@pytest.mark.parametrize("left", [True, False])
def test_of_two_places_that_are_asked_alike_the_contacts_is_the_one_with_the_contacts_name(
    left: bool, edition: Edition
) -> None:
    """« Nom, prénom » stands there twice: who put the other one first has signed as much."""
    answers = dict(fill(edition, 0, blanks=0).answers)
    first, last = (answers[q] for q in (edition.fields.contact_first_name, edition.fields.contact_last_name))
    answers |= {"s.contact_name": "Peeters, Marc", "s.contact_function": "Trésorier"}
    answers |= {"s.administrator_name": f"{last}, {first}", "s.administrator_function": "Directrice"}
    filled = Filled(answers, {"contact": left, "administrator": not left})
    reading = parsers.read(LAYOUTS["lines"](filled, edition))
    assert isinstance(reading, Document)

    found = _form.read(reading, "f.docx", edition)

    states = [found.signatures[role].state for role in ("contact", "administrator")]
    assert states == ([MISSING, SIGNED] if left else [SIGNED, MISSING])
    assert found.answers["s.contact_function"].value == "Directrice"


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
    page = a_scan(*lines, pictures=(a_hand(80.0, 570.0),))

    assert states_of(page, edition) == (SIGNED, MISSING)
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

    assert states_of(a_scan(*lines, pictures=(a_hand(70.0, 580.0),)), edition) == (SIGNED, MISSING)
    assert states_of(a_scan(*lines, pictures=(a_hand(330.0, 580.0),)), edition) == (MISSING, SIGNED)


def test_a_picture_behind_a_name_is_of_the_column_in_which_the_name_begins(edition: Edition) -> None:
    """Typed and signed on one line, the picture may reach into the next column, whose name comes after."""
    names = (("VÉRONIQUE MBAREK NGUYEN", 60, 175), ("Raphaëlle Hermans", 360, 175))
    pen = a_picture(184, 150, 340, 190, PictureForm.RASTER, Look.HAND)

    found = _form.read(
        a_page(*COLUMNS[:-1], *names, COLUMNS[-1], pictures=(pen,)), "f.pdf", edition
    ).signatures

    assert (found["contact"].state, found["administrator"].state) == (SIGNED, MISSING)


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

    assert states_of(Document(FileKind.DOCX, (Page(1, PageSource.TEXT),), lines, drawn), edition) == states


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
    contact, administrator, witness = (a_hand(x0, 140, 2, 90.0) for x0 in (65, 235, 405))

    def states(*pictures: Picture) -> tuple[SignatureState, SignatureState]:
        return states_of(a_whole_form(edition, *rows, pictures=pictures), edition)

    assert states(contact, witness) == (SIGNED, MISSING)
    assert states(administrator, witness) == (MISSING, SIGNED)
    assert states(contact, administrator, witness) == (SIGNED, SIGNED)


def test_the_row_that_names_the_contact_is_the_contacts(edition: Edition) -> None:
    """« (personne de contact) » below a function, under the labels, heads no second block."""
    rows = headed_rows(("Maes, Sophie", "Directrice"), ("Quinet, Thérèse", "Présidente"))
    rows.insert(6, (("(personne de contact)", 1, 200.0, 582.0), Cell(0, 1, 1)))
    pen = replace(a_hand(405, 615.0, width=90.0), cell=Cell(0, 2, 2))
    document = a_scan(*(words for words, _ in rows), pictures=[pen])
    lines = tuple(replace(line, cell=cell) for line, (_, cell) in zip(document.lines, rows, strict=True))

    assert states_of(replace(document, lines=lines), edition) == (MISSING, SIGNED)


@pytest.mark.parametrize("names", [("Aïcha Lambert", "Marc Peeters"), ("Marc Peeters", "Aïcha Lambert")])
def test_on_a_page_apart_names_tell_whose_place_is_whose(names: tuple[str, str], edition: Edition) -> None:
    """No label stands there: « Fait à » says what page it is, the form's own answers whose names they are."""
    said = {"s.contact_name": "Lambert Aïcha", "s.administrator_name": "Marc Peeters"}
    answers = {q: Answer(q, AnswerState.ANSWERED, name) for q, name in said.items()}
    page = a_page_apart(names, 330.0)
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
    page = a_page_apart(("Aïcha Lambert", "Zoé Martin", "Marc Peeters"), 430.0)
    read = _form.signed_page(page, "p.pdf", edition, answers)

    assert read
    assert read.answers["s.administrator_name"].value == "Marc Peeters"


def test_a_function_beside_an_administrators_is_the_contacts(edition: Edition) -> None:
    """Of two functions on one row one names the administrator: the other is the contact's."""
    functions = (("Directrice", 1, 60.0, 212.0), ("Administrateur", 1, 330.0, 212.0))
    labels = (("Signature", 1, 60.0, 224.0), ("Signature", 1, 330.0, 224.0))
    bare = a_page_apart(("Aïcha Lambert", "Marc Peeters"), 60.0)
    page = a_scan(
        *((line.text, 1, line.box.x0, line.box.top) for line in bare.lines if line.box),
        *functions,
        *labels,
        pictures=(a_hand(60.0, 130.0),),
    )

    assert states_of(page, edition) == (SIGNED, MISSING)


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

    assert each_signing(edition, rows, a_hand(60, 218, 2), a_hand(60, 110, 2)) == [
        (MISSING, SIGNED),
        (SIGNED, MISSING),
    ]


def _declaring(*people: tuple[str, str], pictures: Sequence[Picture] = ()) -> Document:
    """A page of one's own, below the form's sentence: each declares in prose, (who, as what), and signs."""
    rows = [(ASKING, 1, 60.0, 60.0), ("Fait à Forest, le 9 septembre 2026", 1, 60.0, 90.0)]
    for top, (who, what) in zip((110.0, 250.0), people, strict=True):
        rows.append((f"Je soussigné·e, {who}, {what}, déclare avoir pris connaissance du", 1, 60.0, top))
        rows.append(("dossier de candidature et en confirmer le contenu.", 1, 60.0, top + 14))
        rows.append(("Signature :", 1, 60.0, top + 30))
    return a_scan(*rows, pictures=pictures)


PEOPLE = (
    ("Maes Sophie", "Coordinatrice générale, personne de contact pour COOPCITY"),
    ("Thérèse Van den Berg", "en qualité de trésorière, administratrice"),
)


@pytest.mark.parametrize("swapped", [False, True])
def test_a_sentence_says_who_signs_below_it(swapped: bool, edition: Edition) -> None:
    """« Je soussigné·e, … » gives name, function and role; the form's sentence tells what page it is."""
    page = _declaring(*(PEOPLE[::-1] if swapped else PEOPLE), pictures=[a_hand(100.0, 150.0)])
    found = _form.read(page, "p.pdf", edition)

    assert found.has_block
    assert states_of(page, edition) == ((MISSING, SIGNED) if swapped else (SIGNED, MISSING))
    assert {q: a.value for q, a in found.answers.items() if "_" in q} == {
        "s.contact_name": "Maes Sophie",
        "s.contact_function": "Coordinatrice générale",
        "s.administrator_name": "Thérèse Van den Berg",
        "s.administrator_function": "trésorière",
    }


def test_a_column_reaches_to_the_next_one(edition: Edition) -> None:
    """The contact typed the name, and signed behind it: nearer to the other's label than to their own."""
    pens = (a_hand(210.0, 205.0), a_hand(335.0, 205.0))
    name = ("QUENTIN DIALLO", 62.0, 235.0)

    assert states_of(a_page(*COLUMNS, name, pictures=pens), edition) == (SIGNED, SIGNED)


def test_columns_whose_names_and_functions_wrap_stand_side_by_side(edition: Edition) -> None:
    """The other's name and function take two lines each: that place begins lower, and is no nearer for it."""
    begun = [(words, x0, top) for words, x0, top in COLUMNS[:-1] if (words, x0) != ("Signature", 330)]
    lower = ("Signature", 330, 166)
    pen = a_hand(60.0, 155.0)

    assert states_of(a_page(*begun, lower, COLUMNS[-1], pictures=(pen,)), edition) == (SIGNED, MISSING)


def test_who_is_asked_first_signs_first(edition: Edition) -> None:
    """Labels that say whose signature they ask for give their names to the columns, in whatever order."""
    document = a_table(
        ("Signature de l’administrateur/trice", "Signature de la personne de contact"),
        ("", ""),
        ("Nom, prénom : Quinet Thérèse", "Nom, prénom : Maes Sophie"),
        ("Fonction : Trésorière", "Fonction : Directrice"),
    )
    answers = _form.read(document, "f.docx", edition).answers

    assert answers["s.contact_name"].value == "Maes Sophie"
    assert answers["s.administrator_function"].value == "Trésorière"


LONG = "Signature d’un administrateur ou d’une administratrice (Thérèse Quinet, membre du conseil) :"


@pytest.mark.parametrize(("top", "states"), [(110.0, (SIGNED, MISSING)), (210.0, (MISSING, SIGNED))])
def test_a_long_label_is_a_place_to_sign(
    top: float, states: tuple[SignatureState, SignatureState], edition: Edition
) -> None:
    """However much stands between « Signature d'un administrateur » and its colon."""
    lines = (
        ("Fait à Bruxelles", 60, 60), ("Signature de la personne de contact (Sophie Maes) :", 60, 90),
        (LONG, 60, 190), (NEXT, 60, 400),
    )  # fmt: skip
    pen = a_picture(80, top, 180, top + 40, PictureForm.RASTER, Look.HAND)

    assert states_of(a_page(*lines, pictures=(pen,)), edition) == states


def test_pasted_signatures_one_below_the_other_are_each_ones_own(edition: Edition) -> None:
    """The first reaches down over the next label and its white paper over the second: by their order."""
    lines = (
        ("Fait à Bruxelles", 60, 60), ("Signature de la personne de contact :", 60, 90),
        ("Signature d’un administrateur :", 60, 170), (NEXT, 60, 400),
    )  # fmt: skip
    one = a_picture(80, 125, 180, 222, PictureForm.RASTER, Look.HAND)
    other = a_picture(80, 190, 180, 270, PictureForm.RASTER, Look.HAND)

    assert states_of(a_page(*lines, pictures=(one,)), edition) == (MISSING, SIGNED)
    assert states_of(a_page(*lines, pictures=(one, other)), edition) == (SIGNED, SIGNED)


def test_the_second_row_of_a_label_heads_nothing(edition: Edition) -> None:
    """« administratrice : » ends the label above it; the name beside it was typed to sign."""
    lines = (
        ("Nom, prénom : Maes Sophie", 60, 60), ("Nom, prénom : Quinet Thérèse", 312, 60),
        ("Signature de la personne de contact :", 60, 90),
        ("Signature d’un administrateur ou d’une", 312, 90),
        ("Sophie Maes", 60, 103), ("administratrice :", 312, 102), (NEXT, 60, 400),
    )  # fmt: skip
    pen = a_picture(330, 130, 430, 170, PictureForm.RASTER, Look.HAND)
    found = _form.read(a_page(*lines, pictures=(pen,)), "f.pdf", edition).signatures

    assert found["contact"].typed_name
    assert (found["contact"].state, found["administrator"].state) == (MISSING, SIGNED)
