"""A command of `blossom`, run in this process: what it prints and how it ends."""

import os
import sys
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from io import StringIO
from unittest.mock import patch

from desk.cli import main
from tests.flow.houses import environment


@dataclass(frozen=True, slots=True)
class Done:
    """What a command left."""

    code: object
    out: str
    err: str


def blossom(*words: object) -> Done:
    """Run a command to its end."""
    out, err = StringIO(), StringIO()
    with (
        patch.object(sys, "argv", ["blossom", *map(str, words)]),
        patch.dict(os.environ, environment()),
        redirect_stdout(out),
        redirect_stderr(err),
    ):
        try:
            main()
        except SystemExit as ended:
            return Done(ended.code or 0, out.getvalue(), err.getvalue())
