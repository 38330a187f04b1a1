"""The letters that the goldens keep: every variant a person may receive."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial

from data.model import (
    Address,
    Annex,
    AnnexState,
    AnswerState,
    Application,
    CallState,
    DayBook,
    Event,
    EventKind,
    Finding,
    InboxState,
    Letter,
    LetterFact,
    LetterKind,
    LetterState,
    Place,
    Refused,
    Shelved,
    UnreadReason,
    VerdictState,
)
from desk import jobs
from notifier import calls, closing, digest, proposal, reminders, reply, result, withdrawal
from tests.notifier.builders import (
    FORM,
    NOW,
    QUIET_S,
    RECEIVED,
    a_day_book,
    a_dossier,
    a_finding,
    a_mail_fact,
    a_piece,
    a_submission,
    a_verdict,
    an_answer,
    an_application,
    edition,
    encrypted,
    forgetful,
    unsigned,
    without_annex,
    without_answers,
)

APPLICANT = Address("Aline Peeters", "aline@laremise.example")
OFFICER = Address("Matthias Meirlaen", "matthias@coopcity.be")
B_MISSING = ("b.2", "b.3", "b.5", "b.9", "b.12")


def _reply(application: Application, **more: object) -> Letter:
    mail = more.pop("mail", a_submission())
    now = more.pop("now", NOW)
    return reply.compose(application, edition(), mail=mail, now=now, quiet_s=QUIET_S, **more)  # type: ignore[arg-type]


def complete() -> Letter:
    return _reply(an_application())


def incomplete() -> Letter:
    return _reply(forgetful())


def many_answers() -> Letter:
    missing = (*B_MISSING, "a1.legal_form", "a2.birth_date", "d1.3", *(f"e.{n}" for n in range(1, 8)))
    signatures = unsigned("contact", typed=True) | unsigned("administrator")
    annexes = {"accounts": Annex("accounts", AnnexState.PARTIAL, (Place("Comptes 2025.pdf"),), (2025,))}
    dossier = a_dossier(answers=without_answers(*missing), signatures=signatures, annexes=annexes)
    findings = [a_finding("answer.blank", id) for id in missing]
    findings += [
        a_finding("signature.typed_name", "contact"),
        a_finding("signature.missing", "administrator"),
    ]
    return _reply(an_application(dossier, a_verdict(*findings, a_finding("annex.partial", "accounts"))))


def doubts() -> Letter:
    dossier = a_dossier(
        answers={
            "b.4": an_answer(
                "b.4", AnswerState.UNCLEAR, value="à compléter", reason="« à compléter » est écrit"
            ),
            "e.3": an_answer("e.3", AnswerState.UNCLEAR, reason="deux cases semblent cochées"),
        },
        annexes=encrypted().dossier.annexes,
        pieces=encrypted().dossier.pieces,
    )
    findings = [a_finding("answer.unclear", "b.4"), a_finding("answer.unclear", "e.3")]
    return _reply(an_application(dossier, a_verdict(*findings, *encrypted().verdict.findings)))


def for_the_officer_only() -> Letter:
    codes = ("eligibility.outside_brussels", "signature.same_person", "sender.unverified", "mail.one_address")
    return _reply(an_application(verdict=a_verdict(*(a_finding(code, "x") for code in codes))))


def empty_template() -> Letter:
    answers = without_answers(*edition().questions)
    signatures = unsigned("contact") | unsigned("administrator")
    dossier = a_dossier(answers=answers, signatures=signatures, template_blank=True)
    findings = [a_finding("dossier.template_blank", FORM)]
    return _reply(
        an_application(dossier, a_verdict(*findings, *(a_finding("answer.blank", i) for i in answers)))
    )


def no_dossier() -> Letter:
    dossier = a_dossier(
        answers={id: replace(an_answer(id, AnswerState.NOT_FOUND), place=None) for id in edition().questions},
        signatures=unsigned("contact") | unsigned("administrator"),
        pieces=a_dossier().pieces[1:],
        annexes=without_annex("cv"),
        has_form=False,
    )
    findings = [a_finding("dossier.missing", ""), a_finding("annex.missing", "cv")]
    return _reply(an_application(dossier, a_verdict(*findings, *_all_missing())))


def _all_missing() -> list[Finding]:
    return [a_finding("answer.not_found", id) for id in edition().questions]


def late() -> Letter:
    received = edition().dates.deadline + timedelta(minutes=3, seconds=12)
    dossier = a_dossier(received_at=received)
    application = an_application(dossier, a_verdict(a_finding("mail.late"), on_time=False))
    return _reply(application, mail=a_submission(received_at=received), now=received + timedelta(minutes=1))


def late_and_incomplete() -> Letter:
    received = edition().dates.deadline + timedelta(minutes=3, seconds=12)
    dossier = replace(forgetful().dossier, received_at=received, mails=(a_mail_fact(received_at=received),))
    verdict = replace(forgetful().verdict, on_time=False)
    mail = a_submission(received_at=received)
    return _reply(an_application(dossier, verdict), mail=mail, now=received + timedelta(minutes=1))


def link_only() -> Letter:
    annexes = {
        id: Annex(id, AnnexState.UNCLEAR, reason="peut-être derrière le lien") for id in edition().annexes
    }
    mails = (a_mail_fact(links=("we.tl",)),)
    dossier = a_dossier(annexes=annexes, pieces=a_dossier().pieces[:1], mails=mails)
    findings = [a_finding("document.link_only", "we.tl"), *(a_finding("annex.unclear", id) for id in annexes)]
    return _reply(an_application(dossier, a_verdict(*findings)), mail=a_submission(files={FORM: 182_400}))


def unreadable() -> Letter:
    pieces = (
        *a_dossier().pieces[:1],
        a_piece("statuts.pages", "unreadable", unread=UnreadReason.UNSUPPORTED),
        *a_dossier().pieces[3:],
    )
    annexes = without_annex("activity_report") | {"statutes": Annex("statutes", AnnexState.UNCLEAR)}
    findings = [
        a_finding("document.unreadable", "statuts.pages"),
        a_finding("annex.unclear", "statutes"),
        a_finding("annex.missing", "activity_report"),
    ]
    mail = a_submission()
    refused = (Refused("video.zip", UnreadReason.TOO_LARGE, "too many files"),)
    mail = replace(mail, envelope=replace(mail.envelope, refused=refused))
    return _reply(an_application(a_dossier(annexes=annexes, pieces=pieces), a_verdict(*findings)), mail=mail)


def form_perhaps_encrypted() -> Letter:
    annexes = {
        id: Annex(id, AnnexState.UNCLEAR, reason="peut-être dans « tout.pdf »") for id in edition().annexes
    }
    dossier = a_dossier(
        answers=without_answers(*edition().questions, state=AnswerState.UNCLEAR),
        signatures={},
        annexes=annexes,
        pieces=(a_piece("tout.pdf", "unreadable", unread=UnreadReason.ENCRYPTED),),
        has_form=False,
    )
    findings = [
        a_finding("document.encrypted", "tout.pdf"),
        a_finding("dossier.unclear", "dossier"),
    ]
    findings += [a_finding("annex.unclear", id) for id in annexes]
    return _reply(
        an_application(dossier, a_verdict(*findings)), mail=a_submission(files={"tout.pdf": 900_000})
    )


def _second_mail(after: timedelta) -> tuple[Application, dict[str, object]]:
    received = RECEIVED + after
    mails = (a_mail_fact(), a_mail_fact("mail-2", received_at=received))
    report = a_piece("Rapport 2025.pdf", "activity_report", mail="mail-2", pages=24)
    place = Annex("activity_report", AnnexState.PRESENT, (Place("Rapport 2025.pdf"),))
    pieces = (*a_dossier().pieces[:2], *a_dossier().pieces[3:], report)
    dossier = a_dossier(
        mails=mails, pieces=pieces, annexes={"activity_report": place}, signatures=unsigned("administrator")
    )
    application = an_application(dossier, a_verdict(a_finding("signature.missing", "administrator")))
    mail = a_submission("mail-2", received_at=received, files={"Rapport 2025.pdf": 1_402_000})
    return application, {"mail": mail, "now": received + timedelta(minutes=1)}


def supplement() -> Letter:
    application, more = _second_mail(timedelta(hours=18))
    return _reply(application, **more)


def supplement_after_the_deadline() -> Letter:
    application, more = _second_mail(timedelta(days=4, hours=2))
    return _reply(application, **more)


def completed_after_the_deadline() -> Letter:
    application, more = _second_mail(timedelta(days=6))
    whole = replace(application, dossier=replace(application.dossier, signatures=a_dossier().signatures))
    return _reply(replace(whole, verdict=a_verdict(), at_deadline=VerdictState.INCOMPLETE), **more)


def supplement_that_completes() -> Letter:
    application, more = _second_mail(timedelta(hours=18))
    whole = replace(application, dossier=replace(application.dossier, signatures=a_dossier().signatures))
    return _reply(replace(whole, verdict=a_verdict()), **more)


def second_part() -> Letter:
    application, more = _second_mail(timedelta(minutes=6))
    return _reply(application, **more)


def first_part() -> Letter:
    subject = "Dossier de candidature – COOPCITY 2026 – La Remise (1/2)"
    annexes = {id: Annex(id, AnnexState.MISSING) for id in ("accounts", "cv")}
    dossier = a_dossier(annexes=annexes, pieces=a_dossier().pieces[:3], mails=(a_mail_fact(subject=subject),))
    verdict = a_verdict(a_finding("annex.missing", "accounts"), a_finding("annex.missing", "cv"))
    mail = a_submission(files={FORM: 182_400, "annexes.pdf": 1_214_000})
    return _reply(an_application(dossier, verdict), mail=mail)


def sent_again() -> Letter:
    received = RECEIVED + timedelta(hours=3)
    mails = (a_mail_fact(), a_mail_fact("mail-2", received_at=received))
    application = forgetful()
    application = replace(application, dossier=replace(application.dossier, mails=mails))
    mail = a_submission("mail-2", received_at=received)
    return _reply(application, mail=mail, now=received + timedelta(minutes=1), again=True)


def sent_again_complete() -> Letter:
    received = RECEIVED + timedelta(hours=3)
    mails = (a_mail_fact(), a_mail_fact("mail-2", received_at=received))
    mail = a_submission("mail-2", received_at=received)
    application = an_application(a_dossier(mails=mails))
    return _reply(application, mail=mail, now=received + timedelta(minutes=1), again=True)


def rehearsal() -> Letter:
    return _reply(replace(an_application(), rehearsal=True))


def reminder(language: str = "fr") -> Letter:
    now = edition().dates.go_live + timedelta(days=8)
    application = replace(forgetful(), language=language)
    return reminders.compose(application, edition(), to=APPLICANT, now=now)


def reminder_of_a_form() -> Letter:
    now = edition().dates.go_live + timedelta(days=8)
    dossier = a_dossier(template_blank=True, answers=without_answers(*edition().questions))
    application = an_application(dossier, a_verdict(a_finding("dossier.template_blank", FORM)))
    return reminders.compose(application, edition(), to=APPLICANT, now=now)


def withdrawal_confirmed(language: str = "fr") -> Letter:
    return withdrawal.compose(replace(forgetful(), language=language), edition(), to=APPLICANT, now=NOW)


# ---------------------------------------------------------------- in Dutch and in English


def _in(language: str, application: Application, **more: object) -> Letter:
    return _reply(replace(application, language=language), **more)


def many_points() -> Application:
    """Something of everything: found, absent, doubtful."""
    missing = (*B_MISSING, "a1.legal_form", "a2.birth_date", *(f"e.{n}" for n in range(1, 8)))
    dossier = a_dossier(
        answers=without_answers(*missing) | {"b.4": an_answer("b.4", AnswerState.UNCLEAR, reason="douteux")},
        signatures=unsigned("contact", typed=True) | unsigned("administrator"),
        annexes={
            "accounts": Annex("accounts", AnnexState.PARTIAL, (Place("Comptes 2025.pdf"),), (2025,)),
            "cv": encrypted().dossier.annexes["cv"],
        },
        pieces=encrypted().dossier.pieces,
    )
    findings = [a_finding("answer.blank", id) for id in missing]
    findings += [
        a_finding("signature.typed_name", "contact"),
        a_finding("signature.missing", "administrator"),
        a_finding("annex.partial", "accounts", facts={"found": "2025", "lacking": "l'exercice 2024"}),
        a_finding("answer.unclear", "b.4"),
        *encrypted().verdict.findings,
    ]
    return an_application(dossier, a_verdict(*findings))


def doubtful() -> Application:
    annexes = {
        id: Annex(id, AnnexState.UNCLEAR, reason="peut-être derrière le lien") for id in edition().annexes
    }
    mails = (a_mail_fact(links=("we.tl",)),)
    findings = [a_finding("document.link_only", "we.tl"), *(a_finding("annex.unclear", id) for id in annexes)]
    return an_application(
        a_dossier(annexes=annexes, pieces=a_dossier().pieces[:1], mails=mails), a_verdict(*findings)
    )


def blank_form() -> Application:
    dossier = a_dossier(template_blank=True, answers=without_answers(*edition().questions))
    return an_application(dossier, a_verdict(a_finding("dossier.template_blank", FORM)))


def _late(language: str) -> Letter:
    received = edition().dates.deadline + timedelta(minutes=3, seconds=12)
    dossier = replace(forgetful().dossier, received_at=received, mails=(a_mail_fact(received_at=received),))
    application = an_application(dossier, replace(forgetful().verdict, on_time=False))
    mail = a_submission(received_at=received)
    return _in(language, application, mail=mail, now=received + timedelta(minutes=1))


def _supplement(language: str) -> Letter:
    application, more = _second_mail(timedelta(days=4, hours=2))
    return _in(language, application, **more)


IN_OTHER_LANGUAGES: dict[str, Callable[[str], Letter]] = {
    "complete": lambda language: _in(language, an_application()),
    "incomplete": lambda language: _in(language, forgetful()),
    "many_points": lambda language: _in(language, many_points()),
    "link_only": lambda language: _in(language, doubtful(), mail=a_submission(files={FORM: 182_400})),
    "empty_template": lambda language: _in(language, blank_form()),
    "late": _late,
    "supplement_after_the_deadline": _supplement,
    "reminder": reminder,
    "withdrawal": withdrawal_confirmed,
}


# ---------------------------------------------------------------- the officer's


def a_few() -> tuple[Application, ...]:
    """Four applications: complete, incomplete, doubtful, late."""
    at = [datetime(2026, 9, day, 10, 5, tzinfo=UTC) for day in (3, 4, 6)]
    late_at = edition().dates.deadline + timedelta(minutes=3, seconds=12)
    facts = a_mail_fact("m4", received_at=late_at, claimed_at=late_at - timedelta(minutes=9))
    doubtful = encrypted().dossier
    too_young = a_finding("eligibility.too_young", "a1.created_on", message="Date de création : 3 mars 2025.")
    doubtful_verdict = a_verdict(*encrypted().verdict.findings, too_young)
    return (
        replace(
            an_application(),
            reference="BL26-AAAAA",
            organisation="La Remise",
            first_received_at=at[0],
            received_at=at[0],
        ),
        replace(
            forgetful(),
            reference="BL26-BBBBB",
            organisation="L'Établi <Partagé>",
            first_received_at=at[1],
            received_at=at[2],
        ),
        replace(
            an_application(doubtful, doubtful_verdict),
            reference="BL26-CCCCC",
            organisation="Café Filtre",
            first_received_at=at[2],
            received_at=at[2],
        ),
        replace(
            an_application(
                a_dossier(organisation="Roue Libre", received_at=late_at, mails=(facts,)),
                a_verdict(a_finding("mail.late"), on_time=False),
            ),
            reference="BL26-DDDDD",
        ),
    )


def _event(hours: float, kind: EventKind, application: str | None, detail: str) -> Event:
    return Event(datetime(2026, 9, 7, 6, tzinfo=UTC) - timedelta(hours=hours), kind, application, detail)


def monday() -> DayBook:
    """The weekend, as Monday's digest tells it."""
    morning = datetime(2026, 9, 7, 6, tzinfo=UTC)
    events = (
        _event(60, EventKind.RECEIVED, "BL26-BBBBB", "Nouvelle candidature : à compléter."),
        _event(40, EventKind.CHANGED, "BL26-BBBBB", "Complément reçu."),
        _event(20, EventKind.RECEIVED, "BL26-CCCCC", "Nouvelle candidature : à vérifier."),
        _event(9, EventKind.QUESTION, None, "Un message peut appartenir à plusieurs dossiers : à classer."),
        _event(8, EventKind.NOT_ANSWERED, "BL26-AAAAA", "Pas de réponse automatique : absence signalée."),
        _event(7, EventKind.LETTER_FAILED, "BL26-BBBBB", jobs.TROUBLE[LetterState.FAILED]),
        _event(6, EventKind.BOUNCED, "BL26-CCCCC", "Café Filtre n'a pas reçu notre message : il est revenu."),
    )
    inboxes = (
        InboxState("matthias", morning - timedelta(minutes=2), None, 412),
        InboxState("info", morning - timedelta(hours=5), "le serveur ne répond pas", 97),
    )
    fact = LetterFact(
        "x", LetterKind.REPLY, "BL26-BBBBB", "À compléter", LetterState.FAILED, morning, None, "550"
    )
    return a_day_book(
        day=date(2026, 9, 7),
        since=morning - timedelta(days=3),
        until=morning,
        applications=a_few()[:3],
        events=events,
        letters=(fact, replace(fact, id="y", state=LetterState.HELD)),
        shelf=(Shelved("m9", morning - timedelta(hours=14), 3, "Traceback"),),
        inboxes=inboxes,
    )


