"""How the columns of one of their tables lie: which field each fills, and what the rows tell of."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from data.importing.checking.dates import way_of
from data.importing.mapping.fields import CODES, DAYS, NOT_OURS, OF_SOURCES, PRESENCE, WORDED
from data.importing.mapping.mapping import Mapping
from data.importing.mapping.presence import with_codes
from data.importing.readers import formats
from data.importing.readers.raw import RawFile, RawTable

MOST_NAMED = 3
"""Columns that a fault names one by one; of a table with a column for each code there may be a hundred."""


@dataclass(frozen=True)
class Layout:
    """One table with the positions of the columns that fill each field, and of those that fill none."""

    table: RawTable
    fields: dict[str, tuple[int, ...]]
    left: tuple[int, ...]
    codings: bool = False

    @property
    def tells_findings(self) -> bool:
        """Tell whether its rows are findings."""
        return "finding" in self.fields and self.table.holds != "sources"

    @property
    def tells_sources(self) -> bool:
        """Tell whether its rows say anything of sources but which one they rest on."""
        return self.table.holds == "sources" or any(field in self.fields for field in OF_SOURCES)

    @property
    def worded(self) -> Iterator[tuple[str, int]]:
        """Yield each column of words as its field and position."""
        return ((field, place) for field in WORDED for place in self.fields.get(field, ()))

    @cached_property
    def lists(self) -> tuple[bool, ...]:
        """Return, for each column, whether the file itself parts the values in its cells."""
        return tuple(column in self.table.lists for column in self.table.columns)

    @cached_property
    def plain(self) -> tuple[tuple[str, tuple[int, ...]], ...]:
        """Return the fields that hold no codes, with their positions."""
        return tuple((field, places) for field, places in self.fields.items() if field not in WORDED)

    @cached_property
    def ways(self) -> dict[int, str]:
        """Return, by position, the way other than ISO in which a column of days writes them (dates.WAYS)."""
        places = [place for field in DAYS for place in self.fields.get(field, ())]
        found = {place: way_of(row[place] for _, row in self.table.rows) for place in places}
        return {place: way for place, way in found.items() if way}

    @cached_property
    def coded(self) -> tuple[tuple[str, int], ...]:
        """Return the columns of words but for levers and their roles, which are taken together."""
        return tuple((field, place) for field, place in self.worded if field not in ("levers", "lever_roles"))

    def theirs(self, field: str) -> str:
        """Return the header of the column that a field comes from; of codes, that of the column of codes."""
        places = self.fields.get(field) or (self.fields.get(CODES, ()) if field in WORDED else ())
        named = [self.table.columns[place] for place in places]
        return " and ".join(named if len(named) <= MOST_NAMED else [named[0], f"{len(named) - 1} more"])


def layout_of(table: RawTable, mapping: Mapping, codings: bool = False) -> Layout:
    """Return how the columns of a table lie under a mapping; a column of presence becomes one of codes."""
    fields: dict[str, list[int]] = {}
    left, presence = [], set()
    for place, column in enumerate(table.columns):
        field = mapping.field(table.sheet, column)
        if field is None or field == NOT_OURS:
            left.append(place)
            continue
        if field == PRESENCE:
            presence.add(place)
        fields.setdefault(CODES if field == PRESENCE else field, []).append(place)
    turned = with_codes(table, presence) if presence else table
    return Layout(turned, {field: tuple(places) for field, places in fields.items()}, tuple(left), codings)


def layouts(raw: RawFile, mapping: Mapping) -> list[Layout]:
    """Return the layouts of all of a file's tables."""
    codings = formats.of(raw.format).codes_sources
    return [layout_of(table, mapping, codings=codings and not table.holds) for table in raw.tables]
