"""Choices and ratings, in all the ways people mark them."""

from dataclasses import replace

import pytest

from data.model import (
    AnswerState,
    Box,
    Cell,
    Document,
    FileKind,
    Line,
    Look,
    Picture,
    PictureForm,
    Span,
    Table,
)
from parsers import text as plain
from parsers._answered import _grid
from parsers._answered._choices import Choice, choose
from parsers._stream import Part, Piece

LEVELS = ("secondaire inférieur", "secondaire supérieur", "supérieur de type court")


def _parts(*spans: Span, cell: Cell | None = None) -> list[Part]:
    line = Line(spans, 1, cell=cell)
    return [Part(Piece(line.text, line, 0, 0, 0, 0), 0, len(line.text))]


def _said(text: str, choices: tuple[str, ...] = ()) -> Choice:
    return choose(_parts(Span(text)), choices, text)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Oui", "Oui"),
        ("☒ Oui ☐ Non", "Oui"),
        ("Oui ☐ Non ☒", "Non"),
        ("[ ] oui [x] non", "non"),
        ("X Oui    Non", "Oui"),
        ("oui/non : Non", "Non"),
        ("oui/non : [ ] oui [x] non", "non"),
        ("Oui, par SMart (2020)", "Oui, par SMart (2020)"),
        ("pas encore", "pas encore"),
        ("(oui) / non", "oui"),
        ("oui / *non*", "non"),
        ("oui (X) / non", "oui"),
        ("OUI / non", "OUI"),
        ("oui / non → non", "non"),
        ("☒ Oui ☐ Non (cocher la case correspondante)", "Oui"),
    ],
)
def test_the_marked_option_is_the_answer(text: str, value: str) -> None:
    """A tick, an X, the only option left, or plain words: each says what was chosen."""
    assert _said(text) == Choice(AnswerState.ANSWERED, value)


@pytest.mark.parametrize(
    "text", ["oui/non", "Oui / Non", "☐ Oui ☐ Non", "", "[ ] oui  [ ] non", "[_] oui [_] non"]
)
def test_untouched_options_are_blank(text: str) -> None:
    """Options that nobody marked are the form's, not an answer."""
    assert _said(text).state is AnswerState.BLANK


def test_how_to_choose_is_no_answer() -> None:
    """« (biffer la mention inutile) » is the form's; what was struck out leaves the other option alone."""
    told = (Span(" / non (biffer la mention inutile)"),)

    assert choose(_parts(Span("oui"), *told), (), "") == Choice(AnswerState.BLANK)
    struck = choose(_parts(Span("oui", strike=True), *told), (), "non (biffer la mention inutile)")
    assert struck == Choice(AnswerState.ANSWERED, "non")


def test_two_ticks_are_unclear() -> None:
    """One tick too many is for a person to look at."""
    assert _said("☒ Oui ☒ Non").state is AnswerState.UNCLEAR


@pytest.mark.parametrize("sign", ["bold", "underline", "highlight"])
def test_an_option_may_be_chosen_by_its_look(sign: str) -> None:
    """Of options that all stand there, the one that looks otherwise is meant."""
    parts = _parts(Span("oui", **{sign: True}), Span(" / non"))

    assert choose(parts, (), "oui / non") == Choice(AnswerState.ANSWERED, "oui")


def test_an_option_may_be_chosen_by_striking_the_others() -> None:
    """« Biffer la mention inutile »: what is not struck was chosen."""
    parts = _parts(
        Span("secondaire inférieur", strike=True),
        Span(" – secondaire supérieur – "),
        Span("supérieur de type court", strike=True),
    )

    assert choose(parts, LEVELS, "").value == "secondaire supérieur"


def test_levels_are_chosen_by_tick_or_deletion() -> None:
    """A study level is chosen by its box, or by being the only one left."""
    ticked = _said("☐ secondaire inférieur ☒ secondaire supérieur ☐ supérieur de type court", LEVELS)

    assert ticked.value == "secondaire supérieur"
    assert _said("Secondaire supérieur", LEVELS).value == "Secondaire supérieur"
    assert _said(" – ".join(LEVELS), LEVELS).state is AnswerState.BLANK


