"""A whole load: files in, one transaction, a record of it; or every fault, and nothing changed."""

from collections.abc import Collection, Sequence
from pathlib import Path

from sqlalchemy import Connection, Engine, text
from sqlmodel import Session, select

from data import codebook as codebooks
from data import database
from data.importing.applying import apply, collection_digest
from data.importing.checking import Checked, check
from data.importing.codebook_files import read_codebook, sync_codebook
from data.importing.faults import Fault, Refused
from data.importing.planning import plan
from data.importing.reading import Files, read
from models import Load, StrandCode

STRANDS = Path(__file__).parent.parent / "strands"


def shipped() -> list[Path]:
    """Return the folders of the evidence that comes with the dashboard."""
    return [STRANDS / strand for strand in StrandCode]


def load(engine: Engine, paths: Sequence[Path], replaced: Collection[str] = ()) -> Load:
    """Bring files into the collection whole, or raise Refused with every fault and change nothing.

    A row whose ref is new is added, one that differs is changed; a row the files lack is withdrawn only in the
    `replaced` strands. Returns the load's record, which is kept also where nothing changed.
    """
    codebook_rows = read_codebook()
    files = read(paths)
    database.prepare(engine)
    with database.explained(engine), engine.connect().execution_options(writing=True) as connection:
        with connection.begin():
            codebook_changes = sync_codebook(connection, codebook_rows)
            checked = _checked(connection, files, replaced)
            if checked.faults:
                raise Refused(checked.faults)
            record = _carry_out(connection, files, checked, replaced, codebook_changes)
        connection.exec_driver_sql("PRAGMA optimize")
    return record


def check_only(engine: Engine, paths: Sequence[Path], replaced: Collection[str] = ()) -> tuple[Checked, Files]:
    """Check files as a load would, against the collection as it is, and change nothing."""
    codebook_rows = read_codebook()
    files = read(paths)
    database.prepare(engine)
    with database.explained(engine), engine.connect() as connection, connection.begin() as transaction:
        sync_codebook(connection, codebook_rows)
        checked = _checked(connection, files, replaced)
        transaction.rollback()
    return checked, files


def shipped_is_current(engine: Engine) -> bool:
    """Tell whether the newest load of each shipped file brought in the file as it is now."""
    database.prepare(engine)
    hashes = {entry["name"]: entry["sha256"] for entry in read(shipped()).hashes}
    newest: dict[str, str] = {}
    with database.explained(engine), Session(engine) as session:
        for record in session.exec(select(Load).order_by(Load.id)):  # type: ignore[arg-type]
            newest |= {entry["name"]: entry["sha256"] for entry in record.files}
    return all(newest.get(name) == sha256 for name, sha256 in hashes.items())


def _checked(connection: Connection, files: Files, replaced: Collection[str]) -> Checked:
    with Session(bind=connection) as session:
        codebook = codebooks.read(session)
    known = {
        row.ref for row in connection.execute(text("SELECT ref, strand FROM source")) if row.strand not in replaced
    }
    checked = check(files, codebook, known)
    brought = {record.strand for record in checked.sources.values()}
    absent = [
        Fault(f"--replace {strand}", "the files hold no source of that strand, so all of it would be withdrawn")
        for strand in sorted(replaced)
        if strand not in brought
    ]
    return Checked(checked.sources, checked.findings, [*checked.faults, *absent])


def _carry_out(
    connection: Connection, files: Files, checked: Checked, replaced: Collection[str], codebook_changes: int
) -> Load:
    planned = plan(connection, checked, replaced)
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
