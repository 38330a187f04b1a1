"""What the tests of the readers share."""

import hashlib
import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from docx import Document as new_document
from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.edition import Edition, load, shipped
from data.model import Address, Answer, Attachment, Document, Envelope, Submission
from parsers import text
from parsers._answered import _form

STATUTES = (
    "STATUTS COORDONNÉS",
    "Titre I – Dénomination, siège social, but",
    "Article 1. L'association est dénommée « Les Ateliers du Canal ».",
    "Article 2. Le siège social est établi en Région de Bruxelles-Capitale.",
    "Article 3. L'assemblée générale se compose des membres effectifs.",
)
REPORT = (
    "RAPPORT D'ACTIVITÉS 2025",
    "Les Ateliers du Canal",
    "Chiffres clés",
    "Nos activités : au cours de l'année 2025, 300 participants aux ateliers.",
)
CV = (
    "Aïcha Lambert",
    "Curriculum vitae",
    "Expérience professionnelle",
    "2019 – 2025 : coordinatrice",
    "Formation",
    "Langues et compétences",
)


def accounts(year: int) -> tuple[str, ...]:
    """A small association's accounts."""
    return (
        "COMPTES ANNUELS",
        f"Exercice clôturé le 31/12/{year}",
        "ACTIF",
        "Immobilisations corporelles 12.000",
        "PASSIF",
        "Fonds social 10.000",
        "COMPTE DE RÉSULTATS",
        "Charges 100.000, produits 101.000",
    )


@pytest.fixture(scope="session")
def edition() -> Edition:
    """The edition that is open."""
    return load(shipped()["blossom-2026"])


def read(content: bytes) -> Document:
    """What a reader makes of a file that can be read."""
    reading = parsers.read(content)
    assert isinstance(reading, Document), reading
    return reading


def a_word_file(*paragraphs: str) -> bytes:
    """A .docx with these paragraphs."""
    document = new_document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def a_pdf(*pages: tuple[str, ...], size: tuple[float, float] = A4) -> bytes:
    """A PDF with these lines on its pages."""
    out = io.BytesIO()
    canvas = Canvas(out, pagesize=size)
    for rows in pages:
        for number, row in enumerate(rows):
            canvas.drawString(60, size[1] - 42 - 16 * number, row)
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def an_attachment(name: str, content: bytes) -> Attachment:
    """A file of a mail."""
    return Attachment(name, "application/octet-stream", content, hashlib.sha256(content).hexdigest())


@pytest.fixture
def a_mail() -> Callable[..., Submission]:
    """A builder of mails: ``a_mail(attachment, …, text=…, subject=…, day=…)``."""

    def build(
        *attachments: Attachment,
        text: str = "Bonjour, voici notre dossier.",
        subject: str = "Dossier de candidature – COOPCITY 2026 – Les Ateliers du Canal",
        day: int = 10,
    ) -> Submission:
        sender = Address("Aïcha Lambert", "aicha@example.org")
        to = (Address("", "info@coopcity.be"),)
        envelope = Envelope(None, None, (), sender, None, to, subject, None, text, attachments)
        return Submission(f"mail of day {day}", datetime(2026, 9, day, 8, tzinfo=UTC), envelope)

    return build


def a_plain_form(edition: Edition, said: dict[str, str], dropped: tuple[str, ...] = ()) -> dict[str, Answer]:
    """Answers of a plain form in which only these questions are answered."""
    rows: list[str] = []
    for section in edition.section:
        rows.append(section.title)
        for question in section.question:
            if section.id == "s" or question.id in dropped:
                continue
            wording = question.wording.removesuffix(": oui/non").rstrip(" :")
            answer = said.get(question.id, "")
            if section.id in {"a1", "a2"}:
                rows.append(f"- {wording} : {answer}")
            else:
                rows += [f"{question.number or ''}. {wording}", *answer.split("\n")]
    return dict(_form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers)
