"""Inboxes as people keep them: private mail, moved mail, folders made anew, clocks that jump, silence."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import select

from data.model import EventKind, LetterKind
from data.tables import MailState, SightingRow
from desk import jobs
from desk.settings import Alert, Polling
from desk.wiring import Desk
from ingest.envelope import identity
from ingest.mailbox import open_mailbox
from tests.builders import a_mail
from tests.desk.desks import (
    Place,
    an_application,
    come_to_work,
    notebook,
    read,
    read_and_judge,
    send_all,
)
from tests.servers import Dovecot, SmtpSink

IN_TIME = datetime(2026, 9, 10, 9, 0, tzinfo=UTC)


@pytest.fixture
def place(tmp_path: Path, dovecot: Dovecot, smtp: SmtpSink) -> Place:
    """Two empty inboxes, and an empty folder."""
    return Place(tmp_path, dovecot, (dovecot.account(), dovecot.account()), smtp)


@pytest.fixture
def desk(place: Place) -> Iterator[Desk]:
    """A desk at work."""
    with place.desk() as desk:
        come_to_work(desk)
        yield desk


def done(desk: Desk, place: Place) -> tuple[int, int]:
    """How many applications there are, and how many letters have left for applicants."""
    send_all(desk)
    return len(desk.store.applications()), len(place.smtp.mails)


def events(desk: Desk, kind: EventKind) -> list[str]:
    from_the_start = desk.store.events(desk.edition.dates.go_live, desk.now() + timedelta(days=365))
    return [event.detail for event in from_the_start if event.kind is kind]


# ---------------------------------------------------------------- somebody's own inbox

MINE = ["matthias@coopcity.be"]
PRIVATE = (
    a_mail("On se voit samedi ? Katrien", subject="Samedi", to=MINE, sender="k@vie.example",
           message_id="<p1@x>"),
    a_mail("Le bail signé", subject="Contrat de bail", files={"bail signé.pdf": b"%PDF-1.4 loyer" * 500},
           to=MINE, sender="proprio@vie.example", message_id="<p2@x>"),
    a_mail("Facture", subject="Facture 2026-113 COOPCITY", files={"facture.pdf": b"%PDF-1.4 Katrien" * 500},
           to=MINE, sender="compta@fournisseur.example", message_id="<p3@x>"),
    a_mail("Un stage ?", subject="Candidature stage COOPCITY", files={"cv Katrien.pdf": b"%PDF-1.4 cv" * 500},
           to=MINE, sender="katrien@vie.example", message_id="<p4@x>"),
    a_mail("Katrien est absente", subject="Réponse automatique : RE: nous", to=MINE, sender="k@vie.example",
           message_id="<p5@x>", headers={"Auto-Submitted": "auto-replied"}),
)  # fmt: skip


def looks(place: Place, inbox: str) -> tuple[list[int], list[str], int, str]:
    """All that a person would see changed: numbers, flags, newness, folders."""
    dovecot = place.dovecot
    return (
        dovecot.uids(inbox),
        dovecot.flags(inbox),
        dovecot.recent(inbox),
        dovecot.doveadm("mailbox", "list", "-u", inbox),
    )


def test_a_private_inbox_stays_as_it_is_and_unread(place: Place, desk: Desk) -> None:
    """Numbers, flags and newness stay; of private mail no body is asked for, and nothing of it is kept."""
    inbox = place.inboxes[0]
    for mail in PRIVATE:
        place.dovecot.append(inbox, mail, IN_TIME, "\\Flagged" if mail is PRIVATE[1] else "")
    place.dovecot.append(inbox, an_application(), IN_TIME)
    before = looks(place, inbox)
    read_and_judge(desk)
    read_and_judge(desk)

    headers, bodies = place.dovecot.bytes_fetched(inbox)
    assert looks(place, inbox) == before
    assert before[2] == len(PRIVATE) + 1
    assert (place.dovecot.bodies_fetched(inbox), bodies) == (1, len(an_application()))
    assert headers < sum(map(len, PRIVATE))
    kept = [file for file in place.folder.rglob("*") if file.is_file()]
    assert [
        each.name for each in kept if re.search(rb"Katrien|voit samedi|1.4 loyer", each.read_bytes())
    ] == []
    with desk.store._database.reading() as session:
        passed = [row for row in session.exec(select(SightingRow)) if row.mail is None]
    assert {(row.reason, row.sha256) for row in passed} == {("other", None), ("automatic", None)}
    assert len(passed) == len(PRIVATE)


def test_what_was_fetched_and_is_not_ours_is_forgotten(place: Place, desk: Desk) -> None:
    """A Word file under a subject that says nothing is fetched, found to be none of ours, and deleted."""
    mail = a_mail("Voici Katrien", subject="Document", files={"lettre.docx": b"no Word file, Katrien"})
    place.append(mail)
    read_and_judge(desk)
    read_and_judge(desk)
    place.dovecot.doveadm("mailbox", "create", "-u", place.inboxes[0], "Rangé")
    place.dovecot.doveadm("move", "-u", place.inboxes[0], "Rangé", "mailbox", "INBOX", "all")
    read_and_judge(desk)

    assert desk.store.mail_state(identity(mail)) is MailState.FORGOTTEN
    kept = [file for file in place.folder.rglob("*") if file.is_file()]
    assert [each.name for each in kept if b"Katrien" in each.read_bytes()] == []
    assert done(desk, place) == (0, 0)


def test_what_may_be_an_application_is_asked_about_and_kept(place: Place, desk: Desk) -> None:
    """Nothing can be read of it, and the subject does not settle it: a question, no letter, no loss."""
    mail = a_mail("Bien à vous", subject="Candidature – La Remise", to=MINE, files={"scan.pdf": b"%PDF-1.4"})
    place.append(mail)
    read_and_judge(desk)

    assert done(desk, place) == (0, 0)
    (question,) = events(desk, EventKind.QUESTION)
    assert question == "La Remise est peut-être une candidature : à lire dans la boîte."
    assert desk.store.mail(identity(mail)).content == mail


# ---------------------------------------------------------------- where mail lies


def test_a_mail_moved_before_the_poll_is_found(place: Place, desk: Desk) -> None:
    """A colleague put it into a folder of hers: it is read there, with its time of reception."""
    inbox = place.inboxes[0]
    place.dovecot.append(inbox, an_application(), IN_TIME)
    place.dovecot.doveadm("mailbox", "create", "-u", inbox, "Candidatures/2026")
    place.dovecot.doveadm("move", "-u", inbox, "Candidatures/2026", "mailbox", "INBOX", "all")
    before = place.dovecot.flags(inbox, "Candidatures/2026")
    read_and_judge(desk)
    read_and_judge(desk)

    (application,) = desk.store.applications()
    assert application.received_at == IN_TIME
    assert done(desk, place) == (1, 1)
    assert place.dovecot.flags(inbox, "Candidatures/2026") == before == [""]


def test_a_mail_moved_after_the_poll_is_not_answered_again(place: Place, desk: Desk) -> None:
    """The copy in the other folder is the same mail: by its Message-ID, or by its bytes where it has none."""
    nameless = re.sub(rb"Message-ID: .*\r\n", b"", an_application("lire-ensemble"))
    inbox = place.inboxes[0]
    for mail in (an_application(), nameless):
        place.dovecot.append(inbox, mail, IN_TIME)
    read_and_judge(desk)
    first = done(desk, place)
    place.dovecot.doveadm("mailbox", "create", "-u", inbox, "Traité")
    place.dovecot.doveadm("move", "-u", inbox, "Traité", "mailbox", "INBOX", "all")
    read_and_judge(desk)

    assert first == done(desk, place) == (2, 2)
    assert len(desk.store.copies(identity(nameless))) == 2


def test_other_folders_are_left_alone_where_the_settings_say_so(place: Place, desk: Desk) -> None:
    """`subfolders = false`: only the folder named is opened."""
    inbox = place.inboxes[0]
    place.dovecot.doveadm("mailbox", "create", "-u", inbox, "Ailleurs")
    place.dovecot.append(inbox, an_application(), IN_TIME, folder="Ailleurs")
    account = replace(desk.accounts[0], subfolders=False)
    jobs.poll(desk, account)

    assert notebook(desk).asked == {}


def test_a_folder_made_anew_is_read_anew_and_nothing_answered_twice(place: Place, desk: Desk) -> None:
    """Deleted and created again: other numbers, another UIDVALIDITY, the old mail back beside a new one."""
    inbox, folder = place.inboxes[0], "Candidatures"
    doveadm = place.dovecot.doveadm
    doveadm("mailbox", "create", "-u", inbox, folder)
    place.dovecot.append(inbox, an_application(), IN_TIME, folder=folder)
    read_and_judge(desk)
    first, was = done(desk, place), desk.store.position(desk.accounts[0].name, folder)
    doveadm("mailbox", "delete", "-u", inbox, folder)
    doveadm("mailbox", "create", "-u", inbox, folder)
    place.dovecot.append(inbox, an_application("lire-ensemble"), IN_TIME, folder=folder)
    place.dovecot.append(inbox, an_application(), place.clock.now(), folder=folder)
    read_and_judge(desk)
    read_and_judge(desk)
    now = desk.store.position(desk.accounts[0].name, folder)

    assert was is not None
    assert now is not None
    assert was[0] != now[0]
    assert (first, done(desk, place)) == ((1, 1), (2, 2))


def test_mail_of_long_before_is_not_even_listed(place: Place, desk: Desk) -> None:
    """Last year's applications lie unread; what came shortly before the go-live is kept, never answered."""
    inbox = place.inboxes[0]
    place.dovecot.append(inbox, an_application("lire-ensemble"), datetime(2025, 9, 10, tzinfo=UTC))
    place.dovecot.append(inbox, an_application(), datetime(2026, 8, 20, tzinfo=UTC))
    read_and_judge(desk)

    assert done(desk, place) == (1, 0)
    assert place.dovecot.bodies_fetched(inbox) == 1


