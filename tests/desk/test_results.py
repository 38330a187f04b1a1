"""The results: each applicant hears once, nobody before a person releases, nobody at a dead address."""

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.errors import UsageError
from data.model import Event, EventKind, LetterKind, LetterState
from desk import results
from desk.wiring import Desk
from tests.desk.desks import Clock
from tests.desk.quiet import a_quiet_desk
from tests.notifier.letters import a_few

CLOCK = Clock(datetime(2026, 9, 30, 13, 0, tzinfo=UTC))
ALL = {"BL26-AAAAA": "oui", "BL26-BBBBB": "Non", "BL26-CCCCC": "non retenue", "BL26-DDDDD": "Sélectionnée"}


def table(
    folder: Path, decisions: Mapping[str, str], heads: tuple[str, ...] = ("Référence", "Décision")
) -> Path:
    """A spreadsheet with a title above its heads, as people make them."""
    book = Workbook()
    book.active.append(["Jury du 24 septembre"])
    book.active.append(["Structure", *heads])
    for reference, word in decisions.items():
        book.active.append(["…", reference, word])
    book.save(folder / "jury.xlsx")
    return folder / "jury.xlsx"


def states(desk: Desk) -> list[LetterState]:
    return [each.state for each in desk.store.letters.facts() if each.kind is LetterKind.RESULT]


def test_letters_are_held_until_a_person_releases_them(tmp_path: Path) -> None:
    """Prepared, they wait; released, they are queued, all of them."""
    with a_quiet_desk(tmp_path, CLOCK, a_few()) as desk:
        prepared = results.prepare(desk, table(tmp_path, ALL))
        held = states(desk)
        released = results.release(desk)

        assert (prepared.selected, prepared.not_selected) == (2, 2)
        assert held == [LetterState.HELD] * 4
        assert released == 4
        assert states(desk) == [LetterState.QUEUED] * 4


def test_nothing_leaves_while_somebody_has_no_letter(tmp_path: Path) -> None:
    """Whom the file forgot is named, and the others wait."""
    with a_quiet_desk(tmp_path, CLOCK, a_few()) as desk:
        results.prepare(desk, table(tmp_path, {key: ALL[key] for key in list(ALL)[:3]}))
        with pytest.raises(UsageError, match="BL26-DDDDD"):
            results.release(desk)

        assert states(desk) == [LetterState.HELD] * 3


def test_a_changed_decision_replaces_the_letter(tmp_path: Path) -> None:
    """Prepared again with another decision, the first letter never leaves; with the same, nothing changes."""
    with a_quiet_desk(tmp_path, CLOCK, a_few()) as desk:
        results.prepare(desk, table(tmp_path, ALL))
        again = results.prepare(desk, table(tmp_path, ALL))
        changed = results.prepare(desk, table(tmp_path, ALL | {"BL26-BBBBB": "oui"}))

        assert (again.replaced, changed.replaced) == (0, 1)
        assert sorted(states(desk)) == [LetterState.HELD] * 4 + [LetterState.SUPERSEDED]
        assert results.check(desk) == ()


def test_who_was_told_one_thing_is_not_told_another(tmp_path: Path) -> None:
    """A letter that has left cannot be replaced: two of them stop the release."""
    with a_quiet_desk(tmp_path, CLOCK, a_few()) as desk:
        results.prepare(desk, table(tmp_path, ALL))
        (letter,) = list(desk.store.letters.facts(application="BL26-BBBBB"))
        desk.store.letters.release(desk.now(), [letter.id])
        desk.store.letters.take(letter.id, desk.now())
        desk.store.letters.settle(letter.id, LetterState.SENT, reply="250", now=desk.now())
        results.prepare(desk, table(tmp_path, ALL | {"BL26-BBBBB": "oui"}))

        (complaint,) = results.check(desk)
        assert "BL26-BBBBB" in complaint
        assert "2 lettres de résultat" in complaint


def test_nothing_leaves_to_an_address_that_came_back(tmp_path: Path) -> None:
    """A bounce that was followed by no mail of theirs: telephone first."""
    at = datetime(2026, 9, 15, 7, 0, tzinfo=UTC)
    with a_quiet_desk(tmp_path, CLOCK, a_few()) as desk:
        desk.store.note_event(Event(at, EventKind.BOUNCED, "BL26-CCCCC", "est revenu."), at)
        results.prepare(desk, table(tmp_path, ALL))
        with pytest.raises(UsageError, match=r"BL26-CCCCC.*adresse"):
            results.release(desk)


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"BL26-ZZZZZ": "oui"}, "aucune candidature"),
        ({"BL26-AAAAA": "peut-être"}, "aucune décision"),
        ({"BL26-AAAAA": ""}, "aucune décision"),
        ({"BL26-AAAAA": "oui", "bl26-aaaaa": "non"}, "deux fois"),
    ],
)
def test_a_row_that_is_not_clear_stops_everything(tmp_path: Path, wrong: dict[str, str], told: str) -> None:
    """The row is named; no letter is written, not even for the others."""
    with a_quiet_desk(tmp_path, CLOCK, a_few()) as desk:
        with pytest.raises(UsageError, match=f"ligne [0-9]+.*{told}"):
            results.prepare(desk, table(tmp_path, {**ALL, **wrong} if told != "deux fois" else wrong))

        assert states(desk) == []


def test_a_file_that_is_no_table_is_named(tmp_path: Path) -> None:
    """Neither a text nor a table without the two heads."""
    (tmp_path / "notes.xlsx").write_text("rien", "utf-8")
    with a_quiet_desk(tmp_path, CLOCK, a_few()) as desk:
        with pytest.raises(UsageError, match=r"notes\.xlsx"):
            results.prepare(desk, tmp_path / "notes.xlsx")
        with pytest.raises(UsageError, match="Décision"):
            results.prepare(desk, table(tmp_path, ALL, heads=("Référence", "Avis")))
