"""Options on paper that are chosen by their look: bold, in colour, underlined, or the others struck out."""

from types import SimpleNamespace

import numpy as np
import pytest
from numpy.typing import NDArray
from reportlab.lib.pagesizes import A4
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.edition import Edition
from data.model import (
    Answer,
    AnswerState,
    Document,
    FileKind,
    Line,
    Page,
    PageSource,
    PictureForm,
    Span,
)
from parsers._answered import _form, _legibility
from parsers._ocr import Word
from parsers._printed._looks import Marks
from parsers._scanned import _struck, _weight
from parsers._scanned._recognised import RecognisedPage
from tests.parsers.scans import NEEDS_FRENCH, as_pdf, askew, drawn, pixels, recognised

PLAIN, HEAVY = ("Helvetica", 10, "#000000"), ("Helvetica-Bold", 10, "#000000")
RED, BLUE = ("Helvetica", 10, "#b01020"), ("Helvetica", 10, "#1f3c9e")
GREYED = ("Helvetica", 10, "#a0a0a0")
UNDER, THROUGH = ("Helvetica", 10, "#000001"), ("Helvetica", 10, "#000002")
RINGED = ("Helvetica", 10, "#000003")
"""The same with a line, as if by pen, or with a ring that touches the letters."""
TICKED, TICKED_OVER, CROSSED, CROSSED_OVER = (("Helvetica", 10, f"#00000{mark}") for mark in (4, 5, 6, 7))
"""With a tick or a cross of a pen before it, or over its middle."""
WAVY, STRUCK_BLUE = ("Helvetica", 10, "#000008"), ("Helvetica", 10, "#000009")
"""With a trembling line some way below it, or a thick blue one through it."""
AT_FEET, STRUCK_TWICE = ("Helvetica", 10, "#00000a"), ("Helvetica", 10, "#00000b")
"""With a thick line over the letters' feet, or with it and another one through their middle."""
STRUCK_RED = ("Helvetica", 10, "#b01021")
_LINES = {UNDER[2]: -1.8, THROUGH[2]: 2.6, STRUCK_RED[2]: 2.6}
Run = tuple[str, tuple[str, float, str]]
_BREAK: Run = ("\n", PLAIN)
LEVELS = (
    "primaire ou sans diplôme", "secondaire inférieur", "secondaire supérieur", "supérieur de type court",
    "supérieur de type long et universitaire",
)  # fmt: skip