# ---------------------------------------------------------------- the nightly count


def test_what_was_missed_is_read_at_night_and_told(place: Place, desk: Desk) -> None:
    """The position had run ahead of the mails: the count finds them, and the digest says so, once."""
    inbox, account = place.inboxes[0], desk.accounts[0]
    read(desk)
    with open_mailbox(account) as mailbox:
        desk.store.advance(account.name, "INBOX", mailbox.uidvalidity, 1_000)
    place.dovecot.append(inbox, PRIVATE[0], IN_TIME)
    place.dovecot.append(inbox, an_application(), IN_TIME)
    read_and_judge(desk)
    before = done(desk, place)
    for _ in range(2):
        jobs.count(desk, account)
        notebook(desk).work()

    (told,) = events(desk, EventKind.MISCOUNT)
    assert before == (0, 0)
    assert done(desk, place) == (1, 1)
    assert "« INBOX » : le serveur tient 2 messages, 0 avaient été vus" in told
    place.clock.go(minutes=5)
    jobs.write_digest(desk, "2026-09-14")
    (letter,) = (each for each in desk.store.letters.facts() if each.kind is LetterKind.DIGEST)
    assert "le serveur tient 2 messages, 0 avaient été vus" in " ".join(
        desk.store.letters.get(letter.id).letter.text.split()
    )


