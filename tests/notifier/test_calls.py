"""The calls: whom, what, when; the greedy rule, for any queue."""

import io
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta

import icalendar
import pdfplumber
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html as lxml_html

from data.edition import Hours
from data.model import AnswerState, Application, Call, CallState, Severity
from notifier import calendar, calls, sheet
from notifier._questions import questions_for
from tests.notifier.builders import (
    VALUES,
    a_dossier,
    a_finding,
    a_verdict,
    an_answer,
    an_application,
    edition,
    encrypted,
    forgetful,
    without_answers,
)
from tests.notifier.letters import a_few

NOW = edition().dates.deadline + timedelta(minutes=10)
B = [f"b.{number}" for number in range(1, 14)]


def a_queue(missing: list[int]) -> list[Application]:
    """Applications that miss so many answers each."""
    queue = []
    for index, number in enumerate(missing):
        dossier = a_dossier(answers=without_answers(*B[:number]))
        verdict = a_verdict(*(a_finding("answer.blank", id) for id in B[:number]))
        queue.append(an_application(dossier, verdict, reference=f"BL26-{index:05}"))
    return queue


queues = st.lists(st.integers(0, 13), max_size=30).map(a_queue)
moments = st.integers(-600, 8000).map(lambda minutes: NOW + timedelta(minutes=minutes))
appointments = st.lists(
    st.tuples(st.integers(0, 6000), st.integers(5, 180)).map(
        lambda each: (NOW + timedelta(minutes=each[0]), NOW + timedelta(minutes=each[0] + each[1]))
    ),
    max_size=6,
)


def overlap(one: tuple[datetime, datetime], other: tuple[datetime, datetime]) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def slot(call: Call) -> tuple[datetime, datetime]:
    return call.starts_at, call.ends_at


@settings(deadline=None)
@given(queues, moments, appointments)
def test_no_call_is_outside_double_past_or_over_an_appointment(
    queue: list[Application], now: datetime, busy: list[tuple[datetime, datetime]]
) -> None:
    """Every call lies within the edition's hours, after now, and beside everything else."""
    planned = calls.plan(queue, edition(), now=now, busy=busy)
    hours = list(calls.open_hours(edition()))

    for index, call in enumerate(planned):
        assert any(start <= call.starts_at and call.ends_at <= end for start, end in hours)
        assert now <= call.starts_at < call.ends_at
        assert not any(overlap(slot(call), slot(other)) for other in planned[index + 1 :])
        assert not any(overlap(slot(call), each) for each in busy)


@settings(deadline=None)
@given(queues, moments)
def test_everybody_is_called_once_or_told_as_without_slot(queue: list[Application], now: datetime) -> None:
    """Who has something to be asked is in the plan or in the list of those left over; never in both."""
    planned = calls.plan(queue, edition(), now=now)
    left = {each.reference for each in calls.without_slot(queue, planned, edition())}
    called = [call.application for call in planned]
    wanted = {each.reference for each in queue if calls.needs_call(each, edition())}

    assert len(called) == len(set(called))
    assert set(called) | left == wanted
    assert not set(called) & left


@settings(deadline=None)
@given(queues, st.data())
def test_planning_again_changes_nothing(queue: list[Application], data: st.DataObject) -> None:
    """Calls keep their place, however the queue is turned and whenever in the day it is planned again."""
    planned = calls.plan(queue, edition(), now=NOW)
    turned = data.draw(st.permutations(queue))
    later = NOW + timedelta(minutes=data.draw(st.integers(0, 13 * 60)))

    assert calls.plan(turned, edition(), now=NOW) == planned
    if not calls.without_slot(queue, planned, edition()):
        assert calls.plan(turned, edition(), now=later, held=planned) == planned


@settings(deadline=None)
@given(queues, st.sets(st.integers(0, 29)), st.integers(1, 3))
def test_what_was_not_noted_in_the_evening_moves_on(
    queue: list[Application], done: set[int], days: int
) -> None:
    """A call of a day that is over takes the next free moment, under its UID; one that was made stays."""
    planned = calls.plan(queue, edition(), now=NOW)
    held = [
        replace(call, state=CallState.DONE) if index in done else call for index, call in enumerate(planned)
    ]
    morning = edition().local(NOW).replace(hour=8, minute=0) + timedelta(days=days)
    again = {call.uid: call for call in calls.plan(queue, edition(), now=morning, held=held)}

    assert len(again) >= len(held)
    for call in held:
        is_over = edition().local(call.starts_at).date() < morning.date()
        if call.state is CallState.DONE or not is_over:
            assert again[call.uid] == call
        else:
            assert again[call.uid].starts_at >= morning
            assert again[call.uid].sequence > call.sequence


