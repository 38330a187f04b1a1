"""The log: one line of JSON for each thing done, with counts and durations, and nobody's name.

References and hashes identify; addresses, texts and file names of applicants are dropped here even if
a caller passes them (style guide 49, 50).
"""

import logging
import sys
from collections.abc import Iterator, MutableMapping
from contextlib import contextmanager
from time import perf_counter
from typing import Any

import structlog

PRIVATE = frozenset(
    {"sender", "recipient", "subject", "name", "email", "phone", "file", "text", "organisation"}
)


def open_journal(level: str = "INFO") -> None:
    """Send structured lines to standard error; foreign libraries speak from WARNING on."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(name)s: %(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            _without_private,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            structlog.processors.JSONRenderer(ensure_ascii=False),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(getattr(logging, level)),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
        cache_logger_on_first_use=False,
    )


def _without_private(
    _logger: object, _method: str, event: MutableMapping[str, Any]
) -> MutableMapping[str, Any]:
    return {key: value for key, value in event.items() if key not in PRIVATE}


def tell(what: str, **known: object) -> None:
    """One line about something that went wrong and needs no traceback."""
    structlog.get_logger("desk").warning(what, **known)


@contextmanager
def task(name: str, **known: object) -> Iterator[dict[str, object]]:
    """One canonical line for a piece of work: what it was, what came of it, how long it took.

    The body adds its counts to the dict. An exception is logged by its type and goes on.
    """
    log = structlog.get_logger("desk")
    facts: dict[str, object] = {}
    start = perf_counter()
    try:
        yield facts
    except BaseException as error:
        facts["failed"] = type(error).__name__
        raise
    finally:
        duration_ms = round((perf_counter() - start) * 1000, 1)
        log.info(name, **known, **facts, duration_ms=duration_ms)