def test_a_count_that_agrees_says_nothing(place: Place, desk: Desk) -> None:
    """All was seen, one mail was deleted since, one has just come: no line, and nothing is read twice."""
    inbox = place.inboxes[0]
    for mail in PRIVATE[:3]:
        place.dovecot.append(inbox, mail, IN_TIME)
    read(desk)
    place.dovecot.doveadm("expunge", "-u", inbox, "mailbox", "INBOX", "uid", "2")
    place.dovecot.append(inbox, an_application(), IN_TIME)
    jobs.count(desk, desk.accounts[0])

    assert events(desk, EventKind.MISCOUNT) == []
    assert notebook(desk).asked == {}


def test_a_mail_that_the_server_withholds_stops_no_other_and_is_told(place: Place, desk: Desk) -> None:
    """Its file cannot be read on the server: the mails behind it are kept; it is asked for again at night."""
    inbox, account = place.inboxes[0], desk.accounts[0]
    place.dovecot.append(inbox, an_application(), IN_TIME)
    place.dovecot.append(inbox, an_application("lire-ensemble"), IN_TIME)
    first, *_ = sorted(
        place.dovecot.folder_of(inbox, "").glob("[cn]*/*"), key=lambda each: each.stat().st_mtime_ns
    )
    first.chmod(0)
    trouble = jobs.poll(desk, account)
    kept, told = len(notebook(desk).asked), events(desk, EventKind.MISCOUNT)
    first.chmod(0o600)
    jobs.count(desk, account)

    assert trouble is None
    assert kept == 1
    assert "« INBOX » : le serveur ne donne pas un message" in told[0]
    assert desk.store.mail(identity(an_application())).content == an_application()
    assert len(notebook(desk).asked) == 2


