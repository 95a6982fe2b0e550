"""What steps are made of: columns that older tables lack, and tables given another shape with every row kept."""

import re
from typing import Any

from alembic import op
from sqlalchemy import Column, MetaData, Table, inspect, text
from sqlalchemy.schema import CreateTable

SEQUENCE = "sqlite_sequence"
"""Where SQLite keeps the last id that was ever given in a table whose ids are never given twice."""


def add(table: str, *columns: Column[Any]) -> None:
    """Add the columns that a table lacks; rows that are there get each column's server default.

    A table that is not there is left to the step that makes it.
    """
    known = inspect(op.get_bind())
    if not known.has_table(table):
        return
    there = {column["name"] for column in known.get_columns(table)}
    for column in columns:
        if column.name not in there:
            op.add_column(table, column)


def reshape(tables: MetaData) -> None:
    """Make the tables that are not there, and give each other one exactly the columns and constraints named.

    A table that differs is written anew in Alembic's batch mode, with every row and its id. The caller sees to it that
    foreign keys are off meanwhile.
    """
    for table in tables.sorted_tables:
        found = op.get_bind().scalar(
            text("SELECT sql FROM sqlite_master WHERE type = 'table' AND name = :name"), {"name": table.name}
        )
        if found is None:
            table.create(op.get_bind())
        elif plain(found) != plain(str(CreateTable(table).compile(op.get_bind()))):
            _rewrite(table)


def plain(statement: str) -> tuple[str, ...]:
    """Return a CREATE TABLE statement's parts without what makes no difference to what the table is.

    That is white space, quotes around the table's name, and the order of its constraints, which batch mode shuffles.
    """
    head, _, rest = " ".join(statement.split()).partition("(")
    body, _, tail = rest.rpartition(")")
    parts = [part.strip() for part in re.split(r",(?![^(]*\))", body)]
    columns = [part for part in parts if not part.startswith("CONSTRAINT ")]
    return head.replace('"', "").strip(), *columns, *sorted(set(parts) - set(columns)), tail.strip()


def _rewrite(table: Table) -> None:
    given = _last_given(table)
    with op.batch_alter_table(table.name, copy_from=table, recreate="always", table_kwargs=dict(table.kwargs)):
        pass  # the copy has the shape of `table`, not of what was there
    for index in table.indexes:
        index.create(op.get_bind(), checkfirst=True)  # batch mode leaves out those that a column names
    if given is not None:
        op.get_bind().execute(text(f"DELETE FROM {SEQUENCE} WHERE name = :name"), {"name": table.name})
        op.get_bind().execute(
            text(f"INSERT INTO {SEQUENCE} VALUES (:name, :given)"), {"name": table.name, "given": given}
        )


def _last_given(table: Table) -> int | None:
    """Return the last id that was given in a table; the copy would else know only the last that is still there."""
    if not table.dialect_options["sqlite"]["autoincrement"]:
        return None
    held = inspect(op.get_bind()).has_table(SEQUENCE)
    sql = f"SELECT seq FROM {SEQUENCE} WHERE name = :name"
    given = op.get_bind().scalar(text(sql), {"name": table.name}) if held else None
    return int(given or op.get_bind().scalar(text(f"SELECT max(id) FROM {table.name}")) or 0)
