"""The nouns: every value that passes between the rooms.

Standard library only, frozen, no input or output. Times are aware and in UTC, in fields ending in
``_at``; days are ``date``; lengths are points (1/72 inch) from the top left corner of the page;
``page`` counts from 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

# ---------------------------------------------------------------- mail, as it lies in the inbox


@dataclass(frozen=True, slots=True, order=True)
class MailKey:
    """Where one copy of a mail lies. Valid only together with its UIDVALIDITY (RFC 9051, 2.3.1.1)."""

    account: str
    folder: str
    uidvalidity: int
    uid: int


@dataclass(frozen=True, slots=True)
class Heading:
    """What is read of a mail before deciding whether it may be an application: no body."""

    key: MailKey
    received_at: datetime
    """INTERNALDATE of the server."""
    size_bytes: int
    header: bytes
    """The header block, as the server holds it, cut at a limit."""
    file_names: tuple[str, ...]
    """Names of the parts that carry files, from BODYSTRUCTURE."""


@dataclass(frozen=True, slots=True)
class RawMail:
    """One mail, byte for byte."""

    identity: str
    """The same for every copy of one mail: hash of its Message-ID and Date, else of its bytes."""
    received_at: datetime
    """When COOPCITY's own server had it; the earliest of all copies."""
    content: bytes


# ---------------------------------------------------------------- mail, as it was understood


@dataclass(frozen=True, slots=True)
class Address:
    """A name and an address, as the sender wrote them, cleaned of control characters."""

    name: str
    email: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """One file that came with a mail, after unpacking. Name and type are the sender's claims."""

    name: str
    claimed_type: str
    content: bytes
    sha256: str
    contained_in: str | None = None
    """Name of the archive or mail it was taken from."""


@dataclass(frozen=True, slots=True)
class Refused:
    """A part that was not unpacked, and why."""

    name: str
    reason: "UnreadReason"
    detail: str


class Machine(StrEnum):
    """What sort of machine wrote a mail, or handed it round."""

    BOUNCE = "bounce"
    """Reports that a mail could not be delivered."""
    RESPONDER = "responder"
    """Answers by itself: absence messages, read receipts, our own letters."""
    ROBOT = "robot"
    """Writes by itself, or asks not to be answered; it may carry a person's file (a scanner does)."""
    LIST = "list"
    """A list or newsletter handed it round."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A mail with every header read once, safely."""

    message_id: str | None
    in_reply_to: str | None
    references: tuple[str, ...]
    sender: Address | None
    reply_to: Address | None
    recipients: tuple[Address, ...]
    """To and Cc."""
    subject: str
    claimed_at: datetime | None
    """The sender's Date header: shown, never trusted."""
    text: str
    """The body as plain text (made from the HTML where there is no plain part)."""
    attachments: tuple[Attachment, ...]
    refused: tuple[Refused, ...] = ()
    html: str = ""
    """The body as HTML, where it has that form: only there stand a table's cells, and what is struck."""
    automatic: str | None = None
    """Why this mail was written by a machine (« Auto-Submitted: auto-replied »), or None."""
    defects: tuple[str, ...] = ()
    machine: Machine | None = None
    """What sort of machine; set together with `automatic`."""
    authentication: str = ""
    """The topmost Authentication-Results header, as it stands: whether it may be believed is asked later."""
    forwarded_from: Address | None = None
    """Who wrote the mail that this one passes on, in its text or as an attachment: the sender's claim."""


class MailKind(StrEnum):
    """What a mail is to this programme."""

    APPLICATION = "application"
    SUPPLEMENT = "supplement"
    """Adds to an application that is already known."""
    WITHDRAWAL = "withdrawal"
    AUTOMATIC = "automatic"
    BOUNCE = "bounce"
    DOUBTFUL = "doubtful"
    """May be an application: a person must look, and no letter leaves."""
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Ground:
    """One piece of evidence: what was seen, and how much it weighs for an application."""

    what: str
    weight: int


@dataclass(frozen=True, slots=True)
class Recognition:
    """What a mail is, with the grounds that were weighed."""

    kind: MailKind
    grounds: tuple[Ground, ...]
    organisation: str | None = None
    """The structure's name as the subject gives it."""


@dataclass(frozen=True, slots=True)
class Submission:
    """A mail that belongs to an application."""

    mail: str
    """Identity of the mail."""
    received_at: datetime
    envelope: Envelope
    verified: bool | None = None
    """Whether our server proved the sender's address (True), disproved it (False), or neither."""
    passed_on: bool = False
    """A colleague passed it on: sender is whom the mail says it was from."""


