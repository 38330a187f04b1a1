"""`ingest.authentication`: only what our own server wrote on top is believed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.edition import Edition
from ingest.authentication import NO_NAME, results, sender_verified
from ingest.envelope import read
from ingest.recognise import may_answer
from tests.builders import a_mail

OURS = "mx.coopcity.be"
MICROSOFT = (
    "spf=pass (sender IP is 192.0.2.7) smtp.mailfrom=laremise.example; dkim=pass (signature was verified)"
    " header.d=laremise.example;dmarc=pass action=none header.from=laremise.example;compauth=pass reason=100"
)
GOOGLE = (
    "mx.google.com; dkim=pass header.i=@laremise.example header.s=s1 header.b=Ab1;"
    " spf=pass (google.com: domain of aline@laremise.example designates 192.0.2.7 as permitted sender)"
    " smtp.mailfrom=aline@laremise.example; dmarc=pass (p=REJECT sp=REJECT dis=NONE)"
    " header.from=laremise.example"
)


def verified(
    *headers: str, by: str | None = OURS, sender: str = "Aline <aline@laremise.example>"
) -> bool | None:
    """What is said of a mail with these headers, from the top."""
    top = "".join(f"Authentication-Results: {each}\r\n" for each in headers).encode()
    return sender_verified(read(top + a_mail(sender=sender)), by)


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        ("dmarc=pass header.from=laremise.example", True),
        ("dkim=pass header.d=laremise.example", True),
        ("dkim=pass header.i=@mail.laremise.example", True),
        ("spf=pass smtp.mailfrom=bounce@laremise.example", True),
        ("spf=fail smtp.mailfrom=laremise.example; dkim=pass header.d=laremise.example", True),
        ("spf=fail smtp.mailfrom=laremise.example; dmarc=pass header.from=laremise.example", True),
        ("dmarc=fail header.from=laremise.example", False),
        ("dmarc=fail (p=reject dis=none) header.from=laremise.example", None),
        ("dmarc=fail (p=reject) header.from=laremise.example", False),
        ("dmarc=fail action=oreject header.from=laremise.example", False),
        ("dmarc=fail (p=none) header.from=laremise.example", None),
        ("dmarc=fail action=none; spf=softfail smtp.mailfrom=laremise.example", None),
        ("dmarc=fail (p=none) header.from=laremise.example; spf=fail smtp.mailfrom=laremise.example", False),
        ("spf=fail smtp.mailfrom=aline@laremise.example; dkim=none", False),
        ("spf=fail smtp.mailfrom=relais.example; dkim=none", None),
        ("spf=fail smtp.mailfrom=laremise.example; dkim=pass header.d=relais.example", None),
        ("dkim=fail header.d=laremise.example", None),
        ("dkim=pass header.d=relais.example", None),
        ("dmarc=pass header.from=ailleurs.example", None),
        ("spf=none; dkim=none; dmarc=none", None),
        ("spf=temperror smtp.mailfrom=laremise.example", None),
        ("none", None),
        ("", None),
    ],
)  # fmt: skip
def test_results_become_proven_disproven_or_unknown(found: str, expected: bool | None) -> None:
    """Proof needs the sender's own domain; disproof needs that domain's own word."""
    assert verified(f"{OURS}; {found}") is expected


@pytest.mark.parametrize(("header", "by"), [(MICROSOFT, NO_NAME), (GOOGLE, "mx.google.com")])
def test_the_two_large_providers_are_read(header: str, by: str) -> None:
    """Microsoft writes no name before its results, Google does."""
    assert verified(header, by=by) is True
    assert verified(header, by=OURS) is None
    assert verified(header, by=None) is None


def test_a_forged_header_below_ours_is_not_read() -> None:
    """What the sender wrote himself stands below what our server wrote on top."""
    honest, forged = f"{OURS}; dmarc=fail (p=reject)", f"{OURS}; dmarc=pass header.from=laremise.example"

    assert verified(honest, forged) is False
    assert verified(f"{OURS}; none", forged) is None


def test_a_header_of_another_server_is_not_read() -> None:
    """Neither on top, nor does it let the one below it through."""
    forged = "mx.evil.example; dmarc=pass header.from=laremise.example"

    assert verified(forged) is None
    assert verified(forged, f"{OURS}; dmarc=pass header.from=laremise.example") is None


def test_nobody_is_trusted_unless_told() -> None:
    """Without a name in the settings nothing is known, of good or bad."""
    assert verified(f"{OURS}; dmarc=pass header.from=laremise.example", by=None) is None
    assert verified(f"{OURS}; dmarc=fail", by=None) is None


@pytest.mark.parametrize(
    "found",
    [
        "dkim=pass (header.d=laremise.example) header.d=evil.example",
        'dkim=pass header.i="a header.d=laremise.example"@evil.example header.d=evil.example',
        'spf=pass smtp.mailfrom="x; dmarc=pass header.from=laremise.example"@evil.example',
        "spf=pass (a; dmarc=pass header.from=laremise.example) smtp.mailfrom=evil.example",
        "spf=pass smtp.mailfrom=aline@laremise.example@evil.example",
        "dkim=pass header.d=evillaremise.example",
        "dkim=pass header.d=example",
        "spf=fail reason=\"dmarc=pass header.from=laremise.example\" smtp.mailfrom=evil.example",
    ],
)  # fmt: skip
def test_what_a_sender_can_write_into_a_result_proves_nothing(found: str) -> None:
    """Comments, quoted local parts and look-alikes are the sender's own words."""
    assert verified(f"{OURS}; {found}") is None


def test_name_version_and_case_do_not_matter() -> None:
    """« MX.CoopCity.be 1 (comment); SPF=Pass » is the same server saying the same."""
    assert verified("(x) MX.CoopCity.be 1 (y); DMARC/1 = Pass (z) header.from=LaRemise.example") is True
    assert verified('"mx.coopcity.be"; dmarc=pass header.from=laremise.example') is True


def test_a_forged_sender_gets_no_letter(blossom: Edition) -> None:
    """The gate refuses, and says why in French; the unknown is answered as ever."""
    envelope = read(a_mail())

    assert "usurpée" in (may_answer(envelope, blossom, verified=False) or "")
    assert may_answer(envelope, blossom, verified=None) is None
    assert may_answer(envelope, blossom, verified=True) is None


@given(st.text(max_size=300))
def test_any_header_is_read(text: str) -> None:
    """Total on any letters, and without our name nothing is found."""
    list(results(text, NO_NAME))
    list(results(f"{OURS}; {text}", OURS))

    assert list(results(f"evil.example; {text}", OURS)) == []
