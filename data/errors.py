"""The errors that people meet, and what each tells them to do.

The applicant's trouble is a `Finding` or an `Unread`, never an exception. What follows is the
world's trouble, raised at a door::

    DeskError                     exit 1
    ├── SettingsError             exit 2   a key or value of blossom.toml, or a secret
    ├── EditionError              exit 2   a key or value of an edition file
    ├── UsageError                exit 2   a path or option that does not exist
    ├── MailboxError              exit 5   the inbox: unreachable, refused, broken off
    │   └── MailboxRefused        exit 5   wrong password, no such folder: trying again is no use
    ├── PostError                 exit 6   sending: unreachable, broken off before the mail was handed over
    │   ├── PostRefused           exit 6   the server said no for good (5xx)
    │   │   └── NobodyThere       exit 6   … to the recipient: the address gets no more letters
    │   └── PostUncertain         exit 6   broken off when the server may already own the mail
    ├── StoreError                exit 7   the database or the disk
    │   ├── Damaged               exit 7   a kept file is gone or its bytes have changed
    │   └── Overtaken             exit 7   another worker changed the applications meanwhile: think again
    └── StillReading              exit 1   mails wait to be judged: ask again in a moment

`Unreadable` is the one exception a reader may raise; `parsers` turns it into `Unread`.
"""

from data.model import UnreadReason


class DeskError(Exception):
    """What happened, to which thing. `advice` says what to do next."""

    exit_code = 1
    advice = "See docs/operations.md."

    def __init__(self, what: str, advice: str | None = None) -> None:
        super().__init__(what)
        if advice is not None:
            self.advice = advice


class SettingsError(DeskError):
    exit_code = 2
    advice = "Correct the key in blossom.toml; `blossom init --print` shows an annotated example."


class EditionError(DeskError):
    exit_code = 2
    advice = "Correct the key; docs/edition.md explains each, `blossom edition check FILE` tests it."


class UsageError(DeskError):
    exit_code = 2
    advice = "See `blossom --help`."


class MailboxError(DeskError):
    exit_code = 5
    advice = "The next poll tries again; `blossom doctor` tests each inbox."


class MailboxRefused(MailboxError):
    advice = "Correct user, password or folder; `blossom doctor` tests each inbox."


class PostError(DeskError):
    exit_code = 6
    advice = "The letter stays queued and is tried again."


class PostRefused(PostError):
    advice = "The letter is not tried again; telephone the applicant."


class NobodyThere(PostRefused):
    advice = "The address gets no more letters; telephone the applicant."


class PostUncertain(PostError):
    advice = "Look for the Message-ID in Sent; `blossom letters` settles it."


class StoreError(DeskError):
    exit_code = 7
    advice = "Check free disk space and the database URL; `blossom doctor` tests both."


class Damaged(StoreError):
    advice = (
        "Bring the file back from the last backup, then `blossom shelf retry`; the mail lies in its inbox."
    )


class Overtaken(StoreError):
    advice = "Nothing to do: the mail is judged again."


class StillReading(DeskError):
    advice = "Nothing to do: it is tried again by itself."


class Unreadable(Exception):
    """A file that cannot be read: raised by readers, and by them alone."""

    def __init__(self, reason: UnreadReason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
