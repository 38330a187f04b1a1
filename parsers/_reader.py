"""The readers, found by themselves: every module here without an underscore reads the kinds it names."""

import functools
import importlib
import pkgutil
from collections.abc import Callable
from typing import ParamSpec, TypeVar

import parsers
from data.errors import Unreadable
from data.model import Document, FileKind, Unread, UnreadReason
from parsers import _sniff

Reader = Callable[[bytes], Document]

MAX_BYTES = 60 * 1024 * 1024

_REASONS = {
    FileKind.EMPTY: (UnreadReason.EMPTY, "le fichier est vide"),
    FileKind.ZIP: (UnreadReason.UNSUPPORTED, "cette archive n'a pas pu être ouverte"),
    FileKind.PAGES: (
        UnreadReason.UNSUPPORTED,
        "document Apple Pages : un export en PDF ou en Word est nécessaire",
    ),
    FileKind.LINK: (
        UnreadReason.UNSUPPORTED,
        "un lien vers un fichier, et non le fichier : le document lui-même est nécessaire",
    ),
    FileKind.OTHER: (UnreadReason.UNSUPPORTED, "format de fichier inconnu"),
}

_readers: dict[FileKind, Reader] = {}


P = ParamSpec("P")
R = TypeVar("R")


_NO_MEMORY = "Insufficient memory"
"""How OpenCV says that there is not enough."""


def guarded(
    function: Callable[P, R],
    reason: UnreadReason = UnreadReason.CORRUPT,
    told: str = "le fichier est endommagé",
) -> Callable[P, R]:
    """Document libraries raise anything on damaged files: it becomes `Unreadable` here, and here alone."""

    @functools.wraps(function)
    def call(*args: P.args, **kwargs: P.kwargs) -> R:
        try:
            return function(*args, **kwargs)
        except (Unreadable, MemoryError):
            raise
        except Exception as error:
            if _NO_MEMORY in str(error):
                raise MemoryError from error
            raise Unreadable(reason, f"{told} ({type(error).__name__})") from error

    return call


def reader(*kinds: FileKind) -> Callable[[Reader], Reader]:
    """Register a reader, guarded."""

    def register(function: Reader) -> Reader:
        call = guarded(function)
        for kind in kinds:
            _readers[kind] = call
        return call

    return register


def read(content: bytes) -> Document | Unread:
    """Read a file. Total."""
    kind = _sniff.sniff(content)
    if len(content) > MAX_BYTES:
        return Unread(kind, UnreadReason.TOO_LARGE, f"plus de {MAX_BYTES // 1024 // 1024} Mo")
    if kind in _REASONS:
        return Unread(kind, *_REASONS[kind])
    _discover()
    if kind not in _readers:
        return Unread(kind, UnreadReason.UNSUPPORTED, f"les fichiers de type {kind.value} ne sont pas lus")
    try:
        return _readers[kind](content)
    except Unreadable as trouble:
        return Unread(kind, trouble.reason, trouble.detail)
    except (MemoryError, RecursionError):
        return Unread(kind, UnreadReason.TOO_LARGE, "le fichier demande trop de mémoire")


def recognise(content: bytes, page: int) -> Document | Unread:
    """Read one page of a file by its image. Total.

    What fails once there is a picture is our own fault, and no damage of the file's.
    """
    from parsers._scanned import _scan

    kind = _sniff.sniff(content)
    try:
        return guarded(_scan.read, UnreadReason.CRASHED, "la lecture a échoué")(content, kind, page)
    except Unreadable as trouble:
        return Unread(kind, trouble.reason, trouble.detail)
    except MemoryError:
        return Unread(kind, UnreadReason.TOO_LARGE, "la page demande trop de mémoire")


@functools.cache
def _discover() -> None:
    for module in pkgutil.iter_modules(parsers.__path__):
        if not module.name.startswith("_"):
            importlib.import_module(f"parsers.{module.name}")
