"""An exhibit: a figure with its message as title, a sentence on what it shows, and its numbers in a table."""

from collections.abc import Callable, Sequence
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st
from markupsafe import Markup

from components import tables
from components.figures.layout import Spec

CONFIG = {"displayModeBar": False, "responsive": True, "scrollZoom": False}


def heading(title: str, sentence: str = "") -> None:
    """Draw a figure's message and what it shows; both are computed words, shown as text."""
    said = Markup('<h2 class="figure-title">{}</h2>').format(title)
    if sentence:
        said += Markup('<p class="note">{}</p>').format(sentence)
    st.html(said)


def show(
    title: str,
    sentence: str,
    figure: Spec,
    table: pd.DataFrame,
    *,
    key: str,
    pick: Callable[[list[Any]], None] | None = None,
) -> None:
    """Draw a figure with title, sentence and its table; `pick` is called with the customdata of what is clicked."""
    heading(title, sentence)
    chosen: Any = _picked(key, pick) if pick else "ignore"
    st.plotly_chart(
        # Tests check every name and value of each figure; to check them again at each drawing takes most of a rerun.
        go.Figure(figure, _validate=False),
        key=key,
        theme=None,
        config=CONFIG,
        on_select=chosen,
        selection_mode="points",
        alt=f"{title} {sentence}",
    )
    numbers(table, title)


def _picked(key: str, pick: Callable[[list[Any]], None]) -> Callable[[], None]:
    def react() -> None:
        points: Sequence[dict[str, Any]] = st.session_state[key]["selection"]["points"]
        if points:
            data = points[0]["customdata"]
            pick(list(data) if isinstance(data, list | tuple) else [data])

    return react


def numbers(table: pd.DataFrame, caption: str) -> None:
    """Draw the numbers of a figure as a table that can be opened."""
    with st.expander("The numbers as a table"):
        tables.show(table, caption)
