"""`blossom check --explain`: the page that shows what was found, where and why, on pictures of the pages."""

from collections.abc import Iterator, Sequence

from data.edition import Edition
from data.model import Submission, View
from desk import confined
from desk.check import Checked
from notifier import evidence

MOST_PAGES = 24


def evidence_of(checked: Checked, edition: Edition) -> str:
    """One HTML page that needs nothing beside itself."""
    wanted = evidence.pages_to_show(checked.dossier, edition)[:MOST_PAGES]
    files = dict(_files(checked.submissions))
    views: dict[evidence.Page, View] = {}
    with confined.viewer() as view:
        for page in wanted:
            shown = view(files[page.file], page.number) if page.file in files else None
            if shown is not None:
                views[page] = shown
    return evidence.compose(checked.dossier, checked.verdict, edition, views, received=checked.received)


def _files(submissions: Sequence[Submission]) -> Iterator[tuple[str, bytes]]:
    """Bytes by name; of two files of one name the later one, which is the one that counts."""
    for submission in submissions:
        for attachment in submission.envelope.attachments:
            yield attachment.name, attachment.content
