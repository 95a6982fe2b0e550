"""Synthetic collections on disk: written and loaded once for each size, and kept for the next benchmark."""

import shutil
import time
from pathlib import Path
from typing import NamedTuple

from sqlalchemy import event

from benchmarks import collection
from data.collection import database
from data.importing.loads import loading

FOLDER = Path(__file__).parent / "collections"


class Prepared(NamedTuple):
    """A collection on disk: its folder with CSV files and database, and the seconds that loading took.

    Of these, `alone_seconds` are those in which others had to wait to write.
    """

    folder: Path
    load_seconds: float
    alone_seconds: float


def files(findings: int) -> Path:
    """Return the folder of the CSV files of a collection of that many findings, written if it is not there."""
    folder = FOLDER / f"{findings}"
    if not (folder / "findings.csv").exists():
        shutil.rmtree(folder, ignore_errors=True)
        collection.write(folder, findings)
    return folder


def loaded(findings: int) -> Prepared:
    """Load a collection into a new database beside its files, by the same way as any other, and time it."""
    folder = files(findings)
    for left in folder.glob("evidence.sqlite*"):
        left.unlink()
    engine = database.open_engine(f"sqlite:///{folder / 'evidence.sqlite'}")
    alone = [0.0]
    event.listen(engine, "begin", lambda connection: alone.append(time.perf_counter()))  # the last is the one to write
    start = time.perf_counter()
    loading.load(engine, [folder])
    end = time.perf_counter()
    engine.dispose()
    return Prepared(folder, end - start, end - alone[-1])


def ready(findings: int) -> Path:
    """Return the folder of a collection whose database is there, loading it where it is not or is of older tables."""
    folder = files(findings)
    engine = database.open_engine(f"sqlite:///{folder / 'evidence.sqlite'}")
    try:
        database.check(engine)
    except database.DatabaseFault:
        return loaded(findings).folder
    finally:
        engine.dispose()
    return folder
