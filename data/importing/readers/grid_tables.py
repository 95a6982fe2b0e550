"""A grid of cells made a table: its header found and made unique, its rows kept at their places, its cells cleaned."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from data.faults import Fault, quoted
from data.filters.wording import number_of
from data.importing.readers.limits import LONGEST_CELL, Watch
from data.importing.readers.raw import Holds, RawTable, Rows
from data.importing.readers.spans import letters
from data.schema import FINDING_COLUMNS, HEADER_SEARCH_ROWS, SOURCE_COLUMNS

UNREADABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
"""Control characters and lone surrogates, which can stand in no cell, no address and no file of ours."""
UNREADABLE_IN_LISTS = re.compile(UNREADABLE.pattern.replace("\x1f", "\x1e"))
"""The same but for the mark that parts the values of a list."""
REPLACEMENT = "\ufffd"
NUMERIC_COLUMNS = frozenset({"year", "latitude", "longitude", "lat", "lon", "long", "lng"})
NUMBER = re.compile(r"[+\-−]?(\d+[.,]?\d*|[.,]\d+)([eE][+-]?\d+)?%?", re.ASCII)
ABSENT = frozenset({
    "-", "–", "—", "--", "?", "n/a", "na", "n.a.", "#n/a", "nd", "n.d.", "nil", "none", "null", "nan", "tbc", "t.b.c.",
    "tba", "tbd", "unknown", "not known", "not available", "not stated", "not given",
})  # fmt: skip
"""What people write where they have no number, folded to small letters."""
COUNTED_ROWS = 50_000
"""Rows whose different values are held at a time."""
MOST_NUMBERS = 0.8
"""The share of a column's other cells that must be numbers for it to be a column of numbers."""


def table_of(file: str, sheet: str, grid: Rows, faults: list[Fault], watch: Watch,
             merged: Sequence[tuple[int, int, int]] = ()) -> RawTable | None:  # fmt: skip
    """Make a table of a grid, and tell in `faults` what was left out or named anew; nothing where it holds no row.

    `merged` are the merged cells that lie side by side: row, first and last column, all from 1.
    """
    watch.tell(0.6, "looking for the header")
    filled = [row for row in grid if any(row[1])]
    if not filled:
        faults.append(Fault(file, "is empty; it should start with a row that names its columns", sheet, warning=True))
        return None
    at = header_at(filled[:HEADER_SEARCH_ROWS])
    if any(row == filled[at][0] for row, _, _ in merged) and at + 1 < len(filled) and _fuller(filled, at + 1):
        at += 1  # what lies over several columns names a group of them
    header_row = filled[at][0]
    columns, unnamed = _named(file, sheet, filled, at, faults, merged)
    keep = [place for place, name in enumerate(columns) if name]
    names = tuple(columns[place] for place in keep)
    rows: Rows = []
    whole = keep == list(range(len(columns)))
    for row in filled[at + 1 :]:
        number, cells = row
        watch.tell(0.6 + 0.3 * len(rows) / len(filled), f"reading row {number:,}")
        if whole and len(cells) == len(columns):
            rows.append(row)  # nearly all of a large file's, which so stand in memory once
            continue
        cells += ("",) * (len(columns) - len(cells))
        rows.append((number, tuple([cells[place] for place in keep])))
    table = RawTable(file, sheet, names, rows, holds(names))
    for place in unnamed:
        reason = f"its column {letters(place + 1)} has no name but holds values; it is called {columns[place]!r}"
        faults.append(table.fault(reason, header_row, columns[place], warning=True))
    clean(table, faults, watch)
    return table


def header_at(rows: Rows) -> int:
    """Return which of the first rows names the columns.

    It is the one with the most names that the dashboard knows, where one has three; else the first that fills more
    than half as many cells as the fullest, as titles and notes above a table fill one.
    """
    known = {*FINDING_COLUMNS, *SOURCE_COLUMNS}
    names = [len(known.intersection(cells)) for _, cells in rows]
    if max(names) >= 3:
        return names.index(max(names))
    filled = [sum(map(bool, cells)) for _, cells in rows]
    return next(place for place, number in enumerate(filled) if number > max(filled) / 2)


def _fuller(filled: Rows, at: int) -> bool:
    """Tell whether a row fills more cells than the one above it."""
    return sum(map(bool, filled[at][1])) > sum(map(bool, filled[at - 1][1]))


def holds(columns: Sequence[str]) -> Holds:
    """Return what rows under these columns are, where most of our own columns are among them."""
    for kind, ours in (("findings", FINDING_COLUMNS), ("sources", SOURCE_COLUMNS)):
        if len({*columns} & {*ours}) > len(ours) / 2:
            return kind  # type: ignore[return-value]
    return ""


def _named(file: str, sheet: str, filled: Rows, at: int, faults: list[Fault],
           merged: Sequence[tuple[int, int, int]]) -> tuple[list[str], list[int]]:  # fmt: skip
    """Return a unique name for each column, nothing for those without name and values; and which had none."""
    row, header = filled[at]
    width = max(len(cells) for _, cells in filled[at:])
    names = [" ".join(cell.split()) for cell in header] + [""] * (width - len(header))
    groups = _groups(filled[at - 1], row, merged, width) if at else []
    if groups:
        names = [f"{group} / {name}" if group and name else name or group
                 for group, name in zip(groups, names, strict=True)]  # fmt: skip
        reason = "has a second header row above its own; the columns are named from both, such as "
        example = next(name for name in names if " / " in name)
        faults.append(Fault(file, reason + quoted(example), sheet, row, warning=True))
    unnamed = [] if all(names) else _with_values(names, filled[at + 1 :])
    for place in unnamed:
        names[place] = f"column {letters(place + 1)}"
    return _unique(file, sheet, row, names, faults), unnamed


