"""The access that a person gives to all that a load brings in."""

from dataclasses import replace

from data.importing.reading import Files, Table
from models import Access

COLUMN = "access"


def with_access(files: Files, access: Access) -> Files:
    """Return files in which every source and finding has this access, whatever they said."""
    return replace(
        files,
        sources=[_given(table, access) for table in files.sources],
        findings=[_given(table, access) for table in files.findings],
    )


def _given(table: Table, access: Access) -> Table:
    own = len(table.columns) - (COLUMN in table.columns)
    rows = [(number, [*cells[:own], str(access)]) for number, cells in table.rows]
    return replace(table, columns=(*table.columns[:own], COLUMN), rows=rows)
