"""What a language must know so that letters can be written in it.

`_french` is such a language, a module with these functions; `_dutch` and `_english` are tables of words for
the shape of `_spoken`. What the form prints (titles, questions, annexes) is quoted in every language as it
stands there.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from data.edition import Language
from data.model import UnreadReason

LANGUAGES = ("fr", "nl", "en")
"""Those that letters can be written in."""


class Tongue(Protocol):
    """A language, as letters need it."""

    @property
    def CODE(self) -> str: ...
    @property
    def COLON(self) -> str:
        """What stands between a name and what is told of it."""

    @property
    def UNREAD(self) -> Mapping[UnreadReason, tuple[str, str, bool]]:
        """For each reason why a file was not read: what is told, the way out, and whether sending helps."""

    # dates, sizes, lists, as each language writes them

    def day(self, when: date, *, year: bool = True) -> str: ...
    def moment(self, when: datetime) -> str: ...
    def moment_exact(self, when: datetime) -> str: ...
    def zone_name(self, zone: ZoneInfo) -> str: ...
    def span(self, first: date, last: date) -> str: ...
    def size(self, size_bytes: int) -> str: ...
    def join(self, parts: Iterable[str], last: str = ...) -> str: ...
    def pages(self, numbers: Iterable[int]) -> str: ...
    def quoted(self, words: str) -> str: ...
    def unbroken(self, text: str) -> str: ...

    # how things are named

    def labelled(self, label: str, wording: str, own: str | None) -> str:
        """An annex or a signatory: `label` is French, `own` is this language's."""

    def title(self, words: str) -> str:
        """A title of the form."""

    def question(self, label: str) -> str:
        """A question by its French label."""

    def signature(self, label: str) -> str:
        """« la signature de la personne de contact »."""

    def role(self, officer: str, own: Language | None) -> str:
        """What the officer is."""

    # what is told of them

    def form(self) -> str: ...
    def length(self, pages: int) -> str: ...
    def in_files(self, files: Sequence[str]) -> str: ...
    def in_many_files(self, number: int, first: str, last: str) -> str: ...
    def answered(self, done: int, wanted: int) -> str: ...
    def all_answers(self, number: int) -> str: ...
    def questions(self, number: int, names: str) -> str: ...
    def personal(self, number: int) -> str: ...
    def counted(self, thing: str, number: int) -> str:
        """« une réponse », « 5 réponses »: thing is form, answer, signature, annex or detail."""

    def page_lost(self) -> str: ...
    def typed_only(self) -> str: ...
    def partly(self, found: Sequence[int], lacking: Sequence[int], number: int) -> str:
        """Some years of accounts are there: which, and which not; `number` is how many are lacking."""

    def older(self, years: Sequence[int]) -> str: ...
    def a_person_looks(self) -> str: ...
    def reason(self, french: str) -> str:
        """Why a person must look: the reading says it in French; other languages may say less."""

    def perhaps_inside(self, blank: bool) -> str: ...
    def link(self, hosts: str) -> tuple[str, str, str]: ...

    # what is asked for, and the proof of what came

    def filled_form(self, whole: bool, roles: Sequence[str]) -> str: ...
    def signed_page(self, roles: Sequence[str]) -> str: ...
    def received_file(self, size: str, print_: str) -> str: ...
    def not_opened(self) -> str: ...
    def unnamed(self) -> str: ...
    def contained(self, name: str, archive: str) -> str: ...

    @property
    def SUBJECTS(self) -> Mapping[str, str]:
        """The first words of a subject: complete, incomplete, doubtful, reminder, withdrawn."""

    def what_came(self, what: str, part: tuple[int, int] | None) -> str:
        """« votre dossier de candidature »: for dossier, sequel, supplement, message, again, part."""


def speak(code: str) -> Tongue:
    """The language of a code."""
    from notifier import _dutch, _english, _french  # which know this module

    spoken: dict[str, Tongue] = {each.CODE: each for each in (_french, _dutch.TONGUE, _english.TONGUE)}
    return spoken[code]


def runs(numbers: Iterable[int]) -> list[tuple[int, int]]:
    """Neighbouring numbers together: 3, 5, 7, 8, 9 are (3, 3), (5, 5), (7, 9)."""
    found: list[tuple[int, int]] = []
    for number in sorted(set(numbers)):
        if found and number == found[-1][1] + 1:
            found[-1] = (found[-1][0], number)
        else:
            found.append((number, number))
    return found


def amount(size_bytes: int, units: Sequence[tuple[int, str]], point: str = ",") -> str:
    """« 1,2 Mo »: a size of at least the smallest unit, in two digits."""
    unit_bytes, unit = next(each for each in units if size_bytes >= each[0])
    number = size_bytes / unit_bytes
    written = f"{number:.1f}".removesuffix(".0") if number < 9.95 else f"{number:.0f}"
    return f"{written.replace('.', point)} {unit}"


def listed(parts: Iterable[str], last: str) -> str:
    """« a, b et c »."""
    words = list(parts)
    return "".join(words) if len(words) < 2 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def stretch(first: date, last: date, day: Callable[..., str]) -> tuple[str, str]:
    """Both ends of a stretch of days, the first without what it shares with the last."""
    same_month = (first.year, first.month) == (last.year, last.month)
    start = " ".join(day(first).split(" ")[:2]) if same_month else day(first, year=first.year != last.year)
    return start, day(last)
