"""Bars by study: how the studies of each lever, theme or place vote, in one panel or in several side by side."""

from collections.abc import Mapping, Sequence

import pandas as pd

from components.figures import theme
from components.figures.charts.chart_layout import (
    BREAK,
    FOOT,
    HEAD,
    ROW,
    UNCHANGED,
    Spec,
    broken,
    count_axis,
    finished,
    plain,
    row_axis,
)
from data import palette

NARROWEST = 0.07
"""A number is written in a segment at least this share of the axis wide; the table has them all."""
BETWEEN = 0.05
"""Share of the width left between two panels."""
LABEL = 44
"""Signs of a label on one line: about as many as a phone shows."""
BAR, LINE = 26, 18
"""Pixels of a bar, and of a second line of its label."""


SEAM, FRAME = 2, 4
"""Pixels of the line around a part of a bar, and of that around the one that is chosen."""


def direction_bars(panels: Mapping[str, pd.DataFrame], unit: str = "studies") -> Spec:
    """Return stacked bars of studies strengthened, mixed and impeded: a panel a table, all on one scale.

    Each table has the columns code, name, strengthened, mixed, impeded, with the same codes in the same order. A
    point's customdata is its code, its panel's title and its direction.
    """
    tables = list(panels.values())
    codes, names = list(tables[0]["code"]), list(tables[0]["name"])
    most = max((total for table in tables for total in _totals(table)), default=0)
    traces, axes, labels = [], {}, _row_labels(codes, names)
    for place, (title, table) in enumerate(panels.items()):
        axis = str(place + 1) if place else ""
        traces += [_segments(table, direction, title, most, axis) for direction in theme.VOTED]
        axes[f"xaxis{axis}"] = {
            **count_axis(most),
            "title": {"text": unit, "font": {"size": 14}, "standoff": 4},
            "domain": _domain(place, len(tables)),
            "anchor": f"y{axis}",
        }
        axes[f"yaxis{axis}"] = {**row_axis(codes), "anchor": f"x{axis}", **({"matches": "y"} if place else {})}
        if len(tables) > 1:
            labels.append(
                {"text": f"<b>{plain(title)}</b>", "x": 0, "xref": f"x{axis} domain", "xanchor": "left",
                 "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False, "align": "left"}
            )  # fmt: skip
    head = HEAD if len(tables) > 1 else HEAD - 24
    return finished(
        traces,
        head + FOOT + ROW * max(len(codes), 1),
        barmode="stack",
        annotations=labels,
        margin={"t": head, "l": 4, "r": 12, "b": 8},
        **axes,
    )


def _totals(table: pd.DataFrame) -> list[int]:
    return [sum(votes) for votes in zip(*(table[direction].tolist() for direction in theme.VOTED), strict=True)]


def _domain(place: int, panels: int) -> list[float]:
    width = (1 - BETWEEN * (panels - 1)) / panels
    start = place * (width + BETWEEN)
    return [start, min(start + width, 1)]


def _segments(table: pd.DataFrame, direction: str, title: str, most: int, axis: str) -> Spec:
    numbers, totals = table[direction].tolist(), _totals(table)
    return {
        "type": "bar",
        "xaxis": f"x{axis}",
        "yaxis": f"y{axis}",
        "x": numbers,
        "y": list(table["code"]),
        "orientation": "h",
        "name": theme.with_symbol(direction),
        "legendgroup": direction,
        "showlegend": not axis,
        "marker": {"color": palette.DIRECTION_COLOURS[direction], "line": {"color": palette.GROUND, "width": SEAM}},
        "text": [f"{number:,}" if number >= max(1, NARROWEST * most) else "" for number in numbers],
        "textposition": "inside",
        "insidetextanchor": "middle",
        "textangle": 0,
        "constraintext": "none",
        "textfont": {"color": palette.DIRECTION_INKS[direction], "size": 15},
        "customdata": [[code, title, direction] for code in table["code"]],
        "hovertext": [
            f"{plain(name)}<br>{plain(title)} {theme.with_symbol(direction)}, {number:,} of {total:,}"
            for name, number, total in zip(table["name"], numbers, totals, strict=True)
        ],
        **UNCHANGED,
    }


def rows(figure: Spec) -> list[str]:
    """Return the codes of the rows of a figure of `direction_bars`, from top to bottom."""
    return list(figure["layout"]["yaxis"]["categoryarray"])


def marked(figure: Spec, chosen: Sequence[str]) -> Spec:
    """Return the figure of `direction_bars` with a frame around the part whose customdata is chosen."""

    def framed(trace: Spec) -> Spec:
        mine = [list(point) == list(chosen) for point in trace["customdata"]]
        line = {
            "color": [palette.TEXT if one else palette.GROUND for one in mine],
            "width": [FRAME if one else SEAM for one in mine],
        }
        return {**trace, "marker": {**trace["marker"], "line": line}} if any(mine) else trace

    return {**figure, "data": [framed(trace) for trace in figure["data"]]}


def count_bars(table: pd.DataFrame, unit: str = "findings", colour: str = palette.ACCENT) -> Spec:
    """Return plain bars of one count; the table has code, name and a column named for the unit.

    A point's customdata is its code.
    """
    codes = list(table["code"])
    numbers = table[unit].tolist()
    most = max(numbers, default=0)
    bars = {
        "type": "bar",
        "x": numbers,
        "y": codes,
        "orientation": "h",
        "marker": {"color": colour},
        "text": [f"{number:,}" for number in numbers],
        "textposition": "outside",
        "cliponaxis": False,
        "customdata": [[code] for code in codes],
        "hovertext": [f"{plain(name)}: {number:,} {unit}" for name, number in zip(table["name"], numbers, strict=True)],
        **UNCHANGED,
    }
    labels = _row_labels(codes, list(table["name"]))
    row = ROW + LINE * any(BREAK in str(label["text"]) for label in labels)
    return finished(
        [bars],
        16 + row * max(len(codes), 1),
        showlegend=False,
        bargap=1 - BAR / row,
        annotations=labels,
        xaxis={**count_axis(most), "range": [0, max(most, 1) * 1.15], "showticklabels": False, "showgrid": False},
        yaxis=row_axis(codes),
    )


def _row_labels(codes: Sequence[str], names: Sequence[str]) -> list[dict[str, object]]:
    """Return each name as a label above its bar, on the page's ground: on a phone it reaches into the next panel."""
    shared = {
        "x": 0, "xref": "x domain", "xanchor": "left", "xshift": 2, "yref": "y", "yshift": 14, "yanchor": "bottom",
        "showarrow": False, "align": "left", "bgcolor": palette.GROUND, "borderpad": 0,
    }  # fmt: skip
    return [{"text": broken(plain(name), LABEL), "y": code, **shared} for code, name in zip(codes, names, strict=True)]