# ---------------------------------------------------------------- documents, as a reader sees them


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle on a page."""

    x0: float
    top: float
    x1: float
    bottom: float


@dataclass(frozen=True, slots=True)
class Place:
    """Where something stands: shown to people, so that they can look for themselves."""

    file: str
    page: int | None = None
    box: Box | None = None


@dataclass(frozen=True, slots=True)
class Span:
    """A run of text of one look."""

    text: str
    bold: bool = False
    italic: bool = False
    underline: bool = False
    strike: bool = False
    highlight: bool = False
    """Set off by a colour, behind the letters or of the letters themselves."""
    hint: bool = False
    """The text is a placeholder shown by the form (« Cliquez ici pour entrer du texte »)."""
    tick: bool | None = None
    """For a check box, whether it is ticked; its text is then ☒ or ☐."""


@dataclass(frozen=True, slots=True)
class Cell:
    """Where in a table. Rows and columns count from 0; merged cells have the place of their first."""

    table: int
    row: int
    column: int
    shaded: bool = False


class Origin(StrEnum):
    """What part of the file a line was written in."""

    BODY = "body"
    TEXT_BOX = "text_box"
    FIELD = "field"
    """A form field of a PDF, or a content control; the line's ``label`` is the field's own name."""
    COMMENT = "comment"
    MARGIN = "margin"
    """Running header or footer."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a laid-out page, or one paragraph of a file that has no layout, in reading order."""

    spans: tuple[Span, ...]
    page: int
    box: Box | None = None
    cell: Cell | None = None
    origin: Origin = Origin.BODY
    label: str | None = None
    number: str | None = None
    """Automatic numbering or bullet that a word processor would print before the text."""
    confidence: float = 1.0
    """Of the recognition of its characters; 1 where the file itself holds the text."""
    measure: int | None = None
    """How many letters a row of it holds, where a file without a layout tells its columns."""

    @property
    def text(self) -> str:
        """The text as it reads, without struck-out runs' marking."""
        return "".join(span.text for span in self.spans)


class PictureForm(StrEnum):
    """How a picture is made."""

    RASTER = "raster"
    VECTOR = "vector"
    INK = "ink"


class Look(StrEnum):
    """What a picture looks like, by its own lines alone; whose it is and what it means is judged later."""

    HAND = "hand"
    """Lines of a pen as a signature or a paraph has them."""
    WRITING = "writing"
    """Small letters by hand: a date, a name."""
    STAMP = "stamp"
    MARK = "mark"
    """A cross, a tick, a few strokes: too little for a signature."""
    RING = "ring"
    """A line drawn around something."""
    TRACE = "trace"
    """Less than a mark: a stroke, a few letters that were not read. Its place is not empty, no more."""
    PRINT = "print"
    """A logo, a photo, type."""
    EMPTY = "empty"
    """Nothing to be seen."""
    LOST = "lost"
    """Its bytes are not in the file: whatever it was, it stood there."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture or drawing in a file."""

    form: PictureForm
    page: int
    after: int
    """Index, in all lines of the document, of the line it stands after; -1 at the very start."""
    box: Box | None = None
    cell: Cell | None = None
    width_pt: float | None = None
    height_pt: float | None = None
    sha256: str | None = None
    origin: Origin = Origin.BODY
    stroke_pt: float | None = None
    """Of ink seen on the image of a page: the length of its strokes."""
    look: Look | None = None
    """None where nobody looked."""
    cutout: bytes = b""
    """A small PNG of it, for the officer's eyes; empty where none was made."""
    penned: bool = False
    """Of ink on the image of a page: whether it is no print, which has no colour and stands level."""


@dataclass(frozen=True, slots=True)
class Seal:
    """A digital signature in a file (PAdES, CMS, XML-DSig)."""

    signer: str | None
    sealed_at: datetime | None = None
    intact: bool | None = None
    """Whether the bytes it covers are unchanged; None where that could not be computed."""
    page: int | None = None
    box: Box | None = None
    whole: bool | None = None
    """Whether it covers the document as it is now, but for later signatures and fields that it allows."""
    issuer: str | None = None
    """Who vouches for the signer's name, as the certificate says."""
    vouched: bool | None = None
    """False where nobody but the signer does; None where that would have to be asked of an authority."""


