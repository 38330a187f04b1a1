"""Filled forms with their truth, in many layouts: what people make of the same questions.

`LAYOUTS` maps a name to a builder ``(Filled, Edition) -> bytes``. The words come from the edition; the
applicants and their answers are invented. A picture of a signature is drawn here, pixel by pixel.
"""

import io
import math
import random
import struct
import zlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from docx import Document as new_document
from docx.enum.text import WD_COLOR_INDEX
from docx.oxml import parse_xml
from docx.shared import Mm

from data.edition import Edition, Question, QuestionKind

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
W14 = 'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml"'


@dataclass(frozen=True, slots=True)
class Filled:
    """One invented application: what stands under each question (None: nothing), and who signed."""

    answers: dict[str, str | int | None]
    signed: dict[str, bool]


_SENTENCES = (
    "Nous réparons et revendons des vélos dans un atelier participatif au cœur de Molenbeek.",
    "L’équipe compte cinq personnes : deux mécaniciens, une coordinatrice, un comptable et une animatrice.",
    "Nos bénéficiaires sont des familles du quartier, des jeunes et des personnes en insertion.",
    "Depuis 2019, nous mesurons notre impact avec un tableau de bord (heures de formation, emplois créés).",
    "Les décisions se prennent par consentement, chaque lundi, pendant une réunion d’une heure et demie.",
    "Notre modèle économique repose sur la vente (60 %), les subsides (30 %) et les dons (10 %).",
    "Nous voulons ouvrir un second lieu, engager une personne et renforcer notre gouvernance.",
    "À ce jour, une convention a été signée avec la commune ; une étude de marché est en cours depuis mars.",
    "Oui : un questionnaire est envoyé deux fois par an aux membres et aux partenaires.",
    "Avec qui travaillons-nous ? Avec la commune, deux écoles et une coopérative voisine.",
)
_QUOTES = (
    "1. D’abord un diagnostic\n2. Ensuite un plan d’action\n3. Enfin sa mise en œuvre avec notre équipe",
    "Vous demandez comment nous fonctionnons en équipe : en cercles, avec des rôles clairs.",
    "Nom de code du projet : Horizon. Adresse du futur lieu : encore à choisir avec la Région.",
    "Notre offre de services actuelle est pertinente, mais nous voulons la faire évoluer.",
)
_SHORT = {
    "a1.name": ("Les Ateliers du Canal ASBL", "Coopérative Racines Vives", "Le Fil Solidaire"),
    "a1.legal_form": ("ASBL", "SC agréée comme ES", "SRL"),
    "a1.address": (
        "Rue des Tanneurs 12, 1000 Bruxelles",
        "Chaussée de Gand 145/2, 1080 Molenbeek-Saint-Jean",
    ),
    "a1.created_on": ("12/03/2018", "3 mai 2017", "1er septembre 2019"),
    "a1.enterprise_number": ("0419.618.535", "BE 0403.019.261"),
    "a1.capital": ("Sans objet", "Parts coopératives : 120 membres", None),
    "a1.fte": ("4,5", "0", "12 ETP"),
    "a1.social_agreement": ("Oui", "Non"),
    "a1.website": ("www.ateliersducanal.example", None),
    "a1.supported_elsewhere": ("oui", "non"),
    "a2.last_name": ("Lambert", "Benali", "De Smet"),
    "a2.first_name": ("Aïcha", "Jean-François", "Zoé"),
    "a2.gender": ("Femme", "Homme", "X"),
    "a2.birth_date": ("14/07/1985", "2 février 1990"),
    "a2.phone": ("0470 12 34 56", "+32 2 123 45 67"),
    "a2.email": ("aicha.lambert@example.org", "zoe@fil-solidaire.example"),
    "a3.took_part": ("Oui, un webinaire en 2024", "Non"),
    "s.place": ("Bruxelles", "Saint-Gilles"),
    "s.date": ("10/09/2026", "8 septembre 2026"),
    "s.contact_name": ("Lambert, Aïcha", "Benali Zoé"),
    "s.contact_function": ("Coordinatrice", "Directeur"),
    "s.administrator_name": ("Peeters, Marc", "Nguyen Linh"),
    "s.administrator_function": ("Administratrice", "Président du conseil d’administration"),
}
_ISO = {
    "12/03/2018": "2018-03-12", "3 mai 2017": "2017-05-03", "1er septembre 2019": "2019-09-01",
    "14/07/1985": "1985-07-14", "2 février 1990": "1990-02-02",
}  # fmt: skip