def _rated(text: str) -> Choice:
    return _grid.rate(_parts(Span(text)), [], _grid.Columns({}), 1, 10, None)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("7", "7"),
        ("7/10", "7"),
        ("8 sur 10", "8"),
        ("Note : 9", "9"),
        ("sept", "7"),
        ("3 en progrès depuis 2 ans", "3"),
        ("8 (voir annexe 2)", "8"),
        ("☐1 ☐2 ☒3 ☐4 ☐5 ☐6 ☐7 ☐8 ☐9 ☐10", "3"),
        ("[ ] 1 [ ] 2 [ ] 3 [X] 4 [ ] 5 [ ] 6 [ ] 7 [ ] 8 [ ] 9 [ ] 10", "4"),
        ("1 2 3 4 5 (6) 7 8 9 10", "6"),
        ("1 2 3 4 ⑤ 6 7 8 9 10", "5"),
        ("⑩", "10"),
        ("① ② ③ ④ ⑤ ⑥ ❼ ⑧ ⑨ ⑩", "7"),
    ],
)
def test_a_rating_is_read(text: str, value: str) -> None:
    """A number, a share of ten, a word, a ticked box or a bracket rates a statement."""
    assert _rated(text) == Choice(AnswerState.ANSWERED, value)


@pytest.mark.parametrize(
    "text", ["", "1 2 3 4 5 6 7 8 9 10", "① ② ③ ④ ⑤ ⑥ ⑦ ⑧ ⑨ ⑩", "…/10", "......", "Note :"]
)
def test_an_untouched_scale_is_blank(text: str) -> None:
    """The scale's own numbers are no rating."""
    assert _rated(text).state is AnswerState.BLANK


@pytest.mark.parametrize(
    "text", ["7,5", "6 ou 7", "11", "N/A", "4 pour l'équipe, 7 pour le CA", "☒1 ☐2 ☐3 ☐4 ☒5 ☐6 ☐7 ☐8 ☐9 ☐10"]
)
def test_a_doubtful_rating_is_unclear(text: str) -> None:
    """Between two numbers, two marks or off the scale: a person looks."""
    assert _rated(text).state is AnswerState.UNCLEAR


@pytest.mark.parametrize(
    ("text", "told"),
    [("★★★★★★★☆☆☆", "7"), ("●●●●○○○○○○", "4"), ("9 ★", "9"), ("1 ———●——— 10  (6)", "6"), ("★★★", None)],
)
def test_stars_and_sliders_rate(text: str, told: str | None) -> None:
    """As many stars of ten as are meant, and a number behind a slider; fewer stars than ten are a doubt."""
    rated = _rated(text)

    assert (rated.value, rated.state is AnswerState.UNCLEAR) == (told, told is None)


def _row(*cells: str, shaded: int = -1) -> list[Part]:
    return [
        part
        for column, text in enumerate(cells)
        if text or column == shaded
        for part in (
            _parts(Span(text), cell=Cell(0, 1, column, shaded=column == shaded))
            if text
            else [Part(Piece("", Line((), 1, cell=Cell(0, 1, column, True)), 0, 0, 0, 0), 0, 0)]
        )
    ]


@pytest.mark.parametrize(("typed", "state"), [("7,5", "unclear"), ("6-7", "unclear"), ("7", "blank")])
def test_what_is_typed_over_a_number_of_the_scale_is_seen(typed: str, state: str) -> None:
    """Of ten cells that carry their numbers one says « 7,5 »: no cell is marked, and none is left blank."""
    cells = [typed if number == 7 else str(number) for number in range(1, 11)]

    assert _grid.rate(_row(*cells), [], _grid.Columns({}), 1, 10, None).state == state


