"""Which applications the corpus holds, and how each becomes files with their truth.

A case is a seed, a layout and a format. Its folder holds `files/` and `truth.toml`; a folder that is there
is kept, its name says by which version of these modules it was made.
"""

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from email.message import EmailMessage
from functools import cache
from itertools import groupby
from pathlib import Path
from random import Random

from data.edition import Edition
from tests.browser import a_browser
from tests.corpus.make import by_hand, office, printed, scans, seals, sets, web, word
from tests.corpus.make.applications import SIGNED, Application, invent_application
from tests.corpus.make.paper import PAPER, Sheets
from tests.corpus.make.truth import DocumentTruth, SignatureTruth, Truth, dumps

HERE = Path(__file__).parent
TEXT_FORMATS = ("docx", "pdf", "odt", "doc", "rtf")
MAIL = "mail text"
PRINTED = "printed"
WITH_ANNEXES, IN_ONE, IN_ONE_SCAN = "with annexes", "all in one", "all in one scan"
INK = "ink pdf"
WEB = "web pdf"
SEALED = "sealed"
SETS = {WITH_ANNEXES: 18, IN_ONE: 9, IN_ONE_SCAN: 2}
"""How many of each, a half."""
BY_HAND_ON_PAPER = ("scan 300", "photos", "scan 200", "fax", "scan 150")
TYPED_LAYOUTS = ("handed out", "capitals", "leaders", "made anew", "columns", "bare")
"""Layouts in which nothing is said by its look alone: they survive being pasted into a mail."""


@dataclass(frozen=True, slots=True)
class Case:
    """One application of the corpus."""

    seed: int
    layout: str
    format: str

    @property
    def key(self) -> str:
        return f"{self.seed:04d} {self.layout} {self.format}".replace(" ", "-").replace(",", "")

    @property
    def only_measured(self) -> bool:
        """Odd seeds are never looked into."""
        return self.seed % 2 == 1

    @property
    def on_paper(self) -> bool:
        """Whether it is read off images."""
        return self.format not in {*TEXT_FORMATS, MAIL, PRINTED, INK, WEB, SEALED, WITH_ANNEXES, IN_ONE}


def cases(each: int = 1) -> Iterator[Case]:
    """Every layout in every text format, and in one of those that are pictures; `each` seeds a half."""
    papers = list(PAPER)
    for number, layout in enumerate(word.LAYOUTS):
        formats = [*TEXT_FORMATS, *([MAIL] if layout in TYPED_LAYOUTS else [])]
        for place, kind in enumerate(formats):
            yield from _seeded(layout, kind, 40 * number + 6 * place, each)
        yield from _seeded(layout, papers[number % len(papers)], 4000 + 40 * number, each)
    for number, layout in enumerate(printed.LAYOUTS):
        yield from _seeded(layout, PRINTED, 2000 + 40 * number, each)
    for number, hand in enumerate(by_hand.HANDS):
        for place, kind in enumerate((INK, BY_HAND_ON_PAPER[number], BY_HAND_ON_PAPER[number + 1])):
            yield from _seeded(hand, kind, 7000 + 40 * number + 6 * place, each)
    for number, layout in enumerate(web.LAYOUTS):
        yield from _seeded(layout, WEB, 9000 + 40 * number, each)
    layouts = list(word.LAYOUTS)
    for number in range(6):
        yield from _seeded(layouts[number * 3], SEALED, 8000 + 10 * number, each)
    for place, (kind, count) in enumerate(SETS.items()):
        for number in range(count):
            yield from _seeded(
                layouts[number * 5 % len(layouts)], kind, 6000 + 400 * place + 10 * number, each
            )


def _seeded(layout: str, kind: str, first: int, each: int) -> Iterator[Case]:
    for seed in range(first, first + 2 * each):
        yield Case(seed, layout, kind)


LATER = frozenset({"seals", "by_hand", "scans", "paper", "signing"})
"""Modules that have no part in a form that is text."""
ATTACHED = frozenset({"annexes", "sets", "bundles", "designs"})
"""Those that only a form with annexes is made by."""


def folder_of(case: Case, under: Path) -> Path:
    """Where a case is kept; the name changes with every change of what makes it."""
    unneeded = frozenset[str]() if case.format in SETS else ATTACHED
    if case.format in {*TEXT_FORMATS, MAIL, PRINTED}:
        unneeded |= LATER
    return under / _version(unneeded) / case.key


