"""The annexes of an invented applicant: statutes, activity report, accounts, CV, as PDF or Word.

They look like what such structures really send: statutes after the Code des sociétés et des
associations, accounts after the National Bank's micro model, or for a very small ASBL the statement of
receipts and expenses with that of its assets.
"""

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

import pypdfium2
from docx import Document
from PIL import Image, ImageDraw
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, Spacer, Table

from desk.demo.forms import WIDTH, paragraph, pdf_bytes, word_bytes
from desk.demo.people import Applicant, day

SCAN_DPI = 150
ENCRYPTION_BITS = 128


@dataclass(frozen=True, slots=True)
class Rows:
    """A table: the first column of words, the others of figures."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Title:
    text: str


Block = str | Title | Rows


@dataclass(frozen=True, slots=True)
class Paper:
    """A document before it has a format."""

    title: str
    subtitle: str
    blocks: tuple[Block, ...]


# ---------------------------------------------------------------- what they say


def statutes(applicant: Applicant) -> Paper:
    """Coordinated statutes, in the articles that the Code asks for."""
    company = "ASBL" not in applicant.legal_form
    member, shares = (
        ("coopérateur ou coopératrice", "actions") if company else ("membre effectif", "cotisations")
    )
    seat = f"Le siège est établi en Région de Bruxelles-Capitale, {applicant.street} à {applicant.town}."
    articles = (
        (
            "Dénomination et forme",
            f"La structure est constituée sous la forme : {applicant.legal_form}. Elle est dénommée «"
            f" {applicant.name} »."
            " Tous les actes, factures, annonces et publications mentionnent cette dénomination, la forme"
            " légale,"
            f" l'adresse du siège et le numéro d'entreprise {applicant.number}.",
        ),
        (
            "Siège",
            f"{seat} L'organe d'administration peut le déplacer au sein de la même Région linguistique.",
        ),
        ("But et objet", applicant.purpose),
        (
            "Durée",
            "La structure est constituée pour une durée indéterminée. Elle peut être dissoute à tout moment.",
        ),
        (
            "Membres" if not company else "Apports et actions",
            f"Est {member} toute personne physique ou morale qui adhère au but et est admise par l'organe"
            f" d'administration. Le registre est tenu au siège. Le montant des {shares} est fixé par"
            f" l'assemblée.",
        ),
        (
            "Assemblée générale",
            "L'assemblée générale se réunit au moins une fois par an, dans les six mois de la clôture de"
            " l'exercice."
            " Chaque personne y dispose d'une voix. Les décisions sont prises à la majorité simple, sauf"
            " dans les cas"
            " où la loi ou les présents statuts en décident autrement.",
        ),
        (
            "Organe d'administration",
            "L'organe d'administration compte au moins trois personnes, nommées pour quatre ans et"
            " rééligibles."
            f" À la date de la coordination, {applicant.administrator.name} y siège. Les mandats sont"
            f" gratuits.",
        ),
        (
            "Gestion journalière et représentation",
            "L'organe d'administration peut déléguer la gestion journalière. La structure est valablement"
            " engagée par"
            " la signature conjointe de deux administrateurs ou administratrices.",
        ),
        (
            "Exercice social et comptes annuels",
            "L'exercice social commence le 1er janvier et se termine le 31 décembre. Les comptes de"
            " l'exercice écoulé"
            " et le budget de l'exercice suivant sont soumis à l'approbation de l'assemblée générale"
            " ordinaire.",
        ),
        (
            "Affectation du bénéfice",
            "Le bénéfice éventuel est affecté au but de la structure. Aucun avantage patrimonial n'est"
            " distribué,"
            " hors les limites que la loi fixe aux entreprises sociales agréées."
            if company
            else "La structure ne distribue ni ne procure aucun avantage patrimonial à ses membres.",
        ),
        (
            "Dissolution et liquidation",
            "En cas de dissolution, l'actif net est affecté à une structure dont le but est le plus"
            " proche possible.",
        ),
    )
    blocks: list[Block] = [
        f"Texte coordonné des statuts, acte constitutif du {day(applicant.created_on)}, publié aux annexes du"
        f" Moniteur belge. Numéro d'entreprise : {applicant.number}."
    ]
    for number, (title, text) in enumerate(articles, 1):
        blocks += [Title(f"Article {number}. – {title}"), text]
    blocks.append(f"Fait à Bruxelles, pour coordination conforme, {applicant.administrator.name}.")
    return Paper("STATUTS COORDONNÉS", f"{applicant.name} – {applicant.legal_form}", tuple(blocks))


def activity_report(applicant: Applicant, year: int = 2025) -> Paper:
    """The report on a year: what was done, in words and figures."""
    lot = Random(f"{applicant.key}/{year}")  # noqa: S311 - invented figures
    people = lot.randrange(180, 900)
    figures = Rows(
        (
            ("Chiffres clés", str(year - 1), str(year)),
            ("Personnes touchées", str(round(people * 0.86)), str(people)),
            (
                "Équivalents temps plein au 31 décembre",
                applicant.answers["a1.fte"],
                applicant.answers["a1.fte"],
            ),
            ("Bénévoles actifs et actives", str(lot.randrange(6, 30)), str(lot.randrange(8, 36))),
            (
                "Produits de l'année (en euros)",
                _euros(round(applicant.turnover * 0.91)),
                _euros(applicant.turnover),
            ),
        )
    )
    blocks: list[Block] = [
        Title("Le mot de l'équipe"),
        f"L'année {year} a été pour {applicant.name} une année de travail patient. Ce rapport"
        f" d'activités, présenté à"
        f" l'assemblée générale, en retrace les étapes, avec ce qui a réussi et ce qui reste à faire.",
        Title(f"Nos activités en {year}"),
        *applicant.deeds,
        Title("L'année en chiffres"),
        figures,
        Title("Nos publics"),
        applicant.answers["b.3"],
        Title("Perspectives"),
        f"En {year + 1}, nous voulons consolider ce qui existe. {applicant.answers['b.10']}",
        f"Rapport approuvé par l'assemblée générale. {applicant.administrator.name},"
        f" {applicant.administrator.function}.",
    ]
    return Paper(f"RAPPORT D'ACTIVITÉS {year}", applicant.name, tuple(blocks))


def accounts(applicant: Applicant, year: int) -> Paper:
    """The accounts of one financial year, closed on 31 December."""
    return _receipts_and_expenses(applicant, year) if applicant.small else _micro_model(applicant, year)


def _growth(applicant: Applicant, year: int) -> int:
    """The turnover of a year, from that of 2025."""
    return round(applicant.turnover * 1.09 ** (year - 2025))


def _receipts_and_expenses(applicant: Applicant, year: int) -> Paper:
    total = _growth(applicant, year)
    receipts = {
        "Cotisations": 0.03,
        "Dons et legs": 0.11,
        "Subsides": 0.52,
        "Ventes et autres recettes": 0.34,
    }
    expenses = {
        "Marchandises": 0.12,
        "Rémunérations": 0.55,
        "Services et biens divers": 0.27,
        "Autres dépenses": 0.03,
    }
    at_bank = round(total * 0.18)
    wealth = (
        ("Immeubles", 0),
        ("Machines et matériel", round(total * 0.06)),
        ("Créances", round(total * 0.04)),
    )
    blocks: tuple[Block, ...] = (
        f"{applicant.name}, {applicant.legal_form}, {applicant.street}, {applicant.town}. Numéro"
        f" d'entreprise :"
        f" {applicant.number}. Comptabilité simplifiée d'une petite association (article 3:47, § 2, du"
        f" Code des"
        " sociétés et des associations).",
        f"Exercice couvrant la période du 1er janvier {year} au 31 décembre {year}.",
        Title("Recettes"),
        _shares(total, receipts, "TOTAL DES RECETTES"),
        Title("Dépenses"),
        _shares(total, expenses, "TOTAL DES DÉPENSES"),
        Title(f"État du patrimoine au 31 décembre {year}"),
        Rows(
            (
                ("Avoirs", "Montant (EUR)"),
                *((name, _euros(amount)) for name, amount in wealth),
                ("Valeurs disponibles", _euros(at_bank)),
                ("Dettes financières", _euros(round(total * 0.03))),
            )
        ),
        f"Approuvé par l'assemblée générale ordinaire du 14 mai {year + 1}.",
    )
    return Paper("ÉTAT DES RECETTES ET DES DÉPENSES", f"{applicant.name} – exercice {year}", blocks)


def _shares(total: int, shares: dict[str, float], last: str) -> Rows:
    amounts = {name: round(total * share) for name, share in shares.items()}
    lines = ((name, _euros(amount)) for name, amount in amounts.items())
    return Rows((("", "Montant (EUR)"), *lines, (last, _euros(sum(amounts.values())))))


def _micro_model(applicant: Applicant, year: int) -> Paper:
    """After the model of the National Bank, with its codes and both columns."""
    now, before = (_balance(_growth(applicant, y)) for y in (year, year - 1))
    model = "MIC-asbl" if "ASBL" in applicant.legal_form else "MIC-cap"

    def side(*codes: tuple[str, str]) -> Rows:
        lines = ((name, code, _euros(now[code]), _euros(before[code])) for name, code in codes)
        return Rows((("", "Codes", "Exercice", "Exercice précédent"), *lines))

    blocks: tuple[Block, ...] = (
        f"DÉNOMINATION : {applicant.name} – Forme juridique : {applicant.legal_form} – Adresse :"
        f" {applicant.street},"
        f" {applicant.town} – Numéro d'entreprise : {applicant.number} – Modèle {model}.",
        f"Comptes annuels en euros approuvés par l'assemblée générale du 28-05-{year + 1}.",
        f"Exercice couvrant la période du 01-01-{year} au 31-12-{year}.",
        f"Exercice précédent du 01-01-{year - 1} au 31-12-{year - 1}.",
        Title("BILAN APRÈS RÉPARTITION – ACTIF"),
        side(
            ("ACTIFS IMMOBILISÉS", "21/28"),
            ("Immobilisations corporelles", "22/27"),
            ("ACTIFS CIRCULANTS", "29/58"),
            ("Stocks et commandes en cours d'exécution", "3"),
            ("Créances à un an au plus", "40/41"),
            ("Valeurs disponibles", "54/58"),
            ("TOTAL DE L'ACTIF", "20/58"),
        ),
        Title("BILAN APRÈS RÉPARTITION – PASSIF"),
        side(
            ("CAPITAUX PROPRES" if model == "MIC-cap" else "FONDS SOCIAL", "10/15"),
            ("Résultat reporté", "14"),
            ("DETTES", "17/49"),
            ("Dettes à un an au plus", "42/48"),
            ("TOTAL DU PASSIF", "10/49"),
        ),
        Title("COMPTE DE RÉSULTATS"),
        side(
            ("Marge brute", "9900"),
            ("Rémunérations, charges sociales et pensions", "62"),
            ("Amortissements", "630"),
            ("Autres charges d'exploitation", "640/8"),
            ("Bénéfice (Perte) d'exploitation", "9901"),
            ("Charges financières", "65"),
            ("Bénéfice (Perte) de l'exercice", "9904"),
        ),
    )
    title = "COMPTES ANNUELS ET AUTRES DOCUMENTS À DÉPOSER EN VERTU DU CODE DES SOCIÉTÉS ET DES ASSOCIATIONS"
    return Paper(title, f"{applicant.name} – exercice {year}", blocks)


def _balance(turnover: int) -> dict[str, int]:
    """Figures that add up, by the National Bank's code."""
    shares = {"22/27": 0.21, "3": 0.06, "40/41": 0.12, "54/58": 0.24, "14": 0.07, "10/15": 0.34}
    b = {code: round(turnover * share) for code, share in shares.items()}
    b["21/28"], b["29/58"] = b["22/27"], b["3"] + b["40/41"] + b["54/58"]
    b["20/58"] = b["10/49"] = b["21/28"] + b["29/58"]
    b["17/49"] = b["42/48"] = b["10/49"] - b["10/15"]
    b |= {"9900": round(turnover * 0.71), "62": round(turnover * 0.6), "630": round(turnover * 0.05)}
    b["640/8"], b["65"] = round(turnover * 0.02), round(turnover * 0.006)
    b["9901"] = b["9900"] - b["62"] - b["630"] - b["640/8"]
    b["9904"] = b["9901"] - b["65"]
    return b


