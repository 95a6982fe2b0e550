"""Version 3, whole: ten different sets of tables bore this number, and the earlier ones lack columns.

The tables that they lack are made by the step to version 5, empty.
"""

from sqlalchemy import Column, Integer, String

from data.safekeeping.migrations.shape import add

revision = "3"
down_revision = None


def upgrade() -> None:
    """Add what the last set of version 3 has."""
    add("source", Column("study_filed", String))
    add("change", Column("row_id", Integer))
    add(
        "load",
        *(Column(name, String, nullable=False, server_default="") for name in ("who", "note", "mapping")),
        Column("action", String, nullable=False, server_default="load"),
        Column("undoes", Integer),
    )
    add("briefing_edition", Column("restores", Integer))
    add("meeting", Column("version", String, nullable=False, server_default=""))
