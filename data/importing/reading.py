"""Read a strand's files into rows that know their place: CSV pairs, or a workbook with sheets Sources and Findings."""

import csv
import datetime as dt
import hashlib
import io
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from python_calamine import CalamineError, CalamineWorkbook

from data.importing.faults import Fault, perhaps

SOURCE_COLUMNS = (
    "source_id", "strand", "title", "authors", "organisation", "year", "source_type",
    "method", "url", "doi", "accessed", "read", "study",
)  # fmt: skip
FINDING_COLUMNS = (
    "finding_id", "source_id", "finding", "place", "regions", "latitude", "longitude", "themes", "levers",
    "lever_roles", "direction", "confidence", "confidence_reason", "population", "period", "coder", "coded_on",
)  # fmt: skip
SHORTHAND = ("[x]", "[z]", "[c]")
"""What a released spreadsheet writes in a cell that has no value; read back as empty."""
PROJECT = Path(__file__).resolve().parents[2]
HEADER_SEARCH_ROWS = 20
"""A sheet's header is looked for in this many rows, below a title and notes."""


@dataclass(frozen=True)
class Table:
    """One file's or sheet's rows: each row's number as a spreadsheet counts it, and its cells in `columns` order."""

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]]

    def fault(self, reason: str, row: int | None = None, column: str = "") -> Fault:
        """Return a fault at a place in this table."""
        return Fault(self.file, reason, self.sheet, row, column)


@dataclass
class Files:
    """What was read: tables of sources and of findings, each file's SHA-256, and the faults met on the way."""

    sources: list[Table] = field(default_factory=list)
    findings: list[Table] = field(default_factory=list)
    hashes: list[dict[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)


def read(paths: Iterable[Path]) -> Files:
    """Read folders that hold sources.csv and findings.csv, single CSV files of either kind, and .xlsx workbooks.

    Nothing raises for what a file holds: all faults stand in the result.
    """
    files = Files()
    for path in paths:
        if path.is_dir():
            for name, columns, tables in (
                ("sources.csv", SOURCE_COLUMNS, files.sources),
                ("findings.csv", FINDING_COLUMNS, files.findings),
            ):
                _read_csv(path / name, columns, tables, files)
        elif path.suffix.lower() == ".xlsx":
            _read_workbook(path, files)
        elif path.suffix.lower() == ".csv":
            is_findings = "finding" in path.stem.lower() and "source" not in path.stem.lower()
            columns, tables = (FINDING_COLUMNS, files.findings) if is_findings else (SOURCE_COLUMNS, files.sources)
            _read_csv(path, columns, tables, files)
        elif path.exists():
            files.faults.append(
                Fault(named(path), "give a folder with sources.csv and findings.csv, a .csv or an .xlsx")
            )
        else:
            files.faults.append(Fault(named(path), "missing file or folder"))
    return files


def named(path: Path) -> str:
    """Return a path as faults and records name it: from the project's folder where it lies inside."""
    resolved = path.resolve()
    return str(resolved.relative_to(PROJECT)) if resolved.is_relative_to(PROJECT) else str(path)


def _contents(path: Path, files: Files) -> bytes | None:
    try:
        contents = path.read_bytes()
    except FileNotFoundError:
        files.faults.append(Fault(named(path), "missing file"))
        return None
    except OSError as error:
        files.faults.append(Fault(named(path), f"cannot be read: {error.strerror}"))
        return None
    files.hashes.append({"name": named(path), "sha256": hashlib.sha256(contents).hexdigest()})
    return contents


def _read_csv(path: Path, columns: Sequence[str], tables: list[Table], files: Files) -> None:
    contents = _contents(path, files)
    if contents is None:
        return
    try:
        text = contents.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # Rows before the first bad byte decode; what a spreadsheet calls that row is counted by the CSV reader.
        before = contents[: error.start].decode("utf-8-sig")
        row = max(1, sum(1 for _ in csv.reader(io.StringIO(before + ".", newline=""))))
        files.faults.append(
            Fault(named(path), f"byte 0x{contents[error.start]:02X} is not UTF-8; save the file as CSV UTF-8", row=row)
        )
        return
    csv.field_size_limit(max(csv.field_size_limit(), 10_000_000))
    try:
        grid: list[tuple[int, Sequence[object]]] = list(enumerate(csv.reader(io.StringIO(text, newline="")), start=1))
    except csv.Error as error:
        files.faults.append(Fault(named(path), f"is not a CSV file: {error}"))
        return
    _take(Table(named(path), "", tuple(columns), []), grid, 1, tables, files)


def _read_workbook(path: Path, files: Files) -> None:
    contents = _contents(path, files)
    if contents is None:
        return
    try:
        workbook = CalamineWorkbook.from_filelike(io.BytesIO(contents))
    except CalamineError as error:
        files.faults.append(Fault(named(path), f"is not a workbook that can be read: {error}"))
        return
    for sheet, columns, tables in (
        ("Sources", SOURCE_COLUMNS, files.sources),
        ("Findings", FINDING_COLUMNS, files.findings),
    ):
        if sheet not in workbook.sheet_names:
            near = perhaps(sheet, workbook.sheet_names)
            files.faults.append(Fault(named(path), f"missing sheet {sheet}{near}"))
            continue
        grid: list[tuple[int, Sequence[object]]] = list(
            enumerate(workbook.get_sheet_by_name(sheet).to_python(skip_empty_area=False), start=1)
        )
        _take(Table(named(path), sheet, columns, []), grid, HEADER_SEARCH_ROWS, tables, files)


def _take(
    table: Table, grid: list[tuple[int, Sequence[object]]], search: int, tables: list[Table], files: Files
) -> None:
    """Find the header, name the columns it lacks or repeats, and keep the rows below it."""
    best = max(grid[:search], key=lambda row: len(set(map(_text, row[1])) & set(table.columns)), default=(1, []))
    header = [_text(cell) for cell in best[1]]
    missing = [column for column in table.columns if column not in header]
    repeated = [column for column in table.columns if header.count(column) > 1]
    files.faults += [table.fault(f"missing column {column}{perhaps(column, header)}", best[0]) for column in missing]
    files.faults += [table.fault(f"column {column} stands more than once", best[0]) for column in repeated]
    if missing or repeated:
        return
    positions = [header.index(column) for column in table.columns]
    table.rows.extend(_rows(table, grid[best[0] :], len(header), positions, files))
    tables.append(table)


def _rows(
    table: Table, grid: list[tuple[int, Sequence[object]]], width: int, positions: list[int], files: Files
) -> Iterator[tuple[int, list[str]]]:
    for number, row in grid:
        cells = [_text(cell) for cell in row]
        if not any(cells):
            continue
        if len(cells) != width and not table.sheet:
            files.faults.append(table.fault(f"has {len(cells)} cells where the header has {width}", number))
            continue
        yield number, [cells[position] for position in positions]


def _text(cell: object) -> str:
    """Return a cell as the text a CSV file would hold."""
    if isinstance(cell, str):
        stripped = cell.strip()
        return "" if stripped in SHORTHAND else stripped
    if isinstance(cell, dt.datetime):
        return cell.date().isoformat() if cell.time() == dt.time() else cell.isoformat(" ")
    if isinstance(cell, dt.date):
        return cell.isoformat()
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() else repr(cell)
    return "" if cell is None else str(cell)
