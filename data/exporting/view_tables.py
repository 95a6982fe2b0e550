"""The tables that a page shows beside its findings, each a sheet of its own, so that the file holds all of the page."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

import pandas as pd

from data.exporting.cells import NOT_APPLICABLE, CellKind
from data.exporting.sheets import Book, SheetColumn

NARROWEST, WIDEST = 10, 60
SAMPLED = 200
"""Rows that a column's width is judged by."""


@dataclass(frozen=True, eq=False)
class ViewTable:
    """One table of a page: the name of its sheet, its title, one sentence on what it is, and its rows.

    The frame's index is left out; a missing value becomes [x], an empty text [z]. Raises ValueError for a frame that
    has no column.
    """

    sheet: str
    title: str
    description: str
    frame: pd.DataFrame

    def __post_init__(self) -> None:
        """Refuse a frame that no table can be made of."""
        if not len(self.frame.columns):
            raise ValueError(f"the table {self.title!r} has no column")


def add(book: Book, view: ViewTable, source: str) -> None:
    """Write one table of a page as one more sheet; `source` is the sentence that says what it was counted from."""
    frame = _names_first(view.frame)
    columns = [SheetColumn(str(name), str(name), _width(name, values), CellKind.ANY) for name, values in frame.items()]
    sheet = book.table(view.sheet, view.title, view.description, columns, len(frame), source)
    rows = zip(frame.to_numpy(dtype=object), frame.isna().to_numpy(), strict=True)
    sheet.fill([_said(value, gone) for value, gone in zip(*row, strict=True)] for row in rows)


def _names_first(frame: pd.DataFrame) -> pd.DataFrame:
    """Return a table with the column of names, where it has one, before that of their codes."""
    columns = list(frame.columns)
    if not {"code", "name"} <= set(columns):
        return frame
    columns.remove("name")
    columns.insert(columns.index("code"), "name")
    return frame[columns]


def _said(value: object, missing: bool) -> object:
    if missing:
        return None
    return NOT_APPLICABLE if isinstance(value, str) and not value else value


def _width(name: object, values: Iterable[object]) -> int:
    longest = max([len(str(name)), *(len(str(value)) for value in list(values)[:SAMPLED])])
    # A long text is wrapped over a few lines; a short one is best seen whole.
    return max(NARROWEST, min(WIDEST, longest + 2 if longest <= 40 else math.ceil(longest / 3) + 20))
