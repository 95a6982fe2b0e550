"""The tables that version 6 changes or makes, written down as it has them."""

from sqlalchemy import Boolean, Column, DateTime, ForeignKey, Integer, MetaData, String, Table, UniqueConstraint

from data.safekeeping.migrations.tables_5 import CONSTRAINT_NAMES, texts

TABLES = MetaData(naming_convention=CONSTRAINT_NAMES)

Table(
    "meeting",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("room", String, nullable=False, index=True),
    Column("stream", String, nullable=False, unique=True),
    *texts("title", "briefing", "content", "region", "place", "version"),
    Column("started", DateTime, nullable=False),
    Column("minutes", Integer, nullable=False),
    Column("ended", DateTime),
    *texts("by", "slide"),
    Column("moved", DateTime, nullable=False),
    Column("blank", Boolean, nullable=False),
    *texts("open", "shown", "pane"),
    Column("joining", Boolean, nullable=False),
    Column("revision", Integer, nullable=False),
    *texts("leader", "leader_name"),
    Column("leader_seen", DateTime),
    *texts("address_key"),
)
Table(
    "meeting_origin",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", Integer, ForeignKey("meeting.id"), nullable=False, index=True),
    *texts("hashed"),
    Column("left_out", DateTime),
    *texts("left_out_by"),
    UniqueConstraint("meeting_id", "hashed"),
)
Table(
    "participant",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", Integer, ForeignKey("meeting.id"), nullable=False, index=True),
    *texts("device", "sector", "region"),
    Column("joined", DateTime, nullable=False),
    Column("origin_id", Integer, ForeignKey("meeting_origin.id"), index=True),
    Column("left_out", DateTime),
    *texts("left_out_by"),
    UniqueConstraint("meeting_id", "device"),
)
