"""Who is looking, and what each may see and do."""

from dataclasses import dataclass
from enum import StrEnum

from models import Access


class Standing(StrEnum):
    """What a visitor may do: a viewer looks, a participant also sees what a roundtable may, an editor changes."""

    VIEWER = "viewer"
    PARTICIPANT = "participant"
    EDITOR = "editor"


SEES = {Standing.VIEWER: Access.PUBLIC, Standing.PARTICIPANT: Access.ROUNDTABLE, Standing.EDITOR: Access.TEAM}
"""The highest access that each standing sees."""


@dataclass(frozen=True)
class Visitor:
    """One person at one screen: the name or address that changes are recorded under, and what they may do."""

    name: str
    standing: Standing

    @property
    def access(self) -> Access:
        """Return the highest access this visitor sees."""
        return SEES[self.standing]

    @property
    def edits(self) -> bool:
        """Tell whether this visitor may change the collection."""
        return self.standing is Standing.EDITOR


def seen_at(level: Access) -> tuple[Access, ...]:
    """Return the accesses that someone of this level sees, public first."""
    order = tuple(Access)
    return order[: order.index(level) + 1]
