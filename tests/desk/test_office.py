"""Old formats go through LibreOffice, which is bound: it sees its folder, and nothing of ours."""

import io
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from openpyxl import Workbook

from data.edition import load, shipped
from data.model import Document, FileKind, Unread, UnreadReason
from desk import confined, office
from desk.sandbox import Sandbox, SandboxFailure
from desk.sandbox._foreign import LAUNCH, orders, socket_of
from parsers._answered import _form
from tests.parsers.accuracy import compare, convert
from tests.parsers.layouts import LAYOUTS, fill

needs_office = pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
RTF = (
    rb"{\rtf1\ansi\ansicpg1252 Nom de l'entreprise : Les Ateliers d'A\'efcha\par Forme juridique : ASBL\par}"
)


@pytest.fixture(scope="module")
def sandbox() -> Iterator[Sandbox]:
    with Sandbox.start() as sandbox:
        yield sandbox


@needs_office
@pytest.mark.parametrize("kind", [FileKind.DOC, FileKind.RTF])
def test_an_old_word_form_reads_as_a_new_one(kind: FileKind, sandbox: Sandbox) -> None:
    """A form saved as .doc or .rtf gives the same answers and signatures as the .docx it was made from."""
    edition = load(shipped()["blossom-2026"])
    filled = fill(edition, 1)
    reading = confined.read(sandbox, convert(LAYOUTS["original"](filled, edition), kind.value))

    assert isinstance(reading, Document)
    assert reading.kind is kind
    wrong = [
        row for row in compare(filled, _form.read(reading, "form", edition), edition) if row[0] != "right"
    ]
    assert wrong == []


@needs_office
def test_rtf_accents_are_kept(sandbox: Sandbox) -> None:
    """RTF of an old Word keeps its accents."""
    reading = confined.read(sandbox, RTF)

    assert isinstance(reading, Document)
    assert [line.text for line in reading.lines] == [
        "Nom de l'entreprise : Les Ateliers d'Aïcha",
        "Forme juridique : ASBL",
    ]


@needs_office
def test_what_is_no_office_file_costs_that_file_alone() -> None:
    """Bytes that only begin like a .doc are told as damaged."""
    with pytest.raises(SandboxFailure, match="endommagé"):
        office.convert(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(4000), FileKind.DOC)


def test_sheets_are_read_in_the_sandbox(sandbox: Sandbox) -> None:
    """What openpyxl wants of this machine it has looked up before the first file."""
    book = Workbook()
    book.active.append(["Actif", 1250])
    out = io.BytesIO()
    book.save(out)
    reading = confined.read(sandbox, out.getvalue())

    assert isinstance(reading, Document)
    assert [line.text for line in reading.lines] == ["Actif", "1250"]


def test_without_libreoffice_the_way_out_is_told(sandbox: Sandbox, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where LibreOffice is missing, an old file is unread, and the reason says what to send instead."""
    monkeypatch.setenv("PATH", "/nowhere")
    reading = confined.read(sandbox, RTF)

    assert isinstance(reading, Unread)
    assert reading.reason is UnreadReason.UNSUPPORTED
    assert "PDF" in reading.detail


@needs_office
def test_a_killed_conversion_leaves_nothing_after_the_next_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """Its folder and its socket stay as long as something works there, and are swept once nothing does."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o711)  # LibreOffice may be another user
        monkeypatch.setattr(tempfile, "tempdir", name)
        folder, converting = begun(name)
        socket = socket_of(f"file://{folder}/profile")
        while not socket.exists() and converting.poll() is None:
            time.sleep(0.01)
        swept_meanwhile = office.sweep()
        there_meanwhile = folder.exists()
        converting.kill()
        converting.wait()
        until = time.monotonic() + 90
        while not office.sweep() and time.monotonic() < until:
            time.sleep(0.1)

        assert (swept_meanwhile, there_meanwhile) == (0, True)
        assert list(Path(name).iterdir()) == []
        assert not socket.exists()


def begun(temporary: str) -> tuple[Path, subprocess.Popen[bytes]]:
    """A process that converts a long file, and the folder where it does."""
    long = RTF[:-1] + rb"Nous r'e9parons des v'e9los.\par " * 40_000 + b"}"
    code = (
        "import sys; from data.model import FileKind; from desk import office;"
        "office.convert(sys.stdin.buffer.read(), FileKind.RTF)"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", code], stdin=subprocess.PIPE, env={**os.environ, "TMPDIR": temporary}
    )
    assert process.stdin
    process.stdin.write(long)
    process.stdin.close()
    while not (found := list(Path(temporary).iterdir())):
        assert process.poll() is None
        time.sleep(0.01)
    return found[0], process


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="what binds it is Linux's")
def test_a_foreign_program_sees_its_folder_alone(tmp_path: Path) -> None:
    """Bound, a program writes into its folder, and neither reads a file of ours nor opens a connection."""
    from desk.sandbox._foreign import give_away

    secret = tmp_path / "secret"
    secret.write_text("hunter2", "ascii")
    with tempfile.TemporaryDirectory(prefix="blossom-office-") as name:
        folder = Path(name)
        give_away(folder)
        script = (
            f"echo mine > {name}/own; cat {secret} > {name}/stolen; "
            f"(exec 3<>/dev/tcp/127.0.0.1/9) 2> {name}/network; echo done > {name}/done"
        )
        command = [sys.executable, "-I", "-c", LAUNCH, orders(folder, ["/bin/bash", "-c", script])]
        subprocess.run(command, check=False, timeout=60, capture_output=True)
        told = {each: (folder / each).read_text("utf-8") for each in ("own", "done", "stolen", "network")}

    assert told["own"] == "mine\n"
    assert told["done"] == "done\n"
    assert told["stolen"] == ""
    assert "not permitted" in told["network"]


def test_macros_of_an_old_file_are_told() -> None:
    """The conversion drops macros; that they were there is seen in the file itself."""
    assert confined.holds_macros(b"\xd0\xcf" + "_VBA_PROJECT".encode("utf-16-le"))
    assert not confined.holds_macros(RTF)
