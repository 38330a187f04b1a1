"""The embedded mail world: an IMAP and an SMTP server on loopback, in one thread, on a clock of ours.

Mail sent to an account lies in its inbox when the SMTP session is told so; mail to anybody else is kept
in `outgoing`. pymap 0.36.7 is used below its command line, because its own service loses live
connections to the garbage collector on Python 3.13, drops keywords, and announces late in IDLE.
"""

import asyncio
import logging
import secrets
import threading
from argparse import Namespace
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property
from typing import Any, Self
from uuid import uuid4

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session
from proxyprotocol.result import ProxyResultLocal
from proxyprotocol.sock import SocketInfo
from pymap.backend.dict import Config, Identity, Login
from pymap.backend.dict.filter import FilterSet
from pymap.backend.dict.mailbox import MailboxData, MailboxSet
from pymap.concurrent import Event
from pymap.imap import IMAPServer
from pymap.parsing.message import AppendMessage
from pymap.parsing.specials.flag import Flag, Recent, Wildcard, get_system_flags
from pymap.selected import SelectedMailbox
from pymap.user import UserMetadata
from pysasl import SASLAuth
from pysasl.hashing import Cleartext

HOST = "127.0.0.1"
NAME = "mail.coopcity.be"
SIZE_LIMIT = 50 * 2**20
START_LIMIT_S = 10.0


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A mail that left the house: what a person outside received."""

    at: datetime
    sender: str
    recipient: str
    content: bytes


class MailWorld:
    """Accounts with an inbox each, reachable at `host`, `imap_port` and `smtp_port` (no TLS).

    Args:
        accounts: address → password.
        clock: the time of every delivery, aware; it is called from the servers' thread.
    """

    host = HOST

    def __init__(self, accounts: Mapping[str, str], clock: Callable[[], datetime]) -> None:
        self.accounts = {address.lower(): password for address, password in accounts.items()}
        self.imap_port = 0
        self.smtp_port = 0
        self.outgoing: list[Outgoing] = []
        self.delivered: Counter[str] = Counter()
        """How many mails each account was sent."""
        self._clock = clock
        self._ready = threading.Event()
        self._failure: BaseException | None = None
        self._connections: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._main, name="mail-world", daemon=True)

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()

    def start(self) -> Self:
        """Open both ports.

        Raises:
            RuntimeError: the servers could not be started.
        """
        self._thread.start()
        if not self._ready.wait(START_LIMIT_S) or self._failure:
            raise RuntimeError("the embedded mail servers do not start") from self._failure
        return self

    def stop(self) -> None:
        """Close the ports and every connection."""
        if self._thread.is_alive():
            self._loop.call_soon_threadsafe(self._stopped.set)
            self._thread.join(START_LIMIT_S)

    def deliver(self, account: str, content: bytes, *, flags: Sequence[str] = ()) -> None:
        """Put a mail straight into an inbox, without SMTP and its headers."""
        putting = self._put(account.lower(), content, flags)
        asyncio.run_coroutine_threadsafe(putting, self._loop).result(START_LIMIT_S)

    # ------------------------------------------------------------ the servers' thread

    def _main(self) -> None:
        try:
            asyncio.run(self._serve())
        except BaseException as failure:  # noqa: BLE001 - handed to `start`, which raises it
            self._failure = failure
            self._ready.set()

    async def _serve(self) -> None:
        self._loop, self._stopped = asyncio.get_running_loop(), asyncio.Event()
        for noisy in ("pymap", "mail.log"):
            logging.getLogger(noisy).setLevel(logging.CRITICAL)
        self._login = await self._open_accounts()
        imap = IMAPServer(self._login, self._login.config)

        def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            """Hold the connection's task, else Python 3.13 collects it in mid-session."""
            where = SocketInfo.get(writer, ProxyResultLocal(), unique_id=uuid4().bytes)
            task = self._loop.create_task(imap(reader, writer, where))
            self._connections.add(task)
            task.add_done_callback(self._forget)

        servers = [
            await asyncio.start_server(connected, HOST, 0),
            await self._loop.create_server(self._smtp, HOST, 0),
        ]
        self.imap_port, self.smtp_port = (server.sockets[0].getsockname()[1] for server in servers)
        self._ready.set()
        await self._stopped.wait()
        for server in servers:
            server.close()
        for task in tuple(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)

    def _forget(self, task: asyncio.Task[None]) -> None:
        """A client that hung up in mid-command is no news: its exception counts as seen."""
        self._connections.discard(task)
        if not task.cancelled():
            task.exception()

    async def _open_accounts(self) -> Any:
        """Passwords are kept as they are: pymap's hash costs 155 ms a login, and these are no secrets."""
        unused = {"demo_data": False, "demo_user": "", "demo_password": secrets.token_hex(16)}
        options = {"host": HOST, "port": 0, "cert": None, "key": None, "tls": False, "debug": False}
        options |= {"proxy_protocol": "noop", "passlib_cfg": None, "inherited_sockets": None}
        config = _Configured.from_args(Namespace(**options, **unused), hash_context=Cleartext())
        login = Login(config)
        config.apply_context()
        for address, password in self.accounts.items():
            config.set_cache[address] = (_Folders(), FilterSet())
            user = UserMetadata(config, address, password=password)
            await Identity(address, login, None, frozenset()).set(user)
        return login

    async def _put(self, account: str, content: bytes, flags: Sequence[str] = ()) -> None:
        mail = AppendMessage(content, self._clock(), frozenset(Flag(flag.encode()) for flag in flags))
        async with Identity(account, self._login, None, frozenset()).new_session() as session:
            await session.append_messages("INBOX", [mail])
        self.delivered[account] += 1

    # ------------------------------------------------------------ SMTP (aiosmtpd's names)

    def _smtp(self) -> SMTP:
        return SMTP(
            self,
            hostname=NAME,
            enable_SMTPUTF8=True,
            data_size_limit=SIZE_LIMIT,
            authenticator=self._authenticate,
            auth_require_tls=False,
            loop=self._loop,
        )

    def _authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _how: str, who: object
    ) -> AuthResult:
        known = (
            isinstance(who, LoginPassword) and self.accounts.get(who.login.decode()) == who.password.decode()
        )
        return AuthResult(success=known, handled=False)

    async def handle_RCPT(
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: Sequence[str]
    ) -> str:
        domains = {account.partition("@")[2] for account in self.accounts}
        if address.lower() not in self.accounts and address.lower().partition("@")[2] in domains:
            return f"550 5.1.1 <{address}> no such user here"
        envelope.rcpt_tos.append(address.lower())
        return "250 2.1.5 OK"

    async def handle_DATA(self, _server: SMTP, session: Session, envelope: Envelope) -> str:
        at, content, sender = self._clock(), envelope.original_content or b"", envelope.mail_from or ""
        for recipient in dict.fromkeys(envelope.rcpt_tos):
            if recipient in self.accounts:
                await self._put(recipient, _stamp(sender, recipient, session.host_name, at) + content)
            else:
                self.outgoing.append(Outgoing(at, sender, recipient, content))
        return f"250 2.0.0 queued as {secrets.token_hex(4)}"


