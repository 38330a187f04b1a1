"""What a person at the terminal says of calls, letters, results and decisions: printed, kept, refused."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import cast

import pytest

from data.model import CallState, LetterKind, LetterState
from data.store import Store
from desk import jobs, wiring
from desk.engine import Engine
from desk.settings import Settings
from desk.wiring import Desk
from tests.desk.command import Done, blossom
from tests.desk.desks import Clock, Notebook
from tests.desk.quiet import a_quiet_desk
from tests.desk.test_results import ALL, table
from tests.notifier.letters import a_few, incomplete

LETTER = incomplete()
MONDAY = datetime(2026, 9, 14, 8, 20, tzinfo=UTC)
WHO = "BL26-BBBBB"


class House:
    """A folder with settings, four applications and their calls; its clock stands still."""

    def __init__(self, folder: Path, clock: Clock) -> None:
        self.folder, self.clock = folder, clock
        self.settings = folder / "blossom.toml"
        self.settings.write_text(
            f'folder = "{folder}"\n[[inbox]]\nname = "info"\nhost = "127.0.0.1"\nport = 1\n'
            '[smtp]\nhost = "127.0.0.1"\nport = 1\nsender = "info@coopcity.be"\n[sending]\nsend = "auto"\n',
            "utf-8",
        )

    def __call__(self, *words: object) -> Done:
        """Run a command."""
        return blossom(*words, "--settings", self.settings)

    @contextmanager
    def store(self) -> Iterator[Store]:
        with a_quiet_desk(self.folder, self.clock) as desk:
            yield desk.store

    def call(self, reference: str = WHO) -> CallState:
        with self.store() as store:
            return next(each.state for each in store.calls() if each.application == reference)

    def letters(self, kind: LetterKind) -> list[LetterState]:
        with self.store() as store:
            return [each.state for each in store.letters.facts() if each.kind is kind]


@pytest.fixture
def house(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> House:
    """It is Monday 14 September, 10:20: the calls are planned."""
    clock, open_desk = Clock(MONDAY), wiring.open_desk

    @contextmanager
    def opened(settings: Settings, **more: bool) -> Iterator[Desk]:
        with open_desk(settings, clock.now, **more) as desk:
            yield replace(desk, engine=cast(Engine, Notebook()))

    monkeypatch.setattr(wiring, "open_desk", opened)
    with a_quiet_desk(tmp_path, clock, a_few()) as desk:
        jobs.plan_calls(desk)
    return House(tmp_path, clock)


# ---------------------------------------------------------------- calls


def test_the_next_call_says_whom_at_which_number_and_what_to_ask(house: House) -> None:
    """Moment, structure, reference; the person and the number; the questions, numbered."""
    done = house("calls", "next")
    moment, person, *questions = done.out.splitlines()

    assert done.code == 0
    assert moment == "14/09 10:20  L'Établi <Partagé> (BL26-BBBBB)"
    assert person == "Aline Peeters – 0470 12 34 56"
    assert [line[:5] for line in questions] == [f"  {n}. " for n in range(1, len(questions) + 1)]


@pytest.mark.parametrize(
    ("command", "told", "state"),
    [("done", "fait", CallState.DONE), ("reached", "joint", CallState.REACHED)],
)
def test_what_came_of_a_call_is_kept_with_its_note(
    house: House, command: str, told: str, state: CallState
) -> None:
    """Said once more it stays as it is; the note stands on the sheet and in the next call's lines."""
    done = house("calls", command, "établi", "--note", "Arrive demain.")
    again = house("calls", command, WHO)
    with house.store() as store:
        (call,) = (each for each in store.calls() if each.application == WHO)

    assert (done.code, again.code) == (0, 0)
    assert done.out.endswith(f"L'Établi <Partagé> (BL26-BBBBB) : {told}\n")
    assert (call.state, call.notes) == (state, ("Arrive demain.",))
    assert "BL26-BBBBB" not in house("calls", "next").out


def test_nobody_there_moves_the_call_and_the_second_time_writes_a_letter(house: House) -> None:
    """Another half-day; after two, a letter proposes two moments, and that is said."""
    first = house("calls", "no-answer", WHO)
    house.clock.go(hours=5)
    second = house("calls", "no-answer", WHO)

    assert first.out == "14/09 14:00  L'Établi <Partagé> (BL26-BBBBB) : prochain essai\n"
    assert second.out.splitlines()[1:] == ["Une lettre propose deux moments (`blossom letters list`)."]
    assert house.call() is CallState.NO_ANSWER
    assert house.letters(LetterKind.PROPOSAL) == [LetterState.QUEUED]


