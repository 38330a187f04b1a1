"""The result letters: prepared from a spreadsheet, held, checked, and released all at once or not at all.

The spreadsheet is the one that the digest brings, with its column « Décision » filled in; any other with a
column of references and one of decisions will do.
"""

import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from data.errors import UsageError
from data.model import Address, Application, LetterFact, LetterKind, LetterState
from desk import jobs
from desk.wiring import Desk
from notifier import result
from notifier.digest import name_of
from notifier.workbook import DECISION, REFERENCE

SELECTED = frozenset({"sélectionnée", "selectionnee", "sélectionné", "retenue", "retenu", "oui", "x"})
NOT_SELECTED = frozenset(
    {"non sélectionnée", "non selectionnee", "non sélectionné", "non retenue", "non retenu", "non"}
)
ADVICE = "Corrigez le fichier et préparez à nouveau ; rien n'a été changé."


@dataclass(frozen=True, slots=True)
class Prepared:
    """What a preparation came to."""

    selected: int
    not_selected: int
    replaced: int
    """Letters prepared before that say something else, and no longer leave."""


def prepare(desk: Desk, file: Path) -> Prepared:
    """Compose a letter for each decision of the file, and hold it; all rows are right or nothing is done.

    Raises:
        UsageError: the file, or a row of it, cannot be understood; every one is named.
    """
    known = {each.reference: each for each in candidates(desk)}
    decisions, complaints = _read(file, known)
    addresses = {reference: _address(known[reference]) for reference in decisions}
    complaints += [
        f"{name_of(known[ref])} : aucune adresse à laquelle écrire" for ref, to in addresses.items() if not to
    ]
    if complaints:
        raise UsageError("\n".join(f"{file}: {each}" for each in complaints), ADVICE)
    now, replaced = desk.now(), 0
    for reference, selected in decisions.items():
        to = addresses[reference]
        assert to is not None  # noqa: S101 - complained of above
        letter = result.compose(known[reference], desk.edition, selected=selected, to=to, now=now)
        others = [each.id for each in _letters(desk, reference) if each.id != letter.id]
        replaced += desk.store.letters.drop(now, others)
        desk.store.letters.keep(letter, jobs.written(desk, letter), held=True, now=now)
    chosen = Counter(decisions.values())
    return Prepared(chosen[True], chosen[False], replaced)


def candidates(desk: Desk) -> tuple[Application, ...]:
    """Who must hear of the decision: every application but those withdrawn, and our own trials."""
    return tuple(each for each in desk.store.applications() if not (each.withdrawn_at or each.rehearsal))


def check(desk: Desk) -> tuple[str, ...]:
    """Why the letters may not be released yet, a line each; nothing where they may."""
    return tuple(_complaints(desk))


def release(desk: Desk) -> int:
    """Let all result letters leave.

    Raises:
        UsageError: an application has none, or two, or its address is known not to work; none leaves.
    """
    if complaints := check(desk):
        raise UsageError("\n".join(complaints), "À régler d'abord ; aucune lettre n'est libérée.")
    held = [letter.id for each in candidates(desk) for letter in _letters(desk, each.reference)]
    return desk.store.letters.release(desk.now(), held)


# ---------------------------------------------------------------- the check


def _complaints(desk: Desk) -> Iterator[str]:
    unreached = jobs.unreached(desk)
    for application in candidates(desk):
        letters = _letters(desk, application.reference)
        if not letters:
            yield f"{name_of(application)} : pas de lettre de résultat"
        if len(letters) > 1:
            yield f"{name_of(application)} : {len(letters)} lettres de résultat"
        to = _address(application)
        if application.reference in unreached or (to and desk.store.letters.blocked(to.email)):
            yield f"{name_of(application)} : l'adresse ne fonctionne pas ; en demander une par téléphone"


def _letters(desk: Desk, reference: str) -> Sequence[LetterFact]:
    """The result letters that have left, or still may."""
    return [
        letter
        for letter in desk.store.letters.facts(application=reference)
        if letter.kind is LetterKind.RESULT and letter.state is not LetterState.SUPERSEDED
    ]


def _address(application: Application) -> Address | None:
    """Who wrote last for this structure."""
    return next((mail.sender for mail in reversed(application.dossier.mails) if mail.sender), None)


# ---------------------------------------------------------------- the file


def _read(file: Path, known: Mapping[str, Application]) -> tuple[dict[str, bool], list[str]]:
    """Decisions by reference, and what is wrong with the file."""
    decisions: dict[str, bool] = {}
    complaints: list[str] = []
    for number, reference, word in _rows(file):
        decision = _decision(word)
        if reference not in known:
            complaints.append(
                f"ligne {number} : « {reference} » n'est aucune candidature qui attend un résultat"
            )
        elif reference in decisions:
            complaints.append(f"ligne {number} : {reference} s'y trouve deux fois")
        elif decision is None:
            complaints.append(f"ligne {number} : {reference} : « {word} » n'est aucune décision")
        else:
            decisions[reference] = decision
    return decisions, complaints


def _decision(word: str) -> bool | None:
    said = " ".join(word.casefold().split())
    return True if said in SELECTED else False if said in NOT_SELECTED else None


def _rows(file: Path) -> Iterator[tuple[int, str, str]]:
    """Number, reference and decision of each row that has either.

    Raises:
        UsageError: it is no spreadsheet, or lacks one of the two columns.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        sheet = load_workbook(io.BytesIO(file.read_bytes()), data_only=True).worksheets[0]
        rows = [[_text(cell) for cell in row] for row in sheet.iter_rows(values_only=True)]
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError) as error:
        raise UsageError(f"{file} : ce n'est pas un .xlsx lisible", ADVICE) from error
    heads = next((index for index, row in enumerate(rows) if {REFERENCE, DECISION} <= set(row)), None)
    if heads is None:
        raise UsageError(f"{file} : aucune ligne n'a « {REFERENCE} » et « {DECISION} » pour titres", ADVICE)
    places = rows[heads].index(REFERENCE), rows[heads].index(DECISION)
    for number, row in enumerate(rows[heads + 1 :], heads + 2):
        reference, word = (row[place] if place < len(row) else "" for place in places)
        if reference or word:
            yield number, reference.upper(), word


def _text(value: object) -> str:
    return "" if value is None else str(value).strip()
