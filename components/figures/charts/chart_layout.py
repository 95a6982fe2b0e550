"""What all figures share: type, margins, gridlines from zero, and no decoration."""

from collections.abc import Mapping, Sequence
from typing import Any

from data import palette

BREAK = "<br>"
"""How Plotly writes the end of a line."""

Spec = dict[str, Any]
"""A figure as Plotly's own JSON names it, {data, layout}: ten times as fast to build as graph objects, which tests
build of each to check every name and value."""

FONT = "'Source Sans', 'Source Sans 3', 'Source Sans Pro', sans-serif"
SIZE = 15
ROW = 54
"""Pixels of a row: a line of label above a bar, so that names need no margin and a phone shows all."""
HEAD = 72
"""Pixels above the first row: a legend that takes two lines on a phone, and the titles of panels."""
FOOT = 44
ONE_BY_ONE = 5
"""Up to this number an axis marks each: Plotly would mark halves, and round them to a number that stands there."""
UNCHANGED = {
    "hoverinfo": "text",
    "selected": {"marker": {"opacity": 1}},
    "unselected": {"marker": {"opacity": 1}},
}
"""A chosen bar stays as it is: the narrowed view shows what was chosen."""


def finished(data: Sequence[Mapping[str, Any]], height: int, **more: object) -> Spec:
    """Return the figure of these traces with the shared look, at a height in pixels; `more` is layout of its own."""
    shared: dict[str, object] = {
        "template": {},
        "height": height,
        "margin": {"l": 4, "r": 12, "t": 8, "b": 8},
        "font": {"family": FONT, "size": SIZE, "color": palette.TEXT},
        "paper_bgcolor": palette.GROUND,
        "plot_bgcolor": palette.GROUND,
        "hovermode": "closest",
        "hoverlabel": {"align": "left", "font": {"family": FONT, "size": SIZE}, "bgcolor": palette.GROUND},
        "legend": {
            "orientation": "h",
            "x": 0,
            "xanchor": "left",
            "y": 1,
            "yref": "container",
            "yanchor": "top",
            "traceorder": "normal",
            "itemwidth": 30,
            "font": {"size": 14},
            "itemclick": False,
            "itemdoubleclick": False,
        },
        "autotypenumbers": "strict",
        "dragmode": False,
        "clickmode": "event+select",
        "bargap": 0.52,
    }
    return {"data": list(data), "layout": {**shared, **more}}


def count_axis(most: float) -> dict[str, object]:
    """Return an axis of whole numbers from zero, with light gridlines: few numbers stand one by one, each once."""
    return {
        "range": [0, max(most, 1) * 1.02],
        "tickformat": ",d",
        **({"dtick": 1} if most <= ONE_BY_ONE else {"nticks": 5}),
        "gridcolor": palette.GRID,
        "zeroline": True,
        "zerolinecolor": palette.TEXT,
        "zerolinewidth": 1,
        "fixedrange": True,
        "automargin": True,
    }


def row_axis(codes: Sequence[str]) -> dict[str, object]:
    """Return an axis with one row a code, the first on top; the names stand above the bars as labels."""
    return {
        "type": "category",
        "categoryorder": "array",
        "categoryarray": list(codes),
        "range": [len(codes) - 0.5, -0.8],
        "showticklabels": False,
        "ticks": "",
        "fixedrange": True,
        "showgrid": False,
    }


def broken(label: str, widest: int) -> str:
    """Return a label on two lines where it is longer than the widest, broken at a plus, else near its middle."""
    if len(label) <= widest or " " not in label:
        return label
    middle = len(label) / 2
    spaces = [place for place, sign in enumerate(label) if sign == " "]
    at = min(spaces, key=lambda place: (not label.startswith(" + ", place), abs(place - middle)))
    return f"{label[:at]}{BREAK}{label[at + 1 :]}"


def plain(text: str) -> str:
    """Return text with the signs that Plotly would take for tags or for formulae made harmless."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("$", "&#36;")
