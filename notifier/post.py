"""The door to SMTP: a letter becomes bytes once, and the bytes go out, with every ending told apart.

Until the final dot is sent nothing was accepted, and a failure is a `PostError`: try again. After it the
server may own the mail although we never heard so: `PostUncertain`. `smtplib.sendmail` raises the same
exception in both cases (measured), so the phases are kept here.
"""

import contextlib
import re
import smtplib
import ssl
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Literal, Protocol

from data.errors import MailboxError, NobodyThere, PostError, PostRefused, PostUncertain
from data.model import Address, Enclosure, Letter, LetterKind
from notifier._french import shown

NOT_THE_LETTERS_FAULT = frozenset({530, 534, 535, 538})
"""5xx codes about the login (RFC 4954): every letter would fail, so none is given up."""
RECIPIENT = "the recipient"
_NO_SUCH = re.compile(r"5\.1\.\d|5\.2\.1\b|5\.4\.1\b|(?!\d\.\d)")
"""How a refusal begins where a recipient will never take a letter (RFC 3463), or names no status at all."""
SUBJECT_AT_MOST = 250
"""Signs of a subject; organisations may have any name."""
_SAFE_ID = re.compile(r"[!-;=?-~]{1,900}")
_SAFE_ADDRESS = re.compile(r"[^\s<>\x00-\x20\x7f]{1,320}")


class Tokens(Protocol):
    """Where access tokens come from; the same as for the inboxes, whose errors it raises."""

    def remembered(self) -> str | None:
        """The one at hand, if it is good for a while."""

    def token(self) -> str:
        """One that is good for a while; a new one if need be."""

    def forget(self, token: str) -> None:
        """This one was refused."""


@dataclass(frozen=True, slots=True)
class Server:
    """Where letters are handed over."""

    host: str
    port: int
    user: str | None = None
    password: str | None = field(default=None, repr=False)
    tokens: Tokens | None = field(default=None, repr=False)
    """How to log in where it is not by the password."""
    tls: Literal["implicit", "starttls", "none"] = "starttls"
    ca_file: str | None = None
    timeout_s: float = 60


# ---------------------------------------------------------------- a letter as bytes


def to_mime(letter: Letter, *, sender: Address, reply_to: Address, domain: str) -> bytes:
    """The letter as it goes over the wire: the same letter always gives the same bytes.

    The header is written here, line by line: Python 3.11 would fold a long Message-ID in References
    into encoded words, and the thread would break.
    """
    body = EmailMessage(policy=SMTP)
    body.set_content(letter.text, cte="quoted-printable")
    body.add_alternative(letter.html, subtype="html", cte="quoted-printable")
    for each in sorted(letter.enclosures, key=lambda each: each.content_id is None):
        _enclose(body, each)
    for number, part in enumerate(part for part in body.walk() if part.is_multipart()):
        part.set_boundary(f"=_{letter.id}_{number}")
    lines = (f"{name}: {value}" for name, value in _headers(letter, sender, reply_to, domain))
    return "\r\n".join([*lines, ""]).encode("ascii") + body.as_bytes()


def _enclose(body: EmailMessage, file: Enclosure) -> None:
    """A file beside the letter; a picture within it belongs to the HTML part (RFC 2387).

    Pictures come first: once a file lies beside the letter, its HTML part lies a level deeper.
    """
    main, _, sub = file.type.partition("/")
    name, sub = shown(file.name) or "fichier", sub or "octet-stream"
    html = body.get_body(("html",))
    if file.content_id is None or html is None:
        body.add_attachment(file.content, maintype=main, subtype=sub, filename=name)
    else:
        cid = f"<{file.content_id}>"
        html.add_related(file.content, main, sub, cid=cid, disposition="inline", filename=name)


def _headers(letter: Letter, sender: Address, reply_to: Address, domain: str) -> Iterator[tuple[str, str]]:
    yield "From", _mailbox(sender, "From")
    yield "To", _mailbox(letter.recipient, "To")
    yield "Reply-To", _mailbox(reply_to, "Reply-To")
    yield "Subject", _encoded(shown(letter.subject)[:SUBJECT_AT_MOST], "Subject")
    yield "Date", format_datetime(letter.composed_at)
    yield "Message-ID", f"<{letter.id}@{domain}>"
    if letter.in_reply_to and (id := _thread_id(letter.in_reply_to)):
        yield "In-Reply-To", id
    if references := [id for each in letter.references if (id := _thread_id(each))]:
        yield "References", "\r\n ".join(references)
    yield "Auto-Submitted", "auto-replied" if letter.kind is LetterKind.REPLY else "auto-generated"
    yield "X-Auto-Response-Suppress", "All"
    yield "Content-Language", letter.language


