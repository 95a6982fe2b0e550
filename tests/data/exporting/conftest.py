"""Workbooks to open again: of the shipped evidence by filter, and of small strands with any text."""

import csv
import io
from collections.abc import Callable, Iterator
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet
from sqlalchemy import Engine

from data.collection import database
from data.collection.codebook import Codebook
from data.exporting import workbook
from data.filters.filter import parse
from data.importing.loads import loading
from data.schema import FINDING_COLUMNS, SOURCE_COLUMNS

Opened = Callable[..., Workbook]
Rows = Callable[[Worksheet], list[dict[str, object]]]

SOURCE = {
    "source_id": "S1",
    "strand": "literature",
    "title": "A study of libraries",
    "year": "2019",
    "url": "https://example.org/a",
    "accessed": "2026-11-23",
}
FINDING = {
    "finding_id": "F1",
    "source_id": "S1",
    "finding": "Libraries bring people together.",
    "regions": "TLC",
    "themes": "T1.2",
    "direction": "strengthened",
    "confidence": "low",
    "coder": "A",
    "coded_on": "2026-11-23",
}


@pytest.fixture(scope="session")
def open_workbook(loaded: Engine, codebook: Codebook) -> Opened:
    """Return a function that writes the workbook of a URL's filter and opens it with openpyxl."""
    opened: dict[tuple[str, str, str], Workbook] = {}

    def opens(query: str = "", page: str = "", address: str = "") -> Workbook:
        if (query, page, address) not in opened:
            out = io.BytesIO()
            wanted, ignored = parse(query, codebook)
            assert not ignored
            workbook.write(loaded, wanted, out, page=page, address=address)
            opened[query, page, address] = openpyxl.load_workbook(out)
        return opened[query, page, address]

    return opens


@pytest.fixture(scope="session")
def rows() -> Rows:
    """Return a function that gives a sheet's table as rows by header, found by the table's own range."""

    def read(sheet: Worksheet) -> list[dict[str, object]]:
        (table,) = sheet.tables.values()
        header, *body = [[cell.value for cell in row] for row in sheet[table.ref]]
        return [dict(zip(header, row, strict=True)) for row in body]

    return read


@pytest.fixture
def strand_of(tmp_path: Path) -> Iterator[Callable[..., Engine]]:
    """Return a function that loads findings of one source, each given by what differs from an ordinary one."""
    engines = []

    def load(*findings: dict[str, str], source: dict[str, str] | None = None) -> Engine:
        folder = tmp_path / f"strand{len(engines)}"
        folder.mkdir()
        _write(folder / "sources.csv", SOURCE_COLUMNS, [{**SOURCE, **(source or {})}])
        numbered = ({**FINDING, "finding_id": f"F{number:02}"} for number in range(1, len(findings) + 1))
        rows = [{**row, **given} for row, given in zip(numbered, findings, strict=True)]
        _write(folder / "findings.csv", FINDING_COLUMNS, rows)
        engine = database.open_engine(f"sqlite:///{folder / 'evidence.sqlite'}")
        loading.load(engine, [folder])
        engines.append(engine)
        return engine

    yield load
    for engine in engines:
        engine.dispose()


def _write(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, columns)
        writer.writeheader()
        writer.writerows(rows)
