"""Look-alikes: what was read stays, what may be meant is proposed, and only where it is one thing."""

import random
from datetime import date
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from checks import answer_to, dates, eligibility, email, enterprise_number, judge, phone
from checks._lookalikes import digits, proposal, signs
from data.model import Finding, Severity, VerdictState
from tests.checks.dossiers import a_dossier, blossom

P = blossom()
LOOKS = {"0": "OoQ", "1": "lI|i", "2": "Zz", "5": "Ss", "6": "G", "8": "B", "9": "gq", "@": "©", ".": ","}
few = settings(max_examples=60, deadline=None)


def _findings(check: ModuleType, question: str, value: str) -> list[Finding]:
    return [f for f in check.look(a_dossier(answers={question: value}), P) if f.subject == question]


def _proposals(check: ModuleType, question: str, value: str) -> set[str]:
    findings = _findings(check, question, value)

    assert all(f.officer_only and f.severity is Severity.NOTICE for f in findings if "proposal" in f.facts)
    return {f.facts["proposal"] for f in findings} if all("proposal" in f.facts for f in findings) else set()


def _confused(text: str, seed: random.Random, signs: str) -> str:
    """With one or two signs as a bad scan gives them."""
    places = [place for place, sign in enumerate(text) if sign in signs]
    for place in seed.sample(places, min(len(places), seed.randint(1, 2))):
        text = text[:place] + seed.choice(LOOKS[text[place]]) + text[place + 1 :]
    return text


@pytest.mark.parametrize(
    ("check", "question", "read", "meant"),
    [
        (enterprise_number, "a1.enterprise_number", "O419.61B.S35", "0419.618.535"),
        (enterprise_number, "a1.enterprise_number", "BE O4I9 6I8 53S", "0419.618.535"),
        (phone, "a2.phone", "O496 24 6S 66", "0496 24 65 66"),
        (phone, "a2.phone", "Bureau : 02 5l3 I2 34", "02 513 12 34"),
        (phone, "a2.phone", "+33 6 12 34 S6 78", "+33 6 12 34 56 78"),
        (email, "a2.email", "aline©laremise.example", "aline@laremise.example"),
        (email, "a2.email", "aline@laremise,example", "aline@laremise.example"),
        (email, "a2.email", "E-mail : aline © laremise .example", "aline@laremise.example"),
        (email, "a2.email", "alinealaremise.example", "aline@laremise.example"),
        (email, "a2.email", "bobagmail.com", "bob@gmail.com"),
        (dates, "a1.created_on", "l2/O3/2018", "12/03/2018"),
        (dates, "a1.created_on", "l5 août 2O18", "15/08/2018"),
        (eligibility, "a1.address", "Rue du Moulin 12B, 1O8O Molenbeek", "1080"),
        (eligibility, "a1.address", "Chaussée de Mons 1424, lO70 Anderlecht", "1070"),
    ],
)
def test_what_was_read_is_shown_with_what_may_be_meant(
    check: ModuleType, question: str, read: str, meant: str
) -> None:
    """To the officer alone, as a remark; the answer stays as it was read, and nothing is missing."""
    (finding,) = _findings(check, question, read)
    dossier = a_dossier(answers={question: read})

    assert finding.code == "answer.invalid"
    assert finding.facts["why"] == f"lu « {read} » ; peut-être {meant}"
    assert finding.facts["proposal"] == meant
    assert (finding.officer_only, finding.severity) == (True, Severity.NOTICE)
    assert answer_to(dossier, question).value == read
    assert judge(dossier, P).state is VerdictState.COMPLETE


@pytest.mark.parametrize(
    ("check", "question", "read"),
    [
        (enterprise_number, "a1.enterprise_number", "O419.618.536"),
        (phone, "a2.phone", "0496 24 6S 66 / 02 513 l2 34"),
        (phone, "a2.phone", "0496 24 6S"),
        (email, "a2.email", "aline, peeters©laremise.example"),
        (email, "a2.email", "alinearemise.example"),
        (dates, "a1.created_on", "au printemps 2O15"),
        (eligibility, "a1.address", "Place Flagey, Ixelles"),
    ],
)
def test_nothing_is_proposed_where_nothing_fits_or_several_things_do(
    check: ModuleType, question: str, read: str
) -> None:
    """Two numbers in one answer, a first name that may belong to the address: a person reads it."""
    assert all("proposal" not in finding.facts for finding in _findings(check, question, read))


def test_a_private_date_is_proposed_without_being_repeated() -> None:
    """Findings stand where no date of birth may; the officer opens the form."""
    (finding,) = _findings(dates, "a2.birth_date", "l2/O3/1987")

    assert finding.officer_only
    assert not any("1987" in fact for fact in finding.facts.values())


@few
@given(st.integers(1_000_000, 19_999_999), st.randoms(use_true_random=False))
def test_a_confused_enterprise_number_is_proposed_or_nothing_is(first: int, seed: random.Random) -> None:
    """Up to two look-alikes: its check digits leave no other."""
    number = f"{first:08d}{97 - first % 97:02d}"
    number = f"{number[:4]}.{number[4:7]}.{number[7:]}"

    assert _findings(enterprise_number, "a1.enterprise_number", number) == []
    read = _confused(number, seed, "0125689")
    assert _proposals(enterprise_number, "a1.enterprise_number", read) <= {number}


@few
@given(st.integers(0, 999_999), st.randoms(use_true_random=False))
def test_a_confused_telephone_number_is_proposed_or_nothing_is(last: int, seed: random.Random) -> None:
    """A Belgian mobile number, written as at home."""
    number = f"0496 {last // 10000:02d} {last // 100 % 100:02d} {last % 100:02d}"

    assert _findings(phone, "a2.phone", number) == []
    assert _proposals(phone, "a2.phone", _confused(number, seed, "0125689")) <= {number}


@few
@given(
    st.from_regex(r"[a-z]{3,8}(\.[a-z]{3,8})?@[b-z]{3,8}\.(be|com|org)", fullmatch=True),
    st.randoms(use_true_random=False),
)
def test_a_confused_address_is_proposed_or_nothing_is(address: str, seed: random.Random) -> None:
    """« © » for « @ », « , » for « . »."""
    assert _findings(email, "a2.email", address) == []
    assert _proposals(email, "a2.email", _confused(address, seed, "@.")) <= {address}


@few
@given(st.dates(date(1950, 1, 1), date(2025, 12, 31)), st.randoms(use_true_random=False))
def test_a_confused_date_is_proposed_or_nothing_is(day: date, seed: random.Random) -> None:
    """Day before month, in digits."""
    assert _findings(dates, "a1.created_on", day.isoformat()) == []
    read = _confused(f"{day:%d/%m/%Y}", seed, "0125689")
    assert _proposals(dates, "a1.created_on", read) <= {f"{day:%d/%m/%Y}"}


@few
@given(st.text("0123456789OolIBSZGq .,/@©a", max_size=60))
def test_a_value_that_passes_gets_no_proposal(text: str) -> None:
    """Any text: as read it passes, or what is proposed does and is another one."""
    for spots in (digits(text), signs(text, email.SIGNS)):
        assert proposal(text, spots, str) is None
        meant = proposal(text, spots, lambda each: each if each != text else None)
        assert meant is None or (meant != text and len(spots) == 1)
