"""The forms and annexes of the demo are real files that anybody's program opens."""

import io
from collections.abc import Iterator

import pdfplumber
import pytest
from docx import Document
from PIL import Image

from data.edition import Edition, load, shipped
from desk.demo import annexes, forms, pens
from desk.demo.people import Applicant, applicants, enterprise_number
from desk.demo.script import Grid, Questions, Signing, script
from desk.demo.story import EDITION


@pytest.fixture(scope="module")
def edition() -> Edition:
    return load(shipped()[EDITION])


@pytest.fixture(scope="module")
def applicant(edition: Edition) -> Applicant:
    return applicants(edition)["la-remise"]


def word_text(content: bytes) -> str:
    """All text of a .docx, content controls and tables included; a tab or line break is a space."""
    body = Document(io.BytesIO(content)).element.body
    kinds = ("{*}t", "{*}tab", "{*}br")
    return "\n".join("".join(part.text or " " for part in p.iter(*kinds)) for p in body.iter("{*}p"))


def pdf_text(content: bytes) -> str:
    with pdfplumber.open(io.BytesIO(content)) as document:
        return "\n".join(page.extract_text() for page in document.pages)


def words(text: str) -> list[str]:
    return "".join(letter if letter.isalnum() else " " for letter in text).split()


def every_layout(edition: Edition, filled: forms.Filled) -> Iterator[tuple[str, str]]:
    for layout in forms.WORD:
        yield layout, word_text(forms.word(edition, filled, layout))
    for layout in forms.PDF:
        yield layout, pdf_text(forms.pdf(edition, filled, layout))


def test_the_script_asks_every_question_once_in_order(edition: Edition) -> None:
    """The form's own lines hold every question, the grid and both places to sign."""
    items = script(edition)
    asked = [a.question.id for item in items if isinstance(item, Questions | Grid) for a in item.asked]
    signed = {s.id for item in items if isinstance(item, Signing) for s in item.signatories}
    named = {q for s in edition.signatory for q in (s.name_question, s.function_question)}

    assert asked == [question for question in edition.questions if question not in named]
    assert signed == set(edition.signatories)


def test_every_layout_prints_every_answer(edition: Edition, applicant: Applicant) -> None:
    """What was answered can be read in each of the five layouts, word for word."""
    filled = forms.Filled(applicant.answers)

    for layout, text in every_layout(edition, filled):
        found = set(words(text))
        lost = {k: a for k, a in applicant.answers.items() if not set(words(a)) <= found}

        assert (layout, lost) == (layout, {})


def test_the_blank_form_holds_the_questions_and_nobody_s_answers(
    edition: Edition, applicant: Applicant
) -> None:
    """Every question stands in each layout of the blank form; the name of an applicant does not."""
    for layout, text in every_layout(edition, forms.Filled()):
        found = set(words(text))
        lost = [q.id for q in edition.questions.values() if not set(words(q.wording)) <= found]

        assert (layout, lost) == (layout, [])
        assert applicant.name not in text


@pytest.mark.parametrize("layout", [*forms.WORD, *forms.PDF])
def test_a_form_is_the_same_bytes_each_time(edition: Edition, applicant: Applicant, layout: str) -> None:
    """No clock and no lot is in a file, so that a replay is a replay."""
    filled = forms.Filled(applicant.answers, {"contact": pens.signature("Aline Peeters")})
    build = forms.word if layout in forms.WORD else forms.pdf

    assert build(edition, filled, layout) == build(edition, filled, layout)


@pytest.mark.parametrize("layout", list(forms.WORD))
def test_word_forms_carry_both_signatures(edition: Edition, layout: str) -> None:
    """Each place that was signed holds one picture."""
    ink = {"contact": pens.signature("Aline Peeters"), "administrator": pens.signature("Karim Benhaddou")}
    document = Document(io.BytesIO(forms.word(edition, forms.Filled(ink=ink), layout)))

    assert len(document.inline_shapes) == 2


def test_no_two_people_sign_alike() -> None:
    """A signature is somebody's own, and dark on white as a pen makes it."""
    first, second = (Image.open(io.BytesIO(pens.signature(name))).convert("L") for name in ("A. B.", "C. D."))

    assert first.tobytes() != second.tobytes()
    assert 0.005 < sum(grey < 128 for grey in first.tobytes()) / (first.width * first.height) < 0.2


def test_the_people_are_invented_and_well_formed(edition: Edition) -> None:
    """Addresses lead nowhere, enterprise numbers have right check digits, every question has its answer."""
    people = applicants(edition)

    assert len(people) >= 16
    assert all(p.email.endswith(".example") for p in people.values())
    assert all(p.phone.startswith(("02 555 01 ", "0460 00 ")) for p in people.values())
    assert all(set(p.answers) == set(edition.questions) for p in people.values())
    assert len({p.answers["b.1"] for p in people.values()}) == len(people)
    assert enterprise_number("04196185") == "0419.618.535"


def test_accounts_add_up(edition: Edition) -> None:
    """Both sides of the balance sheet are equal; a year's figures are those that the next calls previous."""
    people = applicants(edition)
    now, next_year = (annexes.accounts(people["la-remise"], year) for year in (2024, 2025))
    rows = {row[1]: row for block in now.blocks if isinstance(block, annexes.Rows) for row in block.rows}
    later = {
        row[1]: row for block in next_year.blocks if isinstance(block, annexes.Rows) for row in block.rows
    }

    assert rows["20/58"][2] == rows["10/49"][2]
    assert later["9904"][3] == rows["9904"][2]


def test_annexes_say_what_they_are_in_both_formats(applicant: Applicant) -> None:
    """Statutes, report, accounts and CV can be told by their titles, as PDF and as Word."""
    for paper in (
        annexes.statutes(applicant),
        annexes.activity_report(applicant),
        annexes.accounts(applicant, 2025),
        annexes.cv(applicant),
    ):
        assert set(words(paper.title)) <= set(words(pdf_text(annexes.as_pdf(paper))))
        assert paper.title in word_text(annexes.as_word(paper))


def test_a_scan_has_pages_and_no_text(edition: Edition, applicant: Applicant) -> None:
    """The scanned form shows as many pages as were printed, and not a word to search; coffee lies on some."""
    paper = annexes.cv(applicant)
    printed = annexes.as_pdf(paper)
    scan = annexes.as_scan(printed, spilt_on="nowhere to be found")

    assert pdf_text(scan).strip() == ""
    assert annexes.as_scan(printed, spilt_on=paper.title) != scan
    with pdfplumber.open(io.BytesIO(scan)) as document:
        assert [len(page.images) for page in document.pages] == [1]
