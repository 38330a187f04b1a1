"""The form as a sequence of things to print: the blank form's own lines, with the questions found in them."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from data.edition import Edition, Question, QuestionKind, Signatory

COVER_WIDTH = 60
"""The title ends at the first line that is longer."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line that asks nothing. Level 0 is running text, 1 a step or title, 2 a section, 3 a part of it."""

    line: str
    level: int = 0


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, with the line that the form prints for it."""

    question: Question
    line: str

    @property
    def label(self) -> str:
        """What is printed before the answer; the choices are printed apart."""
        first, *_ = (*self.question.choices, "")
        return self.line.partition(first)[0].rstrip() if first else self.line

    @property
    def beside(self) -> bool:
        """Whether the answer stands on the question's own line."""
        return self.line.rstrip().endswith(":") or self.question.kind is not QuestionKind.TEXT


@dataclass(frozen=True, slots=True)
class Questions:
    """Questions that follow one another without a word between them."""

    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """The statements to be rated."""

    asked: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class Signing:
    """The places to sign at, beside each other."""

    signatories: tuple[Signatory, ...]


Item = Text | Questions | Grid | Signing


def script(edition: Edition) -> tuple[Item, ...]:
    """Every item of the form, from its title to its last line."""
    items: list[Item] = []
    for item in _walk(edition):
        last = items[-1] if items else None
        if isinstance(item, Questions | Grid) and type(item) is type(last):
            items[-1] = type(item)((*last.asked, *item.asked))
        else:
            items.append(item)
    return tuple(items)


def _walk(edition: Edition) -> Iterator[Item]:
    signing = {q for s in edition.signatory for q in (s.name_question, s.function_question)}
    waiting = [question for question in edition.questions.values() if question.id not in signing]
    titles = {_core(section.title) for section in edition.section}
    places = [_core(edition.questions[s.name_question].wording) for s in edition.signatory[:1]]
    inside, cover = False, True
    for line in edition.form_lines:
        core, cover = _core(line), cover and len(line) < COVER_WIDTH
        if places and core.startswith(places[0]) and not waiting:
            yield Signing(edition.signatory)
            inside, places = True, []
        elif inside and not line.startswith("ETAPE"):
            continue  # the rest of the block that `Signing` prints
        elif waiting and core.startswith(_core(waiting[0].wording)):
            inside = False
            asked = Asked(waiting.pop(0), line)
            yield Grid((asked,)) if asked.question.kind is QuestionKind.SCALE else Questions((asked,))
        elif core.strip("0123456789 "):
            inside = False
            yield Text(line, 1 if cover else _level(line, core, titles))


def _level(line: str, core: str, titles: set[str]) -> int:
    if line.startswith("ETAPE"):
        return 1
    if re.match(r"[A-Z]\. ", line):
        return 2
    return 3 if core in titles else 0


def _core(line: str) -> str:
    """A line without bullet, number, accents and spacing, to compare by."""
    plain = unicodedata.normalize("NFKD", line.replace("’", "'")).encode("ascii", "ignore").decode().lower()
    plain = re.sub(r"^\W*(\d+\.)?\s*", "", plain)
    return re.sub(r"[\s:]+", " ", plain).strip()
