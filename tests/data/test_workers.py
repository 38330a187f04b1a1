"""Several workers on one database do not disturb each other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier

import pytest

from data.errors import Overtaken
from data.store import Store
from tests.data.nouns import (
    MINUTE,
    NOW,
    a_key,
    a_letter,
    a_raw_mail,
    an_application,
    an_identity,
    an_outcome,
    keep,
)

WORKERS = 4


def together(work: Callable[[int], object]) -> list[object]:
    """Let the workers begin at the same moment; give back what each got."""
    start = Barrier(WORKERS)

    def one(number: int) -> object:
        start.wait()
        return work(number)

    with ThreadPoolExecutor(WORKERS) as pool:
        return list(pool.map(one, range(WORKERS)))


@pytest.fixture
def stores(ready_url: str, tmp_path: Path) -> list[Store]:
    """A store for each worker, as if each were on a machine of its own."""
    return [Store.open(ready_url, tmp_path) for _ in range(WORKERS)]


@pytest.fixture(autouse=True)
def closed(stores: list[Store]) -> object:
    """The stores are closed at the end."""
    yield
    for store in stores:
        store.close()


def test_many_writes(stores: list[Store]) -> None:
    """Four workers write fifty mails each, and nobody finds the database locked."""

    def work(number: int) -> None:
        for uid in range(50):
            name = f"{number}/{uid}"
            key = a_key(uid, account=str(number))
            stores[number].keep_mail(a_raw_mail(name), key, to_answer=True, now=NOW)
            stores[number].advance(str(number), "INBOX", 1, uid)

    together(work)

    assert len(stores[0].unhandled()) == 50 * WORKERS


def test_threads_of_one_store(stores: list[Store]) -> None:
    """The threads of one worker may share its store."""

    def work(number: int) -> None:
        for uid in range(20):
            stores[0].keep_mail(
                a_raw_mail(f"{number}/{uid}"), a_key(uid, str(number)), to_answer=True, now=NOW
            )
            stores[0].applications()

    together(work)

    assert len(stores[0].unhandled()) == 20 * WORKERS


def test_same_mail(stores: list[Store]) -> None:
    """Of workers that fetch the copies of one mail at once, one is told that it is new."""

    def work(number: int) -> bool:
        raw = a_raw_mail(received_at=NOW + number * MINUTE)
        return stores[number].keep_mail(raw, a_key(number), to_answer=True, now=NOW)

    new = together(work)

    assert sorted(new, key=bool) == [False] * (WORKERS - 1) + [True]
    assert stores[0].mail(an_identity()).received_at == NOW
    assert len(stores[0].copies(an_identity())) == WORKERS


def test_same_letter(stores: list[Store]) -> None:
    """Of workers that would send one letter at once, one may."""
    stores[0].letters.keep(a_letter(), b"", held=False, now=NOW)

    taken = together(lambda number: stores[number].letters.take("a" * 32, NOW, by=str(number)))

    assert taken.count(True) == 1


def test_one_position(stores: list[Store]) -> None:
    """Of positions told at once the furthest stays."""
    together(lambda number: stores[number].advance("info", "INBOX", 1, number))

    assert stores[0].position("info", "INBOX") == (1, WORKERS - 1)


def test_overtaken(stores: list[Store]) -> None:
    """Of workers that judged by the same applications at once, one is kept; the others think again."""
    mails = [keep(stores[0], str(number), uid=number) for number in range(WORKERS)]

    def work(number: int) -> bool:
        outcome = an_outcome(mails[number], an_application(f"BL26-{number}"))
        try:
            return stores[number].keep_outcome(outcome, {}, generation=0, events=(), held=False, now=NOW)
        except Overtaken:
            return False

    kept = together(work)

    assert kept.count(True) == 1
    assert len(stores[0].unhandled()) == WORKERS - 1
    assert len(stores[0].applications()) == 1


def test_until_it_is_kept(stores: list[Store]) -> None:
    """Workers that think again whenever they were overtaken get every mail handled."""
    mails = [keep(stores[0], str(number), uid=number) for number in range(4 * WORKERS)]

    def handle(store: Store, mail: str) -> bool:
        generation = store.generation()
        known = len(store.applications())
        outcome = an_outcome(mail, an_application(f"BL26-{known}"))
        try:
            return store.keep_outcome(outcome, {}, generation=generation, events=(), held=False, now=NOW)
        except Overtaken:
            return handle(store, mail)

    together(lambda number: [handle(stores[number], mail) for mail in mails[number::WORKERS]])

    assert stores[0].unhandled() == ()
    assert len(stores[0].applications()) == len(mails)
    assert stores[0].generation() == len(mails)


def test_same_mail_handled(stores: list[Store]) -> None:
    """A mail that several workers handle at once is handled once."""
    mail = keep(stores[0])

    def work(number: int) -> bool:
        try:
            return stores[number].keep_outcome(
                an_outcome(mail, an_application()), {}, generation=0, events=(), held=False, now=NOW
            )
        except Overtaken:
            return False

    assert together(work).count(True) == 1
    assert stores[0].generation() == 1


def test_all_migrate(database_url: str, tmp_path: Path) -> None:
    """Workers that start at once on an empty database all find its tables."""

    def work(_: int) -> int:
        store = Store.open(database_url, tmp_path)
        try:
            store.migrate()
            return store.generation()
        finally:
            store.close()

    assert together(work) == [0] * WORKERS
