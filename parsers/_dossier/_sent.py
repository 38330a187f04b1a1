"""A file as it was sent, and as it was read."""

from dataclasses import dataclass

from data.model import Attachment, Document, Place, Submission, Unread


@dataclass(frozen=True, slots=True)
class SentFile:
    """One file, as read, with the mail that brought it."""

    mail: Submission
    attachment: Attachment
    reading: Document | Unread
    members: tuple["SentFile", ...] = ()
    """The files that it was joined of (`_series`, `_parts`): for each of its pages the file that has it."""

    @property
    def name(self) -> str:
        return self.attachment.name

    @property
    def place(self) -> Place:
        return Place(self.name)
