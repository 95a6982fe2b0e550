"""A figure of bars written as HTML: what a phone follows with, read by eye and by a screen reader alike."""

from collections.abc import Mapping
from typing import Any

from markupsafe import Markup

from components.figures.charts.chart_layout import Spec
from data import palette

NARROWEST = 0.09
"""A number is written in a part at least this share of the axis wide; a screen reader reads them all."""


def bars(figure: Spec) -> Markup | None:
    """Return a figure's bars as lists of rows, a list a panel; nothing where it has no rows of bars."""
    layout = figure["layout"]
    if layout.get("barmode") == "overlay" or "categoryarray" not in layout["yaxis"]:
        return None
    notes = layout.get("annotations", ())
    names = {note["y"]: Markup(note["text"]) for note in notes if note.get("yref") == "y"}
    titles = {note["xref"]: Markup(note["text"]) for note in notes if note.get("yref") != "y"}
    panels: dict[str, list[Mapping[str, Any]]] = {}
    for trace in figure["data"]:
        panels.setdefault(str(trace.get("xaxis", "x")), []).append(trace)
    drawn = Markup("").join(
        _panel(traces, names, titles.get(f"{axis} domain"), layout[f"xaxis{axis[1:]}"]["range"][1])
        for axis, traces in panels.items()
    )
    return Markup('<div class="bars">{}{}</div>').format(_key(figure), drawn)


def _key(figure: Spec) -> Markup:
    told = [trace for trace in figure["data"] if trace.get("showlegend")]
    if not told:
        return Markup("")
    parts = Markup("").join(
        Markup('<li><span class="swatch" style="background:{}"></span>{}</li>').format(
            trace["marker"]["color"], trace["name"]
        )
        for trace in told
    )
    return Markup('<ul class="key">{}</ul>').format(parts)


def _panel(traces: list[Mapping[str, Any]], names: Mapping[str, Markup], title: Markup | None, widest: float) -> Markup:
    rows = Markup("").join(
        Markup('<li><span class="name">{}</span>{}</li>').format(names.get(code, code), _row(traces, at, widest))
        for at, code in enumerate(traces[0]["y"])
    )
    head = Markup("<h3>{}</h3>").format(title) if title else Markup("")
    return Markup("{}<ol>{}</ol>").format(head, rows)


def _row(traces: list[Mapping[str, Any]], at: int, widest: float) -> Markup:
    stacked = len(traces) > 1
    parts = Markup("").join(_part(trace, at, widest, stacked) for trace in traces if trace["x"][at])
    told = ", ".join(f"{trace['x'][at]:,} {trace['name']}" if stacked else f"{trace['x'][at]:,}" for trace in traces)
    end = "" if stacked else f"{traces[0]['x'][at]:,}"
    return Markup(
        '<span class="row" aria-hidden="true">{}<span class="end">{}</span></span><span class="unseen">{}</span>'
    ).format(parts, end, told)


def _part(trace: Mapping[str, Any], at: int, widest: float, stacked: bool) -> Markup:
    share = trace["x"][at] / widest
    ground = trace["marker"]["color"]
    written = f"{trace['x'][at]:,}" if stacked and share >= NARROWEST else ""
    return Markup('<span class="part" style="width:{}%;background:{};color:{}">{}</span>').format(
        f"{100 * share:.1f}", ground, palette.ink(ground), written
    )