def cv(applicant: Applicant) -> Paper:
    """Of the contact person."""
    blocks: list[Block] = [
        f"{applicant.contact.function} chez {applicant.name} – {applicant.email} – {applicant.phone}",
        Title("Expérience professionnelle"),
        *applicant.career[:-1],
        Title("Formation"),
        applicant.career[-1],
        Title("Langues"),
        Rows(
            (
                ("Langue", "Niveau"),
                ("Français", "langue maternelle"),
                ("Néerlandais", "B2"),
                ("Anglais", "C1"),
            )
        ),
        Title("Compétences"),
        "Coordination d'équipe, budgets et subsides, animation de réunions, partenariats, comptabilité de"
        " base.",
    ]
    return Paper("CURRICULUM VITAE", applicant.contact.name, tuple(blocks))


def _euros(amount: int) -> str:
    """« 184.300 », as Belgian accounts print."""
    return f"{amount:,}".replace(",", ".")


# ---------------------------------------------------------------- how they look

_TITLE = ParagraphStyle("paper", fontName="Times-Bold", fontSize=15, leading=19, spaceAfter=4)
_UNDER = ParagraphStyle("under", fontName="Times-Italic", fontSize=11.5, leading=15, spaceAfter=12)
_HEAD = ParagraphStyle(
    "head", fontName="Times-Bold", fontSize=11.5, leading=15, spaceBefore=8, keepWithNext=True
)
_TEXT = ParagraphStyle("text", fontName="Times-Roman", fontSize=10.5, leading=14, spaceAfter=4)


