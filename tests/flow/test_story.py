"""The fortnight of the demo: every mail gets the outcome that a fair reader would give it."""

import pytest

from data.model import Outcome, Severity
from desk.demo.story import Expected, Sent, fortnight
from tests.flow.story import Told, told

APPLICATIONS = [sent for sent in fortnight() if sent.expected]
OTHERS = [sent for sent in fortnight() if sent.expected is None]


def the_outcome(sent: Sent) -> Outcome:
    return told().outcomes[sent.key]


@pytest.mark.parametrize("sent", APPLICATIONS, ids=lambda sent: sent.key)
def test_each_application_gets_its_verdict(sent: Sent) -> None:
    """Verdict, all that is missing, and the findings that matter are as a person would say."""
    application = the_outcome(sent).application
    expected: Expected = sent.expected  # type: ignore[assignment]  # chosen so above
    assert application is not None
    findings = application.verdict.findings
    blocking = {finding.subject for finding in findings if finding.severity is Severity.BLOCKING}

    assert application.verdict.state.value == expected.verdict, [f.message for f in findings]
    assert expected.blocking is None or blocking == expected.blocking
    assert expected.codes <= {finding.code for finding in findings}
    assert application.verdict.on_time is expected.on_time


@pytest.mark.parametrize("sent", OTHERS, ids=lambda sent: sent.key)
def test_no_other_mail_becomes_an_application(sent: Sent) -> None:
    """Questions, newsletters, absences, bounces, spam and private mail are no applications."""
    outcome = the_outcome(sent)

    assert outcome.application is None
    assert outcome.letters == ()


def test_supplement_joins_its_application() -> None:
    """The annex and the signature sent on Friday complete Thursday's dossier; no second application opens."""
    story = told()
    first, second = story.outcomes["le-fil-retrouve"], story.outcomes["le-fil-retrouve/2"]

    assert first.application is not None
    assert second.application is not None
    assert second.application.reference == first.application.reference


def test_number_of_applications_is_that_of_applicants() -> None:
    """As many applications as structures that applied."""
    applicants = {sent.about for sent in APPLICATIONS}

    assert len(told().applications) == len(applicants)


def test_every_application_gets_exactly_one_letter_a_change() -> None:
    """Each mail that changed an application is answered once, to its sender."""
    story: Told = told()

    for sent in APPLICATIONS:
        letters = story.outcomes[sent.key].letters
        assert len(letters) == 1, sent.key
    assert len({letter.id for letter in story.letters}) == len(story.letters)


def test_letter_to_who_forgot_two_things_names_exactly_these_two() -> None:
    """One annex and one signature are missing: the letter asks for these and nothing else."""
    letter = the_outcome(next(sent for sent in APPLICATIONS if sent.key == "le-fil-retrouve")).letters[0]
    missing = letter.text.partition("Nous n'avons pas trouvé :")[2].partition("Ce qu'il vous reste à faire")[
        0
    ]
    lines = [line.strip() for line in missing.strip().splitlines() if line.strip().startswith("-")]

    assert lines == [
        "- La signature de l'administrateur ou de l'administratrice",
        "- Le dernier rapport d'activité",
    ]
    assert "Les statuts : dans" in letter.text


def test_twice_the_same_mails_give_the_same_letters() -> None:
    """Replayed, the first week gives the same letters, word for word."""
    again = Told(told().edition)
    week = list(fortnight()[:8])
    for sent in week:
        again.take(sent)

    assert [letter.text for letter in again.letters] == [
        letter.text for sent in week for letter in told().outcomes[sent.key].letters
    ]
