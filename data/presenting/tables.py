"""The table of briefings: every state each has had, so that none is lost and any can be brought back."""

from datetime import UTC, datetime

from sqlmodel import Field

from models import Base


class BriefingEdition(Base, table=True):
    """One state of one briefing, as its TOML text; the newest of a code is the briefing, an empty one deletes it."""

    __tablename__ = "briefing_edition"

    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(index=True)
    content: str
    shipped: str = ""
    """The SHA-256 of the shipped file that this edition is, or was edited from; empty for a briefing of one's own."""
    what: str
    """What was done, in words, such as "edited slide 4"."""
    by: str = ""
    restores: int | None = None
    """The edition whose state this one brought back; empty for a state of its own."""
    at: datetime = Field(default_factory=lambda: datetime.now(UTC).replace(microsecond=0))
