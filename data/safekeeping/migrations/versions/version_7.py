"""Version 7: meetings may stand in a file of their own (meetings_file.py); the tables are as in version 6."""

revision = "7"
down_revision = "6"


def upgrade() -> None:
    """Change nothing: the meetings leave the database where a server starts or a meeting writes, not here."""
