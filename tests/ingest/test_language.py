"""The language of a mail: its writer's own words count, and French wins where there is doubt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.language import language_of

DISCLAIMER = (
    "This message and its attachments are confidential and intended for the addressee. If you have received"
    " this message in error, please notify the sender and delete it from your system."
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Bonjour,\n\nVoici notre dossier.\n\nBien à vous,\nAline", "fr"),
        ("Beste,\n\nIn bijlage ons dossier.\n\nMet vriendelijke groeten,\nAn Peeters", "nl"),
        ("Geachte heer Meirlaen, hierbij vindt u onze kandidatuur voor BLOSSOM. Alvast bedankt!", "nl"),
        ("Dear Matthias,\n\nPlease find attached our application.\n\nKind regards,\nSam", "en"),
        ("Hi, here is our application for the programme, with the annexes. Thanks, Sam", "en"),
        (f"Bonjour,\n\nVoici notre dossier.\n\nBien à vous\n\n{DISCLAIMER}", "fr"),
        ("Bonjour, beste collega, voici ons dossier, merci, met vriendelijke groeten en bonne journée", "fr"),
        (
            "Beste,\nin bijlage ons dossier.\nGroeten\n\nOp 10/09/2026 schreef COOPCITY:\n> Bonjour, nous",
            "nl",
        ),
        ("Dossier de candidature – COOPCITY 2026 – La Remise", None),
        ("Zie bijlage", None),
        ("Ok", None),
        ("", None),
    ],
)
def test_the_writers_own_words_count(text: str, code: str | None) -> None:
    """Not the disclaimer, not the mail that is answered; too few words say nothing."""
    assert language_of(text) == code


@given(st.text())
def test_any_text_has_an_answer(text: str) -> None:
    """Whatever a mail holds, it is one of three languages or none."""
    assert language_of(text) in {"fr", "nl", "en", None}


@given(st.text(alphabet="abcdé ,.\n", max_size=40))
def test_french_greetings_keep_a_mail_french(text: str) -> None:
    """Whatever stands around them, three French words outweigh the others."""
    assert language_of(f"Bonjour, voici notre dossier. Merci. {text}") == "fr"