def digest_monday() -> Letter:
    book = monday()
    return digest.compose(book, edition(), to=OFFICER, now=book.until)


def digest_silent() -> Letter:
    morning = datetime(2026, 9, 4, 6, tzinfo=UTC)
    inboxes = (InboxState("info", morning, None, 97),)
    book = a_day_book(
        day=date(2026, 9, 4),
        since=morning - timedelta(days=1),
        until=morning,
        applications=a_few()[:2],
        inboxes=inboxes,
    )
    return digest.compose(book, edition(), to=OFFICER, now=morning)


def digest_of_calls() -> Letter:
    morning = datetime(2026, 9, 15, 6, tzinfo=UTC)
    planned = calls.plan(a_few(), edition(), now=morning)
    planned = (*planned[:1], replace(planned[1], phone=None), *planned[2:])
    book = a_day_book(
        day=date(2026, 9, 15),
        since=morning - timedelta(days=1),
        until=morning,
        applications=a_few(),
        calls=planned,
    )
    assert all(call.state is CallState.TO_CALL for call in planned)
    return digest.compose(book, edition(), to=OFFICER, now=morning)


def closing_statement() -> Letter:
    now = edition().dates.deadline + timedelta(minutes=5)
    book = a_day_book(day=now.date(), applications=a_few())
    return closing.compose(book, edition(), to=OFFICER, now=now)