@pytest.mark.parametrize(
    ("text", "sure", "value", "state"),
    [
        ("Note : 6 7/10", 0.88, "6", AnswerState.ANSWERED),
        ("Note : 5 710", 0.71, "5", AnswerState.ANSWERED),
        ("Note : b 7/10", 0.77, None, AnswerState.UNCLEAR),
        ("Note : S. 10", 0.8, None, AnswerState.UNCLEAR),
        ("Note : 4? 10", 0.8, None, AnswerState.UNCLEAR),
        ("Note : 7? 110", 0.83, None, AnswerState.UNCLEAR),
        ("Note : 7/10", 0.64, None, AnswerState.UNCLEAR),
        ("Note : 7/10", 0.95, "7", AnswerState.ANSWERED),
        ("Note : 7/10", 1.0, "7", AnswerState.ANSWERED),
        ("Ma note est de 7/10", 0.8, "7", AnswerState.ANSWERED),
    ],
)
def test_a_printed_end_of_the_scale_may_be_read_with_its_stroke_as_a_digit(
    text: str, sure: float, value: str | None, state: AnswerState
) -> None:
    """« Note : …… / 10 », filled in by hand: what stands before « 7/10 » was written, or perhaps nothing."""
    parts = [
        replace(part, piece=replace(part.piece, line=replace(part.piece.line, confidence=sure)))
        for part in _parts(Span(text))
    ]
    rated = _grid.rate(parts, [], _grid.Columns({}), 1, 10, None)

    assert (rated.value, rated.state) == (value, state)


HEADER = _grid.Columns({(0, value): value for value in range(1, 11)})
STATEMENT = Cell(0, 1, 0)


def test_a_cross_under_a_number_rates() -> None:
    """An X in one of ten cells means the number at the head of its column."""
    row = _row("", "", "", "", "", "X")

    assert _grid.rate(row, [], HEADER, 1, 10, STATEMENT).value == "5"
    assert _grid.rate(row, [], _grid.Columns({}), 1, 10, STATEMENT).value == "5"


@pytest.mark.parametrize("sign", ["→", "=>", "👉 "])
def test_an_arrow_to_one_option_chooses_it(sign: str) -> None:
    """Of a list one line has an arrow before it; where all have, they are bullets."""
    levels = ("primaire", "secondaire", "supérieur")
    one, all_of_them = (
        [part for level in levels for part in _parts(Span(f"{sign if level in shown else ''} {level}"))]
        for shown in ({"secondaire"}, set(levels))
    )

    assert choose(one, levels, "x").value == "secondaire"
    assert choose(all_of_them, levels, "").state is AnswerState.BLANK


@pytest.mark.parametrize("sign", ["√", "O", "#", "◆"])
def test_any_sign_alone_in_a_row_of_cells_rates(sign: str) -> None:
    """« √ » is one key on a Mac. A dash, or a sign in every cell, is no mark; what OCR reads may be none."""
    row = _row("", "", "", "", sign, *[""] * 6)
    doubtful = [
        replace(part, piece=replace(part.piece, line=replace(part.piece.line, confidence=0.9)))
        for part in row
    ]

    assert _grid.rate(row, [], HEADER, 1, 10, STATEMENT).value == "4"
    assert _grid.rate(_row("", *[sign] * 10), [], HEADER, 1, 10, STATEMENT).value is None
    assert _grid.rate(_row("", "", "–", *[""] * 8), [], HEADER, 1, 10, STATEMENT).value is None
    assert sign == "√" or _grid.rate(doubtful, [], HEADER, 1, 10, STATEMENT).value is None


def test_a_number_that_its_colour_hides_stands_between_two() -> None:
    """Of white on violet something else is read, or nothing: seven is between six and eight; else a doubt."""
    numbers = [str(value) for value in range(1, 11)]
    misread = _row("", *numbers[:6], "IE", *numbers[7:], shaded=7)
    beside = _row("", *numbers[:5], "", "IE", *numbers[7:], shaded=7)

    assert _grid.rate(misread, [], _grid.Columns({}), 1, 10, STATEMENT).value == "7"
    assert _grid.rate(beside, [], _grid.Columns({}), 1, 10, STATEMENT).state is AnswerState.UNCLEAR


def test_a_shaded_cell_rates() -> None:
    """One shaded cell among the ten is the mark, empty or with its number."""
    empty = _row("", "", "", "", shaded=3)
    numbered = _row("", *(str(value) for value in range(1, 11)), shaded=8)

    assert _grid.rate(empty, [], HEADER, 1, 10, STATEMENT).value == "3"
    assert _grid.rate(numbered, [], _grid.Columns({}), 1, 10, STATEMENT).value == "8"


