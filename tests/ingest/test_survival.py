"""Real mails of the corpus, from bytes to kind: nothing raises, machines are known, nothing is ours."""

import time

import pytest

from data.edition import Edition
from data.model import Dossier, MailKind
from ingest.recognise import may_answer, recognise
from ingest.unpack import open_mail
from tests.corpus import CORPUS
from tests.ingest.conftest import AT

pytestmark = pytest.mark.skipif(
    not (CORPUS / "INDEX.tsv").exists(), reason="the measured corpus does not lie beside this checkout"
)


def corpus(*kinds: str) -> list[tuple[str, set[str]]]:
    """Every fifth file of these kinds: its path and what is known of it."""
    rows = [line.split("\t") for line in (CORPUS / "INDEX.tsv").read_text("utf-8").splitlines()]
    return [(row[3], set(row[4].split(";"))) for row in rows if row[0] in kinds][::5]


def test_every_file_is_opened_recognised_and_none_is_ours(blossom: Edition) -> None:
    """Mails, and files that are none, go the whole way; nobody in the corpus applies to the programme."""
    slow = []
    for path, _known in corpus("mail", "mail_body", "nasty", "tnef_msg"):
        began = time.process_time()
        envelope = open_mail((CORPUS / path).read_bytes())
        found = recognise(envelope, blossom, (), Dossier(blossom.id, None, AT, (), ()))
        may_answer(envelope, blossom)
        if time.process_time() - began > 2:
            slow.append(path)

        assert found.kind not in (MailKind.APPLICATION, MailKind.SUPPLEMENT, MailKind.WITHDRAWAL), path
        assert (envelope.subject + envelope.text).encode() is not None

    assert slow == []


def test_bounces_are_known_and_never_answered(blossom: Edition) -> None:
    """At least 98.5 of 100 bounces and reports are recognised, and those may not be answered."""
    bounces = [path for path, known in corpus("mail") if "bounce" in known]
    envelopes = [open_mail((CORPUS / path).read_bytes()) for path in bounces]
    known = [each for each in envelopes if each.machine is not None]

    assert len(known) >= 0.985 * len(envelopes)
    assert all(may_answer(each, blossom) for each in known)
