"""The tables of meetings; all that a room does stands here at once, so that a server that dies loses nothing."""

from datetime import UTC, datetime
from enum import StrEnum
from secrets import token_urlsafe

from sqlalchemy import JSON, Index, UniqueConstraint
from sqlmodel import Field

from models import NEVER_REUSED, Base


def now() -> datetime:
    """Return the time as it is kept: UTC."""
    return datetime.now(UTC)


OPENING = ""
"""The ref under which a room is before its briefing's first slide: there stand the title, the place, the way in."""


class Pane(StrEnum):
    """What the wall shows of the room's slide."""

    SLIDE = "slide"
    FINDINGS = "findings"
    QUESTION = "question"


class Meeting(Base, table=True):
    """One roundtable: its briefing as it was when the meeting began, and where the room is in it."""

    id: int | None = Field(default=None, primary_key=True)
    room: str = Field(index=True)
    """Four letters; free for another room once the meeting has ended."""
    stream: str = Field(default_factory=lambda: token_urlsafe(16), unique=True)
    """What followers who were let in hold to be told of changes; it cannot be guessed, as a room's letters could."""
    title: str
    briefing: str
    """The briefing's code."""
    content: str
    """The briefing as TOML when the meeting began; edits made to it meanwhile do not reach the room."""
    region: str = ""
    place: str = ""
    """Where the meeting is, as the opening slide says it."""
    version: str = ""
    """The data version, in words, that the meeting began on."""
    started: datetime = Field(default_factory=now)
    minutes: int = 60
    ended: datetime | None = None
    by: str = ""
    slide: str = OPENING
    """The ref of the slide that the room sees, or OPENING."""
    moved: datetime = Field(default_factory=now)
    blank: bool = False
    open: str = ""
    """The slide whose question takes answers, or none."""
    shown: str = ""
    """The slide whose results the room sees, or none."""
    pane: str = Pane.SLIDE
    """What the wall shows of the slide; phones have all of it."""
    joining: bool = False
    """Whether the wall shows the code to join with on every slide, and not on the opening one alone."""
    revision: int = 0
    """Raised by each change that a follower sees, so that one number tells whether anything is new."""
    leader: str = ""
    """The token of the presenter's window that leads."""
    leader_name: str = ""
    leader_seen: datetime | None = None
    address_key: str = ""
    """What the meeting's addresses are hashed with, so that no other meeting has the same; gone once it has ended."""


class Origin(Base, table=True):
    """One address that devices of a meeting come from: a keyed hash that names nobody, gone once the meeting has ended.

    It is kept so that a presenter sees where a flood of answers comes from, and may leave it out.
    """

    __tablename__ = "meeting_origin"
    __table_args__ = (UniqueConstraint("meeting_id", "hashed"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    hashed: str
    left_out: datetime | None = None
    """Since when each device that comes from it is left out."""
    left_out_by: str = ""


class Participant(Base, table=True):
    """One device in the room: no name; its key is kept only as a hash of key and meeting, its address for a while."""

    __table_args__ = (UniqueConstraint("meeting_id", "device"),)

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    device: str
    sector: str = ""
    region: str = ""
    joined: datetime = Field(default_factory=now)
    origin_id: int | None = Field(default=None, foreign_key="meeting_origin.id", index=True)
    """Where it last came from, while the meeting goes on."""
    left_out: datetime | None = None
    """Since when a presenter leaves it out: what it answers is kept, and counts in no question of the meeting."""
    left_out_by: str = ""


class Answer(Base, table=True):
    """What one device answers to one question; the key holds it to one, however often it is sent."""

    participant_id: int = Field(primary_key=True, foreign_key="participant.id")
    slide: str = Field(primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    value: list[str] = Field(sa_type=JSON)
    """Codes of what was chosen, in rank order where ranked; of a short text, the text alone."""
    let_through: bool = False
    """Whether a presenter let a short text through to the room."""
    at: datetime = Field(default_factory=now)


class Attempt(Base, table=True):
    """One try at a room code or a passphrase that failed: when, from where, at what."""

    __table_args__ = (Index("attempt_by_time", "what", "at"),)

    id: int | None = Field(default=None, primary_key=True)
    what: str
    source: str
    at: datetime = Field(default_factory=now)


class Note(Base, table=True):
    """What a rapporteur noted at one slide: no name, but a sector, and codes as far as there was time."""

    __tablename__ = "meeting_note"
    __table_args__ = NEVER_REUSED  # its number names the finding that it may become

    id: int | None = Field(default=None, primary_key=True)
    meeting_id: int = Field(foreign_key="meeting.id", index=True)
    slide: str
    said: str
    sector: str = ""
    themes: list[str] = Field(sa_type=JSON, default_factory=list)
    levers: dict[str, str] = Field(sa_type=JSON, default_factory=dict)
    """Each lever's role by its code."""
    region: str = ""
    by: str = ""
    at: datetime = Field(default_factory=now)
