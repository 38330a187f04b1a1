"""Tests of `checks/answer_length.py`."""

import pytest

from checks import answer_length
from data.model import Answer, AnswerState, Severity
from tests.checks.dossiers import a_dossier, blossom, verger

P = blossom()


def _long(question: str, lines: int) -> dict[str, Answer]:
    return {question: Answer(question, AnswerState.ANSWERED, "long", lines=lines)}


@pytest.mark.parametrize(("lines", "count"), [(1, 0), (10, 0), (11, 1), (400, 1)])
def test_ten_lines_are_allowed_and_eleven_remarked(lines: int, count: int) -> None:
    """The limit itself is within the limit."""
    assert len(list(answer_length.look(a_dossier(answers=_long("b.3", lines)), P))) == count


def test_the_remark_is_a_notice_for_the_officer() -> None:
    """Length is never a fault, and the applicant hears nothing of it."""
    (finding,) = answer_length.look(a_dossier(answers=_long("b.3", 12)), P)

    assert (finding.code, finding.subject) == ("answer.too_long", "b.3")
    assert finding.severity is Severity.NOTICE
    assert finding.officer_only
    assert (finding.facts["lines"], finding.facts["most"]) == ("12", "10")


def test_there_is_no_limit_where_the_form_sets_none() -> None:
    """Outside part B people write as much as they like."""
    assert list(answer_length.look(a_dossier(answers=_long("d1.1", 60)), P)) == []


def test_the_limit_is_the_editions() -> None:
    """Another programme allows five lines."""
    dossier = a_dossier(verger(), answers=_long("ii.oogst", 6))

    assert len(list(answer_length.look(dossier, verger()))) == 1