@pytest.mark.parametrize(
    ("typed", "column", "choice"),
    [("5", 4, AnswerState.ANSWERED), ("5", 6, AnswerState.UNCLEAR), ("", 4, AnswerState.BLANK)],
    ids=["under its like", "under another", "nothing"],
)
def test_a_number_in_the_row_under_the_printed_ones_rates(
    typed: str, column: int, choice: AnswerState
) -> None:
    """« 5 » in one of ten empty cells below 1, 2, 3 …: under its like it is meant, under another in doubt."""
    cells = [
        *((0, at, str(at + 1)) for at in range(10)),
        *((1, at, typed * (at == column)) for at in range(10)),
    ]
    row = [
        Part(Piece(text, Line((Span(text),), 1, cell=Cell(0, row, at)), 0, 0, 0, 0), 0, len(text))
        for row, at, text in cells
    ]
    told = _grid.rate(row, [], _grid.Columns({}), 1, 10, None)

    assert (told.state, told.value) == (choice, "5" if choice is AnswerState.ANSWERED else None)


def test_a_circle_drawn_in_a_cell_rates() -> None:
    """A small drawing in one of the cells is a mark."""
    circle = Picture(PictureForm.VECTOR, 1, 0, None, Cell(0, 1, 9), 14, 12)
    numbered = _row("", *(str(value) for value in range(1, 11)))

    assert _grid.rate(numbered, [circle], _grid.Columns({}), 1, 10, STATEMENT).value == "9"


def test_two_crosses_are_unclear() -> None:
    """Two marked cells do not say which is meant."""
    row = _row("", "", "X", "", "X")

    assert _grid.rate(row, [], HEADER, 1, 10, STATEMENT).state is AnswerState.UNCLEAR


@pytest.mark.parametrize(("sureness", "told"), [(1.0, False), (0.9, True)])
def test_letters_under_a_mark_are_the_other_option_only_where_they_were_recognised(
    sureness: float, told: bool
) -> None:
    """On paper « @uf / non » with a ring around the first is « oui »; in a text it is the writer's own."""
    said = (Span("@uf", highlight=True), Span(" / "), Span("non"))
    line = Line(said, 1, confidence=sureness)
    part = Part(Piece(line.text, line, 0, 0, 0, 0), 0, len(line.text))

    assert (choose([part], (), line.text).value == "oui") is told


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ((Span("@uf", strike=True), Span(" / "), Span("non")), "non"),
        ((Span("oui", strike=True), Span(" D/ "), Span("non")), "non"),
        ((Span("oui", highlight=True), Span(" l' "), Span("non")), "oui"),
    ],
)
def test_of_two_options_a_line_leaves_the_other_whatever_it_made_of_the_letters(
    said: tuple[Span, ...], value: str
) -> None:
    """On paper a pen's line makes « @uf » of « oui », and its end a letter of the stroke behind it."""
    line = Line(said, 1, confidence=0.9)
    part = Part(Piece(line.text, line, 0, 0, 0, 0), 0, len(line.text))
    choice = choose([part], (), line.text)

    assert (choice.state, choice.value) == (AnswerState.ANSWERED, value)


def _cells(*said: str, first: int = 0) -> list[Part]:
    """What stands in the cells of a row; those without words are left out, as a reader leaves them."""
    return [
        part
        for column, text in enumerate(said, first) if text
        for part in _parts(Span(text), cell=Cell(0, 0, column))
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "value"),
    [
        (_cells("Oui", "X", "Non", ""), "Oui"),
        (_cells("Oui", "", "Non", "X"), "Non"),
        (_cells("", "Oui", "X", "Non"), "Non"),
        (_cells("Oui", "X", "Non", "", first=1), "Oui"),
    ],
    ids=["behind", "behind the last", "before", "beside the question"],
)
def test_in_a_row_of_cells_a_mark_is_of_the_option_that_has_that_cell(parts: list[Part], value: str) -> None:
    """Whether cells lead or follow their options is told by the first column, whatever is empty."""
    first = parts[0].cell
    asked = Cell(0, 0, 0) if first and first.column and value == "Oui" else None

    assert choose(parts, (), " ".join(part.text for part in parts), asked).value == value


