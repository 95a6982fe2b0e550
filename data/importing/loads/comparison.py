"""Compare checked records with the collection: what a load would add, change, withdraw and leave as it is."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, text

from data.faults import Fault, quoted
from data.importing.checking import finer_places
from data.importing.checking.checks import Checked
from data.importing.checking.records import Record, digest
from data.importing.codebook.additions import Addition
from data.schema import OPTIONAL
from models import Access

STORED_SOURCES = """
    SELECT ref, id, digest, strand, study, study_filed, access, note, publication, volume, issue, pages FROM source"""
STORED_FINDINGS = """
    SELECT f.ref, f.id, f.digest, s.strand, '' AS study, NULL AS study_filed, f.access, f.note
    FROM finding f JOIN source s ON s.id = f.source_id"""
ACCESS = tuple(map(str, Access))


@dataclass
class PlannedChanges:
    """What would happen to the sources, or to the findings: refs with their ids, and new digests.

    Of those added, `restored` come back under the id that they had.
    """

    added: list[str] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    withdrawn: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    digests: dict[str, bytes] = field(default_factory=dict)
    restored: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What a load would do, with the records it would do it with.

    `study_filed` holds, for each source whose study a person has set, what its files say of it. `additions` are codes
    that the codebook would gain, `retired` those that it would lose again. `notes` are what a person should look at.
    """

    checked: Checked
    sources: PlannedChanges
    findings: PlannedChanges
    study_filed: Mapping[str, str | None] = field(default_factory=dict)
    additions: tuple[Addition, ...] = ()
    retired: tuple[Addition, ...] = ()
    notes: tuple[Fault, ...] = ()

    def total(self, what: str) -> int:
        """Return the number of sources and findings that would be added, changed, withdrawn or stay unchanged."""
        parts = (getattr(self.sources, what), getattr(self.findings, what))
        return sum(part if isinstance(part, int) else len(part) for part in parts)

    def differences(self) -> tuple[tuple[str, PlannedChanges, Mapping[str, Record]], ...]:
        """Return kind, difference and records of the sources and of the findings."""
        return (
            ("source", self.sources, self.checked.sources),
            ("finding", self.findings, self.checked.findings),
        )


def plan(
    connection: Connection, checked: Checked, replaced: Collection[str], additions: Collection[Addition] = ()
) -> Plan:
    """Return the difference between records and collection.

    Rows the records lack are withdrawn only in the `replaced` strands; nothing is written. What a person decided
    outlasts files that say nothing of it or otherwise: the study of a source that was linked by hand, and what stands
    in the optional columns (reading.OPTIONAL) of a row of which neither its file nor a person says otherwise. So does a
    place, where a file that was made for a reader has a coarser one.
    """
    stored = {
        "source": {row[0]: row for row in connection.execute(text(STORED_SOURCES)).fetchall()},
        "finding": {row[0]: row for row in connection.execute(text(STORED_FINDINGS)).fetchall()},
    }
    notes: list[Fault] = []
    sources = _decided("source", checked.sources, stored["source"], checked, notes)
    findings = _decided(
        "finding", finer_places.kept(connection, checked.findings, notes), stored["finding"], checked, notes
    )
    return Plan(
        checked._replace(sources=sources, findings=findings),
        difference(stored["source"], sources, replaced),
        difference(stored["finding"], findings, replaced),
        {ref: row.study_filed for ref, row in stored["source"].items() if row.study_filed is not None},
        tuple(additions),
        notes=tuple(notes),
    )


def _decided(kind: str, records: dict[str, Any], stored: Mapping[str, Any], checked: Checked, notes: list[Fault]):  # type: ignore[no-untyped-def]
    """Return records with what a person decided put in where it outlasts the file, and note where it matters."""
    unsaid = {column: checked.unsaid.get((kind, column), frozenset()) for column in OPTIONAL}
    usual = {ref for ref in unsaid["access"] if ref in records and records[ref].access != ACCESS[0]}
    changes: dict[str, Any] = {}
    for row in stored.values():
        # Read by place, which costs less than to ask each of all rows by name.
        ref, _, _, _, _, study_filed, access, *further = row
        if access == ACCESS[0] and study_filed is None and not any(further) and ref not in usual:
            continue
        record = records.get(ref)
        if record is None:
            continue
        if row.access != record.access and ref in unsaid["access"]:
            record = record._replace(access=row.access)
        elif ACCESS.index(record.access) < ACCESS.index(row.access):
            notes.append(_opened(kind, ref, row.access, record.access))
        kept = {
            name: value for name, value in zip(OPTIONAL[1:], further, strict=False) if value and ref in unsaid[name]
        }
        record = record._replace(**kept)
        if row.study_filed is not None and record.study != row.study:
            if record.study != row.study_filed:
                notes.append(_set_by_hand(ref, record.study, row.study))
            record = record._replace(study=row.study)
        changes[ref] = record
    return {**records, **changes} if changes else records


def _opened(kind: str, ref: str, before: str, after: str) -> Fault:
    reason = f"{kind} {quoted(ref)} would become {after}, and it is {before} now: more people would see it"
    return Fault("access", reason, column="access", value=after, warning=True)


def _set_by_hand(ref: str, filed: str, study: str) -> Fault:
    said = f"study {quoted(filed)}" if filed else "no study"
    stands = f"{quoted(study)} stands" if study else "that it stands alone holds"
    reason = f"source {quoted(ref)} has {said} in the file; {stands}, as a person has set it"
    return Fault("studies", reason, column="study", value=filed, warning=True)


def difference(stored: Mapping[str, Any], records: Mapping[str, Record], replaced: Collection[str]) -> PlannedChanges:
    """Return what happens to stored rows (ref, id, digest, strand), by ref, where these records are brought in."""
    found = PlannedChanges(digests={ref: digest(record) for ref, record in records.items()})
    for ref in records:
        row = stored.get(ref)
        if row is None:
            found.added.append(ref)
        elif row.digest != found.digests[ref]:
            found.changed[ref] = row.id
        else:
            found.unchanged += 1
    if replaced:
        found.withdrawn = {ref: row.id for ref, row in stored.items() if row.strand in replaced and ref not in records}
    return found