def _page(marked: dict[str, list[Run]], pen: float = 0.8, ruled: bool = False) -> bytes:
    """The form's first questions, with these runs behind some of them, or right of a rule."""
    labels = (
        "Nom l’entreprise : Les Ateliers", "Forme juridique : ASBL", "Adresse : rue Haute 12, 1000 Bruxelles",
        "Date de création : 12/03/2019", "Numéro d’entreprise : 0999.123.456",
        "Nombre d’équivalents temps plein : 4",
        "Bénéficiez-vous de l’agrément d’entreprise sociale de la Région de Bruxelles-Capitale ?",
        "Site internet (si existant) : /",
        "Etes-vous (ou avez-vous été) accompagnés par une autre structure (type SMart, etc.) ?",
        "Nom : Delvaux", "Prénom : Fatou", "Date de naissance : 21 août 1981", "Niveau d’études :",
        "Téléphone professionnel : 0460 00 39 49", "E-mail professionnel : info@ateliers.example",
        "Avez-vous déjà participé à une activité COOPCITY (événement, atelier, webinaire, etc) ?",
    )  # fmt: skip

    def draw(canvas: Canvas) -> None:
        y = 790.0
        canvas.setLineWidth(0.8)
        if ruled:
            canvas.line(44, 820, 44, 300)
        for label in labels:
            runs: list[Run] = [(label, PLAIN)]
            canvas.setFont(*PLAIN[:2])
            canvas.drawString(50, y, label)
            y -= 16
            runs = next((runs for begins, runs in marked.items() if label.startswith(begins)), [])
            x = 46.0 if ruled else 60.0
            for text, (font, size, colour) in runs:
                if text == "\n":
                    x, y = 60.0, y - 15
                    continue
                canvas.setFont(font, size)
                canvas.setFillColor(colour)
                canvas.drawString(x, y, text)
                end = x + stringWidth(text, font, size)
                if level := _LINES.get(colour):
                    canvas.line(x - 1, y + level, end + 1, y + level + 0.4)
                if colour == STRUCK_BLUE[2]:
                    canvas.setLineWidth(1.3)
                    canvas.setStrokeColor("#2030c0")
                    canvas.line(x - 1, y + 2.6, end + 1, y + 2.9)
                    canvas.setLineWidth(0.8)
                    canvas.setStrokeColor("#000000")
                if colour in {AT_FEET[2], STRUCK_TWICE[2]}:
                    canvas.setLineWidth(1.6)
                    for level in (0.2, 3.2)[: 1 if colour == AT_FEET[2] else 2]:
                        canvas.line(x - 1, y + level, end + 1, y + level)
                    canvas.setLineWidth(0.8)
                if colour == WAVY[2]:
                    _wavy_line(canvas, x - 2, end + 2, y - 5)
                if colour == RINGED[2]:
                    canvas.setLineWidth(pen)
                    canvas.ellipse(x - 4, y - 4.5, end + 2, y + 10)
                    canvas.setLineWidth(0.8)
                if colour in {look[2] for look in (TICKED, TICKED_OVER, CROSSED, CROSSED_OVER)}:
                    over = colour in {TICKED_OVER[2], CROSSED_OVER[2]}
                    _mark(
                        canvas,
                        (x + end) / 2 - 5 if over else x - 12,
                        y,
                        colour in {TICKED[2], TICKED_OVER[2]},
                    )
                x = end
            canvas.setFillColor("#000000")
            y -= 22 if runs else 8

    return drawn(draw, A4)


def _mark(canvas: Canvas, x: float, y: float, tick: bool) -> None:
    path = canvas.beginPath()
    strokes = (
        [((x, y + 4), (x + 4, y - 1), (x + 12, y + 11))] if tick
        else [((x, y - 1), (x + 10, y + 10)), ((x, y + 10), (x + 10, y - 1))]
    )  # fmt: skip
    for start, *points in strokes:
        path.moveTo(*start)
        for point in points:
            path.lineTo(*point)
    canvas.setLineWidth(1.2)
    canvas.drawPath(path)
    canvas.setLineWidth(0.8)


def _wavy_line(canvas: Canvas, x: float, end: float, y: float) -> None:
    path = canvas.beginPath()
    path.moveTo(x, y)
    steps = 8
    for step in range(1, steps + 1):
        path.lineTo(x + (end - x) * step / steps, y + (0.9 if step % 2 else -0.9))
    canvas.setLineWidth(1.4)
    canvas.drawPath(path)
    canvas.setLineWidth(0.8)


def _levels(chosen: str, look: tuple[str, float, str]) -> list[Run]:
    runs: list[Run] = []
    for level in LEVELS:
        runs += [(level, look if level == chosen else PLAIN), _BREAK]
    return runs


def _read(
    marked: dict[str, list[Run]],
    edition: Edition,
    dpi: float,
    *,
    grey: bool = False,
    pen: float = 0.8,
    ruled: bool = False,
) -> dict[str, Answer]:
    page = pixels(_page(marked, pen, ruled), dpi)[0]
    page = askew(_without_colour(page) if grey else page, 0.3)
    document = recognised(as_pdf([page], dpi))
    assert isinstance(document, Document), document
    return dict(_form.read(document, "scan.pdf", edition).answers)


def _without_colour(page: np.ndarray) -> np.ndarray:
    grey = page @ np.array([0.299, 0.587, 0.114])
    return np.repeat(grey[..., None], 3, 2).astype(np.uint8)


CHOICES = ("a1.social_agreement", "a1.supported_elsewhere", "a2.education", "a3.took_part")


