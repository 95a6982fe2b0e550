"""A grid of cells with a word or number in each: bars of one width, so that each can be chosen."""

import textwrap
from collections.abc import Sequence

from components.figures.charts.chart_layout import UNCHANGED, Spec, finished, plain
from data import palette

Named = Sequence[tuple[str, str]]
"""Codes, each with its name."""


def column_of_cells(
    place: int, rows: Named, column: str, texts: Sequence[str], colours: Sequence[str], told: Sequence[str]
) -> Spec:
    """Return the cells of one column, counted from 0: what stands in each, its colour, and what its tooltip tells.

    A point's customdata is its row's code and the column.
    """
    codes = [code for code, _ in rows]
    return {
        "type": "bar",
        "x": [1] * len(codes),
        "base": [place] * len(codes),
        "y": codes,
        "width": 1,
        "orientation": "h",
        "marker": {"color": list(colours), "line": {"color": palette.GROUND, "width": 2}},
        "text": list(texts),
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": [palette.ink(colour) for colour in colours], "size": 14},
        "customdata": [[code, column] for code in codes],
        "hovertext": list(told),
        "showlegend": False,
        **UNCHANGED,
    }


def grid(
    columns: Sequence[Spec], rows: Named, headings: Sequence[str], *, cell: int, head: int, widest: int, size: int
) -> Spec:
    """Return the grid of these columns, the first row on top.

    `cell` and `head` are pixels of a row and of the headings, `widest` the characters of a heading on one line (longer
    words stand whole), `size` its type in pixels.
    """
    codes = [code for code, _ in rows]
    across = {
        "side": "top",
        "automargin": True,
        "tickmode": "array",
        "tickvals": [place + 0.5 for place in range(len(headings))],
        "ticktext": ["<br>".join(textwrap.wrap(plain(name), widest, break_long_words=False)) for name in headings],
        "tickangle": 0,
        "range": [0, max(len(headings), 1)],
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
        "tickfont": {"size": size},
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
        columns,
        head + cell * len(codes),
        barmode="overlay",
        bargap=0,
        margin={"t": head - 4, "l": 4, "r": 4, "b": 0},
        xaxis=across,
        yaxis=down,
    )
