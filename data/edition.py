"""The programme as data: what one edition asks for, when, and in which words.

An edition is one TOML file beside the blank form's own text. Unknown keys, double ids and times
without a zone are errors that name file and key. `docs/edition.md` explains every key.
"""

import tomllib
from collections.abc import Iterator
from datetime import date, datetime, time
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Annotated, Literal, Self
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    StringConstraints,
    ValidationError,
    model_validator,
)

from data.errors import EditionError

HERE = Path(__file__).parent / "editions"


class QuestionKind(StrEnum):
    """What an answer is made of."""

    TEXT = "text"
    """A sentence or more."""
    WORDS = "words"
    """A few words on one line: a name, a place, a function."""
    YES_NO = "yes_no"
    CHOICE = "choice"
    NUMBER = "number"
    DATE = "date"
    PHONE = "phone"
    EMAIL = "email"
    ENTERPRISE_NUMBER = "enterprise_number"
    SCALE = "scale"


def _aware(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError("a time needs its zone, as in 2026-09-14T10:00:00+02:00")
    return moment


Moment = Annotated[datetime, AfterValidator(_aware)]


HalfDay = Annotated[str, StringConstraints(pattern=r"^(mon|tue|wed|thu|fri) (morning|afternoon)$")]


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


def _zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise ValueError("a zone's name is expected, such as Europe/Brussels") from error
    return name


class Programme(_Part):
    id: str = Field(pattern=r"^[a-z0-9-]+$")
    name: str
    """« BLOSSOM »."""
    organisation: str
    """« COOPCITY »."""
    years: str
    """« 2026-2027 »."""
    reference_prefix: str = Field(pattern=r"^[A-Z0-9]{2,6}$")
    zone: Annotated[str, AfterValidator(_zone)]
    language: Literal["fr"] = "fr"
    """Of the form, and of letters unless an applicant writes in one of `language[]`."""
    form: str
    """File beside this one with the blank form's own text."""

    @cached_property
    def tz(self) -> ZoneInfo:
        return ZoneInfo(self.zone)


class Officer(_Part):
    name: str
    role: str
    email: str
    phone: str
    """As written in letters."""


class Dates(_Part):
    go_live: Moment
    """Mail received earlier is never answered."""
    deadline: Moment
    """Received at this second is on time; a second later is late."""
    reminder: Moment | None = None
    """When those whose dossier is incomplete are reminded; absent: nobody is."""
    decision: date
    """Applicants know the result at the latest on this day."""


class Language(_Part):
    """One more language that letters may be written in, where an applicant's own mail is in it.

    What the form prints stays quoted as it stands there.
    """

    code: Literal["nl", "en"]
    """One that `notifier` has words for."""
    role: str
    """The officer's, in this language."""
    labels: dict[str, str] = Field(default_factory=dict)
    """How letters name annexes and signatories, by id."""
    wordings: dict[str, str] = Field(default_factory=dict)
    """The form as an applicant may have translated it: by question, by section, by « heading.A »."""


class Hours(_Part):
    start: time
    end: time


class Calls(_Part):
    first: date
    last: date
    hours: tuple[Hours, ...] = Field(min_length=1)
    """Of a working day, local time."""
    avoid: tuple[HalfDay, ...] = ()
    """Half-days, « wed afternoon »."""
    minutes: int = 20
    """Length of a call of average size."""


class Mail(_Part):
    addresses: tuple[str, ...] = Field(min_length=1)
    """Both are asked for; one alone is accepted."""
    subject: str
    """As asked for, with the placeholder."""
    placeholder: str
    """What an applicant replaces by the structure's name: « [nom de votre structure] »."""
    keywords: tuple[str, ...] = Field(min_length=1)
    """What must be near each other in a subject: « dossier », « candidature »."""
    programme_words: tuple[str, ...] = Field(min_length=1)
    """Names of the house or programme in a subject."""
    other_programmes: tuple[str, ...] = ()
    """Names that make it an application for something else."""
    providers: tuple[str, ...] = ()
    """Houses of mail that many live in: an address that nearly names one is shown to the officer."""


class Question(_Part):
    id: str
    wording: str
    """As printed in the form."""
    label: str
    """How letters and digest name it, short."""
    also: tuple[str, ...] = ()
    """Labels that people put in its place who make the form anew: « Siège social »."""
    about: tuple[str, ...] = ()
    """What it asks about, in words that people choose who put it in their own: « public cible »."""
    kind: QuestionKind = QuestionKind.TEXT
    required: bool = True
    max_lines: int | None = None
    choices: tuple[str, ...] = ()
    number: str | None = None
    """As printed before the wording: « 3 »."""
    private: bool = False
    """Never in digest, call sheet or calendar."""
    past: bool = False
    """A date that cannot lie in the future."""


class Section(_Part):
    id: str
    title: str
    """As printed."""
    heading: str | None = None
    """The title above it where the form has two levels."""
    letter_title: str
    """How letters name it."""
    question: tuple[Question, ...] = Field(min_length=1)


class Scale(_Part):
    lowest: int = 1
    highest: int = 10


class Signatory(_Part):
    id: str
    label: str
    """In letters: « la personne référente »."""
    name_question: str
    function_question: str
    words: tuple[str, ...] = ()
    """How the form or an applicant may title the place."""


class AnnexRule(_Part):
    id: str
    wording: str
    """As printed in the form."""
    label: str
    """In letters."""
    closed_years: int = 0
    """How many different closed financial years are needed."""
    of_contact: bool = False
    """It must be the contact person's own: a CV."""
    words: tuple[str, ...] = ()
    """Words that mark the kind, beside those that `parsers` knows for the usual kinds."""


class Eligibility(_Part):
    years_active: int | None = None
    postcodes: tuple[str, ...] = ()
    created_question: str | None = None
    address_question: str | None = None
    agreement_question: str | None = None
    other_agreements: tuple[str, ...] = ()
    """Words that name an agreement which is not the one asked for."""


class Fields(_Part):
    """Which questions hold what the pipeline itself needs to know."""

    organisation: str
    legal_form: str | None = None
    enterprise_number: str | None = None
    contact_last_name: str | None = None
    contact_first_name: str | None = None
    contact_phone: str | None = None
    contact_email: str | None = None


class Edition(_Part):
    programme: Programme
    officer: Officer
    dates: Dates
    calls: Calls
    mail: Mail
    scale: Scale = Scale()
    section: tuple[Section, ...] = Field(min_length=1)
    signatory: tuple[Signatory, ...] = ()
    annex: tuple[AnnexRule, ...] = ()
    eligibility: Eligibility = Eligibility()
    fields: Fields
    language: tuple[Language, ...] = ()
    tells: dict[str, str] = Field(default_factory=dict)
    """Other wordings of findings, by code."""
    form_lines: tuple[str, ...] = Field(default=(), exclude=True)
    """The blank form's own text, filled by `load`: an answer is never made of it."""

    @property
    def id(self) -> str:
        return self.programme.id

    @cached_property
    def questions(self) -> dict[str, Question]:
        """By id, in the form's order."""
        return {question.id: question for section in self.section for question in section.question}

    @cached_property
    def annexes(self) -> dict[str, AnnexRule]:
        return {annex.id: annex for annex in self.annex}

    @cached_property
    def signatories(self) -> dict[str, Signatory]:
        return {signatory.id: signatory for signatory in self.signatory}

    @cached_property
    def languages(self) -> dict[str, Language]:
        """The languages beside the programme's own, by code."""
        return {language.code: language for language in self.language}

    def translated(self, language: Language) -> "Edition":
        """The same questions as they read in another language, and no other printed lines than theirs."""
        sections = tuple(_translated(section, language.wordings) for section in self.section)
        printed = [
            line
            for section in sections
            for line in (section.heading, section.title, *(q.wording for q in section.question))
            if line
        ]
        told = {name: getattr(self, name) for name in type(self).model_fields}
        return Edition(**told | {"section": sections, "form_lines": tuple(dict.fromkeys(printed))})

    def local(self, moment: datetime) -> datetime:
        """The same moment on the clocks of the programme's own town."""
        return moment.astimezone(self.programme.tz)

    def is_on_time(self, received_at: datetime) -> bool:
        """Whether a mail received then is in time; fractions of a second do not count."""
        return received_at.replace(microsecond=0) <= self.dates.deadline

    @model_validator(mode="after")
    def _consistent(self) -> Self:
        for complaint in self._complaints():
            raise ValueError(complaint)
        return self

    def _complaints(self) -> Iterator[str]:
        ids = [q.id for s in self.section for q in s.question]
        ids += [a.id for a in self.annex] + [s.id for s in self.signatory]
        for double in sorted({i for i in ids if ids.count(i) > 1}):
            yield f"the id « {double} » stands twice"
        wanted = {s.name_question for s in self.signatory} | {s.function_question for s in self.signatory}
        wanted |= {q for q in self.fields.model_dump().values() if q}
        hints = self.eligibility
        wanted |= {q for q in (hints.created_question, hints.address_question, hints.agreement_question) if q}
        for unknown in sorted(wanted - set(self.questions)):
            yield f"there is no question « {unknown} »"
        for question in self.questions.values():
            if question.kind is QuestionKind.CHOICE and not question.choices:
                yield f"the question « {question.id} » is a choice without choices"
        if not self.mail.placeholder or self.mail.placeholder not in self.mail.subject:
            yield "mail.placeholder does not stand in mail.subject"
        if self.calls.last < self.calls.first:
            yield "calls.last lies before calls.first"
        if any(hours.end <= hours.start for hours in self.calls.hours):
            yield "calls.hours: an end lies before its start"
        ours = set(self.annexes) | set(self.signatories)
        for language in self.language:
            for unknown in sorted(set(language.labels) - ours):
                yield f"language.labels: there is no annex or signatory « {unknown} »"
            known = {s.id for s in self.section} | {
                f"heading.{s.heading[0]}" for s in self.section if s.heading
            }
            for unknown in sorted(set(language.wordings) - set(self.questions) - known):
                yield f"language.wordings: there is no question or section « {unknown} »"
        reminder = self.dates.reminder
        if reminder and not self.dates.go_live < reminder < self.dates.deadline:
            yield "dates.reminder lies outside go_live and deadline"
        if self.dates.deadline <= self.dates.go_live:
            yield "dates.deadline lies before dates.go_live"


def _translated(section: Section, wordings: dict[str, str]) -> Section:
    heading = wordings.get(f"heading.{section.heading[0]}", section.heading) if section.heading else None
    questions = tuple(
        question.model_copy(update={"wording": wordings.get(question.id, question.wording)})
        for question in section.question
    )
    title = wordings.get(section.id, section.title)
    return section.model_copy(update={"title": title, "heading": heading, "question": questions})


def load(path: Path) -> Edition:
    """Read an edition file and the blank form beside it.

    Raises:
        EditionError: the file cannot be read, or a key or value is wrong; file and key are named.
    """
    try:
        with path.open("rb") as file:
            raw = tomllib.load(file)
    except OSError as error:
        raise EditionError(f"{path}: cannot be read ({error.strerror})") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise EditionError(f"{path}: not valid TOML: {error}") from error
    try:
        edition = Edition.model_validate(raw)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"]) or "(whole file)"
        raise EditionError(f"{path}: {key}: {first['msg']}") from error
    form = path.parent / edition.programme.form
    try:
        lines = tuple(line.strip() for line in form.read_text("utf-8").splitlines() if line.strip())
    except (OSError, UnicodeDecodeError) as error:
        raise EditionError(f"{path}: programme.form: {form} cannot be read") from error
    return edition.model_copy(update={"form_lines": lines})


def find(name: str) -> Edition:
    """An edition by the id of a shipped one, or by its path; without a name, the latest that is shipped.

    Raises:
        EditionError: there is none, or it is wrong.
    """
    if not name:
        return max(map(load, shipped().values()), key=lambda edition: edition.dates.deadline)
    path = shipped().get(name, Path(name))
    if not path.is_file():
        raise EditionError(f"{name}: no such edition; shipped: {', '.join(shipped())}")
    return load(path)


def shipped() -> dict[str, Path]:
    """Edition files that come with the software, by id."""
    return {path.stem: path for path in sorted(HERE.glob("*.toml"))}
