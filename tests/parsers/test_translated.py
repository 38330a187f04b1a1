"""A form that the applicant translated: other words than the edition's own translation, and the same form."""

from data.edition import Edition
from data.model import AnswerState
from parsers import text
from parsers._answered import _form

ENGLISH = """A. General information
1. Your enterprise
- Company name: La Remise
- Legal status: ASBL
- Address: rue Haute 1, 1000 Bruxelles
- Creation date: 1/2/2019
- Number of FTE: 3
- Website (if existing): www.remise.example
2. Reference person in your team for exchanges with COOPCITY
- Name: Peeters
- First name: Aline
- Date of birth: 2/3/1980
B. Project description
1. What is your company about? What are its activities, products and/or services?
A store.
2. What social problem or need does it respond to?
Waste.
3. Who benefits from it?

4. Is there currently a process for assessing the social impact of your company? If so, briefly describe it.
No
5. How many of you are there in your company and who does what?
Three
6. How do you work as a team?
Well
12. What actions have you already taken in this respect?

D. Your availability
1. How much time do you plan to devote to developing your business, outside of training days?
1 day
E. Self-assessment
Our structure is a source of innovation in its sector. 3
Done in Brussels
On 3/9/2026
Surname, first name: Aline Peeters
Function: coordinator
Signature"""


def test_a_translated_form_is_read(edition: Edition) -> None:
    """Questions in another translation are found, and what was left open is blank."""
    reading = _form.read(text.from_text(ENGLISH), "form.docx", edition)
    answers = reading.answers

    assert reading.is_form
    assert {
        q: answers[q].value for q in ("a1.name", "a1.created_on", "a2.last_name", "b.2", "b.4", "d2.1")
    } == {
        "a1.name": "La Remise",
        "a1.created_on": "2019-02-01",
        "a2.last_name": "Peeters",
        "b.2": "Waste.",
        "b.4": "No",
        "d2.1": "1 day",
    }
    assert (answers["e.6"].value, answers["s.place"].value, answers["s.date"].value) == (
        3,
        "Brussels",
        "3/9/2026",
    )
    assert [answers[q].state for q in ("b.3", "b.12")] == [AnswerState.BLANK] * 2


def test_every_language_words_every_question(edition: Edition) -> None:
    """A translation is whole, but for the place to sign, whose labels are known in all languages."""
    asked = {q.id for s in edition.section for q in s.question if s.id != "s"}

    for language in edition.language:
        assert set(language.wordings) >= asked
        worded = edition.translated(language)
        assert {q.wording for q in worded.questions.values()} != {
            q.wording for q in edition.questions.values()
        }


def test_a_form_in_two_languages_prints_no_answers(edition: Edition) -> None:
    """« Forme juridique / Rechtsvorm : », and a question printed once more in Dutch, are the form's words."""
    dutch = next(each.wordings for each in edition.language if each.code == "nl")
    rows = [
        row for q in edition.questions.values() if q.id[:2] in {"a1", "b."}
        for row in ((f"{q.wording} / {dutch[q.id]} : dit",) if q.id[0] == "a" else (q.wording, dutch[q.id]))
    ]  # fmt: skip

    answers = _form.read(text.from_text("\n".join(rows)), "form.txt", edition).answers

    assert {answers[q].value for q in ("a1.name", "a1.legal_form", "a1.capital")} == {"dit"}
    assert {answers[f"b.{n}"].state for n in range(1, 14)} == {AnswerState.BLANK}
