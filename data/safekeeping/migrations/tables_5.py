"""The tables as version 5 has them: written down, so that a later change of models.py does not change the step to 5."""

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    UniqueConstraint,
)

CONSTRAINT_NAMES = {
    "ix": "ix_%(column_0_N_label)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}
TABLES = MetaData(naming_convention=CONSTRAINT_NAMES)


def texts(*names: str) -> list[Column[str]]:
    """Return columns of text, none of them null."""
    return [Column(name, String, nullable=False) for name in names]


Table(
    "attempt",
    TABLES,
    Column("id", Integer, primary_key=True),
    *texts("what", "source"),
    Column("at", DateTime, nullable=False),
    Index("attempt_by_time", "what", "at"),
)
Table(
    "audit",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    *texts("who", "action", "subject"),
    Column("before", JSON),
    Column("after", JSON),
    Index("audit_by_subject", "subject"),
    sqlite_autoincrement=True,
)
Table(
    "briefing_edition",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("code", String, nullable=False, index=True),
    *texts("content", "shipped", "what", "by"),
    Column("restores", Integer),
    Column("at", DateTime, nullable=False),
)
Table(
    "codebook_addition",
    TABLES,
    Column("facet", String, primary_key=True),
    Column("code", String, primary_key=True),
    *texts("parent", "name", "definition"),
)
Table(
    "coding_round",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("name", String, nullable=False, index=True),
    Column("title", String, nullable=False),
    Column("covers", JSON, nullable=False),
    *texts("file", "sha256", "who"),
    Column("at", DateTime, nullable=False),
    Column("withdrawn", Boolean, nullable=False),
)
Table(
    "definition",
    TABLES,
    Column("ref", String, primary_key=True),
    *texts("holder", "holder_kind"),
    Column("year", Integer),
    *texts(
        "country",
        "gist",
        "breadth",
        "physical_places",
        "organisations",
        "activities_and_relationships",
        "public_services",
        "green_and_public_space",
        "digital",
        "commercial_third_places",
        "transport_and_housing",
        "url",
        "source_title",
        "read",
        "coder",
        "coded_on",
    ),
)
Table(
    "draft",
    TABLES,
    Column("owner", String, primary_key=True),
    Column("subject", String, primary_key=True),
    Column("content", JSON, nullable=False),
    Column("files", LargeBinary, nullable=False),
    Column("at", DateTime, nullable=False),
)
Table(
    "lever",
    TABLES,
    Column("code", String, primary_key=True),
    Column("parent", String, ForeignKey("lever.code")),
    *texts("name", "definition"),
    Column("position", Integer, nullable=False),
)
Table(
    "load",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("at", DateTime, nullable=False),
    *texts("who", "action", "note"),
    Column("files", JSON, nullable=False),
    *texts("mapping", "replaced"),
    Column("undoes", Integer, ForeignKey("load.id")),
    Column("added", Integer, nullable=False),
    Column("changed", Integer, nullable=False),
    Column("withdrawn", Integer, nullable=False),
    Column("unchanged", Integer, nullable=False),
    Column("rows", JSON, nullable=False),
    Column("codebook_changes", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("digest", String, nullable=False),
)
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
)
Table(
    "not_duplicate",
    TABLES,
    Column("kind", String, primary_key=True),
    Column("ref", String, primary_key=True),
    Column("other", String, primary_key=True),
    Column("who", String, nullable=False),
    Column("at", DateTime, nullable=False),
)
Table(
    "region",
    TABLES,
    Column("code", String, primary_key=True),
    Column("parent", String, ForeignKey("region.code")),
    *texts("name", "kind", "gss_code"),
    Column("position", Integer, nullable=False),
)
Table(
    "strand",
    TABLES,
    Column("code", String, primary_key=True),
    *texts("name", "description"),
)
Table(
    "study",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("key", String, nullable=False, unique=True),
)
Table(
    "theme",
    TABLES,
    Column("code", String, primary_key=True),
    Column("parent", String, ForeignKey("theme.code")),
    *texts("name", "definition"),
    Column("position", Integer, nullable=False),
)
Table(
    "change",
    TABLES,
    Column("load_id", Integer, ForeignKey("load.id"), primary_key=True),
    Column("kind", String, primary_key=True),
    Column("ref", String, primary_key=True),
    Column("what", String, nullable=False),
    Column("row_id", Integer),
    Column("before", JSON),
    Index("change_by_ref", "kind", "ref"),
    sqlite_with_rowid=False,
)
Table(
    "coding",
    TABLES,
    Column("round_id", Integer, ForeignKey("coding_round.id", ondelete="CASCADE"), primary_key=True),
    Column("finding", String, primary_key=True),
    *texts("direction", "coder", "coded_on"),
    Index("coding_by_finding", "finding"),
    sqlite_with_rowid=False,
)
Table(
    "coding_code",
    TABLES,
    Column("round_id", Integer, ForeignKey("coding_round.id", ondelete="CASCADE"), primary_key=True),
    Column("finding", String, primary_key=True),
    Column("facet", String, primary_key=True),
    Column("code", String, primary_key=True),
    Column("role", String, primary_key=True),
    sqlite_with_rowid=False,
)
Table(
    "meeting_note",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", Integer, ForeignKey("meeting.id"), nullable=False, index=True),
    *texts("slide", "said", "sector"),
    Column("themes", JSON, nullable=False),
    Column("levers", JSON, nullable=False),
    *texts("region", "by"),
    Column("at", DateTime, nullable=False),
    sqlite_autoincrement=True,
)
Table(
    "participant",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("meeting_id", Integer, ForeignKey("meeting.id"), nullable=False, index=True),
    *texts("device", "sector", "region"),
    Column("joined", DateTime, nullable=False),
    UniqueConstraint("meeting_id", "device"),
)
Table(
    "settlement",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("finding", String, nullable=False, index=True),
    *texts("facet", "value", "filed", "why", "who", "at"),
    Column("load_id", Integer, ForeignKey("load.id")),
)
Table(
    "source",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("ref", String, nullable=False, unique=True),
    Column("strand", String, ForeignKey("strand.code"), nullable=False),
    *texts("title", "authors", "organisation"),
    Column("year", Integer),
    Column("source_type", String, nullable=False),
    Column("method", String, nullable=False, index=True),
    *texts("url", "doi", "accessed", "read", "study"),
    Column("access", String, nullable=False, server_default="public"),
    *texts("note", "publication", "volume", "issue", "pages"),
    Column("study_filed", String),
    Column("study_id", Integer, ForeignKey("study.id"), nullable=False, index=True),
    Column("digest", LargeBinary, nullable=False),
    CheckConstraint(
        "strand IN ('community', 'international', 'roundtable', 'literature')", name="strand_in_vocabulary"
    ),
    CheckConstraint("access IN ('public', 'roundtable', 'team')", name="access_in_vocabulary"),
    Index("source_by_strand", "strand"),
    sqlite_autoincrement=True,
)
Table(
    "answer",
    TABLES,
    Column("participant_id", Integer, ForeignKey("participant.id"), primary_key=True),
    Column("slide", String, primary_key=True),
    Column("meeting_id", Integer, ForeignKey("meeting.id"), nullable=False, index=True),
    Column("value", JSON, nullable=False),
    Column("let_through", Boolean, nullable=False),
    Column("at", DateTime, nullable=False),
)
Table(
    "finding",
    TABLES,
    Column("id", Integer, primary_key=True),
    Column("ref", String, nullable=False, unique=True),
    Column("source_id", Integer, ForeignKey("source.id"), nullable=False, index=True),
    *texts("finding", "place"),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("direction", String, nullable=False, index=True),
    Column("confidence", String, nullable=False, index=True),
    *texts("confidence_reason", "population", "period", "coder", "coded_on"),
    Column("access", String, nullable=False, server_default="public"),
    Column("note", String, nullable=False),
    Column("digest", LargeBinary, nullable=False),
    CheckConstraint(
        "direction IN ('strengthened', 'impeded', 'mixed', 'unclear', 'context')", name="direction_in_vocabulary"
    ),
    CheckConstraint("confidence IN ('high', 'moderate', 'low', 'very low')", name="confidence_in_vocabulary"),
    CheckConstraint("access IN ('public', 'roundtable', 'team')", name="access_in_vocabulary"),
    CheckConstraint("(latitude IS NULL) = (longitude IS NULL)", name="whole_coordinate"),
    sqlite_autoincrement=True,
)
Table(
    "finding_lever",
    TABLES,
    Column("finding_id", Integer, ForeignKey("finding.id", ondelete="CASCADE"), primary_key=True),
    Column("lever", String, ForeignKey("lever.code"), primary_key=True),
    Column("role", String, primary_key=True),
    Column("coded", Boolean, nullable=False),
    CheckConstraint("role IN ('applied', 'withdrawn', 'lacking', 'proposed')", name="role_in_vocabulary"),
    Index("finding_lever_by_code", "lever", "role", "finding_id", "coded"),
    sqlite_with_rowid=False,
)
Table(
    "finding_region",
    TABLES,
    Column("finding_id", Integer, ForeignKey("finding.id", ondelete="CASCADE"), primary_key=True),
    Column("region", String, ForeignKey("region.code"), primary_key=True),
    Column("coded", Boolean, nullable=False),
    Index("finding_region_by_code", "region", "finding_id", "coded"),
    sqlite_with_rowid=False,
)
Table(
    "finding_theme",
    TABLES,
    Column("finding_id", Integer, ForeignKey("finding.id", ondelete="CASCADE"), primary_key=True),
    Column("theme", String, ForeignKey("theme.code"), primary_key=True),
    Column("coded", Boolean, nullable=False),
    Index("finding_theme_by_code", "theme", "finding_id", "coded"),
    sqlite_with_rowid=False,
)
