"""Every file that came, by what it is: a form, a page of signatures, an annex, unread, something else."""

import hashlib
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from data.edition import Edition
from data.model import Attachment, Document, FileKind, PageSource, Place, Submission, Unread
from parsers import _annexes, _form
from parsers.text import from_text

MAIL_BODY = "message"
"""How the mail's own text is named as a file."""

SMALL_IMAGE_BYTES = 12_000
"""A picture smaller than this is the logo of a mail's signature, not a page."""

_IMAGES = {FileKind.JPEG, FileKind.PNG, FileKind.GIF, FileKind.WEBP, FileKind.TIFF, FileKind.HEIC}
_LINK = re.compile(
    r"https?://([\w.-]*(?:we\.tl|wetransfer\.com|drive\.google\.com|docs\.google\.com|1drv\.ms|onedrive\.live\.com"
    r"|sharepoint\.com|dropbox\.com|swisstransfer\.com|fromsmash\.com|smash\.com|icloud\.com|mega\.nz|grosfichiers\.com"
    r"|transfernow\.net|filemail\.com|send\.[\w-]+\.\w+))/[^\s<>\"]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file, as read, with the mail that brought it."""

    mail: Submission
    attachment: Attachment
    reading: Document | Unread

    @property
    def name(self) -> str:
        return self.attachment.name


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


@dataclass(slots=True)
class SortedFiles:
    """Files by what they are."""

    forms: list[tuple[SentFile, _form.FormReading]]
    signature_pages: list[tuple[SentFile, _form.FormReading]]
    annexes: list[FoundAnnex]
    unread: list[SentFile]
    others: list[SentFile]
    links: list[str]

    @property
    def half_read(self) -> list[SentFile]:
        """Files with pages of text and pages that are pictures: a form with its annexes scanned behind it."""
        files = [file for file, _ in (*self.forms, *self.signature_pages)] + self.others
        return [file for file in files if has_unread_pages(file)]


def _files(mail: Submission, read: Callable[[bytes], Document | Unread]) -> list[SentFile]:
    files = []
    for attachment in sorted(mail.envelope.attachments, key=lambda a: (a.name, a.sha256)):
        reading = read(attachment.content)
        if not _is_decoration(attachment, reading):
            files.append(SentFile(mail, attachment, reading))
    for refused in mail.envelope.refused:
        empty = Attachment(refused.name, "", b"", "", None)
        files.append(SentFile(mail, empty, Unread(FileKind.OTHER, refused.reason, refused.detail)))
    return files


def _is_decoration(attachment: Attachment, reading: Document | Unread) -> bool:
    """Logos and icons that a mail program adds, and what machines add: no file of the applicant's."""
    small = reading.kind in _IMAGES and len(attachment.content) < SMALL_IMAGE_BYTES
    named = re.search(r"\.(?:vcf|ics|p7s|asc)$", attachment.name, re.IGNORECASE)
    inline = re.match(r"(?:image\d{3}|outlook-|signature_)", attachment.name, re.IGNORECASE)
    return (
        small
        or bool(named)
        or (reading.kind in _IMAGES and bool(inline) and len(attachment.content) < 40_000)
    )


def sort(
    mails: Sequence[Submission], edition: Edition, read: Callable[[bytes], Document | Unread]
) -> SortedFiles:
    """Read every file of the mails, and tell what each is."""
    found = SortedFiles([], [], [], [], [], links_in(mails))
    for file in (file for mail in mails for file in _files(mail, read)):
        if isinstance(file.reading, Unread):
            found.unread.append(file)
            continue
        reading = _form.read(file.reading, file.name, edition)
        if reading.is_form:
            found.forms.append((file, reading))
            found.annexes += _in_ranges(file, file.reading, (reading.pages or (0, 0))[1], edition)
        elif reading.has_block:
            found.signature_pages.append((file, reading))
        else:
            annexes = _as_annexes(file, file.reading, edition)
            found.annexes += annexes
            if not annexes:
                found.others.append(file)
    for mail in mails:
        pasted = _pasted(mail, edition)
        if pasted is not None:
            found.forms.append(pasted)
    return found


def _as_annexes(file: SentFile, document: Document, edition: Edition) -> list[FoundAnnex]:
    """The annexes in a file: several ranges of pages, or the whole file as one kind."""
    ranges = _in_ranges(file, document, 0, edition)
    if len(ranges) > 1:
        return ranges
    kind = _annexes.classify(document, file.name, edition)
    return [FoundAnnex(file, document, kind)] if kind.id else []


def _in_ranges(file: SentFile, document: Document, after: int, edition: Edition) -> list[FoundAnnex]:
    """Annexes among the pages behind a page."""
    return [
        FoundAnnex(file, part, kind, pages)
        for part, kind, pages in _annexes.ranges(document, after, edition)
        if kind.id
    ]


def _pasted(mail: Submission, edition: Edition) -> tuple[SentFile, _form.FormReading] | None:
    """The mail's own text, where it holds the form."""
    if len(mail.envelope.text) < 400:
        return None
    document = from_text(mail.envelope.text)
    reading = _form.read(document, MAIL_BODY, edition)
    if not reading.is_form:
        return None
    content = mail.envelope.text.encode("utf-8", "replace")
    attachment = Attachment(MAIL_BODY, "text/plain", content, hashlib.sha256(content).hexdigest(), None)
    return SentFile(mail, attachment, document), reading


def has_unread_pages(file: SentFile) -> bool:
    return isinstance(file.reading, Document) and any(
        page.source is PageSource.NONE for page in file.reading.pages
    )


def links_in(mails: Sequence[Submission]) -> list[str]:
    """Hosts of download links that stand where files should."""
    return sorted({host.lower() for mail in mails for host in _LINK.findall(mail.envelope.text)})