@pytest.mark.parametrize("row", [0, 1, 2])
def test_in_a_list_with_a_column_to_tick_in_a_mark_is_of_its_own_row(row: int) -> None:
    """« secondaire inférieur | X » in a table of levels: empty cells of other rows say nothing."""
    parts = [
        part for at, level in enumerate(LEVELS)
        for part in (*_parts(Span(level), cell=Cell(0, at, 0)),
                     *(_parts(Span("☒", tick=True), cell=Cell(0, at, 1)) if at == row else []))
    ]  # fmt: skip

    assert choose(parts, LEVELS, "").value == LEVELS[row]


def _on_paper(*spans: Span, choices: tuple[str, ...] = ()) -> Choice:
    line = Line(spans, 1, confidence=0.9)
    return choose([Part(Piece(line.text, line, 0, 0, 0, 0), 0, len(line.text))], choices, line.text)


def test_of_two_options_that_are_both_coloured_none_is_chosen() -> None:
    """Two marks of a highlighter; the edge of one looks like a line under its word, too."""
    both = (Span("oui", highlight=True), Span(" / "), Span("non", highlight=True, underline=True))

    assert _on_paper(*both).state is AnswerState.BLANK


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ((Span("our ", highlight=True), Span("or")), "oui"),
        ((Span("oul "), Span("nori", highlight=True)), "non"),
        ((Span("our or"),), None),
        ((Span("our ", highlight=True), Span("or", highlight=True)), None),
    ],
    ids=["first", "last", "no mark", "both"],
)
def test_of_two_options_that_were_read_badly_the_one_with_a_ring_is_chosen(
    said: tuple[Span, ...], value: str | None
) -> None:
    """Printed without a space, « oui/non » loses letters of both to a ring around one."""
    answer = _on_paper(*said).value

    assert (answer in {"oui", "non"}) is (value is not None)
    assert value in {None, answer}


@pytest.mark.parametrize(
    ("marked", "other", "told"),
    [
        ("<<t iperieur de tpe ourt", {}, True),
        ("<<t iperieur de tpe ourt", {"highlight": True}, False),
        ("bac + 5", {}, False),
    ],
    ids=["alone", "another one, too", "something else"],
)
def test_of_many_options_the_one_that_a_pen_hides_is_chosen(
    marked: str, other: dict[str, bool], told: bool
) -> None:
    """A flat ring takes the first letter and parts of the others; all the other options stand clear of it."""
    said = (Span(f"{LEVELS[0]} – "), Span(LEVELS[1], **other), Span(" – "), Span(marked, highlight=True))

    assert (_on_paper(*said, choices=LEVELS).value == LEVELS[2]) is told


@pytest.mark.parametrize(
    ("first", "second", "told"),
    [
        ("secandaire infénieur", LEVELS[1], True),
        ("secandaire inférieur", LEVELS[1], False),
        ("secandaire infénieur", "serondaire supéricur", False),
    ],
    ids=["one", "a single word", "two options"],
)
def test_of_many_options_the_one_whose_words_are_spoilt_is_chosen(
    first: str, second: str, told: bool
) -> None:
    """A line under it touches its letters, and is none to the eye: all others were read to the letter."""
    said = (Span(f"{first} – "), Span(f"{second} – "), Span(LEVELS[2]))

    assert (_on_paper(*said, choices=LEVELS) == Choice(AnswerState.ANSWERED, LEVELS[0])) is told


def test_of_many_options_one_read_badly_with_a_line_under_it_is_chosen() -> None:
    """A single word of it is spoilt; a line is seen under another."""
    said = Span("secandaire "), Span("inférieur", underline=True), Span(f" – {LEVELS[1]} – {LEVELS[2]}")

    assert _on_paper(*said, choices=LEVELS) == Choice(AnswerState.ANSWERED, LEVELS[0])


NUMBERS = [str(number) for number in range(1, 11)]


def test_of_ten_shaded_numbers_one_that_is_paler_is_not_chosen() -> None:
    """A head in grey is told number by number on a scan, and one may lack its shade."""
    assert _in_a_line(highlight=True).state is AnswerState.BLANK


def _in_a_line(**look: bool) -> Choice:
    """Ten numbers in one line, of which the 7 does not look as the others do."""
    spans = (Span(f"{n} ", **({} if n == "7" else look)) for n in NUMBERS)
    return _grid.rate(_parts(*spans), [], _grid.Columns({}), 1, 10, None)


