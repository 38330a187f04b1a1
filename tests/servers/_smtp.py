"""An SMTP sink that fails on demand."""

import asyncio
import base64
import threading
from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from typing import Any, Self

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from tests.servers._own import (
    HOST,
    Certificate,
)


class Fault(Enum):
    """What goes wrong with the next mail, and at which command."""

    BUSY_AT_MAIL = "421 4.3.2 service shutting down"
    GREYLISTED_AT_RCPT = "451 4.7.1 greylisted, try again later"
    REFUSED_AT_RCPT = "550 5.1.1 no such user"
    FULL_AT_RCPT = "452 4.2.2 mailbox full"
    OVER_QUOTA_AT_RCPT = "552 5.2.2 over quota"
    UNWANTED_AT_RCPT = "550 5.7.1 refused by policy"
    DROPPED_AT_RCPT = "connection lost at RCPT"
    BUSY_AFTER_DATA = "451 4.3.0 queue file write error"
    REFUSED_AFTER_DATA = "552 5.2.2 mailbox full"
    DROPPED_AFTER_DATA = "connection lost after the dot; the mail was not kept"
    LOST_250 = "connection lost after the dot; the mail was kept"
    LATE_250 = "the mail was kept; the answer comes after `late_s`"


AT_RCPT = tuple(fault for fault in Fault if fault.name.endswith("_AT_RCPT") and fault.value[0].isdigit())


@dataclass(frozen=True, slots=True)
class Sunk:
    """A mail that the sink owns."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes


@dataclass
class SmtpSink:
    """A real SMTP server that keeps what it is given in `mails` and fails as told in `faults`.

    One fault is used up by one mail. With `cert`, STARTTLS is offered (and needed for a login); with
    `users`, a login is needed; with `tokens`, one by XOAUTH2. A late answer is not waited for once the
    client has gone.
    """

    cert: Certificate | None = None
    users: dict[str, str] = field(default_factory=dict)
    tokens: Mapping[str, str] | None = None
    """Good tokens, and whose they are."""
    late_s: float = 30
    host: str = HOST
    port: int = 0
    mails: list[Sunk] = field(default_factory=list)
    faults: deque[Fault] = field(default_factory=deque)

    def start(self) -> Self:
        ready: threading.Event = threading.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._serve, args=(ready,), name="smtp-sink", daemon=True)
        self._thread.start()
        if not ready.wait(10):
            raise RuntimeError("the SMTP sink does not start")
        return self

    def stop(self) -> None:
        """Close the port and every session; `start` opens it again at the same port."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join(10)

    def fail(self, *faults: Fault) -> None:
        self.faults.extend(faults)

    def _serve(self, ready: threading.Event) -> None:
        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(self._listen(ready))

    async def _listen(self, ready: threading.Event) -> None:
        self._stopped = asyncio.Event()
        self._sessions: set[SMTP] = set()
        server = await self._loop.create_server(self._session, self.host, self.port)
        self.port = server.sockets[0].getsockname()[1]
        ready.set()
        await self._stopped.wait()
        server.close()
        for session in self._sessions:
            _drop(session)
        await server.wait_closed()

    def _session(self) -> SMTP:
        session = SMTP(
            self,
            hostname="sink.example",
            enable_SMTPUTF8=True,
            authenticator=self._authenticate,
            auth_require_tls=self.cert is not None,
            auth_exclude_mechanism=["XOAUTH2"] if self.tokens is None else ["LOGIN", "PLAIN"],
            tls_context=self.cert.context() if self.cert else None,
            loop=self._loop,
        )
        self._sessions.add(session)
        return session

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, who: Any
    ) -> AuthResult:
        known = isinstance(who, LoginPassword) and self.users.get(who.login.decode()) == who.password.decode()
        return AuthResult(success=known, handled=False)

    async def auth_XOAUTH2(self, server: SMTP, words: list[str]) -> AuthResult:
        """As Microsoft and Google do: a refusal is a challenge first, and a no once that is answered."""
        told = base64.b64decode(words[1]).decode().split("\1")
        user, bearer = told[0].removeprefix("user="), told[1].removeprefix("auth=Bearer ")
        if self.tokens is not None and self.tokens.get(bearer) == user:
            return AuthResult(success=True)
        await server.challenge_auth('{"status":"401","schemes":"bearer"}')
        return AuthResult(success=False, handled=False)

    def _meets(self, *faults: Fault) -> Fault | None:
        return self.faults.popleft() if self.faults and self.faults[0] in faults else None

    async def handle_MAIL(
        self, _server: SMTP, session: Session, envelope: Envelope, address: str, options: Sequence[str]
    ) -> str:
        if fault := self._meets(Fault.BUSY_AT_MAIL):
            return fault.value
        if (self.users or self.tokens is not None) and not session.authenticated:
            return "530 5.7.0 Authentication required"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 2.1.0 OK"

    async def handle_RCPT(
        self, server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Iterable[str]
    ) -> str:
        if fault := self._meets(*AT_RCPT):
            return fault.value
        if self._meets(Fault.DROPPED_AT_RCPT):
            return _drop(server)
        envelope.rcpt_tos.append(address)
        return "250 2.1.5 OK"

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:
        if fault := self._meets(Fault.BUSY_AFTER_DATA, Fault.REFUSED_AFTER_DATA):
            return fault.value
        if self._meets(Fault.DROPPED_AFTER_DATA):
            return _drop(server)
        assert isinstance(envelope.content, bytes)
        self.mails.append(Sunk(envelope.mail_from or "", tuple(envelope.rcpt_tos), envelope.content))
        if self._meets(Fault.LOST_250):
            return _drop(server)
        if self._meets(Fault.LATE_250):
            await asyncio.sleep(self.late_s)
        return f"250 2.0.0 queued as {len(self.mails)}"


def _drop(server: SMTP) -> str:
    """Cut the connection; what is returned reaches nobody."""
    if isinstance(server.transport, asyncio.Transport):
        server.transport.abort()
    return "250 never seen"
