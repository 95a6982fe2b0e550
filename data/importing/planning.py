"""Compare checked records with the collection: what a load would add, change, withdraw and leave as it is."""

from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection, text

from data.importing.checking import Checked, FindingRecord, SourceRecord, digest

STORED_SOURCES = "SELECT ref, id, digest, strand FROM source"
STORED_FINDINGS = "SELECT f.ref, f.id, f.digest, s.strand FROM finding f JOIN source s ON s.id = f.source_id"


@dataclass
class Difference:
    """What would happen to the sources, or to the findings: refs with their ids, and new digests."""

    added: list[str] = field(default_factory=list)
    changed: dict[str, int] = field(default_factory=dict)
    withdrawn: dict[str, int] = field(default_factory=dict)
    unchanged: int = 0
    digests: dict[str, bytes] = field(default_factory=dict)


@dataclass(frozen=True)
class Plan:
    """What a load would do, with the records it would do it with."""

    checked: Checked
    sources: Difference
    findings: Difference

    def total(self, what: str) -> int:
        """Return the number of sources and findings that would be added, changed, withdrawn or stay unchanged."""
        parts = (getattr(self.sources, what), getattr(self.findings, what))
        return sum(part if isinstance(part, int) else len(part) for part in parts)


def plan(connection: Connection, checked: Checked, replaced: Collection[str]) -> Plan:
    """Return the difference between records and collection.

    Rows the records lack are withdrawn only in the `replaced` strands; nothing is written.
    """
    return Plan(
        checked,
        _difference(connection, STORED_SOURCES, checked.sources, replaced),
        _difference(connection, STORED_FINDINGS, checked.findings, replaced),
    )


def _difference(
    connection: Connection,
    stored_sql: str,
    records: dict[str, SourceRecord] | dict[str, FindingRecord],
    replaced: Collection[str],
) -> Difference:
    found = Difference(digests={ref: digest(record) for ref, record in records.items()})
    stored = {row.ref: row for row in connection.execute(text(stored_sql))}
    for ref in records:
        row = stored.get(ref)
        if row is None:
            found.added.append(ref)
        elif row.digest != found.digests[ref]:
            found.changed[ref] = row.id
        else:
            found.unchanged += 1
    found.withdrawn = {ref: row.id for ref, row in stored.items() if row.strand in replaced and ref not in records}
    return found
