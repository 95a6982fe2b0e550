"""A figure as parts that a file of slides holds itself: a chart for each panel of bars, or a grid of cells."""

from collections.abc import Mapping, Sequence
from typing import Any

from markupsafe import Markup

from components.figures.charts.chart_layout import BREAK, Spec
from components.figures.charts.presented import MOST_ROWS
from data import palette
from data.exporting.slide_parts import Cell, Chart, Grid, Part, Series


def parts(figure: Spec) -> tuple[Part, ...]:
    """Return the bars of a figure as charts, one a panel, its first rows as on the wall; or the grid that it is."""
    layout = figure["layout"]
    if layout.get("barmode") == "overlay":
        return (_grid(figure),)
    if "categoryarray" not in layout["yaxis"]:
        return (_columns(figure),)
    notes = layout.get("annotations", ())
    names = {note["y"]: _plain(note["text"]) for note in notes if note.get("yref") == "y"}
    titles = {note["xref"]: _plain(note["text"]) for note in notes if note.get("yref") != "y"}
    panels: dict[str, list[Mapping[str, Any]]] = {}
    for trace in figure["data"]:
        panels.setdefault(str(trace.get("xaxis", "x")), []).append(trace)
    return tuple(_bars(traces, names, titles.get(f"{axis} domain", "")) for axis, traces in panels.items())


def _grid(figure: Spec) -> Grid:
    layout, columns = figure["layout"], figure["data"]
    rows = tuple(
        (_plain(name), tuple(_cell(column, at) for column in columns))
        for at, name in enumerate(layout["yaxis"]["ticktext"])
    )
    return Grid(tuple(_plain(name) for name in layout["xaxis"]["ticktext"]), rows)


def _cell(column: Mapping[str, Any], at: int) -> Cell:
    ground = str(column["marker"]["color"][at])
    return Cell(_plain(str(column["text"][at])), ground, palette.ink(ground))


def _bars(traces: Sequence[Mapping[str, Any]], names: Mapping[str, str], title: str) -> Chart:
    categories = tuple(names.get(code, str(code)) for code in traces[0]["y"][:MOST_ROWS])
    return Chart(title, categories, tuple(_series(trace, trace["x"][:MOST_ROWS]) for trace in traces))


def _columns(figure: Spec) -> Chart:
    traces = figure["data"]
    categories = tuple(str(name) for name in traces[0]["x"])
    return Chart("", categories, tuple(_series(trace, trace["y"]) for trace in traces), upright=True)


def _series(trace: Mapping[str, Any], values: Sequence[float]) -> Series:
    ground = str(trace["marker"]["color"])
    return Series(_plain(trace.get("name") or "Count"), tuple(map(float, values)), ground, palette.ink(ground))


def _plain(text: str) -> str:
    """Return the words of a label, whose special signs a figure holds as HTML."""
    return Markup(text.replace(BREAK, " ")).striptags()
