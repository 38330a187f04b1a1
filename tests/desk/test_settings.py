"""Settings: read once, every wrong key or value named, no secret in the file."""

from pathlib import Path

import pytest

from data.errors import SettingsError
from desk import settings
from desk.settings import load

EXAMPLE = Path(settings.__file__).parent / "blossom.example.toml"
SMALLEST = """
[[inbox]]
name = "matthias"
host = "imap.example.org"
port = 993
[smtp]
host = "smtp.example.org"
port = 465
sender = "info@coopcity.be"
"""


def a_file(folder: Path, text: str) -> Path:
    """A settings file with this text."""
    path = folder / "blossom.toml"
    path.write_text(text, "utf-8")
    return path


def test_example_is_valid_as_it_stands() -> None:
    """The annotated example that `blossom init` writes is itself accepted."""
    read = load(EXAMPLE)

    assert [inbox.name for inbox in read.inbox] == ["matthias", "info"]
    assert read.sending.send == "hold"


def test_letters_are_held_unless_somebody_says_otherwise(tmp_path: Path) -> None:
    """Without a word about sending, a person releases each letter."""
    assert load(a_file(tmp_path, SMALLEST)).sending.send == "hold"


@pytest.mark.parametrize(
    ("text", "named"),
    [
        (SMALLEST.replace("port = 993", 'port = "many"'), "inbox.1.port: a whole number is expected"),
        (SMALLEST + '[digest]\nat = "soon"\n', "digest.at"),
        (SMALLEST + "[sending]\nsned = 'auto'\n", "sending.sned: no such key"),
        (SMALLEST + "[sending]\nsend = 'perhaps'\n", "sending.send"),
        (SMALLEST.replace('host = "smtp.example.org"\n', ""), "smtp.host: this key is missing"),
        (SMALLEST.replace("[smtp]", "[smtp"), "not valid TOML"),
        (SMALLEST + "[passwords]\nmatthias = 'x'\n", "secrets do not belong"),
    ],
)
def test_wrong_key_or_value_is_named(tmp_path: Path, text: str, named: str) -> None:
    """Whatever is wrong, the message names the file, the key and what was expected."""
    path = a_file(tmp_path, text)

    with pytest.raises(SettingsError) as error:
        load(path)

    assert str(path) in str(error.value)
    assert named in str(error.value)


def test_every_wrong_key_is_named_at_once(tmp_path: Path) -> None:
    """Two mistakes are two lines of one message, so that nobody repairs them one by one."""
    path = a_file(tmp_path, SMALLEST.replace("port = 993", "port = 0") + "[polling]\nevery = 3\n")

    with pytest.raises(SettingsError) as error:
        load(path)

    assert "inbox.1.port" in str(error.value)
    assert "polling.every" in str(error.value)


def test_environment_wins_over_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A key set in the environment replaces the file's."""
    monkeypatch.setenv("BLOSSOM_SENDING__SEND", "auto")
    monkeypatch.setenv("BLOSSOM_FOLDER", str(tmp_path / "elsewhere"))

    read = load(a_file(tmp_path, SMALLEST + "[sending]\nquiet_minutes = 5\n"))

    assert read.sending.send == "auto"
    assert read.sending.quiet_minutes == 5
    assert read.folder == tmp_path / "elsewhere"


def test_secret_comes_from_environment_or_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A password is read from the environment first, else from the file that the inbox names."""
    secret = tmp_path / "secret"
    secret.write_text("from file\n", "utf-8")
    read = load(a_file(tmp_path, SMALLEST.replace("port = 993", f'port = 993\npassword_file = "{secret}"')))
    monkeypatch.setenv("BLOSSOM_PASSWORDS__MATTHIAS", "from environment")
    overridden = load(tmp_path / "blossom.toml")

    assert read.password("matthias", read.inbox[0]) == "from file"
    assert overridden.password("matthias", overridden.inbox[0]) == "from environment"
    assert "from environment" not in repr(overridden)


def test_secret_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    """A password file that is not there is an error with its name, never an empty password."""
    read = load(a_file(tmp_path, SMALLEST.replace("port = 993", 'port = 993\npassword_file = "gone"')))

    with pytest.raises(SettingsError, match="gone cannot be read"):
        read.password("matthias", read.inbox[0])


def test_missing_file_says_what_to_do(tmp_path: Path) -> None:
    """No settings file: the message says which command makes one."""
    with pytest.raises(SettingsError) as error:
        load(tmp_path / "none.toml")

    assert "blossom init" in error.value.advice