@pytest.mark.parametrize(("sure", "value"), [(0.9, None), (1.0, "1")])
def test_the_ends_of_a_scale_that_were_read_rate_nothing(sure: float, value: str | None) -> None:
    """« 1 | | | ▮ | … | 10 »: of the filled cell nothing was read; typed, a one stands beside the « 10 »."""
    lines = [
        Line((Span(said),), 1, cell=Cell(0, 0, at), confidence=sure) for said, at in (("1", 0), ("10", 9))
    ]
    parts = [Part(Piece(line.text, line, 0, 0, 0, 0), 0, len(line.text)) for line in lines]

    assert _grid.rate(parts, [], _grid.Columns({}), 1, 10, None).value == value


def test_the_one_number_that_is_not_struck_out_is_meant() -> None:
    """Who strikes out nine of ten numbers has chosen the tenth; of two that are left none is."""
    assert _in_a_line(strike=True) == Choice(AnswerState.ANSWERED, "7")
    two_left = (Span(f"{n} ", strike=n not in ("3", "7")) for n in NUMBERS)
    assert _grid.rate(_parts(*two_left), [], _grid.Columns({}), 1, 10, None).value is None


@pytest.mark.parametrize("sign", ["→ 7", "«7»", "=> 7", "*7*"])
def test_a_number_pointed_at_or_quoted_is_meant(sign: str) -> None:
    """« 5 6 → 7 8 », « 5 6 «7» 8 »: one number is set apart in signs."""
    assert _rated(" ".join(NUMBERS).replace("7", sign)) == Choice(AnswerState.ANSWERED, "7")


def test_what_a_control_shows_before_anything_is_chosen_rates_nothing() -> None:
    """« Choisissez une cote de 1 à 10. » holds numbers, and is a hint; as plain text it invites as well."""
    shown = "Choisissez une cote de 1 à 10."
    hint = _parts(Span("Votre cote : "), Span(shown.replace("Choisissez", "Donnez"), hint=True))

    assert _grid.rate(hint, [], _grid.Columns({}), 1, 10, None).state is AnswerState.BLANK
    assert _rated(f"Votre cote : {shown}").state is AnswerState.BLANK


def test_a_number_typed_beside_the_printed_scale_rates() -> None:
    """A field to the right of ten printed cells says « 7 »; what stands in the cells is the form's."""
    beside = _parts(Span("7"))

    assert _grid.rate([*_row(*NUMBERS), *beside], [], _grid.Columns({}), 1, 10, None).value == "7"
    assert _grid.rate(_row(*NUMBERS), [], _grid.Columns({}), 1, 10, None).state is AnswerState.BLANK


def test_of_a_row_with_all_its_boxes_the_place_tells() -> None:
    """On a page that is not flat, numbers are read in other places than beside their boxes."""
    choice = _grid.rate(
        _parts(Span("☐ ☐ 1 2 ☐ ☐ 3 ☐ ☐ ☐ 5 6 7 8 ☐ ☒ 10 ☐ 10 10")), [], _grid.Columns({}), 1, 10, None
    )

    assert (choice.state, choice.value) == (AnswerState.ANSWERED, "9")


def test_a_number_beside_the_cells_that_lack_it_is_their_own() -> None:
    """The cell of the first number was not seen; who types beside a whole scale repeats a number of it."""
    parts = [*_parts(Span("1")), *_row(*NUMBERS[1:])]

    assert _grid.rate(parts, [], _grid.Columns({}), 1, 10, None).state is AnswerState.BLANK


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("☐ 2 ☒ ☐ 4 ☐ 5 ☐ 6 ☐ 7 ☐ 8 ☐ 9 ☐ 10", "3"),
        ("de 1a faire ☐ 2 ☒ ☐ 4 ☐ 5 ☐ 6 ☐ 7 ☐ 8 ☐ 9 ☐ 10", "3"),
        ("☐ ☐ ☒ ☐ ☐ ☐ ☐ ☐", None),
    ],
    ids=["numbers", "a letter read as one", "boxes alone"],
)
def test_of_a_row_that_lacks_boxes_the_numbers_tell_which_are_left(said: str, value: str | None) -> None:
    """The first box was blotted out, and the third ringed with its number: by its place it would be a 2."""
    choice = _grid.rate(_parts(Span(said)), [], _grid.Columns({}), 1, 10, None)

    assert choice.value == value
    assert choice.state is (AnswerState.ANSWERED if value else AnswerState.UNCLEAR)


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("1 2 3 X 5 6 7 8 9 10", "4"),
        ("1 | 2 | 3 | 4 | 5 | 6 | × | 8 | 9 | 10", "7"),
        ("1 2 3 X 5 6 7 8", None),
    ],
)
def test_a_mark_in_the_place_of_a_number_is_that_number(row: str, told: str | None) -> None:
    """Who types an X over a number leaves nine, and its place tells which; of a row cut short it does not."""
    assert _rated(row).value == told


