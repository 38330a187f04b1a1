"""Questions that nobody saw on recognised pages, and answers that went with a lost page, are in doubt."""

from collections.abc import Mapping
from dataclasses import replace

from data.edition import Edition
from data.model import (
    Answer,
    AnswerState,
    Box,
    Document,
    Look,
    PageSource,
    Span,
)
from parsers._answered import _form, _gaps, _legibility
from tests.parsers.doubted import blank_form, traced


def _written_on_page_1(answers: Mapping[str, Answer], edition: Edition) -> list[Answer]:
    """Those to questions that print no options, which are never blank."""
    written = [answer for question, answer in answers.items() if not edition.questions[question].choices]
    return [answer for answer in written if answer.place and answer.place.page == 1]


def test_an_answer_may_stand_on_the_page_that_was_lost(edition: Edition) -> None:
    """The last question before a page that nobody could read is in doubt; the ones before it are not."""
    whole = blank_form(edition, 0.95)
    lost = replace(whole.pages[1], source=PageSource.NONE, confidence=None)
    cut = replace(
        whole,
        pages=(whole.pages[0], lost, *whole.pages[2:]),
        lines=tuple(line for line in whole.lines if line.page != 2),
        pictures=(),
    )
    answers = _form.read(cut, "scan.pdf", edition).answers
    first = _written_on_page_1(answers, edition)

    assert {answer.state for answer in first[:-1]} == {AnswerState.BLANK}
    assert first[-1].state is AnswerState.UNCLEAR


def test_questions_between_two_of_the_same_page_were_asked(edition: Edition) -> None:
    """However many are not seen between two that are: their words were lost, not their page."""
    whole = blank_form(edition, 0.95)
    flat = replace(whole, pages=whole.pages[:1], lines=tuple(replace(x, page=1) for x in whole.lines))
    asked = [at for at, line in enumerate(flat.lines) if line.text.strip()]
    lost = set(asked[10:26])
    worn = replace(flat, lines=tuple(x for at, x in enumerate(flat.lines) if at not in lost), pictures=())
    answers = _form.read(worn, "scan.pdf", edition).answers

    assert [q for q, answer in answers.items() if answer.state is AnswerState.NOT_FOUND] == []
    assert len([q for q, answer in answers.items() if answer.reason == _legibility.UNSEEN]) >= 4


def test_names_under_signatures_were_asked_where_the_place_and_date_were(edition: Edition) -> None:
    """Of the block to sign at the end, some labels are seen or none: it stands on one page."""
    whole = blank_form(edition, 0.95)
    kept = tuple(
        line for line in whole.lines if not line.text.startswith(("Nom", "Fonction")) or line.page < 3
    )
    answers = _form.read(replace(whole, lines=kept, pictures=()), "scan.pdf", edition).answers
    signing = [answers[question.id].state for question in edition.section[-1].question]

    assert AnswerState.BLANK in signing
    assert AnswerState.NOT_FOUND not in signing
    assert AnswerState.UNCLEAR in signing


def _without_page(document: Document, number: int) -> Document:
    """One page was left in the scanner."""
    kept = tuple(line for line in document.lines if line.page != number)
    pages = tuple(page for page in document.pages if page.number != number)
    return replace(document, lines=kept, pages=pages, pictures=())


def test_questions_of_a_page_that_was_lost_may_stand_in_what_was_not_read(edition: Edition) -> None:
    """Where a page is not there its questions are not found; where unread lines are, they may be these."""
    lost = _without_page(blank_form(edition, 0.95), 2)
    last = max(i for i, line in enumerate(lost.lines) if line.page == 1)
    plain = _form.read(lost, "scan.pdf", edition).answers
    unread = _form.read(traced(lost, last, Look.WRITING, 200.0), "scan.pdf", edition).answers
    missing = {q for q, answer in plain.items() if answer.state is AnswerState.NOT_FOUND}

    assert len(missing) >= _gaps.PAGE_LOST
    assert {unread[q].state for q in missing} == {AnswerState.UNCLEAR}


def test_the_answer_to_the_last_question_may_have_gone_with_the_page(edition: Edition) -> None:
    """Of a page that did not come the questions are not found, and the last one before it is in doubt."""
    answers = _form.read(_without_page(blank_form(edition, 0.95), 2), "scan.pdf", edition).answers
    first = _written_on_page_1(answers, edition)

    assert [answer for answer in answers.values() if answer.state is AnswerState.NOT_FOUND]
    assert {answer.state for answer in first[:-1]} == {AnswerState.BLANK}
    assert first[-1].state is AnswerState.UNCLEAR


def test_what_stands_on_the_page_behind_a_lost_one_answers_no_question_before_it(edition: Edition) -> None:
    """The last question before the gap is in doubt, and its neighbours' page is not the answer's page."""
    lost = _without_page(blank_form(edition, 0.95), 2)
    at = next(i for i, line in enumerate(lost.lines) if line.text.startswith("Fait à"))
    words = (Span("Au printemps, avec toute la troupe et deux voisins."),)
    said = replace(lost.lines[at], spans=words, box=Box(50, 26, 400, 35))
    kept = replace(lost, lines=(*lost.lines[:at], said, *lost.lines[at:]))
    answers = _form.read(kept, "scan.pdf", edition).answers
    plain = _form.read(lost, "scan.pdf", edition).answers
    missing = {q for q, answer in plain.items() if answer.state is AnswerState.NOT_FOUND}
    doubtful = [answer for answer in answers.values() if answer.value == said.text]

    assert [answer.reason for answer in doubtful] == [_legibility.LOST]
    assert {answers[q].state for q in missing} == {AnswerState.NOT_FOUND}
