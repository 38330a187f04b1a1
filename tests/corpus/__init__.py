"""Where the measured corpus lies: beside the checkout, never inside it. Tests skip where it is absent."""

from pathlib import Path

CORPUS = Path(__file__).parents[3] / "shared" / "corpus"
