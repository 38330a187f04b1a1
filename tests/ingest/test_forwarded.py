"""`ingest.forwarded` and `wording.part_of`: who wrote what is passed on, and which part of how many it is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.model import Address
from ingest.envelope import read
from ingest.forwarded import forwarded_from
from ingest.unpack import open_mail
from ingest.wording import part_of
from tests.builders import a_mail

ALINE = Address("Aline Peeters", "aline@laremise.example")
COLLEAGUE = Address("Fatou", "fatou@coopcity.be")

BLOCKS = {
    "Outlook, French": (
        "De : Aline Peeters <aline@laremise.example>\nEnvoyé : lundi 14 septembre 2026 09:12\n"
        "À : Fatou <fatou@coopcity.be>\nObjet : Dossier de candidature\n\nBonjour"
    ),
    "Outlook, mailto": (
        "De : Aline Peeters [mailto:aline@laremise.example]\nEnvoyé : lundi 14 septembre 2026 09:12\n"
        "À : Fatou\nObjet : Dossier"
    ),
    "Outlook, bold": (
        "*De :* Aline Peeters <aline@laremise.example>\n*Envoyé :* lundi\n*À :* Fatou\n*Objet :* Dossier"
    ),
    "Gmail": (
        "---------- Forwarded message ---------\nDe : Aline Peeters <aline@laremise.example>\n"
        "Date: lun. 14 sept. 2026 à 09:12\nSubject: Dossier\nTo: <fatou@coopcity.be>\n"
    ),
    "Thunderbird": (
        "-------- Message transféré --------\nSujet : \tDossier\nDate : \tMon, 14 Sep 2026\n"
        "De : \tAline Peeters <aline@laremise.example>\nPour : \tfatou@coopcity.be\n"
    ),
    "Apple": (
        "Début du message réexpédié :\n\n> De: Aline Peeters <aline@laremise.example>\n> Objet: Dossier\n"
        "> Date: 14 septembre 2026 à 09:12\n> À: fatou@coopcity.be\n"
    ),
    "Mac, no-break space": (
        "De\u00a0: Aline Peeters <aline@laremise.example>\nDate\u00a0: lundi\nObjet\u00a0: Dossier\n"
    ),
    "Dutch": (
        "Van: Aline Peeters <aline@laremise.example>\nVerzonden: maandag 14 september 2026\nAan: Fatou\n"
        "Onderwerp: Dossier\n"
    ),
    "English": (
        "From: Aline Peeters <aline@laremise.example>\nSent: Monday, 14 September 2026\nTo: Fatou\n"
        "Subject: Dossier\n"
    ),
}


@pytest.mark.parametrize("program", BLOCKS)
def test_the_writer_of_what_is_passed_on_is_found(program: str) -> None:
    """In the block that each mail program quotes, below a colleague's own words."""
    text = f"Matthias, pour toi !\nFatou\n\n{BLOCKS[program]}"

    assert forwarded_from("TR: Dossier de candidature", text, COLLEAGUE) == ALINE


@pytest.mark.parametrize("program", ["Gmail", "Thunderbird", "Apple"])
def test_a_mark_is_enough_without_a_subject(program: str) -> None:
    """Some colleagues rewrite the subject."""
    assert forwarded_from("Dossier La Remise", BLOCKS[program], COLLEAGUE) == ALINE


def test_a_reply_quotes_and_passes_nothing_on() -> None:
    """Outlook quotes the mail that it answers in the same way."""
    assert forwarded_from("RE: Dossier", BLOCKS["Outlook, French"], COLLEAGUE) is None


@pytest.mark.parametrize(
    "text",
    [
        "De : aline@laremise.example, tu recevras le dossier.",
        "De : Aline Peeters\nEnvoyé : lundi\nObjet : Dossier",
        "De : Aline <aline@laremise.example>\n\nMerci",
        "",
    ],
)
def test_a_sentence_is_no_block(text: str) -> None:
    """Without an address, a subject and a day there is nothing to go by."""
    assert forwarded_from("TR: Dossier", text, COLLEAGUE) is None


def test_a_chain_of_colleagues_leads_to_the_applicant() -> None:
    """The first from another house than the one who passed it on last."""
    among_us = "De : Matthias <matthias@coopcity.be>\nEnvoyé : mardi\nÀ : Fatou\nObjet : TR: Dossier\n\n"

    assert forwarded_from("TR: TR: Dossier", among_us + BLOCKS["Outlook, French"], COLLEAGUE) == ALINE
    assert forwarded_from("TR: Dossier", among_us, COLLEAGUE) == Address("Matthias", "matthias@coopcity.be")


