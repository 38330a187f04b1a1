"""Throw-away real servers on loopback: Dovecot, PostgreSQL, an SMTP sink that fails on demand.

Each keeps all its state in one temporary folder, runs as an ordinary user (also when the tests run as
root), dies with the tests (`setpriv --pdeathsig`), and is stopped by its own process id.
"""

from tests.servers._dovecot import Dovecot
from tests.servers._own import HOST, PASSWORD, Absent, Certificate, certificate, free_port, skip_without
from tests.servers._postgres import Postgres
from tests.servers._smtp import Fault, SmtpSink, Sunk

__all__ = [
    "HOST",
    "PASSWORD",
    "Absent",
    "Certificate",
    "Dovecot",
    "Fault",
    "Postgres",
    "SmtpSink",
    "Sunk",
    "certificate",
    "free_port",
    "skip_without",
]
