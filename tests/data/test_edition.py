"""An edition file is either right, or the file and the key that is wrong are named."""

import re
import tomllib
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.edition import Edition, QuestionKind, load, shipped
from data.errors import EditionError

BLOSSOM = shipped()["blossom-2026"]

CONTRACT = [
    *("a1.name", "a1.legal_form", "a1.address", "a1.created_on", "a1.enterprise_number", "a1.capital"),
    *("a1.fte", "a1.social_agreement", "a1.website", "a1.supported_elsewhere"),
    *("a2.last_name", "a2.first_name", "a2.gender", "a2.birth_date", "a2.education", "a2.phone", "a2.email"),
    *("a3.heard_from", "a3.took_part"),
    *(f"b.{number}" for number in range(1, 14)),
    *("d1.1", "d1.2", "d1.3", "d2.1", "d2.2"),
    *(f"e.{number}" for number in range(1, 8)),
    *("s.place", "s.date", "s.contact_name", "s.contact_function"),
    *("s.administrator_name", "s.administrator_function"),
]
NOT_REQUIRED = {"a1.capital", "a1.website"}

SMALL = """
[programme]
id = "graine-2027"
name = "GRAINE"
organisation = "La Serre"
years = "2027"
reference_prefix = "GR27"
zone = "Europe/Brussels"
form = "graine.txt"

[officer]
name = "Aline Peeters"
role = "Chargée du programme"
email = "aline@laserre.example"
phone = "02 555 00 00"

[dates]
go_live = 2027-01-01T00:00:00+01:00
deadline = 2027-03-01T10:00:00+01:00
decision = 2027-04-01

[calls]
first = 2027-03-01
last = 2027-03-05
hours = [{ start = 10:00:00, end = 12:00:00 }]

[mail]
addresses = ["aline@laserre.example"]
subject = "Candidature – [nom]"
placeholder = "[nom]"
keywords = ["candidature"]
programme_words = ["graine"]

[fields]
organisation = "name"

[[signatory]]
id = "manager"
label = "la personne qui dirige"
name_question = "name"
function_question = "size"

[[annex]]
id = "plan"
wording = "Votre plan"
label = "le plan"

[[section]]
id = "one"
title = "Votre projet"
letter_title = "Votre projet"

[[section.question]]
id = "name"
wording = "Nom"
label = "nom"

[[section.question]]
id = "size"
wording = "Taille"
label = "taille"
kind = "choice"
choices = ["petite", "grande"]
"""


@pytest.fixture(scope="module")
def blossom() -> Edition:
    """The edition that comes with the software."""
    return load(BLOSSOM)


def write(folder: Path, changes: Mapping[str, str] | None = None, form: str | None = "GRAINE 2027\n") -> Path:
    """An edition file with some of its text replaced, and the form beside it."""
    text = SMALL
    for old, new in (changes or {}).items():
        assert old in text
        text = text.replace(old, new, 1)
    if form is not None:
        (folder / "graine.txt").write_text(form, "utf-8")
    path = folder / "graine-2027.toml"
    path.write_text(text, "utf-8")
    return path


def complaint(path: Path) -> str:
    """What is said of a wrong file; the file is always named."""
    with pytest.raises(EditionError) as told:
        load(path)
    assert str(path) in str(told.value)
    assert "blossom edition check" in told.value.advice
    return str(told.value)


# ---------------------------------------------------------------- the edition that is shipped


def test_questions_of_the_contract(blossom: Edition) -> None:
    """The shipped edition asks the fifty questions of the contract, in the form's order."""
    assert list(blossom.questions) == CONTRACT
    assert len(CONTRACT) == 50


def test_required_of_the_contract(blossom: Edition) -> None:
    """All are required but the two that the form itself leaves free."""
    assert {q.id for q in blossom.questions.values() if not q.required} == NOT_REQUIRED


def test_annexes_and_signatures_of_the_contract(blossom: Edition) -> None:
    """Four annexes and two signatures are asked for; accounts of two closed years."""
    assert list(blossom.annexes) == ["statutes", "activity_report", "accounts", "cv"]
    assert list(blossom.signatories) == ["contact", "administrator"]
    assert {a.id: a.closed_years for a in blossom.annex if a.closed_years} == {"accounts": 2}


def test_lines_of_section_b(blossom: Edition) -> None:
    """The ten-line rule holds for section B and nowhere else."""
    limits = {q.id: q.max_lines for q in blossom.questions.values() if q.max_lines is not None}

    assert limits == {f"b.{number}": 10 for number in range(1, 14)}


def test_scales(blossom: Edition) -> None:
    """Section E, and nothing else, is answered from one to ten."""
    scales = [q.id for q in blossom.questions.values() if q.kind is QuestionKind.SCALE]

    assert scales == [f"e.{number}" for number in range(1, 8)]
    assert (blossom.scale.lowest, blossom.scale.highest) == (1, 10)