@pytest.mark.parametrize(
    ("begin", "told"),
    [("1 2 X3 4", "3"), ("1 2 3X 4", "3"), ("1 2  X 3 4", "3"), ("1 2 X  3 4", "2"), ("x 1 2 3 4", "1"),
     ("1 2 3 X 4", None)],
)  # fmt: skip
def test_a_cross_among_all_numbers_is_of_the_nearer_one(begin: str, told: str | None) -> None:
    """As far from both, it is for a person."""
    choice = _rated(f"{begin} 5 6 7 8 9 10")

    assert (choice.value, choice.state is AnswerState.UNCLEAR) == (told, told is None)


def test_a_multiplication_sign_in_a_cell_marks_it() -> None:
    """« × » is how many type a cross."""
    cells = [Cell(0, 1, column) for column in range(10)]
    row = [
        part
        for number, cell in enumerate(cells, 1)
        for part in _parts(Span("×" if number == 6 else str(number)), cell=cell)
    ]

    assert _grid.rate(row, [], _grid.Columns({}), 1, 10, Cell(0, 0, 1)).value == "6"


def _printed_in_one_cell(*rows: tuple[Span, float, float]) -> list[Part]:
    """Parts of one cell (what is said, left, top), as a table's page has them."""
    cell = Cell(0, 1, 1)
    lines = [
        Line((span,), 1, Box(x, top, x + 6.0 * len(span.text), top + 12), cell=cell) for span, x, top in rows
    ]
    return [Part(Piece(line.text, line, 0, 0, 0, 0), 0, len(line.text)) for line in lines]


def test_a_scale_that_stands_in_one_cell_is_read_as_a_line() -> None:
    """What is drawn in that cell is of no column, and a box that was told first is not the first for that."""
    crossed = Picture(PictureForm.INK, 1, 0, Box(0, 0, 9, 9), Cell(0, 1, 1), 9, 9, look=Look.MARK)
    row = [Span(f"☐ {number}") for number in range(1, 11)]
    level = _printed_in_one_cell(*((span, 400 + 30.0 * at, 100.0) for at, span in enumerate(row)))
    raised = _printed_in_one_cell(
        (Span("☒"), 490, 98.0),
        *((span, 400 + 30.0 * at, 100.0) for at, span in enumerate(row) if at < 3),
        *(
            (Span("4"), 502, 100.0),
            *((span, 400 + 30.0 * at, 100.0) for at, span in enumerate(row) if at > 3),
        ),
    )

    assert _grid.rate(level, [crossed], HEADER, 1, 10, STATEMENT).state is AnswerState.UNCLEAR
    assert _grid.rate(level, [], HEADER, 1, 10, STATEMENT).state is AnswerState.BLANK
    assert _grid.rate(raised, [crossed], HEADER, 1, 10, STATEMENT).value == "4"


@pytest.mark.parametrize(("sureness", "told"), [(1.0, True), (0.7, False)])
def test_capitals_choose_only_where_they_are_surely_read(sureness: float, told: bool) -> None:
    """« OUI   NON » on paper, of which the first was read in small letters, which have the same shape."""
    line = Line((Span("oui  NON"),), 1, confidence=sureness)
    part = Part(Piece(line.text, line, 0, 0, 0, 0), 0, len(line.text))

    assert (choose([part], (), line.text).value == "NON") is told


