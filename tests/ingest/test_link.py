"""`ingest.link`: a mail joins the application it belongs to, or is asked about; it is never guessed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.edition import Edition
from data.model import Application, MailKind, Recognition
from ingest.link import Ambiguous, digits, link, mentioned
from tests.ingest.conftest import an_application, an_envelope

REMISE = an_application(number="0419.618.535", files=["form.docx", "cv.pdf"])
POTAGER = an_application(
    "Le Potager ASBL",
    reference="BL26-00000",
    senders=["leo@potager.example"],
    message_ids=["9@potager.example"],
    number="0403.019.261",
)
KNOWN = [REMISE, POTAGER]
STRANGER = "someone@else.example"


def supplement(organisation: str | None = None) -> Recognition:
    return Recognition(MailKind.SUPPLEMENT, (), organisation)


def application(organisation: str | None = None) -> Recognition:
    return Recognition(MailKind.APPLICATION, (), organisation)


@pytest.mark.parametrize(
    "told",
    [
        {"in_reply_to": "ours-1@coopcity.be"},
        {"in_reply_to": "<ours-1@COOPCITY.BE>"},
        {"references": ["z@z.example", "1@laremise.example"]},
        {"subject": "RE: À compléter – La Remise [BL26-K7Q3M]"},
        {"subject": "bl26 - k7q3m les statuts"},
        {"sender": "Aline@LaRemise.example"},
        {"reply_to": "aline@laremise.example"},
        {"files": ["form.docx", "cv.pdf"]},
    ],
)
def test_one_sign_is_enough(told: dict[str, object], blossom: Edition) -> None:
    """Thread, reference, sender, reply address or the same files again, each alone."""
    words = {"subject": "Voici", "sender": STRANGER, **told}

    assert link(an_envelope(**words), supplement(), KNOWN, blossom) == REMISE  # type: ignore[arg-type]


@pytest.mark.parametrize("number", ["0419618535", "419.618.535", "BE 0419.618.535"])
def test_the_enterprise_number_is_a_sign(number: str, blossom: Edition) -> None:
    """However it is written."""
    envelope = an_envelope("Voici", sender=STRANGER)

    assert link(envelope, application("Autre nom"), KNOWN, blossom, enterprise_number=number) == REMISE


@pytest.mark.parametrize("name", ["La Remise", "LA REMISE asbl", "la remise", "La Remisse ASBL"])
def test_the_structures_name_is_a_sign(name: str, blossom: Edition) -> None:
    """Without case, accents, legal form, and with a slip."""
    assert link(an_envelope("x", sender=STRANGER), application(name), KNOWN, blossom) == REMISE


def test_a_stranger_opens_a_new_application(blossom: Edition) -> None:
    """No sign, no link."""
    assert link(an_envelope("x", sender=STRANGER), application("La Grange"), KNOWN, blossom) is None
    assert link(an_envelope("x", sender=None), application(), KNOWN, blossom) is None


def test_a_thread_outweighs_a_sender(blossom: Edition) -> None:
    """A colleague's answer in another structure's thread belongs to that thread."""
    envelope = an_envelope("x", in_reply_to="9@potager.example")

    assert link(envelope, supplement(), KNOWN, blossom) == POTAGER


def test_contradicting_signs_are_asked_about(blossom: Edition) -> None:
    """The thread of one and the reference of another: a person decides."""
    envelope = an_envelope("[BL26-00000]", in_reply_to="ours-1@coopcity.be")

    assert link(envelope, supplement(), KNOWN, blossom) == Ambiguous((REMISE, POTAGER))


def test_a_new_form_in_an_old_thread_is_asked_about(blossom: Edition) -> None:
    """Another structure, another number, answered onto our letter: a person decides."""
    envelope = an_envelope("x", in_reply_to="ours-1@coopcity.be")
    found = link(envelope, application("La Grange"), KNOWN, blossom, enterprise_number="0123456749")

    assert found == Ambiguous((REMISE,))


def test_one_person_may_write_for_two_structures(blossom: Edition) -> None:
    """The same sender: the name tells which, another name opens a new one, no name is asked about."""
    both = [REMISE, an_application("Le Potager", reference="BL26-00000", message_ids=["9@x.example"])]

    assert link(an_envelope("x"), supplement("Le Potager"), both, blossom) == both[1]
    assert link(an_envelope("x"), application("La Grange"), both, blossom) is None
    assert link(an_envelope("x"), supplement(), both, blossom) == Ambiguous(tuple(both))
    assert link(an_envelope("x"), supplement("La Grange"), [REMISE], blossom) == Ambiguous((REMISE,))


def test_two_structures_of_one_name_are_asked_about(blossom: Edition) -> None:
    """A name that two bear decides nothing, nor one whose number is another's."""
    both = [REMISE, an_application(reference="BL26-00000", senders=["x@y.example"], message_ids=[])]
    envelope = an_envelope("x", sender=STRANGER)

    assert link(envelope, application("La Remise"), both, blossom) == Ambiguous(tuple(both))
    assert link(
        envelope, application("La Remise"), [REMISE], blossom, enterprise_number="0403019261"
    ) == Ambiguous((REMISE,))


