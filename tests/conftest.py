"""What every test may lean on: an empty database, the shipped evidence loaded, and its CSV files as plain rows."""

import csv
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import Engine, event
from sqlmodel import Session

from data.coders import round_loads
from data.collection import codebook as codebooks
from data.collection import database
from data.collection.codebook import Codebook
from data.importing.loads import loading
from data.presenting import editions

os.environ.pop("ROOM_TIME_ZONE", None)  # tests read times in the zone that is shipped, whoever runs them
STRANDS = Path(__file__).parent.parent / "data" / "shipped" / "strands"
ASKED, STARTED = {"server", "roundtable"}, {"serving", "Server"}
"""The fixtures that are a running server, and what a module starts one by."""


def pytest_itemcollected(item: pytest.Item) -> None:
    """Mark a test that asks a server, by a fixture or because its module starts one: `make quick` leaves it out."""
    if isinstance(item, pytest.Function) and (ASKED & {*item.fixturenames} or STARTED & {*vars(item.module)}):
        item.add_marker(pytest.mark.served)


def read_csv(path: Path) -> list[dict[str, str]]:
    """Return a CSV file's rows by column, read by nothing but the standard library."""
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="session")
def csv_findings() -> list[dict[str, str]]:
    """Return every row of the shipped findings.csv files, as text: the truth that counts are held against."""
    return [row for path in sorted(STRANDS.glob("*/findings.csv")) for row in read_csv(path)]


@pytest.fixture(scope="session")
def csv_sources() -> list[dict[str, str]]:
    """Return every row of the shipped sources.csv files, as text."""
    return [row for path in sorted(STRANDS.glob("*/sources.csv")) for row in read_csv(path)]


@pytest.fixture
def engine(tmp_path: Path) -> Iterator[Engine]:
    """Return an engine on a database file of the test's own that does not exist yet."""
    engine = database.open_engine(f"sqlite:///{tmp_path / 'evidence.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="session")
def shipped_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a database file with the shipped evidence, codings and briefings, made once a worker; read it only."""
    path = tmp_path_factory.mktemp("shipped") / "evidence.sqlite"
    engine = database.open_engine(f"sqlite:///{path}")
    loading.load(engine, loading.shipped())
    round_loads.bring_shipped(engine)
    editions.bring_in(engine)
    engine.dispose()
    return path


@pytest.fixture(scope="session")
def loaded(shipped_file: Path) -> Iterator[Engine]:
    """Return an engine on the shipped evidence that refuses to write."""
    engine = database.open_engine(f"sqlite:///{shipped_file}")
    event.listen(engine, "connect", lambda connection, _: connection.execute("PRAGMA query_only = ON"))
    yield engine
    engine.dispose()


@pytest.fixture
def writable(shipped_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """Return an engine on the test's own copy of the shipped evidence, to change as it likes."""
    path = tmp_path / "copy.sqlite"
    shutil.copy(shipped_file, path)
    engine = database.open_engine(f"sqlite:///{path}")
    yield engine
    engine.dispose()


@pytest.fixture
def session(loaded: Engine) -> Iterator[Session]:
    """Return a session on the shipped evidence, to read."""
    with Session(loaded) as session:
        yield session


@pytest.fixture(scope="session")
def codebook(loaded: Engine) -> Codebook:
    """Return the codebook as the shipped evidence's database holds it."""
    with Session(loaded) as session:
        return codebooks.read(session)
