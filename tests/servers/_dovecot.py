"""Dovecot: the two inboxes of the programme."""

import imaplib
import os
import pwd
import re
import shutil
import signal
import smtplib
import socket
import subprocess
import tempfile
from datetime import datetime
from pathlib import Path
from typing import Self

from tests.servers._own import (
    HOST,
    ORDINARY,
    PASSWORD,
    Absent,
    as_ordinary_user,
    certificate,
    end,
    free_port,
    give,
    until,
)

SPARE_ACCOUNTS = 500
"""Made beforehand: Dovecot looks for new users once a second, which a test would have to wait for."""


# Why each odd line stands there: anvil-auth-penalty off, else one wrong password delays every later
# login; mail_max_userip_connections, else many sessions get [LIMIT]; chroot empty and all users our own,
# else Dovecot asks for root.
_DOVECOT = """\
base_dir = {folder}/run
state_dir = {folder}/state
instance_name = {name}
log_path = {folder}/dovecot.log
default_internal_user = {user}
default_internal_group = {group}
default_login_user = {user}
protocols = imap lmtp
listen = 127.0.0.1
ssl = yes
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
disable_plaintext_auth = no
auth_mechanisms = {mechanisms}
auth_failure_delay = 0 secs
auth_cache_size = 0
auth_username_format = %u
mail_location = maildir:{folder}/mail/%u:LAYOUT=fs
mail_uid = {user}
mail_gid = {group}
first_valid_uid = 0
first_valid_gid = 0
mailbox_list_index = yes
maildir_stat_dirs = yes
mail_max_userip_connections = 200
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Sent {{
    auto = subscribe
    special_use = \\Sent
  }}
}}
passdb {{
  driver = passwd-file
  mechanisms = plain login none
  args = scheme=plain username_format=%u {folder}/users
}}
userdb {{
  driver = static
  args = uid={user} gid={group} home={folder}/home/%u
}}
service imap-login {{
  chroot =
  process_min_avail = 1
  inet_listener imap {{
    port = {imap}
  }}
  inet_listener imaps {{
    port = {imaps}
    ssl = yes
  }}
}}
service lmtp {{
  inet_listener lmtp {{
    address = 127.0.0.1
    port = {lmtp}
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service stats {{
  chroot =
}}
service auth {{
  unix_listener auth-userdb {{
    mode = 0600
    user = {user}
  }}
}}
"""


_OAUTH2_PASSDB = """
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {folder}/oauth2.conf
}}
"""
_OAUTH2 = """\
introspection_mode = post
introspection_url = {url}
username_attribute = username
active_attribute = active
active_value = true
"""


_QUOTA = """
mail_plugins = quota
protocol imap {{
  mail_plugins = quota imap_quota
}}
plugin {{
  quota = maildir:User quota
  quota_rule = *:storage={quota_kb}K
  quota_grace = 0
}}
"""