@NEEDS_FRENCH
def test_an_option_may_be_bold_or_coloured_on_paper(edition: Edition) -> None:
    """As in a text: of options that all stand there, the one in heavier letters or in red is meant."""
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("oui", HEAVY), (" / ", PLAIN), ("non", PLAIN)],
        "Etes-vous": [("oui/", PLAIN), ("non", HEAVY)],
        "Niveau": _levels(LEVELS[2], HEAVY),
        "Avez-vous": [("oui", RED), (" – ", PLAIN), ("non", PLAIN)],
    }
    answers = _read(marked, edition, 200)

    assert ["oui", "non", LEVELS[2], "oui"] == [answers[question].value for question in CHOICES]
    assert {answers[question].state for question in CHOICES} == {AnswerState.ANSWERED}


@NEEDS_FRENCH
def test_an_option_may_be_underlined_or_the_others_struck_out_on_paper(edition: Edition) -> None:
    """A line no longer than « non » is seen; what it runs through is read all the same, and is not meant."""
    levels = [run for level in LEVELS for run in ((level, PLAIN if level == LEVELS[3] else THROUGH), _BREAK)]
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("oui", UNDER), (" / ", PLAIN), ("non", PLAIN)],
        "Etes-vous": [("oui", THROUGH), ("/non", PLAIN)],
        "Niveau": levels,
        "Avez-vous": [("oui", PLAIN), (" ou ", PLAIN), ("non", THROUGH)],
    }
    answers = _read(marked, edition, 200)

    assert ["oui", "non", LEVELS[3], "oui"] == [answers[question].value for question in CHOICES]
    assert {answers[question].state for question in CHOICES} == {AnswerState.ANSWERED}


@NEEDS_FRENCH
@pytest.mark.parametrize("dpi", [200, 300])
def test_a_pens_line_is_neither_straight_nor_black(dpi: int, edition: Edition) -> None:
    """Below an option it is ink, and underlines; through one it colours the letters that it strikes."""
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("oui", WAVY), ("   /   ", PLAIN), ("non", PLAIN)],
        "Etes-vous": [("oui", STRUCK_BLUE), ("   /   ", PLAIN), ("non", PLAIN)],
        "Avez-vous": [("oui", PLAIN), ("   /   ", PLAIN), ("non", WAVY)],
    }
    answers = _read(marked, edition, dpi)

    asked = [question for question in CHOICES if question != "a2.education"]
    assert [(answers[question].state, answers[question].value) for question in asked] == [
        (AnswerState.ANSWERED, value) for value in ("oui", "non", "non")
    ]


@NEEDS_FRENCH
@pytest.mark.parametrize("dpi", [150, 200])
def test_a_line_at_the_feet_of_letters_alone_tells_nothing(dpi: int, edition: Edition) -> None:
    """It may be a thick underline, or the lower of two that strike out: taken for the other, it lies."""
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("Oui", AT_FEET), ("   /   ", PLAIN), ("Non", PLAIN)],
        "Etes-vous": [("oui", PLAIN), (" / ", PLAIN), ("non", STRUCK_TWICE)],
    }
    answers = _read(marked, edition, dpi)

    for question in ("a1.social_agreement", "a1.supported_elsewhere"):
        answer = answers[question]
        assert answer.state is AnswerState.UNCLEAR or str(answer.value).lower() == "oui"


@pytest.mark.parametrize(("level", "told"), [(5.0, "strike"), (7.4, ""), (9.4, "underline")])
def test_on_paper_a_line_is_told_by_its_distance_from_the_foot(level: float, told: str) -> None:
    """At the very foot, 7.8 of 10, it is neither."""
    word = {"text": "non", "x0": 0.0, "x1": 20.0, "top": 0.0, "bottom": 10.0, "fontname": ""}
    line = {"x0": 0.0, "x1": 20.0, "top": level, "bottom": level, "width": 20.0}
    page = SimpleNamespace(
        rects=(), curves=(), lines=(line,), through=RecognisedPage.through, under=RecognisedPage.under
    )
    span = Marks(page, [word], ()).look(word)

    assert [name for name in ("strike", "underline") if getattr(span, name)] == [told] * bool(told)


