"""A whole load: files in, one transaction, a record of it; or every fault, and nothing changed."""

from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session

from data import codebook as codebooks
from data import database
from data.coders import settling
from data.importing.applying import apply, collection_digest
from data.importing.checking import Checked, check
from data.importing.codebook_files import FOLDER, Synced, read_codebook, still_carried, sync_codebook
from data.importing.faults import Fault, Refused
from data.importing.planning import plan
from data.importing.reading import Files, read
from models import Load, StrandCode

STRANDS = Path(__file__).parent.parent / "strands"


def shipped() -> list[Path]:
    """Return the folders of the evidence that comes with the dashboard."""
    return [STRANDS / strand for strand in StrandCode]


def load(engine: Engine, paths: Sequence[Path], replaced: Collection[str] = (), codebook_folder: Path = FOLDER) -> Load:
    """Bring files into the collection whole, or raise Refused with every fault and change nothing.

    A row whose ref is new is added, one that differs is changed; a row the files lack is withdrawn only in the
    `replaced` strands. What was settled by hand stands until its file says something else. Returns the load's record,
    which is kept also where nothing changed.
    """
    codebook_rows = read_codebook(codebook_folder)
    files = read(paths)
    with (
        database.explained(engine),
        engine.connect().execution_options(writing=True) as connection,
        connection.begin(),
    ):
        database.prepare(connection)
        synced = sync_codebook(connection, codebook_rows)
        checked = _checked(connection, files, replaced, synced)
        if checked.faults:
            raise Refused(checked.faults)
        return _carry_out(connection, files, checked, replaced, synced.changes)


def check_only(
    engine: Engine, paths: Sequence[Path], replaced: Collection[str] = (), codebook_folder: Path = FOLDER
) -> tuple[Checked, Files]:
    """Check files as a load would, against the collection as it is, and change nothing."""
    codebook_rows = read_codebook(codebook_folder)
    files = read(paths)
    with database.explained(engine), engine.connect() as connection, connection.begin() as transaction:
        database.prepare(connection)
        checked = _checked(connection, files, replaced, sync_codebook(connection, codebook_rows))
        transaction.rollback()
    return checked, files


def shipped_is_current(engine: Engine, codebook_folder: Path = FOLDER) -> bool:
    """Tell whether the codebook and the newest load of each shipped file are the files as they are now."""
    codebook_rows = read_codebook(codebook_folder)
    hashes = {entry["name"]: entry["sha256"] for entry in read(shipped()).hashes}
    newest: dict[str, str] = {}
    with database.explained(engine), engine.connect() as connection, connection.begin() as transaction:
        if not database.has_tables(connection):
            return False
        with Session(bind=connection) as session:
            for record in reversed(database.loads(session)):
                newest |= {entry["name"]: entry["sha256"] for entry in record.files}
        same_codebook = sync_codebook(connection, codebook_rows).changes == 0
        transaction.rollback()
    return same_codebook and all(newest.get(name) == sha256 for name, sha256 in hashes.items())


def _checked(connection: Connection, files: Files, replaced: Collection[str], synced: Synced) -> Checked:
    with Session(bind=connection) as session:
        codebook = codebooks.read(session)
    known = {
        row.ref for row in connection.execute(text("SELECT ref, strand FROM source")) if row.strand not in replaced
    }
    checked = check(files, codebook, known)
    named = {cells[0] for table in files.findings for _, cells in table.rows}
    faults = [*checked.faults, *still_carried(connection, synced.gone, named, replaced)]
    for strand in sorted(replaced):
        if not any(cells[1] == strand for table in files.sources for _, cells in table.rows):
            reason = "the files hold no source of that strand, so all of it would be withdrawn"
            faults.append(Fault(f"--replace {strand}", reason))
        elif not files.findings:
            reason = "the files hold sources but no findings, so all findings of that strand would be withdrawn"
            faults.append(Fault(f"--replace {strand}", reason))
    return Checked(checked.sources, checked.findings, faults)


def _carry_out(
    connection: Connection, files: Files, checked: Checked, replaced: Collection[str], codebook_changes: int
) -> Load:
    planned = plan(connection, settling.kept(connection, checked), replaced)
    with Session(bind=connection, expire_on_commit=False) as session:
        version = database.data_version(session).number
        record = Load(
            files=files.hashes,
            replaced=",".join(sorted(replaced)),
            added=planned.total("added"),
            changed=planned.total("changed"),
            withdrawn=planned.total("withdrawn"),
            unchanged=planned.total("unchanged"),
            codebook_changes=codebook_changes,
        )
        changes_something = bool(record.added or record.changed or record.withdrawn or codebook_changes)
        record.version = version + changes_something
        session.add(record)
        session.flush()
        if changes_something:
            apply(connection, planned, record.id or 0)
        record.digest = collection_digest(connection)
        session.add(record)
        session.flush()
        session.expunge(record)
    return record
