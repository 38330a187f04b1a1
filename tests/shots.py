"""`make shots`: pictures of what leaves the house, for docs/ and for who changes a template.

A letter as on a telephone and as on a screen, light and dark; the digest; a call sheet; the evidence that
`blossom check --explain` writes. The people in them are invented.
"""

import io
import tempfile
from base64 import b64encode
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser

from data.model import Letter, Recognition
from desk import check, confined
from desk.demo.story import fortnight
from desk.explain import evidence_of
from notifier import calls, sheet
from tests.browser import a_browser, shown
from tests.notifier.builders import edition
from tests.notifier.letters import EVERY, a_few

DOCS = Path(__file__).parent.parent / "docs" / "shots"
TELEPHONE, SCREEN = 320, 760


def main() -> None:
    """Take every picture."""
    DOCS.mkdir(exist_ok=True)
    letter, digest = as_read(EVERY["reply_incomplete"]()), as_read(EVERY["digest_monday"]())
    planned = calls.plan(a_few(), edition(), now=edition().dates.deadline)
    with a_browser() as browser:
        take(browser, "letter", letter, SCREEN)
        take(browser, "letter-dark", letter, SCREEN, dark=True)
        take(browser, "letter-telephone", letter, TELEPHONE)
        take(browser, "letter-telephone-dark", letter, TELEPHONE, dark=True)
        take(browser, "digest", digest, SCREEN)
        take(browser, "call-sheet", sheet.as_html(planned, a_few(), edition()), SCREEN)
        take(browser, "evidence", of_a_forgetful_applicant(), SCREEN)


def of_a_forgetful_applicant() -> str:
    """The evidence on the application, of the demo's, that lacks a signature."""
    sent = next(each for each in fortnight() if each.expected and "signature.missing" in each.expected.codes)
    with tempfile.TemporaryDirectory() as folder, confined.tools() as tools:
        mail = Path(folder, "mail.eml")
        mail.write_bytes(sent.raw())
        checked = check.check([mail], edition(), tools)
        assert not isinstance(checked, Recognition)
        return evidence_of(checked, edition())


def as_read(letter: Letter) -> str:
    """The HTML part with the pictures that go with it, as a mail program puts them together."""
    html = letter.html
    for each in letter.enclosures:
        if each.content_id:
            html = html.replace(
                f"cid:{each.content_id}", f"data:{each.type};base64,{b64encode(each.content).decode()}"
            )
    return html


def take(browser: Browser, name: str, html: str, width: int, *, dark: bool = False) -> None:
    """One picture of the whole page, in as few colours as it needs."""
    page = shown(browser, html, width=width, scheme="dark" if dark else "light")
    picture = Image.open(io.BytesIO(page.screenshot(full_page=True))).convert("RGB").quantize(64)
    picture.save(DOCS / f"{name}.png", optimize=True)
    page.context.close()
    print(f"docs/shots/{name}.png")


if __name__ == "__main__":
    main()
