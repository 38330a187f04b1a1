"""The generator of the corpus: the same seed gives the same, and the truth can be kept."""

from html import unescape
from random import Random

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.edition import load, shipped
from tests.corpus.make import annexes, by_hand, cases, paper, scans, seals, sets, truth, web, word
from tests.corpus.make.applications import invent_application
from tests.corpus.make.people import invent

EDITION = load(shipped()["blossom-2026"])


@given(st.text(), st.sampled_from(["answered", "blank"]), st.lists(st.integers(2000, 2030)))
def test_truth_is_kept_as_it_is(text: str, state: str, years: list[int]) -> None:
    """Whatever an applicant writes, the TOML beside the files gives it back."""
    said = truth.ItemTruth(state, text.replace("\x7f", ""), ("unclear",))
    document = truth.DocumentTruth("a file.pdf", "accounts", 2, 3, tuple(years))
    whole = truth.Truth("blossom-2026", 3, "lines", "docx", {"a1.name": said}, documents=(document,))

    assert whole == truth.loads(truth.dumps(whole))


@given(st.integers(0, 10**6))
def test_enterprise_numbers_have_right_check_digits(seed: int) -> None:
    """The last two digits are 97 less the rest of a division by 97."""
    digits = invent(seed).number.replace(".", "")

    assert int(digits[8:]) == 97 - int(digits[:8]) % 97


@pytest.mark.parametrize("kind", sorted(annexes.DESIGNS))
def test_an_annex_is_the_same_again(kind: str) -> None:
    """Kind, seed and year say everything about an annex."""
    assert annexes.make(kind, 4, 2024) == annexes.make(kind, 4, 2024)


@given(st.integers(0, 10**6))
def test_an_application_says_what_is_true_of_every_item(seed: int) -> None:
    """Each question has its truth, and what is blank there was left out."""
    application = invent_application(seed, EDITION)

    assert set(EDITION.questions) == set(application.truth) == set(application.answers)
    assert {q for q, item in application.truth.items() if item.state == "blank"} == {
        q for q, answer in application.answers.items() if answer is None
    }


def test_accounts_of_every_design_are_of_the_year_that_was_asked_for() -> None:
    """One structure closes its years always on the same day, whoever keeps its books."""
    for design in annexes.DESIGNS["accounts"]:
        (document,) = annexes.make("accounts", 4, 2023, design).truth

        assert document.years == (2023,), design


def test_a_word_file_is_the_same_again() -> None:
    """Seed and layout say every byte of a form."""
    first, again = (word.build(invent_application(8, EDITION), word.LAYOUTS["handed out"]) for _ in range(2))

    assert first == again


def test_every_case_has_a_folder_of_its_own() -> None:
    """No two cases share files, and both halves hold every layout in every format."""
    every = list(cases.cases())

    assert len({case.key for case in every}) == len(every)
    halves = [{(c.layout, c.format) for c in every if c.only_measured == half} for half in (True, False)]
    assert halves[0] == halves[1]


def test_a_page_that_was_left_in_the_scanner_takes_its_questions_along() -> None:
    """What was asked on that page alone is not found, and nothing else changes."""
    whole = truth.Truth("blossom-2026", 1, "", "", invent_application(8, EDITION).truth)
    asked = EDITION.questions["b.3"].wording

    assert paper.asked_on(["A. Informations", f"3. {asked}", "Fait à"], 1, whole) == {"b.3"}


@pytest.mark.parametrize("manner", ["photo", "fax", "sideways"])
def test_a_page_goes_through_every_machine(manner: str) -> None:
    """What comes out is a picture in three colours, whatever was done to it."""
    page = np.full((300, 210, 3), 255, np.uint8)
    handled = scans.handled(page, scans.MANNERS[manner], Random(1))

    assert handled.ndim == 3
    assert handled.dtype == np.uint8


def test_a_made_up_authority_seals_for_both() -> None:
    """Two people seal one PDF, one revision after the other."""
    application = invent_application(8, EDITION)
    pdf = by_hand.build(application, by_hand.HANDS["crossed by hand"])
    sealed = seals.sealed(pdf, ["Aïcha Delvaux", "Marc Peeters"], seals.MANNERS["both unseen"])

    assert sealed.startswith(pdf)
    assert sealed.count(b"/ByteRange") == 2


@pytest.mark.parametrize(
    ("years", "state"),
    [((2025, 2024), "present"), ((2025,), "partial"), ((2022, 2021), "missing"), ((), "missing")],
)
def test_accounts_are_asked_of_two_closed_years(years: tuple[int, ...], state: str) -> None:
    """Both make them whole, one makes them half, older ones none."""
    sent = [
        sets.Sent(
            "accounts",
            annexes.MadeAnnex(f"{year}.pdf", b"", (truth.DocumentTruth("", "accounts", years=(year,)),)),
        )
        for year in years
    ]

    assert state == sets.states(sent)["accounts"].state


@pytest.mark.parametrize("layout", sorted(web.LAYOUTS))
def test_a_page_of_the_web_says_what_was_answered(layout: str) -> None:
    """Every layout for a browser holds every answer in full."""
    application = invent_application(5, EDITION)
    page = unescape(web.html(application, layout))

    said = [row for answer in application.answers.values() for row in str(answer or "").split("\n") if row]
    assert [row for row in said if row not in page] == []
