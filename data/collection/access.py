"""Who is looking, and what each may see and do."""

from dataclasses import dataclass
from enum import StrEnum

from data.faults import ForPeople
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
        return self.may(Standing.EDITOR)

    def may(self, standing: Standing) -> bool:
        """Tell whether this visitor may do what someone of that standing may."""
        order = tuple(Standing)
        return order.index(self.standing) >= order.index(standing)


class NotAllowed(ForPeople):
    """A visitor asked for what their standing does not allow; the message says what, and who may."""


def require(visitor: Visitor, standing: Standing, what: str) -> None:
    """Let a visitor of at least that standing pass; raise NotAllowed for others, with `what` they may not, as a verb.

    Every function that changes the collection on a visitor's behalf calls this first, whatever a page has shown.
    """
    if not visitor.may(standing):
        who = f"{visitor.name} is" if visitor.name else "someone who has not signed in is"
        raise NotAllowed(f"only {_PLURALS[standing]} may {what}; {who} {_SINGULARS[visitor.standing]}")


_SINGULARS = {Standing.VIEWER: "a viewer", Standing.PARTICIPANT: "a participant", Standing.EDITOR: "an editor"}
_PLURALS = {Standing.VIEWER: "viewers", Standing.PARTICIPANT: "participants and editors", Standing.EDITOR: "editors"}


def seen_at(level: Access) -> tuple[Access, ...]:
    """Return the accesses that someone of this level sees, public first."""
    order = tuple(Access)
    return order[: order.index(level) + 1]
