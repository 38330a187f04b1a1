"""The kill test: killed with SIGKILL at random moments under load, the service loses and doubles nothing.

Each mail lies in two real Dovecot inboxes; letters go to a real SMTP server that outlives the service. What
must hold at the end, whatever the moments were:

- every mail that was delivered is in exactly one state, and none waits;
- each applicant has one application;
- the SMTP server has no Message-ID twice, and every letter that is not superseded was sent, or is shown as
  « unknown » because the stop came between the final dot and the server's answer.

`make test` kills a few times; `make kills` 200 times. `BLOSSOM_SEED` repeats a run's moments.
"""

import os
import random
import re
import signal
import subprocess
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.edition import load, shipped
from data.model import LetterKind, LetterState
from data.store import Store
from data.tables import MailState
from desk.demo import annexes, forms, pens
from desk.demo.people import Applicant, applicants
from ingest.envelope import identity
from tests.builders import a_mail
from tests.flow.houses import House, a_house
from tests.servers import Dovecot, SmtpSink

KILLS = int(os.environ.get("BLOSSOM_KILLS", "6"))
SEED = int(os.environ.get("BLOSSOM_SEED", "20260914"))
APPLICANTS = max(8, KILLS // 3)
LEAST_S, WORK_S = 0.3, 4.5
"""A life is cut between its first moments and so long after its first poll, however slow a start is."""
PATIENCE_S = 240
POLLED = b'"poll"'
MESSAGE_ID = r"(?mi)^Message-ID: <([^@>]+)@"


def mails(count: int) -> Iterator[bytes]:
    """Applications of so many applicants, a supplement for each second one, a private mail for each third."""
    edition = load(shipped()["blossom-2026"])
    people = list(applicants(edition).values())
    for number in range(count):
        person = people[number % len(people)]
        name = a_name(number)
        sender = f"contact@structure-{number}.example"
        subject = f"Dossier de candidature – COOPCITY 2026 – {name}"
        answers = {**person.answers, "a1.name": name, "a1.enterprise_number": enterprise_number(number)}
        form = forms.word(edition, forms.Filled(answers, ink(person)), "plain")
        yield a_mail(
            subject=subject,
            sender=sender,
            message_id=f"<dossier-{number}@structure.example>",
            files={"dossier.docx": form},
        )
        if number % 2:
            yield a_mail(
                "Bonjour, voici le CV qui manquait.",
                subject=f"Re: {subject}",
                sender=sender,
                message_id=f"<suite-{number}@structure.example>",
                files={"CV.pdf": annexes.as_pdf(annexes.cv(person))},
            )
        if number % 3 == 0:
            yield a_mail("On mange ensemble ?", subject="Midi", message_id=f"<midi-{number}@ami.example>")


def a_name(number: int) -> str:
    """A structure's name like no other's: two that are alike would rightly be put before the officer."""
    syllables = [consonant + vowel for consonant in "bdfgklmnprstvz" for vowel in "aeiou"]
    letters = random.Random(number).choices(syllables, k=6)
    return f"{''.join(letters[:3]).title()} {''.join(letters[3:]).title()}"


def ink(person: Applicant) -> dict[str, bytes]:
    """Both signatures."""
    return {
        "contact": pens.signature(person.contact.name),
        "administrator": pens.signature(person.administrator.name),
    }


def enterprise_number(number: int) -> str:
    """A valid number, another for each applicant."""
    first = 4_000_000 + number * 13
    return f"0{first:07d}{97 - (first % 97):02d}"


@pytest.mark.kills
def test_nothing_is_lost_and_nothing_is_doubled(tmp_path: Path, dovecot: Dovecot, smtp: SmtpSink) -> None:
    """Killed at any moment, the service in the end has handled every mail once and doubled no letter."""
    chance = random.Random(SEED)
    house = a_house(tmp_path, dovecot, smtp)
    load_left = list(mails(APPLICANTS))
    expected = {identity(mail) for mail in load_left if b"Subject: Midi" not in mail}
    chance.shuffle(load_left)
    share = max(1, len(load_left) // max(1, KILLS - 1))

    log = tmp_path / "service.log"
    longest_s = time_to_poll(house, log) + WORK_S
    polled = 0
    for _ in range(KILLS - 1):
        before = log.stat().st_size
        service = house.start(log)
        for mail in (load_left.pop() for _ in range(min(share, len(load_left)))):
            house.append(mail)
        time.sleep(chance.uniform(LEAST_S, longest_s))
        end(service)
        polled += POLLED in log.read_bytes()[before:]
    print(f"{KILLS} kills, {polled + 1} of them after a poll; a life lasted {longest_s:.1f} s at most")
    for mail in load_left:
        house.append(mail)
    settle(house, log, expected)

    with house.store() as store:
        check_mails(store, expected)
        check_letters(store, smtp)
    assert dovecot.flags(house.inboxes[0]) == [""] * len(dovecot.flags(house.inboxes[0]))


def time_to_poll(house: House, log: Path) -> float:
    """How long a start takes on this machine: the first life, and the first kill."""
    begun = time.monotonic()
    service = house.start(log)
    while POLLED not in log.read_bytes():
        assert service.poll() is None, log.read_text("utf-8")[-3000:]
        assert time.monotonic() - begun < PATIENCE_S, log.read_text("utf-8")[-3000:]
        time.sleep(0.1)
    end(service)
    return time.monotonic() - begun


def end(service: "subprocess.Popen[bytes]") -> None:
    """Without warning."""
    os.kill(service.pid, signal.SIGKILL)
    service.wait(10)


def settle(house: House, log: Path, expected: set[str]) -> None:
    """Let the service work in peace until all is done, then stop it with SIGTERM."""
    before = log.stat().st_size
    service = house.start(log)
    try:
        until = time.monotonic() + PATIENCE_S
        while POLLED not in log.read_bytes()[before:] or not all_done(house, expected):
            assert service.poll() is None, log.read_text("utf-8")[-3000:]
            assert time.monotonic() < until, log.read_text("utf-8")[-3000:]
            time.sleep(0.5)
    finally:
        service.send_signal(signal.SIGTERM)
        code = wait(service)
    assert code == 0, log.read_text("utf-8")[-3000:]


def wait(service: "subprocess.Popen[bytes]") -> int:
    """Its exit code; killed if it does not end."""
    try:
        return service.wait(60)
    except subprocess.TimeoutExpired:
        end(service)
        return service.returncode


def all_done(house: House, expected: set[str]) -> bool:
    """Every mail handled, no letter waiting; a mail that was killed four times goes back from the shelf."""
    with house.store() as store:
        if store.shelf():
            house.blossom("shelf", "retry", "all")
        waiting = store.letters.facts(states=(LetterState.QUEUED, LetterState.SENDING))
        counts = store.counts().mails
        return not waiting and counts.get(MailState.HANDLED, 0) == len(expected)


def check_mails(store: Store, expected: set[str]) -> None:
    """Every application mail is handled, its two copies known, and its bytes are what was sent."""
    for mail in expected:
        assert store.mail_state(mail) is MailState.HANDLED
        assert len(store.copies(mail)) == 2
        assert identity(store.mail(mail).content) == mail
    assert len(store.applications()) == APPLICANTS


def check_letters(store: Store, smtp: SmtpSink) -> None:
    """No Message-ID twice; every letter sent is at the server; every application was answered or is shown."""
    ids = Counter(id for mail in smtp.mails for id in re.findall(MESSAGE_ID, mail.content.decode()))
    assert [each for each, times in ids.items() if times > 1] == []

    facts = store.letters.facts()
    sent = {fact.id for fact in facts if fact.state is LetterState.SENT}
    unknown = {fact.id for fact in facts if fact.state is LetterState.UNKNOWN}
    assert sent <= set(ids)
    assert set(ids) <= sent | unknown
    answered = {
        fact.application for fact in facts if fact.kind is LetterKind.REPLY and fact.id in sent | unknown
    }
    assert answered == {application.reference for application in store.applications()}
