"""The pictures in docs/, made anew: `make shots`. Needs Chromium; everything shown is invented."""

import subprocess
import sys
import tempfile
from pathlib import Path

from desk.demo.story import fortnight

HERE = Path(__file__).parent
ROOT = HERE.parent
CHROMIUM = "chromium"


def main() -> None:
    """Make every picture."""
    with tempfile.TemporaryDirectory() as folder:
        evidence(Path(folder))


def evidence(folder: Path) -> None:
    """The page of `blossom check --explain` for the application that forgets an annex and a signature."""
    mail = next(sent for sent in fortnight() if sent.expected and "signature.missing" in sent.expected.codes)
    (folder / "mail.eml").write_bytes(mail.raw())
    page = folder / "evidence.html"
    subprocess.run(
        [
            str(Path(sys.executable).with_name("blossom")),
            "check",
            str(folder / "mail.eml"),
            "--explain",
            str(page),
        ],
        check=False,  # its exit code is the verdict
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
    )
    photograph(page, HERE / "evidence.png", 900, 1500)


def photograph(page: Path, picture: Path, width: int, height: int) -> None:
    """A page as Chromium shows it."""
    subprocess.run(
        [
            CHROMIUM, "--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
            f"--window-size={width},{height}", f"--screenshot={picture}", page.as_uri(),
        ],
        check=True,
        capture_output=True,
    )  # fmt: skip


if __name__ == "__main__":
    main()
