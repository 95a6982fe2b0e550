"""Exports of other programs that are known by their header, each mapped by a file in the folder exports.

Such a file names the program, by which columns it is known (all of one of the listed sets, with what their cells
say), and what each column fills; * stands for any text in a heading. A column of `instead` is left out where the
columns that say the same in a better way are there.
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path

from data.importing.mapping import synonyms
from data.importing.mapping.fields import NOT_OURS
from data.importing.readers.raw import RawFile, RawTable

FOLDER = Path(__file__).parents[1] / "exports"
LOOKED_AT = 50
"""Rows in which a cell that tells an export is looked for."""


@dataclass(frozen=True)
class Export:
    """A known export: the program's name, and the field that each of its headings fills."""

    name: str
    known_by: tuple[tuple[tuple[str, ...], Mapping[str, str]], ...]
    columns: Mapping[str, str]
    instead: Mapping[str, str]
    passages: bool = False
    """Whether its rows are passages of what people said, as interviews are coded."""

    def field(self, column: str, others: Iterable[str]) -> str:
        """Return the field that a column of it fills, or NOT_OURS; empty where its mapping does not say."""
        name = synonyms.header(column)
        better = next((better for head, better in self.instead.items() if fnmatchcase(name, head)), "")
        if better and any(fnmatchcase(synonyms.header(other), better) for other in others):
            return NOT_OURS
        if name in self.columns:
            return self.columns[name]
        return next((field for head, field in self.columns.items() if "*" in head and fnmatchcase(name, head)), "")


def recognised(table: RawTable) -> Export | None:
    """Return the known export that a table is, by its header."""
    if table.holds:
        return None
    names = {synonyms.header(column): place for place, column in enumerate(table.columns)}
    return next((export for export in _exports() if any(_fits(table, names, *by) for by in export.known_by)), None)


def named(raw: RawFile) -> str:
    """Return the name of the program whose export a file is, empty where it is none that is known."""
    return next((export.name for table in raw.tables if (export := recognised(table))), "")


def _fits(table: RawTable, names: Mapping[str, int], columns: tuple[str, ...], cells: Mapping[str, str]) -> bool:
    if not all(column in names or ("*" in column and any(fnmatchcase(name, column) for name in names))
               for column in columns):  # fmt: skip
        return False
    rows = table.rows[:LOOKED_AT]
    return all(any(row[names[head]] == said for _, row in rows) for head, said in cells.items())


@cache
def _exports() -> tuple[Export, ...]:
    return tuple(_read(path) for path in sorted(FOLDER.glob("*.toml")))


def _read(path: Path) -> Export:
    held = tomllib.loads(path.read_text(encoding="utf-8"))
    known_by = tuple((tuple(map(synonyms.header, by["columns"])), _headers(by.get("cells", {})))
                     for by in held["known_by"])  # fmt: skip
    instead = {head: synonyms.header(better) for head, better in _headers(held.get("instead", {})).items()}
    return Export(held["name"], known_by, _headers(held["columns"]), instead, held.get("passages", False))


def _headers(held: Mapping[str, str]) -> dict[str, str]:
    return {synonyms.header(head): said for head, said in held.items()}
