"""Pages of PDFs that ask a form's questions, to draw on."""

import io

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

ASKING = (
    "Nom : Zoé",
    "Qui êtes-vous aujourd'hui ?",
    "Que faites-vous ici ?",
    "Pourquoi maintenant ?",
    "Où allez-vous ?",
)


def a_canvas() -> tuple[Canvas, io.BytesIO]:
    out = io.BytesIO()
    return Canvas(out, pagesize=A4), out


def asking(canvas: Canvas) -> None:
    for number, row in enumerate(ASKING):
        canvas.drawString(60, 700 - 20 * number, row)
