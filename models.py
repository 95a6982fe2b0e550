"""The tables of the collection and the closed vocabularies of its columns.

Every table hangs on a registry of its own, so that the module can be loaded again while the dashboard runs.
"""

from datetime import UTC, datetime
from enum import StrEnum
from secrets import token_urlsafe
from typing import ClassVar

from sqlalchemy import JSON, CheckConstraint, Index, MetaData, UniqueConstraint
from sqlalchemy.orm import registry
from sqlmodel import Field, SQLModel


class Direction(StrEnum):
    """What a finding says happened to social infrastructure, or what it did."""

    STRENGTHENED = "strengthened"
    IMPEDED = "impeded"
    MIXED = "mixed"
    UNCLEAR = "unclear"
    CONTEXT = "context"


class Role(StrEnum):
    """How a policy lever stands in a finding; without it a lever's direction cannot be read."""

    APPLIED = "applied"
    WITHDRAWN = "withdrawn"
    LACKING = "lacking"
    PROPOSED = "proposed"


class Confidence(StrEnum):
    """One coder's judgement of one finding; it is not GRADE-CERQual."""

    HIGH = "high"
    MODERATE = "moderate"
    LOW = "low"
    VERY_LOW = "very low"


class StrandCode(StrEnum):
    """The four strands of the programme."""

    COMMUNITY = "community"
    INTERNATIONAL = "international"
    ROUNDTABLE = "roundtable"
    LITERATURE = "literature"


class Access(StrEnum):
    """Who may see a finding, from everyone to the research team alone; each level sees those before it."""

    PUBLIC = "public"
    ROUNDTABLE = "roundtable"
    TEAM = "team"


class Included(StrEnum):
    """Whether a definition counts an element in: named, excluded in so many words, or not mentioned."""

    YES = "yes"
    NO = "no"
    NOT_SAID = "not said"


EFFECTS = (Direction.STRENGTHENED, Direction.IMPEDED, Direction.MIXED)
"""The directions that claim an effect, and so vote; the others are shown and counted."""


def one_of(column: str, vocabulary: type[StrEnum]) -> CheckConstraint:
    """Return the constraint that holds a column to a closed vocabulary."""
    words = ", ".join(f"'{word.value}'" for word in vocabulary)
    return CheckConstraint(f"{column} IN ({words})", name=f"{column}_in_vocabulary")


NEVER_REUSED: dict[str, bool] = {"sqlite_autoincrement": True}
"""Of a table whose ids are never given twice, so that a row that was withdrawn can come back under its own."""


SCHEMA = 7
"""The version of the tables, in each file's user_version. A change of the tables is a new number, and a new step in
data/safekeeping/migrations/versions."""
CONSTRAINT_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
"""Each constraint has a name, so that a later version of the tables can say which it changes."""


class Base(SQLModel, registry=registry(metadata=MetaData(naming_convention=CONSTRAINT_NAMES))):
    """The base of every table here."""


class Strand(Base, table=True):
    """One of the four bodies of evidence."""

    code: str = Field(primary_key=True)
    name: str
    description: str


class Study(Base, table=True):
    """One piece of work, reported by one source or by several: the unit that votes on direction."""

    id: int | None = Field(default=None, primary_key=True)
    key: str = Field(unique=True)


