"""Where the measured corpus lies: beside the checkout, or where BLOSSOM_CORPUS says. Without it tests skip."""

import os
from pathlib import Path

CORPUS = Path(os.environ.get("BLOSSOM_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
