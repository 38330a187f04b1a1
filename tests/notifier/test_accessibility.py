"""Everybody can read it: axe, the checker of screen readers' needs, on every page that leaves the house."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from notifier import calls, sheet
from tests.browser import CHROMIUM, a_browser, shown
from tests.notifier.builders import edition
from tests.notifier.letters import EVERY, a_few

RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"],
    "rules": {"page-has-heading-one": {"enabled": False}},  # a silent day is one line, without a title
    "resultTypes": ["violations"],
}
IN_DARK = (
    "reply_many_answers",
    "reply_doubts",
    "reply_complete",
    "digest_monday",
    "closing_statement",
    "call_sheet",
)
"""One of each kind: what the dark scheme changes is the same colours in all of them."""
NARROW = 320


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One start for all pages."""
    if CHROMIUM is None:
        pytest.skip("no chromium here")
    with a_browser() as browser:
        yield browser


def pages() -> dict[str, str]:
    """Every page that there is, by name."""
    now = edition().dates.deadline
    planned = calls.plan(a_few(), edition(), now=now)
    letters = {name: compose().html for name, compose in EVERY.items()}
    return letters | {
        "call_sheet": sheet.as_html(planned, a_few(), edition()),
        "call_sheet_of_nothing": sheet.as_html((), (), edition()),
    }


def violations(browser: Browser, pages: dict[str, str], scheme: Literal["light", "dark"]) -> list[str]:
    """What axe finds, with the page and the piece of HTML."""
    found = []
    page = shown(browser, "", width=640, scheme=scheme)
    for name, html in pages.items():
        page.set_content(html)
        for violation in Axe().run(page, options=RULES).response["violations"]:
            found.append(f"{name}: {violation['id']}: {violation['nodes'][0]['html'][:120]}")
    return found


def test_axe_finds_nothing(browser: Browser) -> None:
    """Contrast, headings, language, names of links, tables: no violation in any page."""
    assert violations(browser, pages(), "light") == []


def test_axe_finds_nothing_in_the_dark(browser: Browser) -> None:
    """The dark colours are told apart as well."""
    dark = {name: html for name, html in pages().items() if name in IN_DARK}

    assert len(dark) == len(IN_DARK)
    assert violations(browser, dark, "dark") == []


def test_nothing_is_cut_off_on_a_narrow_telephone(browser: Browser) -> None:
    """At 320 pixels no page is wider than the screen, whatever files and structures are called."""
    wide = []
    page = shown(browser, "", width=NARROW)
    for name, html in pages().items():
        page.set_content(html)
        width = page.evaluate("document.documentElement.scrollWidth")
        if width > NARROW:
            wide.append(f"{name}: {width} px")

    assert wide == []
