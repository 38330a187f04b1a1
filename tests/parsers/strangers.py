"""Forms as strangers fill them: each draws its own habits, so that no two are alike.

`stranger(seed)` gives what was filled in and a Word file. Where `layouts.py` holds one habit through a whole
form, here every part of it has its own; answers quote questions, count, and hold other questions' words.
"""

import io
import random
from collections.abc import Callable
from typing import Any
from xml.sax.saxutils import escape

from docx import Document as new_document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import Mm, RGBColor

from data.edition import Edition, Question, QuestionKind
from tests.parsers import layouts
from tests.parsers.layouts import Filled, W, fill

Answer = str | int | None
RED = RGBColor(0xC0, 0x00, 0x00)
BLUE = RGBColor(0x1F, 0x49, 0x7D)

_LONG = (
    "Nos activités :\n- un atelier de réparation\n- une boutique\n- des formations",
    "1. Réparer\n2. Former\n3. Partager",
    "1) court terme (1 an) : 1 ETP\n2) moyen terme (3 ans) : 3 ETP",
    "Bénéficiaires : familles, jeunes, aînés. Partenaires : la commune, deux écoles.",
    "Quels sont nos partenaires ? La commune, le CPAS et trois écoles.",
    "Nom : projet Horizon\nAdresse : rue du Port 4\nTéléphone : à attribuer",
    "Oui. Nous tenons un tableau de bord depuis 2021 (voir annexe).",
    "Non, pas encore.",
    "Néant",
    "À court terme : une personne. À moyen terme : deux ou trois personnes, selon les subsides.",
    "Le 12 mars 2025, lors d’une journée au vert.",
    "Voir l’annexe 2, page 4.",
    "Nous sommes 5 : 1 coordinatrice, 2 formateurs, 2 bénévoles\n\nChacun a une fonction claire.",
    "Combien de temps ? Deux jours par semaine, dont le vendredi.",
    "Une équipe de 7\n7 personnes, dont 4 salariées",
    "a. vente\nb. subsides\nc. dons",
    "Signature d’une convention avec la Région en 2024. Fait à noter : elle est renouvelable.",
    "D. Nos besoins sont multiples : stratégie, finances.",
    "E. et F. sont nos deux lieux.",
)


def stranger(edition: Edition, seed: int) -> tuple[Filled, bytes]:
    """What one applicant meant, and the Word file they made of it."""
    rng = random.Random(1000 + seed)
    filled = fill(edition, seed, blanks=rng.choice((0.0, 0.08, 0.3)))
    for question in edition.questions.values():
        told = filled.answers[question.id]
        if question.id.startswith(("b.", "d")) and isinstance(told, str) and rng.random() < 0.6:
            filled.answers[question.id] = rng.choice(_LONG)
    return filled, _Form(edition, filled, rng).content()


class _Form:
    """One form while it is written."""

    def __init__(self, edition: Edition, filled: Filled, rng: random.Random) -> None:
        self.edition, self.filled, self.rng = edition, filled, rng
        self.document: Any = new_document()
        self.colour = rng.choice((None, None, BLUE))
        self.fields = rng.choice(FIELDS)
        self.choice = rng.choice(CHOICES)
        self.open = rng.choice(OPEN)
        self.grid = rng.choice(GRIDS)
        self.sign = rng.choice(SIGNS)
        self.tight = rng.random() < 0.4
        self.hints = rng.random() < 0.4

    def content(self) -> bytes:
        rng, edition, document = self.rng, self.edition, self.document
        if rng.random() < 0.7:
            for line in edition.form_lines[:24]:
                document.add_paragraph(line)
        if rng.random() < 0.4:
            document.sections[0].header.paragraphs[0].text = "COOPCITY – Dossier de candidature – BLOSSOM"
        heading = None
        for section in edition.section:
            pairs = [(question, self.filled.answers[question.id]) for question in section.question]
            if section.heading and section.heading != heading:
                document.add_heading(section.heading, 1)
            heading = section.heading
            if section.id == "d1" and rng.random() < 0.8:
                layouts._annex_list(document, edition)
            if section.id == "ba" and self.hints:
                document.add_paragraph("(10 lignes max. par réponse)")
            if section.id != "s":
                document.add_heading(section.title, 2)
            self._section(section.id, pairs)
        document.add_paragraph("ETAPE 4 – VÉRIFIER QUE VOUS N’AVEZ RIEN OUBLIÉ")
        document.add_paragraph("Vous avez répondu à toutes les questions du dossier.")
        out = io.BytesIO()
        document.save(out)
        return out.getvalue()

    def _section(self, section: str, pairs: list[tuple[Question, Answer]]) -> None:
        if section in {"a1", "a2"}:
            self.fields(self, pairs)
        elif section == "s":
            self.sign(self.document, self.filled, self.edition)
        elif pairs[0][0].kind is QuestionKind.SCALE:
            self.grid(self, pairs)
        else:
            for question, answer in pairs:
                self.open(self, question, answer)

    # what people do with their own words

    def say(self, paragraph: Any, text: str) -> None:
        run = paragraph.add_run(text)
        if self.colour is not None:
            run.font.color.rgb = self.colour

    def paragraphs(self, text: str, style: str | None = None) -> None:
        for row in text.split("\n"):
            self.say(self.document.add_paragraph(style=style), row)

    def label(self, question: Question) -> str:
        text = question.wording.removesuffix(": oui/non").rstrip(" :")
        return f"{text}:" if self.tight else f"{text} : "

    def asked(self, question: Question) -> str:
        text = question.wording.removesuffix(": oui/non").rstrip(" :")
        return f"{question.number}. {text}" if question.number else text


