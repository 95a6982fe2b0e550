"""Sources by year of publication: a bar a year, years without a source left empty."""

import pandas as pd

from components.figures.charts.chart_layout import UNCHANGED, Spec, finished
from data import palette

HEIGHT = 240
MOST_LABELLED = 30
"""With more years than this the numbers would run into each other; the table has them."""


def year_bars(table: pd.DataFrame) -> Spec:
    """Return bars of sources by year; the table has year and sources. A point's customdata is its year."""
    years = [int(year) for year in table["year"]]
    numbers = [int(number) for number in table["sources"]]
    labelled = len(years) <= MOST_LABELLED
    bars = {
        "type": "bar",
        "x": years,
        "y": numbers,
        "width": 0.8,
        "marker": {"color": palette.ACCENT},
        "text": [f"{number:,}" if number and labelled else "" for number in numbers],
        "textposition": "outside",
        "textangle": 0,
        "constraintext": "none",
        "cliponaxis": False,
        "textfont": {"size": 13},
        "customdata": [[year] for year in years],
        "hovertext": [f"{year}: {number:,} sources" for year, number in zip(years, numbers, strict=True)],
        **UNCHANGED,
    }
    first, last = min(years, default=0), max(years, default=0)
    across = {
        "range": [first - 0.7, last + 0.7],
        "tickformat": "d",
        "nticks": 6,
        "tickangle": 0,
        "showgrid": False,
        "fixedrange": True,
        "ticks": "",
        "automargin": True,
    }
    up = {
        "range": [0, max(numbers, default=1) * 1.15],
        "showticklabels": False,
        "showgrid": False,
        "zeroline": True,
        "zerolinecolor": palette.TEXT,
        "zerolinewidth": 2,
        "fixedrange": True,
    }
    return finished([bars], HEIGHT, showlegend=False, margin={"l": 4, "r": 12, "t": 8, "b": 32}, xaxis=across, yaxis=up)
