"""The commands as a person types them: what they print, and their exit codes."""

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from shutil import copy
from typing import Any

import pytest
import typer

from data.edition import shipped
from data.store import Store
from desk import cli, settings
from desk.demo.story import fortnight
from tests.desk.command import blossom
from tests.desk.desks import EDITION, Place, an_application, come_to_work, read_and_judge
from tests.servers import Dovecot, SmtpSink

MAILS = {sent.key: sent for sent in fortnight()}
HEAVY = {"sqlmodel", "sqlalchemy", "dbos", "pdfplumber", "docx", "imap_tools", "pydantic"}
KEYS = {
    "edition": str,
    "verdict": str,
    "organisation": str,
    "received_at": str | None,
    "on_time": bool,
    "documents": list,
    "answers": dict,
    "signatures": dict,
    "annexes": dict,
    "findings": list,
}
DOCUMENT = {"file", "sha256", "kind", "pages", "language", "year", "read_by", "contained_in"}
ANSWER = {"state", "value", "file", "page", "confidence"}
SIGNATURE = {"state", "how", "name", "file", "page", "confidence"}
ANNEX = {"state", "files"}
FINDING = {"code", "subject", "severity", "message"}


# ---------------------------------------------------------------- help


def commands(group: Any, *path: str) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Every command with the words that call it."""
    yield path, group
    for name, command in getattr(group, "commands", {}).items():
        yield from commands(command, *path, name)


COMMANDS = dict(commands(typer.main.get_command(cli.app)))


@pytest.mark.parametrize("path", COMMANDS, ids=" ".join)
def test_every_command_explains_itself(path: tuple[str, ...]) -> None:
    """`--help` says what the command does and names each of its options, with what they are for."""
    done = blossom(*path, "--help")
    command = COMMANDS[path]
    options = [each for each in command.params if each.opts[0].startswith("-")]

    assert done.code == 0
    assert " ".join(command.help.split()) in " ".join(done.out.split())
    assert [each.name for each in options if each.opts[0] not in done.out or not each.help] == []


def test_help_answers_at_once() -> None:
    """`blossom --help` imports no heavy library, and costs the processor less than half a second."""
    program = (
        "import sys\nfrom desk.cli import main\ntry: main()\nfinally: print(*sys.modules, file=sys.stderr)"
    )
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(
        [sys.executable, "-c", program, "--help"], capture_output=True, text=True, check=True, timeout=30
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)

    assert "Usage" in done.stdout
    assert HEAVY & set(done.stderr.split()) == set()
    assert after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime < 0.5


# ---------------------------------------------------------------- check


def an_eml(folder: Path, key: str) -> Path:
    """A mail of the fortnight as a file."""
    file = folder / f"{key.replace('/', '-')}.eml"
    file.write_bytes(MAILS[key].raw())
    return file


def checked(*words: object) -> tuple[object, dict[str, Any]]:
    """Exit code and JSON of a check."""
    done = blossom("check", *words, "--json")
    told: dict[str, Any] = json.loads(done.out)
    return done.code, told


@pytest.mark.parametrize(
    ("key", "code", "verdict"),
    [("la-remise", 0, "complete"), ("le-fil-retrouve", 1, "incomplete"), ("compost-et-cie", 3, "to_review")],
)
def test_check_says_as_the_contract_has_it(tmp_path: Path, key: str, code: int, verdict: str) -> None:
    """Every key of `contract/verdict.md` and no other, and the exit code of the verdict."""
    ended, told = checked(an_eml(tmp_path, key))

    assert (ended, told["verdict"]) == (code, verdict)
    assert list(told) == list(KEYS)
    assert [name for name, kind in KEYS.items() if not isinstance(told[name], kind)] == []
    assert list(told["answers"]) == list(EDITION.questions)
    assert list(told["signatures"]) == list(EDITION.signatories)
    assert list(told["annexes"]) == list(EDITION.annexes)
    assert {frozenset(each) for each in told["documents"]} == {frozenset(DOCUMENT)}
    assert {frozenset(each) for each in told["answers"].values()} == {frozenset(ANSWER)}
    assert {frozenset(each) for each in told["signatures"].values()} == {frozenset(SIGNATURE)}
    assert {frozenset(each) - {"years"} for each in told["annexes"].values()} == {frozenset(ANNEX)}
    assert {frozenset(each) for each in told["findings"]} <= {frozenset(FINDING)}


def test_check_of_a_folder_judges_all_of_it_together(tmp_path: Path) -> None:
    """Two mails of one applicant in a folder are one application: the second completes the first."""
    for key in ("le-fil-retrouve", "le-fil-retrouve/2"):
        an_eml(tmp_path, key)

    ended, told = checked(tmp_path)

    assert (ended, told["verdict"]) == (0, "complete")


def test_check_of_loose_files_knows_no_hour_unless_told(tmp_path: Path) -> None:
    """Form and annexes as files: complete; received is null, or what `--received` says."""
    for file in MAILS["la-remise"].files:
        (tmp_path / file.name).write_bytes(file.content)

    ended, told = checked(*sorted(tmp_path.iterdir()))
    late, told_late = checked(tmp_path, "--received", "2026-09-14T10:00:01+02:00")

    assert (ended, told["verdict"], told["received_at"]) == (0, "complete", None)
    assert (late, told_late["on_time"]) == (3, False)
    assert told_late["received_at"] == "2026-09-14T10:00:01+02:00"


def test_check_of_another_mail_says_that_it_is_none(tmp_path: Path) -> None:
    """A newsletter gets no verdict, a reason, and exit code 4."""
    ended, told = checked(an_eml(tmp_path, "newsletter"))
    reason = told.pop("reason")

    assert ended == 4
    assert told == {"edition": "blossom-2026", "verdict": None, "not_an_application": True}
    assert reason


def test_check_for_a_person_is_a_checklist_of_eighty_columns(tmp_path: Path) -> None:
    """Without `--json` the same stands there in French, readable in any terminal."""
    done = blossom("check", an_eml(tmp_path, "le-fil-retrouve"))

    assert done.code == 1
    assert "rapport d'activité" in done.out
    assert max(map(len, done.out.splitlines())) <= 80


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (["check", "gone.eml"], "gone.eml: no such file or folder"),
        (["check", "empty"], "empty: nothing in it to check"),
        (["check", "x.toml", "--received", "tomorrow"], "tomorrow: not a time such as"),
        (["check", "x.toml", "--edition", "blossom-1999"], "blossom-1999: no such edition"),
        (["replay", "empty"], "empty: no such folder, or no .eml in it"),
        (["poll"], "poll: say --once"),
        (["status", "--settings", "gone.toml"], "gone.toml: no such file"),
    ],
    ids=lambda each: each if isinstance(each, str) else " ".join(each),
)
def test_slip_of_the_hand_is_told_in_a_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: list[str], named: str
) -> None:
    """What is wrong and what to do, on standard error, and exit code 2."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "x.toml").touch()
    monkeypatch.chdir(tmp_path)
    done = blossom(*words)

    assert (done.code, done.out) == (2, "")
    assert named in done.err
    assert "→" in done.err
    assert len(done.err.splitlines()) == 1


