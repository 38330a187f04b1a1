"""A company's stamp, as it lies beside or instead of a signature."""

import io
from collections.abc import Sequence
from random import Random

import numpy as np
from PIL import Image, ImageDraw, ImageFont

COLOURS = ((28, 44, 138), (86, 40, 128), (22, 22, 26), (176, 30, 40))


def stamp(name: str, rows: Sequence[str], dpi: int = 200) -> bytes:
    """A PNG without paper, of some 45 mm: framed, round or bare; worn, a little turned."""
    lot = Random(f"stamp {name}")
    worn = _worn(_printed([name, *rows], lot, dpi), lot)
    covered = worn.rotate(lot.uniform(-9, 9), Image.Resampling.BICUBIC, expand=True)
    image = Image.new("RGBA", covered.size, (*lot.choice(COLOURS), 0))
    image.putalpha(covered)
    held = io.BytesIO()
    image.save(held, "PNG")
    return held.getvalue()


def _printed(rows: Sequence[str], lot: Random, dpi: int) -> Image.Image:
    shape = lot.choice(("round", "framed", "bare"))
    size = (dpi * 3 // 2, dpi * 3 // 2) if shape == "round" else (dpi * 9 // 5, dpi)
    image = Image.new("L", size, 0)
    pen, font = ImageDraw.Draw(image), ImageFont.load_default(dpi // 11)
    if shape == "round":
        for inset in (4, 20):
            pen.ellipse((inset, inset, size[0] - inset, size[1] - inset), outline=230, width=4)
    elif shape == "framed":
        pen.rectangle((4, 4, size[0] - 5, size[1] - 5), outline=230, width=4)
    step = size[1] * 0.55 / max(1, len(rows) - 1)
    for number, row in enumerate(rows):
        pen.text((size[0] / 2, size[1] * 0.23 + step * number), row, 235, font, anchor="mm")
    return image


def _worn(image: Image.Image, lot: Random) -> Image.Image:
    wear = np.random.default_rng(lot.randrange(2**31)).uniform(0.35, 1, image.size[::-1])
    return Image.fromarray((np.asarray(image, np.float32) * wear).astype(np.uint8))
