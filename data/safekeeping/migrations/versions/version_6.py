"""Version 6: from where a meeting's devices come, while it goes on, and which of them a presenter leaves out."""

from sqlalchemy import Column, DateTime, Integer, String

from data.safekeeping.migrations.shape import add, reshape
from data.safekeeping.migrations.tables_6 import TABLES

revision = "6"
down_revision = "5"


def upgrade() -> None:
    """Add the columns, empty: nobody was left out, and where devices came from was not kept."""
    add("meeting", Column("address_key", String, nullable=False, server_default=""))
    add(
        "participant",
        Column("origin_id", Integer),
        Column("left_out", DateTime),
        Column("left_out_by", String, nullable=False, server_default=""),
    )
    reshape(TABLES)
