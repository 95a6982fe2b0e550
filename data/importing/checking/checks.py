"""Check every row of what was read and make records of the sound ones; every fault is listed, not only the first."""

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from typing import Any, NamedTuple

from data.collection.codebook import Codebook
from data.faults import Fault, quoted
from data.filters.filter import LONGEST_REF
from data.importing.checking import outlines
from data.importing.checking.records import FindingRecord, SourceRecord, digest
from data.importing.checking.row_checks import FindingRows, SourceRows, Wrong
from data.importing.strand_files import Files, Table
from data.progress import Progress, unheard
from data.schema import FINDING_COLUMNS, OPTIONAL, SOURCE_COLUMNS

__all__ = ["Checked", "FindingRecord", "SourceRecord", "check", "digest"]

REPORT_EVERY = 2_000
"""Rows between two reports of progress."""

Place = tuple[str, str, int]
"""File, sheet and row."""


class Checked(NamedTuple):
    """The records that rows made, by ref, and all that is wrong with the others or to be looked at.

    `unsaid` holds the refs of rows of which neither file nor person says an optional column, by kind and column.
    `faulty` holds the rows of sources and of findings that stop a load, each with what is wrong there.
    """

    sources: dict[str, SourceRecord]
    findings: dict[str, FindingRecord]
    faults: list[Fault]
    unsaid: dict[tuple[str, str], frozenset[str]] = {}  # noqa: RUF012 (never changed)
    faulty: dict[str, dict[Place, str]] = {}  # noqa: RUF012 (never changed)

    @property
    def errors(self) -> list[Fault]:
        """Return the faults that stop a load."""
        return [fault for fault in self.faults if not fault.warning]

    @property
    def warnings(self) -> list[Fault]:
        """Return the faults that are only to be looked at."""
        return [fault for fault in self.faults if fault.warning]


def check(files: Files, codebook: Codebook, known_sources: Collection[str], progress: Progress = unheard) -> Checked:
    """Check what was read against the codebook; findings may rest on these files' sources or on `known_sources`."""
    faults = list(files.faults)
    faulty: dict[str, dict[Place, str]] = {"source": {}, "finding": {}}
    step = _counted(sum(len(table.rows) for table in (*files.sources, *files.findings)), progress)
    sources = {
        record.ref: record for record in _unique(files.sources, SourceRows(codebook), faults, step, faulty["source"])
    }
    named = {cells[0] for table in files.sources for _, cells in table.rows}
    of_findings = FindingRows(codebook, named, known_sources)
    findings = {record.ref: record for record in _unique(files.findings, of_findings, faults, step, faulty["finding"])}
    if files.findings:
        faults += _outside(files, findings, codebook)
    unsaid = {
        (kind, column): _unsaid(tables, column)
        for kind, tables in (("source", files.sources), ("finding", files.findings))
        for column in OPTIONAL
    }
    return Checked(sources, findings, faults, unsaid, faulty)


def _counted(total: int, progress: Progress) -> Callable[[], None]:
    done = 0

    def step() -> None:
        nonlocal done
        done += 1
        if done % REPORT_EVERY == 0:
            progress(done / total, f"Checked {done:,} of {total:,} rows")

    return step


def _unsaid(tables: list[Table], column: str) -> frozenset[str]:
    lacking = (cells[0] for table in tables if column not in table.columns for _, cells in table.rows)
    return frozenset(lacking).union(*(table.unsaid.get(column, ()) for table in tables))


def _completed(table: Table) -> Callable[[list[str]], list[str]]:
    """Return what gives a row of a table the optional columns that the table lacks, empty."""
    columns = SOURCE_COLUMNS if table.columns[0] == SOURCE_COLUMNS[0] else FINDING_COLUMNS
    optional = [column for column in columns if column in OPTIONAL]
    lacking = [column for column in optional if column not in table.columns]
    if not lacking:
        return lambda cells: cells
    if lacking == optional:
        empty = [""] * len(lacking)
        return lambda cells: cells + empty
    needed = len(columns) - len(optional)
    places = [table.columns.index(column) if column in table.columns else None for column in optional]
    return lambda cells: cells[:needed] + ["" if place is None else cells[place] for place in places]


def _unique(  # type: ignore[no-untyped-def]
    tables: list[Table], row_check, faults: list[Fault], step: Callable[[], None], faulty: dict[Place, str]
) -> Iterator[Any]:
    """Yield each row's record, unless its ref is empty or stands already above."""
    first: dict[str, tuple[Table, int]] = {}
    for table in tables:
        column, completed = table.columns[0], _completed(table)
        for number, cells in table.rows:
            step()
            ref = cells[0]
            wrong: Wrong = []
            noted: Wrong = []
            record = row_check(completed(cells), wrong, noted)
            if not ref or ref in first or len(ref) > LONGEST_REF or not ref.isprintable():
                wrong.insert(0, (column, _wrong_ref(ref, first, len(tables) > 1)))
            first.setdefault(ref, (table, number))
            if wrong or noted:
                stopping = [replace(_fault(table, number, cells, *each), one_row=True) for each in wrong]
                faults += stopping
                faults += [_fault(table, number, cells, *each, warning=True) for each in noted]
            if wrong:
                faulty[table.file, table.sheet, number] = f"{stopping[0].column} {wrong[0][1]}"
            if record:
                yield record


def _wrong_ref(ref: str, first: dict[str, tuple[Table, int]], several: bool) -> str:
    if not ref:
        return "is empty; give each row a ref of its own"
    if len(ref) > LONGEST_REF or not ref.isprintable():
        rule = f"at most {LONGEST_REF} characters, none of them a line break or a control character"
        return f"{quoted(ref)} cannot stand in an address; {rule}"
    table, row = first[ref]
    return f"{quoted(ref)} stands already in {f'{table.file} ' if several else ''}row {row}"


def _fault(table: Table, number: int, cells: list[str], column: str, reason: str, warning: bool = False) -> Fault:
    value = cells[table.columns.index(column)] if column in table.columns else ""
    return table.fault(reason, number, column, value, warning)


def _outside(files: Files, findings: dict[str, FindingRecord], codebook: Codebook) -> Iterator[Fault]:
    """Yield a warning for each finding whose point lies clearly outside every region it is coded to."""
    told = outlines.outside(findings.values(), codebook)
    if told:
        for table in files.findings:
            for number, cells in table.rows:
                if reason := told.get(cells[0]):
                    yield _fault(table, number, cells, "regions", reason, warning=True)
