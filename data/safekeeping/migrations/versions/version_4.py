"""Version 4: a source and a finding have a note."""

from sqlalchemy import Column, String

from data.safekeeping.migrations.shape import add

revision = "4"
down_revision = "3"


def upgrade() -> None:
    """Add the notes, empty."""
    for table in ("source", "finding"):
        add(table, Column("note", String, nullable=False, server_default=""))