class PageSource(StrEnum):
    """Where a page's text comes from."""

    TEXT = "text"
    OCR = "ocr"
    NONE = "none"
    """The page holds an image and no text layer, and was not read (yet)."""


@dataclass(frozen=True, slots=True)
class Page:
    """One page. Word files are not laid out; their page numbers are what Word last remembered."""

    number: int
    source: PageSource
    width_pt: float | None = None
    height_pt: float | None = None
    turned: int = 0
    """Degrees clockwise by which the page was turned to be read (on a copy): 0, 90, 180, 270."""
    confidence: float | None = None
    """Mean over the words that were recognised on its image, 0 to 1; below 0.8 it is mostly handwriting."""
    sha256: str | None = None
    """Of the image, where the page is one: the same page, sent again in another file, is known by it."""
    reason: str = ""
    """Why its image was not read, in French."""


@dataclass(frozen=True, slots=True)
class Table:
    """The outline of a ruled table, by which it is recognised on the next page."""

    number: int
    columns: tuple[float, ...]
    """Left edges, then the right one."""
    rows: int


@dataclass(frozen=True, slots=True)
class View:
    """A page as a person may look at it: a JPEG of the whole page, as it was turned to be read."""

    content: bytes
    width_pt: float
    height_pt: float


class FileKind(StrEnum):
    """What a file is, by its bytes."""

    DOCX = "docx"
    DOC = "doc"
    ODT = "odt"
    RTF = "rtf"
    PDF = "pdf"
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    HEIC = "heic"
    WEBP = "webp"
    GIF = "gif"
    XLSX = "xlsx"
    XLS = "xls"
    ODS = "ods"
    PPTX = "pptx"
    CSV = "csv"
    TEXT = "text"
    HTML = "html"
    ZIP = "zip"
    SEVEN_ZIP = "7z"
    RAR = "rar"
    EML = "eml"
    MSG = "msg"
    TNEF = "tnef"
    PAGES = "pages"
    LINK = "link"
    """Says where a file lies, and is none: a shortcut, a Google document's stub."""
    OTHER = "other"
    EMPTY = "empty"


class UnreadReason(StrEnum):
    """Why a file could not be read."""

    ENCRYPTED = "encrypted"
    CORRUPT = "corrupt"
    EMPTY = "empty"
    TOO_LARGE = "too_large"
    SCAN = "scan"
    """Only images of pages, and no OCR at hand."""
    UNSUPPORTED = "unsupported"
    UNFAMILIAR = "unfamiliar"
    """Readable, and it seems to be the form in other words: a person must find the answers."""
    TIMED_OUT = "timed_out"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Document:
    """What stands in a file: text in reading order, with geometry where the file has any."""

    kind: FileKind
    pages: tuple[Page, ...]
    lines: tuple[Line, ...]
    pictures: tuple[Picture, ...] = ()
    seals: tuple[Seal, ...] = ()
    active_content: bool = False
    """Macros or scripts."""
    tables: tuple[Table, ...] = ()
    """Of a single recognised page, until it is joined to its file."""


@dataclass(frozen=True, slots=True)
class Unread:
    """A file that was refused or could not be read."""

    kind: FileKind
    reason: UnreadReason
    detail: str


# ---------------------------------------------------------------- the dossier, as the programme sees it


class DocumentKind(StrEnum):
    """What a document, or a range of its pages, is to the programme (`contract/verdict.md`)."""

    DOSSIER = "dossier"
    SIGNATURE_PAGE = "signature_page"
    STATUTES = "statutes"
    ACTIVITY_REPORT = "activity_report"
    ACCOUNTS = "accounts"
    CV = "cv"
    OTHER = "other"
    UNREADABLE = "unreadable"


@dataclass(frozen=True, slots=True)
class Piece:
    """One file of the application, or a range of its pages, with what it was taken for."""

    file: str
    sha256: str
    size_bytes: int
    kind: str
    """A `DocumentKind`, or the id of an annex that only the edition knows."""
    mail: str
    """Identity of the mail that brought it."""
    received_at: datetime
    pages: int | None = None
    first_page: int | None = None
    last_page: int | None = None
    """Set together where the piece is a range within the file."""
    language: str | None = None
    year: int | None = None
    """Of the accounts' closing date, or of the report."""
    closing_dates: tuple[date, ...] = ()
    read_by: PageSource = PageSource.NONE
    contained_in: str | None = None
    unread: UnreadReason | None = None
    detail: str = ""
    grounds: tuple[Ground, ...] = ()
    active_content: bool = False
    is_draft: bool = False
    """Accounts that call themselves « projet » or « provisoire »."""
    superseded: bool = False
    """An earlier version of the form; kept, not judged."""


