"""Carry a plan out and record it: the load, each change under it, and a line in the audit log, all or nothing."""

import json

from sqlalchemy import Connection, text
from sqlmodel import Session

from data.collection import audit, database
from data.importing.codebook.additions import forget, keep
from data.importing.loads.applying import apply, collection_digest
from data.importing.loads.comparison import Plan
from data.importing.loads.words_ahead import NO_WORDS, WordsAhead
from data.progress import Progress, between, unheard
from models import Load

COUNTS = ("added", "changed", "withdrawn", "unchanged", "codebook_changes")


def carry_out(
    connection: Connection, plan: Plan, record: Load, codebook_changes: int = 0, progress: Progress = unheard,
    words: WordsAhead = NO_WORDS,
) -> Load:  # fmt: skip
    """Do what a plan says inside the caller's transaction, and return the load's record, filled in.

    `record` says who, what, and from where. The codebook tables have been brought in already, with
    `codebook_changes`; added and retired codes are only remembered here. `words` are what a search is to find its
    findings by, as far as they are reckoned already.
    """
    before = _version(connection)
    for name in COUNTS[:-1]:
        setattr(record, name, plan.total(name))
    record.codebook_changes = codebook_changes
    changes_something = any(getattr(record, name) for name in COUNTS if name != "unchanged")
    record.version = before["version"] + changes_something
    with Session(bind=connection, expire_on_commit=False) as session:
        session.add(record)
        session.flush()
        number = record.id or 0
        if changes_something:
            _record_codes(connection, plan, number)
            opened = _access_before(connection, plan)
            apply(connection, plan, number, between(progress, 0.0, 0.95), words)
            _audit_access(connection, plan, record, opened)
            _audit_codes(connection, plan, record)
        record.digest = collection_digest(connection)
        session.add(record)
        session.flush()
        session.expunge(record)
    _audit(connection, record, before)
    progress(1.0, "Done")
    return record


def _version(connection: Connection) -> dict[str, int]:
    with Session(bind=connection) as session:
        return {"version": database.data_version(session).number}


def _audit(connection: Connection, record: Load, before: dict[str, int]) -> None:
    after: dict[str, object] = {"version": record.version}
    after |= {name: getattr(record, name) for name in COUNTS}
    after |= {"files": ", ".join(entry["name"] for entry in record.files)} if record.files else {}
    after |= {
        name: getattr(record, name) for name in ("mapping", "replaced", "note", "undoes") if getattr(record, name)
    }
    audit.record(connection, record.who, record.action, f"load {record.id}", before, after)


def _record_codes(connection: Connection, plan: Plan, load_id: int) -> None:
    """Remember codes that are added or retired, so that they outlast the codebook's files and can be undone."""
    keep(connection, plan.additions)
    forget(connection, [(addition.facet, addition.code) for addition in plan.retired])
    insert = text(
        'INSERT INTO change (load_id, kind, ref, what, "before") VALUES (:load_id, :kind, :ref, :what, :before)'
    )
    for what, additions in (("added", plan.additions), ("withdrawn", plan.retired)):
        for addition in additions:
            row = json.dumps(addition._asdict()) if what == "withdrawn" else None
            connection.execute(insert, {"load_id": load_id, "kind": addition.facet, "ref": addition.code, "what": what,
                                        "before": row})  # fmt: skip


def _access_before(connection: Connection, plan: Plan) -> dict[tuple[str, str], str]:
    """Return the access of each row that will change, by kind and ref."""
    found: dict[tuple[str, str], str] = {}
    for kind, difference, _ in plan.differences():
        ids = json.dumps(list(difference.changed.values()))
        sql = f"SELECT ref, access FROM {kind} WHERE id IN (SELECT value FROM json_each(:ids))"
        found |= {(kind, row.ref): row.access for row in connection.execute(text(sql), {"ids": ids})}
    return found


def _audit_access(connection: Connection, plan: Plan, record: Load, before: dict[tuple[str, str], str]) -> None:
    """Write a line for each row whose access the load changed: it decides who may see it."""
    for kind, _, records in plan.differences():
        for (of_kind, ref), was in before.items():
            if of_kind == kind and records[ref].access != was:
                after = {"access": records[ref].access, "load": record.id}
                audit.record(connection, record.who, "access", f"{kind} {ref}", {"access": was}, after)


def _audit_codes(connection: Connection, plan: Plan, record: Load) -> None:
    for change, additions in (("add code", plan.additions), ("retire code", plan.retired)):
        for addition in additions:
            row: dict[str, object] = {**addition._asdict(), "load": record.id}
            held: tuple[dict[str, object] | None, ...] = (None, row) if change == "add code" else (row, None)
            audit.record(connection, record.who, change, f"{addition.facet} {addition.code}", *held)