def test_the_last_evening_leaves_a_call_where_it_stands() -> None:
    """No moment is left in the window: the call is not lost, and the digest goes on asking for it."""
    queue = a_queue([2])
    planned = calls.plan(queue, edition(), now=NOW)
    after = NOW + timedelta(days=7)

    assert calls.plan(queue, edition(), now=after, held=planned) == planned


@settings(deadline=None)
@given(queues, st.sets(st.integers(0, 29)))
def test_who_completes_meanwhile_leaves_and_nobody_else_moves(
    queue: list[Application], done: set[int]
) -> None:
    """The call is dropped under its UID with a higher sequence; the others stay where they are."""
    planned = calls.plan(queue, edition(), now=NOW)
    now_complete = [replace(a, verdict=a_verdict()) if i in done else a for i, a in enumerate(queue)]
    complete = {each.reference for each in now_complete if not calls.needs_call(each, edition())}
    again = {call.uid: call for call in calls.plan(now_complete, edition(), now=NOW, held=planned)}

    for call in planned:
        if call.application in complete:
            dropped = replace(call, state=CallState.DROPPED, sequence=call.sequence + 1)
            assert again[call.uid] == dropped
        else:
            assert again[call.uid] == call


def test_who_must_still_send_something_is_called_before_who_is_only_doubted() -> None:
    """Urgent first, then the simplest."""
    planned = calls.plan([encrypted_as("BL26-AAAAA"), *a_queue([5, 1])], edition(), now=NOW)

    assert [call.application for call in planned] == ["BL26-00001", "BL26-00000", "BL26-AAAAA"]


def encrypted_as(reference: str) -> Application:
    return replace(encrypted(), reference=reference)


def test_the_first_call_comes_right_after_the_closing() -> None:
    """At ten past ten the queue is open."""
    (call,) = calls.plan([forgetful()], edition(), now=NOW)

    assert edition().local(call.starts_at).isoformat() == "2026-09-14T10:10:00+02:00"
    assert call.uid == "BL26-K7Q3M@coopcity.be"


def test_wednesday_afternoon_is_left_alone() -> None:
    """The edition's half-days to avoid are avoided."""
    wednesday = [start for start, _ in calls.open_hours(edition()) if edition().local(start).weekday() == 2]

    assert [edition().local(start).hour for start in wednesday] == [10]


def test_the_window_keeps_its_hours_over_a_clock_change() -> None:
    """In another edition the clocks go back in the week of the calls: ten o'clock stays ten o'clock."""
    days = {"first": datetime(2026, 10, 23).date(), "last": datetime(2026, 10, 27).date()}  # noqa: DTZ001
    hours = (Hours(start=time(10), end=time(12)),)
    moved = edition().calls.model_copy(update=days | {"hours": hours})
    autumn = edition().model_copy(update={"calls": moved})
    starts = [autumn.local(start) for start, _ in calls.open_hours(autumn)]

    assert [start.isoformat() for start in starts] == [
        "2026-10-23T10:00:00+02:00",
        "2026-10-26T10:00:00+01:00",
        "2026-10-27T10:00:00+01:00",
    ]


def test_another_editions_calls_keep_their_hour_over_a_clock_change() -> None:
    """The clocks go back within the window: in both libraries ten o'clock stays ten o'clock."""
    days = {"first": datetime(2026, 10, 23).date(), "last": datetime(2026, 10, 27).date()}  # noqa: DTZ001
    rule = edition().calls.model_copy(update=days | {"minutes": 60, "avoid": ()})
    autumn = edition().model_copy(update={"calls": rule})
    opened = datetime(2026, 10, 23, 7, tzinfo=UTC)
    planned = calls.plan(a_queue([13] * 9), autumn, now=opened)
    content = calendar.compose(planned, autumn, now=opened)
    second = vobject.readOne(content.decode())
    shown = [autumn.local(call.starts_at).isoformat() for call in planned]

    assert {each[10:13] for each in shown} <= {"T10", "T11", "T14", "T15"}
    assert {each[-6:] for each in shown} == {"+02:00", "+01:00"}
    assert [each["DTSTART"].dt.isoformat() for each in events_of(content)] == shown
    assert [each.dtstart.value.isoformat() for each in second.vevent_list] == shown