class AnswerState(StrEnum):
    """Three values, with two ways of being absent (`contract/verdict.md`)."""

    ANSWERED = "answered"
    BLANK = "blank"
    NOT_FOUND = "not_found"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one question of the edition."""

    question: str
    state: AnswerState
    value: str | int | None = None
    """The applicant's words, whole; an integer for a scale; an ISO date where one could be read."""
    place: Place | None = None
    """Of the answer; of the question where the answer is blank."""
    confidence: float = 0.0
    """Probability that state and value are right."""
    reason: str = ""
    """For `unclear`: what a person must look at, in French."""
    lines: int = 0
    """Lines as laid out, or as many as its columns need for it."""


class SignatureState(StrEnum):
    SIGNED = "signed"
    MISSING = "missing"
    UNCLEAR = "unclear"


class SignatureHow(StrEnum):
    INK = "ink"
    IMAGE = "image"
    DIGITAL = "digital"


@dataclass(frozen=True, slots=True)
class Signature:
    """What stands where one of the signatories signs."""

    role: str
    state: SignatureState
    how: SignatureHow | None = None
    name: str | None = None
    place: Place | None = None
    confidence: float = 0.0
    typed_name: bool = False
    """Only a name was typed where the signature goes."""
    intact: bool | None = None
    """For a digital signature."""
    reason: str = ""
    cutout: bytes = b""
    """A small PNG of what was seen there, for the officer's eyes."""


class AnnexState(StrEnum):
    PRESENT = "present"
    PARTIAL = "partial"
    MISSING = "missing"
    UNCLEAR = "unclear"


@dataclass(frozen=True, slots=True)
class Annex:
    """One annex that the edition asks for."""

    id: str
    state: AnnexState
    places: tuple[Place, ...] = ()
    years: tuple[int, ...] = ()
    reason: str = ""


class Fact(StrEnum):
    """What several documents of one application tell, and should tell alike."""

    ENTERPRISE_NUMBER = "enterprise_number"
    NAME = "name"
    SEAT = "seat"
    CREATED_ON = "created_on"
    ADMINISTRATOR = "administrator"
    CONTACT = "contact"
    """Whose a CV is."""


@dataclass(frozen=True, slots=True)
class Mention:
    """What an annex says of the structure or its people."""

    fact: Fact
    value: str
    """To compare: ten digits, a name, a postcode, an ISO date."""
    quote: str
    """As it stands there, cut at a limit."""
    place: Place
    kind: str
    """Id of the annex."""


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What the checks need to know of the mails; never their text."""

    mail: str
    received_at: datetime
    claimed_at: datetime | None
    sender: Address | None
    subject: str
    recipients: tuple[str, ...]
    """Addresses of To and Cc, lower case."""
    links: tuple[str, ...] = ()
    """Hosts of download links (« we.tl »)."""
    sender_verified: bool | None = None


@dataclass(frozen=True, slots=True)
class Dossier:
    """Everything that one applicant has sent, as read."""

    edition: str
    organisation: str | None
    """As answered, else as in the subject."""
    received_at: datetime
    """Of the latest complete form, else of the first mail."""
    mails: tuple[MailFacts, ...]
    pieces: tuple[Piece, ...]
    answers: Mapping[str, Answer] = field(default_factory=dict)
    signatures: Mapping[str, Signature] = field(default_factory=dict)
    annexes: Mapping[str, Annex] = field(default_factory=dict)
    has_form: bool = False
    """Some file or mail text is the edition's form."""
    template_blank: bool = False
    """The form came back as it was handed out."""
    in_own_words: bool = False
    """Somebody typed the form anew in other words: its labels were told by what they say and their order."""
    mentions: tuple[Mention, ...] = ()
    """What the annexes say of the structure, to compare with the form."""
    decorations: tuple[Piece, ...] = ()
    """Logos, business cards and what machines add: listed in a verdict, and in no letter."""


class Severity(StrEnum):
    BLOCKING = "blocking"
    """The applicant must act: something is missing for certain."""
    REVIEW = "review"
    """A person must look."""
    NOTICE = "notice"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a check has to say. The message is written by the check's template, in French."""

    code: str
    subject: str
    """Id of the question, signature or annex, or a file name."""
    severity: Severity
    facts: Mapping[str, str] = field(default_factory=dict)
    place: Place | None = None
    message: str = ""
    officer_only: bool = False
    """Never in a letter to the applicant: a hint, a reproach in the making, or nothing to act upon."""


