"""Two pictures for the digest, and the same in words: when applications arrived, and what they lack.

PNG, the same bytes for the same input; the words stand in the letter's text part and are what a screen
reader says. matplotlib takes a second to load, so it is imported where it draws. Its axes, which find out
by themselves what is known here, take twice as long as all that they show: bars and words are placed by hand.
"""

import io
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from data.edition import Edition
from data.model import Application
from notifier._french import DAYS, count, day, unbroken
from notifier._standing import Standing, standings

DPI = 110
WIDTH_IN = 5.8
EDGE_IN, FOOT_IN, HEAD_IN = 0.1, 0.42, 0.3
"""White at both sides; room for what stands below the bars, and for the title above them."""
LABELS_IN = 2.5
GAP_IN = 0.05
"""Between a bar and what it is called."""
COLOURS = {Standing.FOUND: "#2e8b57", Standing.DOUBTFUL: "#e0b24a", Standing.MISSING: "#b5533c"}
HATCHES = {Standing.FOUND: "", Standing.DOUBTFUL: "//", Standing.MISSING: "xx"}
"""Not by colour alone: one reader in twelve would not see it."""
LACKS = (Standing.MISSING, Standing.DOUBTFUL)
DRAWN = 8
"""So many pictures are kept: once the door is closed, one morning's are those of the day before."""
INK = "#22302a"
FAINT = "#d5dcd7"


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, and what it tells."""

    name: str
    png: bytes
    told: str


def charts(applications: Sequence[Application], edition: Edition, today: date) -> tuple[Chart, ...]:
    """Both, once there is anything to show."""
    if not applications:
        return ()
    return arrivals(applications, edition, today), completeness(applications, edition)


# ---------------------------------------------------------------- when


def arrivals(applications: Sequence[Application], edition: Edition, today: date) -> Chart:
    """First mails by day, with the days that were left until the deadline."""
    deadline = edition.local(edition.dates.deadline)
    came = Counter(edition.local(each.first_received_at).date() for each in applications)
    after = [
        each.first_received_at for each in applications if not edition.is_on_time(each.first_received_at)
    ]
    late = Counter(edition.local(at).date() for at in after)
    days = list(_days(min(edition.local(edition.dates.go_live).date(), *came), max(deadline.date(), *came)))
    told = ", ".join(_told(each, came[each], late[each], deadline) for each in days if came[each])

    bars = tuple((_mark(each, deadline), came[each], late[each], each == today) for each in days)
    return Chart("arrivees", _drawn_days(bars), unbroken(f"Candidatures reçues par jour : {told}."))


@lru_cache(maxsize=DRAWN)
def _drawn_days(bars: tuple[tuple[str, int, int, bool], ...]) -> bytes:
    """A bar a day: what stands below it, how many came, how many of them late, whether it is today."""
    sheet = _Sheet("Candidatures reçues par jour, et jours avant la clôture", 2.1, EDGE_IN)
    across, up = sheet.width / len(bars), sheet.height / (max(came for _, came, _, _ in bars) * 1.18 + 0.2)
    for place, (mark, came, late, is_today) in enumerate(bars):
        middle, in_time, all_in = (place + 0.5) * across, (came - late) * up, came * up
        sheet.bar((middle - 0.4 * across, 0), (0.8 * across, in_time), Standing.FOUND)
        sheet.bar((middle - 0.4 * across, in_time), (0.8 * across, all_in - in_time), Standing.MISSING)
        if came:
            sheet.write(middle, all_in + 0.02, str(came), size=8, va="bottom")
        weight = "bold" if is_today else "normal"
        sheet.write(middle, -GAP_IN, mark, size=6.5, va="top", weight=weight)
    sheet.line()
    return sheet.png()


def _days(first: date, last: date) -> Iterator[date]:
    for number in range((last - first).days + 1):
        yield first + timedelta(days=number)


def _left(when: date, deadline: datetime) -> str:
    """« J-4 », « J », « J+1 »."""
    left = (deadline.date() - when).days
    return f"J-{left}" if left > 0 else "J" if not left else f"J+{-left}"


def _mark(when: date, deadline: datetime) -> str:
    return f"{DAYS[when.weekday()][:2]}\n{when.day}\n{_left(when, deadline)}"


def _told(when: date, number: int, late: int, deadline: datetime) -> str:
    after = f", dont {late} après l'heure" if late else ""
    return f"{number} le {day(when, year=False)} ({_left(when, deadline)}{after})"


# ---------------------------------------------------------------- what


def completeness(applications: Sequence[Application], edition: Edition) -> Chart:
    """For each item of the form, in how many applications it was found."""
    stand = [standings(each, edition) for each in applications]
    counted = {item: Counter(each[item] for each in stand) for item in stand[0]}
    lacking = {item: each for item, each in counted.items() if each[Standing.FOUND] < len(stand)}
    told = [_counted(item, numbers) for item, numbers in lacking.items()]

    total = count(len(stand), "candidature")
    rows = tuple((item, tuple(numbers[word] for word in Standing)) for item, numbers in counted.items())
    rest = f" : tout, sauf {' ; '.join(told)}" if told else " : tout"
    picture = _drawn_items(f"Ce qui est trouvé dans {total}", len(stand), rows)
    return Chart("completude", picture, unbroken(f"Trouvé dans {total}{rest}."))


@lru_cache(maxsize=DRAWN)
def _drawn_items(title: str, most: int, rows: tuple[tuple[str, tuple[int, ...]], ...]) -> bytes:
    """A bar an item: in how many applications it stands how, in the order of `Standing`."""
    sheet = _Sheet(title, 0.9 + 0.21 * len(rows), LABELS_IN)
    down, across = sheet.height / (len(rows) + 0.2), sheet.width / most
    for place, (item, numbers) in enumerate(rows):
        middle, start = sheet.height - (place + 0.6) * down, 0.0
        sheet.write(-GAP_IN, middle, _short(item), size=7.5, ha="right", va="center_baseline")
        for word, number in zip(Standing, numbers, strict=True):
            sheet.bar((start, middle - 0.36 * down), (number * across, 0.72 * down), word)
            start += number * across
    sheet.line()
    for place, word in enumerate(Standing):
        sheet.bar((place - 0.4, -0.23), (0.2, 0.08), word)
        sheet.write(place - 0.1, -0.19, word.value, size=7.5, ha="left", va="center_baseline")
    return sheet.png()


def _short(item: str, most: int = 44) -> str:
    return item if len(item) <= most else f"{item[: most - 1].rstrip()}…"


def _counted(item: str, numbers: Counter[Standing]) -> str:
    """« Les statuts (à vérifier dans 1) »."""
    lacks = [f"{word.value} dans {numbers[word]}" for word in LACKS if numbers[word]]
    return f"{item} ({', '.join(lacks)})"


# ---------------------------------------------------------------- how


class _Sheet:
    """A picture in the making: inches from where the bars begin, lower left.

    No `pyplot`, which keeps what it draws; nothing in the file says when, or by what.
    """

    def __init__(self, title: str, height_in: float, left_in: float) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self._figure = Figure(figsize=(WIDTH_IN, height_in), dpi=DPI, facecolor="white")
        FigureCanvasAgg(self._figure)
        self._left = left_in
        self.width = WIDTH_IN - left_in - EDGE_IN
        self.height = height_in - FOOT_IN - HEAD_IN
        self.write(0, self.height + 0.09, title, size=9, ha="left", va="baseline", weight="bold")

    def bar(self, corner: tuple[float, float], size: tuple[float, float], word: Standing) -> None:
        """From its lower left corner; nothing where it has no size."""
        from matplotlib.patches import Rectangle

        if not all(size):
            return
        look: dict[str, Any] = {
            "facecolor": COLOURS[word],
            "hatch": HATCHES[word],
            "edgecolor": "white",
            "linewidth": 0.5,
        }
        at = (self._left + corner[0], FOOT_IN + corner[1])
        self._figure.add_artist(Rectangle(at, *size, transform=self._figure.dpi_scale_trans, **look))

    def write(
        self,
        x: float,
        y: float,
        text: str,
        *,
        size: float,
        va: str,
        ha: str = "center",
        weight: str = "normal",
    ) -> None:
        """Words, held where `ha` and `va` say."""
        look: dict[str, Any] = {"fontsize": size, "color": INK, "ha": ha, "va": va, "fontweight": weight}
        self._figure.text(self._left + x, FOOT_IN + y, text, transform=self._figure.dpi_scale_trans, **look)

    def line(self) -> None:
        """On which the bars stand."""
        from matplotlib.lines import Line2D

        along = (self._left, self._left + self.width)
        drawn = Line2D(along, (FOOT_IN, FOOT_IN), color=FAINT, linewidth=0.8)
        drawn.set_transform(self._figure.dpi_scale_trans)
        self._figure.add_artist(drawn)

    def png(self) -> bytes:
        held = io.BytesIO()
        self._figure.savefig(held, format="png", metadata={"Software": None})
        return held.getvalue()
