"""LibreOffice, which turns Word files into everything else: many at once, for it is slow to start."""

import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path

FILTERS = {"pdf": "pdf", "odt": "odt", "doc": "doc", "rtf": "rtf", "txt": "txt:Text (encoded):UTF8"}
AT_ONCE = 25
"""A crash costs no more than this many, and no call takes minutes."""


def convert(files: Sequence[Path], ending: str, folder: Path) -> None:
    """Write each file once more into the folder, with this ending.

    Raises:
        subprocess.CalledProcessError: LibreOffice failed.
    """
    for at in range(0, len(files), AT_ONCE):
        with tempfile.TemporaryDirectory() as profile:
            command = [
                "soffice",
                f"-env:UserInstallation=file://{profile}",
                "--headless",
                "--convert-to",
                FILTERS[ending],
                "--outdir",
                str(folder),
                *map(str, files[at : at + AT_ONCE]),
            ]
            subprocess.run(command, check=True, capture_output=True, timeout=600)
