"""What a REFI-QDA project holds, as written: sources and their texts, selections, cases."""

from dataclasses import dataclass, field


@dataclass
class Item:
    """Anything that has a name and can be said something of: a source, a case, a selection."""

    guid: str
    name: str
    made_by: str = ""
    made_on: str = ""
    description: str = ""
    codes: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    values: dict[str, list[str]] = field(default_factory=dict)


@dataclass
class Document(Item):
    """A text that selections point into: of a source, of a transcript, of a PDF's words, or a note."""

    path: str = ""
    content: str | None = None
    points: dict[str, int] = field(default_factory=dict)
    """Positions of a transcript's points in time."""


@dataclass
class Source(Item):
    """One source of a project."""

    kind: str = ""
    path: str = ""


@dataclass(slots=True)
class Selection:
    """One selection, as written."""

    guid: str
    name: str
    kind: str
    start: str
    end: str
    source: Source
    document: Document | None
    made_by: str
    made_on: str
    description: str = ""
    codes: list[str] = field(default_factory=list)
    coders: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    text: str = ""


@dataclass
class Case(Item):
    """One case: a person, a place, a group, with its values of variables, and what it covers."""

    covers: list[str] = field(default_factory=list)