# ---------------------------------------------------------------- settings and edition


def test_init_writes_settings_that_are_valid(tmp_path: Path) -> None:
    """The example is read as it stands."""
    done = blossom("init", tmp_path / "blossom.toml")

    assert done.code == 0
    assert [inbox.name for inbox in settings.load(tmp_path / "blossom.toml").inbox] == ["matthias", "info"]


def test_init_overwrites_nothing(tmp_path: Path) -> None:
    """Settings that somebody filled in stay as they are."""
    file = tmp_path / "blossom.toml"
    file.write_text("mine", "utf-8")
    done = blossom("init", file)

    assert done.code == 2
    assert str(file) in done.err
    assert file.read_text("utf-8") == "mine"


def test_edition_is_printed_for_the_officer() -> None:
    """Dates, annexes, signatures and every question, by their identifiers."""
    done = blossom("edition", "check", shipped()["blossom-2026"])

    assert done.code == 0
    assert [id for id in EDITION.questions if id not in done.out] == []
    assert "[nom de votre structure]" in done.out


@pytest.mark.parametrize(
    ("right", "wrong", "named"),
    [
        ("decision = 2026-10-02", "decision = 2026-10-02\ndecison = 1", "dates.decison"),
        ("[dates]", '[tells]\n"annex.gone" = "Envoyez-la."\n[dates]', "annex.gone"),
        ("[dates]", '[tells]\n"annex.missing" = "Il manque {it}."\n[dates]', "tells.annex.missing"),
    ],
    ids=["a key that is none", "words for what no check says", "words with an unknown placeholder"],
)
def test_wrong_edition_is_named_with_file_and_key(tmp_path: Path, right: str, wrong: str, named: str) -> None:
    """Whoever writes next year's edition learns where the slip is."""
    original = shipped()["blossom-2026"]
    copy(original.with_suffix(".txt"), tmp_path)
    file = tmp_path / original.name
    file.write_text(original.read_text("utf-8").replace(right, wrong, 1), "utf-8")
    done = blossom("edition", "check", file)

    assert done.code == 2
    assert f"{file}: " in done.err
    assert named in done.err


