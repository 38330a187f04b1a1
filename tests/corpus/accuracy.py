"""How right the readers are, on applications that nobody tuned them to: `make accuracy`.

    make accuracy ONLY=docx,pdf SIZE=small WRONG=yes

Every case goes the way of `blossom check`: its mail is opened and its files are read in the sandbox, the
dossier is assembled. `--wrong` lists every item that is not right, of the half to work with.
"""

import argparse
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import ExitStack
from datetime import date
from pathlib import Path

import parsers
from data.edition import Edition, load, shipped
from data.model import Dossier
from desk.check import MAIL_ENDINGS, open_loose, open_mail
from desk.confined import tools
from desk.pipeline import Tools
from tests.corpus import chosen_pages, crossed, signed_pages
from tests.corpus.make import cases
from tests.corpus.make.cases import Case, folder_of
from tests.corpus.make.truth import loads
from tests.corpus.scoring import Measured, score, score_annexes, score_papers
from tests.corpus.tables import joined, report, wrong

HOUSE = Path(__file__).parents[2]
FOLDER = HOUSE / "var" / "corpus"
DOCUMENT = HOUSE / "docs" / "accuracy.md"
EDITION = "blossom-2026"
SPECIAL = {"signed_pages": signed_pages, "chosen_pages": chosen_pages, "crossed": crossed}
"""Corpora besides the main one, by the option that asks for them."""
PROCESSES = 2

_open_doors = ExitStack()
_tools: list[Tools] = []


def main() -> None:
    """Make what is missing of the corpus, read it, print the tables."""
    asked = _arguments()
    edition = load(shipped()[EDITION])
    corpus = next((each for option, each in SPECIAL.items() if getattr(asked, option)), cases)
    wanted = [case for case in corpus.cases(asked.each) if _is_asked(case, asked)][:: asked.sample]
    say(f"{len(wanted)} applications in {FOLDER.relative_to(HOUSE)}")
    corpus.make(wanted, edition, FOLDER)
    measured = _all(wanted)
    if asked.wrong:
        say(wrong([each for each in measured if not each.case.only_measured]))
    written = report(measured, date.today(), _command())  # noqa: DTZ011
    say(written)
    if asked.write:
        before = DOCUMENT.read_text("utf-8") if DOCUMENT.exists() else ""
        DOCUMENT.write_text(joined(before, written), "utf-8")


def _all(wanted: Sequence[Case]) -> list[Measured]:
    """Every case, in its order; one on which the software fails is named, and costs only itself."""
    with ProcessPoolExecutor(PROCESSES, initializer=_start) as pool:
        futures = [pool.submit(measure, case) for case in wanted]
        for number, _ in enumerate(as_completed(futures), 1):
            if number % 10 == 0 or number == len(futures):
                sys.stderr.write(f"\r{number} of {len(futures)} read")
        sys.stderr.write("\n")
    for case, future in zip(wanted, futures, strict=True):
        if failure := future.exception():
            say(f"FAILED {case.key}: {failure!r}")
    return [future.result() for future in futures if not future.exception()]


def _command() -> str:
    """What was typed, but for what changes nothing in the tables."""
    said = [
        f'"{word}"' if " " in word else word for word in sys.argv[1:] if word not in ("--wrong", "--write")
    ]
    return " ".join(["python -m tests.corpus.accuracy", *said])


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("--only", default="", help="formats, with commas")
    parser.add_argument("--layout", default="", help="layouts, with commas")
    parser.add_argument("--half", choices=("work", "measured"), help="only even or only odd seeds")
    parser.add_argument(
        "--signed-pages", action="store_true", help="forms as text, of which the end was scanned"
    )
    parser.add_argument("--chosen-pages", action="store_true", help="a form's first page, options marked")
    parser.add_argument("--crossed", action="store_true", help="every layout in every manner of paper")
    parser.add_argument("--each", type=int, default=1, help="seeds in each half for a layout in a format")
    parser.add_argument("--sample", type=int, default=1, help="only each n-th application")
    parser.add_argument("--wrong", action="store_true", help="every wrong item of the even seeds")
    parser.add_argument("--write", action="store_true", help="put the tables into docs/accuracy.md")
    return parser.parse_args()


def _is_asked(case: Case, asked: argparse.Namespace) -> bool:
    formats, layouts = (set(filter(None, said.split(","))) for said in (asked.only, asked.layout))
    return (
        (not formats or case.format in formats)
        and (not layouts or case.layout in layouts)
        and asked.half in (None, "measured" if case.only_measured else "work")
    )


def say(text: str) -> None:
    """On standard output, at once."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def _start() -> None:
    """Each process of the pool keeps one sandbox."""
    _tools.append(_open_doors.enter_context(tools()))


def measure(case: Case) -> Measured:
    """Read one case and compare it with its truth."""
    folder = folder_of(case, FOLDER)
    truth = loads((folder / "truth.toml").read_text("utf-8"))
    files = sorted((folder / "files").iterdir())
    started = time.perf_counter()
    dossier = read(files, load(shipped()[EDITION]), _tools[0])
    seconds = time.perf_counter() - started
    pages = sum(piece.pages or 1 for piece in dossier.pieces)
    outcomes = (*score(truth, dossier, on_paper=case.on_paper), *score_annexes(truth, dossier))
    papers = tuple(score_papers(truth, dossier)) if truth.annexes else ()
    return Measured(case, truth, outcomes, papers, seconds, pages)


def read(files: Sequence[Path], edition: Edition, tools: Tools) -> Dossier:
    """The dossier of these files, as `blossom check` assembles it."""
    mails = [file for file in files if file.suffix in MAIL_ENDINGS]
    loose = [file for file in files if file not in mails]
    submissions = [open_mail(file, edition, tools, None) for file in mails]
    if loose:
        submissions.append(open_loose(loose, tools, edition.dates.deadline))
    return parsers.assemble(submissions, edition, tools.read)


if __name__ == "__main__":
    main()
