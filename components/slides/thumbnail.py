"""A slide drawn small, in HTML alone: its message over its bars, its grid or its text, laid out as on the wall."""

from collections.abc import Sequence

from markupsafe import Markup

from components.figures.charts import charted
from components.slides import slide as slides
from components.store import store
from data.exporting.slide_parts import Chart, Grid, Part
from data.presenting.briefing import Question, Slide

SMALL = Markup('<div class="thumbnail"><p class="told">{}</p>{}</div>')
BAR = Markup('<i style="width:{}%;background:{}"></i>')
HIDDEN = Markup('<div class="drawn" aria-hidden="true">{}</div>')


@store.remembered
def of_slide(slide: Slide) -> Markup:
    """Return a slide drawn small; its bars and cells are hidden from a screen reader, which has its message."""
    ready = slides.prepared(slide)
    parts = charted.parts(ready.exhibit.figure) if ready.exhibit else ()
    panels = _panels(parts)
    if ready.map:
        panels = Markup('<div class="map">Map</div>') + panels
    text = Markup('<div class="words">{}</div>').format(ready.body) if ready.body else Markup("")
    return SMALL.format(ready.said.message, text + (HIDDEN.format(panels) if panels else Markup("")))


@store.remembered
def of_question(question: Question) -> Markup:
    """Return a question as it stands on the wall, drawn small."""
    names = Markup("").join(Markup("<li>{}</li>").format(name) for name in question.choices(store.codebook()).values())
    options = Markup('<ul class="options">{}</ul>').format(names) if names else Markup("")
    return SMALL.format(question.text, Markup("<p>{}</p>{}").format(question.of_kind.hint, options))


def of_words(*lines: str) -> Markup:
    """Return a screen of a heading and lines, drawn small; one without either is blank."""
    told = Markup("").join(Markup("<p>{}</p>").format(line) for line in lines[1:] if line)
    return SMALL.format(lines[0] if lines else "", told)


def _panels(parts: Sequence[Part]) -> Markup:
    most = max((part.most for part in parts if isinstance(part, Chart)), default=0)
    return Markup("").join(_grid(part) if isinstance(part, Grid) else _chart(part, most or 1) for part in parts)


def _chart(chart: Chart, most: float) -> Markup:
    rows = Markup("").join(
        Markup('<div class="row"><span>{}</span><div class="bar">{}</div></div>').format(
            name,
            Markup("").join(BAR.format(f"{100 * one.values[at] / most:.1f}", one.colour) for one in chart.series),
        )
        for at, name in enumerate(chart.categories)
    )
    title = Markup("<b>{}</b>").format(chart.title) if chart.title else Markup("")
    return Markup('<div class="panel">{}{}</div>').format(title, rows)


def _grid(grid: Grid) -> Markup:
    rows = Markup("").join(
        Markup('<div class="row"><span>{}</span><div class="bar">{}</div></div>').format(
            name,
            Markup("").join(
                Markup('<i class="cell" style="background:{};color:{}">{}</i>').format(cell.colour, cell.ink, cell.text)
                for cell in cells
            ),
        )
        for name, cells in grid.rows
    )
    return Markup('<div class="panel">{}</div>').format(rows)
