"""What a load or an undo does before it takes the write lock: plan, and reckon the words that a search is to find.

Others write meanwhile. It is carried out where the collection is still as it was; where it is not, planned anew.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Protocol, TypeVar

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from data.collection import database
from data.importing.loads.comparison import Plan
from data.importing.loads.words_ahead import NO_WORDS, WordsAhead, words_of
from data.progress import Progress, between
from models import Load

BESIDE_OTHERS = 2
"""How often it is planned while others may write; after that they wait while it is, so that it comes to an end."""
PLANNED, READY = 0.45, 0.6
"""The shares of the whole that are done once it is planned, and once the words are reckoned."""
ANEW = "The collection has changed meanwhile; planning anew"


class Made(Protocol):
    """What was planned, whatever else belongs to it."""

    @property
    def plan(self) -> Plan:
        """What is to be done to sources and findings."""


Something = TypeVar("Something", bound=Made)
Carrying = Callable[[Connection, Something, WordsAhead, Progress], Load]


@contextmanager
def reading(engine: Engine) -> Iterator[Connection]:
    """Give a connection in one consistent state of the collection; where there is none yet, of an empty one."""
    with database.explained(engine):
        held = is_there(engine)
        opened = engine if held else database.open_engine("sqlite://")  # checking leaves nothing behind
        with opened.connect() as connection, connection.begin() as transaction:
            if not held:
                database.prepare(connection)
            yield connection
            transaction.rollback()


def is_there(engine: Engine) -> bool:
    """Tell whether there is a collection, if an empty one; raise DatabaseFault where it is of another version."""
    if (path := database.path_of(engine)) is not None and not path.exists():
        return False
    with engine.connect() as connection:
        return database.has_tables(connection)


def version(connection: Connection) -> tuple[int, str]:
    """Return the number and the digest of the collection as it is now."""
    with Session(bind=connection) as session:
        found = database.data_version(session)
    return found.number, found.digest


def carried_out(
    engine: Engine, make: Callable[[Connection, Progress], Something], carry: Carrying[Something], progress: Progress
) -> tuple[Something, Load]:
    """Plan beside others, then carry that out under the lock, or a plan made anew; return what was, and its record.

    Where the collection changes each time that it is planned, the last plan is made under the lock.
    """
    for _ in range(BESIDE_OTHERS):
        with reading(engine) as connection:
            seen, made = version(connection), make(connection, between(progress, 0.0, PLANNED))
            words = words_of(connection, made.plan, between(progress, PLANNED, READY))
        with words, database.writing(engine) as connection:
            database.prepare(connection)
            if version(connection) == seen:
                return made, carry(connection, made, words, between(progress, READY, 1.0))
        progress(0.0, ANEW)
    with database.writing(engine) as connection:
        database.prepare(connection)
        made = make(connection, between(progress, 0.0, PLANNED))
        return made, carry(connection, made, NO_WORDS, between(progress, PLANNED, 1.0))
