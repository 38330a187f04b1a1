"""English as our letters write it, in Europe: dates, sizes, lists, and what is told of a dossier."""

import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from zoneinfo import ZoneInfo

from data.edition import Language
from data.model import UnreadReason
from notifier._tongue import amount, listed, runs, stretch

CODE = "en"
COLON = ": "
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
UNITS = ((10**9, "GB"), (10**6, "MB"), (10**3, "kB"))
NBSP = "\N{NO-BREAK SPACE}"
_NO_BREAK = re.compile(
    r"(?<=«) | (?=»)|(?<=\bpage) (?=\d)|(?<=\bpages) (?=\d)"
    rf"|(?<=\d) (?=(?:kB|MB|GB|bytes?|{'|'.join(MONTHS)})\b)|(?<=\d{{2}}) (?=\d\d\b)"
)
UNREAD: Mapping[UnreadReason, tuple[str, str, bool]] = {
    UnreadReason.ENCRYPTED: (
        "the file is protected by a password",
        "You can send it to us without a password.",
        True,
    ),
    UnreadReason.CORRUPT: (
        "the file does not open here",
        "You can send it to us again, as a PDF if possible.",
        True,
    ),
    UnreadReason.EMPTY: ("the file arrived empty", "You can send it to us again.", True),
    UnreadReason.TOO_LARGE: (
        "the file is too large to be read here",
        "You can send it to us as several files.",
        True,
    ),
    UnreadReason.SCAN: (
        "it is an image that could not be read automatically",
        "A person will read it: there is nothing to send again.",
        False,
    ),
    UnreadReason.UNSUPPORTED: (
        "this type of file does not open here",
        "You can send it to us as a PDF or in Word.",
        True,
    ),
    UnreadReason.UNFAMILIAR: (
        "the file does not repeat the questions of the form",
        "A person will read it: there is nothing to send again.",
        False,
    ),
    UnreadReason.TIMED_OUT: (
        "the file could not be read automatically",
        "A person will open it: there is nothing to send again.",
        False,
    ),
    UnreadReason.CRASHED: (
        "the file could not be read automatically",
        "A person will open it: there is nothing to send again.",
        False,
    ),
}
THINGS = {
    "form": ("a form", "forms"),
    "answer": ("one answer", "answers"),
    "signature": ("one signature", "signatures"),
    "annex": ("one annex", "annexes"),
    "detail": ("one detail", "details"),
}
SUBJECTS: Mapping[str, str] = {
    "complete": "Received and complete",
    "incomplete": "To be completed",
    "doubtful": "Received, being checked",
    "reminder": "Reminder: to be completed",
    "withdrawn": "Withdrawal confirmed",
}
CAME = {
    "dossier": "your application",
    "sequel": "the rest of your application",
    "supplement": "your additional documents",
    "message": "your message",
    "again": "your new message",
}


# ---------------------------------------------------------------- dates, sizes, lists


def day(when: date, *, year: bool = True) -> str:
    """« Monday 14 September 2026 »."""
    words = f"{DAYS[when.weekday()]} {when.day} {MONTHS[when.month - 1]}"
    return f"{words} {when.year}" if year else words


def moment(when: datetime) -> str:
    """« Monday 14 September 2026 at 10:00 »."""
    return f"{day(when)} at {when.hour}:{when.minute:02}"


def moment_exact(when: datetime) -> str:
    """« Thursday 10 September 2026 at 11:22:33 »."""
    return f"{day(when)} at {when:%H:%M:%S}"


def zone_name(zone: ZoneInfo) -> str:
    """« Brussels time »."""
    return f"{zone.key.rpartition('/')[2].replace('_', ' ')} time"


def span(first: date, last: date) -> str:
    """« between Monday 14 and Friday 18 September 2026 »."""
    return "between {} and {}".format(*stretch(first, last, day))


def size(size_bytes: int) -> str:
    """« 812 bytes », « 48 kB », « 1.2 MB »."""
    if size_bytes < 1000:
        return f"{size_bytes} byte{'' if size_bytes == 1 else 's'}"
    return amount(size_bytes, UNITS, ".")


