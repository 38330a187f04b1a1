"""Pages pasted into a Word or OpenDocument file as pictures."""

import io

import numpy as np
from docx import Document as new_document
from docx.shared import Mm
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

import parsers
from data.edition import Edition
from data.model import PageSource, SignatureState
from tests.parsers.accuracy import convert
from tests.parsers.conftest import an_attachment, read
from tests.parsers.layouts import signature_png
from tests.parsers.scans import NEEDS_FRENCH, Pixels, drawn, pixels, recognised
from tests.parsers.test_assemble import Mail

A5 = (420.0, 595.0)


def _jpeg(picture: Pixels) -> bytes:
    out = io.BytesIO()
    Image.fromarray(picture).save(out, "JPEG", quality=85)
    return out.getvalue()


def _signed_page(canvas: Canvas) -> None:
    rows = ("ETAPE 3 – SIGNER LE DOSSIER", "Fait à Ixelles", "Le 8 septembre 2026")
    for row, words in enumerate(rows):
        canvas.drawString(40, 540 - 30 * row, words)
    for x, name in ((40, "Lambert, Aïcha"), (230, "Peeters, Marc")):
        for row, words in enumerate(("Nom, prénom", name, "Fonction", "Membre", "Signature")):
            canvas.drawString(x, 430 - 24 * row, words)
    canvas.drawImage(ImageReader(io.BytesIO(signature_png())), 40, 260, 120, 50)


def _word(*pictures: tuple[bytes, int], text: tuple[str, ...] = ()) -> bytes:
    form = new_document()
    for words in text:
        form.add_paragraph(words)
    for picture, width in pictures:
        form.add_picture(io.BytesIO(picture), width=Mm(width))
    out = io.BytesIO()
    form.save(out)
    return out.getvalue()


def test_pictures_of_pages_wait_to_be_recognised() -> None:
    """A sheet as wide as the text is a page; a small picture is none, nor is a photo of something."""
    sheet = _jpeg(pixels(drawn(_signed_page, A5))[0])
    photo = _jpeg(np.random.default_rng(1).integers(0, 255, (1200, 900, 3), np.uint8))
    document = read(
        _word((sheet, 150), (sheet, 150), (photo, 150), (_jpeg(pixels(drawn(_signed_page))[0]), 60))
    )

    assert parsers.pages_to_recognise(document) == [2]
    assert document.pages[1].source is PageSource.NONE


def test_an_odt_has_pictures_of_pages_too() -> None:
    """LibreOffice keeps what Word had pasted."""
    sheet = _jpeg(pixels(drawn(_signed_page, A5))[0])

    assert len(parsers.pages_to_recognise(read(convert(_word((sheet, 150)), "odt")))) == 1


@NEEDS_FRENCH
def test_a_signed_page_pasted_behind_a_form_signs_it(edition: Edition, a_mail: Mail) -> None:
    """The form's own places are blank; its last page was printed, signed, and pasted as a picture."""
    rows = [
        line for q in edition.questions.values() if q.id[:2] in {"a2", "b."} for line in (q.wording, "dit")
    ]
    blank = ("ETAPE 3 – SIGNER LE DOSSIER", "Fait à", "Le", "Nom, prénom", "Fonction", "Signature")
    content = _word((_jpeg(pixels(drawn(_signed_page, A5))[0]), 150), text=(*rows, *blank))

    dossier = parsers.assemble([a_mail(an_attachment("form.docx", content))], edition, recognised)

    assert dossier.answers["b.3"].value == "dit"
    assert dossier.answers["s.place"].value == "Ixelles"
    signed = [dossier.signatures[role].state for role in ("contact", "administrator")]
    assert signed == [SignatureState.SIGNED, SignatureState.MISSING]