def test_what_a_person_has_set_is_never_touched() -> None:
    """A call that was made stays as it is, even when the dossier becomes complete."""
    (call,) = calls.plan([forgetful()], edition(), now=NOW)
    for state in (CallState.REACHED, CallState.DONE):
        held = (replace(call, state=state),)

        assert calls.plan([], edition(), now=NOW, held=held) == held


def test_nobody_there_is_tried_at_another_half_day() -> None:
    """First the next half-day; after two half-days in vain two moments at two others are kept free."""
    (call,) = calls.plan([forgetful()], edition(), now=NOW)
    once = calls.no_answer(call, edition(), NOW, [])
    again = calls.no_answer(once, edition(), NOW + timedelta(minutes=30), [])
    twice = calls.no_answer(again, edition(), NOW + timedelta(hours=4), [])

    assert once.state is CallState.NO_ANSWER
    assert calls.half_day(once.starts_at, edition()) == (NOW.date(), False)
    assert again.proposed == ()
    assert [edition().local(start).isoformat() for start, _ in twice.proposed] == [
        "2026-09-15T10:00:00+02:00",
        "2026-09-15T14:00:00+02:00",
    ]
    assert twice.sequence == call.sequence + 3
    thrice = calls.no_answer(twice, edition(), twice.starts_at, [])
    assert (thrice.proposed, thrice.starts_at) == (twice.proposed, twice.proposed[1][0])
    assert calls.plan([forgetful()], edition(), now=NOW + timedelta(hours=4), held=(twice,)) == (twice,)


@settings(deadline=None)
@given(queues, st.data())
def test_what_is_proposed_is_free_and_stays_so(queue: list[Application], data: st.DataObject) -> None:
    """No other call is planned over a moment that was offered, now or later."""
    planned = calls.plan(queue, edition(), now=NOW)
    if not planned:
        return
    chosen = data.draw(st.sampled_from(planned))
    others = [each for each in planned if each is not chosen]
    for hours in (0, 5):
        taken = [slot(each) for each in others]
        chosen = calls.no_answer(chosen, edition(), NOW + timedelta(hours=hours), taken)
    more = [replace(each, reference=f"BL26-N{number:04}") for number, each in enumerate(queue)]
    later = calls.plan([*queue, *more], edition(), now=NOW + timedelta(hours=5), held=[chosen, *others])
    hours_open = list(calls.open_hours(edition()))

    for offered in chosen.proposed:
        assert any(start <= offered[0] and offered[1] <= end for start, end in hours_open)
        assert not any(overlap(offered, slot(each)) for each in later if each.uid != chosen.uid)
    assert len({calls.half_day(start, edition()) for start, _ in chosen.proposed}) == len(chosen.proposed)


def test_a_new_appointment_of_the_officer_moves_the_call() -> None:
    """Under its own UID with a higher sequence; what a person has set does not move."""
    (call,) = calls.plan([forgetful()], edition(), now=NOW)
    meeting = [(call.starts_at - timedelta(minutes=5), call.ends_at + timedelta(hours=1))]
    (moved,) = calls.plan([forgetful()], edition(), now=NOW, held=(call,), busy=meeting)
    spoken = calls.spoken(call, NOW, settled=False)

    assert not overlap(slot(moved), meeting[0])
    assert (moved.uid, moved.sequence) == (call.uid, call.sequence + 1)
    assert calls.plan([forgetful()], edition(), now=NOW, held=(spoken,), busy=meeting) == (spoken,)


def test_who_sends_what_was_missing_is_called_no_more_though_nobody_answered() -> None:
    """The entry is struck out, and what was proposed is free again."""
    (call,) = calls.plan([forgetful()], edition(), now=NOW)
    tried = calls.no_answer(call, edition(), NOW, [])
    (dropped,) = calls.plan([replace(forgetful(), verdict=a_verdict())], edition(), now=NOW, held=(tried,))

    assert (dropped.state, dropped.sequence) == (CallState.DROPPED, tried.sequence + 1)
    assert calls.slots_of(dropped) == ()


def test_a_letter_that_did_not_arrive_is_asked_about_by_telephone() -> None:
    """Even of a complete dossier: what is the right address?"""
    whole = an_application()
    (call,) = calls.plan([whole], edition(), now=NOW, unreached=[whole.reference])

    assert call.questions == (calls.WRONG_ADDRESS,)
    assert calls.plan([whole], edition(), now=NOW) == ()


def test_who_withdrew_is_not_called() -> None:
    """Confirmed by a person, so the call is dropped."""
    (call,) = calls.plan([forgetful()], edition(), now=NOW)
    gone = replace(forgetful(), withdrawn_at=NOW)
    (dropped,) = calls.plan([gone], edition(), now=NOW, held=(call,))

    assert dropped.state is CallState.DROPPED


