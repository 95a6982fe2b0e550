"""Bars by study: how the studies of each lever, theme or place vote, in one panel or in several side by side."""

from collections.abc import Mapping, Sequence

import pandas as pd
import plotly.graph_objects as go
from plotly.subplots import make_subplots

from components import theme
from components.figures.layout import FOOT, HEAD, ROW, count_axis, finished, plain, row_axis

NARROWEST = 0.07
"""A number is written in a segment at least this share of the axis wide; the table has them all."""


def direction_bars(panels: Mapping[str, pd.DataFrame], unit: str = "studies") -> go.Figure:
    """Return stacked bars of studies strengthened, mixed and impeded: a panel a table, all on one scale.

    Each table has the columns code, name, strengthened, mixed, impeded, with the same codes in the same order. A
    point's customdata is its code, its panel's title and its direction.
    """
    tables = list(panels.values())
    codes, names = list(tables[0]["code"]), list(tables[0]["name"])
    most = max((int(table[list(theme.VOTED)].sum(axis=1).max()) for table in tables if len(table)), default=0)
    labels = _row_labels(codes, names)
    figure = make_subplots(rows=1, cols=len(tables), shared_yaxes=True, horizontal_spacing=0.05)
    for place, (title, table) in enumerate(panels.items(), start=1):
        for direction in theme.VOTED:
            figure.add_trace(_segments(table, direction, title, most, place == 1), row=1, col=place)
        if len(tables) > 1:
            labels.append(
                {"text": f"<b>{plain(title)}</b>", "x": 0, "xref": f"x{place if place > 1 else ''} domain",
                 "xanchor": "left", "y": 1, "yref": "paper", "yanchor": "bottom", "showarrow": False, "align": "left"}
            )  # fmt: skip
        figure.update_xaxes(
            title={"text": unit, "font": {"size": 14}, "standoff": 4}, **count_axis(most), row=1, col=place
        )
        figure.update_yaxes(**row_axis(codes), row=1, col=place)
    head = HEAD if len(tables) > 1 else HEAD - 24
    return finished(
        figure,
        head + FOOT + ROW * max(len(codes), 1),
        barmode="stack",
        annotations=labels,
        margin={"t": head, "l": 4, "r": 12, "b": 8},
    )


def _segments(table: pd.DataFrame, direction: str, title: str, most: int, in_legend: bool) -> go.Bar:
    numbers = table[direction].astype(int)
    return go.Bar(
        x=list(numbers),
        y=list(table["code"]),
        orientation="h",
        name=theme.with_symbol(direction),
        legendgroup=direction,
        showlegend=in_legend,
        marker={"color": theme.DIRECTION_COLOURS[direction], "line": {"color": theme.GROUND, "width": 2}},
        text=[f"{number:,}" if number >= max(1, NARROWEST * most) else "" for number in numbers],
        textposition="inside",
        insidetextanchor="middle",
        textangle=0,
        constraintext="none",
        textfont={"color": theme.DIRECTION_INKS[direction], "size": 15},
        customdata=[[code, title, direction] for code in table["code"]],
        hovertext=[
            f"{plain(name)}<br>{plain(title)} {theme.with_symbol(direction)}, {number:,} of {total:,}"
            for name, number, total in zip(table["name"], numbers, table[list(theme.VOTED)].sum(axis=1), strict=True)
        ],
        hoverinfo="text",
        # A chosen bar stays as it is: the narrowed view shows what was chosen.
        selected={"marker": {"opacity": 1}},
        unselected={"marker": {"opacity": 1}},
    )


def count_bars(table: pd.DataFrame, unit: str = "findings", colour: str = theme.ACCENT) -> go.Figure:
    """Return plain bars of one count; the table has code, name and a column named for the unit.

    A point's customdata is its code.
    """
    codes = list(table["code"])
    numbers = table[unit].astype(int)
    most = int(numbers.max()) if len(numbers) else 0
    figure = go.Figure(
        go.Bar(
            x=list(numbers),
            y=codes,
            orientation="h",
            marker={"color": colour},
            text=[f"{number:,}" for number in numbers],
            textposition="outside",
            cliponaxis=False,
            customdata=[[code] for code in codes],
            hovertext=[
                f"{plain(name)}: {number:,} {unit}" for name, number in zip(table["name"], numbers, strict=True)
            ],
            hoverinfo="text",
            selected={"marker": {"opacity": 1}},
            unselected={"marker": {"opacity": 1}},
        )
    )
    figure.update_xaxes(**{**count_axis(most), "range": [0, max(most, 1) * 1.15]}, showticklabels=False, showgrid=False)
    figure.update_yaxes(**row_axis(codes))
    labels = _row_labels(codes, list(table["name"]))
    return finished(figure, 16 + ROW * max(len(codes), 1), showlegend=False, annotations=labels)


def _row_labels(codes: Sequence[str], names: Sequence[str]) -> list[dict[str, object]]:
    """Return each name as a label above its bar; they are set all at once, as Plotly takes long to add one by one."""
    shared = {
        "x": 0, "xref": "x domain", "xanchor": "left", "yref": "y", "yshift": 11, "yanchor": "bottom",
        "showarrow": False, "align": "left",
    }  # fmt: skip
    return [{"text": plain(name), "y": code, **shared} for code, name in zip(codes, names, strict=True)]
