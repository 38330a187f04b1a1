"""A form with its annexes: as files of their own, or all in one PDF; some are left out, some are too old."""

import io
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from tests.corpus.make.annexes import DESIGNS, MadeAnnex
from tests.corpus.make.annexes import make as make_annex
from tests.corpus.make.truth import AnnexTruth, DocumentTruth, Truth

CLOSED_YEARS = (2025, 2024)
_ACCOUNTS = (
    *((2025, 2024),) * 5,
    (2025, 2024, 2023),
    (2025,),
    (2024,),
    (2022, 2021),
    (),
)
"""Which years of accounts people send; mostly the two that are asked for."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An annex that goes along, of an edition's kind."""

    kind: str
    made: MadeAnnex


def sent_along(seed: int, *, only_pdf: bool = False) -> list[Sent]:
    """The annexes of this seed's applicant, in the order in which they come."""
    lot = Random(f"set {seed}")
    wanted = [(kind, 2025) for kind in ("statutes", "activity_report", "cv") if lot.random() < 0.85]
    wanted += [("accounts", year) for year in lot.choice(_ACCOUNTS)]
    if "other" in DESIGNS and lot.random() < 0.3:
        wanted.append(("other", 2025))
    lot.shuffle(wanted)
    sent = [Sent(kind, _made(kind, seed, year, lot, only_pdf=only_pdf)) for kind, year in wanted]
    return _named_apart(sent)


def _made(kind: str, seed: int, year: int, lot: Random, *, only_pdf: bool) -> MadeAnnex:
    designs = sorted(DESIGNS[kind])
    lot.shuffle(designs)
    for design in designs:
        made = make_annex(kind, seed, year, design)
        if not only_pdf or made.content.startswith(b"%PDF"):
            return made
    raise ValueError(f"no design of {kind} is a PDF")


def _named_apart(sent: Sequence[Sent]) -> list[Sent]:
    """Two files of one name get a number, as mail programs do."""
    seen: dict[str, int] = {}
    apart = []
    for each in sent:
        count = seen[each.made.name] = seen.get(each.made.name, 0) + 1
        apart.append(each if count == 1 else Sent(each.kind, _renamed(each.made, count)))
    return apart


def _renamed(made: MadeAnnex, count: int) -> MadeAnnex:
    stem, _, ending = made.name.rpartition(".")
    name = f"{stem} ({count}).{ending}"
    return replace(made, name=name, truth=tuple(replace(document, file=name) for document in made.truth))


def states(sent: Sequence[Sent]) -> dict[str, AnnexTruth]:
    """What is true of each annex that the edition asks for."""
    found = {
        kind: AnnexTruth("present" if files else "missing", files)
        for kind in ("statutes", "activity_report", "cv")
        for files in [tuple(each.made.name for each in sent if each.kind == kind)]
    }
    files = tuple(each.made.name for each in sent if each.kind == "accounts")
    years = {year for each in sent for document in each.made.truth for year in document.years}
    closed = tuple(sorted(years & set(CLOSED_YEARS)))
    state = {2: "present", 1: "partial", 0: "missing"}[len(closed)]
    also = ("unclear",) if files and state != "present" else ()
    return found | {"accounts": AnnexTruth(state, files, closed, also)}


def beside(truth: Truth, seed: int) -> tuple[Truth, dict[str, bytes]]:
    """Each annex a file beside the form's."""
    sent = sent_along(seed)
    documents = (*truth.documents, *(document for each in sent for document in each.made.truth))
    files = {each.made.name: each.made.content for each in sent}
    return replace(truth, annexes=states(sent), documents=documents), files


def in_one(truth: Truth, form: bytes, seed: int, name: str) -> tuple[Truth, bytes]:
    """The form and all the annexes as the pages of one PDF."""
    import pypdfium2

    sent, held = sent_along(seed, only_pdf=True), io.BytesIO()
    whole, documents = pypdfium2.PdfDocument.new(), []
    parts = [("dossier", form, ()), *((each.kind, each.made.content, _years(each)) for each in sent)]
    for kind, content, years in parts:
        first = len(whole) + 1
        whole.import_pages(pypdfium2.PdfDocument(content))
        documents.append(DocumentTruth(name, kind, first, len(whole), years))
    whole.save(held)
    inside = {kind: replace(state, files=(name,)[: len(state.files)]) for kind, state in states(sent).items()}
    return replace(truth, annexes=inside, documents=tuple(documents)), held.getvalue()


def _years(sent: Sent) -> tuple[int, ...]:
    return sent.made.truth[0].years