class Dovecot:
    """Debian's Dovecot 2.3 with the two inboxes of the programme and as many others as are asked for.

    Ports: `imap` (plain, STARTTLS), `imaps` (TLS), `lmtp`. `cert` is the `ca_file` of both kinds of TLS.
    With `introspection_url`, OAuth tokens are taken too, after asking there whose they are. With `quota_kb`,
    no user may have more than so much mail: set it and start again, and who has more is over the limit.
    """

    host = HOST
    matthias = "matthias@coopcity.be"
    info = "info@coopcity.be"

    def __init__(self, introspection_url: str | None = None, quota_kb: int | None = None) -> None:
        self._introspection_url = introspection_url
        self.quota_kb = quota_kb
        self._binary = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
        if not self._binary or not shutil.which("doveadm"):
            raise Absent("Dovecot is not installed (Debian: dovecot-imapd dovecot-lmtpd)")
        self._spare = [f"inbox-{number}@coopcity.be" for number in range(1, SPARE_ACCOUNTS)]
        self.users: dict[str, str] = dict.fromkeys([self.matthias, self.info, *self._spare], PASSWORD)
        self.imap, self.imaps, self.lmtp = free_port(), free_port(), free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="dovecot-"))
        self._folder.chmod(0o755)
        self._config = self._folder / "dovecot.conf"
        self._process: subprocess.Popen[bytes] | None = None
        self._lay_out()

    def _lay_out(self) -> None:
        for name in ("run", "state", "mail", "home"):
            (self._folder / name).mkdir()
        self.cert = certificate(self._folder).cert
        (self._folder / "oauth2.conf").write_text(_OAUTH2.format(url=self._introspection_url))
        self._write_config()
        self._write_users()

    def _write_config(self) -> None:
        me = pwd.getpwuid(os.geteuid()) if os.geteuid() else pwd.getpwnam(ORDINARY)
        words: dict[str, object] = {"folder": self._folder, "name": self._folder.name, "user": me.pw_name}
        words |= {"group": _group(me.pw_gid), "imap": self.imap, "imaps": self.imaps, "lmtp": self.lmtp}
        words["mechanisms"] = "plain login xoauth2 oauthbearer" if self._introspection_url else "plain login"
        words["quota_kb"] = self.quota_kb
        config = _DOVECOT + (_OAUTH2_PASSDB if self._introspection_url else "")
        config += _QUOTA if self.quota_kb else ""
        self._config.write_text(config.format(**words))

    def _write_users(self) -> None:
        lines = (f"{user}:{{PLAIN}}{password}\n" for user, password in self.users.items())
        (self._folder / "users").write_text("".join(lines))
        give(self._folder)

    def start(self) -> Self:
        """Start, or start again after `stop`, on the same ports with the same mails."""
        self._write_config()
        command = as_ordinary_user(str(self._binary), "-F", "-c", str(self._config))
        with (self._folder / "stderr").open("wb") as said:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=said)
        log = self._folder / "dovecot.log"
        until(self._greets, self._process, log if log.exists() else self._folder / "stderr")
        return self

    @property
    def pid(self) -> int:
        """The process number of the master, while it runs."""
        return self._process.pid if self._process else 0

    def _greets(self) -> bool:
        try:
            with socket.create_connection((HOST, self.imap), 2) as link:
                return link.recv(100).startswith(b"* OK")
        except OSError:
            return False

    def stop(self, how: signal.Signals = signal.SIGTERM) -> None:
        """Stop the master by its own process id; its children follow."""
        end(self._process, how)

    def close(self) -> None:
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)

    def account(self) -> str:
        """The address of an empty inbox that no other test uses."""
        return self._spare.pop()

    def deliver(self, user: str, raw: bytes, sender: str = "sender@example.org") -> None:
        """Deliver over LMTP, as a mail server would; Dovecot's clock gives the time."""
        with smtplib.LMTP(HOST, self.lmtp, timeout=20) as link:
            link.sendmail(sender, [user], raw)

    def append(
        self, user: str, raw: bytes, when: datetime | None = None, flags: str = "", folder: str = "INBOX"
    ) -> int:
        """Put a mail into a folder with an INTERNALDATE of our own, and return its UID."""
        date = imaplib.Time2Internaldate(when) if when else ""
        with self._login(user) as client:
            kind, data = client.append(folder, f"({flags})" if flags else "", date, raw)
        if kind != "OK":
            raise RuntimeError(f"APPEND to {user}: {data!r}")
        return int(data[0].split(b"]")[0].split()[-1])

    def clear(self, *users: str) -> None:
        """Empty the inboxes named, or all."""
        for user in users or tuple(self.users):
            self.doveadm("expunge", "-u", user, "mailbox", "INBOX", "all")

    def flags(self, user: str, folder: str = "INBOX") -> list[str]:
        """Each mail's flags but \\Recent, read without changing any: what the desk looks like."""
        with self._login(user) as client:
            if client.select(folder, readonly=True)[1] == [b"0"]:
                return []
            data = client.fetch("1:*", "(FLAGS)")[1]
        told = [imaplib.ParseFlags(item) for item in data if isinstance(item, bytes)]
        return [" ".join(flag.decode() for flag in flags if flag != rb"\Recent") for flags in told]

    def uids(self, user: str, folder: str = "INBOX") -> list[int]:
        """Each mail's number."""
        with self._login(user) as client:
            client.select(folder, readonly=True)
            return [int(number) for number in client.uid("SEARCH", "ALL")[1][0].split()]

    def bodies_fetched(self, user: str) -> int:
        """How many mails' contents were given out in all sessions of a user that are over."""
        log = (self._folder / "dovecot.log").read_text(errors="replace")
        counts = re.findall(rf"imap\({re.escape(user)}\).* body_count=(\d+)", log)
        return sum(map(int, counts))

    def folder_of(self, user: str, folder: str) -> Path:
        """Where the files of a folder lie."""
        return self._folder / "mail" / user / folder

    def bytes_fetched(self, user: str) -> tuple[int, int]:
        """Bytes of headers and of contents given out in all sessions of a user that are over."""
        log = (self._folder / "dovecot.log").read_text(errors="replace")
        told = re.findall(rf"imap\({re.escape(user)}\).* hdr_bytes=(\d+) .*body_bytes=(\d+)", log)
        return sum(int(header) for header, _ in told), sum(int(body) for _, body in told)

    def recent(self, user: str, folder: str = "INBOX") -> int:
        """How many mails no session has been told of as new: looking read-only leaves that as it is."""
        with self._login(user) as client:
            client.select(folder, readonly=True)
            return int(client.response("RECENT")[1][-1] or 0)

    def _login(self, user: str) -> imaplib.IMAP4:
        client = imaplib.IMAP4(HOST, self.imap, timeout=20)
        client.login(user, self.users[user])
        return client

    def doveadm(self, *words: str) -> str:
        """Run `doveadm` on this instance and return what it prints."""
        command = as_ordinary_user("doveadm", "-c", str(self._config), *words)
        done = subprocess.run(command, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"doveadm {' '.join(words)}: {done.stderr.decode(errors='replace')}")
        return done.stdout.decode()


def _group(gid: int) -> str:
    import grp

    return grp.getgrgid(gid).gr_name
