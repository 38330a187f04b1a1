"""Where the measured corpus lies: beside the checkout, or where BLOSSOM_CORPUS says. Tests skip without."""

import os
from pathlib import Path

CORPUS = Path(os.environ.get("BLOSSOM_CORPUS") or Path(__file__).parents[3] / "shared" / "corpus")
