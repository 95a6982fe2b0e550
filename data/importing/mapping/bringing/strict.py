"""A file whose columns are ours already, as it stands: nothing is guessed, and every column it lacks is named."""

from collections.abc import Iterator
from itertools import count, takewhile

from data.faults import Fault, perhaps
from data.importing.accounts import Account
from data.importing.mapping.bringing.left_behind import Left
from data.importing.readers.raw import LIST_SEPARATOR, RawFile, RawTable
from data.importing.strand_files import Files, Table, account_of, continued
from data.schema import EXAMPLE, FINDING_COLUMNS, IS_EXAMPLE, OPTIONAL, SOURCE_COLUMNS

OURS = {"sources": SOURCE_COLUMNS, "findings": FINDING_COLUMNS}
IN_OTHER_SHEETS = "its sheet is neither of sources nor of findings"


def has_our_columns(raw: RawFile) -> bool:
    """Tell whether a file needs no mapping: some table of it has every column that sources or findings need."""
    return any(table.holds and not _missing(table) for table in raw.tables)


def as_it_stands(raw: RawFile) -> tuple[Files, list[Left]]:
    """Return the tables of a file that has our columns, and what of it is left out."""
    files = Files(hashes=[{"name": raw.name, "sha256": raw.sha256}], faults=list(raw.faults))
    left: list[Left] = []
    for table in raw.tables:
        if not table.holds:
            left.append(Left("column", table.sheet, "all columns", len(table.rows), IN_OTHER_SHEETS))
            rows = {number: IN_OTHER_SHEETS for number, cells in table.rows if any(cells)}
            files.accounts.append(Account(table.file, table.sheet, len(rows), left=rows))
            continue
        files.faults += _missing(table)
        left += _others(table)
        taken, left_rows = _taken(table)
        files.accounts.append(account_of(taken, {**left_rows, **raw.unread(table)}))
        (files.sources if table.holds == "sources" else files.findings).append(taken)
    if not files.sources and not files.findings and not any(not fault.warning for fault in raw.faults):
        files.faults.append(Fault(raw.name, "has no table with the columns of sources or of findings; map its columns"))
    return files, left


def _missing(table: RawTable) -> list[Fault]:
    ours = OURS[table.holds]
    others = [column for column in table.columns if column not in ours]
    return [
        table.fault(f"missing column {column}{perhaps(column, others)}")
        for column in ours
        if column not in OPTIONAL and column not in table.columns
    ]


def _taken(table: RawTable) -> tuple[Table, dict[int, str]]:
    """Return the rows of a table in our columns, and why those that it does not take are left."""
    missing = _missing(table)
    columns = tuple(column for column in OURS[table.holds] if column in table.columns)
    if missing:
        lacking = {number: "its table lacks columns" for number, cells in table.rows if any(cells)}
        return Table(table.file, table.sheet, columns, []), lacking
    places = [(table.columns.index(column), list(_further(table, column))) for column in columns]
    rows, left = [], {}
    for number, cells in table.rows:
        if cells[places[0][0]].startswith(EXAMPLE):
            left[number] = IS_EXAMPLE
            continue
        row = [cells[place] + "".join(cells[more] for more in further) for place, further in places]
        rows.append((number, [cell.replace(LIST_SEPARATOR, ";") for cell in row] if table.lists else row))
    return Table(table.file, table.sheet, columns, rows), left


def _further(table: RawTable, column: str) -> Iterator[int]:
    names = takewhile(table.columns.__contains__, (continued(column, part) for part in count(2)))
    return (table.columns.index(name) for name in names)


def _others(table: RawTable) -> Iterator[Left]:
    known = set(OURS[table.holds])
    for place, column in enumerate(table.columns):
        if column not in known and " (continued " not in column:
            filled = [cells[place] for _, cells in table.rows if cells[place]]
            if filled:
                yield Left(
                    "column", table.sheet, column, len(filled), "is no column of ours", "", filled[0], None, column
                )
