"""A form filled by hand: what a pen wrote beside the labels, and over them, is no signature."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from data.edition import Edition
from data.model import AnswerState, Box, Cell, Document, Look, Picture, PictureForm
from parsers._answered import _form
from tests.parsers.signing import (
    ASKING,
    MISSING,
    SIGNED,
    SIGNING,
    UNCLEAR,
    a_hand,
    a_picture,
    a_scan,
    a_whole_form,
    headed_rows,
    states_of,
)


def _words(x0: float, top: float, x1: float, bottom: float, look: Look = Look.WRITING) -> Picture:
    """A row of words in the colour of a pen, as long as a name."""
    return replace(
        a_picture(x0, top, x1, bottom, PictureForm.INK, look), page=1, stroke_pt=300.0, penned=True
    )


def _page(*rows: tuple[str, float, float], pictures: Sequence[Picture]) -> Document:
    """A page to sign (text, left, top) below the form's sentence."""
    head = ((SIGNING[0], 1, 60.0, 40.0), (ASKING, 1, 60.0, 60.0))
    return a_scan(*head, *((words, 1, x0, top) for words, x0, top in rows), pictures=pictures)


def _unclear(document: Document, edition: Edition) -> set[str]:
    answers = _form.read(document, "f.pdf", edition).answers
    return {q for q, answer in answers.items() if answer.state is AnswerState.UNCLEAR and q.startswith("s.")}


LABELS = (
    ("Nom, prénom", 60.0, 120.0),
    ("Nom, prénom", 330.0, 120.0),
    ("Fonction", 60.0, 160.0),
    ("Fonction", 330.0, 160.0),
    ("Signature", 60.0, 200.0),
    ("Signature", 330.0, 200.0),
)


def test_a_pen_over_fait_a_answers_and_signs_for_nobody(edition: Edition) -> None:
    """« Fait à Ixelles, le 3/9 »: type and pen are one row of ink, and nothing was read there."""
    row = _words(62.0, 84.0, 290.0, 100.0)
    page = _page(*LABELS, pictures=(row, a_hand(340.0, 215.0)))

    assert _unclear(page, edition) == {"s.place", "s.date"}
    assert states_of(page, edition) == (MISSING, SIGNED)


@pytest.mark.parametrize(("left", "state"), [(62.0, MISSING), (340.0, SIGNED)])
def test_a_place_and_a_day_that_touch_each_other_sign_for_nobody(
    left: float, state: object, edition: Edition
) -> None:
    """Two rows of a pen, with the labels that they run over; a signature may stand beside them."""
    rows = (("Fait à", 60.0, 80.0), ("Le", 60.0, 98.0))
    page = _page(*rows, *LABELS, pictures=(_words(left, 76.0, left + 130, 116.0, Look.HAND),))

    assert states_of(page, edition) == (MISSING, state)


def test_who_signs_at_the_head_of_the_next_page_signs(edition: Edition) -> None:
    """« Signature » is a page's last line: ink over the other person's labels is no place and no day."""
    last = (("Fait à Ixelles", 660.0), ("Le 3/9/2026", 680.0), *_asked(700.0))
    lines = [(SIGNING[0], 1, 60.0, 620.0), (ASKING, 1, 60.0, 640.0), *((row, 1, 60.0, y) for row, y in last)]
    lines += [(row, 2, 60.0, y) for row, y in _asked(145.0)]

    for top in (73.0, 190.0):
        page = a_scan(*lines, pictures=(a_hand(64.0, top, 2),))
        assert states_of(page, edition) == ((SIGNED, MISSING) if top < 145 else (MISSING, SIGNED))


def _asked(top: float) -> list[tuple[str, float]]:
    return [("Nom, prénom :", top), ("Fonction :", top + 16), ("Signature :", top + 32)]


def test_what_stands_on_the_row_of_a_signature_answers_no_function(edition: Edition) -> None:
    """A low signature behind « Signature : » begins beside « Fonction : », of which nothing was typed."""
    rows = (*_asked(640.0), *_asked(720.0))
    lines = [(SIGNING[0], 1, 60.0, 620.0), *((row, 1, 60.0, y) for row, y in rows)]
    on_its_row, above = (_words(138.0, top, 253.0, top + 21, Look.HAND) for top in (661.0, 651.0))

    assert states_of(a_scan(*lines, pictures=(on_its_row,)), edition) == (SIGNED, MISSING)
    assert states_of(a_scan(*lines, pictures=(above,)), edition) == (MISSING, MISSING)


def test_who_signs_over_the_labels_signs(edition: Edition) -> None:
    """« Signature » is printed under the place: ink over it is no « Fait à »."""
    rows = (("Signature", 60.0, 130.0), ("Signature", 330.0, 130.0), ("Nom, prénom", 60.0, 150.0))
    page = _page(
        *rows,
        ("Nom, prénom", 330.0, 150.0),
        pictures=(replace(_words(62.0, 100.0, 160.0, 120.0), look=Look.HAND),),
    )

    assert states_of(page, edition) == (SIGNED, MISSING)


