"""Points with their intervals: how far coders agree on each facet or code."""

from collections.abc import Sequence
from math import isnan

import pandas as pd

from components.figures.charts.chart_layout import FOOT, ROW, UNCHANGED, Spec, finished, plain, row_axis
from data import palette

FEW_COLOUR = palette.MUTED


def agreement_points(
    table: pd.DataFrame, measure: str, unit: str, few: Sequence[bool], marks: Sequence[tuple[float, str]] = ()
) -> Spec:
    """Return a row a line of the table: a point at the measure and a line over its interval, 0 to 1 across.

    The table has code, name and the measure's columns; a point's customdata is its code. `few` marks the rows with too
    little to go by, drawn hollow and named so; `marks` are values to draw a line at, each with its word.
    """
    codes, names = list(table["code"]), list(table["name"])
    values, lows, highs = (table[f"{measure}{end}"].tolist() for end in ("", "_low", "_high"))
    points = {
        "type": "scatter",
        "mode": "markers",
        "x": [None if isnan(value) else value for value in values],
        "y": codes,
        "cliponaxis": False,
        "marker": {
            "size": 13,
            "color": [palette.GROUND if one else palette.ACCENT for one in few],
            "line": {"width": 2, "color": [FEW_COLOUR if one else palette.ACCENT for one in few]},
        },
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": _lengths(highs, values),
            "arrayminus": _lengths(values, lows),
            "color": palette.ACCENT,
            "thickness": 2,
            "width": 5,
        },
        "customdata": [[code] for code in codes],
        "hovertext": [
            f"{plain(name)}: {_said(value)}, interval {_said(low)} to {_said(high)}"
            for name, value, low, high in zip(names, values, lows, highs, strict=True)
        ],
        **UNCHANGED,
    }
    return finished(
        [points],
        FOOT + 24 + ROW * max(len(codes), 1),
        showlegend=False,
        annotations=[*_labels(codes, names, values, few), *_marked(marks)],
        shapes=[_line(value) for value, _ in marks],
        margin={"t": 24, "l": 4, "r": 16, "b": 8},
        xaxis={
            "range": [min([0.0, *(low * 1.05 for low in (*lows, *values) if not isnan(low))]), 1.03],
            "tickformat": ".1f",
            "dtick": 0.2,
            "gridcolor": palette.GRID,
            "zeroline": True,
            "zerolinecolor": palette.TEXT,
            "fixedrange": True,
            "automargin": True,
            "title": {"text": unit, "font": {"size": 14}, "standoff": 4},
        },
        yaxis=row_axis(codes),
    )


def _lengths(ends: Sequence[float], starts: Sequence[float]) -> list[float]:
    """Return how far each interval reaches from its point; where it is not known, nowhere."""
    reaches = [end - start for end, start in zip(ends, starts, strict=True)]
    return [0 if isnan(reach) else max(reach, 0) for reach in reaches]


def _said(value: float) -> str:
    return "not known" if isnan(value) else f"{value:.2f}"


def _labels(codes: Sequence[str], names: Sequence[str], values: Sequence[float], few: Sequence[bool]) -> list[Spec]:
    """Return each name above its row, with the value, and whether there is little to go by."""
    shared = {
        "x": 0, "xref": "x domain", "xanchor": "left", "yref": "y", "yshift": 11, "yanchor": "bottom",
        "showarrow": False, "align": "left", "bgcolor": palette.GROUND,
    }  # fmt: skip
    return [
        {"text": f"{plain(name)}: <b>{_said(value)}</b>{' (few)' if one else ''}", "y": code, **shared}
        for code, name, value, one in zip(codes, names, values, few, strict=True)
    ]


def _line(value: float) -> Spec:
    return {
        "type": "line", "x0": value, "x1": value, "y0": 0, "y1": 1, "yref": "paper", "layer": "below",
        "line": {"color": palette.MUTED, "width": 1, "dash": "dot"},
    }  # fmt: skip


def _marked(marks: Sequence[tuple[float, str]]) -> list[Spec]:
    return [
        {"text": word, "x": value, "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False,
         "font": {"size": 13, "color": palette.MUTED}}
        for value, word in marks
    ]  # fmt: skip
