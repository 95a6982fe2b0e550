"""Any sheet of an Excel workbook, with what it hides, merges or could not reckon told."""

import re
from collections.abc import Iterable

from python_calamine import CalamineSheet, SheetTypeEnum, SheetVisibleEnum

from data.faults import Fault, Unreadable
from data.filters.wording import number_of
from data.importing.readers.file_format import FileFormat
from data.importing.readers.grid_tables import table_of
from data.importing.readers.grids import Workbook, text_of
from data.importing.readers.limits import KEPT_FAULTS, Watch
from data.importing.readers.raw import RawFile, Rows
from data.importing.readers.sheet_notes import SheetNotes, notes_of, rows_of, sheet_parts
from data.importing.readers.spans import letters

FEW = 5
"""So many places are named where many are alike."""


def read(file: RawFile, contents: bytes, watch: Watch) -> None:
    """Add a workbook's sheets to a file as tables, and what is wrong with them; raises Unreadable and Cancelled."""
    workbook = Workbook(contents, watch)
    if any(name.lower().endswith("vbaproject.bin") for name in workbook.archive.names):
        file.faults.append(Fault(file.name, "holds macros; its cells are read, the macros were not looked at or run",
                                 warning=True))  # fmt: skip
    try:
        parts = sheet_parts(workbook.archive)
    except Unreadable as ended:
        file.faults.append(Fault(file.name, str(ended), warning=True))
        parts = {}
    for name in workbook.names:
        kind, visible = workbook.kinds.get(name, (SheetTypeEnum.WorkSheet, SheetVisibleEnum.Visible))
        if kind != SheetTypeEnum.WorkSheet:
            reason = "is a chart, dialogue or macro sheet and holds no table; it was left out"
            file.faults.append(Fault(file.name, reason, name, warning=True))
            continue
        if visible != SheetVisibleEnum.Visible:
            file.faults.append(Fault(file.name, "is a hidden sheet; it is read like any other", name, warning=True))
        try:
            _add(file, workbook, name, parts.get(name, ""), watch)
        except Unreadable as ended:
            file.faults.append(Fault(file.name, str(ended), name))


def _add(file: RawFile, workbook: Workbook, name: str, part: str, watch: Watch) -> None:
    rows = rows_of(workbook.archive, part)
    said = f"reading sheet {name} of {file.name}" + (f", {number_of(rows, 'row')}" if rows else "")
    sheet = workbook.sheet(name, said)
    merged = [(top + 1, left + 1, bottom + 1, right + 1)
              for (top, left), (bottom, right) in sheet.merged_cell_ranges or ()]  # fmt: skip
    beside = [(top, left, right) for top, left, bottom, right in merged if top == bottom and right > left]
    table = table_of(file.name, name, _grid(sheet, watch), file.faults, watch, beside)
    if table:
        file.tables.append(table)
    file.faults += _merged(file.name, name, merged)
    if part:
        file.faults += _noted(file.name, name, notes_of(workbook.archive, part, watch))


def _grid(sheet: CalamineSheet, watch: Watch) -> Rows:
    """Return a sheet's rows as text, numbered as Excel shows them."""
    if sheet.start is None:
        return []
    top, left = sheet.start
    blank = ("",) * left
    grid: Rows = []
    # Row by row, and from the first row on, whether filled or not; its columns begin with the first that is filled.
    for number, row in enumerate(sheet.iter_rows(), start=1):
        if not number % 1000:
            watch.tell(0.3 + 0.3 * number / max(sheet.total_height, number), f"taking row {number:,}")
        if number > top:
            grid.append((number, (*blank, *map(text_of, row))))
    return grid


def _merged(file: str, sheet: str, merged: list[tuple[int, int, int, int]]) -> Iterable[Fault]:
    if merged:
        places = [f"{letters(left)}{top}:{letters(right)}{bottom}" for top, left, bottom, right in merged]
        reason = (f"{number_of(len(merged), 'group')} of merged cells ({_few(places)}): the value stands in the first "
                  "cell of each, the others are read as empty; unmerge them and fill each cell")  # fmt: skip
        yield Fault(file, reason, sheet, merged[0][0], warning=True)


def _noted(file: str, sheet: str, notes: SheetNotes) -> Iterable[Fault]:
    """Yield a warning for what is hidden, and a fault for each cell whose value the workbook does not hold."""
    if notes.hidden_rows:
        rows = _few([str(row) for row in notes.hidden_rows])
        reason = f"{number_of(len(notes.hidden_rows), 'row')} hidden or filtered out ({rows}): read like any other"
        yield Fault(file, reason, sheet, notes.hidden_rows[0], warning=True)
    if notes.hidden_columns:
        spans = [letters(first) if first == last else f"{letters(first)} to {letters(last)}"
                 for first, last in notes.hidden_columns]  # fmt: skip
        yield Fault(file, f"hidden columns ({_few(spans)}): read like any other", sheet, warning=True)
    for cell in notes.unvalued[:KEPT_FAULTS]:
        reason = f"{cell} is a formula without a value; open the workbook in Excel, let it calculate, and save it"
        yield Fault(file, reason, sheet, _row(cell), warning=True)
    for cell, error in notes.errors[:KEPT_FAULTS]:
        reason = f"{cell} holds the error {error} and is read as empty; mend the formula, or write the value"
        yield Fault(file, reason, sheet, _row(cell), value=error, warning=True)


def _row(cell: str) -> int | None:
    digits = cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    return int(digits) if digits.isdecimal() and len(digits) < 9 else None


def _few(places: list[str]) -> str:
    """Return the first few places, and how many more there are."""
    more = f" and {len(places) - FEW:,} more" if len(places) > FEW else ""
    return ", ".join(places[:FEW]) + more


FORMAT = FileFormat(
    "Excel", page="workbooks", advice="an Excel workbook (.xlsx)", endings=(".xlsx", ".xlsm"), read=read,
    entry=re.compile(r"xl/.*\.xml"), own_headings=True, own_ids=True, numbered_once=True, markable=True,
)  # fmt: skip
