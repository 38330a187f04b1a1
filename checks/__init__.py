"""The questions put to every dossier, one a file, and the verdict that sums them up.

A module here without an underscore *is* a check; it is found by itself. `docs/checks.md` lists them.
"""

from checks._check import catalogue, complaints
from checks._standing import annex_of, answer_to, signature_of
from checks._verdict import judge

__all__ = ["annex_of", "answer_to", "catalogue", "complaints", "judge", "signature_of"]
