"""Tables of counts as real HTML tables, every cell escaped: what a screen reader reads instead of a figure."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st
from markupsafe import Markup, escape

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
    head = "".join(
        f'<th scope="col"{kind}>{escape(names.get(column, column))}</th>'
        for column, kind in zip(frame.columns, kinds, strict=True)
    )
    body = "".join(_row(row, kinds) for row in zip(*(frame[column].tolist() for column in frame.columns), strict=True))
    # Every value that comes from outside has passed through `escape` by now.
    return Markup(
        f'<div class="counts" tabindex="0" role="region" aria-label="{escape(caption)}"><table>'
        f"<caption>{escape(caption)}</caption><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>"
    )


def _kind(column: pd.Series) -> str:
    """Return the class of a column's cells: numbers stand right, short texts on one line, long ones with room."""
    if pd.api.types.is_numeric_dtype(column):
        return ' class="number"'
    longest = max((len(str(value)) for value in column), default=0)
    return ' class="short"' if longest <= SHORT else ' class="long"' if longest > LONG else ""


def _row(row: tuple[object, ...], kinds: Sequence[str]) -> str:
    first, *others = (_shown(value) for value in row)
    cells = "".join(f"<td{kind}>{value}</td>" for kind, value in zip(kinds[1:], others, strict=True))
    return f'<tr><th scope="row"{kinds[0]}>{first}</th>{cells}</tr>'


def _shown(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return escape(f"{value:,}" if isinstance(value, int) else value)


def show(frame: pd.DataFrame, caption: str, headings: Mapping[str, str] | None = None) -> None:
    """Draw a table of counts."""
    st.html(html_table(frame, caption, headings))
