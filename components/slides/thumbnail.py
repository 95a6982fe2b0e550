"""A slide drawn small, in HTML alone: its message over its bars, its grid or its text, laid out as on the wall."""

from collections.abc import Sequence

from markupsafe import Markup

from components.figures import templates
from components.figures.charts import charted
from components.slides import slide as slides
from components.store import store
from data.exporting.slide_parts import Cell, Chart, Grid, Part
from data.presenting.briefing import Question, Slide

NOTHING = Markup("")
Row = tuple[str, Sequence[tuple[str, str]], Sequence[Cell]]
"""A row's name, then its bars, each with its share of the widest and its colour, or its cells."""
Panel = tuple[str, Sequence[Row]]
"""A panel's title and its rows."""


@store.remembered
def of_slide(slide: Slide) -> Markup:
    """Return a slide drawn small; its bars and cells are hidden from a screen reader, which has its message."""
    ready = slides.prepared(slide)
    parts = charted.parts(ready.exhibit.figure) if ready.exhibit else ()
    return _drawn(ready.said.message, body=ready.body, map=ready.map is not None, panels=_panels(parts))


@store.remembered
def of_question(question: Question) -> Markup:
    """Return a question as it stands on the wall, drawn small."""
    options = tuple(question.choices(store.codebook()).values())
    return _drawn(question.text, lines=(question.of_kind.hint,), options=options)


def of_words(*lines: str) -> Markup:
    """Return a screen of a heading and lines, drawn small; one without either is blank."""
    return _drawn(lines[0] if lines else "", lines=tuple(filter(None, lines[1:])))


def _drawn(
    heading: str,
    *,
    body: Markup = NOTHING,
    lines: Sequence[str] = (),
    options: Sequence[str] = (),
    map: bool = False,
    panels: Sequence[Panel] = (),
) -> Markup:
    return templates.drawn(__file__, heading=heading, body=body, lines=lines, options=options, map=map, panels=panels)


def _panels(parts: Sequence[Part]) -> list[Panel]:
    most = max((part.most for part in parts if isinstance(part, Chart)), default=0)
    return [_grid(part) if isinstance(part, Grid) else _chart(part, most or 1) for part in parts]


def _chart(chart: Chart, most: float) -> Panel:
    def bars(at: int) -> list[tuple[str, str]]:
        return [(f"{100 * one.values[at] / most:.1f}", one.colour) for one in chart.series]

    return chart.title, [(name, bars(at), ()) for at, name in enumerate(chart.categories)]


def _grid(grid: Grid) -> Panel:
    return "", [(name, (), cells) for name, cells in grid.rows]