def test_a_pen_over_a_label_of_the_second_column_leaves_no_question_out(edition: Edition) -> None:
    """Of « Nom, prénom » in the second column nothing was read: words of a pen begin where it stands."""
    labels = [row for row in LABELS if row[:2] != ("Nom, prénom", 330.0)]
    over, elsewhere = _words(330.0, 119.0, 400.0, 133.0), _words(420.0, 119.0, 480.0, 133.0)

    assert "s.administrator_name" in _unclear(_page(*labels, pictures=(over,)), edition)
    assert "s.administrator_name" not in _unclear(_page(*labels, pictures=(elsewhere,)), edition)


@pytest.mark.parametrize("look", [Look.WRITING, Look.HAND])
def test_a_pen_below_a_label_answers_it(look: Look, edition: Edition) -> None:
    """A line to write on below « Nom, prénom », another below « Fonction »."""
    name, function = _words(64.0, 137.0, 200.0, 152.0, look), _words(64.0, 177.0, 200.0, 192.0, look)

    assert states_of(_page(*LABELS, pictures=(name, function)), edition) == (MISSING, MISSING)


def test_below_a_typed_function_a_pen_signs(edition: Edition) -> None:
    """Where the answer is typed, what a hand drew between it and « Signature » is one."""
    typed = ("Directrice", 60.0, 174.0)
    pen = _words(64.0, 184.0, 200.0, 199.0, Look.HAND)

    assert states_of(_page(*LABELS[:4], typed, *LABELS[4:], pictures=(pen,)), edition)[0] is SIGNED


@pytest.mark.parametrize(("read", "state"), [(0.5, MISSING), (0.95, SIGNED)])
def test_a_pen_that_runs_from_a_name_into_a_function_is_no_signature(
    read: float, state: object, edition: Edition
) -> None:
    """Two rows of words, tied by a long letter: what was read of them is not sure; of type it is."""
    rows = [("Nom, prénom : faunente Clnea", 60.0, 120.0), ("Fonction : Geerdinaleur", 60.0, 140.0)]
    rows += [*LABELS[1:2], *LABELS[3:4], ("Signature :", 60.0, 160.0), ("Signature :", 330.0, 160.0)]
    page = _page(*rows, pictures=(_words(115.0, 119.0, 180.0, 153.0, Look.HAND),))
    lines = [replace(line, confidence=read) if ":" in line.text[:14] else line for line in page.lines]

    assert states_of(replace(page, lines=tuple(lines)), edition)[0] is state


def test_a_pen_that_signs_over_a_name_and_beyond_signature_signs(edition: Edition) -> None:
    """One place below the other: below all of the ink stands only the other person's « Signature »."""
    rows = [("Nom, prénom :", 60.0, 120.0), ("Fonction :", 60.0, 140.0), ("Signature :", 60.0, 160.0)]
    rows += [(label, 60.0, top + 120) for label, _, top in rows]
    read = [("faunente", 130.0, 120.0), ("Geerdin", 125.0, 140.0)]
    page = _page(*rows, *read, pictures=(_words(120.0, 119.0, 240.0, 190.0, Look.HAND),))
    words = {text for text, *_ in read}
    lines = [replace(line, confidence=0.5 if line.text in words else 0.95) for line in page.lines]

    assert states_of(replace(page, lines=tuple(lines)), edition) == (SIGNED, MISSING)


def test_a_label_that_ends_where_the_pen_begins_is_not_read_by_it(edition: Edition) -> None:
    """It was read surely, and of what the pen wrote from the name into the function, nothing was."""
    rows = [("Nom, prénom :", 60.0, 120.0), ("Fonction :", 60.0, 140.0), *LABELS[1:2], *LABELS[3:4]]
    rows += [("Signature :", 60.0, 160.0), ("Signature :", 330.0, 160.0)]
    read = [("faunente", 130.0, 120.0), ("Geerdin", 125.0, 140.0)]
    page = _page(*rows, *read, pictures=(_words(120.0, 119.0, 180.0, 153.0, Look.HAND),))
    words = {text for text, *_ in read}
    lines = [replace(line, confidence=0.5 if line.text in words else 0.95) for line in page.lines]

    assert states_of(replace(page, lines=tuple(lines)), edition)[0] is MISSING


def test_a_name_written_in_its_column_of_a_table_is_no_signature(edition: Edition) -> None:
    """In the row of each person a name, a function, and nothing under « Signature »."""
    rows = headed_rows(("Maes, Sophie", "Directrice"), ("Quinet, Thérèse", "Administratrice"))
    pen = replace(_words(200.0, 600.0, 360.0, 640.0, Look.HAND), cell=Cell(0, 1, 1))
    signed = replace(a_hand(390.0, 600.0), cell=Cell(0, 1, 2))
    begun = replace(signed, box=Box(380.0, 600.0, 500.0, 640.0), cell=Cell(0, 1, 1))

    def states(*pictures: Picture) -> tuple[object, object]:
        document = a_scan(*(words for words, _ in rows), pictures=pictures)
        cells = zip(document.lines, rows, strict=True)
        return states_of(
            replace(document, lines=tuple(replace(line, cell=c) for line, (_, c) in cells)), edition
        )

    assert states(pen) == (MISSING, MISSING)
    assert states(signed)[0] is SIGNED
    assert states(begun)[0] is SIGNED
    assert states(replace(pen, page=2, box=Box(200.0, 60.0, 360.0, 100.0))) != (MISSING, MISSING)