@pytest.mark.parametrize(("middle", "strikes"), [(-11, True), (-2, False)])
def test_the_middle_of_a_thick_line_tells_what_it_does_to_a_word(middle: int, strikes: bool) -> None:
    """By the foot of the words beside it: in its own box the line is a part of the letters."""
    black = np.zeros((300, 400), np.uint8)
    black[200 + middle - 6 : 200 + middle + 6, 98:162] = 255
    word = Word("Qui", 100, 170, 160, 204, 0.8, 203, 40)
    lined = _struck._line(word, [word, Word("Non", 200, 170, 260, 200, 0.95, 200, 40)], black)

    assert [line is not None for line in lined] == [strikes, not strikes]


@pytest.mark.parametrize(("foot", "end"), [(204, 212), (260, 260)])
def test_what_stands_behind_a_struck_word_is_not_read_twice(
    foot: int, end: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """« V̶o̶t̶r̶e̶ ̶r̶é̶p̶o̶n̶s̶e̶Nee, nog niet »: the box of the first goes over « nog », which has its own."""
    read: list[float] = []
    monkeypatch.setattr(_struck, "_read", lambda run, *_: read.append(run[-1].x1))
    struck = Word("Vetre-répenseNee,", 100, 170, 260, 204, 0.68, 204, 40)
    after = Word("nog", 224, foot - 30, 280, foot + 8, 0.91, foot, 40)
    clean, black = np.full((320, 400), 255, np.uint8), np.zeros((320, 400), np.uint8)
    black[192:195, 100:162] = 255
    _struck.without_lines([struck, after], clean, black, 200.0)

    assert read[0] == end


def test_what_is_struck_out_in_colour_is_not_set_apart() -> None:
    """Word prints what was deleted in red, with a line through it; a blue pen colours what it strikes."""
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("oui", STRUCK_RED), ("   /   ", PLAIN), ("non", PLAIN)],
        "Etes-vous": [("oui", RED), ("   /   ", PLAIN), ("non", PLAIN)],
    }
    document = parsers.read(_page(marked))
    assert isinstance(document, Document)
    chosen = [span for line in document.lines for span in line.spans if span.text.strip() == "oui"]

    assert [(span.strike, span.highlight) for span in chosen] == [(True, False), (False, True)]


@NEEDS_FRENCH
def test_changes_that_were_kept_track_of_may_be_printed(edition: Edition) -> None:
    """What was deleted is struck out, and what was put in its place begins where that ends, underlined."""
    marked: dict[str, list[Run]] = {
        "Etes-vous": [("Votre réponse", THROUGH), ("Non, jamais", UNDER)],
        "Avez-vous": [("Votre réponse", THROUGH), ("Une fois, en 2024", UNDER)],
    }
    answers = _read(marked, edition, 200)

    assert answers["a1.supported_elsewhere"].value == "Non, jamais"
    assert answers["a3.took_part"].value == "Une fois, en 2024"


@NEEDS_FRENCH
@pytest.mark.parametrize(("wide", "seen"), [(3, False), (12, True)])
def test_a_bar_in_the_margin_tells_of_changes_and_is_no_ink(wide: int, seen: bool) -> None:
    """Word processors print one beside rows that were changed; what is wider than a line may be a pen's."""
    page = pixels(_page({"Avez-vous": [("Jamais", PLAIN)]}), 200)[0].copy()
    page[500:580, 60 : 60 + wide] = 0
    document = recognised(as_pdf([page], 200))
    assert isinstance(document, Document)

    assert any(picture.box and picture.box.x1 < 40 for picture in document.pictures) is seen