@cache
def _version(unneeded: frozenset[str]) -> str:
    sources = sorted([*HERE.rglob("*.py"), *HERE.glob("*.toml")])
    parts = [
        path.read_bytes()
        for path in sources
        if not path.relative_to(HERE).parts[0].startswith(tuple(unneeded))
    ]
    return hashlib.sha256(b"".join(parts)).hexdigest()[:10]


def make(wanted: Sequence[Case], edition: Edition, under: Path) -> None:
    """Make what is not there yet."""
    missing = [case for case in wanted if not (folder_of(case, under) / "truth.toml").exists()]
    for maker, run in groupby(sorted(missing, key=_maker_of), key=_maker_of):
        with tempfile.TemporaryDirectory() as bench:
            for case, truth, files in _MAKERS[maker](list(run), edition, Path(bench)):
                keep(folder_of(case, under), truth, files)


def _maker_of(case: Case) -> str:
    """Formats that are pictures are made together: LibreOffice starts once for all of them."""
    if case.format not in PAPER:
        return case.format
    return "hand on paper" if case.layout in by_hand.HANDS else "paper"


def keep(folder: Path, truth: Truth, files: Mapping[str, bytes]) -> None:
    """The truth last: a folder without it is made again."""
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "files").mkdir(parents=True)
    for name, content in files.items():
        (folder / "files" / name).write_bytes(content)
    (folder / "truth.toml").write_text(dumps(truth), "utf-8")


# ---------------------------------------------------------------- one maker for each format

Made = Iterator[tuple[Case, Truth, dict[str, bytes]]]
Maker = Callable[[Sequence[Case], Edition, Path], Made]


def truth_of(case: Case, application: Application, file: str) -> Truth:
    """What is true of a case whose form is one file."""
    signatures = {role: SIGNED[made] for role, made in application.made.items()}
    document = DocumentTruth(file, "dossier")
    return Truth(
        application.edition.id, case.seed, case.layout, case.format, application.truth, signatures,
        documents=(document,),
    )  # fmt: skip


def word_file(case: Case, edition: Edition, *, signed: bool = True) -> tuple[Application, bytes]:
    """A case as Word has it."""
    application = invent_application(case.seed, edition)
    if not signed:
        application = replace(application, made=dict.fromkeys(application.made, "nothing"), notes={})
    return application, word.build(application, word.LAYOUTS[case.layout])