def test_private_answers(blossom: Edition) -> None:
    """Gender, birth date and education never reach digest, call sheet or calendar."""
    private = {q.id for q in blossom.questions.values() if q.private}

    assert private == {"a2.gender", "a2.birth_date", "a2.education"}


def test_wordings_stand_in_the_form(blossom: Edition) -> None:
    """Every wording is one the blank form really has."""
    form = _squeezed(" ".join(blossom.form_lines))
    wordings = [q.wording for q in blossom.questions.values()] + [a.wording for a in blossom.annex]
    titles = [s.title for s in blossom.section] + [s.heading for s in blossom.section if s.heading]

    assert [words for words in wordings + titles if _squeezed(words) not in form] == []


def test_dates_of_the_call(blossom: Edition) -> None:
    """Deadline, window and decision are those of the call for applications."""
    assert blossom.dates.deadline == datetime(2026, 9, 14, 8, 0, tzinfo=UTC)
    assert (blossom.calls.first, blossom.calls.last) == (date(2026, 9, 14), date(2026, 9, 18))
    assert blossom.dates.decision == date(2026, 10, 2)
    assert blossom.dates.reminder == datetime(2026, 9, 10, 7, 0, tzinfo=UTC)
    assert blossom.officer.email in blossom.mail.addresses


def test_languages_of_letters(blossom: Edition) -> None:
    """Dutch and English letters name every annex and signatory in their own words."""
    named = set(blossom.annexes) | set(blossom.signatories)

    assert {code: set(each.labels) for code, each in blossom.languages.items()} == {"nl": named, "en": named}


def test_shipped_editions_are_named_by_their_ids() -> None:
    """Every edition that is shipped loads, and its file is named after its id."""
    assert {name: load(path).id for name, path in shipped().items()} == {name: name for name in shipped()}


# ---------------------------------------------------------------- the deadline


@pytest.mark.parametrize(
    ("moment", "on_time"),
    [
        ("2026-09-14T09:59:59+02:00", True),
        ("2026-09-14T10:00:00+02:00", True),
        ("2026-09-14T10:00:00.999999+02:00", True),
        ("2026-09-14T10:00:01+02:00", False),
        ("2026-09-14T08:00:00+00:00", True),
        ("2026-09-14T08:00:01+00:00", False),
        ("2026-09-14T10:00:00+00:00", False),
    ],
)
def test_deadline(blossom: Edition, moment: str, on_time: bool) -> None:
    """The deadline's last second still counts, on whatever clock; the next one does not."""
    assert blossom.is_on_time(datetime.fromisoformat(moment)) is on_time


@given(st.datetimes(timezones=st.timezones()), st.integers(0, 10**6))
def test_earlier_is_never_later(moment: datetime, seconds: int) -> None:
    """What is in time would have been in time earlier, too."""
    edition = load(BLOSSOM)
    moment = moment.astimezone(UTC) if moment.year > 1 else datetime(2, 1, 1, tzinfo=UTC)

    assert edition.is_on_time(moment - timedelta(seconds=min(seconds, 1))) >= edition.is_on_time(moment)


def test_local(blossom: Edition) -> None:
    """Moments are written as on the clocks of Brussels, summer and winter."""
    assert blossom.local(datetime(2026, 9, 14, 8, 0, tzinfo=UTC)).strftime("%H:%M") == "10:00"
    assert blossom.local(datetime(2026, 12, 14, 8, 0, tzinfo=UTC)).strftime("%H:%M") == "09:00"


# ---------------------------------------------------------------- another edition


def test_another_edition(tmp_path: Path) -> None:
    """A file with other questions, annexes and dates is an edition: none of it is in code."""
    edition = load(write(tmp_path))

    assert edition.id == "graine-2027"
    assert list(edition.questions) == ["name", "size"]
    assert list(edition.annexes) == ["plan"]
    assert edition.form_lines == ("GRAINE 2027",)
    assert edition.questions["name"].required


def test_form_lines(tmp_path: Path) -> None:
    """Of the blank form empty lines and margins are left out."""
    assert load(write(tmp_path, form="\n  Nom :  \n\n")).form_lines == ("Nom :",)


# ---------------------------------------------------------------- what is wrong, and where


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('zone = "Europe/Brussels"', 'zone = "Europe/Brussels"\nzoom = 1', "programme.zoom"),
        ("[officer]", "[nonsense]\na = 1\n[officer]", "nonsense"),
        ('label = "le plan"', 'label = "le plan"\nclosed_year = 2', "annex.0.closed_year"),
        ('label = "taille"', 'label = "taille"\nmandatory = true', "section.0.question.1.mandatory"),
    ],
)
def test_unknown_key(tmp_path: Path, old: str, new: str, words: str) -> None:
    """A key that does not exist is named with its whole path."""
    told = complaint(write(tmp_path, {old: new}))

    assert words in told
    assert "not permitted" in told


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('name = "GRAINE"\n', "", "programme.name"),
        ('email = "aline@laserre.example"\n', "", "officer.email"),
        ('[fields]\norganisation = "name"\n', "", "fields"),
        ('wording = "Votre plan"\n', "", "annex.0.wording"),
    ],
)
def test_missing_key(tmp_path: Path, old: str, new: str, key: str) -> None:
    """A key that is needed and absent is named with its whole path."""
    told = complaint(write(tmp_path, {old: new}))

    assert f": {key}: " in told
    assert "required" in told