@NEEDS_FRENCH
@pytest.mark.parametrize(("pen", "ruled"), [(0.8, False), (0.8, True), (1.9, False)])
def test_an_option_may_be_ringed_on_paper(edition: Edition, pen: float, ruled: bool) -> None:
    """A ring that runs through letters is taken off before they are read; what stands in it is meant.

    Of a ring that crosses a cell's edge a piece goes with the edge; a thick one is nearly half ink.
    """
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("oui", RINGED), (" / ", PLAIN), ("non", PLAIN)],
        "Etes-vous": [("oui – ", PLAIN), ("non", RINGED)],
        "Avez-vous": [("oui", RINGED), ("     ", PLAIN), ("non", PLAIN)],
    }
    answers = _read(marked, edition, 200, pen=pen, ruled=ruled)

    asked = [question for question in CHOICES if question != "a2.education"]
    assert [answers[question].value for question in asked] == ["oui", "non", "oui"]
    assert {answers[question].state for question in asked} == {AnswerState.ANSWERED}


@NEEDS_FRENCH
def test_a_long_option_may_be_ringed_flatly_on_paper(edition: Edition) -> None:
    """The upper and the lower line of such a ring look ruled; what stands between them is meant."""
    answers = _read({"Niveau": _levels(LEVELS[4], RINGED)}, edition, 200)

    assert (answers["a2.education"].state, answers["a2.education"].value) == (AnswerState.ANSWERED, LEVELS[4])


@NEEDS_FRENCH
def test_letters_that_were_coloured_are_paler_on_a_grey_page(edition: Edition) -> None:
    """Of options of one weight the paler one was in colour; what is as pale as a shadow was greyed out."""
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("oui", RED), (" / ", PLAIN), ("non", PLAIN)],
        "Etes-vous": [("oui", PLAIN), (" / ", PLAIN), ("non", HEAVY)],
        "Niveau": _levels(LEVELS[1], BLUE),
        "Avez-vous": [("oui", GREYED), (" – ", PLAIN), ("non", PLAIN)],
    }
    answers = _read(marked, edition, 200, grey=True)

    assert [answers[question].value for question in CHOICES[:3]] == ["oui", "non", LEVELS[1]]
    assert answers["a3.took_part"].state is AnswerState.UNCLEAR


@NEEDS_FRENCH
def test_options_that_are_all_pale_tell_nothing(edition: Edition) -> None:
    """Typed anew in blue, both of them, on a grey page."""
    answers = _read({"Bénéficiez": [("oui / non", BLUE)]}, edition, 200, grey=True)

    assert answers["a1.social_agreement"].state is AnswerState.UNCLEAR


@NEEDS_FRENCH
def test_a_tick_or_a_cross_before_an_option_chooses_it_and_a_tick_over_it_does(edition: Edition) -> None:
    """Without any box: what stands closest is meant, and what a tick hides is the option not read."""
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("    ", PLAIN), ("oui", TICKED), ("       ", PLAIN), ("non", PLAIN)],
        "Etes-vous": [("oui       ", PLAIN), ("non", CROSSED)],
        "Niveau": _levels(LEVELS[2], TICKED_OVER),
        "Avez-vous": [("oui", TICKED_OVER), ("  /  ", PLAIN), ("non", PLAIN)],
    }
    answers = _read(marked, edition, 200)

    assert ["oui", "non", LEVELS[2], "oui"] == [answers[question].value for question in CHOICES]
    assert {answers[question].state for question in CHOICES} == {AnswerState.ANSWERED}


@NEEDS_FRENCH
def test_a_cross_over_one_of_two_options_is_for_a_person(edition: Edition) -> None:
    """Some cross what they mean and some what they do not; of five options nobody strikes out one alone."""
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("oui", CROSSED_OVER), ("   /   ", PLAIN), ("non", PLAIN)],
        "Etes-vous": [("oui", PLAIN), ("   /   ", PLAIN), ("non", CROSSED_OVER)],
        "Niveau": _levels(LEVELS[3], CROSSED_OVER),
    }
    answers = _read(marked, edition, 200)

    asked = ("a1.social_agreement", "a1.supported_elsewhere")
    assert {answers[question].state for question in asked} == {AnswerState.UNCLEAR}
    assert (answers["a2.education"].state, answers["a2.education"].value) == (AnswerState.ANSWERED, LEVELS[3])


