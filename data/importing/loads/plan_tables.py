"""What a plan would do, as tables to read before it is confirmed: which rows, which fields, and counts by facet."""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd
from sqlalchemy import Connection, text

from data.collection.codebook import Codebook
from data.importing.checking.records import ROWS, FindingRecord, Record, SourceRecord, row_of
from data.importing.loads.applying import stored_rows
from data.importing.loads.comparison import Plan

ROW_COLUMNS = ("kind", "ref", "what", "text", "fields")
FIELD_COLUMNS = ("kind", "ref", "field", "before", "after")
COUNT_COLUMNS = ("facet", "code", "name", "findings_before", "findings_after", "sources_before", "sources_after")
FACETS = ("strand", "region", "theme")
"""What findings and sources are counted by, before and after."""
Pairs = Counter[tuple[str, str]]
"""How many findings a code and a source have together."""
LINKS = {"region": "finding_region", "theme": "finding_theme"}


def changed_fields(kind: str, before: Mapping[str, Any], after: Mapping[str, Any]) -> list[tuple[str, Any, Any]]:
    """Return field, value before and value after for each field of a row that differs, in the order of its file.

    A row that an older version recorded lacks the fields that came later; it is not said of those that they changed.
    """
    return [
        (field, before[field], after.get(field))
        for field in ROWS[kind]
        if field in before and before[field] != after.get(field)
    ]


