"""A draft finding of a meeting, and the ref of the source that a meeting's findings rest on."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from models import Access, Confidence, Direction, Meeting

NOTE, TEXT = "note", "short text"
SPOKEN = "one voice at a roundtable, noted as it was said"
WRITTEN = "one anonymous short text written at a roundtable"


@dataclass(frozen=True)
class DraftFinding:
    """A draft finding: where it came from, and the fields of a finding as far as they are known."""

    key: str
    """What tells it from the others of its meeting, and stays: note-12, text-slide-4-7."""
    came_from: str
    slide: str
    finding: str
    population: str = ""
    themes: tuple[str, ...] = ()
    levers: Mapping[str, str] = field(default_factory=dict)
    regions: tuple[str, ...] = ()
    direction: str = Direction.CONTEXT.value
    confidence: str = Confidence.VERY_LOW.value
    access: str = Access.TEAM.value
    coder: str = ""
    coded_on: str = ""
    published: bool = False
    """Whether it is a finding of the collection already; the fields are then those of that."""

    @property
    def reason(self) -> str:
        """Return why it has the confidence of one voice."""
        return SPOKEN if self.came_from == NOTE else WRITTEN


def source_ref(meeting: Meeting) -> str:
    """Return the ref of a meeting's source: RT, its day, its room and its number, so that no two meetings share one.

    The day is that of UTC, whatever the room's clock says: a ref stays when the setting of the time zone does not.
    """
    return f"RT-{meeting.started:%Y%m%d}-{meeting.room}-{meeting.id}"
