"""In which order a page is read: columns of text, labels beside values, and how the two are told apart."""

from data.model import Box, Line, Span
from parsers._printed._order import Item, in_reading_order

WIDTH, HEIGHT = 600.0, 800.0


def _words(text: str, x0: float, top: float) -> Item:
    """One row of words, twelve points high."""
    box = Box(x0, top, x0 + 5 * len(text), top + 12)
    return Item(box.x0, box.top, box.x1, box.bottom, [Line((Span(text),), 1, box)])


def _read(*items: Item) -> list[str]:
    return [item.text for item in in_reading_order(list(items), WIDTH, HEIGHT)]


def test_values_that_ask_are_read_beside_their_labels() -> None:
    """Where white goes through labels and values at once, a value may hold questions and stay a value."""
    rows: list[Item] = []
    expected: list[str] = []
    for number in range(12):
        top = 40.0 + 50 * number
        rows += [_words(f"{number}. Un libellé", 40, top), _words("Combien ? Dix : oui ?", 300, top)]
        rows.append(_words("et la suite.", 300, top + 13))
        expected += [f"{number}. Un libellé", "Combien ? Dix : oui ?", "et la suite."]

    assert _read(*rows) == expected


def test_columns_that_pause_apart_are_read_one_after_the_other() -> None:
    """Two columns of text, of which the right one asks nothing: each pauses where it likes."""
    left = [_words(f"gauche {n}", 40, 40 + 32.0 * n + 13 * part) for n in range(18) for part in (0, 1)]
    right = [_words(f"droite {n}", 320, 44 + 27.0 * n) for n in range(20)]

    read = _read(*left, *right)

    assert read == [item.text for item in (*left, *right)]


def test_columns_of_labels_over_their_values_are_no_labels_beside_values() -> None:
    """Both go down in the same steps, and nearly all their pauses meet; but a label never pauses alone."""
    left, right = (
        [_words(f"{side} {number}", x, 40 + 20.0 * number + 13 * (number > wraps)) for number in range(24)]
        for side, x, wraps in (("gauche", 40, 4), ("droite", 320, 9))
    )
    left.insert(5, _words("deux lignes", 40, 40 + 20.0 * 4 + 13))
    right.insert(10, _words("deux lignes", 320, 40 + 20.0 * 9 + 13))

    assert _read(*left, *right) == [item.text for item in (*left, *right)]


def test_a_label_beside_the_middle_of_its_value_comes_first() -> None:
    """Cells whose content is centred: the label stands at half the height of a long value."""
    value = [_words(f"ligne {n}", 300, 100 + 13.0 * n) for n in range(5)]

    read = _read(_words("12. Le titre", 40, 60), _words("Libellé :", 40, 126), *value)

    assert read == ["12. Le titre", "Libellé :", *(f"ligne {n}" for n in range(5))]


def test_labels_that_fill_their_column_beside_the_middle_of_their_values_are_labels() -> None:
    """Three rows pause too seldom to tell; each label at half the height of its value does."""
    rows: list[Item] = []
    expected: list[str] = []
    for number in range(3):
        top = 40.0 + 120 * number
        value = [_words(f"phrase jusqu'au bord {number} {n}", 250, top + 13 * n) for n in range(7)]
        label = [
            _words(f"un libellé qui remplit sa colonne {number} {n}", 40, top + 26 + 13 * n) for n in range(3)
        ]
        rows += [*label, *value]
        expected += [item.text for item in (*label, *value)]

    assert _read(*rows) == expected


def test_long_values_beside_few_labels_are_values() -> None:
    """Values of several paragraphs pause beside their labels; a label never pauses beside its value."""
    rows: list[Item] = []
    expected: list[str] = []
    for number in range(5):
        top = 40.0 + 150 * number
        value = [_words(f"Combien ? {number} : dix", 300, top + 18 * n) for n in range(6)]
        rows += [_words(f"{number}. Un libellé", 40, top), *value]
        expected += [f"{number}. Un libellé", *(item.text for item in value)]

    assert _read(*rows) == expected


def test_a_label_of_two_sentences_goes_on_beside_a_value_that_does() -> None:
    """« … votre entreprise ? » / « Quelles sont … » are one label where a sentence of the value goes on."""
    rows = (
        ("a) En quoi consiste-t-elle ?", "Nous collectons et réparons des vélos dans le"),
        ("Quelles sont ses activités ?", "quartier."),
    )
    items = [
        _words(said, x, 40 + 14 * n)
        for n, row in enumerate(rows)
        for said, x in zip(row, (40, 250), strict=True)
    ]

    assert _read(*items) == [rows[0][0], rows[1][0], rows[0][1], rows[1][1]]