def tables(connection: Connection, plan: Plan) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Return the rows that a plan would add, change or withdraw (ROW_COLUMNS), and each field that would change.

    `text` is a source's title or a finding's text as it would be, or was; `fields` says how many of its fields
    change. The second table has FIELD_COLUMNS, one row a field.
    """
    rows: list[tuple[str, str, str, str, int]] = []
    fields: list[tuple[str, str, str, Any, Any]] = []
    for kind, difference, records in plan.differences():
        rows += [(kind, ref, "added", _text(records[ref]), 0) for ref in difference.added]
        before = stored_rows(connection, kind, difference.changed.values())
        for ref, number in difference.changed.items():
            after = row_of(records[ref], plan.study_filed.get(ref))
            found = changed_fields(kind, before[number], after)
            rows.append((kind, ref, "changed", _text(records[ref]), len(found)))
            fields += [(kind, ref, *each) for each in found]
        gone = stored_rows(connection, kind, difference.withdrawn.values())
        said = "title" if kind == "source" else "finding"
        rows += [(kind, ref, "withdrawn", str(gone[n][said]), 0) for ref, n in difference.withdrawn.items()]
    return (
        pd.DataFrame(rows, columns=list(ROW_COLUMNS)),
        pd.DataFrame(fields, columns=list(FIELD_COLUMNS), dtype=object),
    )


def _text(record: Record) -> str:
    return record.title if isinstance(record, SourceRecord) else record.finding


def counts(connection: Connection, plan: Plan, codebook: Codebook, reparented: bool = False) -> pd.DataFrame:
    """Return findings and their sources by strand, region and theme, before and after (COUNT_COLUMNS).

    A code takes in its parts. Codes that neither before nor after holds a finding are left out. `codebook` is the one
    that would hold; with `reparented`, its parents are not those that the database holds now.
    """
    around = _Around(connection, plan, codebook, everything=reparented)
    rows = []
    for facet in FACETS:
        before = _totals(connection, facet)
        lost, gained = map(_summed, around.pairs(facet))
        for code, name in _named(codebook, facet, {*before, *lost, *gained}):
            (findings, sources), less, more = (held.get(code, (0, 0)) for held in (before, lost, gained))
            after = (findings - less[0] + more[0], sources - less[1] + more[1])
            if findings or after[0]:
                rows.append((facet, code, name, findings, after[0], sources, after[1]))
    return pd.DataFrame(rows, columns=list(COUNT_COLUMNS))


def _named(codebook: Codebook, facet: str, codes: Iterable[str]) -> Iterable[tuple[str, str]]:
    """Yield codes with their names, in codebook order, those that it no longer holds last."""
    wanted = set(codes)
    for entry in codebook.entries(facet):
        if entry.code in wanted:
            yield entry.code, entry.name
    for code in sorted(wanted - set(codebook.codes(facet))):
        yield code, code


def _summed(pairs: Pairs) -> dict[str, tuple[int, int]]:
    """Return the findings and sources of each code."""
    found: dict[str, tuple[int, int]] = {}
    for (code, _), number in pairs.items():
        findings, sources = found.get(code, (0, 0))
        found[code] = (findings + number, sources + 1)
    return found


def _totals(connection: Connection, facet: str) -> dict[str, tuple[int, int]]:
    if facet == "strand":
        sql = "SELECT s.strand, count(*), count(DISTINCT s.id) FROM finding f JOIN source s ON s.id = f.source_id"
        grouped = connection.execute(text(f"{sql} GROUP BY s.strand"))
    else:
        sql = f"SELECT l.{facet}, count(*), count(DISTINCT f.source_id) FROM {LINKS[facet]} l"
        grouped = connection.execute(text(f"{sql} JOIN finding f ON f.id = l.finding_id GROUP BY l.{facet}"))
    return {code: (findings, sources) for code, findings, sources in grouped}


class _Around:
    """The sources that a plan touches, with the findings they have now and would have: all others stay as they are."""

    def __init__(self, connection: Connection, plan: Plan, codebook: Codebook, everything: bool) -> None:
        self.connection, self.plan, self.codebook = connection, plan, codebook
        records = plan.checked.findings
        new = [records[ref] for ref in (*plan.findings.added, *plan.findings.changed)]
        self.new = new
        self.gone = {*plan.findings.changed.values(), *plan.findings.withdrawn.values()}
        refs = {record.source for record in new} | {*plan.sources.changed, *plan.sources.withdrawn}
        self.strands = {ref: plan.checked.sources[ref].strand for ref in (*plan.sources.added, *plan.sources.changed)}
        self._ask(refs, everything)
        self.wider: dict[tuple[str, tuple[str, ...]], frozenset[str]] = {}

    def _ask(self, refs: set[str], everything: bool) -> None:
        run = self.connection.exec_driver_sql
        run("CREATE TEMP TABLE IF NOT EXISTS around (id INTEGER PRIMARY KEY)")
        run("DELETE FROM around")
        if everything:
            run("INSERT INTO around SELECT id FROM source")
        else:
            run("INSERT OR IGNORE INTO around SELECT id FROM source WHERE ref IN (SELECT value FROM json_each(?))",
                (json.dumps(sorted(refs)),))  # fmt: skip
            run("INSERT OR IGNORE INTO around SELECT source_id FROM finding WHERE id IN "
                "(SELECT value FROM json_each(?))", (json.dumps(sorted(self.gone)),))  # fmt: skip
        self.held = run(
            "SELECT f.id, s.ref, s.strand FROM finding f JOIN source s ON s.id = f.source_id "
            "WHERE f.source_id IN (SELECT id FROM around)"
        ).fetchall()

    def pairs(self, facet: str) -> tuple[Pairs, Pairs]:
        """Return how many findings each code and source of these have together, before and after."""
        was: Pairs = Counter()
        will: Pairs = Counter()
        own, implied = self._codes(facet)
        for number, ref, strand in self.held:
            for code in (strand,) if facet == "strand" else implied.get(number, ()):
                was[code, ref] += 1
            if number not in self.gone:
                kept = (self.strands.get(ref, strand),) if facet == "strand" else self._up(facet, own.get(number, ()))
                for code in kept:
                    will[code, ref] += 1
        stored = {ref: strand for _, ref, strand in self.held}
        for record in self.new:
            for code in self._new(facet, record, stored):
                will[code, record.source] += 1
        return was, will

    def _codes(self, facet: str) -> tuple[dict[int, tuple[str, ...]], dict[int, list[str]]]:
        """Return, for each of these findings, the codes it is coded with, and all that it stands under."""
        own: dict[int, tuple[str, ...]] = {}
        implied: dict[int, list[str]] = {}
        if facet != "strand":
            sql = f"SELECT finding_id, {facet}, coded FROM {LINKS[facet]} WHERE finding_id IN ("
            sql += "SELECT id FROM finding WHERE source_id IN (SELECT id FROM around))"
            for number, code, coded in self.connection.exec_driver_sql(sql).fetchall():
                implied.setdefault(number, []).append(code)
                if coded:
                    own[number] = (*own.get(number, ()), code)
        return own, implied

    def _new(self, facet: str, record: FindingRecord, stored: Mapping[str, str]) -> Iterable[str]:
        if facet == "strand":
            strand = self.strands.get(record.source) or stored.get(record.source) or self._strand(record.source)
            return (strand,)
        return self._up(facet, record.regions if facet == "region" else record.themes)

    def _strand(self, ref: str) -> str:
        """Return the strand of a source that has had no finding yet."""
        held = self.connection.scalar(text("SELECT strand FROM source WHERE ref = :ref"), {"ref": ref})
        self.strands[ref] = str(held)
        return self.strands[ref]

    def _up(self, facet: str, codes: tuple[str, ...]) -> frozenset[str]:
        """Return codes with all that are wider."""
        known = self.wider.get((facet, codes))
        if known is None:
            wider = {above for code in codes for above in self.codebook.ancestors(facet, code)}
            known = self.wider[facet, codes] = frozenset({*codes, *wider})
        return known