@NEEDS_FRENCH
def test_a_mark_between_two_options_is_for_a_person(edition: Edition) -> None:
    """As near to the one as to the other, it is not taken for either's."""
    marked: dict[str, list[Run]] = {"Bénéficiez": [("oui     ", PLAIN), ("non", CROSSED)]}
    answers = _read(marked, edition, 200)

    assert answers["a1.social_agreement"].state is AnswerState.UNCLEAR


@NEEDS_FRENCH
def test_what_is_highlighted_in_a_dark_colour_is_read_in_grey(edition: Edition) -> None:
    """A green that a scanner makes as dark as half a shadow hides no option, and sets it apart."""

    def highlighted(canvas: Canvas) -> None:
        canvas.setFillColor("#00d000")
        canvas.rect(58, 787, 24, 13, stroke=0, fill=1)
        canvas.setFillColor("#000000")
        canvas.drawString(60, 790, "oui / non")
        canvas.drawString(60, 750, "Nous travaillons depuis 2019 avec la commune et deux écoles.")

    document = recognised(as_pdf([_without_colour(pixels(drawn(highlighted, A4), 200)[0])]))
    assert isinstance(document, Document), document
    spans = {span.text.strip(" /"): span.highlight for span in document.lines[0].spans}

    assert spans == {"oui": True, "non": False}


@NEEDS_FRENCH
def test_options_that_look_alike_tell_nothing(edition: Edition) -> None:
    """All regular, all bold, all red: nobody sees which is meant, and it is never said that nothing is."""
    marked: dict[str, list[Run]] = {
        "Bénéficiez": [("oui / non", PLAIN)],
        "Etes-vous": [("oui/non", HEAVY)],
        "Niveau": _levels("", PLAIN),
        "Avez-vous": [("oui – non", RED)],
    }
    answers = _read(marked, edition, 200)

    assert {(answers[q].state, answers[q].reason) for q in CHOICES} == {
        (AnswerState.UNCLEAR, _legibility.UNTOLD)
    }


def test_a_dash_before_an_option_is_no_part_of_it() -> None:
    """« OUI –NON »: of the whole word, a line that strikes out « NON » would be too short."""
    grey = np.full((30, 100), 255, np.uint8)
    grey[14:16, 10:20] = grey[5:25, 30:90] = 0
    parted = _weight.parted([Word("–NON", 10.0, 5.0, 90.0, 25.0, 0.9, 24.0, 20.0)], grey)

    assert [word.text for word in parted] == ["–", "NON"]
    assert parted[1].x0 > 19


def _set(rows: list[list[Run]], dpi: float = 200) -> tuple[list[Word], NDArray[np.uint8]]:
    """Rows of words as they are set, with their places, and the page."""
    scale, words = dpi / 72, []

    def draw(canvas: Canvas) -> None:
        for at, row in enumerate(rows):
            x, y = 40.0, 790.0 - 16 * at
            for text, (font, size, _) in row:
                canvas.setFont(font, size)
                canvas.drawString(x, y, text)
                wide, foot = stringWidth(text, font, size), (A4[1] - y) * scale
                top, bottom = foot - 0.75 * size * scale, foot + 0.2 * size * scale
                words.append(Word(text, x * scale, top, (x + wide) * scale, bottom, 0.95, foot, size * scale))
                x += wide + 3.5

    page = pixels(drawn(draw, A4), dpi)[0]
    return words, np.ascontiguousarray(page[:, :, 0])


def test_what_begins_a_row_in_bold_is_bold_and_no_more() -> None:
    """« Ce que nous faisons ici et là pour nos neuf publics   Nous cultivons … »: the label alone."""
    labels = ("Nos publics", "Vie interne de la petite équipe que nous sommes devenus", "Premiers pas")
    said = "Nous cultivons des légumes en ville et les vendons aux ménages du quartier"
    rows = [
        [*((word, HEAVY) for word in label.split()), *((word, PLAIN) for word in said.split())]
        for label in labels
    ]
    rows += [[(word, PLAIN) for word in said.split()]] * 2
    rows[1][4] = rows[1][4][0], PLAIN  # as if it were measured wrong
    rows += [[("Site", PLAIN), (":", PLAIN), ("En", HEAVY), ("construction", HEAVY)]]
    words, grey = _set(rows)
    faced = _weight.faces(words, grey, None, 1.0)

    assert [word.text for word, face in faced if face.bold] == " ".join(labels).split()