# ---------------------------------------------------------------- yes or no, and the level of studies


def _options(question: Question) -> tuple[tuple[str, ...], str]:
    return (question.choices, " – ") if question.choices else (("oui", "non"), "/")


def _is(option: str, answer: Answer) -> bool:
    return answer is not None and str(answer).lower() == option.lower()


def _marked_by(mark: Callable[[Any], None], others: bool = False) -> Callable[..., None]:
    def write(form: _Form, paragraph: Any, question: Question, answer: Answer) -> None:
        options, between = _options(question)
        for index, option in enumerate(options):
            if index:
                paragraph.add_run(between)
            run = paragraph.add_run(option)
            if answer is not None and _is(option, answer) is not others:
                mark(run)

    return write


def _set(name: str, value: Any) -> Callable[[Any], None]:
    def mark(run: Any) -> None:
        setattr(run.font, name, value)

    return mark


def _colour(run: Any) -> None:
    run.font.color.rgb = RED


def only_answer(form: _Form, paragraph: Any, question: Question, answer: Answer) -> None:
    if answer is None:
        options, between = _options(question)
        paragraph.add_run(between.join(options))
    else:
        form.say(paragraph, str(answer))


def typed_behind(form: _Form, paragraph: Any, question: Question, answer: Answer) -> None:
    options, between = _options(question)
    paragraph.add_run(between.join(options))
    if answer is not None:
        form.say(paragraph, f" : {answer}")


def cross_behind(form: _Form, paragraph: Any, question: Question, answer: Answer) -> None:
    options, between = _options(question)
    paragraph.add_run(between.join(f"{o} (X)" if _is(o, answer) else o for o in options))


def cross_before(form: _Form, paragraph: Any, question: Question, answer: Answer) -> None:
    options, _ = _options(question)
    paragraph.add_run("   ".join(f"[{'x' if _is(o, answer) else ' '}] {o}" for o in options))


def in_brackets(form: _Form, paragraph: Any, question: Question, answer: Answer) -> None:
    options, between = _options(question)
    paragraph.add_run(between.join(f"({o})" if _is(o, answer) else o for o in options))


def arrow(form: _Form, paragraph: Any, question: Question, answer: Answer) -> None:
    options, between = _options(question)
    paragraph.add_run(between.join(options))
    if answer is not None:
        form.say(paragraph, f" → {answer}")


def glyphs(form: _Form, paragraph: Any, question: Question, answer: Answer) -> None:
    options, _ = _options(question)
    paragraph.add_run("  ".join(f"{'☑' if _is(o, answer) else '☐'} {o}" for o in options))


CHOICES = (
    only_answer, typed_behind, cross_behind, cross_before, in_brackets, arrow, glyphs,
    _marked_by(_set("bold", True)), _marked_by(_set("underline", True)),
    _marked_by(_set("strike", True), others=True), _marked_by(_colour),
    _marked_by(_set("highlight_color", WD_COLOR_INDEX.YELLOW)),
)  # fmt: skip


def _value(form: _Form, paragraph: Any, question: Question, answer: Answer) -> None:
    if question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
        form.choice(form, paragraph, question, answer)
    elif answer is not None:
        form.say(paragraph, str(answer))


# ---------------------------------------------------------------- A.1, A.2


