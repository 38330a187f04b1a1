"""How many items are read right, by layout: ``python -m tests.parsers.accuracy [--pdf]``."""

import argparse
import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from rapidfuzz import fuzz

import parsers
from data.edition import Edition, load, shipped
from data.model import Answer, AnswerState, Document, SignatureState
from parsers import _form
from tests.parsers.layouts import LAYOUTS, Filled, expected, fill


def compare(filled: Filled, reading: _form.FormReading, edition: Edition) -> list[tuple[str, str, str]]:
    """(outcome, item, what was read) for every item of a form."""
    rows = []
    for question in edition.questions.values():
        answer = reading.answers.get(question.id) or Answer(question.id, AnswerState.NOT_FOUND)
        truth = expected(question, filled.answers[question.id])
        rows.append((_outcome(truth, answer), question.id, f"{answer.state}: {answer.value!r} for {truth!r}"))
    for role, signed in filled.signed.items():
        found = reading.signatures.get(role)
        state = found.state if found else SignatureState.MISSING
        if state is SignatureState.UNCLEAR:
            outcome = "unclear"
        elif (state is SignatureState.SIGNED) == signed:
            outcome = "right"
        else:
            outcome = "false missing" if signed else "false answered"
        rows.append((outcome, f"signature {role}", str(state)))
    return rows


def _outcome(truth: str | int | None, answer: Answer) -> str:
    if answer.state is AnswerState.UNCLEAR:
        return "unclear"
    if truth is None:
        return (
            "right"
            if answer.state is AnswerState.BLANK
            else ("not found" if answer.state is AnswerState.NOT_FOUND else "false answered")
        )
    if answer.state is not AnswerState.ANSWERED:
        return "false missing"
    if isinstance(truth, int):
        return "right" if answer.value == truth else "wrong value"
    likeness = fuzz.ratio(" ".join(truth.lower().split()), " ".join(str(answer.value).lower().split()))
    return "right" if likeness >= 95 else "wrong value"


def measure(
    edition: Edition, seeds: range, convert: Callable[[bytes], bytes] | None = None, show: bool = False
) -> dict[str, Counter[str]]:
    """Outcomes by layout."""
    table: dict[str, Counter[str]] = {}
    for name, build in LAYOUTS.items():
        outcomes: Counter[str] = Counter()
        for seed in seeds:
            filled = fill(edition, seed)
            content = build(filled, edition)
            document = parsers.read(convert(content) if convert else content)
            if not isinstance(document, Document):
                outcomes["unread"] += 1
                continue
            for outcome, item, detail in compare(filled, _form.read(document, name, edition), edition):
                outcomes[outcome] += 1
                if show and outcome != "right":
                    print(f"    {name} {seed} {item}: {outcome}: {detail[:230]}")  # noqa: T201
        table[name] = outcomes
    return table


def to_pdf(content: bytes) -> bytes:
    """A Word file as LibreOffice prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "form.docx"
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)  # noqa: S603, S607
        return (Path(folder) / "form.pdf").read_bytes()


def main() -> None:
    arguments = argparse.ArgumentParser()
    arguments.add_argument("--pdf", action="store_true")
    arguments.add_argument("--show", action="store_true")
    arguments.add_argument("--seeds", type=int, default=3)
    chosen = arguments.parse_args()
    edition = load(shipped()["blossom-2026"])
    table = measure(edition, range(chosen.seeds), to_pdf if chosen.pdf else None, chosen.show)
    for name, outcomes in table.items():
        total = sum(outcomes.values())
        shares = ", ".join(f"{k} {v}" for k, v in outcomes.most_common() if k != "right")
        print(f"{name:12} {outcomes['right'] / max(total, 1):7.1%}  {shares}")  # noqa: T201


if __name__ == "__main__":
    main()
