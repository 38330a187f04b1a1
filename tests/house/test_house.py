"""What must never be: the rules of the house that a program can see."""

import ast
import importlib
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

HOUSE = Path(__file__).parents[2]
PACKAGES = ("ingest", "parsers", "checks", "notifier", "data", "desk")
ROOMS = ("ingest", "parsers", "checks", "notifier")
DOORS = {"ingest/mailbox.py", "notifier/post.py", "parsers/_ocr.py", "parsers/_office.py"}
"""Modules that may touch the world: one for each outside thing."""

NAMES_OF_NOTHING = {"utils", "util", "helpers", "helper", "common", "base", "manager", "processor", "misc"}
LOGS = {"logging", "structlog"}
CLOCKS = {"datetime": {"now", "utcnow", "today"}, "date": {"today"}, "time": {"time"}}
TEXTS = {".py", ".toml", ".md", ".j2", ".sh", ".txt", ".ini"}
LEFTOVERS = tuple("".join(halves) for halves in (("TO", "DO"), ("FIX", "ME")))


def _modules(*folders: str) -> list[str]:
    """Paths of all modules in these folders, from the house's door."""
    paths = [path for folder in folders for path in (HOUSE / folder).rglob("*.py")]
    return sorted(str(path.relative_to(HOUSE)) for path in paths if "__pycache__" not in path.parts)


def _tree(module: str) -> ast.Module:
    return ast.parse((HOUSE / module).read_text("utf-8"), module)


@pytest.mark.parametrize("package", PACKAGES)
def test_the_packages_are_ours(package: str) -> None:
    """`data` and `checks` are common words: what is imported is what stands here."""
    found = importlib.import_module(package).__file__

    assert found is not None
    assert Path(found).resolve() == (HOUSE / package / "__init__.py").resolve()


def _checks() -> list[str]:
    return [Path(m).stem for m in _modules("checks") if not Path(m).stem.startswith("_")]


@pytest.mark.parametrize("check", _checks())
def test_every_check_has_its_test(check: str) -> None:
    """`checks/x.py` and `tests/checks/test_x.py` come and go together."""
    assert (HOUSE / "tests" / "checks" / f"test_{check}.py").exists()


@pytest.mark.parametrize("module", _modules(*PACKAGES))
def test_every_module_says_what_it_is(module: str) -> None:
    """A docstring each; a package that holds nothing needs none."""
    tree = _tree(module)

    assert not tree.body or ast.get_docstring(tree)


@pytest.mark.parametrize("module", [m for m in _modules(*PACKAGES) if "/_" not in m and "/versions" not in m])
def test_every_public_function_says_what_it_does(module: str) -> None:
    """A docstring each, outside machinery (`_x.py`) and migrations."""
    functions = [n for n in _tree(module).body if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert [f.name for f in functions if f.name[0] != "_" and not ast.get_docstring(f)] == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    """What has no noun has no file."""
    assert [m for m in _modules(*PACKAGES, "tests") if Path(m).stem.strip("_") in NAMES_OF_NOTHING] == []


@pytest.mark.parametrize("module", [m for m in _modules(*ROOMS) if m not in DOORS])
def test_the_rooms_are_pure_and_silent(module: str) -> None:
    """No clock, no log, no print: time comes as an argument, what happened goes back as a value."""
    assert list(_noises(_tree(module))) == []


def _noises(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names) if {name.name.partition(".")[0] for name in names} & LOGS:
                yield f"line {node.lineno}: logs"
            case ast.ImportFrom(module=str(name)) if name.partition(".")[0] in LOGS:
                yield f"line {node.lineno}: logs"
            case ast.Call(func=ast.Name(id="print")):
                yield f"line {node.lineno}: prints"
            case ast.Call(func=ast.Attribute(ast.Name(thing), asked)) if asked in CLOCKS.get(thing, ()):
                yield f"line {node.lineno}: asks the time"


@pytest.mark.parametrize("module", _modules("tests"))
def test_every_test_says_what_is_true(module: str) -> None:
    """A docstring for each test, as one would read it aloud."""
    tests = [n for n in ast.walk(_tree(module)) if isinstance(n, ast.FunctionDef | ast.AsyncFunctionDef)]

    assert [t.name for t in tests if t.name.startswith("test_") and not ast.get_docstring(t)] == []


def test_the_import_contracts_are_kept() -> None:
    """The desk knows the rooms, the rooms know the nouns, and nobody else knows anybody."""
    program = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(program), "--no-cache"], cwd=HOUSE, capture_output=True, text=True, check=False, timeout=120
    )

    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]


@pytest.mark.parametrize("lock", sorted(path.name for path in HOUSE.glob("*.lock")))
def test_locks_pin_names_and_hashes_and_no_address(lock: str) -> None:
    """Where packages are fetched from is the affair of each machine."""
    text = (HOUSE / lock).read_text("utf-8")

    assert "--hash=sha256:" in text
    assert "://" not in text
    assert "--index" not in text


def _texts() -> list[str]:
    here = [path for path in HOUSE.iterdir() if path.is_file() and path.suffix in TEXTS]
    below = [p for f in (*PACKAGES, "docs", "tests") for p in (HOUSE / f).rglob("*") if p.suffix in TEXTS]
    return sorted(str(path.relative_to(HOUSE)) for path in [*here, *below, HOUSE / "Makefile"])


def test_nothing_is_left_for_later() -> None:
    """What is not done is an issue, not a remark in a file."""
    assert [name for name in _texts() if any(word in _read(name) for word in LEFTOVERS)] == []


def _read(name: str) -> str:
    return (HOUSE / name).read_text("utf-8", errors="replace")
