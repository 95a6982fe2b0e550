"""The gap map: a grid of two facets with the number in every cell, zero included."""

import pandas as pd

from components.figures.charts.chart_layout import Spec, plain
from components.figures.charts.grid_chart import Named, column_of_cells, grid
from data import palette

CELLS = (44, 27)
"""Pixels of a row: tall for a grid that a room reads, low for one with many rows."""
MANY_ROWS = 12
WIDEST_WORDS = 11
HEAD = 84
UNSURE = "○"
"""Marks a cell that holds findings, but none of high or moderate confidence."""


def gap_map(table: pd.DataFrame, rows: Named, columns: Named) -> Spec:
    """Return the grid of a crosstab (row, column, findings, sure) for these rows and columns.

    A point's customdata is its row's and column's code.
    """
    cells = {
        (row, column): (findings, sure)
        for row, column, findings, sure in zip(
            *(table[name].tolist() for name in ("row", "column", "findings", "sure")), strict=True
        )
    }
    # A wide "none coded" margin would pale the cells that matter, so shades are set by the coded pairs.
    most = max((cells[row, column][0] for row, _ in rows for column, _ in columns if row and column), default=0)
    drawn = []
    for place, (column, column_name) in enumerate(columns):
        numbers = [cells[code, column] for code, _ in rows]
        drawn.append(
            column_of_cells(
                place,
                rows,
                column,
                [_written(*number) for number in numbers],
                [palette.shade(findings, most) for findings, _ in numbers],
                [
                    f"{plain(name)}<br>{plain(column_name)}<br>{findings:,} findings, "
                    f"{sure:,} of high or moderate confidence"
                    for (_, name), (findings, sure) in zip(rows, numbers, strict=True)
                ],
            )
        )
    cell = CELLS[len(rows) > MANY_ROWS]
    return grid(drawn, rows, [name for _, name in columns], cell=cell, head=HEAD, widest=WIDEST_WORDS, size=12)


def _written(number: int, sure: int) -> str:
    return f"{number:,} {UNSURE}" if number and not sure else f"{number:,}"
