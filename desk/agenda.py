"""The door to the officer's own calendar: an .ics file, or a folder of them. Read only, never written."""

from pathlib import Path


def files(path: Path | None) -> tuple[Path, ...]:
    """The calendar files, by name; none where none is set, or where it is not there today."""
    if path is None or not path.exists():
        return ()
    return tuple(sorted(path.rglob("*.ics"))) if path.is_dir() else (path,)