def as_pdf(paper: Paper, *, password: str | None = None) -> bytes:
    """Lay a paper out; with a password, encrypt it."""
    flow: list[Flowable] = [paragraph(paper.title, _TITLE), paragraph(paper.subtitle, _UNDER)]
    for block in paper.blocks:
        flow += _flowables(block)
    lock = {"encrypt": StandardEncryption(password, strength=ENCRYPTION_BITS)} if password else {}
    return pdf_bytes(flow, f"{paper.title} – {paper.subtitle}", **lock)


def _flowables(block: Block) -> Iterator[Flowable]:
    match block:
        case str():
            yield paragraph(block, _TEXT)
        case Title():
            yield paragraph(block.text, _HEAD)
        case Rows():
            yield _figures(block.rows)
            yield Spacer(0, 8)


def _figures(rows: Sequence[Sequence[str]]) -> Flowable:
    narrow = 32 * mm
    widths = (WIDTH - narrow * (len(rows[0]) - 1), *[narrow] * (len(rows[0]) - 1))
    style: list[Any] = [
        ("FONT", (0, 0), (-1, -1), "Times-Roman", 10),
        ("FONT", (0, 0), (-1, 0), "Times-Bold", 10),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("LINEBELOW", (0, 0), (-1, 0), 0.8, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 0.8, colors.black),
        ("TOPPADDING", (0, 0), (-1, -1), 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 2),
    ]
    return Table(rows, widths, style=style)


