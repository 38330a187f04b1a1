"""Two pictures for the digest, and the same in words: when applications arrived, and what they lack.

PNG, the same bytes for the same input; the words stand in the letter's text part and are what a screen
reader says. matplotlib takes a second to load, so it is imported where it draws.
"""

import io
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from data.edition import Edition
from data.model import Application
from notifier._french import DAYS, count, day, unbroken
from notifier._standing import Standing, standings

if TYPE_CHECKING:
    from matplotlib.axes import Axes

DPI = 110
WIDTH_IN = 5.8
COLOURS = {Standing.FOUND: "#2e8b57", Standing.DOUBTFUL: "#e0b24a", Standing.MISSING: "#b5533c"}
HATCHES = {Standing.FOUND: "", Standing.DOUBTFUL: "//", Standing.MISSING: "xx"}
"""Not by colour alone: one reader in twelve would not see it."""
LACKS = (Standing.MISSING, Standing.DOUBTFUL)
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

    def draw(axes: "Axes") -> None:
        places = range(len(days))
        axes.bar(places, [came[each] - late[each] for each in days], color=COLOURS[Standing.FOUND])
        axes.bar(
            places,
            [late[each] for each in days],
            bottom=[came[each] - late[each] for each in days],
            color=COLOURS[Standing.MISSING],
            hatch=HATCHES[Standing.MISSING],
        )
        for place, each in zip(places, days, strict=True):
            if came[each]:
                axes.text(place, came[each], str(came[each]), ha="center", va="bottom", fontsize=8, color=INK)
        axes.set_xticks(list(places), [_mark(each, deadline) for each in days], fontsize=6.5)
        axes.set_ylim(0, max(came.values()) * 1.18 + 0.2)
        axes.set_yticks([])
        if today in days:
            axes.get_xticklabels()[days.index(today)].set_fontweight("bold")

    picture = _drawn("Candidatures reçues par jour, et jours avant la clôture", 2.1, draw)
    return Chart("arrivees", picture, unbroken(f"Candidatures reçues par jour : {told}."))


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

    def draw(axes: "Axes") -> None:
        places = range(len(counted))
        start = [0] * len(counted)
        for word in Standing:
            numbers = [each[word] for each in counted.values()]
            axes.barh(
                places,
                numbers,
                left=start,
                color=COLOURS[word],
                hatch=HATCHES[word],
                edgecolor="white",
                linewidth=0.5,
                label=word.value,
                height=0.72,
            )
            start = [a + b for a, b in zip(start, numbers, strict=True)]
        axes.set_yticks(list(places), [_short(item) for item in counted], fontsize=7.5)
        axes.set_xticks([])
        axes.set_ylim(len(counted) - 0.4, -0.6)
        axes.set_xlim(0, len(stand))
        axes.legend(loc="upper center", bbox_to_anchor=(0.3, -0.02), ncols=3, fontsize=7.5, frameon=False)

    total = count(len(stand), "candidature")
    picture = _drawn(f"Ce qui est trouvé dans {total}", 0.9 + 0.21 * len(counted), draw, left_in=2.5)
    rest = f" : tout, sauf {' ; '.join(told)}" if told else " : tout"
    return Chart("completude", picture, unbroken(f"Trouvé dans {total}{rest}."))


def _short(item: str, most: int = 44) -> str:
    return item if len(item) <= most else f"{item[: most - 1].rstrip()}…"


def _counted(item: str, numbers: Counter[Standing]) -> str:
    """« Les statuts (à vérifier dans 1) »."""
    lacks = [f"{word.value} dans {numbers[word]}" for word in LACKS if numbers[word]]
    return f"{item} ({', '.join(lacks)})"


# ---------------------------------------------------------------- how


def _drawn(title: str, height_in: float, draw: Callable[["Axes"], None], *, left_in: float = 0.1) -> bytes:
    """A PNG. No `pyplot`, which keeps what it draws; nothing in the file says when, or by what.

    The margins are set: to find them by drawing takes most of the time.
    """
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=(WIDTH_IN, height_in), dpi=DPI, facecolor="white")
    FigureCanvasAgg(figure)
    left, bottom, top = left_in / WIDTH_IN, 0.42 / height_in, 0.3 / height_in
    axes = figure.add_axes((left, bottom, 1 - left - 0.1 / WIDTH_IN, 1 - bottom - top))
    for side in ("top", "right", "left"):
        axes.spines[side].set_visible(False)
    axes.spines["bottom"].set_color(FAINT)
    axes.tick_params(length=0, colors=INK)
    draw(axes)
    axes.set_title(title, fontsize=9, color=INK, loc="left", fontweight="bold")
    held = io.BytesIO()
    figure.savefig(held, format="png", metadata={"Software": None})
    return held.getvalue()
