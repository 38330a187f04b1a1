"""Questions that nobody saw on recognised pages, and blanks before a page that was not read."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from data.edition import Edition, QuestionKind
from data.model import Answer, AnswerState, PageSource
from parsers._answered._regions import Region
from parsers._answered._unread import ink
from parsers._stream import Stream
from parsers._wording import has_content

PAGE_LOST = 4
"""So many questions in a row that were not seen are on a page that is not there, if all others are clear."""
_LOST_PT = 30.0
"""Strokes of so much unread ink may be a question that was lost."""
CUT = "la page qui suit n'a pas pu être lue"


def cut_off(answers: Mapping[str, Answer], text: Stream, regions: Sequence[Region]) -> dict[str, Answer]:
    """Blanks in doubt where the page that follows the question is one that nobody could read."""
    lost = {page.number for page in text.document.pages if page.source is PageSource.NONE}
    judged = dict(answers)
    pages = [text.pieces[region.match.start[0]].line.page for region in regions]
    for at, region in enumerate(regions if lost else ()):
        answer = answers.get(region.match.anchor.question or "")
        ends = pages[at + 1] if at + 1 < len(pages) else pages[at] + 2
        if answer and answer.state is AnswerState.BLANK and lost & set(range(pages[at] + 1, ends)):
            judged[answer.question] = replace(answer, state=AnswerState.UNCLEAR, reason=CUT, confidence=0.5)
    return judged


def unseen(
    answers: Mapping[str, Answer], asked_on: Mapping[str, int], edition: Edition, lost: int
) -> set[str]:
    """Questions that were not found though their neighbours were: they are on the page, and not read.

    Args:
        asked_on: the page on which each question was found; its answer may stand on another.
    """
    runs: list[list[str]] = [[]]
    pages: list[int | None] = [None]
    for question in edition.questions:
        if question not in answers:
            continue
        if answers[question].state is AnswerState.NOT_FOUND:
            runs[-1].append(question)
        else:
            runs.append([])
            place = answers[question].place
            pages.append(asked_on.get(question, place.page if place else None))
    after = [*pages[1:], None]
    signing = _block(edition)
    signs = any(q in signing and answer.state is not AnswerState.NOT_FOUND for q, answer in answers.items())
    return {
        question
        for run, page, following in zip(runs, pages, after, strict=True)
        for question in run
        if len(run) < lost or (page is not None and page == following) or (signs and question in signing)
    }


def last_before_a_gap(answers: Mapping[str, Answer], edition: Edition, unseen: set[str]) -> set[str]:
    """Questions behind which others are not there: what was answered may have gone with them."""
    order = [question for question in edition.questions if question in answers]
    gone = {q for q in order if answers[q].state is AnswerState.NOT_FOUND and q not in unseen}
    return {
        before for before, after in pairwise(order)
        if after in gone and before not in gone and edition.questions[before].kind is not QuestionKind.SCALE
    }  # fmt: skip


def starts_on_another_page(region: Region, text: Stream) -> bool:
    """Whether an answer stands wholly on other pages than its question: it may be another question's."""
    asked = text.pieces[region.match.end[0]].line.page
    said = [part.piece.line.page for part in region.parts if has_content(part.text)]
    return bool(said) and asked not in said


def asked_on(text: Stream, regions: Sequence[Region]) -> dict[str, int]:
    """The page on which each question stands."""
    return {
        region.match.anchor.question: text.pieces[region.match.start[0]].line.page
        for region in regions
        if region.match.anchor.question
    }


def hidden(
    answers: Mapping[str, Answer], text: Stream, regions: Sequence[Region], signing_at: int
) -> set[str]:
    """Questions that were not found where, between their neighbours, something stands that was not read."""
    starts = {r.match.anchor.question: text.pieces[r.match.start[0]].at for r in regions}
    runs: list[tuple[list[str], int]] = [([], 0)]
    hidden: set[str] = set()
    for question, answer in answers.items():
        if question in starts:
            hidden |= _lost_between(*runs[-1], starts[question], text)
            runs.append(([], starts[question]))
        elif answer.state is AnswerState.NOT_FOUND:
            runs[-1][0].append(question)
    return hidden | _lost_between(*runs[-1], signing_at, text)


def _lost_between(run: Sequence[str], first: int, end: int, text: Stream) -> set[str]:
    unread = (p.stroke_pt or 0.0 for p in ink(text.document) if first <= p.after < end)
    return set(run) if run and (end < first or sum(unread) >= _LOST_PT) else set()


def _block(edition: Edition) -> set[str]:
    """What is asked beside the signatures: it stands together on one page."""
    names = {signatory.name_question for signatory in edition.signatory}
    sections = ({question.id for question in section.question} for section in edition.section)
    return {question for asked in sections if names & asked for question in asked}
