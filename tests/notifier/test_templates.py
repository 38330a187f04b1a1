"""The machinery of the templates, and their trial."""

import re
from pathlib import Path

import pytest
from jinja2 import StrictUndefined, UndefinedError

from data.errors import DeskError
from notifier import _templates, compile_templates, digest
from notifier._tongue import LANGUAGES
from tests.notifier.builders import edition
from tests.notifier.letters import OFFICER, monday


@pytest.mark.parametrize("layout", ["text", "html"])
def test_a_word_that_is_not_there_stops_the_letter(layout: str) -> None:
    """Nothing is ever printed as an empty place; only HTML is escaped."""
    environment = _templates._environment(layout, "fr")

    assert environment.undefined is StrictUndefined
    assert environment.autoescape is (layout == "html")
    with pytest.raises(UndefinedError):
        environment.from_string("{{ absent }}").render()


def test_every_language_says_everything() -> None:
    """The same sentences in each: a letter is put together once."""
    said = {
        language: set(re.findall(r"{% macro (\w+\(.*?\))", words.read_text("utf-8")))
        for language in LANGUAGES
        for words in [_templates.HERE / language / "words.j2"]
    }

    assert len(said["fr"]) > 30
    assert said["nl"] == said["en"] == said["fr"]


@pytest.mark.parametrize("render", [_templates.as_text, _templates.as_html])
def test_a_letter_without_its_values_is_not_written(render: object) -> None:
    """A forgotten value is found at once."""
    assert callable(render)
    with pytest.raises(UndefinedError):
        render("reply", {"subject": "x"})


def test_a_link_to_dial_holds_digits_only() -> None:
    """Nothing that could run hides in a number."""
    assert _templates.tel("+32 (0)470/12.34.56") == "+320470123456"
    assert _templates.tel("javascript:alert(1)") == "1"


def test_every_template_compiles() -> None:
    """What `doctor` tries is what there is."""
    assert compile_templates() == len(_templates.names()) >= 4


def test_a_broken_template_is_named_with_its_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says where to look."""
    for part in ("text/parts.j2", "html/parts.j2", "fr/words.j2"):
        (tmp_path / part).parent.mkdir()
        (tmp_path / part).write_text("")
    (tmp_path / "broken.j2").write_text("\n{% if %}")
    monkeypatch.setattr(_templates, "HERE", tmp_path)
    _templates._environment.cache_clear()
    try:
        with pytest.raises(DeskError, match=r"broken\.j2 \(text, fr\), line 2"):
            compile_templates()
    finally:
        _templates._environment.cache_clear()


def test_a_digest_of_one_day_is_one_letter() -> None:
    """Its id comes from the day alone."""
    book = monday()
    early = digest.compose(book, edition(), to=OFFICER, now=book.since)
    late = digest.compose(book, edition(), to=OFFICER, now=book.until)

    assert early.id == late.id
    assert early.cause == "digest/2026-09-07"
