"""A workbook of many findings beside a bare write-only dump of its cells, and the memory that making it takes."""

import io
import subprocess
import sys
import time
from statistics import median

import pandas as pd
from openpyxl import Workbook, load_workbook

from benchmarks import prepared
from benchmarks.report import Limit, Part
from data.collection import database
from data.exporting import workbook
from data.filters.filter import Filter

RUNS = 3
MOST_TIMES, MOST_MEGABYTES = 1.5, 250.0
PEAK = """
import io, re, sys
from pathlib import Path
from data.collection import database
from data.exporting import workbook
from data.filters.filter import Filter
def peak():
    return int(re.search(r"VmHWM:\\s+(\\d+)", Path("/proc/self/status").read_text())[1]) / 1024
engine = database.open_engine(sys.argv[1])
workbook.write(engine, Filter(finding=("none",)), io.BytesIO())
idle = peak()
workbook.write(engine, Filter(), io.BytesIO())
print(peak() - idle)
"""
"""Run in a process of its own, as a peak of memory never falls again; the kernel's own count, which starts with it."""


def run(findings: int) -> Part:
    """Write the workbook and the dump in turns, and take the medians."""
    address = f"sqlite:///{prepared.ready(findings) / 'evidence.sqlite'}"
    engine = database.open_engine(address)
    ours, bare = [], []
    cells: list[tuple[str, list[tuple[object, ...]]]] = []
    for _ in range(RUNS):
        out = io.BytesIO()
        start = time.perf_counter()
        workbook.write(engine, Filter(), out)
        ours.append(time.perf_counter() - start)
        if not cells:
            book = load_workbook(out, read_only=True)
            cells = [(sheet.title, list(sheet.iter_rows(values_only=True))) for sheet in book]
        bare.append(_dump(cells))
    megabytes = float(
        subprocess.run([sys.executable, "-c", PEAK, address], capture_output=True, text=True, check=True).stdout
    )
    ratio = median(ours) / median(bare)
    row = (f"{findings:,}", f"{median(ours):.1f}", f"{median(bare):.1f}", f"{ratio:.2f}", f"{megabytes:.0f}")
    columns = ["findings", "workbook, s", "bare dump, s", "ratio", "peak above idle, MiB"]
    limits = [
        Limit(f"Workbook: at most {MOST_TIMES} times a bare dump of its cells", ratio, MOST_TIMES),
        Limit(f"Workbook: peak memory under {MOST_MEGABYTES:.0f} MiB above idle", megabytes, MOST_MEGABYTES),
    ]
    return Part(f"A workbook of {findings:,} findings", pd.DataFrame([row], columns=columns), limits)


def _dump(sheets: list[tuple[str, list[tuple[object, ...]]]]) -> float:
    start = time.perf_counter()
    book = Workbook(write_only=True)
    for title, rows in sheets:
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(io.BytesIO())
    return time.perf_counter() - start
