"""What invented structures write: statutes, reports, accounts, CVs, and the papers that are none of these.

Each design is a function ``(Structure, Random) -> Paper``; nobody here exists. The designs follow what such
papers look like in Belgium (`docs/figures.md` says how they are used), not what the reader looks for.
"""

from collections.abc import Mapping
from datetime import date
from random import Random

from tests.corpus.make.designs.accounts import (
    accountant,
    jaarrekening,
    national_bank,
    plain_accounts,
    receipts,
    trial_balance,
)
from tests.corpus.make.designs.cvs import classic_cv, columns_cv, europass, foreign_cv, long_cv
from tests.corpus.make.designs.others import OTHERS
from tests.corpus.make.designs.people import Design, Paper, Structure, structure
from tests.corpus.make.designs.reports import brochure, english_report, jaarverslag, report, short_report
from tests.corpus.make.designs.statutes import coordinated, founders, moniteur, notarial, statuten

__all__ = ["DESIGNS", "Design", "Paper", "Structure", "accounts_of", "paper", "structure"]

DESIGNS: Mapping[str, tuple[Design, ...]] = {
    "statutes": (coordinated, notarial, moniteur, founders, statuten),
    "activity_report": (report, brochure, short_report, jaarverslag, english_report),
    "accounts": (national_bank, accountant, trial_balance, receipts, plain_accounts, jaarrekening),
    "cv": (classic_cv, long_cv, columns_cv, europass, foreign_cv),
    "other": tuple(OTHERS.values()),
}


def paper(kind: str, seed: int) -> tuple[Structure, Paper]:
    """A document of a kind, by number; its designs take turns."""
    lot, who = Random(f"{kind} {seed}"), structure(seed)
    return who, DESIGNS[kind][seed % len(DESIGNS[kind])](who, lot)


def accounts_of(who: Structure, seed: int, day: date) -> Paper:
    """Accounts of one financial year, in the same design for the same number."""
    lot = Random(f"accounts {seed} {day.year}")
    designs = (national_bank, accountant, trial_balance, receipts, plain_accounts, jaarrekening)
    return designs[seed % len(designs)](who, lot, day)
