"""The shape that letters have in Dutch and in English alike; the words are each language's own table.

French has rules of its own (elisions, plurals, « du » and « des ») and stands by itself in `_french`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from data.edition import Language
from data.model import UnreadReason
from notifier import _reasons
from notifier._tongue import amount, listed, runs, stretch

UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))
NBSP = "\N{NO-BREAK SPACE}"
Two = tuple[str, str]
"""Of one, and of several; or without, and with."""


@dataclass(frozen=True)
class Spoken:
    """A language as `_tongue.Tongue` asks for it: what is in brackets stands in each sentence."""

    CODE: str
    SUBJECTS: Mapping[str, str]
    UNREAD: Mapping[UnreadReason, tuple[str, str, bool]]
    things: Mapping[str, Two]
    came: Mapping[str, str]

    # dates and lists
    days: Sequence[str]
    months: Sequence[str]
    day_and_hour: str
    hour: Callable[[datetime], str]
    zone: Callable[[str], str]
    between: str
    last: str
    until: str
    page: Two
    sticks: Sequence[str]
    """Words that a number is not parted from by a line's end."""

    # what is told of things
    signature_of: str
    the_form: str
    many_files: str
    all_of_them: Two
    so_many: str
    the_answers: str
    numbered: Two
    personal_answers: Two
    lost_page: str
    only_typed: str
    only_a_part: str
    other_years: Two
    some_years: str
    older_years: str
    somebody_looks: str
    perhaps: Two
    your_link: tuple[str, str, str]

    # what is asked for, and the proof of what came
    and_of: str
    signed_by: str
    filled: Two
    page_to_sign: str
    print_of: str
    unopened: str
    nameless: str
    one_part: str
    point: str = ","
    COLON: str = ": "

    # ------------------------------------------------------------ dates, sizes, lists

    def day(self, when: date, *, year: bool = True) -> str:
        words = f"{self.days[when.weekday()]} {when.day} {self.months[when.month - 1]}"
        return f"{words} {when.year}" if year else words

    def moment(self, when: datetime) -> str:
        return self.day_and_hour.format(day=self.day(when), hour=self.hour(when))

    def moment_exact(self, when: datetime) -> str:
        return self.day_and_hour.format(day=self.day(when), hour=f"{when:%H:%M:%S}")

    def zone_name(self, zone: ZoneInfo) -> str:
        return self.zone(zone.key.rpartition("/")[2].replace("_", " "))

    def span(self, first: date, last: date) -> str:
        return self.between.format(*stretch(first, last, self.day))

    def size(self, size_bytes: int) -> str:
        if size_bytes < 1000:
            return f"{size_bytes} byte{'' if size_bytes == 1 else 's'}"
        return amount(size_bytes, UNITS, self.point)

    def join(self, parts: Iterable[str], last: str = "") -> str:
        return listed(parts, last or self.last)

    def pages(self, numbers: Iterable[int]) -> str:
        stretches = runs(numbers)
        if not stretches:
            return ""
        words = self.join(str(a) if a == b else f"{a} {self.until} {b}" for a, b in stretches)
        return f"{self.page[stretches[0][0] != stretches[-1][1]]} {words}"

    def quoted(self, words: str) -> str:
        return f"« {words} »"

    def unbroken(self, text: str) -> str:
        """The same with no-break spaces where no line should end."""
        return self._no_break.sub(NBSP, text)

    @cached_property
    def _no_break(self) -> re.Pattern[str]:
        units = "|".join(["kB", "MB", "GB", "bytes?", *self.sticks, *self.months])
        before = "|".join(rf"(?<=\b{word}) (?=\d)" for word in self.page)
        return re.compile(rf"(?<=«) | (?=»)|{before}|(?<=\d) (?=(?:{units})\b)|(?<=\d{{2}}) (?=\d\d\b)")

    # ------------------------------------------------------------ how things are named

    def labelled(self, label: str, wording: str, own: str | None) -> str:
        """This language's name, and the form's own words beside it."""
        if own and wording and own != wording:
            return f"{own} ({self.quoted(wording)})"
        return own or self.quoted(wording or label)

    def title(self, words: str) -> str:
        return self.quoted(words) if words.endswith("?") else words

    def question(self, label: str) -> str:
        return label if label.startswith("«") else self.quoted(label)

    def signature(self, label: str) -> str:
        return self.signature_of.format(label)

    def role(self, officer: str, own: Language | None) -> str:
        return own.role if own else officer

    # ------------------------------------------------------------ what is told of them

    def form(self) -> str:
        return self.the_form

    def length(self, pages: int) -> str:
        return f"{pages} {self.page[1]}"

    def in_files(self, files: Sequence[str]) -> str:
        return f"in {self.join(files)}"

    def in_many_files(self, number: int, first: str, last: str) -> str:
        return self.many_files.format(number, first, last)

    def answered(self, done: int, wanted: int) -> str:
        return self.all_of_them[wanted > 1] if done == wanted else self.so_many.format(done, wanted)

    def all_answers(self, number: int) -> str:
        return self.the_answers.format(number)

    def questions(self, number: int, names: str) -> str:
        return f"{self.numbered[number != 1]} {names}"

    def personal(self, number: int) -> str:
        return f"{number} {self.personal_answers[number != 1]}"

    def counted(self, thing: str, number: int) -> str:
        one, many = self.things[thing]
        return one if number == 1 else f"{number} {many}"

    def page_lost(self) -> str:
        return self.lost_page

    def typed_only(self) -> str:
        return self.only_typed

    def partly(self, found: Sequence[int], lacking: Sequence[int], number: int) -> str:
        if not found:
            return self.only_a_part
        others = self.other_years[number != 1].format(number)
        rest = self.join(str(year) for year in lacking) or others
        return self.some_years.format(found=self.join(str(year) for year in found), rest=rest)

    def older(self, years: Sequence[int]) -> str:
        return self.older_years.format(self.join(str(year) for year in years))

    def a_person_looks(self) -> str:
        return self.somebody_looks

    def reason(self, french: str) -> str:
        """The same reason in this language; that a person looks where nobody has put it into words."""
        return _reasons.translated(french, self.CODE) or self.somebody_looks

    def perhaps_inside(self, blank: bool) -> str:
        return self.perhaps[blank]

    def link(self, hosts: str) -> tuple[str, str, str]:
        link, why, advice = self.your_link
        return f"{link} ({hosts})" if hosts else link, why, advice

    # ------------------------------------------------------------ what is asked for; the proof of what came

    def filled_form(self, whole: bool, roles: Sequence[str]) -> str:
        return f"{self.filled[whole]}{self._signed(roles)}"

    def signed_page(self, roles: Sequence[str]) -> str:
        return self.page_to_sign.format(self._signed(roles))

    def _signed(self, roles: Sequence[str]) -> str:
        return self.signed_by.format(self.join(roles, self.and_of)) if roles else ""

    def received_file(self, size: str, print_: str) -> str:
        return f"{size}, {self.print_of} {print_}"

    def not_opened(self) -> str:
        return self.unopened

    def unnamed(self) -> str:
        return self.nameless

    def contained(self, name: str, archive: str) -> str:
        return f"{name} (in {archive})"

    def what_came(self, what: str, part: tuple[int, int] | None) -> str:
        return self.one_part.format(*part) if part else self.came[what]