def test_a_label_that_is_counted_goes_on_with_no_other() -> None:
    """« f) Structure de détention (le cas » / « échéant) » is whole, and « g) » begins another."""
    items = [
        *(_words("f) Structure de détention (le cas", 40, 40), _words("120 parts", 260, 40)),
        _words("échéant)", 40, 53),
        *(_words("g) Équivalents temps plein", 40, 68), _words("1,75 ETP", 260, 68)),
    ]

    assert _read(*items) == [
        *("f) Structure de détention (le cas", "échéant)", "120 parts"),
        *("g) Équivalents temps plein", "1,75 ETP"),
    ]


def test_a_value_that_fills_its_column_makes_no_label_of_the_next() -> None:
    """Beside « échéant) : » stands a value as wide as the page; « 0 » in the next row is another's."""
    rows = (
        ("Structure de détention (le cas", "Pas de capital : nous sommes une ASBL"),
        ("échéant) :",),
        ("Nombre d'équivalents :", "0"),
        ("Avez-vous un agrément ?", "Oui : celui de la Région, depuis 2021"),
        ("Et combien de membres ?", "12"),
    )
    items = [
        _words(said, x, 40 + 14 * n)
        for n, row in enumerate(rows)
        for said, x in zip(row, (40, 250), strict=False)
    ]

    assert _read(*items) == [
        *(rows[0][0], rows[1][0], rows[0][1]),
        *(said for row in rows[2:] for said in row),
    ]


def _asked(first: int, x0: float) -> list[Item]:
    """Four questions below each other, each with an answer."""
    rows = ("une question ?", "une réponse", "encore un mot")
    return [
        _words(f"{first + n}. {said}", x0, 40 + 40 * n + 13 * at)
        for n in range(4)
        for at, said in enumerate(rows)
    ]


def test_columns_that_both_ask_are_read_one_after_the_other_though_they_are_low() -> None:
    """The rest of two columns stands on top of a page; below it the page goes on in one."""
    left = _asked(1, 40)
    right = [replace_top(item, 6) for item in _asked(5, 320)]
    below = [_words("Une ligne qui va d'un bord de la page à l'autre bord de la page, et plus loin", 40, 260)]

    assert _read(*left, *right, *below) == [item.text for item in (*left, *right, *below)]


def replace_top(item: Item, by: float) -> Item:
    """The same row, lower."""
    return _words(item.text, item.x0, item.top + by)


def test_a_column_that_counts_on_where_the_other_stopped_is_read_after_it() -> None:
    """Questions 1 to 6 beside questions 7 to 12, level with each other: white goes through both sides."""

    def column(first: int, x0: float) -> list[Item]:
        said = ("une demande", "une réponse", "un mot")
        return [
            _words(f"{first + n}. {row}" if at == 0 else row, x0, 40 + 60.0 * n + 13 * at)
            for n in range(6)
            for at, row in enumerate(said)
        ]

    left, right, values = column(1, 40), column(7, 320), column(20, 320)

    assert _read(*left, *right) == [item.text for item in (*left, *right)]
    assert _read(*left, *values) != [item.text for item in (*left, *values)]


def test_a_label_that_ends_in_brackets_goes_on_in_no_other() -> None:
    """« … (sociales, …) » beside « 6 », and the next statement, whose own « 5 » stands in its row."""
    label, value = _words("la faire évoluer (sociales, …)", 40, 60), _words("6", 215, 60)
    following = _words("Notre structure. 5", 40, 73)

    assert _read(label, value, following) == [label.text, value.text, following.text]


def test_a_label_may_go_on_behind_brackets() -> None:
    """« Etes-vous (ou avez-vous été) » beside « Oui »: « accompagnés … » below it is its second row."""
    label, value = _words("Etes-vous (ou avez-vous été)", 40, 60), _words("Oui (SMart)", 215, 60)
    following = _words("accompagnés par une structure", 40, 73)

    assert _read(label, value, following) == [label.text, following.text, value.text]


