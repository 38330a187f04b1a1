"""The place for signatures on paper, scanned or photographed, with what stands there.

Two places to sign, in five geometries; each bears ink, or something that is none. The page is drawn as
pixels, then goes through a scanner, a bad one, a fax or a telephone.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from random import Random

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from tests.corpus.make import pens

Page = NDArray[np.uint8]
Area = tuple[float, float, float, float]
"""Left, top, right, bottom in millimetres."""

SIGNED = (
    "ink",
    "ink",
    "ink",
    "ink",
    "initials",
    "ink over label",
    "ink over line",
    "ink and stamp",
    "ink and name",
)
UNSIGNED = ("blank", "blank", "typed", "dirt", "fold", "date", "name by hand")
DOUBTFUL = ("stamp", "cross", "script")
GEOMETRIES = ("columns", "cells", "dotted", "lines", "stacked")
SCANS = ("clean 150", "clean 200", "clean 300", "poor 200", "fax 200", "photo")
PEOPLE = (
    "Lambert Aïcha",
    "Marc Peeters",
    "Zoé Benali",
    "Nguyen Linh",
    "De Smet Jean-François",
    "Claire Van den Berg",
)
FUNCTIONS = ("Coordinatrice", "Directeur", "Administratrice", "Président", "Gérante", "Trésorier")
TYPE = "/usr/share/fonts/truetype/liberation2/"
FACES = ("LiberationSans-Regular.ttf", "LiberationSerif-Regular.ttf")


@dataclass(frozen=True, slots=True)
class Place:
    """Where one person signs, and what stands there."""

    area: Area
    holds: str
    name: str

    @property
    def truth(self) -> str:
        return "signed" if self.holds in SIGNED else "doubtful" if self.holds in DOUBTFUL else "unsigned"


@dataclass(frozen=True, slots=True)
class Scene:
    """A page and the truth about its places."""

    rgb: Page
    dpi: float
    places: tuple[Place, ...]
    geometry: str
    scan: str
    printed: tuple[Area, ...] = ()
    """Words in type, as a good reader of characters would place them."""


def scene(seed: int, scan: str | None = None, scripts: Sequence[Path] = ()) -> Scene:
    """A page by seed. `scripts` are files of cursive type; without any, no name is set in such."""
    rng = Random(f"signing {seed}")
    geometry = rng.choice(GEOMETRIES)
    scan = scan or rng.choice(SCANS)
    dpi = float(scan.split()[1]) if " " in scan else 200.0
    sheet = _Sheet(rng, dpi, rng.choice(FACES))
    kinds = [k for k in (*SIGNED, *SIGNED, *UNSIGNED, *DOUBTFUL) if scripts or k != "script"]
    places = []
    for side, area in enumerate(_laid_out(sheet, geometry)):
        holds = rng.choice(kinds)
        name = PEOPLE[(seed + side) % len(PEOPLE)]
        _fill(sheet, area, holds, name, geometry, scripts)
        places.append(Place(area, holds, name))
    return Scene(_scanned(sheet.page, scan, rng), dpi, tuple(places), geometry, scan, tuple(sheet.words))


class _Sheet:
    """A piece of a page: 210 millimetres wide, 130 high."""

    def __init__(self, rng: Random, dpi: float, face: str) -> None:
        self.rng, self.dpi, self.face = rng, dpi, face
        self.mm = dpi / 25.4
        self.words: list[Area] = []
        self.page: Page = np.full((round(130 * self.mm), round(210 * self.mm), 3), 255, np.uint8)
        self.by_hand = rng.random() < 0.3
        self.pen = rng.choice(list(pens.PENS.values()))

    def write(
        self,
        text: str,
        x: float,
        y: float,
        points: float = 11,
        face: str | None = None,
        ink: tuple[int, int, int] = (20, 20, 20),
    ) -> float:
        """Set type with its top left corner at a place; its width in millimetres."""
        font = ImageFont.truetype(face or TYPE + self.face, round(points * self.dpi / 72))
        _, _, right, bottom = (round(v) for v in font.getbbox(text))
        at = (round(x * self.mm), round(y * self.mm))
        part = self.page[at[1] : at[1] + bottom + 2, at[0] : at[0] + right + 2]
        image = Image.fromarray(part)
        ImageDraw.Draw(image).text((0, 0), text, font=font, fill=ink)
        part[...] = np.array(image)
        for word in re.finditer(r"[^\s.:]+", text):
            start, end = (x + font.getlength(text[:at]) / self.mm for at in word.span())
            _, above, _, below = (y + v / self.mm for v in font.getbbox(word[0]))
            self.words.append((start, above, end, below))
        return float(font.getlength(text)) / self.mm

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        ends = [(round(x * self.mm), round(y * self.mm)) for x, y in ((x0, y0), (x1, y1))]
        cv2.line(self.page, *ends, (40, 40, 40), max(1, round(0.2 * self.mm)))

    def draw(self, drawing: pens.Drawing, x: float, y: float, pen: pens.Pen | None = None) -> None:
        pens.draw(self.page, drawing, pen or self.pen, x, y, self.dpi, self.rng)

    def labelled(self, label: str, value: str, x: float, y: float) -> None:
        """A label and its value, typed or by hand."""
        at = x + self.write(label, x, y) + 2
        if self.by_hand and value:
            self.draw(
                pens.at_origin(pens.handwriting(self.rng, value, self.rng.uniform(2.8, 4.2))), at, y - 0.5
            )
        else:
            self.write(value, at, y)


def _laid_out(sheet: _Sheet, geometry: str) -> list[Area]:
    """Print the labels; where the two sign."""
    rng = sheet.rng
    sheet.write("ETAPE 3 – SIGNER LE DOSSIER", 22, 8, 13)
    sheet.write(
        "Le dossier de candidature doit être signé par la personne de contact pour COOPCITY", 22, 16, 10
    )
    sheet.labelled("Fait à", "Bruxelles", 22, 26)
    sheet.labelled("Le", f"{rng.randint(1, 13)}/09/2026", 22, 33)
    if geometry == "stacked":
        return [_column(sheet, 22, 42 + 43 * k, 100, 26, k) for k in range(2)]
    if geometry == "cells":
        for x, y in product((22, 105), (42, 49, 56)):
            sheet.labelled(
                ("Nom, prénom :", "Fonction :", "Signature :")[(y - 42) // 7],
                "" if y == 56 else _said(rng, y),
                x + 2,
                y + 1.5,
            )
        for y in (42, 49, 56, 96):
            sheet.rule(22, y, 188, y)
        for x in (22, 105, 188):
            sheet.rule(x, 42, x, 96)
        return [(23, 57, 104, 95), (106, 57, 187, 95)]
    return [_column(sheet, x, 44, 78, 34, k, geometry) for k, x in enumerate((22, 112))]


def _said(rng: Random, y: int) -> str:
    return rng.choice(PEOPLE if y == 42 else FUNCTIONS)


def _column(
    sheet: _Sheet, x: float, y: float, width: float, height: float, side: int, geometry: str = ""
) -> Area:
    rng = sheet.rng
    sheet.labelled("Nom, prénom :", PEOPLE[(side + rng.randrange(6)) % 6], x, y)
    sheet.labelled("Fonction :", rng.choice(FUNCTIONS), x, y + 6)
    sheet.write("Signature :", x, y + 12)
    if geometry == "dotted":
        sheet.write("." * 46, x, y + 26)
    elif geometry == "lines":
        sheet.rule(x, y + 34, x + 70, y + 34)
    return (x, y + 11, x + width, y + 12 + height)


def _fill(sheet: _Sheet, area: Area, holds: str, name: str, geometry: str, scripts: Sequence[Path]) -> None:
    rng = sheet.rng
    x0, y0, x1, y1 = area
    room = x1 - x0
    under = y0 + 7
    match holds:
        case "ink" | "ink over label" | "ink over line" | "ink and stamp" | "ink and name":
            drawing = pens.at_origin(pens.signature(rng, rng.uniform(26, min(56, room - 14))))
            _, _, width, height = pens.extent(drawing)
            x = x0 + rng.uniform(4, max(5, room - width - 4))
            y = under + rng.uniform(0, max(1, y1 - under - height))
            if holds == "ink over label":
                x, y = x0 + rng.uniform(2, 12), y0 - rng.uniform(-2, 3)
            if holds == "ink over line" and geometry in {"dotted", "lines"}:
                y = y0 + (15 if geometry == "dotted" else 23) - height * rng.uniform(0.3, 0.8)
            if holds == "ink and stamp":
                _stamp(sheet, x0 + rng.uniform(8, 30), under)
            if holds == "ink and name":
                sheet.write(name, x0 + 6, under + 2)
            sheet.draw(drawing, x, y, rng.choice(list(pens.PENS.values())))
        case "initials":
            sheet.draw(
                pens.at_origin(pens.initials(rng, rng.uniform(9, 15))), x0 + rng.uniform(6, 40), under + 1
            )
        case "typed":
            sheet.write(name, x0 + rng.uniform(2, 10), under + 3, rng.choice((11, 12, 16)))
        case "script":
            sheet.write(
                name,
                x0 + rng.uniform(2, 10),
                under + 2,
                rng.choice((14, 18, 22, 26)),
                str(rng.choice(scripts)),
            )
        case "stamp":
            _stamp(sheet, x0 + rng.uniform(4, 30), under)
        case "cross":
            sheet.draw(pens.at_origin(pens.cross(rng, rng.uniform(4, 9))), x0 + rng.uniform(8, 40), under + 3)
        case "date":
            written = pens.handwriting(rng, f"{rng.randint(1, 13)}/09/2026", rng.uniform(3, 5))
            sheet.draw(pens.at_origin(written), x0 + rng.uniform(4, 20), under + 3)
        case "name by hand":
            written = pens.handwriting(rng, name, rng.uniform(3, 4.5))
            sheet.draw(pens.at_origin(written), x0 + rng.uniform(2, 8), under + 3)
        case "dirt":
            for _ in range(rng.randint(3, 25)):
                spot = (round(rng.uniform(x0, x1) * sheet.mm), round(rng.uniform(under, y1) * sheet.mm))
                cv2.circle(sheet.page, spot, round(rng.uniform(0.1, 0.7) * sheet.mm), (70, 70, 70), -1)
        case "fold":
            y = rng.uniform(under, y1)
            ends = [
                (0, round(y * sheet.mm)),
                (sheet.page.shape[1], round((y + rng.uniform(-2, 2)) * sheet.mm)),
            ]
            cv2.line(sheet.page, *ends, (205, 205, 205), max(1, round(0.4 * sheet.mm)))


def _stamp(sheet: _Sheet, x: float, y: float) -> None:
    """A company's stamp: round or framed or plain, a little crooked, unevenly inked."""
    rng = sheet.rng
    ink = rng.choice(((40, 50, 130), (150, 40, 60), (40, 40, 46), (60, 30, 120)))
    rows = ("LES ATELIERS DU CANAL", "Rue des Tanneurs 12", "1000 Bruxelles", "0419.618.535")
    size = (round(30 * sheet.mm), round(52 * sheet.mm))
    plate = np.full((*size, 3), 255, np.uint8)
    shape = rng.choice(("frame", "round", "plain"))
    image = Image.fromarray(plate)
    pen = ImageDraw.Draw(image)
    line = max(1, round(0.4 * sheet.mm))
    if shape == "frame":
        pen.rectangle((2, 2, size[1] - 4, round(24 * sheet.mm)), outline=ink, width=line)
    elif shape == "round":
        pen.ellipse(
            (round(9 * sheet.mm), 1, round(38 * sheet.mm), round(29 * sheet.mm)), outline=ink, width=line
        )
    for number, row in enumerate(rows):
        points = 7 if shape == "round" else 9
        font = ImageFont.truetype(TYPE + "LiberationSans-Bold.ttf", round(points * sheet.dpi / 72))
        left = (23.5 * sheet.mm - font.getlength(row) / 2) if shape == "round" else 3 * sheet.mm
        pen.text(
            (left, (3 + (4 if shape == "round" else 0) + number * (4 if shape == "round" else 5)) * sheet.mm),
            row,
            font=font,
            fill=ink,
        )
    turn = cv2.getRotationMatrix2D((size[1] / 2, size[0] / 2), rng.uniform(-9, 9), 0.9)
    plate = cv2.warpAffine(np.array(image), turn, size[::-1], borderValue=(255, 255, 255))
    faint = np.random.default_rng(rng.randrange(2**32)).uniform(0.5, 1, (size[0] // 6 + 1, size[1] // 6 + 1))
    weight = cv2.resize(faint.astype(np.float32), size[::-1])[..., None]
    top, left = round(y * sheet.mm), round(x * sheet.mm)
    part = sheet.page[top : top + size[0], left : left + size[1]]
    paper = part.astype(np.float32)
    stamped = np.minimum(
        paper,
        255 - (255 - plate[: part.shape[0], : part.shape[1]]) * weight[: part.shape[0], : part.shape[1]],
    )
    part[...] = stamped.astype(np.uint8)


# ---------------------------------------------------------------- scanners


def _scanned(page: Page, scan: str, rng: Random) -> Page:
    noise = np.random.default_rng(rng.randrange(2**32))
    lens: dict[str, Callable[[Page], Page]] = {
        "clean": lambda p: _jpeg(_grain(cv2.GaussianBlur(p, (0, 0), 0.6), noise, 3), 85),
        "poor": lambda p: _jpeg(
            _specks(_grain(_grey(_tilted(cv2.GaussianBlur(p, (0, 0), 1.1), rng)), noise, 9), noise), 55
        ),
        "fax": lambda p: _one_bit(_grain(cv2.GaussianBlur(p, (0, 0), 0.7), noise, 6)),
        "photo": lambda p: _jpeg(
            _grain(_lit(cv2.GaussianBlur(_tilted(p, rng), (0, 0), 1.2), rng), noise, 6), 62
        ),
    }
    return lens[scan.split()[0]](page)


def _tilted(page: Page, rng: Random) -> Page:
    """A rest of slant that straightening leaves."""
    height, width = page.shape[:2]
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-0.3, 0.3), 1)
    return np.asarray(cv2.warpAffine(page, turn, (width, height), borderValue=(255, 255, 255)), np.uint8)


