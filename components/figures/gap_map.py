"""The gap map: a grid of two facets with the number in every cell, zero included."""

import textwrap
from collections.abc import Sequence

import pandas as pd

from components import theme
from components.figures.layout import UNCHANGED, Spec, finished, plain

CELLS = (44, 27)
"""Pixels of a row: tall for a grid that a room reads, low for one with many rows."""
MANY_ROWS = 12
WIDEST_WORDS = 11
"""Characters of a column's name on one line; longer words stand whole."""
HEAD = 84
UNSURE = "○"
"""Marks a cell that holds findings, but none of high or moderate confidence."""


def gap_map(table: pd.DataFrame, rows: Sequence[tuple[str, str]], columns: Sequence[tuple[str, str]]) -> Spec:
    """Return the grid of a crosstab (row, column, findings, sure) for these rows and columns, each a code and a name.

    Cells are bars of one width, so that each can be chosen: a point's customdata is its row's and column's code.
    """
    cells = {
        (row, column): (findings, sure)
        for row, column, findings, sure in zip(
            *(table[name].tolist() for name in ("row", "column", "findings", "sure")), strict=True
        )
    }
    codes = [code for code, _ in rows]
    # A wide "none coded" margin would pale the cells that matter, so shades are set by the coded pairs.
    inner = table[table["row"].isin(codes) & table["column"].isin([code for code, _ in columns])]
    coded = inner[(inner["row"] != "") & (inner["column"] != "")]
    most = int(coded["findings"].max()) if len(coded) else 0
    traces = []
    for place, (column, column_name) in enumerate(columns):
        numbers = [cells[code, column][0] for code in codes]
        sure = [cells[code, column][1] for code in codes]
        colours = [theme.shade(number, most) for number in numbers]
        traces.append(
            {
                "type": "bar",
                "x": [1] * len(codes),
                "base": [place] * len(codes),
                "y": codes,
                "width": 1,
                "orientation": "h",
                "marker": {"color": colours, "line": {"color": theme.GROUND, "width": 2}},
                "text": [_written(number, strong) for number, strong in zip(numbers, sure, strict=True)],
                "textposition": "inside",
                "insidetextanchor": "middle",
                "textangle": 0,
                "constraintext": "none",
                "textfont": {"color": [theme.ink(colour) for colour in colours], "size": 14},
                "customdata": [[code, column] for code in codes],
                "hovertext": [
                    f"{plain(name)}<br>{plain(column_name)}<br>{number:,} findings, "
                    f"{strong:,} of high or moderate confidence"
                    for (_, name), number, strong in zip(rows, numbers, sure, strict=True)
                ],
                "showlegend": False,
                **UNCHANGED,
            }
        )
    across = {
        "side": "top",
        "automargin": True,
        "tickmode": "array",
        "tickvals": [place + 0.5 for place in range(len(columns))],
        "ticktext": [
            "<br>".join(textwrap.wrap(plain(name), WIDEST_WORDS, break_long_words=False)) for _, name in columns
        ],
        "tickangle": 0,
        "range": [0, len(columns)],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": 12},
    }
    down = {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": codes,
        "tickmode": "array",
        "tickvals": codes,
        "ticktext": [plain(name) for _, name in rows],
        "range": [len(codes) - 0.5, -0.5],
        "automargin": True,
        "fixedrange": True,
        "showgrid": False,
        "ticks": "",
    }
    return finished(
        traces,
        HEAD + CELLS[len(codes) > MANY_ROWS] * len(codes),
        barmode="overlay",
        bargap=0,
        margin={"t": HEAD - 4, "l": 4, "r": 4, "b": 0},
        xaxis=across,
        yaxis=down,
    )


def _written(number: int, sure: int) -> str:
    return f"{number:,} {UNSURE}" if number and not sure else f"{number:,}"
