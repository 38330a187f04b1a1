"""Real mails of the corpus, and spoilt ones: nothing raises, nothing is slow, nothing touches the disk."""

import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable
from random import Random

import pytest

from data.edition import Edition
from data.model import Dossier, MailKind
from ingest.recognise import may_answer, recognise
from ingest.unpack import open_mail
from tests.builders import a_mail
from tests.corpus import CORPUS
from tests.ingest.conftest import AT

LIMIT_S = 2.0
LIMIT_BYTES = 200 * 1024 * 1024
FUZZ_S = float(os.environ.get("BLOSSOM_FUZZ_S", "3"))
"""Processor time of the fuzz run; `make fuzz` gives it ten minutes."""

with_corpus = pytest.mark.skipif(
    not (CORPUS / "INDEX.tsv").exists(), reason="the measured corpus does not lie beside this checkout"
)


def corpus(*kinds: str) -> list[tuple[str, set[str]]]:
    """The files of these kinds: path and what is known of each."""
    rows = [line.split("\t") for line in (CORPUS / "INDEX.tsv").read_text("utf-8").splitlines()]
    return [(row[3], set(row[4].split(";"))) for row in rows if row[0] in kinds]


def survive(content: bytes, blossom: Edition) -> MailKind:
    """The whole way of a mail's bytes, within the time that one mail may take."""
    began = time.process_time()
    envelope = open_mail(content)
    found = recognise(envelope, blossom, (), Dossier(blossom.id, None, AT, (), ()))
    may_answer(envelope, blossom)
    assert time.process_time() - began <= LIMIT_S
    assert (envelope.subject + envelope.text).encode() is not None
    assert all("/" not in name.split("/")[-1] and "\0" not in name for name in _names(envelope.attachments))
    return found.kind


def _names(attachments: object) -> list[str]:
    return [each.name for each in attachments]  # type: ignore[attr-defined]


# ---------------------------------------------------------------- the corpus


@with_corpus
def test_every_file_is_opened_recognised_and_none_is_ours(blossom: Edition) -> None:
    """Mails, and files that are none, go the whole way; nobody in the corpus applies to the programme."""
    ours = (MailKind.APPLICATION, MailKind.SUPPLEMENT, MailKind.WITHDRAWAL, MailKind.DOUBTFUL)
    kinds = {
        path: survive((CORPUS / path).read_bytes(), blossom)
        for path, _ in corpus("mail", "mail_body", "nasty", "tnef_msg")
    }

    assert len(kinds) > 900
    assert [path for path, kind in kinds.items() if kind in ours] == []


@with_corpus
def test_no_file_of_the_corpus_takes_much_memory_or_writes_anything() -> None:
    """In a process of its own: its peak stays within the limit, and no file is opened for writing."""
    done = subprocess.run(
        [sys.executable, "-c", "from tests.ingest.test_survival import alone; alone()"],
        capture_output=True,
        text=True,
        timeout=300,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-2000:]
    assert int(done.stdout) <= LIMIT_BYTES


def alone() -> None:
    """Open everything; print by how many bytes the process grew at its peak. Any write ends it."""
    open_mail(a_mail(files={"a.zip": b"PK\3\4"}))
    sys.addaudithook(_refuse_writing)
    before = _peak()
    for path, _ in corpus("mail", "mail_body", "nasty", "tnef_msg"):
        open_mail((CORPUS / path).read_bytes())
    print(_peak() - before)


def _peak() -> int:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024


def _refuse_writing(event: str, about: tuple[object, ...]) -> None:
    if event == "open" and isinstance(about[2], int) and about[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT):
        raise SystemExit(f"opened for writing: {about[0]!r}")
    if event in ("os.mkdir", "os.rename", "os.remove", "os.symlink", "subprocess.Popen"):
        raise SystemExit(f"{event}: {about!r}")


@with_corpus
def test_bounces_are_known_and_never_answered(blossom: Edition) -> None:
    """At least 98.5 of 100 bounces and reports are recognised, and those may not be answered."""
    bounces = [path for path, known in corpus("mail") if "bounce" in known]
    envelopes = [open_mail((CORPUS / path).read_bytes()) for path in bounces]
    known = [each for each in envelopes if each.machine is not None]

    assert len(bounces) > 400
    assert len(known) >= 0.985 * len(envelopes)
    assert all(may_answer(each, blossom) for each in known)


# ---------------------------------------------------------------- mails spoilt at random

WORDS = (b"\r\n\r\n", b"--", b"boundary=", b"=?utf-8?B?", b"?=", b"\0", b"\xff\xfe", b"(", b"<", b'"',
         b"begin 644 x\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n", b"PK\3\4",
         b"Content-Transfer-Encoding: base64\r\n",
         b"\r", b";", b"filename*0*=utf-8''", b"../../etc/passwd", b"message/rfc822", b"=\r\n")  # fmt: skip
"""What parsers stumble over."""


def _flip(mail: bytearray, dice: Random) -> None:
    for _ in range(dice.randint(1, 30)):
        mail[dice.randrange(len(mail))] = dice.randrange(256)


def _cut(mail: bytearray, dice: Random) -> None:
    start = dice.randrange(len(mail))
    del mail[start : start + dice.randint(1, max(1, len(mail) // 3))]


def _repeat(mail: bytearray, dice: Random) -> None:
    start = dice.randrange(len(mail))
    piece = mail[start : start + dice.randint(1, 400)]
    mail[start:start] = piece * dice.choice((2, 20, 200))


def _insert(mail: bytearray, dice: Random) -> None:
    for _ in range(dice.randint(1, 10)):
        place = dice.randrange(len(mail))
        mail[place:place] = dice.choice(WORDS) * dice.choice((1, 1, 1, 50))


SPOIL: tuple[Callable[[bytearray, Random], None], ...] = (_flip, _cut, _repeat, _insert)


def seeds() -> list[bytes]:
    """Mails to spoil: of the corpus where it lies beside us, and always one of our own making."""
    files = {"Dossier.docx": b"PK\3\4" + bytes(3000), "a.pdf": b"%PDF-1.4", "b.eml": ("text/plain", a_mail())}
    whole = a_mail(files=files, html="<p>Bonjour</p><a href='https://we.tl/x'>ici</a>")
    if not (CORPUS / "INDEX.tsv").exists():
        return [whole]
    paths = [path for path, _ in corpus("mail", "nasty", "tnef_msg")]
    contents = [(CORPUS / path).read_bytes() for path in paths]
    return [whole, *(each for each in contents if 0 < len(each) < 200_000)]


def test_spoilt_mails_do_no_harm(blossom: Edition) -> None:
    """However bytes are changed, cut, doubled or put in between: an envelope and a kind, in time."""
    number = int(os.environ.get("BLOSSOM_FUZZ_SEED", "20260914"))
    dice, mails = Random(number), seeds()
    until, runs = time.process_time() + FUZZ_S, 0
    while time.process_time() < until or runs < 20:
        mail = bytearray(dice.choice(mails))
        for _ in range(dice.randint(1, 4)):
            dice.choice(SPOIL)(mail, dice)
            mail = mail[:2_000_000] or bytearray(b"\n")
        try:
            survive(bytes(mail), blossom)
        except Exception as error:
            error.add_note(f"BLOSSOM_FUZZ_SEED={number}, run {runs}; the mail begins {bytes(mail[:300])!r}")
            raise
        runs += 1
    print(f"{runs} spoilt mails")
