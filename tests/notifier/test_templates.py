"""The machinery of the templates, and their trial."""

import pytest
from jinja2 import StrictUndefined, UndefinedError

from data.errors import DeskError
from notifier import _templates, digest, templates
from tests.notifier.builders import edition
from tests.notifier.letters import OFFICER, monday


@pytest.mark.parametrize("layout", ["text", "html"])
def test_a_word_that_is_not_there_stops_the_letter(layout: str) -> None:
    """Nothing is ever printed as an empty place; only HTML is escaped."""
    environment = _templates._environment(layout)

    assert environment.undefined is StrictUndefined
    assert environment.autoescape is (layout == "html")
    with pytest.raises(UndefinedError):
        environment.from_string("{{ absent }}").render()


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


def test_every_template_composes() -> None:
    """What `doctor` tries is what there is."""
    assert templates.try_all(edition()) == len(_templates.names()) >= 4


def test_a_broken_template_is_told_with_advice(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message says what is absent, not only that something is."""

    def broken(*_: object) -> str:
        raise UndefinedError("'officer' is undefined")

    monkeypatch.setattr(_templates, "as_text", broken)

    with pytest.raises(DeskError, match="officer"):
        templates.try_all(edition())


def test_a_digest_of_one_day_is_one_letter() -> None:
    """Its id comes from the day alone."""
    book = monday()
    early = digest.compose(book, edition(), to=OFFICER, now=book.since)
    late = digest.compose(book, edition(), to=OFFICER, now=book.until)

    assert early.id == late.id
    assert early.cause == "digest/2026-09-07"
