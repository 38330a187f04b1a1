"""What a check is, how checks are found, and how their findings become sentences.

A check is a function `(Dossier, Edition) -> Iterator[Finding]` named `look`, alone in its module and
total: any dossier gets an answer. What it may say stands beside it as `Tell`s: code, severity and
sentence, once for each code. The edition may say it in other words (`[tells]`).
"""

import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cache
from importlib import import_module
from pathlib import Path
from string import Formatter
from types import ModuleType

from data.edition import Edition
from data.model import Dossier, Finding, Place, Severity

LONGEST_FACT = 160
"""Characters. A fact stands within a sentence; the whole text of an answer stands in the dossier."""

Look = Callable[[Dossier, Edition], Iterator[Finding]]


@dataclass(frozen=True, slots=True)
class Tell:
    """One thing that a check may say."""

    code: str
    """A name in tables and statistics: never reused, never given another meaning."""
    severity: Severity
    sentence: str
    """French, with the facts as `{placeholders}`."""
    officer_only: bool = False

    def about(self, subject: str, place: Place | None = None, **facts: object) -> Finding:
        """Say it of one question, signature, annex, file or mail."""
        told = {name: as_words(fact) for name, fact in facts.items()}
        return Finding(self.code, subject, self.severity, told, place, officer_only=self.officer_only)


@dataclass(frozen=True, slots=True)
class Check:
    """A question put to every dossier. Called like the function it was made from."""

    name: str
    asks: str
    """The rule, in one English sentence, as a fact."""
    tells: tuple[Tell, ...]
    look: Look = field(repr=False)

    def __call__(self, dossier: Dossier, edition: Edition) -> Iterator[Finding]:
        return self.look(dossier, edition)


def check(*tells: Tell, asks: str) -> Callable[[Look], Check]:
    """Make a check of a function."""

    def decorate(look: Look) -> Check:
        return Check(look.__module__.rpartition(".")[2], asks, tells, look)

    return decorate


@cache
def catalogue() -> tuple[Check, ...]:
    """Every check of this folder, by name.

    Found at the first question, not at import: the libraries that some of them need cost a tenth of a
    second, which `blossom --help` does not have.
    """
    modules = pkgutil.iter_modules([str(Path(__file__).parent)])
    names = sorted(module.name for module in modules if not module.name.startswith("_"))
    return tuple(_check_in(import_module(f"{__package__}.{name}")) for name in names)


def _check_in(module: ModuleType) -> Check:
    found = [thing for thing in vars(module).values() if isinstance(thing, Check)]
    if len(found) != 1:
        raise TypeError(f"{module.__name__} holds {len(found)} checks; a module of checks/ holds one")
    return found[0]


def said(finding: Finding, tell: Tell, edition: Edition) -> Finding:
    """The finding with its sentence, in the edition's words where it has words of its own.

    Words of the edition that do not fit (`complaints` names them) give way to ours: a slip in a
    sentence must not keep a dossier from being judged.
    """
    own = edition.tells.get(tell.code)
    sentence = own if own is not None and _misfit(own, tell) is None else tell.sentence
    return replace(finding, message=sentence.format_map(finding.facts))


def complaints(edition: Edition) -> Iterator[str]:
    """What is wrong with the edition's own sentences, for `blossom edition check`."""
    tells = {tell.code: tell for each in catalogue() for tell in each.tells}
    for code, sentence in edition.tells.items():
        if code not in tells:
            yield f"tells: no check says « {code} »"
        elif misfit := _misfit(sentence, tells[code]):
            yield f"tells.{code}: {misfit}"


def placeholders(sentence: str) -> frozenset[str]:
    """The names in curly brackets.

    Raises:
        ValueError: a bracket stands alone, or a placeholder is more than a name.
    """
    names = set()
    for _, name, form, conversion in Formatter().parse(sentence):
        if name is None:
            continue
        if form or conversion or not name.isidentifier():
            raise ValueError(f"« {{{name}}} » is more than a name")
        names.add(name)
    return frozenset(names)


def _misfit(sentence: str, tell: Tell) -> str | None:
    try:
        unknown = placeholders(sentence) - placeholders(tell.sentence)
    except ValueError as error:
        return str(error)
    return f"unknown placeholder {', '.join(sorted(unknown))}" if unknown else None


def as_words(fact: object) -> str:
    """A fact as it can stand within a sentence: on one line, of bearable length, without a full stop."""
    line = " ".join(str(fact).split()).rstrip(". ")
    return line if len(line) <= LONGEST_FACT else line[: LONGEST_FACT - 1].rstrip() + "…"
