"""A desk without servers: store, notebook and clock, for what a person does at the terminal."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import cast

from data.model import Application, MailKey, MailKind, Outcome, RawMail, Recognition
from data.store import Store
from desk.engine import Engine
from desk.sandbox import Sandbox
from desk.settings import Calls, Inbox, Sending, Settings, Smtp
from desk.wiring import Desk
from tests.desk.desks import EDITION, Clock, InProcess, Notebook
from tests.servers import HOST


@contextmanager
def a_quiet_desk(
    folder: Path,
    clock: Clock,
    applications: Sequence[Application] = (),
    *,
    calendar: Path | None = None,
    smtp_port: int = 1,
) -> Iterator[Desk]:
    """A desk that knows these applications; nothing leaves it, unless a server listens at the port."""
    settings = Settings(
        folder=folder,
        inbox=(Inbox(name="info", host="localhost", port=1, user="info@coopcity.be", tls="none"),),
        smtp=Smtp(host=HOST, port=smtp_port, tls="none", sender="info@coopcity.be"),
        sending=Sending(send="auto"),
        calls=Calls(calendar=calendar),
    )
    new = not (folder / "blossom.db").exists()
    store = Store.open(f"sqlite:///{folder}/blossom.db", folder)
    try:
        if new:
            store.migrate()
        for number, each in enumerate(applications, 1):
            keep(store, each, number)
        engine, sandbox = cast(Engine, Notebook()), cast(Sandbox, InProcess())
        yield Desk(settings, EDITION, store, sandbox, engine, clock.now)
    finally:
        store.close()


def keep(store: Store, application: Application, number: int) -> None:
    """An application as its only mail left it."""
    identity = f"{number:064}"
    mail = RawMail(identity, application.received_at, identity.encode())
    store.keep_mail(mail, MailKey("info", "INBOX", 1, number), to_answer=True, now=application.received_at)
    outcome = Outcome(identity, Recognition(MailKind.APPLICATION, ()), application)
    store.keep_outcome(
        outcome, {}, generation=store.generation(), events=(), held=False, now=application.received_at
    )