def fill(edition: Edition, seed: int, blanks: float = 0.12) -> Filled:
    """An invented application; about one answer in eight is left out."""
    rng = random.Random(seed)
    answers: dict[str, str | int | None] = {}
    for question in edition.questions.values():
        if rng.random() < blanks:
            answers[question.id] = None
        elif question.kind is QuestionKind.SCALE:
            answers[question.id] = rng.randint(1, 10)
        elif question.kind is QuestionKind.CHOICE:
            answers[question.id] = rng.choice(question.choices)
        elif question.id in _SHORT:
            answers[question.id] = rng.choice(_SHORT[question.id])
        else:
            answers[question.id] = _prose(rng)
    signed = {signatory.id: rng.random() < 0.6 for signatory in edition.signatory}
    return Filled(answers, signed)


def _prose(rng: random.Random) -> str:
    if rng.random() < 0.12:
        return rng.choice(_QUOTES)
    paragraphs = [
        " ".join(rng.sample(_SENTENCES, rng.randint(1, 4))) for _ in range(1 if rng.random() < 0.7 else 2)
    ]
    return "\n".join(paragraphs)


def expected(question: Question, answer: str | int | None) -> str | int | None:
    """What a reader should say of it: days of the past as ISO."""
    if isinstance(answer, str) and question.past:
        return _ISO.get(answer, answer)
    return answer


def signature_png(width: int = 160, height: int = 50) -> bytes:
    """A scribble of one line, as a PNG."""
    path = [height / 2 + height / 2.6 * math.sin(x / 5) * math.cos(x / 23) for x in range(width + 1)]
    rows = []
    for y in range(height):
        row = bytearray(b"\xff" * width)
        for x in range(10, width - 10):
            if min(path[x : x + 2]) - 1.2 <= y <= max(path[x : x + 2]) + 1.2:
                row[x] = 20
        rows.append(b"\0" + bytes(row))

    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"".join(rows))) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + body


# ---------------------------------------------------------------- the form, as Word files have it

Writer = Callable[[Any, Question, "str | int | None"], None]
SignatureWriter = Callable[[Any, Filled, Edition], None]
GridWriter = Callable[[Any, list[tuple[Question, "str | int | None"]]], None]


def _build(
    filled: Filled,
    edition: Edition,
    *,
    fields: Callable[[Any, list[tuple[Question, Any]]], None],
    open_question: Writer,
    grid: GridWriter,
    sign: SignatureWriter,
    intro: bool = True,
    titles: bool = True,
) -> bytes:
    document = new_document()
    if intro:
        document.add_heading("Dossier de candidature", 0)
        for line in edition.form_lines[3:24]:
            document.add_paragraph(line)
    heading = None
    for section in edition.section:
        if titles and section.heading and section.heading != heading:
            document.add_heading(section.heading, 1)
            heading = section.heading
        if section.id == "d1":
            _annex_list(document, edition)
        if titles:
            document.add_heading(section.title, 2)
        pairs = [(question, filled.answers[question.id]) for question in section.question]
        if any(question.id.startswith("s.") for question, _ in pairs):
            document.add_paragraph(next(row for row in edition.form_lines if "doit être signé" in row))
            sign(document, filled, edition)
        elif pairs[0][0].kind is QuestionKind.SCALE:
            document.add_paragraph("Indiquez la case entre 1 et 10 (1 = pas du tout et 10 = totalement).")
            grid(document, pairs)
        elif section.id in {"a1", "a2"}:
            fields(document, pairs)
        else:
            for question, answer in pairs:
                open_question(document, question, answer)
    document.add_heading("ETAPE 4 – VÉRIFIER QUE VOUS N’AVEZ RIEN OUBLIÉ", 1)
    document.add_paragraph("Vous avez répondu à toutes les questions du dossier.")
    document.add_paragraph("Vous avez joint toutes les annexes.")
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _annex_list(document: Any, edition: Edition) -> None:
    document.add_heading("C. Complément d’information", 1)
    for annex in edition.annex:
        document.add_paragraph(annex.wording, style="List Bullet")


