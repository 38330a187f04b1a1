"""The generator of the corpus: the same seed gives the same, and the truth can be kept."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.corpus.make import annexes, truth
from tests.corpus.make.people import invent


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