def test_a_dropped_call_comes_back_under_its_own_uid() -> None:
    """If a new doubt arises, calendars move the entry instead of showing two."""
    (call,) = calls.plan([forgetful()], edition(), now=NOW)
    (dropped,) = calls.plan([], edition(), now=NOW, held=(call,))
    (again,) = calls.plan([forgetful()], edition(), now=NOW + timedelta(days=1), held=(dropped,))

    assert (dropped.state, again.state) == (CallState.DROPPED, CallState.TO_CALL)
    assert again.uid == call.uid
    assert again.sequence == call.sequence + 2


@pytest.mark.parametrize(
    ("written", "dialled"),
    [
        ("0470 12 34 56", "+32470123456"),
        ("+32 (0)470/12.34.56", "+32470123456"),
        ("02 512 34 56 / 0470 12 34 56", "+3225123456"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("voir ci-dessous", None),
    ],
)
def test_a_number_is_dialled_however_it_is_written(written: str, dialled: str | None) -> None:
    """Slashes, dots, two in one cell; where there is none, a number must be found."""
    application = an_application(a_dossier(answers={"a2.phone": an_answer("a2.phone", value=written)}))

    assert calls.phone_of(application, edition()) == dialled


# ---------------------------------------------------------------- what is asked


def test_questions_use_the_forms_own_words() -> None:
    """Number and wording as printed, and the findings of other checks with their own sentence."""
    dossier = a_dossier(answers=without_answers("b.3"))
    hint = "L'adresse est hors de la Région de Bruxelles-Capitale."
    verdict = a_verdict(
        a_finding("answer.blank", "b.3"),
        a_finding("eligibility.outside_brussels", "a1.address", message=hint),
        a_finding("answer.too_long", "b.1", Severity.NOTICE, message="environ 12 lignes"),
    )

    assert questions_for(an_application(dossier, verdict), edition()) == (
        "B. Description du projet, « 3. Qui sont ses bénéficiaires ? » : que souhaitez-vous répondre ?",
        "L'adresse est hors de la Région de Bruxelles-Capitale. Qu'en est-il ?",
    )


def test_a_look_alike_is_asked_about() -> None:
    """Under « Trouver un numéro » stands what may be dialled; a remark without a proposal is not asked."""
    told = "Téléphone : lu « O470 » ; peut-être 0470"
    slip = a_finding("answer.invalid", "a2.phone", Severity.NOTICE, message=told, facts={"proposal": "0470"})
    other = a_finding("answer.invalid", "a2.email", Severity.NOTICE, message="E-mail")
    application = an_application(a_dossier(), a_verdict(slip, other))

    assert questions_for(application, edition()) == (f"{told}. Qu'en est-il ?",)


def test_personal_answers_are_neither_asked_nor_shown() -> None:
    """Birth date, gender and study level are completed in writing."""
    private = [id for id, question in edition().questions.items() if question.private]
    dossier = a_dossier(answers=without_answers(*private))
    verdict = a_verdict(
        *(a_finding("answer.blank", id) for id in private),
        a_finding("answer.invalid", "a2.birth_date", Severity.REVIEW, message=VALUES["a2.birth_date"]),
    )
    application = an_application(dossier, verdict)
    planned = calls.plan([application], edition(), now=NOW)
    said = sheet.as_html(planned, [application], edition())
    said += calendar.compose(planned, edition(), now=NOW).decode()

    assert questions_for(application, edition()) == (
        "A.2 Personne référente dans votre équipe : il reste 3 réponses personnelles, à compléter par écrit"
        " (pas au téléphone).",
    )
    for word in ("naissance", "Genre", "études", VALUES["a2.birth_date"]):
        assert word not in said


# ---------------------------------------------------------------- sheet and calendar


def test_the_sheet_has_a_page_for_each_call_with_a_number_to_touch() -> None:
    """In the order of the hours; who was dropped has no page; no number is a task."""
    first, second, third, *_ = calls.plan(a_few(), edition(), now=NOW)
    planned = (first, replace(second, phone=None), replace(third, state=CallState.DROPPED))
    page = lxml_html.document_fromstring(sheet.as_html(planned, a_few(), edition()))
    articles = page.xpath("//article")

    assert [article.findtext(".//h1") for article in articles] == [first.organisation, second.organisation]
    assert articles[0].xpath(".//a/@href") == [f"tel:{first.phone}"]
    assert "Trouver un numéro" in articles[1].text_content()
    assert all(len(a.xpath(".//li")) == len(c.questions) for a, c in zip(articles, planned, strict=False))
    assert all(a.xpath(".//li//div[@class='line']") for a in articles)


def events_of(content: bytes) -> list[icalendar.Event]:
    return list(icalendar.Calendar.from_ical(content).walk("VEVENT"))


def test_the_calendar_keeps_the_hour_in_the_programmes_own_zone() -> None:
    """Each event names Europe/Brussels, and the file explains that zone."""
    planned = calls.plan(a_few(), edition(), now=NOW)
    content = calendar.compose(planned, edition(), now=NOW)
    parsed = icalendar.Calendar.from_ical(content)

    assert [str(zone["TZID"]) for zone in parsed.walk("VTIMEZONE")] == ["Europe/Brussels"]
    for event, call in zip(events_of(content), planned, strict=True):
        assert event["DTSTART"].params["TZID"] == "Europe/Brussels"
        assert event["DTSTART"].dt == call.starts_at
        assert event["DTEND"].dt == call.ends_at
        assert str(event["UID"]) == call.uid
        assert event["DTSTAMP"].dt.tzinfo is not None


def test_a_second_library_reads_the_same_hours() -> None:
    """vobject, which has its own rules for zones, agrees with icalendar; so for a proposal."""
    planned = calls.plan(a_few(), edition(), now=NOW)
    tried = calls.no_answer(planned[0], edition(), NOW, [])
    offer = calendar.proposed(tried, slot(tried), 1, edition(), now=NOW)
    files = [calendar.compose(planned, edition(), now=NOW), offer]
    expected = [*map(slot, planned), slot(tried)]
    events = [each for file in files for each in vobject.readOne(file.decode()).vevent_list]

    assert [(each.dtstart.value, each.dtend.value) for each in events] == expected
    assert all(file.count(b"DTSTART;TZID=Europe/Brussels:") for file in files)
    assert all(each.dtstart.value.utcoffset() == timedelta(hours=2) for each in events)


def test_the_paper_sheet_has_one_page_a_call() -> None:
    """Every question and number is on its page, also where somebody left nearly all open."""
    missing = list(edition().questions)
    verdict = a_verdict(*(a_finding("answer.blank", id) for id in missing))
    full = an_application(a_dossier(answers=without_answers(*missing)), verdict)
    everybody = [*a_few(), full]
    planned = calls.plan(everybody, edition(), now=NOW)
    content = sheet.as_pdf(planned, everybody, edition())
    with pdfplumber.open(io.BytesIO(content)) as document:
        pages = [page.extract_text() for page in document.pages]

    assert len(pages) == len(planned)
    for page, call in zip(pages, planned, strict=True):
        assert call.application in page
        assert all(f"{number}. " in page for number, _ in enumerate(call.questions, 1))
        assert "Convenu" in page
    assert content == sheet.as_pdf(planned, everybody, edition())


def test_a_dropped_call_is_struck_out_in_calendars() -> None:
    """Same UID, higher SEQUENCE, CANCELLED."""
    (call,) = calls.plan([forgetful()], edition(), now=NOW)
    dropped = calls.plan([], edition(), now=NOW, held=(call,))
    (event,) = events_of(calendar.compose(dropped, edition(), now=NOW))

    assert (str(event["UID"]), event["SEQUENCE"], event["STATUS"]) == (call.uid, 1, "CANCELLED")


def test_the_same_calls_give_the_same_calendar() -> None:
    """Byte for byte, so that a folder compares."""
    planned = calls.plan(a_few(), edition(), now=NOW)
    utc = NOW.astimezone(UTC)

    assert calendar.compose(planned, edition(), now=NOW) == calendar.compose(
        planned[::-1], edition(), now=utc
    )


def test_a_call_about_everything_is_still_a_call() -> None:
    """Whoever left nearly all open is asked by section, on one page."""
    missing = list(edition().questions)
    verdict = a_verdict(*(a_finding("answer.unclear", id) for id in missing))
    dossier = a_dossier(
        answers={id: an_answer(id, AnswerState.UNCLEAR, value="illisible " * 9) for id in missing}
    )
    asked = questions_for(an_application(dossier, verdict), edition())

    assert len(asked) <= 10
    assert sum(1 + len(question) // 85 for question in asked) <= 30


def test_few_questions_get_more_room() -> None:
    """Never more than four lines each, never less than none."""
    assert [sheet.lines_for(["x" * 80] * number) for number in (1, 8, 12, 40)] == [4, 2, 1, 0]