def _grain(page: Page, noise: np.random.Generator, sigma: float) -> Page:
    return np.clip(page + noise.normal(0, sigma, page.shape[:2])[..., None], 0, 255).astype(np.uint8)


def _grey(page: Page) -> Page:
    """Grey paper, pale ink."""
    return (page.astype(np.float32) * 0.72 + 52).astype(np.uint8)


def _specks(page: Page, noise: np.random.Generator) -> Page:
    for y, x in zip(
        noise.integers(0, page.shape[0], 150), noise.integers(0, page.shape[1], 150), strict=True
    ):
        cv2.circle(page, (int(x), int(y)), int(noise.integers(1, 3)), (90, 90, 90), -1)
    return page


def _one_bit(page: Page) -> Page:
    grey = cv2.cvtColor(page, cv2.COLOR_RGB2GRAY)
    return np.asarray(cv2.cvtColor(((grey > 168) * 255).astype(np.uint8), cv2.COLOR_GRAY2RGB), np.uint8)


def _lit(page: Page, rng: Random) -> Page:
    """Light from one side, warm, with the shadow of a hand."""
    height, width = page.shape[:2]
    across, down = np.meshgrid(np.linspace(0, 1, width), np.linspace(0, 1, height))
    light = 0.62 + 0.36 * (rng.random() * across + rng.random() * down)
    x, y, r = rng.random(), rng.random(), rng.uniform(0.2, 0.5)
    light -= 0.14 / (1 + np.exp((np.hypot(across - x, down - y) - r) * 30))
    warm = np.array([1.0, 0.98, 0.93])
    return np.clip(page * light[..., None] * warm, 0, 255).astype(np.uint8)


def _jpeg(page: Page, quality: int) -> Page:
    _, packed = cv2.imencode(".jpg", page[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(packed, cv2.IMREAD_COLOR)[..., ::-1], np.uint8)
