"""What Alembic runs around the steps: on the connection of data/safekeeping/upgrade.py, inside its transaction.

On Alembic's own command line there is none, so `alembic revision --autogenerate` compares models.py with the tables
that the steps so far make of an empty database, and touches no evidence.
"""

from alembic import context
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import Connection

from data.collection import database
from models import Base


def _run(connection: Connection) -> None:
    context.configure(connection=connection, target_metadata=Base.metadata, render_as_batch=True)
    with context.begin_transaction():
        context.run_migrations()


def _run_on_an_empty_one() -> None:
    with database.open_engine("sqlite://").connect() as empty:
        held = MigrationContext.configure(empty)
        with Operations.context(held):
            for step in reversed(list(context.script.walk_revisions())):
                step.module.upgrade()
        held.stamp(context.script, "head")
        _run(empty)


given = context.config.attributes.get("connection")
if given is None:
    _run_on_an_empty_one()
else:
    _run(given)
