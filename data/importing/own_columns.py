"""Files that name their columns as ours are named already, and so need no mapping; and the access that a load gives."""

from collections.abc import Iterable
from dataclasses import replace
from itertools import count, takewhile

from data.importing.raw import RawFile, RawTable
from data.importing.reading import FINDING_COLUMNS, OPTIONAL, SOURCE_COLUMNS, Files, Table, continued
from models import Access


def is_ours(files: Iterable[RawFile]) -> bool:
    """Tell whether each of these files has a table with all of our columns of sources or of findings."""
    held = list(files)
    return bool(held) and all(any(_columns(table) for table in file.tables) for file in held)


def of_own_columns(files: Iterable[RawFile]) -> Files:
    """Return the tables with our columns as they stand; other sheets of the same files, such as notes, are left out."""
    found = Files()
    for file in files:
        found.hashes.append({"name": file.name, "sha256": file.sha256})
        found.faults += file.faults
        for table in file.tables:
            columns = _columns(table)
            if columns:
                (found.sources if columns[0] == SOURCE_COLUMNS[0] else found.findings).append(_taken(table, columns))
    return found


def _columns(table: RawTable) -> tuple[str, ...]:
    """Return our columns that a table has, where it has all it needs of sources, or of findings."""
    for columns in (FINDING_COLUMNS, SOURCE_COLUMNS):
        if all(column in table.columns for column in columns if column not in OPTIONAL):
            return tuple(column for column in columns if column in table.columns)
    return ()


def _taken(table: RawTable, columns: tuple[str, ...]) -> Table:
    places = [[table.columns.index(name) for name in (column, *_further(column, table.columns))] for column in columns]
    rows = [(number, ["".join(cells[at] for at in part) for part in places]) for number, cells in table.rows]
    return Table(table.file, table.sheet, columns, rows)


def _further(column: str, header: tuple[str, ...]) -> Iterable[str]:
    """Return the columns in which a column's long texts go on."""
    return takewhile(header.__contains__, (continued(column, part) for part in count(2)))


def with_access(files: Files, access: Access) -> Files:
    """Return files in which every source and finding has this access, whatever they said."""
    return replace(files, sources=[_given(table, access) for table in files.sources],
                   findings=[_given(table, access) for table in files.findings])  # fmt: skip


def _given(table: Table, access: Access) -> Table:
    own = len(table.columns) - ("access" in table.columns)
    return replace(table, columns=(*table.columns[:own], "access"),
                   rows=[(number, [*cells[:own], str(access)]) for number, cells in table.rows])  # fmt: skip