def after_colon(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for question, answer in pairs:
        paragraph = form.document.add_paragraph(form.label(question), style="List Bullet")
        _value(form, paragraph, question, answer)


def below(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for question, answer in pairs:
        form.document.add_paragraph(form.label(question), style="List Bullet")
        if answer is not None or question.kind in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
            _value(form, form.document.add_paragraph(), question, answer)


def after_break(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for question, answer in pairs:
        paragraph = form.document.add_paragraph()
        paragraph.add_run(form.label(question)).bold = True
        paragraph.add_run().add_break()
        _value(form, paragraph, question, answer)


def without_colon(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for question, answer in pairs:
        paragraph = form.document.add_paragraph()
        paragraph.add_run(form.label(question).rstrip(" :")).bold = True
        paragraph.add_run("\t")
        _value(form, paragraph, question, answer)


def headed_table(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    table = form.document.add_table(1 + len(pairs), 2)
    table.style = "Table Grid"
    table.rows[0].cells[0].text, table.rows[0].cells[1].text = "Rubrique", "Votre réponse"
    for row, (question, answer) in zip(table.rows[1:], pairs, strict=True):
        row.cells[0].text = form.label(question)
        _value(form, row.cells[1].paragraphs[0], question, answer)


def cell_by_cell(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    """Label and answer in one cell, two cells a row."""
    table = form.document.add_table((len(pairs) + 1) // 2, 2)
    table.style = "Table Grid"
    for index, (question, answer) in enumerate(pairs):
        cell = table.rows[index // 2].cells[index % 2]
        cell.text = form.label(question)
        _value(form, cell.add_paragraph(), question, answer)


def underlined(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for question, answer in pairs:
        paragraph = form.document.add_paragraph(form.label(question) + " ")
        if answer is None and question.kind not in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
            paragraph.add_run("_" * 30)
        else:
            _value(form, paragraph, question, answer)


FIELDS = (after_colon, after_colon, below, after_break, without_colon, headed_table, cell_by_cell, underlined)


# ---------------------------------------------------------------- open questions


def plainly(form: _Form, question: Question, answer: Answer) -> None:
    form.document.add_paragraph(form.asked(question))
    if answer is not None:
        form.paragraphs(str(answer))
    for _ in range(form.rng.randint(0, 3)):
        form.document.add_paragraph()


def bulleted(form: _Form, question: Question, answer: Answer) -> None:
    form.document.add_paragraph().add_run(form.asked(question)).bold = True
    if answer is not None:
        form.paragraphs(str(answer), "List Bullet")


def counted(form: _Form, question: Question, answer: Answer) -> None:
    """Word's own numbers before the answer's paragraphs."""
    form.document.add_paragraph().add_run(form.asked(question)).bold = True
    if answer is not None:
        form.paragraphs(str(answer), "List Number")


def announced(form: _Form, question: Question, answer: Answer) -> None:
    form.document.add_paragraph(form.asked(question))
    form.say(form.document.add_paragraph("Réponse : "), "" if answer is None else str(answer))


def in_text_box(form: _Form, question: Question, answer: Answer) -> None:
    form.document.add_paragraph(form.asked(question))
    run = form.document.add_paragraph().add_run()
    rows = "".join(
        f'<w:p><w:r><w:t xml:space="preserve">{escape(row)}</w:t></w:r></w:p>'
        for row in ("" if answer is None else str(answer)).split("\n")
    )
    run._r.append(
        parse_xml(
            f'<w:pict {W} xmlns:v="urn:schemas-microsoft-com:vml"><v:shape style="width:400pt;height:60pt">'
            f"<v:textbox><w:txbxContent>{rows}</w:txbxContent></v:textbox></v:shape></w:pict>"
        )
    )


def beside(form: _Form, question: Question, answer: Answer) -> None:
    table = form.document.add_table(1, 2)
    table.style = "Table Grid"
    table.rows[0].cells[0].text = form.asked(question)
    table.rows[0].cells[1].text = "" if answer is None else str(answer)


def quoted(form: _Form, question: Question, answer: Answer) -> None:
    """The question once more at the head of the answer, in quotation marks."""
    form.document.add_paragraph(form.asked(question))
    if answer is not None:
        first = question.wording.split("?")[0][:60]
        form.filled.answers[question.id] = f"À la question « {first.strip()} » : {answer}"
        form.paragraphs(f"À la question « {first.strip()} » : {answer}")


def to_write_on(form: _Form, question: Question, answer: Answer) -> None:
    form.document.add_paragraph(form.asked(question))
    if answer is None:
        form.document.add_paragraph("…" * 40)
        form.document.add_paragraph("…" * 40)
    else:
        form.paragraphs(str(answer))
        form.document.add_paragraph("…" * 40)


def restarted(form: _Form, question: Question, answer: Answer) -> None:
    """Word's own numbers before the questions, as the original has them."""
    form.document.add_paragraph(form.asked(question).split(". ", 1)[-1], style="List Number")
    if answer is not None:
        form.paragraphs(str(answer))


OPEN = (
    plainly, plainly, bulleted, counted, announced, in_text_box, beside, quoted, to_write_on, restarted,
)  # fmt: skip


# ---------------------------------------------------------------- the scale


def number_behind(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for question, answer in pairs:
        paragraph = form.document.add_paragraph(f"{question.wording} ")
        form.say(paragraph, "" if answer is None else str(answer))


def number_below(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for question, answer in pairs:
        form.document.add_paragraph(question.wording)
        form.say(form.document.add_paragraph(), "" if answer is None else f"{answer}/10")


def noted(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for number, (question, answer) in enumerate(pairs, 1):
        form.document.add_paragraph(f"{number}. {question.wording}")
        form.document.add_paragraph(f"Note : {'' if answer is None else answer}")


def bracketed(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for question, answer in pairs:
        form.document.add_paragraph(question.wording)
        form.document.add_paragraph(
            "  ".join(f"({value})" if value == answer else str(value) for value in range(1, 11))
        )


def tabbed_scale(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    """« 1 ⇥ 2 ⇥ … 10 », the chosen one in a box of its look."""
    for question, answer in pairs:
        form.document.add_paragraph(question.wording)
        paragraph = form.document.add_paragraph()
        for value in range(1, 11):
            run = paragraph.add_run(str(value))
            if value == answer:
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW
            paragraph.add_run("\t")


def own_tables(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    """Under each statement a table of two rows: the numbers, and a cross."""
    for question, answer in pairs:
        form.document.add_paragraph(question.wording)
        table = form.document.add_table(2, 10)
        table.style = "Table Grid"
        for value in range(1, 11):
            table.rows[0].cells[value - 1].text = str(value)
            if value == answer:
                table.rows[1].cells[value - 1].text = "X"


def ten_cells(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    """Under each statement ten empty cells between 1 and 10, one of them crossed."""
    for question, answer in pairs:
        form.document.add_paragraph(question.wording)
        table = form.document.add_table(1, 10)
        table.style = "Table Grid"
        for value in range(1, 11):
            table.rows[0].cells[value - 1].text = "x" if value == answer else str(value)


def note_column(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    table = form.document.add_table(1 + len(pairs), 3)
    table.style = "Table Grid"
    for cell, text in zip(table.rows[0].cells, ("N°", "Affirmation", "Note (1 à 10)"), strict=True):
        cell.text = text
    for number, (row, (question, answer)) in enumerate(zip(table.rows[1:], pairs, strict=True), 1):
        row.cells[0].text = str(number)
        row.cells[1].text = question.wording
        row.cells[2].text = "" if answer is None else str(answer)


def ticked_cells(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    table = form.document.add_table(len(pairs) + 1, 11)
    table.style = "Table Grid"
    for value in range(1, 11):
        table.rows[0].cells[value].text = str(value)
    for row, (question, answer) in zip(table.rows[1:], pairs, strict=True):
        row.cells[0].text = question.wording
        for value in range(1, 11):
            row.cells[value].text = "☒" if value == answer else "☐"


def circled(form: _Form, pairs: list[tuple[Question, Answer]]) -> None:
    for question, answer in pairs:
        form.document.add_paragraph(question.wording)
        form.document.add_paragraph(
            " ".join("①②③④⑤⑥⑦⑧⑨⑩"[value - 1] if value == answer else str(value) for value in range(1, 11))
        )


GRIDS = (
    number_behind, number_below, noted, bracketed, tabbed_scale, own_tables, ten_cells, note_column,
    ticked_cells, circled,
)  # fmt: skip


# ---------------------------------------------------------------- signatures


def sign_original(document: Any, filled: Filled, edition: Edition) -> None:
    """The original's tabs, the words typed under the labels."""
    document.add_paragraph(f"Fait à {layouts._said(filled, 's.place')}")
    document.add_paragraph(f"Le {layouts._said(filled, 's.date')}")
    first, second = edition.signatory
    for label, key in (
        ("Nom, prénom", "name_question"),
        ("Fonction", "function_question"),
        ("Signature", ""),
    ):
        paragraph = document.add_paragraph(f"{label}\t{label}")
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(90))
        below_it = document.add_paragraph()
        below_it.paragraph_format.tab_stops.add_tab_stop(Mm(90))
        for index, signatory in enumerate((first, second)):
            if index:
                below_it.add_run("\t")
            if key:
                below_it.add_run(layouts._said(filled, getattr(signatory, key)))
            elif filled.signed[signatory.id]:
                layouts._picture(below_it.add_run())


SIGNS = (
    layouts.sign_tabs, layouts.sign_table, layouts.sign_rows, layouts.sign_stacked,
    layouts.sign_four_columns, sign_original,
)  # fmt: skip
