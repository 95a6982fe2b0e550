"""The access that a person gives to all that a load brings in."""

from collections.abc import Sequence
from dataclasses import replace

from data.importing.strand_files import Files, Table
from data.schema import OPTIONAL
from models import Access

COLUMN = "access"
"""The first of the optional columns, and stays so."""


def with_access(files: Files, access: Access) -> Files:
    """Return files in which every source and finding has this access, whatever they said."""
    return replace(
        files,
        sources=[_given(table, access) for table in files.sources],
        findings=[_given(table, access) for table in files.findings],
    )


def _given(table: Table, access: Access) -> Table:
    needed = [place for place, column in enumerate(table.columns) if column not in OPTIONAL]
    after = [place for place, column in enumerate(table.columns) if column in OPTIONAL and column != COLUMN]

    def with_it(row: Sequence[str], given: str) -> list[str]:
        return [*(row[place] for place in needed), given, *(row[place] for place in after)]

    rows = [(number, with_it(cells, str(access))) for number, cells in table.rows]
    unsaid = {column: refs for column, refs in table.unsaid.items() if column != COLUMN}
    return replace(table, columns=tuple(with_it(table.columns, COLUMN)), rows=rows, unsaid=unsaid)
