"""Read a strand's files into rows that know their place: CSV pairs, or a workbook with sheets Sources and Findings."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import count, takewhile
from os.path import realpath
from pathlib import Path

from data.faults import Fault, Unreadable, perhaps
from data.importing.accounts import Account
from data.importing.memory import garbage_collector_off
from data.importing.readers.grids import Grid, Workbook, csv_grid, is_utf8, wrong_byte
from data.importing.readers.limits import Watch
from data.progress import Progress, about, between, unheard
from data.schema import EXAMPLE, FINDING_COLUMNS, HEADER_SEARCH_ROWS, IS_EXAMPLE, OPTIONAL, SOURCE_COLUMNS

PROJECT = Path(__file__).resolve().parents[2]
OTHER_SEPARATORS = {";": "semicolons", "\t": "tabs", "|": "upright lines"}


@dataclass(frozen=True)
class Table:
    """One file's or sheet's rows: each row's number as a spreadsheet counts it, and its cells in `columns` order.

    `columns` are SOURCE_COLUMNS or FINDING_COLUMNS, without those of OPTIONAL that the file lacks.
    """

    file: str
    sheet: str
    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]]
    unsaid: Mapping[str, frozenset[str]] = field(default_factory=dict, compare=False, kw_only=True)
    """By column of OPTIONAL, the refs of rows whose value there nobody has said: it is what is usual for new rows."""

    def fault(
        self, reason: str, row: int | None = None, column: str = "", value: str = "", warning: bool = False
    ) -> Fault:
        """Return a fault at a place in this table."""
        return Fault(self.file, reason, self.sheet, row, column, value, warning)


@dataclass
class Files:
    """What was read: tables of sources and of findings, each file's SHA-256, the faults met on the way, and what
    became of the rows of each table.
    """

    sources: list[Table] = field(default_factory=list)
    findings: list[Table] = field(default_factory=list)
    hashes: list[dict[str, str]] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    accounts: list[Account] = field(default_factory=list)


@garbage_collector_off()
def read(paths: Sequence[Path], progress: Progress = unheard) -> Files:
    """Read folders that hold sources.csv and findings.csv, single CSV files of either kind, and .xlsx workbooks.

    Nothing raises for what a file holds: all faults stand in the result. `progress` is told how far it is.
    """
    files = Files()
    for number, path in enumerate(paths):
        try:
            _read(path, files, between(progress, number / len(paths), (number + 1) / len(paths)))
        except OSError as error:
            files.faults.append(Fault(named(Path(error.filename or path)), f"cannot be read: {error.strerror}"))
    return files


def _read(path: Path, files: Files, progress: Progress) -> None:
    if path.is_dir():
        _read_csv(path / "sources.csv", files, between(progress, 0.0, 0.3), SOURCE_COLUMNS)
        _read_csv(path / "findings.csv", files, between(progress, 0.3, 1.0), FINDING_COLUMNS)
    elif not path.exists():
        files.faults.append(Fault(named(path), "missing file or folder"))
    elif path.suffix.lower() == ".xlsx":
        _read_workbook(path, files, progress)
    elif path.suffix.lower() == ".csv":
        _read_csv(path, files, progress)
    else:
        files.faults.append(Fault(named(path), "give a folder with sources.csv and findings.csv, a .csv or an .xlsx"))


def named(path: Path) -> str:
    """Return a path as faults and records name it: from the project's folder where it lies inside."""
    resolved = Path(realpath(path))  # which, unlike Path.resolve, takes a link to itself as it is
    return str(resolved.relative_to(PROJECT)) if resolved.is_relative_to(PROJECT) else str(path)


def _contents(path: Path, files: Files, watch: Watch) -> bytes | None:
    watch.tell(0.0, "reading")
    try:
        contents = path.read_bytes()
    except FileNotFoundError:
        files.faults.append(Fault(named(path), "missing file"))
        return None
    files.hashes.append({"name": named(path), "sha256": hashlib.sha256(contents).hexdigest()})
    return contents


def _read_csv(path: Path, files: Files, progress: Progress, columns: tuple[str, ...] = ()) -> None:
    """Read one CSV file; without `columns`, its header says whether it holds sources or findings."""
    watch = Watch(about(path, progress))
    contents = _contents(path, files, watch)
    if contents is None:
        return
    grid, ended = csv_grid(contents, watch)
    if ended and not grid:
        files.faults.append(Fault(named(path), str(ended), row=ended.row))
        return
    header = grid[0][1] if grid else []
    columns = columns or _kind(path, header)
    table = Table(named(path), "", columns, [])
    if any(map(wrong_byte, header)):
        files.faults += _wrong_bytes(table, grid[:1], ())
        return
    if len(header) == 1:
        for mark, name in OTHER_SEPARATORS.items():
            if len(set(header[0].split(mark)) & set(columns)) > 1:
                files.faults.append(table.fault(f"its cells are parted by {name}; save it parted by commas", 1))
                return
    _take(table, grid, 1, files)
    if not is_utf8(contents):
        files.faults += _wrong_bytes(table, grid, header)
    if ended:
        files.faults.append(table.fault(str(ended), ended.row))