def test_the_envelope_says_it() -> None:
    """Passed on in plain text, in HTML, and as an attachment."""
    html = "<p>Voir ci-dessous</p>" + "".join(
        f"<div>{line.replace('<', '&lt;')}</div>" for line in BLOCKS["Outlook, French"].splitlines()
    )
    inner = a_mail(sender="Aline Peeters <aline@laremise.example>")
    plain = read(a_mail(BLOCKS["Outlook, French"], subject="TR: Dossier", sender="fatou@coopcity.be"))
    in_html = read(b"Subject: TR: x\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + html.encode())
    attached = open_mail(a_mail("Voir joint", files={"a.eml": ("application/octet-stream", inner)}))

    assert plain.forwarded_from == in_html.forwarded_from == attached.forwarded_from == ALINE
    assert read(a_mail("Bonjour")).forwarded_from is None


def test_an_attached_mails_own_writer_comes_before_whom_it_quotes() -> None:
    """Unless that writer is a colleague, who passed it on in turn."""
    board = BLOCKS["English"].replace("aline@laremise.example", "president@conseil.example")
    hers = a_mail(board, subject="TR: accord du CA", sender="Aline Peeters <aline@laremise.example>")
    colleagues = a_mail(BLOCKS["English"], subject="TR: Dossier", sender="matthias@coopcity.be")

    for inner in (hers, colleagues):
        outer = a_mail(
            "Voir", sender="fatou@coopcity.be", files={"a.eml": ("application/octet-stream", inner)}
        )
        assert open_mail(outer).forwarded_from == ALINE


def test_a_returned_mail_is_not_passed_on() -> None:
    """A bounce holds our own letter, an absence message quotes it."""
    ours = a_mail(sender="matthias@coopcity.be")
    bounce = a_mail(
        subject="Undelivered Mail Returned to Sender",
        sender="MAILER-DAEMON@mx.example",
        files={"a.eml": ("application/octet-stream", ours)},
    )

    assert open_mail(bounce).forwarded_from is None


@given(st.text(max_size=300), st.text(max_size=30))
def test_any_text_is_looked_at(text: str, subject: str) -> None:
    """Total, and without a sign of passing on nothing is found."""
    forwarded_from(f"TR: {subject}", text, None)

    assert (
        forwarded_from("Dossier", "De : a@b.example\n" + text.replace("-", ""), None) is None
        or "essage" in text
    )


# ---------------------------------------------------------------- parts


@pytest.mark.parametrize(
    ("subject", "part"),
    [
        ("Dossier de candidature – COOPCITY 2026 – La Remise 1/2", (1, 2)),
        ("Dossier de candidature – COOPCITY 2026 – La Remise (2/2)", (2, 2)),
        ("[1/3] Dossier de candidature – La Remise", (1, 3)),
        ("Dossier de candidature COOPCITY 2026 La Remise partie 1 sur 2", (1, 2)),
        ("Dossier – partie 2/3 – La Remise", (2, 3)),
        ("TR: 2/2 Dossier COOPCITY – La Remise", (2, 2)),
        ("Kandidatuur COOPCITY 2026 – deel 1 van 2 – De Remise", (1, 2)),
        ("Application COOPCITY – mail 3 of 4 – La Remise", (3, 4)),
        ("Dossier COOPCITY 2026 - La Remise - envoi n° 2 sur 2", (2, 2)),
        ("Dossier – La Remise – 1 / 2", (1, 2)),
        ("Dossier de candidature – COOPCITY 2026 – La Remise", None),
        ("Réunion du 9/10", None),
        ("Dossier envoyé le 9/10", None),
        ("Dossier du 14/09/2026 – La Remise", None),
        ("Comptes 2024/25", None),
        ("Dossier 3/2", None),
        ("Dossier 1/1", None),
        ("Dossier 0/2", None),
        ("La Remise 24/24", None),
        ("Projet 50/50 – COOPCITY", None),
        ("Emploi 4/5 temps chez nous", None),
        ("Kandidatuur op 9/10", None),
        ("", None),
    ],
)
def test_a_part_of_several_is_told(subject: str, part: tuple[int, int] | None) -> None:
    """Days, years and working hours are no parts."""
    assert part_of(subject) == part


@given(st.text(max_size=100))
def test_any_subject_is_read(subject: str) -> None:
    """A part is one of at least two."""
    found = part_of(subject)

    assert found is None or 1 <= found[0] <= found[1] <= 20
