"""A figure for a room: the same numbers with large labels beside thick bars, as many rows as are read at a distance."""

import sys
from collections.abc import Mapping, Sequence
from typing import Any

from components.figures.charts.chart_layout import BREAK, FONT, Spec, broken

LARGE, MIDDLE = 26, 22
"""Pixels of type on a screen 1920 wide: 26 is read at four metres from a projected one."""
MOST_ROWS = 12
FEW_ROWS = 2
"""With no more rows than these, bars as thick as the screen allows would be blocks."""
CANVAS = 1_150
"""Pixels that bars have of such a screen, their labels taken off."""
LABEL, NAME = 32, 28
"""Signs of a label of a bar, and of a row of a grid, on one line."""
MOST_BROKEN = 6
"""With more rows than these, a label on two lines would run into the next on a screen 800 pixels high."""
DIGIT = 0.62
"""Width of a digit, as a share of the size of its type."""


def presented(figure: Spec, most_rows: int = MOST_ROWS) -> Spec:
    """Return a figure with type and bars for a room, the first rows only where there are more than can be read.

    Its height is left to the screen. Numbers that do not fit their bar are left out: the table has them.
    """
    layout = figure["layout"]
    if layout.get("barmode") == "overlay":
        return _grid(figure)
    rows = layout["yaxis"].get("categoryarray")
    return _bars(figure, rows[:most_rows]) if rows else _columns(figure)


def rows_of(figure: Spec) -> int:
    """Return how many rows of bars a figure has; 0 for one that has none."""
    return len(figure["layout"].get("yaxis", {}).get("categoryarray") or ())


def _sized(layout: Mapping[str, Any], **more: Any) -> dict[str, Any]:
    kept = {key: value for key, value in layout.items() if key != "height"}
    legend = {**layout["legend"], "font": {"size": LARGE}, "itemwidth": 40}
    shared = {"font": {**layout["font"], "size": MIDDLE}, "legend": legend, "autosize": True,
              "hoverlabel": {**layout["hoverlabel"], "font": {"family": FONT, "size": MIDDLE}}}  # fmt: skip
    return {**kept, **shared, **more}


def _bars(figure: Spec, rows: Sequence[str]) -> Spec:
    layout = figure["layout"]
    labels = {note["y"]: note["text"] for note in layout.get("annotations", ()) if note.get("yref") == "y"}
    titles = [{**note, "font": {"size": LARGE}} for note in layout.get("annotations", ()) if note.get("yref") != "y"]
    axes: dict[str, Any] = {}
    panels = [key for key in layout if key.startswith("xaxis")]
    for key in panels:
        axis = layout[key]
        title = {**axis["title"], "font": {"size": MIDDLE}} if "title" in axis else {}
        axes[key] = {**axis, "tickfont": {"size": MIDDLE}, "title": title}
    for key in (key for key in layout if key.startswith("yaxis")):
        axes[key] = {**layout[key], "range": [len(rows) - 0.5, -0.5], "categoryarray": list(rows)}
    widest = LABEL if len(rows) <= MOST_BROKEN else sys.maxsize
    said = [broken(str(labels.get(code, code)).replace(BREAK, " "), widest) for code in rows]
    names = {"showticklabels": True, "tickmode": "array", "tickvals": list(rows), "automargin": True,
             "ticktext": said, "tickfont": {"size": LARGE},
             "ticklabelstandoff": 12}  # fmt: skip
    axes["yaxis"] = {**axes["yaxis"], **names}
    head = (52 if layout.get("showlegend", True) and _has_legend(figure) else 0) + (44 if titles else 8)
    traces = [_trace(trace, rows, _widest(layout, trace), len(panels)) for trace in figure["data"]]
    margin = {"t": head, "l": 8, "r": 24, "b": 8}
    gap = 0.3 if len(rows) > FEW_ROWS else 0.55
    return {"data": traces, "layout": _sized(layout, annotations=titles, bargap=gap, margin=margin, **axes)}


def _has_legend(figure: Spec) -> bool:
    return any(trace.get("showlegend") for trace in figure["data"])


def _widest(layout: Mapping[str, Any], trace: Mapping[str, Any]) -> float:
    axis = "xaxis" + str(trace.get("xaxis", "x"))[1:]
    return float(layout[axis]["range"][1])


def _trace(trace: Mapping[str, Any], rows: Sequence[str], widest: float, panels: int) -> dict[str, Any]:
    kept = [at for at, code in enumerate(trace["y"]) if code in set(rows)]
    cut = {
        key: [trace[key][at] for at in kept]
        for key in ("x", "y", "text", "customdata", "hovertext")
        if isinstance(trace.get(key), list)
    }
    if trace.get("textposition") == "inside":
        pixel = CANVAS / panels / widest
        texts = [f"{number:,}" for number in cut["x"]]
        fits = [number * pixel >= LARGE * DIGIT * len(text) + 10 for number, text in zip(cut["x"], texts, strict=True)]
        cut["text"] = [text if fit and number else "" for text, fit, number in zip(texts, fits, cut["x"], strict=True)]
    return {**trace, **cut, "textfont": {**trace.get("textfont", {}), "size": LARGE}}


def _grid(figure: Spec) -> Spec:
    layout = figure["layout"]
    across = {**layout["xaxis"], "tickfont": {"size": MIDDLE - 3}}
    names = [broken(name, NAME) for name in layout["yaxis"]["ticktext"]]
    down = {**layout["yaxis"], "tickfont": {"size": MIDDLE}, "ticktext": names}
    traces = [{**trace, "textfont": {**trace["textfont"], "size": LARGE}} for trace in figure["data"]]
    margin = {**layout["margin"], "t": 128}
    return {"data": traces, "layout": _sized(layout, xaxis=across, yaxis=down, margin=margin)}


def _columns(figure: Spec) -> Spec:
    layout = figure["layout"]
    across = {**layout["xaxis"], "tickfont": {"size": MIDDLE}}
    traces = [{**trace, "textfont": {"size": MIDDLE - 4}} for trace in figure["data"]]
    return {"data": traces, "layout": _sized(layout, xaxis=across, margin={"l": 8, "r": 24, "t": 16, "b": 56})}
