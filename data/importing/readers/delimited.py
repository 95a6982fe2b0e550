"""CSV and its kin: cells parted by comma, semicolon, tab or bar, in any of the usual encodings, found and told."""

import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator

from data.faults import Fault, Unreadable
from data.importing.readers.encodings import NAMES, encoding_of
from data.importing.readers.file_format import FileFormat
from data.importing.readers.grid_tables import header_at, table_of
from data.importing.readers.grids import LONGEST_CELL, SHORTHAND, text_of
from data.importing.readers.limits import KEPT_FAULTS, MOST_CELLS, MOST_COLUMNS, MOST_ROWS, Watch
from data.importing.readers.raw import RawFile, Rows
from data.schema import HEADER_SEARCH_ROWS

SEPARATORS = {",": "comma", ";": "semicolon", "\t": "tab", "|": "bar"}
TRIED_ROWS = 50
"""Rows, from the first, by which the separator is judged."""
MOST_KNOWN = 50_000
"""Different texts of cells that are remembered while a file is read."""


def read(file: RawFile, contents: bytes, watch: Watch, encoding: str = "", separator: str = "") -> None:
    """Add the table of a text file, with the encoding and separator that were found or given told in `details`.

    Raises Unreadable where the file is no text in the encoding given, and Cancelled.
    """
    watch.tell(0.0, "looking for the encoding")
    found = encoding_of(contents)
    name = encoding or found.name
    try:
        b"a".decode(name, "ignore")
    except LookupError as error:
        raise Unreadable(f"cannot be read as {name!r}, which is no known encoding of text") from error
    file.details["encoding"] = f"{NAMES.get(name, name)}, as chosen" if encoding else found.found
    if found.guessed and not encoding:
        reason = (
            f"its encoding is guessed to be {NAMES[name]}; look at its accents and quotation marks, or choose another"
        )
        file.faults.append(Fault(file.name, reason, warning=True))
    mark = separator or separator_of(contents, name)
    file.details["separator"] = SEPARATORS.get(mark, mark) + (", as chosen" if separator else "")
    grid, ended = _grid(contents, name, mark, watch)
    ragged = list(_ragged(file.name, grid, watch))
    unread = {fault.row for fault in ragged}
    whole = [row for row in grid if row[0] not in unread] if unread else grid
    table = table_of(file.name, "", whole, file.faults, watch)
    if table:
        file.tables.append(table)
        file.faults += ragged
    if ended:
        file.faults.append(Fault(file.name, str(ended), row=ended.row))


def separator_of(contents: bytes, encoding: str) -> str:
    """Return the mark that parts the cells: the one that parts the first rows into the same number, and the most."""
    best, most = ",", (0.0, 0)
    for mark in SEPARATORS:
        widths = Counter()  # type: Counter[int]
        try:
            first = _rows(io.BytesIO(contents[: 1 << 20]), encoding, mark, "ignore")
            for _, row in zip(range(TRIED_ROWS), first, strict=False):
                if any(row):
                    widths[len(row)] += 1
        except csv.Error:
            pass
        wide = {width: rows for width, rows in widths.items() if width > 1}
        if wide:
            width, rows = max(wide.items(), key=lambda pair: (pair[1], pair[0]))
            if (score := (rows / sum(widths.values()), width)) > most:
                best, most = mark, score
    return best


def _rows(contents: io.BytesIO, encoding: str, mark: str, errors: str = "strict") -> Iterator[list[str]]:
    """Yield a text's rows as they are decoded; strict, so that no quotation mark swallows rows in silence."""
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))
    lines = io.TextIOWrapper(contents, encoding, errors, newline="")
    return csv.reader(lines, delimiter=mark, strict=True)


def _grid(contents: bytes, encoding: str, mark: str, watch: Watch) -> tuple[Rows, Unreadable | None]:
    """Return the rows and, where they cannot be read to their end, why."""
    grid: Rows = []
    known: dict[str, str] = {}
    cells_read, stream = 0, io.BytesIO(contents)
    try:
        for number, row in enumerate(_rows(stream, encoding, mark), start=1):
            cells_read += len(row)
            if number > MOST_ROWS or cells_read > MOST_CELLS or len(row) > MOST_COLUMNS:
                return grid, _too_much(number, len(row))
            if not number % 1000:
                watch.tell(0.6 * stream.tell() / len(contents), f"reading row {number:,}")
            cells = _held_once(map(str.strip, row), known)
            grid.append((number, cells if SHORTHAND.isdisjoint(cells) else tuple(map(text_of, cells))))
    except csv.Error as error:
        reason = f"is not CSV from here on ({error}); see that every quotation mark has its pair"
        return grid, Unreadable(reason, len(grid) + 1)
    except UnicodeError as error:
        reason = f"is not {NAMES.get(encoding, encoding)} from about here on ({error}); choose another encoding"
        return grid, Unreadable(reason, len(grid) + 1)
    return grid, None


def _held_once(cells: Iterable[str], known: dict[str, str]) -> tuple[str, ...]:
    """Return a row's cells, those that stood above already as the same object: codes repeat from row to row.

    It would save nothing to know every text, of which most stand in one cell only.
    """
    if len(known) < MOST_KNOWN:
        return tuple([known.setdefault(cell, cell) for cell in cells])
    return tuple([known.get(cell, cell) for cell in cells])


def _too_much(row: int, columns: int) -> Unreadable:
    if columns > MOST_COLUMNS:
        return Unreadable(f"has {columns:,} columns, where at most {MOST_COLUMNS:,} are taken", row)
    return Unreadable(f"has more than {MOST_ROWS:,} rows or {MOST_CELLS:,} cells, where at most these are taken; "
                      "it was read up to here; split it", row)  # fmt: skip


def _ragged(file: str, grid: Rows, watch: Watch) -> Iterator[Fault]:
    """Yield a fault for each row below the header that has more or fewer cells than it, so that none is known."""
    filled = [row for row in grid if any(row[1])]
    if not filled:
        return
    at = header_at(filled[:HEADER_SEARCH_ROWS])
    width = len(filled[at][1])
    told = 0
    for number, cells in filled[at + 1 :]:
        if not number % 1000:
            watch.tell(0.6, f"counting the cells of row {number:,}")
        if len(cells) != width and (len(cells) < width or any(cells[width:])) and told < KEPT_FAULTS:
            told += 1
            reason = f"has {len(cells)} cells where the header has {width}; see that cells with separators are quoted"
            yield Fault(file, reason, row=number, one_row=True)


def beginning(contents: bytes) -> str:
    """Return the first few thousand characters of a text file, without blanks before them, whatever its encoding."""
    start = contents[:8192]
    return start.decode(encoding_of(start).name, "replace").lstrip("\ufeff \t\r\n")


FORMAT = FileFormat(
    "CSV", page="CSV files", advice="CSV", endings=(".csv", ".tsv"), read=read, read_as=read, own_headings=True,
    own_ids=True, numbered_once=True, markable=True,
)  # fmt: skip
"""What any text is taken for that is of no other format."""