def _groups(
    above: tuple[int, tuple[str, ...]], row: int, merged: Sequence[tuple[int, int, int]], width: int
) -> list[str]:
    """Return the name of the group that each column stands under, where the row above the header names two or more."""
    number, cells = above
    named = [place for place, cell in enumerate(cells) if cell]
    if number != row - 1 or len(named) < 2:
        return []
    groups = [*cells, *[""] * (width - len(cells))][:width]
    for at, first, last in merged:
        if at == number:
            groups[first - 1 : last] = [groups[first - 1]] * (min(last, width) - first + 1)
    if not any(at == number for at, _, _ in merged):
        for place in range(named[0] + 1, width):
            groups[place] = groups[place] or groups[place - 1]
    return groups


def _with_values(names: Sequence[str], rows: Rows) -> list[int]:
    without = {place for place, name in enumerate(names) if not name}
    found: set[int] = set()
    for _, cells in rows:
        found.update(place for place in without - found if place < len(cells) and cells[place])
        if len(found) == len(without):
            break
    return sorted(found)


def _unique(file: str, sheet: str, row: int, names: list[str], faults: list[Fault]) -> list[str]:
    """Return the names with a number after each repeat, and tell each."""
    taken = {name for name, times in Counter(names).items() if times == 1}
    seen: Counter[str] = Counter()
    for place, name in enumerate(names):
        seen[name] += 1
        if not name or seen[name] == 1:
            continue
        number = seen[name]
        while f"{name} ({number})" in taken:
            number += 1
        names[place] = f"{name} ({number})"
        taken.add(names[place])
        reason = f"column {quoted(name)} stands more than once; that in {letters(place + 1)} is called {names[place]!r}"
        faults.append(Fault(file, reason, sheet, row, name, warning=True))
    return names


def clean(table: RawTable, faults: list[Fault], watch: Watch) -> None:
    """Replace what can stand in no cell, empty what only says that there is no number, and tell each."""
    unreadable = UNREADABLE_IN_LISTS if table.lists else UNREADABLE
    numeric: dict[int, set[str]] = {}
    for place, name in enumerate(table.columns):
        watch.tell(0.9, f"looking over the column {name}")
        if words := _absent(table, place):
            numeric[place] = words
    for place, (number, cells) in enumerate(table.rows):
        watch.tell(0.9 + 0.1 * place / len(table.rows), f"looking over row {number:,}")
        joined = "\n".join(cells)
        if len(joined) > LONGEST_CELL or unreadable.search(joined):
            table.rows[place] = (number, cells := tuple(_readable(table, number, cells, faults)))
        for column, words in numeric.items():
            if cells[column] in words:
                reason = f"{quoted(cells[column])} stands where a number should; it is taken as no value"
                faults.append(
                    Fault(table.file, reason, table.sheet, number, table.columns[column], cells[column], warning=True)
                )
                table.rows[place] = (number, cells := (*cells[:column], "", *cells[column + 1 :]))


def tidy_text(text: str) -> str:
    """Return a text without blanks around it and without characters that can stand nowhere."""
    stripped = text.strip()
    return stripped if stripped.isprintable() else UNREADABLE.sub(REPLACEMENT, stripped)


def _absent(table: RawTable, place: int) -> set[str]:
    """Return the values of a column of numbers that only say that there is none."""
    words = {value for values in _counted(table, place) for value in values if value.casefold() in ABSENT}
    if not words or table.columns[place].casefold() in NUMERIC_COLUMNS:
        return words
    others = numbers = 0
    for values in _counted(table, place):
        for value, times in values.items():
            if value and value not in words:
                others += times
                numbers += times if NUMBER.fullmatch(value) else 0
    return words if others and numbers >= MOST_NUMBERS * others else set()


def _counted(table: RawTable, place: int) -> Iterator[Counter[str]]:
    """Yield how often each value stands in a column, some rows at a time: most texts of a long one stand there once."""
    for start in range(0, len(table.rows), COUNTED_ROWS):
        yield Counter([cells[place] for _, cells in table.rows[start : start + COUNTED_ROWS]])


def _readable(table: RawTable, number: int, cells: Sequence[str], faults: list[Fault]) -> list[str]:
    """Return a row's cells without what can stand in none, each change told."""
    readable = []
    for column, cell in zip(table.columns, cells, strict=True):
        pattern = UNREADABLE_IN_LISTS if column in table.lists else UNREADABLE
        text, replaced = pattern.subn(REPLACEMENT, cell)
        if replaced:
            what = number_of(replaced, "character")
            reason = f"{what} that no cell can hold (control characters or half characters) became {REPLACEMENT!r}"
            faults.append(Fault(table.file, reason, table.sheet, number, column, text, warning=True))
        if len(text) > LONGEST_CELL:
            reason = (f"its text has {len(text):,} characters, more than Excel's {LONGEST_CELL:,} a cell; it is kept "
                      "whole, and files parted over several columns")  # fmt: skip
            faults.append(Fault(table.file, reason, table.sheet, number, column, text[:80], warning=True))
        readable.append(text)
    return readable