def _stamp(sender: str, recipient: str, host: str | None, at: datetime) -> bytes:
    """The two headers that the last server puts on top."""
    hop = f"from {host or 'unknown'} by {NAME} with ESMTP for <{recipient}>; {format_datetime(at)}"
    return f"Return-Path: <{sender}>\r\nReceived: {hop}\r\n".encode()


class _Configured(Config):
    """pymap's settings, which ask the installed packages only once how one may log in.

    They did at every connection: half of all that the servers had to do.
    """

    @cached_property
    def tls_auth(self) -> SASLAuth:
        return SASLAuth.defaults()


class _Folder(MailboxData):
    """pymap's folder, which also keeps keywords, and in IDLE tells what came since the last command."""

    @property
    def permanent_flags(self) -> frozenset[Flag]:
        return frozenset(get_system_flags() - {Recent} | {Wildcard})

    async def update_selected(
        self, selected: SelectedMailbox, *, wait_on: Event | None = None
    ) -> SelectedMailbox:
        seen = selected.mod_sequence
        behind = seen is not None and seen < self._mod_sequences.highest
        return await super().update_selected(selected, wait_on=None if behind else wait_on)


class _Folders(MailboxSet):
    """pymap's folders of one account, with our kind of inbox."""

    def __init__(self) -> None:
        super().__init__()
        self._inbox = _Folder(self._content_cache, self._thread_cache)