def test_two_pages_on_one_sheet_are_read_one_after_the_other() -> None:
    """A booklet: as many rows on the left as on the right, level with each other; values ask nothing."""
    left = [
        _words(f"Un libellé {n} : une réponse qui va jusqu'au bord", 130, 40 + 20.0 * n) for n in range(20)
    ]
    right = [_words(f"Une autre {n} : une réponse", 430, 40 + 20.0 * n) for n in range(20)]
    values = [_words(f"une valeur {n}", 430, 40 + 20.0 * n) for n in range(20)]
    headed = [
        _words(f"ÉTAPE {n} - SIGNER" if n in {8, 9} else "du texte", 430, 40 + 20.0 * n) for n in range(20)
    ]

    def read(*items: Item) -> list[str]:
        return [item.text for item in in_reading_order(list(items), HEIGHT, WIDTH)]

    assert read(*left, *right) == [item.text for item in (*left, *right)]
    assert read(*left, *headed) == [item.text for item in (*left, *headed)]
    assert read(*left, *values) == [item.text for pair in zip(left, values, strict=True) for item in pair]


def test_a_label_with_more_white_above_it_than_labels_have_within_begins_a_row() -> None:
    """Below a label of one line the next one, of long words, begins anew, though it had no room there."""
    rows = [
        _words("Structure de détention du capital", 40, 100), _words("Aucune", 250, 100),
        _words("(le cas échéant)", 40, 112),
        _words("Nombre d’équivalents temps plein", 40, 130), _words("7 ETP", 250, 130),
        _words("Bénéficiez-vous de l’agrément", 40, 148), _words("non", 250, 148),
        _words("d’entreprise sociale ?", 40, 160),
    ]  # fmt: skip
    rows[2].lines[0] = Line((Span("le cas échéant"),), 1, rows[2].lines[0].box)

    read = _read(*rows)

    assert read.index("7 ETP") == read.index("Nombre d’équivalents temps plein") + 1
    assert read[-3:] == ["Bénéficiez-vous de l’agrément", "d’entreprise sociale ?", "non"]


def test_two_options_of_one_row_are_no_label_and_value() -> None:
    """« … ? oui      non » and a question below it: « non » is not read behind that one."""
    asked, other, below = (
        _words("En avez-vous ? oui", 40, 100),
        _words("non", 150, 100),
        _words("Site :", 40, 113),
    )

    assert _read(asked, other, below) == ["En avez-vous ? oui", "non", "Site :"]


def test_a_value_a_hair_off_its_column_cuts_no_column_in_two() -> None:
    """On a photo a line may begin a point before the others: what stands below it is no text by itself."""
    label, value = (
        "Xxxxxx xxxx xxxxxxxxxx xx xxxxxx xxx",
        "Xxx xxxxxx xx xxxxxxxx xx xxxx xx xxxxxxxxx, xxx xxxx",
    )
    told = "En résumé : xxx xxxxxxxx xx xxxxxx xx xxxxxxxxx xxxx x"
    labels = (87, 98, 110, 146, 158, 244, 313, 325, 337, 350, 378, 540, 553)
    values = [
        *range(86, 123, 12), *range(134, 171, 12), *range(194, 307, 12), 325, 337, *range(411, 688, 12),
    ]  # fmt: skip
    rows = [_words(label, 62, top) for top in labels]
    rows += [
        _words(told if at % 4 == 2 else value, 253.9 if top == 218 else 255, top)
        for at, top in enumerate(values)
    ]

    tops = [item.top for item in in_reading_order(rows, WIDTH, HEIGHT)]

    assert tops.index(230) < tops.index(313)  # a line of the value, and the next label


def test_questions_beside_long_answers_are_no_columns_of_text() -> None:
    """Two of them, as full as what stands beside them; in columns of a form both sides ask."""
    asked = (
        "1. Combien de temps pensez-vous",
        "consacrer à votre développement",
        "en dehors de nos demi-journées",
    )
    asked = (*asked, "de formation en petits groupes", "et d'ateliers ?")
    label = [_words(words, 42, top + 12 * at) for top in (226, 350) for at, words in enumerate(asked)]
    value = [
        _words("Environ un cinquième du temps de la coordinatrice x", 214, 190 + 12 * at) for at in range(12)
    ]
    value += [
        _words("Une demi-journée par semaine, puis deux au printemps", 214, 362 + 12 * at) for at in range(3)
    ]
    head = [
        _words("D. Votre disponibilité, en dehors des journées de formation, au long de cette année", 42, 150)
    ]
    tops = [item.top for item in in_reading_order([*head, *label, *value], WIDTH, HEIGHT)]

    assert tops.index(226) < tops.index(322) < tops.index(350)