def join(parts: Iterable[str], last: str = "and") -> str:
    """« a, b and c »."""
    return listed(parts, last)


def pages(numbers: Iterable[int]) -> str:
    """« page 8 », « pages 14 to 22 »; nothing for no page."""
    stretches = runs(numbers)
    if not stretches:
        return ""
    words = join(str(a) if a == b else f"{a} to {b}" for a, b in stretches)
    return f"{'page' if stretches[0][0] == stretches[-1][1] else 'pages'} {words}"


def quoted(words: str) -> str:
    return f"« {words} »"


def unbroken(text: str) -> str:
    """The same with no-break spaces where no line should end."""
    return _NO_BREAK.sub(NBSP, text)


# ---------------------------------------------------------------- how letters name things, and what they tell


def labelled(label: str, wording: str, own: str | None) -> str:
    return (
        f"{own} ({quoted(wording)})"
        if own and own != wording and wording
        else own or quoted(wording or label)
    )


def title(words: str) -> str:
    return quoted(words) if words.endswith("?") else words


def question(label: str) -> str:
    return label if label.startswith("«") else quoted(label)


def signature(label: str) -> str:
    return f"the signature of {label}"


def role(officer: str, own: Language | None) -> str:
    return own.role if own else officer


def form() -> str:
    return "the form"


def length(pages: int) -> str:
    return f"{pages} pages"


def in_files(files: Sequence[str]) -> str:
    return f"in {join(files)}"


def in_many_files(number: int, first: str, last: str) -> str:
    return f"in {number} files, from {first} to {last}"


def answered(done: int, wanted: int) -> str:
    if done == wanted:
        return "all answers" if wanted > 1 else "the answer"
    return f"{done} of {wanted} answers"


def all_answers(number: int) -> str:
    return f"the {number} answers"


def questions(number: int, names: str) -> str:
    return f"{'question' if number == 1 else 'questions'} {names}"


def personal(number: int) -> str:
    return "1 personal answer" if number == 1 else f"{number} personal answers"


def counted(thing: str, number: int) -> str:
    one, many = THINGS[thing]
    return one if number == 1 else f"{number} {many}"


def typed_only() -> str:
    return "a name is written, without a signature"


def partly(found: Sequence[int], lacking: Sequence[int], number: int) -> str:
    if not found:
        return "we have only a part of it"
    others = "the other year" if number == 1 else f"the {number} other years"
    rest = join(str(year) for year in lacking) or others
    return f"we have {join(str(year) for year in found)}, but not {rest}"


def older(years: Sequence[int]) -> str:
    return f"we read {join(str(year) for year in years)}; a person will look at it"


def a_person_looks() -> str:
    return "a person will look at it"


def reason(french: str) -> str:
    return a_person_looks()


def perhaps_inside(blank: bool) -> str:
    read = "the one that we read seems empty; another" if blank else "it"
    return f"{read} may be in what we could not open"


def link(hosts: str) -> tuple[str, str, str]:
    return (
        f"your download link ({hosts})" if hosts else "your download link",
        "we do not open links automatically, and a link may expire",
        "We advise you to send the files as attachments, in several messages if need be.",
    )


def filled_form(whole: bool, roles: Sequence[str]) -> str:
    signed = f", with the signature of {join(roles, 'and of')}" if roles else ""
    return f"the {'whole form, completed' if whole else 'completed form'}{signed}"


def signed_page(roles: Sequence[str]) -> str:
    return f"the signed page, with the signature of {join(roles, 'and of')} (a scan or a photo is enough)"


def received_file(size: str, print_: str) -> str:
    return f"{size}, fingerprint {print_}"


def not_opened() -> str:
    return "received, not opened automatically"


def unnamed() -> str:
    return "file without a name"


def contained(name: str, archive: str) -> str:
    return f"{name} (in {archive})"


def what_came(what: str, part: tuple[int, int] | None) -> str:
    return f"part {part[0]} of {part[1]} of your application" if part else CAME[what]
