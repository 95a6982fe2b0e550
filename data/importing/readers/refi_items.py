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
class RefiSource(Item):
    """One source of a project."""

    kind: str = ""
    path: str = ""


@dataclass(slots=True)
class RefiSelection:
    """One selection, as written."""

    guid: str
    name: str
    kind: str
    start: str
    end: str
    source: RefiSource
    document: Document | None
    made_by: str
    made_on: str
    description: str = ""
    codes: list[str] = field(default_factory=list)
    coders: tuple[str, ...] = ()
    notes: list[str] = field(default_factory=list)
    text: str = ""

    def join(self, other: "RefiSelection") -> None:
        """Take what another selection says of the same passage: its codes, coders, memos and description."""
        self.codes = list(dict.fromkeys([*self.codes, *other.codes]))
        self.coders = tuple(dict.fromkeys([*self.coders, *other.coders]))
        self.notes = list(dict.fromkeys([*self.notes, *other.notes]))
        said = dict.fromkeys([self.description, other.description])
        self.description = "\n".join(part for part in said if part)
        self.name, self.made_by = self.name or other.name, self.made_by or other.made_by
        self.made_on = max(self.made_on, other.made_on)


@dataclass
class Case(Item):
    """One case: a person, a place, a group, with its values of variables, and what it covers."""

    covers: list[str] = field(default_factory=list)