def _as_word(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    for case in wanted:
        application, content = word_file(case, edition)
        name = _name(application, "docx")
        yield case, truth_of(case, application, name), {name: content}


def _by_office(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    ending = wanted[0].format
    for case, application, path in converted(wanted, edition, bench, ending):
        name = _name(application, ending)
        yield case, truth_of(case, application, name), {name: path.read_bytes()}


def converted(
    wanted: Sequence[Case], edition: Edition, bench: Path, ending: str, *, signed: bool = True
) -> Iterator[tuple[Case, Application, Path]]:
    """Cases as LibreOffice writes them; with nothing where one signs, if they are not to be signed."""
    written: list[tuple[Case, Application, Path]] = []
    for case in wanted:
        application, content = word_file(case, edition, signed=signed)
        source = bench / f"{case.key}.docx"
        source.write_bytes(content)
        written.append((case, application, source))
    office.convert([path for _, _, path in written], ending, bench / "out")
    for case, application, path in written:
        yield case, application, bench / "out" / f"{path.stem}.{ending}"


def _in_mail(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    """The form pasted into the text of a mail: nobody can sign there."""
    for case, application, path in converted(wanted, edition, bench, "txt"):
        mail = EmailMessage()
        mail["From"] = f"{application.applicant.contact.name} <{application.applicant.email}>"
        mail["To"] = ", ".join(edition.mail.addresses)
        mail["Subject"] = edition.mail.subject.replace(edition.mail.placeholder, application.applicant.name)
        mail["Date"] = "Thu, 10 Sep 2026 11:22:33 +0200"
        mail["Message-ID"] = f"<{case.key}@corpus.example>"
        mail.set_content(
            "Bonjour,\n\nVoici notre dossier.\n\n" + path.read_text("utf-8-sig"), cte="quoted-printable"
        )
        truth = truth_of(case, application, "mail.eml")
        unsigned = {role: SignatureTruth("missing", None, "mail", ("unclear",)) for role in truth.signatures}
        yield case, replace(truth, signatures=unsigned, documents=()), {"mail.eml": bytes(mail)}


def _printed(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    for case in wanted:
        application = printed.fitted(invent_application(case.seed, edition), case.layout)
        name = _name(application, "pdf")
        truth = truth_of(case, application, name)
        drawn = {
            role: SIGNED["pen" if place.state == "signed" else "nothing"]
            for role, place in truth.signatures.items()
        }
        yield case, replace(truth, signatures=drawn), {name: printed.build(application, case.layout)}


def _by_browser(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    with a_browser() as browser:
        for case in wanted:
            application = invent_application(case.seed, edition)
            name = _name(application, "pdf")
            content = web.printed(browser, web.html(application, case.layout))
            yield case, truth_of(case, application, name), {name: content}


def _on_paper(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    for case, application, path in converted(wanted, edition, bench, "pdf"):
        build, manner = PAPER[case.format]
        stem = _name(application, "pdf").removesuffix(".pdf")
        truth = truth_of(case, application, f"{stem}.pdf")
        sheets = Sheets(path.read_bytes(), truth, stem, Random(f"paper {case.key}"))
        yield case, *build(sheets, manner)


def _by_hand(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    """With a pen: as drawn, or on its way through a scanner."""
    for case in wanted:
        application, hand = invent_application(case.seed, edition), by_hand.HANDS[case.layout]
        content, name = by_hand.build(application, hand), _name(application, "pdf")
        plain = truth_of(case, application, name)
        truth = replace(plain, answers=by_hand.truth(plain.answers, hand))
        if case.format == INK:
            yield case, truth, {name: content}
        else:
            build, manner = PAPER[case.format]
            sheets = Sheets(content, truth, name.removesuffix(".pdf"), Random(f"paper {case.key}"))
            yield case, *build(sheets, manner)


def _sealed(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    for case, application, path in converted(wanted, edition, bench, "pdf", signed=False):
        name, manner = _name(application, "pdf"), seals.manner_of(case.seed)
        people = {
            "contact": application.applicant.contact,
            "administrator": application.applicant.administrator,
        }
        content = seals.sealed(path.read_bytes(), [people[role].name for role in manner.roles], manner)
        truth = replace(truth_of(case, application, name), signatures=seals.truth(manner, list(people)))
        yield case, truth, {name: content}


def _with_annexes(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    for case in wanted:
        application, content = word_file(case, edition)
        name = _name(application, "docx")
        truth, files = sets.beside(truth_of(case, application, name), case.seed)
        yield case, truth, {name: content, **files}


def _in_one(wanted: Sequence[Case], edition: Edition, bench: Path) -> Made:
    for case, application, path in converted(wanted, edition, bench, "pdf"):
        name = _name(application, "pdf")
        truth, content = sets.in_one(truth_of(case, application, name), path.read_bytes(), case.seed, name)
        if case.format == IN_ONE_SCAN:
            lot, manner = Random(f"paper {case.key}"), scans.MANNERS["scan 200"]
            pages = [scans.handled(page, manner, lot) for page in scans.render(content, manner.dpi)]
            content = scans.pdf_of(pages, manner)
        yield case, truth, {name: content}


def _name(application: Application, ending: str) -> str:
    """As people name the file, more or less as they were asked."""
    who = application.applicant.name.replace("/", "-")
    names = (
        f"Dossier de candidature – COOPCITY 2026 – {who}",
        "dossier_candidature_blossom",
        f"Candidature {who}",
        "Formulaire complété VF2",
    )
    return f"{application.lot.choice(names)}.{ending}"


_MAKERS: Mapping[str, Maker] = {
    "docx": _as_word,
    **dict.fromkeys(("pdf", "odt", "doc", "rtf"), _by_office),
    MAIL: _in_mail,
    PRINTED: _printed,
    "paper": _on_paper,
    INK: _by_hand,
    WEB: _by_browser,
    "hand on paper": _by_hand,
    SEALED: _sealed,
    WITH_ANNEXES: _with_annexes,
    **dict.fromkeys((IN_ONE, IN_ONE_SCAN), _in_one),
}
