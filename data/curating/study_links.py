"""Sources that report one study, linked and unlinked by hand.

A study is the unit that votes on direction, so a link changes what the evidence says: it makes a new data version, is
recorded with its maker, and is undone like a load. What a person set outlasts the files: brought in again, a source
keeps the study that was set by hand, whatever its file says of it (`Source.study_filed` remembers that), until it is
set anew or the link is undone.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, text

from data.collection import audit, database
from data.collection.access import Standing, Visitor, require
from data.faults import ForPeople
from data.importing.checking.records import SourceRecord
from data.importing.loads.amending import amend, current, study_filed
from models import Load


class CannotLink(ForPeople):
    """Sources cannot be linked or unlinked as asked; the message says why."""


def link_studies(engine: Engine, refs: Sequence[str], visitor: Visitor, note: str = "") -> Load:
    """Make sources report one study, together with all that share a study with any of them; return the load's record.

    Raises NotAllowed unless the visitor edits, CannotLink where fewer than two sources are named, one is not there,
    or all report one study already.
    """
    require(visitor, Standing.EDITOR, "link sources as one study")
    wanted = sorted(set(refs))
    if len(wanted) < 2:
        raise CannotLink("name at least two sources to link")
    with database.writing(engine) as connection:
        records = _found(connection, wanted)
        keys = sorted({record.study for record in records.values() if record.study})
        if len(keys) == 1 and all(record.study for record in records.values()):
            raise CannotLink(f"{', '.join(wanted)} report one study already ({keys[0]})")
        records |= current(connection, "source", _sharing(connection, keys))
        return _set(connection, records, keys[0] if keys else _new_key(connection, wanted[0]), visitor, "link", note)


def unlink_studies(engine: Engine, refs: Sequence[str], visitor: Visitor, note: str = "") -> Load:
    """Make each of these sources a study of its own; return the load's record.

    Raises NotAllowed unless the visitor edits, CannotLink where none is named, one is not there, or none shares a
    study.
    """
    require(visitor, Standing.EDITOR, "unlink sources from their study")
    wanted = sorted(set(refs))
    if not wanted:
        raise CannotLink("name the sources to unlink")
    with database.writing(engine) as connection:
        records = _found(connection, wanted)
        if not any(record.study for record in records.values()):
            raise CannotLink(f"{', '.join(wanted)}: each is a study of its own already")
        return _set(connection, records, "", visitor, "unlink", note)


def _found(connection: Connection, refs: Sequence[str]) -> dict[str, SourceRecord]:
    database.prepare(connection)
    records = current(connection, "source", refs)
    if missing := [ref for ref in refs if ref not in records]:
        raise CannotLink(f"there is no source {', '.join(missing)}")
    return records


def _sharing(connection: Connection, keys: Sequence[str]) -> list[str]:
    rows = connection.execute(text("SELECT ref, study FROM source WHERE study <> ''"))
    return [row.ref for row in rows if row.study in keys]


def _new_key(connection: Connection, ref: str) -> str:
    """Return a key that no study has; a source's own ref would do only until that source stood alone again."""
    taken = {row.key for row in connection.execute(text("SELECT key FROM study"))}
    names = (f"study-of-{ref}", *(f"study-of-{ref}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if name not in taken)


def _set(
    connection: Connection, records: dict[str, SourceRecord], key: str, visitor: Visitor, action: str, note: str
) -> Load:
    filed = study_filed(connection, records)
    said = {ref: record.study if (held := filed[ref]) is None else held for ref, record in records.items()}
    changed = [record._replace(study=key) for record in records.values() if record.study != key]
    load = amend(
        connection, visitor.name, f"{action} studies", changed, note,
        {record.ref: None if said[record.ref] == key else said[record.ref] for record in changed},
    )  # fmt: skip
    for record in changed:
        before = {"study": records[record.ref].study}
        audit.record(connection, visitor.name, f"{action} study", f"source {record.ref}", before,
                     {"study": key, "load": load.id})  # fmt: skip
    return load
