"""A browser without a window, as in mail programs and on screens: for accessibility, and for pictures."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Literal

from playwright.sync_api import Browser, Page, sync_playwright

CHROMIUM = shutil.which("chromium")
QUIET = [
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
]


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Debian's Chromium, with an empty profile of its own; it may load nothing."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=CHROMIUM, args=QUIET)
        try:
            yield browser
        finally:
            browser.close()


def shown(
    browser: Browser,
    html: str,
    *,
    width: int = 800,
    scheme: Literal["light", "dark"] = "light",
    sharp: int = 1,
) -> Page:
    """A page of this HTML; whatever it would load from elsewhere is refused."""
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme=scheme,
        device_scale_factor=sharp,
        java_script_enabled=True,
        offline=True,
    )
    page = context.new_page()
    page.set_content(html)
    return page
