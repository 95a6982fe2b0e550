"""What a file of any format holds before it is mapped: tables with their own columns, codes and places, as text."""

from dataclasses import dataclass, field
from typing import Literal

from data.faults import Fault

LIST_SEPARATOR = "\x1f"
"""Parts the values of a cell that holds several, in the columns that a table names as `lists`."""
CODE_SEPARATOR = "::"
"""Parts the names in the id of a code that stands inside others."""

Rows = list[tuple[int, tuple[str, ...]]]
"""Rows with their numbers."""
Holds = Literal["sources", "findings", ""]
"""What the rows of a table are, where the format says so."""


@dataclass(frozen=True)
class RawTable:
    """One table as it stands in its file.

    `columns` are the file's own headers, unique; each row is its number as the file's own program shows it (a
    spreadsheet's row; the ordinal of a selection in a project) with one text a column. `sheet` is the sheet, or the
    part of an archive, and empty where a file is one table. `lists` names the columns whose cells hold several
    values, parted by LIST_SEPARATOR.
    """

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: Rows
    holds: Holds = ""
    lists: frozenset[str] = frozenset()

    def fault(self, reason: str, row: int | None = None, column: str = "", warning: bool = False) -> Fault:
        """Return a fault in this table."""
        return Fault(self.file, reason, self.sheet, row, column, warning=warning)


@dataclass(frozen=True)
class RawCode:
    """One code of a file's own code system, such as NVivo's nodes or EPPI-Reviewer's code sets."""

    id: str
    """The names from the widest code to this one, joined by CODE_SEPARATOR: "Places::Libraries". It is what cells hold
    that hold codes, stays the same from one file of a team to the next, and tells codes of one name apart."""
    name: str
    parent: str = ""
    """The id of the wider code, empty at the top."""
    description: str = ""


@dataclass
class RawFile:
    """A file as read: which format, its tables and codes, and all that could not be read or should be looked at.

    `details` holds what a reader found out and a person should see before trusting it, such as encoding and
    separator, in words. Faults that are errors stop a load; those marked as warnings do not.
    """

    name: str
    format: str
    sha256: str
    tables: list[RawTable] = field(default_factory=list)
    codes: list[RawCode] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    details: dict[str, str] = field(default_factory=dict)

    def unread(self, table: RawTable) -> dict[int, str]:
        """Return the rows of a table that could not be read, each with why; the table does not hold them."""
        return {fault.row: fault.reason for fault in self.faults
                if fault.row and fault.one_row and not fault.warning and fault.sheet == table.sheet}  # fmt: skip
