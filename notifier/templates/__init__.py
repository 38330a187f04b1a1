"""The letters' words, one template each, and a trial of them all."""

from dataclasses import replace

from jinja2 import TemplateError

from data.edition import Edition
from data.errors import DeskError
from data.model import (
    Address,
    Application,
    DayBook,
    Dossier,
    Envelope,
    MailFacts,
    Submission,
    Verdict,
    VerdictState,
)
from notifier import _templates, calls, closing, digest, reply


def try_all(edition: Edition) -> int:
    """Compose every letter once for an invented application; how many there are. `blossom doctor` asks it.

    Raises:
        DeskError: a template has a fault, or names something that is not there.
    """
    try:
        _compose_all(edition)
    except TemplateError as error:
        advice = "Undo the last change in notifier/templates, or install the software again."
        raise DeskError(f"a letter cannot be composed: {error.message or error!r}", advice) from error
    return len(_templates.names())


def _compose_all(edition: Edition) -> None:
    now = edition.dates.deadline
    who = Address("Personne d'Essai", "essai@example.org")
    envelope = Envelope("<1@example.org>", None, (), who, None, (), edition.mail.subject, now, "", ())
    facts = MailFacts("essai", now, now, who, edition.mail.subject, ())
    dossier = Dossier(edition.id, "Structure d'essai", now, (facts,), ())
    application = Application(
        f"{edition.programme.reference_prefix}-00000",
        edition.id,
        "Structure d'essai",
        now,
        now,
        ("essai",),
        (),
        (),
        None,
        dossier,
        Verdict(VerdictState.COMPLETE, True, ()),
    )
    day = edition.local(now).date()
    book = DayBook(day, now, now, (application,), (), (), (), (), ())
    for state in VerdictState:
        each = replace(application, verdict=Verdict(state, state is not VerdictState.TO_REVIEW, ()))
        reply.compose(each, edition, mail=Submission("essai", now, envelope), now=now, quiet_s=0)
    digest.compose(book, edition, to=who, now=now)
    digest.compose(replace(book, applications=()), edition, to=who, now=now)
    closing.compose(book, edition, to=who, now=now)
    calls.sheet((), (), edition)
