"""Version 5: where a source was published, what became of a file's rows, drafts, the wall; constraints have names."""

from sqlalchemy import JSON, Boolean, Column, String, false

from data.safekeeping.migrations.shape import add, reshape
from data.safekeeping.migrations.tables_5 import TABLES

revision = "5"
down_revision = "4"


def upgrade() -> None:
    """Add the columns, empty, make the tables that are not there, and name every constraint."""
    for name in ("publication", "volume", "issue", "pages"):
        add("source", Column(name, String, nullable=False, server_default=""))
    add("load", Column("rows", JSON, nullable=False, server_default="[]"))
    add(
        "meeting",
        Column("place", String, nullable=False, server_default=""),
        Column("pane", String, nullable=False, server_default="slide"),
        Column("joining", Boolean, nullable=False, server_default=false()),
    )
    reshape(TABLES)
