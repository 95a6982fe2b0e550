"""Changes by hand to rows of the collection: recorded, audited and undone like any load, though no file brings them."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, text

from data.importing.checking.checks import Checked
from data.importing.checking.records import FindingRecord, Record, SourceRecord, digest, record_of
from data.importing.loads.applying import stored_rows
from data.importing.loads.comparison import Plan, PlannedChanges
from data.importing.loads.recording import carry_out
from models import Load


def current(connection: Connection, kind: str, refs: Iterable[str]) -> dict[str, Any]:
    """Return sources or findings (`kind`) as they are now, as records by ref; refs that are not there are left out."""
    ids = _ids(connection, kind, refs)
    rows = stored_rows(connection, kind, ids.values())
    return {ref: record_of(kind, rows[number]) for ref, number in ids.items()}


def study_filed(connection: Connection, refs: Iterable[str]) -> dict[str, str | None]:
    """Return what the files say of each source's study where a person has set it, else None."""
    ids = _ids(connection, "source", refs)
    rows = stored_rows(connection, "source", ids.values())
    return {ref: rows[number]["study_filed"] for ref, number in ids.items()}  # type: ignore[misc]


def amend(
    connection: Connection,
    who: str,
    action: str,
    records: Iterable[Record],
    note: str = "",
    filed: Mapping[str, str | None] | None = None,
) -> Load:
    """Write changed records over the rows with their refs, inside the caller's `database.writing` transaction.

    `action` is what the history calls it, such as "settle"; `filed` says of sources whose study a person set what
    their files say. Codes must be those of the codebook, and every ref must be there: KeyError otherwise. Returns the
    load's record, which is kept, and raises no data version, where nothing differs.
    """
    sources = {record.ref: record for record in records if isinstance(record, SourceRecord)}
    findings = {record.ref: record for record in records if isinstance(record, FindingRecord)}
    held = study_filed(connection, sources) | dict(filed or {})
    plan = Plan(
        Checked(sources, findings, []),
        _difference(connection, "source", sources),
        _difference(connection, "finding", findings),
        held,
    )
    return carry_out(connection, plan, Load(who=who, action=action, note=note))


def _difference(connection: Connection, kind: str, records: Mapping[str, Record]) -> PlannedChanges:
    ids = _ids(connection, kind, records)
    found = PlannedChanges(digests={ref: digest(record) for ref, record in records.items()})
    sql = f"SELECT ref, digest FROM {kind} WHERE id IN (SELECT value FROM json_each(:ids))"
    held = {row.ref: row.digest for row in connection.execute(text(sql), {"ids": _json(ids.values())})}
    found.changed = {ref: ids[ref] for ref in records if held[ref] != found.digests[ref]}
    found.unchanged = len(records) - len(found.changed)
    return found


def _ids(connection: Connection, kind: str, refs: Iterable[str]) -> dict[str, int]:
    sql = f"SELECT ref, id FROM {kind} WHERE ref IN (SELECT value FROM json_each(:refs)) ORDER BY ref"
    return {row.ref: row.id for row in connection.execute(text(sql), {"refs": _json(refs)})}


def _json(values: Iterable[object]) -> str:
    return json.dumps(list(values))
