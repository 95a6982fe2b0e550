"""A figure of bars written as HTML: what a phone follows with, read by eye and by a screen reader alike."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from markupsafe import Markup

from components.figures import templates
from components.figures.charts.chart_layout import Spec
from data import palette

NARROWEST = 0.09
"""A number is written in a part at least this share of the axis wide; a screen reader reads them all."""
Trace = Mapping[str, Any]


class Part(NamedTuple):
    """A part of a bar: its share of the axis in hundredths, its colour, and what is written on it in which."""

    share: str
    ground: str
    ink: str
    written: str


class Row(NamedTuple):
    """A row of bars: its name, its parts, the number at its end, and all of it in words."""

    name: str
    parts: Sequence[Part]
    end: str
    told: str


def bars(figure: Spec) -> Markup | None:
    """Return a figure's bars as lists of rows, a list a panel; nothing where it has no rows of bars."""
    layout = figure["layout"]
    if layout.get("barmode") == "overlay" or "categoryarray" not in layout["yaxis"]:
        return None
    notes = layout.get("annotations", ())
    names = {note["y"]: Markup(note["text"]) for note in notes if note.get("yref") == "y"}
    titles = {note["xref"]: Markup(note["text"]) for note in notes if note.get("yref") != "y"}
    traces: dict[str, list[Trace]] = {}
    for trace in figure["data"]:
        traces.setdefault(str(trace.get("xaxis", "x")), []).append(trace)
    panels = [
        (titles.get(f"{axis} domain"), _rows(of, names, layout[f"xaxis{axis[1:]}"]["range"][1]))
        for axis, of in traces.items()
    ]
    key = [(trace["name"], trace["marker"]["color"]) for trace in figure["data"] if trace.get("showlegend")]
    return templates.drawn(__file__, key=key, panels=panels)


def _rows(traces: Sequence[Trace], names: Mapping[str, Markup], widest: float) -> list[Row]:
    return [_row(traces, names.get(code, code), at, widest) for at, code in enumerate(traces[0]["y"])]


def _row(traces: Sequence[Trace], name: str, at: int, widest: float) -> Row:
    stacked = len(traces) > 1
    parts = [_part(trace, at, widest, stacked) for trace in traces if trace["x"][at]]
    told = ", ".join(f"{trace['x'][at]:,} {trace['name']}" if stacked else f"{trace['x'][at]:,}" for trace in traces)
    return Row(name, parts, "" if stacked else f"{traces[0]['x'][at]:,}", told)


def _part(trace: Trace, at: int, widest: float, stacked: bool) -> Part:
    share = trace["x"][at] / widest
    ground = trace["marker"]["color"]
    written = f"{trace['x'][at]:,}" if stacked and share >= NARROWEST else ""
    return Part(f"{100 * share:.1f}", ground, palette.ink(ground), written)
