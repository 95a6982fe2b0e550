"""The rows and codes that a load is taken back to, from its record of what they were."""

import json
from collections.abc import Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, text

from data.importing.checking.records import FindingRecord, Record, SourceRecord, digest, record_of
from data.importing.codebook import additions as added_codes
from data.importing.codebook.additions import TABLES, Addition
from data.importing.codebook.codebook_files import held_tables
from data.importing.loads.comparison import PlannedChanges


class RecordedChange(NamedTuple):
    """What a load did to one row or code, as it was recorded."""

    kind: str
    ref: str
    what: str
    row_id: int | None
    before: dict[str, Any] | None


def changes_of(connection: Connection, load_id: int) -> list[RecordedChange]:
    """Return all that a load did."""
    sql = 'SELECT kind, ref, what, row_id, "before" FROM change WHERE load_id = :load'
    return [
        RecordedChange(row.kind, row.ref, row.what, row.row_id, json.loads(row.before) if row.before else None)
        for row in connection.execute(text(sql), {"load": load_id})
    ]


class RestoredRows:
    """The rows that an undo writes and takes away, as a plan needs them."""

    def __init__(self, changes: Sequence[RecordedChange]) -> None:
        self.sources: dict[str, SourceRecord] = {}
        self.findings: dict[str, FindingRecord] = {}
        self.study_filed: dict[str, str | None] = {}
        self.differences = {"source": PlannedChanges(), "finding": PlannedChanges()}
        for change in changes:
            if change.kind in self.differences:
                self._take(change)

    def _take(self, change: RecordedChange) -> None:
        difference, number = self.differences[change.kind], change.row_id or 0
        if change.what == "added":
            difference.withdrawn[change.ref] = number
            return
        record: Record = record_of(change.kind, change.before or {})
        difference.digests[change.ref] = digest(record)
        if isinstance(record, SourceRecord):
            self.sources[change.ref] = record
            self.study_filed[change.ref] = (change.before or {}).get("study_filed")
        else:
            self.findings[change.ref] = record
        if change.what == "changed":
            difference.changed[change.ref] = number
        else:
            difference.added.append(change.ref)
            difference.restored[change.ref] = number


def codes_of(
    connection: Connection, changes: Sequence[RecordedChange], restored: RestoredRows
) -> tuple[tuple[Addition, ...], tuple[Addition, ...], tuple[Addition, ...]]:
    """Return the codes to have back, those to take away, and those that stay because rows or codes use them."""
    held = {(addition.facet, addition.code): addition for addition in added_codes.stored(connection)}
    of_codes = [change for change in changes if change.kind in TABLES]
    back = [c for c in of_codes if c.what == "withdrawn" and not _has(connection, c.kind, c.ref)]
    added = {(change.kind, change.ref) for change in of_codes if change.what == "added"}
    going = {key: addition for key, addition in held.items() if key in added}
    parents = {(facet, row["code"]): (facet, row["parent"])
               for facet, model in TABLES.items() for row in held_tables(connection)[model]}  # fmt: skip
    kept = {key for key, addition in going.items() if _used(connection, addition, restored)}
    for key in (parents.keys() - going.keys()) | kept:
        above = parents.get(key)
        while above in parents:
            kept |= {above} & going.keys()
            above = parents[above]
    return (
        tuple(Addition(**(change.before or {})) for change in back),
        tuple(addition for key, addition in going.items() if key not in kept),
        tuple(addition for key, addition in going.items() if key in kept),
    )


def _has(connection: Connection, facet: str, code: str) -> bool:
    return connection.scalar(text(f"SELECT 1 FROM {facet} WHERE code = :code"), {"code": code}) is not None


def _used(connection: Connection, addition: Addition, restored: RestoredRows) -> bool:
    """Tell whether a finding that stays as it is, or one that is restored, carries a code."""
    touched = restored.differences["finding"]
    leaving = {*touched.withdrawn.values(), *touched.changed.values()}
    sql = f"SELECT finding_id FROM finding_{addition.facet} WHERE {addition.facet} = :code AND coded"
    carriers = {row.finding_id for row in connection.execute(text(sql), {"code": addition.code})}
    return bool(carriers - leaving) or any(
        addition.code in coded_with(record, addition.facet) for record in restored.findings.values()
    )


def coded_with(record: FindingRecord, facet: str) -> set[str]:
    """Return the codes of a facet that a finding carries itself."""
    if facet == "lever":
        return {code for code, _ in record.levers}
    return set(record.themes if facet == "theme" else record.regions)


def tables_with(
    connection: Connection, additions: Sequence[Addition], retired: Sequence[Addition]
) -> dict[Any, list[dict[str, Any]]]:
    """Return the codebook tables as they will be: those held, with codes that come back and without those that go."""
    stored = added_codes.stored(connection)
    filed = added_codes.without(held_tables(connection), stored)
    return added_codes.placed(filed, [*(a for a in stored if a not in retired), *additions])