def test_a_colleague_who_forwards_is_no_applicant(blossom: Edition) -> None:
    """Our own addresses forward for many: they are no sign."""
    forwarded = an_application(senders=["info@coopcity.be"])

    assert (
        link(an_envelope("x", sender="info@coopcity.be"), application("La Grange"), [forwarded], blossom)
        is None
    )


def test_one_file_from_a_stranger_proves_nothing(blossom: Edition) -> None:
    """Two applicants may both send back the same blank form."""
    envelope = an_envelope("x", sender=STRANGER, files=["form.docx"])

    assert link(envelope, application("La Grange"), KNOWN, blossom) is None


def test_an_application_to_another_edition_is_not_joined(blossom: Edition) -> None:
    """Last year's dossier of the same people stays last year's."""
    mail = blossom.programme.model_copy(update={"id": "blossom-2027"})
    next_year = blossom.model_copy(update={"programme": mail})

    assert link(an_envelope(), application("La Remise"), KNOWN, next_year) is None


def test_a_structure_is_mentioned_in_whole_words() -> None:
    """Part of a word is no name."""
    assert mentioned("Nos statuts – la remise", KNOWN) == [REMISE]
    assert mentioned("La remiserie", KNOWN) == []


@given(st.permutations(KNOWN), st.sampled_from(["La Remise", "Le Potager", None]))
def test_the_order_of_what_is_known_does_not_matter(known: list[Application], name: str | None) -> None:
    """The same applications in another order give the same answer."""
    from data import edition as editions

    edition = editions.load(editions.shipped()["blossom-2026"])
    envelope = an_envelope("x", sender=STRANGER)

    assert link(envelope, application(name), known, edition) == link(
        envelope, application(name), KNOWN, edition
    )


@given(
    others=st.lists(st.from_regex(r"[a-z0-9.]{1,12}@[a-z]{1,8}\\.example", fullmatch=True), max_size=8),
    place=st.integers(0, 8),
    sender=st.sampled_from([STRANGER, "leo@potager.example", "info@coopcity.be"]),
)
def test_one_known_id_in_a_thread_is_enough(others: list[str], place: int, sender: str) -> None:
    """Among any other ids, at any place, whoever writes: the thread tells the application."""
    from data import edition as editions

    edition = editions.load(editions.shipped()["blossom-2026"])
    thread = [each for each in others if each not in ("1@laremise.example", "9@potager.example")]
    thread.insert(place, "ours-1@coopcity.be")

    assert link(an_envelope("x", sender=sender, references=thread), supplement(), KNOWN, edition) == REMISE


@given(st.text(max_size=30))
def test_a_number_has_ten_digits_or_is_none(number: str) -> None:
    """Total, and its own normal form."""
    assert len(digits(number)) in (0, 10)
    assert digits(digits(number)) == digits(number)


def test_another_number_is_another_house(blossom: Edition) -> None:
    """« Habitat Groupé 19 » is not taken for « Habitat Groupé 1 », however alike they look."""
    first = an_application("Habitat Groupé Marolles 1")
    mail = an_envelope(sender=STRANGER)

    assert link(mail, supplement("Habitat Groupé Marolles 19"), [first], blossom) is None
    assert link(mail, supplement("Habitat Groupe Maroles 1"), [first], blossom) is first
