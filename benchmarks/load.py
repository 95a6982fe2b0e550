"""Loading from CSV beside reading the same files and inserting the same rows with sqlite3's executemany."""

import csv
import sqlite3
import time
from pathlib import Path

import pandas as pd

from benchmarks import prepared
from benchmarks.report import Limit, Part

MOST = 3.0
COPIED = (
    "strand", "theme", "lever", "region", "study", "source", "finding", "finding_theme", "finding_lever",
    "finding_region", "finding_search",
)  # fmt: skip
"""The tables whose rows both sides write; the plain side writes no definition and no record of the load."""


def run(findings: int) -> Part:
    """Load a collection both ways into new files; the plain side checks nothing and takes ids and codes as given."""
    ours = prepared.loaded(findings)
    plain = _plain(ours.folder)
    seconds = (f"{number:.1f}" for number in (ours.load_seconds, ours.alone_seconds, plain))
    row = (f"{findings:,}", *seconds, f"{ours.load_seconds / plain:.2f}")
    columns = ["findings", "load, s", "of it others wait to write, s", "read and executemany, s", "ratio"]
    table = pd.DataFrame([row], columns=columns)
    limit = Limit(f"Loading: at most {MOST:.0f} times reading and executemany", ours.load_seconds / plain, MOST)
    return Part(f"Loading {findings:,} findings from CSV", table, [limit])


def _plain(folder: Path) -> float:
    """Return the seconds of reading both CSV files and inserting the loaded rows into the same tables and indexes.

    Rows are fetched beforehand and do not count; reading the CSV files, making the tables with their indexes,
    inserting and committing do.
    """
    source = sqlite3.connect(folder / "evidence.sqlite")
    target = folder / "plain.sqlite"
    for left in folder.glob("plain.sqlite*"):
        left.unlink()
    made = [sql for (sql,) in source.execute("SELECT sql FROM sqlite_master WHERE sql IS NOT NULL ORDER BY rowid")
            if "finding_search_" not in sql and "sqlite_sequence" not in sql]  # fmt: skip
    rows = {name: source.execute(f"SELECT {_columns(name)} FROM {name}").fetchall() for name in COPIED}
    source.close()
    start = time.perf_counter()
    for name in ("sources", "findings"):
        with (folder / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            list(csv.DictReader(file))
    db = sqlite3.connect(target)
    db.execute("PRAGMA journal_mode = WAL")
    db.execute("PRAGMA synchronous = NORMAL")
    with db:
        for sql in made:
            db.execute(sql)
        for name, held in rows.items():
            if held:
                places = ", ".join("?" * len(held[0]))
                db.executemany(f"INSERT INTO {_into(name)} VALUES ({places})", held)
    db.close()
    seconds = time.perf_counter() - start
    for left in folder.glob("plain.sqlite*"):
        left.unlink()
    return seconds


def _columns(name: str) -> str:
    return "rowid, words, stems" if name == "finding_search" else "*"


def _into(name: str) -> str:
    return "finding_search (rowid, words, stems)" if name == "finding_search" else name