def closing_of_nothing() -> Letter:
    now = edition().dates.deadline + timedelta(minutes=5)
    return closing.compose(a_day_book(day=now.date()), edition(), to=OFFICER, now=now)


def proposal_of_two_moments() -> Letter:
    """Nobody answered on Monday morning, nor in the afternoon."""
    opened = edition().dates.deadline + timedelta(minutes=10)
    (call,) = calls.plan([forgetful()], edition(), now=opened)
    for hours in (0, 5):
        call = calls.no_answer(call, edition(), opened + timedelta(hours=hours), [])
    to, now = Address("Aline Peeters", "aline@laremise.example"), opened + timedelta(hours=5)
    return proposal.compose(forgetful(), call, edition(), to=to, now=now)


TO_APPLICANTS: dict[str, Callable[[], Letter]] = {
    f"reply_{each.__name__}": each
    for each in (
        complete,
        incomplete,
        many_answers,
        doubts,
        for_the_officer_only,
        empty_template,
        no_dossier,
        late,
        late_and_incomplete,
        link_only,
        unreadable,
        form_perhaps_encrypted,
        supplement,
        supplement_after_the_deadline,
        completed_after_the_deadline,
        supplement_that_completes,
        second_part,
        first_part,
        sent_again,
        sent_again_complete,
        rehearsal,
    )
} | {"reminder": reminder, "reminder_of_a_form": reminder_of_a_form, "withdrawal": withdrawal_confirmed}
FOREIGN: dict[str, Callable[[], Letter]] = {
    f"{language}_{name}": partial(compose, language)
    for language in ("nl", "en")
    for name, compose in IN_OTHER_LANGUAGES.items()
}
TO_THE_OFFICER: dict[str, Callable[[], Letter]] = {
    each.__name__: each
    for each in (digest_monday, digest_silent, digest_of_calls, closing_statement, closing_of_nothing)
}


def result_selected() -> Letter:
    to, now = Address("Aline Peeters", "aline@laremise.example"), datetime(2026, 9, 30, 13, tzinfo=UTC)
    return result.compose(an_application(), edition(), selected=True, to=to, now=now)


def result_not_selected() -> Letter:
    to, now = Address("Aline Peeters", "aline@laremise.example"), datetime(2026, 9, 30, 13, tzinfo=UTC)
    return result.compose(an_application(), edition(), selected=False, to=to, now=now)


BY_TELEPHONE: dict[str, Callable[[], Letter]] = {
    each.__name__: each for each in (proposal_of_two_moments, result_selected, result_not_selected)
}
EVERY = {
    name: cache(compose)
    for name, compose in (TO_APPLICANTS | FOREIGN | TO_THE_OFFICER | BY_TELEPHONE).items()
}
"""Each composed once: many tests look at the same letter."""