def test_a_note_changes_nothing_else(house: House) -> None:
    """It is told with the next call."""
    done = house("calls", "note", WHO, "Préfère l'après-midi.")

    assert done.out.endswith(": noté\n")
    assert house.call() is CallState.TO_CALL
    assert "  note : Préfère l'après-midi." in house("calls", "next").out


def test_no_call_is_left_is_said(house: House) -> None:
    """A sentence, not an empty line."""
    with house.store() as store:
        references = [each.application for each in store.calls()]
    for reference in references:
        house("calls", "done", reference)

    assert house("calls", "next").out == "Aucun appel à faire.\n"


# ---------------------------------------------------------------- mistakes


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("calls", "done", "nobody"), "nobody: no call"),
        (("calls", "reached", "BL26"), "BL26: BL26-"),
        (("calls", "no-answer", "nobody"), "nobody: no call"),
        (("calls", "note", "nobody", "…"), "nobody: no call"),
        (("withdraw", "BL26-ZZZZZ"), "BL26-ZZZZZ: no such application"),
        (("decide", "BL26-ZZZZZ", "counts"), "BL26-ZZZZZ: no such application"),
        (("decide", "BL26-AAAAA", "counts"), "BL26-AAAAA: nothing came after the deadline"),
        (("decide", "BL26-DDDDD", "perhaps"), "perhaps: not an answer"),
        (("reminders", "stop", "BL26-ZZZZZ"), "BL26-ZZZZZ: no reminder is written"),
        (("letters", "settle", "zzz", "again"), "zzz: no letter begins so"),
        (("letters", "settle", "a", "perhaps"), "perhaps: neither « arrived » nor « again »"),
        (("letters", "release", "zzz"), "zzz: no letter begins so"),
        (("results", "prepare", "gone.xlsx"), "gone.xlsx: No such file"),
    ],
    ids=lambda words: " ".join(words) if isinstance(words, tuple) else "",
)
def test_a_mistake_is_one_line_and_changes_nothing(house: House, words: tuple[str, ...], told: str) -> None:
    """What was not understood, what to do; nothing on standard output, nothing kept."""
    with house.store() as store:
        before = store.calls(), store.letters.facts(), store.applications()
    done = house(*words)
    with house.store() as store:
        after = store.calls(), store.letters.facts(), store.applications()

    assert done.code in (2, 7)
    assert done.out == ""
    assert told in done.err
    assert "→" in done.err
    assert after == before


# ---------------------------------------------------------------- reminders and withdrawals


def test_reminders_are_listed_and_stopped(house: House) -> None:
    """Planned, then waiting, then stopped; stopped a second time there is none left to stop."""
    house.clock.moment = datetime(2026, 9, 8, 8, 0, tzinfo=UTC)
    planned = house("reminders", "list").out
    house.clock.moment = datetime(2026, 9, 9, 6, 0, tzinfo=UTC)
    with a_quiet_desk(house.folder, house.clock) as desk:
        jobs.write_reminders(desk)
    waiting = house("reminders", "list").out
    stopped, again = (house("reminders", "stop", WHO).out for _ in range(2))

    assert planned.splitlines()[0] == (
        "Les rappels sont préparés le 09/09 à 07:50 et partent le 10/09 à 09:00, "
        "aux seules structures dont le dossier est incomplet."
    )
    assert planned.splitlines()[1:] == ["BL26-BBBBB  L'Établi <Partagé> : prévu"]
    assert waiting.splitlines()[1:] == ["BL26-BBBBB  L'Établi <Partagé> : en attente"]
    assert (stopped, again) == ("1 rappel arrêté\n", "0 rappel arrêté\n")
    assert house.letters(LetterKind.REMINDER) == [LetterState.SUPERSEDED]


def test_a_withdrawal_is_confirmed_once(house: House) -> None:
    """The letter's subject is shown; a second time nothing is written, and that is said."""
    done = house("withdraw", WHO)
    again = house("withdraw", WHO)

    assert done.code == 0
    assert done.out.startswith("BL26-BBBBB : retrait confirmé ; « Retrait confirmé – ")
    assert (again.code, again.out) == (2, "")
    assert "is withdrawn already" in again.err
    assert house.letters(LetterKind.WITHDRAWAL) == [LetterState.QUEUED]


def test_who_cannot_be_written_to_is_withdrawn_all_the_same(house: House) -> None:
    """Without a letter, and that is said."""
    with house.store() as store:
        for application in store.applications():
            for sender in application.senders:
                store.letters.block(sender, "550", house.clock.now())

    assert house("withdraw", WHO).out == "BL26-BBBBB : retrait confirmé ; personne à qui écrire.\n"
    assert house.letters(LetterKind.WITHDRAWAL) == []


