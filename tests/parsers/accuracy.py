"""How many items are read right, by layout, for the tests of the readers. `make accuracy` measures more."""

import subprocess
import tempfile
from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from rapidfuzz import fuzz

import parsers
from data.edition import Edition
from data.model import Answer, AnswerState, Document, SignatureState
from parsers._answered import _form
from tests.parsers.layouts import Filled, expected, fill

Builders = Mapping[str, Callable[[Filled, Edition], bytes]]


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
        rows.append((_signature_outcome(signed, state), f"signature {role}", str(state)))
    return rows


def _signature_outcome(signed: bool, state: SignatureState) -> str:
    if state is SignatureState.UNCLEAR:
        return "unclear"
    if (state is SignatureState.SIGNED) == signed:
        return "right"
    return "false missing" if signed else "false answered"


def _outcome(truth: str | int | None, answer: Answer) -> str:
    if answer.state is AnswerState.UNCLEAR:
        return "unclear"
    if truth is None:
        return {AnswerState.BLANK: "right", AnswerState.NOT_FOUND: "not found"}.get(
            answer.state, "false answered"
        )
    if answer.state is not AnswerState.ANSWERED:
        return "false missing"
    if isinstance(truth, int):
        return "right" if answer.value == truth else "wrong value"
    likeness = fuzz.ratio(_plain(truth), _plain(str(answer.value)))
    return "right" if likeness >= 97 else "wrong value"


def _plain(text: str) -> str:
    return " ".join(text.lower().replace("’", "'").split())


def measure(
    edition: Edition,
    builders: Builders,
    seeds: range,
    convert: Callable[[bytes], bytes] | None = None,
) -> dict[str, Counter[str]]:
    """Outcomes by layout."""
    table: dict[str, Counter[str]] = {}
    for name, build in builders.items():
        outcomes: Counter[str] = Counter()
        for seed in seeds:
            filled = fill(edition, seed)
            content = build(filled, edition)
            document = parsers.read(convert(content) if convert else content)
            if not isinstance(document, Document):
                outcomes["unread"] += 1
                continue
            for outcome, _, _ in compare(filled, _form.read(document, name, edition), edition):
                outcomes[outcome] += 1
        table[name] = outcomes
    return table


def convert(content: bytes, ending: str) -> bytes:
    """A Word file as LibreOffice saves or prints it."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "form.docx"
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", ending, "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
        return (Path(folder) / f"form.{ending}").read_bytes()


def to_pdf(content: bytes) -> bytes:
    """A Word file as LibreOffice prints it."""
    return convert(content, "pdf")