# ---------------------------------------------------------------- replay


def test_replay_gives_the_same_bytes_each_time(tmp_path: Path) -> None:
    """Verdicts and letters follow from the mails alone, whatever the files are called."""
    outs = []
    for number, names in enumerate(("abc", "cab")):
        mails, out = tmp_path / f"mails-{number}", tmp_path / f"out-{number}"
        mails.mkdir()
        for name, key in zip(names, ("le-fil-retrouve", "le-fil-retrouve/2", "private"), strict=True):
            (mails / f"{name}.eml").write_bytes(MAILS[key].raw())
        assert blossom("replay", mails, "--out", out).code == 0
        outs.append({file.name: file.read_bytes() for file in out.iterdir()})

    assert outs[0] == outs[1]
    assert sorted(Path(name).suffix for name in outs[0]) == [".eml", ".eml", ".json", ".json"]


# ---------------------------------------------------------------- a desk with an application


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory, dovecot: Dovecot) -> Path:
    """Settings of a desk that has judged an incomplete application and planned its call."""
    folder = tmp_path_factory.mktemp("house")
    place = Place(folder / "var", dovecot, (dovecot.account(), dovecot.account()), SmtpSink(port=1))
    place.append(an_application())
    with place.desk() as desk:
        come_to_work(desk)
        read_and_judge(desk)
    file = folder / "blossom.toml"
    file.write_text(
        f'folder = "{place.folder}"\n[[inbox]]\nname = "info"\nhost = "127.0.0.1"\nport = 1\n'
        '[smtp]\nhost = "127.0.0.1"\nport = 1\nsender = "info@coopcity.be"\n',
        "utf-8",
    )
    return file


def test_digest_is_shown_and_not_kept(house: Path) -> None:
    """`--show` prints the day's digest; no letter is queued by it."""
    done = blossom("digest", "--day", "2026-09-15", "--show", "--settings", house)
    letters = blossom("letters", "list", "--settings", house)

    assert done.code == 0
    assert "1 candidature" in done.out
    assert "15 septembre" not in letters.out


def test_digest_is_queued_once(house: Path) -> None:
    """Asked for twice, the digest of a day is one letter."""
    for _ in range(2):
        assert blossom("digest", "--day", "2026-09-16", "--settings", house).code == 0
    store = Store.open(f"sqlite:///{house.parent / 'var' / 'blossom.db'}", house.parent / "var")
    causes = [store.letters.get(each.id).letter.cause for each in store.letters.facts()]
    store.close()

    assert causes.count("digest/2026-09-16") == 1


def test_calls_are_written_as_calendar_and_sheet(house: Path, tmp_path: Path) -> None:
    """One event and one page for the call, and a table in the terminal."""
    ics, sheet = tmp_path / "calls.ics", tmp_path / "calls.html"
    done = blossom("calls", "--ics", ics, "--sheet", sheet, "--settings", house)

    assert done.code == 0
    assert "La Remise" in done.out
    assert ics.read_bytes().count(b"BEGIN:VEVENT") == 1
    assert "La Remise" in sheet.read_text("utf-8")


def test_file_that_cannot_be_written_is_named(house: Path, tmp_path: Path) -> None:
    """No traceback: the path, what is wrong with it, and exit code 7."""
    done = blossom("calls", "--ics", tmp_path / "gone" / "calls.ics", "--settings", house)

    assert done.code == 7
    assert f"{tmp_path / 'gone' / 'calls.ics'}: No such file or directory" in done.err


def test_folder_that_cannot_be_one_is_told_in_our_words(house: Path, tmp_path: Path) -> None:
    """A file where the folder should be: what happened, what to do, exit code 7."""
    (tmp_path / "var").touch()
    wrong = tmp_path / "blossom.toml"
    wrong.write_text(house.read_text("utf-8").replace(str(house.parent), str(tmp_path)), "utf-8")
    done = blossom("status", "--settings", wrong)

    assert done.code == 7
    assert done.err.startswith("blossom: ")
    assert "→" in done.err
    assert "Traceback" not in done.err
