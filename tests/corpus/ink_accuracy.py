"""How well ink is told from what is none: `make accuracy-ink`. Words in type count as read, but for a few.

python -m tests.corpus.ink_accuracy [FIRST] [COUNT] [FOLDER OF CURSIVE FONTS]
"""

import sys
from collections import Counter
from pathlib import Path
from random import Random

from data.model import Box, Look
from parsers._scanned import _ink
from parsers._scanned._raster import Raster
from tests.corpus.make import signing

READ = {"clean": 0.98, "poor": 0.93, "fax": 0.95, "photo": 0.93}
"""How many words a reader of characters gets with confidence."""
POINTS = 72 / 25.4


def seen_at(place: signing.Place, pictures: list[tuple[Box, Look | None]]) -> str:
    """What a reader of the form would take the place for."""
    x0, top, x1, bottom = (side * POINTS for side in place.area)
    looks = {
        look
        for box, look in pictures
        if x0 - 6 <= (box.x0 + box.x1) / 2 <= x1 + 6 and top - 2 <= (box.top + box.bottom) / 2 <= bottom + 6
    }
    if Look.HAND in looks:
        return "signed"
    return "unclear" if looks else "missing"


def measure(first: int, count: int, fonts: list[Path]) -> dict[tuple[str, str], Counter[str]]:
    """Outcomes by scan and truth."""
    table: dict[tuple[str, str], Counter[str]] = {}
    for seed in range(first, first + count):
        scene = signing.scene(seed, signing.SCANS[seed % len(signing.SCANS)], fonts)
        rng, share = Random(seed), READ[scene.scan.split()[0]]
        printed = [Box(*(v * POINTS for v in word)) for word in scene.printed if rng.random() < share]
        found = _ink.find(Raster(scene.rgb, scene.dpi), printed, (), 1)
        pictures = [(picture.box, picture.look) for picture in found if picture.box]
        for place in scene.places:
            for key in ((scene.scan, place.truth), ("all", f"{place.truth}: {place.holds}")):
                table.setdefault(key, Counter())[seen_at(place, pictures)] += 1
    return table


def main() -> None:
    """Print the table."""
    first, count = (int(word) for word in [*sys.argv[1:3], "0", "120"][:2]) if len(sys.argv) > 2 else (0, 120)
    fonts = sorted(Path(sys.argv[3]).rglob("*.ttf")) if len(sys.argv) > 3 else []
    for (scan, truth), outcomes in sorted(measure(first, count, fonts).items()):
        told = ", ".join(f"{kind} {number}" for kind, number in outcomes.most_common())
        sys.stdout.write(f"{scan:10} {truth:26} {told}\n")


if __name__ == "__main__":
    main()