def _kind(path: Path, header: Sequence[str]) -> tuple[str, ...]:
    """Return the columns of sources or of findings, whichever a header is nearer to; where neither, by its name."""
    sources, findings = (len({*header} & {*columns}) for columns in (SOURCE_COLUMNS, FINDING_COLUMNS))
    if sources == findings:
        return SOURCE_COLUMNS if "source" in path.stem.lower() else FINDING_COLUMNS
    return SOURCE_COLUMNS if sources > findings else FINDING_COLUMNS


def _wrong_bytes(table: Table, grid: Grid, header: Sequence[str]) -> Iterator[Fault]:
    for number, row in grid:
        for place, cell in enumerate(row):
            if byte := wrong_byte(cell):
                column = header[place] if place < len(header) else ""
                yield table.fault(f"byte {byte} is not UTF-8; save the file as CSV UTF-8", number, column)


def _read_workbook(path: Path, files: Files, progress: Progress) -> None:
    watch = Watch(about(path, progress))
    contents = _contents(path, files, watch)
    if contents is None:
        return
    try:
        workbook = Workbook(contents, watch)
    except Unreadable as ended:
        files.faults.append(Fault(named(path), str(ended)))
        return
    for sheet, columns in (("Sources", SOURCE_COLUMNS), ("Findings", FINDING_COLUMNS)):
        if sheet not in workbook.names:
            files.faults.append(Fault(named(path), f"missing sheet {sheet}{perhaps(sheet, workbook.names)}"))
            continue
        try:
            grid = workbook.grid(sheet)
        except Unreadable as ended:
            files.faults.append(Fault(named(path), str(ended)))
            continue
        _take(Table(named(path), sheet, columns, []), grid, HEADER_SEARCH_ROWS, files)


def _take(table: Table, grid: Grid, search: int, files: Files) -> None:
    """Find the header, name the columns it lacks or repeats, and keep the rows below it."""
    needed = [column for column in table.columns if column not in OPTIONAL]
    if not any(any(cells) for _, cells in grid):
        files.faults.append(table.fault(f"is empty; it should start with a row that names {len(needed)} columns"))
        return
    number, header = max(grid[:search], key=lambda row: len(set(row[1]) & set(table.columns)))
    missing = [column for column in needed if column not in header]
    repeated = [column for column in table.columns if header.count(column) > 1]
    others = [name for name in header if name not in table.columns]
    files.faults += [table.fault(f"missing column {column}{perhaps(column, others)}", number) for column in missing]
    files.faults += [table.fault(f"column {column} stands more than once", number) for column in repeated]
    if missing or repeated:
        return
    held = files.sources if table.columns == SOURCE_COLUMNS else files.findings
    table = replace(table, columns=tuple(column for column in table.columns if column in header))
    positions = [header.index(column) for column in table.columns]
    left: dict[int, str] = {}
    table.rows.extend(_rows(table, grid[number:], header, positions, files, left))
    held.append(table)
    files.accounts.append(account_of(table, left))


def account_of(table: Table, left: Mapping[int, str]) -> Account:
    """Return the account of a table of ours: each row is a source or a finding, but for those left."""
    made = len(table.rows)
    findings, sources = (made, 0) if table.columns[0] == FINDING_COLUMNS[0] else (0, made)
    return Account(table.file, table.sheet, made + len(left), findings, sources, left=left)


def continued(column: str, part: int) -> str:
    """Return the header of the column that goes on with texts too long for one cell; parts count from 2."""
    return f"{column} (continued {part})"


def _rows(
    table: Table, grid: Grid, header: list[str], positions: list[int], files: Files, left: dict[int, str]
) -> Iterator[tuple[int, list[str]]]:
    further = [(place, more) for place, column in enumerate(table.columns) if (more := _further(column, header))]
    for number, cells in grid:
        if not any(cells):
            continue
        if len(cells) != len(header) and not table.sheet:
            left[number] = f"has {len(cells)} cells where the header has {len(header)}"
            files.faults.append(replace(table.fault(left[number], number), one_row=True))
            continue
        row = [cells[position] for position in positions]
        if row[0].startswith(EXAMPLE):
            left[number] = IS_EXAMPLE
            continue
        for place, more in further:
            row[place] += "".join(cells[position] for position in more)
        yield number, row


def _further(column: str, header: list[str]) -> list[int]:
    """Return the positions of the columns in which a column's long texts go on."""
    names = takewhile(header.__contains__, (continued(column, part) for part in count(2)))
    return [header.index(name) for name in names]