class VerdictState(StrEnum):
    COMPLETE = "complete"
    INCOMPLETE = "incomplete"
    TO_REVIEW = "to_review"


@dataclass(frozen=True, slots=True)
class Verdict:
    """The sum of the findings, with them."""

    state: VerdictState
    on_time: bool
    findings: tuple[Finding, ...]
    settled: tuple[Finding, ...] = ()
    """What a person has looked at and found in order: no finding any more."""


class Matter(StrEnum):
    """What the officer is asked about an application."""

    LATE = "late"
    """Whether what came after the deadline counts."""
    DOUBTS = "doubts"
    """Whether what a person had to look at is in order."""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What the officer says of a matter; no machine takes it back (docs/decisions/0013)."""

    matter: Matter
    accepted: bool
    by: str
    at: datetime
    seen: tuple[str, ...]
    """What it was said of: fingerprints of files, or of findings with the file they stand in."""
    note: str = ""
    lapsed: bool = False
    """Something has come since that it was not said of: the officer is asked again."""


# ---------------------------------------------------------------- the application, and what leaves the house


@dataclass(frozen=True, slots=True)
class Application:
    """What is known of an applicant between two mails; enough to join the next one to it."""

    reference: str
    """Ours, in every letter: « BL26-K7Q3M »."""
    edition: str
    organisation: str | None
    first_received_at: datetime
    received_at: datetime
    mails: tuple[str, ...]
    """Identities, in order of reception."""
    message_ids: tuple[str, ...]
    """Of its mails and of our letters to it: a reply names one of them."""
    senders: tuple[str, ...]
    """Addresses, lower case."""
    enterprise_number: str | None
    dossier: Dossier
    verdict: Verdict
    version: int = 1
    """Counts the mails that changed it."""
    language: str = "fr"
    """In which its applicant is written to."""
    withdrawn_at: datetime | None = None
    """When a person confirmed that it is withdrawn; a new mail with files opens it again."""
    rehearsal: bool = False
    """Sent by one of us to try the service: answered, never counted."""
    at_deadline: VerdictState | None = None
    """How it stood when the door closed, where something came in time and something after."""
    rulings: tuple[Ruling, ...] = ()
    """What the officer has said, one a matter; the verdict is what it makes of the dossier."""


class LetterKind(StrEnum):
    REPLY = "reply"
    DIGEST = "digest"
    CLOSING = "closing"
    REMINDER = "reminder"
    PROPOSAL = "proposal"
    """Nobody answered the telephone twice: two moments are proposed."""
    RESULT = "result"
    """Selected or not."""
    WITHDRAWAL = "withdrawal"
    """Confirms to an applicant that the application is withdrawn."""
    ALERT = "alert"


class LetterState(StrEnum):
    HELD = "held"
    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"
    """Refused for good: a person must act."""
    UNKNOWN = "unknown"
    """The connection broke when the server may already have owned it; not sent again blindly."""
    SUPERSEDED = "superseded"
    """A newer letter of the same application took its place before it left."""


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that goes with a letter."""

    name: str
    type: str
    content: bytes
    content_id: str | None = None
    """For a picture shown within the letter: `cid:` and this is its address there (RFC 2392)."""