def test_who_signs_beside_names_that_no_label_asked_for_signs(edition: Edition) -> None:
    """As a letter ends: two names, what one of them does, and a pen that ran into the row of the other."""
    names = (("Sophie Maes", 60.0, 120.0), ("Directrice", 60.0, 132.0), ("Thérèse Quinet", 330.0, 120.0))
    heads = (
        ("Pour la personne de contact :", 60.0, 80.0),
        ("Pour le conseil d'administration :", 330.0, 80.0),
    )
    pen = replace(a_hand(330.0, 128.0), box=Box(330.0, 128.0, 430.0, 148.0))
    document = a_whole_form(
        edition, ("Fait à Ixelles", 60.0, 60.0), *heads, *names, pictures=[replace(pen, page=2)]
    )

    assert states_of(document, edition) == (MISSING, SIGNED)


@pytest.mark.parametrize(
    ("words", "state"),
    [
        ("sera signé le 12/09", UNCLEAR),
        ("a venir", UNCLEAR),
        ("lu et apprauvé", UNCLEAR),
        ("10/09/2026", UNCLEAR),
        ("Clinge", SIGNED),
    ],
)
def test_words_and_days_that_a_pen_wrote_in_place_of_a_signature_are_none(
    words: str, state: object, edition: Edition
) -> None:
    """However like a hand's lines they are: what was read there says that nobody signed yet."""
    pen = replace(a_hand(64.0, 222.0), box=Box(64.0, 220.0, 64.0 + 5 * len(words), 234.0))
    begun = replace(pen, box=Box(64.0, 220.0, 64.0 + 12 * len(words), 234.0))

    for each in (pen, begun):  # of the last word nothing was read
        assert states_of(_page(*LABELS, (words, 64.0, 221.0), pictures=(each,)), edition)[0] is state


@pytest.mark.parametrize(("high", "state"), [(16.0, UNCLEAR), (9.0, SIGNED), (None, SIGNED)])
def test_where_others_wrote_by_hand_ink_over_name_and_function_is_words(
    high: float | None, state: object, edition: Edition
) -> None:
    """They touch each other, and one was read well; where all else is typed, read or not, a pen signed."""
    rows = (("Fait à :", 60.0, 90.0), ("Nom, prénom : Rachid", 60.0, 120.0), *LABELS[1:2], *LABELS[3:4])
    rows += (("Signature :", 60.0, 160.0), ("Signature :", 330.0, 160.0))
    place = (_words(110.0, 88.0, 190.0, 88.0 + high),) if high else ()
    pen = _words(125.0, 118.0, 230.0, 156.0, Look.HAND)

    for read in (rows, (*rows, ("Fonction :", 60.0, 140.0))):
        assert states_of(_page(*read, pictures=(*place, pen)), edition)[0] is state


@pytest.mark.parametrize(("function", "state"), [(190.0, UNCLEAR), (None, MISSING)])
def test_a_pen_over_the_last_typed_answer_is_perhaps_a_signature(
    function: float | None, state: object, edition: Edition
) -> None:
    """Of four typed answers one was not read, and a pen's lines are there; where all were, there are none."""
    rows = [("Fait à Bruxelles, le 10/09/2026", 60.0, 90.0)]
    for x0, name in ((60.0, "Maes Sophie"), (330.0, "Peeters Marc")):
        rows += [(f"Nom, prénom : {name}", x0, 120.0), ("Signature :", x0, 200.0)]
    rows += [("Fonction : Directrice", 60.0, 160.0)]
    rows += [("Fonction :" if function else "Fonction : Présidente", 330.0, 160.0)]
    pens = (_words(390.0, 158.0, 460.0, 174.0),) if function else ()

    assert states_of(_page(*rows, pictures=pens), edition)[1] is state


@pytest.mark.parametrize(("high", "state"), [(24.0, UNCLEAR), (40.0, SIGNED)])
def test_ink_on_a_title_is_its_own_print(high: float, state: object, edition: Edition) -> None:
    """« La personne de contact » under its line may not be known as print; who signs there goes beyond it."""
    rows = (("Fait à Ixelles, le 10/09/2026", 60.0, 90.0), ("La personne de contact", 60.0, 130.0))
    rows += (("Nom, prénom : Maes", 60.0, 150.0), ("Signature :", 60.0, 170.0))
    rows += (("L'administrateur ou l'administratrice", 60.0, 230.0), ("Nom, prénom : Diallo", 60.0, 250.0))
    rows += (("Signature :", 60.0, 270.0),)
    ink = a_picture(80.0, 126.0, 150.0, 126.0 + high, PictureForm.INK, Look.HAND)

    assert states_of(_page(*rows, pictures=(replace(ink, stroke_pt=300.0),)), edition)[0] is state