class Source(Base, table=True):
    """One publication, workshop, interview set or hearing."""

    __table_args__ = (
        one_of("strand", StrandCode),
        one_of("access", Access),
        Index("source_by_strand", "strand"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(unique=True)
    strand: str = Field(foreign_key="strand.code")
    title: str
    authors: str = ""
    organisation: str = ""
    year: int | None = None
    source_type: str = ""
    method: str = Field(default="", index=True)
    url: str = ""
    doi: str = ""
    accessed: str = ""
    read: str = ""
    study: str = ""
    access: str = Field(default=Access.PUBLIC.value, sa_column_kwargs={"server_default": "public"})
    note: str = ""
    """What its coders remarked on it, such as a memo: seen where the row is, and found by no search."""
    publication: str = ""
    """The journal, book or series that it stands in, with `volume`, `issue` and `pages` there."""
    volume: str = ""
    issue: str = ""
    pages: str = ""
    study_filed: str | None = None
    """Where a person has set `study`: what the files said; None where it is as they say."""
    study_id: int = Field(foreign_key="study.id", index=True)
    digest: bytes


class Finding(Base, table=True):
    """One coded claim from one source; it may be seen where its own access and its source's both allow it."""

    __table_args__ = (
        one_of("direction", Direction),
        one_of("confidence", Confidence),
        one_of("access", Access),
        CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="whole_coordinate"),
        NEVER_REUSED,
    )

    id: int | None = Field(default=None, primary_key=True)
    ref: str = Field(unique=True)
    source_id: int = Field(foreign_key="source.id", index=True)
    finding: str
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None
    direction: str = Field(index=True)
    confidence: str = Field(index=True)
    confidence_reason: str = ""
    population: str = ""
    period: str = ""
    coder: str = ""
    coded_on: str = ""
    access: str = Field(default=Access.PUBLIC.value, sa_column_kwargs={"server_default": "public"})
    note: str = ""
    """What its coders remarked on it, as on a source."""
    digest: bytes


class Theme(Base, table=True):
    """A codebook entry for what a finding is about."""

    code: str = Field(primary_key=True)
    parent: str | None = Field(default=None, foreign_key="theme.code")
    name: str
    definition: str
    position: int


class Lever(Base, table=True):
    """A codebook entry for what policy can do."""

    code: str = Field(primary_key=True)
    parent: str | None = Field(default=None, foreign_key="lever.code")
    name: str
    definition: str
    position: int


class Region(Base, table=True):
    """A codebook entry for where: the United Kingdom and its parts, other countries, or nowhere stated."""

    code: str = Field(primary_key=True)
    parent: str | None = Field(default=None, foreign_key="region.code")
    name: str
    kind: str
    gss_code: str = ""
    position: int


class FindingTheme(Base, table=True):
    """A theme of a finding; `coded` is false where it stands only because a narrower one was coded."""

    __tablename__ = "finding_theme"
    __table_args__ = (Index("finding_theme_by_code", "theme", "finding_id", "coded"), {"sqlite_with_rowid": False})

    finding_id: int = Field(primary_key=True, foreign_key="finding.id", ondelete="CASCADE")
    theme: str = Field(primary_key=True, foreign_key="theme.code")
    coded: bool = True


class FindingLever(Base, table=True):
    """A lever of a finding in one role; `coded` is false where it stands only for a narrower one."""

    __tablename__ = "finding_lever"
    __table_args__ = (
        one_of("role", Role),
        Index("finding_lever_by_code", "lever", "role", "finding_id", "coded"),
        {"sqlite_with_rowid": False},
    )

    finding_id: int = Field(primary_key=True, foreign_key="finding.id", ondelete="CASCADE")
    lever: str = Field(primary_key=True, foreign_key="lever.code")
    role: str = Field(primary_key=True)
    coded: bool = True


class FindingRegion(Base, table=True):
    """A region of a finding; `coded` is false where it stands only because a part of it was coded."""

    __tablename__ = "finding_region"
    __table_args__ = (Index("finding_region_by_code", "region", "finding_id", "coded"), {"sqlite_with_rowid": False})

    finding_id: int = Field(primary_key=True, foreign_key="finding.id", ondelete="CASCADE")
    region: str = Field(primary_key=True, foreign_key="region.code")
    coded: bool = True


class Definition(Base, table=True):
    """One published definition of social infrastructure and which of eight elements it counts in."""

    ELEMENTS: ClassVar[tuple[str, ...]] = (
        "physical_places",
        "organisations",
        "activities_and_relationships",
        "public_services",
        "green_and_public_space",
        "digital",
        "commercial_third_places",
        "transport_and_housing",
    )

    ref: str = Field(primary_key=True)
    holder: str
    holder_kind: str
    year: int | None = None
    country: str = ""
    gist: str
    breadth: str
    physical_places: str
    organisations: str
    activities_and_relationships: str
    public_services: str
    green_and_public_space: str
    digital: str
    commercial_third_places: str
    transport_and_housing: str
    url: str = ""
    source_title: str = ""
    read: str = ""
    coder: str = ""
    coded_on: str = ""


class CodingRound(Base, table=True):
    """One coding of many findings, brought in as a file; `covers` are the facets that its coders coded.

    The newest round of a name is the one in use, unless it was withdrawn; rounds that were replaced are kept.
    """

    __tablename__ = "coding_round"

    id: int | None = Field(default=None, primary_key=True)
    name: str = Field(index=True)
    title: str
    covers: list[str] = Field(sa_type=JSON, default_factory=list)
    file: str = ""
    sha256: str = ""
    who: str = ""
    at: datetime = Field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    withdrawn: bool = False


class Coding(Base, table=True):
    """What one coder made of one finding in a round; the finding is named by its ref, and need not be there now."""

    __table_args__ = (Index("coding_by_finding", "finding"), {"sqlite_with_rowid": False})

    round_id: int = Field(primary_key=True, foreign_key="coding_round.id", ondelete="CASCADE")
    finding: str = Field(primary_key=True)
    direction: str = ""
    coder: str = ""
    coded_on: str = ""


class CodingCode(Base, table=True):
    """A theme or a lever that a coding gives to a finding; `role` is empty where the round codes no roles."""

    __tablename__ = "coding_code"
    __table_args__: ClassVar = {"sqlite_with_rowid": False}

    round_id: int = Field(primary_key=True, foreign_key="coding_round.id", ondelete="CASCADE")
    finding: str = Field(primary_key=True)
    facet: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    role: str = Field(primary_key=True, default="")


class Settlement(Base, table=True):
    """One facet of a finding as someone settled it, and why; this table only grows.

    `value` is the facet as the agreed coding then had it, and `filed` what the files said of it; both are empty where
    only the reason is known. `facet` is direction, themes or levers, or empty for the coding as a whole.
    """

    id: int | None = Field(default=None, primary_key=True)
    finding: str = Field(index=True)
    facet: str = ""
    value: str = ""
    filed: str = ""
    why: str
    who: str
    at: str
    load_id: int | None = Field(default=None, foreign_key="load.id")


class CodebookAddition(Base, table=True):
    """A code that a load added to the codebook and that its files do not hold; it stays when they are brought in."""

    __tablename__ = "codebook_addition"

    facet: str = Field(primary_key=True)
    code: str = Field(primary_key=True)
    parent: str = ""
    name: str
    definition: str = ""


class Load(Base, table=True):
    """One change of the collection, whole: when, by whom, from which files, and what it did.

    `action` is "load", "undo", or what was changed by hand; `undoes` names the load that an undo takes back;
    `version` is the data version after it, `digest` a SHA-256 over all rows then.
    """

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    who: str = ""
    action: str = "load"
    note: str = ""
    files: list[dict[str, str]] = Field(sa_type=JSON, default_factory=list)
    mapping: str = ""
    replaced: str = ""
    undoes: int | None = Field(default=None, foreign_key="load.id")
    added: int = 0
    changed: int = 0
    withdrawn: int = 0
    unchanged: int = 0
    rows: list[dict[str, object]] = Field(sa_type=JSON, default_factory=list)
    """What became of the rows of its files, table by table (accounts.Account.record)."""
    codebook_changes: int = 0
    version: int = 0
    digest: str = ""


class Change(Base, table=True):
    """What one load did to one source, finding or added code, with the row as it was before.

    `kind` is source, finding, theme, lever or region; `row_id` is the id of a source or finding.
    """

    __table_args__ = (Index("change_by_ref", "kind", "ref"), {"sqlite_with_rowid": False})

    load_id: int = Field(primary_key=True, foreign_key="load.id")
    kind: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    what: str
    row_id: int | None = None
    before: dict[str, object] | None = Field(sa_type=JSON, default=None)


class Audit(Base, table=True):
    """One line of the log of all that people change; triggers keep it from being altered or shortened."""

    __table_args__ = (Index("audit_by_subject", "subject"), NEVER_REUSED)

    id: int | None = Field(default=None, primary_key=True)
    at: datetime = Field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
    who: str
    action: str
    subject: str
    before: dict[str, object] | None = Field(sa_type=JSON, default=None)
    after: dict[str, object] | None = Field(sa_type=JSON, default=None)


class NotDuplicate(Base, table=True):
    """Two sources, or two findings, that a person has looked at and found to be two; `ref` sorts before `other`."""

    __tablename__ = "not_duplicate"

    kind: str = Field(primary_key=True)
    ref: str = Field(primary_key=True)
    other: str = Field(primary_key=True)
    who: str
    at: datetime = Field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))


class Draft(Base, table=True):
    """What a person has typed or given and not yet kept for good: seen by nobody else, and gone after some days."""

    owner: str = Field(primary_key=True)
    """Whose it is: the name that their changes are recorded under, and a token of their browser."""
    subject: str = Field(primary_key=True)
    """What it is of, such as slide:region/one."""
    content: dict[str, object] = Field(sa_type=JSON, default_factory=dict)
    files: bytes = b""
    """The files that were given with it, as a zip archive; empty where there are none or they are too large."""
    at: datetime = Field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))


class BriefingEdition(Base, table=True):
    """One state of one briefing, as its TOML text; the newest of a code is the briefing, an empty one deletes it."""

    __tablename__ = "briefing_edition"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    content: str
    shipped: str = ""
    """The SHA-256 of the shipped file that this edition is, or was edited from; empty for a briefing of one's own."""
    what: str
    """What was done, in words, such as "edited slide 4"."""
    by: str = ""
    restores: int | None = None
    """The edition whose state this one brought back; empty for a state of its own."""
    at: datetime = Field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))


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


OF_MEETINGS = (Meeting, Origin, Participant, Answer, Attempt, Note)
"""The tables of meetings, which may stand in a file of their own (data/collection/meetings_file.py)."""
