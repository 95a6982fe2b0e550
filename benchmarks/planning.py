"""Checking and planning a workbook beside reading it with calamine and comparing dictionaries, both from the file."""

import csv
import io
import time
from itertools import pairwise
from pathlib import Path
from statistics import median

import pandas as pd
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.worksheet._write_only import WriteOnlyWorksheet
from python_calamine import CalamineWorkbook

from benchmarks import prepared
from benchmarks.report import Limit, Part
from data.collection import database
from data.importing.loads import prepared_load
from data.importing.strand_files import read

RUNS = 3
MOST_TIMES = 2.5
CHANGED_EVERY = 10
"""One finding in so many has another coder in the file, so that there is something to plan."""
NUMBERS = ("year", "latitude", "longitude")
SHEETS = ("Sources", "Findings")

Dictionaries = dict[str, dict[object, dict[object, object]]]


def run(findings: int) -> Part:
    """Read, check and plan a workbook of a collection, changed here and there, against it; the plain side compares."""
    folder = prepared.ready(findings)
    engine = database.open_engine(f"sqlite:///{folder / 'evidence.sqlite'}")
    path = folder / "changed.xlsx"
    if not path.exists():
        _write_changed(folder, path)
    held = _dictionaries(path)
    for place, row in enumerate(held["Findings"].values()):
        if place % CHANGED_EVERY == 0:
            row["coder"] = "as it was"
    ours, plain, silences = [], [], []
    for _ in range(RUNS):
        start = time.perf_counter()
        differing = _compare(_dictionaries(path), held)
        plain.append(time.perf_counter() - start)
        start = time.perf_counter()
        files = read([path])
        told = [time.perf_counter()]
        plan = prepared_load.prepare(engine, files, progress=lambda *_, told=told: told.append(time.perf_counter()))
        ours.append(time.perf_counter() - start)
        silences.append(max(later - earlier for earlier, later in pairwise(told)))
        assert plan.totals["changed"] == differing > 0
    engine.dispose()
    ratio = median(ours) / median(plain)
    said = (f"{findings:,}", f"{median(ours):.1f}", f"{median(plain):.1f}", f"{ratio:.2f}", f"{median(silences):.1f}")
    columns = [
        "findings",
        "read, check, plan, s",
        "calamine and dictionaries, s",
        "ratio",
        "longest silence after reading, s",
    ]
    limit = Limit(f"Check and plan: at most {MOST_TIMES} times reading and comparing dictionaries", ratio, MOST_TIMES)
    title = f"Checking and planning a workbook of {findings:,} findings"
    return Part(title, pd.DataFrame([said], columns=columns), [limit])


def _write_changed(folder: Path, path: Path) -> None:
    """Write a collection's files as a workbook, numbers as numbers, with another coder here and there."""
    book = Workbook(write_only=True)
    for name in SHEETS:
        sheet = book.create_sheet(name)
        with (folder / f"{name.lower()}.csv").open(encoding="utf-8", newline="") as file:
            rows = csv.DictReader(file)
            sheet.append(list(rows.fieldnames or ()))
            for place, row in enumerate(rows):
                if name == "Findings" and place % CHANGED_EVERY == 0:
                    row["coder"] = "another coder"
                sheet.append([_cell(sheet, key, cell) for key, cell in row.items()])
    book.save(path)


def _cell(sheet: WriteOnlyWorksheet, column: str, text: str) -> object:
    if text and column in NUMBERS:
        return float(text)
    if not text.startswith("="):
        return text
    cell = WriteOnlyCell(sheet, text)
    cell.data_type = "s"  # which openpyxl would write as a formula
    return cell


def _dictionaries(path: Path) -> Dictionaries:
    """Return each sheet's rows by ref, as calamine reads them."""
    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    found: Dictionaries = {}
    for name in SHEETS:
        header, *rows = book.get_sheet_by_name(name).to_python(skip_empty_area=False)
        found[name] = {row[0]: dict(zip(header, row, strict=True)) for row in rows}
    return found


def _compare(now: Dictionaries, held: Dictionaries) -> int:
    """Return how many rows differ, gathering each field that does, as a plan shows it."""
    differing = 0
    fields: list[tuple[object, object, object, object]] = []
    for name in SHEETS:
        for ref, row in now[name].items():
            before = held[name].get(ref)
            if before != row:
                differing += 1
                fields += [(ref, key, (before or {}).get(key), value) for key, value in row.items()
                           if before is None or before[key] != value]  # fmt: skip
    return differing
