"""Reasons in Dutch and English: each that the readers give is known, and quotes stay what they are."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from notifier._reasons import LANGUAGES, REASONS, translated
from notifier._tongue import speak

PARSERS = Path(__file__).parents[2] / "parsers"
OF_DOUBTS = (
    "_assemble", "_attached", "_choices", "_doubts", "_form", "_gaps", "_grid", "_legibility",
    "_particulars", "_signatures",
)  # fmt: skip
"""Where a reading says in words why it is in doubt."""


def sentences(module: str) -> Iterator[str]:
    """Every French phrase of a module that is no docstring, with {} for what is put into it."""
    (file,) = PARSERS.rglob(f"{module}.py")
    tree = ast.parse(file.read_text("utf-8"))
    alone = {id(each.value) for each in ast.walk(tree) if isinstance(each, ast.Expr)}
    within = {id(part) for each in ast.walk(tree) if isinstance(each, ast.JoinedStr) for part in each.values}
    for each in ast.walk(tree):
        if isinstance(each, ast.JoinedStr):
            told = "".join(str(p.value) if isinstance(p, ast.Constant) else "{}" for p in each.values)
        elif (
            isinstance(each, ast.Constant)
            and isinstance(each.value, str)
            and not {id(each)} & (alone | within)
        ):
            told = each.value
        else:
            continue
        if told.count(" ") >= 3 and told[0] in "abcdefghijklmnopqrstuvwxyzà«" and not set(told) & set("|\\"):
            yield told


@pytest.mark.parametrize("module", OF_DOUBTS)
def test_every_reason_that_the_readers_give_has_words(module: str) -> None:
    """A new reason in a reader is a new line in both languages."""
    assert [each for each in sentences(module) if each not in REASONS] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_is_quoted_stays_as_it_is(code: str) -> None:
    """The name of the file, and nothing of the French around it."""
    told = translated("« Comptes {x}.pdf » en contient peut-être une partie.", code)

    assert told is not None
    assert "« Comptes {x}.pdf »" in told
    assert "contient" not in told


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_reason_without_words_is_told_in_general(code: str) -> None:
    """No letter waits for a translation, and none is half French."""
    tongue = speak(code)

    assert tongue.reason("une raison toute nouvelle") == tongue.a_person_looks()
    assert tongue.reason("l'écriture est difficile à lire") != tongue.a_person_looks()