@pytest.mark.parametrize("text", ["oui/non", "secondaire/supérieur"])
def test_what_a_stroke_joins_is_taken_apart(text: str) -> None:
    """Of « oui/non » each part has its own place, cut where nothing is written."""
    grey = np.full((30, 100), 255, np.uint8)
    grey[5:25, 10:45] = grey[5:25, 55:90] = 0
    word = Word(text, 10.0, 5.0, 90.0, 25.0, 0.9, 24.0, 20.0)
    first, stroke, last = _weight.parted([word], grey)

    assert text.partition("/") == (first.text, stroke.text, last.text)
    assert (first.x0, last.x1) == (10.0, 90.0)
    assert first.x1 <= stroke.x1 <= last.x0


@pytest.mark.parametrize(
    ("row", "state"),
    [
        ("oui nef", AnswerState.UNCLEAR),
        ("ouXnon", AnswerState.UNCLEAR),
        ("-eur- ou non", AnswerState.UNCLEAR),
        ("of ou non", AnswerState.UNCLEAR),
        ("ougon)", AnswerState.UNCLEAR),
        ("GuhoD", AnswerState.UNCLEAR),
        ("SMart", AnswerState.ANSWERED),
        ("Réponse : non", AnswerState.ANSWERED),
        ("non", AnswerState.ANSWERED),
        ("Oui, depuis 2021", AnswerState.ANSWERED),
        ("Non, jamais", AnswerState.ANSWERED),
    ],
)
def test_an_option_that_was_read_as_something_else_may_be_the_one_marked(
    row: str, state: AnswerState, edition: Edition
) -> None:
    """« oui nef » is both options with a line through one: nobody says that « oui » was chosen."""
    asked = [q for q in edition.questions.values() if q.id.startswith("a")]
    lines = tuple(
        Line((Span(text),), 1)
        for question in asked
        for text in (question.wording, *([row] if question.id == "a1.social_agreement" else []))
    )
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    answers = _form.read(Document(FileKind.PDF, (page,), lines), "scan.pdf", edition).answers

    assert state is answers["a1.social_agreement"].state


def test_a_choice_told_by_its_look_is_less_sure_than_one_that_was_typed(edition: Edition) -> None:
    """« **oui** non » on a scan is what a measure of strokes says; « Oui » alone is what stands there."""
    asked = [q for q in edition.questions.values() if q.id.startswith("a")]
    bold = (Span("oui", bold=True), Span(" ou non"))
    said = {"a1.social_agreement": bold, "a1.supported_elsewhere": (Span("Oui"),)}
    lines = tuple(
        Line(spans, 1, confidence=0.96)
        for question in asked
        for spans in (
            (Span(question.wording.removesuffix(": oui/non")),),
            *([said[question.id]] if question.id in said else []),
        )
    )
    page = Page(1, PageSource.OCR, 595.0, 842.0, confidence=0.95)
    answers = _form.read(Document(FileKind.PDF, (page,), lines), "scan.pdf", edition).answers
    told = [answers[question] for question in said]

    assert [answer.state for answer in told] == [AnswerState.ANSWERED] * 2
    assert told[0].confidence <= 0.85 < told[1].confidence


@NEEDS_FRENCH
@pytest.mark.parametrize(("words", "left"), [("Fatou Delvaux", True), ("oui, souvent", False)])
def test_strokes_over_words_that_are_no_options_stay_on_the_page(words: str, left: bool) -> None:
    """A tick chooses an option; the same strokes over a name may be a signature's."""
    page = askew(pixels(_page({"Nom :": [(words, TICKED_OVER)]}), 200)[0], 0.3)
    document = recognised(as_pdf([page], 200))

    assert any(picture.form is PictureForm.INK for picture in document.pictures) is left
