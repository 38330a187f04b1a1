"""Files named by the SHA-256 of their bytes: there whole and synced, or not there at all."""

import contextlib
import errno
import hashlib
import os
import re
import tempfile
from dataclasses import dataclass
from pathlib import Path

from data.errors import Damaged, StoreError

_FULL = {errno.ENOSPC, errno.EDQUOT}
_NAME = re.compile(r"[0-9a-f]{64}")
_ROOM = "Free disk space. Nothing is lost: what was not kept is fetched again at the next poll."
_DISK = "Look at the disk and the rights of its folders. Nothing is lost: the next poll fetches it again."
_GONE = "Bring the file back from the last backup; `blossom doctor` tests the folder."


@dataclass(frozen=True, slots=True)
class Files:
    """A folder of files in two levels, « ab/abcd….eml ». The same bytes are kept once."""

    folder: Path
    suffix: str = ""

    def keep(self, content: bytes) -> str:
        """Write and sync the bytes, and give back the name they are found by.

        Raises:
            StoreError: the disk is full, broken or closed to us; no part of the file stays behind.
        """
        sha256 = hashlib.sha256(content).hexdigest()
        path = self.path(sha256)
        try:
            _make(path.parent)
            if not (path.exists() and path.stat().st_size == len(content)):
                _write(path, content)
            _sync(path.parent)
        except OSError as error:
            raise StoreError(f"{path}: not written ({error.strerror})", _advice(error)) from error
        return sha256

    def read(self, sha256: str) -> bytes:
        """Give back the bytes.

        Raises:
            Damaged: the file is gone, or its bytes are not those that were kept.
            StoreError: it cannot be read now.
        """
        path = self.path(sha256)
        try:
            content = path.read_bytes()
        except OSError as error:
            raise (Damaged if isinstance(error, FileNotFoundError) else StoreError)(
                f"{path}: not read ({error.strerror})", _GONE
            ) from error
        if hashlib.sha256(content).hexdigest() != sha256:
            raise Damaged(f"{path}: its bytes have changed since they were kept", _GONE)
        return content

    def remove(self, sha256: str) -> bool:
        """Delete the bytes; False where they are gone already.

        Raises:
            StoreError: the file cannot be deleted.
        """
        path = self.path(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        except OSError as error:
            raise StoreError(f"{path}: not deleted ({error.strerror})", _advice(error)) from error
        return True

    def probe(self) -> None:
        """Write and sync a byte, and take it away again.

        Raises:
            StoreError: the disk is full, broken or closed to us.
        """
        path = self.folder / ".probe"
        try:
            _make(self.folder)
            _write(path, b"1")
            path.unlink()
        except OSError as error:
            raise StoreError(f"{path}: not written ({error.strerror})", _advice(error)) from error

    def path(self, sha256: str) -> Path:
        """Where these bytes lie. No name from outside ever becomes a path."""
        if not _NAME.fullmatch(sha256):
            raise ValueError(f"not a SHA-256: {sha256!r}")
        return self.folder / sha256[:2] / f"{sha256}{self.suffix}"


def _advice(error: OSError) -> str:
    return _ROOM if error.errno in _FULL else _DISK


def _write(path: Path, content: bytes) -> None:
    """Under another name first: a reader, or a crash, never meets half a file."""
    handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=path.parent)
    try:
        try:
            rest = memoryview(content)
            while rest:
                rest = rest[os.write(handle, rest) :]
            os.fsync(handle)
        finally:
            os.close(handle)
        os.replace(name, path)
    except BaseException:
        with contextlib.suppress(OSError):
            os.unlink(name)
        raise


def _make(folder: Path) -> None:
    """Make a folder that only we may enter; its name is synced in the one above, and so on upwards."""
    if folder.is_dir():
        return
    _make(folder.parent)
    folder.mkdir(mode=0o700, exist_ok=True)
    _sync(folder.parent)


def _sync(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