def test_a_withdrawal_needs_no_service_that_ever_ran(house: House, monkeypatch: pytest.MonkeyPatch) -> None:
    """The engine has no tables yet: the withdrawal is kept, its letter waits, its call is dropped."""
    monkeypatch.undo()
    done = house("withdraw", WHO)

    assert (done.code, done.err) == (0, "")
    assert house.letters(LetterKind.WITHDRAWAL) == [LetterState.QUEUED]


# ---------------------------------------------------------------- decisions


def test_what_waits_to_be_decided_is_listed_decided_and_listed_no_more(house: House) -> None:
    """Each with the words that answer it; then who said what, and when."""
    before = house("decide").out.splitlines()
    done = house("decide", "bl26-ddddd", "counts", "--by", "Matthias", "--note", "Leur serveur.")
    again = house("decide", "BL26-DDDDD", "counts")
    shown = house("decide", "BL26-DDDDD")

    assert before[2] == (
        "Roue Libre (BL26-DDDDD) : reçu le lundi 14 septembre 2026 à 10h03, 3 minutes après l'heure limite"
    )
    assert before[3] == "  Cela compte-t-il ? counts ou does-not-count"
    assert done.out.splitlines()[0] == "BL26-DDDDD : noté."
    assert again.out.splitlines()[0] == "BL26-DDDDD : rien ne change."
    assert "pris en compte malgré l'heure (Matthias, 14/09/2026 à 10:20) – Leur serveur." in shown.out
    assert "BL26-DDDDD" not in house("decide").out


def test_nothing_to_decide_is_said(house: House) -> None:
    """A sentence, not an empty line."""
    house("decide", "BL26-DDDDD", "does-not-count")
    house("decide", "BL26-CCCCC", "not-in-order")

    assert house("decide").out == "Rien n'attend votre décision.\n"


# ---------------------------------------------------------------- a letter in doubt


@pytest.mark.parametrize(
    ("word", "told", "state"),
    [("arrived", "envoyée", LetterState.SENT), ("again", "en attente", LetterState.QUEUED)],
)
def test_a_person_settles_a_letter_in_doubt(house: House, word: str, told: str, state: LetterState) -> None:
    """Once: it is no longer in doubt then."""
    with a_quiet_desk(house.folder, house.clock) as desk:
        letter = replace(LETTER, application=WHO)
        desk.store.letters.keep(letter, b"mime", held=False, now=desk.now())
        desk.store.letters.take(letter.id, desk.now())
        desk.store.letters.hand_over(letter.id, desk.now())
        desk.store.letters.strand(desk.now())
    done = house("letters", "settle", LETTER.id[:6], word)
    again = house("letters", "settle", LETTER.id[:6], word)

    assert (done.code, done.out) == (0, f"{LETTER.id[:10]}  {told}\n")
    assert again.code == 2
    assert "0 uncertain letters begin so" in again.err
    assert house.letters(LetterKind.REPLY) == [state]


# ---------------------------------------------------------------- results


def test_results_are_prepared_checked_and_released(house: House) -> None:
    """Held until released; all at once; released again there is none left."""
    file = table(house.folder, ALL)
    prepared = house("results", "prepare", file)
    checked = house("results", "check")
    held = house.letters(LetterKind.RESULT)
    released, again = (house("results", "release").out for _ in range(2))

    assert prepared.out == "2 retenues, 2 non retenues, 0 lettre remplacée\n"
    assert (checked.code, checked.out) == (
        0,
        "Chaque candidature a une lettre, et une adresse qui fonctionne.\n",
    )
    assert held == [LetterState.HELD] * 4
    assert (released, again) == ("4 lettres libérées\n", "0 lettre libérée\n")
    assert house.letters(LetterKind.RESULT) == [LetterState.QUEUED] * 4


def test_results_are_not_released_while_one_has_no_letter(house: House) -> None:
    """`prepare` names whom the file forgot, `check` ends with 1, `release` with 2."""
    file = table(house.folder, {key: ALL[key] for key in list(ALL)[:3]})
    prepared = house("results", "prepare", file)
    checked, released = house("results", "check"), house("results", "release")

    assert prepared.out.splitlines()[1] == "  Roue Libre (BL26-DDDDD) : pas de lettre de résultat"
    assert (checked.code, released.code) == (1, 2)
    assert "Roue Libre (BL26-DDDDD)" in checked.out
    assert "Roue Libre (BL26-DDDDD)" in released.err
    assert house.letters(LetterKind.RESULT) == [LetterState.HELD] * 3


def test_a_file_without_the_column_is_refused(house: House) -> None:
    """Which columns it needs is said; no letter is written."""
    done = house("results", "prepare", table(house.folder, ALL, heads=("Référence", "Avis")))

    assert (done.code, done.out) == (2, "")
    assert "« Référence » et « Décision »" in done.err
    assert house.letters(LetterKind.RESULT) == []
