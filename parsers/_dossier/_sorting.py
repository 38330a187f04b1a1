"""Every file that came, by what it is: a form, a page of signatures, an annex, unread, something else."""

import hashlib
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from data.edition import Edition, QuestionKind
from data.model import (
    AnswerState,
    Attachment,
    Document,
    FileKind,
    PageSource,
    Place,
    Submission,
    Unread,
    UnreadReason,
)
from parsers._annexed import _annexes, _cuts
from parsers._annexed._titles import by_titles
from parsers._answered import _form, _sequence
from parsers._dossier import _parts
from parsers._dossier._mail_text import MAIL_BODY, is_closing
from parsers._dossier._sent import SentFile
from parsers._dossier._series import in_series
from parsers._scanned import _page_pictures
from parsers._signed._doubts import CLEAR
from parsers._wording import fold
from parsers.text import from_text

SHORTEST_BODY = 400
"""In characters: a shorter mail holds no form."""

_AS_HTML = b"<!doctype html>\n"
"""Before the body of a mail, of which many begin with a fragment."""

MOST_LEAVES = 3
"""That are tried: a mail that was passed on has one above the form, and one in each mail that it answers."""

SMALL_IMAGE_BYTES = 12_000
"""A picture smaller than this, and without a page's text, is the logo of a mail's signature."""

LONGEST_SIGNATURE_PAGE = 40
"""In lines: what is longer, with a place to sign, is a form whose questions were not recognised."""

LONGEST_LETTER = 3000
"""In characters: a page, closely written."""

LEAST_OF_A_FORM = 600
"""In characters: what is shorter is a title page or a note."""

FEWEST_LETTERS = 150
"""On a page of the form, even a blank one, stand many more."""

