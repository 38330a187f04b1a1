"""Files are there whole and synced, or not there at all."""

import errno
import hashlib
import os
import stat
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data._files import Files
from data.errors import StoreError


@pytest.fixture
def files(tmp_path: Path) -> Files:
    """A folder that does not exist yet."""
    return Files(tmp_path / "var" / "mail", ".eml")


def everything(files: Files) -> list[Path]:
    return [path for path in files.folder.rglob("*") if path.is_file()]


@given(st.binary(max_size=100))
@settings(max_examples=30, deadline=None)
def test_same_bytes(tmp_path_factory: pytest.TempPathFactory, content: bytes) -> None:
    """Any bytes come back, under their own hash."""
    files = Files(tmp_path_factory.mktemp("any"))

    name = files.keep(content)

    assert files.read(name) == content
    assert name == hashlib.sha256(content).hexdigest()


def test_place_and_rights(files: Files) -> None:
    """A file lies in two levels, and only we may read it."""
    name = files.keep(b"a mail")

    path = files.folder / name[:2] / f"{name}.eml"
    assert everything(files) == [path]
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(files.folder.stat().st_mode) == 0o700


def test_kept_twice(files: Files) -> None:
    """The same bytes are one file."""
    assert files.keep(b"a mail") == files.keep(b"a mail")
    assert len(everything(files)) == 1


def test_half_a_file_is_replaced(files: Files) -> None:
    """A file cut short by a broken disk is written again."""
    name = files.keep(b"a mail")
    files.path(name).write_bytes(b"a m")

    files.keep(b"a mail")

    assert files.read(name) == b"a mail"


def test_order_of_writing(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """The bytes are synced before the file has its name, and the name is synced after."""
    steps: list[str] = []
    fsync, replace = os.fsync, os.replace

    def sync(handle: int) -> None:
        steps.append("sync folder" if stat.S_ISDIR(os.fstat(handle).st_mode) else "sync file")
        fsync(handle)

    def rename(old: str, new: Path) -> None:
        steps.append("rename")
        replace(old, new)

    files.keep(b"another, so that the folders are there")
    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(os, "replace", rename)
    files.folder.joinpath(hashlib.sha256(b"a mail").hexdigest()[:2]).mkdir(exist_ok=True)
    files.keep(b"a mail")

    assert steps == ["sync file", "rename", "sync folder"]


def test_short_writes(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """A disk that takes three bytes at a time gets them all."""
    write = os.write
    monkeypatch.setattr(os, "write", lambda handle, rest: write(handle, rest[:3]))

    assert files.read(files.keep(b"a longer mail")) == b"a longer mail"


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EIO, errno.EDQUOT])
def test_trouble_leaves_nothing(
    files: Files, monkeypatch: pytest.MonkeyPatch, call: str, number: int
) -> None:
    """A full or broken disk is told with advice, and no part of a file stays."""

    def refuse(*_: object) -> None:
        raise OSError(number, os.strerror(number))

    files.probe()
    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(StoreError) as told:
        files.keep(b"a mail")

    assert everything(files) == []
    assert os.strerror(number) in str(told.value)
    assert ("Free disk space" in told.value.advice) == (number != errno.EIO)


def test_gone(files: Files) -> None:
    """A file that is gone is told, with its path."""
    name = files.keep(b"a mail")
    files.path(name).unlink()

    with pytest.raises(StoreError, match=name):
        files.read(name)


def test_changed(files: Files) -> None:
    """A file whose bytes have changed is never handed out as what was kept."""
    name = files.keep(b"a mail")
    files.path(name).write_bytes(b"b mail")

    with pytest.raises(StoreError, match="changed since"):
        files.read(name)


@pytest.mark.parametrize("name", ["", "../../etc/passwd", "A" * 64, "a" * 63, "a" * 64 + "\n"])
def test_no_name_from_outside(files: Files, name: str) -> None:
    """Only a SHA-256 is ever a path."""
    with pytest.raises(ValueError, match="not a SHA-256"):
        files.path(name)


def test_probe_leaves_nothing(files: Files) -> None:
    """The doctor's test leaves no file."""
    files.probe()

    assert everything(files) == []


def test_probe_tells(files: Files, monkeypatch: pytest.MonkeyPatch) -> None:
    """The doctor's test tells of a full disk."""

    def refuse(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "write", refuse)

    with pytest.raises(StoreError, match="No space left"):
        files.probe()