def as_text(paper: Paper) -> bytes:
    """The same paper as plain text, a line each."""
    lines = [paper.title, paper.subtitle]
    for block in paper.blocks:
        match block:
            case str():
                lines.append(block)
            case Title():
                lines.append(block.text)
            case Rows():
                lines += ["\t".join(row) for row in block.rows]
    return "\n".join(lines).encode()


def as_word(paper: Paper) -> bytes:
    """The same paper as .docx."""
    document = Document()
    document.add_heading(paper.title, 0)
    document.add_paragraph(paper.subtitle)
    for block in paper.blocks:
        match block:
            case str():
                document.add_paragraph(block)
            case Title():
                document.add_heading(block.text, 2)
            case Rows():
                table = document.add_table(len(block.rows), len(block.rows[0]), style="Light Grid Accent 1")
                for row, texts in zip(table.rows, block.rows, strict=True):
                    for cell, text in zip(row.cells, texts, strict=True):
                        cell.text = text
    return word_bytes(document)


def as_scan(pdf: bytes, spilt_on: str) -> bytes:
    """What comes out of the office copier: grey pictures of the pages, a little askew, and no text.

    Coffee lay on the words `spilt_on` wherever they stand: nobody reads them any more.
    """
    held = io.BytesIO()
    canvas = Canvas(held, pagesize=A4, invariant=1)
    lot = Random(len(pdf))  # noqa: S311 - how the sheet lay
    document = pypdfium2.PdfDocument(pdf)
    for page in document:
        sheet = page.render(scale=SCAN_DPI / 72, grayscale=True).to_pil()
        _spill(sheet, page, spilt_on)
        askew = sheet.rotate(lot.uniform(-0.7, 0.7), fillcolor=250, resample=2)
        picture = io.BytesIO()
        askew.save(picture, "JPEG", quality=55)
        canvas.drawImage(ImageReader(picture), 0, 0, *A4)
        canvas.showPage()
    document.close()
    canvas.save()
    return held.getvalue()


def _spill(sheet: Image.Image, page: pypdfium2.PdfPage, words: str) -> None:
    """Dark drops on the words, close enough to leave no letter whole."""
    text = page.get_textpage()
    found = text.search(words, match_case=True).get_next()
    if found is None:
        return
    start, length = found
    boxes = [text.get_charbox(at) for at in range(start, start + length)]
    pen = ImageDraw.Draw(sheet)
    size = SCAN_DPI / 72
    for left, bottom, right, top in boxes:
        x, y, drop = (left + right) / 2 * size, sheet.height - (bottom + top) / 2 * size, 7 * size
        pen.ellipse((x - drop, y - drop, x + drop, y + drop), fill=70)