@pytest.mark.parametrize(
    ("old", "new", "key"),
    [
        ('id = "graine-2027"', 'id = "Graine 2027"', "programme.id"),
        ('reference_prefix = "GR27"', 'reference_prefix = "gr"', "programme.reference_prefix"),
        ("deadline = 2027-03-01T10:00:00+01:00", "deadline = 2027-03-01T10:00:00", "dates.deadline"),
        ("go_live = 2027-01-01T00:00:00+01:00", "go_live = 2027-01-01T00:00:00", "dates.go_live"),
        ("deadline = 2027-03-01T10:00:00+01:00", 'deadline = "bientôt"', "dates.deadline"),
        ("decision = 2027-04-01", 'decision = "avril"', "dates.decision"),
        ("last = 2027-03-05", "last = 5", "calls.last"),
        ("hours = [{ start = 10:00:00, end = 12:00:00 }]", "hours = []", "calls.hours"),
        ('addresses = ["aline@laserre.example"]', "addresses = []", "mail.addresses"),
        ('keywords = ["candidature"]', "keywords = []", "mail.keywords"),
        ('kind = "choice"', 'kind = "choise"', "section.0.question.1.kind"),
        ("[[signatory]]", '[[language]]\ncode = "xx"\nrole = "x"\n\n[[signatory]]', "language.0.code"),
    ],
)
def test_wrong_value(tmp_path: Path, old: str, new: str, key: str) -> None:
    """A wrong value is named by its key."""
    assert f": {key}: " in complaint(write(tmp_path, {old: new}))


def test_naive_time(tmp_path: Path) -> None:
    """A time without its zone is refused, with an example of one that has it."""
    changes = {"deadline = 2027-03-01T10:00:00+01:00": "deadline = 2027-03-01T10:00:00"}

    assert "2026-09-14T10:00:00+02:00" in complaint(write(tmp_path, changes))


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('id = "size"', 'id = "name"', "« name » stands twice"),
        ('id = "plan"', 'id = "name"', "« name » stands twice"),
        ('id = "manager"', 'id = "plan"', "« plan » stands twice"),
        ('organisation = "name"\n', 'organisation = "nom"\n', "no question « nom »"),
        ('function_question = "size"', 'function_question = "role"', "no question « role »"),
        ('\nchoices = ["petite", "grande"]', "", "« size » is a choice without choices"),
        ("last = 2027-03-05", "last = 2027-02-28", "calls.last lies before calls.first"),
        ('placeholder = "[nom]"', 'placeholder = "[structure]"', "mail.placeholder"),
        ("decision = ", "reminder = 2027-03-02T09:00:00+01:00\ndecision = ", "dates.reminder lies outside"),
        (
            "[[signatory]]",
            '[[language]]\ncode = "nl"\nrole = "x"\nlabels = { plum = "x" }\n\n[[signatory]]',
            "« plum »",
        ),
    ],
)
def test_inconsistent(tmp_path: Path, old: str, new: str, words: str) -> None:
    """What contradicts another part of the file is said in words."""
    assert words in complaint(write(tmp_path, {old: new}))


def test_not_toml(tmp_path: Path) -> None:
    """A file that is not TOML is told with its line."""
    assert "line" in complaint(write(tmp_path, {"[officer]": "[officer"}))


def test_not_text(tmp_path: Path) -> None:
    """A file that is not text is told as such."""
    path = tmp_path / "x.toml"
    path.write_bytes(b"\xff\xfe")

    assert "not valid TOML" in complaint(path)


def test_absent(tmp_path: Path) -> None:
    """A file that is not there is told by its path."""
    assert "No such file" in complaint(tmp_path / "nothing.toml")


def test_form_absent(tmp_path: Path) -> None:
    """An edition whose blank form is not beside it names the key and the file it looked for."""
    told = complaint(write(tmp_path, form=None))

    assert "programme.form" in told
    assert "graine.txt" in told


@given(st.sampled_from(sorted(tomllib.loads(SMALL))))
def test_every_part_is_checked(part: str) -> None:
    """In no part of the file does a wrong key pass."""
    raw = tomllib.loads(SMALL)
    table = raw[part][0] if isinstance(raw[part], list) else raw[part]
    table["misspelt"] = 1

    with pytest.raises(ValueError, match="misspelt"):
        Edition.model_validate(raw)


def _squeezed(text: str) -> str:
    """Without spaces, case, and what word processors make of apostrophes."""
    return re.sub(r"\s", "", text).replace("’", "'").casefold()
