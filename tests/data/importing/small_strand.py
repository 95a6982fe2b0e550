"""A strand of two sources and three findings, written as files with whatever a test wants changed in it."""

import csv
import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import openpyxl

SOURCE_COLUMNS = (
    "source_id", "strand", "title", "authors", "organisation", "year", "source_type",
    "method", "url", "doi", "accessed", "read", "study",
)  # fmt: skip
FINDING_COLUMNS = (
    "finding_id", "source_id", "finding", "place", "regions", "latitude", "longitude", "themes", "levers",
    "lever_roles", "direction", "confidence", "confidence_reason", "population", "period", "coder", "coded_on",
)  # fmt: skip
Row = Mapping[str, object]

SOURCES: tuple[dict[str, object], ...] = (
    {"source_id": "S1", "strand": "community", "title": "A library and its readers", "year": "2019", "study": "books"},
    {"source_id": "S2", "strand": "community", "title": "Fewer buses"},
)
FINDINGS: tuple[dict[str, object], ...] = (
    {
        "finding_id": "E1", "source_id": "S1", "finding": "The library brought its readers together", "place": "Blyth",
        "regions": "TLC", "latitude": "55.13", "longitude": "-1.51", "themes": "T1.2;T2.2", "levers": "L6.1",
        "lever_roles": "applied", "direction": "strengthened", "confidence": "moderate", "population": "readers",
        "confidence_reason": "one survey", "period": "2018", "coder": "C1;C2", "coded_on": "2026-11-23",
    },
    {
        "finding_id": "E2", "source_id": "S2", "finding": "Without buses the hall stood empty", "regions": "TLC;TLD",
        "themes": "T1.9;T3.2", "levers": "L6.4;L1.2", "lever_roles": "withdrawn;lacking", "direction": "impeded",
        "confidence": "low",
    },
    {
        "finding_id": "E3", "source_id": "S2", "finding": "People told what halls are for", "regions": "ENG",
        "themes": "T1", "direction": "context", "confidence": "very low",
    },
)  # fmt: skip


def changed(rows: Iterable[Row], changes: Mapping[str, Row]) -> list[Row]:
    """Return the rows with those whose first cell is a key of `changes` altered."""
    return [{**row, **changes.get(str(next(iter(row.values()))), {})} for row in rows]


def write_csv(path: Path, columns: Sequence[str], rows: Iterable[Row], encoding: str = "utf-8") -> Path:
    """Write rows as a CSV file and return its path; a cell that a row lacks stays empty."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        writer = csv.DictWriter(file, columns, restval="", extrasaction="ignore")
        writer.writeheader()
        writer.writerows(rows)
    return path


def write_strand(
    folder: Path,
    findings: Iterable[Row] = FINDINGS,
    sources: Iterable[Row] = SOURCES,
    further: Sequence[str] = (),
) -> Path:
    """Write a strand's folder with its two CSV files, with `further` columns in both, and return it."""
    write_csv(folder / "sources.csv", (*SOURCE_COLUMNS, *further), sources)
    write_csv(folder / "findings.csv", (*FINDING_COLUMNS, *further), findings)
    return folder


def write_workbook(
    path: Path,
    findings: Iterable[Row] = FINDINGS,
    sources: Iterable[Row] = SOURCES,
    above: Sequence[Sequence[str]] = (),
) -> Path:
    """Write a strand as a workbook with the sheets Sources and Findings, `above` standing over each header."""
    book = openpyxl.Workbook()
    book.remove(book.worksheets[0])
    for name, columns, rows in (("Sources", SOURCE_COLUMNS, sources), ("Findings", FINDING_COLUMNS, findings)):
        sheet = book.create_sheet(name)
        for line in (*above, columns):
            sheet.append(list(line))
        for row in rows:
            sheet.append([_cell(row.get(column)) for column in columns])
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(path)
    return path


def _cell(value: object) -> object:
    return value if isinstance(value, str | int | float | dt.date) else None
