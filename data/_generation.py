"""How often the applications have changed: what was judged by an older number is judged again."""

from sqlmodel import Session

from data._database import locked
from data.errors import Overtaken
from data.tables import GenerationRow


def unchanged(session: Session, generation: int) -> GenerationRow:
    """The number's row, ours until the commit.

    Raises:
        Overtaken: the applications have changed since it was this.
    """
    row = locked(session, GenerationRow, 1)
    if row.number != generation:
        raise Overtaken(f"the applications are at {row.number}, judged by {generation}")
    return row
