"""Tables of counts as real HTML tables, every cell escaped: what a screen reader reads instead of a figure."""

from collections.abc import Mapping

import pandas as pd
import streamlit as st
from markupsafe import Markup

from components.figures import templates

HEADINGS = {
    "code": "Code",
    "name": "Name",
    "role": "Role",
    "side": "Where",
    "where": "Place",
    "findings": "Findings",
    "sources": "Sources",
    "studies": "Studies",
    "strengthened": "▲ strengthened (studies)",
    "mixed": "◄► mixed (studies)",
    "impeded": "▼ impeded (studies)",
    "sure": "Of high or moderate confidence",
}


WRAPPED = 76
"""Pixels of a row of a sortable table in which a text wraps: Streamlit does so from four lines on."""
SHORT, LONG = 22, 32
"""Signs: a column of texts no longer than the first never wraps; one with a longer text than the second has room."""


def html_table(frame: pd.DataFrame, caption: str, headings: Mapping[str, str] | None = None) -> Markup:
    """Return a table with a caption and column headings; numbers stand right, the first column heads its row."""
    names = {**HEADINGS, **(headings or {})}
    kinds = [_kind(frame[column]) for column in frame.columns]
    head = [(names.get(column, column), kind) for column, kind in zip(frame.columns, kinds, strict=True)]
    rows = (
        zip(map(_shown, row), kinds, strict=True)
        for row in zip(*(frame[column].tolist() for column in frame.columns), strict=True)
    )
    return templates.drawn(__file__, caption=caption, head=head, rows=rows)


def _kind(column: pd.Series) -> str:
    """Return the class of a column's cells: numbers stand right, short texts on one line, long ones with room."""
    if pd.api.types.is_numeric_dtype(column):
        return "number"
    longest = max((len(str(value)) for value in column), default=0)
    return "short" if longest <= SHORT else "long" if longest > LONG else ""


def _shown(value: object) -> object:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return f"{value:,}" if isinstance(value, int) else value


def show(frame: pd.DataFrame, caption: str, headings: Mapping[str, str] | None = None) -> None:
    """Draw a table of counts."""
    st.html(html_table(frame, caption, headings))
