"""A whole load: files in, one transaction, a record of it; or every fault, and nothing changed."""

from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy import Engine
from sqlmodel import Session

from data.collection import database
from data.importing.checking.checks import Checked
from data.importing.codebook import additions as added_codes
from data.importing.codebook.codebook_files import FOLDER, compare_codebook, read_codebook
from data.importing.loads import prepared_load
from data.importing.strand_files import Files, read
from data.shipped import STRANDS
from models import Load, StrandCode


def shipped() -> list[Path]:
    """Return the folders of the evidence that comes with the dashboard."""
    return [STRANDS / strand for strand in StrandCode]


def load(
    engine: Engine, paths: Sequence[Path], replaced: Collection[str] = (), codebook_folder: Path = FOLDER, who: str = ""
) -> Load:
    """Bring files into the collection whole, or raise Refused with every fault and change nothing.

    A row whose ref is new is added, one that differs is changed; a row the files lack is withdrawn only in the
    `replaced` strands. What was settled by hand stands until its file says something else. Returns the load's record,
    which is kept also where nothing changed.
    """
    return prepared_load.load_at_once(engine, read(paths), replaced, who=who, codebook_folder=codebook_folder)


def check_only(
    engine: Engine, paths: Sequence[Path], replaced: Collection[str] = (), codebook_folder: Path = FOLDER
) -> tuple[Checked, Files]:
    """Check files as a load would, against the collection as it is, and change nothing."""
    files = read(paths)
    return prepared_load.check_alone(engine, files, replaced, codebook_folder=codebook_folder)[0], files


def shipped_is_current(engine: Engine, codebook_folder: Path = FOLDER) -> bool:
    """Tell whether the codebook and the newest load of each shipped file are the files as they are now."""
    codebook_rows = read_codebook(codebook_folder)
    hashes = {entry["name"]: entry["sha256"] for entry in read(shipped()).hashes}
    newest: dict[str, str] = {}
    with database.explained(engine), engine.connect() as connection, connection.begin():
        if not database.has_tables(connection):
            return False
        with Session(bind=connection) as session:
            for record in reversed(database.loads(session)):
                newest |= {entry["name"]: entry["sha256"] for entry in record.files}
        wanted = added_codes.placed(codebook_rows, added_codes.stored(connection))
        same_codebook = compare_codebook(connection, wanted).changes == 0
    return same_codebook and all(newest.get(name) == sha256 for name, sha256 in hashes.items())