def _mailbox(address: Address, header: str) -> str:
    try:
        email = ascii_address(address.email)
    except PostRefused:  # an empty group: the letter is kept, and `send` refuses it by name
        return "unreadable-address:;"
    name = shown(address.name).replace('"', "'").replace("\\", "")
    if not name or name == email:
        return email
    written = _encoded(name, header) if not name.isascii() or "=?" in name else f'"{name[:200]}"'
    return (
        f"{written}\r\n <{email}>" if len(header) + len(written) + len(email) > 70 else f"{written} <{email}>"
    )


def _encoded(words: str, header: str) -> str:
    charset = "us-ascii" if words.isascii() and "=?" not in words else "utf-8"
    return Header(words, charset, header_name=header, maxlinelen=76).encode(linesep="\r\n")


def _thread_id(id: str) -> str | None:
    """The id in its brackets; None for what is none."""
    bare = id.strip().removeprefix("<").removesuffix(">")
    return f"<{bare}>" if _SAFE_ID.fullmatch(bare) else None


def ascii_address(email: str) -> str:
    """The address with its domain in ASCII (IDNA).

    Raises:
        PostRefused: it is none, or needs SMTPUTF8, which few servers speak.
    """
    local, at, domain = email.strip().rpartition("@")
    try:
        written = f"{local}@{domain.encode('idna').decode('ascii')}"
    except UnicodeError:
        written = ""
    if not (at and local.isascii() and _SAFE_ADDRESS.fullmatch(written)):
        raise PostRefused(f"« {shown(email)} » is no address that a letter can be sent to")
    return written


# ---------------------------------------------------------------- over the wire


def send(
    server: Server,
    mime: bytes,
    sender: str,
    recipient: str,
    *,
    before_dot: Callable[[], None] | None = None,
) -> str:
    """Hand one mail over to the server for one recipient, and give back what it answered.

    Args:
        sender: of the envelope; empty for the null sender.
        before_dot: called when all is sent but the final dot: from its return on the mail may be the
            server's, whatever happens; what it raises ends the attempt with nothing handed over.

    Raises:
        PostRefused: the server said no for good.
        PostUncertain: cut off after the final dot.
        PostError: anything earlier, or « later »; trying again is right.
    """
    envelope_to = ascii_address(recipient)
    envelope_from = ascii_address(sender) if sender else ""
    smtp = _connect(server)
    try:
        code, said = _hand_over(smtp, server, mime, envelope_from, envelope_to, before_dot)
    finally:
        _leave(smtp)
    _expect(set(range(200, 300)), code, said, "the mail")
    return f"{code} {_readable(said)}"


def greet(server: Server) -> str:
    """Connect, log in and leave: for `blossom doctor`.

    Raises:
        PostError: it cannot be reached, or refuses the login.
    """
    smtp = _connect(server)
    try:
        can = " ".join(
            name.upper() for name in ("starttls", "auth", "8bitmime", "size") if smtp.has_extn(name)
        )
    finally:
        _leave(smtp)
    login = f"logged in as {server.user}" if server.user else "no login"
    return f"{server.host}:{server.port} answers, {login}; {can}".rstrip("; ")


def _connect(server: Server) -> smtplib.SMTP:
    """A connection that is encrypted and logged in, as the settings say."""
    where = f"{server.host}:{server.port}"
    smtp: smtplib.SMTP | None = None
    context = None if server.tls == "none" else _trusting(server)
    try:
        if server.tls == "implicit":
            smtp = smtplib.SMTP_SSL(server.host, server.port, timeout=server.timeout_s, context=context)
        else:
            smtp = smtplib.SMTP(server.host, server.port, timeout=server.timeout_s)
        smtp.ehlo_or_helo_if_needed()
        if server.tls == "starttls":
            smtp.starttls(context=context)
            smtp.ehlo_or_helo_if_needed()
        if server.user is not None:
            _log_in(smtp, server.user, server)
    except smtplib.SMTPAuthenticationError as error:
        _leave(smtp)
        wrong = "Correct user or password in the settings"
        if server.tokens:
            wrong = "Allow this mailbox SMTP AUTH, and the application to send"
        raise PostError(
            f"{where}: login refused: {error.smtp_code} {_readable(error.smtp_error)}",
            f"{wrong}; the letters stay queued.",
        ) from error
    except MailboxError as error:
        _leave(smtp)
        raise PostError(f"{where}: {error}", f"{error.advice} The letters stay queued.") from error
    except ssl.SSLError as error:
        _leave(smtp)
        raise PostError(f"{where}: no safe connection: {error.reason or error}") from error
    except (smtplib.SMTPException, OSError, ValueError) as error:
        _leave(smtp)
        raise PostError(f"{where}: {_told(error)}") from error
    return smtp


