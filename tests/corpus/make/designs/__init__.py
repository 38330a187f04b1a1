"""What invented structures write: statutes, reports, accounts, CVs, and the papers that are none of these.

Each design is a function ``(Structure, Random) -> Paper``; nobody here exists. The designs follow what such
papers look like in Belgium (`docs/figures.md` says how they are used), not what the reader looks for.
"""

from collections.abc import Callable, Mapping
from datetime import date
from random import Random

from tests.corpus.make.designs.accounts import (
    accountant,
    bookkeeper,
    cash_books,
    jaarrekening,
    national_bank,
    of_eighteen_months,
    plain_accounts,
    receipts,
    trial_balance,
)
from tests.corpus.make.designs.cvs import (
    classic_cv,
    columns_cv,
    europass,
    exported_cv,
    foreign_cv,
    long_cv,
    tabled_cv,
)
from tests.corpus.make.designs.others import OTHERS
from tests.corpus.make.designs.people import Design, Paper, Structure, structure
from tests.corpus.make.designs.reports import (
    brochure,
    english_report,
    jaarverslag,
    moral_report,
    report,
    short_report,
    slides,
)
from tests.corpus.make.designs.statutes import coordinated, founders, moniteur, notarial, statuten

__all__ = [
    "ACCOUNTS",
    "DESIGNS",
    "NAMED",
    "Design",
    "Paper",
    "Structure",
    "accounts_of",
    "paper",
    "structure",
]


def _named(*designs: Design) -> dict[str, Design]:
    return {design.__name__: design for design in designs}


Accounts = Callable[[Structure, Random, date | None], Paper]
"""A design that can be of any financial year."""
ACCOUNTS: Mapping[str, Accounts] = {
    design.__name__: design
    for design in (
        national_bank, accountant, trial_balance, receipts, plain_accounts, jaarrekening, bookkeeper,
        cash_books, of_eighteen_months,
    )
}  # fmt: skip
NAMED: Mapping[str, Mapping[str, Design]] = {
    "statutes": _named(coordinated, notarial, moniteur, founders, statuten),
    "activity_report": _named(
        report, brochure, short_report, jaarverslag, english_report, slides, moral_report
    ),
    "accounts": _named(
        national_bank, accountant, trial_balance, receipts, plain_accounts, jaarrekening, bookkeeper,
        cash_books, of_eighteen_months,
    ),
    "cv": _named(classic_cv, long_cv, columns_cv, europass, foreign_cv, exported_cv, tabled_cv),
    "other": OTHERS,
}  # fmt: skip
DESIGNS: Mapping[str, tuple[Design, ...]] = {kind: tuple(named.values()) for kind, named in NAMED.items()}


def paper(kind: str, seed: int) -> tuple[Structure, Paper]:
    """A document of a kind, by number; its designs take turns."""
    lot, who = Random(f"{kind} {seed}"), structure(seed)
    return who, DESIGNS[kind][seed % len(DESIGNS[kind])](who, lot)


def accounts_of(who: Structure, seed: int, day: date) -> Paper:
    """Accounts of one financial year, in the same design for the same number."""
    lot = Random(f"accounts {seed} {day.year}")
    return tuple(ACCOUNTS.values())[seed % len(ACCOUNTS)](who, lot, day)