_LOGOS = {FileKind.JPEG, FileKind.PNG, FileKind.GIF, FileKind.WEBP, FileKind.HEIC}
"""Of these kinds a mail program's pictures are; a TIFF is a scanner's."""
_YEARS = re.compile(r"\bannee (20\d\d\s?[-–/]\s?20\d\d)\b")
_SESSION_ENDS = re.compile(
    r"(?:seance|reunion|assemblee|ag) (?:est |fut |a ete )?(?:levee|cloturee|close)"
    r"|vergadering (?:wordt )?(?:gesloten|beeindigd)|meeting (?:was |is )?(?:closed|adjourned)"
)
_ANNEXED = re.compile(r"\W*(?:annexe|bijlage|annex|appendix)\b")
_NAMED_OTHER = re.compile(r"logo|facture|flyer|photo|banner|plan d.acces")
_LINK = re.compile(
    r"https?://([\w.-]*(?:we\.tl|wetransfer\.com|drive\.google\.com|docs\.google\.com|1drv\.ms|onedrive\.live\.com"
    r"|sharepoint\.com|dropbox\.com|swisstransfer\.com|fromsmash\.com|smash\.com|icloud\.com|mega\.nz|grosfichiers\.com"
    r"|transfernow\.net|filemail\.com|send\.[\w-]+\.\w+))/[^\s<>\"]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class FoundAnnex:
    """An annex: a file, or a range of its pages."""

    file: SentFile
    document: Document
    kind: _annexes.Kind
    pages: tuple[int, int] | None = None

    @property
    def place(self) -> Place:
        return Place(self.file.name, self.pages[0] if self.pages else None)

    @property
    def places(self) -> tuple[Place, ...]:
        return (self.place,)


@dataclass(slots=True)
class SortedFiles:
    """Files by what they are."""

    forms: list[tuple[SentFile, _form.FormReading]]
    signature_pages: list[tuple[SentFile, _form.FormReading]]
    annexes: list[FoundAnnex]
    unread: list[SentFile]
    others: list[FoundAnnex]
    """What is no annex, with what it is instead where that is known."""
    links: list[str]
    past_forms: list[tuple[SentFile, _form.FormReading]] = field(default_factory=list)
    """Forms of another edition: last year's dossier, sent along or filled by mistake."""
    series: list[SentFile] = field(default_factory=list)
    """Files that were joined of pictures of pages."""
    decorations: list[SentFile] = field(default_factory=list)

    @property
    def half_read(self) -> list[SentFile]:
        """Files with pages of text and pages that are pictures: a form with its annexes scanned behind it."""
        files = [file for file, _ in (*self.forms, *self.signature_pages)]
        files += [one.file for one in (*self.annexes, *self.others)]
        return [file for file in files if has_unread_pages(file)]


def _files(mail: Submission, read: Callable[[bytes], Document | Unread]) -> list[SentFile]:
    attached = sorted(mail.envelope.attachments, key=lambda a: (a.name, a.sha256))
    files = [SentFile(mail, attachment, read(attachment.content)) for attachment in attached]
    for refused in mail.envelope.refused:
        empty = Attachment(refused.name, "", b"", "", None)
        files.append(SentFile(mail, empty, Unread(FileKind.OTHER, refused.reason, refused.detail)))
    return files


def _is_decoration(file: SentFile) -> bool:
    """Logos and icons that a mail program adds, and what machines add: no file of the applicant's.

    A page in black and white takes no more bytes than a logo: what stands on it tells the two apart.
    """
    attachment, reading = file.attachment, file.reading
    if not attachment.sha256:  # refused: nobody has seen what it is
        return False
    if re.search(r"\.(?:vcf|ics|p7s|asc)$", attachment.name, re.IGNORECASE):
        return True
    if reading.kind not in _LOGOS or _letters(reading) >= FEWEST_LETTERS:
        return False
    inline = re.match(r"(?:image\d{3}|outlook-|signature_)", attachment.name, re.IGNORECASE)
    return len(attachment.content) < (40_000 if inline else SMALL_IMAGE_BYTES)


def _letters(reading: Document | Unread) -> int:
    return sum(len(line.text) for line in reading.lines) if isinstance(reading, Document) else 0


def sort(
    mails: Sequence[Submission], edition: Edition, read: Callable[[bytes], Document | Unread]
) -> SortedFiles:
    """Read every file of the mails, and tell what each is."""
    found = SortedFiles([], [], [], [], [], links_in(mails))
    files = [file for mail in mails for file in _files(mail, read)]
    found.decorations = [file for file in files if _is_decoration(file)]
    for file in in_series([file for file in files if not _is_decoration(file)]):
        if file.members:
            found.series.append(file)
        if isinstance(file.reading, Unread):
            found.unread.append(file)
            continue
        typed, pictured = _page_pictures.apart(file.reading)
        if pictured is not None:
            _take_pictured(found, file, pictured, edition)
        if pictured is None or any(re.search(r"\w", line.text) for line in typed.lines):
            _take(found, file, typed, edition)
    for mail in mails:
        pasted = _pasted(mail, edition, read)
        if pasted is not None:
            found.forms.append(pasted)
    _settle_parts(found, edition)
    _settle_forms_in_own_words(found, edition)
    _settle_past_forms(found)
    _settle_unread_pages(found)
    _settle_unfamiliar_forms(found, edition)
    return found


def _settle_parts(found: SortedFiles, edition: Edition) -> None:
    """A form that came in parts is read again as one, where nothing else is sent that asks the same.

    No answer goes on from a mail's own text into a file: above its first question stands a title.
    """
    bodies = [form for form in found.forms if form[0].name == MAIL_BODY]
    files = [form for form in found.forms if form[0].name != MAIL_BODY]
    parts = [file for file, _ in _parts.in_order(files, edition)]
    documents = [_form_in(file.reading, edition) for file in parts if isinstance(file.reading, Document)]
    if len(documents) < 2:
        return
    file, whole = _parts.as_one(parts, [document for document, _ in documents])
    reading = _form.read(_sequence.in_form_order(whole, edition), file.name, edition)
    found.forms[:] = [(file, reading), *bodies]
    found.series.append(file)


def _settle_unread_pages(found: SortedFiles) -> None:
    """Where no form was found, it may stand on pages that were not read: nobody is told it is missing."""
    if found.forms:
        return
    files = {file.attachment.sha256: file for file in found.half_read}
    files |= {one.file.attachment.sha256: one.file for one in found.others if is_hardly_read(one.document)}
    found.others = [one for one in found.others if one.file.attachment.sha256 not in files]
    found.unread += [
        replace(
            file, reading=Unread(file.reading.kind, UnreadReason.SCAN, "des pages n'ont pas pu être lues")
        )
        for file in files.values()
    ]


def _settle_unfamiliar_forms(found: SortedFiles, edition: Edition) -> None:
    """Where no form was found, a file that may be it in other words is for a person: it is not missing."""
    if found.forms:
        return
    pages = [file for file, _ in found.signature_pages if _lines(file.reading) > LONGEST_SIGNATURE_PAGE]
    others = [
        one.file for one in (*found.others, *found.annexes)
        if one.pages is None and not one.kind.certain
        and (not one.kind.look_alike or _is_long_letter(one))
        and _speaks_of(one.document, one.file.name, edition)
    ]  # fmt: skip
    found.others = [one for one in found.others if one.file not in others]
    found.annexes = [one for one in found.annexes if one.file not in others]
    detail = "le document ne reprend pas les questions du formulaire"
    found.unread += [
        replace(file, reading=Unread(file.reading.kind, UnreadReason.UNFAMILIAR, detail))
        for file in (*pages, *others)
    ]


def _is_long_letter(one: FoundAnnex) -> bool:
    """Whether a letter is longer than those that go with a dossier: it may say what the form asks."""
    return one.kind.look_alike == _annexes.LETTER and _letters(one.document) > LONGEST_LETTER


def _settle_forms_in_own_words(found: SortedFiles, edition: Edition) -> None:
    """Beside the form itself, what has its labels in other words is an annex: a report, another dossier.

    Of several such papers alone, the one that has most of the form is it.
    """
    if not found.forms:
        return
    known = [pair for pair in found.forms if not pair[1].in_own_words]
    known = known or [max(found.forms, key=lambda pair: pair[1].found)]
    for file, reading in found.forms:
        if not any(reading is own for _, own in known) and isinstance(file.reading, Document):
            kind = _annexes.classify(file.reading, file.name, edition)
            (found.annexes if kind.id else found.others).append(FoundAnnex(file, file.reading, kind))
    found.forms[:] = known


def _lines(reading: Document | Unread) -> int:
    return len(reading.lines) if isinstance(reading, Document) else 0


def _speaks_of(document: Document, name: str, edition: Edition) -> bool:
    """Whether a document of some length calls itself an application, or names the programme at its head."""
    if _letters(document) < LEAST_OF_A_FORM:
        return False
    head = fold(" ".join(line.text for line in document.lines[:15]))
    named = fold(re.sub(r"[_\-.]+", " ", name))
    applying = [fold(word) for word in edition.mail.keywords]
    programme = [fold(word) for word in edition.mail.programme_words]
    return any(word in named for word in applying) or any(word in head for word in programme)


def _settle_past_forms(found: SortedFiles) -> None:
    """Last year's form is something else where this year's came too; alone, it is the form all the same."""
    if found.forms:
        past = _annexes.Kind(None, False, (), "dossier d'une autre édition", likeness=_annexes.CERTAIN)
        found.others += [
            FoundAnnex(file, file.reading, past)
            for file, _ in found.past_forms
            if isinstance(file.reading, Document)
        ]
    else:
        found.forms += found.past_forms


def is_of_another_edition(document: Document, edition: Edition) -> bool:
    """Whether a form names the years of another edition, and never this one's."""
    text = fold(" ".join(line.text for line in document.lines[:80]))
    told = {re.sub(r"\D+", "-", years) for years in _YEARS.findall(text)}
    own = re.sub(r"\D+", "-", edition.programme.years)
    return bool(told) and own not in told


def _take(found: SortedFiles, file: SentFile, document: Document, edition: Edition) -> None:
    """Put one file where it belongs: the form, a page of signatures, annexes, or several of these."""
    rest, contents = _form_in(document, edition)
    annexes = contents.annexes
    reading = _form.read(_sequence.in_form_order(rest, edition), file.name, edition)
    if reading.is_form:
        reading = replace(reading, pages=_widened(reading.pages, contents.form))
        past = is_of_another_edition(rest, edition)
        (found.past_forms if past else found.forms).append((file, reading))
    elif reading.has_block:
        found.signature_pages.append((file, reading))
    elif not annexes:
        kind = _annexes.classify(document, file.name, edition)
        (found.annexes if kind.id else found.others).append(FoundAnnex(file, document, kind))
        return
    found.annexes += [FoundAnnex(file, each.document, each.kind, each.pages) for each in annexes]
    found.others += [FoundAnnex(file, each.document, each.kind, each.pages) for each in contents.others]


def _form_in(document: Document, edition: Edition) -> tuple[Document, "_Contents"]:
    """A document without what is surely an annex in it, and all that it holds."""
    contents = _contents(document, edition)
    surely = [each for each in contents.annexes if each.kind.certain]
    surely += [each for each in contents.others if each.kind.likeness >= _annexes.CERTAIN]
    return without(document, {index for each in surely for index in each.lines}), contents


def _take_pictured(found: SortedFiles, file: SentFile, document: Document, edition: Edition) -> None:
    """Pages pasted into a file as pictures: the form, its signed page, an annex; else they illustrate."""
    reading = _form.read(_sequence.in_form_order(document, edition), file.name, edition)
    if reading.is_form:
        found.forms.append((file, reading))
    elif reading.has_block:
        found.signature_pages.append((file, reading))
    else:
        kind = _annexes.classify(document, file.name, edition)
        if kind.id:
            found.annexes.append(FoundAnnex(file, document, kind))


@dataclass(frozen=True, slots=True)
class Excerpt:
    """An annex within a file of several documents."""

    document: Document
    kind: _annexes.Kind
    pages: tuple[int, int]
    lines: tuple[int, ...]
    """Which of the file's lines."""


@dataclass(frozen=True, slots=True)
class _Contents:
    """What a file of several documents holds; nothing where it is a single one."""

    annexes: list[Excerpt] = field(default_factory=list)
    others: list[Excerpt] = field(default_factory=list)
    """Papers that were not known for one of the annexes."""
    form: tuple[int, int] | None = None
    """The pages that are the form's print."""


def annexes_in(document: Document, edition: Edition) -> list[Excerpt]:
    """The annexes in a file of several documents; none where it is a single one."""
    return _contents(document, edition).annexes


def _contents(document: Document, edition: Edition) -> _Contents:
    laid_out = any(page.width_pt for page in document.pages)
    parted = document if laid_out else by_titles(document, edition)
    parts = _cuts.cut(parted, edition)
    if len(parts) < 2:
        return _Contents()
    begins = parts[0].kind == _cuts.OTHER or parted is not document
    if begins and _annexes.classify(document, "", edition).look_alike == _annexes.MINUTES:
        return _behind_minutes(document, parts, edition) if parted is document else _Contents()
    excerpts = [_excerpt(document, parted, part, edition) for part in parts if part.kind != _cuts.FORM]
    annexes = [each for each in excerpts if each.kind.id]
    others = [each for each in excerpts if not each.kind.id]
    forms = [(part.first, part.last) for part in parts if part.kind == _cuts.FORM]
    known = [each for each in others if each.kind.look_alike]
    if not (annexes and forms) and not (annexes and known) and len(annexes) < 2:
        return _Contents()
    if parted is document:
        return _Contents(annexes, others, max(forms, key=lambda pages: pages[1] - pages[0], default=None))
    proven = [each for each in annexes if each.kind.certain]
    if proven and all(_has_own_page(each, document) for each in proven):
        return _Contents(annexes, others)
    # a title within a page is no proof by itself
    return _Contents(annexes) if len(proven) > 1 else _Contents()


def _behind_minutes(document: Document, parts: Sequence[_cuts.Part], edition: Edition) -> _Contents:
    """What is annexed to minutes, behind their end; within them they quote the reports that they approve."""
    excerpts = [_excerpt(document, document, part, edition) for part in parts]
    ends = next((page for page, said in _pages_folded(document) if _SESSION_ENDS.search(said)), None)
    annexed = [
        each for each in excerpts[1:]
        if each.kind.certain
        and (_ANNEXED.match(fold(document.lines[each.lines[0]].text)) or (ends and ends < each.pages[0]))
    ]  # fmt: skip
    return _Contents(annexed, [each for each in excerpts if each not in annexed]) if annexed else _Contents()


def _pages_folded(document: Document) -> list[tuple[int, str]]:
    """Each page's number and text."""
    said: dict[int, list[str]] = {}
    for line in document.lines:
        said.setdefault(line.page, []).append(line.text)
    return [(page, fold(" ".join(rows))) for page, rows in said.items()]


def _has_own_page(part: Excerpt, document: Document) -> bool:
    """Whether a part begins where a page does: its author broke the page before it."""
    first = part.lines[0]
    return first == 0 or document.lines[first - 1].page < document.lines[first].page


def _widened(read: tuple[int, int] | None, printed: tuple[int, int] | None) -> tuple[int, int] | None:
    """The pages on which a form was read, with those that only print what it says before and after."""
    if read is None or printed is None or printed[1] < read[0] or read[1] < printed[0]:
        return read
    return min(read[0], printed[0]), max(read[1], printed[1])


def _excerpt(document: Document, parted: Document, part: _cuts.Part, edition: Edition) -> Excerpt:
    """A part, with the pages that it has in the file itself."""
    held = tuple(index for index, line in enumerate(parted.lines) if part.first <= line.page <= part.last)
    lines = tuple(document.lines[index] for index in held)
    told = [line.page for line in lines]
    first, last = (part.first, part.last) if parted is document else (min(told), max(told))
    pages = tuple(page for page in document.pages if first <= page.number <= last)
    kept = replace(document, pages=pages, lines=lines)
    kind = _annexes.classify(kept, part.announced, edition)
    return Excerpt(kept, kind, (first, last), held)


def without(document: Document, gone: Collection[int]) -> Document:
    """The document without these lines, and without the pages that held nothing else.

    Pictures stay behind the lines they stood behind.
    """
    if not gone:
        return document
    kept = [index for index in range(len(document.lines)) if index not in gone]
    full = {document.lines[index].page for index in kept}
    empty = {document.lines[index].page for index in gone} - full
    at = [bisect_right(kept, picture.after) - 1 for picture in document.pictures]
    return replace(
        document,
        lines=tuple(document.lines[index] for index in kept),
        pages=tuple(page for page in document.pages if page.number not in empty),
        pictures=tuple(
            replace(picture, after=after)
            for picture, after in zip(document.pictures, at, strict=True)
            if picture.page not in empty
        ),
    )


def _pasted(
    mail: Submission, edition: Edition, read: Callable[[bytes], Document | Unread]
) -> tuple[SentFile, _form.FormReading] | None:
    """The mail's own text, where it holds the form: of its two forms the one that answers more."""
    bodies = []
    if len(mail.envelope.text) >= SHORTEST_BODY:
        bodies.append((mail.envelope.text, "text/plain", from_text(mail.envelope.text)))
    if len(mail.envelope.html) >= SHORTEST_BODY:
        shown = read(_AS_HTML + mail.envelope.html.encode("utf-8", "replace"))
        if isinstance(shown, Document):
            bodies.append((mail.envelope.html, "text/html", shown))
    read_as = [(said, claimed, *_read_body(shown, edition)) for said, claimed, shown in bodies]
    forms = [each for each in read_as if each[3].is_form]
    if not forms:
        return None
    said, claimed, document, reading = max(
        forms, key=lambda each: (_answered_in_words(each[3], edition), each[1] == "text/html")
    )
    content = said.encode("utf-8", "replace")
    attachment = Attachment(MAIL_BODY, claimed, content, hashlib.sha256(content).hexdigest(), None)
    return SentFile(mail, attachment, document), reading


def _answered_in_words(reading: _form.FormReading, edition: Edition) -> int:
    """How many answers are no ratings: where plain text lost a scale's cells, « 1 x 10 » rates nothing."""
    said = {AnswerState.ANSWERED, AnswerState.UNCLEAR}
    return sum(
        answer.state in said and edition.questions[question].kind is not QuestionKind.SCALE
        for question, answer in reading.answers.items()
    )


def _read_body(document: Document, edition: Edition) -> tuple[Document, _form.FormReading]:
    """A mail's text as the form, without its writer's leave and name, which answer no last question."""
    whole = _form.read(document, MAIL_BODY, edition)
    leaves = (at for at, line in enumerate(document.lines) if is_closing(line.text.strip()))
    for at in islice(leaves, MOST_LEAVES if whole.is_form else 0):
        above = without(document, range(at, len(document.lines)))
        reading = _form.read(above, MAIL_BODY, edition)
        if (reading.found, reading.has_block) == (whole.found, whole.has_block):
            return above, reading
    return document, whole


def may_matter(file: SentFile) -> bool:
    """Whether a file that was not read may hold something asked for."""
    empty = isinstance(file.reading, Unread) and file.reading.reason is UnreadReason.EMPTY
    return not empty and not _NAMED_OTHER.search(fold(file.name))


def has_unread_pages(file: SentFile) -> bool:
    return isinstance(file.reading, Document) and any(
        page.source is PageSource.NONE for page in file.reading.pages
    )


def is_hardly_read(document: Document) -> bool:
    """Whether most of its pages are pictures of which little could be read: whatever it is, nobody knows."""
    letters: Counter[int] = Counter()
    for line in document.lines:
        letters[line.page] += len(line.text)
    seen = [page for page in document.pages if page.source is PageSource.OCR]
    poor = [p for p in seen if letters[p.number] < FEWEST_LETTERS or (p.confidence or 0.0) < CLEAR]
    return 2 * len(poor) > len(document.pages)


def links_in(mails: Sequence[Submission]) -> list[str]:
    """Hosts of download links that stand where files should."""
    return sorted({host.lower() for mail in mails for host in _LINK.findall(mail.envelope.text)})
