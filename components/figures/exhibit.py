"""An exhibit: a figure with its message as title, a sentence on what it shows, and its numbers in a table."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Literal, NamedTuple

import pandas as pd
import streamlit as st
from markupsafe import Markup
from plotly.basedatatypes import BaseFigure

from components.figures import count_tables, plain_text
from components.figures.charts.bar_charts import marked
from components.figures.charts.chart_layout import Spec

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


class Exhibit(NamedTuple):
    """What an exhibit shows, ready to be drawn any number of times."""

    title: str
    sentence: str
    figure: Spec
    numbers: Markup


class _AsItStands(BaseFigure):  # type: ignore[misc] # plotly says no types
    """A figure whose specification goes to the browser as it stands.

    Tests check every name and value of each figure; to check and copy them again at each drawing took longer than all
    else that a rerun does.
    """

    def __init__(self, spec: Spec) -> None:
        self._spec = spec

    def to_dict(self) -> Spec:
        """Return the specification."""
        return self._spec


def of(
    title: str, sentence: str, figure: Spec, table: pd.DataFrame, headings: Mapping[str, str] | None = None
) -> Exhibit:
    """Return the exhibit of a figure and the table of its numbers."""
    return Exhibit(title, sentence, figure, count_tables.html_table(table, title, headings))


def heading(title: str, sentence: str = "") -> None:
    """Draw a figure's message and what it shows; both are computed words, shown as text."""
    said = Markup('<h2 class="figure-title">{}</h2>').format(plain_text.unbroken(title))
    if sentence:
        said += Markup('<p class="note">{}</p>').format(plain_text.unbroken(sentence))
    st.html(said)


def show(
    exhibit: Exhibit, *, key: str, pick: Callable[[list[Any]], None] | None = None, chosen: Sequence[str] = ()
) -> None:
    """Draw a figure with title, sentence and its table; `pick` is called with the customdata of what is clicked.

    Of bars of votes, the part whose customdata is `chosen` stands in a frame.
    """
    heading(exhibit.title, exhibit.sentence)
    draw(exhibit._replace(figure=marked(exhibit.figure, chosen)) if chosen else exhibit, key=key, pick=pick)
    numbers(exhibit.numbers)


def draw(
    exhibit: Exhibit,
    *,
    key: str,
    pick: Callable[[list[Any]], None] | None = None,
    height: Literal["content", "stretch"] = "content",
) -> None:
    """Draw a figure alone; `pick` is called with the customdata of what is clicked."""
    chosen: Any = _picked(key, pick) if pick else "ignore"
    st.plotly_chart(
        _AsItStands(exhibit.figure),
        key=key,
        theme=None,
        height=height,
        config=CONFIG,
        on_select=chosen,
        selection_mode="points",
        alt=f"{exhibit.title} {exhibit.sentence}",
    )


def _picked(key: str, pick: Callable[[list[Any]], None]) -> Callable[[], None]:
    def react() -> None:
        points: Sequence[dict[str, Any]] = st.session_state[key]["selection"]["points"]
        if points:
            data = points[0]["customdata"]
            pick(list(data) if isinstance(data, list | tuple) else [data])

    return react


def numbers(table: Markup) -> None:
    """Draw the numbers of a figure, an `html_table`, where they can be opened."""
    with st.expander("The numbers as a table"):
        st.html(table)