@pytest.mark.parametrize("crossed", ["☒ 4", "4☒"])
def test_a_box_whose_cross_reaches_over_its_number_is_still_its_own(crossed: str) -> None:
    """A pen's cross begins behind the number that stands behind its box, on a scan."""
    row = "☐ 1 ☐ 2 ☐ 3 " + crossed + " ☐ 5 ☐ 6 ☐ 7 ☐ 8 ☐ 9 ☐ 10"

    assert _rated(row).value == "4"


@pytest.mark.parametrize(
    ("said", "value"),
    [
        ("oui ☐\n☒", "non"),
        ("oui ☐ ☒", "non"),
        ("☒ i / non", None),
        ("oui / n ☒", None),
        ("☒ oui / non", "oui"),
        ("☐ ☒ non", "non"),
    ],
)
def test_a_mark_is_of_the_option_that_it_stands_beside(said: str, value: str | None) -> None:
    """On paper an option may be lost: its box is not the other's, and what is left of it parts them."""
    line = Line((Span(said),), 1, confidence=0.9)
    choice = choose([Part(Piece(line.text, line, 0, 0, 0, 0), 0, len(said))], (), said)

    assert choice.value == value if value else choice.state is AnswerState.UNCLEAR


def test_of_boxes_over_numbers_of_which_one_is_lost_the_ticked_one_is_not_told() -> None:
    """Any of them may be the one that is lacking."""
    nine = "☐ ☐ ☐ ☐ ☐ ☐ ☐ ☒ ☐\n1 2 3 4 5 6 7 8 9 10"
    ten = "☐ ☐ ☐ ☐ ☐ ☐ ☐ ☒ ☐ ☐\n1 2 3 4 5 6 7 8 9 10"

    assert _rated(nine) == _grid.UNTOLD
    assert _rated(ten) == Choice(AnswerState.ANSWERED, "8")


def test_a_mark_in_the_only_cell_beside_a_statement_is_no_one() -> None:
    """« Note (1 à 10) »: what is written by hand below it is a number that nobody could read."""
    ink = Picture(PictureForm.INK, 1, -1, Box(400, 100, 414, 112), Cell(0, 1, 1), 14, 12, look=Look.MARK)
    document = Document(FileKind.PDF, (), (), tables=(Table(0, (40.0, 330.0, 560.0), 8),))
    ten = Document(FileKind.PDF, (), (), tables=(Table(0, tuple(40.0 * n for n in range(12)), 8),))
    header, of_ten = (_grid.columns(each, 1, 10) for each in (document, ten))

    assert _grid.rate([], [ink], header, 1, 10, Cell(0, 1, 0)) == _grid.UNTOLD
    assert _grid.rate([], [ink], of_ten, 1, 10, Cell(0, 1, 0)).value == "1"


def test_a_digit_read_together_with_a_letter_is_no_number() -> None:
    """« 1O » by hand is a ten, and was told as 1."""
    line = Line((Span("1O"),), 1, confidence=0.6)
    part = Part(Piece(line.text, line, 0, 0, 0, 0), 0, 2)

    assert _grid.rate([part], [], _grid.Columns({}), 1, 10, None).state is AnswerState.UNCLEAR


@pytest.mark.parametrize(
    ("head", "state", "value"),
    [("wrapped", AnswerState.ANSWERED, "5"), ("lost", AnswerState.UNCLEAR, None)],
)
def test_a_scale_whose_columns_begin_behind_an_empty_one_is_rated_by_its_head(
    head: str, state: AnswerState, value: str | None
) -> None:
    """« 10 » wraps in a narrow column; where no head is read, no place is counted in too wide a row."""
    said = {column: [str(column - 1)] for column in range(2, 11)} | {11: ["1", "0"]}
    cells = [(Cell(0, 0, column), row) for column, rows in said.items() for row in rows]
    marks = [(Cell(0, 1, 6), "X"), (Cell(0, 2, 11), "X")]
    lines = [
        Line((Span(text),), 1, cell=cell) for cell, text in (*(cells if head == "wrapped" else ()), *marks)
    ]
    header = _grid.columns(replace(plain.from_text(""), lines=tuple(lines)), 1, 10)
    row = _parts(Span("X"), cell=Cell(0, 1, 6))

    rated = _grid.rate(row, [], header, 1, 10, Cell(0, 1, 0))
    assert (rated.state, rated.value) == (state, value)
