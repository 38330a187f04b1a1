"""Annexes to send along, each with its truth: ``make(kind, seed)``.

The seed names the applicant (`people.invent`), so that all the annexes of one seed speak of one structure.
They are the demo's own papers and every one of `designs`, in the formats that `bundles` prints; which one is
used follows from the seed as well.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from random import Random

from desk.demo import annexes
from desk.demo.annexes import Paper
from desk.demo.people import Applicant
from tests.corpus.make import bundles, designs
from tests.corpus.make.designs.people import Structure, closing
from tests.corpus.make.people import invent
from tests.corpus.make.truth import DocumentTruth


@dataclass(frozen=True, slots=True)
class MadeAnnex:
    """One file and what it holds."""

    name: str
    content: bytes
    truth: tuple[DocumentTruth, ...]
    """Usually one; more where one file holds several documents."""


Design = Callable[[Applicant, int, Random], MadeAnnex]
"""Applicant, year (of accounts and reports), chance → the file."""


def make(kind: str, seed: int, year: int = 2025, design: str | None = None) -> MadeAnnex:
    """An annex of a kind of the contract (`statutes`, `activity_report`, `accounts`, `cv`, `other`)."""
    lot = Random(f"{kind} {seed} {year}")
    name = design or lot.choice(sorted(DESIGNS[kind]))
    return DESIGNS[kind][name](invent(seed), year, lot)


def _papers(kind: str, paper: Callable[[Applicant, int], Paper], names: tuple[str, ...]) -> dict[str, Design]:
    """The demo's own papers, as PDF, as Word and as a scan."""

    def pdf(applicant: Applicant, year: int, lot: Random) -> MadeAnnex:
        return _made(lot, "pdf", annexes.as_pdf(paper(applicant, year)), year)

    def word(applicant: Applicant, year: int, lot: Random) -> MadeAnnex:
        return _made(lot, "docx", annexes.as_word(paper(applicant, year)), year)

    def _made(lot: Random, ending: str, content: bytes, year: int) -> MadeAnnex:
        name = f"{lot.choice(names).format(year=year)}.{ending}"
        years = (year,) if kind == "accounts" else ()
        return MadeAnnex(name, content, (DocumentTruth(name, kind, years=years),))

    return {"plain pdf": pdf, "plain word": word}


# ---------------------------------------------------------------- every design, for the same applicant


def _designed(kind: str) -> dict[str, Design]:
    """Every design of a kind, in each format that such papers come in."""
    return {
        f"{name} {ending}": _printed(kind, name, ending, printer)
        for name in designs.NAMED[kind]
        for ending, printer in bundles.PRINTERS.get(kind, bundles.USUAL).items()
    }


def _printed(kind: str, name: str, ending: str, printer: bundles.Printer) -> Design:
    def made(applicant: Applicant, year: int, lot: Random) -> MadeAnnex:
        who = structure_of(applicant)
        dated = designs.ACCOUNTS.get(name) if kind == "accounts" else None
        closed = closed_in(applicant, year)
        paper = dated(who, lot, closed) if dated else designs.NAMED[kind][name](who, lot)
        file = bundles.name_of(paper, who, lot, ending)
        years = tuple(day.year for day in paper.closed)
        return MadeAnnex(file, printer(paper, lot), (DocumentTruth(file, kind, years=years),))

    return made


def structure_of(applicant: Applicant) -> Structure:
    """The applicant as the designs know somebody who writes."""
    return Structure(
        name=applicant.name,
        form=applicant.legal_form,
        street=applicant.street,
        town=applicant.town,
        number=applicant.number,
        created=applicant.created_on,
        contact=(applicant.contact.first, applicant.contact.last),
        administrator=(applicant.administrator.first, applicant.administrator.last),
    )


def closed_in(applicant: Applicant, year: int) -> date:
    """When a financial year closed: of one structure always on the same day."""
    return closing(Random(f"closing {applicant.key}"), year)


_PAPERS: Mapping[str, dict[str, Design]] = {
    "statutes": _papers(
        "statutes",
        lambda who, _: annexes.statutes(who),
        ("statuts", "Statuts coordonnés", "Document 1", "moniteur"),
    ),
    "activity_report": _papers(
        "activity_report",
        annexes.activity_report,
        ("RA{year}", "rapport d'activité {year}", "Rapport", "scan_002"),
    ),
    "accounts": _papers(
        "accounts",
        annexes.accounts,
        ("comptes {year}", "Bilan_{year}", "BNB-{year}", "jaarrekening {year}", "scan{year}"),
    ),
    "cv": _papers("cv", lambda who, _: annexes.cv(who), ("CV", "cv_contact", "Curriculum", "Sans titre")),
}

DESIGNS: Mapping[str, dict[str, Design]] = {
    kind: _PAPERS.get(kind, {}) | _designed(kind) for kind in designs.DESIGNS
}