# ---------------------------------------------------------------- clocks


@pytest.mark.parametrize("days", [-40, -1, 1, 400])
def test_a_clock_that_jumps_answers_nothing_twice_and_loses_nothing(
    days: int, place: Place, desk: Desk
) -> None:
    """Mail is known by its place and identity, not by the time of day; what comes after the jump is read."""
    place.append(an_application())
    read_and_judge(desk)
    first = done(desk, place)
    place.clock.go(days=days)
    read_and_judge(desk)
    jumped = done(desk, place)
    place.append(an_application("lire-ensemble"))
    read_and_judge(desk)
    place.clock.go(days=-days)
    read_and_judge(desk)

    assert (first, jumped) == ((1, 1), (1, 1))
    assert done(desk, place) == (2, 2)


# ---------------------------------------------------------------- silence


def test_an_inbox_that_fails_is_left_alone_for_longer_each_time(place: Place, desk: Desk) -> None:
    """Each failure doubles the pause; one good poll ends it; a clock put back does not prolong it."""
    account = replace(desk.accounts[0], password="wrong")
    pauses = []
    for failures in range(1, 5):
        jobs.poll_if_rested(desk, account)
        jobs.poll_if_rested(desk, account)  # the next tick comes too early
        assert desk.rests[account.name].failures == failures
        pauses.append(desk.rests[account.name].until - place.clock.now())
        place.clock.moment = desk.rests[account.name].until
    place.clock.go(days=-1)
    jobs.poll_if_rested(desk, account)
    tried = desk.rests[account.name].failures
    jobs.poll(desk, desk.accounts[0])

    assert tried == 5
    assert all(
        timedelta(seconds=7.5 * 2**n) <= pause <= timedelta(seconds=15 * 2**n)
        for n, pause in enumerate(pauses)
    )
    assert desk.rests == {}


def test_a_silence_is_told_to_a_second_address_once(place: Place, dovecot: Dovecot, smtp: SmtpSink) -> None:
    """Read, then refused for more than an hour: one alert, one line in the digest, no heartbeat."""
    heartbeat = place.folder / "heartbeat"
    with place.desk() as desk:
        object.__setattr__(
            desk, "settings", desk.settings.model_copy(update={"alert": Alert(to="garde@coopcity.be")})
        )
        come_to_work(desk)
        read(desk)
        beaten = heartbeat.read_text()
        heartbeat.unlink()
        place.clock.go(minutes=59)
        jobs.watch(desk)
        early = [each for each in desk.store.letters.facts() if each.kind is LetterKind.ALERT]
        place.clock.go(minutes=2)
        jobs.poll(desk, desk.accounts[1])
        for _ in range(3):
            jobs.watch(desk)
            send_all(desk)
        jobs.write_digest(desk, "2026-09-14")
        digest = next(each for each in desk.store.letters.facts() if each.kind is LetterKind.DIGEST)
        told = desk.store.letters.get(digest.id).letter.text

    assert re.fullmatch(r"(?:(?:info|matthias) 2026-09-14T08:20:00Z\n){2}", beaten)
    assert early == []
    assert not heartbeat.exists()
    (alert,) = smtp.mails
    assert alert.recipients == ("garde@coopcity.be",)
    assert b"Auto-Submitted: auto-generated" in alert.content
    assert "La boîte « matthias »" in told


def test_the_settings_of_an_inbox_reach_its_account(place: Place) -> None:
    """The name our server signs with is given to who reads the mails."""
    settings = place.settings().model_copy(update={"polling": Polling(authserv_id="mx.coopcity.be")})
    with place.desk() as desk:
        object.__setattr__(desk, "settings", settings)

        assert desk.manners.authserv_id == "mx.coopcity.be"
        assert desk.manners.per_day == 200
