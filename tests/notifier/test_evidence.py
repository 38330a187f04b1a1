"""The page that shows what was found, where and why."""

from dataclasses import replace

import pytest

from data.model import Box, Place, Signature, SignatureHow, SignatureState, View
from notifier import evidence
from notifier.evidence import Page
from tests.notifier.builders import a_dossier, a_verdict, edition

FILE = "Dossier <signé>.pdf"
VIEW = View(b"\xff\xd8 a page", 595.0, 842.0)


def _signed(state: SignatureState = SignatureState.SIGNED, **more: object) -> Signature:
    place = Place(FILE, 8, Box(297.5, 421.0, 400.0, 463.1))
    signature = Signature("contact", state, SignatureHow.INK, "Zoé <b>", place, 0.97, cutout=b"\x89PNG ink")
    return replace(signature, **more)  # type: ignore[arg-type] # fields by name


def _page(signature: Signature, views: dict[Page, View] | None = None) -> str:
    dossier = a_dossier()
    dossier = replace(dossier, signatures={**dossier.signatures, "contact": signature})
    return evidence.compose(dossier, a_verdict(), edition(), views or {})


def test_a_signature_is_shown_with_its_place_and_its_picture() -> None:
    """State, manner, name, file and page in words; the cut-out; the page with a box at half its height."""
    said = _page(_signed(), {Page(FILE, 8): VIEW})

    assert "tracée à la main" in said
    assert "certitude : 97 %" in said.replace("\N{NO-BREAK SPACE}", " ")
    assert "Dossier &lt;signé&gt;.pdf, page" in said
    assert "data:image/png;base64,iVBORyBpbms=" in said
    assert "data:image/jpeg;base64," in said
    assert "left:49.5%;top:49.64%" in said


def test_what_applicants_wrote_is_no_markup() -> None:
    """Names and file names are shown as they were written."""
    said = _page(_signed())

    assert "Zoé &lt;b&gt;" in said
    assert "<b>" not in said


def test_nothing_is_fetched_from_elsewhere() -> None:
    """The page needs nothing beside itself."""
    said = _page(_signed(), {Page(FILE, 8): VIEW})

    assert "http" not in said
    assert "<script" not in said
    assert "<link" not in said


@pytest.mark.parametrize(
    ("state", "told"),
    [(SignatureState.MISSING, "non trouvée"), (SignatureState.UNCLEAR, "à vérifier")],
)
def test_doubt_and_want_say_why(state: SignatureState, told: str) -> None:
    """The reason stands beside the state."""
    said = _page(_signed(state, reason="un cachet se trouve là", cutout=b""))

    assert f">{told}</span>" in said
    assert "un cachet se trouve là" in said
    assert "tracée à la main" not in said


def test_pages_of_signatures_come_first() -> None:
    """What is asked to be drawn: each page once, signatures before annexes."""
    dossier = a_dossier()
    dossier = replace(dossier, signatures={"contact": _signed(), "administrator": _signed()})
    pages = evidence.pages_to_show(dossier, edition())

    assert pages[0] == Page(FILE, 8)
    assert len(pages) == len(set(pages))


def test_no_hour_of_reception_is_made_up() -> None:
    """Loose files do not say when they came."""
    said = evidence.compose(a_dossier(), a_verdict(), edition(), {}, received=False)

    assert "Date de réception inconnue" in said