def _log_in(smtp: smtplib.SMTP, user: str, server: Server) -> None:
    """By password, or by XOAUTH2; a remembered token that the server no longer takes is replaced once."""
    tokens = server.tokens
    if tokens is None:
        smtp.login(user, server.password or "")
        return
    if "XOAUTH2" not in smtp.esmtp_features.get("auth", "").upper().split():
        raise smtplib.SMTPNotSupportedError("the server does not offer XOAUTH2")
    if remembered := tokens.remembered():
        try:
            _bear(smtp, user, remembered)
        except smtplib.SMTPAuthenticationError as error:
            if error.smtp_code < 500:
                raise
            tokens.forget(remembered)
        else:
            return
    _bear(smtp, user, tokens.token())


def _bear(smtp: smtplib.SMTP, user: str, token: str) -> None:
    """SASL XOAUTH2: a refusal comes as a challenge, which wants an empty answer before the server says no."""
    smtp.auth("XOAUTH2", lambda challenge=None: "" if challenge else f"user={user}\1auth=Bearer {token}\1\1")


def _trusting(server: Server) -> ssl.SSLContext:
    """Certificate and name are verified; `ca_file` names an authority of one's own.

    Raises:
        PostError: the file cannot be read.
    """
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except OSError as error:
        advice = "Correct smtp.ca_file in the settings; the letters stay queued."
        raise PostError(f"{server.ca_file}: cannot be read as certificates ({error})", advice) from error


def _hand_over(
    smtp: smtplib.SMTP,
    server: Server,
    mime: bytes,
    sender: str,
    recipient: str,
    before_dot: Callable[[], None] | None,
) -> tuple[int, bytes]:
    where = f"{server.host}:{server.port}"
    try:
        _expect({250}, *smtp.mail(sender), "the sender")
        _expect({250, 251, 252}, *smtp.rcpt(recipient), RECIPIENT)
        _expect({354}, *smtp.docmd("data"), "the mail")
        smtp.send(_dotted(mime))
    except (smtplib.SMTPException, OSError) as error:
        raise PostError(f"{where}: {_told(error)}") from error
    if before_dot is not None:
        try:
            before_dot()
        except BaseException:
            smtp.close()  # without the dot the server throws away what it has; QUIT would be read as text
            raise
    try:
        smtp.send(b".\r\n")
        code, said = smtp.getreply()
    except (smtplib.SMTPException, OSError) as error:
        raise PostUncertain(f"{where}: after the mail was sent: {_told(error)}") from error
    if code // 100 not in (2, 4, 5):
        raise PostUncertain(f"{where}: after the mail was sent: an answer without meaning: {_readable(said)}")
    return code, said


def _dotted(mime: bytes) -> bytes:
    """CRLF at every line's end, and a line's first dot doubled (RFC 5321, 4.5.2)."""
    lines = re.sub(rb"\r\n|\r|\n", b"\r\n", mime)
    lines = re.sub(rb"(?m)^\.", b"..", lines)
    return lines if lines.endswith(b"\r\n") else lines + b"\r\n"


def _expect(good: set[int], code: int, said: bytes, about: str) -> None:
    """Raise what the server's answer means, where it is none of the good ones.

    Raises:
        PostRefused: 5xx that is about this letter; `NobodyThere` where it is about its recipient.
        PostError: anything else.
    """
    if code in good:
        return
    told = f"{about} was not taken: {code} {_readable(said)}"
    if code == -1:
        raise PostError(f"{about} was not taken: the connection ended")
    if 500 <= code < 600 and code not in NOT_THE_LETTERS_FAULT:
        nobody = about == RECIPIENT and code != 552 and _NO_SUCH.match(_readable(said))
        raise NobodyThere(told) if nobody else PostRefused(told)
    raise PostError(told)


def _leave(smtp: smtplib.SMTP | None) -> None:
    """Say goodbye; what the server answers to that changes nothing any more."""
    if smtp is None:
        return
    if smtp.sock is not None:
        with contextlib.suppress(smtplib.SMTPException, OSError, ValueError):
            smtp.sock.settimeout(min(smtp.timeout or 5, 5))
            smtp.quit()
    smtp.close()


def _readable(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return shown(text)[:300]


def _told(error: Exception) -> str:
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code} {_readable(error.smtp_error)}"
    return shown(str(error))[:300] or type(error).__name__
