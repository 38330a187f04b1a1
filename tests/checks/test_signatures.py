"""Tests of `checks/signatures.py`."""

from dataclasses import replace
from typing import Any

import pytest

from checks import signatures
from data.model import Finding, Severity, Signature, SignatureHow, SignatureState
from tests.checks.dossiers import a_dossier, blossom

P = blossom()
SIGNED, MISSING, UNCLEAR = SignatureState


def _signed_by(role: str, name: str | None, **changes: Any) -> Signature:
    return replace(Signature(role, SIGNED, SignatureHow.INK, name), **changes)


def _both(first: str | None, second: str | None) -> list[Finding]:
    signed = {"contact": _signed_by("contact", first), "administrator": _signed_by("administrator", second)}
    return list(signatures.look(a_dossier(signatures=signed), P))


def test_nothing_is_said_where_both_have_signed() -> None:
    """Two people, two signatures, no finding."""
    assert list(signatures.look(a_dossier(), P)) == []


@pytest.mark.parametrize(
    ("signature", "code", "severity"),
    [
        (Signature("administrator", MISSING), "signature.missing", Severity.BLOCKING),
        (Signature("administrator", MISSING, typed_name=True), "signature.typed_name", Severity.BLOCKING),
        (Signature("administrator", UNCLEAR), "signature.unclear", Severity.REVIEW),
        (
            Signature("administrator", SIGNED, SignatureHow.DIGITAL, intact=False),
            "signature.invalid",
            Severity.REVIEW,
        ),
    ],
)
def test_each_state_has_its_own_code(signature: Signature, code: str, severity: Severity) -> None:
    """Missing blocks, a typed name says why, doubts and broken seals are for a person."""
    (finding,) = signatures.look(a_dossier(signatures={"administrator": signature}), P)

    assert (finding.code, finding.subject, finding.severity) == (code, "administrator", severity)
    assert finding.facts["of"] == "de l'administrateur ou l'administratrice"


@pytest.mark.parametrize("intact", [True, None])
def test_a_seal_that_is_not_known_to_be_broken_is_good(intact: bool | None) -> None:
    """What could not be computed is no reproach."""
    signed = _signed_by("contact", "Aline Peeters", how=SignatureHow.DIGITAL, intact=intact)

    assert list(signatures.look(a_dossier(signatures={"contact": signed}), P)) == []


@pytest.mark.parametrize(
    ("first", "second"),
    [("Zoé Dupont", "Zoé Dupont"), ("DUPONT, Zoé", "Zoe Dupont"), ("Zoé  DUPONT", "Dupont Zoé")],
)
def test_one_person_who_signs_twice_is_for_a_person_to_see(first: str, second: str) -> None:
    """Case, accents and order of the names do not hide it."""
    (finding,) = _both(first, second)

    assert (finding.code, finding.severity) == ("signature.same_person", Severity.REVIEW)


@pytest.mark.parametrize(
    ("first", "second"),
    [("Zoé Dupont", "Léa Dupont"), (None, None), ("", ""), ("…", "…"), ("Zoé Dupont", None)],
)
def test_two_people_are_two_people(first: str | None, second: str | None) -> None:
    """A shared surname or names that could not be read are no suspicion."""
    assert _both(first, second) == []


def test_the_names_under_the_signatures_are_compared_too() -> None:
    """The form's own two lines tell, where the signatures have no name."""
    dossier = a_dossier(
        signatures={role: _signed_by(role, None) for role in P.signatories},
        answers={"s.contact_name": "Zoé Dupont", "s.administrator_name": "Dupont Zoé"},
    )

    assert [finding.code for finding in signatures.look(dossier, P)] == ["signature.same_person"]


def test_a_signature_that_is_missing_is_nobodys_double() -> None:
    """Only two signatures can be of one person."""
    dossier = a_dossier(
        signatures={"administrator": Signature("administrator", MISSING, name="Personne Contact")},
        answers={"s.administrator_name": "Personne Contact"},
    )

    assert [finding.code for finding in signatures.look(dossier, P)] == ["signature.missing"]


@pytest.mark.parametrize("changes", [{"has_form": False}, {"template_blank": True}])
@pytest.mark.parametrize("state", [MISSING, UNCLEAR])
def test_without_a_filled_form_no_signature_is_reproached(
    changes: dict[str, Any], state: SignatureState
) -> None:
    """One finding of `checks/dossier.py` stands for all of them."""
    dossier = a_dossier(signatures=dict.fromkeys(P.signatories, state), **changes)

    assert list(signatures.look(dossier, P)) == []


@pytest.mark.parametrize(
    ("label", "of"),
    [
        ("le président", "du président"),
        ("les associés", "des associés"),
        ("une administratrice", "d'une administratrice"),
        ("la personne de contact", "de la personne de contact"),
        ("", "de "),
    ],
)
def test_labels_are_contracted_as_french_asks(label: str, of: str) -> None:
    """« De le » is never written, whatever the edition calls its signatories."""
    edition = P.model_copy(update={"signatory": (P.signatory[0].model_copy(update={"label": label}),)})
    (finding,) = signatures.look(a_dossier(signatures={"contact": MISSING}), edition)

    assert finding.facts["of"] == of.strip()


@pytest.mark.parametrize(("under", "codes"), [("Contact Personne", ["signature.swapped"]), ("Zoé Autre", [])])
def test_names_that_changed_places_are_told(under: str, codes: list[str]) -> None:
    """The contact's name under the administrator's signature is for the officer to see, and no more."""
    dossier = a_dossier(
        answers={
            "a2.first_name": "Personne",
            "a2.last_name": "Contact",
            "s.contact_name": "Léa Membre",
            "s.administrator_name": under,
        },
    )

    assert [finding.code for finding in signatures.look(dossier, P)] == codes
