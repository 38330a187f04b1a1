"""Tests of `checks/_check.py`: finding the checks, and saying what they found."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import checks
from checks import catalogue, complaints, judge
from checks._check import LONGEST_FACT, Tell, as_words, placeholders, said
from data.edition import Edition
from data.model import AnnexState, Severity
from tests.checks.dossiers import a_dossier, blossom, verger

P = blossom()
TELL = Tell("annex.missing", Severity.BLOCKING, "Nous n'avons pas trouvé {label}.")


def _with_words(**tells: str) -> Edition:
    return P.model_copy(update={"tells": {code.replace("_", ".", 1): words for code, words in tells.items()}})


def test_every_module_without_an_underscore_is_found() -> None:
    """A new file is a new check, and nothing else is needed."""
    folder = Path(checks.__file__).parent

    assert [c.name for c in catalogue()] == sorted(
        path.stem for path in folder.glob("*.py") if not path.stem.startswith("_")
    )


def test_a_code_is_said_in_one_way() -> None:
    """Checks that share a code share its severity and sentence."""
    tells = {tell for check in catalogue() for tell in check.tells}

    assert len({tell.code for tell in tells}) == len(tells)


def test_every_sentence_is_one_sentence() -> None:
    """It starts with a capital, ends with a full stop, and its placeholders are names."""
    for check in catalogue():
        for tell in check.tells:
            assert tell.sentence[0].isupper(), tell
            assert tell.sentence.endswith("."), tell
            assert ". " not in tell.sentence, tell
            placeholders(tell.sentence)


@pytest.mark.parametrize("word", ["invalide", "erreur", "rejeté", "refusé", "veuillez"])
def test_no_sentence_scolds(word: str) -> None:
    """First what is there, then what is missing; nobody is accused."""
    assert not [t.code for c in catalogue() for t in c.tells if word in t.sentence.lower()]


def test_the_sentence_names_the_thing_in_the_editions_words() -> None:
    """The message of a verdict is ready to be read."""
    (finding,) = judge(a_dossier(annexes={"cv": AnnexState.MISSING}), P).findings

    assert finding.message == "Nous n'avons pas trouvé le CV de la personne référente."


def test_the_edition_may_say_it_otherwise() -> None:
    """Its own sentence takes the place of ours."""
    (finding,) = judge(a_dossier(verger(), annexes={"terreinplan": AnnexState.MISSING}), verger()).findings

    assert finding.message == "Au verger, il nous manque encore ceci : le plan du terrain."


@pytest.mark.parametrize(
    "words", ["Il manque {nom}.", "Il manque {label", "{label.__class__}", "{}", "{label:>9}", "{label!r}"]
)
def test_words_that_do_not_fit_give_way_to_ours(words: str) -> None:
    """A slip in the edition is complained of, and no dossier waits for it."""
    edition = _with_words(annex_missing=words)

    assert len(list(complaints(edition))) == 1
    assert said(TELL.about("cv", label="le CV"), TELL, edition).message == "Nous n'avons pas trouvé le CV."


def test_words_for_a_finding_that_nobody_has_are_complained_of() -> None:
    """A code is easily misspelt."""
    assert list(complaints(_with_words(annex_mising="…"))) == ["tells: no check says « annex.mising »"]


def test_the_editions_at_hand_have_no_complaint() -> None:
    """What is shipped and what the tests use fit."""
    assert [*complaints(P), *complaints(verger())] == []


@given(st.text())
def test_a_fact_stands_within_a_sentence(text: str) -> None:
    """One line, no full stop, of bearable length, whatever the applicant wrote."""
    words = as_words(text)

    assert len(words) <= LONGEST_FACT
    assert words == " ".join(words.split())
    assert not words.endswith(".")


def test_brackets_in_a_fact_are_only_text() -> None:
    """What the applicant writes is never a template."""
    finding = TELL.about("cv", label="{label} {0} {{}}")

    assert said(finding, TELL, P).message == "Nous n'avons pas trouvé {label} {0} {{}}."