def _shown(question: Question, answer: str | int | None) -> str:
    """An answer as typed; an untouched list of options where there is none."""
    if answer is not None:
        return str(answer)
    if question.kind is QuestionKind.CHOICE:
        return " – ".join(question.choices)
    return ""


def _wording(question: Question, answer: str | int | None) -> str:
    """The printed wording; « oui/non » stays where nothing was chosen."""
    text = question.wording
    if text.endswith(": oui/non") and answer is not None:
        text = text.removesuffix("oui/non")
    return text


def _numbered(question: Question, answer: str | int | None) -> str:
    return (
        f"{question.number}. {_wording(question, answer)}" if question.number else _wording(question, answer)
    )


def _paragraphs(document: Any, text: str) -> None:
    for line in text.split("\n"):
        document.add_paragraph(line)


# ---------------------------------------------------------------- fields of A.1 and A.2


def fields_lines(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        document.add_paragraph(
            f"{_wording(question, answer).rstrip(' :')} : {_shown(question, answer)}", style="List Bullet"
        )


def fields_tight(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    """As typed in the original: the colon sticks to the label, bold labels."""
    for question, answer in pairs:
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{_wording(question, answer).rstrip(' :')}:").bold = True
        paragraph.add_run(f" {_shown(question, answer)}")


def fields_table(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    table = document.add_table(len(pairs), 2)
    table.style = "Table Grid"
    for row, (question, answer) in zip(table.rows, pairs, strict=True):
        row.cells[0].text = _wording(question, answer).rstrip(" :")
        row.cells[1].text = _shown(question, answer)


def fields_four_columns(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    table = document.add_table((len(pairs) + 1) // 2, 4)
    table.style = "Table Grid"
    for index, (question, answer) in enumerate(pairs):
        row, side = divmod(index, 2)
        table.rows[row].cells[2 * side].text = _wording(question, answer)
        table.rows[row].cells[2 * side + 1].text = _shown(question, answer)


def fields_borderless(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    table = document.add_table(len(pairs), 2)
    for row, (question, answer) in zip(table.rows, pairs, strict=True):
        row.cells[0].text = f"{_wording(question, answer).rstrip(' :')} :"
        row.cells[1].text = _shown(question, answer)


def fields_headed(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    """Labels in a row, answers in the row under them, three at a time."""
    for at in range(0, len(pairs), 3):
        part = pairs[at : at + 3]
        table = document.add_table(2, len(part))
        table.style = "Table Grid"
        for column, (question, answer) in enumerate(part):
            table.rows[0].cells[column].text = _wording(question, answer)
            table.rows[1].cells[column].text = _shown(question, answer)
        document.add_paragraph()


def fields_below(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        document.add_paragraph(_wording(question, answer))
        if _shown(question, answer):
            document.add_paragraph(_shown(question, answer))


def fields_tabs(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        document.add_paragraph(f"{_wording(question, answer).rstrip(' :')} :\t{_shown(question, answer)}")


def fields_dotted(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        written = _shown(question, answer) if answer is not None or question.choices else "." * 60
        dots = "......" if answer is not None else ""
        document.add_paragraph(f"{_wording(question, answer).rstrip(' :')} : {dots}{written}{dots}")


_SHORT_LABELS = {
    "a1.name": "Nom de l'organisation",
    "a1.legal_form": "Forme juridique",
    "a1.address": "Adresse du siège",
    "a1.created_on": "Créée le (date de création)",
    "a1.enterprise_number": "N° BCE",
    "a1.capital": "Détention du capital",
    "a1.fte": "Nombre d'ETP",
    "a1.social_agreement": "Agrément entreprise sociale",
    "a1.website": "Site web",
    "a1.supported_elsewhere": "Accompagnés par une autre structure ?",
    "a2.last_name": "Nom",
    "a2.first_name": "Prénom",
    "a2.gender": "Genre",
    "a2.birth_date": "Date naissance",
    "a2.education": "Niveau d'étude",
    "a2.phone": "Tél.",
    "a2.email": "Courriel",
    "a3.heard_from": "Comment avez-vous connu nos programmes d'accompagnement ?",
    "a3.took_part": "Déjà participé à une activité COOPCITY ?",
    "b.1": "En quoi consiste votre entreprise ?",
    "b.2": "Quel problème ou besoin social ?",
    "b.3": "Bénéficiaires :",
    "b.4": "Processus d'évaluation de l'impact social ?",
    "b.5": "Combien êtes-vous et qui fait quoi ?",
    "b.6": "Fonctionnement en équipe ?",
    "b.7": "Partenaires et ressources clés :",
    "b.8": "Modèle économique de votre entreprise :",
    "b.9": "Dernier exercice de réflexion stratégique ?",
    "b.10": "Pistes de développement envisagées ?",
    "b.11": "Moyens humains, financiers et organisationnels :",
    "b.12": "Actions déjà mises en place :",
    "b.13": "Perspectives de création d'emploi (1 an, 3 ans) :",
    "d1.1": "Quelles sont vos motivations à intégrer ce programme ?",
    "d1.2": "Où vous projetez-vous à l'issue du programme ?",
    "d1.3": "Que pensez-vous pouvoir apporter aux personnes qui suivront le programme avec vous ?",
    "d2.1": "Combien de temps envisagez-vous de consacrer au développement ?",
    "d2.2": "Comment allez-vous vous organiser pour participer aux journées ?",
}


def fields_shortened(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        document.add_paragraph(f"{_SHORT_LABELS[question.id]} : {'' if answer is None else answer}")


def fields_ticked(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    """Boxes for yes, no and the study levels (w14 check boxes), lines for the rest."""
    for question, answer in pairs:
        if question.kind not in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
            document.add_paragraph(f"{_wording(question, answer).rstrip(' :')} : {_shown(question, answer)}")
            continue
        document.add_paragraph(_wording(question, answer).removesuffix(": oui/non"))
        options = question.choices or ("Oui", "Non")
        paragraph = document.add_paragraph()
        for option in options:
            ticked = answer is not None and str(answer).lower() == option.lower()
            paragraph._p.append(parse_xml(checkbox(ticked)))
            paragraph.add_run(f" {option}   ")


def fields_struck(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    """« Biffer la mention inutile »."""
    for question, answer in pairs:
        if question.kind not in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
            document.add_paragraph(f"{_wording(question, answer).rstrip(' :')} : {_shown(question, answer)}")
            continue
        paragraph = document.add_paragraph(
            f"{_wording(question, answer).removesuffix(': oui/non').rstrip(' :')} : "
        )
        for index, option in enumerate(question.choices or ("oui", "non")):
            if index:
                paragraph.add_run(" / ")
            run = paragraph.add_run(option)
            run.font.strike = answer is not None and str(answer).lower() != option.lower()


def fields_highlighted(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        if question.kind not in {QuestionKind.YES_NO, QuestionKind.CHOICE}:
            document.add_paragraph(f"{_wording(question, answer).rstrip(' :')} : {_shown(question, answer)}")
            continue
        paragraph = document.add_paragraph(
            f"{_wording(question, answer).removesuffix(': oui/non').rstrip(' :')} : "
        )
        for index, option in enumerate(question.choices or ("oui", "non")):
            if index:
                paragraph.add_run(" – ")
            run = paragraph.add_run(option)
            if answer is not None and str(answer).lower() == option.lower():
                run.font.highlight_color = WD_COLOR_INDEX.YELLOW


def fields_controls(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        paragraph = document.add_paragraph(
            f"{_wording(question, answer).removesuffix(': oui/non').rstrip(' :')} : "
        )
        paragraph._p.append(parse_xml(control(answer)))


def checkbox(ticked: bool) -> str:
    sign = "☒" if ticked else "☐"
    return (
        f"<w:sdt {W} {W14}><w:sdtPr><w14:checkbox><w14:checked w14:val='{int(ticked)}'/></w14:checkbox>"
        "</w:sdtPr>"
        f"<w:sdtContent><w:r><w:t>{sign}</w:t></w:r></w:sdtContent></w:sdt>"
    )


def control(answer: str | int | None) -> str:
    """An inline content control, filled or showing its placeholder."""
    from xml.sax.saxutils import escape

    if answer is None:
        return (
            f"<w:sdt {W}><w:sdtPr><w:showingPlcHdr/><w:text/></w:sdtPr><w:sdtContent><w:r>"
            "<w:t>Cliquez ou appuyez ici pour entrer du texte.</w:t></w:r></w:sdtContent></w:sdt>"
        )
    rows = "<w:br/>".join(f"<w:t xml:space='preserve'>{escape(row)}</w:t>" for row in str(answer).split("\n"))
    return f"<w:sdt {W}><w:sdtPr><w:text/></w:sdtPr><w:sdtContent><w:r>{rows}</w:r></w:sdtContent></w:sdt>"


# ---------------------------------------------------------------- open questions


def open_below(document: Any, question: Question, answer: str | int | None) -> None:
    document.add_paragraph(_numbered(question, answer))
    if answer is not None:
        _paragraphs(document, str(answer))
    document.add_paragraph()


def open_bold_below(document: Any, question: Question, answer: str | int | None) -> None:
    document.add_paragraph().add_run(_numbered(question, answer)).bold = True
    document.add_paragraph("(10 lignes max. par réponse)")
    if answer is not None:
        _paragraphs(document, str(answer))


def open_inline(document: Any, question: Question, answer: str | int | None) -> None:
    document.add_paragraph(f"{_numbered(question, answer)} {'' if answer is None else answer}")


def open_boxed(document: Any, question: Question, answer: str | int | None) -> None:
    document.add_paragraph(_numbered(question, answer))
    table = document.add_table(1, 1)
    table.style = "Table Grid"
    table.rows[0].cells[0].text = "" if answer is None else str(answer)


def open_row(document: Any, question: Question, answer: str | int | None) -> None:
    table = document.add_table(2, 1)
    table.style = "Table Grid"
    table.rows[0].cells[0].text = _numbered(question, answer)
    table.rows[1].cells[0].text = "" if answer is None else str(answer)


def open_three_columns(document: Any, question: Question, answer: str | int | None) -> None:
    table = document.add_table(1, 3)
    table.style = "Table Grid"
    cells = table.rows[0].cells
    cells[0].text, cells[1].text, cells[2].text = (
        question.number or "",
        _wording(question, answer),
        "" if answer is None else str(answer),
    )


def open_dotted(document: Any, question: Question, answer: str | int | None) -> None:
    document.add_paragraph(_numbered(question, answer))
    if answer is None:
        for _ in range(3):
            document.add_paragraph("." * 90)
    else:
        _paragraphs(document, str(answer))
        document.add_paragraph("." * 90)


def open_renumbered(document: Any, question: Question, answer: str | int | None) -> None:
    """Retyped: other numbers, other endings, typewriter apostrophes."""
    wording = question.wording.replace("’", "'").replace("vos ", "les ").replace(" ?", "?")
    wording = wording.replace("Quels sont", "Quelles sont")
    document.add_paragraph(f"{int(question.number or 0) + 20}) {wording}")
    if answer is not None:
        _paragraphs(document, str(answer))


def open_shortened(document: Any, question: Question, answer: str | int | None) -> None:
    number = f"{question.number}. " if question.number else ""
    document.add_paragraph(number + _SHORT_LABELS[question.id])
    if answer is not None:
        _paragraphs(document, str(answer))


def open_numbers_only(document: Any, question: Question, answer: str | int | None) -> None:
    """The wording was deleted, the number kept."""
    if question.id.startswith("b."):
        document.add_paragraph(f"{question.number}.")
        _paragraphs(document, "" if answer is None else str(answer))
    else:
        open_below(document, question, answer)


def open_control(document: Any, question: Question, answer: str | int | None) -> None:
    document.add_paragraph(_numbered(question, answer))
    document.add_paragraph()._p.append(parse_xml(control(answer)))


def open_list_numbered(document: Any, question: Question, answer: str | int | None) -> None:
    """Automatic numbers, answer after a soft line break in the same paragraph."""
    paragraph = document.add_paragraph(_wording(question, answer), style="List Number")
    if answer is not None:
        paragraph.add_run().add_break()
        paragraph.add_run(str(answer))


# ---------------------------------------------------------------- the scale


def grid_crosses(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    table = document.add_table(len(pairs) + 1, 11)
    table.style = "Table Grid"
    for value in range(1, 11):
        table.rows[0].cells[value].text = str(value)
    for row, (question, answer) in zip(table.rows[1:], pairs, strict=True):
        row.cells[0].text = question.wording
        if answer is not None:
            row.cells[int(answer)].text = "X"


def grid_numbers(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        document.add_paragraph(question.wording)
        document.add_paragraph("" if answer is None else str(answer))


def grid_out_of(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        document.add_paragraph(f"{question.wording} {'…/10' if answer is None else f'{answer}/10'}")


def grid_boxes(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    for question, answer in pairs:
        document.add_paragraph(question.wording)
        document.add_paragraph(
            "   ".join(f"{'☒' if value == answer else '☐'} {value}" for value in range(1, 11))
        )


def grid_shaded(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    """Each cell carries its number; the chosen one is shaded."""
    table = document.add_table(2 * len(pairs), 10)
    table.style = "Table Grid"
    for index, (question, answer) in enumerate(pairs):
        table.rows[2 * index].cells[0].merge(table.rows[2 * index].cells[9]).text = question.wording
        for value in range(1, 11):
            cell = table.rows[2 * index + 1].cells[value - 1]
            cell.text = str(value)
            if value == answer:
                cell._tc.get_or_add_tcPr().append(parse_xml(f'<w:shd {W} w:val="clear" w:fill="FFFF00"/>'))


def grid_left(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    """The number in a cell before the statement."""
    table = document.add_table(len(pairs), 2)
    table.style = "Table Grid"
    for row, (question, answer) in zip(table.rows, pairs, strict=True):
        row.cells[0].text = "" if answer is None else str(answer)
        row.cells[1].text = question.wording


def grid_two_columns(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    table = document.add_table(len(pairs), 2)
    table.style = "Table Grid"
    for row, (question, answer) in zip(table.rows, pairs, strict=True):
        row.cells[0].text = question.wording
        row.cells[1].text = "" if answer is None else str(answer)


def grid_bold(document: Any, pairs: list[tuple[Question, Any]]) -> None:
    """« 1 2 3 … 10 » in a line, the chosen one bold and underlined."""
    for question, answer in pairs:
        document.add_paragraph(question.wording)
        paragraph = document.add_paragraph()
        for value in range(1, 11):
            run = paragraph.add_run(str(value))
            run.bold = run.underline = value == answer
            paragraph.add_run("  ")


# ---------------------------------------------------------------- signatures


def _said(filled: Filled, question: str) -> str:
    answer = filled.answers[question]
    return "" if answer is None else str(answer)


def _picture(run: Any) -> None:
    run.add_picture(io.BytesIO(signature_png()), width=Mm(40))


def sign_tabs(document: Any, filled: Filled, edition: Edition) -> None:
    """The original's own layout: two columns made of tabs."""
    document.add_paragraph(f"Fait à {_said(filled, 's.place')}")
    document.add_paragraph(f"Le {_said(filled, 's.date')}")
    document.add_paragraph()
    first, second = edition.signatory
    names = [_said(filled, signatory.name_question) for signatory in (first, second)]
    functions = [_said(filled, signatory.function_question) for signatory in (first, second)]
    rows = (
        f"Nom, prénom : {names[0]}\tNom, prénom : {names[1]}",
        f"Fonction : {functions[0]}\tFonction : {functions[1]}",
        "Signature\tSignature",
    )
    paragraphs = [document.add_paragraph(row) for row in rows] + [document.add_paragraph()]
    for paragraph in paragraphs:
        paragraph.paragraph_format.tab_stops.add_tab_stop(Mm(80))
    if filled.signed[first.id]:
        _picture(paragraphs[-1].add_run())
    paragraphs[-1].add_run("\t")
    if filled.signed[second.id]:
        _picture(paragraphs[-1].add_run())


def sign_table(document: Any, filled: Filled, edition: Edition) -> None:
    document.add_paragraph(f"Fait à : {_said(filled, 's.place')}   Le : {_said(filled, 's.date')}")
    table = document.add_table(4, 2)
    table.style = "Table Grid"
    for column, signatory in enumerate(edition.signatory):
        table.rows[0].cells[column].text = ("Personne de contact", "Administrateur ou administratrice")[
            column
        ]
        table.rows[1].cells[column].text = f"Nom, prénom : {_said(filled, signatory.name_question)}"
        table.rows[2].cells[column].text = f"Fonction : {_said(filled, signatory.function_question)}"
        cell = table.rows[3].cells[column]
        cell.text = "Signature :"
        if filled.signed[signatory.id]:
            _picture(cell.add_paragraph().add_run())


def sign_rows(document: Any, filled: Filled, edition: Edition) -> None:
    """One label column, one column for each person."""
    document.add_paragraph(f"Fait à {_said(filled, 's.place')}, le {_said(filled, 's.date')}")
    table = document.add_table(4, 3)
    table.style = "Table Grid"
    for column, title in enumerate(("", "La personne de contact", "L’administrateur·rice")):
        table.rows[0].cells[column].text = title
    for row, label in enumerate(("Nom, prénom", "Fonction", "Signature"), 1):
        table.rows[row].cells[0].text = label
    for column, signatory in enumerate(edition.signatory, 1):
        table.rows[1].cells[column].text = _said(filled, signatory.name_question)
        table.rows[2].cells[column].text = _said(filled, signatory.function_question)
        if filled.signed[signatory.id]:
            _picture(table.rows[3].cells[column].paragraphs[0].add_run())


def sign_stacked(document: Any, filled: Filled, edition: Edition) -> None:
    document.add_paragraph(f"Fait à : {_said(filled, 's.place')}")
    document.add_paragraph(f"Le : {_said(filled, 's.date')}")
    for title, signatory in zip(
        ("Pour la personne de contact", "Pour le conseil d’administration, un administrateur"),
        edition.signatory,
        strict=True,
    ):
        document.add_paragraph(title)
        document.add_paragraph(f"Nom, prénom : {_said(filled, signatory.name_question)}")
        document.add_paragraph(f"Fonction : {_said(filled, signatory.function_question)}")
        document.add_paragraph("Signature :")
        if filled.signed[signatory.id]:
            _picture(document.add_paragraph().add_run())


def sign_four_columns(document: Any, filled: Filled, edition: Edition) -> None:
    """Label and value, label and value, in each row."""
    document.add_paragraph(f"Fait à {_said(filled, 's.place')}")
    document.add_paragraph(f"Le {_said(filled, 's.date')}")
    table = document.add_table(3, 4)
    table.style = "Table Grid"
    for side, signatory in enumerate(edition.signatory):
        for row, label in enumerate(("Nom, prénom", "Fonction", "Signature")):
            table.rows[row].cells[2 * side].text = label
        table.rows[0].cells[2 * side + 1].text = _said(filled, signatory.name_question)
        table.rows[1].cells[2 * side + 1].text = _said(filled, signatory.function_question)
        if filled.signed[signatory.id]:
            _picture(table.rows[2].cells[2 * side + 1].paragraphs[0].add_run())


LAYOUTS: dict[str, Callable[[Filled, Edition], bytes]] = {}


def _layout(name: str, **writers: Any) -> None:
    LAYOUTS[name] = lambda filled, edition: _build(filled, edition, **writers)


_layout("lines", fields=fields_lines, open_question=open_below, grid=grid_numbers, sign=sign_tabs)
_layout("original", fields=fields_tight, open_question=open_bold_below, grid=grid_two_columns, sign=sign_tabs)
_layout("tables", fields=fields_table, open_question=open_row, grid=grid_crosses, sign=sign_table)
_layout("boxes", fields=fields_four_columns, open_question=open_boxed, grid=grid_shaded, sign=sign_rows)
_layout(
    "borderless",
    fields=fields_borderless,
    open_question=open_three_columns,
    grid=grid_boxes,
    sign=sign_stacked,
)
_layout("headed", fields=fields_headed, open_question=open_inline, grid=grid_out_of, sign=sign_four_columns)
_layout("dotted", fields=fields_dotted, open_question=open_dotted, grid=grid_bold, sign=sign_tabs)
_layout(
    "controls", fields=fields_controls, open_question=open_control, grid=grid_two_columns, sign=sign_table
)
_layout("ticked", fields=fields_ticked, open_question=open_list_numbered, grid=grid_boxes, sign=sign_stacked)
_layout("struck", fields=fields_struck, open_question=open_below, grid=grid_crosses, sign=sign_rows)
_layout("highlighted", fields=fields_highlighted, open_question=open_boxed, grid=grid_shaded, sign=sign_table)
_layout(
    "renumbered",
    fields=fields_below,
    open_question=open_renumbered,
    grid=grid_numbers,
    sign=sign_stacked,
    intro=False,
)
_layout(
    "shortened",
    fields=fields_shortened,
    open_question=open_shortened,
    grid=grid_out_of,
    sign=sign_tabs,
    intro=False,
)
_layout(
    "tabbed",
    fields=fields_tabs,
    open_question=open_inline,
    grid=grid_crosses,
    sign=sign_four_columns,
    titles=False,
)
_layout("numbers", fields=fields_lines, open_question=open_numbers_only, grid=grid_left, sign=sign_tabs)