@dataclass(frozen=True, slots=True)
class Letter:
    """A mail of ours, composed. Its id comes from its cause, so the same cause gives the same letter."""

    id: str
    kind: LetterKind
    cause: str
    """What made it: « reply/BL26-K7Q3M/<hash of the mails judged> », « digest/2026-09-07 »."""
    recipient: Address
    subject: str
    text: str
    html: str
    composed_at: datetime
    not_before: datetime
    """The quiet period: it does not leave earlier."""
    application: str | None = None
    """Reference of the application it answers."""
    in_reply_to: str | None = None
    references: tuple[str, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    language: str = "fr"


class CallState(StrEnum):
    TO_CALL = "to_call"
    REACHED = "reached"
    NO_ANSWER = "no_answer"
    DONE = "done"
    DROPPED = "dropped"
    """Completed meanwhile, or withdrawn."""


@dataclass(frozen=True, slots=True)
class Attempt:
    """Once that somebody dialled."""

    at: datetime
    answered: bool


@dataclass(frozen=True, slots=True)
class Call:
    """A phone call to make within the edition's window."""

    uid: str
    """Stable identity in calendars (RFC 5545, 3.8.4.7)."""
    application: str
    organisation: str
    person: str
    phone: str | None
    """As dialled: « +32496246566 »; None where no number could be read."""
    questions: tuple[str, ...]
    starts_at: datetime
    ends_at: datetime
    state: CallState = CallState.TO_CALL
    sequence: int = 0
    attempts: tuple[Attempt, ...] = ()
    notes: tuple[str, ...] = ()
    """The officer's own words, in the order written."""
    proposed: tuple[tuple[datetime, datetime], ...] = ()
    """Two moments that the applicant was offered by mail; both are kept free."""


@dataclass(frozen=True, slots=True)
class Undelivered:
    """A letter of ours that came back."""

    letter: str
    """Its id."""
    address: str | None
    """The address that does not exist; None where it does, or where the report does not say."""
    reason: str
    """As the report says it: « 5.1.1 », « failed »."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """All that follows from one mail; kept in one transaction."""

    mail: str
    recognition: Recognition
    application: Application | None
    """New or changed; None where the mail is not ours or adds nothing."""
    letters: tuple[Letter, ...] = ()
    suppressed: str | None = None
    """Why no reply is written, where one would be expected."""
    held: str | None = None
    """Why the reply waits for a person, whatever the settings say."""
    undelivered: "tuple[Undelivered, ...]" = ()
    """Letters of ours that came back."""
    events: "tuple[Event, ...]" = ()
    changes: bool = True
    """Whether what was judged is another than before; if not, a reply that waits still says the truth."""


# ---------------------------------------------------------------- what the digest tells


class EventKind(StrEnum):
    """What happened, as the digest groups it."""

    RECEIVED = "received"
    """A new application."""
    COMPLETED = "completed"
    """An application that became complete."""
    CHANGED = "changed"
    """A mail that added to an application, without completing it."""
    AFTER_DEADLINE = "after_deadline"
    """It added to an application that had come in time: the officer decides whether it counts."""
    WITHDRAWAL = "withdrawal"
    """Probably a withdrawal: the officer confirms."""
    WITHDRAWN = "withdrawn"
    """A withdrawal that the officer has confirmed."""
    STAYED = "stayed"
    """The officer says that an application is not withdrawn, whatever a message seemed to say."""
    RULED = "ruled"
    """The officer has said whether something counts, or is in order."""
    NOT_ANSWERED = "not_answered"
    """A reply was suppressed; the detail says why."""
    BOUNCED = "bounced"
    LETTER_FAILED = "letter_failed"
    SHELVED = "shelved"
    MISCOUNT = "miscount"
    """An inbox held mails that had not been looked at; they have been now."""
    QUESTION = "question"
    """A mail that a person must sort: the machine does not know which application it belongs to."""


@dataclass(frozen=True, slots=True)
class Event:
    """Something the officer may want to know."""

    at: datetime
    kind: EventKind
    application: str | None
    detail: str
    """French, one sentence, without personal data beyond the structure's name."""


@dataclass(frozen=True, slots=True)
class Shelved:
    """A mail that failed three times and waits for a person."""

    mail: str
    received_at: datetime
    attempts: int
    trace: str


@dataclass(frozen=True, slots=True)
class InboxState:
    """How an inbox is being read."""

    account: str
    read_at: datetime | None
    """Last good poll."""
    trouble: str | None
    """Of the last poll, if it failed."""
    seen: int = 0
    """Mails looked at since the go-live."""


@dataclass(frozen=True, slots=True)
class LetterFact:
    """What the digest and the terminal say of a letter; never its text."""

    id: str
    kind: LetterKind
    application: str | None
    subject: str
    state: LetterState
    composed_at: datetime
    sent_at: datetime | None
    last_reply: str = ""


@dataclass(frozen=True, slots=True)
class DayBook:
    """All that one digest is composed from."""

    day: date
    since: datetime
    """The digest before."""
    until: datetime
    applications: tuple[Application, ...]
    events: tuple[Event, ...]
    """Between since and until."""
    letters: tuple[LetterFact, ...]
    calls: tuple[Call, ...]
    shelf: tuple[Shelved, ...]
    inboxes: tuple[InboxState, ...]
    withdrawals: tuple[Event, ...] = ()
    """Messages that seem to withdraw an application, whenever they came, as long as nobody has answered."""
